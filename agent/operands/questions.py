"""Read what a question asks to be worked out: the operation, the things it is about, and the periods.

>>> intent = read_intents("By what percentage did net sales grow from 2021 to 2022?")[0]
>>> intent.operation, [term.text for term in intent.terms], [str(period) for period in intent.terms[0].periods]
('growth', ['net sales'], ['2021', '2022'])
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from agent.calculator.formula import MONEY
from agent.operands.chinese import read_chinese
from agent.operands.english import read_english
from agent.operands.intents import Intent, Term
from agent.operands.marks import is_range, mark, marked_periods, without_marks
from agent.operands.periods import FoundPeriod, find_periods
from corpus.quantities import find_quantities

_LONGEST = 1000  # characters; nobody asks for one number in more
_QUARTERLY = re.compile(r"\bquarterly\b|\bper quarter\b|季度平均|季均|环比", re.IGNORECASE)
_ASKED_UNIT = re.compile(
    r"\bhow (?:many|much) (?P<en>[A-Za-z/°μ²]+(?: per [a-z]+)?)"
    r"|多少(?:个)?\s*(?P<zh>[A-Za-zμ°℃/²]+|[\u3400-\u9fff]{1,3})",
    re.IGNORECASE,
)
_SYMBOL = re.compile(r"[kMGTmnpμ]?[A-Za-z]{1,3}(?:/[A-Za-z]{1,4})*")
_COSTS = re.compile(
    r"\b(?:do|does|did)\b.*\bcost\b|\b(?:cheaper|dearer|expensive|costly)\b|贵|便宜|多少钱|安い", re.IGNORECASE
)
_HAN = re.compile(r"[\u3400-\u9fff]")


def read_intents(question: str) -> list[Intent]:
    """The ways to read a question, the likeliest first; empty where it asks for no operation known here.

    "A in B in C" may part at either "in", so that there may be several.
    """
    if len(question) > _LONGEST:
        return []
    question = " ".join(question.split())
    han = bool(_HAN.search(question))
    found = find_periods(question)
    if not han and any(one.period.year for one in found):  # beside years, "the current year" is part of a name
        found = [one for one in found if one.period.year or not one.period.relative]
    marked = mark(question, found)
    intents = (read_chinese(marked) if han else []) or read_english(marked)  # an English question may name 甲公司
    return [_dated(intent, question, found) for intent in intents]


@dataclass(frozen=True, slots=True)
class AskedUnit:
    """The unit that a question asks for: as it is written, and what it measures ("Tb/s" is so many "Gb/s")."""

    written: str = ""
    unit: str = ""


def asked_unit(question: str) -> AskedUnit:
    """The unit that a question asks for: "how many watts", 多少瓦; any money where it asks what things cost.

    >>> asked_unit("相差多少瓦？").unit
    'W'
    """
    for match in _ASKED_UNIT.finditer(question):
        words = match["en"] or match["zh"]
        found = [one for one in find_quantities(f"1 {words}") if one.start == 0 and one.unit]
        if found and found[0].end == len(words) + 2 and found[0].unit not in ("%", "pp", "x"):
            return AskedUnit(words if _SYMBOL.fullmatch(words) else "", found[0].unit)
    return AskedUnit("", MONEY) if _COSTS.search(question) else AskedUnit()


def _dated(intent: Intent, question: str, found: Sequence[FoundPeriod]) -> Intent:
    """The intent with periods in place of their marks; a term without one of its own has all of the question's."""
    whole = tuple(one.period for one in found)
    terms = tuple(
        Term(without_marks(term.text), marked_periods(term.text, found) or whole) for term in intent.terms
    )  # fmt: skip
    quarters = intent.quarters or bool(_QUARTERLY.search(question))
    return replace(
        intent, terms=terms, ranged=is_range(question, found), fuller=without_marks(intent.fuller), quarters=quarters
    )
