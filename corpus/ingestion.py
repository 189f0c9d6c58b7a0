"""Turn a folder of documents into a Corpus."""

import os
import re
from collections.abc import Callable
from pathlib import Path

from corpus.chunking import cut
from corpus.document import Corpus, Document, Failure
from corpus.errors import AnalystError, ReadingError
from corpus.manifest import MANIFEST, load_manifest
from corpus.readers import SUFFIXES, read

_NOT_DOCUMENTS = re.compile(r"(?:readme|license|notice)(?:\.(?:md|markdown|txt|text|rst))?", re.IGNORECASE)


def ingest(folder: Path, *, progress: Callable[[int, int, str], None] | None = None, limit: int = 800) -> Corpus:
    """Read and cut every document in a folder and the folders below it, in the order of their paths.

    A file that cannot be read becomes a Failure and the rest goes on; so does a second file with the same content.
    Hidden files, the manifest, and README, LICENSE and NOTICE files in plain text are not documents.

    Args:
        folder: A folder, or one file.
        progress: Called before each file with how many are done, how many there are, and the file's path.
        limit: Most columns of a passage, as in corpus.chunking.cut.

    Raises:
        ReadingError: The folder is missing or holds no file, or its manifest is wrong.
    """
    root = folder if folder.is_dir() else folder.parent
    paths, failures = find_files(folder)
    entries = load_manifest(root)
    documents: list[Document] = []
    seen: dict[str, str] = {}
    for done, path in enumerate(paths):
        name = path.relative_to(root).as_posix()
        if progress:
            progress(done, len(paths), name)
        result = _try(path, root)
        if isinstance(result, Failure):
            failures.append(result)
        elif result.sha256 in seen:
            failures.append(Failure(name, f"same content as {seen[result.sha256]}", "delete one of the two"))
        else:
            seen[result.sha256] = name
            documents.append(entries[name].apply(result) if name in entries else result)
    if progress:
        progress(len(paths), len(paths), "")
    passages = tuple(passage for document in documents for passage in cut(document, limit))
    return Corpus(tuple(documents), passages, tuple(failures))


def _try(path: Path, root: Path) -> Document | Failure:
    name = path.relative_to(root).as_posix()
    try:
        return read(path, root)
    except AnalystError as error:
        return Failure(name, error.what, error.next_step)
    except Exception as error:  # noqa: BLE001 - the batch line: one odd file must not end the others
        return Failure(
            name, f"it could not be read ({type(error).__name__}: {str(error)[:200]})", "save it in another format"
        )


def find_files(folder: Path) -> tuple[list[Path], list[Failure]]:
    """The files that may be documents, in the order of their paths, and what had to be passed over."""
    if folder.is_file():
        return [folder], []
    if not folder.exists():
        raise ReadingError("there is no such folder", where=str(folder), next_step="check the path")
    home = folder.resolve()
    failures: list[Failure] = []

    def pass_over(error: OSError) -> None:
        name = Path(error.filename).relative_to(folder).as_posix()
        failures.append(Failure(name, f"the folder cannot be opened ({error.strerror})", "change its permissions"))

    paths = []
    for parent, folders, names in os.walk(folder, onerror=pass_over):
        folders[:] = [name for name in folders if not name.startswith(".")]
        for path in (Path(parent, name) for name in folders):
            if path.is_symlink():
                reason = "it is a link to a folder, which is not followed"
                failures.append(Failure(path.relative_to(folder).as_posix(), reason, "put the folder itself here"))
        for path in (Path(parent, name) for name in names if _may_be_document(name)):
            reason = _why_outside(path, home)
            if reason:
                name = path.relative_to(folder).as_posix()
                failures.append(Failure(name, reason, "put the file itself into the folder"))
            else:
                paths.append(path)
    if not paths and not failures:
        advice = "put files in it that end in one of " + ", ".join(SUFFIXES)
        raise ReadingError("the folder holds no documents", where=str(folder), next_step=advice)
    return sorted(paths, key=lambda path: path.relative_to(folder).as_posix()), failures


def _why_outside(path: Path, home: Path) -> str:
    """Why a path does not lead to a place in the folder, or "" if it does."""
    try:
        if not path.resolve().is_relative_to(home):
            return "it is a link out of the folder"
        return "it is a link that leads nowhere" if path.is_symlink() and not path.exists() else ""
    except (OSError, RuntimeError):  # a link to itself is a RuntimeError
        return "it is a link that leads nowhere"


def _may_be_document(name: str) -> bool:
    return not (name.startswith(".") or name == MANIFEST or _NOT_DOCUMENTS.fullmatch(name))
