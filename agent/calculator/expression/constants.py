"""Whether an expression brings in numbers of its own: all it computes with should come from its operands.

Allowed are the 1 of "1 − a / b", a division by 2, and the 100 that turns a quotient into per cent; "a × (1 + 2)" is a
number made up.
"""

import ast
from collections.abc import Callable
from decimal import Decimal

from agent.calculator.expression.parsing import read_tokens
from agent.errors import CalculationError


def adds_nothing(expression: str, known: Callable[[Decimal], bool]) -> bool:
    """Whether an expression has operands, and every number in it is one of the plain ones or ``known``.

    Args:
        known: Whether a number stands where it may come from: in the question.
    """
    try:
        tree = ast.parse(read_tokens(expression)[1], mode="eval").body
    except (CalculationError, SyntaxError, ValueError, RecursionError):
        return False
    if not _operands(tree) or (isinstance(tree, ast.UnaryOp) and isinstance(tree.operand, ast.Name)):
        return False
    used: list[Decimal] = []
    for node in ast.walk(tree):
        if isinstance(node, ast.Call) and getattr(node.func, "id", "") == "count":
            names = [getattr(argument, "id", "") for argument in node.args]
            if "" in names or len(set(names)) != len(names):
                return False
        for left, right in _sides(node):
            for constant, other in ((left, right), (right, left)):
                if not isinstance(constant, ast.Constant):
                    continue
                value = Decimal(str(constant.value))
                if not (known(value) or (_operands(other) and _plain(value, node, constant is right, other))):
                    return False
                used.append(value)
    constants = [node for node in ast.walk(tree) if isinstance(node, ast.Constant)]
    return len(constants) == len(used) and len(set(used)) == len(used)


def _sides(node: ast.AST) -> list[tuple[ast.expr, ast.expr]]:
    return [(node.left, node.right)] if isinstance(node, ast.BinOp) else []


def _plain(value: Decimal, node: ast.AST, at_right: bool, other: ast.expr) -> bool:
    """Whether a number plays one of the parts that need no source."""
    operator = node.op if isinstance(node, ast.BinOp) else None
    if value == 1:
        return isinstance(operator, ast.Add | ast.Sub)
    if value == 2:
        return isinstance(operator, ast.Div) and at_right
    quotient = any(isinstance(part, ast.BinOp) and isinstance(part.op, ast.Div) for part in ast.walk(other))
    return value == 100 and isinstance(operator, ast.Mult) and quotient


def _operands(tree: ast.expr) -> set[str]:
    called = {getattr(node.func, "id", "") for node in ast.walk(tree) if isinstance(node, ast.Call)}
    return {node.id for node in ast.walk(tree) if isinstance(node, ast.Name)} - called
