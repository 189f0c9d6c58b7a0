import io
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pytest
from reportlab.lib import colors
from reportlab.lib.styles import ParagraphStyle, getSampleStyleSheet
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.cidfonts import UnicodeCIDFont
from reportlab.pdfgen.canvas import Canvas
from reportlab.platypus import BaseDocTemplate, Frame, PageBreak, PageTemplate, Paragraph, SimpleDocTemplate, Table

from corpus.errors import ReadingError
from corpus.lines import Reading
from corpus.pdf import read_pdf
from corpus.readers import read

STYLES = getSampleStyleSheet()
ENGLISH = "The optical engine stands beside the switch and shortens the electrical path of every single lane. " * 3
CHINESE = (
    "光电共封装将光引擎与交换芯片封装在同一基板上，缩短电信号传输距离，从而降低功耗。预计2030年市场为81亿美元。" * 2
)


def chinese_style() -> ParagraphStyle:
    pdfmetrics.registerFont(UnicodeCIDFont("STSong-Light"))
    return ParagraphStyle("zh", parent=STYLES["Normal"], fontName="STSong-Light", wordWrap="CJK")


def built(story: Sequence[Any], **options: Any) -> bytes:
    stream = io.BytesIO()
    footer = options.pop("footer", lambda canvas, document: None)
    SimpleDocTemplate(stream, **options).build(list(story), onFirstPage=footer, onLaterPages=footer)
    return stream.getvalue()


def lines_of(reading: Reading, page: int = 0) -> list[tuple[str, str]]:
    return [(line.kind, line.text) for line in reading.sheets[page].lines]


def test_headings_paragraphs_items_and_tables() -> None:
    table = Table(
        [["Vendor", "Power (W)", "Reach"], ["Broadcom", "5.5", "2 km"], ["Marvell", "6.1", "500 m"]],
        style=[("GRID", (0, 0), (-1, -1), 0.5, colors.black)],
    )
    story = [
        Paragraph("Optical engines", STYLES["Title"]),
        Paragraph("1. Overview", STYLES["Heading2"]),
        Paragraph(ENGLISH, STYLES["Normal"]),
        table,
        Paragraph("• a point " + "that wraps over the end of its line " * 4, STYLES["Normal"]),
        Paragraph("• second point", STYLES["Normal"]),
    ]
    reading = read_pdf(built(story, title="Engines", author="Acme"))
    assert lines_of(reading) == [
        ("heading", "Optical engines"),
        ("heading", "1. Overview"),
        ("paragraph", ENGLISH.strip()),
        ("header", "Vendor | Power (W) | Reach"),
        ("row", "Broadcom | 5.5 | 2 km"),
        ("row", "Marvell | 6.1 | 500 m"),
        ("item", ("a point " + "that wraps over the end of its line " * 4).strip()),
        ("item", "second point"),
    ]
    assert [line.level for line in reading.sheets[0].lines[:2]] == [1, 2]
    assert (reading.title, reading.author) == ("Engines", "Acme")


def test_chinese_lines_join_without_a_space() -> None:
    reading = read_pdf(built([Paragraph(CHINESE, chinese_style()), Paragraph(CHINESE, chinese_style())]))
    assert lines_of(reading) == [("paragraph", CHINESE), ("paragraph", CHINESE)]


def test_running_heads_and_page_numbers_are_dropped() -> None:
    def footer(canvas: Canvas, document: Any) -> None:
        canvas.drawString(72, 820, "Optics Review 2025")
        canvas.drawCentredString(297, 30, f"Page {document.page} of 4")

    story = [part for n in range(4) for part in (Paragraph(f"Page {n} says {ENGLISH}", STYLES["Normal"]), PageBreak())]
    reading = read_pdf(built(story, footer=footer))
    assert [len(lines_of(reading, n)) for n in range(4)] == [1, 1, 1, 1]


def test_two_columns_are_read_one_after_the_other() -> None:
    stream = io.BytesIO()
    document = BaseDocTemplate(stream)
    document.addPageTemplates(PageTemplate("two", [Frame(50, 50, 240, 200), Frame(310, 50, 240, 200)]))
    document.build([Paragraph(f"Number {n} says: {ENGLISH}", STYLES["Normal"]) for n in range(4)])
    texts = [text for _, text in lines_of(read_pdf(stream.getvalue()))]
    assert texts == [f"Number {n} says: {ENGLISH}".strip() for n in range(4)]


def test_a_head_over_several_columns_is_put_together() -> None:
    stream = io.BytesIO()
    canvas = Canvas(stream)
    canvas.setFont("Helvetica", 10)
    for x, y, text in [
        (300, 700, "Months Ended"),
        (300, 688, "December 31,"),
        (300, 676, "2022"),
        (350, 676, "2021"),
        (72, 664, "Revenue"),
        (300, 664, "5,690"),
        (350, 664, "6,331"),
        (72, 652, "Cost"),
        (300, 652, "1,234"),
        (350, 652, "2,345"),
    ]:
        canvas.drawString(x, y, text)
    canvas.save()
    header, *rows = lines_of(read_pdf(stream.getvalue()))
    assert header[0] == "header"
    assert header[1].startswith("| Months Ended December 31, 2022 | ") or header[1].startswith(" | Months Ended")
    assert rows == [("row", "Revenue | 5,690 | 6,331"), ("row", "Cost | 1,234 | 2,345")]


def test_the_outline_names_the_headings() -> None:
    stream = io.BytesIO()
    canvas = Canvas(stream)
    for page, (title, level) in enumerate([("Part one", 0), ("Its detail", 1)]):
        canvas.bookmarkPage(str(page))
        canvas.addOutlineEntry(title, str(page), level)
        canvas.drawString(72, 700, title)
        canvas.drawString(72, 600, "A sentence stands under it.")
        canvas.showPage()
    canvas.save()
    reading = read_pdf(stream.getvalue())
    found = [(line.text, line.level) for sheet in reading.sheets for line in sheet.lines if line.kind == "heading"]
    assert found[0][0] == "Part one"
    assert found[1][0] == "Its detail"
    assert found[0][1] < found[1][1]


def test_a_pdf_named_text_is_a_document_with_pages(tmp_path: Path) -> None:
    path = tmp_path / "report.txt"
    path.write_bytes(
        built([Paragraph("Engines", STYLES["Title"]), Paragraph(ENGLISH, STYLES["Normal"])], title="untitled")
    )
    document = read(path)
    assert (document.title, document.language, document.media_type) == ("Engines", "en", "application/pdf")
    assert [page.number for page in document.pages] == [1]


def test_a_scan_is_named_as_one() -> None:
    stream = io.BytesIO()
    canvas = Canvas(stream)
    canvas.rect(10, 10, 100, 100)
    canvas.showPage()
    canvas.rect(10, 10, 100, 100)
    canvas.save()
    with pytest.raises(ReadingError, match="2 pages and no text: it is a scan; OCR it first"):
        read_pdf(stream.getvalue())


def test_an_encrypted_file_needs_a_password() -> None:
    stream = io.BytesIO()
    canvas = Canvas(stream, encrypt="secret")
    canvas.drawString(72, 700, "hidden")
    canvas.save()
    with pytest.raises(ReadingError, match="needs a password"):
        read_pdf(stream.getvalue())


def test_a_damaged_file_says_so() -> None:
    with pytest.raises(ReadingError, match="the PDF is damaged"):
        read_pdf(b"%PDF-1.7 and then nothing")


def test_a_page_with_only_typed_notes_is_no_scan() -> None:
    from pypdf import PdfWriter
    from pypdf.annotations import FreeText

    writer, stream = PdfWriter(), io.BytesIO()
    writer.add_blank_page(width=300, height=300)
    note = FreeText(text="The fiber attach failed at 85 °C.", rect=(50, 50, 250, 100))
    writer.add_annotation(page_number=0, annotation=note)
    writer.write(stream)
    assert lines_of(read_pdf(stream.getvalue())) == [("paragraph", "The fiber attach failed at 85 °C.")]
