"""Read the tables of a passage: rows × columns with stacked heads, sub-heads, periods, units and scales.

A table is lines of cells between bars, "| a | b |" or "a | b". Its head rows stand on top (or in ``passage.header``),
and may come again further down, over other columns.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from decimal import Decimal

from agent.operands.figures import (
    MONEY_UNITS,
    Figure,
    Measure,
    Number,
    read_cell,
    read_measure,
    stated_measure,
)
from agent.operands.kinds import Kind, kind_of
from agent.operands.periods import NO_PERIOD, Period, find_periods, label_period, without_periods
from corpus.document import Passage

_RULE = re.compile(r"[\s|:-]+")
_TOTAL = re.compile(r"^\W*(?:(?:sub|grand )?totals?\b|.*\btotals?$)|合\s?计|总\s?计|小\s?计|総計|^total", re.IGNORECASE)
_FOOTNOTE = re.compile(r"(?<=[\w.)])\s*(?:\((?:[0-9]{1,2}|[a-z])\))+(?=\s|$|:)|\s*[*†‡]+$")
_TIME_WORDS = re.compile(
    r"(?:for|the|as|of|at|and|fiscal|financial|years?|months?|quarters?|periods?|weeks?|three|six|nine|twelve|[0-9]+"
    r"|ended|ending|unaudited|audited|restated|see|note|jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?"
    r"|aug(?:ust)?|sept?(?:ember)?|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?|[\s,.:()\u2019'-])*",
    re.IGNORECASE,
)
_MEASURE_WORDS = re.compile(
    r"(?:(?:in|of|us|u\.s|rmb|cny|usd|eur|gbp|jpy|nt|hk|dollars?|euros?|thousands?|millions?|billions?|000s?|m|bn|k|amounts?"
    r"|expressed|except|per|share|shares|data|and|for|单位|人民币|美元|百万|元|千|万|亿)(?![a-z])|[\s\W])*",
    re.IGNORECASE,
)
_NO_SOURCE = re.compile(
    r"^(?:source|year|date|confidence|notes?|ref\.?|来源|年份|日期|可信度|附注|出典|年)$", re.IGNORECASE
)
_ENDED = re.compile(r"\bended|\bas (?:of|at)\b", re.IGNORECASE)
_MEASURED = re.compile(r"[(（%％]|in (?:thousands|millions|years)")
_NIL_MEASURE = Measure()


@dataclass(frozen=True, slots=True)
class _Cell:
    start: int
    end: int
    text: str


@dataclass(slots=True)
class _Block:
    """Rows under one head; filled row by row."""

    heads: list[list[_Cell]] = field(default_factory=list)
    rows: list[tuple[int, list[_Cell], tuple[str, ...]]] = field(default_factory=list)
    titles: list[str] = field(default_factory=list)


def is_table(passage: Passage) -> bool:
    """Whether the passage holds rows of a table."""
    return any(" | " in line or line.startswith("|") for line in passage.text.split("\n"))


def read_tables(passage: Passage, table: int, around: Measure = _NIL_MEASURE) -> list[Figure]:
    """Every figure of the passage's tables.

    Args:
        table: Number for the first table; a later one on the page (under a new head) takes the next.
        around: What the text beside the table says that its amounts are in ("amounts in thousands").
    """
    lines = [cells for cells in _lines(passage.text) if not _RULE.fullmatch("|".join(cell.text for cell in cells))]
    head = _cells(passage.header, 0) if passage.header else []
    outer = stated_measure(" ".join((*passage.section[-1:], passage.header))).over(around)
    figures: list[Figure] = []
    for offset, block in enumerate(_blocks(lines, head)):
        figures += _figures(passage, block, table + offset, outer)
    return figures


# --- Lines and blocks -------------------------------------------------------------------------------------------------


def _lines(text: str) -> Iterator[list[_Cell]]:
    at = 0
    for line in text.split("\n"):
        if "|" in line:
            yield _cells(line, at)
        at += len(line) + 1


def _cells(line: str, at: int) -> list[_Cell]:
    """The cells of a line, trimmed, with their places in the passage; outer bars are no cells."""
    framed = line.startswith("|") and line.rstrip().endswith("|")
    start = 1 if framed else 0
    stop = len(line.rstrip()) - 1 if framed else len(line)
    cells = []
    for piece in line[start:stop].split("|"):
        lead = len(piece) - len(piece.lstrip())
        cells.append(_Cell(at + start + lead, at + start + lead + len(piece.strip()), piece.strip()))
        start += len(piece) + 1
    return cells


def _blocks(lines: Sequence[list[_Cell]], head: list[_Cell]) -> list[_Block]:
    """The rows, cut where a new head begins; each row with the sub-heads above it."""
    block = _Block(heads=[head] if head else [])
    blocks = [block]
    groups: list[str] = []
    grouped = False  # whether the line above is a sub-head, too
    for number, cells in enumerate(lines):
        filled = [place for place, cell in enumerate(cells) if cell.text]
        if _is_head(cells, filled, begun=bool(block.rows), headed=bool(block.heads)):
            if block.rows:
                block = _Block(titles=groups[-1:] if grouped else [])
                blocks.append(block)
                groups = []
            block.heads.append(cells)
            grouped = False
        elif len(filled) == 1 and _number(cells[filled[0]].text) is None:
            text = cells[filled[0]].text
            if not block.rows and not block.heads:
                block.titles.append(text)
            else:
                groups = _nest(groups, text, grouped)
            grouped = True
        elif filled:
            block.rows.append((number, cells, tuple(groups)))
            grouped = False
    return blocks


def _nest(groups: Sequence[str], text: str, grouped: bool) -> list[str]:
    """The sub-heads once one more is read: one straight below another stands within it; so does one within a period."""
    if grouped and groups:
        return [*groups[-2:], text]
    dated = [group for group in groups if label_period(group) != NO_PERIOD]
    return [*dated[-1:], text] if label_period(text) == NO_PERIOD else [text]


def _is_head(cells: Sequence[_Cell], filled: Sequence[int], *, begun: bool, headed: bool) -> bool:
    later = [cells[place].text for place in filled if place]
    if not later or any(_is_figure(text) for text in later):
        return False
    times = any(map(_is_time, later))
    first = cells[0].text
    if begun:
        return (times and _head_like(first)) or (not first and len(later) > 1)
    named = headed and first and not _head_like(first) and len(later) < len(cells) - 1
    return times or not named


def _head_like(text: str) -> bool:
    """Whether the first cell of a row is a unit, a period or empty, and names no row."""
    return not text or read_measure(text) != _NIL_MEASURE or _is_time(text) or bool(_ENDED.search(text))


def _is_figure(text: str) -> bool:
    """Whether a cell holds a value; "2019" and "1-3 years" may head a column."""
    number = _number(text)
    return number is not None and number.measure.unit not in ("years", "months", "days") and not _is_time(text)


def _is_time(text: str) -> bool:
    found = find_periods(text)
    return bool(found) and sum(one.end - one.start for one in found) >= len(text) / 3


def _number(text: str) -> Number | None:
    return read_cell(text) if text else None


# --- Columns ----------------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class _Column:
    """What the heads say of one column."""

    words: str
    period: Period
    measure: Measure
    bare: bool  # nothing to count in it: sources, dates, notes


def _columns(block: _Block) -> list[_Column]:
    width = max((len(cells) for cells in (*block.heads, *(cells for _, cells, _ in block.rows))), default=0)
    stacks: list[list[str]] = [[] for _ in range(width)]
    for row in block.heads:
        for place, text in enumerate(_spread([cell.text for cell in row], width)):
            if text and text not in stacks[place]:
                stacks[place].append(text)
    columns = [_column(stack) for stack in stacks]
    if len({column.measure.unit for column in columns} & MONEY_UNITS) > 1:  # NT$ beside US$
        columns = [replace(one, words=f"{one.words} {one.measure.unit or ''}".strip()) for one in columns]
    return columns


def _spread(texts: Sequence[str], width: int) -> list[str]:
    """A head row's texts over the columns that each stands over.

    One text over several columns is for all of them; several that divide the columns evenly are for so many each;
    otherwise each goes on until the next, but for a period, which then is its own column's alone.
    """
    spread = [*texts, *[""] * width][:width]
    filled = [place for place in range(1, width) if spread[place]]
    count = width - 1
    if len(filled) in (0, count):
        return spread
    if count % len(filled) == 0:
        each = count // len(filled)
        return [spread[0], *(spread[filled[n // each]] for n in range(count))]
    for place in range(filled[0] + 1, width):
        if not spread[place] and not _is_time(spread[place - 1]):
            spread[place] = spread[place - 1]
    return spread


def _column(stack: Sequence[str]) -> _Column:
    text = " ".join(stack)
    measure = _NIL_MEASURE
    for part in reversed(stack):
        measure = measure.over(read_measure(part))
    period = label_period(text)
    if period == NO_PERIOD:
        period = next((found for part in reversed(stack) if (found := label_period(part)) != NO_PERIOD), period)
        if len({one.period.year for one in find_periods(text)}) > 1:  # "2019 versus 2018" is about two
            period = NO_PERIOD
    words = " ".join(word for part in stack if (word := _column_words(part)))
    return _Column(words, period, measure, bool(_NO_SOURCE.match(stack[-1])) if stack else False)


def _column_words(part: str) -> str:
    if len({one.period.year for one in find_periods(part)}) > 1:
        return part
    rest = without_periods(part)
    return "" if _TIME_WORDS.fullmatch(rest) or _MEASURE_WORDS.fullmatch(rest) else rest


# --- Figures ----------------------------------------------------------------------------------------------------------


def _figures(passage: Passage, block: _Block, table: int, outer: Measure) -> Iterator[Figure]:
    columns = _columns(block)
    corner = columns[0] if columns else _Column("", NO_PERIOD, _NIL_MEASURE, False)
    titles = " ".join(block.titles)
    title_period = label_period(titles).within(corner.period) if titles else corner.period
    title_period = title_period.within(_only_year(passage.section))
    page = stated_measure(titles).over(read_measure(titles)) if titles else _NIL_MEASURE
    page = corner.measure.over(page).over(outer)
    for number, cells, groups in block.rows:
        plain = _FOOTNOTE.sub("", cells[0].text).strip(" .")
        label = plain or " ".join(("Total", *groups[-1:]))  # an unnamed row adds up those above it
        heads = tuple(_FOOTNOTE.sub("", group).rstrip(":： ") for group in groups)
        row_period = _row_period(cells[0].text, groups).within(title_period)
        numbers = [(place, cell, _number(cell.text)) for place, cell in enumerate(cells) if place]
        row_measure = _row_measure(label, [one for _, _, one in numbers if one])
        row_kind = _row_kind(label, groups)
        for place, cell, found in numbers:
            column = columns[place] if place < len(columns) else corner
            if found is None or column.bare:
                continue
            kind, measure = _measure(row_kind, found.measure.over(row_measure), column, page)
            start, end = cell.start + found.start, cell.start + found.end
            yield Figure(
                passage.id, start, end, passage.text[start:end], found.value, found.high, found.exact, found.shown,
                measure.unit or "", measure.scale or Decimal(1), "cell", label, heads, column.words,
                row_period if column.period == NO_PERIOD else column.period.within(row_period),
                table, number, place, not plain or bool(_TOTAL.search(label)), kind,
            )  # fmt: skip


def _row_kind(label: str, groups: Sequence[str]) -> Kind:
    """The kind of a row; a short label has its sub-head's: "Basic" under "Earnings per share"."""
    kind = kind_of(label)
    if kind == "amount" and groups and len(label.split()) <= 2:
        whole = kind_of(f"{groups[-1].rstrip(':： ')} {label}"), kind_of(groups[-1].rstrip(":： "))
        return next((one for one in whole if one in ("per thing", "count")), kind)
    return kind


def _measure(kind: Kind, own: Measure, column: _Column, page: Measure) -> tuple[Kind, Measure]:
    """What a cell is in, and its kind.

    What the cell and its row say themselves holds. The money of the heads, and a scale said of money, hold for amounts.
    """
    outer = column.measure.over(page)
    money = outer.unit in MONEY_UNITS
    if kind == "amount" and column.words:
        kind = kind_of(column.words)
        own = own.over(read_measure(column.words)) if kind != "amount" else own
    elif column.measure.unit not in (None, *MONEY_UNITS):
        own = own.over(column.measure)
    if own.unit in MONEY_UNITS:
        kind = "per thing" if kind in ("rate", "per thing") else "amount" if kind != "unclear" else kind
    if kind == "unclear" and not money:
        kind = "amount"
    if kind in ("amount", "unclear"):
        return kind, own.over(outer)
    if kind == "per thing":
        return kind, Measure(outer.unit if own.unit is None else own.unit, own.scale or Decimal(1))
    unit = own.unit if own.unit is not None or money else outer.unit
    scale = None if kind != "count" or money else outer.scale
    return kind, Measure(unit or "", own.scale or scale or Decimal(1))


def _only_year(section: Sequence[str]) -> Period:
    """The year that a table's section is about, where it names one alone."""
    years = {one.period.year for heading in section for one in find_periods(heading) if one.period.year}
    return Period(years.pop()) if len(years) == 1 else NO_PERIOD


def _row_period(label: str, groups: Sequence[str]) -> Period:
    """The period a row stands for: a row of a year or quarter, or one under "2019:"; a name with a year has none."""
    own = label_period(label)
    words = without_periods(label)
    if own != NO_PERIOD and not own.relative and len(words) > 24:
        own = NO_PERIOD
    for group in reversed(groups):
        if (period := label_period(group)) != NO_PERIOD and (_is_time(group) or len(without_periods(group)) < 24):
            own = own.within(period)
    return own


def _row_measure(label: str, numbers: Sequence[Number]) -> Measure:
    """What a row's own words, or the per cent sign of its first figure, say that its figures are in."""
    measure = read_measure(label) if _MEASURED.search(label) else _NIL_MEASURE
    if measure.unit is None and numbers and numbers[0].measure.unit == "%":
        return replace(measure, unit="%")
    return measure
