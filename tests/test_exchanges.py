"""Two things of one sentence may not be exchanged, whatever they are called: values, places, dates, halves."""

import pytest

from agent.judging import judge
from tests.quoting import cited

CASES = [
    # quote, true claims, false claims
    (
        "Hapag-Lloyd overtook Evergreen in capacity in 2019.",
        ["In 2019 Hapag-Lloyd overtook Evergreen in capacity.", "Evergreen was overtaken by Hapag-Lloyd in 2019.",
         "Evergreen fell behind Hapag-Lloyd in capacity in 2019."],
        ["Evergreen overtook Hapag-Lloyd in capacity in 2019.", "In 2019, Evergreen overtook Hapag-Lloyd.",
         "Hapag-Lloyd was overtaken by Evergreen in 2019."],
    ),
    (
        "Statins lowered cholesterol more than fibrates in patients with diabetes.",
        ["In patients with diabetes, statins lowered cholesterol more than fibrates."],
        ["Fibrates lowered cholesterol more than statins in patients with diabetes."],
    ),
    (
        "The museum lends paintings to the university, and the university lends manuscripts to the library.",
        ["The university lends manuscripts to the library.", "The museum lends paintings to the university."],
        ["The library lends manuscripts to the university.", "The museum lends manuscripts to the university."],
    ),
    (
        "Wheat yields rose in Ukraine, while barley yields fell in Kazakhstan.",
        ["Barley yields fell in Kazakhstan.", "Barley yields fell in Kazakhstan while wheat yields rose in Ukraine."],
        ["Barley yields rose in Ukraine.", "Wheat yields fell in Kazakhstan.", "Wheat yields rose in Kazakhstan."],
    ),
    (
        "The tunnel opened in 1994 and the bridge in 2000.",
        ["The bridge opened in 2000.", "The tunnel opened in 1994."],
        ["The bridge opened in 1994.", "The tunnel opened in 2000."],
    ),
    (
        "Compared with beef, lentils need a twentieth of the land.",
        ["Lentils need a twentieth of the land compared with beef."],
        ["Beef needs a twentieth of the land compared with lentils."],
    ),
    (
        "Unlike Denmark, Sweden kept its border open in April.",
        ["Sweden kept its border open in April, unlike Denmark."],
        ["Denmark kept its border open in April, unlike Sweden."],
    ),
    (
        "Ore from Kiruna is shipped through Narvik to Rotterdam.",
        ["Ore from Kiruna is shipped to Rotterdam through Narvik.",
         "Through Narvik, ore from Kiruna is shipped to Rotterdam."],
        ["Ore from Rotterdam is shipped through Narvik to Kiruna."],
    ),
    (
        "Novo Nordisk's operating margin was 44%, whereas Sanofi's was 21%.",
        ["Sanofi's operating margin was 21%.", "Novo Nordisk's operating margin was 44%.",
         "Sanofi's operating margin was 21%, while Novo Nordisk's was 44%."],
        ["Sanofi's operating margin was 44%.", "Novo Nordisk's operating margin was 21%."],
    ),
    (
        "Marie Curie discovered polonium, and Ernest Rutherford the proton.",
        ["Marie Curie discovered polonium."],
        ["Ernest Rutherford discovered polonium.", "Marie Curie discovered the proton."],
    ),
    (
        "Tokyo hosted the Games in 1964, after Rome had hosted them in 1960.",
        ["Rome hosted the Games in 1960.", "After Rome had hosted them in 1960, Tokyo hosted the Games in 1964."],
        ["Rome hosted the Games in 1964.", "Tokyo hosted the Games in 1960."],
    ),
    (
        "Lufthansa bought 41% of ITA from the Italian treasury for €325 million.",
        ["For €325 million, Lufthansa bought 41% of ITA from the Italian treasury.",
         "The Italian treasury sold 41% of ITA to Lufthansa for €325 million.",
         "41% of ITA was bought by Lufthansa from the Italian treasury."],
        ["ITA bought 41% of Lufthansa from the Italian treasury for €325 million.",
         "The Italian treasury bought 41% of ITA from Lufthansa for €325 million."],
    ),
    (
        "The river Elbe flows from the Czech Republic through Dresden and Hamburg into the North Sea.",
        ["From the Czech Republic, the Elbe flows through Hamburg and Dresden into the North Sea."],
        ["The Elbe flows from the North Sea through Dresden and Hamburg into the Czech Republic."],
    ),
    (
        "Trains, buses and ferries carried 4, 3 and 1 million passengers.",
        ["Ferries, buses and trains carried passengers.", "Buses and trains carried passengers."],
        [],
    ),
    (
        "The committee, which Anna Berg chairs, fined Nordbank after Svea Kredit had complained.",
        ["After Svea Kredit had complained, the committee fined Nordbank.", "Anna Berg chairs the committee.",
         "Nordbank was fined by the committee after Svea Kredit had complained."],
        ["The committee fined Svea Kredit after Nordbank had complained."],
    ),
    (
        "美的收购了库卡，而格力收购了盾安环境。",
        ["格力收购了盾安环境。", "库卡被美的收购。", "格力收购了盾安环境，而美的收购了库卡。"],
        ["格力收购了库卡。", "库卡收购了美的，而格力收购了盾安环境。", "美的收购了盾安环境。"],
    ),
    (
        "长江流域水稻产量上升，黄河流域小麦产量下降。",
        ["黄河流域小麦产量下降。", "黄河流域小麦产量下降，长江流域水稻产量上升。"],
        ["黄河流域小麦产量上升。"],
    ),
    (
        "与2019年相比，成都的地铁里程超过了武汉。",
        ["成都的地铁里程超过了武汉。", "成都的地铁里程与2019年相比超过了武汉。"],
        ["武汉的地铁里程超过了成都。", "与2019年相比，武汉的地铁里程超过了成都。"],
    ),
    (
        "阿根廷在决赛中击败法国，克罗地亚在季军赛中击败摩洛哥。",
        ["克罗地亚在季军赛中击败摩洛哥。", "法国在决赛中被阿根廷击败。"],
        ["法国在决赛中击败阿根廷。", "克罗地亚在决赛中击败法国。"],
    ),
    (
        "東レはヘクセルに炭素繊維を供給し、帝人はエアバスに供給する。",
        ["帝人はエアバスに供給する。", "ヘクセルに炭素繊維を供給するのは東レだ。"],
        ["ヘクセルは東レに炭素繊維を供給する。"],
    ),
    (
        "Ryanair carried 184 million passengers in 2024, easyJet 89 million.",
        ["easyJet carried 89 million passengers in 2024."],
        ["easyJet carried 184 million passengers in 2024."],
    ),
    (
        "Of the patients, 12% had headaches and 5% nausea.",
        ["5% of the patients had nausea."],
        ["12% of the patients had nausea."],
    ),
    (
        "Aspirin reduces fever, while warfarin thins the blood.",
        ["Warfarin thins the blood."],
        ["Warfarin reduces fever.", "华法林退烧，阿司匹林稀释血液。"],
    ),
    ("Bayer acquired Monsanto in 2018.", ["拜耳2018年收购了孟山都。"], ["孟山都2018年收购了拜耳。"]),
    (
        "Rents in Lisbon are higher than in Warsaw.",
        ["里斯本的房租比华沙高。", "リスボンの家賃はワルシャワより高い。"],
        ["华沙的房租比里斯本高。", "ワルシャワの家賃はリスボンより高い。"],
    ),
    (
        "名古屋の家賃は札幌より高い。",
        ["家賃は名古屋の方が札幌より高い。", "札幌の家賃は名古屋より安い。"],
        ["札幌の家賃は名古屋より高い。"],
    ),
    (
        "スズキがダイハツを販売台数で抜いた。",
        ["販売台数でスズキがダイハツを抜いた。", "ダイハツをスズキが販売台数で抜いた。"],
        ["ダイハツがスズキを販売台数で抜いた。"],
    ),
]  # fmt: skip


@pytest.mark.parametrize(("quote", "claim"), [(quote, claim) for quote, true, _ in CASES for claim in true])
def test_another_order_of_the_same_is_no_exchange(quote: str, claim: str) -> None:
    assert judge(claim, [cited(quote)]).reason == ""


@pytest.mark.parametrize(("quote", "claim"), [(quote, claim) for quote, _, false in CASES for claim in false])
def test_what_has_changed_places_is_contradicted(quote: str, claim: str) -> None:
    assert judge(claim, [cited(quote)]).standing == "contradicted"


_FERRIES = "A Volvo ferry has 4 decks of 20 lanes, and a Scania ferry has 2 decks of 9 lanes."
_LOOP = "A cold loop keeps the pumps at 31 °C while the boiler reaches 97 °C."
_ENGINES = "沃尔沃采用柴油机，斯堪尼亚则采用电动机。"
_ORDERS = "Maersk announced orders of US$2 billion each at Hanwha and Samsung on 2 March 2026."


@pytest.mark.parametrize(
    ("quote", "claim", "stands"),
    [
        (_FERRIES, "A Scania ferry has 4 decks.", False),
        (_FERRIES, "A Scania ferry has 2 decks.", True),
        (_LOOP, "The boiler reaches 31 °C.", False),
        (_LOOP, "The boiler reaches 97 °C.", True),
        (_ENGINES, "沃尔沃采用电动机。", False),
        (_ENGINES, "斯堪尼亚采用电动机。", True),
        (_ORDERS, "马士基于2026年3月2日宣布，向Hanwha和Samsung各订购20亿美元。", True),
    ],
)
def test_a_number_or_thing_of_the_other_part_is_told(quote: str, claim: str, stands: bool) -> None:
    found = judge(claim, [cited(quote)]).reason
    assert ("beside" in found or "changed places" in found or "stands where" in found) != stands
