"""A claim that breaks off is none."""

import pytest

from agent.judging import judge
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
    ],
)
def test_a_claim_is_whole(quote: str, claim: str, whole: bool) -> None:
    reason = judge(claim, [cited(quote)]).reason
    assert ("breaks off" not in reason) is whole
