"""Write an expression in people's signs: in messages, and in the steps of a result."""

from collections.abc import Callable, Mapping

from agent.calculator.expression.nodes import Node, walk
from agent.calculator.expression.operands import Operand
from agent.calculator.expression.spans import Span, number_of
from agent.calculator.formula import Interval
from agent.calculator.result import Number, Value, rounded, show

_LONGEST_QUOTE = 60
_SIGNS = {"+": "+", "-": "−", "*": "×", "/": "÷", "**": "^", "neg": "−"}
_BINDING = {"+": 1, "-": 1, "*": 2, "/": 2, "neg": 2, "**": 3}


def cut(text: str) -> str:
    """The text, cut short for messages."""
    return text if len(text) <= _LONGEST_QUOTE else f"{text[: _LONGEST_QUOTE - 1]}…"


def say(node: Node) -> str:
    """A node in symbols, cut short, for messages."""
    return cut(_write(node, lambda leaf: leaf.text))


def _write(node: Node, leaf: Callable[[Node], str], done: Mapping[int, str] | None = None) -> str:
    """A node in people's signs; ``leaf`` writes numbers and operands, ``done`` nodes computed before."""
    if done and id(node) in done:
        return done[id(node)]
    if not node.parts:
        return leaf(node)
    parts = [_write(part, leaf, done) for part in node.parts]
    if node.operation not in _BINDING:
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


def write_steps(root: Node, known: Mapping[str, Operand], spans: Mapping[int, Span], value: Value) -> tuple[str, ...]:
    """The expression in symbols and in numbers, what its parts come to, and the result."""
    powers = {id(node.parts[0]) for node in walk(root) if node.operation == "**"}

    def leaf(node: Node) -> str:
        if node.operation == "number":
            return node.text
        one = known[node.text]
        return _enclosed(number_of(one.span, one.input.unit), one.input.unit, power=id(node) in powers)

    lines = [f"result = {_write(root, lambda leaf: leaf.text)}", f"result = {_write(root, leaf)}"]
    done: dict[int, str] = {}
    rough = False
    for node in _parts_to_show(root):
        if id(node) not in spans:  # sampled: the parts have no ranges that would add up to the result's
            continue
        number = number_of(spans[id(node)], node.unit)
        rough = rough or not _is_exact(number)
        lines.append(f"{_write(node, leaf, done)} {'=' if _is_exact(number) else '≈'} {show(number, node.unit)}")
        done[id(node)] = _enclosed(number, node.unit, power=id(node) in powers)
    if done:
        lines.append(f"result {'≈' if rough else '='} {_write(root, leaf, done)}")
    number = number_of(spans[id(root)], value.unit)
    lines.append(f"result {'=' if _is_exact(number) else '≈'} {show(number, value.unit)}")
    return tuple(dict.fromkeys(lines))


def _parts_to_show(root: Node) -> list[Node]:
    """The parts worth a line of their own: no left end of a chain such as a + b + c, no mere sign, no exponent."""
    return [
        part
        for node in walk(root)
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
