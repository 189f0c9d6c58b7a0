"""What the numbers of a question lend each other: units of lists, currencies, a "per" that stands elsewhere."""

import re
from dataclasses import replace
from decimal import Decimal
from functools import cache
from itertools import zip_longest

from agent.calculator.formula import ANY, MONEY
from agent.calculator.registry import formulas
from agent.calculator.routing.figures import CENTS, Figure, first_number, plain, sentence_at
from agent.calculator.units import convertible
from corpus.quantities import find_quantities
from corpus.units import CURRENCIES


def lend(figures: list[Figure], low: str) -> list[Figure]:
    """The figures with all that others, or words apart from them, say of their units; ``low`` is the text."""
    kept = _with_cents(_multiplied_counts(figures, low), low)
    kept = _lend_from_to(_lend_currency(kept, low), low)
    kept = _lend_units([_in_full(one, low) for one in kept], low)
    return [_said(one) for one in _lend_on(_lend_to_lists(kept, low), low)]


_TIMES_NOUN = re.compile(r"\s?(?:[a-z][a-z-]*\s?|[一-龥]{1,5})?[×x*]\s?")


def _multiplied_counts(figures: list[Figure], low: str) -> list[Figure]:
    """ "100 switches × 64 ports" counts 6400 ports."""
    found: list[Figure] = []
    for one in figures:
        last = found[-1] if found else None
        if last and last.is_count and one.is_count and _TIMES_NOUN.fullmatch(low, last.end, one.start):
            number = last.low * one.low
            one = replace(one, start=last.start, low=number, high=number, words=plain(number), free=False)
            found.pop()
        found.append(one)
    return found


_CENTS_OF = {"角": "CNY", "毛钱": "CNY", "毛": "CNY", "分钱": "CNY", "美分": "USD", "欧分": "EUR"}


def _with_cents(figures: list[Figure], low: str) -> list[Figure]:
    """ "8 cents" is 0.08 of the one currency that the question is in, of US dollars where it names none."""
    named = {one.unit for one in figures if one.unit in CURRENCIES}
    found = []
    for one in figures:
        name = CENTS.match(low, one.end) if one.unit == "cents" else None
        if name:
            currency = next((unit for word, unit in _CENTS_OF.items() if word in name[0]), "")
            if not currency:
                currency = "EUR" if "euro" in name[0] else "USD" if "us" in name[0] else "/".join(named) or "USD"
            if currency in ("USD", "EUR", "CNY"):
                part = Decimal("0.1") if "角" in name[0] or "毛" in name[0] else Decimal("0.01")
                value = (one.low * part, one.high * part)
                one = replace(one, end=name.end(), unit=currency, low=value[0], high=value[1],
                              words=f"{plain(value[0])} {currency}")  # fmt: skip
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


_FOR_EACH = r"[^0-9,，。;；]{0,10}$"

_CURRENCY_SIGNS = {"$": "USD", "€": "EUR", "£": "GBP"}
_MONEY_AFTER = re.compile(r"\s?([$€£])\s?(?:/|per )\s?(?:kwh|kilowatt[- ]hour)")
_KWH_BEFORE = re.compile(r"(?:每|/|一)\s?(?:度电?|千瓦时|kwh)" + _FOR_EACH)

_KWH_AFTER = re.compile(r"\s?(?:(?:of )?co2e? |二氧化碳)?(?:an? |per |/|每)\s?(?:kwh|kilowatt[- ]hour|度电?|千瓦时)")

_MONTH_BEFORE = re.compile(r"(?:每个?月|月均)" + _FOR_EACH + r"|monthly [a-z ]{0,20}$")

_MONTH_AFTER = re.compile(r"\s?(?:an? |per |each |every |/\s?)month|\s?monthly|\s?[/每]个?月")

_SPELL_BEFORE = re.compile(r"每(?:周|天|日|个?季度?)" + _FOR_EACH + r"|(?:weekly|daily|quarterly) [a-z ]{0,20}$")

_SPELL_AFTER = re.compile(r"\s?(?:an? |per |each |every |/\s?)(?:week|day|quarter|hour)(?![a-z])|\s?/\s?[周天日]")

_METRE_AFTER = re.compile(r"\s?(?:/|per |a |每)\s?(?:m|met(?:er|re)|米)(?![a-z])")
_METRE_BEFORE = re.compile(r"每米" + _FOR_EACH)
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
    if figure.unit == "" and (money := _MONEY_AFTER.match(low, figure.end)):
        currency = _CURRENCY_SIGNS.get(money[1], money[1].upper())
        return _per(
            replace(figure, words=f"{figure.words} {currency}", unit=currency, end=money.end()),
            "kWh",
            f"{currency}/Wh",
            Decimal("0.001"),
        )
    if figure.unit in CURRENCIES and (_KWH_BEFORE.search(before) or _KWH_AFTER.match(after)):
        return _per(figure, "kWh", f"{figure.unit}/Wh", Decimal("0.001"))
    if figure.unit in CURRENCIES and (_MONTH_BEFORE.search(before) or _MONTH_AFTER.match(after)):
        return _per(figure, "month", f"{figure.unit}/months", Decimal(1))
    if figure.unit in CURRENCIES and (_SPELL_BEFORE.search(before) or _SPELL_AFTER.match(after)):
        return replace(figure, unit="cents")  # by the week or the day: fits nothing
    if figure.unit == "s" and (_METRE_AFTER.match(after) or _METRE_BEFORE.search(before)):
        return replace(figure, unit="cents")  # "5 ns per metre" fits nothing here
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
            factor = other.low / first_number(other.words)
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
            one = found[at]
            scaled = one.low != first_number(one.words)  # "10亿→12亿元": its scale is its own
            found[at] = _with_unit_of(one, found[last], scale=not scaled)
    return found


def _with_unit_of(one: Figure, other: Figure, scale: bool = True) -> Figure:
    """A bare number in the unit of another, and to its scale ("4 and 6 billion") unless it has its own."""
    factor = abs(other.low / first_number(other.words)) if scale and other.low else Decimal(1)
    return replace(one, unit=other.unit, low=one.low * factor, high=one.high * factor, free=False)


_AND_AT = re.compile(
    r"(?: each)?,?\s?(?:and|or|versus|vs\.?)(?: (?:what )?(?:about|at|for|with|if))?\s|"
    r"[?？.。,，]\s?(?:and|"
    r"what about|how about) (?:at|for|with)?\s?"
)
_NOTHING_AFTER = re.compile(r"\s?(?:[?？。.,，;；]|$)(?![0-9])")


def _lend_on(figures: list[Figure], low: str) -> list[Figure]:
    """ "At 15 pJ/bit and at 5?": a bare number at the end of such a pair has the unit of the one before."""
    found: list[Figure] = []
    for one in figures:
        last = found[-1] if found else None
        lends = last is not None and last.unit not in ("", "x", "years", "cents") and last.words[:1].isdigit()
        if (
            last
            and lends
            and one.unit == ""
            and _AND_AT.fullmatch(low, last.end, one.start)
            and _NOTHING_AFTER.match(low, one.end)
        ):
            one = _with_unit_of(one, last)
        found.append(one)
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
        near = last is not None and sentence_at(low, last.start) == sentence_at(low, one.start)
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
    number = f"{plain(figure.low)}" if figure.low == figure.high else f"{plain(figure.low)} to {plain(figure.high)}"
    return replace(figure, words=f"{number} {figure.unit}".rstrip())
