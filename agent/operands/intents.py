"""The nouns of a question: Intent, Term, Threshold."""

from dataclasses import dataclass
from decimal import Decimal
from typing import Literal

from agent.operands.periods import Period
from agent.operands.plan import Operation
from agent.operands.ratios import Ratio

Comparison = Literal[">", "<", "≥", "≤"]


@dataclass(frozen=True, slots=True)
class Term:
    """A thing asked about, and the periods asked for it."""

    text: str
    periods: tuple[Period, ...] = ()


@dataclass(frozen=True, slots=True)
class Threshold:
    """What a count is limited to: ``value`` in full, and the ``scale`` it is worded in (1000000 for "$2 million")."""

    comparison: Comparison
    value: Decimal
    unit: str
    scale: Decimal = Decimal(1)


@dataclass(frozen=True, slots=True)
class Intent:
    """What a question asks for.

    Attributes:
        terms: (part, whole) for a share, (a, b) for a difference or a factor, else the one thing that is asked about.
        ranged: Whether "2017 to 2019" stands for every year from the one to the other.
        unit: What the answer is in, where the question's words say so: "%" or "".
        every: Whether all rows of a kind are meant, or (of a change) the averages of each stretch of time.
        quarters: Whether quarters are counted or averaged, and years will not do.
        relative: Of a difference in per cent of the second of two things: whether the first lies above or below it.
        context: What the question says before it comes to its two things: "In the second table, …".
        fuller: The one thing with the "total" or "average" before it that may say what to do, or be part of its name.
    """

    operation: Operation
    terms: tuple[Term, ...]
    ranged: bool = False
    unit: str = ""
    ratio: Ratio | None = None
    threshold: Threshold | None = None
    every: bool = False
    quarters: bool = False
    relative: Literal["", "above", "below"] = ""
    context: str = ""
    fuller: str = ""
