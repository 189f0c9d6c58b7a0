"""The short list of what may be done: each operation with the unit and the range that come out of it."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from agent.calculator.expression import dimensions, spans
from agent.calculator.expression.nodes import Node
from agent.calculator.expression.spans import Span


@dataclass(frozen=True, slots=True)
class Operation:
    """What unit, and what range, comes out of an operation on parts with these units and ranges.

    Attributes:
        takes: Names of the arguments of a function; empty where it takes one or more.
    """

    unit: Callable[[Sequence[Node]], str]
    span: Callable[[Sequence[Span]], Span]
    takes: tuple[str, ...] = ()


FUNCTIONS = {
    "sum": Operation(dimensions.sum_unit, spans.add),
    "average": Operation(dimensions.average_unit, spans.average),
    "min": Operation(dimensions.extreme_unit, spans.smallest),
    "max": Operation(dimensions.extreme_unit, spans.largest),
    "abs": Operation(dimensions.same_unit, spans.magnitude, ("a",)),
    "sqrt": Operation(dimensions.root_unit, spans.root, ("a",)),
    "count": Operation(lambda _: "", spans.count),
    "growth": Operation(dimensions.relative_unit, spans.grow, ("old", "new")),
    "share": Operation(dimensions.relative_unit, spans.divide, ("part", "whole")),
    "cagr": Operation(dimensions.yearly_unit, spans.compound, ("first", "last", "years")),
}
OPERATIONS = FUNCTIONS | {
    "+": Operation(dimensions.sum_unit, spans.add),
    "-": Operation(dimensions.difference_unit, spans.subtract),
    "*": Operation(dimensions.product_unit, spans.multiply),
    "/": Operation(dimensions.quotient_unit, spans.divide),
    "**": Operation(lambda _: "", spans.power),
    "neg": Operation(dimensions.same_unit, spans.negate),
}
