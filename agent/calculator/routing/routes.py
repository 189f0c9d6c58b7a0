"""The way to answer a question by calculation: settled at once or of each case, or not at all; and going it."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass, replace
from itertools import product

from agent.calculator.calculation import calculate
from agent.calculator.formula import Formula
from agent.calculator.registry import formulas, lookup
from agent.calculator.result import Result
from agent.calculator.rounding import Rounding, rounding_asked
from agent.calculator.routing.asks import Ask, find_asks, rank
from agent.calculator.routing.cases import (
    asks_of_each,
    cases,
    goes_on_from_there,
    second_case,
    sentence_of_each,
    set_apart,
)
from agent.calculator.routing.figures import Reading
from agent.calculator.routing.flows import PAIRS, RELATIONS
from agent.calculator.routing.plans import Plan, carried
from agent.calculator.routing.reading import read
from agent.calculator.routing.rereading import halve_diameters, multiply, split_ranges, with_spares
from agent.calculator.routing.settling import settle
from agent.calculator.routing.slots import fits
from agent.calculator.routing.turns import turned
from agent.errors import CalculationError

_LONGEST_QUESTION = 2000

_MOST_NUMBERS = 24

_MOST_CARDS = 8

_MOST_ASKS = 5

_AGAIN = 2.9  # what is asked for by no stronger words than these may be the same as before


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
    if len(reading.figures) > _MOST_NUMBERS or _means_otherwise(reading) or goes_on_from_there(reading):
        return None
    if more := second_case(reading):
        return _checked(question, _settle_second(*more))
    asks = find_asks(reading)[:_MOST_ASKS]
    if not asks:
        return None
    reading = _without_echoes(halve_diameters(reading) or reading, asks)
    reading = set_apart(reading)
    of_each = _settle_cases(reading, asks) or _settle_beside_cases(reading, asks)
    chosen = () if of_each and asks_of_each(reading) else _settle_at_once(reading, asks)
    if not (chosen or of_each) and (lacking or all(ask.ordered for ask in asks)):
        chosen = settle(reading, asks, lenient=True)
    told = [("", plan) for plan in _with_states(chosen, reading, asks)] or of_each
    return _checked(question, told)


def _checked(question: str, told: Sequence[tuple[str, Plan]]) -> Route | None:
    """The plans as a route, unless a word of the question turns what one of its numbers means."""
    found = _as_route(told, rounding_asked(question)) if told else None
    if found and turned(question, [(step.formula_id, step.inputs) for step in found.steps]):
        return None
    return None if found and found.cases and _all_alike(found) else found


def _all_alike(found: Route) -> bool:
    """Whether all cases come to the same: what sets them apart has no effect, and something else is meant."""
    if any(step.missing for step in found.steps):
        return False
    try:
        results = run_route(found)
    except CalculationError:
        return False
    answers = [
        (results[at - 1].formula_id, results[at - 1].outputs)
        for at, case in zip(found.answers, found.cases, strict=True)
        if case
    ]
    return len(answers) > 1 and all(one == answers[0] for one in answers)


def run_route(found: Route | None) -> list[Result]:
    """Work the steps out, one after the other, results being handed on at full precision.

    Raises:
        CalculationError: There is no route; or a step lacks an argument, or is refused.
    """
    if found is None:
        raise CalculationError("the question settles on no calculation", next_step="say which number is what")
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


def _settle_at_once(reading: Reading, asks: Sequence[Ask]) -> tuple[Plan, ...]:
    """A plan for each ask, in the first way to read the question that has them."""
    chosen = settle(reading, asks)
    if not chosen and len(asks) > 1 and asks_of_each(reading):
        paired = [ask for ask in asks if _likeliest(ask) in PAIRS]
        chosen = settle(reading, paired) if paired else ()
    for other in (split_ranges, multiply, with_spares):
        if not chosen and (again := other(reading)):
            chosen = settle(again, asks)
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
        plans = [settle(case, of) for case in one]
        alike = len({tuple(map(_kind, each)) for each in plans}) == 1
        related = any(_likeliest(ask) in RELATIONS and not _gives(plans[0], ask) for ask in asks)
        apart = len({tuple(plan.key for plan in each) for each in plans}) == len(plans)
        if (
            all(plans)
            and alike
            and apart
            and not related
            and not any(ask.sure and _is_outspoken(ask, plans[0]) for ask in of)
        ):
            shared = frozenset[int].intersection(*(case.allowed for case in one))
            names = [", ".join(case.figures[at].words for at in sorted(case.allowed - shared)) for case in one]
            own = [frozenset(case.figures[at].words for at in case.allowed - shared) for case in one]
            if any(_mixes(each, words) for each, words in zip(plans, own, strict=True)):
                continue  # several numbers of one case in one list: which list is which case is not said
            if len({_roles(each, words) for each, words in zip(plans, own, strict=True)}) == 1:
                return tuple((name, plan) for name, each in zip(names, plans, strict=True) for plan in each)
    return ()


def _settle_beside_cases(reading: Reading, asks: Sequence[Ask]) -> tuple[tuple[str, Plan], ...]:
    """Plans where one sentence asks of each case, and others ask once: "how much is saved? And the pJ/bit of each?"."""
    at = sentence_of_each(reading)
    each = [ask for ask in asks if reading.sentence(ask.start) == at]
    once = [ask for ask in asks if reading.sentence(ask.start) != at]
    if not each or not once:
        return ()
    plans, told = settle(reading, once), _settle_cases(reading, each)
    return (*(("", plan) for plan in plans), *told) if plans and told else ()


def _settle_second(before: Reading, after: Reading) -> tuple[tuple[str, Plan], ...]:
    """Plans for what is asked first, then for the same with the numbers that a later part puts in their place."""
    asks = find_asks(before)[:_MOST_ASKS]
    plans = [_settle_at_once(case, asks) for case in (before, after)] if asks else []
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


def _gives(plans: Sequence[Plan], ask: Ask) -> bool:
    return _likeliest(ask) in {plan.formula_id for plan in plans}


def _mixes(plans: Sequence[Plan], words: frozenset[str]) -> bool:
    pieces = [piece for plan in plans for step in plan.steps for _, given in step.inputs for piece in given]
    return any(isinstance(piece, str) and sum(word in piece.split("; ") for word in words) > 1 for piece in pieces)


def _roles(plans: Sequence[Plan], words: frozenset[str]) -> frozenset[tuple[str, str]]:
    """The arguments that a case's own numbers are taken for."""
    steps = {step for plan in plans for step in plan.steps}
    return frozenset(
        (step.formula_id, name) for step in steps for name, pieces in step.inputs
        if any(isinstance(piece, str) and any(word in piece for word in words) for piece in pieces)
    )  # fmt: skip


def _kind(plan: Plan) -> tuple[str, tuple[str, ...]]:
    return plan.formula_id, tuple(name for name, _ in plan.inputs)


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
        tuple(steps),
        rounding,
        tuple(order[plan.key] for _, plan in told),
        tuple(case for case, _ in told) if any(case for case, _ in told) else (),
    )


_RESULT = re.compile(r"#([0-9]+)\.([a-z0-9_]+)")


def _with_results(words: str, formula_id: str, name: str, results: Sequence[Result]) -> str:
    return _RESULT.sub(lambda m: carried(results[int(m[1]) - 1], m[2], formula_id, name), words)
