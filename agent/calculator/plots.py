"""Draw sweeps as curves, sensitivities as tornadoes and budgets as waterfalls; the only door to matplotlib.

PNG or SVG by the file's ending. The same calculation gives the same bytes of SVG. Colours differ in lightness too, and
curves in their dashes, so that a grey print can be read. Labels are Chinese only where a Chinese font is installed.
"""

import io
import logging
import re
import textwrap
import warnings
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from agent.calculator.formula import Interval, Parameter, RangedItem
from agent.calculator.registry import formulas, lookup
from agent.calculator.result import Input, Result, Value, show
from agent.calculator.sweep import Axis, End, Sensitivity, Sweep, Swing
from agent.errors import CalculationError
from agent.terminal import plain_line

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.axis import XAxis, YAxis
    from matplotlib.figure import Figure

_ENDINGS = (".png", ".svg")
_FONT = "DejaVu Sans"  # comes with matplotlib
_CHINESE_FONTS = (
    "Noto Sans CJK SC", "Noto Sans SC", "Source Han Sans SC", "Source Han Sans CN", "Microsoft YaHei", "PingFang SC",
    "Hiragino Sans GB", "SimHei", "WenQuanYi Micro Hei", "WenQuanYi Zen Hei", "Droid Sans Fallback", "Arial Unicode MS",
)  # fmt: skip
_DARK, _MIDDLE, _LIGHT, _GREY = "#12355b", "#d1603d", "#a9c5de", "#5a5a5a"
_CURVES = (
    ("#12355b", "-", "o"), ("#d1603d", "--", "s"), ("#7fc4b8", "-.", "^"), ("#8d6a9f", ":", "D"),
    ("#000000", (0, (5, 1, 1, 1)), "v"), ("#b08900", (0, (1, 1)), "P"), ("#7a7a7a", (0, (8, 2)), "X"),
    ("#4f9d4f", (0, (3, 1, 1, 1, 1, 1)), "*"),
)  # fmt: skip
_WIDTH = 7.4
_MOST_PANELS = 6
_MOST_BARS = 30
_MOST_TICKS = 9
_MOST_MARKED = 40
_MOST_NUMBERS = 7
_LOG_SPAN = 1000

_SQUARE = re.compile(r"(?<=(?<![a-z])[cm]m)2(?![0-9])")

_LABELS = {
    "down": ("input {} lower", "输入量下调 {}"),
    "up": ("input {} higher", "输入量上调 {}"),
    "down ranged": ("input {} lower, or the low end of its range", "输入量下调 {}，或取其范围下限"),
    "up ranged": ("input {} higher, or the high end of its range", "输入量上调 {}，或取其范围上限"),
    "more": ("the {} with the largest effect of {}", "共 {1} 项，仅列影响最大的 {0} 项"),
}


def check_path(path: Path) -> None:
    """Refuse, before anything is computed, a file that would be no picture.

    Raises:
        CalculationError: The name ends in neither .png nor .svg.
    """
    if path.suffix.lower() not in _ENDINGS:
        raise CalculationError(
            "a plot is a .png or an .svg file", where=str(path), next_step=f"write it as in {path.stem or 'plot'}.png"
        )


# --- Sweeps: curves ---------------------------------------------------------------------------------------------------


def draw_sweep(swept: Sweep, path: Path, output: str = "", language: str = "en") -> None:
    """Draw the numeric results of a sweep along its longer axis; the other axis gives one curve for each value.

    Args:
        output: Name of the only result to draw; "" for all that change.

    Raises:
        CalculationError: There is nothing to draw, or too much for one picture; the file cannot be written.
    """
    language = _writable_language(language)
    where = swept.first.formula_id
    numeric = [column for one in swept.first.outputs if _is_numeric(column := swept.column(one.name))]
    names = ", ".join(column[0].name for column in numeric)
    moving = [column for column in numeric if len({value.value for value in column}) > 1] or numeric
    columns = [column for column in numeric if column[0].name == output] if output else moving
    if not columns:
        what = f"{output!r} is no number to draw" if output else "it has no number to draw"
        raise CalculationError(what, where=where, next_step=f"use {names}" if names else "print the table instead")
    if len(columns) > _MOST_PANELS:
        raise CalculationError(
            f"{len(columns)} results are too many for one picture", where=where,
            next_step=f"choose one with --output: {names}",
        )  # fmt: skip
    along = _axis_along(swept)
    others = [axis for axis in swept.axes if axis is not swept.axes[along]]
    if others and len(others[0].values) > len(_CURVES):
        raise CalculationError(
            f"{len(others[0].values)} curves are too many for one picture", where=others[0].name,
            next_step=f"give one of the inputs at most {len(_CURVES)} values",
        )  # fmt: skip
    with _style():
        figure = _figure(1.3 + (2.5 if len(columns) < 3 else 1.7) * len(columns))
        panels = figure.subplots(len(columns), 1, sharex=True, squeeze=False)[:, 0]
        for panel, column in zip(panels, columns, strict=True):
            _draw_curves(panel, swept, column, along, language)
        _label_axis(panels[-1], swept, along, language)
        if others:
            heading = _heading(swept, others[0], language)
            panels[0].legend(title=heading, fontsize="small", title_fontsize="small", frameon=False)
        _title(figure, swept.first, {axis.name for axis in swept.axes}, language)
        _save(figure, path)


def _axis_along(swept: Sweep) -> int:
    """The axis that runs along the picture: the one with the most numbers, the first of equals."""
    numbers = [len(axis.values) if axis.numeric else 0 for axis in swept.axes]
    return numbers.index(max(numbers))


def _is_numeric(column: Sequence[Value]) -> bool:
    """Whether all that there is of a result are numbers of one unit."""
    there = [value for value in column if value.value is not None]
    numbers = all(isinstance(value.value, Decimal | Interval) for value in there)
    return bool(there) and numbers and len({value.unit for value in there}) == 1


@dataclass(frozen=True, slots=True)
class _Curve:
    label: str
    x: tuple[float, ...]
    low: tuple[float, ...]
    high: tuple[float, ...]


def _draw_curves(panel: "Axes", swept: Sweep, column: Sequence[Value], along: int, language: str) -> None:
    axis = swept.axes[along]
    curves = _curves(swept, column, along)
    for n, (curve, (color, dashes, marker)) in enumerate(zip(curves, _CURVES, strict=False)):
        if not axis.numeric:
            width = 0.8 / len(curves)
            place = [x + (n - (len(curves) - 1) / 2) * width for x in curve.x]
            spread = [high - low for low, high in zip(curve.low, curve.high, strict=True)]
            panel.bar(place, curve.high, width * 0.9, color=color, label=curve.label)
            if any(spread):
                panel.bar(place, spread, width * 0.9, bottom=curve.low, color=_LIGHT, hatch="//")
        elif curve.low == curve.high:
            mark = marker if len(curve.x) <= _MOST_MARKED else ""
            panel.plot(
                curve.x, curve.high, color=color, linestyle=dashes, marker=mark, markersize=4.5, label=curve.label
            )
        else:
            panel.fill_between(curve.x, curve.low, curve.high, color=color, alpha=0.25, linewidth=0)
            panel.plot(curve.x, curve.low, color=color, linestyle=dashes, linewidth=1)
            panel.plot(curve.x, curve.high, color=color, linestyle=dashes, linewidth=1, label=curve.label)
    drawn = [y for curve in curves for y in (*curve.low, *curve.high) if y == y]
    if axis.numeric and min(drawn) > 0 and max(drawn) / min(drawn) >= _LOG_SPAN:
        panel.set_yscale("log")
    else:
        _write_numbers(panel.yaxis)
    panel.set_ylabel(_wrapped(_with_unit(column[0].meaning.say(language), column[0].unit), 24))
    panel.grid(visible=True, axis="both" if axis.numeric else "y", color="#dddddd", linewidth=0.6)
    panel.set_axisbelow(True)


def _curves(swept: Sweep, column: Sequence[Value], along: int) -> list[_Curve]:
    """The result along one axis, once for each value of the other; sorted, so that a line never runs back."""
    axis = swept.axes[along]
    places = {value: _float(Decimal(value)) if axis.numeric else float(n) for n, value in enumerate(axis.values)}
    groups: dict[tuple[str, ...], list[tuple[float, float, float]]] = {}
    for point, value in zip(swept.points, column, strict=True):
        others = (*point.at[:along], *point.at[along + 1 :])
        groups.setdefault(others, []).append((places[point.at[along]], *_span(value)))
    return [
        _Curve(_text(" ".join(others)), *map(tuple, zip(*sorted(group), strict=True)))
        for others, group in groups.items()
    ]


def _span(value: Value) -> tuple[float, float]:
    match value.value:
        case Interval(low, high):
            return _float(low), _float(high)
        case Decimal() as number:
            return _float(number), _float(number)
        case _:
            return float("nan"), float("nan")


def _label_axis(panel: "Axes", swept: Sweep, along: int, language: str) -> None:
    axis = swept.axes[along]
    panel.set_xlabel(_heading(swept, axis, language))
    if not axis.numeric:
        panel.set_xticks(range(len(axis.values)), [_wrapped(value, 18) for value in axis.values])
        return
    values = sorted(map(Decimal, axis.values))
    if axis.geometric and values[0] > 0:
        panel.set_xscale("log")
    else:
        _write_numbers(panel.xaxis)
    if len(values) <= _MOST_TICKS:
        panel.set_xticks([_float(value) for value in values], [show(value) for value in values])
        panel.minorticks_off()


def _heading(swept: Sweep, axis: Axis, language: str) -> str:
    meaning = _parameters(swept.first)[axis.name].meaning.say(language)
    return _text(_with_unit(meaning, swept.unit(axis)))


# --- Sensitivities: tornadoes -----------------------------------------------------------------------------------------


def draw_tornado(found: Sensitivity, path: Path, language: str = "en") -> None:
    """Draw how far each input moves the result, the largest effect on top.

    Raises:
        CalculationError: No input moves the result; the file cannot be written.
    """
    language = _writable_language(language)
    swings = [swing for swing in found.swings if swing.effect][:_MOST_BARS]
    middle = found.output.value
    if not swings or not isinstance(middle, Decimal):
        raise CalculationError(
            "no input moves the result, so there is nothing to draw", where=found.base.formula_id,
            next_step="follow another result with --output, or move by more",
        )  # fmt: skip
    share, zh = show(found.share * 100, "%"), language == "zh"
    names = [_place(found.say(swing, language), show(swing.span or swing.value, swing.unit)) for swing in swings]
    ranged = " ranged" if any(swing.span for swing in swings) else ""
    with _style():
        figure = _figure(1.9 + sum(max(0.42, 0.12 + 0.18 * len(name.split("\n"))) for name in names))
        panel = figure.subplots()
        start = _float(middle)
        bars: dict[str, Any] = {"height": 0.62, "edgecolor": _DARK, "linewidth": 0.6}
        for key, color in (("down", _LIGHT), ("up", _DARK)):
            ends = [swing.low if key == "down" else swing.high for swing in swings]
            widths = [0.0 if end.result is None else _float(end.result) - start for end in ends]
            label = _LABELS[key + ranged][zh].format(share)
            panel.barh(range(len(swings)), widths, left=start, color=color, label=label, **bars)
        for row, swing in enumerate(swings):
            _write_ends(panel, row, start, swing.low, swing.high, swing.unit)
        panel.axvline(start, color="black", linewidth=1)
        panel.set_yticks(range(len(swings)), names)
        panel.invert_yaxis()
        panel.margins(x=_room(swings))
        _write_numbers(panel.xaxis)
        panel.set_xlabel(_text(_with_unit(found.output.meaning.say(language), found.output.unit)))
        panel.grid(visible=True, axis="x", color="#dddddd", linewidth=0.6)
        panel.set_axisbelow(True)
        figure.legend(loc="outside lower center", ncols=2, fontsize="small", frameon=False)
        subtitle = f"{found.output.meaning.say(language)} = {found.output.say(language)}"
        if len(swings) < len([swing for swing in found.swings if swing.effect]):
            subtitle += "; " + _LABELS["more"][zh].format(len(swings), len(found.swings))
        figure.suptitle(_wrapped(f"{found.base.name.say(language)}\n{subtitle}", 80), fontsize="medium")
        _save(figure, path)


def _place(meaning: str, value: str) -> str:
    """An input and where it stands, the number on a line of its own where both do not fit on one."""
    whole = _wrapped(f"{meaning} = {value}", 34)
    return whole if "\n" not in whole else f"{_wrapped(meaning, 34)}\n{_text(value)}"


def _room(swings: Sequence[Swing]) -> float:
    """How much wider than the bars the picture is on each side, for the texts at their tips."""
    ends = [(end, swing.unit) for swing in swings for end in (swing.low, swing.high)]
    longest = max(len(show(end.value, unit)) for end, unit in ends if end.value is not None)
    part = min(0.02 + 0.016 * longest, 0.3)
    return part / (1 - 2 * part)


def _write_ends(panel: "Axes", row: int, start: float, low: End, high: End, unit: str) -> None:
    """What the input was moved to, at the tip of each bar."""
    tips = [(_float(end.result), show(end.value, unit)) for end in (low, high)
            if end.result is not None and end.value is not None]  # fmt: skip
    if len(tips) == 2 and (tips[0][0] - start) * (tips[1][0] - start) > 0:
        tips = [max(tips, key=lambda tip: abs(tip[0] - start))]  # both bars on one side: the texts would overlap
    for at, text in tips:
        if at != start:
            side = 1 if at > start else -1
            panel.annotate(_text(text), (at, row), (4 * side, 0), textcoords="offset points", va="center",
                           ha="left" if side > 0 else "right", fontsize="x-small")  # fmt: skip


# --- Budgets: waterfalls ----------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class _Bar:
    """From one level to another; both ends the same number where it shows a level itself."""

    label: str
    start: Decimal
    end: Decimal
    text: str
    total: bool = False


def draw_waterfall(result: Result, path: Path, language: str = "en") -> None:
    """Draw how the named parts of a budget lead from its first level to its last.

    Raises:
        CalculationError: The formula has no named parts; a part is a range; the file cannot be written.
    """
    language = _writable_language(language)
    parts = next((one for one in result.inputs if _parameters(result)[one.name].shape == "named"), None)
    if parts is None:
        budgets = [f.id for f in formulas() if any(p.shape == "named" for p in f.parameters)]
        raise CalculationError(
            "there is nothing to draw in a single calculation of this formula", where=result.formula_id,
            next_step="sweep an input (rate_gbps=400..3200:400), add --sensitivity, "
                      f"or plot a budget with named parts: {', '.join(budgets)}",
        )  # fmt: skip
    bars = _bars(result, parts, language)
    if len(bars) > _MOST_BARS:
        raise CalculationError(
            f"{len(bars)} bars are too many for one picture", where=parts.name, next_step="add up the small parts"
        )
    levels = any(value.unit == "dBm" for value in result.outputs)
    heading = ("光功率" if language == "zh" else "optical power") if levels else bars[-1].label
    with _style():
        figure = _figure(1.7 + 0.36 * len(bars))
        panel = figure.subplots()
        for row, bar in enumerate(bars):
            _draw_bar(panel, row, bar)
        marked = _mark_levels(panel, result, bars, language)
        _leave_room(panel, [number for bar in bars for number in (bar.start, bar.end)] + marked)
        panel.set_yticks(range(len(bars)), [_wrapped(bar.label, 34) for bar in bars])
        panel.invert_yaxis()
        panel.set_xlabel(_text(_with_unit(heading, "dBm" if levels else parts.unit)))
        panel.grid(visible=True, axis="x", color="#dddddd", linewidth=0.6)
        panel.set_axisbelow(True)
        others = (f"{v.meaning.say(language)}: {v.say(language)}" for v in result.outputs if v.unit != "dBm")
        title = f"{result.name.say(language)}\n{'; '.join(others)}"
        figure.suptitle(_wrapped(title, 80), fontsize="medium")
        _save(figure, path)


def _leave_room(panel: "Axes", numbers: Sequence[Decimal]) -> None:
    """Widen the axis beyond what is drawn, so that texts beside it stay inside."""
    low, high = _float(min(numbers)), _float(max(numbers))
    room = (high - low) * 0.14 or 1
    panel.set_xlim(low - room, high + room)
    _write_numbers(panel.xaxis)


def _bars(result: Result, parts: Input, language: str) -> list[_Bar]:
    """The first level, each part, the last level. Levels in dBm are followed down or up; other parts pile up from 0."""
    items = [item for item in parts.value if isinstance(item, RangedItem)] if isinstance(parts.value, tuple) else []
    steps = [(item.name or f"#{n}", _single(item.value, parts.name)) for n, item in enumerate(items, 1)]
    total = sum((step for _, step in steps), Decimal(0))
    inputs = {one.name: one for one in result.inputs if isinstance(one.value, Decimal | Interval)}
    added = [
        (_meaning(result, one, language), _single(one.value, one.name))
        for one in inputs.values() if one.unit == parts.unit
    ]  # fmt: skip
    for one in inputs.values():
        level = _single(one.value, one.name) if one.unit == "dBm" else None
        for value in result.outputs:
            if level is None or value.unit != "dBm" or not isinstance(value.value, Decimal):
                continue
            first, last = _meaning(result, one, language), value.meaning.say(language)
            if value.value == level - total:
                return _piled(first, level, [(name, -step) for name, step in steps], last, parts.unit, "dBm")
            if value.value == level + total + sum((step for _, step in added), Decimal(0)):
                return _piled(first, level, [*steps, *added], last, parts.unit, "dBm")
    last = next((v.meaning.say(language) for v in result.outputs if v.value == total), "")
    return _piled("", Decimal(0), steps, last, parts.unit, parts.unit)


def _piled(
    first: str, level: Decimal, steps: Sequence[tuple[str, Decimal]], last: str, unit: str, level_unit: str
) -> list[_Bar]:
    bars = [_Bar(first, level, level, show(level, level_unit), total=True)] if first else []
    for name, step in steps:
        bars.append(_Bar(name, level, level + step, f"{'−' if step < 0 else '+'}{show(abs(step), unit)}"))
        level += step
    return [*bars, _Bar(last, level, level, show(level, level_unit), total=True)] if last else bars


def _single(value: Any, where: str) -> Decimal:
    if not isinstance(value, Decimal):
        raise CalculationError("a waterfall needs single numbers, not ranges", where=where, next_step="give one number")
    return value


def _draw_bar(panel: "Axes", row: int, bar: _Bar) -> None:
    start, end = _float(bar.start), _float(bar.end)
    if bar.total:
        panel.plot([end, end], [row - 0.36, row + 0.36], color="black", linewidth=3, solid_capstyle="butt")
    else:
        panel.barh(row, end - start, left=start, height=0.62, color=_LIGHT if end < start else _MIDDLE, edgecolor=_DARK,
                   linewidth=0.6)  # fmt: skip
        panel.plot([end, end], [row, row + 1], color=_GREY, linewidth=0.6)
    panel.annotate(_text(bar.text), (max(start, end), row - 0.24 * bar.total), (5, 0), textcoords="offset points",
                   va="center", fontsize="x-small", fontweight="bold" if bar.total else "normal")  # fmt: skip


_ON_PAPER = {"facecolor": "white", "edgecolor": "none", "pad": 1.0}
"""Behind words that a line may cross."""


def _mark_levels(panel: "Axes", result: Result, bars: Sequence[_Bar], language: str) -> list[Decimal]:
    """A dashed line at each given level that is no end, such as the receiver's sensitivity, and the margin to it."""
    marked = []
    last = bars[-1].end
    for one in result.inputs:
        if one.unit != "dBm" or not isinstance(one.value, Decimal) or one.value in (bars[0].start, last):
            continue
        level = _float(one.value)
        marked.append(one.value)
        panel.axvline(level, color=_MIDDLE, linestyle="--", linewidth=1.2)
        text = f"{_meaning(result, one, language)}: {show(one.value, one.unit)}"
        panel.annotate(_wrapped(text, 28), (level, 0), (4, 0), textcoords="offset points", va="center",
                       fontsize="x-small", color=_MIDDLE, bbox=_ON_PAPER)  # fmt: skip
        gap = last - one.value
        margin = next((value for value in result.outputs if value.unit == "dB" and value.value == gap), None)
        if margin is not None and gap:
            row = len(bars) - 0.86
            panel.annotate("", (_float(last), row), (level, row), arrowprops={"arrowstyle": "<->", "color": _MIDDLE})
            words = _text(f"{margin.meaning.say(language)} {margin.say(language)}")
            middle = (_float(last) + level) / 2
            panel.annotate(words, (middle, row), (0, 4), textcoords="offset points", ha="center", fontsize="x-small",
                           color=_MIDDLE, bbox=_ON_PAPER)  # fmt: skip
    return marked


def _meaning(result: Result, one: Input, language: str) -> str:
    return _parameters(result)[one.name].meaning.say(language)


def _parameters(result: Result) -> dict[str, Parameter]:
    return {parameter.name: parameter for parameter in lookup(result.formula_id).parameters}


# --- Pictures ---------------------------------------------------------------------------------------------------------


def _figure(height: float) -> "Figure":
    from matplotlib.figure import Figure

    return Figure(figsize=(_WIDTH, height), layout="constrained")


def _style() -> Any:
    import matplotlib

    logging.getLogger("matplotlib").setLevel(logging.ERROR)  # it tells of its font cache, which is no one's concern
    return matplotlib.rc_context({
        "font.family": [_FONT, *_chinese_fonts()],
        "svg.hashsalt": "cpo-analyst",
        "svg.fonttype": "none",
        "axes.spines.top": False,
        "axes.spines.right": False,
        "axes.labelsize": "medium",
        "lines.linewidth": 1.8,
    })  # fmt: skip


@cache
def _chinese_fonts() -> tuple[str, ...]:
    """The first Chinese font that is installed, if any."""
    from matplotlib import font_manager

    installed = {font.name for font in font_manager.fontManager.ttflist}
    return tuple(name for name in _CHINESE_FONTS if name in installed)[:1]


def _writable_language(language: str) -> str:
    return "zh" if language == "zh" and _chinese_fonts() else "en"


def _write_numbers(axis: "XAxis | YAxis") -> None:
    """Numbers along an axis as people write them: 1,050,000 and not 1.05 with 1e6 in a corner."""
    from matplotlib.ticker import MaxNLocator

    axis.set_major_locator(MaxNLocator(_MOST_NUMBERS, steps=[1, 2, 2.5, 5, 10]))
    axis.set_major_formatter(lambda number, _: _grouped(show(Decimal(f"{number:.6g}"))))


def _grouped(number: str) -> str:
    return f"{Decimal(number):,f}" if number.lstrip("-").isdigit() and len(number) > 4 else number


def _title(figure: "Figure", result: Result, swept: set[str], language: str) -> None:
    """What is drawn, and below it the inputs that stay the same."""
    fixed = [
        f"{_meaning(result, one, language)} = "
        f"{show(one.value, one.unit) if isinstance(one.value, Decimal | Interval) else one.given}"
        for one in result.inputs if one.given and one.name not in swept
    ]  # fmt: skip
    lines = [result.name.say(language), "; ".join(fixed)]
    figure.suptitle("\n".join(_wrapped(line, 80) for line in lines if line), fontsize="medium")


def _save(figure: "Figure", path: Path) -> None:
    check_path(path)
    picture = io.BytesIO()
    ending = path.suffix.lower().removeprefix(".")
    metadata = {"Date": None, "Creator": None} if ending == "svg" else {"Software": None}
    with warnings.catch_warnings():
        # A name in a script that no font here has is drawn as boxes; in an SVG it stands as text all the same.
        warnings.filterwarnings("ignore", message="Glyph .* missing from font")
        figure.savefig(picture, format=ending, dpi=150, metadata=metadata)
    try:
        path.write_bytes(picture.getvalue())
    except OSError as error:
        raise CalculationError(
            f"cannot be written ({error.strerror})", where=str(path), next_step="name a file in a folder that exists"
        ) from error


def _float(number: Decimal) -> float:
    drawn = float(number)
    if abs(drawn) > 1e200:
        raise CalculationError(f"{show(number)} is too large to draw", next_step="print the table instead")
    return drawn


def _with_unit(meaning: str, unit: str) -> str:
    return f"{meaning} ({'×' if unit == 'x' else unit})" if unit else meaning


def _text(words: str) -> str:
    """Words as they stand: a dollar sign opens no formula."""
    return _SQUARE.sub("²", plain_line(words)).replace("$", r"\$")


def _wrapped(words: str, width: int) -> str:
    """The words on several lines; Chinese characters count twice, and may be parted anywhere."""
    wide = sum(ord(character) > 0x2E80 for character in words) > len(words) / 3
    lines = (textwrap.wrap(_text(line), width // 2 if wide else width) for line in words.split("\n"))
    return "\n".join(part for line in lines for part in line)
