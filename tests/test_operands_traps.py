"""Passages and questions that invite a wrong number: the right one comes out, or none."""

import time
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from agent.calculator.expression import evaluate
from agent.errors import CalculationError
from agent.operands import Plan, Unsettled, find_operands
from agent.operands.kinds import kind_of
from corpus.document import Passage


def passage(text: str, *, header: str = "", section: tuple[str, ...] = ()) -> Passage:
    return Passage("p1", "doc", 1, 0, len(text), text, "en", section, header)


def settle(question: str, text: str) -> Plan:
    plan = find_operands(question, [passage(text)])
    assert isinstance(plan, Plan), plan
    return plan


def value(plan: Plan) -> Decimal:
    found = evaluate(plan.expression, {one.name: one.given for one in plan.operands}, unit=plan.unit).output().value
    assert isinstance(found, Decimal)
    return found


def refusal(question: str, text: str) -> Unsettled:
    plan = find_operands(question, [passage(text)])
    assert isinstance(plan, Unsettled), plan
    assert plan.words.en and plan.words.zh
    return plan


# --- Percentage points, and periods that no text gives ----------------------------------------------------------------

HARBOUR = "The harbour's share of grain exports fell from 41% to 34% between 2016 and 2018."


@pytest.mark.parametrize(
    "question",
    [
        "By how many percentage points did the harbour's share of grain exports fall?",
        "How many percentage points did the harbour's share of grain exports fall between 2016 and 2018?",
        "What was the percentage point change in the harbour's share of grain exports?",
    ],
)
def test_percentage_points_are_a_difference_and_never_a_rate(question: str) -> None:
    plan = settle(question, HARBOUR)
    assert plan.operation == "change"
    assert (plan.unit, value(plan)) == ("pp", Decimal(-7))
    assert [one.label.rpartition(" · ")[2] for one in plan.operands] == ["2016", "2018"]


def test_growth_of_a_share_says_that_it_is_no_difference_in_points() -> None:
    plan = settle("What was the growth rate of the harbour's share of grain exports?", HARBOUR)
    assert plan.unit == "%" and "points" in plan.notes[0].en


def test_points_are_no_answer_where_nothing_is_a_percentage() -> None:
    text = "The toll rose from $4 to $5 between 2016 and 2018."
    assert refusal("By how many percentage points did the toll rise?", text).reason == "not exact"


@pytest.mark.parametrize(
    ("text", "periods"),
    [
        ("Between 2016 and 2018, the ferry toll rose from $40 to $50.", ["2016", "2018"]),
        ("The ferry toll rose from $40 to $50 from 2016 to 2018.", ["2016", "2018"]),
        ("The ferry toll rose from $40 to $50 in 2018.", ["before 2018", "2018"]),
        ("The ferry toll rose from $40 to $50.", ["before", "after"]),
    ],
)
def test_the_ends_of_a_change_have_the_periods_that_are_given(text: str, periods: list[str]) -> None:
    plan = settle("By how much did the ferry toll rise?", text)
    assert value(plan) == 10
    assert [one.label.rpartition(" · ")[2] for one in plan.operands] == periods


@pytest.mark.parametrize(
    ("question", "text"),
    [
        ("What was the change in the ferry toll from 2017 to 2018?", "The ferry toll rose from $40 to $50 in 2018."),
        ("What was the CAGR of the ferry toll?", "The ferry toll rose from $40 to $50 in 2018."),
        ("In which year was the ferry toll lowest?", "The ferry toll rose from $40 to $50 in 2018."),
        ("By how much did the ferry toll rise?", "The ferry toll rose from $40 to $50 in 2018 and 2016."),
        ("By how much did the ferry toll rise?", "Planned since 2011, the ferry toll rose from $40 to $50 in 2018."),
        (
            "What was the change in the ferry toll from 2016 to 2018?",
            "The ferry toll grew by $3 between 2016 and 2017. The ferry toll grew by $4 between 2018 and 2019.",
        ),
    ],
)
def test_a_period_is_never_made_up(question: str, text: str) -> None:
    assert refusal(question, text).reason in ("no such period", "not found")


def test_a_change_within_the_year_asked_is_that_years() -> None:
    assert (
        value(settle("What was the change in the ferry toll in 2018?", "The ferry toll rose from $4 to $5 in 2018."))
        == 1
    )


# --- Growth from a negative base --------------------------------------------------------------------------------------

ORCHARD = (
    "| $ in thousands | 2031 | 2030 |\n| Cider income | 90 | (45) |\n| Pear result | (30) | (20) |\n"
    "| Plum result | (30) | 20 |\n| Picking costs | (60) | (50) |"
)


@pytest.mark.parametrize(
    "question",
    [
        "What was the growth in cider income from 2030 to 2031?",
        "By what percentage did cider income change from 2030 to 2031?",
        "By what factor did cider income grow from 2030 to 2031?",
        "How many percent higher was cider income than pear result in 2031?",
    ],
)
def test_no_growth_from_a_negative_base_to_a_positive_figure(question: str) -> None:
    found = refusal(question, ORCHARD)
    assert found.reason == "zero base" and "the base is negative" in found.words.en


def test_two_losses_are_set_beside_each_other_by_size_and_that_is_said() -> None:
    plan = settle("What was the percentage change in pear result from 2030 to 2031?", ORCHARD)
    assert value(plan) == 50 and "size" in plan.notes[0].en
    assert value(settle("What was the percentage change in plum result from 2030 to 2031?", ORCHARD)) == -250
    assert value(settle("What was the percentage change in picking costs from 2030 to 2031?", ORCHARD)) == 20
    assert value(settle("What was the change in cider income from 2030 to 2031?", ORCHARD)) == 135


@given(st.integers(-(10**6), -1), st.integers(-(10**6), 10**6))
def test_growth_of_the_calculator_refuses_a_negative_base(old: int, new: int) -> None:
    with pytest.raises(CalculationError, match="negative"):
        evaluate("growth(a, b)", {"a": old, "b": new})


# --- Counts, rates and prices in a table of money ---------------------------------------------------------------------

FOUNDRY = (
    "| $ in millions except per share data | 2042 | 2041 |\n| Bell sales | 600 | 500 |\n"
    "| EPS (dollars) | 2.40 | 2.10 |\n| Bells per founder | 8 | 6 |\n| Units cast and units sold | 70 | 50 |\n"
    "| Units sold | 60 | 40 |\n| Days of stock | 45 | 41 |\n| Founders (number of employees) | 30 | 20 |\n"
    "| Scrap rate | 4 | 3 |\n| Bell customers | 12 | 10 |\n| Toll per bell (cents) | 30 | 20 |\n"
    "| Years of service | 9 | 8 |\n| Sales cover (x) | 3 | 2 |\n| Units leased (thousands) | 5 | 4 |"
)


@pytest.mark.parametrize(
    ("thing", "expected", "unit", "scale"),
    [
        ("bell sales", "100", "USD", 10**6),
        ("EPS", "0.3", "USD", 1),
        ("units sold", "20", "", 1),
        ("days of stock", "4", "", 1),
        ("founders", "10", "", 1),
        ("scrap rate", "1", "", 1),
        ("years of service", "1", "", 1),
        ("units leased", "1", "", 1000),
    ],
)
def test_a_row_of_another_kind_takes_no_money_from_the_head(thing: str, expected: str, unit: str, scale: int) -> None:
    plan = settle(f"What was the change in {thing} from 2041 to 2042?", FOUNDRY)
    assert (value(plan), plan.unit, plan.scale) == (Decimal(expected), unit, Decimal(scale))
    assert {one.unit for one in plan.operands} == {unit}


@pytest.mark.parametrize("thing", ["bell customers", "toll per bell"])
def test_a_row_that_may_be_money_or_a_count_settles_nothing(thing: str) -> None:
    assert refusal(f"What was the change in {thing} from 2041 to 2042?", FOUNDRY).reason == "not exact"


def test_columns_are_of_a_kind_as_rows_are() -> None:
    text = "| Yard ($ in millions) | Sales | Units sold | EPS |\n| North | 90 | 30 | 1.5 |\n| South | 70 | 20 | 1.2 |"
    sales = settle("What is the difference in sales between North and South?", text)
    sold = settle("What is the difference in units sold between North and South?", text)
    each = settle("What is the difference in EPS between North and South?", text)
    assert [(one.unit, one.scale) for one in (sales, sold, each)] == [
        ("USD", Decimal(10**6)),
        ("", Decimal(1)),
        ("USD", Decimal(1)),
    ]


def test_money_is_not_divided_by_a_count_of_unknown_scale() -> None:
    for question in (
        "What is the ratio of bell sales to units sold in 2042?",
        "What are bell sales divided by units sold in 2042?",
        "What is the ratio of units sold to bell sales in 2042?",
        "What is the sum of bell sales and units sold in 2042?",
    ):
        assert refusal(question, FOUNDRY).reason in ("not exact", "not found")
    people = settle("What is the ratio of bell sales to founders in 2042?", FOUNDRY)
    assert value(people) == 20_000_000


def test_a_scale_that_is_said_of_no_money_holds_for_counts() -> None:
    text = "| (in thousands) | 2042 | 2041 |\n| Units sold | 60 | 40 |\n| Scrap rate | 4 | 3 |"
    assert settle("What was the change in units sold from 2041 to 2042?", text).scale == 1000
    assert settle("What was the change in scrap rate from 2041 to 2042?", text).scale == 1


def test_chinese_rows_of_another_kind() -> None:
    text = (
        "| 项目（单位：百万元） | 2042年 | 2041年 |\n| 营业收入 | 600 | 500 |\n| 每股收益 | 2.4 | 2.1 |\n"
        "| 出货量（台） | 60 | 40 |\n| 存货周转天数 | 45 | 41 |\n| 员工人数 | 30 | 20 |"
    )
    found = {
        thing: settle(f"2042年{thing}比2041年增加了多少？", text)
        for thing in ("营业收入", "每股收益", "出货量", "存货周转天数", "员工人数")
    }
    assert [(one.unit, int(one.scale)) for one in found.values()] == [
        ("CNY", 10**6), ("CNY", 1), ("", 1), ("", 1), ("", 1),
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("words", "kind"),
    [
        ("Revenue", "amount"), ("Share-based compensation", "amount"), ("Tax at the statutory rate", "amount"),
        ("Over 90 days past due", "amount"), ("1 - 3 years", "amount"), ("Interest rate swaps", "amount"),
        ("Payable to employees", "amount"), ("Effect of exchange rates on cash", "amount"), ("股东权益", "amount"),
        ("Dividends per share", "per thing"), ("每股收益", "per thing"), ("Percent of sales", "rate"),
        ("Net leverage (x)", "rate"), ("周转率", "rate"), ("Number of stores", "count"), ("股数", "count"),
        ("Number of employees", "people"), ("Company-run stores", "unclear"), ("Common shares", "unclear"),
    ],
)  # fmt: skip
def test_kinds(words: str, kind: str) -> None:
    assert kind_of(words) == kind


# --- Which year -------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("question", "chosen"),
    [
        ("In which year was bell sales highest?", "2042"),
        ("Which year had the lowest bell sales?", "2041"),
        ("In what year was EPS the highest?", "2042"),
    ],
)
def test_which_year_is_answered_with_a_year(question: str, chosen: str) -> None:
    plan = settle(question, FOUNDRY)
    assert plan.chosen == chosen
    assert any(one.label.endswith(chosen) for one in plan.operands)


def test_which_year_of_a_chinese_table_and_of_a_sentence() -> None:
    table = "| 项目 | 2042年 | 2041年 |\n| 钟楼收入 | 600 | 700 |"
    assert settle("钟楼收入哪一年最高？", table).chosen == "2041"
    assert settle("In which year was the harbour's share of grain exports highest?", HARBOUR).chosen == "2016"


def test_years_that_are_equal_are_both_named() -> None:
    table = "| | 2042 | 2041 | 2040 |\n| Bell sales | 600 | 600 | 500 |"
    assert settle("In which year was bell sales highest?", table).chosen == "2041 / 2042"


# --- Long passages ----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "piece", ["5–", "5, ", "5% ", "5和", "from 5 to 7 ", "2019, ", "(2019: 5) ", "五、", "上年", "5 | "]
)
def test_time_grows_with_the_text_and_not_with_its_square(piece: str) -> None:
    question = "What was the change in revenue from 2019 to 2020?"
    find_operands(question, [passage("Revenue rose from 5 to 7 in 2020.")])
    began = time.process_time()
    find_operands(question, [passage(piece * (20_000 // len(piece)))])
    assert time.process_time() - began < 3


def test_a_long_sentence_with_many_numbers_is_read_in_time() -> None:
    began = time.process_time()
    find_operands("What was the change in revenue from 2019 to 2020?", [passage("5% " * 399 + "mill " * 4000)])
    assert time.process_time() - began < 3


def test_a_text_of_many_sentences_is_read() -> None:
    text = "The mill ground 5 tons. " * 150 + "In 2041 bell sales were $4 million. In 2042 bell sales were $7 million."
    assert value(settle("What was the change in bell sales from 2041 to 2042?", text)) == 3


@pytest.mark.parametrize("question", ["What is the difference between LPO and CPO power?", "Which year had the most?"])
@pytest.mark.parametrize(
    "piece",
    [
        "| 5 ",
        "| — ",
        "| Revenue | 5 |\n",
        "| | 2042 |\n| a | 5 |\n",
        "( 5 ) ",
        "5年",
        "-",
        "——",
        "e\u0301",
        "12",
        "\n",
        ", ",
    ],
)
def test_time_grows_with_a_table_and_not_with_its_square(piece: str, question: str) -> None:
    def seconds(size: int) -> float:
        text = passage(piece * (size // len(piece)))
        began = time.process_time()
        find_operands(question, [text])
        return time.process_time() - began

    seconds(1_000)
    few, many = min(seconds(4_000) for _ in range(3)), seconds(40_000)
    assert many < 40 * few + 0.1  # ten times the text; a hundred times the work would be its square


def test_time_grows_with_the_passages_and_not_with_their_square() -> None:
    def seconds(count: int) -> float:
        pages = [
            Passage(f"p{n}", "doc", 1, 0, 20, "| Bell sales | 5 | 6 |" if n % 2 else "Sales were 5 in 2042. " * 3, "en")
            for n in range(count)
        ]
        began = time.process_time()
        find_operands("What was the change in bell sales from 2041 to 2042?", pages)
        return time.process_time() - began

    seconds(10)
    assert seconds(1_000) < 40 * seconds(100) + 0.1
