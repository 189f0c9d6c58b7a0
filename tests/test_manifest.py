from pathlib import Path

import pytest

from corpus.errors import ReadingError
from corpus.ingestion import ingest
from corpus.manifest import load_manifest


def write(folder: Path, manifest: str) -> Path:
    (folder / "a.md").write_text("# Found title\n\nAuthor: Found\n\nSome words of text.\n", encoding="utf-8")
    (folder / "MANIFEST.toml").write_text(manifest, encoding="utf-8")
    return folder


def test_what_the_manifest_says_replaces_what_was_found(tmp_path: Path) -> None:
    folder = write(
        tmp_path, '[[document]]\npath = "a.md"\ntitle = "Said"\npublished = 2025-10-20\nauthority = "primary"'
    )
    document = ingest(folder).documents[0]
    assert (document.title, document.published, document.authority) == ("Said", "2025-10-20", "primary")
    assert document.publisher == "Found"


def test_no_manifest_is_no_entries(tmp_path: Path) -> None:
    assert load_manifest(tmp_path) == {}


@pytest.mark.parametrize(
    ("manifest", "said"),
    [
        ("[[document]\n", "cannot be read"),
        ('name = "x"', "unknown key 'name'"),
        ('[[document]]\npath = "a.md"\ntitel = "x"', "unknown key 'titel'"),
        ('[[document]]\ntitle = "x"', "'path' is missing"),
        ('[[document]]\npath = "b.md"', "'b.md' is not there"),
        ('[[document]]\npath = "a.md"\n[[document]]\npath = "a.md"', "named twice"),
        ('[[document]]\npath = "a.md"\nlanguage = "fr"', "language = 'fr' is not known"),
        ('[[document]]\npath = "a.md"\nauthority = "best"', "authority = 'best' is not known"),
        ('[[document]]\npath = "a.md"\npublished = "soon"', "is no date"),
        ('[[document]]\npath = "a.md"\ntitle = 5', "'title' is not a string"),
        ('document = "a.md"', "no list of tables"),
    ],
)
def test_a_wrong_manifest_is_refused_by_name(tmp_path: Path, manifest: str, said: str) -> None:
    with pytest.raises(ReadingError, match=r"MANIFEST\.toml") as caught:
        load_manifest(write(tmp_path, manifest))
    assert said in str(caught.value)
    assert caught.value.next_step
