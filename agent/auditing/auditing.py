"""Audit a document, statement by statement: find, judge, compute, compare."""

from collections.abc import Callable, Sequence
from dataclasses import replace

from agent.answer import Citation
from agent.auditing.checkable import anchors, why_not_checkable
from agent.auditing.clauses import split_clauses
from agent.auditing.computing import compute
from agent.auditing.findings import Audit, Finding
from agent.auditing.leaning import leans, read_in_context
from agent.auditing.proving import Prover
from agent.auditing.references import missing_quotation, reference_fault
from agent.auditing.searching import Claim, Found, Searcher, companies_in, share_anchor
from agent.auditing.statements import LONGEST, Statement, read_statements
from agent.judging import Support
from corpus.document import Document
from indexes.index import Index

MAX_SENTENCES = 1000
"""Statements that one audit looks at, unless told otherwise."""

Progress = Callable[[int, int], None]
"""Called with the number of statements done and the number of all."""

_CANDIDATES = 12
_LEAST_COVER = 0.35
"""A candidate that has less of a claim is not judged: it is about something else."""
_LEAST_COSINE = 0.30
"""The same across languages, where few words can be compared."""


def audit(
    document: Document,
    index: Index,
    *,
    support: Support | None = None,
    limit: int = MAX_SENTENCES,
    progress: Progress | None = None,
) -> Audit:
    """Hold every statement of a text against the documents of an index.

    Args:
        document: The text, as corpus.readers.read reads it.
        support: The encoder's opinion, for the judge.
        limit: Most statements to look at; the rest is counted as unread.
    """
    statements = read_statements(document)
    auditor = _Auditor(Searcher(index), support)
    findings = []
    for place, statement in enumerate(statements[:limit], start=1):
        findings.append(auditor.find(statement))
        if progress:
            progress(place, min(len(statements), limit))
    return Audit(
        file=document.path,
        title=document.title,
        findings=tuple(findings),
        unread=max(0, len(statements) - limit),
        index_fingerprint=index.fingerprint,
    )


class _Auditor:
    """Judges statements in their order, and remembers the proven numbers of those before."""

    def __init__(self, searcher: Searcher, support: Support | None) -> None:
        self._searcher = searcher
        self._prover = Prover(support)
        self._told: dict[tuple[str, tuple[str, ...]], Finding] = {}
        self._earlier: list[tuple[Statement, tuple[Citation, ...]]] = []

    def find(self, statement: Statement) -> Finding:
        """The finding on one statement; the same words in the same surroundings are judged once."""
        key = (statement.claim, statement.before)
        if key not in self._told:
            self._told[key] = self._judge(statement)
        finding = self._told[key]
        if finding.verdict in ("supported", "computed"):
            self._earlier = [*self._earlier, (statement, finding.citations)][-3:]
        return replace(finding, sentence=statement.text, page=statement.page, start=statement.start, end=statement.end)

    def _judge(self, statement: Statement) -> Finding:
        blank = Finding(statement.text, statement.page, statement.start, statement.end, "not-checkable")
        if reason := why_not_checkable(statement):
            return replace(blank, reasons=(reason,))
        if statement.kind == "endless" or len(statement.claim) > LONGEST:
            reason = f"it runs on for {len(statement.claim):,} characters without the end of a sentence; split it"
            return replace(blank, verdict="unsupported", reasons=(reason,))
        text = read_in_context(statement)
        read_as = text if text != statement.claim else ""
        claim = Claim(text)
        found = self._search(claim, statement)
        if not anchors(text) and not (found and found[0].cover >= _LEAST_COVER):
            return replace(blank, reasons=("it names nothing that documents could be asked about",))
        finding = self._weigh(statement, claim, found, replace(blank, read_as=read_as))
        return self._check_references(statement, claim, finding)

    def _search(self, claim: Claim, statement: Statement) -> list[Found]:
        queries = [claim.text]
        if leans(statement) or len(claim.mentions) + len(claim.quantities) < 2:
            queries.append(" ".join([*statement.section[-1:], *statement.before[-1:], claim.text]))
        clauses = split_clauses(claim.text)
        queries += clauses if len(clauses) > 1 else []
        found = self._searcher.find(claim, queries, 2 * _CANDIDATES)
        if leans(statement):
            context = [*statement.before[-2:], *statement.section]
            found = [one for one in found if share_anchor([*context, claim.text], one.citation)]
        return found[:_CANDIDATES]

    # --- Weighing -----------------------------------------------------------------------------------------------------

    def _weigh(self, statement: Statement, claim: Claim, found: Sequence[Found], blank: Finding) -> Finding:
        """The best that the candidates make of a claim."""
        near = [one for one in found if _is_near(one, claim)]
        proof = (
            self._prover.prove(claim, near)
            or compute(statement, claim, near, self._earlier, self._prover)
            or self._prover.contradict(claim, near, judged_only=True)
            or self._prover.prove_in_parts(claim, near)
            or self._prover.contradict(claim, near)
        )
        if proof is None:
            nearest = found[0].citation if found else None
            return replace(blank, verdict="unsupported", reasons=self._why_unsupported(claim, near), nearest=nearest)
        reasons: tuple[str, ...] = (proof.judgement.reason,) if proof.judgement.reason else ()
        if not proof.supported:
            return replace(
                blank,
                verdict="contradicted",
                reasons=reasons,
                citations=proof.citations,
                calculations=proof.calculations,
            )
        conflicts = self._prover.find_conflicts(claim, near, proof)
        reasons += tuple(f"another place says otherwise: {reason}" for reason, _ in conflicts)
        return replace(
            blank,
            verdict="computed" if proof.calculations else "supported",
            reasons=reasons,
            citations=proof.citations,
            calculations=proof.calculations,
            conflicting=tuple(citation for _, citation in conflicts),
        )

    def _why_unsupported(self, claim: Claim, near: Sequence[Found]) -> tuple[str, ...]:
        if not near:
            return ("nothing in the documents is about this",)
        return (self._prover.opinion(claim.text, [near[0].citation]).reason or "no quote says all of it",)

    # --- References ---------------------------------------------------------------------------------------------------

    def _check_references(self, statement: Statement, claim: Claim, finding: Finding) -> Finding:
        """A finding with what is wrong with the statement's own quotations and sources put first."""
        fault, standing = missing_quotation(claim.text, self._searcher, claim.language)
        if fault:
            nearest = finding.nearest or next(iter(finding.citations), None)
            return replace(
                finding, verdict="unsupported", reasons=(fault,), citations=(), calculations=(), nearest=nearest
            )
        if finding.verdict == "unsupported" and standing and _are_named(claim, standing):
            finding = replace(finding, verdict="supported", reasons=(), citations=tuple(standing), nearest=None)
        if not statement.references or finding.verdict not in ("supported", "computed"):
            return finding
        fault, notes = reference_fault(statement.references, finding.citations, self._searcher)
        if fault:
            return replace(finding, verdict="unsupported", reasons=(fault, *finding.reasons))
        return replace(finding, reasons=(*finding.reasons, *notes))


def _is_near(found: Found, claim: Claim) -> bool:
    """Whether a candidate may be about what a claim is about."""
    if found.cover >= _LEAST_COVER:
        return True
    return found.citation.language != claim.language and found.cosine >= _LEAST_COSINE


def _are_named(claim: Claim, citations: Sequence[Citation]) -> bool:
    """Whether the companies of a claim are those of its quotations, or of what stands above them."""
    shown = "\n".join(words for one in citations for words in (one.quote, *one.section, one.title, one.publisher))
    return claim.ids("company") <= {mention.term.id for mention in companies_in(shown)}
