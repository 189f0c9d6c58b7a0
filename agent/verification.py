"""Turn a DraftAnswer into an Answer, keeping only what the evidence shows: the trust boundary.

A claim is supported when every quote it leans on stands in a passage this run has seen, every calculation it
names was done by the calculator on operands of known origin, and every number and company name in its text
stands in those quotes (or in the heading, table head, title or date shown with them) or in those calculations.
Everything else leaves as an unsupported claim with its reason. Nothing is repaired here.
"""

from collections import Counter
from collections.abc import Mapping, Sequence

from agent.answer import Abstention, Answer, Citation, Claim, Step, Usage
from agent.citations import cite
from agent.draft import DraftAnswer, DraftClaim
from agent.evidence import Evidence
from agent.proof import find_fault, speaks_only_of
from agent.quotes import Mismatch
from corpus.document import Document, Language
from corpus.text import language_of, normalise


def verify(
    question: str,
    draft: DraftAnswer,
    evidence: Evidence,
    *,
    documents: Mapping[str, Document],
    index_fingerprint: str,
    usage: Usage,
    steps: Sequence[Step] = (),
) -> Answer:
    """Check every claim of a draft against the evidence; the only place an Answer is made."""
    language = language_of(question, hint="en")
    checked = (_check_claim(claim, evidence, documents, question, language) for claim in draft.claims)
    claims = list(dict.fromkeys(checked))
    supported = tuple(claim for claim in claims if claim.verdict != "unsupported")
    unsupported = tuple(claim for claim in claims if claim.verdict == "unsupported")
    return Answer(
        question=question,
        language=language,
        claims=supported,
        unsupported=unsupported,
        abstention=None if supported else _abstain(draft, evidence, documents, question, language),
        seen=evidence.languages(),
        cited=_languages_cited(supported),
        index_fingerprint=index_fingerprint,
        usage=usage,
        steps=tuple(steps),
        missing=_missing(draft, question) if supported else "",
    )


def _languages_cited(claims: Sequence[Claim]) -> Counter[Language]:
    """Language → number of different quotes; one that proves two claims counts once."""
    quotes = {(one.passage_id, one.start, one.end): one.language for claim in claims for one in claim.citations}
    return Counter(quotes.values())


def _check_claim(
    draft: DraftClaim, evidence: Evidence, documents: Mapping[str, Document], question: str, language: Language
) -> Claim:
    text = normalise(draft.text).strip()
    cited = [cite(quote, evidence.passages, documents, language) for quote in draft.quotes]
    citations = tuple(citation for citation in cited if isinstance(citation, Citation))
    calculations = tuple(evidence.calculations[id_] for id_ in draft.calculation_ids if id_ in evidence.calculations)
    reason = (
        _quote_fault(cited)
        or _calculation_fault(draft.calculation_ids, evidence)
        or find_fault(text, citations, calculations, question)
    )
    if reason:
        return Claim(text, "unsupported", citations, calculations, reason)
    return Claim(text, "computed" if calculations else "quoted", citations, calculations)


def _quote_fault(cited: Sequence[Citation | Mismatch]) -> str:
    return next((f"a quote {found.reason}" for found in cited if isinstance(found, Mismatch)), "")


def _calculation_fault(ids: Sequence[str], evidence: Evidence) -> str:
    for id_ in ids:
        calculation = evidence.calculations.get(id_)
        if calculation is None:
            return f"the calculation {id_!r} was never done"
        for origin in calculation.origins:
            if origin.kind == "unproven":
                return f"the operand {origin.operand!r} of calculation {id_} stands in no quote and not in the question"
    return ""


def _abstain(
    draft: DraftAnswer, evidence: Evidence, documents: Mapping[str, Document], question: str, language: Language
) -> Abstention:
    nearest = cite(draft.nearest, evidence.passages, documents, language) if draft.nearest else None
    return Abstention(_missing(draft, question), nearest if isinstance(nearest, Citation) else None)


def _missing(draft: DraftAnswer, question: str) -> str:
    """What the model says was not found; nothing, if it brings in numbers or names that the question does not have."""
    missing = normalise(draft.missing).strip()
    return missing if speaks_only_of(missing, question) else ""
