"""How many digits a result has, and what is computed with digits to spare."""

from collections.abc import Callable
from decimal import Context, Decimal, localcontext

DIGITS = 34
"""Of every result."""

KEPT = Context(prec=DIGITS)
"""What every result is rounded in; enter it with ``localcontext``, which copies it."""

PI = Decimal("3.14159265358979323846264338327950288419716939937511")

GUARD_DIGITS = 16
"""To spare, so that the last of ``DIGITS`` is right."""

MANY_DIGITS = 120
"""For differences that leave few of them."""


def guarded(compute: Callable[[], Decimal], digits: int = DIGITS + GUARD_DIGITS) -> Decimal:
    """What is computed with digits to spare and then rounded as all else is: the cube root of 64 is 4."""
    with localcontext() as context:
        context.prec = digits
        exact = compute()
    return +exact
