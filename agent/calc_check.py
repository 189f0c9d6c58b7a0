"""``cpo calc check``: do saved calculations again and compare every byte."""

import argparse
import json
import re
import sys
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from pathlib import Path
from stat import S_ISDIR, S_ISREG
from typing import TYPE_CHECKING, Any

from agent.terminal import UsageError, print_json, print_line

if TYPE_CHECKING:
    from agent.calculator import Result
    from agent.calculator.result import Input

_OK, _PARTLY = 0, 1
_ABSENT = "(absent)"
_LARGEST_FILE = 10_000_000
LINK = re.compile(r"#([1-9][0-9]{0,3})\.([a-z0-9_]+)")
"""What stands in an input for a result of an earlier step: "#3.saving_w"."""

_OF_AN_ANSWER = ("id", "proven", "origins")
"""What an answer keeps with a calculation, beside the calculation itself."""


def check(options: argparse.Namespace) -> int:
    """Do the calculations of a file again, and print what differs.

    Returns:
        0 where every byte is the same, else 1.

    Raises:
        UsageError: There is no such file, or it holds no saved calculation.
    """
    if len(options.words) != 1:
        raise UsageError("check takes one file", next_step="name what --save wrote")
    steps, links = _load(options.words[0])
    checks = [_check_sweep(saved) if "axes" in saved else _check_one(saved) for saved in steps]
    for place, difference in _broken(steps, links):
        checks[place]["differences"].append(difference)
        checks[place]["same"] = False
    if options.json:
        print_json(checks[0] if len(checks) == 1 else {"same": all(one["same"] for one in checks), "checks": checks})
    for one in [] if options.json else checks:
        if one["failure"]:
            print_line(f"it can no longer be computed: {one['failure']}")
        elif one["same"]:
            print_line(f"same bytes: {one['formula']}, {one['result']}")
        for found in one["differences"]:
            kept, now = (json.dumps(found[key], ensure_ascii=False) for key in ("saved", "computed"))
            print_line(f"{found['where']}: saved {kept:.200}, computed {now:.200}")
    return _OK if all(one["same"] for one in checks) else _PARTLY


def _check_one(saved: Mapping[str, Any]) -> dict[str, Any]:
    """Do one saved calculation again, and what differs."""
    from agent.calculator import Result, recompute

    result = Result.from_json(saved)
    kept = {key: value for key, value in saved.items() if key not in _OF_AN_ANSWER}
    formula = f"{result.formula_id} v{result.version}"
    return _compare(kept, lambda: recompute(result).to_json(), formula, result.shown())


def _check_sweep(saved: Mapping[str, Any]) -> dict[str, Any]:
    """Do a saved sweep again, and what differs."""
    from agent.calc_rendering import read_sweep, sweep_data
    from agent.calculator.sweep import sweep

    formula_id, inputs, decimals = read_sweep(saved)
    asked = (output.get("significant") for output in saved["points"][0]["outputs"])
    significant = next((digits for digits in asked if digits is not None), None)
    shown = f"{len(saved['points'])} points"
    return _compare(
        saved, lambda: sweep_data(sweep(formula_id, inputs, decimals=decimals, significant=significant)), formula_id,
        shown,
    )  # fmt: skip


def _broken(
    steps: Sequence[Mapping[str, Any]], links: Sequence[Mapping[str, str]]
) -> Iterator[tuple[int, dict[str, str]]]:
    """Each input that is not the result of the earlier step that it is said to be, with the place of its step."""
    from agent.calculator import Result

    results = [Result.from_json(step) for step in steps] if links else []
    again = list(map(_redone, results))
    for place, linked in enumerate(links):
        kept = {one.name: one for one in results[place].inputs}
        for name, words in linked.items():
            saved = kept.get(name)
            computed = _carried(words, again[:place], results[place], name) if saved else None
            if saved is None or computed is None or (saved.value, saved.unit) != (computed.value, computed.unit):
                meant = LINK.sub(r"step \1's \2", words)
                where = f"step {place + 1}: {name} is not {meant}"
                given = {"saved": saved, "computed": computed}
                yield place, {"where": where} | {key: one.given if one else _ABSENT for key, one in given.items()}


def _redone(result: "Result") -> "Result | None":
    from agent.calculator import CalculationError, recompute

    try:
        return recompute(result)
    except CalculationError:  # which is told of the step itself
        return None


def _carried(words: str, earlier: Sequence["Result | None"], step: "Result", name: str) -> "Input | None":
    """An input with the results of earlier steps in it, computed again; ``None`` where they do not give it."""
    from agent.calculator import CalculationError, calculate
    from agent.calculator.routing.plans import carried

    def exact(link: re.Match[str]) -> str:
        number, output = int(link[1]), link[2]
        result = earlier[number - 1] if number <= len(earlier) else None
        if result is None:
            raise CalculationError(f"there is no result of an earlier step {number}")
        return carried(result, output, step.formula_id, name)

    try:
        given = {one.name: one.given for one in step.inputs if one.given}
        again = calculate(step.formula_id, given | {name: LINK.sub(exact, words)})
    except CalculationError:  # then the steps do not belong together, which is said
        return None
    return next(one for one in again.inputs if one.name == name)


def _compare(kept: Mapping[str, Any], redo: Callable[[], dict[str, Any]], formula: str, shown: str) -> dict[str, Any]:
    from agent.errors import CalculationError

    checked = {"formula": formula, "result": shown, "failure": ""}
    differences = []
    try:
        again = redo()
    except CalculationError as error:
        checked["failure"] = str(error)
    else:
        differences = [{"where": at, "saved": a, "computed": b} for at, a, b in _differences(kept, again)]
    return checked | {"same": not differences and not checked["failure"], "differences": differences}


def _load(name: str) -> tuple[list[dict[str, Any]], list[dict[str, str]]]:
    """The calculations in a file: one, those of an answer or the steps of a question; and which inputs of each step
    are earlier results, where that was saved.
    """
    try:
        content = sys.stdin.buffer.read(_LARGEST_FILE + 1) if name == "-" else _read(Path(name))
        saved = json.loads(content.decode("utf-8"), object_pairs_hook=_once, parse_constant=_refuse)
    except OSError as error:
        raise _unreadable(name, f"cannot be read ({error.strerror})") from error
    except RecursionError as error:
        raise _unreadable(name, "is nested too deeply to be a saved calculation") from error
    except (json.JSONDecodeError, UnicodeDecodeError) as error:
        if Path(name).suffix.lower() == ".csv":
            raise UsageError(
                "a .csv is for reading", where=name, next_step="save as .json what is to be checked"
            ) from error
        raise _unreadable(name, "holds no saved calculation") from error
    except ValueError as error:
        raise _unreadable(name, str(error)) from error
    found: list[Any] = [saved]
    if isinstance(saved, dict) and "formula_id" not in saved:
        kept = [saved.get(key) for key in (("calculations", "checks") if "calculations" in saved else ("steps",))]
        found = [one for part in kept if isinstance(part, list) for one in part]
    if not found or not all(isinstance(one, dict) and "formula_id" in one for one in found):
        raise _unreadable(name, "holds no saved calculation")
    links = [] if {"formula_id", "calculations"} & set(saved) else saved.get("links", [])
    if not isinstance(links, list) or len(links) not in (0, len(found)) or not all(map(_is_link, links)):
        raise _unreadable(name, "holds links that are none of its steps")
    return found, links


def _is_link(linked: Any) -> bool:
    return isinstance(linked, dict) and all(isinstance(words, str) for words in linked.values())


def _unreadable(name: str, what: str) -> UsageError:
    return UsageError(what, where=name, next_step="name what --save or --json wrote")


def _read(path: Path) -> bytes:
    """The content of a plain file: a pipe or a device may give nothing, or never end.

    Raises:
        ValueError: It is none, or too large.
    """
    found = path.stat()
    if not S_ISDIR(found.st_mode) and not S_ISREG(found.st_mode):
        raise ValueError("is no plain file")
    if found.st_size > _LARGEST_FILE:
        raise ValueError(f"is larger than {_LARGEST_FILE:,} bytes")
    return path.read_bytes()


def _once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    """A JSON object; one that says two things by one name says neither."""
    found = dict(pairs)
    if len(found) < len(pairs):
        twice = next(key for key, count in Counter(key for key, _ in pairs).items() if count > 1)
        raise ValueError(f"holds {twice[:40]!r} twice in one object")
    return found


def _refuse(constant: str) -> Any:
    raise ValueError(f"holds {constant}, which is no number")


def _differences(saved: Any, computed: Any, where: str = "") -> Iterator[tuple[str, Any, Any]]:
    """Each place where two JSON values are not the same, down to the type of a number."""
    if isinstance(saved, dict) and isinstance(computed, dict):
        for key in sorted({*saved, *computed}):
            yield from _differences(
                saved.get(key, _ABSENT), computed.get(key, _ABSENT), f"{where}.{key}" if where else key
            )
    elif isinstance(saved, list) and isinstance(computed, list) and len(saved) == len(computed):
        for n, (one, other) in enumerate(zip(saved, computed, strict=True)):
            name = one.get("name") if isinstance(one, dict) and isinstance(one.get("name"), str) else n
            yield from _differences(one, other, f"{where}[{name}]")
    elif json.dumps(saved) != json.dumps(computed):
        yield where, saved, computed
