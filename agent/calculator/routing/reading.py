"""Read a question: its numbers as figures, each with the words beside it, without what only looks like a number."""

import re
from dataclasses import replace
from decimal import Decimal
from functools import cache

from agent.calculator.registry import formulas
from agent.calculator.routing.figures import (
    CENTS,
    LARGEST_MODE,
    NAMES_A_DEVICE,
    RADIUS,
    Figure,
    Reading,
    plain,
    sentence_at,
)
from agent.calculator.routing.lending import lend
from agent.calculator.routing.parallels import in_parallel
from agent.calculator.routing.words import beside
from agent.calculator.units import convert, convertible
from agent.errors import CalculationError
from corpus.quantities import Quantity, find_quantities, flatten


def read(question: str) -> Reading:
    """Read a question's numbers."""
    text = flatten(question)
    low = "".join(one if len(one := character.lower()) == 1 else character for character in text)
    found = find_quantities(question)
    dates = tuple((q.start, q.end, int(year)) for q in found if _is_year(q) for year in dict.fromkeys((q.low, q.high)))
    found = [_unmarked(q, low) for q in found]
    kept = [_figure(q, low) for q in found if _measures(q, low)]
    kept += [*_nothings(low), *_half_years(low)]
    kept.sort(key=lambda one: one.start)
    kept = lend(_repeated(_without_asides(kept, low), low), low)
    kept = sorted([*kept, *_spans(dates, low)], key=lambda one: one.start)
    borders = sorted((one.start, one.end) for one in kept if one.end > one.start)
    told = in_parallel([_with_words(one, borders, low) for one in kept], dates, low)
    figures = tuple(twin for one in told for twin in _twins(one))
    return Reading(text, low, figures, dates, frozenset(range(len(figures))))


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
        unit, words = "pJ/bit", f"{plain(quantity.low.scaleb(12))} pJ/bit"
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
        degrees = _first_digits(words)  # "55C"
        return Figure(quantity.start, end, f"{degrees} °C", Decimal(degrees), Decimal(degrees), "°C", bound)
    if unit == "" and CENTS.match(low, quantity.end):
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
    r"(?: (?:about|around|some|roughly|only|another))?\s?|\bfrom [^,;.]{1,20} by\s?"
    r"|(?:增加|增长|减少|下降|降低|提高|提升|上升|上涨|下跌|上调|下调|净增|[增升降涨跌]|(?<!衰)减)了?(?:约|近|大约|超过)?\s?)[$€£¥]?$"
)

_CHANGE_AFTER = re.compile(r"\s?(?:[a-z]+ )?(?:more|less|fewer|higher|lower)\b")


def _first_digits(words: str) -> str:
    digits = re.match(r"[-−]?[0-9][0-9,.]*[0-9]|[-−]?[0-9]", words)
    return digits[0] if digits else words


_ROUNDING_AFTER = re.compile(
    r"\s?(?:位?小数|位有效|桁|d\.?p\.?(?![a-z])|decimals?|decimal places?|significant|sig\.? ?fig)"
)

_ROUNDING_BEFORE = re.compile(r"(?:小数点后|小数第|保留|精确到小数点后第?)$")


def _unmarked(quantity: Quantity, low: str) -> Quantity:
    """What reads like a list mark or a year but is listed with another number: "8、16和32个",
    "2000 or 4000 modules"."""
    digits = quantity.text.rstrip("、")
    marked = digits != quantity.text and digits.isdigit() and low[quantity.end : quantity.end + 1].isdigit()
    year = quantity.kind == "time" and digits.isdigit() and _WITH_NUMBER.match(low, quantity.end)
    if not (marked or year) or (year and _YEAR_BEFORE.search(low[: quantity.start])):
        return quantity
    value = Decimal(digits)
    return replace(
        quantity, text=digits, end=quantity.start + len(digits), low=value, high=value, unit="", kind="count"
    )


_WITH_NUMBER = re.compile(r"\s?(?:or|and|或者?|[和与、,])\s?(?!(?:19|20)[0-9]{2}(?![0-9]))[0-9]{3,}(?![0-9]*年)")
_YEAR_BEFORE = re.compile(r"\b(?:in|since|by|from|until|of|year)\s$")


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
    words = {word for one in parameters for word in (*one.cues, one.symbol)}
    return frozenset(
        word.lower() for word in words if (len(word) > 1 and word[1:] != word[1:].lower()) or word == "Rth"
    )


_ALL_WEEK = re.compile(r"(?<![0-9.])7\s?[x×*/]\s?24(?:\s?小时|\s?h(?:ours)?(?![a-z]))?(?![0-9.])")
_ALL_DAY = re.compile(
    r"24(?:\s?/\s?|[x×*])7(?:\s?[/x×]\s?365)?(?![0-9.%]|\s?(?:[kmnpμ]?(?:w|db|dbm|m|v|a|hz|g|t|c|s)|°)(?![a-z]))"
)

_ASIDE = 40

_BRACKET = re.compile(r"\s?\(\s?(?:=|≈|about |i\.e\. |or |约|即)?\s?")


def _without_asides(figures: list[Figure], low: str) -> list[Figure]:
    """The numbers without "24/7" and without what is said again in brackets: "10 years (87,600 h)"."""
    always = [match.span() for pattern in (_ALL_DAY, _ALL_WEEK) for match in pattern.finditer(low)]
    found: list[Figure] = []
    for one in figures:
        if any(start < one.end and one.start < end for start, end in always):
            continue
        gap = low[found[-1].end : one.start] if found else ""
        if found and _BRACKET.fullmatch(gap) and _is_same(found[-1], one):
            continue
        if found and RADIUS.search(gap) and found[-1].low == one.low * 2 and len(gap) < _ASIDE and one.unit == "m":
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
        return bool(NAMES_A_DEVICE.match(after) or _PER_RATE.search(before))
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
        listed = _LISTS.match(low, quantity.end) or _THE_SAID.search(before)
        return (small and (quantity.low <= 1 or bool(listed))) or quantity.low == quantity.high == 1
    return False


_LISTS = re.compile(
    r"-(?:channel|lane|port|way|wavelength|core|fib(?:er|re)|layer|step|stage|tier)(?![a-z])|"
    r"\s?-?\s?(?:[a-z]+ )?(?:things?|questions?|results?|cases?|options?|steps?|stages?|numbers?|values?|figures?|"
    r"ways?|companies|"
    r"vendors?|firms?|suppliers?|scenarios?|designs?|versions?|kinds?|types?|products?|tiers?|layers?|sides?|losses|yields|"
    r"parts|segments|regions|years'|modes|fib(?:er|re)s|层|级|种|款|家|项|步|道|类|段|处|者|边|侧|端|"
    r"个?(?:方案|情况|问题|结果|数|指标|版本|公司|厂商|条件|模场|光斑|环节|部分))(?![a-z])(?!(?: each)?(?: of| at|"
    r" with)? ?[0-9]|[^0-9,，。]{0,3}[各每])"
)
"""What is counted where the things themselves are listed, so that their count need not be used."""
_THE_SAID = re.compile(r"(?:\b(?:the|these|those|both|all|last|first|next|past)|这|那|前|后|该|全部|所有)\s?$")
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
        sentences.setdefault(sentence_at(low, date[0]), []).append(date)
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


_BOTH = re.compile(r"\bboth\b|\bidentical\b|两侧|两端|两边|双方|两个|两根|=\s?w2\s?=")


def _twins(figure: Figure) -> tuple[Figure, ...]:
    """A length that two things have ("both mode radii are 4.6 µm") may be used twice."""
    if figure.unit == "m" and figure.low < LARGEST_MODE and _BOTH.search(figure.before):
        return figure, replace(figure, free=True)
    return (figure,)
