"""Mark what the reader of a document should beware of: hidden text, disguised characters, words that instruct him.

A document is data, whoever wrote it. What its readers put aside as hidden is kept out of the pages, and so out of
every passage, because what nobody sees who opens the report is no evidence of what the report says; only the mark holds
it. What may be right and is only suspect stays in the text with a mark on its place: a scanner's layer of text over a
picture, what a style sheet hides until somebody clicks, words that instruct their reader.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from itertools import groupby

from corpus.document import Mark, Page
from corpus.instructions import find_instructions
from corpus.lines import Aside, Reading, Sheet
from corpus.smuggling import find_disguised
from corpus.text import HAN, KANA, normalise, squeeze

MOST_MARKS = 500
"""A document with more is told by its first ones, page by page; the last says how many more there are."""

_SAMPLE = 160
_WORDS = re.compile(r"[^\W\d_]{2,}")
_WIDE = re.compile(f"[{HAN}{KANA}]")
_LEAST_WORDS, _LEAST_WIDE = 3, 6


def find_marks(reading: Reading, pages: Sequence[Page]) -> tuple[Mark, ...]:
    """The marks of a document, in the order of pages.

    Args:
        reading: With tidied sheets, as the pages were laid out from.
    """
    marks = [*_of_metadata(reading), *_of_asides(reading.asides, pages)]
    for page, sheet in zip(pages, reading.sheets, strict=True):
        marks += _of_lines(page, sheet)
        marks += _of_text(page)
    marks.sort(key=lambda mark: (mark.page, mark.start))
    if len(marks) > MOST_MARKS:
        last = marks[MOST_MARKS - 1]
        rest = f"and {len(marks) - MOST_MARKS + 1} more"
        marks = [*marks[: MOST_MARKS - 1], Mark(last.kind, last.page, 0, 0, last.sample, rest)]
    return tuple(marks)


def _of_metadata(reading: Reading) -> Iterator[Mark]:
    for name in ("title", "publisher", "author", "source"):
        words = normalise(getattr(reading, name))
        for start, end, reason in find_instructions(words):
            yield Mark("instruction", 1, 0, 0, _sample(words), f"{reason} (in the {name})", end - start)


def _of_asides(asides: Iterable[Aside], pages: Sequence[Page]) -> Iterator[Mark]:
    """A mark for all that a page hides in one way, if it says anything."""
    order = sorted(asides, key=lambda one: (one.page, one.kind, one.reason))
    for (number, kind, reason), group in groupby(order, key=lambda one: (one.page, one.kind, one.reason)):
        found = list(group)
        texts = [squeeze(one.text) for one in found]
        asks = [why for text in texts for _, _, why in find_instructions(text)]
        words = " … ".join(text for one, text in zip(found, texts, strict=True) if not one.minor and text)
        if kind == "layer":
            page = next(page for page in pages if page.number == number)
            yield Mark("layer", number, 0, len(page.text), _sample(words), reason, len(words))
        elif asks:
            words = next(text for text in texts if list(find_instructions(text)))
            yield Mark(kind, number, 0, 0, _sample(words), f"{reason}; {asks[0]}", len(words))
        elif words and (kind == "disguised" or _says_anything(words)):
            yield Mark(kind, number, 0, 0, _sample(words), reason, len(words))


def _of_lines(page: Page, sheet: Sheet) -> Iterator[Mark]:
    """A mark for each run of lines that the file hides in one way, and that are kept all the same."""
    blocks = zip(page.blocks, sheet.lines, strict=True)
    for reason, group in groupby(blocks, key=lambda pair: pair[1].hidden):
        run = [block for block, _ in group]
        start, end = run[0].start, run[-1].end
        if reason and _says_anything(page.text[start:end]):
            yield Mark("hidden", page.number, start, end, _sample(page.text[start:end]), reason, end - start)


def _of_text(page: Page) -> Iterator[Mark]:
    for start, end, reason in find_instructions(page.text):
        yield Mark("instruction", page.number, start, end, _sample(page.text[start:end]), reason, end - start)
    for start, end, words, reason in find_disguised(page.text):
        asks = next((f"; {why}" for _, _, why in find_instructions(normalise(words))), "")
        yield Mark("disguised", page.number, start, end, _sample(words), reason + asks, end - start)


def _says_anything(text: str) -> bool:
    return len(_WORDS.findall(text)) >= _LEAST_WORDS or len(_WIDE.findall(text)) >= _LEAST_WIDE


def _sample(text: str) -> str:
    text = squeeze(text)
    return text if len(text) <= _SAMPLE else f"{text[: _SAMPLE - 1]}…"
