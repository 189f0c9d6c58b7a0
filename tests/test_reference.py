"""The reference table: every row can be used and checked, and is found by its names."""

import re
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from agent.calculator import calculate, formulas, recompute
from agent.calculator.basis import Basis
from agent.calculator.formula import ANY, MONEY, Interval, Parameter
from agent.calculator.reference import Reference, find_references, reference, references
from agent.calculator.units import convertible, read_quantity
from agent.errors import CalculationError

ROWS = references()
NUMBERS = [
    parameter for formula in formulas() for parameter in formula.parameters if parameter.shape not in ("choice", "flag")
]


def ends(row: Reference) -> tuple[Decimal, Decimal]:
    return (row.value.low, row.value.high) if isinstance(row.value, Interval) else (row.value, row.value)


def test_each_text_reads_back_to_its_figure():
    for row in ROWS:
        reading = read_quantity(row.text).to(row.unit)
        assert (reading.low, reading.high, reading.bound) == (*ends(row), "="), row.id


def test_each_is_one_figure_or_a_range_in_order():
    for row in ROWS:
        low, high = ends(row)
        assert low <= high, row.id
        assert isinstance(row.value, Interval) == (low < high), row.id


def test_some_argument_can_take_each():
    assert [row.id for row in ROWS if not any(takes(parameter, row) for parameter in NUMBERS)] == []


def test_each_names_a_public_source():
    for row in ROWS:
        assert len(row.source) > 5, row.id
        assert not re.search(r"read_file|\bid \d|/work|/tmp", f"{row.source} {row.url}"), row.id
        assert row.url == "" or re.fullmatch(r"https?://[^\s/]+\.[^\s]+", row.url), row.id


def test_each_says_how_sure_it_is():
    for row in ROWS:
        assert row.confidence in ("high", "medium", "low"), row.id
        assert row.verified in ("seen", "seen in copy", "from memory"), row.id
        assert (row.cited == row.source) == (row.confidence == "high" and row.verified == "seen"), row.id
        assert row.year == "" or 1990 <= int(row.year) <= 2040, row.id


def test_each_is_named_in_both_languages():
    for row in ROWS:
        assert re.fullmatch(r"[a-z][a-z0-9]*(?:_[a-z0-9]+)*", row.id), row.id
        assert re.search(r"[A-Za-z]", row.en), row.id
        assert re.search(r"[\u4e00-\u9fff]", row.zh), row.id
        assert not re.search(r"[\u4e00-\u9fff]", row.en), row.id


def test_each_is_found_by_its_own_names():
    for row in ROWS:
        for words in (row.en, row.zh, row.id.replace("_", " ")):
            assert row.id in [found.id for found in find_references(words, row.unit)[:3]], words


def takes(parameter: Parameter, row: Reference) -> bool:
    unit = parameter.unit.replace(MONEY, "USD")
    if ANY in unit or "" in (unit, row.unit):
        return unit == row.unit
    return convertible(row.unit, unit)


def test_no_two_rows_share_a_name():
    for names in ([row.id for row in ROWS], [row.en for row in ROWS], [row.zh for row in ROWS]):
        assert len(set(names)) == len(names)


def test_defaults_are_the_figures_they_name():
    named = [parameter for parameter in NUMBERS if parameter.assumption]
    assert named
    for parameter in named:
        row = reference(parameter.assumption)
        assert parameter.default == row.value, parameter.name
        assert row.unit == parameter.unit, parameter.name


def test_a_figure_is_used_by_name_with_its_source():
    result = calculate("annual_co2_t", {"energy_mwh": "1000 MWh", "grid_g_per_kwh": "@world_grid_co2"})
    assert result.shown() == "445 t"
    assert [one.assumption for one in result.inputs] == ["", "world_grid_co2"]
    assert any("IEA, Electricity 2025" in words.en for words in result.assumptions)
    assert recompute(result).to_bytes() == result.to_bytes()


def test_a_range_of_the_table_gives_a_range():
    result = calculate("fit_from_mtbf_h", {"mtbf_h": "@meta_transceiver_mtbf"})
    assert result.shown() == "1000–2000 FIT"


def test_a_default_of_the_table_is_named_in_the_result():
    result = calculate("time_of_flight_ns", {"length_m": "30 m"})
    assert result.inputs[1].assumption == "smf_group_index"
    assert any("Corning" in words.en for words in result.assumptions)
    assert not any("Corning" in words.en for words in calculate(
        "time_of_flight_ns", {"length_m": "30 m", "group_index": "1.468"}).assumptions)  # fmt: skip


def test_an_energy_carries_its_basis():
    assert reference("bailly_power_per_800g").basis == Basis(scope="engine+laser")
    assert reference("nvidia_cpo_engine_energy").basis == Basis("net", "", "engine")


@pytest.mark.parametrize(
    ("words", "unit", "expected"),
    [
        ("PUE", "", "average_pue"),
        ("Bailly power", "W", "bailly_power_per_800g"),
        ("thermal expansion of indium phosphide", "", "inp_cte"),
        ("磷化铟的热膨胀系数", "", "inp_cte"),
        ("硅微环温漂", "nm/K", "ring_thermal_drift"),
        ("中国电网碳排放", "g/kWh", "china_grid_co2"),
        ("failure rate of a DFB laser", "FIT", "dfb_laser_fit"),
        ("KP4 threshold", "", "kp4_ber_threshold"),
    ],
)
def test_people_find_what_they_ask_for(words: str, unit: str, expected: str):
    assert expected in [row.id for row in find_references(words, unit)[:3]]


def test_a_unit_narrows_the_search():
    assert {row.unit for row in find_references("laser", "mW")} <= {"mW", "W"}
    assert {row.unit for row in find_references("module price", MONEY)} == {"USD"}
    assert find_references("laser", ANY) == find_references("laser")
    assert find_references("laser", "km") == ()
    assert find_references("zzz qqq") == ()
    assert find_references("") == ()


@pytest.mark.parametrize(
    ("asked", "near"), [("averge_pue", "average_pue"), ("indium phosphide", "inp_cte"), ("磷化铟", "inp_cte")]
)
def test_an_unknown_id_names_its_neighbours(asked: str, near: str):
    with pytest.raises(CalculationError, match="no such row") as caught:
        reference(asked)
    assert near in caught.value.next_step


@given(st.text(max_size=200))
def test_any_text_is_found_or_refused(text: str):
    assert all(isinstance(row, Reference) for row in find_references(text))
    if text not in {row.id for row in ROWS}:
        with pytest.raises(CalculationError):
            reference(text)
