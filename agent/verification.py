"""Turn a DraftAnswer into an Answer, keeping only what the evidence shows: the trust boundary.

A claim is supported when every quote it leans on stands in a passage this run has seen, every calculation it
names was done by the calculator on operands of known origin, and every number and company name in its text
stands in those quotes (or in the heading, table head, title or date shown with them) or in those calculations.
Everything else leaves as an unsupported claim with its reason. Nothing is repaired here.
"""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence

from agent.answer import Abstention, Answer, Calculation, Citation, Claim, Need, Step, Usage, Verdict
from agent.calculator import ANY, MONEY, Formula, convertible, find_formula, formulas
from agent.citations import cite
from agent.draft import DraftAnswer, DraftClaim
from agent.evidence import Evidence
from agent.judging import Support, judge
from agent.judging.declining import speaks_only_of
from agent.quotes import Mismatch
from agent.rechecking import recheck
from corpus.document import Document, Language
from corpus.quantities import find_quantities
from corpus.text import language_of, normalise
from corpus.units import CURRENCIES


def verify(
    question: str,
    draft: DraftAnswer,
    evidence: Evidence,
    *,
    documents: Mapping[str, Document],
    index_fingerprint: str,
    usage: Usage,
    steps: Sequence[Step] = (),
    support: Support | None = None,
) -> Answer:
    """Check every claim of a draft against the evidence; the only place an Answer is made."""
    language = language_of(question, hint="en")
    checked = (_check_claim(claim, evidence, documents, question, language, support) for claim in draft.claims)
    claims = list(dict.fromkeys(checked))
    supported = tuple(claim for claim in claims if claim.verdict in ("quoted", "computed"))
    unsupported = tuple(claim for claim in claims if claim.verdict in ("unsupported", "contradicted"))
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
        checks=recheck(_cited(supported)),
    )


def _languages_cited(claims: Sequence[Claim]) -> Counter[Language]:
    """Language → number of different quotes; one that proves two claims counts once."""
    quotes = {(one.passage_id, one.start, one.end): one.language for one in _cited(claims)}
    return Counter(quotes.values())


def _cited(claims: Sequence[Claim]) -> list[Citation]:
    """Every quote that claims or the operands of their calculations rest on."""
    operands = [origin.citation for claim in claims for one in claim.calculations for origin in one.origins]
    return [*(one for claim in claims for one in claim.citations), *(one for one in operands if one)]


def _check_claim(
    draft: DraftClaim,
    evidence: Evidence,
    documents: Mapping[str, Document],
    question: str,
    language: Language,
    support: Support | None,
) -> Claim:
    text = normalise(draft.text).strip()
    cited = [cite(quote, evidence.passages, documents, language) for quote in draft.quotes]
    citations = tuple(citation for citation in cited if isinstance(citation, Citation))
    calculations = _with_what_they_rest_on(draft.calculation_ids, evidence)
    if reason := _quote_fault(cited) or _calculation_fault(draft.calculation_ids, evidence):
        return Claim(text, "unsupported", citations, calculations, reason)
    found = judge(text, citations, calculations, question=question, support=support)
    proved: Verdict = "computed" if calculations else "quoted"
    verdict: Verdict = proved if found.standing == "supported" else found.standing
    return Claim(text, verdict, citations, calculations, found.reason, found.figures, found.score)


def _quote_fault(cited: Sequence[Citation | Mismatch]) -> str:
    return next((f"a quote {found.reason}" for found in cited if isinstance(found, Mismatch)), "")


def _with_what_they_rest_on(ids: Sequence[str], evidence: Evidence) -> tuple[Calculation, ...]:
    """The calculations named and, before them, those whose results they use; each once, in the order done."""
    wanted = [id_ for id_ in ids if id_ in evidence.calculations]
    for id_ in wanted:  # grows as it goes
        for origin in evidence.calculations[id_].origins:
            if origin.kind == "calculation":
                wanted += [source.partition(".")[0] for source in origin.source.split(", ")]
    return tuple(calculation for id_, calculation in evidence.calculations.items() if id_ in wanted)


def _calculation_fault(ids: Sequence[str], evidence: Evidence) -> str:
    for id_ in ids:
        calculation = evidence.calculations.get(id_)
        if calculation is None:
            return f"the calculation {id_!r} was never done"
        if not calculation.origins:
            return f"calculation {id_} rests on no operand"
        for origin in calculation.origins:
            if origin.kind == "unproven":
                return f"the operand {origin.operand!r} of calculation {id_} stands in no quote and not in the question"
    return ""


def _abstain(
    draft: DraftAnswer, evidence: Evidence, documents: Mapping[str, Document], question: str, language: Language
) -> Abstention:
    nearest = cite(draft.nearest, evidence.passages, documents, language) if draft.nearest else None
    cited = nearest if isinstance(nearest, Citation) else None
    needed = tuple(_needs(draft.needed))
    return Abstention(_missing(draft, question), cited, needed, () if needed else tuple(_needs(_unsettled(question))))


def _unsettled(question: str) -> list[str]:
    """The inputs of the formula that a question with several measured numbers speaks of most."""
    measured = [one for one in find_quantities(question) if one.kind == "measure" and one.bound == "="]
    likely = [one for one in find_formula(question)[:1] if sum(_suits(one, each.unit) for each in measured) > 1]
    return [f"{formula.id}.{parameter.name}" for formula in likely for parameter in formula.required]


def _suits(formula: Formula, unit: str) -> bool:
    """Whether an input of a formula is measured in that unit, or in any."""
    return any(
        one.unit == ANY
        or (MONEY in one.unit and unit.partition("/")[0] in CURRENCIES)
        or (one.unit and convertible(unit, one.unit))
        for one in formula.parameters
    )


def _needs(names: Sequence[str]) -> Iterator[Need]:
    """Those of the names that are inputs of a formula, in the calculator's own words."""
    known = {f"{one.id}.{parameter.name}": parameter for one in formulas() for parameter in one.parameters}
    for name in dict.fromkeys(names):
        if name in known:
            parameter = known[name]
            unit = "" if parameter.unit in (MONEY, ANY) else parameter.unit
            yield Need(name.partition(".")[0], parameter.name, parameter.symbol, parameter.meaning, unit)


def _missing(draft: DraftAnswer, question: str) -> str:
    """What the model says was not found; nothing, if it brings in numbers or names that the question does not have."""
    missing = normalise(draft.missing).strip()
    return missing if speaks_only_of(missing, question) else ""
