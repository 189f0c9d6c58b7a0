"""Settle on the plans that answer what is asked: weigh the ways to fill the formulas, take none where two disagree."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from itertools import islice, product

from agent.calculator.formula import MONEY, Formula, Interval
from agent.calculator.registry import lookup
from agent.calculator.routing.asks import Ask, asks_input
from agent.calculator.routing.figures import Reading
from agent.calculator.routing.flows import PAIRS, PARTS
from agent.calculator.routing.plans import Feed, Plan, Planner
from agent.calculator.units import same_value

_MOST_TRIED = 3000

_STEP_COST = 1.5

_LACKING_COST = 2.0

_ALONE_COST = 4.0  # of a value taken without the count of what has it

_IN_SCOPE = 2.0  # of several asks, for one that finds all its numbers between the ask before and itself

_BORROWED = 1.0  # for a number that another part of the question asks with

_BACKWARDS = 1.5

_SAME_TIME = 1.5  # for a number of the time that is asked about

_SPREAD_COST = 3.0  # of a calculation whose numbers come from one sentence more than another's

_FOLLOWS = 1.5  # of an answer that is worked out from another one

_TYPED = 1.6

_BY_NAME = 2.2  # more than an everyday word for the kind of result

_LEAST_ASKED = 2.4

_SECOND_CHOICE = 0.6  # what is asked for by less than this share of the strongest words is not what is meant

_CLOSE_CALL = 1.0  # readings that the words speak for about as strongly must agree in their results


@dataclass(frozen=True, slots=True)
class _Option:
    """A plan as the answer to one ask."""

    plan: Plan
    output: str
    score: float


def settle(reading: Reading, asks: Sequence[Ask], *, lenient: bool = False) -> tuple[Plan, ...]:
    """A plan for each ask that together use all numbers; empty where there is none, or where two disagree."""
    planner = Planner(reading, lenient=lenient)
    if len(asks) == 1:
        options = [_options([planner], asks[0], reading.needed)]
    else:
        options = [
            [replace(one, score=one.score - _BORROWED * _borrows(reading, one.plan, ask, asks)) for one in found]
            for ask, scope in _scopes(reading, asks) for found in [_options([Planner(scope, lenient), planner], ask)]
        ]  # fmt: skip
    if any(not found for ask, found in zip(asks, options, strict=True) if ask.sure):
        return ()
    choices: list[list[_Option | None]] = [
        [*found] if ask.sure else [*found, None] for ask, found in zip(asks, options, strict=True)
    ]
    ways = sorted(
        (way for way in islice(product(*choices), _MOST_TRIED) if _covers(way, reading)),
        key=lambda way: -_total(way),
    )  # fmt: skip
    ways = [way for way in ways if all(one is None or _is_sound(planner, one.plan) for one in way)]
    if not ways:
        return ()
    best, *others = [way for way in ways if _total(way) >= _total(ways[0]) - _CLOSE_CALL]
    for way in others:
        if not _agree(planner, best, way, lenient):
            return ()
    return tuple(dict.fromkeys(one.plan for one in best if one is not None))


def _scopes(reading: Reading, asks: Sequence[Ask]) -> Iterator[tuple[Ask, Reading]]:
    """Each ask with its sentence and those before it, back to the one that asked before."""
    sentences = [reading.sentence(ask.start) for ask in asks]
    for ask, sentence in zip(asks, sentences, strict=True):
        first = max((one for one in sentences if one < sentence), default=-1) + 1
        yield ask, reading.within(first, sentence)


def _options(planners: Sequence[Planner], ask: Ask, needed: frozenset[int] = frozenset()) -> list[_Option]:
    """The plans that would answer an ask, likeliest first.

    Args:
        planners: Of the whole question, after one of the ask's own sentences where there are several asks.
        needed: The numbers that a plan must use.
    """
    by_formula: dict[str, tuple[float, str]] = {}
    for (id_, output), score in ask.wanted.items():
        if score > by_formula.get(id_, (0.0, ""))[0]:
            by_formula[id_] = (score, output)
    strongest = max((score for score, _ in by_formula.values()), default=0.0)
    likely = {id_ for id_, (score, _) in by_formula.items() if score >= _SECOND_CHOICE * strongest}
    found = [
        option for id_ in by_formula if id_ in likely
        for option in _plans_of(planners, ask, id_, *by_formula[id_], strongest, needed)
    ] or [
        option for id_ in by_formula if id_ not in likely
        for option in _plans_of(planners, ask, id_, *by_formula[id_], 0.0, needed)
        if len(planners) == 1 and not option.plan.guessed and _tells_itself(planners[-1].reading, option.plan, ask)
    ]  # fmt: skip
    return sorted(found, key=lambda option: -_total([option]))[: 24 if len(planners) == 1 else 12]


def _plans_of(
    planners: Sequence[Planner],
    ask: Ask,
    id_: str,
    score: float,
    output: str,
    strongest: float,
    needed: frozenset[int],
) -> Iterator[_Option]:
    """The plans of one formula that would answer an ask."""
    reading = planners[-1].reading
    if asks_input(reading, ask, lookup(id_)) or _is_no_money(reading, ask, lookup(id_)):
        return
    own = planners[0].plans(id_) if len(planners) > 1 else []
    for plan in dict.fromkeys([*own, *planners[-1].plans(id_)]):
        if id_ in ask.vague and (not plan.used & reading.needed or not plan.complete):
            continue
        if not _takes_echoes(reading, plan, ask):
            continue
        if not needed <= plan.used or (plan.guessed and (id_ not in ask.named or score < strongest)):
            continue
        told = min(3.0, plan.score) + _IN_SCOPE * (plan in own) + _SAME_TIME * _of_that_time(reading, plan, ask)
        if score > _BY_NAME or score + max(told, _TYPED * _is_typed(reading, plan)) >= _LEAST_ASKED:
            yield _Option(plan, output, score + told - _doubts(reading, plan, ask))


_MONEY_ASKED = re.compile(
    r"\b(?:electricity|energy|power|electric|utility|yearly|annual) (?:bill|costs?|expense|spend)|\bbill\b|"
    r"\bof electricity cost|\bhow many (?:us )?(?:dollars|euros|yuan)|"
    r"\bhow much (?:money|does|do|will|would)\b[^?]{0,60}\b(?:costs?|pay|spend)\b|电费|费用|多少钱|花费|"
    r"多少(?:万)?(?:元|美元|人民币)"
)
_SHARE_ASKED = re.compile(r"percent|%|百分|几成|比例")


def _is_no_money(reading: Reading, ask: Ask, formula: Formula) -> bool:
    """Whether a bill is asked for and a formula gives energy or power, of which a price would make one."""
    part = reading.low[ask.start : ask.end]
    pays = _MONEY_ASKED.search(part) is not None and not _SHARE_ASKED.search(part)
    return pays and formula.group == "energy" and not any(MONEY in output.unit for output in formula.outputs)


def _takes_echoes(reading: Reading, plan: Plan, ask: Ask) -> bool:
    """Whether it takes itself what the asking part says again: "what MTBF does 150 FIT imply" is of 150 FIT alone."""
    given = {piece for _, words in plan.inputs for piece in words if isinstance(piece, str)}
    return all(
        one.words in given for one in reading.figures
        if one.unit and one.free and ask.start <= one.start < ask.end
        and any(other.words == one.words and other.start < ask.start for other in reading.figures)
    )  # fmt: skip


_TIME = re.compile(r"今年|去年|本年|上年|明年|this year|last year|next year|\bnow\b|\btoday\b|目前|现在|当前")


def _of_that_time(reading: Reading, plan: Plan, ask: Ask) -> bool:
    """Whether a number taken from elsewhere is of the time that the asking part names: "its share this year"."""
    times = set(_TIME.findall(reading.low[ask.start : ask.end]))
    outside = (reading.figures[at] for at in plan.used if not ask.start <= reading.figures[at].start < ask.end)
    return bool(times) and any(not times.isdisjoint(_TIME.findall(one.before)) for one in outside)


def _borrows(reading: Reading, plan: Plan, ask: Ask, asks: Sequence[Ask]) -> int:
    """How many of its numbers stand in another part that asks, where its own part has numbers too."""
    if not any(ask.start <= one.start < ask.end for one in reading.figures):
        return 0
    others = [other for other in asks if other is not ask and other.sure]
    places = [reading.figures[at].start for at in plan.used]
    return sum(any(other.start <= place < other.end for other in others) for place in places)


def _is_typed(reading: Reading, plan: Plan) -> bool:
    """Whether it takes two numbers or more, each with a unit that says what it is."""
    places = [reading.figures[at] for at in plan.used if reading.figures[at].end > reading.figures[at].start]
    return len(places) > 1 and all(figure.unit not in ("", "%", "x") for figure in places)


def _tells_itself(reading: Reading, plan: Plan, ask: Ask) -> bool:
    """Whether a formula that is not the first to come to mind is meant: it is named, or its numbers leave no other."""
    return plan.formula_id not in ask.vague and (plan.formula_id in ask.named or _is_typed(reading, plan))


def _doubts(reading: Reading, plan: Plan, ask: Ask) -> float:
    """What speaks against a plan: arguments that lack, values without their counts, numbers from all over the place."""
    lacking = sum(len(step.missing) for step in plan.steps)
    alone = sum(count not in plan.used for value, count in reading.counts.items() if value in plan.used)
    far = 1.0 - _inside(reading, plan, ask) + _BACKWARDS * _is_backwards(reading, plan, ask)
    return _LACKING_COST * lacking + _ALONE_COST * alone + _SPREAD_COST * _spread(reading, plan) + far


def _inside(reading: Reading, plan: Plan, ask: Ask) -> float:
    """The share of a plan's numbers that stand in the very part of the question that asks."""
    places = [reading.figures[at].start for at in plan.used]
    return sum(ask.start <= place < ask.end for place in places) / len(places) if places else 0.0


def _is_backwards(reading: Reading, plan: Plan, ask: Ask) -> bool:
    """Whether it starts from the number that is asked about: "the cost at 400,000 units" is no cost before."""
    inside = {one.words for one in reading.figures if ask.start <= one.start < ask.end}
    taken = {name: words[0] for name, words in plan.inputs if words[0] in inside}
    starts = [p for p in lookup(plan.formula_id).parameters if p.name in taken and "from" in p.leads]
    ends = [p for p in lookup(plan.formula_id).parameters if p.name in taken and "to" in p.leads]
    return bool(starts) and not ends


def _spread(reading: Reading, plan: Plan) -> int:
    """How many sentences beyond the first each calculation takes its numbers from, over all."""
    extra = 0
    for step in plan.steps:
        below = {at for _, words in step.inputs for piece in words if isinstance(piece, Feed) for at in piece.plan.used}
        places = [reading.figures[at] for at in step.used - below]
        extra += max(0, len({reading.sentence(place.start) for place in places if place.end > place.start}) - 1)
    return extra


def _covers(way: Sequence[_Option | None], reading: Reading) -> bool:
    used = frozenset[int]().union(*(one.plan.used for one in way if one is not None))
    return reading.needed <= used and any(one is not None and one.plan.inputs for one in way)


def _total(way: Sequence[_Option | None]) -> float:
    """How strongly the words speak for it; each calculation more than one is a little less likely to be meant."""
    distinct = {step.key for one in way if one is not None for step in one.plan.steps}
    plans = [one.plan for one in way if one is not None]
    follows = any(
        one.key != two.key and one.key in [step.key for step in two.steps]
        for n, one in enumerate(plans) if one.formula_id in PAIRS for two in plans[n + 1 :]
    )  # fmt: skip
    return sum(one.score for one in way if one is not None) - _STEP_COST * len(distinct) + _FOLLOWS * follows


def _is_sound(planner: Planner, plan: Plan) -> bool:
    """Whether it computes, and saves rather than wastes: what is negative or above 100% was taken the wrong way."""
    if not plan.complete:
        return True
    if planner.result(plan) is None:
        return False
    ageing = [planner.result(step) for step in plan.steps if step.formula_id == "arrhenius_af"]
    if any(one is not None and _is_below_one(one.outputs[0].value) for one in ageing):
        return False  # a stress below the use: the temperatures were taken the wrong way round
    shares = [planner.result(step) for step in plan.steps if step.formula_id in PARTS]
    if any(one is not None and _is_above(one.outputs[0].value, 100) for one in shares):
        return False
    savings = [planner.result(step) for step in plan.steps if step.formula_id in PAIRS]
    return not any(one is not None and _is_negative(one.outputs[0].value) for one in savings)


def _is_negative(value: object) -> bool:
    return value.low < 0 if isinstance(value, Interval) else isinstance(value, Decimal) and value < 0


def _is_below_one(value: object) -> bool:
    return isinstance(value, Decimal) and value < 1


def _is_above(value: object, most: int) -> bool:
    return value.high > most if isinstance(value, Interval) else isinstance(value, Decimal) and value > most


def _agree(planner: Planner, way: Sequence[_Option | None], other: Sequence[_Option | None], lenient: bool) -> bool:
    """Whether two ways give the same numbers for what is asked."""
    for one, two in zip(way, other, strict=True):
        if one is None or two is None or one.plan.key == two.plan.key:
            continue
        first, second = (planner.result(each.plan) if each.plan.complete else None for each in (one, two))
        if lenient or first is None or second is None:
            return False
        a, b = first.output(one.output), second.output(two.output)
        if one.plan.formula_id == two.plan.formula_id:
            if first.outputs != second.outputs:
                return False
        elif not (_is_number(a.value) and _is_number(b.value) and same_value(a.value, a.unit, b.value, b.unit)):  # type: ignore[arg-type]
            return False
    return True


def _is_number(value: object) -> bool:
    return isinstance(value, Decimal)
