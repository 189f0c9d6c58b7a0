"""A claim whose own numbers belie its words is told, whatever is quoted; what merely looks like it is let be."""

import pytest

from agent.judging import judge
from agent.judging.numbers.reckoning import find_reckoning_fault
from tests.quoting import cited

BELIED = [
    "The new ward costs US$30 million, which is less than the US$20 million of the old one.",
    "The ferry's power of 14 MW is higher than the 19 MW of the tanker.",
    "A heat pump draws 2 kW, more than the 9 kW of a boiler.",
    "Rents fell from 24 euros to 31 euros.",
    "Shipments rose from 63 million in 2025 to 24 million in 2026.",
    "The plant takes 17 MW, of which the pumps take 435 MW.",
    "A 厂的停机率（5.681%）低于 B 厂（3.244%）。",
    "港口去年处理 6300 万吨，少于前年的 2400 万吨。",
    "病床售出 6300 万张，少于 2031 年的 2400 万张。",
    "热泵的功率为 2 kW，远高于锅炉的 9 kW。",
    "护士的工时从每周 38 小时下降到 52 小时。",
    "船厂用电 5 MW，其中焊接 9 MW。",
    "病床由 300 张增加到 240 张。",
    "The new bridge is longer than the old one: 310 m against 640 m.",
    "The bridge's 20 m is three times the boat's 60 m.",
    "The line was built from 2038 to 2032.",
    "新桥比旧桥更长：310 米对 640 米。",
    "新医院的 23 亿美元是旧医院的 81 亿美元的三倍。",
    "2038 至 2032 年，医院先换热泵。",
]
LET_BE = [
    "The new ward costs US$20 million, which is less than the US$30 million of the old one.",
    "Demand grew by 30%, more than the 12% that was expected.",
    "It draws 30% less than the pump, whose share is 12%.",
    "The ward costs US$30 million, and its staff is smaller than that of the US$20 million ward.",
    "A heat pump draws 2 kW, not more than the 9 kW of a boiler.",
    "Sales are 5% higher than the 3% of the year before would suggest.",
    "The signal fell from -10 dBm to -20 dBm.",
    "It rose from third place to first.",
    "The mean is 5 W, of which each module takes up to 9 W.",
    "Rents fell from 31 euros to 24 euros, after they had risen from 20 euros to 31 euros.",
    "Prices went from 5 to 9 euros where rents fell.",
    "It had over 4 feet (1.2 m) of snow, more than 5 feet (1.5 m) in drifts.",
    "学费为 5000 元/学年（其中，外语专业 6000 元/学年）。",
    "研发投入仅增长 3.5%，费用从 23 亿元降低至 20 亿元。",
    "需求增长 5%，其中医院增长 30%。",
    "港口去年处理 2400 万吨，少于前年的 6300 万吨。",
    "热泵的功率为 9 kW，不低于锅炉的 9 kW。",
    "热泵为 9 kW，成本低于 2 kW 的锅炉。",
    "泵的效率为 88%，比电池高 17%。",
    "病床由 240 张增加到 300 张。",
    "The new bridge is longer than the old one: 640 m against 310 m.",
    "The new bridge is not longer than the old one: 310 m against 640 m.",
    "Rents were higher than in 2029, and 310 beds stand against 640 patients.",
    "The bridge's 60 m is three times the boat's 20 m.",
    "The bridge's 20 m is a third of the boat's 60 m, three times that of 6 m.",
    "The wall stood from 331 BC to 128 BC, from 331 to 128.",
    "新医院的 81 亿美元是旧医院的 23 亿美元的三倍。",
    "2032 至 2038 年，医院先换热泵。",
    "误差从 5% 降至 3%，而产量从 3 吨增加到 5 吨。",
]


@pytest.mark.parametrize("claim", BELIED)
def test_a_claim_belied_by_its_own_numbers_is_told(claim: str) -> None:
    fault = find_reckoning_fault(claim)
    assert fault and fault.contradicts
    assert judge(claim, [cited(claim.rstrip(".。") + " (notes).")]).standing != "unsupported"


@pytest.mark.parametrize("claim", LET_BE)
def test_numbers_that_fit_are_let_be(claim: str) -> None:
    assert find_reckoning_fault(claim) is None
