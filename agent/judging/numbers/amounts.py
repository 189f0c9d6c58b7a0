"""Amounts that no number says as a claim does: "zero", crores, ①, the third quarter, June."""

import re
from collections.abc import Sequence

from corpus.amounts import find_amounts

_AMOUNT = re.compile(
    r"(?<![A-Za-z-])(?:crores?|lakhs?|zero)(?![A-Za-z-])|大半(?!导)|[①-⑳㊀-㊉⑴-⒇٠-٩०-९]+",
    re.IGNORECASE,
)
_MONTHS = "January February March April May June July August September October November December".split()
_MONTH = re.compile(rf"(?<![A-Za-z])(?:{'|'.join(_MONTHS)})(?=,?\s[0-9])")
"""A month with a day or a year, some of which are no dates to the ledger: "June 1665"."""
_HAN_DIGITS = "一二三四五六七八九十"
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
    for found in _MONTH.finditer(claim):
        number = _MONTHS.index(found[0]) + 1
        if not any(_names_month(number, words) for words in shown):
            return f"the month “{found[0]}” stands in no quote"
    return ""


def _names_month(number: int, text: str) -> bool:
    """Whether a text names a month: June, Jun., 6月, 六月, or a date in it."""
    name = _MONTHS[number - 1]
    if re.search(rf"(?<![A-Za-z])(?:{name}|{name[:3]}\.?|{name[:4]}\.?)(?![A-Za-z])", text):
        return True
    if re.search(rf"(?<![0-9])0?{number}\s?月|(?<![{_HAN_DIGITS}]){_han(number)}月", text):
        return True
    return any(
        number in _months_of(one.unit, int(one.low), int(one.high)) for one in find_amounts(text) if one.kind == "time"
    )


def _months_of(unit: str, low: int, high: int) -> range:
    """The months of a date of the grain of a month or a day: 202506, 20250611."""
    parts = {"month": 1, "day": 100}.get(unit)
    return range(low // parts % 100, high // parts % 100 + 1) if parts else range(0)


def _han(number: int) -> str:
    return "十" * (number >= 10) + (_HAN_DIGITS[number % 10 - 1] if number % 10 else "")


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
