"""The nouns of judging: Fault, Judgement, and the score that may help to reach one."""

from dataclasses import dataclass
from typing import Literal, Protocol

from agent.answer import Numeral

Standing = Literal["supported", "contradicted", "unsupported"]
"""What is shown says so; it says otherwise; it does not say."""


class Support(Protocol):
    """How well a text (a quote with what stands above it, a line each) supports a claim."""

    def __call__(self, claim: str, shown: str) -> float:
        """The chance that ``shown`` says all of ``claim``, from 0 to 1; accepted from a half on."""

    def find_uncovered(self, claim: str, shown: str) -> tuple[str, ...]:
        """The words of a claim that nothing shown says."""


@dataclass(frozen=True, slots=True)
class Fault:
    """What is wrong with a claim.

    Attributes:
        reason: In English, for people, without a full stop: "the quote says “fell”, the claim “rose”".
        contradicts: What is shown says otherwise; else it merely does not say so.
    """

    reason: str
    contradicts: bool = False


@dataclass(frozen=True, slots=True)
class Judgement:
    """What became of a claim.

    Attributes:
        reason: Why it is not supported, in English; "" when it is.
        ledger: Its numbers, left to right.
        score: What ``Support`` gave; None where the rules sufficed or there was none.
    """

    standing: Standing
    reason: str = ""
    ledger: tuple[Numeral, ...] = ()
    score: float | None = None
