"""Arithmetic on named numbers: for ratios, differences, sums, shares, growth that no formula covers.

    >>> evaluate("(old - new) / old", {"old": "30 W", "new": "9 W"}, unit="%").shown()
    '70%'

evaluation.py    Evaluate an expression, and do it again.
operands.py      The operands: their names and what they stand for.
parsing.py       Read the text into a tree, refusing what is not on the list of operations.
nodes.py         The tree.
operations.py    The list of operations.
dimensions.py    What unit comes out of each operation.
spans.py         What range comes out of each operation.
computing.py     The range of each part and of the whole.
writing.py       The steps, in people's signs.
constants.py     Whether an expression brings in numbers of its own.

Python's parser reads the text, but nothing of it is ever run: what is not in the short list of operations is refused.
Numbers are fractions, so that sums, products and quotients are exact, and only roots are rounded (at the 60th digit); a
result has 34 digits. Each operation says what unit comes out of which, and what range out of which: a range is exact
where each ranged operand stands once.
"""

from agent.calculator.expression.constants import adds_nothing
from agent.calculator.expression.evaluation import evaluate, recompute_expression

__all__ = ["adds_nothing", "evaluate", "recompute_expression"]
