"""The agent loop: ask one question, let the model use tools, verify. A door to LangChain."""

import json
from collections.abc import Callable, Iterator, Sequence
from typing import TYPE_CHECKING, Any

from agent.answer import Answer, Step, Usage
from agent.calling import Call, CallError, Tool, call_tool, describe_model, describe_tool, find_calls, read_arguments
from agent.draft import DraftAnswer, DraftClaim, read_draft
from agent.errors import AnsweringError
from agent.evidence import Evidence
from agent.prompts import SYSTEM
from agent.settings import MAX_QUESTION, MAX_STEPS
from agent.tools import make_tools
from agent.verification import verify
from corpus.errors import AnalystError
from corpus.quantities import find_quantities, same_quantity
from corpus.text import normalise
from indexes.index import Index

if TYPE_CHECKING:
    from langchain_core.language_models import BaseChatModel
    from langchain_core.messages import AIMessage, BaseMessage, ToolCall, ToolMessage


_DRAFT = DraftAnswer.__name__
_MOST_TURNS = 6
"""How many earlier turns of a conversation the model is shown."""

# What a slip in our own code raises; whatever else comes out of the loop is the provider's.
_OUR_BUGS = (AssertionError, AttributeError, LookupError, NameError, TypeError)


def run(
    question: str,
    *,
    index: Index,
    model: "BaseChatModel",
    history: Sequence[tuple[str, str]] = (),
    max_question: int = MAX_QUESTION,
    max_steps: int = MAX_STEPS,
) -> Iterator[Step | Answer]:
    """Answer one question: a Step for each thing the model does, then the verified Answer, last.

    Args:
        question: What the analyst asks, in English, Chinese or Japanese.
        history: Earlier turns of the conversation, oldest first: (question, answer as shown).
        max_question: Most characters a question may have.
        max_steps: Most model calls, after which the model has failed.

    Raises:
        AnsweringError: The question is empty or too long, or the model failed.
    """
    question = check_question(question, max_question)
    evidence = Evidence()
    steps: list[Step] = []
    driver = _Driver(index, model, evidence, max_steps)
    for step in driver.drive(question, history):
        steps.append(step)
        yield step
    yield verify(
        question,
        driver.draft,
        evidence,
        documents=index.documents,
        index_fingerprint=index.fingerprint,
        usage=driver.usage,
        steps=steps,
    )


def ask(question: str, *, index: Index, model: "BaseChatModel", history: Sequence[tuple[str, str]] = ()) -> Answer:
    """The Answer of ``run``, without its steps along the way."""
    answer = None
    for event in run(question, index=index, model=model, history=history):
        answer = event
    assert isinstance(answer, Answer)  # noqa: S101 - run always ends with an Answer
    return answer


def check_question(question: str, limit: int = MAX_QUESTION) -> str:
    """The question, normalised.

    Raises:
        AnsweringError: It has no letter or digit, or more than ``limit`` characters.
    """
    cleaned = normalise(question).strip()
    if not any(character.isalnum() for character in cleaned):
        raise AnsweringError("the question is empty", next_step='ask one, as in: cpo ask "What is CPO?"')
    if len(cleaned) > limit:
        raise AnsweringError(
            f"the question has {len(cleaned):,} characters, over the limit of {limit:,}",
            next_step="shorten it, or ingest the text and ask about it",
        )
    return cleaned


class _Driver:
    """Runs LangChain's agent over our tools and collects the draft and the usage."""

    def __init__(self, index: Index, model: "BaseChatModel", evidence: Evidence, max_steps: int) -> None:
        self._index = index
        self._model = model
        self._evidence = evidence
        self._max_steps = max_steps
        self._tools: dict[str, Tool] = {}
        self._told: list[dict[str, Any]] = []
        self._failed: Call | None = None
        self._stuck = ""
        self._drafted = False
        self.draft = DraftAnswer()
        self.usage = Usage(model=_model_name(model))

    def drive(self, question: str, history: Sequence[tuple[str, str]]) -> Iterator[Step]:
        from langchain.agents import create_agent
        from langchain.agents.middleware import wrap_model_call, wrap_tool_call
        from langgraph.errors import GraphRecursionError

        tools = make_tools(self._index, self._evidence, question, [asked for asked, _ in history])
        self._tools = {tool.__name__: tool for tool in tools}
        self._told = [*map(describe_tool, tools), describe_model(_DRAFT, DraftAnswer.model_json_schema())]
        agent: Any = create_agent(
            self._model,
            [{"type": "function", "function": told} for told in self._told],
            system_prompt=SYSTEM,
            middleware=[wrap_model_call(self._call_model), wrap_tool_call(self._call_tool)],
        )
        # Each model call and each round of tool calls is one step of the graph; tools run one at a time, so that what
        # they record has the same order every time.
        config: Any = {"recursion_limit": 2 * self._max_steps + 1, "max_concurrency": 1}
        try:
            for update in agent.stream({"messages": _messages(question, history)}, config, stream_mode="updates"):
                yield from self._observe(update)
                if self._stuck:
                    raise AnsweringError(self._stuck, next_step="ask in other words, or try another --model")
                if self._drafted:
                    return
        except GraphRecursionError as error:
            raise AnsweringError(
                f"the model did not finish within {self._max_steps} steps", next_step="try another --model"
            ) from error
        except (AnalystError, *_OUR_BUGS):
            raise
        except Exception as error:
            cause = str(error).splitlines()[0][:300] if str(error) else ""
            raise AnsweringError(
                f"the model {self.usage.model!r} failed: {type(error).__name__}: {cause}",
                next_step="check --model and --base-url, or use --model offline",
            ) from error

    def _call_model(self, request: Any, handler: Callable[[Any], Any]) -> Any:
        """Have the model call tools; calls that it writes as text, or with unfinished JSON, are calls too."""
        response = handler(request.override(tool_choice="any"))
        message = response.result[-1]
        if not message.tool_calls:
            told = [(call["name"] or "", read_arguments(call["args"] or "")) for call in message.invalid_tool_calls]
            calls = told or find_calls(message.text, self._told)
            if calls:
                made = [_made_call(call, f"{len(request.messages)}-{n}") for n, call in enumerate(calls)]
                response.result[-1] = message.model_copy(
                    update={"content": "", "tool_calls": made, "invalid_tool_calls": []}
                )
        return response

    def _call_tool(self, request: Any, _: Callable[[Any], Any]) -> "ToolMessage":
        """What a tool answers to the model; its step goes along for the user."""
        from langchain.messages import ToolMessage

        call = request.tool_call
        content = self._answer(call["name"], call["args"])
        step = content.pop("step")
        self._watch((call["name"], call["args"]), content.get("error", ""))
        text = json.dumps(content, ensure_ascii=False)
        return ToolMessage(text, name=call["name"], tool_call_id=call["id"], artifact=step)

    def _answer(self, name: str, given: dict[str, Any]) -> dict[str, Any]:
        try:
            if name != _DRAFT:
                return call_tool(self._tools, name, given)
            self.draft = read_draft(given)
        except (CallError, AnsweringError) as error:
            step = {"kind": "error", "title": "a tool was called wrongly", "detail": str(error)}
            return {"step": step, "error": str(error)}
        self._drafted = True
        return {"step": {"kind": "draft", "title": "drafted the answer", "detail": f"claims: {len(self.draft.claims)}"}}

    def _watch(self, call: Call, error: str) -> None:
        """A model that sends a call again as it failed will send it forever."""
        if error and call == self._failed:
            self._stuck = f"the model {self.usage.model!r} sent the same wrong call twice: {error}"
        self._failed = call if error else None

    def _observe(self, update: dict[str, Any]) -> Iterator[Step]:
        for change in update.values():
            for message in (change or {}).get("messages", ()):
                yield from self._observe_message(message)

    def _observe_message(self, message: "BaseMessage") -> Iterator[Step]:
        if message.type == "ai":
            self._count(message)  # type: ignore[arg-type]
            if not message.tool_calls and message.text.strip():  # type: ignore[attr-defined]
                # A model that answers in prose names no proof: its words go through the same gate, with the
                # calculations that have its numbers.
                text = message.text.strip()[:2000]
                ids = _calculations_of(text, self._evidence)
                self.draft = DraftAnswer(claims=[DraftClaim(text=text, calculation_ids=ids)])
        elif message.type == "tool":
            yield Step(**message.artifact)  # type: ignore[attr-defined]

    def _count(self, message: "AIMessage") -> None:
        tokens = message.usage_metadata or {"input_tokens": 0, "output_tokens": 0}
        self.usage = Usage(
            model=self.usage.model,
            calls=self.usage.calls + 1,
            input_tokens=self.usage.input_tokens + (tokens["input_tokens"] or 0),
            output_tokens=self.usage.output_tokens + (tokens["output_tokens"] or 0),
        )


def _messages(question: str, history: Sequence[tuple[str, str]]) -> list[dict[str, str]]:
    messages: list[dict[str, str]] = []
    for asked, answered in history[-_MOST_TURNS:]:
        messages += [{"role": "user", "content": asked}, {"role": "assistant", "content": answered}]
    return [*messages, {"role": "user", "content": question}]


def _made_call(call: Call, id_: str) -> "ToolCall":
    name, arguments = call
    return {"name": name, "args": arguments, "id": f"text-{id_}", "type": "tool_call"}


def _calculations_of(text: str, evidence: Evidence) -> list[str]:
    """The calculations that gave a number of a text; the proven ones where there are such."""
    told = find_quantities(text)
    found = [
        calculation
        for calculation in evidence.calculations.values()
        for known in [
            [q for value in calculation.result.outputs for q in find_quantities(f"{value.shown}\n{value.exact}")]
        ]
        if any(same_quantity(one, other) for one in told for other in known)
    ]
    return [one.id for one in found if one.proven] or [one.id for one in found]


def _model_name(model: "BaseChatModel") -> str:
    for attribute in ("model_name", "model"):
        name = getattr(model, attribute, None)
        if isinstance(name, str):
            return name
    return model._llm_type
