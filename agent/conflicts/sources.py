"""Who says something, and when: the source note of a sentence, whom it names as its forecaster, its document's date."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from functools import lru_cache

from agent.candidates import Candidate, row_cells
from agent.judging.identity.names import known_publishers
from corpus.lexicon import load_lexicon
from corpus.quantities import Quantity, find_quantities
from corpus.text import HAN, find_source_notes, without_source_notes

LONG = 180
"""Days after which a newer publication is taken to have overtaken an older one of another source."""

_SAYS = (
    r"forecasts?|forecasted|expects?|expected|projects|projected|predicts?|predicted|estimates?|estimated|anticipates?"
    r"|anticipated|foresees|says|said|reports|reported|claims?|claimed|measured|puts?|gives|gave|counts?|counted"
)
_SAYS_HAN = r"预计|預計|预测|預測|预期|预估|估计|估計|估算|认为|給出|给出|统计|測得|测得|实测|报告|称|稱|予測|見込|推定"
_WHEN = r"(?:\s(?:in\s)?(?:19|20)[0-9]{2})?"
_NAME = r"(?P<name>[A-Z][\w&.-]*[A-Za-z0-9](?:\s[A-Z][\w&-]*){0,3})"
_HAN_HOUSE = rf"(?P<name>[{HAN}A-Za-z]{{2,10}}?(?:证券|證券|咨询|諮詢|研究院|研究所|资本|机构|協会|协会|総研))"
_WHEN_HAN = r"\s?(?:[在于於]\s?(?:19|20)[0-9]{2}\s?年)?(?:的)?(?:最新)?\s?"
_SAYING = (
    re.compile(rf"\b{_NAME}(?:'s)?{_WHEN}\s(?:{_SAYS})(?![a-z])"),
    re.compile(rf"(?<![A-Za-z]){_NAME}{_WHEN_HAN}(?:{_SAYS_HAN})"),
    re.compile(rf"{_HAN_HOUSE}{_WHEN_HAN}(?:{_SAYS_HAN})"),
    re.compile(rf"(?:\b[Aa]ccording to|\b[Ff]orecasts? (?:by|of|from)|转引自|援引|根据|據|据)\s?(?:the\s)?{_NAME}"),
    re.compile(rf"(?<![A-Za-z]){_NAME}\s?(?:の予測|の予想|によると|によれば)"),
)
_AFTER_NAME = re.compile(
    rf"(?:'s)?{_WHEN}\s(?:{_SAYS})(?![a-z])|{_WHEN_HAN}(?:{_SAYS_HAN})|\s?(?:によると|によれば|の予測)"
)
_NO_NAME = re.compile(
    r"(?:The|This|That|These|It|We|They|He|She|You|One|Our|Its|Each|All|Both|Another|Sources?|Some|Analysts|Management)\b"
)
_ISSUED = re.compile(
    rf"\s?(?:的)?(?:最新)?(?:{_SAYS_HAN}|公布|发布|發布|宣布|披露|公表|発表|给出的|時点|时点)|\s?(?:figures?|forecasts?|estimates?)(?![a-z])"
)
_ISSUING = re.compile(
    rf"(?:\b(?:{_SAYS}|announced|published|released|stated|seen|as of|figures? (?:of|from)|forecasts? (?:of|from)))"
    r"\s(?:in\s|on\s)?(?:early |late |mid-)?$|截至\s?$"
)
_LEVELS = (("low", "低"), ("medium", "中"), ("high", "高"))
_CONFIDENCE = re.compile(
    r"(?:confidence|可信度|置信度|信頼度)[^()（）a-z]{0,4}(?P<level>low|medium|high|低|中|高)", re.IGNORECASE
)
_HEADS = {
    "source": re.compile(r"^(?:sources?|来源|來源|出典|出处)$", re.IGNORECASE),
    "house": re.compile(r"^(?:机构|機構|house|forecaster|publisher|analyst|institution|調査会社)$", re.IGNORECASE),
    "year": re.compile(r"^(?:year|published|date of publication|年份|发布年份|發布年份|発表年|年度)$", re.IGNORECASE),
    "confidence": re.compile(r"^(?:confidence|可信度|置信度|信頼度)$", re.IGNORECASE),
}


@dataclass(frozen=True, slots=True)
class Source:
    """Who says something, and when.

    Attributes:
        issuers: Whom the sentence itself names as saying so: ids of the lexicon, else names in lower case.
        noted: The publication its source note names, in lower case; "" where it has none.
        published: ISO date or its known prefix: by the sentence, its note, or its document; "" where none is known.
        confidence: 0 low, 1 medium, 2 high, as the note says; 1 where it does not.
    """

    issuers: frozenset[str]
    noted: str
    published: str
    confidence: int


def read_source(candidate: Candidate) -> Source:
    """Whose words a candidate gives."""
    cells = _told_by_heads(candidate)
    note = next(find_source_notes(candidate.text), "")
    year = _year_of(cells["year"]) or _issue_year(candidate.body) or _year_of(note)
    noted = cells["source"] or re.split(r"[,，;；]?\s?(?:19|20)[0-9]{2}", note.strip("()（）"))[0]
    issuers = frozenset(one for one, _, _ in find_issuers(candidate.body))
    if cells["house"]:
        issuers |= {_id(re.sub(r"[(（].*", "", cells["house"]).strip())}
    return Source(
        issuers=issuers,
        noted=noted.strip().casefold(),
        published=year or candidate.published,
        confidence=_confidence(cells["confidence"] or note),
    )


def _told_by_heads(candidate: Candidate) -> dict[str, str]:
    """The cells of a row that tell its source, year and confidence."""
    told = dict.fromkeys(_HEADS, "")
    for head, cell in row_cells(candidate.header, candidate.text) if candidate.header else []:
        told |= {name: cell for name, pattern in _HEADS.items() if pattern.match(head)}
    return told


def is_about_source(head: str) -> bool:
    """Whether a column's head says that its cells tell the source of the row."""
    return any(pattern.match(head) for pattern in _HEADS.values())


def _year_of(text: str) -> str:
    years = re.findall(r"(?<!\d)(?:19|20)\d\d(?!\d)", text)
    return max(years, default="")


def _confidence(note: str) -> int:
    level = _CONFIDENCE.search(note)
    words = level["level"].casefold() if level else note.strip().casefold()
    return next((rank for rank, names in enumerate(_LEVELS) if words in names), 1)


def is_issue_time(text: str, one: Quantity) -> bool:
    """Whether a date tells when something was said, not when it is so: CIR 在 2020 年预测, "expected in 2020"."""
    return bool(_ISSUED.match(text, one.end) or _ISSUING.search(text[max(0, one.start - 40) : one.start]))


def _issue_year(text: str) -> str:
    times = (one for one in find_quantities(text) if one.kind == "time" and is_issue_time(text, one))
    return next((str(one.low)[:4] for one in times if len(str(one.low)) >= 4), "")


@lru_cache(maxsize=512)
def find_issuers(text: str) -> tuple[tuple[str, int, int], ...]:
    """(whom, start, end) of everybody a text names as saying, expecting or measuring something."""
    return tuple(dict.fromkeys(_issuers(without_source_notes(text))))


def _issuers(text: str) -> Iterator[tuple[str, int, int]]:
    for book in (known_publishers(), load_lexicon()):
        for mention in book.find(text, ["company"]):
            if _AFTER_NAME.match(text, mention.end) or book is known_publishers():
                yield _id(mention.name), mention.start, mention.end
    for pattern in _SAYING:
        for match in pattern.finditer(text):
            name = match["name"].removesuffix("'s")
            if not _NO_NAME.match(name):
                yield _id(name), match.start("name"), match.end("name")


def _id(name: str) -> str:
    """The lexicon's or the publishers' id of a name, else the name itself."""
    for book in (load_lexicon(), known_publishers()):
        found = book.find(name, ["company"])
        if found and found[0].start == 0:
            return found[0].term.id
    return name.casefold()


def days_apart(one: str, other: str) -> int:
    """Days from one date to a later one, negative to an earlier; 0 where they are not known to differ.

    >>> days_apart("2023", "2025"), days_apart("2025-03", "2025"), days_apart("2025-03-31", "2025-03-01")
    (731, 0, -30)
    """
    first, second = _span(one), _span(other)
    if first is None or second is None or (first[0] <= second[1] and second[0] <= first[1]):
        return 0
    return (second[0] - first[0]).days


def _span(published: str) -> tuple[date, date] | None:
    parts = [int(part) for part in re.findall(r"\d+", published)[:3]]
    try:
        if len(parts) == 3:
            return date(*parts), date(*parts)
        if len(parts) == 2:
            return date(parts[0], parts[1], 1), date(parts[0], parts[1], 28)
        return (date(parts[0], 1, 1), date(parts[0], 12, 31)) if parts else None
    except ValueError:
        return None
