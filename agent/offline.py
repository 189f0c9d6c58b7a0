"""The offline analyst: a chat model that plans, extracts and computes by rule.

It is a LangChain chat model like any other: it sees the conversation and what the tools return, calls the same
tools and fills in the same DraftAnswer, deterministically and with no weights of its own.

    calculate …                                      when the question holds all that a chain of formulas needs
    search_passages → find_inputs → calculate …      when it lacks an input, and no document states the answer
    search_passages → plan_arithmetic → compute_expression     when it asks for arithmetic on the documents' numbers
    search_passages (each side, for a comparison) → score_sentences → DraftAnswer     otherwise
"""

import json
import re
from collections.abc import Mapping, Sequence
from dataclasses import asdict
from itertools import islice, product
from typing import Any, ClassVar

from langchain_core.messages import AIMessage, BaseMessage, ToolCall

from agent.calculator import Route, route
from agent.candidates import Candidate
from agent.composition import compose, compose_arithmetic, compose_calculations
from agent.draft import DraftAnswer
from agent.extraction import sides_of
from agent.operands import read_intents
from agent.questions import Question, understand
from agent.scripted import RuleModel
from corpus.quantities import Quantity, find_quantities, same_quantity

_SENTENCES_FROM = 12
_MOST_SIDES = 4
_MOST_WAYS = 3
"""How many values of a missing input are worked out side by side."""


class OfflineAnalyst(RuleModel):
    """Answers by rule from what the tools return."""

    model_name: str = "offline"
    listens: ClassVar[bool] = False

    def reply(self, messages: Sequence[BaseMessage]) -> AIMessage:
        """The tool calls that come next."""
        return AIMessage(content="", tool_calls=_next_calls(messages))


def _next_calls(messages: Sequence[BaseMessage]) -> list[ToolCall]:
    """What to do next, from the conversation so far."""
    asked = [message.text for message in messages if message.type == "human"]
    last = max(at for at, message in enumerate(messages) if message.type == "human")
    results = [_Result.read(message) for message in messages[last + 1 :] if message.type == "tool"]
    question = understand(asked[-1], asked[:-1])
    found = route(question.text)
    return (
        (_work_out(question, found, results) if found else [])
        or _search(question, results)
        or ([] if found else _do_arithmetic(question, results))
        or _quote_sentences(question, found, results)
    )


def _search(question: Question, results: "Sequence[_Result]") -> list[ToolCall]:
    """Searches, unless they are done."""
    if any(result.tool == "search_passages" for result in results):
        return []
    return [_call("search_passages", n, query=query) for n, query in enumerate(_queries(question), 1)]


def _work_out(question: Question, found: Route, results: "Sequence[_Result]") -> list[ToolCall]:
    """Calculations on the question's own numbers; [] when an input is missing, or one of them was refused."""
    if any(step.missing for step in found.steps):
        return []
    calculations = [result.content for result in results if result.tool == "calculate"]
    if not calculations:
        return _calculate(found, {}, first=1)
    return _answer_from(question, found, calculations)


def _calculate(found: Route, values: Mapping[str, Mapping[str, Any]], first: int) -> list[ToolCall]:
    """The calls that work a route out, its first result being number ``first`` of the run.

    Args:
        values: Missing input → its words and passage_id.
    """
    calls = []
    for number, step in enumerate(found.steps, first):
        inputs = {name: _renumber(words, first) for name, words in step.inputs.items()}
        given = {name: values[name] for name in step.missing}
        inputs |= {name: value["text"] for name, value in given.items()}
        sources = {name: f"{value['passage_id']}#{value['start']}" for name, value in given.items()}
        arguments = {"formula_id": step.formula_id, "inputs": inputs, "sources": sources, **asdict(found.rounding)}
        calls.append(_call("calculate", number, **arguments))
    return calls


_STEP = re.compile(r"#([0-9]+)\.")


def _renumber(words: str, first: int) -> str:
    """Results of the route's own steps as results of this run: "#1.power_w" → "#c4.power_w"."""
    return _STEP.sub(lambda step: f"#c{int(step[1]) + first - 1}.", words)


def _answer_from(question: Question, found: Route, calculations: Sequence[dict[str, Any]]) -> list[ToolCall]:
    """The draft that states what was asked for, of each time the route was worked out; [] when one was refused."""
    if any("error" in content for content in calculations):
        return []
    length = len(found.steps)
    asked = [(content, n % length + 1) for n, content in enumerate(calculations) if n % length + 1 in found.answers]
    cases = dict(zip(found.answers, found.cases, strict=False))
    told = [(content, _is_saved(found, step), cases.get(step, "")) for content, step in asked]
    return [_draft(compose_calculations(question, told))]


def _is_saved(found: Route, number: int) -> bool:
    """Whether the result of a step is of what is saved: it rests, by way of others, on a saving."""
    step = found.steps[number - 1]
    before = {int(match[1]) for words in step.inputs.values() for match in _STEP.finditer(words)}
    return any(found.steps[n - 1].formula_id == "power_saving" or _is_saved(found, n) for n in before)


def _work_out_with_documents(
    question: Question, found: Route, results: "Sequence[_Result]", draft: DraftAnswer
) -> list[ToolCall]:
    """Look the missing inputs up, calculate with each value that the documents give, or say what is missing."""
    lookups = [result.content for result in results if result.tool == "find_inputs"]
    lacking = [(step.formula_id, step.missing) for step in found.steps if step.missing]
    if not lacking:
        return []
    if not lookups:
        return [
            _call("find_inputs", n, formula_id=id_, names=list(names), about=question.text)
            for n, (id_, names) in enumerate(lacking, 1)
        ]
    calculations = [result.content for result in results if result.tool == "calculate"]
    if calculations:
        return _answer_from(question, found, calculations)
    values = {name: each for lookup in lookups for name, each in lookup.get("inputs", {}).items()}
    unknown = [f"{id_}.{name}" for id_, names in lacking for name in names if not values.get(name)]
    if unknown:
        return [_draft(draft.model_copy(update={"claims": [], "needed": unknown}))]
    ways = list(islice(product(*values.values()), _MOST_WAYS))
    steps = len(found.steps)
    return [
        call
        for n, way in enumerate(ways)
        for call in _calculate(found, dict(zip(values, way, strict=True)), first=1 + n * steps)
    ]


def _do_arithmetic(question: Question, results: "Sequence[_Result]") -> list[ToolCall]:
    """Arithmetic on numbers of the documents; [] when the question asks for none or they do not settle it."""
    plans = [result.content for result in results if result.tool == "plan_arithmetic"]
    if not plans:
        return [_call("plan_arithmetic", 1, about=question.text)] if read_intents(question.text) else []
    plan = plans[-1].get("plan")
    done = [result.content for result in results if result.tool == "compute_expression"]
    if plan is None or any("error" in content for content in done):
        return []
    if done:
        return [_draft(compose_arithmetic(question, plan, done[-1]))]
    arguments = {name: plan[name] for name in ("expression", "operands", "sources", "unit", "decimals", "significant")}
    return [_call("compute_expression", 1, **arguments)]


def _quote_sentences(question: Question, found: Route | None, results: "Sequence[_Result]") -> list[ToolCall]:
    """Weigh the sentences found, then draft the answer from the best."""
    passages = _passages(results)
    if passages and not any(result.tool == "score_sentences" for result in results):
        ids = [passage["id"] for passage in passages[:_SENTENCES_FROM]]
        return [_call("score_sentences", 1, query=question.text, passage_ids=ids)]
    draft = compose(question, _candidates(passages, results))
    # A calculation that is plainly ordered comes before what the documents say; any other, where they say nothing
    # of the question's own numbers.
    told = [quantity for claim in draft.claims for quantity in find_quantities(claim.text)]
    asked = [quantity for quantity in find_quantities(question.text) if quantity.kind == "measure"]
    if not (draft.claims and all(_stands_among(one, told) for one in asked)):
        found = found or route(question.text, lacking=True)
    exact = [one for one in asked if one.bound == "=" and one.unit not in _DESCRIBES]
    if draft.claims and exact and not any(_stands_among(one, told) for one in exact):  # it speaks of other numbers
        draft = DraftAnswer(nearest=next((quote for claim in draft.claims for quote in claim.quotes), None))
    worked_out = _work_out_with_documents(question, found, results, draft) if found else []
    return worked_out or [_draft(draft)]


_DESCRIBES = ("Gb/s", "years", "m")
"""Units of numbers that often say which thing is meant, and not what is to be computed with."""


def _stands_among(one: Quantity, told: Sequence[Quantity]) -> bool:
    return any(same_quantity(one, other) for other in told)


def _queries(question: Question) -> list[str]:
    """The question; for a comparison also one query for each side, so that neither crowds out the other."""
    sides = sides_of(question) if question.kind == "comparison" else []
    ids = {side.id for side in sides}
    rest = [mention.name for mention in question.mentions if mention.term.id not in ids]
    topic = " ".join([*rest, *question.words.values()])
    return [question.text, *(f"{side.name(question.language)} {topic}" for side in sides[:_MOST_SIDES])]


class _Result:
    """What one tool call returned."""

    def __init__(self, tool: str, content: dict[str, Any]) -> None:
        self.tool = tool
        self.content = content

    @classmethod
    def read(cls, message: BaseMessage) -> "_Result":
        try:
            content = json.loads(message.text)
        except ValueError:
            content = {"error": message.text}
        return cls(str(message.name), content)


def _passages(results: Sequence[_Result]) -> list[dict[str, Any]]:
    """Passages found, best first over all searches, each once."""
    lists = [result.content.get("passages", []) for result in results if result.tool == "search_passages"]
    found: dict[str, dict[str, Any]] = {}
    for rank in range(max(map(len, lists), default=0)):
        for passages in lists:
            if rank < len(passages):
                found.setdefault(passages[rank]["id"], passages[rank])
    return list(found.values())


def _candidates(passages: Sequence[dict[str, Any]], results: Sequence[_Result]) -> list[Candidate]:
    by_id = {passage["id"]: passage for passage in passages}
    scored = [entry for result in results if result.tool == "score_sentences" for entry in result.content["sentences"]]
    candidates = []
    for entry in scored:
        passage = by_id[entry["passage_id"]]
        candidates.append(
            Candidate(
                passage_id=passage["id"],
                title=passage["title"],
                published=passage["published"],
                language=passage["language"],
                section=tuple(passage["section"]),
                header=passage["header"],
                start=entry["start"],
                end=entry["start"] + len(entry["text"]),
                text=entry["text"],
                cosine=entry["cosine"],
            )
        )
    return candidates


def _call(tool: str, number: int, **arguments: Any) -> ToolCall:
    return ToolCall(name=tool, args=arguments, id=f"{tool}-{number}", type="tool_call")


def _draft(draft: DraftAnswer) -> ToolCall:
    return _call(DraftAnswer.__name__, 1, **draft.model_dump())
