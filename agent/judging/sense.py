"""Whether a claim turns the sense of its quote: negation, direction, certainty, conditions and limits.

Words of both are matched first, so that only what differs is judged. What is left in a clause of the claim is compared
with what is left in the clauses of the quote that speak of the same: rise against fall, 不 against nothing, "plans to"
against nothing. Names, numbers and who does what to whom are judged elsewhere. What cannot be told is let pass.

    >>> find_sense_fault("CPO lowers the power.", "CPO 使功耗上升。")
    Fault(reason='the quote says “上升”, the claim “lowers”', contradicts=True)
    >>> find_sense_fault("功耗因 CPO 而下降。", "CPO lowers the power.") is None
    True
"""

import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace

from agent.judging.clauses import Clause, Reading, cells, match_words, partners, read
from agent.judging.cues import Cue, find_cues
from agent.judging.judgement import Fault
from corpus.text import fold, without_source_notes
from indexes.tokens import terms

_NEAR = 0.6  # share of a clause's words that stand in the quote in the same order: as good as copied
_SCOPE = 5  # words after a cue that it is surely about
# Axes of more and less: "cheaper" for "slower" is no slip of sense, "rise" for "lower" in the very same place is.
_MAGNITUDES = frozenset(("change", "level", "amount", "above", "size", "speed", "pace", "length", "strength", "trend"))
_QUOTED = re.compile(r"[“「『《\"]([^“”「」『』《》\"]{4,})[”」』》\"]")

# Hedges: what a hedge may be rendered by. A hedge may grow weaker by a shade; it may not vanish.
_AS_WEAK = {
    "possible": ("possible", "can"),
    "forecast": ("forecast", "plan", "possible", "hearsay"),
    "plan": ("plan", "forecast", "possible", "hearsay"),
    "hearsay": ("hearsay", "attribution", "possible", "forecast"),
}
_HEDGES = ("possible", "forecast", "plan")
# Words that leave open whether something is so; beside them an added hedge adds nothing.
_OPEN = {
    "possible": ("possible", "can", "future", "forecast", "plan", "condition", "hearsay"),
    "forecast": ("forecast", "plan", "future", "possible", "hearsay"),
    "plan": ("plan", "forecast", "future", "possible", "must", "hearsay"),
}
_QUANTIFIED = ("some", "most", "all", "each")


def find_sense_fault(claim: str, quote: str, lead: str = "") -> Fault | None:
    """The first way in which a claim turns the sense of its quote; None when it keeps it, or nothing tells.

    Args:
        claim: One statement, normalised, in English, Chinese or Japanese.
        quote: The words shown for it, verbatim: sentences, part of one, or a row of a table ("a | b").
        lead: What is shown with the quote, one a line: title, headings, the head of its table ("x | y").
    """
    claim, quote = without_source_notes(claim), without_source_notes(quote)
    if _bare(claim) == _bare(quote):
        return None
    pair = _Pair(read(_without_titles(claim, lead)), read(quote, _heads(quote, lead)), find_cues(lead))
    for clause in pair.claim.clauses:
        view = pair.view(clause)
        for check in _CHECKS:
            fault = check(view)
            if fault:
                return fault
    return None


def _bare(text: str) -> str:
    return "".join(character for character in fold(text) if character.isalnum())


def _without_titles(claim: str, lead: str) -> str:
    """The claim with quoted titles blanked out: "“How yields fall” (in Chinese) says …" says nothing of a fall."""
    return _QUOTED.sub(lambda found: " " * len(found[0]) if found[1] in lead else found[0], claim)


def _heads(quote: str, lead: str) -> tuple[str, ...]:
    """The heads of the columns, where the quote is a row and its table's head stands above it."""
    width = len(cells(quote))
    rows = [row for row in map(cells, lead.split("\n")) if len(row) == width]
    return tuple(rows[-1]) if rows and width > 1 else ()


# --- What is left to compare ------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class _View:
    """A clause of the claim beside the clauses of the quote that speak of the same.

    Attributes:
        clause, claim: The clause, and the whole claim.
        partners, quote: Its partners (all clauses of the quote, if ``paired`` is false), and the whole quote.
        ours, theirs: The cues of the clause and of its partners that the other side has not word for word.
        all_ours, all_theirs: All cues of the claim; all of the partners.
        left: All cues of the claim that the quote has not word for word.
        taken: The cues of the quote that the claim has word for word.
        above: The cues of what stands above the quote.
        near: The clause is as good as copied from the quote.
        paired: The partners share something with the clause.
        gaps: Cue of either side → the matched words it stands between.
    """

    clause: Clause
    claim: Reading
    partners: tuple[Clause, ...]
    quote: Reading
    ours: tuple[Cue, ...]
    theirs: tuple[Cue, ...]
    all_ours: tuple[Cue, ...]
    all_theirs: tuple[Cue, ...]
    left: tuple[Cue, ...]
    taken: frozenset[Cue]
    above: tuple[Cue, ...]
    near: bool
    paired: bool
    words: dict[int, int]

    def same_language(self) -> bool:
        return self.claim.language == self.quote.language


class _Pair:
    """A claim and its quote, with their words matched."""

    def __init__(self, claim: Reading, quote: Reading, above: tuple[Cue, ...]) -> None:
        self.claim, self.quote, self.above = claim, quote, above
        self._words = match_words(claim, quote) if claim.language == quote.language else {}
        self._partners = [partners(one, claim, quote) for one in claim.clauses]
        self._matched = dict(self._match_cues())
        self._taken = frozenset(self._matched.values())

    def _match_cues(self) -> Iterable[tuple[Cue, Cue]]:
        """Cues of the claim that stand word for word in a partner of their clause."""
        places = {(cue.first, cue.last): (cue, clause) for clause in self.quote.clauses for cue in clause.cues}
        for clause, others in zip(self.claim.clauses, self._partners, strict=True):
            for cue in clause.cues:
                there = [self._words.get(at, -1) for at in range(cue.first, cue.last)]
                found = places.get((there[0], there[-1] + 1))
                if found and found[0].meanings == cue.meanings and (found[1] in others or not others):
                    yield cue, found[0]

    def view(self, clause: Clause) -> _View:
        found = self._partners[self.claim.clauses.index(clause)]
        others = tuple(found) or self.quote.clauses
        copied = sum(at in self._words for at in range(clause.first, clause.last))
        ours = (cue for cue in clause.cues if cue not in self._matched)
        theirs = sorted(
            (cue for other in others for cue in other.cues if cue not in self._taken), key=lambda cue: cue.first
        )
        return _View(
            clause=clause,
            claim=self.claim,
            partners=others,
            quote=self.quote,
            ours=_turned(ours, self.claim),
            theirs=_turned(theirs, self.quote),
            all_ours=self.claim.cues,
            left=tuple(cue for cue in self.claim.cues if cue not in self._matched),
            taken=self._taken,
            all_theirs=_turned((cue for other in others for cue in other.cues), self.quote),
            above=self.above,
            near=bool(clause.last > clause.first and copied / (clause.last - clause.first) >= _NEAR),
            paired=bool(found),
            words=self._words,
        )


def _turned(cues: Iterable[Cue], text: Reading) -> tuple[Cue, ...]:
    """The cues, with those that a negation stands beside turned, and that negation marked as spent."""
    kept = list(cues)
    for at, cue in enumerate(kept):
        if not (cue.has("negation") or cue.text.lower() in ("less", "least")):
            continue
        after = next((n for n in range(at + 1, len(kept)) if kept[n].sides()), None)
        before = next((n for n in range(at - 1, -1, -1) if kept[n].sides()), None)
        target = before if text.language == "ja" else after
        if target is None or kept[target].negated:
            continue
        one, other = sorted((cue, kept[target]), key=lambda each: each.first)
        between = text.text[one.start + len(one.text) : other.start]
        room = 0 if not cue.has("negation") else 2 if between.isascii() and text.language == "en" else 4
        if other.first - one.last <= room and not re.search(r"[,;:.，；：。、|]", between):
            kept[target] = replace(kept[target], negated=True)
            kept[at] = replace(cue, meanings=tuple(m for m in cue.meanings if not m[1]), negated=True)
    return tuple(kept)


# --- Direction --------------------------------------------------------------------------------------------------------


def _direction_fault(view: _View) -> Fault | None:
    told = view.theirs if view.near else view.all_theirs
    for cue in view.ours:
        sides = set(cue.sides())
        if not sides or any(sides & set(other.sides()) for other in told):
            continue
        for other in view.theirs:
            if _opposed(cue, other, view) and not _is_converse(cue, other, view):
                return _contradiction(cue, other)
    return None


def _opposed(cue: Cue, other: Cue, view: _View) -> bool:
    turned = {(axis, -side) for axis, side in cue.sides()}
    if turned & set(other.sides()):
        return True
    ours = {side for axis, side in turned if axis in _MAGNITUDES}
    theirs = {side for axis, side in other.sides() if axis in _MAGNITUDES}
    return view.near and bool(ours & theirs) and _in_one_place(cue, other, view)


def _in_one_place(cue: Cue, other: Cue, view: _View) -> bool:
    """Whether the cues stand between the same matched words."""
    before = max((there for here, there in view.words.items() if here < cue.first), default=-1)
    after = min((there for here, there in view.words.items() if here >= cue.last), default=len(view.quote.tokens))
    return before < other.first and other.last <= after


def _is_converse(cue: Cue, other: Cue, view: _View) -> bool:
    """Whether the names have changed places with the word: "A leads B" for "B lags A", "A sells to B" for "B buys"."""
    ours, theirs = _names_before(view.claim, view.clause, cue), _names_before(view.quote, view.partners[0], other)
    behind = _names(view.partners[0]) - theirs
    return bool(ours) and not ours & theirs and bool(ours & behind)


def _names(clause: Clause) -> set[str]:
    return {key for key in clause.content if re.match("EN|CO", key)}


def _names_before(text: Reading, clause: Clause, cue: Cue) -> set[str]:
    return {key for key, at in text.named if clause.start <= at < cue.start}


def _contradiction(cue: Cue, other: Cue) -> Fault:
    ours, theirs = (f"not {one.text}" if one.negated else one.text for one in (cue, other))
    return Fault(f"the quote says “{theirs}”, the claim “{ours}”", contradicts=True)


# --- Negation ---------------------------------------------------------------------------------------------------------


def _negation_fault(view: _View) -> Fault | None:
    return _added_negation(view) or _dropped_negation(view)


def _added_negation(view: _View) -> Fault | None:
    hard = [cue for cue in view.ours if cue.has("negation") and not _is_spent(cue, view.ours, view.all_theirs)]
    if not hard:
        return None
    theirs = [cue for cue in view.theirs if cue.has("negation", "soft")]
    soft = [cue for cue in view.ours if cue.has("soft") and not cue.has("negation")]
    if len(theirs) - len(soft) > 0 or sum(cue.has("negation") for cue in theirs) >= len(hard):
        return None
    if not view.near and any(cue.has("negation", "soft") for cue in view.above):
        return None
    return Fault(f"the claim denies (“{hard[0].text}”) what the quote does not deny", contradicts=True)


def _dropped_negation(view: _View) -> Fault | None:
    hard = [cue for cue in view.theirs if cue.has("negation") and not _is_spent(cue, view.theirs, view.ours)]
    if not hard or any(cue.has("negation") for cue in view.ours):
        return None
    soft = [cue for cue in view.theirs if cue.has("soft") and not cue.has("negation")]
    ours = [cue for cue in (view.ours if view.near else view.all_ours) if cue.has("negation", "soft")]
    if len(ours) - len(soft) > 0:
        return None
    dropped = next((cue for cue in hard if _speaks_of(view, cue)), None)
    return Fault(f"the quote denies (“{dropped.text}”) what the claim says", contradicts=True) if dropped else None


def _is_spent(negation: Cue, beside: Sequence[Cue], opposite: Sequence[Cue]) -> bool:
    """Whether a negation has turned a word whose axis the other side has too, so that it was judged with it."""
    if not negation.negated:
        return False
    axes = {axis for cue in beside if cue.negated for axis, _ in cue.sides()}
    return any(axis in axes for cue in opposite for axis, _ in cue.sides())


def _speaks_of(view: _View, cue: Cue) -> bool:
    """Whether the claim speaks of what a cue of the quote is about: the words after it, in Japanese those before."""
    clause = next(one for one in view.partners if one.start <= cue.start < one.end)
    end = cue.start + len(cue.text)
    backwards = view.quote.language == "ja"
    start, stop = (clause.start, cue.start) if backwards else (end, clause.end)
    about = list(dict.fromkeys(terms(view.quote.text[start:stop])))
    about = about[-_SCOPE:] if backwards else about[:_SCOPE]
    about += [key for key, at in view.quote.named if start <= at < stop]
    known = {key for one in view.claim.clauses for key in one.content}
    if not view.same_language():
        about = [key for key in about if re.match(r"(?:EN|CO|GL)\d|\d", key) or key.isascii()]
        about = [key for key in about if not key.isalpha()] if view.quote.language == "en" else about
    return not about or sum(key in known for key in about) * 3 >= len(about)


# --- Certainty --------------------------------------------------------------------------------------------------------


def _hedge_fault(view: _View) -> Fault | None:
    return _dropped_hedge(view) or _added_hedge(view) or _time_fault(view)


def _dropped_hedge(view: _View) -> Fault | None:
    for cue in view.theirs:
        for hedge, renderings in _AS_WEAK.items():
            if not cue.has(hedge) or any(one.has(*renderings) for one in view.all_ours):
                continue
            if _attributed_future(view) and hedge in ("forecast", "plan"):
                continue
            if _speaks_of(view, cue):
                return Fault(f"the quote says “{cue.text}”, the claim states it as certain")
    return None


def _attributed_future(view: _View) -> bool:
    return any(cue.has("future") for cue in view.all_ours) and any(cue.has("attribution") for cue in view.all_ours)


def _added_hedge(view: _View) -> Fault | None:
    told = view.theirs if view.near else (*view.all_theirs, *view.above)
    for cue in view.ours:
        for hedge in _HEDGES:
            if cue.has(hedge) and not any(one.has(*_OPEN[hedge]) for one in told):
                return Fault(f"the claim says “{cue.text}”, the quote states it as certain")
    return None


def _time_fault(view: _View) -> Fault | None:
    """What will be is not what has been."""
    ours, theirs = view.ours, view.theirs
    done = next((cue for cue in ours if cue.has("done")), None)
    later = next((cue for cue in theirs if cue.has("future")), None)
    if done and later and not any(cue.has("done") for cue in view.all_theirs):
        return Fault(f"the quote says “{later.text}”, the claim “{done.text}”")
    later = next((cue for cue in ours if cue.has("future")), None)
    done = next((cue for cue in theirs if cue.has("done")), None)
    if later and done and not any(cue.has("future", *_HEDGES) for cue in view.all_theirs):
        return Fault(f"the quote says “{done.text}”, the claim “{later.text}”", contradicts=True)
    return None


def _duty_fault(view: _View) -> Fault | None:
    """What must be is not what may be."""
    told = (*view.theirs, *view.above)
    must = next((cue for cue in view.ours if cue.has("must")), None)
    if must and not any(cue.has("must", "obligation", "condition") for cue in (*view.all_theirs, *told)):
        return Fault(f"the claim says “{must.text}”, the quote does not require it")
    must = next((cue for cue in view.theirs if cue.has("must")), None)
    can = next((cue for cue in view.ours if cue.has("can", "possible")), None)
    if must and can and not any(cue.has("must") for cue in view.all_ours):
        return Fault(f"the quote says “{must.text}”, the claim “{can.text}”", contradicts=True)
    return None


# --- Conditions and limits --------------------------------------------------------------------------------------------


def _limit_fault(view: _View) -> Fault | None:
    return _condition_fault(view) or _quantifier_fault(view) or _distinction_fault(view)


def _condition_fault(view: _View) -> Fault | None:
    """Whether the claim states without its condition what the quote states with one."""
    if any(cue.has("condition", "circumstance") for cue in (view.left if view.near else view.all_ours)):
        return None
    place = view.partners[0]
    at = view.quote.clauses.index(place)
    for n, other in enumerate(view.quote.clauses):
        condition = next((cue for cue in other.cues if cue.has("condition")), None)
        if condition is None or condition in view.taken or other.sentence != place.sentence or not view.paired:
            continue
        opens = condition.first - other.first <= 1
        governed = range(n, len(view.quote.clauses)) if opens and n < at else (n - 1, n)
        if at in governed:
            return Fault(f"the quote says so under a condition (“{condition.text}”), the claim without")
    return None


def _quantifier_fault(view: _View) -> Fault | None:
    everything = next((cue for cue in view.ours if cue.has("all")), None)
    part = next((cue for cue in view.theirs if cue.has("some", "most", "exception")), None)
    if everything and part:
        return Fault(f"the quote says “{part.text}”, the claim “{everything.text}”")
    if everything and not any(cue.has("all", "each", "completeness") for cue in (*view.all_theirs, *view.above)):
        return Fault(f"the claim says “{everything.text}”, the quote does not")
    if part and part.has("some", "exception") and view.near and not any(cue.has(*_QUANTIFIED) for cue in view.ours):
        return Fault(f"the quote says so of some (“{part.text}”), the claim of all") if _speaks_of(view, part) else None
    return None


def _distinction_fault(view: _View) -> Fault | None:
    """Whether the claim makes something the only or the first one where the quote does not."""
    for kind in ("only", "top"):
        added = next((cue for cue in view.ours if cue.has(kind)), None)
        told = view.theirs if view.near else (*view.all_theirs, *view.above)
        if added and not any(cue.has(kind, "only") for cue in told):
            return Fault(f"the claim says “{added.text}”, the quote does not")
    return None


_CHECKS: tuple[Callable[[_View], Fault | None], ...] = (
    _direction_fault,
    _negation_fault,
    _hedge_fault,
    _duty_fault,
    _limit_fault,
)
