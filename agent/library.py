"""Build an index from documents, and open the one to ask: the user's own, or the shipped one, built on first use."""

import shlex
from collections.abc import Callable
from pathlib import Path

from agent.settings import Settings
from corpus.document import Corpus
from corpus.errors import ReadingError
from corpus.ingestion import ingest
from indexes.embeddings import open_embedder
from indexes.errors import DamagedIndexError, IndexingError, StaleIndexError
from indexes.hybrid import HybridIndex
from indexes.store import home_of, load, save, why_stale

Progress = Callable[[str, int, int], None]
"""Called with the stage, how much of it is done, and how much there is."""
Tell = Callable[[str], None]
"""Called with one line for the user."""


def asks_shipped(settings: Settings) -> bool:
    """Whether the index to ask is the shipped one, which is ours to build."""
    return settings.index == Settings().index


def default_folder(documents: Path, settings: Settings) -> Path:
    """Where the index of a folder goes unless told: under the folder's name, beside the shipped index.

    Raises:
        ReadingError: The name is that of the shipped index, or there is none.
    """
    name = documents.resolve().name
    folder = settings.index.parent / name
    if not name or folder == settings.index:
        raise ReadingError("the index needs a name", where=str(documents), next_step="give one with --index DIR")
    return folder


def read_documents(folder: Path, progress: Progress) -> Corpus:
    """The corpus of a folder; see corpus.ingestion.ingest."""
    return ingest(folder, progress=lambda done, total, _: progress("reading", done, total))


def build_index(corpus: Corpus, folder: Path, embedder: str, progress: Progress, home: Path) -> HybridIndex:
    """Index a corpus and save the index, in place of the index that was there.

    Args:
        home: Where the corpus was read from.

    Raises:
        ReadingError: No document of the corpus could be read; what was there stays.
        IndexingError: The encoder is not on this machine, or the folder cannot be written.
    """
    if not corpus.documents:
        raise ReadingError("no document could be read, so nothing was indexed", next_step="see the reasons above")
    encoder = open_embedder(embedder)
    index = HybridIndex.build(corpus, encoder, progress=lambda done, total: progress("encoding", done, total))
    save(index, folder, home)
    return index


def open_index(settings: Settings, *, embedder: str = "", tell: Tell, progress: Progress) -> HybridIndex:
    """The index to ask.

    The shipped one is built when it is missing or no longer fits its documents; any other is the user's own, and
    refused when it is stale or damaged.

    Args:
        embedder: The encoder for questions; the one that the user's own index was built with if "".

    Raises:
        IndexingError: There is no index, or it is stale or damaged, or its encoder is not on this machine.
    """
    if asks_shipped(settings):
        return open_shipped(settings, tell=tell, progress=progress)
    index = load(settings.index, open_embedder(embedder) if embedder else None)
    _check_home(settings.index, index)
    return index


def _check_home(folder: Path, index: HybridIndex) -> None:
    home = home_of(folder)
    reason = why_stale(folder, home, index.embedder.name) if home else ""
    if reason:
        raise StaleIndexError(
            f"the documents have changed since they were indexed: {reason}",
            where=str(folder),
            next_step=f"run `cpo ingest {shlex.quote(str(home))} --index {shlex.quote(str(folder))}`",
        )


def open_shipped(settings: Settings, *, tell: Tell, progress: Progress) -> HybridIndex:
    """The index of the shipped documents, built again where it does not fit them."""
    reason = why_rebuild(settings)
    if not reason:
        try:
            return load(settings.index, open_embedder(settings.embedder))
        except (StaleIndexError, DamagedIndexError) as error:
            reason = error.what
    tell(f"indexing the shipped reports, which takes about a minute: {reason}")
    corpus = read_documents(settings.documents, progress)
    return build_index(corpus, settings.index, settings.embedder, progress, settings.documents)


def why_rebuild(settings: Settings) -> str:
    """Why the shipped index must be built before it can be asked; "" when it need not be."""
    if not settings.index.exists():
        return "not done yet"
    try:
        return why_stale(settings.index, settings.documents, settings.embedder)
    except IndexingError as error:
        return error.what
