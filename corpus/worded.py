"""Amounts in words: 一半, "a dozen", 数百亿, "two and a half hours", 半年, 八折, "nine out of ten".

Each reader below finds one way to say a number without writing it; ``corpus.quantities`` reads those that are written.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal

from corpus.numerals import ENGLISH, HAN_DIGITS, HAN_PLACES, han_value
from corpus.quantities import Bound, bound_at
from corpus.units import compound_unit_at, unit_at


@dataclass(frozen=True, slots=True)
class Worded:
    """An amount in words at ``text[start:end]``.

    Attributes:
        high: Above ``low`` only where nobody knows how many: "hundreds" is 200 to 900.
        unit: Canonical unit; "" for a count; "share" for a part of a whole, of which 1 is all.
        ratio: The new value over the old, where the words alone tell a change ("halved").
    """

    start: int
    end: int
    low: Decimal
    high: Decimal
    unit: str
    bound: Bound
    ratio: Decimal | None = None


def read_words(text: str) -> list[Worded]:
    """The amounts in words of flattened text, left to right, not overlapping; the earlier reader wins."""
    found: list[Worded] = []
    for reader in _READERS:
        found += [
            one
            for one in reader(text)
            if not any(
                one.start < other.end > one.start >= other.start or other.start < one.end > other.start >= one.start
                for other in found
            )
        ]
    return sorted(found, key=lambda one: one.start)


_ANY_CASE = re.IGNORECASE | re.ASCII
_HALF = Decimal("0.5")
_FEW = r"one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve"
_FEW_HAN = "一二两兩三四五六七八九十"
_BEGINS = r"(?<![\w.-])"
_ENDS = r"(?![A-Za-z-])"
_SCALES = {"hundred": 100, "thousand": 1000, "million": 10**6, "billion": 10**9, "trillion": 10**12}
_SCALE = "|".join(_SCALES)
_UNIT_GAP = re.compile(r"\s?(?:of\s|[个個])?|-")


def _number(word: str) -> Decimal:
    if word.casefold() in ("a", "an", "a ", "an "):
        return Decimal(1)
    if word[0].isdigit():
        return Decimal(word)
    return Decimal(ENGLISH[word.casefold()]) if word.isascii() else han_value(word) or Decimal(0)


def _places(numeral: str) -> Decimal:
    """What 百万 is worth with no digit before it."""
    value = Decimal(1)
    for character in numeral:
        value *= HAN_PLACES[character]
    return value


def _share(text: str, found: re.Match[str], value: Decimal, ratio: Decimal | None = None) -> Worded:
    return _plain(text, found, value, "share", ratio=ratio)


def _plain(
    text: str,
    found: re.Match[str],
    value: Decimal,
    unit: str,
    *,
    bound: Bound | None = None,
    ratio: Decimal | None = None,
) -> Worded:
    start, end = found.span()
    return Worded(start, end, value, value, unit, bound or bound_at(text, start, end), ratio)


def _measured(
    text: str, start: int, end: int, low: Decimal, high: Decimal | None = None, bound: Bound | None = None
) -> Worded:
    """An amount with the unit after it, where there is one: "half a million dollars", 数十亿美元."""
    high = low if high is None else high
    gap = _UNIT_GAP.match(text, end)
    unit = compound_unit_at(text, gap.end()) if gap else None
    factor, name, after = unit or (Decimal(1), "", end)
    return Worded(start, after, low * factor, high * factor, name, bound or bound_at(text, start, after))


# --- Halves and other parts -------------------------------------------------------------------------------------------

_AND_A_HALF = re.compile(
    rf"{_BEGINS}(?P<n>an?|{_FEW}|[0-9]{{1,4}})\s(?P<unit>[a-z]+\s)?and a half{_ENDS}|"
    rf"{_BEGINS}(?P<half>half an?)(?=\s(?:year|month|day|hour|minute|second|week|watt|volt|micron)s?{_ENDS})",
    _ANY_CASE,
)
_HALF_UNITS = "年|月|小时|小時|時間|天|日|分钟|分鐘|周|星期"
_HAN_HALF = re.compile(
    rf"(?<![上下前后後])(?:(?P<n>[{_FEW_HAN}]|[0-9]{{1,3}})\s?[个個]?)?半[个個]?(?P<unit>{_HALF_UNITS})(?!夜|天)|"
    rf"(?P<m>[{_FEW_HAN}]|[0-9]{{1,3}})\s?[个個]?(?P<first>{_HALF_UNITS})半(?![年个個])"
)
_HALVED = re.compile(
    rf"(?<![a-z-])(?:halv(?:ed|es|ing)|halve|(?:cut|slashed)\s(?:[a-z]+\s){{0,3}}in half){_ENDS}|[减減]半|半[减減]",
    _ANY_CASE,
)
_HALVES = re.compile(
    r"一半|半数|半數|对半|(?<![0-9一-龥])半分|(?<=[过過逾超])半(?![导導径徑])|(?<=[近])半(?![导導径徑])"
    r"|(?<![a-z-])(?<!first[ -])(?<!second[ -])(?<!latter )(?<!other )(?<!1st[ -])(?<!2nd[ -])(?<!top )(?<!bottom )"
    r"(?:one[ -])?half"
    rf"{_ENDS}(?!\s(?:an?\s|year|price|of\s(?:the\s)?(?:(?:fiscal\s)?year|decade|(?:19|20)[0-9]{{2}})))",
    _ANY_CASE,
)
_PARTS = {
    "third": 3, "quarter": 4, "fifth": 5, "sixth": 6, "eighth": 8, "tenth": 10, "hundredth": 100, "thousandth": 1000,
}  # fmt: skip
_A_PART = re.compile(
    rf"(?<![a-z-])(?P<by>(?<=by )|(?<=nearly )|(?<=about ))?a (?P<part>{'|'.join(_PARTS)})"
    r"(?(by)(?![a-z])|(?=\s(?:of|as|less|more|the|lower|higher|cheaper|smaller|larger|fewer)(?![a-z])))",
    _ANY_CASE,
)
_OUT_OF = re.compile(
    rf"{_BEGINS}(?P<n>{_FEW}|[0-9]{{1,2}})\s"
    rf"(?:out of(?: every)?\s(?P<of>{_FEW}|twenty|[1-9][0-9]{{0,2}}|a hundred)"
    r"|in(?: every)?\s(?P<in>three|four|five|ten|10|100|a hundred))"
    r"(?![\w,-]|\.[0-9]|\s(?:years?|months?|weeks?|days?|hours?|minutes?))",
    _ANY_CASE,
)
_FRACTION_SIGNS = {
    "½": (1, 2), "⅓": (1, 3), "⅔": (2, 3), "¼": (1, 4), "¾": (3, 4), "⅕": (1, 5), "⅖": (2, 5), "⅗": (3, 5), "⅘": (4, 5),
    "⅙": (1, 6), "⅚": (5, 6), "⅛": (1, 8), "⅜": (3, 8), "⅝": (5, 8), "⅞": (7, 8), "⅒": (1, 10),
}  # fmt: skip
_FRACTION_SIGN = re.compile(rf"(?:(?<![0-9.,])(?P<n>[0-9]{{1,4}})\s?)?(?P<sign>[{''.join(_FRACTION_SIGNS)}])")
_PRICE = re.compile(
    r"(?P<n>[一二三四五六七八九]{1,2})折(?![射叠疊断斷旧舊现現算])|对折|(?<![a-z])half[ -]price(?![a-z])", _ANY_CASE
)


def _read_and_a_half(text: str) -> Iterator[Worded]:
    """ "two and a half hours", "a year and a half", "half a year"."""
    for found in _AND_A_HALF.finditer(text):
        number = _HALF if found["half"] else _number(found["n"]) + _HALF
        unit = unit_at(text, found.start("unit")) if found["unit"] else None
        if unit:
            yield Worded(*found.span(), number * unit[0], number * unit[0], unit[1], bound_at(text, *found.span()))
        elif not found["unit"] and (found["half"] or _number(found["n"]) > 0):
            yield _measured(text, *found.span(), number)


def _read_han_half(text: str) -> Iterator[Worded]:
    """半年, 一年半, 两个半小时."""
    for found in _HAN_HALF.finditer(text):
        name = found["unit"] or found["first"]
        unit = (
            (Decimal(1), "months") if name == "月" else unit_at(text, found.start("unit" if found["unit"] else "first"))
        )
        if unit:
            value = (_number(found["n"] or found["m"] or "〇") + _HALF) * unit[0]
            yield _plain(text, found, value, unit[1])


def _read_halved(text: str) -> Iterator[Worded]:
    return (_share(text, found, _HALF, _HALF) for found in _HALVED.finditer(text))


def _read_halves(text: str) -> Iterator[Worded]:
    for found in _HALVES.finditer(text):
        cue = text[found.start() - 1 : found.start()] if found[0][0] == "半" else ""
        bound: Bound | None = "~" if cue == "近" else ">" if cue and cue in "过過逾超" else None
        yield _plain(text, found, _HALF, "share", bound=bound)


def _read_parts(text: str) -> Iterator[Worded]:
    for found in _A_PART.finditer(text):
        yield _share(text, found, 1 / Decimal(_PARTS[found["part"].casefold()]))
    for found in _OUT_OF.finditer(text):
        part, whole = _number(found["n"]), (found["of"] or found["in"]).casefold()
        all_of = Decimal(100) if whole == "a hundred" else _number(whole)
        if 0 < part < all_of:
            yield _share(text, found, part / all_of)


def _read_fraction_signs(text: str) -> Iterator[Worded]:
    for found in _FRACTION_SIGN.finditer(text):
        above, below = _FRACTION_SIGNS[found["sign"]]
        part = Decimal(above) / below
        yield _measured(text, *found.span(), Decimal(found["n"]) + part) if found["n"] else _share(text, found, part)


def _read_prices(text: str) -> Iterator[Worded]:
    """八折 is 80% of the price, 八五折 85%."""
    for found in _PRICE.finditer(text):
        digits = "".join(str(HAN_DIGITS[c]) for c in found["n"] or "五")
        share = Decimal(digits).scaleb(-len(digits))
        yield _share(text, found, share, share)


# --- Factors and counts -----------------------------------------------------------------------------------------------

_FACTORS = {"double": 2, "a doubling": 2, "倍增": 2, "triple": 3, "quadruple": 4, "quintuple": 5, "sextuple": 6}
_FACTOR = re.compile(
    r"(?<![a-z-])(?:a doubling|(?:double|triple|quadruple|quintuple|sextuple)"
    r"(?!\s(?:data|density|sided|check|click|clad|layer|row|stack|pump|hetero|pass|digit|bond|play)))(?![a-z-])|(?<![翻成])倍增(?![器管])",
    _ANY_CASE,
)
_SCALED = re.compile(
    rf"{_BEGINS}(?:(?P<half>half an?)\s(?P<part>{_SCALE}|dozen)"
    rf"|(?:an?\s|(?<=per )|(?<=each )|(?<=every ))(?P<one>{_SCALE})"
    rf"|(?P<n>an?|{_FEW}|[0-9]{{1,3}})\s(?P<name>dozen|decades?|fortnights?)){_ENDS}",
    _ANY_CASE,
)
_BARE_HAN = re.compile(
    rf"(?<![0-9.{_FEW_HAN}百千万萬亿億数數几幾上成第每老])"
    r"(?:[百千](?=[倍台家个個名件只条])|[百千][万萬亿億](?=[台家个個名件只颗美日人]|元(?![素件])))"
)
_TOP = re.compile(
    r"(?<=前)(?P<n>[二三四五六七八九十]{1,3})(?=[大强強名位家的])|(?<![0-9十])(?P<of>[二三四五六七八九十])"
    r"(?=大(?:厂|廠|公司|供应|供應|巨头|巨頭|企业|企業|客户|运营|云|类|類|板块|部分|趋势|挑战|原因|优势|阵营|模块|系列))"
)
_VAGUE_HAN = re.compile(
    r"(?P<some>[数數几幾])(?P<of>[十百千万萬亿億]{1,3})|(?<![以之至])上(?P<up>[百千万萬亿億]{1,3})(?=[台家个個名件只条元美人])"
)
_VAGUE = re.compile(
    rf"{_BEGINS}(?:(?P<tens>tens|hundreds) of )?"
    rf"(?P<plural>dozens|tens(?= of)|hundreds|thousands|millions|billions|trillions|decades){_ENDS}"
    rf"|{_BEGINS}(?:several|a few|many)\s(?:(?P<ten>ten|hundred) )?(?P<few>dozen|{_SCALE}){_ENDS}",
    _ANY_CASE,
)
_TENS = {"dozen": 10, "ten": 10, "decade": 10} | _SCALES
_VAGUE_LOW, _VAGUE_HIGH = 2, 9


def _read_factors(text: str) -> Iterator[Worded]:
    return (_plain(text, found, Decimal(_FACTORS[found[0].casefold()]), "x") for found in _FACTOR.finditer(text))


def _read_scaled(text: str) -> Iterator[Worded]:
    """ "a hundred times", "half a million", "two dozen", "a decade"."""
    for found in _SCALED.finditer(text):
        name = (found["part"] or found["one"] or found["name"]).casefold()
        count = _HALF if found["half"] else _number(found["n"] or "a")
        if name.startswith("decade"):
            yield _plain(text, found, count * 10, "years")
        elif name.startswith("fortnight"):
            yield _plain(text, found, count * 1209600, "s")
        else:
            yield _measured(text, *found.span(), count * (_SCALES.get(name) or 12))


def _read_bare_han(text: str) -> Iterator[Worded]:
    """百倍, 千台: a place without a digit."""
    return (_measured(text, *found.span(), _places(found[0])) for found in _BARE_HAN.finditer(text))


def _read_tops(text: str) -> Iterator[Worded]:
    """前五大, 五大厂商."""
    return (_plain(text, found, han_value(found[0]) or Decimal(0), "") for found in _TOP.finditer(text))


def _read_vague(text: str) -> Iterator[Worded]:
    for found in _VAGUE_HAN.finditer(text):
        if found["up"]:
            yield _measured(text, *found.span(), _places(found["up"]), bound="≥")
        else:
            yield _several(text, found, _places(found["of"]))
    for found in _VAGUE.finditer(text):
        tens, name = found["tens"] or found["ten"] or "", (found["plural"] or found["few"]).casefold()
        unit = Decimal(_TENS[name.removesuffix("s")] * (_TENS[tens.casefold().removesuffix("s")] if tens else 1))
        if name == "decades":
            yield Worded(*found.span(), _VAGUE_LOW * unit, _VAGUE_HIGH * unit, "years", "~")
        else:
            yield _several(text, found, unit)


def _several(text: str, found: re.Match[str], unit: Decimal) -> Worded:
    return _measured(text, *found.span(), _VAGUE_LOW * unit, _VAGUE_HIGH * unit, bound="~")


_READERS = (
    _read_and_a_half, _read_han_half, _read_halved, _read_prices, _read_halves, _read_parts, _read_fraction_signs,
    _read_factors, _read_scaled, _read_bare_han, _read_tops, _read_vague,
)  # fmt: skip
