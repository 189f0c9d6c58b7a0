"""Yield and cost: from a die to a good package."""

from decimal import ROUND_FLOOR, Decimal, localcontext

from agent.calculator.formula import MONEY, Caution, Output, Parameter, Requirement
from agent.calculator.formula import Bilingual as Words
from agent.calculator.precision import GUARD_DIGITS, PI
from agent.calculator.registry import formula

_ZERO, _ONE, _ALL = Decimal(0), Decimal(1), Decimal(100)
_MOST_UNITS = Decimal(10_000)  # a redundant set is summed term by term

_INDEPENDENT = Words(
    "Failures are independent and nothing is reworked; real defects come in clusters, and rework or screening between "
    "the steps makes the true figure differ.",
    "各步失效相互独立且不返修；实际缺陷会成片出现，工序间的返修或筛选也会使真实良率偏离此值。",
)

_THINGS = (
    "steps", "step", "engines", "optical engines", "fibers", "fibres", "joints", "connections", "bonds", "channels",
    "lanes", "lasers", "modules", "devices", "units", "parts", "sites", "chips", "dies", "ports", "couplings",
    "identical", "in series", "道工序", "道", "步", "个光引擎", "个引擎", "颗", "根光纤", "根", "个", "只", "路", "次",
    "通道",
)  # fmt: skip
_YIELD_CUES = (
    "unit yield", "yield per unit", "single yield", "yield", "yielding", "yields", "each", "per step", "per engine",
    "per fiber", "per fibre", "per site", "good",
    "良率", "单步良率", "单个良率", "每个良率", "良品率", "成品率", "合格率",
)  # fmt: skip


@formula(
    name=Words("Yield of n identical steps in series", "n 个相同步骤的串联良率"),
    aliases=(
        "series yield", "serial yield", "cumulative yield", "chain yield", "overall yield", "total yield",
        "yield of all", "all good", "all of them good", "all are good", "all of them are good", "all work",
        "all of them work",
        "package yield",
        "串联良率", "累积良率", "累计良率", "整体良率", "总良率", "全部合格", "全部良好", "都合格", "封装良率",
    ),
    parameters=(
        Parameter("unit_yield_pct", "y", "%", Words("yield of one step", "单步良率"), _ZERO, _ALL, cues=_YIELD_CUES),
        Parameter("n", "n", "", Words("number of identical steps", "相同步骤的数量"), _ZERO, Decimal(10**9),
                  shape="integer", cues=("n", *_THINGS)),
    ),
    outputs=(
        Output("yield_pct", "Y", "%", Words("yield of the whole series", "串联后的总良率"), "{unit_yield_pct}^{n}",
               cues=("overall yield", "total yield", "series yield", "final yield", "yield", "chance that all",
                     "probability that all", "良率", "总良率",
                     "整体良率", "串联良率")),
    ),
    assumptions=(_INDEPENDENT,),
    source="Product rule of independent events; reproduces 0.95^32 ≈ 19.4% (Huawei) and 99.865%^1088 ≈ 23%, both shown "
           "at ECOC 2026. There 99.865% (three sigma) is assumed, not measured.",
    latex=r"Y = y^{n}",
    example={"unit_yield_pct": "95%", "n": "32"},
)  # fmt: skip
def series_yield_pct(unit_yield_pct: Decimal, n: Decimal) -> Decimal:
    """Yield in % of n steps, each of which succeeds with unit_yield_pct; no step at all loses nothing."""
    return (unit_yield_pct / 100) ** n * 100 if n else _ALL


@formula(
    name=Words("Compound yield of different steps", "不同工序的复合良率"),
    aliases=(
        "compound yield", "compounded yield", "combined yield", "overall yield", "total yield", "cumulative yield",
        "rolled throughput yield", "rolled yield", "end-to-end yield", "process yield",
        "复合良率", "综合良率", "总良率", "整体良率", "累积良率", "累计良率", "叠加良率", "直通率", "全流程良率",
    ),
    parameters=(
        Parameter("yields_pct", "yᵢ", "%", Words("yield of each step", "各工序良率"), _ZERO, _ALL, shape="list",
                  cues=_YIELD_CUES),
    ),
    outputs=(
        Output("yield_pct", "Y", "%", Words("yield of all steps together", "各工序合计良率"), "Π {yields_pct}",
               cues=("compound yield", "overall yield", "combined yield", "final yield", "yield", "良率", "复合良率",
                     "综合良率", "总良率")),
    ),
    assumptions=(
        _INDEPENDENT,
        Words("Each yield counts only the parts that passed the steps before it; figures of parts screened elsewhere "
              "would count a loss twice.",
              "每步良率只以通过前面各步的部件为基数；若数据来自已另行筛选的部件，损失会被重复计算。"),
    ),
    source="Product rule; public CPO cost models (Jasonmils/AITradingWiki) split a package into die, attach, coupling "
           "and test in the same way.",
    latex=r"Y = \prod_{i} y_{i}",
    example={"yields_pct": "90%; 95%; 97%; 96%; 98%"},
)  # fmt: skip
def compound_yield_pct(yields_pct: tuple[Decimal, ...]) -> Decimal:
    """Yield in % of several steps, each with its own yield in %."""
    whole = _ONE
    for each in yields_pct:
        whole *= each / 100
    return whole * 100


@formula(
    name=Words("Yield of a set with spares (k of n)", "含冗余的良率（n 中取 k）"),
    aliases=(
        "k-of-n", "k of n", "k out of n", "redundancy yield", "with redundancy", "redundant", "redundancy",
        "yield with spares", "with spare", "must work", "have to work", "need to work", "must be good", "at least k",
        "spare engines", "spare sites", "spare lasers",
        "冗余良率", "冗余", "k/n", "n 中取 k", "带备份", "备份后的良率", "备用引擎", "备用光引擎",
    ),
    parameters=(
        Parameter("n", "n", "", Words("units present, spares included", "单元总数（含备用）"), _ONE, _MOST_UNITS,
                  shape="integer",
                  cues=("n", "in total", "total", "present", "installed", "available", "placed", "fitted",
                        "mounted", "populated", "sites", "positions", "engines", "lasers", "lanes", "units", "modules",
                        "channels", "devices", "chips", "dies",
                        "总数", "共", "共有", "总共", "个位置", "个"),
                  pattern=r"(?:(?<=[0-9] of )|(?<=[0-9]-of-)|(?<=[0-9] out of )|(?<=[0-9] of the )"
                          r"|(?<=[0-9] out of the )"
                          r"|(?=[0-9]{1,5} ?[个路只颗]?[^0-9，。,.]{0,8}[中选取里][^0-9，。,.]{0,6}[0-9]))"
                          r"([0-9]{1,5})(?![0-9.%])"),
        Parameter("k", "k", "", Words("units that must be good", "必须合格的单元数"), _ZERO, _MOST_UNITS,
                  shape="integer", cues=("k", "needed", "required", "must work", "active", "necessary", "in use",
                                         "suffice", "enough", "have to", "have to work", "must", "可用", "能用", "就行",
                                         "够用", "即可", "需要", "必须", "工作", "合格"),
                  leads=("at least", "need", "needs", "require", "requires", "as long as", "只要", "只要有", "至少有",
                         "至少",
                         "至少需要", "需要", "只需", "需"),
                  pattern=r"(?:(?=[0-9]{1,5}(?: of | out of |-of-)(?:the )?[0-9]{1,5}(?![0-9.%]))|(?<=[0-9][选取])"
                          r"|(?<=[0-9] [选取])|(?<=[中里]至少)|(?<=[中里]至少有)|(?<=[中里]需要)|(?<=[中里]只需)"
                          r"|(?<=[中里][需有取选])) ?([0-9]{1,5})(?![0-9.%])"),
        Parameter("unit_yield_pct", "p", "%", Words("yield of one unit", "单个单元的良率"), _ZERO, _ALL,
                  cues=_YIELD_CUES),
    ),
    outputs=(
        Output("yield_pct", "Y", "%", Words("probability that at least k are good", "至少 k 个合格的概率"),
               "Σ(i = {k}…{n}) C({n}, i) × {unit_yield_pct}^i × (1 − {unit_yield_pct})^({n} − i)",
               cues=("redundancy yield", "yield with spares", "yield", "package yield", "probability", "chance",
                     "overall yield", "total yield", "封装良率", "整体良率", "总良率",
                     "冗余良率", "良率", "概率")),
    ),
    assumptions=(
        Words("Units fail independently, and any spare can stand in for any unit. Where spares serve only their own "
              "side of a package, compute one side and multiply the sides.",
              "各单元独立失效，任一备用件可替换任一单元；若备用件只服务于封装的某一侧，应先算单侧再相乘。"),
    ),
    source="Binomial distribution; NVIDIA's Spectrum-X package is described with 36 engine sites of which 32 work, "
           "nine to a side with eight needed.",
    latex=r"Y = \sum_{i=k}^{n} \binom{n}{i}\, p^{i}\, (1-p)^{n-i}",
    example={"n": "9", "k": "8", "unit_yield_pct": "99%"},
    requirements=(Requirement(lambda n, k, unit_yield_pct: k <= n,
                              Words("k must not be larger than n", "k 不得大于 n")),),
)  # fmt: skip
def k_of_n_yield_pct(n: Decimal, k: Decimal, unit_yield_pct: Decimal) -> Decimal:
    """Probability in % that at least k of n units are good."""
    return _at_least(int(k), int(n), unit_yield_pct / 100) * 100


def _at_least(k: int, n: int, p: Decimal) -> Decimal:
    """P(at least k of n succeed) = p^k Σⱼ C(k−1+j, j) (1−p)^j for j = 0 … n−k: the k-th success comes within n trials.

    All terms are positive, so nothing cancels, and nothing is divided by p or 1 − p, which may be 0.
    """
    if k == 0:
        return _ONE
    with localcontext() as context:
        context.prec += GUARD_DIGITS
        # Powers of 10,000 of a tiny p would otherwise vanish before the sum, which may be as large, is multiplied in.
        context.Emin, context.Emax = -(10**9), 10**9
        q = 1 - p
        term = total = _ONE
        for j in range(1, n - k + 1):
            term *= q * (k - 1 + j) / j
            total += term
        return total * p**k


_WORDS_OF_MODELS = (
    ("poisson", "Poisson", "Poisson model", "泊松", "泊松模型"),
    ("murphy", "Murphy", "Murphy model", "墨菲", "墨菲模型"),
    ("negbin", "negative binomial", "negative-binomial", "Stapper", "负二项", "负二项模型"),
)  # fmt: skip


@formula(
    name=Words("Die yield from defect density", "由缺陷密度估算裸片良率"),
    aliases=(
        "die yield", "chip yield", "wafer yield", "defect density", "defect-limited yield", "poisson yield",
        "murphy yield", "negative binomial yield", "裸片良率", "芯片良率", "晶粒良率", "晶圆良率", "缺陷密度",
        "泊松良率", "墨菲良率", "泊松模型", "墨菲模型", "负二项",
    ),
    parameters=(
        Parameter("area_mm2", "A", "mm2", Words("area of the die", "裸片面积"), _ZERO, Decimal(10**6), above=True,
                  cues=("die", "chip", "area", "裸片", "芯片", "面积")),
        Parameter("defect_density_per_cm2", "D", "1/cm2", Words("killing defects on an area", "致命缺陷密度"), _ZERO,
                  _ALL, cues=("defect density", "defects", "D0", "缺陷密度", "缺陷")),
        Parameter("model", "model", "", Words("yield model", "良率模型"), default="poisson", shape="choice",
                  choices=_WORDS_OF_MODELS),
        Parameter("alpha", "α", "", Words("clustering parameter of the negative binomial model",
                                           "负二项模型的聚集参数"), _ZERO, Decimal(10**6), above=True, optional=True,
                  cues=("alpha", "α", "cluster", "clustering", "聚集参数", "聚集系数", "成团参数")),
    ),
    outputs=(
        Output("yield_pct", "Y", "%", Words("share of dies without a killing defect", "无致命缺陷的裸片比例"),
               "exp(−{area_mm2} × {defect_density_per_cm2} ÷ 100)",
               cases=(("model", "poisson", "exp(−{area_mm2} × {defect_density_per_cm2} ÷ 100)"),
                      ("model", "murphy", "((1 − exp(−{area_mm2} × {defect_density_per_cm2} ÷ 100)) ÷ "
                                          "({area_mm2} × {defect_density_per_cm2} ÷ 100))^2"),
                      ("model", "negbin",
                       "(1 + {area_mm2} × {defect_density_per_cm2} ÷ 100 ÷ {alpha})^(−{alpha})")),
               cues=("die yield", "yield", "裸片良率", "芯片良率", "良率")),
    ),
    assumptions=(
        Words("Only particle defects count. Photonic dies are mostly lost to wavelength and loss out of tolerance, so "
              "for them this is an upper bound, and defect densities of photonic lines are seldom published.",
              "仅计颗粒缺陷；光子芯片主要因波长、损耗等参数超差而报废，对其而言本结果是上限，且光子产线的缺陷密度很少公开。"),
        Words("Poisson spreads defects evenly and gives the lowest yield of the three; Murphy and the negative "
              "binomial let them cluster.",
              "泊松模型假设缺陷均匀分布，三者中良率最低；墨菲与负二项模型允许缺陷聚集。"),
    ),
    source="Murphy, Proc. IEEE 52 (1964) 1537, and Stapper's negative binomial model (1983); both from memory.",
    latex=r"Y_{\mathrm{Poisson}} = e^{-AD};\quad Y_{\mathrm{Murphy}} = \left(\frac{1-e^{-AD}}{AD}\right)^{2};\quad "
          r"Y_{\mathrm{negbin}} = \left(1+\frac{AD}{\alpha}\right)^{-\alpha}",
    example={"area_mm2": "800 mm2", "defect_density_per_cm2": "0.1 /cm2", "model": "murphy"},
    cautions=(
        Caution(lambda area_mm2, defect_density_per_cm2, model, alpha: alpha is not None and model != "negbin",
                Words("The clustering parameter changes nothing in this model; only the negative binomial one uses it.",
                      "该模型不使用聚集参数；仅负二项模型使用。")),
    ),
    requirements=(
        Requirement(lambda area_mm2, defect_density_per_cm2, model, alpha: model != "negbin" or alpha is not None,
                    Words("the negative binomial model needs alpha, often about 2",
                          "负二项模型须给出 alpha，常取约 2")),
    ),
)  # fmt: skip
def die_yield_pct(area_mm2: Decimal, defect_density_per_cm2: Decimal, model: str, alpha: Decimal | None) -> Decimal:
    """Share in % of dies without a killing defect: poisson, murphy or negbin (which alone needs alpha)."""
    mean = area_mm2 / 100 * defect_density_per_cm2
    if mean == 0:
        return _ALL
    if model == "murphy":
        return (_one_minus_exp(mean) / mean) ** 2 * 100
    if model == "negbin" and alpha is not None:
        return (1 + mean / alpha) ** -alpha * 100
    return (-mean).exp() * 100


def _one_minus_exp(x: Decimal) -> Decimal:
    """1 − e^(−x) for x ≥ 0, without losing the digits of a small one."""
    with localcontext() as context:
        context.prec += max(0, -x.adjusted())
        return 1 - (-x).exp()


def _usable(wafer_mm: Decimal, edge_mm: Decimal) -> Decimal:
    return wafer_mm - 2 * edge_mm


@formula(
    name=Words("Gross dies per wafer", "单片晶圆裸片数"),
    aliases=(
        "gross dies", "gross die", "dies per wafer", "die per wafer", "dies on a wafer", "chips per wafer",
        "lasers per wafer", "how many dies", "how many chips", "DPW", "die count",
        "单片晶圆裸片数", "每片晶圆", "晶圆裸片数", "一片晶圆", "晶圆可切", "能切多少", "切出多少", "裸片数", "出片数",
    ),
    parameters=(
        Parameter("wafer_mm", "d₀", "mm", Words("diameter of the wafer", "晶圆直径"), Decimal(50), Decimal(300),
                  cues=("wafer", "diameter", "晶圆", "直径", "衬底")),
        Parameter("die_w_mm", "w", "mm", Words("width of the die", "裸片宽度"), Decimal("0.001"), Decimal(300),
                  cues=("wide", "width", "宽", "宽度"),
                  pattern=r"([0-9]{1,6}(?:\.[0-9]{1,6})?)(?= ?(?:mm|毫米)? ?[x×*乘] ?[0-9.]{1,12} ?(?:mm|毫米))"),
        Parameter("die_h_mm", "h", "mm", Words("height of the die", "裸片高度"), Decimal("0.001"), Decimal(300),
                  cues=("high", "tall", "long", "height", "length", "高", "高度", "长", "长度"),
                  pattern=r"[0-9] ?(?:mm|毫米)? ?[x×*乘] ?([0-9]{1,6}(?:\.[0-9]{1,6})?)(?= ?(?:mm|毫米))"),
        Parameter("edge_mm", "e", "mm", Words("edge exclusion, all around", "边缘去除宽度（单边）"), _ZERO, Decimal(50),
                  default=Decimal(3), cues=("edge exclusion", "edge", "边缘去除", "边缘", "去边")),
    ),
    outputs=(
        Output("dies", "N", "", Words("gross dies per wafer", "单片晶圆裸片数"),
               "⌊π × ({wafer_mm} − 2 × {edge_mm})^2 ÷ (4 × {die_w_mm} × {die_h_mm}) "
               "− π × ({wafer_mm} − 2 × {edge_mm}) ÷ √(2 × {die_w_mm} × {die_h_mm})⌋",
               cues=("how many dies", "how many chips", "dies", "多少颗", "多少个裸片", "裸片数", "多少片")),
    ),
    assumptions=(
        Words("An approximation that takes the dies lost at the rim from area alone; dicing lanes count as part of the "
              "die only where you add them to its sides.",
              "近似式，仅按面积估算边缘损失；划片道须自行计入裸片边长，否则未计。"),
    ),
    source="Common dies-per-wafer approximation, after de Vries (2005); from memory.",
    latex=r"N = \left\lfloor \frac{\pi d^{2}}{4wh} - \frac{\pi d}{\sqrt{2wh}} \right\rfloor;\quad d = d_{0} - 2e",
    example={"wafer_mm": "76.2 mm", "die_w_mm": "0.3 mm", "die_h_mm": "1 mm"},
    cautions=(
        Caution(lambda wafer_mm, die_w_mm, die_h_mm, edge_mm: die_w_mm * die_h_mm * 80 > PI * wafer_mm * wafer_mm,
                Words("The die takes more than 5% of the wafer, where the approximation is poor; count from a map.",
                      "裸片面积超过晶圆的 5%，近似误差较大，应以晶圆排布图计数为准。")),
    ),
    requirements=(
        Requirement(lambda wafer_mm, die_w_mm, die_h_mm, edge_mm: _usable(wafer_mm, edge_mm) > 0,
                    Words("the edge exclusion must leave some of the wafer", "去边后晶圆须仍有可用区域")),
        Requirement(lambda wafer_mm, die_w_mm, die_h_mm, edge_mm:
                    die_w_mm * die_w_mm + die_h_mm * die_h_mm <= _usable(wafer_mm, edge_mm) ** 2,
                    Words("the die must fit into the usable circle of the wafer", "裸片须能放入晶圆可用圆内")),
        Requirement(lambda wafer_mm, die_w_mm, die_h_mm, edge_mm:
                    8 * die_w_mm * die_h_mm <= _usable(wafer_mm, edge_mm) ** 2,
                    Words("the die's area must be at most an eighth of the usable diameter squared, or the "
                          "approximation falls below zero",
                          "裸片面积不得超过可用直径平方的八分之一，否则近似式为负")),
    ),
)  # fmt: skip
def gross_dies_per_wafer(wafer_mm: Decimal, die_w_mm: Decimal, die_h_mm: Decimal, edge_mm: Decimal) -> Decimal:
    """Whole dies that fit on a wafer, approximately; all lengths in mm."""
    diameter, area = _usable(wafer_mm, edge_mm), die_w_mm * die_h_mm
    dies = PI * diameter * diameter / (4 * area) - PI * diameter / (2 * area).sqrt()
    return dies.to_integral_value(ROUND_FLOOR)


@formula(
    name=Words("Cost per good unit", "单位良品成本"),
    aliases=(
        "cost per good unit", "cost per good", "cost of a good unit", "cost of each good", "yielded cost",
        "yield-adjusted cost", "good-unit cost", "单位良品成本", "良品成本", "每个良品", "每件良品", "合格品成本",
        "单个合格品", "计入良率的成本", "良率折算成本",
    ),
    parameters=(
        Parameter("cost_pool", "C₀", MONEY, Words("cost sunk into a unit before yield is known",
                                              "良率判定前投入的单件成本"), _ZERO,
                  cues=("pool", "cost pool", "input cost", "build cost", "materials", "投入成本", "投入", "物料成本",
                        "制造成本")),
        Parameter("yield_pct", "Y", "%", Words("yield", "良率"), _ZERO, _ALL, above=True, cues=_YIELD_CUES),
        Parameter("post_yield_cost", "C₁", MONEY, Words("cost added to good units only", "仅对良品追加的成本"), _ZERO,
                  default=_ZERO, cues=("post-yield", "post", "良后", "良后成本", "after yield", "after test",
                                       "downstream", "后道",
                                       "后段", "良品后续", "追加")),
        Parameter("warranty", "C₂", MONEY, Words("warranty and returns for each good unit", "单件质保与返修费用"),
                  _ZERO, default=_ZERO, cues=("warranty", "RMA", "returns", "质保", "保修", "返修", "售后")),
    ),
    outputs=(
        Output("cost_per_good", "C", MONEY, Words("cost per good unit", "单位良品成本"),
               "{cost_pool} ÷ {yield_pct} + {post_yield_cost} + {warranty}", "{cost_pool} ÷ {yield_pct}",
               cues=("cost per good", "good unit", "良品成本", "每个良品", "单位良品")),
    ),
    assumptions=(
        Words("A failed unit is worth nothing. Where it can be salvaged, the true cost is lower by the salvage value "
              "times (1 − Y) ÷ Y.",
              "报废品残值为零；若可回收，实际成本应再减去残值 ×（1 − Y）÷ Y。"),
    ),
    source="Identity; the same relation and the index figures 204.8, 161.9 and 134.6 stand in a public CPO cost model "
           "(Jasonmils/AITradingWiki, 2026).",
    latex=r"C = \frac{C_{0}}{Y} + C_{1} + C_{2}",
    example={"cost_pool": "100 USD", "yield_pct": "55%", "post_yield_cost": "15 USD", "warranty": "8 USD"},
)  # fmt: skip
def cost_per_good_unit(cost_pool: Decimal, yield_pct: Decimal, post_yield_cost: Decimal, warranty: Decimal) -> Decimal:
    """Cost of a good unit: what all units cost, over the yield in %, and what only good ones cost."""
    return cost_pool * 100 / yield_pct + post_yield_cost + warranty


@formula(
    name=Words("Cost of a good package built from known-good engines", "采用已知合格光引擎的 CPO 封装成本"),
    aliases=(
        "package cost", "cpo package cost", "cost per good package", "cost of a good package", "known-good engine",
        "known good engine", "known-good engines", "known-good die", "known good die", "KGD", "KGOE", "rework rate",
        "封装成本", "良品封装成本", "每个良品封装", "合格封装", "已知合格光引擎", "已知合格引擎", "已知良品",
        "已知合格芯片",
    ),
    parameters=(
        Parameter("host_cost", "C_h", MONEY, Words("host chip and substrate", "主芯片与基板成本"), _ZERO,
                  cues=("host", "host cost", "ASIC", "switch chip", "substrate", "主芯片", "主机", "交换芯片", "基板")),
        Parameter("oe_cost", "C_e", MONEY, Words("one optical engine", "单个光引擎成本"), _ZERO,
                  cues=("per engine", "each engine", "an engine", "engine cost", "apiece", "each", "引擎成本",
                        "每个引擎", "每个光引擎", "单个光引擎", "每颗")),
        Parameter("n_oe", "n", "", Words("engines that must work", "必须可用的光引擎数"), _ONE, Decimal(1000),
                  shape="integer", cues=("engines", "optical engines", "OEs", "个光引擎", "个引擎", "颗光引擎")),
        Parameter("oe_incoming_quality_pct", "q", "%", Words("good engines among those entering assembly",
                                                             "进入组装的光引擎合格率"), _ZERO, _ALL,
                  cues=("incoming", "incoming quality", "incoming good", "known good", "来料", "来料合格率", "入料",
                        "引擎合格率")),
        Parameter("attach_yield_pct", "a", "%", Words("yield of attaching one engine", "单个光引擎贴装良率"),
                  _ZERO, _ALL, cues=("attach", "attach yield", "attachment", "bonding", "贴装", "贴装良率",
                                     "键合", "组装良率")),
        Parameter("assembly_cost", "C_a", MONEY, Words("assembly of one package", "单个封装的组装成本"), _ZERO,
                  default=_ZERO, cues=("assembly", "assembly cost", "组装", "组装成本", "组装费", "组装费用", "装配",
                                       "装配费")),
        Parameter("oe_test_cost", "C_t", MONEY, Words("test of one engine before assembly", "单个光引擎装前测试成本"),
                  _ZERO, default=_ZERO, cues=("test", "testing", "KGD test", "test cost", "测试", "测试成本", "筛选")),
        Parameter("spares", "s", "", Words("spare engine sites", "备用光引擎位数"), _ZERO, _ALL, default=_ZERO,
                  shape="integer", wavy=True,
                  cues=("spare", "spares", "spare engines", "spare sites", "备用", "个备用", "冗余")),
        Parameter("rework_rate_pct", "r", "%", Words("bad sites that can be reworked once", "可返修一次的不良位比例"),
                  _ZERO, _ALL, default=_ZERO, wavy=True,
                  cues=("rework", "rework rate", "reworkable", "返修", "返修率", "返工")),
        Parameter("rework_cost", "C_r", MONEY, Words("one rework, its new engine included",
                                               "单次返修成本（含更换的光引擎）"), _ZERO, default=_ZERO,
                  cues=("rework cost", "per rework", "返修成本", "每次返修", "返工成本")),
    ),
    outputs=(
        Output("site_yield_pct", "Yₛ", "%", Words("yield of one engine site", "单个光引擎位良率"),
               "{oe_incoming_quality_pct} × {attach_yield_pct} × "
               "(1 + {rework_rate_pct} × (1 − {oe_incoming_quality_pct} × {attach_yield_pct}))",
               "{oe_incoming_quality_pct} × {attach_yield_pct}",
               cues=("site yield", "engine site", "单位点良率", "引擎位良率", "单点良率")),
        Output("package_yield_pct", "Yₚ", "%", Words("yield of the package", "封装良率"),
               "Σ(i = {n_oe}…{n_oe} + {spares}) C({n_oe} + {spares}, i) × {site_yield_pct}^i × "
               "(1 − {site_yield_pct})^({n_oe} + {spares} − i)",
               "{site_yield_pct}^{n_oe}", cues=("package yield", "封装良率", "整体良率")),
        Output("cost_pool", "C₀", MONEY, Words("cost sunk into each package", "单个封装的投入成本"),
               "{host_cost} + ({n_oe} + {spares}) × ({oe_cost} + {oe_test_cost} + {rework_rate_pct} × "
               "(1 − {oe_incoming_quality_pct} × {attach_yield_pct}) × {rework_cost}) + {assembly_cost}",
               "{host_cost} + {n_oe} × {oe_cost}", cues=("cost pool", "invested", "投入成本", "总投入")),
        Output("cost_per_good", "C", MONEY, Words("cost per good package", "单个良品封装成本"),
               "{cost_pool} ÷ {package_yield_pct}",
               cues=("package cost", "cost per good", "good package", "封装成本", "良品封装", "每个良品")),
    ),
    assumptions=(
        Words("Engines are fixed for good, so one bad site too many scraps the host with them. With sockets or "
              "detachable engines only the bad engine is replaced, and this overstates the cost by far.",
              "光引擎不可拆换，坏位超过备用数即整体报废；若为插座式或可拆卸引擎，只需更换坏件，本结果会大幅高估成本。"),
        Words("Sites fail independently, any spare serves any site, and a rework has the same chance as the first "
              "attempt. Engines rejected before assembly belong in the price of an engine.",
              "各位独立失效，备用位可互换，返修成功率与首次相同；组装前被筛除的引擎应计入单个引擎成本。"),
    ),
    source="Derived here from the binomial sum and the cost per good unit; Semiconductor Engineering and Advantest "
           "(ECOC 2026) argue for tested engines on these grounds.",
    latex=r"Y_{s} = qa\,(1+r(1-qa));\quad "
          r"Y_{p} = \sum_{i=n}^{n+s} \binom{n+s}{i}\, Y_{s}^{i}\,(1-Y_{s})^{n+s-i};\quad "
          r"C_{0} = C_{h} + (n+s)\,(C_{e}+C_{t}+r(1-qa)\,C_{r}) + C_{a};\quad C = \frac{C_{0}}{Y_{p}}",
    example={"host_cost": "3000 USD", "oe_cost": "450 USD", "n_oe": "16", "oe_incoming_quality_pct": "99.5%",
             "attach_yield_pct": "99%", "assembly_cost": "500 USD", "oe_test_cost": "30 USD"},
    cautions=(
        Caution(lambda rework_rate_pct, rework_cost, **_: rework_rate_pct > 0 and rework_cost == 0,
                Words("Rework is counted as free; give rework_cost too.", "返修按零成本计；请同时给出 rework_cost。")),
        Caution(lambda rework_rate_pct, rework_cost, **_: rework_rate_pct == 0 and rework_cost > 0,
                Words("No site is reworked, so the cost of rework changes nothing; give rework_rate_pct too.",
                      "未设返修比例，返修成本不起作用；请同时给出 rework_rate_pct。")),
    ),
    requirements=(
        Requirement(lambda oe_incoming_quality_pct, attach_yield_pct, **_:
                    min(oe_incoming_quality_pct, attach_yield_pct) > 0,
                    Words("the incoming quality and the attach yield must both be above 0, or no package is ever good",
                          "来料合格率与贴装良率均须大于 0，否则不存在良品封装")),
    ),
)  # fmt: skip
def kgd_package_cost(
    host_cost: Decimal, oe_cost: Decimal, n_oe: Decimal, oe_incoming_quality_pct: Decimal, attach_yield_pct: Decimal,
    assembly_cost: Decimal, oe_test_cost: Decimal, spares: Decimal, rework_rate_pct: Decimal, rework_cost: Decimal,
) -> tuple[Decimal, Decimal, Decimal, Decimal]:  # fmt: skip
    """Yield in % of an engine site (rework included) and of the package, cost sunk into each, and into a good one."""
    first_try = oe_incoming_quality_pct * attach_yield_pct / 10_000
    reworked = (1 - first_try) * rework_rate_pct / 100
    site = first_try * (1 + reworked)
    sites = n_oe + spares
    package = _at_least(int(n_oe), int(sites), site)
    pool = host_cost + sites * (oe_cost + oe_test_cost + reworked * rework_cost) + assembly_cost
    return site * 100, package * 100, pool, pool / package


@formula(
    name=Words("Test escapes (defect level)", "测试漏检率"),
    aliases=(
        "test escapes", "test escape", "escape rate", "escapes", "defect level", "shipped defects", "DPPM",
        "漏检率", "测试漏检", "漏检", "逃逸率", "测试逃逸", "出货缺陷率", "出厂不良率",
    ),
    parameters=(
        Parameter("yield_pct", "Y", "%", Words("yield before the test", "测试前良率"), _ZERO, _ALL, above=True,
                  cues=_YIELD_CUES),
        Parameter("coverage_pct", "T", "%", Words("share of faults the test can see", "测试覆盖率"), _ZERO, _ALL,
                  cues=("coverage", "fault coverage", "test coverage", "covers", "覆盖率", "覆盖", "测试覆盖率",
                        "故障覆盖率")),
    ),
    outputs=(
        Output("escapes_ppm", "DL", "ppm", Words("bad parts among those that pass", "通过测试者中的不良比例"),
               "(1 − {yield_pct}^(1 − {coverage_pct})) × 1000000",
               cues=("escapes", "defect level", "DPPM", "ppm", "漏检", "逃逸", "不良")),
    ),
    assumptions=(
        Words("Every fault is equally likely to be seen by the test; optical faults of tolerance, such as drift or "
              "excess loss, are not.",
              "假设各类故障被测到的机会相同；漂移、损耗超差等光学参数故障并非如此。"),
    ),
    source="Williams and Brown, IEEE Trans. Computers C-30 (1981) 987; from memory.",
    latex=r"DL = 1 - Y^{1-T}",
    example={"yield_pct": "90%", "coverage_pct": "95%"},
)  # fmt: skip
def test_escape_ppm(yield_pct: Decimal, coverage_pct: Decimal) -> Decimal:
    """Bad parts among those that pass a test, in ppm."""
    with localcontext() as context:
        context.prec += GUARD_DIGITS
        escaping = _one_minus_exp(-(yield_pct / 100).ln() * (1 - coverage_pct / 100))
    return escaping * 1_000_000
