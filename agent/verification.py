"""Turn a DraftAnswer into an Answer, keeping only what the evidence shows: the trust boundary.

A claim is supported when every quote it leans on stands in a passage this run has seen, every calculation it
names was done by the calculator on operands of known origin, and every number and company name in its text
stands in those quotes (or in the heading, table head, title or date shown with them) or in those calculations.
Everything else leaves as an unsupported claim with its reason. Nothing is repaired here.
"""

from collections import Counter
from collections.abc import Mapping, Sequence
from decimal import Decimal

from agent.answer import Abstention, Answer, Calculation, Citation, Claim, Step, Usage
from agent.draft import DraftAnswer, DraftClaim, DraftQuote
from agent.evidence import Evidence
from agent.quotes import Mismatch, find_quote
from corpus.document import Document, Language, Passage
from corpus.lexicon import TermKind, load_lexicon
from corpus.quantities import Quantity, find_quantities, same_quantity
from corpus.text import language_of, normalise, without_source_notes

_COMPANIES: tuple[TermKind, ...] = ("company",)


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
    language = question_language(question)
    claims = [_check_claim(claim, evidence, documents, language) for claim in draft.claims]
    supported = tuple(claim for claim in claims if claim.verdict != "unsupported")
    unsupported = tuple(claim for claim in claims if claim.verdict == "unsupported")
    return Answer(
        question=question,
        language=language,
        claims=supported,
        unsupported=unsupported,
        abstention=None if supported else _abstain(draft, evidence, documents, language),
        seen=evidence.languages(),
        cited=_languages_cited(supported),
        index_fingerprint=index_fingerprint,
        usage=usage,
        steps=tuple(steps),
    )


def _languages_cited(claims: Sequence[Claim]) -> Counter[Language]:
    """Language → number of different quotes; one that proves two claims counts once."""
    quotes = {(one.passage_id, one.start, one.end): one.language for claim in claims for one in claim.citations}
    return Counter(quotes.values())


def question_language(question: str) -> Language:
    """The language to answer in: the question's own, English where it cannot be told."""
    language = language_of(question)
    return "en" if language == "und" else language


def cite(
    quote: DraftQuote, passages: Mapping[str, Passage], documents: Mapping[str, Document], language: Language
) -> Citation | Mismatch:
    """The citation a quote earns, with the document's own words, or why it earns none."""
    passage = passages.get(quote.passage_id.strip())
    if passage is None:
        return Mismatch(f"names the passage {quote.passage_id!r}, which this run has not seen")
    span = find_quote(passage.text, quote.quote)
    if isinstance(span, Mismatch):
        return span
    document = documents[passage.document_id]
    words = passage.text[span.start : span.end]
    return Citation(
        passage_id=passage.id,
        document_id=document.id,
        title=document.title,
        publisher=document.publisher,
        published=document.published,
        authority=document.authority,
        path=document.path,
        language=passage.language,
        page=passage.page,
        page_label=document.page(passage.page).label,
        section=passage.section,
        header=passage.header,
        start=passage.start + span.start,
        end=passage.start + span.end,
        quote=words,
        gloss=_gloss(words, passage.language, language),
    )


def _gloss(words: str, language: Language, reader: Language) -> tuple[tuple[str, str], ...]:
    """The quote's known names in the reader's language, each once, in order; empty where the languages agree."""
    if language in (reader, "und"):
        return ()
    pairs: dict[str, tuple[str, str]] = {}
    for mention in load_lexicon().find(without_source_notes(words)):
        name, meaning = words[mention.start : mention.end], mention.term.name(reader)
        if name.casefold() != meaning.casefold():
            pairs.setdefault(mention.term.id, (name, meaning))
    return tuple(pairs.values())


def _check_claim(draft: DraftClaim, evidence: Evidence, documents: Mapping[str, Document], language: Language) -> Claim:
    text = normalise(draft.text).strip()
    cited = [cite(quote, evidence.passages, documents, language) for quote in draft.quotes]
    citations = tuple(citation for citation in cited if isinstance(citation, Citation))
    calculations = tuple(evidence.calculations[id_] for id_ in draft.calculation_ids if id_ in evidence.calculations)
    reason = (
        _quote_fault(cited)
        or _calculation_fault(draft.calculation_ids, evidence)
        or _proof_fault(text, citations, calculations)
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


def _proof_fault(text: str, citations: Sequence[Citation], calculations: Sequence[Calculation]) -> str:
    """Why a claim's words go beyond its proof; "" when they do not."""
    if not text:
        return "it says nothing"
    if not citations and not calculations:
        return "it has no quote and no calculation"
    proof = [_shown_words(citation) for citation in citations]
    known = [quantity for words in proof for quantity in find_quantities(words)]
    known += [quantity for calculation in calculations for quantity in _quantities_of(calculation)]
    for quantity in find_quantities(text):
        if not _stands(quantity, known, proof):
            return f"the number “{quantity.text}” stands in no quote and in no calculation"
    names = {mention.term.id for words in proof for mention in load_lexicon().find(words, _COMPANIES)}
    for mention in load_lexicon().find(text, _COMPANIES):
        if citations and mention.term.id not in names:
            return f"the name “{mention.name}” stands in no quote"
    return ""


def _shown_words(citation: Citation) -> str:
    """All of the document's own words that are shown with a citation."""
    lead = [*citation.section, citation.header, citation.title, citation.published]
    return "\n".join([citation.quote, *(part for part in lead if part)])


def _stands(quantity: Quantity, known: Sequence[Quantity], proof: Sequence[str]) -> bool:
    if any(same_quantity(quantity, other) for other in known):
        return True
    # A date or a model number may also be written in a longer name: "Tomahawk 5" in "Tomahawk 5 (51.2T)".
    return quantity.kind in ("time", "label") and any(quantity.text.casefold() in words.casefold() for words in proof)


def _quantities_of(calculation: Calculation) -> list[Quantity]:
    """The quantities a claim may repeat: inputs as given and as used, outputs exact and as shown."""
    result = calculation.result
    words = [one.given for one in result.inputs]
    words += [f"{one.value} {one.unit}" for one in result.inputs if isinstance(one.value, Decimal)]
    words += [value.shown for value in result.outputs]
    words += [f"{value.value} {value.unit}" for value in result.outputs if not isinstance(value.value, bool)]
    return [quantity for line in words for quantity in find_quantities(line)]


def _abstain(
    draft: DraftAnswer, evidence: Evidence, documents: Mapping[str, Document], language: Language
) -> Abstention:
    missing = normalise(draft.missing).strip()
    nearest = cite(draft.nearest, evidence.passages, documents, language) if draft.nearest else None
    return Abstention(missing, nearest if isinstance(nearest, Citation) else None)
