"""Whether the numbers of a claim belie its own words: "9 W, more than the module's 30 W", "fell from 5 to 8".

Such a claim is false whatever is quoted for it. Only what the words set side by side is compared: two numbers of one
unit with the comparison between them or right before both, the two ends of a change or of a period, a number and how
many times another it is, a whole and what is "of which".
"""

import re
from collections.abc import Iterator
from itertools import pairwise

from agent.judging.judgement import Fault
from agent.judging.numbers.binding import bind, comparable
from corpus.quantities import Quantity, find_quantities
from corpus.text import split_sentences

_MORE = (
    r"(?:(?:higher|more|greater|larger|bigger|longer|heavier|dearer) than|exceed(?:s|ed|ing)?|above|"
    r"高于|多于|大于|长于)"
)
_LESS = r"(?:(?:lower|less|fewer|smaller|shorter|lighter|cheaper) than|below|falls short of|低于|少于|小于|短于)"
_LEADING = (
    r"\s?[一-鿿]?[\s)）,，]*(?:(?:which|and|that|of [^,;.]{1,40}?)\s)?"
    r"(?:(?:is|are|was|were|thus|so|far|much|well|slightly|still|also|clearly)\s)*"
    r"(?:远|明显|略|仍|也|均|都|大幅|显著|因此|因而)*"
)
_COMPARED = re.compile(
    rf"{_LEADING}(?:(?P<more>{_MORE})|(?P<less>{_LESS}))(?P<whose>(?!\s?[0-9](?![0-9]{{3}}\s?年))[^;；。:：,，]+?)[(（]?",
    re.IGNORECASE,
)
"""From one number to the next: the comparison, and whose the second number is."""
_DENIED = re.compile(r"(?<![a-z])(?:no|not|never|n't|neither)(?![a-z])|不|未|非|没|无", re.IGNORECASE)
_TELLS = re.compile(r"[0-9A-Za-z一-鿿]")
_DIFFERENCE = re.compile(
    r"\s(?:higher|more|greater|larger|bigger|longer|heavier|lower|less|fewer|smaller|shorter|lighter)"
)

_ROSE = (
    r"(?:r(?:ise|ises|ose|isen|ising)|gr(?:ow|ows|ew|own|owing)|increas(?:e|es|ed|ing)|climb(?:s|ed)?|surged?|"
    r"jump(?:s|ed)?|增加|增长|增至|上升|上涨|升至)"
)
_FELL = (
    r"(?:f(?:all|alls|ell|allen|alling)|drop(?:s|ped)?|declin(?:e|es|ed)|decreas(?:e|es|ed|ing)|"
    r"shr(?:ink|inks|ank|unk)|减少|下降|下跌|降至|降到|跌至|减至)"
)
_CHANGE = re.compile(rf"(?<![a-z])(?:(?P<rose>{_ROSE})|(?P<fell>{_FELL}))(?![a-z])", re.IGNORECASE)
_FROM = re.compile(r"(?:(?<![a-z])from|[从從自由])[^,，;；。]{0,12}$", re.IGNORECASE)
_TO = re.compile(r"(?:(?<![a-z])to|[至到])[^,，;；。]{0,12}$", re.IGNORECASE)

_OF_WHICH = re.compile(r"(?!/)[^.;；。]*?(?:of which|其中)[^;；。]*", re.IGNORECASE)
_APIECE = re.compile(r"(?<![a-z])(?:each|per|peak|max\w*|highest|up to)(?![a-z])|每|各|最|峰", re.IGNORECASE)
_ADDED_UP = frozenset(("W", "Gb/s", "dB", "USD", "CNY", "JPY", "EUR", "Wh", "g", "m"))
"""Units of which a part is no more than the whole."""

_LED_IN = re.compile(
    r"(?:(?P<more>(?<![a-z])(?:more|higher|larger|greater|faster|longer|heavier|dearer) than|[多高大长重快]于|"
    r"比[^，。；:：]{1,20}[多高大长重快])|"
    r"(?P<less>(?<![a-z])(?:less|fewer|lower|smaller|slower|shorter|lighter|cheaper) than|[少低小短轻慢]于|"
    r"比[^，。；:：]{1,20}[少低小短轻慢]))"
    r"[^:：;；,，。—]{0,40}(?:[:：]|\s?—+|,\s(?=with )|，)\s?(?:with )?(?:about |约)?$",
    re.IGNORECASE,
)
"""A comparison of two things, before the number of the one and that of the other."""
_AGAINST = re.compile(
    r"\s?(?:against|versus|vs\.?|as against|compared (?:with|to)|and|to|对|對|比|和)\s?", re.IGNORECASE
)
_IS_TIMES = re.compile(r"\s?(?:is|are|was|were|[是为為])(?![a-z])(?P<first>[^,，;；。]{0,24}?)", re.IGNORECASE)
_TIMES_OF = re.compile(
    r"\s?(?:times|fold)?(?:\s(?:as \w+ as|that of|the|of|larger than|higher than|more than))?[^,，;；。0-9]{0,24}"
)
_TIMES_AFTER = re.compile(r"\s?[的之][^,，;；。]{0,3}?")
_THROUGH = re.compile(r"\s?(?:to|through|until|till|[-–—~～]|[至到]|から)\s?", re.IGNORECASE)
_OTHER_ERA = re.compile(r"(?<![A-Za-z])B\.?C|公元前|紀元前|前\d", re.IGNORECASE)


def find_reckoning_fault(claim: str) -> Fault | None:
    """The first two numbers of a claim that cannot stand in the relation in which it sets them."""
    for start, end in split_sentences(claim):
        sentence = claim[start:end]
        for one, other in _neighbours(sentence):
            if fault := _is_belied(sentence, one, other):
                return fault
        if fault := _belies_its_lead(sentence) or _ends_before_it_begins(sentence) or _is_not_times(sentence):
            return fault
    return None


def _belies_its_lead(sentence: str) -> Fault | None:
    """What is wrong with two numbers that a comparison of two things leads up to: "A has more than B: 5 against 8"."""
    numbers = [one.quantity for one in bind(sentence)]  # the first may leave out its unit
    for one, other in pairwise(numbers):
        found = _LED_IN.search(sentence[: one.start])
        beside = found and comparable(one, other) and _AGAINST.fullmatch(sentence, one.end, other.start)
        if found is None or not beside or _DENIED.search(_clause(sentence, found.start(), found.end())):
            continue
        if (one.high < other.low) if found["more"] else (one.low > other.high):
            return Fault(f"it compares “{one.text}” with “{other.text}” the wrong way round", contradicts=True)
    return None


def _ends_before_it_begins(sentence: str) -> Fault | None:
    """What is wrong with a period whose last year is before its first."""
    years = [one for one in find_quantities(sentence) if one.kind == "time" and one.unit == "year"]
    for one, other in pairwise(years):
        if one.low > other.high and _THROUGH.fullmatch(sentence, one.end, other.start):
            if _OTHER_ERA.search(sentence):
                return None
            return Fault(f"no time goes from “{one.text}” to “{other.text}”", contradicts=True)
    return None


def _is_not_times(sentence: str) -> Fault | None:
    """What is wrong with a number that is said to be several times a greater one of its unit."""
    numbers = [one for one in find_quantities(sentence) if one.kind in ("measure", "count")]
    for one, second, third in zip(numbers, numbers[1:], numbers[2:], strict=False):
        if not _IS_TIMES.fullmatch(sentence, one.end, second.start):
            continue
        gap = sentence[second.end : third.start]
        if second.unit == "x" and _TIMES_OF.fullmatch(gap):
            times, other = second, third
        elif third.unit == "x" and _TIMES_AFTER.fullmatch(gap):
            times, other = third, second
        else:
            continue
        if one.unit == other.unit != "x" and times.low > 1 and one.high < other.low and one.low >= 0:
            return Fault(f"“{one.text}” is not several times “{other.text}”", contradicts=True)
    return None


def _neighbours(sentence: str) -> Iterator[tuple[Quantity, Quantity]]:
    """Each number with the next one of its unit; dates, ranks and names are none."""
    numbers = [
        one for one in find_quantities(sentence) if one.kind in ("measure", "count") and one.unit not in ("x", "pp")
    ]
    for unit in dict.fromkeys(one.unit for one in numbers):
        yield from pairwise([one for one in numbers if one.unit == unit])


def _is_belied(sentence: str, one: Quantity, other: Quantity) -> Fault | None:
    """What is wrong with the relation in which a sentence sets two numbers."""
    between = sentence[one.end : other.start]
    more, less = one.low > other.high, one.high < other.low
    if found := _COMPARED.fullmatch(between):
        told = bool(_TELLS.search(found["whose"])) and not _DIFFERENCE.match(between) and not _DENIED.search(between)
        if told and (less if found["more"] else more):
            return Fault(f"it compares “{one.text}” with “{other.text}” the wrong way round", contradicts=True)
    if _FROM.search(sentence[: one.start]) and _TO.search(between) and min(one.low, other.low) >= 0:
        ways = {way for found in _CHANGE.finditer(_clause(sentence, one.start, other.start)) for way in _way(found)}
        if (ways == {"rose"} and more) or (ways == {"fell"} and less):
            return Fault(f"from “{one.text}” to “{other.text}” is no such change as it says", contradicts=True)
    if one.unit in _ADDED_UP and less and _OF_WHICH.fullmatch(between) and not _APIECE.search(between):
        return Fault(f"it makes “{other.text}” a part of “{one.text}”, which is less", contradicts=True)
    return None


def _clause(sentence: str, start: int, end: int) -> str:
    """What leads up to a place, with what follows it as far as another."""
    return re.split(r"[,，;；、]", sentence[:start])[-1] + sentence[start:end]


def _way(found: re.Match[str]) -> Iterator[str]:
    yield from (way for way in ("rose", "fell") if found[way])
