import argparse
import json
import math
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus.errors import AnalystError
from evals.__main__ import add_command
from evals.retrieval import SYSTEMS, bootstrap, build_systems, fuse, measure, read_set, render, run, score
from indexes.embeddings import HashingEmbedder

PASSAGES = [
    {"id": "e1", "lang": "en", "text": "Broadcom ships the 51.2T Bailly switch."},
    {"id": "e2", "lang": "en", "text": "The museum opened in 1987."},
    {"id": "e3", "lang": "en", "text": "Indium phosphide wafers come from AXT."},
    {"id": "z1", "lang": "zh", "text": "博通推出51.2T的Bailly交换机。"},
    {"id": "z2", "lang": "zh", "text": "博物馆于1987年开放。"},
]
QUESTIONS = [
    {"id": "q1", "lang": "en", "text": "Who ships Bailly?", "gold_passage_ids": ["e1", "z1"], "parallel": True},
    {"id": "q2", "lang": "zh", "text": "博物馆何时开放？", "gold_passage_ids": ["z2", "e2"], "parallel": True},
    {"id": "q3", "lang": "en", "text": "Where do wafers come from?", "gold_passage_ids": ["e3"]},
    {"id": "q4", "lang": "en", "text": "Who won?", "gold_passage_ids": []},
]


def write_set(folder: Path, passages: list[object], questions: list[object]) -> Path:
    for name, rows in (("passages", passages), ("questions", questions)):
        lines = [row if isinstance(row, str) else json.dumps(row, ensure_ascii=False) for row in rows]
        (folder / f"{name}.jsonl").write_text("\n".join(lines) + "\n", encoding="utf-8")
    return folder


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return write_set(tmp_path, list(PASSAGES), list(QUESTIONS))


def test_a_set_is_read_and_questions_without_gold_are_left_out(folder):
    passages, questions = read_set(folder)
    assert [passage.id for passage in passages] == ["e1", "e2", "e3", "z1", "z2"]
    assert [(question.id, question.language, question.parallel) for question in questions] == [
        ("q1", "en", True),
        ("q2", "zh", True),
        ("q3", "en", False),
    ]
    assert [question.id for question in read_set(folder, 1)[1]] == ["q1"]


def test_all_systems_are_measured_in_every_direction(folder):
    passages, questions = read_set(folder)
    rows = measure(passages, questions, build_systems(passages, HashingEmbedder()))
    found = {(row.setting, row.direction) for row in rows}
    pairs = {"en→en", "en→zh", "zh→en", "zh→zh"}
    assert found == {(setting, pair) for setting in ("target", "mixed") for pair in pairs} | {
        ("both", "en→all"),
        ("both", "zh→all"),
        ("both", "all→all"),
    }
    assert all(len([row for row in rows if (row.setting, row.direction) == pair]) == len(SYSTEMS) for pair in found)
    table = {(row.setting, row.direction, row.system): row.metrics for row in rows}
    assert table["target", "zh→zh", "bm25"]["hit@1"].mean == 1
    assert table["target", "en→en", "ours"]["hit@1"].mean == 1
    assert table["target", "en→en", "ours"]["hit@1"].count == 2
    assert table["both", "all→all", "ours"]["both@10"].mean == 1


def test_the_answer_in_another_language_is_no_rival_in_the_mixed_setting(folder):
    passages, questions = read_set(folder, 1)
    ranking = ["e1", "e2", "z1", "z2", "e3"]
    rows = measure(passages, questions, {"ours": lambda question, allowed: ranking})
    table = {(row.setting, row.direction): row.metrics for row in rows}
    assert table["mixed", "en→zh"]["mrr"].mean == 1 / 2
    assert table["mixed", "en→en"]["mrr"].mean == 1


def test_the_metrics_of_a_ranking():
    found = score(["a", "b", "c", "d"], {"b", "d"})
    assert (found["hit@1"], found["hit@5"], found["hit@10"], found["mrr"]) == (0, 1, 1, 0.5)
    assert found["ndcg@10"] == pytest.approx((1 / math.log2(3) + 1 / math.log2(5)) / (1 + 1 / math.log2(3)))
    assert set(score(["a"], {"x"}).values()) == {0}
    assert score([*"abcdefghijkx"], {"x"}) == {"hit@1": 0, "hit@5": 0, "hit@10": 0, "mrr": 1 / 12, "ndcg@10": 0}


@given(st.permutations([*"abcdefghijklmno"]), st.sets(st.sampled_from([*"abcdefghijklmno"]), min_size=1))
def test_metrics_lie_between_0_and_1_and_grow_with_depth(ranking, gold):
    found = score(ranking, gold)
    assert all(0 <= value <= 1 + 1e-9 for value in found.values())
    assert found["hit@1"] <= found["hit@5"] <= found["hit@10"]
    assert score(sorted(ranking, key=lambda name: name not in gold), gold)["ndcg@10"] == pytest.approx(1)


def test_fusion_prefers_what_both_rankings_have():
    assert fuse(["a", "b"], ["b", "c"]) == ["b", "a", "c"]
    assert fuse(["b"], ["a"]) == ["a", "b"]


@given(st.lists(st.sampled_from([0.0, 1.0]), min_size=1, max_size=30))
def test_the_interval_holds_the_mean_and_is_the_same_each_time(values):
    interval = bootstrap(values)
    assert 0 <= interval.low <= interval.mean <= interval.high <= 1
    assert interval == bootstrap(values)


@pytest.mark.parametrize(
    ("passages", "questions", "message"),
    [
        (["{"], QUESTIONS, r"passages\.jsonl:1: the line is wrong"),
        ([*PASSAGES, "[]"], QUESTIONS, r"passages\.jsonl:6"),
        ([*PASSAGES, {"id": "x", "lang": "en"}], QUESTIONS, r"passages\.jsonl:6: the line is wrong \(no 'text'\)"),
        ([*PASSAGES, {"id": 7, "lang": "en", "text": "x"}], QUESTIONS, r"passages\.jsonl:6.*must be strings"),
        ([*PASSAGES, {"id": "x", "lang": "fr", "text": "x"}], QUESTIONS, r"passages\.jsonl:6.*lang must be one of"),
        ([*PASSAGES, PASSAGES[0]], QUESTIONS, "two passages have the same id"),
        (PASSAGES, [*QUESTIONS, "[" * 100_000], r"questions\.jsonl:5"),
        (PASSAGES, [{**QUESTIONS[0], "gold_passage_ids": ["e9"]}], r"questions\.jsonl:1.*'e9' is not in passages"),
        (PASSAGES, [{**QUESTIONS[0], "gold_passage_ids": [["e1"]]}], r"questions\.jsonl:1"),
        (PASSAGES, [{**QUESTIONS[0], "gold_passage_ids": "e1"}], r"questions\.jsonl:1"),
        (PASSAGES, [{**QUESTIONS[0], "text": " "}], r"questions\.jsonl:1"),
        (PASSAGES, QUESTIONS[3:], "no questions with a gold passage"),
        ([], [], "no passages"),
    ],
)
def test_a_wrong_line_is_named(tmp_path, passages, questions, message):
    with pytest.raises(AnalystError, match=message):
        read_set(write_set(tmp_path, passages, questions))


def test_a_missing_or_unreadable_file_is_named(tmp_path):
    with pytest.raises(AnalystError, match=r"passages\.jsonl: cannot be read"):
        read_set(tmp_path)
    (tmp_path / "passages.jsonl").write_bytes(b"\xff\xfe")
    with pytest.raises(AnalystError, match=r"passages\.jsonl: cannot be read"):
        read_set(tmp_path)


def test_the_table_is_for_people_and_the_json_for_machines(folder, capsys):
    text = run(folder, embedder="hashing", limit=None, machine=False)
    assert capsys.readouterr().err.endswith("encoding 5/5\n")
    for words in ("target  system", "mixed   system", "both@10", "zh→en   ours"):
        assert words in text
    data = json.loads(run(folder, embedder="hashing", limit=2, machine=True))
    assert data["embedder"] == "hashing"
    assert {row["system"] for row in data["rows"]} == set(SYSTEMS)
    assert data["rows"][0]["metrics"]["hit@1"].keys() == {"mean", "low", "high", "count"}


def test_a_set_in_one_language_has_no_both_table(tmp_path):
    folder = write_set(tmp_path, PASSAGES[:3], QUESTIONS[2:])
    passages, questions = read_set(folder)
    text = render(measure(passages, questions, build_systems(passages, HashingEmbedder())))
    assert "both@10" not in text
    assert "en→en" in text


def test_the_command_is_offered_to_the_command_line(folder, capsys):
    parser = argparse.ArgumentParser()
    add_command(parser.add_subparsers())
    arguments = parser.parse_args(["eval", "retrieval", str(folder), "--embedder", "hashing", "--limit", "1", "--json"])
    assert arguments.run(arguments) == 0
    assert json.loads(capsys.readouterr().out)["rows"]
    with pytest.raises(SystemExit):
        parser.parse_args(["eval", "retrieval", str(folder), "--limit", "0"])
    capsys.readouterr()


def test_the_package_runs_by_itself(folder, cpo):
    done = cpo("retrieval", folder, "--embedder", "hashing", start=("-m", "evals"))
    assert done.returncode == 0
    assert "ours" in done.stdout
    done = cpo("retrieval", folder / "nowhere", start=("-m", "evals"))
    assert done.returncode == 2
    assert done.stderr.startswith("error: ")
