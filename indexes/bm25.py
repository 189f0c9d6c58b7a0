"""Rank passages by the words they share with the query.

bm25s weighs every (term, passage) pair once, when the index is built (Lucene's variant of BM25); a search only adds
up the weights of its terms.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from indexes.index import Scores

K1, B = 1.2, 0.5


@dataclass(frozen=True, slots=True)
class WordIndex:
    """A sparse matrix of weights, one column a term.

    Attributes:
        vocabulary: Term → column.
        starts: Where each column begins in ``rows`` and ``weights``, shape (terms + 1,), int64.
        rows: Passage numbers, ascending within a column, int32.
        weights: BM25 weights, float32, as many as ``rows``.
        size: How many passages there are.
    """

    vocabulary: Mapping[str, int]
    starts: NDArray[np.int64]
    rows: NDArray[np.int32]
    weights: NDArray[np.float32]
    size: int

    @classmethod
    def build(cls, passages: Sequence[Sequence[str]]) -> "WordIndex":
        """Index passages given as lists of terms."""
        vocabulary = {
            term: column for column, term in enumerate(sorted({term for terms in passages for term in terms}))
        }
        if not vocabulary:
            nothing = np.zeros(0, np.float32)
            return cls({}, np.zeros(1, np.int64), nothing.astype(np.int32), nothing, len(passages))
        import bm25s

        model = bm25s.BM25(method="lucene", k1=K1, b=B)
        ids = [[vocabulary[term] for term in terms] for terms in passages]
        model.index((ids, vocabulary), create_empty_token=False, show_progress=False)
        matrix = model.scores
        return cls(
            vocabulary,
            np.asarray(matrix["indptr"], np.int64),
            np.asarray(matrix["indices"], np.int32),
            np.asarray(matrix["data"], np.float32),
            len(passages),
        )

    def scores(self, query: Mapping[str, float]) -> Scores:
        """BM25 score of every passage, shape (size,), for a query of weighted terms."""
        total = np.zeros(self.size, np.float32)
        for term, weight in query.items():
            column = self._column(term)
            total[self.rows[column]] += np.float32(weight) * self.weights[column]
        return total

    def shared(self, passage: int, query: Mapping[str, float]) -> tuple[str, ...]:
        """The terms of the query that stand in a passage, in the query's order."""
        return tuple(term for term in query if self._holds(passage, term))

    def _holds(self, passage: int, term: str) -> bool:
        rows = self.rows[self._column(term)]
        place = int(np.searchsorted(rows, passage))
        return place < len(rows) and int(rows[place]) == passage

    def _column(self, term: str) -> slice:
        column = self.vocabulary.get(term)
        return slice(0, 0) if column is None else slice(int(self.starts[column]), int(self.starts[column + 1]))
