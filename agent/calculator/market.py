"""Market and cost analytics: growth, shares, learning, payback."""

from decimal import Decimal

from agent.calculator.formula import ANY, MONEY, Caution, Item, Output, Parameter, Requirement
from agent.calculator.formula import Bilingual as Words
from agent.calculator.precision import guarded
from agent.calculator.registry import formula

_LARGEST = Decimal("1e30")
_MOST_YEARS = 100

_SAME_SCOPE = Words(
    "Both values have one scope, one currency and one price basis: forecasts of different houses seldom do.",
    "两个数值的统计范围、币种与价格口径相同；不同机构的预测往往不满足这一点。",
)
_DISCOUNT = Words("Flows come at the end of each year.", "现金流发生在各年末。")
_CUMULATIVE = Words(
    "Volumes are cumulative, not of one year. A price is not a cost when goods are short, and a change of technology "
    "starts a new curve.",
    "产量为累计值而非当年值；供不应求时价格不等于成本；技术换代后曲线重新开始。",
)
_IDENTITY = "Identity."
_WRIGHT = "T. P. Wright, Factors Affecting the Cost of Airplanes, 1936 (from memory)."

_FIRST_LEADS = (
    "from", "starting at", "was", "were", "up from", "down from", "compared with", "compared to", "versus", "against",
    "last year", "a year earlier", "a year ago", "previously",
    "从", "由", "自", "较", "比", "相比", "去年", "上年", "上年同期", "去年同期", "此前", "基期", "原来", "期初",
)  # fmt: skip
_LAST_LEADS = (
    "to", "reach", "reaches", "reached", "reaching", "will be", "becomes", "rose to", "grew to", "fell to", "this year",
    "到", "至", "达", "达到", "将达", "增至", "增长到", "增长至", "升至", "上升到", "降至", "降到", "下降到", "今年",
               "本年", "期末", "→", "->",
)  # fmt: skip
_YEARS_CUES = ("years", "year", "periods", "over", "in", "年", "年间", "年内", "期", "外推", "推算")

# fmt: off
_V0 = Parameter("v0", "V₀", ANY, Words("value at the start", "期初值"), Decimal(0), _LARGEST, above=True,
                cues=("base", "initial value", "期初", "基数", "基期"), leads=_FIRST_LEADS)
_Q0 = Parameter("q0", "Q₀", ANY, Words("cumulative volume at the start", "期初累计产量"), Decimal(0), _LARGEST,
                above=True,
                cues=("initial volume", "初始产量", "期初产量"), leads=("from", "volume from", "从", "由"))
_Q1 = Parameter("q1", "Q₁", ANY, Words("cumulative volume at the end", "期末累计产量"), Decimal(0), _LARGEST,
                above=True,
                cues=("final volume", "期末产量"), leads=("to", "volume to", "reaches", "到", "至", "增至", "达到"))
_C0 = Parameter("c0", "C₀", MONEY, Words("unit cost at the start", "期初单位成本"), Decimal(0), _LARGEST, above=True,
                cues=("initial cost", "costs", "cost", "price", "today", "初始成本", "成本", "单价"),
                leads=("from", "fell from", "从", "由"))
_RATE = Parameter("rate_pct", "r", "%", Words("discount rate a year", "年折现率"), Decimal(0), Decimal(1000), wavy=True,
                  cues=("discount rate", "discounted at", "discount", "cost of capital", "wacc", "interest", "折现率",
                        "贴现率", "资金成本", "利率"))
_PRICE = Parameter("price", "p", MONEY, Words("selling price of a unit", "单位售价"), Decimal(0), _LARGEST, above=True,
                   cues=("price", "sells for", "sells at", "sell at", "sell for", "sold at", "sold for",
                         "selling price", "asp", "priced at", "revenue",
                         "售价", "单价", "价格", "卖", "售"))
# fmt: on


@formula(
    name=Words("Compound annual growth rate", "复合年均增长率"),
    aliases=(
        "cagr", "compound annual growth", "compound annual growth rate", "compound growth rate", "annualised growth",
        "annualized growth", "annualised growth rate", "annualized growth rate", "average annual growth",
        "growth per year", "growth a year", "yearly growth", "annual growth rate",
        "每年增长", "年增长率", "年增速",
        "average annual growth rate", "compounded growth", "复合年均增长率", "年均复合增长率", "年复合增长率",
        "复合年增长率", "复合增长率", "年复合增速", "复合增速", "年均增长率", "年均增速", "年化增长率",
    ),
    parameters=(
        _V0,
        Parameter("v1", "V₁", ANY, Words("value at the end", "期末值"), Decimal(0), _LARGEST, above=True,
                  cues=("final value", "期末"), leads=_LAST_LEADS),
        Parameter("years", "n", "years", Words("years between them: end year − start year, not the years listed",
                                               "间隔年数：末年 − 首年，而非所列年份的个数"),
                  Decimal(0), Decimal(_MOST_YEARS), above=True, cues=_YEARS_CUES),
    ),
    outputs=(
        Output("cagr_pct", "g", "%", Words("compound annual growth rate", "复合年均增长率"),
               "(({v1} ÷ {v0})^(1 ÷ {years}) − 1) × 100",
               cues=("cagr", "compound annual", "compounded annual", "annualised", "annualized", "年复合", "复合增长",
                     "年均增速", "年均增长", "年化")),
    ),
    assumptions=(
        Words("Only the two ends count: a tiny base gives an absurd rate, and nothing is said of the years between.",
              "仅取决于首末两点：基数极小时结果失真，且不反映中间年份。"),
        _SAME_SCOPE,
    ),
    source="Identity; Yole's 2022 report states 65% for 6 million to 2.2 billion US dollars from 2020 to 2032, and "
           "63.6% comes out.",
    latex=r"g = \left(\frac{V_1}{V_0}\right)^{1/n} - 1",
    example={"v0": "6 million USD", "v1": "2.2 billion USD", "years": "12"},
    cautions=(
        Caution(lambda years, **_: years < 1,
                Words("The interval is shorter than a year, so the rate is an extrapolation to a whole year.",
                      "间隔不足一年，该增长率为外推至全年的结果。")),
    ),
)  # fmt: skip
def cagr_pct(v0: Decimal, v1: Decimal, years: Decimal) -> Decimal:
    """Constant growth in % a year that leads from the first value to the last in so many years."""
    return guarded(lambda: ((v1 / v0) ** (1 / years) - 1) * 100)


@formula(
    name=Words("Projection at constant growth", "按固定增速外推"),
    aliases=(
        "project forward", "projected", "projection", "extrapolate", "extrapolated", "extrapolation", "grow at",
        "grows at", "growing at", "at a cagr of", "at a constant growth", "外推", "推算", "按此增速", "按照该增速",
        "保持该增速", "以此增速", "以年均", "按年均", "复合增长率增长", "增速增长",
    ),
    parameters=(
        Parameter("v0", "V₀", ANY, Words("value at the start", "期初值"), -_LARGEST, _LARGEST,
                  cues=("base", "market", "sales", "revenue", "期初", "基数", "市场规模", "收入"), leads=_FIRST_LEADS),
        Parameter("cagr", "g", "%", Words("growth a year", "年增长率"), Decimal(-100), Decimal(10_000), above=True,
                  cues=("cagr", "growth", "growth rate", "a year", "per year", "annually", "annual", "增长率", "增速",
                        "年均", "每年", "年增", "年增长", "复合")),
        Parameter("years", "n", "years", Words("years ahead: end year − start year", "外推年数：末年 − 首年"),
                  Decimal(0), Decimal(_MOST_YEARS), cues=_YEARS_CUES),
    ),
    outputs=(
        Output("value", "V", ANY, Words("value at the end", "期末值"), "{v0} × (1 + {cagr})^({years})",
               cues=("出货多少", "出货量多少", "销量多少", "收入多少", "营收多少", "规模多少",
                     "projected value", "will reach", "will it reach", "will it be worth", "will it be",
                     "how many will", "be worth",
                     "be in", "how big is it", "how large is it", "how big in", "how large in",
                     "how big by", "how large by",
                     "年多少", "年约多少", "年达多少", "年为多少", "年有多少",
                     "how big will", "how large will", "how much will", "年是多少", "年将是多少", "年会是多少",
                     "年能到多少", "年能达多少", "年可达多少", "年到多少", "届时市场规模", "届时规模", "届时",
                     "年有多大", "年多大", "年后多大", "年规模多大", "年后是多少", "年后达到", "年后有多大",
                     "年后规模", "将达到多少", "将达多少", "会达到多少", "预计达到", "外推值")),
    ),
    assumptions=(
        Words("The growth stays the same every year; ramps and saturating markets do not grow so.",
              "各年增速相同；爬坡期与趋于饱和的市场并非如此。"),
    ),
    source=_IDENTITY,
    latex=r"V = V_0 (1 + g)^n",
    example={"v0": "24.9 billion CNY", "cagr": "21.7%", "years": "5"},
)  # fmt: skip
def project(v0: Decimal, cagr: Decimal, years: Decimal) -> Decimal:
    """Value after so many years of a growth in % a year."""
    return v0 * guarded(lambda: (1 + cagr / 100) ** years)


@formula(
    name=Words("Growth from one value to another", "增长率（同比）"),
    aliases=(
        "growth rate", "year-over-year", "year over year", "year-on-year", "year on year", "yoy", "percentage growth",
        "percent growth", "growth in percent", "how fast did", "grow by what percentage", "percentage increase",
        "percent increase", "percentage change", "percent change", "rate of growth", "同比", "同比增长", "增长率",
        "增长了百分之多少", "增长百分之多少", "增幅", "涨幅", "增速", "变动率", "变化率", "变动比例",
    ),
    parameters=(
        _V0,
        Parameter("v1", "V₁", ANY, Words("value at the end", "期末值"), -_LARGEST, _LARGEST,
                  cues=("final value", "期末"), leads=_LAST_LEADS),
    ),
    outputs=(
        Output("growth_pct", "g", "%", Words("growth", "增长率"), "({v1} − {v0}) ÷ {v0} × 100",
               cues=("growth", "grow", "grew", "grown", "percentage increase", "增长", "增幅", "涨幅", "同比")),
    ),
    assumptions=(
        Words("It is in percent of the first value: from 20% to 25% is a growth of 25%, but of 5 percentage points.",
              "以期初值的百分比计：由 20% 升至 25%，增长率为 25%，而变动为 5 个百分点。"),
        _SAME_SCOPE,
    ),
    source=_IDENTITY,
    latex=r"g = \frac{V_1 - V_0}{V_0}",
    example={"v0": "24 million", "v1": "63 million"},
)  # fmt: skip
def growth_pct(v0: Decimal, v1: Decimal) -> Decimal:
    """Growth in % from the first value to the second."""
    return (v1 - v0) / v0 * 100


@formula(
    name=Words("Market share", "市场份额"),
    aliases=(
        "market share", "share of the market", "share of the total", "share of total", "percentage of the total",
        "percent of the total", "percentage of total", "市场份额", "市占率", "市场占有率", "占总量", "占比是多少",
        "占比为多少", "占多大比例", "占总额的比例", "所占比例",
    ),
    parameters=(
        Parameter("v", "v", ANY, Words("the part", "该部分数值"), Decimal(0), _LARGEST,
                  cues=("sold", "shipped", "supplier", "company", "its", "our", "we", "vendor", "我司", "我们",
                        "该公司", "销量", "出货", "公司", "其中"),
                  leads=("of which", "其中")),
        Parameter("total", "V", ANY, Words("the total", "总量"), Decimal(0), _LARGEST, above=True,
                  cues=("total", "market", "overall", "industry", "worldwide", "总量", "总额", "总计", "合计", "市场",
                        "全球", "行业"),
                  leads=("out of", "of a total of", "of", "total of", "占", "共")),
    ),
    outputs=(
        Output("share_pct", "s", "%", Words("market share", "市场份额"), "{v} ÷ {total} × 100",
               cues=("market share", "share of", "share", "份额", "占比", "市占率")),
    ),
    assumptions=(
        Words("Part and total have one period, one currency and one scope: units do not divide revenue.",
              "部分与总量的期间、币种、口径一致；数量与金额不可混用。"),
    ),
    source=_IDENTITY,
    latex=r"s = \frac{v}{V}",
    example={"v": "3,100", "total": "24,000"},
    cautions=(
        Caution(lambda v, total: v > total,
                Words("The part is larger than the total: check that both have one scope.",
                      "部分大于总量：请核对两者口径是否一致。")),
    ),
)  # fmt: skip
def market_share_pct(v: Decimal, total: Decimal) -> Decimal:
    """Share in % of a part in the total."""
    return v / total * 100


@formula(
    name=Words("Herfindahl–Hirschman index", "赫芬达尔—赫希曼指数"),
    aliases=(
        "hhi", "herfindahl", "herfindahl index", "herfindahl-hirschman", "herfindahl–hirschman", "market concentration",
        "concentration index", "how concentrated", "赫芬达尔", "赫芬达尔指数", "市场集中度", "集中度指数", "行业集中度",
    ),
    parameters=(
        Parameter("shares_pct", "s", "%", Words("market shares of the known firms", "已知企业的市场份额"),
                  Decimal(0), Decimal(100), shape="list", wavy=True,
                  cues=("share", "shares", "份额", "占比", "市占率")),
        Parameter("rest_firms", "m", "", Words("number of firms that share the rest", "分享其余份额的企业数"),
                  Decimal(0), Decimal("1e9"), shape="integer", optional=True,
                  cues=("other firms", "others", "remaining firms", "small firms", "家其他企业", "其余企业",
                        "家企业分享")),
    ),
    outputs=(
        Output("hhi_lower", "H₁", "", Words("index with the rest in tiny pieces", "指数下限（其余份额极度分散）"),
               "Σ {shares_pct}²", cues=("hhi", "herfindahl", "赫芬达尔", "集中度")),
        Output("hhi_upper", "H₂", "", Words("index with the rest in one hand", "指数上限（其余份额归一家）"),
               "{hhi_lower} + (100 − Σ {shares_pct})²",
               cues=("upper hhi", "hhi at most", "highest hhi", "hhi 上限", "指数上限")),
        Output("hhi_equal_rest", "H₃", "", Words("index with the rest in equal parts", "指数（其余份额均分）"),
               "{hhi_lower} + (100 − Σ {shares_pct})² ÷ {rest_firms}",
               cues=("equal parts", "equally split", "split equally", "均分", "平均分")),
        Output("residual_pct", "R", "%", Words("share of unknown firms", "未知企业的份额"), "100 − Σ {shares_pct}",
               cues=("rest of the market", "remaining share", "residual share", "其余份额", "剩余份额")),
    ),
    assumptions=(
        Words("Shares of one market, one period and one measure. Sources that disagree on shares give very different "
              "indices: compute each on its own.",
              "份额须属同一市场、同一期间、同一口径；各来源份额不一致时应分别计算，结果可能相差很大。"),
        Words("From 1000 to 1800 a market counts as moderately concentrated, above as highly concentrated, by the US "
              "guidelines.",
              "按美国指南，1000—1800 为中度集中，1800 以上为高度集中。"),
    ),
    source="US Department of Justice and FTC, Merger Guidelines, 2023 (seen as quoted by others).",
    latex=r"H_1 = \sum_i s_i^2;\quad H_2 = H_1 + R^2;\quad H_3 = H_1 + \frac{R^2}{m};\quad R = 100 - \sum_i s_i",
    example={"shares_pct": "60%; 15%; 10%; 5%", "rest_firms": "5"},
    requirements=(
        Requirement(lambda shares_pct, **_: sum(shares_pct) <= 100,
                    Words("the shares add up to more than 100%", "份额之和超过 100%")),
    ),
)  # fmt: skip
def hhi(
    shares_pct: tuple[Decimal, ...], rest_firms: Decimal | None
) -> tuple[Decimal, Decimal, Decimal | None, Decimal]:
    """Lowest and highest index that the shares in % allow, the index with an equally split rest, and the rest in %."""
    known = sum((share * share for share in shares_pct), Decimal(0))
    rest = 100 - sum(shares_pct, Decimal(0))
    return known, known + rest * rest, known + rest * rest / rest_firms if rest_firms else None, rest


@formula(
    name=Words("Import dependency, self-sufficiency and localisation", "进口依存度、自给率与国产化率"),
    aliases=(
        "import dependency", "import dependence", "dependence on imports", "self-sufficiency", "self sufficiency",
        "apparent consumption", "localisation rate", "localization rate", "domestic content", "进口依存度",
        "进口依赖度", "对外依存度", "自给率", "国产化率", "本土化率", "表观消费量",
    ),
    parameters=(
        Parameter("domestic_production", "P", ANY, Words("domestic production", "国内产量"), Decimal(0), _LARGEST,
                  cues=("produced", "domestic", "production", "produces", "output", "made at home", "国内产量", "产量",
                        "国产", "生产")),
        Parameter("imports", "M", ANY, Words("imports", "进口量"), Decimal(0), _LARGEST,
                  cues=("imported", "imports", "import", "进口", "进口量")),
        Parameter("exports", "X", ANY, Words("exports", "出口量"), Decimal(0), _LARGEST,
                  cues=("exported", "exports", "export", "出口", "出口量")),
    ),
    outputs=(
        Output("apparent_consumption", "C", ANY, Words("apparent consumption", "表观消费量"),
               "{domestic_production} + {imports} − {exports}",
               cues=("apparent consumption", "consumed at home", "表观消费", "国内消费量")),
        Output("import_dependency_pct", "d", "%", Words("import dependency", "进口依存度"),
               "{imports} ÷ {apparent_consumption} × 100",
               cues=("import dependency", "import dependence", "dependent on imports", "进口依存", "进口依赖",
                     "对外依存")),
        Output("self_sufficiency_pct", "a", "%", Words("self-sufficiency", "自给率"),
               "{domestic_production} ÷ {apparent_consumption} × 100",
               cues=("self-sufficiency", "self sufficiency", "self-sufficient", "自给率", "自给")),
        Output("localisation_pct", "l", "%", Words("localisation", "国产化率"),
               "({domestic_production} − {exports}) ÷ {apparent_consumption} × 100",
               cues=("localisation", "localization", "国产化", "本土化")),
    ),
    assumptions=(
        Words("Stocks do not change and imports are not exported again; where they are, dependency is overstated and "
              "localisation understated. Self-sufficiency may exceed 100%.",
              "库存不变且无转口；存在转口时进口依存度偏高、国产化率偏低。自给率可超过 100%。"),
        Words("Chinese reports often mean by localisation the purchases from domestic brands over all purchases, "
              "sometimes with foreign-owned plants: ask which.",
              "中文报告中的“国产化率”常指国产品牌采购额占比，有时计入外资在华工厂，须核对定义。"),
    ),
    source="Standard identities of trade statistics (from memory).",
    latex=r"C = P + M - X;\quad d = \frac{M}{C};\quad a = \frac{P}{C};\quad l = \frac{P - X}{C}",
    example={"domestic_production": "30", "imports": "80", "exports": "10"},
    cautions=(
        Caution(lambda domestic_production, exports, **_: exports > domestic_production,
                Words("More is exported than produced, so imports are re-exported and localisation is negative.",
                      "出口大于产量，说明存在转口，国产化率为负。")),
    ),
    requirements=(
        Requirement(lambda domestic_production, imports, exports: domestic_production + imports > exports,
                    Words("the exports leave nothing to consume at home", "出口扣除后国内无消费量")),
    ),
)  # fmt: skip
def import_dependency(
    domestic_production: Decimal, imports: Decimal, exports: Decimal
) -> tuple[Decimal, Decimal, Decimal, Decimal]:
    """Apparent consumption, then import dependency, self-sufficiency and localisation in % of it."""
    consumption = domestic_production + imports - exports
    shares = (imports, domestic_production, domestic_production - exports)
    return consumption, *(share / consumption * 100 for share in shares)  # type: ignore[return-value]


@formula(
    name=Words("Supply gap", "供给缺口"),
    aliases=(
        "supply gap", "shortfall", "supply shortage", "demand gap", "gap between supply and demand",
        "gap between demand and supply", "supply and demand gap", "supply-demand gap", "fill rate", "unmet demand",
        "供给缺口", "供应缺口", "供需缺口", "缺口", "满足率", "需求满足率", "供不应求",
    ),
    parameters=(
        Parameter("demand", "D", ANY, Words("demand", "需求量"), Decimal(0), _LARGEST, above=True,
                  cues=("demand", "demanded", "needed", "required", "orders", "需求", "需求量", "需要", "订单")),
        Parameter("supply", "S", ANY, Words("supply", "供给量"), Decimal(0), _LARGEST,
                  cues=("supply", "supplied", "capacity", "output", "available", "供给", "供应", "产能", "供货",
                        "产量")),
    ),
    outputs=(
        Output("gap", "G", ANY, Words("supply gap", "供给缺口"), "{demand} − {supply}",
               cues=("how large is the gap", "units short", "how many short", "缺多少", "缺口多少", "缺口是多少",
                     "缺口有多大")),
        Output("gap_pct_of_demand", "g", "%", Words("gap in percent of demand", "缺口占需求的比例"),
               "({demand} − {supply}) ÷ {demand} × 100",
               cues=("gap in percent", "percent of demand", "percentage gap", "缺口比例", "缺口率", "缺口占需求")),
        Output("fill_rate_pct", "f", "%", Words("demand that is met", "需求满足率"), "{supply} ÷ {demand} × 100",
               cues=("fill rate", "demand is met", "demand met", "满足率", "满足多少需求")),
    ),
    assumptions=(
        Words("Percentages are of demand: demand that exceeds supply by 30% is a gap of 23.1%.",
              "百分比以需求为基数：“需求超过供给 30%”对应的缺口为 23.1%。"),
        Words("One grade, one year; capacity is not output until yield is counted.",
              "同一规格、同一年度；产能未计良率时不等于产量。"),
    ),
    source=_IDENTITY,
    latex=r"G = D - S;\quad g = \frac{D - S}{D};\quad f = \frac{S}{D}",
    example={"demand": "40 million", "supply": "20 million"},
    cautions=(
        Caution(lambda demand, supply: supply > demand,
                Words("Supply exceeds demand: the gap is negative, a surplus.",
                      "供给大于需求：缺口为负，即供给过剩。")),
    ),
)  # fmt: skip
def supply_gap(demand: Decimal, supply: Decimal) -> tuple[Decimal, Decimal, Decimal]:
    """Demand less supply, that gap in % of demand, and the part of demand in % that is met."""
    return demand - supply, (demand - supply) / demand * 100, supply / demand * 100


@formula(
    name=Words("Cost on a learning curve (Wright's law)", "学习曲线成本（莱特定律）"),
    aliases=(
        "wright's law", "wright’s law", "wright cost", "cumulative output", "cumulative volume",
        "cumulative production", "cumulative units",
        "累计产量", "累计出货", "learning curve cost", "learning curve", "experience curve",
        "cost at volume", "cost after doubling", "莱特定律", "学习曲线成本", "学习曲线", "经验曲线", "学习曲线下的成本",
    ),
    parameters=(
        _C0,
        _Q0,
        _Q1,
        Parameter("learning_rate_pct", "L", "%", Words("fall of the cost at each doubling", "累计产量每翻倍的成本降幅"),
                  Decimal(0), Decimal(50),
                  cues=("learning rate", "per doubling", "each doubling", "lr", "学习率", "每翻倍", "翻一番")),
    ),
    outputs=(
        Output("cost", "C", MONEY, Words("unit cost on the curve", "学习曲线上的单位成本"),
               "{c0} × ({q1} ÷ {q0})^log₂(1 − {learning_rate_pct})",
               cues=("cost after", "cost at that volume", "expect to pay", "cost once", "cost when", "cost be once",
                     "cost be when",
                     "cost be at", "cost at a cumulative", "cost at a total", "unit cost fall to", "成本降到多少",
                     "成本降至多少",
                     "成本将降至", "成本将为")),
    ),
    assumptions=(_CUMULATIVE,),
    source=_WRIGHT,
    latex=r"C = C_0 \left(\frac{Q_1}{Q_0}\right)^{\log_2 (1 - L)}",
    example={"c0": "1000 USD", "q0": "100,000", "q1": "1,600,000", "learning_rate_pct": "15%"},
    cautions=(
        Caution(lambda q0, q1, **_: q1 < q0,
                Words("The volume falls, so the curve is read backwards and the cost rises.",
                      "累计产量减小，曲线反向外推，成本上升。")),
    ),
)  # fmt: skip
def wright_cost(c0: Decimal, q0: Decimal, q1: Decimal, learning_rate_pct: Decimal) -> Decimal:
    """Unit cost after the cumulative volume went from q0 to q1, with a fall in % at each doubling."""
    return c0 * guarded(lambda: (q1 / q0) ** ((1 - learning_rate_pct / 100).ln() / Decimal(2).ln()))


@formula(
    name=Words("Learning rate from two costs", "隐含学习率"),
    aliases=(
        "learning rate", "implied learning rate", "rate of learning", "cost reduction per doubling",
        "cost drop per doubling", "cost fall per doubling", "学习率", "隐含学习率", "每翻倍降幅", "每翻一番的降幅",
        "每翻倍成本下降",
    ),
    parameters=(
        _C0,
        Parameter("c1", "C₁", MONEY, Words("unit cost at the end", "期末单位成本"), Decimal(0), _LARGEST, above=True,
                  cues=("final cost", "期末成本"), leads=("to", "fell to", "down to", "降至", "降到", "到", "至")),
        _Q0,
        _Q1,
    ),
    outputs=(
        Output("learning_rate_pct", "L", "%", Words("learning rate", "学习率"),
               "(1 − 2^(ln({c1} ÷ {c0}) ÷ ln({q1} ÷ {q0}))) × 100",
               cues=("learning rate", "per doubling", "学习率", "每翻倍", "每翻一番")),
    ),
    assumptions=(_CUMULATIVE,),
    source=f"Inverse of wright_cost. {_WRIGHT}",
    latex=r"L = 1 - 2^{\frac{\ln (C_1 / C_0)}{\ln (Q_1 / Q_0)}}",
    example={"c0": "1200 USD", "c1": "700 USD", "q0": "5 million", "q1": "37 million"},
    cautions=(
        Caution(lambda c0, c1, **_: c1 > c0,
                Words("The cost rose, so the learning rate is negative.", "成本上升，学习率为负。")),
    ),
    requirements=(
        Requirement(lambda q0, q1, **_: q1 > q0,
                    Words("the volume at the end must be larger than at the start", "期末累计产量须大于期初累计产量")),
    ),
)  # fmt: skip
def learning_rate_pct(c0: Decimal, c1: Decimal, q0: Decimal, q1: Decimal) -> Decimal:
    """Fall of the unit cost in % at each doubling of the cumulative volume."""
    return guarded(lambda: (1 - 2 ** ((c1 / c0).ln() / (q1 / q0).ln())) * 100)


@formula(
    name=Words("Simple payback time", "静态投资回收期"),
    aliases=(
        "payback", "payback period", "payback time", "simple payback", "pay back", "pays back", "pay for itself",
        "pays for itself", "recover the investment", "recoup", "回收期", "投资回收期", "静态回收期", "回本", "回本周期",
        "收回投资", "收回成本",
    ),
    parameters=(
        Parameter("extra_capex", "K", MONEY, Words("extra investment", "增量投资"), Decimal(0), _LARGEST,
                  cues=("extra", "investment", "capex", "premium", "upfront", "more expensive", "costs", "invest",
                        "增量投资", "投资", "多花", "额外", "溢价", "贵", "投入")),
        Parameter("annual_saving", "s", f"{MONEY}/years", Words("saving a year", "年节省额"),
                  Decimal(0), _LARGEST, above=True,
                  cues=("saves", "saving", "savings", "save", "a year", "per year", "annually", "annual saving", "节省",
                        "节约", "每年", "年节省", "省")),
    ),
    outputs=(
        Output("payback_years", "T", "years", Words("payback time", "回收期"), "{extra_capex} ÷ {annual_saving}",
               cues=("pay back", "pays back", "pay for itself", "payback", "回收期", "回本", "收回")),
    ),
    assumptions=(
        Words("No discounting, no upkeep, the same saving every year; what is lost in serviceability is not priced.",
              "未计折现与维护费用，各年节省额相同；可维护性变差的损失未计价。"),
    ),
    source=_IDENTITY,
    latex=r"T = \frac{K}{s}",
    example={"extra_capex": "8000 USD", "annual_saving": "1224.44 USD/year"},
)  # fmt: skip
def simple_payback_years(extra_capex: Decimal, annual_saving: Decimal) -> Decimal:
    """Years until the savings add up to the extra investment."""
    return extra_capex / annual_saving


@formula(
    name=Words("Net present value", "净现值"),
    aliases=(
        "npv", "net present value", "present value of the cash flows", "discounted cash flow", "dcf", "净现值", "现值",
        "折现现金流", "贴现现金流",
    ),
    parameters=(
        Parameter("rate_pct", "r", "%", Words("discount rate a year", "年折现率"), Decimal(-100), Decimal(1000),
                  above=True, wavy=True, cues=_RATE.cues),
        Parameter("flows", "Fₜ", MONEY, Words("cash flow of each year, the first at once",
                                                 "各年现金流（首项为期初）"),
                  -_LARGEST, _LARGEST, shape="list",
                  cues=("cash flow", "cash flows", "flows", "现金流", "投入", "流入")),
    ),
    outputs=(
        Output("npv", "NPV", MONEY, Words("net present value", "净现值"), "Σₜ {flows} ÷ (1 + {rate_pct})^t",
               cues=("npv", "net present value", "净现值")),
    ),
    assumptions=(
        _DISCOUNT,
        Words("One rate for all years and all risks.", "各年、各项风险采用同一折现率。"),
    ),
    source=_IDENTITY,
    latex=r"\mathrm{NPV} = \sum_{t=0}^{n} \frac{F_t}{(1 + r)^t}",
    example={"rate_pct": "8%", "flows": "-8000 USD; 1224.4 USD; 1224.4 USD; 1224.4 USD; 1224.4 USD"},
)  # fmt: skip
def npv(rate_pct: Decimal, flows: tuple[Decimal, ...]) -> Decimal:
    """Present value of yearly flows, the first of which comes at once, at a discount rate in %."""
    factor = 1 + rate_pct / 100
    value = Decimal(0)
    for flow in reversed(flows):
        value = value / factor + flow
    return value


@formula(
    name=Words("Total cost of ownership", "总拥有成本"),
    aliases=(
        "tco", "total cost of ownership", "cost of ownership", "lifetime cost", "life-cycle cost", "lifecycle cost",
        "总拥有成本", "总体拥有成本", "全生命周期成本", "全寿命成本", "生命周期成本",
    ),
    parameters=(
        Parameter("capex", "K", MONEY, Words("investment", "购置成本"), Decimal(0), _LARGEST,
                  cues=("capex", "purchase", "buy", "price", "costs", "investment", "upfront", "购置", "购买", "采购",
                        "设备价", "投资")),
        Parameter("annual_opex", "O", f"{MONEY}/years", Words("running cost a year", "年运营成本"), Decimal(0),
                  _LARGEST,
                  cues=("opex", "running cost", "operating cost", "a year", "per year", "annually", "annual", "运营",
                        "运维", "每年", "年费用", "电费")),
        Parameter("years", "n", "years", Words("years of use", "使用年数"), Decimal(1), Decimal(_MOST_YEARS),
                  shape="integer",
                  cues=("years", "lifetime", "over", "年", "使用", "寿命")),
        _RATE,
        Parameter("residual", "Z", MONEY, Words("residual value at the end", "期末残值"), Decimal(0), _LARGEST,
                  default=Decimal(0), cues=("residual", "resale", "salvage", "scrap", "残值", "转卖")),
    ),
    outputs=(
        Output("tco", "TCO", MONEY, Words("total cost of ownership", "总拥有成本"),
               "{capex} + Σₜ {annual_opex} ÷ (1 + {rate_pct})^t − {residual} ÷ (1 + {rate_pct})^({years}), "
               "t = 1…{years}",
               "{capex} + Σₜ {annual_opex} ÷ (1 + {rate_pct})^t, t = 1…{years}",
               cues=("tco", "cost of ownership", "cost of owning", "拥有成本")),
    ),
    assumptions=(
        _DISCOUNT,
        Words("Spares, downtime and warranty are in it only as far as the running cost has them.",
              "备件、停机与保修仅在年运营成本已含时计入。"),
    ),
    source=_IDENTITY,
    latex=r"\mathrm{TCO} = K + \sum_{t=1}^{n} \frac{O}{(1 + r)^t} - \frac{Z}{(1 + r)^n}",
    example={"capex": "130,000 USD", "annual_opex": "6000 USD/year", "years": "5", "rate_pct": "8%"},
)  # fmt: skip
def tco(capex: Decimal, annual_opex: Decimal, years: Decimal, rate_pct: Decimal, residual: Decimal) -> Decimal:
    """Investment and discounted running cost of so many years, less the discounted residual value."""
    factor = 1 + rate_pct / 100
    value = -residual
    for _ in range(int(years)):
        value = (value + annual_opex) / factor
    return capex + value


@formula(
    name=Words("Cost of a gigabit per second", "单位带宽成本"),
    aliases=(
        "cost per gbps", "cost per gb/s", "cost per gigabit", "price per gbps", "price per gb/s", "price per gigabit",
        "dollars per gigabit", "dollars per gbps", "cost per bandwidth", "$/gbps", "$/gb/s", "cost per bit",
        "单位带宽成本", "每 Gb/s 成本", "每Gb/s成本", "每 Gbps 成本", "每Gbps成本", "每Gbps的成本", "每 Gb/s 的成本",
        "每G成本", "每 G 成本", "每Gb/s", "每 Gb/s", "每Gbps", "per gb/s", "per gbps", "per gigabit",
    ),
    parameters=(
        Parameter("cost", "C", MONEY, Words("cost or price", "成本或价格"), Decimal(0), _LARGEST,
                  cues=("cost", "costs", "price", "at", "for", "成本", "价格", "售价")),
        Parameter("gbps", "R", "Gb/s", Words("rate", "速率"), Decimal(0), Decimal("1e12"), above=True,
                  cues=("module", "port", "rate", "bandwidth", "模块", "端口", "速率", "带宽")),
    ),
    outputs=(
        Output("cost_per_gbps", "c", f"{MONEY}/(Gb/s)", Words("cost of a Gb/s", "每 Gb/s 成本"), "{cost} ÷ {gbps}",
               cues=("per gbps", "per gb/s", "per gigabit", "单位带宽", "每G")),
    ),
    assumptions=(
        Words("State whether it is cost or price, and one end or the whole link.",
              "须注明为成本还是价格、单端还是整条链路。"),
    ),
    source=_IDENTITY,
    latex=r"c = \frac{C}{R}",
    example={"cost": "1000 USD", "gbps": "1.6 Tb/s"},
)  # fmt: skip
def cost_per_gbps(cost: Decimal, gbps: Decimal) -> Decimal:
    """Cost of each Gb/s."""
    return cost / gbps


@formula(
    name=Words("Check of a bill of materials", "物料清单勾稽核对"),
    aliases=(
        "bom check", "check the bom", "bill of materials", "bom add up", "bom adds up", "does the bom", "bom total",
        "物料清单", "BOM 核对", "BOM核对", "BoM 核对", "BoM勾稽", "勾稽", "物料成本合计", "BOM 合计", "BOM合计",
    ),
    parameters=(
        Parameter("lines", "Σ qᵢpᵢ", MONEY, Words("pairs of quantity and unit price", "数量与单价的组合"),
                  -_LARGEST, _LARGEST, shape="counted", wavy=True,
                  cues=("each", "apiece", "unit price", "单价", "每个", "每只")),
        Parameter("stated_total", "Tₛ", MONEY, Words("total as stated", "所称合计"), Decimal(0), _LARGEST, above=True,
                  wavy=True,
                  cues=("stated", "total", "states", "stated total", "adds up to", "claims", "quoted", "合计", "总计",
                        "总额", "总价", "标称",
                        "所称", "宣称")),
        Parameter("tol_pct", "ε", "%", Words("tolerance", "容差"), Decimal(0), Decimal(100), default=Decimal("0.5"),
                  cues=("tolerance", "within", "容差", "误差")),
    ),
    outputs=(
        Output("computed", "S", MONEY, Words("total of the lines", "逐项合计"), "{lines}",
               cues=("lines add up to", "sum of the lines", "逐项合计", "逐项相加")),
        Output("stated", "T", MONEY, Words("total as stated", "所称合计"), "{stated_total}"),
        Output("difference", "Δ", MONEY, Words("computed less stated", "差额（计算值 − 所称值）"),
               "{computed} − {stated}",
               cues=("off by", "how far off", "差额", "差多少", "相差多少")),
        Output("difference_pct", "δ", "%", Words("difference in percent of the stated total", "差额占所称合计的比例"),
               "{difference} ÷ {stated} × 100", cues=("off in percent", "偏差比例", "偏差百分之")),
        Output("matches", "|δ| ≤ ε", "", Words("the totals agree", "两者一致"), "|{difference_pct}| ≤ {tol_pct}",
               cues=("add up", "adds up", "reconcile", "reconciles", "对得上", "是否一致", "勾稽")),
    ),
    assumptions=(
        Words("No line is inside another: a laser already priced in its module is counted twice.",
              "各项互不包含；若某项已计入另一项（如激光器已含于光源模块），则会重复计算。"),
    ),
    source="Identity. A switch's bill of materials that circulates as Goldman Sachs's of April 2026 does not add up as "
           "transcribed, unless its lasers are inside its laser sources (seen in a third party's transcript).",
    latex=r"S = \sum_i q_i p_i;\quad \Delta = S - T;\quad \delta = \frac{\Delta}{T}",
    example={"lines": "4 × 3000 USD; 72 × 450 USD; 72 × 50 USD; 18 × 400 USD; 144 × 30 USD; 1 × 2500 USD; "
                      "144 × 40 USD; 1152 × 11 USD",
             "stated_total": "75,803 USD"},
)  # fmt: skip
def bom_check(
    lines: tuple[Item, ...], stated_total: Decimal, tol_pct: Decimal
) -> tuple[Decimal, Decimal, Decimal, Decimal, bool]:
    """Total of the lines, the stated total, their difference, that in % of the stated one, and whether they agree."""
    computed: Decimal = sum((line.count * line.value for line in lines), Decimal(0))
    difference = computed - stated_total
    difference_pct = difference / stated_total * 100
    return computed, stated_total, difference, difference_pct, abs(difference_pct) <= tol_pct


@formula(
    name=Words("Gross margin", "毛利率"),
    aliases=("gross margin", "gross profit margin", "gm", "margin on the price", "毛利率", "毛利", "销售毛利率"),
    parameters=(
        _PRICE,
        Parameter("cost", "c", MONEY, Words("cost of a unit", "单位成本"), Decimal(0), _LARGEST,
                  cues=("cost", "costs", "bom", "cogs", "cost of goods", "to make", "made for", "build for",
                        "build it for", "builds for", "成本", "物料成本",
                        "制造成本")),
    ),
    outputs=(
        Output("gross_margin_pct", "m", "%", Words("gross margin", "毛利率"), "({price} − {cost}) ÷ {price} × 100",
               cues=("gross margin", "毛利率")),
    ),
    assumptions=(
        Words("In percent of the price; a mark-up is in percent of the cost, and larger.",
              "以售价为基数；加成率以成本为基数，数值更大。"),
        Words("The cost has the same parts on both sides of a comparison: materials alone give too high a margin.",
              "比较时成本范围须一致；仅计物料成本会高估毛利率。"),
    ),
    source=_IDENTITY,
    latex=r"m = \frac{p - c}{p}",
    example={"price": "800 USD", "cost": "341 USD"},
    cautions=(
        Caution(lambda price, cost: cost > price,
                Words("The cost exceeds the price: the margin is negative.", "成本高于售价，毛利率为负。")),
    ),
)  # fmt: skip
def gross_margin_pct(price: Decimal, cost: Decimal) -> Decimal:
    """Price less cost, in % of the price."""
    return (price - cost) / price * 100


@formula(
    name=Words("Break-even volume", "盈亏平衡产量"),
    aliases=(
        "break-even", "break even", "breakeven", "break-even volume", "break-even point", "units to break even",
        "盈亏平衡", "盈亏平衡点", "盈亏平衡产量", "保本点", "保本产量", "保本销量",
    ),
    parameters=(
        Parameter("fixed_cost", "K", MONEY, Words("fixed cost", "固定成本"), Decimal(0), _LARGEST,
                  cues=("fixed cost", "fixed costs", "fixed", "investment", "line", "capex", "nre", "tooling",
                        "固定成本", "固定投入", "投资", "产线", "投入")),
        _PRICE,
        Parameter("unit_cost", "c", MONEY, Words("variable cost of a unit", "单位变动成本"), Decimal(0), _LARGEST,
                  cues=("unit cost", "variable cost", "cost", "costs", "cost per unit", "to make", "each costs",
                        "单位成本", "变动成本", "可变成本", "成本")),
    ),
    outputs=(
        Output("units", "N", "", Words("units to break even", "盈亏平衡产量"),
               "⌈{fixed_cost} ÷ ({price} − {unit_cost})⌉",
               cues=("break even", "break-even", "盈亏平衡", "保本", "至少卖出", "至少要卖")),
    ),
    assumptions=(
        Words("Price and unit cost stay the same at every volume.", "售价与单位成本不随产量变化。"),
    ),
    source=_IDENTITY,
    latex=r"N = \lceil \frac{K}{p - c} \rceil",
    example={"fixed_cost": "20 million USD", "price": "450 USD", "unit_cost": "330 USD"},
    requirements=(
        Requirement(lambda price, unit_cost, **_: price > unit_cost,
                    Words("the price must exceed the unit cost, or no volume breaks even",
                          "售价须高于单位成本，否则无法盈亏平衡")),
    ),
)  # fmt: skip
def break_even_units(fixed_cost: Decimal, price: Decimal, unit_cost: Decimal) -> Decimal:
    """Smallest whole number of units whose margins cover the fixed cost."""
    whole, left = divmod(fixed_cost, price - unit_cost)
    return whole + (left > 0)
