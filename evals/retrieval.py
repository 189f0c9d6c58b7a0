"""Measure retrieval within and across languages on a set of questions with gold passages.

The set is a folder with two files, one JSON object a line:

    passages.jsonl     {"id": …, "lang": "en", "text": …}
    questions.jsonl    {"id": …, "lang": "zh", "text": …, "gold_passage_ids": […], "parallel": true}

Four systems rank the same passages with the same vectors and terms: plain cosine, BM25, the reciprocal rank fusion of
the two, and ours. They are measured for every pair of question language and passage language that the set has:

    target   only the passages of the wanted language are there
    mixed    all passages are there, less the gold passages in other languages: the answer stands in one language only
    both     all passages are there, and a parallel question is answered when the first ten hold gold of each language
"""

import json
import sys
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

import numpy as np

from corpus.document import Corpus, Document, Language, Passage
from corpus.errors import AnalystError
from corpus.text import normalise
from evals.sets import language_of, read_lines, read_passages
from indexes.bm25 import WordIndex
from indexes.embeddings import open_embedder
from indexes.hybrid import HybridIndex
from indexes.index import Embedder, Scores, Vectors
from indexes.tokens import shipped_tokeniser

DEPTH = 100
"""How far down a ranking a gold passage still counts for the reciprocal rank."""
RRF_CONSTANT = 60
"""Cormack, Clarke and Büttcher, SIGIR 2009."""
RESAMPLES = 1000
SEED = 20261121
SYSTEMS = ("cosine", "bm25", "fusion", "ours")
METRICS = ("hit@1", "hit@5", "hit@10", "mrr", "ndcg@10")

Ranker = Callable[["GoldQuestion", Collection[Language] | None], list[str]]
"""Question, languages of the passages it may find → passage ids, best first."""


@dataclass(frozen=True, slots=True)
class GoldQuestion:
    """A question and the ids of the passages that answer it; ``parallel`` when each language has one."""

    id: str
    language: Language
    text: str
    gold: frozenset[str]
    parallel: bool


@dataclass(frozen=True, slots=True)
class Interval:
    """A mean over questions with its 95 % bootstrap interval."""

    mean: float
    low: float
    high: float
    count: int

    def __str__(self) -> str:
        return f"{self.mean:.3f} [{self.low:.3f}, {self.high:.3f}]"


@dataclass(frozen=True, slots=True)
class Row:
    """One system on one pair of languages in one setting; ``both`` rows have the metric both@10 alone."""

    setting: str
    direction: str
    system: str
    metrics: Mapping[str, Interval]


# --- Reading ----------------------------------------------------------------------------------------------------------


def read_set(folder: Path, limit: int | None = None) -> tuple[tuple[Passage, ...], tuple[GoldQuestion, ...]]:
    """The passages of a set, and its first ``limit`` questions that have a gold passage.

    Raises:
        AnalystError: A file is missing or a line is wrong; the error names the file and the line.
    """
    passages = read_passages(folder)
    known = {passage.id for passage in passages}
    asked = read_lines(folder / "questions.jsonl", lambda row: _question(row, known))
    questions = tuple(question for question in asked if question.gold)[:limit]
    if not passages or not questions:
        raise AnalystError("the set has no passages or no questions with a gold passage", where=str(folder))
    return passages, questions


def _question(row: dict[str, Any], known: Collection[str]) -> GoldQuestion:
    name, text, gold = row["id"], row["text"], row["gold_passage_ids"]
    if not isinstance(name, str) or not isinstance(text, str) or not isinstance(gold, list) or not text.strip():
        raise TypeError("id and text must be strings, gold_passage_ids a list")
    unknown = [each for each in gold if each not in known]
    if unknown:
        raise ValueError(f"gold passage {unknown[0]!r} is not in passages.jsonl")
    return GoldQuestion(name, language_of(row), normalise(text), frozenset(gold), row.get("parallel") is True)


# --- The four systems -------------------------------------------------------------------------------------------------


class RememberingEmbedder:
    """Encodes each text once, so that all systems share the vectors; kept in memory only."""

    def __init__(self, embedder: Embedder) -> None:
        self._embedder = embedder
        self._known: dict[tuple[str, str], Vectors] = {}
        self.name, self.dimension, self.fingerprint = embedder.name, embedder.dimension, embedder.fingerprint

    def encode_queries(self, texts: Sequence[str]) -> Vectors:
        """Unit vectors, shape (len(texts), dimension)."""
        return self._encode("query", texts, self._embedder.encode_queries)

    def encode_passages(self, texts: Sequence[str]) -> Vectors:
        """Unit vectors, shape (len(texts), dimension)."""
        return self._encode("passage", texts, self._embedder.encode_passages)

    def _encode(self, role: str, texts: Sequence[str], encode: Callable[[Sequence[str]], Vectors]) -> Vectors:
        new = [text for text in dict.fromkeys(texts) if (role, text) not in self._known]
        for text, vector in zip(new, encode(new), strict=True):
            self._known[role, text] = vector
        return np.stack([self._known[role, text] for text in texts])


def build_systems(
    passages: Sequence[Passage], embedder: Embedder, progress: Callable[[int, int], None] | None = None
) -> Mapping[str, Ranker]:
    """A ranker for each name in SYSTEMS, over the same passages."""
    shared = RememberingEmbedder(embedder)
    index = HybridIndex.build(_corpus(passages), shared, progress=progress)
    vectors = shared.encode_passages([passage.searchable for passage in passages])
    tokeniser = shipped_tokeniser()
    words = WordIndex.build([tokeniser.terms(passage.searchable, passage.language) for passage in passages])
    languages = np.array([passage.language for passage in passages])
    names = np.array([passage.id for passage in passages])

    def ranked(scores: Scores, allowed: Collection[Language] | None) -> list[str]:
        kept = np.flatnonzero(np.isin(languages, list(allowed)) if allowed else languages)
        best: list[str] = names[kept[np.lexsort((names[kept], -scores[kept]))]][:DEPTH].tolist()
        return best

    def cosine(question: GoldQuestion, allowed: Collection[Language] | None) -> list[str]:
        return ranked(vectors @ shared.encode_queries([question.text])[0], allowed)

    def bm25(question: GoldQuestion, allowed: Collection[Language] | None) -> list[str]:
        terms = dict.fromkeys(tokeniser.terms(question.text, question.language), 1.0)
        return ranked(words.scores(terms), allowed)

    def fusion(question: GoldQuestion, allowed: Collection[Language] | None) -> list[str]:
        return fuse(cosine(question, allowed), bm25(question, allowed))

    def ours(question: GoldQuestion, allowed: Collection[Language] | None) -> list[str]:
        return [hit.passage.id for hit in index.search(question.text, limit=DEPTH, languages=allowed)]

    return {"cosine": cosine, "bm25": bm25, "fusion": fusion, "ours": ours}


def fuse(*rankings: Sequence[str]) -> list[str]:
    """Reciprocal rank fusion: each ranking gives an id 1 / (60 + rank); ties by id."""
    scores: dict[str, float] = {}
    for ranking in rankings:
        for rank, name in enumerate(ranking, start=1):
            scores[name] = scores.get(name, 0.0) + 1 / (RRF_CONSTANT + rank)
    return sorted(scores, key=lambda name: (-scores[name], name))


def _corpus(passages: Sequence[Passage]) -> Corpus:
    """One document for each language, without pages: the index only needs to know whose the passages are."""
    languages: list[Language] = sorted({passage.language for passage in passages})
    documents = tuple(Document(f"set-{each}", "", "", "", each, "", "", "", ()) for each in languages)
    return Corpus(documents, tuple(passages))


# --- Measuring --------------------------------------------------------------------------------------------------------


def measure(
    passages: Sequence[Passage], questions: Sequence[GoldQuestion], systems: Mapping[str, Ranker]
) -> tuple[Row, ...]:
    """Every system on every pair of languages, in the settings that the module describes."""
    spoken = {passage.id: passage.language for passage in passages}
    scores: dict[tuple[str, str, str], list[dict[str, float]]] = {}
    for system, rank in systems.items():
        for question in questions:
            mixed = rank(question, None)
            for target in sorted({spoken[name] for name in question.gold}):
                gold = {name for name in question.gold if spoken[name] == target}
                direction = f"{question.language}→{target}"
                alone = [name for name in mixed if name in gold or name not in question.gold]
                scores.setdefault(("target", direction, system), []).append(score(rank(question, {target}), gold))
                scores.setdefault(("mixed", direction, system), []).append(score(alone, gold))
            if question.parallel:
                found = {spoken[name] for name in mixed[:10] if name in question.gold}
                both = float(found == {spoken[name] for name in question.gold})
                scores.setdefault(("both", f"{question.language}→all", system), []).append({"both@10": both})
                scores.setdefault(("both", "all→all", system), []).append({"both@10": both})
    order = {name: place for place, name in enumerate(("target", "mixed", "both", *systems))}
    keys = sorted(scores, key=lambda key: (order[key[0]], key[1], order[key[2]]))
    return tuple(Row(*key, _summarise(scores[key])) for key in keys)


def score(ranking: Sequence[str], gold: Collection[str]) -> dict[str, float]:
    """The metrics of one ranking; nDCG with binary relevance."""
    places = [place for place, name in enumerate(ranking, start=1) if name in gold]
    first = places[0] if places else None
    gain = sum(1 / np.log2(place + 1) for place in places if place <= 10)
    ideal = sum(1 / np.log2(place + 1) for place in range(1, min(len(gold), 10) + 1))
    hits = {f"hit@{depth}": float(first is not None and first <= depth) for depth in (1, 5, 10)}
    return {**hits, "mrr": 1 / first if first else 0.0, "ndcg@10": float(gain / ideal)}


def _summarise(scores: Sequence[Mapping[str, float]]) -> dict[str, Interval]:
    return {metric: bootstrap([each[metric] for each in scores]) for metric in scores[0]}


def bootstrap(values: Sequence[float]) -> Interval:
    """The mean and its 95 % percentile interval over seeded resamples."""
    sample = np.asarray(values)
    drawn = np.random.default_rng(SEED).integers(0, len(sample), (RESAMPLES, len(sample)))
    low, high = np.percentile(sample[drawn].mean(axis=1), [2.5, 97.5])
    return Interval(float(sample.mean()), float(low), float(high), len(sample))


# --- Reporting --------------------------------------------------------------------------------------------------------


def render(rows: Sequence[Row]) -> str:
    """A table for the terminal; hit@1, nDCG@10 and both@10 with their intervals."""
    lines = []
    for setting in ("target", "mixed"):
        chosen = [row for row in rows if row.setting == setting]
        if chosen:
            lines += ["", f"{setting:<8}{'system':<8}   n  {'hit@1':<22}hit@5  hit@10  mrr    ndcg@10"]
            lines += [_line(row) for row in chosen]
    both = [row for row in rows if row.setting == "both"]
    if both:
        lines += ["", f"{'both':<8}{'system':<8}   n  both@10"]
        lines += [f"{row.direction:<8}{row.system:<8}{_count(row):>4}  {row.metrics['both@10']}" for row in both]
    return "\n".join(lines[1:])


def _line(row: Row) -> str:
    hit1, hit5, hit10, mrr, ndcg = (row.metrics[name] for name in METRICS)
    start = f"{row.direction:<8}{row.system:<8}{_count(row):>4}  {hit1!s:<22}"
    return f"{start}{hit5.mean:.3f}  {hit10.mean:.3f}   {mrr.mean:.3f}  {ndcg}"


def _count(row: Row) -> int:
    return next(iter(row.metrics.values())).count


def as_json(rows: Sequence[Row], embedder: Embedder) -> str:
    """The same as JSON, with every interval."""
    table = [asdict(row) for row in rows]
    return json.dumps({"embedder": embedder.name, "fingerprint": embedder.fingerprint, "rows": table}, indent=1)


def run(folder: Path, *, embedder: str, limit: int | None, machine: bool) -> str:
    """Measure a set and return what to print; progress goes to stderr.

    Raises:
        AnalystError: The set or the encoder cannot be used.
    """
    passages, questions = read_set(folder, limit)
    encoder = open_embedder(embedder)
    rows = measure(passages, questions, build_systems(passages, encoder, _tell))
    return as_json(rows, encoder) if machine else render(rows)


def _tell(done: int, total: int) -> None:
    print(f"\rencoding {done}/{total}", end="\n" if done == total else "", file=sys.stderr, flush=True)
