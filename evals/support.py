"""Measure, and fit, how well a claim is told to be said by what is shown for it.

Pairs of evals.pairs are made from the gold claims and the shipped documents, and from the passages.jsonl of folders
that the user names. They are split by document into five folds: each pair is scored by forests fitted on the other
four, so no document is ever measured by what was fitted on it. A claim that is refused although it is said is a false
alarm, one that is not said and passes is a slip.
"""

import json
import math
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass
from functools import cache
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from agent.answer import Citation
from agent.judging import judge
from agent.judging.coverage import support
from agent.judging.coverage.alignment import CLUES, SAME, Alignment, align, cut_units
from agent.judging.coverage.exchange import find_exchange
from agent.judging.coverage.forest import Forest
from agent.judging.coverage.support import covered, measure, stands_in
from agent.settings import Settings
from corpus.errors import AnalystError
from corpus.ingestion import ingest
from evals.claims import gold_files, read_claims
from evals.pairs import Pair, Source, gold_sources, make_pairs, plain_sources, sample
from evals.sets import read_passages
from indexes.embeddings import TokenEncoder, open_embedder

Array = NDArray[np.float32]
Aligner = Callable[[Pair], Alignment]

PLAIN = 200
"""Sentences taken from the shipped documents; from each folder a fifth of these."""
SAYING = frozenset({"paraphrase", "translation"})
REFUSED_SAME, REFUSED_CROSSED = 0.007, 0.035
"""The share of gold claims that may be refused, in one language and across two."""
WORD_COLUMNS = frozenset(
    [
        "same",
        "dictionary",
        "part",
        "neighbours",
        "weight",
        "latin",
        "crossed",
        "named",
        "in place",
        "words",
        "verbatim",
        "measured",
    ]
)
"""What is known without an encoder."""


@dataclass(frozen=True, slots=True)
class Row:
    """Pairs of one kind in one direction: how many were refused, with a 95 % interval of the share (Wilson).

    Attributes:
        ruled: Those that rules refuse before any score is asked for.
        wrong: Slips of false pairs, false alarms of true ones; of those that the rules let pass.
    """

    model: str
    direction: str
    kind: str
    true: bool
    count: int
    ruled: int
    wrong: int

    @property
    def interval(self) -> tuple[float, float]:
        """The 95 % interval of the share that is wrong."""
        return wilson(self.wrong, self.count - self.ruled * self.true)


@dataclass(frozen=True)
class Outcome:
    """A pair with the score it got.

    Attributes:
        ruled: Whether rules refuse the claim, so that the score is never asked for.
        refused: Whether the score is below what its direction needs.
    """

    pair: Pair
    score: float
    ruled: bool
    refused: bool


def run(
    folders: Sequence[Path], *, embedder: str, refit: bool = False, wrong: Path | None = None, machine: bool = False
) -> str:
    """Measure both models on held-out documents, and with ``refit`` keep forests fitted on all of them.

    Args:
        embedder: Encoder of the one model; the other does without.
        wrong: A file to write every slip and false alarm to.
        machine: Give JSON.

    Raises:
        AnalystError: A file cannot be read, a line is wrong, or the encoder is not there.
    """
    pairs = gather(folders)
    encoder = open_embedder(embedder)
    models: dict[str, Any] = {}
    outcomes: dict[str, list[Outcome]] = {}
    for name, each in (("words", None), ("encoder", encoder if isinstance(encoder, TokenEncoder) else None)):
        if name == "words" or each is not None:
            outcomes[name], models[name] = fit_and_score(pairs, by_encoder(each), encoder=each is not None)
    if refit:
        keep_models(models)
    if wrong is not None:
        write_wrong(outcomes, wrong)
    rows = [row for name, each in outcomes.items() for row in tabulate(name, each)]
    return as_json(rows) if machine else render(rows)


def keep_models(models: Mapping[str, Any]) -> None:
    """Write the fitted forests where agent.judging.coverage.support reads them.

    Raises:
        AnalystError: The file cannot be written.
    """
    path = Path(support.__file__).with_name(support.WEIGHTS)
    known = json.loads(path.read_text(encoding="utf-8")) if path.is_file() else {}
    try:
        path.write_text(json.dumps({**known, **models}, separators=(",", ":")) + "\n", encoding="utf-8")
    except OSError as error:
        raise AnalystError(f"the forests cannot be written ({error})", where=str(path)) from error


# --- Gathering --------------------------------------------------------------------------------------------------------


def gather(folders: Sequence[Path], plain: int = PLAIN) -> list[Pair]:
    """The pairs of the gold claims, the shipped documents and the folders.

    Raises:
        AnalystError: A file cannot be read or a line is wrong.
    """
    corpus = ingest(Settings().documents)
    sources: list[Source] = []
    for path in gold_files():
        sources += gold_sources(read_claims(path, corpus), corpus)
    sources += sample(list(plain_sources(corpus.passages, corpus)), plain)
    for folder in folders:
        sources += sample(list(plain_sources(read_passages(folder))), plain // 5)
    return [pair for pair in make_pairs(sources) if cut_units(pair.claim) and cut_units(pair.shown)]


def by_encoder(encoder: TokenEncoder | None) -> Aligner:
    """Lays the claim of a pair beside what is shown for it."""
    return lambda pair: align(pair.claim, pair.shown, encoder)


# --- Fitting ----------------------------------------------------------------------------------------------------------


def fit_and_score(pairs: Sequence[Pair], aligner: Aligner, *, encoder: bool) -> tuple[list[Outcome], dict[str, Any]]:
    """Scores of all pairs, each by forests fitted on other documents; and forests fitted on all, as plain data."""
    alignments = [aligner(pair) for pair in pairs]
    fold = np.array([pair.fold for pair in pairs])
    words: dict[int, Forest] = {}
    for each in sorted(set(fold.tolist())):
        kept = np.flatnonzero(fold != each)
        words[each] = Forest.read(_fit_words(pairs, alignments, kept, encoder=encoder))
    rows = np.stack([measure(one, covered(one, words[pair.fold])) for one, pair in zip(alignments, pairs, strict=True)])
    chances = np.ones(len(pairs), np.float32)
    for each in words:
        forest = Forest.read(_fit_claims(pairs, rows, np.flatnonzero(fold != each)))
        chances[fold == each] = forest.probability(rows[fold == each])
    needed = {"same": _needed(pairs, chances, REFUSED_SAME, crossed=False)}
    needed["crossed"] = _needed(pairs, chances, REFUSED_CROSSED, crossed=True)
    everything = np.arange(len(pairs))
    model = {
        **needed,
        "words": _fit_words(pairs, alignments, everything, encoder=encoder),
        "claims": _fit_claims(pairs, rows, everything),
    }
    outcomes = []
    for pair, chance in zip(pairs, chances.tolist(), strict=True):
        score = 1.0 if stands_in(pair.claim, pair.shown) else chance
        if score < 1.0 and not _crossed(pair) and find_exchange(pair.claim, pair.shown):
            score = 0.0
        refused = score < needed["crossed" if _crossed(pair) else "same"]
        outcomes.append(Outcome(pair, score, is_ruled_out(pair), refused))
    return outcomes, model


@cache
def is_ruled_out(pair: Pair) -> bool:
    """Whether the rules refuse a claim before any score is asked for."""
    quote, *lead = pair.shown.split("\n")
    language = pair.languages[1]
    shown = Citation("", "", "", "", "", "", "", language, 1, "", tuple(lead), "", 0, len(quote), quote)
    return judge(pair.claim, [shown], support=_Indifferent()).standing != "supported"


class _Indifferent:
    """A support score that finds all said, so that the rules alone decide."""

    def __call__(self, claim: str, shown: str) -> float:
        return 1.0

    def find_uncovered(self, claim: str, shown: str) -> tuple[str, ...]:
        return ()


def _fit_words(pairs: Sequence[Pair], alignments: Sequence[Alignment], kept: Iterable[int], *, encoder: bool) -> Any:
    """Words that no rule finds: covered in true pairs, not where they were planted in false ones."""
    kept = list(kept)
    rows = np.concatenate([alignments[at].clues for at in kept])
    labels = np.concatenate([_labels(pairs[at], alignments[at]) for at in kept])
    chosen = (labels >= 0) & (rows[:, SAME] == 0)
    columns = [at for at, name in enumerate(CLUES) if encoder or name in WORD_COLUMNS]
    return _boost(rows[chosen], labels[chosen], np.ones(chosen.sum()), columns, trees=60, depth=4, leaf=30)


def _labels(pair: Pair, alignment: Alignment) -> NDArray[np.int32]:
    """1 for a word that is said, 0 for one that is not, -1 where the pair does not tell."""
    labels = np.ones(len(alignment.units), np.int32)
    for at, unit in enumerate(alignment.units):
        planted = any(start < unit.end and unit.start < end for start, end in pair.planted)
        if not pair.true and planted:
            labels[at] = 0
        elif not pair.true and pair.kind in ("neighbour", "topic"):
            labels[at] = -1
    return labels


def _fit_claims(pairs: Sequence[Pair], rows: Array, kept: NDArray[np.int_]) -> Any:
    labels = np.array([pair.true for pair in pairs], np.int32)
    crossed = np.array([_crossed(pair) for pair in pairs])
    weights = np.ones(len(pairs))
    for direction in (False, True):  # true pairs of either direction weigh as much as false ones together
        for true in (0, 1):
            group = (crossed == direction) & (labels == true)
            weights[group] = (3.0 if true else 1.0) * len(pairs) / max(1, group.sum())
    weights /= weights.mean()
    return _boost(rows[kept], labels[kept], weights[kept], list(range(rows.shape[1])), trees=80, depth=3, leaf=15)


def _boost(
    rows: Array,
    labels: NDArray[np.int32],
    weights: NDArray[np.float64],
    columns: Sequence[int],
    *,
    trees: int,
    depth: int,
    leaf: int,
) -> Any:
    """Fit gradient-boosted trees on some columns; as ``Forest.read`` takes them, columns numbered as in ``rows``."""
    from sklearn.ensemble import GradientBoostingClassifier

    model = GradientBoostingClassifier(
        n_estimators=trees, max_depth=depth, learning_rate=0.12, subsample=0.6, min_samples_leaf=leaf,
        max_features=0.5, random_state=0,
    )  # fmt: skip
    model.fit(rows[:, columns], labels, sample_weight=weights)
    share = float(np.average(labels, weights=weights))
    exported = [_export(each.tree_, columns, model.learning_rate) for each in model.estimators_[:, 0]]
    return {"start": round(math.log(share / (1 - share)), 5), "trees": exported}


def _export(tree: Any, columns: Sequence[int], rate: float) -> list[list[float]]:
    nodes: list[list[float]] = []
    for at in range(tree.node_count):
        if tree.children_left[at] < 0:
            nodes.append([-1, 0, 0, 0, round(float(tree.value[at, 0, 0]) * rate, 5)])
        else:
            left, right = int(tree.children_left[at]), int(tree.children_right[at])
            nodes.append([columns[tree.feature[at]], round(float(tree.threshold[at]), 5), left, right, 0])
    return nodes


def _needed(pairs: Sequence[Pair], chances: Array, share: float, *, crossed: bool) -> float:
    """The chance below which just that share of the gold claims of one direction is refused."""
    chosen = [
        float(chance)
        for pair, chance in zip(pairs, chances, strict=True)
        if pair.kind in SAYING and _crossed(pair) == crossed
    ]
    return round(float(np.quantile(chosen, share)), 5) if chosen else support.ACCEPTED


def _crossed(pair: Pair) -> bool:
    return pair.languages[0] != pair.languages[1]


# --- Reporting --------------------------------------------------------------------------------------------------------


def tabulate(model: str, outcomes: Sequence[Outcome]) -> list[Row]:
    """A row for each direction and kind of pair, true ones first."""
    groups: dict[tuple[str, bool, str], list[Outcome]] = {}
    for one in outcomes:
        groups.setdefault(("across" if _crossed(one.pair) else "same", not one.pair.true, one.pair.kind), []).append(
            one
        )
    return [
        Row(model, direction, kind, not false, len(group), *_count(group, false))
        for (direction, false, kind), group in sorted(groups.items(), key=lambda each: (each[0][0] != "same", each[0]))
    ]


def _count(group: Sequence[Outcome], false: bool) -> tuple[int, int]:
    """How many the rules refuse, and how many of the others the score gets wrong."""
    passed = [one for one in group if not one.ruled]
    return len(group) - len(passed), sum(one.refused != false for one in passed)


def wilson(count: int, total: int) -> tuple[float, float]:
    """The 95 % interval of a share (Wilson 1927)."""
    if not total:
        return 0.0, 1.0
    z, share = 1.96, count / total
    middle = share + z * z / (2 * total)
    spread = z * math.sqrt(share * (1 - share) / total + z * z / (4 * total * total))
    scale = 1 + z * z / total
    return max(0.0, (middle - spread) / scale), min(1.0, (middle + spread) / scale)


def render(rows: Sequence[Row]) -> str:
    """A table for the terminal."""
    lines = [
        f"{'model':<9}{'language':<9}{'kind':<15}{'claim is':<10}{'n':>6}{'ruled':>7}{'wrong':>7}  share, 95 % interval"
    ]
    for row in rows:
        low, high = row.interval
        share = f"{row.wrong / max(1, row.count - row.ruled * row.true):7.2%} [{low:.2%}, {high:.2%}]"
        truth = "said" if row.true else "not said"
        start = f"{row.model:<9}{row.direction:<9}{row.kind:<15}{truth:<10}"
        lines.append(f"{start}{row.count:>6}{row.ruled:>7}{row.wrong:>7}  {share}")
    return "\n".join(lines)


def as_json(rows: Sequence[Row]) -> str:
    """The same as JSON."""
    return json.dumps([{**asdict(row), "interval": row.interval} for row in rows], indent=1)


def write_wrong(outcomes: Mapping[str, Sequence[Outcome]], path: Path) -> None:
    """Every slip and false alarm, one JSON object a line."""
    lines = [
        json.dumps(
            {
                "model": model,
                "kind": one.pair.kind,
                "said": one.pair.true,
                "score": round(one.score, 4),
                "claim": one.pair.claim,
                "shown": one.pair.shown,
                "planted": [one.pair.claim[start:end] for start, end in one.pair.planted],
            },
            ensure_ascii=False,
        )
        for model, each in outcomes.items()
        for one in each
        if one.refused == one.pair.true and not one.ruled
    ]
    path.write_text("".join(f"{line}\n" for line in lines), encoding="utf-8")
