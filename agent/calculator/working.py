"""The little arithmetic that an argument may bring along: "16 + 2" units with their spares, half of "10.4 um ÷ 2"."""

import re
from decimal import Decimal

_TWO_COUNTS = re.compile(r"([0-9]{1,9}) ?([+−]) ?([0-9]{1,9})")
_HALF = re.compile(r"(.{1,60}?) ?÷ ?2")


def terms_of(words: str) -> tuple[Decimal, ...]:
    """The two counts of a sum or a difference, the second negative where it is taken off: "16 + 2", "18 − 2".

    A hyphen joins the ends of a range; only a minus sign takes off.
    """
    both = _TWO_COUNTS.fullmatch(words.strip())
    return (Decimal(both[1]), Decimal(both[3]) * (1 if both[2] == "+" else -1)) if both else ()


def halved(words: str) -> str:
    """The words of a number of which half is taken, "10.4 um" of "10.4 um ÷ 2"; "" where none is."""
    half = _HALF.fullmatch(words.strip())
    return half[1] if half else ""
