"""Settle on the one way to answer a question by calculation, and go it."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass, replace
from decimal import Decimal
from itertools import islice, product

from agent.calculator.calculation import calculate
from agent.calculator.formula import Formula, Interval
from agent.calculator.registry import formulas, lookup
from agent.calculator.result import Result
from agent.calculator.rounding import Rounding, rounding_asked
from agent.calculator.routing.asks import Ask, asks_input, find_asks, rank
from agent.calculator.routing.cases import asks_of_each, cases, second_case, set_apart
from agent.calculator.routing.figures import Reading, halve_diameters, multiply, read, split_ranges, with_spares
from agent.calculator.routing.flows import PAIRS, PARTS, RELATIONS
from agent.calculator.routing.plans import Feed, Plan, Planner, carried
from agent.calculator.routing.slots import fits
from agent.calculator.routing.turns import turned
from agent.calculator.units import same_value
from agent.errors import CalculationError

_LONGEST_QUESTION = 2000
_MOST_NUMBERS = 24
_MOST_CARDS = 8
_MOST_ASKS = 5
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
_AGAIN = 2.9  # what is asked for by no stronger words than these may be the same as before
_CLOSE_CALL = 1.0  # readings that the words speak for about as strongly must agree in their results


@dataclass(frozen=True, slots=True)
class RoutedStep:
    """One calculation.

    Attributes:
        inputs: Argument → its words as in the question, or with "#n.output" for a result of step n, the first being 1.
        missing: Required arguments that the question does not give.
    """

    formula_id: str
    inputs: dict[str, str]
    missing: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Route:
    """The calculations that answer a question, in order.

    Attributes:
        rounding: What it asks for.
        answers: Which steps, from 1, give what is asked for.
        cases: Of each answer, the numbers that make its case ("15 pJ/bit"), where one thing is asked of several.
    """

    steps: tuple[RoutedStep, ...]
    rounding: Rounding
    answers: tuple[int, ...]
    cases: tuple[str, ...] = ()


def route(question: str, *, lacking: bool = False) -> Route | None:
    """The calculations that answer a question with its own numbers, or None when it asks for none or is not settled.

    Arguments are missing only where the question plainly orders a calculation ("calculate …"), or with ``lacking``.
    """
    if len(question) > _LONGEST_QUESTION:
        return None
    reading = read(question)
    if len(reading.figures) > _MOST_NUMBERS or _means_otherwise(reading):
        return None
    if more := second_case(reading):
        return _checked(question, _settle_second(*more))
    asks = find_asks(reading)[:_MOST_ASKS]
    if not asks:
        return None
    reading = _without_echoes(halve_diameters(reading) or reading, asks)
    reading = set_apart(reading)
    of_each = _settle_cases(reading, asks)
    chosen = () if of_each and asks_of_each(reading) else _settle_at_once(reading, asks)
    if not (chosen or of_each) and (lacking or all(ask.ordered for ask in asks)):
        chosen = _settle(reading, asks, lenient=True)
    told = [("", plan) for plan in _with_states(chosen, reading, asks)] or of_each
    return _checked(question, told)


def _checked(question: str, told: Sequence[tuple[str, Plan]]) -> Route | None:
    """The plans as a route, unless a word of the question turns what one of its numbers means."""
    found = _as_route(told, rounding_asked(question)) if told else None
    return None if found and turned(question, [(step.formula_id, step.inputs) for step in found.steps]) else found


def run_route(found: Route) -> list[Result]:
    """Work the steps out, one after the other, results being handed on at full precision.

    Raises:
        CalculationError: A step lacks an argument, or is refused.
    """
    results: list[Result] = []
    for step in found.steps:
        if step.missing:
            raise CalculationError(
                f"the question does not give {', '.join(step.missing)}", where=step.formula_id,
                next_step="add what is missing to the question",
            )  # fmt: skip
        inputs = {name: _with_results(words, step.formula_id, name, results) for name, words in step.inputs.items()}
        results.append(calculate(step.formula_id, inputs, **asdict(found.rounding)))
    return results


def find_formula(question: str) -> tuple[Formula, ...]:
    """Formulas that may fit a question, best first and few: by their names, the result asked for, the numbers given."""
    reading = read(question[:_LONGEST_QUESTION])
    scores = {
        id_: weight + sum(any(fits(f, p) for f in reading.figures if f.unit) for p in lookup(id_).parameters if p.unit)
        for id_, weight in rank(reading).items()
    }
    best = max(scores.values(), default=0.0)
    kept = sorted((id_ for id_ in scores if scores[id_] >= max(3.0, best / 2)), key=lambda id_: (-scores[id_], id_))
    known = {one.id: one for one in formulas()}
    return tuple(known[id_] for id_ in kept[:_MOST_CARDS])


_DENIED = re.compile(r"\b(?:not|never|cannot)\b(?! only)|n't\b|没有|并未|并不|不会|不再|不是|尚未|未能")
_LEFT_OUT = re.compile(
    r"(?:\b(?:without|excluding|except|ignoring|leaving out|minus|net of)\b|不考虑|不含|"
    r"不包括|不计|除去|扣除|剔除)[^,，。;；?？]{0,24}$"
)
_BEYOND = re.compile(
    r"\bmerg(?:e|es|er|ed|ing)\b|合并(?!报表)|counting both|both directions (?:together|combined)|收发合计|双向合计"
)


def _means_otherwise(reading: Reading) -> bool:
    """Whether a number is denied or left out ("does not go to 5 W", "without the 3 dB connector")."""
    if _BEYOND.search(reading.low):
        return True
    for at in reading.needed:
        figure = reading.figures[at]
        clause = re.split(r"[,;:?!，；：？！。]|\.(?![0-9])", reading.low[: figure.start])[-1]
        if _LEFT_OUT.search(clause) or (_DENIED.search(clause) and figure.words != "0"):
            return True
    return False


def _without_echoes(reading: Reading, asks: Sequence[Ask]) -> Reading:
    """A number that a later part only says again ("…, and what MTBF does 150 FIT imply?") need not be used twice."""
    known = {(one.low, one.high, one.unit): one.start for one in reversed(reading.figures)}
    again = {
        at for ask in asks[1:] for at, one in enumerate(reading.figures)
        if one.unit and ask.start <= one.start < ask.end and known[one.low, one.high, one.unit] < ask.start
    }  # fmt: skip
    figures = tuple(replace(one, free=True) if at in again else one for at, one in enumerate(reading.figures))
    return replace(reading, figures=figures)


# --- Settling ---------------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class _Option:
    """A plan as the answer to one ask."""

    plan: Plan
    output: str
    score: float


def _settle(reading: Reading, asks: Sequence[Ask], *, lenient: bool = False) -> tuple[Plan, ...]:
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


def _settle_at_once(reading: Reading, asks: Sequence[Ask]) -> tuple[Plan, ...]:
    """A plan for each ask, in the first way to read the question that has them."""
    chosen = _settle(reading, asks)
    if not chosen and len(asks) > 1 and asks_of_each(reading):
        paired = [ask for ask in asks if _likeliest(ask) in PAIRS]
        chosen = _settle(reading, paired) if paired else ()
    for other in (split_ranges, multiply, with_spares):
        if not chosen and (again := other(reading)):
            chosen = _settle(again, asks)
    return chosen


def _likeliest(ask: Ask) -> str:
    return max(ask.wanted, key=ask.wanted.__getitem__)[0]


def _with_states(plans: Sequence[Plan], reading: Reading, asks: Sequence[Ask]) -> Iterator[Plan]:
    """The plans, the old and the new state before what is saved where the question asks for these too."""
    for plan in plans:
        states = [step for step in plan.steps if step is not plan and plan.formula_id in PAIRS]
        asked = {id_ for ask in asks for id_, _ in ask.wanted}
        if asks_of_each(reading) and asked.issuperset(step.formula_id for step in states):
            yield from states
        yield plan


def _settle_cases(reading: Reading, asks: Sequence[Ask]) -> tuple[tuple[str, Plan], ...]:
    """Plans for each of several values with the words of these; empty where they are not settled all alike."""
    # "…, and what does it cost at 78%?" asks the same again.
    asked = [asks[0], *(ask for ask in asks[1:] if max(ask.wanted.values()) > _AGAIN)]
    plainly = [ask for ask in asked if ask.sure]
    for one, of in product(
        cases(reading, one_result=len(asks) == 1), [asked, plainly] if 0 < len(plainly) < len(asked) else [asked]
    ):
        plans = [_settle(case, of) for case in one]
        alike = len({tuple(map(_kind, each)) for each in plans}) == 1
        if all(plans) and alike and not any(ask.sure and _is_outspoken(ask, plans[0]) for ask in of):
            shared = frozenset[int].intersection(*(case.allowed for case in one))
            names = [", ".join(case.figures[at].words for at in sorted(case.allowed - shared)) for case in one]
            return tuple((name, plan) for name, each in zip(names, plans, strict=True) for plan in each)
    return ()


def _settle_second(before: Reading, after: Reading) -> tuple[tuple[str, Plan], ...]:
    """Plans for what is asked first, then for the same with the numbers that a later part puts in their place."""
    asks = find_asks(before)[:_MOST_ASKS]
    plans = [_settle(case, asks) for case in (before, after)] if asks else []
    if not plans or not all(plans) or tuple(map(_kind, plans[0])) != tuple(map(_kind, plans[1])):
        return ()
    return tuple(
        (", ".join(case.figures[n].words for n in sorted(case.allowed - other.allowed)), plan)
        for case, other, each in ((before, after, plans[0]), (after, before, plans[1])) for plan in each
    )  # fmt: skip


def _is_outspoken(ask: Ask, plans: Sequence[Plan]) -> bool:
    """Whether the words ask more for what sets the cases in relation, such as a saving, than for what is given."""
    given = {plan.formula_id for plan in plans}
    asked = max((score for (id_, _), score in ask.wanted.items() if id_ in given), default=0)
    return any(score > asked and id_ in RELATIONS for (id_, _), score in ask.wanted.items())


def _kind(plan: Plan) -> tuple[str, tuple[str, ...]]:
    return plan.formula_id, tuple(name for name, _ in plan.inputs)


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
    if asks_input(reading, ask, lookup(id_)):
        return
    own = planners[0].plans(id_) if len(planners) > 1 else []
    for plan in dict.fromkeys([*own, *planners[-1].plans(id_)]):
        if id_ in ask.vague and not plan.used & reading.needed:
            continue
        if not _takes_echoes(reading, plan, ask):
            continue
        if not needed <= plan.used or (plan.guessed and (id_ not in ask.named or score < strongest)):
            continue
        told = min(3.0, plan.score) + _IN_SCOPE * (plan in own) + _SAME_TIME * _of_that_time(reading, plan, ask)
        if score > _BY_NAME or score + max(told, _TYPED * _is_typed(reading, plan)) >= _LEAST_ASKED:
            yield _Option(plan, output, score + told - _doubts(reading, plan, ask))


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
    shares = [planner.result(step) for step in plan.steps if step.formula_id in PARTS]
    if any(one is not None and _is_above(one.outputs[0].value, 100) for one in shares):
        return False
    savings = [planner.result(step) for step in plan.steps if step.formula_id in PAIRS]
    return not any(one is not None and _is_negative(one.outputs[0].value) for one in savings)


def _is_negative(value: object) -> bool:
    return value.low < 0 if isinstance(value, Interval) else isinstance(value, Decimal) and value < 0


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


# --- Steps ------------------------------------------------------------------------------------------------------------


def _as_route(told: Sequence[tuple[str, Plan]], rounding: Rounding) -> Route:
    order: dict[object, int] = {}
    steps: list[RoutedStep] = []
    for _, plan in told:
        for step in plan.steps:
            if step.key in order:
                continue
            inputs = {
                name: "".join(p if isinstance(p, str) else f"#{order[p.plan.key]}.{p.output}" for p in words)
                for name, words in step.inputs
            }
            steps.append(RoutedStep(step.formula_id, inputs, step.missing))
            order[step.key] = len(steps)
    return Route(
        tuple(steps), rounding, tuple(order[plan.key] for _, plan in told), tuple(case for case, _ in told if case)
    )


_RESULT = re.compile(r"#([0-9]+)\.([a-z0-9_]+)")


def _with_results(words: str, formula_id: str, name: str, results: Sequence[Result]) -> str:
    return _RESULT.sub(lambda m: carried(results[int(m[1]) - 1], m[2], formula_id, name), words)
