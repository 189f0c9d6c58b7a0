"""Claims on topics that nothing was fitted on are read, judged and counted."""

import json
from pathlib import Path

import pytest

from corpus.errors import AnalystError
from evals.topics import TOPICS, as_json, measure, read_cases, render


def test_our_cases_are_read_whole_and_in_two_parts() -> None:
    cases = read_cases(TOPICS)
    parts = [read_cases(TOPICS, part) for part in ("tuned", "held-out")]
    assert len(cases) == sum(map(len, parts)) > 500 and all(len(part) > 200 for part in parts)
    assert sum(not case.kind for case in cases) > 150


def test_right_and_wrong_verdicts_are_counted_and_told(tmp_path: Path) -> None:
    row = {
        "quotes": ["The ferry carries 200 cars."],
        "true": ["The ferry carries 200 cars.", "It is quick."],
        "false": [["number", "The ferry carries 300 cars."]],
    }
    (tmp_path / "t.jsonl").write_text(json.dumps(row), encoding="utf-8")
    outcomes = measure(read_cases(tmp_path / "t.jsonl"))
    assert [one.is_right for one in outcomes] == [True, False, True]
    text = render(outcomes, failures=True)
    assert "50% of 2" in text and "100% of 1" in text and "true: It is quick." in text
    assert [one["right"] for one in json.loads(as_json(outcomes))] == [True, False, True]


def test_a_wrong_line_is_named(tmp_path: Path) -> None:
    (tmp_path / "t.jsonl").write_text('{"quotes": ["a"]}\n', encoding="utf-8")
    with pytest.raises(AnalystError, match=r"t\.jsonl:1"):
        read_cases(tmp_path / "t.jsonl")


def test_the_judge_keeps_most_true_claims_and_refuses_most_false_ones() -> None:
    outcomes = measure(read_cases(TOPICS))
    kept = [one.is_right for one in outcomes if not one.case.kind]
    told = [one.is_right for one in outcomes if one.case.kind]
    assert sum(kept) > 0.5 * len(kept) and sum(told) > 0.7 * len(told)
