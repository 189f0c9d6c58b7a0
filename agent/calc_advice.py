"""What to write instead of an input whose unit will not do, or that will be read as something else than was meant."""

import re
from collections.abc import Iterator, Mapping
from decimal import Decimal

from agent.calculator.arguments import pieces_of
from agent.calculator.basis import split_basis
from agent.calculator.calculation import calculate
from agent.calculator.formula import ANY, MONEY, Formula, Parameter
from agent.calculator.registry import lookup
from agent.calculator.result import show
from agent.calculator.sweep import is_sweep
from agent.calculator.units import convertible, read_quantity
from agent.errors import CalculationError

_CONVERSIONS = (
    "mw_to_dbm", "dbm_to_mw", "linear_to_db", "db_to_linear", "fit_from_mtbf_h", "mtbf_h_from_fit",
    "energy_per_bit_pj", "interface_power_w",
)  # fmt: skip
"""Formulas that lead from one unit to another: from that of their first argument to that of their first result."""

_NO_CONVERSION = {
    ("dB", "dBm"): "dB says how far two levels are apart and dBm is a level: write the level in dBm",
    ("dBm", "dB"): "dBm is a level and dB says how far two are apart: write the difference in dB",
    ("pp", "%"): "percentage points say how far two percentages are apart: write a share with %",
}
_FRACTION = re.compile(r"0?\.[0-9]+")


def advise_unit(formula: Formula, inputs: Mapping[str, str], where: str) -> str:
    """How to bring an input to the unit that the formula wants; "" where its unit is not what is wrong.

    Args:
        where: Where the calculation was refused; the name of the input stands last in it.
    """
    name = where.rpartition(": ")[2]
    parameter = next((one for one in formula.parameters if one.name == name), None)
    if parameter is None or MONEY in parameter.unit or ANY in parameter.unit:
        return ""
    for words in _numbers(parameter, inputs.get(name, "")):
        unit = _unit(words)
        if unit and not convertible(unit, parameter.unit):
            return _advice(words, unit, parameter)
    return ""


def advise_fractions(formula: Formula, inputs: Mapping[str, str]) -> Iterator[str]:
    """A line for each bare "0.4" where a percentage is wanted: it is read as 0.4%, which may not be meant."""
    for parameter in formula.parameters:
        bare = [words for words in _numbers(parameter, inputs.get(parameter.name, "")) if _FRACTION.fullmatch(words)]
        if bare and parameter.unit == "%" and any(digit in "123456789" for digit in bare[0]):
            meant = show(Decimal(bare[0]) * 100, "%")
            yield f"{parameter.name}: {bare[0]} is read as {bare[0]}%; if a fraction is meant, write {meant}"


def _advice(words: str, unit: str, parameter: Parameter) -> str:
    if (unit, parameter.unit) in _NO_CONVERSION:
        return _NO_CONVERSION[unit, parameter.unit]
    for known in map(lookup, _CONVERSIONS):
        first, *others = known.required
        if not (convertible(unit, first.unit) and convertible(known.outputs[0].unit, parameter.unit)):
            continue
        command = " ".join(["cpo calc", known.id, _quoted(f"{first.name}={words}"), *(f"{p.name}=…" for p in others)])
        if others:
            return f"work it out with: {command}"
        try:
            found = calculate(known.id, {first.name: words}).output()
        except CalculationError:  # out of that formula's range, which the command will tell
            return f"convert it with: {command}"
        gain = found.value if parameter.unit == "dB" and not parameter.allows(Decimal(-1)) else 0
        if isinstance(gain, Decimal) and gain < 0:
            return f"to let {words} pass is a loss of {show(-gain, 'dB')}: {command}"
        return f"{words} is {found.shown}: {command}"
    return ""


def _quoted(word: str) -> str:
    return f'"{word}"' if re.search(r"[^\w=.+-]", word) else word


def _numbers(parameter: Parameter, given: str) -> Iterator[str]:
    """The words of each number of an input, without names, counts and bases; none where it is swept."""
    if is_sweep(given) or parameter.shape in ("choice", "flag", "matrix"):
        return
    several = parameter.shape in ("list", "named", "counted")
    for value in [value for _, value in pieces_of(parameter, given)] if several else [given]:
        yield split_basis(value.strip())[0]


def _unit(words: str) -> str:
    try:
        return read_quantity(words).unit
    except CalculationError:  # what is no number has no unit, and has been refused as such
        return ""
