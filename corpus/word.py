"""Read Word files (DOCX); the only door to python-docx."""

import io
import re
import zipfile
from collections.abc import Iterator
from typing import Any

from corpus.errors import ReadingError
from corpus.lines import Aside, Line, Reading, Sheet, is_head, merge_heads
from corpus.plain import is_caption
from corpus.smuggling import find_smuggled
from corpus.text import squeeze

_UNPACKED_LIMIT = 500_000_000
_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_SKIPPED = frozenset(
    {f"{_W}del", f"{_W}moveFrom", f"{_W}delText", f"{_W}instrText", f"{_W}rPr", f"{_W}pPr"}
    | {"{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback"}
)
_HEADING = re.compile(r"(?:heading|标题|標題|見出し)\s*(\d)", re.IGNORECASE)
_TITLE = re.compile(r"title|标题|表題|標題", re.IGNORECASE)
_LIST = re.compile(r"list|列表|列出段落|箇条書き", re.IGNORECASE)
_ALSO_WORD = (
    "application/vnd.ms-word.document.macroEnabled.main+xml",
    "application/vnd.ms-word.template.macroEnabledTemplate.main+xml",
    "application/vnd.openxmlformats-officedocument.wordprocessingml.template.main+xml",
)


def read_word(raw: bytes) -> Reading:
    """Headings, paragraphs, list items and tables of a Word file in document order, then its footnotes.

    Words that Word does not show on the page, and what reviewers deleted or remarked, are kept apart.
    """
    _guard(raw)
    try:
        document = _open(raw)
        asides = tuple(_take_hidden(document))
        lines = tuple(_lines(document))
        core = document.core_properties
        made = core.author != "python-docx" and core.created
    except (
        KeyError,
        ValueError,
        OSError,
        AttributeError,
        TypeError,
        IndexError,
        SyntaxError,
        zipfile.BadZipFile,
    ) as error:
        raise ReadingError(
            f"the Word file is damaged ({type(error).__name__}: {str(error)[:100]})", next_step="save it again as DOCX"
        ) from error
    return Reading(
        sheets=(Sheet(lines),),
        media_type="application/vnd.openxmlformats-officedocument.wordprocessingml.document",
        title=core.title or "",
        author=core.author or "",
        created=made.date().isoformat() if made else "",
        asides=asides,
    )


def _open(raw: bytes) -> Any:
    """The document of a Word file; files with macros and templates, which python-docx refuses, are opened alike."""
    from docx.opc.part import PartFactory
    from docx.package import Package
    from docx.parts.document import DocumentPart

    for kind in _ALSO_WORD:
        PartFactory.part_type_for[kind] = DocumentPart
    return Package.open(io.BytesIO(raw)).main_document_part.document


def _guard(raw: bytes) -> None:
    """Refuse an archive that would unpack to more than memory should hold."""
    try:
        with zipfile.ZipFile(io.BytesIO(raw)) as archive:
            size = sum(item.file_size for item in archive.infolist())
    except zipfile.BadZipFile as error:
        raise ReadingError(f"the Word file is damaged ({error})", next_step="save it again as DOCX") from error
    if size > _UNPACKED_LIMIT:
        raise ReadingError(
            f"the Word file unpacks to {size // 1_000_000} MB, over the limit of {_UNPACKED_LIMIT // 1_000_000} MB",
            next_step="save its text as a smaller file",
        )


def _lines(document: Any) -> Iterator[Line]:
    styles = _style_levels(document)
    yield from _block_lines(document.element.body, styles)
    for part in document.part.package.iter_parts():
        if str(part.partname) in ("/word/footnotes.xml", "/word/endnotes.xml"):
            yield from _notes(part.blob)


def _notes(blob: bytes) -> Iterator[Line]:
    from docx.oxml import parse_xml

    for note in parse_xml(blob):
        if note.get(f"{_W}type") is None:  # the separators have a type
            yield Line("paragraph", " ".join(_text(paragraph) for paragraph in note.iter(f"{_W}p")))


# --- What the page does not show --------------------------------------------------------------------------------------

_TINY = 5  # half-points: 2.5 points cannot be read on paper
_WHITE = re.compile(r"[Ff][A-Fa-f0-9]" * 3)
_PLAIN_TABLES = re.compile(r"TableGrid|TableNormal|Table Grid|a\d?", re.IGNORECASE)
_NO_FILL = ("auto", "FFFFFF", "ffffff", "clear", "")


def _take_hidden(document: Any) -> Iterator[Aside]:
    """Take what cannot be seen out of the opened document, and tell it; what was deleted or remarked is only told."""
    looks = _Looks(document)
    body = document.element.body
    for paragraph in body.iter(f"{_W}p"):
        hidden: dict[str, list[str]] = {}
        for run in list(paragraph.iter(f"{_W}r")):
            how = looks.how_hidden(run)
            if how:
                hidden.setdefault(how, []).extend(text.text or "" for text in run.iter(f"{_W}t"))
                run.getparent().remove(run)
        deleted = "".join(text.text or "" for text in paragraph.iter(f"{_W}delText"))
        yield from (Aside(1, "".join(words), f"text {how}") for how, words in hidden.items())
        if deleted:
            yield Aside(1, deleted, "text deleted, and kept as a tracked change")
    yield from find_smuggled("".join(text.text or "" for text in body.iter(f"{_W}t")))
    yield from _of_other_parts(document)


def _of_other_parts(document: Any) -> Iterator[Aside]:
    """What stands beside the text: remarks of reviewers, heads and feet of pages, words for pictures, properties."""
    from docx.oxml import parse_xml

    for part in document.part.package.iter_parts():
        name = str(part.partname)
        if name == "/word/comments.xml":
            for comment in parse_xml(part.blob):
                yield Aside(1, _words(comment), "a reviewer's comment")
        elif re.fullmatch(r"/word/(?:header|footer)\d*\.xml", name):
            yield Aside(1, _words(parse_xml(part.blob)), "in the head or foot of a page", "instruction", minor=True)
    for element in document.element.body.iter():
        if isinstance(element.tag, str) and element.tag.endswith("}docPr"):
            words = f"{element.get('descr') or ''} {element.get('title') or ''}"
            yield Aside(1, words, "in the description of a picture", minor=True)
    core = document.core_properties
    for key in ("subject", "keywords", "comments", "category"):
        yield Aside(1, getattr(core, key) or "", f"in the file's properties ({key})", minor=True)


def _words(element: Any) -> str:
    return "\n".join("".join(one.text or "" for one in line.iter(f"{_W}t")) for line in element.iter(f"{_W}p"))


class _Looks:
    """What runs look like, by their own properties and by those of their styles."""

    def __init__(self, document: Any) -> None:
        self._styles = {style.style_id: style.element for style in document.styles}
        page = document.element.find(f"{_W}background")
        self._dark = page is not None and page.get(f"{_W}color", "auto").upper() not in ("AUTO", "FFFFFF")

    def how_hidden(self, run: Any) -> str:
        """How the page hides a run; "" where it shows it."""
        own = run.find(f"{_W}rPr")
        paragraph = next(run.iterancestors(f"{_W}p"), None)
        sources = [own, *self._of_style(own, "rStyle")]
        above = paragraph.find(f"{_W}pPr") if paragraph is not None else None
        sources += self._of_style(above, "pStyle")
        sources = [one for one in sources if one is not None]
        if not sources:
            return ""
        if (vanish := _first(sources, "vanish")) is not None and vanish.get(f"{_W}val", "1") not in (
            "0",
            "false",
            "off",
        ):
            return "hidden (Word's font effect)"
        size = _first(sources, "sz")
        if size is not None and size.get(f"{_W}val", "").isdecimal() and int(size.get(f"{_W}val")) <= _TINY:
            return f"in type of {int(size.get(f'{_W}val')) / 2:g} points"
        color = _first(sources, "color")
        if (
            color is not None
            and _WHITE.fullmatch(color.get(f"{_W}val", ""))
            and not self._is_on_color(run, sources, above)
        ):
            return "white on white"
        return ""

    def _of_style(self, properties: Any, kind: str) -> list[Any]:
        """Run properties of the style that the properties name, and of those it is based on."""
        found: list[Any] = []
        named = properties.find(f"{_W}{kind}") if properties is not None else None
        seen: set[str] = set()
        while named is not None and (id_ := named.get(f"{_W}val", "")) in self._styles and id_ not in seen:
            seen.add(id_)
            style = self._styles[id_]
            found.append(style.find(f"{_W}rPr"))
            named = style.find(f"{_W}basedOn")
        return found

    def _is_on_color(self, run: Any, sources: list[Any], above: Any) -> bool:
        """Whether something behind a run is, or may be, of another colour than white."""
        if self._dark or any(one.find(f"{_W}highlight") is not None for one in sources):
            return True
        named = above.find(f"{_W}pStyle") if above is not None else None
        style = self._styles.get(named.get(f"{_W}val", "")) if named is not None else None
        places = [*sources, above, style.find(f"{_W}pPr") if style is not None else None]
        for element in run.iterancestors():
            if element.tag == f"{_W}txbxContent":
                return True
            places.append(element.find(f"{_W}tcPr"))
            table = element.find(f"{_W}tblPr")
            places.append(table)
            of_table = table.find(f"{_W}tblStyle") if table is not None else None
            if of_table is not None and not _PLAIN_TABLES.fullmatch(of_table.get(f"{_W}val", "")):
                return True
        shades = [place.find(f"{_W}shd") for place in places if place is not None]
        return any(shade is not None and shade.get(f"{_W}fill", "auto") not in _NO_FILL for shade in shades)


def _first(sources: list[Any], name: str) -> Any:
    return next((found for one in sources if (found := one.find(f"{_W}{name}")) is not None), None)


def _style_levels(document: Any) -> dict[str, tuple[str, int]]:
    """Style id → ("heading", level), ("item", 0) or ("", 0), through the styles it is based on."""
    found: dict[str, tuple[str, int]] = {}
    for style in document.styles:
        kind, above, seen = ("", 0), style, set()
        while above is not None and above.style_id not in seen and kind == ("", 0):
            seen.add(above.style_id)
            kind = _style_kind(above)
            above = getattr(above, "base_style", None)
        found[style.style_id] = kind
    return found


def _style_kind(style: Any) -> tuple[str, int]:
    name = style.name or ""
    outline = style.element.find(f"{_W}pPr/{_W}outlineLvl")
    if (heading := _HEADING.match(name)) is not None:
        return "heading", int(heading.group(1)) + 1
    if _TITLE.fullmatch(name):
        return "heading", 1
    if outline is not None and outline.get(f"{_W}val", "9").isdecimal() and int(outline.get(f"{_W}val")) < 9:
        return "heading", int(outline.get(f"{_W}val")) + 2
    return ("item", 0) if _LIST.match(name) else ("", 0)


def _block_lines(body: Any, styles: dict[str, tuple[str, int]]) -> Iterator[Line]:
    """Lines of the paragraphs and tables under an element, through content controls and tracked insertions."""
    waiting = list(reversed(body))
    while waiting:
        element = waiting.pop()
        if element.tag == f"{_W}p":
            yield from _paragraph(element, styles)
        elif element.tag == f"{_W}tbl":
            yield from _table(element)
        elif element.tag not in _SKIPPED:
            waiting += reversed(element)


def _paragraph(element: Any, styles: dict[str, tuple[str, int]]) -> Iterator[Line]:
    properties = element.find(f"{_W}pPr")
    style = element.find(f"{_W}pPr/{_W}pStyle")
    kind, level = styles.get(style.get(f"{_W}val") if style is not None else "", ("", 0))
    outline = element.find(f"{_W}pPr/{_W}outlineLvl")
    if not kind and outline is not None and outline.get(f"{_W}val", "9") in "012345678":
        kind, level = "heading", int(outline.get(f"{_W}val")) + 2
    if not kind and properties is not None and properties.find(f"{_W}numPr") is not None:
        kind = "item"
    for text in _text(element).split("\n"):
        if kind == "heading":
            yield Line("heading", text, level)
        else:
            yield Line("item" if kind else "caption" if is_caption(squeeze(text)) else "paragraph", text)


def _text(element: Any) -> str:
    """Words of a paragraph, its text boxes last; a forced line break is a newline."""
    words: list[str] = []
    waiting = list(reversed(element))
    while waiting:
        part = waiting.pop()
        if part.tag == f"{_W}t":
            words.append(part.text or "")
        elif part.tag in (f"{_W}br", f"{_W}cr"):
            words.append("\n")
        elif part.tag == f"{_W}tab":
            words.append(" ")
        elif part.tag == f"{_W}noBreakHyphen":
            words.append("-")
        elif part.tag == f"{_W}p" and words:
            words.append("\n")
            waiting += reversed(part)
        elif part.tag not in _SKIPPED:
            waiting += reversed(part)
    return "".join(words)


def _table(table: Any) -> Iterator[Line]:
    rows: list[list[str]] = []
    heads = 0
    for row in table.iterchildren(f"{_W}tr"):
        cells = [_cell(cell) for cell in row.iter(f"{_W}tc")]
        if not any(cells):
            continue
        if row.find(f"{_W}trPr/{_W}tblHeader") is not None and heads == len(rows):
            heads += 1
        rows.append(cells)
    if len(rows) == 1 or all(len(row) == 1 for row in rows):  # a frame round text, not data
        yield from (Line("paragraph", text) for row in rows for text in row)
        return
    heads = heads or int(is_head(rows[0]))
    if heads and heads < len(rows):
        yield Line("header", " | ".join(merge_heads(rows[:heads])))
        rows = rows[heads:]
    for row in rows:
        yield Line("row", " | ".join(row))


def _cell(cell: Any) -> str:
    return squeeze(" ".join(_text(paragraph) for paragraph in cell.iterchildren(f"{_W}p")))
