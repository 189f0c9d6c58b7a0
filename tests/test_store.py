import hashlib
import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest

from corpus.ingestion import ingest
from indexes import store
from indexes.embeddings import HashingEmbedder
from indexes.errors import DamagedIndexError, IndexingError, StaleIndexError
from indexes.hybrid import HybridIndex
from indexes.store import LOCK, MANIFEST, load, save, why_stale
from tests.conftest import ROOT

QUERIES = ["Who supplies the optical engine?", "磷化铟衬底的主要供应商是谁？", "800G", "光電融合"]


@pytest.fixture(scope="module")
def index(reports: Path) -> HybridIndex:
    return HybridIndex.build(ingest(reports), HashingEmbedder())


@pytest.fixture
def saved(index: HybridIndex, tmp_path: Path) -> Path:
    save(index, tmp_path / "index")
    return tmp_path / "index"


def manifest_of(folder: Path) -> dict:
    return json.loads((folder / MANIFEST).read_text(encoding="utf-8"))


def rewrite(folder: Path, **changes: object) -> None:
    (folder / MANIFEST).write_text(json.dumps(manifest_of(folder) | changes), encoding="utf-8")


def test_a_loaded_index_is_the_saved_one(index, saved):
    loaded = load(saved)
    assert loaded.fingerprint == index.fingerprint
    assert loaded.documents == index.documents
    assert loaded.failures == index.failures
    for query in QUERIES:
        assert loaded.search(query) == index.search(query)


def test_saving_twice_writes_the_same_bytes(index, tmp_path):
    save(index, tmp_path / "one")
    save(load(tmp_path / "one"), tmp_path / "two")
    assert manifest_of(tmp_path / "one")["files"] == manifest_of(tmp_path / "two")["files"]


def test_a_new_save_replaces_the_old_index(index, saved, tmp_path):
    other = tmp_path / "other"
    other.mkdir()
    (other / "a.md").write_text("# Lasers\n\nAn external laser feeds eight fibers.\n", encoding="utf-8")
    save(HybridIndex.build(ingest(other), HashingEmbedder()), saved)
    assert {document.path for document in load(saved).documents.values()} == {"a.md"}
    assert sorted(path.name for path in saved.iterdir()) == [LOCK, "data-2", MANIFEST]


@pytest.mark.parametrize("stop", ["_write_data", "_manifest", "_sync_folder", "digest"])
def test_a_save_cut_off_leaves_the_old_index_whole(index, saved, monkeypatch, stop):
    def fail(*_: object) -> None:
        raise KeyboardInterrupt

    before = load(saved).fingerprint
    with monkeypatch.context() as patch:
        patch.setattr(store, stop, fail)
        with pytest.raises(KeyboardInterrupt):
            save(index, saved)
    assert load(saved).fingerprint == before
    save(index, saved)
    assert len(list(saved.glob("data-*"))) == 1
    assert load(saved).fingerprint == before


def test_a_first_save_cut_off_leaves_a_folder_that_can_be_saved_to(index, tmp_path, monkeypatch):
    folder = tmp_path / "index"
    with monkeypatch.context() as patch:
        patch.setattr(store, "_manifest", lambda *_: 1 / 0)
        with pytest.raises(ZeroDivisionError):
            save(index, folder)
    with pytest.raises(DamagedIndexError, match="cpo ingest FOLDER --index"):
        load(folder)
    save(index, folder)
    assert load(folder).fingerprint == index.fingerprint


def test_a_folder_that_is_not_an_index_is_left_as_it_is(index, tmp_path):
    (tmp_path / "thesis.txt").write_text("mine", encoding="utf-8")
    with pytest.raises(IndexingError, match=r"not an index \(thesis.txt\)"):
        save(index, tmp_path)
    assert [path.name for path in tmp_path.iterdir()] == ["thesis.txt"]


@pytest.mark.parametrize("text", ['{"kind": "web app"}', '{"name": "web app"}'])
def test_another_programs_manifest_is_left_as_it_is(index, tmp_path, text):
    (tmp_path / MANIFEST).write_text(text, encoding="utf-8")
    with pytest.raises(IndexingError, match="not an index"):
        save(index, tmp_path)
    assert (tmp_path / MANIFEST).read_text(encoding="utf-8") == text


@pytest.mark.parametrize("name", [MANIFEST, f"{MANIFEST}.new", LOCK])
@pytest.mark.parametrize("text", ["", "{", "{}", "[]", '{"kind": "cpo-analyst index"}'])
def test_what_is_left_of_an_index_can_be_saved_over(index, tmp_path, name, text):
    (tmp_path / name).write_text(text, encoding="utf-8")
    save(index, tmp_path)
    assert load(tmp_path).fingerprint == index.fingerprint


@pytest.mark.skipif(os.name != "posix", reason="no locks here")
def test_only_one_may_save_at_a_time(index, saved, monkeypatch):
    write = store._write_data

    def interrupted(*args: object) -> None:
        with pytest.raises(IndexingError, match=r"another ingest is writing this index; wait .* --index"):
            save(index, saved)
        write(*args)

    with monkeypatch.context() as patch:
        patch.setattr(store, "_write_data", interrupted)
        save(index, saved)
    assert sorted(path.name for path in saved.iterdir()) == [LOCK, "data-2", MANIFEST]
    save(index, saved)
    assert load(saved).fingerprint == index.fingerprint


@pytest.mark.skipif(os.name != "posix", reason="no locks here")
def test_the_lock_of_another_process_holds_until_it_dies(index, saved):
    program = (
        "import fcntl, sys; file = open(sys.argv[1]); fcntl.flock(file, fcntl.LOCK_EX); print(flush=True); input()"
    )
    command = [sys.executable, "-c", program, saved / LOCK]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE) as other:
        other.stdout.readline()
        with pytest.raises(IndexingError, match="another ingest"):
            save(index, saved)
        other.kill()
    save(index, saved)


@pytest.mark.parametrize("change", ["missing", "added"])
def test_files_that_change_while_they_are_written_leave_the_old_index(index, saved, monkeypatch, change):
    write = store._write_data

    def disturbed(index: HybridIndex, data: Path) -> None:
        write(index, data)
        (data / "means.npy").unlink() if change == "missing" else (data / "more.npy").touch()

    with monkeypatch.context() as patch:
        patch.setattr(store, "_write_data", disturbed)
        with pytest.raises(IndexingError, match=r"something else changed the files .*(means|more)\.npy"):
            save(index, saved)
    assert load(saved).fingerprint == index.fingerprint


def test_a_linked_data_folder_is_replaced_and_what_it_leads_to_is_kept(index, saved, tmp_path):
    (saved / "data-1").rename(tmp_path / "elsewhere")
    (saved / "data-1").symlink_to(tmp_path / "elsewhere")
    save(index, saved)
    assert load(saved).fingerprint == index.fingerprint
    assert not (saved / "data-1").is_symlink()
    assert (tmp_path / "elsewhere" / "means.npy").exists()


def test_a_file_in_the_place_of_the_folder_is_an_error(index, tmp_path):
    (tmp_path / "index").write_text("", encoding="utf-8")
    with pytest.raises(IndexingError, match="a file, not a folder"):
        save(index, tmp_path / "index")


def test_no_index_is_an_error_that_says_how_to_make_one(tmp_path):
    for folder in (tmp_path, tmp_path / "nowhere"):
        with pytest.raises(IndexingError, match=f"there is no index here; run `cpo ingest FOLDER --index {folder}`"):
            load(folder)


def data_files(folder: Path) -> list[str]:
    return sorted(manifest_of(folder)["files"])


def test_every_file_is_checked(saved):
    data = saved / "data-1"
    names = data_files(saved)
    assert len(names) == 3 + 2 * 6
    for name in names:
        path = data / name
        whole = path.read_bytes()
        damages = [
            None,
            b"",
            whole[:-1] + bytes([(whole[-1] if whole else 0) ^ 1]),
            whole + b"\n",
            whole[: len(whole) // 2],
        ]
        for damage in damages:
            if damage == whole:
                continue
            path.unlink()
            if damage is not None:
                path.write_bytes(damage)
            with pytest.raises(DamagedIndexError, match="cpo ingest FOLDER"):
                load(saved)
            path.write_bytes(whole)
    assert load(saved)


@pytest.mark.parametrize(
    "text", ["", "{", "[]", "null", "{}", '{"kind": "x"}', "[" * 100_000, "\xff", '{"kind": "cpo-analyst index"}']
)
def test_a_foreign_manifest_is_refused(saved, text):
    (saved / MANIFEST).write_bytes(text.encode("latin-1"))
    with pytest.raises(DamagedIndexError, match="not one of ours"):
        load(saved)


@pytest.mark.parametrize(
    "changes",
    [
        {"data": "../other"},
        {"data": "data-1/../../etc"},
        {"data": "/etc"},
        {"data": ""},
        {"data": 1},
        {"pools": ["../.."]},
        {"pools": []},
        {"pools": ["en", "en"]},
        {"pools": "en"},
        {"files": {}},
        {"files": {"../../secret": {"size": 1, "sha256": ""}}},
        {"encoder": {}},
        {"encoder": None},
        {"encoder": {"name": 3, "fingerprint": "", "dimension": 256}},
        {"sources": []},
    ],
)
def test_names_and_values_in_the_manifest_are_not_trusted(saved, changes):
    rewrite(saved, **changes)
    with pytest.raises(DamagedIndexError, match="not one of ours"):
        load(saved)


def test_links_are_not_followed(saved, tmp_path):
    path = saved / "data-1" / "means.npy"
    shutil.copy(path, tmp_path / "means.npy")
    path.unlink()
    path.symlink_to(tmp_path / "means.npy")
    with pytest.raises(DamagedIndexError, match=r"means\.npy is missing"):
        load(saved)


def forge(folder: Path, name: str, content: bytes) -> None:
    """Change a file and the manifest with it, as one who wants to be believed would."""
    (folder / "data-1" / name).write_bytes(content)
    files = manifest_of(folder)["files"]
    files[name] = {"size": len(content), "sha256": hashlib.sha256(content).hexdigest()}
    rewrite(folder, files=files)


def test_a_forged_passage_that_its_page_does_not_hold_is_refused(saved):
    path = saved / "data-1" / "en" / "passages.jsonl"
    forge(saved, "en/passages.jsonl", path.read_bytes().replace(b"30 W", b"90 W"))
    with pytest.raises(DamagedIndexError, match="not the text of its page"):
        load(saved)


@pytest.mark.parametrize(
    ("name", "array"),
    [
        ("en/vectors.npy", np.zeros((1, 256), np.float32)),
        ("en/vectors.npy", np.zeros((2, 256), np.float64)),
        ("means.npy", np.zeros((2, 4, 3), np.float32)),
        ("en/rows.npy", np.full(3, 99, np.int32)),
        ("en/starts.npy", np.zeros(3, np.int64)),
    ],
)
def test_forged_arrays_that_do_not_fit_are_refused(saved, tmp_path, name, array):
    np.save(tmp_path / "forged.npy", array)
    forge(saved, name, (tmp_path / "forged.npy").read_bytes())
    with pytest.raises(DamagedIndexError, match="do not fit together"):
        load(saved)


@pytest.mark.parametrize("name", ["means.npy", "en/rows.npy", "en/vectors.npy"])
@pytest.mark.parametrize("shape", ["(1000000000000000,)", "(-1,)", "(2, 256", "(" * 500, "(99999999999999999999, 256)"])
def test_a_header_that_promises_too_much_is_refused(saved, name, shape):
    kind = "<i4" if "rows" in name else "<f4"
    header = f"{{'descr': '{kind}', 'fortran_order': False, 'shape': {shape}, }}\n".encode()
    forge(saved, name, b"\x93NUMPY\x01\x00" + len(header).to_bytes(2, "little") + header)
    with pytest.raises(DamagedIndexError, match="do not fit together"):
        load(saved)


def test_a_fingerprint_of_other_passages_is_refused(saved):
    rewrite(saved, fingerprint="0" * 64)
    with pytest.raises(DamagedIndexError, match="its fingerprint is not that of its passages"):
        load(saved)


def test_a_pickle_is_never_opened(saved, tmp_path):
    np.save(tmp_path / "forged.npy", np.array([{"a": 1}], dtype=object), allow_pickle=True)
    forge(saved, "means.npy", (tmp_path / "forged.npy").read_bytes())
    with pytest.raises(DamagedIndexError, match="do not fit together"):
        load(saved)


@pytest.mark.parametrize("line", [b"{}", b"[]", b"3", b'{"id": "x"}', b"{" * 50_000])
def test_forged_lines_are_refused(saved, line):
    forge(saved, "documents.jsonl", line)
    with pytest.raises(DamagedIndexError, match="do not fit together"):
        load(saved)


class OtherEmbedder(HashingEmbedder):
    name = "other"
    fingerprint = "other"


def test_another_encoder_makes_the_index_stale(saved):
    with pytest.raises(StaleIndexError, match=r"built with the encoder hashing.*--embedder other"):
        load(saved, OtherEmbedder())
    assert load(saved, HashingEmbedder())


def test_another_version_makes_the_index_stale(saved, reports):
    rewrite(saved, tokeniser="0-old")
    with pytest.raises(StaleIndexError, match=r"cutting of words has changed.*cpo ingest"):
        load(saved)
    rewrite(saved, format=99)
    with pytest.raises(StaleIndexError, match="another version"):
        load(saved)
    assert "another version" in why_stale(saved, reports, "hashing")


@pytest.fixture
def sources(reports: Path, tmp_path: Path) -> Path:
    """Documents with a file that cannot be read and files that are not documents."""
    folder = tmp_path / "sources"
    shutil.copytree(reports, folder)
    (folder / "broken.pdf").write_bytes(b"not a pdf")
    (folder / "README.md").write_text("read me", encoding="utf-8")
    return folder


def test_changed_sources_make_the_index_stale(sources, tmp_path):
    folder = tmp_path / "index"
    corpus = ingest(sources)
    assert [failure.path for failure in corpus.failures] == ["broken.pdf"]
    save(HybridIndex.build(corpus, HashingEmbedder()), folder)
    assert why_stale(folder, sources, "hashing") == ""
    assert why_stale(folder, sources, "built-in") == "it was built with the encoder hashing, not built-in"
    (sources / "new.md").write_text("# New\n\nA new report.\n", encoding="utf-8")
    assert why_stale(folder, sources, "hashing") == "new.md is new"
    (sources / "new.md").unlink()
    path = sources / "engines.md"
    text = path.read_text(encoding="utf-8")
    path.write_text(text.replace("30 W", "31 W"), encoding="utf-8")
    assert why_stale(folder, sources, "hashing") == "engines.md has changed"
    path.unlink()
    assert why_stale(folder, sources, "hashing") == "engines.md is gone"
    path.write_text(text, encoding="utf-8")
    assert why_stale(folder, sources, "hashing") == ""


def test_a_changed_title_in_the_manifest_of_the_documents_makes_the_index_stale(sources, tmp_path):
    folder = tmp_path / "index"
    (sources / "MANIFEST.toml").write_text('[[document]]\npath = "engines.md"\ntitle = "One"\n', encoding="utf-8")
    save(HybridIndex.build(ingest(sources), HashingEmbedder()), folder)
    assert why_stale(folder, sources, "hashing") == ""
    (sources / "MANIFEST.toml").write_text('[[document]]\npath = "engines.md"\ntitle = "Two"\n', encoding="utf-8")
    assert why_stale(folder, sources, "hashing") == "the manifest says something else about engines.md"


@pytest.mark.skipif(os.geteuid() == 0, reason="root may write anywhere")
def test_a_folder_that_cannot_be_written_is_an_error(index, tmp_path):
    tmp_path.chmod(0o500)
    with pytest.raises(IndexingError, match="cannot be written"):
        save(index, tmp_path / "index")


def test_a_path_under_a_file_is_an_error(index, tmp_path):
    (tmp_path / "file").write_text("", encoding="utf-8")
    with pytest.raises(IndexingError, match="cannot be written"):
        save(index, tmp_path / "file" / "index")


def test_loading_imports_no_torch(saved):
    program = (
        "import sys; from pathlib import Path; from indexes.store import load; load(Path(sys.argv[1]));"
        "print({'torch', 'transformers', 'sentence_transformers', 'jieba', 'bm25s'} & set(sys.modules))"
    )
    done = subprocess.run([sys.executable, "-c", program, saved], cwd=ROOT, capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "set()"


def test_file_names_that_are_not_unicode_survive(tmp_path):
    folder = tmp_path / "sources"
    folder.mkdir()
    name = os.fsdecode(b"caf\xe9.md")
    (folder / name).write_text("# Title\n\nA sentence about lasers.\n", encoding="utf-8")
    save(HybridIndex.build(ingest(folder), HashingEmbedder()), tmp_path / "index")
    assert [document.path for document in load(tmp_path / "index").documents.values()] == [name]
