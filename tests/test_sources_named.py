"""Whom a claim names as its source must be named as one by what it quotes, not merely spoken of there."""

import pytest

from agent.judging import judge
from tests.quoting import cited

HARBOUR = "博通为港口供应交换机，功耗为 5.5 W（港口周刊，2031 年；可信度高）。"


@pytest.mark.parametrize(
    ("claim", "quote"),
    [
        ("据北极星 研究笔记，博通为港口供应交换机，功耗为 5.5 W。", HARBOUR),
        ("据etalon 研究笔记，博通为港口供应交换机，功耗为 5.5 W。", HARBOUR),
        ("据ship-news 网站，博通为港口供应交换机，功耗为 5.5 W。", HARBOUR),
        ("据博通公告，港口的交换机功耗为 5.5 W。", HARBOUR),
        ("According to Broadcom, the switch draws 5.5 W.", "Broadcom's switch draws 5.5 W (Port Weekly, 2031)."),
    ],
)
def test_a_source_that_is_none_is_told(claim: str, quote: str) -> None:
    assert "source" in judge(claim, [cited(quote)]).reason


@pytest.mark.parametrize(
    ("claim", "quote"),
    [
        ("据港口周刊，博通为港口供应交换机，功耗为 5.5 W。", HARBOUR),
        ("According to Port Weekly, the switch draws 5.5 W.", "Broadcom's switch draws 5.5 W (Port Weekly, 2031)."),
        ("According to Broadcom, the switch draws 5.5 W.", "Broadcom says the switch draws 5.5 W (Port Weekly, 2031)."),
        ("据博通，交换机功耗为 5.5 W。", "博通称，交换机功耗为 5.5 W（港口周刊，2031 年）。"),
        ("据博通，交换机功耗为 5.5 W。", "Broadcom says the switch draws 5.5 W (Port Weekly, 2031)."),
    ],
)
def test_a_source_that_is_named_is_let_be(claim: str, quote: str) -> None:
    assert "source" not in judge(claim, [cited(quote)]).reason
