"""Reliability: worked cases, cases computed another way, and the laws of constant failure rates."""

import math
import time
from decimal import Decimal
from fractions import Fraction
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from agent.calculator import calculate
from agent.calculator.special import poisson_cdf
from agent.errors import CalculationError

ELS = {
    "n_engines": 16, "engine_fit": 10, "n_lasers": 16, "laser_fit": 50, "mttr_switch_h": 24, "mttr_els_h": 1,
    "ports_total": 64, "ports_per_laser_group": 4,
}  # fmt: skip
# Formula, its arguments, and the results by name; to a relative 1e-6.
CASES: list[tuple[str, dict[str, Any], dict[str, float]]] = [
    ("fit_from_mtbf_h", {"mtbf_h": 2_600_000}, {"fit": 384.61538461538464}),
    ("fit_from_mtbf_h", {"mtbf_h": "114.155 years"}, {"fit": 1e9 / (114.155 * 8760)}),
    ("mtbf_h_from_fit", {"fit": 100}, {"mtbf_h": 1e7}),
    ("system_fit", {"items": [[16, 10], [16, 50]]}, {"fit": 960}),
    ("system_fit", {"items": "72 × 10 FIT; 18 × 50 FIT; 1 × 500 FIT"}, {"fit": 2120}),
    ("survival_pct", {"fit": 960, "hours": 43_800}, {"survival_pct": 95.88237559276173}),
    ("survival_pct", {"fit": "960 FIT", "hours": "5 years"}, {"survival_pct": 95.88237559276173}),
    ("survival_pct", {"fit": 0, "hours": 1e6}, {"survival_pct": 100}),
    ("expected_failures", {"n_units": 1_000_000, "fit": 100}, {"failures": 876}),
    ("expected_failures", {"n_units": 46_080, "fit": 300, "hours": "30 days"}, {"failures": 9.95328}),
    ("availability", {"mtbf_h": 1041666.6666666666, "mttr_h": 24},
     {"availability_pct": 99.99769605308295, "downtime_min_per_year": 12.10954499606407}),
    ("availability", {"mtbf_h": 999, "mttr_h": 1}, {"availability_pct": 99.9, "downtime_min_per_year": 525.6}),
    ("cpo_els_comparison", ELS,
     {"engine_failures_per_year": 0.0014016, "laser_failures_per_year": 0.007008,
      "lost_port_hours_integrated": 12.9171456, "lost_port_hours_els": 2.1808896, "ratio_x": 5.922879177377892}),
    ("fit_upper_bound", {"device_hours": 1_000_000, "failures": 0, "confidence_pct": 90},
     {"fit_upper": 2302.585092994045}),
    ("fit_upper_bound", {"device_hours": 4_000_000, "failures": 0, "confidence_pct": 90},
     {"fit_upper": 575.6462732485113}),
    # half of the tabled chi-square: 7.7794 for 90% and 4 degrees of freedom, 6.2108 for 60% and 6
    ("fit_upper_bound", {"device_hours": 1e6, "failures": 1, "confidence_pct": 90}, {"fit_upper": 3889.720169867429}),
    ("fit_upper_bound", {"device_hours": 1e6, "failures": 2, "confidence_pct": 60}, {"fit_upper": 3105.378597263349}),
    ("spares_needed", {"n_units": 1000, "fit": 400, "hours": 2160, "service_level_pct": 99},
     {"expected": 0.864, "spares": 4}),
    ("spares_needed", {"n_units": 1000, "fit": 0, "hours": 2160, "service_level_pct": 99},
     {"expected": 0, "spares": 0}),
]  # fmt: skip

rates = st.decimals("0.01", "100000", places=2)
hours = st.decimals("1", "1000000", places=1)


@pytest.mark.parametrize(("formula_id", "inputs", "expected"), CASES)
def test_worked_cases(formula_id: str, inputs: dict[str, Any], expected: dict[str, float]):
    result = calculate(formula_id, inputs)
    assert {value.name for value in result.outputs} == set(expected)
    for name, value in expected.items():
        assert float(result.output(name).value) == pytest.approx(value, rel=1e-6)


def number(formula_id: str, output: str = "", **inputs: Any) -> Decimal:
    value = calculate(formula_id, inputs).output(output).value
    assert isinstance(value, Decimal)
    return value


def agree(a: Decimal | Fraction | int, b: Decimal | Fraction | int, digits: int) -> bool:
    """Whether two numbers agree to so many digits, with no room near zero."""
    a, b = Fraction(a), Fraction(b)
    return abs(a - b) * 10**digits <= abs(b)


@given(rates)
def test_fit_and_mtbf_are_each_others_inverse(fit: Decimal):
    assert agree(number("fit_from_mtbf_h", mtbf_h=number("mtbf_h_from_fit", fit=fit)), fit, 32)


@given(st.lists(st.tuples(st.integers(0, 10_000), rates), min_size=1, max_size=8))
def test_a_systems_rate_is_the_exact_sum(items: list[tuple[int, Decimal]]):
    expected = sum(count * Fraction(fit) for count, fit in items)
    assert Fraction(number("system_fit", items=[list(item) for item in items])) == expected


@given(rates, hours, hours)
def test_surviving_two_spans_is_surviving_both(fit: Decimal, first: Decimal, second: Decimal):
    both = number("survival_pct", fit=fit, hours=first + second) / 100
    each = [number("survival_pct", fit=fit, hours=span) / 100 for span in (first, second)]
    assert agree(both, each[0] * each[1], 26)


@given(rates, hours)
def test_survival_is_the_exponential_law(fit: Decimal, span: Decimal):
    expected = math.exp(-float(fit) * 1e-9 * float(span))
    assert float(number("survival_pct", fit=fit, hours=span)) == pytest.approx(100 * expected, rel=1e-12)


@given(st.integers(0, 10**7), rates, hours)
def test_failures_are_counted_exactly(units: int, fit: Decimal, span: Decimal):
    expected = units * Fraction(fit) * Fraction(span) / 10**9
    assert Fraction(number("expected_failures", n_units=units, fit=fit, hours=span)) == expected


@given(hours, hours)
def test_up_and_down_time_make_the_year(mtbf: Decimal, mttr: Decimal):
    result = calculate("availability", {"mtbf_h": mtbf, "mttr_h": mttr})
    up, down = result.output("availability_pct").value, result.output("downtime_min_per_year").value
    assert agree(Fraction(up) / 100 + Fraction(down) / 525_600, 1, 32)


@given(rates, rates, st.integers(1, 64), st.integers(1, 64), st.integers(1, 64))
def test_a_replaceable_source_never_loses_more_when_it_is_swapped_as_fast(
    engine: Decimal, laser: Decimal, engines: int, lasers: int, ports: int
):
    inputs = ELS | {
        "n_engines": engines, "n_lasers": lasers, "engine_fit": engine, "laser_fit": laser, "mttr_els_h": 24,
        "ports_per_laser_group": ports,
    }  # fmt: skip
    result = calculate("cpo_els_comparison", inputs)
    assert result.output("ratio_x").value >= 1
    assert (result.output("ratio_x").value == 1) == (ports == 64)


@given(st.integers(0, 40), st.integers(50, 99), hours)
def test_the_bound_is_the_rate_that_would_rarely_show_so_few_failures(failures: int, confidence: int, tested: Decimal):
    bound = number("fit_upper_bound", device_hours=tested, failures=failures, confidence_pct=confidence)
    chance = poisson_cdf(failures, bound * tested / 10**9)
    assert agree(chance, 1 - Decimal(confidence) / 100, 24)


@given(st.integers(0, 1000), st.integers(50, 98))
def test_the_bound_rises_with_failures_and_confidence(failures: int, confidence: int):
    def bound(failures: int, confidence: int) -> Decimal:
        return number("fit_upper_bound", device_hours=10**6, failures=failures, confidence_pct=confidence)

    assert bound(failures, confidence) < bound(failures + 1, confidence)
    assert bound(failures, confidence) < bound(failures, confidence + 1)


@given(st.integers(1, 10_000), rates, st.integers(1, 8760), st.integers(50, 99))
def test_spares_suffice_and_one_less_does_not(units: int, fit: Decimal, span: int, level: int):
    result = calculate("spares_needed", {"n_units": units, "fit": fit, "hours": span, "service_level_pct": level})
    expected, spares = result.output("expected").value, int(result.output("spares").value)
    assert expected == units * fit * span / 10**9
    assert poisson_cdf(spares, expected) >= Decimal(level) / 100
    assert spares == 0 or poisson_cdf(spares - 1, expected) < Decimal(level) / 100


@pytest.mark.parametrize(
    ("formula_id", "inputs", "words"),
    [
        ("fit_from_mtbf_h", {"mtbf_h": 0}, "out of range"),
        ("fit_from_mtbf_h", {"mtbf_h": "384 FIT"}, "wrong unit"),
        ("mtbf_h_from_fit", {"fit": 0}, "out of range"),
        ("survival_pct", {"fit": -1, "hours": 1}, "out of range"),
        ("survival_pct", {"fit": 1, "hours": "5 W"}, "wrong unit"),
        ("fit_upper_bound", {"device_hours": 1e6, "failures": "0.5", "confidence_pct": 90}, "whole number"),
        ("fit_upper_bound", {"device_hours": 1e6, "failures": 0, "confidence_pct": 100}, "out of range"),
        ("spares_needed", {"n_units": 1e12, "fit": 1e6, "hours": 1e6, "service_level_pct": 99}, "500000 failures"),
        ("cpo_els_comparison", ELS | {"engine_fit": 0, "laser_fit": 0}, "must be able to fail"),
        ("cpo_els_comparison", ELS | {"ports_per_laser_group": 65}, "more ports than the switch has"),
    ],
)
def test_what_makes_no_sense_is_refused(formula_id: str, inputs: dict[str, Any], words: str):
    with pytest.raises(CalculationError, match=words):
        calculate(formula_id, inputs)


def test_a_range_of_failure_rates_gives_a_range():
    assert calculate("mtbf_h_from_fit", {"fit": "100 to 500 FIT"}).shown() == "2000000–10000000 h"


def test_a_bound_over_three_ranges_takes_no_time() -> None:
    ranges = {"device_hours": "6e14 to 1e15", "failures": "1299 to 5000", "confidence_pct": "53.15 to 77.39"}
    calculate("fit_upper_bound", {"device_hours": "1e6", "failures": "0", "confidence_pct": "90"})
    begun = time.process_time()
    calculate("fit_upper_bound", ranges)
    assert time.process_time() - begun < 0.1
