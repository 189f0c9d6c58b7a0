"""Judge a claim by what is shown for it."""

import re
from collections.abc import Sequence

from agent.answer import Calculation, Citation
from agent.judging.coverage.edges import find_edge_fault
from agent.judging.coverage.seams import find_seam_fault
from agent.judging.coverage.support import open_support
from agent.judging.coverage.titles import find_title_fault
from agent.judging.coverage.weighing import weigh
from agent.judging.identity.exchanges import find_exchange_fault
from agent.judging.identity.homes import find_home_fault
from agent.judging.identity.names import blank_language_notes, find_name_fault
from agent.judging.identity.roles import find_role_fault
from agent.judging.identity.totals import find_total_fault
from agent.judging.judgement import Fault, Judgement, Standing, Support
from agent.judging.numbers.cells import find_cell_fault
from agent.judging.numbers.crossing import find_crossing_fault
from agent.judging.numbers.ledger import keep_ledger
from agent.judging.numbers.pairing import find_pairing_fault
from agent.judging.numbers.places import find_place_fault
from agent.judging.numbers.reckoning import find_reckoning_fault
from agent.judging.quotations import find_disowning, without_sentences, without_titles
from agent.judging.wording.doubts import find_doubt_fault
from agent.judging.wording.sense import find_sense_fault
from agent.quotes import Span, find_quote

LONGEST = 1200
"""Characters of a statement that are judged; the time that some rules take grows with its square."""
_LEAD_IN = re.compile(r"^(?:Named:|资料点名的有：|資料に挙げられているのは)")
"""Says of the names that follow that they are named."""


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
        support: The opinion of an encoder where there is one, asked only where no rule decides; else that of words.
    """
    if not claim:
        return Judgement("unsupported", "it says nothing")
    if len(claim) > LONGEST:
        return Judgement("unsupported", "it is too long to be one statement")
    if not citations and not calculations:
        return Judgement("unsupported", "it has no quote and no calculation")
    told = _LEAD_IN.sub(lambda found: " " * len(found[0]), blank_language_notes(claim))
    own = without_sentences(told, citations)  # names in a lead-in have not changed places with those of the sentence
    ledger, fault = keep_ledger(told, citations, calculations, question)
    if _is_copied(claim, citations):
        fault = (
            find_edge_fault(claim, citations)
            or _find_sense_fault(claim, citations)
            or (find_doubt_fault(claim, citations) if not calculations else None)
        )
    else:
        fault = (
            fault
            or find_name_fault(claim, citations, calculations, question)
            or find_edge_fault(claim, citations)
            or find_home_fault(told, citations)
            or find_title_fault(claim, citations)
            or find_role_fault(own, citations)
            or find_crossing_fault(own, citations)
            or find_exchange_fault(own, citations)
            or find_place_fault(told, citations)
            or find_reckoning_fault(told)
            or _find_cell_fault(told, citations)
            or find_pairing_fault(told, citations)
            or (find_total_fault(told, citations) if not calculations else None)
            or find_disowning(told, citations)
            or _find_sense_fault(told, citations)
            or (find_doubt_fault(told, citations) if not calculations else None)
            or (find_seam_fault(told, citations) if citations and not calculations else None)
        )
    if fault or not citations or calculations or _is_copied(claim, citations):
        return Judgement(_standing(fault), fault.reason if fault else "", ledger)
    score, fault = weigh(told, citations, support or open_support())
    return Judgement(_standing(fault), fault.reason if fault else "", ledger, score)


def _is_copied(claim: str, citations: Sequence[Citation]) -> bool:
    """Whether a claim is its quote's own words: it can say nothing else, unless something is left out at an edge."""
    return any(isinstance(find_quote(one.quote, claim), Span) for one in citations)


def _find_cell_fault(claim: str, citations: Sequence[Citation]) -> Fault | None:
    """What is wrong with every row that a claim quotes; a claim on several rows speaks of each."""
    faults = [find_cell_fault(claim, one) for one in citations]
    return faults[0] if len(faults) == 1 else None


def _find_sense_fault(claim: str, citations: Sequence[Citation]) -> Fault | None:
    """Whether a claim turns the sense of its quotes, also by what it says beside the sentences that it quotes whole."""
    told, rest = without_titles(claim, citations), without_sentences(claim, citations)
    fault = _find_turn(told, citations)
    return fault if told == rest or (fault and _find_turn(rest, citations)) else None


def _find_turn(claim: str, citations: Sequence[Citation]) -> Fault | None:
    """Whether a claim turns the sense of its quotes; what one of them alone says may be claimed whatever others say."""
    leads = ["\n".join([*one.section, one.header, one.title]) for one in citations]
    faults = [find_sense_fault(claim, one.quote, lead) for one, lead in zip(citations, leads, strict=True)]
    if not faults or None in faults:
        return None
    if len(citations) > 1:
        return find_sense_fault(claim, "\n".join(one.quote for one in citations), "\n".join(leads))
    return faults[0]


def _standing(fault: Fault | None) -> Standing:
    if fault is None:
        return "supported"
    return "contradicted" if fault.contradicts else "unsupported"
