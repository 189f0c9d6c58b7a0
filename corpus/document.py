"""The nouns of ingestion: Document, Page, Block, Passage, Corpus.

A file becomes a Document of Pages; a Page holds normalised text, in which *each line is one Block* (a paragraph,
a list item, a heading, a table row …). Passages are exact slices of a page, so that every quote can be proved.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Literal

Language = Literal["en", "zh", "ja", "und"]
"""Language of a passage or question; "und" where there is too little text to tell."""

LANGUAGES: tuple[Language, ...] = ("en", "zh", "ja")
"""The languages that are told apart, in the order in which they are listed everywhere."""

BlockKind = Literal["heading", "paragraph", "item", "header", "row", "caption", "furniture"]
"""What one line of a page is. "header" is the head row of a table; "row" is each row below it; "furniture" is what is
no evidence for anything: a table of contents, a line of links or of hashtags."""


@dataclass(frozen=True, slots=True)
class Block:
    """One line of a page: ``page.text[start:end]``, without the newline that ends it.

    Attributes:
        kind: What the line is.
        start, end: Character offsets into the page's normalised text.
        section: Headings above this line, outermost first; a heading's own text is not in its own path.
    """

    kind: BlockKind
    start: int
    end: int
    section: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Page:
    """One page of normalised text (the whole file where a format has no pages).

    Attributes:
        number: Position in the file, from 1.
        label: The printed page label ("iv", "12"); equals ``str(number)`` where none is known.
        text: Normalised text (see corpus.text.normalise), one block a line.
        blocks: The lines of ``text`` in order.
    """

    number: int
    label: str
    text: str
    blocks: tuple[Block, ...]


MarkKind = Literal["hidden", "layer", "disguised", "instruction"]
"""Why a reader should beware: text that whoever opens the file does not see; text laid invisibly over a picture, as
scanners do; characters that stand for something else than they show; words that instruct whoever reads them."""


@dataclass(frozen=True, slots=True)
class Mark:
    """Something in a document that its reader should beware of.

    Attributes:
        page: Number of the page.
        start, end: Where the marked words stand: ``page.text[start:end]``; both 0 where they were kept out of the text,
            so that no passage holds them.
        sample: The first words of it, on one line.
        reason: How it is hidden or what it asks for, in English.
        length: Characters of the whole.
    """

    kind: MarkKind
    page: int
    start: int
    end: int
    sample: str
    reason: str
    length: int = 0


@dataclass(frozen=True, slots=True)
class Document:
    """A whole report.

    Attributes:
        id: Ten hexadecimal digits from the file's content: the same content has the same id at any path.
        path: Where it was read, relative to the ingested folder, with forward slashes.
        language: The language most of its passages are in.
        published: ISO date, or its known prefix ("2025-10"), or "" when unknown.
        source: What the document was drawn from or where it was published (URL or sentence), or "".
        authority: "primary", "secondary", "machine-written" or "" when unknown.
        marks: What its reader should beware of, in the order of pages.
    """

    id: str
    title: str
    publisher: str
    published: str
    language: Language
    path: str
    sha256: str
    media_type: str
    pages: tuple[Page, ...]
    source: str = ""
    authority: str = ""
    marks: tuple[Mark, ...] = ()

    def page(self, number: int) -> Page:
        """The page with that file number; KeyError when there is none."""
        for page in self.pages:
            if page.number == number:
                return page
        raise KeyError(number)

    def marks_on(self, page: int, start: int, end: int) -> tuple[Mark, ...]:
        """The marks that touch ``page.text[start:end]``."""
        return tuple(mark for mark in self.marks if mark.page == page and mark.start < end and start < mark.end)


@dataclass(frozen=True, slots=True)
class Passage:
    """The retrievable unit: ``text == page.text[start:end]``, always.

    Attributes:
        id: ``"{document_id}-{page}.{n}"``, n counting from 1 on each page.
        section: Headings above the passage, outermost first.
        header: For table rows, the text of the table's head row (a line of the same document), else "".
    """

    id: str
    document_id: str
    page: int
    start: int
    end: int
    text: str
    language: Language
    section: tuple[str, ...] = ()
    header: str = ""

    @property
    def searchable(self) -> str:
        """What the indexes see: section path, table header, then the passage's own text."""
        lead = " > ".join(self.section)
        return "\n".join(part for part in (lead, self.header, self.text) if part)


@dataclass(frozen=True, slots=True)
class Failure:
    """A file that was not ingested: why, and what to do about it."""

    path: str
    reason: str
    next_step: str = ""


@dataclass(frozen=True)
class Corpus:
    """Documents, their passages in reading order, and the files that could not be read."""

    documents: tuple[Document, ...]
    passages: tuple[Passage, ...]
    failures: tuple[Failure, ...] = ()

    @cached_property
    def by_id(self) -> Mapping[str, Document]:
        """Document id → Document."""
        return {document.id: document for document in self.documents}
