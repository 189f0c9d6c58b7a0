"""Tell headings, paragraphs, list items and tables among the rows of printed pages, by where they stand."""

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from statistics import median

from corpus.lines import Line, is_head, merge_heads
from corpus.plain import heading_style, is_caption, is_item, without_bullet
from corpus.text import HAN, KANA, columns, fold, join_lines, normalise

_LARGER = 1.12  # of the body's height: a heading
_HEADING_COLUMNS = 150
_FIGURE = re.compile(r"[($€£¥+-]*\s?\d[\d.,]*\s?[%)x]*|[-—–]")
_SENTENCE_END = re.compile(r"[.。!！?？:：;；][\"'”’」』)）]*$")
_CONTINUES = re.compile(rf"[a-z{HAN}{KANA}]")
_PAGE_NUMBER = re.compile(
    r"[-\s]*(?:page|第)?\s*#\s*(?:页|頁)?\s*(?:(?:/|of|共)\s*#\s*(?:页|頁)?)?[-\s]*$", re.IGNORECASE
)


@dataclass(frozen=True, slots=True)
class Cell:
    """A run of characters on one row without a wide gap; lengths in points."""

    text: str
    left: float
    right: float


@dataclass(frozen=True, slots=True)
class Row:
    """Characters on one base line, cut into cells at wide gaps; lengths in points, y upwards."""

    cells: tuple[Cell, ...]
    bottom: float
    top: float
    bold: bool

    @property
    def text(self) -> str:
        """The words of the row."""
        return " ".join(cell.text for cell in self.cells)

    @property
    def left(self) -> float:
        """Where the row starts."""
        return self.cells[0].left

    @property
    def right(self) -> float:
        """Where the row ends."""
        return max(cell.right for cell in self.cells)

    @property
    def height(self) -> float:
        """Height of the font's box, which tells sizes apart."""
        return max(self.top - self.bottom, 0.1)


def read_rows(pages: Sequence[Sequence[Row]], outline: Mapping[str, int]) -> list[tuple[Line, ...]]:
    """The lines of each page, running heads and page numbers dropped.

    Args:
        pages: The rows of each page in reading order; at least one row in all.
        outline: Heading text → level from 1, where the file has an outline; it then names the headings.
    """
    pages = _without_running_heads(pages)
    body = _body_height(pages)
    sizes = _heading_sizes(pages, body)
    compounds = _compounds(pages)
    levels = {_key(title): level for title, level in outline.items()}
    return [tuple(_lines(rows, body, sizes, levels, compounds)) for rows in pages]


# --- What the whole file tells ----------------------------------------------------------------------------------------


def _key(text: str) -> str:
    return re.sub(r"\W+", "", fold(normalise(text)).casefold())


def _body_height(pages: Sequence[Sequence[Row]]) -> float:
    sizes: Counter[float] = Counter()
    for rows in pages:
        for row in rows:
            sizes[round(row.height, 1)] += columns(row.text)
    return max(sizes, key=lambda size: (sizes[size], size))


def _heading_sizes(pages: Sequence[Sequence[Row]], body: float) -> list[float]:
    """Heights larger than the body's, largest first; heights that differ by less than a tenth count as one."""
    found: list[float] = []
    for height in sorted({round(row.height, 1) for rows in pages for row in rows}, reverse=True):
        if height >= body * _LARGER and (not found or height < found[-1] * 0.9):
            found.append(height)
    return found


def _compounds(pages: Sequence[Sequence[Row]]) -> frozenset[str]:
    text = " ".join(row.text for rows in pages for row in rows).lower()
    return frozenset(re.findall(r"[^\W_]+-[^\W_]+", text))


def _without_running_heads(pages: Sequence[Sequence[Row]]) -> Sequence[Sequence[Row]]:
    """Pages less the rows that stand at the top or foot of most pages, figures aside, and less page numbers."""
    edges = [_edges(rows) for rows in pages]
    counts = Counter(key for rows in edges for key in {_masked(row) for row in rows})
    often = max(3, len(pages) // 2)
    kept = []
    for rows, edge in zip(pages, edges, strict=True):
        drop = {id(row) for row in edge if counts[_masked(row)] >= often or _PAGE_NUMBER.fullmatch(_masked(row))}
        kept.append([row for row in rows if id(row) not in drop])
    return kept if any(kept) else pages


def _edges(rows: Sequence[Row]) -> list[Row]:
    down = sorted(rows, key=lambda row: -row.top)
    return list({id(row): row for row in (*down[:2], *down[-2:])}.values()) if len(rows) > 2 else []


def _masked(row: Row) -> str:
    return re.sub(r"\d+", "#", fold(row.text).casefold())


# --- Rows into lines --------------------------------------------------------------------------------------------------


def _lines(
    rows: Sequence[Row], body: float, sizes: Sequence[float], outline: Mapping[str, int], compounds: frozenset[str]
) -> Iterator[Line]:
    """The lines of one page."""
    place = 0
    while place < len(rows):
        start = place
        while place < len(rows) and (end := _table_end(rows, place)) == place:
            place += 1
        spans = _column_spans(rows[place:end]) if place < len(rows) else []
        heads = place
        figures = _figures_start(rows[place:end], spans) if spans else 0.0
        while heads > start and spans and _stands_over(rows[heads - 1], rows[place], figures, spans[-1][1]):
            heads -= 1
        for group in _over_columns(_paragraphs(rows[start:heads])):
            yield _line(group, body, sizes, outline, compounds)
        if spans:
            yield from _table(rows[heads:place], rows[place:end], spans)
            place = end


def _paragraphs(rows: Sequence[Row]) -> Iterator[list[Row]]:
    """Rows grouped into paragraphs by space, size, indent and by whether the next word would still have fitted."""
    gaps = [above.bottom - below.bottom for above, below in pairwise(rows) if above.bottom > below.bottom]
    leading = median(gaps) if gaps else 0.0
    for block in _visual_blocks(rows, leading):
        edge = max(row.right for row in block)
        group = [block[0]]
        for above, row in pairwise(block):
            first_word = row.text if " " not in row.text else row.text[: row.text.index(" ")]
            one = (row.right - row.left) / max(columns(row.text), 1)
            word = one * (2 if columns(first_word[:1]) == 2 else columns(first_word) + 1)
            ended = edge - above.right > word + one
            centred = abs(row.left + row.right - above.left - above.right) < row.height
            indented = row.left > above.left + 0.8 * row.height and not centred and not is_item(above.text)
            if ended or indented or is_item(row.text):
                yield group
                group = []
            group.append(row)
        yield group


def _over_columns(groups: Iterable[list[Row]]) -> Iterator[list[Row]]:
    """Paragraphs, one that breaks off at the foot of a column put together with its rest at the top of the next."""
    waiting: list[Row] = []
    for group in groups:
        jump = bool(waiting) and group[0].bottom > waiting[-1].top and group[0].left > waiting[-1].right
        alike = jump and abs(group[0].height - waiting[-1].height) < 0.1 * group[0].height
        if alike and not _SENTENCE_END.search(waiting[-1].text) and _CONTINUES.match(group[0].text):
            waiting += group
            continue
        if waiting:
            yield waiting
        waiting = list(group)
    if waiting:
        yield waiting


def _visual_blocks(rows: Sequence[Row], leading: float) -> Iterator[list[Row]]:
    """Rows without a larger gap, a change of size or weight, or a jump to another column between them."""
    block: list[Row] = []
    for row in rows:
        if block:
            above = block[-1]
            gap = above.bottom - row.bottom
            apart = gap > max(1.3 * min(leading, 1.6 * row.height), 1.3 * row.height)
            other = abs(above.height - row.height) > 0.1 * row.height or above.bold != row.bold
            if gap <= 0 or apart or other or row.left > above.right:
                yield block
                block = []
        block.append(row)
    if block:
        yield block


def _line(
    group: Sequence[Row], body: float, sizes: Sequence[float], outline: Mapping[str, int], compounds: frozenset[str]
) -> Line:
    text = join_lines((row.text for row in group), compounds)
    short = columns(text) <= _HEADING_COLUMNS and len(group) <= 3
    height = max(row.height for row in group)
    if is_caption(text):
        return Line("caption", text)
    if short and _key(text) in outline:
        return Line("heading", text, 1 + outline[_key(text)])
    if short and not outline and any(character.isalpha() for character in text):
        if height >= body * _LARGER:
            return Line("heading", text, 1 + next(n for n, size in enumerate(sizes) if height >= size * 0.9))
        style = heading_style(text)
        named = all(row.bold for row in group) and not re.search(r"[.。;；,，:：-]$", text) and not is_item(text)
        if (
            len(group) == 1
            and height >= 0.95 * body
            and (named or (style and style not in ("number", "han in brackets")))
        ):
            return Line(
                "heading", text, len(sizes) + 2 + (text.split()[0].count(".") if style.startswith("dotted") else 0)
            )
    elif short and height >= body * 1.4 and any(character.isalpha() for character in text):
        return Line("heading", text, 1)
    return Line("item", without_bullet(text)) if is_item(text) else Line("paragraph", text)


# --- Tables -----------------------------------------------------------------------------------------------------------


def _table_end(rows: Sequence[Row], start: int) -> int:
    """The end of the table that starts at a row; ``start`` itself where none does."""
    if len(rows[start].cells) < 2:
        return start
    end = start + 1
    while end < len(rows) and rows[end].bottom < rows[end - 1].bottom:
        lone = len(rows[end].cells) < 2
        more = end + 1 < len(rows) and len(rows[end + 1].cells) >= 2 and rows[end + 1].bottom < rows[end].bottom
        if lone and not (more and _in_first_column(rows[end], rows[start:end])):
            break
        end += 1
    run = [row for row in rows[start:end] if len(row.cells) >= 2]
    return end if len(run) >= 2 and _aligned(run) else start


def _in_first_column(row: Row, above: Sequence[Row]) -> bool:
    seconds = [other.cells[1].left for other in above if len(other.cells) > 1]
    return row.right <= min(seconds)


def _aligned(rows: Sequence[Row]) -> bool:
    """Whether most cells of most rows start, end or centre where a cell of another row does, in two columns or more."""
    places = _column_spans(rows)
    full = sum(len({_column(cell, places) for cell in row.cells}) == len(row.cells) for row in rows)
    return len(places) >= 2 and full >= 0.7 * len(rows)


def _column_spans(rows: Sequence[Row]) -> list[tuple[float, float]]:
    """Left and right of the columns: where the cells of the rows with most cells overlap."""
    rows = [row for row in rows if len(row.cells) >= 2]
    counts = Counter(len(row.cells) for row in rows)
    most = max((count for count in counts if counts[count] >= 2), default=max(counts))
    spans: list[tuple[float, float]] = []
    for left, right in sorted((cell.left, cell.right) for row in rows if len(row.cells) == most for cell in row.cells):
        if spans and left < spans[-1][1]:
            spans[-1] = (spans[-1][0], max(spans[-1][1], right))
        else:
            spans.append((left, right))
    return spans


def _column(cell: Cell, spans: Sequence[tuple[float, float]]) -> int:
    """The column a cell overlaps most, or else is nearest to."""
    return max(range(len(spans)), key=lambda n: (min(cell.right, spans[n][1]) - max(cell.left, spans[n][0]), -n))


def _figures_start(rows: Sequence[Row], spans: Sequence[tuple[float, float]]) -> float:
    """The left edge of the first column that holds figures for the most part; infinity where none does."""
    for place, (left, _) in enumerate(spans):
        texts = [text for row in rows if (text := _spread(row, spans)[place])]
        if place and texts and sum(bool(_FIGURE.fullmatch(text)) for text in texts) > len(texts) / 2:
            return left
    return float("inf")


def _stands_over(row: Row, first: Row, figures: float, right: float) -> bool:
    """Whether a row above a table belongs to its head: near, and over its figures."""
    near = 0 < row.bottom - first.bottom < 5 * first.height
    return near and row.left > figures - 3 * row.height and row.right < right + row.height


def _table(heads: Sequence[Row], rows: Sequence[Row], spans: Sequence[tuple[float, float]]) -> Iterator[Line]:
    """The head row, put together from all rows of the head, and the rows below it."""
    grid = [_spread(row, spans) for row in rows]
    inner = next((n for n, texts in enumerate(grid) if texts[0]), 0)
    if inner == 0 and not heads and is_head(grid[0]):
        inner = 1
    over = [_spread(row, spans, wide=True) for row in _stacked(heads)]
    if over or inner:
        yield Line("header", " | ".join(merge_heads([*over, *grid[:inner]])))
    for texts in grid[inner:]:
        yield Line("row", " | ".join(texts))


def _stacked(heads: Sequence[Row]) -> list[Row]:
    """Head rows from the top, the lines of a wrapped head cell put together: they share an edge or the middle."""
    stacked: list[Row] = []
    for row in sorted(heads, key=lambda row: -row.bottom):
        above = next((n for n, other in enumerate(stacked) if _is_wrap(other, row)), None)
        if above is None:
            stacked.append(row)
        else:
            first = stacked[above]
            cell = Cell(join_lines([first.text, row.text]), min(first.left, row.left), max(first.right, row.right))
            stacked[above] = replace(first, cells=(cell,), bottom=row.bottom)
    return stacked


def _is_wrap(above: Row, below: Row) -> bool:
    lone = len(above.cells) == len(below.cells) == 1 and below.bottom < above.bottom
    shifts = (above.left - below.left, above.right - below.right, above.left + above.right - below.left - below.right)
    return lone and min(map(abs, shifts)) < 0.4 * below.height


def _spread(row: Row, spans: Sequence[tuple[float, float]], *, wide: bool = False) -> list[str]:
    """The row's words column by column; a ``wide`` row's cells stand in every column they reach over."""
    texts = [""] * len(spans)
    for cell in row.cells:
        over = [n for n in range(1, len(spans)) if wide and _reaches(cell, spans, n)]
        for place in over or [_column(cell, spans)]:
            texts[place] = f"{texts[place]} {cell.text}".strip()
    return texts


def _reaches(cell: Cell, spans: Sequence[tuple[float, float]], place: int) -> bool:
    """Whether a fair part of a head cell stands over a column and its half of the gaps beside it."""
    left = (spans[place - 1][1] + spans[place][0]) / 2
    right = (spans[place][1] + spans[place + 1][0]) / 2 if place + 1 < len(spans) else spans[place][1]
    return min(cell.right, right) - max(cell.left, left) > 0.2 * (cell.right - cell.left)
