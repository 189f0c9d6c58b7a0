"""Faults of numbers: a digit, the point, the unit, the scale, the date, a model's name, a bound."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from itertools import pairwise
from typing import Literal

from evals.mutations.case import Edit, Statement, draw, pick, replaced
from evals.mutations.words import compiled, lines, pairs, words

_NUMERAL = re.compile(r"(?<![A-Za-z0-9.,:/-])\d+(?:,\d{3})*(?:\.\d+)?(?!\d|[.,:/]\d)")
_ROUGH = re.compile(
    r"(?:about|around|roughly|approximately|some|nearly|almost|~|约|大约|近|左右|約|およそ)\s*(?:US)?\$?\s*$", re.I
)
_MODEL_AFTER = re.compile(r"[A-Z](?![a-z/]|\s*[A-Z]?[a-z]+/)|D(?![a-z])|[xX]?[A-Z]+\d")
_NAME_BEFORE = re.compile(r"(?<![A-Za-z])([A-Z][A-Za-z]{2,}|(?:Rev|Layer)\.?) $")
_MONTHS = words("numbers", "months")
_DATE_WORDS = frozenset([*_MONTHS, *words("numbers", "short_months"), *words("numbers", "no_names")])

Sort = Literal["year", "day", "model", "measure"]


@dataclass(frozen=True, slots=True)
class Numeral:
    """A number in figures at ``text[start:end]``."""

    start: int
    end: int
    text: str
    sort: Sort

    @property
    def value(self) -> Decimal:
        """What it says on its own, without scale or unit."""
        return Decimal(self.text.replace(",", ""))


def find_numerals(text: str) -> list[Numeral]:
    """Numbers in figures, left to right: years, days, parts of names (800G, Tomahawk 5), measures."""
    return [Numeral(one.start(), one.end(), one[0], _sort(text, one)) for one in _NUMERAL.finditer(text)]


def _sort(text: str, found: re.Match[str]) -> Sort:
    before, after = text[: found.start()], text[found.end() :]
    if re.fullmatch(r"(?:19|20)\d\d", found[0]) and not re.match(
        r"\s?(?:[A-Za-z%µ°]+/|[WGTkMm]W|W\b|FIT|pJ|nm|个|家|名|点)", after
    ):
        return "year"
    if re.fullmatch(r"1[0-8]\d\d", found[0]) and (
        after.lstrip().startswith("年")
        or re.search(r"\b(?:[Ii]n|until|since|by|of|from|after|before|to)\s*$|[(–]\s*$", before)
    ):
        return "year"
    if re.match(rf"(?:st|nd|rd|th)? (?:of )?(?:{'|'.join(_MONTHS)})\b|\s?[日月号號]", after):
        return "day"
    if re.search(r"[A-Za-z]\($", before) or re.match(r"-(?:19|20)\d\d(?!\d)", after):
        return "model"
    if _MODEL_AFTER.match(after) and not re.match(r"[WVAKCJH](?![A-Za-z0-9])", after):
        return "model"
    name = _NAME_BEFORE.search(before)
    if name and name[1] not in _DATE_WORDS and len(found[0]) < 3 and not re.match(r"\s?[%°a-zA-Zµ]", after):
        return "model"
    return "measure"


def change_digit(statement: Statement) -> Iterator[Edit]:
    """One digit of a measure is another one; of a rough number, its first."""
    text, taken = statement.text, _standing(statement.shown)
    for one in find_numerals(text):
        if one.sort not in ("measure", "day"):
            continue
        places = [at for at, character in enumerate(one.text) if character.isdigit()]
        rough = bool(_ROUGH.search(text[: one.start]))
        at = places[0] if rough else pick(places, "digit", statement.id, one.start)
        for turn in range(9):
            step = (draw("step", statement.id, one.start) + turn) % 9 + 1
            digit = str((int(one.text[at]) + step) % 10)
            new = one.text[:at] + digit + one.text[at + 1 :]
            if (at == 0 and digit == "0" and len(places) > 1) or _value(new) in taken:
                continue
            if not rough or abs(_value(new) - one.value) * 5 > one.value:
                yield replaced(text, one.start, one.end, new)
                break


def _value(numeral: str) -> Decimal:
    return Decimal(numeral.replace(",", ""))


def _standing(shown: str) -> frozenset[Decimal]:
    """The values of all numbers in figures that are shown, whatever they count."""
    return frozenset(_value(one[0]) for one in re.finditer(r"\d+(?:,\d{3})+(?:\.\d+)?|\d+(?:\.\d+)?", shown))


_ENGLISH_NUMBERS = words("numbers", "english")
_HAN_NUMBERS = words("numbers", "han")
_HAN_COUNTED = re.compile(
    r"(?<![一二三四五六七八九十百千万第])([二两三四五六七八九])(?=[家个種种名款项項次倍层層成类類社つ])"
)


def change_number_word(statement: Statement) -> Iterator[Edit]:
    """A number in words is another one: "three suppliers" → "five suppliers", 三家 → 五家."""
    text = statement.text
    for found in re.finditer(
        rf"(?<![A-Za-z-])(?:{'|'.join(_ENGLISH_NUMBERS)})(?![A-Za-z-]| of (?:the|them))", text, re.I
    ):
        others = [word for word in _ENGLISH_NUMBERS if not re.search(rf"\b{word}\b", statement.shown, re.I)]
        new = pick(others, "word", statement.id, found.start())
        yield replaced(text, *found.span(), new.capitalize() if found[0][0].isupper() else new)
    for found in _HAN_COUNTED.finditer(text):
        others = [word for word in _HAN_NUMBERS if word not in statement.shown and not {word, found[0]} <= {"二", "两"}]
        if others:
            yield replaced(text, *found.span(), pick(others, "han", statement.id, found.start()))


def move_point(statement: Statement) -> Iterator[Edit]:
    """The decimal point is one place off: 5.4 → 54, 35 → 3.5."""
    taken = _standing(statement.shown)
    for one in find_numerals(statement.text):
        if one.sort != "measure" or one.value == 0:
            continue
        whole = "." not in one.text and one.value < 10  # nobody writes 0.8 engines
        options = [value for value in (one.value * 10, one.value / (1 if whole else 10)) if value not in taken]
        if options:
            new = f"{pick(options, 'point', statement.id, one.start).normalize():f}"
            yield replaced(statement.text, one.start, one.end, new)


# --- Units and scales -------------------------------------------------------------------------------------------------

UNITS = pairs("units", "pairs")
SCALES = pairs("units", "scales")
_SCALE_WORD = rf"(?:{'|'.join(words('units', 'before_unit'))})"


def change_unit(statement: Statement) -> Iterator[Edit]:
    """A number's unit is another one: W → kW, % → percentage points, 美元 → 日元, US$5 → €5."""
    text = statement.text
    for old, new in UNITS:
        if _wide(new) == (statement.language == "en") and (_wide(new) or " " in new):
            continue
        after = "" if re.search(r"[一-鿿]$|%$", old) else r"(?![A-Za-z0-9/²³^-])"
        # "每年 120 万片" keeps its scale between number and unit.
        pattern = rf"(?<=[0-9])(?P<gap>\s?{_SCALE_WORD}?\s?){re.escape(old)}{after}"
        for found in compiled(pattern).finditer(text):
            if old in ("元", "天", "米", "A", "V", "m", "g") and re.match(r"[件素器然空]", text[found.end() :]):
                continue
            space = " " if new[0].isascii() and new[0].isalpha() and not found["gap"] and old == "%" else ""
            put = f"{found['gap']}{space}{new}"
            if not _is_zero(text[: found.start()]) and not _stands_near(statement, found.start(), put):
                yield replaced(text, *found.span(), put, f"{old} → {new}")
    for found in re.finditer(r"US\$(?=\s?\d)|(?<![A-Za-z$])\$(?=\s?\d)|€(?=\s?\d)|£(?=\s?\d)", text):
        others = [sign for sign in ("€", "£", "HK$", "¥") if sign != found[0]]
        yield replaced(text, *found.span(), pick(others, "sign", statement.id, found.start()))


def _wide(word: str) -> bool:
    return bool(re.search(r"[\u3041-\u30ff\u4e00-\u9fff]", word))


def _is_zero(before: str) -> bool:
    """Whether the number that ends there is nought, which is the same in every unit."""
    return bool(re.search(r"(?<![\d.,])0+(?:\.0+)?$", before))


def _stands_near(statement: Statement, end: int, put: str) -> bool:
    """Whether the number that ends there stands with the new unit in what is shown anyway."""
    number = re.search(r"[\d.,]+$", statement.text[:end])
    return number is not None and f"{number[0]}{put}".replace(" ", "") in statement.shown.replace(" ", "")


def change_scale(statement: Statement) -> Iterator[Edit]:
    """A number's scale is another one: million → billion, 万 → 亿."""
    for old, new in SCALES:
        if new == "萬" and statement.language == "ja":
            continue
        after = "" if re.search(r"[一-鿿]$", old) else r"(?![A-Za-z])"
        before = r"(?<=[0-9一二三四五六七八九十])" if len(old) == 1 else r"(?:(?<=[0-9])|(?<=[0-9]\s)|(?<=[a-z]\s))"
        for found in compiled(rf"{before}(?P<gap>\s?){re.escape(old)}{after}").finditer(statement.text):
            before_it = statement.text[: found.start()]
            unsound = _is_zero(before_it) or re.search(r"[万亿]\d$", before_it)  # 6万5千
            if not unsound and not re.match(r"[万亿萬億克瓦米]", statement.text[found.end() :]) and found.start():
                yield replaced(statement.text, *found.span(), f"{found['gap']}{new}", f"{old} → {new}")


# --- Dates ------------------------------------------------------------------------------------------------------------

PERIODS = pairs("periods", "pairs")


def change_year(statement: Statement) -> Iterator[Edit]:
    """A year is another one, which the statement itself does not name; the quote's source note may."""
    text = statement.text
    own = {one.text for one in find_numerals(text)}
    for one in find_numerals(text):
        if one.sort != "year":
            continue
        years = [str(int(one.text) + step) for step in (-3, -2, -1, 1, 2, 3)]
        options = [year for year in years if year not in own and year not in _told_years(statement)]
        if options:
            yield replaced(text, one.start, one.end, pick(options, "year", statement.id, one.start))


def _told_years(statement: Statement) -> frozenset[str]:
    """The years of the quote but for its source note, which dates the source and not what it says."""
    quote = re.sub(r"[(（][^()（）]*(?:confidence|可信度)[^()（）]*[)）]", "", statement.quote)
    return frozenset(re.findall(r"(?<!\d)(?:19|20)\d\d(?!\d)", quote))


def change_period(statement: Statement) -> Iterator[Edit]:
    """A half, a quarter or a month is another one; fiscal is calendar."""
    text = statement.text
    for old, new in PERIODS:
        before, after = ("(?<![A-Za-z0-9])", "(?![A-Za-z0-9])") if old.isascii() else ("", "")
        if old in ("early", "late"):
            after = r"(?=[ -](?:in )?(?:19|20)\d\d)"
        if old == "fiscal":
            after = r"(?= (?:year|20\d\d))"
        for found in compiled(rf"{before}{re.escape(old)}{after}").finditer(text):
            if new not in statement.shown:
                yield replaced(text, *found.span(), new)
    months = [month for month in _MONTHS if month not in statement.shown]
    for found in re.finditer(rf"\b(?:{'|'.join(_MONTHS)})\b(?=,? \d|\.|,)", text):
        if found[0] != "May" or re.match(r" \d", text[found.end() :]):
            yield replaced(text, *found.span(), pick(months, "month", statement.id, found.start()))
    for found in re.finditer(r"(?<=年)(\s?)(\d{1,2})(?=\s?月)", text):
        others = [str(month) for month in range(1, 13) if not re.search(rf"(?<!\d){month}\s?月", statement.shown)]
        yield replaced(text, *found.span(), found[1] + pick(others, "月", statement.id, found.start()))


# --- Models -----------------------------------------------------------------------------------------------------------

_LIKE = lines("models", "alike")


def change_model(statement: Statement) -> Iterator[Edit]:
    """The number in a name is another one: 800G → 400G, Tomahawk 5 → Tomahawk 6, 2.5D → 3D, DR4 → DR8."""
    text = statement.text
    for names in _LIKE:
        pattern = "|".join(map(re.escape, names))
        for found in compiled(rf"(?<![A-Za-z0-9.])(?:\d+\.)?(?:{pattern})(?![A-Za-z0-9])").finditer(text):
            others = [name for name in names if found[0] in names and not _names(statement.shown, name)]
            if others:
                yield replaced(text, *found.span(), pick(others, "model", statement.id, found.start()))
    for one in find_numerals(text):
        name = _NAME_BEFORE.search(text[: one.start])
        if one.sort == "model" and name and "." not in one.text:
            others = [str(number) for number in range(1, 13) if not _names(statement.shown, str(number))]
            near = sorted(others, key=lambda number: abs(int(number) - int(one.text)))[:3]
            if near:
                new = pick(near, "name", statement.id, one.start)
                yield replaced(text, one.start, one.end, new, f"{name[1]} {one.text} → {name[1]} {new}")


def _names(shown: str, name: str) -> bool:
    return bool(compiled(rf"(?<![0-9.]){re.escape(name)}(?![0-9])").search(shown))


def swap_numbers(statement: Statement) -> Iterator[Edit]:
    """Two numbers of a statement change places, unless they stand in one list or range."""
    text = statement.text
    measures = [one for one in find_numerals(text) if one.sort == "measure"]
    for one, other in pairwise(measures):
        between = text[one.end : other.start]
        listed = not re.search(
            r"[A-Za-z]{4,}|[一-鿿]{3,}", re.sub(_SCALE_WORD + r"|percent|dollars|respectively", "", between)
        )
        apart = re.search(
            r"\b(?:or|and|to|by)\s*(?:US)?\$?$|[或和至与、×x]\s*$|\bthe other (?:is )?$|另一[个家种]为?$", between
        )
        if one.value != other.value and not listed and not apart:
            new = f"{other.text}{between}{one.text}"
            yield replaced(text, one.start, other.end, new, f"{one.text} ↔ {other.text}")


# --- Bounds -----------------------------------------------------------------------------------------------------------

_N = r"(?=(?:US|HK|NT)?[$€£]?\s?\d)(?!(?:19|20)\d\d(?!\d|[.,]\d)|\d{1,2} [A-Z][a-z]{2,} \d)"
# Words after which "over" is no "across": "takes over 100 seconds", but "carries 4 Tb/s over 8 fibers".
_AMOUNTS_TO = (
    r"(?:(?<=\b(?:is|at|of|to|by) )|(?<=\b(?:for|has|had|and) )|(?<=\b(?:well|with|have|sold|took|cost|drew|grew) )|"
    r"(?<=\b(?:takes|needs|costs|draws|reach|reads) ))"
)
_BOUNDS: list[tuple[str, str, str]] = [
    # What stands there; what turns it; what drops it ("" where dropping is no fault or leaves no sentence).
    (rf"\bat least {_N}", "at most ", "-"),
    (rf"\bat most {_N}", "at least ", "-"),
    (rf"\bno (?:fewer|less) than {_N}", "no more than ", "-"),
    (rf"\b(?:no|not) more than {_N}", "no less than ", "-"),
    (rf"(?<!no )(?<!not )\b[Mm]ore than {_N}", "less than ", "-"),
    (rf"(?<!no )(?<!not )\b(?:[Ll]ess|[Ff]ewer) than {_N}", "more than ", "-"),
    (rf"{_AMOUNTS_TO}over {_N}(?!\S+ (?:years|months|weeks|days|hours|games))", "under ", "-"),
    (rf"\bbelow {_N}", "above ", "at "),
    (rf"\babove {_N}", "below ", "at "),
    (rf"\bup to {_N}", "at least ", "-"),
    (rf"\bunder {_N}", "over ", "-"),
    (rf"\bnearly {_N}", "well over ", ""),
    (r"(?<![不得未有])超[过過](?=\s?\d)", "不到", "-"),
    (r"不到(?=\s?\d)|不足(?=\s?\d)", "超过", "-"),
    (r"低于(?=\s?\d)|低於(?=\s?\d)", "高于", "为"),
    (r"高于(?=\s?\d)", "低于", "为"),
    (r"至少(?=\s?\d)|不低于(?=\s?\d)|不少于(?=\s?\d)", "至多", "-"),
    (r"至多(?=\s?\d)|最多(?=\s?\d)|不超过(?=\s?\d)|不高于(?=\s?\d)", "至少", "-"),
    (r"(?<=[0-9%])\s?以上", "以下", "-"),
    (r"(?<=[0-9%])\s?以下|(?<=[0-9%])\s?以内", "以上", "-"),
    (r"(?<=[0-9%])\s?(?:を超える|超)(?!え)", "未満の", ""),
    (r"(?<=[0-9%WT])\s?未満", "超", ""),
]


def turn_bound(statement: Statement) -> Iterator[Edit]:
    """At least is at most; more than is less than."""
    for pattern, turned, _ in _BOUNDS:
        for found in compiled(pattern).finditer(statement.text):
            yield replaced(statement.text, *found.span(), turned)


def drop_bound(statement: Statement) -> Iterator[Edit]:
    """A bounded number is told as an exact one; "about" is none."""
    for pattern, _, dropped in _BOUNDS:
        for found in compiled(pattern).finditer(statement.text):
            if dropped and not _is_same_without(statement.text[: found.start()]):
                put = "" if dropped == "-" else dropped
                if found[0][0].isupper() and found.start() == 0:
                    continue
                yield replaced(statement.text, *found.span(), put, f"{found[0].strip()} → {put.strip() or 'nothing'}")


def _is_same_without(before: str) -> bool:
    """Whether a limit says as much when it is told as a number: "may be at most 5", "from 1 up to 5"."""
    return bool(re.search(r"\bmay (?:be )?$|\bfrom [^,;.]{1,16}$", before))
