"""The words of a text in their order, in three languages and without a parser.

Numbers are one word each, names of the lexicon too; articles and possessives are none.
"""

import re
from collections.abc import Collection, Iterator
from dataclasses import dataclass, replace
from functools import lru_cache
from itertools import pairwise

from agent.judging.wording.cues import mentions_of
from corpus.amounts import find_amounts
from corpus.document import Language
from corpus.text import language_of, split_sentences
from indexes.dictionary import load_dictionary
from indexes.tokens import shipped_tokeniser, stem

TELLING = frozenset(
    "from to than unlike against compared over by versus vs under below above into 从 從 到 至 比 较 由 被 向".split()
)
_LITTLE = frozenset(
    """and or but if of in on at for with as onto this that these those it is are was were be been being am do does did
    has have had can could will would shall should may might must not no so such there their they them he she
    his her we our you your which who whom whose what when where why how about also between among during each
    both some any all more most other s t one many then now here only just still already too again however later
    earlier while whereas because although after before since until through per within without less nor yet
    rather instead behind ahead along across around
    和 与 與 及 或 在 是 有 为 為 于 於 对 對 将 將 把 以 而 且 并 並 但 也 都 就 还 還 又 等 则 則 中 里 上 下 后 前
    因 因为 由于 使 让 令 给 跟 同 相比 不 没 未 没有 不是 已 已经""".split()
) | TELLING  # fmt: skip
_SKIPPED = frozenset("the a an its their our his her 的 之 了 着 过 所".split())
_POSSESSIVE = re.compile(r"['’](?:s|S)?$")
_HIRAGANA = re.compile(r"[ぁ-ゟ]+")
_TOPIC = re.compile(r"^(?:は|が|も)")
_KATAKANA = re.compile("[ァ-ヺー]{2,}")
_NAME_OF = re.compile(r"(?!surname|CL:)[A-Z][a-z]")
_PARTS = re.compile(
    r"[;；。:：，]|,(?!\d)|(?<![a-z])(?:and|while|whereas|but|although|though)(?![a-z])|而(?!且)|但是?|(?<=[，,；;。])(?:则|則)|(?<=[ぁ-ん])、|一方"
    r"|(?<=[%％])、(?=[^\d、。]{1,12}[はが]\d)",
    re.IGNORECASE,
)
_REFERS = re.compile(
    r"(?:[\s,]|\b(?:since|then|after|before|when|in)\b)*\b(?:it|its|they|their|he|his|she|her|this|these|which|who|whose|that|an?(?!\s(?-i:[A-Z])))\b"
    r"|[\s，,]*(?:其|该|該|它|他|她|这|這|并|並|也|同时|同時)",
    re.IGNORECASE,
)
_ARTICLE = re.compile(r"an?\b", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Word:
    """A word at ``text[start:end]``.

    Attributes:
        key: The same for what is said the same.
        little: It has no content.
        named: It is a name, or written like one.
        sort: What a number counts or measures; "" for any other word.
    """

    key: str
    start: int
    end: int
    little: bool
    named: bool = False
    sort: str = ""


@dataclass(frozen=True, slots=True)
class Sentence:
    """The words of a sentence of ``text``, at ``text[start:end]``."""

    text: str
    start: int
    end: int
    words: tuple[Word, ...]
    language: Language

    @property
    def said(self) -> str:
        """The sentence."""
        return self.text[self.start : self.end]

    def keep(self, keys: Collection[str]) -> "Sentence":
        """The sentence without the content words that are not among ``keys``."""
        return replace(self, words=tuple(one for one in self.words if one.little or one.key in keys))


@dataclass(frozen=True, slots=True)
class Part:
    """Part of a sentence; ``refers``: it speaks of what an earlier one names ("it", "whose", 其)."""

    words: tuple[Word, ...]
    refers: bool

    def content(self) -> frozenset[str]:
        """What it speaks of."""
        return frozenset(one.key for one in self.words if not one.little or one.key in TELLING)


@lru_cache(maxsize=256)
def read_sentences(text: str, with_terms: bool = False) -> tuple[Sentence, ...]:
    """The sentences of a text as words; terms of the lexicon are words of their own only if asked for."""
    language: Language = "ja" if language_of(text, hint="en") == "ja" else "zh"
    words = tuple(_words(text, with_terms))
    return tuple(
        Sentence(text, start, end, tuple(one for one in words if start <= one.start < end), language)
        for start, end in split_sentences(text)
    )


def _words(text: str, with_terms: bool) -> Iterator[Word]:
    taken = sorted(_wholes(text, with_terms), key=lambda one: one.start)
    words = list(taken)
    simple = load_dictionary().simplify(text)
    openings = {start for start, _ in split_sentences(text)}
    for start, end in shipped_tokeniser().words(simple, little=True):
        if any(one.start < end and start < one.end for one in taken):
            continue
        written = _POSSESSIVE.sub("", simple[start:end])
        if written and written.lower() not in _SKIPPED:
            words.append(_word(written, start, start in openings))
    words.sort(key=lambda one: one.start)
    for one, following in pairwise([*words]):  # "Texas Instruments was founded …"
        if one.start in openings and following.named and not one.little and text[one.start].isupper():
            words[words.index(one)] = replace(one, named=True)
    return iter(words)


def _word(written: str, start: int, opens: bool) -> Word:
    low = written.lower()
    little = low in _LITTLE or bool(_HIRAGANA.fullmatch(low))
    key = _TOPIC.sub("が", low) if little else stem(low)
    return Word(key, start, start + len(written), little, not little and is_named(written, opens))


@lru_cache(maxsize=20_000)
def is_named(written: str, opens: bool = False) -> bool:
    """Whether a word is written like a name; a word that opens a sentence only if it is none of the dictionary's."""
    if written.isascii():
        plain = opens and written[1:] == written[1:].lower() and load_dictionary().knows_english(written)
        return written != written.lower() and not plain
    if _KATAKANA.fullmatch(written):
        return True
    known = load_dictionary().entries.get(written)
    return bool(known and _NAME_OF.match(known)) if known else len(written) > 1


def _wholes(text: str, with_terms: bool) -> Iterator[Word]:
    """Numbers and names, perhaps terms, one word each."""
    spans: list[tuple[int, int]] = []
    for one in find_amounts(text):
        digits = re.search(r"\d|[$€£¥]|[〇零一二三四五六七八九十百千万亿两半]", one.text)
        start = one.start + (digits.start() if digits else 0)
        spans.append((start, one.end))
        yield Word(f"{one.kind} {one.low}-{one.high} {one.unit}", start, one.end, False, sort=f"{one.kind} {one.unit}")
    for name in mentions_of(text):
        is_term = name.term.kind == "term"
        if (with_terms or not is_term) and not any(a < name.end and name.start < b for a, b in spans):
            yield Word(name.term.id, name.start, name.end, False, not is_term)


@lru_cache(maxsize=256)
def cut_parts(text: str, with_terms: bool = False) -> tuple[Part, ...]:
    """The parts of a text's sentences that say something: what commas, "and" and "while" part."""
    found = []
    for sentence in read_sentences(text, with_terms):
        cuts = [one.end() for one in _PARTS.finditer(text, sentence.start, sentence.end)]
        for start, end in pairwise([sentence.start, *cuts, sentence.end]):
            words = tuple(one for one in sentence.words if start <= one.start < end)
            if any(not one.little for one in words):
                opens = start == sentence.start and _ARTICLE.match(text, start)
                found.append(Part(words, not opens and bool(_REFERS.match(text, start, end))))
    return tuple(found)
