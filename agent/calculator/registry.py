"""The one list of formulas: each is declared beside its plain Python function, and found here by id."""

import difflib
from collections.abc import Callable
from importlib import import_module

from agent.calculator.formula import Bilingual, Caution, Formula, Function, Output, Parameter
from agent.errors import CalculationError

GROUPS = ("energy", "optical_link")
_registered: dict[str, Formula] = {}


def formula(
    *,
    name: Bilingual,
    aliases: tuple[str, ...],
    parameters: tuple[Parameter, ...],
    outputs: tuple[Output, ...],
    assumptions: tuple[Bilingual, ...],
    source: str,
    cautions: tuple[Caution, ...] = (),
    version: int = 1,
) -> Callable[[Function], Function]:
    """Register the decorated function: its name is the formula's id, its module the group."""

    def register(function: Function) -> Function:
        id_, group = function.__name__, function.__module__.rpartition(".")[2]
        if id_ in _registered:
            raise ValueError(f"two formulas are called {id_!r}")
        _registered[id_] = Formula(
            id_, version, group, name, aliases, parameters, outputs, assumptions, source, function, cautions
        )
        return function

    return register


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
    known = {known.id: known for known in formulas()}
    if formula_id not in known:
        near = difflib.get_close_matches(formula_id[:80], known, n=3, cutoff=0.4) or sorted(known)
        raise CalculationError(
            "there is no such formula", where=repr(formula_id[:80]), next_step=f"use one of: {', '.join(near)}"
        )
    return known[formula_id]


def describe(formula_id: str, language: str = "en") -> str:
    """A formula as a card to read: what it computes, its arguments with their ranges, where it breaks.

    Raises:
        CalculationError: There is no such formula.
    """
    found = lookup(formula_id)
    zh = language == "zh"
    lines = [
        f"{found.id} (v{found.version}): {found.name.say(language)}",
        f"  {found.text}",
        "参数：" if zh else "Arguments:",
    ]
    for parameter in found.parameters:
        default = "" if parameter.default is None else f"{'，默认' if zh else ', default'} {parameter.default}"
        unit = f" [{parameter.unit}]" if parameter.unit else ""
        lines.append(
            f"  {parameter.name}{unit}: {parameter.meaning.say(language)} ({parameter.interval(language)}{default})"
        )
    lines.append("结果：" if zh else "Results:")
    lines += [f"  {o.name}{f' [{o.unit}]' if o.unit else ''}: {o.meaning.say(language)}" for o in found.outputs]
    lines.append("前提与局限：" if zh else "Assumes, and breaks when:")
    lines += [f"  - {assumption.say(language)}" for assumption in found.assumptions]
    lines.append(f"{'来源：' if zh else 'Source: '}{found.source}")
    return "\n".join(lines)
