"""Read Markdown; the only door to markdown-it."""

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import TYPE_CHECKING, Any

from corpus.errors import ReadingError
from corpus.hiding import how_tagged, is_remark
from corpus.lines import Aside, Line, Reading, Sheet, iso_date
from corpus.plain import is_caption
from corpus.text import HAN, KANA, columns, join_lines, normalise

if TYPE_CHECKING:
    from markdown_it import MarkdownIt
    from markdown_it.token import Token

_SIGNS = (
    re.compile(r"^#{1,6} \S", re.MULTILINE),
    re.compile(r"^\s*\|?\s*:?-{3,}:?\s*\|[\s|:-]*$", re.MULTILINE),
    re.compile(r"\*\*[^*\n]+\*\*"),
    re.compile(r"\[[^\]\n]+\]\((?:https?:|#|/)[^)\n]*\)"),
    re.compile(r"^```", re.MULTILINE),
)
_FRONT_MATTER = re.compile(r"\A---[ \t]*\n(.*?)\n(?:---|\.\.\.)[ \t]*(?:\n|\Z)", re.DOTALL)
_FIELD = re.compile(r"^(\w+)[ \t]*:[ \t]*[\"']?(.*?)[\"']?[ \t]*$", re.MULTILINE)
_SEAM = "\x1f"  # where an emphasis mark or a link's edge stood
_WIDE = rf"{HAN}{KANA}\u3001-\u303f\uff01-\uff65“”"
_WIDE_SEAM = re.compile(rf"(?<=[{_WIDE}]) ?{_SEAM}+ ?(?=[{_WIDE}])")
_LEFT_OVER = re.compile(r"\*\*(?=\S)(.{1,300}?)(?<=\S)\*\*|__(?=\S)(.{1,300}?)(?<=\S)__")
_BREAK = re.compile(r"<br\s*/?>", re.IGNORECASE)
_BELOW_ALL = 7  # the level of a heading that is only bold
_HEADING_COLUMNS = 80
_DEEPEST = 60


def looks_like_markdown(text: str) -> bool:
    """Whether plain text carries Markdown's marks: two headings, or two kinds of mark."""
    kinds = [len(sign.findall(text)) for sign in _SIGNS]
    return kinds[0] >= 2 or sum(count > 0 for count in kinds) >= 2


def read_markdown(text: str) -> Reading:
    """Headings, paragraphs, list items and tables of a Markdown text, without the marks."""
    text = text.replace(_SEAM, "")
    front = _FRONT_MATTER.match(text)
    fields = {key.lower(): value for key, value in _FIELD.findall(front.group(1))} if front else {}
    definitions: dict[str, Any] = {}
    tokens = _parser().parse(text[front.end() :] if front else text, definitions)
    if max((token.level for token in tokens), default=0) >= _DEEPEST - 2:  # markdown-it leaves out what is deeper
        raise ReadingError("its lists or quotes are nested too deeply", next_step="save it as plain text or HTML")
    asides = [
        *_of_definitions(definitions),
        *(Aside(1, value, "in the front matter", minor=True) for value in fields.values()),
    ]
    return Reading(
        sheets=(Sheet(tuple(_lines(tokens, asides))),),
        media_type="text/markdown",
        title=fields.get("title", ""),
        publisher=fields.get("publisher") or fields.get("author", ""),
        published=iso_date(fields.get("date") or fields.get("published", "")),
        source=fields.get("source") or fields.get("url", ""),
        asides=tuple(asides),
    )


def _of_definitions(definitions: dict[str, Any]) -> Iterator[Aside]:
    """The titles of link definitions, which Markdown shows only under the pointer; "[//]: # (…)" is a remark."""
    for label, definition in definitions.get("references", {}).items():
        words = definition.get("title") or ""
        remark = label in ("//", "COMMENT", "_") or definition.get("href") in ("#", "<>", "")
        yield Aside(
            1,
            words,
            "a comment written as a link" if remark else "in the title of a link",
            minor=not (remark and is_remark(words)),
        )


def _parser() -> "MarkdownIt":
    from markdown_it import MarkdownIt

    return MarkdownIt("commonmark", {"maxNesting": _DEEPEST}).enable(["table", "strikethrough"])


class _Screen:
    """Keeps apart what stands between the tags of an element that is not shown, over tokens and lines."""

    def __init__(self, asides: list[Aside]) -> None:
        self._asides = asides
        self._tag = self._how = ""
        self._depth = 0
        self._words: list[str] = []

    @property
    def hides(self) -> bool:
        """Whether what comes now is not shown."""
        return bool(self._tag)

    def pass_tag(self, content: str) -> None:
        """Meet one or more tags."""
        for tag in _TAG.finditer(_COMMENT.sub("", content)):
            name, closing = tag[2].lower(), bool(tag[1])
            if self._tag:
                self._depth += (name == self._tag) * (-1 if closing else 1)
                if self._depth == 0:
                    self.close()
            elif not closing and (how := how_tagged(tag[0])) and name not in _VOID:
                self._tag, self._how, self._depth = name, how, 1

    def keep(self, words: str) -> None:
        """Put words aside."""
        self._words.append(words)

    def close(self) -> None:
        """End the element that is not shown."""
        if self._words:
            self._asides.append(Aside(1, " ".join(self._words), self._how))
        self._tag, self._words = "", []


_TAG = re.compile(r"<(/?)([a-zA-Z][a-zA-Z0-9]*)(?:\s[^<>]*)?>")
_COMMENT = re.compile(r"<!--.*?-->", re.DOTALL)
_VOID = frozenset(("br", "hr", "img", "input", "meta", "link", "wbr", "source", "area", "col", "embed"))


def _lines(tokens: Sequence["Token"], asides: list[Aside]) -> list[Line]:
    screen = _Screen(asides)
    lines: list[Line] = []
    numbers: list[int | None] = []  # of the open lists: the next number, or None for bullets
    lead, cells, header = "", [""], False
    for before, token in pairwise([tokens[0], *tokens] if tokens else []):
        if token.type in ("bullet_list_open", "ordered_list_open"):
            numbers.append(int(token.attrGet("start") or 1) if token.type == "ordered_list_open" else None)
        elif token.type in ("bullet_list_close", "ordered_list_close"):
            numbers.pop()
        elif token.type == "list_item_open" and (number := numbers[-1]) is not None:
            lead, numbers[-1] = f"{number}{token.markup} ", number + 1
        elif token.type == "tr_open":
            header, cells = before.type == "thead_open", []
        elif token.type == "tr_close":
            lines.append(Line("header" if header else "row", " | ".join(cells)))
        elif token.type == "html_block":
            lines += _html(token.content, screen, asides)
        elif screen.hides and token.type in ("fence", "code_block"):
            screen.keep(token.content)
        elif token.type in ("fence", "code_block"):
            lines += [Line("paragraph", line) for line in token.content.splitlines()]
        elif token.type == "inline" and before.type in ("th_open", "td_open"):
            cells.append(" ".join(_texts(token, screen, asides)))
        elif token.type == "inline" and before.type == "heading_open":
            lines.append(Line("heading", " ".join(_texts(token, screen, asides)), int(before.tag[1])))
        elif token.type == "inline":
            lines += _block(token, _texts(token, screen, asides), lead, in_list=bool(numbers))
            lead = ""
    screen.close()
    return lines


def _block(token: "Token", texts: list[str], lead: str, *, in_list: bool) -> list[Line]:
    """A paragraph's lines, one for each forced line break; a paragraph all in bold is a heading."""
    texts = [text for text in texts if text]
    if in_list:
        return [Line("item", f"{lead}{text}" if place == 0 else text) for place, text in enumerate(texts)]
    parts = [child for child in token.children or [] if child.content.strip() or child.nesting]
    bold = len(parts) == 3 and parts[0].type == "strong_open" and parts[2].type == "strong_close"
    if bold and len(texts) == 1 and columns(texts[0]) <= _HEADING_COLUMNS and texts[0][-1] not in "。.!！?？":
        return [Line("heading", texts[0].rstrip(":："), _BELOW_ALL)]
    return [Line("caption" if is_caption(text) else "paragraph", text) for text in texts]


def _texts(token: "Token", screen: _Screen, asides: list[Aside]) -> list[str]:
    """The words of an inline token that are shown, one string for each forced line break; the others go aside."""
    lines: list[list[list[str]]] = [[[]]]  # forced lines of wrapped lines of pieces
    for child in token.children or []:
        asides += _of_child(child)
        if child.type == "html_inline" and not _BREAK.match(child.content):
            screen.pass_tag(child.content)
            lines[-1][-1].append(_SEAM)
        elif screen.hides:
            screen.keep(child.content)
        elif child.type == "hardbreak" or (child.type == "html_inline" and _BREAK.match(child.content)):
            lines.append([[]])
        elif child.type == "softbreak":
            lines[-1].append([])
        elif child.type == "text":
            lines[-1][-1].append(_LEFT_OVER.sub(rf"{_SEAM}\1\2{_SEAM}", child.content))
        elif child.type in ("image", "code_inline"):
            lines[-1][-1].append(child.content)
        else:
            lines[-1][-1].append(_SEAM)
    return [join_lines(normalise(_without_seams("".join(pieces))) for pieces in wrapped) for wrapped in lines]


def _of_child(child: "Token") -> Iterator[Aside]:
    """What a piece of a line holds and does not show: a comment, the title of a link or picture."""
    if child.type == "html_inline" and child.content.startswith("<!--"):
        words = child.content[4:].removesuffix("-->")
        yield Aside(1, words, "an HTML comment", minor=not is_remark(words))
    for name in ("title", "alt", "src", "href"):
        if words := str(child.attrGet(name) or ""):
            yield Aside(1, words, f"in the {name} of a link or picture", minor=True)


def _without_seams(text: str) -> str:
    """Chinese writers put a space around "**" so that it is seen as a mark; the space goes with the mark."""
    return _WIDE_SEAM.sub("", text).replace(_SEAM, "")


def _html(content: str, screen: _Screen, asides: list[Aside]) -> list[Line]:
    """The lines of a block of HTML; one that opens an element that is not shown may hide what follows it."""
    from corpus.web import read_fragment

    if screen.hides:
        screen.keep(_TAG.sub(" ", content))
        screen.pass_tag(content)
        return []
    lines, hidden = read_fragment(content)
    asides += hidden
    screen.pass_tag(content)
    return lines
