"""From questions to sums over the numbers of documents, end to end."""

from collections.abc import Sequence
from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from settling import refusal, settle, value

from agent.calculator.expression import evaluate
from agent.calculator.formula import Interval
from agent.calculator.rounding import Rounding
from agent.operands import Plan, find_operands
from agent.operands.ratios import ratios, term_names
from corpus.document import Passage


def passage(text: str, *, name: str = "p1", header: str = "", section: tuple[str, ...] = ()) -> Passage:
    return Passage(name, "doc", 1, 0, len(text), text, "en", section, header)


INCOME = passage(
    "| (in $ millions, except per share data) | FY18 | FY19 | FY20 |\n"
    "| Revenue | $100.0 | $120.0 | $150.0 |\n"
    "| Cost of revenue | (60.0) | (70.0) | (90.0) |\n"
    "| Gross profit | 40.0 | 50.0 | 60.0 |\n"
    "| Service revenue: | | | |\n"
    "| Support (1) | 10 | 12 | 15 |\n"
    "| Training | 5 | — | 8 |\n"
    "| Total service revenue | 15 | 12 | 23 |\n"
    "| Net loss | (4.0) | (6.0) | (3.0) |\n"
    "| Operating margin | 12% | 15% | 14.5% |\n"
    "| Earnings per share | $(0.40) | $(0.60) | $(0.30) |\n"
    "| Headcount | 1,000 | 1,100 | 1,250 |"
)
ENGLISH = [
    ("What was the change in revenue from FY18 to FY20?", "50"),
    ("By how much did revenue increase between 2018 and 2020?", "50"),
    ("What was the percentage change in revenue in 2020 from 2019?", "25"),
    ("How much did revenue grow in percent from 2018 to 2019?", "20"),
    ("What was the revenue growth in fiscal 2019?", "20"),
    ("What was the year-over-year growth rate of revenue in FY20?", "25"),
    ("What was the increase in cost of revenue between 2019 and 2020?", "20"),
    ("What was the change in net loss from 2018 to 2019?", "-2"),
    ("What was the change in operating margin from 2018 to 2019?", "3"),
    ("What is the average revenue for 2018 and 2019?", "110"),
    ("What was the average revenue from FY18 to FY20?", "123.33"),
    ("What is the sum of revenue in 2019 and 2020?", "270"),
    ("What is the total service revenue for 2018 to 2020?", "50"),
    ("What was the sum of support and training in FY18?", "15"),
    ("What is training as a percentage of total service revenue in 2020?", "34.78"),
    ("What percentage of total service revenue was support in FY18?", "66.67"),
    ("What proportion of revenue was gross profit in 2019?", "0.42"),
    ("What is the ratio of revenue to gross profit in FY20?", "2.5"),
    ("How many times larger was revenue than gross profit in FY20?", "2.5"),
    ("What was the gross margin in FY19?", "41.67"),
    ("What was the difference between revenue and gross profit in 2020?", "90"),
    ("In 2018, how much higher was support than training?", "5"),
    ("What was the CAGR of revenue from FY18 to FY20?", "22.47"),
    ("What is the highest revenue?", "150"),
    ("In which year was headcount lowest?", "1000"),
    ("How many years did revenue exceed $110 million?", "2"),
    ("How many years did headcount exceed 1,200?", "1"),
    ("How many components are there under service revenue?", "2"),
    ("What was the sum of revenue in 2018 and gross profit in 2019?", "150"),
    ("What is the change in total revenue from 2018 to 2019?", "20"),
    ("How much higher was revenue in 2019 than in 2018?", "20"),
    ("What is the difference between 2018 and 2019 revenue?", "20"),
    ("What is the percentage difference between 2018 and 2019 revenue?", "20"),
    ("By how much did revenue exceed gross profit in 2019?", "70"),
    ("How much does gross profit represent as a percentage of revenue in 2019?", "41.67"),
    ("What is the ratio of revenue in 2019 to 2018?", "1.2"),
    ("What is revenue minus cost of revenue in 2020?", "60"),
    ("What is the change in revenue between the years ended December 31, 2018 and 2019?", "20"),
    ("What was the change in the average revenue between 2019 and 2020?", "25"),
    ("What is the average of support, training and gross profit in 2018?", "18.33"),
]


@pytest.mark.parametrize(("question", "expected"), ENGLISH)
def test_english_questions_over_a_table(question: str, expected: str) -> None:
    assert value(question, INCOME) == Decimal(expected)


def test_a_plan_says_unit_scale_place_and_rounding() -> None:
    plan = settle("What was the change in revenue from FY18 to FY20, to one decimal place?", INCOME)
    assert (plan.expression, plan.unit, plan.scale, plan.rounding.decimals) == (
        "revenue_2020 - revenue_2018", "USD", Decimal(10**6), 1,
    )  # fmt: skip
    old, new = plan.operands
    assert (old.text, old.value, old.given, old.label) == ("$100.0", Decimal("100.0"), "100.0 USD", "Revenue · 2018")
    assert (new.text, new.passage_id) == ("$150.0", "p1")
    assert settle("What was the revenue growth in 2019?", INCOME).result_scale == 1


def test_units_of_shares_and_points() -> None:
    assert settle("What was the change in operating margin from 2018 to 2019?", INCOME).unit == "pp"
    assert settle("What share of revenue was gross profit in 2019?", INCOME).unit == "%"
    assert settle("What is the ratio of gross profit to revenue in 2019?", INCOME).unit == ""
    assert settle("What is the average headcount in 2018 and 2019?", INCOME).unit == ""
    per_share = settle("What was the change in earnings per share from 2018 to 2019?", INCOME)
    assert (per_share.scale, per_share.unit) == (1, "USD")


def test_a_bracketed_deduction_is_taken_by_its_size_and_a_loss_is_not() -> None:
    cost = settle("What is the average cost of revenue for 2018 and 2019?", INCOME)
    assert cost.expression == "average(abs(cost_of_revenue_2018), abs(cost_of_revenue_2019))"
    assert [one.value for one in cost.operands] == [-60, -70]
    assert "size" in cost.notes[0].en
    assert value("What is the average net loss for 2018 and 2019?", INCOME) == -5


def test_the_average_of_one_year_is_that_of_two_and_says_so() -> None:
    plan = settle("What is the 2019 average revenue?", INCOME)
    assert plan.expression == "average(revenue_2018, revenue_2019)"
    assert "year before" in plan.notes[0].en


def test_the_best_year_is_named() -> None:
    assert settle("In which year was support revenue highest?", INCOME).chosen == "2020"


def test_growth_from_a_negative_base_says_so_and_from_nothing_is_refused() -> None:
    loss = settle("What was the percentage change in net loss from 2018 to 2019?", INCOME)
    assert "negative" in loss.notes[0].en and "size" in loss.notes[0].en
    assert refusal("What was the growth in training from FY19 to FY20?", INCOME) == "zero base"


@pytest.mark.parametrize(
    ("question", "reason"),
    [
        ("What was the revenue in FY19?", "no arithmetic"),
        ("Why did revenue increase from FY18 to FY19?", "no arithmetic"),
        ("What was the change in revenue from 2016 to 2018?", "no such period"),
        ("What was the percentage change in total assets from 2018 to 2019?", "not found"),
        ("What was the growth in marketing costs in 2019?", "not found"),
        ("How did headcount change?", "no such period"),
        ("What is the average growth rate of revenue from 2018 to 2020?", "no arithmetic"),
        ("What was the average change in revenue from 2018 to 2020?", "no arithmetic"),
        ("What is the change in diluted earnings per share from 2018 to 2019?", "not found"),
        ("How many quarters did revenue exceed $50 million?", "no such period"),
        ("What is the quarterly average of revenue in 2019?", "no such period"),
    ],
)
def test_what_is_not_settled_is_declined_with_its_reason(question: str, reason: str) -> None:
    assert refusal(question, INCOME) == reason


def test_rows_of_one_name_are_told_apart_by_their_sub_head_or_declined() -> None:
    table = passage("| | 2022 | 2021 |\n| Europe: | | |\n| Licences | 30 | 20 |\n| Asia: | | |\n| Licences | 9 | 6 |")
    assert value("What was the change in licences in Asia from 2021 to 2022?", table) == 3
    assert refusal("What was the change in licences from 2021 to 2022?", table) == "ambiguous"


def test_heads_that_span_columns_and_come_again() -> None:
    table = passage(
        "| | Hardware | | Software | |\n| | 2022 | 2021 | 2022 | 2021 |\n| Orders | 40 | 30 | 9 | 6 |\n"
        "| | Year ended December 31, 2020 | | | |\n| | Alpha | Beta | Gamma | Total |\n| Returns | 1 | 2 | 3 | 6 |"
    )
    assert value("What was the percentage change in software orders from 2021 to 2022?", table) == 50
    assert value("What is the difference between Gamma and Alpha returns in 2020?", table) == 2


def test_quarters_and_months() -> None:
    table = passage(
        "| | High | Low |\n| 2022: | | |\n| First Quarter | $10.00 | $8.00 |\n| Second Quarter | $12.00 | $9.00 |\n"
        "| 2021: | | |\n| First Quarter | $6.00 | $5.00 |\n| Second Quarter | $7.00 | $4.00 |",
        section=("Price range of common stock",),
    )
    assert value("What was the difference between the high and low price in Q1 2021?", table) == 1
    assert value("What was the mean quarterly low price in 2022?", table) == Decimal("8.5")
    assert value("What was the change in the high price between Q1 2021 and Q1 2022?", table) == 4
    months = passage("| | August 31,2022 | May 31,2022 |\n| Net revenue | $66 | $60 |")
    assert value("What was the percentage change in net revenue between May 2022 and August 2022?", months) == 10


def test_rows_are_added_up_under_a_sub_head_or_in_a_column() -> None:
    table = passage(
        "| Name | Wages paid in coin ($) | Gifts ($) |\n| Harbour pilots: | | |\n| A. Alder | 10,000 | 5,000 |\n"
        "| B. Birch | 20,000 | 5,000 |\n| River pilots: | | |\n| C. Cedar | 60,000 | — |\n"
        "| D. Dogwood | 2,000 | 9 |"
    )
    assert value("What is the average of the wages paid in coin to all pilots?", table) == 23000
    assert value("What is the sum of gifts of the river pilots?", table) == 9
    assert value("How many pilots had wages paid in coin above $15,000?", table) == 2


def test_two_operands_from_two_tables() -> None:
    first = passage("| | 2023 |\n| Staff | 50 |", name="a")
    second = passage("| | 2023 |\n| Sites | 10 |", name="b")
    assert value("What is the ratio of staff to sites in 2023?", first, second) == 5


SUPPLIERS = passage(
    "Retimed pluggable (RTP) | 25 | 14 | Lab notes | 2024\nLinear pluggable | 11 | 6.4 | Lab notes | 2024\n"
    "Co-packaged | 7 | 4 | Lab notes | 2025\nExternal laser | under 12 | 3 to 4 | Lab notes | 2025",
    header="Module | Power in W | Energy in pJ/bit | Source | Year",
    section=("Power of modules",),
)


def test_a_products_table_with_units_in_its_heads() -> None:
    assert value("What is the ratio of RTP power to co-packaged power?", SUPPLIERS) == Decimal("3.57")
    saving = settle("How much higher is the power of the linear pluggable than of the co-packaged module?", SUPPLIERS)
    assert (saving.unit, [one.given for one in saving.operands]) == ("W", ["11 W", "7 W"])
    energy = settle("What is the difference in energy between linear pluggable and co-packaged?", SUPPLIERS)
    assert (energy.unit, energy.expression) == ("pJ/bit", "linear_pluggable - co_packaged")


def test_a_range_stays_a_range_and_a_bound_is_refused() -> None:
    plan = settle("What is the difference in energy between external laser and co-packaged?", SUPPLIERS)
    assert plan.operands[0].value == Interval(Decimal(3), Decimal(4))
    asked = "What is the difference in power between external laser and co-packaged?"
    assert refusal(asked, SUPPLIERS) == "not exact"


def test_it_owns_a_cell_of_the_same_row() -> None:
    table = passage(
        "Small kit | 310 | 430\nLarge kit | 500 | 1,000", header="Kit | Cost of parts in US$ | Price in US$"
    )
    assert value("What percentage of the price of the large kit is its cost of parts?", table) == 50


CHINESE = passage(
    "营业收入 | 1,234.56 | 1,000.00 | 23.46%\n营业成本 | 800.00 | 700.00 | 14.29%\n研发费用 | 120.5 | 100 | 20.50%\n"
    "销售费用 | (50.00) | (40.00) | 25%\n净利润 | 88.1 | -12.3 | 不适用",
    header="项目 | 2023年 | 2022年 | 同比增减",
    section=("主要会计数据（单位：万元）",),
)


@pytest.mark.parametrize(
    ("question", "expected"),
    [
        ("2023年营业收入比2022年增长了百分之几？", "23.46"),
        ("2023年营业收入比2022年增加了多少？", "234.56"),
        ("2022年到2023年研发费用的增长率是多少？", "20.5"),
        ("2023年营业收入同比增长多少？", "23.46"),
        ("研发费用占营业收入的比例是多少（2023年）？", "0.1"),
        ("2023年研发费用占营业收入的比重", "9.76"),
        ("2023年毛利率是多少？保留一位小数", "35.2"),
        ("2022年和2023年营业收入的平均值是多少？", "1117.28"),
        ("2022年和2023年研发费用合计多少？", "220.5"),
        ("2023年研发费用和销售费用之和", "170.5"),
        ("2023年营业收入与营业成本的差额是多少？", "434.56"),
        ("2023年营业收入是营业成本的多少倍？", "1.54"),
        ("2023年销售费用同比变动率是多少", "25"),
        ("营业收入哪一年最高？", "1234.56"),
        ("有几年营业收入超过1100万元？", "1"),
        ("2023年净利润率是多少", "7.14"),
        ("2023年研发费用占营业收入的百分之多少？", "9.76"),
        ("2023年营业成本同比增加了多少万元？", "100"),
        ("2023年营业收入较上年增长多少？", "234.56"),
        ("2023年营业收入减去营业成本是多少", "434.56"),
        ("2023年营业收入是2022年的多少倍", "1.23"),
    ],
)
def test_chinese_questions_over_a_table(question: str, expected: str) -> None:
    assert round(value(question, CHINESE), 1) == round(Decimal(expected), 1)


def test_chinese_money_has_its_scale() -> None:
    plan = settle("2023年营业收入比2022年增加了多少万元？", CHINESE)
    assert (plan.unit, plan.scale) == ("CNY", 10000)
    assert settle("2023年毛利率是多少？保留一位小数", CHINESE).rounding.decimals == 1
    assert settle("2023年毛利率是多少？", CHINESE).formula == "gross_margin"


@pytest.mark.parametrize(
    ("question", "passage", "rounding"),
    [
        ("What was the change in revenue from 2018 to 2019, to 3 sig figs?", INCOME, Rounding(significant=3)),
        ("What was the growth in revenue from 2018 to 2019 (to 2 s.f.)?", INCOME, Rounding(significant=2)),
        ("By how much did revenue change from 2018 to 2019, to the nearest $10 million?", INCOME, Rounding(-7)),
        ("2023年营业收入同比增长率是多少？取三位有效数字", CHINESE, Rounding(significant=3)),
        ("2023年营业收入与营业成本的差额是多少？四舍五入到百万", CHINESE, Rounding(-6)),
        ("2023年营业收入与营业成本的差额是多少，精确到万元", CHINESE, Rounding(-4)),
    ],
)
def test_the_words_of_rounding_are_read_and_name_nothing(question: str, passage: Passage, rounding: Rounding) -> None:
    assert settle(question, passage).rounding == rounding


@pytest.mark.parametrize(
    ("question", "reason"),
    [
        ("2023年总资产增长率是多少？", "not found"),
        ("2024年营业收入增长率", "no such period"),
        ("2023年三费比重", "not found"),
        ("2023年营业收入是多少？", "no arithmetic"),
        ("为什么2023年营业收入同比增长？", "no arithmetic"),
    ],
)
def test_chinese_questions_that_are_declined(question: str, reason: str) -> None:
    assert refusal(question, CHINESE) == reason


def test_opening_and_closing_balances_are_those_of_two_years() -> None:
    table = passage(
        "货币资金 | 500 | 400\n流动资产合计 | 2,000 | 1,800\n存货 | 300 | 350\n流动负债合计 | 1,000 | 1,200",
        header="项目 | 期末余额 | 期初余额",
        section=("资产负债表", "2023年12月31日"),
    )
    assert value("2023年的流动比率", table) == 2
    assert value("2023年速动比率是多少？", table) == Decimal("1.7")
    assert value("2023年货币资金增长率", table) == 25


def test_sentences_give_operands() -> None:
    text = passage(
        "甲乙科技股份有限公司（甲乙科技）2021年年度报告：营业利润为901.5元；上年营业利润为1000元；存货为2090元。"
    )
    assert value("2021年甲乙科技营业利润增长率是多少?保留2位小数。", text) == Decimal("-9.85")
    plan = settle("2021年甲乙科技存货与营业利润之比", text)
    assert plan.operands[0].text == "2090元"
    news = passage("丙公司2024年实现营业收入17.5亿元，同比增长4.3%；净利润为0.7亿元。2023年营业收入为14亿元。")
    assert value("丙公司2024年营业收入增长率是多少？", news) == 25
    assert value("2024年净利润率", news) == 4


def test_lists_that_go_together_respectively() -> None:
    text = passage(
        "The fair value of awards that vested during 2022, 2021 and 2020 was $41 million, $73 million and"
        " $16 million, respectively."
    )
    asked = "What is the sum of the fair value of awards vested during 2022, 2021 and 2020?"
    assert value(asked, text) == 130
    assert settle(asked, text).scale == Decimal(10**6)
    assert value("What was the change in the fair value of awards vested from 2021 to 2022?", text) == -32


def test_from_one_number_to_another() -> None:
    text = passage("Her salary as head of sales increased from $80,000 to $92,000 in 2016.")
    asked = "What was the percentage increase in the salary of the head of sales in 2016?"
    assert value(asked, text) == 15
    han = passage("光模块产能由20万只增长至25万只。", name="h")
    assert value("光模块产能增长率是多少？", han) == 25


def test_the_change_of_a_named_ratio_is_in_points() -> None:
    plan = settle("What was the change in gross margin from 2018 to 2019?", INCOME)
    assert (plan.unit, plan.formula) == ("pp", "gross_margin")
    assert value("What was the change in gross margin from 2018 to 2019?", INCOME) == Decimal("1.67")
    assert value("2023年毛利率比2022年提高了多少个百分点？", CHINESE) == Decimal("5.2")
    assert refusal("2023年营业收入较2022年增长多少个百分点？", CHINESE) == "not exact"


def test_a_sum_as_a_share() -> None:
    assert value("2023年研发费用与销售费用合计占营业收入的比重", CHINESE) == Decimal("13.81")
    asked = "What is the sum of support and training as a percentage of revenue in 2020?"
    assert value(asked, INCOME) == Decimal("15.33")


def test_several_things_over_time() -> None:
    asked = "What is the percentage change in support as well as gross profit from 2018 to 2020?"
    plan = settle(asked, INCOME)
    assert plan.expression == "(support_2020 + gross_profit_2020) / (support_2018 + gross_profit_2018) - 1"
    assert value(asked, INCOME) == 50


def test_japanese_questions() -> None:
    table = passage(
        "売上高 | 1,200 | 1,000\n営業利益 | 300 | 180",
        header="項目 | 2024年度 | 2023年度",
        section=("連結業績（単位：百万円）",),
    )
    assert value("2023年度から2024年度の売上高の増加率は？", table) == 20
    assert value("2024年度の営業利益率はいくらですか？", table) == 25
    assert value("2023年度と2024年度の売上高の合計は？", table) == 2200
    assert value("売上高に占める営業利益の割合は？2024年度", table) == 25
    assert settle("2023年度と2024年度の売上高の合計は？", table).scale == Decimal(10**6)


def test_no_passages_and_no_numbers() -> None:
    assert refusal("What was the change in revenue from 2018 to 2019?") == "no figures"
    assert refusal("What was the change in revenue from 2018 to 2019?", passage("Revenue rose.")) == "no figures"


def test_every_ratio_is_defined_over_known_terms_and_computes() -> None:
    for ratio in ratios():
        assert set(ratio.terms) <= set(term_names()), ratio.id
        evaluate(
            ratio.expression, dict.fromkeys(ratio.terms, 7), unit=ratio.unit
        ) if "-" not in ratio.expression else None
    names = [name for ratio in ratios() for name in ratio.names]
    assert len(names) == len(set(names))


# --- Laws -------------------------------------------------------------------------------------------------------------

amounts = st.decimals(min_value=1, max_value=10**9, places=2)
LABELS = ("Revenue", "Inventories", "Deferred taxes", "Trade receivables, net", "Goodwill")


@settings(max_examples=60, deadline=None)
@given(st.lists(st.tuples(amounts, amounts, amounts), min_size=5, max_size=5), st.sampled_from(range(5)))
def test_changes_growth_sums_and_averages_are_those_of_the_row(
    rows: Sequence[tuple[Decimal, ...]], chosen: int
) -> None:
    lines = [f"| {label} | {a:,} | {b:,} | {c:,} |" for label, (a, b, c) in zip(LABELS, rows, strict=True)]
    table = passage("\n".join(("| | 2022 | 2021 | 2020 |", *lines)))
    new, old, _ = rows[chosen]
    label = LABELS[chosen].lower()
    assert value(f"What was the change in {label} from 2021 to 2022?", table) == new - old
    assert value(f"What is the sum of {label} in 2021 and 2022?", table) == new + old
    assert abs(value(f"What is the average {label} for 2021 and 2022?", table) - (new + old) / 2) <= Decimal("0.01")
    growth = value(f"What was the percentage change in {label} from 2021 to 2022?", table)
    assert abs(growth - (new / old - 1) * 100) <= Decimal("0.01")


@settings(max_examples=200, deadline=None)
@given(st.text(max_size=120), st.text(max_size=200))
def test_any_text_is_read_without_failing_and_spans_are_true(question: str, text: str) -> None:
    found = find_operands(question, [passage(text), INCOME])
    if isinstance(found, Plan):
        texts = {"p1": (text, INCOME.text)}
        for one in found.operands:
            assert any(each[one.start : one.end] == one.text for each in texts[one.passage_id])


WORDS = (
    "What is the change difference percentage of in from to 2018 2019 FY20 between revenue cost total average sum ratio"
    " growth and as a Q3 how many years exceed $5 million 营业收入 增长率 占 2023年 比例 ? , ( ) % \ue000"
).split()


@settings(max_examples=150, deadline=None)
@given(st.lists(st.sampled_from(WORDS), max_size=14))
def test_jumbled_questions_give_a_plan_that_computes_or_a_reason(words: list[str]) -> None:
    found = find_operands(" ".join(words), [INCOME, CHINESE])
    if isinstance(found, Plan):
        evaluate(found.expression, {one.name: one.given for one in found.operands})
