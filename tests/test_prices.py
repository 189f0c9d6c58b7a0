"""What a question costs is known, or said to be unknown; what can be set is set right, or refused."""

from decimal import Decimal

import pytest

from agent.errors import AnsweringError
from agent.limits import Limits, estimate_tokens
from agent.prices import FREE, Price, find_price
from agent.settings import Settings, load_settings


@pytest.mark.parametrize(
    ("name", "base_url", "price"),
    [
        ("offline", "", FREE),
        ("openai:gpt-5", "", Price(Decimal("1.25"), Decimal(10))),
        ("openai:gpt-5-2025-08-07", "", Price(Decimal("1.25"), Decimal(10))),
        ("anthropic:claude-sonnet-4-5-20250929", "", Price(Decimal(3), Decimal(15))),
        ("openai:gpt-5-unheard-of", "", None),
        ("anthropic:gpt-5", "", None),
        ("openai:gpt-5", "https://elsewhere.example/v1", None),  # somebody else's server: not the provider's price
        ("openai:qwen", "http://localhost:8000/v1", FREE),
        ("openai:qwen", "http://127.0.0.1:8000/v1", FREE),
        ("openai:qwen", "http://[::1]:8000/v1", FREE),
        ("openai:qwen", "http://localhost.example/v1", None),
        ("ollama:qwen3:8b", "", FREE),
        ("ollama:gpt-oss:120b-cloud", "", None),
        ("", "", FREE),
    ],
)
def test_a_price_is_the_listed_one_nothing_or_unknown(name: str, base_url: str, price: Price | None) -> None:
    assert find_price(name, base_url) == price


def test_what_the_user_says_goes_before_the_list() -> None:
    assert find_price("openai:gpt-5", "", Decimal(1), Decimal(2)) == Price(Decimal(1), Decimal(2))
    assert Price(Decimal(1), Decimal(2)).cost(1_500_000, 10) == Decimal("1.50002")


def test_settings_are_read_from_the_environment() -> None:
    given = load_settings(
        {
            "CPO_MAX_SECONDS": "30",
            "CPO_MAX_TOKENS": "5000",
            "CPO_FALLBACK": "offline",
            "CPO_PROTOCOL": "plain",
            "CPO_PRICE_IN": "0.5",
            "CPO_PRICE_OUT": "2",
        }
    )
    assert given.limits == Limits(seconds=30, tokens=5000) and given.fallback == "offline"
    assert (given.protocol, given.price_in, given.price_out) == ("plain", Decimal("0.5"), Decimal(2))
    assert Settings().limits == Limits()


@pytest.mark.parametrize(
    "environment",
    [
        {"CPO_MAX_SECONDS": "0"},
        {"CPO_MAX_TOKENS": "many"},
        {"CPO_MAX_STEPS": "²"},
        {"CPO_FALLBACK": "gpt-5"},
        {"CPO_PROTOCOL": "telepathy"},
        {"CPO_PRICE_IN": "1"},
        {"CPO_PRICE_IN": "-1", "CPO_PRICE_OUT": "1"},
        {"CPO_PRICE_IN": "NaN", "CPO_PRICE_OUT": "1"},
        {"CPO_PRICE_IN": "1 dollar", "CPO_PRICE_OUT": "1"},
    ],
    ids=str,
)
def test_settings_that_cannot_be_are_refused(environment: dict[str, str]) -> None:
    with pytest.raises(AnsweringError, match="CPO_"):
        load_settings(environment)


def test_tokens_are_estimated_by_script() -> None:
    assert estimate_tokens("") == 0 and estimate_tokens("four" * 4) == 4 and estimate_tokens("共封装光学") == 5
