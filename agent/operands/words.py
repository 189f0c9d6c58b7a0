"""Compare the words of questions with the words of labels, in English, Chinese and Japanese."""

import re
import unicodedata
from collections.abc import Iterable
from functools import lru_cache
from itertools import pairwise

_TOKEN = re.compile(r"[a-z][a-z'’&]*[a-z&]|[a-z]|[0-9][0-9.,]*|[\u3400-\u9fff\u30a0-\u30ff]+")
_STOP = frozenset(
    "a an the of in for to and or by on at as is was were are be been being what which how much many did does do has"
    " have had between from during over its it that this these those with both each per respective respectively their"
    " his her into than out up within under among all any company company's companies year years annual annually yearly"
    " ended end ending period periods fiscal financial fy quarterly monthly there when where amount amounts"
    " value values number figure level approximately about not if can could would should you please calculate compute"
    " find give tell me s x".split()
)
_SAME = {
    "r&d": "research development", "sg&a": "selling general administrative", "ppe": "property plant equipment",
    "pp&e": "property plant equipment", "eps": "earning share", "capex": "capital expenditure", "yr": "year",
    "expenditures": "expenditure", "taxation": "tax", "taxes": "tax", "turnover": "revenue",
    "lives": "life", "fibre": "fiber", "fibres": "fiber", "bom": "bill of materials",
}  # fmt: skip
_HAN_NOISE = re.compile(r"[的了の]")
_LIGHT = {"total": 0.2, "net": 0.7, "other": 0.9, "balanc": 0.7, "合计": 0.2, "总额": 0.2}
Words = frozenset[str]


@lru_cache(maxsize=20_000)
def sequence_of(text: str) -> tuple[str, ...]:
    """The words of ``words_of`` in the order of the text."""
    plain = unicodedata.normalize("NFKC", text).casefold().replace("’", "'")
    return tuple(word for token in _TOKEN.findall(plain) for word in _split(token))


@lru_cache(maxsize=20_000)
def words_of(text: str) -> Words:
    """Content words of a text: English words without their endings, and each two neighbouring Han or kana characters.

    >>> sorted(words_of("Revenues from the sales of 光模块"))
    ['revenu', 'sale', '光模', '模块']
    """
    return frozenset(sequence_of(text))


def weigh(words: Iterable[str]) -> float:
    """How much the words say together."""
    return sum(_LIGHT.get(word, 1.0) for word in sorted(words))


def _split(token: str) -> list[str]:
    if token[0] >= "\u3040":
        pieces = [piece for piece in _HAN_NOISE.split(token) if piece]
        return [pair for piece in pieces for pair in map("".join, pairwise(piece))] or pieces
    token = token.removesuffix("'s").strip("'.,")
    if token in _SAME:
        return [_stem(word) for word in _SAME[token].split() if word not in _STOP]
    return [] if token in _STOP or not token else [_stem(token)]


def _stem(word: str) -> str:
    """A word without its plural s, its -ing or -ed and a last e: "purchases" and "purchasing" are one."""
    if word.endswith("ies") and len(word) > 4:
        word = f"{word[:-3]}y"
    elif word.endswith(("sses", "xes", "ches", "shes")):
        word = word[:-2]
    elif word.endswith("s") and not word.endswith(("ss", "us", "is")) and len(word) > 3:
        word = word[:-1]
    for ending in ("ing", "ed"):
        if word.endswith(ending) and len(word) >= len(ending) + 4:
            word = word.removesuffix(ending)
            word = word[:-1] if word[-1] == word[-2] and word[-1] not in "ls" else word
    return word[:-1] if word.endswith("e") and len(word) > 4 else word
