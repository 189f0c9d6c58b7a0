"""Whether a claim copied from its quote has another number in a place than the quote has there.

The other number may well stand elsewhere in the quote, which then proves nothing: "six Ligue 2 titles, two cups" of
"six Ligue 1 titles, two cups".

>>> from agent.judging.numbers.places import find_other_number
>>> quote = "The lift serves three floors for six men of the two."
>>> find_other_number("The lift serves two floors for six men.", [quote])
('two', 'three')
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from difflib import SequenceMatcher

from agent.answer import Citation
from agent.judging.judgement import Fault
from agent.judging.shown import plain_quote
from corpus.amounts import Amount, find_amounts, same_amount
from corpus.text import HAN
from indexes.dictionary import load_dictionary

_COPIED = 0.75
"""The share of a claim's words that stand in the quote in its order, at least; numbers count as alike."""
_SHORTEST = 6
_AROUND = (2, 3)
"""How many words to either side of a number its place may be known by, other numbers among them."""
_FEWEST_AROUND = 3
"""Of these, how many are no numbers, at least."""
_CLOSE = Decimal("0.05")
"""Up to this share of the greater a difference may be a rounding, which the ledger judges."""
_NUMBER = "\N{NUMERO SIGN}"
_WORD = re.compile(rf"[A-Za-z]+|[{HAN}]|[0-9]")
_HAN_DIGITS = "一二三四五六七八九十两"


@dataclass(frozen=True, slots=True)
class _Word:
    """A word of a text; of a number its amount, where it is one."""

    key: str
    written: str
    amount: Amount | None = None


def find_place_fault(claim: str, citations: Sequence[Citation]) -> Fault | None:
    """The first number of a copied claim in whose place no quote has it, but one has another."""
    found = find_other_number(claim, [plain_quote(one) for one in citations])
    if found is None:
        return None
    return Fault(f"“{found[0]}” stands where the quote has “{found[1]}”", contradicts=True)


def find_other_number(claim: str, quotes: Sequence[str]) -> tuple[str, str] | None:
    """The first number of a copied claim in whose place no quote has it, and the one that stands there."""
    mine = _words(claim)
    copied = [theirs for theirs in map(_words, quotes) if _is_copied(mine, theirs)]
    for at, word in enumerate(mine):
        if word.key != _NUMBER:
            continue
        there = [
            theirs[n]
            for theirs in copied
            for n in _in_its_place(at, mine, theirs)
            if not _is_of_other(at, n, mine, theirs)
        ]
        if not there or any(_agree(word, other) for other in there):
            continue
        if not any(_stands_beside(at, mine, theirs) for theirs in copied):
            return word.written, there[0].written
    return None


def _is_copied(mine: Sequence[_Word], theirs: Sequence[_Word]) -> bool:
    if len(mine) < _SHORTEST:
        return False
    matcher = SequenceMatcher(None, _keys(mine), _keys(theirs), autojunk=False)
    return sum(block.size for block in matcher.get_matching_blocks()) >= _COPIED * len(mine)


def _in_its_place(at: int, mine: Sequence[_Word], theirs: Sequence[_Word]) -> Iterator[int]:
    """Where a quote has numbers with the same words around them as that of the claim."""
    keys = _keys(theirs)
    for width in _AROUND:
        before, after = _keys(mine[max(0, at - width) : at]), _keys(mine[at + 1 : at + 1 + width])
        if sum(key != _NUMBER for key in (*before, *after)) < _FEWEST_AROUND:
            continue
        for n, other in enumerate(theirs):
            left = keys[max(0, n - len(before)) : n]
            if other.key == _NUMBER and left == before and keys[n + 1 : n + 1 + len(after)] == after:
                yield n


def _is_of_other(at: int, place: int, mine: Sequence[_Word], theirs: Sequence[_Word]) -> bool:
    """Whether what the claim says its number of stands beside the like of it in the quote, and not beside the place.

    "A's margin was 44%, whereas B's was 21%" does say that B's margin was 21%.
    """
    keys = _keys(theirs)
    first = max((n + 1 for n in range(at) if mine[n].key == _NUMBER), default=0)
    own = {word.key for word in mine[first:at]} - set(keys[max(0, place - at + first) : place])
    for n, other in enumerate(theirs):
        if n != place and other.key == _NUMBER and _agree(mine[at], other):
            since = max((m + 1 for m in range(n) if keys[m] == _NUMBER), default=0)
            if own & set(keys[since:n]):
                return True
    return False


def _stands_beside(at: int, mine: Sequence[_Word], theirs: Sequence[_Word]) -> bool:
    """Whether a quote has the number elsewhere with the words before it or those after: the claim leaves some out."""
    before, after = _keys(mine[max(0, at - _AROUND[1]) : at]), _keys(mine[at + 1 : at + 1 + _AROUND[1]])
    for n, other in enumerate(theirs):
        if other.key == _NUMBER and _agree(mine[at], other):
            left, right = _keys(theirs[max(0, n - len(before)) : n]), _keys(theirs[n + 1 : n + 1 + len(after)])
            if (before and left == before) or (after and right == after):
                return True
    return False


def _keys(words: Sequence[_Word]) -> list[str]:
    return [one.key for one in words]


def _agree(one: _Word, other: _Word) -> bool:
    """Whether two numbers may be the same: equal, close, or of kinds that cannot be compared."""
    a, b = one.amount, other.amount
    if a is None or b is None:
        return (a is None) != (b is None) or one.written == other.written
    if a.unit != b.unit or a.low != a.high or b.low != b.high or same_amount(a, b):
        return True
    return abs(a.low - b.low) <= _CLOSE * max(abs(a.low), abs(b.low))


def _words(text: str) -> list[_Word]:
    text = load_dictionary().simplify(text)
    amounts = [one for one in find_amounts(text) if one.kind in ("count", "measure")]
    found = [(one.start, _Word(_NUMBER, one.text, one)) for one in amounts]
    for word in _WORD.finditer(text):
        if not any(one.start < word.end() and word.start() < one.end for one in amounts):
            key = _NUMBER if word[0] in _HAN_DIGITS else word[0].lower()
            found.append((word.start(), _Word(key, word[0])))
    return [word for _, word in sorted(found, key=lambda each: each[0])]
