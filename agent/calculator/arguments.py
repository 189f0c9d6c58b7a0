"""Take apart what a user gives for an argument: the words of a number, a list, pairs, names, a matrix."""

import re
from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import Any

from agent.calculator.formula import ANY, MONEY, Interval, Parameter
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
    return f"give {kind}: {parameter.interval()}"
