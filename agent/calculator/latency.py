"""Latency: flight, block and total times."""

from decimal import Decimal

from agent.calculator.formula import Bilingual as Words
from agent.calculator.formula import Caution, Item, Output, Parameter
from agent.calculator.registry import formula

_LIGHT_M_PER_NS = Decimal("0.299792458")  # exact, by the definition of the metre


@formula(
    name=Words("Time of flight in fibre", "光纤传播时延"),
    aliases=(
        "time of flight", "flight time", "propagation delay", "propagation time", "fibre delay", "fiber delay",
        "fibre latency", "fiber latency", "delay of the fibre", "delay of the fiber", "light take to travel",
        "light takes to travel", "传播时延", "传播延迟", "传输时延", "光纤时延", "光纤延迟", "飞行时间", "光在光纤中",
        "光走完",
    ),
    parameters=(
        Parameter("length_m", "L", "m", Words("length of the fibre", "光纤长度"), Decimal(0), Decimal("1e9"),
                  cues=("fibre", "fiber", "length", "long", "away", "apart", "reach", "光纤", "长", "长度", "距离")),
        Parameter("group_index", "n", "", Words("group index", "群折射率"), Decimal(1), Decimal(2),
                  default=Decimal("1.468"), assumption="smf_group_index",
                  cues=("group index", "refractive index", "index", "群折射率", "折射率")),
    ),
    outputs=(
        Output("time_ns", "t", "ns", Words("time of flight", "传播时延"), "{length_m} × {group_index} ÷ 0.299792458",
               cues=("flight time", "time of flight", "travel time", "propagation", "传播时间", "传播时延",
                     "飞行时间")),
    ),
    assumptions=(
        Words("One way, solid-core single-mode fibre; a hollow core is nearer to a group index of 1.0003.",
              "单程、实心单模光纤；空芯光纤的群折射率接近 1.0003，须另行给出。"),
    ),
    source="Speed of light in vacuum, 299,792,458 m/s exactly (SI); group index of Corning SMF-28, about 1.468 "
           "(from memory).",
    latex=r"t = \frac{L\,n}{c}",
    example={"length_m": "30 m"},
)  # fmt: skip
def time_of_flight_ns(length_m: Decimal, group_index: Decimal) -> Decimal:
    """Time in ns that light takes through so many metres of fibre, one way."""
    return length_m * group_index / _LIGHT_M_PER_NS


@formula(
    name=Words("Time to gather or send a block of bits", "码块积累（串行化）时延"),
    aliases=(
        "block time", "serialisation time", "serialization time", "serialisation delay", "serialization delay",
        "serialisation latency", "serialization latency", "code word time", "codeword time", "fec block",
        "to serialise", "to serialize", "码块时延", "码块积累", "块时延", "串行化时延", "串行化延迟", "码字时延",
        "码字时间", "码字积累", "发送一个码字", "接收一个码字",
    ),
    parameters=(
        Parameter("bits", "B", "bit", Words("bits in the block", "码块比特数"), Decimal(0), Decimal("1e18"), above=True,
                  cues=("bits", "bit", "block", "code word", "codeword", "frame", "比特", "位", "码字", "码块")),
        Parameter("rate_gbps", "R", "Gb/s", Words("rate at which they pass", "通过速率"), Decimal(0), Decimal("1e9"),
                  above=True, cues=("lane", "link", "rate", "line rate", "通道", "链路", "速率", "线速率")),
    ),
    outputs=(
        Output("time_ns", "t", "ns", Words("block time", "码块时延"), "{bits} ÷ {rate_gbps}",
               cues=("block time", "serialisation", "serialization", "码块时延", "串行化", "码字时延")),
    ),
    assumptions=(
        Words("The block alone: a decoder adds tens of ns, and interleaving n blocks multiplies the time by n.",
              "仅为码块本身的时间：译码另需数十 ns，n 路交织时时间乘以 n。"),
        Words("The bits and the rate are counted alike: a code word with its parity needs the line rate.",
              "比特数与速率口径须一致：含校验位的码字应除以线速率。"),
    ),
    source="Identity; a KP4 code word is 544 × 10 = 5440 bits (Intel AN 846).",
    latex=r"t = \frac{B}{R}",
    example={"bits": "5440 bits", "rate_gbps": "106.25 Gb/s"},
)  # fmt: skip
def block_time_ns(bits: Decimal, rate_gbps: Decimal) -> Decimal:
    """Time in ns for so many bits to pass at a rate in Gb/s."""
    return bits / rate_gbps


@formula(
    name=Words("Sum of the latencies along a link", "链路时延合计"),
    aliases=(
        "total latency", "end-to-end latency", "end to end latency", "link latency", "latency budget", "latency stack",
        "sum of latencies", "overall latency", "add up the latencies", "total delay", "end-to-end delay", "总时延",
        "总延迟", "时延合计", "延迟合计", "端到端时延", "端到端延迟", "链路时延", "链路延迟", "时延预算", "合计时延",
    ),
    parameters=(
        Parameter("parts", "Σ tᵢ", "ns", Words("latency of each part", "各部分时延"), Decimal(0), Decimal("1e15"),
                  shape="named", cues=("dsp", "fec", "serdes", "flight", "fibre", "fiber", "driver", "时延", "延迟")),
    ),
    outputs=(
        Output("latency_ns", "t", "ns", Words("total latency", "总时延"), "{parts}",
               cues=("total latency", "overall latency", "end-to-end latency", "latency in total", "总时延", "总延迟",
                     "时延之和", "时延合计")),
    ),
    assumptions=(
        Words("Each part is counted once, with both ends of the link in it. Published totals do not agree on what is "
              "in them: ask about FEC, SerDes and the far end.",
              "每部分只计一次，且含链路两端；公开数字是否计入 FEC、SerDes 与两端各不相同，相加前须核对。"),
    ),
    source="Identity.",
    latex=r"t = \sum_i t_i",
    example={"parts": "DSP transmit = 100 ns; DSP receive = 100 ns; FEC = 100 ns; 30 m of fibre = 147 ns"},
    cautions=(
        Caution(lambda parts: len(parts) == 1,
                Words("There is only one part, so nothing was added up.", "只有一项时延，未作相加。")),
    ),
)  # fmt: skip
def total_latency_ns(parts: tuple[Item, ...]) -> Decimal:
    """Sum in ns of the latencies of the parts."""
    return sum((part.value for part in parts), Decimal(0))
