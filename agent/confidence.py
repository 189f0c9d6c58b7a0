"""How sure an answer is: the chance that what it shows answers the question, and what verification found.

The chance is fitted in two steps: that the passages answer, on questions with given passages (agent.silence.model;
``cpo eval refusal``), and from this and how its quotes fit the question, that an answer over an index is right
(agent.silence.assurance; ``cpo eval confidence``). What is computed needs no passage to answer and has the share of
right results that was measured instead (docs/log.md).
"""

from collections.abc import Callable, Sequence

from agent.answer import UNSURE, Citation, Claim, Conflict
from agent.silence.answered import read_answer
from agent.silence.assurance import shipped_assurance
from agent.silence.model import shipped_model
from agent.silence.views import Viewer
from agent.silence.wording import say_missing
from corpus.document import Language, Passage
from indexes.embeddings import ContextEmbedder, TokenEncoder

Chance = Callable[[str, Language, Sequence[Passage], Sequence[Claim]], float]
"""How likely it is that claims answer a question: (question, its language, the passages they come from and the others
that were seen, what was kept of the claims) → from 0 to 1. One of the claims at least has a quote."""

Telling = Callable[[str, Language, Sequence[Passage]], float]
"""How likely it is that passages answer a question: (question, its language, passages) → from 0 to 1."""

MOST_PASSAGES = 5
"""As many as the questions had that the model was fitted on."""
COMPUTED_FROM_QUESTION = 0.98
"""Of 500 questions by people who had not seen the calculator some 390 were computed on the first run, 7 wrongly."""
COMPUTED_FROM_DOCUMENTS = 0.88
"""Of 70 questions in fresh wording or held out 42 were answered on the first run, 5 of them wrongly."""
CONFLICT = 0.5
"""What is left of the confidence where another source says otherwise, which the answer does not tell."""


def open_chance(embedder: object) -> Chance:
    """The estimate with an index's encoder; from words alone with one that gives no vectors of tokens."""
    telling = open_telling(embedder)
    encoder = embedder if isinstance(embedder, TokenEncoder) else None

    def chance(question: str, language: Language, passages: Sequence[Passage], claims: Sequence[Claim]) -> float:
        told = telling(question, language, passages) if telling else None
        return shipped_assurance().chance(read_answer(question, language, claims, passages=told, encoder=encoder))

    return chance


def open_telling(embedder: object) -> Telling | None:
    """Whether passages answer, by an index's encoder; None for one that gives no vectors of tokens."""
    if not isinstance(embedder, ContextEmbedder):
        return None
    viewer = Viewer(embedder, shipped_model().centres)

    def telling(question: str, language: Language, passages: Sequence[Passage]) -> float:
        chosen = passages[:MOST_PASSAGES]
        views = viewer.view_passages([(one.searchable, one.language) for one in chosen])
        if not views:
            return 0.0
        return shipped_model().tell(viewer.view_question(question, language), views)

    return telling


def say_doubt(
    question: str, language: Language, confidence: float | None, quotes: Sequence[Citation], told: Sequence[Passage]
) -> str:
    """What an unsure answer lacks, in the question's language; "" where it is sure enough."""
    return say_lacking(question, language, quotes, told) if confidence is not None and confidence < UNSURE else ""


def say_lacking(question: str, language: Language, quotes: Sequence[Citation], told: Sequence[Passage]) -> str:
    """What the first quote lacks of what is asked, "" where nothing is quoted.

    Args:
        told: The passages that were weighed, those of the quotes first.
    """
    for nearest in quotes[:1]:
        shown = " ".join([*nearest.section, nearest.header, nearest.quote])
        return say_missing(question, language, shown, told, nearest.language)
    return ""


def weigh(
    chance: float | None, claims: Sequence[Claim], unsupported: Sequence[Claim], conflicts: Sequence[Conflict]
) -> float | None:
    """The confidence of an answer, from 0 to 1; None where its quotes could not be weighed.

    Args:
        chance: That what is quoted answers the question.
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
    contradicted = any(one.kind == "contradictory" and not all(one.cited(claims)) for one in conflicts)
    return base * kept * (CONFLICT if contradicted else 1.0)
