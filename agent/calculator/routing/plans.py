"""Chain formulas backwards from what is asked, until every argument comes from the question."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from functools import cache, cached_property
from itertools import product

from agent.calculator.calculation import calculate
from agent.calculator.formula import MONEY, Formula
from agent.calculator.registry import lookup
from agent.calculator.result import Result
from agent.calculator.routing.figures import Reading
from agent.calculator.routing.flows import COUNTED, PAIRS, feeders
from agent.calculator.routing.slots import Filling, fill, fits
from agent.calculator.routing.words import stands
from agent.errors import CalculationError

_MOST_PLANS = 12
_DEEPEST = 4
_CONTRAST = re.compile(r"\s?(?:vs\.?|versus|against|对比?)\s?")
_TELLING = 0.5  # by how much the words must speak for one state being the old one


@dataclass(frozen=True, slots=True)
class Feed:
    """A result of another plan as (a part of) an argument."""

    plan: "Plan"
    output: str


Words = tuple[str | Feed, ...]
"""The text of an argument, in pieces; a Feed stands for the number it gives."""


@dataclass(frozen=True)  # not slotted: it remembers its key and its steps
class Plan:
    """A formula with where each of its arguments comes from.

    Attributes:
        used: The numbers it takes from the question, those of the plans that feed it included.
        score: How strongly the words beside the numbers speak for it, on average: about 3 at best.
        missing: Its own required arguments that nothing gives.
        guessed: Whether a number without a dimension, here or in what feeds it, is named by no word.
    """

    formula_id: str
    inputs: tuple[tuple[str, Words], ...]
    used: frozenset[int]
    score: float
    missing: tuple[str, ...] = ()
    guessed: bool = False

    @cached_property
    def steps(self) -> "tuple[Plan, ...]":
        """This plan and those that feed it, each once and after what feeds it."""
        found: dict[tuple[object, ...], Plan] = {}
        for _, words in self.inputs:
            for piece in words:
                if isinstance(piece, Feed):
                    for step in piece.plan.steps:
                        found.setdefault(step.key, step)
        found.setdefault(self.key, self)
        return tuple(found.values())

    @cached_property
    def key(self) -> tuple[object, ...]:
        """What it computes from what; equal for plans that do the same."""
        return self.formula_id, tuple(
            (name, tuple(piece if isinstance(piece, str) else (piece.plan.key, piece.output) for piece in words))
            for name, words in sorted(self.inputs)
        )

    @cached_property
    def complete(self) -> bool:
        """Whether nothing is missing, here and in what feeds it."""
        return not any(step.missing for step in self.steps)


@dataclass
class Planner:
    """Finds the plans for one question; what was found once is kept."""

    reading: Reading
    lenient: bool = False
    _known: dict[tuple[str, frozenset[int], int], list[Plan]] = field(default_factory=dict)
    _results: dict[object, Result | None] = field(default_factory=dict)

    def plans(self, formula_id: str, allowed: frozenset[int] | None = None, depth: int = _DEEPEST) -> list[Plan]:
        """The ways to compute a formula from the allowed numbers; those that use more of them first."""
        allowed = self.reading.allowed if allowed is None else allowed
        key = (formula_id, allowed, depth)
        if key not in self._known:
            self._known[key] = []  # a formula that would feed itself finds nothing here
            found = list(self._search(lookup(formula_id), allowed, depth))
            unique: dict[tuple[object, ...], Plan] = {}
            for plan in sorted(found, key=lambda plan: -plan.score):
                unique.setdefault(plan.key, plan)
            self._known[key] = sorted(unique.values(), key=self._rank)[:_MOST_PLANS]
        return self._known[key]

    def _rank(self, plan: Plan) -> tuple[object, ...]:
        used = len(plan.used & self.reading.needed)
        return -used, len(plan.missing), len(plan.steps), -plan.score

    def result(self, plan: Plan) -> Result | None:
        """What a complete plan gives; None where the calculator refuses it."""
        if plan.key not in self._results:
            self._results[plan.key] = self._compute(plan)
        return self._results[plan.key]

    def _compute(self, plan: Plan) -> Result | None:
        inputs = {}
        for name, words in plan.inputs:
            text = ""
            for piece in words:
                if isinstance(piece, Feed):
                    below = self.result(piece.plan)
                    if below is None:
                        return None
                    text += carried(below, piece.output, plan.formula_id, name)
                else:
                    text += piece
            inputs[name] = text
        try:
            return calculate(plan.formula_id, inputs)
        except CalculationError:  # one of several readings of a question does not compute: another one is tried
            return None

    def _search(self, formula: Formula, allowed: frozenset[int], depth: int) -> Iterator[Plan]:
        yield from self._filled(formula, allowed)
        if depth == 0:
            return
        for parameter in formula.parameters:
            sources = feeders(formula.id, parameter.name)
            if not sources or parameter.name in PAIRS.get(formula.id, ()):
                continue  # of two states, one computed and one given would not be counted alike
            if parameter.shape == "named":
                yield from self._with_losses(formula, parameter.name, sources, allowed, depth)
                continue
            for filling in fill(self.reading, formula, allowed, frozenset((parameter.name,))):
                if filling.missing and not self.lenient:
                    continue
                for id_, output in sources:
                    for plan in self.plans(id_, allowed - filling.used, depth - 1):
                        if _is_sum_of_one(lookup(id_), plan) or (plan.guessed and id_ in _ONLY_TOLD):
                            continue
                        if id_ == "els_electrical_power_w" and not _LASER.search(self.reading.low):
                            continue
                        if plan.used & self.reading.needed or plan.score >= 2:
                            yield from self._fed(formula, filling, parameter.name, Feed(plan, output), allowed)
        if formula.id in PAIRS:
            yield from self._two_states(formula, allowed, depth)

    def _filled(self, formula: Formula, allowed: frozenset[int]) -> Iterator[Plan]:
        for filling in fill(self.reading, formula, allowed, frozenset()):
            if _is_sum_of_one(formula, filling):
                continue
            if not filling.missing or (self.lenient and filling.used):
                yield _plan(formula, filling, {})

    def _fed(
        self, formula: Formula, filling: Filling, name: str, feed: Feed, allowed: frozenset[int]
    ) -> Iterator[Plan]:
        """A filling with one argument fed; a counted one takes the count from a number that is left."""
        if next(p for p in formula.parameters if p.name == name).shape != "counted":
            yield _plan(formula, filling, {name: (feed,)})
            return
        for at in sorted(allowed - filling.used - feed.plan.used):
            figure = self.reading.figures[at]
            counts = any(stands(figure.after, noun) for noun in COUNTED.get(feed.plan.formula_id, ()))
            if figure.is_count and not figure.free and counts:
                plan = _plan(formula, filling, {name: (f"{figure.words} × ", feed)})
                yield replace(plan, used=plan.used | {at})

    def _with_losses(
        self, formula: Formula, name: str, sources: tuple[tuple[str, str], ...], allowed: frozenset[int], depth: int
    ) -> Iterator[Plan]:
        """A list that takes in computed items (a splitter's loss) beside those given."""
        for whole in (frozenset[str](), frozenset((name,))):
            for filling in fill(self.reading, formula, allowed, whole):
                if filling.missing:
                    continue
                left, feeds = allowed - filling.used, []
                for id_, output in sources:
                    if id_ == "splitter_loss_db" and not _SPLITTER.search(self.reading.low):
                        continue
                    for plan in self.plans(id_, left, 0)[:1]:
                        feeds.append(Feed(plan, output))
                        left -= plan.used
                if feeds:
                    given = filling.inputs.get(name, "")
                    pieces: list[str | Feed] = [given] if given else []
                    for feed in feeds:
                        pieces += ["; ", feed] if pieces else [feed]
                    yield _plan(formula, filling, {name: tuple(pieces)})

    def _two_states(self, formula: Formula, allowed: frozenset[int], depth: int) -> Iterator[Plan]:
        """The old and the new state by one formula, from numbers that differ and numbers they share."""
        old, new = PAIRS[formula.id]
        for filling in fill(self.reading, formula, allowed, frozenset((old, new))):
            if filling.missing:
                continue
            for id_, output in feeders(formula.id, old):
                for first, last in self._states(formula, id_, allowed - filling.used):
                    both = allowed - filling.used
                    for before, after in product(
                        self.plans(id_, both - last, depth - 1)[:3], self.plans(id_, both - first, depth - 1)[:3]
                    ):
                        if first <= before.used and last <= after.used and before.key != after.key:
                            yield _plan(formula, filling, {old: (Feed(before, output),), new: (Feed(after, output),)})

    def _states(
        self, formula: Formula, source: str, allowed: frozenset[int]
    ) -> Iterator[tuple[frozenset[int], frozenset[int]]]:
        """Numbers of the old and of the new state: of one kind two each, where the words tell them apart."""
        parameters = {p.name: p for p in formula.parameters}
        old, new = (parameters[name] for name in PAIRS[formula.id])
        figures = self.reading.figures
        kinds: dict[str, list[int]] = {}
        for at in sorted(allowed):
            if figures[at].unit and any(fits(figures[at], p) for p in lookup(source).parameters):
                kinds.setdefault(figures[at].unit, []).append(at)
        pairs = [(places[0], places[1]) for places in kinds.values() if len(places) == 2]
        choices = [[pair] for pair in pairs] + ([pairs] if len(pairs) > 1 else [])
        for chosen in choices:
            ahead = sum(
                figures[a].near(old) + figures[b].near(new)
                - figures[a].near(new) - figures[b].near(old)
                for a, b in chosen
            )  # fmt: skip
            first, last = frozenset(a for a, _ in chosen), frozenset(b for _, b in chosen)
            if ahead >= _TELLING:
                yield first, last
            elif ahead <= -_TELLING:
                yield last, first
            elif len(chosen) == 1 and self._contrasted(*chosen[0]):
                yield first, last  # "15 pJ/bit vs 5 pJ/bit": the one order that saves something is meant
                yield last, first

    def _contrasted(self, one: int, other: int) -> bool:
        figures = self.reading.figures
        apart = _CONTRAST.fullmatch(self.reading.low, figures[one].end, figures[other].start)
        return bool(apart) and any(stands(self.reading.low, word) for word in _saving_words())


@cache
def _saving_words() -> tuple[str, ...]:
    known = [lookup(formula_id) for formula_id in PAIRS]
    words = [word for one in known for word in (*one.aliases, *(cue for output in one.outputs for cue in output.cues))]
    return tuple(dict.fromkeys(word.lower() for word in words))


_LASER = re.compile(r"laser|\bels\b|light source|激光|光源")
_SPLITTER = re.compile(r"split|(?<![0-9])1\s?[:：x×]\s?[0-9]|分光|分路|功分")
_ONLY_TOLD = (
    "series_yield_pct",
    "compound_yield_pct",
    "k_of_n_yield_pct",
    "die_yield_pct",
    "system_fit",
    "laser_counts",
)
"""Formulas that are worked out on the way to another only where words say which number is which."""


def _is_sum_of_one(formula: Formula, filling: Filling | Plan) -> bool:
    """Whether a formula that puts several numbers together has but one."""
    shapes = (
        ("list", "named", "counted") if isinstance(filling, Plan) and formula.id == "system_fit" else ("list", "named")
    )
    lists = [p.name for p in formula.required if p.shape in shapes]
    given = dict(filling.inputs).get(lists[0], ";") if lists else ";"
    return len(lists) == len(formula.required) == 1 and not any(
        ";" in piece for piece in given if isinstance(piece, str)
    )


def _plan(formula: Formula, filling: Filling, fed: dict[str, Words]) -> Plan:
    given: dict[str, Words] = {name: (words,) for name, words in filling.inputs.items()} | fed
    below = [piece.plan for words in fed.values() for piece in words if isinstance(piece, Feed)]
    used = filling.used.union(*(plan.used for plan in below))
    scores = [filling.score, *(plan.score for plan in below)]
    score = sum(scores) / max(1, len(filling.inputs) + len(below))
    missing = tuple(name for name in filling.missing if name not in given)
    inputs = tuple((p.name, given[p.name]) for p in formula.parameters if p.name in given)
    guessed = filling.guessed or any(plan.guessed for plan in below)
    return Plan(formula.id, inputs, used, score, missing, guessed)


def carried(result: Result, output: str, formula_id: str, parameter: str) -> str:
    """An earlier result as the words of an argument, to its full precision.

    Raises:
        CalculationError: It has no such number.
    """
    value = next((one for one in result.outputs if one.name == output), None)
    if value is None or not value.exact:
        raise CalculationError(f"{result.formula_id} gives no number called {output!r}", where=formula_id)
    wanted = next((p.unit for p in lookup(formula_id).parameters if p.name == parameter), "")
    if MONEY in wanted and "/" in wanted and "/" not in value.unit and value.unit:
        return f"{value.exact}/year"
    return value.exact
