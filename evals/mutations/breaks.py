"""Faults of what is left out: a sentence that breaks off, a word or a number cut, a condition or a denial lost."""

import re
from collections.abc import Iterator

from corpus.text import split_sentences
from evals.mutations.case import Edit, Statement, draw, pick
from evals.mutations.names import companies_in
from evals.mutations.words import words

_HANGING = re.compile(
    r" (?:of|the|in|to|and|than|per|with|by|for|from|at|on|its|a|an|is|are|was|were|into|between|about|or|that|which|"
    r"without)(?= )"
)
_HAN_HANGING = re.compile(
    r"(?:[\u4e00-\u9fff](?:和|与|在|由|为|比|从|对|把|被|将|及|于))(?=[\u4e00-\u9fffA-Za-z0-9\s])"
)
_HAN_WORDS = re.compile("|".join(words("breaks", "han_whole")))


def break_off(statement: Statement) -> Iterator[Edit]:
    """The claim ends at a word that wants another one: "costs about US$1,000 including its"."""
    text = statement.text
    low, high = len(text) * 2 // 5, len(text) - (8 if statement.language == "en" else 4)
    cuts = []
    for found in (_HANGING if statement.language == "en" else _HAN_HANGING).finditer(text):
        word = statement.language == "en" or not _HAN_WORDS.search(text[max(0, found.start() - 1) : found.end() + 1])
        if low < found.end() < high and word and not _ends_in_company(text[: found.end()]):
            cuts.append(found.end())
    if statement.language in ("en", "zh") and cuts:
        at = pick(cuts, "break", statement.id)
        yield Edit(text[:at], f"breaks off at “…{text[max(0, at - 20) : at]}”")


def _ends_in_company(text: str) -> bool:
    """Whether what is left ends in a company's name, its short one: 长电 of 长电科技 is no word cut."""
    return any(one.end == len(text) for one in companies_in(text))


def cut_word(statement: Statement) -> Iterator[Edit]:
    """The claim ends inside a word, a name or a number."""
    text = statement.text
    low = len(text) // 3
    cuts = [at for at in _places_inside(text) if low < at and not _ends_in_company(text[:at])]
    if cuts:
        at = pick(cuts, "cut", statement.id)
        yield Edit(text[:at], f"cut at “…{text[max(0, at - 20) : at]}”")


def cut_quote(statement: Statement) -> Iterator[tuple[str, str]]:
    """Pairs (quote, change): quotes that begin or end inside a word, a name or a number."""
    quote = statement.quote
    cuts = [at for at in _places_inside(quote) if at > 12]
    if not cuts or len(quote) < 25:
        return
    at = pick(cuts, "quote", statement.id)
    starts = at < len(quote) // 2
    words = quote[at:] if starts else quote[:at]
    yield words, f"quote cut at “{quote[max(0, at - 10) : at]}|{quote[at : at + 10]}”"


def _places_inside(text: str) -> list[int]:
    """Where a cut divides a Latin word of seven letters or more, a number with a point, or a company's Chinese name."""
    places = []
    for found in re.finditer(r"(?<![A-Za-z'’-])[a-z]{7,}(?![A-Za-z'’-])", text):
        at = found.start() + 3 + draw("inside", text, found.start()) % (len(found[0]) - 6)
        if not _ENDS_WORD.search(found[0][: at - found.start()]):
            places.append(at)
    places += [found.start() + found[0].index(".") for found in re.finditer(r"(?<![\d.])\d+\.\d+(?![\d.])", text)]
    for mention in companies_in(text):
        if not text[mention.start].isascii() and mention.end - mention.start >= 3:
            places.append(mention.start + 2 if mention.end - mention.start > 3 else mention.start + 1)
    return sorted(places)


# What is a word or ends one when a longer word is cut there: "connect|or", "process|es".
_ENDS_WORD = re.compile(
    r"^(?:con|pro|per|pre|dis|inter|over|under|out|sub|super|trans|some|any|every|with|where|there|here|ever|form|port|act|"
    r"hand|head|land|light|high|low|ran|run|eat|man|men|use|age|able|art|par|car|cap|com|com|gene|net|work|the|for|all|and|"
    r"are|not|can|has|was|one|two|ten|off|per|pen|pet|pack|pass|part|pat|path|per|mod|mode|model|rep|report|line|link|data)$|"
    r"(?:ing|ed|er|al|ment|tion|ion|ate|ect|ess|ity|ist|ant|ent|ure|ive|ort|orm|uct|ire|ound|ard|ark|ine|ight|ance|ence)$"
)

# --- Conditions -------------------------------------------------------------------------------------------------------

_CONDITIONS = [
    re.compile(r"^(?:If|Unless|Provided(?: that)?|Except (?:for|in|when))\b[^,.;]{4,90}, (?:then )?"),
    re.compile(r",? (?:only if|if|unless|provided|as long as|except)\b[^,.;]{4,90}(?=[.;]|$)"),
    re.compile(r"^(?:如果|若|只要|除非|一旦|除)[^，。；]{2,40}，"),
    re.compile(r"(?<=[，；])(?:如果|若|只要|除非|一旦)[^，。；]{2,40}，"),
    re.compile(r"^(?:在)[^，。；]{2,40}(?:的前提下|的情况下|的条件下|时)，"),
    re.compile(r"(?<=[，；])在[^，。；]{2,40}(?:的前提下|的情况下|的条件下|时)，"),
    re.compile(r"(?:仅在|只在)[^，。；]{2,20}(?:时|下)"),
]  # fmt: skip


_ASKS = r"\b(?:ask|know|see|wonder|tell|told|doubt|determine|decide|check|question|unclear|sure)(?:s|ed|d|ing)?"
"""Before "if" as "whether"."""


def drop_condition(statement: Statement) -> Iterator[Edit]:
    """What is said under a condition, or with an exception, is said without it."""
    for pattern in _CONDITIONS:
        found = pattern.search(statement.text)
        asked = found and re.search(rf"{_ASKS}$", statement.text[: found.start()])
        if found and not asked and not re.match(r",? (?:if any|if not)", found[0]):
            rest = statement.text[: found.start()] + statement.text[found.end() :]
            list_cut = re.match(r"[A-Za-z-]+ and ", rest) and not found.start()  # "If A, B and C do, it works"
            if len(rest) > (12 if statement.language == "en" else 6) and not list_cut:
                yield Edit(rest[0].upper() + rest[1:], f"without “{found[0].strip(' ,')}”")
                return


_DENIAL = re.compile(
    r"\b(?:is|are|was|were|will|can|could|does|do|did|has|have|had) (?:not|never|no longer) (?=[a-z])|"
    r"\bcannot (?=[a-z])|"
    r"(?:并未|尚未|没有|无法|不再|不能|并非|不是|不会|不(?=能|需|含|生产|包|属|必|进|支持|依赖|具|代表))(?=[\u4e00-\u9fff]{2})"
)
_NO_DENIAL = re.compile(
    "不(?:少|同|断|仅|足|过|得不|论|锈|到|久|如|管|但|可|乏|一|愧|止|朽|良|当|利|平|易|由|想|惜|安|再)"
)


def quote_after_denial(statement: Statement) -> Iterator[tuple[str, str]]:
    """Pairs (quote, change): the words after a denial, quoted as if nothing denied them."""
    for found in _DENIAL.finditer(statement.quote):
        rest = statement.quote[found.end() :]
        if len(rest) > (20 if statement.language == "en" else 8) and not _NO_DENIAL.match(found[0] + rest):
            end = split_sentences(rest)[0][1]
            yield rest[:end], f"quoted without “{found[0].strip()}”"
            return
