"""Measuring arithmetic questions."""

import argparse
import json
from pathlib import Path

import pytest

from corpus.errors import AnalystError
from evals.__main__ import add_command, main
from evals.arithmetic import as_json, measure, read_cases, render, run, tabulate

TABLE = "| (in millions) | 2021 | 2020 |\n| Sales | $30 | $20 |\n| Cost | (12) | (10) |"
QUESTIONS = [
    {"id": "a", "text": "What was the change in sales from 2020 to 2021?", "answers": ["10"], "scale": "million"},
    {"id": "b", "text": "What was the percentage change in sales in 2021?", "answers": ["50"], "scale": "percent"},
    {"id": "c", "text": "What is the average cost for 2020 and 2021?", "answers": ["-11"], "scale": "million"},
    {"id": "d", "text": "What was the change in profit from 2020 to 2021?", "answers": ["8"], "scale": ""},
    {"id": "e", "text": "What was the growth in sales in 2021?", "gold_value": "50", "answers": []},
    {"id": "f", "text": "Who makes it?", "answers": ["We do"], "answer_type": "span"},
    {"id": "g", "text": "In which year were sales highest?", "answers": ["2021"], "answer_type": "span"},
    {"id": "h", "text": "Tell me of the change in sales in 2021", "answers": ["it rose"], "answer_type": "span"},
]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    passages = [{"id": "t", "lang": "en", "text": TABLE}]
    questions = [{"lang": "en", "context_passage_ids": ["t"], **question} for question in QUESTIONS]
    for name, rows in (("passages", passages), ("questions", questions)):
        (tmp_path / f"{name}.jsonl").write_text("\n".join(map(json.dumps, rows)), encoding="utf-8")
    return tmp_path


def test_verdicts_and_their_causes(folder: Path) -> None:
    outcomes = measure(read_cases(folder))
    assert {one.id: (one.verdict, one.cause) for one in outcomes} == {
        "a": ("right", ""), "b": ("right", ""), "c": ("wrong", "sign"), "d": ("declined", "not found"),
        "e": ("wrong", "unit"), "f": ("right", "no arithmetic"), "g": ("right", ""),
        "h": ("wrong", "a plan for no arithmetic"),
    }  # fmt: skip
    assert [one.scale_known for one in outcomes if one.id in "ab"] == [True, True]
    assert outcomes[0].answer == "sales_2021 - sales_2020 = 10USD"


def test_rows_are_counted_by_kind_and_operation(folder: Path) -> None:
    counted = tabulate(measure(read_cases(folder)))
    rows = {(row.kind, row.operation): (row.right, row.wrong, row.declined) for row in counted}
    assert rows["arithmetic", "all"] == (2, 2, 1)
    assert rows["arithmetic", "change"] == (1, 0, 1)
    assert rows["span", "all"] == (2, 1, 0)


def test_reports(folder: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> None:
    outcomes = measure(read_cases(folder))
    assert "arithmetic  all             5      2      2         1  0.400" in render(outcomes)
    assert "gold: -11 million" in render(outcomes, failures=True)
    assert json.loads(as_json(outcomes))["rows"][0]["kind"] == "arithmetic"
    assert run(folder, failures=False, machine=True) == as_json(outcomes)
    monkeypatch.setattr("sys.argv", ["evals", "arithmetic", str(folder), "--failures"])
    assert main() == 0
    assert "declined" in capsys.readouterr().out


def test_wrong_lines_are_named(folder: Path) -> None:
    (folder / "questions.jsonl").write_text('{"id": "x", "text": "How much?", "context_passage_ids": ["nowhere"]}')
    with pytest.raises(AnalystError, match=r"questions\.jsonl:1"):
        read_cases(folder)
    (folder / "questions.jsonl").write_text("")
    with pytest.raises(AnalystError, match="no questions"):
        read_cases(folder)
    (folder / "questions.jsonl").unlink()
    with pytest.raises(AnalystError, match="cannot be read"):
        read_cases(folder)


def test_the_command_is_offered_to_the_command_line(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    parser = argparse.ArgumentParser()
    add_command(parser.add_subparsers())
    arguments = parser.parse_args(["eval", "arithmetic", str(folder), "--json"])
    assert arguments.run(arguments) == 0
    assert json.loads(capsys.readouterr().out)["outcomes"][0]["verdict"] == "right"


def test_passages_of_one_id_are_refused(folder: Path) -> None:
    passages = folder / "passages.jsonl"
    passages.write_text(f"{passages.read_text()}\n{passages.read_text()}")
    with pytest.raises(AnalystError, match="two passages have the same id"):
        read_cases(folder)
