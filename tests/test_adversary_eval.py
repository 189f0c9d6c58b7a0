"""A model is tried, what it said is kept, and the gate is tried again without it."""

import json
from pathlib import Path

import pytest

from agent.scripted import ScriptedModel
from agent.settings import Settings
from corpus.errors import AnalystError
from corpus.ingestion import ingest
from evals.adversary import QUESTIONS, Asked, as_json, as_line, read_questions, read_turns, render, replay, try_model
from indexes.embeddings import open_embedder
from indexes.hybrid import HybridIndex

TRUE = "Kyocera and NGK supply ceramic packages"
ASKED = Asked("en-01", "answerable", "Who supplies ceramic packages?")


@pytest.fixture(scope="module")
def index(tmp_path_factory: pytest.TempPathFactory) -> HybridIndex:
    folder: Path = tmp_path_factory.mktemp("reports")
    (folder / "report.md").write_text(f"# Packages\n\n{TRUE} for co-packaged optics.\n", encoding="utf-8")
    return HybridIndex.build(ingest(folder), open_embedder("hashing"))


def test_the_questions_are_half_english_half_chinese_and_half_cannot_be_looked_up() -> None:
    asked = read_questions(QUESTIONS)
    assert len(asked) == len({one.id for one in asked}) == 40
    assert sum(one.id.startswith("zh") for one in asked) == 20
    assert sum(one.kind == "answerable" for one in asked) == 20


def test_what_a_model_said_gives_the_same_claims_without_it(index: HybridIndex, tmp_path: Path) -> None:
    passage = index.search("Kyocera")[0].passage.id
    claims = [
        {"text": "Kyocera and NGK do.", "quotes": [{"passage_id": passage, "quote": TRUE}]},
        {"text": "TDK does.", "quotes": [{"passage_id": passage, "quote": "TDK supplies packages"}]},
    ]
    script = [[("search_passages", {"query": "packages"})], [("DraftAnswer", {"claims": claims})], "Kyocera does."]
    trial = try_model(ASKED, ScriptedModel(script=script), index, Settings(), None)
    assert trial.answer and len(trial.answer.claims) == 1 and len(trial.turns) == 3
    path = tmp_path / "kept.jsonl"
    path.write_text(as_line(trial) + "\n", encoding="utf-8")
    ((asked, turns),) = read_turns(path)
    again = replay(asked, turns, index, Settings())
    assert again.answer and (again.answer.claims, again.answer.unsupported) == (
        trial.answer.claims,
        trial.answer.unsupported,
    )
    shown = render([again])
    assert "claims sent: 2; refused: 1; let through: 1" in shown and TRUE in shown and "word for word" in shown
    assert json.loads(as_json([again]))["trials"][0]["answer"]["claims"]


def test_a_refusal_of_tools_is_kept_too(index: HybridIndex) -> None:
    turns = [
        {"refused": "tools", "why": "no tools"},
        {"text": f'CLAIM: Kyocera and NGK do.\nQUOTE [1]: "{TRUE}"', "calls": []},
    ]
    trial = replay(ASKED, turns, index, Settings())
    assert trial.answer and trial.answer.claims
    assert replay(ASKED, [{"refused": "key", "why": "no key"}], index, Settings()).failure
    assert "model failed" in render([replay(ASKED, [], index, Settings())])


@pytest.mark.parametrize("line", ["{}", "[]", '{"id": 1, "kind": "x", "text": "y", "turns": [{"calls": 3}]}'])
def test_a_file_that_is_no_recording_is_refused_by_line(tmp_path: Path, line: str) -> None:
    path = tmp_path / "kept.jsonl"
    path.write_text(line, encoding="utf-8")
    with pytest.raises(AnalystError, match=r"kept\.jsonl:1"):
        read_turns(path)
