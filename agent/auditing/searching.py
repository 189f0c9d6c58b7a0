"""Find the sentences, items and rows of an index that may say what a statement says, best first."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property

from agent.answer import Citation
from agent.candidates import Candidate, read_candidates
from agent.citations import cite
from agent.draft import DraftQuote
from agent.judging.numbers.binding import bind
from corpus.document import LANGUAGES, Language, Passage
from corpus.lexicon import Mention, load_lexicon
from corpus.quantities import Quantity, find_quantities, same_quantity
from corpus.text import language_of
from indexes.index import Index
from indexes.tokens import terms

_HITS = 10
_OTHER_HITS = 6
"""Passages taken for a query, and besides from each language alone."""

_MOST_QUERY = 800
_MOST_SENTENCES = 90
_NAME, _FIGURE, _WORD = 2.0, 2.0, 1.0
_COSINE = 1.5
"""What a cosine of 1 weighs beside a claim that is covered in full."""


@dataclass(frozen=True)
class Claim:
    """A text to be proved, with what can be looked up in it."""

    text: str

    @cached_property
    def language(self) -> Language:
        """The language it is in."""
        return language_of(self.text, hint="en")

    @cached_property
    def mentions(self) -> tuple[Mention, ...]:
        """Known names and terms in it."""
        return tuple(load_lexicon().find(self.text))

    @cached_property
    def quantities(self) -> tuple[Quantity, ...]:
        """Numbers in it."""
        return tuple(find_quantities(self.text))

    @cached_property
    def names(self) -> frozenset[str]:
        """Ids of its known names and terms."""
        return frozenset(mention.term.id for mention in self.mentions)

    @cached_property
    def words(self) -> frozenset[str]:
        """Search terms outside its names and numbers."""
        rest = list(self.text)
        spans = [(one.start, one.end) for one in self.mentions] + [(one.start, one.end) for one in self.quantities]
        for start, end in spans:
            rest[start:end] = " " * (end - start)
        return frozenset(terms("".join(rest)))

    def ids(self, *kinds: str) -> frozenset[str]:
        """Ids of its names of some kinds: "company", "country", "term"."""
        return frozenset(mention.term.id for mention in self.mentions if mention.term.kind in kinds)


@dataclass(frozen=True)
class Found:
    """A candidate for a claim.

    Attributes:
        cover: Which share of what can be looked up in the claim stands in the candidate or above it, from 0 to 1.
        cosine: The encoder's closeness to the claim.
        score: What candidates are ordered by.
    """

    candidate: Candidate
    citation: Citation
    cover: float
    cosine: float
    score: float


class Searcher:
    """Searches one index, and remembers what it found for a query."""

    def __init__(self, index: Index) -> None:
        self._index = index
        self._languages = sorted({one.language for one in index.documents.values()} & set(LANGUAGES))
        self._found: dict[str, list[Passage]] = {}
        self._passages: dict[str, Passage] = {}
        self._candidates: dict[str, tuple[Candidate, ...]] = {}

    @property
    def index(self) -> Index:
        """The index that is searched."""
        return self._index

    def find(self, claim: Claim, queries: Sequence[str], limit: int) -> list[Found]:
        """The best candidates for a claim among the passages that any of the queries finds, in any language."""
        passages = {passage.id: passage for query in queries for passage in self._passages_for(query)}
        self._passages.update(passages)
        candidates = [one for passage in passages.values() for one in self._cut(passage)]
        covered = sorted(((cover(claim, one), one) for one in candidates), key=lambda pair: -pair[0])
        found: list[Found] = []
        for covers, cosine, candidate in self._weigh(claim, covered[:_MOST_SENTENCES]):
            citation = self._cite(candidate, claim.language) if len(found) < limit else None
            if citation is not None:
                found.append(Found(candidate, citation, covers, cosine, covers + _COSINE * cosine))
        return found

    def cite_words(self, words: str, reader: Language) -> Citation | None:
        """Where words stand exactly, among the passages found so far and then in all documents; None where nowhere."""
        everywhere = (
            passage
            for document in self._index.documents.values()
            for page in document.pages
            for passage in self._index.page_passages(document.id, page.number)
        )
        for passage in (*self._passages.values(), *everywhere):
            found = cite(
                DraftQuote(passage_id=passage.id, quote=words), {passage.id: passage}, self._index.documents, reader
            )
            if isinstance(found, Citation):
                return found
        return None

    def _passages_for(self, query: str) -> list[Passage]:
        query = " ".join(query.split())[:_MOST_QUERY]
        if query and query not in self._found:
            hits = self._index.search(query, limit=_HITS)
            for language in self._languages if len(self._languages) > 1 else ():
                hits += self._index.search(query, limit=_OTHER_HITS, languages=[language])
            self._found[query] = list({hit.passage.id: hit.passage for hit in hits}.values())
        return self._found.get(query, [])

    def _cut(self, passage: Passage) -> tuple[Candidate, ...]:
        if passage.id not in self._candidates:
            found = read_candidates(passage, self._index.documents[passage.document_id])
            self._candidates[passage.id] = tuple(found)
        return self._candidates[passage.id]

    def _weigh(self, claim: Claim, covered: Sequence[tuple[float, Candidate]]) -> list[tuple[float, float, Candidate]]:
        """(cover, cosine, candidate), best first; the encoder sees one language at a time."""
        weighed = []
        for language in dict.fromkeys(one.language for _, one in covered):
            batch = [(covers, one) for covers, one in covered if one.language == language]
            texts = [_lead(one) + one.body for _, one in batch]
            cosines = self._index.similarity(claim.text[:_MOST_QUERY], texts, language)
            weighed += [(covers, cosine, one) for (covers, one), cosine in zip(batch, cosines, strict=True)]
        return sorted(weighed, key=lambda each: (-each[0] - _COSINE * each[1], each[2].passage_id, each[2].start))

    def _cite(self, candidate: Candidate, reader: Language) -> Citation | None:
        passage = self._passages[candidate.passage_id]
        quote = DraftQuote(passage_id=passage.id, quote=candidate.text)
        found = cite(quote, self._passages, self._index.documents, reader)
        return found if isinstance(found, Citation) else None


def _lead(candidate: Candidate) -> str:
    lead = candidate.header or (candidate.section[-1] if candidate.section else "")
    return f"{lead}\n" if lead else ""


def cover(claim: Claim, candidate: Candidate) -> float:
    """Which share of what can be looked up in a claim stands in a candidate or above it, from 0 to 1.

    Across languages plain words tell nothing, and only names, terms and numbers are asked for.
    """
    same = claim.language == candidate.language
    shown = candidate.keys | candidate.context_keys
    wanted = got = 0.0
    for name in claim.names:
        wanted, got = wanted + _NAME, got + _NAME * (name in shown)
    for quantity in claim.quantities:
        wanted, got = wanted + _FIGURE, got + _FIGURE * stands(quantity, candidate)
    for word in claim.words if same else ():
        wanted, got = wanted + _WORD, got + _WORD * (word in shown)
    return got / wanted if wanted else 0.0


def stands(quantity: Quantity, candidate: Candidate) -> bool:
    """Whether a number of a claim stands in a candidate or above it."""
    if quantity.kind == "label" and not quantity.unit:
        return re.sub(r"\s+", "", quantity.text).casefold() in re.sub(r"\s+", "", candidate.text).casefold()
    own = [one.quantity for one in bind(candidate.body, candidate.header)]
    above = find_quantities(candidate.context) if quantity.kind == "time" else []
    return any(same_quantity(quantity, other) for other in (*own, *above))


def companies_in(text: str) -> list[Mention]:
    """The known companies that a text names, left to right."""
    return [mention for mention in load_lexicon().find(text) if mention.term.kind == "company"]


def share_anchor(texts: Iterable[str], citation: Citation) -> bool:
    """Whether a quote, with what stands above it, names something that one of the texts names."""
    shown = "\n".join([citation.quote, *citation.section, citation.header, citation.title])
    known = Claim(shown)
    labels = {one.text.casefold() for one in known.quantities if one.kind == "label"}
    for text in texts:
        other = Claim(text)
        if other.names & known.names or labels & {
            one.text.casefold() for one in other.quantities if one.kind == "label"
        }:
            return True
        if any(same_quantity(a, b) for a in other.quantities for b in known.quantities if a.kind == "measure"):
            return True
    return False
