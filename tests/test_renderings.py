"""Names that no list has, in the letters of one language for those of another; and countries within names."""

import pytest

from agent.judging import judge
from agent.judging.identity.names import find_unknown_name
from agent.judging.identity.renderings import sounds_like
from agent.judging.wording.ordering import find_order_fault
from tests.quoting import cited

RENDERED = [
    # quote, claims whose names are its own, claims that name others
    (
        "维斯塔斯2024年交付了12吉瓦的风机，西门子交付了8吉瓦。",
        ["Vestas delivered 12 GW of turbines in 2024.", "Vestas delivered 12 GW and Siemens 8 GW."],
        ["Nordex delivered 12 GW of turbines in 2024.", "Boeing delivered 12 GW of turbines in 2024."],
    ),
    (
        "桑坦德银行在波兰关闭了30家分行。",
        ["Santander closed 30 branches in Poland."],
        ["BNP Paribas closed 30 branches in Poland.", "Erste closed 30 branches in Poland."],
    ),
    (
        "ミシュランはタイヤを年間2億本生産する。",
        ["Michelin makes 200 million tyres a year."],
        ["Honda makes 200 million tyres a year.", "Bridgestone makes 200 million tyres a year."],
    ),
    (
        "上汽与清陶能源签署了供货协议。",
        ["SAIC has signed a supply agreement."],
        ["Volvo has signed a supply agreement.", "A supply agreement was signed with VDL."],
    ),
    (
        "越南对美出口增长了20%，对日出口下降。",
        ["Vietnam's exports to the United States grew 20%.", "Vietnam's exports to Japan fell."],
        ["Vietnam's exports to Germany grew 20%."],
    ),
]


@pytest.mark.parametrize(("quote", "claim"), [(quote, claim) for quote, same, _ in RENDERED for claim in same])
def test_a_name_may_be_told_in_other_letters(quote: str, claim: str) -> None:
    assert find_unknown_name(claim, [quote]) == ""


@pytest.mark.parametrize(("quote", "claim"), [(quote, claim) for quote, _, others in RENDERED for claim in others])
def test_another_name_is_not_one_in_other_letters(quote: str, claim: str) -> None:
    assert "stands in no quote" in find_unknown_name(claim, [quote])


@pytest.mark.parametrize(
    ("name", "other", "alike"),
    [
        ("Ericsson", "爱立信", True), ("Glencore", "嘉能可", True), ("Volkswagen", "フォルクスワーゲン", True),
        ("Ubisoft", "育碧", True), ("Glencore", "爱立信", False), ("Airbus", "フォルクスワーゲン", False),
        ("Maersk", "", False),
    ],
)  # fmt: skip
def test_names_are_compared_by_their_sound(name: str, other: str, alike: bool) -> None:
    assert sounds_like(name, other) is alike


def test_a_country_within_the_name_of_a_house_is_not_claimed() -> None:
    assert find_unknown_name("挪威国家石油的产量增长。", ["Equinor's output rose."]) == ""
    assert "德国" in find_unknown_name("德国的产量增长。", ["Equinor's output rose."])
    assert "法国" in find_unknown_name("法国航空的利润增长。", ["KLM's profit rose."])  # Air France, as is known


def test_who_does_another_thing_in_the_passive_turns_no_verb_of_the_sentence() -> None:
    quote = "Nvidia's switch uses modulators made by TSMC."
    assert judge("英伟达的交换机采用台积电制造的调制器。", [cited(quote)]).reason == ""
    assert judge("台积电的交换机采用英伟达制造的调制器。", [cited(quote)]).reason != ""


def test_what_is_held_against_another_is_not_the_number_of_those_it_is_said_of() -> None:
    assert find_order_fault("每天走8000步以上者的患病风险低于走4000步者。") is None
    assert find_order_fault("患病者的份额为30%，低于2020年的12%。") is not None


def test_one_that_only_divides_is_told_by_each() -> None:
    quote = "The refinery handles 400,000 barrels per day."
    assert judge("製油所は1日40万バレルを処理する。", [cited(quote)]).reason == ""
    assert "“1”" in judge("製油所は1社40万バレルを処理する。", [cited(quote)]).reason
