"""The agent loop: ask one question, let the model use tools, verify. A door to LangChain."""

import json
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, Any

from agent.answer import Answer, Step, Usage
from agent.draft import DraftAnswer, DraftClaim
from agent.errors import AnsweringError
from agent.evidence import Evidence
from agent.prompts import SYSTEM
from agent.settings import MAX_QUESTION, MAX_STEPS
from agent.tools import make_tools
from agent.verification import verify
from corpus.errors import AnalystError
from corpus.text import normalise
from indexes.index import Index

if TYPE_CHECKING:
    from langchain_core.language_models import BaseChatModel
    from langchain_core.messages import AIMessage, BaseMessage, ToolMessage


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
        self.draft = DraftAnswer()
        self.usage = Usage(model=_model_name(model))

    def drive(self, question: str, history: Sequence[tuple[str, str]]) -> Iterator[Step]:
        from langchain.agents import create_agent
        from langchain.agents.structured_output import ToolStrategy
        from langgraph.errors import GraphRecursionError

        agent = create_agent(
            self._model,
            make_tools(self._index, self._evidence, "\n".join([*(asked for asked, _ in history), question])),
            system_prompt=SYSTEM,
            response_format=ToolStrategy(DraftAnswer),
        )
        # Each model call and each round of tool calls is one step of the graph; tools run one at a time, so that what
        # they record has the same order every time.
        config: Any = {"recursion_limit": 2 * self._max_steps + 1, "max_concurrency": 1}
        try:
            conversation: Any = {"messages": _messages(question, history)}
            for update in agent.stream(conversation, config, stream_mode="updates"):
                yield from self._observe(update)
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

    def _observe(self, update: dict[str, Any]) -> Iterator[Step]:
        for change in update.values():
            if not change:
                continue
            for message in change.get("messages", ()):
                yield from self._observe_message(message)
            draft = change.get("structured_response")
            if isinstance(draft, DraftAnswer):
                self.draft = draft
                yield Step("draft", "drafted the answer", f"claims: {len(draft.claims)}")

    def _observe_message(self, message: "BaseMessage") -> Iterator[Step]:
        if message.type == "ai":
            self._count(message)  # type: ignore[arg-type]
            if not message.tool_calls and message.text.strip():  # type: ignore[attr-defined]
                # A model that answers in prose has proved nothing: its words go through the same gate.
                self.draft = DraftAnswer(claims=[DraftClaim(text=message.text.strip()[:2000])])
        elif message.type == "tool" and message.name != DraftAnswer.__name__:
            yield _tool_step(message)  # type: ignore[arg-type]

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


def _tool_step(message: "ToolMessage") -> Step:
    """A step from what a tool returned; the tools describe themselves in a "step" field."""
    try:
        content = json.loads(message.text)
    except ValueError:
        return Step("error", str(message.name), message.text[:300])
    step = content["step"]
    return Step(step["kind"], step["title"], step["detail"])


def _model_name(model: "BaseChatModel") -> str:
    for attribute in ("model_name", "model"):
        name = getattr(model, attribute, None)
        if isinstance(name, str):
            return name
    return model._llm_type
