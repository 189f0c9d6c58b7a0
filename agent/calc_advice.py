"""What to write instead of an input whose unit will not do, or that will be read as something else than was meant."""

import re
from collections.abc import Iterator, Mapping
from decimal import Decimal
from string import ascii_lowercase

from agent.calculator.arguments import pieces_of
from agent.calculator.basis import split_basis
from agent.calculator.calculation import calculate
from agent.calculator.expression import evaluate
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
_ABBREVIATED = re.compile(r"([0-9][0-9,]*(?:\.[0-9]+)?)\s?(d|wk|mo|y)", re.IGNORECASE)
_IN_FULL = {"d": "days", "wk": "weeks", "mo": "months", "y": "years"}
_MEASURED = re.compile(
    r"(?<![\w.])(?P<number>[0-9]+(?:\.[0-9]+)?(?:[eE][+-]?[0-9]+)?)\s*"
    r"(?P<unit>(?P<first>%|°?[^\W\d_]+)(?:/[^\W\d_]+)*)(?![\w(])"
)


def advise_unit(formula: Formula, inputs: Mapping[str, str], where: str) -> str:
    """How to bring an input to the unit that the formula wants; "" where its unit is not what is wrong.

    Args:
        where: Where the calculation was refused; the name of the input stands last in it.
    """
    name = where.rpartition(": ")[2]
    parameter = next((one for one in formula.parameters if one.name == name), None)
    if parameter is None:
        return ""
    if full := next(filter(None, map(_in_full, _numbers(parameter, inputs.get(name, "")))), ""):
        return f"write {full}"
    if MONEY in parameter.unit or ANY in parameter.unit:
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


def advise_expression(expression: str, operands: Mapping[str, str], where: str) -> str:
    """How to name the numbers with units in an expression, or to write an operand; "" where neither is what is wrong.

    Args:
        where: Where the expression was refused: at itself, or at an operand.
    """
    if where in operands:
        full = _in_full(operands[where])
        return f"write {_quoted(f'{where}={full}')}" if full else ""
    measured = list(_measured(expression, operands))
    if not measured:
        return ""
    taken = {*re.findall(r"\w+", expression), *operands}
    letters = (letter for letter in ascii_lowercase if letter not in taken)
    names = dict(zip(dict.fromkeys(words for _, _, words in measured), letters, strict=False))
    pieces, at = [], 0
    for start, end, words in measured:
        pieces += [expression[at:start], names.get(words, words)]
        at = end
    named = "".join([*pieces, expression[at:]])
    given = [f"{name}={words}" for words, name in names.items()]
    try:
        evaluate(named, {**operands, **{name: words for words, name in names.items()}})
    except CalculationError:  # for another reason too, which will be told next
        return f"give each number that has a unit a name: {' '.join(map(_quoted, given[:2]))}"
    given += [f"{name}={words}" for name, words in operands.items()]
    return f"name the numbers: cpo calc eval {' '.join(map(_quoted, (named, *given)))}"


def _measured(expression: str, operands: Mapping[str, str]) -> Iterator[tuple[int, int, str]]:
    """Where each number with a unit starts and ends in an expression, and its words: "15 W", "5 pJ/bit"."""
    for found in _MEASURED.finditer(expression):
        for unit in ("unit", "first"):
            words = f"{found['number']}{'' if found['unit'] == '%' else ' '}{found[unit]}"
            if operands.keys().isdisjoint(found[unit].split("/")) and (_in_full(words) or _unit(words)):
                yield found.start(), found.end(unit), _in_full(words) or words
                break


def _in_full(words: str) -> str:
    """A time in an abbreviated unit that is not read, in one that is: "30d" → "30 days"; "" for anything else."""
    found = _ABBREVIATED.fullmatch(words.strip())
    return f"{found[1]} {_IN_FULL[found[2].lower()]}" if found else ""


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
