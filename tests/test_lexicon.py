"""The lexicon finds names as people write them, and nothing that only looks like one."""

import csv
import string
import time
from collections import defaultdict
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus.lexicon import KINDS, Lexicon, Term, TermKind, load_lexicon

VOCABULARY = Path(__file__).parent.parent / "corpus" / "vocabulary"


def rows_of(name: str) -> list[dict[str, str]]:
    with (VOCABULARY / name).open(encoding="utf-8") as file:
        return list(csv.DictReader(file))


def found(text: str, *kinds: TermKind) -> list[tuple[str, str]]:
    """(the words in the text, the English name of what they mean)."""
    mentions = load_lexicon().find(text, kinds or KINDS)
    return [(text[mention.start : mention.end], mention.term.name("en")) for mention in mentions]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("co-packaged optics", [("co-packaged optics", "co-packaged optics")]),
        ("Co‑Packaged Optics", [("Co‑Packaged Optics", "co-packaged optics")]),
        ("copackaged optics", [("copackaged optics", "co-packaged optics")]),
        ("近 CPO与近CPO", [("近 CPO", "near-CPO"), ("近CPO", "near-CPO")]),
        ("organic RDL interposers", [("organic RDL interposers", "organic RDL interposer")]),
        ("two foundries", [("foundries", "foundry")]),
        ("fibre array units", [("fibre array units", "fiber array unit")]),
        ("data centres", [("data centres", "data center")]),
        ("Kyocera's AlN", [("Kyocera", "Kyocera"), ("AlN", "aluminium nitride")]),
        ("nvidia and BROADCOM", [("nvidia", "NVIDIA"), ("BROADCOM", "Broadcom")]),
        ("what is cpo?", [("cpo", "co-packaged optics")]),
        ("三家ASICs", []),
        ("新光電気工業（SHINKO）", [("新光電気工業", "Shinko Electric"), ("SHINKO", "Shinko Electric")]),
        ("光芯片组", [("光芯片", "photonic integrated circuit")]),
        ("衬底和基板", [("衬底", "substrate"), ("基板", "substrate")]),
        ("インターポーザー", [("インターポーザー", "interposer")]),
        ("中国电子技术标准化研究院", [("中国电子技术标准化研究院", "CESI")]),
    ],
)
def test_names_are_found_as_people_write_them(text: str, expected: list[tuple[str, str]]) -> None:
    assert found(text) == expected


@pytest.mark.parametrize(
    "text",
    [
        "oe and sin and fit",
        "They saw us coherent.",
        "Coherent DSPs",  # a technology, not the company
        "An amazon of meta oracles",
        "INPUT sicken CPOX XCPO",
        "提高通道数",  # 高通
        "规格芯",  # 格芯
        "东南亚",  # 南亚
        "肖特基",  # 肖特
        "メタル",  # メタ
        "サンフランシスコ",  # シスコ
        "US$",
    ],
)
def test_ordinary_words_are_not_names(text: str) -> None:
    assert found(text) == []


def test_a_longer_name_wins_and_mentions_do_not_overlap() -> None:
    assert found("optical I/O chiplet") == [("optical I/O chiplet", "optical chiplet")]
    assert found("Coherent optics from Coherent") == [
        ("Coherent optics", "coherent optics"),
        ("Coherent", "Coherent"),
    ]


@pytest.mark.parametrize(
    ("text", "codes"),
    [
        ("Which Japanese companies and U.S. vendors", ["JP", "US"]),
        ("中美对比", ["CN", "US"]),
        ("日美欧厂商", ["JP", "US", "EU"]),
        ("集中美国产能", ["US"]),
        ("其中国产设备", ["CN"]),
        ("米国と日本", ["US", "JP"]),
        ("韩国、台湾", ["KR", "TW"]),
        ("美中不足", []),
        ("9月1日中午", []),
        ("US Conec", []),
    ],
)
def test_countries(text: str, codes: list[str]) -> None:
    assert [mention.term.country for mention in load_lexicon().find(text, ["country"])] == codes


def test_kinds_restrict_what_is_found() -> None:
    assert found("Kyocera packaging in Japan", "company") == [("Kyocera", "Kyocera")]


def test_translate_names_each_mention_in_the_other_language() -> None:
    translated = {mention.name: names for mention, names in load_lexicon().translate("Kyocera substrate", "zh")}
    assert translated["Kyocera"] == ("京瓷",)
    assert {"衬底", "基板"} <= set(translated["substrate"])


def test_a_term_falls_back_to_the_name_it_has() -> None:
    assert Term("T1", "term", {"zh": ("光",)}).name("ja") == "光"
    assert Term("T2", "term", {"en": ("light",), "zh": ("光",)}).name("ja") == "light"


def test_words_are_cjk_without_blanks() -> None:
    words = load_lexicon().words()
    assert {"光电共封装", "近CPO", "新光電気工業", "インターポーザ"} <= set(words)
    assert "CPO" not in words
    assert list(words) == sorted(set(words))


# The shipped vocabulary.


def test_ids_are_unique_and_rows_complete() -> None:
    terms = load_lexicon().terms
    assert len({term.id for term in terms}) == len(terms)
    assert all(term.names.get("en") for term in terms)


def test_every_country_of_a_company_is_a_country() -> None:
    terms = load_lexicon().terms
    codes = {term.country for term in terms if term.kind == "country"}
    assert {code for term in terms if term.kind == "company" for code in term.countries} <= codes


def test_no_name_means_two_things() -> None:
    owners = defaultdict(set)
    for term in load_lexicon().terms:
        for named in term.names.values():
            for name in named:
                owners[name].add(term.id)
    assert {name: ids for name, ids in owners.items() if len(ids) > 1} == {}


def test_every_name_is_found_as_itself() -> None:
    lexicon = load_lexicon()
    for term in lexicon.terms:
        for named in term.names.values():
            for name in named:
                mentions = lexicon.find(name)
                assert [(m.term.id, m.start, m.end) for m in mentions] == [(term.id, 0, len(name))], name


def test_every_ordinary_word_hides_a_name() -> None:
    shorts = {row["short"] for row in rows_of("countries.csv") if row["short"]}
    names = {name for term in load_lexicon().terms for named in term.names.values() for name in named} | shorts
    for row in rows_of("ordinary.csv"):
        word, hides = row["word"], row["hides"]
        assert hides in names, word
        assert any(word.endswith(hides[:cut]) or hides in word for cut in range(1, len(hides) + 1)), word
        assert load_lexicon().find(word) == [], word


# Laws.

texts = st.text(
    st.sampled_from("CPO近-中美国高通光芯片インターポーザー sSoOeE.5D2NVIDIAnvidia'İß\u3000\n"), max_size=60
)


@given(texts)
def test_mentions_are_ordered_slices_without_overlap(text: str) -> None:
    position = 0
    for mention in load_lexicon().find(text):
        assert position <= mention.start < mention.end <= len(text)
        position = mention.end


@given(st.sampled_from(load_lexicon().terms), st.text(string.punctuation.replace("-", "").replace("'", ""), min_size=1))
def test_punctuation_around_a_name_changes_nothing(term: Term, marks: str) -> None:
    name = term.name("en")
    if marks[0] in "$" or marks[-1] in ".&/+":
        return
    assert any(m.term is term for m in load_lexicon().find(f"{marks} {name} {marks}")), name


@pytest.mark.parametrize("piece", ["CPO封装与外延在中国。", "a ", "co-", "co-packaged opti", "中美", "提高", "x"])
def test_long_texts_are_searched_quickly(piece: str) -> None:
    text = piece * (100_000 // len(piece))
    began = time.perf_counter()
    load_lexicon().find(text)
    assert time.perf_counter() - began < 2  # measured 0.1 to 0.3 s


def test_a_lexicon_of_ones_own() -> None:
    lexicon = Lexicon([Term("A", "company", {"en": ("Acmeco",)}, country="FR")])
    assert [(m.start, m.end, m.name) for m in lexicon.find("by ACMECO, acmecos")] == [(3, 9, "Acmeco")]
