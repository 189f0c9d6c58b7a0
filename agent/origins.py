"""Trace each operand of a calculation to where it came from, so that a result rests on nothing unproven.

An operand is proven when its number, in whatever unit it is written, stands in the question or in a passage this run
has seen; when an earlier proven calculation gave it; or when it is a figure of the reference table, taken by name.
"""

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from functools import lru_cache
from itertools import combinations, pairwise

from agent.answer import Citation, Origin
from agent.calculator import (
    Input,
    Interval,
    Parameter,
    RangedItem,
    Result,
    Route,
    adds_nothing,
    halved,
    lookup,
    same_value,
    terms_of,
)
from agent.calculator.basis import find_basis
from agent.calculator.routing.figures import Figure
from agent.calculator.routing.reading import read
from agent.calculator.routing.rereading import split_ranges
from agent.candidates import cut_candidates
from agent.cells import scale_in_row
from agent.citations import cite
from agent.draft import DraftQuote
from agent.evidence import Evidence
from corpus.document import Document, Passage
from corpus.quantities import Quantity, find_quantities
from corpus.text import language_of
from corpus.units import CURRENCIES

_SAYS_SCALE = re.compile(
    r"(?<![A-Za-z])in\s(?:[a-z$€£¥.]+\s){0,3}(?:thousand|million|billion|%|percent)"
    r"|[(（][^()（）]{0,30}(?:thousand|million|billion|%|percent|[千万萬亿億]|百万)[^()（）]{0,30}[)）]|[$€£¥'’]\s?['’]?(?:000|thousand|million|mn?(?![a-z])|bn)"
    r"|\|\s*(?:mn?|bn|['’]?000)\s*\||(?:thousand|million|billion)s?\s?[)）]|单位|單位|単位|百分比",
    re.IGNORECASE,
)
"""A line near a table that says what its numbers count, and does not just hold such a word."""

_NONE = re.compile(r"(?<![A-Za-z])(?:no|zero|without)(?![A-Za-z])|零|无|無|没有|未", re.IGNORECASE)
"""Words by which a question says that there were none."""


@dataclass(frozen=True, slots=True)
class _Wanted:
    """What must stand in a text for an operand to be proven by it: all its numbers, or one of its words."""

    numbers: tuple[tuple[Decimal | Interval, str], ...] = ()
    words: tuple[str, ...] = ()
    parameter: Parameter | None = None


def trace(
    result: Result,
    sources: Mapping[str, str],
    question: str,
    evidence: Evidence,
    documents: Mapping[str, Document],
    carried: Mapping[str, tuple[str, ...]] | None = None,
    routed: Route | None = None,
) -> list[Origin]:
    """The origin of each input that was given.

    Args:
        sources: Input → id of the passage it stands in, or "id#at" with the character at which it does.
        carried: Input → the results of earlier calculations that are in it: ("c1.power_w",).
        routed: How the user's own question is worked out: the only one that may bring arithmetic in an argument.
    """
    tracer = _Tracer(question, evidence, documents)
    own = {
        (step.formula_id, name, words)
        for step in (routed.steps if routed else ())
        for name, words in step.inputs.items()
    }
    expression = result.formula_id == "expression"
    parameters = {} if expression else {p.name: p for p in lookup(result.formula_id).parameters}
    origins = [
        Origin(one.name, "unproven")
        if (terms_of(one.given) or halved(one.given)) and (result.formula_id, one.name, one.given) not in own
        else tracer.trace(one, parameters.get(one.name), sources.get(one.name, ""), (carried or {}).get(one.name, ()))
        for one in result.inputs
        if one.given and not (expression and one.name == "expression" and tracer.allows(one.given))
    ]
    # Numbers of one unit, one taken as it stands and one in thousands, do not belong to one table.
    mixed = any(len(scales) > 1 for scales in tracer.scales.values())
    return [replace(one, kind="unproven", citation=None) if mixed and one.kind == "quote" else one for one in origins]


def contradicting_bases(result: Result, origins: Iterable[Origin]) -> tuple[str, str] | None:
    """Words of two quotes that say that energies to be compared are counted differently; None where nothing does."""
    compared = () if result.formula_id == "expression" else lookup(result.formula_id).compared
    cited = {origin.operand: origin.citation.quote for origin in origins if origin.citation}
    bases = [find_basis(cited[name]) for name in compared if name in cited]
    return next((pair for a, b in combinations(bases, 2) if (pair := a.contradicts(b))), None)


class _Tracer:
    def __init__(self, question: str, evidence: Evidence, documents: Mapping[str, Document]) -> None:
        self._question = question
        self._evidence = evidence
        self._documents = documents
        self.scales: dict[str, set[Decimal]] = defaultdict(set)
        """Unit → the scales in which cells of tables were taken for numbers of it."""

    def allows(self, expression: str) -> bool:
        """Whether an expression computes with its operands and the question's numbers only."""
        asked = find_quantities(self._question)
        return adds_nothing(expression, lambda n: any(_is(n, "", quantity, asked=True) for quantity in asked))

    def trace(self, one: Input, parameter: Parameter | None, source: str, carried: tuple[str, ...]) -> Origin:
        if carried:
            return self._trace_carried(one, carried)
        if one.assumption:
            return Origin(one.name, "assumption", source=one.assumption)
        wanted = _wanted(one, parameter)
        id_, _, at = source.partition("#")
        passage = self._evidence.passages.get(id_)
        if passage is not None and not halved(one.given):
            citation = self._cite(passage, wanted, int(at) if at.isdigit() and len(at) < 9 else None)
            if citation:
                return Origin(one.name, "quote", citation)
        return Origin(one.name, "question" if _stand(self._question, wanted) else "unproven")

    def _trace_carried(self, one: Input, carried: tuple[str, ...]) -> Origin:
        """An input made of earlier results: each must be proven, and what stands beside them be the question's."""
        earlier = [self._evidence.calculations[name.partition(".")[0]] for name in carried]
        results = [
            (value.value, value.unit)
            for name, calculation in zip(carried, earlier, strict=True)
            for value in calculation.result.outputs
            if value.name == name.partition(".")[2]
        ]
        beside = [(n, unit) for n, unit in _numbers(one.value, one.unit) if not _among(n, unit, results)]
        proven = all(calculation.proven for calculation in earlier)
        proven = proven and (not beside or _stand(self._question, _Wanted(tuple(beside))))
        return Origin(one.name, "calculation" if proven else "unproven", source=", ".join(carried))

    def _cite(self, passage: Passage, wanted: _Wanted, at: int | None) -> Citation | None:
        """The sentence or row of a passage, at a place where one is named, in which everything wanted stands."""
        near = _near(passage, self._evidence)
        for start, end in cut_candidates(passage.text, passage.header):
            scales: dict[str, set[Decimal]] = defaultdict(set)
            piece = passage.text[start:end]
            if (at is None or start <= at < end) and _stand(piece, wanted, passage, near, scales):
                quote = DraftQuote(passage_id=passage.id, quote=piece)
                reader = language_of(self._question, hint="en")
                citation = cite(quote, self._evidence.passages, self._documents, reader)
                if isinstance(citation, Citation):
                    for unit, found in scales.items():
                        self.scales[unit] |= found
                    return citation
        return None


def _near(passage: Passage, evidence: Evidence) -> str:
    """All that is written around a table's cell and may say what its numbers count: heads, headings, the section."""
    section = [
        other.text
        for other in evidence.passages.values()
        if (other.document_id, other.page, other.section) == (passage.document_id, passage.page, passage.section)
    ]
    lines = [line for text in (*passage.section, *section) for line in text.split("\n") if _SAYS_SCALE.search(line)]
    return "\n".join([passage.header, *lines])


def _among(number: Decimal | Interval, unit: str, results: Sequence[tuple[object, str]]) -> bool:
    if isinstance(number, Interval):
        return any(number == value for value, _ in results)
    return any(isinstance(value, Decimal) and _same(number, unit, value, written) for value, written in results)


def _same(number: Decimal, unit: str, value: Decimal, written: str) -> bool:
    """Whether a result is the number of an input; one of money may be money a year or a kilowatt-hour there."""
    return same_value(number, unit, value, written) or (unit.partition("/")[0] == written and number == value)


def _wanted(one: Input, parameter: Parameter | None) -> _Wanted:
    """What an input says: its numbers in the unit they were used in; the words of a choice."""
    if isinstance(one.value, bool):
        words = parameter.cues if parameter else ()
        return _Wanted(words=words or (one.given,))
    if isinstance(one.value, str):
        names = next((n for n in parameter.choices if n[0] == one.value), (one.value,)) if parameter else (one.value,)
        return _Wanted(words=names)
    if halved(one.given) and isinstance(one.value, Decimal):
        return _Wanted(((one.value * 2, one.unit),), parameter=parameter)
    if parameter and parameter.shape == "integer" and (terms := terms_of(one.given)):
        return _Wanted(tuple((abs(term), "") for term in terms))
    names = next((n[1:] for n in parameter.choices if Decimal(n[0]) == one.value), ()) if parameter else ()
    return _Wanted(tuple(_numbers(one.value, one.unit)), names, parameter)


def _numbers(value: object, unit: str) -> Iterator[tuple[Decimal | Interval, str]]:
    if isinstance(value, Decimal | Interval):
        yield value, unit
    elif isinstance(value, RangedItem):
        yield value.value, unit
        if value.count != 1:
            yield value.count, ""
    elif isinstance(value, tuple):
        for each in value:
            yield from _numbers(each, unit)


def _stand(
    text: str,
    wanted: _Wanted,
    passage: Passage | None = None,
    near: str = "",
    scales: dict[str, set[Decimal]] | None = None,
) -> bool:
    """Whether all that is wanted stands in a text: the question, or a piece of a passage with what is near it.

    Args:
        scales: Takes in, for each unit, the scales in which cells of a row are the wanted numbers.
    """
    if any(word.casefold() in text.casefold() for word in wanted.words):
        return True
    found = find_quantities(text)
    row = passage is not None and "|" in text  # money in a table counts what the table's head says
    return bool(wanted.numbers) and all(
        (not (row and unit in CURRENCIES) and any(_is(number, unit, q, asked=passage is None) for q in found))
        or _is_span(number, unit, found)
        or (not unit and _is_told(number, text))
        or (passage is None and _is_read(number, unit, text, wanted.parameter))
        or (passage is None and isinstance(number, Decimal) and _is_worded(number, unit, found, text))
        or (passage is not None and _is_cell(number, unit, text, passage, near, scales))
        for number, unit in wanted.numbers
    )


def _is(number: Decimal | Interval, unit: str, quantity: Quantity, *, asked: bool = False) -> bool:
    """Whether a number of a text is this one, in any unit of the same dimension.

    Args:
        asked: The text is the question, in which the unit may be split: "每公里0.25 dB".
    """
    # The question's numbers are the user's, also the 8 of "at least 8 of 9" and the area of "120 W over 600 mm²".
    if quantity.kind == "time" or (quantity.bound not in "=~" and not asked):
        return False
    return _matches(number, quantity, _readings(unit, quantity.unit, asked))


def _is_read(number: Decimal | Interval, unit: str, question: str, parameter: Parameter | None) -> bool:
    """Whether the question gives a number its unit elsewhere: "15、10、5 pJ/bit", "55C", "wavelength 1310".

    A bare number has any unit only where the words beside it name the argument; "with 5 engines" is no 5 pJ/bit.
    """
    return any(
        _matches(number, figure, _readings(unit, figure.unit, asked=True))
        if figure.unit
        else parameter is not None
        and replace(figure, after="").near(parameter) > 0  # words after a bare number say what it counts
        and _matches(number, figure, ((unit, unit),))
        for figure in _figures(question)
    )


@lru_cache(maxsize=8)
def _figures(question: str) -> tuple[Figure, ...]:
    """The question's numbers with their units, also the ends of what may be a range or a change, turn by turn."""
    found: list[Figure] = []
    for turn in question.split("\n"):
        if len(turn) <= _LONGEST_TURN:
            reading = read(turn)
            ends = split_ranges(reading)
            found += [*reading.figures, *(ends.figures if ends else ())]
            found += [*_bracketed(reading.figures, turn), *_listed(reading.figures, turn)]
    return tuple(found)


_LONGEST_TURN = 2000
"""Longer questions are not routed either; their numbers count with the units that stand beside them."""


def _listed(figures: Sequence[Figure], question: str) -> Iterator[Figure]:
    """Bare numbers with the unit and scale of the one that ends their list: "从15降到5 pJ/bit"."""
    last: Figure | None = None
    right = len(question)
    for one in reversed([figure for figure in figures if figure.end > figure.start]):
        if one.unit:
            last = one
        elif last and _JOINED.fullmatch(question, one.end, right):
            digits = _DIGITS.search(last.words)
            factor = last.low / Decimal(digits[0].replace(",", "")) if digits and last.low else Decimal(1)
            yield replace(one, low=one.low * factor, high=one.high * factor, unit=last.unit)
        else:
            last = None
        right = one.start


def _bracketed(figures: Sequence[Figure], question: str) -> Iterator[Figure]:
    """The numbers of a list in brackets with the unit that follows it: "[[0.1, 0.05], [0.05, 0.5]] K/W"."""
    for found in _LIST.finditer(question):
        units = [one.unit for one in find_quantities(f"1{question[found.end() :]}")[:1]]
        within = (one for one in figures if found.start() <= one.start and one.end <= found.end())
        yield from (replace(one, unit=units[0]) for one in within if units)


def _matches(number: Decimal | Interval, found: Quantity | Figure, readings: Iterable[tuple[str, str]]) -> bool:
    ends = (number.low, number.high) if isinstance(number, Interval) else (number, number)
    return any(
        all(same_value(end, wanted, other, written) for end, other in zip(ends, (found.low, found.high), strict=True))
        for wanted, written in readings
    )


def _readings(unit: str, written: str, asked: bool) -> Iterator[tuple[str, str]]:
    """Pairs of units in which a wanted number and a written one may be the same."""
    yield unit, written
    above, _, below = unit.partition("/")
    if written in CURRENCIES and above == written:
        yield unit, unit  # money a year, or a kilowatt-hour
    if asked and below and written:
        yield above, written
    if asked and unit == "deg" and written == "度":
        yield unit, unit


def _is_worded(number: Decimal, unit: str, found: Sequence[Quantity], question: str) -> bool:
    """Whether the words of a question say a number that its digits do not: none, cents, half a year, 8 × 100, paid."""
    if number == 0 and not unit and _NONE.search(question):
        return True
    if _HALF_A_YEAR.search(question) and any(same_value(number, unit, *half) for half in _HALVES):
        return True
    if any(said.search(question) and same_value(number, unit, share, "") for said, share in _SHARES):
        return True
    if number < 0 and unit.partition("/")[0] in CURRENCIES and _PAID.search(question):
        return any(_is(-number, unit, quantity, asked=True) for quantity in found)
    for quantity in found:
        parts = _PARTS_OF_MONEY.match(question, quantity.end)
        if parts and unit.partition("/")[0] in CURRENCIES and number * (100 if parts["cent"] else 10) == quantity.low:
            return True
    for first, second in pairwise(found):
        if _TIMES.fullmatch(question[first.end : second.start]):
            product = first.low * second.low
            if any(
                same_value(number, unit, product, written or unit)
                for written in {first.unit, second.unit} - {""} or {""}
            ):
                return True
    return False


_LIST = re.compile(r"\[[\[\]0-9.,;\s+-]{1,400}\]")
_JOINED = re.compile(
    r"\s?(?:[,，、/+–—-]|,?\s?(?:and|or|to|vs\.?|versus)|[和及与或比]|(?:[下升增减涨跌]?降?[低高加少长]?[到至为])|→|->|⇒)\s?",
    re.IGNORECASE,
)
_DIGITS = re.compile(r"[1-9][0-9,]*(?:\.[0-9]+)?|0?\.0*[1-9][0-9]*")
_HALF_A_YEAR = re.compile(r"half a year|six months|半年", re.IGNORECASE)
_SHARES = (
    (re.compile(r"\bhalf\b(?! (?:a )?year)|一半|半数|五折", re.IGNORECASE), Decimal("0.5")),
    (re.compile(r"\ba quarter (?:of|as|less|more|the)\b", re.IGNORECASE), Decimal("0.25")),
    (re.compile(r"\ba fifth (?:of|as|less|more|the)\b", re.IGNORECASE), Decimal("0.2")),
    (re.compile(r"\ba tenth (?:of|as|less|more|the)\b", re.IGNORECASE), Decimal("0.1")),
    *(
        (re.compile(rf"(?<![一二三四五六七八九]){digit}折"), Decimal(n) / 10)
        for n, digit in enumerate("一二三四五六七八九", 1)
    ),
)
"""Words by which a question gives a share that no digits do."""
_HALVES = ((Decimal(6), "months"), (Decimal("0.5"), "years"))
_PAID = re.compile(r"pay|paid|spend|invest|outlay|cost|付|投入|投资|支出|花", re.IGNORECASE)
_PARTS_OF_MONEY = re.compile(r"\s?(?:(?P<cent>(?:US )?cents?|美分|分)|(?:角|毛))", re.IGNORECASE)
_TIMES = re.compile(r"[^0-9,.;，。；]{0,14}(?<![A-Za-z])[×x*乘](?![A-Za-z])[^0-9,.;，。；]{0,14}", re.IGNORECASE)


def _is_told(number: Decimal | Interval, text: str) -> bool:
    """Whether a count that looks like a year ("职工总人数为2090") is told as a number."""
    return (
        isinstance(number, Decimal) and re.search(rf"[为是有共计達达到:：=]\s?{number}(?![0-9年.,-])", text) is not None
    )


def _is_cell(
    number: Decimal | Interval,
    unit: str,
    row: str,
    passage: Passage,
    near: str,
    scales: dict[str, set[Decimal]] | None,
) -> bool:
    if isinstance(number, Interval):
        return False
    scale = scale_in_row(number, unit, row, passage.header, near, passage.text)
    if scale is not None and scales is not None and unit != "%":
        scales[unit].add(scale)
    return scale is not None


def _is_span(number: Decimal | Interval, unit: str, found: Sequence[Quantity]) -> bool:
    """Whether a number of years is the span from one year of the text to another."""
    if unit not in ("years", "") or isinstance(number, Interval):
        return False
    years = {year for q in found if q.kind == "time" and q.unit == "year" for year in (q.low, q.high)}
    return any(late - early == number for early in years for late in years if late > early)
