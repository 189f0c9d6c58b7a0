"""The special functions behind error rates, confidence bounds and spares; the only door to mpmath.

All take and return Decimals, correct to 34 digits. mpmath is asked only for erfc and for the logarithm of the gamma
function, in a context of its own, so that nobody else's precision reaches in here; the rest is decimal series.
"""

from decimal import Context, Decimal, localcontext
from functools import cache, lru_cache
from typing import Any

from agent.calculator.precision import KEPT
from agent.errors import CalculationError

_WORKING = Context(prec=70)  # the guard digits pay for 1 − P close to 1 and for exponents of some millions
_MOST_STEPS = 200
_ROOT_REACHED = Decimal("1e-40")

LARGEST_ARGUMENT = 1_000
"""Of erfc, either way: erfc(1000) is about 10^−434,298."""

LARGEST_COUNT = 1_000_000
"""Of a Poisson count or mean, and of degrees of freedom."""

SMALLEST_TAIL = Decimal("1e-20")
"""A probability to invert must be at least so far from 0 and from 1."""


def erfc(x: Decimal) -> Decimal:
    """Complementary error function, 2/√π × ∫ₓ^∞ exp(−t²) dt.

    Raises:
        CalculationError: |x| is above LARGEST_ARGUMENT.
    """
    if not abs(x) <= LARGEST_ARGUMENT:
        raise _refusal("erfc", x, f"−{LARGEST_ARGUMENT} to {LARGEST_ARGUMENT}")
    return _rounded(_erfc(x))


def erfc_inverse(y: Decimal) -> Decimal:
    """The x whose erfc is y, for y above 0 and below 2, down to 1e-100000.

    Raises:
        CalculationError: y is outside of that.
    """
    if not Decimal("1e-100000") <= y < 2:
        raise _refusal("erfc_inverse", y, "1e-100000 to below 2")
    with localcontext(_WORKING):
        return _rounded(_erfc_root(y) if y <= 1 else -_erfc_root(2 - y))


@lru_cache(maxsize=256)  # ranges of other arguments ask for the same one again
def chi_square_quantile(p: Decimal, degrees: int) -> Decimal:
    """The value below which a chi-square variable with ``degrees`` degrees of freedom lies with probability p.

    Raises:
        CalculationError: p is closer to 0 or 1 than SMALLEST_TAIL, or degrees is not 1 to LARGEST_COUNT.
    """
    if not SMALLEST_TAIL <= p <= 1 - SMALLEST_TAIL:
        raise _refusal("chi_square_quantile: p", p, f"{SMALLEST_TAIL} to 1 − {SMALLEST_TAIL}")
    if not 1 <= degrees <= LARGEST_COUNT:
        raise _refusal("chi_square_quantile: degrees", degrees, f"1 to {LARGEST_COUNT}")
    with localcontext(_WORKING):
        shape = Decimal(degrees) / 2
        return _rounded(2 * _gamma_root(shape, p))


def poisson_cdf(k: int, mean: Decimal) -> Decimal:
    """Probability that a Poisson variable with that mean is at most k.

    Raises:
        CalculationError: k or mean is not 0 to LARGEST_COUNT.
    """
    if not 0 <= k <= LARGEST_COUNT:
        raise _refusal("poisson_cdf: k", k, f"0 to {LARGEST_COUNT}")
    if not 0 <= mean <= LARGEST_COUNT:
        raise _refusal("poisson_cdf: mean", mean, f"0 to {LARGEST_COUNT}")
    with localcontext(_WORKING):
        return _rounded(_poisson_cdf(k, mean))


def poisson_quantile(p: Decimal, mean: Decimal) -> int:
    """The smallest k with ``poisson_cdf(k, mean)`` ≥ p.

    Raises:
        CalculationError: p is closer to 0 or 1 than SMALLEST_TAIL, or mean is not 0 to half of LARGEST_COUNT.
    """
    if not SMALLEST_TAIL <= p <= 1 - SMALLEST_TAIL:
        raise _refusal("poisson_quantile: p", p, f"{SMALLEST_TAIL} to 1 − {SMALLEST_TAIL}")
    if not 0 <= mean <= LARGEST_COUNT // 2:
        raise _refusal("poisson_quantile: mean", mean, f"0 to {LARGEST_COUNT // 2}")
    if mean == 0:
        return 0
    with localcontext(_WORKING):
        # The normal approximation with its skewness term is a few counts off at most; the rest is walked.
        z = -_erfc_root(2 * p) if p <= Decimal("0.5") else _erfc_root(2 - 2 * p)
        z *= Decimal(2).sqrt()
        k = max(0, int(mean + z * mean.sqrt() + (z * z - 1) / 6))
        below, mass = _poisson_cdf(k, mean), _poisson_mass(k, mean)
        while below < p:
            k += 1
            mass *= mean / k
            below += mass
        while k > 0 and below - mass >= p:
            below -= mass
            mass *= k / mean
            k -= 1
    return k


# --- The mathematics, in the working context --------------------------------------------------------------------------


def _erfc_root(y: Decimal) -> Decimal:
    """x ≥ 0 with erfc(x) = y, for 0 < y ≤ 1, by Newton on ln erfc, which is concave: it converges from anywhere."""
    target = y.ln()
    slope = 2 / _from_mp(+_mp().pi).sqrt()
    x = (-target).sqrt()
    for _ in range(_MOST_STEPS):
        tail = _erfc(x)
        step = (tail.ln() - target) * tail / (slope * (-x * x).exp())
        x += step
        if abs(step) <= _ROOT_REACHED * abs(x):
            break
    return x


def _gamma_root(shape: Decimal, p: Decimal) -> Decimal:
    """x with P(shape, x) = p, by Newton on the logarithm of the smaller tail, started at Wilson–Hilferty's value.

    The lower tail is a power of x at first, so its steps are taken in ln x.
    """
    lower = p <= Decimal("0.5")
    target = (p if lower else 1 - p).ln()
    z = (-_erfc_root(2 * p) if lower else _erfc_root(2 - 2 * p)) * Decimal(2).sqrt()
    x = shape * max(1 - 1 / (9 * shape) + z / (3 * shape.sqrt()), Decimal("0.01")) ** 3
    for _ in range(_MOST_STEPS):
        part = _gamma_p(shape, x)
        tail = part if lower else 1 - part
        step = (target - tail.ln()) * tail / (shape * _gamma_term(shape, x))  # relative to x
        x *= step.exp() if lower else max(Decimal("0.5"), 1 - step)
        if abs(step) <= _ROOT_REACHED:
            break
    return x


def _gamma_p(shape: Decimal, x: Decimal) -> Decimal:
    """Regularised lower incomplete gamma function: Σₙ x^(shape+n) e^−x / Γ(shape+n+1), all terms positive."""
    term = _gamma_term(shape, x)
    total, smallest = term, Decimal(1).scaleb(-_WORKING.prec)
    above = shape
    while term > total * smallest:
        above += 1
        term *= x / above
        total += term
    return total


def _poisson_cdf(k: int, mean: Decimal) -> Decimal:
    if mean == 0:
        return Decimal(1)
    if k >= mean:
        return 1 - _gamma_p(Decimal(k + 1), mean)
    term = _poisson_mass(k, mean)
    total, smallest = term, Decimal(1).scaleb(-_WORKING.prec)
    while k > 0 and term > total * smallest:
        term *= k / mean
        total += term
        k -= 1
    return total


def _poisson_mass(k: int, mean: Decimal) -> Decimal:
    return _gamma_term(Decimal(k), mean)


def _gamma_term(power: Decimal, x: Decimal) -> Decimal:
    """x^power e^−x / Γ(power+1), by its logarithm."""
    return (power * x.ln() - x - _from_mp(_mp().loggamma(_mp().mpf(str(power + 1))))).exp()


# --- The door ---------------------------------------------------------------------------------------------------------


@cache
def _mp() -> Any:
    import mpmath

    context = mpmath.mp.clone()
    context.dps = 90
    return context


def _erfc(x: Decimal) -> Decimal:
    return _from_mp(_mp().erfc(_mp().mpf(str(x))))


def _from_mp(number: Any) -> Decimal:
    return Decimal(_mp().nstr(number, 85))


def _rounded(value: Decimal) -> Decimal:
    with localcontext(KEPT):
        return +value


def _refusal(where: str, given: Decimal | int, domain: str) -> CalculationError:
    number = f"{Decimal(given):.6g}"
    return CalculationError(f"{number} is outside of what is computed", where=where, next_step=f"stay in {domain}")
