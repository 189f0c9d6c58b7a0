"""The calculator: worked examples, exact decimals, laws, refusals, and which questions it takes."""

import json
import math
import re
import subprocess
import sys
from decimal import Context, Decimal, localcontext
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from agent.calculator import Formula, Interval, Result, calculate, describe, formulas, recompute, same_value
from agent.calculator.reference import references
from agent.calculator.result import rounded
from agent.calculator.units import convert, convertible, read_number
from agent.errors import BasisMismatch, CalculationError
from corpus.quantities import find_quantities
from corpus.units import CURRENCY_SIGNS, UNITS


@pytest.mark.parametrize("formula", formulas(), ids=lambda formula: formula.id)
def test_every_example_computes_and_saves_and_computes_to_the_same_bytes(formula: Formula) -> None:
    result = calculate(formula.id, formula.example)
    loaded = Result.from_json(json.loads(result.to_bytes()))
    assert loaded == result == recompute(loaded)
    assert recompute(loaded).to_bytes() == result.to_bytes()
    assert [value.name for value in result.outputs] == [output.name for output in formula.outputs]


@pytest.mark.parametrize("formula", formulas(), ids=lambda formula: formula.id)
def test_the_shown_steps_compute_the_shown_result(formula: Formula) -> None:
    """Where a line of numbers is plain arithmetic, ordinary arithmetic on it gives the result it leads to."""
    result = calculate(formula.id, formula.example)
    for value in result.outputs:
        lines = [line for line in result.steps if line.startswith(f"{value.symbol} = ")]
        if not isinstance(value.value, Decimal):
            continue
        # A percentage stands for its hundredth; a result in % is written with "× 100", or is itself such a hundredth.
        line = re.sub("([0-9.]+)%", r"(\1 ÷ 100)", lines[1].split(" = ", 1)[1])
        worked = _evaluate(line)
        hundredth = value.unit == "%" and "× 100" not in line
        result_shown = float(value.value) / (100 if hundredth else 1)
        if worked is not None:
            assert math.isclose(worked, result_shown, rel_tol=1e-4, abs_tol=1e-12), lines


def test_most_steps_are_plain_arithmetic() -> None:
    results = [calculate(formula.id, formula.example) for formula in formulas()]
    lines = [
        [line for line in result.steps if line.startswith(f"{value.symbol} = ")][1].split(" = ", 1)[1]
        for result in results
        for value in result.outputs
        if isinstance(value.value, Decimal)
    ]
    assert sum(_evaluate(line) is not None for line in lines) > 0.75 * len(lines)


_UNIT = re.compile(r"(?<=[0-9])(?:\s?(?!log|ln|exp)[A-Za-zμΩ°¤][\w/²√°μΩ]*(?<!√)|%|×(?! ))(?![\w(])")
_SIGNS = {
    "10⁻⁹": "1e-9", "10⁹": "1e9", "ln 10": "2.302585092994046", "log₂": "math.log2", "log₁₀": "math.log10",
    "ln": "math.log", "exp": "math.exp", "√": "math.sqrt", "⌈": "math.ceil(", "⌉": ")", "⌊": "math.floor(", "⌋": ")",
    "π": "math.pi", "×": "*", "÷": "/", "−": "-", "^": "**", "²": "**2",
}  # fmt: skip


def _evaluate(line: str) -> float | None:
    """What a line of numbers and units comes to by ordinary arithmetic; None where it is written in words or sums."""
    line = _UNIT.sub("", line)
    for sign, python in _SIGNS.items():
        line = line.replace(sign, python)
    if not re.fullmatch(r"(?:[-+*/(). 0-9e]|math\.(?:log10|log2|log|exp|sqrt|ceil|floor|pi))+", line):
        return None
    try:
        return float(eval(line, {"math": math}))  # noqa: S307  # digits and operators only, checked above
    except (SyntaxError, TypeError, ValueError):
        return None


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


def test_conversions_are_steps_and_defaults_are_inputs() -> None:
    result = calculate("annual_energy_mwh", {"it_power_w": "1兆瓦", "pue": "１．５４"})
    assert result.steps[0] == "1兆瓦 = 1000000 W"
    assert [one.value for one in result.inputs if not one.given] == [8760, 1]
    assert result.shown() == "13490.4 MWh"


def test_shown_results_are_quantities_the_reader_finds() -> None:
    for formula in formulas():
        for value in calculate(formula.id, formula.example).outputs:
            if isinstance(value.value, Decimal) and "(" not in value.unit:
                (found,) = find_quantities(value.shown)
                assert found.text == value.shown
                assert same_value(found.low, found.unit, rounded(value.value, value.unit), value.unit), formula.id


def test_every_formula_is_whole() -> None:
    assert len(formulas()) == 88
    for formula in formulas():
        assert formula.latex and formula.example and formula.source and formula.assumptions, formula.id
        assert set(formula.example) >= {p.name for p in formula.required}, formula.id
        zh = [words.zh for words in (formula.name, *(p.meaning for p in formula.parameters), *formula.assumptions)]
        assert all(re.search(r"[\u4e00-\u9fff]", words) for words in zh), formula.id
        assert any(re.search(r"[\u4e00-\u9fff]", alias) for alias in formula.aliases), formula.id
        assert any(alias.isascii() for alias in formula.aliases), formula.id
        assert {name for p in formula.parameters for name in p.turns if isinstance(name, str)} <= {
            p.name for p in formula.parameters
        }


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
        ("twelve", "", "12"),
        ("一百二十八", "", "128"),
        ("10^-12", "", "1e-12"),
        ("10⁻¹²", "", "1e-12"),
        ("five years", "h", "43800"),
        ("五年", "h", "43800"),
        ("80 pm/°C", "nm/K", "0.08"),
        ("2.6×10⁻⁶/K", "ppm/K", "2.6"),
        ("0.5 defects/cm²", "1/cm2", "0.5"),
        ("300 K", "°C", "26.85"),
        ("2 °C", "K", "2"),
        ("0.3 L/min", "L/min", "0.3"),
    ],
)
def test_reads_units_in_any_language(text: str, unit: str, value: str) -> None:
    with localcontext(Context(prec=34)):
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
        ("power_saving", {"p_old_w": "5-4 W", "p_new_w": 3}, "p_old_w"),
        ("power_saving", {"p_old_w": "nan", "p_new_w": 3}, "finite"),
        ("power_saving", {"p_old_w": float("nan"), "p_new_w": 3}, "finite"),
        ("power_saving", {"p_old_w": float("inf"), "p_new_w": 3}, "finite"),
        ("power_saving", {"p_old_w": "Infinity", "p_new_w": 3}, "finite"),
        ("power_saving", {"p_old_w": Decimal("NaN"), "p_new_w": 3}, "finite"),
        ("power_saving", {"p_old_w": Decimal("-sNaN12"), "p_new_w": 3}, "not"),
        ("power_saving", {"p_old_w": True, "p_new_w": 3}, "bool"),
        ("power_saving", {"p_old_w": None, "p_new_w": 3}, "missing"),
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


# --- Ranges -----------------------------------------------------------------------------------------------------------


def test_a_range_in_gives_a_range_out_at_every_corner() -> None:
    saving = calculate("power_saving", {"p_old_w": "14–16 W", "p_new_w": "5–5.5 W"})
    assert saving.output("saving_w").value == Interval(Decimal("8.5"), Decimal(11))
    assert saving.output("ratio_x").shown == "2.54545–3.2×"
    assert calculate("fleet_power_kw", {"items": "18432 x 6–7 W; 27648 x 12–14 W"}).shown() == "442.368–516.096 kW"
    assert calculate("power_saving", {"p_old_w": "15 ± 1 W", "p_new_w": 5}).output().shown == "9–11 W"


def test_a_turn_inside_a_range_is_found() -> None:
    bend = {"alpha1_ppm": "2–4 ppm/K", "alpha2_ppm": 3, "delta_t_c": 100, "length_mm": 20}
    value = calculate("cte_mismatch_um", bend).output().value
    assert value == Interval(Decimal(0), Decimal(2))
    match = calculate("mode_mismatch_loss_db", {"w1_um": "4–5 μm", "w2_um": "4.6"}).output().value
    assert isinstance(match, Interval) and match.low == 0


def test_an_open_end_is_the_end_of_what_is_allowed_and_is_said() -> None:
    result = calculate("switch_optics_power_w", {"capacity_tbps": 51.2, "energy_pj_per_bit": "<5 pJ/bit"})
    assert result.shown() == "0–256 W"
    assert any("leaves one end open" in words.en for words in result.warnings)
    with pytest.raises(CalculationError, match="one end open"):
        calculate("mw_to_dbm", {"mw": "≥ 3 mW"})


def test_yes_in_one_part_of_the_ranges_and_no_in_another_is_neither() -> None:
    budget = {"p_laser_dbm": "15–20 dBm", "losses_db": "all=20 dB", "sensitivity_dbm": -3}
    closes = calculate("link_budget", budget).output("closes")
    assert closes.value == (False, True)
    assert "时是时否" in closes.say("zh")


# --- Money, levels, years, bases, figures -----------------------------------------------------------------------------


def test_money_keeps_its_currency_and_two_are_never_mixed() -> None:
    assert calculate("annual_cost", {"energy_mwh": "100 MWh", "price_per_kwh": "0.6元/度"}).shown() == "60,000 CNY"
    assert calculate("gross_margin_pct", {"price": "800 USD", "cost": "341美元"}).shown() == "57.375%"
    with pytest.raises(CalculationError, match="different currencies"):
        calculate("gross_margin_pct", {"price": "800 USD", "cost": "341元"})
    with pytest.raises(CalculationError, match="bare number beside one in USD"):
        calculate("gross_margin_pct", {"price": "800 USD", "cost": 341})
    with pytest.raises(CalculationError, match="no amount of money"):
        calculate("gross_margin_pct", {"price": "800 W", "cost": "341 W"})


def test_any_unit_but_the_same_and_none_that_has_no_zero() -> None:
    assert calculate("growth_pct", {"v0": "24 million", "v1": "63 million"}).shown() == "162.5%"
    assert calculate("growth_pct", {"v0": "16.5亿美元", "v1": "$2.6 billion"}).output().value > 57
    for wrong in ({"v0": "5 W", "v1": "6 km"}, {"v0": "5 dBm", "v1": "6 dBm"}, {"v0": "5 W", "v1": 6}):
        with pytest.raises(CalculationError):
            calculate("growth_pct", wrong)


def test_years_may_be_a_span_of_dates() -> None:
    assert calculate("cagr_pct", {"v0": "$46M", "v1": "$8.1B", "years": "2024–2030"}).output().shown == "136.749%"
    with pytest.raises(CalculationError):
        calculate("cagr_pct", {"v0": 1, "v1": 2, "years": "2030–2024"})


def test_percent_and_percentage_points_are_different() -> None:
    with pytest.raises(CalculationError, match="pp cannot be turned into %"):
        calculate("doubling_time_years", {"cagr_pct": "3 pp"})


def test_energies_on_different_bases_are_not_compared() -> None:
    same = calculate("power_saving", {"p_old_w": "15 W [net, link]", "p_new_w": "5.4 W [net]"})
    assert same.output().basis == ""
    with pytest.raises(BasisMismatch, match=r"'link'.*'engine"):
        calculate("power_saving", {"p_old_w": "15 W [net, link]", "p_new_w": "5.4 W [engine+laser]"})
    power = calculate("interface_power_w", {"energy_pj_per_bit": "5 pJ/bit [net, engine]", "rate_gbps": 800})
    assert power.output().basis == "net, engine"
    with pytest.raises(CalculationError, match="is no basis"):
        calculate("interface_power_w", {"energy_pj_per_bit": "5 [gross]", "rate_gbps": 800})


def test_a_figure_of_the_reference_table_stays_with_its_source() -> None:
    row = next(one for one in references() if one.unit == "pJ/bit" and isinstance(one.value, Decimal))
    result = calculate("interface_power_w", {"energy_pj_per_bit": f"@{row.id}", "rate_gbps": "800G"})
    assert result.inputs[0].assumption == row.id
    assert any(row.source in words.en for words in result.assumptions)
    assert recompute(Result.from_json(json.loads(result.to_bytes()))).to_bytes() == result.to_bytes()
    with pytest.raises(CalculationError, match="no such row"):
        calculate("interface_power_w", {"energy_pj_per_bit": "@nothing", "rate_gbps": 800})
    with pytest.raises(CalculationError, match="the reference table has"):
        calculate("interface_power_w", {"energy_pj_per_bit": f"99 pJ/bit @{row.id}", "rate_gbps": 800})


# --- Rounding, and what others state ----------------------------------------------------------------------------------


def test_rounding_follows_the_request_and_keeps_full_precision() -> None:
    result = calculate("power_saving", {"p_old_w": 14, "p_new_w": 5.5}, decimals=2)
    assert result.output("saving_pct").shown == "60.71%"
    assert str(result.output("saving_pct").value) == "60.71428571428571428571428571428571"
    assert any("60.7143" in line for line in result.steps)
    assert recompute(result) == result


def test_a_stated_result_that_differs_is_flagged_and_both_are_kept() -> None:
    wrong = calculate("power_saving", {"p_old_w": 15, "p_new_w": 5.4}, stated={"saving_pct": "65%"})
    assert [one.differs for one in wrong.stated] == [True]
    assert any("65%" in words.en and "64%" in words.en for words in wrong.warnings)
    right = calculate(
        "power_saving", {"p_old_w": 14, "p_new_w": 5.5}, stated={"saving_pct": "61%", "saving_w": "8.5 W"}
    )
    assert [one.differs for one in right.stated] == [False, False] and not right.warnings
    assert recompute(wrong).to_bytes() == wrong.to_bytes()
    with pytest.raises(CalculationError, match="no number called"):
        calculate("power_saving", {"p_old_w": 15, "p_new_w": 5.4}, stated={"saving": "65%"})


# --- Lists, matrices, choices -----------------------------------------------------------------------------------------


def test_lists_are_read_and_the_ambiguous_refused() -> None:
    for several in ("90%; 95%; 97%", "90, 95, 97", [90, 95, "97 %"], "90、95、97"):
        assert calculate("compound_yield_pct", {"yields_pct": several}).output().value == Decimal("82.935")
    with pytest.raises(CalculationError, match="one number or several"):
        calculate("compound_yield_pct", {"yields_pct": "100,200,300"})
    with pytest.raises(CalculationError, match="1 to 1000"):
        calculate("compound_yield_pct", {"yields_pct": [50] * 1001})


def test_matrices_choices_and_flags() -> None:
    given = {"t_ref_c": "35 °C", "powers_w": [500, 32]}
    for matrix in ("0.1, 0.05; 0.05, 0.5", [[0.1, 0.05], [0.05, 0.5]], "[[0.1, 0.05], [0.05, 0.5]]"):
        assert calculate("coupled_temp_c", {**given, "rth_matrix": matrix}).output().value == (Decimal("86.6"), 76)
    with pytest.raises(CalculationError):
        calculate("coupled_temp_c", {**given, "rth_matrix": [[1, 2], [3]]})
    die = {"area_mm2": "25 mm²", "defect_density_per_cm2": "0.5 /cm²"}
    assert calculate("die_yield_pct", {**die, "model": "Poisson"}).shown() == "88.2497%"
    with pytest.raises(CalculationError, match="one of"):
        calculate("die_yield_pct", {**die, "model": "gauss"})
    for yes, no in ((True, False), ("yes", "no"), ("是", "否")):
        fibres = {"capacity_tbps": 51.2, "lane_gbps": 100, "wavelengths_per_fiber": 1}
        both = [calculate("fiber_count", {**fibres, "bidirectional": b}).output("data_fibers").value for b in (yes, no)]
        assert both == [512, 1024]


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
