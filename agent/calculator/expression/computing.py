"""The range of each part of an expression, and of the whole."""

from collections.abc import Mapping
from decimal import Decimal
from fractions import Fraction
from itertools import product

from agent.calculator.expression.nodes import Node, occurrences, walk
from agent.calculator.expression.operands import Operand
from agent.calculator.expression.operations import OPERATIONS
from agent.calculator.expression.spans import Span, kept
from agent.calculator.formula import Bilingual
from agent.calculator.ranges import sampled
from agent.calculator.units import scale_of

_SAMPLES = 3000  # operations spent on sampling ranges
_EFFORT = {"**": 20, "sqrt": 20, "cagr": 80}  # how many others a root takes as long as

_SAMPLED = sampled("The expression repeats a given range", "某个范围在算式中出现多次")
_BOUNDED = Bilingual(
    "Several ranges stand more than once in the expression; the range given holds the result, but may be too wide.",
    "多个范围在算式中重复出现；结果必在所给范围内，但该范围可能偏宽。",
)
_ABOVE_WHOLE = Bilingual("The part is larger than the whole.", "部分大于整体。")
_OF_PERCENT = Bilingual(
    "This is the relative growth of a percentage, not a change in percentage points.",
    "此为百分比数值的相对增长率，并非百分点变化。",
)


def compute(root: Node, known: Mapping[str, Operand]) -> tuple[dict[int, Span], tuple[Bilingual, ...]]:
    """The span of every node by its id. Where a ranged operand stands more than once, the spans of the parts only
    bound the result, and it is sampled.
    """
    box = {name: one.span for name, one in known.items()}
    spans = spans_of(root, box)
    warnings = _cautions(root, spans)
    repeated = [name for name, times in occurrences(root).items() if times > 1 and box[name][0] != box[name][1]]
    if not repeated:
        return spans, warnings
    points = _SAMPLES // sum(_EFFORT.get(node.operation, 1) for node in walk(root))
    if points < 2 ** len(repeated):
        return spans, (*warnings, _BOUNDED)
    steps = int(points ** (1 / len(repeated)))
    steps -= steps > 2 and steps % 2 == 0  # an odd number has the middle among them
    found = [
        spans_of(root, box | {name: (at, at) for name, at in zip(repeated, place, strict=True)})[id(root)]
        for place in product(*(_along(box[name], steps) for name in repeated))
    ]
    span = (min(low for low, _ in found), max(high for _, high in found))
    return (spans, warnings) if span == spans[id(root)] else ({id(root): span}, (*warnings, _SAMPLED))


def _cautions(root: Node, spans: Mapping[int, Span]) -> tuple[Bilingual, ...]:
    found: dict[Bilingual, None] = {}
    for node in walk(root):
        if node.operation == "growth" and node.parts[0].unit == "%":
            found[_OF_PERCENT] = None
        elif node.operation == "share" and spans[id(node)][1] > 1:
            found[_ABOVE_WHOLE] = None
    return tuple(found)


def _along(span: Span, steps: int) -> list[Fraction]:
    low, high = span
    return [low + (high - low) * n / (steps - 1) for n in range(steps)]


def spans_of(root: Node, box: Mapping[str, Span]) -> dict[int, Span]:
    """The span of a node and of every node below it, by id, where the operands have the spans in ``box``."""
    spans: dict[int, Span] = {}
    for node in walk(root):
        if node.operation == "operand":
            spans[id(node)] = box[node.text]
        elif node.operation == "number":
            value = Fraction(Decimal(node.text))
            spans[id(node)] = (value, value)
        else:
            parts = [spans[id(part)] for part in node.parts]
            if node.operation == "cagr" and node.parts[2].unit:
                parts[2] = (parts[2][0] / scale_of("years"), parts[2][1] / scale_of("years"))
            low, high = OPERATIONS[node.operation].span(parts)
            spans[id(node)] = (kept(low), kept(high))
    return spans
