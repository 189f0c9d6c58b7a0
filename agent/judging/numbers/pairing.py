"""Tell a number that a claim sets beside another one than its quote does.

"saves 48% in a three-layer cluster", of a quote that gives 23% for three layers and 48% for two: both of the claim's
numbers stand in the quote, and so none is missing; but there they do not stand together.
"""

from collections.abc import Iterable, Sequence

from agent.answer import Citation
from agent.judging.judgement import Fault
from agent.judging.numbers.binding import Bound, bind, comparable
from corpus.quantities import same_quantity


def find_pairing_fault(claim: str, citations: Iterable[Citation]) -> Fault | None:
    """The first number that a quote gives beside another one than the claim does."""
    claimed = bind(claim)
    for citation in citations:
        there = bind(citation.quote, citation.header)
        for one in claimed:
            if fault := _paired_otherwise(one, claimed, there):
                return fault
    return None


def _paired_otherwise(one: Bound, claimed: Sequence[Bound], there: Sequence[Bound]) -> Fault | None:
    places = [each for each in there if same_quantity(one.quantity, each.quantity)]
    said = _beside(one, claimed)
    if len(places) != 1 or not said:
        return None
    here = _beside(places[0], there)
    rivals = [rival for rival in there if rival is not places[0] and comparable(rival.quantity, one.quantity)]
    for rival in rivals:
        stranger = [each for each in said if _has(each, _beside(rival, there)) and not _agrees(each, said, here)]
        known = [each for each in here if any(comparable(each.quantity, other.quantity) for other in stranger)]
        if stranger and known and not _has(rival, claimed):
            return Fault(
                f"the quote gives “{rival.quantity.text}” beside “{stranger[0].quantity.text}”, "
                f"and “{one.quantity.text}” beside “{known[0].quantity.text}”",
                contradicts=True,
            )
    return None


def _beside(one: Bound, numbers: Sequence[Bound]) -> list[Bound]:
    """The numbers of another sort in the stretch of a number."""
    return [
        each
        for each in numbers
        if one.start <= each.quantity.start < one.end and not comparable(each.quantity, one.quantity)
    ]


def _agrees(one: Bound, said: Sequence[Bound], here: Sequence[Bound]) -> bool:
    """Whether the claim says, of the sort of a number, one that the quote says here too."""
    return any(_has(each, here) for each in said if comparable(each.quantity, one.quantity))


def _has(one: Bound, numbers: Sequence[Bound]) -> bool:
    return any(same_quantity(one.quantity, each.quantity) for each in numbers)
