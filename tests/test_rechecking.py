"""What a sentence states is worked out from its own numbers; only a result near it that rounds differently is told."""

import pytest

from agent.answer import Citation
from agent.rechecking import recheck


def _cited(quote: str) -> Citation:
    return Citation("d-1.1", "d", "T", "", "", "", "r.md", "en", 1, "1", (), "", 0, len(quote), quote)


@pytest.mark.parametrize(
    ("quote", "stated", "computed"),
    [
        ("Meta measured 15 W for a pluggable against 5.4 W for CPO, a saving of 65%.", "65%", "64%"),
        ("The market grows from $6 million in 2020 to $2.2 billion in 2032, a CAGR of 65%.", "65%", "63.5646%"),
        ("活跃商家数目900万，上年为710万，同比增长26.6%。", "26.6%", "26.7606%"),
    ],
)
def test_a_result_that_does_not_follow_is_told_with_both_numbers(quote: str, stated: str, computed: str) -> None:
    (check,) = recheck([_cited(quote), _cited(quote)])
    assert check.id == "k1" and check.proven
    assert [(one.given, one.differs) for one in check.result.stated] == [(stated, True)]
    assert any(stated in words.en and computed in words.en for words in check.result.warnings)
    assert all(origin.citation and origin.citation.quote == quote for origin in check.origins)


@pytest.mark.parametrize(
    "quote",
    [
        "Power falls from 30 W to 9 W, a saving of 70%.",
        "CPO 市场规模将从2024年的4600万美元增至2030年的81亿美元，年复合增长率为137%。",
        "A 1.6T module at 17 pJ/bit draws 27.2 W.",
        "CPO 市场将由600万美元增至22亿美元，年均增速为65%。",  # of how many years nobody says
        "The market grows from $6 million to $2.2 billion, a CAGR of 65%.",
        "Sales rose to 58,238, up 1,355 on the year, or 2.33%.",  # an increase is not a level
        "全国棉花总产量597.7万吨，比2021年增加24.6万吨，增长4.3%。",
        "In the US 80% know of it, 71% take something for it and 48% have it under control.",
        "现有教师138人，其中博士40人，占近30%。",  # "nearly"
        "Of 32 engines at 95% each, 19.4% of the packages are good.",
        "A 400G module costs 500 USD and a 800G module 900 USD.",
        "",
    ],
)
def test_what_follows_or_means_something_else_is_left_alone(quote: str) -> None:
    assert recheck([_cited(quote)]) == ()
