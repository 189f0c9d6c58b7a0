"""Compute a formula many times: over the values of one or two inputs, or with each input moved a little.

400..3200:400 Gb/s    from 400 to 3200 in steps of 400, both ends included
400..3200             eleven points, evenly spread
400..3200*2           each twice the one before
5|7|10 pJ/bit         these three
"""

import re
import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, replace
from decimal import ROUND_CEILING, ROUND_FLOOR, Decimal, localcontext
from itertools import product
from typing import Any

from agent.calculator.basis import split_basis
from agent.calculator.binding import bind
from agent.calculator.calculation import calculate
from agent.calculator.formula import Interval, Parameter, RangedItem
from agent.calculator.precision import KEPT
from agent.calculator.registry import lookup
from agent.calculator.result import Input, Result, Value, show, show_unit, tidy
from agent.calculator.rounding import Rounding
from agent.errors import CalculationError

MOST_POINTS = 1000
_MOST_SWEPT = 2
_PARTS = 10
_LONGEST = 20_000
_EXAMPLE = 'write it as in "400..3200:400 Gb/s", "400..3200*2" or "5|7|10 pJ/bit"'

_NUMBER = r"[+-]?(?:[0-9][0-9,]{0,30}(?:\.[0-9]{1,30})?|\.[0-9]{1,30})(?:[eE][+-]?[0-9]{1,2})?"
_MEASURE = re.compile(rf"\s*(?P<number>{_NUMBER})\s*(?P<unit>(?:1?/)?[^\W\d_].*|[%°√$€£¥\[].*|)", re.DOTALL)
_BARE = re.compile(r"[-0-9.,eE\s+–—~±]+")
_BY = re.compile(r"[:*×]")


# --- Sweeps -----------------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Axis:
    """One swept input.

    Attributes:
        values: What it is set to, one after the other: bare numbers where ``unit`` holds for all, else any words.
        unit: What stands after each number ("Gb/s", "pJ/bit [net]"); "" where nothing does.
        given: The words that it was given in.
        numeric: Whether the values are numbers, so that they can be drawn along a line.
        geometric: Whether each is a multiple of the one before.
        missed: The end that was asked for, where no step lands on it; "" where it is the last value.
    """

    name: str
    values: tuple[str, ...]
    unit: str
    given: str
    numeric: bool
    geometric: bool = False
    missed: str = ""

    def text(self, value: str) -> str:
        """One of the values as the calculator reads it."""
        return f"{value} {self.unit}".rstrip()


@dataclass(frozen=True, slots=True)
class Point:
    """One calculation of a sweep.

    Attributes:
        at: The value of each axis here.
    """

    at: tuple[str, ...]
    result: Result


@dataclass(frozen=True, slots=True)
class Sweep:
    """A formula computed at every value of one or two inputs.

    Attributes:
        points: The last axis runs fastest.
    """

    axes: tuple[Axis, ...]
    points: tuple[Point, ...]

    @property
    def first(self) -> Result:
        """The first calculation; its formula, fixed inputs and units are those of all."""
        return self.points[0].result

    def unit(self, axis: Axis) -> str:
        """What the numbers of an axis are in, and on what basis: "pJ/bit, net"; the input's own unit for bare ones."""
        own = next(one.unit for one in self.first.inputs if one.name == axis.name)
        unit, basis = split_basis(axis.unit)
        return ", ".join(filter(None, (unit or own, basis))) if axis.numeric else ""

    def column(self, output: str) -> tuple[Value, ...]:
        """One result at every point."""
        return tuple(point.result.output(output) for point in self.points)


def is_sweep(text: str) -> bool:
    """Whether a value asks for several calculations."""
    return ".." in text or "|" in text


def sweep(
    formula_id: str,
    inputs: Mapping[str, str],
    *,
    decimals: int | None = None,
    significant: int | None = None,
    most: int = MOST_POINTS,
) -> Sweep:
    """Compute a formula at every value of the inputs that are given as several.

        >>> sweep("interface_power_w", {"rate_gbps": "400..1600:400", "energy_pj_per_bit": "5"}).column("power_w")[-1]

    Raises:
        CalculationError: Nothing or too much is swept; a value does not pass, and then the point is named.
    """
    formula = lookup(formula_id)
    swept = [name for name, text in inputs.items() if is_sweep(text)]
    if not 0 < len(swept) <= _MOST_SWEPT:
        raise CalculationError(
            f"{len(swept)} inputs are swept ({', '.join(swept)})" if swept else "no input is swept", where=formula_id,
            next_step=f"sweep one or two: {_EXAMPLE}",
        )  # fmt: skip
    parameters = {parameter.name: parameter for parameter in formula.parameters}
    axes = tuple(_read_axis(name, inputs[name], parameters.get(name), most) for name in swept)
    count = 1
    for axis in axes:
        count *= len(axis.values)
    if count > most:
        raise CalculationError(
            f"{count:,} points", where=", ".join(swept), next_step=f"take larger steps; {most:,} points at most"
        )
    rounding = Rounding(decimals, significant)
    return Sweep(
        axes, tuple(_compute(formula_id, inputs, axes, at, rounding) for at in product(*(a.values for a in axes)))
    )


def _compute(
    formula_id: str, inputs: Mapping[str, str], axes: Sequence[Axis], at: tuple[str, ...], rounding: Rounding
) -> Point:
    here = {axis.name: axis.text(value) for axis, value in zip(axes, at, strict=True)}
    try:
        return Point(at, calculate(formula_id, {**inputs, **here}, **asdict(rounding)))
    except CalculationError as error:
        place = ", ".join(f"{name}={text}" for name, text in here.items())
        raise type(error)(error.what, where=f"at {place}: {error.where}", next_step=error.next_step) from error


def _read_axis(name: str, text: str, parameter: Parameter | None, most: int) -> Axis:
    if len(text) > _LONGEST:
        raise CalculationError(f"the text is longer than {_LONGEST} characters", where=name, next_step=_EXAMPLE)
    if "|" in text:
        return _read_list(name, text, parameter)
    span, sign, by = _partition(unicodedata.normalize("NFKC", text))
    parts = [_MEASURE.fullmatch(part) for part in (*span.split(".."), *([by] if sign else []))]
    measures = [part for part in parts if part]
    units = {measure["unit"].strip() for measure in measures} - {""}
    if span.count("..") != 1 or "..." in span or len(measures) < len(parts) or len(units) > 1:
        raise CalculationError(f"{text.strip()!r} is no sweep", where=name, next_step=_EXAMPLE)
    start, end, *step = (_decimal(measure["number"]) for measure in measures)
    with localcontext(KEPT):
        if start == end:
            raise CalculationError("both ends are the same", where=name, next_step="give one number instead")
        if not step:
            values = _spread(start, end, whole=parameter is not None and parameter.shape == "integer")
        elif sign == ":":
            values = _walk(name, start, end, step[0], most)
        else:
            values = _multiply(name, start, end, step[0], most)
    words = tuple(f"{tidy(value):f}" for value in values)
    missed = "" if values[-1] == end else f"{tidy(end):f}"
    return Axis(name, words, "".join(units), text, numeric=True, geometric=sign not in ("", ":"), missed=missed)


def _partition(text: str) -> tuple[str, str, str]:
    """The span of a sweep, the sign of its step, and the step."""
    sign = _BY.search(text)
    return (text[: sign.start()], sign[0], text[sign.end() :]) if sign else (text, "", "")


def _read_list(name: str, text: str, parameter: Parameter | None) -> Axis:
    """5|7|10 pJ/bit: a unit after the last number holds for the bare ones before it."""
    parts = [part.strip() for part in text.split("|")]
    if not all(parts):
        raise CalculationError(f"{text.strip()!r} has an empty place", where=name, next_step=_EXAMPLE)
    if repeated := next((part for part in parts if parts.count(part) > 1), ""):
        raise CalculationError(f"{repeated!r} stands twice in the list", where=name, next_step="give each value once")
    measures = [measure for part in parts if (measure := _MEASURE.fullmatch(part))]
    units = {measure["unit"] for measure in measures}
    single = parameter is not None and parameter.shape in ("number", "integer")
    if single and len(measures) == len(parts) and units <= {"", measures[-1]["unit"]}:
        numbers = tuple(str(_decimal(measure["number"])) for measure in measures)
        return Axis(name, numbers, measures[-1]["unit"], text, numeric=True)
    bare = [part for part in parts if _BARE.fullmatch(part)]
    if single and bare and any(part not in bare and not part.startswith("@") for part in parts):
        raise CalculationError(f"{bare[0]!r} has no unit and others have", where=name, next_step="give each its unit")
    return Axis(name, tuple(parts), "", text, numeric=False)


def _spread(start: Decimal, end: Decimal, *, whole: bool) -> list[Decimal]:
    step = (end - start) / _PARTS
    values = [start + n * step for n in range(_PARTS + 1)]
    return sorted({value.to_integral_value() for value in values}, reverse=end < start) if whole else values


def _walk(name: str, start: Decimal, end: Decimal, step: Decimal, most: int) -> list[Decimal]:
    if step == 0 or (step < 0 and end > start):
        raise CalculationError(f"steps of {step} never get there", where=name, next_step=_EXAMPLE)
    steps = int(abs(end - start) / abs(step))
    if steps >= most:
        raise CalculationError(
            f"{steps + 1:,} points", where=name, next_step=f"take larger steps; {most:,} points at most"
        )
    step = abs(step) if end > start else -abs(step)
    return [start + n * step for n in range(steps + 1)]


def _multiply(name: str, start: Decimal, end: Decimal, factor: Decimal, most: int) -> list[Decimal]:
    if start * end <= 0 or factor <= 0 or factor == 1:
        raise CalculationError(
            "only ends of one sign, and a factor above 0 other than 1, can be multiplied through", where=name,
            next_step=_EXAMPLE,
        )  # fmt: skip
    grows = abs(end) > abs(start)
    values, following = [start], start
    while True:
        following = following * factor if (factor > 1) == grows else following / factor  # a third times 3 is no 1
        if (abs(following) > abs(end)) if grows else (abs(following) < abs(end)):
            return values
        values.append(following)
        if len(values) > most:
            raise CalculationError(
                f"more than {most:,} points", where=name, next_step=f"take a larger factor; {most:,} points at most"
            )


def _decimal(text: str) -> Decimal:
    return Decimal(text.replace(",", ""))


# --- Sensitivity ------------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class End:
    """An input moved to one side.

    Attributes:
        value: What it was moved to, in the input's unit; ``None`` where it could not be moved.
        result: The chosen result there; ``None`` where there is none, and ``refused`` says why.
    """

    value: Decimal | None
    result: Decimal | None
    refused: str = ""


@dataclass(frozen=True, slots=True)
class Swing:
    """What one input does to the result when it alone is moved.

    Attributes:
        input: Name of the input.
        part: Which one it is of several numbers, by its name or its place: "modulator", "#2"; "" for a single number.
        value: Where it stands.
        effect: Distance between the farthest results it leads to.
        span: The range that it was given as and is moved over; ``None`` where it is moved by a share.
        figure: Id of the figure in the reference table that the range is; "" for none.
    """

    input: str
    part: str
    value: Decimal
    unit: str
    low: End
    high: End
    effect: Decimal
    span: Interval | None = None
    figure: str = ""

    @property
    def name(self) -> str:
        """The input and the part: "losses_db: modulator", "yields_pct #2"."""
        return f"{self.input}{_which(self.part)}"


@dataclass(frozen=True, slots=True)
class Sensitivity:
    """How one result of a calculation follows each of its inputs.

    Attributes:
        base: Each range that was given stands at its middle here.
        share: How far each other input is moved: 0.1 is a tenth down and a tenth up.
        swings: Largest effect first.
        unmoved: Inputs that cannot be moved, with the reason.
    """

    base: Result
    output: Value
    share: Decimal
    swings: tuple[Swing, ...]
    unmoved: tuple[tuple[str, str], ...]

    def say(self, swing: Swing, language: str) -> str:
        """What is moved, in words: "losses along the way: modulator"."""
        parameters = lookup(self.base.formula_id).parameters
        meaning = next(parameter.meaning for parameter in parameters if parameter.name == swing.input)
        return meaning.say(language) + _which(swing.part, "：" if language == "zh" else ": ")


def _which(part: str, colon: str = ": ") -> str:
    """What follows the name of an input to say which of its numbers is meant."""
    return "" if not part else f" {part}" if part.startswith("#") else f"{colon}{part}"


def sensitivity(
    formula_id: str,
    inputs: Mapping[str, Any],
    *,
    share: Decimal = Decimal("0.1"),
    output: str = "",
    decimals: int | None = None,
    significant: int | None = None,
) -> Sensitivity:
    """Move each numeric input down and up, the others staying, and rank them by their effect.

    An input that is given as a range stands at its middle and moves to both ends; any other moves by a share of itself,
    a whole number to the next whole number. An input that cannot move to a side says why.

    Args:
        output: Name of the result to follow; the first number among them unless given.

    Raises:
        CalculationError: The calculation itself does not pass, or its result is no single number.
    """
    if not 0 < share < 1:
        raise CalculationError(f"a share of {show(share * 100)}%", next_step="move by more than 0% and less than 100%")
    formula = lookup(formula_id)
    swings, unmoved = [], []
    with localcontext(KEPT):
        told = bind(formula, inputs).inputs
        middles = {
            one.name: _written(middle, one)
            for one, parameter in zip(told, formula.parameters, strict=True)
            if (middle := _middle(parameter, one.value)) != one.value
        }
        base = calculate(formula_id, {**inputs, **middles}, decimals=decimals, significant=significant)
        value = choose_output(base, output)
        for one, ranged, parameter in zip(base.inputs, told, formula.parameters, strict=True):
            levers, reason = _levers(one, ranged)
            if reason:
                unmoved.append((one.name, reason))
            swings += [_swing(base, value, parameter, one, lever, share) for lever in levers]
    order = {swing.name: place for place, swing in enumerate(swings)}
    swings.sort(key=lambda swing: (-swing.effect, order[swing.name]))
    return Sensitivity(base, value, share, tuple(swings), tuple(unmoved))


def choose_output(result: Result, name: str = "") -> Value:
    """The output of that name, or the first that is a number.

    Raises:
        CalculationError: There is none, or it is no single number.
    """
    numbers = [value for value in result.outputs if isinstance(value.value, Decimal)]
    chosen = next((value for value in numbers if name in ("", value.name)), None)
    if chosen is not None:
        return chosen
    known = ", ".join(value.name for value in numbers)
    raise CalculationError(
        f"{name!r} is not a single number of this calculation" if name else "its result is no single number",
        where=result.formula_id, next_step=f"use {known}" if known else "give single numbers instead of ranges",
    )  # fmt: skip


def _middle(parameter: Parameter, value: Any) -> Any:
    """The value with every range in it replaced by its middle; by a number that is allowed, where only some are."""
    if isinstance(value, tuple):
        return tuple(_middle(parameter, one) for one in value)
    if isinstance(value, RangedItem):
        return replace(value, value=_middle(parameter, value.value))
    if not isinstance(value, Interval):
        return value
    middle = (value.low + value.high) / 2
    if parameter.allowed:
        return min(parameter.allowed, key=lambda one: (abs(one - middle), one))
    return tidy(middle.to_integral_value(ROUND_FLOOR) if parameter.shape == "integer" else middle)


@dataclass(frozen=True, slots=True)
class _Lever:
    """A number that can be moved: the whole input, or the one at ``place`` in it."""

    part: str
    value: Decimal
    place: int | None = None
    span: Interval | None = None
    figure: str = ""


def _levers(one: Input, told: Input) -> tuple[list[_Lever], str]:
    """The numbers of an input, or why there are none; ``told`` is the input with the ranges it was given as."""
    parts = one.value if isinstance(one.value, tuple) else (one.value,)
    spans = told.value if isinstance(told.value, tuple) else (told.value,)
    if any(isinstance(part, tuple) for part in parts):
        return [], "a matrix is not moved"
    levers = []
    for place, (part, span) in enumerate(zip(parts, spans, strict=True)):
        number, reach = (each.value if isinstance(each, RangedItem) else each for each in (part, span))
        name = part.name if isinstance(part, RangedItem) else ""
        if isinstance(number, Decimal) and (number or isinstance(reach, Interval)):
            single, span = not isinstance(one.value, tuple), reach if isinstance(reach, Interval) else None
            part, at = ("", None) if single else (name or f"#{place + 1}", place)
            levers.append(_Lever(part, number, at, span, told.assumption if span else ""))
    numeric = any(isinstance(part, Decimal | RangedItem) for part in parts)
    return levers, "it is 0, of which a share moves nothing" if numeric and not levers else ""


def _swing(base: Result, value: Value, parameter: Parameter, one: Input, lever: _Lever, share: Decimal) -> Swing:
    step = abs(lever.value) * share
    moved = (lever.value - step, lever.value + step)
    if lever.span:
        moved = (lever.span.low, lever.span.high)
    elif parameter.shape == "integer":
        moved = (moved[0].to_integral_value(ROUND_FLOOR), moved[1].to_integral_value(ROUND_CEILING))
    low, high = (_end(base, value, parameter, one, lever, tidy(to)) for to in moved)
    middle = value.value if isinstance(value.value, Decimal) else Decimal(0)
    reached = [middle, *(end.result for end in (low, high) if end.result is not None)]
    effect = tidy(max(reached) - min(reached))
    return Swing(one.name, lever.part, lever.value, one.unit, low, high, effect, lever.span, lever.figure)


def _end(base: Result, value: Value, parameter: Parameter, one: Input, lever: _Lever, moved: Decimal) -> End:
    if not parameter.allows(moved):
        return End(None, None, f"{show(moved, one.unit)} is out of range ({parameter.interval()})")
    try:
        result = calculate(base.formula_id, _bare(base, one.name, lever, moved))
    except CalculationError as error:
        return End(moved, None, error.what)
    found = result.output(value.name).value
    if not isinstance(found, Decimal):
        return End(moved, None, "the result does not apply there")
    return End(moved, found)


def _bare(base: Result, moved_name: str, lever: _Lever, moved: Decimal) -> dict[str, Any]:
    """The inputs of a calculation as numbers in its own units, with one of them moved."""
    inputs: dict[str, Any] = {}
    for one in base.inputs:
        value: Any = one.value
        if one.name == moved_name:
            value = moved if lever.place is None else _replaced(value, lever.place, moved)
        elif not one.given:
            continue
        inputs[one.name] = _as_given(value, one)
    return inputs


def _replaced(parts: Sequence[Any], place: int, moved: Decimal) -> tuple[Any, ...]:
    old = parts[place]
    new = RangedItem(moved, old.name, old.count) if isinstance(old, RangedItem) else moved
    return (*parts[:place], new, *parts[place + 1 :])


def _as_given(value: Any, one: Input) -> Any:
    if isinstance(value, Decimal):
        return f"{value} [{one.basis}]" if one.basis else value
    if not isinstance(value, tuple) or not isinstance(value[0], RangedItem):
        return value
    return _joined(value, [str(item.value) for item in value])


def _joined(items: Sequence[RangedItem], numbers: Sequence[str]) -> Any:
    """The numbers of items with their names or counts, as the calculator reads them."""
    if any(item.name for item in items):
        return "; ".join(
            f"{item.name}={number}" if item.name else number for item, number in zip(items, numbers, strict=True)
        )
    if any(item.count != 1 for item in items):
        return [(item.count, number) for item, number in zip(items, numbers, strict=True)]
    return "; ".join(numbers)


def _written(value: Any, one: Input) -> Any:
    """A value in words with its unit, as a user would give it."""
    if isinstance(value, Decimal):
        return f"{show_unit(f'{value:f}', one.unit)} {f'[{one.basis}]' if one.basis else ''}".rstrip()
    if isinstance(value[0], tuple):
        return value  # the cells of a matrix carry no unit
    numbers = [show_unit(f"{getattr(part, 'value', part):f}", one.unit) for part in value]
    return _joined(value, numbers) if isinstance(value[0], RangedItem) else "; ".join(numbers)
