"""``cpo verify``: say where words stand in a document, or prove an answer bundle again.

    cpo verify FILE QUOTE                    whether the words stand in the document, and where
    cpo verify a.zip [--corpus FOLDER]       whether the bundle still proves its answer, and what became of its sources

Exit status: 0 all stands; 1 something does not; 2 an error.
"""

import argparse
import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import asdict, astuple, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from agent.terminal import UsageError, add_command, print_json, print_line, read_words

if TYPE_CHECKING:
    from agent.bundle import Bundle, Report
    from agent.bundle.report import QuoteCheck
    from agent.quotes import Span
    from agent.terminal import Commands
    from corpus.boxes import Box
    from corpus.document import Document, Page
    from corpus.lines import Aside

_OK, _PARTLY = 0, 1
_FINGERPRINT = 12
_SEAL = re.compile("[0-9a-f]{64}")


def add_verify(commands: "Commands") -> None:
    """Add the command to the command line."""
    parser = add_command(
        commands, "verify", _verify, "Say where words stand in a document, or prove an answer bundle again."
    )
    parser.add_argument("document", metavar="FILE", type=Path, help="a document, or a bundle that ask --bundle wrote")
    parser.add_argument("quote", metavar="QUOTE", nargs="?", help="the words to find in the document")
    parser.add_argument("--corpus", metavar="FOLDER", type=Path, help="documents to look for a bundle's quotes in")
    parser.add_argument("--seal", metavar="SHA256", help="the seal that ask --bundle told when it made the bundle")


def _verify(options: argparse.Namespace) -> int:
    if options.quote is not None:
        for name in ("corpus", "seal"):
            if getattr(options, name):
                raise UsageError(f"--{name} is for a bundle", next_step=f"leave out the quote, or --{name}")
        return _verify_quote(options)
    if options.document.suffix.lower() != ".zip":
        raise UsageError(
            "there is no quote to find in it", where=str(options.document),
            next_step='add the words, as in: cpo verify report.pdf "draws 9 W"; only a .zip bundle is checked alone',
        )  # fmt: skip
    return _verify_bundle(options)


# --- A quote ----------------------------------------------------------------------------------------------------------


def _verify_quote(options: argparse.Namespace) -> int:
    from agent.quotes import Mismatch, find_quote
    from agent.rendering import render_mark
    from corpus.readers import read_with_asides

    quote = read_words(options.quote)
    document, asides = read_with_asides(options.document)
    found = [(page, find_quote(page.text, quote)) for page in document.pages]
    standing = [(page, span) for page, span in found if not isinstance(span, Mismatch)]
    places = [
        {
            "page": page.number,
            "page_label": page.label,
            "start": span.start,
            "end": span.end,
            "quote": page.text[span.start : span.end],
            "boxes": [astuple(box) for box in _boxes(options.document, document, page, span)],
            "marks": [asdict(mark) for mark in document.marks_on(page.number, span.start, span.end)],
        }
        for page, span in standing
    ]
    # A reason that concerns one page ("cuts the quantity") says more than that the words are not on the others.
    reasons = Counter(span.reason for _, span in found if isinstance(span, Mismatch))
    reason = "" if places else min(reasons, key=lambda each: (reasons[each], each))
    hidden = [] if places else _find_hidden(quote, asides)
    if options.json:
        print_json({"found": bool(places), "places": places, "reason": reason, "hidden": hidden})
        return _OK if places else _PARTLY
    for place, (page, span) in zip(places, standing, strict=True):
        where = f"page {place['page_label']}, characters {place['start']}-{place['end']}"
        print_line(f"found on {where}: “{place['quote']}”")
        for mark in document.marks_on(page.number, span.start, span.end):
            print_line(f"  beware: {_BEWARE[mark.kind]}: {render_mark(mark)}")
    if hidden:
        print_line("not found in what the document shows: the words stand in hidden text only, which is no evidence")
    elif reason:
        print_line(f"not found: the quote {reason}")
    for one in hidden:
        print_line(f"  page {one['page']}: {one['reason']}")
    return _OK if places else _PARTLY


_BEWARE = {
    "hidden": "a reader of the document may not see these words",
    "layer": "the words are a scan as a program read it",
    "disguised": "the words hold characters that are not what they show",
    "instruction": "the words instruct their reader, and so prove nothing in an answer",
}


def _find_hidden(quote: str, asides: "Sequence[Aside]") -> list[dict[str, Any]]:
    """Where words stand in what a document does not show: pages, and how it is hidden."""
    from agent.quotes import Span, find_quote
    from corpus.text import normalise

    texts: dict[tuple[int, str], list[str]] = {}
    for one in asides:
        texts.setdefault((one.page, one.reason), []).append(one.text)
    return [
        {"page": page, "reason": reason}
        for (page, reason), pieces in texts.items()
        if any(isinstance(find_quote(normalise(text), quote), Span) for text in (*pieces, " ".join(pieces)))
    ]


def _boxes(path: Path, document: "Document", page: "Page", span: "Span") -> "tuple[Box, ...]":
    """The rectangles of a quote on the page of a PDF; () where there are none."""
    if document.media_type != "application/pdf":
        return ()
    from corpus.pdf import locate

    return locate(path, page, span.start, span.end)


# --- A bundle ---------------------------------------------------------------------------------------------------------


def _verify_bundle(options: argparse.Namespace) -> int:
    from agent.bundle import check_bundle, read_bundle
    from agent.bundle.records import to_plain

    noted = _read_seal(options.seal)
    bundle = read_bundle(options.document)
    report = check_bundle(bundle, options.corpus)
    if noted and noted != report.seal:
        fault = "the bundle has another seal than the one given: it was changed or made anew since"
        report = replace(report, faults=(fault, *report.faults))
    if options.json:
        made = {"index_fingerprint": bundle.answer.index_fingerprint, "usage": to_plain(bundle.answer.usage)}
        print_json(report_data(report) | {"made_with": {**bundle.versions, **made}})
    else:
        print_line(f"{options.document}: {report.question}")
        print_line(_made_with(bundle))
        print_line(f"seal: {report.seal}")
        for line in report_lines(report):
            print_line(line)
    return _OK if report.well else _PARTLY


def _read_seal(given: str | None) -> str:
    seal = (given or "").strip().lower()
    if given is not None and not _SEAL.fullmatch(seal):
        raise UsageError("a seal has 64 hexadecimal digits", next_step="give the whole line that ask --bundle told")
    return seal


def _made_with(bundle: "Bundle") -> str:
    code, index = bundle.versions.get("code", ""), bundle.answer.index_fingerprint
    program = f"{bundle.versions.get('program', '?')} ({code[:_FINGERPRINT]})"
    return f"made with: model {bundle.answer.usage.model}, program {program}, index {index[:_FINGERPRINT]}"


def report_lines(report: "Report") -> Iterator[str]:
    """What was found, one line each, as people read it."""
    yield from (f"altered bundle: {fault}" for fault in report.faults)
    yield from (f"quote {one.number} does not stand: it {one.reason}" for one in report.quotes if one.reason)
    yield from (f"calculation {one.id} does not stand: {one.reason}" for one in report.calculations if one.reason)
    for claim in report.claims:
        if claim.reason:
            yield f"not proved: “{claim.text}”: {claim.reason}"
        else:
            yield f"proved: {claim.text}"
        if claim.today:
            yield f"  not by the documents as they are now: {claim.today}"
        if claim.note:
            yield f"  note: {claim.note}"
    for name, checks in (("quotes", report.quotes), ("calculations", report.calculations)):
        if checks:
            yield f"{name}: {sum(not one.reason for one in checks)} of {len(checks)} stand"
    yield from (line for one in report.quotes for line in _source_lines(one))
    yield from (f"note: {note}" for note in report.notes)
    if not report.claims:
        yield "the bundle holds no claim: its question was declined"
    if any(one.source and one.source.labels for one in report.quotes):
        yield "if the documents were indexed with a MANIFEST.toml, give --corpus the folder that has it"
    yield "all is well" if report.well else "not all is well"


def _source_lines(check: "QuoteCheck") -> Iterator[str]:
    source = check.source
    if source is None:
        return
    label = f"[{check.number}] {source.state}: "
    if source.state in ("altered", "missing"):
        where = source.path or check.citation.path
        yield f"{label}{where}: {source.detail}: “{check.citation.quote}”"
        if source.nearest:
            yield f"    nearest words: “{source.nearest}”"
        return
    yield from (f"[{check.number}] named otherwise: {one}" for one in source.labels)
    place = f"{source.path}, page {source.page_label}, characters {source.start}-{source.end}"
    yield f"{label}{place}{f' ({source.detail})' if source.detail else ''}"


def report_data(report: "Report") -> dict[str, Any]:
    """What was found, as plain data; docs/bundle.md tells the fields."""
    return {
        "well": report.well,
        "question": report.question,
        "same_program": report.same_program,
        "faults": list(report.faults),
        "claims": [asdict(one) | {"proved": not one.reason} for one in report.claims],
        "quotes": [_quote_data(one) for one in report.quotes],
        "calculations": [asdict(one) | {"stands": not one.reason} for one in report.calculations],
        "compared": report.compared,
        "notes": list(report.notes),
        "seal": report.seal,
    }


def _quote_data(check: "QuoteCheck") -> dict[str, Any]:
    cited = check.citation
    place = {name: getattr(cited, name) for name in ("path", "page", "page_label", "start", "end", "quote")}
    source = check.source and {
        name: value for name, value in asdict(check.source).items() if name not in ("citation", "boxes")
    }
    boxes = {"boxes": [astuple(box) for box in check.source.boxes]} if check.source else {}
    return {
        "number": check.number,
        "document_id": cited.document_id,
        **place,
        "stands": not check.reason,
        "reason": check.reason,
        "source": source and source | boxes,
    }
