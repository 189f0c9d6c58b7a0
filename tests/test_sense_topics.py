"""Claims on energy, shipping, hospitals and football, which the lists of cues were not written from: true and bent."""

import pytest

from agent.judging.wording.clauses import read
from agent.judging.wording.copying import find_copy_fault
from agent.judging.wording.ordering import find_order_fault
from agent.judging.wording.sense import find_sense_fault

# (quote, a claim that says the same, a claim that turns it)
ENERGY = [
    (
        "The grid operator imports most of its winter electricity from Norway.",
        "Most of the grid operator's electricity in winter is imported from Norway.",
        "The grid operator exports most of its winter electricity to Norway.",
    ),
    (
        "Battery storage is expected to be cheaper than gas peakers by 2030, if lithium stays below $15 a kilo.",
        "By 2030 battery storage should undercut gas peakers if lithium stays below $15 a kilo.",
        "By 2030 battery storage is certain to be cheaper than gas peakers if lithium stays below $15 a kilo.",
    ),
    (
        "Onshore wind farms need no subsidy in Spain.",
        "In Spain onshore wind farms can do without a subsidy.",
        "Offshore wind farms need no subsidy in Spain.",
    ),
    (
        "The reactor was shut down for maintenance on 3 May and restarted on 9 June.",
        "Maintenance kept the reactor offline from 3 May; it started again on 9 June.",
        "The reactor was not shut down for maintenance on 3 May.",
    ),
    (
        "该省夏季用电高峰期的负荷由抽水蓄能电站承担，低谷期则抽水储能。",
        "夏季用电高峰期的负荷由抽水蓄能电站承担。",
        "该省冬季用电高峰期的负荷由抽水蓄能电站承担。",
    ),
    (
        "除极端天气外，海上风电场的可用率均在 95% 以上。",
        "除了极端天气，海上风电场的可用率都在 95% 以上。",
        "海上风电场的可用率均在 95% 以上。",
    ),
    (
        "光伏组件价格从 2022 年的每瓦 1.9 元下降到 2024 年的 0.7 元。",
        "光伏组件每瓦价格从 2022 年的 1.9 元降到 2024 年的 0.7 元。",
        "光伏组件价格从 2022 年的每瓦 1.9 元上涨到 2024 年的 0.7 元。",
    ),
    (
        "太陽光発電の出力は冬季に低下する。",
        "冬季には太陽光発電の出力が下がる。",
        "太陽光発電の出力は夏季に低下する。",
    ),
]
SHIPPING = [
    (
        "The vessel arrived at Rotterdam on 4 March and unloaded 2,300 containers.",
        "On 4 March the vessel reached Rotterdam, where 2,300 containers were discharged.",
        "The vessel departed from Rotterdam on 4 March.",
    ),
    (
        "Some carriers have resumed sailing through the canal.",
        "Sailings through the canal have been resumed by some carriers.",
        "All carriers have resumed sailing through the canal.",
    ),
    (
        "The port cannot handle ships with a draught of more than 16 metres.",
        "Ships that draw more than 16 metres are beyond what the port can handle.",
        "The port can handle ships with a draught of more than 16 metres.",
    ),
    (
        "The strike ended without a wage agreement.",
        "No wage agreement was reached when the strike ended.",
        "The strike ended with a wage agreement.",
    ),
    (
        "该轮于 5 月 2 日抵达宁波港，没有货物受损。",
        "该轮 5 月 2 日到达宁波港，货物没有受损。",
        "该轮于 5 月 2 日抵达宁波港，有货物受损。",
    ),
    (
        "航运公司计划明年订造六艘甲醇动力船。",
        "The shipping company plans to order six methanol-fuelled ships next year.",
        "The shipping company has already ordered six methanol-fuelled ships.",
    ),
    (
        "Freight rates on the Asia–Europe route fell in June.",
        "亚欧航线的运价在 6 月下跌。",
        "亚欧航线的运价在 6 月上涨。",
    ),
    (
        "コンテナ船は定刻に横浜港へ到着した。",
        "コンテナ船は予定通り横浜港に着いた。",
        "コンテナ船は横浜港への到着が遅れた。",
    ),
]
HOSPITALS = [
    (
        "The new ward admits only patients with acute symptoms.",
        "Only patients with acute symptoms are admitted to the new ward.",
        "The new ward admits only patients with chronic symptoms.",
    ),
    (
        "The tumour turned out to be benign.",
        "It turned out that the tumour is benign.",
        "The tumour turned out to be malignant.",
    ),
    (
        "Nurses must wash their hands before each visit.",
        "Hand washing is mandatory for nurses before each visit.",
        "Nurses may wash their hands before each visit.",
    ),
    (
        "Antibiotics usually cure the infection within a week.",
        "Within a week the infection is usually cured by antibiotics.",
        "Antibiotics always cure the infection within a week.",
    ),
    (
        "该院 2023 年门诊量高于 2022 年，住院量则下降。",
        "与 2022 年相比，该院 2023 年门诊量更高。",
        "该院 2023 年门诊量低于 2022 年。",
    ),
    (
        "这种药未经批准，不能用于儿童。",
        "这种药没有获批，儿童不能使用。",
        "这种药已经批准，可以用于儿童。",
    ),
    (
        "The trial found no difference in mortality between the two groups.",
        "试验发现两组的死亡率没有差异。",
        "试验发现两组的死亡率有差异。",
    ),
    (
        "患者的检测结果为阴性，已经出院。",
        "The patient tested negative and has left hospital.",
        "The patient tested positive and has left hospital.",
    ),
]
FOOTBALL = [
    (
        "United won the home game but lost the away game against Porto.",
        "Against Porto, United won at home.",
        "Against Porto, United lost the home game.",
    ),
    (
        "The club is one of the oldest in the country.",
        "It is among the oldest clubs in the country.",
        "The club is the single oldest in the country.",
    ),
    (
        "The goalkeeper conceded two goals in the first match.",
        "Two goals were conceded by the goalkeeper in the first match.",
        "The goalkeeper scored two goals in the first match.",
    ),
    (
        "如果再输一场，球队就会降级。",
        "球队若再输一场，就要降级。",
        "球队会降级。",
    ),
    (
        "主队的控球率（58%）高于客队（42%）。",
        "主队的控球率为 58%，高于客队的 42%。",
        "主队的控球率（42%）高于客队（58%）。",
    ),
    (
        "The coach opposes the new transfer rules.",
        "主教练反对新的转会规则。",
        "主教练支持新的转会规则。",
    ),
]
TOPICS = [*ENERGY, *SHIPPING, *HOSPITALS, *FOOTBALL]


@pytest.mark.parametrize(("quote", "claim"), [(quote, claim) for quote, claim, _ in TOPICS])
def test_keeps_what_says_the_same(quote: str, claim: str) -> None:
    assert find_sense_fault(claim, quote) is None


@pytest.mark.parametrize(("quote", "claim"), [(quote, claim) for quote, _, claim in TOPICS])
def test_tells_what_is_bent(quote: str, claim: str) -> None:
    assert find_sense_fault(claim, quote) is not None


@pytest.mark.parametrize(
    "claim",
    [
        "Ticket sales fell from 12% to 30%.",
        "The hospital cut its beds to three times the number of 2010.",
        "The 58% of the home side are below the 42% of the guests.",
        "装机容量从 2020 年的 30 GW 下降到 2024 年的 90 GW。",
        "客队的控球率（42%）高于主队的 58%。",
    ],
)
def test_numbers_belie_the_words(claim: str) -> None:
    assert find_sense_fault(claim, "The report gives the figures.") is not None


@pytest.mark.parametrize(
    "claim",
    [
        "Ticket sales rose from 12% to 30%.",
        "The hospital has raised its beds to three times the number of 2010.",
        "A share of 5% more than the 42% of the guests is wanted.",
        "出口增速均超过 20%，对拉美出口增速超过 10%。",
        "The range runs from 9 W to above 4 W.",
    ],
)
def test_numbers_that_fit_are_no_fault(claim: str) -> None:
    assert find_order_fault(claim) is None


@pytest.mark.parametrize(
    ("quote", "claim"),
    [
        (
            "The ward has rooms for visitors in many parts of the house.",
            "The ward has rooms for visitors in all parts of the house.",
        ),
        ("这条航线去年夏天没有中断过一次。", "这条航线去年夏天有中断过一次。"),
        ("The ferry did not stop at the second pier that night.", "The ferry did stop at the second pier that night."),
    ],
)
def test_a_copy_but_for_a_word_is_held_to_it(quote: str, claim: str) -> None:
    assert find_copy_fault(read(claim), read(quote)) is not None
    assert find_copy_fault(read(quote), read(quote)) is None
