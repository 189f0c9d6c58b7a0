"""Energy and power: worked cases, ranges, bases, currencies, and how the formulas chain."""

import math
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from agent.calculator import calculate, formulas, recompute
from agent.calculator.formula import Interval
from agent.calculator.units import convert
from agent.errors import CalculationError

# Published cases, and others worked by hand.
CASES: list[tuple[str, dict[str, Any], dict[str, float]]] = [
    ("interface_power_w", {"energy_pj_per_bit": 17, "rate_gbps": 1600}, {"power_w": 27.2}),
    ("interface_power_w", {"energy_pj_per_bit": 5.625, "rate_gbps": 1600}, {"power_w": 9}),
    ("interface_power_w", {"energy_pj_per_bit": "15皮焦/比特", "rate_gbps": "800G"}, {"power_w": 12}),
    ("energy_per_bit_pj", {"power_w": 30, "rate_gbps": 1600}, {"energy_pj_per_bit": 18.75}),
    ("energy_per_bit_pj", {"power_w": 9, "rate_gbps": 1600}, {"energy_pj_per_bit": 5.625}),
    ("energy_per_bit_pj", {"power_w": 5.5, "rate_gbps": 800}, {"energy_pj_per_bit": 6.875}),
    ("energy_per_bit_pj", {"power_w": 25, "rate_gbps": 1600}, {"energy_pj_per_bit": 15.625}),
    ("energy_per_bit_pj", {"power_w": 25, "rate_gbps": 1792}, {"energy_pj_per_bit": 13.950892857142858}),
    ("switch_optics_power_w", {"capacity_tbps": 51.2, "energy_pj_per_bit": 18.75}, {"power_w": 960}),
    ("switch_optics_power_w", {"capacity_tbps": 51.2, "energy_pj_per_bit": 6.875}, {"power_w": 352}),
    ("switch_optics_power_w", {"capacity_tbps": 102.4, "energy_pj_per_bit": 5.625}, {"power_w": 576}),
    (
        "switch_optics_power_w",
        {"capacity_tbps": 51.2, "energy_pj_per_bit": 5, "utilisation": "50%", "idle_fraction": 0.3},
        {"power_w": 166.4},
    ),
    ("fleet_power_kw", {"items": [[18432, 6.5], [27648, 13]]}, {"power_kw": 479.232}),
    ("fleet_power_kw", {"items": [[18432, 6], [27648, 12]]}, {"power_kw": 442.368}),
    ("fleet_power_kw", {"items": [[18432, 7], [27648, 14]]}, {"power_kw": 516.096}),
    (
        "power_saving",
        {"p_old_w": 15, "p_new_w": 5.4},
        {"saving_w": 9.6, "saving_pct": 64, "ratio_x": 2.7777777777777777},
    ),
    ("power_saving", {"p_old_w": 30, "p_new_w": 9}, {"saving_w": 21, "saving_pct": 70, "ratio_x": 3.3333333333333335}),
    (
        "power_saving",
        {"p_old_w": 14, "p_new_w": 5.5},
        {"saving_w": 8.5, "saving_pct": 60.71428571428572, "ratio_x": 2.5454545454545454},
    ),
    ("system_dilution_pct", {"component_share_pct": 9, "component_saving_pct": 23}, {"system_saving_pct": 2.07}),
    ("system_dilution_pct", {"component_share_pct": 9, "component_saving_pct": 48}, {"system_saving_pct": 4.32}),
    ("annual_energy_mwh", {"it_power_w": 1e6, "pue": 1.54}, {"energy_mwh": 13490.4}),
    ("annual_energy_mwh", {"it_power_w": 1344, "pue": 1.25}, {"energy_mwh": 14.7168}),
    (
        "annual_energy_mwh",
        {"it_power_w": "1 MW", "pue": 1.2, "hours": "4380 h", "load_factor": 0.5},
        {"energy_mwh": 2628},
    ),
    ("annual_cost", {"energy_mwh": 13490.4, "price_per_kwh": 0.08}, {"cost": 1079232}),
    ("annual_cost", {"energy_mwh": "100 MWh", "price_per_kwh": "0.6元/度"}, {"cost": 60000}),
    ("annual_co2_t", {"energy_mwh": 13490.4, "grid_g_per_kwh": 445}, {"co2_t": 6003.228}),
    ("annual_co2_t", {"energy_mwh": "2 GWh", "grid_g_per_kwh": "582 g/kWh"}, {"co2_t": 1164}),
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
    ours = [known for known in formulas() if known.group == "energy"]
    assert {known.id for known in ours} == {formula_id for formula_id, _, _ in CASES}
    for known in ours:
        assert calculate(known.id, known.example).outputs


def test_a_range_gives_a_range() -> None:
    saving = calculate("power_saving", {"p_old_w": "14–16 W", "p_new_w": "5.5 W"})
    assert saving.output("saving_w").value == Interval(Decimal("8.5"), Decimal("10.5"))
    percent = saving.output("saving_pct").value
    assert isinstance(percent, Interval)
    assert (round(percent.low, 4), percent.high) == (Decimal("60.7143"), Decimal("65.625"))


def test_money_keeps_its_currency() -> None:
    assert calculate("annual_cost", {"energy_mwh": "100 MWh", "price_per_kwh": "0.6元/度"}).shown() == "60,000 CNY"
    assert calculate("annual_cost", {"energy_mwh": 1, "price_per_kwh": "0.08 USD/kWh"}).shown() == "80 USD"


def test_powers_on_two_bases_are_not_compared() -> None:
    with pytest.raises(CalculationError, match="cannot be compared"):
        calculate("power_saving", {"p_old_w": "15 W [line]", "p_new_w": "5.4 W [net]"})
    same = calculate("power_saving", {"p_old_w": "15 W [net]", "p_new_w": "5.4 W [net]"})
    assert (same.output("saving_w").basis, same.output("ratio_x").basis) == ("net", "")


@pytest.mark.parametrize(
    ("formula_id", "inputs"),
    [
        ("interface_power_w", {"energy_pj_per_bit": 1001, "rate_gbps": 1}),
        ("energy_per_bit_pj", {"power_w": 1, "rate_gbps": 0}),
        ("switch_optics_power_w", {"capacity_tbps": 100001, "energy_pj_per_bit": 1}),
        ("switch_optics_power_w", {"capacity_tbps": 1, "energy_pj_per_bit": 1, "utilisation": 1.01}),
        ("fleet_power_kw", {"items": [[-1, 2]]}),
        ("power_saving", {"p_old_w": 0, "p_new_w": 1}),
        ("system_dilution_pct", {"component_share_pct": 101, "component_saving_pct": 1}),
        ("system_dilution_pct", {"component_share_pct": 1, "component_saving_pct": 101}),
        ("annual_energy_mwh", {"it_power_w": 1, "pue": 0.99}),
        ("annual_energy_mwh", {"it_power_w": 1, "pue": 1.5, "hours": 8785}),
        ("annual_cost", {"energy_mwh": 1, "price_per_kwh": 101}),
        ("annual_cost", {"energy_mwh": 1, "price_per_kwh": "5 USD"}),
        ("annual_cost", {"energy_mwh": -1, "price_per_kwh": 1}),
        ("annual_co2_t", {"energy_mwh": 1, "grid_g_per_kwh": 2001}),
        ("annual_co2_t", {"energy_mwh": "1 kg", "grid_g_per_kwh": 1}),
    ],
)
def test_out_of_range_is_refused(formula_id: str, inputs: dict[str, Any]) -> None:
    with pytest.raises(CalculationError) as caught:
        calculate(formula_id, inputs)
    assert caught.value.next_step


def test_cautions() -> None:
    assert calculate("power_saving", {"p_old_w": 5, "p_new_w": 6}).warnings
    busy = {"capacity_tbps": 51.2, "energy_pj_per_bit": 5, "utilisation": "30%"}
    assert calculate("switch_optics_power_w", busy).warnings
    assert not calculate("switch_optics_power_w", {**busy, "idle_fraction": 0.5}).warnings


# --- Laws -------------------------------------------------------------------------------------------------------------

powers = st.decimals(min_value="0.001", max_value="100000", places=3)
rates = st.decimals(min_value="0.1", max_value="100000", places=1)
energies = st.decimals(min_value=0, max_value=1000, places=2)


def _value(formula_id: str, output: str = "", **inputs: Any) -> Decimal:
    value = calculate(formula_id, inputs).output(output).value
    assert isinstance(value, Decimal)
    return value


@given(st.integers(1, 2000), rates, energies)
def test_a_switch_draws_what_its_ports_draw(ports: int, rate: Decimal, energy: Decimal) -> None:
    port = _value("interface_power_w", energy_pj_per_bit=energy, rate_gbps=rate)
    fleet = _value("fleet_power_kw", items=[(ports, port)])
    capacity = rate * ports / 1000
    if capacity <= 10**5:
        switch = _value("switch_optics_power_w", capacity_tbps=capacity, energy_pj_per_bit=energy)
        assert switch == fleet * 1000 == port * ports


@given(powers, powers)
def test_saving_percent_and_ratio_tell_the_same(old: Decimal, new: Decimal) -> None:
    saved = calculate("power_saving", {"p_old_w": old, "p_new_w": new})
    watts, percent, ratio = (value.value for value in saved.outputs)
    assert isinstance(watts, Decimal) and isinstance(percent, Decimal) and isinstance(ratio, Decimal)
    assert watts == old - new
    assert abs(percent - watts / old * 100) < Decimal("1e-20") * max(1, abs(percent))
    assert abs((1 - percent / 100) * ratio - 1) < Decimal("1e-20")


@given(powers, st.decimals(min_value=0, max_value=100, places=3), st.decimals(min_value=0, max_value=2000, places=1))
def test_a_year_of_a_kilowatt_hour_by_another_road(power: Decimal, price: Decimal, grid: Decimal) -> None:
    energy = _value("annual_energy_mwh", it_power_w=power, pue=1)
    kilowatt_hours = convert(energy, "MWh", "kWh")
    assert kilowatt_hours == power * Decimal("8.76")
    assert _value("annual_cost", energy_mwh=energy, price_per_kwh=price) == kilowatt_hours * price
    assert _value("annual_co2_t", energy_mwh=energy, grid_g_per_kwh=grid) == kilowatt_hours * grid / 10**6


@given(powers, st.fractions(0, 1, max_denominator=64), st.fractions(0, 1, max_denominator=64))
def test_idle_and_load_lie_between_nothing_and_all(power: Decimal, load: Any, idle: Any) -> None:
    u, f = Decimal(load.numerator) / load.denominator, Decimal(idle.numerator) / idle.denominator
    inputs = {"capacity_tbps": power, "energy_pj_per_bit": 1, "utilisation": u, "idle_fraction": f}
    drawn = _value("switch_optics_power_w", **inputs)
    assert f * power <= drawn * (1 + Decimal("1e-20"))
    assert drawn <= power * (1 + Decimal("1e-20"))
