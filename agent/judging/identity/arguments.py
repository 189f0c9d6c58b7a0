"""Whether two things of a claim have changed places, whatever they are: who overtook whom, what is cheaper than what.

Names that a list has are judged with their verbs (``agent.judging.identity.roles``). Here nothing is known of the
words. In a claim in the words of its quote, in whatever order, two groups of them are exchanged when each has beside it
more of what the quote has beside the other than of what stands beside it there itself. What is moved whole (a date to
the front, a clause before another, the members of a list) keeps its own company on one side.

    >>> find_argument_fault("MSC overtook Maersk in 2022.", "In 2022, Maersk overtook MSC.").reason
    '“MSC” and “Maersk” have changed places: the quote has them the other way round'
    >>> find_argument_fault("MSC was overtaken by Maersk.", "In 2022, Maersk overtook MSC.") is None
    True
"""

import re
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from itertools import combinations, islice

from agent.judging.identity.groups import TELLING, Sentence, Word, cut_parts, read_sentences
from agent.judging.identity.passives import is_passive
from agent.judging.judgement import Fault
from corpus.text import language_of

_KNOWN = 0.8
"""The share of a claim's content words that the quote has, at least: else it is put in other words."""
_CLOSE = 2.0
"""The company of another name with which one stands in its place."""
_MOST_GROUPS = 40
"""Groups of a sentence that are paired; the time grows with their square."""
_REACH = 5
"""Words beside a group that are its company."""
_LITTLE = 0.25
"""What a little word or the edge of a sentence weighs as company."""
_SYMMETRIC = re.compile(
    r"partner|cooperat|collaborat|compet(?:e|es|ed|ing|itor)|merg|joint|together|between|both|each other|alongside|"
    r"differ|borders|bordered|equal|same|(?<!un)like(?!ly)|similar|match|respectively|exchang|distance|"
    r"合作|竞争|競争|联合|聯合|共同|之间|之間|对比|联手|携手|提携|相同|相等|分别|分別|一样|合并|合併|それぞれ",
    re.IGNORECASE,
)
_LIST = re.compile(r"[,，、;；/&+]|(?<![a-z])(?:and|or|as well as)(?![a-z])|[和与與及或と]", re.IGNORECASE)


_CLAUSES = frozenset("after before because while whereas although since until when if 因为 由于".split())


@dataclass(frozen=True, slots=True)
class _Place:
    """Words ``sentence.words[first:last]``."""

    sentence: Sentence
    first: int
    last: int

    @property
    def start(self) -> int:
        return self.sentence.words[self.first].start

    @property
    def end(self) -> int:
        return self.sentence.words[self.last - 1].end

    def words(self) -> tuple[Word, ...]:
        return self.sentence.words[self.first : self.last]


@dataclass(frozen=True, slots=True)
class _Group:
    """Content words that stand together in a claim and in its quote: there, and in the quote."""

    here: _Place
    there: tuple[_Place, ...]


def find_argument_fault(claim: str, quote: str) -> Fault | None:
    """The first two groups of words of a claim that have changed places; both texts in one language."""
    if language_of(claim, hint="en") != language_of(quote, hint="en") or "|" in quote:
        return None
    shown = read_sentences(quote)
    for sentence in read_sentences(claim):
        if pair := _exchanged(sentence, shown):
            a, b = (_written(one.here) for one in pair)
            return Fault(
                f"“{a}” and “{b}” have changed places: the quote has them the other way round", contradicts=True
            )
        if found := _replaced(sentence, shown):
            a, b = map(_written, found)
            return Fault(f"“{a}” stands where the quote has “{b}”", contradicts=True)
    return None


def _exchanged(sentence: Sentence, shown: Sequence[Sentence]) -> tuple[_Group, _Group] | None:
    content = {one.key for one in sentence.words if not one.little}
    held = content & {one.key for each in shown for one in each.words}
    if len(held) < _KNOWN * len(content) or _SYMMETRIC.search(sentence.said):
        return None
    groups = islice(_groups(sentence.keep(held), [one.keep(held) for one in shown]), _MOST_GROUPS)
    return next(((a, b) for a, b in combinations(groups, 2) if _have_changed(a, b, sentence)), None)


def _replaced(sentence: Sentence, shown: Sequence[Sentence]) -> tuple[_Place, _Place] | None:
    """A name of a claim in the company of another, which the claim leaves out, and in none of its own."""
    said = {one.key for one in sentence.words}
    for group in _groups(sentence, shown):
        if not all(one.named for one in group.here.words()) or _own_company(group) >= 1:
            continue
        for other in (one for each in shown for one in _names(each)):
            left_out = not any(word.key in said for word in other.words())
            near = any(_are_near(one, other) or _says_more(one, said) for one in group.there)
            if left_out and not near and _company(group.here, other) >= _CLOSE:
                return group.here, other
    return None


def _says_more(place: _Place, said: Collection[str]) -> bool:
    """Whether the part of a sentence that a name stands in is told by the claim in other than names too."""
    for part in cut_parts(place.sentence.text):
        if any(word.start == place.start for word in part.words):
            return any(not word.little and not word.named and word.key in said for word in part.words)
    return False


def _names(sentence: Sentence) -> Iterator[_Place]:
    at = 0
    while at < len(sentence.words):
        last = at
        while last < len(sentence.words) and sentence.words[last].named:
            last += 1
        if last > at:
            yield _Place(sentence, at, last)
        at = max(last, at + 1)


def _are_near(one: _Place, other: _Place) -> bool:
    """Whether two names stand side by side, in one list, or the other in what a pair of commas adds to the one."""
    if one.sentence is not other.sentence:
        return False
    text = one.sentence.text
    added = one.last <= other.first and _OPENS.match(text, one.end) and _CLOSES.match(text, other.end)
    between = _between(one, other)
    few = sum(not word.little for word in between) < _FEW and not any(word.sort for word in between)
    return bool(added) or few or _is_listed(one, other)


_FEW = 2
_OPENS, _CLOSES = re.compile(r"\s?[,，(（)）—–]"), re.compile(r"[^,，.;；]{0,12}[,，)）—–]")


def _written(place: _Place) -> str:
    return place.sentence.text[place.start : place.end]


def _own_company(group: _Group) -> float:
    return max(_company(group.here, one) for one in group.there)


def _groups(sentence: Sentence, shown: Sequence[Sentence]) -> Iterator[_Group]:
    words, at = sentence.words, 0
    while at < len(words):
        there = [] if words[at].little else _places(words[at].key, shown)
        last = at + 1
        while there and last < len(words) and _goes_on(words, last):
            size = 1 if not words[last].little else 2
            longer = [
                _Place(one.sentence, one.first, one.last + size)
                for one in there
                if _keys(one.sentence.words[one.last : one.last + size]) == _keys(words[last : last + size])
            ]
            if not longer:
                break
            there, last = longer, last + size
        if there:
            yield _Group(_Place(sentence, at, last), tuple(there))
        at = last


def _goes_on(words: Sequence[Word], at: int) -> bool:
    return not words[at].little or (words[at].key == "of" and at + 1 < len(words) and not words[at + 1].little)


def _places(key: str, shown: Sequence[Sentence]) -> list[_Place]:
    return [_Place(one, at, at + 1) for one in shown for at, word in enumerate(one.words) if word.key == key]


def _keys(words: Sequence[Word]) -> list[str]:
    return [one.key for one in words]


def _have_changed(a: _Group, b: _Group, said: Sentence) -> bool:
    if {one.sort for one in a.here.words()} != {one.sort for one in b.here.words()}:
        return False
    at_b, at_a = _place_taken(a, b), _place_taken(b, a)
    return (
        at_a is not None
        and at_b is not None
        and at_a.sentence is at_b.sentence
        and not _is_reworded(a.here, b.here, said)
        and _differ(a.here, b.here, at_a, at_b)
    )


def _place_taken(group: _Group, other: _Group) -> _Place | None:
    """The place of the other group whose company a group has, more than its own; None where it has not."""
    best = max(other.there, key=lambda one: _company(group.here, one))
    return best if _company(group.here, best) >= _own_company(group) + 1 else None


def _is_reworded(a: _Place, b: _Place, said: Sentence) -> bool:
    """Whether words between two groups are the claim's own: "buys from" for "sells to" turns them rightly.

    In Japanese the verb stands after both.
    """
    end = said.end if said.language == "ja" else b.start
    kept = {one.start for one in a.sentence.words}
    return any(a.end <= one.start < end and one.start not in kept for one in said.words)


def _company(here: _Place, there: _Place) -> float:
    before = _shared(here.sentence.words[: here.first][::-1], there.sentence.words[: there.first][::-1])
    after = _shared(here.sentence.words[here.last :], there.sentence.words[there.last :])
    return after if here.sentence.language == "ja" else before + after


def _shared(mine: Sequence[Word], theirs: Sequence[Word]) -> float:
    """The weight of the words that two rows of them begin with."""
    total = 0.0
    for one, other in zip(mine[:_REACH], theirs[:_REACH], strict=False):
        if one.key != other.key:
            return total
        total += _LITTLE if one.little and one.key not in TELLING and one.key.isascii() else 1.0
    return total + (_LITTLE if len(mine) == len(theirs) < _REACH else 0.0)


def _differ(a: _Place, b: _Place, one: _Place, other: _Place) -> bool:
    """Whether the order of two groups tells, so that another one says otherwise: no list, neighbours or passive."""
    here, there = _between(a, b), _between(one, other)
    if is_passive(a.sentence.said) != is_passive(one.sentence.said):
        return False
    if _is_listed(a, b) and _is_listed(one, other):
        return False
    return a.sentence.language == "ja" or bool(_keys_that_tell(here) & _keys_that_tell(there)) or _is_compared(a, b)


def _between(a: _Place, b: _Place) -> tuple[Word, ...]:
    first, second = sorted((a, b), key=lambda one: one.first)
    return first.sentence.words[first.last : second.first]


def _keys_that_tell(words: Sequence[Word]) -> set[str]:
    return {one.key for one in words if not one.little or one.key in TELLING or one.key in _CLAUSES}


def _is_compared(a: _Place, b: _Place) -> bool:
    """Whether one of them is what the other is held against: "unlike A", "compared with A"."""
    before = (word for place in (a, b) for word in place.sentence.words[max(0, place.first - 2) : place.first])
    return any(word.key in TELLING for word in before)


def _is_listed(a: _Place, b: _Place) -> bool:
    """Whether what stands between two groups begins and ends as between the members of a list."""
    first, second = sorted((a, b), key=lambda one: one.first)
    between = first.sentence.text[first.end : second.start]
    marks = list(_LIST.finditer(between))
    return bool(marks) and not between[: marks[0].start()].strip() and not _ARTICLE.sub("", between[marks[-1].end() :])


_ARTICLE = re.compile(r"\s|\b(?:the|an?)\b")
