"""The numbers of a question: the nouns."""

import re
from dataclasses import dataclass, replace
from decimal import Decimal

from agent.calculator.formula import Parameter
from agent.calculator.routing.words import nearness, parts_clause
from corpus.quantities import Bound, flatten


@dataclass(frozen=True, slots=True)
class Figure:
    """A number as one argument may take it.

    Attributes:
        words: What to hand to the calculator: the question's own words, with a unit that stands beside them.
        bound: "=" or "~" for the number itself; any other says that it is a limit.
        told: Its words have taken in a "per" that stands elsewhere.
        free: It may stay unused: a product's name, a date, the wavelength of a laser, the number of things listed.
        change: It is by how much something rose or fell, and no level.
        year: The year that a list of dates gives it; 0 where none does.
        before, after: The words beside it that may speak of it, in lower case.
        loose_before, loose_after: Those words may as well speak of the number on their other side.
    """

    start: int
    end: int
    words: str
    low: Decimal
    high: Decimal
    unit: str
    bound: Bound
    free: bool = False
    told: bool = False
    change: bool = False
    before: str = ""
    after: str = ""
    loose_before: bool = False
    loose_after: bool = False
    year: int = 0

    def near(self, parameter: Parameter) -> float:
        """How strongly the words beside it name that argument; 0 where they do not."""
        loose = (self.loose_before, self.loose_after)
        return nearness(self.before, self.after, loose, parameter.cues, parameter.leads)

    @property
    def is_count(self) -> bool:
        """Whether it may count things."""
        whole = self.low == self.high == self.low.to_integral_value()
        return self.unit == "" and whole and self.low >= 1 and self.end > self.start


@dataclass(frozen=True, slots=True)
class Reading:
    """A question read once.

    Attributes:
        text: The question with plain characters, as long as the question itself.
        low: The same in lower case.
        figures: Its numbers, left to right.
        dates: (start, end, year) of each year named.
        allowed: The numbers that may be used.
        apart: Numbers of different cases, side by side, which nothing takes together.
    """

    text: str
    low: str
    figures: tuple[Figure, ...]
    dates: tuple[tuple[int, int, int], ...]
    allowed: frozenset[int]
    apart: frozenset[tuple[int, int]] = frozenset()

    @property
    def counts(self) -> dict[int, int]:
        """Value → the count right before it, of what has that value: "64 ports at 21 W each"."""
        return {
            at: at - 1
            for at, figure in enumerate(self.figures)
            if at and figure.unit and self.figures[at - 1].is_count and not self.figures[at - 1].free
            and not parts_clause(self.low[self.figures[at - 1].end : figure.start])
        }  # fmt: skip

    def within(self, first: int, last: int) -> "Reading":
        """The same with only some of its sentences, the first and the last of them included: the rest is blank."""
        ends = [mark.end() for mark in _STOP.finditer(self.low)]
        start = ends[first - 1] if first else 0
        end = ends[last] if last < len(ends) else len(self.low)
        blank = (" " * start, " " * (len(self.low) - end))
        allowed = frozenset(at for at in self.allowed if start <= self.figures[at].start < end)
        text, low = (f"{blank[0]}{whole[start:end]}{blank[1]}" for whole in (self.text, self.low))
        dates = tuple(date for date in self.dates if start <= date[0] < end)
        return replace(self, text=text, low=low, dates=dates, allowed=allowed)

    def sentence(self, at: int) -> int:
        """The number of the sentence at that character."""
        return sentence_at(self.low, at)

    @property
    def needed(self) -> frozenset[int]:
        """The numbers that a calculation must use, or it is another one."""
        return frozenset(at for at, figure in enumerate(self.figures) if not figure.free)


def sentence_at(low: str, at: int) -> int:
    """The number of the sentence at a character of the text, from 0."""
    return sum(mark.end() <= at for mark in _STOP.finditer(low))


_STOP = re.compile(r"[?!;。？！；]|\.(?=\s)")

CENTS = re.compile(r"\s?(?:(?:us |euro )?cents?(?![a-z])|¢|美分|欧分|分钱|毛钱|角(?![度落色形膜]))")

RADIUS = re.compile(r"radi(?:us|i)|半径|半徑")

LARGEST_MODE = Decimal("1e-4")


def plain(value: Decimal) -> str:
    """A number in digits, without an exponent."""
    return f"{value.normalize():f}"


def first_number(words: str) -> Decimal:
    """The first number in some words as its digits say, without a scale; 1 where there is none."""
    digits = re.search(r"[0-9][0-9,]*(?:\.[0-9]+)?", flatten(words))
    return Decimal(digits[0].replace(",", "")) if digits else Decimal(1)


_DEVICE = (
    r"\s?-?\+?(?:以上|及以上)?的?(?:of |/)?(?:[a-z][a-z0-9-]{1,6} )?"
    r"(?:optical |co-packaged |pluggable |cpo |npo |lpo |retimed |硅光|光|可插拔)*(?:ports?|switch|"
    r"module|transceiver|link|lane|engine|chip|asic|pluggable|shipments?|market|端口|出货|市场|交换|模块|链路|通道|引擎|芯片|可插拔|ポート|スイッチ|モジュール)"
)
NAMES_A_DEVICE = re.compile(_DEVICE)
"""What after a rate makes it part of a name: "800G modules"."""
