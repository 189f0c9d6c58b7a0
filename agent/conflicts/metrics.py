"""What a number measures: market, share, yield, price … (metrics.csv, in three languages; unit "count" is none).

A number's unit tells part of it: watts are power. Of money, percent, rates and counts it tells too little, and without
a word for what is measured nothing is said of them.
"""

import csv
import re
from dataclasses import dataclass
from functools import cache, lru_cache
from importlib.resources import files

from corpus.text import HAN, KANA
from corpus.units import CURRENCIES

_TIMES = frozenset("years months weeks days h min s ms μs ns".split())
_TELLING_NOTHING = frozenset(("", "%", "pp", "x", "Gb/s", "money", "time"))
"""Sorts of units of which a word must say what is measured."""


@dataclass(frozen=True, slots=True)
class Metric:
    """A word for what is measured, at ``text[start:end]``.

    Attributes:
        own: It is some company's own: the revenue of one says nothing of another's, whoever reports it.
    """

    id: str
    start: int
    end: int
    own: bool


def sort_of_unit(unit: str) -> str:
    """The unit, but "money" for every currency, alone or for each of something, and "time" for every span of time."""
    if unit.partition("/")[0] in CURRENCIES:
        return "money"
    return "time" if unit in _TIMES else unit


def needs_word(unit: str) -> bool:
    """Whether a unit does not tell what is measured."""
    return sort_of_unit(unit) in _TELLING_NOTHING


@lru_cache(maxsize=2048)
def find_metrics(text: str, unit: str) -> tuple[Metric, ...]:
    """The words of a text for what is measured in a unit, left to right; of two at one place the longer."""
    sort = sort_of_unit(unit)
    found = []
    for match in _pattern().finditer(text):
        for metric, own, units in _table()[match[0].casefold()]:
            if units is None or sort in units:
                found.append(Metric(metric, *match.span(), own))
    return tuple(found)


@cache
def _table() -> dict[str, list[tuple[str, bool, tuple[str, ...] | None]]]:
    """Word → (id, own, sorts of units; None for counts, which have none)."""
    table: dict[str, list[tuple[str, bool, tuple[str, ...] | None]]] = {}
    text = files("agent.conflicts").joinpath("metrics.csv").read_text(encoding="utf-8")
    for row in csv.DictReader(text.splitlines()):
        units = tuple("" if unit == "count" else unit for unit in row["units"].split()) or ("",)
        for language in ("en", "zh", "ja"):
            for word in filter(None, row[language].split("|")):
                table.setdefault(word.casefold(), []).append((row["id"], row["own"] == "own", units))
    return table


@cache
def _pattern() -> re.Pattern[str]:
    words = sorted(_table(), key=lambda word: (-len(word), word))
    latin = "|".join(re.escape(word) for word in words if word.isascii())
    wide = "|".join(re.escape(word) for word in words if re.search(f"[{HAN}{KANA}]", word))
    return re.compile(rf"(?<![A-Za-z])(?:{latin})(?![A-Za-z])|(?:{wide})", re.IGNORECASE)


_DIRECTIONS = frozenset(("growth", "saving"))


def find_topics(text: str) -> list[tuple[str, int, int]]:
    """(id, start, end) of what a text without numbers speaks of: price, demand …; rising and falling are no topics."""
    known = ((id_, *found.span()) for found in _pattern().finditer(text) for id_, _, _ in _table()[found[0].casefold()])
    return [one for one in known if one[0] not in _DIRECTIONS]


def name_metric(id_: str, language: str) -> str:
    """A metric's name in a language."""
    return next((word for word in _names().get(id_, {}).get(language, "").split("|") if word), id_)


@cache
def _names() -> dict[str, dict[str, str]]:
    text = files("agent.conflicts").joinpath("metrics.csv").read_text(encoding="utf-8")
    return {row["id"]: row for row in csv.DictReader(text.splitlines())}
