"""A country beside a company is its own, or stands beside it in what is shown."""

import pytest

from agent.judging import judge
from agent.judging.identity.homes import find_foreign_home
from tests.quoting import cited

ZH = "日本住友电工、美国AXT和日本JX金属供应磷化铟衬底。"
EN = "Japan's Furukawa and the US firm Lumentum make CW lasers."
JA = "日本の古河電工と米国のLumentumはCWレーザーを製造する。"


@pytest.mark.parametrize(
    ("quote", "claim"),
    [
        (ZH, "美国JX金属供应磷化铟衬底。"),
        (ZH, "日本AXT供应磷化铟衬底。"),
        (ZH, "The Japanese firm AXT supplies InP substrates."),
        (ZH, "AXT是日本企业，供应磷化铟衬底。"),
        (EN, "The US firm Furukawa makes CW lasers."),
        (EN, "美国古河电工生产CW激光器。"),
        (EN, "Japan's Lumentum makes CW lasers."),
        (EN, "Furukawa is a US company that makes CW lasers."),
        (JA, "米国の古河電工はCWレーザーを製造する。"),
        (JA, "日本のLumentumはCWレーザーを製造する。"),
    ],
)
def test_a_foreign_country_is_refused(quote: str, claim: str) -> None:
    assert find_foreign_home(claim, [quote])
    assert judge(claim, [cited(quote)]).standing != "supported"


@pytest.mark.parametrize(
    ("quote", "claim"),
    [
        (ZH, "日本JX金属供应磷化铟衬底。"),
        (ZH, "The US company AXT supplies InP substrates."),
        (EN, "日本古河电工生产CW激光器。"),
        (EN, "The US firm Lumentum makes CW lasers."),
        (JA, "日本の古河電工はCWレーザーを製造する。"),
        ("Lumentum opened a plant in Japan.", "In Japan Lumentum opened a plant."),
        ("日本Lumentum设有工厂。", "日本Lumentum设有工厂。"),
        ("Lumentum | Japan | 20%", "Japan's Lumentum has 20%."),
        ("European Lumentum sales rose.", "European Lumentum sales rose."),
    ],
)
def test_an_own_country_and_one_that_is_shown_are_let_pass(quote: str, claim: str) -> None:
    assert find_foreign_home(claim, [quote]) is None
