"""The whole walk through the real command line, with the network refused."""

import io
import json
import subprocess
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Any

import pytest

from agent.cli import main
from corpus.ingestion import ingest

Cpo = Callable[..., subprocess.CompletedProcess[str]]

REFUSE_SOCKETS = """
import os, socket, sys

def refuse(*arguments, **options):
    print("the network was asked for:", arguments, file=sys.stderr, flush=True)
    os._exit(99)

class Socket(socket.socket):
    connect = connect_ex = sendto = sendmsg = refuse

socket.socket = Socket
socket.create_connection = socket.getaddrinfo = socket.gethostbyname = refuse
"""
ONE_COMMAND = ("-c", REFUSE_SOCKETS + "from agent.cli import main; sys.exit(main())")
# Several command lines in one process, which imports everything once.
COMMANDS = (
    "-c",
    REFUSE_SOCKETS
    + """
import contextlib, io, json
from agent.cli import main

for arguments in json.load(sys.stdin):
    with contextlib.redirect_stdout(io.StringIO()) as out:
        status = main(arguments)
    print(json.dumps([status, out.getvalue()]))
""",
)
HASHING = ("--embedder", "hashing")

QUESTIONS = {
    "english": ["How much power does a pluggable 1.6T port draw?"],
    "chinese": ["磷化铟衬底的主要供应商是谁？"],
    "follow-up": ["And with co-packaged optics?", "--after", "How much power does a pluggable 1.6T port draw?"],
    "unanswerable": ["Who won the chess olympiad of 1972?"],
    "calculation": ["What is the interface power at 17 pJ/bit and 1600 Gb/s?"],
}


def run_commands(cpo: Cpo, commands: Sequence[Sequence[str]]) -> list[tuple[int, str]]:
    done = cpo(start=COMMANDS, stdin=json.dumps(commands))
    assert (done.returncode, done.stderr) == (0, "")
    return [tuple(json.loads(line)) for line in done.stdout.splitlines()]


@pytest.fixture(scope="session")
def index(cpo: Cpo, reports: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("indexes") / "reports"
    done = cpo("ingest", reports, "--index", folder, *HASHING, start=ONE_COMMAND)
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout.startswith("2 documents, ")
    return folder


@pytest.fixture(scope="session")
def answers(cpo: Cpo, index: Path) -> Mapping[str, dict[str, Any]]:
    """Name of a question → its answer."""
    commands = [["ask", *words, "--json", "--index", str(index)] for words in QUESTIONS.values()]
    results = run_commands(cpo, commands)
    assert [status for status, _ in results] == [0] * len(commands)
    return {name: json.loads(shown) for name, (_, shown) in zip(QUESTIONS, results, strict=True)}


def assert_proved(answer: Mapping[str, Any], folder: Path) -> None:
    """Every claim has its proof, and every quote is an exact slice of its document."""
    documents = ingest(folder).by_id
    numbers = {each["number"] for each in answer["evidence"]}
    for claim in answer["claims"]:
        assert claim["citations"] or claim["calculations"]
        assert set(claim["citations"]) <= numbers
    for each in answer["evidence"]:
        page = documents[each["document_id"]].page(each["page"])
        assert page.text[each["start"] : each["end"]] == each["quote"] != ""


def test_the_network_is_refused(cpo: Cpo):
    for attempt in ("socket.socket().connect(('127.0.0.1', 9))", "socket.getaddrinfo('example.org', 80)"):
        assert cpo(start=("-c", REFUSE_SOCKETS + attempt)).returncode == 99


@pytest.mark.parametrize(("name", "language", "told"), [("english", "en", "30 W"), ("chinese", "zh", "住友电工")])
def test_a_question_is_answered_in_its_language(
    answers: Mapping[str, dict[str, Any]], name: str, language: str, told: str
):
    assert answers[name]["language"] == language
    assert any(told in claim["text"] for claim in answers[name]["claims"])


@pytest.mark.parametrize("name", QUESTIONS)
def test_every_quote_is_an_exact_slice(answers: Mapping[str, dict[str, Any]], reports: Path, name: str):
    assert_proved(answers[name], reports)


def test_nothing_that_the_offline_analyst_says_is_refused(answers: Mapping[str, dict[str, Any]]):
    assert [claim["reason"] for answer in answers.values() for claim in answer["unsupported"]] == []


def test_a_question_the_documents_do_not_answer(answers: Mapping[str, dict[str, Any]]):
    assert answers["unanswerable"]["claims"] == []
    assert answers["unanswerable"]["abstention"]["missing"]


def test_a_follow_up_is_understood(answers: Mapping[str, dict[str, Any]]):
    assert any("9 W" in each["quote"] for each in answers["follow-up"]["evidence"])


def test_a_calculation_from_the_question(answers: Mapping[str, dict[str, Any]]):
    calculation = answers["calculation"]["calculations"][0]
    assert calculation["outputs"][0]["value"] == "27.2"
    assert calculation["proven"] is True


def test_two_processes_print_the_same(cpo: Cpo, index: Path):
    question = QUESTIONS["chinese"][0]
    first, second = (
        cpo("ask", "-", "--steps", "--index", index, stdin=question, environment={"PYTHONHASHSEED": seed})
        for seed in ("1", "2")
    )
    assert (first.stdout, first.stderr) == (second.stdout, second.stderr)
    assert "住友电工" in first.stdout
    assert "· searched" not in first.stdout
    assert first.stderr.startswith("· searched")


@pytest.mark.parametrize(
    ("question", "told"), [("  ", "the question is empty"), ("x" * 50_000, "the question has 50,000 characters")]
)
def test_a_question_that_is_none_is_refused(index: Path, capsys, question: str, told: str):
    assert main(["ask", question, "--index", str(index)]) == 2
    shown = capsys.readouterr()
    assert shown.out == ""
    assert shown.err.startswith(f"cpo: {told}")
    assert shown.err.count("\n") == 1


def test_the_offline_analyst_stands_in_for_a_model_that_cannot_be_had(index: Path, capsys):
    question = ["ask", "Who supplies indium phosphide substrates?", "--index", str(index), "--model", "nobody:model"]
    assert main(question) == 2
    assert "nobody" in capsys.readouterr().err
    assert main([*question, "--fallback", "offline"]) == 0
    shown = capsys.readouterr().out
    assert "nobody:model, then offline" in shown
    assert main([*question, "--fallback", "offline", "--json"]) == 0
    data = json.loads(capsys.readouterr().out)
    assert data["answered"] and data["usage"]["cost"] is None
    assert any(step["kind"] == "error" and "offline" in step["title"] for step in data["steps"])


def test_standard_input_may_hold_anything(index: Path, capsys, monkeypatch):
    monkeypatch.setattr("sys.stdin", io.TextIOWrapper(io.BytesIO(b"\xff\xfe \x00 ?")))
    assert main(["ask", "-", "--index", str(index)]) == 2
    assert capsys.readouterr().err.startswith("cpo: the question is empty")


def test_some_files_fail_and_the_rest_is_indexed(capsys, tmp_path: Path):
    (tmp_path / "in").mkdir()
    (tmp_path / "in/good.md").write_text("# Good\n\nA port draws 9 W.\n")
    (tmp_path / "in/bad.pdf").write_bytes(b"%PDF-1.7 nothing")
    command = ["ingest", str(tmp_path / "in"), "--index", str(tmp_path / "out"), *HASHING]
    assert main([*command, "--json"]) == 1
    report = json.loads(capsys.readouterr().out)
    assert report["documents"] == 1
    assert [failure["path"] for failure in report["failures"]] == ["bad.pdf"]
    assert report["failures"][0]["reason"]
    assert main(command) == 1
    assert "\n1 file not indexed:\n- bad.pdf: " in capsys.readouterr().out


def test_nothing_indexed_leaves_the_old_index(capsys, tmp_path: Path):
    (tmp_path / "in").mkdir()
    report = tmp_path / "in/report.md"
    report.write_text("# Good\n\nA port draws 9 W.\n")
    command = ["ingest", str(tmp_path / "in"), "--index", str(tmp_path / "out"), *HASHING]
    assert main(command) == 0
    before = {path: path.read_bytes() for path in (tmp_path / "out").rglob("*") if path.is_file()}
    report.write_text("")
    assert main(command) == 2
    assert "report.md: it is empty" in capsys.readouterr().err
    assert {path: path.read_bytes() for path in (tmp_path / "out").rglob("*") if path.is_file()} == before


def test_a_damaged_index_is_refused_with_what_mends_it(capsys, reports: Path, tmp_path: Path):
    folder = str(tmp_path / "out")
    assert main(["ingest", str(reports), "--index", folder, *HASHING]) == 0
    for path in sorted((tmp_path / "out").rglob("*")):
        if path.is_file():
            path.write_bytes(path.read_bytes()[:-9])
    capsys.readouterr()
    assert main(["ask", "What is CPO?", "--index", folder]) == 2
    shown = capsys.readouterr()
    assert shown.out == ""
    assert "cpo ingest" in shown.err
    assert shown.err.count("\n") == 1
    assert main(["doctor", "--index", folder]) == 2
    assert "fail index: " in capsys.readouterr().out


def test_the_doctor_finds_nothing_wrong(capsys, index: Path):
    assert main(["doctor", "--index", str(index), "--json"]) == 0
    found = {finding["name"]: finding["state"] for finding in json.loads(capsys.readouterr().out)["findings"]}
    assert found["index"] == found["encoder"] == found["model"] == "ok"


def test_the_built_in_encoder_finds_across_languages(cpo: Cpo, reports: Path, tmp_path: Path):
    folder = str(tmp_path / "out")
    question = ["ask", "Who supplies indium phosphide substrates?", "--json", "--index", folder]
    (ingested, _), (asked, shown) = run_commands(cpo, [["ingest", str(reports), "--index", folder], question])
    assert (ingested, asked) == (0, 0)
    answer = json.loads(shown)
    assert_proved(answer, reports)
    assert any("住友电工" in each["quote"] for each in answer["evidence"])
    glosses = [pair for each in answer["evidence"] for pair in each["gloss"]]
    assert {"quoted": "住友电工", "meaning": "Sumitomo Electric"} in glosses
