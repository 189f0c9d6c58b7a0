"""Read numbers with units and convert them; the only door to pint.

Decibels are kept apart from the rest: dB is a level, dBm an absolute power, and neither is converted to watts here
(dbm_to_mw and db_to_linear do that, in the open).
"""

import re
from decimal import Decimal, InvalidOperation
from functools import cache
from typing import TYPE_CHECKING

from agent.errors import CalculationError
from corpus.quantities import find_quantities, flatten

if TYPE_CHECKING:
    from pint import UnitRegistry

LARGEST = Decimal("1e30")
LONGEST_TEXT = 80

_BARE = re.compile(
    r"[+-]?(?:[0-9]{1,3}(?:,[0-9]{3})+|[0-9]{1,40})(?:\.[0-9]{0,40})?(?:[eE][+-]?[0-9]{1,3})?|[+-]?\.[0-9]{1,40}"
)

# Only the dimensions the formulas speak of: pint's full registry takes three times as long to load.
_DEFINITIONS = (
    "femto- = 1e-15 = f-", "pico- = 1e-12 = p-", "nano- = 1e-9 = n-", "micro- = 1e-6 = μ-", "milli- = 1e-3 = m-",
    "centi- = 1e-2 = c-", "kilo- = 1e3 = k-", "mega- = 1e6 = M-", "giga- = 1e9 = G-", "tera- = 1e12 = T-",
    "bit = [information]", "byte = 8 bit = B", "second = [time] = s", "meter = [length] = m", "hour = 3600 second = h",
    "joule = [energy] = J", "watt = joule / second = W", "watthour = 3600 joule = Wh", "gram = [mass] = g",
    "ampere = [current] = A", "volt = watt / ampere = V", "ohm = volt / ampere",
    "electronvolt = 1.602176634e-19 joule = eV",
    "hertz = 1 / second = Hz", "symbol = [symbols]", "baud = symbol / second = Bd", "pascal = [pressure] = Pa",
    "kelvin = [temperature] = K",
    "celsius = [celsius]", "fahrenheit = [fahrenheit]", "decibel = [level] = dB", "dBm = [absolute_level]",
    "percent = 0.01", "permillion = 1e-6", "point = [percentage_point]", "FIT = [failure_rate]",
    "month = [month]", "year = [year]",
    "USD = [USD]", "CNY = [CNY]", "JPY = [JPY]", "EUR = [EUR]", "GBP = [GBP]", "HKD = [HKD]", "TWD = [TWD]",
    "KRW = [KRW]", "SGD = [SGD]", "AUD = [AUD]", "CAD = [CAD]", "NZD = [NZD]",
)  # fmt: skip
_NAMES = {
    "": "dimensionless", "x": "dimensionless", "%": "percent", "pp": "point", "ppm": "permillion", "°C": "celsius",
    "°F": "fahrenheit", "b": "bit", "Gb": "gigabit", "Tb": "terabit", "m2": "meter**2", "mm2": "millimeter**2",
    "Ω": "ohm", "years": "year", "度": "kilowatthour", "months": "month",
}  # fmt: skip


def read_number(text: str, unit: str, *, where: str = "", advice: str = "") -> Decimal:
    """The number a text such as "51.2 Tb/s", "３千瓦" or "0.5" stands for, in ``unit``; a bare number is in it already.

    Raises:
        CalculationError: It is not one plain number, or has another dimension than ``unit``.
    """
    text = text.strip()
    write = advice or f"write one number{f' in {unit}' if unit else ''}"
    if len(text) > LONGEST_TEXT:
        raise CalculationError(f"the text is longer than {LONGEST_TEXT} characters", where=where, next_step=write)
    plain = flatten(text).replace("\u2212", "-").strip()
    if _BARE.fullmatch(plain):
        return _decimal(plain.replace(",", ""), where, write)
    found = find_quantities(text)
    if len(found) != 1 or (found[0].start, found[0].end) != (0, len(text)) or found[0].low != found[0].high:
        raise CalculationError(f"{text!r} is not one number with a known unit", where=where, next_step=write)
    quantity = found[0]
    if quantity.kind == "time" or (quantity.kind == "label" and not quantity.unit):
        raise CalculationError(f"{text!r} is a date or a name, not a measured number", where=where, next_step=write)
    if not quantity.unit:
        return quantity.low
    try:
        return convert(quantity.low, quantity.unit, unit)
    except CalculationError as error:
        raise CalculationError(f"{text!r} has the wrong unit: {error.what}", where=where, next_step=write) from error


def convert(value: Decimal, unit: str, wanted: str) -> Decimal:
    """The value in another unit of the same dimension, exact where the factor is.

    Raises:
        CalculationError: The units measure different things.
    """
    factor = _factor(unit, wanted)
    if factor is None:
        raise CalculationError(f"{unit or 'a bare number'} cannot be turned into {wanted or 'a bare number'}")
    return value * factor


def convertible(unit: str, wanted: str) -> bool:
    """Whether both units measure the same thing."""
    return _factor(unit, wanted) is not None


@cache
def _factor(unit: str, wanted: str) -> Decimal | None:
    """How many ``wanted`` one ``unit`` is, or None where they measure different things."""
    if unit == wanted:
        return Decimal(1)
    from pint import DimensionalityError

    registry = _registry()
    try:
        factor = registry.Quantity(Decimal(1), _expression(unit)).to(_expression(wanted)).magnitude
    except DimensionalityError:
        return None
    return Decimal(factor)


@cache
def _registry() -> "UnitRegistry[Decimal]":
    from pint import UnitRegistry

    registry: UnitRegistry[Decimal] = UnitRegistry(None, non_int_type=Decimal)
    for definition in _DEFINITIONS:
        registry.define(definition)
    return registry


def _expression(unit: str) -> str:
    """Our name of a unit in pint's; both our tables are closed, so no user's text is ever parsed by pint."""
    return "/".join(_NAMES.get(part, part) for part in unit.split("/"))


def _decimal(text: str, where: str, write: str) -> Decimal:
    try:
        return Decimal(text)
    except InvalidOperation as error:
        raise CalculationError(f"{text!r} is not a number", where=where, next_step=write) from error
