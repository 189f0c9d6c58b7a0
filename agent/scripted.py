"""Chat models without a language model: the base of those that reply by rule, and one that replays a script.

The scripted model is the test double for the loop and the trust boundary.
"""

from collections.abc import Callable, Sequence
from typing import Any, ClassVar

from langchain_core.callbacks import CallbackManagerForLLMRun
from langchain_core.language_models import BaseChatModel
from langchain_core.messages import AIMessage, BaseMessage
from langchain_core.outputs import ChatGeneration, ChatResult
from langchain_core.runnables import Runnable
from langchain_core.tools import BaseTool

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


def _is_objection(messages: Sequence[BaseMessage]) -> bool:
    """Whether the last message answers a draft: nothing else follows one."""
    last = messages[-1]
    return (last.type == "tool" and last.name == "DraftAnswer") or (last.type == "human" and messages[-2].type == "ai")
