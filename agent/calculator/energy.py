"""Energy and power: from a bit's energy to a year's electricity, its cost and its carbon dioxide."""

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
    "energy_pj_per_bit", "e", "pJ/bit", Words("energy per bit", "单比特能耗"), Decimal(0), Decimal(1000), basis=True,
    cues=("energy per bit", "energy efficiency", "efficiency", "单比特能耗", "每比特能耗", "能效", "每比特"),
)  # fmt: skip
_ANNUAL_ENERGY = Parameter(
    "energy_mwh", "E", "MWh", Words("energy drawn in the year", "年耗电量"), Decimal(0), Decimal(10**12),
    cues=("annual energy", "energy", "electricity", "consumption", "consumes", "uses", "年耗电", "耗电", "用电",
          "电量"),
)  # fmt: skip


@formula(
    name=Words("Interface power from energy per bit", "由单比特能耗换算接口功耗"),
    aliases=(
        "interface power", "port watts", "watts per port", "module watts", "watts per module", "port power",
        "link power", "module power", "transceiver power", "power per port",
        "power of the port", "power of a port", "power of the module", "power of a module", "power of the link",
        "接口功耗", "端口功耗", "链路功耗", "模块功耗", "光模块功耗", "单端口功耗", "每端口功耗",
    ),
    parameters=(
        _ENERGY_PER_BIT,
        Parameter("rate_gbps", "R", "Gb/s", Words("net rate, one direction", "单向净速率"), Decimal(0), Decimal(10**9),
                  cues=("port", "module", "transceiver", "link", "interface", "rate", "data rate", "line rate", "net",
                        "端口", "模块", "链路", "接口", "速率", "带宽", "净速率")),
    ),
    outputs=(
        Output("power_w", "P", "W", Words("interface power", "接口功耗"), "{energy_pj_per_bit} × {rate_gbps} ÷ 1000",
               cues=("power of the interface", "interface draw", "port draw", "module draw", "module consume",
                     "port consume", "接口耗电", "端口耗电", "模块耗电"), basis=True),
    ),
    assumptions=(_BASIS, _CONSTANT),
    source="Dimensional identity: 1 pJ/bit × 1 Gb/s = 1 mW; chinacryo.com.cn works 1.6 Tb/s × 17 pJ/bit = 27.2 W; "
           "basis of such figures: A. Sun, Optical I/O (2025-26).",
    latex=r"P = \frac{e \times R}{1000}",
    example={"energy_pj_per_bit": "17 pJ/bit", "rate_gbps": "1.6 Tb/s"},
)  # fmt: skip
def interface_power_w(energy_pj_per_bit: Decimal, rate_gbps: Decimal) -> Decimal:
    """Power of an interface in W: energy per bit in pJ/bit times rate in Gb/s, over 1000."""
    return energy_pj_per_bit * rate_gbps / 1000


@formula(
    name=Words("Energy per bit from power", "由功耗反算单比特能耗"),
    aliases=(
        "energy per bit", "pj per bit", "picojoules per bit", "picojoule per bit", "power per bit",
        "energy for each bit", "energy efficiency of the module", "bit energy", "单比特能耗", "每比特能耗",
        "每比特的能耗", "每位能耗", "比特能耗", "每比特功耗", "单位比特能耗", "能效",
    ),
    parameters=(
        Parameter("power_w", "P", "W", Words("power at that rate", "该速率下的功耗"), Decimal(0), Decimal(10**9),
                  basis=True, cues=("power", "draws", "drawing", "consumes", "consuming", "dissipates", "uses", "burns",
                        "功耗", "功率", "耗电", "消耗")),
        Parameter("rate_gbps", "R", "Gb/s", Words("rate, net or line", "速率（注明净速率或线速率）"), Decimal(0),
                  Decimal(10**9), above=True,
                  cues=("rate", "data rate", "port", "module", "transceiver", "engine", "link", "throughput",
                        "bandwidth", "速率", "端口", "模块", "引擎", "链路", "吞吐", "带宽")),
    ),
    outputs=(
        Output("energy_pj_per_bit", "e", "pJ/bit", Words("energy per bit", "单比特能耗"),
               "{power_w} ÷ {rate_gbps} × 1000",
               cues=("pJ/bit", "pJ/b", "皮焦每比特", "皮焦/比特", "多少皮焦"), basis=True),
    ),
    assumptions=(
        _BASIS,
        Words("Vendors often divide by the line rate, which gives a smaller figure than the net rate.",
              "厂商常以线速率为分母，所得数值小于按净速率计算的结果。"),
    ),
    source="Inverse of interface_power_w; NVIDIA's GTC 2025 figures as noted in A. Sun, Optical I/O (2025-26).",
    latex=r"e = \frac{P}{R} \times 1000",
    example={"power_w": "30 W", "rate_gbps": "1.6 Tb/s"},
)  # fmt: skip
def energy_per_bit_pj(power_w: Decimal, rate_gbps: Decimal) -> Decimal:
    """Energy per bit in pJ/bit: power in W over rate in Gb/s, times 1000."""
    return power_w / rate_gbps * 1000


@formula(
    name=Words("Optics power of a whole switch", "整机光互连功耗"),
    aliases=(
        "switch optics power", "optics power", "switch power", "optical power of the switch", "power of the optics",
        "power of all optics", "optics of the switch", "optical interconnect power", "optical i/o power",
        "光互连功耗", "整机光功耗", "交换机光互连功耗", "整机光互连", "交换机光功耗", "光互联功耗", "光学功耗",
        "光接口总功耗",
    ),
    parameters=(
        Parameter("capacity_tbps", "C", "Tb/s", Words("switching capacity, one direction", "单向交换容量"), Decimal(0),
                  Decimal(10**5),
                  cues=("switch", "switch chip", "switching capacity", "capacity", "asic", "total bandwidth",
                        "throughput", "交换机", "交换芯片", "交换容量", "容量", "总带宽", "吞吐量")),
        _ENERGY_PER_BIT,
        Parameter("utilisation", "u", "", Words("utilisation, as a fraction", "利用率（0 到 1）"), Decimal(0),
                  Decimal(1), default=Decimal(1),
                  cues=("utilisation", "utilization", "utilised", "utilized", "load", "loaded", "利用率", "负载率",
                        "负载")),
        Parameter("idle_fraction", "f", "",
                  Words("fraction of the power that does not follow the load", "不随负载变化的功耗占比"), Decimal(0),
                  Decimal(1), default=Decimal(1),
                  cues=("idle fraction", "idle share", "idle", "fixed share", "fixed", "static share",
                        "load-independent", "固定占比", "空载占比", "固定功耗占比", "静态占比", "空闲功耗占比")),
    ),
    outputs=(
        Output("power_w", "P", "W", Words("optics power", "光互连功耗"),
               "{capacity_tbps} × {energy_pj_per_bit} × ({idle_fraction} + (1 − {idle_fraction}) × {utilisation})",
               "{capacity_tbps} × {energy_pj_per_bit}",
               cues=("switch draw", "switch consume", "optics draw", "optics consume", "optics use", "光互连耗电"),
               basis=True),
    ),
    assumptions=(
        _BASIS,
        Words("The capacity counts one direction, as switches are sold; halve a figure that counts both.",
              "交换容量按单向计（与厂商标称一致）；若来源为双向合计，须先减半。"),
    ),
    source="Dimensional identity: 1 Tb/s × 1 pJ/bit = 1 W; product figures such as 5.5 W per 800G: Laser Focus World "
           "on Broadcom's Bailly, 2024.",
    latex=r"P = C \times e \times (f + (1 - f) \times u)",
    example={"capacity_tbps": "51.2 Tb/s", "energy_pj_per_bit": "6.875 pJ/bit"},
    cautions=(
        Caution(
            lambda capacity_tbps, energy_pj_per_bit, utilisation, idle_fraction: utilisation < 1 and idle_fraction == 1,
            Words("The utilisation changes nothing while all the power is taken as constant; give idle_fraction too.",
                  "功耗按全部恒定计时，利用率不起作用；请同时给出 idle_fraction。"),
        ),
    ),
)  # fmt: skip
def switch_optics_power_w(
    capacity_tbps: Decimal, energy_pj_per_bit: Decimal, utilisation: Decimal, idle_fraction: Decimal
) -> Decimal:
    """Power in W of all optics of a switch: capacity in Tb/s times energy per bit in pJ/bit, with an idle floor."""
    return capacity_tbps * energy_pj_per_bit * (idle_fraction + (1 - idle_fraction) * utilisation)


@formula(
    name=Words("Power of a fleet, rack or cluster", "机柜或集群功耗汇总"),
    aliases=(
        "fleet power", "total optics kw", "total kw", "total optics", "cluster power", "rack power", "total power",
        "combined power", "power altogether",
        "power in total", "power of all modules", "sum of the powers", "power roll-up", "power rollup",
        "combined draw", "total draw", "combined consumption", "total consumption",
        "集群功耗", "机柜功耗", "总功耗", "合计功耗", "功耗合计", "功耗总计", "一共多少功耗", "共耗电", "功耗汇总",
    ),
    parameters=(
        Parameter("items", "Σ nᵢPᵢ", "W", Words("pairs of count and power of each", "数量与单个功耗的组合"), Decimal(0),
                  Decimal(10**9), shape="counted",
                  cues=("each", "apiece", "per module", "modules", "units", "每个", "每只", "每台", "各", "个", "只",
                        "台")),
    ),
    outputs=(
        Output("power_kw", "P", "kW", Words("total power", "总功耗"), "{items} ÷ 1000",
               cues=("draw in total", "draw altogether", "consume in total", "together draw", "一共耗电", "总共耗电"),
               basis=True),
    ),
    assumptions=(
        Words("Each end of a link is counted once.", "链路两端各计一次，不重复。"),
        Words("All powers are of one kind: DSP alone and whole modules do not add.",
              "各项功耗口径一致：仅 DSP 与整模块不可相加。"),
    ),
    source="Identity; the SemiAnalysis CPO report of January 2026 (seen in a copy) sums DSP power this way to about "
           "480 kW.",
    latex=r"P = \frac{\sum_i n_i P_i}{1000}",
    example={"items": "18,432 × 6.5 W; 27,648 × 13 W"},
)  # fmt: skip
def fleet_power_kw(items: tuple[Item, ...]) -> Decimal:
    """Total power in kW of ``count`` devices of ``value`` watts each."""
    return sum((item.count * item.value for item in items), Decimal(0)) / 1000


@formula(
    name=Words("Power saved by a new device", "新方案相对旧方案的节电量与节电比例"),
    aliases=(
        "power saving", "power savings", "power saved", "power reduction", "energy saving", "energy savings",
        "power cut", "less power", "lower power", "reduction in power", "saving in power", "times less power",
        "省电", "节电", "节能", "省多少电", "省下多少", "节电比例", "省电比例", "节电量", "节省功耗", "功耗节省",
        "降低功耗", "功耗降低", "功耗下降", "功耗减少", "功耗降幅", "功耗缩减",
    ),
    parameters=(
        Parameter("p_old_w", "P₁", "W", Words("power of the old device", "旧方案功耗"), Decimal(0), Decimal(10**9),
                  above=True, basis=True,
                  cues=("pluggable", "pluggables", "pluggable module", "pluggable optics", "old", "baseline",
                        "conventional", "traditional", "legacy", "retimed", "dsp", "可插拔", "传统", "原来", "旧",
                        "原方案", "基准"),
                  leads=("from", "before", "instead of", "than", "compared with", "compared to", "relative to",
                         "replacing", "replace", "replaces", "从", "由", "原", "比", "相比", "相对", "较", "相较",
                         "替代", "取代")),
        Parameter("p_new_w", "P₂", "W", Words("power of the new device", "新方案功耗"), Decimal(0), Decimal(10**9),
                  above=True, basis=True,
                  cues=("cpo", "co-packaged", "co-packaged optics", "new", "npo", "lpo", "共封装", "新", "新方案",
                        "光电共封装"),
                  leads=("to", "down to", "after", "by", "replaced by", "replaced with", "→", "->", "改为", "改用",
                         "换成",
                         "换为", "替换为", "降到", "降至", "降为", "减到", "减至", "减为", "下降到",
                         "下降至", "到", "至", "变为")),
    ),
    outputs=(
        Output("saving_w", "ΔP", "W", Words("power saved", "节省功耗"), "{p_old_w} − {p_new_w}",
               cues=("save", "saves", "saved", "saving", "savings", "watts saved", "watts less", "watts lower",
                     "how many watts less", "节省", "省多少", "省多少瓦", "少多少瓦", "能省", "节约"), basis=True),
        Output("saving_pct", "s", "%", Words("saving", "节电比例"), "(1 − {p_new_w} ÷ {p_old_w}) × 100",
               cues=("percent saved", "percentage saved", "power drop", "drop", "drops", "dropped", "fall", "fell",
                     "reduced",
                     "reduction", "percent less", "percent lower", "percentage saving",
                     "saving in percent", "reduction in percent", "by what percent", "降幅", "节省比例", "省百分之多少",
                     "降低", "下降", "减少", "降低百分之多少", "下降百分之多少", "降低了百分之几", "降低多少")),
        Output("ratio_x", "r", "x", Words("old over new", "旧新功耗之比"), "{p_old_w} ÷ {p_new_w}",
               cues=("times less", "times lower", "times more efficient", "how many times", "fold", "多少倍", "几倍",
                     "是其几倍", "几分之一")),
    ),
    assumptions=(
        Words("Both powers are for the same rate and the same parts.", "两个功耗对应相同速率与相同部件范围。"),
        Words("Published savings are often rounded or on another basis; quote the published figure beside this one. "
              "“3.5 times less” is a saving of 71.4%, not of 350%.",
              "公开的节电数字常经取整或口径不同；应与本结果并列给出。“降为 1/3.5”是节电 71.4%，而不是 350%。"),
    ),
    source="Identity; Meta at ECOC 2025: 15 W and 5.4 W for 800G, reported as 65% (seen in a copy); NVIDIA in 2025: 30 "
           "W and 9 W, reported as 3.5×.",
    latex=r"\Delta P = P_1 - P_2;\quad s = \left(1 - \frac{P_2}{P_1}\right) \times 100;\quad r = \frac{P_1}{P_2}",
    example={"p_old_w": "15 W", "p_new_w": "5.4 W"},
    cautions=(
        Caution(
            lambda p_old_w, p_new_w: p_new_w > p_old_w,
            Words("The new device draws more than the old one: the saving is negative.",
                  "新方案功耗高于旧方案，节电为负。"),
        ),
    ),
    compared=("p_old_w", "p_new_w"),
)  # fmt: skip
def power_saving(p_old_w: Decimal, p_new_w: Decimal) -> tuple[Decimal, Decimal, Decimal]:
    """Power saved in W, in % of the old power, and the ratio old over new."""
    return p_old_w - p_new_w, (1 - p_new_w / p_old_w) * 100, p_old_w / p_new_w


@formula(
    name=Words("System-level share of a component's saving", "部件节电在系统层面的占比"),
    aliases=(
        "system saving", "system savings", "system-level saving", "system-level savings", "system level saving",
        "overall saving", "overall savings", "cluster-level saving", "saving of the whole system",
        "saving at rack level", "rack-level saving", "total rack power", "total cluster power",
        "total system power", "saving at system level", "saving at the system level", "cluster saving", "dilution",
        "diluted", "whole system",
        "系统节电", "系统级节电", "系统层", "系统层面", "整体节电", "整机节电", "集群节电", "稀释", "系统总功耗",
        "集群总功耗",
    ),
    parameters=(
        Parameter("component_share_pct", "a", "%", Words("component's share of system power", "部件占系统功耗的比例"),
                  Decimal(0), Decimal(100),
                  cues=("share", "accounts for", "account for", "makes up", "make up", "of cluster power",
                        "of rack power", "of the rack",
                        "of system power", "of total power", "of the power", "of the total", "占", "占比", "占系统",
                        "占总功耗", "的比重", "比重")),
        Parameter("component_saving_pct", "s", "%", Words("saving within the component", "部件自身的节电比例"), None,
                  Decimal(100),
                  cues=("saving", "savings", "saves", "save", "saved", "reduction", "less", "cut by", "cuts",
                        "reduced by", "reduces", "trims", "trimmed by", "shaves", "lowers", "drops by", "falls by",
                        "节省", "节电", "省电", "降低", "下降", "减少",
                        "省")),
    ),
    outputs=(
        Output("system_saving_pct", "S", "%", Words("system-level saving", "系统层节电比例"),
               "{component_share_pct} × {component_saving_pct}",
               cues=("saving overall", "of the whole system", "of the whole cluster", "系统省", "整体省", "集群省",
                     "整体降低")),
    ),
    assumptions=(
        Words("First order only: the cooling and conversion losses that go with the saved watts are not counted.",
              "仅为一阶估算：未计随之减少的制冷与供电损耗。"),
    ),
    source="Identity of Amdahl's kind; SemiAnalysis 2026 (seen in a copy) gets about 2% from a 9% share and a 23% "
           "saving.",
    latex=r"S = \frac{a \times s}{100}",
    example={"component_share_pct": "9%", "component_saving_pct": "23%"},
)  # fmt: skip
def system_dilution_pct(component_share_pct: Decimal, component_saving_pct: Decimal) -> Decimal:
    """Saving in % of the whole system's power, from a component's share and its own saving, both in %."""
    return component_share_pct * component_saving_pct / 100


@formula(
    name=Words("Annual facility energy", "年度设施耗电量"),
    aliases=(
        "annual energy", "annual facility energy", "energy per year", "energy a year", "energy in a year",
        "yearly energy", "electricity per year", "electricity a year", "annual consumption",
        "annual power consumption", "MWh a year", "MWh per year", "MWh in a year", "MWh annually", "MWh/yr",
        "MWh/year", "GWh a year", "GWh per year", "GWh/yr",
        "kWh a year", "kWh per year", "kWh/yr", "年耗电", "年度耗电",
        "每年耗电", "年用电", "年用电量", "年耗电量", "一年耗电", "一年用电", "全年耗电", "全年用电",
    ),
    parameters=(
        Parameter("it_power_w", "P", "W", Words("power of the IT load", "IT 设备功率"), Decimal(0), Decimal(10**12),
                  cues=("IT power", "IT load", "IT", "load", "power", "optics", "IT功率", "IT 功率", "IT负载",
                        "IT 设备", "功率", "功耗")),
        Parameter("pue", "PUE", "", Words("power usage effectiveness", "电能利用效率（PUE）"), Decimal(1), Decimal(5),
                  cues=("PUE", "power usage effectiveness", "电能利用效率", "能源使用效率", "电源使用效率")),
        Parameter("hours", "h", "h", Words("hours of operation in the year", "全年运行小时数"), Decimal(0),
                  Decimal(8784),
                  default=Decimal(8760), assumption="hours_per_year", cues=("hours", "running for", "operating",
                                                                            "a year", "per year", "all year", "运行",
                                                                            "运行小时", "小时数")),
        Parameter("load_factor", "k", "", Words("mean load, as a fraction", "平均负载率（0 到 1）"), Decimal(0),
                  Decimal(1), default=Decimal(1),
                  cues=("load factor", "mean load", "average load", "utilisation", "utilization", "负载率", "负载系数",
                        "平均负载", "利用率")),
    ),
    outputs=(
        Output("energy_mwh", "E", "MWh", Words("annual energy", "年耗电量"),
               "{it_power_w} × {load_factor} × {pue} × {hours} ÷ 1000000", "{it_power_w} × {pue} × {hours} ÷ 1000000",
               cues=("a year", "per year", "each year", "annually", "yearly", "in one year", "一年", "每年", "全年")),
    ),
    assumptions=(
        Words("The average PUE is applied to every watt; where cooling has a fixed part, a saved watt saves less. "
              "Liquid-cooled halls run far below the world's average PUE.",
              "对每瓦均按平均 PUE 计；若制冷含固定部分，少用一瓦的实际节省更小。液冷机房的 PUE 远低于行业平均值。"),
    ),
    source="Definition of PUE: facility energy over IT energy (ISO/IEC 30134-2, from memory); the average of 1.54 in "
           "2025 is the Uptime Institute's.",
    latex=r"E = \frac{P \times k \times \mathrm{PUE} \times h}{10^6}",
    example={"it_power_w": "1 MW", "pue": "1.54"},
)  # fmt: skip
def annual_energy_mwh(it_power_w: Decimal, pue: Decimal, hours: Decimal, load_factor: Decimal) -> Decimal:
    """Facility energy in MWh over ``hours`` of IT power in W at a mean load and PUE."""
    return it_power_w * load_factor * pue * hours / 1_000_000


@formula(
    name=Words("Annual cost of electricity", "年度电费"),
    aliases=(
        "electricity cost", "electricity costs", "cost of electricity", "cost of the electricity", "electricity bill",
        "power bill", "energy bill", "annual bill", "yearly bill", "bill for electricity", "energy cost",
        "energy costs", "annual electricity cost", "cost of the energy",
        "electricity expense", "power cost", "电费", "用电成本", "电力成本", "电费支出", "年电费", "年度电费",
        "电力费用",
    ),
    parameters=(
        _ANNUAL_ENERGY,
        Parameter("price_per_kwh", "p", "¤/kWh", Words("price of electricity", "电价"), Decimal(0), Decimal(100),
                  cues=("price", "tariff", "electricity price", "rate", "per kWh", "a kWh", "电价", "单价", "每度",
                        "每度电", "每千瓦时", "元/度")),
    ),
    outputs=(
        Output("cost", "K", "¤", Words("cost of the energy", "电费"), "{energy_mwh} × 1000 × {price_per_kwh}",
               cues=("cost of electricity", "pay for electricity", "cost a year", "cost per year",
                     "save per year", "save a year", "saved per year", "saved a year", "省多少钱", "多少电费",
                     "电费多少", "花多少电费", "电费是多少")),
    ),
    assumptions=(
        Words("One price for every kWh; demand charges, taxes and hourly tariffs are left out. The price holds for its "
              "date and place only.",
              "每度电按同一价格计；未计容量电费、税费与分时电价。电价仅在其日期与地区有效。"),
    ),
    source="Identity: energy times price.",
    latex=r"K = E \times 1000 \times p",
    example={"energy_mwh": "13490.4 MWh", "price_per_kwh": "0.08 USD/kWh"},
)  # fmt: skip
def annual_cost(energy_mwh: Decimal, price_per_kwh: Decimal) -> Decimal:
    """Cost of an energy in MWh at a price per kWh, in the price's currency."""
    return energy_mwh * 1000 * price_per_kwh


@formula(
    name=Words("Annual carbon dioxide from electricity", "年度用电碳排放"),
    aliases=(
        "co2 emissions", "co2 emission", "carbon emissions", "carbon emission", "carbon footprint", "annual co2",
        "tonnes of co2", "tons of co2", "carbon dioxide", "co2 footprint", "CO₂ emissions", "tonnes of CO₂",
        "碳排放", "排碳", "碳排放量", "二氧化碳", "碳足迹", "吨二氧化碳", "排放多少吨", "年碳排", "碳排",
    ),
    parameters=(
        _ANNUAL_ENERGY,
        Parameter("grid_g_per_kwh", "g", "g/kWh", Words("emission factor of the grid", "电网排放因子"), Decimal(0),
                  Decimal(2000),
                  cues=("grid", "emission factor", "carbon intensity", "grid intensity", "intensity", "gCO2", "g CO2",
                        "gCO2e", "per kWh", "排放因子", "碳强度", "碳排放强度", "电网", "每千瓦时", "每度电")),
    ),
    outputs=(
        Output("co2_t", "m", "t", Words("carbon dioxide emitted", "二氧化碳排放量"),
               "{energy_mwh} × {grid_g_per_kwh} ÷ 1000",
               cues=("how much co2", "how many tonnes", "how many tons", "emitted", "多少吨", "排放多少", "排放量")),
    ),
    assumptions=(
        Words("Direct and life-cycle emission factors differ by more than a tenth: do not mix them. Say whether the "
              "factor is that of the place or that of the contract.",
              "直接排放因子与全生命周期因子相差一成以上，不可混用；并须说明是按所在地电网还是按购电合同计。"),
    ),
    source="Identity: energy times emission factor; 445 g/kWh, world 2024, is the IEA's (Electricity 2025), 582 g/kWh, "
           "China 2023, is Ember's life-cycle figure in Our World in Data.",
    latex=r"m = \frac{E \times g}{1000}",
    example={"energy_mwh": "13490.4 MWh", "grid_g_per_kwh": "445 g/kWh"},
)  # fmt: skip
def annual_co2_t(energy_mwh: Decimal, grid_g_per_kwh: Decimal) -> Decimal:
    """Carbon dioxide in t of an energy in MWh at an emission factor in g/kWh."""
    return energy_mwh * grid_g_per_kwh / 1000
