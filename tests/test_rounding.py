"""What rounding a question asks for, and whether a stated figure is a computed one rounded."""

from decimal import ROUND_HALF_UP, Context, Decimal, localcontext
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from agent.calculator import Result, calculate, recompute, route, run_route, show
from agent.calculator.rounding import OPEN, Rounding, rounded_like, rounding_asked
from agent.errors import CalculationError

PLACES = [
    ("占比是多少？结果保留两位小数", 2),
    ("计算结果保留２位小数", 2),
    ("保留小数点后4位", 4),
    ("小数点后一位", 1),
    ("精确到小数点后三位", 3),
    ("四捨五入至小數點後兩位", 2),
    ("保留到小数点后两位，四舍五入", 2),
    ("将小数点后第三位四舍五入", 2),
    ("答案保留一位小數", 1),
    ("保留两位", 2),
    ("精确到0.01", 2),
    ("精确到0.1%", 1),
    ("精确到1%", 0),
    ("精确到百分位", 2),
    ("四舍五入到十分位", 1),
    ("请取整数", 0),
    ("四舍五入到整数", 0),
    ("保留至个位", 0),
    ("不保留小数", 0),
    ("小数第2位まで", 2),
    ("小数点以下第2位まで", 2),
    ("小数点以下2桁で", 2),
    ("小数第3位を四捨五入して小数第2位まで求めよ", 2),
    ("小数第1位を四捨五入", 0),
    ("小数点以下を四捨五入", 0),
    ("整数で答えて", 0),
    ("What is it, to one decimal?", 1),
    ("to one decimal place", 1),
    ("Give it to 2 d.p.", 2),
    ("to 2dp", 2),
    ("rounded to two decimal places", 2),
    ("as a decimal to 3 places", 3),
    ("a 3-decimal answer", 3),
    ("with four digits after the decimal point", 4),
    ("to the second decimal place", 2),
    ("Decimal places: 2", 2),
    ("with no decimals", 0),
    ("to the nearest whole number", 0),
    ("to the nearest percent", 0),
    ("to the nearest percentage point", 0),
    ("as a whole number", 0),
    ("Round to an integer", 0),
    ("to the nearest tenth of a percent", 1),
    ("to the nearest hundredth", 2),
    ("to the nearest 0.1 W", 1),
    ("to the nearest cent", 2),
]


@pytest.mark.parametrize(("question", "decimals"), PLACES)
def test_places(question: str, decimals: int) -> None:
    assert rounding_asked(question) == Rounding(decimals)


@pytest.mark.parametrize(
    ("question", "digits"),
    [
        ("to 3 significant figures", 3),
        ("to two significant digits", 2),
        ("to 3 s.f.", 3),
        ("4 sf", 4),
        ("3 sig figs", 3),
        ("保留三位有效数字", 3),
        ("保留3个有效数字", 3),
        ("有效数字保留两位", 2),
        ("有効数字3桁", 3),
        ("3桁の有効数字", 3),
        ("to three sig figs", 3),
        ("3 sig. fig.", 3),
        ("correct to 2 significant figures", 2),
        ("保留三位有效数字，单位为瓦", 3),
        ("以4位有效数字表示", 4),
    ],
)
def test_significant_digits_are_another_thing(question: str, digits: int) -> None:
    assert rounding_asked(question) == Rounding(significant=digits)


@pytest.mark.parametrize(
    ("question", "decimals"),
    [
        ("to the nearest hundred", -2),
        ("精确到万位", -4),
        ("nearest 10", -1),
        ("round to the nearest million", -6),
        ("to the nearest ten million dollars", -7),
        ("to the nearest hundred thousand", -5),
        ("to the nearest $100 million", -8),
        ("to the nearest 0.1 billion", -8),
        ("to the nearest 1,000", -3),
        ("四舍五入到亿", -8),
        ("四舍五入到亿元", -8),
        ("精确到百万元", -6),
        ("精确到0.01亿元", -6),
        ("保留到千万，其他不变", -7),
        ("精确到元", 0),
        ("精确到分", 2),
        ("结果取整", 0),
    ],
)
def test_whole_tens_are_no_places(question: str, decimals: int) -> None:
    assert rounding_asked(question) == Rounding(decimals)


@pytest.mark.parametrize(
    "question",
    [
        "",
        "rounded up to the nearest integer",
        "需要多少台？结果向上取整",
        "小数点以下を切り上げ",
        "the nearest million-dollar plant",
        "精确到千瓦时",
        "精确到分钟",
        "What is the power of 3 ports at 2.5 W?",
        "What share does the third supplier have?",
        "Express it as a decimal",
        "两位供应商的份额多少？",
        "第三位的公司占比多少",
        "3 DP links",
        "有两位小朋友",
        "0.35 的份额",
    ],
)
def test_most_questions_ask_for_none(question: str) -> None:
    assert rounding_asked(question) == OPEN


@pytest.mark.parametrize(
    ("rounding", "unit", "shown"),
    [
        (Rounding(significant=3), "W", ["10.0 W", "0.0100 W", "1230000 W", "0 W", "1.23×10^-8 W", "-2.35 W"]),
        (Rounding(significant=1), "%", ["10%", "0.01%", "1000000%", "0%", "1×10^-8%", "-2%"]),
        (Rounding(2), "W", ["10.00 W", "0.01 W", "1234567.00 W", "0.00 W", "0.00 W", "-2.35 W"]),
        (Rounding(-6), "m", ["9.996 m", "0.0099996 m", "1000000 m", "0 m", "0.000000012345 m", "-2.345 m"]),
    ],
)  # fmt: skip
def test_a_value_is_shown_as_asked(rounding: Rounding, unit: str, shown: list[str]) -> None:
    values = ("9.996", "0.0099996", "1234567", "0", "0.000000012345", "-2.345")
    assert [show(Decimal(value), unit, rounding) for value in values] == shown


@given(st.decimals("-1e12", "1e12", places=6), st.integers(1, 20))
def test_significant_digits_are_as_many_as_asked_and_nearest(value: Decimal, digits: int) -> None:
    found = Rounding(significant=digits).round(value)
    assert len(found.as_tuple().digits) <= digits
    with localcontext(Context(prec=60)):
        assert 2 * abs(found - value) <= Decimal(1).scaleb(value.adjusted() - digits + 1)


def test_what_is_asked_rounds_what_is_shown_and_nothing_else() -> None:
    inputs = {"capacity_tbps": "51.2 Tb/s", "energy_pj_per_bit": "4.824 pJ/bit"}
    usual = calculate("switch_optics_power_w", inputs)
    asked = calculate("switch_optics_power_w", inputs, significant=2, stated={"power_w": "250 W"})
    assert (usual.shown(), asked.shown()) == ("246.9888 W", "250 W")
    assert asked.steps == usual.steps
    assert asked.output().value == usual.output().value
    assert [one.differs for one in asked.stated] == [False]
    assert [one.differs for one in calculate("switch_optics_power_w", inputs, stated={"power_w": "250 W"}).stated] == [
        True
    ]
    assert recompute(asked).to_bytes() == asked.to_bytes()
    assert Result.from_json(asked.to_json()) == asked


@pytest.mark.parametrize(
    ("question", "shown"),
    [
        ("What is the optics power of a 51.2 Tb/s switch at 4.824 pJ/bit, to two significant figures?", "250 W"),
        ("51.2 Tb/s的交换机，光互连能耗4.824 pJ/bit，功耗多少瓦？保留四位有效数字", "247.0 W"),
        ("What is the optics power of a 51.2 Tb/s switch at 4.824 pJ/bit, to the nearest hundred watts?", "200 W"),
    ],
)
def test_a_question_has_its_result_rounded(question: str, shown: str) -> None:
    found = route(question)
    assert found is not None
    assert run_route(found)[-1].shown() == shown


@pytest.mark.parametrize(
    ("decimals", "significant"), [(31, None), (-31, None), (True, None), (1.5, None), (None, 0), (None, 31), (1, 1)]
)
def test_places_and_digits_are_whole_few_and_not_both(decimals: Any, significant: Any) -> None:
    with pytest.raises(CalculationError):
        Rounding(decimals, significant)


def test_places_of_a_value() -> None:
    assert Rounding(2).places(Decimal("123.456")) == 2
    assert Rounding(significant=3).places(Decimal("123.456")) == 0
    assert Rounding(significant=3).places(Decimal("0.0123456")) == 4
    assert Rounding(significant=2).places(Decimal(123456)) == -4
    assert Rounding(significant=3).places(Decimal("9.996")) == 1


@pytest.mark.parametrize(
    ("stated", "computed", "unit", "same"),
    [
        ("65%", "64.5", None, True),
        ("65%", "64.499", None, False),
        ("65%", "65.5", None, False),
        ("65%", "0.654", "", True),
        ("about 2.3 W", "2.34", None, True),
        ("约2.3 W", "2.36", None, False),
        ("2.30 W", "2.34", None, False),
        ("3.5x", "3.4999", None, True),
        ("-2.3 dB", "-2.25", None, True),
        ("-2.3 dB", "-2.35", None, False),
        ("0", "0.5", None, False),
        ("0", "-0.4", None, True),
        ("1.23亿", "122600000", None, True),
        ("1.23亿", "123500000", None, False),
        ("1.2 million", "1249999", None, True),
        ("1.2 million", "1250000", None, False),
        ("$1.2 billion", "1.15e9", "USD", True),
        ("1億2,000万", "120004999", None, True),
        ("12,000", "12000.5", None, False),
        ("1.2×10^6", "1240000", None, True),
        ("9.5 kW", "9.46", None, True),
        ("9.5 kW", "9460", "W", True),
        ("9.5 kW", "9400", "W", False),
        ("51.2 Tb/s", "51230", "Gb/s", True),
        ("5 mm2", "5.4", "mm2", True),
        ("六成五", "65.3", "%", True),
        ("六成", "64", "%", True),
        ("百分之六十五", "65.6", "%", False),
        ("三分之一", "0.3333", "", True),
        ("1/3", "0.35", "", False),
        ("over 60%", "64", None, True),
        ("over 60%", "55", None, False),
        ("不超过5 W", "5.2", None, True),
        ("at most 5 W", "6", None, False),
        ("14–16 W", "16.4", None, True),
        ("14–16 W", "16.5", None, False),
    ],
)
def test_stated_figures(stated: str, computed: str, unit: str | None, same: bool) -> None:
    assert rounded_like(stated, Decimal(computed), unit) is same


@pytest.mark.parametrize(
    ("stated", "unit"), [("hello", None), ("", None), ("65%", "pp"), ("3 W", "USD"), ("FY25", None)]
)
def test_what_states_no_figure_of_that_unit_is_refused(stated: str, unit: str | None) -> None:
    with pytest.raises(CalculationError):
        rounded_like(stated, Decimal(1), unit)


@given(
    st.decimals(-99_999, 99_999, places=5), st.integers(0, 4), st.sampled_from([("", 0), (" million", 6), ("亿", 8)])
)
def test_every_number_rounds_like_itself(value: Decimal, places: int, scale: tuple[str, int]) -> None:
    step = Decimal(1).scaleb(-places)
    stated = value.quantize(step, rounding=ROUND_HALF_UP)
    words = f"{stated}{scale[0]}"
    assert rounded_like(words, value.scaleb(scale[1]))
    assert not rounded_like(words, (stated + step).scaleb(scale[1]))
    assert not rounded_like(words, (stated - step).scaleb(scale[1]))
