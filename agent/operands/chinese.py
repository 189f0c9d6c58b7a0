"""Read what a Chinese question asks to be worked out, and the commonest Japanese ones."""

import re
from typing import Literal

from agent.operands.figures import spelled_scale
from agent.operands.intents import Comparison, Intent, Term, Threshold
from agent.operands.marks import MARKS, count_marks, without_marks
from agent.operands.plan import Operation
from agent.operands.ratios import find_ratio
from corpus.quantities import find_quantities

_UP = "(?:増加|減少|増減|増|増大|增长|增加|上升|提高|提升|下降|减少|降低|下滑|变化|变动|上涨|下跌|增减)"
_SHARE = "比例|比重|比率|百分比|份额|占比|百分之几?|几成"
_TEMPLATES: tuple[tuple[Operation, str], ...] = (
    ("cagr", r"(?P<a>.+?)的?(?:年均?|年化)?(?:复合(?:年?均?)?(?:增长率|增速|增长)|CAGR|年平均成長率)"),
    ("share", r"(?P<b>.+?)に占める(?P<a>.+?)の(?:割合|比率)"),
    ("share", rf"(?P<a>.+?)[在占](?P<b>.+?)(?:中所占|中占|中)?的?(?P<kind>{_SHARE})"),
    ("share", r"(?P<a>.+?)占了?(?P<b>.+?)的?$"),
    ("share", r"(?P<a>.+?)[是为](?P<b>.+?)的?(?:百分之(?:几|多少)?|几成|多少%)"),
    ("times", r"(?P<a>.+?)(?:[与和跟同と]|对(?!比))(?P<b>.+?)(?:之间)?[的の]?(?:比值|之比|比例|比率|比(?!特))"),
    ("times", r"(?P<a>.+?)(?:是|为|は|相当于)(?P<b>.+?)[的の]?(?:多少|几|何)?倍"),
    ("growth", rf"(?P<a>.+?)[的の]?(?:同比|环比|年)?{_UP}(?:率|幅度|的?百分比|比例|了?百分之几)"),
    ("growth", r"(?P<a>.+?)的?(?:同比|环比)?(?:增幅|增速|降幅|涨幅|跌幅|伸び率|成長率|前年比)"),
    ("growth", rf"(?P<a>.+?)(?:同比|环比){_UP}?(?![增减变]|.{{0,2}}[额量值])"),
    ("difference", r"(?P<a>.+?)[与和跟同と](?P<b>.+?)(?:之间|的|相|の)*(?:差额|差值|差距|差异|之差|相差|差)"),
    ("difference", r"(?P<a>.+?)(?:减去?|扣除)(?P<b>.+)"),
    (
        "difference",
        r"(?P<a>.+?)(?:(?<!对)比(?!特)|より)(?P<b>.+?)的?(?P<higher>(?<!提)高|(?<!降)低|多|(?<!减)少|大|小|贵|便宜|省)",
    ),
    ("change", rf"(?P<a>.+?)[的の]?净?(?:{_UP}|增量)(?:了|额|量|值|多少)*"),
)
_PATTERNS = tuple((operation, re.compile(pattern)) for operation, pattern in _TEMPLATES)
_GATHERING: tuple[tuple[Operation, re.Pattern[str]], ...] = (
    ("average", re.compile(r"的?(?:算术)?平均(?:值|数|额|水平|は)?|均值|年均")),
    ("sum", re.compile(r"的?(?:合计|总和|之和|总计|一共|共计|累计|总共|加起来|合計|総額)")),
    ("highest", re.compile(r"最高|最大|最多")),
    ("lowest", re.compile(r"最低|最小|最少")),
)
_COUNT = re.compile(
    r"(?P<what>.*?)[有共]?(?:几|多少)个?(?:年度?|家|项|种|个|季度|款|次)?的?(?P<term>.*?)"
    r"(?P<word>不低于|不超过|至少|超过|高于|大于|多于|低于|小于|少于|不足|不到)(?P<limit>.+)"
)
_COMPARISONS: dict[str, Comparison] = {
    "不低于": "≥", "至少": "≥", "不超过": "≤", "低于": "<", "小于": "<", "少于": "<", "不足": "<", "不到": "<",
}  # fmt: skip
_LESS = ("低", "少", "小", "便宜", "省")
_NO_NUMBER = re.compile(r"[增涨翻][长加了]*(?:多少|几)倍|为什么|为何|原因|谁|哪里|なぜ|理由")
_COMPARED = re.compile(rf"(?:比|较|相比|相较于?|对比|与|和)(?:[{MARKS}]|同期|年|末|底|的|相比)+$")
_WHICH = re.compile(r"[在是]?哪(?:一|个|几)?(?:年度?|季度?|个?月|项|家|种|款|个)?的?|どの(?:年度?|四半期)")
_CHANGED = re.compile(_UP)
_EVERY = re.compile("各|所有|全部|每")
_PERCENT = re.compile("百分之|％|%|百分比")
_AMOUNT = re.compile(r"多少(?:个(?!百分))?[十百千万亿]*(?:元|美元|日元|円|欧元|人|台|只|吨|瓦|家)")
_POINTS = re.compile("个?百分点")
_PERIOD_WORDS = re.compile(rf"[{MARKS}\W]|年度?|在|从|的")
_NOISE = re.compile(
    r"在?(?:保留|取).{0,8}?(?:小数点?后?.{0,4}?位|位?小数|整数|个位|有效(?:数字|位数)(?:.{1,2}位)?)(?:的?(?:情况|形式)下?)?(?:给出|精确度)?|以.{0,6}的形式给出"
    r"|精确到.{0,12}位(?:小数)?|(?:精确|保留|四舍五入)[到至为](?:最接近的?)?(?:[十百千]?[万亿]|[百千])?(?:[美欧日]?元)?|取整"
    r"|结果请?|请(?:您?告诉我|提供|问|计算出?|算出?|帮我)?|计?算出?|根据"
    r"|的?年报(?:数据|中提及的|中)?中?|年度报告中?的?|提及的|具体|的?财务数据中?|的时候"
    r"|(?:大约|大概)?[是为有]?(?:多少|几何|什么)[呢啊吗]?|并(?=$|\s|，|,)|四舍五入|[？?。！（）()]"
)


def read_chinese(question: str) -> list[Intent]:
    """The ways to read a question whose periods are marks; empty where it asks for no operation known here."""
    if _NO_NUMBER.search(question):
        return []
    if (counted := _COUNT.search(question)) and (count := _count(counted)):
        return [count]
    plain = _NOISE.sub(" ", question).strip()
    if (ratio := find_ratio(plain)) and not (_CHANGED.search(plain) and count_marks(question) > 1):
        return [Intent("ratio", (Term(ratio.cut_from(plain)),), ratio=ratio, unit=ratio.unit)]
    for operation, pattern in _PATTERNS:
        if (match := pattern.match(plain)) and (intent := _read_match(operation, match, question)):
            return [intent]
    for operation, pattern in _GATHERING:
        if found := pattern.search(plain):
            term = _WHICH.sub(" ", f"{plain[: found.start()]} {plain[found.end() :]}")
            return [Intent(operation, (Term(term),), every=bool(_EVERY.search(plain)))]
    return []


def _read_match(operation: Operation, match: re.Match[str], question: str) -> Intent | None:
    """The intent of a pattern's match, or None where it means something else."""
    groups = match.groupdict()
    first, second = groups["a"].strip(), (groups.get("b") or "").strip()
    first = _COMPARED.sub(lambda compared: re.sub(f"[^{MARKS}]", "", compared[0]), first)
    if operation in ("difference", "times"):
        if _only_periods(first):
            return None
        if _only_periods(second) and (operation == "times" or groups.get("higher")):  # so many times that of last year
            second = f"{without_marks(first)} {second}"
        elif _only_periods(second):  # more than in the year before
            operation, first, second = "change", f"{first} {second}", ""
    points = bool(_POINTS.search(question))
    if operation == "difference" and (word := groups.get("higher")):
        below = word in _LESS
        if _PERCENT.search(question) and not points:
            relative: Literal["below", "above"] = "below" if below else "above"
            return Intent(operation, (Term(first), Term(second)), unit="%", relative=relative)
        first, second = (second, first) if below else (first, second)
    if operation == "change" and _PERCENT.search(question) and not points:
        operation = "growth"
    elif operation == "growth" and (points or _AMOUNT.search(question)):
        operation = "change"
    plain = operation not in ("growth", "cagr", "share") or groups.get("kind") == "比例"
    terms = (Term(first), Term(second)) if second else (Term(first),)
    return Intent(operation, terms, unit="pp" if operation == "change" and points else "" if plain else "%")


def _count(match: re.Match[str]) -> Intent | None:
    limits = [one for one in find_quantities(match["limit"]) if one.kind in ("measure", "count")]
    if len(limits) != 1:
        return None
    limit = limits[0]
    threshold = Threshold(_COMPARISONS.get(match["word"], ">"), limit.low, limit.unit, spelled_scale(limit.text))
    of_periods = re.search(r"[几多少]个?[年季]", match[0])
    term = f"{match['what']} {match['term']}".replace("哪", " ")
    return Intent("count", (Term(term),), threshold=threshold, every=not of_periods)


def _only_periods(text: str) -> bool:
    return not _PERIOD_WORDS.sub("", text)
