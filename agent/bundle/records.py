"""Write nouns as plain data, and read them back by the types that they declare, trusting nothing.

    >>> from agent.answer import Step
    >>> from_plain(Step, to_plain(Step("read", "read a page")))
    Step(kind='read', title='read a page', detail='')

A field that is missing takes its default, so that data written before the field was there is still read; a field that
is unknown is refused, for what it says would be lost.
"""

import math
from collections.abc import Callable, Mapping
from dataclasses import MISSING, Field, fields, is_dataclass
from decimal import Decimal, InvalidOperation
from functools import cache
from types import NoneType, UnionType
from typing import Any, Literal, Union, get_args, get_origin, get_type_hints

Json = Any
"""What json.loads gives."""

Hooks = Mapping[type, Callable[[Any], Any]]
"""Types that are written or read in a way of their own."""

_MOST_ITEMS = 20_000
_LONGEST = 100_000  # characters: no question, claim, heading or quote is near
_LARGEST_EXPONENT = 999_999
_NONE: Hooks = {}


class Misshapen(ValueError):  # noqa: N818  # it is what the data is
    """Data that is not what it should be; the message names the place."""


def to_plain(value: Any, hooks: Hooks = _NONE) -> Json:
    """A value as strings, whole numbers, floats, lists and objects; decimals as strings.

    Raises:
        TypeError: It holds what has no plain form.
    """
    if type(value) in hooks:
        return hooks[type(value)](value)
    if is_dataclass(value) and not isinstance(value, type):
        return {field.name: to_plain(getattr(value, field.name), hooks) for field in fields(value)}
    if isinstance(value, Mapping):
        return {str(key): to_plain(one, hooks) for key, one in sorted(value.items())}
    if isinstance(value, tuple | list):
        return [to_plain(one, hooks) for one in value]
    if isinstance(value, Decimal):
        return str(value)
    if isinstance(value, str | int | float | NoneType):
        return value
    raise TypeError(f"{type(value).__name__} has no plain form")


def from_plain(kind: Any, data: Json, hooks: Hooks = _NONE, where: str = "") -> Any:
    """The value of that type that ``to_plain`` wrote.

    Args:
        kind: A dataclass or any type that a field of one may have.
        where: What the data is, for the message of an error.

    Raises:
        Misshapen: The data is no such value.
    """
    if kind in hooks:
        try:
            return hooks[kind](data)
        except (KeyError, IndexError, TypeError, ValueError, AttributeError) as error:
            raise Misshapen(f"{where or 'it'}: {_told(data)} is none that is there") from error
    origin, arguments = get_origin(kind), get_args(kind)
    if origin is Literal:
        if isinstance(data, str) and data in arguments:
            return data
    elif origin in (Union, UnionType):
        return _either(arguments, data, hooks, where)
    elif origin is tuple:
        return _row(arguments, data, hooks, where)
    elif origin is not None and issubclass(origin, Mapping):
        if isinstance(data, dict) and len(data) <= _MOST_ITEMS:
            return {
                from_plain(arguments[0], key, hooks, where): from_plain(arguments[1], one, hooks, f"{where}.{key[:40]}")
                for key, one in data.items()
            }
    elif is_dataclass(kind):
        return _noun(kind, data, hooks, where)
    elif kind is Decimal:
        return _decimal(data, where)
    elif _is_plain(kind, data):
        return float(data) if kind is float else data
    raise Misshapen(f"{where or 'it'}: {_told(data)} instead of {_named(kind)}")


def _is_plain(kind: Any, data: Json) -> bool:
    if kind is float:
        return type(data) in (int, float) and abs(data) < 1e300 and math.isfinite(data)
    if kind is str:
        return isinstance(data, str) and len(data) <= _LONGEST
    return kind in (int, bool, NoneType) and type(data) is kind


def _either(kinds: tuple[Any, ...], data: Json, hooks: Hooks, where: str) -> Any:
    """A value of one of several types; nothing is only what is written as nothing."""
    if data is None and NoneType in kinds:
        return None
    others = [kind for kind in kinds if kind is not NoneType]
    failure = None
    for kind in others:
        try:
            return from_plain(kind, data, hooks, where)
        except Misshapen as error:
            failure = failure or error
    raise failure or Misshapen(f"{where}: {_told(data)}")


def _row(kinds: tuple[Any, ...], data: Json, hooks: Hooks, where: str) -> tuple[Any, ...]:
    if not isinstance(data, list) or len(data) > _MOST_ITEMS:
        raise Misshapen(f"{where or 'it'}: {_told(data)} instead of a list")
    if kinds[1:] == (Ellipsis,):
        kinds = kinds[:1] * len(data)
    if len(kinds) != len(data):
        raise Misshapen(f"{where or 'it'}: {len(data)} instead of {len(kinds)} things")
    pairs = enumerate(zip(kinds, data, strict=True))
    return tuple(from_plain(kind, one, hooks, f"{where}[{n}]") for n, (kind, one) in pairs)


def _noun(kind: Any, data: Json, hooks: Hooks, where: str) -> Any:
    if not isinstance(data, dict):
        raise Misshapen(f"{where or 'it'}: {_told(data)} instead of {_named(kind)}")
    types, known = _types(kind), {field.name: field for field in fields(kind)}
    lead = f"{where}." if where else ""
    for name in data:
        if name not in known:
            raise Misshapen(f"{lead}{name[:40]}: unknown here")
    for name, field in known.items():
        if name not in data and not _has_default(field):
            raise Misshapen(f"{lead}{name}: missing")
    return kind(**{name: from_plain(types[name], one, hooks, f"{lead}{name}") for name, one in data.items()})


def _has_default(field: "Field[Any]") -> bool:
    return field.default is not MISSING or field.default_factory is not MISSING


@cache
def _types(kind: type) -> Mapping[str, Any]:
    return get_type_hints(kind)


def _decimal(data: Json, where: str) -> Decimal:
    try:
        number = Decimal(data) if isinstance(data, str) and len(data) < _LONGEST else None
    except InvalidOperation:
        number = None
    if number is None or not number.is_finite() or abs(number.adjusted()) > _LARGEST_EXPONENT:
        raise Misshapen(f"{where or 'it'}: {_told(data)} instead of a decimal number")
    return number


def _told(data: Json) -> str:
    names = {dict: "an object", list: "a list", NoneType: "nothing"}
    return names.get(type(data)) or repr(data if isinstance(data, int | float) else str(data)[:40])[:60]


def _named(kind: Any) -> str:
    return getattr(kind, "__name__", "") or str(kind).replace("typing.", "")
