"""Read a question against tables of things and measures: one row a thing, one column a measure, no periods.

A side of the question ("the price of the 1.6T EML module") is taken apart into names: terms of the field, known by the
lexicon in any language, and other words. A table answers only where its labels, its heads and what stands above it
account for every name; so a thing that the table does not know settles nothing, whatever the rest of the words.
"""

import re
import unicodedata
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property, lru_cache

from agent.calculator.formula import MONEY
from agent.operands.figures import MONEY_UNITS, Figure
from agent.operands.intents import Intent
from agent.operands.matching import Ledger
from agent.operands.ratios import head_names
from agent.operands.words import Words, words_of
from corpus.document import Passage
from corpus.lexicon import load_lexicon

_MOST_NAMED = 8
_LONGEST_RUN = 80
_AND = re.compile(r"\s+(?:and|as well as|plus|&)\s+|\s*[,，、]\s*(?:and\s+)?|[和与及]|以及|と")
_HAN = re.compile(r"[\u3400-\u9fff\u30a0-\u30ff]+")
_PARTICLES = re.compile(
    "[的与和跟中里在是为于对比之了其这那个款种每有并把もの]|[一二三四五六七八九十两几][种个款项家]|相比|之间|之中|分别|两者|平均|大约|以及|请问"
)
_BRACKETS = re.compile(r"[(（]([^()（）]*)[)）]")
_ABBREVIATION = re.compile(r"[A-Z][A-Za-z0-9-]*")
_UNIT_PART = re.compile(r"\s+in\s+\S+$|[(（][^()（）]*[)）]$")
_OF_CHANGE = re.compile(
    r"\b(?:change|growth|increase|decrease|share|saving|margin)|变化|变动|增长|增减|占比|份额|同比|节省", re.IGNORECASE
)
_KINDS = (
    "module モジュール 模块", "material 材料", "part 部件 零件 部品", "product 产品 製品", "component 组件 元件",
    "architecture 架构 アーキテクチャ", "interface 接口", "device 器件", "design 设计 方案", "type 类型 种类",
    "supplier 供应商",
)  # fmt: skip
_KIND_OF = {
    (word if _HAN.fullmatch(word) else next(iter(words_of(word)))): kind
    for kind, row in enumerate(_KINDS)
    for word in row.split()
}
_GENERIC = words_of(
    "that same other list given accord report note cited typical shown show require need draw consume use take cost lie"
    " using used vs than whole stated one ones kind item table comparison schematic option version variant unit"
    " expensive cheap two three four five six seven eight"
)
_GENERIC_HAN = frozenset("项目 表 表格 对比 比较 示意图 图 型号 版本 数值 大小".split())
_GENERIC_TERMS = frozenset(("GL227",))  # optical module


@dataclass(frozen=True, slots=True)
class _Form:
    """One way to write a name: its Latin words, and its Han or kana characters in order."""

    latin: Words
    han: str

    def __bool__(self) -> bool:
        return bool(self.latin or self.han)


@dataclass(frozen=True, slots=True)
class _Name:
    """One thing that a question names: a term of the lexicon, or a word; ``generic`` if it tells nothing apart."""

    form: _Form
    term: str = ""
    generic: bool = False


@dataclass(frozen=True, slots=True)
class _Label:
    """The words of a table's row, head or surroundings: Han runs are parted by bars, terms are by their ids."""

    latin: Words
    han: str
    terms: Mapping[str, _Form]

    def said(self, name: _Name) -> _Form | None:
        """The words here that say a name; a term is never said by a part of another: silicon carbide is no silicon."""
        if name.term:
            return self.terms.get(name.term)
        return name.form if name.form.latin <= self.latin and name.form.han in self.han else None


@dataclass(frozen=True, slots=True)
class _Side:
    """What one side of a question names in a table: a row, a column, both, or neither."""

    row: int | None
    column: int | None


@dataclass(frozen=True, slots=True)
class Reading:
    """The cells of one table that a question's intent is about, in the question's order.

    ``of_kind`` says whether the table is about the kind of things that the question names: parts, materials …
    """

    figures: tuple[Figure, ...]
    of_kind: bool = False


class Grid:
    """One table without periods."""

    def __init__(self, figures: Sequence[Figure], passage: Passage) -> None:
        self.cells: Mapping[tuple[int, int], Figure] = {(one.row, one.column): one for one in figures}
        self.row_words = {one.row: one.label for one in figures}
        self.column_words = {one.column: one.head for one in figures}
        self.labels = {one.row: _label(" ".join((*one.groups, one.label))) for one in figures}
        self.aliases = {row: _aliases(words) for row, words in self.row_words.items()}
        self.heads = {column: _label(words) for column, words in self.column_words.items()}
        self.of_change = {column for column, words in self.column_words.items() if _OF_CHANGE.search(words)}
        self.units: dict[int, set[str]] = defaultdict(set)
        for one in figures:
            self.units[one.column].add(one.unit)
        self.totals = {one.row for one in figures if one.total}
        head = passage.header or passage.text.partition("\n")[0]
        self.corner = _label(head.strip("| ").partition("|")[0])
        self.around = _label(" | ".join(passage.section))

    @cached_property
    def texts(self) -> tuple[_Label, ...]:
        """All that names may stand in."""
        return (*self.labels.values(), *self.heads.values(), self.corner, self.around)

    @cached_property
    def kinds(self) -> frozenset[int]:
        """The kinds of things that stand in the rows."""
        words = (*self.corner.latin, *(word for word in _KIND_OF if _HAN.match(word) and word in self.corner.han))
        return frozenset(_KIND_OF[word] for word in words if word in _KIND_OF)

    @cached_property
    def runs(self) -> frozenset[str]:
        """Whole runs of Han, which may be of one character."""
        return frozenset(run for text in self.texts for run in text.han.split("|"))

    def names(self, text: str) -> list[_Name] | None:
        """The names of a question's words; None where some Han characters stand nowhere in the table."""
        plain = unicodedata.normalize("NFKC", text).casefold()
        names: list[_Name] = []
        rest, at = [], 0
        for mention in load_lexicon().find(unicodedata.normalize("NFKC", text)):
            surface = plain[mention.start : mention.end]
            names.append(_Name(_form(surface), mention.term.id, generic=mention.term.id in _GENERIC_TERMS))
            rest += [plain[at : mention.start], " "]
            at = mention.end
        left = "".join((*rest, plain[at:]))
        words = sorted(words_of(_HAN.sub(" ", left)))
        names += [_Name(_Form(frozenset((word,)), ""), generic=word in _GENERIC or word in _KIND_OF) for word in words]
        for run in _HAN.findall(left):
            pieces = self._pieces(run)
            if pieces is None:
                return None
            names += [
                _Name(_Form(frozenset(), piece), generic=piece in _GENERIC_HAN or piece in _KIND_OF) for piece in pieces
            ]
        return names

    def _pieces(self, run: str) -> tuple[str, ...] | None:
        """A run of Han cut into what stands in the table or names a kind of thing; particles are left out."""
        if len(run) > _LONGEST_RUN:
            return None
        best: list[tuple[str, ...] | None] = [*[None] * len(run), ()]
        for start in reversed(range(len(run))):
            for end in range(len(run), start, -1):
                tail, piece = best[end], run[start:end]
                if tail is None:
                    continue
                if (
                    piece in _GENERIC_HAN
                    or piece in _KIND_OF
                    or piece in self.runs
                    or (end - start > 1 and self._has(piece))
                ):
                    best[start] = (piece, *tail)
                    break
                if _PARTICLES.fullmatch(piece):
                    best[start] = tail
                    break
        return best[0]

    def _has(self, piece: str) -> bool:
        return any(piece in text.han for text in self.texts)

    def side(self, text: str, unit: str) -> _Side | None:
        """What a side of a question names, or None where a name is not accounted for."""
        names = self.names(text)
        if names is None:
            return None
        row = self._row(names)
        if row == _LOST:
            return None
        left = [one for one in names if row is None or not self.labels[row].said(one)]
        column = self._column(left, unit)
        if column == _LOST:
            return None
        return _Side(row, column) if all(self._is_accounted(one, column) for one in left) else None

    def _row(self, names: Sequence[_Name]) -> int | None:
        """The row that is named, None for none; _LOST where it may be several."""
        fits: dict[int, int] = {}
        for row, aliases in self.aliases.items():
            said = [form for one in names if (form := self.labels[row].said(one))]
            latin = frozenset(word for form in said for word in form.latin)
            han = {character for form in said for character in form.han}
            if any(one.latin <= latin and han.issuperset(one.han) for one in aliases):
                fits[row] = sum(len(form.latin) + len(form.han) for form in said)
        if not fits:  # a part of a label, where no other has it
            telling = [one for one in names if not one.generic and not self._is_beside(one)]
            for row, label in self.labels.items():
                if telling and all(label.said(one) for one in telling) and not self._is_class(row, telling):
                    fits[row] = 1
            if not fits and telling:
                return _LOST
        most = max(fits.values(), default=0)
        best = [row for row, fit in fits.items() if fit == most]
        return _LOST if len(best) > 1 else next(iter(best), None)

    def _is_class(self, row: int, names: Sequence[_Name]) -> bool:
        """Whether names are but the noun a label ends in, which other things bear, too: the connector of an MPO one."""
        label = self.row_words[row]
        said = [form for one in names if (form := self.labels[row].said(one))]
        last = next(reversed(re.findall(r"[\w.-]+", label)), "")
        latin = frozenset(word for form in said for word in form.latin)
        han = "".join(form.han for form in said)
        if han:
            return bool(not latin and _label(label).han.endswith(han))
        return last.isalpha() and last.islower() and latin <= words_of(last)

    def _is_beside(self, name: _Name) -> bool:
        return any(text.said(name) for text in (*self.heads.values(), self.corner, self.around))

    def _column(self, names: Sequence[_Name], unit: str) -> int | None:
        counts = {column: sum(bool(head.said(one)) for one in names) for column, head in self.heads.items()}
        most = max(counts.values())
        best = [column for column, count in counts.items() if most and count == most]
        measured = [column for column in self.heads if unit and self._is_in(column, unit)]
        if not best:
            return measured[0] if len(measured) == 1 else None
        best = [column for column in best if not unit or column in measured]
        if len(best) != 1 or (best[0] in self.of_change and not any(self._asks_change(one) for one in names)):
            return _LOST
        return best[0]

    def _is_in(self, column: int, unit: str) -> bool:
        units = self.units[column]
        return units <= MONEY_UNITS if unit == MONEY else units == {unit}

    @staticmethod
    def _asks_change(name: _Name) -> bool:
        return bool(_OF_CHANGE.search(f"{' '.join(sorted(name.form.latin))} {name.form.han}"))

    def _is_accounted(self, name: _Name, column: int | None) -> bool:
        """Whether a name is of the column, the kind of things or the table's place; not of another column."""
        if column is not None and self.heads[column].said(name):
            return True
        if self.corner.said(name) or name.generic:
            return True
        others = [head for place, head in self.heads.items() if place != column]
        return bool(self.around.said(name)) and not any(head.said(name) for head in others)

    # --- What a question asks -----------------------------------------------------------------------------------------

    def read_pair(self, a: str, b: str, unit: str) -> Reading | None:
        """Two cells: each side takes from the other what it does not name itself."""
        first, second = self.side(a, unit), self.side(b, unit)
        if first is None or second is None:
            return None
        columns = (first.column, second.column)
        rows = (first.row, second.row)
        places = [
            (rows[n] if rows[n] is not None else rows[1 - n], columns[n] if columns[n] is not None else columns[1 - n])
            for n in (0, 1)
        ]
        return self._cells(places) if places[0] != places[1] else None

    def read_list(self, text: str, unit: str) -> Reading | None:
        """A cell for each thing that a text lists, all in one column."""
        parts = [part for part in _AND.split(text) if words_of(part)]
        sides = [self.side(part, unit) for part in parts]
        if not 2 <= len(parts) <= _MOST_NAMED or any(one is None or one.row is None for one in sides):
            return None
        found = {one.column for one in sides if one and one.column is not None}
        rows = [one.row for one in sides if one]
        if len(found) != 1 or len(set(rows)) < len(rows):
            return None
        column = found.pop()
        return self._cells([(row, column) for row in rows])

    def read_all(self, text: str, unit: str, *, every: bool) -> Reading | None:
        """A column's cells, where no row is named but, unless ``every`` one is asked for, the kind of things."""
        side = self.side(text, unit)
        names = self.names(text) or []
        if side is None or side.row is not None or side.column is None:
            return None
        of_kind = any(self.corner.said(one) for one in names) or bool(self.kinds & _kinds_of(names))
        if not every and not of_kind:
            return None
        rows = sorted(row for row, column in self.cells if column == side.column and row not in self.totals)
        reading = self._cells([(row, side.column) for row in rows])
        return replace(reading, of_kind=of_kind) if reading and len(rows) > 1 else None

    def read_ratio(self, text: str, terms: Sequence[str]) -> Reading | None:
        """The cells of one row that a named ratio's terms head: price and bill of materials."""
        names = self.names(text)
        row = self._row(names) if names else _LOST
        if row is None or row == _LOST or not names:
            return None
        if not all(self.labels[row].said(one) or self._is_accounted(one, None) for one in names):
            return None
        columns: list[int] = []
        for term in terms:
            wanted = [_form(name) for name in head_names().get(term, ())]
            bare = {column: _form(_UNIT_PART.sub("", words)) for column, words in self.column_words.items()}
            found = [column for column, head in bare.items() if head in wanted]
            if len(found) != 1:
                return None
            columns += found
        return self._cells([(row, column) for column in columns])

    def _cells(self, places: Sequence[tuple[int | None, int | None]]) -> Reading | None:
        found = [self.cells.get((row, column)) for row, column in places if row is not None and column is not None]
        figures = tuple(one for one in found if one is not None)
        return Reading(figures) if len(figures) == len(places) else None


_LOST = -1
"""A row or a column that cannot be told."""


def read_grids(ledger: Ledger, intent: Intent, unit: str) -> list[Reading]:
    """What each table without periods gives for an intent; readings of the same amounts once."""
    if any(term.periods for term in intent.terms):
        return []
    readings: dict[tuple[object, ...], Reading] = {}
    for grid in _grids(ledger):
        if reading := _read(grid, intent, unit):
            readings.setdefault(tuple((one.amount, one.high, one.unit) for one in reading.figures), reading)
    found = list(readings.values())
    return [one for one in found if one.of_kind] or found


def _read(grid: Grid, intent: Intent, unit: str) -> Reading | None:
    texts = [term.text for term in intent.terms]
    if intent.operation in ("difference", "times", "share"):
        return grid.read_pair(f"{intent.context} {texts[0]}", texts[1], unit)
    if intent.operation == "ratio":
        return grid.read_ratio(texts[0], intent.ratio.terms) if intent.ratio else None
    if intent.operation == "count":
        limit = intent.threshold
        return grid.read_all(texts[0], limit.unit, every=True) if limit and intent.every else None
    if intent.operation in ("sum", "average", "highest", "lowest"):
        every = intent.every or intent.operation in ("highest", "lowest")
        text = " and ".join(texts)
        return grid.read_list(text, unit) or grid.read_all(text, unit, every=every)
    return None


def _grids(ledger: Ledger) -> Iterator[Grid]:
    tables: dict[tuple[str, int], list[Figure]] = {}
    for one in ledger.figures:
        if one.source == "cell":
            tables.setdefault((one.passage_id, one.table), []).append(one)
    for (passage, _), figures in tables.items():
        if len({one.period for one in figures}) == 1:
            yield Grid(figures, ledger.passage(passage))


def _kinds_of(names: Sequence[_Name]) -> frozenset[int]:
    words = (word for one in names for word in (*one.form.latin, one.form.han))
    return frozenset(_KIND_OF[word] for word in words if word in _KIND_OF)


# --- Words ------------------------------------------------------------------------------------------------------------


@lru_cache(maxsize=20_000)
def _form(text: str) -> _Form:
    plain = unicodedata.normalize("NFKC", text).casefold()
    return _Form(words_of(_HAN.sub(" ", plain)), "".join(_HAN.findall(plain)))


@lru_cache(maxsize=20_000)
def _label(text: str) -> _Label:
    plain = unicodedata.normalize("NFKC", text)
    terms: dict[str, _Form] = {}
    for found in load_lexicon().find(plain):
        surface = plain[found.start : found.end]
        for term, words in ((found.term.id, surface), *_heads_of(surface)):
            form = terms.get(term, _Form(frozenset(), ""))
            terms[term] = _Form(form.latin | _form(words).latin, form.han + _form(words).han)
    return _Label(words_of(_HAN.sub(" ", plain)), "|".join(_HAN.findall(plain.casefold())), terms)


def _heads_of(name: str) -> Iterator[tuple[str, str]]:
    """The terms that an English name ends in: a retimed pluggable is a pluggable."""
    for space in re.finditer(r"\s", name if name.isascii() else ""):
        tail = name[space.end() :]
        yield from ((one.term.id, tail) for one in load_lexicon().find(tail) if one.start == 0 and one.end == len(tail))


@lru_cache(maxsize=20_000)
def _aliases(label: str) -> tuple[_Form, ...]:
    """What a row may be called: its label, that without brackets or what follows a comma, its abbreviation."""
    plain = unicodedata.normalize("NFKC", label)
    bare = _BRACKETS.sub(" ", plain)
    short = (inner for inner in _BRACKETS.findall(plain) if _ABBREVIATION.fullmatch(inner))
    forms = dict.fromkeys(map(_form, (plain, bare, re.split(r"[,;]", bare)[0], *short)))
    return tuple(one for one in forms if one)
