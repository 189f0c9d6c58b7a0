"""Split text into search terms in any language; the only door to jieba.

>>> terms("The 51.2T switch uses co-packaged optics")
['51.2t', '51.2', 'switch', 'use', 'co-packaged', 'co', 'packag', 'optic']
>>> terms("光电共封装的功耗")
['光电', '封装', '光电共封装', '功耗']

English words are stemmed; numbers and model names stay whole and also give their parts. Chinese is cut by jieba, with
the glossary's names as words; what jieba does not know, and every run of kana, is cut into pairs of characters.
"""

import hashlib
import re
from collections.abc import Collection, Iterator
from functools import cache
from typing import Any

from corpus.document import Language
from corpus.lexicon import load_lexicon
from corpus.text import HAN, KANA, normalise

VERSION = 2
"""To be raised with every change that gives other terms: an index remembers it."""

LONGEST = 64
"""Characters of a term that count."""
_HAN_SLICE = 400  # jieba's time grows with the square of a run it does not know

_RUN = re.compile(
    rf"(?P<han>[{HAN}]+)|(?P<kana>[{KANA}]+)|"
    rf"(?P<latin>(?:(?![{HAN}{KANA}])[^\W_])+(?:[.,&+/'’_-](?:(?![{HAN}{KANA}])[^\W_])+)*)"
)
_GROUPED = re.compile(r"(?<=\d),(?=\d{3}(?!\d))")
_SEGMENT = re.compile(r"\d+(?:\.\d+)*[^\W\d_]*|[^\W_]+(?:'[^\W\d_]+)*")
_KATAKANA = re.compile("[ァ-ヺー]{2,}")
_SYLLABLES = re.compile("[ァ-ヺー]+|[^ァ-ヺー]+")
_PART = re.compile(r"\d+(?:\.\d+)*|[^\W\d_]+")
_STOP = frozenset(
    """a an the and or but if of in on at to for from by with as into onto than then this that these those it its is are
    was were be been being am do does did has have had can could will would shall should may might must not no so such
    there their they them he she his her we our you your i me my who whom whose which what when where why how about
    also between among during each both some any all more most other s t
    的 了 和 与 及 或 在 是 有 为 于 对 从 到 由 被 把 将 向 以 之 其 而 且 并 但 也 都 就 还 又 等 个 中
    这 那 这个 那个 该 此 哪 哪些 哪个 什么 怎么 怎样 如何 为何 为什么 多少 几 谁 吗 呢 吧 啊
    我 你 他 她 它 我们 你们 他们 它们 不 没有 可以
    の は が を に へ と も で から まで より です ます した して する ある いる この その あの
    これ それ どの""".split()
)


def terms(text: str, language: Language | None = None) -> list[str]:
    """The search terms of a text in reading order, repeats kept, with the shipped glossary's names as words.

    Args:
        text: Any text.
        language: Its language where known: in Japanese, Han runs are cut into pairs, for jieba knows Chinese only.
    """
    return shipped_tokeniser().terms(text, language)


@cache
def shipped_tokeniser() -> "Tokeniser":
    """The tokeniser that knows the shipped glossary."""
    return Tokeniser(load_lexicon().words())


class Tokeniser:
    """Cuts text into terms, with extra words it must not cut apart."""

    def __init__(self, words: Collection[str] = ()) -> None:
        self._words = tuple(sorted({word for word in map(normalise, words) if re.fullmatch(f"[{HAN}]+", word)}))
        known = "\n".join((str(VERSION), *self._words))
        self.fingerprint = f"{VERSION}-{hashlib.sha256(known.encode()).hexdigest()[:16]}"

    def terms(self, text: str, language: Language | None = None) -> list[str]:
        """The search terms of a text; see the module's ``terms``."""
        return [term[:LONGEST] for term in self._cut(normalise(text).lower(), language) if term not in _STOP]

    def words(self, text: str, *, little: bool = False) -> list[tuple[int, int]]:
        """Where the words of a text stand: Latin runs whole, Han cut by jieba, runs of katakana.

        Args:
            little: Take in stop words and hiragana too.
        """
        spans: list[tuple[int, int]] = []
        for run in _RUN.finditer(text):
            at = run.start()
            if run["han"]:
                for word in self._cut_whole(run["han"]):
                    spans.append((at, at + len(word)))
                    at += len(word)
            elif run["latin"]:
                spans.append(run.span())
            else:
                kana = (_SYLLABLES if little else _KATAKANA).finditer(run[0])
                spans += [(at + one.start(), at + one.end()) for one in kana]
        return [(start, end) for start, end in spans if little or text[start:end].lower() not in _STOP]

    def _cut_whole(self, run: str) -> Iterator[str]:
        for start in range(0, len(run), _HAN_SLICE):
            yield from _segmenter(self._words).cut(run[start : start + _HAN_SLICE])

    def _cut(self, text: str, language: Language | None) -> Iterator[str]:
        for run in _RUN.finditer(text):
            if run["latin"]:
                yield from _cut_latin(run["latin"])
            elif run["kana"] or language == "ja":
                yield from _pairs(run.group())
            else:
                yield from self._cut_han(run["han"])

    def _cut_han(self, run: str) -> Iterator[str]:
        segmenter = _segmenter(self._words)
        for start in range(0, len(run), _HAN_SLICE):
            for word in segmenter.cut_for_search(run[start : start + _HAN_SLICE]):
                yield word
                if len(word) > 2 and not segmenter.FREQ.get(word):
                    yield from _pairs(word)


def _cut_latin(run: str) -> Iterator[str]:
    """The whole run, then what it is joined from ("200g/lane": 200g, lane), then numbers without units (200)."""
    whole = _GROUPED.sub("", run).replace("’", "'").removesuffix("'s")
    segments = _SEGMENT.findall(whole)
    parts = [part for segment in segments for part in _PART.findall(segment) if "'" not in segment]
    for term in dict.fromkeys([whole, *segments, *parts]):
        if len(term) > 1 or term == whole:
            yield stem(term)


def _pairs(run: str) -> Iterator[str]:
    """Each two neighbouring characters; a single character alone."""
    yield from (run[i : i + 2] for i in range(max(1, len(run) - 1)))


def tagged_words(text: str) -> list[tuple[int, int, str]]:
    """Chinese words as (start, end, tag), with jieba's tags: "nr" a person, "ns" a place, "nt" an organisation, …"""
    at = 0
    words = []
    for pair in _tagger().cut(text):
        words.append((at, at + len(pair.word), str(pair.flag)))
        at += len(pair.word)
    return words


@cache
def _tagger() -> Any:
    import jieba.posseg

    return jieba.posseg.POSTokenizer(_segmenter(()))


@cache
def _stemmer() -> Any:
    import Stemmer

    return Stemmer.Stemmer("english", 0)


def stem(word: str) -> str:
    """An English word without its ending; any other word as it is."""
    return str(_stemmer().stemWord(word)) if word.isascii() and word.isalpha() and word not in _STOP else word


_RARE = 150
"""jieba counts a word so often at most if it is mostly met in names: 昊天 24, against 生产 32,898."""


def is_rare(word: str) -> bool:
    """Whether a Chinese word is seldom met, or unknown, outside names; by the counts of jieba's dictionary."""
    return int(_segmenter(()).FREQ.get(word) or 0) <= _RARE


@cache
def _segmenter(words: tuple[str, ...]) -> Any:
    """A jieba tokeniser of our own, its dictionary read afresh.

    jieba's own start reads a marshal file from a fixed name in the shared temporary folder, where anyone may have put
    it, and writes to the log; reading the dictionary costs a second once.
    """
    import jieba

    segmenter = jieba.Tokenizer()
    segmenter.FREQ, segmenter.total = segmenter.gen_pfdict(segmenter.get_dict_file())
    segmenter.initialized = True
    for word in words:
        segmenter.add_word(word, freq=20_000)
    return segmenter
