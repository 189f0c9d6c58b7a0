"""Energy and power: from a bit's energy to a year's electricity."""

from decimal import Decimal

from agent.calculator.formula import Bilingual as Words
from agent.calculator.formula import Caution, Item, Output, Parameter
from agent.calculator.registry import formula

_BASIS = Words(
    "The energy per bit and the rate must be on one basis: net or line rate, one direction or both, "
    "engine alone or with laser and host SerDes.",
    "单比特能耗与速率须为同一口径：净速率或线速率、单向或双向、仅光引擎或含激光器与主机 SerDes。",
)
_CONSTANT = Words(
    "Optics draw nearly constant power, so at low utilisation each useful bit costs more than this.",
    "光模块功耗几乎不随负载变化，利用率低时每个有效比特的实际能耗更高。",
)

_ENERGY_PER_BIT = Parameter(
    "energy_pj_per_bit", "e", "pJ/bit", Words("energy per bit", "单比特能耗"), Decimal(0), Decimal(1000)
)


@formula(
    name=Words("Interface power from energy per bit", "由单比特能耗换算接口功耗"),
    aliases=("interface power", "port power", "link power", "接口功耗", "端口功耗", "链路功耗"),
    parameters=(
        _ENERGY_PER_BIT,
        Parameter("rate_gbps", "R", "Gb/s", Words("net rate, one direction", "单向净速率"), Decimal(0), Decimal(10**9)),
    ),
    outputs=(
        Output("power_w", "P", "W", Words("interface power", "接口功耗"), "{energy_pj_per_bit} × {rate_gbps} ÷ 1000"),
    ),
    assumptions=(_BASIS, _CONSTANT),
    source="Dimensional identity: 1 pJ/bit × 1 Gb/s = 1 mW; chinacryo.com.cn works 1.6 Tb/s × 17 pJ/bit = 27.2 W.",
)
def interface_power_w(energy_pj_per_bit: Decimal, rate_gbps: Decimal) -> Decimal:
    """Power of an interface in W: energy per bit in pJ/bit times rate in Gb/s, over 1000."""
    return energy_pj_per_bit * rate_gbps / 1000


@formula(
    name=Words("Energy per bit from power", "由功耗反算单比特能耗"),
    aliases=("energy per bit", "pj per bit", "单比特能耗", "每比特能耗", "能效"),
    parameters=(
        Parameter("power_w", "P", "W", Words("power at that rate", "该速率下的功耗"), Decimal(0), Decimal(10**9)),
        Parameter(
            "rate_gbps",
            "R",
            "Gb/s",
            Words("rate, net or line", "速率（注明净速率或线速率）"),
            Decimal(0),
            Decimal(10**9),
            above=True,
        ),
    ),
    outputs=(
        Output(
            "energy_pj_per_bit", "e", "pJ/bit", Words("energy per bit", "单比特能耗"), "{power_w} ÷ {rate_gbps} × 1000"
        ),
    ),
    assumptions=(
        _BASIS,
        Words(
            "Vendors often divide by the line rate, which gives a smaller figure than the net rate.",
            "厂商常以线速率为分母，所得数值小于按净速率计算的结果。",
        ),
    ),
    source="Inverse of interface_power_w.",
)
def energy_per_bit_pj(power_w: Decimal, rate_gbps: Decimal) -> Decimal:
    """Energy per bit in pJ/bit: power in W over rate in Gb/s, times 1000."""
    return power_w / rate_gbps * 1000


@formula(
    name=Words("Optics power of a whole switch", "整机光互连功耗"),
    aliases=("switch optics power", "optics power", "switch power", "光互连功耗", "整机光功耗", "交换机光互连功耗"),
    parameters=(
        Parameter(
            "capacity_tbps",
            "C",
            "Tb/s",
            Words("switching capacity, one direction", "单向交换容量"),
            Decimal(0),
            Decimal(10**5),
        ),
        _ENERGY_PER_BIT,
        Parameter(
            "utilisation",
            "u",
            "",
            Words("utilisation, as a fraction", "利用率（0 到 1）"),
            Decimal(0),
            Decimal(1),
            default=Decimal(1),
            cues=("utilisation", "utilization", "load", "利用率", "负载率"),
        ),
        Parameter(
            "idle_fraction",
            "f",
            "",
            Words("fraction of the power that does not follow the load", "不随负载变化的功耗占比"),
            Decimal(0),
            Decimal(1),
            default=Decimal(1),
            cues=("idle fraction", "idle", "固定占比", "空载占比"),
        ),
    ),
    outputs=(
        Output(
            "power_w",
            "P",
            "W",
            Words("optics power", "光互连功耗"),
            "{capacity_tbps} × {energy_pj_per_bit} × ({idle_fraction} + (1 − {idle_fraction}) × {utilisation})",
            "{capacity_tbps} × {energy_pj_per_bit}",
        ),
    ),
    assumptions=(
        _BASIS,
        Words(
            "The capacity counts one direction, as switches are sold; halve a figure that counts both.",
            "交换容量按单向计（与厂商标称一致）；若来源为双向合计，须先减半。",
        ),
    ),
    source="Dimensional identity: 1 Tb/s × 1 pJ/bit = 1 W.",
    cautions=(
        Caution(
            lambda capacity_tbps, energy_pj_per_bit, utilisation, idle_fraction: utilisation < 1 and idle_fraction == 1,
            Words(
                "The utilisation changes nothing while all the power is taken as constant; give idle_fraction too.",
                "功耗按全部恒定计时，利用率不起作用；请同时给出 idle_fraction。",
            ),
        ),
    ),
)
def switch_optics_power_w(
    capacity_tbps: Decimal, energy_pj_per_bit: Decimal, utilisation: Decimal, idle_fraction: Decimal
) -> Decimal:
    """Power in W of all optics of a switch: capacity in Tb/s times energy per bit in pJ/bit, with an idle floor."""
    return capacity_tbps * energy_pj_per_bit * (idle_fraction + (1 - idle_fraction) * utilisation)


@formula(
    name=Words("Power of a fleet, rack or cluster", "机柜或集群功耗汇总"),
    aliases=("fleet power", "cluster power", "rack power", "total power", "集群功耗", "机柜功耗", "总功耗", "合计功耗"),
    parameters=(
        Parameter(
            "items",
            "Σ nᵢPᵢ",
            "W",
            Words("pairs of count and power of each", "数量与单个功耗的组合"),
            Decimal(0),
            Decimal(10**9),
            shape="counted",
        ),
    ),
    outputs=(Output("power_kw", "P", "kW", Words("total power", "总功耗"), "{items} ÷ 1000"),),
    assumptions=(
        Words("Each end of a link is counted once.", "链路两端各计一次，不重复。"),
        Words(
            "All powers are of one kind: DSP alone and whole modules do not add.",
            "各项功耗口径一致：仅 DSP 与整模块不可相加。",
        ),
    ),
    source="Identity; the SemiAnalysis CPO report of January 2026 sums DSP power this way to about 480 kW.",
)
def fleet_power_kw(items: tuple[Item, ...]) -> Decimal:
    """Total power in kW of ``count`` devices of ``value`` watts each."""
    return sum((item.count * item.value for item in items), Decimal(0)) / 1000


@formula(
    name=Words("Power saved by a new device", "新方案相对旧方案的节电量与节电比例"),
    aliases=(
        "power saving",
        "power reduction",
        "energy saving",
        "saving",
        "savings",
        "save",
        "saves",
        "saved",
        "less power",
        "省电",
        "节电",
        "节能",
        "节省",
        "降低功耗",
        "功耗降低",
        "功耗下降",
        "降幅",
    ),
    parameters=(
        Parameter(
            "p_old_w",
            "P₁",
            "W",
            Words("power of the old device", "旧方案功耗"),
            Decimal(0),
            Decimal(10**9),
            above=True,
            cues=(
                "pluggable",
                "pluggables",
                "old",
                "baseline",
                "conventional",
                "traditional",
                "可插拔",
                "传统",
                "原来",
                "旧",
            ),
            leads=(
                "from",
                "before",
                "instead of",
                "than",
                "compared with",
                "compared to",
                "relative to",
                "从",
                "由",
                "原",
                "比",
                "相比",
                "相对",
                "较",
            ),
        ),
        Parameter(
            "p_new_w",
            "P₂",
            "W",
            Words("power of the new device", "新方案功耗"),
            Decimal(0),
            Decimal(10**9),
            above=True,
            cues=("cpo", "co-packaged", "new", "npo", "lpo", "共封装", "新"),
            leads=("to", "after", "→", "->", "降到", "降至", "降为", "减到", "减至", "减为", "到", "至"),
        ),
    ),
    outputs=(
        Output("saving_w", "ΔP", "W", Words("power saved", "节省功耗"), "{p_old_w} − {p_new_w}"),
        Output("saving_pct", "s", "%", Words("saving", "节电比例"), "(1 − {p_new_w} ÷ {p_old_w}) × 100"),
        Output("ratio_x", "r", "x", Words("old over new", "旧新功耗之比"), "{p_old_w} ÷ {p_new_w}"),
    ),
    assumptions=(
        Words("Both powers are for the same rate and the same parts.", "两个功耗对应相同速率与相同部件范围。"),
        Words(
            "Published savings are often rounded or on another basis; quote the published figure beside this one.",
            "公开的节电数字常经取整或口径不同；应与本结果并列给出。",
        ),
    ),
    source="Identity; Meta at ECOC 2025: 15 W and 5.4 W for 800G, reported as 65%; NVIDIA in 2025: 30 W and 9 W.",
    cautions=(
        Caution(
            lambda p_old_w, p_new_w: p_new_w > p_old_w,
            Words(
                "The new device draws more than the old one: the saving is negative.",
                "新方案功耗高于旧方案，节电为负。",
            ),
        ),
    ),
)
def power_saving(p_old_w: Decimal, p_new_w: Decimal) -> tuple[Decimal, Decimal, Decimal]:
    """Power saved in W, in % of the old power, and the ratio old over new."""
    return p_old_w - p_new_w, (1 - p_new_w / p_old_w) * 100, p_old_w / p_new_w


@formula(
    name=Words("System-level share of a component's saving", "部件节电在系统层面的占比"),
    aliases=(
        "system saving",
        "system-level saving",
        "dilution",
        "whole system",
        "total power",
        "cluster power",
        "系统节电",
        "系统层",
        "整体节电",
        "稀释",
        "总功耗",
        "整机节电",
    ),
    parameters=(
        Parameter(
            "component_share_pct",
            "a",
            "%",
            Words("component's share of system power", "部件占系统功耗的比例"),
            Decimal(0),
            Decimal(100),
            cues=("share", "accounts for", "of cluster power", "of system power", "of total power", "占", "占比"),
        ),
        Parameter(
            "component_saving_pct",
            "s",
            "%",
            Words("saving within the component", "部件自身的节电比例"),
            None,
            Decimal(100),
            cues=(
                "saving",
                "saves",
                "save",
                "saved",
                "reduction",
                "less",
                "cut by",
                "节省",
                "节电",
                "省电",
                "降低",
                "下降",
            ),
        ),
    ),
    outputs=(
        Output(
            "system_saving_pct",
            "S",
            "%",
            Words("system-level saving", "系统层节电比例"),
            "{component_share_pct} × {component_saving_pct} ÷ 100",
        ),
    ),
    assumptions=(
        Words(
            "First order only: the cooling and conversion losses that go with the saved watts are not counted.",
            "仅为一阶估算：未计随之减少的制冷与供电损耗。",
        ),
    ),
    source="Identity of Amdahl's kind; SemiAnalysis 2026 gets about 2% from a 9% share and a 23% saving.",
)
def system_dilution_pct(component_share_pct: Decimal, component_saving_pct: Decimal) -> Decimal:
    """Saving in % of the whole system's power, from a component's share and its own saving, both in %."""
    return component_share_pct * component_saving_pct / 100


@formula(
    name=Words("Annual facility energy", "年度设施耗电量"),
    aliases=(
        "annual energy",
        "energy per year",
        "yearly energy",
        "a year",
        "per year",
        "年耗电",
        "年度耗电",
        "每年耗电",
        "年用电",
        "一年",
    ),
    parameters=(
        Parameter("it_power_w", "P", "W", Words("power of the IT load", "IT 设备功率"), Decimal(0), Decimal(10**12)),
        Parameter(
            "pue",
            "PUE",
            "",
            Words("power usage effectiveness", "电源使用效率（PUE）"),
            Decimal(1),
            Decimal(5),
            cues=("PUE",),
        ),
        Parameter(
            "hours",
            "h",
            "h",
            Words("hours of operation in the year", "全年运行小时数"),
            Decimal(0),
            Decimal(8784),
            default=Decimal(8760),
        ),
        Parameter(
            "load_factor",
            "k",
            "",
            Words("mean load, as a fraction", "平均负载率（0 到 1）"),
            Decimal(0),
            Decimal(1),
            default=Decimal(1),
            cues=("load factor", "load", "负载率", "负载"),
        ),
    ),
    outputs=(
        Output(
            "energy_mwh",
            "E",
            "MWh",
            Words("annual energy", "年耗电量"),
            "{it_power_w} × {load_factor} × {pue} × {hours} ÷ 1000000",
            "{it_power_w} × {pue} × {hours} ÷ 1000000",
        ),
    ),
    assumptions=(
        Words(
            "The average PUE is applied to every watt; where cooling has a fixed part, a saved watt saves less.",
            "对每瓦均按平均 PUE 计；若制冷含固定部分，少用一瓦的实际节省更小。",
        ),
    ),
    source="Definition of PUE: facility energy over IT energy (ISO/IEC 30134-2).",
)
def annual_energy_mwh(it_power_w: Decimal, pue: Decimal, hours: Decimal, load_factor: Decimal) -> Decimal:
    """Facility energy in MWh over ``hours`` of IT power in W at a mean load and PUE."""
    return it_power_w * load_factor * pue * hours / 1_000_000
