"""Judge a claim by what is shown for it."""

from collections.abc import Sequence

from agent.answer import Calculation, Citation
from agent.judging.judgement import Judgement, Support
from agent.proof import find_fault


def judge(
    claim: str,
    citations: Sequence[Citation],
    calculations: Sequence[Calculation] = (),
    *,
    question: str = "",
    support: Support | None = None,
) -> Judgement:
    """Whether what is shown for a claim says it.

    Args:
        claim: One statement, normalised, in any language.
        citations: Quotes that stand in documents; each is shown with its section, table head, title and date.
        calculations: Proven calculations.
        question: What the user asked; a number that only it gives proves nothing.
        support: The encoder's opinion, asked only where no rule decides.
    """
    fault = find_fault(claim, citations, calculations, question)
    return Judgement("unsupported", fault) if fault else Judgement("supported")
