"""Whether a claim says of one of two parallel things what its quote says of the other.

"The median wait was 14 weeks, the mean 19" has two parts that run alike; what stands in the one in the place of what
stands in the other is its counterpart: median and mean, 14 weeks and 19. A clause that takes one thing from the first
part and another from the second, and of neither the counterpart, has crossed them: "the mean wait was 14 weeks".

    >>> find_parallel_fault("The mean wait was 14 weeks.", "The median wait was 14 weeks, the mean 19.").reason
    'the quote says “median” beside “14 weeks”, the claim “mean”'
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from functools import lru_cache
from itertools import combinations, pairwise, takewhile

from agent.judging.identity.groups import TELLING, Part, Word, cut_parts
from agent.judging.judgement import Fault
from agent.judging.numbers.binding import speak_alike
from indexes.dictionary import load_dictionary

_MOST_PARTS = 8
_TWO = 2
_SHARE = "measure %"
_SHORT = 4
"""Content words of a part whose first one is its subject, though it is no name."""
_HALF, _TRACE = 0.5, 0.25
_FARTHEST = 2
"""Parts of a quote that may stand between two parallel ones, and one more."""


@dataclass(frozen=True, slots=True)
class _Pair:
    """Counterparts: words of one part of a quote, and those in their place in the other."""

    one: tuple[Word, ...]
    other: tuple[Word, ...]
    whole: bool = False

    def taken(self, said: frozenset[str]) -> int:
        """Which of the two a claim has: 1 the one, -1 the other, 0 both or neither."""
        mine, yours = {word.key for word in self.one}, {word.key for word in self.other}
        shares = _share(mine - yours, said), _share(yours - mine, said)
        least, most = (_HALF, _TRACE) if self.whole else (0.01, 0.0)
        if shares[0] >= least and shares[1] <= most:
            return 1
        return -1 if shares[1] >= least and shares[0] <= most else 0


def find_parallel_fault(claim: str, quote: str) -> Fault | None:
    """The first clause of a claim that crosses two parts of its quote; they may be in two languages."""
    across = not speak_alike(claim, quote)
    parts = cut_parts(quote, across)[:_MOST_PARTS] if "|" not in quote else ()
    if len(parts) < 2:
        return None
    for clause in cut_parts(claim, across):
        said = _said(clause)
        if any(all(_has(key, part.content()) for key in clause.content()) for part in parts):
            continue  # it says nothing but what one part does
        for one, other in combinations(parts, 2):
            if parts.index(other) - parts.index(one) > _FARTHEST:
                continue
            if fault := _crossed(said, one, other, quote):
                return fault
            if not across and (
                fault := _strayed(clause, claim, one, other, quote) or _strayed(clause, claim, other, one, quote)
            ):
                return fault
    return None


def _crossed(said: frozenset[str], one: Part, other: Part, quote: str) -> Fault | None:
    taken = [(pair, pair.taken(said)) for pair in _pairs(one, other)]
    first = next((pair for pair, side in taken if side == 1), None)
    second = next((pair for pair, side in taken if side == -1), None)
    if first is None or second is None:
        return None
    a, b, c = (_written(quote, words) for words in (first.one, second.one, second.other))
    return Fault(f"the quote says “{b}” beside “{a}”, the claim “{c}”", contradicts=True)


def _strayed(clause: Part, claim: str, one: Part, other: Part, quote: str) -> Fault | None:
    """A number of one part told of what stands in the other alone, which has a number of its sort itself."""
    if one.refers or other.refers:
        return None
    mine, yours = one.content(), other.content()
    strays = [word for word in clause.words if not word.little and not word.sort and word.key in yours]
    if not strays or any(word.key in mine and not word.sort for part in cut_parts(claim) for word in part.words):
        return None
    for told, own, others in _alone_in_sort(clause, one, other):
        subject = any(not word.little and not word.sort for word in one.words[: one.words.index(own)])
        if subject and told.key == own.key != others.key:  # else what the number is said of may be understood
            a, b, c = _written(claim, strays[:1]), _written(quote, [others]), _written(claim, [told])
            return Fault(f"the quote says “{b}” beside “{a}”, the claim “{c}”", contradicts=True)
    return None


def _alone_in_sort(*parts: Part) -> Iterator[tuple[Word, ...]]:
    """For each sort of number that all parts have one of: these."""
    for sort in dict.fromkeys(word.sort for word in parts[0].words if word.sort):
        found = [[word for word in part.words if word.sort == sort] for part in parts]
        if all(len(each) == 1 for each in found):
            yield tuple(each[0] for each in found)


def _share(keys: set[str], said: frozenset[str]) -> float:
    return sum(_has(key, said) for key in keys) / len(keys) if keys else 0.0


def _has(key: str, said: frozenset[str]) -> bool:
    return key in said or not said.isdisjoint(_renderings(key))


@lru_cache(maxsize=20_000)
def _renderings(key: str) -> frozenset[str]:
    """The English words that render a Chinese word alone."""
    if key.isascii():
        return frozenset()
    return frozenset(gloss[0] for gloss in load_dictionary().translate(key) if len(gloss) == 1)


def _said(clause: Part) -> frozenset[str]:
    """The words of a clause, the Chinese ones in English too."""
    keys = frozenset(one.key for one in clause.words)
    return keys.union(*map(_renderings, keys))


def _written(quote: str, words: Sequence[Word]) -> str:
    return quote[words[0].start : words[-1].end]


@lru_cache(maxsize=1024)
def _pairs(one: Part, other: Part) -> tuple[_Pair, ...]:
    """What stands in one part in the place of what stands in the other."""
    places = [*_in_place(one, other), *_times(one.words, other.words), *_measures(one.words, other.words)]
    if any(not word.little or word.key in TELLING for word in one.words if word.key in {w.key for w in other.words}):
        places += _numbers(one.words, other.words)
    elif sum(not word.little for word in other.words) <= 2:
        places += _remnants(one, other)
    return tuple(filter(_tells, places))


def _tells(pair: _Pair) -> bool:
    mine, yours = {word.key for word in pair.one}, {word.key for word in pair.other}
    return bool(mine - yours and yours - mine)


def _times(one: Sequence[Word], other: Sequence[Word]) -> Iterator[_Pair]:
    """Names, months among them, after the same little word: "in March" and "in May"."""
    for key in {word.key for word in one if word.little} & {word.key for word in other if word.little}:
        after = [[b for a, b in pairwise(part) if a.key == key and (b.named or b.sort)] for part in (one, other)]
        if all(len(each) == 1 for each in after):
            yield _Pair((after[0][0],), (after[1][0],))


def _measures(one: Sequence[Word], other: Sequence[Word]) -> Iterator[_Pair]:
    """What two shares measure, where it is named alike: "gross margin was 24%" and "its net margin 8%"."""
    mine, yours = _shares(one), _shares(other)
    if len(mine) != 1 or len(yours) != 1:
        return
    names = _measured(one, mine[0]), _measured(other, yours[0])
    if all(names) and _are_alike(names[0], names[1]):
        yield _Pair(names[0], names[1])
        yield _Pair((mine[0],), (yours[0],))


def _shares(words: Sequence[Word]) -> list[Word]:
    return [word for word in words if word.sort == _SHARE]


def _measured(words: Sequence[Word], number: Word) -> tuple[Word, ...]:
    """The words right before a number, or before the verb between them, which name what it measures."""
    before = list(words[: words.index(number)])
    while before and before[-1].little and before[-1].key not in TELLING:
        before.pop()
    kept = list(takewhile(lambda word: not (word.little or word.sort or _is_whose(word)), reversed(before)))
    return tuple(reversed(kept))


def _is_whose(word: Word) -> bool:
    """Whether a word names whom a measure is of; one of Chinese that no dictionary has may be a measure."""
    return word.named and word.key.isascii()


def _are_alike(one: Sequence[Word], other: Sequence[Word]) -> bool:
    """Whether two names differ but for their last word, or end in one Chinese character: 毛利率, 净利率."""
    last, theirs = one[-1].key, other[-1].key
    if last.isascii():
        return last == theirs and len(one) > 1 < len(other)
    return last[-1] == theirs[-1]


def _numbers(one: Sequence[Word], other: Sequence[Word]) -> Iterator[_Pair]:
    """Numbers that are the only ones of their sort."""
    for sort in {word.sort for word in one if word.sort}:
        mine = [word for word in one if word.sort == sort]
        yours = [word for word in other if word.sort == sort]
        if len(mine) == len(yours) == 1:
            yield _Pair((mine[0],), (yours[0],))


def _remnants(one: Part, other: Part) -> Iterator[_Pair]:
    """A part of a word and a number, the rest of which is understood: ", the mean 19", "and 5% nausea"."""
    rest = [word for word in other.words if not word.little]
    if len(rest) != _TWO or bool(rest[0].sort) == bool(rest[1].sort):
        return
    number, word = sorted(rest, key=lambda each: not each.sort)
    numbers = [each for each in one.words if each.sort and (each.sort == number.sort or not number.sort.split()[1:])]
    plain = [each for each in one.words if not each.little and not each.sort]
    if len(numbers) == 1 and plain:
        yield _Pair((numbers[0],), (number,))
        yield _Pair((plain[0] if word is rest[0] else plain[-1],), (word,))


def _in_place(one: Part, other: Part) -> Iterator[_Pair]:
    """What stands before, between and after the words that both have."""
    mine, yours = one.words, other.words
    matcher = SequenceMatcher(None, [word.key for word in mine], [word.key for word in yours], autojunk=False)
    blocks = [block for block in matcher.get_matching_blocks() if block.size]
    pivots = [mine[block.a + n] for block in blocks for n in range(block.size)]
    if not any(not word.little or word.key in TELLING for word in pivots):
        if not other.refers:
            yield from _heads(mine, yours)
        return
    at, there = 0, 0
    for block in matcher.get_matching_blocks():
        gap = mine[at : block.a], yours[there : block.b]
        opens, ends = not at and not there, not block.size
        if not opens or not other.refers or mine[block.a].key in TELLING:
            yield from _gap(*gap, opens, ends)
        at, there = block.a + block.size, block.b + block.size


def _gap(mine: Sequence[Word], yours: Sequence[Word], opens: bool, ends: bool) -> Iterator[_Pair]:
    content = [tuple(word for word in words if not word.little) for words in (mine, yours)]
    if all(content):
        yield _Pair(*_counterparts(content[0], content[1], opens, ends))
    if len(content[0]) == len(content[1]) == 2 and content[0][0].named and content[1][0].named:
        yield from (_Pair((one,), (other,)) for one, other in zip(*content, strict=True))
    telling = [tuple(word for word in words if word.key in TELLING) for words in (mine, yours)]
    if all(len(each) == 1 for each in telling):
        yield _Pair(telling[0], telling[1])


def _counterparts(
    mine: tuple[Word, ...], yours: tuple[Word, ...], opens: bool, ends: bool
) -> tuple[tuple[Word, ...], tuple[Word, ...]]:
    """Of two gaps of unlike length the words that answer each other; a subject may be understood the second time."""
    if opens:
        named = [tuple(word for word in words if word.named) for words in (mine, yours)]
        if all(named):
            return named[0], named[1]
        size = min(len(mine), len(yours))
        return mine[-size:], yours[-size:]
    if ends:
        size = min(len(mine), len(yours))
        return mine[:size], yours[:size]
    return mine, yours


def _heads(one: Sequence[Word], other: Sequence[Word]) -> Iterator[_Pair]:
    """Two names that open two parts without a word in common, and what is said of them."""
    heads = [_head(part) for part in (one, other)]
    content = [tuple(word for word in part if not word.little) for part in (one, other)]
    if not all(heads) and all(1 < len(each) <= _SHORT and _is_plain(each) for each in content):
        heads = [each[:1] for each in content]
    if not all(heads):
        return
    rests = [
        tuple(word for word in part if not word.little and word not in head)
        for part, head in zip((one, other), heads, strict=True)
    ]
    yield _Pair(heads[0], heads[1])
    if not all(rests):
        return
    understood = len(rests[0]) > len(rests[1]) == 1 and rests[1][0].key.isascii()
    if understood:  # "…, and Rutherford the proton", without its verb
        last, only = rests[0][-1], rests[1][0]
        if (last.named, last.sort) == (only.named, only.sort):
            yield _Pair((last,), (only,))
    else:
        yield _Pair(rests[0], rests[1], whole=True)


def _is_plain(words: Sequence[Word]) -> bool:
    """Whether words are English ones, the first no number: their subject stands first."""
    return not words[0].sort and all(word.key.isascii() for word in words)


def _head(part: Sequence[Word]) -> tuple[Word, ...]:
    """The name that opens a part."""
    first = next((at for at, word in enumerate(part) if not word.little or word.key in TELLING), len(part))
    return tuple(takewhile(lambda word: word.named, part[first:]))
