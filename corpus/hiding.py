"""Tell how HTML hides an element: by an attribute, by its own style, or by a rule of the page's style sheets."""

import html
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from corpus.text import HAN, KANA

if TYPE_CHECKING:
    from lxml.html import HtmlElement

_ZERO = r"0*(?:\.0*)?(?:px|pt|em|rem|%|ex|vw|vh|cm|mm)?\s*(?:!important)?\s*(?:;|$)"
_WAYS: tuple[tuple[str, re.Pattern[str]], ...] = tuple(
    (how, re.compile(rf"(?:^|[;{{\s]){pattern}", re.IGNORECASE))
    for how, pattern in (
        ("not displayed", r"display\s*:\s*none"),
        ("not visible", r"visibility\s*:\s*(?:hidden|collapse)"),
        ("transparent", r"opacity\s*:\s*(?:0*\.0\d*|0+|0*[0-4]%)\s*(?:!important)?\s*(?:;|$)"),
        (
            "transparent",
            r"(?:-webkit-text-fill-)?color\s*:\s*(?:transparent|(?:rgb|hsl)a\([^)]*[,/]\s*0*(?:\.0\d*)?%?\s*\))",
        ),
        (
            "in type of no size",
            r"font-size\s*:\s*(?:0*(?:\.\d+)?(?:px|pt|%)?|0*\.0\d*r?em|0*1(?:\.\d+)?px)\s*(?:!important)?\s*(?:;|$)",
        ),
        ("in type of no size", r"font\s*:[^;]*?(?<![\d.])0*[01]?(?:\.\d+)?(?:px|pt)(?:/|\s)"),
        (
            "off the page",
            r"(?:left|right|top|bottom|text-indent|margin-left|margin-top)\s*:\s*-\d{3,}(?:\.\d+)?(?:px|pt|em|rem|vw"
            r"|vh|%)",
        ),
        ("off the page", r"transform\s*:\s*translate[XY]?\(\s*-\d{3,}"),
        ("clipped away", r"clip(?:-path)?\s*:\s*(?:rect\(\s*(?:0|1px)(?:px)?[\s,]|inset\(\s*(?:50|100)%|circle\(\s*0)"),
        ("clipped away", r"transform\s*:\s*scale[XY]?\(\s*0*(?:\.0\d*)?\s*\)"),
        ("clipped away", rf"(?:max-)?(?:height|width)\s*:\s*{_ZERO}(?=.*overflow\s*:\s*hidden)"),
        ("clipped away", rf"overflow\s*:\s*hidden\s*;(?=.*(?:max-)?(?:height|width)\s*:\s*{_ZERO})"),
    )
)
_COLOR = re.compile(r"(?:^|[;{\s])color\s*:\s*([^;!]+)", re.IGNORECASE)
_BACKGROUND = re.compile(r"(?:^|[;{\s])background(?:-color)?\s*:\s*([^;!]+)", re.IGNORECASE)
_RULE = re.compile(r"([^{}]*)\{([^{}]*)\}")
_NESTED = re.compile(
    r"@(?:media|supports|keyframes|font-face|page|layer|container)[^{]*\{(?:[^{}]|\{[^{}]*\})*\}", re.IGNORECASE
)
_REMARK = re.compile(r"/\*.*?\*/", re.DOTALL)
_SIMPLE = re.compile(r"(?:[a-z][a-z0-9]*)?(?:\.[\w-]+|#[\w-]+)?", re.IGNORECASE)
_WHITE = re.compile(
    r"(?:white|snow|ivory|#(?:fff|f[e-f]f[e-f]f[e-f]|fff[0-9a-f])|(?:rgb"
    r"|rgba)\(\s*25[45]\s*[, ]\s*25[45]\s*[, ]\s*25[45].*\)|hsla?\(.*,\s*(?:99|100)%.*\))",
    re.IGNORECASE,
)
_STYLE = re.compile(r"""\sstyle\s*=\s*(["'])(.*?)\1""", re.IGNORECASE | re.DOTALL)
_LARGEST_SHEET = 500_000
_PROSE = re.compile(rf"[^\W\d_]{{2,}}|[{HAN}{KANA}]")
_CODE = re.compile(r"[<>{}=]|^\s*\[|\bendif\b|^\W*(?:end|start|begin|/)\b|function\b|https?:", re.IGNORECASE)
_LEAST_WORDS, _LEAST_WIDE = 5, 8


def is_remark(comment: str) -> bool:
    """Whether a comment of a page's source is a sentence, and not code or the name of a part."""
    words = _PROSE.findall(comment)
    wide = sum(len(word) == 1 for word in words)
    return not _CODE.search(comment) and (len(words) - wide >= _LEAST_WORDS or wide >= _LEAST_WIDE)


def how_styled(style: str) -> str:
    """How the declarations of a style hide what they are for; "" where they do not."""
    return next((how for how, pattern in _WAYS if pattern.search(style)), "")


def how_tagged(tag: str) -> str:
    """How an opening tag, as it is written, hides its element; "" where it does not."""
    style = _STYLE.search(tag)
    if re.search(r"\shidden(?=[\s=/>])", tag, re.IGNORECASE):
        return "text marked as hidden"
    words = html.unescape(style[2]) if style else ""
    color, behind = _COLOR.search(words), _BACKGROUND.search(words)
    blends = color and not behind and _is_white(color[1].strip())
    how = how_styled(words) or ("white on white" if blends else "")
    return f"text {how}" if how else ""


@dataclass(frozen=True, slots=True)
class Styles:
    """The rules of a page's style sheets that hide something.

    Attributes:
        rules: Selector of one element (".note", "#a", "p.note") → how it is hidden.
        linked: Whether the page has style sheets of which not everything is known.
    """

    rules: Mapping[str, str]
    linked: bool

    @classmethod
    def read(cls, root: "HtmlElement") -> "Styles":
        """Those of a page."""
        sheets = [(sheet.text or "")[:_LARGEST_SHEET] for sheet in root.iter("style")]
        linked = any("stylesheet" in (link.get("rel") or "").lower() for link in root.iter("link"))
        rules = [rule for sheet in sheets for rule in _read_rules(sheet)]
        dark = any(_sets_background(body) for _, body in rules)
        hiding = {
            selector: how
            for selector, body in rules
            if (how := how_styled(body) or ("" if dark or linked else _pale(body)))
        }
        return cls(hiding, linked or any(sheets))

    def hides(self, element: "HtmlElement") -> str:
        """How an element hides itself, by an attribute or its own style; "" where it does not."""
        if element.get("hidden") is not None:
            return "text marked as hidden"
        style = element.get("style") or ""
        color = element.get("color") if element.tag == "font" else None
        if color:
            style = f"{style};color:{color}"
        if not style:
            return ""
        how = how_styled(style) or (self._blends(element, style))
        return f"text {how}" if how else ""

    def hides_by_sheet(self, element: "HtmlElement") -> str:
        """How a rule of a style sheet hides an element; "" where none does."""
        if not self.rules:
            return ""
        tag, names = element.tag, (element.get("class") or "").split()
        marks = [*(f".{name}" for name in names), *([f"#{element.get('id')}"] if element.get("id") else [])]
        for selector in (tag, *marks, *(f"{tag}{mark}" for mark in marks)):
            if how := self.rules.get(selector):
                return f"text {how} by the style sheet"
        return ""

    def _blends(self, element: "HtmlElement", style: str) -> str:
        """Whether an element's words are in the colour of what is behind them, as far as the page itself tells."""
        color = _COLOR.search(style)
        if not color:
            return ""
        name = color[1].strip().lower()
        for one in (element, *element.iterancestors()):
            own = one.get("style") or ""
            behind = _BACKGROUND.search(own)
            if behind or one.get("bgcolor") or one.get("background"):
                there = (behind[1].strip() if behind else one.get("bgcolor") or "").lower()
                return (
                    "in the colour of its background" if there == name or (_is_white(there) and _is_white(name)) else ""
                )
            if self.linked and one.tag not in ("html", "body") and (one.get("class") or one.get("id")):
                return ""
        return "white on white" if _is_white(name) else ""


def _is_white(color: str) -> bool:
    return bool(_WHITE.fullmatch(color))


def _pale(body: str) -> str:
    color, behind = _COLOR.search(body), _BACKGROUND.search(body)
    if not color or not _is_white(color[1].strip()) or (behind and not _is_white(behind[1].strip())):
        return ""
    return "white on white"


def _sets_background(body: str) -> bool:
    behind = _BACKGROUND.search(body)
    return behind is not None and not _is_white(behind[1].strip())


def _read_rules(sheet: str) -> Iterator[tuple[str, str]]:
    """(selector, declarations) of the rules for single elements; what holds for some screens only is left out."""
    for selectors, body in _RULE.findall(_NESTED.sub("", _REMARK.sub("", sheet))):
        for selector in selectors.split(","):
            name = selector.strip()
            if name not in ("", "html", "body") and _SIMPLE.fullmatch(name):
                yield name, body
