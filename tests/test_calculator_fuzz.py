"""Hostile and random inputs to every formula: a value or one typed error, in bounded time, and the same bytes again.

CPO_FUZZ is how many inputs a group of formulas gets (`make fuzz` gives each 40,000).
"""

import contextlib
import json
import os
import random
import time
from collections.abc import Iterator
from decimal import Context, Decimal, localcontext
from typing import Any

import pytest

from agent.calculator import Formula, Interval, Parameter, Result, calculate, formulas, recompute
from agent.calculator.reference import reference
from agent.calculator.registry import GROUPS
from agent.errors import CalculationError

INPUTS = int(os.environ.get("CPO_FUZZ", "600"))
SECONDS = 0.1

ODD: list[Any] = [
    0,
    -1,
    1,
    -0.0,
    1e308,
    -1e308,
    1e-308,
    5e-324,
    float("nan"),
    float("inf"),
    float("-inf"),
    10**400,
    -(10**31),
    Decimal("NaN"),
    Decimal("sNaN"),
    Decimal("Infinity"),
    Decimal("1e-400"),
    True,
    False,
    None,
    b"5",
    [],
    {},
    (),
    object(),
    [1],
    [[1, 2], [3]],
    [[1, 2]],
    {"a": 1},
    {"a": "x", "b": None},
    [None],
    ["5 W"],
    set(),
    1 + 2j,
    Interval(Decimal(1), Decimal(2)),
    "",
    " ",
    "nan",
    "NaN",
    "-inf",
    "Infinity",
    "1e999",
    "1e-999",
    "-0",
    "0x10",
    "1_000",
    "5 parsecs",
    "5 W/W/W/W",
    "W",
    "five",
    "一百",
    "５",
    "٣",
    "²",
    "½",
    "①",
    "१२",
    "5 瓦",
    "三千瓦",
    "1,2,3",
    "1,234,567",
    "1;2;3",
    "a=1; b=2",
    "a=1; a=2",
    "4 x 15 W; 2 x 9 W",
    "-3 x 5",
    "1e5 x 1e5",
    "5–3 W",
    "5 to 3",
    "1–2",
    "3 ± 1",
    "3 ± -1",
    "3 ± 1 ± 1",
    "<5",
    ">5",
    "≥ 5 %",
    "@",
    "@nothing",
    "5 @nothing",
    "@@",
    "5 [net]",
    "5 [net, line]",
    "5 [",
    "[]",
    "5 ]net[",
    "100 USD",
    "100 元 ",
    "¥",
    "$5/kWh",
    "20 dBm",
    "300 K",
    "-300 °C",
    "1e30 K",
    "50 %",
    "5 pp",
    "2024–2030",
    "2030–2024",
    "yes",
    "no",
    "poisson",
    "Murphy",
    "无",
    "1" * 79,
    "1" * 200,
    "9" * 100_000,
    "1e" + "9" * 50,
    "0." + "0" * 70 + "1",
    "((((",
    "__import__('os')",
    "{0.__class__}",
    "%s%n",
    "\x00",
    "\u202e5",
    "5\u200b",
    "5\n6",
    "😀",
    "1 2 3",
    "1, 2; 3, 4",
    "[[1, 2], [3, 4]]",
]
UNITS = [
    "",
    " W",
    " kW",
    " mW",
    " Gb/s",
    "T",
    "G",
    " pJ/bit",
    " dB",
    " dBm",
    " %",
    " FIT",
    " h",
    " years",
    " mm",
    " μm",
    " nm",
    " °C",
    " K",
    " USD",
    "万美元",
    " 亿元",
    " /cm2",
    " x",
    " ppm",
    " eV",
    " deg",
]


def _plain(parameter: Parameter, dice: random.Random) -> Decimal:
    """A number in the parameter's range, at its ends as often as anywhere."""
    if parameter.allowed:
        return dice.choice(parameter.allowed)
    low = parameter.low if parameter.low is not None else Decimal(-1000)
    high = parameter.high if parameter.high is not None else max(low, Decimal(0)) + Decimal(10) ** dice.randint(0, 9)
    match dice.randrange(6):
        case 0:
            value = low
        case 1:
            value = high
        case 2:
            value = low + (high - low) * Decimal(dice.random()) ** 8
        case _:
            value = low + (high - low) * Decimal(dice.random())
    return value.to_integral_value() if parameter.shape == "integer" else value


def _argument(parameter: Parameter, formula: Formula, dice: random.Random) -> Any:
    chance = dice.random()
    if chance < 0.25:
        return dice.choice(ODD)
    if chance < 0.55 and parameter.name in formula.example:
        return formula.example[parameter.name]
    if parameter.shape == "choice":
        return dice.choice(dice.choice(parameter.choices))
    if parameter.shape == "flag":
        return dice.choice([True, False, "yes", "否"])
    if parameter.shape == "matrix":
        size = dice.randint(1, 4)
        return [
            [_plain(parameter, dice) for _ in range(size)] for _ in range(size if dice.random() < 0.8 else size + 1)
        ]
    if parameter.shape == "list":
        return [_plain(parameter, dice) for _ in range(dice.choice([0, 1, 2, 5, 40]))]
    if parameter.shape == "counted":
        return [[dice.choice([0, 1, 7, 10**6, -1, 1.5]), _plain(parameter, dice)] for _ in range(dice.randint(0, 4))]
    if parameter.shape == "named":
        return {f"n{n}": _plain(parameter, dice) for n in range(dice.randint(0, 5))}
    value = _plain(parameter, dice)
    if chance < 0.65:
        return f"{value:.6g}{dice.choice(UNITS)}"
    if chance < 0.75:
        return f"{value:f} to {_plain(parameter, dice):f}"
    return value


def _inputs(group: str, dice: random.Random) -> Iterator[tuple[Formula, dict[str, Any]]]:
    known = [formula for formula in formulas() if formula.group == group]
    for n in range(INPUTS):
        formula = known[n % len(known)]
        keep = [p for p in formula.parameters if dice.random() < (0.97 if p.required else 0.4)]
        given = {p.name: _argument(p, formula, dice) for p in keep}
        if dice.random() < 0.02:
            given[dice.choice(["nonsense", "", "__class__", "x" * 500])] = 1
        yield formula, given


def _least_time(formula_id: str, given: dict[str, Any]) -> float:
    times = []
    for _ in range(3):
        begun = time.process_time()
        with contextlib.suppress(CalculationError):
            calculate(formula_id, given)
        times.append(time.process_time() - begun)
    return min(times)


@pytest.mark.parametrize("group", GROUPS)
def test_any_input_gives_a_value_or_one_typed_error_in_time(group: str) -> None:
    dice = random.Random(group)
    for formula in formulas():  # the first use of the units, the special functions and the table of figures loads them
        calculate(formula.id, formula.example)
    reference("water_density")
    values = 0
    for formula, given in _inputs(group, dice):
        begun = time.process_time()
        try:
            result = calculate(formula.id, given)
        except CalculationError as error:
            assert error.what and str(error).count("\n") == 0, (formula.id, given)
            continue
        finally:
            took = time.process_time() - begun
            if took >= SECONDS:  # once may be the collector's pause over all that the suite has left in memory
                took = _least_time(formula.id, given)
            assert took < SECONDS, (formula.id, given, took)
        values += 1
        saved = result.to_bytes()
        assert b"NaN" not in saved and b"Infinity" not in saved, (formula.id, given)
        if dice.random() < 0.2:
            assert recompute(Result.from_json(json.loads(saved))).to_bytes() == saved, (formula.id, given)
    assert values > INPUTS // 50  # the inputs are not all nonsense


@pytest.mark.parametrize("formula", formulas(), ids=lambda formula: formula.id)
def test_the_result_of_ranges_holds_every_result_within_them(formula: Formula) -> None:
    dice = random.Random(formula.id)
    point = {one.name: one for one in calculate(formula.id, formula.example).inputs}
    movable = [
        p for p in formula.parameters if p.shape in ("number", "integer") and isinstance(point[p.name].value, Decimal)
    ]
    for _ in range(8):
        chosen = [p for p in movable if dice.random() < 0.6][:5]
        ends: dict[str, tuple[Decimal, Decimal]] = {}
        for parameter in chosen:
            at = point[parameter.name].value
            assert isinstance(at, Decimal)
            spread = sorted(
                (at * Decimal(dice.choice(["0.7", "0.9", "1"])), at * Decimal(dice.choice(["1", "1.05", "1.3"])))
            )
            low, high = (end.to_integral_value() if parameter.shape == "integer" else end for end in spread)
            if parameter.allows(low) and parameter.allows(high):
                ends[parameter.name] = low, high
        if not ends:
            continue
        given: dict[str, Any] = dict(formula.example) | {name: Interval(*pair) for name, pair in ends.items()}
        try:
            whole = calculate(formula.id, given)
        except CalculationError:
            continue  # a requirement between arguments fails somewhere in the ranges
        loose = Decimal("1e-3") if any(p.wavy for p in formula.parameters) else Decimal("1e-28")
        for _ in range(6):
            inside = {name: low + (high - low) * Decimal(dice.randint(0, 8)) / 8 for name, (low, high) in ends.items()}
            whole_numbers = {p.name for p in formula.parameters if p.shape == "integer"}
            inside = {name: at.to_integral_value() if name in whole_numbers else at for name, at in inside.items()}
            try:
                single = calculate(formula.id, dict(formula.example) | inside)
            except CalculationError:
                continue  # an odd radix between two even ones
            for outer, inner in zip(whole.outputs, single.outputs, strict=True):
                assert _holds(outer.value, inner.value, loose), (given, inside, outer, inner)


def _holds(outer: Any, inner: Any, loose: Decimal) -> bool:
    if isinstance(outer, tuple) and isinstance(inner, tuple):
        return all(_holds(a, b, loose) for a, b in zip(outer, inner, strict=True))
    if isinstance(outer, tuple):
        return inner in outer
    if outer is None or isinstance(outer, bool) or not isinstance(inner, Decimal):
        return outer == inner or outer is None
    low, high = (outer.low, outer.high) if isinstance(outer, Interval) else (outer, outer)
    with localcontext(Context(prec=60)):
        room = loose * max(abs(low), abs(high), Decimal("1e-30"))
        return bool(low - room <= inner <= high + room)
