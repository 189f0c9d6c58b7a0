"""Amounts that no number says as a claim does: "zero", crores, ①, the third quarter."""

import re
from collections.abc import Sequence

_AMOUNT = re.compile(
    r"(?<![A-Za-z-])(?:crores?|lakhs?|zero)(?![A-Za-z-])|大半(?!导)|[①-⑳㊀-㊉⑴-⒇٠-٩०-९]+",
    re.IGNORECASE,
)
_NONE = re.compile(
    r"(?<![A-Za-z-])(?:zero|no|none|without)(?![A-Za-z-])|(?<![0-9.,])0(?![0-9.])|[零无無]|没有|ゼロ|なし",
    re.IGNORECASE,
)


def find_amount_fault(claim: str, shown: Sequence[str]) -> str:
    """The first such amount that stands in nothing shown, as a sentence; "" when all do."""
    for amount in _AMOUNT.finditer(claim):
        alike = _NONE if amount[0].casefold() == "zero" else re.compile(re.escape(amount[0]), re.IGNORECASE)
        if not any(alike.search(words) for words in shown):
            return f"the amount “{amount[0]}” stands in no quote"
    told = {number for words in shown for number in find_quarters(words).values()}
    for (start, end), number in find_quarters(claim).items():
        if number not in told:
            return f"the amount “{claim[start:end]}” stands in no quote"
    return ""


def find_quarters(text: str) -> dict[tuple[int, int], int]:
    """The quarters of a year that a text names, with a year or without: where each stands → 1 to 4."""
    return {found.span(): _QUARTERS[next(filter(None, found.groups())).lower()] for found in _QUARTER.finditer(text)}


_QUARTERS = {
    word: number
    for number, words in enumerate(("1 一 first", "2 二 second", "3 三 third", "4 四 fourth"), start=1)
    for word in words.split()
}
_QUARTER = re.compile(
    r"(?<![A-Za-z0-9])Q([1-4])(?![0-9A-Za-z])|(?<![0-9A-Za-z.])([1-4])Q(?![A-Za-z])|"
    r"(?<![A-Za-z])(first|second|third|fourth)[ -](?:fiscal )?quarter(?![a-z])|"
    r"第?([一二三四1-4])(?:季度|季|四半期)",
    re.IGNORECASE,
)
