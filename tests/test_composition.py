"""Drafts are written in the question's language and in its words."""

from typing import Any

import pytest

from agent.composition import compose_arithmetic
from agent.questions import understand

CONTENT = {"id": "c1", "result_shown": "34.5%"}


def plan(operation: str) -> dict[str, Any]:
    return {"operation": operation, "labels": {"a": "Revenue · 2019"}, "chosen": ""}


@pytest.mark.parametrize(
    ("question", "operation", "name"),
    [
        ("What was the Gross Profit Margin in 2019?", "ratio", "Gross Profit Margin: "),
        ("what is the current ratio of the mill in 2019?", "ratio", "Current ratio: "),
        ("ROE for 2019?", "ratio", "ROE: "),
        ("2019年毛利率是多少？", "ratio", "毛利率："),
        ("2019年研发经费与利润的比值是多少？", "ratio", "研发经费与利润的比值："),
        ("2019年营业收入与营业成本的比值是多少？", "times", "比值："),
        ("2019年营业收入是营业成本的多少倍？", "times", "倍数："),
        ("What was the ratio of revenue to cost in 2019?", "times", "Ratio: "),
        ("What was the growth in revenue?", "growth", "Growth: "),
    ],
)
def test_a_result_goes_by_the_name_that_the_question_gives_it(question: str, operation: str, name: str) -> None:
    (claim,) = compose_arithmetic(understand(question), plan(operation), CONTENT).claims
    assert claim.text == f"{name}34.5% (Revenue · 2019)"
