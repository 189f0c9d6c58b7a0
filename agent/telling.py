"""Tell a model what a calculation came to: its results, what proves each input, what the question itself leads to."""

from decimal import Decimal
from functools import cached_property
from typing import Any

from agent.answer import Calculation, Origin
from agent.calculator import CalculationError, Result, Route, route, run_route, same_value


class Settled:
    """What the user's own question comes to, where its words settle it; a model is cautioned by it, not judged."""

    def __init__(self, question: str) -> None:
        self._question = question

    @cached_property
    def found(self) -> Route | None:
        """The way to compute it, if its words tell one."""
        return route(self._question)

    @cached_property
    def lacking(self) -> Route | None:
        """The same, where something is missing."""
        return route(self._question, lacking=True)

    @cached_property
    def _results(self) -> tuple[list[Result], list[Result]]:
        """The results of every step, and of those that answer; none where nothing is settled."""
        if not self.found or not is_complete(self.found):
            return [], []
        try:
            results = run_route(self.found)
        except CalculationError:  # a route that is refused settles nothing
            return [], []
        return results, [results[number - 1] for number in self.found.answers]

    @property
    def is_so(self) -> bool:
        """Whether the question can be computed as it is."""
        return bool(self._results[1])

    def caution(self, calculation: Calculation) -> dict[str, str]:
        """A caution, where a result of the question's own numbers is none of those that its words lead to."""
        if any(origin.kind in ("quote", "calculation") for origin in calculation.origins):
            return {}
        steps, answers = self._results
        if not answers or any(_same_result(calculation.result, one) for one in steps):
            return {}
        told = "; ".join(
            f"{one.formula_id}({', '.join(f'{i.name}={i.given}' for i in one.inputs if i.given)}) = {one.shown()}"
            for one in answers
        )
        return {"caution": f"the question's own words lead to another result: {told}. Call calculator to use it."}


def is_complete(found: Route | None) -> bool:
    """Whether there is a way to compute, and nothing that it lacks."""
    return found is not None and not any(step.missing for step in found.steps)


def _same_result(one: Result, other: Result) -> bool:
    """Whether a result has the number that another one is about."""
    values = [(value.value, value.unit) for value in one.outputs]
    if one.formula_id == other.formula_id:
        return values == [(value.value, value.unit) for value in other.outputs]
    wanted = other.outputs[0]
    return any(
        isinstance(number, Decimal)
        and isinstance(wanted.value, Decimal)
        and same_value(number, unit or wanted.unit, wanted.value, wanted.unit)
        for number, unit in values
    )


def show_calculation(calculation: Calculation, reader: str) -> dict[str, Any]:
    """Its id and results, and where each input stands; what is not proven is said at once."""
    result = calculation.result
    origins = {origin.operand: origin for origin in calculation.origins}
    inputs = {one.name: f"{one.given} ({_tell(origins[one.name])})" for one in result.inputs if one.name in origins}
    unproven = [origin.operand for origin in calculation.origins if origin.kind == "unproven"]
    content: dict[str, Any] = {
        "id": calculation.id,
        "result_shown": result.shown(),
        "summary": {reader: result.summary(reader)},
        "outputs": [f"#{calculation.id}.{value.name}" for value in result.outputs],
        "inputs": inputs,
    }
    if result.warnings:
        content["warnings"] = [words.say(reader) for words in result.warnings]
    if result.stated:
        content["stated"] = {one.output: "differs" if one.differs else "agrees" for one in result.stated}
    if unproven:
        content["unproven"] = (
            f"{calculation.id} proves nothing: {', '.join(unproven)} not found. Write the value as the question does, "
            "or search for a passage that has it and calculate again with its id in sources; else name it in needed"
        )
    return content


def _tell(origin: Origin) -> str:
    match origin.kind:
        case "question":
            return "in the question"
        case "quote":
            return f"in passage {origin.citation.passage_id}" if origin.citation else "in a passage"
        case "calculation":
            return f"from {origin.source}"
        case "assumption":
            return "a figure of the reference table"
        case _:
            return "NOT FOUND"
