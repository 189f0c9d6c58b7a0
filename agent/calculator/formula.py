"""The nouns of the calculator: Bilingual, Parameter, Output, Caution, Formula."""

from collections.abc import Callable
from dataclasses import dataclass
from decimal import Decimal
from typing import Any, Literal

Shape = Literal["number", "integer", "named", "counted"]
"""One number; one whole number; several named numbers (losses); several (count, number) pairs (a fleet)."""

Function = Callable[..., "Decimal | bool | tuple[Decimal | bool, ...]"]


@dataclass(frozen=True, slots=True)
class Bilingual:
    """The same words in English and Chinese."""

    en: str
    zh: str

    def say(self, language: str) -> str:
        """The words in that language; English where it is neither."""
        return self.zh if language == "zh" else self.en


@dataclass(frozen=True, slots=True)
class Item:
    """One of several numbers given to a parameter: a named loss, or ``count`` things of ``value`` each."""

    value: Decimal
    name: str = ""
    count: Decimal = Decimal(1)


_RANGE_WORDS = {
    "en": ("above ", "at least ", "at most ", " to ", "any number"),
    "zh": ("大于 ", "至少 ", "至多 ", " 至 ", "任意数值"),
}


@dataclass(frozen=True, slots=True)
class Parameter:
    """One argument of a formula.

    Attributes:
        symbol: How it is written in the formula.
        unit: The unit of a bare number, "" for none.
        low, high: Range in that unit; ``None`` where there is no end. ``above`` excludes ``low`` itself.
        default: Its value when left out; ``None`` means it must be given.
        cues: Words beside a number in a question that say the number is this argument.
        leads: Words that say so only before the number ("from", "降到").
        pattern: Regular expression of a notation of its own ("1:8"), whose first group is this argument; "" for none.
    """

    name: str
    symbol: str
    unit: str
    meaning: Bilingual
    low: Decimal | None = None
    high: Decimal | None = None
    above: bool = False
    default: Decimal | None = None
    shape: Shape = "number"
    cues: tuple[str, ...] = ()
    leads: tuple[str, ...] = ()
    pattern: str = ""

    def interval(self, language: str = "en") -> str:
        """The allowed range in words: "0 to 1000 pJ/bit", "above 0 W", "any number"."""
        above, least, most, to, free = _RANGE_WORDS["zh" if language == "zh" else "en"]
        unit = f" {self.unit}" if self.unit else ""
        if self.low is None and self.high is None:
            return f"{free}{unit}"
        if self.low is None:
            return f"{most}{self.high}{unit}"
        if self.high is None:
            return f"{above if self.above else least}{self.low}{unit}"
        return f"{above if self.above else ''}{self.low}{to}{self.high}{unit}"

    def allows(self, value: Decimal) -> bool:
        """Whether a value in the parameter's unit is in range."""
        if self.low is not None and (value <= self.low if self.above else value < self.low):
            return False
        return self.high is None or value <= self.high


@dataclass(frozen=True, slots=True)
class Output:
    """One result of a formula.

    Attributes:
        template: The formula of this output with ``{parameter}`` and ``{earlier output}`` in braces; filled with
            symbols or with numbers it gives the lines people read.
        brief: A shorter template, right while every optional argument keeps its default.
    """

    name: str
    symbol: str
    unit: str
    meaning: Bilingual
    template: str
    brief: str = ""


@dataclass(frozen=True, slots=True)
class Caution:
    """A warning, given when its condition holds for the arguments."""

    when: Callable[..., bool]
    words: Bilingual


@dataclass(frozen=True, slots=True)
class Formula:
    """A function of the calculator with all that people and models need to know about it.

    Attributes:
        aliases: Other names, in both languages; also the words that call for the formula in a question.
        assumptions: What it takes for granted and where it breaks.
        source: Where the relation is published.
    """

    id: str
    version: int
    group: str
    name: Bilingual
    aliases: tuple[str, ...]
    parameters: tuple[Parameter, ...]
    outputs: tuple[Output, ...]
    assumptions: tuple[Bilingual, ...]
    source: str
    function: Function
    cautions: tuple[Caution, ...] = ()

    @property
    def text(self) -> str:
        """The formula in symbols, one equation for each output."""
        symbols: dict[str, Any] = {p.name: p.symbol for p in self.parameters} | {o.name: o.symbol for o in self.outputs}
        return "; ".join(f"{output.symbol} = {output.template.format(**symbols)}" for output in self.outputs)

    @property
    def required(self) -> tuple[Parameter, ...]:
        """The parameters that must be given."""
        return tuple(parameter for parameter in self.parameters if parameter.default is None)
