"""Fuse several rankings into one, fairly between languages.

Each language's passages form a pool of their own. In every pool passages are ranked by the cosine with the question,
after the means of both languages are taken away, plus a share of the words they have in common; then the pools take
turns, in proportion to how near their best passages come to the question. docs/log.md has what was tried instead.
"""

import hashlib
import math
from collections import Counter
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np

from corpus.document import Corpus, Document, Failure, Language, Passage
from corpus.lexicon import Lexicon, load_lexicon
from corpus.text import language_of, squeeze
from indexes.bm25 import WordIndex
from indexes.errors import IndexingError
from indexes.index import Embedder, Hit, Scores, Vectors
from indexes.means import Means, estimate_means
from indexes.tokens import Tokeniser
from indexes.vectors import VectorIndex
from indexes.wording import word_query

OWN_WORDS = 0.35
"""What a standard deviation of BM25 weighs beside one of cosine, in passages of the question's own language."""
OTHER_WORDS = 0.1
"""The same across languages, where only names, figures and glossary terms can match."""
SLACK = 0.1
"""How far the best cosine of a pool may lie below that of the best pool before it gets fewer turns."""
LEAD = 0.03
"""By how much another language's best cosine must be above that of the question's own to be put first."""
LEAST_SHARE = 0.2
"""The fewest turns of any pool beside one of the best: one place among the first six or so."""
SLICE = 256
"""Passages encoded between two reports of progress."""
MOST_REMEMBERED = 20_000
"""Questions, and sentences compared with them, whose vectors are kept."""

Progress = Callable[[int, int], None]


@dataclass(frozen=True, slots=True)
class Pool:
    """The passages of one language, by words and by meaning; row n of either index is ``passages[n]``."""

    language: Language
    passages: tuple[Passage, ...]
    vectors: VectorIndex
    words: WordIndex


@dataclass(frozen=True, slots=True)
class Ranking:
    """One pool's answer to a question.

    Attributes:
        best: Rows of the pool, best first.
        cosines, words: Scores of every row of the pool.
        terms: The weighted terms that were looked for.
        nearness: The highest cosine of the rows that may be found.
    """

    pool: Pool
    best: Sequence[int]
    cosines: Scores
    words: Scores
    terms: Mapping[str, float]
    nearness: float


class HybridIndex:
    """Searchable passages with the documents they come from, and the files that could not be read."""

    def __init__(
        self,
        documents: Sequence[Document],
        failures: Sequence[Failure],
        pools: Sequence[Pool],
        means: Means,
        embedder: Embedder,
        tokeniser: Tokeniser,
        lexicon: Lexicon,
    ) -> None:
        self._documents = {document.id: document for document in documents}
        self.failures = tuple(failures)
        self.pools = tuple(pools)
        self.means = means
        self.embedder = embedder
        self.tokeniser = tokeniser
        self.lexicon = lexicon
        self._queries: dict[str, Vectors] = {}
        self._vectors: dict[str, Vectors] = {}

    @classmethod
    def build(
        cls, corpus: Corpus, embedder: Embedder, *, lexicon: Lexicon | None = None, progress: Progress | None = None
    ) -> "HybridIndex":
        """Index every passage of a corpus.

        Args:
            corpus: Documents and passages; each passage is indexed as its ``searchable`` text.
            embedder: Encodes the passages, and later the questions.
            lexicon: Glossary for segmenting Chinese and for asking across languages; the shipped one if None.
            progress: Called with the number of passages encoded and the number of all.

        Raises:
            IndexingError: If the corpus has no passages.
        """
        if not corpus.passages:
            raise IndexingError("there is nothing to index: no passages were read from the documents")
        lexicon = lexicon or load_lexicon()
        tokeniser = Tokeniser(lexicon.words())
        vectors = _encode(embedder, [passage.searchable for passage in corpus.passages], progress)
        rows = _divide(corpus)
        means = estimate_means(embedder, {language: vectors[chosen] for language, chosen in rows.items()})
        pools = []
        for language, chosen in rows.items():
            passages = tuple(corpus.passages[row] for row in chosen)
            terms = [tokeniser.terms(passage.searchable, language) for passage in passages]
            centred = means.centre_passages(vectors[chosen], language)
            pools.append(Pool(language, passages, VectorIndex.build(centred), WordIndex.build(terms)))
        return cls(corpus.documents, corpus.failures, pools, means, embedder, tokeniser, lexicon)

    @property
    def documents(self) -> Mapping[str, Document]:
        """Document id → Document, with all page texts."""
        return self._documents

    @cached_property
    def fingerprint(self) -> str:
        """Hash of the passages' ids and texts, the encoder and the tokeniser."""
        total = hashlib.sha256(f"{self.embedder.fingerprint} {self.tokeniser.fingerprint}\n".encode())
        for passage in sorted(self._passages.values(), key=lambda passage: passage.id):
            total.update(f"{passage.id}\0{passage.searchable}\0".encode())
        return total.hexdigest()

    @cached_property
    def _passages(self) -> Mapping[str, Passage]:
        return {passage.id: passage for pool in self.pools for passage in pool.passages}

    def passage(self, passage_id: str) -> Passage:
        """The passage with that id; KeyError when there is none."""
        return self._passages[passage_id]

    def search(
        self,
        query: str,
        *,
        limit: int = 10,
        languages: Collection[Language] | None = None,
        documents: Collection[str] | None = None,
    ) -> list[Hit]:
        """The best passages over all languages, merged fairly; restricted to languages and document ids if given.

        Raises:
            IndexingError: If the query is blank, the limit is below 1, or a document is not in the index.
        """
        query = squeeze(query)
        self._check(query, limit, documents)
        language = language_of(query)
        vector = self.means.centre_query(self._asked(query), language)
        rankings = []
        for pool in self.pools:
            if languages is None or pool.language in languages:
                terms = word_query(query, language, pool.language, self.tokeniser, self.lexicon)
                weight = OWN_WORDS if language in (pool.language, "und") else OTHER_WORDS
                rankings.append(_rank(pool, vector, terms, weight, documents, limit))
        return _merge(rankings, language, limit)

    def page_passages(self, document_id: str, page: int) -> list[Passage]:
        """All passages of one page in reading order; empty when there is no such document or page."""
        found = [one for one in self._passages.values() if one.document_id == document_id and one.page == page]
        return sorted(found, key=lambda passage: passage.start)

    def similarity(self, query: str, texts: Sequence[str], language: Language) -> list[float]:
        """Cosine of the query with each text, all in one language, after the means are removed as in ``search``."""
        vector = self.means.centre_query(self._asked(query), language_of(query))
        rows = self.means.centre_passages(self._encoded(texts), language)
        return [float(cosine) for cosine in rows @ vector]

    def _asked(self, query: str) -> Vectors:
        """The vector of a query; one is often searched for in several languages, and then compared."""
        if query not in self._queries:
            if len(self._queries) >= MOST_REMEMBERED:
                self._queries.clear()
            self._queries[query] = self.embedder.encode_queries([query])[0]
        return self._queries[query]

    def _encoded(self, texts: Sequence[str]) -> Vectors:
        """Vectors of texts; who asks many questions meets the same sentences again."""
        new = [text for text in dict.fromkeys(texts) if text not in self._vectors]
        if len(self._vectors) + len(new) > MOST_REMEMBERED:
            self._vectors.clear()
            new = list(dict.fromkeys(texts))
        if new:
            self._vectors.update(zip(new, self.embedder.encode_passages(new), strict=True))
        return np.array([self._vectors[text] for text in texts]).reshape(len(texts), self.embedder.dimension)

    def _check(self, query: str, limit: int, documents: Collection[str] | None) -> None:
        if not query:
            raise IndexingError("the query is empty")
        if limit < 1:
            raise IndexingError(f"the limit must be at least 1, not {limit}")
        unknown = sorted(set(documents or ()) - set(self._documents))
        if unknown:
            raise IndexingError(f"no document {', '.join(unknown)} in the index")


def _encode(embedder: Embedder, texts: Sequence[str], progress: Progress | None) -> Vectors:
    parts = []
    for start in range(0, len(texts), SLICE):
        parts.append(embedder.encode_passages(texts[start : start + SLICE]))
        if progress:
            progress(min(start + SLICE, len(texts)), len(texts))
    return np.concatenate(parts)


def _divide(corpus: Corpus) -> dict[Language, list[int]]:
    """Language → numbers of its passages; passages too short to tell go with their document, else with the most."""
    most = Counter(passage.language for passage in corpus.passages if passage.language != "und").most_common(1)
    fallback: Language = most[0][0] if most else "und"
    rows: dict[Language, list[int]] = {}
    for row, passage in enumerate(corpus.passages):
        document = corpus.by_id.get(passage.document_id)
        known: list[Language] = [passage.language, document.language if document else "und", fallback]
        language = next((each for each in known if each != "und"), fallback)
        rows.setdefault(language, []).append(row)
    return {language: sorted(rows[language], key=lambda row: corpus.passages[row].id) for language in sorted(rows)}


def _rank(
    pool: Pool,
    vector: Vectors,
    terms: Mapping[str, float],
    weight: float,
    documents: Collection[str] | None,
    limit: int,
) -> Ranking:
    """Rank one pool: standard deviations of cosine plus a share of those of BM25."""
    cosines = pool.vectors.scores(vector)
    words = _standardise(pool.words.scores(terms))
    fused = _standardise(cosines) + weight * words
    rows = np.argsort(-fused, kind="stable")
    if documents is not None:
        rows = rows[[pool.passages[row].document_id in documents for row in rows.tolist()]]
    nearness = float(cosines[rows].max()) if len(rows) else -1.0
    return Ranking(pool, rows[:limit].tolist(), cosines, words, terms, nearness)


def _standardise(scores: Scores) -> Scores:
    """Scores in standard deviations from their mean; zeros where all are alike."""
    spread = scores.std()
    if spread < 1e-6:
        return np.zeros_like(scores)
    standard: Scores = (scores - scores.mean()) / spread
    return standard


def _merge(rankings: Sequence[Ranking], language: Language, limit: int) -> list[Hit]:
    """Let the pools take turns: the n-th passage of a pool scores the pool's share of the turns divided by n."""
    shares = _share(rankings)
    lead = _lead(rankings, language)
    turns = [
        (-share / place, ranking is not lead, -ranking.nearness, ranking.pool.passages[row].id, ranking, row)
        for ranking, share in zip(rankings, shares, strict=True)
        for place, row in enumerate(ranking.best, start=1)
    ]
    turns.sort(key=lambda turn: turn[:4])
    return [_hit(rank, -turn[0], turn[4], turn[5]) for rank, turn in enumerate(turns[:limit], start=1)]


def _share(rankings: Sequence[Ranking]) -> list[float]:
    """1 for every pool about as near as the nearest, less for pools with nothing near the question."""
    nearest = max((ranking.nearness for ranking in rankings), default=0.0)
    gaps = [max(0.0, nearest - ranking.nearness - SLACK) for ranking in rankings]
    return [max(LEAST_SHARE, math.exp(-gap / SLACK)) for gap in gaps]


def _lead(rankings: Sequence[Ranking], language: Language) -> Ranking | None:
    """The ranking whose passages come first among equals: the question's own language, unless another is nearer."""
    own = next((ranking for ranking in rankings if ranking.pool.language == language and ranking.best), None)
    nearest = max(rankings, key=lambda ranking: ranking.nearness, default=None)
    return own if own and nearest and nearest.nearness - own.nearness <= LEAD else nearest


def _hit(rank: int, score: float, ranking: Ranking, row: int) -> Hit:
    return Hit(
        passage=ranking.pool.passages[row],
        rank=rank,
        score=score,
        cosine=float(ranking.cosines[row]),
        words=float(ranking.words[row]),
        shared_terms=ranking.pool.words.shared(row, ranking.terms),
    )
