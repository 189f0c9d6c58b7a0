import subprocess
import sys
import time
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from indexes.tokens import LONGEST, Tokeniser, terms
from tests.conftest import ROOT

TOKENISER = Tokeniser(("光电共封装", "硅光", "CPO交换机"))


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("The 51.2T switches are using optics", ["51.2t", "51.2", "switch", "use", "optic"]),
        ("CW-WDM MSA's 2.5D", ["cw-wdm", "cw", "wdm", "msa", "2.5d", "2.5"]),
        ("US$1,234.5 and 1,000,000", ["us", "1234.5", "1000000"]),
        ("800G/lane", ["800g/lane", "800g", "lane", "800"]),
        ("co-packaged", ["co-packaged", "co", "packag"]),
        ("AT&T's don’t", ["at&t", "don't"]),
        ("光电共封装的功耗", ["光电", "封装", "光电共封装", "功耗"]),
        ("用CPO的800G模块", ["用", "cpo", "800g", "800", "模块"]),
        ("Ｃｐｏ　８００Ｇ", ["cpo", "800g", "800"]),
        ("パッケージの", ["パッ", "ッケ", "ケー", "ージ", "ジの"]),
        ("鎶鈇", ["鎶", "鈇"]),
        ("  \n", []),
        ("what is the 是什么", []),
    ],
)
def test_terms(text, expected):
    assert TOKENISER.terms(text) == expected


def test_japanese_is_cut_into_pairs():
    assert TOKENISER.terms("光電融合", "ja") == ["光電", "電融", "融合"]


def test_a_word_jieba_does_not_know_also_gives_pairs():
    found = TOKENISER.terms("銅鐵鋁")
    assert {"銅鐵", "鐵鋁"} <= set(found)


def test_the_glossary_changes_terms_and_fingerprint():
    plain = Tokeniser()
    assert "光电共封装" in TOKENISER.terms("光电共封装")
    assert "光电共封装" not in plain.terms("光电共封装")
    assert plain.fingerprint != TOKENISER.fingerprint
    assert plain.fingerprint == Tokeniser().fingerprint


def test_the_shipped_glossary_is_known():
    assert "光电共封装" in terms("光电共封装的供应链")


@given(st.text())
def test_any_text_gives_clean_terms_twice_the_same(text):
    found = TOKENISER.terms(text)
    assert found == TOKENISER.terms(text)
    assert all(term and not any(map(str.isspace, term)) for term in found)
    assert not any(unicodedata.category(term[0])[0] in "PSZC" for term in found if term[0] < "\U00020000")


@given(st.text(alphabet="光电共封装磷化铟衬底的和功耗", min_size=1, max_size=40))
def test_a_word_of_a_chinese_text_is_found_in_it(text):
    assert all(term in text for term in TOKENISER.terms(text))


@given(st.text(max_size=60), st.text(max_size=60))
def test_lines_are_cut_apart(one, other):
    assert TOKENISER.terms(f"{one}\n{other}") == TOKENISER.terms(one) + TOKENISER.terms(other)


def test_long_runs_are_cut_in_reasonable_time():
    start = time.perf_counter()
    for text in ("鎶" * 20_000, "a" * 100_000, "a-" * 50_000, "1." * 50_000, "ア" * 50_000, "光电" * 20_000):
        assert all(len(term) <= LONGEST for term in TOKENISER.terms(text))
    assert time.perf_counter() - start < 10


def test_jieba_says_nothing_and_leaves_no_cache(tmp_path):
    program = "from indexes.tokens import Tokeniser; print(Tokeniser().terms('磷化铟衬底'))"
    done = subprocess.run(
        [sys.executable, "-c", program],
        cwd=ROOT,
        env={"TMPDIR": str(tmp_path), "PYTHONIOENCODING": "utf-8"},
        capture_output=True,
        encoding="utf-8",
        check=True,
    )
    assert "衬底" in done.stdout
    assert done.stderr == ""
    assert list(tmp_path.iterdir()) == []


def test_a_hyphenated_name_ends_where_chinese_begins() -> None:
    assert terms("UCIe-S为10，Quantum-X中的速率") == ["ucie-s", "uci", "10", "quantum-x", "quantum", "速率"]
