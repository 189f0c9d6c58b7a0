"""Optical links: levels, losses and budgets, lasers and their efficiency, eyes, error rates and sensitivity."""

from dataclasses import replace
from decimal import Decimal

from agent.calculator.counting import PAM_LEVELS, bits_per_symbol, parts_needed
from agent.calculator.formula import Bilingual as Words
from agent.calculator.formula import Caution, Item, Output, Parameter, Requirement
from agent.calculator.precision import MANY_DIGITS, guarded
from agent.calculator.registry import formula
from agent.calculator.special import erfc, erfc_inverse

_POWER_ONLY = Words(
    "For ratios of power; ratios of field or voltage take 20 log₁₀.", "仅适用于功率比；场强比或电压比须用 20 log₁₀。"
)
_LEVELS = Words(
    "dB may be added to dBm; two dBm levels may not be added.", "dB 可与 dBm 相加；两个 dBm 电平不可直接相加。"
)
_LOGARITHM = Words("Logarithms and powers are rounded at the 34th digit.", "对数与乘方在第 34 位有效数字处取舍。")
_WORST_CASE = Words(
    "Losses add at their worst, which is pessimistic for parts that vary at random; penalties such as MPI, RIN, "
    "crosstalk and TDECQ are listed as losses.",
    "各损耗按最坏值相加，对随机离散的器件偏保守；MPI、RIN、串扰、TDECQ 等代价须列为损耗项。",
)
_ONE_MODULATION = Words("The modulation loss, about 3 dB, is charged once.", "调制损耗（约 3 dB）只计一次。")
_ONE_POWER = Words("Average power and OMA are not mixed.", "平均功率与 OMA 口径不混用。")
_GAUSSIAN = Words(
    "Gaussian noise, equal eyes and Gray coding. It fails where RIN, MPI or bursts of errors rule, and it says nothing "
    "about errors after FEC.",
    "假定高斯噪声、各眼等高与格雷编码；RIN、MPI 或突发误码占主导时不成立，也不能给出 FEC 之后的误码率。",
)
_NRZ = Words("Where the levels are not given, NRZ is meant.", "未给出电平数时按 NRZ（2 电平）计。")
_DEFINITION = "Definition of the decibel (ITU-R V.574, from memory)."
_AGRAWAL = "Agrawal, Fiber-Optic Communication Systems, 4th ed. (from memory)"

_LOSSES = Parameter(
    "losses_db", "ΣLᵢ", "dB", Words("losses along the way", "沿途各项损耗"), Decimal(0), Decimal(60), shape="named",
    cues=("loss", "losses", "insertion loss", "penalty", "penalties", "connector", "coupling", "splitter", "modulator",
          "损耗", "插损", "代价", "连接器", "耦合", "分路器", "调制器"),
)  # fmt: skip
_SENSITIVITY = Parameter(
    "sensitivity_dbm", "S", "dBm", Words("receiver sensitivity, same basis", "接收灵敏度（同一口径）"), Decimal(-200),
    Decimal(60),
    cues=("sensitivity", "receiver sensitivity", "receiver", "rx sensitivity", "灵敏度", "接收灵敏度", "接收机",
          "接收"),
)  # fmt: skip
_EXTINCTION = Parameter(
    "er_db", "ER", "dB", Words("extinction ratio", "消光比"), Decimal(0), Decimal(60), above=True,
    cues=("extinction ratio", "extinction", "ER", "消光比"),
)  # fmt: skip
_SCIENTIFIC = (
    r"(?<![0-9.])([0-9]{1,3}(?:\.[0-9]{1,12})?(?:[eE]-|\s?[×x*]\s?10\^?[-⁻])[0-9⁰¹²³⁴⁵⁶⁷⁸⁹]{1,2})(?![0-9⁰¹²³⁴⁵⁶⁷⁸⁹])"
)
_LEVELS_OR_NRZ = replace(PAM_LEVELS, default=Decimal(2))
_BER_CUES = (
    "BER", "pre-FEC BER", "bit error rate", "bit error ratio", "error rate", "target BER", "threshold",
    "误码率", "比特误码率", "目标误码率", "门限",
)  # fmt: skip


def _ten_to(exponent: Decimal) -> Decimal:
    return Decimal(10) ** exponent


@formula(
    name=Words("Decibels to a power ratio", "dB 转线性功率比"),
    aliases=(
        "db to linear", "db to a ratio", "db to ratio", "decibels to a ratio", "linear ratio", "linear power ratio",
        "as a linear ratio", "as a power ratio", "as a ratio", "in linear terms", "power ratio of", "dB in linear",
        "dB转线性", "dB 转线性", "dB换算成倍", "dB 等于多少倍", "dB等于多少倍", "dB 是多少倍", "dB是多少倍",
        "线性功率比", "换算成线性", "转成线性", "转换为线性", "线性值", "分贝等于多少倍", "分贝是多少倍", "多少倍功率",
    ),
    parameters=(
        Parameter("db", "L", "dB", Words("level difference", "电平差"), Decimal(-400), Decimal(400),
                  cues=("gain of", "loss of", "dB value", "增益", "损耗", "分贝值")),
    ),
    outputs=(
        Output("ratio", "x", "x", Words("power ratio", "功率比"), "10^({db} ÷ 10)",
               cues=("linear", "what ratio", "what power ratio", "which power ratio", "what factor", "which factor",
                     "多少倍", "线性")),
    ),
    assumptions=(_POWER_ONLY, _LOGARITHM),
    source=_DEFINITION,
    latex=r"x = 10^{L/10}",
    example={"db": "3 dB"},
)  # fmt: skip
def db_to_linear(db: Decimal) -> Decimal:
    """Power ratio of a level difference in dB."""
    return _ten_to(db / 10)


@formula(
    name=Words("Power ratio to decibels", "线性功率比转 dB"),
    aliases=(
        "linear to db", "ratio to db", "ratio in db", "factor in db", "factor to db", "ratio in decibels",
        "factor in decibels", "in decibels", "power ratio in db", "expressed in db", "线性转dB", "功率比转", "倍是多少",
        "倍等于多少", "倍是几", "倍换算", "换算成dB", "换算成 dB", "转成dB", "转成 dB", "换算成分贝", "转换为分贝",
    ),
    parameters=(
        Parameter("x", "x", "", Words("power ratio", "功率比"), Decimal(0), above=True,
                  cues=("power ratio of", "ratio of", "factor of", "power ratio", "ratio", "factor", "gain of",
                        "功率比", "比值", "倍", "线性值")),
    ),
    outputs=(
        Output("db", "L", "dB", Words("level difference", "电平差"), "10 × log₁₀({x})",
               cues=("how many dB", "how many decibels", "多少dB", "多少 dB", "多少分贝")),
    ),
    assumptions=(_POWER_ONLY, _LOGARITHM),
    source=_DEFINITION,
    latex=r"L = 10 \times \log_{10} x",
    example={"x": "2"},
)  # fmt: skip
def linear_to_db(x: Decimal) -> Decimal:
    """Level difference in dB of a power ratio."""
    return 10 * x.log10()


@formula(
    name=Words("dBm to milliwatts", "dBm 转毫瓦"),
    aliases=(
        "dbm to mw", "dbm in mw", "dbm to milliwatts", "dbm in milliwatts", "dbm as milliwatts", "optical power in mw",
        "power in milliwatts", "dBm转毫瓦", "dBm 转毫瓦", "dBm转mW", "dBm 转 mW", "dBm换算", "dBm 换算",
        "dBm等于多少毫瓦", "dBm 等于多少毫瓦", "dBm是多少毫瓦", "dBm 是多少毫瓦", "换算成毫瓦", "换算为毫瓦",
        "转成毫瓦", "合多少毫瓦",
    ),
    parameters=(
        Parameter("dbm", "P", "dBm", Words("power level", "功率电平"), Decimal(-200), Decimal(60),
                  cues=("level", "power level", "laser", "launch power", "output power", "电平", "光功率", "激光",
                        "功率")),
    ),
    outputs=(
        Output("power_mw", "p", "mW", Words("power", "功率"), "10^({dbm} ÷ 10)",
               cues=("how many mW", "how many milliwatts", "多少毫瓦", "多少mW", "多少 mW")),
    ),
    assumptions=(_LEVELS, _LOGARITHM),
    source=_DEFINITION,
    latex=r"p = 10^{P/10}",
    example={"dbm": "20 dBm"},
)  # fmt: skip
def dbm_to_mw(dbm: Decimal) -> Decimal:
    """Power in mW of a level in dBm."""
    return _ten_to(dbm / 10)


@formula(
    name=Words("Milliwatts to dBm", "毫瓦转 dBm"),
    aliases=(
        "mw to dbm", "mw in dbm", "milliwatts to dbm", "milliwatts in dbm", "level in dbm", "power in dbm", "into dbm",
        "毫瓦转", "毫瓦等于多少", "毫瓦是多少", "毫瓦合多少", "换算成 dBm", "换算成dBm", "换算为dBm", "换算为 dBm",
        "转成dBm", "转成 dBm", "mW转dBm", "mW 转 dBm",
    ),
    parameters=(
        Parameter("mw", "p", "mW", Words("power", "功率"), Decimal(0), above=True,
                  cues=("power", "laser", "output", "optical power", "功率", "光功率", "激光", "输出")),
    ),
    outputs=(
        Output("level_dbm", "P", "dBm", Words("power level", "功率电平"), "10 × log₁₀({mw})",
               cues=("how many dBm", "what dBm", "多少dBm", "多少 dBm")),
    ),
    assumptions=(_LEVELS, _LOGARITHM),
    source=_DEFINITION,
    latex=r"P = 10 \times \log_{10} p",
    example={"mw": "400 mW"},
)  # fmt: skip
def mw_to_dbm(mw: Decimal) -> Decimal:
    """Level in dBm of a power in mW."""
    return 10 * mw.log10()


@formula(
    name=Words("Loss of a 1:N splitter", "1:N 分光损耗"),
    aliases=(
        "splitter loss", "split loss", "splitting loss", "power splitter", "splitter", "splitters", "ideal split",
        "loss of splitting", "split the light", "split the laser", "loss of a split",
        "分光损耗", "分路损耗", "分束损耗", "分光器", "分路器", "分束器", "功分器", "分光比", "均分损耗",
    ),
    parameters=(
        Parameter("n_ways", "N", "", Words("number of outputs", "输出路数"), Decimal(1), Decimal(10**6),
                  shape="integer",
                  cues=("ways", "way", "outputs", "output ports", "branches", "arms", "路", "分光", "路输出", "等分",
                        "分支"),
                  leads=("into", "among", "分成", "分为", "均分为"),
                  pattern=r"(?:(?<![0-9])1\s?(?:[:：×x]|[- ]?by[- ]?|分|比)\s?(?=[0-9])|一分(?=[二四八十三六]))"
                          r"([0-9]{1,6}(?![0-9.])|三十二|六十四|十六|[二四八])"),
        Parameter("excess_db", "Lₑ", "dB", Words("excess loss", "附加损耗"), Decimal(0), Decimal(20),
                  default=Decimal(0),
                  cues=("excess", "excess loss", "extra", "extra loss", "additional", "附加", "附加损耗", "额外",
                        "额外损耗", "过剩损耗")),
    ),
    outputs=(
        Output("loss_db", "L", "dB", Words("splitter loss", "分光损耗"), "10 × log₁₀({n_ways}) + {excess_db}",
               "10 × log₁₀({n_ways})", cues=("loss of the splitter", "loss per output", "每路损耗")),
    ),
    assumptions=(
        Words("An even split; real splitters add 0.1 to 1 dB of excess loss and some imbalance.",
              "按均分计；实际分光器另有 0.1 至 1 dB 附加损耗及不均衡。"),
        _LOGARITHM,
    ),
    source="Identity: power shared evenly among N outputs.",
    latex=r"L = 10 \times \log_{10} N + L_e",
    example={"n_ways": "4", "excess_db": "0.5 dB"},
)  # fmt: skip
def splitter_loss_db(n_ways: Decimal, excess_db: Decimal) -> Decimal:
    """Loss in dB from the input to each of N outputs, with excess loss in dB."""
    return 10 * n_ways.log10() + excess_db


@formula(
    name=Words("Attenuation of a fibre", "光纤衰减"),
    aliases=(
        "fiber loss", "fibre loss", "fiber attenuation", "fibre attenuation", "loss of the fiber", "loss of the fibre",
        "loss over the fiber", "loss over the fibre", "attenuation of the fiber", "attenuation of the fibre",
        "loss of fiber", "loss of fibre", "fiber span", "fibre span", "span loss",
        "光纤损耗", "光纤衰减", "光纤的损耗", "光纤的衰减", "光纤传输损耗", "光缆损耗", "光纤总损耗",
    ),
    parameters=(
        Parameter("length_km", "ℓ", "km", Words("length of the fibre", "光纤长度"), Decimal(0), Decimal(1000),
                  cues=("length", "long", "fiber", "fibre", "span", "reach", "distance", "长度", "长", "光纤", "距离",
                        "传输")),
        Parameter("alpha_db_per_km", "α", "dB/km", Words("attenuation", "衰减系数"), Decimal(0), Decimal(100),
                  cues=("attenuation", "loss coefficient", "per km", "衰减", "衰减系数", "损耗系数", "每公里")),
    ),
    outputs=(
        Output("loss_db", "L", "dB", Words("fibre loss", "光纤损耗"), "{length_km} × {alpha_db_per_km}",
               cues=("total loss", "total attenuation", "loss", "attenuation", "损耗", "衰减", "总损耗")),
    ),
    assumptions=(
        Words("Connectors, splices and dispersion are not counted; within 2 km connectors weigh more than the fibre.",
              "未计连接器、熔接与色散；2 km 以内连接器损耗通常大于光纤本身。"),
    ),
    source="Definition of the attenuation coefficient; ITU-T G.652 allows at most 0.4 dB/km at 1310 nm (from memory).",
    latex=r"L = \ell \times \alpha",
    example={"length_km": "500 m", "alpha_db_per_km": "0.4 dB/km"},
)  # fmt: skip
def fiber_loss_db(length_km: Decimal, alpha_db_per_km: Decimal) -> Decimal:
    """Loss in dB of a fibre: length in km times attenuation in dB/km."""
    return length_km * alpha_db_per_km


@formula(
    name=Words("Optical link budget (average power)", "光链路预算（平均功率）"),
    aliases=(
        "link budget", "power budget", "loss budget", "optical budget", "link margin", "optical margin", "power margin",
        "link close", "link closes", "link work", "received power", "power at the receiver",
        "链路预算", "功率预算", "光预算", "光功率预算", "损耗预算", "链路余量", "链路裕量", "功率余量", "功率裕量",
        "光功率余量", "链路闭合", "链路能否闭合", "链路是否闭合", "接收光功率", "接收功率", "收光功率",
    ),
    parameters=(
        Parameter("p_laser_dbm", "P", "dBm", Words("laser power per wavelength, at the source's output",
                                                   "光源输出端每波长功率"), Decimal(-60), Decimal(40),
                  cues=("laser", "laser power", "launch", "launch power", "source", "els", "elsfp", "transmit",
                        "transmitter", "tx power", "激光", "激光器", "光源", "发射", "发射功率", "入纤", "发送",
                        "发端")),
        _LOSSES,
        _SENSITIVITY,
        Parameter("required_margin_db", "m", "dB", Words("margin required", "要求的余量"), Decimal(0), Decimal(100),
                  default=Decimal(0),
                  cues=("required margin", "margin of", "margin", "system margin", "reserve", "余量", "裕量",
                        "系统余量", "要求余量", "预留"), leads=("at least", "至少")),
    ),
    outputs=(
        Output("total_loss_db", "L", "dB", Words("total loss", "总损耗"), "{losses_db}",
               cues=("total loss", "sum of the losses", "总损耗", "损耗合计")),
        Output("received_dbm", "Pᵣ", "dBm", Words("received power", "接收功率"), "{p_laser_dbm} − {total_loss_db}",
               cues=("received power", "power at the receiver", "power received", "接收功率", "接收光功率",
                     "收到的光功率")),
        Output("margin_db", "M", "dB", Words("margin", "余量"), "{received_dbm} − {sensitivity_dbm}",
               cues=("margin", "headroom", "how much margin", "余量", "裕量", "富余")),
        Output("closes", "M ≥ m", "", Words("link closes", "链路闭合"), "{margin_db} ≥ {required_margin_db}",
               cues=("does the link close", "link close", "close the link", "link work", "enough power", "能否闭合",
                     "是否闭合", "能闭合吗", "够不够", "是否足够", "能否打通")),
    ),
    assumptions=(_ONE_POWER, _ONE_MODULATION, _WORST_CASE),
    source="Structure of the OIF Co-Packaging Framework (2022) and of Agrawal, Fiber-Optic Communication Systems, ch. "
           "5 (both from memory); the same structure in the open program etalon.",
    latex=r"L = \sum_i L_i;\quad P_r = P - L;\quad M = P_r - S;\quad M \geq m",
    example={
        "p_laser_dbm": "23 dBm",
        "losses_db": "connector=0.5 dB; fibre to chip=1.5 dB; 1:4 splitter=6.5 dB; modulator=4 dB; modulation=3 dB; "
                     "routing=1 dB; chip to fibre=1.5 dB; link connectors=1 dB; 500 m of fibre=0.2 dB; receiver=1.5 dB",
        "sensitivity_dbm": "-6 dBm", "required_margin_db": "1.5 dB",
    },
)  # fmt: skip
def link_budget(
    p_laser_dbm: Decimal, losses_db: tuple[Item, ...], sensitivity_dbm: Decimal, required_margin_db: Decimal
) -> tuple[Decimal, Decimal, Decimal, bool]:
    """Total loss in dB, received power in dBm, margin in dB, and whether the margin is enough."""
    total = _total(losses_db)
    received = p_laser_dbm - total
    margin = received - sensitivity_dbm
    return total, received, margin, margin >= required_margin_db


def _total(losses: tuple[Item, ...]) -> Decimal:
    return sum((item.value for item in losses), Decimal(0))


def _least_laser(sensitivity_dbm: Decimal, losses_db: tuple[Item, ...], margin_db: Decimal) -> Decimal:
    return sensitivity_dbm + _total(losses_db) + margin_db


@formula(
    name=Words("Minimum laser power", "最小激光功率"),
    aliases=(
        "minimum laser power", "min laser power", "required laser power", "laser power required", "laser power needed",
        "laser power is needed", "laser power is required", "laser power do we need", "laser power does",
        "needed laser power", "how strong must the laser", "laser must deliver", "minimum launch power",
        "required launch power", "最小激光功率", "最低激光功率", "所需激光功率", "需要的激光功率", "激光器最小功率",
        "激光器至少", "激光功率至少", "光源功率至少", "所需光源功率", "最小光源功率", "需要多大激光功率",
        "最小发射功率", "所需发射功率",
    ),
    parameters=(
        _SENSITIVITY,
        _LOSSES,
        Parameter("margin_db", "m", "dB", Words("margin to keep, laser ageing included", "预留余量（含激光器老化）"),
                  Decimal(0), Decimal(20), default=Decimal(0),
                  cues=("margin", "margin of", "system margin", "reserve", "ageing margin", "余量", "裕量", "预留",
                        "系统余量"), leads=("at least", "至少")),
    ),
    outputs=(
        Output("p_laser_dbm", "P", "dBm", Words("least laser power per wavelength", "每波长最小激光功率"),
               "{sensitivity_dbm} + {losses_db} + {margin_db}",
               cues=("laser power", "laser need", "laser launch", "激光功率", "光源功率", "激光器功率")),
    ),
    assumptions=(
        _ONE_POWER, _WORST_CASE,
        Words("The margin includes 1 to 2 dB for the laser's ageing; where none is given, none is kept. Compare with "
              "the ELSFP classes from LP 11 dBm to SHP 26 dBm (each ±1.5 dB); eye safety limits the total over many "
              "fibres.",
              "余量应含 1 至 2 dB 激光器老化；未给出时按零余量计。可与 ELSFP 功率等级（LP 11 dBm 至 SHP 26 dBm，各 "
              "±1.5 dB）对照；多纤总功率受人眼安全限制。"),
    ),
    source="Inverse of link_budget; a review in Frontiers of Optoelectronics (2023) needs 24.5 dBm from the laser "
           "(seen as quoted by SemiAnalysis).",
    latex=r"P = S + \sum_i L_i + m",
    example={
        "sensitivity_dbm": "-6 dBm",
        "losses_db": "1:4 splitter=6.5 dB; modulator=4 dB; modulation=3 dB; coupling=4.5 dB; connectors=2.7 dB",
        "margin_db": "3 dB",
    },
    cautions=(
        Caution(
            lambda **given: _least_laser(**given) > Decimal("27.5"),
            Words("No ELSFP power class reaches this: the highest, SHP, ends at 27.5 dBm.",
                  "超出 ELSFP 全部功率等级：最高的 SHP 上限为 27.5 dBm。"),
        ),
    ),
)  # fmt: skip
def min_laser_power_dbm(sensitivity_dbm: Decimal, losses_db: tuple[Item, ...], margin_db: Decimal) -> Decimal:
    """Least laser power in dBm that reaches the sensitivity in dBm after the losses, with a margin, in dB."""
    return _least_laser(sensitivity_dbm, losses_db, margin_db)


@formula(
    name=Words("Electrical power of a laser source", "外置光源电功率"),
    aliases=(
        "els electrical power", "els power", "electrical power of the els", "electrical power of the laser",
        "laser electrical power", "power of the external laser source", "electrical power of the external laser",
        "electrical power does the laser", "electrical power do the lasers", "laser source draw", "els draw",
        "els consume", "electrical power from wall-plug efficiency",
        "光源电功率", "外置光源电功率", "激光器电功率", "激光电功率", "外置光源功耗", "外置激光源功耗", "激光器功耗",
        "光源功耗", "ELS功耗", "ELS 功耗", "ELS电功率", "ELS 电功率",
    ),
    parameters=(
        Parameter("optical_mw_total", "Pₒ", "mW", Words("optical power, all lasers together", "总光功率"), Decimal(0),
                  Decimal(10**9),
                  cues=("optical", "optical power", "light", "laser light", "total optical power", "output", "光功率",
                        "出光", "总光功率", "光输出")),
        Parameter("wpe", "η", "", Words("wall-plug efficiency, as a fraction", "电光转换效率（0 到 1）"), Decimal(0),
                  Decimal(1), above=True,
                  cues=("wall-plug efficiency", "wall plug efficiency", "wpe", "pce", "laser efficiency", "efficiency",
                        "插墙效率", "电光转换效率", "光电转换效率", "电光效率", "效率")),
        Parameter("driver_efficiency", "η_d", "", Words("efficiency of the driver, as a fraction",
                                                        "驱动效率（0 到 1）"),
                  Decimal(0), Decimal(1), above=True, default=Decimal(1),
                  cues=("driver efficiency", "driver", "driver at", "supply efficiency", "驱动效率", "驱动",
                        "驱动器效率")),
        Parameter("tec_w", "Pₜ", "W", Words("power of the thermoelectric cooler", "热电制冷器功耗"), Decimal(0),
                  Decimal(10**6), default=Decimal(0),
                  cues=("tec", "tec power", "thermoelectric cooler", "cooler", "热电制冷", "制冷器", "制冷")),
    ),
    outputs=(
        Output("electrical_w", "P", "W", Words("electrical power", "电功率"),
               "{optical_mw_total} ÷ 1000 ÷ ({wpe} × {driver_efficiency}) + {tec_w}",
               "{optical_mw_total} ÷ 1000 ÷ {wpe}",
               cues=("吃多少电", "要多少电", "耗多少电", "electrical power", "electrical watts", "electric power",
                     "draw from the supply", "电功率", "耗电",
                     "电功耗", "用电")),
    ),
    assumptions=(
        Words("A module's efficiency is about half of its laser chip's, as driver, cooler and taps are inside: charge "
              "them once. Efficiency falls with temperature and at low bias.",
              "模块效率约为激光芯片的一半（含驱动、制冷与监测分光），不可重复计入；效率随温度升高及低偏置而下降。"),
    ),
    source="Definition of wall-plug efficiency; 15% at 55 °C with a 60% driver: A. Sun, Optical I/O (2025-26), whose "
           "own sum is rounded: 8 × 12 mW is 96 mW, not 80 mW; 12.5% for a module: O-Net.",
    latex=r"P = \frac{P_o / 1000}{\eta \times \eta_d} + P_t",
    example={"optical_mw_total": "800 mW", "wpe": "12.5%"},
)  # fmt: skip
def els_electrical_power_w(
    optical_mw_total: Decimal, wpe: Decimal, driver_efficiency: Decimal, tec_w: Decimal
) -> Decimal:
    """Electrical power in W of lasers of a total optical power in mW, with driver and cooler."""
    return optical_mw_total / 1000 / (wpe * driver_efficiency) + tec_w


@formula(
    name=Words("Wall-plug efficiency", "电光转换效率（插墙效率）"),
    aliases=(
        "wall-plug efficiency", "wall plug efficiency", "wallplug efficiency", "wpe", "power conversion efficiency",
        "electrical-to-optical efficiency", "electro-optical efficiency", "laser efficiency", "efficiency of the laser",
        "插墙效率", "电光转换效率", "光电转换效率", "电光效率", "激光器效率", "光源效率",
    ),
    parameters=(
        Parameter("optical_mw", "Pₒ", "mW", Words("optical power, out of the fibre", "出纤光功率"), Decimal(0),
                  Decimal(10**9),
                  cues=("optical", "optical power", "light", "output", "emits", "out of the fiber", "光功率", "出光",
                        "输出光", "输出", "出纤"),
                  leads=("emits", "delivers", "outputs", "输出", "发出")),
        Parameter("electrical_w", "P", "W", Words("electrical power, driver and cooler included",
                                                  "电功率（含驱动与制冷）"), Decimal(0), Decimal(10**6), above=True,
                  cues=("electrical", "electrical power", "electric", "electricity", "input", "consumption", "supply",
                        "电功率", "电", "输入", "功耗", "耗电"),
                  leads=("from", "draws", "consumes", "using", "drawing", "consuming", "for", "耗电", "消耗", "功耗")),
    ),
    outputs=(
        Output("wpe", "η", "", Words("wall-plug efficiency, as a fraction", "电光转换效率（小数）"),
               "{optical_mw} ÷ 1000 ÷ {electrical_w}", cues=("how efficient", "what efficiency", "效率是多少",
                                                             "效率多少")),
    ),
    assumptions=(
        Words("Say where the light is measured (facet or fibre), at what temperature, and whether the cooler is "
              "inside.",
              "须注明光功率测量位置（端面或出纤）、温度，以及是否含制冷功耗。"),
    ),
    source="Definition; data of external laser sources collected in A. Sun, Optical I/O (2025-26).",
    latex=r"\eta = \frac{P_o / 1000}{P}",
    example={"optical_mw": "1600 mW", "electrical_w": "13 W"},
    cautions=(
        Caution(
            lambda optical_mw, electrical_w: optical_mw > 350 * electrical_w,
            Words("Above 0.35, which no continuous InP laser reaches today: check the units.",
                  "高于 0.35，目前连续波 InP 激光器均达不到：请核对单位。"),
        ),
    ),
    requirements=(
        Requirement(
            lambda optical_mw, electrical_w: optical_mw <= 1000 * electrical_w,
            Words("no laser gives more light than it draws power", "光功率不可能大于电功率"),
        ),
    ),
)  # fmt: skip
def wall_plug_efficiency(optical_mw: Decimal, electrical_w: Decimal) -> Decimal:
    """Optical power in mW over electrical power in W, as a fraction."""
    return optical_mw / 1000 / electrical_w


@formula(
    name=Words("Count of lasers and external laser modules", "激光器与 ELS 模块数量"),
    aliases=(
        "laser count", "number of lasers", "how many lasers", "lasers needed", "lasers are needed", "els count",
        "number of els", "how many els", "els modules", "elsfp modules", "laser modules", "external laser modules",
        "how many external laser", "how many laser",
        "激光器数量", "激光器数", "多少个激光器", "多少激光器", "几个激光器", "多少颗激光器", "几颗激光器", "几颗laser",
        "几个laser",
        "多少颗laser",
        "多少个laser",
        "多少只激光器", "ELS数量",
        "ELS 数量", "ELS模块数", "ELS 模块数", "多少个ELS", "多少个 ELS", "外置光源数量", "外置光源模块",
        "多少个外置光源", "光源模块数量",
    ),
    parameters=(
        Parameter("n_lanes", "n", "", Words("number of optical lanes", "光通道数"), Decimal(1), Decimal(10**9),
                  shape="integer",
                  cues=("lanes", "optical lanes", "channels", "lane", "条通道", "个通道", "通道", "路通道", "条光通道",
                        "个lane")),
        Parameter("lanes_per_laser", "a", "", Words("lanes fed by one laser", "每个激光器供给的通道数"), Decimal(1),
                  Decimal(10**6), shape="integer",
                  cues=("lanes per laser", "lanes from each laser", "lanes each", "lanes a laser", "channels per laser",
                        "通道每激光器", "个通道共用一个激光器", "通道共用"),
                  leads=("laser feeds", "laser drives", "each laser feeds", "one laser feeds", "a laser feeds",
                         "one laser per", "1 laser per", "per laser", "each laser serves", "laser serves", "shared by",
                         "feeding", "laser for every", "每个激光器供", "每激光器", "每个激光器", "每只激光器",
                         "每颗激光器", "一个激光器供", "一个激光器带", "激光器带", "激光器供", "激光器驱动", "laser带",
                         "laser供", "每个激光器带")),
        Parameter("lasers_per_module", "b", "", Words("lasers in one module", "每个模块的激光器数"), Decimal(1),
                  Decimal(10**6), shape="integer",
                  cues=("lasers per module", "lasers per els", "lasers a module", "lasers in each", "lasers each",
                        "laser module", "lasers per elsfp", "lasers in a module", "lasers in one module",
                        "channel els", "个激光器每模块"),
                  leads=("each module holds", "each els holds", "per module", "per els", "each els has",
                         "each module has", "modules of", "els of", "每个模块含", "每模块", "每个模块", "每个ELS",
                         "每个ELS有", "每个ELS含", "每个模块有", "每个 ELS", "每ELS", "每个外置光源", "每个光源模块",
                         "ELS装",
                         "ELS带",
                         "ELS含",
                         "模块装", "模块含")),
        Parameter("spare_lasers", "s", "", Words("spare lasers", "备用激光器数"), Decimal(0), Decimal(10**6),
                  default=Decimal(0), shape="integer",
                  cues=("spare lasers", "spare", "spares", "redundant lasers", "backup lasers", "个备用", "备用激光器",
                        "备用", "冗余")),
    ),
    outputs=(
        Output("lasers", "Nₗ", "", Words("lasers", "激光器数"), "⌈{n_lanes} ÷ {lanes_per_laser}⌉ + {spare_lasers}",
               "⌈{n_lanes} ÷ {lanes_per_laser}⌉",
               cues=("how many lasers", "number of lasers", "多少个激光器", "多少激光器", "几个激光器", "激光器数")),
        Output("els_modules", "Nₘ", "", Words("external laser modules", "ELS 模块数"),
               "⌈{lasers} ÷ {lasers_per_module}⌉",
               cues=("how many els", "how many modules", "how many laser modules", "els modules", "多少个模块",
                     "几个模块",
                     "几个ELS",
                     "多少个ELS", "多少个 ELS", "ELS模块数", "多少个外置光源")),
    ),
    assumptions=(
        Words("The light is split evenly. Four times fewer lasers holds only against pluggables with one laser per "
              "lane; silicon-photonic pluggables share lasers already.",
              "假定均匀分光。“激光器数量降至四分之一”只相对每通道一个激光器的可插拔模块成立；硅光可插拔模块本已共用激光器。"),
    ),
    source="Counting; NVIDIA's Q3450 has 18 modules of 8 lasers, one laser for 4 lanes (its developer blog, in A. Sun, "
           "Optical I/O); SONiC's CPO port mapping has 16 modules of 8 for 512 lanes.",
    latex=r"N_l = \lceil n / a \rceil + s;\quad N_m = \lceil N_l / b \rceil",
    example={"n_lanes": "576", "lanes_per_laser": "4", "lasers_per_module": "8"},
)  # fmt: skip
def laser_counts(
    n_lanes: Decimal, lanes_per_laser: Decimal, lasers_per_module: Decimal, spare_lasers: Decimal
) -> tuple[Decimal, Decimal]:
    """Lasers for so many lanes, spares included, and the modules that hold them."""
    lasers = parts_needed(n_lanes, lanes_per_laser) + spare_lasers
    return lasers, parts_needed(lasers, lasers_per_module)


@formula(
    name=Words("Modulation amplitude from average power", "由平均功率与消光比求 OMA"),
    aliases=(
        "oma from average", "oma from average power", "optical modulation amplitude", "outer oma", "oma",
        "average to oma", "modulation amplitude", "光调制幅度", "光调制幅值", "调制幅度", "求OMA", "求 OMA",
        "OMA是多少", "OMA 是多少", "OMA多少", "平均功率转OMA", "平均功率换算",
    ),
    parameters=(
        Parameter("p_avg_dbm", "P", "dBm", Words("average power", "平均功率"), Decimal(-60), Decimal(40),
                  cues=("average power", "average", "mean power", "average optical power", "平均功率", "平均光功率",
                        "平均")),
        _EXTINCTION,
    ),
    outputs=(
        Output("oma_mw", "A", "mW", Words("outer OMA", "外侧 OMA"),
               "2 × 10^({p_avg_dbm} ÷ 10) × (10^({er_db} ÷ 10) − 1) ÷ (10^({er_db} ÷ 10) + 1)",
               cues=("OMA in mW", "OMA in milliwatts", "OMA多少毫瓦", "OMA 多少毫瓦")),
        Output("oma_dbm", "A_dBm", "dBm", Words("outer OMA", "外侧 OMA"), "10 × log₁₀({oma_mw})",
               cues=("OMA", "OMA in dBm", "光调制幅度", "调制幅度")),
        Output("p1_mw", "P₁", "mW", Words("power of the highest level", "最高电平功率"),
               "2 × 10^({p_avg_dbm} ÷ 10) × 10^({er_db} ÷ 10) ÷ (10^({er_db} ÷ 10) + 1)",
               cues=("power of a one", "one level", "highest level", "P1", "最高电平", "1电平", "“1”电平")),
        Output("p0_mw", "P₀", "mW", Words("power of the lowest level", "最低电平功率"),
               "2 × 10^({p_avg_dbm} ÷ 10) ÷ (10^({er_db} ÷ 10) + 1)",
               cues=("power of a zero", "zero level", "lowest level", "P0", "最低电平", "0电平", "“0”电平")),
    ),
    assumptions=(
        Words("Outer OMA for PAM4: the highest level less the lowest. Levels are evenly spaced and equally frequent.",
              "PAM4 为外侧 OMA（最高电平减最低电平）；假定电平等间隔、等概率。"),
        _LOGARITHM,
    ),
    source=f"Definitions of IEEE 802.3 (from memory); {_AGRAWAL}, sec. 4.6.",
    latex=r"p = 10^{P/10};\quad x = 10^{\mathrm{ER}/10};\quad A = 2 p \times \frac{x - 1}{x + 1};\quad "
          r"P_1 = \frac{2 p x}{x + 1};\quad P_0 = \frac{2 p}{x + 1}",
    example={"p_avg_dbm": "0 dBm", "er_db": "5 dB"},
)  # fmt: skip
def oma_from_average(p_avg_dbm: Decimal, er_db: Decimal) -> tuple[Decimal, Decimal, Decimal, Decimal]:
    """OMA in mW and dBm and the powers of the highest and lowest level in mW, from average power and extinction."""
    twice = 2 * _ten_to(p_avg_dbm / 10)
    ratio = _ten_to(er_db / 10)
    oma = twice * _contrast(er_db)
    return oma, 10 * oma.log10(), twice * ratio / (ratio + 1), twice / (ratio + 1)


def _contrast(er_db: Decimal) -> Decimal:
    """(x − 1) ÷ (x + 1) of an extinction ratio x; with digits to spare, as for a small one the two nearly cancel."""

    def contrast() -> Decimal:
        ratio = _ten_to(er_db / 10)
        return (ratio - 1) / (ratio + 1)

    return guarded(contrast, MANY_DIGITS)


@formula(
    name=Words("Power penalty of a finite extinction ratio", "消光比功率代价"),
    aliases=(
        "extinction ratio penalty", "extinction-ratio penalty", "er penalty", "extinction penalty",
        "penalty of the extinction ratio", "penalty for the extinction ratio", "penalty of an extinction ratio",
        "penalty for an extinction ratio", "extinction ratio power penalty", "penalty of extinction",
        "消光比代价", "消光比功率代价", "消光比引起的代价", "消光比的代价", "消光比带来的", "消光比造成",
    ),
    parameters=(_EXTINCTION,),
    outputs=(
        Output("penalty_db", "δ", "dB", Words("power penalty", "功率代价"),
               "10 × log₁₀((10^({er_db} ÷ 10) + 1) ÷ (10^({er_db} ÷ 10) − 1))",
               cues=("penalty", "power penalty", "代价", "功率代价")),
    ),
    assumptions=(
        Words("For receivers limited by thermal noise. Do not also convert to OMA: that would count it twice.",
              "适用于热噪声受限接收机；不可再换算为 OMA，否则重复计入。"),
        _LOGARITHM,
    ),
    source=f"{_AGRAWAL}, eq. 4.6.4.",
    latex=r"x = 10^{\mathrm{ER}/10};\quad \delta = 10 \times \log_{10} \frac{x + 1}{x - 1}",
    example={"er_db": "3.5 dB"},
)  # fmt: skip
def er_power_penalty_db(er_db: Decimal) -> Decimal:
    """Power penalty in dB of an extinction ratio in dB against an endless one."""
    return -10 * _contrast(er_db).log10()


def _errors_at_zero(levels: Decimal) -> Decimal:
    """Bit errors per unit of erfc(Q ÷ √2): the ratio when the eye is shut."""
    return (1 - 1 / levels) / bits_per_symbol(levels)


def _q(ber: Decimal, levels: Decimal) -> Decimal:
    return erfc_inverse(ber / _errors_at_zero(levels)) * Decimal(2).sqrt()


@formula(
    name=Words("Bit error ratio from Q", "由 Q 因子求误码率"),
    aliases=(
        "ber from q", "ber of q", "ber at q", "ber for q", "bit error rate from q", "bit error ratio from q",
        "q to ber", "ber for a q", "ber of a q", "ber at a q", "error rate at q", "error ratio at q", "q factor to ber",
        "由Q求误码率", "由 Q 求误码率", "Q因子对应的误码率", "Q 因子对应的误码率", "Q值对应的误码率",
        "Q 值对应的误码率", "Q转误码率", "Q换算误码率", "误码率是多少", "误码率为多少", "误码率多少", "对应的误码率",
    ),
    parameters=(
        Parameter("q", "Q", "", Words("Q of each eye, linear", "每个眼的 Q 因子（线性）"), Decimal(0), Decimal(40),
                  cues=("q factor", "q-factor", "q value", "q of", "q =", "q=", "q", "Q因子", "Q 因子", "Q值", "Q 值")),
        _LEVELS_OR_NRZ,
    ),
    outputs=(
        Output("ber", "BER", "", Words("bit error ratio before FEC", "FEC 前误码率"),
               "(1 − 1 ÷ {levels}) × erfc({q} ÷ √2) ÷ log₂({levels})",
               cues=("BER", "bit error rate", "bit error ratio", "error rate", "error ratio", "误码率", "误比特率")),
    ),
    assumptions=(_GAUSSIAN, _NRZ),
    source=f"{_AGRAWAL}, ch. 4; the same expression for PAM in the documentation of the comnum-mapping library.",
    latex=r"\mathrm{BER} = \left(1 - \frac{1}{M}\right) \frac{\mathrm{erfc}(Q / \sqrt{2})}{\log_2 M}",
    example={"q": "3.414", "levels": "4"},
)  # fmt: skip
def ber_from_q(q: Decimal, levels: Decimal) -> Decimal:
    """Bit error ratio of PAM with so many levels at Q, with Gray coding."""
    return _errors_at_zero(levels) * erfc(q / Decimal(2).sqrt())


@formula(
    name=Words("Q from the bit error ratio", "由误码率求 Q 因子"),
    aliases=(
        "q from ber", "q for ber", "q for a ber", "q at ber", "q for a bit error", "ber to q", "q factor", "q-factor",
        "q value", "required q", "what q", "which q", "q is needed", "q is required", "q needed",
        "求Q因子", "求 Q 因子", "Q因子是多少", "Q 因子是多少", "Q值是多少", "Q 值是多少", "Q因子为多少", "Q因子多少",
        "所需Q", "所需 Q", "需要的Q", "需要的 Q", "需要多大的Q", "需要多大的 Q", "误码率对应的Q", "误码率对应的 Q",
    ),
    parameters=(
        Parameter("ber", "BER", "", Words("bit error ratio before FEC", "FEC 前误码率"), Decimal("1e-30"),
                  Decimal("0.5"), cues=_BER_CUES, pattern=_SCIENTIFIC),
        _LEVELS_OR_NRZ,
    ),
    outputs=(
        Output("q", "Q", "", Words("Q of each eye, linear", "每个眼的 Q 因子（线性）"),
               "√2 × erfc⁻¹({ber} × log₂({levels}) ÷ (1 − 1 ÷ {levels}))",
               cues=("Q", "what Q", "Q factor", "Q value", "Q因子", "Q值", "Q 因子", "Q 值")),
    ),
    assumptions=(_GAUSSIAN, _NRZ),
    source="Inverse of ber_from_q.",
    latex=r"Q = \sqrt{2} \times \mathrm{erfc}^{-1}\left(\frac{\mathrm{BER} \times \log_2 M}{1 - 1/M}\right)",
    example={"ber": "2.4e-4", "levels": "4"},
    requirements=(
        Requirement(
            lambda ber, levels: ber <= _errors_at_zero(levels),
            Words("a shut eye has Q = 0 and a bit error ratio of (1 − 1/M)/log₂ M; there is none above it",
                  "眼图完全闭合时 Q = 0，误码率为 (1 − 1/M)/log₂ M，不可能更高"),
        ),
    ),
)  # fmt: skip
def q_from_ber(ber: Decimal, levels: Decimal) -> Decimal:
    """Q at which PAM with so many levels has that bit error ratio."""
    return _q(ber, levels)


@formula(
    name=Words("Eye-height penalty of PAM", "PAM-M 眼高代价"),
    aliases=(
        "pam4 penalty", "pam penalty", "pam-4 penalty", "pam8 penalty", "eye-height penalty", "eye height penalty",
        "level penalty", "penalty of pam4", "penalty of pam", "penalty for pam4", "multilevel penalty",
        "pam4 eye penalty", "penalty of pam8", "penalty for pam8", "pam4 power penalty",
        "PAM4代价", "PAM4 代价", "PAM4的代价", "PAM4 的代价", "眼高代价", "眼高损失", "多电平代价", "PAM4功率代价",
        "PAM8代价", "PAM8 代价", "PAM8的代价", "PAM4眼高",
    ),
    parameters=(
        PAM_LEVELS,
    ),
    outputs=(
        Output("penalty_db", "δ", "dB", Words("optical penalty", "光功率代价"), "10 × log₁₀({levels} − 1)",
               cues=("penalty", "optical penalty", "against NRZ", "compared with NRZ", "代价", "相对NRZ", "相对 NRZ")),
    ),
    assumptions=(
        Words("Optical dB; in the electrical domain it is 20 log₁₀, 9.5 dB for PAM4. The lower baud rate, which gives "
              "part of it back, is not counted.",
              "为光域 dB；电域须用 20 log₁₀（PAM4 为 9.5 dB）。未计波特率降低带来的部分补偿。"),
        _LOGARITHM,
    ),
    source="Identity: each of the M − 1 eyes has an equal share of the outer OMA.",
    latex=r"\delta = 10 \times \log_{10}(M - 1)",
    example={"levels": "4"},
)  # fmt: skip
def pam_level_penalty_db(levels: Decimal) -> Decimal:
    """Optical penalty in dB of sharing the modulation amplitude among the eyes of so many levels."""
    return 10 * (levels - 1).log10()


@formula(
    name=Words("Receiver sensitivity limited by thermal noise (outer OMA)", "热噪声受限接收灵敏度（外侧 OMA）"),
    aliases=(
        "receiver sensitivity from noise", "thermal-noise-limited", "thermal noise limited",
        "noise-limited sensitivity", "sensitivity in oma", "oma sensitivity", "thermal noise sensitivity",
        "receiver sensitivity in oma", "noise floor of", "sensitivity from tia noise",
        "calculate the receiver sensitivity", "compute the receiver sensitivity", "what receiver sensitivity",
        "what is the receiver sensitivity", "what sensitivity", "热噪声受限", "热噪声灵敏度", "噪声受限灵敏度",
        "OMA灵敏度", "OMA 灵敏度", "接收灵敏度是多少", "灵敏度是多少", "计算接收灵敏度", "由噪声求灵敏度", "灵敏度极限",
    ),
    parameters=(
        Parameter("noise_pa_rthz", "Sᵢ", "pA/√Hz", Words("input noise current density", "输入噪声电流密度"), Decimal(5),
                  Decimal(30),
                  cues=("noise", "input noise", "noise density", "input-referred noise", "tia noise", "噪声",
                        "噪声密度", "输入噪声", "等效噪声", "TIA噪声")),
        Parameter("baud_gbd", "B", "GBd", Words("symbol rate", "符号率"), Decimal(0), Decimal(10**4), above=True,
                  cues=("baud", "baud rate", "symbol rate", "波特率", "符号率", "符号速率")),
        Parameter("responsivity_a_w", "R", "A/W", Words("responsivity of the photodiode", "探测器响应度"),
                  Decimal("0.5"), Decimal("1.2"), cues=("responsivity", "photodiode", "响应度", "响应率", "探测器")),
        Parameter("ber", "BER", "", Words("bit error ratio to reach before FEC", "目标 FEC 前误码率"), Decimal("1e-30"),
                  Decimal("0.5"), cues=_BER_CUES, pattern=_SCIENTIFIC),
        replace(PAM_LEVELS, allowed=(Decimal(2), Decimal(4))),
        Parameter("bw_fraction", "k", "", Words("receiver bandwidth over symbol rate", "接收带宽与符号率之比"),
                  Decimal("0.5"), Decimal(1), default=Decimal("0.75"),
                  cues=("bandwidth fraction", "bandwidth ratio", "of the baud rate", "带宽系数", "带宽比例",
                        "带宽与波特率之比")),
    ),
    outputs=(
        Output("q", "Q", "", Words("Q to reach", "所需 Q 因子"),
               "√2 × erfc⁻¹({ber} × log₂({levels}) ÷ (1 − 1 ÷ {levels}))",
               cues=("what Q", "Q因子", "Q值")),
        Output("sigma_ua", "σ", "μA", Words("noise current", "噪声电流"),
               "{noise_pa_rthz} × √({bw_fraction} × {baud_gbd} × 10^9) ÷ 10^6",
               cues=("noise current", "rms noise", "噪声电流", "均方根噪声")),
        Output("oma_uw", "A", "μW", Words("least outer OMA", "最小外侧 OMA"),
               "2 × ({levels} − 1) × {q} × {sigma_ua} ÷ {responsivity_a_w}", cues=("OMA in μW", "OMA in microwatts",
                                                                                   "多少微瓦")),
        Output("oma_dbm", "A_dBm", "dBm", Words("least outer OMA: the sensitivity", "最小外侧 OMA（灵敏度）"),
               "10 × log₁₀({oma_uw} ÷ 1000)", cues=("sensitivity", "OMA in dBm", "灵敏度")),
    ),
    assumptions=(
        Words("Thermal noise alone: no shot noise, RIN, interference between symbols or limit of the amplifier's "
              "bandwidth. Real 200G-per-lane receivers need several dB more than this floor.",
              "仅计热噪声：未计散粒噪声、RIN、码间干扰与放大器带宽限制。实际每通道 200G 接收机比此下限差数 dB。"),
        _GAUSSIAN,
    ),
    source=f"{_AGRAWAL}, ch. 4; the open program etalon computes the same; measured values about −7 dBm OMA: Arista at "
           "ECOC 2026.",
    latex=r"\sigma = \frac{S_i \sqrt{k \times B \times 10^9}}{10^6};\quad A = \frac{2 (M - 1) Q \sigma}{R};\quad "
          r"A_{\mathrm{dBm}} = 10 \times \log_{10} \frac{A}{1000}",
    example={"noise_pa_rthz": "15 pA/√Hz", "baud_gbd": "53.125 GBd", "responsivity_a_w": "0.8 A/W", "ber": "2.4e-4",
             "levels": "4"},
    requirements=(
        Requirement(
            lambda ber, levels, **_: ber < _errors_at_zero(levels),
            Words("the bit error ratio must be below that of a shut eye, (1 − 1/M)/log₂ M",
                  "误码率须低于眼图完全闭合时的 (1 − 1/M)/log₂ M"),
        ),
    ),
)  # fmt: skip
def receiver_sensitivity_oma_dbm(
    noise_pa_rthz: Decimal,
    baud_gbd: Decimal,
    responsivity_a_w: Decimal,
    ber: Decimal,
    levels: Decimal,
    bw_fraction: Decimal,
) -> tuple[Decimal, Decimal, Decimal, Decimal]:
    """Q, noise current in μA, and the least outer OMA in μW and dBm that reaches a bit error ratio."""
    q = _q(ber, levels)
    sigma = noise_pa_rthz * (bw_fraction * baud_gbd * 10**9).sqrt() / 10**6
    oma = 2 * (levels - 1) * q * sigma / responsivity_a_w
    return q, sigma, oma, 10 * (oma / 1000).log10()
