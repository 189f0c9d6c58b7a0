"""Where true statements come from: the shipped documents, gold claims, and folders of passages.

A folder holds passages.jsonl, one JSON object a line: {"id": …, "lang": "en", "text": …, "title": …}, the title not
required.
"""

import hashlib
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

from agent.library import read_documents
from agent.settings import Settings
from corpus.document import Block, Corpus, Document, Page, Passage
from corpus.text import HAN, normalise, split_sentences
from evals.claims import GoldClaim, gold_files, read_claims
from evals.mutations.case import Library, Statement, draw
from evals.mutations.rows import Cell, Row, read_rows, tell
from evals.sets import language_of, read_lines

_LIST_MARK = re.compile(r"^(?:\d{1,2}[.)、](?!\d)|[(（]\d{1,2}[)）]|[-•*])\s*")
_NOTE = re.compile(r"\s*[(（][^()（）]*(?:confidence|可信度)[^()（）]*[)）](?=[.。]?$)")
_JUNK = re.compile(
    r"^[，。、；：,.;:]|^\d+ ?[.、]|\\n|"
    r"\.\.|…|http|www\.|更新时间|来源：|编辑：|记者：|原标题|责任编辑|\||>|_|。[”）]?.|``.*``.*``|\? .|[①-⑳]|[!！?？]"
)
_LENGTHS = {"en": (40, 320), "zh": (14, 160), "ja": (14, 160)}


def shipped(settings: Settings | None = None) -> tuple[Library, Corpus]:
    """The shipped documents.

    Raises:
        ReadingError: They cannot be read.
    """
    corpus = read_documents((settings or Settings()).documents, lambda *_: None)
    return Library({one.id: one for one in corpus.passages}, dict(corpus.by_id)), corpus


def read_folder(folder: Path) -> Library:
    """The passages of a folder, each a document of its own.

    Raises:
        AnalystError: The file is missing or a line is wrong; the error names the file and the line.
    """
    pairs = list(read_lines(folder / "passages.jsonl", lambda row: _passage(row, folder.name)))
    return Library({passage.id: passage for passage, _ in pairs}, {document.id: document for _, document in pairs})


def _passage(row: dict[str, Any], publisher: str) -> tuple[Passage, Document]:
    name, title, language = row["id"], row.get("title", ""), language_of(row)
    if not all(isinstance(one, str) for one in (name, title, row["text"])):
        raise TypeError("id, text and title must be strings")
    text = normalise(row["text"])
    digest = hashlib.sha256(text.encode()).hexdigest()
    blocks, at = [], 0
    for line in text.split("\n"):
        blocks.append(Block("paragraph", at, at + len(line)))
        at += len(line) + 1
    page = Page(1, "1", text, tuple(blocks))
    document = Document(name, normalise(title), publisher, "", language, name, digest, "text/plain", (page,))
    return Passage(f"{name}-1.1", name, 1, 0, len(text), text, language), document


def sentences(library: Library, source: str = "") -> Iterator[Statement]:
    """Each sentence and list item that reads as a statement of its own, without its mark and source note.

    Args:
        source: Where it is from; the document's path if "".
    """
    seen: set[str] = set()
    for passage in library.passages.values():
        for start, end in split_sentences(passage.text) if not passage.header else ():
            quote = passage.text[start:end]
            text = _NOTE.sub("", _LIST_MARK.sub("", quote)).strip()
            if text not in seen and _is_statement(text, passage, strict=bool(source)):
                seen.add(text)
                yield _statement(f"{passage.id}@{start}", text, passage, quote, library, source)


def _statement(id_: str, text: str, passage: Passage, quote: str, library: Library, source: str) -> Statement:
    document = library.documents[passage.document_id]
    lead = "\n".join(part for part in (*passage.section, passage.header, document.title, document.published) if part)
    return Statement(id_, text, passage.language, "verbatim", passage, quote, lead, source or document.path)


def _is_statement(text: str, passage: Passage, *, strict: bool) -> bool:
    """Whether a sentence is whole and plain; ``strict`` for text that was scraped."""
    if passage.language not in _LENGTHS:
        return False
    low, high = _LENGTHS[passage.language]
    ends = ".", "。"
    if not (low * (0.5 if not strict else 1) <= len(text) <= high and text.endswith(ends)):
        return False
    if not strict:
        return True
    if _JUNK.search(text) or not all(text.count(a) == text.count(b) for a, b in ("()", "（）", "“”", "《》", "[]")):
        return False
    if passage.language == "en":
        return (
            text[0].isupper() and len(re.findall(r"[A-Za-z]", text)) * 10 > len(text) * 7 and text.count('"') % 2 == 0
        )
    return len(re.findall(f"[{HAN}]", text)) * 10 > len(text) * 6 and not re.search(r"\s{2}", text)


def rows(library: Library) -> Iterator[tuple[Statement, Row, Cell, Sequence[Row]]]:
    """Each cell of each table told as a sentence, with its row and the rows of its table."""
    for passage in library.passages.values():
        found = read_rows(passage)
        for row in found:
            for cell in row.cells:
                text = tell(row, cell, passage.language)
                statement = _statement(f"{passage.id}|{row.label}|{cell.head}", text, passage, row.line, library, "")
                yield replace(statement, form="row"), row, cell, found


def gold(library: Library, corpus: Corpus, folders: Iterable[Path] = ()) -> Iterator[Statement]:
    """The gold claims of the repository, and of other folders.

    Raises:
        AnalystError: A line is wrong; see evals.claims.read_claims.
    """
    files = [*gold_files(), *(path for folder in folders for path in gold_files(folder))]
    for path in files:
        for claim in read_claims(path, corpus):
            yield _of_claim(claim, library)


def _of_claim(claim: GoldClaim, library: Library) -> Statement:
    verbatim = _statement(claim.id, claim.text, claim.passage, claim.quote, library, "")
    return replace(verbatim, language=claim.language, form=claim.kind)


def sample(statements: Iterable[Statement], most: int) -> list[Statement]:
    """At most so many of each language, taken by lot, in the order in which they stand."""
    every = list(statements)
    kept: list[Statement] = []
    for language in sorted({one.language for one in every}):
        own = sorted((one for one in every if one.language == language), key=lambda one: draw("sample", one.id))
        kept += own[:most]
    ids = {one.id for one in kept}
    return [one for one in every if one.id in ids]
