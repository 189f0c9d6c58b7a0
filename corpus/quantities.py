"""Find numbers with their units, scales and periods in English, Chinese and Japanese (50亿美元 = US$5 billion).

    >>> [(q.low, q.unit, q.kind) for q in find_quantities("CPO市场规模为50亿美元")]
    [(Decimal('5000000000'), 'USD', 'measure')]

Values are exact decimals in one canonical unit per dimension, so that equal quantities compare equal whatever the
language or the prefix. The text is read once, left to right; every pattern is anchored or bounded, so the work grows
in step with the length of the text.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from decimal import Context, Decimal, localcontext
from functools import lru_cache
from typing import Literal

from corpus.dates import read_period
from corpus.numerals import (
    ENGLISH,
    ENGLISH_WORDS,
    HAN_DIGITS,
    HAN_LARGE,
    HAN_PLACES,
    HAN_SMALL,
    han_approximation,
    han_value,
)
from corpus.units import CURRENCIES, CURRENCY_SIGNS, PER, compound_unit_at, prefer, unit_at

Kind = Literal["measure", "count", "time", "label"]
"""A measurement; a bare number or a count of things; a date or period; a name or ordinal that only looks like one."""

Bound = Literal["=", "≥", "≤", ">", "<", "~"]


@dataclass(frozen=True, slots=True)
class Quantity:
    """One number found at ``text[start:end]`` of the searched text, scale and unit included.

    Attributes:
        low, high: The value in ``unit``; they differ only for a range ("14-16 W").
        bound: How the number is meant: exactly, at least, at most, above, below, about.
        unit: Canonical unit ("W", "pJ/bit", "Gb/s", "%", "pp", "USD", "x" for a factor, "years", …), "" for none.
            A time's unit is its grain ("year", "fiscal year", "half", "quarter", "month", "day") and its value the
            digits of the date: 2025, 20252 (second half), 202510, 20251020.
    """

    start: int
    end: int
    text: str
    low: Decimal
    high: Decimal
    bound: Bound
    unit: str
    kind: Kind


def find_quantities(text: str) -> list[Quantity]:
    """Every number in the text, left to right, not overlapping; labels such as "PAM4" and "第3章" included."""
    return list(_find_quantities(text))


@lru_cache(maxsize=256)
def _find_quantities(text: str) -> tuple[Quantity, ...]:
    """Kept for the texts asked for last: whoever weighs each number of a claim asks for them again and again."""
    plain = flatten(text)
    with localcontext(_EXACT):
        return tuple(
            Quantity(a.start, a.end, text[a.start : a.end], _tidy(a.low), _tidy(a.high), a.bound, a.unit, a.kind)
            for a in _join(plain, list(_scan(plain)))
        )


def same_quantity(a: Quantity, b: Quantity) -> bool:
    """Whether two quantities say the same: equal values, units, bounds and grain. "About 5" equals "5"; 4.9 does not.

    A label's rate ("800G DR8") equals the measured rate ("800 Gb/s"); any other label equals only a label.
    """
    return (
        (a.low, a.high, a.unit) == (b.low, b.high, b.unit)
        and _firm(a.bound) == _firm(b.bound)
        and (_comparable(a) == _comparable(b))
    )


def flatten(text: str) -> str:
    """The text with full-width characters, dashes and spaces made plain, character for character."""
    return _MINUS.sub("-", _WIDE_COMMA.sub(",", text)).translate(_PLAIN)


def _tidy(value: Decimal) -> Decimal:
    """The same value without trailing zeros or a positive exponent, so that it prints as people write it."""
    value = value.normalize()
    return value.quantize(Decimal(1)) if value == value.to_integral_value() and value.adjusted() < 70 else value


def _firm(bound: Bound) -> Bound:
    return "=" if bound == "~" else bound


def _comparable(quantity: Quantity) -> str:
    if quantity.kind == "time" or (quantity.kind == "label" and not quantity.unit):
        return quantity.kind
    return "number"


# --- Plain characters -------------------------------------------------------------------------------------------------

_EXACT = Context(prec=80)
_WINDOW = 400  # more than any one quantity with its surroundings takes
_LONGEST = 40  # a longer run of digits is an identifier, not a number
_MINUS = re.compile(r"\u2212(?=[$€£¥]?[0-9０-９.])")  # a sign; between spaces it subtracts, and joins no range
_WIDE_COMMA = re.compile(
    r"(?<=[０-９])，(?=[０-９]{3})|(?<=[0-9])，(?=000(?![0-9]))|(?<=[0-9])['’\u2009\u202f](?=[0-9]{3}(?![0-9]))"
)
_PLAIN = (
    {wide: wide - 0xFEE0 for wide in range(0xFF01, 0xFF5F) if chr(wide) not in "，：；（）！？"}
    | dict.fromkeys(map(ord, "\u00a0\u2002\u2003\u2007\u2009\u200a\u202f\u3000"), " ")
    | dict.fromkeys(map(ord, "\u2010\u2011\u2012\u2013\ufe63"), "-")
    | dict.fromkeys(map(ord, "～〜∼˜"), "~")
    | {ord("（"): "(", ord("）"): ")", ord("µ"): "μ", ord("／"): "/", ord("￥"): "¥", ord("￡"): "£", ord("￦"): "₩"}
)

# --- Patterns ---------------------------------------------------------------------------------------------------------

_ANY_CASE = re.IGNORECASE | re.ASCII  # or "İ" would match "i", and find no word in the tables below
_NUMBER = re.compile(
    r"(?:[0-9]{1,3}(?:,[0-9]{3})+(?![0-9])(?:\.[0-9]+)?|[0-9]{1,2}(?:,[0-9]{2})+,[0-9]{3}(?![0-9,])"
    r"|[0-9]{1,3}(?: 000)+(?![0-9])|[0-9]+(?:\.[0-9]+)?)"
    r"(?:[eE][+-]?[0-9]{1,3}(?![0-9A-Za-z])|\s?[x×]\s?10(?P<power>\^\s?[+-]?[0-9]{1,2}|[⁺⁻]?[⁰¹²³⁴⁵⁶⁷⁸⁹]{1,2})(?![0-9])"
    r"|(?<=(?<![0-9.,])10)(?P<ten>\^-?[0-9]{1,2}|[⁺⁻]?[⁰¹²³⁴⁵⁶⁷⁸⁹]{1,2})(?![0-9]))?"
)
_SUPERSCRIPT = str.maketrans("⁰¹²³⁴⁵⁶⁷⁸⁹⁻⁺", "0123456789-+")

_MEGA = "瓦|赫|比特|字[节節]|位元|焦|欧|帕|伏"  # before these 兆 means 10⁶, a unit's prefix
_HAN_NUMBER = re.compile(
    rf"(?<![数數几幾好上第])[〇零一二两兩三四五六七八九十](?:[〇零一二两兩三四五六七八九十百千万萬亿億]|兆(?!{_MEGA})){{0,24}}"
    r"(?:[点點][〇零一二三四五六七八九]{1,12})?"
    rf"(?:(?:[万萬亿億]|兆(?!{_MEGA})){{1,2}})?"
)
_SCALE = re.compile(
    rf"\s?(?P<han>(?:十|百(?!分|帕)|千(?!瓦|米|克|赫|焦|兆|字[节節]|比特|伏|安|卡)|万|萬|亿|億|兆(?!{_MEGA})){{1,3}})"
    r"|\s?-?(?P<word>hundred|thousand|million|billion|trillion|mn|mln|bn|tn)(?![A-Za-z])"
    r"|(?P<letter>[KMBk])(?![0-9A-Za-z]|/(?!(?:yr|year|annum|quarter|month|mo|week|day)(?![a-z])))",
    _ANY_CASE,
)
_SCALE_WORDS = {
    "hundred": "1e2", "thousand": "1e3", "k": "1e3", "million": "1e6", "mn": "1e6", "mln": "1e6", "m": "1e6",
    "billion": "1e9", "bn": "1e9", "b": "1e9", "trillion": "1e12", "tn": "1e12", "t": "1e12",
}  # fmt: skip
# A word begins a number, a date or a name with digits only if it begins so: most are passed over at once.
_START = re.compile(
    r"[0-9]|(?<![0-9A-Za-z])(?:(?=[A-Za-z]{1,16}[-_]?[0-9]|[A-Z]{1,8}(?:/[A-Z]{1,8})?[ -]?[0-9])[A-Za-z]"
    r"|(?i:ze|on|tw|th[iro]|te|tr|fo|fi|s[ie]|ei|ni|el|do|qu|hu|la|mi|ea|j[au]|fe|ma|a[pu]|oc|no|de|[cf]y|http|www))"
    r"|[〇零一二两兩三四五六七八九十百千第令平昭民翻]|[万萬](?=分)"
)
_LINK = re.compile(r"https?://\S+|www\.\S+|10\.[0-9]{4,9}/\S+")
_WORD = re.compile(r"[A-Za-z]+")
_VERSION = re.compile(r"[0-9]{1,6}(?:\.[0-9]{1,6}){2,8}")
_MODEL = re.compile(
    r"(?!(?:USD|EUR|GBP|RMB|CNY|JPY|TWD|HKD|KRW|FY|CY|PUE)-?[0-9])"
    r"(?:[A-Za-z]{1,16}|[A-Z][A-Za-z]{0,15}[-_])[0-9][0-9A-Za-z]{0,16}(?:[./-][0-9A-Za-z]{1,16}){0,4}"
)
_STANDARD = re.compile(
    r"(?:(?:[A-Z]{1,3}/[A-Z]{1,8}|[A-Z]{2,8})[ -]?|(?<=[A-Z] )|(?<=[A-Z]))"
    r"[0-9]{3,6}(?:\.[0-9]{1,3})?-(?:19|20)[0-9]{2}(?![0-9])"
)
_LATIN_TAIL = re.compile(r"[A-Za-z][0-9A-Za-z]{0,24}(?:[-/][0-9A-Za-z]{1,16}){0,3}")
_HAN_ORDINAL = re.compile(
    r"第\s?(?:[0-9]{1,4}|[一二三四五六七八九十百]{1,5})\s?[章节節部条條层層代页頁届步次名位类類阶期]?"
)
_LIST_MARK = re.compile(r"[0-9]{1,2}(?:[.．](?=\s|[^\x00-\x7f])|[)、]|:(?=\s))")
_LINE_LEAD = re.compile(r"(?:^|\n)[ \t>*#-]{0,6}\(?$")
_BRACKETED = re.compile(r"(?:\([0-9]{1,2}\)|\[[0-9]{1,3}(?:[,\s-]{1,2}[0-9]{1,3}){0,5}\])")
_NAMED = re.compile(
    r"(?:(?<![A-Za-z])(?:layer|part|chapter|section|figure|fig\.?|table|step|phase|tier|level|stage|gen|generation|appendix|"
    r"page|pages|pp?\.|no\.|item|type|class|version|ver\.?|scope|release|rev\.?|clause|annex|volume|vol\.?|option|case|"
    r"note|eq\.?|equation|box|chart|exhibit|question|article|rule|pcie|ucie|hbm|cxl|usb|tomahawk|jericho|trident|ramon|"
    r"ieee|itu-t|iso|iec|rfc|en|gr|ansi|jedec|gb/t|python|windows)s?|图|圖|表|附录|附錄|页|§|#)[ -]?$",
    _ANY_CASE,
)
_PROPER = re.compile(r"(?:^|(?P<before>.)\s)[A-Z][a-zA-Z]{2,15}[ -]$", re.DOTALL)
_PRODUCT_AFTER = re.compile(
    r"[ -]?(?:optical |光)?(?:[DFSLEVZX]R[0-9]{0,2}(?![0-9A-Za-z])|ZR|BASE|OSFP|QSFP|SFP|CFP|AOC|DAC|DSP|CPO|NPO|LPO"
    r"|module|transceiver|pluggable|optics(?![a-z])|engine|switch|router|Ethernet|chip|ASIC|ports?(?![a-z])|模块|模組|模组|可插拔|收发器|引擎|交换|交換|"
    r"以太网|芯片|端口|光|スイッチ|モジュール|トランシーバ)",
    _ANY_CASE,
)
_RATE = re.compile(r"(?:(?P<prefix>[GT])(?![0-9A-Za-z])|\s(?P<apart>[GT])(?=$|[^0-9A-Za-z\s]))")
_MORE = re.compile(r"\s?[多余餘](?=\s?[万萬亿億家个個种種台元美日欧人名项款条颗片天次倍%年瓦只套件公千])")
_TENTHS = re.compile(
    r"\s?(?:成(?![功为為立员員本熟果品长長分型就交绩績语語都因])|割(?![引り当安高]))(?P<more>[一二三四五六七八九](?!割)|[0-9](?=分))?(?:(?<=[0-9一二三四五六七八九])分(?![之の]))?"
)
_COUNTER = re.compile(
    r"\s?(?:多|余)?[家个個台臺片颗顆只隻条條种種人名套件块塊枚座所项項款层層部辆間间期轮輪级級类類次位股份点倍社つ本]|\s?代(?![表理替码碼工价價办辦谢])"
)
_HAN_PARTS = re.compile(r"(?P<of>[百千万萬])分[之の](?P<all>百(?![零〇一二三四五六七八九万萬]))?")
_HAN_FRACTION = re.compile(r"分[之の]")
_SLASH_FRACTION = re.compile(r"(?<![0-9./])(?P<n>[1-3])/(?P<d>[2-9]|10|100|1000)(?![0-9A-Za-z/.])")
_CODE = re.compile(r"[0-9]{1,4}(?:,\s?[0-9]{1,4}){1,3}\)")  # RS(544,514)
_TENS = "twenty|thirty|forty|fifty|sixty|seventy|eighty|ninety"
_EN_NUMBER = re.compile(
    rf"(?:(?P<tens>{_TENS})(?:[ -](?P<ones>{ENGLISH_WORDS}))?|(?P<single>{ENGLISH_WORDS}))(?![A-Za-z])", _ANY_CASE
)
_EN_FRACTION = re.compile(
    r"(?P<n>one|two|three|four|five|six|seven|eight|nine)[ -]"
    r"(?P<d>third|quarter|fifth|sixth|seventh|eighth|ninth|tenth|hundredth|thousandth)s?(?![A-Za-z])",
    _ANY_CASE,
)
_EN_PARTS = {
    "third": 3, "quarter": 4, "fifth": 5, "sixth": 6, "seventh": 7, "eighth": 8, "ninth": 9, "tenth": 10,
    "hundredth": 100, "thousandth": 1000,
}  # fmt: skip
_FACTOR_WORD = re.compile(
    r"(?:(?P<two>doubl(?:ed|es|ing)|twice)|(?P<times>tri|quadru|quintu|sextu|septu|octu|nonu|decu)pl(?:ed|es|ing)"
    rf"|(?P<fold>{ENGLISH_WORDS}|hundred|thousand)-?fold)(?![A-Za-z])",
    _ANY_CASE,
)
_TUPLES = {"tri": 3, "quadru": 4, "quintu": 5, "sextu": 6, "septu": 7, "octu": 8, "nonu": 9, "decu": 10}
_FOLDS = ENGLISH | {"hundred": 100, "thousand": 1000} | _TUPLES
_HAN_FACTOR = re.compile(r"翻(?:了)?(?:倍|(?P<n>[一二两兩三四五])?番)")

_SIGN_BEFORE = re.compile(
    "(?:" + "|".join(re.escape(s) for s in sorted(CURRENCY_SIGNS, key=len, reverse=True)) + r")\s?$", _ANY_CASE
)
_PER_BIT_BEFORE = re.compile(r"每(?:比特|位)\s?(?:约|為|为)?\s?$")
_BOUND_CUES: tuple[tuple[Bound, str], ...] = (
    ("≥", "≥|>=|at (?:the )?(?:very )?least|no less than|not less than|no fewer than|minimum of"),
    ("≥", "(?:not|n't|never) (?:(?:be|fall|drop|go) )?(?:below|under|lower than|less than|smaller than)"),
    (
        "≥",
        "不[会會]?(?:低[于於]|少[于於]|小于|小於)|不少于|不少於|至少|未低于|没有低于|不低于|不低於|不小于|不得低于|不得低於|不得少于|不得少於|起码|少なくとも",
    ),
    ("≥", "最低|最少|下限(?:是|が|は)?"),
    ("≤", "≤|<=|at (?:the )?(?:very )?most|no more than|not more than|up to|maximum of"),
    (
        "≤",
        "(?:not|n't|never) (?:(?:expected|forecast|projected|likely|going|set|thought|seen|predicted) )?"
        "(?:to )?(?:be )?"
        "(?:over|above|exceed(?:s|ed|ing)?|greater than|higher than)|as (?:much|many) as",
    ),
    ("≤", "cannot exceed|within|maximum|max\\.?|capped at"),
    (
        "≤",
        "不[会會](?:超[过過]|高[于於]|大[于於]|多[于於])|不多于|未超过|未超過|没有超过|没超过|不会超过|未突破|未逾|未高于|不超过|不超過|至多|最多|不高于|不高於|不大于|最大",
    ),
    ("≤", "不[得能可应應允][许許]?(?:超过|超過|高于|高於|大于|大於|多于|多於)|最高|最大で|最大|上限(?:是|が|は)?"),
    (">", ">|more than|over|above|exceed(?:s|ed|ing)?|greater than|higher than|upwards of"),
    (">", "(?:struggl|climb|gr[eo]w|mov|push|surg|jump|soar|went|go|got|get|rose|ris)[a-z]*\\spast"),
    (">", "超过|超過|逾|高于|高於|大于|大於|多于|多於|突破|超"),
    ("<", "<|less than|fewer than|below|under|lower than|smaller than"),
    ("<", "不到|低于|低於|小于|小於|少于|少於|不足"),
    ("~", r"~|≈|about|around|approximately|approx\.?|roughly|nearly|almost|close to|circa|ca\.|some"),
    ("~", "约|約|大约|大約|大概|近|将近|接近|およそ|ほぼ"),
)
_BOUNDS_BEFORE = tuple((bound, re.compile(rf"(?<![A-Za-z])(?:{cue})$", _ANY_CASE)) for bound, cue in _BOUND_CUES)
# The last two characters of every cue: most numbers have none before them, and are spared ten searches.
_CUE_ENDS = tuple(
    {ending[-2:] for _, cue in _BOUND_CUES for ending in re.sub(r"\(\?:.*?\)|\\|\?", "", cue).split("|")}
    | set(
        "ds ed ng ox ax 超过 超過 高于 高於 大于 大於 多于 多於 上限 下限 超 限是 限が 限は".split()
    )  # of cues in brackets
)
_COUNTED = r"\s?[个個家台只项人社本枚件名种種点つ]?"
_BOUNDS_AFTER: tuple[tuple[Bound, re.Pattern[str]], ...] = (
    (
        "≥",
        re.compile(
            rf"{_COUNTED}(?:及?以上|を下回(?:ら|ることは)な"
            r"|(?:or (?:more|faster|larger|greater)|(?:or|and) (?:above|higher|over|up))"
            r"(?![a-z]|\s(?:than|to))"
            r"|at (?:the )?(?:very )?least|at (?:a )?minimum|\+(?![0-9A-Za-z]))"
        ),
    ),
    (
        "≤",
        re.compile(
            rf"{_COUNTED}(?:及?以[下内]|之内|を(?:超え|上回)(?:ら|ることは)?な"
            r"|(?:or (?:less|fewer|smaller|slower)|(?:or|and) (?:below|lower))(?![a-z]|\s(?:than|of))"
            r"|at (?:the )?(?:very )?most|at (?:a )?maximum)"
        ),
    ),
    ("<", re.compile(rf"{_COUNTED}(?:未[満满]|を下回)")),
    (">", re.compile(rf"{_COUNTED}(?:を(?:超|上回)|超(?![高级級大算声聲短]))|(?<=[年月天时時里])多(?![个個种種模样])")),
    ("~", re.compile(rf"{_COUNTED}(?:左右|上下|程度|前後|ほど(?!な)|くらい|ぐらい|or so(?![a-z]))")),
)
_AFTER = re.compile(r"\s?[个個家台只项人及以oa+未左上程前社本枚件名种種点つを超多ほくぐ]")
_RANGE = re.compile(r"\s?(?:-|—|~|～|(?:up )?to|至|到|から|through)\s?")
_BETWEEN = re.compile(r"\s?(?:and|和|与|與)\s?")
_BETWEEN_CUE = re.compile(r"(?:between|介于|介於)\s?(?:about\s|approximately\s)?(?:US)?[$€£¥]?$", _ANY_CASE)
_CHANGE_CUE = re.compile(
    r"(?<!rang)(?:(?<!anging )(?<!anges )from|从|從|由|自)\s?(?:about\s|the\s|约)?(?:US)?[$€£¥]?$", _ANY_CASE
)


# --- Reading ----------------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class _Atom:
    """A number as read, before ranges are joined: ``low = number × scale × factor``."""

    start: int
    end: int
    low: Decimal
    high: Decimal
    unit: str = ""
    kind: Kind = "count"
    bound: Bound = "="
    number: Decimal = Decimal(0)
    scale: Decimal = Decimal(1)
    factor: Decimal = Decimal(1)


def _scan(text: str) -> Iterator[_Atom]:
    at = floor = 0
    while found := _START.search(text, at):
        at = found.start()
        if link := _LINK.match(text, at):
            at = link.end()
            continue
        atom = _read(text, at)
        if atom and atom.start < floor:  # it took in the currency that ends the last one: "5美元30亿"
            atom = _read(text[floor : at + _WINDOW], at - floor)
            atom = replace(atom, start=atom.start + floor, end=atom.end + floor) if atom else None
        if atom is None:
            word = _WORD.match(text, at) or _HAN_NUMBER.match(text, at)
            at = word.end() if word else at + 1
            continue
        if atom.kind != "label" or atom.end - atom.start <= 2 * _LONGEST:
            yield atom
        at = floor = max(atom.end, at + 1)


def _read(text: str, at: int) -> _Atom | None:
    """The number, date or label that begins at ``text[at]``, or nothing."""
    return (
        _read_time(text, at)
        or _read_label(text, at)
        or _read_fraction(text, at)
        or _read_factor(text, at)
        or _read_number(text, at)
    )


def _read_time(text: str, at: int) -> _Atom | None:
    period = read_period(text, at)
    if period is None:
        return None
    return _Atom(at, period.end, Decimal(period.low), Decimal(period.high), period.grain, "time")


def _read_label(text: str, at: int) -> _Atom | None:
    """Names, versions, ordinals and list marks: things with digits that measure nothing."""
    before = text[max(0, at - 1) : at]
    match = (
        _VERSION.match(text, at)
        or (_STANDARD.match(text, at) if text[at].isdigit() or text[at].isupper() else None)
        or (_MODEL.match(text, at) if text[at].isascii() and text[at].isalpha() else None)
        or _HAN_ORDINAL.match(text, at)
        or (_CODE.match(text, at) if before == "(" and text[at - 2 : at - 1].isalpha() else None)
        or (_BRACKETED.match(text, at - 1) if before and before in "([" else None)
    )
    if (
        match is None
        and text[at].isdigit()
        and _LINE_LEAD.search(text[max(0, at - 9) : at] if at > 9 else "\n" + text[:at])
    ):
        match = _LIST_MARK.match(text, at)
    return _label(text, at, match.end()) if match else None


def _label(text: str, start: int, end: int) -> _Atom:
    """A label, valued by the first number in it."""
    digits = _NUMBER.search(text, start, end)
    value = Decimal(0)
    if digits and len(digits[0]) <= _LONGEST:
        value = _decimal(digits)
    elif han := _HAN_NUMBER.search(text[start + 1 : end]):
        value = han_value(han[0]) or Decimal(0)
    return _Atom(start, end, value, value, "", "label")


def _read_fraction(text: str, at: int) -> _Atom | None:
    if parts := _HAN_PARTS.match(text, at):
        inner = (Decimal(100), parts.end()) if parts["all"] else _plain_number(text, parts.end())
        if inner is None:
            return None
        value = inner[0] * 100 / HAN_PLACES[parts["of"]]
        return _finish(text, at, inner[1], value, Decimal(1), Decimal(1), "%")
    if match := _EN_FRACTION.match(text, at):
        value = Decimal(ENGLISH[match["n"].lower()]) / _EN_PARTS[match["d"].lower()]
        return _finish(text, at, match.end(), value, Decimal(1), Decimal(1), "", "measure")
    if match := _SLASH_FRACTION.match(text, at):
        value = Decimal(match["n"]) / Decimal(match["d"])
        return _finish(text, at, match.end(), value, Decimal(1), Decimal(1), "", "measure")
    below = _plain_number(text, at)
    if below and (of := _HAN_FRACTION.match(text, below[1])):
        above = _plain_number(text, of.end())
        if above and below[0]:
            return _finish(text, at, above[1], above[0] / below[0], Decimal(1), Decimal(1), "", "measure")
    return None


def _read_factor(text: str, at: int) -> _Atom | None:
    if match := _FACTOR_WORD.match(text, at):
        times = 2 if match["two"] else _FOLDS[(match["fold"] or match["times"]).lower()]
        return _finish(text, at, match.end(), Decimal(times), Decimal(1), Decimal(1), "x")
    if match := _HAN_FACTOR.match(text, at):
        return _finish(text, at, match.end(), Decimal(2) ** HAN_DIGITS[match["n"] or "一"], Decimal(1), Decimal(1), "x")
    return None


def _plain_number(text: str, at: int) -> tuple[Decimal, int] | None:
    """An ASCII or Han number without scale or unit, and its end."""
    if digits := _NUMBER.match(text, at):
        return (_decimal(digits), digits.end()) if len(digits[0]) <= _LONGEST else None
    if (han := _HAN_NUMBER.match(text, at)) and (value := han_value(han[0])) is not None:
        return value, han.end()
    return None


def _read_number(text: str, at: int) -> _Atom | None:
    if digits := _NUMBER.match(text, at):
        if digits.end() - at > _LONGEST:
            return _label(text, at, digits.end())
        return _measure(text, at, digits.end(), _decimal(digits), "digits")
    if han := _HAN_NUMBER.match(text, at):
        value = han_value(han[0])
        if value is not None and (near := han_approximation(han[0])):  # 三四家: three or four
            atom = _measure(text, at, han.end(), Decimal(near[1]), "han")
            return replace(atom, low=atom.low * near[0] / near[1]) if atom and atom.kind != "label" else None
        return None if value is None else _measure(text, at, han.end(), value, "han")
    if word := _EN_NUMBER.match(text, at):
        value, end = _word_value(word)
        return _measure(text, at, end, value, "word")
    return None


def _measure(text: str, at: int, end: int, number: Decimal, script: Literal["digits", "han", "word"]) -> _Atom | None:
    """The atom for a number that ends at ``end``: reads its sign, currency, scale and unit."""
    start, number = _signed(text, at, end, number) if script == "digits" else (at, number)
    bare_end = end
    more = _MORE.match(text, end)
    end = more.end() if more else end
    scale, end, number = _scaled(text, end, number)
    if script == "word" and scale > 1:
        scale, end, number = _worded(text, end, number * scale, scale)
    if not more and (more := _MORE.match(text, end)):
        end = more.end()
    bound: Bound | None = ">" if more else None
    if sign := _SIGN_BEFORE.search(text[max(0, start - 5) : start]):
        name = CURRENCY_SIGNS[sign[0].strip().upper()]
        name = "JPY" if sign[0].strip() == "¥" and _KANA.search(text[max(0, at - 40) : end + 40]) else name
        if scale == 1 and end == bare_end and (letter := _MONEY_SCALE.match(text, end)):  # "$344m"
            scale, end = Decimal(_SCALE_WORDS[letter[0].lower()]), letter.end()
        start -= len(sign[0])
        if text[start - 1 : start] == "-" and not re.match(
            r"[0-9A-Za-z)\]%°.\-/$€£¥]", text[start - 2 : start - 1] or " "
        ):
            start, number = start - 1, -number  # "-$5M"
        return _divided(text, start, end, number, scale, name, bound)
    if tenths := _TENTHS.match(text, end):
        more_tenths = tenths["more"] or "0"
        number = number * 10 + (int(more_tenths) if more_tenths.isdigit() else HAN_DIGITS[more_tenths])
        return _finish(text, start, tenths.end(), number, scale, Decimal(1), "%", bound=bound)
    if script == "digits" and text[end : end + 1] == "s" and _DECADE.fullmatch(text[start : end + 1]):
        return _Atom(start, end + 1, number, number + 9, "year", "time")
    gap = _UNIT_GAP.match(text, end)
    if unit := _unit_after(text, end, gap.end() if gap else end):
        factor, name, end = unit
        if name == "度" and script == "han":  # 两度 is "twice" far oftener than a reading
            return None
        if name == "J" and (per_bit := _PER_BIT_BEFORE.search(text[max(0, start - 6) : start])):
            start -= len(per_bit[0])
            factor, name = prefer(factor, "J/b")
        return _finish(text, start, end, number, scale, factor, name, bound=bound)
    if script == "digits" and (rate := _RATE.match(text, end)) and scale == 1:
        return _rate_atom(text, start, rate, number, bound)
    if script == "han" and not _han_counts(text, at, bare_end, end):
        return None
    if script == "word" and number <= 1 and scale == 1:
        return None
    if end == bare_end and (label := _named_label(text, start, end, number, script)):
        return label
    return _finish(text, start, end, number, scale, Decimal(1), "", bound=bound)


_MONEY_SCALE = re.compile(r"[mbtT](?![0-9A-Za-z])")
_KANA = re.compile(r"[\u3041-\u30ff]")
_UNIT_GAP = re.compile(r"[ ]{1,2}|-(?=[A-Za-z])")
_FACTOR_OR_SUM = re.compile(r"[x×X](?:\s?[0-9]|\b)")  # "64 x 200G" multiplies; only "3.5x" is a factor


def _unit_after(text: str, end: int, after_gap: int) -> tuple[Decimal, str, int] | None:
    unit = compound_unit_at(text, after_gap)
    if unit is None or (after_gap > end and unit[1] == "x" and _FACTOR_OR_SUM.match(text, after_gap)):
        return None
    if text[end : end + 1] == "-" and unit[2] - after_gap == 1:  # "Form 10-K" is no temperature
        return None
    return unit


def _divided(text: str, start: int, end: int, number: Decimal, scale: Decimal, name: str, bound: Bound | None) -> _Atom:
    """A currency amount, which may go on with "/kWh" or repeat its currency in words."""
    factor = Decimal(1)
    gap = _UNIT_GAP.match(text, end)
    again = unit_at(text, gap.end() if gap else end)
    if again and again[1] in CURRENCIES:
        name, end = again[1] if text[start] == "¥" else name, again[2]
    if (per := PER.match(text, end)) and (below := unit_at(text, per.end(), divisor=True)):
        factor, name, end = 1 / below[0], f"{name}/{below[1]}", below[2]
    return _finish(text, start, end, number, scale, factor, name, bound=bound)


def _rate_atom(text: str, start: int, rate: re.Match[str], number: Decimal, bound: Bound | None) -> _Atom:
    """ "800G" and "51.2T": a rate in Gb/s, a mobile generation ("5G"), or part of a product's name ("800G DR8")."""
    prefix = rate["prefix"] or rate["apart"]
    factor = Decimal(1) if prefix == "G" else Decimal(1000)
    if prefix == "G" and number in (2, 3, 4, 5, 6):
        return _label(text, start, rate.end())
    atom = _finish(text, start, rate.end(), number, Decimal(1), factor, "Gb/s", bound=bound)
    return replace(atom, kind="label", bound="=") if _PRODUCT_AFTER.match(text, rate.end()) else atom


def _han_counts(text: str, at: int, bare_end: int, end: int) -> bool:
    """Whether a unitless Han numeral is a number at all, and not a piece of a word (十分, 一些, 三星)."""
    numeral = text[at:bare_end]
    if end == bare_end and _HAN_RANGE.match(text, end):
        return True
    if numeral == "一":
        return False
    if (
        any(c in HAN_SMALL or c in HAN_LARGE for c in numeral[1:])
        or any(c in "点點" for c in numeral)
        or end > bare_end
    ):
        return True
    return bool(_COUNTER.match(text, end))


_HAN_RANGE = re.compile(r"\s?(?:到|至|~|—|-)\s?[二两兩三四五六七八九十]{1,3}\s?(?=[年月天周小个個家台倍成瓦公米])")


def _named_label(text: str, start: int, end: int, number: Decimal, script: str) -> _Atom | None:
    """A bare number made a label or a year by what stands around it."""
    if script == "digits" and text[end : end + 1].isascii() and text[end : end + 1].isalpha():
        if _TIMES_NEXT.match(text, end):
            return None
        tail = _LATIN_TAIL.match(text, end)
        return _label(text, start, tail.end() if tail else end)
    if script == "digits" and (tail := _PRODUCT_TAIL.match(text, end)):
        return _label(text, start, tail.end())
    before = text[max(0, start - 20) : start]
    if before[-1:] in _NAME_ENDS and _NAMED.search(before):
        return _label(text, start, end)
    if script == "digits" and _BARE_YEAR.fullmatch(text[start:end]) and _is_year(text, start, end):
        return _Atom(start, end, number, number, "year", "time")
    if (
        script == "digits"
        and end - start <= 3
        and text[start:end].isdigit()
        and before[-1:] in " -"
        and (proper := _PROPER.search(before))
        and (proper["before"] or ".") not in ".。!?:;\n"
        and not _PLURAL.match(text, end)
    ):
        return _label(text, start, end)
    return None


_NAME_ENDS = frozenset(" -.#§图圖表录錄页")
_TIMES_NEXT = re.compile(r"[x×X]\s?[0-9]")
_PRODUCT_TAIL = re.compile(r"-[A-Z][0-9A-Za-z]{0,16}(?:-[0-9A-Za-z]{1,16}){0,3}")
_DECADE = re.compile(r"1[5-9][0-9]0s|20[0-9]0s")
_BARE_YEAR = re.compile(r"19[5-9][0-9]|20[0-9]{2}")
_NAMES_A_TEXT = re.compile(
    r"\s(?:[A-Za-z-]+\s){0,2}?(?:report|review|paper|brochure|edition|roadmap|deck|survey|study|forecast|filing|article|"
    r"post|guidance|keynote|conference|notes?|slides|proceedings|tutorial|workshop|presentation|OFC|ECOC|GTC)\b"
)
_YEAR_CUE = re.compile(
    r"(?:\b(?:in|by|since|from|until|till|during|through|of|for|after|before|year|to|end|late|early|mid)|[a-z]['’]s|年|月|\()"
    r"\s?$",
    _ANY_CASE,
)
_PLURAL = re.compile(r"\s(?:[a-z-]{1,20}\s){0,2}?[a-z]{2,20}s\b")


_OF_THINGS = re.compile(r"\s(?:[A-Za-z][\w-]{0,19}\s){0,3}?[a-z]{2,20}s\b")


def _is_year(text: str, start: int, end: int) -> bool:
    if _COUNTER.match(text, end):
        return False
    if _NAMES_A_TEXT.match(text, end):
        return True
    if text[start:end] == "2000" and _OF_THINGS.match(text, end):  # "2000 ELS modules" is rounder than any year
        return bool(_YEAR_CUE.search(text[max(0, start - 8) : start]))
    return bool(_YEAR_CUE.search(text[max(0, start - 8) : start])) or not _PLURAL.match(text, end)


def _finish(
    text: str,
    start: int,
    end: int,
    number: Decimal,
    scale: Decimal,
    factor: Decimal,
    unit: str,
    kind: Kind | None = None,
    *,
    bound: Bound | None = None,
) -> _Atom:
    value = number * scale * factor
    kind = kind or ("measure" if unit else "count")
    bound = bound or bound_at(text, start, end)
    if bound == "≤" and not unit and _WITHIN.search(text[max(0, start - 8) : start]):
        bound = "="  # "within 6 compartments" is a place, "within 4%" a limit
    return _Atom(start, end, value, value, unit, kind, bound, number, scale, factor)


_WITHIN = re.compile(r"within\s?$", _ANY_CASE)


def bound_at(text: str, start: int, end: int) -> Bound:
    """How the words around ``text[start:end]`` (flattened) mean the number there: "at least", "不超过", "or more"."""
    if _AFTER.match(text, end):
        for bound, cue in _BOUNDS_AFTER:
            if cue.match(text, end):
                return bound
    before = _ATTAINS.sub("", text[max(0, start - 24) : start].lower())
    if before.endswith(_CUE_ENDS):
        for bound, cue in _BOUNDS_BEFORE:
            if cue.search(before):
                return _unless_denied(text, start, bound)
    return "="


def is_bound_cue(words: str) -> bool:
    """Whether words do nothing but bound the number after them: "at least", 不超过."""
    plain = _ATTAINS.sub("", flatten(words).lower())
    return any(cue.fullmatch(plain) for _, cue in _BOUNDS_BEFORE)


_NOT_EXPECTED = re.compile(
    r"(?:not|n't|never)\s(?:expect|think|believe|forecast|project|predict|foresee)[a-z]*"
    r"\s[^,.;:，。；：]{1,60}\sto\s[a-z ]+$",
    _ANY_CASE,
)
_DENIED: dict[Bound, Bound] = {">": "≤", "<": "≥"}


def _unless_denied(text: str, start: int, bound: Bound) -> Bound:
    """The bound, turned where nobody expects it: "does not expect the share to exceed 10%" is at most that."""
    denied = bound in _DENIED and _NOT_EXPECTED.search(text[max(0, start - 100) : start])
    return _DENIED[bound] if denied else bound


_ATTAINS = re.compile(r"\s?(?:(?:[占佔][到据據]?|[达達為为有可需][到为為要]?){1,2}|で)?\s?$")  # 至少占, 最多可达


def _signed(text: str, at: int, end: int, number: Decimal) -> tuple[int, Decimal]:
    """Take in a sign, where nothing it could subtract from stands before it, or the point of ".5"."""
    mark, before = text[at - 1 : at], text[at - 2 : at - 1] if at > 1 else ""
    ended = before and (before in _ENDS_A_NUMBER or (before.isalnum() and before < "\u2e80"))
    if mark and mark in "+-" and not ended:
        return at - 1, -number if mark == "-" else number
    if mark == "." and (not before or before in " (\n$<>~=") and text[at:end].isdigit():
        return at - 1, Decimal("0." + text[at:end])
    return at, number


_ENDS_A_NUMBER = frozenset(")]%°.-/十百千万萬亿億兆元年月日号號个個家台瓦米倍成円ドル")  # "54亿-55亿" is a range


def _scaled(text: str, end: int, number: Decimal) -> tuple[Decimal, int, Decimal]:
    """Read 万, billion, "1億2,000万" … after a number: the scale, the new end, and the number in that scale."""
    match = _SCALE.match(text, end)
    if match is None or (match["letter"] and not _letter_scales(text, match)):
        return Decimal(1), end, number
    scale, end = _scale_value(match), match.end()
    total, last = number * scale, scale
    for _ in range(3):
        digits = _NUMBER.match(text, end) if match["han"] else None
        if not digits:
            break
        lower = _SCALE.match(text, digits.end())
        step = _scale_value(lower) if lower and lower["han"] else Decimal(1)
        if not _decimal(digits) * step < last or not step < last:
            break
        total, last, end = total + _decimal(digits) * step, step, lower.end() if lower and step > 1 else digits.end()
    if match["word"] and (again := _SCALE.match(text, end)) and again["word"]:  # "five hundred million"
        scale, total, end = scale * _scale_value(again), total * _scale_value(again), again.end()
    return scale, end, total / scale


def _worded(text: str, end: int, total: Decimal, scale: Decimal) -> tuple[Decimal, int, Decimal]:
    """Read on in "two thousand one hundred and sixty-one": what is left of the scale, the new end, the number."""
    last = scale
    for _ in range(4):
        gap = _AND.match(text, end)
        word = _EN_NUMBER.match(text, gap.end()) if gap else None
        if word is None:
            break
        value, after = _word_value(word)
        step, after, value = _scaled(text, after, value)
        if step < last and value * step < last:
            total, last, end = total + value * step, step, after
        elif step > last and total < step and value < last:  # "one hundred twenty million"
            return Decimal(1), after, (total + value) * step
        else:
            break
    step, after, _ = _scaled(text, end, Decimal(1))
    whole = total * step
    last = scale if step == 1 else step  # what a bare number before it may lack: "nine and ten billion"
    return last, after if step > 1 else end, whole / last


_AND = re.compile(r"\s(?:and\s)?", _ANY_CASE)


def _word_value(word: re.Match[str]) -> tuple[Decimal, int]:
    """The value of an English number below a hundred, and its end."""
    value = Decimal(ENGLISH[(word["tens"] or word["single"]).lower()])
    if not word["ones"]:
        return value, word.end()
    ones = ENGLISH[word["ones"].lower()]
    return (value + ones, word.end()) if 0 < ones < 10 else (value, word.end("tens"))


def _letter_scales(text: str, match: re.Match[str]) -> bool:
    """K, M and B are scales when attached to the number; a lower-case m is metres, b bits."""
    return match["letter"] in "KMB" or (match["letter"] == "k" and unit_at(text, match.start()) is None)


def _scale_value(match: re.Match[str]) -> Decimal:
    if match["han"]:
        value = Decimal(1)
        for character in match["han"]:
            value *= HAN_PLACES[character]
        return value
    return Decimal(_SCALE_WORDS[(match["word"] or match["letter"]).lower()])


def _decimal(match: re.Match[str]) -> Decimal:
    digits = match[0].replace(",", "").replace(" ", "")
    if ten := match["ten"]:
        return Decimal(1).scaleb(int(ten.translate(_SUPERSCRIPT).lstrip("^")))
    if power := match["power"]:
        return Decimal(re.split(r"\s?[x×]", digits)[0]).scaleb(int(power.translate(_SUPERSCRIPT).lstrip("^ ")))
    return Decimal(digits)


# --- Ranges -----------------------------------------------------------------------------------------------------------


def _join(text: str, atoms: list[_Atom]) -> list[_Atom]:
    """Join "14-16 W" and its kin into one range, and lend a bare first number its partner's unit."""
    joined: list[_Atom] = []
    for atom in atoms:
        pair = _pair(text, joined[-1], atom) if joined else None
        if pair:
            joined[-1:] = pair
        else:
            joined.append(atom)
    return joined


def _pair(text: str, a: _Atom, b: _Atom) -> tuple[_Atom, ...] | None:
    gap = text[a.end : b.start]
    if len(gap) > 9 or "label" in (a.kind, b.kind) or "\n" in gap or a.low != a.high or b.low != b.high:
        return None
    before = text[max(0, a.start - 18) : a.start]
    if not (_RANGE.fullmatch(gap) or (_BETWEEN.fullmatch(gap) and _BETWEEN_CUE.search(before))):
        return None
    fitted = _fit(a, b, rises=_RISES.search(before) is not None)
    if fitted is None:
        return None
    a, b = fitted
    if _CHANGE_CUE.search(before) and a.kind != "time" and "up" not in gap:
        return a, b
    if a.low >= b.low:
        return None
    bound: Bound = "~" if a.bound == "~" or (b.bound == "~" and "~" not in gap) else "="
    return (replace(a, end=b.end, high=b.high, bound=bound),)


_YEAR_OF_GRAIN = {"day": 10_000, "month": 100}


def _fit_times(a: _Atom, b: _Atom) -> tuple[_Atom, _Atom]:
    """Two dates, one of which gives its year to the other: "2025年2月18日至3月18日", "18 February to 18 March 2025"."""
    below = _YEAR_OF_GRAIN.get(a.unit)
    if below is None or (a.low < below) == (b.low < below):
        return a, b
    first, later = (_in_year(one, max(a.low, b.low) // below * below, below) for one in (a, b))
    return first, later


def _in_year(one: _Atom, year: Decimal, below: int) -> _Atom:
    return replace(one, low=one.low + year, high=one.high + year) if one.low < below else one


_RISES = re.compile(r"\b(?:rose|ris|gr[eo]w|climb|increas|jump|up)[a-z]*\b|[增升涨]", _ANY_CASE)
_FAR_APART = 100


def _fit(a: _Atom, b: _Atom, *, rises: bool) -> tuple[_Atom, _Atom] | None:
    """The two ends in one unit: a bare end takes the other's unit and scale ("$5-6 billion", "4 to 5 W").

    Args:
        rises: The words say that the second end is the larger one.
    """
    if a.kind == "time" or b.kind == "time":
        return _fit_times(a, b) if a.kind == b.kind and a.unit == b.unit else None
    if a.unit and not b.unit and a.unit in CURRENCIES:
        b = replace(b, unit=a.unit, kind=a.kind)
    if not a.unit and b.unit:
        a = replace(a, unit=b.unit, factor=b.factor, kind=b.kind)
    if a.unit != b.unit:
        return None
    if a.scale == 1 and b.scale != 1 and a.number < (b.number if rises else b.number * _FAR_APART):
        a = replace(a, scale=b.scale)
    value = a.number * a.scale * a.factor
    return replace(a, low=value, high=value), b
