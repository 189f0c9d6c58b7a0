"""The concepts in a piece of text, so that words never declared for a formula are still known by what they mean."""

import re
from collections.abc import Mapping
from functools import cache, lru_cache
from math import log

from agent.calculator.formula import Formula, Parameter
from agent.calculator.registry import formulas, lookup

_SYNONYMS = (
    ("electricity", "power bill", "utility bill", "bill", "electric", "电费", "用电", "耗电", "电量"),
    ("cost", "price", "money", "expense", "spend", "pay", "bill", "费用", "花费", "成本", "价格", "电费"),
    ("annual", "yearly", "year", "annually", "一年", "每年", "全年", "年度"),
    ("carbon", "co2", "emission", "footprint", "排碳", "碳排", "二氧化碳"),
    ("rise", "warmer", "hotter", "heat", "warm", "升温", "温升", "升高", "变热"),
    ("coolant", "water", "liquid", "冷却", "冷却液", "水温"),
    ("temperature", "hot", "degree", "thermal", "温度", "升温", "温升"),
    ("shift", "drift", "move", "wander", "漂移", "移动", "漂"),
    ("swing", "window", "excursion", "温差", "窗口"),
    ("saving", "save", "cut", "reduction", "saved", "节电", "省电", "节省", "省下", "节能"),
    ("watt", "power", "draw", "burn", "dissipate", "consumption", "consume", "功耗", "功率"),
    ("optics", "optical", "photonic", "光互连", "光互联", "光学"),
    ("cluster", "system", "集群", "系统"),
    ("loss", "attenuation", "lose", "损耗", "损失", "衰减"),
    ("offset", "misalignment", "displacement", "misaligned", "shifted", "偏移", "错位", "偏差", "对偏"),
    ("lateral", "sideway", "transverse", "横向"),
    ("tilt", "angle", "angular", "tilted", "倾斜", "角度", "倾角"),
    ("gap", "longitudinal", "separation", "纵向", "间隙"),
    ("reflection", "fresnel", "reflect", "反射", "菲涅尔"),
    ("splitter", "split", "splitting", "分光", "分路"),
    ("fiber", "fibre", "strand", "光纤", "纤"),
    ("density", "密度"),
    ("edge", "shoreline", "beachfront", "边缘", "海岸线", "边长", "岸线"),
    ("laser", "source", "激光器", "光源"),
    ("host", "server", "gpu", "endpoint", "主机", "服务器"),
    ("spare", "stock", "备件", "备用", "备货"),
    ("failure", "fail", "breakdown", "故障", "失效"),
    ("survival", "survive", "存活", "无故障"),
    ("availability", "uptime", "available", "可用度", "可用率", "可用性"),
    ("downtime", "outage", "停机", "宕机"),
    ("latency", "delay", "时延", "延迟"),
    ("flight", "propagation", "propagate", "travel", "transit", "传播", "飞行"),
    ("yield", "良率", "成品率", "合格率"),
    ("die", "chip", "裸片", "芯片", "管芯"),
    ("defect", "缺陷"),
    ("escape", "slip", "漏检", "逃逸"),
    ("good", "合格", "良品"),
    ("share", "portion", "份额", "占比", "市占率"),
    ("growth", "grow", "growing", "增长", "增速", "增幅"),
    ("double", "doubling", "doubled", "翻番", "翻倍", "翻一番", "倍增"),
    ("payback", "recoup", "recover", "回收期", "回本"),
    ("margin", "headroom", "余量", "裕量"),
    ("shortfall", "shortage", "缺口", "短缺"),
    ("import", "进口"),
    ("bandwidth", "throughput", "capacity", "带宽", "容量"),
    ("engine", "引擎"),
    ("lane", "channel", "通道"),
    ("sensitivity", "灵敏度"),
    ("junction", "结温"),
    ("flux", "热流"),
    ("heater", "tuning", "tune", "加热", "调谐"),
    ("mismatch", "失配"),
    ("tolerance", "容差", "公差"),
    ("acceleration", "accelerate", "加速"),
    ("efficiency", "wall-plug", "效率"),
    ("convert", "转换", "换算"),
)
"""Words of one meaning, in both languages; a word may belong to several."""

_STOP = frozenset(
    "a an the of in on at by to for from with and or is are was were be do does did will would can could how many "
    "much what which that this it its there here we our my i you your per each one all any into as if when than then "
    "please tell me give get gets has have had need needs want take takes come comes work works result answer figure "
    "number value show calculate compute find would hi hello thank thanks".split()
)
_WORD = re.compile(r"(?<![a-z0-9])[a-z]+(?:-[a-z]+)*(?![a-z0-9])")
_HAN = re.compile(r"[一-龥]{2,}")
_ENDING = re.compile(r"(?:(?<=[a-z]{3})'s|(?<=[a-z]{4})(?:ings?|ed|es|s)|(?<=[a-z]{2}[^su\W])s)$")
_FROM_ZH = re.compile(r"由.*?[求算]")
_EMPTY = frozenset("了的是多少几之百么吗呢请问在和与为个要将把被从由到至后前又再且各每这那其所有总共合计整体全")
_CODE = re.compile(r"(?<![a-z0-9])(?!pam)[a-z]+[0-9]+(?![a-z0-9])")
_LEAST_TELLING = 1.0  # a word that half the formulas use tells nothing
_PER_WORD = 0.45
_MOST_TOLD = 3.5


@cache
def _meanings() -> Mapping[str, tuple[str, ...]]:
    table: dict[str, list[str]] = {}
    for group in _SYNONYMS:
        for word in group:
            table.setdefault(_stem(word) if word.isascii() else word, []).append("=" + group[0])
    return {word: tuple(found) for word, found in table.items()}


@cache
def _han_words() -> tuple[str, ...]:
    return tuple(word for word in _meanings() if not word.isascii())


def _stem(word: str) -> str:
    stem = _ENDING.sub("", word)
    return stem[:-1] if len(stem) > 4 and stem.endswith("e") else stem


@lru_cache(maxsize=2048)
def concepts(text: str) -> frozenset[str]:
    """What a text in lower case speaks of: its words by their stems, pairs of Han characters, and their meanings."""
    found: set[str] = set()
    known = _meanings()
    for match in _WORD.finditer(text):
        if match[0] in _STOP:
            continue
        stem = _stem(match[0])
        found.update(known.get(stem, (stem,)))
    for word in _han_words():
        if word in text:
            found.update(known[word])
    for run in _HAN.finditer(text):
        pairs = (run[0][at : at + 2] for at in range(len(run[0]) - 1))
        found.update(pair for pair in pairs if not _EMPTY & set(pair))
    return frozenset(found)


@cache
def _vocabulary() -> tuple[Mapping[str, frozenset[str]], Mapping[tuple[str, str], frozenset[str]], Mapping[str, float]]:
    """Formula → its concepts; (formula, output) → those of the output; concept → how telling it is."""
    of_formula, of_output = {}, {}
    for known in formulas():
        names = (known.name.en.partition(" from ")[0], _FROM_ZH.sub("", known.name.zh), *known.aliases)
        of_formula[known.id] = concepts(" ; ".join(names).lower())
        for output in known.outputs:
            words = (output.meaning.en, output.meaning.zh, *output.cues)
            of_output[known.id, output.name] = concepts(" ; ".join(words).lower())
    used: dict[str, int] = {}
    for id_, own in of_formula.items():
        everywhere = own.union(*(words for (formula, _), words in of_output.items() if formula == id_))
        for word in everywhere:
            used[word] = used.get(word, 0) + 1
    return of_formula, of_output, {word: log(len(of_formula) / count) for word, count in used.items()}


def spoken_of(text: str) -> dict[tuple[str, str], float]:
    """(Formula, output) → how much a text in lower case speaks of it by its concepts, where it does at all."""
    of_formula, of_output, telling = _vocabulary()
    said = {word: telling[word] for word in concepts(text) if telling.get(word, 0.0) >= _LEAST_TELLING}
    scores = {}
    for (formula, output), own in of_output.items():
        words = own | of_formula[formula]
        if score := sum(weight * (1.0 if word in own else 0.9) for word, weight in said.items() if word in words):
            scores[formula, output] = min(_MOST_TOLD, _PER_WORD * score)
    return scores


def is_unknown(text: str) -> bool:
    """Whether a text in lower case speaks of something in Latin letters that no formula speaks of ("CR3", "IRR")."""
    telling = _vocabulary()[2]
    latin = (word for word in concepts(text) if word[0].isascii() and word[0] != "=")
    return bool(_CODE.search(text)) or any(word not in telling for word in latin)


@cache
def _own_concepts(formula_id: str) -> Mapping[str, frozenset[str]]:
    """Argument → the concepts that of all arguments of the formula only it has."""
    parameters = lookup(formula_id).parameters
    sets = {p.name: concepts(" ; ".join((p.meaning.en, p.meaning.zh, *p.cues)).lower()) for p in parameters}
    return {
        name: own.difference(*(other for peer, other in sets.items() if peer != name)) for name, own in sets.items()
    }


def hints(text: str, formula: Formula, parameter: Parameter) -> bool:
    """Whether a text in lower case names an argument by a concept that no other argument of the formula has."""
    return bool(text) and not _own_concepts(formula.id).get(parameter.name, frozenset()).isdisjoint(concepts(text))
