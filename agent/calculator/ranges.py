"""Compute with ranges: where some arguments are intervals, every result is the interval of all it can be.

A formula that is monotone in each argument is exact at the corners of the box. Where one turns at known places these
are tried as well; where it may turn anywhere the range is sampled, and the caller says so.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from itertools import islice, product
from typing import Any

from agent.calculator.formula import Bilingual, Formula, Interval, Item, Parameter, RangedItem
from agent.calculator.result import Given, Number, Outcome
from agent.errors import CalculationError

_SAMPLES = 33
_SAMPLES_EACH = 13
"""Samples along a range, where one is sampled and where several are."""
_MOST_POINTS = 1100
_MOST_CORNERS_OF_A_LIST = 6


@dataclass(frozen=True, slots=True)
class Outcomes:
    """What a formula gives: one Outcome for each output.

    Attributes:
        warnings: The formula's cautions that apply somewhere in the ranges, and what became of the ranges.
    """

    values: tuple[Outcome, ...]
    warnings: tuple[Bilingual, ...]


def sampled(en: str, zh: str) -> Bilingual:
    """What must be said of a range that was sampled, after the words for why it was."""
    return Bilingual(
        f"{en}, which was sampled; its ends may lie a little further out.", f"{zh}，按取样计算，端点可能略有出入。"
    )


_SAMPLED = sampled("The result is not monotone over a given range", "结果在所给范围内不单调")


def outcomes(formula: Formula, arguments: Mapping[str, Given]) -> Outcomes:
    """Compute a formula for numbers and ranges.

    Raises:
        CalculationError: A requirement between arguments fails somewhere in the ranges, or there are too many ranges.
    """
    ranged = [p for p in formula.parameters if _has_range(arguments[p.name])]
    plain = {name: _at(value, Decimal(0)) for name, value in arguments.items()}
    samples = _SAMPLES if sum(parameter.wavy for parameter in ranged) <= 1 else _SAMPLES_EACH
    axes = [_axis(parameter, arguments, samples) for parameter in ranged]
    boxes = list(islice(product(*axes), _MOST_POINTS + 1))
    if len(boxes) > _MOST_POINTS:
        raise CalculationError(
            f"{len(ranged)} of the arguments are ranges, too many at once", where=formula.id,
            next_step="give single numbers for those that matter least",
        )  # fmt: skip
    names = [parameter.name for parameter in ranged]
    points = [plain | dict(zip(names, box, strict=True)) for box in boxes]
    columns = list(zip(*(_run(formula, point) for point in points), strict=True))
    warnings = [c.words for c in formula.cautions if any(c.when(**point) for point in points)]
    if any(parameter.wavy for parameter in ranged):
        warnings.append(_SAMPLED)
    return Outcomes(tuple(_span(column) for column in columns), tuple(warnings))


def _run(formula: Formula, arguments: Mapping[str, Any]) -> tuple[Outcome, ...]:
    """The outputs at one point, as a tuple; requirements checked."""
    for requirement in formula.requirements:
        if not requirement.holds(**arguments):
            raise CalculationError(
                requirement.words.en, where=formula.id, next_step=f"give arguments for which it holds: {formula.text}"
            )
    raw = formula.function(**arguments)
    values = raw if isinstance(raw, tuple) else (raw,)
    return tuple(tuple(value) if isinstance(value, list) else value for value in values)


def _has_range(value: Given) -> bool:
    if isinstance(value, tuple):
        return any(_has_range(one.value if isinstance(one, RangedItem) else one) for one in value)
    return isinstance(value, Interval)


def _axis(parameter: Parameter, arguments: Mapping[str, Given], samples: int) -> list[Any]:
    """The plain values to try for one argument."""
    value = arguments[parameter.name]
    if isinstance(value, Interval):
        return _along(parameter, value, arguments, samples)
    if not parameter.wavy:
        return [_at(value, Decimal(0)), _at(value, Decimal(1))]
    steps = [Decimal(n) / (samples - 1) for n in range(samples)]
    return [_at(value, step) for step in steps] + _corners(value)


def _along(parameter: Parameter, interval: Interval, arguments: Mapping[str, Given], samples: int) -> list[Decimal]:
    """Both ends, the places where the result may turn, and samples where it may turn anywhere; in order, each once."""
    tried = {interval.low, interval.high}
    for turn in parameter.turns:
        at = arguments[turn] if isinstance(turn, str) else turn
        ends = (at.low, at.high) if isinstance(at, Interval) else (at,)
        tried |= {end for end in ends if isinstance(end, Decimal) and interval.low < end < interval.high}
    if parameter.wavy:
        whole = parameter.shape == "integer"
        step = (interval.high - interval.low) / (samples - 1)
        between = (
            interval.low + n * max(step, Decimal(1)) if whole else interval.low + n * step for n in range(samples)
        )
        tried |= {one.to_integral_value() if whole else one for one in between if one < interval.high}
    return sorted(tried)


def _at(value: Any, step: Decimal) -> Any:
    """A list or matrix with every range replaced by the number so far along it."""
    if isinstance(value, tuple):
        return tuple(_at(one, step) for one in value)
    if isinstance(value, RangedItem):
        return Item(_at(value.value, step), value.name, value.count)
    return value.low + step * (value.high - value.low) if isinstance(value, Interval) else value


def _corners(value: Any) -> list[Any]:
    """Every choice of ends, for a short flat list."""
    if sum(map(_has_range, ((one,) for one in value))) > _MOST_CORNERS_OF_A_LIST:
        return []
    ends = [dict.fromkeys((_at(one, Decimal(0)), _at(one, Decimal(1)))) for one in value]
    return [tuple(corner) for corner in product(*ends)]


def _span(column: Sequence[Outcome]) -> Outcome:
    """All values of one output as one: itself where they agree, else the interval that holds them."""
    if all(isinstance(one, bool) for one in column):
        return column[0] if len(set(column)) == 1 else (False, True)
    if any(isinstance(one, tuple) for one in column):
        return tuple(_number_span(cells) for cells in zip(*column, strict=True))
    numbers = [one for one in column if isinstance(one, Decimal)]
    return _number_span(numbers) if len(numbers) == len(column) else None


def _number_span(numbers: Sequence[Decimal]) -> Number:
    low, high = min(numbers), max(numbers)
    return low if low == high else Interval(low, high)
