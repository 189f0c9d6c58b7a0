"""Read the years, quarters and dates of labels and questions, in English, Chinese and Japanese.

>>> [str(found.period) for found in find_periods("from Q4 2018 to fiscal 2019")]
['2018-Q4', '2019']
"""

import re
from dataclasses import dataclass, replace

_MONTHS = {name: n for n, name in enumerate("jan feb mar apr may jun jul aug sep oct nov dec".split(), start=1)}
_MONTH = r"(?P<mon>jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]{0,6}\.?"
_YEAR = r"(?P<y>(?:19|20)[0-9]{2})(?![0-9]|[.,][0-9]|\s?%)"
_FISCAL = r"(?:FY|CY|fiscal(?:\s+years?)?|financial\s+years?)[\s'’-]*"
_ORDINALS = {"first": 1, "second": 2, "third": 3, "fourth": 4, "1st": 1, "2nd": 2, "3rd": 3, "4th": 4,
             "一": 1, "二": 2, "三": 3, "四": 4}  # fmt: skip
_BEFORE = r"(?<![0-9A-Za-z.,$])"
_PATTERNS = tuple(
    re.compile(_BEFORE + pattern, re.IGNORECASE)
    for pattern in (
        rf"{_MONTH}\s*(?P<d>[0-3]?[0-9])(?:st|nd|rd|th)?\s*,?\s*{_YEAR}",
        rf"(?P<d>[0-3]?[0-9])(?:st|nd|rd|th)?\s+(?:of\s+)?{_MONTH},?\s*{_YEAR}",
        rf"{_MONTH}\s*(?:of\s+)?,?\s*{_YEAR}",
        rf"(?:the\s+)?(?P<q>first|second|third|fourth|[1-3](?:st|nd|rd)|4th)[\s-]quarters?(?:\s+of|\s+in|,)?\s*(?:{_FISCAL})?{_YEAR}",
        rf"(?:Q\s?(?P<q>[1-4])|(?P<q2>[1-4])Q)[\s'’-]*(?:of\s+|{_FISCAL})?{_YEAR}",
        r"(?:Q(?P<q>[1-4])|(?P<q2>[1-4])Q)[\s'’-]*(?:FY)?(?P<yy>[0-9]{2})(?![0-9A-Za-z])",
        rf"(?:{_FISCAL})?{_YEAR}[\s-]*Q(?P<q>[1-4])(?![0-9])",
        rf"(?:the\s+)?(?:(?P<h>first|1st)|(?P<h2>second|2nd))[\s-]half(?:\s+of|\s+in|,)?\s*(?:{_FISCAL})?{_YEAR}",
        rf"(?:H(?P<hn>[12])|(?P<hm>[12])H)[\s'’-]*{_YEAR}",
        rf"{_YEAR}\s?年?度?\s?第?(?P<q>[1-4一二三四])(?:季度|四半期|季)",
        rf"{_YEAR}\s?年?度?\s?(?:(?P<h>上半年|上期)|(?P<h2>下半年|下期))",
        rf"{_YEAR}\s?年\s?(?P<m>[0-9]{{1,2}})\s?月(?:\s?(?P<d>[0-9]{{1,2}})\s?[日号])?",
        rf"{_YEAR}\s?(?:年度|年期|会计年度|财年|財年|年)",
        r"(?P<y>(?:19|20)[0-9]{2})(?P<sep>[-/.])(?P<m>0?[1-9]|1[0-2])(?P=sep)(?P<d>[0-3]?[0-9])(?![0-9])",
        rf"{_FISCAL}(?:{_YEAR}|(?P<yy>[0-9]{{2}})(?![0-9]))",
        r"(?:\bthe\s+)?(?P<q>first|second|third|fourth|[1-3](?:st|nd|rd)|4th)[\s-]quarter(?![a-z])",
        r"Q(?P<q>[1-4])(?![0-9A-Za-z])",
        r"第?(?P<q>[1-4一二三四])(?:季度|四半期)",
        rf"(?:CY\s?)?(?<![为是达共有]){_YEAR}",
    )
)
_PRIOR = re.compile(
    r"上年(?:度|末|同期)?|去年(?:同期)?|上期|上一年度?|前一年|期初(?:余额|数)?|年初(?:余额|数)?|前期(?:末)?|前年度?|昨年"
    r"|\b(?:prior|previous|preceding|last)[\s-](?:fiscal\s)?(?:year|period)\b",
    re.IGNORECASE,
)
_CURRENT = re.compile(
    r"本年(?:度|末)?|本期(?:金额|数)?|今年|当年|当期|期末(?:余额|数)?|年末(?:余额|数)?|本年度"
    r"|\b(?:current|this)[\s-](?:fiscal\s)?(?:year|period)\b",
    re.IGNORECASE,
)
_THREE_MONTHS = re.compile(r"three months|quarters? ended", re.IGNORECASE)


@dataclass(frozen=True, slots=True, order=True)
class Period:
    """A year, or a part of one; 0 for what is not said.

    Attributes:
        half: 1 or 2. quarter: 1 to 4. month: 1 to 12; also of the day on which a year or quarter ends.
        steps: Years from the one a text is about: -1 for "prior year" and 上年, where no year is given; 0 otherwise.
            Of the ends of a change, which are not ``relative``: -1 for "before", that the text dates no closer (the
            ``year`` is then the latest it may be), 1 for "after" where it names no year.
        relative: Whether it is given only relative to the one a text is about.
    """

    year: int = 0
    half: int = 0
    quarter: int = 0
    month: int = 0
    day: int = 0
    steps: int = 0
    relative: bool = False

    def __str__(self) -> str:
        if self.steps and not self.relative:
            return (
                f"before {replace(self, year=self.year + 1, steps=0)}"
                if self.year
                else "before"
                if self.steps < 0
                else "after"
            )
        if not self.year:
            part = f"Q{self.quarter}" if self.quarter else ""
            return part or ("prior year" if self.steps else "current year" if self.relative else "")
        part = f"-Q{self.quarter}" if self.quarter else f"-H{self.half}" if self.half else ""
        return f"{self.year}{part or (f'-{self.month:02}' if self.month else '')}"

    def covers(self, asked: "Period") -> bool:
        """Whether a figure of this period is one of the ``asked`` period: all that is asked is said, and agrees.

        The beginning of a change is no figure of a year asked by name, only of the year ``back`` from one.
        """
        if not self.relative and self.steps and not asked.steps:
            return False
        if not asked.relative and asked.steps and not asked.year:
            return self.steps == asked.steps
        pairs = [(asked.year, self.year), (asked.half, self.half), (asked.quarter, self.quarter)]
        if self.month or not asked.day:  # "December 31, 2019" may be the end of a column headed "2019"
            pairs += [(asked.month, self.month), (asked.day, self.day)]
        if asked.relative:
            return self.relative and self.steps == asked.steps
        return all(not wanted or wanted == had for wanted, had in pairs)

    def within(self, outer: "Period") -> "Period":
        """This period, what it does not say taken from an outer one: "First Quarter" within "2019"."""
        if self.relative and not self.year:
            return replace(outer, year=outer.year + self.steps, steps=0, relative=False) if outer.year else self
        year = self.year or outer.year
        return replace(
            self, year=year, half=self.half or outer.half, quarter=self.quarter or outer.quarter,
            month=self.month or outer.month, day=self.day or outer.day,
        )  # fmt: skip

    def back(self, years: int = 1) -> "Period":
        """The same period so many years before, without its day."""
        return replace(self, year=self.year - years, day=0, steps=-years)


NO_PERIOD = Period()


@dataclass(frozen=True, slots=True)
class FoundPeriod:
    """A period at ``text[start:end]``."""

    period: Period
    start: int
    end: int


def find_periods(text: str) -> list[FoundPeriod]:
    """The periods of a text, left to right, not overlapping; relative ones (上年, "prior year") included."""
    if not text:
        return []
    found: list[FoundPeriod] = []
    taken = [False] * len(text)
    for pattern in _PATTERNS:
        for match in pattern.finditer(text):
            if not any(taken[match.start() : match.end()]) and (period := _period(match)):
                taken[match.start() : match.end()] = [True] * len(match[0])
                found.append(FoundPeriod(period, *match.span()))
    for pattern, steps in ((_PRIOR, -1), (_CURRENT, 0)):
        for match in pattern.finditer(text):
            if not any(taken[match.start() : match.end()]):
                taken[match.start() : match.end()] = [True] * len(match[0])
                found.append(FoundPeriod(Period(steps=steps, relative=True), *match.span()))
    return sorted(found, key=lambda one: one.start)


def label_period(text: str) -> Period:
    """The one period of a label or of a column's stacked heads; NO_PERIOD where there is none or more than one year.

    >>> str(label_period("Three months ended 31 December 2018"))
    '2018-Q4'
    """
    whole = NO_PERIOD
    for found in find_periods(text):
        if whole.year and found.period.year not in (0, whole.year):
            return NO_PERIOD
        whole = found.period.within(whole) if not whole.relative else found.period
    month = re.search(rf"\b{_MONTH}", text, re.IGNORECASE)
    if month and whole.year and not whole.month:
        whole = replace(whole, month=_MONTHS[month["mon"].lower()])
    if whole.month and not whole.quarter and _THREE_MONTHS.search(text):
        whole = replace(whole, quarter=(whole.month + 2) // 3)
    return whole


def without_periods(text: str) -> str:
    """The words of a label that are not a period; English "current year" is a name as often as a period, and stays."""
    kept, at = [], 0
    for found in find_periods(text):
        if found.period.relative and text[found.start].isascii():
            continue
        kept.append(text[at : found.start])
        at = found.end
    return " ".join(" ".join((*kept, text[at:])).split())


def _period(match: re.Match[str]) -> Period | None:
    groups = match.groupdict()
    year = int(groups.get("y") or 0) or (2000 + int(groups["yy"]) if groups.get("yy") else 0)
    quarter = groups.get("q") or groups.get("q2") or ""
    half = 1 if groups.get("h") else 2 if groups.get("h2") else int(groups.get("hn") or groups.get("hm") or 0)
    month = _MONTHS[groups["mon"].lower()] if groups.get("mon") else int(groups.get("m") or 0)
    day = int(groups.get("d") or 0)
    if month > 12 or day > 31:
        return None
    return Period(year, half, _ORDINALS.get(quarter.lower()) or int(quarter or 0), month, day)
