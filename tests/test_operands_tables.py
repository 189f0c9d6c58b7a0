"""Tables, sentences, cells and periods as figures."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from agent.operands.figures import Figure, Measure, read_cell, read_measure, stated_measure
from agent.operands.periods import Period, find_periods, label_period, without_periods
from agent.operands.sentences import read_sentences
from agent.operands.tables import read_tables
from agent.operands.words import words_of
from corpus.document import Passage


def figures(text: str, *, header: str = "", section: tuple[str, ...] = (), around: str = "") -> list[Figure]:
    return read_tables(Passage("p", "d", 1, 0, len(text), text, "en", section, header), 0, stated_measure(around))


def shown(figure: Figure) -> tuple[str, str, str, str]:
    return figure.text, figure.label, figure.head, str(figure.period)


@pytest.mark.parametrize(
    ("cell", "value", "unit"),
    [
        ("1,234.5", "1234.5", None), ("$ 1,073.6", "1073.6", "USD"), ("(1,234)", "-1234", None),
        ("$(3,141)", "-3141", "USD"),
        ("(35)%", "-35", "%"), ("7 %", "7", "%"), ("271,000(1)", "271000", None), ("—", "0", None), ("$-", "0", None),
        ("12.5x", "12.5", "x"), ("8.2亿元", "8.2", "CNY"), ("2.15 years", "2.15", "years"), ("-3.5", "-3.5", None),
        ("NT$ 61,803", "61803", "TWD"), ("51.2 Tb/s", "51200", "Gb/s"), ("\u2212 4", "-4", None),
    ],
)  # fmt: skip
def test_cells(cell: str, value: str, unit: str | None) -> None:
    number = read_cell(cell)
    assert number is not None
    assert (number.value, number.measure.unit, number.exact) == (Decimal(value), unit, True)


@pytest.mark.parametrize("cell", ["2019", "N/A", "US$000", "ASC 606", "31 December", "8 engines of 3.2T", "see note 4"])
def test_cells_that_hold_no_number(cell: str) -> None:
    assert read_cell(cell) is None


def test_cells_that_hold_a_bound_or_a_range() -> None:
    bound, several = read_cell("under 12 W"), read_cell("3 to 4")
    assert bound is not None and not bound.exact
    assert several is not None and (several.value, several.high) == (3, 4)


@pytest.mark.parametrize(
    ("words", "unit", "scale"),
    [
        ("($ in millions)", "USD", 10**6), ("(in thousands, except per share data)", None, 1000),
        ("RMB’Million", "CNY", 10**6), ("$'000", "USD", 1000), ("€m", "EUR", 10**6),
        ("单位：万元", "CNY", 10**4), ("人民币亿元", "CNY", 10**8),
        ("Power in W", "W", 1), ("Capacity in Tb/s", "Gb/s", 1000), ("% change", "%", None),
    ],
)  # fmt: skip
def test_units_and_scales_of_heads(words: str, unit: str | None, scale: int | None) -> None:
    assert read_measure(words) == Measure(unit, None if scale is None else Decimal(scale))


def test_text_beside_a_table_counts_only_when_it_speaks_of_amounts() -> None:
    assert stated_measure("The following table shows revenue (amounts in millions):").scale == 10**6
    assert stated_measure("Millions of people bought it.") == Measure()
    assert figures("| | 2020 |\n| Sales | 7 |", around="(in thousands)")[0].scale == 1000


def test_stacked_and_spanning_heads() -> None:
    found = figures(
        "| | Assets | | Debts | |\n| | 2020 | 2019 | 2020 | 2019 |\n| | £m | £m | £m | £m |\n"
        "| Opening | 1 | 2 | 3 | 4 |"
    )
    assert [shown(one)[2:] for one in found] == [
        ("Assets", "2020"), ("Assets", "2019"), ("Debts", "2020"), ("Debts", "2019"),
    ]  # fmt: skip
    assert {(one.unit, one.scale) for one in found} == {("GBP", Decimal(10**6))}


def test_a_head_over_some_columns_and_periods_of_their_own() -> None:
    found = figures("| | Year ended 31 May | | Change |\n| | 2020 | 2019 | |\n| Sales | 9 | 8 | 1 |")
    assert [shown(one)[2:] for one in found] == [("", "2020-05"), ("", "2019-05"), ("Change", "")]


def test_sub_heads_totals_and_unnamed_rows() -> None:
    found = figures(
        "| | 2020 |\n| Current tax: | |\n| Federal (1) | 5 |\n| | 5 |\n| Deferred tax: | |\n| Federal | 4 |\n"
        "| Total tax | 9 |"
    )
    assert [(one.label, one.groups, one.total) for one in found] == [
        ("Federal", ("Current tax",), False), ("Total Current tax:", ("Current tax",), True),
        ("Federal", ("Deferred tax",), False), ("Total tax", ("Deferred tax",), True),
    ]  # fmt: skip


def test_rows_may_be_the_periods() -> None:
    found = figures("| | High |\n| 2020: | |\n| First Quarter | $9 |\n| 2019: | |\n| First Quarter | $8 |")
    assert [str(one.period) for one in found] == ["2020-Q1", "2019-Q1"]


def test_a_table_as_our_readers_write_it() -> None:
    found = figures("Alpha | 25 | Weekly | 2024\n | 11 | Daily | 2023", header="Part | Power in W | Source | Year")
    assert [(one.text, one.label, one.unit) for one in found] == [("25", "Alpha", "W"), ("11", "Total", "W")]


def test_a_date_in_a_row_label_is_not_the_row_of_a_year() -> None:
    found = figures("| | 2019 | 2018 |\n| 3.000% senior notes due in the year 2027 | 600 | 500 |")
    assert [str(one.period) for one in found] == ["2019", "2018"]


@given(st.text(alphabet="|\n 0123456789.,()$%abcYear—-:", max_size=300), st.text(alphabet="| ab2019", max_size=40))
def test_any_lines_and_bars_are_read_and_spans_are_true(text: str, header: str) -> None:
    for one in figures(text, header=header):
        assert text[one.start : one.end] == one.text


def test_sentences_keep_words_unit_scale_and_period() -> None:
    text = "In 2021 net debt was $3.7 billion (2020: $3.1 billion) and the company had 640 employees."
    found = read_sentences(Passage("p", "d", 1, 0, len(text), text, "en"), 0)
    assert [(one.text, one.value, one.scale, one.unit, str(one.period)) for one in found] == [
        ("$3.7 billion", Decimal("3.7"), Decimal(10**9), "USD", "2021"),
        ("$3.1 billion", Decimal("3.1"), Decimal(10**9), "USD", "2020"),
        ("640", Decimal(640), Decimal(1), "", "2021"),
    ]


@pytest.mark.parametrize(
    ("text", "periods"),
    [
        ("from Q4 2018 to fiscal 2019", ["2018-Q4", "2019"]), ("Dec 29, 2018", ["2018-12"]), ("FY18", ["2018"]),
        ("2018年第三季度", ["2018-Q3"]), ("2023年末", ["2023"]), ("上年同期", ["prior year"]),
        ("first half of 2020", ["2020-H1"]),
        ("2024年度", ["2024"]), ("总人数为2090", []), ("$2,019 and 2019.5", []), ("November 2018", ["2018-11"]),
    ],
)  # fmt: skip
def test_periods(text: str, periods: list[str]) -> None:
    assert [str(one.period) for one in find_periods(text)] == periods


def test_periods_of_labels() -> None:
    assert label_period("Three months ended 31 December 2018") == Period(2018, quarter=4, month=12, day=31)
    assert str(label_period("2019 versus 2018")) == ""
    assert without_periods("营业收入（2021年）") == "营业收入（ ）"
    assert without_periods("Current year tax") == "Current year tax"
    assert Period(2018, month=12).covers(Period(2018)) and not Period(2018).covers(Period(2018, quarter=4))
    assert Period(steps=-1, relative=True).within(Period(2021)) == Period(2020)


def test_words_are_compared_without_their_endings() -> None:
    assert words_of("Purchasing obligations") == words_of("purchase obligation")
    assert words_of("R&D expenses") == words_of("research and development expense")
    assert words_of("営業利益") == {"営業", "業利", "利益"}
