from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from agent.calculator import Interval, calculate, formulas
from agent.calculator.result import show_unit
from agent.calculator.sweep import MOST_POINTS, choose_output, is_sweep, sensitivity, sweep
from agent.errors import CalculationError

RATE = {"energy_pj_per_bit": "5"}
BUDGET = {"p_laser_dbm": "20 dBm", "losses_db": "connector=0.5; modulator=4; 3", "sensitivity_dbm": "-6 dBm"}


def rates(text: str) -> tuple[str, ...]:
    return sweep("interface_power_w", RATE | {"rate_gbps": text}).axes[0].values


@pytest.mark.parametrize(
    ("text", "values"),
    [
        ("400..1600:400", "400 800 1200 1600"),
        ("400..1700:400", "400 800 1200 1600"),
        ("1600..400:400", "1600 1200 800 400"),
        ("1600..400:-400", "1600 1200 800 400"),
        ("0.1..0.4:0.1", "0.1 0.2 0.3 0.4"),
        ("1,000..3,000:1,000", "1000 2000 3000"),
        ("400 Gb/s .. 800 Gb/s : 200 Gb/s", "400 600 800"),
        ("400..800:200 Gb/s", "400 600 800"),
        ("４００..８００：２００", "400 600 800"),
        ("400..3200*2", "400 800 1600 3200"),
        ("3200..400*2", "3200 1600 800 400"),
        ("3200..400*0.5", "3200 1600 800 400"),
        ("1..2", "1 1.1 1.2 1.3 1.4 1.5 1.6 1.7 1.8 1.9 2"),
        ("2..1", "2 1.9 1.8 1.7 1.6 1.5 1.4 1.3 1.2 1.1 1"),
        ("5|7|10", "5 7 10"),
        ("10|5|7 Gb/s", "10 5 7"),
        ("5 Gb/s|7 Gb/s", "5 7"),
        ("1e3..3e3:1e3", "1000 2000 3000"),
    ],
)
def test_the_values_of_a_sweep(text: str, values: str):
    assert rates(text) == tuple(values.split())


def test_whole_numbers_are_spread_over_whole_numbers():
    inputs = {"n_lanes": "1..6", "lanes_per_laser": "1", "lasers_per_module": "8"}
    assert sweep("laser_counts", inputs).axes[0].values == ("1", "2", "3", "4", "5", "6")
    wide = sweep("laser_counts", inputs | {"n_lanes": "8..800"}).axes[0].values
    assert len(wide) == 11
    assert all(value.isdigit() for value in wide)


@given(
    start=st.decimals(Decimal("-1e4"), Decimal("1e4"), places=3),
    step=st.decimals(Decimal("0.001"), Decimal("1e3"), places=3),
    steps=st.integers(1, 60),
)
def test_steps_are_exact_and_both_ends_are_in(start: Decimal, step: Decimal, steps: int):
    end = start + steps * step
    found = sweep("npv", {"rate_pct": "8%", "flows": f"{start}..{end}:{step}"})
    assert [Decimal(value) for value in found.axes[0].values] == [start + n * step for n in range(steps + 1)]


@given(st.text(alphabet="0123456789.:*|-+ eE,WGb/s[net]@%…×", max_size=40))
def test_any_text_is_a_sweep_or_refused(text: str):
    try:
        found = sweep("interface_power_w", RATE | {"rate_gbps": text}, most=50)
    except CalculationError:
        return
    assert is_sweep(text)
    assert 2 <= len(found.points) <= 50


def test_each_point_is_the_calculation_there():
    found = sweep("power_saving", {"p_old_w": "15|16 W", "p_new_w": "5..7:1 W"})
    assert [point.at for point in found.points] == [(a, b) for a in ("15", "16") for b in ("5", "6", "7")]
    for (old, new), point in ((point.at, point) for point in found.points):
        alone = calculate("power_saving", {"p_old_w": f"{old} W", "p_new_w": f"{new} W"})
        assert point.result.to_bytes() == alone.to_bytes()


def test_units_and_bases_go_with_each_number():
    found = sweep("interface_power_w", {"energy_pj_per_bit": "5|7 pJ/bit [net]", "rate_gbps": "0.4..1.6*2 Tb/s"})
    assert found.unit(found.axes[0]) == "pJ/bit, net"
    assert found.unit(found.axes[1]) == "Tb/s"
    assert found.first.inputs[0].basis == "net"
    assert [value.shown for value in found.column("power_w")] == ["2 W", "4 W", "8 W", "2.8 W", "5.6 W", "11.2 W"]


def test_cases_need_not_be_numbers():
    inputs = {"area_mm2": "100 mm2", "defect_density_per_cm2": "0.1 /cm2", "model": "poisson|murphy"}
    found = sweep("die_yield_pct", inputs)
    assert found.axes[0].values == ("poisson", "murphy")
    assert not found.axes[0].numeric
    ranged = sweep("interface_power_w", RATE | {"rate_gbps": "400|800-1600"})
    assert isinstance(ranged.points[1].result.output().value, Interval)
    fleets = sweep("fleet_power_kw", {"items": "4 x 15 W|2 x 15 W"})
    assert [value.shown for value in fleets.column("power_kw")] == ["0.06 kW", "0.03 kW"]


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("1..5:0", "steps of 0 never get there"),
        ("1..5:-1", "steps of -1 never get there"),
        ("1..5*1", "a factor above 0 other than 1"),
        ("0..5*2", "only ends of one sign"),
        ("5..5", "both ends are the same"),
        ("1..2..3", "is no sweep"),
        ("1..", "is no sweep"),
        ("1...5", "is no sweep"),
        ("1..5:2 5", "is no sweep"),
        ("1 W..5 Gb/s", "is no sweep"),
        ("5||7", "has an empty place"),
        ("5|7|5", "stands twice"),
        ("5|7 Gb/s|1 Tb/s", "'5' has no unit and others have"),
        (f"1..{MOST_POINTS + 1}:1", "1,001 points"),
        ("1..1e9*1.001", "more than 1,000 points"),
        ("|".join(map(str, range(1, 1200))), "points"),
        ("-1..1", "at rate_gbps=-1: rate_gbps: '-1' is out of range"),
        ("1..3 W", "at rate_gbps=1 W: rate_gbps"),
    ],
)
def test_what_is_wrong_with_a_sweep(text: str, told: str):
    with pytest.raises(CalculationError) as refused:
        sweep("interface_power_w", RATE | {"rate_gbps": text})
    assert told in str(refused.value)
    assert refused.value.next_step


def test_too_many_points_or_axes_are_refused():
    with pytest.raises(CalculationError, match="1,600 points"):
        sweep("power_saving", {"p_old_w": "1..40:1", "p_new_w": "1..40:1"})
    with pytest.raises(CalculationError, match="3 inputs are swept"):
        sweep("switch_optics_power_w", dict.fromkeys(("capacity_tbps", "energy_pj_per_bit", "utilisation"), "0..1"))
    with pytest.raises(CalculationError, match="no input is swept"):
        sweep("interface_power_w", RATE | {"rate_gbps": "400"})
    assert len(sweep("interface_power_w", RATE | {"rate_gbps": f"1..{MOST_POINTS}:1"}).points) == MOST_POINTS


# --- Sensitivity ------------------------------------------------------------------------------------------------------


def test_a_product_moves_by_the_share_on_both_sides():
    found = sensitivity("interface_power_w", {"energy_pj_per_bit": "5 pJ/bit", "rate_gbps": "1.6 Tb/s"})
    assert [(swing.name, swing.effect) for swing in found.swings] == [
        ("energy_pj_per_bit", Decimal("1.6")), ("rate_gbps", Decimal("1.6")),
    ]  # fmt: skip
    assert [end.result for end in (found.swings[1].low, found.swings[1].high)] == [Decimal("7.2"), Decimal("8.8")]
    assert found.swings[1].low.value == Decimal("1440")


def test_the_largest_effect_comes_first_and_each_part_is_moved_alone():
    found = sensitivity("link_budget", BUDGET, share=Decimal("0.2"), output="margin_db")
    assert [(swing.name, swing.effect) for swing in found.swings] == [
        ("p_laser_dbm", Decimal(8)),
        ("sensitivity_dbm", Decimal("2.4")),
        ("losses_db: modulator", Decimal("1.6")),
        ("losses_db #3", Decimal("1.2")),
        ("losses_db: connector", Decimal("0.2")),
    ]
    assert found.unmoved == (("required_margin_db", "it is 0, of which a share moves nothing"),)
    lowest = found.swings[1].low
    assert (lowest.value, lowest.result) == (Decimal("-7.2"), found.output.value + Decimal("1.2"))  # type: ignore[operator]


def test_money_stays_in_its_currency():
    found = sensitivity("annual_cost", {"energy_mwh": "100 MWh", "price_per_kwh": "0.08 USD/kWh"})
    assert (found.output.value, found.output.unit) == (8000, "USD")
    assert {swing.effect for swing in found.swings} == {Decimal(1600)}
    assert found.swings[1].unit == "USD/kWh"


def test_whole_numbers_move_to_whole_numbers():
    found = sensitivity("laser_counts", {"n_lanes": "64", "lanes_per_laser": "4", "lasers_per_module": "8"})
    per_laser = next(swing for swing in found.swings if swing.name == "lanes_per_laser")
    assert (per_laser.low.value, per_laser.high.value) == (3, 5)


def test_what_cannot_move_says_why():
    found = sensitivity("system_dilution_pct", {"component_share_pct": "95%", "component_saving_pct": "60%"})
    share = next(swing for swing in found.swings if swing.name == "component_share_pct")
    assert share.high.result is None
    assert "104.5% is out of range (0 to 100 %)" in share.high.refused
    assert share.low.result is not None
    yields = sensitivity("die_yield_pct", {"area_mm2": "100", "defect_density_per_cm2": "0.1"})
    assert {swing.name for swing in yields.swings} == {"area_mm2", "defect_density_per_cm2"}


def test_a_range_is_moved_over_from_its_middle():
    found = sensitivity("interface_power_w", {"energy_pj_per_bit": "5-7 pJ/bit [net]", "rate_gbps": "400"})
    energy, rate = found.swings
    assert (energy.value, energy.low.value, energy.high.value) == (6, 5, 7)
    assert (energy.low.result, energy.high.result, found.output.value) == (2, Decimal("2.8"), Decimal("2.4"))
    assert energy.span == Interval(Decimal(5), Decimal(7))
    assert found.base.inputs[0].basis == "net"
    assert (rate.span, rate.low.value, rate.high.value) == (None, 360, 440)


def test_ranges_within_a_list_around_zero_and_of_whole_numbers():
    losses = sensitivity("link_budget", BUDGET | {"losses_db": "connector=0.5-1.5 dB; 调制器=4; 3"}, output="margin_db")
    connector = next(swing for swing in losses.swings if swing.part == "connector")
    assert (connector.value, connector.effect, connector.span) == (1, 1, Interval(Decimal("0.5"), Decimal("1.5")))
    assert [losses.say(swing, "zh") for swing in losses.swings][-2:] == ["沿途各项损耗：调制器", "沿途各项损耗 #3"]
    drift = sensitivity("wavelength_drift_nm", {"delta_t_c": "-10 to 10 K", "coeff_nm_per_c": "0.08"})
    assert (drift.output.value, drift.swings[0].effect) == (0, Decimal("1.6"))
    lasers = sensitivity("laser_counts", {"n_lanes": "64", "lanes_per_laser": "3-6", "lasers_per_module": "8"})
    lanes = next(swing for swing in lasers.swings if swing.input == "lanes_per_laser")
    assert (lanes.low.value, lanes.value, lanes.high.value) == (3, 4, 6)
    levels = sensitivity("pam_level_penalty_db", {"levels": "2-8"})
    assert (levels.swings[0].value, levels.swings[0].high.value) == (4, 8)
    pue = sensitivity("annual_energy_mwh", {"it_power_w": "1 MW", "pue": "@hyperscale_pue"})
    assert {swing.input: swing.figure for swing in pue.swings}["pue"] == "hyperscale_pue"
    fleet = sensitivity("fleet_power_kw", {"items": "4 x 10-20 W; 2 x 9 W"})
    assert (fleet.output.value, fleet.swings[0].effect) == (Decimal("0.078"), Decimal("0.04"))


def test_what_a_sensitivity_refuses():
    with pytest.raises(CalculationError, match="a share of 100%"):
        sensitivity("interface_power_w", {"energy_pj_per_bit": "5", "rate_gbps": "400"}, share=Decimal(1))
    with pytest.raises(CalculationError, match="'nope' is not a single number"):
        choose_output(calculate("interface_power_w", {"energy_pj_per_bit": "5", "rate_gbps": "400"}), "nope")


@pytest.mark.parametrize("known", formulas(), ids=lambda known: known.id)
def test_every_example_has_a_sensitivity(known):
    try:
        base = calculate(known.id, known.example)
        choose_output(base)
    except CalculationError as error:
        assert "single number" in error.what
        return
    found = sensitivity(known.id, known.example, share=Decimal("0.01"))
    assert found.base == base
    effects = [swing.effect for swing in found.swings]
    assert effects == sorted(effects, reverse=True)
    assert len(found.swings) + len(found.unmoved) > 0
    for swing in found.swings:
        for end in (swing.low, swing.high):
            assert (end.result is None) == bool(end.refused)
        assert found.say(swing, "zh") != swing.name


@pytest.mark.parametrize("known", formulas(), ids=lambda known: known.id)
def test_a_range_of_a_share_on_both_sides_is_that_share(known):
    try:
        found = sensitivity(known.id, known.example, share=Decimal("0.01"))
    except CalculationError as error:
        assert "single number" in error.what
        return
    whole = {parameter.name for parameter in known.parameters if parameter.shape == "integer" or parameter.allowed}
    for swing in found.swings:
        if swing.part or swing.low.value is None or swing.high.value is None or swing.input in whole:
            continue
        basis = next(one.basis for one in found.base.inputs if one.name == swing.input)
        span = show_unit(f"{swing.low.value:f} to {swing.high.value:f}", swing.unit) + (f" [{basis}]" if basis else "")
        again = sensitivity(known.id, {**known.example, swing.input: span}, share=Decimal("0.01"))
        ranged = next(one for one in again.swings if one.input == swing.input)
        assert ranged.span is not None
        assert (ranged.value, ranged.low, ranged.high) == (swing.value, swing.low, swing.high)
        assert again.output == found.output
