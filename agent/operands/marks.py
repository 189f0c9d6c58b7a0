"""Cut the periods out of a question and leave a mark for each, so that patterns see words only.

A mark within a term then tells that the period is the term's own.
"""

import re
from collections.abc import Sequence
from itertools import pairwise

from agent.operands.periods import FoundPeriod, Period

_FIRST = 0xE000
_MOST = 256
MARKS = "\ue000-\ue0ff"
"""The marks, for use within the brackets of a regular expression."""

_ANY_MARK = re.compile(f"[{MARKS}]")
_RANGE_GAP = re.compile(r"\s*(?:to|through|until|till|-|–|—|~|至|到|から)\s*(?:the\s+)?(?:in\s+)?", re.IGNORECASE)
_BETWEEN = re.compile(r"\bbetween\s+(?:the\s+)?(?:fiscal\s+)?$", re.IGNORECASE)
_BETWEEN_MARKS = re.compile(rf"(?<=[{MARKS}])\s*(?:-|–|—|~|to|and|,|、|和|与|至|到)\s*(?=[{MARKS}])", re.IGNORECASE)
_PHRASE = re.compile(
    r"(?:[\s,，]*(?:\b(?:for|in|during|between|from|as\s+of|as\s+at|at|of|over|across|since|on|by|to|versus|vs\.?|and"
    r"|compared\s+(?:to|with|against)|relative\s+to)\b|[在从自于由至到比较和与,，]))?"
    r"\s*(?:both\s+)?(?:the\s+)?(?:end\s+of\s+)?"
    r"(?:(?:two|three|four|five|[2-5])[\s-]+years?\s+(?:period\s+)?(?:from\s+|of\s+|ended\s+)?)?"
    r"(?:(?:fiscal|financial|calendar)\s+)?"
    r"(?:(?:years?|periods?|quarters?|months?)\s+(?:ended\s+|ending\s+|end\s+|of\s+|from\s+)?)?"
    rf"[{MARKS}](?:\s*(?:的|年|末|底|时候|期间|之间|年间))*",
    re.IGNORECASE,
)
_BOTH_YEARS = re.compile(
    r"\s*\b(?:between|for|in|over|of|from|during)\s+(?:both|the\s+two|the|these|all)\s+(?:two\s+|three\s+)?"
    r"(?:fiscal\s+|financial\s+)?(?:fys?|years?|periods?|dates?)\b(?:\s+(?:shown|given|presented|listed))?",
    re.IGNORECASE,
)
_LONE_PARTICLES = re.compile(r"(?<!\S)[ぁ-ん]+|[ぁ-ん]+(?!\S)")


def mark(question: str, found: Sequence[FoundPeriod]) -> str:
    """The question with a mark for each period; characters that look like marks are made spaces."""
    kept, at = [], 0
    plain = _ANY_MARK.sub(" ", question)
    for number, one in enumerate(found[:_MOST]):
        kept += [plain[at : one.start], chr(_FIRST + number)]
        at = one.end
    return "".join((*kept, plain[at:]))


def marked_periods(text: str, found: Sequence[FoundPeriod]) -> tuple[Period, ...]:
    """The periods whose marks stand in a text."""
    return tuple(found[ord(each) - _FIRST].period for each in _ANY_MARK.findall(text))


def count_marks(text: str) -> int:
    """How many marks stand in a text."""
    return len(_ANY_MARK.findall(text))


def without_marks(text: str) -> str:
    """The text without marks and the words that lead to them: "for the years ended", "between … and", 在."""
    text = _PHRASE.sub(" ", _BETWEEN_MARKS.sub("", text))
    text = _LONE_PARTICLES.sub(" ", _ANY_MARK.sub(" ", text))
    return " ".join(_BOTH_YEARS.sub(" ", text).split()).strip(" ,，.?？:;'\"")


def is_range(question: str, found: Sequence[FoundPeriod]) -> bool:
    """Whether two neighbouring periods are the ends of one stretch of time: "2017 to 2019", "between … and"."""
    return any(
        _RANGE_GAP.fullmatch(question[a.end : b.start]) or _BETWEEN.search(question[: a.start])
        for a, b in pairwise(found[:3])
    )
