"""Numbers of claims and quotes in all the forms that people write: what the ledger takes for the same, and what not."""

import pytest

from agent.answer import Citation
from agent.judging import judge
from agent.judging.numbers.ledger import keep_ledger
from corpus.document import Language
from corpus.text import language_of, normalise


def _cited(quote: str, header: str = "") -> Citation:
    language: Language = language_of(quote, hint="en")
    return Citation(
        passage_id="d-1.1", document_id="d", title="", publisher="", published="", authority="", path="r.md",
        language=language, page=1, page_label="1", section=(), header=header, start=0, end=len(quote), quote=quote,
    )  # fmt: skip


def _stands(claim: str, quote: str, header: str = "") -> bool:
    return judge(normalise(claim), [_cited(normalise(quote), header)]).standing == "supported"


PROVEN = [
    # scales, currencies and shares
    ("CPO市场规模为50亿美元。", "The CPO market is US$5 billion."),
    ("The CPO market is $5,000 million.", "CPO市场规模为50亿美元。"),
    ("CPO市場は50億ドルである。", "The CPO market is $5bn."),
    ("The CPO market was put at $344m.", "The CPO market was put at US$344 million."),
    ("CPO出货54,000台。", "CPO出货5.4万台。"),
    ("Three tenths of the ports use CPO.", "三成端口采用CPO。"),
    ("光引擎占四分之三的成本。", "Optical engines take 75% of the cost."),
    ("Half of the ports use CPO.", "半数端口采用CPO。"),
    ("More than half of the ports use CPO.", "过半端口采用CPO。"),
    ("Nine out of ten failures come from lasers.", "九成失效来自激光器。"),
    ("CPO uses a third of the power.", "CPO的功耗仅为三分之一。"),
    ("The price is ¥5,920 a share.", "The price is 5,920 yen a share."),
    ("Shipments ran to hundreds of units.", "出货数百台。"),
    # changes
    ("CPO sales doubled.", "CPO销量翻了一番。"),
    ("CPO sales rose by 100%.", "CPO销量增长一倍。"),
    ("CPO sales tripled.", "CPO销量增长两倍。"),
    ("CPO sales grew twofold.", "CPO销量增至两倍。"),
    ("CPO power was halved.", "CPO功耗下降50%。"),
    ("CPO比可插拔模块可靠百倍以上。", "CPO is at least 100 times as reliable as a pluggable module."),
    # bounds
    ("Packaging takes half of the cost at the least and 80% at the most.", "封装至少占成本的五成，最多占八成。"),
    (
        "光子器件的成本中，封装至少占五成，最多占八成。",
        "Packaging takes up to 80% of the cost of a photonic device, and at least 50%.",
    ),
    ("总额最高55亿美元。", "The total is up to US$5.5 billion."),
    ("The simulation and the test differ by no more than 4%.", "The simulation agrees with the test within 4%."),
    ("仿真与实测相差不超过4%。", "The simulation agrees with the test within 4%."),
    ("CPO的损耗不得超过5厘米。", "CPO的损耗不超过50毫米。"),
    ("The connector can supply at most 29.7 W, that is 3.3 V at 9 A.", "连接器供电上限为 3.3 V 和 9 A，即 29.7 W。"),
    ("供电不得超过 3.3 V。", "供电上限为 3.3 V。"),
    ("The laser power may be at most 20 dBm.", "The standard allows a maximum laser power of 20 dBm."),
    ("允许的最大激光功率为20 dBm。", "The standard allows a maximum laser power of 20 dBm."),
    ("出荷は3200万個を超える。", "出货超过3200万个。"),
    ("Modules of 800G or faster are shipping.", "800G及以上的模块已出货。"),
    ("约有九成源于激光器。", "About 90% come from the laser."),
    ("CPO良率难以突破85%。", "CPO packages struggle past 85% yield."),
    ("CPO packages have trouble getting beyond a yield of 85%.", "CPO packages struggle past 85% yield."),
    ("功率等级最低 11 dBm，最高 26 dBm。", "功率分为六级：11、14、17、20、23 和 26 dBm。"),
    # "over" that joins
    ("Traffic of 114 Tb/s passes over 256 fibers.", "It carries 114 Tb/s of traffic over 256 fibers."),
    ("Over eight fiber pairs the chiplet moves 4 Tb/s.", "The chiplet carries 4 Tb/s over 8 fiber pairs."),
    # rates in pieces
    (
        "It takes away 130 W with 0.3 litres of coolant a minute.",
        "It removes 130 W with 0.3 litres per minute of coolant.",
    ),
    ("以每分钟0.3升的冷却液带走130 W。", "It removes 130 W with 0.3 litres per minute of coolant."),
    ("边缘密度为每毫米140 Gb/s。", "The edge density is 140 Gb/s per mm."),
    ("The wavelength moves by 0.12 nm for each mW.", "波长移动为0.12 nm/mW。"),
    ("典型值为每毫瓦0.12 nm。", "It shifts by 0.12 nm per mW as a typical value."),
    ("CPO消耗每比特5皮焦。", "CPO uses 5 pJ/bit."),
    # one unit for a list
    (
        "Shoreline density is 10 Tb/s per mm for one, 1.8 for another.",
        "Shoreline density is 1.8 Tb/s per mm for one and 10 for another.",
    ),
    (
        "It shows 11 FIT after 5 years, 29 FIT after 10 and 60 FIT after 20.",
        "运行 5、10 和 20 年后的失效率为 11、29 和 60 FIT。",
    ),
    # ranges
    ("CPO市场将有 54 亿–55 亿美元。", "CPO市场为 54 亿至 55 亿美元。"),
    ("The price is between US$600 and US$800.", "价格为600至800美元。"),
    ("故障間隔は50万〜100万デバイス時間である。", "平均无故障时间为 50 万至 100 万器件小时。"),
    ("Six classes run from 11 dBm up to 26 dBm.", "It defines six classes from 11 to 26 dBm."),
    ("到2029年，CPO出货增长。", "2024 至 2029 年，CPO出货增长。"),
    # times
    ("The offer ran from 18 February to 18 March 2025.", "要约于2025年2月18日至3月18日进行。"),
    ("CPO于2025年上半年出货。", "CPO shipped in 1H25."),
    ("CPO shipped in the first quarter of 2025.", "CPO于2025年一季度出货。"),
    ("CPO於民國114年出貨。", "CPO shipped in 2025."),
    ("CIR's 2020 figures for CPO start low.", "CIR gave figures for CPO in 2020, which start low."),
    ("The test ran for six months.", "测试持续了半年。"),
    ("It lasts 36 months.", "寿命为三年。"),
    # words for small numbers
    ("The light must stay aligned within one micrometre.", "The light must stay aligned to within a micrometre."),
    ("光的对准必须保持在一微米以内。", "The light must stay aligned to within a micrometre."),
    (
        "影響範囲とは、1つの部品が故障したときに失われる量である。",
        "Blast radius is the amount that is lost when one part fails.",
    ),
    ("The five largest vendors took 89.7% of the market.", "前五大厂商合计占 89.7% 的市场。"),
    # names with numbers
    (
        "最大激光功率，1型为20 dBm，2型为14 dBm，3型为26 dBm。",
        "It allows a maximum laser power of 20, 14 and 26 dBm for its types 1, 2 and 3.",
    ),
    ("The third-generation CPO switch ships.", "第三代CPO交换机已出货。"),
    ("标准T/CESA 1266-2023于2023年发布。", "The standard T/CESA 1266-2023 came out in 2023."),
]

REFUSED = [
    ("CPO市场规模为50亿元。", "The CPO market is US$5 billion."),
    ("The CPO market is US$5 billion.", "CPO市场规模为50亿。"),
    ("The CPO market was put at $344bn.", "The CPO market was put at US$344 million."),
    ("CPO出货5,400台。", "CPO出货5.4万台。"),
    ("四成端口采用CPO。", "Three tenths of the ports use CPO."),
    ("Half of the ports use CPO.", "过半端口采用CPO。"),
    ("CPO uses a quarter of the power.", "CPO的功耗仅为三分之一。"),
    ("CPO以八折出售。", "CPO is sold at 80% off."),
    ("Shipments ran to thousands of units.", "出货数百台。"),
    ("CPO sales doubled.", "CPO销量增长两倍。"),
    ("CPO sales tripled.", "CPO销量增至两倍。"),
    ("CPO sales rose by 200%.", "CPO销量翻了一番。"),
    ("CPO power was halved.", "CPO功耗下降30%。"),
    ("CPO is 10 times as reliable.", "CPO可靠百倍。"),
    ("封装至少占八成。", "Packaging takes up to 80% of the cost of a photonic device, and at least 50%."),
    ("The total is at least US$5.5 billion.", "总额最高55亿美元。"),
    ("The simulation and the test differ by more than 4%.", "The simulation agrees with the test within 4%."),
    ("供电超过 3.3 V。", "供电不得超过 3.3 V。"),
    ("The laser power may be 20 dBm.", "The standard allows a maximum laser power of 20 dBm."),
    ("出荷は3200万個未満である。", "出货超过3200万个。"),
    ("失效率为 0.1 FIT，累计出货超过 3200 万个。", "失效率低于 0.1 FIT，累计出货超过 3200 万个。"),
    ("CPO良率不到85%。", "CPO packages struggle past 85% yield."),
    ("It removes 130 W with 0.3 litres of coolant an hour.", "It removes 130 W with 0.3 litres per minute of coolant."),
    ("边缘密度为每厘米140 Gb/s。", "The edge density is 140 Gb/s per mm."),
    ("The wavelength moves by 0.12 nm for each W.", "波长移动为0.12 nm/mW。"),
    ("It has four wavelengths.", "It carries 4 Tb/s with 8 wavelengths."),
    ("The cost is $360,000 for the 36.", "The cost is $36,000 for the 36."),
    ("The price of an 800G module is between US$600 and US$840.", "The price of an 800G module is US$600 to 800."),
    ("CPO市场将有 54 亿–56 亿美元。", "CPO市场为 54 亿至 55 亿美元。"),
    ("The offer ran from 18 February to 28 March 2025.", "要约于2025年2月18日至3月18日进行。"),
    ("CPO于2025年下半年出货。", "CPO shipped in 1H25."),
    ("CPO shipped in the second quarter of 2025.", "CPO于2025年一季度出货。"),
    ("CPO于2025年底出货。", "CPO shipped in early 2025."),
    ("到2030年，CPO出货增长。", "2024 至 2029 年，CPO出货增长。"),
    ("The test ran for six weeks.", "测试持续了半年。"),
    ("The light must stay aligned within two micrometres.", "The light must stay aligned to within a micrometre."),
    ("The four largest vendors took 89.7% of the market.", "前五大厂商合计占 89.7% 的市场。"),
    ("The second-generation CPO switch ships.", "第三代CPO交换机已出货。"),
    ("标准T/CESA 1266-2024于2023年发布。", "The standard T/CESA 1266-2023 came out in 2023."),
    ("FIT is the number of failures per million device-hours.", "FIT是指每十亿器件小时的失效次数。"),
]


@pytest.mark.parametrize(("claim", "quote"), PROVEN)
def test_a_number_is_proven_in_any_form(claim: str, quote: str) -> None:
    figures, fault = keep_ledger(normalise(claim), [_cited(normalise(quote))], (), "")
    assert fault is None, fault.reason
    assert all(one.origin == "quote" for one in figures)


@pytest.mark.parametrize(("claim", "quote"), REFUSED)
def test_a_number_that_is_another_is_refused(claim: str, quote: str) -> None:
    result = judge(normalise(claim), [_cited(normalise(quote))])
    assert result.standing != "supported"
    assert "the number “" in result.reason  # and not for another reason


def test_a_rate_is_read_with_the_head_of_its_column() -> None:
    header = "Material | Coefficient of thermal expansion in ppm/°C"
    assert _stands("Silicon expands by 2.6 ppm for each degree Celsius.", "Silicon | 2.6", header)
    assert not _stands("Silicon expands by 2.6 nm for each degree Celsius.", "Silicon | 2.6", header)


@pytest.mark.parametrize(
    ("quote", "claim"),
    [
        ("Revenue grew in Q2 2031.", "Revenue grew in the second quarter."),
        ("Revenue was 5,352.9 billion yen.", "Revenue was 5.35 trillion yen."),
    ],
)
def test_a_number_may_be_said_as_reports_say_it(quote: str, claim: str) -> None:
    assert keep_ledger(normalise(claim), [_cited(normalise(quote))], (), "")[1] is None


@pytest.mark.parametrize(
    ("quote", "claim"),
    [
        ("Revenue grew in Q2 2031.", "Revenue grew in the third quarter."),
        ("Revenue grew in 2031.", "Revenue grew in the third quarter of 2031."),
        ("Revenue was 5,352.9 billion yen.", "Revenue was 5.36 trillion yen."),
        ("The loss is 1.44 dB.", "The loss is 1.4 dB."),
        ("運河の通航数は2日で36隻だった。", "運河の通航数は1日36隻だった。"),
    ],
)
def test_a_number_is_not_said_by_one_near_it(quote: str, claim: str) -> None:
    assert keep_ledger(normalise(claim), [_cited(normalise(quote))], (), "")[1] is not None
