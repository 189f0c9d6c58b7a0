"""The calculator: worked examples, exact decimals, laws, refusals, and which questions it takes."""

import json
import math
import re
import subprocess
import sys
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from agent.calculator import Result, calculate, describe, find_formula, formulas, propose, recompute
from agent.calculator.units import convert, convertible, read_number
from agent.errors import CalculationError
from corpus.quantities import find_quantities, same_quantity
from corpus.units import CURRENCY_SIGNS, UNITS

LINK = {
    "els_connector": 0.5,
    "pm_fiber_to_pic": 1.5,
    "splitter_1x4": 6.5,
    "modulator_il": 4.0,
    "modulation_3db": 3.0,
    "pic_routing": 1.0,
    "pic_to_fiber": 1.5,
    "link_connectors_4": 1.0,
    "fiber_500m": 0.2,
    "rx_coupling": 1.5,
}
# Worked examples with published or independently computed results, to a relative 1e-6.
EXAMPLES: list[tuple[str, dict[str, Any], dict[str, float | bool]]] = [
    ("interface_power_w", {"energy_pj_per_bit": 17, "rate_gbps": 1600}, {"power_w": 27.2}),
    ("interface_power_w", {"energy_pj_per_bit": 5.625, "rate_gbps": 1600}, {"power_w": 9}),
    ("energy_per_bit_pj", {"power_w": 30, "rate_gbps": 1600}, {"energy_pj_per_bit": 18.75}),
    ("energy_per_bit_pj", {"power_w": 9, "rate_gbps": 1600}, {"energy_pj_per_bit": 5.625}),
    ("energy_per_bit_pj", {"power_w": 5.5, "rate_gbps": 800}, {"energy_pj_per_bit": 6.875}),
    ("energy_per_bit_pj", {"power_w": 25, "rate_gbps": 1600}, {"energy_pj_per_bit": 15.625}),
    ("switch_optics_power_w", {"capacity_tbps": 51.2, "energy_pj_per_bit": 18.75}, {"power_w": 960}),
    ("switch_optics_power_w", {"capacity_tbps": 51.2, "energy_pj_per_bit": 6.875}, {"power_w": 352}),
    ("switch_optics_power_w", {"capacity_tbps": 102.4, "energy_pj_per_bit": 5.625}, {"power_w": 576}),
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
    ("annual_energy_mwh", {"it_power_w": 1e6, "pue": 1.54}, {"energy_mwh": 13490.4}),
    ("annual_energy_mwh", {"it_power_w": 1344, "pue": 1.25}, {"energy_mwh": 14.7168}),
    ("db_to_linear", {"db": 3}, {"ratio": 1.9952623149688795}),
    ("linear_to_db", {"x": 2}, {"db": 3.010299956639812}),
    ("dbm_to_mw", {"dbm": 20}, {"power_mw": 100}),
    ("mw_to_dbm", {"mw": 400}, {"level_dbm": 26.020599913279625}),
    ("splitter_loss_db", {"n_ways": 4}, {"loss_db": 6.020599913279624}),
    ("splitter_loss_db", {"n_ways": 4, "excess_db": 0.5}, {"loss_db": 6.520599913279624}),
    ("fiber_loss_db", {"length_km": 0.5, "alpha_db_per_km": 0.4}, {"loss_db": 0.2}),
    (
        "link_budget",
        {"p_laser_dbm": 23, "losses_db": LINK, "sensitivity_dbm": -6, "required_margin_db": 1.5},
        {"total_loss_db": 20.7, "received_dbm": 2.3, "margin_db": 8.3, "closes": True},
    ),
]


@pytest.mark.parametrize(("formula_id", "inputs", "expected"), EXAMPLES)
def test_worked_examples(formula_id: str, inputs: dict[str, Any], expected: dict[str, float | bool]) -> None:
    result = calculate(formula_id, inputs)
    assert [value.name for value in result.outputs] == list(expected)
    for value in result.outputs:
        if isinstance(value.value, bool):
            assert value.value is expected[value.name]
        else:
            assert math.isclose(float(value.value), expected[value.name], rel_tol=1e-6)


@pytest.mark.parametrize(("formula_id", "inputs", "_"), EXAMPLES)
def test_a_saved_result_reads_back_and_computes_to_the_same_bytes(
    formula_id: str, inputs: dict[str, Any], _: Any
) -> None:
    result = calculate(formula_id, inputs)
    saved = json.dumps(result.to_json(), ensure_ascii=False, sort_keys=True)
    loaded = Result.from_json(json.loads(saved))
    assert loaded == result == recompute(loaded)
    assert json.dumps(recompute(loaded).to_json(), ensure_ascii=False, sort_keys=True) == saved


@pytest.mark.parametrize(("formula_id", "inputs", "_"), EXAMPLES)
def test_the_shown_steps_compute_the_shown_result(formula_id: str, inputs: dict[str, Any], _: Any) -> None:
    result = calculate(formula_id, inputs)
    for value in result.outputs:
        lines = [line for line in result.steps if line.startswith(f"{value.symbol} = ")]
        if isinstance(value.value, bool):
            continue
        assert math.isclose(_evaluate(lines[1].split(" = ", 1)[1]), float(value.value), rel_tol=1e-4), lines


def _evaluate(line: str) -> float:
    """What a line of numbers and units comes to by ordinary arithmetic."""
    line = re.sub(r"(?<=[0-9])(?: ?(?:pJ/bit|Gb/s|Tb/s|dB/km|dBm|dB|kW|mW|W|h|km)|%|×(?! ))", "", line)
    line = line.replace("log₁₀", "math.log10").replace("×", "*").replace("÷", "/").replace("−", "-").replace("^", "**")
    assert re.fullmatch(r"(?:[-+*/(). 0-9]|math\.log10)+", line), line
    return float(eval(line, {"math": math}))  # noqa: S307  # digits and operators only, checked above


def test_the_examples_cover_every_formula() -> None:
    assert {known.id for known in formulas()} == {formula_id for formula_id, _, _ in EXAMPLES}


def test_no_float_dust() -> None:
    result = calculate("switch_optics_power_w", {"capacity_tbps": "51.2 Tb/s", "energy_pj_per_bit": "5 pJ/bit"})
    assert str(result.output().value) == "256"
    assert result.output().value == 256
    assert result.steps == ("P = C × e", "P = 51.2 Tb/s × 5 pJ/bit", "P = 256 W")
    assert (result.shown(), result.summary("en"), result.summary("zh")) == (
        "256 W",
        "optics power: 256 W",
        "光互连功耗：256 W",
    )
    assert calculate("power_saving", {"p_old_w": 15, "p_new_w": 5.4}).shown() == "9.6 W; 64%; 2.77778×"


def test_conversions_are_steps_and_defaults_are_assumptions() -> None:
    result = calculate("annual_energy_mwh", {"it_power_w": "1兆瓦", "pue": "１．５４"})
    assert result.steps[0] == "1兆瓦 = 1000000 W"
    assert any("8760 h" in words.en and "8760 h" in words.zh for words in result.assumptions)
    assert result.shown() == "13490.4 MWh"


def test_shown_results_are_quantities_the_reader_finds() -> None:
    for formula_id, inputs, _ in EXAMPLES:
        for value in calculate(formula_id, inputs).outputs:
            if not isinstance(value.value, bool):
                (found,) = find_quantities(value.shown)
                assert convertible(found.unit, value.unit)


# --- Reading ----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "unit", "value"),
    [
        ("51.2 Tb/s", "Tb/s", "51.2"),
        ("51.2Tbps", "Tb/s", "51.2"),
        ("51200 Gbit/s", "Tb/s", "51.2"),
        ("51.2T", "Tb/s", "51.2"),
        ("５１．２ Ｔｂ／ｓ", "Gb/s", "51200"),
        ("5 pJ/bit", "pJ/bit", "5"),
        ("5pJ/b", "pJ/bit", "5"),
        ("每比特5皮焦", "pJ/bit", "5"),
        ("5皮焦/比特", "pJ/bit", "5"),
        ("30 W", "W", "30"),
        ("3 kW", "W", "3000"),
        ("3千瓦", "W", "3000"),
        ("三十瓦", "W", "30"),
        ("0.5 mW", "W", "0.0005"),
        ("2 km", "km", "2"),
        ("500 m", "km", "0.5"),
        ("2公里", "km", "2"),
        ("0.5 dB/km", "dB/km", "0.5"),
        ("17 dBm", "dBm", "17"),
        ("−6 dBm", "dBm", "-6"),
        ("50 %", "", "0.5"),
        ("50%", "%", "50"),
        ("100度", "MWh", "0.1"),
        ("1,344", "W", "1344"),
        ("1e6", "W", "1000000"),
        ("1.2万瓦", "kW", "12"),
        (".5", "", "0.5"),
        ("2000", "Gb/s", "2000"),
        ("两倍", "", "2"),
        ("24小时", "h", "24"),
        ("800G", "Tb/s", "0.8"),
    ],
)
def test_reads_units_in_any_language(text: str, unit: str, value: str) -> None:
    assert read_number(text, unit) == Decimal(value)


def test_lists_and_names_can_be_text() -> None:
    budget = {"p_laser_dbm": "17 dBm", "sensitivity_dbm": "-6 dBm"}
    one = calculate("link_budget", {**budget, "losses_db": "connector=0.5 dB, fiber=0.2 dB"})
    other = calculate("link_budget", {**budget, "losses_db": {"connector": 0.5, "fiber": "0.2 dB"}})
    assert [v.value for v in one.outputs] == [v.value for v in other.outputs]
    assert calculate("link_budget", {**budget, "losses_db": [1, "2 dB"]}).output("total_loss_db").value == 3
    assert calculate("fleet_power_kw", {"items": "18,432 x 6.5 W; 27,648 × 13 W"}).shown() == "479.232 kW"


def test_every_unit_the_reader_finds_is_known_here() -> None:
    units = {unit for _, unit in UNITS.values()} | set(CURRENCY_SIGNS.values()) | {"GBd", "GB/s", "b/s/m", "USD/Wh"}
    for unit in sorted(units):
        assert convertible(unit, unit)
        assert convertible(unit, "W") is (unit == "W")


# --- Refusals ---------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("formula_id", "inputs", "says"),
    [
        ("switch_optics_power", {}, "switch_optics_power_w"),
        ("power_saving", {"p_old_w": 15}, "p_new_w"),
        ("power_saving", {"p_old_w": 15, "p_new": 5}, "did you mean 'p_new_w'"),
        ("power_saving", {"p_old_w": 0, "p_new_w": 5}, "above 0"),
        ("power_saving", {"p_old_w": "15 W", "p_new_w": "5 pJ/bit"}, "p_new_w"),
        ("power_saving", {"p_old_w": "15 W", "p_new_w": "5 W and more"}, "p_new_w"),
        ("power_saving", {"p_old_w": "4-5 W", "p_new_w": 3}, "not one number"),
        ("power_saving", {"p_old_w": "nan", "p_new_w": 3}, "finite"),
        ("power_saving", {"p_old_w": float("nan"), "p_new_w": 3}, "finite"),
        ("power_saving", {"p_old_w": float("inf"), "p_new_w": 3}, "finite"),
        ("power_saving", {"p_old_w": "Infinity", "p_new_w": 3}, "finite"),
        ("power_saving", {"p_old_w": Decimal("NaN"), "p_new_w": 3}, "finite"),
        ("power_saving", {"p_old_w": Decimal("-sNaN12"), "p_new_w": 3}, "not"),
        ("power_saving", {"p_old_w": True, "p_new_w": 3}, "bool"),
        ("power_saving", {"p_old_w": None, "p_new_w": 3}, "NoneType"),
        ("power_saving", {"p_old_w": [15], "p_new_w": 3}, "list"),
        ("power_saving", {"p_old_w": "", "p_new_w": 3}, "not one number"),
        ("power_saving", {"p_old_w": "9" * 10_000, "p_new_w": 3}, "longer than"),
        ("power_saving", {"p_old_w": 10**5000, "p_new_w": 3}, "p_old_w"),
        ("power_saving", {"p_old_w": "__import__('os')", "p_new_w": 3}, "not one number"),
        ("power_saving", {"p_old_w": "Tomahawk 5", "p_new_w": 3}, "p_old_w"),
        ("mw_to_dbm", {"mw": "1e300"}, "absurdly"),
        ("mw_to_dbm", {"mw": "3 dBm"}, "dBm cannot be turned into mW"),
        ("dbm_to_mw", {"dbm": "1 mW"}, "cannot be turned into dBm"),
        ("dbm_to_mw", {"dbm": "3 dB"}, "dB cannot be turned into dBm"),
        ("db_to_linear", {"db": 401}, "-400 to 400 dB"),
        ("splitter_loss_db", {"n_ways": 2.5}, "whole number"),
        ("splitter_loss_db", {"n_ways": 0}, "1 to"),
        ("annual_energy_mwh", {"it_power_w": 5, "pue": 0.9}, "1 to 5"),
        ("annual_energy_mwh", {"it_power_w": 5, "pue": "2025年"}, "date"),
        (
            "system_dilution_pct",
            {"component_share_pct": "5个百分点", "component_saving_pct": 5},
            "pp cannot be turned into %",
        ),
        ("fleet_power_kw", {"items": []}, "items"),
        ("fleet_power_kw", {"items": [[1, 2, 3]]}, "pair"),
        ("fleet_power_kw", {"items": [5]}, "pair"),
        ("fleet_power_kw", {"items": [[1.5, 2]]}, "whole number"),
        ("fleet_power_kw", {"items": [[-1, 2]]}, "whole number"),
        ("fleet_power_kw", {"items": {"a": 1}}, "pairs"),
        ("fleet_power_kw", {"items": [[1, 1]] * 1001}, "1 to 1000"),
        ("link_budget", {"p_laser_dbm": 17, "losses_db": "a=1 dB, a=2 dB", "sensitivity_dbm": -6}, "same name"),
        ("link_budget", {"p_laser_dbm": 17, "losses_db": {"a=b": 1}, "sensitivity_dbm": -6}, "name"),
        ("link_budget", {"p_laser_dbm": 17, "losses_db": {"a": 61}, "sensitivity_dbm": -6}, "0 to 60 dB"),
    ],
)
def test_refuses_and_says_what_to_write(formula_id: str, inputs: dict[str, Any], says: str) -> None:
    with pytest.raises(CalculationError) as caught:
        calculate(formula_id, inputs)
    assert says in str(caught.value)
    assert caught.value.next_step
    assert len(str(caught.value)) < 600


def test_a_changed_or_damaged_result_is_noticed() -> None:
    result = calculate("power_saving", {"p_old_w": 15, "p_new_w": 5.4})
    saved = result.to_json()
    saved["outputs"][0]["value"] = "9.7"
    assert recompute(Result.from_json(saved)) != Result.from_json(saved)
    with pytest.raises(CalculationError, match="version 2"):
        recompute(Result.from_json({**result.to_json(), "version": 2}))
    for broken in ({}, {**result.to_json(), "inputs": [{}]}, {**result.to_json(), "outputs": 5}):
        with pytest.raises(CalculationError, match="damaged"):
            Result.from_json(broken)


def test_cautions() -> None:
    assert calculate("power_saving", {"p_old_w": 5, "p_new_w": 6}).warnings
    assert not calculate("power_saving", {"p_old_w": 6, "p_new_w": 5}).warnings
    busy = {"capacity_tbps": 51.2, "energy_pj_per_bit": 5, "utilisation": "30%"}
    assert calculate("switch_optics_power_w", busy).warnings
    scaled = calculate("switch_optics_power_w", {**busy, "idle_fraction": "0.5"})
    assert (scaled.output().value, scaled.warnings) == (Decimal("166.4"), ())


# --- Laws -------------------------------------------------------------------------------------------------------------

powers = st.decimals(min_value="0.001", max_value="100000", places=3)
rates = st.decimals(min_value="0.1", max_value="100000", places=1)
levels = st.decimals(min_value=-60, max_value=60, places=2)


def _value(formula_id: str, **inputs: Any) -> Decimal:
    value = calculate(formula_id, inputs).output().value
    assert isinstance(value, Decimal)
    return value


@given(levels)
def test_levels_go_and_come_back(level: Decimal) -> None:
    assert abs(_value("mw_to_dbm", mw=_value("dbm_to_mw", dbm=level)) - level) < Decimal("1e-30")
    assert abs(_value("linear_to_db", x=_value("db_to_linear", db=level)) - level) < Decimal("1e-30")


@given(powers, rates)
def test_power_and_energy_per_bit_are_inverse(power: Decimal, rate: Decimal) -> None:
    energy = calculate("energy_per_bit_pj", {"power_w": power, "rate_gbps": rate}).output().value
    if energy <= 1000:
        assert abs(_value("interface_power_w", energy_pj_per_bit=energy, rate_gbps=rate) - power) < Decimal("1e-25")


@given(rates, st.decimals(min_value=0, max_value=1000, places=2))
def test_a_unit_changes_nothing(rate: Decimal, energy: Decimal) -> None:
    in_tera = f"{rate / 1000} Tb/s"
    assert _value("interface_power_w", energy_pj_per_bit=energy, rate_gbps=f"{rate} Gb/s") == _value(
        "interface_power_w", energy_pj_per_bit=f"{energy} pJ/bit", rate_gbps=in_tera
    )
    assert _value("switch_optics_power_w", capacity_tbps=in_tera, energy_pj_per_bit=energy) == _value(
        "interface_power_w", energy_pj_per_bit=energy, rate_gbps=rate
    )


@given(powers, powers, powers)
def test_saving_grows_as_the_new_power_falls(old: Decimal, one: Decimal, other: Decimal) -> None:
    low, high = sorted((one, other))
    assert _value("power_saving", p_old_w=old, p_new_w=low) >= _value("power_saving", p_old_w=old, p_new_w=high)


@given(st.lists(st.decimals(min_value=0, max_value=60, places=2), min_size=1, max_size=12), levels)
def test_link_budget_is_exact_in_any_order(losses: list[Decimal], laser: Decimal) -> None:
    laser = min(laser, Decimal(40))
    budgets = [
        calculate("link_budget", {"p_laser_dbm": laser, "losses_db": order, "sensitivity_dbm": -6})
        for order in (losses, losses[::-1])
    ]
    assert budgets[0].outputs == budgets[1].outputs
    assert budgets[0].output("received_dbm").value == laser - sum(losses)


@given(st.text(max_size=40))
def test_any_text_is_read_or_refused(text: str) -> None:
    try:
        assert calculate("power_saving", {"p_old_w": text, "p_new_w": 5}).output("ratio_x").value > 0
    except CalculationError as error:
        assert error.where.startswith("p_old_w")


@given(
    st.sampled_from(("W", "kW", "mW", "Gb/s", "Tb/s", "pJ/bit", "dB", "dBm", "km", "%", "", "h", "MWh", "dB/km")),
    st.data(),
)
def test_conversion_there_and_back(unit: str, data: st.DataObject) -> None:
    value = data.draw(st.decimals(min_value="0.001", max_value="1000000", places=3))
    other = data.draw(st.sampled_from(("W", "Gb/s", "pJ/bit", "dB", "dBm", "m", "", "s", "Wh", "dB/m")))
    assert convertible(unit, other) == convertible(other, unit)
    if convertible(unit, other):
        assert abs(convert(convert(value, unit, other), other, unit) - value) < Decimal("1e-18")


# --- Questions --------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("question", "formula_id", "shown"),
    [
        ("51.2 Tb/s switch, 5 pJ/bit: how many watts?", "switch_optics_power_w", "256 W"),
        ("51.2 Tb/s 交换芯片按 5 pJ/bit 计算，光互连功耗是多少瓦？", "switch_optics_power_w", "256 W"),
        ("５１．２ Ｔｂ／ｓ，每比特5皮焦，功耗多少瓦？", "switch_optics_power_w", "256 W"),
        ("800 Gb/s at 15 pJ/bit: how much power in W?", "interface_power_w", "12 W"),
        ("At 17 pJ/bit, what is the power consumption of a 1600 Gb/s port?", "interface_power_w", "27.2 W"),
        ("A 1.6T port draws 25 W. What is the energy per bit in pJ/bit?", "energy_per_bit_pj", "15.625 pJ/bit"),
        ("1.6 Tb/s 端口功耗 25 W，每比特能耗是多少？", "energy_per_bit_pj", "15.625 pJ/bit"),
        ("How much power does a pluggable at 15 W save vs CPO at 5.4 W?", "power_saving", "9.6 W; 64%; 2.77778×"),
        ("从30 W降到9 W，省电百分之多少？", "power_saving", "21 W; 70%; 3.33333×"),
        ("9W CPO versus 30W pluggable: what percentage is saved?", "power_saving", "21 W; 70%; 3.33333×"),
        ("比可插拔的15 W，CPO 5.4 W能省电多少百分比？", "power_saving", "9.6 W; 64%; 2.77778×"),
        ("Power saving from 30 W to 9 W?", "power_saving", "21 W; 70%; 3.33333×"),
        ("把 3 dBm 换算成毫瓦", "dbm_to_mw", "1.99526 mW"),
        ("What is 20 dBm in mW?", "dbm_to_mw", "100 mW"),
        ("convert 0.5 mW to dBm", "mw_to_dbm", "-3.0103 dBm"),
        ("100毫瓦等于多少dBm？", "mw_to_dbm", "20 dBm"),
        ("3 dB 等于多少倍？", "db_to_linear", "1.99526×"),
        ("2倍是多少dB？", "linear_to_db", "3.0103 dB"),
        ("What is the fibre loss of 2 km at 0.4 dB/km?", "fiber_loss_db", "0.8 dB"),
        ("2公里光纤按0.35 dB/km计算损耗是多少分贝？", "fiber_loss_db", "0.7 dB"),
        ("What is the loss of a 1:8 splitter in dB?", "splitter_loss_db", "9.0309 dB"),
        ("1×4分光器损耗是多少dB？", "splitter_loss_db", "6.0206 dB"),
        ("If IT power is 1 MW and PUE 1.54, how many MWh a year?", "annual_energy_mwh", "13490.4 MWh"),
        ("IT功率1MW，PUE为1.3，一年耗电多少兆瓦时？", "annual_energy_mwh", "11388 MWh"),
        (
            "18,432 modules at 6.5 W and 27,648 modules at 13 W: what is the total power in kW?",
            "fleet_power_kw",
            "479.232 kW",
        ),
        (
            "Networking has a 9% share of cluster power; a 23% saving gives what percent system saving?",
            "system_dilution_pct",
            "2.07%",
        ),
        ("激光器17 dBm，损耗4 dB、3 dB，接收灵敏度-6 dBm，链路余量是多少？", "link_budget", "7 dB; 10 dBm; 16 dB; yes"),
        (
            "Laser 17 dBm, losses 4 dB and 3 dB, receiver sensitivity -6 dBm: what link margin?",
            "link_budget",
            "7 dB; 10 dBm; 16 dB; yes",
        ),
    ],
)
def test_proposes_and_computes(question: str, formula_id: str, shown: str) -> None:
    proposal = propose(question)
    assert proposal is not None
    assert (proposal.formula_id, proposal.missing) == (formula_id, ())
    assert formula_id in [known.id for known in find_formula(question)]
    for text in proposal.inputs.values():
        assert all(piece.strip() in question for piece in re.split(r";| × ", text))
        for wanted in find_quantities(text):  # so that each operand can be traced to the question
            assert any(same_quantity(wanted, found) for found in find_quantities(question)), text
    assert calculate(proposal.formula_id, proposal.inputs).shown() == shown


@pytest.mark.parametrize(
    "question",
    [
        "What is the power of Broadcom Bailly per 800G?",
        "Which companies make 51.2T switches?",
        "CPO交换机的功耗是多少？",
        "What is the market size of CPO in 2025?",
        "哪些公司生产51.2T交换机？",
        "What is the power of a 51.2 Tb/s switch?",
        "How much did the CPO market grow from US$5 billion to $8 billion?",
        "What did NVIDIA say about 30 W and 9 W?",
        "How many watts does a 1.6T pluggable consume?",
        "博通Bailly每800G的功耗是多少瓦？",
        "51.2 Tb/s at 14-16 pJ/bit how many watts?",
        "Does Broadcom claim 64% saving for 15 W pluggable and 5.4 W CPO?",
        "15 W和5.4 W",
        "",
        "5",
        "How much power does CPO save?",
        "Why does CPO save power, 15 W against 5.4 W?",
        "What is the savings rate of 15 W, 9 W and 5.4 W?",
        "3.5 pJ/bit",
        "英伟达CPO省电3.5倍是什么意思？",
        "Is 5 pJ/bit at 800 Gb/s with 12 W how many watts?",
        "2025年CPO省电多少？",
        "What is the insertion loss of the 1310 nm laser at 17 dBm?",
        "15 W 与 9 W 相差多少",
        "x" * 5000,
        "What is the energy per bit of Bailly?",
        "How many 800G ports does a 51.2T switch have?",
        "up to 5 W saves how much of 15 W?",
    ],
)
def test_says_no_rather_than_guess(question: str) -> None:
    proposal = propose(question)
    assert proposal is None or proposal.missing


def test_a_plain_order_names_what_is_missing() -> None:
    proposal = propose("Calculate the optics power of a 51.2 Tb/s switch in watts")
    assert proposal is not None
    assert (proposal.formula_id, proposal.inputs, proposal.missing) == (
        "switch_optics_power_w",
        {"capacity_tbps": "51.2 Tb/s"},
        ("energy_pj_per_bit",),
    )


@given(st.text(alphabet="15.2 TbpsWJ/itdBm%kCPO多少瓦省电从降到how many watts save to from，？", max_size=60))
def test_every_proposal_is_computable_or_refused_in_words(question: str) -> None:
    proposal = propose(question)
    if proposal and not proposal.missing:
        try:
            calculate(proposal.formula_id, proposal.inputs)
        except CalculationError as error:
            assert error.next_step


# --- Describing -------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("language", ["en", "zh"])
def test_every_formula_describes_itself(language: str) -> None:
    for known in formulas():
        card = describe(known.id, language)
        assert known.name.say(language) in card
        assert all(parameter.name in card for parameter in known.parameters)
        assert known.source in card
        assert {p.name for p in known.parameters} == set(known.function.__annotations__) - {"return"}
        assert known.function.__doc__


def test_importing_the_calculator_does_not_load_pint() -> None:
    code = "import sys, agent.calculator as c; c.formulas(); print('pint' in sys.modules)"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "False"
