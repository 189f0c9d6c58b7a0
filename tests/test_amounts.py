"""Amounts in words are numbers too: a claim says none that is not shown for it."""

import pytest

from agent.judging import judge
from tests.quoting import cited


@pytest.mark.parametrize(
    ("claim", "quote", "proven"),
    [
        ("CPO uses a third of the power.", "CPO uses one third of the power.", True),
        ("CPO uses a third of the power.", "CPO uses 33% of the power.", True),
        ("CPO uses a third of the power.", "CPO的功耗仅为三分之一。", True),
        ("CPO uses a third of the power.", "CPO uses less power.", False),
        ("CPO takes a quarter of the space.", "CPO takes 25% of the space.", True),
        ("CPO takes a quarter of the space.", "CPO takes 125% of the space.", False),
        ("CPO takes a tenth of the space.", "CPO takes a quarter of the space.", False),
        ("Sales rose in a quarter.", "Sales rose.", True),
        ("CPO以五折出售。", "CPO is sold at half the price.", True),
        ("CPO以八折出售。", "CPO is sold at half the price.", False),
        ("过半厂商采用CPO。", "厂商采用CPO。", False),
        ("三大半导体厂采用CPO，通过半导体工艺制造。", "三大半导体厂采用CPO，通过半导体工艺制造。", True),
        ("通过半导体工艺制造CPO。", "以半导体工艺制造CPO。", True),
    ],
)
def test_shares_in_words_stand_in_a_quote(claim: str, quote: str, proven: bool) -> None:
    assert (judge(claim, [cited(quote)], []).standing == "supported") is proven
