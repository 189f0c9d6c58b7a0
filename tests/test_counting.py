"""Counting and scaling: worked cases, agreement with whole-number arithmetic, exactness and refusals."""

import math
from decimal import Decimal
from fractions import Fraction
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from agent.calculator import calculate, formulas, recompute
from agent.calculator.counting import parts_needed
from agent.calculator.formula import Interval
from agent.errors import CalculationError

# Published cases, and others worked by hand.
CASES: list[tuple[str, dict[str, Any], dict[str, float]]] = [
    ("lane_count", {"capacity_tbps": 1.6, "lane_gbps": 200}, {"lanes": 8}),
    ("lane_count", {"capacity_tbps": 0.8, "lane_gbps": 100}, {"lanes": 8}),
    ("lane_count", {"capacity_tbps": 102.4, "lane_gbps": 200}, {"lanes": 512}),
    ("lane_count", {"capacity_tbps": "51.2T", "lane_gbps": "112G"}, {"lanes": 458}),
    (
        "fiber_count",
        {"capacity_tbps": 51.2, "lane_gbps": 100, "wavelengths_per_fiber": 1, "lanes_per_laser_fiber": 8},
        {"lanes": 512, "data_fibers": 1024, "laser_feed_fibers": 64, "total_fibers": 1088},
    ),
    (
        "fiber_count",
        {"capacity_tbps": 51.2, "lane_gbps": 100, "wavelengths_per_fiber": 4, "lanes_per_laser_fiber": 16},
        {"lanes": 512, "data_fibers": 256, "laser_feed_fibers": 32, "total_fibers": 288},
    ),
    (
        "fiber_count",
        {"capacity_tbps": 102.4, "lane_gbps": 200, "wavelengths_per_fiber": 1, "lanes_per_laser_fiber": 4},
        {"lanes": 512, "data_fibers": 1024, "laser_feed_fibers": 128, "total_fibers": 1152},
    ),
    (
        "fiber_count",
        {"capacity_tbps": "1.6T", "lane_gbps": "200G", "wavelengths_per_fiber": 3, "bidirectional": True},
        {"lanes": 8, "data_fibers": 3, "laser_feed_fibers": 0, "total_fibers": 3},
    ),
    (
        "fiber_count",
        {"capacity_tbps": "51.2T", "lane_gbps": "100G"},
        {"lanes": 512, "data_fibers": 1024, "laser_feed_fibers": 0, "total_fibers": 1024},
    ),
    ("optical_engine_count", {"capacity_tbps": 102.4, "oe_tbps": 6.4}, {"engines": 16}),
    ("optical_engine_count", {"capacity_tbps": 115.2, "oe_tbps": 1.6}, {"engines": 72}),
    ("optical_engine_count", {"capacity_tbps": 102.4, "oe_tbps": 3.2, "spares": 4}, {"engines": 36}),
    ("line_rate_gbps", {"net_gbps": 100}, {"line_gbps": 106.25}),
    ("line_rate_gbps", {"net_gbps": 400}, {"line_gbps": 425}),
    (
        "line_rate_gbps",
        {"net_gbps": 100, "transcode": 1, "fec_n": 528, "fec_k": 514},
        {"line_gbps": 102.72373540856032},
    ),
    ("per_fiber_rate_gbps", {"wavelengths": 8, "baud_gbd": 56, "levels": 2}, {"rate_gbps": 448}),
    ("per_fiber_rate_gbps", {"wavelengths": 4, "baud_gbd": 53.125, "levels": 2}, {"rate_gbps": 212.5}),
    (
        "per_fiber_rate_gbps",
        {"wavelengths": 4, "baud_gbd": "106.25 GBd", "levels": 4, "code_rate": 0.94},
        {"rate_gbps": 799},
    ),
    ("shoreline_density_gbps_mm", {"bandwidth_gbps": 3200, "edge_mm": 22.86}, {"density_gbps_mm": 139.9825021872266}),
    ("required_edge_mm", {"bandwidth_gbps": 51200, "density_gbps_mm": 140}, {"edge_mm": 365.7142857142857}),
    ("required_edge_mm", {"bandwidth_gbps": "51.2 Tb/s", "density_gbps_mm": "0.4 Tb/s/mm"}, {"edge_mm": 128}),
    ("areal_density_gbps_mm2", {"bandwidth_gbps": 3200, "w_mm": 20, "h_mm": 20}, {"density_gbps_mm2": 8}),
    ("fat_tree_hosts", {"radix": 128, "tiers": 2}, {"hosts": 8192}),
    ("fat_tree_hosts", {"radix": 512, "tiers": 2}, {"hosts": 131072}),
    ("fat_tree_hosts", {"radix": 64, "tiers": 3}, {"hosts": 65536}),
    ("fat_tree_hosts", {"radix": 64, "tiers": 1}, {"hosts": 64}),
    ("doubling_time_years", {"cagr_pct": 41.4213562}, {"years": 2.000000001522436}),
    ("doubling_time_years", {"cagr_pct": "100%"}, {"years": 1}),
    ("doubling_time_years", {"cagr_pct": 7.2}, {"years": math.log(2) / math.log(1.072)}),
]


@pytest.mark.parametrize(("formula_id", "inputs", "expected"), CASES)
def test_worked_cases(formula_id: str, inputs: dict[str, Any], expected: dict[str, float]) -> None:
    result = calculate(formula_id, inputs)
    assert [value.name for value in result.outputs] == list(expected)
    for value in result.outputs:
        assert isinstance(value.value, Decimal)
        assert math.isclose(float(value.value), expected[value.name], rel_tol=1e-9)
    assert recompute(result).to_bytes() == result.to_bytes()


def test_every_formula_has_a_case_and_an_example_that_computes() -> None:
    ours = [known for known in formulas() if known.group == "counting"]
    assert {known.id for known in ours} == {formula_id for formula_id, _, _ in CASES}
    for known in ours:
        assert calculate(known.id, known.example).outputs


@pytest.mark.parametrize(
    ("formula_id", "inputs"),
    [
        ("lane_count", {"capacity_tbps": 0, "lane_gbps": 100}),
        ("lane_count", {"capacity_tbps": 1, "lane_gbps": 0}),
        ("lane_count", {"capacity_tbps": "51.2 W", "lane_gbps": 100}),
        ("fiber_count", {"capacity_tbps": 1, "lane_gbps": 100, "wavelengths_per_fiber": 0}),
        ("fiber_count", {"capacity_tbps": 1, "lane_gbps": 100, "lanes_per_laser_fiber": 1.5}),
        ("fiber_count", {"capacity_tbps": 1, "lane_gbps": 100, "bidirectional": "maybe"}),
        ("optical_engine_count", {"capacity_tbps": 1, "oe_tbps": 0}),
        ("optical_engine_count", {"capacity_tbps": 1, "oe_tbps": 1, "spares": -1}),
        ("line_rate_gbps", {"net_gbps": 0}),
        ("line_rate_gbps", {"net_gbps": 100, "transcode": 0.9}),
        ("line_rate_gbps", {"net_gbps": 100, "fec_n": 514, "fec_k": 544}),
        ("per_fiber_rate_gbps", {"wavelengths": 0, "baud_gbd": 56, "levels": 2}),
        ("per_fiber_rate_gbps", {"wavelengths": 1, "baud_gbd": 56, "levels": 5}),
        ("per_fiber_rate_gbps", {"wavelengths": 1, "baud_gbd": 56, "levels": 2, "code_rate": 1.1}),
        ("shoreline_density_gbps_mm", {"bandwidth_gbps": 1, "edge_mm": 0}),
        ("required_edge_mm", {"bandwidth_gbps": -1, "density_gbps_mm": 1}),
        ("areal_density_gbps_mm2", {"bandwidth_gbps": 1, "w_mm": 0, "h_mm": 1}),
        ("fat_tree_hosts", {"radix": 127, "tiers": 2}),
        ("fat_tree_hosts", {"radix": 128, "tiers": 5}),
        ("fat_tree_hosts", {"radix": 0, "tiers": 1}),
        ("doubling_time_years", {"cagr_pct": 0}),
    ],
)
def test_out_of_range_is_refused(formula_id: str, inputs: dict[str, Any]) -> None:
    with pytest.raises(CalculationError) as caught:
        calculate(formula_id, inputs)
    assert caught.value.next_step


def test_a_hair_above_a_whole_number_of_lanes_is_one_more() -> None:
    assert calculate("lane_count", {"capacity_tbps": "1.6", "lane_gbps": 200}).output().value == 8
    hair = "1.60000000000000000000000000001"
    assert calculate("lane_count", {"capacity_tbps": hair, "lane_gbps": 200}).output().value == 9


def test_a_range_of_capacities_gives_a_range_of_lanes() -> None:
    lanes = calculate("lane_count", {"capacity_tbps": "51.2–102.4 Tb/s", "lane_gbps": 200}).output().value
    assert lanes == Interval(Decimal(256), Decimal(512))


def test_what_was_left_out_is_an_input_of_its_own() -> None:
    inputs = calculate("fiber_count", {"capacity_tbps": 51.2, "lane_gbps": 100}).inputs
    left_out = {one.name: one.value for one in inputs if not one.given}
    assert left_out == {"wavelengths_per_fiber": 1, "bidirectional": False, "lanes_per_laser_fiber": None}


# --- Laws -------------------------------------------------------------------------------------------------------------

capacities = st.decimals(min_value="0.001", max_value=100000, places=3)
lanes_of = st.decimals(min_value="0.5", max_value=1000, places=3)
lengths = st.decimals(min_value="0.001", max_value=10000, places=3)


def _value(formula_id: str, output: str = "", **inputs: Any) -> Decimal:
    value = calculate(formula_id, inputs).output(output).value
    assert isinstance(value, Decimal)
    return value


@given(capacities, lanes_of)
def test_lanes_are_just_enough(capacity: Decimal, lane: Decimal) -> None:
    lanes = _value("lane_count", capacity_tbps=capacity, lane_gbps=lane)
    assert lanes == math.ceil(Fraction(capacity) * 1000 / Fraction(lane))
    assert (lanes - 1) * lane < capacity * 1000 <= lanes * lane


@given(st.integers(1, 10**30), st.integers(1, 10**12))
def test_parts_are_counted_like_whole_numbers(whole: int, part: int) -> None:
    assert parts_needed(Decimal(whole), Decimal(part)) == -(-whole // part)


@given(capacities, lanes_of, st.integers(1, 1000), st.integers(1, 10**6))
def test_fibres_by_fractions(capacity: Decimal, lane: Decimal, waves: int, feeds: int) -> None:
    inputs = {"capacity_tbps": capacity, "lane_gbps": lane, "wavelengths_per_fiber": waves}
    both = calculate("fiber_count", {**inputs, "lanes_per_laser_fiber": feeds})
    lanes = math.ceil(Fraction(capacity) * 1000 / Fraction(lane))
    data, feed = 2 * math.ceil(Fraction(lanes, waves)), math.ceil(Fraction(lanes, feeds))
    assert [value.value for value in both.outputs] == [lanes, data, feed, data + feed]
    assert _value("fiber_count", "data_fibers", **inputs, bidirectional=True) * 2 == data


@given(capacities, capacities, st.integers(0, 1000))
def test_engines_are_just_enough(capacity: Decimal, engine: Decimal, spares: int) -> None:
    if engine <= 10**4:
        engines = _value("optical_engine_count", capacity_tbps=capacity, oe_tbps=engine, spares=spares)
        assert engines == math.ceil(Fraction(capacity) / Fraction(engine)) + spares


@given(st.decimals(min_value="0.1", max_value=10**6, places=2))
def test_the_line_rate_by_fractions(net: Decimal) -> None:
    exact = Fraction(net) * Fraction(257, 256) * Fraction(544, 514)
    line = _value("line_rate_gbps", net_gbps=net)
    assert abs(Fraction(line) / exact - 1) < Fraction(1, 10**32)


@given(st.decimals(min_value=0, max_value=10**6, places=2), lengths, lengths)
def test_density_times_length_is_the_bandwidth(bandwidth: Decimal, width: Decimal, height: Decimal) -> None:
    near = Decimal("1e-25") * max(1, bandwidth)
    density = _value("shoreline_density_gbps_mm", bandwidth_gbps=bandwidth, edge_mm=width)
    if density:
        edge = _value("required_edge_mm", bandwidth_gbps=bandwidth, density_gbps_mm=density)
        assert abs(edge - width) < Decimal("1e-25")
    area = _value("areal_density_gbps_mm2", bandwidth_gbps=bandwidth, w_mm=width, h_mm=height)
    assert abs(area * height - density) < near


@given(st.integers(1, 50000), st.integers(1, 4))
def test_a_tier_more_is_half_the_radix_times_the_hosts(half: int, tiers: int) -> None:
    assert _value("fat_tree_hosts", radix=2 * half, tiers=tiers) == 2 * half**tiers


@given(st.decimals(min_value="0.0001", max_value=10**5, places=4))
def test_growth_over_the_doubling_time_is_a_factor_of_two(growth: Decimal) -> None:
    years = _value("doubling_time_years", cagr_pct=growth)
    assert abs((1 + growth / 100) ** years - 2) < Decimal("1e-18")


def test_a_tiny_growth_keeps_its_digits() -> None:
    years = _value("doubling_time_years", cagr_pct="1e-20")
    assert abs(years * Decimal("1e-22") / Decimal(2).ln() - 1) < Decimal("1e-21")
