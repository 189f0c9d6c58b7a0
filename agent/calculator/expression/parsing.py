"""Read the text of an expression into a tree, refusing what is not on the list of operations."""

import ast
import keyword
import re
import unicodedata
from collections.abc import Mapping, Sequence
from decimal import Decimal

from agent.calculator.expression.computing import spans_of
from agent.calculator.expression.dimensions import power_unit
from agent.calculator.expression.nodes import Node, occurrences
from agent.calculator.expression.operands import Operand
from agent.calculator.expression.operations import FUNCTIONS, OPERATIONS
from agent.calculator.expression.writing import cut
from agent.calculator.units import LARGEST
from agent.errors import CalculationError
from corpus.quantities import flatten

_LONGEST = 500
_MOST_NODES = 200
_DEEPEST = 100

_PLAIN = str.maketrans(
    {"（": "(", "）": ")", "，": ",", "×": "*", "÷": "/", "∕": "/", "−": "-", "^": "**", "√": "sqrt"}
)
_TOKEN = re.compile(
    r"(?P<number>(?:[0-9]+(?:\.[0-9]*)?|\.[0-9]+)(?:[eE][+-]?[0-9]{1,3})?)(?![\w.])"
    r"|(?P<name>[^\W\d]\w*)|(?P<operator>\*\*|[-+*/(),])|(?P<space>\s+)"
)
_THOUSANDS = re.compile(r"(?<![\w.])[0-9]{1,3}(?:,[0-9]{3})+(?!\w)")
_ALLOWED = f"use numbers, operands, + - * / **, parentheses and {', '.join(FUNCTIONS)}"
_HINTS = {
    "%": "give a percentage as an operand, such as 30%",
    "=": "write only what is to be computed",
    '"': "write names without quotation marks",
    "'": "write names without quotation marks",
}
_OPERATORS: Mapping[type[ast.AST], str] = {
    ast.Add: "+", ast.Sub: "-", ast.Mult: "*", ast.Div: "/", ast.Pow: "**", ast.USub: "neg",
}  # fmt: skip


def read_tokens(expression: str) -> tuple[str, str, dict[int, str]]:
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
            "a comma may separate thousands or arguments", where=cut(text),
            next_step="write thousands without commas, and a space after a comma between arguments",
        )  # fmt: skip
    pieces: list[str] = []
    numbers: dict[int, str] = {}
    at = place = 0
    while at < len(plain):
        token = _TOKEN.match(plain, at)
        if token is None:
            advice = _HINTS.get(plain[at], _ALLOWED)
            raise CalculationError(f"{plain[at : at + 12]!r} is not understood", where=cut(text), next_step=advice)
        if token["number"]:
            numbers[place] = token["number"]
        if token["name"] and keyword.iskeyword(unicodedata.normalize("NFKC", token["name"])):
            raise CalculationError(f"{token['name']!r} is not allowed", where=cut(text), next_step=_ALLOWED)
        piece = "" if token["space"] else f"{token[0]} "
        pieces.append(piece)
        at, place = token.end(), place + len(piece.encode())
    return text, "".join(pieces), numbers


def parse(plain: str, numbers: Mapping[int, str], known: Mapping[str, Operand]) -> Node:
    """The tree of the operations."""
    try:
        tree = ast.parse(plain, mode="eval").body
    except (SyntaxError, ValueError, RecursionError, MemoryError) as error:
        raise CalculationError("it is not well formed, or nested too deeply", next_step=_ALLOWED) from error
    root = _Builder(numbers, known).build(tree, 1)
    used = occurrences(root)
    for name in known:
        if name not in used:
            raise CalculationError("the operand is not used", where=name, next_step="leave it out, or use it")
    return root


class _Builder:
    """Turns Python's tree into ours, refusing what is not on the list; checks units on the way."""

    def __init__(self, numbers: Mapping[int, str], known: Mapping[str, Operand]) -> None:
        self._numbers = numbers
        self._known = known
        self._count = 0

    def build(self, tree: ast.expr, depth: int) -> Node:
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

    def _constant(self, digits: str) -> Node:
        value = Decimal(digits)
        if value and not 1 / LARGEST <= value <= LARGEST:
            raise CalculationError(f"{digits} is absurdly large or small", next_step="check the number")
        return Node("number", (), "", digits)

    def _operand(self, name: str) -> Node:
        if name not in self._known:
            given = ", ".join(self._known)[:200] or "none"
            raise CalculationError(f"{name[:60]!r} is no operand", next_step=f"give its value; operands given: {given}")
        return Node("operand", (), self._known[name].input.unit, name)

    def _call(self, name: str, arguments: Sequence[ast.expr], depth: int) -> Node:
        if name not in FUNCTIONS:
            raise CalculationError(f"there is no function {name[:60]!r}", next_step=_ALLOWED)
        takes = OPERATIONS[name].takes
        if not arguments or (takes and len(arguments) != len(takes)):
            raise CalculationError(
                f"{name} got {len(arguments)} arguments", next_step=f"write {name}({', '.join(takes) or 'a, b, …'})"
            )
        return self._operation(name, arguments, depth)

    def _operation(self, name: str, parts: Sequence[ast.expr], depth: int) -> Node:
        nodes = tuple(self.build(part, depth + 1) for part in parts)
        return Node(name, nodes, self._power_unit(*nodes) if name == "**" else OPERATIONS[name].unit(nodes))

    def _power_unit(self, base: Node, exponent: Node) -> str:
        box = {name: one.span for name, one in self._known.items()}
        return power_unit(base, exponent, spans_of(exponent, box)[id(exponent)])
