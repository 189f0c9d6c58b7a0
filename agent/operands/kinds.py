"""Tell from a row's or a column's words what kind of thing it gives, so that money is never read into a count."""

import re
from functools import lru_cache
from typing import Literal

Kind = Literal["amount", "per thing", "count", "people", "rate", "unclear"]
"""What numbers are, whatever their table is in.

=========  ==========================================================================================
amount     what the table says: money, for the most part
per thing  money for one thing (a price, earnings per share), never in thousands or millions
count      things (shares, units), never money; in thousands only where that is not said of money
people     employees, in full
rate       a rate, a ratio, a number of days: neither money nor in thousands
unclear    money or a count, and the words do not tell: "Enterprise customers"; a price in cents
=========  ==========================================================================================
"""

_LONGEST = 200  # characters of a label that are looked at
_PER_THING = re.compile(
    r"\bper\b(?!\s+(?:cent|annum|year|quarter|month|books?|share data)\b)|\bEPS\b"
    r"|每(?:一?[股份台件吨片颗只个套瓦户人]|股)|一株"
    r"|\bprice (?:range|per)\b|\b(?:share|stock|exercise|selling|unit|average|market|closing) prices?\b|单价|均价",
    re.IGNORECASE,
)
_PARTS_OF_MONEY = re.compile(
    r"\bcents\b|(?<!per )\bcent\b|\bpence\b|\bpenny\b|¢|[(（](?:p|c|分|角)[)）]", re.IGNORECASE
)
_PEOPLE = re.compile(
    r"\bhead\s?count\b|\b(?:number of )?employees\b(?! benefit)|人数|人员数量|(?:员工|职工)(?:总数|数)|従業員数",
    re.IGNORECASE,
)
_MONEY_OF_PEOPLE = re.compile(
    r"\b(?:to|for|from|by|due|payable|benefits?|costs?|expenses?)\b.*\bemployees\b", re.IGNORECASE
)
_THINGS = (
    r"customers|subscribers|users|shares|stores|sites|patents|units"
    r"|shipments|wafers|chips|modules|ports|engines|devices"
)
_COUNT = re.compile(
    r"\b(?:number|no\.|quantity|count) of\b"
    r"|\b(?:units|volumes?) (?:\w+ed|sold|in service)\b"
    r"|\bshares (?:outstanding|issued|used|repurchased)|\baverage (?:\w+ ){0,4}shares\b|\bquantit(?:y|ies)\W*$"
    rf"|^\W*(?:(?:total|active|paying|new|net|average|diluted|basic|large)\s+){{0,4}}(?:{_THINGS})\b\W*$"
    r"|[(（](?:in )?(?:units|shares|pcs|pieces|[百千万亿十]*[台股件套个只块片颗家户辆吨])[)）]"
    r"|客户数|用户数|户数|股数|股份数|数量|台数|件数|套数|门店数|株式数|(?:出货|发货|销售|销|产|生产|库存|装机)量\W*$",
    re.IGNORECASE,
)
_MAYBE_COUNT = re.compile(
    rf"^(?!.*\b(?:from|to|by|of|due|for|with|stock|share|business|reporting|unit)\b)[\w\s-]*\b(?:{_THINGS})\b\W*$",
    re.IGNORECASE,
)
_RATE = re.compile(
    r"^\W*per\s?cent|^(?!.*\b(?:at|effect|impact|changes? in|due to|differen\w+|adjust\w*|swaps?|benefit|exchange)\b)"
    r".*(?:\b(?:rates?|ratios?|percentages?|multiples?)\b(?=\W*$|\s+(?:of|for|on)\b|\s*[(（,])|(?:率|比率|比例|占比|倍数|天数|日数|周转)\W*$"
    r"|[(（](?:x|times|days|years|months|hours|天|日|年|月|倍|次)[)）]\W*$)"
    r"|^(?!.*(?:[0-9]|\b(?:within|over|past|due|less|more|than|up to|later|after|one|two|three|four|five|payable)\b))"
    r"(?:.*\b(?:days|months|hours)\b|.*\byears of\b|\W*years\W*$|.*\b(?:in|of) years\W*$)|^\W*DS?[OI]O?\W*$",
    re.IGNORECASE,
)


@lru_cache(maxsize=20_000)
def kind_of(words: str) -> Kind:
    """What kind of thing a label or a head names.

    >>> [kind_of(one) for one in ("Revenue", "EPS (dollars)", "Units shipped", "Days sales outstanding")]
    ['amount', 'per thing', 'count', 'rate']
    """
    words = words[:_LONGEST]
    if _PEOPLE.search(words) and not _PER_THING.search(words) and not _MONEY_OF_PEOPLE.search(words):
        return "people"
    if _PER_THING.search(words):
        return "unclear" if _PARTS_OF_MONEY.search(words) else "per thing"
    if _COUNT.search(words):
        return "count"
    if _RATE.search(words):
        return "rate"
    return "unclear" if _MAYBE_COUNT.search(words) or _PARTS_OF_MONEY.search(words) else "amount"


def is_count(words: str) -> bool:
    """Whether words name a number of people, shares or things."""
    return kind_of(words) in ("count", "people")
