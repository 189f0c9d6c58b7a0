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
from collections import Counter
from collections.abc import Callable, Collection, Iterable, Sequence
from dataclasses import dataclass, replace

from agent.judging.judgement import Fault
from agent.judging.wording.clauses import Clause, Reading, cells, match_words, pair, read
from agent.judging.wording.copying import find_copy_fault
from agent.judging.wording.cues import Cue, Meaning, find_cues
from agent.judging.wording.ordering import find_order_fault, is_belied
from agent.judging.wording.scope import follow, is_same, precede, share_among
from corpus.text import fold, without_source_notes
from indexes.tokens import terms

_NEAR = 0.6  # share of a clause's words that stand in the quote in the same order: as good as copied
_LONG_HEAD = 4  # characters of a column's head that a claim repeats as a head
_SCOPE = 5  # words after a cue that it is surely about
# Axes of more and less: "cheaper" for "slower" is no slip of sense, "rise" for "lower" in the very same place is.
_QUARTERS = frozenset(["compass"])
_MAGNITUDES = frozenset(("change", "level", "amount", "above", "size", "speed", "pace", "length", "strength", "trend"))
# Axes of things rather than of what is said of them: "not suppliers" makes no customers.
_LOOSE = frozenset(("level", "amount", "size", "order", "port", "market"))  # said beside a number of something else
_NOUNS = frozenset(
    """market kinship compass meridian sex day port rank side flow deal credit conflictual life inside home front
    vertical trade employer suit lesson care party wing creed season freight settlement sales ware blood estate victim
    number parity vessel account adulthood test current nucleus organic""".split()
)
_CONVERSES = frozenset(
    """kinship deal market contest lead credit order above takeover trade port early lease gift lesson employer
    estate""".split()
)
_ARTICLE = re.compile(r"[\s的之-]*(?:(?:the|a|an|its|their|our)\s)?")
# Words that render a denial wherever they stand.
_DENYING = frozenset(("instead of", "rather than", "unverified", "unconfirmed", "而非", "除去", "省"))
# Words that deny a little, but seldom render a denial.
_FEEBLE = frozenset(
    "block blocks short hard finish finished flat leaving little 失效 停 起步 初期 结束 不同 各自 分别".split()
)
_THAN = re.compile(r"\bthan\b|[比于於]|より", re.IGNORECASE)
_LIGHT = re.compile(
    r"(?:[\s-]|\b(?:an?|the|be|been|being|so|very|as|much|any|quite|really|significantly|have|has|had|to|fully|entirely"
    r"|necessarily|substantially|even|become|becoming|get|considered|yet|particularly|also|see|seen|show|it|is|are)\b"
    r"|[会會能再很太够夠有被得到出现現完全明显顯著大幅进進一步那么麼如此具备備是以予按必定曾见見十分特别別所]"
    r"|[しされてでいはもにをがくなっ])*"
)
# Two denials that assert: "not until", "nothing without", 不是…就是.
_UNLESS = re.compile(
    r"\b(?:unless|until|not [^.;]*without|no [^.;]*without)\b"
    r"|除非|直到|不是[^，。；]{1,20}就是|不[^，。；]{1,12}不(?!同|断)|ない限り",
    re.IGNORECASE,
)
# A cell with nothing in it, or none of something.
_EMPTY = re.compile(r"\|\s*(?:[-–—]+|n/?a|无|無|なし)\s*(?:\||$)|(?<![\d.,])0(?:\s?%|(?![\d.,]))", re.IGNORECASE)
_SOURCE = re.compile(r"confiden|可信|信頼度|置信", re.IGNORECASE)
_QUOTED = re.compile(r"[“「『《\"]([^“”「」『』《》\"]{4,})[”」』》\"]")

# Hedges, and what each may be rendered by: it may grow weaker by a shade, but not vanish.
_AS_WEAK = {
    "possible": ("possible", "can", "able", "would", "ought", "forecast", "hearsay"),
    "forecast": ("forecast", "plan", "goal", "possible", "ought", "hearsay"),
    "plan": ("plan", "goal", "forecast", "possible", "hearsay"),
    "goal": ("plan", "goal", "forecast", "possible"),
    "hearsay": ("hearsay", "attribution", "possible", "forecast"),
}
_HEDGES = ("possible", "forecast", "plan")
# What leaves open whether something is so: beside it an added hedge adds nothing.
_OPEN = {
    "possible": ("possible", "can", "able", "would", "forecast", "plan", "goal", "condition", "hearsay"),
    "forecast": ("forecast", "plan", "goal", "future", "would", "possible", "hearsay"),
    "plan": ("plan", "goal", "forecast", "future", "would", "possible", "must", "duty", "hearsay"),
}
_QUANTIFIED = ("some", "most", "several", "all", "each")


def find_sense_fault(claim: str, quote: str, lead: str = "") -> Fault | None:
    """The first way in which a claim turns the sense of its quote; None when it keeps it, or nothing tells.

    Args:
        claim: One statement, normalised, in English, Chinese or Japanese.
        quote: The words shown for it, verbatim: sentences, part of one, or a row of a table ("a | b").
        lead: What is shown with the quote, one a line: title, headings, the head of its table ("x | y").
    """
    if without_source_notes(claim) == claim and not _SOURCE.search(claim):
        quote = without_source_notes(quote)
    said, shown = _bare(claim), _bare(quote)
    if said == shown or not said or not shown:
        return None
    heads = _heads(quote, lead)
    both = _Pair(read(_without_titles(claim, lead)), read(quote, heads), find_cues(lead), heads)
    for clause in both.claim.clauses:
        view = both.view(clause)
        for check in _CHECKS:
            fault = check(view)
            if fault:
                return fault
    return find_copy_fault(both.claim, both.quote) or find_order_fault(claim)


def find_turned_cues(text: str) -> tuple[Cue, ...]:
    """The cues of a text, with those turned that a negation stands beside: 不成熟, "does not rise"."""
    return _turned(find_cues(text), read(text))


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
        return len(cells(self.quote.text)) > 1

    def same_language(self) -> bool:
        return self.claim.language == self.quote.language


class _Pair:
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

    def view(self, clause: Clause) -> _View:
        at = self.claim.clauses.index(clause)
        near, found = bool(self._copied[at]), self._partners[at]
        others = tuple(found) or self.quote.clauses
        around = self._around(at)
        sentences = {one.sentence for one in others}
        return _View(
            clause=clause,
            claim=self.claim,
            partners=others,
            quote=self.quote,
            ours=_turned((cue for cue in clause.cues if self._is_left(cue)), self.claim),
            theirs=self._left_of(others),
            around=self._left_of(around),
            nearby=self._left_of([one for one in self.quote.clauses if one.sentence in sentences]),
            all_ours=self.claim.cues,
            all_theirs=_turned((cue for one in around for cue in one.cues), self.quote),
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
            sides = {side for cue in _turned(left, self.claim) for side in cue.sides()}
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
        return _turned(sorted(cues, key=lambda cue: cue.first), self.quote)


def _turned(cues: Iterable[Cue], text: Reading) -> tuple[Cue, ...]:
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


# --- Direction --------------------------------------------------------------------------------------------------------


def _direction_fault(view: _View) -> Fault | None:
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
    return _mixed_fault(view)


def _goes_wrong(cue: Cue, view: _View) -> bool:
    """Whether the numbers of the clause belie the only change that it tells of."""
    sides = {side for one in view.clause.cues for axis, side in one.sides() if axis == "change"}
    text = view.claim.text[view.clause.start : view.clause.end]
    return len(sides) == 1 and ("change", *sides) in cue.sides() and is_belied(text, *sides)


def _turns_same(cue: Cue, other: Cue, view: _View) -> bool:
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


def _turned_beside_number(cue: Cue, view: _View) -> Cue | None:
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


def _is_denied_otherwise(cue: Cue, other: Cue, view: _View) -> bool:
    """Whether one word is denied and the other text denies something too: "not the same" for 不是一回事."""
    if cue.negated == other.negated:
        return False
    ours, theirs = (sum(one.has("negation") and not one.negated for one in cues) for cues in (view.ours, view.around))
    return (theirs > ours if cue.negated else ours > theirs or ours > 0) or _asserts_by_denials(view)


def _is_explained(cue: Cue, other: Cue, view: _View) -> bool:
    """Whether the claim has the word of the quote too, beside the one that seems to oppose it."""
    sides = set(other.sides())
    denied = cue.negated and not any(one.has("negation", "soft") for one in view.nearby)
    if sides & view.explained.get(other.first, set()) and not denied:
        return True
    ours = sum(bool(sides & set(cue.sides())) for cue in view.ours)
    return ours > 0 and ours >= sum(bool(sides & set(cue.sides())) for cue in view.around)


def _mixed_fault(view: _View) -> Fault | None:
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


def _replaces(cue: Cue, other: Cue, view: _View) -> bool:
    """Whether the claim has the cue in the very place where the quote has its opposite."""
    if not _opposed(cue, other, view) or not _in_one_place(cue, other, view):
        return False
    if set(other.sides()) & view.explained.get(other.first, set()):
        return False
    beside = [one for one in view.ours if one is not cue and _in_one_place(one, other, view)]
    return not any(set(one.sides()) & set(other.sides()) for one in beside)


def _names_both(cue: Cue, view: _View) -> bool:
    """Whether claim and quote both name two quarters, so that what stands beside each tells (`allotment`)."""
    sides = {(axis, side) for axis, _ in cue.sides() if axis in _QUARTERS for side in (1, -1)}
    named = ({side for one in cues for side in one.sides()} for cues in (view.claim.cues, view.quote.cues))
    return bool(sides) and all(sides <= each for each in named)


def _opposed(cue: Cue, other: Cue, view: _View) -> bool:
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


def _in_one_place(cue: Cue, other: Cue, view: _View) -> bool:
    """Whether the cues stand between the same matched words."""
    before = max((there for here, there in view.words.items() if here < cue.first), default=-1)
    after = min((there for here, there in view.words.items() if here >= cue.last), default=len(view.quote.tokens))
    return before < other.first and other.last <= after


def _is_converse(cue: Cue, other: Cue, view: _View) -> bool:
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


# --- Negation ---------------------------------------------------------------------------------------------------------


def _negation_fault(view: _View) -> Fault | None:
    return _added_negation(view) or _dropped_negation(view) or _affirmed(view) or _outnumbered(view)


def _added_negation(view: _View) -> Fault | None:
    told = view.theirs if view.near else view.all_theirs
    hard = [cue for cue in view.ours if cue.has("negation") and not _is_spent(cue, view.ours, told)]
    if not hard or _asserts_by_denials(view):
        return None
    if all(_kind_of(cue) == "no" for cue in hard) and _EMPTY.search(view.quote.text):
        return None
    denied = [cue for cue in view.around if cue.has("negation") and cue.first not in view.claimed]
    sides = {side for cue in view.all_ours for side in cue.sides()}
    denied = [cue for cue in denied if not sides & set(cue.meanings)]  # "without" for 不计 is told already
    soft = [cue for cue in view.around if _is_open_soft(cue, view.all_ours) and cue.first not in view.claimed]
    spare = max(0, len(soft) - sum(_is_open_soft(cue, view.around) for cue in view.ours))
    if len(denied) + spare >= len({_kind_of(cue) for cue in hard}):
        return None
    if not view.near and any(cue.has("negation") for cue in view.above):
        return None
    return Fault(f"the claim denies (“{hard[0].text}”) what the quote does not deny", contradicts=True)


def _dropped_negation(view: _View) -> Fault | None:
    ours = view.ours if view.near else view.left
    hard = [cue for cue in view.theirs if cue.has("negation") and not _is_spent(cue, view.theirs, view.left)]
    if not view.paired or not hard or any(cue.has("negation", "besides") for cue in ours):
        return None
    soft = [cue for cue in view.theirs if _is_open_soft(cue, view.ours)]
    if sum(cue.has("negation") or _is_open_soft(cue, view.theirs) for cue in ours) > len(soft):
        return None
    dropped = next((cue for cue in hard if _speaks_of(view, cue)), None)
    return Fault(f"the quote denies (“{dropped.text}”) what the claim says", contradicts=True) if dropped else None


def _affirmed(view: _View) -> Fault | None:
    """Whether a clause says, with no denial, of what the quote denies: "has a date and no figures" for "no date"."""
    held = set(view.clause.content)
    for place in view.quote.clauses:
        for cue in place.cues:
            things = _denied(cue, place, view.quote) if cue.has("negation") and cue not in view.taken else ()
            if not things or not _says(things, held, view):
                continue
            others = any(_says(things, one.content, view) for one in view.quote.clauses if one is not place)
            if not others and not _is_denied_in_claim(cue, things, view):
                return Fault(f"the quote denies (“{cue.text}”) what the claim says", contradicts=True)
    return None


def _outnumbered(view: _View) -> Fault | None:
    """Whether the whole claim, in another language, denies more often than the whole quote: one denial renders one."""
    if view.same_language() or _asserts_by_denials(view):
        return None
    told = {side for cue in view.quote.cues for side in cue.meanings if side[1]}
    hard = {_kind_of(cue): cue for cue in view.all_ours if cue.has("negation") and not told & set(cue.meanings)}
    rest = {cue.text.lower() for cue in view.all_ours if cue.text.lower() in _DENYING and not cue.has("negation")}
    shown = (*view.quote.cues, *view.above)
    denials = sum(cue.has("negation") or _is_open_soft(cue, view.all_ours) for cue in shown)
    sides = {(axis, -side) for cue in shown for axis, side in cue.sides()}
    turned = any(cue.negated and sides & set(cue.sides()) for cue in view.ours)
    if not hard or turned or len(hard) + len(rest) <= denials:
        return None
    return Fault(
        f"the claim denies (“{next(iter(hard.values())).text}”) what the quote does not deny", contradicts=True
    )


def _denied(cue: Cue, place: Clause, text: Reading) -> tuple[str, ...]:
    """The words that a denial is about: those after it, in Japanese those before."""
    if text.language == "ja":
        return precede(text.text, place.start, cue.start)
    return follow(text.text, cue.start + len(cue.text), place.end)


def _says(things: Sequence[str], held: Collection[str], view: _View) -> bool:
    needed = 1.0 if view.same_language() else 0.5
    return share_among(things, held) >= needed and (len(things) > 1 or len(things[0]) > 2)


def _is_denied_in_claim(cue: Cue, things: Sequence[str], view: _View) -> bool:
    """Whether a word of the claim may be the denial of the quote's: none that denies another thing that is denied."""
    if _is_spent(cue, view.quote.cues, view.all_ours) or _asserts_by_denials(view):
        return True
    rest = [one for one in view.all_ours if one.has("negation", "soft", "exception", "besides", "condition")]
    sides = {side for one in view.theirs for side in one.sides()}
    if any((axis, -side) in sides for one in view.all_ours for axis, side in one.sides()):
        return True
    return any(not _denies_another(one, things, view) for one in rest)


def _denies_another(cue: Cue, things: Sequence[str], view: _View) -> bool:
    """Whether a denial of the claim comes after things and is about what another denial of the quote is about."""
    clause = next(one for one in view.claim.clauses if one.start <= cue.start < one.end)
    own = _denied(cue, clause, view.claim) if cue.has("negation") else ()
    if not own or share_among(own, things) or cue.start < view.clause.start:
        return False
    if clause is view.clause and not share_among(things, terms(view.claim.text[clause.start : cue.start])):
        return False
    for place in view.quote.clauses:
        for one in place.cues:
            about = _denied(one, place, view.quote) if one.has("negation") else ()
            if about and about != things and share_among(own, about) >= 0.5:
                return True
    return False


def _asserts_by_denials(view: _View) -> bool:
    """Whether two denials of the claim assert what the quote asserts with none: "not until June" for "in June"."""
    if not _UNLESS.search(view.claim.text) or _UNLESS.search(view.quote.text):
        return False
    return not any(cue.has("exception") for cue in view.around)


def _kind_of(negation: Cue) -> str:
    """Negations of a kind may share one: "no shares, no prices", "neither … nor"."""
    words = negation.text.lower()
    return (
        "no"
        if words in ("no", "nor", "neither", "none", "without", "zero", "零", "无", "無", "没有", "ない")
        else words
    )


def _is_open_soft(cue: Cue, opposite: Sequence[Cue]) -> bool:
    """Whether a word denies a little ("instead", "lacks", 仅) and nothing opposite says the same."""
    if not cue.has("soft") or cue.has("negation") or cue.text.lower() in _FEEBLE:
        return False
    told = set(cue.sides()) | ({("only", 0), ("only one", 0)} if cue.has("only", "only one") else set())
    return not any(told & {*other.sides(), *(one for one in other.meanings if not one[1])} for other in opposite)


def _is_spent(negation: Cue, beside: Sequence[Cue], opposite: Sequence[Cue]) -> bool:
    """Whether a negation has turned a word whose axis the other side has too, so that it was judged with it."""
    axes = {axis for axis, side in negation.meanings if side}
    if negation.negated:
        axes |= {axis for cue in beside if cue.negated for axis, _ in cue.sides()}
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
    return _dropped_hedge(view) or _added_hedge(view) or _surer_fault(view) or _time_fault(view)


def _dropped_hedge(view: _View) -> Fault | None:
    hedges = [(cue, hedge) for cue in view.theirs for hedge in _AS_WEAK if cue.has(hedge)] if view.paired else []
    renderings = {one for _, hedge in hedges for one in _AS_WEAK[hedge]}
    ours = view.left if view.near else view.all_ours
    if any(cue.has(*renderings) for cue in ours):
        return None
    if {hedge for _, hedge in hedges} == {"forecast"} and _is_attributed_future(ours):
        return None
    dropped = next((cue for cue, _ in hedges if _speaks_of(view, cue)), None)
    return Fault(f"the quote says “{dropped.text}”, the claim states it as certain") if dropped else None


def _is_attributed_future(cues: Sequence[Cue]) -> bool:
    """Whether a forecast is told as what somebody says will be."""
    return any(cue.has("future") for cue in cues) and any(cue.has("attribution") for cue in cues)


def _added_hedge(view: _View) -> Fault | None:
    hedges = sum(cue.has(*_HEDGES) for cue in view.left)
    for cue in view.ours:
        for hedge in _HEDGES:
            spare = sum(one.has(*_AS_WEAK) for one in view.nearby) >= (1 if view.near else hedges)
            if (
                not cue.has(hedge)
                or spare
                or any(one.has(hedge) for one in view.above if view.in_table() or not view.near)
            ):
                continue
            if not any(one.has(*_OPEN[hedge]) for one in (view.nearby if view.near else view.all_theirs)):
                return Fault(f"the claim says “{cue.text}”, the quote states it as certain")
    return None


def _surer_fault(view: _View) -> Fault | None:
    """What is bound to be, what was measured or is so already, where the quote only expects, plans or allows it."""
    told = (*view.nearby, *view.all_theirs, *view.above, *view.taken)
    sure = next((cue for cue in view.ours if cue.has("surely")), None)
    if sure and not any(cue.has("surely", "must", "certainty") for cue in told):
        return Fault(f"the claim says “{sure.text}”, the quote is not so sure")
    open_ = next((cue for cue in view.theirs if cue.has(*_AS_WEAK, "would", "future")), None)
    for kind, licences in (("measured", ("measured", "done", "attribution")), ("already", ("already", "done"))):
        told_so = next((cue for cue in view.ours if cue.has(kind)), None)
        if told_so and open_ and view.paired and not any(cue.has(*licences) for cue in told):
            return Fault(f"the quote says “{open_.text}”, the claim “{told_so.text}”")
    return None


def _time_fault(view: _View) -> Fault | None:
    """What will be is not what has been."""
    if not view.paired:
        return None
    ours, theirs = view.ours, view.theirs
    done = next((cue for cue in ours if cue.has("done")), None)
    later = next((cue for cue in theirs if cue.has("future")), None)
    hedged = any(cue.has(*_AS_WEAK) for cue in view.ours)
    if done and later and not hedged and not any(cue.has("done") for cue in view.all_theirs):
        return Fault(f"the quote says “{later.text}”, the claim “{done.text}”")
    later = next((cue for cue in ours if cue.has("future")), None)
    done = next((cue for cue in theirs if cue.has("done")), None)
    if later and done and not any(cue.has("future", *_HEDGES) for cue in view.all_theirs):
        return Fault(f"the quote says “{done.text}”, the claim “{later.text}”", contradicts=True)
    return None


def _duty_fault(view: _View) -> Fault | None:
    """What must be is not what may be."""
    told = (*view.nearby, *view.all_theirs, *view.above)
    must = next((cue for cue in view.ours if cue.has("must")), None)
    told_so = any(cue.has("must", "duty", "obligation", "condition") for cue in told)
    if must and not told_so and (view.near or any(cue.has("can", "possible") for cue in view.theirs)):
        return Fault(f"the claim says “{must.text}”, the quote does not require it")
    must = next((cue for cue in view.theirs if view.paired and cue.has("must")), None)
    can = next((cue for cue in view.ours if cue.has("can", "possible")), None)
    if must and can and not any(cue.has("must", "duty") for cue in view.all_ours):
        return Fault(f"the quote says “{must.text}”, the claim “{can.text}”", contradicts=True)
    return None


# --- Conditions and limits --------------------------------------------------------------------------------------------


def _limit_fault(view: _View) -> Fault | None:
    return _condition_fault(view) or _quantifier_fault(view) or _distinction_fault(view)


def _condition_fault(view: _View) -> Fault | None:
    """Whether the claim states without its condition what the quote states with one."""
    ours = view.left if view.near else view.all_ours
    if not view.paired or any(cue.has("condition", "circumstance", "exception") for cue in ours):
        return None
    place = view.partners[0]
    at = view.quote.clauses.index(place)
    for n, other in enumerate(view.quote.clauses):
        condition = next((cue for cue in other.cues if cue.has("condition") or _excepts(cue, other)), None)
        if condition is None or condition in view.taken or other.sentence != place.sentence:
            continue
        opens = condition.first - other.first <= 1 or other.last - condition.last <= 1
        governed = range(n, len(view.quote.clauses)) if opens and n < at else (n - 1, n)
        if at in governed:
            return Fault(f"the quote says so under a condition (“{condition.text}”), the claim without")
    return None


def _excepts(cue: Cue, clause: Clause) -> bool:
    """Whether a clause is an exception to what follows it: "unless noted otherwise, …", 除另有说明外，…."""
    return cue.has("exception") and cue.first == clause.first


def _quantifier_fault(view: _View) -> Fault | None:
    everything = next((cue for cue in view.ours if cue.has("all")), None)
    part = next((cue for cue in view.theirs if cue.has("some", "most", "several", "exception")), None)
    if everything and part:
        return Fault(f"the quote says “{part.text}”, the claim “{everything.text}”")
    if everything and view.near and not any(cue.has("all", "each", "completeness") for cue in view.theirs):
        return Fault(f"the claim says “{everything.text}”, the quote does not")
    if part is None or not view.near or not part.has("some", "exception"):
        return None
    if any(cue.has(*_QUANTIFIED, "exception") for cue in view.left) or not _speaks_of(view, part):
        return None
    return Fault(f"the quote says so of some (“{part.text}”), the claim of all")


def _distinction_fault(view: _View) -> Fault | None:
    """Whether the claim makes something the only or the first one where the quote does not."""
    told = view.theirs if view.near else (*view.quote.cues, *view.above)
    for kind in ("only", "top"):
        added = next((cue for cue in view.ours if cue.has(kind)), None)
        if added and not any(cue.has(kind, f"{kind} one", "only") for cue in told):
            return Fault(f"the claim says “{added.text}”, the quote does not")
    return None


_CHECKS: tuple[Callable[[_View], Fault | None], ...] = (
    _direction_fault,
    _negation_fault,
    _hedge_fault,
    _duty_fault,
    _limit_fault,
)
