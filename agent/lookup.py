"""Look up a missing argument of a formula in the passages a run has seen; never make one up.

A number counts only where its sentence or row names everything that the question names (the Bailly of "a Bailly
switch"), and where its unit, or a word beside it, says that it is this argument.
"""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal

from agent.calculator import ANY, MONEY, CalculationError, Parameter, read_quantity
from agent.candidates import cut_candidates
from corpus.document import Passage
from corpus.lexicon import Mention, load_lexicon
from corpus.quantities import Quantity, find_quantities
from corpus.text import without_source_notes
from corpus.units import CURRENCIES

# Measured in these, a number may be anything: a word beside it must say what.
_EVERYDAY = frozenset(("", "%", "W", "kW", "mW", "¤", "*", "h", "years", "K", "°C", "mm", "μm", "m", "x"))
_BESIDE = 40
_NAME = re.compile(r"(?<![A-Za-z0-9-])[A-Z][A-Za-z]*[a-z][A-Za-z0-9]*(?:[ -](?:[0-9]{1,3}(?![0-9.]))?)?")
_OPENING = re.compile(r"(?:^|[.?!]\s+)$")


@dataclass(frozen=True, slots=True)
class FoundInput:
    """A value for an argument: ``passage.text[start:end] == text``."""

    text: str
    passage_id: str
    start: int
    end: int
    quote: str


def find_input(parameter: Parameter, question: str, passages: Iterable[Passage]) -> list[FoundInput]:
    """Every different value that the passages give for an argument, in the order of the passages; [] for none."""
    names = _names(question)
    if not names:
        return []
    asked = {(q.low, q.high, q.unit) for q in find_quantities(question)}
    found: dict[tuple[Decimal, Decimal], FoundInput] = {}
    for passage in passages:
        for start, end in cut_candidates(passage.text, passage.header):
            piece = without_source_notes(passage.text[start:end])
            if not _tells_of(piece, names):
                continue
            for quantity in find_quantities(piece):
                value = _fits(parameter, quantity, piece)
                if value and (quantity.low, quantity.high, quantity.unit) not in asked:
                    at = start + quantity.start
                    words = FoundInput(quantity.text, passage.id, at, start + quantity.end, passage.text[start:end])
                    found.setdefault(value, words)
    return list(found.values())


def _names(question: str) -> list[str | Mention]:
    """What the question names: companies and countries, and capitalised words that are no term, number or opening."""
    lexicon = load_lexicon()
    mentions = lexicon.find(question)
    taken = [(m.start, m.end) for m in mentions] + [(q.start, q.end) for q in find_quantities(question)]
    names: list[str | Mention] = [m for m in mentions if m.term.kind in ("company", "country")]
    for match in _NAME.finditer(question):
        free = not any(start < match.end() and match.start() < end for start, end in taken)
        if free and not _OPENING.search(question[: match.start()]):
            names.append(match[0].strip())
    return names


def _tells_of(piece: str, names: Sequence[str | Mention]) -> bool:
    lowered = piece.casefold()
    ids = {mention.term.id for mention in load_lexicon().find(piece)}
    return all(name.casefold() in lowered if isinstance(name, str) else name.term.id in ids for name in names)


def _fits(parameter: Parameter, quantity: Quantity, piece: str) -> tuple[Decimal, Decimal] | None:
    """The value of a number as this argument, in its unit; None where it is something else."""
    if quantity.kind == "time" or quantity.bound not in "=~" or bool(quantity.unit) != bool(parameter.unit):
        return None
    if parameter.unit in _EVERYDAY and not _named_beside(parameter, quantity, piece):
        return None
    if parameter.unit == ANY or (parameter.unit == MONEY and quantity.unit not in CURRENCIES):
        return None
    try:
        reading = read_quantity(quantity.text)
        reading = reading if parameter.unit == MONEY else reading.to(parameter.unit)
    except CalculationError:
        return None
    allowed = parameter.allows(reading.low) and parameter.allows(reading.high)
    return (reading.low, reading.high) if allowed else None


def _named_beside(parameter: Parameter, quantity: Quantity, piece: str) -> bool:
    around = piece[max(0, quantity.start - _BESIDE) : quantity.end + _BESIDE].casefold()
    words = (*parameter.cues, *parameter.leads, parameter.meaning.en, parameter.meaning.zh)
    return any(_stands(word.casefold(), around) for word in words)


def _stands(word: str, text: str) -> bool:
    edge = r"(?<![a-z]){}(?![a-z])" if word.isascii() else "{}"
    return re.search(edge.format(re.escape(word)), text) is not None
