"""Why something is not supported, in the reader's language.

The judge gives its reasons in English, and so do the readers of documents for their marks, and so are they saved: one
sentence is one pattern with the words of the claim and the quote in it. People read them in the language of their
question.

>>> tell_reason("the number “9 W” stands in no quote and in no calculation", "zh")
'数字“9 W”不在任何引文或计算中'
"""

import csv
import re
from collections.abc import Sequence
from functools import cache
from importlib.resources import files

from corpus.document import Language

_GAP = re.compile(r"\{(\d*)\}")

_STOPS: dict[Language, str] = {"zh": "；", "ja": "；"}

Row = tuple[re.Pattern[str], dict[str, str]]
"""What an English reason looks like, and how it is put in the other languages: {} or {2} for its words."""


def tell_reason(reason: str, language: Language) -> str:
    """A reason in a language; in English where it is of no known form."""
    if language == "en":
        return reason
    for pattern, told in _rows():
        if (found := pattern.fullmatch(reason)) and language in told:
            return _fill(told[language], [tell_reason(words, language) for words in found.groups()])
    return reason


def tell_mark(reason: str, language: Language) -> str:
    """Why a document is marked, in a language: how words are hidden, then what they ask for."""
    if language not in _STOPS:
        return reason
    return _STOPS[language].join(tell_reason(part, language) for part in reason.split("; "))


def is_known(reason: str) -> bool:
    """Whether a reason can be told in every language."""
    return any(pattern.fullmatch(reason) for pattern, _ in _rows())


def _fill(told: str, words: Sequence[str]) -> str:
    """A sentence with its gaps filled, in order or by their number from 1."""
    given = iter(words)
    return _GAP.sub(lambda gap: words[int(gap[1]) - 1] if gap[1] else next(given), told)


@cache
def _rows() -> tuple[Row, ...]:
    """The known reasons, the longest first: a longer one may begin like a shorter."""
    text = files("agent").joinpath("reasons.csv").read_text(encoding="utf-8")
    rows = sorted(csv.DictReader(text.splitlines()), key=lambda row: -len(row["en"]))
    return tuple((_pattern(row["en"]), {"zh": row["zh"], "ja": row["ja"]}) for row in rows)


def _pattern(english: str) -> re.Pattern[str]:
    return re.compile("(.+?)".join(re.escape(part) for part in english.split("{}")), re.DOTALL)
