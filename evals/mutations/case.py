"""The nouns of the mutation bench: Library, Statement, Edit, Case; and how one of several is picked."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from hashlib import blake2b
from typing import Literal, TypeVar

from corpus.document import Document, Language, Passage

T = TypeVar("T")

Form = Literal["verbatim", "row", "paraphrase", "translation"]
"""How a statement relates to its quote: the same words, a row told as a sentence, other words, another language."""


@dataclass(frozen=True, slots=True)
class Library:
    """Passages and documents by id; each passage's document is there."""

    passages: Mapping[str, Passage]
    documents: Mapping[str, Document]

    def joined(self, other: "Library") -> "Library":
        """Both together; the ids of the two differ."""
        return Library({**self.passages, **other.passages}, {**self.documents, **other.documents})


@dataclass(frozen=True, slots=True)
class Statement:
    """A true statement with the words that prove it.

    Attributes:
        quote: Stands in the passage, character for character.
        lead: What is shown with the quote, a line each: headings, table head, title, date.
        source: Where it comes from, for people: the document's path, the folder, the gold claim's id.
    """

    id: str
    text: str
    language: Language
    form: Form
    passage: Passage
    quote: str
    lead: str
    source: str

    @property
    def shown(self) -> str:
        """All words that a reader is shown as proof."""
        return f"{self.quote}\n{self.lead}"


@dataclass(frozen=True, slots=True)
class Edit:
    """A changed text and what was changed, for people: "5.4 → 5.9"."""

    text: str
    change: str


Quotes = tuple[tuple[str, str], ...]
"""Pairs (passage id, words)."""


@dataclass(frozen=True, slots=True)
class Case:
    """A claim with its quotes, to be put to the gate.

    Attributes:
        kind: What was done to a true statement.
        faulty: Whether the gate should refuse it.
        language, quote_language: Of the claim and of its quotes.
        change: What was changed, for people; "" where nothing was.
    """

    id: str
    kind: str
    faulty: bool
    form: Form
    language: Language
    quote_language: Language
    claim: str
    quotes: Quotes
    change: str
    source: str


# --- Picking: the same on every machine, and for one kind whatever other kinds there are ------------------------------


def draw(*key: object) -> int:
    """A number that looks drawn by lot and depends on the key alone."""
    words = "\x1f".join(map(str, key)).encode()
    return int.from_bytes(blake2b(words, digest_size=8).digest(), "big")


def pick(options: Sequence[T], *key: object) -> T:
    """One of the options (at least one), by the key."""
    return options[draw(*key) % len(options)]


# --- Changing text ----------------------------------------------------------------------------------------------------


def replaced(text: str, start: int, end: int, new: str, change: str = "") -> Edit:
    """``text`` with ``text[start:end]`` replaced, the change told with the words themselves unless given."""
    return Edit(text[:start] + new + text[end:], change or f"{text[start:end].strip()} → {new.strip()}")


def squeezed(text: str) -> str:
    """Text for telling whether two say the same to the letter: no white space, one case."""
    return re.sub(r"\s+", "", text).casefold()
