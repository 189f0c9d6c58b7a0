"""Signals on whether passages answer a question: numbers that agent.silence.model weighs.

Beside how near the words and the meaning come, they say whether a thing of the kind that is asked for stands in the
asked relation: close to what is asked of it, in a passage about the subject, without being denied or of another year.
All signals are read from the question and the passages alone, never from an index or other questions.
"""

import math
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from agent.silence.asked import find_spans
from agent.silence.mismatch import count_opposites, find_years, misses_extreme, negates
from agent.silence.views import PassageView, QuestionView

Signals = Mapping[str, float]
Numbers = NDArray[np.float64]

_LOW, _HIGH = 0.2, 0.7
"""Cosines of two tokens between which they go from unlike to the same."""
_SAME_WORD = 0.8
"""What a word counts at least where it stands itself."""
_REACH: Mapping[str, float] = {"en": 40.0}
_REACH_WIDE = 14.0
"""Characters over which nearness to a thing falls to a third."""
_MOST_SPANS = 25
_SLOT_EVERY = 4
_TOP = 5
_BOILERPLATE = re.compile(
    r"版权所有|版權所有|ICP备|https?:|copyright|\( ?edit ?\)|\( ?hide ?\)|责任编辑|learn how and when", re.I
)
_SEVERAL = re.compile(r"分别|以及|及|respectively|\band\b|和.*[谁哪什]|それぞれ")


@dataclass(frozen=True)
class _Row:
    """How one sentence fits the question; arrays have one entry for each word of the question.

    Attributes:
        cosine: Of the question and the sentence.
        aligned, window: The nearest token's cosine, in the sentence, and in it and the one before.
        exact, exact_window: Whether the word itself stands there.
        typed: Whether it has a thing of the kind asked for that the question does not name itself.
        beside: How close to such a thing the question's words stand.
        answer: The thing that they stand closest to.
    """

    passage: int
    sentence: int
    cosine: float
    aligned: Numbers
    window: Numbers
    exact: Numbers
    exact_window: Numbers
    typed: float
    beside: float
    answer: str

    @property
    def soft(self) -> Numbers:
        return np.maximum(grade(self.aligned), _SAME_WORD * self.exact)

    @property
    def soft_window(self) -> Numbers:
        return np.maximum(grade(self.window), _SAME_WORD * self.exact_window)


def read_signals(question: QuestionView, passages: Sequence[PassageView]) -> Signals:
    """The signals of a question and the passages that should answer it, at least one; of any number of them."""
    sims = [question.vectors @ passage.vectors.T for passage in passages]
    rows = [row for at, passage in enumerate(passages) for row in _rows(question, passage, at, sims[at])]
    best = max(rows, key=lambda row: float(question.weights @ row.soft))
    return {
        **_nearness(question, passages, rows, best),
        **_alignment(question, passages, rows),
        **_coverage(question, passages, rows),
        **_typed(question, passages, rows, best),
        **_relation(question, passages, sims, rows),
        **_mismatches(question, passages, best),
        **_form(question, passages, rows),
    }


def grade(cosines: Numbers | NDArray[np.float32]) -> Numbers:
    """Cosines of tokens → how far they mean the same, from 0 to 1."""
    graded: Numbers = np.clip((cosines - _LOW) / (_HIGH - _LOW), 0, 1)
    return graded


def _rows(question: QuestionView, passage: PassageView, at: int, sims: NDArray[np.float32]) -> list[_Row]:
    rows = []
    for number, tokens in enumerate(passage.rows):
        before = passage.rows[number - 1] if number else tokens[:0]
        window = np.concatenate([before, tokens])
        own, earlier = passage.terms[number], passage.terms[number - 1] if number else frozenset()
        typed, beside, answer = _beside(question, passage, number, sims)
        rows.append(
            _Row(
                at,
                number,
                float(question.vector @ passage.sentence_vectors[number]),
                _best_of(question, sims[:, tokens]),
                _best_of(question, sims[:, window]),
                np.array([float(any(term in own for term in word.terms)) for word in question.words]),
                np.array(
                    [float(any(term in own or term in earlier for term in word.terms)) for word in question.words]
                ),
                typed,
                beside,
                answer,
            )
        )
    return rows


def _best_of(question: QuestionView, sims: NDArray[np.float32]) -> Numbers:
    """Of each word the mean over its tokens of the nearest token's cosine."""
    nearest = sims.max(axis=1)
    return np.array([float(nearest[list(word.tokens)].mean()) for word in question.words])


def _answers_in(question: QuestionView, passage: PassageView, number: int) -> list[tuple[int, int]] | None:
    """Where a sentence has things of the kind asked for that the question does not name; None for any kind."""
    start, end = passage.sentences[number]
    sentence = passage.text[start:end]
    spans = find_spans(sentence, question.kind, passage.language)
    if spans is None:
        return None
    lowered = question.text.lower()
    return [(a, b) for a, b in spans if sentence[a:b].strip().lower() not in lowered][:_MOST_SPANS]


def _beside(
    question: QuestionView, passage: PassageView, number: int, sims: NDArray[np.float32]
) -> tuple[float, float, str]:
    """Whether there is a thing of the kind, how close the question's words stand to it, and what it is."""
    spans = _answers_in(question, passage, number)
    start, end = passage.sentences[number]
    tokens = passage.rows[number]
    graded = grade(sims[:, tokens])
    if spans is None:
        return 1.0, _SAME_WORD * float(question.weights @ _by_word(question, graded)) / question.weights.sum(), ""
    best, answer = 0.0, ""
    reach = 2.2 * reach_of(passage)
    middle = passage.centres[tokens] - start
    for a, b in spans:
        away = np.maximum(0, np.abs(middle - (a + b) / 2) - (b - a) / 2)
        outside = (middle < a) | (middle >= b)
        near = _by_word(question, graded * np.exp(-away / reach) * outside)
        value = float(question.weights @ near) / question.weights.sum()
        if value > best:
            best, answer = value, passage.text[start:end][a:b].strip().lower()
    return float(bool(spans)), best, answer


def reach_of(passage: PassageView) -> float:
    """Characters over which a word bears on another, in the passage's language."""
    return _REACH.get(passage.language, _REACH_WIDE)


def _by_word(question: QuestionView, values: Numbers) -> Numbers:
    nearest = values.max(axis=1)
    return np.array([float(nearest[list(word.tokens)].mean()) for word in question.words])


def _by_passage(values: Sequence[float], rows: Sequence[_Row]) -> list[float]:
    """The best value of each passage, the highest first."""
    best: dict[int, float] = {}
    for value, row in zip(values, rows, strict=True):
        best[row.passage] = max(value, best.get(row.passage, -1.0))
    return sorted(best.values(), reverse=True)


def _second(values: Sequence[float]) -> float:
    return values[min(1, len(values) - 1)]


def _nearness(
    question: QuestionView, passages: Sequence[PassageView], rows: Sequence[_Row], best: _Row
) -> dict[str, float]:
    """Cosines of whole sentences and passages."""
    cosines = np.array([row.cosine for row in rows])
    typed = [row.cosine for row in rows if row.typed]
    whole = [float((passage.whole @ question.vector).max()) for passage in passages]
    top = float(cosines.max())
    return {
        "cosine": top,
        "cosine_two": float(np.sort(cosines)[-2:].mean()),
        "cosine_peak": top - float(cosines.mean()),
        "cosine_standing": (top - float(cosines.mean())) / (float(cosines.std()) + 0.05),
        "cosine_typed": max(typed, default=0.0),
        "cosine_typed_gap": top - max(typed, default=0.0),
        "cosine_of_best": best.cosine,
        "passage_cosine": max(whole),
        "passage_cosine_mean": float(np.mean(whole)),
    }


def _alignment(question: QuestionView, passages: Sequence[PassageView], rows: Sequence[_Row]) -> dict[str, float]:
    """Late interaction: the question's words and their nearest tokens."""
    share = question.weights / question.weights.sum()
    common = 1 - np.minimum(question.weights, 1)
    means = np.array([float(share @ row.aligned) for row in rows])
    windows = np.array([float(share @ row.window) for row in rows])
    best, widest = rows[int(means.argmax())], rows[int(windows.argmax())]
    anywhere = np.max([row.aligned for row in rows], axis=0)
    by_passage = _by_passage(means.tolist(), rows)
    return {
        "aligned": float(means.max()),
        "aligned_least": float(best.aligned.min()),
        "aligned_least_rare": float((best.aligned + common).min()),
        "aligned_window": float(windows.max()),
        "aligned_window_least": float(widest.window.min()),
        "aligned_anywhere": float(share @ anywhere),
        "aligned_anywhere_least": float(anywhere.min()),
        "aligned_mean": float(means.mean()),
        "aligned_second_passage": _second(by_passage),
        "aligned_passages": float(np.mean(by_passage)),
    }


def _coverage(question: QuestionView, passages: Sequence[PassageView], rows: Sequence[_Row]) -> dict[str, float]:
    """The question's words that stand there themselves."""
    weights = question.weights
    share = weights / weights.sum()
    anywhere = np.max([row.exact for row in rows], axis=0)
    windows = [float(share @ row.exact_window) for row in rows]
    return {
        "covered": max(float(share @ row.exact) for row in rows),
        "covered_window": max(windows),
        "covered_anywhere": float(share @ anywhere),
        "covered_second_passage": _second(_by_passage(windows, rows)),
        "rarest_missing": float((weights * (1 - anywhere)).max()),
    }


def _typed(
    question: QuestionView, passages: Sequence[PassageView], rows: Sequence[_Row], best: _Row
) -> dict[str, float]:
    """The kind of thing asked for, and how the best sentence has the question's words."""
    weights = question.weights
    share = weights / weights.sum()
    soft = np.array([float(share @ row.soft) for row in rows])
    window = np.array([float(share @ row.soft_window) for row in rows])
    typed = np.array([row.typed for row in rows])
    kept = soft * typed
    by_passage = _by_passage(kept.tolist(), rows)
    words, ranked = best.soft_window, np.argsort(-weights, kind="stable")
    order = np.sort(soft)[::-1]
    lost, unsaid = weights * (1 - words), weights * (1 - best.exact)
    return {
        "soft": float(soft.max()),
        "soft_window": float(window.max()),
        "soft_typed": float(kept.max()),
        "soft_typed_window": float((window * typed).max()),
        "soft_typed_gap": float(soft.max() - kept.max()),
        "best_typed": best.typed,
        "typed_share": float(typed.mean()),
        "typed_any": float(typed.max()),
        "typed_passages": float(np.mean([one > 0.8 * by_passage[0] for one in by_passage])) if by_passage[0] else 0.0,
        "typed_mean": float(np.mean(by_passage)),
        "typed_second": _second(by_passage),
        "margin": float(order[0] - _second(order.tolist())),
        "peak": float(order[0] - soft.mean()),
        "rarest_word": float(words[ranked[0]]),
        "rarest_two": float(words[ranked[:2]].min()),
        "rarest_three": float(words[ranked[:3]].min()),
        "worst_word": float(words.min()),
        "first_word": float(words[0]),
        "last_word": float(words[-1]),
        "lost": float(lost.sum()),
        "lost_most": float(lost.max()),
        "unsaid": float(unsaid.sum()),
        "unsaid_most": float(unsaid.max()),
        "unsaid_words": float((1 - best.exact).sum()),
    }


def _relation(
    question: QuestionView,
    passages: Sequence[PassageView],
    sims: Sequence[NDArray[np.float32]],
    rows: Sequence[_Row],
) -> dict[str, float]:
    """How close what is asked stands to a thing that could answer, in a passage about the subject."""
    found = [one for passage, each in zip(passages, sims, strict=True) for one in _relate(question, passage, each)] or [
        _NO_CANDIDATE
    ]
    by_passage = sorted((max(_values(found, passage)) for passage in passages), reverse=True)
    texts = [passage.text.lower() for passage in passages]
    names: dict[str, float] = {}
    for one in found:
        names[one.text] = max(one.related, names.get(one.text, 0.0))
    top = sorted(names.items(), key=lambda item: (-item[1], item[0]))[:_TOP]
    others = max(1, len(passages) - 1)
    repeated = sum(value * (sum(name in text for text in texts) - 1) for name, value in top) / _TOP / others
    return {
        "near": max(one.near for one in found),
        "middling": max(one.middling for one in found),
        "focused": max(one.focused for one in found),
        "together": max(one.together for one in found),
        "related": max(one.related for one in found),
        "related_second": _second(by_passage),
        "related_mean": float(np.mean(by_passage)),
        "repeated": repeated if len(passages) > 1 else 0.0,
        "candidate_gap": top[0][1] - top[1][1] if len(top) > 1 else 0.0,
        **_agreement(rows, texts),
    }


def _values(found: "Sequence[_Candidate]", passage: PassageView) -> list[float]:
    return [one.related for one in found if one.passage is passage] or [0.0]


def _agreement(rows: Sequence[_Row], texts: Sequence[str]) -> dict[str, float]:
    """Whether several passages name the thing that stands closest to the question's words."""
    ranked = sorted((row.beside for row in rows), reverse=True)
    named: dict[str, float] = {}
    for row in rows:
        if row.answer:
            named[row.answer] = max(row.beside, named.get(row.answer, 0.0))
    top = sorted(named.items(), key=lambda item: (-item[1], item[0]))[: _TOP + 1]
    told = [(value, sum(name in text for text in texts)) for name, value in top]
    strong = [count for value, count in told if value > 0.75 * top[0][1]]
    return {
        "beside": ranked[0],
        "beside_second": _second(ranked) if len(ranked) > 1 else 0.0,
        "agreed": max((value * (count - 1) for value, count in told), default=0.0),
        "agreed_share": max(strong, default=0) / len(texts),
    }


@dataclass(frozen=True)
class _Candidate:
    """A thing that could answer, and how it stands to the question's words.

    Attributes:
        near, middling: Their closeness, over a short and a longer reach.
        focused: The closeness of the word that says what is asked, in a passage about the subject.
        together: The geometric mean of the words' closeness: low when one is missing.
        related: The names by the whole passage, the other words by their closeness.
    """

    passage: PassageView | None
    text: str
    near: float
    middling: float
    focused: float
    together: float
    related: float


_NO_CANDIDATE = _Candidate(None, "", 0.0, 0.0, 0.0, 0.0, 0.0)


def _relate(question: QuestionView, passage: PassageView, sims: NDArray[np.float32]) -> list[_Candidate]:
    weights = question.weights
    proper = np.array([word.proper for word in question.words])
    graded = np.stack([grade(sims[list(word.tokens)].max(axis=0)) for word in question.words])
    subject = closeness_to_names(question, passage, sims)
    reach = reach_of(passage)
    found = []
    for number, (start, _) in enumerate(passage.sentences):
        spans = _answers_in(question, passage, number)
        if spans is None:  # any few characters may answer
            middles = passage.centres[passage.rows[number][::_SLOT_EVERY]].astype(int) - start
            spans = [(max(0, int(middle) - 2), int(middle) + 3) for middle in middles][:_MOST_SPANS]
        for a, b in spans:
            away = np.maximum(0, np.abs(passage.centres - (start + (a + b) / 2)) - (b - a) / 2)
            outside = (passage.spans[:, 0] >= start + b) | (passage.spans[:, 1] <= start + a)
            short = (graded * np.exp(-away / reach) * outside).max(axis=1)
            longer = (graded * np.exp(-away / (3 * reach)) * outside).max(axis=1)
            own = float(weights[~proper] @ longer[~proper])
            related = (subject * float(weights[proper].sum()) + own) / float(weights.sum())
            found.append(
                _Candidate(
                    passage,
                    passage.text[start + a : start + b].strip().lower(),
                    float(weights @ short) / float(weights.sum()),
                    float(weights @ longer) / float(weights.sum()),
                    float(short[question.focus]) * (0.3 + 0.7 * subject),
                    math.exp(float(weights @ np.log(longer + 0.05)) / float(weights.sum())),
                    related,
                )
            )
    return found


def closeness_to_names(question: QuestionView, passage: PassageView, sims: NDArray[np.float32]) -> float:
    """How far a passage speaks of the names in the question; 1 where it has none."""
    proper = np.array([word.proper for word in question.words])
    if not proper.any():
        return 1.0
    text = passage.text.lower()
    told = np.array([0.9 * (word.text.lower() in text) for word in question.words])
    found = np.maximum(_by_word(question, grade(sims)), told)
    weights = question.weights
    return float(weights[proper] @ found[proper] / weights[proper].sum())


def _mismatches(question: QuestionView, passages: Sequence[PassageView], best: _Row) -> dict[str, float]:
    """Names, years, negations and ends of scales of the question that the best sentence has otherwise or not at all."""
    passage = passages[best.passage]
    start, end = passage.sentences[best.sentence]
    sentence = passage.text[start:end].lower()
    window = passage.text[passage.sentences[max(0, best.sentence - 1)][0] : end].lower()
    texts = [one.text.lower() for one in passages]
    names = [word.text.lower() for word in question.words if word.proper]
    years = find_years(question.text)
    elsewhere = bool(years) and not any(year in sentence for year in years) and bool(find_years(sentence))
    return {
        "names": float(len(names)),
        "names_anywhere": _share(names, " ".join(texts)),
        "names_in_sentence": _share(names, sentence),
        "names_in_window": _share(names, window),
        "names_in_passage": max(_share(names, text) for text in texts),
        "year_elsewhere": float(elsewhere),
        "year_missing": float(bool(years) and not any(year in text for year in years for text in texts)),
        "year_share": float(np.mean([any(year in text for year in years) for text in texts])) if years else 0.5,
        "opposites": float(min(2, count_opposites(question.text, sentence, question.language))),
        "negation_differs": float(negates(question.text) != negates(sentence)),
        "negated_question": float(negates(question.text)),
        "negated_sentence": float(negates(sentence) and not negates(question.text)),
        "extreme_missing": float(misses_extreme(question.text, sentence)),
    }


def _share(names: Sequence[str], text: str) -> float:
    return float(np.mean([name in text for name in names])) if names else 1.0


_KINDS = ("time", "person", "place", "number", "count", "reason", "manner", "definition", "other")


def _form(question: QuestionView, passages: Sequence[PassageView], rows: Sequence[_Row]) -> dict[str, float]:
    """What kind of question and what kind of text: tables, boilerplate and cut-off text rarely answer."""
    text = "".join(passage.text for passage in passages)
    lengths = [end - start for passage in passages for start, end in passage.sentences]
    words = text.split()
    cut_off = [("..." in passage.text or "…" in passage.text) for passage in passages]
    latin = question.language == "en"
    return {
        "passages": float(len(passages)),
        "sentences": math.log(len(rows)),
        "words": float(len(question.words)),
        "question_length": math.log(len(question.text)),
        "question_mark": float(question.text.strip().endswith(("?", "？"))),
        "several_asked": float(bool(_SEVERAL.search(question.text))),
        "few_words": float(len(question.words) <= 3),
        "passage_length": float(np.mean([math.log(len(passage.text)) for passage in passages])),
        "sentence_length": math.log(float(np.median(lengths))),
        "punctuation": float(np.mean([not (one.isalnum() or one.isspace()) for one in text])),
        "digits": float(np.mean([one.isdigit() for one in text])),
        "capitals": float(np.mean([word[:1].isupper() for word in words])) if latin and words else 0.2,
        "cut_off": float(np.mean(cut_off)),
        "boilerplate": float(np.mean([bool(_BOILERPLATE.search(passage.text)) for passage in passages])),
        **{f"asks_{kind}": float(question.kind == kind) for kind in _KINDS},
    }
