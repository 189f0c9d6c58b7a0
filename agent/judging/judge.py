"""Judge a claim by what is shown for it."""

from collections.abc import Sequence

from agent.answer import Calculation, Citation
from agent.judging.edges import find_edge_fault
from agent.judging.judgement import Fault, Judgement, Standing, Support
from agent.judging.ledger import keep_ledger
from agent.judging.names import blank_language_notes, find_name_fault
from agent.judging.roles import find_role_fault


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
    if not claim:
        return Judgement("unsupported", "it says nothing")
    if not citations and not calculations:
        return Judgement("unsupported", "it has no quote and no calculation")
    claim = blank_language_notes(claim)
    figures, fault = keep_ledger(claim, citations, calculations, question)
    fault = (
        fault
        or find_name_fault(claim, citations, calculations, question)
        or find_edge_fault(claim, citations)
        or find_role_fault(claim, citations)
    )
    return Judgement(_standing(fault), fault.reason if fault else "", figures)


def _standing(fault: Fault | None) -> Standing:
    if fault is None:
        return "supported"
    return "contradicted" if fault.contradicts else "unsupported"
