"""Choose the figures that the terms of a question mean: one, a series over time, or the rows of a kind."""

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass

from agent.calculator.formula import Bilingual
from agent.operands.figures import Figure
from agent.operands.intents import Intent, Term
from agent.operands.matching import GOOD, MARGIN, Ledger, Match, Series, period_values, same_value
from agent.operands.periods import NO_PERIOD, Period
from agent.operands.plan import Operation, Reason, Unsettled
from agent.operands.ratios import term_names
from agent.operands.words import Words, words_of

Settled = tuple[Figure, ...] | Unsettled
Usable = Callable[[Series], tuple[Figure, ...] | None]
"""Takes from a series the figures that are asked for, or None where it has not all of them."""

_MOST_ROWS = 60
_MOST_NAMED = 8
_VERY_GOOD = 0.8
_UNASKED = 0.05  # for each word of a sub-head that is not asked for
_BEHIND = 0.15  # a series that has the period asked may fit so much worse than one that has not
_AND = re.compile(r"\s+(?:and|as well as|plus|&)\s+|\s*[,，、]\s*(?:and\s+)?|[和与及]|以及|と")
_LISTS = re.compile(r"\s+(?:as well as|plus|together with)\s+|以及", re.IGNORECASE)
_PLAIN_HEADS = frozenset({"total", "amount", "sum", "合计", "金额"})
_NONE: Words = frozenset()
_LATIN = re.compile("[A-Za-z]")
_NOBODY = words_of("company group firm business corporation overall consolidated segment division reported")
_FILLER = frozenset({"less", "year", "loss", "net", "total", "合计", "after", "tax", "(loss)"})


def choose(ledger: Ledger, term: str, usable: Usable, *, least: float = GOOD) -> Settled:
    """The figures that ``usable`` takes from the series that fits the term best.

    A series it takes nothing from is passed over, unless it fits far better than those it takes something from.
    """
    matches = _with_sentences(ledger.match(term))
    if not matches or matches[0].fit < least:
        return unsettled("not found", term, f"no figure is named “{term}”", f"没有找到“{term}”的数字")
    taken = [(match, figures) for match in matches if match.fit >= least and (figures := usable(match.series))]
    if not taken or taken[0][0].fit < matches[0].fit - _BEHIND:
        return unsettled(
            "no such period", term, f"“{term}” is not given for what is asked", f"“{term}”没有所问期间的数字"
        )
    best, figures = taken[0]
    for match, other in taken[1:]:
        if match.fit >= best.fit - MARGIN and [one.amount for one in other] != [one.amount for one in figures]:
            return unsettled(
                "ambiguous", term, f"“{term}” may be {best.series.first.label} or {match.series.first.label}",
                f"“{term}”可能是{best.series.first.label}或{match.series.first.label}",
            )  # fmt: skip
    return figures


def _with_sentences(matches: list[Match]) -> list[Match]:
    """The matches, and for each passage of text with several, their figures together: sentences word things anew."""
    together: dict[tuple[str, str], list[Match]] = {}
    for match in matches:
        first = match.series.first
        if first.source == "sentence" and match.fit >= GOOD - 0.1:
            together.setdefault((first.passage_id, first.unit), []).append(match)
    merged = [_merge(group) for group in together.values() if len(group) > 1]
    return sorted([*matches, *merged], key=lambda match: -match.fit)


def _merge(group: Sequence[Match]) -> Match:
    """One series of the figures of several, for each period those that fit best."""
    best: dict[Period, float] = {}
    for one in group:
        for figure in one.series.figures:
            best[figure.period] = max(best.get(figure.period, 0.0), one.fit)
    figures = [figure for one in group for figure in one.series.figures if one.fit > best[figure.period] - MARGIN]
    return Match(Series(tuple(figures), group[0].series.around), min(best.values()))


def over(periods: Sequence[Period]) -> Usable:
    """Takes the figures of all the periods, in their order; without periods, of all that the series has."""

    def usable(series: Series) -> tuple[Figure, ...] | None:
        wanted = periods or sorted({one.period for one in series.figures if one.period != NO_PERIOD})
        values = period_values(series, wanted)
        return tuple(values.values()) if values and len(values) > 1 else None

    return usable


def best_fit(ledger: Ledger, text: str) -> float:
    """How well the series that fits a term best fits it; 0 where none does."""
    return next((match.fit for match in ledger.match(text)), 0.0)


# --- One figure -------------------------------------------------------------------------------------------------------


def pick(ledger: Ledger, term: Term, beside: Figure | None = None, least: float = GOOD) -> Figure | Unsettled:
    """The one figure of a term; ``beside`` another, whose table and column are looked in first."""

    def usable(series: Series) -> tuple[Figure, ...] | None:
        found = list(series.figures)
        if beside is not None:
            near = [one for one in found if same_column(one, beside)]
            found = near or ([] if beside.source == "cell" and not term.periods else found)
        if len({period.year for period in term.periods}) > 1:
            return None
        if term.periods:
            period = term.periods[-1]
            dated = [one for one in found if one.period.covers(period)]
            plain = [one for one in dated if one.period.quarter == period.quarter]
            undated = all(one.period == NO_PERIOD and not ledger.is_dated(one) for one in found)
            found = plain or dated or (found if undated else [])
        return (found[0],) if found and same_value(found) else None

    chosen = choose(ledger, term.text, usable, least=least)
    return chosen if isinstance(chosen, Unsettled) else chosen[0]


def same_column(a: Figure, b: Figure) -> bool:
    """Whether two figures stand in one column of one table."""
    return (a.passage_id, a.table, a.column) == (b.passage_id, b.table, b.column) and a.source == "cell"


def pick_beside(ledger: Ledger, term: Term, beside: Figure) -> Figure | Unsettled:
    """The second of two things: in the column of the first, else in its row, else elsewhere if it fits very well."""
    near = pick(ledger, term, beside=beside)
    if not isinstance(near, Unsettled):
        return near
    return pick_in_row(ledger, term, beside) or pick(ledger, term, least=_VERY_GOOD)


def pick_in_row(ledger: Ledger, term: Term, beside: Figure) -> Figure | None:
    """The one other cell of a row whose column a term names: "its price"."""
    asked = words_of(term.text) - words_of(beside.label)
    row = [
        one
        for one in ledger.figures
        if (one.passage_id, one.table, one.row) == (beside.passage_id, beside.table, beside.row)
        and one.source == "cell"
        and one.column != beside.column
        and asked
        and asked <= words_of(one.head)
    ]
    return row[0] if len(row) == 1 else None


def pick_named(
    ledger: Ledger, term: str, periods: Sequence[Period], beside: Figure | None, owner: str = ""
) -> Figure | Unsettled:
    """The figure of a ratio's term: a row that bears one of its names and no more; the commonest name first.

    Of an ``owner`` named in a row's label, head or sub-heads, the figure must be the owner's; of one that nothing on
    the page speaks of, there is none.
    """
    wanted = stretch(periods, ranged=False)
    if len(wanted) > 1:
        return unsettled("no such period", term, "a ratio is asked for several periods", "问的是几个期间的比率")
    name = term_names()[term][0]
    missing = unsettled("not found", name, f"no figure is named “{name}”", f"没有找到“{_chinese_name(term)}”")
    owned = words_of(owner) - _NOBODY
    particular = any(owned & one.near for one in ledger.series) if _LATIN.search(owner) else False
    series = [one for one in ledger.series if _speaks_of(one, owned, particular=particular)]
    bearers = (
        [one for one in series if _bears(one, words_of(name), owned if particular else _NONE)]
        for name in term_names()[term]
    )
    named = next((bearer for bearer in bearers if bearer), [])
    found: list[Figure] = []
    for one in named:
        dated = one.at(wanted[0]) if wanted else list(one.figures)
        found += dated or [each for each in one.figures if each.period == NO_PERIOD and not ledger.is_dated(each)]
    if beside is not None:
        near = [one for one in found if same_column(one, beside) or one.passage_id == beside.passage_id]
        found = near or found
    if not found:
        return missing
    if not same_value(found):
        label = found[0].label
        return unsettled("ambiguous", label, f"“{label}” has several values", f"“{label}”有几个不同的数值")
    return found[0]


def _speaks_of(series: Series, owned: Words, *, particular: bool) -> bool:
    """Whether a series is of an owner: says so itself, or, where none does, stands on a page that speaks of it."""
    if particular:
        return owned <= series.near
    said = len(owned & (series.around | series.near))
    return said == len(owned) or (any(word[0] >= "\u3400" for word in owned) and said >= 0.5 * len(owned))


def _bears(series: Series, words: Words, owner: Words) -> bool:
    """Whether a series' label is a name, but for its owner's and for words that change nothing."""
    if series.first.head.strip("%") and not series.head <= owner:
        return False
    label = series.label - (owner - words)
    return label == words or (words <= label and label - words <= _FILLER and series.first.source == "cell")


def _chinese_name(term: str) -> str:
    return next((name for name in term_names()[term] if "\u3400" <= name[0] <= "\u9fff"), term_names()[term][0])


# --- Over time --------------------------------------------------------------------------------------------------------


def stretch(periods: Sequence[Period], *, ranged: bool) -> tuple[Period, ...]:
    """The periods meant, in order of time: every year of a range, without doubles."""
    spoken = [one for one in periods if not one.relative]
    if spoken and all(not one.quarter for one in spoken):
        quarters = [one for one in periods if one.quarter and not one.year]
        spoken += quarters
    known = sorted(set(_share_parts(spoken)))
    if ranged and len(known) == 2 and not any((one.quarter, one.half, one.month) != (0, 0, 0) for one in known):
        return tuple(Period(year) for year in range(known[0].year, known[1].year + 1))
    return tuple(known)


def _share_parts(periods: Sequence[Period]) -> list[Period]:
    """ "Q4 2019 and 2018" means the fourth quarter of both, and "Q3 and Q4 2019" two quarters of one year."""
    quarters = {one.quarter for one in periods if one.quarter}
    years = {one.year for one in periods if one.year}
    shared = []
    for one in periods:
        quarter = one.quarter or (next(iter(quarters)) if len(quarters) == 1 else 0)
        year = one.year or (next(iter(years)) if len(years) == 1 else 0)
        shared.append(Period(year, one.half, quarter, one.month, one.day))
    return shared


def choose_addends(ledger: Ledger, text: str, periods: Sequence[Period]) -> list[tuple[Figure, ...]] | Unsettled:
    """One series for a term; where none goes by it, one for each of the things it lists ("A as well as B")."""
    whole = choose(ledger, text, over(periods))
    listed = _LISTS.search(text)
    if not isinstance(whole, Unsettled) and not listed:
        return [whole]
    parts = [part for part in (_LISTS if listed else _AND).split(text) if words_of(part)]
    if isinstance(whole, Unsettled) and (len(parts) < 2 or (whole.reason == "ambiguous" and not listed)):
        return whole
    settled: list[tuple[Figure, ...]] = []
    for part in parts:
        found = choose(ledger, part, _under(settled[0][0].head, over(periods)) if settled else over(periods))
        if isinstance(found, Unsettled):
            return whole if isinstance(whole, Unsettled) else [whole]
        settled.append(found)
    return settled


def _under(head: str, usable: Usable) -> Usable:
    """Takes the same from series of one column's head alone."""
    return lambda series: usable(series) if series.first.head == head else None


# --- Several things ---------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Gathered:
    """The figures of a sum or an average; ``named`` when each was asked for by name."""

    figures: tuple[Figure, ...]
    named: bool = False


def gather(ledger: Ledger, intent: Intent) -> Gathered | Unsettled:
    """The figures of a sum, an average or an extreme: over periods, over the things named, or all rows of a kind."""
    if len(intent.terms) > 1:
        picked = [pick(ledger, term) for term in intent.terms]
        lost = next((one for one in picked if isinstance(one, Unsettled)), None)
        return lost or Gathered(tuple(one for one in picked if not isinstance(one, Unsettled)), named=True)
    term = intent.terms[0]
    periods = stretch(term.periods, ranged=intent.ranged)
    text = term.text
    if intent.fuller and best_fit(ledger, intent.fuller) > best_fit(ledger, text):
        if len(periods) == 1:
            return unsettled("no arithmetic", intent.fuller, "the page gives it as it is", "文中直接给出，无需计算")
        text = intent.fuller if len(periods) > 1 else text
    failed: Unsettled | None = None
    if len(periods) > 1 or not intent.every:
        usable = within(periods[0], intent.operation) if len(periods) == 1 else over(periods)
        over_time = choose(ledger, text, usable)
        if not isinstance(over_time, Unsettled):
            return Gathered(over_time)
        if len(periods) > 1:
            return over_time
        failed = over_time
    if named := pick_each(ledger, text, periods):
        return Gathered(named, named=True)
    rows = choose_rows(ledger, text, periods)
    if not isinstance(rows, Unsettled):
        return Gathered(rows)
    return failed if failed and failed.reason == "ambiguous" else rows


def pick_each(ledger: Ledger, text: str, periods: tuple[Period, ...]) -> tuple[Figure, ...]:
    """The figures of the things that a term lists, or none where one of them is not settled."""
    parts = [part for part in _AND.split(text) if words_of(part)]
    if not 2 <= len(parts) <= _MOST_NAMED:
        return ()
    picked: list[Figure] = []
    for part in parts:
        term = Term(part, periods)
        one = pick_beside(ledger, term, picked[0]) if picked else pick(ledger, term)
        if isinstance(one, Unsettled) or any((one.passage_id, one.start) == (a.passage_id, a.start) for a in picked):
            return ()
        picked.append(one)
    return tuple(picked)


def within(period: Period, operation: Operation) -> Usable:
    """Takes the quarters of a year; for an average, else the year's and the one's before it."""

    def usable(series: Series) -> tuple[Figure, ...] | None:
        parts = [one for one in series.figures if one.period.covers(period) and one.period.quarter]
        if not period.quarter and len(parts) > 1 and len({one.period.quarter for one in parts}) == len(parts):
            return tuple(parts)
        return over((period.back(), period))(series) if operation == "average" else None

    return usable


def choose_rows(ledger: Ledger, text: str, periods: Sequence[Period], *, alike: bool = False) -> Settled:
    """The rows of the sub-head or the column that a term names, totals left out, in one column.

    With ``alike`` two columns of the same rows are as good as each other: the rows are only counted.
    """
    asked = words_of(text)
    best: tuple[float, list[Figure]] | None = None
    rival = False
    for fit, rows in _fitting_rows(ledger, asked, periods):
        if best is None or fit > best[0] + MARGIN:
            best, rival = (fit, rows), False
        elif abs(fit - best[0]) <= MARGIN and not _agree(best[1], rows, alike=alike):
            rival = True
    if best is None:
        return unsettled("not found", text, f"no rows go by “{text}”", f"没有找到“{text}”的各项")
    if rival:
        return unsettled("ambiguous", text, f"several columns hold “{text}”", f"有几列都是“{text}”")
    return tuple(best[1])


def _fitting_rows(ledger: Ledger, asked: Words, periods: Sequence[Period]) -> Iterator[tuple[float, list[Figure]]]:
    """Rows that go by a term, of each column and each sub-head, with how well they do."""
    for column in _columns(ledger):
        for figures in _groups(column):
            end = next((one.row for one in figures if one.total and one.groups == figures[0].groups), None)
            items = [one for one in figures if not one.total and (end is None or one.row < end)]
            if periods:
                items = [one for one in items if one.period.covers(periods[0])]
            fit, items = _fit_items(ledger, asked, items)
            if fit >= GOOD and 2 <= len(items) <= _MOST_ROWS:
                yield fit, items


def _agree(a: Sequence[Figure], b: Sequence[Figure], *, alike: bool) -> bool:
    """Whether two choices of rows come to the same: the same amounts, or with ``alike`` the same rows."""
    same_rows = a[0].passage_id == b[0].passage_id and [one.row for one in a] == [one.row for one in b]
    return (alike and same_rows) or [one.amount for one in a] == [one.amount for one in b]


def _fit_items(ledger: Ledger, asked: Words, figures: list[Figure]) -> tuple[float, list[Figure]]:
    """How well a column's rows go by a term, and those that do: what heads and sub-heads leave open, rows must say."""
    if not figures or not asked:
        return 0.0, []
    named = _named_words(figures)
    around = ledger.around(figures[0].passage_id)
    open_ = asked - named - (around - words_of(" ".join(one.label for one in figures)))
    if open_:
        kept = [one for one in figures if open_ <= words_of(one.label)]
        if not kept or (len(kept) < len(figures) and not any(one.period.year for one in figures)):
            return 0.0, []  # which of some things are of a kind, labels do not tell
        figures = kept
    near = named if not open_ else named | open_
    if not near & asked:
        return 0.0, []
    fit = (len(asked & near) + 0.5 * len((asked - near) & around)) / len(asked)
    beyond = words_of(figures[0].head) - asked
    plain = 0.02 if beyond <= _PLAIN_HEADS else 0.1 * len(beyond)
    return fit - (plain if beyond else 0.0) - _UNASKED * len(named - asked - beyond), figures


def _columns(ledger: Ledger) -> Iterable[list[Figure]]:
    columns: dict[tuple[str, int, int], list[Figure]] = {}
    for one in ledger.figures:
        if one.source == "cell":
            columns.setdefault((one.passage_id, one.table, one.column), []).append(one)
    return columns.values()


def _groups(column: Sequence[Figure]) -> Iterable[list[Figure]]:
    """A column's figures as a whole, and those under each of its sub-heads."""
    groups: dict[tuple[str, ...], list[Figure]] = {}
    for one in column:
        groups.setdefault(one.groups, []).append(one)
    yield list(column)
    if len(groups) > 1:
        yield from groups.values()


def _named_words(figures: Sequence[Figure]) -> Words:
    """What a column's rows have in common: its head and the sub-heads above all of them."""
    shared = frozenset.intersection(*(words_of(" ".join(one.groups)) for one in figures))
    return words_of(figures[0].head) | shared


def unsettled(reason: Reason, about: str, en: str, zh: str) -> Unsettled:
    """Why no figure is chosen, in both languages."""
    return Unsettled(reason, about, Bilingual(en, zh))
