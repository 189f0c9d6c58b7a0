"""The nouns of finding operands: Operand, Plan, Unsettled."""

from dataclasses import dataclass
from decimal import Decimal
from typing import Literal

from agent.calculator.formula import Bilingual, Interval
from agent.calculator.rounding import OPEN, Rounding
from agent.operands.figures import PLAIN_UNITS

Operation = Literal[
    "change", "growth", "difference", "share", "times", "sum", "average", "highest", "lowest", "count", "cagr", "ratio"
]
"""What a question asks to be worked out; "change" and "growth" are over time, "difference" is between two things (also
by how many per cent they differ), and "ratio" is one of the named ratios."""

Reason = Literal["no arithmetic", "no figures", "not found", "no such period", "ambiguous", "not exact", "zero base"]
"""Why nothing is computed.

==============  ==================================================================================
no arithmetic   the question asks for no operation known here
no figures      the passages hold no numbers
not found       no figure goes by what the question asks about
no such period  there are figures for it, but not for the year or quarter asked about
ambiguous       several figures with different values fit equally well
not exact       the figure is a bound ("under 12 W"), or units differ
zero base       the quotient's divisor is zero, or growth is asked of a negative base
==============  ==================================================================================
"""


@dataclass(frozen=True, slots=True)
class Operand:
    """One number of a document: ``passage.text[start:end] == text``, always.

    Attributes:
        name: What the expression calls it: "Revenue_2019", "营业收入_2019".
        value: The number in ``unit`` × the Plan's scale, its sign read from the page: "(1,234)" is -1234, "—" is 0.
        unit: "USD", "%", "W" … where the page gives one, else "".
        label: The words it stands under, for people: "Revenue · 2019".
    """

    name: str
    text: str
    passage_id: str
    start: int
    end: int
    value: Decimal | Interval
    unit: str
    label: str

    @property
    def given(self) -> str:
        """The value with its unit, as the calculator reads it: "-1234 USD", "14 to 16 W"."""
        return self.times(Decimal(1))

    def times(self, scale: Decimal) -> str:
        """The same in full, where the page counts in thousands or millions; a share or a factor takes no scale."""
        factor = Decimal(1) if self.unit in PLAIN_UNITS else scale
        ends = (self.value.low, self.value.high) if isinstance(self.value, Interval) else (self.value,)
        number = " to ".join(f"{end * factor:f}" for end in ends)
        return f"{number}{self.unit}" if self.unit == "x" else f"{number} {self.unit}".strip()


@dataclass(frozen=True, slots=True)
class Plan:
    """Arithmetic that answers a question from numbers that stand in documents.

    Attributes:
        expression: What agent.calculator.expression evaluates, over the operands' names.
        unit: Of the result: "%", "pp", "USD", "W", "years" …; "" for a plain number.
        scale: What the operands are in: 1, or 1000000 where the page says "in millions".
        rounding: What the question asks the result to be rounded to.
        formula: Id of the named ratio it follows, or "".
        chosen: For "which year was highest": what tells the answer from the other operands (its year, its row),
            of several that are equal "2018 / 2019"; else "".
        notes: How the question was read where it could be read otherwise.
    """

    operation: Operation
    expression: str
    operands: tuple[Operand, ...]
    unit: str = ""
    scale: Decimal = Decimal(1)
    rounding: Rounding = OPEN
    formula: str = ""
    chosen: str = ""
    notes: tuple[Bilingual, ...] = ()

    @property
    def result_scale(self) -> Decimal:
        """What the result is in: the operands' scale where they are added up, 1 for a ratio, a rate or a count."""
        added = self.operation in ("change", "difference", "sum", "average", "highest", "lowest")
        return self.scale if added and self.unit != "%" else Decimal(1)


@dataclass(frozen=True, slots=True)
class Unsettled:
    """Why no arithmetic is proposed.

    Attributes:
        about: The words of the question that could not be settled, or "".
        words: A sentence for people.
    """

    reason: Reason
    about: str
    words: Bilingual
