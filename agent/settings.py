"""Everything that can be set, in one frozen object; the only reader of the environment."""

import os
from collections.abc import Callable, Mapping
from dataclasses import dataclass, fields
from decimal import Decimal, InvalidOperation
from functools import partial
from pathlib import Path
from typing import Any, Literal, get_args

from agent.errors import AnsweringError
from agent.limits import Limits, Protocol

Fallback = Literal["", "offline"]
_LIMITS = Limits()
_HOME = Path(__file__).resolve().parent.parent


@dataclass(frozen=True, slots=True)
class Settings:
    """Defaults, each overridden by an environment variable ``CPO_<NAME>``, then by a command-line option.

    Attributes:
        model: "offline" (the offline analyst) or PROVIDER:NAME, as "openai:gpt-5", "ollama:qwen3".
        base_url: Address of an OpenAI-compatible server; "" for the provider's own.
        embedder: "built-in", or a sentence-transformers model by name or path.
        index: Folder of the index to ask.
        documents: Folder of the shipped documents.
        fallback: Model that answers where the first one fails: "offline"; "" for none.
        protocol: How a model is asked: "tools", "plain" for one that takes no tools, "auto" to find out.
        max_steps: Most model calls one question may take.
        max_question: Most characters a question may have.
        max_seconds: Most time one question may take.
        max_tokens: Most tokens one question may take, sent and received.
        max_reply: Most tokens of one reply of a model.
        max_told: Tokens of passages that a model without tools is told; a small one may take less.
        price_in, price_out: US dollars for a million tokens sent and received, where the price list has none or
            another; both or none.
        target_risk: Withhold answers whose risk of being wrong is above this, from 0 to 1; None withholds none.
    """

    model: str = "offline"
    base_url: str = ""
    embedder: str = "built-in"
    index: Path = _HOME / "indexes" / "built" / "shipped"
    documents: Path = _HOME / "corpus" / "documents"
    fallback: Fallback = ""
    protocol: Protocol = "auto"
    max_steps: int = _LIMITS.steps
    max_question: int = _LIMITS.question
    max_seconds: int = int(_LIMITS.seconds)
    max_tokens: int = _LIMITS.tokens
    max_reply: int = _LIMITS.reply
    max_told: int = _LIMITS.told
    price_in: Decimal | None = None
    price_out: Decimal | None = None
    target_risk: float | None = None

    @property
    def limits(self) -> Limits:
        """What one question may take."""
        return Limits(
            question=self.max_question,
            steps=self.max_steps,
            seconds=self.max_seconds,
            tokens=self.max_tokens,
            reply=self.max_reply,
            told=self.max_told,
        )


def load_settings(environment: Mapping[str, str] | None = None) -> Settings:
    """Settings from the environment (``os.environ`` unless given).

    Raises:
        AnsweringError: A variable cannot be read.
    """
    environment = os.environ if environment is None else environment
    given = {
        field.name: _READERS[field.type](environment[variable], variable)
        for field in fields(Settings)
        if (variable := f"CPO_{field.name.upper()}") in environment
    }
    if (given.get("price_in") is None) != (given.get("price_out") is None):
        raise AnsweringError(
            "one price is set and the other is not", where="CPO_PRICE_IN", next_step="set CPO_PRICE_OUT too"
        )
    return Settings(**given)


def _read_integer(value: str, variable: str) -> int:
    if not (value.isascii() and value.isdigit() and int(value)):
        raise AnsweringError(f"is {value!r}, not a whole number above 0", where=variable)
    return int(value)


def _read_price(value: str, variable: str) -> Decimal:
    try:
        price = Decimal(value)
    except InvalidOperation:
        price = Decimal("NaN")
    if not (price.is_finite() and price >= 0):
        raise AnsweringError(f"is {value!r}, no price in US dollars for a million tokens", where=variable)
    return price


def _read_choice(value: str, variable: str, choices: tuple[str, ...]) -> str:
    if value not in choices:
        raise AnsweringError(f"is {value!r}, not one of {', '.join(filter(None, choices))}", where=variable)
    return value


def _read_path(value: str, _: str) -> Path:
    return Path(value)


def _read_text(value: str, _: str) -> str:
    return value


def read_risk(text: str, where: str) -> float:
    """A target risk as written.

    Raises:
        AnsweringError: It is no number from 0 to 1.
    """
    try:
        risk = float(text)
    except ValueError:
        risk = -1.0
    if not 0 <= risk <= 1:
        raise AnsweringError(f"is {text!r}, not a number from 0 to 1", where=where, next_step="write it as in 0.1")
    return risk


_READERS: Mapping[Any, Callable[[str, str], Any]] = {
    int: _read_integer,
    Path: _read_path,
    str: _read_text,
    Decimal | None: _read_price,
    float | None: read_risk,
    Protocol: partial(_read_choice, choices=get_args(Protocol)),
    Fallback: partial(_read_choice, choices=get_args(Fallback)),
}
