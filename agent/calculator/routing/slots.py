"""Which number of a question is which argument of a formula: by unit, by the words beside it, and by its notation."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from itertools import pairwise, product

from agent.calculator.formula import ANY, MONEY, Formula, Parameter
from agent.calculator.routing.concepts import hints
from agent.calculator.routing.figures import Figure, Reading
from agent.calculator.routing.words import parts_clause, positions, stands, unlinked
from agent.calculator.units import convert, convertible
from agent.errors import CalculationError
from corpus.units import CURRENCIES

_CLOSE_CALL = 0.5  # assignments whose words speak for them about as strongly are equally good
_FILLED = 5.0  # a required argument with a number counts more than the words beside it
_MOST_TRIED = 4000
_MOST_KEPT = 6
_MOST_REPEATED = 24
_SEVERAL = ("list", "named", "counted", "matrix")
_NO_RATIO = frozenset(("%", "pp", "x", "dB", "dBm", "°C", "years", "months", "s", "deg"))


@dataclass(frozen=True, slots=True)
class Filling:
    """A formula's arguments, as far as the question gives them.

    Attributes:
        inputs: Argument → its words.
        used: The numbers taken, by their place in ``Reading.figures``.
        score: How strongly the words speak for it, over all arguments.
        missing: Required arguments without a number.
        guessed: Whether a number without a dimension was taken for an argument that no word beside it names.
    """

    inputs: Mapping[str, str]
    used: frozenset[int]
    score: float
    missing: tuple[str, ...]
    guessed: bool


def fill(reading: Reading, formula: Formula, allowed: frozenset[int], leave: frozenset[str]) -> list[Filling]:
    """The ways to fill a formula from the allowed numbers, the likeliest ones only; arguments to ``leave`` stay out.

    They have the same arguments missing. There are several where the words do not tell which number is which.
    """
    inputs: dict[str, str] = {}
    used: set[int] = set()
    bonus = 0.0
    for parameter in formula.parameters:
        if parameter.name in leave:
            continue
        if words := _spoken(reading, parameter):
            inputs[parameter.name] = words
        elif noted := _noted(reading, parameter, allowed - used):
            if len(noted) > 1:
                return []  # "NRZ and PAM4": a default or a guess would be wrong for one of them
            inputs[parameter.name], taken = noted[0]
            used |= taken
            bonus += 3
    waiting = [p for p in formula.parameters if p.name not in inputs and p.name not in leave]
    scalars = [p for p in waiting if p.shape in ("number", "integer")]
    several = [p for p in waiting if p.shape in _SEVERAL and (p.unit != "%" or _is_spoken_of(reading, formula, p))]
    chances = _chances(reading, formula, scalars, allowed - used)
    found = []
    for chosen, score in _assignments(reading, chances):
        if _mixes_states(reading, chosen, formula) or _mixes_things(reading, chosen):
            continue
        one = dict(inputs) | {
            name: _words(reading.figures[at], _parameter(formula, name)) for name, at in chosen.items()
        }
        taken = used | set(chosen.values())
        score += bonus - _FILLED * sum(_parameter(formula, name).required for name in chosen)
        lists = [
            [(p.name, *found) for found in _several(reading, p, allowed - taken)] or [(p.name, "", set())]
            for p in several
        ]
        for listed in product(*lists):
            given = one | {name: words for name, words, _ in listed if words}
            missing = tuple(p.name for p in formula.required if p.name not in given and p.name not in leave)
            places = frozenset(taken).union(*(places for *_, places in listed))
            told = score + 2 * sum(bool(words) for _, words, _ in listed)
            guessed = any(
                _is_guess(reading.figures[at], _parameter(formula, name), formula) for name, at in chosen.items()
            )
            found.append(Filling(given, places, told, missing, guessed))
    fewest = min((len(one.missing) for one in found), default=0)
    return [one for one in found if len(one.missing) == fewest][:_MOST_KEPT]


def _parameter(formula: Formula, name: str) -> Parameter:
    return next(p for p in formula.parameters if p.name == name)


_ANY_ROLE = frozenset(("dB", "dBm", "s", "years"))


def _is_guess(figure: Figure, parameter: Parameter, formula: Formula) -> bool:
    """Whether neither the unit nor a word beside a number says that it is this argument."""
    if parameter.unit == ANY or _near(figure, parameter, formula):
        return False
    if figure.unit == "m" and figure.before:
        return sum(p.unit != "" and _same_dimension(p.unit, parameter.unit) for p in formula.required) > 1
    return figure.unit in ("", "%", "x") or (figure.unit in _ANY_ROLE and len(formula.required) > 1)


def _is_spoken_of(reading: Reading, formula: Formula, parameter: Parameter) -> bool:
    """Whether the question names a formula or one of its arguments: percentages alone are no yields and no shares."""
    return any(stands(reading.low, word.lower()) for word in (*formula.aliases, *parameter.cues))


_HINTED = 1.0


def _near(figure: Figure, parameter: Parameter, formula: Formula) -> float:
    """How strongly the words beside a number name an argument, by its cues or else by what they mean."""
    if (near := figure.near(parameter)) or not parameter.required:
        return near
    told = ("" if figure.loose_before else figure.before, "" if figure.loose_after else figure.after)
    return _HINTED if any(hints(words, formula, parameter) for words in told) else 0.0


_STATES = frozenset(("from", "to", "从", "由", "到", "至"))


def _is_state(parameter: Parameter) -> bool:
    """Whether it is what something was or became, so that a rise or a fall is not it."""
    return not _STATES.isdisjoint(parameter.leads)


_BECOMES = re.compile(r".*?(?:\bto\b|→|->|[到至]|[降升增减变改换][为成]|改用).*")


def _mixes_states(reading: Reading, chosen: Mapping[str, int], formula: Formula) -> bool:
    """Whether what one thing was and became is taken for two things: a price from 800 to 600 is no price and cost."""
    names = {at: name for name, at in chosen.items()}
    figures = reading.figures
    for at in sorted(names):
        if at + 1 not in names or figures[at].unit != figures[at + 1].unit:
            continue
        gap = reading.low[figures[at].end : figures[at + 1].start]
        starts = _FROM_BEFORE.search(reading.low[max(0, figures[at].start - 6) : figures[at].start])
        if starts and len(gap) < _SHORT_GAP and _BECOMES.fullmatch(gap) and not parts_clause(gap):
            both = (_parameter(formula, names[at]), _parameter(formula, names[at + 1]))
            if not all(_is_state(one) for one in both):
                return True
    return False


_THINGS = re.compile(
    r"engine|laser|lane|module|channel|chip|\bdies?\b|fib(?:er|re)|\bports?\b|引擎|激光器|通道|模块|芯片|光纤|端口"
)


def _mixes_things(reading: Reading, chosen: Mapping[str, int]) -> bool:
    """Whether the k of n that must work are other things than the n: 16 engines are not of 18 lasers."""
    if not {"n", "k"} <= chosen.keys():
        return False
    here, there = (set(_THINGS.findall(reading.figures[chosen[name]].after)) for name in ("n", "k"))
    return bool(here and there) and here.isdisjoint(there)


_FROM_BEFORE = re.compile(r"(?:\bfrom |[从由])$")
_SHORT_GAP = 16


# --- Words and notations ----------------------------------------------------------------------------------------------

_DENIED = re.compile(r"(?:\bnot\b[^,.;]{0,20}|non-|non |no |without |[非不无没][^,，。;；]{0,4})$")


def _spoken(reading: Reading, parameter: Parameter) -> str:
    """The value of a choice or a flag, which the question says in words."""
    if parameter.shape == "choice":
        said = [name for names in parameter.choices for name in names if stands(reading.low, name.lower())]
        kinds = {names[0] for names in parameter.choices for name in names if name in said}
        return max(said, key=len) if len(kinds) == 1 else ""
    if parameter.shape == "flag":
        for cue in parameter.cues:
            for at in positions(reading.low, cue.lower()):
                if not _DENIED.search(reading.low[:at]):
                    return "yes"
    return ""


def _noted(reading: Reading, parameter: Parameter, allowed: frozenset[int]) -> list[tuple[str, set[int]]]:
    """What an argument is in a notation of its own ("1:8", "PAM4"): each text with the numbers in it."""
    if parameter.shape == "matrix":
        return _bracketed(reading)
    if not parameter.pattern:
        return []
    found: dict[str, set[int]] = {}
    if "PAM" in parameter.pattern and stands(reading.low, "nrz") and not _AGAINST_NRZ.search(reading.low):
        found["2"] = set()
    for match in re.finditer(parameter.pattern, reading.text, re.IGNORECASE):
        places = {n for n, f in enumerate(reading.figures) if f.start < match.end(1) and match.start(1) < f.end}
        if places <= allowed:
            words = reading.figures[next(iter(places))].words if len(places) == 1 else match[1].strip()
            found.setdefault(words, set()).update(places)
    return list(found.items())


_AGAINST_NRZ = re.compile(
    r"(?:相对|相比|对比|比|较|over|versus|vs\.?|relative to|compared (?:to|with)|against|than)\s?(?:于)?\s?nrz"
)
_MATRIX = re.compile(r"\[\s*\[[0-9.,;\s\[\]]{1,400}\]\s*\]")


def _bracketed(reading: Reading) -> list[tuple[str, set[int]]]:
    return [
        (match[0], {n for n, f in enumerate(reading.figures) if match.start() <= f.start and f.end <= match.end()})
        for match in _MATRIX.finditer(reading.text)
    ]


# --- One number for one argument --------------------------------------------------------------------------------------

Chances = dict[str, list[tuple[int, float]]]
"""Argument → the numbers it may be, each with how strongly the words say so; −1 stands for none of them."""


def _chances(reading: Reading, formula: Formula, scalars: Sequence[Parameter], allowed: frozenset[int]) -> Chances:
    alone = sum(p.unit == "" and p.required for p in formula.parameters if p.shape in ("number", "integer")) == 1
    named = any(figure.unit.partition("/")[0] in CURRENCIES for figure in reading.figures)
    found: Chances = {}
    for parameter in scalars:
        peers = [p for p in formula.parameters if p is not parameter and _same_dimension(p.unit, parameter.unit)]
        rivals = [p for p in peers if p.shape in _SEVERAL]
        options = []
        for at in sorted(allowed):
            figure = reading.figures[at]
            if not fits(figure, parameter):
                continue
            near = _near(figure, parameter, formula)
            level = parameter.unit not in ("%", "K", "years", "") and not _OF_A_CHANGE.search(parameter.name)
            if figure.change and (_is_state(parameter) or parameter.unit == ANY or (level and not near)):
                continue  # by how much something rose is no level of it
            if figure.unit == "°C" and parameter.unit == "K" and figure.low != figure.high:
                continue  # from one temperature to another is a rise, and no uncertain one
            if "growth" in parameter.cues and not near and not _may_be_growth(figure, reading.low):
                continue
            if parameter.unit == "Tb/s" and not near and _OF_A_LANE.match(figure.after):
                continue
            if not near and _OTHER_ROLE.search(f"{figure.before}|{figure.after}"):
                continue
            bare = not figure.unit
            if bare and parameter.unit == "" and not near and not (alone and parameter.required):
                continue
            if bare and MONEY in parameter.unit and ((named and figure.high) or not near):
                continue
            if not parameter.required and figure.free and figure.unit == "years":
                continue  # "一年" only says that the result is a year's
            if (
                not parameter.required
                and not near
                and (peers or parameter.unit in ("", ANY) or MONEY in parameter.unit)
            ):
                continue
            if rivals and near <= max(_near(figure, p, formula) for p in rivals):
                continue
            score = near + 0.4 * _as_written(figure, parameter) + _in_time(reading, figure, parameter)
            options.append((at, score + (_FILLED if parameter.required else 0.3)))
        found[parameter.name] = [*sorted(options, key=lambda option: -option[1]), (-1, 0.0)]
    return found


def _may_be_growth(figure: Figure, low: str) -> bool:
    """Whether a percentage that no word calls growth may be it: a steady one, or one that no word calls anything."""
    if figure.change:
        return not (_GREW.search(low[: figure.start]) or _TO_A_LEVEL.match(low, figure.end))
    return not _WORD.search(unlinked(figure.before)) and not _WORD.match(figure.after)


_GREW = re.compile(
    r"\b(?:grew|rose|fell|dropped|jumped|climbed|gained|increased|added|up|down)(?: by)?(?: [a-z]+)?\s?$"
    r"|了[^0-9]{0,4}$|[同环]比[^0-9，,。]{0,4}$"
)
_TO_A_LEVEL = re.compile(r"\s?,?\s?(?:to (?!(?:19|20)[0-9]{2}\b)|[至到达](?!20[0-9]{2}))")
_WORD = re.compile(r"[a-z]{3}|[一-龥]")
_OF_A_CHANGE = re.compile(r"saving|extra|delta|excess")
_OF_A_LANE = re.compile(r"\s?(?:/|per |an? |每)?\s?(?:lanes?(?![a-z])|通道|条?lane)")
_OTHER_ROLE = re.compile(
    r"\|\s?(?:air )?(?:gap|offset)\b|"
    r"(?:gap|offset|间隙|偏移)(?:\s?(?:of|is|为|是))?\|$|\|的?(?:空气)?(?:间隙|缝隙|偏移)|"
    r"\b(?:of which|including)\b[^|]*\||\|\s?(?:spacing|pitch|scribe|street|spaced|apart)|"
    r"其中[^|]*\||(?:间距|节距|划片道)[^|]*\|"
)
"""Words that give a number a part of its own, which an argument has only if its cues say so."""


def _same_dimension(unit: str, other: str) -> bool:
    if MONEY in unit or MONEY in other or ANY in (unit, other) or not (unit and other):
        return unit == other
    return convertible(unit, other)


def fits(figure: Figure, parameter: Parameter) -> bool:
    """Whether a number may be an argument by its unit, its kind and its size."""
    if figure.bound not in "=~" and not _allows_limit(figure, parameter):
        return False
    if parameter.shape == "integer" and (figure.low != figure.high or figure.low != figure.low.to_integral_value()):
        return False
    unit = parameter.unit
    if unit == ANY:
        return (
            figure.unit != "cents"
            and not (figure.free and not figure.unit)
            and figure.unit not in _NO_RATIO
            and "/" not in figure.unit.replace("Gb/s", "")
            and not (figure.unit == "Gb/s" and figure.free)
        )
    if MONEY in unit:
        currency, _, per = figure.unit.partition("/")
        if not figure.unit:
            return not figure.free and parameter.allows(figure.low)
        if currency not in CURRENCIES:
            return False
        below = unit.partition("/")[2].strip("()")
        return not per or (bool(below) and convertible(figure.unit, f"{currency}/{below}"))
    if unit == "":
        if figure.unit == "%" and not (parameter.high is not None and parameter.high <= 1):
            return False
        if figure.unit not in ("", "x", "%") or (figure.unit == "x" and parameter.name != "x"):
            return False
    elif (figure.unit, unit) == ("ppm", "ppm/K"):
        return parameter.allows(figure.low) and parameter.allows(figure.high)
    elif not figure.unit or figure.unit == "cents" or not convertible(figure.unit, unit):
        return False
    try:
        return all(parameter.allows(convert(end, figure.unit, unit)) for end in (figure.low, figure.high))
    except CalculationError:
        return False


def _allows_limit(figure: Figure, parameter: Parameter) -> bool:
    """Whether a limit is what the argument is: "at least 8 of 9 must work", a service level of at least 99%."""
    lower = {"at least", "至少"} & set(parameter.leads)
    return figure.bound in "≥>" and bool(lower)


def _as_written(figure: Figure, parameter: Parameter) -> bool:
    """Whether the number is written in the argument's own unit: 51.2 Tb/s speaks for an argument in Tb/s."""
    if not parameter.unit or ANY in parameter.unit or MONEY in parameter.unit or figure.unit == "ppm":
        return False
    digits = re.search(r"[0-9][0-9,]*(?:\.[0-9]+)?", figure.words)
    return bool(digits) and convert(figure.low, figure.unit, parameter.unit) == Decimal(digits[0].replace(",", ""))  # type: ignore[index]


_BESIDE_DATE = re.compile(r"[^,;，；。?？]{0,14}")


def _in_time(reading: Reading, figure: Figure, parameter: Parameter) -> float:
    """A number with the earlier of two dates is the first value, that with the later one the last."""
    first, last = "from" in parameter.leads, "to" in parameter.leads
    if first == last or len({year for *_, year in reading.dates}) < 2:
        return 0.0
    years = sorted({year for *_, year in reading.dates})
    own = _year_beside(reading, figure)
    if own is None:
        return 0.0
    return 2.5 if own == (years[0] if first else years[-1]) else -2.5


def _year_beside(reading: Reading, figure: Figure) -> int | None:
    """The year whose date stands next to a number, or that a list of dates gives it."""
    if figure.year:
        return figure.year
    best, found = 30, None
    for start, end, year in reading.dates:
        if start >= figure.end:
            gap = reading.low[figure.end : start]
        elif end <= figure.start:
            gap = reading.low[end : figure.start]
        else:
            continue
        crossed = any(
            min(end, figure.end) <= other.start and other.end <= max(start, figure.start)
            for other in reading.figures if other is not figure and other.end > other.start
        )  # fmt: skip
        if not crossed and len(gap) < best and _BESIDE_DATE.fullmatch(gap):
            best, found = len(gap), year
    return found


def _assignments(reading: Reading, chances: Chances) -> list[tuple[dict[str, int], float]]:
    """The best assignments of numbers to arguments, each number once; more than one where it is a close call."""
    names = sorted(chances, key=lambda name: len(chances[name]))
    best_left = [0.0] * (len(names) + 1)
    for n in range(len(names) - 1, -1, -1):
        best_left[n] = best_left[n + 1] + max(score for _, score in chances[names[n]])
    found: list[tuple[dict[str, int], float]] = []
    best = [float("-inf")]
    tried = [0]

    def extend(n: int, chosen: dict[str, int], score: float) -> None:
        tried[0] += 1
        if tried[0] > _MOST_TRIED or score + best_left[n] < best[0] - _CLOSE_CALL:
            return
        if n == len(names):
            best[0] = max(best[0], score)
            found.append((dict(chosen), score))
            return
        for at, own in chances[names[n]]:
            if at >= 0 and at in chosen.values():
                continue
            if at >= 0:
                chosen[names[n]] = at
            extend(n + 1, chosen, score + own)
            chosen.pop(names[n], None)

    extend(0, {}, 0.0)
    if tried[0] > _MOST_TRIED:
        return []
    kept = [one for one in found if one[1] >= best[0] - _CLOSE_CALL]
    in_order = {name: n for n, name in enumerate(chances)}  # where nothing else tells, numbers come as arguments do
    return sorted(kept, key=lambda one: (-one[1], [one[0][name] for name in sorted(one[0], key=in_order.__getitem__)]))[
        :_MOST_KEPT
    ]


def _words(figure: Figure, parameter: Parameter) -> str:
    """A number's words as the argument reads them: money for one that is by the year or the kWh says so."""
    _, _, per = parameter.unit.partition("/")
    if figure.unit == "ppm" and parameter.unit == "ppm/K":
        return f"{figure.words}/K"
    if MONEY in parameter.unit and per and figure.unit and "/" not in figure.unit:
        return f"{figure.words}/{'year' if per == 'years' else per}"
    return figure.words


# --- Several numbers for one argument ---------------------------------------------------------------------------------

_EACH = re.compile(r"\s?[x×*]\s?|.*\b(?:each|apiece)\b.*|.*[每各].*", re.DOTALL)


def _several(reading: Reading, parameter: Parameter, allowed: frozenset[int]) -> list[tuple[str, set[int]]]:
    """The texts that a list may have, each with the numbers in it: of all sentences, and of each of them alone."""
    if MONEY in parameter.unit and parameter.low is not None and parameter.low < 0 and parameter.shape == "list":
        flows = _flows(reading, parameter, allowed)
        if flows[0]:
            return [flows]
    values = [at for at in sorted(allowed) if reading.figures[at].unit and fits(reading.figures[at], parameter)]
    if parameter.unit == "%" and "yield" in parameter.name:
        values = [at for at in values if not reading.figures[at].change and not _is_of_another(reading, at)]
    if len(values) > 1 and any(_is_part_or_sum(reading, at) or reading.figures[at].change for at in values):
        return []
    if len({_is_aside(reading, at) for at in values}) > 1:
        values = [at for at in values if not _is_aside(reading, at)]  # "98% (the last generation's was 90%)"
    if parameter.unit == "%" and len({_year_beside(reading, reading.figures[at]) for at in values} - {None}) > 1:
        return []  # one figure of two years
    if not values and MONEY in parameter.unit:  # amounts of no currency, which only a list tells from other numbers
        values = _run(reading, [at for at in sorted(allowed) if fits(reading.figures[at], parameter)])
    if parameter.shape == "matrix":
        return []
    counts = [at for at in sorted(allowed) if reading.figures[at].is_count]
    sentences = {at: reading.sentence(reading.figures[at].start) for at in values}
    groups = [values] + [[at for at in values if sentences[at] == one] for one in sorted(set(sentences.values()))]
    distinct = [
        group for n, group in enumerate(groups)
        if group and group not in groups[:n] and not any(pair in reading.apart for pair in pairwise(group))
    ]  # fmt: skip
    found = [(_counted if parameter.shape == "counted" else _listed)(reading, group, counts) for group in distinct]
    return [one for one in found if one[0]]


_OTHER_SHARES = re.compile(
    r"coverage|utili[sz]|\bload\b|burn-in|sampled|of wafers|抽样|负载|占|share|solar|efficien|confiden|service|"
    r"margin|saving|growth|discount|second site|覆盖|份额|占比|效率|"
    r"置信|毛利|节电|增长"
)


_PART_OR_SUM = re.compile(
    r"(?:\bof which|\bincluding|\bincl\.|其中|包含|包括|含|\btotal(?:s|ing)?|\btogether|\bgiving|altogether|合计|"
    r"总计|共计|小计|得到)"
    r"[^0-9,，;；。]{0,24}$"
)
_SUM_AFTER = re.compile(r"\s?(?:in total|altogether|together|in all|合计|总计)(?![a-z])")


def _is_part_or_sum(reading: Reading, at: int) -> bool:
    """Whether a number of several is in another one, or is what others make: "3 dB, 5 dB, total 8 dB"."""
    figure = reading.figures[at]
    return bool(_PART_OR_SUM.search(reading.low[: figure.start]) or _SUM_AFTER.match(reading.low, figure.end))


def _is_of_another(reading: Reading, at: int) -> bool:
    """Whether the clause before a percentage says that it is of something else than a yield: a coverage, a margin."""
    clause = re.split(r"[,;:，；。：]|\.(?![0-9])", reading.low[: reading.figures[at].start])[-1]
    return bool(_OTHER_SHARES.search(clause) or _OTHER_SHARES.search(reading.figures[at].after))


def _is_aside(reading: Reading, at: int) -> bool:
    """Whether a number stands in brackets."""
    before = reading.low[: reading.figures[at].start]
    return max(before.rfind("("), before.rfind("（")) > max(before.rfind(")"), before.rfind("）"))


_OUT = re.compile(
    r"\b(?:pay|pays|invest|invests|investing|investment|spend|spends|spending|outlay|upfront|up-front|initial|capex|costs?)"
    r"\b|投入|投资|支出|初始|期初|先付|先花|花费|多花|多投|购置"
)
_YEARLY = re.compile(
    r"\b(?:a|per|each|every) year\b|\beach of the\b|"
    r"(?:end|start) of (?:each|every)\b|\bannual(?:ly)?\b|\byearly\b|每年|逐年|年均|/年"
)
_MOST_YEARS = 40


def _flows(reading: Reading, parameter: Parameter, allowed: frozenset[int]) -> tuple[str, set[int]]:
    """ "Pay 8,000 now, save 2,000 a year for 5 years": what is paid at first, then what comes in each year."""
    figures = reading.figures
    money = [at for at in sorted(allowed) if fits(figures[at], parameter) and not figures[at].free]
    around = {at: f"{figures[at].before}|{_words_after(reading, at)}" for at in money}
    yearly = [at for at in money if _YEARLY.search(around[at])]
    paid = [at for at in money if at not in yearly and _OUT.search(around[at])]
    years = [at for at in sorted(allowed) if figures[at].unit == "years" and figures[at].low == figures[at].high]
    if len(yearly) != 1 or len(paid) != 1 or len(years) != 1 or figures[paid[0]].unit != figures[yearly[0]].unit:
        return "", set()
    times = figures[years[0]].low
    if times != times.to_integral_value() or not 1 <= times <= _MOST_YEARS or figures[paid[0]].low <= 0:
        return "", set()
    pieces = [f"-{figures[paid[0]].words}", *[figures[yearly[0]].words] * int(times)]
    return "; ".join(pieces), {paid[0], yearly[0], years[0]}


def _words_after(reading: Reading, at: int) -> str:
    """All the words up to the next number of the clause."""
    nexts = [other.start for other in reading.figures if other.start >= reading.figures[at].end]
    return re.split(r"[,;，；。]", reading.low[reading.figures[at].end : min(nexts, default=None)])[0]


_BETWEEN = re.compile(
    r"(?:\s(?:now|today|upfront|up front|at (?:the )?start|at first))?\s?(?:[,，;；、]|,?\s?and|[和及])"
    r"\s?(?:and )?(?:(?:then|followed by|after that|然后|随后|之后|接着)\s?)?"
)


def _run(reading: Reading, places: list[int]) -> list[int]:
    """Numbers that stand one after the other in a list of three or more; [] where there is not one such list."""
    runs: list[list[int]] = []
    for at in places:
        gap = reading.low[reading.figures[at - 1].end : reading.figures[at].start] if at else "?"
        if runs and runs[-1][-1] == at - 1 and _BETWEEN.fullmatch(gap):
            runs[-1].append(at)
        else:
            runs.append([at])
    long = [run for run in runs if len(run) >= 3]
    return long[0] if len(long) == 1 else []


def _counted(reading: Reading, values: list[int], counts: list[int]) -> tuple[str, set[int]]:
    """ "16 engines at 10 FIT and 16 lasers at 50 FIT": each value with the count beside it, all on the same side."""
    if any(_IN_ALL.search(f"{reading.figures[at].before}|{reading.figures[at].after}") for at in values):
        return "", set()  # "16 engines draw 320 W in total"
    order = sorted([*values, *counts])
    for offset in (-1, 1):
        pairs = []
        for value in values:
            beside = order.index(value) + offset
            if (
                0 <= beside < len(order)
                and order[beside] in counts
                and not _listed_together(reading, order[beside], value)
            ):
                pairs.append((order[beside], value))
        if len(pairs) == len(values):
            text = "; ".join(f"{reading.figures[c].words} × {reading.figures[v].words}" for c, v in pairs)
            return text, {place for pair in pairs for place in pair}
    return "", set()


_IN_ALL = re.compile(
    r"\|\s?(?:in (?:all|total)|shared|split (?:between|over|among)|altogether|together|combined)\b|(?:一共|总共|"
    r"合计|共)(?:耗电?|用电?|是|为)?\|"
)


def _listed_together(reading: Reading, one: int, other: int) -> bool:
    """Whether nothing but "and" or a comma stands between two numbers: "16 and 8 W" is no 16 times 8 W."""
    first, last = sorted((one, other))
    gap = reading.low[reading.figures[first].end : reading.figures[last].start]
    return bool(_BETWEEN.fullmatch(gap)) or "+" in gap


def _listed(reading: Reading, values: list[int], counts: list[int]) -> tuple[str, set[int]]:
    pieces: list[str] = []
    taken = set(values)
    for value in values:
        times = 1
        if value - 1 in counts and _repeats(reading, value - 1, value):
            times = int(reading.figures[value - 1].low)
            taken.add(value - 1)
            if times > _MOST_REPEATED:
                return "", set()
        pieces += [reading.figures[value].words] * times
    taken |= {at for at in counts if at not in taken and at < values[0] and reading.figures[at].low == len(pieces)}
    return "; ".join(pieces), taken


def _repeats(reading: Reading, count: int, value: int) -> bool:
    """Whether "4 connectors at 0.5 dB each" says that the value is there so many times."""
    first, second = reading.figures[count], reading.figures[value]
    gap = reading.low[first.end : second.start]
    return bool(_EACH.fullmatch(gap)) or bool(re.match(r"\s?(?:each|apiece|per )", second.after))
