"""Amounts that no number says as a claim does: "zero", crores, ①."""

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
    return ""
