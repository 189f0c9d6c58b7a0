"""A quote stands in a text character for character, with clean edges, or not at all."""

import random

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
        ("  ", "too short"),
        ("", "too short"),
    ],
)
def test_false_or_cut_quotes_are_refused_with_a_reason(quote: str, why: str) -> None:
    found = find_quote(TEXT, quote)
    assert isinstance(found, Mismatch)
    assert why in found.reason


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
