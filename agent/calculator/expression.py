"""Arithmetic on named numbers: for ratios, differences, sums, shares, growth that no formula covers.

    >>> evaluate("(old - new) / old", {"old": "30 W", "new": "9 W"}, unit="%").shown()
    '70%'

Python's parser reads the text, but nothing of it is ever run: what is not in the short list of operations below is
refused. Numbers are fractions, so that sums, products and quotients are exact, and only roots are rounded (at the 60th
digit); a result has 34 digits. Each operation says what unit comes out of which, and what range out of which: a range
is exact where each ranged operand stands once.
"""

import ast
import keyword
import re
import unicodedata
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Context, Decimal, localcontext
from fractions import Fraction
from itertools import product

from agent.calculator.formula import Bilingual, Interval
from agent.calculator.result import Input, Number, Result, Value, rounded, show, tidy
from agent.calculator.units import (
    ABSOLUTE,
    LARGEST,
    PURE,
    divide_units,
    measure,
    multiply_units,
    raise_unit,
    read_quantity,
    read_unit,
    scale_of,
    written_unit,
)
from agent.errors import CalculationError
from corpus.quantities import flatten

VERSION = 1
NAME = Bilingual("Arithmetic on the given numbers", "按给定数值计算")
RESULT = Bilingual("result", "结果")

_LONGEST = 500
_MOST_NODES = 200
_DEEPEST = 100
_MOST_OPERANDS = 100
_LONGEST_NAME = 80
_LONGEST_QUOTE = 60
_MOST_DECIMALS = 30
_LARGEST_EXPONENT = 100
_LARGEST_STEP = 200  # an intermediate result, in base units, is below 2^200 (about 1e60)
_MOST_BITS = 4096  # of a fraction that is kept exact
_SAMPLES = 3000  # operations spent on sampling ranges
_EFFORT = {"**": 20, "sqrt": 20, "cagr": 80}  # how many others a root takes as long as

Span = tuple[Fraction, Fraction]
"""All numbers from the first to the second, in base units; the same twice for one number."""


@dataclass(frozen=True, slots=True)
class _Node:
    """A number, an operand, or an operation on its parts; ``text`` is a number's digits or an operand's name."""

    operation: str
    parts: tuple["_Node", ...]
    unit: str
    text: str = ""


@dataclass(frozen=True, slots=True)
class _Operand:
    """One operand as read."""

    input: Input
    span: Span


@dataclass(frozen=True, slots=True)
class _Operation:
    """What unit, and what range, comes out of an operation on parts with these units and ranges.

    Attributes:
        takes: Names of the arguments of a function; empty where it takes one or more.
    """

    unit: Callable[[Sequence[_Node]], str]
    span: Callable[[Sequence[Span]], Span]
    takes: tuple[str, ...] = ()


def evaluate(
    expression: str,
    operands: Mapping[str, str | int | float | Decimal],
    *,
    unit: str = "",
    decimals: int | None = None,
    meaning: Bilingual | None = None,
) -> Result:
    """Compute an expression over named operands.

    Args:
        expression: Numbers, operands, ``+ - * / **`` (also ``× ÷ − ^``), parentheses, and sum, average, min, max, abs,
            sqrt, count, growth(old, new), share(part, whole), cagr(first, last, years).
        operands: Name to a number, or to text with a unit or a range ("14–16 W"); a bare number has no unit.
        unit: Unit of the result; "" leaves it to the operands.
        decimals: Decimal places to show; the full precision is kept.
        meaning: What the result is.

    Raises:
        CalculationError: The expression holds anything else, an operand is unknown or unused, units do not fit, a
            divisor may be zero, or a number is out of bounds.
    """
    if decimals is not None and (type(decimals) is not int or not 0 <= decimals <= _MOST_DECIMALS):
        raise CalculationError(
            f"{decimals!r} is no number of places", where="decimals", next_step=f"ask for 0 to {_MOST_DECIMALS}"
        )
    with localcontext(_SHOWN):
        return _evaluate(expression, operands, unit, decimals, meaning or RESULT)


def recompute_expression(result: Result) -> Result:
    """Do it again from the words it was given in; an untouched result comes out equal, byte for byte.

    Raises:
        CalculationError: It is no result of ``evaluate``, has another version, or an operand no longer passes.
    """
    again = "calculate it again"
    if result.formula_id != "expression" or not result.inputs or len(result.outputs) != 1:
        raise CalculationError("it is no calculated expression", where=result.formula_id[:60], next_step=again)
    if result.version != VERSION:
        raise CalculationError(
            f"it was computed with version {result.version} and expressions are now version {VERSION}", next_step=again
        )
    text, *operands = result.inputs
    output = result.outputs[0]
    return evaluate(
        text.given, {one.name: one.given for one in operands},
        unit=output.unit, decimals=output.decimals, meaning=output.meaning,
    )  # fmt: skip


def _evaluate(
    expression: str, operands: Mapping[str, str | int | float | Decimal], unit: str, decimals: int | None,
    meaning: Bilingual,
) -> Result:  # fmt: skip
    known = _read_operands(operands)
    text, plain, numbers = _tokens(expression)
    try:
        root = _parse(plain, numbers, known)
        wanted = _result_unit(root, unit)
        spans, warnings = _compute(root, known)
        number = _checked(_number(spans[id(root)], wanted))
    except CalculationError as error:
        raise CalculationError(error.what, where=error.where or _cut(text), next_step=error.next_step) from error
    value = Value("result", "result", number, wanted, meaning, decimals=decimals)
    return Result(
        "expression", VERSION, NAME,
        (Input("expression", text, text, ""), *(one.input for one in known.values())),
        _steps(root, known, spans, value), (value,), warnings,
    )  # fmt: skip


def expression_numbers(expression: str) -> tuple[Decimal, ...]:
    """The numbers that an expression holds of its own, beside its operands.

    Raises:
        CalculationError: It is not understood.
    """
    return tuple(Decimal(digits) for digits in _tokens(expression)[2].values())


# --- Operands ---------------------------------------------------------------------------------------------------------


def _read_operands(operands: Mapping[str, str | int | float | Decimal]) -> dict[str, _Operand]:
    if len(operands) > _MOST_OPERANDS:
        raise CalculationError(f"{len(operands)} operands", next_step=f"give {_MOST_OPERANDS} at most")
    known: dict[str, _Operand] = {}
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


def _read_operand(name: str, given: str | int | float | Decimal) -> _Operand:
    advice = "give one number or range, with its unit if it has one"
    if isinstance(given, bool) or not isinstance(given, str | int | float | Decimal):
        raise CalculationError(f"a {type(given).__name__} is not a number", where=name, next_step=advice)
    if isinstance(given, int) and abs(given) > LARGEST:  # Python refuses to print integers of thousands of digits
        raise CalculationError("the number is absurdly large", where=name, next_step=advice)
    words = given.strip() if isinstance(given, str) else str(given)
    reading = read_quantity(words, where=name, advice=advice)
    if reading.bound not in ("=", "~"):
        raise CalculationError(f"{words!r} is a bound, not a number", where=name, next_step=advice)
    _checked(Interval(reading.low, reading.high), name)
    low, high = Fraction(reading.low), Fraction(reading.high)
    if reading.unit == "°F":
        unit, span = "°C", ((low - 32) * 5 / 9, (high - 32) * 5 / 9)
    else:
        unit, scale = written_unit(reading), scale_of(_canonical(reading.unit))
        span = (low * scale, high * scale)
    return _Operand(Input(name, words, _number(span, unit), unit), span)


def _number(span: Span, unit: str) -> Number:
    """A span in base units as a number or range in ``unit``."""
    low, high = (tidy(_decimal(end / scale_of(unit), _SHOWN)) for end in span)
    return low if low == high else Interval(low, high)


def _checked(number: Number, where: str = "") -> Number:
    for end in (number.low, number.high) if isinstance(number, Interval) else (number,):
        if end and not 1 / LARGEST <= abs(end) <= LARGEST:
            raise CalculationError(
                f"{show(end)} is absurdly large or small", where=where, next_step="check the operands and the unit"
            )
    return number


# --- Reading the expression -------------------------------------------------------------------------------------------

_PLAIN = str.maketrans(
    {"（": "(", "）": ")", "，": ",", "×": "*", "÷": "/", "∕": "/", "−": "-", "^": "**", "√": "sqrt"}
)
_TOKEN = re.compile(
    r"(?P<number>(?:[0-9]+(?:\.[0-9]*)?|\.[0-9]+)(?:[eE][+-]?[0-9]{1,3})?)(?![\w.])"
    r"|(?P<name>[^\W\d]\w*)|(?P<operator>\*\*|[-+*/(),])|(?P<space>\s+)"
)
_THOUSANDS = re.compile(r"(?<![\w.])[0-9]{1,3}(?:,[0-9]{3})+(?!\w)")
_ALLOWED = "use numbers, operands, + - * / **, parentheses and " + ", ".join(
    ("sum", "average", "min", "max", "abs", "sqrt", "count", "growth", "share", "cagr")
)
_HINTS = {
    "%": "give a percentage as an operand, such as 30%",
    "=": "write only what is to be computed",
    '"': "write names without quotation marks",
    "'": "write names without quotation marks",
}
_OPERATORS: Mapping[type[ast.AST], str] = {
    ast.Add: "+", ast.Sub: "-", ast.Mult: "*", ast.Div: "/", ast.Pow: "**", ast.USub: "neg",
}  # fmt: skip


def _tokens(expression: str) -> tuple[str, str, dict[int, str]]:
    """The expression as it was written, in Python's characters, and its numbers by their place there, in bytes."""
    if not isinstance(expression, str):
        raise CalculationError(
            f"a {type(expression).__name__} is no arithmetic", where="the expression", next_step=_ALLOWED
        )
    text = expression.strip()
    if not 0 < len(text) <= _LONGEST:
        raise CalculationError(
            f"it has {len(text)} characters", where="the expression", next_step=f"write 1 to {_LONGEST}"
        )
    plain = flatten(text).translate(_PLAIN)
    if _THOUSANDS.search(plain):
        raise CalculationError(
            "a comma may separate thousands or arguments", where=_cut(text),
            next_step="write thousands without commas, and a space after a comma between arguments",
        )  # fmt: skip
    pieces: list[str] = []
    numbers: dict[int, str] = {}
    at = place = 0
    while at < len(plain):
        token = _TOKEN.match(plain, at)
        if token is None:
            advice = _HINTS.get(plain[at], _ALLOWED)
            raise CalculationError(f"{plain[at : at + 12]!r} is not understood", where=_cut(text), next_step=advice)
        if token["number"]:
            numbers[place] = token["number"]
        if token["name"] and keyword.iskeyword(unicodedata.normalize("NFKC", token["name"])):
            raise CalculationError(f"{token['name']!r} is not allowed", where=_cut(text), next_step=_ALLOWED)
        piece = "" if token["space"] else f"{token[0]} "
        pieces.append(piece)
        at, place = token.end(), place + len(piece.encode())
    return text, "".join(pieces), numbers


def _parse(plain: str, numbers: Mapping[int, str], known: Mapping[str, _Operand]) -> _Node:
    """The tree of the operations."""
    try:
        tree = ast.parse(plain, mode="eval").body
    except (SyntaxError, ValueError, RecursionError, MemoryError) as error:
        raise CalculationError("it is not well formed, or nested too deeply", next_step=_ALLOWED) from error
    root = _Builder(numbers, known).build(tree, 1)
    used = _occurrences(root)
    for name in known:
        if name not in used:
            raise CalculationError("the operand is not used", where=name, next_step="leave it out, or use it")
    return root


def _cut(text: str) -> str:
    return text if len(text) <= _LONGEST_QUOTE else f"{text[: _LONGEST_QUOTE - 1]}…"


class _Builder:
    """Turns Python's tree into ours, refusing what is not on the list; checks units on the way."""

    def __init__(self, numbers: Mapping[int, str], known: Mapping[str, _Operand]) -> None:
        self._numbers = numbers
        self._known = known
        self._count = 0

    def build(self, tree: ast.expr, depth: int) -> _Node:
        self._count += 1
        if self._count > _MOST_NODES or depth > _DEEPEST:
            raise CalculationError(
                "it has too many operations, or is nested too deeply", next_step="split it into several"
            )
        match tree:
            case ast.Constant() if tree.col_offset in self._numbers:
                return self._constant(self._numbers[tree.col_offset])
            case ast.Name(id=name):
                return self._operand(name)
            case ast.UnaryOp(op=ast.UAdd(), operand=operand):
                return self.build(operand, depth + 1)
            case ast.UnaryOp(op=operator, operand=operand) if type(operator) in _OPERATORS:
                return self._operation(_OPERATORS[type(operator)], (operand,), depth)
            case ast.BinOp(left=left, op=operator, right=right) if type(operator) in _OPERATORS:
                return self._operation(_OPERATORS[type(operator)], (left, right), depth)
            case ast.Call(func=ast.Name(id=name), args=arguments, keywords=[]):
                return self._call(name, arguments, depth)
        raise CalculationError("it holds something else than arithmetic", next_step=_ALLOWED)

    def _constant(self, digits: str) -> _Node:
        value = Decimal(digits)
        if value and not 1 / LARGEST <= value <= LARGEST:
            raise CalculationError(f"{digits} is absurdly large or small", next_step="check the number")
        return _Node("number", (), "", digits)

    def _operand(self, name: str) -> _Node:
        if name not in self._known:
            given = ", ".join(self._known)[:200] or "none"
            raise CalculationError(f"{name[:60]!r} is no operand", next_step=f"give its value; operands given: {given}")
        return _Node("operand", (), self._known[name].input.unit, name)

    def _call(self, name: str, arguments: Sequence[ast.expr], depth: int) -> _Node:
        if name not in _FUNCTIONS:
            raise CalculationError(f"there is no function {name[:60]!r}", next_step=_ALLOWED)
        takes = _OPERATIONS[name].takes
        if not arguments or (takes and len(arguments) != len(takes)):
            raise CalculationError(
                f"{name} got {len(arguments)} arguments", next_step=f"write {name}({', '.join(takes) or 'a, b, …'})"
            )
        return self._operation(name, arguments, depth)

    def _operation(self, name: str, parts: Sequence[ast.expr], depth: int) -> _Node:
        nodes = tuple(self.build(part, depth + 1) for part in parts)
        unit = self._power_unit(*nodes) if name == "**" else _OPERATIONS[name].unit(nodes)
        return _Node(name, nodes, unit)

    def _power_unit(self, base: _Node, exponent: _Node) -> str:
        """The unit of a power, which depends on the exponent's value."""
        low, high = _spans(exponent, {name: one.span for name, one in self._known.items()})[id(exponent)]
        if exponent.unit not in ("", "x") or low != high:
            raise CalculationError(
                f"the exponent {_say(exponent)} is not one plain number", next_step="give one number"
            )
        if abs(low) > _LARGEST_EXPONENT or low.denominator > _LARGEST_EXPONENT:
            raise CalculationError(
                f"the exponent {_say(exponent)} is too large or too fine",
                next_step=f"use n or 1/n, n up to {_LARGEST_EXPONENT}",
            )
        _refuse_absolute(base)
        unit = raise_unit(base.unit, low)
        if unit is None:
            raise CalculationError(
                f"{_say(base)} in {base.unit} has no root with a unit", next_step="take the root of a ratio"
            )
        return unit


# --- Units ------------------------------------------------------------------------------------------------------------


def _sum_unit(nodes: Sequence[_Node]) -> str:
    unit = nodes[0].unit
    for node in nodes[1:]:
        unit = _two_unit(_Node(nodes[0].operation, nodes[0].parts, unit, nodes[0].text), node)
    return unit


def _two_unit(a: _Node, b: _Node) -> str:
    """The unit of a sum of two."""
    if a.unit in ABSOLUTE and b.unit in ABSOLUTE:
        raise _unfit(a, b, "added", f"add a difference in {ABSOLUTE[a.unit]} to a level or a temperature")
    if a.unit in ABSOLUTE or b.unit in ABSOLUTE:
        absolute, step = (a, b) if a.unit in ABSOLUTE else (b, a)
        if not _same(step.unit, ABSOLUTE[absolute.unit]):
            raise _unfit(a, b, "added", f"add a difference in {ABSOLUTE[absolute.unit]}")
        return absolute.unit
    return _like(a, b, "added")


def _difference_unit(nodes: Sequence[_Node]) -> str:
    a, b = nodes
    if a.unit in ABSOLUTE or b.unit in ABSOLUTE:
        if a.unit == b.unit:
            return ABSOLUTE[a.unit]
        if a.unit in ABSOLUTE and b.unit not in ABSOLUTE and _same(b.unit, ABSOLUTE[a.unit]):
            return a.unit
        raise _unfit(a, b, "subtracted", "take a difference off a level, or one level off another")
    unit = _like(a, b, "subtracted")
    return "pp" if a.unit == b.unit == "%" else unit


def _like(a: _Node, b: _Node, done: str) -> str:
    """The unit of two that measure the same: the first one's. The number 1 is a whole, which percent are parts of."""
    for one, other in ((a, b), (b, a)):
        if one.operation == "number" and Decimal(one.text) == 1 and other.unit == "%":
            return ""
    if a.unit in PURE or b.unit in PURE:
        plain = ("", "x")
        if a.unit == b.unit or (a.unit in plain and b.unit in plain):
            return a.unit
        raise _unfit(a, b, done, _ADVICE.get(frozenset((a.unit, b.unit)), "give both in one unit"))
    if not _same(a.unit, b.unit):
        raise _unfit(a, b, done, "give both in one unit")
    return a.unit


_ADVICE = {
    frozenset(
        ("%", "pp")
    ): "percent and percentage points do not add up; for what is left of a whole write 1 - (a + b)",
    frozenset(("%", "")): "write the whole as 1, or give both as percentages",
}


def _extreme_unit(nodes: Sequence[_Node]) -> str:
    first = nodes[0]
    for node in nodes[1:]:
        if first.unit in ABSOLUTE or node.unit in ABSOLUTE or first.unit in PURE or node.unit in PURE:
            if first.unit != node.unit:
                raise _unfit(first, node, "compared", "give both in one unit")
        elif not _same(first.unit, node.unit):
            raise _unfit(first, node, "compared", "give both in one unit")
    return first.unit


def _average_unit(nodes: Sequence[_Node]) -> str:
    if any(node.unit == "dBm" for node in nodes):
        raise _unfit(nodes[0], nodes[-1], "averaged", "turn levels into mW first")
    return _extreme_unit(nodes)


def _product_unit(nodes: Sequence[_Node]) -> str:
    a, b = nodes
    _refuse_absolute(a, b)
    if a.unit == b.unit == "dB":
        raise _unfit(a, b, "multiplied", "decibels are added")
    return multiply_units(a.unit, b.unit)


def _quotient_unit(nodes: Sequence[_Node]) -> str:
    _refuse_absolute(*nodes)
    return divide_units(nodes[0].unit, nodes[1].unit)


def _same_unit(nodes: Sequence[_Node]) -> str:
    _refuse_absolute(*nodes)
    return nodes[0].unit


def _root_unit(nodes: Sequence[_Node]) -> str:
    _refuse_absolute(*nodes)
    unit = raise_unit(nodes[0].unit, Fraction(1, 2))
    if unit is None:
        raise CalculationError(
            f"{_say(nodes[0])} in {nodes[0].unit} has no root with a unit", next_step="take the root of a ratio"
        )
    return unit


def _relative_unit(nodes: Sequence[_Node]) -> str:
    """A percentage of two that measure the same."""
    a, b = nodes[:2]
    _refuse_absolute(a, b)
    if "dB" in (a.unit, b.unit):
        raise _unfit(a, b, "set in proportion", "decibels are ratios already: take their difference")
    _extreme_unit((a, b))
    return "%"


def _yearly_unit(nodes: Sequence[_Node]) -> str:
    if nodes[2].unit and not _same(nodes[2].unit, "years"):
        raise CalculationError(f"{_say(nodes[2])} is in {nodes[2].unit}", next_step="give the number of years")
    return _relative_unit(nodes)


def _refuse_absolute(*nodes: _Node) -> None:
    for node in nodes:
        if node.unit in ABSOLUTE:
            raise CalculationError(
                f"{_say(node)} is in {node.unit}, whose zero is a convention: it has no multiples and no ratios",
                next_step=f"use a difference in {ABSOLUTE[node.unit]}",
            )


def _same(a: str, b: str) -> bool:
    if a in PURE or b in PURE:
        return a == b
    return measure(a).dimension == measure(b).dimension


def _unfit(a: _Node, b: _Node, done: str, advice: str) -> CalculationError:
    units = " and ".join(f"{_say(node)} ({node.unit or 'a bare number'})" for node in (a, b))
    return CalculationError(f"{units} cannot be {done}", next_step=advice)


def _result_unit(root: _Node, unit: str) -> str:
    """The unit asked for, when the result can be had in it; else the natural one."""
    if not isinstance(unit, str):
        raise CalculationError(f"a {type(unit).__name__} is no unit", next_step='write one such as "W"')
    if unit.strip() in ("", root.unit):
        return root.unit
    wanted = read_unit(unit)
    fractions = ("", "x", "%", "ppm")
    if wanted == root.unit or (wanted in fractions and root.unit in fractions):
        return wanted
    if {wanted, root.unit}.isdisjoint((*PURE, *ABSOLUTE)) and _same(wanted, root.unit):
        return wanted
    pair = frozenset((wanted, root.unit))
    raise CalculationError(
        f"the result is in {root.unit or 'no unit'}, which cannot be turned into {wanted}", where=_say(root),
        next_step=_ADVICE.get(pair, f"ask for {root.unit or 'no unit'}"),
    )  # fmt: skip


def _canonical(unit: str) -> str:
    return read_unit(unit) if unit else ""


# --- Numbers and ranges -----------------------------------------------------------------------------------------------


def _compute(root: _Node, known: Mapping[str, _Operand]) -> tuple[dict[int, Span], tuple[Bilingual, ...]]:
    """The span of every node by its id. Where a ranged operand stands more than once, the spans of the parts only
    bound the result, and it is sampled.
    """
    box = {name: one.span for name, one in known.items()}
    spans = _spans(root, box)
    warnings = _cautions(root, spans)
    repeated = [name for name, times in _occurrences(root).items() if times > 1 and box[name][0] != box[name][1]]
    if not repeated:
        return spans, warnings
    points = _SAMPLES // sum(_EFFORT.get(node.operation, 1) for node in _walk(root))
    if points < 2 ** len(repeated):
        return spans, (*warnings, _BOUNDED)
    steps = int(points ** (1 / len(repeated)))
    steps -= steps > 2 and steps % 2 == 0  # an odd number has the middle among them
    found = [
        _spans(root, box | {name: (at, at) for name, at in zip(repeated, place, strict=True)})[id(root)]
        for place in product(*(_along(box[name], steps) for name in repeated))
    ]
    span = (min(low for low, _ in found), max(high for _, high in found))
    return (spans, warnings) if span == spans[id(root)] else ({id(root): span}, (*warnings, _SAMPLED))


_SAMPLED = Bilingual(
    "A range stands more than once in the expression and was sampled; the ends may lie a little further out.",
    "某个范围在算式中出现多次，按取样计算，端点可能略有出入。",
)
_BOUNDED = Bilingual(
    "Several ranges stand more than once in the expression; the range given holds the result, but may be too wide.",
    "多个范围在算式中重复出现；结果必在所给范围内，但该范围可能偏宽。",
)
_NEGATIVE_BASE = Bilingual(
    "Growth is counted from a negative figure, so its sign does not say which way it went.",
    "增长率以负数为基数，其正负号不反映变化方向。",
)
_ABOVE_WHOLE = Bilingual("The part is larger than the whole.", "部分大于整体。")
_OF_PERCENT = Bilingual(
    "This is the relative growth of a percentage, not a change in percentage points.",
    "此为百分比数值的相对增长率，并非百分点变化。",
)


def _cautions(root: _Node, spans: Mapping[int, Span]) -> tuple[Bilingual, ...]:
    found: dict[Bilingual, None] = {}
    for node in _walk(root):
        if node.operation == "growth":
            if spans[id(node.parts[0])][0] < 0:
                found[_NEGATIVE_BASE] = None
            if node.parts[0].unit == "%":
                found[_OF_PERCENT] = None
        elif node.operation == "share" and spans[id(node)][1] > 1:
            found[_ABOVE_WHOLE] = None
    return tuple(found)


def _along(span: Span, steps: int) -> list[Fraction]:
    low, high = span
    return [low + (high - low) * n / (steps - 1) for n in range(steps)]


def _spans(root: _Node, box: Mapping[str, Span]) -> dict[int, Span]:
    """The span of a node and of every node below it, by id, where the operands have the spans in ``box``."""
    spans: dict[int, Span] = {}
    for node in _walk(root):
        if node.operation == "operand":
            spans[id(node)] = box[node.text]
        elif node.operation == "number":
            value = Fraction(Decimal(node.text))
            spans[id(node)] = (value, value)
        else:
            parts = [spans[id(part)] for part in node.parts]
            if node.operation == "cagr" and node.parts[2].unit:
                parts[2] = (parts[2][0] / scale_of("years"), parts[2][1] / scale_of("years"))
            low, high = _OPERATIONS[node.operation].span(parts)
            spans[id(node)] = (_kept(low), _kept(high))
    return spans


def _kept(value: Fraction) -> Fraction:
    """The value, rounded at the 60th digit once its fraction grows long."""
    bits, below = value.numerator.bit_length(), value.denominator.bit_length()
    if value and abs(bits - below) > _LARGEST_STEP:
        raise _too_large()
    return value if bits + below <= _MOST_BITS else Fraction(_decimal(value))


def _too_large() -> CalculationError:
    return CalculationError("an intermediate result is absurdly large or small", next_step="check the exponents")


_WORKING = Context(prec=60)
_SHOWN = Context(prec=34)


def _decimal(value: Fraction, context: Context = _WORKING) -> Decimal:
    return context.divide(Decimal(value.numerator), Decimal(value.denominator))


def _add(spans: Sequence[Span]) -> Span:
    return sum((low for low, _ in spans), Fraction(0)), sum((high for _, high in spans), Fraction(0))


def _subtract(spans: Sequence[Span]) -> Span:
    (a, b), (c, d) = spans
    return a - d, b - c


def _negate(spans: Sequence[Span]) -> Span:
    ((low, high),) = spans
    return -high, -low


def _multiply(spans: Sequence[Span]) -> Span:
    (a, b), (c, d) = spans
    corners = (a * c, a * d, b * c, b * d)
    return min(corners), max(corners)


def _divide(spans: Sequence[Span]) -> Span:
    (a, b), (c, d) = spans
    if c <= 0 <= d:
        what = "a divisor is zero" if c == d else "a divisor may be zero: its range contains it"
        raise CalculationError(what, next_step="check the operands")
    corners = (a / c, a / d, b / c, b / d)
    return min(corners), max(corners)


def _raise(spans: Sequence[Span]) -> Span:
    (low, high), (exponent, _) = spans
    if exponent < 0:
        return _divide(((Fraction(1), Fraction(1)), _raise(((low, high), (-exponent, -exponent)))))
    ends = [_power(low, exponent), _power(high, exponent)]
    if low < 0 < high and exponent:
        ends.append(Fraction(0))
    return min(ends), max(ends)


def _power(base: Fraction, exponent: Fraction) -> Fraction:
    """A power with an exponent from 0; a root of fractions that is one itself is exact."""
    n, root = exponent.numerator, exponent.denominator
    if not n or not base:
        return Fraction(int(not n))
    bits = base.numerator.bit_length() + base.denominator.bit_length()
    if abs(base.numerator.bit_length() - base.denominator.bit_length()) * exponent > 2 * _LARGEST_STEP:
        raise _too_large()
    exact = bits * n <= 4 * _MOST_BITS
    if root == 1:
        return base**n if exact else Fraction(_WORKING.power(_decimal(base), n))
    if base < 0:
        raise CalculationError("the root of a negative number", next_step="check the operands")
    found = _WORKING.power(_decimal(base), _WORKING.divide(Decimal(n), Decimal(root)))
    near = Fraction(found).limit_denominator(10**15)
    return (
        near
        if exact and near.numerator.bit_length() * root <= 4 * _MOST_BITS and near**root == base**n
        else Fraction(found)
    )


def _root(spans: Sequence[Span]) -> Span:
    half = Fraction(1, 2)
    return _raise((spans[0], (half, half)))


def _magnitude(spans: Sequence[Span]) -> Span:
    ((low, high),) = spans
    ends = (abs(low), abs(high))
    return Fraction(0) if low < 0 < high else min(ends), max(ends)


def _average(spans: Sequence[Span]) -> Span:
    low, high = _add(spans)
    return low / len(spans), high / len(spans)


def _smallest(spans: Sequence[Span]) -> Span:
    return min(low for low, _ in spans), min(high for _, high in spans)


def _largest(spans: Sequence[Span]) -> Span:
    return max(low for low, _ in spans), max(high for _, high in spans)


def _count(spans: Sequence[Span]) -> Span:
    return Fraction(len(spans)), Fraction(len(spans))


def _grow(spans: Sequence[Span]) -> Span:
    old, new = spans
    low, high = _divide((new, old))
    return low - 1, high - 1


def _compound(spans: Sequence[Span]) -> Span:
    first, last, (fewest, most) = spans
    if first[0] <= 0 or last[0] < 0:
        raise CalculationError("a yearly rate between figures that are not positive", next_step="check first and last")
    if not 0 < fewest <= most <= _LARGEST_EXPONENT:
        raise CalculationError("the number of years is out of range", next_step=f"give up to {_LARGEST_EXPONENT}")
    ratios = _divide((last, first))
    rates = [_power(ratio, 1 / years) - 1 for ratio in ratios for years in (fewest, most)]
    return min(rates), max(rates)


_FUNCTIONS = {
    "sum": _Operation(_sum_unit, _add),
    "average": _Operation(_average_unit, _average),
    "min": _Operation(_extreme_unit, _smallest),
    "max": _Operation(_extreme_unit, _largest),
    "abs": _Operation(_same_unit, _magnitude, ("a",)),
    "sqrt": _Operation(_root_unit, _root, ("a",)),
    "count": _Operation(lambda _: "", _count),
    "growth": _Operation(_relative_unit, _grow, ("old", "new")),
    "share": _Operation(_relative_unit, _divide, ("part", "whole")),
    "cagr": _Operation(_yearly_unit, _compound, ("first", "last", "years")),
}
_OPERATIONS = _FUNCTIONS | {
    "+": _Operation(_sum_unit, _add),
    "-": _Operation(_difference_unit, _subtract),
    "*": _Operation(_product_unit, _multiply),
    "/": _Operation(_quotient_unit, _divide),
    "**": _Operation(lambda _: "", _raise),
    "neg": _Operation(_same_unit, _negate),
}


# --- The tree ---------------------------------------------------------------------------------------------------------


def _walk(root: _Node) -> Iterator[_Node]:
    """The node and all below it, parts before the whole."""
    found, waiting = [], [root]
    while waiting:
        found.append(waiting.pop())
        waiting += found[-1].parts
    return reversed(found)


def _occurrences(node: _Node) -> Counter[str]:
    return Counter(below.text for below in _walk(node) if below.operation == "operand")


# --- Steps ------------------------------------------------------------------------------------------------------------

_SIGNS = {"+": "+", "-": "−", "*": "×", "/": "÷", "**": "^", "neg": "−"}
_BINDING = {"+": 1, "-": 1, "*": 2, "/": 2, "neg": 2, "**": 3}


def _say(node: _Node) -> str:
    """A node in symbols, cut short, for messages."""
    return _cut(_write(node, lambda leaf: leaf.text))


def _write(node: _Node, leaf: Callable[[_Node], str], done: Mapping[int, str] | None = None) -> str:
    """A node in people's signs; ``leaf`` writes numbers and operands, ``done`` nodes computed before."""
    if done and id(node) in done:
        return done[id(node)]
    if not node.parts:
        return leaf(node)
    parts = [_write(part, leaf, done) for part in node.parts]
    if node.operation in _FUNCTIONS:
        return f"√({parts[0]})" if node.operation == "sqrt" else f"{node.operation}({', '.join(parts)})"
    binding = _BINDING[node.operation]
    for index, part in enumerate(node.parts):
        below = 9 if done and id(part) in done else _BINDING.get(part.operation, 9)
        looser = below < binding or (below == binding and (index == 1 or node.operation in ("**", "neg")))
        if looser or (part.operation == "neg" and index == 1):
            parts[index] = f"({parts[index]})"
    sign = _SIGNS[node.operation]
    if node.operation == "neg":
        return f"{sign}{parts[0]}"
    return f"{parts[0]}^{parts[1]}" if sign == "^" else f"{parts[0]} {sign} {parts[1]}"


def _steps(root: _Node, known: Mapping[str, _Operand], spans: Mapping[int, Span], value: Value) -> tuple[str, ...]:
    """The expression in symbols and in numbers, what its parts come to, and the result."""
    powers = {id(node.parts[0]) for node in _walk(root) if node.operation == "**"}

    def leaf(node: _Node) -> str:
        if node.operation == "number":
            return node.text
        one = known[node.text]
        return _enclosed(_number(one.span, one.input.unit), one.input.unit, power=id(node) in powers)

    lines = [f"result = {_write(root, lambda leaf: leaf.text)}", f"result = {_write(root, leaf)}"]
    done: dict[int, str] = {}
    rough = False
    for node in _parts_to_show(root):
        if id(node) not in spans:  # sampled: the parts have no ranges that would add up to the result's
            continue
        number = _number(spans[id(node)], node.unit)
        rough = rough or not _is_exact(number)
        lines.append(f"{_write(node, leaf, done)} {'=' if _is_exact(number) else '≈'} {show(number, node.unit)}")
        done[id(node)] = _enclosed(number, node.unit, power=id(node) in powers)
    if done:
        lines.append(f"result {'≈' if rough else '='} {_write(root, leaf, done)}")
    number = _number(spans[id(root)], value.unit)
    lines.append(f"result {'=' if _is_exact(number) else '≈'} {show(number, value.unit)}")
    return tuple(dict.fromkeys(lines))


def _parts_to_show(root: _Node) -> list[_Node]:
    """The parts worth a line of their own: no left end of a chain such as a + b + c, no mere sign, no exponent."""
    return [
        part
        for node in _walk(root)
        for index, part in enumerate(node.parts)
        if part.parts
        and part.operation != "neg"
        and not (node.operation == "**" and index == 1)
        and not (index == 0 and part.operation != "**" and _BINDING.get(part.operation) == _BINDING.get(node.operation))
    ]


def _enclosed(value: Number, unit: str, *, power: bool) -> str:
    """A number within a line of arithmetic, in parentheses where it would be misread."""
    words = show(value, unit)
    needs = isinstance(value, Interval) or value < 0 or (power and unit) or "×10" in words
    return f"({words})" if needs else words


def _is_exact(value: Number) -> bool:
    ends = (value.low, value.high) if isinstance(value, Interval) else (value,)
    return all(rounded(end) == end for end in ends)
