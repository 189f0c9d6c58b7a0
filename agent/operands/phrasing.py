"""Write chosen figures down as an expression over named operands: the Plan."""

import keyword
import re
import unicodedata
from collections.abc import Iterator, Sequence
from decimal import Context, Decimal, localcontext

from agent.calculator.basis import AXES, words_of_axis
from agent.calculator.formula import Bilingual, Interval
from agent.operands.choosing import unsettled
from agent.operands.figures import MONEY_UNITS, Figure
from agent.operands.matching import bare_label
from agent.operands.periods import NO_PERIOD
from agent.operands.plan import Operand, Operation, Plan, Unsettled
from agent.operands.words import words_of
from corpus.document import Passage
from corpus.quantities import find_quantities
from corpus.text import split_sentences

_LONGEST_EXPRESSION = 450  # the calculator takes 500 characters
_DEDUCTION = re.compile(
    r"expens|\bcosts?\b|\btax(?:es|ation)?\b|allowance|disposal|liabilit|depreciation|amorti[sz]ation|impairment"
    r"|addition|payment|\bpaid\b|purchase|^less\b|charge|write[- ]?off|dividend|deduction|\bfees?\b|provision|payable"
    r"|debt"
    r"|费用|成本|支出|税|减值|折旧|摊销|^减|负债|支付|偿还|費|損",
    re.IGNORECASE,
)
_SIGNED = re.compile(
    r"\bnet (?:income|profit|loss|cash)|\bgain|\(?loss|\bloss|\(used|used in|activities|change|adjust|effect|benefit"
    r"|credit|increase|decrease|净额|净利|收益|变动",
    re.IGNORECASE,
)
_WRITTEN = re.compile(r"(?<=[0-9 ])[kMGTmnpμ]?[A-Za-z]{1,3}(?:/[A-Za-z]{1,4})+$")
_FUNCTIONS = frozenset("sum average min max abs sqrt count growth share cagr expression".split())
_ADDED = ("change", "difference", "sum", "average", "highest", "lowest")


def slot(place: int, *, size: bool = False) -> str:
    """An operand's place in a template: as it is, or by its size."""
    return f"abs({{{place}}})" if size else f"{{{place}}}"


def is_deduction(figures: Sequence[Figure]) -> bool:
    """Whether a row all in brackets names a cost, a tax, an allowance …: its words then mean its size."""
    bracketed = [one.shown == "negative" and "(" in one.text for one in figures]
    if not any(bracketed) or not all(
        one.shown == "nil" or found for one, found in zip(figures, bracketed, strict=True)
    ):
        return False
    label = figures[0].label
    return bool(_DEDUCTION.search(label)) and not _SIGNED.search(label)


def write_plan(
    operation: Operation, template: str, figures: Sequence[Figure], unit: str,
    notes: tuple[Bilingual, ...] = (), *, formula: str = "", chosen: str = "",
) -> Plan | Unsettled:  # fmt: skip
    """The plan of an expression whose operands are written {0}, {1} …"""
    units = {one.unit for one in figures if one.unit}
    if len(units) > 1 and operation != "count":
        return unsettled("not exact", "", f"the figures are in {' and '.join(sorted(units))}", "数字的单位不同")
    if unclear := next((one.label for one in figures if one.kind == "unclear"), ""):
        return unsettled("not exact", unclear, f"“{unclear}” may be money or a count", f"“{unclear}”是金额还是数量不明")
    counted = [one.unit == "" and one.kind in ("count", "people", "rate") for one in figures]
    if any(counted) and operation in _ADDED and (units or not all(counted)):
        label = figures[counted.index(True)].label
        return unsettled("not exact", label, f"“{label}” is a count, the others are not", f"“{label}”是数量，其他不是")
    money = [one for one in figures if one.unit in MONEY_UNITS and one.scale != 1]
    if money and (open_ := next((one.label for one in figures if _has_open_scale(one)), "")):
        return unsettled("not exact", open_, f"what “{open_}” is in is not said", f"“{open_}”的单位不明")
    if not all(one.exact for one in figures):
        return unsettled("not exact", figures[0].label, "a figure is only a bound", "数字只是上限或下限")
    common = next(iter(units), "")
    scale = figures[0].scale if common in MONEY_UNITS or not common else Decimal(1)
    names = _names(figures)
    if len(template.format(*names)) > _LONGEST_EXPRESSION:
        names = [f"n{place}" for place in range(1, len(figures) + 1)]
    operands = tuple(
        Operand(
            name, one.text, one.passage_id, one.start, one.end, _value(one, scale), "" if count else one.unit or common,
            _title(one),
        )
        for name, one, count in zip(names, figures, counted, strict=True)
    )  # fmt: skip
    expression = template.format(*names)
    sized = _SIZED if "abs(" in template else ()
    if operation in _ADDED and unit in ("", common):
        unit = _written_unit(figures, common)
    return Plan(operation, expression, operands, unit, scale, formula=formula, chosen=chosen, notes=(*notes, *sized))


_SIZED = (
    Bilingual("an amount shown in brackets as a deduction is taken by its size", "以括号列示的扣减项按其数额计算"),
)


def _has_open_scale(figure: Figure) -> bool:
    """Whether a count stands in a table of money in thousands or millions, and may be in thousands itself."""
    return figure.source == "cell" and figure.kind in ("count", "rate") and not figure.unit and figure.scale == 1


def _written_unit(figures: Sequence[Figure], unit: str) -> str:
    """The unit as the figures' own words have it, where it is one for all: Tb/s of what is counted in Gb/s."""
    written = {match[0] for one in figures if (match := _WRITTEN.search(one.text))}
    if len(written) != 1 or not all(_WRITTEN.search(one.text) for one in figures):
        return unit
    words = written.pop()
    return words if any(one.unit == unit for one in find_quantities(f"1 {words}")) else unit


def _value(figure: Figure, scale: Decimal) -> Decimal | Interval:
    if figure.scale == scale:
        low, high = figure.value, figure.high
    else:
        with localcontext(Context(prec=60)):
            low, high = figure.value * figure.scale / scale, figure.high * figure.scale / scale
    return low if low == high else Interval(low, high)


def _title(figure: Figure) -> str:
    when = str(figure.period)
    return " · ".join(part for part in (*figure.groups[-1:], figure.label[:120], figure.head, when) if part)


def _names(figures: Sequence[Figure]) -> list[str]:
    """An identifier for each figure: words of its label, or of its column, and its period; numbered where two agree."""
    rows = {bare_label(one.label) for one in figures}
    names: list[str] = []
    for one in figures:
        words = one.label if len(rows) > 1 or not one.head else f"{one.label} {one.head}"
        stem = "_".join(re.findall(r"[^\W_]+", bare_label(words))[:5])[:40] or "figure"
        when = "" if one.period == NO_PERIOD else re.sub(r"\W", "_", f"_{one.period}")
        name = unicodedata.normalize("NFKC", f"{stem}{when}")
        if not name.isidentifier() or keyword.iskeyword(name) or name in _FUNCTIONS:
            name = f"n_{name}" if f"n_{name}".isidentifier() else "figure"
        count = sum(other == name or other.startswith(f"{name}__") for other in names)
        names.append(f"{name}__{count + 1}" if count else name)
    return names


# --- What the text under a table says of a figure ---------------------------------------------------------------------

_ENERGIES = ("pJ/bit", "W", "mW", "kW")


def contradicting_note(operands: Sequence[Operand], passages: Sequence[Passage]) -> str:
    """A sentence that says of one operand alone what it counts (line or net rate, with or without the laser), or ""."""
    by_id = {one.id: one for one in passages}
    said = [tuple(_notes_on(one, by_id[one.passage_id], passages)) for one in operands]
    bases = [frozenset(word for note in notes for word in _basis_words(note)) for notes in said]
    return next((notes[0] for notes in said if notes), "") if len(set(bases)) > 1 else ""


def _notes_on(operand: Operand, home: Passage, passages: Sequence[Passage]) -> Iterator[str]:
    """Sentences further down an operand's section that quote it, name its thing and say a basis."""
    if operand.unit not in _ENERGIES:
        return
    for passage in passages:
        same = (passage.document_id, passage.section) == (home.document_id, home.section)
        if not same or (passage.page, passage.start) <= (home.page, home.start):
            continue
        for start, end in split_sentences(passage.text):
            sentence = passage.text[start:end]
            if _basis_words(sentence) and words_of(operand.label) & words_of(sentence) and _quotes(sentence, operand):
                yield sentence.strip()


def _quotes(sentence: str, operand: Operand) -> bool:
    return any(one.unit == operand.unit and one.low == one.high == operand.value for one in find_quantities(sentence))


def _basis_words(sentence: str) -> list[str]:
    return [word for axis in AXES for word in words_of_axis(sentence, axis)]
