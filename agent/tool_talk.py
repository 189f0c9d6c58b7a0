"""Talk to a model that takes tools: LangChain's agent over ours. A door to LangChain."""

import json
from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from dataclasses import asdict
from itertools import pairwise
from typing import TYPE_CHECKING, Any

from agent.answer import Step
from agent.background import Tell
from agent.calling import Call, CallError, Tool, call_tool, describe_tool, find_calls, read_arguments
from agent.candidates import cut_candidates
from agent.draft import read_draft
from agent.errors import AnsweringError, ModelFailure
from agent.failures import is_our_bug, read_failure
from agent.objections import Objection
from agent.patience import Refused
from agent.prompts import NATIVE, SYSTEM, say_objection
from agent.replies import read_reply, without_thoughts
from agent.talk import DRAFT, DRAFT_TOLD, Talk, draft_step
from corpus.document import Passage
from corpus.errors import AnalystError

if TYPE_CHECKING:
    from langchain_core.messages import AIMessage, ToolCall, ToolMessage

_MOST_ALIKE = 4
"""How often a model may make one and the same call."""
_CITING = ("anthropic-chat",)
"""Models whose provider attaches citations to text that rests on search results."""


class ToolTalk(Talk):
    """The model calls tools, and at last the one that is the draft."""

    _tools: Mapping[str, Tool]
    _told: list[dict[str, Any]]

    def hold(self, tell: Tell) -> None:
        """Let the model use the tools until it has drafted the answer."""
        from langchain.agents import create_agent
        from langchain.agents.middleware import wrap_model_call, wrap_tool_call
        from langgraph.errors import GraphRecursionError

        self._tell = tell
        tools = self.inquiry.make_tools()
        self._tools = {tool.__name__: tool for tool in tools}
        self._told = [*map(describe_tool, tools), DRAFT_TOLD]
        self._native = self.model._llm_type in _CITING
        self._forced = not self._native
        self._failed: Call | None = None
        self._made: Counter[str] = Counter()
        self._stuck = ""
        self._wordless = False
        agent: Any = create_agent(
            self.model,
            [_as_function(told) for told in self._told],
            system_prompt=SYSTEM + (NATIVE if self._native else ""),
            middleware=[wrap_model_call(self._call_model), wrap_tool_call(self._call_tool)],
        )
        # Each model call and each round of tool calls is one step of the graph; tools run one at a time, so that what
        # they record has the same order every time.
        config: Any = {"recursion_limit": 2 * self.limits.steps + 1, "max_concurrency": 1}
        asked = {"messages": self.inquiry.messages(self.inquiry.question)}
        try:
            for update in agent.stream(asked, config, stream_mode="updates"):
                for step in _steps_of(update):
                    tell(step)
                if self._stuck:
                    raise ModelFailure(self._stuck, next_step="ask in other words, or try another --model")
                if self.finished:
                    return
        except GraphRecursionError as error:
            raise ModelFailure(
                f"the model {self.name!r} did not finish within {self.limits.steps} steps",
                next_step="try another --model",
            ) from error
        except AnalystError:
            raise
        except Exception as error:
            if is_our_bug(error):
                raise
            raise ModelFailure(
                f"the model {self.name!r} failed: {read_failure(error).cause}",
                next_step="check --model and --base-url, or use --model offline",
            ) from error

    def _call_model(self, request: Any, handler: Callable[[Any], Any]) -> Any:
        """Have the model call tools; what it writes as text is a call too, of a tool or of the draft."""
        while True:
            try:
                response = self._ask(request, handler)
                break
            except Refused as refused:
                if refused.kind != "choice" or not self._forced:
                    raise
                self._forced = False  # it takes tools, but will not be told to use one
        message = response.result[-1]
        if not message.tool_calls:
            calls = self._calls_of(message)
            made = [_made_call(call, f"{len(request.messages)}-{n}") for n, call in enumerate(calls)]
            response.result[-1] = message.model_copy(
                update={"content": "", "tool_calls": made, "invalid_tool_calls": []}
            )
        return response

    def _ask(self, request: Any, handler: Callable[[Any], Any]) -> Any:
        changed: dict[str, Any] = {"tool_choice": "any"} if self._forced else {}
        if self.patience.usage.calls >= self.limits.steps - 1:
            changed["tools"] = [_as_function(DRAFT_TOLD)]  # the last call: nothing to do any more but to answer
        told = f"{SYSTEM}{json.dumps(self._told)}{''.join(one.text for one in request.messages)}"
        responses: list[Any] = []

        def ask() -> "AIMessage":
            responses.append(handler(request.override(**changed)))
            reply: AIMessage = responses[-1].result[-1]
            return reply

        self.patience.call(ask, self._tell, told)
        return responses[-1]

    def _calls_of(self, message: "AIMessage") -> list[Call]:
        """The calls of a reply that makes none: with unfinished JSON, written as text, or the draft that it is."""
        told = [(call["name"] or "", read_arguments(call["args"] or "")) for call in message.invalid_tool_calls]
        calls = told or find_calls(without_thoughts(message.text), self._told)
        if calls:
            return calls
        names = {id_: id_ for id_ in self.inquiry.evidence.passages}
        draft = self.with_calculations(read_reply(message, names))
        self._wordless = not (draft.claims or draft.missing)
        return [(DRAFT, draft.model_dump())]

    def _call_tool(self, request: Any, _: Callable[[Any], Any]) -> "ToolMessage":
        """What a tool answers to the model; its step goes along for the user."""
        from langchain.messages import ToolMessage

        call = request.tool_call
        content = self._answer(call["name"], call["args"])
        step = content.pop("step")
        self._watch((call["name"], call["args"]), content.get("error", ""))
        told: Any = self._cited(content) if self._native and "passages" in content else _json(content)
        return ToolMessage(told, name=call["name"], tool_call_id=call["id"], artifact=step)

    def _answer(self, name: str, given: dict[str, Any]) -> dict[str, Any]:
        try:
            if name != DRAFT:
                return call_tool(self._tools, name, given)
            draft = read_draft(given)
        except (CallError, AnsweringError) as error:
            step = {"kind": "error", "title": "a tool was called wrongly", "detail": str(error)}
            return {"step": step, "error": str(error)}
        objection = self.offer(draft, wordless=self._wordless)
        self._wordless = False
        content: dict[str, Any] = {"step": asdict(draft_step(draft, objection))}
        return content | (self._say(objection) if objection else {})

    def _say(self, objection: Objection) -> dict[str, Any]:
        """An objection with the passages it is about; those found for the question, where none has been seen."""
        passages = objection.passages
        if not passages and not self.inquiry.evidence.passages:
            call_tool(self._tools, "search_passages", {"query": self.inquiry.question})
            passages = tuple(self.inquiry.evidence.passages.values())
        shown = [{"id": one.id, "text": one.text} for one in passages]
        return {"refused": say_objection(objection), "passages_seen": shown}

    def _watch(self, call: Call, error: str) -> None:
        """A model that sends a call again as it failed will send it for ever, and so will one that repeats itself."""
        if error and call == self._failed:
            self._stuck = f"the model {self.name!r} sent the same wrong call twice: {error}"
        self._failed = call if error else None
        self._made[_json(call)] += 1
        if not self._stuck and self._made[_json(call)] >= _MOST_ALIKE and not self.finished:
            self._stuck = f"the model {self.name!r} did not finish: it made one call {_MOST_ALIKE} times"

    def _cited(self, content: dict[str, Any]) -> list[dict[str, Any]]:
        """Passages as search results that the provider's citations point into, sentence by sentence."""
        shown = content["passages"]
        rest = content | {"passages": [{name: one[name] for name in one if name != "text"} for one in shown]}
        results = [
            {
                "type": "search_result",
                "source": one["id"],
                "title": one["title"],
                "content": [{"type": "text", "text": piece} for piece in _pieces(self._passage(one["id"]))],
                "citations": {"enabled": True},
            }
            for one in shown
        ]
        return [{"type": "text", "text": _json(rest)}, *results]

    def _passage(self, id_: str) -> Passage:
        return self.inquiry.evidence.passages[id_]


def _pieces(passage: Passage) -> list[str]:
    """A passage cut into what may be cited, with nothing left out, so that pieces side by side are its own words."""
    starts = [start for start, _ in cut_candidates(passage.text, passage.header)]
    cuts = sorted({0, *starts, len(passage.text)})
    return [passage.text[a:b] for a, b in pairwise(cuts) if passage.text[a:b].strip()]


def _steps_of(update: Mapping[str, Any]) -> Iterator[Step]:
    for change in update.values():
        for message in (change or {}).get("messages", ()):
            if message.type == "tool":
                yield Step(**message.artifact)


def _as_function(told: Mapping[str, Any]) -> dict[str, Any]:
    return {"type": "function", "function": told}


def _made_call(call: Call, id_: str) -> "ToolCall":
    name, arguments = call
    return {"name": name, "args": arguments, "id": f"text-{id_}", "type": "tool_call"}


def _json(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False, default=str)
