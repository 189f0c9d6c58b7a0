"""Trace each operand of a calculation to the question or to a passage, so that a result rests on nothing unproven."""

from collections.abc import Iterable, Mapping
from decimal import Decimal

from agent.answer import Citation, Origin
from agent.calculator import Input, Result
from agent.citations import cite
from agent.draft import DraftQuote
from agent.evidence import Evidence
from corpus.document import Document
from corpus.quantities import Quantity, find_quantities, same_quantity
from corpus.text import language_of, split_sentences


def trace(
    result: Result,
    sources: Mapping[str, str],
    question: str,
    evidence: Evidence,
    documents: Mapping[str, Document],
) -> list[Origin]:
    """The origin of each input that was given: the sentence of its named source that holds it, else the question."""
    given = [one for one in result.inputs if one.given]
    return [_trace_one(one, sources.get(one.name, ""), question, evidence, documents) for one in given]


def _trace_one(one: Input, source: str, question: str, evidence: Evidence, documents: Mapping[str, Document]) -> Origin:
    wanted = _quantities(one)
    passage = evidence.passages.get(source)
    if passage is not None:
        reader = language_of(question, hint="en")
        for start, end in split_sentences(passage.text):
            if not _holds(passage.text[start:end], wanted):
                continue
            quote = DraftQuote(passage_id=passage.id, quote=passage.text[start:end])
            citation = cite(quote, evidence.passages, documents, reader)
            if isinstance(citation, Citation):
                return Origin(one.name, "quote", citation)
    return Origin(one.name, "question" if _holds(question, wanted) else "unproven")


def _quantities(one: Input) -> list[Quantity]:
    """What an input says, in the unit it was used in; a list of items as it was given."""
    words = f"{one.value} {one.unit}" if isinstance(one.value, Decimal) else one.given
    return find_quantities(words)


def _holds(text: str, wanted: Iterable[Quantity]) -> bool:
    """Whether every wanted quantity stands in the text; a value with no number in it stands nowhere."""
    wanted = list(wanted)
    found = find_quantities(text)
    return bool(wanted) and all(any(same_quantity(one, other) for other in found) for one in wanted)
