"""The offline analyst: a chat model that plans, extracts and computes by rule.

It is a LangChain chat model like any other: it sees the conversation and what the tools return, calls the same
tools and fills in the same DraftAnswer, deterministically and with no weights of its own.

    calculate                                        when the question holds all that a formula needs
    search_passages (each side, for a comparison) → score_sentences → DraftAnswer     otherwise
"""

import json
from collections.abc import Sequence
from typing import Any

from langchain_core.messages import AIMessage, BaseMessage, ToolCall

from agent.calculator import propose
from agent.candidates import Candidate
from agent.composition import compose, compose_calculation
from agent.draft import DraftAnswer
from agent.extraction import sides_of
from agent.questions import Question, understand
from agent.scripted import RuleModel

_SENTENCES_FROM = 12
_MOST_SIDES = 4


class OfflineAnalyst(RuleModel):
    """Answers by rule from what the tools return."""

    model_name: str = "offline"

    def reply(self, messages: Sequence[BaseMessage]) -> AIMessage:
        """The tool calls that come next."""
        return AIMessage(content="", tool_calls=_next_calls(messages))


def _next_calls(messages: Sequence[BaseMessage]) -> list[ToolCall]:
    """What to do next, from the conversation so far."""
    asked = [message.text for message in messages if message.type == "human"]
    last = max(at for at, message in enumerate(messages) if message.type == "human")
    results = [_Result.read(message) for message in messages[last + 1 :] if message.type == "tool"]
    question = understand(asked[-1], asked[:-1])
    proposal = propose(question.text)
    if not results:
        if proposal and not proposal.missing:
            return [_call("calculate", 1, formula_id=proposal.formula_id, inputs=dict(proposal.inputs))]
        return [_call("search_passages", n, query=query) for n, query in enumerate(_queries(question), 1)]
    done = {result.tool for result in results}
    calculations = [result for result in results if result.tool == "calculate"]
    if calculations and "error" not in calculations[-1].content:
        return [_draft(compose_calculation(question, calculations[-1].content))]
    passages = _passages(results)
    if "search_passages" in done and "score_sentences" not in done and passages:
        ids = [passage["id"] for passage in passages[:_SENTENCES_FROM]]
        return [_call("score_sentences", 1, query=question.text, passage_ids=ids)]
    if "search_passages" not in done:
        return [_call("search_passages", n, query=query) for n, query in enumerate(_queries(question), 1)]
    return [_draft(compose(question, _candidates(passages, results)))]


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
