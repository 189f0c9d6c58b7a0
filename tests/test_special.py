"""The special functions: published values, closed forms, their inverses, and independence from anybody's precision."""

import subprocess
import sys
from decimal import Context, Decimal, getcontext, localcontext
from fractions import Fraction

import mpmath
import pytest
from hypothesis import given
from hypothesis import strategies as st

from agent.calculator.special import (
    LARGEST_ARGUMENT,
    LARGEST_COUNT,
    chi_square_quantile,
    erfc,
    erfc_inverse,
    poisson_cdf,
    poisson_quantile,
)  # fmt: skip
from agent.errors import CalculationError
from tests.conftest import ROOT

# Abramowitz & Stegun, table 7.1 onwards, and the handbook values everybody prints, to the digits printed there.
PUBLISHED_ERFC = [
    ("0", "1"),
    ("0.5", "0.4795001221869534623172533461080355"),
    ("1", "0.1572992070502851306587793649173907"),
    ("2", "0.004677734981047265837930743632747071"),
    ("-1", "1.842700792949714869341220635082609"),
]
PUBLISHED_CHI_SQUARE = [  # three decimals, as tables print them
    ("0.95", 1, "3.841"), ("0.95", 2, "5.991"), ("0.99", 5, "15.086"), ("0.90", 10, "15.987"), ("0.05", 10, "3.940"),
    ("0.975", 30, "46.979"), ("0.50", 100, "99.334"),
]  # fmt: skip


def relative(a: Decimal, b: Decimal) -> Decimal:
    with localcontext(Context(prec=60)):
        return abs(a - b) / abs(b)


@pytest.mark.parametrize(("x", "expected"), PUBLISHED_ERFC)
def test_erfc_has_its_published_values(x: str, expected: str):
    assert relative(erfc(Decimal(x)), Decimal(expected)) < Decimal("2e-34")


@pytest.mark.parametrize(("p", "degrees", "expected"), PUBLISHED_CHI_SQUARE)
def test_chi_square_quantiles_are_those_of_the_tables(p: str, degrees: int, expected: str):
    assert round(chi_square_quantile(Decimal(p), degrees), 3) == Decimal(expected)


def test_erfc_is_its_taylor_series():
    with localcontext(Context(prec=80)):
        x = Decimal("1.3")
        term, total = x, x
        for n in range(1, 200):
            term *= -x * x / n
            total += term / (2 * n + 1)
        pi = Decimal("3.14159265358979323846264338327950288419716939937510582097494459230781640628620899")
        expected = 1 - 2 * total / pi.sqrt()
    assert relative(erfc(x), expected) < Decimal("1e-33")


def test_erfc_far_out_is_its_asymptotic_series():
    with localcontext(Context(prec=80)):
        x = Decimal(1000)
        term, total = Decimal(1), Decimal(1)
        for n in range(1, 15):
            term *= -Decimal(2 * n - 1) / (2 * x * x)
            total += term
        pi = Decimal("3.14159265358979323846264338327950288419716939937510582097494459230781640628620899")
        expected = (-x * x).exp() / (x * pi.sqrt()) * total
    assert relative(erfc(x), expected) < Decimal("1e-33")


@given(st.decimals("-5", "5", places=12))
def test_erfc_of_both_signs_adds_up_to_two(x: Decimal):
    assert abs(erfc(x) + erfc(-x) - 2) < Decimal("1e-27")


@given(st.integers(-290, 0), st.integers(1, 10**12))
def test_the_inverse_undoes_erfc(exponent: int, digits: int):
    y = Decimal(digits).scaleb(exponent - 12)
    # erfc falls ever more steeply, so the last digit of x is worth about 2x² times as much in y
    assert relative(erfc(erfc_inverse(y)), y) < Decimal("1e-29")


@given(st.decimals("0.0000001", "1.9999999", places=7))
def test_the_inverse_is_odd_about_one(y: Decimal):
    assert erfc_inverse(y) == erfc_inverse(2 - y).copy_negate()


@given(st.integers(1, 10**9 - 1))
def test_two_degrees_of_freedom_have_a_closed_form(billionths: int):
    p = Decimal(billionths).scaleb(-9)
    with localcontext(Context(prec=60)):
        expected = -2 * (1 - p).ln()
    assert relative(chi_square_quantile(p, 2), expected) < Decimal("1e-33")


@given(st.integers(1, 10**6 - 1))
def test_one_degree_of_freedom_is_a_square_of_a_normal(millionths: int):
    p = Decimal(millionths).scaleb(-6)
    with localcontext(Context(prec=60)):
        root = erfc_inverse(1 - p)
        expected = 2 * root * root
    assert relative(chi_square_quantile(p, 1), expected) < Decimal("1e-26")


@given(st.integers(0, 60), st.integers(1, 999))
def test_chi_square_and_poisson_are_two_sides_of_one_law(failures: int, thousandths: int):
    confidence = Decimal(thousandths) / 1000
    bound = chi_square_quantile(confidence, 2 * failures + 2) / 2
    assert abs(poisson_cdf(failures, bound) - (1 - confidence)) < Decimal("1e-26")


@given(st.integers(0, 80), st.fractions(0, 90, max_denominator=1000))
def test_poisson_is_its_sum(k: int, mean: Fraction):
    with localcontext(Context(prec=60)):
        rate = Decimal(mean.numerator) / mean.denominator
        term = total = Decimal(1)
        for n in range(1, k + 1):
            term *= rate / n
            total += term
        expected = total * (-rate).exp()
        assert relative(poisson_cdf(k, rate), expected) < Decimal("1e-33")


@given(st.integers(0, 2000).map(lambda n: Decimal(n) / 10), st.integers(1, 9999))
def test_the_poisson_quantile_is_the_smallest_count_that_suffices(mean: Decimal, ten_thousandths: int):
    p = Decimal(ten_thousandths).scaleb(-4)
    k = poisson_quantile(p, mean)
    assert poisson_cdf(k, mean) >= p
    assert k == 0 or poisson_cdf(k - 1, mean) < p


def test_the_largest_arguments_are_computed():
    largest = Decimal(LARGEST_COUNT)
    assert Decimal("0.5") < poisson_cdf(LARGEST_COUNT, largest) < Decimal("0.501")
    assert poisson_cdf(0, largest) > 0
    assert poisson_cdf(LARGEST_COUNT, Decimal(0)) == 1
    assert erfc(Decimal(LARGEST_ARGUMENT)) > 0
    assert erfc(Decimal(-LARGEST_ARGUMENT)) == 2
    assert chi_square_quantile(Decimal("0.5"), LARGEST_COUNT) < largest
    assert poisson_quantile(Decimal("0.5"), largest / 2) == LARGEST_COUNT // 2


@pytest.mark.parametrize(
    "call",
    [
        lambda: erfc(Decimal("1000.1")),
        lambda: erfc(Decimal("Infinity")),
        lambda: erfc_inverse(Decimal(0)),
        lambda: erfc_inverse(Decimal(2)),
        lambda: erfc_inverse(Decimal("-0.1")),
        lambda: chi_square_quantile(Decimal(0), 2),
        lambda: chi_square_quantile(Decimal(1), 2),
        lambda: chi_square_quantile(Decimal("0.5"), 0),
        lambda: chi_square_quantile(Decimal("0.5"), LARGEST_COUNT + 1),
        lambda: poisson_cdf(-1, Decimal(1)),
        lambda: poisson_cdf(1, Decimal(-1)),
        lambda: poisson_cdf(LARGEST_COUNT + 1, Decimal(1)),
        lambda: poisson_quantile(Decimal(1), Decimal(1)),
        lambda: poisson_quantile(Decimal("0.5"), Decimal(LARGEST_COUNT)),
    ],
)
def test_what_is_not_computed_is_refused(call):
    with pytest.raises(CalculationError, match="outside of what is computed"):
        call()


def test_nobody_elses_precision_matters():
    calls = (
        lambda: erfc(Decimal("1.5")),
        lambda: erfc_inverse(Decimal("1e-12")),
        lambda: chi_square_quantile(Decimal("0.9"), 12),
        lambda: poisson_cdf(3, Decimal("2.5")),
    )
    before = [call() for call in calls]
    with mpmath.workdps(5), localcontext(Context(prec=6)):
        after = [call() for call in calls]
    assert before == after
    assert all(len(value.as_tuple().digits) <= 34 for value in before)


def test_nobody_elses_precision_is_changed():
    dps, prec = mpmath.mp.dps, getcontext().prec
    erfc(Decimal(1))
    chi_square_quantile(Decimal("0.9"), 4)
    assert (mpmath.mp.dps, getcontext().prec) == (dps, prec)


def test_mpmath_waits_until_it_is_needed():
    program = "import sys, agent.calculator.special; sys.exit('mpmath' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", program], cwd=ROOT, check=False).returncode == 0
