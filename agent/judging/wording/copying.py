"""Whether a claim that is copied from its quote but for a word or two turns its sense with them.

What differs is compared place by place, so that nothing else in the quote can excuse it.

    >>> from agent.judging.wording.clauses import read
    >>> find_copy_fault(read("该线路有中断。"), read("该线路没有中断。")).reason
    'the claim leaves out “没”'
"""

from collections.abc import Iterator
from dataclasses import dataclass
from difflib import SequenceMatcher
from itertools import pairwise

from agent.judging.judgement import Fault
from agent.judging.wording.clauses import Reading
from agent.judging.wording.cues import Cue, find_cues

_COPIED = 0.8  # share of the words of both, between the first and the last that they share
_SHORTEST = 5  # words
_MOST_CHANGED = 6  # words in one place: more is a rewording
_PART = ("some", "most", "several")
_WHOLE = ("all",)
_DENIES = ("negation", "besides")


@dataclass(frozen=True, slots=True)
class _Change:
    """What stands in one place: tokens ``[first:last]`` of the claim for those of the quote."""

    ours: tuple[Cue, ...]
    theirs: tuple[Cue, ...]
    said: str
    shown: str


def find_copy_fault(claim: Reading, quote: Reading) -> Fault | None:
    """How a nearly verbatim claim turns its quote: a denial more or less, all for some; None for what is no copy."""
    if claim.language != quote.language:
        return None
    for change in _changes(claim, quote):
        if _turns(change):
            return _fault(change)
    return None


def _fault(change: _Change) -> Fault:
    if not change.said:
        return Fault(f"the claim leaves out “{change.shown}”", contradicts=True)
    if not change.shown:
        return Fault(f"the claim adds “{change.said}”", contradicts=True)
    return Fault(f"the quote says “{change.shown}”, the claim “{change.said}”", contradicts=True)


def _turns(change: _Change) -> bool:
    if _opposes(change):
        return False  # judged as a direction; a denial beside it is its own
    denials = [sum(cue.has(*_DENIES) for cue in side) for side in (change.ours, change.theirs)]
    soft = any(cue.has("soft", "exception") for cue in (*change.ours, *change.theirs) if not cue.has(*_DENIES))
    if sum(denials) % 2 and not soft:
        return True
    part = any(cue.has(*_PART) for cue in change.theirs)
    return part and any(cue.has(*_WHOLE) for cue in change.ours) and not any(cue.has(*_PART) for cue in change.ours)


def _opposes(change: _Change) -> bool:
    theirs = {meaning for cue in change.theirs for meaning in cue.meanings}
    return any((axis, -side) in theirs for cue in change.ours for axis, side in cue.meanings if side)


def _changes(claim: Reading, quote: Reading) -> Iterator[_Change]:
    """What differs, where little does."""
    ours, theirs = ([one.text for one in text.tokens] for text in (claim, quote))
    matcher = SequenceMatcher(None, ours, theirs, autojunk=False)
    blocks = [one for one in matcher.get_matching_blocks() if one.size]
    if not blocks or len(ours) < _SHORTEST:
        return
    shared = sum(one.size for one in blocks)
    span = blocks[-1].b + blocks[-1].size - blocks[0].b
    if shared < _COPIED * len(ours) or shared < _COPIED * span:
        return
    for one, other in pairwise(blocks):
        mine, other_side = (one.a + one.size, other.a), (one.b + one.size, other.b)
        if max(mine[1] - mine[0], other_side[1] - other_side[0]) <= _MOST_CHANGED:
            yield _change(claim, quote, mine, other_side)


def _change(claim: Reading, quote: Reading, mine: tuple[int, int], yours: tuple[int, int]) -> _Change:
    said, shown = _words(claim, *mine), _words(quote, *yours)
    return _Change(_cues(claim, *mine, said), _cues(quote, *yours, shown), said, shown)


def _cues(text: Reading, first: int, last: int, words: str) -> tuple[Cue, ...]:
    """The cues that stand in a place; of those that reach out of it the ones that its words alone are too."""
    if first >= last:
        return ()
    alone = find_cues(words)
    axes = {axis for cue in alone for axis, _ in cue.meanings}
    reaching = [cue for cue in text.cues if cue.first < last and first < cue.last]
    inside = tuple(cue for cue in reaching if (first <= cue.first and cue.last <= last) or cue.has(*axes))
    return inside or (alone if text.language == "en" else ())


def _words(text: Reading, first: int, last: int) -> str:
    return text.text[text.tokens[first].start : text.tokens[last - 1].end] if first < last else ""
