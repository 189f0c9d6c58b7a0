"""Find the figures that go by what a question asks about.

Figures are gathered into series: all that differ in their period alone. A term fits a series as far as the series'
words (row, sub-heads, column, and a little the text around) say what the term asks, less what they say beyond it.
"""

import re
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from copy import copy
from dataclasses import dataclass, field
from functools import cached_property, lru_cache

from agent.operands.figures import Figure, Measure, stated_measure
from agent.operands.periods import Period, without_periods
from agent.operands.sentences import read_sentences
from agent.operands.tables import is_table, read_tables
from agent.operands.words import Words, sequence_of, weigh, words_of
from corpus.document import Passage
from corpus.lexicon import TermKind, load_lexicon
from corpus.text import split_sentences, without_source_notes

GOOD = 0.67
"""The least fit of a series that is taken."""
MARGIN = 0.04
"""How much better than any other the best series must fit."""
_AROUND = 0.5  # what a word is worth that stands around the table and not in it
_AROUND_TOTAL = 0.8  # a total speaks for the whole table
_AROUND_HAN = 0.8  # names of companies, for the most part
_GROUP = 0.9
_TOTAL = frozenset({"total", "合计", "总计"})
_BEYOND_LABEL = 0.3
_BEYOND_HEAD = 0.15
_BEYOND_GROUP = 0.01
_AFTER = 0.4  # of that, for words after the last that fits: "net profit after tax"
_SENTENCE = 0.12  # tables are asked first
_NOUN = 6  # characters at the end of a Chinese clause that may name its number
_BRACKETS = re.compile(r"\([^()]*\)")
_HAN = re.compile(r"[\u30a0-\u30ff\u3400-\u9fff]+")


@dataclass(frozen=True)
class Series:
    """Figures that differ in their period alone, in the order of the page."""

    figures: tuple[Figure, ...]
    around: Words = field(repr=False)

    @property
    def first(self) -> Figure:
        """The figure whose words speak for all."""
        return self.figures[0]

    @cached_property
    def label(self) -> Words:
        """Words of the row."""
        return words_of(without_periods(self.first.label))

    @cached_property
    def head(self) -> Words:
        """Words of the column."""
        return words_of(self.first.head)

    @cached_property
    def groups(self) -> Words:
        """Words of the sub-heads."""
        return words_of(" ".join(map(without_periods, self.first.groups)))

    @cached_property
    def near(self) -> Words:
        """Words of the row, the column and the sub-heads."""
        return self.label | self.head | self.groups

    def at(self, period: Period) -> list[Figure]:
        """The figures of a period, the closest first: a year's own before its quarters'."""
        found = [one for one in self.figures if one.period.covers(period)]
        plain = [one for one in found if (one.period.quarter, one.period.half) == (period.quarter, period.half)]
        return plain or found


@dataclass(frozen=True, slots=True)
class Match:
    """A series and how well it fits a term, 1 at best."""

    series: Series
    fit: float


class Ledger:
    """All the figures of some passages."""

    def __init__(self, passages: Sequence[Passage]) -> None:
        texts: dict[str, list[str]] = defaultdict(list)
        for passage in passages:
            if not is_table(passage):
                texts[passage.document_id].append(passage.text)
        beside = {document: " ".join(parts) for document, parts in texts.items()}
        stated = {document: stated_measure(text) for document, text in beside.items()}
        figures: list[Figure] = []
        for number, passage in enumerate(passages):
            if is_table(passage):
                figures += read_tables(passage, number * 100, stated.get(passage.document_id, Measure()))
            else:
                figures += read_sentences(passage, number * 100)
        self.figures = tuple(figures)
        self._passages = {passage.id: passage for passage in passages}
        self._around = {one.id: _words_around(one, beside.get(one.document_id, "")) for one in passages}
        # Two rows of one name in one table are two things; rows named by their year or quarter are one.
        self._rows: dict[tuple[object, ...], dict[int, int]] = {}
        for one in self.figures:
            rows = self._rows.setdefault((one.passage_id, one.table, one.label, one.groups), {})
            rows.setdefault(one.row, len(rows))
        self.series = tuple(self._gather())
        self._dated = {(one.passage_id, one.table) for one in self.figures if one.period.year}

    def keep(self, wanted: Callable[[Figure], bool]) -> "Ledger":
        """The same passages with those figures alone that are wanted."""
        kept = copy(self)
        kept.figures = tuple(filter(wanted, self.figures))
        kept.series = tuple(kept._gather())
        return kept

    def passage(self, passage_id: str) -> Passage:
        """The passage of that id."""
        return self._passages[passage_id]

    def around(self, passage_id: str) -> Words:
        """Words beside a passage's table."""
        return self._around[passage_id]

    def is_dated(self, figure: Figure) -> bool:
        """Whether any figure of the same table says its year."""
        return (figure.passage_id, figure.table) in self._dated

    def _gather(self) -> Iterator[Series]:
        gathered: dict[tuple[object, ...], list[Figure]] = {}
        for figure in self.figures:
            gathered.setdefault(self._key(figure), []).append(figure)
        labels = frozenset(word for one in self.figures for word in words_of(one.label[-_NOUN:]) if _HAN.match(word))
        for figures in gathered.values():
            yield Series(tuple(figures), self._around[figures[0].passage_id] - labels)

    def _key(self, figure: Figure) -> tuple[object, ...]:
        document = self._passages[figure.passage_id].document_id
        if figure.source == "sentence":
            return (figure.passage_id, figure.row, bare_label(figure.label), figure.unit)
        label = bare_label(figure.label)
        groups = tuple(word for group in figure.groups if (word := without_periods(group)))
        rows = self._rows[figure.passage_id, figure.table, figure.label, figure.groups]
        place = rows[figure.row] if label else 0
        return (document, label, groups, figure.head, place)

    def match(self, term: str, among: Iterable[Series] | None = None) -> list[Match]:
        """The series that fit a term at all, best first; ties in the order of the page."""
        asked = _Asked(term)
        if not asked.size:
            return []
        matches = [Match(series, fit) for series in among or self.series if (fit := asked.fit(series)) > 0.25]
        return sorted(matches, key=lambda match: -match.fit)


@lru_cache(maxsize=20_000)
def bare_label(label: str) -> str:
    """A label without its period and its punctuation, to tell rows apart by."""
    return re.sub(r"\W+", " ", without_periods(label)).strip().casefold()


def same_value(a: Iterable[Figure]) -> bool:
    """Whether all figures stand for the same amount."""
    return len({(one.amount, one.high * one.scale) for one in a}) <= 1


def _words_around(passage: Passage, beside: str) -> Words:
    """Words of a passage's headings and head, and of its own text or, around a table, of that beside it."""
    text = beside if is_table(passage) else passage.text
    return words_of(" ".join((*passage.section, passage.header))) | words_of(text)


class _Asked:
    """A term's words, each English word and each Han character counted as far as a series says it."""

    def __init__(self, term: str) -> None:
        self._term = term
        self.words = words_of(term)
        self._latin = frozenset(word for word in self.words if not _HAN.match(word))
        self._han = [run for run in _HAN.findall(term) if words_of(run)]
        self._numbers = frozenset(word for word in self._latin if word[0].isdigit())
        self.size = weigh(self._latin) + sum(map(_han_size, self._han))

    def fit(self, series: Series) -> float:
        """How well the series' words say the term, 1 at best."""
        near = series.label | series.head
        speaks_for_all = series.label <= _TOTAL and bool(series.label & self.words)
        around = _AROUND_TOTAL if speaks_for_all else _AROUND
        if not self._numbers <= near | series.groups | series.around:  # a 300 mW laser is no 400 mW laser
            return 0.0
        own = self._said(((near, 1.0), (series.groups, _GROUP)))
        all_ = self._said(((near, 1.0), (series.groups, _GROUP), (series.around, around)))
        if own < 0.32 * self.size and around == _AROUND and not self._ends_in(near):
            return 0.0
        fit = all_ / self.size
        if series.first.source == "sentence":
            han = bool(_HAN.search(series.first.label))
            return fit - (_BEYOND_LABEL if han else 0.05) * self._beyond(series.label) - (0 if han else _SENTENCE)
        beyond = 0.0 if speaks_for_all else self._beyond_label(series.first.label)
        fit -= _BEYOND_LABEL * beyond + _BEYOND_HEAD * self._beyond(series.head)
        return fit - _BEYOND_GROUP * self._beyond(series.groups)

    def _ends_in(self, near: Words) -> bool:
        """Whether the last two characters are said: in Chinese and Japanese the noun meant stands last."""
        return bool(self._han) and self._han[-1][-2:] in near

    def _said(self, layers: Sequence[tuple[Words, float]]) -> float:
        total = 0.0
        for word in sorted(self._latin):
            total += weigh((word,)) * max((worth for words, worth in layers if word in words), default=0.0)
        for run in self._han:
            total += 0.5 * sum(_han_worth(run, layers))
        return total

    def _beyond(self, words: Words) -> float:
        return min(weigh(words - self.words) / max(weigh(self.words), 1.0), 1.5) if words else 0.0

    def _beyond_label(self, label: str) -> float:
        """How much a row's label says beyond the term; most before the noun, where it tells of another thing."""
        plain = without_periods(label)
        words = sequence_of(f"{_BRACKETS.sub(' ', plain)} {' '.join(_BRACKETS.findall(plain))}")
        if _HAN.search(label):
            return self._beyond(frozenset(words))
        if words_of(" ".join(_BRACKETS.findall(plain))) & self.words:  # asked by its abbreviation
            words = tuple(word for word in words if word in self.words)
        last = max((place for place, word in enumerate(words) if word in self.words), default=-1)
        before = {word for word in words[: last + 1] if word not in self.words}
        after = {word for word in words[last + 1 :] if word not in before}
        return min((weigh(before) + _AFTER * weigh(after)) / max(weigh(self.words.intersection(words)), 1.0), 1.5)


def _han_size(run: str) -> float:
    return 0.5 * len(run)


def _han_worth(run: str, layers: Sequence[tuple[Words, float]]) -> list[float]:
    """For each character of a run, the best worth of a pair it is in."""
    worth = [0.0] * len(run)
    for place in range(len(run) - 1):
        pair = run[place : place + 2]
        best = max((max(value, _AROUND_HAN) for words, value in layers if pair in words), default=0.0)
        worth[place], worth[place + 1] = max(worth[place], best), max(worth[place + 1], best)
    return worth


def period_values(series: Series, periods: Sequence[Period]) -> Mapping[Period, Figure] | None:
    """One figure for each period asked, or None where a period has none or several different ones."""
    chosen = {}
    for period in periods:
        found = series.at(period)
        if not found or not same_value(found):
            return None
        chosen[period] = found[0]
    return chosen


# --- Whose a figure is ------------------------------------------------------------------------------------------------

_LATIN_NAME = r"(?P<name>[A-Z][\w&.-]*[A-Za-z0-9](?:[ ][A-Z][\w&-]*){0,2})"
_HAN_NAME = r"(?<![\u3400-\u9fff])(?P<name>[\u3400-\u9fff]{2,8}?(?:证券|咨询|研究院|研究所|资本))"
_WHEN = r"(?:\s+in\s+20[0-9]{2})?"
_SAYS_ZH = r"\s*(?:[在于]?\s*20[0-9]{2}\s*年)?的?(?:最新)?(?:预计|预测|预期|预估|估计|估算|认为|给出|统计)"
_SAYS_EN = (
    rf"(?:'s)?{_WHEN}\s+(?:(?:forecasts?|expects|projects|predicts|estimates|anticipates|foresees)(?={_WHEN}\s+"
    rf"(?:that|an?|the|global|[A-Z0-9$€£]))|(?:forecast|expected|projected|predicted|estimated){_WHEN}\s+(?:that|an?)\b)"
)
_SAYING = tuple(
    re.compile(pattern)
    for pattern in (
        rf"\b{_LATIN_NAME}{_SAYS_EN}",
        rf"(?<![A-Za-z]){_LATIN_NAME}{_SAYS_ZH}",
        rf"{_HAN_NAME}{_SAYS_ZH}",
        rf"\b(?:[Dd]oes|[Dd]id)\s+{_LATIN_NAME}\s+(?:expect|forecast|project|predict|estimate|anticipate|foresee)\b",
        rf"(?<![A-Za-z]){_LATIN_NAME}\s*(?:の予測|の予想|によると|によれば)",
    )
)
_CITED = re.compile(rf"(?:\b[Aa]ccording to|\b[Ff]orecasts? (?:by|of|from)|转引自|援引)\s*{_LATIN_NAME}")
_NO_NAME = re.compile(
    r"(?:The|This|That|These|It|We|They|He|She|You|One|Our|Its|Each|All|Both|Another|Management|Company|Group|Board"
    r"|Directors|Analysts|Table|Note|Figure|Page|Section|Item|Exhibit|What|Which|How|If|As|And|But|In|For)\b"
)
_NOTED = re.compile(r"[(（](?P<source>[^()（）0-9$€£¥]{3,100}?)[,，]\s*(?:19|20)[0-9]{2}")
_SHORTEST = 4  # characters of a name that is known in any case; "CIR" and "IDC" are written so

_COMPANY: tuple[TermKind, ...] = ("company",)

Place = tuple[str, int]
"""A passage's id and an offset in its text."""


class Houses:
    """The houses and companies that a question and some passages name.

    Attributes:
        asked: Those of the question that the passages name too.
        missing: One to whom the question ascribes the figures and whom no passage names, or "".
    """

    def __init__(self, question: str, passages: Sequence[Passage]) -> None:
        self._passages = {one.id: one for one in passages}
        texts = [without_source_notes(one.text) for one in passages]
        ascribed = frozenset(_ascribed(question))
        self._forecasters = frozenset(name for text in texts for name in (*_ascribed(text), *_cited(text))) | ascribed
        self._unlisted = sorted(one for one in self._forecasters if not load_lexicon().find(one, _COMPANY))
        named: set[str] = set()
        self._of_document: dict[str, set[str]] = {}
        for one, text in zip(passages, texts, strict=True):
            here = self._names(" \n ".join((*one.section, one.header, text)))
            self._of_document.setdefault(one.document_id, set()).update(here)
            named |= here
        self.asked = self._names(question) & named
        self.missing = min(ascribed - named, default="")

    def hold(self, place: Place, groups: Iterable[str] = ()) -> frozenset[str]:
        """Those asked about whose a figure is: by its line, its heads, its section or title, or its whole document."""
        passage = self._passages[place[0]]
        line, at = self._line(place)
        own = self._forecaster(line, at)
        above = self._names(" \n ".join((*passage.section, passage.header, *groups)))
        said = self._names(line) | above
        if own:
            said = (said - self._forecasters) | {own}
        if not said:
            only = self._of_document[passage.document_id]
            said = frozenset(only) if len(only) == 1 else said
        return said & self.asked

    def conflict(self, places: Sequence[Place], *, over_time: bool) -> tuple[str, str] | None:
        """Two houses not asked about that figures come from; over time, two sources that their sentences note."""
        own = {self._forecaster(*self._line(place)) for place in places} - {""}
        if len(own) > 1 and not own <= self.asked:
            first, second, *_ = sorted(own)
            return first, second
        noted = {match["source"].strip() for place in places if (match := _NOTED.search(self._sentence(place)[0]))}
        if over_time and len(noted) > 1:
            first, second, *_ = sorted(noted)
            return first, second
        return None

    def _forecaster(self, line: str, at: int) -> str:
        """The forecasting house named last before a number in its line, else the first after it, or ""."""
        found = [(start, name) for start, name in self._mentions(line) if name in self._forecasters]
        before = [name for start, name in found if start < at]
        return before[-1] if before else found[0][1] if found else ""

    def _names(self, text: str) -> frozenset[str]:
        return frozenset(name for _, name in self._mentions(text))

    def _mentions(self, text: str) -> list[tuple[int, str]]:
        """Where a text names companies of the lexicon, by their English names, and forecasters it has not."""
        found = [(one.start, one.term.name("en")) for one in load_lexicon().find(text, _COMPANY)]
        found += [(match.start(), name) for name in self._unlisted for match in _spelling(name).finditer(text)]
        return sorted(found)

    def _line(self, place: Place) -> tuple[str, int]:
        """The row or the sentence that a figure stands in, source notes blanked, and where."""
        text, at = self._sentence(place)
        return without_source_notes(text), at

    def _sentence(self, place: Place) -> tuple[str, int]:
        passage = self._passages[place[0]]
        if is_table(passage):
            start = passage.text.rfind("\n", 0, place[1]) + 1
            return passage.text[start:].split("\n", 1)[0], place[1] - start
        spans = split_sentences(passage.text)
        start, end = next(((a, b) for a, b in spans if a <= place[1] < b), (0, len(passage.text)))
        return passage.text[start:end], place[1] - start


def _ascribed(text: str) -> Iterator[str]:
    """Those of whom a text says that they forecast or expect something."""
    for pattern in _SAYING:
        yield from _keys(pattern, text)


def _cited(text: str) -> Iterator[str]:
    return _keys(_CITED, text)


def _keys(pattern: re.Pattern[str], text: str) -> Iterator[str]:
    for match in pattern.finditer(text):
        name = match["name"].removesuffix("'s")
        known = [one.term for one in load_lexicon().find(name) if one.start == 0]
        if known and known[0].kind == "company":
            yield known[0].name("en")
        elif not known and not _NO_NAME.match(name):
            yield name


@lru_cache(maxsize=1000)
def _spelling(name: str) -> re.Pattern[str]:
    edge = "[A-Za-z0-9]"
    return re.compile(rf"(?<!{edge}){re.escape(name)}(?!{edge})", re.IGNORECASE if len(name) >= _SHORTEST else 0)
