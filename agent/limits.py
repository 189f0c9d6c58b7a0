"""What one question may take (steps, seconds, tokens), the clock it is measured by, and how its model is asked."""

import time
from dataclasses import dataclass
from typing import Literal

from agent.errors import AnsweringError
from corpus.text import normalise

Protocol = Literal["auto", "tools", "json", "plain"]
"""How a model is asked: with tools; where it takes none, for JSON of a schema that its server enforces; where that is
not to be had either, for lines of text. "auto" finds out; the others are only that way."""


_MOST_QUESTION = 4000


@dataclass(frozen=True, slots=True)
class Limits:
    """The most that one question may take before its model counts as failed.

    Attributes:
        question: Characters of the question.
        steps: Model calls.
        seconds: Of wall-clock time, waiting and trying again included.
        tokens: Sent and received, over all calls; estimated for models that report none.
        reply: Tokens of one reply: a small model that repeats itself must come to an end.
        told: Tokens of passages that a model without tools is told.
    """

    question: int = _MOST_QUESTION
    steps: int = 12
    seconds: float = 600
    tokens: int = 200_000
    reply: int = 4096
    told: int = 3500


class Clock:
    """The time of this machine; tests bring their own."""

    def now(self) -> float:
        """Seconds since some moment that stays the same."""
        return time.monotonic()

    def sleep(self, seconds: float) -> None:
        """Wait."""
        time.sleep(seconds)


def check_question(question: str, limit: int = _MOST_QUESTION) -> str:
    """The question, normalised.

    Raises:
        AnsweringError: It has no letter or digit, or more than ``limit`` characters.
    """
    cleaned = normalise(question).strip()
    if not any(character.isalnum() for character in cleaned):
        raise AnsweringError("the question is empty", next_step='ask one, as in: cpo ask "What is CPO?"')
    if len(cleaned) > limit:
        raise AnsweringError(
            f"the question has {len(cleaned):,} characters, over the limit of {limit:,}",
            next_step="shorten it, or ingest the text and ask about it",
        )
    return cleaned


def estimate_tokens(text: str) -> int:
    """About how many tokens a text is: one for each character of Chinese or Japanese, one for four of any other."""
    wide = sum("\u3040" <= character <= "\u9fff" or "\uac00" <= character <= "\ud7a3" for character in text)
    return wide + (len(text) - wide + 3) // 4
