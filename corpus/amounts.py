"""Amounts, as whoever checks a statement must read them: numbers, and all that says a number in other words.

To what ``corpus.quantities`` finds this adds words (一半, "a dozen"), units that stand apart ("0.3 litres of coolant a
minute", 每毫米140 Gb/s) and what a number says of a change, so that amounts of one size compare equal in whatever
language and form:

    >>> same_amounts("销量翻了一番", "sales rose by 100%"), same_amounts("增长两倍", "twofold")
    (True, False)

It costs more than ``find_quantities``, and is meant for claims and quotes, not for whole documents.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass, fields, replace
from decimal import Context, Decimal, localcontext
from functools import lru_cache

from corpus.quantities import Bound, Quantity, bound_at, find_quantities, flatten, same_quantity
from corpus.units import prefer, unit_at
from corpus.worded import Worded, read_words


@dataclass(frozen=True, slots=True)
class Amount(Quantity):
    """A quantity with what the words around it make of it.

    Attributes:
        ratio: The new value over the old one, where it tells a change: 2 for "doubled", 增长一倍 and "rose by 100%".
        part: "start", "middle" or "end" of a period: 年初, "late 2025".
        order: What it is the place of in an order: "generation" for 第三代, "any" for 第三; "" for others.
    """

    ratio: Decimal | None = None
    part: str = ""
    order: str = ""


@lru_cache(maxsize=512)
def find_amounts(text: str) -> tuple[Amount, ...]:
    """Every amount of a text, left to right, not overlapping."""
    plain = flatten(text)
    with localcontext(_EXACT):
        worded = [_of_words(text, one) for one in read_words(plain)] + _ranks(text, plain)
        written = [_per_one(plain, _of_quantity(one)) for one in find_quantities(text)]
        worded = [one for one in worded if not _meets(one, [time for time in written if time.kind == "time"])]
        written = [one for one in written if not _meets(one, worded) and not _is_per_one(plain, one)]
        amounts: list[Amount] = []
        for one in sorted(written + worded, key=lambda one: one.start):
            amounts[-1:] = _or_next(plain, amounts[-1:], _in_context(plain, one, amounts))
        return tuple(replace(one, text=text[one.start : one.end]) for one in amounts)


@lru_cache(maxsize=512)
def find_implied(text: str) -> tuple[Amount, ...]:
    """Amounts that words imply and nobody takes for numbers: "a micrometre", 双方."""
    plain = flatten(text)
    found: list[Amount] = []
    for one in _ONE_UNIT.finditer(plain):
        unit = unit_at(plain, one.end())
        if unit:
            found.append(
                Amount(one.start(), unit[2], text[one.start() : unit[2]], unit[0], unit[0], "=", unit[1], "measure")
            )
    once, two = Decimal(1), Decimal(2)
    found += [
        Amount(*each.span(), each[0], once, once, "=", f"per {each.lastgroup}", "count")
        for each in _EACH_WORDS.finditer(plain)
    ]
    return (*found, *(Amount(*both.span(), both[0], two, two, "=", "", "count") for both in _BOTH.finditer(plain)))


def same_amount(a: Quantity, b: Quantity) -> bool:
    """Whether two amounts say the same; "over 50%" is "50% and more" to whoever writes either."""
    a, b = _of_quantity(a), _of_quantity(b)
    if a.order and b.order:
        return a.low == b.low and (a.order == b.order or "any" in (a.order, b.order))
    if "time" in (a.kind, b.kind):
        return same_quantity(a, b) and (not a.part or not b.part or a.part == b.part)
    if a.kind == b.kind == "label" and not a.unit and not b.unit:
        return _PLAIN_NAME.sub("", a.text).casefold() == _PLAIN_NAME.sub("", b.text).casefold()
    if "label" in (a.kind, b.kind):
        return same_quantity(a, b)
    if _LOOSE.get(a.bound, a.bound) != _LOOSE.get(b.bound, b.bound):
        return False
    if a.unit == b.unit == "x":
        return (_factor(a), a.high - a.low) == (_factor(b), b.high - b.low)
    if a.ratio is not None and b.ratio is not None:  # a rise by half is no fall by half
        return a.ratio == b.ratio
    return _same_size(a, b)


def same_amounts(a: str, b: str) -> bool:
    """Whether two texts say the same amounts in the same order, and at least one."""
    left, right = find_amounts(a), find_amounts(b)
    return len(left) == len(right) > 0 and all(map(same_amount, left, right))


_PLAIN_NAME = re.compile(r"[\s-]")
_EXACT = Context(prec=80)
_SOUND = Context(prec=40)  # so that three thirds are one
_LOOSE: dict[Bound, Bound] = {">": "≥", "<": "≤", "~": "="}
_ONE_UNIT = re.compile(r"(?<![\w.])(?:an?|one|a single)\s|一", re.IGNORECASE)
_BOTH = re.compile(r"(?<![a-z])(?:both|a pair of|the two|twin)(?![a-z])|[双雙]方|[两兩]者|両[方社者]", re.IGNORECASE)


def _of_quantity(one: Quantity) -> Amount:
    return one if isinstance(one, Amount) else Amount(*(getattr(one, field.name) for field in fields(Quantity)))


def _of_words(text: str, one: Worded) -> Amount:
    share = one.unit == "share"
    kind = "measure" if one.unit else "count"
    unit = "" if share else one.unit
    words = text[one.start : one.end]
    return Amount(one.start, one.end, words, one.low, one.high, one.bound, unit, kind, one.ratio)  # type: ignore[arg-type]


def _meets(one: Amount, others: Sequence[Amount]) -> bool:
    return any(one.start < other.end and other.start < one.end for other in others)


def _is_per_one(text: str, one: Amount) -> bool:
    """Whether it is the "1" of 1ビットあたり, which divides what follows."""
    return bool(_PER_ONE.match(text, one.end))


def _per_one(text: str, one: Amount) -> Amount:
    """The "1" of 1日8000歩 or 1バレル83ドル, which counts nothing but divides what follows: in a unit of its own."""
    found = _BY_ONE.match(text, one.end) if one.low == one.high == 1 and not one.unit else None
    return replace(one, unit=f"per {_EACH_OF[found[1]]}") if found else one


def _or_next(text: str, before: list[Amount], one: Amount) -> list[Amount]:
    """The last amount and the next, as one range where they are neighbours: "two or three years"."""
    if before and before[0].kind == "count" and not before[0].unit and _OR.fullmatch(text, before[0].end, one.start):
        first = before[0]
        if one.low == one.high == first.low + 1 == first.high + 1 and one.kind != "label":
            return [replace(one, start=first.start, low=first.low)]
    return [*before, one]


_OR = re.compile(r"\s(?:or|to)\s|\s?或\s?")

# --- Equality ---------------------------------------------------------------------------------------------------------


def _factor(one: Amount) -> Decimal:
    return one.low if one.ratio is None else one.ratio


def _same_size(a: Amount, b: Amount) -> bool:
    (low, high, unit), (other_low, other_high, other_unit) = _size(a), _size(b)
    if unit != other_unit and not _is_either_yen(a, b):
        return False
    return _near(low, other_low) and _near(high, other_high)


def _size(one: Amount) -> tuple[Decimal, Decimal, str]:
    """Low, high and unit, with every share of a whole in percent and every span of years in months."""
    factor, unit = 1, one.unit
    if one.unit == "" and one.kind == "measure":
        factor, unit = 100, "%"
    elif one.unit == "years":
        factor, unit = 12, "months"
    low, high = (_SOUND.multiply(end, Decimal(factor)) for end in (one.low, one.high))
    return low, high, unit.removesuffix("/years")


def _near(a: Decimal, b: Decimal) -> bool:
    """Whether two values are equal; 33 and 33.3 are a third of 100, and 66.7 two."""
    a, b = _SOUND.plus(a), _SOUND.plus(b)
    if a == b:
        return True
    endless, short = sorted((a, b), key=lambda one: -len(one.as_tuple().digits))
    rounded = len(endless.as_tuple().digits) == _SOUND.prec and 1 < len(short.as_tuple().digits) < _SOUND.prec
    return rounded and endless.adjusted() == short.adjusted() and _SOUND.quantize(endless, short) == short


def _is_either_yen(a: Amount, b: Amount) -> bool:
    """Whether one has a bare ¥, in a text that does not tell whose, and the other says whose it is."""
    bare = any(one.text[:1] in "¥￥" and not _HAN.search(one.text) for one in (a, b))
    return bare and {a.unit, b.unit} <= {"CNY", "JPY"}


_HAN = re.compile("[\u3041-\u9fff]")

# --- What stands around a number --------------------------------------------------------------------------------------


def _in_context(text: str, one: Amount, before: Sequence[Amount]) -> Amount:
    """The amount with what the words around it say of it.

    Args:
        text: Flattened.
        before: The amounts to the left, so read already.
    """
    if one.kind == "time":
        return replace(one, part=_part(text, one))
    if one.kind == "label" or _goes_on_with_labels(text, one, before):
        return one if one.order or one.unit else replace(one, kind="label", order=_order(text, one, before))
    one = _signed(text, _celsius(text, one), before)
    one = _limited(text, _divided(text, one))
    return one if one.ratio is not None else replace(one, ratio=_ratio(text, one))


_PARTS = (
    (
        "start",
        re.compile(r"(?:early|beginning of|start of|初めの?)[ -]?$", re.I),
        re.compile(r"\s?年?(?:初|年初|前期|初头|初頭)"),
    ),
    ("middle", re.compile(r"(?:mid|middle of)[ -]?$", re.I), re.compile(r"\s?年?(?:年中|中期)")),
    ("end", re.compile(r"(?:late|end of|end|year-end|close of)[ -]?$", re.I), re.compile(r"\s?年?(?:[底末终終]|后期)")),
)


def _part(text: str, one: Amount) -> str:
    before = text[max(0, one.start - 16) : one.start] + re.match("(?:[a-z]+-)?", one.text, re.I)[0]  # type: ignore[index]
    return next((name for name, lead, tail in _PARTS if lead.search(before) or tail.match(text, one.end)), "")


_MINUS = re.compile(r"(?:(?<!正)[负負]|マイナス|(?<![a-z])minus)\s?$", re.IGNORECASE)
_DEGREES = re.compile(r"[摄攝]氏(?:约|約)?$")


def _signed(text: str, one: Amount, before: Sequence[Amount]) -> Amount:
    """ "minus 6 dBm", 负6 dBm; where a number stands before it, it is a subtraction."""
    sign = _MINUS.search(text[max(0, one.start - 8) : one.start])
    if sign is None or one.low < 0 or (before and one.start - before[-1].end <= len(sign[0]) + 1):
        return one
    return replace(one, low=-one.high, high=-one.low)


_LIMITED: tuple[tuple[Bound, re.Pattern[str]], ...] = (
    (">", re.compile(r"(?<![a-z])beyond\s(?:an?\s[a-z]+\sof\s)?$", re.IGNORECASE)),
    ("≤", re.compile(r"(?<![a-z])(?:maximum|max\.?|peak)\s(?:[a-z-]+\s){1,3}(?:of|is|at)\s$", re.IGNORECASE)),
    ("≥", re.compile(r"(?<![a-z])(?:minimum|min\.?)\s(?:[a-z-]+\s){1,3}(?:of|is|at)\s$", re.IGNORECASE)),
    (
        "≤",
        re.compile(
            r"最[大高][^，。；、\d]{0,6}(?:功率|损耗|損耗|温度|容量|速率|带宽|输出|距离|长度|电流|电压|功耗|值)[为是達达]?\s?$"
        ),
    ),
    (
        "≥",
        re.compile(
            r"最[小低][^，。；、\d]{0,6}(?:功率|损耗|損耗|温度|容量|速率|带宽|输出|距离|长度|电流|电压|功耗|值)[为是達达]?\s?$"
        ),
    ),
)


def _limited(text: str, one: Amount) -> Amount:
    """ "a maximum laser power of 20 dBm" is no more than that."""
    if one.bound != "=" or one.kind != "measure":
        return one
    before = text[max(0, one.start - 40) : one.start]
    return replace(one, bound=next((bound for bound, cue in _LIMITED if cue.search(before)), one.bound))


def _celsius(text: str, one: Amount) -> Amount:
    celsius = _DEGREES.search(text[max(0, one.start - 4) : one.start]) if one.unit == "度" else None
    return _led(text, replace(one, unit="°C"), len(celsius[0])) if celsius else one


def _led(text: str, one: Amount, by: int) -> Amount:
    """The amount with the bound that stands before the words that lead it in: "at least 每秒2吉比特"."""
    return replace(one, bound=bound_at(text, one.start - by, one.end)) if one.bound == "=" else one


# What divides an amount and stands apart from it.
_UNDIVIDED = frozenset(("", "x", "%", "pp", "s", "months", "years", "K"))
_EACH = re.compile(
    r"(?:\sof(?:\s[a-z-]+){1,3}?)?(?:\s(?P<a>an?)\s|\s(?:per|each|every|for each|for every|to the)\s|/)(?=[A-Za-z°μ])",
    re.IGNORECASE,
)
_EVERY = re.compile(r"[每毎](?:一|个|個)?\s?(?=[^\s\d])")
_EACH_OF = {"日": "day", "バレル": "barrel", "株": "share", "人": "person"}
_BY_ONE = re.compile(
    rf"({'|'.join(_EACH_OF)})(?:(?:あたり|当たり|当り|につき|平均|約|最大)|(?=\d)|の[^の、。]{{0,6}}[数量額高])"
)
_EACH_WORDS = re.compile(
    r"(?P<day>\b(?:daily|(?:a|per|each|every) day)\b|/day|[每毎][天日]|日均|日量)"
    r"|(?P<barrel>\b(?:a|per|each) barrel|/bbl|每桶)"
    r"|(?P<share>\b(?:a|per|each) share|每股)|(?P<person>\bper (?:person|capita|head)|人均|[每毎]人)",
    re.IGNORECASE,
)
_PER_ONE = re.compile(r"(?:あたり|当たり|当り|につき|毎に|ごとに)")
_ONE_BEFORE = re.compile(r"(?:1\s?)?[^\s\d]{1,14}$")
_UP_TO_NUMBER = re.compile(
    r"\s?(?:约|約|大约|仅|仅为|为|為|可达|达|高达|只有|需要?|消耗|产生|移动|移動|変化)?\s?(?:US)?[$€£¥]?"
)
_REACH = 14


def _divided(text: str, one: Amount) -> Amount:
    """The amount per what the words before or after it say: 每毫米140 Gb/s, "0.3 litres of coolant a minute"."""
    if one.unit in _UNDIVIDED or "/" in one.unit.removesuffix("b/s").removesuffix("B/s"):
        return one
    return _divided_after(text, one) or _divided_before(text, one) or one


def _divided_after(text: str, one: Amount) -> Amount | None:
    each = _EACH.match(text, one.end)
    below = unit_at(text, each.end(), divisor=True) if each else None
    if each is None or below is None or (each["a"] and below[1] == "b" and one.unit != "J"):  # "5 W a bit later"
        return None
    return _led(text, replace(_over(one, below), end=below[2]), 0) if below[1] != one.unit else None


def _divided_before(text: str, one: Amount) -> Amount | None:
    lead = text[max(0, one.start - _REACH) : one.start]
    base = one.start - len(lead)
    for every in reversed(list(_EVERY.finditer(lead))):
        below = _divisor(text, base + every.end())
        if below and _UP_TO_NUMBER.fullmatch(text, below[2], one.start):
            return _led(text, _over(one, below), len(lead) - every.start())
    per = next(_PER_ONE.finditer(lead), None)
    if per and _UP_TO_NUMBER.fullmatch(lead, per.end()) and (unit := _unit_before(text, base + per.start())):
        first = base + per.start() - len(_ONE_BEFORE.search(text[: base + per.start()])[0])  # type: ignore[index]
        return _led(text, _over(one, unit), one.start - first)
    return None


def _divisor(text: str, at: int) -> tuple[Decimal, str, int] | None:
    if text.startswith(("分钟", "分鐘", "分"), at):
        return Decimal(60), "s", at + (2 if text.startswith(("分钟", "分鐘"), at) else 1)
    return unit_at(text, at, divisor=True)


def _unit_before(text: str, end: int) -> tuple[Decimal, str, int] | None:
    """The longest unit that ends at ``text[end]``: 1ビットあたり."""
    for start in range(max(0, end - _REACH), end):
        if (unit := unit_at(text, start, divisor=True)) and unit[2] == end:
            return unit
    return None


def _over(one: Amount, below: tuple[Decimal, str, int]) -> Amount:
    name = {"Gb/s": "b/s", "GB/s": "B/s"}.get(one.unit, one.unit)
    factor = Decimal("1e9") if name != one.unit else Decimal(1)
    factor, unit = prefer(factor / below[0], f"{name}/{below[1]}")
    return replace(one, low=one.low * factor, high=one.high * factor, unit=unit, kind="measure")


# --- Changes ----------------------------------------------------------------------------------------------------------

_LOOSELY = (
    r"(?:\s(?:by|of|about|around|nearly|almost|roughly|some|over|more than|up to|at least|an? [a-z]+|[a-z]+ly))*\s$"
)
_ROSE = re.compile(
    rf"(?<![a-z])(?:grew|grow[a-z]*|rose|ris(?:e|es|ing|en)|increas[a-z]*|up|gain[a-z]*|jump[a-z]*|climb[a-z]*|surg[a-z]*|soar[a-z]*"
    rf"|expand[a-z]*|higher|larger|improv[a-z]*){_LOOSELY}",
    re.IGNORECASE,
)
_FELL = re.compile(
    rf"(?<![a-z])(?:fell|fall[a-z]*|decreas[a-z]*|dropp?[a-z]*|declin[a-z]*|reduc[a-z]*|cuts?|cutting|down|lower[a-z]*|sav(?:es|ed|ing|e)"
    rf"|shr[aiu]nk[a-z]*|slid|plung[a-z]*){_LOOSELY}",
    re.IGNORECASE,
)
_RISE_AFTER = re.compile(
    r"\s(?:[a-z]+\s)?(?:growth|increase|rise|jump|gain|more|higher|larger|bigger|faster|greater|expansion)(?![a-z])",
    re.I,
)
_FALL_AFTER = re.compile(
    r"\s(?:[a-z]+\s)?(?:less|lower|reduction|decrease|drop|decline|fewer|smaller|cheaper|off|discount|saving|cut)s?(?![a-z])",
    re.I,
)
_HAN_ABOUT = r"(?:[了约約近达達为為率幅度]|超过|超過|将近|大约|至少|最多|高达|超)*\s?$"
_HAN_ROSE = re.compile(
    rf"(?:增长|增長|增加|上升|上涨|上漲|增多|扩大|擴大|提升|提高|高出|多出|[增涨漲升多])(?!到){_HAN_ABOUT}"
)
_HAN_GREW = re.compile(rf"(?:增长|增長|增加|上涨|上漲|增多|多出|高出|[增涨漲]){_HAN_ABOUT}")
_HAN_FELL = re.compile(
    rf"(?:下降|降低|減低|减少|減少|下跌|缩减|縮減|削减|下滑|节省|節省|节约|[降减減跌省]){_HAN_ABOUT}"
)
_KANA_RISE = re.compile(r"\s?(?:の)?(?:増加?|上昇|アップ|拡大|伸び|増え)(?!.{0,2}分の)")
_KANA_FALL = re.compile(r"\s?(?:の)?(?:減少?|低下|低減|削減|ダウン|縮小|減っ|下がっ|オフ|引き)")


def _ratio(text: str, one: Amount) -> Decimal | None:
    """New over old, of an amount that the words beside it make a change by it; None where they do not."""
    before, after = text[max(0, one.start - 28) : one.start], text[one.end : one.end + 24]
    if one.low != one.high:
        return None
    if one.unit == "x":
        risen = one.low == 1 and _HAN_ROSE.search(before)
        return one.low + 1 if risen or _HAN_GREW.search(before) else one.low
    share = one.low / 100 if one.unit == "%" else one.low if one.unit == "" and one.kind == "measure" else None
    if share is None or share <= 0:
        return None
    if _ROSE.search(before) or _HAN_ROSE.search(before) or _RISE_AFTER.match(after) or _KANA_RISE.match(after):
        return 1 + share
    if _FELL.search(before) or _HAN_FELL.search(before) or _FALL_AFTER.match(after) or _KANA_FALL.match(after):
        return 1 - share
    return None


# --- Places in an order -----------------------------------------------------------------------------------------------

_ORDINALS = {
    word: n for n, word in enumerate("first second third fourth fifth sixth seventh eighth ninth tenth".split(), 1)
}
_ORDERS = {
    "generation": "generation|gen|代|世代", "layer": "layer|层|層", "phase": "phase|stage|阶段|階段|期",
    "level": "tier|level|grade|级|級|等级", "type": "type|class|型|类|類", "version": "version|版",
    "chapter": "chapter|章",
    "section": "section|节|節", "figure": "figure|fig|chart|图|圖", "table": "table|表", "part": "part|部分",
    "step": "step|步", "page": "page|p|页|頁",
}  # fmt: skip
_ENGLISH_ORDER = "|".join(name for names in _ORDERS.values() for name in names.split("|") if name.isascii())
_RANK = re.compile(
    rf"(?<![\w-])(?:(?P<word>{'|'.join(_ORDINALS)})|(?P<n>[0-9]{{1,2}})(?:st|nd|rd|th))[ -]"
    rf"(?P<of>{_ENGLISH_ORDER})s?(?![a-z])"
    r"|(?<![0-9.])(?P<kind>[1-9])型(?![号號])",
    re.IGNORECASE,
)
_OF_ORDER_BEFORE = re.compile(rf"(?<![A-Za-z])(?P<of>{_ENGLISH_ORDER}|图|圖|表)(?:s|\.)?[ -]?$", re.IGNORECASE)
_HAN_ORDER_AFTER = re.compile(
    "|".join(
        name
        for names in _ORDERS.values()
        for name in sorted(names.split("|"), key=len, reverse=True)
        if not name.isascii()
    )
)
_AND = re.compile(r"\s?(?:,|、|/|,?\s?(?:and|or)\s|[和与與及或])\s?", re.IGNORECASE)


def _ranks(text: str, plain: str) -> list[Amount]:
    """Places in an order that no number tells: "third-generation", 3型."""
    found = []
    for one in _RANK.finditer(plain):
        place = Decimal(_ORDINALS.get((one["word"] or "").casefold()) or one["n"] or one["kind"])
        start, end = one.span()
        order = _order_named(one["of"]) if one["of"] else "type"
        found.append(Amount(start, end, text[start:end], place, place, "=", "", "label", order=order))
    return found


def _goes_on_with_labels(text: str, one: Amount, before: Sequence[Amount]) -> bool:
    """Whether a bare number goes on with a list of labels: the 2 and 3 of "types 1, 2 and 3"."""
    if one.kind != "count" or one.unit or not before or not one.text.isdigit():
        return False
    last = before[-1]
    return bool(
        last.kind == "label" and last.order and last.text.isdigit() and _AND.fullmatch(text, last.end, one.start)
    )


def _order(text: str, one: Amount, before: Sequence[Amount]) -> str:
    """What a label is the place of; "" where it is the name of a thing ("Tomahawk 5")."""
    if one.text.startswith("第"):
        after = _HAN_ORDER_AFTER.search(one.text + text[one.end : one.end + 2])
        return _order_named(after[0]) if after else "any"
    if not one.text.isdigit():
        return ""
    if one.kind == "count":
        return before[-1].order
    named = _OF_ORDER_BEFORE.search(text[max(0, one.start - 14) : one.start])
    return _order_named(named["of"]) if named else ""


def _order_named(word: str) -> str:
    return next((order for order, names in _ORDERS.items() if word.casefold() in names.split("|")), "any")
