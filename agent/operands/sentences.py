"""Read the figures of running text: each number with the words of its sentence and the period it is for."""

import re
from collections.abc import Iterator, Sequence
from decimal import Decimal

from agent.operands.figures import Figure, spelled_scale
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
_BEFORE, _AFTER = Period(steps=-1, relative=True), Period(relative=True)
_LEAD = re.compile(r"^[^：:。]{4,80}[：:]")


_COMPARED = re.compile(
    r"(?:\b(?:than|compared\s+(?:to|with)|against|versus|vs\.?|relative\s+to|since)(?:\s+(?:in|for|the|of|fiscal|year))*"
    r"|较|比|相比)\s*$",
    re.IGNORECASE,
)


def read_sentences(passage: Passage, table: int) -> list[Figure]:
    """Every number of the passage's sentences that is no date and no name.

    A number's label is its clause, in Chinese the words before it in the clause. Where as many periods as numbers stand
    in a sentence that says "respectively" (分别), they go together in order; otherwise a number is for the period named
    last before it, else for the one the passage names.
    """
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
    told = [one for one in find_periods(whole) if not _COMPARED.search(whole[: one.start])]
    years = {one.period.year for one in told if one.period.year}
    return Period(years.pop()) if len(years) == 1 else NO_PERIOD


def _sentence(passage: Passage, start: int, end: int, table: int, row: int, whole: Period) -> Iterator[Figure]:
    text = passage.text[start:end]
    periods = find_periods(text)
    numbers = [
        one
        for one in find_quantities(text)
        if (one.kind in ("measure", "count") or _COUNTED.search(text[: one.start]))
        and one.kind != "label"
        and not any(one.start < found.end and found.start < one.end for found in periods)
    ]
    dealt = _deal(text, numbers, periods)
    for first, last in _runs([(one.start, one.end) for one in numbers], text):
        left = numbers[first - 1].end if first else 0
        right = numbers[last].start if last < len(numbers) else len(text)
        for place in range(first, last):
            one = numbers[place]
            label = _label(text, numbers[first].start, numbers[last - 1].end, left, right)
            period = dealt.get(place) or _period_before(text, one, periods)
            if _starts_change(text, numbers, place, periods):
                period = period.within(whole).back() if period.year or whole.year else _BEFORE
            elif period == NO_PERIOD and place and _starts_change(text, numbers, place - 1, periods):
                period = _AFTER
            scale = spelled_scale(one.text) if one.unit == "" or one.unit.isupper() else Decimal(1)
            yield Figure(
                passage.id, start + one.start, start + one.end, one.text, one.low / scale, one.high / scale,
                one.bound in ("=", "~"), "negative" if one.low < 0 else "number", one.unit, scale, "sentence", label,
                (), "", period.within(whole), table, row, place,
            )  # fmt: skip


def _starts_change(text: str, numbers: Sequence[Quantity], place: int, periods: Sequence[FoundPeriod]) -> bool:
    """Whether a number is the first of "rose from 5 to 7", which are not given periods of their own."""
    if place + 1 >= len(numbers):
        return False
    one, other = numbers[place], numbers[place + 1]
    if one.unit != other.unit or not _FROM.search(text[: one.start]) or not _TO.fullmatch(text[one.end : other.start]):
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


def _period_before(text: str, one: Quantity, periods: Sequence[FoundPeriod]) -> Period:
    """The period named last before a number; else the first one after it in its clause."""
    before = [found for found in periods if found.end <= one.start and _reaches(text, found, one)]
    if before:
        latest = before[-1].period
        return latest.within(before[-2].period) if latest.relative and len(before) > 1 else latest
    after = [
        found
        for found in periods
        if found.start >= one.end
        and not _CLAUSE.search(text[one.end : found.start])
        and not _COMPARED.search(text[: found.start])  # "5 is 2 less than 2018" says nothing of 5's year
    ]
    return after[0].period if after else NO_PERIOD
