"""A PDF that would take years, or breaks its reader, is told in one line, and the other files are read."""

import os
import signal
import time
from pathlib import Path

import pytest

import corpus.apart as apart
from agent.cli import main
from corpus.errors import ReadingError
from corpus.ingestion import ingest
from corpus.pdf import read_pdf
from corpus.readers import read

SHIPPED = Path(apart.__file__).parent / "documents" / "zh" / "market-forecasts.pdf"


def bomb(levels: int) -> bytes:
    """A page whose form draws ten forms, each of which draws ten, and so on."""
    fonts = b"/Font << /A 5 0 R >>"
    page = (
        b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 300 300] /Contents 4 0 R "
        b"/Resources << /XObject << /F 10 0 R >> %s >> >>"
    )
    objects = {
        1: b"<< /Type /Catalog /Pages 2 0 R >>",
        2: b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        3: page % fonts,
        4: _stream(b"", b"BT /A 12 Tf 20 200 Td (Visible words stand here) Tj ET /F Do"),
        5: b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>",
    }
    for level in range(levels):
        inner = b"/XObject << /F %d 0 R >>" % (11 + level) if level < levels - 1 else b""
        body = b"/F Do " * 10 if inner else b"0 0 5 5 re f "
        head = b"/Type /XObject /Subtype /Form /BBox [0 0 300 300] /Resources << %s >>" % inner
        objects[10 + level] = _stream(head, body)
    content = b"%PDF-1.4\n"
    for number, one in objects.items():
        content += b"%d 0 obj\n%s\nendobj\n" % (number, one)
    return content + b"trailer << /Root 1 0 R >>\n%%EOF"


def _stream(head: bytes, body: bytes) -> bytes:
    return b"<< %s /Length %d >> stream\n%s\nendstream" % (head, len(body), body)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "bomb.pdf").write_bytes(bomb(12))
    (tmp_path / "good.pdf").write_bytes(bomb(1))
    (tmp_path / "note.md").write_text("# Links\n\nThe engine draws 9 W.\n", encoding="utf-8")
    return tmp_path


def test_a_page_that_takes_too_long_is_told_and_the_rest_is_read(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(apart, "PAGE_SECONDS", 5.0)
    started = time.monotonic()
    corpus = ingest(folder)
    assert time.monotonic() - started < 60
    assert [one.path for one in corpus.documents] == ["good.pdf", "note.md"]
    (failure,) = corpus.failures
    assert failure.path == "bomb.pdf" and failure.next_step == "print it to a new PDF, or leave it out"
    assert failure.reason == "page 1 takes longer than 5 s to read or draw"


def test_the_command_line_tells_it_in_one_line(
    folder: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(apart, "PAGE_SECONDS", 5.0)
    assert main(["verify", str(folder / "bomb.pdf"), "Visible words"]) == 2
    shown = capsys.readouterr()
    assert shown.out == "" and shown.err.count("\n") == 1 and "takes longer than 5 s" in shown.err
    assert main(["verify", str(folder / "good.pdf"), "Visible words"]) == 0


def test_a_reader_that_is_gone_is_started_anew() -> None:
    first = read(SHIPPED)
    assert apart._helper
    os.kill(apart._helper._process.pid, signal.SIGKILL)
    assert read(SHIPPED) == first


def test_a_reader_that_breaks_on_a_file_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    def die(self: object, raw: bytes) -> None:
        os.kill(self._process.pid, signal.SIGKILL)  # type: ignore[attr-defined]

    monkeypatch.setattr(apart._Helper, "send", die)
    with pytest.raises(ReadingError, match="page 1 breaks the PDF reader"):
        read(SHIPPED)
    monkeypatch.undo()
    assert len(read(SHIPPED).pages) == 2


def test_what_is_read_apart_is_what_is_read_here() -> None:
    raw = SHIPPED.read_bytes()
    assert apart.read_apart(raw) == read_pdf(raw)


def test_a_refusal_comes_back_whole(tmp_path: Path) -> None:
    (tmp_path / "a.pdf").write_bytes(b"%PDF-1.7 and then nothing")
    with pytest.raises(ReadingError) as refused:
        read(tmp_path / "a.pdf")
    assert refused.value.where == "a.pdf" and "damaged" in refused.value.what and refused.value.next_step
