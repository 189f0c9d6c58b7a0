"""Read what rounding a question asks for, round to it, and tell whether a stated figure is a computed one rounded.

>>> rounding_asked("全国占比多少？结果保留两位小数")
Rounding(decimals=2, significant=None)
>>> rounded_like("about 2.3 W", Decimal("2.34"))
True
"""

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Context, Decimal, localcontext

from agent.calculator.units import Reading, read_quantity, written_unit
from agent.errors import CalculationError
from corpus.quantities import flatten

_MOST_PLACES = 30


@dataclass(frozen=True, slots=True)
class Rounding:
    """To so many decimal places (−2 is hundreds), or to so many significant digits; neither leaves it to us.

    Raises:
        CalculationError: Either is no whole number or out of bounds, or both are given.
    """

    decimals: int | None = None
    significant: int | None = None

    def __post_init__(self) -> None:
        """Keep what cannot be shown from getting anywhere."""
        for number, least, what in (
            (self.decimals, -_MOST_PLACES, "decimal places"), (self.significant, 1, "significant digits"),
        ):  # fmt: skip
            if number is not None and (type(number) is not int or not least <= number <= _MOST_PLACES):
                raise CalculationError(
                    f"{number!r} {what}", where=what.split()[0], next_step=f"ask for {max(least, 0)} to {_MOST_PLACES}"
                )
        if self.decimals is not None and self.significant is not None:
            raise CalculationError("decimal places and significant digits", next_step="ask for one of them")

    def __bool__(self) -> bool:
        """Whether it asks for anything."""
        return self != OPEN

    def places(self, value: Decimal) -> int:
        """How many decimal places that is for a value; 9.996 to three digits is 10.0."""
        if self.significant is None:
            return self.decimals or 0
        return self.significant - 1 - (self.round(value).adjusted() if value else 0)

    def round(self, value: Decimal) -> Decimal:
        """The value rounded half up, with its zeros; as it is where nothing is asked, or it would come to nothing."""
        if self.significant is not None:
            return Context(prec=self.significant, rounding=ROUND_HALF_UP).plus(value)
        if self.decimals is None:
            return value
        context = Context(prec=max(value.adjusted() + self.decimals + 2, 1), rounding=ROUND_HALF_UP)
        found = value.quantize(Decimal(1).scaleb(-self.decimals), context=context)
        if not found:  # no "-0.0"
            return value if self.decimals < 0 else abs(found)
        return found


OPEN = Rounding()


def rounding_asked(question: str) -> Rounding:
    """The rounding that a question asks for first, or OPEN where it asks for none, or for one up or down."""
    plain = flatten(question)
    found = [(kind, match) for kind, asked in _ASKED if (match := asked.search(plain))]
    if not found or _DIRECTED.search(plain):
        return OPEN
    kind, match = min(found, key=lambda one: one[1].start())  # of two that begin together, the one listed first
    return _READ[kind](match)


def rounded_like(stated_text: str, computed: Decimal, unit: str | None = None) -> bool:
    """Whether a computed value is the stated one when rounded half up to its places ("65%", "3.5x", "1.23亿").

    A scale word counts: 1.2 million has its last place at 100,000. Of "over 60%" the value must lie on that side, and
    of "14–16 W" within it.

    Args:
        stated_text: One figure as somebody states it.
        computed: The value to compare.
        unit: The computed value's unit, "" for a plain number; ``None`` where it is in the unit that the text states.

    Raises:
        CalculationError: The text states no number, or one in another unit than ``unit``.
    """
    with localcontext(Context(prec=50)):
        stated = read_quantity(stated_text, where="the stated figure")
        wanted = written_unit(stated) if unit is None else unit
        stated = stated.to(wanted, where="the stated figure")
        half = _place(stated_text, stated, wanted) / 2
        above, below = computed - stated.low, computed - stated.high
    match stated.bound:
        case ">" | "≥":
            return above > -half if stated.bound == ">" else above >= -half
        case "<" | "≤":
            return below < half if stated.bound == "<" else below <= half
    # Half a place is rounded away from zero: 2.25 to 2.3, and -2.25 to -2.3.
    reaches = above >= -half if stated.low > 0 else above > -half
    return reaches and (below <= half if stated.high < 0 else below < half)


# --- Places of a stated figure ----------------------------------------------------------------------------------------

_HAN = "〇一二三四五六七八九"
_NEXT = {str(n): str(n + 1 if n < 9 else 8) for n in range(10)} | {
    **{han: _HAN[n + 1 if n < 9 else 8] for n, han in enumerate(_HAN)}, "零": "一", "两": "三", "兩": "三",
}  # fmt: skip
_FRACTION = re.compile(r"(?<![百千])分[之の]|[0-9]/[0-9]|half|third|quarter|fifth|sixth|eighth|tenth", re.IGNORECASE)


def _place(text: str, stated: Reading, unit: str) -> Decimal:
    """What the last digit of a stated figure counts, scale word and unit included; a hundredth for "one third"."""
    if _FRACTION.search(text):
        return Decimal("0.01")
    steps = [step for step in _steps(text, stated, unit) if step]
    if steps:
        return min(steps)
    return Decimal(1).scaleb(int(stated.low.normalize().as_tuple().exponent)) if stated.low else Decimal(1)


def _steps(text: str, stated: Reading, unit: str) -> Iterator[Decimal]:
    """By how much the figure changes when one of its digits does."""
    plain = flatten(text)
    for at, digit in enumerate(plain):
        if digit in _NEXT:
            try:
                other = read_quantity(f"{plain[:at]}{_NEXT[digit]}{plain[at + 1 :]}").to(unit)
            except CalculationError:
                continue  # the unit's "2" in mm2, or a power's "10"
            yield max(abs(other.low - stated.low), abs(other.high - stated.high))


# --- Rounding in questions --------------------------------------------------------------------------------------------

_WORDS = {
    word: n
    for n, words in enumerate((
        "zero no 零 〇", "one single 一", "two 二 两 兩", "three 三", "four 四", "five 五", "six 六", "seven 七",
        "eight 八", "nine 九", "ten 十",
    ))
    for word in words.split()
} | {"first": 1, "second": 2, "third": 3, "fourth": 4, "fifth": 5}  # fmt: skip
_N = rf"(?<![0-9.A-Za-z])(?P<n>[0-9]{{1,2}}|{'|'.join(sorted(_WORDS, key=len, reverse=True))})"
_HAN_N = rf"(?<![0-9.])(?P<n>[0-9]{{1,2}}|[{''.join(word for word in _WORDS if not word.isascii())}])"
_TO = r"(?:到|至|为|為|成|取)?\s?"
_POINT = r"小[数數][点點]?(?:以下|[后後])?"
_ROUND = rf"(?:保留|精[确確]|四[舍捨]五入|取){_TO}"
_SCALES = {
    "百": 2, "千": 3, "万": 4, "萬": 4, "亿": 8, "億": 8, "hundred": 2, "thousand": 3, "million": 6, "billion": 9,
    "trillion": 12,
}  # fmt: skip
_GRAINS = {
    "元": 0, "角": 1, "分": 2,
    "十分位": 1, "百分位": 2, "千分位": 3, "万分位": 4, "萬分位": 4,
    "个位": 0, "個位": 0, "十位": -1, "百位": -2, "千位": -3, "万位": -4, "萬位": -4, "亿位": -8, "億位": -8,
    "tenth": 1, "hundredth": 2, "thousandth": 3, "cent": 2,
    "ten": -1, "hundred": -2, "thousand": -3, "million": -6, "billion": -9, "trillion": -12,
}  # fmt: skip
_ENGLISH_GRAINS = "|".join(grain for grain in _GRAINS if grain.isascii())
_WHOLE = (
    "whole|full|integer|number|unit|percent|percentage|per cent|pct|%|point|pp|one|watt|dollar|yuan|year|month|degree"
)
_POWER_OF_TEN = r"(?P<grain>0?\.0{0,9}1(?![0-9])|1(?:0{1,12}|0{0,2}(?:,000){0,4})(?![0-9.]|,[0-9]))"
_SCALE = r"(?:\s(?P<scale>hundred|thousand|million|billion|trillion)s?(?![a-z]))?"
_HAN_SCALES = "[十百千]?[万萬亿億]|[百千]"
_COUNTED = r"(?=[美欧歐日港韩韓]?[元円]|[人台臺个個只隻颗顆件户戶套片吨噸]|\s*(?:$|[,.;!?)，。；！？）、]))"


def _asked(pattern: str) -> re.Pattern[str]:
    return re.compile(pattern, re.IGNORECASE)


# In the order in which one that begins at the same place is preferred.
_ASKED: tuple[tuple[str, re.Pattern[str]], ...] = (
    ("significant", _asked(rf"{_N}[\s-]?(?:significant|sig\.?)[\s-]?(?:figures?|figs?\.?|digits?)")),
    ("significant", _asked(rf"{_N}\s?(?:s\.\s?f\.|sf(?![0-9a-z]))")),
    ("significant", _asked(rf"{_HAN_N}\s?[位个個桁]?の?\s?有[效効](?:[数數]字|位[数數])")),
    ("significant", _asked(rf"有[效効](?:[数數]字|位[数數])(?:保留|[为為取])?{_TO}{_HAN_N}\s?[位个個桁]")),
    ("place before", _asked(rf"(?<![到至留]){_POINT}第\s?{_HAN_N}\s?位を?(?:[进進]行)?(?:四[舍捨]五入|切り)")),
    ("whole", _asked(r"小数点?以下(?:は|を)?(?:四[舍捨]五入|切り|なし|不要)")),
    ("places", _asked(rf"{_POINT}面?(?:保留|取|第)?{_TO}{_HAN_N}\s?[位桁]")),
    ("places", _asked(rf"{_HAN_N}\s?位小[数數]")),
    ("places", _asked(rf"保留{_TO}{_HAN_N}\s?位(?![有整])")),
    ("named", _asked(rf"{_ROUND}小?[数數]?[点點]?[后後]?(?P<grain>[十百千万萬]分位|[个個十百千万萬亿億]位)")),
    ("named", _asked(rf"精[确確]{_TO}(?P<grain>[元角分])(?![位之钟鐘])")),
    ("power of ten", _asked(rf"精[确確]{_TO}{_POWER_OF_TEN}\s?(?P<scale>[万萬亿億])?")),
    ("scale", _asked(rf"(?:保留|精[确確]|[舍捨]五入|取整[数數]?)(?:到|至|为|為|成)(?P<grain>{_HAN_SCALES}){_COUNTED}")),
    ("whole", _asked(rf"{_ROUND}(?:最接近的)?整[数數百个個]?|整[数數](?:で|に|まで|表示|作答|回答|即可)|一の位")),
    ("whole", _asked(r"(?:不|无|無)(?:需|用|必)?(?:保留|[带帶]|要)?小[数數]")),
    ("places", _asked(rf"{_N}[\s-]?decimals?(?![a-z])(?:[\s-](?:places?|digits?|points?))?")),
    ("places", _asked(rf"{_N}[\s-]?(?:d\.\s?p\.?|(?-i:dps?)(?![0-9a-z]))")),
    ("places", _asked(rf"{_N}\s(?:places?|digits?)\s(?:after|past|behind|of)\s(?:the\s)?decimal")),
    ("places", _asked(rf"(?<![a-z])to\s{_N}\splaces?(?![a-z])")),
    ("places", _asked(r"decimal places?\s?[:=]\s?(?P<n>[0-9]{1,2})")),
    ("power of ten", _asked(rf"nearest\s(?:[$€£¥]\s?)?{_POWER_OF_TEN}{_SCALE}")),
    ("named", _asked(rf"nearest\s(?:one\s)?(?P<grain>{_ENGLISH_GRAINS})s?(?![a-z]|-[a-z]){_SCALE}")),
    ("whole", _asked(rf"nearest\s(?:{_WHOLE})s?(?![a-z])|without decimals?(?![a-z])")),
    ("whole", _asked(r"(?:to|as|into)\s(?:an?\s|the\s)?(?:whole\s(?:number|percent)|integer)")),
)  # fmt: skip


def _number(match: re.Match[str]) -> int:
    return _WORDS[match["n"].lower()] if match["n"].lower() in _WORDS else int(match["n"])


def _scale(match: re.Match[str]) -> int:
    """How many zeros the word after a number stands for: million is 6."""
    return _zeros(match.groupdict().get("scale") or "")


def _zeros(word: str) -> int:
    word = word.lower()
    return _SCALES[word] if word in _SCALES else sum({"十": 1, **_SCALES}[one] for one in word)


_DIRECTED = _asked(
    r"\bround(?:ed|ing)?\s(?:it\s|them\s|the\s\w+\s)?(?:up|down)\b|\b(?:ceil(?:ing)?|floor|truncat\w+)\b"
    r"|向[上下]取整|[进進]一法|去尾|截[断斷尾]|切り[上捨]"
)
_READ: Mapping[str, Callable[[re.Match[str]], Rounding]] = {
    "significant": lambda match: Rounding(significant=max(_number(match), 1)),
    "places": lambda match: Rounding(_number(match)),
    "place before": lambda match: Rounding(max(_number(match) - 1, 0)),
    "named": lambda match: Rounding(_GRAINS[match["grain"].lower()] - _scale(match)),
    "power of ten": lambda match: Rounding(-Decimal(match["grain"].replace(",", "")).adjusted() - _scale(match)),
    "scale": lambda match: Rounding(-_zeros(match["grain"])),
    "whole": lambda _: Rounding(0),
}
