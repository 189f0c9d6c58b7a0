"""Look for quotes in documents as they are now: unchanged, moved, altered or missing."""

import hashlib
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import replace
from functools import cached_property
from itertools import pairwise
from pathlib import Path

from agent.answer import Citation
from agent.bundle.bundle import Bundle, Source, StoredPage
from agent.bundle.report import Whereabouts
from agent.citations import cite
from agent.draft import DraftQuote
from agent.quotes import Mismatch, Span, find_quote
from corpus.boxes import Box
from corpus.chunking import cut
from corpus.document import Document, Failure, Language, Page, Passage
from corpus.errors import AnalystError
from corpus.ingestion import find_files
from corpus.manifest import load_manifest
from corpus.readers import read
from corpus.text import fold, split_sentences

_BLOCK = 1 << 20
_LONG_LINE = 20
_KIN = 0.5
"""Share of a stored page's longer lines that a document of another name must have to be the same one."""

_NEAR = 0.25
_LONGEST_SHOWN = 300


class Sources:
    """The documents of a folder, each read only when it is needed.

    Args:
        folder: A folder, or one document.

    Raises:
        ReadingError: The folder is missing or empty, or its manifest is wrong.
    """

    def __init__(self, folder: Path) -> None:
        self._root = folder if folder.is_dir() else folder.parent
        paths, failures = find_files(folder)
        self._paths = {path.relative_to(self._root).as_posix(): path for path in paths}
        self._entries = load_manifest(self._root)
        self._documents: dict[str, Document | None] = {}
        self._passages: dict[str, Sequence[Passage]] = {}
        self.failures: list[Failure] = failures

    def find(self, citation: Citation, source: Source, page_text: str, reader: Language) -> Whereabouts:
        """What has become of a quote: by the bytes of its document, by its path, then by its words.

        Args:
            citation: The quote, and where it stood.
            source: Its document, as the bundle tells of it.
            page_text: Text of the quote's page when it was read.
            reader: The language to gloss the quote in.
        """
        same = self._copies(source.sha256)
        same = [name for name in same if name == citation.path] or same
        named = [citation.path] if citation.path in self._paths else []
        altered: Whereabouts | None = None
        standing: Whereabouts | None = None
        for name in dict.fromkeys([*same, *named]):
            found = self._look(name, citation, reader, same_bytes=name in same)
            if found and found.state in ("unchanged", "moved"):
                found = replace(found, labels=tuple(self._labels(name, source)))
                if not found.labels:
                    return found
                standing = standing or found
            altered = altered or found
        if standing:
            return standing
        found = self._elsewhere(citation, page_text, reader, altered)
        return replace(found, labels=tuple(self._labels(found.path, source))) if found.state == "moved" else found

    def differing(self, bundle: Bundle) -> Iterator[str]:
        """The pages, passages and marks that a bundle tells of and an unchanged file does not have, one line each.

        Only what this very program read can be held against what it reads now.
        """
        for source in bundle.sources:
            for document in self._same(source.sha256):
                if document.marks != source.marks:
                    yield f"{source.path}: the file has other marks of hidden or instructing text than the bundle"
                if (document.media_type, document.language) != (source.media_type, source.language):
                    yield f"{source.path}: the file is of another type or language than the bundle tells"
                for page in bundle.pages:
                    if page.document_id == source.id and self._differs(document, page):
                        yield f"{source.path}: page {page.number} reads otherwise in the file than in the bundle"
        for passage in bundle.weighed:
            digests = [digest for digest in self._digests.values() if digest.startswith(passage.document_id)]
            for document in self._same(digests[0]) if digests else ():
                if passage not in self._cut(document):
                    yield f"{document.path}: the file has no passage {passage.id} as the confidence was read from"

    def _same(self, sha256: str) -> list[Document]:
        """The first document with these bytes, if there is one that can be read."""
        return [document for name in self._copies(sha256)[:1] if (document := self._read(name))]

    def _copies(self, sha256: str) -> list[str]:
        return [name for name, digest in self._digests.items() if digest == sha256]

    def _differs(self, document: Document, stored: StoredPage) -> bool:
        pages = [page for page in document.pages if page.number == stored.number]
        cut_here = tuple(one for one in self._cut(document) if one.page == stored.number)
        return [(page.label, page.text) for page in pages] != [
            (stored.label, stored.text)
        ] or cut_here != stored.passages

    def _cut(self, document: Document) -> Sequence[Passage]:
        if document.path not in self._passages:
            self._passages[document.path] = cut(document)
        return self._passages[document.path]

    def _labels(self, name: str, source: Source) -> Iterator[str]:
        """What the bundle says of a document that neither the file nor the manifest beside it says."""
        document = self._read(name)
        if document is None:
            return
        for label in LABELS:
            said, now = getattr(source, label), getattr(document, label)
            if said == now or (label == "title" and {said: source.path, now: name} == _stems(source.path, name)):
                continue
            what = LABELS[label]
            yield f"{what} is “{now}” there, and “{said}” in the bundle" if now and said else (
                f"{what} is “{now}” there, and none in the bundle" if now
                else f"{what} is “{said}” in the bundle, and neither the file nor a MANIFEST.toml of the folder says so"
            )  # fmt: skip

    def _elsewhere(
        self, citation: Citation, page_text: str, reader: Language, altered: Whereabouts | None
    ) -> Whereabouts:
        """The quote in another document; else an altered one of another name; else none."""
        if altered and altered.detail.startswith(_SAME_FILE):
            return altered  # the words were never in it: those of another document prove nothing
        lines = {line for line in page_text.split("\n") if len(line) >= _LONG_LINE}
        for name in self._paths:
            found = self._look(name, citation, reader)
            if found and found.state == "moved":
                return found
            document = self._read(name)
            if altered is None and document and lines:
                held = lines & {line for page in document.pages for line in page.text.split("\n")}
                altered = found if len(held) >= _KIN * len(lines) else None
        return altered or Whereabouts("missing", detail="no document of the folder is it, or has these words")

    def _look(self, name: str, citation: Citation, reader: Language, same_bytes: bool = False) -> Whereabouts | None:
        """What one document has of a quote; None where it cannot be read."""
        document = self._read(name)
        if document is None:
            return None
        reason = ""
        for page in sorted(document.pages, key=lambda page: (page.number != citation.page, page.number)):
            span = find_quote(page.text, citation.quote, near=citation.start if page.number == citation.page else 0)
            if isinstance(span, Span):
                return self._found(document, page, span, citation, reader, same_bytes)
            reason = span.reason if not reason or "word for word" in reason else reason
        detail = (
            f"{_SAME_FILE}, and the quote {reason}" if same_bytes else f"the file has changed, and the quote {reason}"
        )
        return Whereabouts("altered", document.path, detail=detail, nearest=_nearest(document, citation.quote))

    def _found(
        self, document: Document, page: Page, span: Span, citation: Citation, reader: Language, same_bytes: bool
    ) -> Whereabouts:
        words = page.text[span.start : span.end]
        changes = [
            "" if same_bytes else "the file has changed" if document.path == citation.path else "in another file",
            f"it was {citation.path}" if document.path != citation.path else "",
            f"it was on page {citation.page_label}" if page.number != citation.page else "",
            f"it was at characters {citation.start}-{citation.end}"
            if page.number == citation.page and span.start != citation.start
            else "",
            "the marks or spaces of the quote are others" if words != citation.quote else "",
        ]
        detail = "; ".join(filter(None, changes))
        return Whereabouts(
            "moved" if detail else "unchanged",
            document.path,
            page.number,
            page.label,
            span.start,
            span.end,
            detail,
            boxes=self._boxes(document, page, span),
            citation=self._cite_again(document, page, span, reader),
        )

    def _boxes(self, document: Document, page: Page, span: Span) -> tuple[Box, ...]:
        if document.media_type != "application/pdf":
            return ()
        from corpus.pdf import locate

        return locate(self._paths[document.path], page, span.start, span.end)

    def _cite_again(self, document: Document, page: Page, span: Span, reader: Language) -> Citation | None:
        """The citation that the words earn now; None where they run over the end of a passage."""
        words = page.text[span.start : span.end]
        for passage in self._cut(document):
            if passage.page == page.number and passage.start <= span.start and span.end <= passage.end:
                draft = DraftQuote.model_construct(passage_id=passage.id, quote=words)
                found = cite(draft, {passage.id: passage}, {document.id: document}, reader)
                return None if isinstance(found, Mismatch) else found
        return None

    @cached_property
    def _digests(self) -> dict[str, str]:
        return {name: digest for name, path in self._paths.items() if (digest := _digest(path))}

    def _read(self, name: str) -> Document | None:
        if name not in self._documents:
            self._documents[name] = self._try(name)
        return self._documents[name]

    def _try(self, name: str) -> Document | None:
        try:
            document = read(self._paths[name], self._root)
        except AnalystError as error:
            self.failures.append(Failure(name, error.what, error.next_step))
            return None
        except Exception as error:  # noqa: BLE001 - as in ingestion: one odd file must not end the others
            self.failures.append(Failure(name, f"it could not be read ({type(error).__name__})"))
            return None
        return self._entries[name].apply(document) if name in self._entries else document


_SAME_FILE = "the file is the same, byte for byte"
LABELS = {
    "title": "its title",
    "publisher": "its publisher",
    "published": "its date",
    "source": "where it was drawn from",
    "authority": "its authority",
}


def _stems(before: str, now: str) -> dict[str, str]:
    """The titles that a file without one takes from its name: they change with it."""
    return {Path(before).stem: before, Path(now).stem: now}


def _digest(path: Path) -> str:
    """SHA-256 of a file; "" where it cannot be read."""
    digest = hashlib.sha256()
    try:
        with path.open("rb") as file:
            while block := file.read(_BLOCK):
                digest.update(block)
    except OSError:
        return ""
    return digest.hexdigest()


def _nearest(document: Document, quote: str) -> str:
    """The sentence of a document that shares most pairs of characters with a quote; "" where none comes near."""
    wanted = _pairs(quote)
    best, share = "", _NEAR
    for page in document.pages:
        for start, end in split_sentences(page.text):
            held = _pairs(page.text[start:end])
            common = 2 * sum((wanted & held).values()) / max(1, sum(wanted.values()) + sum(held.values()))
            if common > share:
                best, share = page.text[start:end], common
    return best if len(best) <= _LONGEST_SHOWN else f"{best[:_LONGEST_SHOWN]}…"


def _pairs(text: str) -> Counter[tuple[str, str]]:
    return Counter(_neighbours(fold(text).casefold()))


def _neighbours(text: str) -> Iterator[tuple[str, str]]:
    return pairwise("".join(text.split()))
