"""Whether a claim's own numbers belie its words: "falls from 12% to 30%", "30%, lower than 12%", "cut to five times".

>>> find_order_fault("The share of 30% is lower than the 12% of 2020.").reason
'the claim says “lower than”, but 30% is not so beside 12%'
>>> is_belied("Its share fell from 12% to 30%.", -1)
True
"""

import re
from collections.abc import Iterator
from itertools import pairwise

from agent.judging.judgement import Fault
from corpus.quantities import Quantity, find_quantities

_MORE = (
    "higher than|more than|greater than|larger than|bigger than|longer than|above|exceed(?:s|ed|ing)?|surpass(?:es|ed)?"
    "|高于|高於|多于|多於|大于|大於|长于|長於|超过|超過|を上回"
)
_LESS = (
    "lower than|less than|fewer than|smaller than|shorter than|below|falls? short of|fell short of"
    "|低于|低於|少于|少於|小于|小於|短于|短於|不及|を下回"
)
# One number, its comparison, another number, in one breath: a comma may stand only before the comparison.
_COMPARED = re.compile(
    rf"(?P<before>[^,，;；。]{{0,30}}[,，]?[^,，;；。]{{0,16}}?)(?P<word>(?P<more>{_MORE})|(?P<less>{_LESS}))"
    r"[^,，;；。]{0,40}",
    re.IGNORECASE,
)
_COPULA = re.compile(r"[\s，,)）]|\b(?:is|are|was|were|which|still|even|far|much|slightly)\b", re.IGNORECASE)
# What makes of it another comparison: denials, ranges, parts and multiples, two numbers on one side.
_OTHERWISE = re.compile(
    r"\b(?:not|no|never|to|and|or|half|third|quarter|fifth|tenth|twice|double|triple|times|of which)\b|n't"
    r"|[不没沒未無]|和|与|與|至|到|或|倍|一半|分之|其中",
    re.IGNORECASE,
)
_OF_WHOM = re.compile(
    r"[步歩年岁歳]?\s?(?:以上|以下)?(?:者|(?:的|の)?人(?!民币|民幣)|的)|[^.,;]{0,12}\b(?:who|those|people)\b"
)
_FROM = re.compile(r"(?:\bfrom|[从從由自])[^,，;；。]{0,24}$", re.IGNORECASE)
_TO = re.compile(r"\bto\b|[到至]|まで|[年月]に|から", re.IGNORECASE)
_TO_TIMES = re.compile(r"(?:\bto(?: about| some| nearly)?|[到至成为為])[^,，;；。\d]{0,8}$", re.IGNORECASE)


def find_order_fault(claim: str) -> Fault | None:
    """Whether a claim says of two of its numbers that one is more or less than the other, and it is not."""
    for one, other, gap in _pairs(claim):
        found = _COMPARED.fullmatch(gap)
        if found is None or _OTHERWISE.search(found["before"]) or _OTHERWISE.search(gap, found.end("word")):
            continue
        between = _COPULA.sub("", found["before"])
        bounds = found.end("word") == len(gap.rstrip()) and between  # "20% here, in the other place above 40%"
        if bounds or not found["before"].strip():  # "5% more than 3%" tells the difference
            continue
        if _OF_WHOM.match(claim, other.end):  # what is less is not 8000 steps, but the risk of those who walk them
            continue
        holds = one.low >= other.high if found["more"] else one.high <= other.low
        if not holds:
            return Fault(f"the claim says “{found['word']}”, but {one.text} is not so beside {other.text}", True)
    return None


def is_belied(clause: str, side: int) -> bool:
    """Whether a clause that tells of a rise (``side`` 1) or a fall (-1) gives numbers that go the other way."""
    for one, other, gap in _pairs(clause):
        if _FROM.search(clause[: one.start]) and _TO.search(gap) and (other.low - one.low) * side < 0:
            return True
    multiples = (one for one in find_quantities(clause) if one.unit == "x" and _TO_TIMES.search(clause[: one.start]))
    return any((one.low - 1) * side < 0 for one in multiples)


def _pairs(text: str) -> Iterator[tuple[Quantity, Quantity, str]]:
    """Neighbouring measurements or counts in one unit, dates and names left out, with the words between them."""
    numbers = [one for one in find_quantities(text) if one.kind in ("measure", "count")]
    for one, other in pairwise(numbers):
        if one.unit == other.unit:
            yield one, other, text[one.end : other.start]
