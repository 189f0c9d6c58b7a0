"""What the ways to talk to a model share: the question, the tools, the gate that drafts are looked through at."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from agent.answer import Answer, Step, Usage
from agent.background import Tell
from agent.calculator.result import Result
from agent.calling import describe_model
from agent.confidence import Chance, open_chance
from agent.conflicts import Look
from agent.draft import DraftAnswer, DraftClaim
from agent.errors import ModelFailure
from agent.evidence import Evidence
from agent.judging.coverage.support import open_support
from agent.limits import Limits
from agent.objections import Objection, choose, object_to
from agent.patience import Patience
from agent.tools import make_tools
from agent.verification import verify
from corpus.document import Passage
from corpus.quantities import Quantity, find_quantities, same_quantity
from indexes.index import Index

if TYPE_CHECKING:
    from langchain_core.language_models import BaseChatModel

DRAFT = DraftAnswer.__name__
DRAFT_TOLD = describe_model(DRAFT, DraftAnswer.model_json_schema())
_LOOKED = 8
"""Passages that are looked through for what says otherwise than one that is cited."""
_MOST_TURNS = 6
"""How many earlier turns of a conversation the model is shown."""


@dataclass(frozen=True, slots=True)
class Inquiry:
    """One question, where its answer may come from, and what has been seen so far.

    Attributes:
        history: Earlier turns of the conversation, oldest first: (question, answer as shown).
        target_risk: The answer is withheld where its risk of being wrong is higher; None withholds none for that.
        chance: How likely claims are to answer; that with the index's encoder if None.
    """

    question: str
    history: Sequence[tuple[str, str]]
    index: Index
    evidence: Evidence
    target_risk: float | None = None
    chance: Chance | None = None

    def make_tools(self) -> list[Callable[..., str]]:
        """The tools of this run."""
        return make_tools(self.index, self.evidence, self.question, [asked for asked, _ in self.history])

    def messages(self, question: str) -> list[dict[str, str]]:
        """The conversation up to the question, which may be worded for the model."""
        messages: list[dict[str, str]] = []
        for asked, answered in self.history[-_MOST_TURNS:]:
            messages += [{"role": "user", "content": asked}, {"role": "assistant", "content": answered}]
        return [*messages, {"role": "user", "content": question}]

    def verify(self, draft: DraftAnswer, usage: Usage, steps: Sequence[Step] = ()) -> Answer:
        """The Answer that a draft earns, without its confidence."""
        return self._verify(draft, usage, steps)

    def conclude(self, draft: DraftAnswer, usage: Usage, steps: Sequence[Step] = ()) -> Answer:
        """The Answer with its confidence, which takes the encoder; withheld where it is less sure than it must be."""
        chance = self.chance or open_chance(self.index.embedder)
        return self._verify(draft, usage, steps, chance, self.target_risk, self._look)

    def _look(self, query: str) -> list[Passage]:
        return [hit.passage for hit in self.index.search(query, limit=_LOOKED)]

    def _verify(
        self,
        draft: DraftAnswer,
        usage: Usage,
        steps: Sequence[Step],
        chance: Chance | None = None,
        target_risk: float | None = None,
        look: Look | None = None,
    ) -> Answer:
        return verify(
            self.question,
            draft,
            self.evidence,
            documents=self.index.documents,
            index_fingerprint=self.index.fingerprint,
            usage=usage,
            steps=steps,
            support=open_support(self.index.embedder),
            chance=chance,
            target_risk=target_risk,
            look=look,
        )


class Talk:
    """One conversation with a model, which ends with a draft.

    Attributes:
        drafts: What the model sent, the first one and the one it mended.
    """

    def __init__(self, inquiry: Inquiry, model: "BaseChatModel", patience: Patience, limits: Limits) -> None:
        self.inquiry = inquiry
        self.model = model
        self.patience = patience
        self.limits = limits
        self.drafts: list[DraftAnswer] = []
        self.finished = False

    @property
    def name(self) -> str:
        """The model's."""
        return self.patience.usage.model

    @property
    def draft(self) -> DraftAnswer:
        """The draft of which most stands; an empty one where there is none."""
        if len(self.drafts) < 2:
            return self.drafts[0] if self.drafts else DraftAnswer()
        return choose(self.drafts, lambda draft: self.inquiry.verify(draft, self.patience.usage))

    def hold(self, tell: Tell) -> None:
        """Talk until there is a draft, telling a Step for each thing done.

        Raises:
            ModelFailure: The model is down, loops, or a limit is reached.
        """
        raise NotImplementedError

    def offer(self, draft: DraftAnswer, *, wordless: bool = False) -> Objection | None:
        """Take a draft; what is wrong with the first one, for the model to mend it.

        Args:
            wordless: The model said nothing, instead of sending a draft that declines.

        Raises:
            ModelFailure: It said nothing twice.
        """
        self.drafts.append(draft)
        objection = self._objection(draft, wordless) if len(self.drafts) == 1 else None
        if wordless and len(self.drafts) > 1 and not any(one.claims or one.missing for one in self.drafts):
            raise ModelFailure(
                f"the model {self.name!r} sent nothing that reads as an answer, twice", next_step="try another --model"
            )
        self.finished = objection is None
        return objection

    def _objection(self, draft: DraftAnswer, wordless: bool) -> Objection | None:
        if not getattr(self.model, "listens", True):
            return None
        answer = self.inquiry.verify(draft, self.patience.usage)
        return object_to(draft, answer, self.inquiry.evidence.passages, empty=wordless)

    def with_calculations(self, draft: DraftAnswer) -> DraftAnswer:
        """A draft read from text: a claim that names no proof rests on the calculations that gave its numbers."""
        claims = [
            claim
            if claim.quotes or claim.calculation_ids
            else claim.model_copy(update={"calculation_ids": _calculations_of(claim, self.inquiry.evidence)})
            for claim in draft.claims
        ]
        return draft.model_copy(update={"claims": claims})


def draft_step(draft: DraftAnswer, objection: Objection | None) -> Step:
    """The Step of a draft that was sent."""
    if objection is None:
        return Step("draft", "drafted the answer", f"claims: {len(draft.claims)}")
    return Step("mend", "asked the model to mend its draft", objection.summary)


def _calculations_of(claim: DraftClaim, evidence: Evidence) -> list[str]:
    """The calculations that gave a number of a claim; the proven ones where there are such."""
    told = find_quantities(claim.text)
    found = [
        one
        for one in evidence.calculations.values()
        if any(same_quantity(number, other) for number in told for other in _results_of(one.result))
    ]
    return [one.id for one in found if one.proven] or [one.id for one in found]


def _results_of(result: Result) -> list[Quantity]:
    return [found for value in result.outputs for found in find_quantities(f"{value.shown}\n{value.exact}")]
