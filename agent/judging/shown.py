"""What is shown for a claim, and what may prove a number or a name in it."""

from collections.abc import Sequence

from agent.answer import Calculation, Citation
from corpus.text import without_source_notes


def shown_words(citation: Citation) -> str:
    """All of the document's own words that are shown with a citation, the quote first, one a line."""
    return "\n".join([citation.quote, *lead_words(citation), *dated_words(citation)])


def lead_words(citation: Citation) -> list[str]:
    """What stands above the quote: headings and the head of its table."""
    return [part for part in (*citation.section, citation.header) if part]


def dated_words(citation: Citation) -> list[str]:
    """What is said of the whole document: its title and its date."""
    return [part for part in (citation.title, citation.published) if part]


def plain_quote(citation: Citation) -> str:
    """The quote with its source notes blanked out, character for character."""
    return without_source_notes(citation.quote)


def all_citations(citations: Sequence[Citation], calculations: Sequence[Calculation]) -> list[Citation]:
    """The citations of a claim, and those that the operands of its calculations stand in."""
    return [*citations, *(each for one in calculations for each in one.citations)]


def own_words(calculations: Sequence[Calculation]) -> list[str]:
    """What the calculator calls its results: "time to double" brings in no amount."""
    return [
        words
        for calculation in calculations
        for value in calculation.result.outputs
        for words in (value.meaning.en, value.meaning.zh)
    ]
