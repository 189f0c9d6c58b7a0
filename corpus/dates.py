"""Dates and periods as people write them: 2025年上半年 = 1H25, 令和7年 = 民国114年 = 2025, 20 October 2025."""

import re
from typing import Literal, NamedTuple

from corpus.numerals import HAN_DIGITS, han_value


class Period(NamedTuple):
    """A date or period that ends at ``text[end]``.

    Attributes:
        low, high: The digits of the date: 2025, 20252 (second half), 202510, 20251020; 1020 and 10 without a year. They
            differ only for a span of years or days.
        grain: "year", "fiscal year", "half", "quarter", "month" or "day".
    """

    end: int
    low: int
    high: int
    grain: str


_YEAR = r"(?:19|20)[0-9]{2}"
_MONTHS = {m: n for n, m in enumerate("jan feb mar apr may jun jul aug sep oct nov dec".split(), 1)}
_LAST_MONTH = (
    r"(?P<mon>jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?|oct(?:ober)?"
    r"|nov(?:ember)?|dec(?:ember)?)"
)
_MONTH = rf"{_LAST_MONTH}\.?"
_DAY = r"(?P<d>[0-9]{1,2})(?:st|nd|rd|th)?"
_DAYS = _DAY + r"(?:\s?-\s?(?P<d2>[0-9]{1,2})(?:st|nd|rd|th)?)?"
_HAN_NUMERAL = "[一二三四五六七八九十]{1,3}"
_HAN_YEAR = r"[一二][〇零一二三四五六七八九]{3}"
_ERAS = {"令和": 2018, "平成": 1988, "昭和": 1925, "民国": 1911, "民國": 1911}
_ERA_YEAR = rf"(?P<era>令和|平成|昭和|民国|民國)\s?(?P<n>[0-9]{{1,3}}|元|{_HAN_NUMERAL})"
_CJK_YEAR = rf"(?:(?P<y>{_YEAR})|(?P<hany>{_HAN_YEAR}(?=\s?年))|{_ERA_YEAR}(?=\s?年))\s?"
_CJK_MONTH = rf"(?P<m>[0-9]{{1,2}}|{_HAN_NUMERAL})\s?月"
_CJK_DAY = rf"(?P<d>[0-9]{{1,2}}|{_HAN_NUMERAL})\s?[日号號]"
_CJK_LATER = r"(?:\s?(?:-|~|—|至|到|から)\s?(?P<d2>[0-9]{1,2})\s?[日号號])?"
_THREE_MONTHS = {"1-3": 1, "4-6": 2, "7-9": 3, "10-12": 4}
_ORDINALS = {"first": 1, "second": 2, "third": 3, "fourth": 4, "一": 1, "二": 2, "三": 3, "四": 4, "首": 1}

_ANY_CASE = re.IGNORECASE | re.ASCII  # or "İ" would match "i", and find no word in the tables
_Start = Literal["year", "digit", "letter", "han"]
_STARTS: dict[str, tuple[_Start, ...]] = {  # what a pattern may begin with
    "y": ("year",), "c": ("year", "han"), "#": ("year", "digit"), "a": ("letter",), "#a": ("year", "digit", "letter"),
    "h": ("han",), "#h": ("year", "digit", "han"),
}  # fmt: skip
_PATTERNS: tuple[tuple[str, str, str], ...] = (
    ("y", "day", rf"(?P<y>{_YEAR})(?:-|/|\.)(?P<m>0?[1-9]|1[0-2])(?:-|/|\.)(?P<d>[0-2]?[0-9]|3[01])(?![0-9])"),
    ("c", "day", rf"{_CJK_YEAR}年\s?{_CJK_MONTH}\s?{_CJK_DAY}{_CJK_LATER}"),
    ("a", "day", rf"{_MONTH}\s{_DAYS},?\s(?P<y>{_YEAR})(?![0-9])"),
    ("#", "day", rf"{_DAYS}(?:\s(?:of\s)?|-){_MONTH},?(?:\s|-)(?P<y>{_YEAR})(?![0-9])"),
    ("a", "month", rf"{_MONTH}(?:\sof)?,?\s(?P<y>{_YEAR})(?![0-9])"),
    ("c", "month", rf"{_CJK_YEAR}年\s?{_CJK_MONTH}"),
    ("y", "month", rf"(?P<y>{_YEAR})-(?P<m>0[1-9]|1[0-2])(?![0-9.,-])"),
    (
        "c",
        "half",
        rf"{_CJK_YEAR}(?:年?度?|[财財]年)的?の?\s?(?:(?P<first>上半[年期]|上期|前半)|下半[年期]|下期|[后後]半年?)",
    ),
    (
        "#a",
        "half",
        r"(?:(?P<first>first|1st|former)|second|2nd|latter)[ -]half(?:\sof)?\s(?:the\s)?"
        rf"(?:(?:FY|fiscal(?:\syear)?|financial\syear)\s?)?(?P<y>{_YEAR})(?![0-9])",
    ),
    ("#", "half", r"(?:(?P<first>1H)|2H)(?P<y>[0-9]{2})(?![0-9A-Za-z])"),
    ("#", "half", r"(?P<y>[0-9]{2})(?:(?P<first>H1)|H2)(?![0-9A-Za-z])"),
    ("#a", "half", rf"(?:(?P<first>1H|H1)|2H|H2)[ -/]?(?:of\s)?(?:FY\s?)?(?P<y>{_YEAR}|'[0-9]{{2}})(?![0-9])"),
    ("y", "half", rf"(?P<y>{_YEAR})\s?年?\s?(?:(?P<first>1H|H1)|2H|H2)(?![0-9A-Za-z])"),
    ("c", "quarter", rf"{_CJK_YEAR}年?度?\s?第?(?P<q>[1-4一二三四首])个?(?:季度|四半期|季)"),
    ("c", "quarter", rf"{_CJK_YEAR}年\s?(?P<span>1-3|4-6|7-9|10-12)\s?月期?"),
    ("y", "quarter", rf"(?P<y>{_YEAR})\s?年?\s?-?(?:Q(?P<q>[1-4])|(?P<q2>[1-4])Q)(?![0-9A-Za-z])"),
    ("#", "quarter", r"(?P<q>[1-4])Q(?P<y>[0-9]{2})(?![0-9A-Za-z])"),
    (
        "#a",
        "quarter",
        rf"(?:Q(?P<q>[1-4])|(?P<q2>[1-4])Q)[ /-]?(?:of\s)?(?:FY|CY)?(?P<y>{_YEAR}|'[0-9]{{2}})(?![0-9])",
    ),
    ("a", "quarter", rf"(?P<word>first|second|third|fourth)[ -]quarter(?:\sof)?\s(?P<y>{_YEAR})(?![0-9])"),
    ("a", "fiscal year", rf"(?:FY|fiscal(?:\syear)?)[ -]?'?(?P<y>{_YEAR}|[0-9]{{2}})(?![0-9])"),
    ("c", "fiscal year", rf"{_CJK_YEAR}(?:财年|財年|年度(?![过過日假])|会计年度|会計年度|會計年度)"),
    ("y", "fiscal year", rf"(?P<y>{_YEAR})\s(?:fiscal|financial)(?:\syear)?(?![a-z])"),
    ("y", "years", rf"(?P<y>{_YEAR})-(?P<z>[0-9]{{2}})(?![0-9/-]|\.[0-9])"),
    ("y", "decade", r"(?P<y>(?:19|20)[0-9]0)\s?年代"),
    ("#", "decade", r"(?P<z>[2-9]0)\s?年代"),
    ("c", "year", rf"{_CJK_YEAR}年(?!代|期)(?:(?-i:[AEF])(?![0-9A-Za-z]))?"),
    ("y", "year", rf"(?P<y>{_YEAR})(?-i:[AEFe])(?![0-9A-Za-z]|[./-][0-9A-Za-z])"),
    ("a", "year", rf"(?:CY\s?|mid-|early-|late-)(?P<y>{_YEAR})(?![0-9])"),
    ("#h", "day", rf"(?P<m>1[0-2]|0?[1-9]|{_HAN_NUMERAL})\s?月\s?{_CJK_DAY}{_CJK_LATER}"),
    ("#", "month", r"(?P<m>1[0-2]|0?[1-9])\s?月(?!球|度)"),
    ("a", "day", rf"(?-i:(?=[A-Z])){_MONTH}\s{_DAY}(?![0-9.]|\s?(?:%|(?-i:[A-Z])))"),
    ("#", "day", rf"{_DAYS}(?:\sof)?\s(?-i:(?=[A-Z])){_LAST_MONTH}(?![A-Za-z0-9])"),
    ("h", "quarter", r"第(?P<q>[1-4一二三四])(?:季度|四半期)"),
)
_BY_START: dict[_Start, tuple[tuple[str, re.Pattern[str]], ...]] = {
    start: tuple((grain, re.compile(text, _ANY_CASE)) for key, grain, text in _PATTERNS if start in _STARTS[key])
    for start in ("year", "digit", "letter", "han")
}
_START = re.compile(
    r"(?<![0-9A-Za-z.,])(?=(?P<year>(?:19|20)[0-9]{2})"
    r"|(?P<digit>[0-9]{1,2}(?:\s?月|(?:st|nd|rd|th)?(?:\s?-\s?[0-9]{1,2})?(?:\s(?:of\s)?|-)[a-z]{3}|\s?年代)"
    r"|[1-4][QH][0-9 /'-]|[0-9]{2}H[12]|1st|2nd)"
    rf"|(?P<han>第|令和|平成|昭和|民[国國]|{_HAN_YEAR}年|{_HAN_NUMERAL}月[0-9一二三四五六七八九十])"
    r"|(?P<letter>FY|CY|[QH][1-4]|fiscal|first|second|third|fourth|former|latter"
    r"|mid-|early-|late-|jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec))",
    _ANY_CASE,
)


def read_period(text: str, at: int) -> Period | None:
    """The date or period that begins at ``text[at]``, of flattened text."""
    begins = _START.match(text, at)
    if begins is None:
        return None
    for grain, pattern in _BY_START[begins.lastgroup]:  # type: ignore[index]  # one of the groups has matched
        if match := pattern.match(text, at):
            return _period(grain, match)
    return None


def _period(grain: str, match: re.Match[str]) -> Period | None:
    part = match.groupdict()
    low = high = _year(part)
    if grain == "years":
        high = low - low % 100 + int(part["z"])
        if high <= low:
            return Period(match.start() + 4, low, low, "year")
    elif grain == "decade":
        low = low or 1900 + int(part["z"])
        high = low + 9
    elif grain == "half":
        low = high = low * 10 + (1 if part["first"] else 2)
    elif grain == "quarter":
        low = high = low * 10 + _quarter(part)
    elif grain in ("month", "day"):
        low = high = low * 100 + _month(part)
    if grain == "day":
        low, high = low * 100 + _number(part["d"]), high * 100 + _number(part.get("d2") or part["d"])
        if not 0 < low % 100 <= 31 or not low <= high:
            return None
    return Period(match.end(), low, high, "year" if grain in ("years", "decade") else grain)


def _quarter(part: dict[str, str | None]) -> int:
    if span := part.get("span"):
        return _THREE_MONTHS[span]
    name = part.get("q") or part.get("q2") or part.get("word") or ""
    return _ORDINALS.get(name.lower()) or int(name)


def _month(part: dict[str, str | None]) -> int:
    name = part.get("mon")
    return _MONTHS[name[:3].lower()] if name else _number(part["m"])


def _number(numeral: str | None) -> int:
    if not numeral or numeral.isdigit():
        return int(numeral or 0)
    return int(han_value(numeral) or 0)


def _year(part: dict[str, str | None]) -> int:
    if era := part.get("era"):
        return _ERAS[era] + (1 if part["n"] == "元" else _number(part["n"]))
    if han := part.get("hany"):
        return int("".join(str(HAN_DIGITS[c]) for c in han))
    digits = (part.get("y") or "0").lstrip("'")
    return int(digits) + (2000 if len(digits) == 2 else 0)
