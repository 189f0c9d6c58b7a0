"""The operands of an expression: their names, and the numbers and ranges that they stand for."""

import keyword
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

from agent.calculator.expression.spans import Span, number_of
from agent.calculator.formula import Interval
from agent.calculator.result import Input, Number, show
from agent.calculator.units import LARGEST, read_quantity, read_unit, scale_of, written_unit
from agent.errors import CalculationError

_MOST_OPERANDS = 100
_LONGEST_NAME = 80


@dataclass(frozen=True, slots=True)
class Operand:
    """One operand as read."""

    input: Input
    span: Span


def read_operands(operands: Mapping[str, str | int | float | Decimal]) -> dict[str, Operand]:
    """Every operand by its name, read and checked."""
    if len(operands) > _MOST_OPERANDS:
        raise CalculationError(f"{len(operands)} operands", next_step=f"give {_MOST_OPERANDS} at most")
    known: dict[str, Operand] = {}
    for given_name, given in operands.items():
        name = unicodedata.normalize("NFKC", given_name) if isinstance(given_name, str) else ""
        if not name.isidentifier() or keyword.iskeyword(name) or len(name) > _LONGEST_NAME:
            raise CalculationError(
                "this cannot be the name of an operand", where=repr(given_name)[:60],
                next_step="use letters, digits and _, not starting with a digit",
            )  # fmt: skip
        if name in ("expression", *known):
            taken = "is given twice" if name in known else "is taken"
            raise CalculationError(f"the name {taken}", where=name, next_step="call the operand something else")
        known[name] = _read_operand(name, given)
    return known


def _read_operand(name: str, given: str | int | float | Decimal) -> Operand:
    advice = "give one number or range, with its unit if it has one"
    if isinstance(given, bool) or not isinstance(given, str | int | float | Decimal):
        raise CalculationError(f"a {type(given).__name__} is not a number", where=name, next_step=advice)
    if isinstance(given, int) and abs(given) > LARGEST:  # Python refuses to print integers of thousands of digits
        raise CalculationError("the number is absurdly large", where=name, next_step=advice)
    words = given.strip() if isinstance(given, str) else str(given)
    reading = read_quantity(words, where=name, advice=advice)
    if reading.bound not in ("=", "~"):
        raise CalculationError(f"{words!r} is a bound, not a number", where=name, next_step=advice)
    checked(Interval(reading.low, reading.high), name)
    low, high = Fraction(reading.low), Fraction(reading.high)
    if reading.unit == "°F":
        unit, span = "°C", ((low - 32) * 5 / 9, (high - 32) * 5 / 9)
    else:
        unit, scale = written_unit(reading), scale_of(_canonical(reading.unit))
        span = (low * scale, high * scale)
    return Operand(Input(name, words, number_of(span, unit), unit), span)


def checked(number: Number, where: str = "") -> Number:
    """The number, refused where it is absurdly large or small."""
    for end in (number.low, number.high) if isinstance(number, Interval) else (number,):
        if end and not 1 / LARGEST <= abs(end) <= LARGEST:
            raise CalculationError(
                f"{show(end)} is absurdly large or small", where=where, next_step="check the operands and the unit"
            )
    return number


def _canonical(unit: str) -> str:
    return read_unit(unit) if unit else ""
