"""Lay the lines a reader found out as pages of blocks: section paths, furniture, title, publisher and date."""

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date

from corpus.document import Block, BlockKind, Language, MarkKind, Page
from corpus.text import columns, fold, language_of, squeeze


@dataclass(frozen=True, slots=True)
class Line:
    """One line of a file as a reader understood it.

    Attributes:
        level: Of a heading, from 1 (outermost); 0 for everything else.
        hidden: How the file hides the line, which is kept all the same; "" where it shows it.
    """

    kind: BlockKind
    text: str
    level: int = 0
    hidden: str = ""


@dataclass(frozen=True, slots=True)
class Aside:
    """Text that a file holds and does not show, kept out of its lines.

    Attributes:
        page: Number of its page, from 1.
        reason: How it is hidden.
        kind: "disguised" for characters that stand for others; "layer" for what stays in the lines, over a picture;
            "instruction" for what is shown and only left out.
        minor: Whether nearly every file has such text, so that only instructions in it are worth a word.
    """

    page: int
    text: str
    reason: str
    kind: MarkKind = "hidden"
    minor: bool = False


@dataclass(frozen=True, slots=True)
class Sheet:
    """The lines of one page, with its printed label ("" where there is none)."""

    lines: tuple[Line, ...]
    label: str = ""


@dataclass(frozen=True, slots=True)
class Reading:
    """What a reader found in a file; empty strings where the file does not say.

    Attributes:
        author, created: What the program that wrote the file noted by itself; believed only where nothing is printed.
    """

    sheets: tuple[Sheet, ...]
    media_type: str
    title: str = ""
    publisher: str = ""
    published: str = ""
    source: str = ""
    author: str = ""
    created: str = ""
    asides: tuple[Aside, ...] = ()


# --- Pages ------------------------------------------------------------------------------------------------------------

_FRONT_LINES = 12
_TITLE_LETTERS = 6
_LONG = 160  # columns: a line this long is body text, not front matter


def tidy(sheets: Iterable[Sheet]) -> tuple[Sheet, ...]:
    """The same sheets with every line normalised, empty ones dropped, a repeated title line too, furniture marked."""
    sheets = tuple(sheets)
    squeezed = [[replace(line, text=text) for line in sheet.lines if (text := squeeze(line.text))] for sheet in sheets]
    marked = iter(_mark_furniture([line for lines in squeezed for line in lines]))
    tidied = [[next(marked) for _ in lines] for lines in squeezed]
    return tuple(
        Sheet(tuple(lines if place else _without_repeats(lines)), sheet.label)
        for place, (sheet, lines) in enumerate(zip(sheets, tidied, strict=True))
    )


def lay_out(sheets: Sequence[Sheet]) -> tuple[Page, ...]:
    """Tidied sheets as pages: one block a line, each with the headings above it, over page ends too."""
    titles = _title_level([line for sheet in sheets for line in sheet.lines])
    open_headings: list[Line] = []
    pages = []
    for number, sheet in enumerate(sheets, start=1):
        blocks, start = [], 0
        for line in sheet.lines:
            if line.kind == "heading":
                open_headings = [above for above in open_headings if above.level < line.level]
            path = tuple(above.text for above in open_headings if above.level != titles)
            blocks.append(Block(line.kind, start, start + len(line.text), path))
            start += len(line.text) + 1
            if line.kind == "heading":
                open_headings.append(line)
        text = "\n".join(line.text for line in sheet.lines)
        pages.append(Page(number, sheet.label or str(number), text, tuple(blocks)))
    return tuple(pages)


def main_language(pages: Iterable[Page]) -> Language:
    """The language that takes most room on the pages."""
    room: Counter[Language] = Counter()
    for page in pages:
        for block in page.blocks:
            text = page.text[block.start : block.end]
            room[language_of(text)] += columns(text)
    del room["und"]
    return max(room, key=lambda language: (room[language], language)) if room else "und"


def _without_repeats(lines: list[Line]) -> list[Line]:
    """A title printed several times at the top of a document, kept once."""
    seen: set[str] = set()
    kept = []
    for line in lines[:_FRONT_LINES]:
        titular = line.kind in ("heading", "paragraph") and sum(map(str.isalpha, line.text)) >= _TITLE_LETTERS
        if fold(line.text) not in seen or not titular:
            kept.append(line)
        seen.add(fold(line.text))
    return kept + lines[_FRONT_LINES:]


def _title_level(lines: Sequence[Line]) -> int:
    """The heading level that only titles the document and so stays out of section paths; 0 when there is none.

    That is the outermost level, if all its headings stand before the first deeper heading and the first body text.
    """
    levels = [line.level for line in lines if line.kind == "heading"]
    if not levels:
        return 0
    top, front = min(levels), True
    titles = 0
    for line in lines:
        if line.kind == "heading" and line.level == top:
            if not front:
                return 0
            titles += 1
        elif line.kind == "heading" or columns(line.text) > _LONG:
            front = False
    return top


# --- Tables -----------------------------------------------------------------------------------------------------------


def is_head(cells: list[str]) -> bool:
    """Whether the first row of a table reads like its head: words in every cell but perhaps the first, no figures."""
    return all(any(character.isalpha() for character in text) for text in cells[1:]) and len(cells) > 1


def merge_heads(rows: list[list[str]]) -> list[str]:
    """One head row from several: what stands above what, once."""
    width = max(map(len, rows))
    columns = [[row[n] for row in rows if n < len(row) and row[n]] for n in range(width)]
    return [" ".join(dict.fromkeys(column)) for column in columns]


# --- Furniture --------------------------------------------------------------------------------------------------------

_CONTENTS = re.compile(r"(?:table of )?contents|目\s*[录錄次]|本[文期]目[录錄]|もくじ", re.IGNORECASE)
_LEADERS = re.compile(r".*(?:\.{4,}|(?:\. ){4,}|…{2,}|·{4,}|_{4,})\s*[\divxlc]{1,5}$", re.IGNORECASE)
_PAGE_AT_END = re.compile(r".*\S\s\d{1,4}$")
_LINK = re.compile(r"(?:(?:https?|ftp)://|www\.|(?:[\w-]+\.)+[a-z]{2,}/)\S*$", re.IGNORECASE)
_HASHTAGS = re.compile(r"(?:#[^\s#]+\s*){2,}$|#[^\W\d][^\s#]*$")
_LABEL_COLUMNS = 40
_FURNITURE_LENGTH = 1000


def _mark_furniture(lines: list[Line]) -> list[Line]:
    furniture = {place for place, line in enumerate(lines) if _is_furniture(line)} | _contents(lines)
    for place in range(len(lines) - 2, -1, -1):  # "Read previous:", "Part 1:", and only then the link
        line = lines[place]
        if place + 1 in furniture and line.text[-1] in ":：" and columns(line.text) <= _LABEL_COLUMNS:
            furniture.add(place)
    return [replace(line, kind="furniture", level=0) if n in furniture else line for n, line in enumerate(lines)]


def _is_furniture(line: Line) -> bool:
    if line.kind in ("header", "row") or len(line.text) > _FURNITURE_LENGTH:
        return False
    return any(pattern.match(line.text) for pattern in (_LINK, _HASHTAGS, _LEADERS))


def _contents(lines: list[Line]) -> set[int]:
    """Places of the lines of a table of contents, its heading among them."""
    found: set[int] = set()
    headings = {fold(line.text).casefold(): n for n, line in enumerate(lines) if line.kind == "heading"}
    for place, line in enumerate(lines):
        if place in found or not _CONTENTS.fullmatch(line.text.strip(" :：")):
            continue
        entries = []
        for n in range(place + 1, len(lines)):
            entry = lines[n]
            again = headings.get(fold(entry.text).casefold(), -1) > n
            if not (again or _is_entry(entry)):
                break
            entries.append(n)
        if entries:
            found |= {place, *entries}
    return found


def _is_entry(line: Line) -> bool:
    if columns(line.text) > _LONG or line.kind in ("header", "row"):
        return False
    with_page = bool(_LEADERS.match(line.text) or _PAGE_AT_END.match(line.text))
    return with_page or (line.kind == "item" and line.text[-1] not in ".。!！?？")


# --- Front matter -----------------------------------------------------------------------------------------------------

_TITLE_COLUMNS = 200
_NOBODY = frozenset(
    ("admin", "administrator", "anonymous", "(anonymous)", "microsoft office user", "python-docx", "unknown", "user")
)
_NAME_COLUMNS = 100
_WORKING_TITLE = re.compile(
    r"^Microsoft \w+ - |\.(?:docx?|pdf|indd|qxd|pptx?|xlsx?|tex|dvi)$|^\(?(?:untitled|unspecified|anonymous)\)?$",
    re.IGNORECASE,
)
_PUBLISHER = re.compile(
    r"(?:(?:^|[\s|·])(?:作者|著者|来源|來源|出处|出品|编制|編制|撰稿|发布机构|发布单位|编制单位|研究机构|出版社?|発行元?|出典)|"
    r"(?:^|[|·]\s*)(?:[Aa]uthors?|[Pp]ublisher|(?:[Pp]ublished|[Pp]repared|[Ww]ritten) by|[Ss]ource))"
    r"\s*[:：]\s*([^|:：]+)|^By\s((?:[A-Z][\w.&'-]*,?\s?(?:and\s|of\s)?){1,8})$"
)
_PUBLISHED = re.compile(
    r"(?:日期|时间|時間|発行日|公開日|作成日|更新日|\bdated?|\bpublished(?: on)?|\bposted(?: on)?|\breleased?(?: on)?|"
    r"\bupdated)\s*[:：]?\s*(.{4,30})",
    re.IGNORECASE,
)
_NOTE = re.compile(r"\s*[(（【\[].*|\s+(?:\S*日期|date|published)$", re.IGNORECASE)
_SERIES = re.compile(r"[\[【]?(?:part|vol(?:ume)?|issue|no)\b\.?\s*\d|[\[【]?第.{1,4}[部篇期回]", re.IGNORECASE)


def complete(reading: Reading, fallback_title: str) -> Reading:
    """The reading with title, publisher and date read from its front lines where the file's metadata has none."""
    front = [line.text for line in reading.sheets[0].lines[:_FRONT_LINES]] if reading.sheets else []
    short = [text for text in front if columns(text) <= _LONG]
    title = "" if _WORKING_TITLE.search(reading.title) else reading.title
    author = "" if reading.author.casefold() in _NOBODY else reading.author
    return replace(
        reading,
        title=_clip(title or _title(reading) or fallback_title, _TITLE_COLUMNS),
        publisher=_clip(reading.publisher or _first(map(_publisher, short)) or author, _NAME_COLUMNS),
        published=reading.published or _first(map(_published, short)) or reading.created,
    )


def _title(reading: Reading) -> str:
    lines = [line for sheet in reading.sheets[:2] for line in sheet.lines if line.kind != "furniture"]
    heading = next((n for n, line in enumerate(lines[: 2 * _FRONT_LINES]) if line.kind == "heading"), 0)
    if not lines:
        return ""
    title = lines[heading].text
    following = lines[heading + 1].text if heading + 1 < len(lines) else ""
    return f"{title} {following}" if _SERIES.match(following) and columns(following) <= _LONG else title


def _publisher(text: str) -> str:
    found = _PUBLISHER.search(text)
    return _NOTE.sub("", found.group(1) or found.group(2)).strip(" ,，;；.") if found else ""


def _published(text: str) -> str:
    found = _PUBLISHED.search(text)
    return iso_date(found.group(1)) if found else iso_date(text) if columns(text) <= 24 else ""


def _first(values: Iterable[str]) -> str:
    return next((value for value in values if value), "")


def _clip(text: str, limit: int) -> str:
    """At most ``limit`` columns of a text, cut at a space if one is near, with an ellipsis."""
    text = squeeze(text)
    if columns(text) <= limit:
        return text
    while columns(text) > limit - 1:
        text = text[: -max(1, (columns(text) - limit) // 2)]
    return f"{text.rpartition(' ')[0] if ' ' in text[-20:] else text}…"


_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_MONTH = r"(?P<name>jan|feb|mar|apr|may|jun|jul|aug|sept?|oct|nov|dec)[a-z]*\.?"
_DATES = tuple(
    re.compile(pattern, re.IGNORECASE)
    for pattern in (
        r"(?<!\d)(?P<year>(?:19|20)\d\d)\s?(?P<mark>[-/.])\s?(?P<month>\d{1,2})(?:\s?(?P=mark)\s?(?P<day>\d{1,2}))?(?!\d)",
        r"(?<!\d)(?P<year>(?:19|20)\d\d)\s?年\s?(?P<month>\d{1,2})\s?月(?:\s?(?P<day>\d{1,2})\s?日)?",
        rf"\b(?P<day>\d{{1,2}})(?:st|nd|rd|th)?\s{_MONTH},?\s(?P<year>(?:19|20)\d\d)\b",
        rf"\b{_MONTH}\s(?:(?P<day>\d{{1,2}})(?:st|nd|rd|th)?,?\s)?(?P<year>(?:19|20)\d\d)\b",
        r"(?<!\d)(?P<year>(?:19|20)\d\d)(?P<month>\d\d)(?P<day>\d\d)(?!\d)",
    )
)


def iso_date(text: str) -> str:
    """The first date in a text as ISO, without the day where it has none; "" where there is no date."""
    for pattern in _DATES:
        for found in pattern.finditer(squeeze(text)):
            parts = found.groupdict()
            month = int(parts.get("month") or _MONTHS.index(parts["name"][:3].lower()) + 1)
            try:
                day = date(int(parts["year"]), month, int(parts["day"] or 1)).isoformat()
            except ValueError:  # 2025-13-40 is a part number, not a day
                continue
            return day if parts["day"] else day[:7]
    return ""
