"""Take a text apart into statements: what is judged, with what stands around it.

A statement is a sentence, a list item's sentence or a table row. What the writer added about its source ("[3]",
"(Source: TrendForce, p. 4)") is taken out of what is judged and kept as a reference, to be checked on its own.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from agent.candidates import LIST_MARK, row_cells
from corpus.document import Block, Document, Page
from corpus.text import split_sentences

LONGEST = 1200
"""Characters of the longest run that is judged as one sentence."""

_MOST_NOTES = 8


@dataclass(frozen=True, slots=True)
class Reference:
    """What a writer says a statement rests on.

    Attributes:
        words: The source as named: "TrendForce, 2026".
        marked: As it stands in the sentence: "[3]", "(Source: TrendForce, 2026)".
        page: The page it names; 0 for none.
    """

    words: str
    marked: str
    page: int = 0


@dataclass(frozen=True, slots=True)
class Statement:
    """One piece of the audited text: ``page.text[start:end] == text``.

    Attributes:
        claim: What is judged: the text without list mark, references and a table's bars.
        kind: What the block is that it stands in, "heading" and "header" among them; "source" for an entry of a list
            of sources, "endless" for a run too long to be a sentence.
        section: Headings above it, outermost first.
        before: The statements before it in the same section, nearest last.
    """

    text: str
    page: int
    start: int
    end: int
    claim: str
    kind: str
    section: tuple[str, ...]
    before: tuple[str, ...] = ()
    references: tuple[Reference, ...] = ()


def read_statements(document: Document) -> list[Statement]:
    """The statements of a document in reading order; they cover all of its text but furniture."""
    sources = _list_of_sources(document)
    found: list[Statement] = []
    before: list[str] = []
    section: tuple[str, ...] | None = None
    header = ""
    for page in document.pages:
        for block in page.blocks:
            if block.kind == "heading" or block.section != section:
                before, section = [], block.section
            header = page.text[block.start : block.end] if block.kind == "header" else header
            for statement in _of_block(page, block, header, tuple(before), sources):
                found.append(statement)
                if statement.kind not in ("heading", "header", "source"):
                    before = [*before, statement.claim][-3:]
    return found


def _of_block(
    page: Page, block: Block, header: str, before: tuple[str, ...], sources: Mapping[str, str]
) -> Iterator[Statement]:
    whole = page.text[block.start : block.end]
    if block.kind == "furniture" or not whole.strip():
        return
    if block.kind in ("heading", "header"):
        yield Statement(whole, page.number, block.start, block.end, whole, block.kind, block.section)
        return
    if _SOURCE_ENTRY.match(whole) or _is_under_sources(block.section):
        yield Statement(whole, page.number, block.start, block.end, whole, "source", block.section)
        return
    spans = [(0, len(whole))] if block.kind == "row" else _sentences(whole)
    told = list(before)
    for start, end in spans:
        text = whole[start:end]
        claim, references = _take_references(text, sources)
        claim = _row_claim(header, claim) if block.kind == "row" else _without_mark(claim, start == 0)
        kind = "endless" if end - start > LONGEST else block.kind
        place = (page.number, block.start + start, block.start + end)
        yield Statement(text, *place, claim, kind, block.section, tuple(told[-3:]), references)
        told.append(claim)


def _sentences(text: str) -> list[tuple[int, int]]:
    """Spans of the sentences; a list mark, a reference or a lone mark goes with what stands beside it."""
    spans: list[tuple[int, int]] = []
    for start, end in split_sentences(text):
        piece = text[start:end]
        if spans and not re.sub(rf"{_MARKER.pattern}|[\W_]", "", piece):
            spans[-1] = (spans[-1][0], end)  # "… 9 W. [1]": the marker belongs to the sentence before it
        elif spans and (lead := _MARKERS_FIRST.match(piece)):
            spans[-1] = (spans[-1][0], start + lead.end(1))
            spans.append((start + lead.end(), end))
        else:
            spans.append((start, end))
    return spans


def _without_mark(claim: str, first: bool) -> str:
    mark = LIST_MARK.match(claim) if first else None
    return claim[mark.end() :].strip() if mark else claim


def _row_claim(header: str, row: str) -> str:
    """A table row in words: its cells, each led by its head where that says something."""
    cells = [(head, cell) for head, cell in row_cells(header, row) if cell.strip()]
    told = (cell if place == 0 or not head else f"{head}: {cell}" for place, (head, cell) in enumerate(cells))
    return "; ".join(told)


# --- References -------------------------------------------------------------------------------------------------------

_MARKER = re.compile(r"\[\^?\d{1,3}(?:\s?[,，\-]\s?\d{1,3}){0,5}\]|【\d{1,3}[^】]{0,20}】")
_MARKERS_FIRST = re.compile(r"((?:\[\^?\d{1,3}\]|【\d{1,3}[^】]{0,20}】)+)\s*(?=\S)")
_NOTE = re.compile(
    r"[(（\[]\s*(?:sources?|see|ref(?:erence)?s?|citing|cited? (?:in|from)|来源|來源|资料来源|資料來源|出处|出處|引自|"
    r"见|見|"
    r"参见|參見|出典|参照)\s*[:：]?\s*([^()（）\[\]]{2,200}?)\s*[)）\]]",
    re.IGNORECASE,
)
_TRAILING = re.compile(
    r"(?:^|(?<=[.。;；!?]))\s*(?:sources?|来源|來源|资料来源|資料來源|出处|出處|出典)\s*[:：]\s*(.{2,200}?)\s*[.。]?\s*$",
    re.IGNORECASE,
)
_SOURCE_ENTRY = re.compile(
    r"^\s*(?:\[\^?(\d{1,3})\]\s*[:：]?|【(\d{1,3})】|(?:source|来源|來源|出典)\s*(\d{1,3})\s*[:：])\s*(\S.*)$",
    re.IGNORECASE,
)
_SOURCES_HEADING = re.compile(
    r"^\W*(?:\d+\W+)?(?:references|sources|bibliography|works cited|footnotes|notes|"
    r"参考(?:文献|资料|資料)|來源|来源|资料来源|引用|"
    r"出典|参考文献|脚注|注释)\W*$",
    re.IGNORECASE,
)
_NUMBERED = re.compile(r"^\s*(\d{1,3})[.)、]\s*(\S.*)$")
_PAGE = re.compile(r"(?<![A-Za-z])p(?:p|ages?|g)?\.?\s?(\d{1,4})(?!\d)|第\s?(\d{1,4})\s?[页頁ペ]", re.IGNORECASE)


def _is_under_sources(section: Sequence[str]) -> bool:
    return bool(section) and bool(_SOURCES_HEADING.match(section[-1]))


def _list_of_sources(document: Document) -> dict[str, str]:
    """Number → the source that the text's own list gives for it."""
    listed: dict[str, str] = {}
    for page in document.pages:
        for block in page.blocks:
            words = page.text[block.start : block.end]
            if entry := _SOURCE_ENTRY.match(words):
                listed.setdefault(entry[1] or entry[2] or entry[3], entry[4].strip())
            elif _is_under_sources(block.section) and (numbered := _NUMBERED.match(words)):
                listed.setdefault(numbered[1], numbered[2].strip())
    return listed


def _take_references(text: str, sources: Mapping[str, str]) -> tuple[str, tuple[Reference, ...]]:
    """The text without its references, and these."""
    found: list[Reference] = []
    for pattern in (_NOTE, _TRAILING):
        found += [_reference(note[1], note[0].strip()) for note in pattern.finditer(text)]
        text = pattern.sub(" ", text)
    for marker in _MARKER.finditer(text):
        numbers = re.findall(r"\d{1,3}", marker[0])[:_MOST_NOTES]
        found += [_reference(sources[one], marker[0]) for one in numbers if one in sources]
    text = _MARKER.sub("", text)
    text = re.sub(r"\s+([.。,，;；!?！？])", r"\1", " ".join(text.split()))
    return text, tuple(found[:_MOST_NOTES])


def _reference(words: str, marked: str) -> Reference:
    page = _PAGE.search(words)
    return Reference(words.strip(" .。"), marked, int(page[1] or page[2]) if page else 0)
