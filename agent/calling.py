"""Describe tools to a model, and read what it sends back: the same call is written in many ways.

    {"formula": "Energy per bit", "power": 14, "rate": {"value": 800, "unit": "Gb/s"}}     flat, by other names
    {"formula_id": "energy_per_bit_pj", "inputs": "power_w=14 W; rate_gbps=800 Gb/s"}     text for an object
    ```json {"name": "calculate", "arguments": {…}} ```                                    a call written as text

Only the shape is mended, never a value. What cannot be read is told in one line: what, where, what to send.
"""

import inspect
import json
import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any, get_args, get_origin

from agent.calculator.registry import find_called
from corpus.errors import AnalystError

Tool = Callable[..., str]
"""A function from plain arguments to a JSON object."""

Call = tuple[str, dict[str, Any]]
"""A tool's name and its arguments."""


class CallError(AnalystError):
    """A model called a tool in a way that cannot be read."""


# --- What a model is told of a tool -----------------------------------------------------------------------------------

_ARGUMENT = re.compile(r"^ {4}(\w+): (.+(?:\n {5,}.+)*)", re.MULTILINE)
_TYPES: dict[Any, dict[str, Any]] = {
    str: {"type": "string"},
    int: {"type": "integer"},
    list: {"type": "array", "items": {"type": "string"}},
    dict: {"type": "object", "additionalProperties": {"type": "string"}},
}


def describe_tool(tool: Tool) -> dict[str, Any]:
    """A tool as a model is told of it, from its signature and docstring: name, description, JSON schema."""
    words, _, arguments = (inspect.getdoc(tool) or "").partition("\nArgs:\n")
    about = {name: " ".join(text.split()) for name, text in _ARGUMENT.findall(arguments)}
    parameters = inspect.signature(tool).parameters
    properties = {
        name: _TYPES[_kind(parameter)] | ({"description": about[name]} if name in about else {})
        for name, parameter in parameters.items()
    }
    required = [name for name, parameter in parameters.items() if parameter.default is parameter.empty]
    schema = {"type": "object", "properties": properties} | ({"required": required} if required else {})
    return _described(tool.__name__, words, schema)


def describe_model(name: str, schema: Mapping[str, Any]) -> dict[str, Any]:
    """The same for a tool that is a schema: references put in, alternatives to null, titles and limits left out."""
    return _described(name, str(schema["description"]), _compact(schema, schema.get("$defs", {}), top=True))


def _described(name: str, words: str, parameters: Mapping[str, Any]) -> dict[str, Any]:
    return {"name": name, "description": " ".join(words.split()), "parameters": dict(parameters)}


def _kind(parameter: inspect.Parameter) -> Any:
    """str, int, list or dict: what an argument is when it is given."""
    given = next((one for one in get_args(parameter.annotation) if get_origin(one) or one in _TYPES), None)
    annotation = parameter.annotation if get_origin(parameter.annotation) in (list, dict) or given is None else given
    return get_origin(annotation) or annotation


def _compact(schema: Any, definitions: Mapping[str, Any], *, top: bool = False) -> Any:
    if isinstance(schema, list):
        return [_compact(one, definitions) for one in schema]
    if not isinstance(schema, Mapping):
        return schema
    if "$ref" in schema:
        return _compact(definitions[schema["$ref"].rpartition("/")[2]], definitions, top=True)
    given = [one for one in schema.get("anyOf", ()) if one.get("type") != "null"]
    if len(given) == 1:
        about = {"description": schema["description"]} if "description" in schema else {}
        return _compact(given[0], definitions) | about
    left_out = {"title", "default", "maxLength", "maxItems", "$defs"} | ({"description"} if top else set())
    return {
        key: {name: _compact(one, definitions) for name, one in value.items()}
        if key == "properties"
        else _compact(value, definitions)
        for key, value in schema.items()
        if key not in left_out
    }


# --- Calling ----------------------------------------------------------------------------------------------------------

_OTHER_NAMES = {
    "formula_id": ("formula", "id", "formula_name", "name"),
    "inputs": ("parameters", "arguments", "args", "params", "input", "values", "variables", "operands"),
    "operands": ("inputs", "variables", "values", "arguments", "parameters", "args"),
    "expression": ("formula", "expr", "calculation"),
    "question": ("query", "q", "text", "input"),
    "query": ("question", "q", "text", "search"),
    "about": ("question", "query", "text"),
    "names": ("name", "inputs", "input"),
    "passage_ids": ("ids", "passages", "passage_id"),
    "document_id": ("document", "id"),
}
"""Argument → names that models give it; each counts only where the tool has no argument of that name."""

_ASKED = "calculator"
"""The tool that takes nothing but a question."""

_NAMES_OF_PAIRS = ("name", "key", "input", "parameter")
_BINDS = re.compile(r"[=:：]")
_BETWEEN_PAIRS = re.compile(r"[;；\n]|,(?=\s{0,9}[^\W\d]\w{0,60}\s{0,9}[=:])")


def call_tool(tools: Mapping[str, Tool], name: str, given: Mapping[str, Any]) -> dict[str, Any]:
    """What a tool returns for what a model gave; arguments that it does not have are named under "ignored".

    Raises:
        CallError: There is no such tool, or an argument is missing or cannot be read.
    """
    if name not in tools:
        if set(given) != {"question"} or _ASKED not in tools:
            raise _unknown(name, given, tools)
        name = _ASKED  # a name made up for a question that is to be answered
    try:
        arguments, ignored = _fit(tools[name], given)
        content: dict[str, Any] = json.loads(tools[name](**arguments))
    except RecursionError as error:
        raise CallError("the arguments are nested too deeply", where=name, next_step="send text and numbers") from error
    return content | ({"ignored": ignored} if ignored else {})


def _fit(tool: Tool, given: Mapping[str, Any]) -> tuple[dict[str, Any], list[str]]:
    """What is given as the tool's arguments, and the names of what is none of them.

    What has no name of the tool's is taken into its first mapping, where that is not given: inputs at the top level.
    """
    parameters = inspect.signature(tool).parameters
    rest = dict(given)
    found = {name: rest.pop(name) for name in parameters if name in rest}
    for name in parameters:
        if name not in found and (other := next((key for key in _OTHER_NAMES.get(name, ()) if key in rest), None)):
            found[name] = rest.pop(other)
    mapping = next((name for name, one in parameters.items() if _kind(one) is dict), None)
    if mapping and not found.get(mapping):
        found[mapping], rest = rest, {}
    while mapping and isinstance(within := found[mapping], Mapping) and any(name in within for name in parameters):
        # The tool's own arguments put inside its mapping: {"inputs": {"formula_id": …, "inputs": {…}, "power_w": …}}.
        own = {name: value for name, value in within.items() if name in parameters}
        inner = own.pop(mapping, None)
        outer = {name: value for name, value in within.items() if name not in parameters}
        found[mapping] = {**outer, **inner} if isinstance(inner, Mapping) else outer or inner
        found = own | found
    arguments: dict[str, Any] = {}
    for name, parameter in parameters.items():
        place = f"{tool.__name__}: {name}"
        kind, optional, sent = _kind(parameter), parameter.default is not parameter.empty, found.get(name)
        if kind is dict and optional and isinstance(sent, str) and not _BINDS.search(sent):
            rest[name] = sent  # one word where a mapping may stand: nothing that the calculation needs
            continue
        value = _READERS[kind](sent, place)
        if value is not None:
            arguments[name] = value
        elif name == mapping:
            arguments[name] = {}  # the tool itself says which inputs it lacks
        elif not optional:
            about = describe_tool(tool)["parameters"]["properties"][name].get("description", "").rstrip(".")
            raise CallError("it is missing" + (f" ({about})" if about else ""), where=place, next_step=f"send {name}")
    return arguments, sorted(rest)


def _unknown(name: str, given: Mapping[str, Any], tools: Mapping[str, Tool]) -> CallError:
    """The error for a tool that there is not, with the call that was probably meant."""
    called = find_called(name)
    advice = f"the tools are {', '.join(tools)}"
    if len(called) == 1 and "calculate" in tools:
        meant = {"formula_id": called[0].id, "inputs": given.get("inputs", given)}
        advice = f"send calculate with {_json(meant)[:600]}"
    elif _ASKED in tools:
        advice += f"; {_ASKED} with no arguments computes what the user asks"
    return CallError("there is no such tool", where=repr(name[:80]), next_step=advice)


def _json(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False, default=str)


# --- Reading one argument ---------------------------------------------------------------------------------------------


def _read_text(value: Any, place: str) -> str | None:
    if isinstance(value, Sequence) and not isinstance(value, str) and len(value) == 1:
        value = value[0]
    if isinstance(value, Mapping | list):
        raise CallError("it must be text", where=place, next_step=f"send {place.rpartition(' ')[2]} as a string")
    return None if value is None or not str(value).strip() else str(value).strip()


def _read_integer(value: Any, place: str) -> int | None:
    text = _read_text(value, place)
    if text is None or text.casefold() in ("null", "none"):
        return None
    if not re.fullmatch(r"[+-]?[0-9]{1,9}(?:\.0+)?", text):
        raise CallError(f"{text[:40]!r} is no whole number", where=place, next_step="send one, or leave it out")
    return int(text.partition(".")[0])


def _read_list(value: Any, place: str) -> list[str] | None:
    if isinstance(value, str):
        parsed = _parsed(value)
        value = parsed if isinstance(parsed, list) else re.split(r"[,;，；、]", _short(value, place))
    if isinstance(value, Mapping):
        value = list(value)
    if value is None:
        return None
    return [text for one in value if (text := _read_text(one, place))] or None


def _read_mapping(value: Any, place: str) -> dict[str, Any] | None:
    """Name → value as given, from an object, its JSON, a list of pairs or "a=1; b=2"."""
    if isinstance(value, str):
        parsed = _parsed(_short(value, place))
        pieces = _BETWEEN_PAIRS.split(value.strip(" {}"))
        value = parsed if parsed is not None else [one.strip() for one in pieces if one.strip()]
    if value is None or isinstance(value, Mapping):
        return {str(name): one for name, one in value.items()} if value else None
    pairs = [pair for one in value for pair in _pairs(one, place)] if isinstance(value, list) else []
    if len({name for name, _ in pairs}) != len(pairs) or not isinstance(value, list):
        raise CallError("it must be an object of names and values", where=place, next_step=_SEND_PAIRS)
    return dict(pairs) or None


_SEND_PAIRS = 'send {"name": "value with its unit", …}, each value under its name'


def _short(text: str, place: str) -> str:
    """The text, where it is not absurdly long."""
    if len(text) > _MOST_TEXT:
        raise CallError(f"it is longer than {_MOST_TEXT} characters", where=place, next_step="send less")
    return text


def _pairs(one: Any, place: str) -> Iterator[tuple[str, Any]]:
    """The names and values that an item of a list has."""
    if isinstance(one, str) and (found := re.fullmatch(r"([^=:：]+)[=:：](.*)", one, re.DOTALL)):
        yield found[1].strip(), found[2].strip()
    elif isinstance(one, list) and len(one) == 2 and isinstance(one[0], str):
        yield one[0], one[1]
    elif isinstance(one, Mapping) and (key := next((k for k in _NAMES_OF_PAIRS if isinstance(one.get(k), str)), None)):
        yield one[key], {name: value for name, value in one.items() if name != key}
    elif isinstance(one, Mapping):
        yield from ((str(name), value) for name, value in one.items())
    else:
        raise CallError(f"{_json(one)[:60]} has no name", where=place, next_step=_SEND_PAIRS)


def _parsed(text: str) -> Any:
    """What a text says in JSON; None where it is none."""
    try:
        return json.loads(text)
    except (ValueError, RecursionError):
        return None


_READERS: Mapping[Any, Callable[[Any, str], Any]] = {
    str: _read_text,
    int: _read_integer,
    list: _read_list,
    dict: _read_mapping,
}

# --- Calls written as text --------------------------------------------------------------------------------------------

_MOST_TEXT = 20_000
_MOST_CALLS = 8
_MOST_STARTS = 20
_CALLED = ("name", "tool", "tool_name", "function", "action")
_GIVEN = ("arguments", "parameters", "args", "input", "action_input", "tool_input")


def find_calls(text: str, tools: Sequence[Mapping[str, Any]]) -> list[Call]:
    """The calls that a model wrote as JSON in its text, fenced or bare; closing brackets left off are put back.

    Args:
        tools: Each as ``describe_tool`` does it; a call without a name is of the one tool whose arguments it has.
    """
    calls: list[Call] = []
    for found in _objects(text[:_MOST_TEXT]):
        call = _as_call(found, tools)
        if call and call not in calls:
            calls.append(call)
    return calls[:_MOST_CALLS]


def read_arguments(text: str) -> dict[str, Any]:
    """The arguments of a call whose JSON a model left unfinished; none where nothing can be read."""
    return next(_objects(text[:_MOST_TEXT]), {})


def _objects(text: str) -> Iterator[dict[str, Any]]:
    """The outermost JSON objects of a text."""
    decoder = json.JSONDecoder()
    at = text.find("{")
    for _ in range(_MOST_STARTS):
        if at < 0:
            return
        found, end = None, at + 1
        piece = text[at:].split("\n```")[0]
        for words in (piece, piece.rstrip() + _closing(piece)):
            try:
                found, length = decoder.raw_decode(words)
            except (ValueError, RecursionError):
                continue
            end = at + min(length, len(piece))
            break
        if isinstance(found, dict):
            yield found
        at = text.find("{", end)


def _closing(text: str) -> str:
    """The brackets that a text leaves open, closed."""
    closing: list[str] = []
    for mark in re.findall(r'"(?:[^"\\]|\\.)*+(?:"|\Z)|[{}\[\]]', text):
        if mark in "{[":
            closing.append("}" if mark == "{" else "]")
        elif mark in "}]" and closing:
            closing.pop()
    return "".join(reversed(closing))


def _as_call(found: Mapping[str, Any], tools: Sequence[Mapping[str, Any]]) -> Call | None:
    if isinstance(function := found.get("function"), Mapping):
        return _as_call(function, tools)
    key = next((key for key in _CALLED if isinstance(found.get(key), str)), None)
    names = {tool["name"] for tool in tools}
    if key is None:
        able = [tool["name"] for tool in tools if _suits(found, tool["parameters"])]
        return (able[0], dict(found)) if len(able) == 1 else None
    name = found[key].strip()
    given = next((found[one] for one in _GIVEN if one in found), None)
    given = _parsed(given) if isinstance(given, str) else given
    if isinstance(given, Mapping):
        return name, dict(given)
    flat = {one: value for one, value in found.items() if one != key and value is not None}
    return (name, flat) if name in names or (flat and len(find_called(name)) == 1) else None


def _suits(found: Mapping[str, Any], schema: Mapping[str, Any]) -> bool:
    required = schema.get("required") or list(schema["properties"])[:1]
    return bool(found) and set(found) <= set(schema["properties"]) and set(required) <= set(found)
