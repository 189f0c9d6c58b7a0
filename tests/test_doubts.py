"""What a quote doubts, denies or sets aside may not be claimed as said by it."""

import pytest

from agent.judging import judge
from agent.judging.wording.doubts import find_disowned, find_doubt_fault
from tests.quoting import cited

CASES = [
    # quote, true claims, false claims
    (
        "Analysts doubt that Contoso will open a mine before 2027.",
        ["Analysts doubt that Contoso will open a mine before 2027.", "分析师怀疑Contoso能否在2027年前开矿。"],
        ["Contoso will open a mine before 2027.", "Before 2027 Contoso will open a mine.", "Contoso将在2027年前开矿。",
         "Contosoは2027年までに鉱山を開く。"],
    ),
    (
        "Nokia denied that it had bought Infinera in 2023.",
        ["Nokia denied having bought Infinera in 2023.", "诺基亚否认在2023年收购了Infinera。"],
        ["Nokia had bought Infinera in 2023.", "it had bought Infinera in 2023.", "诺基亚于2023年收购了Infinera。"],
    ),
    (
        "It is unclear whether the bridge will open in June.",
        ["It is unclear whether the bridge will open in June."],
        ["the bridge will open in June.", "In June the bridge will open."],
    ),
    (
        "Reports that the ferry sank in 2019 are wrong.",
        ["It is wrong that the ferry sank in 2019.", "Reports that the ferry sank in 2019 are wrong."],
        ["the ferry sank in 2019", "In 2019 the ferry sank.", "渡轮于2019年沉没。"],
    ),
    (
        "ASE handles packaging rather than wafer manufacturing.",
        ["ASE handles packaging.", "日月光负责封装。", "ASE does not handle wafer manufacturing."],
        ["ASE handles wafer manufacturing.", "日月光负责晶圆制造。"],
    ),
    (
        "很难说电动车会在2027年取代燃油车。",
        ["很难说电动车会在2027年取代燃油车。"],
        ["电动车会在2027年取代燃油车。", "Electric vehicles will replace petrol cars in 2027."],
    ),
    (
        "华为将在2026年量产交换机的说法缺乏依据。",
        ["华为2026年量产交换机的说法并无依据。"],
        ["华为将在2026年量产交换机", "Huawei will mass-produce switches in 2026."],
    ),
    (
        "日月光負責封裝，而非晶圓製造。",
        ["日月光負責封裝。", "日月光负责封装。"],
        ["日月光負責晶圓製造。", "日月光负责晶圆制造。"],
    ),
    (
        "鉄道が2027年に船を置き換えるとは考えにくい。",
        ["鉄道が2027年に船を置き換えるとは考えにくい。"],
        ["鉄道が2027年に船を置き換える。"],
    ),
    (
        "量産が2026年度に始まるという報道を住友電工は否定した。",
        ["住友電工は、量産が2026年度に始まるという報道を否定した。"],
        ["量産が2026年度に始まる", "量産が2026年度に始まる。", "住友電工は2026年度に量産を始める。"],
    ),
    ("ASEは前工程ではなく後工程を担う。", ["ASEは後工程を担う。"], ["ASEは前工程を担う。"]),
]  # fmt: skip


@pytest.mark.parametrize(("quote", "claim"), [(quote, one) for quote, _, false in CASES for one in false])
def test_what_a_quote_disowns_is_not_supported(quote: str, claim: str) -> None:
    assert judge(claim, [cited(quote)]).standing != "supported"
    assert find_disowned(claim, quote)


@pytest.mark.parametrize(("quote", "claim"), [(quote, one) for quote, true, _ in CASES for one in true])
def test_a_claim_that_keeps_the_doubt_is_let_pass(quote: str, claim: str) -> None:
    assert find_disowned(claim, quote) is None


@pytest.mark.parametrize(
    ("quote", "claim"),
    [
        ("Nobody doubts that Contoso will open a mine in 2027.", "Contoso will open a mine in 2027."),
        ("Analysts doubt that the mine pays. Contoso opened it in 2027.", "Contoso opened it in 2027."),
        ("诺基亚并不否认在2023年收购了Infinera。", "诺基亚在2023年收购了Infinera。"),
        ("CPO instead of modules saves 23% of the power.", "用CPO代替模块，功耗节省23%。"),
        ("CPO instead of modules saves 23% of the power.", "CPO in place of modules saves 23% by replacing modules."),
        ("Nokia denied the request in 2023.", "Nokia denied the request in 2023."),
    ],
)
def test_what_is_not_doubted_is_let_pass(quote: str, claim: str) -> None:
    assert find_disowned(claim, quote) is None


def test_what_another_quote_says_outright_may_be_claimed() -> None:
    doubted, said = "Analysts doubt that the bridge will open in June.", "The bridge will open in June."
    assert find_doubt_fault("The bridge will open in June.", [cited(doubted)])
    assert find_doubt_fault("The bridge will open in June.", [cited(doubted), cited(said)]) is None
