import os
from pathlib import Path

import pytest

from corpus.errors import ReadingError
from corpus.ingestion import ingest


def fill(folder: Path, **files: str) -> Path:
    for name, text in files.items():
        path = folder / name.replace("__", "/").replace("_", ".")
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    return folder


def test_a_folder_becomes_documents_passages_and_failures(tmp_path: Path) -> None:
    fill(
        tmp_path,
        b_md="# B\n\nText of b.",
        a__c_txt="Title\n\nText of c is here.",
        d_xyz="data",
        e_md="",
        f_md="# B\n\nText of b.",
    )
    fill(tmp_path, README_md="not a document", _hidden_md="nor this")
    corpus = ingest(tmp_path)
    assert [document.path for document in corpus.documents] == ["a/c.txt", "b.md"]
    assert [(failure.path, failure.reason) for failure in corpus.failures] == [
        ("d.xyz", "files of type .xyz are not read"),
        ("e.md", "it is empty"),
        ("f.md", "same content as b.md"),
    ]
    assert all(failure.next_step for failure in corpus.failures)
    assert {passage.document_id for passage in corpus.passages} == set(corpus.by_id)
    for passage in corpus.passages:
        page = corpus.by_id[passage.document_id].page(passage.page)
        assert passage.text == page.text[passage.start : passage.end]


def test_ingesting_twice_gives_the_same_corpus(tmp_path: Path) -> None:
    fill(tmp_path, b_md="# B\n\nText.", a_md="# A\n\nText.")
    assert ingest(tmp_path) == ingest(tmp_path)


def test_the_id_follows_the_content_and_not_the_path(tmp_path: Path) -> None:
    first = ingest(fill(tmp_path / "one", a_md="# A\n\nText.")).documents[0]
    second = ingest(fill(tmp_path / "two", z__b_md="# A\n\nText.")).documents[0]
    assert first.id == second.id == first.sha256[:10]


def test_one_file_may_be_given(tmp_path: Path) -> None:
    fill(tmp_path, a_md="# A\n\nText.", b_md="# B\n\nText.")
    assert [document.title for document in ingest(tmp_path / "b.md").documents] == ["B"]


def test_progress_counts_every_file(tmp_path: Path) -> None:
    fill(tmp_path, a_md="# A\n\nText.", b_md="")
    seen: list[tuple[int, int, str]] = []
    ingest(tmp_path, progress=lambda *state: seen.append(state))
    assert seen == [(0, 2, "a.md"), (1, 2, "b.md"), (2, 2, "")]


def test_a_link_out_of_the_folder_is_not_followed(tmp_path: Path) -> None:
    fill(tmp_path, secret_md="# Secret\n\nText.", home__a_md="# A\n\nText.")
    (tmp_path / "home/link.md").symlink_to(tmp_path / "secret.md")
    corpus = ingest(tmp_path / "home")
    assert [document.title for document in corpus.documents] == ["A"]
    assert [failure.path for failure in corpus.failures] == ["link.md"]


def test_a_link_to_itself_costs_one_file_only(tmp_path: Path) -> None:
    fill(tmp_path, a_md="# A\n\nText.")
    (tmp_path / "c.md").symlink_to("c.md")
    corpus = ingest(tmp_path)
    assert [document.title for document in corpus.documents] == ["A"]
    assert [failure.path for failure in corpus.failures] == ["c.md"]


def test_a_reader_that_breaks_costs_one_file_only(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    fill(tmp_path, a_md="# A\n\nText.", b_html="<p>Text.")
    monkeypatch.setattr("corpus.web.read_html", lambda text: 1 / 0)
    corpus = ingest(tmp_path)
    assert len(corpus.documents) == 1
    assert "ZeroDivisionError" in corpus.failures[0].reason


def test_all_files_failing_is_a_result(tmp_path: Path) -> None:
    corpus = ingest(fill(tmp_path, a_md=""))
    assert (corpus.documents, len(corpus.failures)) == ((), 1)


@pytest.mark.parametrize("name", ["missing", "empty"])
def test_a_folder_without_documents_is_an_error(tmp_path: Path, name: str) -> None:
    (tmp_path / "empty").mkdir()
    with pytest.raises(ReadingError) as caught:
        ingest(tmp_path / name)
    assert caught.value.next_step


@pytest.mark.skipif(os.geteuid() == 0, reason="the superuser may open everything")
def test_a_folder_that_cannot_be_opened_is_told(tmp_path: Path) -> None:
    fill(tmp_path, a_md="# A\n\nText.", closed__b_md="# B\n\nText.")
    (tmp_path / "closed").chmod(0)
    corpus = ingest(tmp_path)
    (tmp_path / "closed").chmod(0o700)
    assert [failure.path for failure in corpus.failures] == ["closed"]


def test_a_link_to_a_folder_and_one_to_nothing_are_told(tmp_path: Path) -> None:
    (tmp_path / "home").mkdir()
    (tmp_path / "other").mkdir()
    (tmp_path / "home" / "a.md").write_text("# A\n\nThe engine draws 9 W.\n", encoding="utf-8")
    (tmp_path / "home" / "etc").symlink_to(tmp_path / "other")
    (tmp_path / "home" / "dead.md").symlink_to("nowhere.md")
    told = {one.path: one.reason for one in ingest(tmp_path / "home").failures}
    assert told == {
        "etc": "it is a link to a folder, which is not followed",
        "dead.md": "it is a link that leads nowhere",
    }
