"""Find again, among the characters of a printed page, those that a stretch of its text was read from.

Reading joins lines, drops hyphens, bullets and running heads, and puts bars between the cells of a table; what is left
of the characters stands, line for line, in the same order. So each line of the text is looked for where the one before
it ended, and followed letter by letter; where the page breaks it, its rest is looked for further on.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from corpus.text import fold, normalise

_NEAR = 1.5  # of a character's height: a wider gap parts cells
_SAME_ROW = 0.5
_UPRIGHT = 1.2  # of a character's width: a row no wider runs up or down
_AHEAD = 4_000  # characters: no running head, caption or column that is passed over is longer
_OPENING = 16  # letters by which a line is known again
_STRETCHES = (24, 12, 6, 3, 1)


@dataclass(frozen=True, slots=True)
class Box:
    """A rectangle on a page as seen: points from its left and its top, so ``top < bottom``."""

    left: float
    top: float
    right: float
    bottom: float


@dataclass(frozen=True, slots=True)
class Glyph:
    """A character as the page draws it, with its box."""

    text: str
    box: Box


def find_boxes(glyphs: Sequence[Glyph], text: str, start: int, end: int) -> tuple[Box, ...]:
    """The rectangles of ``text[start:end]``: one for each row of characters, or each cell of a row.

    Args:
        glyphs: All characters of the page, as the reader met them.
        text: The page's text, as it was read from them.

    Returns:
        Rectangles in reading order; () where a character of the stretch is not found again.
    """
    letters, owners = _letters(glyphs)
    places = _align(letters, text, end)
    wanted = [places[at] for at in range(start, min(end, len(text))) if not _is_made(text, at)]
    if not wanted or any(place is None for place in wanted):
        return ()
    found = dict.fromkeys(owners[place] for place in wanted if place is not None)
    return tuple(_merge(glyphs[n].box for n in found))


def _letters(glyphs: Sequence[Glyph]) -> tuple[str, list[int]]:
    """All that is no space, normalised and folded, and for each character the glyph it comes from."""
    letters: list[str] = []
    owners: list[int] = []
    for n, glyph in enumerate(glyphs):
        kept = "".join(fold(normalise(glyph.text)).split())
        letters.append(kept)
        owners += [n] * len(kept)
    return "".join(letters), owners


def _is_made(text: str, at: int) -> bool:
    """Whether a character of the text may stand for none of the page: space, or the bar between two cells."""
    if text[at] != "|":
        return text[at].isspace()
    return text[max(at - 1, 0) : at] in (" ", "\n", "") and text[at + 1 : at + 2] in (" ", "\n", "")


def _align(letters: str, text: str, end: int) -> list[int | None]:
    """For each character of the text, up to the line of ``end``, the letter it comes from."""
    places: list[int | None] = [None] * len(text)
    folded = fold(text)
    cursor = begin = 0
    for line in folded.split("\n"):
        if begin > end:
            break
        offsets = [at for at in range(begin, begin + len(line)) if not _is_made(text, at)]
        cursor = _place(letters, "".join(folded[at] for at in offsets), offsets, cursor, places)
        begin += len(line) + 1
    return places


def _place(letters: str, line: str, offsets: Sequence[int], cursor: int, places: list[int | None]) -> int:
    """Put one line where its letters stand; where the cursor is then."""
    here = begin = _begin(letters, line, cursor)
    done = 0
    while done < len(line):
        if not letters.startswith(line[done], here):
            at = _resume(letters, line, done, begin, here)
            if at < 0:  # no letter of the page: a mark that the reader made
                done += 1
                continue
            here = at
        places[offsets[done]] = here
        done, here = done + 1, here + 1
    return here if line else cursor


def _begin(letters: str, line: str, cursor: int) -> int:
    """Where a line begins: after the one before it, unless columns were read in another order than they are drawn."""
    opening = line[:_OPENING]
    at = letters.find(opening, cursor, cursor + _AHEAD)
    if at < 0 and len(opening) == _OPENING:
        at = letters.find(opening)
    return at if at >= 0 else cursor


def _resume(letters: str, line: str, done: int, begin: int, here: int) -> int:
    """Where a line goes on after a break: a hyphen, a running head, another column; −1 where it goes on nowhere.

    The longer the stretch that is looked for, the surer. Words over several columns of a table are told for each of
    them, so that a stretch may stand before the break too.
    """
    for size in _STRETCHES:
        stretch = line[done : done + size]
        at = letters.find(stretch, here, here + _AHEAD)
        at = at if at >= 0 else letters.find(stretch, begin, here)
        if at >= 0:
            return at
    return -1


def _merge(boxes: Iterable[Box]) -> Iterator[Box]:
    """Boxes in reading order, put together where they follow each other on one row, which may run in any direction."""
    row: Box | None = None
    last: Box | None = None
    for box in boxes:
        if row and last and _follows(row, last, box):
            row = Box(
                min(row.left, box.left), min(row.top, box.top), max(row.right, box.right), max(row.bottom, box.bottom)
            )
        else:
            if row:
                yield row
            row = box
        last = box
    if row:
        yield row


def _follows(row: Box, last: Box, box: Box) -> bool:
    """Whether a character stands beside the last one of a row; or below or above it, where the row is upright."""
    across = min(last.bottom, box.bottom) - max(last.top, box.top)
    along = min(last.right, box.right) - max(last.left, box.left)
    height = min(last.bottom - last.top, box.bottom - box.top)
    width = min(last.right - last.left, box.right - box.left)
    if across > _SAME_ROW * height:
        return -along < _NEAR * max(height, 1)
    upright = row.right - row.left <= _UPRIGHT * (last.right - last.left)
    return upright and along > _SAME_ROW * width and -across < _NEAR * max(width, 1)
