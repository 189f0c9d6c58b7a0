"""Optical links: worked cases, identities between formulas, error rates against other mathematics, and refusals."""

import math
import time
from decimal import Decimal
from statistics import NormalDist
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from agent.calculator import calculate, formulas, recompute
from agent.errors import CalculationError

LINK = {
    "els_connector": 0.5, "pm_fiber_to_pic": 1.5, "splitter_1x4": 6.5, "modulator_il": 4.0, "modulation_3db": 3.0,
    "pic_routing": 1.0, "pic_to_fiber": 1.5, "link_connectors_4": 1.0, "fiber_500m": 0.2, "rx_coupling": 1.5,
}  # fmt: skip
RECEIVER = {"noise_pa_rthz": 15, "baud_gbd": 53.125, "responsivity_a_w": 0.8, "ber": 0.00024, "levels": 4}
# Published cases, and others worked by hand or by Python's own float mathematics.
CASES: list[tuple[str, dict[str, Any], dict[str, float | bool]]] = [
    ("db_to_linear", {"db": 3}, {"ratio": 1.9952623149688795}),
    ("db_to_linear", {"db": -10}, {"ratio": 0.1}),
    ("linear_to_db", {"x": 2}, {"db": 3.010299956639812}),
    ("dbm_to_mw", {"dbm": 20}, {"power_mw": 100}),
    ("mw_to_dbm", {"mw": 400}, {"level_dbm": 26.020599913279625}),
    ("mw_to_dbm", {"mw": "1 W"}, {"level_dbm": 30}),
    ("splitter_loss_db", {"n_ways": 4}, {"loss_db": 6.020599913279624}),
    ("splitter_loss_db", {"n_ways": 4, "excess_db": 0.5}, {"loss_db": 6.520599913279624}),
    ("fiber_loss_db", {"length_km": 0.5, "alpha_db_per_km": 0.4}, {"loss_db": 0.2}),
    ("fiber_loss_db", {"length_km": "500 m", "alpha_db_per_km": 0.4}, {"loss_db": 0.2}),
    (
        "link_budget",
        {"p_laser_dbm": 23, "losses_db": LINK, "sensitivity_dbm": -6, "required_margin_db": 1.5},
        {"total_loss_db": 20.7, "received_dbm": 2.3, "margin_db": 8.3, "closes": True},
    ),
    (
        "link_budget",
        {"p_laser_dbm": 10, "losses_db": [9, 8], "sensitivity_dbm": -6},
        {"total_loss_db": 17, "received_dbm": -7, "margin_db": -1, "closes": False},
    ),
    ("min_laser_power_dbm", {"sensitivity_dbm": -6, "losses_db": LINK, "margin_db": 3}, {"p_laser_dbm": 17.7}),
    ("min_laser_power_dbm", {"sensitivity_dbm": -6, "losses_db": LINK}, {"p_laser_dbm": 14.7}),
    (
        "els_electrical_power_w",
        {"optical_mw_total": 303.5787, "wpe": 0.15, "driver_efficiency": 0.6},
        {"electrical_w": 3.373096666666667},
    ),
    ("els_electrical_power_w", {"optical_mw_total": 800, "wpe": 0.125}, {"electrical_w": 6.4}),
    (
        "els_electrical_power_w",
        {"optical_mw_total": "0.8 W", "wpe": "12.5%", "driver_efficiency": "80%", "tec_w": 1.5},
        {"electrical_w": 9.5},
    ),
    ("wall_plug_efficiency", {"optical_mw": 1600, "electrical_w": 13}, {"wpe": 0.12307692307692308}),
    (
        "laser_counts",
        {"n_lanes": 576, "lanes_per_laser": 4, "lasers_per_module": 8},
        {"lasers": 144, "els_modules": 18},
    ),
    (
        "laser_counts",
        {"n_lanes": 512, "lanes_per_laser": 4, "lasers_per_module": 8, "spare_lasers": 1},
        {"lasers": 129, "els_modules": 17},
    ),
    (
        "oma_from_average",
        {"p_avg_dbm": 0, "er_db": 5},
        {"oma_mw": 1.0389877065918314, "oma_dbm": 0.16610408971116924, "p1_mw": 1.5194938532959155,
         "p0_mw": 0.4805061467040842},
    ),
    ("er_power_penalty_db", {"er_db": 3.5}, {"penalty_db": 4.174000070336993}),
    ("er_power_penalty_db", {"er_db": 10}, {"penalty_db": 10 * math.log10(11 / 9)}),
    ("ber_from_q", {"q": 7.034483825301132, "levels": 2}, {"ber": 1e-12}),
    ("ber_from_q", {"q": 3.41407055422743, "levels": 4}, {"ber": 2.4e-4}),
    ("ber_from_q", {"q": 0, "levels": 8}, {"ber": 7 / 24}),
    ("ber_from_q", {"q": 6}, {"ber": math.erfc(6 / math.sqrt(2)) / 2}),
    ("q_from_ber", {"ber": 0.00024, "levels": 4}, {"q": 3.41407055422743}),
    ("q_from_ber", {"ber": 1e-12, "levels": 2}, {"q": 7.034483825301132}),
    ("q_from_ber", {"ber": "2.4×10⁻⁴"}, {"q": -NormalDist().inv_cdf(2.4e-4)}),
    ("pam_level_penalty_db", {"levels": 4}, {"penalty_db": 4.771212547196624}),
    ("pam_level_penalty_db", {"levels": 8}, {"penalty_db": 8.450980400142568}),
    (
        "receiver_sensitivity_oma_dbm",
        RECEIVER,
        {"q": 3.41407055422743, "sigma_ua": 2.994134891750871, "oma_uw": 76.66640826983686,
         "oma_dbm": -11.153948824478057},
    ),
]  # fmt: skip


@pytest.mark.parametrize(("formula_id", "inputs", "expected"), CASES)
def test_worked_cases(formula_id: str, inputs: dict[str, Any], expected: dict[str, float | bool]) -> None:
    result = calculate(formula_id, inputs)
    assert [value.name for value in result.outputs] == list(expected)
    for value in result.outputs:
        if isinstance(value.value, bool):
            assert value.value is expected[value.name]
        else:
            assert isinstance(value.value, Decimal)
            assert math.isclose(float(value.value), expected[value.name], rel_tol=1e-9)
    assert recompute(result).to_bytes() == result.to_bytes()


def test_every_formula_has_a_case_and_an_example_that_computes() -> None:
    ours = [known for known in formulas() if known.group == "optical_link"]
    assert {known.id for known in ours} == {formula_id for formula_id, _, _ in CASES}
    for known in ours:
        assert calculate(known.id, known.example).outputs


@pytest.mark.parametrize(
    ("formula_id", "inputs"),
    [
        ("db_to_linear", {"db": 401}),
        ("linear_to_db", {"x": 0}),
        ("dbm_to_mw", {"dbm": 61}),
        ("splitter_loss_db", {"n_ways": 2.5}),
        ("splitter_loss_db", {"n_ways": 4, "excess_db": 21}),
        ("fiber_loss_db", {"length_km": 1001, "alpha_db_per_km": 1}),
        ("link_budget", {"p_laser_dbm": 41, "losses_db": [1], "sensitivity_dbm": -6}),
        ("min_laser_power_dbm", {"sensitivity_dbm": -6, "losses_db": [61], "margin_db": 1}),
        ("min_laser_power_dbm", {"sensitivity_dbm": -6, "losses_db": [6], "margin_db": 21}),
        ("els_electrical_power_w", {"optical_mw_total": 100, "wpe": 0}),
        ("els_electrical_power_w", {"optical_mw_total": 100, "wpe": 15}),
        ("els_electrical_power_w", {"optical_mw_total": 100, "wpe": 0.1, "driver_efficiency": 1.1}),
        ("wall_plug_efficiency", {"optical_mw": 1, "electrical_w": 0}),
        ("wall_plug_efficiency", {"optical_mw": "2 W", "electrical_w": 1}),
        ("laser_counts", {"n_lanes": 0, "lanes_per_laser": 4, "lasers_per_module": 8}),
        ("laser_counts", {"n_lanes": 8, "lanes_per_laser": 4, "lasers_per_module": 8, "spare_lasers": -1}),
        ("oma_from_average", {"p_avg_dbm": 0, "er_db": 0}),
        ("er_power_penalty_db", {"er_db": -1}),
        ("ber_from_q", {"q": 41}),
        ("ber_from_q", {"q": 3, "levels": 3}),
        ("ber_from_q", {"q": 3, "levels": 16}),
        ("q_from_ber", {"ber": 0.6}),
        ("q_from_ber", {"ber": "1e-31"}),
        ("q_from_ber", {"ber": 0.4, "levels": 4}),
        ("pam_level_penalty_db", {"levels": 6}),
        ("receiver_sensitivity_oma_dbm", {**RECEIVER, "levels": 8}),
        ("receiver_sensitivity_oma_dbm", {**RECEIVER, "noise_pa_rthz": 4.9}),
        ("receiver_sensitivity_oma_dbm", {**RECEIVER, "responsivity_a_w": 1.3}),
        ("receiver_sensitivity_oma_dbm", {**RECEIVER, "bw_fraction": 0.4}),
        ("receiver_sensitivity_oma_dbm", {**RECEIVER, "ber": 0.375}),
    ],
)
def test_out_of_range_is_refused(formula_id: str, inputs: dict[str, Any]) -> None:
    with pytest.raises(CalculationError) as caught:
        calculate(formula_id, inputs)
    assert caught.value.next_step


def test_cautions() -> None:
    assert calculate("wall_plug_efficiency", {"optical_mw": 500, "electrical_w": 1}).warnings
    assert not calculate("wall_plug_efficiency", {"optical_mw": 350, "electrical_w": 1}).warnings
    loss = {"sensitivity_dbm": 0, "losses_db": [27.5]}
    assert not calculate("min_laser_power_dbm", loss).warnings
    assert calculate("min_laser_power_dbm", {**loss, "margin_db": 0.1}).warnings


# --- Laws -------------------------------------------------------------------------------------------------------------

levels_db = st.decimals(min_value=-60, max_value=40, places=2)
extinctions = st.decimals(min_value="0.01", max_value=40, places=2)
losses = st.lists(st.decimals(min_value=0, max_value=60, places=2), min_size=1, max_size=12)
pam = st.sampled_from((2, 4, 8))


def _value(formula_id: str, output: str = "", **inputs: Any) -> Decimal:
    value = calculate(formula_id, inputs).output(output).value
    assert isinstance(value, Decimal)
    return value


@given(st.decimals(min_value="0.001", max_value="11.3", places=6), pam)
def test_q_and_error_ratio_are_inverse(q: Decimal, levels: int) -> None:
    ber = _value("ber_from_q", q=q, levels=levels)
    assert abs(_value("q_from_ber", ber=ber, levels=levels) - q) < Decimal("1e-28")


@given(st.integers(100, 290), st.integers(3, 32), pam)
def test_error_ratio_comes_back_to_its_last_digits(digits: int, places: int, levels: int) -> None:
    ber = Decimal(digits).scaleb(-places)
    q = _value("q_from_ber", ber=ber, levels=levels)
    assert abs(_value("ber_from_q", q=q, levels=levels) / ber - 1) < Decimal("1e-28")


@given(st.floats(0, 37))
def test_error_ratio_agrees_with_floats(q: float) -> None:
    assert math.isclose(float(_value("ber_from_q", q=q)), math.erfc(q / math.sqrt(2)) / 2, rel_tol=1e-9)


@given(levels_db, extinctions)
def test_levels_make_up_average_amplitude_and_extinction(average: Decimal, extinction: Decimal) -> None:
    result = calculate("oma_from_average", {"p_avg_dbm": average, "er_db": extinction})
    oma, oma_dbm, one, zero = (value.value for value in result.outputs)
    assert all(isinstance(value, Decimal) for value in (oma, oma_dbm, one, zero))
    near = Decimal("1e-25")
    assert abs((one + zero) / 2 / _value("dbm_to_mw", dbm=average) - 1) < near
    assert abs((one - zero) / oma - 1) < near
    assert abs(_value("linear_to_db", x=one / zero) - extinction) < near
    penalty = _value("er_power_penalty_db", er_db=extinction)
    assert abs(average + 10 * Decimal(2).log10() - oma_dbm - penalty) < near


def test_a_tiny_extinction_ratio_keeps_its_digits() -> None:
    tiny = Decimal("1e-20")  # where (ER − 1)/(ER + 1) is ln(10)/20 × ER in dB
    expected = -10 * (Decimal(10).ln() / 20 * tiny).log10()
    assert abs(_value("er_power_penalty_db", er_db=tiny) - expected) < Decimal("1e-24")


@given(losses, levels_db, st.decimals(min_value=0, max_value=20, places=2))
def test_the_least_laser_power_just_closes_the_link(each: list[Decimal], sensitivity: Decimal, margin: Decimal) -> None:
    laser = _value("min_laser_power_dbm", sensitivity_dbm=sensitivity, losses_db=each, margin_db=margin)
    if laser <= 40:
        budget = calculate(
            "link_budget",
            {"p_laser_dbm": laser, "losses_db": each, "sensitivity_dbm": sensitivity, "required_margin_db": margin},
        )
        assert (budget.output("margin_db").value, budget.output("closes").value) == (margin, True)


@given(st.integers(1, 1000), st.integers(1, 1000))
def test_splitters_in_a_row_add_up(first: int, second: int) -> None:
    parts = _value("splitter_loss_db", n_ways=first) + _value("splitter_loss_db", n_ways=second)
    assert abs(_value("splitter_loss_db", n_ways=first * second) - parts) < Decimal("1e-25")


@given(st.decimals(min_value="0.001", max_value=1, places=3), st.decimals(min_value="0.1", max_value=10**6, places=1))
def test_efficiency_and_electrical_power_are_inverse(wpe: Decimal, optical: Decimal) -> None:
    drawn = _value("els_electrical_power_w", optical_mw_total=optical, wpe=wpe)
    if drawn <= 10**6:
        found = _value("wall_plug_efficiency", optical_mw=optical, electrical_w=drawn * (1 + Decimal("1e-30")))
        assert abs(found / wpe - 1) < Decimal("1e-25")


@given(st.integers(1, 10**9), st.integers(1, 10**6), st.integers(1, 10**6), st.integers(0, 10**6))
def test_lasers_are_counted_like_whole_numbers(lanes: int, each: int, held: int, spare: int) -> None:
    inputs = {"n_lanes": lanes, "lanes_per_laser": each, "lasers_per_module": held, "spare_lasers": spare}
    lasers = -(-lanes // each) + spare
    assert [value.value for value in calculate("laser_counts", inputs).outputs] == [lasers, -(-lasers // held)]


@given(st.integers(5, 15), st.sampled_from((2, 4)))
def test_twice_the_noise_is_three_decibels(noise: int, levels: int) -> None:
    quiet, loud = (
        _value("receiver_sensitivity_oma_dbm", "oma_dbm", **{**RECEIVER, "noise_pa_rthz": n, "levels": levels})
        for n in (noise, 2 * noise)
    )
    assert abs(loud - quiet - 10 * Decimal(2).log10()) < Decimal("1e-25")


def test_sensitivity_by_another_road() -> None:
    nrz = {**RECEIVER, "levels": 2, "ber": 1e-12, "bw_fraction": 0.5}
    q = -NormalDist().inv_cdf(1e-12)
    microwatts = 2 * q * 15e-12 * math.sqrt(0.5 * 53.125e9) / 0.8 * 1e6
    assert math.isclose(float(_value("receiver_sensitivity_oma_dbm", "oma_uw", **nrz)), microwatts, rel_tol=1e-7)


@pytest.mark.parametrize(
    ("formula_id", "inputs"),
    [
        ("ber_from_q", {"q": 40}),
        ("q_from_ber", {"ber": "1e-30"}),
        ("q_from_ber", {"ber": "0.4999999999999999999999999999999999"}),
        ("er_power_penalty_db", {"er_db": "0.0000000000000000000000000000000000000001"}),
        ("db_to_linear", {"db": "399.9999999999999999999999999999999"}),
    ],
)
def test_extremes_are_quick(formula_id: str, inputs: dict[str, Any]) -> None:
    calculate(formula_id, inputs)  # loads what is loaded once
    start = time.perf_counter()
    assert isinstance(calculate(formula_id, inputs).output().value, Decimal)
    assert time.perf_counter() - start < 0.1
