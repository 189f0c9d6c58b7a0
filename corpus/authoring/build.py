"""Build the shipped HTML, DOCX and PDF documents from the Markdown beside this file.

    python -m corpus.authoring.build [FOLDER]

The same Markdown always gives the same bytes. The PDF needs reportlab and the font WenQuanYi Zen Hei (Debian:
fonts-wqy-zenhei), whose licence lets a document embed it.
"""

import datetime as dt
import io
import sys
import zipfile
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from html import escape
from pathlib import Path

from corpus.errors import AnalystError

HERE = Path(__file__).parent
DOCUMENTS = HERE.parent / "documents"
PUBLISHED = dt.datetime(2026, 11, 21)
FONT_FILE = "wqy-zenhei.ttc"
FONT_FOLDERS = (Path("/usr/share/fonts"), Path("~/.local/share/fonts"), Path("~/Library/Fonts"))


@dataclass(frozen=True, slots=True)
class Part:
    """One block of the Markdown.

    Attributes:
        kind: "h1" to "h3", "p", "li" or "table".
        text: The block's text; empty for a table.
        rows: The table's rows, its head row first.
    """

    kind: str
    text: str = ""
    rows: tuple[tuple[str, ...], ...] = ()


def parse(markdown: str) -> list[Part]:
    """The headings, paragraphs, list items and tables of a Markdown text, in order."""
    from markdown_it import MarkdownIt

    parts: list[Part] = []
    rows: list[list[str]] = []
    within = ""
    for token in MarkdownIt("commonmark").enable("table").parse(markdown):
        if token.type == "table_open":
            rows = []
        elif token.type == "tr_open":
            rows.append([])
        elif token.type == "table_close":
            parts.append(Part("table", rows=tuple(map(tuple, rows))))
        elif token.type == "list_item_open" or token.tag in ("h1", "h2", "h3", "td", "th"):
            within = token.tag if token.nesting == 1 else within
        elif token.type == "inline" and within in ("td", "th"):
            rows[-1].append(token.content)
        elif token.type == "inline":
            parts.append(Part(within or "p", token.content))
        if token.nesting == -1 and token.tag == within:
            within = ""
    return parts


def to_html(parts: Sequence[Part]) -> bytes:
    """A page of HTML 5."""
    title = next(part.text for part in parts if part.kind == "h1")
    lines = [
        "<!DOCTYPE html>",
        f'<html lang="en"><head><meta charset="utf-8"><title>{escape(title)}</title></head>',
        "<body>",
        *_html_lines(parts),
        "</body></html>",
    ]
    return ("\n".join(lines) + "\n").encode()


def _html_lines(parts: Sequence[Part]) -> Iterator[str]:
    previous = ""
    for part in [*parts, Part("")]:
        if part.kind == "li" and previous != "li":
            yield "<ul>"
        if part.kind != "li" and previous == "li":
            yield "</ul>"
        if part.kind == "table":
            yield "<table>"
            yield f"<thead>{_html_row(part.rows[0], 'th')}</thead>"
            yield f"<tbody>{''.join(_html_row(row, 'td') for row in part.rows[1:])}</tbody>"
            yield "</table>"
        elif part.kind:
            yield f"<{part.kind}>{escape(part.text, quote=False)}</{part.kind}>"
        previous = part.kind


def _html_row(cells: Sequence[str], tag: str) -> str:
    return "<tr>" + "".join(f"<{tag}>{escape(cell, quote=False)}</{tag}>" for cell in cells) + "</tr>"


def to_docx(parts: Sequence[Part]) -> bytes:
    """A Word document with real heading, list and table styles."""
    import docx

    document = docx.Document()
    properties = document.core_properties
    properties.title = next(part.text for part in parts if part.kind == "h1")
    properties.author = properties.last_modified_by = "cpo-analyst"
    properties.comments = ""
    properties.created = properties.modified = PUBLISHED
    for part in parts:
        if part.kind == "table":
            table = document.add_table(rows=0, cols=len(part.rows[0]), style="Table Grid")
            for row in part.rows:
                for cell, text in zip(table.add_row().cells, row, strict=True):
                    cell.text = text
        elif part.kind.startswith("h"):
            document.add_heading(part.text, level=int(part.kind[1]))
        else:
            document.add_paragraph(part.text, style="List Bullet" if part.kind == "li" else None)
    buffer = io.BytesIO()
    document.save(buffer)
    return _without_times(buffer.getvalue())


def _without_times(archive: bytes) -> bytes:
    """The same zip archive with every member dated 1980, the earliest date a zip can hold."""
    output = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(archive)) as old, zipfile.ZipFile(output, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            new.writestr(zipfile.ZipInfo(name), old.read(name), zipfile.ZIP_DEFLATED)
    return output.getvalue()


def to_pdf(parts: Sequence[Part]) -> bytes:
    """A4 pages in Chinese, numbered, with a subset of the font embedded."""
    from reportlab.lib import colors
    from reportlab.lib.pagesizes import A4
    from reportlab.lib.styles import ParagraphStyle
    from reportlab.lib.units import mm
    from reportlab.pdfbase import pdfmetrics
    from reportlab.pdfbase.ttfonts import TTFont
    from reportlab.platypus import BaseDocTemplate, Frame, PageTemplate, Paragraph, Spacer, Table

    pdfmetrics.registerFont(TTFont("CJK", str(_font()), subfontIndex=0))
    body = ParagraphStyle("p", fontName="CJK", fontSize=9.8, leading=16, spaceAfter=5, wordWrap="CJK")
    styles = {
        "p": body,
        "li": ParagraphStyle("li", body, leftIndent=14, bulletIndent=3, bulletFontName="CJK", bulletFontSize=6),
        "td": ParagraphStyle("td", body, fontSize=9, leading=13, spaceAfter=0),
        "h1": ParagraphStyle("h1", body, fontSize=18, leading=26, spaceAfter=10),
        "h2": ParagraphStyle("h2", body, fontSize=13.5, leading=22, spaceBefore=10, keepWithNext=True),
    }

    def story() -> Iterator[object]:
        for part in parts:
            if part.kind == "table":
                cells = [[Paragraph(escape(cell), styles["td"]) for cell in row] for row in part.rows]
                grid = [
                    ("GRID", (0, 0), (-1, -1), 0.5, colors.grey),
                    ("BACKGROUND", (0, 0), (-1, 0), colors.whitesmoke),
                ]
                yield Table(cells, style=grid, repeatRows=1, colWidths=_widths(part.rows, 165 * mm))
                yield Spacer(1, 3 * mm)
            else:
                yield Paragraph(escape(part.text), styles[part.kind], bulletText="●" if part.kind == "li" else None)

    def number(canvas: object, document: object) -> None:
        canvas.setFont("CJK", 9)  # type: ignore[attr-defined]
        canvas.drawCentredString(105 * mm, 12 * mm, f"第 {document.page} 页")  # type: ignore[attr-defined]

    buffer = io.BytesIO()
    title = next(part.text for part in parts if part.kind == "h1")
    margin = 20 * mm
    template = BaseDocTemplate(buffer, pagesize=A4, title=title, author="cpo-analyst", lang="zh-CN", invariant=1)
    frame = Frame(margin, margin, A4[0] - 2 * margin, A4[1] - 2 * margin)
    template.addPageTemplates(PageTemplate(frames=[frame], onPageEnd=number))
    template.build(list(story()))
    return buffer.getvalue()


def _font() -> Path:
    """The font file; AnalystError when it is not installed."""
    for folder in FONT_FOLDERS:
        for path in sorted(folder.expanduser().rglob(FONT_FILE)):
            return path
    raise AnalystError("the font is not installed", where=FONT_FILE, next_step="install Debian's fonts-wqy-zenhei")


def _widths(rows: Sequence[Sequence[str]], total: float) -> list[float]:
    """Column widths that share the total by each column's longest cell, a CJK character counting twice."""
    longest = [max(len(cell.encode("gb18030")) for cell in column) + 3 for column in zip(*rows, strict=True)]
    return [total * length / sum(longest) for length in longest]


BUILT: dict[str, tuple[str, Callable[[Sequence[Part]], bytes]]] = {
    "en/cpo-switch-products.html": ("switch-products.md", to_html),
    "en/japanese-suppliers.docx": ("japanese-suppliers.md", to_docx),
    "zh/market-forecasts.pdf": ("market-forecasts.md", to_pdf),
}
"""Path in the documents folder → Markdown file here, and what turns it into the document."""


def build(path: str) -> bytes:
    """The bytes of one built document, by its path in BUILT."""
    source, convert = BUILT[path]
    return convert(parse((HERE / source).read_text(encoding="utf-8")))


def main(folder: Path) -> None:
    """Write every built document under the folder."""
    for path in BUILT:
        target = folder / path
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(build(path))


if __name__ == "__main__":
    main(Path(sys.argv[1]) if len(sys.argv) > 1 else DOCUMENTS)
