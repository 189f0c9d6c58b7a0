"""What one place says in a dispute, and the disputes that several places have: each told once, with all who say so."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

from agent.candidates import Candidate, row_cells
from agent.conflicts.judgements import Opinion
from agent.conflicts.sources import Source
from agent.conflicts.statements import Statement
from agent.conflicts.values import exclude


@dataclass(frozen=True, slots=True)
class Side:
    """What one place says.

    Attributes:
        value: In the words of its quote.
    """

    stated: Statement | Opinion
    value: str

    @property
    def candidate(self) -> Candidate:
        """The place."""
        return self.stated.candidate

    @property
    def source(self) -> Source:
        """Who says it, and when."""
        return self.stated.source


@dataclass(frozen=True, slots=True)
class Dispute:
    """What places say of one thing, those together that say the same; the first of each stands for them.

    Attributes:
        about: What it is about, in the question's language.
        voices: One for each value or judgement.
    """

    about: str
    voices: tuple[tuple[Side, ...], ...]

    @property
    def sides(self) -> list[Side]:
        """Everything said, in all places."""
        return [side for voice in self.voices for side in voice]


def open_dispute(about: str, sides: Iterable[Side], most: int) -> Dispute:
    """The dispute of some sides, the first of those that say the same standing for them; ``most`` voices of it."""
    kept: list[Side] = []
    for side in sides:
        if not any(says_the_same(side, one) for one in kept):
            kept.append(side)
    return Dispute(about, tuple((one,) for one in kept[:most]))


def merge_disputes(disputes: Iterable[Dispute]) -> list[Dispute]:
    """Each dispute once: those of one thing whose values are the same, or some of the other's, are one."""
    merged: list[Dispute] = []
    for one in disputes:
        at = next((at for at, other in enumerate(merged) if _is_the_same(one, other)), None)
        if at is None:
            merged.append(one)
        else:
            merged[at] = _join(merged[at], one)
    return merged


def _is_the_same(one: Dispute, other: Dispute) -> bool:
    if one.about != other.about and not any(side in other.sides for side in one.sides):
        return False
    fewer, more = sorted((one.voices, other.voices), key=len)
    return all(any(says_the_same(mine[0], voice[0]) for voice in more) for mine in fewer)


def _join(one: Dispute, other: Dispute) -> Dispute:
    voices = [list(voice) for voice in one.voices]
    for voice in other.voices:
        home = next((each for each in voices if says_the_same(each[0], voice[0])), None)
        if home is None:
            voices.append(list(voice))
        else:
            home += [side for side in voice if side.candidate not in [each.candidate for each in home]]
    return Dispute(one.about, tuple(map(tuple, voices)))


def says_the_same(one: Side, other: Side) -> bool:
    """Whether two sides give one number, rounded or not, or one judgement."""
    a, b = one.stated, other.stated
    if isinstance(a, Statement) and isinstance(b, Statement):
        return a.quantity.unit == b.quantity.unit and not exclude(a.quantity, b.quantity)
    return isinstance(a, Opinion) and isinstance(b, Opinion) and (a.axis, a.side) == (b.axis, b.side)


def numbered(stated: Statement) -> Side:
    """A side with its number as written: the cell with its head, where it is one of a row."""
    candidate, number = stated.candidate, stated.quantity
    if candidate.header:
        at = candidate.text[: number.start].count("|")
        cells = row_cells(candidate.header, candidate.text)
        if len(cells) > at:
            return Side(stated, ": ".join(filter(None, cells[at])))
    return Side(stated, candidate.text[number.start : number.end])


def judged(opinion: Opinion) -> Side:
    """A side with the word that judges."""
    return Side(opinion, opinion.cue.text)


def all_pairs(dispute: Dispute, holds: Callable[[Side, Side], bool]) -> bool:
    """Whether something holds of each two sides that say different things."""
    voices: Sequence[tuple[Side, ...]] = dispute.voices
    return all(holds(a, b) for at, mine in enumerate(voices) for each in voices[at + 1 :] for a in mine for b in each)
