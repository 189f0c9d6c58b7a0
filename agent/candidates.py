"""Cut passages into candidates: the sentences, list items and table rows that may be quoted as an answer."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property

from corpus.document import Document, Language, Passage
from corpus.lexicon import Mention, load_lexicon
from corpus.quantities import Quantity, find_quantities
from corpus.text import split_sentences, without_source_notes
from indexes.tokens import terms

LIST_MARK = re.compile(r"^(?:\d{1,2}[.)、](?!\d)|[(（]\d{1,2}[)）]|[①-⑳]|[-•*])\s*")
"""What stands before the words of a list item."""

_ANAPHORA = re.compile(
    r"^(?:these|those|they|it|its|this|that|their|both|such|he|she|"
    r"the (?:company|companies|two|three|former|latter|firm))\b|"
    r"^(?:这些|那些|这|该|其|它|他们|两者|二者|此|上述|同时|因此|而)|^(?:これ|それ|その|この)|"
    r"^.{0,12}?(?:\bthese (?:two|three|four)\b|这[两二三四]|上述)",
    re.I,
)


@dataclass(frozen=True)
class Candidate:
    """A sentence, list item or table row: ``passage text[start:end]``, with where it stands.

    Attributes:
        cosine: The encoder's closeness to the question, from the score_sentences tool.
    """

    passage_id: str
    title: str
    published: str
    language: Language
    section: tuple[str, ...]
    header: str
    start: int
    end: int
    text: str
    cosine: float = 0.0

    @cached_property
    def body(self) -> str:
        """The text without its source notes, character for character."""
        return without_source_notes(self.text)

    @cached_property
    def mentions(self) -> tuple[Mention, ...]:
        """Known names in the candidate."""
        return tuple(load_lexicon().find(self.body))

    @cached_property
    def quantities(self) -> tuple[Quantity, ...]:
        """Numbers in the candidate."""
        return tuple(find_quantities(self.body))

    @cached_property
    def context(self) -> str:
        """What stands above the candidate: title, headings, table head."""
        return "\n".join([self.title, *self.section, self.header])

    @cached_property
    def keys(self) -> frozenset[str]:
        """Its search terms, the ids of the names in it, and of the countries its companies are at home in."""
        return keys_of(self.body)

    @cached_property
    def context_keys(self) -> frozenset[str]:
        """The same for what stands above the candidate."""
        return keys_of(self.context)


def keys_of(text: str) -> frozenset[str]:
    """Search terms of a text, ids of the names in it, and of the countries its companies are at home in."""
    lexicon = load_lexicon()
    named = [mention.term for mention in lexicon.find(text)]
    homes = {code for term in named if term.kind == "company" for code in term.countries}
    countries = {term.id for term in lexicon.terms if term.kind == "country" and homes & set(term.countries)}
    return frozenset(terms(text)) | {term.id for term in named} | countries


def cut_candidates(text: str, header: str = "") -> list[tuple[int, int]]:
    """Spans of the candidates of a passage: its lines if it is a table's, else its sentences.

    A sentence that leans on the one before it ("These companies supply …") is widened to take it in.
    """
    if header:
        return [(at, at + len(line)) for at, line in _lines(text) if line.strip()]
    spans: list[tuple[int, int]] = []
    for start, end in split_sentences(text):
        leans = _ANAPHORA.match(text[start:end]) and spans and "\n" not in text[spans[-1][1] : start]
        spans.append((spans[-1][0] if leans else start, end))
    return spans


def read_candidates(passage: Passage, document: Document) -> list[Candidate]:
    """The candidates of a passage of a document, in their order."""
    return [
        Candidate(
            passage_id=passage.id,
            title=document.title,
            published=document.published,
            language=passage.language,
            section=passage.section,
            header=passage.header,
            start=start,
            end=end,
            text=passage.text[start:end],
        )
        for start, end in cut_candidates(passage.text, passage.header)
    ]


def _lines(text: str) -> Iterable[tuple[int, str]]:
    at = 0
    for line in text.split("\n"):
        yield at, line
        at += len(line) + 1


def row_cells(header: str, row: str) -> list[tuple[str, str]]:
    """(head, cell) pairs of a table row; [("", row)] where head and row do not line up."""
    heads = [cell.strip() for cell in header.split("|")]
    cells = [cell.strip() for cell in row.split("|")]
    if len(heads) != len(cells):
        return [("", row.strip())]
    return list(zip(heads, cells, strict=True))


def head_units(header: str) -> list[str]:
    """Units that a table's heads give for the bare numbers below them: "Cost (US$)" → USD."""
    heads = [cell.strip() for cell in header.split("|")]
    named = [_HEAD_UNIT.search(head) for head in heads]
    found = [
        quantity
        for unit in named
        if unit
        for quantity in find_quantities(f"1 {unit[1]}") + find_quantities(f"{unit[1]}1")
    ]
    return [quantity.unit for quantity in found if quantity.unit]


_HEAD_UNIT = re.compile(r"(?:[(（]|[,，]\s*|\bin )([^()（）,，]{1,20})[)）]?$")
