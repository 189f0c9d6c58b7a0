"""Tell which formula a model means, and which of its inputs: by id, name, symbol or meaning, in either language."""

import difflib
from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import Any

from agent.calculator import ANY, MONEY, Bilingual, Formula, Parameter, find_formula, formulas, lookup, show
from agent.calculator.arguments import find_named, fraction_in, text_of
from agent.calculator.registry import find_called
from agent.errors import CalculationError

_MOST_NEAR = 3


def formula_called(name: str, question: str) -> Formula:
    """The formula of that id or name.

    Raises:
        CalculationError: There is none, or several; those nearest are named, with their inputs.
    """
    called = find_called(name)
    if len(called) == 1:
        return called[0]
    alike = difflib.get_close_matches(name[:80], [one.id for one in formulas()], n=_MOST_NEAR)
    near = {one.id: one for one in (*called, *map(lookup, alike), *find_formula(name), *find_formula(question))}
    lines = [line_of(one) for one in near.values()]
    raise CalculationError(
        "several formulas are called so" if called else "there is no such formula", where=repr(name[:80]),
        next_step=f"choose one of {'; '.join(lines[:_MOST_NEAR])}" if lines else "call find_formulas",
    )  # fmt: skip


def line_of(formula: Formula) -> str:
    """A formula with its inputs: "energy_per_bit_pj(power_w [W], rate_gbps [Gb/s])"; what may be left out has a "?"."""
    inputs = [
        one.name + (f" [{one.unit}]" if one.unit and one.unit not in (MONEY, ANY) else "") + "?" * (not one.required)
        for one in formula.parameters
    ]
    return f"{formula.id}({', '.join(inputs)})"


def parameter_called(name: str, formula: Formula) -> Parameter:
    """The formula's input of that name, or what else says plainly which it is."""
    found = find_named(name, formula.parameters)
    if len(found) == 1:
        return found[0]
    what = f"may be {' or '.join(one.name for one in found)}" if found else "is none of its inputs"
    raise CalculationError(f"{name[:80]!r} {what}", where=formula.id, next_step=f"send {line_of(formula)}")


def name_inputs(formula: Formula, inputs: Mapping[str, Any]) -> dict[str, str]:
    """What a model gives for a formula, in words and under the formula's own names; what is empty is left out.

    Raises:
        CalculationError: A name is none of the formula's or given twice, or a percentage may be a fraction.
    """
    named: dict[str, str] = {}
    for name, value in inputs.items():
        if not text_of(operand(name), value):
            continue
        parameter = parameter_called(name, formula)
        text = text_of(parameter, value)
        if parameter.name in named:
            raise CalculationError(f"{parameter.name} is given twice", where=formula.id, next_step="give it once")
        if fraction := fraction_in(parameter, text):
            ways = f"{show(Decimal(fraction) * 100, '%')} or {show(Decimal(fraction), '%')}"
            raise CalculationError(f"{fraction!r} may be {ways}", where=parameter.name, next_step=f"write {ways}")
        named[parameter.name] = text
    return named


def name_sources(known: Sequence[Parameter], sources: Mapping[str, Any] | None) -> dict[str, str]:
    """Where a model says that inputs stand, under the formula's own names."""
    found = {name: find_named(name, known) for name in sources or {}}
    return {found[name][0].name: str(source) for name, source in (sources or {}).items() if len(found[name]) == 1}


def name_stated(formula: Formula, stated: Mapping[str, Any] | None) -> dict[str, str]:
    """What documents state, under the names of the formula's outputs; a name that is none is refused later."""
    found = {name: find_named(name, formula.outputs) for name in stated or {}}
    return {
        found[name][0].name if len(found[name]) == 1 else name: text
        for name, value in (stated or {}).items()
        if (text := text_of(operand(name), value))
    }


def operand(name: str) -> Parameter:
    """An argument of which nothing is known but its name."""
    return Parameter(name, name, ANY, Bilingual(name, name))
