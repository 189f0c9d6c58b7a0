"""Interval arithmetic on fractions: what range comes out of which.

Sums, products and quotients are exact; only roots are rounded, at the 60th digit.
"""

from collections.abc import Sequence
from decimal import Context, Decimal
from fractions import Fraction

from agent.calculator.formula import Interval
from agent.calculator.precision import KEPT
from agent.calculator.result import Number, tidy
from agent.calculator.units import scale_of
from agent.errors import CalculationError

Span = tuple[Fraction, Fraction]
"""All numbers from the first to the second, in base units; the same twice for one number."""

LARGEST_EXPONENT = 100
"""Of a power; also the most years of a yearly rate."""

_LARGEST_STEP = 200  # an intermediate result, in base units, is below 2^200 (about 1e60)
_MOST_BITS = 4096  # of a fraction that is kept exact
_WORKING = Context(prec=60)


def number_of(span: Span, unit: str) -> Number:
    """A span in base units as a number or range in ``unit``."""
    low, high = (tidy(_decimal(end / scale_of(unit), KEPT)) for end in span)
    return low if low == high else Interval(low, high)


def add(spans: Sequence[Span]) -> Span:
    """Sum of any number of spans."""
    return sum((low for low, _ in spans), Fraction(0)), sum((high for _, high in spans), Fraction(0))


def subtract(spans: Sequence[Span]) -> Span:
    """One less another."""
    (a, b), (c, d) = spans
    return a - d, b - c


def negate(spans: Sequence[Span]) -> Span:
    """The span with its sign turned."""
    ((low, high),) = spans
    return -high, -low


def multiply(spans: Sequence[Span]) -> Span:
    """Product of two."""
    (a, b), (c, d) = spans
    corners = (a * c, a * d, b * c, b * d)
    return min(corners), max(corners)


def divide(spans: Sequence[Span]) -> Span:
    """One by another, which must not hold zero."""
    (a, b), (c, d) = spans
    if c <= 0 <= d:
        what = "a divisor is zero" if c == d else "a divisor may be zero: its range contains it"
        raise CalculationError(what, next_step="check the operands")
    corners = (a / c, a / d, b / c, b / d)
    return min(corners), max(corners)


def power(spans: Sequence[Span]) -> Span:
    """A span to an exponent, which is one number."""
    (low, high), (exponent, _) = spans
    if exponent < 0:
        return divide(((Fraction(1), Fraction(1)), power(((low, high), (-exponent, -exponent)))))
    ends = [_to_power(low, exponent), _to_power(high, exponent)]
    if low < 0 < high and exponent:
        ends.append(Fraction(0))
    return min(ends), max(ends)


def _to_power(base: Fraction, exponent: Fraction) -> Fraction:
    """A power with an exponent from 0; a root of fractions that is one itself is exact."""
    n, root = exponent.numerator, exponent.denominator
    if not n or not base:
        return Fraction(int(not n))
    bits = base.numerator.bit_length() + base.denominator.bit_length()
    if abs(base.numerator.bit_length() - base.denominator.bit_length()) * exponent > 2 * _LARGEST_STEP:
        raise _too_large()
    exact = bits * n <= 4 * _MOST_BITS
    if root == 1:
        return base**n if exact else Fraction(_WORKING.power(_decimal(base), n))
    if base < 0:
        raise CalculationError("the root of a negative number", next_step="check the operands")
    found = _WORKING.power(_decimal(base), _WORKING.divide(Decimal(n), Decimal(root)))
    near = Fraction(found).limit_denominator(10**15)
    return (
        near
        if exact and near.numerator.bit_length() * root <= 4 * _MOST_BITS and near**root == base**n
        else Fraction(found)
    )


def root(spans: Sequence[Span]) -> Span:
    """Square root."""
    half = Fraction(1, 2)
    return power((spans[0], (half, half)))


def magnitude(spans: Sequence[Span]) -> Span:
    """Without the sign."""
    ((low, high),) = spans
    ends = (abs(low), abs(high))
    return Fraction(0) if low < 0 < high else min(ends), max(ends)


def average(spans: Sequence[Span]) -> Span:
    """Mean of any number of spans."""
    low, high = add(spans)
    return low / len(spans), high / len(spans)


def smallest(spans: Sequence[Span]) -> Span:
    """The least of any number of spans."""
    return min(low for low, _ in spans), min(high for _, high in spans)


def largest(spans: Sequence[Span]) -> Span:
    """The most of any number of spans."""
    return max(low for low, _ in spans), max(high for _, high in spans)


def count(spans: Sequence[Span]) -> Span:
    """How many spans there are."""
    return Fraction(len(spans)), Fraction(len(spans))


def grow(spans: Sequence[Span]) -> Span:
    """Relative growth from the first to the second."""
    old, new = spans
    if old[0] < 0:
        raise CalculationError("growth from a base that is negative", next_step="give the difference, new - old")
    low, high = divide((new, old))
    return low - 1, high - 1


def compound(spans: Sequence[Span]) -> Span:
    """Yearly rate that leads from the first to the second in the third, a number of years."""
    first, last, (fewest, most) = spans
    if first[0] <= 0 or last[0] < 0:
        raise CalculationError("a yearly rate between figures that are not positive", next_step="check first and last")
    if not 0 < fewest <= most <= LARGEST_EXPONENT:
        raise CalculationError("the number of years is out of range", next_step=f"give up to {LARGEST_EXPONENT}")
    ratios = divide((last, first))
    rates = [_to_power(ratio, 1 / years) - 1 for ratio in ratios for years in (fewest, most)]
    return min(rates), max(rates)


def kept(value: Fraction) -> Fraction:
    """The value, rounded at the 60th digit once its fraction grows long."""
    bits, below = value.numerator.bit_length(), value.denominator.bit_length()
    if value and abs(bits - below) > _LARGEST_STEP:
        raise _too_large()
    return value if bits + below <= _MOST_BITS else Fraction(_decimal(value))


def _too_large() -> CalculationError:
    return CalculationError("an intermediate result is absurdly large or small", next_step="check the exponents")


def _decimal(value: Fraction, context: Context = _WORKING) -> Decimal:
    return context.divide(Decimal(value.numerator), Decimal(value.denominator))
