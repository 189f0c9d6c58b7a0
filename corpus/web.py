"""Read HTML; the only door to lxml's HTML parser."""

from collections.abc import Iterator
from dataclasses import replace
from typing import TYPE_CHECKING

from corpus.errors import ReadingError
from corpus.hiding import Styles, is_remark
from corpus.lines import Aside, Line, Reading, Sheet, is_head, iso_date, merge_heads
from corpus.plain import is_caption
from corpus.text import join_lines, normalise, squeeze

if TYPE_CHECKING:
    from lxml.html import HtmlElement

_DROPPED = frozenset(
    {"script", "style", "template", "noscript", "nav", "aside", "footer", "form", "button", "select", "svg", "math"}
    | {"iframe", "object", "head", "dialog", "textarea", "input", "canvas", "audio", "video"}
)
_SILENT = frozenset(("script", "style", "template", "noscript", "textarea", "iframe", "object"))
_TELLING = ("alt", "title", "aria-label", "aria-description", "placeholder", "content", "data-prompt", "value")
_TABLE_PARTS = frozenset(("tr", "td", "th", "br", "hr"))
_HEADINGS = {f"h{level}": level for level in range(1, 7)}
_BLOCKS = frozenset(
    {"p", "div", "section", "article", "main", "body", "html", "header", "ul", "ol", "dl", "li", "dt", "dd", "table"}
    | {"blockquote", "pre", "figure", "figcaption", "caption", "address", "hr", "br", "tr", "td", "th", "details"}
    | {"summary", "center", "fieldset", *_HEADINGS}
)
_FIELDS = {
    "title": ("og:title", "citation_title", "dc.title"),
    "publisher": ("og:site_name", "citation_publisher", "dc.publisher", "publisher", "author", "dc.creator"),
    "published": ("article:published_time", "citation_publication_date", "dc.date", "datepublished", "date", "pubdate"),
    "source": ("og:url",),
}
_MAIN_SHARE = 0.3


def read_html(text: str) -> Reading:
    """The main content of a page: headings, paragraphs, list items and tables; no scripts, menus or hidden text."""
    root = _parse(text)
    fields = _metadata(root)
    styles = Styles.read(root)
    lines = tuple(_lines(_main(root), styles))
    return Reading((Sheet(lines),), media_type="text/html", **fields, asides=tuple(_asides(root, styles)))


def read_fragment(text: str) -> tuple[list[Line], list[Aside]]:
    """The lines of a piece of HTML inside another format, and what it hides."""
    root = _parse(f"<div>{text}</div>")
    styles = Styles.read(root)
    return list(_lines(root, styles)), list(_asides(root, styles))


def _parse(text: str) -> "HtmlElement":
    from lxml import etree, html

    parser = html.HTMLParser(encoding="utf-8", huge_tree=True, remove_comments=False, remove_pis=True, no_network=True)
    try:
        root = html.document_fromstring(text.encode("utf-8", "replace"), parser=parser, ensure_head_body=True)
    except (etree.ParserError, etree.XMLSyntaxError) as error:
        raise ReadingError(
            f"the HTML has no content ({error})", next_step="open it in a browser and save it again"
        ) from error
    if any("depth" in entry.message for entry in parser.error_log):  # libxml2 leaves out what is deeper
        raise ReadingError("its elements are nested too deeply", next_step="open it in a browser and save it as text")
    return root


def _metadata(root: "HtmlElement") -> dict[str, str]:
    named = {
        (meta.get("property") or meta.get("name") or meta.get("itemprop") or "").lower(): meta.get("content") or ""
        for meta in root.iter("meta")
    }
    found = {
        field: next((squeeze(named[name]) for name in names if named.get(name, "").strip()), "")
        for field, names in _FIELDS.items()
    }
    times = (time.get("datetime") for time in root.iter("time"))
    links = (link.get("href") for link in root.iter("link") if link.get("rel") == "canonical")
    titles = (squeeze(title.text or "") for title in root.iter("title"))
    return {
        "title": found["title"] or next(titles, ""),
        "publisher": found["publisher"],
        "published": iso_date(found["published"] or next(times, "") or ""),
        "source": found["source"] or next(links, "") or "",
    }


def _main(root: "HtmlElement") -> "HtmlElement":
    """The element that holds the content: <main> or the only <article>, if it holds a fair share of the text."""
    whole = len(root.text_content())
    for candidates in (list(root.iter("main")), root.xpath("//*[@role='main']"), list(root.iter("article"))):
        if len(candidates) == 1 and len(candidates[0].text_content()) >= _MAIN_SHARE * whole:
            return candidates[0]
    return root


def _is_dropped(element: "HtmlElement", styles: Styles) -> bool:
    return _is_aside(element) or bool(styles.hides(element)) or _is_hidden_inline(element, styles)


def _is_aside(element: "HtmlElement") -> bool:
    """Whether an element is no part of what the page says: a script, a menu, a form."""
    if element.tag == "header":
        return element.find(".//h1") is None
    return (
        element.tag in _DROPPED
        or element.get("aria-hidden") == "true"
        or element.get("role") in ("navigation", "banner", "contentinfo", "search")
    )


def _is_hidden_inline(element: "HtmlElement", styles: Styles) -> bool:
    """Whether a style sheet hides words within a line; a whole block of text may be shown by a click."""
    inline = element.tag not in _BLOCKS or element.tag in _TABLE_PARTS
    return inline and bool(styles.hides_by_sheet(element))


def _asides(root: "HtmlElement", styles: Styles) -> Iterator[Aside]:
    """What the page holds and does not show, in document order."""
    waiting = [root]
    while waiting:
        element = waiting.pop()
        if not isinstance(element.tag, str):
            words = element.text or ""
            yield Aside(1, words, "an HTML comment", minor=not is_remark(words))
            continue
        for name in _TELLING:
            if element.get(name):
                yield Aside(1, element.get(name), f"in an attribute ({name})", minor=True)
        if how := styles.hides(element) or (
            styles.hides_by_sheet(element) if _is_hidden_inline(element, styles) else ""
        ):
            yield Aside(1, element.text_content(), how)
        elif element.tag in _SILENT:
            yield Aside(1, element.text_content(), f"in the element <{element.tag}>", minor=True)
        else:
            if element.tag != "head" and _is_aside(element):
                yield Aside(
                    1, element.text_content(), f"in a part left out, <{element.tag}>", "instruction", minor=True
                )
            waiting += reversed(element)


def _lines(root: "HtmlElement", styles: Styles) -> Iterator[Line]:
    """Lines in document order; walks with a list of its own, so that depth cannot exhaust Python's stack."""
    run: list[str] = []
    blocks: list[str] = []  # tags of the open block elements
    hidden: list[str] = [""]  # how each of them is hidden by a style sheet, or one that it stands in
    ends: list[tuple[HtmlElement, bool]] = [(root, True)]
    while ends:
        element, opening = ends.pop()
        tag = element.tag if isinstance(element.tag, str) else ""
        if opening and (not tag or _is_dropped(element, styles)):
            run.append(element.tail or "" if element is not root else "")
            continue
        if opening and tag == "table" and _is_data(element):
            yield from _flush(run, blocks, hidden[-1])
            how = hidden[-1] or styles.hides_by_sheet(element)
            yield from (replace(line, hidden=how) for line in _table(element, styles))
            run.append(element.tail or "" if element is not root else "")
            continue
        if tag in _BLOCKS:
            yield from _flush(run, blocks, hidden[-1])
        if opening:
            blocks += [tag] if tag in _BLOCKS else []
            hidden += [hidden[-1] or styles.hides_by_sheet(element)] if tag in _BLOCKS else []
            run.append(element.text or "")
            ends.append((element, False))
            ends += [(child, True) for child in reversed(element)]
            continue
        if tag in _BLOCKS:
            blocks.pop()
            hidden.pop()
        run.append(element.tail or "" if element is not root else "")
    yield from _flush(run, blocks, hidden[-1])


def _flush(run: list[str], blocks: list[str], hidden: str) -> Iterator[Line]:
    """The text gathered so far as lines of the kind its block says."""
    text = "".join(run)
    run.clear()
    if not text.strip():
        return
    kind = blocks[-1] if blocks else "p"
    near = blocks[-4:]
    if kind != "pre":
        text = join_lines(normalise(text).split("\n"))
    if kind in _HEADINGS:
        yield Line("heading", text, _HEADINGS[kind], hidden)
    elif kind == "pre":
        yield from (Line("paragraph", line, hidden=hidden) for line in text.splitlines())
    elif kind in ("figcaption", "caption") or is_caption(text):
        yield Line("caption", text, hidden=hidden)
    else:
        yield Line("item" if {"li", "dd", "dt"} & set(near) else "paragraph", text, hidden=hidden)


# --- Tables -----------------------------------------------------------------------------------------------------------


def _is_data(table: "HtmlElement") -> bool:
    """Whether a table holds data rather than the layout of the page."""
    if table.find(".//table") is not None or any(table.find(f".//{tag}") is not None for tag in _HEADINGS):
        return False
    return any(len(row.findall("td")) + len(row.findall("th")) > 1 for row in table.iter("tr"))


def _table(table: "HtmlElement", styles: Styles) -> Iterator[Line]:
    caption = table.find("caption")
    if caption is not None:
        yield Line("caption", caption.text_content())
    rows = [_cells(row, styles) for row in table.iter("tr") if not _is_dropped(row, styles)]
    rows = [row for row in rows if any(text for text, _ in row)]
    heads = next((n for n, row in enumerate(rows) if not all(head for _, head in row)), len(rows))
    if heads == 0 and len(rows) > 1 and is_head([text for text, _ in rows[0]]):
        heads = 1
    if heads:
        columns = [[text for text, _ in row] for row in rows[:heads]]
        yield Line("header", " | ".join(merge_heads(columns)))
    for row in rows[heads:]:
        yield Line("row", " | ".join(text for text, _ in row))


def _cells(row: "HtmlElement", styles: Styles) -> list[tuple[str, bool]]:
    """Text of each cell, and whether it is a head cell; a cell over several columns of the head is repeated."""
    cells = []
    for cell in row.iterchildren("td", "th"):
        head = cell.tag == "th" or (row.getparent() is not None and row.getparent().tag == "thead")
        text = "" if _is_dropped(cell, styles) else " ".join(line.text for line in _lines(cell, styles))
        span = cell.get("colspan", "1")
        times = min(int(span), 50) if head and span.isdecimal() and int(span) > 1 else 1
        cells += [(text, head)] * times
    return cells
