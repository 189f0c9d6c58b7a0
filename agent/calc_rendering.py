"""Show calculations, sweeps and sensitivities as lines of text, as rows of a table, or as plain data for JSON."""

import unicodedata
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from decimal import Decimal
from typing import Any

from agent.calculator.formula import Bilingual, Formula, Interval
from agent.calculator.reference import Reference
from agent.calculator.registry import example_command, lookup
from agent.calculator.result import Input, Result, Value, say_line, show
from agent.calculator.rounding import Rounding
from agent.calculator.sweep import Axis, End, Sensitivity, Sweep, Swing
from agent.errors import CalculationError
from agent.terminal import plain_line
from corpus.units import CURRENCIES

Rows = tuple[list[str], list[list[str]]]
"""The head of a table, and its rows."""

_WIDEST_CROSS = 12
_NO_RATIO = ("dB", "dBm", "°C", "%")
_DIFFERENCE = {"dBm": "dB", "%": "pp", "°C": "K"}

_WORDS = {
    "default": Bilingual("the formula's default", "公式默认值"),
    "beware": Bilingual("Beware", "注意"),
    "assumes": Bilingual("Assumes", "前提"),
    "source": Bilingual("Source: {}", "来源：{}"),
    "fixed": Bilingual("with {}", "其中 {}"),
    "at": Bilingual("{0} (at {1} of {2} points, first at {3})", "{0}（{2} 点中的 {1} 点，首见于 {3}）"),
    "cross": Bilingual("{} (down: {}; across: {})", "{}（行：{}；列：{}）"),
    "moved": Bilingual("{}: {}; each input moved by ±{}", "{}：{}；各输入量分别变动 ±{}"),
    "ranged": Bilingual(
        "{}: {}; each input moved by ±{}, or over its range where one is given",
        "{}：{}；各输入量分别变动 ±{}，给出范围的按其范围变动",
    ),
    "over": Bilingual(
        "{} is moved over its range, {}, from its middle, {}.", "{} 按所给范围 {} 变动，基准取其中点 {}。"
    ),
    "input": Bilingual("input", "输入量"),
    "value": Bilingual("value", "取值"),
    "low": Bilingual("down to", "下调至"),
    "high": Bilingual("up to", "上调至"),
    "at low": Bilingual("{} there", "此时 {}"),
    "at high": Bilingual("{} there", "此时 {}"),
    "effect": Bilingual("effect", "影响"),
    "stuck low": Bilingual("{} cannot move down: {}", "{} 无法下调：{}"),
    "stuck high": Bilingual("{} cannot move up: {}", "{} 无法上调：{}"),
    "unmoved": Bilingual("{} is not moved: {}", "{} 未变动：{}"),
    "levels": Bilingual("dB, dBm and °C are moved by a share of their number.", "dB、dBm 与 °C 按其数值的比例变动。"),
    "agrees": Bilingual("{} (stated as {}: agrees)", "{}（原文称 {}：一致）"),
    "differs": Bilingual("{} (stated as {}: differs)", "{}（原文称 {}：不一致）"),
}


def _say(key: str, language: str, *values: str) -> str:
    return _WORDS[key].say(language).format(*values)


# --- One calculation --------------------------------------------------------------------------------------------------


def render_calculation(result: Result, language: str) -> Iterator[str]:
    """The results first, then how they came about and what to beware of."""
    stated = {one.output: one for one in result.stated}
    colon = "：" if language == "zh" else ": "
    for value in result.outputs:
        basis = f" [{value.basis}]" if value.basis else ""
        line = f"{value.meaning.say(language)}{colon}{value.say(language)}{basis}"
        claim = stated.get(value.name)
        if claim:
            line = _say("differs" if claim.differs else "agrees", language, line, claim.given)
        yield plain_line(line)
    yield ""
    yield plain_line(f"{result.name.say(language)} ({result.formula_id})")
    for one in result.inputs:
        if one.value is None:
            continue
        origin = "" if one.given else f" ({_say('default', language)})"
        given = say_line(_input(one), language)
        yield f"  {plain_line(f'{name_input(result, one.name, language)} = {given}{origin}')}"
    yield ""
    yield from (f"  {plain_line(say_line(step, language))}" for step in result.steps)
    yield from _notes(result, language, [words.say(language) for words in result.warnings])


def name_input(result: Result, name: str, language: str) -> str:
    """What an input is, its symbol in the steps, and the name that it is given by."""
    if result.formula_id == "expression":
        return "算式" if language == "zh" and name == "expression" else name
    known = {one.name: one for one in lookup(result.formula_id).parameters}
    return f"{known[name].meaning.say(language)} {known[name].symbol} ({name})" if name in known else name


def _input(one: Input) -> str:
    if isinstance(one.value, Decimal | Interval):
        figure = f" (@{one.assumption})" if one.assumption else ""
        basis = f" [{one.basis}]" if one.basis else ""
        return f"{one.shown}{basis}{figure}"
    if isinstance(one.value, bool):
        return "yes" if one.value else "no"
    return one.shown if one.given or isinstance(one.value, str) else "—"


def _notes(result: Result, language: str, warnings: Sequence[str]) -> Iterator[str]:
    """What to beware of, what is assumed, where the formula comes from."""
    assumptions = [words.say(language) for words in result.assumptions]
    for key, lines in (("beware", warnings), ("assumes", assumptions)):
        if lines:
            yield ""
            yield _say(key, language)
            yield from (f"  - {plain_line(line)}" for line in lines)
    if result.formula_id != "expression":
        yield ""
        yield plain_line(_say("source", language, lookup(result.formula_id).source))


# --- A sweep ----------------------------------------------------------------------------------------------------------


def render_sweep(swept: Sweep, language: str) -> Iterator[str]:
    """A table with a line for each point; of two axes one down and one across, where that fits a terminal."""
    names = {axis.name for axis in swept.axes}
    yield plain_line(f"{swept.first.name.say(language)} ({swept.first.formula_id})")
    fixed = "; ".join(f"{one.name} = {_input(one)}" for one in swept.first.inputs if one.name not in names)
    if fixed:
        yield plain_line(_say("fixed", language, fixed))
    crossed = len(swept.axes) == 2 and len(swept.axes[1].values) <= _WIDEST_CROSS
    yield from _cross_tables(swept, language) if crossed else _long_table(swept, language)
    yield from _notes(swept.first, language, _sweep_warnings(swept, language))


def _long_table(swept: Sweep, language: str) -> Iterator[str]:
    columns = [swept.column(output.name) for output in swept.first.outputs]
    head = [_axis(swept, axis) for axis in swept.axes]
    head += [_head(column[0].meaning.say(language), _common_unit(column)) for column in columns]
    cells = zip(*(_cells(column, language) for column in columns), strict=True)
    yield ""
    yield from _table(head, [[*point.at, *row] for point, row in zip(swept.points, cells, strict=True)])


def _cross_tables(swept: Sweep, language: str) -> Iterator[str]:
    """For each result a table with one axis down and one across."""
    down, across = swept.axes
    width = len(across.values)
    for output in swept.first.outputs:
        column = swept.column(output.name)
        cells = _cells(column, language)
        what = _head(output.meaning.say(language), _common_unit(column))
        yield ""
        yield plain_line(_say("cross", language, what, _axis(swept, down), _axis(swept, across)))
        rows = [[value, *cells[n * width : (n + 1) * width]] for n, value in enumerate(down.values)]
        yield from _table(["", *across.values], rows)


def _cells(column: Sequence[Value], language: str) -> list[str]:
    """One result at every point, without the unit that the head of the table has."""
    common = _common_unit(column)
    plain = [replace(value, unit="") if value.unit == common else value for value in column]
    return ["—" if value.value is None else value.say(language) for value in plain]


def _common_unit(column: Sequence[Value]) -> str:
    units = {value.unit for value in column}
    return units.pop() if len(units) == 1 else ""


def _head(name: str, unit: str) -> str:
    return f"{name} [{unit}]" if unit else name


def _axis(swept: Sweep, axis: Axis) -> str:
    return _head(axis.name, swept.unit(axis))


def _sweep_warnings(swept: Sweep, language: str) -> list[str]:
    """Each warning once, with the number of points it is about where it is not about all."""
    told: dict[str, list[tuple[str, ...]]] = {}
    for point in swept.points:
        for words in point.result.warnings:
            told.setdefault(words.say(language), []).append(point.at)
    total = len(swept.points)
    return [
        words if len(at) == total else _say("at", language, words, str(len(at)), str(total), _place(swept, at[0]))
        for words, at in told.items()
    ]


def _place(swept: Sweep, at: tuple[str, ...]) -> str:
    return ", ".join(f"{axis.name}={axis.text(value)}" for axis, value in zip(swept.axes, at, strict=True))


def sweep_rows(swept: Sweep) -> Rows:
    """A row for each point, at full precision; a range takes two columns."""
    head = [_axis(swept, axis) for axis in swept.axes]
    columns: list[list[str]] = []
    for output in swept.first.outputs:
        column = swept.column(output.name)
        unit = _common_unit(column)
        ends = ("low", "high") if any(isinstance(value.value, Interval) for value in column) else ("",)
        head += [_head(f"{output.name} {end}".rstrip(), unit) for end in ends]
        columns += [[_exact(value, end, unit) for value in column] for end in ends]
    return head, [[*point.at, *row] for point, row in zip(swept.points, zip(*columns, strict=True), strict=True)]


def _exact(value: Value, end: str, common_unit: str) -> str:
    number = getattr(value.value, end) if isinstance(value.value, Interval) else value.value
    if isinstance(number, Decimal):
        return f"{number} {'' if common_unit == value.unit else value.unit}".rstrip()
    return "" if number is None else value.say("en")


def sweep_data(swept: Sweep) -> dict[str, Any]:
    """The axes, what stays the same, and each point with its results and warnings; enough to do it again."""
    saved = swept.first.to_json()
    names = [axis.name for axis in swept.axes]
    points = [(point.at, point.result.to_json()) for point in swept.points]
    return {
        "formula_id": saved["formula_id"],
        "version": saved["version"],
        "name": saved["name"],
        "axes": [
            {"name": axis.name, "given": axis.given, "unit": swept.unit(axis), "values": list(axis.values)}
            for axis in swept.axes
        ],
        "inputs": [one for one in saved["inputs"] if one["name"] not in names],
        "points": [
            {"at": dict(zip(names, at, strict=True)), "outputs": point["outputs"], "warnings": point["warnings"]}
            for at, point in points
        ],
        "assumptions": saved["assumptions"],
    }


def read_sweep(saved: Mapping[str, Any]) -> tuple[str, dict[str, str], int | None]:
    """The formula, the inputs as given and the decimals asked for, of a sweep that ``sweep_data`` wrote.

    Raises:
        CalculationError: The data is no saved sweep.
    """
    try:
        id_, inputs = saved["formula_id"], {one["name"]: one["given"] for one in (*saved["axes"], *saved["inputs"])}
        asked = [output["decimals"] for output in saved["points"][0]["outputs"]]
        if not all(isinstance(word, str) for word in (id_, *inputs, *inputs.values())):
            raise TypeError("a name or an input is no text")
    except (KeyError, IndexError, TypeError) as error:
        raise CalculationError(
            f"the saved sweep is damaged ({error!r:.200})", next_step="calculate it again with cpo calc"
        ) from error
    given = {name: words for name, words in inputs.items() if words}
    return id_, given, next((decimals for decimals in asked if decimals is not None), None)


# --- A sensitivity ----------------------------------------------------------------------------------------------------


def render_sensitivity(found: Sensitivity, language: str) -> Iterator[str]:
    """A table of the inputs, the one with the largest effect first, then what could not be moved."""
    output = found.output
    yield plain_line(f"{found.base.name.say(language)} ({found.base.formula_id})")
    share = show(found.share * 100, "%")
    how = "ranged" if any(swing.span for swing in found.swings) else "moved"
    yield plain_line(_say(how, language, output.meaning.say(language), output.say(language), share))
    head = [_say("input", language), _say("value", language)]
    for end in ("low", "high"):
        head += [_say(end, language), _say(f"at {end}", language, output.symbol)]
    yield ""
    rows = [_swing_cells(swing, output) for swing in found.swings]
    table = _table([*head, _say("effect", language)], rows, left=1)
    names = ["", *(found.say(swing, language) for swing in found.swings)]
    yield from (f"{line}  {plain_line(name)}".rstrip() for line, name in zip(table, names, strict=True))
    yield from _notes(found.base, language, [*(w.say(language) for w in found.base.warnings), *_told(found, language)])


def _swing_cells(swing: Swing, output: Value) -> list[str]:
    cells = [plain_line(swing.name), show(swing.value, swing.unit)]
    for end in (swing.low, swing.high):
        cells += ["—" if end.value is None else show(end.value, swing.unit), _change(end, output)]
    return [*cells, show(swing.effect, difference_unit(output.unit), output.rounding)]


def difference_unit(unit: str) -> str:
    """The unit of a difference between two numbers in a unit: two levels in dBm are some dB apart."""
    return _DIFFERENCE.get(unit, unit)


def _change(end: End, output: Value) -> str:
    """A result and how far it has moved, "8.1 W (−15.6%)"; of a level or a share that would mean nothing."""
    if end.result is None:
        return "—"
    shown = show(end.result, output.unit, output.rounding)
    if not isinstance(output.value, Decimal) or not output.value or output.unit in _NO_RATIO:
        return shown
    change = (end.result - output.value) / abs(output.value) * 100
    return f"{shown} ({'−' if change < 0 else '+'}{show(abs(change), '', Rounding(1))}%)"


def _told(found: Sensitivity, language: str) -> Iterator[str]:
    for swing in found.swings:
        if swing.span:
            span = show(swing.span, swing.unit) + (f" (@{swing.figure})" if swing.figure else "")
            yield _say("over", language, swing.name, span, show(swing.value, swing.unit))
        for key, end in (("low", swing.low), ("high", swing.high)):
            if end.refused:
                yield _say(f"stuck {key}", language, swing.name, end.refused)
    yield from (_say("unmoved", language, name, reason) for name, reason in found.unmoved)
    if any(swing.unit in ("dB", "dBm", "°C") and not swing.span for swing in found.swings):
        yield _say("levels", language)


def sensitivity_rows(found: Sensitivity) -> Rows:
    """A row for each input, at full precision."""
    result = _head(found.output.name, found.output.unit)
    head = [
        "input",
        "value",
        "unit",
        "low",
        f"{result} at low",
        "high",
        f"{result} at high",
        "effect",
        "refused",
        "moved by",
    ]
    rows = []
    for swing in found.swings:
        ends = [_text(number) for end in (swing.low, swing.high) for number in (end.value, end.result)]
        refused = "; ".join(filter(None, (swing.low.refused, swing.high.refused)))
        moved_by = "its range" if swing.span else show(found.share * 100, "%")
        rows.append([swing.name, str(swing.value), swing.unit, *ends, str(swing.effect), refused, moved_by])
    return head, rows


def _text(number: Decimal | None) -> str:
    return "" if number is None else str(number)


def sensitivity_data(found: Sensitivity) -> dict[str, Any]:
    """The calculation itself, and what each input does to its result."""
    output = found.output
    return {
        "output": {"name": output.name, "unit": output.unit, "value": _plain(output.value)},
        "share": str(found.share),
        "swings": [
            {"input": swing.name, "value": str(swing.value), "unit": swing.unit, "effect": str(swing.effect),
             "low": _end_data(swing.low), "high": _end_data(swing.high), "ranged": swing.span is not None,
             "figure": swing.figure}
            for swing in found.swings
        ],
        "unmoved": [{"input": name, "reason": reason} for name, reason in found.unmoved],
        "base": found.base.to_json(),
    }  # fmt: skip


def _end_data(end: End) -> dict[str, Any]:
    return {"value": _plain(end.value), "result": _plain(end.result), "refused": end.refused}


# --- Formulas and figures ---------------------------------------------------------------------------------------------


def formula_brief(formula: Formula) -> dict[str, Any]:
    """What a list of formulas needs."""
    return {"id": formula.id, "group": formula.group, "name": _both(formula.name), "formula": formula.text}


def formula_data(formula: Formula) -> dict[str, Any]:
    """All that is declared of a formula, but for what serves to find it in questions."""
    return formula_brief(formula) | {
        "version": formula.version,
        "aliases": list(formula.aliases),
        "latex": formula.latex,
        "parameters": [
            {"name": p.name, "symbol": p.symbol, "meaning": _both(p.meaning), "shape": p.shape, "unit": p.unit,
             "required": p.required, "default": _plain(p.default), "figure": p.assumption, "low": _plain(p.low),
             "high": _plain(p.high), "above": p.above, "allowed": [str(one) for one in p.allowed],
             "choices": [list(names) for names in p.choices], "range": p.interval(), "basis": p.basis}
            for p in formula.parameters
        ],
        "outputs": [
            {"name": o.name, "symbol": o.symbol, "meaning": _both(o.meaning), "unit": o.unit, "basis": o.basis,
             "template": o.template}
            for o in formula.outputs
        ],
        "requirements": [_both(requirement.words) for requirement in formula.requirements],
        "compared": list(formula.compared),
        "assumptions": [_both(words) for words in formula.assumptions],
        "source": formula.source,
        "example": dict(formula.example),
        "command": example_command(formula),
    }  # fmt: skip


def render_figure(row: Reference, language: str) -> Iterator[str]:
    """A row of the reference table: how to use it, what it is, who says so."""
    basis = f" [{row.basis}]" if str(row.basis) else ""
    yield plain_line(f"@{row.id} = {row.text}{basis}")
    yield f"  {plain_line(row.zh if language == 'zh' else row.en)}"
    yield f"  {plain_line(' '.join(filter(None, (row.year, row.cited, row.url))))}"


def render_figures(rows: Sequence[Reference], language: str) -> Iterator[str]:
    """A short line for each row, under a heading for each kind of quantity."""
    table = _table([], [[f"  @{row.id}", row.text, row.zh if language == "zh" else row.en] for row in rows], left=3)
    lines = dict(zip(rows, table, strict=True))
    for kind in dict.fromkeys((*_FIGURES.values(), _OTHER_FIGURES)):
        found = [line for row, line in lines.items() if _FIGURES.get(row.unit, _OTHER_FIGURES) == kind]
        yield from (kind.say(language), *found) if found else ()


_FIGURES = {
    unit: kind
    for kind, units in (
        (Bilingual("Electrical power", "电功率"), ("W",)),
        (Bilingual("Energy per bit", "单比特能耗"), ("pJ/bit",)),
        (Bilingual("Optical power and losses", "光功率与损耗"), ("dBm", "mW", "dB", "dB/km")),
        (Bilingual("Capacities, rates and densities", "容量、速率与密度"), ("Tb/s", "Gb/s", "Gb/s/mm")),
        (Bilingual("Shares, savings and yields", "比例、节省与良率"), ("%",)),
        (Bilingual("Failure rates and hours", "失效率与小时数"), ("FIT", "h")),
        (Bilingual("Latency", "时延"), ("ns",)),
        (
            Bilingual("Temperatures and materials", "温度与材料"),
            ("°C", "ppm/K", "nm/K", "nm/mW", "nm", "kg/L", "J/kg/K"),
        ),
        (Bilingual("Money", "金额"), CURRENCIES),
    )
    for unit in units
}
_OTHER_FIGURES = Bilingual("Others", "其他")


def figure_data(row: Reference) -> dict[str, Any]:
    """A row of the reference table."""
    low, high = (row.value.low, row.value.high) if isinstance(row.value, Interval) else (row.value, row.value)
    return {
        "id": row.id, "en": row.en, "zh": row.zh, "low": str(low), "high": str(high), "unit": row.unit,
        "basis": str(row.basis), "year": row.year, "source": row.source, "url": row.url,
        "confidence": row.confidence, "verified": row.verified,
    }  # fmt: skip


def _both(words: Bilingual) -> dict[str, str]:
    return {"en": words.en, "zh": words.zh}


def _plain(value: Any) -> Any:
    return str(value) if isinstance(value, Decimal) else value


# --- Tables -----------------------------------------------------------------------------------------------------------


def _table(head: Sequence[str], rows: Sequence[Sequence[str]], left: int = 0) -> Iterator[str]:
    """Lines of a table, its head first if any; the first ``left`` columns aligned left, the others right."""
    lines = [row for row in (head, *rows) if row]
    widths = [max(map(_width, column)) for column in zip(*lines, strict=True)]
    for row in lines:
        cells = []
        for n, (cell, width) in enumerate(zip(row, widths, strict=True)):
            gap = " " * (width - _width(cell))
            cells.append(cell + gap if n < left else gap + cell)
        yield "  ".join(cells).rstrip()


def _width(text: str) -> int:
    """How many columns of a terminal a text takes; Chinese characters take two."""
    return sum(0 if unicodedata.combining(c) else 2 if unicodedata.east_asian_width(c) in "WF" else 1 for c in text)
