"""Work out again what a quoted sentence states, where it gives the numbers that its result rests on.

A sentence is read as its own question: "from 15 W to 5.4 W, a saving of 65%" asks "… a saving of how many percent?".
Where the calculator settles that with the sentence's other numbers and comes to another result than the one stated,
even when rounded like it, both are shown.
"""

import re
from collections.abc import Iterable, Iterator
from decimal import Decimal

from agent.answer import Calculation, Citation, Origin
from agent.calculator import CalculationError, Result, calculate, convertible, lookup, route
from corpus.quantities import Quantity, find_quantities
from corpus.text import without_source_notes

_ASKING = {
    "%": ("how many percent", "百分之多少"),
    "x": ("how many times", "多少倍"),
    "W": ("how many watts", "多少瓦"),
    "pJ/bit": ("how many pJ/bit", "多少pJ/bit"),
    "dB": ("how many dB", "多少分贝"),
    "dBm": ("how many dBm", "多少dBm"),
    "FIT": ("how many FIT", "多少FIT"),
}
"""Unit of a stated result → the words that ask for it. Other numbers of a sentence are rarely results of the rest."""

_RELATIVE = ("%", "x")
_NEAR = Decimal("0.08")
_LOOSELY = re.compile(r"(?:nearly|almost|close to|近|接近|将近|將近|不到|超)\s?$", re.IGNORECASE)
_MOST_NUMBERS = 8
_HAN_SHARE = 0.2


def recheck(citations: Iterable[Citation]) -> tuple[Calculation, ...]:
    """A calculation for each quote that states another result than its own numbers give; ids k1, k2, …"""
    found: list[Calculation] = []
    for citation in dict.fromkeys(citations):
        result = _work_out_again(citation.quote)
        if result is not None:
            origins = tuple(Origin(one.name, "quote", citation) for one in result.inputs if one.given)
            found.append(Calculation(f"k{len(found) + 1}", result, origins))
    return tuple(found)


def _work_out_again(quote: str) -> Result | None:
    """The calculation that contradicts a stated result; None where nothing does."""
    sentence = without_source_notes(quote)
    for stated, question in _questions(sentence):
        found = route(question)
        if found is None or len(found.steps) != 1 or found.steps[0].missing:
            continue  # a chain would rest on numbers that do not stand in the sentence
        (step,) = found.steps
        output = next((o for o in lookup(step.formula_id).outputs if convertible(o.unit, stated.unit)), None)
        if output is None:
            continue
        try:
            again = calculate(step.formula_id, step.inputs, stated={output.name: stated.text})
        except CalculationError:
            continue
        if _near(again.output(output.name).value, stated):
            return again if any(one.differs for one in again.stated) else None
    return None


def _near(computed: object, stated: Quantity) -> bool:
    """Whether a computed number is close enough to be the stated one at all; further off, it is another thing."""
    return isinstance(computed, Decimal) and abs(computed - stated.low) <= _NEAR * abs(stated.low)


def _questions(sentence: str) -> Iterator[tuple[Quantity, str]]:
    """The numbers that may be the sentence's result, the last one first, each with the sentence asking for it.

    A result stands after the numbers it comes from, or, where it is relative, before them.
    """
    numbers = [q for q in find_quantities(sentence) if q.kind in ("measure", "count")]
    if not 2 <= len(numbers) < _MOST_NUMBERS:
        return
    han = sum("\u4e00" <= character <= "\u9fff" for character in sentence) > _HAN_SHARE * len(sentence)
    for stated in (numbers[-1], numbers[0]):
        asked = _ASKING.get(stated.unit)
        loose = stated.low != stated.high or stated.bound not in "=~" or _LOOSELY.search(sentence[: stated.start])
        if asked is None or loose:
            continue
        if stated is numbers[-1] or stated.unit in _RELATIVE:
            words = f"{sentence[: stated.start]}{asked[han]}{sentence[stated.end :]}".rstrip(" .。!！;；")
            yield stated, f"{words}{'？' if han else '?'}"
