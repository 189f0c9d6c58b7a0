"""Two numbers that take each other's words are told, in one language and across; told in another order they are not."""

import pytest

from agent.judging import judge
from agent.judging.numbers.allotment import find_swap
from tests.quoting import cited

CASES = [
    # quote, head of its table, true claims, claims with two numbers exchanged
    (
        "The Velsen wind farm delivers 420 MW in winter, and its gas turbines deliver 95 MW.", "",
        ["Gas turbines at Velsen deliver 95 MW; the wind farm delivers 420 MW in winter.",
         "维尔森风电场冬季发电420兆瓦，燃气轮机发电95兆瓦。"],
        ["Gas turbines at Velsen deliver 420 MW; the wind farm delivers 95 MW in winter.",
         "维尔森风电场冬季发电95兆瓦，燃气轮机发电420兆瓦。"],
    ),
    (
        "Nurses work 38 hours a week at the children's hospital, while surgeons work 52 hours.", "",
        ["Surgeons work 52 hours a week and nurses 38 hours.", "护士每周工作38小时，外科医生每周工作52小时。"],
        ["Surgeons work 38 hours a week and nurses 52 hours.", "护士每周工作52小时，外科医生每周工作38小时。"],
    ),
    (
        "The ferry burns 14 tonnes of diesel a day with 6 engines, each of 2.4 MW, which is 14.4 MW in all.", "",
        ["Six engines of 2.4 MW each give the ferry 14.4 MW in all."],
        [],
    ),
    (
        "A container costs US$1,900 from Shanghai to Rotterdam and US$640 on the way back.", "",
        ["On the way back a container costs US$640, from Shanghai to Rotterdam US$1,900."],
        ["On the way back a container costs US$1,900, from Shanghai to Rotterdam US$640."],
    ),
    (
        "港口去年处理集装箱310万标准箱，铁路运输82万标准箱。", "",
        ["铁路运输82万标准箱，港口处理集装箱310万标准箱。",
         "The railway carried 820,000 containers, the port handled 3.1 million."],
        ["铁路运输310万标准箱，港口处理集装箱82万标准箱。",
         "The railway carried 3.1 million containers, the port handled 820,000."],
    ),
    (
        "手术室的温度保持在20 °C，而病房达到26 °C。", "",
        ["病房达到26 °C，手术室的温度为20 °C。", "病房達到26 °C，手術室的溫度為20 °C。"],
        ["病房达到20 °C，手术室的温度为26 °C。", "病房達到20 °C，手術室的溫度為26 °C。"],
    ),
    (
        "Heat pump | 6,200 | 9,400", "Device | Price in US$ | Installation cost in US$",
        ["A heat pump's price is US$6,200, its installation costs US$9,400.",
         "热泵的价格为6200美元，安装费为9400美元。"],
        ["A heat pump's price is US$9,400, its installation costs US$6,200.",
         "热泵的价格为9400美元，安装费为6200美元。"],
    ),
    (
        "电池的储能效率为88%，水泵的效率为71%。", "",
        ["水泵的效率为71%，电池为88%。", "The pump's efficiency is 71%, the battery's is 88%."],
        ["水泵的效率为88%，电池为71%。", "The pump's efficiency is 88%, the battery's is 71%."],
    ),
    (
        "Rents fell from 31 euros in the harbour to 24 euros, as offices moved away.", "",
        ["Rents in the harbour fell from 31 to 24 euros."],
        ["Rents in the harbour went from 24 euros to 31 euros."],
    ),
    (
        "The solar plant stores 4 GWh in salt for the night, and 1.5 GWh in batteries for peak hours.", "",
        ["Batteries hold 1.5 GWh for peak hours, salt 4 GWh for the night.",
         "该太阳能电站以盐储存4 GWh供夜间使用，以电池储存1.5 GWh供高峰使用。"],
        ["Batteries hold 4 GWh for peak hours, salt 1.5 GWh for the night.",
         "该太阳能电站以盐储存1.5 GWh供夜间使用，以电池储存4 GWh供高峰使用。"],
    ),
    (
        "タンカーの重量は9万トン、フェリーの重量は2万トンである。", "",
        ["フェリーの重量は2万トン、タンカーの重量は9万トンである。",
         "The ferry weighs 20,000 tonnes, the tanker 90,000 tonnes."],
        ["フェリーの重量は9万トン、タンカーの重量は2万トンである。"],
    ),
    (
        "The hospital has 18 wards with 24 beds each, which makes 432 beds.", "",
        ["There are 432 beds at the hospital: 18 wards have 24 beds each."],
        [],
    ),
    (
        "鲸湾港的水深为17米，航道的宽度为230米。", "",
        ["航道的宽度为230米，水深为17米。", "The channel's width is 230 m, and the depth of water is 17 m."],
        ["航道的宽度为17米，水深为230米。", "The channel's width is 17 m, and the depth of water is 230 m."],
    ),
    (
        "Vaccination reached 93% of the children in the north and 68% in the south.", "",
        ["In the south 68% of the children were vaccinated, in the north 93%."],
        ["In the south 93% of the children were vaccinated, in the north 68%."],
    ),
    (
        "The tanker sailed at 14 knots rather than 19 knots.", "",
        ["Not 19 knots but 14 knots was the tanker's speed."],
        ["The tanker sailed at 19 knots instead of 14 knots."],
    ),
    (
        "Steel for the hull took 41% of the yard's budget; wages took 33%.", "",
        ["Wages took 33% of the budget of the yard and steel 41%.", "船厂预算中，钢材占41%，工资占33%。"],
        ["Wages took 41% of the budget of the yard and steel 33%.", "船厂预算中，钢材占33%，工资占41%。"],
    ),
    (
        "Loss is 0.3 dB per km in fiber X, 0.9 in fiber Y-2 and 2.1 in fiber Z.", "",
        ["Per km, fiber Z loses 2.1 dB and fiber Y-2 loses 0.9 dB."],
        ["In fiber X loss is 0.9 dB per km, in fiber Y-2 it is 0.3."],
    ),
]  # fmt: skip


@pytest.mark.parametrize(
    ("quote", "header", "claim"), [(quote, header, one) for quote, header, true, _ in CASES for one in true]
)
def test_the_same_in_another_order_is_let_be(quote: str, header: str, claim: str) -> None:
    assert find_swap(claim, quote, header) is None
    assert judge(claim, [cited(quote, header)]).standing != "contradicted"


@pytest.mark.parametrize(
    ("quote", "header", "claim"), [(quote, header, one) for quote, header, _, false in CASES for one in false]
)
def test_exchanged_numbers_are_contradicted(quote: str, header: str, claim: str) -> None:
    found = judge(claim, [cited(quote, header)])
    assert found.standing == "contradicted" and found.reason


def test_north_and_south_of_two_clauses_are_let_be() -> None:
    quote = "Vaccination reached 93% of the children in the north and 68% in the south."
    claim = "北部93%的儿童接种了疫苗，南部为68%。"
    assert find_swap(claim, quote) is None
    assert judge(claim, [cited(quote)]).standing != "contradicted"
