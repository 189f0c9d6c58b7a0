"""How likely it is that what is shown for a claim says all of it: from what is known of its words to one probability.

Two forests, fitted by ``cpo eval support --fit`` (evals/support.py) and kept in support.json: the first tells of each
word that no rule finds how likely something shown says it; the second, from these and from how the texts lie to each
other as wholes, how likely the claim is said. There is a pair of forests for the built-in encoder and one for words
alone, which does without.
"""

import json
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from importlib.resources import files

import numpy as np

from agent.judging.coverage.alignment import CLAUSE, SAME, TEXT, WEIGHT, Alignment, Array, align, cut_units
from agent.judging.coverage.exchange import find_exchange
from agent.judging.coverage.forest import Forest
from indexes.embeddings import TokenEncoder
from indexes.index import Embedder

WEIGHTS = "support.json"

UNCOVERED = 0.35
"""A word is said not to be covered below this chance."""

MEASURES = (
    "words", "mean", "least", "second", "third", "mass", "clause", "run", "half", "same", "in text", "clause in text",
    "whole", "late", "late run", "crossed", "japanese", "back", "length", "in clause", "least in text", "geometric",
    "clauses", "least late",
)  # fmt: skip
"""What is known of a claim as a whole, the columns of ``measure``: how many words it has; how likely they are covered,
the mean by weight, the three least, the weight that is missing, the worst clause, the worst run of words, the worse
half; the share found by a rule; means of the encoder's similarities, over the claim and of its worst clause; of the
texts and of their tokens; the languages; how much of the quote the claim takes up; their lengths."""

_RUN = 0.6
"""Words below this chance make a run worse, those above it end it."""
_WINDOW = 5
_LEAST = 0.01


@dataclass(frozen=True)
class Model:
    """Forests for words and for claims, and the chance from which a claim counts as said.

    Attributes:
        same, crossed: The chance needed where claim and shown are in one language, and in two.
    """

    words: Forest
    claims: Forest
    same: float
    crossed: float


EXCHANGED = 0.05
"""The score of a claim that is its quote but for one word."""


class Scorer:
    """``Support`` by words, and by an encoder where one is given.

    The score is scaled so that a claim counts as said from ACCEPTED on, in one language as across two.
    """

    def __init__(self, encoder: TokenEncoder | None = None) -> None:
        self._encoder = encoder
        self._models = load_models()
        self._score = lru_cache(maxsize=2048)(self._weigh)
        self._align = lru_cache(maxsize=64)(self._lay)

    def __call__(self, claim: str, shown: str) -> float:
        """How likely ``shown`` says all of ``claim``, from 0 to 1."""
        return self._score(claim, shown)

    def find_uncovered(self, claim: str, shown: str) -> tuple[str, ...]:
        """The words of a claim that nothing shown says, neighbours joined, in reading order."""
        if stands_in(claim, shown):
            return ()
        alignment = self._align(claim, shown)
        if not _crossed(alignment) and (exchange := find_exchange(claim, shown)):
            return (exchange[0],)
        return _join(alignment, (covered(alignment, self._model.words) < UNCOVERED).tolist())

    @property
    def _model(self) -> Model:
        return self._models["encoder" if self._encoder else "words"]

    def _lay(self, claim: str, shown: str) -> Alignment:
        return align(claim, shown, self._encoder)

    def _weigh(self, claim: str, shown: str) -> float:
        if stands_in(claim, shown) or not cut_units(claim):
            return 1.0
        if not cut_units(shown):
            return 0.0
        alignment = self._align(claim, shown)
        if not _crossed(alignment) and find_exchange(claim, shown):
            return EXCHANGED
        chance = self._model.claims.probability(measure(alignment, covered(alignment, self._model.words))[np.newaxis])
        return scale(float(chance[0]), self._model.crossed if _crossed(alignment) else self._model.same)


ACCEPTED = 0.5
"""The score from which a claim counts as said: fitted so that what is refused of true claims stays within bounds
(docs/log.md)."""


def open_support(embedder: Embedder | None = None) -> Scorer:
    """A scorer that works with the built-in encoder where that is the embedder, else by words alone."""
    return Scorer(embedder) if isinstance(embedder, TokenEncoder) else _by_words()


@cache
def _by_words() -> Scorer:
    return Scorer()


def score_support(claim: str, shown: str, encoder: TokenEncoder | None = None) -> float:
    """How likely ``shown`` (a quote with what stands above it, a line each) says all of ``claim``, from 0 to 1."""
    return Scorer(encoder)(claim, shown)


def find_uncovered(claim: str, shown: str, encoder: TokenEncoder | None = None) -> tuple[str, ...]:
    """The words of a claim that nothing shown says, neighbours joined, in reading order."""
    return Scorer(encoder).find_uncovered(claim, shown)


def stands_in(claim: str, shown: str) -> bool:
    """Whether a claim stands in what is shown, word for word, but for blanks, case and the last full stop."""
    words = re.sub(r"\s+", " ", claim).strip().rstrip(".。").casefold()
    text = re.sub(r"[^\S\n]+", " ", shown).casefold()
    return bool(re.search(rf"(?<![a-z0-9]){re.escape(words)}(?![a-z0-9])", text)) if words else False


@cache
def load_models() -> Mapping[str, Model]:
    """The fitted models: "words" without an encoder, "encoder" with the built-in one."""
    data = json.loads(files("agent.judging.coverage").joinpath(WEIGHTS).read_text(encoding="utf-8"))
    return {
        name: Model(Forest.read(each["words"]), Forest.read(each["claims"]), each["same"], each["crossed"])
        for name, each in data.items()
    }


def scale(chance: float, needed: float) -> float:
    """A chance stretched so that ``needed`` becomes ACCEPTED, 0 stays 0 and 1 stays 1."""
    if chance < needed:
        return ACCEPTED * chance / needed
    return ACCEPTED + (1 - ACCEPTED) * (chance - needed) / max(1 - needed, 1e-9)


def covered(alignment: Alignment, words: Forest) -> Array:
    """How likely each unit of a claim is said by what is shown, shape (units,); 1 for those that a rule finds."""
    chance = np.ones(len(alignment.units), np.float32)
    open_ = alignment.clues[:, SAME] == 0
    if open_.any():
        chance[open_] = words.probability(alignment.clues[open_])
        for at in np.flatnonzero(open_).tolist():
            if alignment.units[at].kind in ("company", "country"):
                chance[at] = min(chance[at], _LEAST)  # no other word says who
    return chance


def measure(alignment: Alignment, chance: Array) -> Array:
    """What is known of a claim as a whole, shape (len(MEASURES),).

    Args:
        chance: How likely each unit is covered.
    """
    clues, close = alignment.clues, alignment.closeness
    weight = np.clip(clues[:, WEIGHT], 0.5, 3.0)
    clause = np.array([unit.clause for unit in alignment.units])
    clauses = [clause == each for each in np.unique(clause)]
    least = [*np.sort(chance)[:3].tolist(), 1.0, 1.0]
    half = max(1, len(chance) // 2)
    late = close.late if close else np.zeros(1, np.float32)
    window = min(_WINDOW, len(late))
    quote = alignment.shown.split("\n", 1)[0]
    values = {
        "words": len(chance),
        "mean": np.average(chance, weights=weight),
        "least": least[0],
        "second": least[1],
        "third": least[2],
        "mass": (weight * (1 - chance)).sum(),
        "clause": min(np.average(chance[each], weights=weight[each]) for each in clauses),
        "run": _worst_run(weight * (_RUN - chance)),
        "half": min(chance[:half].mean(), chance[half:].mean() if len(chance) > 1 else 1.0),
        "same": clues[:, SAME].mean(),
        "in text": clues[:, TEXT].mean(),
        "clause in text": min(clues[each, TEXT].mean() for each in clauses),
        "whole": close.whole if close else 0.0,
        "late": late.mean(),
        "late run": np.convolve(late, np.ones(window) / window, "valid").min(),
        "crossed": _crossed(alignment),
        "japanese": alignment.languages[0] == "ja",
        "back": _taken_up(alignment, quote),
        "length": len(alignment.claim) / max(1, len(quote)),
        "in clause": clues[:, CLAUSE].mean(),
        "least in text": clues[:, TEXT].min(),
        "geometric": np.exp(np.log(np.maximum(chance, _LEAST)).mean()),
        "clauses": len(clauses),
        "least late": late.min(),
    }
    return np.array([values[name] for name in MEASURES], np.float32)


def _worst_run(burden: Array) -> float:
    """The greatest sum of neighbouring values; 0 where all are negative."""
    run = worst = 0.0
    for each in burden.tolist():
        run = max(0.0, run + each)
        worst = max(worst, run)
    return worst


def _taken_up(alignment: Alignment, quote: str) -> float:
    """How much of the quote the claim takes up: by similarity with an encoder, else by words."""
    inside = [at for at, unit in enumerate(alignment.shown_units) if unit.end <= len(quote)]
    if not inside:
        return 0.0
    if alignment.closeness:
        return float(alignment.closeness.units[1].max(axis=0)[inside].mean())
    keys = {key for unit in alignment.units for key in unit.keys}
    return sum(bool(alignment.shown_units[at].keys & keys) for at in inside) / len(inside)


def _crossed(alignment: Alignment) -> bool:
    return alignment.languages[0] != alignment.languages[1]


def _join(alignment: Alignment, missing: Sequence[bool]) -> tuple[str, ...]:
    """The missing units of a claim as it writes them; those with nothing but blanks between them together."""
    spans: list[tuple[int, int]] = []
    for unit, is_missing in zip(alignment.units, missing, strict=True):
        if not is_missing:
            continue
        if spans and not alignment.claim[spans[-1][1] : unit.start].strip():
            spans[-1] = (spans[-1][0], unit.end)
        else:
            spans.append((unit.start, unit.end))
    return tuple(dict.fromkeys(alignment.claim[start:end] for start, end in spans))
