"""The tools the model may call: plain functions that read, find and compute, and change nothing.

Each returns a JSON object with a "step" (kind, title, detail: shown to the user) and its result. A mistake of the
model's (an unknown id, a bad argument) comes back as {"error": …} for it to mend.
"""

import json
import re
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import asdict, replace
from typing import Any

from agent.calculator import Formula, Result, Value, evaluate, find_formula, lookup
from agent.calculator import calculate as compute
from agent.candidates import cut_candidates
from agent.errors import CalculationError
from agent.evidence import Evidence
from agent.lookup import find_input
from agent.operands import Plan, Unsettled, find_operands
from agent.origins import contradicting_bases, trace
from corpus.document import LANGUAGES, Document, Passage
from corpus.text import normalise
from indexes.index import Hit, Index

_SEARCH_LIMIT = 10
_MOST_QUERY = 4000


def make_tools(index: Index, evidence: Evidence, question: str) -> list[Callable[..., str]]:
    """The tools of one run; what they show is remembered in ``evidence``.

    Args:
        question: What the user has asked so far, each question on a line: the numbers in it are the user's own.
    """

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

    def calculate(
        formula_id: str,
        inputs: dict[str, str],
        sources: dict[str, str] | None = None,
        decimals: int | None = None,
        significant: int | None = None,
        stated: dict[str, str] | None = None,
    ) -> str:
        """Compute with a formula of the calculator. Every operand must stand in the question or in a passage.

        Args:
            formula_id: The formula's id, as find_formulas gives it.
            inputs: Input name to value with unit, as {"capacity_tbps": "51.2 Tb/s"}; "#c1.power_w" for a result of
                an earlier calculation, "@id" for a figure of the reference table.
            sources: Input name to the id of the passage its value stands in; leave out what the question gives.
            decimals: Decimal places to show, when the question asks for them; -6 for "to the nearest million".
            significant: Significant digits to show, when the question asks for these instead.
            stated: Output name to the value that a document states for it, to be compared.
        """
        try:
            words, carried = _carry(inputs, evidence)
            result = compute(formula_id, words, decimals=decimals, significant=significant, stated=stated)
        except CalculationError as error:
            return _error(str(error))
        return _record(f"calculated {formula_id}", result, sources, carried)

    def compute_expression(
        expression: str,
        operands: dict[str, str],
        sources: dict[str, str] | None = None,
        unit: str = "",
        decimals: int | None = None,
        significant: int | None = None,
    ) -> str:
        """Do arithmetic that no formula covers, on operands that stand in the question or in passages.

        Args:
            expression: Over the operands' names, as "(new - old) / old"; also sum, average, min, max, growth(old, new),
                share(part, whole), cagr(first, last, years).
            operands: Name to value with unit, as {"old": "14 W"}; "#c1.power_w" for a result of an earlier calculation.
            sources: Name to the id of the passage the value stands in; leave out what the question gives.
            unit: Unit of the result, as "%"; its natural one when left out.
            decimals: Decimal places to show, when the question asks for them; -6 for "to the nearest million".
            significant: Significant digits to show, when the question asks for these instead.
        """
        try:
            words, carried = _carry(operands, evidence)
            result = evaluate(expression, words, unit=unit, decimals=decimals, significant=significant)
        except CalculationError as error:
            return _error(str(error))
        return _record("calculated", result, sources, carried)

    def find_inputs(formula_id: str, names: list[str], about: str) -> str:
        """Look up missing inputs of a formula in the passages seen: every value found for each, with its passage.

        Args:
            formula_id: The formula's id.
            names: The inputs that the question does not give.
            about: The question, which names what the values are of.
        """
        try:
            parameters = {parameter.name: parameter for parameter in lookup(formula_id).parameters}
        except CalculationError as error:
            return _error(str(error))
        if unknown := [name for name in names if name not in parameters]:
            return _error(f"{formula_id} has no input {unknown[0]!r}; it has {', '.join(parameters)}")
        found = {name: find_input(parameters[name], about, evidence.passages.values()) for name in names}
        return _reply(
            "calculate",
            f"looked up {', '.join(names)}",
            ", ".join(f"{len(values)} found" for values in found.values()),
            inputs={name: [asdict(value) for value in values] for name, values in found.items()},
        )

    def plan_arithmetic(about: str) -> str:
        """Find in the passages seen the numbers that a question's arithmetic needs, as an expression over them.

        Args:
            about: The question.
        """
        titled = [
            replace(passage, section=(index.documents[passage.document_id].title, *passage.section))
            for passage in evidence.passages.values()
        ]
        plan = find_operands(about, titled)
        if isinstance(plan, Unsettled):
            return _reply("calculate", "looked for operands", plan.words.en, unsettled=plan.reason)
        return _reply("calculate", "found the operands", plan.expression, plan=_show_plan(plan))

    def _record(
        title: str, result: Result, sources: dict[str, str] | None, carried: Mapping[str, tuple[str, ...]]
    ) -> str:
        origins = trace(result, sources or {}, question, evidence, index.documents, carried)
        if pair := contradicting_bases(result, origins):
            return _error(f"one quote counts {pair[0]}, the other {pair[1]}: these energies cannot be compared")
        calculation = evidence.record(result, origins)
        return _reply(
            "calculate",
            title,
            result.shown(),
            id=calculation.id,
            result_shown=result.shown(),
            result=result.to_json(),
            summary={code: result.summary(code) for code in ("en", "zh")},
        )

    return [
        search_passages, read_page, list_documents, score_sentences, find_formulas, calculate, compute_expression,
        find_inputs, plan_arithmetic,
    ]  # fmt: skip


_CARRIED = re.compile(r"#(c[0-9]{1,4})(?:\.([a-z0-9_]{1,60}))?")


def _carry(inputs: Mapping[str, str], evidence: Evidence) -> tuple[dict[str, str], dict[str, tuple[str, ...]]]:
    """The inputs with results of earlier calculations put in at full precision, and which of these each has.

    Raises:
        CalculationError: A result named was never computed, or is no number.
    """
    words: dict[str, str] = {}
    carried: dict[str, tuple[str, ...]] = {}
    for name, text in inputs.items():
        found = {match[0]: match for match in _CARRIED.finditer(text)} if isinstance(text, str) else {}
        results = {sign: _result_of(match, name, evidence) for sign, match in found.items()}
        words[name] = text
        for sign in sorted(results, key=len, reverse=True):
            words[name] = words[name].replace(sign, results[sign].exact)
        if found:
            carried[name] = tuple(f"{match[1]}.{results[sign].name}" for sign, match in found.items())
    return words, carried


def _result_of(match: re.Match[str], name: str, evidence: Evidence) -> Value:
    calculation = evidence.calculations.get(match[1])
    for value in calculation.result.outputs if calculation else ():
        if match[2] in (None, value.name) and value.exact:
            return value
    raise CalculationError(f"no number {match[0]!r} has been computed", where=name, next_step="calculate it first")


def _card(formula: Formula) -> dict[str, Any]:
    inputs = {
        one.name: f"{one.meaning.en} [{one.unit or 'no unit'}]" + (", optional" if one.default is not None else "")
        for one in formula.parameters
    }
    return {"id": formula.id, "name": formula.name.en, "formula": formula.text, "inputs": inputs}


def _show_plan(plan: Plan) -> dict[str, Any]:
    """A plan as compute_expression takes it: operands at their full size, each with where it stands."""
    return {
        "operation": plan.operation,
        "expression": plan.expression,
        "operands": {one.name: one.times(plan.scale) for one in plan.operands},
        "sources": {one.name: f"{one.passage_id}#{one.start}" for one in plan.operands},
        "labels": {one.name: one.label for one in plan.operands},
        "unit": plan.unit,
        **asdict(plan.rounding),
        "chosen": plan.chosen,
        "notes": [{"en": note.en, "zh": note.zh} for note in plan.notes],
    }


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
