"""Yield and cost: worked cases, exact fractions, laws and refusals."""

import math
import time
from decimal import Decimal
from fractions import Fraction
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from agent.calculator import Result, calculate
from agent.errors import CalculationError

# Published or independently computed results, to a relative 1e-6.
CASES: list[tuple[str, dict[str, Any], float]] = [
    ("series_yield_pct", {"unit_yield_pct": 95, "n": 32}, 19.371148445850086),
    ("series_yield_pct", {"unit_yield_pct": 99.865, "n": 1088}, 22.99732380345235),
    ("series_yield_pct", {"unit_yield_pct": 99.865, "n": 288}, 67.76917933769153),
    ("series_yield_pct", {"unit_yield_pct": 50, "n": 3}, 12.5),
    ("series_yield_pct", {"unit_yield_pct": 0, "n": 0}, 100),
    ("series_yield_pct", {"unit_yield_pct": 0, "n": 1}, 0),
    ("compound_yield_pct", {"yields_pct": [90, 95, 97, 96, 98]}, 78.025248),
    ("compound_yield_pct", {"yields_pct": "90%; 0.5"}, 0.45),
    ("k_of_n_yield_pct", {"n": 9, "k": 8, "unit_yield_pct": 99}, 99.65642699821538),
    ("k_of_n_yield_pct", {"n": 36, "k": 32, "unit_yield_pct": 99}, 99.99708872372209),
    ("k_of_n_yield_pct", {"n": 3, "k": 2, "unit_yield_pct": 50}, 50),
    ("k_of_n_yield_pct", {"n": 5, "k": 0, "unit_yield_pct": 0}, 100),
    ("k_of_n_yield_pct", {"n": 5, "k": 1, "unit_yield_pct": 0}, 0),
    ("k_of_n_yield_pct", {"n": 5, "k": 5, "unit_yield_pct": 100}, 100),
    ("die_yield_pct", {"area_mm2": 25, "defect_density_per_cm2": 0.5, "model": "poisson"}, 88.24969025845955),
    ("die_yield_pct", {"area_mm2": 25, "defect_density_per_cm2": 0.5}, 88.24969025845955),
    ("die_yield_pct", {"area_mm2": 800, "defect_density_per_cm2": 0.1, "model": "murphy"}, 47.38102965003316),
    ("die_yield_pct", {"area_mm2": "1 cm2", "defect_density_per_cm2": 1, "model": "负二项", "alpha": 1}, 50),
    ("die_yield_pct", {"area_mm2": 400, "defect_density_per_cm2": 0.25, "model": "negbin", "alpha": 2}, 400 / 9),
    ("gross_dies_per_wafer", {"wafer_mm": 76.2, "die_w_mm": 0.3, "die_h_mm": 1.0}, 12616),
    ("gross_dies_per_wafer", {"wafer_mm": 300, "die_w_mm": 25, "die_h_mm": 33, "edge_mm": 0}, 62),
    ("cost_per_good_unit", {"cost_pool": 100, "yield_pct": 55, "post_yield_cost": 15, "warranty": 8}, 2253 / 11),
    ("cost_per_good_unit", {"cost_pool": 100, "yield_pct": 70, "post_yield_cost": 15, "warranty": 4}, 161.857142857142),
    ("cost_per_good_unit", {"cost_pool": 80, "yield_pct": 80}, 100),
    ("test_escape_ppm", {"yield_pct": 90, "coverage_pct": 95}, 5254.174069468931),
    ("test_escape_ppm", {"yield_pct": 36, "coverage_pct": 50}, 400_000),
    ("test_escape_ppm", {"yield_pct": 80, "coverage_pct": 0}, 200_000),
    ("test_escape_ppm", {"yield_pct": 80, "coverage_pct": 100}, 0),
    ("test_escape_ppm", {"yield_pct": 100, "coverage_pct": 20}, 0),
]
PACKAGE = {"host_cost": 3000, "oe_cost": 450, "n_oe": 16, "attach_yield_pct": 99, "assembly_cost": 500}
PACKAGES: list[tuple[dict[str, Any], tuple[float, float, float, float]]] = [
    ({"oe_incoming_quality_pct": 90}, (89.1, 15.777684397935976, 10700, 67817.30278113413)),
    (
        {"oe_incoming_quality_pct": 99.5, "oe_test_cost": 30},
        (98.505, 78.58368776931913, 11180, 14226.871145088879),
    ),
    (
        {"oe_incoming_quality_pct": 99.5, "oe_test_cost": 30, "spares": 2},
        (98.505, 99.76956237563036, 12140, 12168.039741713157),
    ),
]


def number(result: Result, name: str = "") -> Decimal:
    value = result.output(name).value
    assert isinstance(value, Decimal)
    return value


def compute(formula_id: str, **inputs: Any) -> Decimal:
    return number(calculate(formula_id, inputs))


def at_least(k: int, n: int, p: Fraction) -> Fraction:
    return sum((math.comb(n, i) * p**i * (1 - p) ** (n - i) for i in range(k, n + 1)), Fraction(0))


def agree(found: Decimal, exact: Fraction, digits: int = 30) -> bool:
    return abs(Fraction(found) - exact) <= abs(exact) / 10**digits


@pytest.mark.parametrize(("formula_id", "inputs", "expected"), CASES)
def test_worked_cases(formula_id: str, inputs: dict[str, Any], expected: float) -> None:
    assert float(compute(formula_id, **inputs)) == pytest.approx(expected, rel=1e-6, abs=1e-12)


@pytest.mark.parametrize(("given_", "expected"), PACKAGES)
def test_packages_with_known_good_engines(given_: dict[str, Any], expected: tuple[float, ...]) -> None:
    result = calculate("kgd_package_cost", PACKAGE | given_)
    assert [output.name for output in result.outputs] == [
        "site_yield_pct", "package_yield_pct", "cost_pool", "cost_per_good",
    ]  # fmt: skip
    assert [float(number(result, o.name)) for o in result.outputs] == pytest.approx(expected, rel=1e-9)


# --- k of n -----------------------------------------------------------------------------------------------------------


@given(st.integers(1, 60).flatmap(lambda n: st.tuples(st.just(n), st.integers(0, n))), st.integers(0, 10**6))
def test_k_of_n_is_the_binomial_sum(units: tuple[int, int], parts: int) -> None:
    n, k = units
    percent = Decimal(parts) / 10**4
    found = compute("k_of_n_yield_pct", n=n, k=k, unit_yield_pct=str(percent))
    assert agree(found, 100 * at_least(k, n, Fraction(parts, 10**6)))


@pytest.mark.parametrize(("percent", "k"), [("99.9", 9980), ("0.05", 9990), ("0.0001", 9995), ("99.99", 9999)])
def test_k_of_ten_thousand_is_exact_at_the_upper_end(percent: str, k: int) -> None:
    exact = at_least(k, 10_000, Fraction(percent) / 100)
    assert agree(compute("k_of_n_yield_pct", n=10_000, k=k, unit_yield_pct=percent), 100 * exact)


@pytest.mark.parametrize(("percent", "k"), [("0.1", 12), ("0.2", 5)])
def test_k_of_ten_thousand_is_exact_at_the_lower_end(percent: str, k: int) -> None:
    p = Fraction(percent) / 100
    exact = 1 - sum((math.comb(10_000, i) * p**i * (1 - p) ** (10_000 - i) for i in range(k)), Fraction(0))
    assert agree(compute("k_of_n_yield_pct", n=10_000, k=k, unit_yield_pct=percent), 100 * exact)


@pytest.mark.parametrize("k", [1, 5000, 9999])
def test_k_of_ten_thousand_is_quick(k: int) -> None:
    calculate("k_of_n_yield_pct", {"n": 2, "k": 1, "unit_yield_pct": 50})  # loads what is loaded once
    times = []
    for _ in range(5):
        start = time.perf_counter()
        calculate("k_of_n_yield_pct", {"n": 10_000, "k": k, "unit_yield_pct": "99.3"})
        times.append(time.perf_counter() - start)
    assert min(times) < 0.05


@given(st.integers(1, 40), st.integers(0, 1000))
def test_without_a_spare_it_is_a_series(n: int, permille: int) -> None:
    percent = str(Decimal(permille) / 10)
    redundant = compute("k_of_n_yield_pct", n=n, k=n, unit_yield_pct=percent)
    assert redundant == pytest.approx(compute("series_yield_pct", n=n, unit_yield_pct=percent), rel=Decimal("1e-30"))


@given(st.integers(1, 30), st.integers(1, 30), st.integers(1, 999))
def test_a_spare_never_hurts_and_a_need_never_helps(k: int, spares: int, permille: int) -> None:
    percent, n = str(Decimal(permille) / 10), k + spares
    base = compute("k_of_n_yield_pct", n=n, k=k, unit_yield_pct=percent)
    assert compute("k_of_n_yield_pct", n=n + 1, k=k, unit_yield_pct=percent) >= base
    assert compute("k_of_n_yield_pct", n=n, k=k - 1, unit_yield_pct=percent) >= base


# --- Series, dies and wafers ------------------------------------------------------------------------------------------


@given(st.lists(st.integers(0, 1000), min_size=1, max_size=12), st.randoms())
def test_compound_yield_is_exact_in_any_order(permilles: list[int], random: Any) -> None:
    exact = math.prod((Fraction(each, 1000) for each in permilles), start=Fraction(100))
    percents = [str(Decimal(each) / 10) for each in permilles]
    assert agree(compute("compound_yield_pct", yields_pct=percents), exact)
    random.shuffle(percents)
    assert agree(compute("compound_yield_pct", yields_pct=percents), exact)


@given(st.integers(1, 10**5), st.integers(0, 10**4), st.integers(1, 100))
def test_clustered_defects_spare_more_dies(area: int, density: int, alpha: int) -> None:
    die = {"area_mm2": area, "defect_density_per_cm2": str(Decimal(density) / 10**4)}
    even = compute("die_yield_pct", **die, model="poisson")
    assert even <= compute("die_yield_pct", **die, model="murphy") <= 100
    assert even <= compute("die_yield_pct", **die, model="negbin", alpha=alpha) <= 100


@pytest.mark.parametrize("density", ["0", "1e-12", "1e-40", "1e-300"])
def test_a_die_with_hardly_a_defect_loses_no_digits(density: str) -> None:
    mean = Fraction(density)
    for model in ("poisson", "murphy", "negbin"):
        found = compute("die_yield_pct", area_mm2=100, defect_density_per_cm2=density, model=model, alpha=2)
        assert abs(Fraction(found) - 100 * (1 - mean)) <= 100 * mean**2 + Fraction(1, 10**30)


def test_much_clustering_is_none_and_the_negative_binomial_becomes_poisson() -> None:
    die = {"area_mm2": 120, "defect_density_per_cm2": "0.7"}
    clustered = compute("die_yield_pct", **die, model="negbin", alpha=10**6)
    assert float(clustered) == pytest.approx(float(compute("die_yield_pct", **die)), rel=1e-6)


@pytest.mark.parametrize(("wafer", "width", "height"), [(300, 10, 10), (200, 5, 8), (100, 2, 1), (150, 3, 3)])
def test_gross_dies_are_near_a_count_on_a_wafer_map(wafer: int, width: int, height: int) -> None:
    radius = wafer / 2 - 3
    across = range(-wafer // width, wafer // width)
    down = range(-wafer // height, wafer // height)
    fitting = sum(
        math.hypot(max(abs(x), abs(x + 1)) * width, max(abs(y), abs(y + 1)) * height) <= radius
        for x in across
        for y in down
    )
    assert float(compute("gross_dies_per_wafer", wafer_mm=wafer, die_w_mm=width, die_h_mm=height)) == pytest.approx(
        fitting, rel=0.04
    )


def test_a_large_die_is_warned_of() -> None:
    result = calculate("gross_dies_per_wafer", {"wafer_mm": "100 mm", "die_w_mm": "25 mm", "die_h_mm": "20 mm"})
    assert "5%" in result.warnings[0].en


# --- Cost and escapes -------------------------------------------------------------------------------------------------


@given(
    st.integers(1, 12), st.integers(0, 4), st.integers(1, 100), st.integers(1, 100), st.integers(0, 100),
    st.integers(0, 500),
)  # fmt: skip
@settings(max_examples=60)
def test_package_cost_follows_from_its_parts(n: int, spares: int, q: int, a: int, r: int, rework: int) -> None:
    result = calculate(
        "kgd_package_cost",
        {
            "host_cost": 3000, "oe_cost": 450, "n_oe": n, "oe_incoming_quality_pct": q, "attach_yield_pct": a,
            "spares": spares, "rework_rate_pct": r, "rework_cost": rework,
        },
    )  # fmt: skip
    first = Fraction(q * a, 10_000)
    retried = (1 - first) * Fraction(r, 100)
    site = first + retried * first
    package = at_least(n, n + spares, site)
    pool = 3000 + (n + spares) * (450 + retried * rework)
    assert agree(number(result, "site_yield_pct"), 100 * site)
    assert agree(number(result, "package_yield_pct"), 100 * package)
    assert agree(number(result, "cost_pool"), Fraction(pool))
    assert agree(number(result, "cost_per_good"), pool / package)


def test_money_keeps_its_currency() -> None:
    result = calculate("cost_per_good_unit", {"cost_pool": "100 CNY", "yield_pct": "80%", "warranty": "5 CNY"})
    assert result.shown() == "130 CNY"


def test_spares_in_a_range_are_all_tried() -> None:
    cheap = calculate("kgd_package_cost", PACKAGE | {"oe_incoming_quality_pct": 99.5, "spares": "0-6"})
    one_by_one = [
        number(calculate("kgd_package_cost", PACKAGE | {"oe_incoming_quality_pct": 99.5, "spares": s}), "cost_per_good")
        for s in range(7)
    ]
    span = cheap.output("cost_per_good").value
    assert (span.low, span.high) == (min(one_by_one), max(one_by_one))  # type: ignore[union-attr]
    assert min(one_by_one) not in (one_by_one[0], one_by_one[-1])


def test_rare_escapes_lose_no_digits() -> None:
    found = compute("test_escape_ppm", yield_pct="99.9999999999", coverage_pct="99.99999999")
    assert float(found) == pytest.approx(-math.expm1(math.log1p(-1e-12) * 1e-10) * 1e6, rel=1e-6)


@given(st.integers(1, 100), st.integers(0, 100))
def test_escapes_are_between_none_and_all_that_are_bad(percent: int, coverage: int) -> None:
    found = compute("test_escape_ppm", yield_pct=percent, coverage_pct=coverage)
    assert 0 <= found <= (100 - percent) * 10_000


@pytest.mark.parametrize(
    ("formula_id", "inputs", "words"),
    [
        ("series_yield_pct", {"unit_yield_pct": 101, "n": 2}, "unit_yield_pct"),
        ("series_yield_pct", {"unit_yield_pct": -1, "n": 2}, "unit_yield_pct"),
        ("series_yield_pct", {"unit_yield_pct": 99, "n": -1}, "n"),
        ("series_yield_pct", {"unit_yield_pct": 99, "n": 1.5}, "whole number"),
        ("compound_yield_pct", {"yields_pct": [90, 101]}, "yields_pct"),
        ("compound_yield_pct", {"yields_pct": []}, "yields_pct"),
        ("k_of_n_yield_pct", {"n": 8, "k": 9, "unit_yield_pct": 99}, "k must not be larger"),
        ("k_of_n_yield_pct", {"n": 10_001, "k": 9, "unit_yield_pct": 99}, "n"),
        ("k_of_n_yield_pct", {"n": 0, "k": 0, "unit_yield_pct": 99}, "n"),
        ("die_yield_pct", {"area_mm2": 0, "defect_density_per_cm2": 1}, "area_mm2"),
        ("die_yield_pct", {"area_mm2": 10, "defect_density_per_cm2": 100.1}, "defect_density_per_cm2"),
        ("die_yield_pct", {"area_mm2": 10, "defect_density_per_cm2": 1, "model": "seeds"}, "model"),
        ("die_yield_pct", {"area_mm2": 10, "defect_density_per_cm2": 1, "model": "negbin"}, "needs alpha"),
        ("die_yield_pct", {"area_mm2": 10, "defect_density_per_cm2": 1, "model": "negbin", "alpha": 0}, "alpha"),
        ("gross_dies_per_wafer", {"wafer_mm": 301, "die_w_mm": 1, "die_h_mm": 1}, "wafer_mm"),
        ("gross_dies_per_wafer", {"wafer_mm": 49, "die_w_mm": 1, "die_h_mm": 1}, "wafer_mm"),
        ("gross_dies_per_wafer", {"wafer_mm": 100, "die_w_mm": 0, "die_h_mm": 1}, "die_w_mm"),
        ("gross_dies_per_wafer", {"wafer_mm": 100, "die_w_mm": 1, "die_h_mm": 95}, "fit into"),
        ("gross_dies_per_wafer", {"wafer_mm": 100, "die_w_mm": 50, "die_h_mm": 50}, "an eighth"),
        ("gross_dies_per_wafer", {"wafer_mm": 100, "die_w_mm": 1, "die_h_mm": 1, "edge_mm": 50}, "edge"),
        ("cost_per_good_unit", {"cost_pool": 100, "yield_pct": 0}, "yield_pct"),
        ("cost_per_good_unit", {"cost_pool": -1, "yield_pct": 50}, "cost_pool"),
        ("cost_per_good_unit", {"cost_pool": "100 USD", "yield_pct": 50, "warranty": "5 CNY"}, "currenc"),
        ("kgd_package_cost", PACKAGE | {"oe_incoming_quality_pct": 0}, "above 0"),
        ("kgd_package_cost", PACKAGE | {"oe_incoming_quality_pct": 90, "n_oe": 0}, "n_oe"),
        ("kgd_package_cost", PACKAGE | {"oe_incoming_quality_pct": 90, "spares": -1}, "spares"),
        ("test_escape_ppm", {"yield_pct": 0, "coverage_pct": 50}, "yield_pct"),
        ("test_escape_ppm", {"yield_pct": 90, "coverage_pct": 100.5}, "coverage_pct"),
    ],
)
def test_what_cannot_be_is_refused(formula_id: str, inputs: dict[str, Any], words: str) -> None:
    with pytest.raises(CalculationError, match=words):
        calculate(formula_id, inputs)
