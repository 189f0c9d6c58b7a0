"""Chat models without a language model: the base of those that reply by rule, a script, a recording and its replay.

The scripted model is the test double for the loop and the trust boundary. What a real model said can be recorded and
replayed, so that the gate can be tried again without it.
"""

from collections.abc import Callable, Sequence
from typing import Any, ClassVar

from langchain_core.callbacks import CallbackManagerForLLMRun
from langchain_core.language_models import BaseChatModel
from langchain_core.messages import AIMessage, BaseMessage
from langchain_core.outputs import ChatGeneration, ChatResult
from langchain_core.runnables import Runnable
from langchain_core.tools import BaseTool

from agent.calling import read_arguments
from agent.errors import ModelFailure
from agent.failures import read_failure
from agent.patience import Refused

Turn = str | list[tuple[str, dict[str, Any]]] | Callable[[Sequence[BaseMessage]], list[tuple[str, dict[str, Any]]]]
"""One reply: prose, tool calls as (name, arguments), or a function from the conversation to such calls."""


class RuleModel(BaseChatModel):
    """A chat model whose next message follows from the conversation by rule; it knows its tools by name."""

    model_name: str
    listens: ClassVar[bool] = True
    """Whether it can mend a draft that is objected to."""

    @property
    def _llm_type(self) -> str:
        return self.model_name

    def bind_tools(
        self, tools: Sequence[dict[str, Any] | type | Callable[..., Any] | BaseTool], **_: Any
    ) -> "Runnable[Any, AIMessage]":
        """Itself: it needs no description of its tools."""
        return self

    def reply(self, messages: Sequence[BaseMessage]) -> AIMessage:
        """The next message of the conversation."""
        raise NotImplementedError

    def _generate(
        self,
        messages: list[BaseMessage],
        stop: list[str] | None = None,
        run_manager: CallbackManagerForLLMRun | None = None,
        **_: Any,
    ) -> ChatResult:
        return ChatResult(generations=[ChatGeneration(message=self.reply(messages))])


class ScriptedModel(RuleModel):
    """Says each turn of its script in order, whatever it is asked; raises IndexError past the end.

    Where a draft is objected to past the end, it insists: it says its last turn again.
    """

    script: list[Any]
    model_name: str = "scripted"

    def reply(self, messages: Sequence[BaseMessage]) -> AIMessage:
        """The turn that comes after those already said."""
        said = sum(message.type == "ai" for message in messages)
        insists = said >= len(self.script) > 0 and _is_objection(messages)
        turn: Turn = self.script[-1 if insists else said]
        if isinstance(turn, str):
            message = AIMessage(content=turn)
        else:
            calls = turn(messages) if callable(turn) else turn
            message = AIMessage(
                content="",
                tool_calls=[
                    {"name": name, "args": arguments, "id": f"{said}-{n}", "type": "tool_call"}
                    for n, (name, arguments) in enumerate(calls)
                ],
            )
        return message


class UnopenedModel(RuleModel):
    """Stands in for a model that could not be opened, and fails for that reason."""

    why: str

    def reply(self, messages: Sequence[BaseMessage]) -> AIMessage:
        """Nothing.

        Raises:
            ModelFailure: Always.
        """
        raise ModelFailure(self.why)


Recorded = dict[str, Any]
"""One reply as plain data: {"text", "calls": [[name, arguments], …]}, or {"refused": kind of failure, "why"}."""


class RecordingModel(RuleModel):
    """Has another model reply, and keeps what it says."""

    model: Any
    turns: list[Recorded]

    @property
    def _llm_type(self) -> str:
        return str(self.model._llm_type)

    def bind_tools(
        self, tools: Sequence[dict[str, Any] | type | Callable[..., Any] | BaseTool], **options: Any
    ) -> "Runnable[Any, AIMessage]":
        """The same with tools; what both say is kept in one place."""
        bound = _Bound(model=self.model.bind_tools(tools, **options), turns=[], model_name=self.model_name)
        bound.turns = self.turns
        return bound

    def bind(self, **options: Any) -> Any:
        """The same with options of the other model's."""
        bound = _Bound(model=self.model.bind(**options), turns=[], model_name=self.model_name)
        bound.turns = self.turns
        return bound

    def reply(self, messages: Sequence[BaseMessage]) -> AIMessage:
        """What the other model says."""
        try:
            message: AIMessage = self.model.invoke(messages)
        except Exception as error:
            failure = read_failure(error)
            if not failure.passing:
                self.turns.append({"refused": failure.kind, "why": failure.cause})
            raise
        made = [(call["name"], call["args"]) for call in message.tool_calls]
        made += [(call["name"] or "", read_arguments(call["args"] or "")) for call in message.invalid_tool_calls]
        self.turns.append({"text": message.text, "calls": made})
        return message


class _Bound(RecordingModel):
    """A recording model whose own model has its tools."""

    @property
    def _llm_type(self) -> str:
        return self.model_name


class ReplayedModel(RuleModel):
    """Says what was recorded, in order; past the end it says the last again."""

    turns: list[Recorded]
    model_name: str = "replayed"

    def reply(self, messages: Sequence[BaseMessage]) -> AIMessage:
        """The next recorded reply.

        Raises:
            Refused: The recorded model was refused there.
        """
        turn = self.turns.pop(0) if len(self.turns) > 1 else self.turns[0]
        if "refused" in turn:
            refused = Refused(turn["why"])
            refused.kind = turn["refused"]
            raise refused
        calls = [
            {"name": name, "args": arguments, "id": f"{len(messages)}-{n}", "type": "tool_call"}
            for n, (name, arguments) in enumerate(turn["calls"])
        ]
        return AIMessage(content="" if calls else turn["text"], tool_calls=calls)


def _is_objection(messages: Sequence[BaseMessage]) -> bool:
    """Whether the last message answers a draft: nothing else follows one."""
    last = messages[-1]
    return (last.type == "tool" and last.name == "DraftAnswer") or (last.type == "human" and messages[-2].type == "ai")
