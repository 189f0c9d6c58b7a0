"""``cpo calc check``: what it is given may be anything, and is never waited for, half read or taken at its word."""

import json
import os
from collections.abc import Iterator
from typing import Any

import pytest

from agent.calculator import calculate, evaluate
from agent.cli import main

SAVED = calculate("power_saving", {"p_old_w": "30 W", "p_new_w": "9 W"}, significant=2, stated={"saving_w": "20 W"})
BAD: tuple[Any, ...] = (
    float("nan"), "NaN", "sNaN", "-Infinity", "1E+999999999", "1E-999999999", "9" * 5000, 10**30, "", None,
    True, -1, 1.5, [], {}, {"low": "NaN", "high": "1"}, {"low": "3", "high": "1"}, {"choice": 1}, ["1", ["2"]],
    {"item": "1", "name": "n", "count": "sNaN"}, "\ud800", "\x1b[31m", {"en": 1, "zh": 2},
)  # fmt: skip


def check(capsys: pytest.CaptureFixture[str], name: object, *flags: str) -> tuple[int, str, str]:
    status = main(["calc", "check", str(name), *flags])
    told = capsys.readouterr()
    return status, told.out, told.err


@pytest.mark.parametrize(
    ("content", "complaint"),
    [
        (b"[" * 10**6 + b"]" * 10**6, "is nested too deeply"),
        (b'{"a":' * 10**5, "is nested too deeply"),
        (b'{"formula_id": NaN}', "holds NaN, which is no number"),
        (b'{"formula_id": -Infinity}', "holds -Infinity"),
        (b'{"formula_id": "x", "formula_id": "y"}', "holds 'formula_id' twice"),
        (b"\xff\xfe", "holds no saved calculation"),
        (b"", "holds no saved calculation"),
        (b"[]", "holds no saved calculation"),
        (b'{"steps": []}', "holds no saved calculation"),
    ],
)
def test_what_is_no_saved_calculation_is_refused_in_one_line(tmp_path, capsys, content, complaint):
    path = tmp_path / "saved.json"
    path.write_bytes(content)
    status, out, err = check(capsys, path)
    assert (status, out, err.count("\n")) == (2, "", 1)
    assert complaint in err


def test_what_is_no_plain_file_is_not_read(tmp_path, capsys):
    os.mkfifo(tmp_path / "pipe")
    (tmp_path / "large").touch()
    os.truncate(tmp_path / "large", 2 * 10**9)
    for name, complaint in (
        (tmp_path / "pipe", "is no plain file"),
        ("/dev/zero", "is no plain file"),
        (tmp_path, "Is a directory"),
        (tmp_path / "large", "is larger than"),
        (tmp_path / "none", "No such file"),
    ):
        status, out, err = check(capsys, name)
        assert (status, out, err.count("\n")) == (2, "", 1)
        assert complaint in err


def places(data: Any, path: tuple[Any, ...] = ()) -> Iterator[tuple[Any, ...]]:
    yield path
    for key in data if isinstance(data, dict) else range(len(data)) if isinstance(data, list) else ():
        yield from places(data[key], (*path, key))


@pytest.mark.parametrize("at", [path for path in places(SAVED.to_json()) if path], ids=str)
def test_a_damaged_calculation_is_refused_or_shown_to_differ(tmp_path, capsys, at):
    for bad in (*BAD, json.loads("[" * 200 + "1" + "]" * 200)):
        data = SAVED.to_json()
        place = data
        for key in at[:-1]:
            place = place[key]
        before, place[at[-1]] = place[at[-1]], bad
        (tmp_path / "saved.json").write_text(json.dumps(data))
        for flags in ((), ("--json",)):
            status, _, err = check(capsys, tmp_path / "saved.json", *flags)
            assert (status == 2) == bool(err), (bad, err)
            assert err.count("\n") <= 1
            assert "unexpected" not in err
            assert status or bad == before or at[-1] in ("decimals", "significant", "given"), bad


def test_calculations_saved_before_there_were_significant_digits_still_check(tmp_path, capsys):
    old = calculate("power_saving", {"p_old_w": "30 W", "p_new_w": "9 W"}, decimals=1).to_json()
    assert all("significant" not in output for output in old["outputs"])
    (tmp_path / "saved.json").write_text(json.dumps(old))
    assert check(capsys, tmp_path / "saved.json") == (0, "same bytes: power_saving v1, 21.0 W; 70.0%; 3.3×\n", "")


@pytest.mark.parametrize(
    "result",
    [SAVED, evaluate("a / b", {"a": "1 W", "b": "3 W"}, significant=4), evaluate("a", {"a": "9"}, decimals=-1)],
)
def test_the_rounding_is_saved_with_a_calculation(tmp_path, capsys, result):
    (tmp_path / "saved.json").write_bytes(result.to_bytes())
    status, out, _ = check(capsys, tmp_path / "saved.json")
    assert (status, out) == (0, f"same bytes: {result.formula_id} v1, {result.shown()}\n")


# --- The steps of a question ------------------------------------------------------------------------------------------

CHAIN = "A 51.2T switch goes from 15 to 5 pJ/bit; 10,000 switches, PUE 1.3, electricity 0.1 USD/kWh: saved per year?"


@pytest.fixture
def chain(tmp_path, capsys) -> dict[str, Any]:
    assert main(["calc", "ask", CHAIN, "--save", str(tmp_path / "saved.json")]) == 0
    capsys.readouterr()
    data: dict[str, Any] = json.loads((tmp_path / "saved.json").read_text())
    return data


def test_steps_that_do_not_belong_together_are_named(tmp_path, capsys, chain):
    assert chain["links"][2:5] == [
        {"p_old_w": "#1.power_w", "p_new_w": "#2.power_w"},
        {"items": "10,000 × #3.saving_w"},
        {"it_power_w": "#4.power_kw"},
    ]
    assert check(capsys, tmp_path / "saved.json")[0] == 0
    chain["steps"][3] = calculate("fleet_power_kw", {"items": "10,000 × 500 W"}).to_json()
    (tmp_path / "saved.json").write_text(json.dumps(chain))
    status, out, _ = check(capsys, tmp_path / "saved.json")
    told = [line for line in out.splitlines() if not line.startswith("same bytes: ")]
    assert (status, told) == (1, [
        "step 4: items is not 10,000 × step 3's saving_w: saved \"10,000 × 500 W\", computed \"10,000 × 512 W\"",
        "step 5: it_power_w is not step 4's power_kw: saved \"5120 kW\", computed \"5000 kW\"",
    ])  # fmt: skip
    assert json.loads(check(capsys, tmp_path / "saved.json", "--json")[1])["same"] is False
    del chain["links"]  # as they were saved before there were any
    (tmp_path / "saved.json").write_text(json.dumps(chain))
    assert check(capsys, tmp_path / "saved.json")[0] == 0


@pytest.mark.parametrize("bad", [3, None, {}, "abcdef", [{}], [1] * 6, [{"items": 1}] * 6])
def test_links_of_no_steps_are_refused(tmp_path, capsys, chain, bad):
    (tmp_path / "saved.json").write_text(json.dumps(chain | {"links": bad}))
    status, out, err = check(capsys, tmp_path / "saved.json")
    assert (status, out, err.count("\n")) == (2, "", 1)
    assert "holds links that are none of its steps" in err


@pytest.mark.parametrize("link", ["#9.x", "#6.cost", "#1.nothing", "#0.x", "#99999999.x", "#" * 5000, "", "\x1b[31m"])
@pytest.mark.parametrize("name", ["energy_mwh", "nothing", "\x1b[31m"])
def test_a_link_to_no_earlier_result_is_named(tmp_path, capsys, chain, name, link):
    chain["links"][5] = {name: link}
    (tmp_path / "saved.json").write_text(json.dumps(chain))
    status, out, err = check(capsys, tmp_path / "saved.json")
    assert (status, err) == (1, "")
    assert "step 6: " in out and "\x1b" not in out


def test_a_table_is_for_reading(tmp_path, capsys):
    path = tmp_path / "saved.csv"
    assert main(["calc", "interface_power_w", "energy_pj_per_bit=5|7", "rate_gbps=400", "--save", str(path)]) == 0
    capsys.readouterr()
    told = f"cpo: {path}: a .csv is for reading; save as .json what is to be checked\n"
    assert check(capsys, path) == (2, "", told)


# --- A basis that is not stated ---------------------------------------------------------------------------------------


def test_a_figure_without_a_basis_beside_one_with_one_is_pointed_out():
    told = calculate("power_saving", {"p_old_w": "12 W [net, link]", "p_new_w": "4 W"})
    (warning,) = told.warnings
    assert warning.en == "p_new_w states no basis; it is taken to be on that of p_old_w: net, link."
    assert warning.zh == "p_new_w 未注明口径，按与 p_old_w 相同的口径（net, link）计算。"
    assert [told.output(name).value for name in ("saving_w", "ratio_x")] == [8, 3]
    other = calculate("power_saving", {"p_old_w": "12 W", "p_new_w": "4 W [net]"}).warnings
    assert [words.en.split()[0] for words in other] == ["p_old_w"]
    for both in ("", " [net]"):
        assert not calculate("power_saving", {"p_old_w": f"12 W{both}", "p_new_w": f"4 W{both}"}).warnings
