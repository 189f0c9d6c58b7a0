"""Compute the numbers of a sentence that its other numbers, or those of the sentences before it, give.

"from 24 million in 2025 to 63 million in 2026, an increase of 120%": the quote gives the two numbers, and the growth is
computed from them. Which arithmetic is meant, the words say; which numbers, their units and their nearness.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal

from agent.answer import Calculation, Citation, Origin
from agent.calculator import CalculationError, Result, evaluate
from agent.judging.numbers.binding import bind
from corpus.quantities import Quantity, find_quantities, same_quantity
from corpus.text import without_source_notes

_MOST_OPERANDS = 6
_MOST_TERMS = 5
_NEAR_CHARACTERS = 60


@dataclass(frozen=True, slots=True)
class Operand:
    """A number that is proven: it stands in a quote."""

    quantity: Quantity
    citation: Citation


@dataclass(frozen=True, slots=True)
class Stated:
    """A number of a sentence that may be computed, at ``claim[start:end]``: "120%", "a third".

    Attributes:
        value: In ``unit``; "" for a plain number and for a factor.
        places: Decimal places it is stated with; None where it is not written in digits.
        loose: Whether it is meant roughly: "about", "nearly", "more than".
    """

    start: int
    end: int
    text: str
    value: Decimal
    unit: str
    places: int | None
    loose: bool


@dataclass(frozen=True, slots=True)
class Derived:
    """What a stated number comes to.

    Attributes:
        agrees: Whether the stated number is the computed one, as it is rounded.
    """

    stated: Stated
    calculation: Calculation
    agrees: bool


# --- What is stated -----------------------------------------------------------------------------------------------

_PARTS = {
    "half": 2, "third": 3, "quarter": 4, "fifth": 5, "tenth": 10, "一半": 2, "半数": 2, "半數": 2,
}  # fmt: skip
_PART = re.compile(
    r"(?<![A-Za-z-])(?:(?:a|one)\s)?(?P<part>half|third|quarter|fifth|tenth)(?=\s(?:of|as|the|that|what)\b)|(?P<han>一半|半数|半數)"
)
_LOOSE = re.compile(
    r"(?:about|around|roughly|nearly|almost|some|approximately|close to|more than|over|up to|"
    r"约|約|近|大约|接近|将近|超过|逾)\s*$",
    re.IGNORECASE,
)


def stated_numbers(claim: str) -> list[Stated]:
    """The numbers of a sentence that might be results, left to right."""
    found = []
    for one in find_quantities(claim):
        if one.kind in ("measure", "count") and one.low == one.high:
            fraction = (one.unit == "" and "之" in one.text) or bool(
                re.search(r"[a-z]-?\s?(?:third|quarter|half)", one.text)
            )
            unit = "x" if fraction else one.unit
            loose = one.bound != "=" or bool(_LOOSE.search(claim[: one.start]))
            found.append(Stated(one.start, one.end, one.text, one.low, unit, _places(one, fraction), loose))
    for part in _PART.finditer(claim):
        if not any(one.start < part.end() and part.start() < one.end for one in found):
            divisor = _PARTS[part["part"] or part["han"]]
            loose = bool(_LOOSE.search(claim[: part.start()]))
            found.append(Stated(part.start(), part.end(), part[0], 1 / Decimal(divisor), "x", None, loose))
    return sorted(found, key=lambda one: one.start)


def _places(quantity: Quantity, fraction: bool) -> int | None:
    digits = re.search(r"\d[\d,]*(?:\.(\d+))?", quantity.text)
    return None if fraction or not digits else len(digits[1] or "")


# --- What may be meant --------------------------------------------------------------------------------------------

_UP = (
    r"increas|growth|\bgr[eo]w|\bris(?:e|es|ing)\b|\brose\b|\bgain|\bup\b(?! to)|more|higher|增[加长長幅至到]|"
    r"涨|漲|提高|提升|上升|[多高]出|[多高]于|[多高]了"
)
_DOWN = (
    r"reduc|decreas|\bf[ae]ll|drop|declin|\bdown\b|less|lower|fewer|sav(?:e|ing)|\bcut|short|减[少小至到]|減少|降|下滑|"
    r"节省|節省|省下|省去|少了|[少低]于|低了|缺口"
)
_GAP = r"differen|\bgap\b|\bapart\b|相差|差距|差额|之差|缺口|只差|多出|少了"
_RATIO = r"times|fold|\d\s?x\b|half|third|quarter|fifth|tenth|ratio|倍|分之|一半|半数"
_SHARE = r"share|account|percent(?:age)? of|% of|covers?|cover(?:ed|ing)|makes? up|占|佔|比重|份额|比例"
_SUM = r"together|total|combined|in all\b|\bsum\b|altogether|合计|合計|总计|總計|共计|一共|共有|加起来|总共"
_CAGR = (
    r"\bcagr\b|compound annual|annual(?:ly|ised)? (?:growth )?rate|per year on average|per annum|复合|複合|年均|年平均|"
    r"年化|年率"
)


def derive(stated: Stated, claim: str, pools: Sequence[Sequence[Operand]], number: int, sure: int) -> Derived | None:
    """What a stated number comes to, from the first pool whose numbers give it.

    Args:
        pools: Proven numbers, the likeliest first: those of the sentence itself, those of the sentences before it.
        sure: How many of the pools may say that another number is meant than the stated one; the rest only agree.
        number: How many calculations there are already, for the next id.

    Returns:
        The arithmetic that gives the stated number; else the only one that can be meant, which gives another; None
        where nothing is meant to be computed or too much could be.
    """
    others: list[tuple[Result, tuple[Operand, ...]]] = []
    for place, pool in enumerate(pools):
        ways = list(_ways(stated, claim, pool[:_MOST_OPERANDS]))
        for result, used in ways:
            if _agrees(stated, result):
                return Derived(stated, _calculation(result, used, number), agrees=True)
        others = others or (ways if place < sure else [])
    values = {result.output().exact for result, _ in others}
    if len(values) != 1 or stated.loose:
        return None
    result, used = others[0]
    return Derived(stated, _calculation(result, used, number), agrees=False)


def _ways(stated: Stated, claim: str, pool: Sequence[Operand]) -> Iterator[tuple[Result, tuple[Operand, ...]]]:
    """Each arithmetic that the words beside a stated number may mean, on the numbers of one pool."""
    words = claim[max(0, stated.start - _NEAR_CHARACTERS) : stated.end + _NEAR_CHARACTERS]
    for expression, unit, used in _expressions(stated, words, _alike(pool)):
        names = dict(zip("abcdef", used, strict=False))
        given = {name: _written(one.quantity) for name, one in names.items()}
        try:
            result = evaluate(expression, given, unit=unit)
        except CalculationError:
            continue
        if isinstance(result.output().value, Decimal):
            yield result, tuple(names.values())


def _expressions(
    stated: Stated, words: str, groups: Sequence[Sequence[Operand]]
) -> Iterator[tuple[str, str, tuple[Operand, ...]]]:
    """(expression over a, b, …; unit; operands), for each reading of the words."""
    up, down = _says(_UP, words), _says(_DOWN, words)
    years = next((group for group in groups if group[0].quantity.unit == "year"), [])
    for group in groups:
        unit = group[0].quantity.unit
        if group is years:
            continue
        if _says(_SUM, words) and unit == stated.unit and 2 <= len(group) <= _MOST_TERMS:
            yield " + ".join("abcdef"[: len(group)]), unit, tuple(group)
        if len(group) != 2:
            continue
        less, more = sorted(group, key=lambda one: one.quantity.low)
        if stated.unit == "%" and _says(_CAGR, words):
            if len(years) == 2:
                yield "cagr(a, b, d - c)", "%", (*group, *sorted(years, key=lambda one: one.quantity.low))
            continue  # without its years a yearly rate cannot be told, and is no growth over all of them
        if stated.unit == "%" and unit != "%":
            yield from [("(b - a) / a", "%", (less, more))] * up
            yield from [("(a - b) / a", "%", (more, less))] * down
        if stated.unit == "%" and _says(_SHARE, words) and not (up or down):
            yield "a / b", "%", (less, more)
        if stated.unit == "x" and _says(_RATIO, words):
            yield "a / b", "", (more, less) if stated.value >= 1 else (less, more)
        if (up or down or _says(_GAP, words)) and unit == ("%" if stated.unit == "pp" else stated.unit):
            yield "a - b", stated.unit, (more, less)


_BEFORE = re.compile(
    r"(?:减少|減少|增加|增长|增長|下降|降低|节省|節省|多|少|差|缺口|合计|总计|共)[了约約为為近]{0,2}\s?$|\bby\s?$",
    re.IGNORECASE,
)
_AFTER = re.compile(
    r"^\s?(?:less|more|fewer|lower|higher|cheaper|in (?:all|total)|altogether|apart|的差距|之差)\b", re.I
)


def is_result(claim: str, quantity: Quantity) -> bool:
    """Whether the words right beside a number say that it comes from others: "18 dB less", "减少800根"."""
    return bool(_BEFORE.search(claim[: quantity.start]) or _AFTER.search(claim[quantity.end :]))


def _says(pattern: str, words: str) -> bool:
    return bool(re.search(pattern, words, re.IGNORECASE))


def _alike(pool: Sequence[Operand]) -> list[list[Operand]]:
    """The numbers of a pool by unit, each value once, in order."""
    groups: dict[str, list[Operand]] = {}
    for one in pool:
        group = groups.setdefault(one.quantity.unit, [])
        if not any(same_quantity(one.quantity, other.quantity) for other in group):
            group.append(one)
    return list(groups.values())


def _written(quantity: Quantity) -> str:
    """A number as the calculator reads it: "24000000", "30 W"; a year is a plain number."""
    if quantity.kind == "time":
        return f"{quantity.low:f}"
    return f"{quantity.low:f}{quantity.unit}" if quantity.unit == "x" else f"{quantity.low:f} {quantity.unit}".strip()


def _agrees(stated: Stated, result: Result) -> bool:
    value = result.output().value
    if not isinstance(value, Decimal):
        return False
    value = abs(value)
    if stated.places is None or stated.loose:
        return abs(value - stated.value) <= abs(stated.value) * Decimal("0.06")
    digits = re.search(r"\d[\d,]*(?:\.\d+)?", stated.text)
    scale = stated.value / Decimal(digits[0].replace(",", "")) if digits and Decimal(digits[0].replace(",", "")) else 1
    half = Decimal(5).scaleb(-stated.places - 1) * scale
    return abs(value - stated.value) <= half


def _calculation(result: Result, used: Sequence[Operand], number: int) -> Calculation:
    origins = [Origin(name, "quote", one.citation) for name, one in zip("abcdef", used, strict=False)]
    return Calculation(f"k{number + 1}", result, tuple(origins))


# --- What is proven -----------------------------------------------------------------------------------------------


def operands_of(text: str, citations: Sequence[Citation]) -> list[Operand]:
    """The numbers of a text that stand in one of the quotes, in its order."""
    shown = [(one, [each.quantity for each in bind(without_source_notes(one.quote), one.header)]) for one in citations]
    found = []
    for quantity in find_quantities(text):
        if quantity.kind == "label" or quantity.low != quantity.high:
            continue
        citation = next(
            (one for one, numbers in shown if any(same_quantity(quantity, other) for other in numbers)), None
        )
        if citation is not None:
            found.append(Operand(quantity, citation))
    return found
