"""Tell which characters of a PDF page nobody sees, by drawing the page; a second door to PDFium.

There are too many ways to hide words in a PDF to look for each: white on white, covered, transparent, clipped, in a
layer that is switched off, off the page. All have in common that the page looks the same without them. So the page is
drawn once, small and without its pictures; where a run of letters left no ink, it is drawn again with all it has, with
and without its text, and what makes no difference is not seen.
"""

import ctypes
import logging
from collections.abc import Iterator, Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

Boxes = NDArray[np.float64]
"""Left, bottom, right and top of each character, in points of the page before it is turned; shape (characters, 4)."""

_TEXT, _PICTURE, _FORM = 1, 3, 5
"""FPDF_PAGEOBJ_TEXT, _IMAGE and _FORM: PDFium is imported where a page is at hand."""

_log = logging.getLogger(__name__)

LEAST_LETTERS = 4
"""A shorter run of letters that cannot be seen is left alone: it may be a thin mark, and hides no words."""

_TINY = 1.5  # points: the smallest type that anybody prints, in footnotes of maps, is 3
_LETTER_PIXELS = 8.0  # a line's height, where type is small
_SMALLEST_SCALE = 0.7  # pixels a point
_MOST_PIXELS = 2_000_000
_MOST_PIXELS_AGAIN = 6_000_000
_LEAST_PIXELS = 3.0  # a letter that is lower cannot be judged
_CONTRAST = 20  # of 255, between neighbours: less, and it is looked at again
_DIFFERENCE = 16  # of 255, in any colour: #f0f0f0 on white is just not seen
_INSET = 0.15  # of a box's width and height: what reaches into it from its neighbours
_DEEPEST = 4
_WHITE = 230
_CLEAR = 25


def find_unseen(
    page: Any, text_page: Any, boxes: Boxes, letters: NDArray[np.bool_], indexes: Sequence[int]
) -> list[str]:
    """How each character of a page is hidden; "" where it is seen, or is no letter or digit of a hidden run.

    Args:
        page, text_page: As pypdfium2 opened them; both are as they were afterwards.
        letters: Which characters are letters or digits, shape (characters,).
        indexes: The number of each character in the text page.

    Returns:
        Words; "layer" where the text was laid invisibly over a picture, as a scanner's reader does.
    """
    import pypdfium2

    reasons = np.full(len(letters), "", dtype=object)
    if not letters.any():
        return list(reasons)
    try:
        _judge(page, text_page, boxes, letters, indexes, reasons)
    except pypdfium2.PdfiumError as error:
        _log.warning("a page cannot be drawn (%s); hidden text is not looked for on it", error)
    return list(reasons)


def _judge(
    page: Any, text_page: Any, boxes: Boxes, letters: NDArray[np.bool_], indexes: Sequence[int], reasons: NDArray[Any]
) -> None:
    left, bottom, right, top = page.get_bbox()
    x, y = (boxes[:, 0] + boxes[:, 2]) / 2, (boxes[:, 1] + boxes[:, 3]) / 2
    outside = (x < left - 1) | (x > right + 1) | (y < bottom - 1) | (y > top + 1)
    size = np.maximum(boxes[:, 2] - boxes[:, 0], boxes[:, 3] - boxes[:, 1])
    reasons[_runs(outside, letters)] = "off the page"
    # A box of no size is that of a font that does not tell, and no proof.
    reasons[_runs(~outside & (size > 0) & (size < _TINY), letters)] = f"in type smaller than {_TINY} points"
    left_over = letters & (reasons == "")
    if not left_over.any():
        return
    pictures = list(_objects(page, _PICTURE))
    scale = _scale(page, boxes[left_over], _MOST_PIXELS)
    with _without([one.handle for one in pictures if one.top]):
        drawn = _draw(page, scale, gray=True)
    suspects = _runs(left_over & ~_has_ink(_contrast(drawn), page, boxes, scale), letters)
    under = _under(page, pictures, text_page, boxes, left_over, indexes)
    suspects |= _runs(under, letters)
    for n in np.flatnonzero(suspects & letters):
        if _mode(text_page, indexes[int(n)]) == 3:  # neither filled nor stroked
            over = any(one.holds(x[n], y[n]) for one in pictures)
            reasons[n] = "layer" if over else "drawn invisibly (text render mode 3)"
            suspects[n] = False
    if not (suspects & letters).any():
        return
    scale = _scale(page, boxes[suspects & letters], _MOST_PIXELS_AGAIN) * 1.5
    whole = _draw(page, scale, gray=False)
    with _without([one.handle for one in _objects(page, _TEXT)]):
        bare = _draw(page, scale, gray=False)
    differs = (np.abs(whole.astype(np.int16) - bare) >= _DIFFERENCE).any(axis=2)
    unseen = suspects & letters & ~_has_ink(differs, page, boxes, scale)
    for n in np.flatnonzero(_runs(unseen, letters)):
        reasons[n] = _how(text_page, indexes[int(n)], bool(under[n]))


def _runs(flagged: NDArray[np.bool_], letters: NDArray[np.bool_]) -> NDArray[np.bool_]:
    """The flagged letters that follow each other in runs long enough to be words."""
    kept = np.zeros_like(flagged)
    places = np.flatnonzero(letters)
    if not len(places):
        return kept
    marked = flagged[places]
    edges = np.flatnonzero(np.diff(np.concatenate(([False], marked, [False])).astype(np.int8)))
    for start, end in edges.reshape(-1, 2):
        if end - start >= LEAST_LETTERS:
            kept[places[start:end]] = True
    return kept


# --- Drawing ----------------------------------------------------------------------------------------------------------


def _scale(page: Any, boxes: Boxes, most: int) -> float:
    """Pixels a point, so that a letter is high enough to be judged and the page not too large."""
    width, height = page.get_size()
    letter = float(np.median(boxes[:, 3] - boxes[:, 1])) or 1.0
    wanted = min(max(_LETTER_PIXELS / max(letter, 0.1), _SMALLEST_SCALE), 4.0)
    return float(min(wanted, (most / max(width * height, 1.0)) ** 0.5))


def _draw(page: Any, scale: float, *, gray: bool) -> NDArray[np.uint8]:
    bitmap = page.render(scale=scale, grayscale=gray, may_draw_forms=False)
    pixels: NDArray[np.uint8] = bitmap.to_numpy().copy()
    bitmap.close()
    return pixels[:, :, :3] if pixels.ndim == 3 and not gray else pixels.reshape(pixels.shape[:2])


def _contrast(drawn: NDArray[np.uint8]) -> NDArray[np.bool_]:
    """Pixels that differ from the one to their right or below."""
    values = drawn.astype(np.int16)
    edges = np.zeros(values.shape, dtype=bool)
    edges[:, :-1] |= np.abs(np.diff(values, axis=1)) >= _CONTRAST
    edges[:-1] |= np.abs(np.diff(values, axis=0)) >= _CONTRAST
    return edges


def _has_ink(marks: NDArray[np.bool_], page: Any, boxes: Boxes, scale: float) -> NDArray[np.bool_]:
    """Whether any marked pixel lies in each character's box; True where the box is too small to tell."""
    seen = _as_seen(page, boxes) * scale
    rows, columns = marks.shape
    total = np.zeros((rows + 1, columns + 1), dtype=np.int32)
    inner = total[1:, 1:]
    inner[:] = marks
    np.cumsum(inner, axis=1, out=inner)
    np.cumsum(inner, axis=0, out=inner)
    width, height = seen[:, 2] - seen[:, 0], seen[:, 3] - seen[:, 1]
    x0 = np.clip(np.floor(seen[:, 0] + _INSET * width), 0, columns).astype(int)
    x1 = np.clip(np.ceil(seen[:, 2] - _INSET * width), 0, columns).astype(int)
    y0 = np.clip(np.floor(seen[:, 1] + _INSET * height), 0, rows).astype(int)
    y1 = np.clip(np.ceil(seen[:, 3] - _INSET * height), 0, rows).astype(int)
    held = total[y1, x1] - total[y0, x1] - total[y1, x0] + total[y0, x0]
    found: NDArray[np.bool_] = (held > 0) | (np.maximum(width, height) < _LEAST_PIXELS)
    return found


def _as_seen(page: Any, boxes: Boxes) -> Boxes:
    """Left, top, right and bottom from the top left of the page as it is shown: turned, and cut to its crop box."""
    (width, height), (x, y, _, _) = page.get_size(), page.get_bbox()
    left, bottom, right, top = (boxes - np.array([x, y, x, y])).T
    turned = {
        0: (left, height - top, right, height - bottom),
        90: (bottom, left, top, right),
        180: (width - right, bottom, width - left, top),
        270: (width - top, height - right, width - bottom, height - left),
    }[page.get_rotation()]
    return np.stack(turned, axis=1)


# --- What the page is made of -----------------------------------------------------------------------------------------


class _Object:
    """An object of a page: its place in the order of drawing, and its bounds."""

    def __init__(self, handle: Any, order: int, kind: int, *, top: bool) -> None:
        self.handle, self.order, self.top = handle, order, top
        self.text, self.picture = kind == _TEXT, kind == _PICTURE
        self._bounds: tuple[float, float, float, float] | None = None

    def holds(self, x: float, y: float) -> bool:
        """Whether a point lies within its bounds; always for an object of a form, whose bounds are its form's."""
        if not self.top:
            return True
        left, bottom, right, top = self.bounds
        return bool(left <= x <= right and bottom <= y <= top)

    @property
    def bounds(self) -> tuple[float, float, float, float]:
        """Left, bottom, right, top."""
        from pypdfium2 import raw as pdfium

        if self._bounds is None:
            edges = [ctypes.c_float() for _ in range(4)]
            done = pdfium.FPDFPageObj_GetBounds(self.handle, *map(ctypes.byref, edges))
            left, bottom, right, top = (edge.value if done else 0.0 for edge in edges)
            self._bounds = (left, bottom, right, top)
        return self._bounds

    @property
    def address(self) -> int:
        """By which PDFium knows it."""
        return ctypes.cast(self.handle, ctypes.c_void_p).value or 0


def _objects(page: Any, *kinds: int) -> Iterator[_Object]:
    """The objects of a page that are of these kinds, in the order of drawing, those of forms among them."""
    from pypdfium2 import raw as pdfium

    def of_form(form: Any, order: int, depth: int) -> Iterator[_Object]:
        for n in range(pdfium.FPDFFormObj_CountObjects(form)):
            handle = pdfium.FPDFFormObj_GetObject(form, n)
            kind = pdfium.FPDFPageObj_GetType(handle)
            if kind in kinds:
                yield _Object(handle, order, kind, top=False)
            elif kind == _FORM and depth < _DEEPEST:
                yield from of_form(handle, order, depth + 1)

    # A page may have an object for each letter; asked for plain addresses, PDFium tells of them three times as fast.
    get = plain_function(pdfium.FPDFPage_GetObject, ctypes.c_void_p, ctypes.c_void_p, ctypes.c_int)
    kind_of = plain_function(pdfium.FPDFPageObj_GetType, ctypes.c_int, ctypes.c_void_p)
    raw = ctypes.cast(page.raw, ctypes.c_void_p).value
    for order in range(pdfium.FPDFPage_CountObjects(page.raw)):
        kind = kind_of(get(raw, order))
        if kind in kinds:
            yield _Object(pdfium.FPDFPage_GetObject(page.raw, order), order, kind, top=True)
        elif kind == _FORM:
            yield from of_form(pdfium.FPDFPage_GetObject(page.raw, order), order, 1)


def plain_function(function: Any, *types: Any) -> Any:
    """A function of PDFium with plain types in place of its own: of its result, then of its arguments."""
    return ctypes.CFUNCTYPE(*types)(ctypes.cast(function, ctypes.c_void_p).value or 0)


class _without:  # noqa: N801 - reads as words: with _without(pictures)
    """Leaves objects out of what is drawn, for a while."""

    def __init__(self, handles: Sequence[Any]) -> None:
        self._handles = handles

    def __enter__(self) -> None:
        self._set(active=False)

    def __exit__(self, *_: object) -> None:
        self._set(active=True)

    def _set(self, *, active: bool) -> None:
        from pypdfium2 import raw as pdfium

        for handle in self._handles:
            pdfium.FPDFPageObj_SetIsActive(handle, active)


def _under(
    page: Any,
    pictures: Sequence[_Object],
    text_page: Any,
    boxes: Boxes,
    wanted: NDArray[np.bool_],
    indexes: Sequence[int],
) -> NDArray[np.bool_]:
    """Which characters have a picture drawn over their place after them."""
    from pypdfium2 import raw as pdfium

    found = np.zeros_like(wanted)
    later = [one for one in pictures if one.top and one.order]
    if not later:
        return found
    orders = {one.address: one.order for one in _objects(page, _TEXT) if one.top}
    x, y = (boxes[:, 0] + boxes[:, 2]) / 2, (boxes[:, 1] + boxes[:, 3]) / 2
    for picture in later:
        left, bottom, right, top = picture.bounds
        for n in np.flatnonzero(wanted & ~found & (x >= left) & (x <= right) & (y >= bottom) & (y <= top)):
            handle = pdfium.FPDFText_GetTextObject(text_page, indexes[int(n)])
            address = ctypes.cast(handle, ctypes.c_void_p).value if handle else None
            found[n] = address in orders and orders[address] < picture.order
    return found


def _mode(text_page: Any, index: int) -> int:
    from pypdfium2 import raw as pdfium

    handle = pdfium.FPDFText_GetTextObject(text_page, index)
    return int(pdfium.FPDFTextObj_GetTextRenderMode(handle)) if handle else -1


def _how(text_page: Any, index: int, under: bool) -> str:
    """In words, how a character is hidden that makes no difference to its page."""
    from pypdfium2 import raw as pdfium

    if under:
        return "behind a picture"
    parts = [ctypes.c_uint() for _ in range(4)]
    if not pdfium.FPDFText_GetFillColor(text_page, index, *map(ctypes.byref, parts)):
        return "covered, or in the colour of its background"
    red, green, blue, opacity = (part.value for part in parts)
    if opacity <= _CLEAR:
        return "transparent"
    if min(red, green, blue) >= _WHITE:
        return "white on white"
    return "covered, or in the colour of its background"
