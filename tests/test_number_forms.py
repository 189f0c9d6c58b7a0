"""What tables and reports say of numbers in other words: units of rows, years of forecasts, denied limits."""

import pytest

from agent.judging import judge
from corpus.amounts import find_amounts, same_amounts
from corpus.text import normalise
from tests.quoting import cited

KEPT = [
    # a unit that the row names
    ("CPO draws 9 W.", "Power in W | 28 | 9", "Item | Pluggable | CPO"),
    (
        "A 1.6T CPO draws 9 W, against 28 W for a 1.6T pluggable.",
        "Power in W | 28 | 9 | 16",
        "Parameter | Pluggable 1.6T | CPO 1.6T | LPO 1.6T",
    ),
    ("1.6T LPO的功耗为16瓦。", "Power in W | 28 | 9 | 16", "Parameter | Pluggable 1.6T | CPO 1.6T | LPO 1.6T"),
    (
        "1.6TのCPOの消費電力は9 Wである。",
        "Power in W | 28 | 9 | 16",
        "Parameter | Pluggable 1.6T | CPO 1.6T | LPO 1.6T",
    ),
    ("CPO 1.6T has a power of 9 W.", "Power in W | 28 | 9 | 16", "Parameter | Pluggable 1.6T | CPO 1.6T | LPO 1.6T"),
    ("CPO 1.6T draws 9 W.", "Power in W | 28 | 9 | 16", "Parameter | Pluggable 1.6T | CPO 1.6T | LPO 1.6T"),
    ("LPO 1.6T的功耗为16 W。", "Power in W | 28 | 9 | 16", "Parameter | Pluggable 1.6T | CPO 1.6T | LPO 1.6T"),
    ("The power of CPO 1.6T is 9 W.", "Power in W | 28 | 9 | 16", "Parameter | Pluggable 1.6T | CPO 1.6T | LPO 1.6T"),
    ("CPO 1.6T的功耗为9 W。", "功耗（W） | 28 | 9", "参数 | 可插拔1.6T | CPO 1.6T"),
    ("The power of CPO 1.6T is 9 W.", "功耗（W） | 28 | 9", "参数 | 可插拔1.6T | CPO 1.6T"),
    ("CPOの消費電力は9 Wである。", "消費電力（W） | 28 | 9", "項目 | プラガブル | CPO"),
    ("CPO的功耗为9瓦。", "Power in W | 28 | 9", "Item | Pluggable | CPO"),
    # a year marked as an estimate
    (
        "Accelink's revenue is estimated at US$1,480 million in 2025.",
        "Accelink | 1,150 | 1,480",
        "Vendor | 2024 revenue (US$ million) | 2025E revenue (US$ million)",
    ),
    ("光迅科技2025年收入预计为105.3亿元。", "光迅科技 | 82.7 | 105.3", "企业 | 2024年收入（亿元） | 2025E收入（亿元）"),
    (
        "光迅科技2025年收入预计为105.3亿元。",
        "光迅科技 | 82.7 | 105.3",
        "企业 | 2024年A收入（亿元） | 2025年E收入（亿元）",
    ),
    (
        "Accelink's 2025 revenue is estimated at US$1,480 million.",
        "Accelink | 1,150 | 1,480",
        "Vendor | 2024 revenue (US$ million) | 2025F revenue (US$ million)",
    ),
    (
        "Accelink's revenue was US$1,150 million in 2024.",
        "Accelink | 1,150 | 1,480",
        "Vendor | 2024A revenue (US$ million) | 2025E revenue (US$ million)",
    ),
    (
        "光迅科技の2025年の売上高は105.3億元と予想される。",
        "光迅科技 | 82.7 | 105.3",
        "企业 | 2024年收入（亿元） | 2025E收入（亿元）",
    ),
    # a bound told by a denial
    ("Bandwidth density will be at least 1 Tb/s per mm.", "Bandwidth density will be no less than 1 Tb/s per mm.", ""),
    ("Bandwidth density will be no less than 1 Tb/s per mm.", "带宽密度不会低于每毫米1 Tb/s。", ""),
    ("带宽密度至少为每毫米1 Tb/s。", "带宽密度不会低于每毫米1 Tb/s。", ""),
    ("Bandwidth density will be at least 1 Tb/s per mm.", "頻寬密度不會低於每毫米1 Tb/s。", ""),
    ("CPO shares are not expected to exceed 10% before 2028.", "CPO shares will not exceed 10% before 2028.", ""),
    ("CPOのシェアは2028年より前に10%を超えない。", "CPO shares will not exceed 10% before 2028.", ""),
    ("CPO份额不超过10%。", "CPOのシェアは10%を超えない。", ""),
    ("CPOのシェアは10%を下回らない。", "CPO份额不低于10%。", ""),
    ("CPO shares will be no more than 10%.", "CPO份额不会超过10%。", ""),
    ("CPOのシェアは10%を超えることはない。", "CPO shares will not exceed 10%.", ""),
    (
        "LightCounting does not expect CPO ports to exceed 10% of all optical ports before 2028.",
        "According to LightCounting, sales of CPO ports will not exceed 10% of all optical ports before 2028.",
        "",
    ),
    (
        "TSMC says COUPE's bandwidth density will be no less than 1 Tb/s per millimetre.",
        "台積電表示，其COUPE平台頻寬密度不會低於每毫米1 Tb/s。",
        "",
    ),
    # halves and ranges
    ("源杰科技の2025年上半期の売上高は2.05億元だった。", "源杰科技2025年上半年收入2.05亿元。", ""),
    ("源杰科技25H1收入2.05亿元。", "源杰科技2025年上半年收入2.05亿元。", ""),
    (
        "Mitsubishi Electric's sales in the first half of fiscal 2025 were 30 billion yen.",
        "三菱電機の2025年度上期の売上高は300億円だった。",
        "",
    ),
    ("三菱电机2025财年上半年销售额300亿日元。", "三菱電機の2025年度上期の売上高は300億円だった。", ""),
    ("三菱電機の2025年度上半期の売上高は300億円だった。", "三菱電機の2025年度上期の売上高は300億円だった。", ""),
    ("Yuanjie's sales in H1 2025 were CNY 205 million.", "Yuanjie's sales in 25H1 were CNY 205 million.", ""),
    (
        "The CPO market will be US$9 billion to US$10 billion.",
        "The CPO market will be between nine and ten billion dollars.",
        "",
    ),
    ("The share of CPO is between 50% and 80%.", "The share of CPO is up to 80% and at least 50%.", ""),
    ("CPO市场规模为90亿至100亿美元。", "The CPO market will be between nine and ten billion dollars.", ""),
    # how many times
    ("Lumentum has quintupled its capacity.", "Lumentum has increased its capacity fivefold.", ""),
    ("Lumentum has quintupled its capacity.", "Lumentum's capacity rose five-fold.", ""),
    ("Lumentum产能增至5倍。", "Lumentum has quintupled its capacity.", ""),
    ("Lumentum quintupled its capacity.", "Lumentum产能增至原来的5倍。", ""),
    ("Lumentumは生産能力を6倍に増やした。", "Lumentum has sextupled its capacity.", ""),
    # a neighbour's measure
    ("Accelink's gross margin was 24%.", "Accelink's gross margin was 24% and its net margin 8%.", ""),
    ("Accelink's net margin was 8%.", "Accelink's gross margin was 24% and its net margin 8%.", ""),
    ("光迅科技净利率为8%。", "光迅科技毛利率为24%，净利率为8%。", ""),
    (
        "另一组转引自Yole的数字认为，2030年市场会达到81亿美元。",
        "转引自 Yole 的一组数字认为，市场从 2024 年的 4600 万美元增长到 2030 年的 81 亿美元，复合年均增长率为 137%。",
        "",
    ),
]
REFUSED = [
    # a unit that the row names
    ("CPO draws 28 W.", "Power in W | 28 | 9", "Item | Pluggable | CPO"),
    ("CPO draws 9 kW.", "Power in W | 28 | 9", "Item | Pluggable | CPO"),
    ("CPO draws 9 mW.", "Power in W | 28 | 9", "Item | Pluggable | CPO"),
    ("CPO draws 9 dB.", "Power in W | 28 | 9", "Item | Pluggable | CPO"),
    ("CPO draws 8 W.", "Power in W | 28 | 9", "Item | Pluggable | CPO"),
    ("CPO 1.6T的功耗为28 W。", "功耗（W） | 28 | 9", "参数 | 可插拔1.6T | CPO 1.6T"),
    ("CPO 1.6T的功耗为9 mW。", "功耗（W） | 28 | 9", "参数 | 可插拔1.6T | CPO 1.6T"),
    ("CPOの消費電力は28 Wである。", "消費電力（W） | 28 | 9", "項目 | プラガブル | CPO"),
    ("CPO 1.6T draws 16 W.", "Power in W | 28 | 9 | 16", "Parameter | Pluggable 1.6T | CPO 1.6T | LPO 1.6T"),
    ("1.6T LPO的功耗为9瓦。", "Power in W | 28 | 9 | 16", "Parameter | Pluggable 1.6T | CPO 1.6T | LPO 1.6T"),
    # a year marked as an estimate
    (
        "Accelink's revenue is estimated at US$1,480 million in 2024.",
        "Accelink | 1,150 | 1,480",
        "Vendor | 2024 revenue (US$ million) | 2025E revenue (US$ million)",
    ),
    (
        "Accelink's revenue is estimated at US$1,150 million in 2025.",
        "Accelink | 1,150 | 1,480",
        "Vendor | 2024 revenue (US$ million) | 2025E revenue (US$ million)",
    ),
    ("光迅科技2025年收入预计为82.7亿元。", "光迅科技 | 82.7 | 105.3", "企业 | 2024年收入（亿元） | 2025E收入（亿元）"),
    ("光迅科技2026年收入预计为105.3亿元。", "光迅科技 | 82.7 | 105.3", "企业 | 2024年收入（亿元） | 2025E收入（亿元）"),
    ("光迅科技2024年收入为105.3亿元。", "光迅科技 | 82.7 | 105.3", "企业 | 2024年A收入（亿元） | 2025年E收入（亿元）"),
    (
        "光迅科技の2024年の売上高は105.3億元である。",
        "光迅科技 | 82.7 | 105.3",
        "企业 | 2024年收入（亿元） | 2025E收入（亿元）",
    ),
    # a bound told by a denial
    ("CPO shares will exceed 10% before 2028.", "CPO shares will not exceed 10% before 2028.", ""),
    ("CPO份额会超过10%。", "CPO shares are not expected to exceed 10%.", ""),
    ("CPO份额不超过10%。", "CPO份额不低于10%。", ""),
    ("CPOのシェアは10%を超える。", "CPOのシェアは10%を超えない。", ""),
    ("带宽密度低于每毫米1 Tb/s。", "带宽密度不会低于每毫米1 Tb/s。", ""),
    ("Bandwidth density will be at most 1 Tb/s per mm.", "带宽密度不会低于每毫米1 Tb/s。", ""),
    ("CPO份额不低于10%。", "CPOのシェアは10%を超えない。", ""),
    ("CPO shares are expected to exceed 10%.", "CPO shares are not expected to exceed 10%.", ""),
    # halves and ranges
    ("源杰科技の2025年下半期の売上高は2.05億元だった。", "源杰科技2025年上半年收入2.05亿元。", ""),
    ("源杰科技25H2收入2.05亿元。", "源杰科技2025年上半年收入2.05亿元。", ""),
    ("源杰科技24H1收入2.05亿元。", "源杰科技2025年上半年收入2.05亿元。", ""),
    (
        "Mitsubishi Electric's sales in the second half of fiscal 2025 were 30 billion yen.",
        "三菱電機の2025年度上期の売上高は300億円だった。",
        "",
    ),
    ("三菱电机2024财年上半年销售额300亿日元。", "三菱電機の2025年度上期の売上高は300億円だった。", ""),
    (
        "The CPO market will be US$8 billion to US$10 billion.",
        "The CPO market will be between nine and ten billion dollars.",
        "",
    ),
    ("The share of CPO is between 40% and 80%.", "The share of CPO is up to 80% and at least 50%.", ""),
    ("The share of CPO is between 50% and 80%.", "The share of CPO is over 80% and Marvell has at least 50%.", ""),
    # how many times
    ("Lumentum has quintupled its capacity.", "Lumentum has increased its capacity.", ""),
    ("Lumentum has quintupled its capacity.", "Lumentum has tripled its capacity.", ""),
    ("Lumentum has sextupled its capacity.", "Lumentum产能增至5倍。", ""),
    ("Lumentum产能增至6倍。", "Lumentum has quintupled its capacity.", ""),
    ("Lumentumは生産能力を5倍に増やした。", "Lumentumは生産能力を増やした。", ""),
    ("Lumentum has septupled its capacity.", "Lumentum has raised its capacity.", ""),
    # a neighbour's measure
    ("Accelink's gross margin was 8%.", "Accelink's gross margin was 24% and its net margin 8%.", ""),
    ("Accelink's gross margin was 8% in 2024.", "Accelink's gross margin was 24% and its net margin 8% in 2024.", ""),
    ("Accelink's net margin was 24%.", "Accelink's gross margin was 24% and its net margin 8%.", ""),
    ("光迅科技毛利率为8%。", "光迅科技毛利率为24%，净利率为8%。", ""),
    ("光迅科技の純利益率は24%だった。", "光迅科技の粗利益率は24%、純利益率は8%だった。", ""),
    (
        "转引自Yole的数字认为，CPO市场2024年为81亿美元。",
        "转引自 Yole 的一组数字认为，市场从 2024 年的 4600 万美元增长到 2030 年的 81 亿美元，复合年均增长率为 137%。",
        "",
    ),
]


def _is_kept(claim: str, quote: str, header: str) -> bool:
    return judge(normalise(claim), [cited(normalise(quote), normalise(header))]).standing == "supported"


@pytest.mark.parametrize(("claim", "quote", "header"), KEPT)
def test_a_number_said_in_another_form_is_kept(claim: str, quote: str, header: str) -> None:
    assert _is_kept(claim, quote, header)


@pytest.mark.parametrize(("claim", "quote", "header"), REFUSED)
def test_a_number_that_is_another_in_any_form_is_refused(claim: str, quote: str, header: str) -> None:
    assert not _is_kept(claim, quote, header)


def test_a_half_of_a_year_is_one_in_every_form() -> None:
    forms = ("2025年上半年", "2025年上半期", "25H1", "1H25", "H1 2025", "first half of 2025", "2025年度上期")
    assert all(same_amounts(one, forms[0]) for one in forms)
    assert not same_amounts("25H2", forms[0])


@pytest.mark.parametrize("text", ["2025E", "2025F", "2025A", "2025e", "2025年E"])
def test_a_year_may_be_marked(text: str) -> None:
    (one,) = find_amounts(text)
    assert (one.low, one.unit, one.kind) == (2025, "year", "time")
