"""The tree of an expression: its numbers, operands and operations."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Node:
    """A number, an operand, or an operation on its parts; ``text`` is a number's digits or an operand's name."""

    operation: str
    parts: tuple["Node", ...]
    unit: str
    text: str = ""


def walk(root: Node) -> Iterator[Node]:
    """The node and all below it, parts before the whole."""
    found, waiting = [], [root]
    while waiting:
        found.append(waiting.pop())
        waiting += found[-1].parts
    return reversed(found)


def occurrences(node: Node) -> Counter[str]:
    """How many times each operand stands in a node."""
    return Counter(below.text for below in walk(node) if below.operation == "operand")
