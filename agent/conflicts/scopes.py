"""The words that belong to a number: its own stretch, what it takes over from before, and what names its row."""

from collections.abc import Iterable, Sequence

from agent.candidates import Candidate, row_cells
from agent.conflicts.metrics import find_metrics
from agent.conflicts.sources import find_issuers, is_about_source, is_issue_time
from agent.judging.numbers.binding import Bound
from corpus.amounts import find_amounts
from corpus.quantities import Quantity


class Scope:
    """The words that belong to a number: its own stretch, and what it takes over from before."""

    def __init__(self, candidate: Candidate, one: Bound, bounds: Sequence[Bound]) -> None:
        self.candidate, self.one = candidate, one
        self.text = candidate.body
        self.row = bool(one.head)
        rivals = [each for each in bounds if each.quantity.unit == one.quantity.unit and each is not one]
        self._before = [(each.start, each.end) for each in rivals if each.quantity.end <= one.quantity.start][::-1]
        self._after = [(each.start, each.end) for each in rivals if each.quantity.start >= one.quantity.end]
        if self.row:
            self.stretches = [(one.start, one.end)]
            self.lead = " ".join([candidate.header.split("|")[0], *plain_cells(candidate), one.head])
        else:
            self.stretches = [(one.start, one.end), *self._before]
            self.lead = ""
        self.local = self.lead + " " + self.text[one.start : one.end]
        self.sentence = self.lead or self.text
        self.issuing = [(start, end) for _, start, end in find_issuers(self.text)]
        self.amounts = find_amounts(self.text)

    def first(self, found: Iterable[tuple[int, int]], after: bool = False) -> list[tuple[int, int]]:
        """Those of some spans in the number's own stretch, else in the nearest before, or ``after``, that has any."""
        spans = list(found)
        for start, end in (*self.stretches, *(self._after if after and not self.row else ())):
            here = [span for span in spans if start <= span[0] < end]
            if here:
                return here
        return []

    @property
    def times(self) -> list[Quantity]:
        """The times said for the number, not of its publication."""
        times = {(one.start, one.end): one for one in self.amounts if one.kind == "time"}
        spans = self.first(span for span, one in times.items() if not is_issue_time(self.text, one))
        own: list[Quantity] = [times[span] for span in spans]
        if not own and self.row:
            own = [one for one in find_amounts(self.lead) if one.kind == "time"]
        return own

    @property
    def beside(self) -> list[Quantity]:
        """The other measures and counts of the number's stretch and, in a row, of what names it."""
        start, end = self.one.start, self.one.end
        here: list[Quantity] = [one for one in self.amounts if start <= one.start < end]
        here += find_amounts(self.lead)
        return [
            one
            for one in here
            if ((one.unit and one.kind in ("measure", "label")) or one.kind == "count")
            and one.start != self.one.quantity.start
        ]

    def metrics(self, unit: str) -> list[tuple[str, bool]]:
        """(id, own) of what the number measures: by its stretch, else by the head, else by what stands before."""
        found = {(one.start, one.end): one for one in find_metrics(self.text, unit)} if not self.row else {}
        near = [found[span] for span in self.first(found)]
        if near:
            return [(one.id, one.own) for one in near]
        above = (self.one.head, self.lead, *self.candidate.section[-1:], self.candidate.title) if self.row else ()
        for text in above:
            told = find_metrics(text, unit)
            if told:
                return [(one.id, one.own) for one in told]
        return []

    @property
    def told(self) -> str:
        """What is said up to the end of the number's stretch; what names a row and its column."""
        return self.lead if self.row else self.text[: self.one.end]

    def is_mine(self, at: int) -> bool:
        """Whether a place is in the number's stretch, or before it and in no other number's."""
        if self.one.start <= at < self.one.end:
            return True
        return at < self.one.start and not any(start <= at < end for start, end in self._before[:-1] or ())


def plain_cells(candidate: Candidate) -> list[str]:
    """The cells of a row that say in words what it is about."""
    cells = row_cells(candidate.header, candidate.body)
    told = [cell for head, cell in cells if not is_about_source(head)]
    return [
        cell
        for at, cell in enumerate(told)
        if not at or not any(one.kind in ("measure", "count") for one in find_amounts(cell))
    ]
