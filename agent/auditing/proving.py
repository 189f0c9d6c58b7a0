"""Prove a claim by the quotes that were found for it, or show the quote that says otherwise."""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import combinations

from agent.answer import Calculation, Citation
from agent.auditing.clauses import split_clauses
from agent.auditing.differing import find_difference, is_about_the_same, missing_numbers
from agent.auditing.searching import Claim, Found
from agent.judging import Judgement, Support, judge

PAIRED = 6
"""Candidates that are also tried two by two."""

_CONFLICTING = 0.9
"""How much of a claim, its number aside, a quote has that conflicts with the one that supports it."""
_MOST_CONFLICTS = 2
_MOST_REMEMBERED = 4000


@dataclass(frozen=True, slots=True)
class Proof:
    """What became of a claim before its references are looked at.

    Attributes:
        alike: How much of a claim stands in the quote that contradicts it.
    """

    judgement: Judgement
    citations: tuple[Citation, ...] = ()
    calculations: tuple[Calculation, ...] = ()
    alike: float = 1.0

    @property
    def supported(self) -> bool:
        """Whether the claim is shown, and not contradicted."""
        return self.judgement.standing == "supported"


class Prover:
    """Puts claims with quotes to the judge, the one that every answer passes."""

    def __init__(self, support: Support | None) -> None:
        self._support = support
        self._judged: dict[tuple[str, tuple[Citation, ...]], Judgement] = {}

    def opinion(self, text: str, citations: Sequence[Citation], calculations: Sequence[Calculation] = ()) -> Judgement:
        """What the judge says of a text by quotes and calculations."""
        if calculations:
            return judge(text, citations, calculations, support=self._support)
        key = (text, tuple(citations))
        if key not in self._judged:
            if len(self._judged) >= _MOST_REMEMBERED:
                self._judged.clear()
            self._judged[key] = judge(text, citations, support=self._support)
        return self._judged[key]

    def prove(self, claim: Claim, near: Sequence[Found]) -> Proof | None:
        """By one quote, failing that by two.

        A quote that says otherwise outweighs one that has less of the claim, and, being in the claim's own language,
        one in another, of which less can be judged.
        """
        judged = [(one, self.opinion(claim.text, [one.citation])) for one in near]
        proved = [(one, judgement) for one, judgement in judged if judgement.standing == "supported"]
        if proved:
            one, judgement = next((pair for pair in proved if _is_own(pair[0], claim)), proved[0])
            denying = [other for other, each in judged if each.standing == "contradicted"]
            denied = any(_outweighs(other, one, claim) and _denies(claim, other, near) for other in denying)
            return None if denied else Proof(judgement, (one.citation,))
        for pair in _pairs(near[:PAIRED], claim):
            judgement = self.opinion(claim.text, [one.citation for one in pair])
            if judgement.standing == "supported":
                return Proof(judgement, tuple(one.citation for one in pair))
        return None

    def prove_in_parts(self, claim: Claim, near: Sequence[Found]) -> Proof | None:
        """Clause by clause, each by its own quotes."""
        clauses = split_clauses(claim.text)
        if len(clauses) < 2:
            return None
        proofs = [self.prove(Claim(clause), near) for clause in clauses]
        kept = [proof for proof in proofs if proof]
        if len(kept) < len(clauses):
            return None
        return Proof(Judgement("supported"), unique(citation for proof in kept for citation in proof.citations))

    def contradict(self, claim: Claim, near: Sequence[Found], judged_only: bool = False) -> Proof | None:
        """The quote about the same that says otherwise: by the judge, or for its number, date or name alone."""
        best: Proof | None = None
        for one in near:
            judgement = self.opinion(claim.text, [one.citation])
            difference = None if judged_only else find_difference(claim, one.citation)
            if judgement.standing == "contradicted" and _denies(claim, one, near):
                reason, alike = judgement.reason, one.cover
            elif difference and not _stands_elsewhere(claim, one, near):
                reason, alike = difference.reason, difference.alike
            else:
                continue
            if best is None or alike > best.alike:
                best = Proof(Judgement("contradicted", reason), (one.citation,), alike=alike)
        return best

    def find_conflicts(self, claim: Claim, near: Sequence[Found], proof: Proof) -> list[tuple[str, Citation]]:
        """Quotes in other places that say otherwise than a supported claim, of the same thing and time."""
        others = [one.citation for one in near if one.citation not in proof.citations and claim.ids("company")]
        differences = ((find_difference(claim, one), one) for one in others)
        found = [(each.reason, one) for each, one in differences if each and each.alike >= _CONFLICTING]
        return found[:_MOST_CONFLICTS]


def _is_own(found: Found, claim: Claim) -> bool:
    """Whether a candidate is in the claim's language, in which more of it can be judged."""
    return found.citation.language == claim.language


def _outweighs(one: Found, other: Found, claim: Claim) -> bool:
    """Whether what one quote says of a claim counts for more than what another does."""
    if _is_own(one, claim) != _is_own(other, claim):
        return _is_own(one, claim)
    return one.cover > other.cover


def _denies(claim: Claim, denying: Found, near: Sequence[Found]) -> bool:
    """Whether a quote that says otherwise than a claim is about the same thing."""
    return is_about_the_same(claim, denying.citation) and not _stands_elsewhere(claim, denying, near)


def _stands_elsewhere(claim: Claim, denying: Found, near: Sequence[Found]) -> bool:
    """Whether a number that a quote lacks stands in another about the same: then it is about something else."""
    missing = missing_numbers(claim, denying.citation)
    if not missing:
        return False
    others = [missing_numbers(claim, one.citation) for one in near if claim.ids("company") <= one.candidate.keys]
    return any(not any(one in lacks for one in missing) for lacks in others)


_SEGMENT = re.compile(r"[;；，、]|,(?!\d{3})|(?<![A-Za-z])(?:and|while|but|or)(?![A-Za-z])|[和与與及]")


def _pairs(near: Sequence[Found], claim: Claim) -> Iterator[tuple[Found, Found]]:
    """Pairs of which each has something of the claim that the other lacks; no stretch of it rests on both.

    The numbers, dates, companies and countries between two commas or "and"s belong together, and must stand together
    in one quote.
    """
    needed = [Claim(part) for part in _SEGMENT.split(claim.text)]
    for a, b in combinations(near, 2):
        lacks = [{at for at, part in enumerate(needed) if _lacks(one, part)} for one in (a, b)]
        names = [claim.names - one.candidate.keys for one in (a, b)]
        if not lacks[0] & lacks[1] and (lacks[0] or names[0]) and (lacks[1] or names[1]):
            yield a, b


def _lacks(found: Found, part: Claim) -> bool:
    """Whether a number, date, company or country of a stretch of the claim is not in a candidate or above it."""
    shown = Claim(f"{found.candidate.body}\n{found.candidate.context}")
    return bool(missing_numbers(part, found.citation)) or not part.ids("company", "country") <= shown.names


def unique(citations: Iterable[Citation | None]) -> tuple[Citation, ...]:
    """Each citation once, in order."""
    return tuple(dict.fromkeys(one for one in citations if one is not None))
