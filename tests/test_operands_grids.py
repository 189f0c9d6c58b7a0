"""Questions over tables of things and measures, across languages, and what such tables leave unsettled."""

from collections.abc import Sequence
from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from settling import refusal, settle, value

from agent.calculator.expression import evaluate
from agent.operands import Plan, find_operands
from agent.operands.questions import asked_unit
from corpus.document import Passage


def passage(text: str, header: str, *section: str, name: str = "p1") -> Passage:
    return Passage(name, "doc", 1, 0, len(text), text, "en", section, header)


MATERIALS = passage(
    "Gallium arsenide | 5.8 | Handbook | 2020\nSilicon carbide | 4 | Handbook | 2020\n"
    "Silicon | 2.5 | Handbook | 2020\nCopper | 17 | Handbook | 2020\nGlass | 3 to 9 | Handbook | 2020",
    "Material | Coefficient of thermal expansion in ppm/°C | Source | Year",
    "Materials of packages",
    name="materials",
)
MODULES = passage(
    "400G EML | 100 | 160 | Shop | 2026\n400G silicon photonics | 80 | 150 | Shop | 2026\n"
    "800G EML | 200 | 400 | Shop | 2026",
    "Module | Bill of materials in US$ | Price in US$ | Source | Year",
    "Costs",
    name="modules",
)
LINKS = passage(
    "DSP pluggable | 16 | 20 | Talk | 2026\nLPO | 8 | 10 | Talk | 2026\nCPO | 4 | 5 | Talk | 2026",
    "Architecture (Ciena talk) | Energy in pJ/bit | Power in W | Source | Year",
    "Energy and power",
    name="links",
)
OTHERS = passage(
    "Retimed pluggable (FRO) | 30 | 15\nLinear pluggable (LPO) | 12 | 7\nCPO | 9 | 5.5",
    "Module type (NVIDIA) | Power in W | Energy in pJ/bit",
    "NVIDIA",
    name="others",
)
SWITCHES = passage(
    "甲一 | 51.2 Tb/s | 300 W\n乙二，液冷 | 102.4 Tb/s | 低于 600 W\n丙三 | 25.6 Tb/s | 200 W",
    "产品 | 交换容量 | 功耗",
    "交换机",
    name="switches",
)
ALL = (MATERIALS, MODULES, LINKS, OTHERS, SWITCHES)
CASES = [
    ("What is the ratio of the price to the bill of materials of the 800G EML module?", "2"),
    ("What is the gross margin of the 400G EML module?", "37.5"),
    ("What is the average power of DSP pluggable and LPO in the Ciena talk?", "15"),
    ("By how many percent is the price of the 400G silicon photonics module below that of the 800G EML?", "62.5"),
    ("How much lower is the price of the 400G EML module than that of the 800G EML module?", "240"),
    ("How many watts lie between FRO and LPO?", "18"),
    ("How many times the thermal expansion of silicon is that of copper?", "6.8"),
    ("How many times higher is the energy per bit of DSP pluggable than of CPO in the Ciena talk?", "4"),
    ("Which module has the lowest bill of materials?", "80"),
    ("How many modules have a price above US$155?", "2"),
    ("What is the total price of the three modules?", "710"),
    ("What is the CTE difference between copper and GaAs?", "11.2"),
    ("What is the difference in switching capacity between 甲一 and 丙三?", "25.6"),
    ("铜与硅的热膨胀系数相差多少？", "14.5"),
    ("砷化镓的热膨胀系数是硅的多少倍？", "2.32"),
    ("碳化硅的热膨胀系数比铜低百分之几？", "76.47"),
    ("可插拔FRO与CPO的功耗相差多少瓦？", "21"),
    ("400G 硅光模块的毛利率是多少？", "46.67"),
    ("800G EML模块的物料清单是售价的百分之几？", "50"),
    ("Ciena 的对比中 CPO 的功耗比 LPO 低多少？", "5"),
    ("哪种模块的价格最高？", "400"),
    ("甲一的交换容量是丙三的多少倍？", "2"),
    ("甲一与乙二的交换容量相差多少 Tb/s？", "-51.2"),
    ("シリコンと銅の熱膨張係数の差は？", "-14.5"),
]


@pytest.mark.parametrize(("question", "expected"), CASES)
def test_one_table_among_several_settles_it(question: str, expected: str) -> None:
    assert value(question, *ALL) == Decimal(expected)


UNSETTLED = [
    ("What is the difference in thermal expansion between germanium and silicon?", "not found"),
    ("What is the difference in thermal expansion between silicon nitride and copper?", "not found"),
    ("氮化镓与铜的热膨胀系数相差多少？", "not found"),
    ("What is the gross margin of the 1.6T EML module?", "not found"),
    ("What is the gross margin of the EML module?", "not found"),
    ("What is the gross margin of Broadcom?", "not found"),
    ("What is the difference in power between LPO and CPO?", "ambiguous"),
    ("LPO与CPO的功耗相差多少瓦？", "ambiguous"),
    ("How many watts lie between silicon and copper?", "not exact"),
    ("What is the difference between the power and the energy per bit of FRO?", "not exact"),
    ("乙二与甲一的功耗相差多少瓦？", "not exact"),
    ("What is the ratio of the price of the 400 mW laser to that of the 400G EML module?", "not found"),
    ("Ciena 一览中 DSP 可插拔与 LPO 的平均功耗是多少？", "not found"),
    ("Compared with copper, how many times smaller is the thermal expansion of silicon?", "no arithmetic"),
]


@pytest.mark.parametrize(("question", "reason"), UNSETTLED)
def test_what_no_table_accounts_for_is_left_unsettled(question: str, reason: str) -> None:
    assert refusal(question, *ALL) == reason


def test_labels_stay_in_the_words_of_the_document() -> None:
    plan = settle("铜与硅的热膨胀系数相差多少？", *ALL)
    assert [one.label for one in plan.operands] == [
        "Copper · Coefficient of thermal expansion in ppm/°C", "Silicon · Coefficient of thermal expansion in ppm/°C",
    ]  # fmt: skip
    assert (plan.unit, plan.expression) == ("ppm/°C", "copper - silicon")


def test_the_best_thing_is_named_and_the_kind_asked_for_tells_the_table() -> None:
    assert settle("Which module has the highest price?", *ALL).chosen == "800G EML"
    parts = passage("Clip | 1\nLens | 3", "Part | Price in US$", name="parts")
    assert settle("Which part has the lowest price?", parts, *ALL).chosen == "Clip"
    assert settle("哪种零件的价格最高？", parts, *ALL).chosen == "Lens"
    assert refusal("Which has the lowest price?", parts, *ALL) == "ambiguous"


def test_a_margin_on_price_is_named_and_written_out() -> None:
    plan = settle("What is the gross margin of the 800G EML module?", MODULES)
    assert (plan.formula, plan.unit, [one.text for one in plan.operands]) == ("gross_margin", "%", ["400", "200"])


def test_the_noun_that_many_things_bear_names_none() -> None:
    asked = "What is the difference in power between the pluggable and CPO in the Ciena talk?"
    assert refusal(asked, LINKS) == "not found"


@pytest.mark.parametrize(
    ("question", "written", "unit"),
    [
        ("相差多少瓦？", "", "W"), ("相差多少 Tb/s？", "Tb/s", "Gb/s"), ("How many watts lie between them?", "", "W"),
        ("how many times larger", "", ""), ("How much more does it cost?", "", "¤"), ("低多少美元？", "", "USD"),
        ("What is it?", "", ""),
    ],
)  # fmt: skip
def test_units_asked_for(question: str, written: str, unit: str) -> None:
    asked = asked_unit(question)
    assert (asked.written, asked.unit) == (written, unit)


# --- Kinds of amounts, owners of ratios, comparisons over time --------------------------------------------------------


def accounts() -> Passage:
    text = (
        "| (in millions) | 2023 | 2022 |\n| Revenue | $900 | $800 |\n| Operating income | 90 | 40 |\n"
        "| Harbour revenue | 300 | 200 |\n| Harbour operating income | 60 | 10 |\n| Customers | 45 | 30 |\n"
        "| Number of stores | 9 | 6 |"
    )
    return Passage("a", "doc", 1, 0, len(text), text, "en")


def test_counts_are_not_added_to_money() -> None:
    table = accounts()
    assert refusal("What is the sum of revenue and customers in 2023?", table) == "not exact"
    assert refusal("What is the difference between revenue and customers in 2023?", table) == "not exact"
    assert value("What was the change in customers from 2022 to 2023?", table) == 15
    assert settle("What was the change in customers from 2022 to 2023?", table).unit == ""
    assert value("What is the ratio of revenue to customers in 2023?", table) == 20


def test_a_named_ratio_is_that_of_its_owner() -> None:
    table = accounts()
    assert value("What was the operating margin in 2023?", table) == 10
    assert value("What was the company's operating margin in 2023?", table) == 10
    assert value("In 2023, what was the operating margin of the Harbour segment?", table) == 20
    assert refusal("What was the operating margin of the Airport segment in 2023?", table) == "not found"


def test_higher_and_lower_between_years_keep_the_order_asked() -> None:
    table = accounts()
    assert value("How much lower was revenue in 2022 than in 2023?", table) == 100
    assert value("How much higher was revenue in 2022 than in 2023?", table) == -100
    assert value("By what percentage was revenue lower in 2022 than in 2023?", table) == Decimal("11.11")
    assert value("By what factor did operating income grow from 2022 to 2023?", table) == Decimal("2.25")
    text = "营业收入 | 900 | 800"
    han = passage(text, "项目 | 2023年 | 2022年", "数据（单位：万元）")
    assert value("2022年营业收入比2023年低多少？", han) == 100


def test_the_year_compared_with_is_not_the_numbers_own() -> None:
    text = "Ferry income of $11 million was $91 million lower than 2018."
    told = Passage("t", "doc", 1, 0, len(text), text, "en")
    rows = "| | 2018 |\n| Ferry income | $102 |\n| Toll | $4 |"
    table = Passage("u", "doc", 1, 0, len(rows), rows, "en")
    assert value("What is the sum of ferry income and toll in 2018?", table, told) == 106


# --- Laws -------------------------------------------------------------------------------------------------------------

amounts = st.lists(st.decimals(min_value=1, max_value=10**6, places=2), min_size=4, max_size=4)
THINGS = (("Copper", "铜"), ("Silicon", "硅"), ("Gallium arsenide", "砷化镓"), ("Silicon carbide", "碳化硅"))


@settings(max_examples=40, deadline=None)
@given(amounts, st.permutations(range(4)))
def test_both_languages_find_the_same_cells(figures: Sequence[Decimal], order: Sequence[int]) -> None:
    rows = "\n".join(f"{name} | {figures[n]}" for n, (name, _) in enumerate(THINGS))
    table = passage(rows, "Material | Price in US$")
    a, b = order[:2]
    english = f"What is the difference in price between {THINGS[a][0].lower()} and {THINGS[b][0].lower()}?"
    assert value(english, table) == figures[a] - figures[b]
    assert value(f"{THINGS[a][1]}与{THINGS[b][1]}的价格相差多少美元？", table) == figures[a] - figures[b]


@settings(max_examples=60, deadline=None)
@given(
    st.text(alphabet="铜硅的与是比多少倍価格CPO LPO功耗率?，哪种最高 in of price", max_size=60), st.text(max_size=80)
)
def test_any_question_over_any_table_gives_a_plan_that_computes_or_a_reason(question: str, rows: str) -> None:
    found = find_operands(question, [*ALL, passage(rows, "Thing | Price in US$", name="x")])
    if isinstance(found, Plan):
        evaluate(found.expression, {one.name: one.given for one in found.operands})
