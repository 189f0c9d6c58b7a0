import sys
import time
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus.document import Language
from corpus.text import columns, fold, join_lines, language_of, normalise, split_sentences, squeeze

anything = st.text(alphabet=st.characters(codec=None, exclude_categories=()), max_size=80)
lively = st.text(alphabet="aA1 .。!？\n\"'”）),，、；e.gco-光の\u00ad\u200b\ud800²", max_size=60)


marks = st.text(alphabet="aé가\u0301\u0323\u0344\u0315\u0f73\u3099か\u034f\u200d…", max_size=120)
piles = st.lists(st.tuples(marks, st.integers(1, 40))).map(lambda pairs: "".join(text * n for text, n in pairs))


@given(anything | lively | marks | piles)
def test_normalising_twice_changes_nothing_more(text: str) -> None:
    assert normalise(normalise(text)) == normalise(text)


def test_every_single_character_normalises_to_something_stable() -> None:
    for code in range(sys.maxunicode + 1):
        once = normalise(chr(code))
        assert once == "" or normalise(once) == once, hex(code)


@pytest.mark.parametrize(
    ("raw", "normal"),
    [
        ("ＣＰＯ　８００Ｇ", "CPO 800G"),
        ("５０％＋１～２", "50%+1~2"),
        ("co\u2011packaged 2025\u20132028 \u22125", "co-packaged 2025-2028 -5"),
        ("10⁻¹² m² ½ ①", "10⁻¹² m² ½ ①"),
        ("5 ㎡ at 25℃", "5 m² at 25°C"),
        ("高，低。（甲）：乙；丙？丁！", "高，低。（甲）：乙；丙？丁！"),
        ("so — yes…… ¨", "so — yes…… ¨"),
        ("e\ufb03cient \u2f00", "efficient 一"),
        ("pack\u00adage\u200b\ufeff\u2060\u202e\U000e0041\ud800\x00\x07", "package"),
        ("a\u00a0b\u2003c\td", "a b c d"),
        ("a\r\nb\rc\u2028d", "a\nb\nc\nd"),
        ("ｶﾞｲﾄﾞ", "ガイド"),
        ("cafe\u0301", "café"),
    ],
)
def test_normalise(raw: str, normal: str) -> None:
    assert normalise(raw) == normal


def longest_pile(text: str) -> int:
    """The most combining marks on one character."""
    flags = "".join("m" if unicodedata.combining(c) else " " for c in unicodedata.normalize("NFD", text))
    return max(map(len, flags.split()), default=0)


@given(piles)
def test_no_character_carries_more_than_thirty_marks(text: str) -> None:
    assert longest_pile(normalise(text)) <= 30


@given(marks)
def test_text_with_fewer_marks_keeps_them_all(text: str) -> None:
    clean = text.replace("\u200d", "")
    if longest_pile(clean) <= 30:
        assert normalise(text) == unicodedata.normalize("NFC", clean)


@pytest.mark.parametrize("pile", ["\u0301\u0323", "\u0344", "\u0323\u0301\u0315", "\u3099\u200d"])
def test_a_pile_of_marks_takes_time_in_proportion(pile: str) -> None:
    began = time.perf_counter()
    assert longest_pile(normalise("a" + pile * 200_000 + "b")) == 30
    assert time.perf_counter() - began < 5  # without the cap it would take minutes


@given(anything | lively)
def test_sentences_cover_all_but_space_in_order(text: str) -> None:
    end = 0
    for start, stop in split_sentences(text):
        assert end <= start < stop
        assert not text[end:start].strip()
        assert text[start:stop] == text[start:stop].strip()
        assert "\n" not in text[start:stop]
        end = stop
    assert not text[end:].strip()


@pytest.mark.parametrize(
    "sentences",
    [
        ["Power fell to 5.4 pJ/bit, e.g. in 2.5D packages.", "Fig. 3 shows it.", "Next."],
        ["Shinko Electric Co., Ltd. leads in Japan.", "It makes substrates."],
        ["Exports to the U.S. rose 5%.", "In the U.S.", "The market grew."],
        ["J. Smith et al. measured it vs. No. 5 and approx. 3 dB.", "Why?", "Nobody knows!"],
        ["1. Surface of the chip.", "Version 2.0.1 is out, see x.com/a.b?c=1 for more.", "So it ends..."],
        ['He said "stop."', "Then he left."],
        ["It is optical I/O.", "Input comes next."],
        ["光引擎靠近芯片。", "功耗下降！", "为什么？", "因为距离短；损耗小。"],
        ["他说：“可以。”", "会议结束（见附录。）", "市场为5.4亿美元。"],
        ["「速い。」と述べた。", "次の文です。"],
        ["合作方为Broadcom Inc.与Marvell。", "完"],
    ],
)
def test_split_sentences(sentences: list[str]) -> None:
    joint = " " if sentences[0].isascii() else ""
    text = joint.join(sentences)
    assert [text[start:end] for start, end in split_sentences(text)] == sentences


def test_a_line_end_always_ends_a_sentence() -> None:
    assert [slice(*span) for span in split_sentences("one\ntwo")] == [slice(0, 3), slice(4, 7)]


@pytest.mark.parametrize(
    ("lines", "joined"),
    [
        (["pack-", "age size"], "package size"),
        (["FC-", "BGA", "in 2025-", "2026"], "FC-BGA in 2025-2026"),
        (["光电共", "封装，", "2022 年", "（CPO）", "和", "DSP"], "光电共封装，2022 年（CPO）和 DSP"),
        (["到2030", "年，CPO市场"], "到2030年，CPO市场"),
        (["到 2030", "年，CPO 市场"], "到 2030 年，CPO 市场"),
        (["以", "“近封装”"], "以“近封装”"),
        (["one -", "two", "", "  three "], "one - two three"),
    ],
)
def test_join_lines(lines: list[str], joined: str) -> None:
    assert join_lines(lines) == joined


def test_a_compound_seen_elsewhere_keeps_its_hyphen_when_cut_there() -> None:
    assert join_lines(["co-", "packaged"], {"co-packaged"}) == "co-packaged"
    assert join_lines(["co-", "herent"], {"co-packaged"}) == "coherent"


@pytest.mark.parametrize(
    ("text", "hint", "language"),
    [
        ("Broadcom、Marvell 等在高速 SerDes 与 DSP 领域领先", "und", "zh"),
        ("Co-packaged optics (光电共封装) shortens the path", "zh", "en"),
        ("光電融合技術の概要", "und", "ja"),
        ("日本電気硝子", "ja", "ja"),
        ("日本電気硝子", "en", "zh"),
        ("臺灣供應鏈具備優勢", "und", "zh"),
        ("1.6T | 3.2 | 45%", "zh", "zh"),
        ("1.6T | 3.2 | 45%", "und", "und"),
        ("Привет, мир, как дела", "en", "und"),
        ("NVIDIA", "und", "en"),
    ],
)
def test_language_of(text: str, hint: Language, language: Language) -> None:
    assert language_of(text, hint) == language


@given(anything)
def test_folding_keeps_every_offset(text: str) -> None:
    assert len(fold(text)) == len(text)


def test_fold_makes_look_alikes_equal_and_keeps_case() -> None:
    assert fold("“Ａ”，Japan’s—（甲）。") == '"A",Japan\'s-(甲).'


@given(anything)
def test_columns_count_wide_characters_twice(text: str) -> None:
    wide = sum(unicodedata.east_asian_width(character) in "WF" for character in text)
    assert columns(text) == len(text) + wide


def test_squeeze_leaves_one_line() -> None:
    assert squeeze(" a\n\tb　 c ") == "a b c"


@pytest.mark.parametrize("text", ["a." * 200_000, ". " * 100_000, "。”" * 100_000, "( " * 100_000])
def test_long_text_takes_time_in_proportion(text: str) -> None:
    began = time.perf_counter()
    split_sentences(text)
    assert time.perf_counter() - began < 10  # a quadratic pattern would take minutes
