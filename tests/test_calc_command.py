import csv
import io
import json
import shlex
from pathlib import Path

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from agent.calc_command import _VERBS, name_verb
from agent.calculator import calculate, formulas
from agent.calculator.reference import references
from agent.calculator.registry import example_command
from agent.cli import main

SAVING = ["power_saving", "p_old_w=15 W", "p_new_w=5.4 W"]
POWER = ["interface_power_w", "energy_pj_per_bit=5"]


def calc(capsys, *arguments: str, status: int = 0) -> str:
    """What ``cpo calc`` prints in English."""
    assert main(["calc", *arguments, "--language", "en"]) == status
    shown = capsys.readouterr()
    return shown.out


# --- Formulas and figures ---------------------------------------------------------------------------------------------


def test_the_list_has_every_formula_by_group(capsys):
    listed = calc(capsys)
    assert listed.startswith("Energy and power (energy)\n  interface_power_w")
    assert all(f"  {known.id} " in listed and known.name.en in listed for known in formulas())
    assert listed == calc(capsys, "list")
    assert main(["calc", "--language", "zh"]) == 0
    assert "能耗与功耗 (energy)\n" in capsys.readouterr().out


@pytest.mark.parametrize(
    ("words", "found"),
    [
        (["ber"], {"ber_from_q", "q_from_ber"}),
        (["链路预算"], {"link_budget"}),
        (["LINK", "margin"], {"link_budget"}),
        (["saving", "--group", "energy", "power_s"], {"power_saving"}),
    ],
)
def test_the_list_is_narrowed_by_words_of_any_language(capsys, words: list[str], found: set[str]):
    assert main(["calc", "list", *words, "--json"]) == 0
    listed = json.loads(capsys.readouterr().out)["formulas"]
    assert {one["id"] for one in listed} == found
    assert set(listed[0]) == {"id", "group", "name", "formula"}


def test_a_card_ends_with_a_command_to_paste(capsys):
    card = calc(capsys, "show", "link_budget")
    assert card == calc(capsys, "link_budget")
    assert "LaTeX: L = \\sum_i L_i" in card
    assert "losses_db [dB]: losses along the way (named numbers: connector=0.5; fibre=0.2; 0 to 60 dB)" in card
    assert card.rstrip().splitlines()[-1].startswith('  cpo calc link_budget "p_laser_dbm=23 dBm" "losses_db=connector')
    assert "[money/kWh, one currency throughout]" in calc(capsys, "show", "annual_cost")
    assert "any unit, the same throughout" in calc(capsys, "show", "growth_pct")
    assert "poisson, murphy, negbin" in calc(capsys, "show", "die_yield_pct")


@pytest.mark.parametrize("known", formulas(), ids=lambda known: known.id)
def test_every_example_can_be_pasted(known, capsys):
    command = shlex.split(example_command(known))
    assert command[:2] == ["cpo", "calc"]
    assert main([*command[1:], "--json"]) == 0
    assert json.loads(capsys.readouterr().out) == calculate(known.id, known.example).to_json()


def test_the_schema_has_all_that_is_declared(capsys):
    assert main(["calc", "show", "die_yield_pct", "--json"]) == 0
    schema = json.loads(capsys.readouterr().out)
    model = next(one for one in schema["parameters"] if one["name"] == "model")
    assert model["shape"] == "choice"
    assert [names[0] for names in model["choices"]] == ["poisson", "murphy", "negbin"]
    assert {"latex", "outputs", "requirements", "assumptions", "source", "example", "command", "version"} <= set(schema)


def test_figures_are_listed_and_used(capsys):
    row = next(row for row in references() if row.unit == "pJ/bit")
    listed = calc(capsys, "figures")
    assert [line.split()[0] for line in listed.splitlines() if line.startswith("  @")].count(f"@{row.id}") == 1
    assert all(f"  @{one.id} " in listed and one.text in listed for one in references())
    assert "\nEnergy per bit\n" in listed
    assert row.source not in listed
    assert listed.splitlines()[-1].startswith("use one as NAME=@ID; cpo calc figures WORD")
    assert f"@{row.id} = {row.text}" in calc(capsys, "figures", row.en)
    assert main(["calc", "figures", "--json"]) == 0
    assert len(json.loads(capsys.readouterr().out)["figures"]) == len(references())
    assert main(["calc", "figures", row.en, "--json"]) == 0
    assert row.id in [one["id"] for one in json.loads(capsys.readouterr().out)["figures"]]
    shown = calc(capsys, "interface_power_w", f"energy_pj_per_bit=@{row.id}", "rate_gbps=1600")
    assert f"(@{row.id})" in shown


@pytest.mark.parametrize("words", [["link_budget", "--help"], ["-h", "LINK_BUDGET", "losses_db=3"]])
def test_help_on_a_formula_is_its_card_and_the_options(capsys, words: list[str]):
    helped = calc(capsys, *words)
    assert helped.startswith("usage: cpo calc link_budget p_laser_dbm=… losses_db=… sensitivity_dbm=…")
    assert calc(capsys, "show", "link_budget").strip() in helped
    assert "--sensitivity SHARE" in helped
    assert main(["calc", "compute", "--help"]) == 0
    assert capsys.readouterr().out.startswith("usage: cpo calc ID NAME=VALUE … [options]\n\nCompute a formula.")


@pytest.mark.parametrize("name", ["链路预算", "光链路预算（平均功率）", "Link Budget"])
def test_a_formula_is_found_by_its_name(capsys, name: str):
    card = calc(capsys, "link_budget")
    assert calc(capsys, "show", *name.split()) == card == calc(capsys, name)
    given = ["p_laser_dbm=20", "losses_db=3", "sensitivity_dbm=-6"]
    assert calc(capsys, name, *given) == calc(capsys, "link_budget", *given)
    assert calc(capsys, "show", "microring", "heater") == calc(capsys, "show", "ring_tuning")


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (["list", "良率"], "裸片良率"),
        (["show", "链路预算"], "参数："),
        (["链路预算", "--help"], "参数："),
        (["链路预算", "p_laser_dbm=20", "losses_db=3", "sensitivity_dbm=-6"], "余量：23 dB"),
        (["figures", "可插拔"], "可插拔光模块功耗"),
    ],
)
def test_chinese_words_are_answered_in_chinese(capsys, words: list[str], told: str):
    assert main(["calc", *words]) == 0
    assert told in capsys.readouterr().out
    assert told not in calc(capsys, *words)  # --language en


def test_no_formula_has_the_name_of_an_action():
    assert {known.id for known in formulas()}.isdisjoint(_VERBS)


# --- One calculation --------------------------------------------------------------------------------------------------


def test_the_result_comes_first(capsys):
    lines = calc(capsys, *SAVING).splitlines()
    assert lines[:3] == ["power saved: 9.6 W", "saving: 64%", "old over new: 2.77778×"]
    assert "  ΔP = 15 W − 5.4 W" in lines
    assert lines.index("Assumes") < next(n for n, line in enumerate(lines) if line.startswith("Source: "))
    assert main(["calc", *SAVING, "--language", "zh"]) == 0
    assert capsys.readouterr().out.startswith("节省功耗：9.6 W\n")


def test_options_may_stand_anywhere(capsys):
    usual = calc(capsys, *SAVING, "--decimals", "1")
    assert "old over new: 2.8×" in usual
    assert calc(capsys, "--decimals", "1", *SAVING) == usual
    assert calc(capsys, SAVING[0], "--decimals=1", *SAVING[1:]) == usual
    assert calc(capsys, *SAVING[:2], "--decimals", "1", SAVING[2]) == usual


def test_stated_results_ranges_and_bases(capsys):
    shown = calc(capsys, *SAVING, "--stated", "saving_pct=65%", "--stated", "ratio_x=2.8")
    assert "saving: 64% (stated as 65%: differs)" in shown
    assert "old over new: 2.77778× (stated as 2.8: agrees)" in shown
    ranged = calc(capsys, "power_saving", "p_old_w=14-16 W [net]", "p_new_w=5.5 W")
    assert "power saved: 8.5–10.5 W" in ranged
    assert "(p_old_w) = 14–16 W [net]" in ranged


def test_arithmetic(capsys):
    command = ("eval", "(a - b) / a", "a=212,986 thousand USD", "b=100 million USD", "--unit", "%", "--decimals", "2")
    assert calc(capsys, *command).startswith("result: 53.05%\n")
    assert calc(capsys, "eval", "a", "+", "b", "a=1", "b=2").startswith("result: 3\n")
    assert calc(capsys, "eval", "营业收入 / 2", "营业收入=3").startswith("result: 1.5\n")


# --- Saved calculations -----------------------------------------------------------------------------------------------


@pytest.mark.parametrize("command", [SAVING, ["eval", "a / b", "a=1 W", "b=3 W", "--unit", "%", "--decimals", "1"]])
def test_a_saved_calculation_comes_out_the_same(capsys, tmp_path: Path, command: list[str]):
    saved = tmp_path / "saved.json"
    assert main(["calc", *command, "--save", str(saved)]) == 0
    capsys.readouterr()
    printed = tmp_path / "printed.json"
    assert main(["calc", *command, "--json"]) == 0
    printed.write_text(capsys.readouterr().out, encoding="utf-8")
    for path in (saved, printed):
        assert calc(capsys, "check", str(path)).startswith("same bytes: ")


def test_what_was_changed_in_a_saved_calculation_is_named(capsys, tmp_path: Path):
    saved = tmp_path / "saved.json"
    assert main(["calc", *SAVING, "--save", str(saved)]) == 0
    original = saved.read_text(encoding="utf-8")
    saved.write_text(original.replace('"value":"9.6"', '"value":"9.7"'), encoding="utf-8")
    capsys.readouterr()
    assert calc(capsys, "check", str(saved), status=1) == 'outputs[saving_w].value: saved "9.7", computed "9.6"\n'
    saved.write_text(original.replace('"given":"15 W"', '"given":"16 W"'), encoding="utf-8")
    assert main(["calc", "check", str(saved), "--json"]) == 1
    told = json.loads(capsys.readouterr().out)
    assert told["same"] is False
    assert "inputs[p_old_w].value" in {one["where"] for one in told["differences"]}
    saved.write_text(original.replace('"given":"15 W"', '"given":"-15 W"'), encoding="utf-8")
    assert "out of range" in calc(capsys, "check", str(saved), status=1)
    saved.write_text(original.replace('"version":1', '"version":7'), encoding="utf-8")
    assert "version 7" in calc(capsys, "check", str(saved), status=1)


@pytest.mark.parametrize("content", ["", "{}", "[]", "null", "[" * 100_000, '{"formula_id": 1, "steps": []}', "\ud800"])
def test_what_is_no_saved_calculation_is_told(capsys, tmp_path: Path, content: str):
    path = tmp_path / "saved.json"
    path.write_bytes(content.encode("utf-8", "surrogatepass"))
    assert main(["calc", "check", str(path)]) == 2
    assert capsys.readouterr().err.count("\n") == 1


SWEEPS = [
    [*POWER, "rate_gbps=400..1600:400 Gb/s", "--decimals", "1"],
    ["interface_power_w", "energy_pj_per_bit=5|7-8|@intel_oci_energy", "rate_gbps=1.6 Tb/s"],
    ["interface_power_w", "energy_pj_per_bit=5|7 pJ/bit [net]", "rate_gbps=0.4..3.2*2 Tb/s"],
    ["total_latency_ns", "parts=光纤=4; dsp=40|光纤=5"],
    ["annual_cost", "energy_mwh=100..200", "price_per_kwh=0.08 USD/kWh"],
    ["die_yield_pct", "area_mm2=100", "defect_density_per_cm2=0.1", "model=poisson|murphy"],
]


@pytest.mark.parametrize("command", SWEEPS, ids=str)
def test_a_saved_sweep_comes_out_the_same(capsys, tmp_path: Path, command: list[str]):
    saved, printed = tmp_path / "saved.json", tmp_path / "printed.json"
    assert main(["calc", *command, "--json", "--save", str(saved)]) == 0
    shown = capsys.readouterr()
    assert shown.err == f"saved: {saved}; do it again with: cpo calc check {saved}\n"
    printed.write_text(shown.out, encoding="utf-8")
    data = json.loads(shown.out)
    for path in (saved, printed):
        assert calc(capsys, "check", str(path)) == f"same bytes: {command[0]}, {len(data['points'])} points\n"
    last = data["points"][-1]["outputs"][0]
    last["value"] = "0.5"
    saved.write_text(json.dumps(data), encoding="utf-8")
    assert "saved" in calc(capsys, "check", str(saved), status=1)
    data["axes"][0]["given"] = "1..1"
    saved.write_text(json.dumps(data), encoding="utf-8")
    assert "it can no longer be computed" in calc(capsys, "check", str(saved), status=1)


@pytest.mark.parametrize(
    "damage",
    [{"points": []}, {"axes": 5}, {"inputs": [{"name": 1, "given": "2"}]}, {"formula_id": []}, {"axes": [["a"]]},
     {"points": [{"outputs": 5}]}, {"points": {"0": 1}}],
)  # fmt: skip
def test_a_damaged_sweep_is_told(capsys, tmp_path: Path, damage: dict):
    assert main(["calc", *SWEEPS[0], "--json"]) == 0
    data = json.loads(capsys.readouterr().out)
    (tmp_path / "x").write_text(json.dumps(data | damage), encoding="utf-8")
    assert main(["calc", "check", str(tmp_path / "x")]) == 2
    assert "the saved sweep is damaged" in capsys.readouterr().err


def test_a_sweep_is_kept_as_csv(capsys, tmp_path: Path):
    saved = tmp_path / "saved.CSV"
    command = ["wavelength_drift_nm", "delta_t_c=-2..2:2", "coeff_nm_per_c=0.1"]
    assert main(["calc", *command, "--save", str(saved)]) == 0
    assert capsys.readouterr().err == f"saved: {saved}\n"
    assert saved.read_text(encoding="utf-8") == calc(capsys, *command, "--csv")
    assert saved.read_text(encoding="utf-8").splitlines()[1:] == ["-2,-0.2", "0,0", "2,0.2"]


@pytest.mark.parametrize("name", ["-1+1", "+SUM(A1)", "@cmd", "＠cmd", "-x"])
def test_no_spreadsheet_computes_a_users_words(capsys, name: str):
    table = calc(capsys, "total_latency_ns", f"parts={name}=3|x=4", "--csv").splitlines()
    assert table[1:] == [f"'{name}=3,3", "x=4,4"]


def test_what_a_question_gave_is_kept(capsys, tmp_path: Path):
    saved = tmp_path / "a b.json"
    question = "若51.2T交换机由15 pJ/bit的可插拔改为5 pJ/bit的CPO，省多少瓦？"
    assert main(["calc", "ask", question, "--save", str(saved)]) == 0
    assert capsys.readouterr().err == f"saved: {saved}; do it again with: cpo calc check '{saved}'\n"
    checked = calc(capsys, "check", str(saved)).splitlines()
    assert checked[-1] == "same bytes: power_saving v1, 512 W; 66.6667%; 3×"
    assert len(checked) == 3
    saved.write_text(saved.read_text(encoding="utf-8").replace('"512"', '"513"'), encoding="utf-8")
    assert 'saved "513", computed "512"' in calc(capsys, "check", str(saved), status=1)


# --- Sweeps, sensitivities, plots -------------------------------------------------------------------------------------


def test_a_sweep_is_a_table(capsys):
    lines = calc(capsys, *POWER, "rate_gbps=400..1600:400 Gb/s").splitlines()
    assert lines[1] == "with energy_pj_per_bit = 5 pJ/bit"
    assert [line.split() for line in lines[4:8]] == [["400", "2"], ["800", "4"], ["1200", "6"], ["1600", "8"]]
    crossed = calc(capsys, "interface_power_w", "energy_pj_per_bit=5|7", "rate_gbps=400..1600*2").splitlines()
    assert [line.split() for line in crossed[3:6]] == [
        ["400", "800", "1600"],
        ["5", "2", "4", "8"],
        ["7", "2.8", "5.6", "11.2"],
    ]


def test_a_sweep_is_csv_or_json(capsys):
    table = list(csv.DictReader(io.StringIO(calc(capsys, *POWER, "rate_gbps=400|800", "--csv"))))
    assert table == [{"rate_gbps [Gb/s]": "400", "power_w [W]": "2"}, {"rate_gbps [Gb/s]": "800", "power_w [W]": "4"}]
    ranged = calc(capsys, "interface_power_w", "energy_pj_per_bit=5-6", "rate_gbps=400|800", "--csv").splitlines()
    assert ranged == ["rate_gbps [Gb/s],power_w low [W],power_w high [W]", "400,2,2.4", "800,4,4.8"]
    data = json.loads(calc(capsys, *POWER, "rate_gbps=400|800", "--json"))
    assert data["axes"] == [{"name": "rate_gbps", "given": "400|800", "unit": "Gb/s", "values": ["400", "800"]}]
    assert [point["outputs"][0]["value"] for point in data["points"]] == ["2", "4"]


def test_a_warning_of_some_points_says_of_which(capsys):
    shown = calc(capsys, "power_saving", "p_old_w=10", "p_new_w=5..15:5")
    assert "the saving is negative. (at 1 of 3 points, first at p_new_w=15)" in shown


def test_a_sensitivity_ranks_the_inputs(capsys):
    lines = calc(capsys, *SAVING, "--sensitivity").splitlines()
    assert lines[1] == "power saved: 9.6 W; each input moved by ±10%"
    assert [line.split()[0] for line in lines[4:6]] == ["p_old_w", "p_new_w"]
    assert "8.1 W (−15.6%)" in lines[4]
    assert calc(capsys, "--sensitivity", *SAVING) == calc(capsys, *SAVING, "--sensitivity", "10%")
    data = json.loads(calc(capsys, *SAVING, "--sensitivity", "5%", "--output", "saving_pct", "--json"))
    assert (data["share"], data["output"]["name"]) == ("0.05", "saving_pct")
    rows = list(csv.reader(io.StringIO(calc(capsys, *SAVING, "--sensitivity", "--csv"))))
    assert rows[1][:5] == ["p_old_w", "15", "W", "13.5", "8.1"]


@pytest.mark.parametrize("range_", ["-10..-8", "-10 dBm .. -8 dBm", "-10 to -8 dBm", "-9±1 dBm"])
def test_a_sensitivity_over_a_range_says_so(capsys, range_: str):
    command = ["link_budget", "p_laser_dbm=20", "losses_db=3", f"sensitivity_dbm={range_}", "--sensitivity"]
    lines = calc(capsys, *command, "--output", "margin_db").splitlines()
    assert lines[1] == "margin: 26 dB; each input moved by ±10%, or over its range where one is given"
    row = next(line for line in lines if line.startswith("sensitivity_dbm"))
    assert row.split("  ")[-1] == "receiver sensitivity, same basis"
    assert [word for word in row.split() if word.startswith("-")] == ["-9", "-10", "-8"]
    assert "  - sensitivity_dbm is moved over its range, -10 to -8 dBm, from its middle, -9 dBm." in lines
    data = json.loads(calc(capsys, *command, "--json"))
    assert {swing["input"]: swing["ranged"] for swing in data["swings"]} == {
        "p_laser_dbm": False, "losses_db #1": False, "sensitivity_dbm": True,
    }  # fmt: skip
    rows = list(csv.DictReader(io.StringIO(calc(capsys, *command, "--csv"))))
    assert {row["moved by"] for row in rows} == {"10%", "its range"}


@pytest.mark.parametrize(
    "command",
    [[*SAVING, "--sensitivity"], [*POWER, "rate_gbps=400..800"], ["total_latency_ns", "parts=dsp=40; fec=100"]],
)
def test_a_plot_is_drawn_beside_the_text(capsys, tmp_path: Path, command: list[str]):
    path = tmp_path / "plot.svg"
    text = calc(capsys, *command)
    assert main(["calc", *command, "--language", "en", "--plot", str(path)]) == 0
    shown = capsys.readouterr()
    assert shown.out == text
    assert [line for line in shown.err.splitlines() if not line.startswith("followed: ")] == [f"drawn: {path}"]
    assert path.read_bytes().startswith(b"<?xml")


def test_a_sensitivity_says_which_of_several_results_it_follows(capsys):
    assert main(["calc", *SAVING, "--sensitivity"]) == 0
    assert "followed: saving_w; --output follows another: saving_pct, ratio_x" in capsys.readouterr().err
    for command in ([*SAVING, "--output", "ratio_x"], [*POWER, "rate_gbps=400"]):
        assert main(["calc", *command, "--sensitivity"]) == 0
        assert capsys.readouterr().err == ""


@pytest.mark.parametrize(
    ("swept", "told"),
    [
        ("400..1500:400", "rate_gbps: the last value is 1200, since no step lands on 1500\n"),
        ("1500..400*2", "rate_gbps: the last value is 750, since no step lands on 400\n"),
        ("400..1600:400", ""),
        ("9..1*3", ""),
        ("5|7", ""),
    ],
)
def test_a_sweep_that_misses_its_end_says_so(capsys, swept: str, told: str):
    assert main(["calc", *POWER, f"rate_gbps={swept}"]) == 0
    assert capsys.readouterr().err == told


# --- Mistakes ---------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (["no_such_formula"], "cpo: 'no_such_formula': there is no such formula; use one of:"),
        (["interface_power_w", "power=1"], "unknown argument"),
        (["interface_power_w", "rate_gbps"], "cpo: 'rate_gbps': is not NAME=VALUE"),
        (["interface_power_w", "rate_gbps=1", "rate_gbps=2"], "cpo: 'rate_gbps': is given twice"),
        (["interface_power_w", "energy_pj_per_bit=1", "rate_gbps=-5"], "'-5' is out of range"),
        (["interface_power_w", "energy_pj_per_bit=1", "rate_gbps=5 W"], "rate_gbps"),
        (["power_saving", "p_old_w=15", "W", "p_new_w=9"], 'put a value with spaces in quotes: "p_old_w=15 W"'),
        (["power_saving", "p_old_w", "=", "15"], 'without spaces around "="'),
        (["power_saving", "p_old_w=", "15"], 'without spaces around "="'),
        (["p_old_w=15"], "the formula's id comes first"),
        (["power_saving", "--sensitivity"], "the argument 'p_old_w' is missing"),
        (["list", "xyzzy"], "no formula is called so"),
        (["list", "--group", "x"], "there is no such group"),
        (["show"], "show takes one formula's id"),
        (["figures", "xyzzy"], "no figure is called so"),
        (["check"], "check takes one file"),
        (["check", "no-such-file"], "no-such-file: cannot be read"),
        (["eval", "a=1"], "the expression is missing"),
        (["eval", "a + b", "a=1"], "'b'"),
        (["eval", "(15 W - 9 W)/15 W"], 'name the numbers: cpo calc eval "(a - b)/a" "a=15 W" "b=9 W"'),
        (["eval", "a * 5% / 2 pJ/bit", "a=3"], 'cpo calc eval "a * b / c" "b=5%" "c=2 pJ/bit" a=3'),
        (["eval", "15 W foo"], 'give each number that has a unit a name: "a=15 W"'),
        (["eval", "a * hours", "a=15 W", "hours=30d"], 'write "hours=30 days"'),
        (["annual_energy_mwh", "it_power_w=10", "pue=1.2", "hours=30d"], "write 30 days"),
        (["eval", "a; import os", "a=1"], "cpo: "),
        ([*SAVING, "--decimal", "2"], "did you mean --decimals?"),
        ([*SAVING, "--decimals", "two"], "--decimals"),
        ([*SAVING, "--decimals", "31"], "31 decimal places"),
        ([*SAVING, "--stated", "nothing=1"], "no number called 'nothing' is computed"),
        ([*SAVING, "--stated", "65%"], "--stated saving_pct=65%"),
        ([*SAVING, "--csv"], "--csv prints a sweep or a sensitivity"),
        ([*SAVING, "--sensitivity", "--csv", "--json"], "choose one"),
        ([*SAVING, "--sensitivity", "10"], "is no share in percent"),
        ([*SAVING, "--sensitivity", "120%"], "a share of 120%"),
        ([*SAVING, "--output", "saving_w"], "leave it out"),
        ([*SAVING, "--sensitivity", "--save", "x"], "--save keeps a calculation or a sweep"),
        ([*SAVING, "--save", "x.csv"], "only a sweep is kept as .csv"),
        (["ask", "20 dBm in mW?", "--save", "x.csv"], "only a sweep is kept as .csv"),
        (["show", "良率"], "there is no such formula; use one of: series_yield_pct, compound_yield_pct"),
        (["show", "龘"], "look for it with cpo calc list"),
        (["no_such_thing_at_all", "--help"], "there is no such formula"),
        ([*SAVING[:2], "p_new_w=1..5", "--stated", "saving_w=3"], "--stated is for one calculation"),
        ([*SAVING[:2], "p_new_w=1..5:1", "--sensitivity"], "--sensitivity moves the inputs itself"),
        ([*SAVING[:2], "p_new_w=-1..5"], "at p_new_w=-1: p_new_w: '-1' is out of range"),
        ([*SAVING, "--plot", "plot.pdf"], "a .png or an .svg"),
        ([*SAVING, "--plot", "plot.png"], "there is nothing to draw"),
        ([*SAVING, "--save", "no/such/folder/x"], "no/such/folder/x: cannot be written"),
    ],
)
def test_a_mistake_is_one_line_and_status_2(capsys, arguments: list[str], told: str):
    assert main(["calc", *arguments]) == 2
    shown = capsys.readouterr()
    assert told in shown.err
    assert shown.err.count("\n") == 1
    if "--json" not in arguments and "--save" not in arguments:
        assert shown.out == ""


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (["link_budget", "p_laser_dbm=100mW", "losses_db=3", "sensitivity_dbm=-8"],
         "100mW is 20 dBm: cpo calc mw_to_dbm mw=100mW"),
        (["mw_to_dbm", "mw=20 dBm"], '20 dBm is 100 mW: cpo calc dbm_to_mw "dbm=20 dBm"'),
        (["power_saving", "p_old_w=20dBm", "p_new_w=5"], "cpo calc dbm_to_mw dbm=20dBm"),
        (["dbm_to_mw", "dbm=-3mW"], "convert it with: cpo calc mw_to_dbm mw=-3mW"),
        (["link_budget", "p_laser_dbm=20dB", "losses_db=3", "sensitivity_dbm=-8"], "write the level in dBm"),
        (["link_budget", "p_laser_dbm=20", "losses_db=3dBm", "sensitivity_dbm=-8"], "write the difference in dB"),
        (["link_budget", "p_laser_dbm=20", "losses_db=tap=50%; 3", "sensitivity_dbm=-8"],
         'to let 50% pass is a loss of 3.0103 dB: cpo calc linear_to_db "x=50%"'),
        (["linear_to_db", "x=3dB"], "3dB is 1.99526×: cpo calc db_to_linear db=3dB"),
        (["system_fit", "items=4 x 1000000 h"], "1000000 h is 1000 FIT: cpo calc fit_from_mtbf_h"),
        (["system_dilution_pct", "component_share_pct=40pp", "component_saving_pct=5"], "write a share with %"),
        (["interface_power_w", "energy_pj_per_bit=5W", "rate_gbps=400|800"],
         "cpo calc energy_per_bit_pj power_w=5W rate_gbps=…"),
        (["interface_power_w", "energy_pj_per_bit=5 pJ/bit", "rate_gbps=5 W"], "give one number in Gb/s"),
        (["interface_power_w", "energy_pj_per_bit=5 W", "rate_gbps=-1"], "energy_per_bit_pj"),
    ],
)  # fmt: skip
def test_a_wrong_unit_says_how_to_convert(capsys, arguments: list[str], told: str):
    assert main(["calc", *arguments]) == 2
    shown = capsys.readouterr().err
    assert told in shown
    assert shown.count("\n") == 1


def test_the_advice_for_an_expression_can_be_followed(capsys):
    assert main(["calc", "eval", "(15 W - 9 W)/15 W * 30d/x", "x=2 h"]) == 2
    command = shlex.split(capsys.readouterr().err.partition("cpo calc ")[2])
    assert main(["calc", *command]) == 0
    assert "144" in capsys.readouterr().out


def test_a_bare_fraction_for_a_percentage_is_pointed_out(capsys):
    command = ["system_dilution_pct", "component_share_pct=0.4", "component_saving_pct=60"]
    assert main(["calc", *command]) == 0
    told = "component_share_pct: 0.4 is read as 0.4%; if a fraction is meant, write 40%\n"
    assert capsys.readouterr().err == told
    assert main(["calc", command[0], "component_share_pct=0.4%", command[2]]) == 0
    assert capsys.readouterr().err == ""
    assert main(["calc", "compound_yield_pct", "yields_pct=0.95; 0.99"]) == 0
    assert "yields_pct: 0.95 is read as 0.95%; if a fraction is meant, write 95%" in capsys.readouterr().err


WORD = st.one_of(
    st.sampled_from(
        ["power_saving", "p_old_w=15", "p_new_w=1..5", "p_new_w=5|7", "p_new_w=9 W", "eval", "show", "list"]
    ),
    st.sampled_from(
        ["--json", "--csv", "--sensitivity", "--decimals", "2", "--output", "saving_w", "--stated", "--", "="]
    ),
    st.text(alphabet="abp_old_w=15.|:*[]@% \x00\ud800-营收+/", max_size=12),
)


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=300)
@given(st.lists(WORD, max_size=6))
@example(["eval", "9**9**9**9"])
@example(["power_saving", "p_old_w=" + "9" * 5000, "p_new_w=1"])
def test_no_words_raise(capsys, words: list[str]):
    assert main(["calc", *words]) in (0, 1, 2)
    assert "unexpected" not in capsys.readouterr().err


@pytest.mark.parametrize(
    ("said", "meant"),
    [
        ("calc", "calc list"),
        ("calc --json", "calc list --json"),
        ("calc --help", "calc --help"),
        ("calc list x", "calc list x"),
        ("calc --json show x", "calc show --json x"),
        ("calc x a=1", "calc compute x a=1"),
        ("calc --decimals 2 x a=1", "calc compute --decimals 2 x a=1"),
        ("calc --sensitivity x a=1", "calc compute --sensitivity=10% x a=1"),
        ("calc x a=1 --sensitivity 5% --json", "calc compute x a=1 --sensitivity 5% --json"),
        ("ask list", "ask list"),
    ],
)
def test_the_action_left_unsaid(said: str, meant: str):
    assert name_verb(said.split()) == meant.split()


def test_a_calculation_loads_no_plots(cpo):
    program = (
        "import sys; from agent.cli import main; main(['calc', 'power_saving', 'p_old_w=15', 'p_new_w=9']);"
        "print(*sys.modules, file=sys.stderr)"
    )
    loaded = cpo(start=("-c", program)).stderr.split()
    assert {"matplotlib", "numpy", "mpmath", "langchain_core", "pydantic", "torch", "jieba"}.isdisjoint(loaded)


def test_the_locale_chooses_the_language(monkeypatch, capsys):
    monkeypatch.setattr("locale.getlocale", lambda: ("zh_CN", "UTF-8"))
    assert main(["calc", *SAVING]) == 0
    assert capsys.readouterr().out.startswith("节省功耗：9.6 W")


# --- Asking -----------------------------------------------------------------------------------------------------------


def test_a_question_is_worked_out_step_by_step(capsys):
    assert main(["calc", "ask", "若51.2T交换机由15 pJ/bit的可插拔改为5 pJ/bit的CPO，省多少瓦？"]) == 0
    shown = capsys.readouterr().out
    assert shown.count("整机光互连功耗 (switch_optics_power_w)") == 2
    assert "节省功耗：512 W" in shown
    assert main(["calc", "ask", "20 dBm", "in", "mW?", "--json"]) == 0
    data = json.loads(capsys.readouterr().out)
    assert (data["answers"], data["steps"][0]["outputs"][0]["value"]) == ([1], "100")


@pytest.mark.parametrize(
    ("question", "told"),
    [
        ("1 MW of optics: how much energy per year?", "power usage effectiveness"),
        ("Who makes lasers in Japan?", "settles on no calculation"),
        ("", "the question is missing"),
    ],
)
def test_what_cannot_be_worked_out_says_what_it_lacks(question, told, capsys):
    assert main(["calc", "ask", question]) == 2
    assert told in capsys.readouterr().err


def test_the_calculations_of_an_answer_are_checked_too(tmp_path, capsys):
    assert main(["calc", "ask", "30 W down to 9 W, how many percent saved?", "--json"]) == 0
    steps = json.loads(capsys.readouterr().out)["steps"]
    answer = {"question": "…", "calculations": [{**step, "id": "c1", "proven": True, "origins": []} for step in steps]}
    (tmp_path / "answer.json").write_text(json.dumps(answer), encoding="utf-8")
    assert main(["calc", "check", str(tmp_path / "answer.json")]) == 0
    assert "same bytes: power_saving v1" in capsys.readouterr().out
    answer["calculations"][0]["outputs"][0]["value"] = "22"
    (tmp_path / "answer.json").write_text(json.dumps(answer), encoding="utf-8")
    assert main(["calc", "check", str(tmp_path / "answer.json")]) == 1


def test_significant_digits_are_shown_and_kept(tmp_path, capsys):
    shown = calc(capsys, *SAVING, "--significant", "2", "--save", str(tmp_path / "saving.json"))
    assert "9.6 W" in shown and "2.8×" in shown
    assert main(["calc", "check", str(tmp_path / "saving.json")]) == 0
    assert main(["calc", *SAVING, "--significant", "2", "--decimals", "1"]) == 2
    capsys.readouterr()
    sweep = ["interface_power_w", "energy_pj_per_bit=5|7", "rate_gbps=401", "--significant", "2"]
    shown = calc(capsys, *sweep, "--save", str(tmp_path / "sweep.json"))
    assert [line.split() for line in shown.splitlines()[4:6]] == [["5", "2.0"], ["7", "2.8"]]
    assert "same bytes: interface_power_w, 2 points" in calc(capsys, "check", str(tmp_path / "sweep.json"))
    assert "effect" in (moved := calc(capsys, *SAVING, "--sensitivity", "--significant", "2"))
    assert "11 W (+15.6%)" in moved


def test_each_case_of_a_question_is_named(capsys):
    question = "What do the optics of a 51.2 Tb/s switch draw at 15 pJ/bit and at 5 pJ/bit?"
    assert main(["calc", "ask", question]) == 0
    lines = capsys.readouterr().out.splitlines()
    assert lines[lines.index("15 pJ/bit:") + 1] == "optics power: 768 W"
    assert lines[lines.index("5 pJ/bit:") + 1] == "optics power: 256 W"
    assert main(["calc", "ask", question, "--json"]) == 0
    assert json.loads(capsys.readouterr().out)["cases"] == ["15 pJ/bit", "5 pJ/bit"]


def test_a_chinese_question_is_answered_in_chinese_down_to_its_inputs_and_units(capsys):
    assert main(["calc", "ask", "投入30万美元，每年节省10万美元电费，几年回本？"]) == 0
    shown = capsys.readouterr().out
    assert "年节省额 s (annual_saving) = 100000 美元/年" in shown
    assert " years" not in shown
