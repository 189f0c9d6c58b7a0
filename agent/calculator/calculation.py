"""Calculate: bind the inputs to a formula's arguments, check them, compute in decimals, and show each step.

Sums, products and quotients are exact or rounded at the 34th digit; logarithms and powers are decimal too, rounded at
the same digit, so that every machine gives the same result. Nothing is clamped: what is out of range is refused.
"""

import difflib
import re
from collections.abc import Mapping, Sequence
from decimal import Context, Decimal, DecimalException, localcontext
from typing import Any

from agent.calculator.formula import Bilingual, Formula, Item, Parameter
from agent.calculator.registry import lookup
from agent.calculator.result import Input, Result, Value, rounded, show, tidy
from agent.calculator.units import LARGEST, read_number
from agent.errors import CalculationError

Number = str | int | float | Decimal
Given = Number | Sequence[Any] | Mapping[str, Number]

_DIGITS = 34
_MOST_ITEMS = 1000
_MOST_TEXT = 20_000
_BETWEEN_ITEMS = re.compile(r"[;；、\n]|,(?![0-9]{3}(?![0-9]))|，|\s\+\s")
_TIMES = re.compile(r"\s*[x×*]\s*")


def calculate(formula_id: str, inputs: Mapping[str, Given]) -> Result:
    """Compute a formula.

        >>> calculate("switch_optics_power_w", {"capacity_tbps": "51.2 Tb/s", "energy_pj_per_bit": "5 pJ/bit"}).shown()
        '256 W'

    Args:
        formula_id: See ``formulas()``.
        inputs: Argument name to a bare number in the argument's unit, or text with a unit; lists as sequences of
            numbers or (count, number) pairs, mappings of names to numbers, or text such as "4 x 15 W; 2 x 9 W".

    Raises:
        CalculationError: Unknown formula; unknown, missing, out-of-range or wrongly dimensioned argument.
    """
    formula = lookup(formula_id)
    _check_names(formula, inputs)
    with localcontext(Context(prec=_DIGITS)):
        try:
            bound = [_bind(parameter, inputs) for parameter in formula.parameters]
            arguments = {one.name: one.value for one in bound}
            raw = formula.function(**arguments)
            values = raw if isinstance(raw, tuple) else (raw,)
            warnings = tuple(c.words for c in formula.cautions if c.when(**arguments))
        except DecimalException as error:
            raise CalculationError(
                f"these arguments have no finite result ({type(error).__name__})", where=formula_id,
                next_step=f"check the ranges: {'; '.join(f'{p.name} {p.interval()}' for p in formula.parameters)}",
            ) from error  # fmt: skip
        outputs = tuple(
            Value(
                output.name,
                output.symbol,
                value if isinstance(value, bool) else tidy(value),
                output.unit,
                output.meaning,
            )
            for output, value in zip(formula.outputs, values, strict=True)
        )
        steps = _steps(formula, bound, outputs)
    return Result(
        formula.id, formula.version, formula.name, tuple(bound), steps, outputs, warnings,
        (*formula.assumptions, *_defaults(formula, bound)),
    )  # fmt: skip


def recompute(result: Result) -> Result:
    """Do a calculation again from the inputs as given; an untouched result comes out equal.

    Raises:
        CalculationError: The formula is gone or has another version now, or an input no longer passes.
    """
    version = lookup(result.formula_id).version
    if version != result.version:
        raise CalculationError(
            f"it was computed with version {result.version} and the formula is now version {version}",
            where=result.formula_id, next_step="calculate it again",
        )  # fmt: skip
    return calculate(result.formula_id, {one.name: one.given for one in result.inputs if one.given})


# --- Binding ----------------------------------------------------------------------------------------------------------


def _check_names(formula: Formula, inputs: Mapping[str, Given]) -> None:
    names = [parameter.name for parameter in formula.parameters]
    for name in inputs:
        if name not in names:
            near = difflib.get_close_matches(str(name)[:80], names, n=1)
            raise CalculationError(
                "unknown argument" + (f"; did you mean {near[0]!r}?" if near else ""),
                where=f"{formula.id}: {str(name)[:80]!r}", next_step=f"use {', '.join(names)}",
            )  # fmt: skip
    for parameter in formula.required:
        if parameter.name not in inputs:
            raise CalculationError(
                f"the argument {parameter.name!r} is missing: {parameter.meaning.en}", where=formula.id,
                next_step=f"give {parameter.name}, {parameter.interval()}",
            )  # fmt: skip


def _bind(parameter: Parameter, inputs: Mapping[str, Given]) -> Input:
    if parameter.name not in inputs:
        if parameter.default is None:
            raise CalculationError("the argument is missing", where=parameter.name)
        return Input(parameter.name, "", parameter.default, parameter.unit)
    given = inputs[parameter.name]
    if parameter.shape in ("named", "counted"):
        items, words = _read_items(parameter, given)
        return Input(parameter.name, words, items, parameter.unit)
    return Input(parameter.name, _words(parameter, given), _read(parameter, given), parameter.unit)


def _words(parameter: Parameter, given: Any) -> str:
    """A number as given, in words that read back to the same number."""
    if isinstance(given, bool) or not isinstance(given, str | int | float | Decimal):
        raise _refusal(parameter, f"a {type(given).__name__} is not a number")
    if isinstance(given, int) and abs(given) > LARGEST:  # Python refuses to print integers of thousands of digits
        raise _refusal(parameter, "the number is absurdly large")
    return given.strip() if isinstance(given, str) else repr(given) if isinstance(given, float) else str(given)


def _read(parameter: Parameter, given: Any) -> Decimal:
    """One number in the parameter's unit, checked against its range."""
    words = _words(parameter, given)
    if words.lower().lstrip("+-") in ("nan", "inf", "infinity", "snan"):
        raise _refusal(parameter, f"{words!r} is not a finite number")
    value = read_number(words, parameter.unit, where=parameter.name, advice=_advice(parameter))
    if abs(value) > LARGEST:
        raise _refusal(parameter, f"{show(value)} is absurdly large")
    if not parameter.allows(value):
        raise _refusal(parameter, f"{words!r} is out of range")
    if parameter.shape == "integer" and value != value.to_integral_value():
        raise _refusal(parameter, f"{words!r} is not a whole number")
    return tidy(value)


def _refusal(parameter: Parameter, what: str) -> CalculationError:
    return CalculationError(what, where=parameter.name, next_step=_advice(parameter))


def _advice(parameter: Parameter) -> str:
    kind = (
        "a whole number"
        if parameter.shape == "integer"
        else f"one number in {parameter.unit}"
        if parameter.unit
        else "one number"
    )
    return f"give {kind}: {parameter.interval()}"


def _read_items(parameter: Parameter, given: Any) -> tuple[tuple[Item, ...], str]:
    """Several numbers, and words that read back to them."""
    pieces = _pieces(parameter, given)
    if not pieces or len(pieces) > _MOST_ITEMS:
        raise _refusal(parameter, f"{len(pieces)} items; there must be 1 to {_MOST_ITEMS}")
    counted = parameter.shape == "counted"
    items = tuple((_counted if counted else _named)(parameter, label, value) for label, value in pieces)
    names = [item.name for item in items if item.name]
    if len(names) != len(set(names)):
        raise _refusal(parameter, "two items have the same name")
    joint = " × " if counted else "="
    return items, "; ".join(
        f"{label}{joint}{_words(parameter, value)}" if label != "" else _words(parameter, value)
        for label, value in pieces
    )


def _pieces(parameter: Parameter, given: Any) -> list[tuple[Any, Any]]:
    """(name or count, value) of each item, whichever way they were given."""
    counted = parameter.shape == "counted"
    if isinstance(given, str):
        if len(given) > _MOST_TEXT:
            raise _refusal(parameter, f"the text is longer than {_MOST_TEXT} characters")
        return [_piece(piece, counted) for piece in map(str.strip, _BETWEEN_ITEMS.split(given)) if piece]
    if isinstance(given, Mapping):
        if counted:
            raise _refusal(parameter, "names are not counts; write pairs such as [[4, 15], [2, 9]]")
        return [(str(name).strip(), value) for name, value in given.items()]
    if not isinstance(given, Sequence):
        given = [given]
    if not counted:
        return [("", value) for value in given]
    pairs = [tuple(pair) for pair in given if isinstance(pair, Sequence) and not isinstance(pair, str)]
    if len(pairs) != len(given) or any(len(pair) != 2 for pair in pairs):
        raise _refusal(parameter, "each item must be a pair (count, value)")
    return [(_words(parameter, count), value) for count, value in pairs]


def _piece(piece: str, counted: bool) -> tuple[str, str]:
    if counted:
        count, _, value = _TIMES.sub("\n", piece, count=1).partition("\n")
        return (count, value) if value else ("1", count)
    name, _, value = piece.rpartition("=")
    return name.strip(), value.strip()


def _named(parameter: Parameter, name: str, value: Any) -> Item:
    if len(name) > 60 or re.search(r"[=;；,，、\n]", name):
        raise _refusal(parameter, f"the name {name[:60]!r} is too long or holds one of = ; ,")
    return Item(_read(parameter, value), name)


def _counted(parameter: Parameter, count: Any, value: Any) -> Item:
    number = read_number(_words(parameter, count), "", where=parameter.name)
    if number != number.to_integral_value() or not 0 <= number <= LARGEST:
        raise _refusal(parameter, f"the count {str(count)[:60]!r} is not a whole number from 0")
    return Item(_read(parameter, value), count=number)


# --- Steps ------------------------------------------------------------------------------------------------------------


def _steps(formula: Formula, inputs: Sequence[Input], outputs: Sequence[Value]) -> tuple[str, ...]:
    """Converted inputs, then for each output its formula, the numbers put in, and the result."""
    lines = [
        f"{one.given} = {show(one.value, one.unit)}"
        for one in inputs
        if isinstance(one.value, Decimal) and _was_converted(one)
    ]
    symbols = {p.name: p.symbol for p in formula.parameters}
    numbers = {one.name: _shown(one) for one in inputs}
    brief = all(not one.given for one, p in zip(inputs, formula.parameters, strict=True) if p.default is not None)
    for output, value in zip(formula.outputs, outputs, strict=True):
        template = output.brief if brief and output.brief else output.template
        if isinstance(value.value, bool):
            lines.append(f"{template.format(**symbols)}: {template.format(**numbers)}: {value.shown}")
            continue
        lines.append(f"{output.symbol} = {template.format(**symbols)}")
        lines.append(f"{output.symbol} = {template.format(**numbers)}")
        lines.append(f"{output.symbol} {'=' if rounded(value.value) == value.value else '≈'} {value.shown}")
        symbols[output.name], numbers[output.name] = output.symbol, value.shown
    return tuple(lines)


def _was_converted(one: Input) -> bool:
    """Whether a value was given in another unit, so that the conversion is worth a line."""
    assert isinstance(one.value, Decimal)  # noqa: S101  # the caller asked only for single numbers
    leading = re.match(r"[-+0-9.,]+", one.given)
    unit_given = bool(one.given) and not re.fullmatch(r"[-+0-9.,eE]+", one.given)
    return unit_given and (leading is None or leading[0].replace(",", "") != show(one.value))


def _shown(one: Input) -> str:
    if isinstance(one.value, Decimal):
        number = show(one.value, one.unit)
        return f"({number})" if one.value < 0 else number
    parts = [
        show(i.value, one.unit) if i.count == 1 else f"{show(i.count)} × {show(i.value, one.unit)}" for i in one.value
    ]
    return f"({' + '.join(parts)})"


def _defaults(formula: Formula, inputs: Sequence[Input]) -> list[Bilingual]:
    """A line for each argument that was left out."""
    lines = []
    for parameter, one in zip(formula.parameters, inputs, strict=True):
        if not one.given and isinstance(one.value, Decimal):
            shown = show(one.value, one.unit)
            lines.append(
                Bilingual(f"{parameter.meaning.en}: taken as {shown}", f"{parameter.meaning.zh}：按默认值 {shown} 计")
            )
    return lines
