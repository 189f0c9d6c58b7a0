"""The number ledger: every numeral of a claim, what it is said of, and where it comes from.

A number is shown when an equal one (50亿美元 = US$5 billion) stands in a quote of the claim, in what is shown above
that quote, or in one of its calculations, and is said there of the same thing. A date may also be that of the document,
where the quote itself has none. A number that stands only in the user's question proves nothing.
"""

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import fields, replace
from decimal import ROUND_HALF_UP, Context, Decimal
from itertools import chain, pairwise, product

from agent.answer import Calculation, Citation, Numeral
from agent.calculator import Interval
from agent.calculator.result import show
from agent.judging.identity.names import NAMES
from agent.judging.judgement import Fault
from agent.judging.numbers.amounts import find_amount_fault, find_quarters
from agent.judging.numbers.binding import Bound as Place
from agent.judging.numbers.binding import bind, comparable, find_keys, is_bare, lend, misplaced, shared_words
from agent.judging.shown import all_citations, dated_words, lead_words, own_words, plain_quote, shown_words
from agent.judging.whole import stands_whole
from corpus.amounts import Amount, find_amounts, find_implied, same_amount
from corpus.lexicon import load_lexicon
from corpus.quantities import Bound, Quantity, same_quantity

_GRAINS = ("year", "month", "day")
_CLOSE = 0.5
"""Share of a claim's words that a quote must have to be about the same, so that another number contradicts it."""


def keep_ledger(
    claim: str, citations: Sequence[Citation], calculations: Sequence[Calculation], question: str
) -> tuple[tuple[Numeral, ...], Fault | None]:
    """The figures of a claim, left to right, and the first thing that is wrong with one."""
    cited = all_citations(citations, calculations)
    numerals: list[Numeral] = []
    faults: list[Fault] = []
    names = [(one.start, one.end) for one in load_lexicon().find(claim, NAMES)]
    for bound in bind(claim):
        if any(start <= bound.quantity.start and bound.quantity.end <= end for start, end in names):
            continue  # the 3 of H3C
        if _is_no_figure(bound.quantity):
            if not _stands_somewhere(bound.quantity, claim, cited, calculations):
                faults.append(_missing(bound, cited))
            continue
        numeral, fault = _trace(bound, claim, cited, calculations, question)
        numerals.append(numeral)
        faults += [fault] if fault else []
    texts = [shown_words(one) for one in cited] + own_words(calculations)
    if reason := find_amount_fault(claim, texts):
        faults.append(Fault(reason))
    # What is contradicted says more than what is only missing.
    return tuple(numerals), next((fault for fault in faults if fault.contradicts), faults[0] if faults else None)


def find_number_fault(text: str, shown: Sequence[str]) -> str:
    """The first number of a text that stands in none of the texts shown, as a sentence; "" when all do."""
    known = [quantity for words in shown for line in words.split("\n") for quantity in find_amounts(line)]
    for quantity in find_amounts(text):
        if not _stands(quantity, text, known, shown):
            return f"the number “{quantity.text}” stands in no quote and in no calculation"
    return find_amount_fault(text, shown)


def _is_no_figure(quantity: Quantity) -> bool:
    """Whether it only looks like a number: the name of a model, a list mark."""
    return quantity.kind == "label" and not quantity.unit


def _stands_somewhere(
    quantity: Quantity, claim: str, cited: Sequence[Citation], calculations: Sequence[Calculation]
) -> bool:
    texts = [shown_words(one) for one in cited]
    return _stands(quantity, claim, _known(texts, calculations), texts)


def _known(texts: Iterable[str], calculations: Sequence[Calculation]) -> list[Quantity]:
    known: list[Quantity] = [
        quantity for words in texts for line in words.split("\n") for quantity in find_amounts(line)
    ]
    known += [quantity for calculation in calculations for quantity in quantities_of(calculation)]
    return known + [quantity for words in own_words(calculations) for quantity in find_amounts(words)]


def _trace(
    bound: Place, claim: str, cited: Sequence[Citation], calculations: Sequence[Calculation], question: str
) -> tuple[Numeral, Fault | None]:
    """One row of the ledger, and what is wrong with it."""
    faults = []
    for citation in cited:
        numeral, fault = _trace_to_quote(bound, claim, citation)
        if numeral:
            return numeral, None
        faults += [fault] if fault else []
    for calculation in calculations:
        if source := _result_of(bound.quantity, calculation):
            return _figure(bound, "calculation", source=source), None
    quantity = bound.quantity
    if not faults and _stands_in_lead(quantity, claim, cited, calculations):
        return _figure(bound, "quote", cited[0] if cited else None), None
    if not faults and any(rule(quantity, claim, cited) for rule in _RULES):
        return _figure(bound, "quote", cited[0]), None
    asked = any(same_quantity(quantity, other) for other in find_amounts(question))
    return _figure(bound, "question" if asked else "none"), faults[0] if faults else _missing(bound, cited)


def _trace_to_quote(bound: Place, claim: str, citation: Citation) -> tuple[Numeral | None, Fault | None]:
    """Where a number stands in a quote, bound to the same thing; or the fault that it is bound to another."""
    text = citation.quote
    plain = plain_quote(citation)
    fault = None
    in_note = []
    places = bind(text, citation.header)
    for place in places:
        if not _says(bound.quantity, claim, place.quantity, text):
            continue
        if not plain[place.quantity.start : place.quantity.end].strip():
            in_note.append(place)
            continue
        others = [one for one in places if one is not place and (comparable(one.quantity, place.quantity) or one.head)]
        wrong = misplaced(bound, place, others, find_amounts(claim))
        if wrong is None:
            return _figure(bound, "quote", citation, place.quantity), None
        kind, other = wrong
        said = bound.words(kind)
        fault = fault or Fault(
            f"the quote gives “{place.quantity.text}” for “{place.words(kind)}”, not for “{said}”, "
            f"for which it gives “{other.quantity.text}”",
            contradicts=True,
        )
    if in_note and fault is None and _may_stand_in_note(bound, claim, citation, plain):
        return _figure(bound, "quote", citation, in_note[0].quantity), None
    return None, fault


def _says(claimed: Quantity, claim: str, shown: Quantity, quote: str) -> bool:
    """Whether a number of a claim is one of a quote, whichever word of either says that it is a limit."""
    readings = [_readings(claimed, claim, shown.bound), _readings(shown, quote, claimed.bound)]
    return any(_equal(one, other) for one, other in product(*readings))


def _readings(quantity: Quantity, text: str, other: Bound) -> Iterator[Quantity]:
    """A number, as it stands and as it may be meant where the ``other`` is a limit: "a maximum power of 20 dBm"."""
    yield quantity
    if _is_via(quantity, text):
        yield replace(quantity, bound="=")
    limit = _LOOSE.get(other, other)
    if quantity.bound in "=~" and limit in _LIMITS:
        before = _SENTENCE_END.split(text[max(0, quantity.start - _REACH) : quantity.start])[-1]
        if _LIMITS[limit].search(before) or _LIMITS_AFTER[limit].search(text[quantity.end - 1 : quantity.end + 3]):
            yield replace(quantity, bound=other)


_REACH = 60
_LIMITS: dict[Bound, re.Pattern[str]] = {
    "≤": re.compile(
        r"\b(?:max(?:imum|ima)?|at (?:the )?most|up to|limit(?:s|ed)?|cap(?:s|ped)?|ceiling|within|peak|no more than|"
        r"as (?:much|high|many) as)\b|上限|最大|最高|最多|峰值|至多|不[^，。；]{0,3}[超高大]|高[达達]|多[达達]",
        re.IGNORECASE,
    ),
    "≥": re.compile(
        r"\b(?:min(?:imum|ima)?|at (?:the )?least|floor|no less than)\b|下限|最[低小少]|至少|不[^，。；]{0,3}[低少小]",
        re.IGNORECASE,
    ),
}
_LIMITS_AFTER: dict[Bound, re.Pattern[str]] = {
    "≤": re.compile(r"以[内下]|[年月天日时時]内|まで"),
    "≥": re.compile("以上|起"),
}
_SENTENCE_END = re.compile(r"[。；;]|\.\s")


def _may_stand_in_note(bound: Place, claim: str, citation: Citation, plain: str) -> bool:
    """The year of a source note dates the source: it proves a year only beside the source's name, or as a note."""
    if bound.quantity.kind != "time":
        return True
    at = citation.quote.find("(") if "(" in citation.quote else citation.quote.find("（")
    if not any(one.kind == "time" for one in find_amounts(plain)):
        return True
    before = claim[: bound.quantity.start]
    in_bracket = max(before.rfind("("), before.rfind("（")) > max(before.rfind(")"), before.rfind("）"))
    note = citation.quote[at:] if at >= 0 else ""
    beside = claim[max(0, bound.quantity.start - _BESIDE) : bound.quantity.end + _BESIDE]
    names = {mention.term.id for mention in load_lexicon().find(note)} | set(re.findall(r"[A-Z][A-Za-z]{2,}", note))
    said = {mention.term.id for mention in load_lexicon().find(beside)} | set(re.findall(r"[A-Z][A-Za-z]{2,}", beside))
    return in_bracket or bool(names & said)


_BESIDE = 12


def _stands_in_lead(
    quantity: Quantity, claim: str, cited: Sequence[Citation], calculations: Sequence[Calculation]
) -> bool:
    """Whether a number stands in what is shown above a quote; a date also in the document's, if the quote has none."""
    texts: list[str] = []
    for citation in cited:
        texts += lead_words(citation)
        dated = any(one.kind == "time" for one in find_amounts(plain_quote(citation)))
        if not (quantity.kind == "time" and dated):
            texts += dated_words(citation)
    quotes = [one.quote for one in cited]
    own = [quantity for words in own_words(calculations) for quantity in find_amounts(words)]
    known = _known(texts, calculations) + own
    labels = texts + (quotes if quantity.kind == "label" else [])
    return _stands(quantity, claim, known, labels)


def _spans(quantity: Quantity, _: str, cited: Sequence[Citation]) -> bool:
    """Whether both ends of a range stand in one quote: years anywhere, other numbers joined by "to"."""
    if quantity.low == quantity.high:
        return False
    if quantity.kind == "time":
        ends = {quantity.low, quantity.high}
        return any(ends <= {one.low for one in find_amounts(plain_quote(each)) if one.kind == "time"} for each in cited)
    return any(_equal(quantity, one) for each in cited for one in _joined(each))


def _joined(citation: Citation) -> Iterator[Quantity]:
    """The ranges that two numbers of a quote make: "rises from 11 to 26 dBm", "up to 80% and at least 50%"."""
    numbers = [one.quantity for one in bind(citation.quote, citation.header)]
    for one, other in pairwise(numbers):
        if _TO.fullmatch(citation.quote, one.end, other.start) and one.unit == other.unit and one.low < other.low:
            yield replace(one, end=other.end, high=other.high)
        least, most = sorted((one, other), key=lambda each: each.low)
        limits = (least.bound, most.bound, one.unit) == ("≥", "≤", other.unit) and least.low < most.low
        if limits and _BOTH_LIMITS.fullmatch(citation.quote, one.end, other.start):
            yield replace(least, end=other.end, high=most.high, bound="=")


_TO = re.compile(r"\s?(?:(?:up )?to|-|~|至|到|から)\s?", re.IGNORECASE)
_BOTH_LIMITS = re.compile(
    r"(?:以[上下]|[でに])?[\s,，、]*(?:(?:and|but|or)\s)?[且而但并並]?\s?"
    r"(?:up to|at (?:the )?(?:least|most)|no (?:less|more) than|[不至最][^，。；、\d]{1,4})?\s?(?:US)?[$€£¥]?",
    re.IGNORECASE,
)
"""From one limit to the other one of the same thing."""


def _is_list_mark(quantity: Quantity, claim: str, cited: Sequence[Citation]) -> bool:
    """Whether it is the number of a list item that the quote numbers so too: the 2 of "layer 2. Ceramics"."""
    mark = re.compile(rf"(?:^|\n){re.escape(quantity.text)}[.．]\s")
    return claim[quantity.end :].startswith(". ") and any(mark.search(one.quote) for one in cited)


def _is_end(quantity: Quantity, claim: str, cited: Sequence[Citation]) -> bool:
    """Whether it is one end of a range of the quote whose other end the claim says too: "from 11 dBm up to 26 dBm"."""
    if quantity.low != quantity.high:
        return False
    told = {one.low for one in find_amounts(claim) if one.unit in ("", quantity.unit)} | {quantity.low}
    ranges = [
        one.quantity for each in cited for one in bind(each.quote, each.header) if one.quantity.low < one.quantity.high
    ]
    if quantity.kind == "time" and any(same_quantity(quantity, replace(one, low=one.high)) for one in ranges):
        return True  # "by 2029" of "2024 to 2029"
    return any(
        one.unit == quantity.unit and quantity.low in (one.low, one.high) and {one.low, one.high} <= told
        for one in ranges
    )


def _is_extreme(quantity: Quantity, claim: str, cited: Sequence[Citation]) -> bool:
    """Whether it is called the lowest or the highest of the quote's numbers, and is: 最低 11 dBm，最高 26 dBm."""
    cue = _EXTREME.search(claim[max(0, quantity.start - 16) : quantity.start])
    if cue is None or quantity.low != quantity.high:
        return False
    for each in cited:
        alike = [one.quantity for one in bind(each.quote, each.header) if one.quantity.unit == quantity.unit]
        values = [value for one in alike for value in (one.low, one.high)]
        if len(values) > _FEW and quantity.low == (min(values) if cue["low"] else max(values)):
            return True
    return False


_FEW = 2
_EXTREME = re.compile(
    r"(?:(?P<low>最[低小少]|lowest|smallest|minimum)|最[高大多]|highest|largest|maximum)[^0-9,，;；。]{0,10}$",
    re.IGNORECASE,
)


def _elides(quantity: Quantity, claim: str, cited: Sequence[Citation]) -> bool:
    """Whether a number is one of the quote's once a unit is lent to either: "0.4 Tb/s per mm … 1.8 for the other"."""
    if quantity.kind not in ("count", "measure"):
        return False
    told = find_amounts(claim)
    written = [one for one in told if (one.start, one.end) == (quantity.start, quantity.end)]
    mine = [lent for one in written for lent in _lent(one, told, claim)]
    for each in cited:
        quoted = [one.quantity for one in bind(each.quote, each.header)]
        theirs = [lent for one in quoted for lent in _lent(one, quoted, each.quote)]
        pairs = chain(product(mine, quoted), product([quantity, *mine], theirs))
        if any(one.unit and _equal(one, other) for one, other in pairs):
            return True
    return not quantity.unit and any(same_amount(one, quantity) for each in cited for one in _in_cells(each))


def _in_cells(citation: Citation) -> Iterator[Quantity]:
    """The numbers of a table's row, without the units of their heads."""
    return (one for cell in bind(citation.quote, citation.header) if cell.head for one in find_amounts(cell.text))


def _lent(bare: Quantity, others: Iterable[Quantity], text: str) -> Iterator[Quantity]:
    """A number that leaves out its unit ("… and 10 for the third"), in each unit of the others."""
    if is_bare(text, bare):
        yield from (lend(bare, one) for one in others if one.kind == "measure" and one.unit)


def _is_implied(quantity: Quantity, _: str, cited: Sequence[Citation]) -> bool:
    """Whether a quote says it without a number: "a micrometre", 双方; or says nothing of how many, and it is one."""
    if any(same_amount(replace(quantity, bound="="), one) for each in cited for one in find_implied(each.quote)):
        return True
    one = quantity.kind == "count" and quantity.low == quantity.high == 1 and not quantity.unit
    return one and not any(other.kind == "count" for each in cited for other in find_amounts(plain_quote(each)))


def _missing(bound: Place, cited: Sequence[Citation]) -> Fault:
    """The fault that nothing shown has the number; a contradiction where a quote has another one in its place."""
    quantity = bound.quantity
    reason = f"the number “{quantity.text}” stands in no quote and in no calculation"
    for citation in cited:
        rivals = [
            one for one in bind(citation.quote) if comparable(one.quantity, quantity) and one.quantity.kind != "label"
        ]
        rivals = [one for one in rivals if misplaced(bound, one, rivals) is None]
        same = [
            one.quantity for one in rivals if (one.quantity.low, one.quantity.high) == (quantity.low, quantity.high)
        ]
        if any(one.bound != quantity.bound for one in same):
            return Fault(f"the quote bounds the number “{quantity.text}” otherwise (at least, at most, over, under)")
        if len(rivals) == 1 and shared_words(bound.text, "\n".join([citation.quote, *lead_words(citation)])) >= _CLOSE:
            return Fault(f"{reason}; the quote says “{rivals[0].quantity.text}”", contradicts=True)
    return Fault(reason)


def _figure(
    bound: Place, origin: str, citation: Citation | None = None, place: Quantity | None = None, source: str = ""
) -> Numeral:
    names = [bound.words(kind) for kind in ("company", "country", "term")]
    period = "" if bound.quantity.kind == "time" else bound.words("period")
    start = citation.start + place.start if citation and place else 0
    end = citation.start + place.end if citation and place else 0
    subjects = tuple(name for named in names if named for name in named.split(", "))
    quantity = Quantity(*(getattr(bound.quantity, one.name) for one in fields(Quantity)))  # what a bundle keeps
    return Numeral(quantity, period, subjects, origin, citation, start, end, source)  # type: ignore[arg-type]


def _result_of(quantity: Quantity, calculation: Calculation) -> str:
    """The result or input of a calculation that a number repeats: "c1.power_w"; "" where there is none."""
    result = calculation.result
    for value in result.outputs:
        if any(_equal(quantity, one) for text in (value.shown, value.exact) for one in find_amounts(text)):
            return f"{calculation.id}.{value.name}"
    for given in result.inputs:
        words = [given.given] + ([show(given.value, given.unit)] if isinstance(given.value, Decimal | Interval) else [])
        if any(_equal(quantity, one) for text in words for one in find_amounts(text)):
            return f"{calculation.id}.{given.name}"
    return ""


def quantities_of(calculation: Calculation) -> Iterator[Quantity]:
    """The quantities a claim may repeat: inputs as given and as used, outputs exact and as shown."""
    result = calculation.result
    words = [one.given for one in result.inputs]
    words += [show(one.value, one.unit) for one in result.inputs if isinstance(one.value, Decimal | Interval)]
    words += [text for value in result.outputs for text in (value.shown, value.exact)]
    return (quantity for line in words for quantity in find_amounts(line))


def _equal(a: Quantity, b: Quantity) -> bool:
    """Whether a number of a claim is one that is shown."""
    return same_amount(a, b) or _contains(a, b) or _same_rate(a, b)


_LOOSE: dict[Bound, Bound] = {">": "≥", "<": "≤"}


def _same_rate(a: Quantity, b: Quantity) -> bool:
    """Whether two rates are the same class of product: "800G modules" are "modules at 800G and above"."""
    rates = all(one.unit == "Gb/s" and one.text.rstrip()[-1:] in ("G", "T") for one in (a, b))
    return rates and (a.low, a.high) == (b.low, b.high)


def _stands(quantity: Quantity, claim: str, known: Sequence[Quantity], texts: Iterable[str]) -> bool:
    if _is_no_figure(quantity):
        texts = list(texts)
        order = quantity.order if isinstance(quantity, Amount) else ""
        mark = f"{quantity.low}" if order or quantity.text.isdigit() else ""
        if mark and any(re.search(rf"(?:^|\n|“){mark}[.．]", text) for text in texts):
            return True  # the mark of a list item
        if order == "any" and any(quantity.low in _ordinals(text) for text in texts):
            return True
        if order and any(same_amount(quantity, one) for text in texts for one in find_amounts(text) if one.order):
            return True
        return stands_whole(_label(quantity, claim), texts)
    if any(_equal(quantity, other) for other in known):
        return True
    return quantity.kind in ("time", "label") and stands_whole(quantity.text, texts)


def _label(quantity: Quantity, claim: str) -> str:
    """A label with the word before it where it is a bare number: the 5 of "Tomahawk 5" is nothing without it."""
    if not quantity.text.isdigit():
        return _SORT.sub("", quantity.text)
    before = re.search(r"[A-Za-z][A-Za-z.'-]*\s?$|\S\s*$", claim[: quantity.start])
    return (before[0] if before else "") + quantity.text


_SORT = re.compile(r"-(?:class|based|type|grade|level|series|style|scale)$", re.IGNORECASE)
_ORDINALS = {
    word: n for n, word in enumerate("first second third fourth fifth sixth seventh eighth ninth tenth".split(), 1)
}
_ORDINAL = re.compile(
    r"(?<![A-Za-z])(?:(?P<word>" + "|".join(_ORDINALS) + r")|(?P<n>[0-9]{1,2})(?:st|nd|rd|th)|"
    r"(?:layer|part|generation|gen|phase|stage|tier|level)\s(?P<named>[0-9]{1,2}))(?![A-Za-z0-9])|"
    r"(?:^|\n)(?P<item>[0-9]{1,2})\.(?=\s)",
    re.IGNORECASE,
)


def _ordinals(text: str) -> set[Decimal]:
    """The places in an order that a text names: third, 3rd, layer 3, 第三, the number of a list item."""
    found = {
        Decimal(_ORDINALS.get(one[0].lower()) or next(filter(None, one.groups()[1:])))
        for one in _ORDINAL.finditer(text)
    }
    return found | {one.low for one in find_amounts(text) if one.order}


def _is_enumerated(quantity: Quantity, claim: str, cited: Sequence[Citation]) -> bool:
    """Whether a small count is that of the companies or figures which the claim or its quote lists: "two companies"."""
    if quantity.unit or quantity.kind != "count" or quantity.low != quantity.high or not 2 <= quantity.low <= 12:
        return False
    after = claim[quantity.end : quantity.end + _COUNTED_WITHIN]
    counted = next((kind for kind, words in _COUNTED if words.search(after)), "")
    texts = [claim, *(plain_quote(one) for one in cited)]
    if quantity.low == 2 and any(_BOTH.search(text) for text in texts[1:]):
        return True
    # One of the companies may be the one that does something to the others.
    return any(quantity.low in (n, n - 1) for text in texts if (n := _count(text, counted)) > 1)


def _is_apiece(quantity: Quantity, claim: str, cited: Sequence[Citation]) -> bool:
    """Whether it is the "1" of 1日36隻, "36 a day": one of a unit of time, before another number."""
    if quantity.low != quantity.high or quantity.low != 1 or not _PERIOD.search(quantity.text):
        return False
    return bool(_APIECE.match(claim, quantity.end)) and not any(
        one.unit == quantity.unit and one.low > 1 for each in cited for one in find_amounts(plain_quote(each))
    )


_PERIOD = re.compile(r"[日年月週周]$|時間$")
_APIECE = re.compile(r"[^0-9。；;]{0,8}[0-9]|あたり|当たり")


def _is_quarter(quantity: Quantity, claim: str, cited: Sequence[Citation]) -> bool:
    """Whether it is the number of a quarter of some year, which a quote names too: "in the second quarter"."""
    mine = [
        number for (start, end), number in find_quarters(claim).items() if start < quantity.end and quantity.start < end
    ]
    told = {number for each in cited for number in find_quarters(shown_words(each)).values()}
    return quantity.unit in ("", "quarter") and bool(mine) and set(mine) <= told and not _YEAR.search(quantity.text)


_YEAR = re.compile(r"[0-9]{2}")


def _is_rounded(quantity: Quantity, _: str, cited: Sequence[Citation]) -> bool:
    """Whether it is a number of the quote rounded to three digits or more: 5.35 trillion for 5兆3529億."""
    if quantity.kind != "measure" or not quantity.unit or quantity.low != quantity.high or quantity.bound not in "=~":
        return False
    written = re.search(r"[0-9][0-9,]*(?:\.[0-9]+)?", quantity.text)
    digits = len(written[0].replace(",", "").replace(".", "").lstrip("0")) if written else 0
    if digits < _ROUNDED_TO:
        return False
    rounding = Context(prec=digits, rounding=ROUND_HALF_UP)
    return any(
        one.unit == quantity.unit
        and one.low == one.high
        and one.bound in "=~"
        and rounding.plus(one.low) == quantity.low
        for each in cited
        for one in find_amounts(plain_quote(each))
    )


_ROUNDED_TO = 3
_RULES = (
    _is_list_mark, _spans, _is_end, _is_extreme, _is_enumerated,
    _elides, _is_implied, _is_apiece, _is_quarter, _is_rounded,
)  # fmt: skip
"""Ways in which a quote says a number that it does not write so: (number, claim, citations) → whether it does."""


def _count(text: str, counted: str) -> int:
    """How many companies or countries a text names, or numbers of the unit it has most of; 0 for other things."""
    if counted == "figure":
        units = Counter((one.unit, one.kind) for one in find_amounts(text) if one.kind == "measure")
        return max(units.values(), default=0)
    return len({key for sort, key, _, _ in find_keys(text) if sort == counted})


_BOTH = re.compile(r"(?<![a-z])(?:both|pair|either|two|twin)(?![a-z])|双|雙|两|兩|二者", re.IGNORECASE)
_COUNTED_WITHIN = 30
_COUNTED = (
    (
        "company",
        re.compile(
            r"compan|firm|supplier|vendor|maker|manufacturer|houses|operators|partners|[家社]|企业|公司|厂商|廠商|机构|企業"
        ),
    ),
    ("country", re.compile(r"countr|nations|economies|regions|国|國")),
    ("figure", re.compile(r"figure|value|number|estimate|rates|yields|[个個](?:数|數|值|良率)|数字|數字|数值|数据|値")),
)


def _is_via(quantity: Quantity, text: str) -> bool:
    """Whether "over" joins two numbers and bounds none: "115.2 Tb/s over 144 ports", "7 W over 1.6T"."""
    before = text[max(0, quantity.start - 60) : quantity.start]
    return (
        quantity.bound == ">"
        and bool(_OVER.search(text[: quantity.end]))
        and any(one.unit for one in find_amounts(before))
    )


_OVER = re.compile(r"\bover\s[^\s]+(?:\s\S+)?$", re.IGNORECASE)


def _contains(whole: Quantity, part: Quantity) -> bool:
    """Whether a date of the claim is the month or year of a date that is shown: "May 2025" of "11 May 2025"."""
    if whole.unit not in _GRAINS or part.unit not in _GRAINS or whole.kind != "time" or part.kind != "time":
        return False
    finer = _GRAINS.index(part.unit) > _GRAINS.index(whole.unit) and whole.low == whole.high
    return finer and all(str(end).startswith(str(whole.low)) for end in (part.low, part.high))
