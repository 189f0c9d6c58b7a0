"""Take apart what a user gives for an argument: the words of a number, a list, pairs, names, a matrix."""

import json
import re
import unicodedata
from collections.abc import Callable, Iterator, Mapping, Sequence
from decimal import Decimal
from typing import Any, TypeVar

from agent.calculator.formula import ANY, MONEY, Interval, Output, Parameter
from agent.calculator.result import tidy
from agent.calculator.units import LARGEST, read_number
from agent.errors import CalculationError

_MOST_TEXT = 20_000
_BETWEEN_ITEMS = re.compile(r"[;；、\n]|,(?![0-9]{3}(?![0-9]))|，|\s\+\s")
_BETWEEN_CELLS = re.compile(r"[,，、]\s*|\s+")
_TIMES = re.compile(r"\s*[x×*]\s*")
_ONE_OR_MANY = re.compile(r"[+-]?[0-9]{1,3}(?:,[0-9]{3}){2,}")
_COMMON_WORDS = {MONEY: "an amount of money", ANY: "a number"}


def words_of(parameter: Parameter, given: Any) -> str:
    """A number as given, in words that read back to the same number."""
    if isinstance(given, Interval):
        return f"{given.low:f} to {given.high:f}"
    if isinstance(given, bool) or not isinstance(given, str | int | float | Decimal):
        raise refusal(parameter, f"a {type(given).__name__} is not a number")
    if isinstance(given, int) and abs(given) > LARGEST:  # Python refuses to print integers of thousands of digits
        raise refusal(parameter, "the number is absurdly large")
    return given.strip() if isinstance(given, str) else repr(given) if isinstance(given, float) else str(given)


def pieces_of(parameter: Parameter, given: Any) -> list[tuple[Any, Any]]:
    """(name or count, value) of each item, whichever way they were given."""
    counted, listed = parameter.shape == "counted", parameter.shape == "list"
    if isinstance(given, str):
        if len(given) > _MOST_TEXT:
            raise refusal(parameter, f"the text is longer than {_MOST_TEXT} characters")
        pieces = [piece for piece in map(str.strip, _BETWEEN_ITEMS.split(given)) if piece]
        if len(pieces) == 1 and listed and _ONE_OR_MANY.fullmatch(pieces[0]):
            raise refusal(parameter, f"{pieces[0]!r} may be one number or several")
        return [("", piece) if listed else _piece(piece, counted) for piece in pieces]
    if isinstance(given, Mapping):
        if counted or listed:
            raise refusal(parameter, "names are not counts; write pairs such as [[4, 15], [2, 9]]")
        return [(str(name).strip(), value) for name, value in given.items()]
    if not isinstance(given, Sequence):
        given = [given]
    if not counted:
        return [("", value) for value in given]
    pairs = [tuple(pair) for pair in given if isinstance(pair, Sequence) and not isinstance(pair, str)]
    if len(pairs) != len(given) or any(len(pair) != 2 for pair in pairs):
        raise refusal(parameter, "each item must be a pair (count, value)")
    return [(words_of(parameter, count), value) for count, value in pairs]


def _piece(piece: str, counted: bool) -> tuple[str, str]:
    if counted:
        count, _, value = _TIMES.sub("\n", piece, count=1).partition("\n")
        return (count, value) if value else ("1", count)
    name, _, value = piece.rpartition("=")
    return name.strip(), value.strip()


def rows_of(parameter: Parameter, given: Any) -> list[list[Any]]:
    """The cells of a matrix, row by row, whichever way they were given."""
    if isinstance(given, str):
        if len(given) > _MOST_TEXT:
            raise refusal(parameter, f"the text is longer than {_MOST_TEXT} characters")
        rows = [row.strip().strip("[](),") for row in re.split(r"[;；\n]|\]\s*,\s*\[", given)]
        return [_BETWEEN_CELLS.split(row.strip()) for row in rows if row.strip()]
    if not isinstance(given, Sequence) or any(not isinstance(row, Sequence) or isinstance(row, str) for row in given):
        raise refusal(parameter, "it must be rows of numbers")
    return [list(row) for row in given]


def read_name(parameter: Parameter, name: Any) -> str:
    """The name of an item."""
    if len(name) > 60 or re.search(r"[=;；,，、\n]", name):
        raise refusal(parameter, f"the name {name[:60]!r} is too long or holds one of = ; ,")
    return str(name)


def read_count(parameter: Parameter, count: Any) -> Decimal:
    """How many there are of an item."""
    number = read_number(words_of(parameter, count), "", where=parameter.name)
    if number != number.to_integral_value() or not 0 <= number <= LARGEST:
        raise refusal(parameter, f"the count {str(count)[:60]!r} is not a whole number from 0")
    return tidy(number)


def refusal(parameter: Parameter, what: str) -> CalculationError:
    """Why an argument will not do, and what to give instead."""
    return CalculationError(what, where=parameter.name, next_step=advice(parameter))


def advice(parameter: Parameter) -> str:
    """What to give for an argument."""
    kinds = {
        "integer": "a whole number", "list": "several numbers, with ; between them", "choice": "one word",
        "named": "name=number; name=number", "counted": "count x number; count x number",
        "matrix": "rows with ; between them, cells with ,", "flag": "one word",
    }  # fmt: skip
    unit = _COMMON_WORDS.get(parameter.unit, parameter.unit)
    kind = kinds.get(parameter.shape) or (
        f"one number in {unit}" if parameter.unit not in ("", *_COMMON_WORDS) else "one number"
    )
    return f"give {kind}: {parameter.interval()}" + ("" if parameter.required else ", or leave it out")


# --- What a model gives -----------------------------------------------------------------------------------------------

_Named = TypeVar("_Named", Parameter, Output)
_NOTHING = frozenset(("", "null", "none", "undefined", "n/a"))
_VALUES, _UNITS, _COUNTS = ("value", "amount", "number"), ("unit", "units"), ("count", "n", "quantity")
_IN_BRACKETS = re.compile(r"[\[(（【][^\])）】]*[\])）】]")
_FRACTION = re.compile(r"[+-]?0?\.[0-9]*[1-9][0-9]*")
_SHORT = 4
"""A key of fewer letters is no start of a longer word."""


def find_named(key: str, known: Sequence[_Named]) -> tuple[_Named, ...]:
    """The arguments or results that a key may mean, of those it says most plainly.

    A key is a name in any case, a symbol, a meaning in either language, or the start of a name, with or without a unit
    in brackets: "Capacity_Tbps", "C", "交换容量", "capacity (Tb/s)".
    """
    plain = plain_words(_IN_BRACKETS.sub("", key))
    joined = {words.replace(" ", "") for words in (plain, plain_words(key))}
    levels: tuple[Callable[[_Named], bool], ...] = (
        lambda one: key.strip() in (one.name, one.symbol),
        lambda one: not joined.isdisjoint(word.replace(" ", "") for word in _words_for(one)),
        lambda one: _is_part(plain, one),
    )
    for is_meant in levels:
        if plain and (found := tuple(one for one in known if is_meant(one))):
            return found
    return ()


def plain_words(text: str) -> str:
    """A name in lower case, its words apart: "Switch_Optics-Power()" → "switch optics power"."""
    return " ".join(re.findall(r"[^\W_]+", unicodedata.normalize("NFKC", text[:200]).casefold()))


def _words_for(one: Parameter | Output) -> list[str]:
    return [plain_words(words) for words in (one.name, one.symbol, one.meaning.en, one.meaning.zh, *one.cues)]


def _is_part(plain: str, one: Parameter | Output) -> bool:
    """Whether a key is the start of a name, or a longer one than the name; in Chinese, part of a meaning."""
    name, zh = plain_words(one.name), plain_words(one.meaning.zh)
    longer = plain.startswith(f"{name} ") or plain.endswith(f" {name}")
    chinese = not plain.isascii() and (plain in zh or zh in plain)
    return name.startswith(plain if len(plain) >= _SHORT else f"{plain} ") or longer or chinese


def text_of(parameter: Parameter, given: Any) -> str:
    """What a model gives for an argument, in the words a person would write; "" where that is nothing.

        {"value": 51.2, "unit": "Tb/s"} → 51.2 Tb/s
        [90, 95]                        → 90; 95
        {"split": 6.5, "fibre": "1 dB"} → split=6.5; fibre=1 dB
        "capacity_tbps = 51.2 Tb/s"     → 51.2 Tb/s

    Raises:
        CalculationError: It is no number, list or mapping that can be read.
    """
    if isinstance(given, str):
        return _text_of_words(parameter, given)
    if given is None:
        return ""
    if isinstance(given, Mapping):
        if (quantity := _quantity(parameter, given)) is not None:
            return quantity
        return "; ".join(f"{name}={text_of(parameter, value)}" for name, value in given.items())
    if not isinstance(given, Sequence):
        return words_of(parameter, given)
    if parameter.shape == "matrix":
        rows = [row if isinstance(row, Sequence) and not isinstance(row, str) else [row] for row in given]
        return "; ".join(", ".join(text_of(parameter, cell) for cell in row) for row in rows)
    return "; ".join(_item(parameter, item) for item in given)


def _text_of_words(parameter: Parameter, given: str) -> str:
    text = re.sub(rf"^{re.escape(parameter.name)}\s*[=:：]\s*", "", given.strip())
    if text[:1] in ("{", "["):
        try:
            return text_of(parameter, json.loads(text))
        except (ValueError, RecursionError):  # "[90%, 95%]" is no JSON, and can be read all the same
            text = text.strip("{}[]") if parameter.shape not in ("number", "integer", "matrix") else text
    if parameter.shape == "named" and "=" not in text:
        text = re.sub(r"\s*[:：]\s*", "=", text)
    return "" if text.casefold() in _NOTHING and parameter.shape not in ("choice", "flag") else text


def _quantity(parameter: Parameter, given: Mapping[str, Any]) -> str | None:
    """A mapping of a value and its unit as words; None where it is something else."""
    value, unit, count, name = (next((given[k] for k in keys if k in given), None) for keys in
                                (_VALUES, _UNITS, _COUNTS, ("name", "label")))  # fmt: skip
    if value is None or not set(given) <= {*_VALUES, *_UNITS, *_COUNTS, "name", "label"}:
        return None
    words = f"{text_of(parameter, value)} {unit or ''}".strip()
    if parameter.shape == "named" and name:
        return f"{name}={words}"
    return f"{count} x {words}" if parameter.shape == "counted" and count is not None else words


def _item(parameter: Parameter, item: Any) -> str:
    """One of several numbers; a pair is a count or a name with its number."""
    if isinstance(item, Sequence) and not isinstance(item, str) and len(item) == 2:
        joint = {"counted": " x ", "named": "="}.get(parameter.shape)
        if joint:
            return f"{item[0]}{joint}{text_of(parameter, item[1])}"
    return text_of(parameter, item)


def fraction_in(parameter: Parameter, text: str) -> str:
    """A bare number under 1 where a percentage is wanted, which may be the one or a hundred times as much; else ""."""
    if parameter.unit != "%" or parameter.shape in ("choice", "flag"):
        return ""
    return next((words for words in _each_number(parameter, text) if _FRACTION.fullmatch(words)), "")


def _each_number(parameter: Parameter, text: str) -> Iterator[str]:
    if parameter.shape == "matrix":
        yield from (cell for row in rows_of(parameter, text) for cell in row)
    elif parameter.shape in ("list", "named", "counted"):
        yield from (value.strip() for _, value in pieces_of(parameter, text))
    else:
        yield text.strip()
