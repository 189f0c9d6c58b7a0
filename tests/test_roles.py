"""Who does what to whom: two names may not change places, in a claim of any language."""

import pytest

from agent.judging import judge
from tests.quoting import cited

CASES = [
    # quote, true claims, false claims
    (
        "Broadcom supplies Marvell with lasers.",
        ["Broadcom supplies lasers to Marvell.", "Marvell is supplied with lasers by Broadcom.",
         "Marvell buys lasers from Broadcom.", "博通向美满电子供应激光器。", "美满电子向博通采购激光器。"],
        ["Marvell supplies Broadcom with lasers.", "Broadcom is supplied with lasers by Marvell.",
         "Broadcom buys lasers from Marvell.", "美满电子向博通供应激光器。"],
    ),
    (
        "2025年，英特尔收购了Ayar Labs。",
        ["Ayar Labs was acquired by Intel in 2025.", "Intel acquired Ayar Labs in 2025.",
         "2025年Ayar Labs被英特尔收购。"],
        ["Ayar Labs acquired Intel in 2025.", "Intel was acquired by Ayar Labs in 2025.",
         "2025年Ayar Labs收购了英特尔。"],
    ),
    (
        "China imports indium phosphide from Japan.",
        ["Japan exports indium phosphide to China.", "中国从日本进口磷化铟。"],
        ["Japan imports indium phosphide from China.", "日本从中国进口磷化铟。"],
    ),
    (
        "Lumentum's lasers are more reliable than Coherent's.",
        ["Lumentum's lasers are more reliable than Coherent's."],
        ["Coherent's lasers are more reliable than Lumentum's."],
    ),
    ("Kyocera and NGK make ceramic packages.", ["NGK and Kyocera make ceramic packages.", "NGK与京瓷也生产封装。"], ()),
    (
        "北京通美是美国AXT的子公司。",
        ["AXT旗下的北京通美。", "米国AXTの子会社である北京通美。"],
        ["AXT是北京通美的子公司。"],
    ),
    (
        "Molex acquired Teramount in 2026.",
        ["Teramountは2026年にモレックスに買収された。"],
        ["Molexは2026年にTeramountに買収された。"],
    ),
    ("Broadcom competes with NVIDIA in switches.", ["NVIDIA competes with Broadcom in switches."], []),
    ("CPO draws less power than LPO.", ["CPO draws less power than LPO."], ["LPO draws less power than CPO."]),
    ("美国的成本比中国高。", ["美国的成本比中国高。"], ["中国的成本比美国高。"]),
    # names that no lexicon knows
    (
        "Pfizer acquired Seagen in December 2023.",
        ["In December 2023 Pfizer acquired Seagen.", "Seagen was acquired by Pfizer in December 2023."],
        ["Seagen acquired Pfizer in December 2023.", "Pfizer was acquired by Seagen in December 2023."],
    ),
    (
        "Arsenal beat Chelsea at Wembley.",
        ["At Wembley, Arsenal beat Chelsea."],
        ["Chelsea beat Arsenal at Wembley.", "Arsenal were beaten by Chelsea at Wembley."],
    ),
    (
        "Boston-based Vertex sued Lupin over a patent.",
        ["Vertex of Boston sued Lupin over a patent."],
        ["Lupin sued Boston-based Vertex over a patent."],
    ),
]  # fmt: skip


@pytest.mark.parametrize(("quote", "claim"), [(quote, claim) for quote, true, _ in CASES for claim in true])
def test_what_says_the_same_is_supported(quote: str, claim: str) -> None:
    assert judge(claim, [cited(quote)]).reason == ""


@pytest.mark.parametrize(("quote", "claim"), [(quote, claim) for quote, _, false in CASES for claim in false])
def test_names_that_have_changed_places_are_contradicted(quote: str, claim: str) -> None:
    found = judge(claim, [cited(quote)])
    assert found.standing == "contradicted" and "changed places" in found.reason
