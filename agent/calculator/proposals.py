"""Choose a formula for a question and find its arguments there, or say no.

A formula is proposed only when the question asks for what the formula gives (by its unit, or by one of its names),
every required argument stands in the question exactly once, and no measured number is left over. A question that
merely mentions 800G asks for no calculation.
"""

import re
from dataclasses import dataclass
from decimal import Decimal
from itertools import permutations

from agent.calculator.formula import Formula, Parameter
from agent.calculator.registry import formulas
from agent.calculator.units import convertible, read_number
from agent.errors import CalculationError
from corpus.quantities import Quantity, find_quantities, flatten

_LONGEST_QUESTION = 2000
_BESIDE = 26  # how far from a number a cue word may stand


@dataclass(frozen=True, slots=True)
class Proposal:
    """A formula that would answer a question.

    Attributes:
        inputs: Argument name → its text, word for word as in the question.
        missing: Required arguments that the question does not give.
    """

    formula_id: str
    inputs: dict[str, str]
    missing: tuple[str, ...] = ()


def propose(question: str) -> Proposal | None:
    """The one formula that answers the question with its own numbers, or None when none does or several might.

    Arguments are missing from a proposal only where the question plainly orders a calculation ("calculate …").
    """
    asked = _Asked.read(question)
    if asked is None:
        return None
    fits = sorted((fit for known in formulas() if (fit := _fit(asked, known))), key=lambda fit: -fit.score)
    complete = [fit for fit in fits if not fit.missing]
    best = complete or [fit for fit in fits if fit.inputs and _ORDER.search(asked.text)]
    if not best or (len(best) > 1 and best[0].score == best[1].score):
        return None
    return Proposal(best[0].formula.id, best[0].inputs, best[0].missing)


def find_formula(question: str) -> tuple[Formula, ...]:
    """Formulas that may fit a question, best first: by their names, the unit asked for and the numbers given."""
    text = flatten(question[:_LONGEST_QUESTION])
    measures = [q for q in find_quantities(text) if q.unit and q.kind in ("measure", "label")]
    scores = {known.id: _relevance(known, text, measures) for known in formulas()}
    return tuple(sorted((f for f in formulas() if scores[f.id] > 0), key=lambda f: (-scores[f.id], f.id)))


def _relevance(formula: Formula, text: str, measures: list[Quantity]) -> int:
    named = 3 * _mentions(
        text, (formula.id, formula.id.replace("_", " "), *formula.aliases, formula.name.en, formula.name.zh)
    )
    wanted = 2 * any(_asks_for(text, output.unit) for output in formula.outputs if output.unit)
    given = sum(any(convertible(q.unit, p.unit) for q in measures) for p in formula.parameters if p.unit)
    return named + wanted + given if named or wanted else 0


# --- What is asked for ------------------------------------------------------------------------------------------------

_LOOKUP = re.compile(
    r"(?:^|[.?!]\s)\s*(?:in |by |for |and )?(?:which|who|whose|when|where|why)(?![a-z])"
    r"|哪[些家个]|谁|为什么|何时|什么时候",
    re.IGNORECASE,
)
_ORDER = re.compile(
    r"(?<![a-z])(?:calculate|compute|convert|work out)(?![a-z])|计算|换算|算一下|算出|(?<![需要请追谋])求",
    re.IGNORECASE,
)
# What people call the units of results; the words that ask come before or after them.
_UNIT_NAMES = {
    "W": r"watts?|W|瓦特?|ワット", "kW": r"kilowatts?|kW|千瓦|キロワット", "mW": r"milliwatts?|mW|毫瓦|ミリワット",
    "MWh": r"megawatt[- ]hours?|MWh|兆瓦时|千瓦时|kWh|度电?",
    "pJ/bit": r"pJ/b(?:it)?|pj per bit|picojoules? per bit|皮焦",
    "dB": r"dB|decibels?|分贝", "dBm": r"dBm", "%": r"percent(?:age)?|per cent|%|百分之多少|百分比|百分之几",
    "x": r"times|倍数?|ratio|linear|线性",
}  # fmt: skip
_BEFORE_UNIT = r"(?:how many|how much in|what|in|into|to|as|多少|几|何|成|为|到|等于多少|合多少|转)\s?(?:a |an |the )?"
_SUBJECTS = {  # the everyday name of a result, where no unit is named
    "W": r"(?:how much|what(?: is| would be|'s)?(?: the| its)?(?: total)?(?: [a-z-]+){0,3}) power"
         r"|power (?:consumption|draw|use)"
         r"|功耗[是为]?(?:多少|多大|几)|功率[是为]?(?:多少|多大)|消費電力",
    "kW": r"(?:how much|what)(?: [a-z-]+){0,4} power|总?功耗[是为]?(?:多少|多大)",
    "MWh": r"how much (?:energy|electricity)|耗电(?:量)?[是为]?多少|用电(?:量)?[是为]?多少|多少电",
    "pJ/bit": r"energy per bit|energy efficiency|单比特能耗|每比特能耗|每比特(?:的)?能耗|能效[是为]?多少",
    "dB": r"(?:what|how much)(?: [a-z-]+){0,5} (?:loss|attenuation)|损耗[是为]?(?:多少|多大)|衰减[是为]?(?:多少|多大)",
}  # fmt: skip


def _asks_for(text: str, unit: str) -> int:
    """2 where the text asks for a result in this unit by name, 1 by its everyday name, else 0."""
    return _ASKS[unit](text) if unit in _ASKS else 0


def _asking(unit: str) -> re.Pattern[str]:
    asking = rf"{_BEFORE_UNIT}(?:{_UNIT_NAMES[unit]})(?![A-Za-z/])"
    return re.compile(rf"{asking}|百分之[多几]" if unit == "%" else asking)


@dataclass(frozen=True, slots=True)
class _Ask:
    by_unit: re.Pattern[str]
    by_subject: re.Pattern[str] | None

    def __call__(self, text: str) -> int:
        if self.by_unit.search(text):
            return 2
        return 1 if self.by_subject and self.by_subject.search(text) else 0


_ASKS = {
    unit: _Ask(_asking(unit), re.compile(_SUBJECTS[unit], re.IGNORECASE) if unit in _SUBJECTS else None)
    for unit in _UNIT_NAMES
}


def _mentions(text: str, names: tuple[str, ...]) -> bool:
    lowered = text.lower()
    return any(_stands(lowered, name.lower()) for name in names)


def _stands(text: str, word: str) -> bool:
    """Whether a word stands in the text: whole, where it is Latin; both in lower case."""
    at = text.find(word)
    while at >= 0:
        end = at + len(word)
        before, after = text[at - 1 : at], text[end : end + 1]
        if not (word[0].isascii() and before.isascii() and before.isalnum()) and not (
            word[-1].isascii() and after.isascii() and after.isalpha()
        ):
            return True
        at = text.find(word, at + 1)
    return False


# --- Finding operands -------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class _Asked:
    """A question read once: its text, its measured numbers, and its plain numbers."""

    text: str
    original: str
    measures: tuple[Quantity, ...]
    counts: tuple[Quantity, ...]

    @classmethod
    def read(cls, question: str) -> "_Asked | None":
        """None for what cannot be a calculation: too long, numberless, or asking who, which, when, where or why."""
        if len(question) > _LONGEST_QUESTION or _LOOKUP.search(question):
            return None
        found = find_quantities(question)
        if any(q.low != q.high or q.bound not in "=~" for q in found if q.kind in ("measure", "count")):
            return None
        measures = tuple(q for q in found if q.unit and q.kind in ("measure", "label"))
        counts = tuple(q for q in found if not q.unit and q.kind == "count")
        return cls(flatten(question), question, measures, counts) if measures or counts else None

    def before(self, quantity: Quantity) -> str:
        """The words before a number, back to the number before it."""
        ends = [q.end for q in (*self.measures, *self.counts) if q.end <= quantity.start]
        words = self.text[max([quantity.start - _BESIDE, *ends, 0]) : quantity.start]
        return _CLAUSE_END.split(words)[-1].lower()

    def after(self, quantity: Quantity) -> str:
        """The words after a number, up to the next number or the end of the clause."""
        starts = [q.start for q in (*self.measures, *self.counts) if q.start >= quantity.end]
        words = self.text[quantity.end : min([quantity.end + _BESIDE, *starts])]
        return _CLAUSE_END.split(words)[0].lower()


_CLAUSE_END = re.compile(r"[,.;:?!，。；：？！、]")


@dataclass(frozen=True, slots=True)
class _Fit:
    """A formula tried on a question."""

    formula: Formula
    inputs: dict[str, str]
    missing: tuple[str, ...]
    score: int


def _fit(asked: _Asked, formula: Formula) -> _Fit | None:
    """The formula with its arguments from the question; None where it is not asked for or leaves a number unused."""
    wanted = max((_asks_for(asked.text, o.unit) for o in formula.outputs if o.unit), default=0)
    named = _mentions(asked.text, formula.aliases)
    if not (wanted or named):
        return None
    bound: dict[str, tuple[Quantity, ...]] = {}
    inputs: dict[str, str] = {}
    left = [q for q in asked.measures if q.text not in formula.aliases]  # 一年 asks for a year's energy
    for parameter in formula.parameters:
        if not parameter.unit or parameter.default is not None:
            _take_by_cue(asked, parameter, left, inputs)
    if not _take_by_unit(asked, formula, left, inputs, bound):
        return None
    if any(q.kind == "measure" for q in left):
        return None
    missing = tuple(p.name for p in formula.required if p.name not in inputs)
    as_written = sum(_keeps_digits(q, p) for p in formula.parameters for q in bound.get(p.name, ()))
    return _Fit(formula, inputs, missing, 10 * wanted + 4 * named + 2 * len(inputs) + as_written)


def _take_by_cue(asked: _Asked, parameter: Parameter, left: list[Quantity], inputs: dict[str, str]) -> None:
    """Bind an optional or unitless argument, which only a cue word right beside its number can name."""
    if parameter.pattern and (noted := re.search(parameter.pattern, asked.text)):
        inputs[parameter.name] = asked.original[noted.start(1) : noted.end(1)]
        return
    for cue in (*parameter.cues, *parameter.leads):
        word = re.escape(cue)
        latin = cue.isascii()
        ahead = rf"{'(?<![a-z])' if latin else ''}{word}\s?(?:of|at|=|:|：|为|是|约)?\s?({_AMOUNT})"
        behind = rf"({_AMOUNT})[\s-]?{word}{'(?![a-z])' if latin else ''}"
        for pattern in (ahead, behind):
            match = re.search(pattern, asked.text, re.IGNORECASE)
            if match and _readable(match[1], parameter):
                inputs[parameter.name] = asked.original[match.start(1) : match.end(1)].strip()
                for quantity in left:
                    if quantity.start < match.end(1) and match.start(1) < quantity.end:
                        left.remove(quantity)
                        if _readable(quantity.text, parameter):
                            inputs[parameter.name] = quantity.text
                        break
                return


_AMOUNT = r"[0-9]{1,12}(?:\.[0-9]{1,12})?(?:\s?(?:%|dB(?!m|/)|h(?![a-z])))?"


def _readable(text: str, parameter: Parameter) -> bool:
    try:
        return parameter.allows(read_number(text, parameter.unit))
    except CalculationError:
        return False


def _take_by_unit(
    asked: _Asked,
    formula: Formula,
    left: list[Quantity],
    inputs: dict[str, str],
    bound: dict[str, tuple[Quantity, ...]],
) -> bool:
    """Bind the required arguments that have a unit; False where the numbers do not settle which is which."""
    waiting = [p for p in formula.required if p.unit and p.name not in inputs and p.shape in ("number", "integer")]
    groups: list[list[Parameter]] = []
    for parameter in waiting:
        for group in groups:
            if convertible(parameter.unit, group[0].unit):
                group.append(parameter)
                break
        else:
            groups.append([parameter])
    for group in groups:
        found = [q for q in left if convertible(q.unit, group[0].unit)]
        chosen = _assign(asked, group, found)
        if chosen is None:
            return False
        for name, quantity in chosen.items():
            inputs[name] = quantity.text
            bound[name] = (quantity,)
            left.remove(quantity)
    return all(
        _take_several(asked, p, left, inputs, bound) for p in formula.required if p.shape in ("named", "counted")
    )


def _assign(asked: _Asked, group: list[Parameter], found: list[Quantity]) -> dict[str, Quantity] | None:
    """Which number is which argument; None where there are too many numbers or the words do not tell."""
    if not found:
        return {}
    if len(found) > len(group):
        return None
    if len(group) == 1:
        return {group[0].name: found[0]}

    def strength(order: tuple[Parameter, ...]) -> int:
        return sum(_cued(asked, parameter, quantity) for parameter, quantity in zip(order, found, strict=True))

    first, second, *_ = sorted(permutations(group, len(found)), key=strength, reverse=True)
    if strength(first) == 0 or strength(first) == strength(second):
        return None
    return {parameter.name: quantity for parameter, quantity in zip(first, found, strict=True)}


def _cued(asked: _Asked, parameter: Parameter, quantity: Quantity) -> int:
    """How strongly the words beside a number say that it is this argument: "9 W CPO" most, "CPO at 9 W" next."""
    before, after = asked.before(quantity), asked.after(quantity)
    cues = [cue.lower() for cue in parameter.cues]
    leads = [lead.lower() for lead in parameter.leads]
    touching = any(after.lstrip(" -的").startswith(cue) for cue in cues)
    return 2 * any(_stands(before, word) for word in (*cues, *leads)) + (
        3 if touching else any(_stands(after, cue) for cue in cues)
    )


def _take_several(
    asked: _Asked,
    parameter: Parameter,
    left: list[Quantity],
    inputs: dict[str, str],
    bound: dict[str, tuple[Quantity, ...]],
) -> bool:
    """Bind a list: all remaining numbers of its unit, each with the count before it where things are counted."""
    values = [q for q in left if convertible(q.unit, parameter.unit)]
    if not values:
        return True
    if parameter.shape == "counted":
        counts = [max((c for c in asked.counts if c.end <= v.start), key=lambda c: c.end, default=None) for v in values]
        if None in counts or len(set(counts)) != len(values) or len(asked.counts) != len(values):
            return False
        inputs[parameter.name] = "; ".join(f"{c.text} × {v.text}" for c, v in zip(counts, values, strict=True) if c)
    else:
        inputs[parameter.name] = "; ".join(v.text for v in values)
    bound[parameter.name] = tuple(values)
    for value in values:
        left.remove(value)
    return True


def _keeps_digits(quantity: Quantity, parameter: Parameter) -> bool:
    """Whether the number is written in the argument's own unit: 51.2 Tb/s speaks for an argument in Tb/s."""
    digits = re.search(r"[0-9][0-9,]*(?:\.[0-9]+)?", flatten(quantity.text))
    if digits is None:
        return False
    return read_number(quantity.text, parameter.unit) == Decimal(digits[0].replace(",", ""))
