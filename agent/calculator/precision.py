"""How many digits a result has, what is computed with digits to spare, and how many decimals may be asked for."""

from collections.abc import Callable
from decimal import Context, Decimal, localcontext

from agent.errors import CalculationError

DIGITS = 34
"""Of every result."""

KEPT = Context(prec=DIGITS)
"""What every result is rounded in; enter it with ``localcontext``, which copies it."""

PI = Decimal("3.14159265358979323846264338327950288419716939937511")

GUARD_DIGITS = 16
"""To spare, so that the last of ``DIGITS`` is right."""

MANY_DIGITS = 120
"""For differences that leave few of them."""

_MOST_DECIMALS = 30


def guarded(compute: Callable[[], Decimal], digits: int = DIGITS + GUARD_DIGITS) -> Decimal:
    """What is computed with digits to spare and then rounded as all else is: the cube root of 64 is 4."""
    with localcontext() as context:
        context.prec = digits
        exact = compute()
    return +exact


def check_decimals(decimals: int | None) -> None:
    """Pass the decimal places that a result may be shown with; ``None`` leaves them open.

    Raises:
        CalculationError: It is no whole number, negative, or more than there are digits to show.
    """
    if decimals is not None and (type(decimals) is not int or not 0 <= decimals <= _MOST_DECIMALS):
        raise CalculationError(
            f"{decimals!r} decimal places", where="decimals", next_step=f"ask for 0 to {_MOST_DECIMALS}"
        )
