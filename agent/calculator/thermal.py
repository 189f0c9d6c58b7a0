"""Thermal and mechanical: temperatures, wavelength drift, expansion."""

from decimal import Decimal

from agent.calculator.formula import Bilingual as Words
from agent.calculator.formula import Caution, Output, Parameter, Requirement
from agent.calculator.registry import formula

_ZERO = Decimal(0)
_ICE = Decimal("273.15")  # 0 °C in kelvin
_BOLTZMANN = Decimal("1.380649e-23")  # J/K, exact in the SI
_CHARGE = Decimal("1.602176634e-19")  # J/eV, exact in the SI
_BOILING_RISE = 100  # K: no liquid coolant at ordinary pressure takes up more
_FABRY_PEROT = Decimal("0.3")  # nm/K: rings and single-mode lasers stay below

_POWER = Decimal(10**9)
_COLDEST, _HOTTEST = Decimal("-273.15"), Decimal(1000)
_WORST_RESISTANCE = Decimal(10**6)

_REFERENCE = Parameter(
    "t_ref_c", "T₀", "°C", Words("reference temperature, of case or coolant", "参考温度（壳体或冷却液）"), _COLDEST,
    _HOTTEST, above=True,
    cues=("case", "ambient", "coolant", "reference", "inlet", "heat sink", "cold plate", "base", "board", "submount",
          "壳温", "外壳", "环境", "冷却液", "水温", "进水", "参考", "底座", "散热器", "冷板", "基板"),
    leads=("starting from", "above"),
)  # fmt: skip
_DRIFT_CUES = (
    "coefficient", "drift", "sensitivity", "shift", "tuning", "thermal sensitivity", "系数", "温漂", "漂移系数",
    "灵敏度", "热敏系数", "每度",
)  # fmt: skip


@formula(
    name=Words("Junction temperature of a series thermal network", "结温（热阻串联）"),
    aliases=(
        "junction temperature", "junction temp", "laser temperature", "chip temperature", "die temperature", "Tj",
        "how hot", "temperature of the junction", "结温", "芯片温度", "激光器温度", "结点温度", "芯片结温",
    ),
    parameters=(
        _REFERENCE,
        Parameter("power_w", "P", "W", Words("heat dissipated", "发热功率"), _ZERO, _POWER,
                  cues=("dissipates", "dissipating", "heat", "power", "laser", "chip", "发热", "功耗", "热耗", "功率")),
        Parameter("rth_c_per_w", "Rᵢ", "K/W", Words("thermal resistances in series", "串联的各段热阻"), _ZERO,
                  _WORST_RESISTANCE, shape="list",
                  cues=("thermal resistance", "resistance", "Rth", "junction-to-case", "热阻")),
    ),
    outputs=(
        Output("junction_c", "Tⱼ", "°C", Words("junction temperature", "结温"),
               "{t_ref_c} + {power_w} × Σ {rth_c_per_w}",
               cues=("junction temperature", "how hot", "temperature", "结温", "多少度", "温度")),
    ),
    assumptions=(
        Words("Heat flows along one path: it neither spreads nor comes from neighbours. Resistances of interface "
              "material and cold plate change with the footprint and must be those of this one.",
              "热量沿单一路径传导，无横向扩散，也无邻近热源影响；界面材料与冷板热阻随接触面积变化，须取对应面积的数值。"),
    ),
    source="Definition of thermal resistance, as in JESD51 and JESD51-12; from memory.",
    latex=r"T_{j} = T_{0} + P \times \sum_{i} R_{i}",
    example={"t_ref_c": "45 °C", "power_w": "1.5 W", "rth_c_per_w": "25 K/W; 6 K/W"},
)  # fmt: skip
def junction_temp_c(t_ref_c: Decimal, power_w: Decimal, rth_c_per_w: tuple[Decimal, ...]) -> Decimal:
    """Temperature in °C of a source of power_w behind thermal resistances in K/W, one after another."""
    return t_ref_c + power_w * sum(rth_c_per_w, _ZERO)


@formula(
    name=Words("Temperatures of coupled heat sources", "多热源耦合温度（热串扰矩阵）"),
    aliases=(
        "coupled temperature", "coupled temperatures", "thermal crosstalk", "thermal coupling", "crosstalk matrix",
        "thermal resistance matrix", "resistance matrix", "rth matrix",
        "耦合温度", "耦合温升", "热串扰", "热耦合", "热阻矩阵", "热串扰矩阵",
    ),
    parameters=(
        _REFERENCE,
        Parameter("rth_matrix", "R", "K/W", Words("temperature of the row's source per watt of the column's",
                                                  "列热源每瓦引起行热源的温升"), _ZERO, _WORST_RESISTANCE,
                  shape="matrix", cues=("matrix", "thermal resistance", "矩阵", "热阻")),
        Parameter("powers_w", "P", "W", Words("heat of each source", "各热源功率"), _ZERO, _POWER, shape="list",
                  cues=("power", "heat", "dissipates", "ASIC", "engine", "功率", "发热", "功耗")),
    ),
    outputs=(
        Output("temperatures_c", "Tᵢ", "°C", Words("temperature of each source", "各热源温度"),
               "{t_ref_c} + {rth_matrix} × {powers_w}",
               cues=("temperatures", "how hot", "temperature of each", "各自温度", "温度", "多少度")),
    ),
    assumptions=(
        Words("Temperature rises add: conductivities and heat transfer stay the same at any temperature and power, "
              "which boiling, radiation or a changed coolant flow would break.",
              "温升可线性叠加，即导热率与换热系数不随温度和功率变化；沸腾、辐射或流量改变时不成立。"),
    ),
    source="Superposition in a linear thermal network; Kyatam et al., Applied Optics (2020), use such a circuit for "
           "crosstalk in photonic chips.",
    latex=r"T_{i} = T_{0} + \sum_{j} R_{ij} P_{j}",
    example={"t_ref_c": "35 °C", "rth_matrix": "0.1, 0.05; 0.05, 0.5", "powers_w": "500 W; 32 W"},
    requirements=(
        Requirement(lambda t_ref_c, rth_matrix, powers_w:
                    len(rth_matrix) == len(powers_w) and all(len(row) == len(powers_w) for row in rth_matrix),
                    Words("the matrix must have one row and one column for each power",
                          "矩阵的行数与列数须等于热源个数")),
    ),
)  # fmt: skip
def coupled_temp_c(
    t_ref_c: Decimal, rth_matrix: tuple[tuple[Decimal, ...], ...], powers_w: tuple[Decimal, ...]
) -> list[Decimal]:
    """Temperature in °C of each source, from an n × n matrix in K/W and n powers in W."""
    return [t_ref_c + sum((r * p for r, p in zip(row, powers_w, strict=True)), _ZERO) for row in rth_matrix]


@formula(
    name=Words("Heat flux", "热流密度"),
    aliases=(
        "heat flux", "heat density", "thermal density", "heat flux density", "power per area", "areal power density",
        "热流密度", "热通量", "热流", "热密度", "单位面积发热", "单位面积功耗",
    ),
    parameters=(
        Parameter("power_w", "P", "W", Words("heat dissipated", "发热功率"), _ZERO, _POWER,
                  cues=("dissipates", "dissipating", "heat", "power", "发热", "功耗", "功率")),
        Parameter("area_mm2", "A", "mm2", Words("area it leaves through", "散热面积"), _ZERO, Decimal(10**9),
                  above=True, cues=("area", "footprint", "die", "chip", "面积", "尺寸", "占地")),
    ),
    outputs=(
        Output("flux_w_cm2", "q", "W/cm2", Words("mean heat flux", "平均热流密度"), "{power_w} ÷ {area_mm2} × 100",
               cues=("heat flux", "W/cm2", "热流密度", "热通量")),
    ),
    assumptions=(
        Words("The mean over the area; hot spots, such as drivers, can carry ten times as much.",
              "此为面积平均值；驱动器等局部热点可高达其十倍。"),
    ),
    source="Definition; a summary of the OIF's 3.2T module gives 32 W on about 20 mm × 20 mm as 8 W/cm².",
    latex=r"q = \frac{P}{A}",
    example={"power_w": "32 W", "area_mm2": "400 mm2"},
)  # fmt: skip
def heat_flux_w_cm2(power_w: Decimal, area_mm2: Decimal) -> Decimal:
    """Mean heat flux in W/cm² of a power in W over an area in mm²."""
    return power_w * 100 / area_mm2


@formula(
    name=Words("Wavelength drift with temperature", "波长温漂"),
    aliases=(
        "wavelength drift", "wavelength shift", "resonance shift", "resonance drift", "thermal drift", "ring drift",
        "laser drift", "spectral drift", "drift in wavelength", "how far does the wavelength", "wavelength move",
        "波长漂移", "波长温漂", "波长偏移", "谐振漂移", "谐振波长", "谐振峰漂移", "热漂移", "漂移多少", "漂移量",
    ),
    parameters=(
        Parameter("delta_t_c", "ΔT", "K", Words("change of temperature", "温度变化"), Decimal(-200), Decimal(200),
                  cues=("change", "rise", "warming", "temperature change", "swing", "excursion", "warmer", "hotter",
                        "温升", "温度变化", "温差", "升温", "波动", "升高", "变化"),
                  leads=("by", "of", "变化", "升高", "上升")),
        Parameter("coeff_nm_per_c", "k", "nm/K", Words("drift per kelvin", "每开尔文的波长漂移"), Decimal(-1),
                  Decimal(1), cues=_DRIFT_CUES),
    ),
    outputs=(
        Output("drift_nm", "Δλ", "nm", Words("wavelength drift", "波长漂移"), "{coeff_nm_per_c} × {delta_t_c}",
               cues=("drift", "shift", "how far", "漂移", "偏移", "多少纳米")),
    ),
    assumptions=(
        Words("Linear, which holds over some 50 K. Silicon rings drift by 0.07 to 0.09 nm/K and DFB lasers by about "
              "0.09 to 0.1; a Fabry–Pérot laser by 0.4 to 0.5, with mode hops this does not describe.",
              "按线性计，适用于约 50 K 以内；硅微环约 0.07–0.09 nm/K，DFB 激光器约 0.09–0.1 nm/K；"
              "FP 激光器约 0.4–0.5 nm/K 且会跳模，不适用。"),
    ),
    source="Definition of the coefficient; Padmaraju et al., Opt. Express 21 (2013) 14342; SemiAnalysis (2026) gives "
           "70 to 90 pm/°C for ring modulators and 0.14 nm for 2 °C.",
    latex=r"\Delta\lambda = k \times \Delta T",
    example={"delta_t_c": "2 K", "coeff_nm_per_c": "0.07 nm/K"},
    cautions=(
        Caution(lambda delta_t_c, coeff_nm_per_c: abs(coeff_nm_per_c) > _FABRY_PEROT,
                Words("Only a Fabry–Pérot laser drifts this fast, and it hops between modes; the drift is not linear.",
                      "只有 FP 激光器漂移这么快，且会跳模，漂移并非线性。")),
        Caution(lambda delta_t_c, coeff_nm_per_c: abs(delta_t_c) > 50,
                Words("Over more than 50 K the drift is no longer linear.", "温度变化超过 50 K 时漂移不再呈线性。")),
    ),
)  # fmt: skip
def wavelength_drift_nm(delta_t_c: Decimal, coeff_nm_per_c: Decimal) -> Decimal:
    """Wavelength drift in nm over a change of temperature in K, at a coefficient in nm/K."""
    return coeff_nm_per_c * delta_t_c


@formula(
    name=Words("Temperature window for a spectral window", "光谱窗口对应的允许温差"),
    aliases=(
        "temperature window", "temperature tolerance", "allowed temperature", "allowable temperature",
        "permissible temperature", "temperature budget", "temperature stability", "maximum temperature change",
        "how much temperature", "temperature control", "允许温差", "温度窗口", "温控窗口", "温度容差", "允许的温度变化",
        "温控精度", "控温精度", "温度稳定性", "最大温差",
    ),
    parameters=(
        Parameter("window_nm", "W", "nm", Words("usable spectral window", "可用光谱窗口"), _ZERO, Decimal(1000),
                  above=True, cues=("window", "pass band", "passband", "bandwidth", "tolerance", "margin", "窗口",
                                    "通带", "带宽", "容差")),
        Parameter("coeff_nm_per_c", "k", "nm/K", Words("drift per kelvin", "每开尔文的波长漂移"), _ZERO, Decimal(1),
                  above=True, cues=_DRIFT_CUES),
    ),
    outputs=(
        Output("delta_t_c", "ΔT", "K", Words("temperature change that uses up the window", "用尽窗口的温度变化"),
               "{window_nm} ÷ {coeff_nm_per_c}",
               cues=("temperature window", "how many degrees", "temperature change", "允许温差", "多少度", "温差")),
    ),
    assumptions=(
        Words("The window is the whole width that still works, not the channel spacing; centred in it, the ring may "
              "move half as far either way.",
              "窗口指仍可工作的全宽，而非信道间隔；若居中，则单侧只允许一半温差。"),
    ),
    source="Inverse of wavelength_drift_nm.",
    latex=r"\Delta T = \frac{W}{k}",
    example={"window_nm": "0.1 nm", "coeff_nm_per_c": "0.08 nm/K"},
)  # fmt: skip
def max_delta_t_c(window_nm: Decimal, coeff_nm_per_c: Decimal) -> Decimal:
    """Change of temperature in K that moves a resonance through a window in nm."""
    return window_nm / coeff_nm_per_c


@formula(
    name=Words("Heater power and energy tax of a microring", "微环热调谐功耗与能耗"),
    aliases=(
        "ring tuning", "ring heater", "microring heater", "heater power", "thermal tuning", "tuning power",
        "tuning energy", "heater energy", "tuning tax", "heat tuning", "tune a ring", "tune the ring",
        "微环调谐", "热调谐", "微环加热", "加热器功耗", "加热功率", "调谐功耗", "调谐功率", "调谐能耗", "热调谐能耗",
    ),
    parameters=(
        Parameter("delta_nm", "Δλ", "nm", Words("wavelength to tune over", "需调谐的波长量"), _ZERO, Decimal(1000),
                  cues=("tuning", "tune", "shift", "offset", "detuning", "range", "调谐", "失谐", "偏移", "移动")),
        Parameter("efficiency_nm_per_mw", "η", "nm/mW", Words("tuning efficiency", "调谐效率"), Decimal("0.05"),
                  Decimal(1), cues=("efficiency", "heater efficiency", "tuning efficiency", "效率", "调谐效率")),
        Parameter("lane_gbps", "R", "Gb/s", Words("rate of the lane", "单通道速率"), _ZERO, Decimal(10**6), above=True,
                  cues=("lane", "channel", "rate", "per wavelength", "通道", "单通道", "速率", "每波长")),
    ),
    outputs=(
        Output("heater_mw", "P", "mW", Words("heater power of one ring", "单个微环加热功率"),
               "{delta_nm} ÷ {efficiency_nm_per_mw}",
               cues=("heater power", "milliwatts", "mW", "加热功率", "加热器功耗", "毫瓦"), basis=True),
        Output("pj_per_bit", "e", "pJ/bit", Words("heater energy per bit", "每比特的加热能耗"),
               "{heater_mw} ÷ {lane_gbps}",
               cues=("energy per bit", "pJ/bit", "energy tax", "每比特", "单比特能耗", "皮焦"), basis=True),
    ),
    assumptions=(
        Words("For one ring: transmit and receive rings both count, each with its own heater.",
              "仅计单个微环；发射与接收微环各有加热器，须分别计入。"),
        Words("A heater only shifts one way, so without reassigning channels a ring needs half its free spectral range "
              "on average. Undercut heaters are five to ten times as efficient.",
              "加热只能单向移动，若不重新分配信道，平均需调谐半个自由光谱范围；悬空（底切）加热器效率可高 5–10 倍。"),
    ),
    source="Definition of tuning efficiency; 0.12 nm/mW is called typical in the open etalon project's research notes "
           "(2026).",
    latex=r"P = \frac{\Delta\lambda}{\eta};\quad e = \frac{P}{R}",
    example={"delta_nm": "1 nm", "efficiency_nm_per_mw": "0.12 nm/mW", "lane_gbps": "200 Gb/s"},
)  # fmt: skip
def ring_tuning(delta_nm: Decimal, efficiency_nm_per_mw: Decimal, lane_gbps: Decimal) -> tuple[Decimal, Decimal]:
    """Heater power in mW that tunes a ring by delta_nm, and the same in pJ/bit of its lane."""
    heater = delta_nm / efficiency_nm_per_mw
    return heater, heater / lane_gbps


@formula(
    name=Words("Displacement by mismatched thermal expansion", "热膨胀失配位移"),
    aliases=(
        "CTE mismatch", "CTE difference", "thermal expansion mismatch", "expansion mismatch", "thermal mismatch",
        "coefficient of thermal expansion", "differential expansion", "thermal expansion",
        "热膨胀失配", "CTE 失配", "CTE失配", "热失配", "热膨胀差", "热膨胀系数", "膨胀失配",
    ),
    parameters=(
        Parameter("alpha1_ppm", "α₁", "ppm/K", Words("expansion of the first material", "第一种材料的热膨胀系数"),
                  _ZERO, Decimal(100), turns=("alpha2_ppm",),
                  cues=("silicon", "Si", "die", "chip", "PIC", "InP", "硅", "芯片", "磷化铟")),
        Parameter("alpha2_ppm", "α₂", "ppm/K", Words("expansion of the second material", "第二种材料的热膨胀系数"),
                  _ZERO, Decimal(100), turns=("alpha1_ppm",),
                  cues=("substrate", "organic", "glass", "board", "PCB", "copper", "基板", "有机基板", "玻璃", "铜"),
                  leads=("against", "versus", "vs", "and", "对", "与", "和")),
        Parameter("delta_t_c", "ΔT", "K", Words("change of temperature", "温度变化"), Decimal(-1000), Decimal(1000),
                  turns=(_ZERO,),
                  cues=("change", "rise", "swing", "excursion", "range", "temperature change", "cooling", "温差",
                        "温度变化", "温升", "升温", "降温", "温变"),
                  leads=("over", "by", "变化")),
        Parameter("length_mm", "L", "mm", Words("length that expands", "膨胀长度"), _ZERO, Decimal(10**6), above=True,
                  cues=("long", "length", "wide", "side", "edge", "die size", "长", "长度", "边长", "宽")),
        Parameter("from_neutral", "N", "", Words("whether it counts from the neutral point, at half the length",
                                                 "是否从中性点（长度一半处）算起"), default=False, shape="flag",
                  cues=("from the neutral point", "neutral point", "from the centre", "from the center", "half length",
                        "中性点", "从中心", "半长")),
    ),
    outputs=(
        Output("displacement_um", "ΔL", "μm", Words("relative displacement of the ends", "端部相对位移"),
               "|{alpha1_ppm} − {alpha2_ppm}| × |{delta_t_c}| × {length_mm} ÷ 1000",
               cases=(("from_neutral", "yes",
                       "|{alpha1_ppm} − {alpha2_ppm}| × |{delta_t_c}| × {length_mm} ÷ 1000 ÷ 2"),
                      ("from_neutral", "no", "|{alpha1_ppm} − {alpha2_ppm}| × |{delta_t_c}| × {length_mm} ÷ 1000")),
               cues=("displacement", "mismatch", "how far", "shift", "位移", "错位", "失配量", "多少微米")),
    ),
    assumptions=(
        Words("Both parts expand freely. A joint of solder or adhesive holds them back and bends them instead, and "
              "expansion itself varies with temperature, so take it as an upper bound.",
              "假设两者自由膨胀；实际焊料或胶会约束并使其弯曲，且膨胀系数随温度变化，故应视为上限。"),
    ),
    source="Free linear expansion; the BYU cleanroom's table lists silicon 2.6, InP 4.75, copper 16.7 and fused silica "
           "0.55 ppm/°C.",
    latex=r"\Delta L = |\alpha_{1} - \alpha_{2}| \times |\Delta T| \times L;\quad "
          r"\Delta L_{\mathrm{neutral}} = \frac{\Delta L}{2}",
    example={"alpha1_ppm": "2.6 ppm/K", "alpha2_ppm": "15 ppm/K", "delta_t_c": "100 K", "length_mm": "20 mm",
             "from_neutral": "yes"},
)  # fmt: skip
def cte_mismatch_um(
    alpha1_ppm: Decimal, alpha2_ppm: Decimal, delta_t_c: Decimal, length_mm: Decimal, from_neutral: bool
) -> Decimal:
    """Relative displacement in μm of two materials with expansions in ppm/K over a length in mm, or over half of it."""
    return abs(alpha1_ppm - alpha2_ppm) * abs(delta_t_c) * length_mm / (2000 if from_neutral else 1000)


@formula(
    name=Words("Temperature rise of a coolant", "冷却液温升"),
    aliases=(
        "coolant rise", "coolant temperature rise", "coolant warm", "coolant heat up", "water temperature rise",
        "water rise", "outlet temperature rise", "liquid cooling rise", "temperature rise of the coolant",
        "temperature rise of the water",
        "冷却液温升", "冷却水温升", "水温升", "出水温升", "进出水温差", "液冷温升", "冷却液升温", "冷却水升温",
    ),
    parameters=(
        Parameter("power_w", "P", "W", Words("heat carried away", "带走的热量"), _ZERO, _POWER,
                  cues=("heat", "power", "dissipates", "module", "load", "发热", "功耗", "功率", "热负荷", "散热")),
        Parameter("flow_l_min", "V", "L/min", Words("flow of the coolant", "冷却液流量"), _ZERO, Decimal(10**6),
                  above=True, cues=("flow", "flow rate", "coolant", "water", "流量", "流速", "冷却液", "水流")),
        Parameter("density_kg_l", "ρ", "kg/L", Words("density of the coolant", "冷却液密度"), _ZERO, Decimal(20),
                  above=True, default=Decimal("0.998"), assumption="water_density", cues=("density", "密度")),
        Parameter("cp_j_kg_k", "c", "J/kg/K", Words("specific heat of the coolant", "冷却液比热容"), _ZERO,
                  Decimal(20_000), above=True, default=Decimal(4182), assumption="water_heat_capacity",
                  cues=("specific heat", "heat capacity", "cp", "比热", "比热容")),
    ),
    outputs=(
        Output("rise_c", "ΔT", "K", Words("temperature rise of the coolant", "冷却液温升"),
               "{power_w} × 60 ÷ ({density_kg_l} × {flow_l_min} × {cp_j_kg_k})",
               cues=("coolant rise", "temperature rise", "outlet", "hotter", "温升", "升高多少", "升温", "高几度",
                     "升几度",
                     "热几度",
                     "出口比进口")),
    ),
    assumptions=(
        Words("All heat goes into a single-phase liquid, water at 20 °C by default. PG25, a quarter propylene glycol, "
              "takes up about 3900 J/kg/K and so warms a little more.",
              "热量全部由单相液体带走，默认为 20 °C 的水；PG25（含 25% 丙二醇）比热约 3900 J/kg/K，温升略高。"),
    ),
    source="Energy balance; ECOC 2026 notes give 130 W at 0.3 L/min for a 12.8T liquid-cooled module.",
    latex=r"\Delta T = \frac{P}{\rho\,V\,c}",
    example={"power_w": "130 W", "flow_l_min": "0.3 L/min"},
    cautions=(
        Caution(lambda power_w, flow_l_min, density_kg_l, cp_j_kg_k:
                power_w * 60 > _BOILING_RISE * density_kg_l * flow_l_min * cp_j_kg_k,
                Words("A rise of more than 100 K would boil most coolants; the flow is too small for this heat.",
                      "温升超过 100 K，多数冷却液会沸腾；流量不足以带走该热量。")),
    ),
)  # fmt: skip
def coolant_rise_c(power_w: Decimal, flow_l_min: Decimal, density_kg_l: Decimal, cp_j_kg_k: Decimal) -> Decimal:
    """Rise in K of a coolant's temperature that carries away power_w."""
    return power_w * 60 / (density_kg_l * flow_l_min * cp_j_kg_k)


@formula(
    name=Words("Arrhenius acceleration factor", "阿伦尼乌斯加速因子"),
    aliases=(
        "arrhenius", "af", "acceleration factor", "accelerated ageing", "accelerated aging", "activation energy",
        "thermal acceleration", "burn-in acceleration", "阿伦尼乌斯", "阿累尼乌斯", "加速因子", "加速系数", "加速老化",
        "激活能", "活化能",
    ),
    parameters=(
        Parameter("t_use_c", "T₁", "°C", Words("temperature in use", "使用温度"), Decimal(-273), _HOTTEST, above=True,
                  cues=("use", "in use", "operating", "field", "normal", "service", "使用", "用", "工作", "实际",
                        "现场",
                        "正常"),
                  leads=("from", "从", "由")),
        Parameter("t_stress_c", "T₂", "°C", Words("temperature under stress", "加速试验温度"), Decimal(-273), _HOTTEST,
                  above=True,
                  cues=("stress", "test", "burn-in", "accelerated", "oven", "ageing", "aging", "试验", "老化", "加速",
                        "应力", "测试", "测"),
                  leads=("to", "at", "到", "至")),
        Parameter("ea_ev", "Eₐ", "eV", Words("activation energy", "激活能"), Decimal("0.2"), Decimal("1.5"),
                  cues=("activation energy", "Ea", "激活能", "活化能")),
    ),
    outputs=(
        Output("acceleration", "AF", "x", Words("acceleration factor", "加速因子"),
               "exp({ea_ev} ÷ k × (1 ÷ ({t_use_c} + 273.15) − 1 ÷ ({t_stress_c} + 273.15))), k = 8.617333×10^−5 eV/K",
               cues=("acceleration factor", "how many times", "faster", "加速因子", "加速倍数", "多少倍", "快多少")),
    ),
    assumptions=(
        Words("One mechanism, driven by temperature alone. It does not hold for catastrophic optical damage, "
              "electrostatic discharge or creep of a fibre attachment.",
              "仅适用于单一的热激活失效机理；不适用于灾变性光学损伤（COD）、静电放电或光纤粘接蠕变。"),
    ),
    source="Arrhenius model as in JEDEC JESD91 and JESD85; agrees with the open etalon package, which gives 52.8 for "
           "25 to 60 °C at 0.97 eV.",
    latex=r"AF = \exp\left(\frac{E_{a}}{k}\left(\frac{1}{T_{1}} - \frac{1}{T_{2}}\right)\right)",
    example={"t_use_c": "25 °C", "t_stress_c": "60 °C", "ea_ev": "0.97 eV"},
    cautions=(
        Caution(lambda t_use_c, t_stress_c, ea_ev: t_stress_c < t_use_c,
                Words("The stress is cooler than the use, so the factor is below one; check which is which.",
                      "试验温度低于使用温度，因子小于 1；请核对两个温度。")),
    ),
)  # fmt: skip
def arrhenius_af(t_use_c: Decimal, t_stress_c: Decimal, ea_ev: Decimal) -> Decimal:
    """How many times faster a part ages at t_stress_c than at t_use_c, for an activation energy in eV."""
    inverse_difference = 1 / (t_use_c + _ICE) - 1 / (t_stress_c + _ICE)
    return (ea_ev * _CHARGE / _BOLTZMANN * inverse_difference).exp()
