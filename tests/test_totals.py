"""What several have together is not given to one of them."""

import pytest

from agent.judging import judge
from agent.judging.identity.totals import find_lone_member
from tests.quoting import cited

EN = "Sumitomo Electric, AXT and JX Advanced Metals together hold about 90% of the InP substrate market."
ZH = "住友电工、AXT和JX金属三家合计占磷化铟衬底市场约九成。"
FROM = "全球磷化铟衬底市场由日本住友电工、美国AXT（北京通美）和日本JX金属三家占据约九成份额，国内企业合计不足一成。"
JA = "住友電工、AXT、JX金属の3社でInP基板市場の約9割を占める。"


@pytest.mark.parametrize(
    ("quote", "claim"),
    [
        (EN, "Sumitomo Electric holds about 90% of the InP substrate market."),
        (EN, "住友电工占InP衬底市场约90%。"),
        (ZH, "住友电工占磷化铟衬底市场约九成。"),
        (ZH, "AXT holds about 90% of the InP substrate market."),
        (FROM, "Sumitomo Electric alone holds about 90% of the global InP substrate market."),
        (JA, "住友電工はInP基板市場の約9割を占める。"),
        ("Combined, Intel and AMD ship 3 million chips.", "Intel ships 3 million chips."),
    ],
)
def test_a_total_given_to_one_is_refused(quote: str, claim: str) -> None:
    assert find_lone_member(claim, quote)
    assert judge(claim, [cited(quote)]).standing != "supported"


@pytest.mark.parametrize(
    ("quote", "claim"),
    [
        (EN, "Sumitomo Electric, AXT and JX Advanced Metals hold about 90% of the InP substrate market."),
        (EN, "住友电工、AXT、JX金属占InP衬底市场约90%。"),
        (ZH, "三家厂商合计占磷化铟衬底市场约九成。"),
        (ZH, "住友电工等三家占磷化铟衬底市场约九成。"),
        (JA, "住友電工、AXT、JX金属がInP基板市場の約9割を占める。"),
        (EN + " Sumitomo Electric alone has 60%.", "Sumitomo Electric has 60%."),
        ("Intel and AMD together sell much. Intel holds 90%.", "Intel holds 90%."),
        ("Intel and AMD each hold 40%, together 80%.", "Intel holds 40%."),
    ],
)
def test_a_claim_of_all_or_of_an_own_number_is_let_pass(quote: str, claim: str) -> None:
    assert find_lone_member(claim, quote) is None
