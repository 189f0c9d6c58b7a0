"""The one list of formulas: each is declared beside its plain Python function, and found here by id."""

import difflib
import re
from collections.abc import Callable, Mapping
from decimal import Decimal
from functools import cache
from importlib import import_module

from agent.calculator.arguments import plain_words
from agent.calculator.formula import ANY, MONEY, Bilingual, Caution, Formula, Function, Output, Parameter, Requirement
from agent.errors import CalculationError

GROUPS = (
    "energy", "optical_link", "counting", "yield_cost", "thermal", "fibre_coupling", "reliability", "latency", "market",
)  # fmt: skip
_registered: dict[str, Formula] = {}


def formula(
    *,
    name: Bilingual,
    aliases: tuple[str, ...],
    parameters: tuple[Parameter, ...],
    outputs: tuple[Output, ...],
    assumptions: tuple[Bilingual, ...],
    source: str,
    latex: str,
    example: Mapping[str, str],
    cautions: tuple[Caution, ...] = (),
    requirements: tuple[Requirement, ...] = (),
    compared: tuple[str, ...] = (),
    version: int = 1,
) -> Callable[[Function], Function]:
    """Register the decorated function: its name is the formula's id, its module the group."""

    def register(function: Function) -> Function:
        id_, group = function.__name__, function.__module__.rpartition(".")[2]
        if id_ in _registered:
            raise ValueError(f"two formulas are called {id_!r}")
        _registered[id_] = Formula(
            id_, version, group, name, aliases, parameters, outputs, assumptions, source, function, latex, example,
            cautions, requirements, compared,
        )  # fmt: skip
        return function

    return register


@cache
def formulas() -> tuple[Formula, ...]:
    """Every formula, group by group, in the order of declaration."""
    for group in GROUPS:
        import_module(f"agent.calculator.{group}")
    return tuple(sorted(_registered.values(), key=lambda known: GROUPS.index(known.group)))


def lookup(formula_id: str) -> Formula:
    """The formula with that id.

    Raises:
        CalculationError: There is none; the nearest ids are named.
    """
    known = _by_id()
    if formula_id not in known:
        near = difflib.get_close_matches(formula_id[:80], known, n=3, cutoff=0.3)
        raise CalculationError(
            "there is no such formula", where=repr(formula_id[:80]),
            next_step=f"use one of: {', '.join(near)}" if near else "list them with cpo calc list",
        )  # fmt: skip
    return known[formula_id]


def find_called(name: str) -> tuple[Formula, ...]:
    """The formulas called so: by id, else by a name in either language, else by the start of an id; in any case."""
    plain = plain_words(name)
    levels: tuple[Callable[[Formula], bool], ...] = (
        lambda one: plain == plain_words(one.id),
        lambda one: plain in map(plain_words, (one.name.en, one.name.zh, *one.aliases)),
        lambda one: plain_words(one.id).startswith(f"{plain} "),
    )
    for is_called in levels:
        if plain and (found := tuple(one for one in formulas() if is_called(one))):
            return found
    return ()


@cache
def _by_id() -> Mapping[str, Formula]:
    return {known.id: known for known in formulas()}


def describe(formula_id: str, language: str = "en") -> str:
    """A formula as a card to read: what it computes, its arguments with their ranges, where it breaks, an example.

    Raises:
        CalculationError: There is no such formula.
    """
    found = lookup(formula_id)
    words = {name: pair.say(language) for name, pair in _CARD.items()}
    lines = [f"{found.id} (v{found.version}): {found.name.say(language)}", f"  {found.text}"]
    lines.append(f"  LaTeX: {found.latex}")
    lines.append(words["arguments"])
    lines += [f"  {_argument(parameter, language)}" for parameter in found.parameters]
    lines.append(words["results"])
    lines += [
        f"  {output.name}{_unit(output.unit, language)}: {output.meaning.say(language)}" for output in found.outputs
    ]
    if found.requirements:
        lines.append(words["holds"])
        lines += [f"  - {requirement.words.say(language)}" for requirement in found.requirements]
    if found.compared:
        lines.append(words["compared"].format(", ".join(found.compared)))
    lines.append(words["assumes"])
    lines += [f"  - {assumption.say(language)}" for assumption in found.assumptions]
    lines.append(words["source"].format(found.source))
    if found.example:
        lines += [words["example"], f"  {example_command(found)}"]
    return "\n".join(lines)


def example_command(found: Formula) -> str:
    """The formula's example as a command to paste into any shell."""
    inputs = (f"{name}={value}" for name, value in found.example.items())
    return " ".join(
        ["cpo calc", found.id, *(f'"{word}"' if re.search(r"[^\w=.+-]", word) else word for word in inputs)]
    )


def _argument(parameter: Parameter, language: str) -> str:
    """One line of a card: name, unit, meaning, how to write it, range, default."""
    zh = language == "zh"
    interval = parameter.interval(language)
    about = [interval.removesuffix(f" {parameter.unit}") if MONEY in parameter.unit else interval]
    if how := _SHAPES.get(parameter.shape):
        about.insert(0, how.say(language))
    about += [f"{names[0]} = {' / '.join(names[1:])}" for names in parameter.choices if len(names) > 1]
    if parameter.default is not None:
        figure = f" (@{parameter.assumption})" if parameter.assumption else ""
        about.append(f"{'默认' if zh else 'default'} {_default(parameter.default, zh)}{figure}")
    elif parameter.optional:
        about.append("可省略" if zh else "may be left out")
    if parameter.basis:
        about.append("可附口径，如 [net, engine+laser]" if zh else "may carry a basis such as [net, engine+laser]")
    head = f"{parameter.name}{_unit(parameter.unit, language)}: {parameter.meaning.say(language)}"
    return f"{head}（{'；'.join(about)}）" if zh else f"{head} ({'; '.join(about)})"


def _default(value: Decimal | bool | str, zh: bool) -> str:
    if isinstance(value, bool):
        return ("是" if value else "否") if zh else "yes" if value else "no"
    return str(value)


def _unit(unit: str, language: str) -> str:
    """A unit in brackets, with what MONEY and ANY stand for."""
    if unit == ANY:
        return f" [{_CARD['any'].say(language)}]"
    if MONEY in unit:
        return f" [{_CARD['money'].say(language).format(unit.replace(MONEY, '金额' if language == 'zh' else 'money'))}]"
    return f" [{unit}]" if unit else ""


_CARD = {
    "arguments": Bilingual("Arguments:", "参数："),
    "results": Bilingual("Results:", "结果："),
    "holds": Bilingual("Between arguments:", "参数之间："),
    "compared": Bilingual("Set against each other, so on one basis: {}", "相互比较，口径须一致：{}"),
    "assumes": Bilingual("Assumes, and breaks when:", "前提与局限："),
    "source": Bilingual("Source: {}", "来源：{}"),
    "example": Bilingual("Example:", "示例："),
    "any": Bilingual("any unit, the same throughout", "任意单位，全式一致"),
    "money": Bilingual("{}, one currency throughout", "{}，全式同一货币"),
}
_SHAPES = {
    "integer": Bilingual("a whole number", "整数"),
    "list": Bilingual("several numbers: 95; 98; 97", "多个数值，如 95; 98; 97"),
    "named": Bilingual("named numbers: connector=0.5; fibre=0.2", "带名称的数值，如 connector=0.5; fibre=0.2"),
    "counted": Bilingual("counts and numbers: 4 x 15; 2 x 9", "数量与数值，如 4 x 15; 2 x 9"),
    "matrix": Bilingual("rows of numbers: 1, 0.2; 0.2, 1", "数值矩阵，如 1, 0.2; 0.2, 1"),
    "choice": Bilingual("a word", "一个词"),
    "flag": Bilingual("a word", "一个词"),
}
