"""How sure an answer is: the chance that what it shows answers the question, and what verification found.

The chance that the passages answer is fitted and calibrated (agent.silence.model; ``cpo eval refusal``). What is
computed needs no passage to answer and has the share of right results that was measured instead (docs/log.md).
"""

from collections.abc import Callable, Sequence

from agent.answer import Claim, Conflict
from agent.silence.model import form_of, shipped_model
from agent.silence.signals import read_signals
from agent.silence.views import Viewer
from corpus.document import Language, Passage
from indexes.embeddings import ContextEmbedder

Chance = Callable[[str, Language, Sequence[Passage]], float]
"""How likely it is that passages answer a question: (question, its language, passages) → from 0 to 1."""

MOST_PASSAGES = 5
"""As many as the questions had that the model was fitted on."""
COMPUTED_FROM_QUESTION = 0.98
"""Of 500 questions by people who had not seen the calculator some 390 were computed on the first run, 7 wrongly."""
COMPUTED_FROM_DOCUMENTS = 0.88
"""Of 70 questions in fresh wording or held out 42 were answered on the first run, 5 of them wrongly."""
CONFLICT = 0.5
"""What is left of the confidence where another source says otherwise: one of two is right."""


def open_chance(embedder: object) -> Chance | None:
    """The estimate with an index's encoder; None for an encoder that gives no vectors of tokens."""
    if not isinstance(embedder, ContextEmbedder):
        return None
    viewer = Viewer(embedder, shipped_model().centres)

    def chance(question: str, language: Language, passages: Sequence[Passage]) -> float:
        chosen = passages[:MOST_PASSAGES]
        views = viewer.view_passages([(one.searchable, one.language) for one in chosen])
        if not views:
            return 0.0
        signals = read_signals(viewer.view_question(question, language), views)
        return shipped_model().chance(form_of(question, language, len(views)), signals)

    return chance


def weigh(
    chance: float | None, claims: Sequence[Claim], unsupported: Sequence[Claim], conflicts: Sequence[Conflict]
) -> float | None:
    """The confidence of an answer, from 0 to 1; None where its quotes could not be weighed.

    Args:
        chance: That the passages answer the question.
        claims, unsupported: What verification kept, at least one, and what it left out.
    """
    computed = [claim for claim in claims if claim.verdict == "computed"]
    base: float | None = chance
    if len(computed) == len(claims):
        quoted = any(one.citation for claim in claims for each in claim.calculations for one in each.origins)
        base = COMPUTED_FROM_DOCUMENTS if quoted else COMPUTED_FROM_QUESTION
    if base is None:
        return None
    kept = len(claims) / (len(claims) + len(unsupported))
    contradicted = any(one.kind == "contradictory" for one in conflicts)
    return base * kept * (CONFLICT if contradicted else 1.0)
