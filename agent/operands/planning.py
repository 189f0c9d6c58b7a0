"""Turn a question and passages into a Plan: which numbers, and what to do with them."""

import re
from collections.abc import Callable, Sequence
from dataclasses import replace
from itertools import pairwise

from agent.calculator.formula import MONEY, Bilingual
from agent.calculator.rounding import rounding_asked
from agent.operands.choosing import (
    Settled,
    best_fit,
    choose,
    choose_addends,
    choose_rows,
    gather,
    over,
    pick,
    pick_beside,
    pick_each,
    pick_in_row,
    pick_named,
    same_column,
    stretch,
    unsettled,
    within,
)
from agent.operands.figures import MONEY_UNITS, Figure
from agent.operands.grids import Reading, read_grids
from agent.operands.intents import Intent, Term, Threshold
from agent.operands.matching import Houses, Ledger
from agent.operands.periods import Period
from agent.operands.phrasing import contradicting_note, is_deduction, slot, write_plan
from agent.operands.plan import Operation, Plan, Unsettled
from agent.operands.questions import AskedUnit, asked_unit, read_intents
from agent.operands.ratios import Ratio, find_ratio
from agent.operands.words import words_of
from corpus.document import Passage

_ADDED = re.compile(r"\b(?:the )?(?:sum|total|combined|both)\b(?: of)?|合计|之和|总和|共计", re.IGNORECASE)
_ITS = re.compile(r"(?:its|their|the latter's)\s+", re.IGNORECASE)
_WHOLE = frozenset({"total", "sum", "whol"})
_COLLECTED = ("highest", "lowest", "average", "count")  # of which houses may well differ


def find_operands(question: str, passages: Sequence[Passage]) -> Plan | Unsettled:
    """The arithmetic that answers a question from the numbers of some passages, or why there is none.

    Precision goes first: where several figures fit equally well, or one asked for is missing, nothing is proposed.
    """
    intents = read_intents(question)
    if not intents:
        return unsettled("no arithmetic", "", "no operation is asked for", "问题没有要求计算")
    ledger = Ledger(passages)
    if not ledger.figures:
        return unsettled("no figures", "", "no number can be read in the passages", "这些段落中没有可读出的数字")
    houses = Houses(question, passages)
    if houses.missing:
        return unsettled(
            "not found", houses.missing, f"no passage names {houses.missing}", f"没有段落提到{houses.missing}"
        )
    if houses.asked:
        ledger = ledger.keep(lambda one: bool(houses.hold((one.passage_id, one.start), one.groups)))
    asked = asked_unit(question)
    failed: list[Unsettled] = []
    for intent in intents:
        readings = read_grids(ledger, intent, asked.unit)
        plan = _plan_reading(readings, intent) if readings else _PLANNERS[intent.operation](ledger, intent)
        if isinstance(plan, Plan):
            rounded = replace(plan, rounding=rounding_asked(question))
            return _what_forbids(plan, intent, houses, passages) or _in_asked_unit(rounded, asked)
        if plan.reason == "ambiguous" and readings:
            return plan
        failed.append(plan)
    return failed[0]


def _what_forbids(plan: Plan, intent: Intent, houses: Houses, passages: Sequence[Passage]) -> Unsettled | None:
    """Why figures that were chosen are not to be set against each other: whose they are, or what they count."""
    places = [(one.passage_id, one.start) for one in plan.operands]
    lost = houses.asked - frozenset().union(*map(houses.hold, places))
    if lost:
        name = min(lost)
        return unsettled("not found", name, f"no figure of {name} is chosen", f"没有选到{name}的数字")
    if plan.operation in _COLLECTED:
        return None
    over_time = len({term.text for term in intent.terms}) == 1 and len(places) > 1
    if pair := houses.conflict(places, over_time=over_time):
        return unsettled(
            "ambiguous", "", f"one figure is from {pair[0]}, another from {pair[1]}",
            f"数字分别出自{pair[0]}和{pair[1]}",
        )  # fmt: skip
    if note := contradicting_note(plan.operands, passages):
        return unsettled(
            "not exact", "", f"the figures may be on different bases: {note}", f"数字的口径可能不同：{note}"
        )
    return None


# --- Tables of things and measures ------------------------------------------------------------------------------------


def _plan_reading(readings: Sequence[Reading], intent: Intent) -> Plan | Unsettled:
    """The plan over the cells that a table without periods gives."""
    if len(readings) > 1:
        labels = " / ".join(one.figures[0].text for one in readings[:3])
        return unsettled("ambiguous", "", f"several tables give it: {labels}", f"几个表格给出不同的数字：{labels}")
    figures = readings[0].figures
    if intent.operation == "ratio" and intent.ratio:
        ratio = intent.ratio
        return write_plan("ratio", _fill(ratio, figures, 0), figures, ratio.unit, formula=ratio.id)
    if intent.operation == "count":
        return _write_count(figures, intent)
    if len(intent.terms) == 2 and intent.operation in ("difference", "times", "share"):
        return _write_pair(intent, figures[0], figures[1])
    return _write_gathering(intent, figures, named=True)


def _in_asked_unit(plan: Plan, asked: AskedUnit) -> Plan | Unsettled:
    """The plan with its result in the unit that the question asks for; refused where it measures something else."""
    if not asked.unit or plan.operation == "count" or plan.unit in ("", "%", "pp"):
        return plan
    if any(one.unit == asked.unit for one in plan.operands):
        return replace(plan, unit=asked.written or plan.unit)
    if asked.unit == MONEY and plan.unit in MONEY_UNITS:
        return plan
    return unsettled(
        "not exact", "", f"it is asked in {asked.unit}, and the figures are in {plan.unit}",
        f"问的单位是 {asked.unit}，数字的单位是 {plan.unit}",
    )  # fmt: skip


# --- Operations over time ---------------------------------------------------------------------------------------------


def _ends(term: Term) -> tuple[Period, ...]:
    """The first and the last period of a change; the year before is the first where one is named alone."""
    periods = stretch(term.periods, ranged=False)
    if len(periods) == 1:
        return (periods[0].back(), periods[0])
    return (periods[0], periods[-1]) if periods else ()


def _plan_change(ledger: Ledger, intent: Intent) -> Plan | Unsettled:
    term = intent.terms[0]
    if intent.every and best_fit(ledger, intent.fuller) <= best_fit(ledger, term.text):
        return _plan_change_of_average(ledger, intent)
    term = Term(intent.fuller, term.periods) if intent.every else term
    ends = _ends(term)
    found = choose_addends(ledger, term.text, ends)
    if isinstance(found, Unsettled):
        ratio = find_ratio(term.text) if intent.operation == "change" and found.reason == "not found" else None
        owner = ratio.cut_from(term.text) if ratio else ""
        return _plan_change_of_ratio(ledger, ratio, ends, owner) if ratio and len(ends) == 2 else found
    if any(len(figures) != 2 for figures in found):
        return unsettled("no such period", term.text, "which two periods is not said", "没有说明是哪两个期间")
    sizes = [is_deduction(pair) for pair in found]
    old, new = (" + ".join(slot(2 * n + end, size=size) for n, size in enumerate(sizes)) for end in (0, 1))
    if len(found) > 1:
        new, old = f"({new})", f"({old})"
    figures = [figure for pair in found for figure in pair]
    if intent.operation == "growth":
        if sum(pair[0].value for pair in found) == 0:
            return unsettled("zero base", term.text, "the earlier figure is zero", "基期数字为零")
        notes: list[Bilingual] = []
        if not all(sizes) and any(pair[0].value < 0 for pair in found):
            if any(one.value > 0 for one in figures):
                return _negative_base(term.text)
            notes.append(_BY_SIZE)
        elif figures[0].unit == "%":
            notes.append(_OF_SHARES)
        if intent.unit == "x":
            return write_plan("times", f"{new} / {old}", figures, "", tuple(notes))
        return write_plan("growth", f"{new} / {old} - 1", figures, "%", tuple(notes))
    unit = "pp" if figures[0].unit == "%" else figures[0].unit
    if intent.unit == "pp" != unit:
        return unsettled("not exact", term.text, "only shares change by points", "只有比率的变化以百分点计")
    return write_plan("change", f"{new} - {old}", figures, unit)


_AVERAGE_OF_A_YEAR = Bilingual(
    "the average of a year is taken of its figure and of that of the year before",
    "某一年的平均值取该年与上一年数字的平均",
)
_NO_QUARTERS = unsettled("no such period", "", "the figures are not of quarters", "数字不是季度数字")
_BY_SIZE = Bilingual(
    "the figures are negative, so the rate is that of their size: growth is of a loss",
    "数字均为负，增长率按其绝对值计算",
)
_OF_SHARES = Bilingual(
    "the growth is relative to the earlier percentage, and is not the difference in percentage points",
    "增长率相对于基期的百分比计算，不是百分点之差",
)


def _negative_base(about: str) -> Unsettled:
    return unsettled(
        "zero base", about, "the base is negative, so there is no rate of growth", "基数为负，无法计算增长率"
    )


def _plan_change_of_average(ledger: Ledger, intent: Intent) -> Plan | Unsettled:
    """The change in the average of two stretches of time, or of two years, whose average is that of their ends."""
    term = intent.terms[0]
    years = sorted({one.year for one in term.periods if one.year})
    pairs = list(pairwise(years))
    if len(years) == 2:
        pairs = [(years[0] - 1, years[0]), (years[1] - 1, years[1])]
    if len(pairs) != 2:
        return unsettled("no such period", term.text, "which averages is not said", "没有说明是哪两段期间的平均值")
    wanted = [Period(year) for pair in pairs for year in pair]
    found = choose(ledger, term.text, over(list(dict.fromkeys(wanted))))
    if isinstance(found, Unsettled):
        return found
    place = {period.year: n for n, period in enumerate(dict.fromkeys(wanted))}
    old, new = (f"average({', '.join(slot(place[year]) for year in pair)})" for pair in pairs)
    if intent.operation == "growth":
        if any(one.value < 0 for one in found[:2]):
            return _negative_base(term.text)
        return write_plan("growth", f"{new} / {old} - 1", found, "%")
    return write_plan("change", f"{new} - {old}", found, found[0].unit)


def _plan_cagr(ledger: Ledger, intent: Intent) -> Plan | Unsettled:
    term = intent.terms[0]
    ends = _ends(term)
    found = choose(ledger, term.text, over(ends))
    if isinstance(found, Unsettled):
        return found
    first, last = found[0], found[-1]
    years = last.period.year - first.period.year
    if first.period.steps or last.period.steps:
        return unsettled("no such period", term.text, "when it began is not said", "没有说明起始年份")
    if first.value <= 0 or last.value < 0 or years < 1:
        return unsettled(
            "zero base", term.text, "growth needs a positive start and two years", "复合增长需要正的起点和两个年份"
        )
    return write_plan("cagr", f"cagr({{0}}, {{1}}, {years})", (first, last), "%")


# --- Two things -------------------------------------------------------------------------------------------------------


def _plan_pair(ledger: Ledger, intent: Intent) -> Plan | Unsettled:
    """A difference, a factor or a share of two things."""
    a, b = intent.terms
    if a.text == b.text and len(a.periods) == len(b.periods) == 1:
        series = choose(ledger, a.text, over((*a.periods, *b.periods)))
        return series if isinstance(series, Unsettled) else _write_pair(intent, series[0], series[-1])
    first = pick(ledger, a)
    if _ITS.match(a.text):
        owner = pick(ledger, b)
        mine = None if isinstance(owner, Unsettled) else pick_in_row(ledger, Term(_ITS.sub("", a.text)), owner)
        first = mine or unsettled("not found", a.text, f"whose {a.text} is not clear", f"“{a.text}”所指不明")
    if isinstance(first, Unsettled):
        second = pick(ledger, b)  # the other may be plain, and tell where to look
        if isinstance(second, Unsettled):
            return first
        if intent.operation != "difference" and (parts := pick_each(ledger, _ADDED.sub(" ", a.text), a.periods)):
            added = " + ".join(slot(n, size=is_deduction((one,))) for n, one in enumerate(parts))
            whole = slot(len(parts), size=is_deduction((second,)))
            return write_plan(intent.operation, f"({added}) / {whole}", (*parts, second), intent.unit)
        first = pick(ledger, a, beside=second)
        if isinstance(first, Unsettled):
            return first
    else:
        second = _pick_whole(ledger, b, first) if intent.operation == "share" else pick_beside(ledger, b, first)
        if isinstance(second, Unsettled):
            return second
    return _write_pair(intent, first, second)


def _write_pair(intent: Intent, first: Figure, second: Figure) -> Plan | Unsettled:
    if (first.passage_id, first.start) == (second.passage_id, second.start):
        return unsettled("ambiguous", second.label, "both are the same figure", "两个数字是同一个")
    left, right = (slot(n, size=is_deduction((one,))) for n, one in enumerate((first, second)))
    if intent.operation == "difference" and not intent.relative:
        unit = "pp" if first.unit == "%" else first.unit
        return write_plan("difference", f"{left} - {right}", (first, second), unit)
    if second.value == 0:
        return unsettled("zero base", second.label, f"“{second.label}” is zero", f"“{second.label}”为零")
    if intent.relative:
        if second.value < 0 and not (is_deduction((first,)) and is_deduction((second,))):
            return _negative_base(second.label)
        template = f"1 - {left} / {right}" if intent.relative == "below" else f"{left} / {right} - 1"
        return write_plan("difference", template, (first, second), "%")
    return write_plan(intent.operation, f"{left} / {right}", (first, second), intent.unit)


def _pick_whole(ledger: Ledger, term: Term, part: Figure) -> Figure | Unsettled:
    """What a part is a share of: in the part's column, the total where only a total is asked for."""
    column = [one for one in ledger.figures if same_column(one, part)]
    if not words_of(term.text) - _WHOLE:
        totals = [one for one in column if one.total and one.row > part.row]
        if totals:
            return totals[0]
    return pick_beside(ledger, term, part)


def _plan_ratio(ledger: Ledger, intent: Intent) -> Plan | Unsettled:
    """A named ratio, each of its terms looked for by the names it goes by."""
    ratio = intent.ratio
    if ratio is None:
        raise ValueError("a ratio intent carries its ratio")
    figures = _pick_terms(ledger, ratio, intent.terms[0].periods, intent.terms[0].text)
    if isinstance(figures, Unsettled):
        return figures
    return write_plan("ratio", _fill(ratio, figures, 0), figures, ratio.unit, formula=ratio.id)


def _pick_terms(ledger: Ledger, ratio: Ratio, periods: Sequence[Period], owner: str) -> list[Figure] | Unsettled:
    """A figure for each term of a ratio of the ``owner``: a segment, a company, or "" for whom the page is about."""
    figures: list[Figure] = []
    for term in ratio.terms:
        found = pick_named(ledger, term, periods, figures[0] if figures else None, owner)
        if isinstance(found, Unsettled):
            return found
        figures.append(found)
    return figures


def _fill(ratio: Ratio, figures: Sequence[Figure], first: int) -> str:
    """A ratio's expression with places, from ``first`` on, for its terms."""
    expression = ratio.expression
    for place, (term, figure) in enumerate(zip(ratio.terms, figures, strict=True), start=first):
        expression = re.sub(rf"\b{term}\b", slot(place, size=is_deduction((figure,))), expression)
    return expression


def _plan_change_of_ratio(ledger: Ledger, ratio: Ratio, ends: Sequence[Period], owner: str) -> Plan | Unsettled:
    """The change in a named ratio: in points, where the ratio is a percentage."""
    figures: list[Figure] = []
    values = []
    for period in ends:
        found = _pick_terms(ledger, ratio, (period,), owner)
        if isinstance(found, Unsettled):
            return found
        part, _, whole = _fill(ratio, found, len(figures)).partition(" / ")
        values.append(f"share({part}, {whole})" if ratio.unit == "%" else f"{part} / {whole}")
        figures += found
    unit = "pp" if ratio.unit == "%" else ""
    return write_plan("change", f"{values[1]} - {values[0]}", figures, unit, formula=ratio.id)


# --- Several things ---------------------------------------------------------------------------------------------------


def _plan_gathering(ledger: Ledger, intent: Intent) -> Plan | Unsettled:
    gathered = gather(ledger, intent)
    if isinstance(gathered, Unsettled):
        return gathered
    found = gathered.figures
    if intent.quarters and not all(one.period.quarter for one in found):
        return _NO_QUARTERS
    return _write_gathering(intent, found, named=gathered.named)


def _write_gathering(intent: Intent, found: Sequence[Figure], *, named: bool) -> Plan | Unsettled:
    sizes = [is_deduction((one,) if named else found) for one in found]
    names = ", ".join(slot(place, size=size) for place, size in enumerate(sizes))
    unit = found[0].unit
    if intent.operation in ("highest", "lowest"):
        amounts = [abs(one.amount) if size else one.amount for one, size in zip(found, sizes, strict=True)]
        function, extreme = ("max", max(amounts)) if intent.operation == "highest" else ("min", min(amounts))
        best = [one for one, amount in zip(found, amounts, strict=True) if amount == extreme]
        if any(one.period.steps and not one.period.relative for one in best):
            return unsettled("no such period", best[0].label, "its period is not said", "没有说明其期间")
        chosen = " / ".join(_tell_apart(one, found) for one in best)
        return write_plan(intent.operation, f"{function}({names})", found, unit, chosen=chosen)
    years = {one.year for one in intent.terms[0].periods}
    notes = (_AVERAGE_OF_A_YEAR,) if len(years) == 1 < len({one.period.year for one in found}) else ()
    return write_plan(intent.operation, f"{intent.operation}({names})", found, unit, notes)


def _tell_apart(figure: Figure, others: Sequence[Figure]) -> str:
    """What tells a figure from the others: its year, else its period, else its row."""
    if figure.period.year and not figure.period.steps and len({one.period.year for one in others}) == len(others):
        return str(figure.period.year)
    return str(figure.period) if len({one.period for one in others}) == len(others) else figure.label


def _plan_count(ledger: Ledger, intent: Intent) -> Plan | Unsettled:
    """How many periods, or rows of a kind, lie on one side of a threshold."""
    term = intent.terms[0]
    periods = stretch(term.periods, ranged=intent.ranged)
    found: Settled
    if intent.every or intent.threshold is None:
        found = choose_rows(ledger, term.text, periods, alike=intent.threshold is None)
    elif len(periods) == 1:
        found = choose(ledger, term.text, within(periods[0], "count"))
    else:
        found = choose(ledger, term.text, over(periods))
    if isinstance(found, Unsettled):
        return found
    if intent.quarters and not all(one.period.quarter for one in found):
        return _NO_QUARTERS
    return _write_count(found, intent)


def _write_count(found: Sequence[Figure], intent: Intent) -> Plan | Unsettled:
    term = intent.terms[0]
    if intent.threshold:
        if not all(one.exact and one.value == one.high for one in found):
            return unsettled("not exact", term.text, "a figure is only a bound or a range", "有数字只是界限或范围")
        kept = tuple(one for one in found if _beyond(one, intent.threshold))
        if not kept:
            return unsettled("not found", term.text, "none lies on that side of the threshold", "没有一项满足该条件")
        found = kept
    return write_plan("count", f"count({', '.join(map(slot, range(len(found))))})", found, "")


def _beyond(figure: Figure, threshold: Threshold) -> bool:
    value, limit = figure.amount, threshold.value
    if figure.scale == 1 and figure.source == "cell":  # the page does not say: it is in what the question is in
        limit /= threshold.scale
    return {">": value > limit, "<": value < limit, "≥": value >= limit, "≤": value <= limit}[threshold.comparison]


_PLANNERS: dict[Operation, Callable[[Ledger, Intent], Plan | Unsettled]] = {
    "change": _plan_change, "growth": _plan_change, "cagr": _plan_cagr,
    "difference": _plan_pair, "share": _plan_pair, "times": _plan_pair, "ratio": _plan_ratio,
    "sum": _plan_gathering, "average": _plan_gathering, "highest": _plan_gathering, "lowest": _plan_gathering,
    "count": _plan_count,
}  # fmt: skip
