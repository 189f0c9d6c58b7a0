"""A claim that turns the sense of its quote is told, in and across languages; one that keeps it is not."""

import pytest

from agent.judging.wording.cues import find_cues, inflect, tokens_of
from agent.judging.wording.sense import find_sense_fault

# (quote, a claim that says the same, a claim that turns it)
ENGLISH = [
    (
        "Lumentum's revenue rose 12% in the third quarter, while its costs fell.",
        "Revenue at Lumentum increased by 12% in the third quarter.",
        "Revenue at Lumentum decreased by 12% in the third quarter.",
    ),
    (
        "Lumentum's revenue rose 12% in the third quarter, while its costs fell.",
        "Lumentum's costs declined.",
        "Lumentum's costs climbed.",
    ),
    (
        "WUS makes printed circuit boards but does not make ABF substrates.",
        "WUS produces printed circuit boards.",
        "WUS does not produce printed circuit boards.",
    ),
    (
        "WUS makes printed circuit boards but does not make ABF substrates.",
        "ABF substrates are not made by WUS.",
        "ABF substrates are made by WUS.",
    ),
    (
        "Coherent plans to open a second InP line in Sherman in 2027.",
        "In 2027 Coherent intends to start a second InP line in Sherman.",
        "Coherent has opened a second InP line in Sherman.",
    ),
    (
        "Demand for continuous-wave lasers may exceed supply in 2026.",
        "In 2026, demand for continuous-wave lasers could exceed supply.",
        "Demand for continuous-wave lasers exceeds supply in 2026.",
    ),
    (
        "TrendForce expects CPO to reach 35% of AI data-center modules in 2030.",
        "According to TrendForce's forecast, CPO reaches 35% of AI data-center modules in 2030.",
        "CPO has reached 35% of AI data-center modules.",
    ),
    (
        "If yields improve, the cost of the engine falls below that of a pluggable module.",
        "Provided that yields improve, the engine costs less than a pluggable module.",
        "The cost of the engine falls below that of a pluggable module.",
    ),
    (
        "Some suppliers have raised the price of optical fiber.",
        "The price of optical fiber was raised by some suppliers.",
        "All suppliers have raised the price of optical fiber.",
    ),
    (
        "Sumitomo Electric supplies indium phosphide substrates to Lumentum.",
        "Lumentum gets indium phosphide substrates from Sumitomo Electric.",
        "Sumitomo Electric is the only supplier of indium phosphide substrates to Lumentum.",
    ),
    (
        "Broadcom is a supplier of CPO switches.",
        "Broadcom supplies CPO switches.",
        "Broadcom is the largest supplier of CPO switches.",
    ),
    (
        "The export permits were approved on 11 June 2025.",
        "Approval of the export permits came on 11 June 2025.",
        "The export permits were rejected on 11 June 2025.",
    ),
    (
        "Marvell's engine draws less power than a retimed module.",
        "A lower power draw than a retimed module is what Marvell's engine offers.",
        "Marvell's engine draws more power than a retimed module.",
    ),
    (
        "External lasers must be replaceable in the field.",
        "It must be possible to replace external lasers in the field.",
        "External lasers may be replaceable in the field.",
    ),
    (
        "Kyocera no longer makes silicon photonics modules.",
        "Kyocera has stopped making silicon photonics modules.",
        "Kyocera still makes silicon photonics modules.",
    ),
    (
        "The foundry failed to qualify its second modulator.",
        "The foundry did not qualify its second modulator.",
        "The foundry qualified its second modulator.",
    ),
    (
        "GlobalFoundries joined the alliance before the standard was published.",
        "Before the standard was published, GlobalFoundries entered the alliance.",
        "GlobalFoundries joined the alliance after the standard was published.",
    ),
    (
        "China lags behind the United States in high-speed SerDes.",
        "The United States leads China in high-speed SerDes.",
        "China leads the United States in high-speed SerDes.",
    ),
    (
        "AXT sells substrates to Coherent.",
        "Coherent buys substrates from AXT.",
        "AXT buys substrates from Coherent.",
    ),
    (
        "The market is immature and prices are high.",
        "Prices are high in a market that is not mature.",
        "The market is mature and prices are high.",
    ),
    (
        "Lead times for EML lasers shortened to 12 weeks.",
        "EML lasers now have shorter lead times, 12 weeks.",
        "Lead times for EML lasers lengthened to 12 weeks.",
    ),
    (
        "The package is non-hermetic and wireless control is not supported.",
        "Wireless control isn't supported; the package is non-hermetic.",
        "The package is non-hermetic and wireless control is supported.",
    ),
    (
        "Not only Broadcom but also NVIDIA ships CPO switches.",
        "Both Broadcom and NVIDIA ship CPO switches.",
        "NVIDIA does not ship CPO switches.",
    ),
    (
        "The coupler loses no less than 1.5 dB.",
        "The coupler loses at least 1.5 dB.",
        "The coupler does not lose 1.5 dB.",
    ),
    (
        "Intel denied that it would close the photonics plant.",
        "Intel denied plans to close the photonics plant.",
        "Intel confirmed that it would close the photonics plant.",
    ),
    (
        "The second source is cheaper and its yield is higher.",
        "Its yield is higher and it costs less: the second source.",
        "The second source is more expensive and its yield is higher.",
    ),
    (
        "Heterogeneous integration is said to yield less than 70%.",
        "Heterogeneous integration reportedly yields below 70%.",
        "Heterogeneous integration yields less than 70%.",
    ),
    (
        "The domestic supply of lasers is sufficient.",
        "There is enough domestic supply of lasers.",
        "The domestic supply of lasers is insufficient.",
    ),
    (
        "The company turned a profit in 2024 after years of losses.",
        "In 2024 the company was profitable.",
        "The company turned a loss in 2024 after years of losses.",
    ),
    (
        "Most link failures come from contaminated connectors.",
        "The majority of link failures is due to contaminated connectors.",
        "All link failures come from contaminated connectors.",
    ),
    (
        "The board accepted the offer, but the regulator has not approved the merger.",
        "The merger is not approved by the regulator.",
        "The regulator has approved the merger.",
    ),
    (
        "Fiber attach is difficult to automate.",
        "Automating fiber attach is hard.",
        "Fiber attach is easy to automate.",
    ),
]
CHINESE = [
    (
        "中际旭创2025年营收增长，但毛利率下降。",
        "2025年中际旭创的营收上升。",
        "2025年中际旭创的营收下滑。",
    ),
    (
        "中际旭创2025年营收增长，但毛利率下降。",
        "中际旭创的毛利率走低。",
        "中际旭创的毛利率走高。",
    ),
    (
        "沪电股份生产印制电路板，不生产ABF基板。",
        "沪电股份是生产印制电路板的企业。",
        "沪电股份不生产印制电路板。",
    ),
    (
        "沪电股份生产印制电路板，不生产ABF基板。",
        "ABF基板不由沪电股份生产。",
        "ABF基板由沪电股份生产。",
    ),
    (
        "光迅科技计划在2027年投产新的光芯片产线。",
        "光迅科技拟于2027年让新的光芯片产线投产。",
        "光迅科技新的光芯片产线已经投产。",
    ),
    (
        "2026年连续波激光器可能供不应求。",
        "连续波激光器在2026年或将短缺。",
        "2026年连续波激光器供不应求。",
    ),
    (
        "连续波激光器供不应求。",
        "连续波激光器短缺。",
        "连续波激光器供过于求。",
    ),
    (
        "如果良率提高，光引擎的成本会低于可插拔模块。",
        "只要良率提高，光引擎就比可插拔模块便宜。",
        "光引擎的成本低于可插拔模块。",
    ),
    (
        "部分供应商已经提高光纤价格。",
        "一些供应商提高了光纤价格。",
        "所有供应商都提高了光纤价格。",
    ),
    (
        "云南锗业生产磷化铟衬底。",
        "磷化铟衬底是云南锗业的产品。",
        "云南锗业是唯一生产磷化铟衬底的企业。",
    ),
    (
        "盛科通信是以太网交换芯片厂商。",
        "盛科通信做以太网交换芯片。",
        "盛科通信是最大的以太网交换芯片厂商。",
    ),
    (
        "商务部批准了这项收购。",
        "这项收购获商务部核准。",
        "商务部否决了这项收购。",
    ),
    (
        "外置激光源必须能现场更换。",
        "外置激光源一定要可以现场更换。",
        "外置激光源可以不支持现场更换。",
    ),
    (
        "国产DSP尚未成熟。",
        "国产DSP还不成熟。",
        "国产DSP已经成熟。",
    ),
    (
        "中国在高速SerDes方面落后于美国。",
        "在高速SerDes方面，美国领先中国。",
        "在高速SerDes方面，中国领先美国。",
    ),
    (
        "高端衬底主要依赖进口。",
        "高端衬底大多靠进口。",
        "高端衬底主要用于出口。",
    ),
    (
        "封装厂不得不提高报价。",
        "封装厂只好上调报价。",
        "封装厂没有提高报价。",
    ),
    (
        "该模块不仅功耗低，也便于维护。",
        "该模块功耗低，维护方便。",
        "该模块功耗高，维护方便。",
    ),
    (
        "耦合损耗不低于1.5 dB。",
        "耦合损耗至少1.5 dB。",
        "并没有1.5 dB的耦合损耗。",
    ),
    (
        "无源光器件的需求持续增加。",
        "无源光器件的需求不断上升。",
        "无源光器件的需求持续减少。",
    ),
    (
        "据称异构集成的良率不到70%。",
        "有报道称异构集成的良率低于70%。",
        "异构集成的良率低于70%。",
    ),
    (
        "公司2024年扭亏为盈，实现盈利。",
        "公司在2024年盈利。",
        "公司在2024年亏损。",
    ),
    (
        "该公司否认将关闭光子工厂。",
        "该公司否认要关停光子工厂。",
        "该公司证实将关闭光子工厂。",
    ),
    (
        "多数链路失效来自连接器污染。",
        "大部分链路失效由连接器污染引起。",
        "全部链路失效来自连接器污染。",
    ),
    (
        "2030年光模块市场有望达到100亿美元。",
        "预计2030年光模块市场达到100亿美元。",
        "光模块市场已达到100亿美元。",
    ),
    (
        "長期來看，國產外延片的比例將上升。",
        "长期看，国产外延片的占比会提高。",
        "长期看，国产外延片的占比会降低。",
    ),
    (
        "該廠並未量產薄膜鈮酸鋰晶圓。",
        "该厂没有量产薄膜铌酸锂晶圆。",
        "该厂量产薄膜铌酸锂晶圆。",
    ),
    (
        "激光器放在封装外部，更换很容易。",
        "激光器外置，容易更换。",
        "激光器内置，容易更换。",
    ),
    (
        "标准发布之前，华为已加入联盟。",
        "华为在标准发布以前就加入了联盟。",
        "华为在标准发布以后才加入联盟。",
    ),
    (
        "除海思外，国内厂商都不生产高速DSP。",
        "国内除了海思，没有厂商生产高速DSP。",
        "国内厂商都生产高速DSP。",
    ),
]
ACROSS = [
    (
        "中国在高精度封装方面落后，但光模块的成本较低。",
        "China lags in high-precision packaging.",
        "China leads in high-precision packaging.",
    ),
    (
        "中国在高精度封装方面落后，但光模块的成本较低。",
        "China's optical modules cost less.",
        "China's optical modules cost is higher.",
    ),
    (
        "沪电股份是印制电路板厂商，不生产 ABF 基板。",
        "WUS makes printed circuit boards but no ABF substrates.",
        "WUS makes printed circuit boards and ABF substrates.",
    ),
    (
        "Kyocera does not make lasers.",
        "京瓷不生产激光器。",
        "京瓷生产激光器。",
    ),
    (
        "Kyocera makes ceramic packages.",
        "京瓷生产陶瓷封装。",
        "京瓷没有生产陶瓷封装。",
    ),
    (
        "Coherent plans to double its InP capacity by 2027.",
        "Coherent计划到2027年把InP产能翻一番。",
        "Coherent已把InP产能翻一番。",
    ),
    (
        "LightCounting expects the CPO market to grow to US$10 billion in 2030.",
        "LightCounting预计2030年CPO市场增长到100亿美元。",
        "LightCounting预计2030年CPO市场萎缩到100亿美元。",
    ),
    (
        "腾讯计划部署博通的 CPO 交换机。",
        "Tencent plans to deploy Broadcom's CPO switch.",
        "Tencent has deployed Broadcom's CPO switch.",
    ),
    (
        "良率可能低于70%。",
        "The yield may be below 70%.",
        "The yield is below 70%.",
    ),
    (
        "The price of an 800G module fell from US$1,200 to US$600.",
        "800G光模块的价格由1200美元降到600美元。",
        "800G光模块的价格由1200美元涨到600美元。",
    ),
    (
        "EML capacity is insufficient.",
        "EML产能不足。",
        "EML产能过剩。",
    ),
    (
        "高端衬底依赖进口。",
        "High-end substrates depend on imports.",
        "High-end substrates are exported.",
    ),
    (
        "外置激光源的可靠性已经过验证。",
        "The reliability of external laser sources has been proven.",
        "The reliability of external laser sources has not been proven.",
    ),
    (
        "TSMC approved the COUPE process for mass production.",
        "台积电批准COUPE工艺用于量产。",
        "台积电否决COUPE工艺用于量产。",
    ),
    (
        "The laser must be outside the package.",
        "激光器必须放在封装外部。",
        "激光器可以放在封装外部。",
    ),
    (
        "The laser must be outside the package.",
        "激光器必须在封装之外。",
        "激光器必须在封装内部。",
    ),
    (
        "部分厂商已经退出 NPO 市场。",
        "Some vendors have left the NPO market.",
        "All vendors have left the NPO market.",
    ),
    (
        "部分厂商已经退出 NPO 市场。",
        "Some vendors have exited the NPO market.",
        "Some vendors have entered the NPO market.",
    ),
    (
        "Ayar Labs is a supplier of optical I/O chiplets.",
        "Ayar Labs是光I/O芯粒的供应商。",
        "Ayar Labs是光I/O芯粒的唯一供应商。",
    ),
    (
        "Ayar Labs is a supplier of optical I/O chiplets.",
        "Ayar Labs供应光I/O芯粒。",
        "Ayar Labs是光I/O芯粒的最大供应商。",
    ),
    (
        "如果高精度封装取得突破，差距会缩小。",
        "The gap will narrow if high-precision packaging makes a breakthrough.",
        "The gap will widen if high-precision packaging makes a breakthrough.",
    ),
    (
        "如果高精度封装取得突破，差距会缩小。",
        "Should there be a breakthrough, on condition that packaging becomes precise, the gap shrinks.",
        "The gap shrinks.",
    ),
    (
        "CPOの消費電力はプラガブルより低い。",
        "CPO draws less power than pluggables: its power is lower.",
        "CPO's power is higher than that of pluggables.",
    ),
    (
        "住友電気工業はInP基板を生産していない。",
        "Sumitomo Electric does not produce InP substrates.",
        "Sumitomo Electric produces InP substrates.",
    ),
    (
        "日本企业在陶瓷封装方面领先。",
        "日本企業はセラミックパッケージで先行している。",
        "日本企業はセラミックパッケージで遅れている。",
    ),
    (
        "Ibiden plans to expand its substrate plant in 2026.",
        "イビデンは2026年に基板工場を拡張する予定である。",
        "イビデンは2026年に基板工場を縮小する予定である。",
    ),
    (
        "Ibiden plans to expand its substrate plant in 2026.",
        "イビデンは2026年に基板工場を拡張する計画だ。",
        "イビデンは基板工場を拡張した。",
    ),
    (
        "2026年以降、光エンジンの需要は増加する見込みだ。",
        "预计2026年以后光引擎的需求增加。",
        "预计2026年以后光引擎的需求减少。",
    ),
    (
        "一部のメーカーはCPOに対応していない。",
        "Some makers do not support CPO.",
        "Some makers support CPO.",
    ),
    (
        "一部のメーカーはCPOに対応していない。",
        "部分厂商不支持CPO。",
        "所有厂商都不支持CPO。",
    ),
]
TRIPLES = [
    ("The lift still works below zero.", "Below zero the lift still works.", "The lift stops working below zero."),
    ("水泵遇冷仍正常工作。", "水泵遇冷仍然起作用。", "水泵遇冷便停止工作。"),
    ("The bank puts growth at 4%.", "That forecast of the bank puts growth at 4%.", "The bank forecasts growth of 4%."),
    ("央行给出的增速为4%。", "央行的这项预测给出的增速为4%。", "央行预测增速为4%。"),
    (
        "A spare is the usual companion of a large pump.",
        "Large pumps usually have a spare.",
        "Large pumps always have a spare.",
    ),
    (
        "北方港口与南方差距较大，深水泊位都落后。",
        "北方港口在深水泊位上都落后。",
        "北方港口在深水泊位上都领先。",
    ),
    (
        "有的港口只算泊位，有的连锚地也算在内，因此各港口数字不能直接相加或比较。",
        "由于有的港口只统计泊位，有的连锚地也计入，各港口数字不能直接比较或相加。",
        "由于有的港口只统计泊位，有的连锚地也计入，各港口数字可以直接比较或相加。",
    ),
    (
        "The bank probably uses the old rate, because 4% would be a loss.",
        "The bank probably uses the old rate, since 4% would mean a loss.",
        "The bank uses the old rate, since 4% would mean a loss.",
    ),
    *ENGLISH,
    *CHINESE,
    *ACROSS,
]

TABLE = "器件 | 美国 | 中国\n器件层：芯片、驱动与封装"
ROW = "CPO 封装 | 精密对准和散热都成熟 | 近 CPO 的成本低，高精度封装还落后"


@pytest.mark.parametrize(("quote", "claim"), [(quote, claim) for quote, claim, _ in TRIPLES])
def test_a_claim_that_keeps_the_sense_stands(quote: str, claim: str):
    assert find_sense_fault(claim, quote) is None


@pytest.mark.parametrize(("quote", "claim"), [(quote, claim) for quote, _, claim in TRIPLES])
def test_a_claim_that_turns_the_sense_is_told(quote: str, claim: str):
    assert find_sense_fault(claim, quote) is not None


@pytest.mark.parametrize("quote", sorted({quote for quote, _, _ in TRIPLES}))
def test_a_copy_stands_whatever_stands_around_it(quote: str):
    assert find_sense_fault(quote, quote) is None
    others = "\n".join(other for other, _, _ in TRIPLES[:6])
    assert find_sense_fault(quote, f"{others}\n{quote}") is None


@pytest.mark.parametrize(
    ("claim", "right"),
    [
        ("In CPO packaging, the US is mature in alignment.", True),
        ("In CPO packaging, the US is immature in alignment.", False),
        ("中国近 CPO 的成本低。", True),
        ("中国近 CPO 的成本高。", False),
        ("China still lags in high-precision packaging.", True),
        ("China leads in high-precision packaging.", False),
    ],
)
def test_a_row_is_read_cell_by_cell(claim: str, right: bool):
    assert (find_sense_fault(claim, ROW, TABLE) is None) == right


@pytest.mark.parametrize(
    ("claim", "quote", "contradicts"),
    [
        ("Prices fell.", "Prices rose.", True),
        ("Lasers are not sold.", "Lasers are sold.", True),
        ("Prices rise.", "Prices may rise.", False),
        ("All prices rise.", "Some prices rise.", False),
    ],
)
def test_a_fault_says_whether_the_quote_says_otherwise(claim: str, quote: str, contradicts: bool):
    fault = find_sense_fault(claim, quote)
    assert fault and fault.contradicts == contradicts


@pytest.mark.parametrize(
    ("text", "axis"),
    [
        ("lead time of 12 weeks", "lead"),
        ("无线通信", "negation"),
        ("不锈钢外壳", "negation"),
        ("不断扩展", "negation"),
        ("not only lasers", "negation"),
        ("no less than five", "negation"),
        ("in the fall of 2025", "change"),
        ("高通发布芯片", "level"),
        ("少なくとも5社", "amount"),
        ("必ず動作する", "negation"),
        ("in May 2025", "possible"),
        ("more than 5 W", "amount"),
    ],
)
def test_a_word_that_only_looks_like_a_cue_is_none(text: str, axis: str):
    assert not any(cue.has(axis) for cue in find_cues(text))


@pytest.mark.parametrize(
    ("text", "side"),
    [
        ("the price dropped", ("change", -1)),
        ("價格並未上漲", ("change", 1)),
        ("コストが下がった", ("change", -1)),
        ("long-term contracts", ("term", 1)),
        ("输出功率", ("port", -1)),
    ],
)
def test_cues_are_found_in_every_form(text: str, side: tuple[str, int]):
    assert any(side in cue.meanings for cue in find_cues(text))


def test_cues_lie_where_they_say():
    text = "該廠並未量產；the plant isn't closed."
    for cue in find_cues(text):
        assert text[cue.start :].startswith(cue.text)
        assert tokens_of(text)[cue.first].start == cue.start


def test_regular_forms():
    assert {"drops", "dropped", "dropping"} <= inflect("drop")
    assert {"supplies", "supplied", "supplying"} <= inflect("supply")
    assert {"rises", "rising"} <= inflect("rise")


@pytest.mark.parametrize("text", ["", " ", "|", "。", "｜", "(", "不", "not", "a | b |", "\n\n", "\u202e", "🙂不"])
def test_nothing_much_is_no_fault_and_no_error(text: str):
    assert find_sense_fault(text, text) is None
    find_sense_fault(text, "Prices rose.")
    find_sense_fault("Prices rose.", text)
