"""Market and cost analytics: worked cases, exact arithmetic, and the laws that tie the formulas together."""

import math
from decimal import Decimal
from fractions import Fraction
from typing import Any

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from agent.calculator import calculate
from agent.errors import CalculationError

BOM = [[4, 3000], [72, 450], [72, 50], [18, 400], [144, 30], [1, 2500], [144, 40], [1152, 11]]
BOM_VALUES = [[1, 12000], [1, 32400], [1, 3600], [1, 7200], [1, 4320], [1, 2500], [1, 5760], [1, 12343]]
# Formula, its arguments, and the results by name; to a relative 1e-6.
CASES: list[tuple[str, dict[str, Any], dict[str, float | bool | None]]] = [
    ("cagr_pct", {"v0": 6, "v1": 2200, "years": 12}, {"cagr_pct": 63.56458868589412}),
    ("cagr_pct", {"v0": 38, "v1": 2600, "years": 11}, {"cagr_pct": 46.83697599799599}),
    ("cagr_pct", {"v0": 46, "v1": 8100, "years": 6}, {"cagr_pct": 136.74884259927103}),
    ("cagr_pct", {"v0": 100, "v1": 39000, "years": 5}, {"cagr_pct": 229.77134943662753}),
    ("cagr_pct", {"v0": "50亿元", "v1": "400亿元", "years": "3年"}, {"cagr_pct": 100}),
    ("cagr_pct", {"v0": 64, "v1": 1, "years": 3}, {"cagr_pct": -75}),
    ("project", {"v0": 24.9, "cagr": 21.7, "years": 5}, {"value": 66.47406512667186}),
    ("project", {"v0": -10, "cagr": 100, "years": 3}, {"value": -80}),
    ("project", {"v0": 7, "cagr": 12, "years": 0}, {"value": 7}),
    ("growth_pct", {"v0": 24, "v1": 63}, {"growth_pct": 162.5}),
    ("growth_pct", {"v0": "16.5 billion USD", "v1": "26 billion USD"}, {"growth_pct": 57.57575757575758}),
    ("growth_pct", {"v0": 8, "v1": -2}, {"growth_pct": -125}),
    ("market_share_pct", {"v": 3100, "total": 24000}, {"share_pct": 12.916666666666668}),
    ("market_share_pct", {"v": "9 W", "total": "30 W"}, {"share_pct": 30}),
    ("hhi", {"shares_pct": [60, 35, 5]},
     {"hhi_lower": 4850, "hhi_upper": 4850, "hhi_equal_rest": None, "residual_pct": 0}),
    ("hhi", {"shares_pct": [60, 15, 10, 5], "rest_firms": 5},
     {"hhi_lower": 3950, "hhi_upper": 4050, "hhi_equal_rest": 3970, "residual_pct": 10}),
    ("hhi", {"shares_pct": "42%; 36%; 13%"},
     {"hhi_lower": 3229, "hhi_upper": 3310, "hhi_equal_rest": None, "residual_pct": 9}),
    ("hhi", {"shares_pct": [50, 50], "rest_firms": 0},
     {"hhi_lower": 5000, "hhi_upper": 5000, "hhi_equal_rest": None, "residual_pct": 0}),
    ("import_dependency", {"domestic_production": 30, "imports": 80, "exports": 10},
     {"apparent_consumption": 100, "import_dependency_pct": 80, "self_sufficiency_pct": 30, "localisation_pct": 20}),
    ("supply_gap", {"demand": 40, "supply": 20}, {"gap": 20, "gap_pct_of_demand": 50, "fill_rate_pct": 50}),
    ("supply_gap", {"demand": 130, "supply": 100},
     {"gap": 30, "gap_pct_of_demand": 23.076923076923077, "fill_rate_pct": 76.92307692307692}),
    ("wright_cost", {"c0": 1000, "q0": 100_000, "q1": 1_600_000, "learning_rate_pct": 15}, {"cost": 522.00625}),
    ("wright_cost", {"c0": 1000, "q0": 10, "q1": 5, "learning_rate_pct": 20}, {"cost": 1250}),
    ("learning_rate_pct", {"c0": 1200, "c1": 700, "q0": 5e6, "q1": 3.7e7}, {"learning_rate_pct": 17.027737530590493}),
    ("learning_rate_pct", {"c0": 100, "c1": 64, "q0": 1, "q1": 4}, {"learning_rate_pct": 20}),
    ("simple_payback_years", {"extra_capex": 8000, "annual_saving": 1224.43776}, {"payback_years": 6.5336109856657805}),
    ("npv", {"rate_pct": 8, "flows": [-8000, 1224.4, 1224.4, 1224.4, 1224.4]}, {"npv": -3944.6318970497196}),
    ("npv", {"rate_pct": 10, "flows": [-100, 110]}, {"npv": 0}),
    ("npv", {"rate_pct": "-50%", "flows": "-1 USD; 1 USD"}, {"npv": 1}),
    ("tco", {"capex": 130_000, "annual_opex": 6000, "years": 5, "rate_pct": 8}, {"tco": 153956.26022246853}),
    ("tco", {"capex": 1000, "annual_opex": 100, "years": 10, "rate_pct": 0, "residual": 200}, {"tco": 1800}),
    ("cost_per_gbps", {"cost": 1000, "gbps": 1600}, {"cost_per_gbps": 0.625}),
    ("cost_per_gbps", {"cost": "430 USD", "gbps": "800G"}, {"cost_per_gbps": 0.5375}),
    ("bom_check", {"lines": BOM, "stated_total": 75803},
     {"computed": 80452, "stated": 75803, "difference": 4649, "difference_pct": 6.133002651610094, "matches": False}),
    ("bom_check", {"lines": BOM_VALUES, "stated_total": 75803},
     {"computed": 80123, "stated": 75803, "difference": 4320, "difference_pct": 5.6989828898592405, "matches": False}),
    ("bom_check", {"lines": [[2, "99.5"], [1, 0]], "stated_total": 200},
     {"computed": 199, "stated": 200, "difference": -1, "difference_pct": -0.5, "matches": True}),
    ("gross_margin_pct", {"price": 800, "cost": 341}, {"gross_margin_pct": 57.375}),
    ("gross_margin_pct", {"price": "430 USD", "cost": "310 USD"}, {"gross_margin_pct": 27.906976744186046}),
    ("break_even_units", {"fixed_cost": 2e7, "price": 450, "unit_cost": 330}, {"units": 166667}),
    ("break_even_units", {"fixed_cost": 1200, "price": 5, "unit_cost": 2}, {"units": 400}),
    ("break_even_units", {"fixed_cost": 0, "price": 5, "unit_cost": 2}, {"units": 0}),
]  # fmt: skip

amounts = st.decimals("0.01", "1000000", places=2)
percents = st.decimals("0", "100", places=2)
years = st.integers(1, 40)


@pytest.mark.parametrize(("formula_id", "inputs", "expected"), CASES)
def test_worked_cases(formula_id: str, inputs: dict[str, Any], expected: dict[str, float | bool | None]):
    result = calculate(formula_id, inputs)
    assert {value.name for value in result.outputs} == set(expected)
    for name, value in expected.items():
        got = result.output(name).value
        if value is None or isinstance(value, bool):
            assert got is value
        else:
            assert float(got) == pytest.approx(value, rel=1e-6, abs=1e-12)


def number(formula_id: str, output: str = "", **inputs: Any) -> Decimal:
    value = calculate(formula_id, inputs).output(output).value
    assert isinstance(value, Decimal)
    return value


def agree(a: Decimal | Fraction | int, b: Decimal | Fraction | int, digits: int) -> bool:
    """Whether two numbers agree to so many digits, with no room near zero."""
    a, b = Fraction(a), Fraction(b)
    return abs(a - b) * 10**digits <= abs(b)


# --- Growth -----------------------------------------------------------------------------------------------------------


@given(amounts, amounts, years)
def test_projecting_at_the_cagr_arrives(first: Decimal, last: Decimal, span: int):
    rate = number("cagr_pct", v0=first, v1=last, years=span)
    assume(rate <= 10_000)
    # a fall to a hundred-millionth leaves that many digits fewer in the rate, and the power takes two more
    assert agree(number("project", v0=first, cagr=rate, years=span), last, 23)


@given(amounts, amounts)
def test_one_years_cagr_is_growth(first: Decimal, last: Decimal):
    growth = number("growth_pct", v0=first, v1=last)
    assert agree(growth, 100 * (Fraction(last) / Fraction(first) - 1), 32)
    assert agree(number("cagr_pct", v0=first, v1=last, years=1), growth, 32)


@given(st.integers(2, 50), st.integers(1, 8))
def test_a_whole_root_is_exact(base: int, span: int):
    assert number("cagr_pct", v0=1, v1=base**span, years=span) == 100 * (base - 1)


@given(st.decimals("-99", "300", places=1), years)
def test_a_projection_is_the_power(rate: Decimal, span: int):
    expected = (1 + Fraction(rate) / 100) ** span
    assert agree(number("project", v0=1, cagr=rate, years=span), expected, 32)


# --- Shares and balances ----------------------------------------------------------------------------------------------


@given(st.lists(amounts, min_size=1, max_size=10))
def test_the_shares_of_a_total_are_all_of_it(parts: list[Decimal]):
    shares = [number("market_share_pct", v=part, total=sum(parts)) for part in parts]
    assert agree(sum(map(Fraction, shares)), 100, 31)


@given(st.lists(st.integers(0, 10), min_size=1, max_size=10), st.integers(1, 1000))
def test_the_index_lies_between_its_bounds(shares: list[int], firms: int):
    result = calculate("hhi", {"shares_pct": shares, "rest_firms": firms})
    low, high, equal, rest = (value.value for value in result.outputs)
    assert low == sum(share**2 for share in shares)
    assert rest == 100 - sum(shares)
    assert low <= equal <= high <= 10_000
    assert (firms == 1 or rest == 0) == (equal == high)
    assert number("hhi", "hhi_lower", shares_pct=[*shares, rest]) == high


@given(amounts, amounts, percents)
def test_what_is_consumed_comes_from_home_or_abroad(produced: Decimal, imported: Decimal, exported_pct: Decimal):
    exported = (produced * exported_pct / 100).quantize(Decimal("0.01"))
    result = calculate(
        "import_dependency", {"domestic_production": produced, "imports": imported, "exports": min(exported, produced)}
    )
    dependency, localisation = (result.output(f"{name}_pct").value for name in ("import_dependency", "localisation"))
    assert agree(Fraction(dependency) + Fraction(localisation), 100, 31)


@given(amounts, amounts)
def test_gap_and_fill_rate_are_the_whole_demand(demand: Decimal, supply: Decimal):
    result = calculate("supply_gap", {"demand": demand, "supply": supply})
    gap, gap_pct, fill = (value.value for value in result.outputs)
    assert gap == demand - supply
    assert agree(Fraction(gap_pct) + Fraction(fill), 100, 26)


# --- Costs ------------------------------------------------------------------------------------------------------------


@given(amounts, st.integers(1, 10**6), st.integers(2, 1000), st.decimals("0.1", "50", places=1))
def test_the_learning_rate_of_a_learning_curve_is_its_own(cost: Decimal, start: int, factor: int, rate: Decimal):
    volumes = {"q0": start, "q1": start * factor}
    later = number("wright_cost", c0=cost, learning_rate_pct=rate, **volumes)
    assert agree(number("learning_rate_pct", c0=cost, c1=later, **volumes), rate, 29)


@given(amounts, percents.filter(lambda rate: rate <= 50), st.integers(0, 10))
def test_each_doubling_costs_the_learning_rate(cost: Decimal, rate: Decimal, doublings: int):
    expected = Fraction(cost) * (1 - Fraction(rate) / 100) ** doublings
    got = number("wright_cost", c0=cost, q0=3, q1=3 * 2**doublings, learning_rate_pct=rate)
    assert agree(got, expected, 32)


flows = st.lists(st.decimals("-10000", "10000", places=2), min_size=1, max_size=30)


@given(flows, st.decimals("-90", "200", places=1))
def test_present_value_is_the_sum_of_discounted_flows(given_flows: list[Decimal], rate: Decimal):
    factor = 1 + Fraction(rate) / 100
    terms = [Fraction(flow) / factor**year for year, flow in enumerate(given_flows)]
    slack = sum(map(abs, terms)) * Fraction(1, 10**30)
    assert abs(Fraction(number("npv", rate_pct=rate, flows=given_flows)) - sum(terms)) <= slack


@given(amounts, amounts, years, percents, amounts)
def test_ownership_costs_what_its_flows_are_worth(
    capex: Decimal, opex: Decimal, span: int, rate: Decimal, residual: Decimal
):
    cost = number("tco", capex=capex, annual_opex=opex, years=span, rate_pct=rate, residual=residual)
    flows = [capex, *[opex] * (span - 1), opex - residual]
    scale = capex + opex * span + residual
    assert abs(cost - number("npv", rate_pct=rate, flows=flows)) <= scale * Decimal("1e-24")


@given(amounts, amounts)
def test_payback_times_saving_is_the_investment(extra: Decimal, saving: Decimal):
    time = number("simple_payback_years", extra_capex=extra, annual_saving=saving)
    assert agree(Fraction(time) * Fraction(saving), extra, 32)


@given(
    st.lists(st.tuples(st.integers(0, 5000), st.decimals("-100", "9999", places=2)), min_size=1, max_size=20), amounts
)
def test_a_bill_is_added_up_to_the_cent(lines: list[tuple[int, Decimal]], stated: Decimal):
    result = calculate("bom_check", {"lines": [list(line) for line in lines], "stated_total": stated})
    total = sum(count * Fraction(price) for count, price in lines)
    assert Fraction(result.output("computed").value) == total
    assert Fraction(result.output("difference").value) == total - Fraction(stated)
    assert result.output("matches").value == (abs(total / Fraction(stated) - 1) <= Fraction(5, 1000))


@given(st.integers(0, 10**9), st.integers(1, 10**5), st.integers(0, 10**5))
def test_break_even_is_the_first_volume_that_pays(fixed: int, price: int, cost: int):
    assume(price > cost)
    units = number("break_even_units", fixed_cost=fixed, price=price, unit_cost=cost)
    assert units == -(-fixed // (price - cost))
    assert units == math.ceil(Fraction(fixed, price - cost))


# --- Units, refusals, warnings and ranges -----------------------------------------------------------------------------


def test_results_keep_the_currency_and_the_unit():
    assert calculate("project", {"v0": "24.9亿元", "cagr": "20%", "years": "1"}).shown() == "2,988,000,000 CNY"
    assert calculate("supply_gap", {"demand": "40 MW", "supply": "10 MW"}).output("gap").unit.endswith("W")
    assert calculate("cost_per_gbps", {"cost": "1000 USD", "gbps": "1.6 Tb/s"}).shown() == "0.625 USD/(Gb/s)"
    assert (
        calculate("tco", {"capex": "9 EUR", "annual_opex": "1 EUR/year", "years": 1, "rate_pct": 0}).shown() == "10 EUR"
    )


@pytest.mark.parametrize(
    ("formula_id", "inputs", "words"),
    [
        ("cagr_pct", {"v0": 0, "v1": 5, "years": 2}, "out of range"),
        ("cagr_pct", {"v0": 5, "v1": 5, "years": 0}, "out of range"),
        ("cagr_pct", {"v0": "5 USD", "v1": "5 CNY", "years": 2}, "."),
        ("project", {"v0": 5, "cagr": -100, "years": 2}, "out of range"),
        ("growth_pct", {"v0": -5, "v1": 5}, "out of range"),
        ("hhi", {"shares_pct": [60, 35, 6]}, "more than 100%"),
        ("hhi", {"shares_pct": [101]}, "out of range"),
        ("import_dependency", {"domestic_production": 5, "imports": 5, "exports": 10}, "nothing to consume"),
        ("learning_rate_pct", {"c0": 5, "c1": 4, "q0": 7, "q1": 7}, "larger than at the start"),
        ("simple_payback_years", {"extra_capex": 5, "annual_saving": 0}, "out of range"),
        ("npv", {"rate_pct": -100, "flows": [1]}, "out of range"),
        ("npv", {"rate_pct": 5, "flows": ["1 USD", "1 EUR"]}, "different currencies"),
        ("tco", {"capex": 1, "annual_opex": 1, "years": "1.5", "rate_pct": 1}, "whole number"),
        ("tco", {"capex": 1, "annual_opex": 1, "years": 1000, "rate_pct": 1}, "out of range"),
        ("break_even_units", {"fixed_cost": 5, "price": 3, "unit_cost": 3}, "price must exceed"),
        ("gross_margin_pct", {"price": "5 USD", "cost": "3 CNY"}, "different currencies"),
    ],
)
def test_what_makes_no_sense_is_refused(formula_id: str, inputs: dict[str, Any], words: str):
    with pytest.raises(CalculationError, match=words):
        calculate(formula_id, inputs)


@pytest.mark.parametrize(
    ("formula_id", "inputs", "words"),
    [
        ("cagr_pct", {"v0": 1, "v1": 2, "years": "0.5"}, "shorter than a year"),
        ("market_share_pct", {"v": 5, "total": 4}, "larger than the total"),
        ("import_dependency", {"domestic_production": 5, "imports": 9, "exports": 6}, "re-exported"),
        ("supply_gap", {"demand": 5, "supply": 6}, "surplus"),
        ("wright_cost", {"c0": 5, "q0": 6, "q1": 5, "learning_rate_pct": 10}, "backwards"),
        ("learning_rate_pct", {"c0": 5, "c1": 6, "q0": 1, "q1": 2}, "cost rose"),
        ("gross_margin_pct", {"price": 5, "cost": 6}, "negative"),
    ],
)
def test_what_is_odd_is_computed_with_a_warning(formula_id: str, inputs: dict[str, Any], words: str):
    assert any(words in warning.en for warning in calculate(formula_id, inputs).warnings)


@pytest.mark.parametrize(
    ("formula_id", "inputs", "low", "high"),
    [
        ("growth_pct", {"v0": "10–20", "v1": "15–30"}, -25, 200),
        ("cagr_pct", {"v0": "1 to 4", "v1": "2", "years": "1 to 2"}, -50, 100),
        ("gross_margin_pct", {"price": "100 USD", "cost": "40–60 USD"}, 40, 60),
        ("project", {"v0": 100, "cagr": "-10% to 10%", "years": "0 to 2"}, 81, 121),
    ],
)
def test_ranges_give_all_that_can_be(formula_id: str, inputs: dict[str, Any], low: float, high: float):
    value = calculate(formula_id, inputs).output().value
    assert (float(value.low), float(value.high)) == pytest.approx((low, high))
