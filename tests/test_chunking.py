import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus.chunking import cut
from corpus.document import Block, BlockKind, Document, Page
from corpus.text import columns

KINDS: tuple[BlockKind, ...] = ("heading", "paragraph", "item", "header", "row", "caption", "furniture")
Line = tuple[BlockKind, str, tuple[str, ...]]


def make_document(*pages: list[Line]) -> Document:
    made = []
    for number, lines in enumerate(pages, start=1):
        blocks, start = [], 0
        for kind, text, section in lines:
            blocks.append(Block(kind, start, start + len(text), section))
            start += len(text) + 1
        made.append(Page(number, str(number), "\n".join(text for _, text, _ in lines), tuple(blocks)))
    return Document("0123456789", "Title", "", "", "en", "a.md", "0" * 64, "text/markdown", tuple(made))


texts = st.text(alphabet=st.characters(exclude_characters="\n"), max_size=200) | st.text(
    alphabet="ab,. 光，。|；\u0301\U0001f600", max_size=400
)
lines = st.tuples(st.sampled_from(KINDS), texts, st.sampled_from([(), ("A",), ("A", "B")]))
documents = st.lists(st.lists(lines, max_size=8), min_size=1, max_size=3)


@given(documents, st.integers(20, 120))
def test_laws(pages: list[list[Line]], limit: int) -> None:
    document = make_document(*pages)
    passages = cut(document, limit)
    assert passages == cut(document, limit)
    assert len({passage.id for passage in passages}) == len(passages)
    ends: dict[int, int] = {}
    for passage in passages:
        page = document.page(passage.page)
        assert passage.text == page.text[passage.start : passage.end] == passage.text.strip() != ""
        assert columns(passage.text) + (columns(passage.header) + 1 if passage.header else 0) <= limit
        assert ends.get(passage.page, 0) <= passage.start
        ends[passage.page] = passage.end
    for page in document.pages:
        covered = [passage for passage in passages if passage.page == page.number]
        for block in page.blocks:
            if block.kind in ("heading", "furniture", "header"):
                continue
            for place in range(block.start, block.end):
                inside = any(passage.start <= place < passage.end for passage in covered)
                assert inside or page.text[place].isspace()


def test_lines_of_one_section_go_together_and_tables_apart() -> None:
    document = make_document(
        [
            ("heading", "Power", ()),
            ("paragraph", "Two lines", ("Power",)),
            ("item", "of one section", ("Power",)),
            ("header", "Vendor | W", ("Power",)),
            ("row", "A | 5", ("Power",)),
            ("row", "B | 6", ("Power",)),
            ("paragraph", "After", ("Power",)),
        ]
    )
    passages = cut(document)
    assert [(passage.text, passage.header) for passage in passages] == [
        ("Two lines\nof one section", ""),
        ("A | 5\nB | 6", "Vendor | W"),
        ("After", ""),
    ]
    assert [passage.id for passage in passages] == ["0123456789-1.1", "0123456789-1.2", "0123456789-1.3"]
    assert {passage.section for passage in passages} == {("Power",)}


def test_furniture_makes_no_passage_and_parts_its_neighbours() -> None:
    document = make_document([("paragraph", "a", ()), ("furniture", "x.com/b", ()), ("paragraph", "c", ())])
    assert [passage.text for passage in cut(document)] == ["a", "c"]


def test_a_heading_is_a_passage_only_with_nothing_under_it() -> None:
    document = make_document(
        [("heading", "Full", ()), ("paragraph", "text", ("Full",)), ("heading", "Bare", ()), ("heading", "Next", ())],
        [("paragraph", "over the page", ("Next",))],
    )
    assert [passage.text for passage in cut(document)] == ["text", "Bare", "over the page"]


def test_a_document_of_one_title_still_has_a_passage() -> None:
    assert [passage.text for passage in cut(make_document([("heading", "Title", ())]))] == ["Title"]


def test_a_long_line_is_cut_at_sentence_ends_then_clauses() -> None:
    sentences = [f"第{n}句讲的是光电共封装的功耗。" for n in range(8)]
    passages = cut(make_document([("paragraph", "".join(sentences), ())]), limit=100)
    assert all(passage.text.endswith("。") for passage in passages)
    clauses = cut(make_document([("paragraph", "一二三四五，" * 9, ())]), limit=40)
    assert all(passage.text.endswith("，") for passage in clauses)


def test_a_passage_is_not_a_full_one_and_a_rest() -> None:
    document = make_document([("item", "x" * 90, ()) for _ in range(11)])
    lengths = [len(passage.text) for passage in cut(document, limit=950)]
    assert len(lengths) == 2
    assert min(lengths) > 300


def test_a_mark_stays_with_its_letter() -> None:
    passages = cut(make_document([("paragraph", "e\u0301" * 60, ())]), limit=21)
    assert all(passage.text.startswith("e") for passage in passages)


def test_a_head_row_too_long_keeps_whole_cells_and_loses_nothing() -> None:
    head = " | ".join(f"column {n}" for n in range(20))
    passages = cut(make_document([("header", head, ()), ("row", "a | b", ())]), limit=60)
    rows = [passage for passage in passages if passage.header]
    assert [passage.text for passage in rows] == ["a | b"]
    assert rows[0].header == "column 0 | column 1"
    assert " ".join(passage.text for passage in passages if not passage.header).count("column") == 20


def test_each_passage_has_its_own_language() -> None:
    document = make_document([("paragraph", "The path is short.", ("A",)), ("paragraph", "功耗更低。", ("B",))])
    assert [passage.language for passage in cut(document)] == ["en", "zh"]


def test_a_limit_that_holds_nothing_is_refused() -> None:
    with pytest.raises(ValueError, match="at least 20"):
        cut(make_document([]), limit=5)
