"""Call a model with patience: try again what may pass, count what it takes, and stop at the limits of the question."""

from collections.abc import Callable
from decimal import Decimal
from typing import TYPE_CHECKING

from agent.answer import Step, Usage
from agent.background import Tell
from agent.errors import ModelFailure
from agent.failures import Failure, Kind, is_our_bug, read_failure
from agent.limits import Clock, Limits, estimate_tokens
from agent.prices import Price
from corpus.errors import AnalystError

if TYPE_CHECKING:
    from langchain_core.messages import AIMessage

_MOST_TRIES = 4
_FIRST_WAIT = 1.0
"""Seconds before the second try; each further wait is twice as long."""


class Refused(ModelFailure):
    """A call that will not succeed however often it is made; ``kind`` tells whether another protocol may."""

    kind: Kind = "other"


class Patience:
    """The calls of one model for one question."""

    def __init__(self, name: str, limits: Limits, price: Price | None, clock: Clock) -> None:
        self._name = name
        self._limits = limits
        self._price = price
        self._clock = clock
        self._started = clock.now()
        self._calls = self._sent = self._received = 0
        self._estimated = 0
        self._unreported = False

    @property
    def usage(self) -> Usage:
        """What the calls took so far."""
        known = self._price is not None and not (self._unreported and self._price != Price(Decimal(0), Decimal(0)))
        cost = self._price.cost(self._sent, self._received) if self._price is not None and known else None
        seconds = round(self._clock.now() - self._started, 3)
        return Usage(self._name, self._calls, self._sent, self._received, cost, seconds)

    def call(self, ask: "Callable[[], AIMessage]", tell: Tell, sent: str = "") -> "AIMessage":
        """Make a call, and make it again where that may help.

        Args:
            tell: Takes in a Step for each time it is tried again.
            sent: All that the model is sent, for an estimate of its tokens.

        Raises:
            Refused: Trying again would not help, or did not.
            ModelFailure: A limit is reached.
        """
        for attempt in range(_MOST_TRIES):
            self.check()
            try:
                message = ask()
            except AnalystError:
                raise
            except Exception as error:
                if is_our_bug(error):
                    raise
                failure = read_failure(error)
                wait = max(_FIRST_WAIT * 2**attempt, failure.wait)
                if not failure.passing or attempt + 1 == _MOST_TRIES or wait >= self.left():
                    raise self._refused(failure, attempt + 1) from error
            else:
                self._count(message, sent)
                return message
            tell(Step("retry", f"the model {failure.says}; trying again in {wait:g} s", failure.cause))
            self._clock.sleep(wait)
        raise AssertionError("the last try returns or raises")

    def check(self) -> None:
        """See that the question may take another call.

        Raises:
            ModelFailure: Its time or its tokens are used up.
        """
        if self.left() <= 0:
            raise self.too_slow()
        used = self._sent + self._received + self._estimated
        if used >= self._limits.tokens:
            raise ModelFailure(
                f"the model {self._name!r} used {used:,} tokens, of {self._limits.tokens:,} that a question may take",
                next_step="raise --max-tokens, ask something narrower, or add --fallback offline",
            )

    def left(self) -> float:
        """Seconds until the question's time is used up."""
        return self._limits.seconds - (self._clock.now() - self._started)

    def too_slow(self) -> ModelFailure:
        """The failure of a model whose time is used up."""
        return ModelFailure(
            f"the model {self._name!r} did not finish within {self._limits.seconds:g} s",
            next_step="raise --max-seconds, use a faster --model, or add --fallback offline",
        )

    def _refused(self, failure: Failure, tries: int) -> Refused:
        times = f" ({tries} tries)" if tries > 1 else ""
        refused = Refused(
            f"the model {self._name!r} {failure.says}{times}: {failure.cause}", next_step=failure.next_step
        )
        refused.kind = failure.kind
        return refused

    def _count(self, message: "AIMessage", sent: str) -> None:
        self._calls += 1
        if tokens := message.usage_metadata:
            self._sent += tokens["input_tokens"] or 0
            self._received += tokens["output_tokens"] or 0
        else:
            self._unreported = True
            self._estimated += estimate_tokens(sent) + estimate_tokens(message.text)
