"""A claim that breaks off is none."""

import pytest

from agent.judging.coverage.edges import find_edge_fault
from tests.quoting import cited

EN = "Broadcom's Bailly switch needs less power per port than pluggable modules, if the laser is external."
ZH = "博通的共封装交换机降低了每端口的功耗，光引擎与交换芯片封装在同一基板上。"


@pytest.mark.parametrize(
    ("quote", "claim", "whole"),
    [
        (EN, "Broadcom's Bailly switch needs less power per port than pluggable modules.", True),
        (EN, "Broadcom's Bailly switch needs less power.", True),
        (EN, "Broadcom's Bailly switch needs less power per port than", False),
        (EN, "Broadcom's Bailly switch needs less power per.", False),
        (EN, "Broadcom's Bailly switch needs less power per port than plugg", False),
        (ZH, "博通的共封装交换机降低了每端口的功耗。", True),
        (ZH, "博通的共封装交换机降低了每端口的功", False),
        (ZH, "光引擎与交换芯片封装在同一基板上。", True),
        (ZH, "光引擎与", False),
        ("The ferry carries 1.6 MW batteries.", "The ferry's batteries have 1", False),
        ("The share of wind rose to 46.8%.", "The share of wind rose to 46", False),
        ("The share of wind rose to 46%.", "The share of wind rose to 46", False),
        ("The yard has 46 cranes.", "The number of cranes in the yard is 46", True),
        ("货轮在港口之间运送粮食。", "The freighter carries grain bet", False),
        ("货轮在港口之间运送粮食。", "The freighter carries grain between ports", True),
        ("医院购买了设备。", "The hospital bought equipment", True),
        ("医院购买了设备。", "The hospital has bought equipment wit", False),
        ("医院购买了设备。", "The hospital has bought equipment usefully this year", True),
        ("The hospital bought new beds.", "The hospital has just bought bed", True),
        ("Ajinomoto (味の素) makes seasoning.", "Ajinomoto (味の", False),
        ("Ajinomoto (味の素) makes seasoning.", "Ajinomoto (味の素) makes seasoning", True),
        ("Its maker is NVIDIA.", "它由英", False),
        ("Its maker is NVIDIA.", "它由英伟达制造", True),
        ("名录整理于 2026 年。", "名录整理于", False),
        ("居民反对该项目。", "对该项目，居民反对", True),
        ("中国对磷化铟实行管制。", "从今年起，中国对", False),
        ("She asked whom they play with.", "She asked whom they play with.", True),
        ("She asked whom they play with on Sundays.", "She asked whom they play with.", False),
        ("仪器测定离子的质荷比。", "仪器测定离子的质荷比。", True),
        ("仪器测定离子的质荷比值。", "仪器测定离子的质荷比。", False),
        ("The harbour is open when the council is sitting.", "The harbour is open when the council is sit", False),
        ("The harbour is open for ships of the council.", "The harbour is open for ship", True),
        ("For every 100 nurses there are 100.5 beds.", "For every 100 nurses there are 100", False),
        ("Rowers cross the strait without pilots.", "Rowers cross the strait without", False),
        ("二月份医院各项开支占比都有所下降。", "二月份医院各项开支占比", False),
        ("二月份医院各项开支占比，都有所下降。", "二月份医院各项开支占比", True),
    ],
)
def test_a_claim_is_whole(quote: str, claim: str, whole: bool) -> None:
    assert (find_edge_fault(claim, [cited(quote)]) is None) is whole
