"""Check a bundle without a model: prove its quotes, calculations and claims again, by the same gate.

Nothing that the bundle says of itself is believed: a citation is made again from the stored page, a calculation is done
again and its operands traced again, a claim is judged again by what comes out.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict, replace
from pathlib import Path

from agent.answer import Calculation, Citation, Claim, Numeral, Origin
from agent.bundle.asides import check_asides
from agent.bundle.bundle import Bundle, Source
from agent.bundle.confidence import find_confidence_fault
from agent.bundle.records import Hooks, to_plain
from agent.bundle.report import CalculationCheck, ClaimCheck, QuoteCheck, Report, Whereabouts
from agent.bundle.sources import LABELS, Sources
from agent.calculator import CalculationError, Result, recompute
from agent.citations import cite
from agent.draft import DraftQuote
from agent.evidence import Evidence
from agent.judging import Support, judge
from agent.judging.coverage.support import open_support
from agent.origins import contradicting_bases, trace
from agent.questions import understand
from agent.quotes import Mismatch
from agent.rechecking import recheck
from agent.telling import Settled
from corpus.document import Language
from corpus.quantities import find_quantities
from corpus.text import language_of, normalise
from indexes.embeddings import BUILT_IN, open_embedder
from indexes.index import Embedder

_MOST_TURNS = 6
_SAME_SCORE = 0.01
_MOST_PAIRS = 3_000_000
"""Of numbers that may stand for each other: weighing so many takes about half a minute; an answer has a few hundred."""
_PLAIN: Hooks = {Result: Result.to_json}


def check_bundle(bundle: Bundle, folder: Path | None = None) -> Report:
    """Prove everything in a bundle again.

    Args:
        folder: Documents to look for the quotes in; only the bundle is looked at if not given.

    Raises:
        AnalystError: The folder is missing or its manifest is wrong.
    """
    sources = Sources(folder) if folder else None
    quotes = tuple(_check_quotes(bundle, sources))
    calculations = _check_calculations(bundle, {one.citation for one in quotes if one.reason})
    bad = {one.citation: f"quote {one.number} {one.reason}" for one in quotes if one.reason}
    wrong = {one.id: f"calculation {one.id}: {one.reason}" for one in calculations if one.reason}
    now = {one.citation: one.source for one in quotes if one.source}
    answer = bundle.answer
    embedder = _open_encoder(bundle)
    claims = tuple(_check_claims(bundle, bad, wrong, now, open_support(embedder)))
    sound = not bad and not wrong and not any(one.reason for one in claims)
    fault, note = find_confidence_fault(bundle, embedder) if sound else ("", "")
    asides, unsure = check_asides(bundle) if sound else ([], [])
    differing = sources.differing(bundle) if sources and bundle.same_program else ()
    return Report(
        question=answer.question,
        faults=(*bundle.faults, *_answer_faults(bundle), *asides, *filter(None, [fault]), *differing),
        quotes=quotes,
        calculations=calculations,
        claims=claims,
        compared=sources is not None,
        same_program=bundle.same_program,
        notes=(*_notes(bundle, sources), *filter(None, [note]), *unsure),
        seal=bundle.seal,
    )


# --- Quotes -----------------------------------------------------------------------------------------------------------


def _check_quotes(bundle: Bundle, sources: Sources | None) -> list[QuoteCheck]:
    documents = {one.id: one for one in bundle.sources}
    found = []
    for number, citation in enumerate(bundle.quotes, 1):
        reason = _quote_fault(citation, bundle)
        source = None
        if sources:
            text = bundle.texts.get((citation.document_id, citation.page), "")
            told = documents.get(citation.document_id) or _untold(citation)
            source = sources.find(citation, told, text, bundle.answer.language)
        found.append(QuoteCheck(number, citation, reason, source))
    return found


def _untold(citation: Citation) -> Source:
    """What a citation says of a document that the bundle does not tell of."""
    said = {name: getattr(citation, name) for name in ("path", *LABELS)}
    return Source(id=citation.document_id, sha256="", media_type="", language=citation.language, **said)


_NOT_OF_THE_PAGE = ("gloss",)
"""What a citation says beside its place: words of the lexicon, which may have grown since another version of it."""


def _quote_fault(citation: Citation, bundle: Bundle) -> str:
    """Why a citation is not the one that the stored page earns; "" when it is."""
    text = bundle.texts.get((citation.document_id, citation.page))
    document = bundle.documents.get(citation.document_id)
    if text is None or document is None:
        return "names a page that the bundle does not hold"
    if text[citation.start : citation.end] != citation.quote:
        return "does not stand at its place in the stored page"
    if document.id != document.sha256[: len(document.id)]:
        return "names a document whose id is not of its SHA-256"
    draft = DraftQuote.model_construct(passage_id=citation.passage_id, quote=citation.quote)
    again = cite(draft, bundle.passages, bundle.documents, bundle.answer.language)
    if isinstance(again, Mismatch):
        return again.reason
    made, stored = asdict(again), asdict(citation)
    for name in stored:
        if (bundle.same_program or name not in _NOT_OF_THE_PAGE) and made[name] != stored[name]:
            return f"has another {name.replace('_', ' ')} than its page and document give it"
    for words in (*citation.section, citation.header):
        if words and words not in bundle.lines[document.id]:
            return f"is shown under “{words[:80]}”, which is no line of a stored page"
    return ""


# --- Calculations -----------------------------------------------------------------------------------------------------


def _check_calculations(bundle: Bundle, bad: set[Citation]) -> tuple[CalculationCheck, ...]:
    """Each calculation done again and its operands traced again, in the order in which they were done."""
    evidence = Evidence()
    evidence.see(bundle.passages.values())
    asked = _Asked(bundle)
    found = []
    done = {one.id for one in bundle.answer.checks}
    for calculation in bundle.calculations:
        reason = _result_fault(calculation.result) or _origin_fault(calculation, bad)
        if not reason and calculation.id not in done:
            reason = asked.origin_fault(calculation, evidence, bundle)
        found.append(CalculationCheck(calculation.id, calculation.result.shown(), reason))
        if not reason:
            evidence.restore(calculation)
    return tuple(found)


def _result_fault(result: Result) -> str:
    try:
        again = recompute(result)
    except CalculationError as error:
        return f"it can no longer be computed: {error.what}"
    if again.to_bytes() != result.to_bytes():
        return f"computed again it gives {again.shown()}, not {result.shown()}, or other steps"
    return ""


def _origin_fault(calculation: Calculation, bad: set[Citation]) -> str:
    if not calculation.origins:
        return "it rests on no operand"
    for origin in calculation.origins:
        if origin.kind == "unproven":
            return f"nobody knows where {origin.operand} came from"
        if origin.citation in bad:
            return f"{origin.operand} comes from a quote that does not stand"
    return ""


class _Asked:
    """What the user asked, whose numbers are operands in their own right."""

    def __init__(self, bundle: Bundle) -> None:
        self._told = "\n".join([*bundle.earlier[-_MOST_TURNS:], bundle.answer.question])
        self._settled = Settled(understand(bundle.answer.question, bundle.earlier).text)

    def origin_fault(self, calculation: Calculation, evidence: Evidence, bundle: Bundle) -> str:
        """The first operand that is not where it is said to be; "" when all are."""
        sources = {one.operand: _source(one, bundle) for one in calculation.origins if one.citation}
        carried = {
            one.operand: tuple(one.source.split(", ")) for one in calculation.origins if one.kind == "calculation"
        }
        for name, names in carried.items():
            if any(each.partition(".")[0] not in evidence.calculations for each in names):
                return f"{name} comes from a calculation that is not there, or comes later, or is wrong"
        routed = self._settled.found or self._settled.lacking
        again = trace(calculation.result, sources, self._told, evidence, bundle.documents, carried, routed)
        known = {one.operand: one for one in calculation.origins}
        for one in again:
            said = known.get(one.operand)
            if said is None or one.kind == "unproven" or _place(one) != _place(said):
                return f"{one.operand} does not stand where it is said to ({said.kind if said else 'nowhere'})"
        if set(known) - {one.operand for one in again}:
            return "it names an operand that it has not"
        return "it compares energies counted differently" if contradicting_bases(calculation.result, again) else ""


def _place(origin: Origin) -> tuple[object, ...]:
    where = origin.citation
    return origin.kind, origin.source, where and (where.document_id, where.page, where.start, where.end)


def _source(origin: Origin, bundle: Bundle) -> str:
    """A quote as the tracing of origins takes it: the passage, and the character at which the quote starts."""
    citation = origin.citation
    passage = bundle.passages.get(citation.passage_id) if citation else None
    return f"{passage.id}#{citation.start - passage.start}" if citation and passage else ""


# --- Claims -----------------------------------------------------------------------------------------------------------


def _check_claims(
    bundle: Bundle,
    bad: Mapping[Citation, str],
    wrong: Mapping[str, str],
    now: Mapping[Citation, Whereabouts],
    support: Support,
) -> Iterator[ClaimCheck]:
    """Each claim judged again; none once the numbers to be weighed are more than any answer has."""
    pairs = 0
    for claim in bundle.answer.claims:
        pairs += _weight(claim)
        if pairs > _MOST_PAIRS:
            yield ClaimCheck(claim.text, "the bundle holds more numbers than can be weighed in good time")
        else:
            yield _check_claim(claim, bundle, bad, wrong, now, support)


def _open_encoder(bundle: Bundle) -> Embedder | None:
    """The built-in encoder, where that was asked; None for any other, of which only words are judged.

    What a bundle calls its encoder is never opened: it might be any folder's.
    """
    if bundle.versions.get("encoder") != BUILT_IN:
        return None
    embedder = open_embedder(BUILT_IN)
    return embedder if bundle.versions.get("encoder fingerprint") == embedder.fingerprint else None


def _near(score: float | None, other: float | None) -> bool:
    """Whether two scores are one, but for what machines differ in."""
    return score == other if score is None or other is None else abs(score - other) <= _SAME_SCORE


def _weight(claim: Claim) -> int:
    """How many pairs of numbers a claim and its quotes hold."""
    told = len(find_quantities(claim.text))
    shown = [len(find_quantities(one.quote)) for one in claim.rests_on]
    return (told + 1) * (told + sum(shown)) + sum(number * number for number in shown)


def _check_claim(
    claim: Claim,
    bundle: Bundle,
    bad: Mapping[Citation, str],
    wrong: Mapping[str, str],
    now: Mapping[Citation, Whereabouts],
    support: Support,
) -> ClaimCheck:
    reason = next((bad[one] for one in claim.rests_on if one in bad), "")
    reason = reason or next((wrong[one.id] for one in claim.calculations if one.id in wrong), "")
    note = ""
    if not reason:
        reason, note = _judge_again(claim, bundle, support)
    today = "" if reason else _judge_today(claim, bundle, now, support)
    return ClaimCheck(claim.text, reason, today, note)


def _judge_again(claim: Claim, bundle: Bundle, support: Support) -> tuple[str, str]:
    """Why a claim is not proved by its own quotes, and what differs without harm."""
    if normalise(claim.text).strip() != claim.text:
        return "its text is not normalised", ""
    proved = "computed" if claim.calculations else "quoted"
    found = judge(claim.text, claim.citations, claim.calculations, question=bundle.answer.question, support=support)
    if found.standing != "supported":
        return found.reason, ""
    if claim.verdict != proved or claim.reason:
        return f"it is said to be {claim.verdict}, and is {proved}", ""
    if bundle.same_program and not _near(found.score, claim.score):
        return f"its support is {found.score}, not {claim.score}", ""
    if to_plain(found.ledger, _PLAIN) == to_plain(claim.ledger, _PLAIN):
        return "", ""
    if bundle.same_program or _essence(found.ledger) != _essence(claim.ledger):
        return "its ledger of numbers is another one", ""
    return "", "another version of the program has told what its numbers are said of in other words"


def _essence(ledger: tuple[Numeral, ...]) -> list[object]:
    """The numbers of a ledger and where each comes from, without the names of what they are said of."""
    return [
        (
            one.quantity.text,
            one.quantity.low,
            one.quantity.high,
            one.quantity.unit,
            one.origin,
            one.citation,
            one.source,
        )
        for one in ledger
    ]


def _judge_today(claim: Claim, bundle: Bundle, now: Mapping[Citation, Whereabouts], support: Support) -> str:
    """Why the documents as they are now do not prove a claim; "" when they do, or where that is told of the quote."""

    def today(one: Citation) -> Citation:
        return (now[one].citation if one in now else None) or one

    def traced(one: Calculation) -> Calculation:
        origins = (replace(each, citation=today(each.citation)) if each.citation else each for each in one.origins)
        return replace(one, origins=tuple(origins))

    if not now:
        return ""
    citations = [today(one) for one in claim.citations]
    calculations = [traced(one) for one in claim.calculations]
    found = judge(claim.text, citations, calculations, question=bundle.answer.question, support=support)
    return "" if found.standing == "supported" else found.reason


# --- The rest of the answer -------------------------------------------------------------------------------------------


def _answer_faults(bundle: Bundle) -> list[str]:
    answer = bundle.answer
    faults = []
    if any(one.verdict not in ("quoted", "computed") for one in answer.claims):
        faults.append("a claim that is not proved is among those that are")
    if any(one.verdict in ("quoted", "computed") for one in answer.unsupported):
        faults.append("a claim that is proved is among those left out")
    language: Language = language_of(answer.question, hint="en")
    if answer.language != language:
        faults.append(f"the question is said to be in {answer.language}, and is in {language}")
    if bundle.same_program and to_plain(_recheck(answer.claims), _PLAIN) != to_plain(answer.checks, _PLAIN):
        faults.append("what quotes state, worked out again, is not what is stored")
    return faults


def _recheck(claims: Sequence[Claim]) -> tuple[Calculation, ...]:
    """What the quotes of claims state, worked out again: first those of the claims, then those of their operands."""
    quoted = [one for claim in claims for one in claim.citations]
    return recheck([*quoted, *(one for claim in claims for one in claim.rests_on)])


def _notes(bundle: Bundle, sources: Sources | None) -> list[str]:
    notes = [] if bundle.same_program else [
        "another version of the program made the bundle: what answer.md and answer.html say was not compared with it"
    ]  # fmt: skip
    return notes + [f"{one.path} was not read: {one.reason}" for one in (sources.failures if sources else ())]
