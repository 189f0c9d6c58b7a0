"""Cut a Document into Passages, each an exact slice of one page."""

import re
import unicodedata
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from itertools import accumulate, groupby, pairwise

from corpus.document import Block, Document, Page, Passage
from corpus.text import columns, fold, language_of, split_sentences

VERSION = 2
"""To be raised with every change to reading or cutting that gives other passages: an index remembers it."""

_SMALLEST_LIMIT = 20
_CLAUSE_END = re.compile(r"[；，、：—|]\s*|[;,:]\s+|\s-\s")
_WORD = re.compile(r"\S+")
_LONGEST_CLUSTER = 64  # characters; a longer run of combining marks is cut anyway

Span = tuple[int, int]


def cut(document: Document, limit: int = 800) -> list[Passage]:
    """Passages of a document in reading order.

    Neighbouring lines of one section go together, tables apart from text. A line too long for a passage is cut at
    sentence ends, else clause ends, else spaces, else between characters. Rows of a table stay whole where they fit,
    and carry the table's head row, which counts towards the limit. Headings stand in the section path; one with
    nothing under it is a passage of its own. Furniture is left out.

    Args:
        limit: Most display columns of a passage (a Chinese character takes two), head row included.

    Raises:
        ValueError: The limit is too small to hold anything.
    """
    if limit < _SMALLEST_LIMIT:
        raise ValueError(f"limit must be at least {_SMALLEST_LIMIT} columns, not {limit}")
    bare = _bare_headings(document)
    return [passage for page in document.pages for passage in _cut_page(document, page, bare, limit)]


def _cut_page(document: Document, page: Page, bare: set[tuple[int, int]], limit: int) -> Iterator[Passage]:
    ruler = _Ruler(page.text)
    number = 0
    for blocks, head in _groups(page, bare, ruler, limit):
        room = limit - columns(head) - 1 if head else limit
        for start, end in _pack(ruler, blocks, room):
            number += 1
            text = page.text[start:end]
            yield Passage(
                id=f"{document.id}-{page.number}.{number}",
                document_id=document.id,
                page=page.number,
                start=start,
                end=end,
                text=text,
                language=language_of(text, document.language),
                section=blocks[0].section,
                header=head,
            )


class _Ruler:
    """Measures slices of one text in columns, each in constant time."""

    def __init__(self, text: str) -> None:
        self.text = text
        self._before = list(range(len(text) + 1)) if text.isascii() else [0, *accumulate(map(columns, text))]

    def width(self, start: int, end: int) -> int:
        """Columns of ``text[start:end]``."""
        return self._before[end] - self._before[start]

    def reach(self, start: int, room: int) -> int:
        """The furthest end such that ``text[start:end]`` fits the room."""
        return bisect_right(self._before, self._before[start] + room) - 1


# --- What goes together -----------------------------------------------------------------------------------------------


def _bare_headings(document: Document) -> set[tuple[int, int]]:
    """(page, start) of the headings with nothing under them; the title is one only where there is nothing else."""
    content = [(page, block) for page in document.pages for block in page.blocks if block.kind != "furniture"]
    headings = {(page.number, block.start) for page, block in content if block.kind == "heading"}
    if len(headings) == len(content):
        return headings
    bare = set()
    for (page, block), following in zip(content, [*content[1:], None][: len(content)], strict=True):
        if block.kind != "heading":
            continue
        text = page.text[block.start : block.end]
        path = (*block.section, text)
        after = following[1] if following else None
        led = after is not None and after.section[: len(path)] == path
        titles = after is not None and after.kind != "heading" and after.section == block.section
        if not (led or titles or fold(document.title).startswith(fold(text))):
            bare.add((page.number, block.start))
    return bare


def _groups(page: Page, bare: set[tuple[int, int]], ruler: _Ruler, limit: int) -> Iterator[tuple[list[Block], str]]:
    """Runs of neighbouring blocks that may share a passage, with the head row that the passages carry."""

    def family(block: Block) -> str:
        if block.kind == "heading":
            return f"heading {block.start}" if (page.number, block.start) in bare else ""
        return {"furniture": "", "header": "header", "row": "row"}.get(block.kind, "text")

    keyed = groupby(page.blocks, key=lambda block: (family(block), block.section))
    runs = [(kind, list(run)) for (kind, _), run in keyed]
    head = ""
    for (kind, run), following in zip(runs, [*runs[1:], None][: len(runs)], strict=True):
        if kind == "header":
            text = page.text[run[-1].start : run[-1].end].strip()
            head = _clip(ruler, run[-1], limit // 2)
            unsaid = run if following is None or following[0] != "row" or head != text else run[:-1]
            if unsaid:
                yield unsaid, ""
            continue
        if kind:
            yield run, head if kind == "row" else ""
        head = ""


def _clip(ruler: _Ruler, block: Block, room: int) -> str:
    """The start of a head row that fits, whole cells if it can be."""
    end = min(block.end, ruler.reach(block.start, room))
    text = ruler.text[block.start : end]
    if end < block.end and " | " in text:
        text = text.rpartition(" | ")[0]
    return text.strip()


# --- What fits --------------------------------------------------------------------------------------------------------


def _pack(ruler: _Ruler, blocks: Sequence[Block], room: int) -> Iterator[Span]:
    """Spans that fit the room and cover the blocks; lines that fit stay whole."""
    spans = [_trim(ruler.text, block.start, block.end) for block in blocks]
    for start, end in _merge(ruler, [span for span in spans if span[0] < span[1]], room):
        yield from _split(ruler, start, end, room)


def _merge(ruler: _Ruler, spans: Sequence[Span], room: int) -> Iterator[Span]:
    """Neighbouring spans put together as far as they fit, in parts of like size rather than a full one and a rest."""
    if not spans:
        return
    total = ruler.width(spans[0][0], spans[-1][1])
    enough = total / -(-total // room) if total else room
    start, end = spans[0]
    for following_start, following_end in spans[1:]:
        full = ruler.width(start, end) >= enough or ruler.width(start, following_end) > room
        if full:
            yield start, end
            start = following_start
        end = following_end
    yield start, end


def _split(ruler: _Ruler, start: int, end: int, room: int) -> Iterator[Span]:
    """One span cut at the best places until every piece fits."""
    if ruler.width(start, end) <= room:
        yield start, end
        return
    for pieces in (_sentences, _clauses, _words):
        spans = pieces(ruler.text, start, end)
        if len(spans) > 1:
            for piece in _merge(ruler, spans, room):
                yield from _split(ruler, *piece, room)
            return
    while start < end:
        stop = _cluster_end(ruler.text, start, min(end, ruler.reach(start, room)), end)
        yield start, stop
        start = stop


def _trim(text: str, start: int, end: int) -> Span:
    piece = text[start:end]
    start += len(piece) - len(piece.lstrip())
    return start, start + len(piece.strip())


def _sentences(text: str, start: int, end: int) -> list[Span]:
    return [(start + first, start + last) for first, last in split_sentences(text[start:end])]


def _clauses(text: str, start: int, end: int) -> list[Span]:
    cuts = [start, *(mark.end() for mark in _CLAUSE_END.finditer(text, start, end)), end]
    spans = [_trim(text, first, last) for first, last in pairwise(cuts)]
    return [span for span in spans if span[0] < span[1]]


def _words(text: str, start: int, end: int) -> list[Span]:
    return [word.span() for word in _WORD.finditer(text, start, end)]


def _cluster_end(text: str, start: int, stop: int, end: int) -> int:
    """The last place at or before ``stop`` that does not part a character from its marks."""
    for place in range(stop, max(start, stop - _LONGEST_CLUSTER), -1):
        if place == end or not unicodedata.category(text[place]).startswith("M"):
            return place
    return stop
