"""Bind what a user gives to a formula's arguments: read, convert, check, and remember the words.

Nothing is clamped and no unit is guessed: what is out of range, of another dimension or not known is refused, with the
argument's name and what to write instead.
"""

import difflib
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import Any

from agent.calculator.arguments import advice, pieces_of, read_count, read_name, refusal, rows_of, words_of
from agent.calculator.basis import parse_basis, split_basis
from agent.calculator.formula import ANY, MONEY, Bilingual, Formula, Interval, Parameter, RangedItem
from agent.calculator.reference import Reference, reference
from agent.calculator.result import Input, Number, show, tidy
from agent.calculator.units import LARGEST, read_quantity, written_unit
from agent.calculator.working import halved, terms_of
from agent.errors import CalculationError
from corpus.units import CURRENCIES

_MOST_ITEMS = 1000
_SPAN = re.compile(
    r"((?:19|20)[0-9]{2})\s?年?\s?(?:[-\u2010-\u2015~～〜]|to|until|至|到|から)\s?((?:19|20)[0-9]{2})\s?年?", re.I
)
"""From one year to another: as many periods as lie between."""
_LEVELS = frozenset(("dB", "dBm", "°C", "°F"))  # no ratio of these means anything
_YES = frozenset(("yes", "true", "y", "1", "是", "有", "对", "はい"))
_NO = frozenset(("no", "false", "n", "0", "否", "无", "不", "いいえ"))


@dataclass(frozen=True, slots=True)
class Bound:
    """The arguments of one calculation.

    Attributes:
        units: Parameter → its unit here: the formula's own, with the currency or the unit that the user brought.
        common: What MONEY and ANY stand for here; "" where only bare numbers were given.
    """

    inputs: tuple[Input, ...]
    common: Mapping[str, str]
    warnings: tuple[Bilingual, ...]


def bind(formula: Formula, given: Mapping[str, Any]) -> Bound:
    """Every argument of the formula, in its order.

    Raises:
        CalculationError: An argument is unknown, missing, out of range or of another dimension.
    """
    _check_names(formula, given)
    common = {sign: _common_unit(formula, given, sign) for sign in (MONEY, ANY)}
    reader = _Reader(common)
    return Bound(
        tuple(reader.bind(parameter, given) for parameter in formula.parameters), common, tuple(reader.warnings)
    )


def in_common(unit: str, common: Mapping[str, str]) -> str:
    """A unit with MONEY and ANY replaced: "¤/kWh" → "USD/kWh"."""
    for sign, found in common.items():
        unit = unit.replace(sign, found)
    return unit


def _check_names(formula: Formula, given: Mapping[str, Any]) -> None:
    names = [parameter.name for parameter in formula.parameters]
    for name in given:
        if name not in names:
            near = difflib.get_close_matches(str(name)[:80], names, n=1)
            raise CalculationError(
                "unknown argument" + (f"; did you mean {near[0]!r}?" if near else ""),
                where=f"{formula.id}: {str(name)[:80]!r}", next_step=f"use {', '.join(names)}",
            )  # fmt: skip
    if missing := [parameter for parameter in formula.required if given.get(parameter.name) is None]:
        first, *others = [f"{parameter.name!r} is missing: {parameter.meaning.en}" for parameter in missing]
        raise CalculationError(
            ", and ".join([f"the argument {first}", *others]), where=formula.id,
            next_step=f"give {'; '.join(f'{p.name}, {p.interval()}' for p in missing)}",
        )  # fmt: skip


# --- Currencies and other units that the user brings ------------------------------------------------------------------


def _common_unit(formula: Formula, given: Mapping[str, Any], sign: str) -> str:
    """The one unit that all arguments marked with the sign are given in; "" where they are bare numbers."""
    concerned = [p for p in formula.parameters if sign in p.unit and given.get(p.name) is not None]
    units: dict[str, str] = {}
    bare: list[str] = []
    for parameter in concerned:
        for words in _numbers_in(parameter, given[parameter.name]):
            reading = read_quantity(words, where=parameter.name, advice=advice(parameter))
            unit = _currency_of(reading.unit) if sign == MONEY else written_unit(reading) if reading.unit else ""
            if unit:
                units.setdefault(unit, parameter.name)
            elif reading.unit:
                raise refusal(parameter, f"{words!r} is no amount of money")
            elif reading.high:
                bare.append(parameter.name)
    if sign == MONEY and len(units) > 1:
        raise CalculationError(
            f"{' and '.join(units)} are different currencies", where=", ".join(units.values()),
            next_step="convert to one currency first, at a rate you can name",
        )  # fmt: skip
    if units and bare:
        raise CalculationError(
            f"a bare number beside one in {next(iter(units))}", where=bare[0], next_step="give it with its unit too"
        )
    unit = next(iter(units), "")
    if sign == ANY and unit in _LEVELS:
        raise CalculationError(
            f"{unit} is a level, of which no ratio can be taken", where=units[unit],
            next_step="give a quantity that starts at zero, such as mW or K",
        )  # fmt: skip
    return unit


def _currency_of(unit: str) -> str:
    return next((part for part in unit.split("/") if part in CURRENCIES), "")


def _numbers_in(parameter: Parameter, given: Any) -> Iterator[str]:
    """The words of each number of an argument, without its names, counts and bases."""
    if parameter.shape in ("choice", "flag"):
        return
    if parameter.shape in ("named", "counted", "list"):
        values = [value for _, value in pieces_of(parameter, given)]
    elif parameter.shape == "matrix":
        values = [cell for row in rows_of(parameter, given) for cell in row]
    else:
        values = [given]
    for value in values:
        yield _split(parameter, words_of(parameter, value))[0]


# --- Reading ----------------------------------------------------------------------------------------------------------


class _Reader:
    """Reads the arguments of one calculation and gathers what the user must be told."""

    def __init__(self, common: Mapping[str, str]) -> None:
        self._common = common
        self.warnings: list[Bilingual] = []

    def bind(self, parameter: Parameter, given: Mapping[str, Any]) -> Input:
        unit = in_common(parameter.unit, self._common)
        if given.get(parameter.name) is None:
            value = tidy(parameter.default) if isinstance(parameter.default, Decimal) else parameter.default
            return Input(parameter.name, "", value, unit, assumption=parameter.assumption)
        value = given[parameter.name]
        match parameter.shape:
            case "number" | "integer":
                return self._number(parameter, value, unit)
            case "choice":
                return _choice(parameter, value)
            case "flag":
                return _flag(parameter, value)
            case "matrix":
                return self._matrix(parameter, value, unit)
            case _:
                return self._several(parameter, value, unit)

    def _number(self, parameter: Parameter, given: Any, unit: str) -> Input:
        words = words_of(parameter, given)
        text, basis, row = _split(parameter, words)
        text = next((names[0] for names in parameter.choices if _among(text, names)), text)
        if basis and not parameter.basis:
            raise refusal(parameter, "this argument carries no basis")
        known = str(parse_basis(basis, parameter.name)) if parameter.basis else ""
        shown = words if not row else " ".join(filter(None, (text, known and f"[{known}]", f"@{row}")))
        return Input(parameter.name, shown, self._read(parameter, text, unit), unit, known, row)

    def _read(self, parameter: Parameter, given: Any, unit: str) -> Number:
        """One number or range in the unit, checked against the parameter's range."""
        words = words_of(parameter, given)
        if words.lower().lstrip("+-") in ("nan", "inf", "infinity", "snan"):
            raise refusal(parameter, f"{words!r} is not a finite number")
        if unit == "years" and (span := _SPAN.fullmatch(words)):
            words = str(int(span[2]) - int(span[1]))
        if parameter.shape == "integer" and (terms := terms_of(words)):
            words = str(sum(terms))
        whole = halved(words)
        reading = read_quantity(whole or words, where=parameter.name, advice=advice(parameter))
        if whole:
            reading = replace(reading, low=reading.low / 2, high=reading.high / 2)
        if parameter.unit == f"{MONEY}/years" and reading.unit == self._common[MONEY]:
            reading = replace(reading, unit="")  # of a year's saving people say only how much it is
        reading = reading.to(unit, where=parameter.name, advice=advice(parameter))
        low, high = tidy(reading.low), tidy(reading.high)
        if reading.bound in ("<", "≤"):
            low = self._open_end(parameter, parameter.low, words)
        elif reading.bound in (">", "≥"):
            high = self._open_end(parameter, parameter.high, words)
        for end in (low, high):
            if abs(end) > LARGEST:
                raise refusal(parameter, f"{show(end)} is absurdly large")
            if not parameter.allows(end) and not (reading.bound != "=" and end in (parameter.low, parameter.high)):
                raise refusal(parameter, f"{words!r} is out of range")
            if parameter.shape == "integer" and end != end.to_integral_value():
                raise refusal(parameter, f"{words!r} is not a whole number")
        if low > high:
            raise refusal(parameter, f"{words!r} runs from high to low")
        return low if low == high else Interval(low, high)

    def _open_end(self, parameter: Parameter, end: Decimal | None, words: str) -> Decimal:
        """The end of the allowed range, where only the other one was given."""
        if end is None:
            raise refusal(parameter, f"{words!r} leaves one end open; write a range")
        self.warnings.append(
            Bilingual(
                f"{parameter.name}: {words} leaves one end open; computed up to the end of the allowed range, {end}.",
                f"{parameter.name}：{words} 只给出一端，另一端按允许范围的端点 {end} 计算。",
            )
        )
        return end

    def _several(self, parameter: Parameter, given: Any, unit: str) -> Input:
        """Several numbers, and words that read back to them."""
        pieces = pieces_of(parameter, given)
        if not pieces or len(pieces) > _MOST_ITEMS:
            raise refusal(parameter, f"{len(pieces)} items; there must be 1 to {_MOST_ITEMS}")
        words = [words_of(parameter, value) for _, value in pieces]
        if parameter.shape == "list":
            values = tuple(self._read(parameter, value, unit) for value in words)
            return Input(parameter.name, "; ".join(words), values, unit)
        counted = parameter.shape == "counted"
        labels = [label for label, _ in pieces]
        names = [] if counted else [name for name in labels if name]
        if len(names) != len(set(names)):
            raise refusal(parameter, "two items have the same name")
        items = tuple(
            RangedItem(self._read(parameter, value, unit), count=read_count(parameter, label)) if counted
            else RangedItem(self._read(parameter, value, unit), read_name(parameter, label))
            for label, value in zip(labels, words, strict=True)
        )  # fmt: skip
        joint = " × " if counted else "="
        texts = [f"{label}{joint}{value}" if label != "" else value for label, value in zip(labels, words, strict=True)]
        return Input(parameter.name, "; ".join(texts), items, unit)

    def _matrix(self, parameter: Parameter, given: Any, unit: str) -> Input:
        rows = [[words_of(parameter, cell) for cell in row] for row in rows_of(parameter, given)]
        if not rows or sum(map(len, rows)) > _MOST_ITEMS or len({len(row) for row in rows}) != 1:
            raise refusal(parameter, f"{len(rows)} rows; all must be as long as the first, {_MOST_ITEMS} cells at most")
        value = tuple(tuple(self._read(parameter, cell, unit) for cell in row) for row in rows)
        return Input(parameter.name, "; ".join(", ".join(row) for row in rows), value, unit)


def _split(parameter: Parameter, words: str) -> tuple[str, str, str]:
    """The number, its basis and its row of the reference table: "5.5 W [engine] @bailly_power", or "@bailly_power"."""
    left, at, row = words.partition("@")
    text, basis = split_basis(left.strip())
    if not at:
        return text, basis, ""
    try:
        known = reference(row.strip())
    except CalculationError as error:
        raise CalculationError(
            error.what, where=f"{parameter.name}: {words[:60]!r}", next_step=error.next_step
        ) from error
    if text and text != known.text:
        raise CalculationError(
            f"the reference table has {known.text}, not {text}", where=f"{parameter.name}: @{known.id}",
            next_step="calculate it again from the table, or give the number alone",
        )  # fmt: skip
    if not _suits(parameter, known):
        raise CalculationError(
            f"@{known.id} is {known.en}, which is no {parameter.meaning.en}", where=parameter.name,
            next_step="give the number itself, or another figure: cpo calc figures",
        )  # fmt: skip
    return known.text, basis or (str(known.basis) if parameter.basis else ""), known.id


def _suits(parameter: Parameter, row: Reference) -> bool:
    """Whether a figure can be this argument: it has a unit, which is checked later, or its name says what it is."""
    if row.unit:
        return True
    names = (*parameter.cues, parameter.meaning.en, parameter.meaning.zh, parameter.name.replace("_", " "))
    told = f"{row.id.replace('_', ' ')} {row.en} {row.zh}".casefold()
    return parameter.assumption == row.id or (
        not parameter.unit and any(len(name) > 1 and name.casefold() in told for name in names)
    )


def _choice(parameter: Parameter, given: Any) -> Input:
    wanted = given if isinstance(given, str) else ""
    for names in parameter.choices:
        if _among(wanted, names):
            return Input(parameter.name, str(given).strip(), names[0], "")
    raise refusal(parameter, f"{str(given)[:60]!r} is none of them")


def _among(word: str, names: Sequence[str]) -> bool:
    return word.strip().casefold() in (name.casefold() for name in names)


def _flag(parameter: Parameter, given: Any) -> Input:
    word = "yes" if given is True else "no" if given is False else str(given).strip().casefold()[:60]
    if word not in _YES | _NO:
        raise refusal(parameter, f"{word!r} is neither yes nor no")
    return Input(parameter.name, word, word in _YES, "")
