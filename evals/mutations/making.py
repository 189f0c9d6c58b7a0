"""Make the cases: true claims, and faulty ones that differ from true ones by one fault."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import islice

from corpus.text import normalise
from evals.mutations import breaks, names, numerals, senses, splices, truths
from evals.mutations.case import Case, Edit, Quotes, Statement, draw, pick, squeezed
from evals.mutations.rows import Cell, Row, change_column, change_row

Editor = Callable[[Statement], Iterable[Edit]]

EDITORS: Mapping[str, Editor] = {
    "digit": numerals.change_digit,
    "number word": numerals.change_number_word,
    "point": numerals.move_point,
    "unit": numerals.change_unit,
    "scale": numerals.change_scale,
    "year": numerals.change_year,
    "period": numerals.change_period,
    "model": numerals.change_model,
    "numbers swapped": numerals.swap_numbers,
    "bound turned": numerals.turn_bound,
    "bound dropped": numerals.drop_bound,
    "company": names.change_company,
    "company invented": names.invent_company,
    "company of the quote": names.change_company_for_shown,
    "companies swapped": names.swap_companies,
    "country": names.change_country,
    "negation inserted": senses.insert_negation,
    "negation removed": senses.remove_negation,
    "direction": senses.turn_direction,
    "comparison": senses.turn_comparison,
    "modality": senses.harden,
    "quantifier": senses.widen,
    "broken off": breaks.break_off,
    "word cut": breaks.cut_word,
    "condition dropped": breaks.drop_condition,
    "source invented": splices.misattribute,
}
"""Faults of a statement by itself; the quote stays."""

FABRICATED = ("digit", "unit", "year", "company", "negation inserted", "negation removed", "direction", "scale")
"""Faults that the quote shares with the claim in the kind "quote fabricated"."""

_SPREAD = frozenset({"digit", "unit", "year", "company", "model", "direction", "point"})
"""Kinds of which one statement gives two cases where it has places for both."""


@dataclass
class Material:
    """Everything that cases are made of.

    Attributes:
        statements: All true statements but for cells of tables, in the order read.
        cells: Cells of tables told as sentences.
    """

    statements: Sequence[Statement]
    cells: Sequence[tuple[Statement, Row, Cell, Sequence[Row]]]
    pools: dict[str, list[Statement]] = field(init=False)
    names: list[str] = field(init=False)

    def __post_init__(self) -> None:
        self.pools = {}
        for one in self.statements:
            self.pools.setdefault(f"{one.language} of {one.passage.language}", []).append(one)
        found = {one.text[start:end] for one in self.statements for start, end in names.names_in(one.text)}
        self.names = sorted(found)

    def like(self, statement: Statement) -> list[Statement]:
        """Statements in the same language whose quotes are in the same language, itself among them."""
        return self.pools[f"{statement.language} of {statement.passage.language}"]


def make_cases(material: Material) -> Iterator[Case]:
    """Every case, true and faulty; two never have the same claim and quotes."""
    seen: set[tuple[str, Quotes]] = set()
    for case in _all_cases(material):
        if (case.claim, case.quotes) not in seen and len(case.claim) <= 4000:
            seen.add((case.claim, case.quotes))
            yield case


def _all_cases(material: Material) -> Iterator[Case]:
    for statement in material.statements:
        yield from _true_cases(statement)
        yield from _faulty_cases(statement, material)
    for statement, row, cell, found in material.cells:
        yield _case(statement, "row told", False, Edit(statement.text, ""))
        for edit, line in change_row(statement, row, cell, found):
            yield _case(statement, "another row", True, edit, ((statement.passage.id, line),))
        for edit in change_column(statement, row, cell):
            yield _case(statement, "another column", True, edit)
        for kind in ("digit", "unit", "company", "model"):
            yield from _edited(statement, kind, EDITORS[kind], 1)


def _true_cases(statement: Statement) -> Iterator[Case]:
    yield _case(statement, statement.form, False, Edit(statement.text, ""))
    if statement.form == "translation":
        return
    if statement.form == "verbatim" and squeezed(statement.text) != squeezed(statement.quote):
        quotes = ((statement.passage.id, statement.text),) if statement.text in statement.passage.text else ()
        if quotes:
            yield _case(statement, "verbatim", False, Edit(statement.text, "only these words quoted"), quotes)
    for kind, editor, most in (
        ("clause", truths.take_clause, 1),
        ("number rewritten", truths.rewrite_number, 2),
        ("company renamed", truths.rename_company, 2),
    ):
        for edit in _some(list(editor(statement)), most, kind, statement.id):
            yield _case(statement, kind, False, edit)
    if source := splices.source_of(statement):
        yield _case(statement, "source named", False, Edit(splices.attribute(statement, source), f"source: {source}"))


def _faulty_cases(statement: Statement, material: Material) -> Iterator[Case]:
    for kind, editor in EDITORS.items():
        yield from _edited(statement, kind, editor, 2 if kind in _SPREAD else 1)
    yield from _edited(statement, "name", lambda one: names.change_name(one, material.names), 1)
    pool = material.like(statement)
    for edit in splices.misattribute_near(statement, pool):
        yield _case(statement, "source of another", True, edit)
    for kind, maker in (
        ("spliced", splices.splice),
        ("quote of another", splices.quote_another),
        ("quote elsewhere", splices.quote_elsewhere),
    ):
        # Whole statements with the wrong quote are easily made and much alike: a third of them will do.
        if kind == "spliced" or draw(kind, statement.id) % 3 == 0:
            for edit, quotes in maker(statement, pool):
                yield _case(statement, kind, True, edit, quotes)
    if statement.form == "verbatim":
        yield from _false_quotes(statement)


def _false_quotes(statement: Statement) -> Iterator[Case]:
    """Cases whose quote is at fault, and the claim with it."""
    found = [(kind, edit) for kind in FABRICATED for edit in _sound(statement, EDITORS[kind](statement))]
    if found:
        kind, edit = pick(found, "fabricated", statement.id)
        quote = statement.quote.replace(statement.text, edit.text)
        if squeezed(edit.text) not in squeezed(statement.passage.text):
            told = Edit(edit.text, f"{kind}: {edit.change}")
            yield _case(statement, "quote fabricated", True, told, ((statement.passage.id, quote),))
    if draw("cut", statement.id) % 2:
        for words, change in breaks.cut_quote(statement):
            yield _case(statement, "quote cut", True, Edit(words, change), ((statement.passage.id, words),))
    for words, change in breaks.quote_after_denial(statement):
        claim = next((edit.text for edit in senses.remove_negation(statement)), words)
        yield _case(statement, "quote without denial", True, Edit(claim, change), ((statement.passage.id, words),))


def _edited(statement: Statement, kind: str, editor: Editor, most: int) -> Iterator[Case]:
    for edit in _some(_sound(statement, editor(statement)), most, kind, statement.id):
        yield _case(statement, kind, True, edit)


def _sound(statement: Statement, edits: Iterable[Edit]) -> list[Edit]:
    """The edits that change what is said and do not give words that are shown anyway."""
    shown = squeezed(statement.shown)
    told = squeezed(statement.text).rstrip(".。")
    breaks_off = [edit for edit in edits if squeezed(edit.text).rstrip(".。") != told]
    return [
        edit
        for edit in breaks_off
        if edit.change.startswith(("breaks off", "cut at", "without")) or squeezed(edit.text).rstrip(".。") not in shown
    ]


def _some(edits: Sequence[Edit], most: int, *key: object) -> Iterator[Edit]:
    """At most so many of the edits, taken by lot."""
    order = sorted(range(len(edits)), key=lambda at: draw(*key, edits[at].text))
    yield from (edits[at] for at in islice(order, most))


def _case(statement: Statement, kind: str, faulty: bool, edit: Edit, quotes: Quotes = ()) -> Case:
    return Case(
        id=f"{statement.id}/{kind}/{draw(edit.text, quotes) % 10**6:06}",
        kind=kind,
        faulty=faulty,
        form=statement.form,
        language=statement.language,
        quote_language=statement.passage.language,
        claim=normalise(edit.text) if kind != "number rewritten" else edit.text,
        quotes=quotes or ((statement.passage.id, statement.quote),),
        change=edit.change,
        source=statement.source,
    )
