"""Thermal and mechanical: worked cases, laws and refusals."""

import math
from decimal import Decimal
from typing import Any

import numpy as np
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from agent.calculator import calculate
from agent.calculator.formula import Interval
from agent.errors import CalculationError

# Published or independently computed results, to a relative 1e-6.
CASES: list[tuple[str, dict[str, Any], float]] = [
    ("junction_temp_c", {"t_ref_c": 45, "power_w": 1.5, "rth_c_per_w": [25, 6]}, 91.5),
    ("junction_temp_c", {"t_ref_c": "-40 °C", "power_w": "500 mW", "rth_c_per_w": "10 °C/W; 20 K/W"}, -25),
    ("junction_temp_c", {"t_ref_c": 45, "power_w": 0, "rth_c_per_w": [25]}, 45),
    ("heat_flux_w_cm2", {"power_w": 32, "area_mm2": 400}, 8),
    ("heat_flux_w_cm2", {"power_w": "0.5 kW", "area_mm2": "8 cm2"}, 62.5),
    ("wavelength_drift_nm", {"delta_t_c": 2, "coeff_nm_per_c": 0.07}, 0.14),
    ("wavelength_drift_nm", {"delta_t_c": "-35 K", "coeff_nm_per_c": "0.1 nm/°C"}, -3.5),
    ("max_delta_t_c", {"window_nm": 0.1, "coeff_nm_per_c": 0.08}, 1.25),
    ("cte_mismatch_um", {"alpha1_ppm": 2.6, "alpha2_ppm": 15, "delta_t_c": 100, "length_mm": 20,
                         "from_neutral": True}, 12.4),
    ("cte_mismatch_um", {"alpha1_ppm": 2.6, "alpha2_ppm": 3.5, "delta_t_c": 100, "length_mm": 20,
                         "from_neutral": "yes"}, 0.9),
    ("cte_mismatch_um", {"alpha1_ppm": 16.7, "alpha2_ppm": 2.6, "delta_t_c": -65, "length_mm": "1 cm"}, 9.165),
    ("cte_mismatch_um", {"alpha1_ppm": 3, "alpha2_ppm": 3, "delta_t_c": 65, "length_mm": 10}, 0),
    ("coolant_rise_c", {"power_w": 130, "flow_l_min": 0.3}, 6.229580155049457),
    ("coolant_rise_c", {"power_w": 1000, "flow_l_min": 1, "density_kg_l": 1, "cp_j_kg_k": 4000}, 15),
    ("arrhenius_af", {"t_use_c": 25, "t_stress_c": 60, "ea_ev": 0.97}, 52.79207979902199),
    ("arrhenius_af", {"t_use_c": 55, "t_stress_c": 55, "ea_ev": 0.7}, 1),
    ("arrhenius_af", {"t_use_c": 55, "t_stress_c": 125, "ea_ev": 0.7}, 77.6),
]  # fmt: skip
# The last case is rounded as JEDEC's handbooks print it.
LOOSE = {77.6: 1e-2}


def compute(formula_id: str, **inputs: Any) -> Decimal:
    value = calculate(formula_id, inputs).outputs[0].value
    assert isinstance(value, Decimal)
    return value


def temperatures(**inputs: Any) -> tuple[Any, ...]:
    values = calculate("coupled_temp_c", inputs).outputs[0].value
    assert isinstance(values, tuple)
    return values


@pytest.mark.parametrize(("formula_id", "inputs", "expected"), CASES)
def test_worked_cases(formula_id: str, inputs: dict[str, Any], expected: float) -> None:
    assert float(compute(formula_id, **inputs)) == pytest.approx(expected, rel=LOOSE.get(expected, 1e-6), abs=1e-12)


@pytest.mark.parametrize("matrix", [[[0.1, 0.05], [0.05, 0.5]], "0.1, 0.05; 0.05, 0.5", "[[0.1, 0.05], [0.05, 0.5]]"])
def test_a_hot_chip_warms_its_neighbour(matrix: Any) -> None:
    found = temperatures(t_ref_c="35 °C", rth_matrix=matrix, powers_w=["500 W", "32 W"])
    assert found == (Decimal("86.6"), Decimal(76))


def test_ring_tuning_gives_power_and_its_tax() -> None:
    result = calculate("ring_tuning", {"delta_nm": 1, "efficiency_nm_per_mw": 0.12, "lane_gbps": 200})
    heater, tax = (result.output(name).value for name in ("heater_mw", "pj_per_bit"))
    assert isinstance(heater, Decimal) and isinstance(tax, Decimal)
    assert float(heater) == pytest.approx(8.333333333333334, rel=1e-12)
    assert float(tax) == pytest.approx(0.04166666666666667, rel=1e-12)


# --- Laws -------------------------------------------------------------------------------------------------------------

tenths = st.integers(0, 10**4).map(lambda n: Decimal(n) / 10)


@given(st.data(), st.integers(1, 6))
def test_coupled_temperatures_are_a_matrix_product(data: Any, n: int) -> None:
    matrix = data.draw(st.lists(st.lists(tenths, min_size=n, max_size=n), min_size=n, max_size=n))
    powers = data.draw(st.lists(tenths, min_size=n, max_size=n))
    found = temperatures(t_ref_c=20, rth_matrix=matrix, powers_w=powers)
    expected = 20 + np.array(matrix, dtype=float) @ np.array(powers, dtype=float)
    assert [float(value) for value in found] == pytest.approx(expected.tolist(), rel=1e-12)


@given(st.lists(tenths, min_size=1, max_size=8), tenths)
def test_one_source_heats_like_a_matrix_of_one(resistances: list[Decimal], power: Decimal) -> None:
    in_series = compute("junction_temp_c", t_ref_c=25, power_w=power, rth_c_per_w=resistances)
    assert temperatures(t_ref_c=25, rth_matrix=[[sum(resistances)]], powers_w=[power]) == (in_series,)


@given(st.integers(1, 10**4), st.integers(1, 1000))
def test_the_window_is_the_drift_turned_round(window: int, coefficient: int) -> None:
    nanometres, per_kelvin = Decimal(window) / 1000, Decimal(coefficient) / 1000
    kelvin = compute("max_delta_t_c", window_nm=nanometres, coeff_nm_per_c=per_kelvin)
    assume(kelvin <= 200)
    drift = compute("wavelength_drift_nm", delta_t_c=kelvin, coeff_nm_per_c=per_kelvin)
    assert abs(drift - nanometres) < Decimal("1e-30")


@given(st.integers(-272, 900), st.integers(-272, 900), st.integers(2, 15))
def test_ageing_there_and_back_cancels(use: int, stress: int, tenths_of_ev: int) -> None:
    energy = Decimal(tenths_of_ev) / 10
    there = compute("arrhenius_af", t_use_c=use, t_stress_c=stress, ea_ev=energy)
    back = compute("arrhenius_af", t_use_c=stress, t_stress_c=use, ea_ev=energy)
    assert float(there * back) == pytest.approx(1, rel=1e-12)
    assert (there > 1) == (stress > use)


@given(st.integers(0, 100), st.integers(21, 200), st.integers(2, 15))
def test_arrhenius_agrees_with_floating_point(use: int, stress: int, tenths_of_ev: int) -> None:
    found = compute("arrhenius_af", t_use_c=use, t_stress_c=stress, ea_ev=Decimal(tenths_of_ev) / 10)
    expected = math.exp(tenths_of_ev / 10 / 8.617333262e-5 * (1 / (use + 273.15) - 1 / (stress + 273.15)))
    assert float(found) == pytest.approx(expected, rel=1e-7)


# --- Ranges and warnings ----------------------------------------------------------------------------------------------


def test_a_mismatch_vanishes_inside_a_range() -> None:
    """Neither end of the ranges is the smallest: the materials agree, or nothing warms, somewhere within."""
    fixed = {"alpha2_ppm": "10 ppm/K", "length_mm": "20 mm"}
    result = calculate("cte_mismatch_um", fixed | {"alpha1_ppm": "2 to 16 ppm/K", "delta_t_c": "100 K"})
    assert result.outputs[0].value == Interval(Decimal(0), Decimal(16))
    result = calculate("cte_mismatch_um", fixed | {"alpha1_ppm": "3 ppm/K", "delta_t_c": "-40 to 85 K"})
    assert result.outputs[0].value == Interval(Decimal(0), Decimal("11.9"))


@pytest.mark.parametrize(
    ("formula_id", "inputs", "words"),
    [
        ("wavelength_drift_nm", {"delta_t_c": 10, "coeff_nm_per_c": 0.45}, "Fabry"),
        ("wavelength_drift_nm", {"delta_t_c": 80, "coeff_nm_per_c": 0.08}, "50 K"),
        ("coolant_rise_c", {"power_w": 1000, "flow_l_min": 0.1}, "boil"),
        ("arrhenius_af", {"t_use_c": 85, "t_stress_c": 25, "ea_ev": 0.7}, "cooler"),
    ],
)
def test_what_looks_wrong_is_warned_of(formula_id: str, inputs: dict[str, Any], words: str) -> None:
    assert any(words in warning.en for warning in calculate(formula_id, inputs).warnings)


def test_a_difference_of_degrees_is_one_of_kelvin() -> None:
    assert compute("wavelength_drift_nm", delta_t_c="2 °C", coeff_nm_per_c="0.07 nm/℃") == Decimal("0.14")


@pytest.mark.parametrize(
    ("formula_id", "inputs", "words"),
    [
        ("junction_temp_c", {"t_ref_c": -273.15, "power_w": 1, "rth_c_per_w": [1]}, "t_ref_c"),
        ("junction_temp_c", {"t_ref_c": 25, "power_w": -1, "rth_c_per_w": [1]}, "power_w"),
        ("junction_temp_c", {"t_ref_c": 25, "power_w": 1, "rth_c_per_w": [1, -1]}, "rth_c_per_w"),
        ("coupled_temp_c", {"t_ref_c": 25, "rth_matrix": [[1, 2]], "powers_w": [1, 1]}, "one row and one column"),
        ("coupled_temp_c", {"t_ref_c": 25, "rth_matrix": [[1, 2], [3, 4]], "powers_w": [1]}, "one row and one column"),
        ("coupled_temp_c", {"t_ref_c": 25, "rth_matrix": [[1], [2]], "powers_w": [1, 1]}, "one row and one column"),
        ("coupled_temp_c", {"t_ref_c": 25, "rth_matrix": [[1, 2], [3]], "powers_w": [1, 1]}, "rth_matrix"),
        ("coupled_temp_c", {"t_ref_c": 25, "rth_matrix": [[-1]], "powers_w": [1]}, "rth_matrix"),
        ("heat_flux_w_cm2", {"power_w": 32, "area_mm2": 0}, "area_mm2"),
        ("heat_flux_w_cm2", {"power_w": "32 dB", "area_mm2": 1}, "power_w"),
        ("wavelength_drift_nm", {"delta_t_c": 201, "coeff_nm_per_c": 0.07}, "delta_t_c"),
        ("wavelength_drift_nm", {"delta_t_c": 2, "coeff_nm_per_c": 70}, "coeff_nm_per_c"),
        ("max_delta_t_c", {"window_nm": 0, "coeff_nm_per_c": 0.08}, "window_nm"),
        ("max_delta_t_c", {"window_nm": 1, "coeff_nm_per_c": 0}, "coeff_nm_per_c"),
        ("ring_tuning", {"delta_nm": 1, "efficiency_nm_per_mw": 0.04, "lane_gbps": 200}, "efficiency_nm_per_mw"),
        ("ring_tuning", {"delta_nm": 1, "efficiency_nm_per_mw": 1.1, "lane_gbps": 200}, "efficiency_nm_per_mw"),
        ("ring_tuning", {"delta_nm": 1, "efficiency_nm_per_mw": 0.1, "lane_gbps": 0}, "lane_gbps"),
        ("cte_mismatch_um", {"alpha1_ppm": 101, "alpha2_ppm": 3, "delta_t_c": 1, "length_mm": 1}, "alpha1_ppm"),
        ("cte_mismatch_um", {"alpha1_ppm": 2, "alpha2_ppm": 3, "delta_t_c": 1, "length_mm": 0}, "length_mm"),
        ("coolant_rise_c", {"power_w": 130, "flow_l_min": 0}, "flow_l_min"),
        ("arrhenius_af", {"t_use_c": -273, "t_stress_c": 60, "ea_ev": 0.7}, "t_use_c"),
        ("arrhenius_af", {"t_use_c": 25, "t_stress_c": -300, "ea_ev": 0.7}, "t_stress_c"),
        ("arrhenius_af", {"t_use_c": 25, "t_stress_c": 60, "ea_ev": 0.1}, "ea_ev"),
        ("arrhenius_af", {"t_use_c": 25, "t_stress_c": 60, "ea_ev": 1.6}, "ea_ev"),
    ],
)
def test_what_cannot_be_is_refused(formula_id: str, inputs: dict[str, Any], words: str) -> None:
    with pytest.raises(CalculationError, match=words):
        calculate(formula_id, inputs)
