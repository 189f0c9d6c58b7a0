"""A quote stands in a text character for character, with clean edges, or not at all."""

import random
import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from agent.quotes import Mismatch, Span, find_quote
from corpus.text import fold, normalise, split_sentences

TEXT = normalise(
    "Broadcom shipped 50,000 CPO switches in 2025, at 51.2 Tb/s and 5.4 W per port (about 65% less). "
    "Shinko Electric doesn’t make lasers. The loss is -5 dBm at 1310 nm.\n"
    "CPO市场规模为50亿美元，美国占优；中国尚未掌握高端外延。国产“近 CPO”方案在2025–2026年试点。\n"
    "京セラはセラミックパッケージを供給していない。"
)


@pytest.mark.parametrize(
    "quote",
    [
        "Broadcom shipped 50,000 CPO switches in 2025",
        "Shinko Electric doesn't make lasers.",
        "Shinko  Electric\ndoesn’t make lasers.",
        "CPO市场规模为50亿美元",
        "美国占优;中国尚未掌握高端外延。",
        "国产“近CPO”方案在2025‑2026年试点",
        "The loss is −5 dBm at 1310 nm.",
    ],
)
def test_true_quotes_are_found_as_the_document_writes_them(quote: str) -> None:
    found = find_quote(TEXT, quote)
    assert isinstance(found, Span)
    assert 0 <= found.start < found.end <= len(TEXT)


@pytest.mark.parametrize(
    ("quote", "why"),
    [
        ("Broadcom shipped 90,000 CPO switches in 2026, generating revenue of 9.9 billion", "word for word"),
        ("broadcom shipped 50,000 CPO switches in 2025", "word for word"),
        ("Broadcom shipped 50,000 CPO switches … 51.2 Tb/s", "word for word"),
        ("1.2 Tb/s and 5.4 W per port", "inside a word"),
        ("51.2 Tb/s and 5.4", "cuts the quantity"),
        ("5.4 W per port (about 65", "cuts the quantity"),
        ("5.4 W per por", "inside a word"),
        ("Electric doesn't make lasers.", "cuts the name"),
        ("make lasers.", "leaves out the negation"),
        ("掌握高端外延", "leaves out the negation"),
        ("CPO市场规模为50亿", "cuts the quantity"),
        ("2026年试点", "cuts the quantity"),
        ("5 dBm at 1310 nm", "cuts the quantity"),
        ("セラミックパッケージを供給してい", "inside a word"),
        ("CPO", "too short"),
        ("at 1310 nm. CPO市场规模", "word for word"),
        ("  ", "too short"),
        ("", "too short"),
    ],
)
def test_false_or_cut_quotes_are_refused_with_a_reason(quote: str, why: str) -> None:
    found = find_quote(TEXT, quote)
    assert isinstance(found, Mismatch)
    assert why in found.reason


@pytest.mark.parametrize(
    ("text", "quote", "why"),
    [
        ("It draws up to 5 W per port.", "5 W per port.", "bounds"),
        ("TSMC reports more than 99% stacking yield.", "99% stacking yield.", "bounds"),
        ("功耗超过5W每端口。", "5W每端口。", "bounds"),
        ("BER of 10⁻¹² is needed.", "BER of 10", "power|compound|quantity"),
        ("It is made of non-hermetic packages.", "hermetic packages.", "compound"),
        ("The solder is lead-free here.", "The solder is lead", "compound"),
        ("None of the vendors ship it.", "the vendors ship it.", "negation"),
        ("It does not, as of 2025, make lasers.", "make lasers.", "negation"),
        ("The claim that NTT ships it is false.", "NTT ships it", "negation"),
        ("博通不再向华为供应激光器。", "供应激光器", "negation"),
        ("该公司未能在2025年实现量产。", "实现量产", "negation"),
        ("NTTはCPOを採用しない。", "NTTはCPOを採用", "negation"),
        ("Laser | Lumentum | 40%\nEngine | Broadcom | 55%", "40% Engine", "word for word"),
    ],
)
def test_what_a_cut_would_turn_round_is_refused(text: str, quote: str, why: str) -> None:
    found = find_quote(normalise(text), quote)
    assert isinstance(found, Mismatch)
    assert any(word in found.reason for word in why.split("|"))


def test_a_quote_may_run_over_lines_where_it_has_their_end() -> None:
    rows = "Laser | Lumentum | 40%\nEngine | Broadcom | 55%"
    assert find_quote(rows, rows) == Span(0, len(rows))


def test_a_quote_that_recurs_in_a_long_line_is_still_found_fast() -> None:
    start = time.perf_counter()
    assert isinstance(find_quote("51 W; " * 1500, "W; 51"), Mismatch)
    assert time.perf_counter() - start < 10


def test_a_clean_occurrence_is_found_behind_an_unclean_one() -> None:
    found = find_quote("It is not a laser chip. A laser chip emits light.", "laser chip emits light.")
    assert isinstance(found, Span)
    found = find_quote("15.4 W or 5.4 W per port", "5.4 W per port")
    assert isinstance(found, Span) and found.start == 10


@given(st.text(max_size=80), st.data())
def test_whatever_is_found_is_the_quote_itself(text: str, data: st.DataObject) -> None:
    text = normalise(text)
    start = data.draw(st.integers(0, len(text)))
    quote = data.draw(st.sampled_from([text[start : start + 12], data.draw(st.text(max_size=12))]))
    found = find_quote(text, quote)
    if isinstance(found, Span):
        assert _letters(text[found.start : found.end]) == _letters(normalise(quote))


def _letters(text: str) -> str:
    return "".join(fold(text).split())


def test_every_sentence_stands_and_no_single_change_of_it_does() -> None:
    """One digit, one letter or one Han character of a sentence changed: never accepted."""
    chance = random.Random(7)
    for start, end in split_sentences(TEXT):
        sentence = TEXT[start:end]
        assert isinstance(find_quote(TEXT, sentence), Span)
        for _ in range(40):
            at = chance.randrange(len(sentence))
            old = sentence[at]
            if not old.isalnum():
                continue
            new = chance.choice([c for c in ("0123456789" if old.isdigit() else "abXY不美") if c != old])
            assert isinstance(find_quote(TEXT, sentence[:at] + new + sentence[at + 1 :]), Mismatch)
