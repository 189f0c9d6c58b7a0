"""Things in passages that could answer a question, and what tells how likely each one does.

Every number, name and word of content is a candidate, whatever its form; agent.silence.model has nets, fitted on
questions whose answers are known, that weigh how closely the question's words stand to it, what kind of thing it is,
and how near it and its sentence come in meaning.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import get_args

import numpy as np
from numpy.typing import NDArray

from agent.silence.asked import AnswerType, Span, find_spans
from agent.silence.signals import closeness_to_names, grade, reach_of
from agent.silence.views import PassageView, QuestionView, is_asking
from corpus.document import Language
from indexes.tokens import tagged_words

Numbers = NDArray[np.float64]

SORTS = 11
"""Number, Latin name, Latin word, person, place, other name, noun, verb, time, quality, and a thing without a word."""
KINDS: tuple[AnswerType, ...] = get_args(AnswerType)
_NUMBER, _NAME, _WORD, _PERSON, _PLACE, _OTHER, _NOUN, _VERB, _TIME, _QUALITY, _WORDLESS = range(SORTS)
_LATIN = re.compile(r"[A-Za-z]+(?:['’-][A-Za-z]+)*|\d[\d,.]*\d|\d")
_TAGS = (
    ("nr", _PERSON), ("ns", _PLACE), ("nt", _OTHER), ("nz", _OTHER), ("n", _NOUN), ("v", _VERB), ("t", _TIME),
    ("a", _QUALITY), ("i", _QUALITY),
)  # fmt: skip
_RARE_WORDS = 3
_LONGEST = 40
_REACHES = (1.0, 3.0, 8.0)
"""Over how far the question's words count, in reaches of the language."""

NUMBERS = (
    "near", "middling", "far", "together", "rarest", "focus", "itself", "words", "asking", "question",
    "subject", "soft", "cosine", "cosine_gap", "passage_cosine", "passage_soft", "length", "of_kind", "kind_has_form",
    "passages", "shared", "in_question", "place_in_passage", "not_english",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Candidates:
    """What could answer, in the order of the passages.

    Attributes:
        numbers: Of each what ``NUMBERS`` names, shape (candidates, numbers).
        sorts: What each is, an index below ``SORTS``.
        kind: The kind of thing asked for, an index of ``KINDS``.
        passages: The passage that each stands in.
        spans: (start, end) of each in its passage.
        texts: A number for each wording, the same for the same words; ``wordings`` of them.
    """

    numbers: Numbers
    sorts: NDArray[np.int64]
    kind: int
    passages: NDArray[np.int64]
    spans: NDArray[np.int64]
    texts: NDArray[np.int64]

    def __len__(self) -> int:
        return len(self.sorts)


@dataclass(frozen=True, slots=True)
class _Unit:
    """A candidate in its sentence."""

    start: int
    end: int
    sort: int
    of_kind: bool = False


def find_candidates(question: QuestionView, passages: Sequence[PassageView]) -> Candidates:
    """Everything in the passages that could answer the question; none where they have no words of content."""
    texts = [passage.text.lower() for passage in passages]
    told: list[tuple[int, str, int, int, int]] = []
    rows: list[Numbers] = []
    for at, passage in enumerate(passages):
        scene = _Scene(question, passage)
        for number, (start, end) in enumerate(passage.sentences):
            sentence = passage.text[start:end]
            spans = find_spans(sentence, question.kind, passage.language)
            units = _units(sentence, passage.language, spans or ())
            if not units:
                continue
            words = [sentence[unit.start : unit.end].strip().lower() for unit in units]
            shared = [float(np.mean([word in text for text in texts])) for word in words]
            named = [float(word in question.text.lower()) for word in words]
            rows.append(
                np.column_stack(
                    [
                        scene.numbers_of(number, units),
                        [float(unit.of_kind) for unit in units],
                        np.full(len(units), float(spans is not None)),
                        np.full(len(units), float(len(passages))),
                        shared,
                        named,
                        np.full(len(units), number / len(passage.sentences)),
                        np.full(len(units), float(passage.language != "en")),
                    ]
                )
            )
            told += [
                (at, word, start + unit.start, start + unit.end, unit.sort)
                for unit, word in zip(units, words, strict=True)
            ]
    wordings = {word: place for place, word in enumerate(dict.fromkeys(word for _, word, *_ in told))}
    return Candidates(
        np.concatenate(rows) if rows else np.zeros((0, len(NUMBERS))),
        np.array([one[4] for one in told], np.int64),
        KINDS.index(question.kind),
        np.array([one[0] for one in told], np.int64),
        np.array([one[2:4] for one in told], np.int64).reshape(-1, 2),
        np.array([wordings[one[1]] for one in told], np.int64),
    )


class _Scene:
    """A passage beside a question: what of it bears on every candidate in it."""

    def __init__(self, question: QuestionView, passage: PassageView) -> None:
        self._question, self._passage = question, passage
        self._sims = question.vectors @ passage.vectors.T
        self._share = question.weights / question.weights.sum()
        tokens = np.zeros(len(question.vectors))
        mean = np.zeros((len(question.words), len(question.vectors)))
        for at, word in enumerate(question.words):
            tokens[list(word.tokens)] += self._share[at] / len(word.tokens)
            mean[at, list(word.tokens)] = 1 / len(word.tokens)
        self._graded = mean @ grade(self._sims)
        asking = question.vectors[list(question.asking)].mean(axis=0) if question.asking else question.vector
        asking = asking / max(1e-6, float(np.linalg.norm(asking)))
        self._of_tokens = (
            self._sims.max(axis=0),
            tokens @ self._sims,
            passage.vectors @ asking,
            passage.vectors @ question.vector,
        )
        self._rarest = np.argsort(-question.weights)[:_RARE_WORDS]
        self._subject = closeness_to_names(question, passage, self._sims)
        self._soft = np.array([float(self._share @ self._graded[:, rows].max(axis=1)) for rows in passage.rows])
        self._cosines = passage.sentence_vectors @ question.vector
        self._whole = float((passage.whole @ question.vector).max())

    def numbers_of(self, number: int, units: Sequence[_Unit]) -> Numbers:
        """Of each candidate of a sentence the first of ``NUMBERS``, up to its length."""
        passage, reach = self._passage, reach_of(self._passage)
        start, end = passage.sentences[number]
        wide = _REACHES[-1] * reach
        near = np.flatnonzero((passage.spans[:, 1] > start - wide) & (passage.spans[:, 0] < end + wide))
        bounds = np.array([(start + unit.start, start + unit.end) for unit in units], np.float64)
        half = (bounds[:, 1] - bounds[:, 0]) / 2
        away = np.maximum(0, np.abs(passage.centres[near] - bounds.mean(axis=1)[:, None]) - half[:, None])
        inside = (passage.spans[near, 0] < bounds[:, 1:]) & (passage.spans[near, 1] > bounds[:, :1])
        graded = self._graded[:, near]
        close = [(graded[:, None, :] * (np.exp(-away / (one * reach)) * ~inside)).max(axis=2) for one in _REACHES]
        most, weighed, asking, meaning = (one[near] for one in self._of_tokens)
        held = np.maximum(inside.sum(axis=1), 1)
        some = inside.any(axis=1)
        every = np.ones(len(units))
        return np.column_stack(
            [
                *(self._share @ one for one in close),
                self._share @ np.log(close[2] + 0.05),
                close[2][self._rarest].min(axis=0),
                close[0][self._question.focus],
                *(np.where(some, np.where(inside, one, -1.0).max(axis=1), 0.0) for one in (most, weighed, asking)),
                (inside * meaning).sum(axis=1) / held,
                every * self._subject,
                every * self._soft[number],
                every * self._cosines[number],
                every * (self._cosines.max() - self._cosines[number]),
                every * self._whole,
                every * self._soft.max(),
                np.minimum(2 * half, _LONGEST),
            ]
        )


def _units(sentence: str, language: Language, spans: Sequence[Span]) -> list[_Unit]:
    """The candidates of a sentence: things of the kind asked for, and words that are in none of them."""
    words = list(_latin_words(sentence) if language == "en" else _tagged(sentence))
    units = [one for one in words if not any(one.start < end and one.end > start for start, end in spans)]
    for start, end in spans:
        if sentence[start:end].strip():
            inside = (one.sort for one in words if one.start < end and one.end > start)
            units.append(_Unit(start, end, next(inside, _WORDLESS), True))
    return units


def _latin_words(sentence: str) -> Iterator[_Unit]:
    """Numbers, words, and runs of capitalised words as one."""
    name: _Unit | None = None
    for found in _LATIN.finditer(sentence):
        word, (start, end) = found.group(), found.span()
        capital = word[0].isupper() and not is_asking(word) and len(word) > 2
        if name and capital and sentence[name.end : start] == " ":
            name = _Unit(name.start, end, _NAME)
            continue
        if name:
            yield name
        name = _Unit(start, end, _NAME) if capital else None
        if word[0].isdigit():
            yield _Unit(start, end, _NUMBER)
        elif not capital and len(word) > 2 and not is_asking(word):
            yield _Unit(start, end, _WORD)
    if name:
        yield name


def _tagged(sentence: str) -> Iterator[_Unit]:
    for start, end, tag in tagged_words(sentence):
        word = sentence[start:end]
        if not word.strip() or is_asking(word):
            continue
        if word[0].isdigit() or tag == "m":
            yield _Unit(start, end, _NUMBER)
        elif word.isascii() and word[0].isalpha():
            yield _Unit(start, end, _NAME)
        elif end - start > 1:
            sort = next((sort for begins, sort in _TAGS if tag.startswith(begins)), None)
            if sort is not None:
                yield _Unit(start, end, sort)
