"""Reliability: failure rates, survival, availability and spares."""

from decimal import Decimal

from agent.calculator.formula import Bilingual as Words
from agent.calculator.formula import Item, Output, Parameter, Requirement
from agent.calculator.registry import formula
from agent.calculator.special import chi_square_quantile, poisson_quantile

_PER_HOUR = Decimal("1e-9")  # one FIT is one failure in 10⁹ device-hours
_MOST_SPARED = 500_000

_CONSTANT_RATE = Words(
    "The failure rate is constant in time: early failures and wear-out (laser ageing, say) are not in it.",
    "失效率不随时间变化：不含早期失效与磨损失效（如激光器老化）。",
)
_NOT_LIFE = Words(
    "An MTBF of 300 years is a rate seen over many units; it is not the service life of one.",
    "MTBF 是大量器件的统计失效率，300 年的 MTBF 并不是单个器件的使用寿命。",
)
_INDEPENDENT = Words(
    "Failures are independent of each other; a bad batch or a shared cause breaks this.",
    "各次失效相互独立；批次缺陷或共因失效时不成立。",
)
_JESD85 = "JEDEC JESD85, Methods for Calculating Failure Rates in Units of FITs (from memory)"

_FIT_CUES = ("fit", "failure rate", "失效率", "故障率")
_HOURS_CUES = ("hours", "years", "after", "over", "for", "小时", "年", "运行", "使用")
_UNIT_CUES = (
    "units", "modules", "ports", "links", "transceivers", "pluggables", "devices", "lasers", "els", "engines", "fleet",
    "只", "个", "台", "块", "支", "模块", "器件", "光模块", "激光器",
)  # fmt: skip

# fmt: off
_FIT = Parameter(
    "fit", "λ", "FIT", Words("failure rate", "失效率"), Decimal(0), Decimal("1e9"), cues=_FIT_CUES,
)
_HOURS = Parameter(
    "hours", "t", "h", Words("time in operation", "运行时间"), Decimal(0), Decimal("1e8"), cues=_HOURS_CUES,
)
_YEAR = Parameter(
    "hours", "t", "h", Words("time looked at, a year unless given", "统计时间（默认一年）"),
    Decimal(0), Decimal("1e8"), above=True, default=Decimal(8760), assumption="hours_per_year",
    cues=("hours", "years", "within", "over", "小时", "年内"),
)
_UNITS = Parameter(
    "n_units", "N", "", Words("units in the field", "在网数量"),
    Decimal(0), Decimal("1e12"), shape="integer", cues=_UNIT_CUES,
)
# fmt: on


@formula(
    name=Words("FIT from MTBF", "由 MTBF 求 FIT"),
    aliases=(
        "fit from mtbf", "mtbf to fit", "failure rate in fit", "how many fit", "折合多少 FIT", "多少FIT", "多少 FIT",
        "换算成 FIT", "换算为 FIT", "失效率是多少", "故障率是多少",
    ),
    parameters=(
        Parameter("mtbf_h", "MTBF", "h", Words("mean time between failures", "平均无故障时间"),
                  Decimal(0), Decimal("1e15"), above=True,
                  cues=("mtbf", "mttf", "mean time between failures", "平均无故障时间", "平均故障间隔")),
    ),
    outputs=(
        Output("fit", "λ", "FIT", Words("failure rate", "失效率"), "10⁹ ÷ {mtbf_h}",
               cues=("fit", "failure rate", "失效率", "故障率")),
    ),
    assumptions=(_CONSTANT_RATE, _NOT_LIFE),
    source=f"{_JESD85}; SemiAnalysis, CPO Book, 2 January 2026, quotes Meta's 2.6 million hours for a CPO port "
           "(seen in a copy).",
    latex=r"\lambda = \frac{10^{9}}{\mathrm{MTBF}}",
    example={"mtbf_h": "2,600,000 h"},
)  # fmt: skip
def fit_from_mtbf_h(mtbf_h: Decimal) -> Decimal:
    """Failure rate in FIT of a mean time between failures in hours."""
    return 10**9 / mtbf_h


@formula(
    name=Words("MTBF from FIT", "由 FIT 求 MTBF"),
    aliases=(
        "mtbf from fit", "fit to mtbf", "what mtbf", "what is the mtbf", "mean time between failures", "mtbf in hours",
        "MTBF 是多少", "MTBF是多少", "MTBF 为多少", "MTBF为多少", "平均无故障时间是多少", "平均无故障时间",
        "平均故障间隔时间", "换算成 MTBF", "换算为 MTBF",
    ),
    parameters=(
        Parameter("fit", "λ", "FIT", Words("failure rate", "失效率"), Decimal(0), Decimal("1e9"), above=True,
                  cues=_FIT_CUES),
    ),
    outputs=(
        Output("mtbf_h", "MTBF", "h", Words("mean time between failures", "平均无故障时间"), "10⁹ ÷ {fit}",
               cues=("mtbf", "mean time between failures", "平均无故障时间", "平均故障间隔")),
    ),
    assumptions=(_CONSTANT_RATE, _NOT_LIFE),
    source=f"{_JESD85}.",
    latex=r"\mathrm{MTBF} = \frac{10^{9}}{\lambda}",
    example={"fit": "100 FIT"},
)  # fmt: skip
def mtbf_h_from_fit(fit: Decimal) -> Decimal:
    """Mean time between failures in hours of a failure rate in FIT."""
    return 10**9 / fit


@formula(
    name=Words("FIT of a system whose parts must all work", "串联系统的总 FIT"),
    aliases=(
        "system fit", "total fit", "combined fit", "overall failure rate", "system failure rate", "total failure rate",
        "系统 FIT", "系统FIT", "整机FIT", "整机 FIT", "总 FIT", "总FIT", "合计 FIT", "系统失效率", "总失效率",
        "整机失效率",
    ),
    parameters=(
        Parameter("items", "Σ nᵢλᵢ", "FIT", Words("pairs of count and failure rate of each", "数量与单个失效率的组合"),
                  Decimal(0), Decimal("1e9"), shape="counted", cues=_FIT_CUES),
    ),
    outputs=(
        Output("fit", "λ", "FIT", Words("system failure rate", "系统失效率"), "{items}",
               cues=("system fit", "total fit", "系统失效率", "总失效率", "总 FIT", "总FIT")),
    ),
    assumptions=(
        Words("Any part's failure is the system's: with redundancy the system fails less often than this.",
              "任一部件失效即系统失效；有冗余时系统失效率低于此值。"),
        _CONSTANT_RATE,
    ),
    source=f"{_JESD85}; the OIF Co-Packaging Framework (2022) sets targets of 10 FIT for an engine and 50 FIT for a "
           "3.2T laser source, which are no field data (seen in a third party's notes).",
    latex=r"\lambda_{sys} = \sum_i n_i \lambda_i",
    example={"items": "16 × 10 FIT; 16 × 50 FIT"},
)  # fmt: skip
def system_fit(items: tuple[Item, ...]) -> Decimal:
    """Failure rate in FIT of ``count`` parts of ``value`` FIT each, all needed."""
    return sum((item.count * item.value for item in items), Decimal(0))


@formula(
    name=Words("Probability of survival", "存活概率"),
    aliases=(
        "survival probability", "probability of survival", "survival rate", "survives", "survive", "surviving",
        "chance of surviving", "without a failure", "without failure", "failure-free", "reliability after", "存活概率",
        "存活率", "生存概率", "无故障概率", "不失效的概率", "不发生故障的概率", "不出故障的概率", "无失效运行的概率",
        "可靠度",
    ),
    parameters=(_FIT, _HOURS),
    outputs=(
        Output("survival_pct", "R", "%", Words("probability of survival", "存活概率"),
               "exp(−{fit} × 10⁻⁹ × {hours}) × 100",
               cues=("survival", "survive", "survives", "still working", "存活", "生存", "可靠度", "无故障概率")),
    ),
    assumptions=(_CONSTANT_RATE,),
    source=f"The exponential law of a constant failure rate; {_JESD85}.",
    latex=r"R(t) = e^{-\lambda t \times 10^{-9}}",
    example={"fit": "960 FIT", "hours": "5 years"},
)  # fmt: skip
def survival_pct(fit: Decimal, hours: Decimal) -> Decimal:
    """Probability in % that a unit of that FIT works for so many hours without failing."""
    return (-fit * _PER_HOUR * hours).exp() * 100


@formula(
    name=Words("Failures to expect in a fleet", "在网设备的期望故障数"),
    aliases=(
        "expected failures", "expected number of failures", "failures per year", "failures a year",
        "failures in a year", "how many failures", "how many will fail", "how many fail", "annual failures",
        "failures expected", "期望故障数", "预期故障数", "预期失效数", "期望失效数", "年故障数", "每年故障",
        "多少次故障", "多少只失效", "多少个失效", "故障多少", "失效多少", "坏多少",
    ),
    parameters=(_UNITS, _FIT, _YEAR),
    outputs=(
        Output("failures", "F", "", Words("expected failures", "期望故障数"), "{n_units} × {fit} × 10⁻⁹ × {hours}",
               cues=("failures expected", "failures will", "will fail", "fail in", "fail within", "fail over",
                     "fail per", "fail a year", "fail each", "fail every", "expected to fail", "故障次数", "故障数",
                     "失效数", "坏多少", "坏几", "会坏", "失效几", "出故障")),
    ),
    assumptions=(
        _CONSTANT_RATE,
        Words("Failed units are replaced at once, so that their number stays the same; the figure is a mean.",
              "失效器件立即更换、在网数量不变；结果为均值，实际次数有涨落。"),
    ),
    source=f"Mean of the Poisson process with a constant rate; {_JESD85}.",
    latex=r"F = N \lambda t \times 10^{-9}",
    example={"n_units": "1,000,000", "fit": "100 FIT"},
)  # fmt: skip
def expected_failures(n_units: Decimal, fit: Decimal, hours: Decimal) -> Decimal:
    """Mean number of failures of so many units of that FIT in so many hours."""
    return n_units * fit * _PER_HOUR * hours


@formula(
    name=Words("Availability and yearly downtime", "可用度与年停机时间"),
    aliases=(
        "availability", "uptime", "downtime", "downtime per year", "minutes of downtime", "number of nines", "可用度",
        "可用性", "可用率", "停机时间", "年停机", "宕机时间",
    ),
    parameters=(
        Parameter("mtbf_h", "MTBF", "h", Words("mean time between failures", "平均无故障时间"),
                  Decimal(0), Decimal("1e15"), above=True,
                  cues=("mtbf", "mttf", "between failures", "无故障", "故障间隔")),
        Parameter("mttr_h", "MTTR", "h", Words("mean time to repair", "平均修复时间"), Decimal(0), Decimal("1e6"),
                  cues=("mttr", "repair", "to replace", "replacement", "restore", "swap", "修复", "维修", "更换",
                        "恢复")),
    ),
    outputs=(
        Output("availability_pct", "A", "%", Words("availability", "可用度"), "{mtbf_h} ÷ ({mtbf_h} + {mttr_h}) × 100",
               cues=("availability", "uptime", "how many nines", "可用度", "可用性", "可用率")),
        Output("downtime_min_per_year", "D", "min", Words("downtime in a year", "年停机时间"),
               "{mttr_h} ÷ ({mtbf_h} + {mttr_h}) × 8760 × 60",
               cues=("downtime", "minutes down", "out of service", "停机", "宕机", "中断时间")),
    ),
    assumptions=(
        Words("Steady state of one unit that is repaired each time; staff and spares are at hand.",
              "单台可修复设备的稳态值；人员与备件随时可用。"),
        _CONSTANT_RATE,
    ),
    source="IEC 60050-192 (from memory).",
    latex=r"A = \frac{\mathrm{MTBF}}{\mathrm{MTBF} + \mathrm{MTTR}};\quad D = (1 - A) \times 8760 \times 60",
    example={"mtbf_h": "1,041,667 h", "mttr_h": "24 h"},
)  # fmt: skip
def availability(mtbf_h: Decimal, mttr_h: Decimal) -> tuple[Decimal, Decimal]:
    """Availability in %, and the minutes of downtime in a year of 8760 hours."""
    cycle = mtbf_h + mttr_h
    return mtbf_h / cycle * 100, mttr_h / cycle * 8760 * 60


@formula(
    name=Words("Laser in the engine against a replaceable laser source", "激光器集成于光引擎与可更换外置光源的对比"),
    aliases=(
        "integrated laser versus external laser", "integrated or external laser", "integrated vs external laser",
        "field-replaceable laser", "field replaceable laser", "replaceable els", "lost port-hours", "lost port hours",
        "port-hours lost", "blast radius", "集成激光与外置光源", "集成激光器与外置光源", "内置光源与外置光源",
        "可更换外置光源", "可插拔光源的可靠性", "损失端口小时", "端口小时", "故障影响范围", "爆炸半径",
    ),
    parameters=(
        Parameter("n_engines", "Nₑ", "", Words("optical engines", "光引擎数量"), Decimal(1), Decimal("1e9"),
                  shape="integer", cues=("engines", "optical engines", "oe", "光引擎", "引擎")),
        Parameter("engine_fit", "λₑ", "FIT", Words("failure rate of an engine, without its laser",
                                                   "单个光引擎失效率（不含激光器）"),
                  Decimal(0), Decimal("1e9"), cues=("engine", "engines", "oe", "光引擎", "引擎")),
        Parameter("n_lasers", "Nₗ", "", Words("laser sources", "激光光源数量"), Decimal(0), Decimal("1e9"),
                  shape="integer",
                  cues=("lasers", "laser sources", "sources", "els", "laser modules", "激光器", "光源")),
        Parameter("laser_fit", "λₗ", "FIT", Words("failure rate of a laser source", "单个激光光源失效率"),
                  Decimal(0), Decimal("1e9"), cues=("laser", "lasers", "source", "els", "激光器", "激光", "光源")),
        Parameter("mttr_switch_h", "Tₛ", "h", Words("time to swap the switch", "更换整机所需时间"),
                  Decimal(0), Decimal("1e6"), above=True,
                  cues=("switch", "whole switch", "chassis", "swap the switch", "整机", "交换机")),
        Parameter("mttr_els_h", "Tₗ", "h", Words("time to swap a laser source", "更换外置光源所需时间"),
                  Decimal(0), Decimal("1e6"), above=True,
                  cues=("els", "laser", "laser source", "source", "pluggable laser", "光源", "激光器", "外置光源")),
        Parameter("ports_total", "Pₛ", "", Words("ports of the switch", "整机端口数"), Decimal(0), Decimal("1e6"),
                  shape="integer", above=True, cues=("ports", "port switch", "端口", "个端口")),
        Parameter("ports_per_laser_group", "Pₗ", "", Words("ports fed by one laser source", "每个光源供光的端口数"),
                  Decimal(0), Decimal("1e6"), shape="integer", above=True,
                  cues=("ports per laser", "ports per source", "ports per els", "ports each", "每个光源", "每光源",
                        "每个激光器")),
        _YEAR,
    ),
    outputs=(
        Output("engine_failures_per_year", "Fₑ", "", Words("engine failures in that time", "期间光引擎故障数"),
               "{n_engines} × {engine_fit} × 10⁻⁹ × {hours}", cues=("engine failures", "光引擎故障", "引擎故障数")),
        Output("laser_failures_per_year", "Fₗ", "", Words("laser failures in that time", "期间激光光源故障数"),
               "{n_lasers} × {laser_fit} × 10⁻⁹ × {hours}",
               cues=("laser failures", "source failures", "光源故障", "激光器故障")),
        Output("lost_port_hours_integrated", "Hᵢ", "h",
               Words("port-hours lost with the laser in the engine", "激光器集成时损失的端口小时"),
               "({engine_failures_per_year} + {laser_failures_per_year}) × {mttr_switch_h} × {ports_total}",
               cues=("integrated laser lose", "integrated lasers lose", "lost with integrated lasers", "集成方案损失",
                     "集成激光损失")),
        Output("lost_port_hours_els", "Hₓ", "h",
               Words("port-hours lost with a replaceable laser source", "外置光源可更换时损失的端口小时"),
               "{engine_failures_per_year} × {mttr_switch_h} × {ports_total} + "
               "{laser_failures_per_year} × {mttr_els_h} × {ports_per_laser_group}",
               cues=("lost with replaceable", "lost with external", "external source lose", "外置方案损失",
                     "外置光源损失")),
        Output("ratio_x", "r", "x", Words("integrated over replaceable", "集成方案与外置方案之比"),
               "{lost_port_hours_integrated} ÷ {lost_port_hours_els}",
               cues=("times fewer port-hours", "times more port-hours", "ratio of lost port-hours", "端口小时之比")),
    ),
    assumptions=(
        Words("Any engine failure takes the whole switch out until it is swapped, the worst case: spare lanes or "
              "engines make it smaller.",
              "任一光引擎失效即整机停用直至更换，为最坏情形；有冗余通道或备用引擎时损失更小。"),
        Words("A failed replaceable source stops only the ports it feeds. Spares and labour are not priced.",
              "外置光源失效仅影响其供光的端口；未计备件与人工成本。"),
        _CONSTANT_RATE,
    ),
    source="Our own sum of failures × time to repair × ports lost; SemiAnalysis, CPO Book, 2 January 2026, speaks of "
           "64 ports of 800G lost with a failed switch (seen in a copy).",
    latex=r"H_i = (F_e + F_l)\,T_s P_s;\quad H_x = F_e T_s P_s + F_l T_l P_l;\quad r = \frac{H_i}{H_x}",
    example={"n_engines": "16", "engine_fit": "10 FIT", "n_lasers": "16", "laser_fit": "50 FIT",
             "mttr_switch_h": "24 h",
             "mttr_els_h": "1 h", "ports_total": "64", "ports_per_laser_group": "4"},
    requirements=(
        Requirement(lambda n_engines, engine_fit, n_lasers, laser_fit,
                    **_: n_engines * engine_fit + n_lasers * laser_fit > 0,
                    Words("something must be able to fail: give a failure rate above 0 FIT",
                          "至少一项失效率须大于 0 FIT")),
        Requirement(lambda ports_total, ports_per_laser_group, **_: ports_per_laser_group <= ports_total,
                    Words("a laser source cannot feed more ports than the switch has",
                          "单个光源供光的端口数不得超过整机端口数")),
    ),
)  # fmt: skip
def cpo_els_comparison(
    n_engines: Decimal,
    engine_fit: Decimal,
    n_lasers: Decimal,
    laser_fit: Decimal,
    mttr_switch_h: Decimal,
    mttr_els_h: Decimal,
    ports_total: Decimal,
    ports_per_laser_group: Decimal,
    hours: Decimal,
) -> tuple[Decimal, Decimal, Decimal, Decimal, Decimal]:
    """Failures of engines and of lasers, port-hours lost with the laser inside and replaceable, and their ratio."""
    engines = n_engines * engine_fit * _PER_HOUR * hours
    lasers = n_lasers * laser_fit * _PER_HOUR * hours
    swapped = mttr_switch_h * ports_total
    integrated = (engines + lasers) * swapped
    replaceable = engines * swapped + lasers * mttr_els_h * ports_per_laser_group
    return engines, lasers, integrated, replaceable, integrated / replaceable


@formula(
    name=Words("Upper confidence bound of FIT from a test", "由试验时间求 FIT 置信上限"),
    aliases=(
        "fit upper bound", "upper bound on fit", "upper bound of fit", "upper limit of fit", "upper confidence bound",
        "upper confidence limit", "confidence bound", "what fit can be claimed", "what does that prove",
        "demonstrated fit", "FIT 上限", "FIT上限", "失效率上限", "失效率的上限", "置信上限", "置信度下的失效率",
        "能证明多少 FIT", "可证明的失效率",
    ),
    parameters=(
        Parameter("device_hours", "T", "h", Words("device-hours tested, all units together", "累计试验器件小时"),
                  Decimal(0), Decimal("1e15"), above=True,
                  cues=("device-hours", "device hours", "port-hours", "port hours", "hours", "器件小时", "端口小时",
                        "小时")),
        Parameter("failures", "n", "", Words("failures seen", "试验中的失效次数"), Decimal(0), Decimal(5_000),
                  shape="integer",
                  cues=("failures", "failure", "failed", "次失效", "个失效", "次故障", "失效", "故障")),
        Parameter("confidence_pct", "c", "%", Words("confidence", "置信度"), Decimal(50), Decimal("99.9"),
                  cues=("confidence", "confidence level", "置信度", "置信水平", "置信")),
    ),
    outputs=(
        Output("fit_upper", "λᵤ", "FIT", Words("upper bound of the failure rate", "失效率上限"),
               "χ²({confidence_pct}; 2 × {failures} + 2) ÷ (2 × {device_hours}) × 10⁹",
               cues=("upper bound", "upper limit", "upper confidence", "fit limit", "fit bound", "confidence limit",
                     "失效率上限", "置信上限")),
    ),
    assumptions=(
        Words("Test stopped at a set time, constant failure rate, hours of all units added; an hour of a switch of 128 "
              "ports is 128 port-hours.",
              "定时截尾试验、失效率恒定、各器件小时累加；128 端口交换机运行 1 小时计 128 端口小时。"),
        Words("It bounds what the hours can prove: no failure in a million hours shows neither 0 FIT nor, at 90%, "
              "1000 FIT.",
              "结果为试验时间所能证明的上限：一百万小时零失效既不能证明 0 FIT，在 90% 置信度下也不能证明 1000 FIT。"),
    ),
    source=f"{_JESD85}; the chi-square bound of a Poisson count.",
    latex=r"\lambda_u = \frac{\chi^2_{c;\,2n+2}}{2T} \times 10^{9}",
    example={"device_hours": "1,000,000 h", "failures": "0", "confidence_pct": "90%"},
)  # fmt: skip
def fit_upper_bound(device_hours: Decimal, failures: Decimal, confidence_pct: Decimal) -> Decimal:
    """Bound of the failure rate in FIT, at a confidence in %, after so many failures in so many device-hours."""
    return chi_square_quantile(confidence_pct / 100, 2 * int(failures) + 2) / (2 * device_hours) * 10**9


@formula(
    name=Words("Spares for a service level", "满足服务水平的备件数量"),
    aliases=(
        "spares", "spare parts", "how many spares", "how many spare", "spare units", "spare lasers", "spare modules",
        "spares needed", "spares stock", "stock of spares",
        "备件", "备件数量", "备件数", "备货数量", "备机", "多少备件", "多少个备件",
    ),
    parameters=(
        Parameter("n_units", "N", "", Words("units in the field", "在网数量"), Decimal(0), Decimal("1e12"),
                  shape="integer", above=True, cues=_UNIT_CUES),
        _FIT,
        Parameter("hours", "t", "h", Words("time until the stock is filled up again", "备件补货周期"),
                  Decimal(0), Decimal("1e8"), above=True,
                  cues=("replenishment", "restock", "lead time", "interval", "hours", "days", "补货", "周期", "小时",
                        "天")),
        Parameter("service_level_pct", "SL", "%", Words("probability that the spares suffice",
                                                        "备件充足的概率（服务水平）"),
                  Decimal(50), Decimal("99.99"),
                  cues=("service level", "confidence", "probability", "服务水平", "保障率", "满足率", "置信度",
                        "概率"), leads=("at least", "至少")),
    ),
    outputs=(
        Output("expected", "m", "", Words("expected failures", "期望故障数"), "{n_units} × {fit} × 10⁻⁹ × {hours}",
               cues=("expected failures", "failures expected", "期望故障", "预期故障")),
        Output("spares", "k", "", Words("spares needed", "所需备件数"),
               "min k: Poisson(≤ k; {expected}) ≥ {service_level_pct}",
               cues=("spares", "spare parts", "spare units", "备件", "备货", "备用件", "备多少", "备几", "要备")),
    ),
    assumptions=(
        _INDEPENDENT,
        _CONSTANT_RATE,
        Words("The stock is full at the start, and nothing arrives before the time is over.",
              "期初备件充足，期间不补货。"),
    ),
    source="Poisson count of failures over the replenishment time; the standard inventory identity.",
    latex=r"m = N \lambda t \times 10^{-9};\quad k = \min \{ k : \sum_{i=0}^{k} \frac{m^i e^{-m}}{i!} \geq SL \}",
    example={"n_units": "1000", "fit": "400 FIT", "hours": "90 days", "service_level_pct": "99%"},
    requirements=(
        Requirement(lambda n_units, fit, hours, **_: n_units * fit * hours <= _MOST_SPARED / _PER_HOUR,
                    Words(f"no more than {_MOST_SPARED} failures may be expected in that time",
                          f"期间的期望故障数不得超过 {_MOST_SPARED}")),
    ),
)  # fmt: skip
def spares_needed(
    n_units: Decimal, fit: Decimal, hours: Decimal, service_level_pct: Decimal
) -> tuple[Decimal, Decimal]:
    """Failures to expect in so many hours, and the spares that suffice with that probability in %."""
    expected = n_units * fit * _PER_HOUR * hours
    return expected, Decimal(poisson_quantile(service_level_pct / 100, expected))
