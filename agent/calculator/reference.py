"""The reference table: published figures, each with its source, that a calculation may use by name ("@average_pue").

They stand in reference.csv beside this file. Each is one number or one range in one unit, as its source gives it; two
rows may well disagree, and neither is then right by itself.
"""

import csv
import difflib
import re
from collections import Counter
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from functools import cache
from importlib.resources import files
from typing import Literal, cast

from agent.calculator.basis import Basis, parse_basis
from agent.calculator.formula import ANY, MONEY, Interval
from agent.calculator.result import show
from agent.calculator.units import convertible
from agent.errors import CalculationError
from corpus.text import HAN
from corpus.units import CURRENCIES

Confidence = Literal["high", "medium", "low"]
Verified = Literal["seen", "seen in copy", "from memory"]


@dataclass(frozen=True, slots=True)
class Reference:
    """One published figure.

    Attributes:
        value: The number or range in ``unit``, which is "" for none.
        basis: What an energy or power of optics is counted on, as far as the source says.
        year: The year the figure is of; "" where it has none.
        url: Where the source can be read; "" where it is not online or was not found.
        verified: Whether the source itself was read, only a copy or quotation of it, or neither.
    """

    id: str
    en: str
    zh: str
    value: Decimal | Interval
    unit: str
    basis: Basis
    year: str
    source: str
    url: str
    confidence: Confidence
    verified: Verified

    @property
    def text(self) -> str:
        """The figure as people write it, which reads back to it: "14–16 W"."""
        return show(self.value, self.unit)

    @property
    def cited(self) -> str:
        """The source in one phrase, with what makes it doubtful."""
        doubts: list[str] = [] if self.verified == "seen" else [self.verified]
        doubts += [] if self.confidence == "high" else [f"{self.confidence} confidence"]
        return f"{self.source} ({', '.join(doubts)})" if doubts else self.source


def references() -> tuple[Reference, ...]:
    """Every row of the table, in its order."""
    return tuple(_table().values())


def reference(id_: str) -> Reference:
    """The row with that id.

    Raises:
        CalculationError: There is none; the nearest ids are named.
    """
    table = _table()
    if id_ not in table:
        named = [row.id for row in find_references(id_.replace("_", " "))]
        near = (difflib.get_close_matches(id_[:80], table, n=3, cutoff=0.6) or named)[:3]
        advice = f"did you mean {' or '.join(near)}?" if near else "look for one by its name"
        raise CalculationError("the reference table has no such row", where=repr(id_[:80]), next_step=advice)
    return table[id_]


def find_references(words: str, unit: str = "") -> tuple[Reference, ...]:
    """The rows whose names share words with these, in either language; those that share the rarest words first.

    Args:
        unit: Only rows that an argument with this unit could take; "" for all.
    """
    wanted, rarity = _terms(words), _rarity()
    scored = [
        (sum((rarity[term] for term in wanted & _row_terms(row.id)), Fraction(0)), row)
        for row in references()
        if _measures(row, unit)
    ]
    return tuple(row for score, row in sorted(scored, key=lambda pair: -pair[0]) if score)


def _measures(row: Reference, unit: str) -> bool:
    if unit == "" or ANY in unit:
        return True
    if MONEY in unit:
        return any(convertible(row.unit, unit.replace(MONEY, currency)) for currency in CURRENCIES)
    return convertible(row.unit, unit)


@cache
def _table() -> dict[str, Reference]:
    text = files("agent.calculator").joinpath("reference.csv").read_text(encoding="utf-8")
    return {row["id"]: _row(row) for row in csv.DictReader(text.splitlines())}


def _row(row: dict[str, str]) -> Reference:
    low, high = Decimal(row["low"]), Decimal(row["high"])
    return Reference(
        row["id"], row["en"], row["zh"], low if low == high else Interval(low, high), row["unit"],
        parse_basis(row["basis"], row["id"]), row["year"], row["source"], row["url"],
        cast("Confidence", row["confidence"]), cast("Verified", row["verified"]),
    )  # fmt: skip


@cache
def _row_terms(id_: str) -> frozenset[str]:
    row = _table()[id_]
    return _terms(f"{row.id.replace('_', ' ')} {row.en} {row.zh}")


@cache
def _rarity() -> dict[str, Fraction]:
    """Each term with one over the number of rows that have it; fractions, so that no order of adding matters."""
    counts = Counter(term for row in references() for term in _row_terms(row.id))
    return {term: Fraction(1, count) for term, count in counts.items()}


_WORD = re.compile(r"[a-z0-9.]*[a-z0-9]")
_PLAIN_WORDS = frozenset("a an and at by each for from in is its not of on or the to with without what".split())


def _terms(words: str) -> frozenset[str]:
    """Latin words without their plural s, and pairs of neighbouring Han characters."""
    text = words[:1000].lower()
    latin = {word.removesuffix("s") if len(word) > 3 else word for word in _WORD.findall(text)} - _PLAIN_WORDS
    han = {run[at : at + 2] for run in re.findall(rf"[{HAN}]{{2,}}", text) for at in range(len(run) - 1)}
    return frozenset(latin | han)
