"""Ask one question: have a model draft an answer from the evidence, then verify it."""

import sys
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from agent.answer import Answer, Step, Usage
from agent.background import OutOfTime, follow
from agent.confidence import Chance
from agent.draft import DraftAnswer
from agent.errors import ModelFailure
from agent.evidence import Evidence
from agent.limits import Clock, Limits, Protocol, check_question
from agent.patience import Patience, Refused
from agent.plain_talk import JsonTalk, PlainTalk, takes_schema
from agent.prices import FREE, Price
from agent.talk import Inquiry, Talk
from agent.tool_talk import ToolTalk
from indexes.index import Index

if TYPE_CHECKING:
    from langchain_core.language_models import BaseChatModel

_WAYS: Mapping[Protocol, type[Talk]] = {"tools": ToolTalk, "json": JsonTalk, "plain": PlainTalk}
_SAYS: Mapping[type[Talk], str] = {ToolTalk: "with tools", JsonTalk: "for JSON", PlainTalk: "in plain text"}
_OTHER_WAY = ("tools", "choice", "schema", "long")
"""Failures of one way to ask a model, where another may do."""

_LIMITS = Limits()
_CLOCK = Clock()


def run(
    question: str,
    *,
    index: Index,
    model: "BaseChatModel",
    history: Sequence[tuple[str, str]] = (),
    limits: Limits = _LIMITS,
    fallback: "BaseChatModel | None" = None,
    price: Price | None = None,
    protocol: Protocol = "auto",
    clock: Clock = _CLOCK,
    target_risk: float | None = None,
    chance: Chance | None = None,
) -> Iterator[Step | Answer]:
    """Answer one question: a Step for each thing the model does, as it does it; then the verified Answer, last.

    No text of the model leaves before it is verified.

    Args:
        question: What the analyst asks, in English, Chinese or Japanese.
        history: Earlier turns of the conversation, oldest first: (question, answer as shown).
        fallback: The model that answers where the first one fails; what it took is added up.
        price: What the model's tokens cost; unknown unless given.
        protocol: "plain" for a model that takes no tools, which "auto" finds out.
        target_risk: Withhold an answer whose risk of being wrong is higher; None withholds none for that.
        chance: How likely claims are to answer, instead of the estimate with the index's encoder.

    Raises:
        AnsweringError: The question is empty or too long.
        ModelFailure: The model failed (it is down, loops, or took more than ``limits``), and so did the fallback.
    """
    question = check_question(question, limits.question)
    steps: list[Step] = []
    usages: list[Usage] = []
    models = [model, fallback] if fallback is not None else [model]
    for one in models:
        attempt = _Attempt(
            Inquiry(question, history, index, Evidence(), target_risk, chance), one, limits, price, protocol, clock
        )
        try:
            for step in attempt.drive():
                steps.append(step)
                yield step
        except ModelFailure as failure:
            usages.append(attempt.usage)
            if one is models[-1]:
                raise
            steps.append(Step("error", f"the model failed; {_name_of(models[-1])} answers in its place", str(failure)))
            yield steps[-1]
        else:
            yield attempt.inquiry.conclude(attempt.draft, _add([*usages, attempt.usage]), steps)
            return


def ask(question: str, *, index: Index, model: "BaseChatModel", history: Sequence[tuple[str, str]] = ()) -> Answer:
    """The Answer of ``run``, without its steps along the way."""
    answer = None
    for event in run(question, index=index, model=model, history=history):
        answer = event
    assert isinstance(answer, Answer)  # noqa: S101 - run always ends with an Answer
    return answer


class _Attempt:
    """One model's try at a question, with tools, or in plain text where it takes none."""

    def __init__(
        self,
        inquiry: Inquiry,
        model: "BaseChatModel",
        limits: Limits,
        price: Price | None,
        protocol: Protocol,
        clock: Clock,
    ) -> None:
        by_rule = not getattr(model, "listens", True)
        if by_rule:  # it costs nothing and always comes to an end; only its time is bounded
            limits = replace(limits, steps=_LIMITS.steps, tokens=sys.maxsize)
        self.inquiry = inquiry
        self._model = model
        self._limits = limits
        self._protocol: Protocol = "tools" if by_rule else protocol
        self._patience = Patience(_name_of(model), limits, FREE if by_rule else price, clock)
        self.draft = DraftAnswer()

    @property
    def usage(self) -> Usage:
        return self._patience.usage

    def drive(self) -> Iterator[Step]:
        """Talk to the model until there is a draft.

        Raises:
            ModelFailure: It sent none.
        """
        ways = self._ways()
        for way in ways:
            try:
                yield from self._hold(way)
                return
            except Refused as refused:
                if way is ways[-1] or refused.kind not in _OTHER_WAY:
                    raise
                yield Step("retry", f"the model cannot be asked {_SAYS[way]}; asked in another way", refused.what)

    def _ways(self) -> list[type[Talk]]:
        """The ways to ask the model, best first."""
        if self._protocol != "auto":
            return [_WAYS[self._protocol]]
        return [ToolTalk, *([JsonTalk] if takes_schema(self._model) else []), PlainTalk]

    def _hold(self, kind: type[Talk]) -> Iterator[Step]:
        """Hold one conversation; where it breaks off while a draft is being mended, what was sent before counts."""
        talk = kind(self.inquiry, self._model, self._patience, self._limits)
        try:
            yield from self._follow(talk)
        except ModelFailure as failure:
            if not any(draft.claims or draft.missing for draft in talk.drafts):
                raise
            yield Step("error", "the model did not mend its draft; what it sent before counts", str(failure))
        self.draft = talk.draft

    def _follow(self, talk: Talk) -> Iterator[Step]:
        try:
            yield from follow(talk.hold, self._patience.left)
        except OutOfTime:
            raise self._patience.too_slow() from None


def _add(usages: Sequence[Usage]) -> Usage:
    """What several models took together."""
    costs = [one.cost for one in usages if one.cost is not None]
    return Usage(
        model=", then ".join(one.model for one in usages),
        calls=sum(one.calls for one in usages),
        input_tokens=sum(one.input_tokens for one in usages),
        output_tokens=sum(one.output_tokens for one in usages),
        cost=sum(costs, start=FREE.sent) if len(costs) == len(usages) else None,
        seconds=round(sum(one.seconds for one in usages), 3),
    )


def _name_of(model: "BaseChatModel") -> str:
    for attribute in ("model_name", "model"):
        name = getattr(model, attribute, None)
        if isinstance(name, str):
            return name
    return model._llm_type
