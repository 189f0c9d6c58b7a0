"""Optical links: levels, losses and the power budget."""

from decimal import Decimal

from agent.calculator.formula import Bilingual as Words
from agent.calculator.formula import Item, Output, Parameter
from agent.calculator.registry import formula

_POWER_ONLY = Words(
    "For ratios of power; ratios of field or voltage take 20 log₁₀.", "仅适用于功率比；场强比或电压比须用 20 log₁₀。"
)
_LEVELS = Words(
    "dB may be added to dBm; two dBm levels may not be added.", "dB 可与 dBm 相加；两个 dBm 电平不可直接相加。"
)
_LOGARITHM = Words("Logarithms and powers are rounded at the 34th digit.", "对数与乘方在第 34 位有效数字处取舍。")
_DEFINITION = "Definition of the decibel (ITU-R V.574)."


def _ten_to(exponent: Decimal) -> Decimal:
    return Decimal(10) ** exponent


@formula(
    name=Words("Decibels to a power ratio", "dB 转线性功率比"),
    aliases=("db to linear", "linear ratio", "linear", "power ratio", "as a ratio", "线性", "功率比", "倍数", "多少倍"),
    parameters=(Parameter("db", "L", "dB", Words("level difference", "电平差"), Decimal(-400), Decimal(400)),),
    outputs=(Output("ratio", "x", "x", Words("power ratio", "功率比"), "10^({db} ÷ 10)"),),
    assumptions=(_POWER_ONLY, _LOGARITHM),
    source=_DEFINITION,
)
def db_to_linear(db: Decimal) -> Decimal:
    """Power ratio of a level difference in dB."""
    return _ten_to(db / 10)


@formula(
    name=Words("Power ratio to decibels", "线性功率比转 dB"),
    aliases=("linear to db", "ratio to db", "factor in db", "功率比转", "倍是多少"),
    parameters=(
        Parameter(
            "x",
            "x",
            "",
            Words("power ratio", "功率比"),
            Decimal(0),
            above=True,
            cues=("ratio of", "factor of", "ratio", "factor", "功率比", "比值", "倍"),
        ),
    ),
    outputs=(Output("db", "L", "dB", Words("level difference", "电平差"), "10 × log₁₀({x})"),),
    assumptions=(_POWER_ONLY, _LOGARITHM),
    source=_DEFINITION,
)
def linear_to_db(x: Decimal) -> Decimal:
    """Level difference in dB of a power ratio."""
    return 10 * x.log10()


@formula(
    name=Words("dBm to milliwatts", "dBm 转毫瓦"),
    aliases=("dbm to mw", "optical power in mw", "dBm 转毫瓦", "dBm换算"),
    parameters=(Parameter("dbm", "P", "dBm", Words("power level", "功率电平"), Decimal(-200), Decimal(60)),),
    outputs=(Output("power_mw", "p", "mW", Words("power", "功率"), "10^({dbm} ÷ 10)"),),
    assumptions=(_LEVELS, _LOGARITHM),
    source=_DEFINITION,
)
def dbm_to_mw(dbm: Decimal) -> Decimal:
    """Power in mW of a level in dBm."""
    return _ten_to(dbm / 10)


@formula(
    name=Words("Milliwatts to dBm", "毫瓦转 dBm"),
    aliases=("mw to dbm", "level in dbm", "毫瓦转", "换算成 dBm"),
    parameters=(Parameter("mw", "p", "mW", Words("power", "功率"), Decimal(0), above=True),),
    outputs=(Output("level_dbm", "P", "dBm", Words("power level", "功率电平"), "10 × log₁₀({mw})"),),
    assumptions=(_LEVELS, _LOGARITHM),
    source=_DEFINITION,
)
def mw_to_dbm(mw: Decimal) -> Decimal:
    """Level in dBm of a power in mW."""
    return 10 * mw.log10()


@formula(
    name=Words("Loss of a 1:N splitter", "1:N 分光损耗"),
    aliases=(
        "splitter loss",
        "split loss",
        "splitter",
        "split",
        "splitting loss",
        "分光损耗",
        "分路损耗",
        "分光器",
        "分路器",
    ),
    parameters=(
        Parameter(
            "n_ways",
            "N",
            "",
            Words("number of outputs", "输出路数"),
            Decimal(1),
            Decimal(10**6),
            shape="integer",
            cues=("ways", "way", "outputs", "路", "分光"),
            pattern=r"(?<![0-9])1\s?[:：×x]\s?([0-9]{1,6})(?![0-9.])",
        ),
        Parameter(
            "excess_db",
            "Lₑ",
            "dB",
            Words("excess loss", "附加损耗"),
            Decimal(0),
            Decimal(20),
            default=Decimal(0),
            cues=("excess", "extra", "附加", "额外"),
        ),
    ),
    outputs=(
        Output(
            "loss_db",
            "L",
            "dB",
            Words("splitter loss", "分光损耗"),
            "10 × log₁₀({n_ways}) + {excess_db}",
            "10 × log₁₀({n_ways})",
        ),
    ),
    assumptions=(
        Words(
            "An even split; real splitters add 0.1 to 1 dB of excess loss and some imbalance.",
            "按均分计；实际分光器另有 0.1 至 1 dB 附加损耗及不均衡。",
        ),
        _LOGARITHM,
    ),
    source="Identity: power shared evenly among N outputs.",
)
def splitter_loss_db(n_ways: Decimal, excess_db: Decimal) -> Decimal:
    """Loss in dB from the input to each of N outputs, with excess loss in dB."""
    return 10 * n_ways.log10() + excess_db


@formula(
    name=Words("Attenuation of a fibre", "光纤衰减"),
    aliases=(
        "fiber loss",
        "fibre loss",
        "fiber attenuation",
        "fibre attenuation",
        "loss",
        "attenuation",
        "光纤损耗",
        "光纤衰减",
        "衰减",
        "损耗",
    ),
    parameters=(
        Parameter("length_km", "ℓ", "km", Words("length of the fibre", "光纤长度"), Decimal(0), Decimal(1000)),
        Parameter("alpha_db_per_km", "α", "dB/km", Words("attenuation", "衰减系数"), Decimal(0), Decimal(100)),
    ),
    outputs=(Output("loss_db", "L", "dB", Words("fibre loss", "光纤损耗"), "{length_km} × {alpha_db_per_km}"),),
    assumptions=(
        Words(
            "Connectors, splices and dispersion are not counted; within 2 km connectors weigh more than the fibre.",
            "未计连接器、熔接与色散；2 km 以内连接器损耗通常大于光纤本身。",
        ),
    ),
    source="Definition of the attenuation coefficient; ITU-T G.652 allows at most 0.4 dB/km at 1310 nm.",
)
def fiber_loss_db(length_km: Decimal, alpha_db_per_km: Decimal) -> Decimal:
    """Loss in dB of a fibre: length in km times attenuation in dB/km."""
    return length_km * alpha_db_per_km


@formula(
    name=Words("Optical link budget (average power)", "光链路预算（平均功率）"),
    aliases=("link budget", "power budget", "margin", "does the link close", "链路预算", "功率预算", "余量", "裕量"),
    parameters=(
        Parameter(
            "p_laser_dbm",
            "P",
            "dBm",
            Words("laser power per wavelength, at the source's output", "光源输出端每波长功率"),
            Decimal(-60),
            Decimal(40),
            cues=("laser", "launch", "source", "els", "transmit", "激光", "光源", "发射", "入纤"),
        ),
        Parameter(
            "losses_db",
            "ΣLᵢ",
            "dB",
            Words("losses along the way", "沿途各项损耗"),
            Decimal(0),
            Decimal(60),
            shape="named",
        ),
        Parameter(
            "sensitivity_dbm",
            "S",
            "dBm",
            Words("receiver sensitivity, same basis", "接收灵敏度（同一口径）"),
            Decimal(-200),
            Decimal(60),
            cues=("sensitivity", "receiver", "灵敏度", "接收"),
        ),
        Parameter(
            "required_margin_db",
            "m",
            "dB",
            Words("margin required", "要求的余量"),
            Decimal(0),
            Decimal(100),
            default=Decimal(0),
            cues=("required margin", "margin of", "margin", "余量", "裕量"),
        ),
    ),
    outputs=(
        Output("total_loss_db", "L", "dB", Words("total loss", "总损耗"), "{losses_db}"),
        Output("received_dbm", "Pᵣ", "dBm", Words("received power", "接收功率"), "{p_laser_dbm} − {total_loss_db}"),
        Output("margin_db", "M", "dB", Words("margin", "余量"), "{received_dbm} − {sensitivity_dbm}"),
        Output("closes", "M ≥ m", "", Words("link closes", "链路闭合"), "{margin_db} ≥ {required_margin_db}"),
    ),
    assumptions=(
        Words("Average power and OMA are not mixed.", "平均功率与 OMA 口径不混用。"),
        Words("The modulation loss, about 3 dB, is charged once.", "调制损耗（约 3 dB）只计一次。"),
        Words(
            "Losses add at their worst; penalties such as MPI, RIN, crosstalk and TDECQ are listed as losses.",
            "各损耗按最坏值相加；MPI、RIN、串扰、TDECQ 等代价须列为损耗项。",
        ),
    ),
    source="Structure of the OIF Co-Packaging Framework (2022); Agrawal, Fiber-Optic Communication Systems, ch. 5.",
)
def link_budget(
    p_laser_dbm: Decimal, losses_db: tuple[Item, ...], sensitivity_dbm: Decimal, required_margin_db: Decimal
) -> tuple[Decimal, Decimal, Decimal, bool]:
    """Total loss in dB, received power in dBm, margin in dB, and whether the margin is enough."""
    total = sum((item.value for item in losses_db), Decimal(0))
    received = p_laser_dbm - total
    margin = received - sensitivity_dbm
    return total, received, margin, margin >= required_margin_db
