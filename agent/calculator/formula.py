"""The nouns of the calculator: Bilingual, Interval, Item, Parameter, Output, Caution, Formula."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any, Literal

Shape = Literal["number", "integer", "list", "named", "counted", "matrix", "choice", "flag"]
"""What an argument is, and what its function gets:

========  ==============================================  =================================
number    one number                                      Decimal
integer   one whole number                                Decimal
list      several numbers (yields of five steps)          tuple[Decimal, ...]
named     several named numbers (losses)                  tuple[Item, ...]
counted   several (count, number) pairs (a fleet)         tuple[Item, ...]
matrix    rows of numbers (thermal resistances)           tuple[tuple[Decimal, ...], ...]
choice    one of a few words ("poisson")                  str
flag      yes or no                                       bool
========  ==============================================  =================================
"""

MONEY = "¤"
"""In a unit: any currency, the same one wherever it stands in the formula ("¤", "¤/kWh", "¤/years")."""

ANY = "*"
"""In a unit: any unit, the same one wherever it stands in the formula; no unit at all, too."""

Function = Callable[..., Any]
"""Arguments by name, as its Shape says; a Decimal, bool, None (does not apply), list of Decimals, or a tuple of these,
one for each output."""


@dataclass(frozen=True, slots=True)
class Bilingual:
    """The same words in English and Chinese."""

    en: str
    zh: str

    def say(self, language: str) -> str:
        """The words in that language; English where it is neither."""
        return self.zh if language == "zh" else self.en


@dataclass(frozen=True, slots=True)
class Interval:
    """All numbers from ``low`` to ``high``, both included."""

    low: Decimal
    high: Decimal


@dataclass(frozen=True, slots=True)
class Item:
    """One of several numbers given to a parameter: a named loss, or ``count`` things of ``value`` each."""

    value: Decimal
    name: str = ""
    count: Decimal = Decimal(1)


@dataclass(frozen=True, slots=True)
class RangedItem:
    """An Item as the user gave it, which may be a range; functions only ever get the Items within it."""

    value: Decimal | Interval
    name: str = ""
    count: Decimal = Decimal(1)


_RANGE_WORDS = {
    "en": ("above ", "at least ", "at most ", " to ", "any number", "one of ", "yes or no"),
    "zh": ("大于 ", "至少 ", "至多 ", " 至 ", "任意数值", "取值 ", "是或否"),
}


@dataclass(frozen=True, slots=True)
class Parameter:
    """One argument of a formula.

    Attributes:
        symbol: How it is written in the formula.
        unit: The unit of a bare number, "" for none; "°C" is a temperature and "K" a difference of two.
        low, high: Range in that unit; ``None`` where there is no end. ``above`` excludes ``low`` itself. Each number
            of a list must be in range.
        allowed: The only values there are (PAM levels 2, 4, 8); empty for all.
        default: Its value when left out; ``None`` means it must be given, unless ``optional``.
        optional: It may be left out, and the function then gets ``None``.
        choices: Of a choice: each value, followed by other words for it. Of a number: those with names (4, PAM4).
        turns: Where the result may turn from rising to falling as this argument grows: constants, or names of other
            arguments. A range is then computed there too.
        wavy: The result may turn anywhere, so a range is sampled (and the result says so).
        basis: It is an energy or a power of optics, which carries a basis (net or line rate, one direction or both,
            engine alone or with its laser).
        assumption: Id of the sourced figure, in the reference table, that the default is; "" for none.
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
    allowed: tuple[Decimal, ...] = ()
    default: Decimal | bool | str | None = None
    optional: bool = False
    shape: Shape = "number"
    choices: tuple[tuple[str, ...], ...] = ()
    turns: tuple[str | Decimal, ...] = ()
    wavy: bool = False
    basis: bool = False
    assumption: str = ""
    cues: tuple[str, ...] = ()
    leads: tuple[str, ...] = ()
    pattern: str = ""

    @property
    def required(self) -> bool:
        """Whether it must be given."""
        return self.default is None and not self.optional

    def interval(self, language: str = "en") -> str:
        """The allowed values in words: "0 to 1000 pJ/bit", "above 0 W", "one of 2, 4, 8", "any number"."""
        above, least, most, to, free, one_of, flag = _RANGE_WORDS["zh" if language == "zh" else "en"]
        unit = f" {self.unit}" if self.unit and self.unit not in (MONEY, ANY) else ""
        if self.shape == "flag":
            return flag
        if self.choices or self.allowed:
            return one_of + ", ".join(str(value) for value in self.allowed or [names[0] for names in self.choices])
        if self.low is None and self.high is None:
            return f"{free}{unit}"
        start = (
            "" if self.low is None else f"{above if self.above else '' if self.high is not None else least}{self.low}"
        )
        if self.high is None:
            return f"{start}{unit}"
        if self.low is None:
            return f"{most}{_digits(self.high)}{unit}"
        return f"{start}{to}{_digits(self.high)}{unit}"

    def allows(self, value: Decimal) -> bool:
        """Whether a value in the parameter's unit is in range."""
        if self.allowed and value not in self.allowed:
            return False
        if self.low is not None and (value <= self.low if self.above else value < self.low):
            return False
        return self.high is None or value <= self.high


def _digits(value: Decimal) -> str:
    """The end of a range as people write it: "1,000,000", "10^30"."""
    if (
        abs(value) >= 10**12
        and value.as_tuple().digits[:1] == (1,)
        and abs(value) == Decimal(1).scaleb(value.adjusted())
    ):
        return f"10^{value.adjusted()}"
    return f"{value:,f}" if abs(value) >= 10000 else str(value)


@dataclass(frozen=True, slots=True)
class Output:
    """One result of a formula.

    Attributes:
        template: The formula of this output with ``{parameter}`` and ``{earlier output}`` in braces; filled with
            symbols or with numbers it gives the lines people read.
        cases: (argument, its value as shown, template) of each way a choice or a flag may go, where it changes the
            equation; the first that holds is used.
        brief: A shorter template, right while the arguments that only ``template`` has are left out.
        cues: Words that ask for this result in a question ("watts saved", "省多少"), beside the formula's aliases.
        basis: It is an energy or a power of optics, which takes over the basis of the arguments.
    """

    name: str
    symbol: str
    unit: str
    meaning: Bilingual
    template: str
    brief: str = ""
    cases: tuple[tuple[str, str, str], ...] = ()
    cues: tuple[str, ...] = ()
    basis: bool = False


@dataclass(frozen=True, slots=True)
class Caution:
    """A warning, given when its condition holds for the arguments."""

    when: Callable[..., bool]
    words: Bilingual


@dataclass(frozen=True, slots=True)
class Requirement:
    """What must hold between arguments ("k ≤ n"); where it does not, the calculation is refused in these words."""

    holds: Callable[..., bool]
    words: Bilingual


@dataclass(frozen=True, slots=True)
class Formula:
    """A function of the calculator with all that people and models need to know about it.

    Attributes:
        aliases: Other names, in both languages; also the words that call for the formula in a question.
        latex: The equations as LaTeX mathematics, without dollar signs.
        assumptions: What it takes for granted and where it breaks.
        source: Where the relation is published.
        example: Argument → text, as a user would type it; a real case that computes.
        requirements: What must hold between arguments.
        compared: Arguments that are set against each other, and so must be on one basis.
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
    latex: str = ""
    example: Mapping[str, str] = field(default_factory=dict)
    cautions: tuple[Caution, ...] = ()
    requirements: tuple[Requirement, ...] = ()
    compared: tuple[str, ...] = ()

    @property
    def text(self) -> str:
        """The formula in symbols, one equation for each output."""
        symbols: dict[str, Any] = {p.name: p.symbol for p in self.parameters} | {o.name: o.symbol for o in self.outputs}
        equations = [
            (output.symbol, template.format(**symbols))
            for output in self.outputs
            for template in (dict.fromkeys(case[2] for case in output.cases) or (output.template,))
        ]
        return "; ".join(right if symbol == right else f"{symbol} = {right}" for symbol, right in equations)

    @property
    def required(self) -> tuple[Parameter, ...]:
        """The parameters that must be given."""
        return tuple(parameter for parameter in self.parameters if parameter.required)
