import xml.etree.ElementTree as ElementTree
from pathlib import Path

import pytest

from agent.calculator import calculate, plots
from agent.calculator.plots import check_path, draw_sweep, draw_tornado, draw_waterfall
from agent.calculator.sweep import sensitivity, sweep
from agent.errors import CalculationError

BUDGET = {
    "p_laser_dbm": "20 dBm",
    "losses_db": "connector=0.5 dB; modulator=4 dB; 光纤=0.2 dB; a $5$ part=1 dB",
    "sensitivity_dbm": "-6 dBm",
}
SAVING = {"p_old_w": "15 W", "p_new_w": "5.4 W"}


def texts(path: Path) -> list[ElementTree.Element]:
    """The texts of an SVG."""
    return list(ElementTree.parse(path).getroot().iter("{http://www.w3.org/2000/svg}text"))  # noqa: S314  # our own file


def words(path: Path) -> list[str]:
    """All that is written in an SVG."""
    return ["".join(text.itertext()) for text in texts(path)]


@pytest.fixture
def no_chinese_font(monkeypatch):
    monkeypatch.setattr(plots, "_chinese_fonts", lambda: ())


def test_curves_have_labels_with_units(tmp_path: Path):
    swept = sweep("interface_power_w", {"energy_pj_per_bit": "5|7 pJ/bit", "rate_gbps": "400..3200*2 Gb/s"})
    draw_sweep(swept, tmp_path / "a.svg")
    written = words(tmp_path / "a.svg")
    assert "Interface power from energy per bit" in written
    assert "interface power (W)" in written
    assert "net rate, one direction (Gb/s)" in written
    assert "energy per bit (pJ/bit)" in written
    assert {"5", "7", "400", "800", "1600", "3200"} <= set(written)


def test_each_result_has_its_panel_and_one_may_be_chosen(tmp_path: Path):
    swept = sweep("power_saving", {"p_old_w": "15 W", "p_new_w": "5..10:1"})
    draw_sweep(swept, tmp_path / "all.svg")
    assert {"power saved (W)", "saving (%)", "old over new (×)", "power of the old device = 15 W"} <= set(
        words(tmp_path / "all.svg")
    )
    draw_sweep(swept, tmp_path / "one.svg", "saving_pct")
    one = words(tmp_path / "one.svg")
    assert "saving (%)" in one
    assert "power saved (W)" not in one


@pytest.mark.parametrize(
    "inputs",
    [
        {"p_old_w": "14-16 W", "p_new_w": "5..10:1"},
        {"p_old_w": "14 W|15-16 W", "p_new_w": "5 W"},
        {"p_old_w": "14 W|1600 mW", "p_new_w": "1 W|200 mW"},
        {"p_old_w": "1e-9..1e6*10", "p_new_w": "1"},
        {"p_old_w": "20..10:1", "p_new_w": "5|1|3"},
    ],
)
def test_ranges_cases_and_decades_are_drawn(tmp_path: Path, inputs: dict[str, str]):
    draw_sweep(sweep("power_saving", inputs), tmp_path / "a.png")
    assert (tmp_path / "a.png").read_bytes().startswith(b"\x89PNG")


def test_the_tornado_has_the_largest_effect_on_top(tmp_path: Path):
    draw_tornado(sensitivity("power_saving", SAVING), tmp_path / "a.svg")
    written = words(tmp_path / "a.svg")
    assert {"power of the old device = 15 W", "13.5 W", "16.5 W", "4.86 W", "5.94 W", "power saved (W)"} <= set(written)
    assert {"input 10% lower", "input 10% higher", "power saved = 9.6 W"} <= set(written)
    height = {"".join(text.itertext()): float(text.get("y", 0)) for text in texts(tmp_path / "a.svg")}
    old, new = "power of the old device = 15 W", "power of the new device = 5.4 W"
    assert height[old] < height[new]  # an SVG counts from the top


def test_a_tornado_speaks_the_language_and_tells_ranges(tmp_path: Path, monkeypatch):
    monkeypatch.setattr(plots, "_chinese_fonts", lambda: ("Some Font",))
    found = sensitivity("link_budget", BUDGET | {"sensitivity_dbm": "-8 to -6 dBm"}, output="margin_db")
    draw_tornado(found, tmp_path / "zh.svg", "zh")
    written = words(tmp_path / "zh.svg")
    assert {"光源输出端每波长功率", "20 dBm", "-8 to -6 dBm", "-8 dBm", "-6 dBm"} <= set(written)
    assert {"沿途各项损耗：modulator = 4 dB", "输入量下调 10%，或取其范围下限"} <= set(written)
    draw_tornado(found, tmp_path / "en.svg")
    assert {"losses along the way: modulator", "4 dB"} <= set(words(tmp_path / "en.svg"))


def test_the_waterfall_leads_from_the_laser_to_the_receiver(tmp_path: Path):
    draw_waterfall(calculate("link_budget", BUDGET), tmp_path / "a.svg")
    written = words(tmp_path / "a.svg")
    assert {"20 dBm", "−0.5 dB", "−4 dB", "−0.2 dB", "14.3 dBm", "margin 20.3 dB", "optical power (dBm)"} <= set(
        written
    )
    assert {"connector", "modulator", "光纤", "a $5$ part"} <= set(written)
    assert "receiver sensitivity, same" in written


def test_budgets_are_followed_upwards_or_piled_up(tmp_path: Path):
    least = {"sensitivity_dbm": "-6", "losses_db": "connector=0.5; modulator=4", "margin_db": "2 dB"}
    draw_waterfall(calculate("min_laser_power_dbm", least), tmp_path / "up.svg")
    assert {"-6 dBm", "+0.5 dB", "+4 dB", "+2 dB", "0.5 dBm"} <= set(words(tmp_path / "up.svg"))
    draw_waterfall(calculate("total_latency_ns", {"parts": "dsp=40; fec=100"}), tmp_path / "pile.svg")
    assert {"+40 ns", "+100 ns", "140 ns", "total latency (ns)"} <= set(words(tmp_path / "pile.svg"))


def test_an_svg_is_the_same_bytes_each_time(tmp_path: Path):
    for name in ("a.svg", "b.svg"):
        draw_tornado(sensitivity("link_budget", BUDGET), tmp_path / name)
    first = (tmp_path / "a.svg").read_bytes()
    assert first == (tmp_path / "b.svg").read_bytes()
    assert b"<dc:date>" not in first


def test_labels_are_chinese_only_with_a_chinese_font(tmp_path: Path, monkeypatch, no_chinese_font):
    swept = sweep("power_saving", SAVING | {"p_new_w": "5..10:1"})
    draw_sweep(swept, tmp_path / "en.svg", language="zh")
    assert "power saved (W)" in words(tmp_path / "en.svg")
    monkeypatch.setattr(plots, "_chinese_fonts", lambda: ("Some Font",))
    draw_sweep(swept, tmp_path / "zh.svg", language="zh")
    assert "节省功耗 (W)" in words(tmp_path / "zh.svg")


def test_a_script_without_a_font_does_not_stop_the_picture(tmp_path: Path, no_chinese_font):
    draw_waterfall(calculate("link_budget", BUDGET), tmp_path / "a.png")
    assert (tmp_path / "a.png").stat().st_size > 1000


# --- What makes no picture --------------------------------------------------------------------------------------------


def test_only_png_and_svg(tmp_path: Path):
    for name in ("a.pdf", "a", "a.svg.txt"):
        with pytest.raises(CalculationError, match=r"a \.png or an \.svg"):
            check_path(tmp_path / name)
    check_path(tmp_path / "A.PNG")


def test_what_cannot_be_drawn_says_what_can(tmp_path: Path):
    path = tmp_path / "a.png"
    with pytest.raises(CalculationError, match="single calculation") as refused:
        draw_waterfall(calculate("power_saving", SAVING), path)
    assert "--sensitivity" in refused.value.next_step
    assert "link_budget" in refused.value.next_step
    with pytest.raises(CalculationError, match="not ranges"):
        draw_waterfall(calculate("link_budget", BUDGET | {"losses_db": "connector=0.5-1; 3"}), path)
    with pytest.raises(CalculationError, match="33 bars are too many"):
        draw_waterfall(calculate("link_budget", BUDGET | {"losses_db": "; ".join(["0.1"] * 31)}), path)
    with pytest.raises(CalculationError, match="9 curves are too many"):
        draw_sweep(sweep("power_saving", {"p_old_w": "11..20:1", "p_new_w": "1..9:1"}), path)
    with pytest.raises(CalculationError, match="'nope' is no number to draw") as refused:
        draw_sweep(sweep("power_saving", SAVING | {"p_new_w": "1..9:1"}), path, "nope")
    assert "saving_w" in refused.value.next_step
    assert not path.exists()


def test_a_file_that_cannot_be_written_is_told(tmp_path: Path):
    with pytest.raises(CalculationError, match="cannot be written"):
        draw_tornado(sensitivity("power_saving", SAVING), tmp_path / "none" / "a.png")
