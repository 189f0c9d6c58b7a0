"""Tables: a row told as a sentence, and the same sentence with the number of another row or column."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from corpus.document import Language, Passage
from evals.mutations.case import Edit, Statement, draw, pick

# Columns that say where a row comes from, not what it is about.
_APART = re.compile(r"source|year|confidence|来源|年份|可信度", re.I)
_UNIT = re.compile(r"^(?P<head>.+?)(?: in (?P<unit>US\$|W|pJ/bit|Tb/s|ppm/°C)|（(?P<zh>dB)）)$")


@dataclass(frozen=True, slots=True)
class Cell:
    """One cell of a row, told: ``head`` of ``label`` is ``value``."""

    head: str
    value: str


@dataclass(frozen=True, slots=True)
class Row:
    """A row of a table: what it is about, and its other cells; ``line`` is the row as it stands."""

    label: str
    cells: tuple[Cell, ...]
    line: str


def read_rows(passage: Passage) -> list[Row]:
    """The rows of a passage's table that have a cell for each head; none where it holds no table."""
    heads = [head.strip() for head in passage.header.split("|")]
    rows = []
    for line in passage.text.split("\n") if passage.header else ():
        cells = [cell.strip() for cell in line.split("|")]
        if len(cells) == len(heads) and all(cells):
            told = tuple(
                _cell(head, cell)
                for head, cell in zip(heads[1:], cells[1:], strict=True)
                if not _APART.search(head) and re.search(r"\w", cell)
            )
            rows.append(Row(cells[0], told, line.strip()))
    return rows


def _cell(head: str, cell: str) -> Cell:
    found = _UNIT.match(head)
    if not found or not re.match(r"[\d,.]+", cell):
        return Cell(head, cell)
    unit = found["unit"] or found["zh"]
    return Cell(found["head"], f"US${cell}" if unit == "US$" else f"{cell} {unit}")


def tell(row: Row, cell: Cell, language: Language) -> str:
    """A cell as a sentence."""
    head, how = cell.head, draw("tell", row.line, cell.head) % 3
    if head in ("美国", "中国", "国外（以美国为主）"):
        return f"就{row.label}而言，{head}的情况是：{cell.value}。"
    if language != "en":
        listed = re.match(r"(?:中国)?企业|厂商", head)
        label = f"{row.label}环节" if listed and how == 1 and "、" in cell.value else row.label
        return f"{label}的{head}为{cell.value}。" if how else f"表中，{row.label}的{head}是{cell.value}。"
    head = head if head[1:2].isupper() or head.startswith("Japan") else head[0].lower() + head[1:]
    if head.endswith(("companies", "suppliers")):
        return f"In the layer “{row.label}”, the {head} are {cell.value}."
    return [
        f"For {row.label}, the {head} is {cell.value}.",
        f"The {head} of {row.label} is {cell.value}.",
        f"The table gives {cell.value} as the {head} of {row.label}.",
    ][how]


def change_row(statement: Statement, row: Row, cell: Cell, rows: Sequence[Row]) -> Iterator[tuple[Edit, str]]:
    """The cell of another row in the same column, and that row's line: either line proves neither."""
    others = [
        (other, each)
        for other in rows
        for each in other.cells
        if each.head == cell.head and other.label != row.label and not _overlap(each.value, cell.value)
    ]
    if others:
        other, each = pick(others, "row", statement.id)
        text = tell(row, each, statement.language)
        line = pick([row.line, other.line], "line", statement.id)
        yield Edit(text, f"{cell.value} → {each.value}, of {other.label}"), line


def change_column(statement: Statement, row: Row, cell: Cell) -> Iterator[Edit]:
    """The value of another column of the same row."""
    others = [
        each
        for each in row.cells
        if each.head != cell.head
        and not _overlap(each.value, cell.value)
        and _figure(each.value) == _figure(cell.value)
        and each.head not in each.value  # it says itself what it is about, in any column
    ]
    if others:
        other = pick(others, "column", statement.id)
        yield Edit(
            tell(row, Cell(cell.head, other.value), statement.language), f"{cell.value} → {other.value}, {other.head}"
        )


def _overlap(one: str, other: str) -> bool:
    """Whether two cells share a value: what is said of one may be true of the other."""
    pieces = set(re.split(r"[、,，;；]\s*|\s+and\s+", one)) & set(re.split(r"[、,，;；]\s*|\s+and\s+", other))
    numbers = re.findall(r"\d+(?:\.\d+)?", one)
    return (
        bool(pieces) or one in other or other in one or bool(numbers and numbers == re.findall(r"\d+(?:\.\d+)?", other))
    )


def _figure(value: str) -> bool:
    return bool(re.match(r"(?:US\$)?\d", value))
