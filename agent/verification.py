"""Turn a DraftAnswer into an Answer, keeping only what the evidence shows: the trust boundary.

A claim is supported when every quote it leans on stands in a passage this run has seen, every calculation it
names was done by the calculator on operands of known origin, and every number and company name in its text
stands in those quotes (or in the heading, table head, title or date shown with them) or in those calculations.
Everything else leaves as an unsupported claim with its reason. Nothing is repaired here.
"""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

from agent.answer import Abstention, Answer, Calculation, Citation, Claim, Conflict, Need, Step, Usage, Verdict
from agent.calculator import ANY, MONEY, Formula, convertible, find_formula, formulas
from agent.candidates import cut_candidates
from agent.citations import cite
from agent.confidence import MOST_PASSAGES, Chance, say_doubt, say_lacking, weigh
from agent.conflicts import Look, find_conflicts
from agent.draft import DraftAnswer, DraftClaim
from agent.evidence import Evidence
from agent.judging import Support, judge
from agent.judging.declining import speaks_only_of
from agent.quotes import Mismatch
from agent.rechecking import recheck
from agent.silence.premise import find_premise, is_told, nearest_to
from agent.silence.wording import say_premise
from corpus.document import Document, Language, Passage
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
    chance: Chance | None = None,
    target_risk: float | None = None,
    look: Look | None = None,
) -> Answer:
    """Check every claim of a draft against the evidence; the only place an Answer is made.

    Args:
        chance: How likely claims are to answer a question; without it only computed answers have a confidence.
        target_risk: The highest risk of a wrong answer to take: an answer less sure is withheld. None takes any.
        look: Where to look for what else is said of what the claims state.
    """
    language = language_of(question, hint="en")
    checked = (_check_claim(claim, evidence, documents, question, language, support) for claim in draft.claims)
    claims = list(dict.fromkeys(checked))
    supported = tuple(claim for claim in claims if claim.verdict in ("quoted", "computed"))
    unsupported = tuple(claim for claim in claims if claim.verdict in ("unsupported", "contradicted"))
    conflicts = find_conflicts(supported, evidence.passages, documents, language, look)
    confidence = _confidence(question, language, supported, unsupported, evidence, chance, conflicts)
    weighed = _weighed(supported, evidence)[:MOST_PASSAGES] if supported and chance else []
    withheld = _withhold(question, language, _cited(supported), weighed, confidence, target_risk)
    if withheld:
        held = tuple(replace(claim, verdict="unsupported", reason=withheld[1]) for claim in supported)
        supported, unsupported = (), (*held, *unsupported)
    abstention = withheld[0] if withheld else None
    if not supported and not abstention:
        abstention = _abstain(draft, evidence, documents, question, language)
    return Answer(
        question=question,
        language=language,
        claims=supported,
        unsupported=unsupported,
        abstention=abstention,
        seen=evidence.languages(),
        cited=_languages_cited(supported),
        index_fingerprint=index_fingerprint,
        usage=usage,
        steps=tuple(steps),
        missing=_missing(draft, question) if supported else "",
        checks=recheck(_cited(supported)),
        conflicts=() if withheld else conflicts,
        confidence=None if withheld else confidence,
        doubt=say_doubt(question, language, confidence, _cited(supported), weighed),
        weighed=() if withheld else tuple(one.id for one in weighed),
    )


def _confidence(
    question: str,
    language: Language,
    supported: Sequence[Claim],
    unsupported: Sequence[Claim],
    evidence: Evidence,
    chance: Chance | None,
    conflicts: Sequence[Conflict],
) -> float | None:
    """How sure the supported claims are, together; None where there are none, or nothing can weigh them."""
    if not supported:
        return None
    quoted = chance and any(claim.verdict == "quoted" for claim in supported)
    answered = chance(question, language, _weighed(supported, evidence), supported) if chance and quoted else None
    return weigh(answered, supported, unsupported, conflicts)


def _weighed(claims: Sequence[Claim], evidence: Evidence) -> list[Passage]:
    """The passages cited, then the others in the order seen."""
    cited = dict.fromkeys(one.passage_id for one in _cited(claims))
    return [evidence.passages[id_] for id_ in dict.fromkeys([*cited, *evidence.passages])]


def _withhold(
    question: str,
    language: Language,
    quotes: Sequence[Citation],
    weighed: Sequence[Passage],
    confidence: float | None,
    target_risk: float | None,
) -> tuple[Abstention, str] | None:
    """What to say instead of claims that follow a premise nothing tells, or are less sure than was asked for."""
    if not quotes:
        return None
    premise = find_premise(question, language)
    if premise and not is_told(premise, (_with_headings(one.quote, one) for one in quotes)):
        nearest = nearest_to(premise, [one.quote for one in quotes]) or 0
        return Abstention(say_premise(premise, language), quotes[nearest]), "the question supposes what no quote says"
    if target_risk is None or confidence is None or confidence >= 1 - target_risk:
        return None
    reason = f"withheld: confidence {confidence:.2f}, and a target risk of {target_risk:g} needs {1 - target_risk:.2f}"
    return Abstention(say_lacking(question, language, quotes, weighed), quotes[0]), reason


def _languages_cited(claims: Sequence[Claim]) -> Counter[Language]:
    """Language → number of different quotes; one that proves two claims counts once."""
    quotes = {(one.passage_id, one.start, one.end): one.language for one in _cited(claims)}
    return Counter(quotes.values())


def _cited(claims: Sequence[Claim]) -> list[Citation]:
    """Every quote that claims or the operands of their calculations rest on."""
    operands = [each for claim in claims for one in claim.calculations for each in one.citations]
    return [*(one for claim in claims for one in claim.citations), *operands]


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
    return Claim(text, verdict, citations, calculations, found.reason, found.ledger, found.score)


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
    needed = tuple(name_needs(draft.needed))
    premise = None if needed else find_premise(question, language)
    if premise and not is_told(premise, _sentences(evidence)):
        return Abstention(say_premise(premise, language), cited)
    return Abstention(
        _missing(draft, question), cited, needed, () if needed else tuple(name_needs(_unsettled(question)))
    )


def _sentences(evidence: Evidence) -> Iterator[str]:
    """Every sentence and row seen, with what stands above it."""
    for passage in evidence.passages.values():
        for start, end in cut_candidates(passage.text, passage.header):
            yield _with_headings(passage.text[start:end], passage)


def _with_headings(words: str, place: Passage | Citation) -> str:
    return "\n".join([*place.section, place.header, words])


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


def name_needs(names: Sequence[str]) -> Iterator[Need]:
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
