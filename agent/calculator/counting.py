"""Counting and scaling: lanes, fibres, engines, line rates, bandwidth densities, network sizes and doubling times."""

from decimal import Decimal

from agent.calculator.formula import Bilingual as Words
from agent.calculator.formula import Output, Parameter, Requirement
from agent.calculator.precision import MANY_DIGITS, guarded
from agent.calculator.registry import formula

_ONE_DIRECTION = Words(
    "The capacity counts one direction, as switches are sold; lane rates are net (200 Gb/s, not 212.5 Gb/s).",
    "容量按单向计（与厂商标称一致）；通道速率取净速率（200 Gb/s，而非 212.5 Gb/s）。",
)
_WHICH_EDGE = Words(
    "Say whether both directions are counted, and whether the edge is the die's, the engine's or the package's; no die "
    "edge exceeds the 33 mm of a reticle.",
    "须注明是否收发合计，以及边长指裸片、光引擎还是封装；裸片边长不超过光罩的 33 mm。",
)
_WAVES = (
    r"(?<![0-9.])([0-9]{1,4})[\s-]?"
    r"(?:λ|lambdas?\b|wavelengths?\b|colou?rs\b|个?波长|波(?!特)|[x×*]\s?[0-9.]{1,9}\s?GBd)"
)
_TIERS = r"([1-4]|two|three|four|[一二两三四])[\s-]?(?:tiers?\b|layers?\b|levels?\b|stages?\b|层|级)"
_LENGTH = r"[0-9]{1,6}(?:\.[0-9]{1,6})?(?:\s?mm|\s?毫米)?"
_BY = r"\s?(?:[x×*]|by|乘)\s?"

PAM_LEVELS = Parameter(
    "levels", "M", "", Words("amplitude levels: 2 for NRZ, 4 for PAM4", "电平数（NRZ 为 2，PAM4 为 4）"),
    allowed=(Decimal(2), Decimal(4), Decimal(8)),
    choices=(("2", "NRZ", "OOK", "PAM2"), ("4", "PAM4", "PAM-4"), ("8", "PAM8", "PAM-8")),
    cues=("levels", "level", "amplitude levels", "个电平", "电平", "电平数"), pattern=r"PAM[\s-]?([248])(?![0-9])",
)  # fmt: skip
_CAPACITY = Parameter(
    "capacity_tbps", "C", "Tb/s", Words("capacity, one direction", "单向容量"), Decimal(0), Decimal(10**5), above=True,
    cues=("switch", "switch chip", "capacity", "switching capacity", "asic", "total bandwidth", "aggregate",
          "throughput", "module", "port", "transceiver", "package", "交换机", "交换芯片", "容量", "交换容量", "总带宽",
          "吞吐", "模块", "端口", "光模块", "芯片"),
    leads=("for", "to reach", "to fill", "supports", "总共", "达到", "支持"),
)  # fmt: skip
_LANE_RATE = Parameter(
    "lane_gbps", "R", "Gb/s", Words("net rate of a lane", "单通道净速率"), Decimal(0), Decimal(10**6), above=True,
    cues=("per lane", "a lane", "lane", "lanes", "each lane", "lane rate", "per channel", "channels", "serdes",
          "per wavelength", "每通道", "单通道", "每条通道", "每个通道", "通道", "每lane", "每 lane", "单波", "每波长",
          "通道速率"),
    leads=("at", "of", "using", "with", "按", "每通道", "单通道", "采用"),
)  # fmt: skip
_BANDWIDTH = Parameter(
    "bandwidth_gbps", "B", "Gb/s", Words("bandwidth", "带宽"), Decimal(0), Decimal(10**9),
    cues=("bandwidth", "throughput", "capacity", "engine", "module", "chip", "switch", "带宽", "总带宽", "容量", "引擎",
          "模块", "芯片"),
)  # fmt: skip


def parts_needed(whole: Decimal, part: Decimal) -> Decimal:
    """How many parts of that size make up the whole: the quotient rounded up, exactly."""
    quotient, rest = divmod(whole, part)
    return quotient + (rest > 0)


def bits_per_symbol(levels: Decimal) -> int:
    """log₂ of 2, 4 or 8 amplitude levels."""
    return int(levels).bit_length() - 1


@formula(
    name=Words("Lanes for a capacity", "给定容量所需通道数"),
    aliases=(
        "lane count", "number of lanes", "how many lanes", "lanes needed", "lanes required", "lanes are needed",
        "lanes does it take", "count of lanes", "how many optical lanes", "how many electrical lanes",
        "how many serdes", "how many channels",
        "通道数", "通道数量", "多少条通道", "多少个通道", "多少通道", "几条通道", "几个通道", "多少lane", "多少条lane",
        "多少个lane", "多少路通道", "多少条光通道", "所需通道", "几路通道",
    ),
    parameters=(_CAPACITY, _LANE_RATE),
    outputs=(
        Output("lanes", "n", "", Words("lanes", "通道数"), "⌈{capacity_tbps} × 1000 ÷ {lane_gbps}⌉",
               cues=("lanes", "how many lanes", "number of lanes", "多少条通道", "通道数", "多少通道", "多少个通道",
                     "g通道", "g 通道")),
    ),
    assumptions=(
        _ONE_DIRECTION,
        Words("Spare lanes are not included.", "未含备用通道。"),
    ),
    source="Counting; IEEE P802.3dj: 1.6 Tb/s is 8 lanes of 200 Gb/s.",
    latex=r"n = \lceil 1000 \times C / R \rceil",
    example={"capacity_tbps": "102.4 Tb/s", "lane_gbps": "200 Gb/s"},
)  # fmt: skip
def lane_count(capacity_tbps: Decimal, lane_gbps: Decimal) -> Decimal:
    """Lanes of a net rate in Gb/s that carry a capacity in Tb/s."""
    return parts_needed(capacity_tbps * 1000, lane_gbps)


@formula(
    name=Words("Fibre count of a co-packaged switch", "CPO 交换机光纤数量"),
    aliases=(
        "fiber count", "fibre count", "number of fibers", "number of fibres", "count the fibers", "count the fibres",
        "fiber一共", "fiber总数", "how many fibers", "how many fibres",
        "how many optical fibers", "how many optical fibres", "fibers needed", "fibres needed", "fibers are needed",
        "fibres are needed", "fibers required", "fibres required", "fiber connections", "fibre connections",
        "total fibers", "total fibres", "laser feed fibers", "laser feed fibres",
        "光纤数", "光纤数量", "多少根光纤", "多少光纤", "几根光纤", "多少条光纤", "多少芯光纤", "多少芯", "光纤总数",
        "光纤连接数", "所需光纤", "需要的光纤", "光纤根数", "芯数", "多少根保偏光纤", "多少根纤",
    ),
    parameters=(
        _CAPACITY,
        _LANE_RATE,
        Parameter("wavelengths_per_fiber", "w", "", Words("wavelengths (lanes) in one fibre",
                                                          "每根光纤的波长数（通道数）"),
                  Decimal(1), Decimal(1000), default=Decimal(1), shape="integer",
                  cues=("wavelengths", "wavelengths per fiber", "wavelengths per fibre", "lambdas", "lambda", "λ",
                        "colors", "colours", "wavelength", "个波长", "波长", "波", "波长每纤", "个波", "路波长"),
                  leads=("each fiber carries", "each fibre carries", "per fiber", "per fibre", "每纤", "每根光纤",
                         "单纤"), pattern=_WAVES),
        Parameter("bidirectional", "d", "", Words("both directions in one fibre", "单纤双向"), default=False,
                  shape="flag",
                  cues=("bidi", "bi-di", "bidirectional fiber", "bidirectional fibers", "bidirectional fibre",
                        "bidirectional fibres", "both directions in one fiber", "both directions in one fibre",
                        "both directions on one fiber", "both directions on one fibre", "single-fiber bidirectional",
                        "single-fibre bidirectional", "单纤双向", "同纤双向")),
        Parameter("lanes_per_laser_fiber", "a", "", Words("lanes fed by one laser fibre", "每根激光供给光纤的通道数"),
                  Decimal(1), Decimal(10**6), optional=True, shape="integer",
                  cues=("lanes per laser fiber", "lanes per laser fibre", "lanes per pm fiber", "lanes per pm fibre",
                        "lanes per feed", "lanes per laser feed", "lanes per pmf", "通道每根保偏光纤",
                        "条通道每根保偏光纤", "条通道配一根", "个通道配一根", "条通道一根", "lane配一根", "lane一根",
                        "条通道共用一根", "个通道共用一根", "通道共用一根"),
                  leads=("each pm fiber feeds", "each pm fibre feeds", "each laser fiber feeds",
                         "each laser fibre feeds", "one pm fiber per", "one pm fibre per", "one pm fiber for",
                         "one pm fibre for", "laser feed fiber for every",
                         "laser feed fibre for every", "laser feed fiber per", "laser feed fibre per",
                         "feed fiber for every", "feed fibre for every", "feed fiber per", "feed fibre per",
                         "1 pm fiber per", "one laser fiber per", "one laser fibre per",
                         "laser fiber for every", "pm fiber for every", "feed for every", "每根保偏光纤供",
                         "每根保偏光纤", "每根供光光纤", "每根激光光纤", "每根PM光纤")),
    ),
    outputs=(
        Output("lanes", "n", "", Words("lanes", "通道数"), "⌈{capacity_tbps} × 1000 ÷ {lane_gbps}⌉"),
        Output("data_fibers", "N₁", "", Words("fibres for data", "数据光纤数"),
               "2 × ⌈{lanes} ÷ {wavelengths_per_fiber}⌉",
               cases=(("bidirectional", "yes", "⌈{lanes} ÷ {wavelengths_per_fiber}⌉"),
                      ("bidirectional", "no", "2 × ⌈{lanes} ÷ {wavelengths_per_fiber}⌉")),
               cues=("data fibers", "data fibres", "fibers for data", "single-mode fibers", "single-mode fibres", "smf",
                     "数据光纤", "单模光纤", "信号光纤")),
        Output("laser_feed_fibers", "N₂", "", Words("fibres that feed laser light", "激光供给光纤数"),
               "⌈{lanes} ÷ {lanes_per_laser_fiber}⌉",
               cues=("laser fibers", "laser fibres", "feed fibers", "feed fibres", "pm fibers", "pm fibres", "pmf",
                     "polarization-maintaining fibers", "保偏光纤", "供光光纤", "激光光纤")),
        Output("total_fibers", "N", "", Words("fibres in all", "光纤总数"), "{data_fibers} + {laser_feed_fibers}",
               cues=("how many fibers", "how many fibres", "total fibers", "total fibres", "fibers in total",
                     "fibres in total", "fibers altogether", "光纤总数", "多少根光纤", "光纤数", "共多少根",
                     "一共多少根")),
    ),
    assumptions=(
        _ONE_DIRECTION,
        Words("One fibre each way for each group of wavelengths; where their number is not given, for each lane (DR).",
              "每组波长收发各用一根光纤；未给出波长数时每通道各用一根（DR）。"),
        Words("Where lanes_per_laser_fiber is not given the lasers sit inside and no fibre feeds them; that number is "
              "rarely published, and is often inferred from a total.",
              "未给出 lanes_per_laser_fiber 时按激光器内置计，无供光光纤；该数值很少公布，常由总数反推。"),
    ),
    source="Counting; the EBO MSA at ECOC 2026 (seen in notes): 1,088 fibres for 51.2 Tb/s DR and 288 for FR4; "
           "Corning: 1,024 and 128 for 102.4 Tb/s.",
    latex=r"n = \lceil 1000 \times C / R \rceil;\quad N_1 = (2 - d) \times \lceil n / w \rceil;\quad "
          r"N_2 = \lceil n / a \rceil;\quad N = N_1 + N_2",
    example={"capacity_tbps": "51.2 Tb/s", "lane_gbps": "100 Gb/s", "wavelengths_per_fiber": "4",
             "lanes_per_laser_fiber": "16"},
)  # fmt: skip
def fiber_count(
    capacity_tbps: Decimal,
    lane_gbps: Decimal,
    wavelengths_per_fiber: Decimal,
    bidirectional: bool,
    lanes_per_laser_fiber: Decimal | None,
) -> tuple[Decimal, Decimal, Decimal, Decimal]:
    """Lanes, fibres for data, fibres that feed laser light (none where the lasers are inside), and all fibres."""
    lanes = parts_needed(capacity_tbps * 1000, lane_gbps)
    data = parts_needed(lanes, wavelengths_per_fiber) * (1 if bidirectional else 2)
    feed = Decimal(0) if lanes_per_laser_fiber is None else parts_needed(lanes, lanes_per_laser_fiber)
    return lanes, data, feed, data + feed


@formula(
    name=Words("Optical engines of a package", "光引擎数量"),
    aliases=(
        "optical engine count", "number of optical engines", "how many optical engines", "how many engines",
        "engine count", "number of engines", "optical engines needed", "optical engines required",
        "optical engines are needed", "engines are needed", "how many oes", "how many oe", "number of oes",
        "how many chiplets", "how many optical chiplets", "光引擎数", "光引擎数量", "多少个光引擎", "多少光引擎",
        "几个光引擎", "多少颗光引擎", "多少只光引擎", "多少个引擎", "几个引擎", "多少个OE", "多少个 OE", "几个OE",
        "多少颗OE", "几颗OE", "引擎数量",
        "所需光引擎",
    ),
    parameters=(
        _CAPACITY,
        Parameter("oe_tbps", "C₁", "Tb/s", Words("capacity of one engine", "单个光引擎容量"), Decimal(0),
                  Decimal(10**4), above=True,
                  cues=("optical engine", "optical engines", "engine", "engines", "oe", "oes", "chiplet", "chiplets",
                        "per engine", "光引擎", "引擎", "每个光引擎", "单个光引擎", "每引擎"),
                  leads=("engines of", "each", "per engine", "of", "at", "每个", "单个", "按", "采用")),
        Parameter("spares", "s", "", Words("spare engines", "备用光引擎数"), Decimal(0), Decimal(10**6),
                  default=Decimal(0),
                  shape="integer",
                  cues=("spare", "spares", "spare engines", "redundant", "backup", "个备用", "备用", "外备", "另备",
                        "再备",
                        "加备", "多备", "冗余", "备份")),
    ),
    outputs=(
        Output("engines", "N", "", Words("optical engines", "光引擎数"), "⌈{capacity_tbps} ÷ {oe_tbps}⌉ + {spares}",
               "⌈{capacity_tbps} ÷ {oe_tbps}⌉", cues=("engines", "optical engines", "oe", "oes", "光引擎", "引擎数")),
    ),
    assumptions=(
        _ONE_DIRECTION,
        Words("Engines, not assemblies, are counted: the 24 “optical engines” of some reports on Quantum-X are "
              "assemblies of three engines each.",
              "计的是光引擎而非组件：部分报道所称 Quantum-X 的“24 个光引擎”实为各含 3 个引擎的组件。"),
    ),
    source="Counting; Broadcom Davisson: 16 × 6.4 Tb/s; NVIDIA Q3450: 72 × 1.6 Tb/s; Spectrum-X: 32 and 4 spare.",
    latex=r"N = \lceil C / C_1 \rceil + s",
    example={"capacity_tbps": "102.4 Tb/s", "oe_tbps": "6.4 Tb/s"},
)  # fmt: skip
def optical_engine_count(capacity_tbps: Decimal, oe_tbps: Decimal, spares: Decimal) -> Decimal:
    """Engines of a capacity in Tb/s that make up the capacity of a package in Tb/s, and spare ones."""
    return parts_needed(capacity_tbps, oe_tbps) + spares


@formula(
    name=Words("Line rate from net rate", "净速率转线速率"),
    aliases=(
        "line rate", "line rate from net rate", "net to line rate", "net rate to line rate", "raw line rate",
        "coded rate", "rate after fec", "rate with fec", "fec overhead", "coding overhead", "transcoding",
        "with rs(544,514)", "线速率", "净速率转线速率", "线路速率", "加FEC后", "加 FEC 后", "含FEC", "含 FEC",
        "FEC开销", "FEC 开销", "编码开销", "编码后速率",
    ),
    parameters=(
        Parameter("net_gbps", "R", "Gb/s", Words("net rate", "净速率"), Decimal(0), Decimal(10**9), above=True,
                  cues=("net", "net rate", "payload", "lane", "client", "净速率", "净荷", "通道", "净")),
        Parameter("transcode", "t", "", Words("coded over uncoded bits of the transcoding", "转码开销比"), Decimal(1),
                  Decimal(2), default=Decimal(257) / Decimal(256),
                  cues=("transcode", "transcoding", "transcoding ratio", "转码", "转码比", "转码开销")),
        Parameter("fec_n", "N", "", Words("symbols of an FEC codeword", "FEC 码字符号数"), Decimal(1), Decimal(10**6),
                  default=Decimal(544), shape="integer", pattern=r"RS\s?[(（]\s?([0-9]{1,6})\s?[,，]",
                  cues=("codeword symbols", "码字长度")),
        Parameter("fec_k", "K", "", Words("of these, symbols of data", "其中的数据符号数"), Decimal(1), Decimal(10**6),
                  default=Decimal(514), shape="integer", pattern=r"RS\s?[(（]\s?[0-9]{1,6}\s?[,，]\s?([0-9]{1,6})",
                  cues=("data symbols", "数据符号")),
    ),
    outputs=(
        Output("line_gbps", "Rₗ", "Gb/s", Words("line rate", "线速率"), "{net_gbps} × {transcode} × {fec_n} ÷ {fec_k}",
               "{net_gbps} × 257 ÷ 256 × 544 ÷ 514", cues=("on the line", "line rate", "线速率")),
    ),
    assumptions=(
        Words("256b/257b transcoding and RS(544,514), as for lanes of 50 and 100 Gb/s. Lanes of 200 Gb/s with an inner "
              "code run faster, at 113.4375 GBd, and this does not hold for them.",
              "按 256b/257b 转码与 RS(544,514)，适用于每通道 50、100 Gb/s；带内码的每通道 200 Gb/s "
              "波特率更高（113.4375 GBd），不适用本式。"),
    ),
    source="IEEE 802.3, clauses 119 and 120 (from memory); RS(544,514) with 15 correctable symbols: Intel AN 846.",
    latex=r"R_l = R \times t \times \frac{N}{K},\quad t = \frac{257}{256},\ N = 544,\ K = 514",
    example={"net_gbps": "100 Gb/s"},
    requirements=(
        Requirement(
            lambda fec_n, fec_k, **_: fec_k <= fec_n,
            Words("a codeword of fec_n symbols holds at most so many data symbols (fec_k)",
                  "码字共 fec_n 个符号，数据符号数 fec_k 不可多于此"),
        ),
    ),
)  # fmt: skip
def line_rate_gbps(net_gbps: Decimal, transcode: Decimal, fec_n: Decimal, fec_k: Decimal) -> Decimal:
    """Line rate in Gb/s of a net rate in Gb/s after transcoding and FEC."""
    return net_gbps * transcode * fec_n / fec_k


@formula(
    name=Words("Rate of a fibre", "单纤速率"),
    aliases=(
        "per-fiber rate", "per-fibre rate", "rate per fiber", "rate per fibre", "rate of a fiber", "rate of a fibre",
        "bandwidth per fiber", "bandwidth per fibre", "capacity per fiber", "capacity per fibre", "per-fiber bandwidth",
        "per-fibre bandwidth", "fiber capacity", "fibre capacity", "rate of each fiber", "rate of each fibre",
        "does each fiber carry", "does each fibre carry", "does a fiber carry", "does a fibre carry",
        "does one fiber carry", "单纤速率", "每纤速率", "单纤带宽", "每根光纤速率", "每根光纤带宽", "单根光纤速率",
        "单根光纤带宽", "单纤容量", "每根光纤的速率", "每根光纤的带宽", "每根光纤的容量", "单根光纤的速率", "每纤带宽",
    ),
    parameters=(
        Parameter("wavelengths", "w", "", Words("wavelengths in the fibre", "每根光纤的波长数"), Decimal(1),
                  Decimal(1000), shape="integer",
                  cues=("wavelengths", "wavelength", "lambdas", "lambda", "λ", "colors", "colours", "carriers",
                        "个波长", "波长", "波", "路波长", "个波"),
                  pattern=_WAVES),
        Parameter("baud_gbd", "B", "GBd", Words("symbol rate of each wavelength", "每波长符号率"), Decimal(0),
                  Decimal(10**4),
                  above=True, cues=("baud", "baud rate", "symbol rate", "per wavelength", "波特率", "符号率",
                                    "符号速率", "每波长")),
        PAM_LEVELS,
        Parameter("code_rate", "c", "", Words("code rate: net over line bits", "码率（净比特与线比特之比）"),
                  Decimal(0), Decimal(1), default=Decimal(1), cues=("code rate", "coding rate", "码率", "编码率")),
    ),
    outputs=(
        Output("rate_gbps", "R", "Gb/s", Words("rate of a fibre, one direction", "单纤单向速率"),
               "{wavelengths} × {baud_gbd} × log₂({levels}) × {code_rate}",
               "{wavelengths} × {baud_gbd} × log₂({levels})",
               cues=("each fiber", "each fibre", "per fiber", "per fibre", "a fiber", "a fibre", "每根光纤", "每纤",
                     "单纤")),
    ),
    assumptions=(
        Words("With a code rate of 1 this is the line rate. More wavelengths cost ring-tuning power, more baud SerDes "
              "power, and more levels signal-to-noise ratio (pam_level_penalty_db).",
              "码率为 1 时所得为线速率。增加波长数耗费微环调谐功耗，提高波特率耗费 SerDes 功耗，增加电平数损失信噪比"
              "（见 pam_level_penalty_db）。"),
    ),
    source="Identity; Lightmatter M1000: 8 wavelengths × 56 GBd NRZ = 448 Gb/s; OCI MSA, first generation: 4 × 53.125 "
           "GBd NRZ.",
    latex=r"R = w \times B \times \log_2 M \times c",
    example={"wavelengths": "8", "baud_gbd": "56 GBd", "levels": "2"},
)  # fmt: skip
def per_fiber_rate_gbps(wavelengths: Decimal, baud_gbd: Decimal, levels: Decimal, code_rate: Decimal) -> Decimal:
    """Rate in Gb/s of a fibre, one direction: wavelengths times symbol rate in GBd times bits per symbol."""
    return wavelengths * baud_gbd * bits_per_symbol(levels) * code_rate


@formula(
    name=Words("Shoreline bandwidth density", "边缘（海岸线）带宽密度"),
    aliases=(
        "shoreline density", "shoreline bandwidth density", "beachfront density", "beachfront bandwidth density",
        "edge density", "edge bandwidth density", "linear bandwidth density",
        "shoreline bandwidth", "beachfront bandwidth", "bandwidth per mm of edge", "bandwidth per millimeter",
        "bandwidth per millimetre", "海岸线密度", "海岸线带宽密度", "边缘带宽密度", "边缘密度", "岸线密度",
        "岸线带宽密度", "线带宽密度", "每毫米带宽", "单位边长带宽",
    ),
    parameters=(
        _BANDWIDTH,
        Parameter("edge_mm", "ℓ", "mm", Words("length of the edge", "边长"), Decimal(0), Decimal(10**5), above=True,
                  cues=("edge", "shoreline", "beachfront", "side", "die edge", "length", "wide", "边长", "边缘",
                        "海岸线", "岸线", "边", "长度", "宽")),
    ),
    outputs=(
        Output("density_gbps_mm", "D", "Gb/s/mm", Words("bandwidth per length of edge", "边缘带宽密度"),
               "{bandwidth_gbps} ÷ {edge_mm}", cues=("bandwidth density", "density", "带宽密度", "Gb/s/mm", "Gbps/mm",
                                                     "per mm of edge", "per millimeter of edge",
                                                     "每毫米边长")),
    ),
    assumptions=(_WHICH_EDGE,),
    source="Definition; OIF 3.2T module agreement (2023): about 140 Gb/s/mm; SemiAnalysis 2026 (seen in a copy): 224G "
           "SerDes about 0.4, UCIe-S 1.8, UCIe-A 10 Tb/s/mm.",
    latex=r"D = \frac{B}{\ell}",
    example={"bandwidth_gbps": "3.2 Tb/s", "edge_mm": "22.86 mm"},
)  # fmt: skip
def shoreline_density_gbps_mm(bandwidth_gbps: Decimal, edge_mm: Decimal) -> Decimal:
    """Bandwidth in Gb/s per mm of edge."""
    return bandwidth_gbps / edge_mm


@formula(
    name=Words("Edge needed for a bandwidth", "所需边长"),
    aliases=(
        "required edge", "edge needed", "edge required", "edge is needed", "needed edge", "how much edge",
        "how much shoreline", "how much beachfront", "how long an edge", "shoreline needed", "shoreline required",
        "beachfront needed", "beachfront required", "edge length needed", "edge length is needed",
        "edge length required", "required shoreline", "required edge length", "shoreline is needed",
        "beachfront is needed", "edge do we need", "edge does it need", "所需边长", "需要边长", "需要多长的边",
        "多长的边缘", "多长边", "需要多少边长", "需要多长的边缘", "需要多少海岸线", "所需海岸线", "需要多长的海岸线",
        "边长需要", "需要的边长", "多少毫米边长", "多少毫米的边",
    ),
    parameters=(
        _BANDWIDTH,
        Parameter("density_gbps_mm", "D", "Gb/s/mm", Words("bandwidth per length of edge", "边缘带宽密度"), Decimal(0),
                  Decimal(10**9), above=True,
                  cues=("density", "shoreline density", "beachfront density", "per mm", "密度", "带宽密度",
                        "海岸线密度", "每毫米")),
    ),
    outputs=(
        Output("edge_mm", "ℓ", "mm", Words("length of edge", "边长"), "{bandwidth_gbps} ÷ {density_gbps_mm}",
               cues=("edge", "how many mm", "how many millimeters", "how many millimetres", "多少毫米", "多少mm",
                     "边长")),
    ),
    assumptions=(_WHICH_EDGE,),
    source="Inverse of shoreline_density_gbps_mm.",
    latex=r"\ell = \frac{B}{D}",
    example={"bandwidth_gbps": "51.2 Tb/s", "density_gbps_mm": "140 Gb/s/mm"},
)  # fmt: skip
def required_edge_mm(bandwidth_gbps: Decimal, density_gbps_mm: Decimal) -> Decimal:
    """Length of edge in mm that carries a bandwidth in Gb/s at a density in Gb/s/mm."""
    return bandwidth_gbps / density_gbps_mm


@formula(
    name=Words("Areal bandwidth density", "面带宽密度"),
    aliases=(
        "areal density", "areal bandwidth density", "area density", "bandwidth per area", "bandwidth density per area",
        "bandwidth per mm2", "bandwidth per mm²", "bandwidth per square millimeter", "bandwidth per square millimetre",
        "density per mm2", "density per mm²", "面带宽密度", "面密度", "单位面积带宽", "每平方毫米带宽", "面积带宽密度",
        "面积密度", "每平方毫米的带宽", "单位面积的带宽",
    ),
    parameters=(
        _BANDWIDTH,
        Parameter("w_mm", "w", "mm", Words("width", "宽"), Decimal(0), Decimal(10**4), above=True,
                  cues=("width", "wide", "宽", "宽度"), leads=("in", "on", "measures", "measuring", "尺寸", "宽",
                                                               "面积"),
                  pattern=rf"(?<![0-9.])({_LENGTH}){_BY}{_LENGTH}"),
        Parameter("h_mm", "h", "mm", Words("height", "高"), Decimal(0), Decimal(10**4), above=True,
                  cues=("height", "high", "long", "length", "deep", "高", "长", "长度", "高度"),
                  leads=("by", "x", "×", "乘", "高", "长"),
                  pattern=rf"(?<![0-9.]){_LENGTH}{_BY}({_LENGTH})"),
    ),
    outputs=(
        Output("density_gbps_mm2", "D", "Gb/s/mm2", Words("bandwidth per area", "面带宽密度"),
               "{bandwidth_gbps} ÷ ({w_mm} × {h_mm})",
               cues=("bandwidth density", "density", "带宽密度", "Gb/s/mm2", "Gbps/mm2",
                      "Gb/s/mm²", "Gbps/mm²", "per mm2", "per mm²", "per square", "每平方毫米")),
    ),
    assumptions=(
        Words("Set beside a module, an engine's area must include the clearance its fibre array needs.",
              "与模块比较时，光引擎面积应含光纤阵列（FAU）的禁布区。"),
    ),
    source="Definition; Coherent at ECOC 2026: 15 Gb/s/mm² for a 6.4 Tb/s NPO (seen in notes).",
    latex=r"D = \frac{B}{w \times h}",
    example={"bandwidth_gbps": "3.2 Tb/s", "w_mm": "20 mm", "h_mm": "20 mm"},
)  # fmt: skip
def areal_density_gbps_mm2(bandwidth_gbps: Decimal, w_mm: Decimal, h_mm: Decimal) -> Decimal:
    """Bandwidth in Gb/s per mm² of a rectangle with sides in mm."""
    return bandwidth_gbps / (w_mm * h_mm)


@formula(
    name=Words("Hosts of a fat tree", "胖树支持的主机数"),
    aliases=(
        "fat tree", "fat-tree", "folded clos", "folded-clos", "clos network", "clos hosts", "leaf-spine", "leaf spine",
        "two-tier network", "two tier network", "three-tier network", "how many hosts", "number of hosts",
        "how many gpus can", "how many gpus does", "how many endpoints", "hosts supported", "gpus supported",
        "胖树", "折叠Clos", "折叠 Clos", "Clos网络", "Clos 网络", "叶脊", "多少台主机", "多少主机", "主机数",
        "支持多少GPU", "支持多少 GPU", "支持多少张GPU", "支持多少个GPU", "支持多少个 GPU", "支持多少台", "接入多少",
        "连接多少GPU", "连接多少个GPU", "两层网络", "三层网络", "多少个端点",
    ),
    parameters=(
        Parameter("radix", "k", "", Words("ports of each switch", "交换机端口数"), Decimal(2), Decimal(10**5),
                  shape="integer",
                  cues=("radix", "ports", "port", "port switch", "port switches", "k", "基数", "端口", "个端口",
                        "口交换机",
                        "口", "端口数")),
        Parameter("tiers", "L", "", Words("tiers of switches", "层数"), Decimal(1), Decimal(4), shape="integer",
                  cues=("tiers", "tier", "levels", "layers", "layer", "stages", "层", "级", "层网络", "层胖树",
                        "层数"), pattern=_TIERS),
    ),
    outputs=(
        Output("hosts", "H", "", Words("hosts", "主机数"), "2 × ({radix} ÷ 2)^{tiers}",
               cues=("hosts", "gpus", "servers", "endpoints", "nodes", "accelerators", "主机", "GPU", "服务器", "端点",
                     "节点", "加速卡")),
    ),
    assumptions=(
        Words("Non-blocking, a single plane, and one port to each host.", "无阻塞、单平面、每台主机一个端口。"),
    ),
    source="Al-Fares et al., SIGCOMM 2008 (from memory); SemiAnalysis 2026 (seen in a copy): 8,192 GPUs with 128 ports "
           "and 131,072 with 512, in two tiers.",
    latex=r"H = 2 \times (k / 2)^L",
    example={"radix": "512", "tiers": "2"},
    requirements=(
        Requirement(
            lambda radix, tiers: radix % 2 == 0,
            Words("half of each switch's ports look up and half down, so the radix must be even",
                  "每台交换机上下行端口各半，端口数须为偶数"),
        ),
    ),
)  # fmt: skip
def fat_tree_hosts(radix: Decimal, tiers: Decimal) -> Decimal:
    """Hosts of a folded Clos network of switches with so many ports in so many tiers."""
    return 2 * (radix / 2) ** tiers


@formula(
    name=Words("Doubling time", "翻倍时间"),
    aliases=(
        "doubling time", "time to double", "years to double", "double every", "doubles every", "how long to double",
        "how long until it doubles", "how long does it take to double", "take to double", "takes to double",
        "how many years to double", "doubling period", "doubles in how many", "until it has doubled", "double in size",
        "翻倍时间", "翻番时间", "翻倍需要", "翻番需要", "翻一番", "多久翻倍", "多久翻番", "几年翻倍", "几年翻番",
        "多少年翻倍", "多少年翻番", "多少年翻一番", "几年翻一番", "几年能翻倍", "多少年能翻倍", "翻倍周期", "倍增时间",
    ),
    parameters=(
        Parameter("cagr_pct", "g", "%", Words("growth a year", "年增长率"), Decimal(0), Decimal(10**6), above=True,
                  cues=("growth", "growth rate", "cagr", "a year", "per year", "annually", "yearly", "per annum",
                        "growing at", "grows", "增长率", "年增长率", "复合增长率", "年复合增长率", "增速", "年增速",
                        "每年增长", "CAGR"),
                  leads=("at", "by", "of", "按", "以", "每年", "年均")),
    ),
    outputs=(
        Output("years", "t", "years", Words("time to double", "翻倍时间"), "ln(2) ÷ ln(1 + {cagr_pct})",
               cues=("how long", "how many years", "when will", "多久", "几年", "多少年")),
    ),
    assumptions=(
        Words("The growth rate stays the same; few markets grow at one rate for long.",
              "假定增长率不变；市场增速很少长期恒定。"),
        Words("Logarithms are rounded at the 34th digit.", "对数在第 34 位有效数字处取舍。"),
    ),
    source="Identity of compound growth.",
    latex=r"t = \frac{\ln 2}{\ln(1 + g / 100)}",
    example={"cagr_pct": "41.42%"},
)  # fmt: skip
def doubling_time_years(cagr_pct: Decimal) -> Decimal:
    """Years in which a growth in % a year doubles a quantity."""
    # 1 + g loses the digits of a small g.
    return guarded(lambda: Decimal(2).ln() / (1 + cagr_pct / 100).ln(), MANY_DIGITS)
