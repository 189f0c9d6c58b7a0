"""What unit comes out of each operation, and which units do not go together."""

from collections.abc import Sequence
from decimal import Decimal
from fractions import Fraction

from agent.calculator.expression.nodes import Node
from agent.calculator.expression.spans import LARGEST_EXPONENT, Span
from agent.calculator.expression.writing import say
from agent.calculator.units import ABSOLUTE, PURE, divide_units, measure, multiply_units, raise_unit, read_unit
from agent.errors import CalculationError

_ADVICE = {
    frozenset(
        ("%", "pp")
    ): "percent and percentage points do not add up; for what is left of a whole write 1 - (a + b)",
    frozenset(("%", "")): "write the whole as 1, or give both as percentages",
}


def sum_unit(nodes: Sequence[Node]) -> str:
    """The unit of a sum, the first one's where they differ in scale alone."""
    unit = nodes[0].unit
    for node in nodes[1:]:
        unit = _two_unit(Node(nodes[0].operation, nodes[0].parts, unit, nodes[0].text), node)
    return unit


def _two_unit(a: Node, b: Node) -> str:
    """The unit of a sum of two."""
    if a.unit in ABSOLUTE and b.unit in ABSOLUTE:
        raise _unfit(a, b, "added", f"add a difference in {ABSOLUTE[a.unit]} to a level or a temperature")
    if a.unit in ABSOLUTE or b.unit in ABSOLUTE:
        absolute, step = (a, b) if a.unit in ABSOLUTE else (b, a)
        if not _same(step.unit, ABSOLUTE[absolute.unit]):
            raise _unfit(a, b, "added", f"add a difference in {ABSOLUTE[absolute.unit]}")
        return absolute.unit
    return _like(a, b, "added")


def difference_unit(nodes: Sequence[Node]) -> str:
    """The unit of a difference: percentage points between two percentages, decibels between two levels."""
    a, b = nodes
    if a.unit in ABSOLUTE or b.unit in ABSOLUTE:
        if a.unit == b.unit:
            return ABSOLUTE[a.unit]
        if a.unit in ABSOLUTE and b.unit not in ABSOLUTE and _same(b.unit, ABSOLUTE[a.unit]):
            return a.unit
        raise _unfit(a, b, "subtracted", "take a difference off a level, or one level off another")
    unit = _like(a, b, "subtracted")
    return "pp" if a.unit == b.unit == "%" else unit


def _like(a: Node, b: Node, done: str) -> str:
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


def extreme_unit(nodes: Sequence[Node]) -> str:
    """The unit of the least or the most of several."""
    first = nodes[0]
    for node in nodes[1:]:
        if first.unit in ABSOLUTE or node.unit in ABSOLUTE or first.unit in PURE or node.unit in PURE:
            if first.unit != node.unit:
                raise _unfit(first, node, "compared", "give both in one unit")
        elif not _same(first.unit, node.unit):
            raise _unfit(first, node, "compared", "give both in one unit")
    return first.unit


def average_unit(nodes: Sequence[Node]) -> str:
    """The unit of a mean, which levels have none of."""
    if any(node.unit == "dBm" for node in nodes):
        raise _unfit(nodes[0], nodes[-1], "averaged", "turn levels into mW first")
    return extreme_unit(nodes)


def product_unit(nodes: Sequence[Node]) -> str:
    """The unit of a product."""
    a, b = nodes
    _refuse_absolute(a, b)
    if a.unit == b.unit == "dB":
        raise _unfit(a, b, "multiplied", "decibels are added")
    return multiply_units(a.unit, b.unit)


def quotient_unit(nodes: Sequence[Node]) -> str:
    """The unit of a quotient."""
    _refuse_absolute(*nodes)
    return divide_units(nodes[0].unit, nodes[1].unit)


def same_unit(nodes: Sequence[Node]) -> str:
    """The unit of what is only turned in sign."""
    _refuse_absolute(*nodes)
    return nodes[0].unit


def root_unit(nodes: Sequence[Node]) -> str:
    """The unit of a square root."""
    return _raised(nodes[0], Fraction(1, 2))


def power_unit(base: Node, exponent: Node, span: Span) -> str:
    """The unit of a power, which depends on the exponent's value."""
    low, high = span
    if exponent.unit not in ("", "x") or low != high:
        raise CalculationError(f"the exponent {say(exponent)} is not one plain number", next_step="give one number")
    if abs(low) > LARGEST_EXPONENT or low.denominator > LARGEST_EXPONENT:
        raise CalculationError(
            f"the exponent {say(exponent)} is too large or too fine",
            next_step=f"use n or 1/n, n up to {LARGEST_EXPONENT}",
        )
    return _raised(base, low)


def _raised(node: Node, exponent: Fraction) -> str:
    _refuse_absolute(node)
    unit = raise_unit(node.unit, exponent)
    if unit is None:
        raise CalculationError(
            f"{say(node)} in {node.unit} has no root with a unit", next_step="take the root of a ratio"
        )
    return unit


def relative_unit(nodes: Sequence[Node]) -> str:
    """A percentage of two that measure the same."""
    a, b = nodes[:2]
    _refuse_absolute(a, b)
    if "dB" in (a.unit, b.unit):
        raise _unfit(a, b, "set in proportion", "decibels are ratios already: take their difference")
    extreme_unit((a, b))
    return "%"


def yearly_unit(nodes: Sequence[Node]) -> str:
    """A percentage of two that measure the same, over a number of years."""
    if nodes[2].unit and not _same(nodes[2].unit, "years"):
        raise CalculationError(f"{say(nodes[2])} is in {nodes[2].unit}", next_step="give the number of years")
    return relative_unit(nodes)


def _refuse_absolute(*nodes: Node) -> None:
    for node in nodes:
        if node.unit in ABSOLUTE:
            raise CalculationError(
                f"{say(node)} is in {node.unit}, whose zero is a convention: it has no multiples and no ratios",
                next_step=f"use a difference in {ABSOLUTE[node.unit]}",
            )


def _same(a: str, b: str) -> bool:
    if a in PURE or b in PURE:
        return a == b
    return measure(a).dimension == measure(b).dimension


def _unfit(a: Node, b: Node, done: str, advice: str) -> CalculationError:
    units = " and ".join(f"{say(node)} ({node.unit or 'a bare number'})" for node in (a, b))
    return CalculationError(f"{units} cannot be {done}", next_step=advice)


def result_unit(root: Node, unit: str) -> str:
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
        f"the result is in {root.unit or 'no unit'}, which cannot be turned into {wanted}", where=say(root),
        next_step=_ADVICE.get(pair, f"ask for {root.unit or 'no unit'}"),
    )  # fmt: skip
