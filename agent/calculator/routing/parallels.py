"""Names in one list and values in another: "cost and price are $340 and $800", "2023年和2024年分别为10亿和12亿元"."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from functools import cache

from agent.calculator.registry import formulas
from agent.calculator.routing.figures import Figure
from agent.calculator.routing.words import stands

_JOINT = re.compile(r"\s?(?:,\s?(?:and|or)\b|[,，、/]|\b(?:and|or|versus|vs\.?)(?![a-z])|[和与及])\s?")
_NEXT = re.compile(r"\s?[只个台套颗块件根条]?" + _JOINT.pattern)
_COPULA = re.compile(
    r"\s?(?:respectively,?\s?)?(?:分别|各|依次)?(?:\b(?:are|were|is|was|of|at|be)\b|[:：=]|[为是达约]|(?<=分别)|(?<=依次))"
    r"\s?(?:about |around |respectively |约)?$"
)
_END = re.compile(r"[?!;。？！；]|\.(?![0-9])")
_YEARS_AFTER = re.compile(r"\s?(?:[a-z]+ )?in ((?:(?:19|20)[0-9]{2}(?:, | and )?)+)")
_TIME = re.compile(r"(?:19|20)[0-9]{2}|this year|last year|next year|去年|今年|明年|上年|本年")


def in_parallel(figures: Sequence[Figure], dates: Sequence[tuple[int, int, int]], low: str) -> list[Figure]:
    """The figures, those of a list of values each with the words and the year that a list of names gives it.

    Args:
        dates: (start, end, year) of each year named.
        low: The text.
    """
    found = list(figures)
    for places in _lists(figures, low):
        first, last = figures[places[0]], figures[places[-1]]
        for at, name in zip(places, _names_before(low, first, figures, len(places)), strict=False):
            years = [int(year) for year in re.findall(r"(?:19|20)[0-9]{2}", name)]
            found[at] = replace(
                found[at], before=name, loose_before=False, loose_after=False, year=years[0] if len(years) == 1 else 0
            )
        after = _YEARS_AFTER.match(low, last.end)
        years = [year for start, _, year in dates if after and after.start(1) <= start < after.end(1)]
        if len(years) == len(places):
            for at, year in zip(places, years, strict=True):
                found[at] = replace(found[at], year=year)
    return found


def _lists(figures: Sequence[Figure], low: str) -> Iterator[list[int]]:
    """Values of one kind, one after the other."""
    run: list[int] = []
    for at, one in enumerate(figures):
        if one.end == one.start:
            continue
        if run and figures[run[-1]].unit == one.unit and _NEXT.fullmatch(low, figures[run[-1]].end, one.start):
            run.append(at)
            continue
        if len(run) > 1:
            yield run
        run = [at]
    if len(run) > 1:
        yield run


def _names_before(low: str, first: Figure, figures: Sequence[Figure], many: int) -> list[str]:
    """As many names as there are values, from the words before the first value; [] where they do not stand there."""
    start = max((mark.end() for mark in _END.finditer(low, 0, first.start)), default=0)
    start = max([start, *(one.end for one in figures if one.end <= first.start and one.end > one.start)])
    head = low[start : first.start]
    copula = _COPULA.search(head)
    if copula is None:
        return []
    names = [name for name in _JOINT.split(head[: copula.start()]) if name and name.strip()][-many:]
    told = len(names) == many and all(_TIME.search(name) or any(stands(name, cue) for cue in _cues()) for name in names)
    return names if told else []


@cache
def _cues() -> tuple[str, ...]:
    """The words that name arguments."""
    parameters = [parameter for known in formulas() for parameter in known.parameters]
    words = [word.lower() for one in parameters for word in (*one.cues, one.symbol, one.name.replace("_", " "))]
    return tuple(dict.fromkeys(word for word in words if len(word) > 1 + (word.isascii() and len(word) < 3)))
