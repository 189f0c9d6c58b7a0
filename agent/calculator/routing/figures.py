"""The numbers of a question, each with the words beside it."""

import re
from dataclasses import dataclass, replace
from decimal import Decimal
from functools import cache
from itertools import zip_longest

from agent.calculator.formula import ANY, MONEY, Parameter
from agent.calculator.registry import formulas
from agent.calculator.routing.words import beside, nearness, parts_clause
from agent.calculator.units import convert, convertible
from agent.errors import CalculationError
from corpus.quantities import Bound, Quantity, find_quantities, flatten
from corpus.units import CURRENCIES


@dataclass(frozen=True, slots=True)
class Figure:
    """A number as one argument may take it.

    Attributes:
        words: What to hand to the calculator: the question's own words, with a unit that stands beside them.
        bound: "=" or "~" for the number itself; any other says that it is a limit.
        told: Its words have taken in a "per" that stands elsewhere.
        free: It may stay unused: a product's name, a date, the wavelength of a laser, the number of things listed.
        change: It is by how much something rose or fell, and no level.
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
        return _sentence(self.low, at)

    @property
    def needed(self) -> frozenset[int]:
        """The numbers that a calculation must use, or it is another one."""
        return frozenset(at for at, figure in enumerate(self.figures) if not figure.free)


def _sentence(low: str, at: int) -> int:
    return sum(mark.end() <= at for mark in _STOP.finditer(low))


def read(question: str) -> Reading:
    """Read a question's numbers."""
    text = flatten(question)
    low = "".join(one if len(one := character.lower()) == 1 else character for character in text)
    found = find_quantities(question)
    dates = tuple((q.start, q.end, int(year)) for q in found if _is_year(q) for year in dict.fromkeys((q.low, q.high)))
    kept = [_figure(q, low) for q in found if _measures(q, low)]
    kept += [*_nothings(low), *_half_years(low)]
    kept.sort(key=lambda one: one.start)
    kept = _without_asides(kept, low)
    kept = _with_cents(_multiplied_counts(kept, low), low)
    kept = _lend_from_to(_lend_currency(_repeated(kept, low), low), low)
    kept = [_said(one) for one in _lend_to_lists(_lend_units([_in_full(one, low) for one in kept], low), low)]
    kept = sorted([*kept, *_spans(dates, low)], key=lambda one: one.start)
    borders = sorted((one.start, one.end) for one in kept if one.end > one.start)
    figures = tuple(twin for one in kept for twin in _twins(_with_words(one, borders, low)))
    return Reading(text, low, figures, dates, frozenset(range(len(figures))))


def split_ranges(reading: Reading) -> Reading | None:
    """The question with "5 million to 37 million" read as two numbers; None when there is no such range."""
    figures: list[Figure] = []
    for figure in reading.figures:
        if figure.low == figure.high or not (joint := _TO.search(figure.words)):
            figures.append(figure)
            continue
        halves = (figure.words[: joint.start()], figure.words[joint.end() :])
        last = find_quantities(halves[1])
        tail = halves[1][len(_DIGITS.match(halves[1])[0]) :] if _DIGITS.match(halves[1]) else ""  # type: ignore[index]
        first = (
            halves[0]
            if find_quantities(halves[0]) and find_quantities(halves[0])[0].unit == figure.unit
            else halves[0] + tail
        )
        if len(last) != 1 or len(find_quantities(first)) != 1:
            return None
        cut = figure.start + joint.start()
        figures.append(replace(figure, end=cut, words=first, high=figure.low, after="", before=figure.before))
        figures.append(
            replace(figure, start=cut + len(joint[0]), words=halves[1], low=figure.high, before=joint[0].strip(),
                    loose_before=False)
        )  # fmt: skip
    if len(figures) == len(reading.figures):
        return None
    return replace(reading, figures=tuple(figures), allowed=frozenset(range(len(figures))))


_TO = re.compile(r"\s?(?:\bto\b|至|到|から)\s?")
_DIGITS = re.compile(r"[$€£¥]?[0-9.,]+")


_RATE_NEXT = re.compile(r"\s?[个只台块颗套]?\s?[0-9.]+\s?[gt](?:b/s|bps|bit/s)?(?=[\s一-龥])")


def _with_words(figure: Figure, borders: list[tuple[int, int]], low: str) -> Figure:
    if figure.start == figure.end:
        return figure
    left = max((end for _, end in borders if end <= figure.start), default=0)
    right = min((start for start, _ in borders if start >= figure.end), default=len(low))
    before, after, loose_before, loose_after = beside(low, figure.start, figure.end, left, right)
    if figure.is_count and not figure.free and (name := _RATE_NEXT.match(low, figure.end)):
        after = beside(low, figure.start, name.end(), left, len(low))[1]  # "20 51.2T switches" counts switches
    return replace(figure, before=before, after=after, loose_before=loose_before, loose_after=loose_after)


# --- Reading ----------------------------------------------------------------------------------------------------------

_STOP = re.compile(r"[?!;。？！；]|\.(?=\s)")
_CENTS = re.compile(r"\s?(?:(?:us |euro )?cents?(?![a-z])|¢|美分|欧分|分钱|毛钱|角(?![度落色形膜]))")
_DEVICE = (
    r"\s?-?\+?(?:以上|及以上)?的?(?:of |/)?(?:[a-z][a-z0-9-]{1,6} )?"
    r"(?:optical |co-packaged |pluggable |cpo |npo |lpo |retimed |硅光|光|可插拔)*(?:ports?|switch|"
    r"module|transceiver|link|lane|engine|chip|asic|pluggable|shipments?|market|端口|出货|市场|交换|模块|链路|通道|引擎|芯片|可插拔|ポート|スイッチ|モジュール)"
)
_NAMES_A_DEVICE = re.compile(_DEVICE)
_PER_RATE = re.compile(r"(?:\bper |\bfor (?:an?|each|every) |每|/\s?|\ban? )$")
_LASER_BAND = (Decimal("1.2e-6"), Decimal("1.7e-6"))
_SMALL_WORD = re.compile(r"[a-z]+|[〇零一二两兩三四五六七八九十]+")
_OVER = re.compile(r"(?:over|within)\s?$")
_EXTENTS = frozenset(("years", "months", "s", "m", "m2", "K"))


def _figure(quantity: Quantity, low: str) -> Figure:
    bound, end = quantity.bound, quantity.end
    if _OVER.search(low[: quantity.start]) and (quantity.unit in _EXTENTS or _OVER_RATE.search(low[: quantity.start])):
        bound = "="  # "over five years", "over 20 mm", "5,440 bits over 850 Gb/s", "6.4T over 200G lanes"
    if bound == "≥" and _PLUS.match(low, end):
        bound = "="  # "48 × 14 W + 16 × 9 W"
    words, unit = quantity.text, quantity.unit
    if unit == "x" and (times := _TIMES.fullmatch(words)) and _AMOUNT.match(low, end):
        words, unit, end = times[1], "", quantity.start + len(times[1])  # "4 × $3000"
    if unit == "J" and quantity.high < _MOST_PER_BIT and _PER_BIT.search(low[: quantity.start]):
        unit, words = "pJ/bit", f"{_plain(quantity.low.scaleb(12))} pJ/bit"
        return Figure(quantity.start, end, words, quantity.low.scaleb(12), quantity.high.scaleb(12), unit, bound)
    if unit == "度":  # a kWh, but for what turns or is warm
        beside = low[max(0, quantity.start - 8) : quantity.start] + low[quantity.end : quantity.end + 2]
        unit = "deg" if _TURNS.search(beside) else "°C" if "温" in beside or "热" in beside else unit
        words = words if unit == "度" else f"{words.rstrip('度').strip()} {unit}"
    if unit == "deg" and _WARMS.search(low) and not _TILTS.search(low):
        unit, words = "°C", f"{_first_digits(words)} °C"  # "heats up by 15 degrees"
    if unit == "" and _CELSIUS.match(low, quantity.end):
        unit, words = "°C", f"{words} °C"  # "55 C"
    if quantity.kind == "label" and _is_temperature(quantity, low):
        unit, words = "°C", f"{_first_digits(words)} °C"  # "55C"
        return Figure(
            quantity.start, end, words, Decimal(_first_digits(words)), Decimal(_first_digits(words)), unit, bound
        )
    if unit == "" and _CENTS.match(low, quantity.end):
        unit = "cents"
    free = _is_free(quantity, low) and not (quantity.kind == "label" and _is_named(quantity, low))
    change = bool(_CHANGED_BY.search(low[: quantity.start]) or _CHANGE_AFTER.match(low, quantity.end))
    return Figure(quantity.start, end, words, quantity.low, quantity.high, unit, bound, free, change=change)


_WARMS = re.compile(r"heat|warm|cool|temperature|thermal|hotter|colder|celsius")
_TILTS = re.compile(r"tilt|angle|angular|lean|rotat")
_CELSIUS = re.compile(r"\s?c(?![a-z0-9\-])")
_CHANGED_BY = re.compile(
    r"(?:\b(?:rose|risen|rises?|rising|gr[eo]ws?|grown|growing|growth|increas(?:e[sd]?|ing)|fell|falls?|fallen|falling|"
    r"drop(?:s|ped|ping)?|declin(?:e[sd]?|ing)|decreas(?:e[sd]?|ing)|reduc(?:es?|ed|tion)|gain(?:s|ed)?|"
    r"jump(?:s|ed)?|climb(?:s|ed)?|shr[aiu]nk|cut|up|down|added|adds)(?: (?:by|of))?"
    r"(?: (?:about|around|some|roughly|only|another))?\s?"
    r"|(?:增加|增长|减少|下降|降低|提高|提升|上升|上涨|下跌|上调|下调|净增|[增减升降涨跌])了?(?:约|近|大约|超过)?\s?)[$€£¥]?$"
)
_CHANGE_AFTER = re.compile(r"\s?(?:[a-z]+ )?(?:more|less|fewer|higher|lower)\b")


def _first_digits(words: str) -> str:
    digits = re.match(r"[-−]?[0-9][0-9,.]*[0-9]|[-−]?[0-9]", words)
    return digits[0] if digits else words


_ROUNDING_AFTER = re.compile(
    r"\s?(?:位?小数|位有效|桁|d\.?p\.?(?![a-z])|decimals?|decimal places?|significant|sig\.? ?fig)"
)
_ROUNDING_BEFORE = re.compile(r"(?:小数点后|小数第|保留|精确到小数点后第?)$")


def _measures(quantity: Quantity, low: str) -> bool:
    """Whether it is a number to compute with: no date, no bare name, and not the places to round to."""
    if quantity.kind == "time" or (quantity.unit == "" and _PLACE.search(low[: quantity.start])):
        return False
    if quantity.unit == "m" and _PROCESS.match(low, quantity.end):
        return False  # "made on a 65 nm line"
    if quantity.kind == "label" and not quantity.unit:
        joined = quantity.text.isdigit() and _JOINED.match(low, quantity.end)
        return bool(joined) or _is_temperature(quantity, low) or _is_named(quantity, low)
    rounds = _ROUNDING_AFTER.match(low, quantity.end) or _ROUNDING_BEFORE.search(low[: quantity.start])
    return not (rounds and quantity.unit == "")


_JOINED = re.compile(r"\s?(?:[×x*+/,，、至和与]|and|or|to|→|->)\s?[0-9]")  # "ADC 2 × 100 ns" names no ADC of type 2
_PLACE = re.compile(
    r"(?:\b(?:slides?|pages?|pp?\.|fig(?:ure)?s?\.?|tables?|charts?|sections?|chapters?|appendix|weeks?|booth|no\.|footnote)|"
    r"第|图|表|幻灯片)\s?$"
)
_PROCESS = re.compile(r"\s?-?(?:process|node|cmos|line|技术节点|工艺|制程|节点|产线)")
_BARE_CELSIUS = re.compile(r"-?[0-9]{1,3}(?:\.[0-9]+)?c")
_THERMAL = re.compile(
    r"temperature|thermal|junction|case|ambient|coolant|stress|arrhenius|heat|warm|cool|ppm/k|nm/k|[ck]/w|\btj\b|ev\b"
    r"|温|热|应力|老化|激活能"
)
_NUMBERED = re.compile(
    r"(?:lane|port|channel|engine|laser|chip|die|module|switch|asic|pic|pcb|inp|si|smf|model|wave(?:length)?|fib(?:er|re)|"
    r"step|stage|layer|tier|level|unit|system|year|device|board|box|it|oes?)s?$"
)


def _is_temperature(quantity: Quantity, low: str) -> bool:
    """Whether a label such as "85C" is a temperature, where the question speaks of heat."""
    return bool(_BARE_CELSIUS.fullmatch(low, quantity.start, quantity.end) and _THERMAL.search(low))


def _is_named(quantity: Quantity, low: str) -> bool:
    """Whether a number reads like a name ("Tomahawk 5") because the name of an argument stands before it: "Rth 12"."""
    word = re.search(r"[a-z][a-z0-9]*(?=[ ]$)", low[: quantity.start])
    return quantity.text.isdigit() and bool(word) and word[0] in _cue_words() and not _NUMBERED.fullmatch(word[0])  # type: ignore[index]


@cache
def _cue_words() -> frozenset[str]:
    parameters = [parameter for known in formulas() for parameter in known.parameters]
    words = {word.lower() for one in parameters for word in (*one.cues, one.symbol)}
    return frozenset(word for word in words if len(word) > 1)


_ALL_DAY = re.compile(r"24(?:\s?/\s?|[x×])7(?:\s?[/x×]\s?365)?(?![0-9.%]|\s?[a-zμ°]{1,2}(?![a-z]))")
_ASIDE = 40
_BRACKET = re.compile(r"\s?\(\s?(?:=|≈|about |i\.e\. |or |约|即)?\s?")


def _without_asides(figures: list[Figure], low: str) -> list[Figure]:
    """The numbers without "24/7" and without what is said again in brackets: "10 years (87,600 h)"."""
    always = [match.span() for match in _ALL_DAY.finditer(low)]
    found: list[Figure] = []
    for one in figures:
        if any(start <= one.start < end for start, end in always):
            continue
        gap = low[found[-1].end : one.start] if found else ""
        if found and _BRACKET.fullmatch(gap) and _is_same(found[-1], one):
            continue
        if found and _RADIUS.search(gap) and found[-1].low == one.low * 2 and len(gap) < _ASIDE and one.unit == "m":
            found.pop()  # "a diameter of 9.2 µm (a radius of 4.6 µm)"
        found.append(one)
    return found


def _is_same(one: Figure, other: Figure) -> bool:
    if not (one.unit and other.unit and convertible(one.unit, other.unit)) or other.low != other.high:
        return False
    try:
        again = convert(one.low, one.unit, other.unit)
    except CalculationError:
        return False
    return abs(again - other.low) <= abs(other.low) / 1000


_OVER_RATE = re.compile(r"(?:bits?|bytes?|[0-9]\s?(?:[tg]|[tg]b/s|[tg]bps|[tg]bit/s)) over\s?$")
_PLUS = re.compile(r"\s?\+\s?[0-9]")
_TIMES = re.compile(r"([0-9][0-9,]*)\s?[x×X]")
_AMOUNT = re.compile(r"\s?[$€£¥0-9]")
_PER_BIT = re.compile(r"(?:[每单]比特|(?:per|each|every|a) bit)[^,，。;；]{0,24}$")
_MOST_PER_BIT = Decimal("1e-8")
_TURNS = re.compile("[角倾斜偏]")


def _is_free(quantity: Quantity, low: str) -> bool:
    if quantity.kind == "label":
        return True
    after, before = low[quantity.end :], low[max(0, quantity.start - 12) : quantity.start]
    if quantity.unit == "Gb/s":
        return bool(_NAMES_A_DEVICE.match(after) or _PER_RATE.search(before))
    if quantity.unit == "m":
        clause = re.split(r"[,.;:?，。；：？](?![0-9])", low[: quantity.start])[-1]
        if _OFF.search(clause) or _OFF_AFTER.match(after):
            return False
        return _LASER_BAND[0] <= quantity.low <= quantity.high <= _LASER_BAND[1]
    if quantity.unit in ("years", "months"):
        return quantity.low == quantity.high == 1
    if quantity.unit == "x":
        return not any(character.isdigit() for character in quantity.text)  # "to double", "翻一番"
    if quantity.unit == "":
        small = quantity.low <= 10 and bool(_SMALL_WORD.fullmatch(low[quantity.start : quantity.end]))
        if small and quantity.low > 1 and _SPARE_LEAD.search(before):
            return False  # "另备两颗"
        if small and quantity.low > 1 and (_OF_EACH.match(low, quantity.end) or _SPARE.match(low, quantity.end)):
            return False  # "两台交换机各51.2T", "plus two spares"
        return small or quantity.low == quantity.high == 1
    return False


_OFF = re.compile(r"offset|gap|misalign|shift|apart|separat|radi|diameter|偏移|错位|偏心|间隙|间距|半径|直径|偏了?")
_OFF_AFTER = re.compile(
    r"\s?(?:of |的)?(?:(?:air|lateral|axial|空气|横向|纵向) ?)?"
    r"(?:offset|gap|misalign|shift|apart|偏移|间隙|错位|间距)"
)
_SPARE_LEAD = re.compile(r"(?:备用?|备份|冗余|spares?:?|再加|另加|加上|plus|外加|另外?)\s?$")
_SPARE = re.compile(r"\s?[个只台块颗根条支套]?\s?(?:extra|spare|back-?up|redundant|additional|more|备|冗余|额外)")
_OF_EACH = re.compile(
    r"\s?[个只台块颗根条座家]?[^0-9,，。;；分]{0,8}[各每](?![是为有约]{0,2}(?:多少|几))|"
    r"[^0-9,.;]{0,30}\b(?:each|apiece) ?[0-9]"
)


def _is_year(quantity: Quantity) -> bool:
    return quantity.kind == "time" and quantity.unit in ("year", "fiscal year")


def _spans(dates: tuple[tuple[int, int, int], ...], low: str) -> list[Figure]:
    """The years from one date to the other, of each sentence with two, or of the question where it has but two."""
    sentences: dict[int, list[tuple[int, int, int]]] = {}
    for date in dates:
        sentences.setdefault(_sentence(low, date[0]), []).append(date)
    pairs = [group for group in sentences.values() if len({year for *_, year in group}) == 2]
    if not pairs and len({year for *_, year in dates}) == 2:
        pairs = [list(dates)]
    found = []
    for pair in pairs:
        years = [year for *_, year in pair]
        length, at = Decimal(max(years) - min(years)), pair[0][0]
        found.append(Figure(at, at, f"{length} years", length, length, "years", "=", free=True))
    return found


_AGAIN = re.compile(r"(?:\b(?:all|those|these|the|every)|全部|这|所有)\s?$")


def _repeated(figures: list[Figure], low: str) -> list[Figure]:
    """A number said again ("… of all 16") need not be used again."""
    known: set[tuple[Decimal, str]] = set()
    found = []
    for one in figures:
        again = (one.low, one.unit) in known and _AGAIN.search(low[: one.start])
        known.add((one.low, one.unit))
        found.append(replace(one, free=True) if again else one)
    return found


_NOTHING = re.compile(
    r"(?<![a-z])(?:zero|no|without (?:an?|any|a single)?)(?=\s?(?:failures?|spares?)(?![a-z]))"
    r"|[零无](?=失效|故障|次|备)"
)


def _nothings(low: str) -> list[Figure]:
    """ "Zero failures", "零失效": a count that no digits give."""
    return [Figure(m.start(), m.end(), "0", Decimal(0), Decimal(0), "", "=", free=True) for m in _NOTHING.finditer(low)]


_HALF_YEAR = re.compile(r"\bhalf[ -](?:a )?year\b|(?<![上下前后])半年(?!度|报)")


def _half_years(low: str) -> list[Figure]:
    months = Decimal(6)
    return [Figure(m.start(), m.end(), "6 months", months, months, "months", "=") for m in _HALF_YEAR.finditer(low)]


_TIMES_NOUN = re.compile(r"\s?(?:[a-z][a-z-]*\s?|[一-龥]{1,5})?[×x*]\s?")


def _multiplied_counts(figures: list[Figure], low: str) -> list[Figure]:
    """ "100 switches × 64 ports" counts 6400 ports."""
    found: list[Figure] = []
    for one in figures:
        last = found[-1] if found else None
        if last and last.is_count and one.is_count and _TIMES_NOUN.fullmatch(low, last.end, one.start):
            number = last.low * one.low
            one = replace(one, start=last.start, low=number, high=number, words=_plain(number), free=False)
            found.pop()
        found.append(one)
    return found


_TIMES_EACH = re.compile(r"\s?(?:[a-z][a-z-]*\s)?[×x*]\s?")
_NUMBER = re.compile(r"[0-9][0-9,]*(?:\.[0-9]+)?")


def multiply(reading: Reading) -> Reading | None:
    """The question with "8 × 100 mW" read as 800 mW; None where nothing is so multiplied."""
    figures: list[Figure] = []
    for one in reading.figures:
        last = figures[-1] if figures else None
        counts = last is not None and last.is_count and one.unit and _NUMBER.match(one.words)
        if last and counts and _TIMES_EACH.fullmatch(reading.low, last.end, one.start) and one.low == one.high:
            words = _NUMBER.sub(_plain(last.low * _first_number(one.words)), one.words, count=1)
            low = one.low * last.low
            figures[-1] = replace(one, start=last.start, words=words, low=low, high=low, before=last.before,
                                  loose_before=last.loose_before)  # fmt: skip
        else:
            figures.append(one)
    if len(figures) == len(reading.figures):
        return None
    return replace(reading, figures=tuple(figures), allowed=frozenset(range(len(figures))))


_SPARE_AFTER = re.compile(
    r"\s?[个只台块颗根条支套]?\s?(?:of them |as )?(?:are |is )?"
    r"(?:extra|spare|back-?up|redundant|stand-?by|备|冗余|额外备)"
)
_SPARE_BEFORE = re.compile(r"(?:spares?|redundancy|备用|备份|冗余)(?: of|[:：为是有])?\s?$")
_AMONG = re.compile(r"(?:including|of which|among them|incl\.?|其中|包括|包含|含)[^0-9,，。;；]{0,8}$")


def with_spares(reading: Reading) -> Reading | None:
    """The question with "16 engines plus 2 spares" read as 16 of 16 + 2; None where there are no such two numbers."""
    counts = [at for at, one in enumerate(reading.figures) if one.is_count]
    spare = [
        at for at in counts
        if _SPARE_AFTER.match(reading.low, reading.figures[at].end)
        or _SPARE_BEFORE.search(reading.low[: reading.figures[at].start])
    ]  # fmt: skip
    whole = [at for at in counts if at not in spare and not reading.figures[at].free]
    if len(spare) != 1 or len(whole) != 1:
        return None
    one, other = reading.figures[whole[0]], reading.figures[spare[0]]
    among = _AMONG.search(reading.low[: other.start]) is not None
    value = one.low - other.low if among else one.low + other.low
    joint = replace(other, words=f"{one.words} {'−' if among else '+'} {other.words}", low=value, high=value,
                    free=False, before="needed" if among else "in total", after="")  # fmt: skip
    plain = replace(one, before="in total" if among else "needed", after="")
    changed = {whole[0]: plain, spare[0]: joint}
    return replace(reading, figures=tuple(changed.get(at, figure) for at, figure in enumerate(reading.figures)))


_DIAMETER = re.compile(r"mfd|mode[- ]?field diameter|diameter|模[场場]直径|直径|直徑")
_RADIUS = re.compile(r"radi(?:us|i)|半径|半徑")
_DISTANCE = re.compile(
    r"offset|gap|separat|misalign|shift|apart|distance|lateral|wavelength|length|偏移|错位|偏心|间隙|间距|距离|对偏|波长|偏|隔"
)


def halve_diameters(reading: Reading) -> Reading | None:
    """The question with mode field diameters read as radii: "MFD 10.4 µm" as "10.4 µm ÷ 2"; None without any."""
    if not _DIAMETER.search(reading.low) or _RADIUS.search(reading.low):
        return None
    figures = tuple(
        replace(one, words=f"{one.words} ÷ 2", low=one.low / 2, high=one.high / 2)
        if one.unit == "m" and not one.free and one.low < _MOST_OF_A_MODE and one.low == one.high
        and not _DISTANCE.search(f"{one.before}|{one.after}") else one
        for one in reading.figures
    )  # fmt: skip
    return replace(reading, figures=figures) if figures != reading.figures else None


_CENTS_OF = {"角": "CNY", "毛钱": "CNY", "毛": "CNY", "分钱": "CNY", "美分": "USD", "欧分": "EUR"}


def _with_cents(figures: list[Figure], low: str) -> list[Figure]:
    """ "8 cents" is 0.08 of the one currency that the question is in, of US dollars where it names none."""
    named = {one.unit for one in figures if one.unit in CURRENCIES}
    found = []
    for one in figures:
        name = _CENTS.match(low, one.end) if one.unit == "cents" else None
        if name:
            currency = next((unit for word, unit in _CENTS_OF.items() if word in name[0]), "")
            if not currency:
                currency = "EUR" if "euro" in name[0] else "USD" if "us" in name[0] else "/".join(named) or "USD"
            if currency in ("USD", "EUR", "CNY"):
                part = Decimal("0.1") if "角" in name[0] or "毛" in name[0] else Decimal("0.01")
                value = (one.low * part, one.high * part)
                one = replace(one, end=name.end(), unit=currency, low=value[0], high=value[1],
                              words=f"{_plain(value[0])} {currency}")  # fmt: skip
        found.append(one)
    return found


_FROM = re.compile(r"(?:\bfrom|[从由])\s?$")
_DOWN_TO = re.compile(r"\s?(?:(?:down |up )?to|→|->|[降升增减涨跌]?[到至])\s?")


def _lend_from_to(figures: list[Figure], low: str) -> list[Figure]:
    """ "从1200降到700美元": the first number has the unit of the second."""
    found: list[Figure] = []
    for one, other in zip_longest(figures, figures[1:]):
        if (
            other is not None and one.unit == "" and other.unit in CURRENCIES and _FROM.search(low[: one.start])
            and _DOWN_TO.fullmatch(low, one.end, other.start)
        ):  # fmt: skip
            one = replace(one, unit=other.unit)
        found.append(one)
    return found


_BOTH = re.compile(r"\bboth\b|\bidentical\b|两侧|两端|两边|双方|两个|两根|=\s?w2\s?=")
_MOST_OF_A_MODE = Decimal("1e-4")


def _twins(figure: Figure) -> tuple[Figure, ...]:
    """A length that two things have ("both mode radii are 4.6 µm") may be used twice."""
    if figure.unit == "m" and figure.low < _MOST_OF_A_MODE and _BOTH.search(figure.before):
        return figure, replace(figure, free=True)
    return (figure,)


_FOR_EACH = r"[^0-9,，。;；]{0,10}$"
_KWH_BEFORE = re.compile(r"(?:每|/|一)\s?(?:度电?|千瓦时|kwh)" + _FOR_EACH)
_KWH_AFTER = re.compile(r"\s?(?:(?:of )?co2e? |二氧化碳)?(?:an? |per |/|每)\s?(?:kwh|kilowatt[- ]hour|度电?|千瓦时)")
_MONTH_BEFORE = re.compile(r"(?:每个?月|月均)" + _FOR_EACH + r"|monthly [a-z ]{0,20}$")
_MONTH_AFTER = re.compile(r"\s?(?:an? |per |each |every |/\s?)month|\s?monthly|\s?[/每]个?月")
_SPELL_BEFORE = re.compile(r"每(?:周|天|日|个?季度?)" + _FOR_EACH + r"|(?:weekly|daily|quarterly) [a-z ]{0,20}$")
_SPELL_AFTER = re.compile(r"\s?(?:an? |per |each |every |/\s?)(?:week|day|quarter|hour)(?![a-z])|\s?/\s?[周天日]")
_MINUTE_BEFORE = re.compile(r"(?:每分钟|per minute)" + _FOR_EACH)
_FIT_BEFORE = re.compile(r"\bfit(?: rate)?\s?(?:[为是=:：值约]|of|is|\s)+$")
_KM_BEFORE = re.compile(r"(?:每(?:公里|千米)|per (?:km|kilomet(?:er|re)))" + _FOR_EACH)
_AREA_BEFORE = re.compile(r"(?:每(?:平方厘米|cm2|cm²)|per (?:cm2|cm²|square cent\w+))" + _FOR_EACH)
_AREA_AFTER = re.compile(
    r"\s?(?:个|个缺陷|defects?)?\s?(?:per |/\s?|每)(?:sq(?:uare|\.)? ?cm|cm(?:2|²|\^2)|square cent\w+|平方厘米)"
)


def _in_full(figure: Figure, low: str) -> Figure:
    """A figure whose "per" stands in words of its own takes it in: "每度电0.6元", "每公里0.25 dB", "0.2 per cm2"."""
    before, after = low[: figure.start], low[figure.end : figure.end + 40]
    if figure.unit in CURRENCIES and (_KWH_BEFORE.search(before) or _KWH_AFTER.match(after)):
        return _per(figure, "kWh", f"{figure.unit}/Wh", Decimal("0.001"))
    if figure.unit in CURRENCIES and (_MONTH_BEFORE.search(before) or _MONTH_AFTER.match(after)):
        return _per(figure, "month", f"{figure.unit}/months", Decimal(1))
    if figure.unit in CURRENCIES and (_SPELL_BEFORE.search(before) or _SPELL_AFTER.match(after)):
        return replace(figure, unit="cents")  # by the week or the day: fits nothing
    if figure.unit == "L" and _MINUTE_BEFORE.search(before):
        return replace(
            figure, words=f"{figure.words}/min", unit="L/s", low=figure.low / 60, high=figure.high / 60, told=True
        )
    if figure.unit == "g" and (_KWH_BEFORE.search(before) or _KWH_AFTER.match(after)):
        return _per(figure, "kWh", "g/Wh", Decimal("0.001"))
    if figure.unit == "" and _FIT_BEFORE.search(before):
        return replace(figure, words=f"{figure.words} FIT", unit="FIT", told=True)
    if figure.unit == "dB" and _KM_BEFORE.search(before):
        return _per(figure, "km", "dB/m", Decimal("0.001"))
    if figure.unit == "" and (_AREA_BEFORE.search(before) or _AREA_AFTER.match(after)):
        return _per(figure, "cm2", "1/m2", Decimal(10000))
    return figure


def _per(figure: Figure, what: str, unit: str, factor: Decimal) -> Figure:
    low, high = figure.low * factor, figure.high * factor
    return replace(figure, words=f"{figure.words}/{what}", unit=unit, low=low, high=high, free=False, told=True)


_BY = re.compile(r"\s?(?:x|×|by|乘以?|\*)\s?")


def _lend_units(figures: list[Figure], low: str) -> list[Figure]:
    """ "20 × 15 cm": the first side has the unit of the second."""
    found: list[Figure] = []
    for one, other in zip_longest(figures, figures[1:]):
        if (
            other is not None and one.unit == "" and other.unit == "m" and _BY.fullmatch(low[one.end : other.start])
            and (unit := re.search(r"[^\d.,\s]+$", other.words))
        ):  # fmt: skip
            factor = other.low / _first_number(other.words)
            one = replace(one, words=f"{one.words} {unit[0]}", unit="m", low=one.low * factor, high=one.high * factor)
        found.append(one)
    return found


_LISTED = re.compile(r"\s?(?:[,，;；、/+]|,?\s?(?:and|or)|[和及与或]|vs\.?|versus|against|对比?|→|->|⇒)\s?")
_CONTRAST = re.compile(r"\s?(?:vs\.?|versus|against|对比?|→|->|⇒|\+)\s?")
_LAST = re.compile(r".*(?:and|or|[和及与或、/]).*")


def _lend_to_lists(figures: list[Figure], low: str) -> list[Figure]:
    """ "Losses of 4, 3 and 1.5 dB": what is listed before a number with a unit has it too."""
    found = list(figures)
    for last in range(len(found) - 1, 0, -1):
        if not found[last].unit or found[last].unit in ("x", "years") or not found[last].words[:1].isdigit():
            continue
        first, closed, contrasted = last, False, False
        while first and found[first - 1].unit == "" and found[first - 1].end > found[first - 1].start:
            gap = low[found[first - 1].end : found[first].start]
            if not _LISTED.fullmatch(gap):
                break
            contrasted = contrasted or bool(_CONTRAST.fullmatch(gap))
            closed = closed or bool(_LAST.fullmatch(gap))
            first -= 1
        before = low[max(0, found[first].start - 24) : found[first].start]
        told = contrasted or (closed and (_SEVERAL.search(before) or _names_kind(before, found[last].unit)))
        for at in range(first, last if told or last - first > 1 else first):
            factor = abs(found[last].low / _first_number(found[last].words)) if found[last].low else Decimal(1)
            one = found[at]
            found[at] = replace(one, unit=found[last].unit, low=one.low * factor, high=one.high * factor, free=False)
    return found


def _names_kind(before: str, unit: str) -> bool:
    """Whether the last word before a number names what has that unit, and nothing else ("热阻25和6 °C/W")."""
    word = before.rstrip(" :：=为是")
    kinds = {kind for cue, kind in _cue_units() if word.endswith(cue)}
    clear = bool(kinds) and not any(kind == "" or ANY in kind or MONEY in kind for kind in kinds)
    return clear and any(convertible(unit, kind) for kind in kinds)


@cache
def _cue_units() -> frozenset[tuple[str, str]]:
    parameters = [parameter for known in formulas() for parameter in known.parameters]
    return frozenset((cue.lower(), one.unit) for one in parameters for cue in one.cues if len(cue) > 1)


_SCALE_WORDS = r"(?:million|billion|trillion|mn|bn|[万亿])"
_SCALED = re.compile(_SCALE_WORDS + "$", re.IGNORECASE)
_NO_NOUN = re.compile(r"\s*(?:$|[,.;?!，。；？)）]|(?:in|by|to|and|for|from|at)\b|[到至和及，年])")


def _lend_currency(figures: list[Figure], low: str) -> list[Figure]:
    """ "3.2 billion yuan in 2022 and 5.1 billion in 2024": the second amount is in yuan too."""
    found: list[Figure] = []
    for one in figures:
        last = next((each for each in reversed(found) if each.unit in CURRENCIES), None)
        alike = last is not None and _SCALED.search(one.words) and re.search(_SCALE_WORDS, last.words, re.IGNORECASE)
        near = last is not None and _sentence(low, last.start) == _sentence(low, one.start)
        if last and alike and near and one.unit == "" and _NO_NOUN.match(low, one.end):
            one = replace(one, unit=last.unit)
        found.append(one)
    return found


_SEVERAL = re.compile(
    r"(?:[a-z]{2}[^s\W]s|both|between|for)(?: of| are| were| at)?\s?:?\s?$|(?:分别|各)[为是]?\s?$|之间\s?$"
)


def _said(figure: Figure) -> Figure:
    """The figure with words that read back to it alone: "from 1.2 to 0.8 kW" says 1200 W first."""
    if figure.told or figure.unit == "cents" or figure.words == "0" or figure.start == figure.end:
        return figure
    again = find_quantities(figure.words)
    if len(again) == 1 and (again[0].low, again[0].high, again[0].unit) == (figure.low, figure.high, figure.unit):
        return figure
    number = f"{_plain(figure.low)}" if figure.low == figure.high else f"{_plain(figure.low)} to {_plain(figure.high)}"
    return replace(figure, words=f"{number} {figure.unit}".rstrip())


def _plain(value: Decimal) -> str:
    return f"{value.normalize():f}"


def _first_number(words: str) -> Decimal:
    digits = re.search(r"[0-9][0-9,]*(?:\.[0-9]+)?", flatten(words))
    return Decimal(digits[0].replace(",", "")) if digits else Decimal(1)
