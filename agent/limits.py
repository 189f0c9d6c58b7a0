"""What one question may take (steps, seconds, tokens), the clock it is measured by, and how its model is asked."""

import time
from dataclasses import dataclass
from typing import Literal

Protocol = Literal["auto", "tools", "plain"]
"""How a model is asked: with tools, and in plain text where it takes none; or only in one of the two ways."""


@dataclass(frozen=True, slots=True)
class Limits:
    """The most that one question may take before its model counts as failed.

    Attributes:
        question: Characters of the question.
        steps: Model calls.
        seconds: Of wall-clock time, waiting and trying again included.
        tokens: Sent and received, over all calls; estimated for models that report none.
        told: Tokens of passages that a model without tools is told.
    """

    question: int = 4000
    steps: int = 12
    seconds: float = 600
    tokens: int = 200_000
    told: int = 3500


class Clock:
    """The time of this machine; tests bring their own."""

    def now(self) -> float:
        """Seconds since some moment that stays the same."""
        return time.monotonic()

    def sleep(self, seconds: float) -> None:
        """Wait."""
        time.sleep(seconds)


def estimate_tokens(text: str) -> int:
    """About how many tokens a text is: one for each character of Chinese or Japanese, one for four of any other."""
    wide = sum("\u3040" <= character <= "\u9fff" or "\uac00" <= character <= "\ud7a3" for character in text)
    return wide + (len(text) - wide + 3) // 4
