"""Fibre coupling: worked cases, overlap integrals, laws and refusals."""

from decimal import Decimal
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from agent.calculator import calculate
from agent.calculator.formula import Interval
from agent.errors import CalculationError

# Published or independently computed results, to a relative 1e-6.
CASES: list[tuple[str, dict[str, Any], float]] = [
    ("mode_mismatch_loss_db", {"w1_um": 4.6, "w2_um": 4.6}, 0),
    ("mode_mismatch_loss_db", {"w1_um": 4.6, "w2_um": 1.5}, 4.590446545907756),
    ("mode_mismatch_loss_db", {"w1_um": 1, "w2_um": 3}, 4.436974992327127),  # (3/5)²
    ("lateral_loss_db", {"d_um": 1, "w1_um": 4.6}, 0.20524313889567672),
    ("lateral_loss_db", {"d_um": 0.5, "w1_um": 1.5}, 0.4825494243369465),
    ("lateral_loss_db", {"d_um": 5, "w1_um": 3, "w2_um": 4}, 8.685889638065035),  # e^(−2)
    ("lateral_loss_db", {"d_um": 0, "w1_um": 3}, 0),
    ("angular_loss_db", {"theta_deg": 1, "w_um": 4.6, "wavelength_um": 1.31, "n": 1}, 0.16099480556770962),
    ("angular_loss_db", {"theta_deg": 1, "w_um": 4.6, "wavelength_um": "1310 nm"}, 0.16099480556770962),
    ("longitudinal_loss_db", {"gap_um": 20, "w_um": 4.6, "wavelength_um": 1.31, "n": 1}, 0.16546132520761614),
    ("longitudinal_loss_db", {"gap_um": 20, "w_um": 1.5, "wavelength_um": 1.31, "n": 1}, 6.468557260307918),
    ("fresnel_loss_db", {"n1": 1.45, "n2": 1}, 0.14904175166127662),
    ("fresnel_loss_db", {"n1": 3, "n2": 1}, 1.249387366082999),  # a quarter is reflected
    ("fresnel_loss_db", {"n1": 1.45, "n2": 1.45}, 0),
    ("lateral_tolerance_um", {"loss_db": 1, "w1_um": 4.6}, 2.207321919606517),
    ("lateral_tolerance_um", {"loss_db": 1, "w1_um": 4.6, "w2_um": 4.6}, 2.207321919606517),
]


def compute(formula_id: str, **inputs: Any) -> Decimal:
    value = calculate(formula_id, inputs).outputs[-1].value
    assert isinstance(value, Decimal)
    return value


@pytest.mark.parametrize(("formula_id", "inputs", "expected"), CASES)
def test_worked_cases(formula_id: str, inputs: dict[str, Any], expected: float) -> None:
    found = compute(formula_id, **inputs)
    assert float(found) == pytest.approx(expected, rel=1e-6, abs=1e-15)
    assert not found.is_signed()


def test_the_parts_of_a_joint_add_up() -> None:
    result = calculate(
        "coupling_total_loss_db",
        {"w1_um": 4.6, "w2_um": 4.6, "lateral_um": 0.5, "tilt_deg": 0.3, "gap_um": 5, "wavelength_um": 1.31, "n": 1.45},
    )
    expected = {
        "mode_mismatch": 0, "lateral": 0.05131078472391918, "tilt": 0.03046424208354984, "gap": 0.005010594871344353,
        "fresnel": 0, "total": 0.08678562167881337,
    }  # fmt: skip
    assert {output.name: pytest.approx(float(output.value), rel=1e-6) for output in result.outputs} == expected  # type: ignore[arg-type]
    assert "−0" not in result.shown() and "-0" not in result.shown()


def test_two_bare_surfaces_in_air_are_counted_unless_told_otherwise() -> None:
    joint = {"w1_um": 4.6, "w2_um": 4.6, "wavelength_um": 1.31}
    assert float(compute("coupling_total_loss_db", **joint)) == pytest.approx(2 * 0.14904175166127662, rel=1e-6)
    assert compute("coupling_total_loss_db", **joint, n_surfaces=0) == 0


# --- The overlap integral ---------------------------------------------------------------------------------------------


def overlap_db(w1: float, w2: float, *, offset: float = 0, tilt_deg: float = 0, gap: float = 0,
               wavelength: float = 1.31, n: float = 1) -> float:  # fmt: skip
    """Loss in dB by numerical overlap of two round modes: offset and tilt along x, none along y."""
    reach = 8 * max(w1, w2) * (1 + gap * wavelength / (np.pi * n * min(w1, w2) ** 2))
    x = np.linspace(-reach, reach, 40_001)
    k = 2 * np.pi * n / wavelength
    q = gap + 1j * np.pi * n * w1**2 / wavelength  # complex beam parameter after the gap
    sent = np.exp(-1j * k * x**2 / (2 * q))
    transmission = 1.0
    for along in (offset, 0.0):
        tilted = np.exp(1j * k * np.radians(tilt_deg) * x) if along is offset else 1
        taken = np.exp(-(((x - along) / w2) ** 2)) * tilted
        norms = np.sum(np.abs(sent) ** 2) * np.sum(np.abs(taken) ** 2)
        transmission *= np.abs(np.sum(sent * np.conj(taken))) ** 2 / norms
    return float(-10 * np.log10(transmission))


RADIUS = st.integers(10, 80).map(lambda n: n / 10)


@given(RADIUS, RADIUS, st.integers(0, 60).map(lambda n: n / 10))
@settings(max_examples=25, deadline=None)
def test_mismatch_and_offset_are_the_overlap_of_two_modes(w1: float, w2: float, offset: float) -> None:
    parts = compute("mode_mismatch_loss_db", w1_um=w1, w2_um=w2) + compute(
        "lateral_loss_db", d_um=offset, w1_um=w1, w2_um=w2
    )
    assert float(parts) == pytest.approx(overlap_db(w1, w2, offset=offset), rel=1e-6, abs=1e-9)


@given(RADIUS, RADIUS, st.integers(1, 50).map(lambda n: n / 10))
@settings(max_examples=25, deadline=None)
def test_mismatch_and_tilt_are_the_overlap_of_two_modes(w1: float, w2: float, tilt: float) -> None:
    found = compute(
        "coupling_total_loss_db", w1_um=w1, w2_um=w2, tilt_deg=tilt, wavelength_um=1.31, n=1.45, n_surfaces=0
    )
    assert float(found) == pytest.approx(overlap_db(w1, w2, tilt_deg=tilt, n=1.45), rel=1e-6, abs=1e-9)


@given(RADIUS, RADIUS, st.integers(0, 50))
@settings(max_examples=25, deadline=None)
def test_mismatch_and_gap_are_the_overlap_of_two_modes(w1: float, w2: float, gap: int) -> None:
    found = compute("coupling_total_loss_db", w1_um=w1, w2_um=w2, gap_um=gap, wavelength_um=1.55, n=1, n_surfaces=0)
    assert float(found) == pytest.approx(overlap_db(w1, w2, gap=gap, wavelength=1.55), rel=1e-6, abs=1e-9)


@given(RADIUS, st.integers(0, 50), st.integers(1, 30).map(lambda n: n / 10))
@settings(max_examples=25, deadline=None)
def test_gap_and_tilt_of_equal_modes_are_their_overlaps(w: float, gap: int, tilt: float) -> None:
    in_gap = compute("longitudinal_loss_db", gap_um=gap, w_um=w, wavelength_um=1.31)
    assert float(in_gap) == pytest.approx(overlap_db(w, w, gap=gap), rel=1e-6, abs=1e-9)
    tilted = compute("angular_loss_db", theta_deg=tilt, w_um=w, wavelength_um=1.31)
    assert float(tilted) == pytest.approx(overlap_db(w, w, tilt_deg=tilt), rel=1e-6, abs=1e-9)


def test_a_gap_of_one_rayleigh_range_costs_nearly_one_decibel() -> None:
    rayleigh = np.pi * 4.6**2 / 1.31
    found = compute("longitudinal_loss_db", gap_um=float(rayleigh), w_um=4.6, wavelength_um=1.31)
    assert float(found) == pytest.approx(10 * np.log10(1.25), rel=1e-12)


# --- Laws -------------------------------------------------------------------------------------------------------------

MICRONS = st.decimals("0.001", "10000", places=15, allow_nan=False)


@given(MICRONS, MICRONS)
def test_mismatch_is_the_same_both_ways_and_never_a_gain(w1: Decimal, w2: Decimal) -> None:
    found = compute("mode_mismatch_loss_db", w1_um=w1, w2_um=w2)
    assert found == compute("mode_mismatch_loss_db", w1_um=w2, w2_um=w1)
    assert found >= 0
    assert compute("mode_mismatch_loss_db", w1_um=w1, w2_um=w1) == 0


@given(st.decimals(1, 5, places=20), st.decimals(1, 5, places=20))
def test_reflection_is_the_same_both_ways_and_never_a_gain(n1: Decimal, n2: Decimal) -> None:
    found = compute("fresnel_loss_db", n1=n1, n2=n2)
    assert found == compute("fresnel_loss_db", n1=n2, n2=n1)
    assert found >= 0


@given(st.decimals("0.001", 100, places=6), MICRONS, MICRONS)
def test_the_tolerance_is_the_offset_loss_turned_round(loss: Decimal, w1: Decimal, w2: Decimal) -> None:
    offset = compute("lateral_tolerance_um", loss_db=loss, w1_um=w1, w2_um=w2)
    if offset <= 10_000:
        back = compute("lateral_loss_db", d_um=offset, w1_um=w1, w2_um=w2)
        assert abs(back - loss) <= loss * Decimal("1e-30")


@given(MICRONS)
def test_a_second_radius_left_out_is_the_first(w: Decimal) -> None:
    assert compute("lateral_loss_db", d_um=1, w1_um=w) == compute("lateral_loss_db", d_um=1, w1_um=w, w2_um=w)


# --- Ranges, warnings and refusals ------------------------------------------------------------------------------------


def test_modes_that_match_inside_a_range_lose_nothing() -> None:
    found = calculate("mode_mismatch_loss_db", {"w1_um": "3 to 5 μm", "w2_um": "4.6 μm"}).outputs[0].value
    assert found == Interval(Decimal(0), compute("mode_mismatch_loss_db", w1_um=3, w2_um=4.6))
    found = calculate("fresnel_loss_db", {"n1": "1 to 2", "n2": 1.45}).outputs[0].value
    assert found == Interval(Decimal(0), compute("fresnel_loss_db", n1=1, n2=1.45))


@pytest.mark.parametrize(
    ("formula_id", "inputs", "words"),
    [
        ("mode_mismatch_loss_db", {"w1_um": 9.2, "w2_um": 1.5}, "halve"),
        ("lateral_loss_db", {"d_um": 1, "w1_um": 9.2}, "halve"),
        ("angular_loss_db", {"theta_deg": 1, "w_um": 9.2, "wavelength_um": 1.31}, "halve"),
        ("lateral_tolerance_um", {"loss_db": 1, "w1_um": 9.2}, "halve"),
        ("coupling_total_loss_db", {"w1_um": 4.6, "w2_um": 10.4, "wavelength_um": 1.31}, "halve"),
        ("coupling_total_loss_db", {"w1_um": 4.6, "w2_um": 4.6, "lateral_um": 3, "wavelength_um": 1.31}, "1 dB"),
    ],
)
def test_what_looks_wrong_is_warned_of(formula_id: str, inputs: dict[str, Any], words: str) -> None:
    assert any(words in warning.en for warning in calculate(formula_id, inputs).warnings)


def test_a_usual_joint_is_not_warned_of() -> None:
    joint = {"w1_um": 4.6, "w2_um": 4.2, "lateral_um": 0.5, "wavelength_um": 1.31}
    assert calculate("coupling_total_loss_db", joint).warnings == ()


@pytest.mark.parametrize(
    ("formula_id", "inputs", "words"),
    [
        ("mode_mismatch_loss_db", {"w1_um": 0, "w2_um": 1}, "w1_um"),
        ("mode_mismatch_loss_db", {"w1_um": 1, "w2_um": -1}, "w2_um"),
        ("lateral_loss_db", {"d_um": -0.1, "w1_um": 4.6}, "d_um"),
        ("lateral_loss_db", {"d_um": 1, "w1_um": 4.6, "w2_um": 0}, "w2_um"),
        ("lateral_loss_db", {"d_um": "1 dB", "w1_um": 4.6}, "d_um"),
        ("angular_loss_db", {"theta_deg": 5.1, "w_um": 4.6, "wavelength_um": 1.31}, "theta_deg"),
        ("angular_loss_db", {"theta_deg": 1, "w_um": 4.6, "wavelength_um": 0}, "wavelength_um"),
        ("angular_loss_db", {"theta_deg": 1, "w_um": 4.6, "wavelength_um": 1.31, "n": 0.9}, "n"),
        ("longitudinal_loss_db", {"gap_um": -1, "w_um": 4.6, "wavelength_um": 1.31}, "gap_um"),
        ("fresnel_loss_db", {"n1": 0.99, "n2": 1}, "n1"),
        ("coupling_total_loss_db", {"w1_um": 4.6, "w2_um": 4.6, "wavelength_um": 1.31, "n_surfaces": 5}, "n_surfaces"),
        ("coupling_total_loss_db", {"w1_um": 4.6, "w2_um": 4.6, "wavelength_um": 1.31, "n_surfaces": 1.5}, "whole"),
        ("coupling_total_loss_db", {"w1_um": 4.6, "w2_um": 4.6, "wavelength_um": 1.31, "tilt_deg": 6}, "tilt_deg"),
        ("lateral_tolerance_um", {"loss_db": 0, "w1_um": 4.6}, "loss_db"),
    ],
)
def test_what_cannot_be_is_refused(formula_id: str, inputs: dict[str, Any], words: str) -> None:
    with pytest.raises(CalculationError, match=words):
        calculate(formula_id, inputs)
