"""Read the pages of a PDF; the only door to PDFium and pypdf.

PDFium was chosen by measurement over pypdf: it reads files that pypdf refuses (damaged, or larger than its limits
allow), ten times as fast, and gives a box for every character, from which rows, paragraphs and tables are told.
pypdf is asked where PDFium finds no text at all: it also reads notes typed onto a page and the values of form fields.
"""

import ctypes
import io
import logging
import re
import unicodedata
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import replace
from itertools import chain
from pathlib import Path
from statistics import median
from typing import Any, NamedTuple

import numpy as np

from corpus.boxes import Box, Glyph, find_boxes
from corpus.document import Page
from corpus.errors import ReadingError
from corpus.ink import find_unseen, plain_function
from corpus.lines import Aside, Reading, Sheet, iso_date
from corpus.plain import read_plain
from corpus.rows import Cell, Row, read_rows
from corpus.smuggling import find_smuggled
from corpus.text import normalise, squeeze

_log = logging.getLogger(__name__)

_PageRead = tuple[list[Row], list[Aside]]
"""The rows of a page that can be seen, and what it hides."""

_CELL_GAP = 0.75  # of a row's height: wider than a space between words; justified text seldom has such gaps in line
_BOLD = 600
_CLOSING = frozenset(".,;:!?。，、；：！？)）]”’」』\"'")
_WRAP_HYPHENS = (0x02, 0xFFFE)
_LEAST_READABLE = 0.5
_TRAILING_SIGN = re.compile(r"(?:^|(?<=[\d)%-])\s)([$€£¥])$")
_LONE_BULLET = re.compile(r"[-•·●▪◦‣■◆○►✓\uf0b7\uf0a7o]|[(（]?(?:\d{1,2}|[a-z]|[ivx]{1,4})[.)）]|[①-⑳]")


def read_pdf(raw: bytes, tell: Callable[[], None] = lambda: None) -> Reading:
    """Pages of a PDF with headings, paragraphs, list items and aligned tables; running heads and page numbers dropped.

    What the page does not show is kept apart; text laid invisibly over a picture stays, for so do scanners write. A
    page may take for ever: see corpus.apart.

    Args:
        tell: Called after each page.

    Raises:
        ReadingError: The file is encrypted, damaged, a scan, or its fonts do not say which characters they draw.
    """
    import pypdfium2

    try:
        document = pypdfium2.PdfDocument(raw)
    except pypdfium2.PdfiumError as error:
        raise _refusal(error) from error
    try:
        count = len(document)
        read = [_told(_page_rows(document, number), tell) for number in range(count)]
        pages = [rows for rows, _ in read]
        labels = [_label(document, number) for number in range(count)]
        outline = _outline(document)
        info = {key: squeeze(value) for key, value in document.get_metadata_dict().items()}
    finally:
        document.close()
    asides = (*chain.from_iterable(hidden for _, hidden in read), *_info_asides(info))
    if not any(pages):
        return replace(_read_notes(raw, count, hides=any(hidden for _, hidden in read)), asides=asides)
    _check_text(pages)
    return Reading(
        sheets=tuple(Sheet(lines, label) for lines, label in zip(read_rows(pages, outline), labels, strict=True)),
        media_type="application/pdf",
        title=info.get("Title", ""),
        author=info.get("Author", ""),
        created=iso_date(info.get("CreationDate", "")[2:10]),
        asides=asides,
    )


def _told(read: _PageRead, tell: Callable[[], None]) -> _PageRead:
    tell()
    return read


def _refusal(error: Exception) -> ReadingError:
    if "password" in str(error).lower():
        return ReadingError("it is encrypted and needs a password", next_step="save it without a password")
    return ReadingError(f"the PDF is damaged ({error})", next_step="get the file again or print it to a new PDF")


def _check_text(pages: Sequence[Sequence[Row]]) -> None:
    text = "".join(row.text for rows in pages for row in rows)
    readable = sum(unicodedata.category(character) not in ("Co", "Cn") and character != "\ufffd" for character in text)
    if readable < _LEAST_READABLE * len(text):
        raise ReadingError("its fonts do not say which characters they draw", next_step="OCR it first")


def _info_asides(info: Mapping[str, str]) -> Iterator[Aside]:
    for key in ("Subject", "Keywords"):
        if info.get(key):
            yield Aside(1, info[key], f"in the file's properties ({key})", minor=True)


def _read_notes(raw: bytes, count: int, *, hides: bool) -> Reading:
    """The notes and form values of a PDF whose pages have no text of their own."""
    import pypdf

    logging.getLogger("pypdf").setLevel(logging.CRITICAL)  # what it mends on the way is of no use to our user
    try:
        reader = pypdf.PdfReader(io.BytesIO(raw))
        texts = ["\n".join(_notes(page)) for page in reader.pages]
    except Exception as error:  # noqa: BLE001 - a damaged file makes pypdf raise anything; the first finding stands
        _log.debug("pypdf cannot read it either: %r", error)
        texts = []
    if not "".join(texts).strip():
        noun = "page" if count == 1 else "pages"
        if hides:
            raise ReadingError("all its text is hidden", next_step="print it to a new PDF, and OCR that")
        raise ReadingError(f"{count} {noun} and no text: it is a scan", next_step="OCR it first")
    return Reading(tuple(read_plain(normalise(text))[0] for text in texts), "application/pdf")


def _notes(page: Any) -> Iterator[str]:
    for reference in page.get("/Annots", ()):
        note = reference.get_object()
        for key in ("/Contents", "/V"):
            value = note.get(key)
            if isinstance(value, str) and value.strip():
                yield value
                break


# --- Characters and rows ----------------------------------------------------------------------------------------------


def _page_rows(document: Any, number: int) -> _PageRead:
    import pypdfium2

    try:
        page = document[number]
        text_page = page.get_textpage()
    except pypdfium2.PdfiumError as error:
        if len(document) == 1:
            raise _refusal(error) from error
        _log.warning("page %d cannot be opened (%s); the others are read", number + 1, error)
        return [], []
    turn, (width, height) = page.get_rotation(), page.get_size()
    drawn = list(_character_rows(text_page))
    seen, asides = _part_hidden(page, text_page, drawn, number + 1)
    rows: list[Row] = []
    for characters in seen:
        rows += _row([_turned(one, turn, width, height) for one in characters] if turn else characters)
    return _same_line_joined(rows), asides


def _part_hidden(
    page: Any, text_page: Any, rows: "Sequence[list[_Character]]", number: int
) -> "tuple[Sequence[list[_Character]], list[Aside]]":
    """The rows without the characters that nobody sees, and these as asides, one for each way of hiding in a row."""
    characters = [character for row in rows for character in row]
    text = "".join(character.text for character in characters)
    asides = find_smuggled(text, number)
    boxes = np.array([(one.left, one.bottom, one.right, one.top) for one in characters], dtype=np.float64)
    letters = np.array([one.text.isalnum() for one in characters], dtype=bool)
    indexes = [one.place for one in characters]
    reasons = find_unseen(page, text_page, boxes.reshape(-1, 4), letters, indexes)
    if not any(reasons):
        return rows, asides
    told = iter(_fill(characters, reasons))
    kept: list[list[_Character]] = []
    hidden: dict[str, list[str]] = {}
    for row in rows:
        marked = [(one, next(told)) for one in row]
        kept.append([one for one, reason in marked if reason in ("", "layer")])
        for reason in dict.fromkeys(reason for _, reason in marked if reason):
            words = "".join(one.text for one, why in marked if why == reason)
            hidden.setdefault(reason, []).append(words)
    for reason, words_of in hidden.items():
        words = " ".join(words_of)
        asides.append(_layer(number, words) if reason == "layer" else Aside(number, words, f"text {reason}"))
    return kept, asides


def _layer(number: int, words: str) -> Aside:
    return Aside(number, words, "text laid invisibly over a picture, as scanners do", "layer")


def _fill(characters: "Sequence[_Character]", reasons: Sequence[str]) -> Iterator[str]:
    """The reasons, with what stands between two letters that are hidden alike (spaces, marks) hidden with them."""
    following = [""] * len(reasons)
    coming = ""
    for n in range(len(reasons) - 1, -1, -1):
        following[n] = coming
        coming = reasons[n] if characters[n].text.isalnum() else coming
    last, close = "", False
    for n, character in enumerate(characters):
        if character.text.isalnum():
            last = reasons[n]
            yield last
        elif last and (following[n] == last or (close and character.text in _CLOSING)):
            yield last
        else:
            yield ""
        close = character.text.isalnum() or (close and character.text in _CLOSING)


class _Character(NamedTuple):
    text: str
    left: float
    bottom: float
    right: float
    top: float
    bold: bool
    place: int


def _character_rows(text_page: Any) -> Iterator[list[_Character]]:
    """Characters with their boxes, row by row as PDFium orders them."""
    from pypdfium2 import raw as pdfium

    # Asked for plain addresses and numbers, of each of a page's thousands of characters, PDFium answers faster.
    address, number = ctypes.c_void_p, ctypes.c_int
    unicode_of = plain_function(pdfium.FPDFText_GetUnicode, ctypes.c_uint, address, number)
    box_of = plain_function(pdfium.FPDFText_GetLooseCharBox, number, address, number, address)
    weight_of = plain_function(pdfium.FPDFText_GetFontWeight, number, address, number)
    raw, box = ctypes.cast(text_page.raw, address).value, pdfium.FS_RECTF()
    filled = ctypes.byref(box)
    row: list[_Character] = []
    lead = 0  # the first half of a character outside the basic plane
    for index in range(text_page.count_chars()):
        code = unicode_of(raw, index)
        if code in (0x0A, 0x0D):
            yield row
            row = []
            continue
        if 0xD800 <= code < 0xDC00:
            lead = code
            continue
        if 0xDC00 <= code < 0xE000 and lead:
            code = 0x10000 + ((lead - 0xD800) << 10) + (code - 0xDC00)
        lead = 0
        text = "-" if code in _WRAP_HYPHENS else chr(code) if code < 0x110000 else "\ufffd"
        box_of(raw, index, filled)
        bold = weight_of(raw, index) >= _BOLD
        row.append(_Character(text, box.left, box.bottom, box.right, box.top, bold, index))
        if code in _WRAP_HYPHENS:  # PDFium leaves out the line end that follows
            yield row
            row = []
    yield row


def _turned(character: _Character, turn: int, width: float, height: float) -> _Character:
    """The character's box as seen on the page turned by 90, 180 or 270 degrees (PDFium's boxes are before turning)."""
    left, bottom, right, top = character.left, character.bottom, character.right, character.top
    if turn == 90:
        return character._replace(left=bottom, right=top, bottom=height - right, top=height - left)
    if turn == 180:
        return character._replace(left=width - right, right=width - left, bottom=height - top, top=height - bottom)
    if turn == 270:
        return character._replace(left=width - top, right=width - bottom, bottom=left, top=right)
    return character


def _row(characters: Sequence[_Character]) -> list[Row]:
    """The row that the characters make, or none where all are space."""
    inked = [character for character in characters if not character.text.isspace()]
    if not inked:
        return []
    height = median([character.top - character.bottom for character in inked])
    base = median([character.bottom for character in inked])
    cells: list[list[_Character]] = [[]]
    right = inked[0].left
    for character in characters:
        if not character.text.isspace():
            if character.left - right > _CELL_GAP * height and cells[-1]:
                cells.append([])
            right = max(right, character.right) if cells[-1] else character.right
        cells[-1].append(character)
    made = tuple(
        Cell(text, min(piece.left for piece in cell if not piece.text.isspace()), max(piece.right for piece in cell))
        for cell in cells
        if (text := squeeze("".join(piece.text for piece in cell)))
    )
    if not made:
        return []
    bold = sum(character.bold for character in inked) > 0.95 * len(inked)
    return [Row(made, base, base + height, bold)]


def _same_line_joined(rows: Sequence[Row]) -> list[Row]:
    """Rows on one base line put together where one follows the other: PDFium parts them at raised marks and gaps."""
    joined: list[Row] = []
    for row in rows:
        last = joined[-1] if joined else None
        overlap = min(last.top, row.top) - max(last.bottom, row.bottom) if last else 0.0
        if last and overlap > 0.5 * min(last.height, row.height) and row.left >= last.right - 1:
            near = row.left - last.right <= _CELL_GAP * last.height
            tight = row.left - last.right <= 0.15 * last.height
            seam = Cell(
                f"{last.cells[-1].text}{'' if tight else ' '}{row.cells[0].text}",
                last.cells[-1].left,
                row.cells[0].right,
            )
            cells = (*last.cells[:-1], seam, *row.cells[1:]) if near else (*last.cells, *row.cells)
            joined[-1] = replace(last, cells=cells)
        else:
            joined.append(row)
    return [replace(row, cells=_with_signs(row.cells)) for row in joined]


def _with_signs(cells: Sequence[Cell]) -> tuple[Cell, ...]:
    """Cells with a currency sign put to the figure after it, and a lone % or bracket to the one before."""
    kept: list[Cell] = []
    for cell in cells:
        before = kept[-1] if kept else None
        sign = _TRAILING_SIGN.search(before.text) if before else None
        if before and len(kept) == 1 and _LONE_BULLET.fullmatch(before.text):
            kept[-1] = Cell(f"{before.text} {cell.text}", before.left, cell.right)
        elif before and sign:
            kept[-1:] = [replace(before, text=before.text[: sign.start()])] if sign.start() else []
            kept.append(Cell(f"{sign.group(1)} {cell.text}", cell.left, cell.right))
        elif before and (before.text == "(" or cell.text in ("%", ")", ")%")):
            kept[-1] = Cell(f"{before.text}{cell.text}", before.left, cell.right)
        else:
            kept.append(cell)
    return tuple(kept)


# --- Where words stand ------------------------------------------------------------------------------------------------


def locate(path: Path, page: Page, start: int, end: int) -> tuple[Box, ...]:
    """The rectangles of ``page.text[start:end]`` on the page of the file it was read from.

    The page is read again, with the boxes of its characters; nothing of it is kept.

    Args:
        path: The PDF.
        page: The page as it was read from that file.

    Returns:
        Rectangles in reading order, in points from the left and the top of the page as it is shown (turned, cut to its
        crop box); () where the words cannot be found again, as in typed notes or in a file that has changed.

    Raises:
        ReadingError: The file cannot be opened.
    """
    import pypdfium2

    try:
        document = pypdfium2.PdfDocument(path.read_bytes())
    except OSError as error:
        raise ReadingError(f"it cannot be read ({error.strerror})", where=str(path)) from error
    except pypdfium2.PdfiumError as error:
        raise _refusal(error) from error
    try:
        glyphs = _glyphs(document, page.number - 1) if page.number <= len(document) else []
    finally:
        document.close()
    return find_boxes(glyphs, page.text, start, end)


def _glyphs(document: Any, number: int) -> list[Glyph]:
    """The characters of a page as the reader meets them, boxed as seen from the top left."""
    import pypdfium2

    try:
        page = document[number]
        text_page = page.get_textpage()
    except pypdfium2.PdfiumError as error:
        raise _refusal(error) from error
    turn, (width, height), (left, bottom, _, _) = page.get_rotation(), page.get_size(), page.get_bbox()
    glyphs = []
    for characters in _character_rows(text_page):
        for one in characters:
            moved = one._replace(
                left=one.left - left, right=one.right - left, bottom=one.bottom - bottom, top=one.top - bottom
            )
            seen = _turned(moved, turn, width, height)
            box = Box(*(round(x, 2) for x in (seen.left, height - seen.top, seen.right, height - seen.bottom)))
            glyphs.append(Glyph(one.text, box))
    return glyphs


# --- What the file says of itself -------------------------------------------------------------------------------------


def _label(document: Any, number: int) -> str:
    return squeeze(document.get_page_label(number) or "")


def _outline(document: Any) -> Mapping[str, int]:
    """Heading text → level from 1."""
    import pypdfium2

    try:
        items = [(item.get_title(), item.level) for item in document.get_toc(max_depth=6)]
    except pypdfium2.PdfiumError as error:
        _log.warning("the outline cannot be read (%s); headings are told by their size", error)
        return {}
    return {title: level + 1 for title, level in items if squeeze(title)}
