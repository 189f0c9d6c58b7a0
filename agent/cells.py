"""The numbers of a table's row, each with the sign, unit and scale that the cell, its head or its table gives it."""

import re
from collections.abc import Mapping
from decimal import Decimal

from agent.candidates import head_units
from corpus.units import CURRENCIES, CURRENCY_SIGNS

_SIGNS = "|".join(re.escape(sign) for sign in sorted(CURRENCY_SIGNS, key=len, reverse=True))
_CELL = re.compile(
    rf"(?P<open>[(（])?\s*(?P<minus>[-−–])?\s*(?P<currency>{_SIGNS})?\s*(?P<inner>[(（-])?\s*"
    r"(?P<digits>[0-9][0-9,]*(?:\.[0-9]+)?)\s*(?P<percent>[%％])?\s*[)）]?\s*(?P<late>[%％])?(?:\s*\([0-9a-z*]\))*"
)
_SCALES: Mapping[Decimal, str] = {
    Decimal(1000): r"thousands?|(?<![0-9])['’]?000s?(?![0-9])|千",
    Decimal(10**4): r"万|萬",
    Decimal(10**6): r"millions?|(?<![a-z])mn?(?![a-z])|百万|百萬",
    Decimal(10**8): r"亿|億",
    Decimal(10**9): r"billions?|(?<![a-z])bn(?![a-z])|十亿|十億",
}
"""What a table is in ("in thousands", 单位：万元), and the words that say so."""
_MONEY: Mapping[str, str] = {
    "USD": r"\$|dollars?|USD|美元|美金", "EUR": r"€|euros?|EUR|欧元", "GBP": r"£|pounds?|GBP|英镑",
    "CNY": r"(?<![美欧日韩港])元|RMB|CNY|人民币|¥", "JPY": r"¥|円|yen|JPY|日元", "HKD": r"HK\$|HKD|港元|港币",
    "TWD": r"NT\$|TWD|台币|臺幣", "KRW": r"₩|won|KRW|韩元", "SGD": r"S\$|SGD", "AUD": r"A\$|AUD", "CAD": r"C\$|CAD",
    "NZD": r"NZ\$|NZD",
}  # fmt: skip


_EACH = re.compile(r"(?<![a-z])(?:per|each|eps)(?![a-z])|每", re.IGNORECASE)


def scale_in_row(number: Decimal, unit: str, row: str, header: str, near: str, table: str) -> Decimal | None:
    """The scale in which a number is one of a row's cells; None where it is none of them.

    Args:
        row: Its cells, with | between them.
        header: The head row; ``near``: the lines around that say what the numbers count; ``table``: all of its rows.
    """
    if "|" not in row:
        return None
    label = row.split("|", 1)[0] if not row.startswith("|") else row.split("|")[1]
    near = "" if _EACH.search(label) else near  # what one share earns is not in millions
    told = [scale for scale, words in _SCALES.items() if re.search(words, near, re.IGNORECASE)]
    money = {code for code, words in _MONEY.items() if re.search(words, f"{header}\n{near}\n{table}", re.IGNORECASE)}
    for text in row.split("|"):
        cell = _CELL.fullmatch(text.strip())
        if cell is None:
            continue
        size = Decimal(cell["digits"].replace(",", ""))
        value = -size if cell["open"] or cell["minus"] or cell["inner"] else size
        percent, currency = (
            bool(cell["percent"] or cell["late"]),
            CURRENCY_SIGNS.get((cell["currency"] or "").upper(), ""),
        )
        for scale in _scales_for(unit, percent, currency, told, money, head_units(header), "%" in f"{header}\n{near}"):
            if number == value * scale:
                return scale
    return None


def _scales_for(
    unit: str, percent: bool, currency: str, told: list[Decimal], money: set[str], heads: list[str], in_percent: bool
) -> list[Decimal]:
    """In which scales a cell may be a number of that unit."""
    one = [Decimal(1)]
    if unit == "%":
        return one if percent or (in_percent and not currency) else []
    if percent:
        return []
    if unit in CURRENCIES:
        fits = (
            currency == unit
            or (not currency and (unit in money or unit in heads))
            or (currency in ("CNY", "JPY") and unit in money)
        )
        return (told or one) if fits else []
    if not unit:
        return one + told
    return one if unit in heads and not currency else []
