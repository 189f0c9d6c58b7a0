"""The nouns of search: Hit, and the Index and Embedder protocols."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from corpus.document import Document, Language, Passage

Vectors = NDArray[np.float32]
Scores = NDArray[np.float32]
"""One number for each passage, shape (passages,)."""


@dataclass(frozen=True, slots=True)
class Hit:
    """A passage found for a query.

    Attributes:
        rank: From 1, best first, in the merged list.
        score: The fused score that ordered the list; comparable within one search only.
        cosine: Cosine of query and passage after each language's mean is removed, in [-1, 1].
        words: How strongly the passage's words match the query's (z-score in its language's pool; 0 when none match).
        shared_terms: Query terms, or their glossary translations, that stand in the passage.
    """

    passage: Passage
    rank: int
    score: float
    cosine: float
    words: float
    shared_terms: tuple[str, ...] = ()


class Embedder(Protocol):
    """Turns text into unit vectors. Implementations load their weights lazily, on the first encode."""

    @property
    def name(self) -> str:
        """What the user would pass to --embedder."""

    @property
    def dimension(self) -> int:
        """Length of each vector."""

    @property
    def fingerprint(self) -> str:
        """Hash of the weights and settings: two encoders with one fingerprint give the same vectors."""

    def encode_queries(self, texts: Sequence[str]) -> Vectors:
        """Unit vectors, shape (len(texts), dimension), float32."""

    def encode_passages(self, texts: Sequence[str]) -> Vectors:
        """Unit vectors, shape (len(texts), dimension), float32."""


class Index(Protocol):
    """Searchable passages with the documents they come from.

    Attributes:
        embedder: The encoder that the passages were encoded with.
    """

    embedder: "Embedder"

    @property
    def documents(self) -> Mapping[str, Document]:
        """Document id → Document, with all page texts."""

    @property
    def fingerprint(self) -> str:
        """Hash of everything the index was built from."""

    def passage(self, passage_id: str) -> Passage:
        """The passage with that id; KeyError when there is none."""

    def search(
        self,
        query: str,
        *,
        limit: int = 10,
        languages: Collection[Language] | None = None,
        documents: Collection[str] | None = None,
    ) -> list[Hit]:
        """The best passages over all languages, merged fairly; restricted to languages and document ids if given."""

    def page_passages(self, document_id: str, page: int) -> list[Passage]:
        """All passages of one page in reading order; empty when there is no such document or page."""

    def similarity(self, query: str, texts: Sequence[str], language: Language) -> list[float]:
        """Cosine of the query with each text, all in one language, after the means are removed as in ``search``."""
