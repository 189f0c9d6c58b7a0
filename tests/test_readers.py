import io
import os
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus.document import BlockKind, Document
from corpus.encoding import decode
from corpus.errors import ReadingError
from corpus.lines import Sheet, iso_date, lay_out, tidy
from corpus.markdown import read_markdown
from corpus.plain import read_plain
from corpus.readers import read
from corpus.text import normalise

CHINESE = "光电共封装的市场在二零二五年以后会有很大的增长，这是因为人工智能对带宽的要求，中国和美国的企业都在发展。" * 3
TRADITIONAL = (
    "光電共封裝的市場在二零二五年以後會有很大的增長，這是因為人工智慧對頻寬的要求，中國和美國的企業都在發展。" * 3
)
JAPANESE = (
    "光電融合の技術はこれからのデータセンターで使われるようになり、電力を大きく減らすことができると考えられている。" * 3
)


def read_text(folder: Path, text: str | bytes, name: str = "report.txt") -> Document:
    path = folder / name
    path.write_bytes(text.encode() if isinstance(text, str) else text)
    return read(path)


def lines_of(document: Document) -> list[tuple[BlockKind, str, tuple[str, ...]]]:
    return [
        (block.kind, page.text[block.start : block.end], block.section)
        for page in document.pages
        for block in page.blocks
    ]


def kinds_of(document: Document) -> list[tuple[BlockKind, str]]:
    return [(kind, text) for kind, text, _ in lines_of(document)]


# --- Markdown ---------------------------------------------------------------------------------------------------------

MARKDOWN = """\
# 光引擎比较

报告

作者：王芳（整理）␣␣
发布日期：2025\u201110\u201120

## 目录

  1. [概览](#a)
  2. [器件](#b)

## 概览

从 **应用、器件** 两方面看，重点在于 **驱动的国产化** 与 **封装能力** 。
下一行接着写，见[链接](https://a.b/c)。

## 器件

### 美国 — 优势

  * 第一点 &amp; **1.6T**。
  * **对企业：** 第二点
    1. 内层

### 对照表

模块| 美国| 中国␣␣
---|---|---␣␣
激光（InP）| 成熟| 依赖进口␣␣
""".replace("␣", " ")


@pytest.mark.parametrize("name", ["a.md", "a.txt"])
def test_markdown_whatever_its_name(tmp_path: Path, name: str) -> None:
    document = read_text(tmp_path, MARKDOWN, name)
    assert lines_of(document) == [
        ("heading", "光引擎比较", ()),
        ("paragraph", "报告", ()),
        ("paragraph", "作者：王芳（整理）", ()),
        ("paragraph", "发布日期：2025-10-20", ()),
        ("furniture", "目录", ()),
        ("furniture", "1. 概览", ()),
        ("furniture", "2. 器件", ()),
        ("heading", "概览", ()),
        (
            "paragraph",
            "从应用、器件两方面看，重点在于驱动的国产化与封装能力。下一行接着写，见链接。",
            ("概览",),
        ),
        ("heading", "器件", ()),
        ("heading", "美国 — 优势", ("器件",)),
        ("item", "第一点 & 1.6T。", ("器件", "美国 — 优势")),
        ("item", "对企业：第二点", ("器件", "美国 — 优势")),
        ("item", "1. 内层", ("器件", "美国 — 优势")),
        ("heading", "对照表", ("器件",)),
        ("header", "模块 | 美国 | 中国", ("器件", "对照表")),
        ("row", "激光（InP） | 成熟 | 依赖进口", ("器件", "对照表")),
    ]
    assert (document.title, document.publisher, document.published) == ("光引擎比较", "王芳", "2025-10-20")
    assert (document.language, document.media_type) == ("zh", "text/markdown")


def test_front_matter_and_bold_headings(tmp_path: Path) -> None:
    text = (
        "---\ntitle: 'Said'\nauthor: Ann\ndate: 2024-03-01\n---\n\n# Shown\n\n**Key points**\n\nText **bold** here.\n"
    )
    document = read_text(tmp_path, text, "a.md")
    assert (document.title, document.publisher, document.published) == ("Said", "Ann", "2024-03-01")
    assert lines_of(document)[1:] == [("heading", "Key points", ()), ("paragraph", "Text bold here.", ("Key points",))]


def test_bold_that_commonmark_does_not_see_in_chinese(tmp_path: Path) -> None:
    document = read_text(tmp_path, "# 题\n\n见**标准：**美国占优，**量产：**中国占优。\n", "a.md")
    assert lines_of(document)[1][1] == "见标准：美国占优，量产：中国占优。"


def test_html_inside_markdown_is_text_without_tags(tmp_path: Path) -> None:
    document = read_text(
        tmp_path, "# A\n\n<div><p>one</p><script>bad()</script></div>\n\ntwo <b>bold</b><br>three\n", "a.md"
    )
    assert [text for _, text in kinds_of(document)] == ["A", "one", "two bold", "three"]


def test_chapters_of_the_outermost_level_stay_in_the_path(tmp_path: Path) -> None:
    document = read_text(tmp_path, f"# One\n\n{'word ' * 50}\n\n# Two\n\nText.\n", "a.md")
    assert [section for *_, section in lines_of(document)] == [(), ("One",), (), ("Two",)]


# --- Plain text -------------------------------------------------------------------------------------------------------

POST = """\
Optics Notes
[Part 2. Lasers Leave the Package]
Read previous:
Part 1:
example.com/notes/status…
Heat limits lasers. They move out of the package (e.g. as a pluggable source).
1. First sign: The laser becomes a module
The module can be replaced. It draws less than 9 W.
2. Four roles in the supply chain todaySuppliers of the layer are best seen in two groups:
Layer 1 — Chips and SiPh
NeoPhotonics makes mmWave parts and IOCore.
Layer 2 — Modules
1) Fiber: short, cheap.
2) Connector: robust.
#CPO #Lasers #DataCenter"""


def test_a_pasted_post(tmp_path: Path) -> None:
    document = read_text(tmp_path, POST)
    roles = "2. Four roles in the supply chain today"
    first = "1. First sign: The laser becomes a module"
    assert lines_of(document) == [
        ("heading", "Optics Notes", ()),
        ("paragraph", "[Part 2. Lasers Leave the Package]", ()),
        ("furniture", "Read previous:", ()),
        ("furniture", "Part 1:", ()),
        ("furniture", "example.com/notes/status…", ()),
        ("paragraph", "Heat limits lasers. They move out of the package (e.g. as a pluggable source).", ()),
        ("heading", first, ()),
        ("paragraph", "The module can be replaced. It draws less than 9 W.", (first,)),
        ("heading", roles, ()),
        ("paragraph", "Suppliers of the layer are best seen in two groups:", (roles,)),
        ("heading", "Layer 1 — Chips and SiPh", (roles,)),
        ("paragraph", "NeoPhotonics makes mmWave parts and IOCore.", (roles, "Layer 1 — Chips and SiPh")),
        ("heading", "Layer 2 — Modules", (roles,)),
        ("item", "1) Fiber: short, cheap.", (roles, "Layer 2 — Modules")),
        ("item", "2) Connector: robust.", (roles, "Layer 2 — Modules")),
        ("furniture", "#CPO #Lasers #DataCenter", (roles, "Layer 2 — Modules")),
    ]
    assert document.title == "Optics Notes [Part 2. Lasers Leave the Package]"
    assert (document.publisher, document.published, document.language) == ("", "", "en")


def test_chinese_plain_text_headings_nest_by_style(tmp_path: Path) -> None:
    text = (
        "产业报告\n第一章 总论\n（一）背景\n背景说明。\n（二）方法\n方法说明。\n第二章 市场\n市场说明。\n1、甲\n2、乙"
    )
    paths = {line: section for _, line, section in lines_of(read_text(tmp_path, text))}
    assert paths["背景说明。"] == ("第一章 总论", "（一）背景")
    assert paths["方法说明。"] == ("第一章 总论", "（二）方法")
    assert paths["市场说明。"] == paths["1、甲"] == ("第二章 市场",)


def test_wrapped_lines_are_joined(tmp_path: Path) -> None:
    words = "The optical engine stands beside the switch and shortens the electrical path for every lane of it. " * 4
    wrapped = [words[start : start + 70] for start in range(0, len(words), 70)]
    document = read_text(tmp_path, "Title of it\n\n" + "\n".join(wrapped) + "\n\nA second paragraph stands here.")
    assert [kind for kind, _ in kinds_of(document)] == ["heading", "paragraph", "paragraph"]


def test_a_title_printed_three_times_is_kept_once(tmp_path: Path) -> None:
    document = read_text(tmp_path, "The title\nThe title\nThe title\nA first sentence stands here.")
    assert [text for _, text in kinds_of(document)] == ["The title", "A first sentence stands here."]


def test_a_table_of_contents_with_page_numbers_is_furniture(tmp_path: Path) -> None:
    contents = "Contents\n1. Start .......... 3\n2. Middle .......... 7\n"
    text = f"Report\n{contents}1. Start\nIt starts here.\n2. Middle\nIt goes on."
    kinds = kinds_of(read_text(tmp_path, text))
    assert [kind for kind, _ in kinds[1:4]] == ["furniture"] * 3
    assert kinds[4:] == [
        ("heading", "1. Start"),
        ("paragraph", "It starts here."),
        ("heading", "2. Middle"),
        ("paragraph", "It goes on."),
    ]


def test_form_feeds_part_pages(tmp_path: Path) -> None:
    document = read_text(tmp_path, "One\nText here.\fTwo goes here.")
    assert [(page.number, page.label) for page in document.pages] == [(1, "1"), (2, "2")]


@given(st.text(max_size=300), st.sampled_from([read_plain, lambda text: read_markdown(text).sheets]))
def test_every_block_is_one_line_of_its_page(text: str, reader: Callable[[str], tuple[Sheet, ...]]) -> None:
    for page in lay_out(tidy(reader(text))):
        assert "\n".join(page.text[block.start : block.end] for block in page.blocks) == page.text
        assert normalise(page.text) == page.text


# --- HTML -------------------------------------------------------------------------------------------------------------

HTML = """<!doctype html><html><head><title>Shop - Engines</title>
<meta property="og:title" content="Optical engines"><meta property="og:site_name" content="Acme">
<meta property="article:published_time" content="2025-06-01T10:00:00Z"><link rel="canonical" href="https://a.b/c">
<style>p{}</style></head><body><nav>Home</nav><div hidden>no</div><p style="display: none">no</p>
<main><h1>Optical engines</h1><p>An engine <b>draws</b>
5&nbsp;W.<script>no()</script></p><h2>Table</h2>
<table><tr><th rowspan=2>Name</th><th colspan=2>Power</th></tr><tr><th></th><th>min</th><th>max</th></tr>
<tr><td>A<br>B</td><td>5</td><td>6</td></tr></table>
<ul><li><p>first</p></li><li>second</li></ul><pre>x = 1
y = 2</pre></main><footer>no</footer></body></html>"""


@pytest.mark.parametrize("name", ["a.html", "a.txt", "a.pdf"])
def test_html_whatever_its_name(tmp_path: Path, name: str) -> None:
    document = read_text(tmp_path, HTML, name)
    assert kinds_of(document) == [
        ("heading", "Optical engines"),
        ("paragraph", "An engine draws 5 W."),
        ("heading", "Table"),
        ("header", "Name | Power min | Power max"),
        ("row", "A B | 5 | 6"),
        ("item", "first"),
        ("item", "second"),
        ("paragraph", "x = 1"),
        ("paragraph", "y = 2"),
    ]
    assert (document.title, document.publisher, document.published) == ("Optical engines", "Acme", "2025-06-01")
    assert (document.source, document.media_type) == ("https://a.b/c", "text/html")


def test_html_nested_too_deeply_is_refused_and_not_shortened(tmp_path: Path) -> None:
    with pytest.raises(ReadingError, match="nested too deeply"):
        read_text(tmp_path, "<html><body>" + "<div>" * 100_000 + "word", "a.html")


def test_html_declares_its_encoding(tmp_path: Path) -> None:
    page = f'<html><meta charset="gb2312"><p>{CHINESE}</p></html>'.encode("gb18030")
    assert read_text(tmp_path, page, "a.html").pages[0].text == CHINESE


# --- Word -------------------------------------------------------------------------------------------------------------


def word_file() -> bytes:
    import docx

    document = docx.Document()
    document.core_properties.title, document.core_properties.author = "Engines", "Ann"
    document.add_heading("Engines of light", 0)
    document.add_heading("Power", 1)
    document.add_paragraph("It draws 5 W.")
    document.add_heading("By vendor", 2)
    table = document.add_table(rows=2, cols=2)
    for cell, text in zip((cell for row in table.rows for cell in row.cells), ["Vendor", "W", "A", "5"], strict=True):
        cell.text = text
    document.add_paragraph("one point", style="List Bullet")
    stream = io.BytesIO()
    document.save(stream)
    return stream.getvalue()


@pytest.mark.parametrize("name", ["a.docx", "a.pdf", "a.bin"])
def test_word_in_document_order(tmp_path: Path, name: str) -> None:
    document = read_text(tmp_path, word_file(), name)
    assert lines_of(document) == [
        ("heading", "Engines of light", ()),
        ("heading", "Power", ()),
        ("paragraph", "It draws 5 W.", ("Power",)),
        ("heading", "By vendor", ("Power",)),
        ("header", "Vendor | W", ("Power", "By vendor")),
        ("row", "A | 5", ("Power", "By vendor")),
        ("item", "one point", ("Power", "By vendor")),
    ]
    assert (document.title, document.publisher) == ("Engines", "Ann")


def test_a_word_file_that_unpacks_too_large_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("corpus.word._UNPACKED_LIMIT", 1000)
    with pytest.raises(ReadingError, match="unpacks to"):
        read_text(tmp_path, word_file(), "a.docx")


def test_a_word_file_cut_short_is_damaged(tmp_path: Path) -> None:
    with pytest.raises(ReadingError, match="damaged"):
        read_text(tmp_path, word_file()[:2000], "a.docx")


# --- Encodings --------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "encoding"),
    [
        *((CHINESE, name) for name in ("utf-8", "utf-8-sig", "utf-16", "gb18030", "gbk")),
        *((TRADITIONAL, name) for name in ("utf-8", "big5", "utf-32")),
        *((JAPANESE, name) for name in ("utf-8", "shift_jis", "euc_jp", "utf-16")),
        ("Japan’s “optical” path – a café’s view. " * 5, "cp1252"),
    ],
)
def test_decode(text: str, encoding: str) -> None:
    assert decode(text.encode(encoding)) == text


@pytest.mark.parametrize(
    "raw",
    [
        "Производители оптических модулей".encode("cp866"),
        "Производители оптических модулей и лазеров".encode("koi8-r"),
        ("한국의 광통신 산업은 빠르게 성장하고 있으며 많은 회사가 투자하고 있다. " * 4).encode("euc-kr"),
        bytes(range(1, 256)),
        b"\x00\x01binary\x00",
        b"\xff\xfe\x00\xd8text",
    ],
)
def test_what_cannot_be_told_is_refused_and_never_guessed(raw: bytes) -> None:
    with pytest.raises(ReadingError):
        decode(raw)


@given(st.binary(max_size=400))
def test_any_bytes_decode_or_are_refused(raw: bytes) -> None:
    try:
        assert isinstance(decode(raw), str)
    except ReadingError as error:
        assert error.next_step


# --- Errors and dates -------------------------------------------------------------------------------------------------


def archive(*names: str) -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as file:
        for name in names:
            file.writestr(name, "x")
    return stream.getvalue()


@pytest.mark.parametrize(
    ("name", "raw", "said"),
    [
        ("a.md", b"", "it is empty"),
        ("a.md", b" \n\t ", "it is empty"),
        ("a.md", b"<!-- x -->", "it has no text"),
        ("a.csv", b"a,b", "files of type .csv are not read"),
        (
            "a.xml",
            b"<?xml version='1.0'?><!DOCTYPE a [<!ENTITY b SYSTEM 'file:///etc/passwd'>]><a>&b;</a>",
            "type .xml",
        ),
        ("a.docx", b"plain words", "no Word file inside"),
        ("a.pdf", b"plain words", "the PDF is damaged"),
        ("a.zip", archive("a.txt"), "it is an archive"),
        ("a.docx", archive("xl/workbook.xml"), "an Excel workbook"),
        ("a.docx", archive("word/document.xml"), "the Word file is damaged"),
        ("a.doc", b"\xd0\xcf\x11\xe0" + bytes(600), "an old Office file"),
        ("a.docx", b"\xd0\xcf\x11\xe0" + "EncryptedPackage".encode("utf-16-le"), "needs a password"),
    ],
)
def test_one_sentence_says_what_is_wrong_and_what_to_do(tmp_path: Path, name: str, raw: bytes, said: str) -> None:
    with pytest.raises(ReadingError) as caught:
        read_text(tmp_path, raw, name)
    assert said in caught.value.what
    assert caught.value.where == name
    assert caught.value.next_step


def test_what_is_no_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with pytest.raises(ReadingError, match="no such file"):
        read(tmp_path / "missing.md")
    with pytest.raises(ReadingError, match="it is a folder"):
        read(tmp_path)
    os.mkfifo(tmp_path / "pipe.md")
    with pytest.raises(ReadingError, match="a pipe"):
        read(tmp_path / "pipe.md")
    monkeypatch.setattr("corpus.readers._SIZE_LIMIT", 10)
    with pytest.raises(ReadingError, match="over the limit"):
        read_text(tmp_path, "more than ten bytes")


@pytest.mark.parametrize(
    ("text", "iso"),
    [
        ("2025-10-20", "2025-10-20"),
        ("2025/1/2", "2025-01-02"),
        ("2025年10月20日", "2025-10-20"),
        ("2025 年 3 月", "2025-03"),
        ("October 20, 2025", "2025-10-20"),
        ("on 3rd Mar. 2024", "2024-03-03"),
        ("Sept 2024", "2024-09"),
        ("20251020", "2025-10-20"),
        ("2025-13-40", ""),
        ("part 12-34", ""),
    ],
)
def test_iso_date(text: str, iso: str) -> None:
    assert iso_date(text) == iso


@pytest.mark.parametrize(
    ("line", "publisher", "published"),
    [
        ("By Ann Lee", "Ann Lee", ""),
        ("Publisher: Acme Research | Date: 3 May 2024", "Acme Research", "2024-05-03"),
        ("来源：某研究院 发布日期：2024年5月", "某研究院", "2024-05"),
        ("作者：ChatGPT（整理）", "ChatGPT", ""),
        ("Author: Claude Sonnet 4.5", "Claude Sonnet 4.5", ""),
        ("Author: Claude Martin", "Claude Martin", ""),
        ("Author: Jean-Claude", "Jean-Claude", ""),
        ("Lasers are driven by GPUs. The open source is here.", "", ""),
    ],
)
def test_front_lines(tmp_path: Path, line: str, publisher: str, published: str) -> None:
    document = read_text(tmp_path, f"A title\n{line}\nThe text of the report follows here.")
    assert (document.publisher, document.published) == (publisher, published)
    assert document.authority == ("machine-written" if publisher in ("ChatGPT", "Claude Sonnet 4.5") else "")


def test_a_title_is_never_a_page_long(tmp_path: Path) -> None:
    assert len(read_text(tmp_path, "word " * 1000).title) <= 200
    assert read_text(tmp_path, "#CPO #Optics", "stem.txt").title == "stem"
