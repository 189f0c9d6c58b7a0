"""A question and passages as the encoder sees them: words with their tokens, sentences with theirs."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from agent.silence.asked import AnswerType, read_type
from corpus.document import LANGUAGES, Language
from corpus.text import HAN, KANA, split_sentences
from indexes.embeddings import ContextEmbedder, ContextVectors, Role
from indexes.index import Vectors
from indexes.means import QUESTIONS, STATEMENTS
from indexes.tokens import tagged_words, terms

STRENGTH = 0.9
"""How much of a language's mean is taken away from its vectors, as in a search."""
_MOST_WIDE, _MOST_NARROW = 350, 1200
"""Characters that are encoded together, in scripts of wide characters and in others: some 300 tokens."""

_ASKING = frozenset(
    """who whom whose which what when where why how many much long far old is was were are be been do does did has have
    had the a an of in on at to for from by with as and or that this it its s t can could will would should may might
    there their his her they he she you i
    什么 谁 哪 哪个 哪些 哪里 哪儿 多少 几 何时 时候 什么时候 为什么 为何 怎么 怎样 如何 是 的 了 在 有 吗 呢 和 与 及
    或 是谁 请问 哪一年 哪年 哪位 の は が を に へ と も で か です ます どこ 誰 いつ 何""".split()
)
_WORD = re.compile(rf"[A-Za-z0-9]+(?:['’.,-][A-Za-z0-9]+)*|[{HAN}{KANA}]+")
_TITLE = re.compile(r"《[^》]*》|「[^」]*」|“[^”]*”")
_NAME_TAGS = ("nr", "ns", "nt", "nz")
_WH = re.compile(
    r"\b(?:who|whom|whose|what|which|when|where|why|how many|how much|how long|how)\b|谁|誰|什么时候|何时|什么|"
    r"哪[一个些位里儿年天部首家届种]*|多少|几[个名人家位次]?|为什么|怎么|如何|多[高大长远久]|いつ|どこ|何",
    re.I,
)


@dataclass(frozen=True, slots=True)
class Word:
    """A word of the question that an answer should have.

    Attributes:
        tokens: Rows of the question's token vectors.
        weight: How much it tells, from 0.1 (common) to 2 (rare).
        proper: Whether it is a name, a number or part of a title.
        terms: Its search terms.
    """

    start: int
    end: int
    text: str
    tokens: tuple[int, ...]
    weight: float
    proper: bool
    terms: tuple[str, ...]


@dataclass(frozen=True)
class QuestionView:
    """A question: its words, and the vectors of its tokens and of the whole, of length one, without the language.

    Attributes:
        asking: Rows of the tokens of "who", "何时" and the like.
    """

    text: str
    language: Language
    kind: AnswerType
    words: tuple[Word, ...]
    vectors: Vectors
    vector: Vectors
    asking: tuple[int, ...] = ()

    @cached_property
    def weights(self) -> NDArray[np.float64]:
        """The weight of each word, shape (words,)."""
        return np.array([word.weight for word in self.words], np.float64)

    @cached_property
    def focus(self) -> int:
        """The word nearest to the asking word: what is asked of the subject."""
        found = _WH.search(self.text)
        if not found:
            return len(self.words) - 1
        if self.language == "en":
            after = (at for at, word in enumerate(self.words) if word.start >= found.end() - 1)
            return next(after, len(self.words) - 1)
        far = [min(abs(word.start - found.end()), abs(found.start() - word.end)) for word in self.words]
        return far.index(min(far))


@dataclass(frozen=True)
class PassageView:
    """A passage: its sentences, tokens and vectors, of length one, without the language.

    Attributes:
        sentences: (start, end) of each, of those that have tokens.
        rows: For each sentence the rows of its tokens.
        spans: (start, end) of each token.
        vectors: Of the tokens, shape (tokens, dimension).
        sentence_vectors: Means of the sentences' tokens, shape (sentences, dimension).
        whole: Vectors of the parts that were encoded together.
    """

    text: str
    language: Language
    sentences: tuple[tuple[int, int], ...]
    rows: tuple[NDArray[np.int64], ...]
    spans: NDArray[np.int64]
    vectors: Vectors
    sentence_vectors: Vectors
    whole: Vectors

    @cached_property
    def terms(self) -> tuple[frozenset[str], ...]:
        """The search terms of each sentence."""
        return tuple(frozenset(terms(self.text[start:end])) for start, end in self.sentences)

    @cached_property
    def centres(self) -> NDArray[np.float64]:
        """The middle of each token, in characters."""
        middles: NDArray[np.float64] = self.spans.mean(axis=1)
        return middles


class Viewer:
    """Makes views with an encoder; knows where each language lies in its space.

    Args:
        embedder: Encodes questions and passages.
        known: "query en" and the like → the mean of the tokens' vectors and that of the texts', where it was measured;
            neutral sentences tell the others.
    """

    def __init__(self, embedder: ContextEmbedder, known: Mapping[str, tuple[Sequence[float], Sequence[float]]]) -> None:
        self._embedder = embedder
        self._known = known

    @cached_property
    def _centres(self) -> dict[tuple[Role, Language], tuple[Vectors, Vectors]]:
        """(role, language) → mean of the token vectors and mean of the texts' vectors, of neutral sentences."""
        centres: dict[tuple[Role, Language], tuple[Vectors, Vectors]] = {}
        neutral: tuple[tuple[Role, dict[Language, Sequence[str]]], ...] = (
            ("query", dict(QUESTIONS)),
            ("passage", dict(STATEMENTS)),
        )
        for role, texts in neutral:
            for language in LANGUAGES:
                measured = self._known.get(f"{role} {language}")
                centres[role, language] = (
                    (np.array(measured[0], np.float32), np.array(measured[1], np.float32))
                    if measured
                    else measure_centre(self._embedder.encode_in_context(texts[language], role))
                )
            both = [centres[role, language] for language in LANGUAGES]
            centres[role, "und"] = np.mean([a for a, _ in both], axis=0), np.mean([b for _, b in both], axis=0)
        return centres

    def view_question(self, text: str, language: Language) -> QuestionView:
        """A question in its own language."""
        (found,) = self._embedder.encode_in_context([text], "query")
        if not len(found.spans):  # nothing but what the encoder does not see: the whole text is its one token
            found = ContextVectors(
                np.array([[0, len(text)]]), found.mean[np.newaxis], np.ones(1, np.float32), found.mean
            )
        tokens, whole = self._centres["query", language]
        words = tuple(_words(text, language, found)) or (_all_of(text, found),)
        kind = read_type(text, language)
        vector = _unit(found.mean - STRENGTH * whole)
        asking = tuple(
            at for at, (start, end) in enumerate(found.spans.tolist())
            if any(start < one.end() and end > one.start() for one in _WH.finditer(text))
        )  # fmt: skip
        return QuestionView(text, language, kind, words, _unit(found.vectors - STRENGTH * tokens), vector, asking)

    def view_passages(self, texts: Sequence[tuple[str, Language]]) -> list[PassageView]:
        """Passages, each with its language; those without a single token are left out."""
        parts = [(at, start, end) for at, (text, _) in enumerate(texts) for start, end in _parts(text)]
        found = self._embedder.encode_in_context([texts[at][0][start:end] for at, start, end in parts], "passage")
        views = []
        for at, (text, language) in enumerate(texts):
            own = [(start, one) for (of, start, _), one in zip(parts, found, strict=True) if of == at]
            if any(len(one.spans) for _, one in own):
                views.append(self._join(text, language, own))
        return views

    def _join(self, text: str, language: Language, parts: Sequence[tuple[int, ContextVectors]]) -> PassageView:
        tokens, whole = self._centres["passage", language]
        spans = np.concatenate([one.spans + start for start, one in parts])
        raw = np.concatenate([one.vectors for _, one in parts])
        cut = [(start, end) for start, end in split_sentences(text)] or [(0, len(text))]
        rows = [np.flatnonzero((spans[:, 1] > start) & (spans[:, 0] < end)) for start, end in cut]
        kept = [at for at, one in enumerate(rows) if len(one)]
        means = _unit(np.stack([raw[rows[at]].mean(axis=0) for at in kept]))
        return PassageView(
            text,
            language,
            tuple(cut[at] for at in kept),
            tuple(rows[at] for at in kept),
            spans,
            _unit(raw - STRENGTH * tokens),
            _unit(means - STRENGTH * whole),
            _unit(np.stack([one.mean for _, one in parts]) - STRENGTH * whole),
        )


def is_asking(word: str) -> bool:
    """Whether a word asks or only joins others, and is nothing that could be asked for."""
    return word.lower() in _ASKING


def measure_centre(found: Sequence[ContextVectors]) -> tuple[Vectors, Vectors]:
    """The mean of the tokens' vectors and that of the texts', each of shape (dimension,)."""
    tokens = np.concatenate([one.vectors for one in found]).mean(axis=0)
    return tokens, np.mean([one.mean for one in found], axis=0)


def cut_parts(text: str) -> list[str]:
    """A passage in the parts that are encoded together."""
    return [text[start:end] for start, end in _parts(text)]


def _unit(vectors: Vectors) -> Vectors:
    lengths = np.maximum(np.linalg.norm(vectors, axis=-1, keepdims=True), 1e-9)
    unit: Vectors = (vectors / lengths).astype(np.float32)
    return unit


def _parts(text: str) -> list[tuple[int, int]]:
    """A passage cut at sentence ends into parts that the encoder takes whole."""
    wide = sum(character > "\u2e80" for character in text) > 0.3 * len(text)
    most = _MOST_WIDE if wide else _MOST_NARROW
    if len(text) <= 1.3 * most:
        return [(0, len(text))]
    parts: list[tuple[int, int]] = []
    begin = last = 0
    for _, end in split_sentences(text):
        if end - begin > most and last > begin:
            parts.append((begin, last))
            begin = last
        last = end
    return [*parts, (begin, len(text))]


def _words(text: str, language: Language, found: ContextVectors) -> list[Word]:
    tags = [] if language == "en" else tagged_words(text)
    titles = [one.span() for one in _TITLE.finditer(text)]
    words = []
    for start, end in _spans_of_words(text, tags):
        word = text[start:end]
        tokens = np.flatnonzero((found.spans[:, 0] < end) & (found.spans[:, 1] > start))
        if not len(tokens) or is_asking(word):
            continue
        rarity = float(np.maximum(found.rarity[tokens], 0).sum())
        if language == "en":
            proper = word[0].isdigit() or (word[0].isupper() and start > 0)
        else:
            named = any(a < end and b > start and tag.startswith(_NAME_TAGS) for a, b, tag in tags)
            proper = word.isascii() or named or any(a <= start < b for a, b in titles)
        weight = float(np.clip((rarity - 5) / 10, 0.1, 2))
        found_terms = tuple(terms(word)) or (word.lower(),)
        words.append(Word(start, end, word, tuple(tokens.tolist()), weight, proper, found_terms))
    return words


def _spans_of_words(text: str, tags: Sequence[tuple[int, int, str]]) -> list[tuple[int, int]]:
    """Latin words as written, others as tagged."""
    spans = []
    for run in _WORD.finditer(text):
        if run.group().isascii() or not tags:
            spans.append(run.span())
        else:
            spans += [(start, end) for start, end, _ in tags if run.start() <= start and end <= run.end()]
    return spans


def _all_of(text: str, found: ContextVectors) -> Word:
    """A question that has nothing but words of asking: it counts as one word."""
    return Word(0, len(text), text, tuple(range(max(1, len(found.spans)))), 0.5, False, tuple(terms(text)) or (text,))
