"""The audit on the command line: read the text, hold it against the index, show what was found.

    cpo audit memo.md [--json] [--html FILE]

Exit status: 0 nothing contradicted or unsupported; 1 some sentence is, or was not looked at; 2 an error.
"""

import argparse
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from agent.errors import AnsweringError
from agent.terminal import add_command, note, print_json

if TYPE_CHECKING:
    from agent.auditing import Audit
    from agent.settings import Settings
    from agent.terminal import Commands
    from corpus.document import Document

Progress = Callable[[str, int, int], None]

STANDARD_INPUT = "standard input"
_MOST_BYTES = 200_000_001
"""One more than a file may have, so that a longer input is refused as such a file is."""


def add_audit(commands: "Commands", run: Callable[[argparse.Namespace], int]) -> None:
    """Add ``audit`` to the commands."""
    summary = "Check a text that we did not write, sentence by sentence, against an index."
    parser = add_command(commands, "audit", run, summary)
    parser.add_argument(
        "file", metavar="FILE", help='a Markdown, text, HTML, PDF or Word file; "-" reads standard input'
    )
    parser.add_argument("--html", metavar="FILE", type=Path, help="write the findings as an HTML page, too")
    parser.add_argument("--index", metavar="DIR", type=Path, help="the index to ask")
    parser.add_argument("--embedder", metavar="NAME", help="built-in, or a sentence-transformers model")
    parser.add_argument("--limit", metavar="N", type=_positive, help="look at N sentences at most")


def audit_file(options: argparse.Namespace, settings: "Settings", progress: Progress) -> "Audit":
    """The audit of the file that the options name.

    Raises:
        AnalystError: The file cannot be read, there is no index to ask.
    """
    from agent.auditing import MAX_SENTENCES, audit
    from agent.judging.coverage.support import open_support
    from agent.library import open_index

    if options.html and options.file != "-" and options.html.resolve() == Path(options.file).resolve():
        raise AnsweringError(
            "the page would overwrite the text itself", where=options.file, next_step="name another file"
        )
    document = _read(options.file)
    index = open_index(settings, embedder=options.embedder or "", tell=note, progress=progress)
    return audit(
        document,
        index,
        support=open_support(index.embedder),
        limit=options.limit or MAX_SENTENCES,
        progress=lambda done, total: progress("auditing", done, total),
    )


def show_audit(found: "Audit", options: argparse.Namespace, color: bool) -> bool:
    """Print an audit, and write its page where one is asked for; whether nothing is wrong with the text.

    Raises:
        AnsweringError: The page cannot be written.
    """
    from agent.audit_rendering import render_audit_html, render_audit_json, render_audit_text

    if options.html:
        _write(options.html, render_audit_html(found))
    if options.json:
        print_json(render_audit_json(found))
    else:
        print(render_audit_text(found, color), end="")
    return found.clean


def _read(name: str) -> "Document":
    from agent.auditing import read_memo

    if name != "-":
        return read_memo(Path(name))
    with tempfile.TemporaryDirectory() as folder:
        held = Path(folder) / STANDARD_INPUT
        held.write_bytes(sys.stdin.buffer.read(_MOST_BYTES))
        return read_memo(held)


def _write(path: Path, page: str) -> None:
    try:
        path.write_text(page, encoding="utf-8", errors="replace")
    except OSError as error:
        reason = error.strerror or str(error)
        what = f"the page cannot be written: {reason}"
        raise AnsweringError(what, where=str(path), next_step="name another file") from error


def _positive(text: str) -> int:
    if not text.isdigit() or int(text) < 1:
        raise argparse.ArgumentTypeError("must be a whole number above 0")
    return int(text)
