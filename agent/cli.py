"""The command line: parse, call, print. stdout is the product, stderr is progress.

    cpo ingest | ask | calc | verify | audit | doctor      and what the entry-point group "cpo.commands" adds

Exit status: 0 done; 1 done in part (some files were not read, a quote does not stand); 2 an error, told in one line.
"""

import argparse
import io
import os
import shlex
import sys
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import asdict, fields, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any, NoReturn

from agent.audit_command import add_audit
from agent.calc_command import add_calc, name_verb
from agent.terminal import Parser, UsageError, add_command, note, print_json, print_line, read_count, read_words
from agent.verify_command import add_verify
from corpus.errors import AnalystError

if TYPE_CHECKING:
    from agent.settings import Settings
    from agent.terminal import Commands
    from corpus.document import Corpus

PLUGINS = "cpo.commands"
_OK, _PARTLY, _ERROR, _INTERRUPTED, _PIPE_CLOSED = 0, 1, 2, 130, 141


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command and return its exit status.

    Args:
        arguments: What follows ``cpo``; ``sys.argv`` unless given.
    """
    arguments = list(sys.argv[1:] if arguments is None else arguments)
    if sys.stderr is None:  # closed, as by 2>&-: what is printed to None would go to stdout
        sys.stderr = io.StringIO()
    if sys.stdout is None:
        note("cpo: standard output is closed; send it to a file, or to /dev/null")
        return _ERROR
    _forgive_encodings()
    try:
        return _run(arguments)
    except AnalystError as error:
        return _fail(error, "--json" in arguments)
    except KeyboardInterrupt:
        return _INTERRUPTED
    except BrokenPipeError:
        _abandon_stdout()
        return _PIPE_CLOSED
    except Exception as error:  # a bug of ours: one line for the user, the traceback for who asks for it
        if os.environ.get("CPO_DEBUG"):
            raise
        what = f"unexpected {type(error).__name__}: {error}"
        return _fail(AnalystError(what, next_step="set CPO_DEBUG=1 for the traceback"), "--json" in arguments)


def _run(arguments: Sequence[str]) -> int:
    parser = _build_parser(arguments)
    options, rest = parser.parse_known_args(name_verb(arguments))
    if rest:
        _refuse(rest, arguments)
    if options.run is None:
        parser.print_help()
        return _OK
    status: int = options.run(options)
    sys.stdout.flush()
    return status


def _refuse(rest: Sequence[str], arguments: Sequence[str]) -> NoReturn:
    """Tell what nobody asked for, and whose help to read; a question in several words lacks its quotes."""
    command = next((one for one in arguments if not one.startswith("-")), "")
    if command == "ask" and not any(one.startswith("-") for one in rest):
        question = " ".join(one for one in arguments[1:] if not one.startswith("-"))
        raise UsageError("the question is in several words", next_step=f'put it in quotes: cpo ask "{question}"')
    raise UsageError(f"unrecognized arguments: {' '.join(rest)}", next_step=f"see {f'cpo {command}'.strip()} --help")


# --- Parsing ----------------------------------------------------------------------------------------------------------


def _build_parser(arguments: Sequence[str]) -> argparse.ArgumentParser:
    parser = Parser(
        prog="cpo",
        description="Answer questions from English, Chinese and Japanese reports, with word-for-word citations.",
        allow_abbrev=False,
    )
    parser.set_defaults(run=None)
    commands = parser.add_subparsers(title="commands", metavar="COMMAND")
    _add_ingest(commands)
    _add_ask(commands)
    add_calc(commands)
    add_verify(commands)
    add_audit(commands, _audit)
    _add_doctor(commands)
    if not arguments or arguments[0] not in commands.choices:
        _add_plugins(commands)
    return parser


def _add_plugins(commands: "Commands") -> None:
    """Add the commands that other packages bring; one that cannot be loaded is told, and the rest go on."""
    from importlib.metadata import entry_points

    for plugin in sorted(entry_points(group=PLUGINS), key=lambda entry: entry.name):
        try:
            plugin.load()(commands)
        except (ImportError, AttributeError) as error:
            note(f"cpo: the command {plugin.name!r} is not available: {error}")


def _add_ingest(commands: "Commands") -> None:
    parser = add_command(commands, "ingest", _ingest, "Read a folder of reports and build an index of it.")
    parser.add_argument("folder", metavar="FOLDER", type=Path)
    parser.add_argument("--index", metavar="DIR", type=Path, help="where to put the index")
    parser.add_argument("--embedder", metavar="NAME", help="built-in, or a sentence-transformers model")


def _add_ask(commands: "Commands") -> None:
    parser = add_command(
        commands, "ask", _ask, "Answer a question from an index; the shipped reports unless told otherwise."
    )
    parser.add_argument("question", metavar="QUESTION", help='the question; "-" reads it from standard input')
    parser.add_argument(
        "--after", metavar="QUESTION", action="append", default=[], help="an earlier question, oldest first"
    )
    parser.add_argument("--index", metavar="DIR", type=Path, help="the index to ask")
    parser.add_argument("--model", metavar="NAME", help="offline, or PROVIDER:MODEL as in openai:gpt-5")
    parser.add_argument("--base-url", metavar="URL", help="address of an OpenAI-compatible server")
    parser.add_argument(
        "--fallback", metavar="NAME", choices=("offline",), help="offline: answers where the model fails"
    )
    parser.add_argument(
        "--protocol", choices=("auto", "tools", "json", "plain"), help="how the model is asked; auto finds out"
    )
    for name, what in (("steps", "model calls"), ("seconds", "seconds"), ("tokens", "tokens")):
        parser.add_argument(f"--max-{name}", metavar="N", type=read_count, help=f"most {what} a question may take")
    parser.add_argument("--embedder", metavar="NAME", help="built-in, or a sentence-transformers model")
    parser.add_argument(
        "--target-risk",
        metavar="RISK",
        help="withhold an answer whose risk of being wrong is higher, as 0.1",
    )
    parser.add_argument("--markdown", action="store_true", help="print Markdown instead of plain text")
    parser.add_argument("--bundle", metavar="FILE.zip", type=Path, help="keep the answer with all that proves it")
    parser.add_argument("--steps", action="store_true", help="show the steps even where stderr is no terminal")


def _add_doctor(commands: "Commands") -> None:
    parser = add_command(commands, "doctor", _doctor, "Check the installation, the encoder, the index and the model.")
    parser.add_argument("--index", metavar="DIR", type=Path, help="the index to check")


# --- Commands ---------------------------------------------------------------------------------------------------------


def _ingest(options: argparse.Namespace) -> int:
    from agent.library import build_index, default_folder, read_documents

    settings = _settings(options)
    folder = options.index or default_folder(options.folder, settings)
    with _Bars() as bars:
        corpus = read_documents(options.folder, bars.show)
        if not corpus.documents:
            bars.close()
            for failure in corpus.failures:
                note(_failure_line(**asdict(failure)))
        index = build_index(corpus, folder, settings.embedder, bars.show, options.folder)
    report = _ingest_data(corpus, folder, index.fingerprint)
    if options.json:
        print_json(report)
    else:
        for line in _ingest_lines(report):
            print_line(line)
    return _PARTLY if corpus.failures else _OK


def _ingest_data(corpus: "Corpus", folder: Path, fingerprint: str) -> dict[str, Any]:
    languages = Counter(passage.language for passage in corpus.passages)
    return {
        "index": str(folder),
        "fingerprint": fingerprint,
        "documents": len(corpus.documents),
        "passages": len(corpus.passages),
        "languages": dict(sorted(languages.items())),
        "failures": [asdict(failure) for failure in corpus.failures],
        "marks": [{"path": one.path, **asdict(mark)} for one in corpus.documents for mark in one.marks],
    }


def _ingest_lines(report: dict[str, Any]) -> Iterator[str]:
    from agent.rendering import render_count, render_mix

    documents, passages = render_count(report["documents"], "document"), render_count(report["passages"], "passage")
    yield f"{documents}, {passages} ({render_mix(report['languages'])})"
    if report["failures"]:
        yield f"{render_count(len(report['failures']), 'file')} not indexed:"
    yield from (f"- {_failure_line(**failure)}" for failure in report["failures"])
    yield from _mark_lines(report["marks"])
    yield f'ask it: cpo ask --index {shlex.quote(report["index"])} "…"'


_MOST_MARKS = 20


def _mark_lines(marks: Sequence[dict[str, Any]]) -> Iterator[str]:
    """One line for each thing to beware of, as many as a screen holds."""
    from agent.rendering import render_count, render_mark
    from corpus.document import Mark

    if marks:
        yield f"{render_count(len(marks), 'mark')}, of hidden text or words that instruct their reader:"
    for mark in marks[:_MOST_MARKS]:
        told = Mark(**{name: value for name, value in mark.items() if name != "path"})
        yield f"- {mark['path']} page {told.page}: {_KINDS[told.kind]}{render_mark(told)}"
    if len(marks) > _MOST_MARKS:
        yield f"- and {len(marks) - _MOST_MARKS} more: see --json"
    if marks:
        yield "none of that is taken as evidence, and answers that quote these documents say so; see who wrote them"


_KINDS = {"hidden": "hidden, ", "layer": "", "disguised": "disguised, ", "instruction": "instruction, "}


def _failure_line(path: str, reason: str, next_step: str) -> str:
    return f"{path}: {reason}; {next_step}" if next_step else f"{path}: {reason}"


def _ask(options: argparse.Namespace) -> int:
    from agent.limits import check_question

    settings = _settings(options)
    question = (
        sys.stdin.buffer.read().decode(errors="replace") if options.question == "-" else read_words(options.question)
    )
    check_question(question, settings.max_question)
    from agent.answer import Answer
    from agent.bundle import check_target, make_bundle, save_bundle
    from agent.library import open_index
    from agent.loop import run
    from agent.models import open_model, open_or_stand_in
    from agent.prices import find_price
    from agent.rendering import render_json, render_markdown, render_step, render_text

    if options.bundle:
        check_target(options.bundle)
    fallback = open_model(settings.fallback) if settings.fallback else None
    open_first = open_or_stand_in if fallback else open_model
    model = open_first(
        settings.model, base_url=settings.base_url, seconds=settings.max_seconds, reply=settings.max_reply
    )
    price = find_price(settings.model, settings.base_url, settings.price_in, settings.price_out)
    with _Bars() as bars:
        index = open_index(settings, embedder=options.embedder or "", tell=note, progress=bars.show)
    show_steps = options.steps or sys.stderr.isatty()
    history = [(read_words(earlier), "") for earlier in options.after]
    events = run(
        question,
        index=index,
        model=model,
        history=history,
        limits=settings.limits,
        fallback=fallback,
        price=price,
        protocol=settings.protocol,
        target_risk=settings.target_risk,
    )
    for event in events:
        if not isinstance(event, Answer):
            if show_steps:
                note(f"· {render_step(event)}")
            continue
        if options.bundle:
            asked = [earlier for earlier, _ in history]
            bundle = make_bundle(event, index=index, settings=settings, earlier=asked)
            seal = save_bundle(bundle, options.bundle)
            note(f"saved: {options.bundle}; check it with: cpo verify {shlex.quote(str(options.bundle))}")
            note(f"seal: {seal} (note it elsewhere: it tells whether the file is still this one)")
        if options.json:
            print_json(render_json(event))
        elif options.markdown:
            print(render_markdown(event))
        else:
            print(render_text(event, color=sys.stdout.isatty() and "NO_COLOR" not in os.environ), end="")
    return _OK


def _audit(options: argparse.Namespace) -> int:
    from agent.audit_command import audit_file, show_audit

    with _Bars() as bars:
        found = audit_file(options, _settings(options), bars.show)
    color = sys.stdout.isatty() and "NO_COLOR" not in os.environ
    return _OK if show_audit(found, options, color) else _PARTLY


def _doctor(options: argparse.Namespace) -> int:
    from agent.doctor import examine

    findings = examine(_settings(options))
    healthy = all(finding.state != "fail" for finding in findings)
    if options.json:
        print_json({"healthy": healthy, "findings": [asdict(finding) for finding in findings]})
    for finding in [] if options.json else findings:
        advice = f"; {finding.next_step}" if finding.next_step else ""
        print_line(f"{finding.state:4} {finding.name}: {finding.detail}{advice}")
    return _OK if healthy else _ERROR


def _settings(options: argparse.Namespace) -> "Settings":
    """The settings from the environment, then what the command line says."""
    from agent.settings import Settings, load_settings, read_risk

    given = {field.name: getattr(options, field.name, None) for field in fields(Settings)}
    if given["target_risk"] is not None:
        given["target_risk"] = read_risk(given["target_risk"], "--target-risk")
    return replace(load_settings(), **{name: value for name, value in given.items() if value is not None})


# --- Printing ---------------------------------------------------------------------------------------------------------


class _Bars:
    """Progress bars on stderr, one for each stage that reports; none where stderr is no terminal."""

    def __init__(self) -> None:
        self._bar: Any = None
        self._stage = ""

    def __enter__(self) -> "_Bars":
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def close(self) -> None:
        """Take the bar off the screen."""
        if self._bar is not None:
            self._bar.close()

    def show(self, stage: str, done: int, total: int) -> None:
        """Bring the bar of that stage up to ``done`` of ``total``."""
        from tqdm import tqdm

        if stage != self._stage:
            self.close()
            self._stage = stage
            self._bar = tqdm(desc=stage, total=total, file=sys.stderr, disable=None, leave=False, dynamic_ncols=True)
        self._bar.update(done - self._bar.n)


def _forgive_encodings() -> None:
    """Let a terminal that cannot show a character get its code instead of our traceback."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="backslashreplace")


def _fail(error: AnalystError, as_json: bool) -> int:
    if as_json:
        print_json({"error": {"what": error.what, "where": error.where, "next_step": error.next_step}})
    note(f"cpo: {error}")
    return _ERROR


def _abandon_stdout() -> None:
    """Whoever read stdout is gone: keep Python from complaining about it on exit."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
