"""Rank passages by vector similarity; the only door to faiss."""

from typing import Any

import numpy as np

from indexes.index import Scores, Vectors


class VectorIndex:
    """Vectors of one pool of passages, compared exactly (a flat faiss index of inner products)."""

    def __init__(self, flat: Any) -> None:
        self._flat = flat

    @classmethod
    def build(cls, vectors: Vectors) -> "VectorIndex":
        """Index vectors of shape (passages, dimension)."""
        import faiss

        flat = faiss.IndexFlatIP(vectors.shape[1])
        flat.add(np.ascontiguousarray(vectors, np.float32))
        return cls(flat)

    @property
    def size(self) -> int:
        """How many vectors there are."""
        return int(self._flat.ntotal)

    def all(self) -> Vectors:
        """The vectors as they were given, shape (size, dimension)."""
        vectors: Vectors = self._flat.reconstruct_n(0, self.size)
        return vectors

    def scores(self, query: Vectors) -> Scores:
        """Inner product of a query, shape (dimension,), with every vector, shape (size,)."""
        total = np.zeros(self.size, np.float32)
        products, places = self._flat.search(query.reshape(1, -1).astype(np.float32), self.size)
        total[places[0]] = products[0]
        return total
