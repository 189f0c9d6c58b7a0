"""A claim counts only where its quote says it of the same thing: what is true is kept, each way to bend it told."""

from dataclasses import replace

import pytest

from agent.answer import Citation
from agent.judging import Judgement, judge
from tests.quoting import cited

TWO = "Broadcom's port draws 5 W, while NVIDIA's port draws 9 W."
YEARS = "Revenue was US$24 million in 2024 and US$63 million in 2025."
SHARES = "住友电工和AXT的份额分别为40%和35%。"
ROW = cited("Bailly | 51.2 | 8 engines", header="Product | Capacity in Tb/s | Optics inside")
PRICES = cited("800G EML | 310 | 430", header="Module | Bill of materials in US$ | Price in US$")
COUNTRIES = cited("CPO 封装 | 对准已经成熟 | 高精度封装落后", header="环节 | 美国 | 中国")


@pytest.mark.parametrize(
    ("quote", "claim"),
    [
        (TWO, "NVIDIA's port draws 9 W."),
        (TWO, "Broadcom的端口功耗为5瓦。"),
        (TWO, "A port draws 9 W at NVIDIA and 5 W at Broadcom."),
        (YEARS, "Revenue reached US$63 million in 2025."),
        (YEARS, "收入由2024年的2400万美元增至2025年的6300万美元。"),
        (SHARES, "Sumitomo Electric has 40% and AXT 35%."),
        (ROW, "Bailly has a capacity of 51.2 Tb/s."),
        (ROW, "Bailly has 8 engines inside."),
        (PRICES, "An 800G EML module is priced at US$430."),
        (COUNTRIES, "美国的对准已经成熟。"),
    ],
)
def test_what_a_quote_says_of_the_same_thing_is_supported(quote: str | Citation, claim: str) -> None:
    assert _judge(claim, quote).reason == ""


@pytest.mark.parametrize(
    ("quote", "claim", "why"),
    [
        (TWO, "NVIDIA's port draws 5 W.", "not for “NVIDIA”"),
        (TWO, "Broadcom的端口功耗为9瓦。", "not for “Broadcom”"),
        (YEARS, "Revenue was US$24 million in 2025.", "not for “2025”"),
        (YEARS, "2024年的收入为6300万美元。", "not for “2024年”"),
        (YEARS, "Revenue was US$63 million in 2024 and US$24 million in 2025.", "“"),
        (SHARES, "Sumitomo Electric has 35% and AXT 40%.", "not for “Sumitomo Electric”"),
        (PRICES, "An 800G EML module is priced at US$310.", "Bill of materials"),
        (COUNTRIES, "中国的对准已经成熟。", ""),
        (ROW, "Bailly has a capacity of 8 Tb/s.", "8 Tb/s"),
    ],
)
def test_a_true_number_or_cell_for_another_thing_is_refused(quote: str | Citation, claim: str, why: str) -> None:
    found = _judge(claim, quote)
    assert found.standing != "supported" and why in found.reason


@pytest.mark.parametrize(
    ("claim", "standing"),
    [
        ("据企业清单，华为生产交换机。", "supported"),
        ("据高盛，华为生产交换机。", "unsupported"),
        ("According to Lightwave, Huawei makes switches.", "unsupported"),
        ("Lightwaveによると、ファーウェイはスイッチを生産する。", "unsupported"),
        ("Huawei makes “switches for the moon”.", "unsupported"),
        ("Huawei of Brazil makes switches.", "unsupported"),
        ("华为生产交换机。", "supported"),
        ("Huawei makes switches.", "supported"),
    ],
)
def test_whoever_is_named_must_be_shown(claim: str, standing: str) -> None:
    assert _judge(claim, "华为生产交换机（企业清单，2026 年；可信度高）。").standing == standing


def test_a_heading_lends_its_name_only_where_the_quote_names_no_other() -> None:
    section = ("Broadcom and NVIDIA",)
    alone = replace(cited("The switch draws 9 W."), section=section)
    other = replace(cited("Marvell's engine draws 9 W."), section=section)
    assert _judge("Broadcom's switch draws 9 W.", alone).standing == "supported"
    assert "Marvell" in _judge("Broadcom's engine draws 9 W.", other).reason


def test_the_year_of_a_source_dates_the_source() -> None:
    quote = "Furukawa plans five times its capacity by 2028 (EE Times Japan, 2025; confidence high)."
    assert _judge("Furukawa plans five times its capacity by 2028 (EE Times Japan, 2025).", quote).reason == ""
    assert "2025" in _judge("Furukawa plans five times its capacity by 2025.", quote).reason


def test_two_quotes_prove_a_list_and_no_mixture() -> None:
    quotes = [cited("Kyocera makes ceramic packages."), cited("Ibiden makes glass-core substrates for servers.")]
    assert judge("Kyocera makes ceramic packages, and Ibiden makes glass-core substrates.", quotes).reason == ""
    assert judge("Ceramic packages are made for servers.", quotes).standing == "unsupported"


def test_the_ledger_tells_where_each_number_stands() -> None:
    citation = cited(TWO)
    (numeral,) = judge("NVIDIA's port draws 9 W.", [citation]).ledger
    assert (numeral.origin, numeral.subjects[0]) == ("quote", "NVIDIA")
    assert TWO[numeral.start : numeral.end] == "9 W"


def _judge(claim: str, quote: str | Citation) -> Judgement:
    return judge(claim, [cited(quote) if isinstance(quote, str) else quote])


@pytest.mark.parametrize(
    ("quote", "claim"),
    [
        ("Kyocera and NGK supply ceramic packages.", "Contoso supplies ceramic packages."),
        ("Kyocera and NGK supply ceramic packages.", "Dreamworks Optics and NGK supply ceramic packages."),
        ("Kyocera and NGK supply ceramic packages for ships.", "Orange supplies ceramic packages for ships."),
        ("Kyocera and NGK supply ceramic packages.", "昊天光电供应陶瓷封装。"),
        ("京瓷和 NGK 供应陶瓷封装。", "陶瓷封装由昊天光电供应。"),
        ("京瓷和 NGK 为船舶供应陶瓷封装。", "昊天为船舶供应陶瓷封装。"),
        ("京瓷和 NGK 供应陶瓷封装。", "Contoso supplies ceramic packages."),
    ],
)
def test_a_company_that_no_list_knows_must_be_shown_too(quote: str, claim: str) -> None:
    assert judge(claim, [cited(quote)]).standing != "supported"


@pytest.mark.parametrize(
    ("quote", "claim"),
    [
        ("盛科通信设计以太网交换芯片。", "Centec designs Ethernet switch chips."),
        ("源杰科技生产激光器。", "Yuanjie produces lasers."),
        ("Pluggable modules are retimed.", "Retimed modules are pluggable."),
        ("基板的国产化影响成本。", "Localising substrates affects the cost."),
    ],
)
def test_a_word_that_opens_a_claim_is_no_unknown_name(quote: str, claim: str) -> None:
    assert "name" not in judge(claim, [cited(quote)]).reason


@pytest.mark.parametrize(
    ("quote", "true", "false"),
    [
        (
            "Luton spent £26m on wages in 2023-24, a record.",
            "Luton spent £26 million on wages in 2023-24.",
            "Luton spent £26 million on wages in 2022-23.",
        ),
        (
            "央行在3月将存款准备金率下调0.5个百分点。",
            "央行3月下调存款准备金率0.5个百分点。",
            "央行3月下调存款准备金率5个百分点。",
        ),
    ],
)
def test_a_season_at_the_end_and_a_word_within_a_word_are_read_for_what_they_are(
    quote: str, true: str, false: str
) -> None:
    assert judge(true, [cited(quote)]).reason == ""
    assert judge(false, [cited(quote)]).standing != "supported"


def test_a_title_that_a_japanese_claim_names_is_its_source() -> None:
    quote = replace(cited("热泵从地下水中取热。"), title="供暖概览")
    claim = "ヒートポンプについて：『供暖概览』（中国語）によると：「热泵从地下水中取热。」"
    assert judge(claim, [quote]).reason == ""
    assert judge(claim.replace("供暖概览", "供电概览"), [quote]).reason


@pytest.mark.parametrize(
    ("quote", "claim", "standing"),
    [
        ("Connectors do not break.", "“Why lasers never fail” says: “Connectors do not break.”", "supported"),
        (
            "连接器不会断裂，也不会松动。",
            "連結部については、『Why lasers never fail』（中国語）によると：「连接器不会断裂，也不会松动。」",
            "supported",
        ),
        ("Connectors do not break.", "“Connectors do not break” is not true of them.", "contradicted"),
        ("Connectors break.", "“Connectors break” is wrong.", "contradicted"),
        ("连接器不会断裂，也不会松动。", "「连接器不会断裂，也不会松动」的说法是错误的。", "contradicted"),
        ("连接器不会断裂，也不会松动。", "「连接器不会断裂，也不会松动」という記述は誤りである。", "contradicted"),
        ("Connectors do not break.", "Connectors “do” break.", "contradicted"),
        ("Connectors break.", "“Why connectors never fail” says: “Connectors break.”", "unsupported"),
    ],
)
def test_what_is_quoted_to_the_letter_is_proved_and_what_is_said_of_it_is_judged(
    quote: str, claim: str, standing: str
) -> None:
    assert judge(claim, [replace(cited(quote), title="Why lasers never fail")]).standing == standing


def test_a_title_with_a_colon_is_named_whole() -> None:
    quote = replace(cited("热泵从地下水中取热。"), title="供暖概览：热泵与锅炉")
    claim = "ヒートポンプについて：『供暖概览：热泵与锅炉』（中国語）によると：「热泵从地下水中取热。」"
    assert judge(claim, [quote]).reason == ""
    assert judge(claim.replace("锅炉", "水泵"), [quote]).standing != "supported"
