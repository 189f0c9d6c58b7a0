"""Fibre coupling: losses between two Gaussian modes."""

from dataclasses import replace
from decimal import Decimal

from agent.calculator.formula import Bilingual as Words
from agent.calculator.formula import Caution, Output, Parameter
from agent.calculator.precision import PI
from agent.calculator.registry import formula

_ZERO, _ONE = Decimal(0), Decimal(1)
_LN10 = Decimal("2.30258509299404568401799145468436420760110148862877")
_LARGEST = Decimal(10_000)  # μm: a collimated beam 2 cm wide
_DENSEST = Decimal(5)  # no optical material has a higher index at these wavelengths

_GAUSSIAN = Words(
    "Both modes are circular Gaussians; elliptical modes, or those with longer tails, couple somewhat differently.",
    "两个模场均为圆高斯；椭圆模场或带长拖尾的模场，实际耦合会有偏差。",
)
_RADIUS = Words(
    "Mode sizes are 1/e² radii, half the mode field diameter that data sheets give.",
    "模场尺寸为 1/e² 半径，即产品手册所给模场直径（MFD）的一半。",
)
_ALONE = Words(
    "It stands alone: beside another misalignment the losses no longer simply add, which shows above about 1 dB.",
    "仅计单项失准；多项失准并存时损耗不再简单相加，超过约 1 dB 后偏差明显。",
)
_MARCUSE = "Marcuse, Bell System Technical Journal 56 (1977) 703; from memory."
_DIAMETER = Words(
    "A radius of 8 to 11 μm looks like the mode field diameter of a single-mode fibre; if it is one, halve it.",
    "8–11 μm 的半径更像单模光纤的模场直径；若确为直径，应先减半。",
)

_W1 = Parameter(
    "w1_um", "w₁", "μm", Words("1/e² radius of the first mode", "第一个模场的 1/e² 半径"), _ZERO, _LARGEST, above=True,
    cues=("fiber", "fibre", "SMF", "first", "w1", "w", "mode radius", "mode field radius", "spot radius", "radius",
          "光纤", "单模光纤", "模场半径", "模斑半径", "光斑半径", "半径"),
    leads=("from", "从", "由"),
)  # fmt: skip
_W2 = Parameter(
    "w2_um", "w₂", "μm", Words("1/e² radius of the second mode", "第二个模场的 1/e² 半径"), _ZERO, _LARGEST, above=True,
    cues=("taper", "inverse taper", "waveguide", "edge coupler", "chip", "PIC", "spot-size converter", "laser",
          "second", "w2", "波导", "倒锥", "端面耦合器", "芯片", "模斑转换器", "激光器", "另一"),
    leads=("to", "into", "与", "到", "至"),
)  # fmt: skip
_W = replace(_W1, name="w_um", symbol="w", meaning=Words("1/e² radius of both modes", "两个模场的 1/e² 半径"))
_OPTIONAL_W2 = replace(
    _W2,
    meaning=Words("1/e² radius of the second mode, if not w₁", "第二个模场的 1/e² 半径（默认同 w₁）"),
    optional=True,
)
_WAVELENGTH = Parameter(
    "wavelength_um", "λ", "μm", Words("wavelength in vacuum", "真空波长"), _ZERO, Decimal(100), above=True,
    cues=("wavelength", "λ", "light", "band", "波长"), leads=("at", "在"),
)  # fmt: skip
_GAP_INDEX = Parameter(
    "n", "n", "", Words("refractive index between the ends", "端面之间介质的折射率"), _ONE, _DENSEST, default=_ONE,
    cues=("index", "refractive index", "n", "折射率"),
)  # fmt: skip
_OFFSET = Parameter(
    "d_um", "d", "μm", Words("lateral offset", "横向偏移"), _ZERO, _LARGEST,
    cues=("offset", "lateral", "lateral offset", "misalignment", "misaligned", "off axis", "shift", "偏移", "横向偏移",
          "错位", "偏差", "偏心"),
)  # fmt: skip
_TILT = Parameter(
    "theta_deg", "θ", "deg", Words("tilt between the axes", "两轴夹角"), _ZERO, Decimal(5),
    cues=("tilt", "angle", "angular", "tilted", "倾斜", "夹角", "角度", "倾角", "偏角"),
)  # fmt: skip
_GAP = Parameter(
    "gap_um", "g", "μm", Words("gap between the ends", "端面间隙"), _ZERO, Decimal(10**6),
    cues=("gap", "spacing", "separation", "air gap", "apart", "间隙", "间距", "气隙", "缝隙"),
)  # fmt: skip


def _db(ratio: Decimal) -> Decimal:
    return 10 * ratio.log10()


def _db_of_exponent(exponent: Decimal) -> Decimal:
    """Loss in dB of a transmission e^(−exponent)."""
    return 10 * exponent / _LN10


def _excess(a: Decimal, b: Decimal) -> Decimal:
    """(a + b)² ÷ 4ab − 1 = (a − b)² ÷ 4ab, which is exactly 0 for equals and never negative."""
    return (a - b) ** 2 / (4 * a * b)


@formula(
    name=Words("Mode-size mismatch loss", "模场失配损耗"),
    aliases=(
        "mode mismatch", "mode-mismatch", "mode size mismatch", "mode-size mismatch", "mode field mismatch",
        "mode-field mismatch", "spot size mismatch", "spot-size mismatch", "MFD mismatch", "mode overlap loss",
        "模场失配", "模斑失配", "模式失配", "模场不匹配", "模斑不匹配", "模场尺寸失配",
    ),
    parameters=(replace(_W1, turns=("w2_um",)), replace(_W2, turns=("w1_um",))),
    outputs=(
        Output("loss_db", "L", "dB", Words("mode-size mismatch loss", "模场失配损耗"),
               "−20 × log₁₀(2 × {w1_um} × {w2_um} ÷ (({w1_um})^2 + ({w2_um})^2))",
               cues=("mismatch loss", "失配损耗", "耦合损耗")),
    ),
    assumptions=(_RADIUS, _GAUSSIAN,
                 Words("For elliptical modes, compute each axis and take the mean of the two losses in dB.",
                       "椭圆模场应分别计算两轴，再取两个损耗（dB）的平均值。")),
    source=f"{_MARCUSE} Open edge-coupler documentation (oxiphoton) uses the same expression.",
    latex=r"L = -20\,\log_{10}\left(\frac{2 w_{1} w_{2}}{w_{1}^{2} + w_{2}^{2}}\right)",
    example={"w1_um": "4.6 μm", "w2_um": "1.5 μm"},
    cautions=(Caution(lambda w1_um, w2_um: _looks_like_diameter(w1_um, w2_um), _DIAMETER),),
)  # fmt: skip
def mode_mismatch_loss_db(w1_um: Decimal, w2_um: Decimal) -> Decimal:
    """Loss in dB between two aligned modes whose 1/e² radii are w1_um and w2_um."""
    return 2 * _db(1 + 2 * _excess(w1_um, w2_um))


@formula(
    name=Words("Lateral offset loss", "横向偏移损耗"),
    aliases=(
        "lateral offset", "lateral loss", "lateral misalignment", "lateral offset loss", "transverse offset",
        "transverse misalignment", "offset loss", "radial offset", "core offset",
        "横向偏移", "横向错位", "横向失准", "横向偏差", "横向对准", "侧向偏移", "偏移损耗", "横向损耗", "对准偏差",
    ),
    parameters=(_OFFSET, _W1, _OPTIONAL_W2),
    outputs=(
        Output("loss_db", "L", "dB", Words("lateral offset loss", "横向偏移损耗"),
               "10 ÷ ln 10 × 2 × ({d_um})^2 ÷ (({w1_um})^2 + ({w2_um})^2)",
               "10 ÷ ln 10 × ({d_um} ÷ {w1_um})^2",
               cues=("offset loss", "lateral loss", "偏移损耗", "耦合损耗")),
    ),
    assumptions=(_RADIUS, _GAUSSIAN, _ALONE),
    source=_MARCUSE,
    latex=r"L = \frac{10}{\ln 10} \times \frac{2 d^{2}}{w_{1}^{2} + w_{2}^{2}}",
    example={"d_um": "1 μm", "w1_um": "4.6 μm"},
    cautions=(Caution(lambda d_um, w1_um, w2_um: _looks_like_diameter(w1_um, w2_um), _DIAMETER),),
)  # fmt: skip
def lateral_loss_db(d_um: Decimal, w1_um: Decimal, w2_um: Decimal | None = None) -> Decimal:
    """Loss in dB that an offset d_um adds between modes of radii w1_um and w2_um, which is w1_um for None."""
    return _db_of_exponent(2 * d_um**2 / _squares(w1_um, w2_um))


def _squares(w1_um: Decimal, w2_um: Decimal | None) -> Decimal:
    return w1_um**2 + (w1_um if w2_um is None else w2_um) ** 2


@formula(
    name=Words("Angular tilt loss", "角度偏差损耗"),
    aliases=(
        "angular tilt", "tilt loss", "angular loss", "angular misalignment", "tilt misalignment", "angle misalignment",
        "angular offset", "tilted fiber", "tilted fibre",
        "角度偏差", "角度失准", "角度偏移", "倾斜损耗", "角度损耗", "倾角损耗", "角向失准", "角偏差", "角度误差",
    ),
    parameters=(_TILT, _W, _WAVELENGTH, _GAP_INDEX),
    outputs=(
        Output("loss_db", "L", "dB", Words("angular tilt loss", "角度偏差损耗"),
               "10 ÷ ln 10 × (π × {n} × {w_um} × ({theta_deg} × π ÷ 180) ÷ {wavelength_um})^2",
               cues=("tilt loss", "angular loss", "倾斜损耗", "角度损耗", "耦合损耗")),
    ),
    assumptions=(_RADIUS, _GAUSSIAN, _ALONE,
                 Words("The angle is small and the modes are equal.", "角度很小，且两模场尺寸相同。")),
    source=_MARCUSE,
    latex=r"L = \frac{10}{\ln 10} \times \left(\frac{\pi n w \theta}{\lambda}\right)^{2}",
    example={"theta_deg": "1 deg", "w_um": "4.6 μm", "wavelength_um": "1310 nm", "n": "1"},
    cautions=(Caution(lambda w_um, **_: _looks_like_diameter(w_um), _DIAMETER),),
)  # fmt: skip
def angular_loss_db(theta_deg: Decimal, w_um: Decimal, wavelength_um: Decimal, n: Decimal) -> Decimal:
    """Loss in dB of a tilt in degrees between equal modes of radius w_um, in a medium of index n."""
    return _db_of_exponent((PI * n * w_um * theta_deg * PI / 180 / wavelength_um) ** 2)


@formula(
    name=Words("Longitudinal gap loss", "纵向间隙损耗"),
    aliases=(
        "gap loss", "longitudinal gap", "longitudinal loss", "longitudinal offset", "longitudinal misalignment",
        "axial gap", "axial misalignment", "air gap", "end gap", "end separation", "working distance",
        "纵向间隙", "纵向损耗",
        "纵向失准", "纵向偏移", "间隙损耗", "轴向间隙", "轴向偏移", "端面间距", "端面间隙", "气隙",
        "空气间隙",
    ),
    parameters=(_GAP, _W, _WAVELENGTH, _GAP_INDEX),
    outputs=(
        Output("loss_db", "L", "dB", Words("longitudinal gap loss", "纵向间隙损耗"),
               "10 × log₁₀(1 + ({gap_um} × {wavelength_um} ÷ (2 × π × {n} × ({w_um})^2))^2)",
               cues=("gap loss", "间隙损耗", "耦合损耗")),
    ),
    assumptions=(_RADIUS, _GAUSSIAN, _ALONE,
                 Words("Between two equal modes the gap counts against twice the Rayleigh range: 0.97 dB at one range. "
                       "Calculators that use the range itself give 3.01 dB there, which is wrong.",
                       "两相同模场之间，间隙应与两倍瑞利距离相比：一个瑞利距离处为 0.97 dB；直接用瑞利距离"
                       "会得到错误的 3.01 dB。")),
    source=f"Joyce and DeLoach, Applied Optics 23 (1984) 4187, and {_MARCUSE}",
    latex=r"L = 10\,\log_{10}\left(1 + Z^{2}\right);\quad Z = \frac{g\lambda}{2\pi n w^{2}}",
    example={"gap_um": "20 μm", "w_um": "4.6 μm", "wavelength_um": "1310 nm", "n": "1"},
    cautions=(Caution(lambda w_um, **_: _looks_like_diameter(w_um), _DIAMETER),),
)  # fmt: skip
def longitudinal_loss_db(gap_um: Decimal, w_um: Decimal, wavelength_um: Decimal, n: Decimal) -> Decimal:
    """Loss in dB of a gap between equal modes of radius w_um, filled with a medium of index n."""
    return _db(1 + (gap_um * wavelength_um / (2 * PI * n * w_um**2)) ** 2)


@formula(
    name=Words("Fresnel reflection loss of a surface", "单界面菲涅尔反射损耗"),
    aliases=(
        "fresnel", "fresnel loss", "fresnel reflection", "reflection loss", "reflection at the interface",
        "reflection at an interface", "菲涅尔", "菲涅耳", "反射损耗", "界面反射", "端面反射",
    ),
    parameters=(
        Parameter("n1", "n₁", "", Words("index on one side", "一侧折射率"), _ONE, _DENSEST, turns=("n2",),
                  cues=("n1", "n", "glass", "silica", "fiber", "fibre", "silicon", "index", "indices", "玻璃", "石英",
                        "光纤", "硅", "折射率"),
                  leads=("from", "between", "从")),
        Parameter("n2", "n₂", "", Words("index on the other side", "另一侧折射率"), _ONE, _DENSEST, turns=("n1",),
                  cues=("n2", "air", "index", "indices", "折射率", "epoxy", "water", "空气", "胶", "环氧"),
                  leads=("to", "into", "and", "与", "和", "到")),
    ),
    outputs=(
        Output("loss_db", "L", "dB", Words("reflection loss of one surface", "单个界面的反射损耗"),
               "−10 × log₁₀(1 − (({n1} − {n2}) ÷ ({n1} + {n2}))^2)",
               cues=("fresnel loss", "reflection loss", "反射损耗")),
    ),
    assumptions=(
        Words("Light meets a bare surface straight on; two surfaces close together interfere, and then lose from "
              "nothing to nearly four times as much as one.",
              "光垂直入射到无镀膜界面；两个相距很近的界面会发生干涉，损耗可在零至单面近四倍之间变化。"),
    ),
    source="Fresnel's equations at normal incidence.",
    latex=r"L = -10\,\log_{10}\left(1 - \left(\frac{n_{1} - n_{2}}{n_{1} + n_{2}}\right)^{2}\right)",
    example={"n1": "1.45", "n2": "1"},
)  # fmt: skip
def fresnel_loss_db(n1: Decimal, n2: Decimal) -> Decimal:
    """Loss in dB by reflection at one surface between media of indices n1 and n2."""
    return _db(1 + _excess(n1, n2))


_SUM_OF_SQUARES = "(({w1_um})^2 + ({w2_um})^2)"


@formula(
    name=Words("Total coupling loss between two Gaussian modes", "高斯模场总耦合损耗"),
    aliases=(
        "total coupling loss", "overall coupling loss", "combined coupling loss", "gaussian coupling",
        "fiber-to-chip coupling", "fibre-to-chip coupling", "fiber to chip coupling", "fiber coupling loss",
        "fibre coupling loss", "all misalignments",
        "总耦合损耗", "耦合总损耗", "光纤耦合损耗", "光纤到芯片的耦合损耗", "高斯耦合", "综合耦合损耗",
    ),
    parameters=(
        replace(_W1, wavy=True, turns=("w2_um",)),
        replace(_W2, wavy=True, turns=("w1_um",)),
        replace(_OFFSET, name="lateral_um", default=_ZERO),
        replace(_TILT, name="tilt_deg", default=_ZERO),
        replace(_GAP, default=_ZERO),
        replace(_WAVELENGTH, wavy=True),
        replace(_GAP_INDEX, wavy=True, turns=("n_glass",)),
        Parameter("n_surfaces", "nₛ", "", Words("bare surfaces on the way", "无镀膜界面数"), _ZERO, Decimal(4),
                  shape="integer", default=Decimal(2), cues=("surfaces", "uncoated surfaces", "interfaces", "facets",
                                                             "个界面", "个端面", "界面", "端面")),
        Parameter("n_glass", "n_g", "", Words("refractive index of the fibre", "光纤折射率"), _ONE, _DENSEST,
                  turns=("n",), default=Decimal("1.45"), cues=("glass", "silica", "fiber index", "fibre index", "玻璃",
                                                               "光纤折射率")),
    ),
    outputs=(
        Output("mode_mismatch", "L_m", "dB", Words("mode-size mismatch", "模场失配"),
               f"−20 × log₁₀(2 × {{w1_um}} × {{w2_um}} ÷ {_SUM_OF_SQUARES})", cues=("mismatch", "失配")),
        Output("lateral", "L_d", "dB", Words("lateral offset", "横向偏移"),
               f"10 ÷ ln 10 × 2 × ({{lateral_um}})^2 ÷ {_SUM_OF_SQUARES}", cues=("lateral loss", "横向损耗")),
        Output("tilt", "L_θ", "dB", Words("tilt", "倾斜"),
               "10 ÷ ln 10 × (π × {n} × ({tilt_deg} × π ÷ 180) × {w1_um} × {w2_um} ÷ {wavelength_um})^2 × 2 ÷ "
               f"{_SUM_OF_SQUARES}", cues=("tilt loss", "倾斜损耗")),
        Output("gap", "L_g", "dB", Words("gap", "间隙"),
               f"10 × log₁₀(1 + ({{gap_um}} × {{wavelength_um}} ÷ (π × {{n}} × {_SUM_OF_SQUARES}))^2)",
               cues=("gap loss", "间隙损耗")),
        Output("fresnel", "L_F", "dB", Words("reflections", "反射"),
               "{n_surfaces} × −10 × log₁₀(1 − (({n_glass} − {n}) ÷ ({n_glass} + {n}))^2)",
               cues=("reflection loss", "反射损耗")),
        Output("total", "L", "dB", Words("total coupling loss", "总耦合损耗"),
               "{mode_mismatch} + {lateral} + {tilt} + {gap} + {fresnel}",
               cues=("total coupling loss", "coupling loss", "in all", "总损耗", "总耦合损耗", "耦合损耗")),
    ),
    assumptions=(
        _RADIUS,
        _GAUSSIAN,
        Words("The parts are added. Mismatch with one misalignment is exact that way; several at once, such as an "
              "offset with a tilt, also act on each other, so above about 1 dB use an overlap integral.",
              "各项相加；失配加单项失准时精确成立，偏移与倾斜等多项并存时相互影响，超过约 1 dB 应作重叠积分。"),
        Words("Taper and waveguide losses are not in it, and these weigh most in the 1 to 2 dB measured from fibre to "
              "photonic chip.",
              "未含锥形与波导损耗，而实测 1–2 dB 的光纤到芯片损耗往往以此为主。"),
    ),
    source=f"Sum of this group's relations, for unequal modes too; {_MARCUSE} Corning (ECOC 2026) on measured losses.",
    latex=r"L = L_{m} + L_{d} + L_{\theta} + L_{g} + n_{s} L_{F};\quad "
          r"L_{m} = -20\,\log_{10}\frac{2w_{1}w_{2}}{w_{1}^{2}+w_{2}^{2}};\quad "
          r"L_{d} = \frac{10}{\ln 10}\,\frac{2d^{2}}{w_{1}^{2}+w_{2}^{2}};\quad "
          r"L_{\theta} = \frac{10}{\ln 10}\left(\frac{\pi n \theta w_{1} w_{2}}{\lambda}\right)^{2}"
          r"\frac{2}{w_{1}^{2}+w_{2}^{2}};\quad "
          r"L_{g} = 10\,\log_{10}\left(1+\left(\frac{g\lambda}{\pi n (w_{1}^{2}+w_{2}^{2})}\right)^{2}\right);\quad "
          r"L_{F} = -10\,\log_{10}\left(1-\left(\frac{n_{g}-n}{n_{g}+n}\right)^{2}\right)",
    example={"w1_um": "4.6 μm", "w2_um": "4.6 μm", "lateral_um": "0.5 μm", "tilt_deg": "0.3 deg", "gap_um": "5 μm",
             "wavelength_um": "1310 nm", "n": "1.45"},
    cautions=(
        Caution(lambda w1_um, w2_um, **_: _looks_like_diameter(w1_um, w2_um), _DIAMETER),
        Caution(lambda n_surfaces, n_glass, **given: sum(_misalignments(**given)) > 1,
                Words("The misalignments cost more than 1 dB together, where adding them is no longer accurate.",
                      "各项失准合计超过 1 dB，简单相加已不准确。")),
    ),
)  # fmt: skip
def coupling_total_loss_db(
    w1_um: Decimal, w2_um: Decimal, lateral_um: Decimal, tilt_deg: Decimal, gap_um: Decimal, wavelength_um: Decimal,
    n: Decimal, n_surfaces: Decimal, n_glass: Decimal,
) -> tuple[Decimal, Decimal, Decimal, Decimal, Decimal, Decimal]:  # fmt: skip
    """Losses in dB by mismatch, lateral offset, tilt, gap and reflection, and their sum."""
    parts = (
        mode_mismatch_loss_db(w1_um, w2_um),
        *_misalignments(w1_um, w2_um, lateral_um, tilt_deg, gap_um, wavelength_um, n),
        n_surfaces * fresnel_loss_db(n_glass, n),
    )
    return *parts, sum(parts, _ZERO)


def _misalignments(
    w1_um: Decimal, w2_um: Decimal, lateral_um: Decimal, tilt_deg: Decimal, gap_um: Decimal, wavelength_um: Decimal,
    n: Decimal,
) -> tuple[Decimal, Decimal, Decimal]:  # fmt: skip
    """Losses in dB by lateral offset, tilt and gap.

    For unequal modes the gap acts on their root mean square radius, and the tilt on w1 × w2 over it.
    """
    mean = (_squares(w1_um, w2_um) / 2).sqrt()
    return (
        lateral_loss_db(lateral_um, w1_um, w2_um),
        angular_loss_db(tilt_deg, w1_um * w2_um / mean, wavelength_um, n),
        longitudinal_loss_db(gap_um, mean, wavelength_um, n),
    )


@formula(
    name=Words("Lateral offset that costs a given loss", "给定损耗的横向对准容差"),
    aliases=(
        "alignment tolerance", "lateral tolerance", "offset tolerance", "misalignment tolerance", "1-dB tolerance",
        "1 dB tolerance", "placement tolerance", "alignment accuracy", "how precisely", "tolerable offset",
        "allowed offset", "what offset", "what lateral offset", "offset costs", "how much offset", "offset is allowed",
        "对准容差", "对准公差", "对准精度", "偏移容差", "横向容差", "贴装容差", "允许偏移", "允许多大的偏移",
        "允许多大偏移", "允许多大的横向偏移",
        "1 dB 容差", "1dB容差",
    ),
    parameters=(
        Parameter("loss_db", "L", "dB", Words("loss that may be spent", "允许的附加损耗"), _ZERO, Decimal(100),
                  above=True, cues=("loss", "penalty", "tolerance", "budget", "损耗", "代价", "容差")),
        _W1,
        _OPTIONAL_W2,
    ),
    outputs=(
        Output("offset_um", "d", "μm", Words("lateral offset that costs it", "对应的横向偏移"),
               "√({loss_db} × ln 10 ÷ 10 × (({w1_um})^2 + ({w2_um})^2) ÷ 2)", "{w1_um} × √({loss_db} × ln 10 ÷ 10)",
               cues=("tolerance", "offset", "how far", "容差", "公差", "偏移", "多少微米")),
    ),
    assumptions=(_RADIUS, _GAUSSIAN, _ALONE),
    source="Inverse of lateral_loss_db; a paper on graded-index couplers (arXiv 2503.00121) reports ±2.24 μm for 1 dB, "
           "close to what a 4.6 μm radius gives.",
    latex=r"d = \sqrt{\frac{L \ln 10}{10} \times \frac{w_{1}^{2} + w_{2}^{2}}{2}}",
    example={"loss_db": "1 dB", "w1_um": "4.6 μm"},
    cautions=(Caution(lambda w1_um, w2_um, **_: _looks_like_diameter(w1_um, w2_um), _DIAMETER),),
)  # fmt: skip
def lateral_tolerance_um(loss_db: Decimal, w1_um: Decimal, w2_um: Decimal | None) -> Decimal:
    """Lateral offset in μm, to either side, at which the loss by it reaches loss_db."""
    return (loss_db * _LN10 / 10 * _squares(w1_um, w2_um) / 2).sqrt()


def _looks_like_diameter(*radii: Decimal | None) -> bool:
    return any(radius is not None and 8 <= radius <= 11 for radius in radii)
