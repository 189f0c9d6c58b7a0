"""Whether a claim says the opposite of its quote: rise for fall, internal for external, buyer for seller."""

import re
from collections import Counter

from agent.judging.judgement import Fault
from agent.judging.wording.clauses import Clause, Reading
from agent.judging.wording.comparing import View
from agent.judging.wording.cues import Cue, Meaning
from agent.judging.wording.denials import asserts_by_denials
from agent.judging.wording.ordering import is_belied
from agent.judging.wording.scope import follow, is_same

_QUARTERS = frozenset(["compass"])
# Axes of more and less: "cheaper" for "slower" is no slip of sense, "rise" for "lower" in the very same place is.
_MAGNITUDES = frozenset(("change", "level", "amount", "above", "size", "speed", "pace", "length", "strength", "trend"))
# Axes that speak of another thing beside a number.
_LOOSE = frozenset(("level", "amount", "size", "order", "port", "market"))
_CONVERSES = frozenset(
    """kinship deal market contest lead credit order above takeover trade port early lease gift lesson employer
    estate""".split()
)
_ARTICLE = re.compile(r"[\s的之-]*(?:(?:the|a|an|its|their|our)\s)?")
_THAN = re.compile(r"\bthan\b|[比于於]|より", re.IGNORECASE)


def find_direction_fault(view: View) -> Fault | None:
    """The first word of the claim whose opposite the quote says of the same thing."""
    told = view.theirs if view.near else view.all_theirs
    for cue in view.ours:
        if _names_both(cue, view):
            continue
        sides = set(cue.sides())
        turned = next((one for one in view.around if _turns_same(cue, one, view)), None)
        if turned:
            return _contradiction(cue, turned)
        turned = _turned_beside_number(cue, view)
        if turned:
            return _contradiction(cue, turned)
        replaced = next((one for one in view.theirs if view.near and _replaces(cue, one, view)), None)
        if replaced:
            return _contradiction(cue, replaced)
        if not sides or any(sides & set(other.sides()) for other in told):
            continue
        if _goes_wrong(cue, view):
            return Fault(f"the claim says “{cue.text}”, but its numbers go the other way", contradicts=True)
        for other in (*view.around, *view.heads):
            if _is_denied_otherwise(cue, other, view):
                continue
            if _opposed(cue, other, view) and not (_is_explained(cue, other, view) or _is_converse(cue, other, view)):
                return _contradiction(cue, other)
    return _mixed_fault(view) or _lone_fault(view)


def _lone_fault(view: View) -> Fault | None:
    """A word of the claim whose axis the quote speaks of elsewhere, and there says the opposite alone."""
    if not view.same_language():
        return None
    for cue in view.ours:
        for axis, side in cue.sides():
            if axis in _MAGNITUDES or axis in _LOOSE or cue.negated:
                continue
            told = [one for one in view.quote.cues if any(each == axis for each, _ in one.sides())]
            claimed = {each for one in view.claim.cues for each in one.sides()}
            if not told or any((axis, side) in one.sides() for one in told) or (axis, -side) in claimed:
                continue
            if any(cue.has("negation", "soft") for cue in (*view.claim.cues, *view.quote.cues) if cue not in told):
                continue
            if not any(_is_converse(cue, one, view) for one in told):
                return _contradiction(cue, told[0])
    return None


def _goes_wrong(cue: Cue, view: View) -> bool:
    """Whether the numbers of the clause belie the only change that it tells of."""
    sides = {side for one in view.clause.cues for axis, side in one.sides() if axis == "change"}
    text = view.claim.text[view.clause.start : view.clause.end]
    return len(sides) == 1 and ("change", *sides) in cue.sides() and is_belied(text, *sides)


def _turns_same(cue: Cue, other: Cue, view: View) -> bool:
    """Whether a cue says of the word after it the opposite of what another says: "internal lasers", "external"."""
    axes = {axis for axis, side in cue.sides() if (axis, -side) in other.sides()} - _CONVERSES
    if not axes or cue.negated or other.negated:
        return False
    ours, theirs = _thing(cue, view.claim), _thing(other, view.quote)
    if not ours or not theirs or not is_same(ours, theirs):
        return False
    return not (
        any(_says_of(one, set(cue.sides()), ours, view.quote) for one in view.quote.cues)
        or any(_says_of(one, set(other.sides()), ours, view.claim) for one in view.claim.cues)
    )


def _turned_beside_number(cue: Cue, view: View) -> Cue | None:
    """What a clause of the quote says of the number beside a cue, where it says nothing but the opposite."""
    numbers = {one for one in _numbers_beside(cue, view.claim) if len(one) > 1}
    if cue.negated or any(set(cue.sides()) & set(one.sides()) for one in view.quote.cues):
        return None
    for place in view.partners if numbers else ():
        if not numbers & {token.text for token in view.quote.tokens[place.first : place.last]}:
            continue
        for axis, side in cue.sides():
            told = [one for one in place.cues if any(each == axis for each, _ in one.sides())]
            if axis not in _LOOSE and told and all(set(one.sides()) & {(axis, -side)} for one in told):
                return None if _is_converse(cue, told[0], view) else told[0]
    return None


def _says_of(cue: Cue, sides: set[Meaning], thing: str, text: Reading) -> bool:
    found = _thing(cue, text) if sides & set(cue.sides()) else ""
    return bool(found) and is_same(found, thing)


def _thing(cue: Cue, text: Reading) -> str:
    """The word that a cue stands right before, "" for none; those of its own axes between do not count."""
    clause = next((one for one in text.clauses if one.start <= cue.start < one.end), None)
    end = cue.start + len(cue.text)
    words = follow(text.text, end, clause.end, 1) if clause else ()
    gap = _ARTICLE.match(text.text, end)
    return words[0] if words and gap and text.text[gap.end() : gap.end() + 1].isalpha() else ""


def _is_denied_otherwise(cue: Cue, other: Cue, view: View) -> bool:
    """Whether one word is denied and the other text denies something too: "not the same" for 不是一回事."""
    if cue.negated == other.negated:
        return False
    ours, theirs = (sum(one.has("negation") and not one.negated for one in cues) for cues in (view.ours, view.around))
    return (theirs > ours if cue.negated else ours > theirs or ours > 0) or asserts_by_denials(view)


def _is_explained(cue: Cue, other: Cue, view: View) -> bool:
    """Whether the claim has the word of the quote too, beside the one that seems to oppose it."""
    sides = set(other.sides())
    denied = cue.negated and not any(one.has("negation", "soft") for one in view.nearby)
    if sides & view.explained.get(other.first, set()) and not denied:
        return True
    ours = sum(bool(sides & set(cue.sides())) for cue in view.ours)
    return ours > 0 and ours >= sum(bool(sides & set(cue.sides())) for cue in view.around)


def _mixed_fault(view: View) -> Fault | None:
    """Where both say as much of an axis, they must say the same: "high rate, low loss" is not "low rate, low loss"."""
    ours, theirs = (Counter(side for cue in cues for side in cue.sides()) for cues in (view.ours, view.around))
    for axis in {axis for axis, _ in ours} & {axis for axis, _ in theirs}:
        said, shown = ((each[axis, 1], each[axis, -1]) for each in (ours, theirs))
        if sum(said) == sum(shown) > 1 and said != shown:
            side = 1 if said[0] > shown[0] else -1
            cue = next(one for one in view.ours if (axis, side) in one.sides())
            other = next(one for one in view.around if (axis, -side) in one.sides())
            return _contradiction(cue, other)
    return None


def _replaces(cue: Cue, other: Cue, view: View) -> bool:
    """Whether the claim has the cue in the very place where the quote has its opposite."""
    if not _opposed(cue, other, view) or not _in_one_place(cue, other, view):
        return False
    if set(other.sides()) & view.explained.get(other.first, set()):
        return False
    beside = [one for one in view.ours if one is not cue and _in_one_place(one, other, view)]
    return not any(set(one.sides()) & set(other.sides()) for one in beside)


def _names_both(cue: Cue, view: View) -> bool:
    """Whether claim and quote both name two quarters, so that what stands beside each tells (`allotment`)."""
    sides = {(axis, side) for axis, _ in cue.sides() if axis in _QUARTERS for side in (1, -1)}
    named = ({side for one in cues for side in one.sides()} for cues in (view.claim.cues, view.quote.cues))
    return bool(sides) and all(sides <= each for each in named)


def _opposed(cue: Cue, other: Cue, view: View) -> bool:
    turned = {(axis, -side) for axis, side in cue.sides()}
    if turned & set(other.sides()):
        return True
    ours = {side for axis, side in turned if axis in _MAGNITUDES}
    theirs = {side for axis, side in other.sides() if axis in _MAGNITUDES}
    if not ours & theirs or ours & {-side for side in theirs}:
        return False
    return (view.near and _in_one_place(cue, other, view)) or bool(
        _numbers_beside(cue, view.claim) & _numbers_beside(other, view.quote)
    )


def _numbers_beside(cue: Cue, text: Reading) -> set[str]:
    """The numbers next to a cue: "70% less", 低 70%, "fell by 12%"."""
    beside = text.tokens[max(0, cue.first - 1) : cue.first] + text.tokens[cue.last : cue.last + 2]
    return {token.text for token in beside if token.text[0].isdigit()}


def _in_one_place(cue: Cue, other: Cue, view: View) -> bool:
    """Whether the cues stand between the same matched words."""
    before = max((there for here, there in view.words.items() if here < cue.first), default=-1)
    after = min((there for here, there in view.words.items() if here >= cue.last), default=len(view.quote.tokens))
    return before < other.first and other.last <= after


def _is_converse(cue: Cue, other: Cue, view: View) -> bool:
    """Whether the names have changed places with the word: "A leads B" for "B lags A", "A sells to B" for "B buys"."""
    axes = {axis for axis, _ in cue.sides()} & {axis for axis, _ in other.sides()}
    if cue.negated or other.negated or not (axes & _CONVERSES or _THAN.search(view.claim.text)):
        return False
    place = next((one for one in view.quote.clauses if one.start <= other.start < one.end), None)
    if place is None:
        return False
    ours, theirs = _names_before(view.claim, view.clause, cue), _names_before(view.quote, place, other)
    behind = _names_before(view.quote, place, None) - theirs
    return bool(ours) and not ours & theirs and bool(ours & behind)


def _names_before(text: Reading, clause: Clause, cue: Cue | None) -> set[str]:
    """The companies and countries named in a clause, before a cue if one is given."""
    end = cue.start if cue else clause.end
    return {key for key, at in text.named if clause.start <= at < end and re.match("EN|CO", key)}


def _contradiction(cue: Cue, other: Cue) -> Fault:
    ours, theirs = (f"not {one.text}" if one.negated else one.text for one in (cue, other))
    return Fault(f"the quote says “{theirs}”, the claim “{ours}”", contradicts=True)
