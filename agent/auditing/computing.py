"""Prove a claim by arithmetic on the numbers of quotes, and find the results that are wrong."""

from collections.abc import Sequence
from itertools import combinations

from agent.answer import Citation
from agent.auditing.clauses import split_clauses
from agent.auditing.deriving import Derived, Operand, derive, operands_of, stated_numbers
from agent.auditing.leaning import leans
from agent.auditing.proving import PAIRED, Proof, Prover, unique
from agent.auditing.searching import Claim, Found
from agent.auditing.statements import Statement
from agent.judging import Judgement

Earlier = Sequence[tuple[Statement, Sequence[Citation]]]
"""The last statements that were supported, each with its quotes, the nearest last."""


def compute(
    statement: Statement, claim: Claim, near: Sequence[Found], earlier: Earlier, prover: Prover
) -> Proof | None:
    """What arithmetic makes of a claim; None where it computes nothing, or says more than that.

    The claim with each computed number put right, or without its results, must be proved by the quotes.
    """
    owns = [[one.citation] for one in near]
    owns += [[one.citation, other.citation] for one, other in combinations(near[:PAIRED], 2)]
    owns += [[]] if leans(statement) else []
    return next((proof for own in owns if (proof := _compute_from(statement, claim, own, earlier, prover))), None)


def _compute_from(
    statement: Statement, claim: Claim, own: Sequence[Citation], earlier: Earlier, prover: Prover
) -> Proof | None:
    derived = _derive(statement, claim, own, earlier)
    if not derived:
        return None
    calculations = tuple(one.calculation for one in derived)
    citations = unique([*own, *(one for each in calculations for one in each.citations)])
    rest = _without_results(claim.text, derived)
    stands = prover.opinion(_mended(claim.text, derived), citations, calculations).standing == "supported"
    stands = stands or bool(rest and prover.opinion(rest, citations).standing == "supported")
    if not stands and not _is_all_derived(statement, claim, derived):
        return None
    wrong = [one for one in derived if not one.agrees]
    if not wrong:
        return Proof(Judgement("supported"), citations, calculations)
    said = "; ".join(
        f"the numbers give {one.calculation.result.output().shown}, not “{one.stated.text}”" for one in wrong
    )
    return Proof(Judgement("contradicted", said), citations, calculations)


def _derive(statement: Statement, claim: Claim, own: Sequence[Citation], earlier: Earlier) -> list[Derived]:
    """The numbers of a claim that no quote at hand has, worked out; none where one of them cannot be."""
    stand = operands_of(claim.text, own)
    pools: list[list[Operand]] = [stand]
    sure = 1 + bool(earlier and statement.before[-1:] == (earlier[-1][0].claim,))
    for told, quotes in reversed(earlier if leans(statement) else []):
        pools.append([*pools[-1], *operands_of(told.claim, quotes)])
    derived: list[Derived] = []
    for stated in stated_numbers(claim.text):
        if any(one.quantity.start == stated.start for one in stand):
            continue
        one = derive(stated, claim.text, pools, len(derived), sure)
        if one is None:
            return []
        derived.append(one)
    return derived


def _mended(text: str, derived: Sequence[Derived]) -> str:
    """The claim with the computed numbers in the places of the stated ones."""
    for one in sorted(derived, key=lambda one: -one.stated.start):
        shown = one.calculation.result.output().shown
        text = text[: one.stated.start] + shown + text[one.stated.end :]
    return text


def _without_results(text: str, derived: Sequence[Derived]) -> str:
    """The clauses of a claim that state no computed number, "" where each does."""
    clauses = split_clauses(text)
    kept = [clause for clause in clauses if not any(one.stated.text in clause for one in derived)]
    return "; ".join(kept) if len(kept) < len(clauses) else ""


def _is_all_derived(statement: Statement, claim: Claim, derived: Sequence[Derived]) -> bool:
    """Whether a claim only goes on from the one before it and names nothing of its own but what is computed."""
    told = Claim(" ".join([*statement.before, *statement.section]))
    return bool(statement.before) and claim.names <= told.names and len(stated_numbers(claim.text)) == len(derived)
