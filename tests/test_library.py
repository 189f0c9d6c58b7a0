import shutil
from pathlib import Path

import pytest

from agent.library import build_index, default_folder, open_index, open_shipped, read_documents, why_rebuild
from agent.settings import Settings
from corpus.errors import ReadingError
from indexes.errors import IndexingError


@pytest.fixture
def settings(reports: Path, tmp_path: Path) -> Settings:
    """Settings whose shipped documents are two small reports."""
    documents = tmp_path / "documents"
    shutil.copytree(reports, documents)
    return Settings(documents=documents, index=tmp_path / "built" / "shipped", embedder="hashing")


def quiet(*_: object) -> None:
    """For those who want no progress."""


def test_the_shipped_index_is_built_once(settings: Settings):
    told: list[str] = []
    first = open_shipped(settings, tell=told.append, progress=quiet)
    assert len(told) == 1
    second = open_shipped(settings, tell=told.append, progress=quiet)
    assert len(told) == 1
    assert first.fingerprint == second.fingerprint


def test_the_shipped_index_is_built_again_when_a_document_changes(settings: Settings):
    told: list[str] = []
    before = open_shipped(settings, tell=told.append, progress=quiet).fingerprint
    changed = settings.documents / "engines.md"
    changed.write_text(changed.read_text(encoding="utf-8").replace("30 W", "31 W"), encoding="utf-8")
    assert why_rebuild(settings) == "engines.md has changed"
    assert open_shipped(settings, tell=told.append, progress=quiet).fingerprint != before
    assert "engines.md has changed" in told[1]
    assert why_rebuild(settings) == ""


def test_the_shipped_index_is_built_again_when_damaged(settings: Settings):
    told: list[str] = []
    open_shipped(settings, tell=told.append, progress=quiet)
    next(settings.index.glob("data-*/documents.jsonl")).write_bytes(b"")
    assert open_shipped(settings, tell=told.append, progress=quiet).documents
    assert "damaged" in told[1]


def test_an_interrupted_first_build_is_done_again(settings: Settings):
    settings.index.mkdir(parents=True)
    assert open_shipped(settings, tell=quiet, progress=quiet).documents


def test_a_users_own_index_is_never_built(settings: Settings):
    with pytest.raises(IndexingError, match="there is no index here"):
        open_index(settings, tell=quiet, progress=quiet)
    assert not settings.index.exists()


def test_a_users_own_index_opens_with_its_own_encoder(settings: Settings):
    build_index(read_documents(settings.documents, quiet), settings.index, "hashing", quiet, settings.documents)
    assert open_index(settings, tell=quiet, progress=quiet).embedder.name == "hashing"
    with pytest.raises(IndexingError, match="hashing"):
        open_index(settings, embedder="built-in", tell=quiet, progress=quiet)


def test_progress_is_told_by_stage(settings: Settings):
    seen: list[tuple[str, int, int]] = []
    corpus = read_documents(settings.documents, lambda *each: seen.append(each))
    build_index(corpus, settings.index, "hashing", lambda *each: seen.append(each), settings.documents)
    assert seen[0] == ("reading", 0, 2)
    assert ("reading", 2, 2) in seen
    assert seen[-1] == ("encoding", len(corpus.passages), len(corpus.passages))


def test_the_default_folder_never_hides_the_shipped_index(settings: Settings):
    assert default_folder(Path("some/reports"), settings) == settings.index.parent / "reports"
    with pytest.raises(ReadingError):
        default_folder(Path("some/shipped"), settings)
    with pytest.raises(ReadingError):
        default_folder(Path("/"), settings)


def test_a_users_own_index_is_refused_when_its_documents_have_changed(settings: Settings, tmp_path: Path):
    home = tmp_path / "mine"
    home.mkdir()
    (home / "note.md").write_text("# Prices\n\nA laser source costs US$380 in 2026.\n", encoding="utf-8")
    build_index(read_documents(home, quiet), settings.index, "hashing", quiet, home)
    assert open_index(settings, tell=quiet, progress=quiet).documents
    (home / "note.md").write_text("# Prices\n\nA laser source costs US$999 in 2026.\n", encoding="utf-8")
    with pytest.raises(IndexingError, match=r"note\.md has changed.*cpo ingest"):
        open_index(settings, tell=quiet, progress=quiet)
    (home / "note.md").unlink()
    home.rmdir()
    assert open_index(settings, tell=quiet, progress=quiet).documents
