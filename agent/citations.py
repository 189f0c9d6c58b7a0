"""Turn words into a Citation, if they stand in a passage that this run has seen."""

from collections.abc import Mapping

from agent.answer import Citation
from agent.draft import DraftQuote
from agent.quotes import Mismatch, find_quote
from corpus.document import Document, Language, Mark, Passage
from corpus.instructions import is_instruction
from corpus.lexicon import load_lexicon
from corpus.text import without_source_notes


def cite(
    quote: DraftQuote, passages: Mapping[str, Passage], documents: Mapping[str, Document], reader: Language
) -> Citation | Mismatch:
    """The citation a quote earns, with the document's own words, or why it earns none.

    Args:
        passages: Passage id → passage, of those this run has seen.
        documents: Document id → document.
        reader: The language to gloss the quote in.
    """
    passage = passages.get(quote.passage_id.strip())
    if passage is None:
        return Mismatch(f"names the passage {quote.passage_id[:80]!r}, which this run has not seen")
    span = find_quote(passage.text, quote.quote)
    if isinstance(span, Mismatch):
        return span
    if is_instruction(passage.text, span.start, span.end):
        return Mismatch("is an instruction to its reader, which states nothing")
    document = documents[passage.document_id]
    words = passage.text[span.start : span.end]
    return Citation(
        passage_id=passage.id,
        document_id=document.id,
        title=document.title,
        publisher=document.publisher,
        published=document.published,
        source=document.source,
        authority=document.authority,
        path=document.path,
        language=passage.language,
        page=passage.page,
        page_label=document.page(passage.page).label,
        section=passage.section,
        header=passage.header,
        start=passage.start + span.start,
        end=passage.start + span.end,
        quote=words,
        gloss=_gloss(words, passage.language, reader),
        marks=_marks(document, passage.page, passage.start + span.start, passage.start + span.end),
    )


_MOST_MARKS = 3


def _marks(document: Document, page: int, start: int, end: int) -> tuple[Mark, ...]:
    """The marks of a document that whoever reads the quote should know of: those that touch it, then those of its page.

    A scanner's layer counts where it holds the quote alone.
    """
    near = document.marks_on(page, start, end)
    rest = [mark for mark in document.marks if mark.kind != "layer" and mark not in near]
    return (*near, *sorted(rest, key=lambda mark: mark.page != page))[:_MOST_MARKS]


def _gloss(words: str, language: Language, reader: Language) -> tuple[tuple[str, str], ...]:
    """The quote's known names in the reader's language, each once, in order; empty where the languages agree."""
    if language in (reader, "und"):
        return ()
    pairs: dict[str, tuple[str, str]] = {}
    for mention in load_lexicon().find(without_source_notes(words)):
        name, meaning = words[mention.start : mention.end], mention.term.name(reader)
        if name.casefold() != meaning.casefold():
            pairs.setdefault(mention.term.id, (name, meaning))
    return tuple(pairs.values())
