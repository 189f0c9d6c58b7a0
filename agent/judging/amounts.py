"""Amounts that are words and not numerals: "half", "dozens", 过半, 五折."""

import re
from collections.abc import Iterable, Sequence

_SAME_AMOUNTS = (
    r"half|halved|halves|50\s?%|一半|半数|半數|减半|減半|半分|五成|五折|百分之五十",
    r"a quarter|one[- ]quarter|(?<![0-9.])25\s?%|四分之一|百分之二十五|1/4",
    r"a third|one[- ]third|(?<![0-9.])33(?:\.3+)?\s?%|三分之一|1/3",
    r"a fifth|one[- ]fifth|(?<![0-9.])20\s?%|五分之一|两成|二成|百分之二十|1/5",
    r"a tenth|one[- ]tenth|(?<![0-9.])10\s?%|十分之一|一成|百分之十|1/10",
    r"doubl\w+|twice|twofold|2x|翻番|翻一番|两倍|兩倍|2倍|倍增|倍",
    r"tripl\w+|threefold|3x|三倍|3倍",
    r"dozens?",
    r"(?:a |several |many )?(?:hundreds?|thousands?|millions?|billions?|trillions?)|[数數上]?[百千万萬亿億]+",
)
# Amounts that are words, not numerals: what corpus.quantities does not read.
_AMOUNT = re.compile(
    r"(?<![A-Za-z-])(?:half|halved|halves|doubl(?:e|es|ed|ing)|twice|twofold|tripl(?:e|es|ed|ing)|threefold|quadrupl\w+|"
    r"quintupl\w+|tenfold|dozens?|hundreds|thousands|millions|billions|trillions|"
    r"a (?:third|quarter|fifth|tenth)(?= (?:of|as|less|more|the|lower|higher|cheaper|smaller|larger))|"
    r"crores?|lakhs?|zero)(?![A-Za-z-])|"
    r"[一二三四五六七八九]五?折(?![射叠疊断斷旧舊现現算])|[过大]半(?!导)|一半|半数|半數|减半|減半|翻番|翻了?[一二三四五]番|"
    r"[数數上][百千万萬亿億]+|[①-⑳㊀-㊉⑴-⒇٠-٩०-९]+|[½⅓⅔¼¾⅛⅜⅝⅞]",
    re.IGNORECASE,
)


def find_amount_fault(claim: str, shown: Sequence[str]) -> str:
    """The first amount in words that stands in nothing shown, as a sentence; "" when all do."""
    for amount in _AMOUNT.finditer(claim):
        if not _stands(amount[0], shown):
            return f"the amount “{amount[0]}” stands in no quote"
    return ""


def _stands(amount: str, shown: Iterable[str]) -> bool:
    """Whether an amount in words, or another way to say as much, stands in a text."""
    alike = next((group for group in _SAME_AMOUNTS if re.fullmatch(group, amount, re.I)), re.escape(amount))
    return any(re.search(alike, words, re.I) for words in shown)
