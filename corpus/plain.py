"""Find headings and list items in lines of plain text, where only the words and their order tell."""

import re
from collections.abc import Sequence

from corpus.lines import Line, Sheet
from corpus.text import columns, join_lines, squeeze

_HEADING_COLUMNS = 120
_STYLES: tuple[tuple[str, re.Pattern[str]], ...] = tuple(
    (name, re.compile(pattern, re.IGNORECASE))
    for name, pattern in (
        (
            "chapter",
            r"第[一二三四五六七八九十百\d]{1,4}[章编篇部]\s*\S?|(?:chapter|part)\s+(?:\d{1,2}|[ivx]{1,5})\b(?=[\s.:—-])",
        ),
        ("division", r"第[一二三四五六七八九十百\d]{1,4}[节節条]\s*\S?|section\s+\d{1,2}\b(?=[\s.:—-])"),
        ("han", r"[一二三四五六七八九十]{1,3}\s?[、．.]\s*\S"),
        ("han in brackets", r"[（(][一二三四五六七八九十]{1,3}[)）]\s*\S"),
        ("dotted", r"\d{1,2}(?:\.\d{1,2}){1,3}\.?\s*[^\W\d]"),
        ("number", r"(?:\d{1,2}|[ivx]{1,4})[.．、]\s*[^\W\d]"),
        (
            "named",
            r"(?:layer|step|phase|stage|appendix|annex|level|tier|附录|附錄|层级|阶段)\s*(?:\d{1,2}|[A-Z])\b\s*[-—:：.]",
        ),
    )
)
_ITEM = re.compile(r"(?:[-*•·●▪◦‣■◆○►✓–—]|[()（]?(?:\d{1,2}|[a-zA-Z])[)）]|[①-⑳])\s*\S")
_BULLET = re.compile(r"[-*•·●▪◦‣■◆○►✓]\s+(?=\S)")
_NUMBERED = re.compile(r"(\d{1,3})\s?[.．、)）](?!\d)")
_HAN_ONES = "一二三四五六七八九"
_HAN_NUMBERS = ("", *_HAN_ONES, "十", *(f"十{one}" for one in _HAN_ONES), "二十")
_HAN_NUMBERED = re.compile(r"[（(]?([一二三四五六七八九十]{1,3})\s?[、．.)）]")
_SENTENCE_END = re.compile(r"[.。!！?？;；:：,，、…][\"'”’」』)）]*$")
_CAPTION = re.compile(
    r"(?:(?:figure|fig\.|table|chart|exhibit)\s*\d{1,3}|[图圖表図]\s*\d{1,3})(?:[-.]\d{1,3})?\s*[:：.|、—-]?\s",
    re.IGNORECASE,
)
# A heading pasted against the sentence after it: "… functional layersJapanese players in …"; not SiPh, IOCore, mmWave.
_GLUED = re.compile(r"(?<=\s)[a-z]{3,}(?=[A-Z][a-z]{2,}\s)")


def read_plain(text: str) -> tuple[Sheet, ...]:
    """Lines of plain text as sheets, one for each form-feed page."""
    return tuple(Sheet(_classify(_paragraphs(page.split("\n")))) for page in text.split("\f"))


def _classify(paragraphs: Sequence[str]) -> tuple[Line, ...]:
    """Tell headings, items and captions among unwrapped, normalised paragraphs; the first may be the title."""
    texts = [piece for paragraph in paragraphs for piece in _unglued(paragraph)]
    levels: list[str] = []
    lines = []
    for place, text in enumerate(texts):
        style = _heading_style(texts, place)
        if place == 0 and not style and _is_short(text):
            lines.append(Line("heading", text, 1))
        elif style:
            levels = [*levels[: levels.index(style)], style] if style in levels else [*levels, style]
            lines.append(Line("heading", text, 1 + len(levels)))
        elif is_caption(text):
            lines.append(Line("caption", text))
        elif is_item(text):
            lines.append(Line("item", without_bullet(text)))
        else:
            lines.append(Line("paragraph", text))
    return tuple(lines)


def heading_style(text: str) -> str:
    """How a line is numbered or named as a heading ("chapter", "number", "dotted 2" …); "" if it is not."""
    if not _is_short(text):
        return ""
    for name, pattern in _STYLES:
        found = pattern.match(text)
        if found:
            return f"dotted {found.group().count('.')}" if name == "dotted" else name
    letters = [character for character in text if character.isalpha()]
    capitals = len(letters) >= 8 and all("A" <= letter <= "Z" for letter in letters) and " " in text
    return "capitals" if capitals else ""


def is_item(text: str) -> bool:
    """Whether a line starts like an entry of a list."""
    return bool(_ITEM.match(text) or _NUMBERED.match(text))


def without_bullet(text: str) -> str:
    """A list entry without its bullet; numbers and letters stay."""
    return _BULLET.sub("", text, count=1)


def is_caption(text: str) -> bool:
    """Whether a line names a figure or a table ("Figure 3: …", "表 1-2 …")."""
    return bool(_CAPTION.match(text)) and columns(text) <= _HEADING_COLUMNS


def _heading_style(texts: Sequence[str], place: int) -> str:
    """The style of the line as a heading, unless its neighbours show it to be one entry of a list."""
    text = texts[place]
    style = heading_style(text)
    if style not in ("number", "han", "han in brackets"):
        return style
    before = texts[place - 1] if place else ""
    after = texts[place + 1] if place + 1 < len(texts) else ""
    in_list = _follows(before, text) or _follows(text, after)
    return "" if in_list or not after else style


def _follows(text: str, other: str) -> bool:
    """Whether the number at the start of the other line is the next one."""
    return _ordinal(text) > 0 and _ordinal(other) == _ordinal(text) + 1


def _ordinal(text: str) -> int:
    """The number a line starts with, in figures or in Chinese; 0 where there is none."""
    found, han = _NUMBERED.match(text), _HAN_NUMBERED.match(text)
    if found:
        return int(found.group(1))
    return _HAN_NUMBERS.index(han.group(1)) if han and han.group(1) in _HAN_NUMBERS else 0


def _is_short(text: str) -> bool:
    return columns(text) <= _HEADING_COLUMNS and not _SENTENCE_END.search(text)


def _unglued(text: str) -> list[str]:
    joint = _GLUED.search(text, 0, _HEADING_COLUMNS)
    if joint is None or not heading_style(text[: joint.end()]):
        return [text]
    return [text[: joint.end()], text[joint.end() :]]


def _paragraphs(lines: Sequence[str]) -> list[str]:
    """Unwrap hard-wrapped text; where lines are not wrapped, each is a paragraph of its own."""
    widths = sorted(columns(line.rstrip()) for line in lines if line.strip())
    if not widths:
        return []
    width = widths[int(len(widths) * 0.9)]
    wrapped = len(widths) >= 5 and 40 <= width <= 110 and widths[-1] <= width * 1.25
    if not wrapped:
        return [squeeze(line) for line in lines if line.strip()]
    groups: list[list[str]] = [[]]
    for line in lines:
        text = squeeze(line)
        full = bool(groups[-1]) and columns(groups[-1][-1]) >= width * 0.7
        if not text or not full or _ITEM.match(text) or heading_style(text):
            groups.append([])
        if text:
            groups[-1].append(text)
    return [join_lines(group) for group in groups if group]
