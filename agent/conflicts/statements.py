"""Read a sentence or a row into statements: this number, of this measure, is said of this thing and this time."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from decimal import Decimal
from functools import lru_cache

from agent.candidates import Candidate
from agent.conflicts.bases import find_bases, find_qualifiers
from agent.conflicts.counting import find_counted
from agent.conflicts.disputes import says_sources_differ
from agent.conflicts.metrics import find_metrics, needs_word
from agent.conflicts.scopes import Scope
from agent.conflicts.sources import Source, is_about_source, read_source
from agent.conflicts.subjects import Subject, read_subject
from agent.judging.numbers.binding import Bound, bind
from corpus.amounts import Amount, find_amounts
from corpus.document import Language
from corpus.quantities import Quantity
from corpus.text import HAN

CONDITIONS = frozenset(("°C", "g", "W", "dBm", "m", "s", "years", "months", "V", "A", "Hz", "b/s/m", "m2"))
"""Units of what a value may depend on."""
_ATTRIBUTIVE = re.compile(
    r"[ -](?!(?:and|or|in|at|of|for|per|with|from|to|by|on|as|than|including|including|over|under|when|while|which|but)"
    rf"(?![a-z]))[A-Za-z][a-z]+|(?![的以至到或和与及等左时下])[{HAN}]"
)
"""A noun that a number stands before, and tells its sort."""
_AT = re.compile(r"(?<![a-z])(?:at|@)\s?(?:about )?$", re.IGNORECASE)
_UNDER = re.compile(r"\s?(?:时|時|下|环境|環境|の)")


@dataclass(frozen=True, slots=True)
class Statement:
    """A number that a candidate states.

    Attributes:
        place: The candidate; the number stands at ``candidate.text[quantity.start:quantity.end]``.
        own: Its measure is a company's own.
        changes: The number tells a change, not a level.
        periods: The one time it is said for; () where it says none.
        bases: How it is meant: "line rate", "goal", …
        conditions: Other measures said with it: unit → (low, high).
        siblings: All numbers of its unit that the candidate states.
        contrasts: The candidate itself says that sources differ.
    """

    candidate: Candidate = field(repr=False)
    quantity: Amount
    metrics: frozenset[str]
    counted: frozenset[str]
    own: bool
    changes: bool
    periods: tuple[Quantity, ...]
    bases: frozenset[str]
    conditions: tuple[tuple[str, Decimal, Decimal], ...]
    siblings: tuple[Quantity, ...]
    subject: Subject
    source: Source
    contrasts: bool

    @property
    def language(self) -> Language:
        """Of the candidate."""
        return self.candidate.language


@lru_cache(maxsize=4096)
def read_statements(candidate: Candidate) -> tuple[Statement, ...]:
    """The statements of a candidate, left to right; numbers whose measure, thing or time is unclear are left out."""
    bounds = bind(candidate.body, candidate.header)
    source = read_source(candidate)
    found = (_statement(candidate, one, bounds, source) for one in bounds if _may_be_value(one, candidate))
    return tuple(one for one in found if one is not None)


def _may_be_value(one: Bound, candidate: Candidate) -> bool:
    if one.quantity.kind not in ("measure", "count") or is_about_source(one.head):
        return False
    if candidate.header and "|" in candidate.header and not one.head:
        return False  # what names a row is no value
    return bool(candidate.header) or not _is_condition(one, candidate.body)


def _is_condition(one: Bound, text: str) -> bool:
    """Whether a number says of which thing, or under what, another number is said: a 3 nm line, at 85 °C."""
    number = one.quantity
    if number.unit == "°C" and (_AT.search(text[: number.start]) or _UNDER.match(text, number.end)):
        return True
    others = any(
        each.unit != number.unit and each.kind in ("measure", "count") and each.start > number.start
        for each in find_amounts(text)
    )
    return number.unit in CONDITIONS and others and bool(_ATTRIBUTIVE.match(text, number.end))


def _statement(candidate: Candidate, one: Bound, bounds: Sequence[Bound], source: Source) -> Statement | None:
    quantity = _amount(candidate.body, one.quantity)
    if quantity is None:
        return None
    own = _with_own_words(one, bounds)
    if own is None:
        return None
    scope = Scope(candidate, own, bounds)
    times = _times(scope)
    if times is None:
        return None
    metrics = scope.metrics(quantity.unit)
    counted = frozenset() if quantity.unit else find_counted(candidate.body, quantity, one.head)
    if needs_word(quantity.unit) and not metrics and not counted:
        return None
    if not times and {"cagr", "growth"} & {id_ for id_, _ in metrics}:
        return None
    numbers = [each.quantity for each in bounds]
    return Statement(
        candidate=candidate,
        quantity=quantity,
        metrics=frozenset(id_ for id_, _ in metrics),
        counted=counted,
        own=any(own for _, own in metrics),
        changes=quantity.ratio is not None,
        periods=times,
        bases=find_bases(scope.sentence, scope.local) | _qualifiers(scope, quantity.unit),
        conditions=tuple((each.unit, each.low, each.high) for each in scope.beside if each.unit != quantity.unit),
        siblings=tuple(each for each in numbers if each.unit == quantity.unit and each.kind == quantity.kind),
        subject=read_subject(scope, quantity),
        source=source,
        contrasts=says_sources_differ(candidate.body),
    )


def _qualifiers(scope: Scope, unit: str) -> frozenset[str]:
    return find_qualifiers(scope.told, [(one.start, one.end) for one in find_metrics(scope.told, unit)])


def _with_own_words(one: Bound, bounds: Sequence[Bound]) -> Bound | None:
    """A number with its stretch; where nothing parts it from the next, with what stands before, if it is the first."""
    number = one.quantity
    if one.head or (one.start, one.end) != (number.start, number.end) or len(bounds) == 1:
        return one
    first = all(each.quantity.start >= number.start for each in bounds if each.quantity.unit == number.unit)
    return replace(one, start=0) if first else None


def _amount(text: str, quantity: Quantity) -> Amount | None:
    """The number with what the words around it make of it; a cell's has no words around it."""
    same = (one for one in find_amounts(text) if (one.start, one.end) == (quantity.start, quantity.end))
    found = next(same, None)
    if found is None or found.order or found.kind in ("time", "label"):
        return None
    return Amount(
        quantity.start, quantity.end, quantity.text, quantity.low, quantity.high, quantity.bound, quantity.unit,
        quantity.kind, found.ratio,
    )  # fmt: skip


def _times(scope: Scope) -> tuple[Quantity, ...] | None:
    """The time a number is said for; None where several are named."""
    times = {(one.unit, one.low, one.high): one for one in scope.times}
    return None if len(times) > 1 else tuple(times.values())
