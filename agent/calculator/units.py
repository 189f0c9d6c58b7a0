"""Read numbers with units and convert them; the only door to pint.

Decibels are kept apart from the rest: dB is a level, dBm an absolute power, and neither is converted to watts here
(dbm_to_mw and db_to_linear do that, in the open). "°C" is a temperature and "K" a difference of two, so 300 K turn into
26.85 °C, but 2 °C of drift into 2 K. A year is 365 days.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from decimal import Context, Decimal, InvalidOperation, localcontext
from fractions import Fraction
from functools import cache, lru_cache
from typing import TYPE_CHECKING

from agent.errors import CalculationError
from corpus.quantities import Bound, Quantity, find_quantities, flatten
from corpus.units import CURRENCIES, CURRENCY_SIGNS, compound_unit_at

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
    "minute = 60 second = min", "year = 8760 hour", "month = 730 hour", "liter = 1e-3 meter ** 3 = L",
    "tonne = 1e6 gram = t", "degree = [angle] = deg",
    "hertz = 1 / second = Hz", "symbol = [symbols]", "baud = symbol / second = Bd", "pascal = [pressure] = Pa",
    "kelvin = [temperature] = K",
    "celsius = [celsius]", "fahrenheit = [fahrenheit]", "decibel = [level] = dB", "dBm = [absolute_level]",
    "percent = 0.01", "permillion = 1e-6", "point = [percentage_point]", "FIT = [failure_rate]",
    "USD = [USD]", "CNY = [CNY]", "JPY = [JPY]", "EUR = [EUR]", "GBP = [GBP]", "HKD = [HKD]", "TWD = [TWD]",
    "KRW = [KRW]", "SGD = [SGD]", "AUD = [AUD]", "CAD = [CAD]", "NZD = [NZD]",
)  # fmt: skip
_NAMES = {
    "": "dimensionless", "x": "dimensionless", "%": "percent", "pp": "point", "ppm": "permillion", "°C": "celsius",
    "°F": "fahrenheit", "b": "bit", "Gb": "gigabit", "Tb": "terabit", "m2": "meter**2", "mm2": "millimeter**2",
    "cm2": "centimeter**2", "√Hz": "hertz**0.5", "pJ": "picojoule",
    "Ω": "ohm", "years": "year", "度": "kilowatthour", "months": "month",
}  # fmt: skip


def read_number(text: str, unit: str, *, where: str = "", advice: str = "") -> Decimal:
    """The number a text such as "51.2 Tb/s", "３千瓦" or "0.5" stands for, in ``unit``; a bare number is in it already.

    Raises:
        CalculationError: It is not one plain number, or has another dimension than ``unit``.
    """
    write = advice or f"write one number{f' in {unit}' if unit else ''}"
    reading = read_quantity(text, where=where, advice=write)
    if reading.low != reading.high or reading.bound not in ("=", "~"):
        raise CalculationError(f"{text.strip()!r} is a range, not one number", where=where, next_step=write)
    return reading.to(unit, where=where, advice=write).low


_TOLERANCE = re.compile(r"([^±]{1,40}?)\s*(?:±|\+/-|\+-)\s*([^±]{1,40})")


@dataclass(frozen=True, slots=True)
class Reading:
    """What a text says as one number or one range, in the unit it was written in.

    Attributes:
        unit: Our name of the unit; "" where none was written, which may mean any.
        bound: "<" and "≤" give the upper end only, ">" and "≥" the lower.
    """

    low: Decimal
    high: Decimal
    bound: Bound
    unit: str
    text: str = ""

    def to(self, unit: str, *, where: str = "", advice: str = "") -> "Reading":
        """The same in another unit; what has none written is in it already.

        Raises:
            CalculationError: The units measure different things.
        """
        if not self.unit:
            return replace(self, unit=unit)
        try:
            low, high = (convert(end, self.unit, unit) for end in (self.low, self.high))
        except CalculationError as error:
            what = f"{self.text!r} has the wrong unit: {error.what}"
            raise CalculationError(what, where=where, next_step=advice) from error
        return replace(self, low=low, high=high, unit=unit)


def read_quantity(text: str, *, where: str = "", advice: str = "") -> Reading:
    """Read "51.2 Tb/s", "14–16 W", "20 ± 1.5 dBm", "<5 pJ/bit" or a bare "0.5".

    Raises:
        CalculationError: It is not one number or range with a known unit.
    """
    text = text.strip()
    write = advice or "write one number with its unit"
    if len(text) > LONGEST_TEXT:
        raise CalculationError(f"the text is longer than {LONGEST_TEXT} characters", where=where, next_step=write)
    plain = flatten(text).replace("\u2212", "-").strip()
    if _BARE.fullmatch(plain):
        value = _decimal(plain.replace(",", ""), where, write)
        return Reading(value, value, "=", "", text)
    if around := _TOLERANCE.fullmatch(text):
        return _read_tolerance(around[1], around[2], where, write)
    if power := _POWER_OF_TEN.fullmatch(plain):
        value = Decimal(1).scaleb(int(power[1] or power[2].translate(_SUPERSCRIPT)))
        return Reading(value, value, "=", "", text)
    if _NUMERAL.fullmatch(text):  # a numeral in words is read only beside what it counts
        for counted in find_quantities(f"{text}个" if _HAN.match(text) else f"{text} pieces")[:1]:
            if counted.start == 0 and not counted.unit and counted.low == counted.high:
                return Reading(counted.low, counted.high, "=", "", text)
    found = find_quantities(text)
    if len(found) != 1 or not _whole(text, found[0]):
        raise CalculationError(f"{text!r} is not one number with a known unit", where=where, next_step=write)
    quantity = found[0]
    if quantity.kind == "time" or (quantity.kind == "label" and not quantity.unit):
        raise CalculationError(f"{text!r} is a date or a name, not a measured number", where=where, next_step=write)
    return Reading(quantity.low, quantity.high, quantity.bound, quantity.unit, text)


_POWER_OF_TEN = re.compile(r"10(?:(?:\^|\*\*)([+-]?[0-9]{1,3})|([⁺⁻]?[⁰¹²³⁴⁵⁶⁷⁸⁹]{1,3}))")
_SUPERSCRIPT = str.maketrans("⁰¹²³⁴⁵⁶⁷⁸⁹⁻⁺", "0123456789-+")
_HAN = re.compile(r"[\u4e00-\u9fff]")
_NUMERAL = re.compile(r"[a-z]{3,9}(?:[- ][a-z]{3,5})?|[〇零一二两兩三四五六七八九十百千]{1,8}", re.IGNORECASE)


def _read_tolerance(middle: str, spread: str, where: str, write: str) -> Reading:
    """ "20 ± 1.5 dBm": the unit is written once, at the end, or twice."""
    around, off = read_quantity(middle, where=where, advice=write), read_quantity(spread, where=where, advice=write)
    if around.unit and around.unit != off.unit:
        raise CalculationError("the two sides of ± have different units", where=where, next_step=write)
    if around.low != around.high or off.low != off.high or off.low < 0:
        raise CalculationError("a range with ± takes one number on each side", where=where, next_step=write)
    return Reading(around.low - off.low, around.low + off.low, "=", off.unit, f"{middle}±{spread}")


def _whole(text: str, quantity: Quantity) -> bool:
    """Whether the quantity is all that the text says, but for the sign or word of its bound."""
    return quantity.end == len(text) and not _WORD.sub("", text[: quantity.start]).strip()


_WORD = re.compile(
    r"[<>≤≥~≈＜＞±]|about|approx(?:imately)?\.?|around|roughly|at least|at most|up to|less than|more than"
    r"|no more than|below|above|under|over|约|大约|大概"
    r"|至少|至多|最多|不超过|不低于|不少于|低于|高于|小于|大于|少于|多于|超过",
    re.IGNORECASE,
)


def convert(value: Decimal, unit: str, wanted: str) -> Decimal:
    """The value in another unit of the same dimension, exact where the factor is.

    Raises:
        CalculationError: The units measure different things.
    """
    if wanted == "°C" and unit in _ZERO:
        zero, step = _ZERO[unit]
        return (value + zero) * step
    factor = _factor(unit, wanted)
    if factor is None:
        raise CalculationError(f"{unit or 'a bare number'} cannot be turned into {wanted or 'a bare number'}")
    return value * factor


def convertible(unit: str, wanted: str) -> bool:
    """Whether both units measure the same thing."""
    return (wanted == "°C" and unit in _ZERO) or _factor(unit, wanted) is not None


def same_value(value: Decimal, unit: str, other: Decimal, other_unit: str) -> bool:
    """Whether two numbers, each in its unit, are the same quantity: 0.3 and 30 %, 960 W and 0.96 kW."""
    if not convertible(other_unit, unit):
        return False
    with localcontext(Context(prec=28)):
        return +convert(other, other_unit, unit) == +value


_NINTHS = Context(prec=50).divide(Decimal(5), Decimal(9))
_ZERO = {"K": (Decimal("-273.15"), Decimal(1)), "°F": (Decimal(-32), _NINTHS)}
"""How a temperature turns into °C: what is added to it, then what it is multiplied by."""

_STEP = {"°C": Decimal(1), "°F": _NINTHS}
"""How many kelvin a difference of one degree is."""


@cache
def _factor(unit: str, wanted: str) -> Decimal | None:
    """How many ``wanted`` one ``unit`` is, or None where they measure different things."""
    if unit == wanted:
        return Decimal(1)
    if {"¤", "*"} & {*unit, *wanted}:  # stands for a unit that is not known yet
        return None
    if wanted == "K" and unit in _STEP:
        return _STEP[unit]
    from pint import DimensionalityError, UndefinedUnitError

    registry = _registry()
    with localcontext(Context(prec=50)):
        try:
            factor = registry.Quantity(Decimal(1), _expression(unit)).to(_expression(wanted)).magnitude
        except (DimensionalityError, UndefinedUnitError):
            return None
        return +Decimal(factor)


@cache
def _registry() -> "UnitRegistry[Decimal]":
    from pint import UnitRegistry

    registry: UnitRegistry[Decimal] = UnitRegistry(None, non_int_type=Decimal)
    for definition in _DEFINITIONS:
        registry.define(definition)
    return registry


def _expression(unit: str) -> str:
    """Our name of a unit in pint's; both our tables are closed, so no user's text is ever parsed by pint."""
    parts = unit.split("/")
    names = [_NAMES.get(part, part) for part in parts]
    return "/".join("kelvin" if name == "celsius" and len(parts) > 1 else name for name in names)


def _decimal(text: str, where: str, write: str) -> Decimal:
    try:
        return Decimal(text)
    except InvalidOperation as error:
        raise CalculationError(f"{text!r} is not a number", where=where, next_step=write) from error


# --- Measures


@dataclass(frozen=True, slots=True)
class Measure:
    """What a unit measures: the powers of base units in it, and how many of their product one of it is."""

    dimension: tuple[tuple[str, Fraction], ...]
    factor: Fraction


PURE = ("", "x", "%", "pp", "ppm")
"""Units of plain numbers: in a product each is a fraction, a percentage point too."""

ABSOLUTE = {"°C": "K", "dBm": "dB"}
"""Units counted from a zero of their own, with the unit of a difference of two."""

_PREFIXED = ("W", "J", "Wh", "b", "bit", "B", "s", "m", "g", "A", "V", "Hz", "Bd", "Pa", "eV", "Ω", "L", "K")
_SINGLE = ("h", "min", "dB", "dBm", "FIT", "years", "months", "deg", "t", "√Hz", "°C", "cm", "度", *sorted(CURRENCIES))
_TOKENS = frozenset((*PURE[1:], *_SINGLE, *(prefix + base for base in _PREFIXED for prefix in ("", *"fpnμmkMGT"))))
_TOKEN_OF_BIT = re.compile(r"(?<![^/·])b(?![^/·])")
_POWER = re.compile(r"(.*?[^0-9])([0-9]{1,2})?", re.DOTALL)
_TIDY = ("W", "pJ/bit", "Gb/s", "Gb", "J", "m", "mm2", "s", "Tb/s", "kW", "kWh", "Mb/s", "USD/kWh", "CNY/kWh")
"""Units that people write, for dimensions that come out of a product or a quotient; the first that fits."""


@lru_cache(maxsize=4096)
def measure(unit: str) -> Measure:
    """What a unit measures.

    Raises:
        CalculationError: It is not made of units known here.
    """
    dimension: dict[str, Fraction] = {}
    factor = Fraction(1)
    for token, power in _tokens(unit).items():
        one = _measure_of(token)
        factor *= one.factor**power
        for base, exponent in one.dimension:
            dimension[base] = dimension.get(base, Fraction(0)) + exponent * power
    return Measure(tuple(sorted((base, power) for base, power in dimension.items() if power)), factor)


def scale_of(unit: str) -> Fraction:
    """How many base units one ``unit`` is: what a number in it is multiplied by before it is computed with."""
    return Fraction(1, 100) if unit == "pp" else Fraction(1) if unit in ABSOLUTE else measure(unit).factor


def multiply_units(a: str, b: str) -> str:
    """The unit of a product, as people write it: "Gb/s" × "pJ/bit" → "W", "%" × "W" → "W"."""
    if a in PURE and b in PURE:
        kinds = [kind for kind in ("pp", "%", "ppm", "x") if kind in (a, b)]
        return kinds[0] if kinds else ""
    return b if a in PURE else a if b in PURE else _combine(a, b, 1)


def divide_units(a: str, b: str) -> str:
    """The unit of a quotient, as people write it: "W" ÷ "Gb/s" → "pJ/bit", "USD" ÷ "USD" → ""."""
    if a in PURE and b in PURE:
        return a if b in ("", "x") and a != b else ""
    return a if b in PURE else _combine("" if a in PURE else a, b, -1)


def raise_unit(unit: str, exponent: Fraction) -> str | None:
    """The unit of a power, or None where it is none that can be written (the root of W)."""
    if unit in PURE:
        return unit if exponent == 1 else ""
    powers = {token: power * exponent for token, power in _tokens(unit).items()}
    if any(power.denominator != 1 for power in powers.values()):
        return None
    return _tidied({token: int(power) for token, power in powers.items()}, unit)


def read_unit(text: str) -> str:
    """Our name of a unit as people write it: "Gbps" → "Gb/s", "千瓦" → "kW", "百分点" → "pp".

    Raises:
        CalculationError: It is no unit known here.
    """
    plain = flatten(text).strip().replace("²", "2")
    sign, slash, below = plain.partition("/")
    plain = f"{CURRENCY_SIGNS.get(sign.upper(), sign)}{slash}{below}"
    known = len(plain) <= LONGEST_TEXT
    if known and _is_spelt(plain):
        return _TOKEN_OF_BIT.sub("bit", plain)
    found = compound_unit_at(plain, 0) if known else None
    if found is None or found[2] != len(plain):
        raise CalculationError(f"{text[:60]!r} is no unit known here", next_step='write one such as "W", "%" or "USD"')
    return _named(found[0], _spelt(found[1]))


def written_unit(reading: Reading) -> str:
    """The unit as the text has it ("kW" of "3 kW", which is read in W)."""
    plain = flatten(reading.text)
    for at in range(len(plain)):
        found = compound_unit_at(plain, at)
        if found and found[2] == len(plain) and found[1] == reading.unit:
            return read_unit(plain[at:])
    return _everyday(_spelt(reading.unit))


@lru_cache(maxsize=1024)
def _named(factor: Decimal, canonical: str) -> str:
    """The name of the unit that is ``factor`` canonical ones; the canonical one where it has no name."""
    if factor == 1 or canonical in PURE:
        return canonical
    whole = measure(canonical)
    wanted = Measure(whole.dimension, Fraction(factor) * whole.factor)
    _, _, below = canonical.partition("/")
    tokens = (*_SINGLE, *sorted(_TOKENS))
    tried = (*_TIDY, *(f"{one}/{below}" if below else one for one in tokens))
    return next((name for name in tried if name not in PURE and measure(name) == wanted), _everyday(canonical))


def _everyday(canonical: str) -> str:
    """Per kWh and per Gb/s where corpus.units divides by Wh and by b/s."""
    return re.sub("/Wh$", "/kWh", re.sub("·s/bit$", "·s/Gb", canonical))


def _spelt(canonical: str) -> str:
    """A unit's name in corpus.units as it is spelt here: "USD/b/s" is per bit rate."""
    return _TOKEN_OF_BIT.sub("bit", canonical.replace("/b/s", "·s/b").replace("/B/s", "·s/B"))


def _is_spelt(unit: str) -> bool:
    try:
        _tokens(unit)
    except CalculationError:
        return False
    return True


@lru_cache(maxsize=4096)
def _tokens(unit: str) -> Mapping[str, int]:
    """The parts of a unit and their powers: "USD·s/Gb" → USD 1, s 1, Gb −1."""
    powers: dict[str, int] = {}
    above, *below = unit.split("/")
    parts = [(part, 1) for part in above.split("·") if part not in ("", "1")]
    parts += [(part, -1) for part in below]
    for part, sign in parts:
        match = _POWER.fullmatch(part)
        if match is None or match[1] not in _TOKENS:
            raise CalculationError(f"{unit[:60]!r} is no unit known here", next_step='write one such as "W" or "%"')
        token = "K" if match[1] == "°C" and len(parts) > 1 else match[1]
        powers[token] = powers.get(token, 0) + sign * int(match[2] or 1)
    return powers


@cache
def _measure_of(token: str) -> Measure:
    name = _NAMES.get(token) or (f"{token[:-1]}bit" if token[-1] == "b" else token.replace("Ω", "ohm"))
    with localcontext(Context(prec=50)):
        root = _registry().Quantity(Decimal(1), name).to_root_units()
    powers = tuple(sorted((base, Fraction(str(power))) for base, power in root.unit_items()))
    return Measure(powers, Fraction(root.magnitude))


def _combine(a: str, b: str, sign: int) -> str:
    """The unit of a × b or a ÷ b; parts that measure the same are brought to the first one's unit."""
    powers = dict(_tokens(a))
    for token, power in _tokens(b).items():
        same = next((one for one in powers if _measure_of(one).dimension == _measure_of(token).dimension), token)
        powers[same] = powers.get(same, 0) + sign * power
    return _tidied(powers, a, b)


def _tidied(powers: Mapping[str, int], *candidates: str) -> str:
    powers = {token: power for token, power in powers.items() if power}
    spelt = "·".join(f"{token}{power if power > 1 else ''}" for token, power in powers.items() if power > 0)
    for token, power in powers.items():
        spelt = f"{spelt or '1'}/{token}{-power if power < -1 else ''}" if power < 0 else spelt
    if len(powers) <= 1:
        return spelt
    dimension = measure(spelt).dimension
    if not dimension:
        return ""
    if "h" in powers and dimension == measure("kWh").dimension:
        return "kWh"
    return next((name for name in (*candidates, *_TIDY) if measure(name).dimension == dimension), spelt)
