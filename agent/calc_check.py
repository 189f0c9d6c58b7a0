"""``cpo calc check``: do saved calculations again and compare every byte."""

import argparse
import json
import sys
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from agent.terminal import UsageError, print_json, print_line

_OK, _PARTLY = 0, 1
_ABSENT = "(absent)"
_LARGEST_FILE = 10_000_000
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
    checks = [_check_one(saved) for saved in _load(options.words[0])]
    if options.json:
        print_json(checks[0] if len(checks) == 1 else {"same": all(one["same"] for one in checks), "checks": checks})
    for one in [] if options.json else checks:
        if one["failure"]:
            print_line(f"it can no longer be computed: {one['failure']}")
        elif one["same"]:
            print_line(f"same bytes: {one['formula']}, {one['result']}")
        for found in one["differences"]:
            kept, now = (json.dumps(found[key], ensure_ascii=False) for key in ("saved", "computed"))
            print_line(f"{found['where']}: saved {kept}, computed {now}")
    return _OK if all(one["same"] for one in checks) else _PARTLY


def _check_one(saved: Mapping[str, Any]) -> dict[str, Any]:
    """Do one saved calculation again, and what differs."""
    from agent.calculator import Result, recompute
    from agent.errors import CalculationError

    result = Result.from_json(saved)
    checked = {"formula": f"{result.formula_id} v{result.version}", "result": result.shown(), "failure": ""}
    differences = []
    try:
        again = recompute(result).to_json()
    except CalculationError as error:
        checked["failure"] = str(error)
    else:
        kept = {key: value for key, value in saved.items() if key not in _OF_AN_ANSWER}
        differences = [{"where": at, "saved": a, "computed": b} for at, a, b in _differences(kept, again)]
    return checked | {"same": not differences and not checked["failure"], "differences": differences}


def _load(name: str) -> list[dict[str, Any]]:
    """The calculations in a file: one, those of an answer or the steps of a question."""
    try:
        content = sys.stdin.buffer.read(_LARGEST_FILE + 1) if name == "-" else _read(Path(name))
    except OSError as error:
        raise UsageError(
            f"cannot be read ({error.strerror})", where=name, next_step="name what --save or --json wrote"
        ) from error
    try:
        saved = json.loads(content.decode("utf-8")) if len(content) <= _LARGEST_FILE else None
    except (ValueError, RecursionError):
        saved = None
    found: list[Any] = [saved]
    if isinstance(saved, dict) and "formula_id" not in saved:
        kept = [saved.get(key) for key in (("calculations", "checks") if "calculations" in saved else ("steps",))]
        found = [one for part in kept if isinstance(part, list) for one in part]
    if not found or not all(isinstance(one, dict) and "formula_id" in one for one in found):
        raise UsageError("holds no saved calculation", where=name, next_step="name what --save or --json wrote")
    return found


def _read(path: Path) -> bytes:
    with path.open("rb") as file:
        return file.read(_LARGEST_FILE + 1)


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
