"""Talk to a model that takes no tools: it is told what was found for the question, and asked for lines of text."""

from collections.abc import Mapping
from functools import partial
from typing import TYPE_CHECKING, Any

from agent.answer import Step
from agent.background import Tell
from agent.calling import call_tool
from agent.draft import DraftAnswer
from agent.limits import estimate_tokens
from agent.patience import Refused
from agent.prompts import FIELDS, JSON, LINES, PLAIN, SCHEMA, say_objection, say_question
from agent.replies import read_reply
from agent.talk import DRAFT, DRAFT_TOLD, Talk, draft_step

if TYPE_CHECKING:
    from langchain_core.language_models import BaseChatModel
    from langchain_core.messages import AIMessage

_LESS = 3
"""Where what it is told is too much for a model, it is told a third of it."""


class PlainTalk(Talk):
    """Search and calculate for the model, then ask it once, and once more where its draft has faults."""

    _system, _end = PLAIN, LINES

    def _invoke(self, messages: list[Any]) -> "AIMessage":
        reply: AIMessage = self.model.invoke(messages)
        return reply

    def hold(self, tell: Tell) -> None:
        """Tell the model what is known, and read its draft."""
        tools = {tool.__name__: tool for tool in self.inquiry.make_tools()}
        found = call_tool(tools, "search_passages", {"query": self.inquiry.question})
        tell(Step(**found["step"]))
        worked_out = call_tool(tools, "calculator", {})
        calculations = worked_out.get("calculations", [])
        if calculations:
            tell(Step(**worked_out["step"]))
        for most in (self.limits.told, self.limits.told // _LESS):
            passages = _name(found.get("passages", []), most)
            try:
                self._ask(passages, calculations, tell)
                return
            except Refused as refused:
                if refused.kind != "long" or most != self.limits.told or self.drafts:
                    raise
                tell(Step("retry", "the model was sent more than it can read; told less", refused.what))

    def _ask(self, passages: list[dict[str, Any]], calculations: list[dict[str, Any]], tell: Tell) -> None:
        question = say_question(self.inquiry.question, passages, calculations, self._end)
        messages: list[Any] = [{"role": "system", "content": self._system}, *self.inquiry.messages(question)]
        names = {one["name"]: one["id"] for one in passages}
        while not self.finished:
            said = "".join(one["content"] if isinstance(one, dict) else one.text for one in messages)
            message = self.patience.call(partial(self._invoke, list(messages)), tell, said)
            draft = self.with_calculations(read_reply(message, names, [DRAFT_TOLD]))
            objection = self.offer(draft, wordless=_is_empty(draft))
            tell(draft_step(draft, objection))
            if objection:
                messages += [message, {"role": "user", "content": say_objection(objection, self._end, names)}]


class JsonTalk(PlainTalk):
    """The same for JSON, from a server that holds the model to a schema."""

    _system, _end = JSON, FIELDS

    def _invoke(self, messages: list[Any]) -> "AIMessage":
        schema = {"name": DRAFT, "schema": SCHEMA, "strict": True}
        # In the body as it is: given as an option, the client raises where a reply is cut short, instead of showing it.
        body = {"response_format": {"type": "json_schema", "json_schema": schema}}
        held: Any = self.model.bind(extra_body=body)
        reply: AIMessage = held.invoke(messages)
        return reply


def takes_schema(model: "BaseChatModel") -> bool:
    """Whether a model is of a kind that takes a schema for its replies; its server may still refuse."""
    return model._llm_type in ("openai-chat", "azure-openai-chat")


def _is_empty(draft: DraftAnswer) -> bool:
    return not (draft.claims or draft.missing)


def _name(passages: list[Mapping[str, Any]], most: int) -> list[dict[str, Any]]:
    """As many of the passages, best first, as make up so many tokens, each with a number to call it by."""
    named: list[dict[str, Any]] = []
    for number, passage in enumerate(passages, 1):
        most -= estimate_tokens(passage["text"]) + estimate_tokens(passage["header"]) + 20
        if most < 0 and named:
            break
        named.append({**passage, "name": str(number)})
    return named
