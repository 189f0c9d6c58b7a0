"""The noun Figure: one number of a document with all the words that say what it is."""

import re
from dataclasses import dataclass
from decimal import Decimal
from typing import Literal

from agent.operands.kinds import Kind
from agent.operands.periods import NO_PERIOD, Period
from corpus.quantities import find_quantities, flatten
from corpus.units import CURRENCIES, CURRENCY_SIGNS

Source = Literal["cell", "sentence"]
Shown = Literal["number", "negative", "nil"]
"""How a number stands on the page: plainly, as a negative ("(5)", "-5"), or as a dash for none."""


@dataclass(frozen=True, slots=True)
class Measure:
    """What numbers are in: ``number × scale`` of ``unit``; None where it is not said."""

    unit: str | None = None
    scale: Decimal | None = None

    def over(self, outer: "Measure") -> "Measure":
        """This measure, what it does not say taken from an outer one. A share or a factor takes no scale."""
        unit = outer.unit if self.unit is None else self.unit
        plain = unit in PLAIN_UNITS
        scale = self.scale if self.scale is not None else Decimal(1) if plain else outer.scale
        return Measure(unit, scale)


PLAIN_UNITS = ("%", "x", "pp", "years", "months", "days")


@dataclass(frozen=True, slots=True)
class Figure:
    """A number at ``text[start:end]`` of a passage.

    Attributes:
        value: The number as printed, sign included, in ``unit`` × ``scale``; the low end where ``high`` differs.
        label: The row's label, or the clause a sentence's number stands in.
        groups: Sub-heads above the row, outermost first.
        head: The column's heads less their period.
        period: When; NO_PERIOD where it is not said.
        table, row, column: Its place; a sentence's figures have a table of their own, and their order as column.
        total: Whether the row adds up rows above it.
        kind: What kind of thing it is, by the words of its row or column.
    """

    passage_id: str
    start: int
    end: int
    text: str
    value: Decimal
    high: Decimal
    exact: bool
    shown: Shown
    unit: str
    scale: Decimal
    source: Source
    label: str
    groups: tuple[str, ...] = ()
    head: str = ""
    period: Period = NO_PERIOD
    table: int = 0
    row: int = 0
    column: int = 0
    total: bool = False
    kind: Kind = "amount"

    @property
    def amount(self) -> Decimal:
        """The number with its scale."""
        return self.value * self.scale


@dataclass(frozen=True, slots=True)
class Number:
    """The number of one table cell; ``start`` and ``end`` are offsets into the cell."""

    start: int
    end: int
    value: Decimal
    high: Decimal
    exact: bool
    shown: Shown
    measure: Measure


_SIGNS = "|".join(re.escape(sign) for sign in sorted({*CURRENCY_SIGNS, "NT$", "RMB", "￥", "¥"}, key=len, reverse=True))
_FOOTNOTES = r"(?:\s*(?:\([0-9a-z]{1,2}\)|\[[0-9a-z]{1,2}\]|\*{1,3}|†|‡))*"
_CELL = re.compile(
    rf"(?P<cur>{_SIGNS})?\s*(?P<neg>[(-])?\s*(?P<cur2>{_SIGNS})?\s*"
    r"(?P<num>[0-9]{1,3}(?:,[0-9]{3})+(?:\.[0-9]+)?|[0-9]+(?:\.[0-9]+)?|\.[0-9]+)"
    r"\s*(?P<pct>%|pp|bps|x(?![a-z0-9]))?\s*\)?\s*(?P<pct2>%)?" + _FOOTNOTES + r"\.?",
    re.IGNORECASE,
)
_NIL = re.compile(rf"(?:{_SIGNS})?\s*[-—–―]+\s*%?{_FOOTNOTES}|nil|无", re.IGNORECASE)
_DIGIT = re.compile(r"[0-9]")
_THOUSANDS = re.compile(r"(?<![0-9])['’‘]?000s?\b")
_YEAR_LIKE = re.compile(r"(?:19|20)[0-9]{2}")


def read_cell(cell: str) -> Number | None:
    """The number that a table cell holds, or None where it holds none or several."""
    plain = flatten(cell).replace("\u2212", "-")
    if _NIL.fullmatch(plain):
        return Number(0, len(cell), Decimal(0), Decimal(0), True, "nil", Measure())
    if match := _CELL.fullmatch(plain):
        if _YEAR_LIKE.fullmatch(plain) or match["num"].startswith("00"):  # "$000" is a unit
            return None
        value = Decimal(match["num"].replace(",", ""))
        sign = match["cur"] or match["cur2"]
        mark = (match["pct"] or match["pct2"] or "").lower()
        unit = {"bps": "bps", "": _currency(sign) if sign else None}.get(mark, mark)
        shown: Shown = "negative" if match["neg"] else "number"
        end = len(plain.rstrip()) if match["neg"] == "(" else _core_end(plain, match)
        signed = -value if match["neg"] else value
        return Number(match.start(), end, signed, signed, True, shown, Measure(unit, Decimal(1) if mark else None))
    found = [one for one in find_quantities(cell) if one.kind in ("measure", "count")]
    if len(found) != 1:
        return None
    one, beside = found[0], cell[: found[0].start] + cell[found[0].end :]
    if _DIGIT.search(beside) or (not one.unit and beside.strip()) or _THOUSANDS.search(plain):
        return None
    scale = spelled_scale(one.text)
    exact = one.bound in ("=", "~")
    measure = Measure(one.unit or None, scale if scale != 1 or one.unit else None)
    return Number(
        one.start, one.end, one.low / scale, one.high / scale, exact, "negative" if one.low < 0 else "number", measure
    )


def _core_end(plain: str, match: re.Match[str]) -> int:
    """The end of the number and its per cent sign, footnote marks left out."""
    return max(match.end(name) for name in ("num", "pct", "pct2") if match[name])


def _currency(sign: str) -> str:
    return (
        CURRENCY_SIGNS.get(sign.strip().upper()) or {"NT$": "TWD", "RMB": "CNY", "￥": "CNY", "¥": "CNY"}[sign.upper()]
    )


# --- Units and scales in words ----------------------------------------------------------------------------------------

_SCALE_WORDS = (
    (r"trillions?\b|tn\b|万亿|兆", Decimal(10) ** 12),
    (r"billions?\b|bn\b|十亿|10亿", Decimal(10) ** 9),
    (r"百亿", Decimal(10) ** 10),
    (r"亿|億", Decimal(10) ** 8),
    (r"千万", Decimal(10) ** 7),
    (r"millions?\b|(?<![A-Za-z])mn\b|mln\b|(?<=[$€£])m\b|百万", Decimal(10) ** 6),
    (r"十万", Decimal(10) ** 5),
    (r"万|萬", Decimal(10) ** 4),
    (r"thousands?\b|(?<![0-9,])['’‘]?000s?\b|千(?=元|人|股|円|美元)", Decimal(10) ** 3),
)
_SCALE_PATTERNS = tuple((re.compile(pattern, re.IGNORECASE), scale) for pattern, scale in _SCALE_WORDS)
_IN_SCALE = re.compile(
    r"(?:\bin|\bexpressed in|dollars? in|amounts? in|shares? in|单位|單位|単位)\s*[:：]?\s*"
    r"(?:(?:table|tables|are|in|U\.?S\.?|US|NT|HK|dollars?|RMB|of|the|[$€£¥])\s*){0,4}(?P<scale>thousands?|millions?|billions?|十亿|百万|千|万|亿|億)?"
    r"(?P<money>元|美元|円|人民币)?",
    re.IGNORECASE,
)
_UNIT_WORDS = (
    (r"US\$|U\.?S\.? dollars?|\bUSD\b|美元", "USD"), (r"NT\$|新台币", "TWD"), (r"HK\$|港元", "HKD"),
    (r"RMB|CNY|人民币|(?<![美欧日港])元", "CNY"), (r"€|\bEUR\b|欧元", "EUR"), (r"£|\bGBP\b|英镑", "GBP"),
    (r"\bJPY\b|日元|円", "JPY"), (r"\$|\bdollars?\b", "USD"), (r"%|％|\bpercent(?:age)?\b", "%"),
    (r"\bin years\b", "years"),
)  # fmt: skip
_UNIT_PATTERNS = tuple((re.compile(pattern, re.IGNORECASE), unit) for pattern, unit in _UNIT_WORDS)
_EXCEPT = re.compile(r"(?:[,，(]\s*)?(?:except|unless|other than|除)[^)]*", re.IGNORECASE)
_HEAD_UNIT = re.compile(r"(?:\bin|[(（])\s*(?P<unit>[^()（）]{1,24}?)\s*[)）]?$")
_SHORT_SCALE = re.compile(r"^[^A-Za-z]{0,2}\s*(?:[$€£¥]\s*)?(?P<scale>m|k|bn|mn)$", re.IGNORECASE)
_SHORT = {"m": Decimal(10) ** 6, "mn": Decimal(10) ** 6, "k": Decimal(1000), "bn": Decimal(10) ** 9}


def spelled_scale(text: str) -> Decimal:
    """The scale word in a number's own text: 1000000 for "$2.9 million", 1 where there is none."""
    for pattern, scale in _SCALE_PATTERNS:
        if pattern.search(text):
            return scale
    return Decimal(1)


def read_measure(text: str) -> Measure:
    """Unit and scale that a head or a short title gives: "(in millions)", "$'000", "RMB'Million", "单位：万元"."""
    plain = _EXCEPT.sub("", flatten(text))
    scale = spelled_scale(plain)
    short = _SHORT_SCALE.match(plain.strip())
    if short:
        scale = _SHORT[short["scale"].lower()]
    unit = next((name for pattern, name in _UNIT_PATTERNS if pattern.search(plain)), None)
    if unit is None and (inner := _HEAD_UNIT.search(plain)) and (physical := _physical(inner["unit"])):
        return physical
    return Measure(unit, scale if scale != 1 else None)


def stated_measure(text: str) -> Measure:
    """The same in running text, where it counts only when said of a table: "(amounts in thousands)", 单位：万元."""
    for match in _IN_SCALE.finditer(_EXCEPT.sub("", flatten(text))):
        if match["scale"] or match["money"]:
            return read_measure(match[0])
    return Measure()


def _physical(words: str) -> Measure | None:
    found = find_quantities(f"1 {words}")
    if len(found) != 1 or not found[0].unit or found[0].end != len(words) + 2:
        return None
    return Measure(found[0].unit, found[0].low)


MONEY_UNITS = frozenset(CURRENCIES)
