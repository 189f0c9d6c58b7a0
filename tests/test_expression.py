"""Arithmetic on named numbers: worked cases, units, ranges, exactness, and what is refused."""

import json
import random
import time
from collections.abc import Callable, Mapping
from decimal import Context, Decimal
from fractions import Fraction
from itertools import product
from typing import Any

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from agent.calculator.expression import evaluate, recompute_expression
from agent.calculator.formula import Bilingual, Interval
from agent.calculator.result import Result
from agent.calculator.units import ABSOLUTE, divide_units, measure, multiply_units, read_unit
from agent.errors import CalculationError
from corpus.units import UNITS

HOSTILE_STRINGS = 5_000

# expression, operands, unit asked for, what is shown
WORKED: list[tuple[str, dict[str, Any], str, str]] = [
    ("(old - new) / old", {"old": "30 W", "new": "9 W"}, "%", "70%"),
    ("old / new", {"old": "15 W", "new": "5.4 W"}, "x", "2.77778×"),
    ("old / new", {"old": "15 W", "new": "5 W"}, "", "3"),
    ("a + b", {"a": "3 kW", "b": "500 W"}, "", "3.5 kW"),
    ("a + b", {"a": "500 W", "b": "3 kW"}, "", "3500 W"),
    ("a - b", {"a": "1550 nm", "b": "1310 nm"}, "", "240 nm"),
    ("p / r", {"p": "30 W", "r": "1600 Gb/s"}, "pJ/bit", "18.75 pJ/bit"),
    ("p / r", {"p": "30 W", "r": "1.6 Tb/s"}, "pJ/bit", "18.75 pJ/bit"),
    ("e × r", {"e": "5 pJ/bit", "r": "51.2 Tb/s"}, "", "256 W"),
    ("p * t * c", {"p": "30 W", "t": "8760 h", "c": "$0.08/kWh"}, "", "21.02 USD"),
    ("p * t", {"p": "2 kW", "t": "12 h"}, "", "24 kWh"),
    ("price * rate", {"price": "0.5 USD/Gbps", "rate": "1.6 Tb/s"}, "", "800 USD"),
    ("p / area", {"p": "600 W", "area": "800 mm2"}, "W/cm2", "75 W/cm2"),
    ("side * side", {"side": "30 mm"}, "", "900 mm2"),
    ("sqrt(area)", {"area": "900 mm2"}, "", "30 mm"),
    ("2 * (a + b) ^ 2", {"a": 1, "b": 0.5}, "", "4.5"),
    ("8 ** (1/3)", {}, "", "2"),
    ("(last / first) ^ (1 / n) - 1", {"first": 50, "last": 120, "n": 5}, "%", "19.1358%"),
    ("cagr(first, last, years)", {"first": "50亿美元", "last": "120亿美元", "years": 5}, "", "19.1358%"),
    ("cagr(first, last, years)", {"first": "100", "last": "3200", "years": "5 years"}, "", "100%"),
    ("cagr(a, b, 2030 - 2025)", {"a": 32, "b": 1024}, "", "100%"),
    ("growth(old, new)", {"old": "80 USD", "new": "100 USD"}, "", "25%"),
    ("share(part, whole)", {"part": "3.2亿元", "whole": "12.8亿元"}, "", "25%"),
    ("营业收入 − 营业成本", {"营业收入": "964023443.78元", "营业成本": "105853249.54元"}, "", "858,170,194.24 CNY"),
    ("（毛利 ÷ 收入）", {"毛利": "30", "收入": "120"}, "%", "25%"),
    ("ａ＋ｂ×２", {"a": "1", "ｂ": "2"}, "", "5"),
    ("sum(a, b, c)", {"a": "1,200", "b": 300, "c": Decimal("0.5")}, "", "1500.5"),
    ("average(a, b, c)", {"a": "10 W", "b": "20 W", "c": "33 W"}, "", "21 W"),
    ("max(a, b) - min(a, b)", {"a": "3 dB", "b": "4.5 dB"}, "", "1.5 dB"),
    ("abs(a - b)", {"a": "3 W", "b": "4 W"}, "", "1 W"),
    ("count(a, b)", {"a": "3 W", "b": "4 USD"}, "", "2"),
    ("count(share) * share * power", {"share": "30%", "power": "200 W"}, "", "60 W"),
    ("sales / share", {"sales": "30 USD", "share": "12%"}, "", "250 USD"),
    ("a * b", {"a": "40%", "b": "25%"}, "", "10%"),
    ("a / b", {"a": "40%", "b": "20%"}, "", "2"),
    ("(a - b) / b", {"a": "25%", "b": "20%"}, "%", "25%"),
    ("a + b", {"a": "40%", "b": "25%"}, "", "65%"),
    ("a - b", {"a": "40%", "b": "25%"}, "", "15 pp"),
    ("a + b", {"a": "4 pp", "b": "2.5 percentage points"}, "", "6.5 pp"),
    ("average(a, b)", {"a": "40%", "b": "25%"}, "", "32.5%"),
    ("1 - (a + b)", {"a": "40%", "b": "25%"}, "%", "35%"),
    ("base * (1 + g) ** 3", {"base": "100 USD", "g": "10%"}, "", "133.1 USD"),
    ("gain * market", {"gain": "15 pp", "market": "10亿美元"}, "", "150,000,000 USD"),
    ("a - b", {"a": "3 dBm", "b": "-8 dBm"}, "", "11 dB"),
    ("a - b + c", {"a": "3 dBm", "b": "6 dB", "c": "1 dB"}, "", "-2 dBm"),
    ("loss * length + c", {"loss": "0.4 dB/km", "length": "500 m", "c": "1.5 dB"}, "", "1.7 dB"),
    ("a - b", {"a": "85 °C", "b": "25 °C"}, "", "60 K"),
    ("a + r * p", {"a": "45 °C", "r": "0.5 K/W", "p": "30 W"}, "", "60 °C"),
    ("average(a, b)", {"a": "85 °C", "b": "25 °C"}, "", "55 °C"),
    ("a - b", {"a": "68 °F", "b": "20 °C"}, "", "0 K"),
    ("a", {"a": "about 5 W"}, "mW", "5000 mW"),
    ("a / 3 * 3 - a", {"a": "7"}, "", "0"),
    ("-a + -(-a)", {"a": "7"}, "", "0"),
    ("2 ** -2 ** 2", {}, "", "0.0625"),
    ("(a + b) * 2", {"a": "14–16 W", "b": "2 W"}, "", "32–36 W"),
    ("a / b", {"a": "14-16 W", "b": "2 to 4 W"}, "", "3.5–8"),
    ("a - b", {"a": "14-16 W", "b": "2 to 4 W"}, "", "10–14 W"),
    ("a ** 2", {"a": "-2 to 3"}, "", "0–9"),
    ("abs(a)", {"a": "-2 to 3"}, "", "0–3"),
    ("cagr(a, b, n)", {"a": 1, "b": 64, "n": "2 to 3"}, "", "300–700%"),
    ("a + a", {"a": "14–16 W"}, "", "28–32 W"),
    ("a - b", {"a": "20 ± 1.5 dBm", "b": "3 dB"}, "", "15.5–18.5 dBm"),
]


@pytest.mark.parametrize(("expression", "operands", "unit", "shown"), WORKED)
def test_worked_cases(expression: str, operands: dict[str, Any], unit: str, shown: str) -> None:
    result = evaluate(expression, operands, unit=unit)
    assert result.shown() == shown
    assert result.formula_id == "expression"
    assert result.outputs[0].name == "result"
    assert result.steps[-1].endswith(f" {shown}")


@pytest.mark.parametrize(("expression", "operands", "unit", "_"), WORKED)
def test_a_saved_result_reads_back_and_computes_to_the_same_bytes(
    expression: str, operands: dict[str, Any], unit: str, _: str
) -> None:
    meaning = Bilingual("what it means", "含义")
    result = evaluate(expression, operands, unit=unit, decimals=3, meaning=meaning)
    loaded = Result.from_json(json.loads(result.to_bytes()))
    assert loaded == result
    assert recompute_expression(loaded).to_bytes() == result.to_bytes()


def test_another_number_in_a_saved_result_is_found_out() -> None:
    saved = json.loads(evaluate("a + b", {"a": "1 W", "b": "2 W"}).to_bytes())
    saved["outputs"][0]["value"] = "4"
    forged = Result.from_json(saved)
    assert recompute_expression(forged).to_bytes() != forged.to_bytes()


@pytest.mark.parametrize("change", [{"version": 2}, {"formula_id": "power_saving"}, {"inputs": []}, {"outputs": []}])
def test_a_result_of_another_kind_is_not_computed_again(change: dict[str, Any]) -> None:
    saved = json.loads(evaluate("a", {"a": 1}).to_bytes()) | change
    with pytest.raises(CalculationError):
        recompute_expression(Result.from_json(saved))


def test_the_inputs_are_the_text_and_each_operand_as_given() -> None:
    result = evaluate(" old − new ", {"old": "3 kW", "new": "0.5 千瓦"})
    assert [(one.name, one.given, one.value, one.unit) for one in result.inputs] == [
        ("expression", "old − new", "old − new", ""),
        ("old", "3 kW", Decimal(3), "kW"),
        ("new", "0.5 千瓦", Decimal("0.5"), "kW"),
    ]


def test_steps_show_symbols_numbers_parts_and_the_result() -> None:
    result = evaluate("(old - new) / old", {"old": "30 W", "new": "9 W"}, unit="%")
    assert result.steps == (
        "result = (old − new) ÷ old",
        "result = (30 W − 9 W) ÷ 30 W",
        "30 W − 9 W = 21 W",
        "result = 21 W ÷ 30 W",
        "result = 70%",
    )
    rough = evaluate("a - 2 * (b - c) + sqrt(d) ^ 3", {"a": 1, "b": 2, "c": -3, "d": "2"})
    assert rough.steps == (
        "result = a − 2 × (b − c) + √(d)^3",
        "result = 1 − 2 × (2 − (-3)) + √(2)^3",
        "2 − (-3) = 5",
        "2 × 5 = 10",
        "√(2) ≈ 1.41421",
        "1.41421^3 ≈ 2.82843",
        "result ≈ 1 − 10 + 2.82843",
        "result ≈ -6.17157",
    )


def test_the_places_asked_for_are_shown_and_the_precision_kept() -> None:
    result = evaluate("a / b", {"a": 2, "b": 3}, unit="%", decimals=1)
    assert result.shown() == "66.7%"
    assert result.outputs[0].value == Decimal("66." + "6" * 31 + "7")
    assert evaluate("a", {"a": "2.345"}, decimals=2).shown() == "2.35"


def test_money_is_exact() -> None:
    assert evaluate("a + b", {"a": "0.1 USD", "b": "0.2 USD"}).outputs[0].value == Decimal("0.3")
    assert evaluate("a + b - a", {"a": "99999999999999999999.99元", "b": "0.01元"}).outputs[0].value == Decimal("0.01")
    assert evaluate("a * 1.15", {"a": "19.99元"}).outputs[0].value == Decimal("22.9885")


# --- Units ------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("expression", "operands", "unit"),
    [
        ("a + b", {"a": "3 W", "b": "2 pJ/bit"}, ""),
        ("a - b", {"a": "3 USD", "b": "2 CNY"}, ""),
        ("sum(a, b)", {"a": "3 USD", "b": "2元"}, ""),
        ("max(a, b)", {"a": "3 W", "b": "2"}, ""),
        ("growth(a, b)", {"a": "3 W", "b": "2 V"}, ""),
        ("share(a, b)", {"a": "3 W", "b": "2"}, ""),
        ("a + b", {"a": "3 W", "b": "2"}, ""),
        ("a + 1", {"a": "3 W"}, ""),
        ("a + b", {"a": "3%", "b": "2 pp"}, ""),
        ("a - b", {"a": "3 pp", "b": "2%"}, ""),
        ("a - b - c", {"a": "90%", "b": "20%", "c": "20%"}, ""),
        ("a - b", {"a": "30%", "b": "20%"}, "%"),
        ("a + b", {"a": "30%", "b": "20%"}, "pp"),
        ("a + b", {"a": "30%", "b": "20"}, ""),
        ("100 - a", {"a": "30%"}, ""),
        ("a + b", {"a": "3 dBm", "b": "2 dBm"}, ""),
        ("sum(a, b)", {"a": "3 dBm", "b": "2 dBm"}, ""),
        ("average(a, b)", {"a": "3 dBm", "b": "2 dBm"}, ""),
        ("a - b", {"a": "3 dB", "b": "2 dBm"}, ""),
        ("a - b", {"a": "3 dBm", "b": "2 W"}, ""),
        ("2 * a", {"a": "3 dBm"}, ""),
        ("-a", {"a": "3 dBm"}, ""),
        ("a * b", {"a": "3 dB", "b": "2 dB"}, ""),
        ("growth(a, b)", {"a": "3 dB", "b": "2 dB"}, ""),
        ("a + b", {"a": "85 °C", "b": "25 °C"}, ""),
        ("a / b", {"a": "85 °C", "b": "25 °C"}, ""),
        ("growth(a, b)", {"a": "25 °C", "b": "85 °C"}, ""),
        ("a ** 2", {"a": "25 °C"}, ""),
        ("a * 2", {"a": "3 W"}, "USD"),
        ("a * 2", {"a": "3"}, "W"),
        ("a / b", {"a": "3 W", "b": "2 W"}, "W"),
        ("a", {"a": "3 W"}, "furlong"),
        ("a", {"a": "3 W"}, "__import__('os')"),
        ("2 ** a", {"a": "3 W"}, ""),
        ("a ** b", {"a": "3 W", "b": "2–3"}, ""),
        ("sqrt(a)", {"a": "3 W"}, ""),
        ("a ** 0.5", {"a": "3 W"}, ""),
        ("cagr(a, b, n)", {"a": 1, "b": 2, "n": "3 W"}, ""),
    ],
)
def test_what_does_not_fit_is_refused(expression: str, operands: dict[str, Any], unit: str) -> None:
    with pytest.raises(CalculationError) as refusal:
        evaluate(expression, operands, unit=unit)
    assert refusal.value.what
    assert refusal.value.where
    assert refusal.value.next_step


_UNITS = ("W", "kW", "pJ/bit", "Gb/s", "nm", "mm2", "USD", "USD/kWh", "K/W", "h", "years", "dB/km", "%", "", "x", "bit")


@given(st.sampled_from(_UNITS), st.sampled_from(_UNITS))
def test_units_multiply_and_divide_as_what_they_measure(a: str, b: str) -> None:
    def powers(unit: str) -> dict[str, Fraction]:
        return dict(measure(unit).dimension)

    for found, sign in ((multiply_units(a, b), 1), (divide_units(a, b), -1)):
        wanted = powers(a)
        for base, power in powers(b).items():
            wanted[base] = wanted.get(base, Fraction(0)) + sign * power
        assert powers(found) == {base: power for base, power in wanted.items() if power}
        assert read_unit(found) == found if found else True


@pytest.mark.parametrize(
    ("written", "name"),
    [("Gbps", "Gb/s"), ("Tbps", "Tb/s"), ("千瓦", "kW"), ("百分点", "pp"), ("percent", "%"), ("$", "USD"),
     ("元", "CNY"), ("$/kWh", "USD/kWh"), ("W/cm²", "W/cm2"), ("皮焦/比特", "pJ/bit"), ("pJ/b", "pJ/bit"), ("倍", "x"),
     ("KW", "kW"), ("nm/°C", "nm/°C"), ("年", "years")],
)  # fmt: skip
def test_units_as_people_write_them(written: str, name: str) -> None:
    assert read_unit(written) == name


def test_every_unit_of_the_texts_measures_something() -> None:
    for name in sorted({canonical for _, canonical in UNITS.values()} - {"°F"}):
        assert measure(read_unit(name)).factor > 0


# --- Exactness --------------------------------------------------------------------------------------------------------

_NUMBERS = st.decimals(-10_000, 10_000, places=3).filter(lambda number: number == 0 or abs(number) > Decimal("0.01"))


_TREES = st.recursive(
    st.sampled_from("abcd").map(lambda name: (name, None)) | st.integers(0, 99).map(lambda n: (str(n), Fraction(n))),
    lambda below: st.tuples(below, st.sampled_from("+-*/"), below),
    max_leaves=12,
)


def _write(tree: Any) -> str:
    return tree[0] if len(tree) == 2 else f"({_write(tree[0])} {tree[1]} {_write(tree[2])})"


def _exactly(tree: Any, numbers: Mapping[str, Fraction]) -> Fraction:
    if len(tree) == 2:
        return numbers[tree[0]] if tree[1] is None else tree[1]
    a, b = _exactly(tree[0], numbers), _exactly(tree[2], numbers)
    operations: dict[str, Callable[[], Fraction]] = {
        "+": lambda: a + b, "-": lambda: a - b, "*": lambda: a * b, "/": lambda: a / b
    }  # fmt: skip
    return operations[tree[1]]()


def _names(tree: Any) -> set[str]:
    if len(tree) == 3:
        return _names(tree[0]) | _names(tree[2])
    return {tree[0]} if tree[1] is None else set()


@given(_TREES, st.tuples(_NUMBERS, _NUMBERS, _NUMBERS, _NUMBERS))
def test_it_agrees_with_fractions(tree: Any, numbers: tuple[Decimal, ...]) -> None:
    given_numbers = {name: number for name, number in zip("abcd", numbers, strict=True) if name in _names(tree)}
    exact = {name: Fraction(number) for name, number in given_numbers.items()}
    try:
        wanted = _exactly(tree, exact)
    except ZeroDivisionError:
        with pytest.raises(CalculationError, match="divisor is zero"):
            evaluate(_write(tree), given_numbers)
        return
    assume(wanted == 0 or Fraction(1, 10**30) < abs(wanted) < 10**30)
    found = evaluate(_write(tree), given_numbers).outputs[0].value
    assert found == Context(prec=34).divide(Decimal(wanted.numerator), Decimal(wanted.denominator))


@given(_TREES, st.lists(_NUMBERS, min_size=8, max_size=8), st.lists(st.fractions(0, 1), min_size=4, max_size=4))
def test_a_range_holds_every_value(tree: Any, ends: list[Decimal], shares: list[Fraction]) -> None:
    spans = {name: sorted(ends[n * 2 : n * 2 + 2]) for n, name in enumerate("abcd") if name in _names(tree)}
    operands = {name: f"{low} to {high}" if low < high else str(low) for name, (low, high) in spans.items()}
    try:
        result = evaluate(_write(tree), operands)
    except CalculationError:
        assume(False)
    inside = {
        name: Fraction(low) + share * (Fraction(high) - Fraction(low))
        for (name, (low, high)), share in zip(spans.items(), shares, strict=False)
    }
    corners = [dict(zip(spans, corner, strict=True)) for corner in product(*spans.values())]
    value = result.outputs[0].value
    low, high = (value.low, value.high) if isinstance(value, Interval) else (value, value)
    assert isinstance(low, Decimal) and isinstance(high, Decimal)
    points = [{name: Fraction(end) for name, end in corner.items()} for corner in corners]
    if not result.warnings:
        points.append(inside)
    for point in points:
        found = Fraction(_exactly(tree, point))
        slack = max(abs(found), Fraction(1, 10**20)) / 10**30
        assert Fraction(low) - slack <= found <= Fraction(high) + slack


@given(st.integers(1, 50), st.integers(1, 50), st.integers(1, 12), st.integers(1, 12))
def test_a_power_undoes_its_root(above: int, below: int, n: int, root: int) -> None:
    operands = {"a": above, "b": below}
    again = evaluate(f"((a / b) ** {n}) ** (1 / {root}) ** 1", operands).outputs[0].value
    direct = evaluate(f"(a / b) ** ({n} / {root})", operands).outputs[0].value
    assert isinstance(again, Decimal) and isinstance(direct, Decimal)
    assert abs(again - direct) <= abs(direct) * Decimal("1e-32")
    assert evaluate(f"((a / b) ** {root}) ** (1 / {root}) - a / b", operands).outputs[0].value == 0


@given(st.decimals(1, 1000, places=2), st.decimals(1, 1000, places=2), st.integers(1, 30))
def test_compounding_a_yearly_rate_leads_back(first: Decimal, last: Decimal, years: int) -> None:
    operands = {"a": first, "b": last, "n": years}
    back = evaluate("a * (1 + cagr(a, b, n)) ** n", operands).outputs[0].value
    assert isinstance(back, Decimal)
    assert abs(back - last) <= last * Decimal("1e-28")


# --- Ranges and warnings ----------------------------------------------------------------------------------------------


def test_a_range_that_stands_twice_is_sampled_and_said_so() -> None:
    result = evaluate("a / (a + b)", {"a": "14–16 W", "b": "2 W"}, unit="%")
    assert result.outputs[0].value == Interval(Decimal("87.5"), Decimal("88." + "8" * 31 + "9"))
    assert "sampled" in result.warnings[0].en
    assert evaluate("a * (1 - a)", {"a": "0 to 1"}).shown() == "0–0.25"
    assert evaluate("a + a", {"a": "1 to 2"}).warnings == ()
    assert evaluate("a * b", {"a": "1 to 2", "b": "1 to 2"}).warnings == ()


def test_too_many_ranges_that_stand_twice_are_bounded_and_said_so() -> None:
    names = [f"x{n}" for n in range(12)]
    expression = " + ".join(f"{name} / ({name} + 1)" for name in names)
    result = evaluate(expression, dict.fromkeys(names, "1 to 2"))
    assert "too wide" in result.warnings[0].en
    value = result.outputs[0].value
    assert isinstance(value, Interval)
    assert value.low <= 6 and value.high >= 8


@pytest.mark.parametrize(
    ("expression", "operands", "words"),
    [
        ("growth(a, b)", {"a": "20%", "b": "25%"}, "relative growth"),
        ("share(a, b)", {"a": 6, "b": 5}, "larger than the whole"),
    ],
)
def test_cautions(expression: str, operands: dict[str, Any], words: str) -> None:
    (warning,) = evaluate(expression, operands).warnings
    assert words in warning.en
    assert warning.zh


@pytest.mark.parametrize(
    ("expression", "operands"),
    [
        ("1 / a", {"a": "-1 to 1"}),
        ("1 / a", {"a": "0"}),
        ("1 / (a / 3 * 3 - a)", {"a": 7}),
        ("growth(a, b)", {"a": 0, "b": 5}),
        ("growth(a, b)", {"a": -5, "b": 5}),
        ("a ** -1", {"a": "-1 to 1"}),
        ("sqrt(a)", {"a": "-1 to 1"}),
        ("a ** 0.5", {"a": -4}),
        ("cagr(a, b, 5)", {"a": -4, "b": 5}),
        ("cagr(a, b, 0)", {"a": 4, "b": 5}),
        ("cagr(a, b, n)", {"a": 4, "b": 5, "n": "-1 to 2"}),
    ],
)
def test_what_has_no_result_is_refused(expression: str, operands: dict[str, Any]) -> None:
    with pytest.raises(CalculationError):
        evaluate(expression, operands)


# --- Refusals ---------------------------------------------------------------------------------------------------------


NO_NUMBERS: list[Any] = [
    "2025年", "FY25", "3Q2025", "PAM4", "100G DR8", "超过5亿元", "at least 5 W", "100多亿元", "nan", "inf", "", "W",
    "5 6", "5 W and 6 W", "five hundred bananas", "1e31", "1e-31", float("nan"), float("inf"), 10**40, 10**5000, True,
    None, [1], "9" * 200, Decimal("NaN"), Decimal("-Infinity"), Decimal("1e99999"), "\ud800", "٣", "1/0",
]  # fmt: skip


@pytest.mark.parametrize("operand", NO_NUMBERS, ids=range(len(NO_NUMBERS)))
def test_what_is_no_number_is_no_operand(operand: Any) -> None:
    with pytest.raises(CalculationError) as refusal:
        evaluate("a + a", {"a": operand})
    assert refusal.value.where == "a"


@pytest.mark.parametrize(
    ("expression", "operands", "words"),
    [
        ("a + b", {"a": 1}, "'b' is no operand"),
        ("a", {"a": 1, "b": 2}, "b: the operand is not used"),
        ("a", {}, "'a' is no operand"),
        ("sum + 1", {"a": 1}, "'sum' is no operand"),
        ("a", {"a b": 1}, "cannot be the name"),
        ("a", {"lambda": 1}, "cannot be the name"),
        ("a", {"": 1}, "cannot be the name"),
        ("a", {3: 1}, "cannot be the name"),
        ("sum", {"expression": 1}, "name is taken"),
        ("a", {"a": 1, "ａ": 2}, "given twice"),
        ("sum(1,000, a)", {"a": 1}, "thousands"),
        ("100% - a", {"a": 1}, "percentage as an operand"),
        ("growth(a)", {"a": 1}, "growth(old, new)"),
        ("sum()", {}, "got 0 arguments"),
        ("total(a)", {"a": 1}, "no function 'total'"),
        ("a", {f"x{n}": n for n in range(101)}, "101 operands"),
    ],
)
def test_refusals_say_what_and_where(expression: str, operands: dict[Any, Any], words: str) -> None:
    with pytest.raises(CalculationError) as refusal:
        evaluate(expression, operands)
    assert words in str(refusal.value)


HOSTILE = [
    "", " ", "a.real", "a.__class__", "a.__class__.__bases__[0].__subclasses__()",
    "__import__('os').system('id')", "(lambda: 1)()", "lambda a: a", "[a for a in (1,)]", "{a: 1}", "{a}",
    "[a]", "(a, a)", "a[0]", "f'{a}'", "'a'", '"a"', "b'a'", "(a := 1)", "a = 1", "a == 1", "a < 1",
    "a if a else a", "a and a", "not a", "a is a", "a in a", "~a", "a % a", "a // a", "a @ a", "a << 2",
    "a & a", "a | a", "*a", "sum(*a)", "sum(**a)", "sum(a, key=a)", "sum(a for a in a)", "sum(a)(a)",
    "(sum)(a)(a)", "a(a)", "1(2)", "sum.__call__(a)", "eval(a)", "exec(a)", "print(a)", "yield a", "await a",
    "...", "None", "True", "0x10", "0b1", "0o7", "1_000", "1j", "1e400", "1e-400", "1e31", "9**9**9",
    "9**999999999", "2**101", "2**(1/101)", "(((2**99)**99)**99)", "1.0000001**99**99", "007", "1..2", "1.2.3",
    "1e", "2a", "a2b c", "a b", "a a", "a +", "+ * a", ")a(", "((a)", "a))", "(" * 300 + "a" + ")" * 300,
    "-" * 499 + "a", "a" + "+a" * 150, "sum(" * 110 + "a" + ")" * 110, "a" * 501, "٣ + a", "𝟛 + a", "NaN",
    "nan", "Infinity", "-inf", "∞", "½", "a²", "a³", "√√a", "a\n+ a;", "a; a", "a\\\n", "# a", "a # a", "a\x00",
    "\x00", "\ud800", "\u202ea", "a\u200b", "🙂", "import os", "a.\u0061", "if", "\uff49\uff46 a", "a!", "a!=a",
    "$a", "@a", "`a`", "a->a", "a?", "a:b", "1,2", "1,234 + a", "max()", "min()", "cagr(a, a)",
    "share(a, a, a)", "abs(a, a)", "sqrt()", "growth(old=a, new=a)",
]  # fmt: skip


@pytest.mark.parametrize("expression", HOSTILE, ids=range(len(HOSTILE)))
@pytest.mark.filterwarnings("error")
def test_hostile_expressions_are_refused(expression: str) -> None:
    with pytest.raises(CalculationError) as refusal:
        evaluate(expression, {"a": 2})
    assert refusal.value.next_step


@pytest.mark.parametrize("expression", [None, 3, b"a", ["a"], object()])
def test_only_text_is_an_expression(expression: Any) -> None:
    with pytest.raises(CalculationError):
        evaluate(expression, {})


@pytest.mark.parametrize("decimals", [-31, 31, 1.5, True, "2"])
def test_places_are_whole_and_few(decimals: Any) -> None:
    with pytest.raises(CalculationError):
        evaluate("a", {"a": 1}, decimals=decimals)


_PIECES = [
    *"a b 营收 ａ sum average min max abs sqrt count growth share cagr lambda if for eval __import__".split(),
    *"0 1 2 3.5 .5 99 1e9 1e30 1e-30 1e400 007 1_0 0x1 1j + - * / ** // % ( ) ( ) ( ) , , [ ] { } . : := = ==".split(),
    *"; ' \" ' f' @ ~ & | < > ! ? # \\ √ × ÷ − ^ （ ） ， ２ ٣ ² ½ ∞ 🙂".split(),
    *(" ", "\n", "\t", "\x00", "\ud800", "\u200b", "**99", "(a+1)", "growth(a, b)", "a*b"),
]
_ODD = (
    "3 W",
    "2–4 W",
    "-1 to 1",
    "30%",
    "5 pp",
    "3 dBm",
    "25 °C",
    "7 USD",
    "nan",
    "2025年",
    "",
    "0",
    "1e30",
    "-2",
    0.1,
    5,
)


def _hostile(chance: random.Random) -> str:
    if chance.random() < 0.3:
        return "".join(chr(chance.randrange(1, 0x3000)) for _ in range(chance.randrange(40)))
    return "".join(chance.choice(_PIECES) for _ in range(chance.randrange(1, 30)))


def _well_formed(chance: random.Random, depth: int = 4) -> str:
    if depth == 0 or chance.random() < 0.2:
        return chance.choice(("a", "b", "1", "2", "0.5", "1e20"))
    kind = chance.choice(("+", "-", "*", "/", "**", "sum", "max", "growth", "share", "sqrt"))
    a, b = _well_formed(chance, depth - 1), _well_formed(chance, depth - 1)
    if kind == "sqrt":
        return f"sqrt({a})"
    return f"{kind}({a}, {b})" if kind.isalpha() else f"({a} {kind} {b})"


def test_nothing_but_a_number_or_a_refusal_comes_out() -> None:
    chance = random.Random(7)
    computed = 0
    for n in range(HOSTILE_STRINGS):
        expression = _well_formed(chance) if n % 3 == 0 else _hostile(chance)
        operands = {name: chance.choice(_ODD) for name in ("a", "b", "营收") if name in expression}
        try:
            result = evaluate(expression, operands, unit=chance.choice(("", "", "%", "W", "x")))
        except CalculationError as refusal:
            assert refusal.what and refusal.where
            continue
        computed += 1
        value = result.outputs[0].value
        ends = (value.low, value.high) if isinstance(value, Interval) else (value,)
        assert all(isinstance(end, Decimal) and end.is_finite() and abs(end) <= Decimal("1e30") for end in ends)
        assert recompute_expression(result).to_bytes() == result.to_bytes()
    assert computed > HOSTILE_STRINGS / 100


HEAVY: list[tuple[str, dict[str, Any]]] = [
    ("+".join(f"a{n}" for n in range(100)), {f"a{n}": f"1234567890{n}.{n}7 W" for n in range(100)}),
    ("/".join(f"a{n}" for n in range(100)), {f"a{n}": f"1.{n + 7}{'3' * 35}" for n in range(100)}),
    ("+".join(["cagr(a,b,y)"] * 39), {"a": "1 to 2", "b": "2 to 3", "y": "7 to 8"}),
    ("+".join(["a**0.97"] * 49), {"a": "1 to 2"}),
    ("+".join(["a*b/c*d"] * 24), {"a": "1 to 2", "b": "2 to 3", "c": "7 to 8", "d": "1 to 2"}),
    ("(" * 20 + "a" + "**1.5)" * 20, {"a": "1.0001"}),
    ("sqrt(" * 60 + "a" + ")" * 60, {"a": "2"}),
    ("(b - a) / a", {"a": "1 to 2 W", "b": "5 to 9 W"}),
]


@pytest.mark.parametrize(("expression", "operands"), HEAVY)
def test_the_heaviest_take_less_than_a_tenth_of_a_second(expression: str, operands: dict[str, Any]) -> None:
    evaluate("a * b", {"a": "3千瓦", "b": "2 h"})  # pays for pint
    taken = []
    for _ in range(3):
        start = time.process_time()
        evaluate(expression, operands)
        taken.append(time.process_time() - start)
    assert min(taken) < 0.1


def test_levels_and_temperatures_have_a_difference() -> None:
    assert {measure(step).dimension for step in ABSOLUTE.values()} == {
        measure("dB").dimension, measure("K").dimension
    }  # fmt: skip
