"""A clause of a claim beside the clauses of its quote that speak of the same, and what each has that the other has not.

Words of both are matched first, so that only what differs is left to judge.
"""

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from agent.judging.wording.clauses import Clause, Reading, cells, match_words, pair
from agent.judging.wording.cues import Cue, Meaning
from indexes.tokens import terms

_NEAR = 0.6  # share of a clause's words that stand in the quote in the same order: as good as copied
_LONG_HEAD = 4  # characters of a column's head that a claim repeats as a head
_SCOPE = 5  # words after a cue that it is surely about
# Axes of things rather than of what is said of them: "not suppliers" makes no customers.
_NOUNS = frozenset(
    """market kinship compass meridian sex day port rank side flow deal credit conflictual life inside home front
    vertical trade employer suit lesson care party wing creed season freight settlement sales ware blood estate victim
    number parity vessel account adulthood test current nucleus organic""".split()
)
_LIGHT = re.compile(
    r"(?:[\s-]|\b(?:an?|the|be|been|being|so|very|as|much|any|quite|really|significantly|have|has|had|to|fully|entirely"
    r"|necessarily|substantially|even|become|becoming|get|considered|yet|particularly|also|see|seen|show|it|is|are)\b"
    r"|[会會能再很太够夠有被得到出现現完全明显顯著大幅进進一步那么麼如此具备備是以予按必定曾见見十分特别別所]"
    r"|[しされてでいはもにをがくなっ])*"
)


@dataclass(frozen=True, slots=True)
class View:
    """A clause of the claim beside the clauses of the quote that speak of the same.

    Attributes:
        clause, claim: The clause, and the whole claim.
        partners, quote: Its partners (all clauses of the quote, if ``paired`` is false), and the whole quote.
        ours, theirs: The cues of the clause and of its partners that the other side has not word for word.
        around: The like of the partners and their company, or of the partners alone where ``near``.
        nearby: The like of the whole sentences of the partners.
        all_ours, all_theirs: All cues of the claim; all of the partners and their company.
        left: All cues of the claim that the quote has not word for word.
        taken: The cues of the quote that the claim has word for word.
        above: The cues of what stands above the quote.
        near: The clause is as good as copied from the quote.
        paired: The partners share something with the clause.
        words: Token of the claim → the same token of the quote.
        explained: First token of a cue of the quote → the sides that other clauses of the claim, which speak of the
            same as its clause, say of its axes.
        heads: The cues of what stands above a row of a table, of axes that the row itself says nothing of.
        claimed: First tokens of the cues of clauses of the quote that another clause, which denies too, is paired with.
    """

    clause: Clause
    claim: Reading
    partners: tuple[Clause, ...]
    quote: Reading
    ours: tuple[Cue, ...]
    theirs: tuple[Cue, ...]
    around: tuple[Cue, ...]
    nearby: tuple[Cue, ...]
    all_ours: tuple[Cue, ...]
    all_theirs: tuple[Cue, ...]
    left: tuple[Cue, ...]
    taken: frozenset[Cue]
    above: tuple[Cue, ...]
    near: bool
    paired: bool
    words: dict[int, int]
    explained: dict[int, set[Meaning]]
    claimed: frozenset[int]
    heads: tuple[Cue, ...]

    def in_table(self) -> bool:
        """Whether the quote is a row of a table."""
        return len(cells(self.quote.text)) > 1

    def same_language(self) -> bool:
        """Whether claim and quote are in one language."""
        return self.claim.language == self.quote.language

    def speaks_of(self, cue: Cue) -> bool:
        """Whether the claim speaks of what a cue of the quote is about: words after it, in Japanese before."""
        clause = next(one for one in self.partners if one.start <= cue.start < one.end)
        end = cue.start + len(cue.text)
        backwards = self.quote.language == "ja"
        start, stop = (clause.start, cue.start) if backwards else (end, clause.end)
        about = list(dict.fromkeys(terms(self.quote.text[start:stop])))
        about = about[-_SCOPE:] if backwards else about[:_SCOPE]
        about += [key for key, at in self.quote.named if start <= at < stop]
        known = {key for one in self.claim.clauses for key in one.content}
        if not self.same_language():
            about = [key for key in about if re.match(r"(?:EN|CO|GL)\d|\d", key) or key.isascii()]
            about = [key for key in about if not key.isalpha()] if self.quote.language == "en" else about
        return not about or sum(key in known for key in about) * 3 >= len(about)


class Comparison:
    """A claim and its quote, with their words matched."""

    def __init__(self, claim: Reading, quote: Reading, above: tuple[Cue, ...], heads: Sequence[str] = ()) -> None:
        self.claim, self.quote, self.above = claim, quote, above
        places = ((head, claim.text.find(head)) for head in heads if len(head) >= _LONG_HEAD)
        self._headings = [(at, at + len(head)) for head, at in places if at >= 0]
        self._words = match_words(claim, quote)
        found, self._company = pair(claim, quote)
        self._found = found
        self._copied = [self._copied_from(one, others) for one, others in zip(claim.clauses, found, strict=True)]
        self._partners = [copied or others for copied, others in zip(self._copied, found, strict=True)]
        self._matched = dict(self._match_cues())
        self._taken = frozenset(self._matched.values())

    def _copied_from(self, clause: Clause, found: list[Clause]) -> list[Clause]:
        """The clauses of the quote that a clause is as good as copied from, none where it is not.

        Words alone may stand in a clause that speaks of something else.
        """
        there = [self._words[at] for at in range(clause.first, clause.last) if at in self._words]
        if len(there) < _NEAR * (clause.last - clause.first):
            return []
        counted = [(sum(one.first <= at < one.last for at in there), one) for one in self.quote.clauses]
        copied = [one for count, one in counted if count * 4 >= len(there) and count]
        wholly = all(
            self._words.get(at + 1) == self._words.get(at, -2) + 1 for at in range(clause.first, clause.last - 1)
        )
        return copied if wholly or not found or any(one in found for one in copied) else []

    def _match_cues(self) -> Iterable[tuple[Cue, Cue]]:
        """Cues of the claim that stand word for word in a partner of their clause."""
        places = {(cue.first, cue.last): (cue, clause) for clause in self.quote.clauses for cue in clause.cues}
        for clause, others in zip(self.claim.clauses, self._partners, strict=True):
            for cue in clause.cues:
                there = [self._words.get(at, -1) for at in range(cue.first, cue.last)]
                found = places.get((there[0], there[-1] + 1))
                if found and found[0].meanings == cue.meanings and (found[1] in others or not others):
                    yield cue, found[0]

    def view(self, clause: Clause) -> View:
        """A clause of the claim beside what the quote says of the same."""
        at = self.claim.clauses.index(clause)
        near, found = bool(self._copied[at]), self._partners[at]
        others = tuple(found) or self.quote.clauses
        around = self._around(at)
        sentences = {one.sentence for one in others}
        return View(
            clause=clause,
            claim=self.claim,
            partners=others,
            quote=self.quote,
            ours=turn_cues((cue for cue in clause.cues if self._is_left(cue)), self.claim),
            theirs=self._left_of(others),
            around=self._left_of(around),
            nearby=self._left_of([one for one in self.quote.clauses if one.sentence in sentences]),
            all_ours=self.claim.cues,
            all_theirs=turn_cues((cue for one in around for cue in one.cues), self.quote),
            left=tuple(cue for cue in self.claim.cues if cue not in self._matched),
            taken=self._taken,
            above=self.above,
            near=near,
            paired=bool(found),
            words=self._words,
            explained=self._explained(clause),
            heads=self._heads(),
            claimed=frozenset() if near else self._claimed(clause, others[0]),
        )

    def _around(self, at: int) -> tuple[Clause, ...]:
        """The partners of a clause of the claim, and their company where it is not copied."""
        found = tuple(self._partners[at]) or self.quote.clauses
        return found if self._copied[at] else (*found, *(one for one in self._company[at] if one not in found))

    def _heads(self) -> tuple[Cue, ...]:
        if len(cells(self.quote.text)) < 2:
            return ()
        known = {axis for cue in self.quote.cues for axis, _ in cue.sides()}
        above = Counter(side for cue in self.above for side in set(cue.sides()))
        return tuple(
            cue
            for cue in self.above
            if cue.sides() and not any(axis in known or (axis, -side) in above for axis, side in cue.sides())
        )

    def _claimed(self, clause: Clause, own: Clause) -> frozenset[int]:
        firsts = {
            id(found[0]): found[0]
            for other, found in zip(self.claim.clauses, self._partners, strict=True)
            if other is not clause and found and found[0] is not own and any(cue.has("negation") for cue in other.cues)
        }
        return frozenset(cue.first for one in firsts.values() for cue in one.cues)

    def _explained(self, clause: Clause) -> dict[int, set[Meaning]]:
        explained: dict[int, set[Meaning]] = {}
        for at, other in enumerate(self.claim.clauses):
            if other is clause or not self._partners[at]:
                continue
            left = (cue for cue in other.cues if cue not in self._matched)
            sides = {side for cue in turn_cues(left, self.claim) for side in cue.sides()}
            for one in {*self._around(at), *self._found[at], *self._company[at]}:
                for cue in one.cues:
                    explained.setdefault(cue.first, set()).update(sides)
        return explained

    def _is_left(self, cue: Cue) -> bool:
        """Whether a cue of the claim is the claim's own: not the quote's word, nor part of a column's head."""
        return cue not in self._matched and not any(start <= cue.start < end for start, end in self._headings)

    def _left_of(self, clauses: Iterable[Clause]) -> tuple[Cue, ...]:
        """The cues of clauses of the quote that the claim has not word for word, in their order."""
        cues = (cue for one in clauses for cue in one.cues if cue not in self._taken)
        return turn_cues(sorted(cues, key=lambda cue: cue.first), self.quote)


def turn_cues(cues: Iterable[Cue], text: Reading) -> tuple[Cue, ...]:
    """The cues, with those that a negation stands beside turned, and that negation marked as spent."""
    kept = list(cues)
    for at, cue in enumerate(kept):
        if not (cue.has("negation") or cue.text.lower() in ("less", "least")):
            continue
        target = _turned_by(kept, at, text)
        if target is not None:
            kept[target] = replace(kept[target], negated=True)
            kept[at] = replace(cue, meanings=tuple(one for one in cue.meanings if not one[1]), negated=True)
    return tuple(kept)


def _turned_by(cues: Sequence[Cue], at: int, text: Reading) -> int | None:
    """Which cue the negation at a place turns: the one it stands beside, but for words of little weight."""
    target = at - 1 if text.language == "ja" and not cues[at].text.isascii() else at + 1
    if not 0 <= target < len(cues) or cues[target].negated:
        return None
    if not any(side and axis not in _NOUNS for axis, side in cues[target].meanings):
        return None
    one, other = sorted((cues[at], cues[target]), key=lambda each: each.first)
    return target if _LIGHT.fullmatch(text.text[one.start + len(one.text) : other.start].lower()) else None
