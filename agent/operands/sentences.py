"""Read the figures of running text: each number with the words of its sentence and the period it is for."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from decimal import Decimal

from agent.operands.figures import Figure, spelled_scale
from agent.operands.kinds import is_count
from agent.operands.periods import NO_PERIOD, FoundPeriod, Period, find_periods, label_period
from corpus.document import Passage
from corpus.quantities import Quantity, find_quantities
from corpus.text import split_sentences

_RESPECTIVELY = re.compile(r"\brespectively\b|分别|それぞれ", re.IGNORECASE)
_LIST_GAP = re.compile(r"\s*(?:[,，、;；]|and|和|及|与|以及|、)?\s*(?:and|和|及|与)?\s*", re.IGNORECASE)
_CLAUSE = re.compile(r"[；;。]|[，,](?!\s?[0-9])|：|:\s|\n")
_LABEL_END = re.compile(
    r"(?:的)?(?:为|是|达到?|约为?|共计?|合计|仅为?|有|was|were|is|are|of|at|to|totaled|totalled|amounted to)?\s*$"
)
_COORDINATED = re.compile(r"(?:,|\band|;)\s*$", re.IGNORECASE)
_HAN = re.compile(r"[\u3400-\u9fff]")
_COUNTED = re.compile(r"[为是达共有]$")  # 总人数为2090 is no year
_ACHIEVED = re.compile(r"^.*(?:实现|取得|完成|录得|达成)了?(?=.{2})")
_FROM = re.compile(r"(?:\bfrom|由|从|自)\s*$", re.IGNORECASE)
_TO = re.compile(
    r"\s*(?:to|[\u4e00-\u9fff]{0,2}?(?:增长|增加|上升|提高|下降|减少|降低|降|升)?[至到为])\s*", re.IGNORECASE
)
_GREW_TO = re.compile(
    r"[\u4e00-\u9fff]{0,2}?(?:增长|增加|上升|提高|扩大|下降|减少|降低|降|升|增)[至到]\s*(?:19|20)[0-9]{2}\s*年(?:的|约|为)*\s*"
)
_SPAN_GAP = re.compile(r"\s*(?:to|through|until|till|-|–|—|~|至|到|から)\s*(?:the\s+)?", re.IGNORECASE)
_BETWEEN, _AND = re.compile(r"\bbetween\s+(?:the\s+)?$", re.IGNORECASE), re.compile(r"\s*and\s*", re.IGNORECASE)
_BEFORE, _AFTER = Period(steps=-1), Period(steps=1)
_LEAD = re.compile(r"^[^：:。]{4,80}[：:]")
_DIGITS = re.compile(r"[0-9]+(?:[.,][0-9]+)*")
_MOST_NUMBERS = 400
_NEAR = 80  # characters before a number that its lead-in words may take
_FAR = 500  # characters before a number within which its period is named
_MOST_NEAR = 8

_COMPARED = re.compile(
    r"(?:\b(?:than|compared\s+(?:to|with)|against|versus|vs\.?|relative\s+to|since)(?:\s+(?:in|for|the|of|fiscal|year))*"
    r"|较|比|相比)\s*$",
    re.IGNORECASE,
)


def read_sentences(passage: Passage, table: int) -> list[Figure]:
    """Every number of the passage's sentences that is no date and no name.

    A number's label is its clause, in Chinese the words before it in the clause. Where as many periods as numbers stand
    in a sentence that says "respectively" (分别), they go together in order; otherwise a number is for the period named
    last before it, else for the one the passage names. The ends of a change that the text dates no closer ("rose from 5
    to 7") are "before" and "after". A passage of several hundred numbers is data and no text: it gives none.
    """
    if sum(1 for _ in _DIGITS.finditer(passage.text)) > _MOST_NUMBERS:
        return []
    figures: list[Figure] = []
    whole = _leading_period(passage)
    for row, (start, end) in enumerate(split_sentences(passage.text)):
        figures += _sentence(passage, start, end, table, row, whole)
    return figures


def _leading_period(passage: Passage) -> Period:
    """The period of the passage's lead ("某某公司2021年年度报告："), or the only year it names."""
    lead = _LEAD.match(passage.text)
    if lead and (period := label_period(lead[0])) != NO_PERIOD:
        return Period(period.year)
    whole = " ".join((*passage.section, passage.text))
    told = [one for one in find_periods(whole) if not _is_compared(whole, one)]
    years = {one.period.year for one in told if one.period.year}
    return Period(years.pop()) if len(years) == 1 else NO_PERIOD


def _sentence(passage: Passage, start: int, end: int, table: int, row: int, whole: Period) -> Iterator[Figure]:
    text = passage.text[start:end]
    periods = find_periods(text)
    numbers = [
        one
        for one in find_quantities(text)
        if (one.kind in ("measure", "count") or _COUNTED.search(text[max(one.start - 1, 0) : one.start]))
        and one.kind != "label"
        and not any(one.start < found.end and found.start < one.end for found in periods)
    ]
    if max(len(numbers), len(periods)) > _MOST_NUMBERS:
        return
    dealt = _deal(text, numbers, periods) | _date_changes(text, numbers, periods, whole)
    label = ""
    for first, last in _runs([(one.start, one.end) for one in numbers], text):
        left = numbers[first - 1].end if first else 0
        right = numbers[last].start if last < len(numbers) else len(text)
        if not (first and _GREW_TO.fullmatch(text[left : numbers[first].start])):  # the end of a change is of the same
            label = _label(text, numbers[first].start, numbers[last - 1].end, left, right)
        for place in range(first, last):
            one = numbers[place]
            period = dealt[place] if place in dealt else _period_before(text, one, periods)
            scale = spelled_scale(one.text) if one.unit == "" or one.unit.isupper() else Decimal(1)
            yield Figure(
                passage.id, start + one.start, start + one.end, one.text, one.low / scale, one.high / scale,
                one.bound in ("=", "~"), "negative" if one.low < 0 else "number",
                "" if one.kind == "time" else one.unit,  # a count that looks like a year: 职工总人数为2090
                scale, "sentence", label, (), "", period.within(whole), table, row, place,
                kind="count" if is_count(label) else "amount",
            )  # fmt: skip


def _date_changes(
    text: str, numbers: Sequence[Quantity], periods: Sequence[FoundPeriod], whole: Period
) -> dict[int, Period]:
    """Number's place → its period, for both numbers of each "rose from 5 to 7"."""
    dated: dict[int, Period] = {}
    for place in range(len(numbers) - 1):
        if _starts_change(text, numbers, place, periods):
            left = numbers[place - 1].end if place else 0
            right = numbers[place + 2].start if place + 2 < len(numbers) else len(text)
            near = [one for one in periods if left <= one.start and one.end <= right]
            dated[place], dated[place + 1] = _change_ends(text, near, whole)
    return dated


def _change_ends(text: str, near: Sequence[FoundPeriod], whole: Period) -> tuple[Period, Period]:
    """When a change began and ended: two periods named together, or one, in which it took place.

    Where one is named alone, the beginning is known only as "before" it; where several stand apart, nothing is.
    """
    named = [one.period.within(whole) for one in near]
    pairs = [run for run in _runs([(one.start, one.end) for one in near], text) if run[1] - run[0] == 2] if near else []
    if len(pairs) == 1:
        old, new = (period.within(Period(named[pairs[0][1] - 1].year)) for period in named[slice(*pairs[0])])
        return (old, new) if old < new else (NO_PERIOD, NO_PERIOD)
    if len(set(named)) > 1:
        return NO_PERIOD, NO_PERIOD
    last = next(iter(named), whole)
    return (replace(last.back(), steps=-1), last) if last.year else (_BEFORE, last if last.relative else _AFTER)


def _starts_change(text: str, numbers: Sequence[Quantity], place: int, periods: Sequence[FoundPeriod]) -> bool:
    """Whether a number is the first of "rose from 5 to 7", which are not given periods of their own."""
    if place + 1 >= len(numbers):
        return False
    one, other = numbers[place], numbers[place + 1]
    lead, between = text[max(one.start - _NEAR, 0) : one.start], text[one.end : other.start]
    if one.unit != other.unit or not _FROM.search(lead) or not _TO.fullmatch(between):
        return False
    return not any(one.end <= found.start < other.end for found in periods)


def _deal(text: str, numbers: Sequence[Quantity], periods: Sequence[FoundPeriod]) -> dict[int, Period]:
    """Number's place → its period, where a list of periods and a list of numbers go together "respectively"."""
    if not _RESPECTIVELY.search(text):
        return {}
    dealt: dict[int, Period] = {}
    lists = _runs([(one.start, one.end) for one in numbers], text)
    named = _runs([(one.start, one.end) for one in periods], text)
    for first, last in lists:
        size = last - first
        before = [run for run in named if run[1] - run[0] == size and size > 1]
        if before:
            nearest = min(before, key=lambda run: abs(periods[run[0]].start - numbers[first].start))
            for step in range(size):
                outer = periods[nearest[0]].period
                dealt[first + step] = periods[nearest[0] + step].period.within(Period(month=outer.month if step else 0))
    return dealt


def _runs(spans: Sequence[tuple[int, int]], text: str) -> list[tuple[int, int]]:
    """Neighbouring spans with nothing but commas, "and" and "to" between them, as (first, after last)."""
    runs: list[tuple[int, int]] = []
    first = 0
    for place in range(1, len(spans) + 1):
        gap = text[spans[place - 1][1] : spans[place][0]] if place < len(spans) else "."
        if not (_LIST_GAP.fullmatch(gap) or _TO.fullmatch(gap)):
            runs.append((first, place))
            first = place
    return runs


def _label(text: str, start: int, end: int, left: int, right: int) -> str:
    """The words of ``text[left:right]`` about the numbers at ``text[start:end]``; in Chinese the clause before."""
    before = text[left:start]
    if _COORDINATED.search(before) and len(text[end:right].split()) > 2:
        before = ""  # "… and $3 million is held": what stands before is about the number before
    if _HAN.search(before):
        marks = [mark.end() for mark in _CLAUSE.finditer(before)]
        clause = _LABEL_END.sub("", before[marks[-1] if marks else 0 :])
        return _ACHIEVED.sub("", clause).strip(" ：:,，、")
    return " ".join(f"{before} {text[end:right]}".split())


def _reaches(text: str, found: FoundPeriod, one: Quantity) -> bool:
    """Whether a period named before a number may be meant for it: 上年 holds for its clause alone."""
    if found.period.relative and _CLAUSE.search(text[found.end : one.start]):
        return False
    return not _closed(text, found.start, one.start)


def _closed(text: str, start: int, end: int) -> bool:
    """Whether a bracket around ``start`` closes before ``end``: "(2018: 5) and 7" says nothing of 7's year."""
    depth = 0
    for character in text[start:end]:
        depth += (character in "(（") - (character in ")）")
        if depth < 0:
            return True
    return False


def _is_span(text: str, first: FoundPeriod, last: FoundPeriod) -> bool:
    """Whether two periods are the ends of a stretch of time, so that a number is of neither: "between … and …"."""
    gap = text[first.end : last.start]
    between = _BETWEEN.search(text[max(first.start - _NEAR, 0) : first.start])
    return bool(_SPAN_GAP.fullmatch(gap) or (between and _AND.fullmatch(gap)))


def _is_compared(text: str, found: FoundPeriod) -> bool:
    """Whether a period is only what another is compared with."""
    return bool(_COMPARED.search(text[max(found.start - _NEAR, 0) : found.start]))


def _period_before(text: str, one: Quantity, periods: Sequence[FoundPeriod]) -> Period:
    """The period named last before a number; else the first one after it in its clause."""
    named = [found for found in periods if one.start - _FAR < found.start and found.end <= one.start][-_MOST_NEAR:]
    before = [found for found in named if _reaches(text, found, one)]
    if len(before) > 1 and _is_span(text, *before[-2:]):
        return NO_PERIOD
    if before:
        latest = before[-1].period
        return latest.within(before[-2].period) if latest.relative and len(before) > 1 else latest
    after = [
        found
        for found in periods
        if one.end <= found.start < one.end + _FAR
        and not _CLAUSE.search(text[one.end : found.start])
        and not _is_compared(text, found)  # "5 is 2 less than 2018" says nothing of 5's year
    ]
    return after[0].period if after and not (len(after) > 1 and _is_span(text, *after[:2])) else NO_PERIOD
