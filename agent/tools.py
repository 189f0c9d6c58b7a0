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

from agent.calculator import ANY, MONEY, Formula, Result, Route, Value, evaluate, find_formula, lookup, route
from agent.calculator import calculate as compute
from agent.calculator.arguments import text_of
from agent.candidates import cut_candidates
from agent.errors import CalculationError
from agent.evidence import Evidence
from agent.lookup import find_input
from agent.naming import formula_called, line_of, name_inputs, name_sources, name_stated, operand, parameter_called
from agent.operands import Plan, Unsettled, find_operands
from agent.origins import contradicting_bases, trace
from agent.prompts import BEWARE
from agent.questions import understand
from agent.telling import Settled, is_complete, show_calculation
from corpus.document import LANGUAGES, Document, Mark, Passage
from corpus.instructions import defuse
from corpus.quantities import find_quantities, same_quantity
from corpus.text import normalise
from indexes.index import Hit, Index

_MOST_NEAR = 3
_SEARCH_LIMIT = 10
_MOST_QUERY = 4000

_MOST_TURNS = 6
"""How many earlier questions count as the user's own words."""


def make_tools(
    index: Index, evidence: Evidence, question: str, earlier: Sequence[str] = ()
) -> list[Callable[..., str]]:
    """The tools of one run; what they show is remembered in ``evidence``.

    Args:
        question: What the user asks: the numbers in it are the user's own.
        earlier: What the user asked before, whose numbers are the user's too.
    """
    told = "\n".join([*earlier[-_MOST_TURNS:], question])
    understood = understand(question, earlier)
    reader = "zh" if understood.language == "zh" else "en"
    settled = Settled(understood.text)

    def search_passages(query: str, languages: list[str] | None = None) -> str:
        """Find passages in all reports, whatever their language.

        Args:
            query: A question or key words, in any language.
            languages: Only these of en, zh, ja.
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
        """Read one page of a report, the first being 1."""
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
        """List the reports."""
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
        """Score each sentence and table row of passages seen by its closeness to a query."""
        if not 0 < len(normalise(query).strip()) <= _MOST_QUERY:
            return _error(f"the query is empty or longer than {_MOST_QUERY} characters")
        unknown = [id_ for id_ in passage_ids if id_ not in evidence.passages]
        if unknown:
            return _error(f"passages not seen yet: {', '.join(map(repr, unknown[:5]))}; search for them first")
        sentences = _score(index, query, [evidence.passages[id_] for id_ in dict.fromkeys(passage_ids)])
        return _reply("rank", "weighed the sentences", f"{len(sentences)} sentences", sentences=sentences)

    def calculator(question: str = "") -> str:
        """Answer a question that holds its own numbers: choose the formulas, compute, prove.

        Args:
            question: In the user's own words, with all numbers and units; left out, the user's question as it is.
        """
        asked = normalise(question).strip()
        found = route(asked) if asked else None
        if not is_complete(found) and settled.is_so and _adds_no_number(asked, understood.text):
            asked, found = understood.text, settled.found  # the user's question, cut short by the model
        if not found or not is_complete(found):
            return _error(_say_unsettled(asked, found))
        contents: list[dict[str, Any]] = []
        try:
            for step in found.steps:
                inputs = {name: _renumber(words, contents) for name, words in step.inputs.items()}
                words, carried = _carry(inputs, evidence)
                result = compute(step.formula_id, words, **asdict(found.rounding))
                contents.append(_record(result, {}, carried))
        except CalculationError as error:
            return _error(str(error))
        answers = [contents[number - 1] for number in found.answers]
        return _reply(
            "calculate",
            "calculated " + ", ".join(step.formula_id for step in found.steps),
            "; ".join(content["result_shown"] for content in answers),
            question=asked,
            answers=[content["id"] for content in answers],
            calculations=contents,
        )

    def find_formulas(question: str) -> str:
        """List the formulas that fit a question, with inputs and units.

        Args:
            question: What is to be computed.
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
        """Compute with one formula.

        Args:
            formula_id: The formula's id or name.
            inputs: Input name to value with unit, or to an output of an earlier calculation.
            sources: Input name to the id of the passage its value stands in.
            decimals: Decimal places asked for.
            significant: Significant digits asked for.
            stated: Output name to the value that a document states, to compare.
        """
        try:
            formula = formula_called(formula_id, understood.text)
            words, carried = _carry(name_inputs(formula, inputs), evidence)
            result = compute(
                formula.id, words, decimals=decimals, significant=significant, stated=name_stated(formula, stated)
            )
            content = _record(result, name_sources(formula.parameters, sources), carried)
        except CalculationError as error:
            return _error(str(error))
        return _reply("calculate", f"calculated {formula.id}", result.shown(), **content)

    def compute_expression(
        expression: str,
        operands: dict[str, str],
        sources: dict[str, str] | None = None,
        unit: str = "",
        decimals: int | None = None,
        significant: int | None = None,
    ) -> str:
        """Do arithmetic that no formula covers.

        Args:
            expression: Over the operands' names, with + - * / ^, sum, average, min, max, growth(old, new),
                share(part, whole), cagr(first, last, years).
            operands: Name to value with unit, or to an output of an earlier calculation.
            sources: Name to the id of the passage the value stands in.
            unit: Unit of the result, if asked for.
            decimals: Decimal places asked for.
            significant: Significant digits asked for.
        """
        try:
            given = {name: text for name, value in operands.items() if (text := text_of(operand(name), value))}
            words, carried = _carry(given, evidence)
            result = evaluate(expression, words, unit=unit, decimals=decimals, significant=significant)
            content = _record(result, {name: str(source) for name, source in (sources or {}).items()}, carried)
        except CalculationError as error:
            return _error(str(error))
        return _reply("calculate", "calculated", result.shown(), **content)

    def find_inputs(formula_id: str, names: list[str], about: str) -> str:
        """Look up inputs of a formula in the passages seen.

        Args:
            names: The inputs to look up.
            about: The question, which names what they are of.
        """
        try:
            formula = formula_called(formula_id, understood.text)
            wanted = {name: parameter_called(name, formula) for name in names}
        except CalculationError as error:
            return _error(str(error))
        found = {one.name: find_input(one, about, evidence.passages.values()) for one in wanted.values()}
        return _reply(
            "calculate",
            f"looked up {', '.join(found)}",
            ", ".join(f"{len(values)} found" for values in found.values()),
            inputs={name: [asdict(value) for value in values] for name, values in found.items()},
        )

    def plan_arithmetic(about: str) -> str:
        """Find in the passages seen the numbers that arithmetic about a question needs, for compute_expression."""
        titled = [
            replace(passage, section=(index.documents[passage.document_id].title, *passage.section))
            for passage in evidence.passages.values()
        ]
        plan = find_operands(about, titled)
        if isinstance(plan, Unsettled):
            return _reply("calculate", "looked for operands", plan.words.en, unsettled=plan.reason)
        return _reply("calculate", "found the operands", plan.expression, plan=_show_plan(plan))

    def _record(result: Result, sources: Mapping[str, str], carried: Mapping[str, tuple[str, ...]]) -> dict[str, Any]:
        """Trace and remember a result; what the model is told of it.

        Raises:
            CalculationError: Its quotes count what it compares differently.
        """
        origins = trace(result, sources, told, evidence, index.documents, carried, settled.found or settled.lacking)
        if pair := contradicting_bases(result, origins):
            raise CalculationError(
                f"one quote counts {pair[0]}, the other {pair[1]}: these energies cannot be compared",
                next_step="find both on one basis",
            )
        calculation = evidence.record(result, origins)
        return show_calculation(calculation, reader) | settled.caution(calculation)

    return [
        search_passages, read_page, list_documents, score_sentences, calculator, find_formulas, calculate,
        compute_expression, find_inputs, plan_arithmetic,
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
        one.name: f"{one.meaning.en} [{one.unit or 'no unit'}]" + ("" if one.required else ", optional")
        for one in formula.parameters
    }
    return {"id": formula.id, "name": formula.name.en, "formula": formula.text, "inputs": inputs}


_STEP = re.compile(r"#([0-9]+)\.")


def _renumber(words: str, contents: Sequence[Mapping[str, Any]]) -> str:
    """Results of a route's own steps as results of this run: "#1.power_w" → "#c4.power_w"."""
    return _STEP.sub(lambda step: f"#{contents[int(step[1]) - 1]['id']}.", words)


def _adds_no_number(asked: str, question: str) -> bool:
    """Whether every number of what a model asks is one of the user's question."""
    known = find_quantities(question)
    return all(any(same_quantity(one, other) for other in known) for one in find_quantities(asked))


def _say_unsettled(question: str, found: Route | None) -> str:
    """Why a question cannot be computed: what it lacks, or that no formula plainly fits."""
    found = found or route(question, lacking=True)
    lacking = [
        f"{name} of {step.formula_id}: {one.meaning.en}"
        + (f" [{one.unit}]" if one.unit not in ("", MONEY, ANY) else "")
        for step in (found.steps if found else ())
        for name in step.missing
        for one in lookup(step.formula_id).parameters
        if one.name == name
    ]
    if lacking:
        return f"the question lacks {'; '.join(lacking)}; find it with find_inputs, or name it in `needed`"
    near = "; ".join(map(line_of, find_formula(question)[:_MOST_NEAR]))
    advice = f"call calculate with one of {near}" if near else "call compute_expression"
    return f"no formula plainly fits these words and numbers; {advice}"


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
    """Sentences, items and rows of the passages with their cosine; the encoder sees one language at a time.

    What instructs its reader is left out.
    """
    sentences: list[dict[str, Any]] = []
    texts: dict[str, list[str]] = {}
    for passage in passages:
        asks = [mark for mark in _marks_of(passage, index.documents) if mark.kind == "instruction"]
        for start, end in cut_candidates(passage.text, passage.header):
            at = passage.start + start
            if any(mark.start < at + end - start and at < mark.end for mark in asks):
                continue  # it states nothing
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
    asks = any(mark.kind == "instruction" for mark in _marks_of(passage, documents))
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
    } | ({"beware": BEWARE} if asks else {})


def _marks_of(passage: Passage, documents: Mapping[str, Document]) -> tuple[Mark, ...]:
    return documents[passage.document_id].marks_on(passage.page, passage.start, passage.end)


def _reply(kind: str, title: str, detail: str, **content: Any) -> str:
    step = {"kind": kind, "title": title, "detail": detail}
    return defuse(json.dumps({"step": step, **content}, ensure_ascii=False))


def _error(message: str) -> str:
    return _reply("error", "a tool was called wrongly", message, error=message)
