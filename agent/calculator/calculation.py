"""Calculate: bind the inputs to a formula's arguments, compute in decimals, and show each step.

Sums, products and quotients are exact or rounded at the 34th digit; logarithms and powers are decimal too, rounded at
the same digit, so that every machine gives the same result.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace
from decimal import Decimal, DecimalException, localcontext
from typing import Any

from agent.calculator.basis import Basis, parse_basis
from agent.calculator.binding import Bound, bind, in_common
from agent.calculator.expression import recompute_expression
from agent.calculator.formula import Bilingual, Formula, Interval, Output, RangedItem
from agent.calculator.precision import KEPT
from agent.calculator.ranges import Outcomes, outcomes
from agent.calculator.reference import reference
from agent.calculator.registry import lookup
from agent.calculator.result import Input, Outcome, Result, Stated, Value, rounded, show, tidy
from agent.calculator.rounding import OPEN, Rounding, rounded_like
from agent.calculator.units import read_quantity
from agent.errors import BasisMismatch, CalculationError

_MOST_SHOWN = 12


def calculate(
    formula_id: str,
    inputs: Mapping[str, Any],
    *,
    decimals: int | None = None,
    significant: int | None = None,
    stated: Mapping[str, str] | None = None,
) -> Result:
    """Compute a formula.

        >>> calculate("switch_optics_power_w", {"capacity_tbps": "51.2 Tb/s", "energy_pj_per_bit": "5 pJ/bit"}).shown()
        '256 W'

    Args:
        formula_id: See ``formulas()``.
        inputs: Argument name to a bare number in the argument's unit, or to text: "51.2 Tb/s", a range "14–16 W", a
            figure with its basis "5 pJ/bit [net, engine+laser]", a row of the reference table "@id". Lists as
            sequences of numbers or of (count, number) pairs, mappings of names to numbers, or text such as
            "4 x 15 W; 2 x 9 W".
        decimals: Decimal places to show, −6 for millions; the full precision is kept.
        significant: Significant digits to show, instead of decimal places.
        stated: Output name to what somebody states it is ("65%"); set beside the computed value.

    Raises:
        CalculationError: Unknown formula; unknown, missing, out-of-range or wrongly dimensioned argument.
        BasisMismatch: Two energies to be compared are counted on different bases.
    """
    formula = lookup(formula_id)
    rounding = Rounding(decimals, significant)
    with localcontext(KEPT):
        try:
            bound = bind(formula, inputs)
            bases, taken_over = _check_bases(formula, bound)
            arguments = {one.name: one.value for one in bound.inputs}
            found = outcomes(formula, arguments)
            values = _values(formula, found, bound, bases, rounding)
            warnings = (*bound.warnings, *taken_over, *found.warnings)
        except DecimalException as error:
            raise CalculationError(
                f"these arguments have no finite result ({type(error).__name__})", where=formula_id,
                next_step=f"check the ranges: {'; '.join(f'{p.name} {p.interval()}' for p in formula.parameters)}",
            ) from error  # fmt: skip
        compared = _compare(values, stated or {}, formula_id)
        steps = _steps(formula, bound.inputs, values)
    return Result(
        formula.id, formula.version, formula.name, bound.inputs, steps, values,
        (*warnings, *(_difference(one, values) for one in compared if one.differs)),
        (*formula.assumptions, *_sources(formula, bound.inputs)), compared,
    )  # fmt: skip


def recompute(result: Result) -> Result:
    """Do a calculation again from the inputs as given; an untouched result comes out equal, byte for byte.

    Raises:
        CalculationError: The formula is gone or has another version now, or an input no longer passes.
    """
    if result.formula_id == "expression":
        return recompute_expression(result)
    version = lookup(result.formula_id).version
    if version != result.version:
        raise CalculationError(
            f"it was computed with version {result.version} and the formula is now version {version}",
            where=result.formula_id, next_step="calculate it again",
        )  # fmt: skip
    given = {one.name: one.given for one in result.inputs if one.given}
    asked = next((value.rounding for value in result.outputs if value.rounding), OPEN)
    stated = {one.output: one.given for one in result.stated}
    return calculate(result.formula_id, given, decimals=asked.decimals, significant=asked.significant, stated=stated)


# --- Values and warnings ----------------------------------------------------------------------------------------------


def _values(formula: Formula, found: Outcomes, bound: Bound, basis: str, rounding: Rounding) -> tuple[Value, ...]:
    values = []
    for output, value in zip(formula.outputs, found.values, strict=True):
        unit, places = in_common(output.unit, bound.common), OPEN if isinstance(value, bool) else rounding
        own_basis = basis if output.basis else ""
        values.append(Value(output.name, output.symbol, _tidied(value), unit, output.meaning, own_basis, places))
    return tuple(values)


def _tidied(value: Outcome) -> Outcome:
    if isinstance(value, tuple):
        return tuple(_tidied(one) for one in value)  # type: ignore[misc]
    if isinstance(value, Interval):
        return Interval(tidy(value.low), tidy(value.high))
    return tidy(value) if isinstance(value, Decimal) else value


def _check_bases(formula: Formula, bound: Bound) -> tuple[str, tuple[Bilingual, ...]]:
    """The basis that the results take over; what is set against each other must be on one.

    A figure that states none is taken to be on that of the other, which is said.
    """
    bases = {p.name: parse_basis(i.basis) for p, i in zip(formula.parameters, bound.inputs, strict=True) if p.basis}
    compared = [name for name in formula.compared if name in bases]
    first, *others = compared or [""]
    for other in others:
        if pair := bases[first].contradicts(bases[other]):
            raise BasisMismatch(
                f"{first} is counted as {pair[0]!r} and {other} as {pair[1]!r}, so they cannot be compared",
                where=formula.id, next_step="bring both to one basis first",
            )  # fmt: skip
    said = {str(basis) for basis in bases.values() if basis != Basis()}
    given = {one.name for one in bound.inputs if one.given}
    stating = next((name for name in compared if bases[name] != Basis()), "")
    silent = [name for name in compared if stating and name in given and bases[name] == Basis()]
    return said.pop() if len(said) == 1 else "", tuple(_taken_over(name, stating, bases[stating]) for name in silent)


def _taken_over(name: str, stating: str, basis: Basis) -> Bilingual:
    return Bilingual(
        f"{name} states no basis; it is taken to be on that of {stating}: {basis}.",
        f"{name} 未注明口径，按与 {stating} 相同的口径（{basis}）计算。",
    )


def _sources(formula: Formula, inputs: Sequence[Input]) -> list[Bilingual]:
    """A line for each argument taken from the reference table, with its source."""
    lines = []
    for parameter, one in zip(formula.parameters, inputs, strict=True):
        if one.assumption:
            row = reference(one.assumption)
            lines.append(
                Bilingual(f"{parameter.meaning.en}: {row.en}, {row.text} (@{row.id}; {row.cited})",
                          f"{parameter.meaning.zh}：{row.zh}，{row.text}（@{row.id}；{row.cited}）")
            )  # fmt: skip
    return lines


# --- What others state ------------------------------------------------------------------------------------------------


def _compare(values: Sequence[Value], stated: Mapping[str, str], where: str) -> tuple[Stated, ...]:
    """Set stated results beside the computed ones: they agree when the computed one, rounded like it, is the same.

    So they do when the computed one is the same as rounded for the question: 1200 W for 1234 W to two digits.
    """
    known = {value.name: value for value in values}
    found = []
    for name, words in stated.items():
        value = known.get(name)
        if value is None or not isinstance(value.value, Decimal | Interval):
            raise CalculationError(
                f"no number called {str(name)[:60]!r} is computed", where=where,
                next_step=f"state one of {', '.join(known)}",
            )  # fmt: skip
        reading = read_quantity(words, where=f"stated {name}").to(value.unit, where=f"stated {name}")
        if isinstance(value.value, Interval):
            differs = reading.high < value.value.low or reading.low > value.value.high
        elif reading.low != reading.high:
            differs = not reading.low <= value.value <= reading.high
        else:
            rounded_as_asked = value.rounding.round(value.value) == reading.low and reading.bound in "=~"
            differs = not (rounded_as_asked or rounded_like(words, value.value, value.unit))
        found.append(Stated(name, words.strip(), differs))
    return tuple(found)


def _difference(stated: Stated, values: Sequence[Value]) -> Bilingual:
    value = next(value for value in values if value.name == stated.output)
    return Bilingual(
        f"{value.meaning.en}: stated as {stated.given}, computed as {value.shown}.",
        f"{value.meaning.zh}：原文称 {stated.given}，计算值为 {value.say('zh')}。",
    )


# --- Steps ------------------------------------------------------------------------------------------------------------


def _steps(formula: Formula, inputs: Sequence[Input], outputs: Sequence[Value]) -> tuple[str, ...]:
    """Converted inputs, then for each output its formula, the numbers put in, and the result."""
    lines = [
        f"{one.given.split('[')[0].split('@')[0].strip()} = {show(one.value, one.unit)}"
        for one in inputs
        if isinstance(one.value, Decimal | Interval) and _was_converted(one)
    ]
    symbols = {p.name: p.symbol for p in formula.parameters}
    numbers = {one.name: _shown(one) for one in inputs}
    chosen = [one.name for one, p in zip(inputs, formula.parameters, strict=True) if one.given and not p.required]
    for output, value in zip(formula.outputs, outputs, strict=True):
        template = _template(output, chosen, numbers)
        full = _full(value)
        symbols[output.name] = output.symbol
        numbers[output.name] = f"({full})" if isinstance(value.value, Interval) else full
        if isinstance(value.value, bool) or value.value is None or value.value == (False, True):
            lines.append(f"{template.format(**symbols)}: {template.format(**numbers)}: {value.shown}")
            continue
        lines.append(f"{output.symbol} = {template.format(**symbols)}")
        lines.append(f"{output.symbol} = {template.format(**numbers)}")
        lines.append(f"{output.symbol} {'=' if _is_exact(value.value, value.unit) else '≈'} {full}")
    return tuple(lines)


def _template(output: Output, chosen: Sequence[str], numbers: Mapping[str, str]) -> str:
    """The template that fits the arguments: of a case that holds, the brief one, or the full one."""
    for name, shown, template in output.cases:
        if numbers[name] == shown:
            return template
    told = any(f"{{{name}}}" in output.template and f"{{{name}}}" not in output.brief for name in chosen)
    return output.template if told or not output.brief else output.brief


def _full(value: Value) -> str:
    """A result as the trace has it: rounded for reading, but not as coarsely as the question asked."""
    return replace(value, rounding=OPEN).shown


def _is_exact(value: Outcome, unit: str) -> bool:
    if isinstance(value, tuple):
        return all(_is_exact(one, unit) for one in value)
    if isinstance(value, Interval):
        return _is_exact(value.low, unit) and _is_exact(value.high, unit)
    return not isinstance(value, Decimal) or rounded(value, unit) == value


def _was_converted(one: Input) -> bool:
    """Whether a value was given in another unit, so that the conversion is worth a line."""
    if not re.search(r"[^-+0-9.,eE\s]", one.given):
        return False
    digits = re.findall(r"[0-9][0-9,]*(?:\.[0-9]+)?", one.given)
    ends = (one.value.low, one.value.high) if isinstance(one.value, Interval) else (one.value,)
    shown = {show(abs(end)) for end in ends if isinstance(end, Decimal)}
    return not shown <= {number.replace(",", "") for number in digits}


def _shown(one: Input) -> str:
    """An argument as it stands in the line of numbers."""
    if isinstance(one.value, bool):
        return "yes" if one.value else "no"
    if one.value is None:
        return "—"
    if isinstance(one.value, str):
        return one.value
    if isinstance(one.value, Decimal):
        number = show(one.value, one.unit)
        return f"({number})" if one.value < 0 else number
    if isinstance(one.value, Interval):
        return f"({show(one.value, one.unit)})"
    parts = [_part(part, one.unit) for part in one.value[:_MOST_SHOWN]]
    if len(one.value) > _MOST_SHOWN:
        parts.append(f"… ({len(one.value)})")
    return f"({(' + ' if isinstance(one.value[0], RangedItem) else '; ').join(parts)})"


def _part(part: Any, unit: str) -> str:
    if isinstance(part, RangedItem):
        number = show(part.value, unit)
        return number if part.count == 1 else f"{show(part.count)} × {number}"
    return ", ".join(show(cell, unit) for cell in part) if isinstance(part, tuple) else show(part, unit)
