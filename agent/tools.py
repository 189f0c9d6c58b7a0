"""The tools the model may call: plain functions that read, find and compute, and change nothing.

Each returns a JSON object with a "step" (kind, title, detail: shown to the user) and its result. A mistake of the
model's (an unknown id, a bad argument) comes back as {"error": …} for it to mend.
"""

import json
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from typing import Any

from agent.calculator import Formula, find_formula
from agent.calculator import calculate as compute
from agent.candidates import cut_candidates
from agent.errors import CalculationError
from agent.evidence import Evidence
from agent.origins import trace
from corpus.document import LANGUAGES, Document, Passage
from corpus.text import normalise
from indexes.index import Hit, Index

_SEARCH_LIMIT = 10
_MOST_QUERY = 4000


def make_tools(index: Index, evidence: Evidence, question: str) -> list[Callable[..., str]]:
    """The tools of one run; what they show is remembered in ``evidence``."""

    def search_passages(query: str, languages: list[str] | None = None) -> str:
        """Find passages about a query in all reports, whatever their language.

        Args:
            query: A question or key words, in any language.
            languages: Only these languages ("en", "zh", "ja"); all of them when left out.
        """
        if unknown := set(languages or ()) - set(LANGUAGES):
            return _error(f"no such languages: {', '.join(sorted(unknown))}; choose among {', '.join(LANGUAGES)}")
        if not 0 < len(normalise(query).strip()) <= _MOST_QUERY:
            return _error(f"the query is empty or longer than {_MOST_QUERY} characters")
        hits = index.search(query, limit=_SEARCH_LIMIT, languages=languages or None)  # type: ignore[arg-type]
        evidence.see(hit.passage for hit in hits)
        mix = ", ".join(f"{count} {language}" for language, count in _count(hits).items())
        return _reply(
            "search",
            f"searched “{query}”",
            f"{len(hits)} passages ({mix})" if hits else "nothing",
            passages=[_show_hit(hit, index.documents) for hit in hits],
        )

    def read_page(document_id: str, page: int = 1) -> str:
        """Read all passages of one page of a report.

        Args:
            document_id: The report's id, as in the search results.
            page: Page number in the file, from 1.
        """
        passages = index.page_passages(document_id, page)
        if not passages:
            return _error(f"no page {page} in document {document_id!r}; call list_documents for the ids")
        evidence.see(passages)
        title = index.documents[document_id].title
        return _reply(
            "read",
            f"read “{title}”, page {page}",
            f"{len(passages)} passages",
            passages=[_show(passage, index.documents) for passage in passages],
        )

    def list_documents() -> str:
        """List the reports: id, title, language, publisher, date and number of pages."""
        documents = [
            {
                "id": document.id,
                "title": document.title,
                "language": document.language,
                "publisher": document.publisher,
                "published": document.published,
                "pages": len(document.pages),
            }
            for document in index.documents.values()
        ]
        return _reply("list", "listed the documents", f"{len(documents)} documents", documents=documents)

    def score_sentences(query: str, passage_ids: list[str]) -> str:
        """Score each sentence, list item and table row of some passages by its closeness to a query, in any language.

        Args:
            query: The question, in any language.
            passage_ids: Ids of passages seen in this conversation.
        """
        if not 0 < len(normalise(query).strip()) <= _MOST_QUERY:
            return _error(f"the query is empty or longer than {_MOST_QUERY} characters")
        unknown = [id_ for id_ in passage_ids if id_ not in evidence.passages]
        if unknown:
            return _error(f"passages not seen yet: {', '.join(map(repr, unknown[:5]))}; search for them first")
        sentences = _score(index, query, [evidence.passages[id_] for id_ in dict.fromkeys(passage_ids)])
        return _reply("rank", "weighed the sentences", f"{len(sentences)} sentences", sentences=sentences)

    def find_formulas(question: str) -> str:
        """Find the calculator's formulas that fit a question, with their inputs and units.

        Args:
            question: What is to be computed, in words.
        """
        cards = [_card(formula) for formula in find_formula(question)]
        return _reply("calculate", f"looked for a formula: “{question}”", f"{len(cards)} formulas", formulas=cards)

    def calculate(formula_id: str, inputs: dict[str, str], sources: dict[str, str] | None = None) -> str:
        """Compute with a formula of the calculator. Every operand must stand in the question or in a passage.

        Args:
            formula_id: The formula's id, as find_formulas gives it.
            inputs: Input name to value with unit, as {"capacity_tbps": "51.2 Tb/s"}.
            sources: Input name to the id of the passage its value stands in; leave out what the question gives.
        """
        try:
            result = compute(formula_id, inputs)
        except CalculationError as error:
            return _error(str(error))
        origins = trace(result, sources or {}, question, evidence, index.documents)
        calculation = evidence.record(result, origins)
        return _reply(
            "calculate",
            f"calculated {formula_id}",
            result.shown(),
            id=calculation.id,
            result=result.to_json(),
            summary={code: result.summary(code) for code in ("en", "zh")},
        )

    return [search_passages, read_page, list_documents, score_sentences, find_formulas, calculate]


def _card(formula: Formula) -> dict[str, Any]:
    inputs = {
        one.name: f"{one.meaning.en} [{one.unit or 'no unit'}]" + (", optional" if one.default is not None else "")
        for one in formula.parameters
    }
    return {"id": formula.id, "name": formula.name.en, "formula": formula.text, "inputs": inputs}


def _score(index: Index, query: str, passages: Sequence[Passage]) -> list[dict[str, Any]]:
    """Sentences, items and rows of the passages with their cosine; the encoder sees one language at a time."""
    sentences: list[dict[str, Any]] = []
    texts: dict[str, list[str]] = {}
    for passage in passages:
        for start, end in cut_candidates(passage.text, passage.header):
            text = passage.text[start:end]
            lead = passage.header or (passage.section[-1] if passage.section else "")
            texts.setdefault(passage.language, []).append(f"{lead}\n{text}" if lead else text)
            sentences.append({"passage_id": passage.id, "language": passage.language, "start": start, "text": text})
    cosines = {
        language: iter(index.similarity(query, batch, language))  # type: ignore[arg-type]
        for language, batch in texts.items()
    }
    for sentence in sentences:
        sentence["cosine"] = round(next(cosines[sentence["language"]]), 4)
    return sentences


def _count(hits: Sequence[Hit]) -> Mapping[str, int]:
    return Counter(hit.passage.language for hit in hits)


def _show_hit(hit: Hit, documents: Mapping[str, Document]) -> dict[str, Any]:
    return _show(hit.passage, documents) | {"cosine": round(hit.cosine, 4), "shared_terms": list(hit.shared_terms)}


def _show(passage: Passage, documents: Mapping[str, Document]) -> dict[str, Any]:
    document = documents[passage.document_id]
    return {
        "id": passage.id,
        "document_id": document.id,
        "title": document.title,
        "published": document.published,
        "page": passage.page,
        "language": passage.language,
        "section": list(passage.section),
        "header": passage.header,
        "text": passage.text,
    }


def _reply(kind: str, title: str, detail: str, **content: Any) -> str:
    step = {"kind": kind, "title": title, "detail": detail}
    return json.dumps({"step": step, **content}, ensure_ascii=False)


def _error(message: str) -> str:
    return _reply("error", "a tool was called wrongly", message, error=message)
