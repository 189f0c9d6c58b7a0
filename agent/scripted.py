"""A chat model that replays prepared tool calls or prose: the test double for the loop and the trust boundary."""

from collections.abc import Callable, Sequence
from typing import Any

from langchain_core.callbacks import CallbackManagerForLLMRun
from langchain_core.language_models import BaseChatModel
from langchain_core.messages import AIMessage, BaseMessage
from langchain_core.outputs import ChatGeneration, ChatResult
from langchain_core.runnables import Runnable
from langchain_core.tools import BaseTool

Turn = str | list[tuple[str, dict[str, Any]]] | Callable[[Sequence[BaseMessage]], list[tuple[str, dict[str, Any]]]]
"""One reply: prose, tool calls as (name, arguments), or a function from the conversation to such calls."""


class ScriptedModel(BaseChatModel):
    """Says each turn of its script in order, whatever it is asked; raises IndexError past the end."""

    script: list[Any]
    model_name: str = "scripted"

    @property
    def _llm_type(self) -> str:
        return "scripted"

    def bind_tools(
        self, tools: Sequence[dict[str, Any] | type | Callable[..., Any] | BaseTool], **_: Any
    ) -> "Runnable[Any, AIMessage]":
        """Itself: the script names its tools."""
        return self

    def _generate(
        self,
        messages: list[BaseMessage],
        stop: list[str] | None = None,
        run_manager: CallbackManagerForLLMRun | None = None,
        **_: Any,
    ) -> ChatResult:
        said = sum(message.type == "ai" for message in messages)
        turn: Turn = self.script[said]
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
        return ChatResult(generations=[ChatGeneration(message=message)])
