"""The shipped documents are listed, up to date with their sources, and say where each figure comes from."""

import io
import re
import tomllib
import unicodedata

import pytest

from corpus.authoring.build import BUILT, DOCUMENTS, HERE, Part, build, parse
from corpus.errors import AnalystError

MANIFEST = tomllib.loads((DOCUMENTS / "MANIFEST.toml").read_text(encoding="utf-8"))["document"]
MARKDOWN = {path: (HERE / source) for path, (source, _) in BUILT.items()} | {
    path.relative_to(DOCUMENTS).as_posix(): path for path in DOCUMENTS.rglob("*.md")
}
DIGESTS = {"en/japan-packaging-layers.md", "zh/us-china-cpo-comparison.md"}
FIGURE = re.compile(
    r"\d\s?(?:W|mW|kW|MW|dB|dBm|nm|pm|FIT|pJ/bit|Tb/s|Gb/s|T|%|ppm|美元|元|亿|万|微米|根|million|billion)(?![A-Za-z])"
    r"|US\$\d"
)
YEAR = re.compile(r"(?<!\d)(?:19|20)\d\d(?!\d)")
CONFIDENCE = re.compile(r"confidence (?:high|medium|low)|可信度[高中低]")


def squeezed(text: str) -> str:
    """The text without blanks, compatibility forms resolved: PDF extraction may use either form."""
    return "".join(unicodedata.normalize("NFKC", text).split())


def words_of(part: Part) -> list[str]:
    return [part.text, *(cell for row in part.rows for cell in row)]


def test_the_manifest_lists_every_document_once() -> None:
    shipped = [path for path in DOCUMENTS.rglob("*") if path.is_file() and path.name != "MANIFEST.toml"]
    assert sorted(entry["path"] for entry in MANIFEST) == sorted(
        path.relative_to(DOCUMENTS).as_posix() for path in shipped
    )


@pytest.mark.parametrize("entry", MANIFEST, ids=lambda entry: entry["path"])
def test_manifest_entries_are_complete(entry: dict[str, str]) -> None:
    assert set(entry) == {"path", "title", "language", "publisher", "published", "source", "authority"}
    assert all(entry.values())
    assert entry["path"].startswith(entry["language"] + "/")
    assert entry["authority"] in {"secondary", "machine-written"}
    heading = parse(MARKDOWN[entry["path"]].read_text(encoding="utf-8"))[0]
    assert heading == Part("h1", entry["title"])


@pytest.mark.parametrize("path", sorted(set(MARKDOWN) - DIGESTS))
def test_every_figure_has_its_year_and_confidence(path: str) -> None:
    unsourced = [
        part.text
        for part in parse(MARKDOWN[path].read_text(encoding="utf-8"))
        if part.kind in ("p", "li")
        and FIGURE.search(part.text)
        and not (YEAR.search(part.text) and CONFIDENCE.search(part.text))
    ]
    assert unsourced == []


@pytest.mark.parametrize("path", sorted(set(MARKDOWN) - DIGESTS))
def test_every_table_of_figures_has_columns_for_year_and_confidence(path: str) -> None:
    for part in parse(MARKDOWN[path].read_text(encoding="utf-8")):
        if part.kind == "table" and any(FIGURE.search(cell) or cell.isdecimal() for row in part.rows for cell in row):
            assert {"Year", "Confidence"} <= set(part.rows[0]) or {"年份", "可信度"} <= set(part.rows[0])


@pytest.mark.parametrize("path", sorted(MARKDOWN))
def test_tables_are_rectangular(path: str) -> None:
    for part in parse(MARKDOWN[path].read_text(encoding="utf-8")):
        assert len({len(row) for row in part.rows}) <= 1


def test_digests_carry_the_companies_of_each_layer() -> None:
    japan = (DOCUMENTS / "en/japan-packaging-layers.md").read_text(encoding="utf-8")
    for company in ("Shinko Electric", "AIO Core", "Kyocera", "NGK", "NTK", "Ibiden", "TOPPAN", "DNP", "Resonac"):
        assert f"{company}" in japan
    china = (DOCUMENTS / "zh/us-china-cpo-comparison.md").read_text(encoding="utf-8")
    for fact in ("阿里", "华为", "腾讯", "百度", "生益", "南亚", "沪电", "2026–2028", "2025-10-20"):
        assert fact in china


@pytest.mark.parametrize("path", [path for path in BUILT if not path.endswith(".pdf")])
def test_built_documents_are_up_to_date(path: str) -> None:
    assert build(path) == (DOCUMENTS / path).read_bytes(), "run python -m corpus.authoring.build"


@pytest.mark.parametrize("path", [path for path in BUILT if path.endswith(".pdf")])
def test_the_pdf_is_up_to_date(path: str) -> None:
    pytest.importorskip("reportlab")
    try:
        built = build(path)
    except AnalystError as missing:
        pytest.skip(str(missing))
    assert built == (DOCUMENTS / path).read_bytes(), "run python -m corpus.authoring.build"


@pytest.mark.parametrize("path", [path for path in BUILT if path.endswith(".pdf")])
def test_the_pdf_holds_the_text_of_its_source(path: str) -> None:
    import pypdf

    reader = pypdf.PdfReader(io.BytesIO((DOCUMENTS / path).read_bytes()))
    pages = [squeezed(page.extract_text()) for page in reader.pages]
    assert len(pages) >= 2
    assert [page[-3:] for page in pages] == [f"第{number}页" for number in range(1, len(pages) + 1)]
    text = squeezed("".join(page[:-3] for page in pages))
    for part in parse(MARKDOWN[path].read_text(encoding="utf-8")):
        for words in words_of(part):
            assert squeezed(words) in text


def test_the_pdf_embeds_a_subset_of_its_font() -> None:
    import pypdf

    path = DOCUMENTS / "zh/market-forecasts.pdf"
    fonts = pypdf.PdfReader(path).pages[0]["/Resources"]["/Font"].values()  # type: ignore[index]
    names = {font.get_object()["/BaseFont"] for font in fonts}
    assert any(re.fullmatch(r"/[A-Z]{6}\+WenQuanYiZenHei.*", name) for name in names)
    assert path.stat().st_size < 300_000


def test_markdown_parts() -> None:
    assert parse("# A\n\ntext\n\n- one\n- two\n\n| h | i |\n|---|---|\n| 1 | 2 |\n\nend") == [
        Part("h1", "A"),
        Part("p", "text"),
        Part("li", "one"),
        Part("li", "two"),
        Part("table", rows=(("h", "i"), ("1", "2"))),
        Part("p", "end"),
    ]
