"""Which number of a text its words stand by, and whether two numbers of a claim have taken each other's words.

Numbers that might be taken for one another (of one unit, or two dates) share out the words of a text between them: "310
for the price, 430 for the materials". A word that both texts have is a vote: it stands by the same number in both, or
by the other one in the quote. Words are compared by name and stem, and across languages by the dictionary too; those
that open a sentence or stand in a clause of their own may be about all of its numbers, and count little.
"""

import re
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import combinations, pairwise

from agent.judging.coverage.alignment import Unit, cut_units, says_same
from agent.judging.judgement import Fault
from agent.judging.numbers.binding import Bound, bind, comparable, find_cuts, is_listed, lend_units
from corpus.amounts import find_amounts
from corpus.quantities import Quantity, same_quantity
from corpus.text import HAN, without_source_notes

_OUTER, _APART, _LITTLE, _HEAD = 0.7, 0.3, 0.3, 1.5
"""What a word counts that stands before or after all of the numbers, in a clause of its own there, as a character alone
or a noun that only one of two counts names, and in the head of a number's column."""
_SHARED = {True: 0.7, False: 1.5}
"""What all the words together count at most that stand by the first of the two numbers in both texts, where it is the
same number and where it is not: they may be said of the second too, without being said again."""
_ROLE = 1.5
_BOUNDED = 0.5
_ALIKE = 0.5
_ENOUGH, _CLEARLY = 1.5, 2.4
_BOTH_ENOUGH, _BOTH_CLEARLY = 1.0, 2.0
"""The least weight of crossed words, and how many times that of the others it must be: at all, and where words of both
numbers have crossed."""

_CLAUSE = re.compile(r"[;；。:：，]|,(?![0-9]{3})|\.(?=\s|$)")
_PARTS = re.compile(r"[;；。]")
_FEW = 2
_BEGINS = re.compile(
    r"(?<![a-z])(?:with|at|in|by|as|on|for|each|per|of which|over|under|through|after|before)(?![a-z])"
    r"|各|每|其中|因此|只|仅",
    re.IGNORECASE,
)
"""What opens the words of the second of two numbers, where nothing else parts them."""
_AHEAD = r"\s?(?:about |around |the |some |only |约|大约|原来的|最初的)?(?:US)?[$€£¥]?\s?$"
_ROLES = (
    ("from", re.compile(rf"(?:(?<![a-z])from|[从從自由]){_AHEAD}", re.IGNORECASE)),
    ("to", re.compile(rf"(?:(?<![a-z])to|[至到→]|[增升降减跌涨扩提高改变成]+[到成为為]|->){_AHEAD}", re.IGNORECASE)),
    (
        "instead",
        re.compile(
            rf"(?:(?<![a-z])(?:rather than|instead of|not)|而不是|而非|并非|不是|ではなく){_AHEAD}", re.IGNORECASE
        ),
    ),
)
_ROLE_REACH = 24
_CLASSIFIER = re.compile(rf"\s?[{HAN}]?\s?")


@dataclass(frozen=True, slots=True)
class Mark:
    """A word, a name or another number of a text.

    Attributes:
        owner: Which of the numbers it stands by, from 0; -1 where it stands by none.
        weight: What it counts where it stands.
        alone: Whether it is what its number counts, where no other one of the text is told to count anything: "288
            fibers for the one, 1,088 for the other".
    """

    what: Unit | Quantity
    owner: int
    weight: float = 1.0
    alone: bool = False


@dataclass(frozen=True, slots=True)
class Votes:
    """What the words of a claim say of the places of two of its numbers.

    Attributes:
        straight: The weight of the words that stand by the same number in both texts.
        first, second: That of the words by the first number, and by the second, which the quote has by the other one.
    """

    straight: float
    first: float
    second: float

    @property
    def crossed(self) -> bool:
        """Whether the words of the two numbers have changed places."""
        total = self.first + self.second
        both = bool(self.first and self.second)
        return (total >= _ENOUGH and total >= _CLEARLY * self.straight) or (
            both and total >= _BOTH_ENOUGH and total >= _BOTH_CLEARLY * self.straight
        )


def find_swap(claim: str, quote: str, header: str = "") -> Fault | None:
    """The first two numbers of a claim that have taken each other's words.

    Args:
        header: The head row of the table that the quote is a row of.
    """
    for a, b, votes in weigh_pairs(claim, quote, header):
        if votes.crossed:
            what = f"“{a.text}” and “{b.text}” have changed places"
            return Fault(f"{what}: the quote has them the other way round", contradicts=True)
    return None


def weigh_pairs(claim: str, quote: str, header: str = "") -> Iterator[tuple[Quantity, Quantity, Votes]]:
    """The pairs of numbers of a claim that might be taken for one another and stand apart in the quote."""
    told, given = lend_units(claim, bind(claim)), lend_units(quote, bind(quote, header))
    for a, b in combinations(told, 2):
        if not comparable(a.quantity, b.quantity) or is_listed(claim, a.quantity, b.quantity):
            continue
        theirs = [one for one in given if comparable(one.quantity, a.quantity)]
        places = [{n for n, one in enumerate(theirs) if _is_end(x.quantity, one.quantity)} for x in (a, b)]
        if _stand_apart(quote, theirs, *places):
            mine = [one for one in told if comparable(one.quantity, a.quantity)]
            yield (
                a.quantity,
                b.quantity,
                _count(_Side(claim, mine, [{mine.index(a)}, {mine.index(b)}]), _Side(quote, theirs, places)),
            )


def _is_end(claimed: Quantity, shown: Quantity) -> bool:
    """Whether a number is one that is shown, or an end of a range that is."""
    ends = (shown.low, shown.high) if shown.low < shown.high and claimed.low == claimed.high else ()
    return same_quantity(claimed, shown) or claimed.low in ends


def _stand_apart(quote: str, numbers: Sequence[Bound], first: Collection[int], second: Collection[int]) -> bool:
    """Whether both numbers stand in a quote, in places of their own and not only as members of one list."""
    if not first or not second or set(first) & set(second):
        return False
    pairs = [(numbers[m], numbers[n]) for m in first for n in second]
    return any(a.head or not is_listed(quote, a.quantity, b.quantity) for a, b in pairs)


# --- Whose words ------------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class _Side:
    """A text with its comparable numbers, and the places of the two among them."""

    text: str
    numbers: Sequence[Bound]
    places: Sequence[Collection[int]]

    def side_of(self, mark: Mark) -> int | None:
        """By which of the two a word stands: 0 or 1; None where it stands by neither."""
        return next((n for n in (0, 1) if mark.owner in self.places[n]), None)

    @property
    def first(self) -> int | None:
        """Which of the two comes first, 0 or 1; None in the row of a table, or where they take turns."""
        one, other = ([self.numbers[at] for at in places] for places in self.places)
        if any(each.head for each in (*one, *other)):
            return None
        starts = [[each.quantity.start for each in numbers] for numbers in (one, other)]
        before = max(starts[0]) < min(starts[1])
        return 0 if before else 1 if max(starts[1]) < min(starts[0]) else None

    def bounds(self) -> list[str]:
        """What bounds each of the two: "~" where it is only about so much; "" where that differs by place."""
        found = [{self.numbers[at].quantity.bound for at in places} for places in self.places]
        return [next(iter(each)) if len(each) == 1 else "" for each in found]

    def roles(self, n: int) -> frozenset[str]:
        """What is said of one of the two by the word before it: from, to, instead."""
        found = (self.numbers[at].quantity.start for at in self.places[n])
        before = [self.text[max(0, start - _ROLE_REACH) : start] for start in found]
        return frozenset(role for role, cue in _ROLES if any(cue.search(words) for words in before))


def allot(text: str, numbers: Sequence[Bound]) -> list[Mark]:
    """The words of a text, each with the number that it stands by; the head of a column stands by its cell."""
    plain = without_source_notes(text)
    own = [(one.quantity.start, one.quantity.end) for one in numbers]
    stretches = _stretches(plain, numbers)
    found: list[Unit | Quantity] = list(cut_units(plain))
    found += [one for one in find_amounts(plain) if not any(s < one.end and one.start < e for s, e in own)]
    marks = []
    for what in found:
        owner = next((n for n, (start, end) in enumerate(stretches) if start <= what.start < end), -1)
        opens = what.start < own[0][0]
        gap = (what.end, own[0][0]) if opens else (own[-1][1], what.start)
        inside = not opens and what.start < own[-1][0]
        apart = bool(_CLAUSE.search(plain, *gap)) and not (opens and _has_parts(plain, own))
        weight = 1.0 if inside else _APART if apart else _OUTER
        marks.append(Mark(what, owner, weight * _size(what), _is_counted(plain, what, numbers, owner)))
    if len({mark.owner for mark in marks if mark.alone}) > 1:
        marks = [replace(mark, alone=False) for mark in marks]
    heads = [(n, one.head) for n, one in enumerate(numbers) if one.head]
    return marks + [Mark(what, n, weight=_HEAD) for n, head in heads for what in cut_units(head)]


def _has_parts(text: str, places: Sequence[tuple[int, int]]) -> bool:
    """Whether a semicolon or more parts two numbers, so that what opens the text is said of the first alone."""
    return len(places) == _FEW and bool(_PARTS.search(text, places[0][1], places[1][0]))


def _is_counted(text: str, what: Unit | Quantity, numbers: Sequence[Bound], owner: int) -> bool:
    """Whether a word is what its number counts."""
    if owner < 0 or numbers[owner].quantity.kind != "count":
        return False
    return bool(_CLASSIFIER.fullmatch(text, numbers[owner].quantity.end, what.start))


def _size(what: Unit | Quantity) -> float:
    return _LITTLE if isinstance(what, Unit) and not what.is_latin and len(what.text) == 1 else 1.0


def _stretches(text: str, numbers: Sequence[Bound]) -> list[tuple[int, int]]:
    """The stretch of text that belongs to each number."""
    if any(one.head for one in numbers):
        return [(one.start, one.end) for one in numbers]
    edges = [(0, 0)]
    for one, other in pairwise(numbers):
        left, right = one.quantity.end, other.quantity.start
        cuts = find_cuts(text, left, right) or [found.start() for found in _BEGINS.finditer(text, left, right)][:1]
        edges.append((cuts[0], cuts[-1]) if cuts else _halves(text, left, right))
    edges.append((len(text), len(text)))
    return [(one[1], other[0]) for one, other in pairwise(edges)]


def _halves(text: str, left: int, right: int) -> tuple[int, int]:
    """Where the words nearer to the one number end and those nearer to the other begin."""
    units = [one for one in cut_units(text) if left <= one.start and one.end <= right]
    half = len(units) // 2
    if not len(units) % 2:
        return (units[half].start, units[half].start) if units else (left, right)
    middle = units[half]
    before, after = middle.start - left, right - middle.end
    return (middle.end if before < after else middle.start, middle.start if after < before else middle.end)


# --- Votes ------------------------------------------------------------------------------------------------------------


def _count(claim: _Side, quote: _Side) -> Votes:
    """The votes of all words that both texts have; of dates only other numbers tell, for a date frames all words."""
    mine, theirs = allot(claim.text, claim.numbers), allot(quote.text, quote.numbers)
    if claim.numbers[0].quantity.kind == "time":
        mine = [mark for mark in mine if isinstance(mark.what, Quantity)]
    straight, crossed = [0.0, 0.0], [0.0, 0.0]
    shared = {True: 0.0, False: 0.0}
    for mark in mine:
        side = claim.side_of(mark)
        if side is None or _is_said_of_both(mark, side, mine, claim):
            continue
        there, weight = _vote(mark, theirs, quote)
        if there is None:
            continue
        if claim.first == side and quote.first == there:
            shared[side == there] += weight
        else:
            (straight if side == there else crossed)[side] += weight
    for keeps, weight in shared.items():
        (straight if keeps else crossed)[claim.first or 0] += min(weight, _SHARED[keeps])
    _add_roles(claim, quote, straight, crossed)
    return Votes(sum(straight), *crossed)


def _is_said_of_both(mark: Mark, side: int, marks: Sequence[Mark], text: _Side) -> bool:
    return any(text.side_of(one) == 1 - side and _likeness(mark, one) > _ALIKE for one in marks)


def _vote(mark: Mark, theirs: Sequence[Mark], quote: _Side) -> tuple[int | None, float]:
    """By which of the two the quote says a word, and with what weight."""
    said = [(_likeness(mark, other), other) for other in theirs]
    best = max((how for how, _ in said), default=0.0)
    found = [other for how, other in said if how == best]
    sides = {quote.side_of(other) for other in found}
    if best < _ALIKE or len(sides) != 1:
        return None, 0.0
    weight = best * mark.weight * max(other.weight for other in found)
    if mark.alone and all(other.alone for other in found):
        weight *= _LITTLE
    return sides.pop(), weight


def _likeness(one: Mark, other: Mark) -> float:
    a, b = one.what, other.what
    if isinstance(a, Unit) and isinstance(b, Unit):
        return says_same(a, b)
    if isinstance(a, Quantity) and isinstance(b, Quantity):
        return float(same_quantity(a, b) and (bool(a.unit) or a.low > 1))
    return 0.0


def _add_roles(claim: _Side, quote: _Side, straight: list[float], crossed: list[float]) -> None:
    """Add what is told by "from", "to" and "instead of", or by "about", where both texts tell the two apart so."""
    if (bounds := claim.bounds()) != (given := quote.bounds()) and set(bounds) == set(given) == {"~", "="}:
        for n in (0, 1):
            crossed[n] += _BOUNDED
    mine, theirs = [claim.roles(0), claim.roles(1)], [quote.roles(0), quote.roles(1)]
    if mine[0] == mine[1] or theirs[0] == theirs[1]:
        return
    for n in (0, 1):
        straight[n] += _ROLE * bool(mine[n] & theirs[n])
        crossed[n] += _ROLE * bool((mine[n] - theirs[n]) & theirs[1 - n])
