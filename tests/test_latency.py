"""Latency: worked cases, and flight, block and total times as exact sums."""

from decimal import Decimal
from fractions import Fraction
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from agent.calculator import calculate
from agent.errors import CalculationError

PARTS = {"dsp_tx": 100, "dsp_rx": 100, "fec": 100, "flight_30m": 147}
CASES: list[tuple[str, dict[str, Any], float]] = [
    ("time_of_flight_ns", {"length_m": 30}, 146.90162752526618),
    ("time_of_flight_ns", {"length_m": 500}, 2448.3604587544364),
    ("time_of_flight_ns", {"length_m": "2 km", "group_index": 1.5}, 3000 / 0.299792458),
    ("time_of_flight_ns", {"length_m": "100 m", "group_index": "1.0003"}, 100.03 / 0.299792458),
    ("time_of_flight_ns", {"length_m": 0}, 0),
    ("block_time_ns", {"bits": 5440, "rate_gbps": 106.25}, 51.2),
    ("block_time_ns", {"bits": 5440, "rate_gbps": 850}, 6.4),
    ("block_time_ns", {"bits": "1500 bytes", "rate_gbps": "1.6 Tb/s"}, 7.5),
    ("total_latency_ns", {"parts": PARTS}, 447),
    ("total_latency_ns", {"parts": "DSP=100 ns; fibre=1.2 μs; decoder = 45"}, 1345),
]

lengths = st.decimals("0", "100000", places=2)


@pytest.mark.parametrize(("formula_id", "inputs", "expected"), CASES)
def test_worked_cases(formula_id: str, inputs: dict[str, Any], expected: float):
    assert float(number(formula_id, **inputs)) == pytest.approx(expected, rel=1e-12)


def number(formula_id: str, **inputs: Any) -> Decimal:
    value = calculate(formula_id, inputs).output().value
    assert isinstance(value, Decimal)
    return value


def agree(a: Decimal | Fraction | int, b: Decimal | Fraction | int, digits: int) -> bool:
    """Whether two numbers agree to so many digits, with no room near zero."""
    a, b = Fraction(a), Fraction(b)
    return abs(a - b) * 10**digits <= abs(b)


@given(lengths, lengths)
def test_flight_times_add_up_along_the_fibre(first: Decimal, second: Decimal):
    whole = number("time_of_flight_ns", length_m=first + second)
    parts = number("time_of_flight_ns", length_m=first) + number("time_of_flight_ns", length_m=second)
    assert agree(whole, parts, 26)


@given(st.decimals("0.01", "100000", places=2), st.decimals("1", "2", places=4))
def test_nothing_is_faster_than_light(length: Decimal, index: Decimal):
    time = number("time_of_flight_ns", length_m=length, group_index=index)
    assert Fraction(length) / Fraction(time) * 10**9 <= 299_792_458 * (1 + Fraction(1, 10**30))


@given(st.integers(1, 10**9), st.integers(1, 10**6), st.integers(1, 64))
def test_a_block_over_more_lanes_takes_less(bits: int, rate: int, lanes: int):
    one, many = (
        number("block_time_ns", bits=bits, rate_gbps=rate),
        number("block_time_ns", bits=bits, rate_gbps=rate * lanes),
    )
    assert agree(one, Fraction(many) * lanes, 32)


@given(st.lists(st.decimals("0", "10000", places=3), min_size=1, max_size=20), st.randoms(use_true_random=False))
def test_a_total_is_exact_in_any_order(parts: list[Decimal], random: Any):
    shuffled = random.sample(parts, len(parts))
    total = number("total_latency_ns", parts=parts)
    assert Fraction(total) == sum(map(Fraction, parts))
    assert number("total_latency_ns", parts=shuffled) == total


@pytest.mark.parametrize(
    ("formula_id", "inputs", "words"),
    [
        ("time_of_flight_ns", {"length_m": -1}, "out of range"),
        ("time_of_flight_ns", {"length_m": 1, "group_index": "0.9"}, "out of range"),
        ("time_of_flight_ns", {"length_m": "30 ns"}, "wrong unit"),
        ("block_time_ns", {"bits": 5440, "rate_gbps": 0}, "out of range"),
        ("total_latency_ns", {"parts": [-1]}, "out of range"),
    ],
)
def test_what_makes_no_sense_is_refused(formula_id: str, inputs: dict[str, Any], words: str):
    with pytest.raises(CalculationError, match=words):
        calculate(formula_id, inputs)


def test_a_single_part_is_no_sum():
    assert calculate("total_latency_ns", {"parts": [100]}).warnings
    assert not calculate("total_latency_ns", {"parts": [100, 50]}).warnings
