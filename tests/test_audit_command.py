"""The audit on the command line and on a page: what is shown, with which exit status, and nothing that runs."""

import io
import json
from dataclasses import replace
from html.parser import HTMLParser
from pathlib import Path

import pytest

from agent.answer import Citation
from agent.audit_rendering import render_audit_html, render_audit_json, render_audit_text
from agent.auditing import Audit, Finding
from agent.cli import main

EVIL = "<script>alert(1)</script> \x1b[31mred\u202eder\x07 & \"quoted\" 'x' javascript:alert(1)"

QUOTE = Citation(
    passage_id="d-1.1", document_id="d", title=f"Title {EVIL}", publisher=EVIL, published="2025", authority="",
    path=f"{EVIL}.md", language="en", page=1, page_label="1", section=(EVIL,), header="", start=3, end=9, quote=EVIL,
)  # fmt: skip
FINDINGS = (
    Finding("NVIDIA draws 9 W.", 1, 0, 17, "supported", (), (QUOTE,), conflicting=(QUOTE,), read_as=EVIL),
    Finding(f"False {EVIL}", 1, 18, 30, "contradicted", (f"the quote gives {EVIL}",), (QUOTE,)),
    Finding("Nobody knows.", 1, 31, 44, "unsupported", ("nothing is about this",), nearest=QUOTE),
    Finding(f"Why? {EVIL}", 1, 45, 49, "not-checkable", (EVIL,)),
)
AUDIT = Audit(f"{EVIL}.md", f"Memo {EVIL}", FINDINGS, 2, "0123456789abcdef")


class _Tags(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.tags: list[tuple[str, dict[str, str | None]]] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))


def test_the_page_runs_and_loads_nothing() -> None:
    page = render_audit_html(AUDIT)
    parser = _Tags()
    parser.feed(page)
    names = {tag for tag, _ in parser.tags}
    assert names <= {
        "html", "head", "meta", "title", "style", "body", "h1", "p", "details", "summary", "span", "div", "blockquote",
        "cite",
    }  # fmt: skip
    assert not any(key.startswith("on") or key in ("src", "href") for _, attrs in parser.tags for key in attrs)
    assert "default-src 'none'" in page
    assert "<script" not in page and "&lt;script&gt;" in page
    assert not any(character in page for character in "\x1b\u202e\x07")


def test_the_page_colours_each_verdict_and_unfolds_what_is_wrong() -> None:
    parser = _Tags()
    parser.feed(render_audit_html(AUDIT))
    details = [(attrs["class"], "open" in attrs) for tag, attrs in parser.tags if tag == "details"]
    assert details == [("supported", False), ("contradicted", True), ("unsupported", True)]


def test_the_terminal_gets_no_escape_but_ours() -> None:
    text = render_audit_text(AUDIT)
    assert not any(character in text for character in "\x1b\u202e\x07")
    assert render_audit_text(AUDIT, color=True).count("\x1b[") == 2 * len(FINDINGS)
    assert text.splitlines()[-2].startswith(
        "4 sentences: 1 supported, 1 contradicted, 1 unsupported, 1 nothing to check"
    )
    assert text.splitlines()[-1] == "not looked at: 2 more (see --limit)"


def test_labels_are_in_the_language_of_the_text() -> None:
    audit = replace(
        AUDIT, findings=(Finding("英伟达的端口功耗为九瓦，这是事实。", 1, 0, 17, "unsupported", ("x",)),), unread=0
    )
    text = render_audit_text(audit)
    assert text.startswith("? 无据: ")
    assert "共 1 句" in text
    assert '<html lang="zh">' in render_audit_html(audit)


def test_the_json_has_what_was_promised() -> None:
    data = json.loads(json.dumps(render_audit_json(AUDIT)))
    assert set(data) == {"file", "title", "clean", "summary", "sentences", "index"}
    assert data["summary"] == {
        "supported": 1, "computed": 0, "contradicted": 1, "unsupported": 1, "not-checkable": 1, "unread": 2,
    }  # fmt: skip
    first = data["sentences"][0]
    assert {"sentence", "start", "end", "verdict", "reasons", "citations", "calculations"} <= set(first)
    assert {"document", "path", "page", "start", "end", "quote"} <= set(first["citations"][0])


# --- The command ------------------------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def index(reports: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("indexes") / "reports"
    assert main(["ingest", str(reports), "--index", str(folder), "--embedder", "hashing"]) == 0
    return folder


TRUE = "# Memo\n\nA pluggable 1.6T port draws 30 W. 2025年全球磷化铟衬底产能为每年120万片。\n"
FALSE = "# Memo\n\nA pluggable 1.6T port draws 35 W.\n"


def test_a_true_text_is_clean(index: Path, tmp_path: Path, capsys) -> None:
    (tmp_path / "memo.md").write_text(TRUE, encoding="utf-8")
    assert main(["audit", str(tmp_path / "memo.md"), "--index", str(index)]) == 0
    shown = capsys.readouterr()
    assert shown.out.startswith(
        "· nothing to check: Memo\n✓ supported: A pluggable 1.6T port draws 30 W.\n    “A pluggable"
    )
    assert shown.err == ""


def test_a_false_text_is_not(index: Path, tmp_path: Path, capsys) -> None:
    page = tmp_path / "page.html"
    (tmp_path / "memo.txt").write_text(FALSE, encoding="utf-8")
    assert main(["audit", str(tmp_path / "memo.txt"), "--json", "--html", str(page), "--index", str(index)]) == 1
    data = json.loads(capsys.readouterr().out)
    (wrong,) = [one for one in data["sentences"] if one["verdict"] == "contradicted"]
    assert "30 W" in wrong["citations"][0]["quote"] and wrong["reasons"]
    assert page.read_text(encoding="utf-8").startswith("<!DOCTYPE html>")


def test_standard_input_is_read(index: Path, capsys, monkeypatch) -> None:
    monkeypatch.setattr("sys.stdin", io.TextIOWrapper(io.BytesIO(TRUE.encode())))
    assert main(["audit", "-", "--json", "--index", str(index)]) == 0
    assert json.loads(capsys.readouterr().out)["file"] == "standard input"


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (["nowhere.md"], "nowhere.md"),
        (["{memo}", "--limit", "0"], "--limit"),
        (["{memo}", "--html", "{memo}/x.html"], "the page cannot be written"),
    ],
)
def test_what_cannot_be_done_is_told_in_one_line(index: Path, tmp_path: Path, capsys, arguments, told: str) -> None:
    memo = tmp_path / "memo.md"
    memo.write_text(TRUE, encoding="utf-8")
    assert main(["audit", *(each.format(memo=memo) for each in arguments), "--index", str(index)]) == 2
    shown = capsys.readouterr()
    assert told in shown.err and shown.err.count("\n") == 1


def test_the_text_itself_is_not_overwritten(index: Path, tmp_path: Path, capsys) -> None:
    memo = tmp_path / "memo.html"
    memo.write_text("<html><body><p>A pluggable 1.6T port draws 30 W.</p></body></html>", encoding="utf-8")
    assert main(["audit", str(memo), "--html", str(memo), "--index", str(index)]) == 2
    assert "itself" in capsys.readouterr().err
    assert memo.read_text(encoding="utf-8").startswith("<html><body><p>")


@pytest.mark.parametrize("name", ["memo.md", "memo.txt", "memo.html"])
def test_bytes_of_any_kind_are_read_or_refused(index: Path, tmp_path: Path, capsys, name: str) -> None:
    (tmp_path / name).write_bytes(b"\xff\xfe\x00\x00" + bytes(range(256)) * 20)
    assert main(["audit", str(tmp_path / name), "--index", str(index)]) in (1, 2)
    capsys.readouterr()
