"""How a number is meant: as a goal, at its peak, of the second generation, without the laser, net, added, after tax.

What makes another thing of what is measured, whatever it is, stands in qualifiers.csv: parts of expressions.
"""

import csv
import re
from collections.abc import Sequence
from functools import cache
from importlib.resources import files

from corpus.text import HAN, KANA

_WITHOUT = re.compile(
    r"\b(?:without|excluding|excludes|exclusive of|net of|not including)\b|不含|不包括|不计|除外|扣除|を除|含まな",
    re.IGNORECASE,
)
_BASES = {
    name: re.compile(words, re.IGNORECASE)
    for name, words in (
        ("line rate", r"\bline rate\b|\bgross rate\b|线路速率|線路速率"),
        (
            "goal",
            r"\b(?:targets?|targeted|goals?|aims?|requires?|required|requirement|specifie[sd]|allows?|limits?)\b"
            r"|目标|目標|要求|规定|規定|上限|允许",
        ),
        ("simulated", r"\b(?:simulat\w+|modell?ed|theoretical)\b|仿真|模拟|理论|シミュレーション"),
        (
            "sample",
            r"\b(?:samples?|prototypes?|test chips?|in research|in the lab|demonstrat\w+)\b"
            r"|样品|原型|样机|实验室|試作",
        ),
        ("peak", r"\b(?:peak|maximum|worst[- ]case)\b|峰值|最大|最坏"),
        ("average", r"\b(?:average[sd]?(?! selling)|mean(?! time)|median)\b|平均(?!无故障|故障|售价|販売)|中位"),
        ("cumulative", r"\b(?:cumulative|in all|altogether|to date)\b|累计|累計|总共"),
        ("saving", r"\b(?:sav(?:es?|ings?|ed)|reduction)\b|节省|节约|节能|削減|節約"),
        ("first", r"\b(?:initial(?:ly)?|upfront|at once|first phase)\b|首期|首批|初期"),
        (
            "next",
            r"\b(?:next[- ]generation|newer generation|second[- ]generation|future)\b"
            r"|下一代|新一代|第二代|次世代",
        ),
        (
            "part of the year",
            r"\b(?:first (?:three quarters|nine months|six months)|year[- ]to[- ]date|so far this year)\b"
            r"|前[一二三两六九1-9]个?(?:季度|季|月)|今年以来|截至目前",
        ),
        ("part", r"\bof (?:which|them|these)\b|其中|うち"),
    )
}
"""How a number may be meant: two that are meant otherwise say nothing against each other."""


def find_qualifiers(text: str, taken: Sequence[tuple[int, int]] = ()) -> frozenset[str]:
    """What a text qualifies its thing by: "added", "net", "offshore" …

    Args:
        taken: Spans that are names of what is measured: the net of "net profit" is no qualifier.
    """
    return frozenset(
        name
        for name, pattern in _qualifiers().items()
        if any(
            not any(start <= found.start() and found.end() <= end for start, end in taken)
            for found in pattern.finditer(text)
        )
    )


@cache
def _qualifiers() -> dict[str, re.Pattern[str]]:
    rows = csv.DictReader(files("agent.conflicts").joinpath("qualifiers.csv").read_text(encoding="utf-8").splitlines())
    return {row["id"]: _pattern([*row["en"].split("|"), *row["zh"].split("|"), *row["ja"].split("|")]) for row in rows}


def _pattern(words: Sequence[str]) -> re.Pattern[str]:
    wide = [word for word in words if re.search(f"[{HAN}{KANA}]", word)]
    latin = [word for word in words if word and word not in wide]
    parts = [rf"(?<![A-Za-z])(?:{'|'.join(latin)})(?![A-Za-z])", *wide]
    return re.compile("|".join(parts), re.IGNORECASE)


def find_bases(sentence: str, beside: str) -> frozenset[str]:
    """How a number is meant by its sentence and, of what it leaves out, by the words beside it."""
    meant = frozenset(name for name, pattern in _BASES.items() if pattern.search(sentence))
    without = frozenset({"without"}) if _WITHOUT.search(beside) else frozenset()
    return meant | find_generations(sentence) | without


_GENERATION = re.compile(
    r"\b(?:(first|1st|gen(?:eration)?[ -]?1)|(second|2nd|gen(?:eration)?[ -]?2)|(third|3rd|gen(?:eration)?[ -]?3)"
    r"|(fourth|4th|gen(?:eration)?[ -]?4))(?:[- ]generation)?(?<![a-z]st)(?<![0-9]nd)\b"
    r"|第?(?:([一1])|([二2])|([三3])|([四4]))(?:代|世代)",
    re.IGNORECASE,
)


def find_generations(text: str) -> frozenset[str]:
    """Which generations of a product a text speaks of: "third-generation", 第三代."""
    told = (match for match in _GENERATION.finditer(text) if re.search(r"gen|代", match[0], re.IGNORECASE))
    return frozenset(f"generation {((match.lastindex or 1) - 1) % 4 + 1}" for match in told)
