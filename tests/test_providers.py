"""Real clients of providers against servers on this machine that reply as the real ones do."""

import json
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path
from typing import Any, ClassVar

import pytest

from agent.answer import Answer
from agent.errors import ModelFailure
from agent.limits import Clock
from agent.loop import run
from agent.models import open_model
from corpus.ingestion import ingest
from indexes.embeddings import open_embedder
from indexes.hybrid import HybridIndex

TRUE = "Kyocera and NGK supply ceramic packages"
QUESTION = "Who supplies ceramic packages?"


class Quick(Clock):
    """A clock that does not wait."""

    def sleep(self, seconds: float) -> None:
        """Go on at once."""


class Handler(BaseHTTPRequestHandler):
    """Gives the scripted replies, one after the other; the last again and again."""

    replies: ClassVar[list[tuple[int, dict[str, Any]]]] = []
    asked: ClassVar[list[dict[str, Any]]] = []

    def do_POST(self) -> None:
        body = self.rfile.read(int(self.headers["content-length"]))
        self.asked.append(json.loads(body))
        status, reply = self.replies[min(len(self.asked), len(self.replies)) - 1]
        data = json.dumps(reply).encode()
        self.send_response(status)
        self.send_header("content-type", "application/json")
        self.send_header("content-length", str(len(data)))
        self.end_headers()
        self.wfile.write(data)

    def log_message(self, *_: Any) -> None:
        """Say nothing."""


@contextmanager
def serve(*replies: tuple[int, dict[str, Any]]) -> Iterator[tuple[str, list[dict[str, Any]]]]:
    kind = type("Scripted", (Handler,), {"replies": list(replies), "asked": []})
    server = HTTPServer(("127.0.0.1", 0), kind)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_port}", kind.asked  # type: ignore[attr-defined]
    finally:
        server.shutdown()
        server.server_close()
        thread.join()


@pytest.fixture(scope="module")
def index(tmp_path_factory: pytest.TempPathFactory) -> HybridIndex:
    folder: Path = tmp_path_factory.mktemp("reports")
    (folder / "report.md").write_text(f"# Packages\n\n{TRUE} for co-packaged optics.\n", encoding="utf-8")
    return HybridIndex.build(ingest(folder), open_embedder("hashing"))


@pytest.fixture(autouse=True)
def keys(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("OPENAI_API_KEY", "none")
    monkeypatch.setenv("ANTHROPIC_API_KEY", "none")
    for name in ("HTTP_PROXY", "HTTPS_PROXY", "ALL_PROXY", "http_proxy", "https_proxy", "all_proxy"):
        monkeypatch.delenv(name, raising=False)


def ask(index: HybridIndex, name: str, url: str) -> Answer:
    *_, answer = run(QUESTION, index=index, model=open_model(name, base_url=url, seconds=20), clock=Quick())
    assert isinstance(answer, Answer)
    return answer


def chat(text: str = "", *calls: tuple[str, str]) -> dict[str, Any]:
    """A chat completion as OpenAI-compatible servers send it."""
    made = [
        {"id": f"call-{n}", "type": "function", "function": {"name": name, "arguments": arguments}}
        for n, (name, arguments) in enumerate(calls)
    ]
    message = {"role": "assistant", "content": text or None} | ({"tool_calls": made} if made else {})
    return {
        "id": "x",
        "object": "chat.completion",
        "created": 1,
        "model": "tiny",
        "choices": [{"index": 0, "message": message, "finish_reason": "tool_calls" if made else "stop"}],
        "usage": {"prompt_tokens": 100, "completion_tokens": 20, "total_tokens": 120},
    }


def fault(message: str) -> dict[str, Any]:
    return {"error": {"message": message, "type": "error", "code": None, "param": None}}


def test_an_openai_compatible_server_without_tools_is_asked_in_plain_text(index: HybridIndex) -> None:
    pytest.importorskip("langchain_openai")
    with serve(
        (400, fault("this model does not support tools")),
        (503, fault("Loading model")),
        (200, chat(f'CLAIM: Kyocera and NGK do.\nQUOTE [1]: "{TRUE}"')),
    ) as (url, asked):
        answer = ask(index, "openai:tiny", f"{url}/v1")
    assert answer.claims and answer.usage.input_tokens == 100
    assert "tools" in asked[0] and "tools" not in asked[1] and len(asked) == 3
    assert [step.kind for step in answer.steps] == ["retry", "search", "retry", "draft"]


def test_an_openai_compatible_server_calls_tools(index: HybridIndex) -> None:
    pytest.importorskip("langchain_openai")
    (passage,) = [hit.passage.id for hit in index.search(QUESTION)][:1]
    claims = [{"text": "Kyocera and NGK do.", "quotes": [{"passage_id": passage, "quote": TRUE}]}]
    with serve(
        (200, chat("", ("search_passages", '{"query": "ceramic packages"}'))),
        (200, chat("", ("DraftAnswer", json.dumps({"claims": claims})))),
    ) as (url, asked):
        answer = ask(index, "openai:tiny", f"{url}/v1")
    assert answer.claims and asked[0]["tool_choice"] == "required" and answer.usage.calls == 2


@pytest.mark.parametrize(
    ("status", "words", "says"),
    [(401, "Incorrect API key", "refused the key"), (404, "no model", "not known"), (500, "oops", r"fault .*4 tries")],
)
def test_what_a_server_refuses_is_told_in_one_line(index: HybridIndex, status: int, words: str, says: str) -> None:
    pytest.importorskip("langchain_openai")
    with serve((status, fault(words))) as (url, _), pytest.raises(ModelFailure, match=says):
        ask(index, "openai:tiny", f"{url}/v1")


def test_a_server_that_is_not_there_is_told_in_one_line(index: HybridIndex) -> None:
    pytest.importorskip("langchain_openai")
    with pytest.raises(ModelFailure, match=r"cannot be reached \(4 tries\).*start its server"):
        ask(index, "openai:tiny", "http://127.0.0.1:9/v1")


def anthropic(*content: dict[str, Any]) -> dict[str, Any]:
    """A message as Anthropic sends it."""
    stop = "tool_use" if any(block["type"] == "tool_use" for block in content) else "end_turn"
    return {
        "id": "msg_1",
        "type": "message",
        "role": "assistant",
        "model": "claude-test",
        "content": list(content),
        "stop_reason": stop,
        "stop_sequence": None,
        "usage": {"input_tokens": 50, "output_tokens": 10},
    }


def test_anthropic_cites_passages_by_itself(index: HybridIndex) -> None:
    pytest.importorskip("langchain_anthropic")
    (passage,) = [hit.passage for hit in index.search(QUESTION)][:1]
    cited = {
        "type": "search_result_location",
        "cited_text": passage.text,
        "source": passage.id,
        "title": "Packages",
        "search_result_index": 0,
        "start_block_index": 0,
        "end_block_index": 1,
    }
    search = {"type": "tool_use", "id": "t1", "name": "search_passages", "input": {"query": "ceramic packages"}}
    with serve(
        (200, anthropic(search)),
        (
            200,
            anthropic(
                {"type": "text", "text": "According to the report, "},
                {"type": "text", "text": "Kyocera and NGK supply ceramic packages", "citations": [cited]},
                {"type": "text", "text": "."},
            ),
        ),
    ) as (url, asked):
        answer = ask(index, "anthropic:claude-test", url)
    results = [block for block in asked[1]["messages"][-1]["content"][0]["content"] if block["type"] == "search_result"]
    assert [block["source"] for block in results] == [passage.id] and results[0]["citations"] == {"enabled": True}
    assert asked[0].get("tool_choice", {}).get("type", "auto") == "auto"
    assert not answer.unsupported, answer.unsupported[0].reason
    assert [one.quote for one in answer.claims[0].citations] == [passage.text]
