"""A word that gives a number another meaning than the formula's argument has makes a question unsettled."""

import pytest

from agent.calculator import route, run_route

TURNED = """
3 W per engine for 16 engines plus 10 W for the ELS: total power?
每个引擎不良率5%，32个引擎，封装良率多少？
32 engines with a failure probability of 5% each: package yield?
40% of engines fail; 16 engines: what is the yield?
At a scrap rate of 10% and a cost of 100 USD, cost per good unit?
报废率10%，成本100美元，单位良品成本多少？
Gross margin of 57% at a cost of 341 USD: what is the price?
利润率20%，成本100美元，售价多少？
The yield of 32 engines is 19.4%. What is the yield of one?
32个引擎的总良率为19.4%，单个引擎的良率是多少？
如果每年下降20%，几年减半？
At 20% growth, how many years until it triples?
Market shrinks 20% a year: how long to double?
销量由2400万增加6300万，增长率多少？
Sales rose by 63 million from 24 million units, growth in percent?
比2021年43万人，增长了6.7万人，增长率是百分之多少？
全国棉花总产量597.7万吨，比2021年增加24.6万吨，增长百分之几？
往返30米光纤的时延
What is the round-trip time of flight in 30 m of fibre?
每端DSP 100 ns，FEC 100 ns，飞行147 ns，总时延？
横向偏移1 μm，模场直径9.2 μm，损耗多少？
The window is ±0.05 nm at 0.07 nm/K: what temperature window?
two 20 dBm lasers in mW
双向8 Tb/s的光引擎，5 pJ/bit，功耗多少瓦？
A pluggable of 15 W including its laser against 5.4 W without the laser: what saving in percent?
水星绕着太阳轨道运行一周要多少天？
收入占比分别为72.93%、82.73%，合计百分之多少？
0.6毛每度电，1000兆瓦时，电费？
revenue grew by 5 million to 20 million dollars. what is the growth rate in percent?
')[0])

""".strip().split("\n")


@pytest.mark.parametrize("question", TURNED)
def test_a_turned_number_is_not_taken_as_it_stands(question: str) -> None:
    assert route(question) is None


@pytest.mark.parametrize(
    ("question", "shown"),
    [
        ("51.2 Tb/s switch at 5 pJ/bit, how many watts?", "256 W"),
        ("激光10 dBm，灵敏度-5 dBm，4个连接器各0.5 dB，1:4分光，余量多少？", "6.9794 dB"),
        ("lateral offset 1 µm with a mode field diameter of 9.2 µm: loss?", "0.205243 dB"),
        ("CAGR from 46 million in 2024 to 8.1 billion in 2030?", "136.749%"),
        ("Laser 23 dBm, 1:4 splitter, coupling 1.5 dB, sensitivity -6 dBm: what margin?", "21.4794 dB"),
        ("从2400万增长到6300万，增长率多少？", "162.5%"),
        ("Sales grew from 24 million to 63 million units: growth in percent?", "162.5%"),
        ("功耗从30瓦降到9瓦，节电百分之几？", "70%"),
        ("1:8分光器的损耗是多少？", "9.0309 dB"),
        ("角度偏差1度，模场半径4.6 μm，波长1.31 μm，倾斜损耗是多少dB？", "0.160995 dB"),
        ("32 engines at 95% yield each: what is the total yield?", "19.3711%"),
        ("1M device hours with zero failures at 90% confidence: what FIT can be claimed?", "2302.59 FIT"),
    ],
)
def test_what_only_looks_like_a_turn_is_still_answered(question: str, shown: str) -> None:
    found = route(question)
    assert found is not None
    assert shown in "; ".join(result.shown() for result in run_route(found))
