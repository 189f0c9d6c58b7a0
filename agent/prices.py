"""What tokens cost: the list prices of ``prices.csv``, or what the user sets; unknown is unknown, never nothing.

Discounts (cached input, batches) are not counted: the cost of an answer is what it costs at most.
"""

import csv
import re
from dataclasses import dataclass
from decimal import Decimal
from functools import cache
from pathlib import Path
from urllib.parse import urlsplit

_TABLE = Path(__file__).with_name("prices.csv")
_MILLION = Decimal(10**6)
_DATED = re.compile(r"(?:-\d{4}-\d{2}-\d{2}|-20\d{6}|-latest)$")
_HERE = re.compile(r"localhost|127(?:\.\d{1,3}){3}|::1|0\.0\.0\.0")
_LOCAL = ("ollama",)
"""Providers that run on this machine unless told otherwise."""


@dataclass(frozen=True, slots=True)
class Price:
    """US dollars for a million tokens, sent and received."""

    sent: Decimal
    received: Decimal

    def cost(self, sent: int, received: int) -> Decimal:
        """US dollars for so many tokens."""
        return (self.sent * sent + self.received * received) / _MILLION


FREE = Price(Decimal(0), Decimal(0))


def find_price(
    name: str, base_url: str = "", sent: Decimal | None = None, received: Decimal | None = None
) -> Price | None:
    """What a model's tokens cost; None where that is not known.

    Args:
        name: "offline", or PROVIDER:MODEL; a date at its end is left out to find it.
        base_url: Where it is served, if not by its provider. On this machine it costs nothing.
        sent, received: What the user says a million tokens cost, before any table; both or none.
    """
    if sent is not None and received is not None:
        return Price(sent, received)
    provider, _, model = name.partition(":")
    if not model:
        return FREE
    if base_url:
        return FREE if _HERE.fullmatch(urlsplit(base_url).hostname or "") else None
    if provider in _LOCAL:
        return None if model.endswith("cloud") else FREE
    return _prices().get((provider, _DATED.sub("", model)))


@cache
def _prices() -> dict[tuple[str, str], Price]:
    with _TABLE.open(encoding="utf-8", newline="") as file:
        return {
            (row["provider"], row["model"]): Price(
                Decimal(row["input_usd_per_million"]), Decimal(row["output_usd_per_million"])
            )
            for row in csv.DictReader(file)
        }
