"""Numbers in three languages: what is found, what it is worth, and what is only a name."""

import time
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus.quantities import Quantity, find_quantities, same_quantity


def read(text: str) -> list[str]:
    """Each quantity in short: bound (unless "="), value or range, unit, and the kind where it is not a measure."""
    return [_short(quantity) for quantity in find_quantities(text)]


def _short(q: Quantity) -> str:
    bound = "" if q.bound == "=" else q.bound
    value = f"{q.low:f}" if q.low == q.high else f"{q.low:f}..{q.high:f}"
    return f"{bound}{value} {q.unit}".strip() + ("" if q.kind == "measure" else f" ({q.kind})")


CASES = {
    # money, scales and traps
    "CPO市场规模为50亿美元": "5000000000 USD",
    "US$5 billion": "5000000000 USD",
    "$5,000 million": "5000000000 USD",
    "5 billion US dollars": "5000000000 USD",
    "USD 5 billion": "5000000000 USD",
    "$5B": "5000000000 USD",
    "$5bn in sales": "5000000000 USD",
    "$1.20": "1.2 USD",
    "$0.08/kWh": "0.00008 USD/Wh",
    "50亿元": "5000000000 CNY",
    "5美元30亿": "5 USD | 3000000000 (count)",
    "人民币50亿元": "5000000000 CNY",
    "RMB 50 million": "50000000 CNY",
    "300亿日元": "30000000000 JPY",
    "1億2,000万円": "120000000 JPY",
    "1兆2000億円": "1200000000000 JPY",
    "3兆円": "3000000000000 JPY",
    "約1万5,000円": "~15000 JPY",
    "売上高は¥300億です": "30000000000 JPY",
    "€3.5 million": "3500000 EUR",
    "NT$12億": "1200000000 TWD",
    "2亿欧元": "200000000 EUR",
    "五十亿美元": "5000000000 USD",
    "五点四亿元": "540000000 CNY",
    "万亿美元市场达3万亿美元": "3000000000000 USD",
    "2,161,000 units": "2161000 (count)",
    "５，０００台": "5000 (count)",
    "5.4万": "54000 (count)",
    "54,000": "54000 (count)",
    "出货量1.2百万只": "1200000 (count)",
    "50K units": "50000 (count)",
    "five hundred million dollars": "500000000 USD",
    "twenty-three companies": "23 (count)",
    "4 companies": "4 (count)",
    "三家公司": "3 (count)",
    "两种方案": "2 (count)",
    "二十三": "23 (count)",
    "一千零五十台": "1050 (count)",
    "一亿两千万": "120000000 (count)",
    "五点四": "5.4 (count)",
    "one of the companies": "",
    "一个重要的十分复杂的一些三星": "",
    "数十亿美元": "",
    # percent
    "占比达50%": "50 %",
    "５０％": "50 %",
    "50 percent": "50 %",
    "百分之十二点五": "12.5 %",
    "百分之50": "50 %",
    "千分之三": "0.3 %",
    "三成": "30 %",
    "3成": "30 %",
    "三成五": "35 %",
    "3割": "30 %",
    "获得成功，三成功": "",
    "提升5个百分点": "5 pp",
    "5 percentage points": "5 pp",
    "25 basis points": "0.25 pp",
    "10ppm": "10 ppm",
    # factors and parts
    "翻一番": "2 x",
    "翻了两番": "4 x",
    "doubled": "2 x",
    "3.5x lower": "3.5 x",
    "提高3.5倍": "3.5 x",
    "five-fold": "5 x",
    "three times": "3 x",
    "0.0004": "0.0004 (count)",
    "2.4e-4": "0.00024 (count)",
    "2.4×10⁻⁴": "0.00024 (count)",
    "2.4 x 10^-4": "0.00024 (count)",
    "8分の1": "0.125",
    "1/10": "0.1",
    "四分之三": "0.75",
    "2/5/10": "2 (count) | 5 (count) | 10 (count)",
    # power and energy
    "30 W": "30 W",
    "30W": "30 W",
    "３０瓦": "30 W",
    "3 kW": "3000 W",
    "3千瓦": "3000 W",
    "三千瓦": "3000 W",
    "20兆瓦": "20000000 W",
    "二十兆瓦": "20000000 W",
    "1.2 GW": "1200000000 W",
    "100 mW": "0.1 W",
    "100毫瓦": "0.1 W",
    "15ワット": "15 W",
    "5 kWh": "5000 Wh",
    "100度电": "100000 Wh",
    "3万千瓦时": "30000000 Wh",
    "0.65 pJ/bit": "0.65 pJ/bit",
    "5pJ/b": "5 pJ/bit",
    "5 picojoules per bit": "5 pJ/bit",
    "5皮焦/比特": "5 pJ/bit",
    "每比特5皮焦": "5 pJ/bit",
    "0.5 nJ/bit": "500 pJ/bit",
    "15 W per port": "15 W",
    # rates
    "51.2 Tb/s": "51200 Gb/s",
    "51.2Tbps": "51200 Gb/s",
    "51.2 Tbit/s": "51200 Gb/s",
    "51.2T": "51200 Gb/s",
    "800 Gb/s": "800 Gb/s",
    "800Gbps": "800 Gb/s",
    "每通道200G": "200 Gb/s",
    "6.4 terabits per second": "6400 Gb/s",
    "100 GB/s": "100 GB/s",
    "太比特/秒达51.2太比特/秒": "51200 Gb/s",
    "64 x 200G": "64 (count) | 200 Gb/s",
    "8x100G": "8 (count) | 100 Gb/s",
    "140 Gb/s/mm": "140000000000000 b/s/m",
    "53.125 GBd": "53.125 GBd",
    # optics, sizes, temperatures, durations
    "-6 dBm": "-6 dBm",
    "−3.5 dB": "-3.5 dB",
    "灵敏度为-6 dBm": "-6 dBm",
    "0.4 dB/km": "0.0004 dB/m",
    "3分贝": "3 dB",
    "1310 nm": "0.00000131 m",
    "1.31 µm": "0.00000131 m",
    "5微米": "0.000005 m",
    "2公里": "2000 m",
    "10 mm": "0.01 m",
    "25 mm²": "0.000025 m2",
    "85°C": "85 °C",
    "85摄氏度": "85 °C",
    "193.1 THz": "193100000000000 Hz",
    "5兆赫": "5000000 Hz",
    "10 ns": "0.00000001 s",
    "3小时": "10800 s",
    "5 years": "5 years",
    "未来五年": "5 years",
    "3年間": "3 years",
    "18 months": "18 months",
    "3个月": "3 months",
    "5-year": "5 years",
    # bounds
    "超过50亿元": ">5000000000 CNY",
    "不超过5%": "≤5 %",
    "至少3 kW": "≥3000 W",
    "at least 3 kW": "≥3000 W",
    "up to 5 W": "≤5 W",
    "20多家": ">20 (count)",
    "50余亿美元": ">5000000000 USD",
    "80%以上": "≥80 %",
    "1,000万个以上": "≥10000000 (count)",
    "约为5千瓦": "~5000 W",
    "more than 4 companies": ">4 (count)",
    "below 10 W": "<10 W",
    "≥ 5 dB": "≥5 dB",
    "约5 W": "~5 W",
    "about $5 billion": "~5000000000 USD",
    "5 W左右": "~5 W",
    "10 W未満": "<10 W",
    # ranges
    "14-16 W": "14..16 W",
    "14–16 W": "14..16 W",
    "14 W - 16 W": "14..16 W",
    "4~5 W": "4..5 W",
    "4 to 5 W": "4..5 W",
    "3到5年": "3..5 years",
    "between 4 and 5 W": "4..5 W",
    "between $5 and $6 billion": "5000000000..6000000000 USD",
    "介于4和5瓦之间": "4..5 W",
    "50-60亿美元": "5000000000..6000000000 USD",
    "$5-6 billion": "5000000000..6000000000 USD",
    "5%-10%": "5..10 %",
    "25%至30%": "25..30 %",
    "百分之五到百分之十": "5..10 %",
    "10から15ワット": "10..15 W",
    "从30 W降到9 W": "30 W | 9 W",
    "from 30 W to 9 W": "30 W | 9 W",
    "from 9 to 30 W": "9 W | 30 W",
    "4 − 5 W": "4 (count) | 5 W",
    "16-14 W": "16 (count) | 14 W",
    # times
    "2025年": "2025 year (time)",
    "in 2025": "2025 year (time)",
    "2025年上半年": "20251 half (time)",
    "second half of 2026": "20262 half (time)",
    "1H25": "20251 half (time)",
    "FY2025": "2025 fiscal year (time)",
    "2025财年": "2025 fiscal year (time)",
    "2025年度": "2025 fiscal year (time)",
    "Q3 2025": "20253 quarter (time)",
    "3Q25": "20253 quarter (time)",
    "2025年第三季度": "20253 quarter (time)",
    "third quarter of 2025": "20253 quarter (time)",
    "2025-10-20": "20251020 day (time)",
    "2025‑10‑20": "20251020 day (time)",
    "2025/10/20": "20251020 day (time)",
    "2025年10月20日": "20251020 day (time)",
    "October 20, 2025": "20251020 day (time)",
    "20 Oct 2025": "20251020 day (time)",
    "2025年10月": "202510 month (time)",
    "2025-10": "202510 month (time)",
    "Oct. 2025": "202510 month (time)",
    "令和7年": "2025 year (time)",
    "民国114年": "2025 year (time)",
    "二〇二五年": "2025 year (time)",
    "2025-2026": "2025..2026 year (time)",
    "2025–2026年": "2025..2026 year (time)",
    "2025-26": "2025..2026 year (time)",
    "2025年至2030年": "2025..2030 year (time)",
    "from 2025 to 2030": "2025..2030 year (time)",
    "2048 lanes": "2048 (count)",
    "2000台": "2000 (count)",
    # labels
    "1. First": "1 (label)",
    "(2) second": "2 (label)",
    "2）第二": "2 (label) | 2 (label)",
    "see [12]": "12 (label)",
    "Layer 3": "3 (label)",
    "Part 5": "5 (label)",
    "Figure 3": "3 (label)",
    "第3章": "3 (label)",
    "第三层": "3 (label)",
    "图3": "3 (label)",
    "800G LR4": "800 Gb/s (label) | 4 (label)",
    "800G DR8模块": "800 Gb/s (label) | 8 (label)",
    "1.6T module": "1600 Gb/s (label)",
    "1.6T光模块": "1600 Gb/s (label)",
    "51.2T交换芯片": "51200 Gb/s (label)",
    "400GBASE-DR4": "400 (label)",
    "2.5D packaging": "2.5 (label)",
    "the Tomahawk 5 chip": "5 (label)",
    "Tomahawk 5": "5 (label)",
    "H100 GPU": "100 (label)",
    "GB300": "300 (label)",
    "PAM4": "4 (label)",
    "InP-2": "2 (label)",
    "5G network": "5 (label)",
    "IEEE 802.3dj": "802.3 (label)",
    "version 3.2.1": "3.2 (label)",
    "RS(544,514) FEC": "544514 (label)",
    "BCH(63, 51)": "63 (label)",
    "https://example.org/2025/10/50亿?q=5": "",
    "1st place": "1 (label)",
    "the 1960s": "1960..1969 year (time)",
    "52 pm": "52 (count)",
    "up 130 bps": "1.3 pp",
    "2 T cells": "2 (count)",
    "Form 10-K": "10 (label)",
    "一度两度": "",
    "用电100度": "100 度",
    "三年级": "",
    "NZ$2 million": "2000000 NZD",
    "30% per year": "30 %",
    "on March 31,": "331 day (time)",
    "in May 2015": "201505 month (time)",
    "may 5 W modules": "5 W",
    "第三季度": "3 quarter (time)",
}


@pytest.mark.parametrize("text", CASES, ids=lambda text: text[:40])
def test_reads(text: str) -> None:
    assert " | ".join(read(text)) == CASES[text]
    assert all(quantity.end <= len(text) for quantity in find_quantities(text))


SAME = [
    ("50亿美元", "US$5 billion"),
    ("50亿美元", "$5,000 million"),
    ("5.4万台", "54,000 units"),
    ("三成", "30%"),
    ("百分之三十", "30 percent"),
    ("51.2 Tb/s", "51200 Gb/s"),
    ("51.2T", "51.2 Tbps"),
    ("1310 nm", "1.31 μm"),
    ("3千瓦", "3,000 W"),
    ("每比特5皮焦", "5 pJ/bit"),
    ("约5 W", "5 W"),
    ("三家公司", "three companies"),
    ("3倍", "three times"),
    ("翻一番", "doubled"),
    ("2025年上半年", "first half of 2025"),
    ("令和7年", "2025年"),
    ("民国114年", "in 2025"),
    ("2025年10月20日", "October 20, 2025"),
    ("14-16瓦", "14 to 16 W"),
    ("5个百分点", "5 pp"),
    ("1兆円", "1 trillion yen"),
    ("800G DR8", "800 Gb/s"),
    ("$1.20", "1.2美元"),
    ("2公里", "2 km"),
    ("三分之二", "two-thirds"),
    ("2025财年", "FY25"),
    ("不低于50%", "at least 50%"),
    ("20兆瓦", "20 MW"),
]
DIFFERENT = [
    ("5%", "5个百分点"),
    ("5.4 W", "5 W"),
    ("50亿美元", "50亿元"),
    ("14-16 W", "14-15 W"),
    ("14-16 W", "15 W"),
    ("2025", "2026"),
    ("2025年", "FY2025"),
    ("2025年", "2025年上半年"),
    ("5 W", "5 mW"),
    ("3 dB", "3 dBm"),
    ("≥5 W", "5 W"),
    (">5 W", "≥5 W"),
    ("51.2 Tbps", "64 lasers"),
    ("Layer 3", "3 companies"),
    ("2025年", "2025台"),
    ("3兆円", "3メガワット"),
    ("5 GB/s", "5 Gb/s"),
    ("-6 dBm", "6 dBm"),
]


def _only(text: str) -> Quantity:
    return find_quantities(text)[0]


@pytest.mark.parametrize(("one", "other"), SAME)
def test_same_in_any_language_and_form(one: str, other: str) -> None:
    assert same_quantity(_only(one), _only(other))
    assert same_quantity(_only(other), _only(one))


@pytest.mark.parametrize(("one", "other"), DIFFERENT)
def test_rounding_units_periods_and_bounds_differ(one: str, other: str) -> None:
    assert not same_quantity(_only(one), _only(other))


def test_a_sentence_of_each_language() -> None:
    assert read("据估计，2030年全球CPO市场规模将达到54亿美元，2024—2030年复合增长率为137%。") == [
        "2030 year (time)",
        "5400000000 USD",
        "2024..2030 year (time)",
        "137 %",
    ]
    assert read("In October 2025, Meta logged 1,049k device hours at 5.4 W per 800G, 65% below 15 W.") == [
        "202510 month (time)",
        "3776400000 s",
        "5.4 W",
        "800 Gb/s",
        "65 %",
        "<15 W",
    ]
    assert read("NTTは2026年度に消費電力を100分の1に、約3,000億円を投資する。")[-1] == "~300000000000 JPY"


@given(st.text(alphabet="0123456789.,-~% 年月日一二三十百千万亿兆点分之成倍GTWdBmpJ/bitx$()第\n至约of", max_size=80))
def test_offsets_are_exact_in_order_and_never_overlap(text: str) -> None:
    last = 0
    for quantity in find_quantities(text):
        assert quantity.start >= last
        assert quantity.text == text[quantity.start : quantity.end] != ""
        assert quantity.end <= len(text)
        assert quantity.low <= quantity.high
        last = quantity.end


@given(
    st.decimals(min_value="0.001", max_value="99999", places=3),
    st.sampled_from(("W", "dBm", "Gb/s", "pJ/bit", "%", "dB")),
)
def test_plain_measures_read_back_exactly(value: Decimal, unit: str) -> None:
    (found,) = find_quantities(f"it is {value} {unit} here")
    assert (found.low, found.unit, found.kind) == (value, unit, "measure")


@given(st.integers(min_value=1, max_value=10**7 - 1))
def test_han_numerals_equal_digits(number: int) -> None:
    (found,) = find_quantities(f"{_han(number)}瓦")
    assert found.low == number


def _han(number: int) -> str:
    """The standard Chinese numeral of a number below 10⁸."""
    digits, places = "零一二三四五六七八九", ((1000, "千"), (100, "百"), (10, "十"), (1, ""))
    if number >= 10_000:
        high, low = divmod(number, 10_000)
        return _han(high) + "万" + (("零" if low < 1000 else "") + _han(low) if low else "")
    text, gap = "", False
    for place, name in places:
        digit = number // place % 10
        if digit:
            text += ("零" if gap and text else "") + digits[digit] + name
            gap = False
        else:
            gap = True
    return text


@pytest.mark.parametrize(
    "piece",
    [
        "9" * 50,
        "1,",
        "一",
        "1-",
        "2025-",
        "$",
        "a",
        "A1-",
        "百分之",
        "五点",
        "1.",
        " ",
        "~5 ",
        "between 1 and ",
        "万",
        "(1",
        "Tb/",
    ],
)
def test_hostile_text_takes_linear_time(piece: str) -> None:
    text = (piece * 40_000)[:40_000]
    began = time.process_time()
    find_quantities(text)
    assert time.process_time() - began < 4  # a quadratic pattern would take minutes
