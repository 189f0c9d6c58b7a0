"""The rectangles of a quote hold its words and no others, wherever the page puts them."""

import io
import json
from collections.abc import Sequence
from pathlib import Path

import numpy as np
import pypdfium2
import pytest
from pypdf import PdfReader, PdfWriter
from reportlab.lib.styles import getSampleStyleSheet
from reportlab.pdfgen.canvas import Canvas
from reportlab.platypus import BaseDocTemplate, Frame, PageTemplate, Paragraph

from agent.cli import main
from corpus.boxes import Box, Glyph, find_boxes
from corpus.document import Document, Page
from corpus.errors import ReadingError
from corpus.pdf import locate
from corpus.readers import read
from corpus.text import fold, normalise, split_sentences
from tests.conftest import ROOT

FORECASTS = ROOT / "corpus" / "documents" / "zh" / "market-forecasts.pdf"


def _letters(text: str) -> str:
    """What can be compared: no space, no bar between cells, no hyphen at the end of a row."""
    plain = fold(normalise(text.replace("\ufffe", "").replace("\x02", "")))
    return "".join(plain.replace("|", "").replace("-", "").split())


def _words_in(path: Path, page: Page, boxes: Sequence[Box]) -> str:
    """What PDFium finds in the rectangles, by its own search; for pages that are not turned."""
    document = pypdfium2.PdfDocument(str(path))
    sheet = document[page.number - 1]
    left, bottom, _, _ = sheet.get_bbox()
    height, text = sheet.get_height(), sheet.get_textpage()
    found = [
        text.get_text_bounded(
            left + box.left - 0.2,
            bottom + height - box.bottom + 0.1,
            left + box.right + 0.2,
            bottom + height - box.top - 0.1,
        )
        for box in boxes
    ]
    document.close()
    return "".join(found)


def _saved(path: Path, stream: io.BytesIO) -> Document:
    path.write_bytes(stream.getvalue())
    return read(path)


def _drawn(path: Path, *lines: tuple[float, float, str], size: tuple[float, float] = (600, 800)) -> Document:
    stream = io.BytesIO()
    canvas = Canvas(stream, pagesize=size)
    canvas.setFont("Helvetica", 10)
    for x, y, text in lines:
        canvas.drawString(x, y, text)
    canvas.save()
    return _saved(path, stream)


def test_every_sentence_item_and_row_of_the_shipped_report_is_found_again() -> None:
    report = read(FORECASTS)
    count = 0
    for page in report.pages:
        for start, end in split_sentences(page.text):
            boxes = locate(FORECASTS, page, start, end)
            assert _letters(_words_in(FORECASTS, page, boxes)) == _letters(page.text[start:end])
            count += 1
    assert count > 30


def test_a_row_of_a_table_has_a_rectangle_for_each_cell() -> None:
    page = read(FORECASTS).pages[0]
    row = next(line for line in page.text.split("\n") if line.startswith("TrendForce | "))
    start = page.text.index(row)
    boxes = locate(FORECASTS, page, start, start + len(row))
    cells = row.split(" | ")
    assert len(boxes) == len(cells) == 6
    assert [_letters(_words_in(FORECASTS, page, [box])) for box in boxes] == list(map(_letters, cells))
    assert [box.left for box in boxes] == sorted(box.left for box in boxes)
    assert max(box.top for box in boxes) - min(box.top for box in boxes) < 3
    above = next(line for line in page.text.split("\n") if line.startswith("LightCounting | "))
    at = page.text.index(above)
    assert locate(FORECASTS, page, at, at + len(above))[0].bottom <= boxes[0].top  # the y axis points down


def test_a_wrapped_sentence_has_a_rectangle_for_each_row() -> None:
    page = read(FORECASTS).pages[0]
    item = next(line for line in page.text.split("\n") if line.startswith("CIR 在 2020 年预测"))
    start = page.text.index(item)
    upper, lower = locate(FORECASTS, page, start, start + len(item))
    assert upper.bottom <= lower.top and upper.right > lower.right


def test_the_second_of_two_like_places_is_not_taken_for_the_first(tmp_path: Path) -> None:
    path = tmp_path / "a.pdf"
    (page,) = _drawn(path, (50, 700, "It draws 9 W. Later it draws 9 W again.")).pages
    second = page.text.index("9 W", page.text.index("9 W") + 1)
    (first_box,) = locate(path, page, second - 24, second - 21)
    (second_box,) = locate(path, page, second, second + 3)
    assert second_box.left > first_box.right + 50 and second_box.top == first_box.top


def test_a_word_that_the_page_cuts_at_a_hyphen_is_two_rectangles(tmp_path: Path) -> None:
    path = tmp_path / "a.pdf"
    row = "The engine stands in one and the same pack-"
    (page,) = _drawn(path, (50, 700, row), (50, 688, "age as the switch chip, near its lanes.")).pages
    start = page.text.index("package")
    upper, lower = locate(path, page, start, start + len("package"))
    assert _letters(_words_in(path, page, [upper, lower])) == "package" and upper.bottom <= lower.top + 1


def test_heads_over_several_columns_are_found_for_each(tmp_path: Path) -> None:
    path = tmp_path / "a.pdf"
    lines = [
        *((300, 700, "Months Ended"), (300, 688, "2022"), (350, 688, "2021")),
        *((72, 676, "Revenue"), (300, 676, "5,690"), (350, 676, "6,331")),
        *((72, 664, "Cost"), (300, 664, "1,234"), (350, 664, "2,345")),
    ]
    (page,) = _drawn(path, *lines).pages
    for line in page.text.split("\n"):
        start = page.text.index(line)
        assert locate(path, page, start, start + len(line)), line
    cost = page.text.index("Cost")
    assert [round(box.left) for box in locate(path, page, cost, len(page.text))] == [72, 300, 350]


def test_two_columns_and_what_runs_over_them(tmp_path: Path) -> None:
    stream = io.BytesIO()
    document = BaseDocTemplate(stream)
    document.addPageTemplates(PageTemplate("two", [Frame(50, 50, 240, 200), Frame(310, 50, 240, 200)]))
    words = "The optical engine stands beside the switch and shortens the electrical path of every single lane. " * 3
    document.build([Paragraph(f"Number {n} says: {words}", getSampleStyleSheet()["Normal"]) for n in range(4)])
    path = tmp_path / "a.pdf"
    (page,) = _saved(path, stream).pages
    for start, end in split_sentences(page.text):
        boxes = locate(path, page, start, end)
        assert _letters(_words_in(path, page, boxes)) == _letters(page.text[start:end])


def _ink(path: Path) -> tuple[float, float, float, float]:
    """What is drawn on the first page as it is shown: left, top, right, bottom in points."""
    document = pypdfium2.PdfDocument(str(path))
    rows, columns = np.nonzero(document[0].render(scale=4, grayscale=True).to_numpy().squeeze() < 128)
    document.close()
    return columns.min() / 4, rows.min() / 4, columns.max() / 4, rows.max() / 4


def _assert_holds_the_ink(path: Path) -> None:
    (page,) = read(path).pages
    assert page.text == "A pluggable port draws 30 W in all."
    (box,) = locate(path, page, 0, len(page.text))
    left, top, right, bottom = _ink(path)
    assert box.left - 1 < left and box.top - 1 < top and right < box.right + 1 and bottom < box.bottom + 1
    assert (right - left) * (bottom - top) > 0.5 * (box.right - box.left) * (box.bottom - box.top)


@pytest.mark.parametrize("turn", [0, 90, 180, 270])
@pytest.mark.parametrize("crop", [(0, 0, 600, 800), (100, 150, 500, 700)])
def test_boxes_hold_the_ink_of_the_page_as_it_is_shown(
    tmp_path: Path, turn: int, crop: tuple[float, float, float, float]
) -> None:
    path = tmp_path / "a.pdf"
    _drawn(path, (150, 600, "A pluggable port draws 30 W in all."))
    writer = PdfWriter(clone_from=PdfReader(io.BytesIO(path.read_bytes())))
    writer.pages[0].rotate(turn)
    writer.pages[0].cropbox.lower_left, writer.pages[0].cropbox.upper_right = crop[:2], crop[2:]
    writer.write(path)
    _assert_holds_the_ink(path)


def test_what_cannot_be_found_again_has_no_rectangle(tmp_path: Path) -> None:
    path = tmp_path / "a.pdf"
    (page,) = _drawn(path, (50, 700, "A pluggable port draws 30 W in all.")).pages
    other = "A quantum banjo hums."
    assert locate(path, Page(1, "1", other, ()), 0, len(other)) == ()
    assert locate(path, Page(9, "9", page.text, ()), 0, 5) == ()
    assert locate(path, page, 3, 3) == ()


def test_a_file_that_is_gone_or_damaged_is_an_error(tmp_path: Path) -> None:
    page = Page(1, "1", "words", ())
    with pytest.raises(ReadingError, match="it cannot be read"):
        locate(tmp_path / "gone.pdf", page, 0, 5)
    (tmp_path / "bad.pdf").write_bytes(b"%PDF-1.7 and then nothing")
    with pytest.raises(ReadingError, match="damaged"):
        locate(tmp_path / "bad.pdf", page, 0, 5)


def test_characters_that_become_several_share_their_box() -> None:
    glyphs = [Glyph(text, Box(10.0 * n, 0, 10.0 * n + 9, 10)) for n, text in enumerate("㈱ﬁbre")]
    assert find_boxes(glyphs, normalise("㈱ﬁbre"), 0, 3) == (Box(0, 0, 9, 10),)
    assert find_boxes(glyphs, normalise("㈱ﬁbre"), 3, 5) == (Box(10, 0, 19, 10),)


def test_a_page_of_one_letter_takes_no_time() -> None:
    glyphs = [Glyph("a", Box(n, 0, n + 1, 1)) for n in range(20_000)]
    text = "\n".join(["a" * 500] * 30) + "\n" + "b" * 500
    assert find_boxes(glyphs, text, 0, 500)
    assert find_boxes(glyphs, text, len(text) - 500, len(text)) == ()


def test_verify_tells_the_boxes_of_a_pdf_and_none_elsewhere(capsys: pytest.CaptureFixture[str], reports: Path) -> None:
    assert main(["verify", str(FORECASTS), "LightCounting 预计 2030 年 CPO 市场为 90 亿至 100 亿美元", "--json"]) == 0
    (place,) = json.loads(capsys.readouterr().out)["places"]
    ((left, top, right, bottom),) = place["boxes"]
    assert 0 < left < right < 596 and 0 < top < bottom < 843
    assert main(["verify", str(reports / "engines.md"), "co-packaged optics draws 9 W", "--json"]) == 0
    assert json.loads(capsys.readouterr().out)["places"][0]["boxes"] == []
