"""What a cue is said of: the content words next to it, compared in one language or between Chinese and English.

>>> follow("a laser module inside the package", 21, 34)
('packag',)
>>> is_same("licens", "许可证")
True
"""

from collections.abc import Collection, Sequence
from functools import lru_cache

from indexes.dictionary import load_dictionary
from indexes.tokens import terms

_REACH = 40  # characters beside a cue that are read


def follow(text: str, start: int, stop: int, most: int = 2) -> tuple[str, ...]:
    """The first content words of ``text[start:stop]``, as stems."""
    return tuple(dict.fromkeys(terms(text[start : min(stop, start + _REACH)])))[:most]


def precede(text: str, start: int, stop: int, most: int = 2) -> tuple[str, ...]:
    """The last content words of ``text[start:stop]``, the last one first."""
    return tuple(dict.fromkeys(reversed(terms(text[max(start, stop - _REACH) : stop]))))[:most]


def is_same(one: str, other: str) -> bool:
    """Whether two stems are the same, or one is what the dictionary renders the other by."""
    return one == other or other in _renderings(one) or one in _renderings(other)


def is_among(one: str, others: Collection[str]) -> bool:
    """Whether a stem, or a rendering of it, stands among others."""
    if one in others:
        return True
    if one.isascii():
        return any(one in _renderings(other) for other in others)
    return not _renderings(one).isdisjoint(others)


def share_among(words: Sequence[str], others: Collection[str]) -> float:
    """The share of words that stand among others; 0 for no words."""
    return sum(is_among(one, others) for one in words) / len(words) if words else 0.0


@lru_cache(maxsize=20_000)
def _renderings(word: str) -> frozenset[str]:
    """The stems of the English renderings of a Chinese word; none of an English one."""
    if word.isascii():
        return frozenset()
    return frozenset(part for gloss in load_dictionary().translate(word) for part in gloss)
