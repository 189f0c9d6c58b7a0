"""Save an index to a folder and load it back, refusing a stale or damaged one.

    manifest.json               what the index was made from, and the size and SHA-256 of every file
    .lock                       held by the one process that may write; always empty
    data-1/                     the number grows with every save
        documents.jsonl         one document a line, with its pages
        failures.jsonl          files that could not be read
        means.npy               mean vectors: role, language, dimension
        en/ zh/ ja/ und/        one folder for each language's pool:
            passages.jsonl  vectors.npy  vocabulary.json  starts.npy  rows.npy  weights.npy

A save writes a new data folder beside the old one and then replaces the manifest in one rename: whenever it is cut
off, the folder holds the old index or the new one, whole. Nothing is pickled; no name in the manifest is trusted.
"""

import json
import math
import os
import shutil
from collections.abc import Collection, Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import asdict
from itertools import count
from pathlib import Path
from tokenize import TokenError
from typing import Any, get_args

import numpy as np
from numpy.typing import NDArray

from corpus.chunking import VERSION as PASSAGES
from corpus.document import LANGUAGES, Block, Document, Failure, Language, Mark, MarkKind, Page, Passage
from corpus.ingestion import find_files
from corpus.lexicon import load_lexicon
from corpus.manifest import load_manifest
from indexes.bm25 import WordIndex
from indexes.embeddings import open_embedder
from indexes.errors import DamagedIndexError, IndexingError, StaleIndexError
from indexes.hybrid import HybridIndex, Pool
from indexes.index import Embedder
from indexes.means import Means
from indexes.tokens import Tokeniser
from indexes.vectors import VectorIndex
from indexes.weights import digest

KIND = "cpo-analyst index"
FORMAT = 1
MANIFEST = "manifest.json"
LOCK = ".lock"

_ROLES = ("queries", "passages")
_ORDER: tuple[Language, ...] = (*LANGUAGES, "und")
_POOL_FILES = ("passages.jsonl", "vectors.npy", "vocabulary.json", "starts.npy", "rows.npy", "weights.npy")
_SHARED_FILES = ("documents.jsonl", "failures.jsonl", "means.npy")

Json = dict[str, Any]


# --- Saving -----------------------------------------------------------------------------------------------------------


def save(index: HybridIndex, folder: Path, home: Path | None = None) -> None:
    """Write an index into a folder, in place of the index that may be there.

    Args:
        home: The folder or file of documents it was built from, to tell later whether they have changed.

    Raises:
        IndexingError: If the folder holds anything but an index, cannot be written, or is being written by another.
    """
    try:
        _claim(folder)
        with _locked(folder):
            data = _new_data_folder(folder)
            _write_data(index, data)
            _write_synced(folder / f"{MANIFEST}.new", _manifest(index, data, home))
            (folder / f"{MANIFEST}.new").replace(folder / MANIFEST)
            _sync_folder(folder)
            for old in _data_folders(folder):
                if old != data:
                    _remove(old)
    except OSError as error:
        raise IndexingError(
            f"the index cannot be written ({error.strerror or error})",
            where=str(folder),
            next_step="free some space or choose another folder with --index",
        ) from error


def _claim(folder: Path) -> None:
    """Make the folder, or make sure that it is empty or ours."""
    if folder.exists() and not folder.is_dir():
        raise IndexingError("this is a file, not a folder", where=str(folder), next_step="choose another with --index")
    folder.mkdir(parents=True, exist_ok=True)
    data = {path.name for path in _data_folders(folder)}
    ours = {MANIFEST, f"{MANIFEST}.new", LOCK, *data}
    strangers = sorted(path.name for path in folder.iterdir() if path.name not in ours)
    if not strangers and not data and _is_foreign(folder / MANIFEST):
        strangers = [MANIFEST]
    if strangers:
        raise IndexingError(
            f"the folder holds something that is not an index ({strangers[0]}) and is left as it is",
            where=str(folder),
            next_step="choose an empty folder with --index",
        )


def _is_foreign(manifest: Path) -> bool:
    """Whether another program wrote this manifest; one that is cut off or empty is what is left of ours."""
    if not manifest.exists():
        return False
    try:
        content = json.loads(manifest.read_bytes())
    except (ValueError, RecursionError):
        return False
    return isinstance(content, dict) and bool(content) and content.get("kind") != KIND


@contextmanager
def _locked(folder: Path) -> Iterator[None]:
    """Be the only one that writes the folder, where the system can tell (POSIX).

    The lock goes with the process that held it; the file stays, for removing it would let two in.
    """
    if os.name != "posix":
        yield
        return
    import fcntl

    handle = os.open(folder / LOCK, os.O_RDWR | os.O_CREAT | os.O_NOFOLLOW, 0o666)
    try:
        try:
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError as error:
            raise IndexingError(
                "another ingest is writing this index",
                where=str(folder),
                next_step="wait for it or choose another folder with --index",
            ) from error
        yield
    finally:
        os.close(handle)


def _remove(data: Path) -> None:
    """Remove a data folder; of a link to one, only the link."""
    if data.is_symlink():
        data.unlink()
    else:
        shutil.rmtree(data)


def _data_folders(folder: Path) -> list[Path]:
    return sorted(path for path in folder.glob("data-*") if path.name[5:].isdecimal() and path.is_dir())


def _new_data_folder(folder: Path) -> Path:
    taken = {path.name for path in folder.iterdir()}
    data = folder / next(name for number in count(1) if (name := f"data-{number}") not in taken)
    data.mkdir()
    return data


def _write_data(index: HybridIndex, data: Path) -> None:
    _write_lines(data / "documents.jsonl", index.documents.values())
    _write_lines(data / "failures.jsonl", index.failures)
    _write_array(data / "means.npy", np.stack([[getattr(index.means, r)[n] for n in _ORDER] for r in _ROLES]))
    for pool in index.pools:
        home = data / pool.language
        home.mkdir()
        _write_lines(home / "passages.jsonl", pool.passages)
        _write_array(home / "vectors.npy", pool.vectors.all())
        _write_synced(home / "vocabulary.json", _dump(list(pool.words.vocabulary)))
        for name in ("starts", "rows", "weights"):
            _write_array(home / f"{name}.npy", getattr(pool.words, name))
        _sync_folder(home)
    _sync_folder(data)


def _manifest(index: HybridIndex, data: Path, home: Path | None) -> str:
    paths = {path.relative_to(data).as_posix(): path for path in sorted(data.rglob("*")) if path.is_file()}
    pools = [pool.language for pool in index.pools]
    if paths.keys() != _file_names(pools):
        raise IndexingError(
            f"something else changed the files while they were written ({min(paths.keys() ^ _file_names(pools))})",
            where=str(data),
            next_step="run one ingest at a time",
        )
    embedder = index.embedder
    manifest = {
        "kind": KIND,
        "format": FORMAT,
        "data": data.name,
        "fingerprint": index.fingerprint,
        "encoder": {"name": embedder.name, "fingerprint": embedder.fingerprint, "dimension": embedder.dimension},
        "tokeniser": index.tokeniser.fingerprint,
        "passages": PASSAGES,
        "home": str(home.resolve()) if home else "",
        "sources": {
            **{failure.path: "" for failure in index.failures},
            **{document.path: document.sha256 for document in index.documents.values()},
        },
        "pools": pools,
        "files": {name: {"size": path.stat().st_size, "sha256": digest(path)} for name, path in paths.items()},
    }
    return _dump(manifest, indent=1)


def _file_names(pools: Collection[str]) -> set[str]:
    """The files that an index with pools of these languages has in its data folder."""
    return {*_SHARED_FILES, *(f"{language}/{name}" for language in pools for name in _POOL_FILES)}


def _write_lines(path: Path, rows: Iterable[Any]) -> None:
    _write_synced(path, "".join(_dump(asdict(row)) + "\n" for row in rows))


def _dump(value: object, indent: int | None = None) -> str:
    return json.dumps(value, ensure_ascii=False, indent=indent)


def _write_array(path: Path, array: NDArray[Any]) -> None:
    with path.open("wb") as file:
        np.save(file, array, allow_pickle=False)
        file.flush()
        os.fsync(file.fileno())


def _write_synced(path: Path, text: str) -> None:
    with path.open("wb") as file:
        file.write(text.encode("utf-8", "surrogatepass"))  # file names that are not UTF-8 hold lone surrogates
        file.flush()
        os.fsync(file.fileno())


def _sync_folder(folder: Path) -> None:
    """Make the names in a folder survive a power cut; only POSIX can."""
    if os.name == "posix":
        handle = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)


# --- Loading ----------------------------------------------------------------------------------------------------------


def load(folder: Path, embedder: Embedder | None = None) -> HybridIndex:
    """Open a saved index; the encoder's weights are loaded with the first question.

    Args:
        folder: Where ``save`` wrote it.
        embedder: The encoder for questions; the one that the index was built with if None.

    Raises:
        IndexingError: If there is no index, or its encoder is not on this machine.
        StaleIndexError: If it was built with another encoder or by another version of the program.
        DamagedIndexError: If files are missing, changed or not ours.
    """
    manifest = _parse(folder)
    _check_versions(manifest, folder)
    embedder = embedder or open_embedder(manifest["encoder"]["name"])
    lexicon = load_lexicon()
    tokeniser = Tokeniser(lexicon.words())
    _check_makers(manifest, folder, embedder, tokeniser)
    try:
        data = _verified(folder, manifest)
        documents = [_document(row) for row in _read_lines(data / "documents.jsonl")]
        failures = [Failure(**row) for row in _read_lines(data / "failures.jsonl")]
        pages = {(document.id, page.number): page.text for document in documents for page in document.pages}
        pools = [_pool(data / name, name, pages, embedder.dimension) for name in manifest["pools"]]
        means = _means(data, embedder.dimension)
        index = HybridIndex(documents, failures, pools, means, embedder, tokeniser, lexicon)
        if index.fingerprint != manifest["fingerprint"]:
            raise ValueError("its fingerprint is not that of its passages")
        return index
    except (OSError, ValueError, KeyError, TypeError, AttributeError, RecursionError) as error:
        raise _damaged(folder, f"its files do not fit together ({error})") from error


def home_of(folder: Path) -> Path | None:
    """Where a saved index was built from, if that is known and still there."""
    home = _parse(folder).get("home")
    return Path(home) if isinstance(home, str) and home and Path(home).exists() else None


def why_stale(folder: Path, source: Path, embedder: str) -> str:
    """Why a saved index must be built again before it is asked, or "" if it need not be.

    Args:
        folder: A saved index.
        source: The folder of documents it was built from.
        embedder: The name of the encoder that is wanted.

    Raises:
        IndexingError: If there is no index, or it is damaged.
    """
    manifest = _parse(folder)
    try:
        _check_versions(manifest, folder)
    except StaleIndexError as error:
        return error.what
    if manifest["encoder"]["name"] != embedder:
        return f"it was built with the encoder {manifest['encoder']['name']}, not {embedder}"
    return _changed_source(manifest["sources"], source) or _changed_entry(_data_folder(folder, manifest), source)


def _changed_source(known: Mapping[str, str], source: Path) -> str:
    root = source if source.is_dir() else source.parent
    paths, failures = find_files(source)
    found = {path.relative_to(root).as_posix(): path for path in paths}
    for name in sorted(found.keys() - known.keys()):
        return f"{name} is new"
    for name in sorted(known.keys() - found.keys() - {failure.path for failure in failures}):
        return f"{name} is gone"
    for name, path in found.items():
        if known[name] and digest(path) != known[name]:
            return f"{name} has changed"
    return ""


def _changed_entry(data: Path, source: Path) -> str:
    """Whether the manifest of the documents now says something else about one of them."""
    entries = load_manifest(source if source.is_dir() else source.parent)
    documents = {row["path"]: row for row in _read_lines(data / "documents.jsonl")} if entries else {}
    for path, entry in entries.items():
        row = documents.get(path)
        if row and any(getattr(entry, key) not in ("", row[key]) for key in row.keys() & set(entry.__slots__)):
            return f"the manifest says something else about {path}"
    return ""


def _parse(folder: Path) -> Json:
    """The manifest, with the types of all that is used of it checked."""
    path = folder / MANIFEST
    if not path.is_file():
        if folder.is_dir() and _data_folders(folder):
            raise _damaged(folder, f"it has no {MANIFEST}")
        raise IndexingError("there is no index here", where=str(folder), next_step=_advice(folder))
    try:
        manifest = json.loads(path.read_bytes())
        if manifest["kind"] != KIND:
            raise ValueError(f"its kind is not {KIND!r}")
        if manifest["format"] == FORMAT:
            _check_types(manifest)
    except (OSError, ValueError, KeyError, TypeError, AttributeError, RecursionError) as error:
        raise _damaged(folder, f"its {MANIFEST} is not one of ours ({error})") from error
    return dict(manifest)


def _check_types(manifest: Json) -> None:
    encoder, files, sources = manifest["encoder"], manifest["files"], manifest["sources"]
    pools = manifest["pools"]
    if not pools or len(set(pools)) < len(pools) or not set(pools) <= set(get_args(Language)):
        raise ValueError("its pools are not languages")
    if set(files) != _file_names(pools):
        raise ValueError("it lists other files than an index has")
    texts = [manifest["data"], manifest["fingerprint"], manifest["tokeniser"], encoder["name"], encoder["fingerprint"]]
    texts += [*sources.values(), *(each["sha256"] for each in files.values())]
    numbers = [encoder["dimension"], *(each["size"] for each in files.values())]
    if not all(isinstance(text, str) for text in texts) or not all(type(number) is int for number in numbers):
        raise ValueError("a value is of the wrong type")
    name = manifest["data"]
    if not (name.startswith("data-") and name[5:].isascii() and name[5:].isdigit()):
        raise ValueError("its data folder is not one of ours")


def _check_versions(manifest: Json, folder: Path) -> None:
    if (manifest["format"], manifest.get("passages")) != (FORMAT, PASSAGES):
        raise StaleIndexError(
            "the index was written by another version of the program", where=str(folder), next_step=_advice(folder)
        )


def _check_makers(manifest: Json, folder: Path, embedder: Embedder, tokeniser: Tokeniser) -> None:
    built = manifest["encoder"]
    if built["fingerprint"] != embedder.fingerprint:
        raise StaleIndexError(
            f"the index was built with the encoder {built['name']}, which is not (or no longer) {embedder.name}",
            where=str(folder),
            next_step=f"{_advice(folder)} --embedder {embedder.name}, or ask with --embedder {built['name']}",
        )
    if manifest["tokeniser"] != tokeniser.fingerprint:
        raise StaleIndexError(
            "the glossary or the cutting of words has changed since the index was built",
            where=str(folder),
            next_step=_advice(folder),
        )


def _advice(folder: Path) -> str:
    return f"run `cpo ingest FOLDER --index {folder}`"


def _damaged(folder: Path, reason: str) -> DamagedIndexError:
    return DamagedIndexError(f"the index is damaged: {reason}", where=str(folder), next_step=_advice(folder))


def _data_folder(folder: Path, manifest: Json) -> Path:
    return folder / str(manifest["data"])


def _verified(folder: Path, manifest: Json) -> Path:
    """The data folder, once every file in it is known to be as it was written."""
    data = _data_folder(folder, manifest)
    for name, written in manifest["files"].items():
        path = data / name
        if path.is_symlink() or path.parent.is_symlink() or not path.is_file():
            raise ValueError(f"{name} is missing")
        if path.stat().st_size != written["size"] or digest(path) != written["sha256"]:
            raise ValueError(f"{name} has changed")
    return data


def _read_lines(path: Path) -> list[Json]:
    text = path.read_bytes().decode("utf-8", "surrogatepass")
    return [json.loads(line) for line in text.split("\n") if line]


def _read_array(path: Path, kind: type[np.generic], *shape: int | None) -> NDArray[Any]:
    """An array of that kind of number and that shape, None standing for any length.

    The header is checked first: one that promises more than the file holds could take all the memory.
    """
    found, dtype, promised = _read_header(path)
    fits = len(found) == len(shape) and all(n in (None, m) for n, m in zip(shape, found, strict=True))
    if dtype != kind or not fits or promised != path.stat().st_size:
        raise ValueError(f"{path.name} has another shape")
    array: NDArray[Any] = np.load(path, allow_pickle=False)
    return array


def _read_header(path: Path) -> tuple[tuple[int, ...], np.dtype[Any], int]:
    """Shape, kind of number, and the size in bytes that the file must have."""
    with path.open("rb") as file:
        if np.lib.format.read_magic(file) != (1, 0):
            raise ValueError(f"{path.name} is of another version")
        try:
            shape, _, dtype = np.lib.format.read_array_header_1_0(file)
        except (SyntaxError, TokenError, MemoryError) as error:  # the header is parsed as a Python literal
            raise ValueError(f"the header of {path.name} cannot be read") from error
        return shape, dtype, file.tell() + math.prod(shape) * dtype.itemsize


def _document(row: Json) -> Document:
    pages = tuple(_page(page) for page in row["pages"])
    marks = tuple(_mark(mark, pages) for mark in row.get("marks", ()))
    return Document(**{**row, "pages": pages, "marks": marks})


def _mark(row: Json, pages: tuple[Page, ...]) -> Mark:
    mark = Mark(**row)
    if mark.kind not in get_args(MarkKind) or not all(isinstance(text, str) for text in (mark.sample, mark.reason)):
        raise ValueError("a mark is not one of ours")
    if not any(page.number == mark.page and 0 <= mark.start <= mark.end <= len(page.text) for page in pages):
        raise ValueError("a mark stands on no page")
    return mark


def _page(row: Json) -> Page:
    blocks = tuple(Block(**{**block, "section": tuple(block["section"])}) for block in row["blocks"])
    return Page(**{**row, "blocks": blocks})


def _passage(row: Json, pages: Mapping[tuple[str, int], str]) -> Passage:
    passage = Passage(**{**row, "section": tuple(row["section"])})
    if pages[passage.document_id, passage.page][passage.start : passage.end] != passage.text:
        raise ValueError(f"passage {passage.id} is not the text of its page")
    return passage


def _pool(home: Path, language: Language, pages: Mapping[tuple[str, int], str], dimension: int) -> Pool:
    passages = tuple(_passage(row, pages) for row in _read_lines(home / "passages.jsonl"))
    vectors = _read_array(home / "vectors.npy", np.float32, len(passages), dimension)
    return Pool(language, passages, VectorIndex.build(vectors), _words(home, len(passages)))


def _words(home: Path, size: int) -> WordIndex:
    vocabulary = {str(term): column for column, term in enumerate(json.loads((home / "vocabulary.json").read_bytes()))}
    starts = _read_array(home / "starts.npy", np.int64, len(vocabulary) + 1)
    rows = _read_array(home / "rows.npy", np.int32, None)
    weights = _read_array(home / "weights.npy", np.float32, len(rows))
    if starts[0] != 0 or starts[-1] != len(rows) or (np.diff(starts) < 0).any():
        raise ValueError("the columns of the word index do not join")
    if len(rows) and not 0 <= rows.min() <= rows.max() < size:
        raise ValueError("the word index names passages that are not there")
    return WordIndex(vocabulary, starts, rows, weights, size)


def _means(data: Path, dimension: int) -> Means:
    roles = _read_array(data / "means.npy", np.float32, len(_ROLES), len(_ORDER), dimension)
    return Means(*(dict(zip(_ORDER, vectors, strict=True)) for vectors in roles))
