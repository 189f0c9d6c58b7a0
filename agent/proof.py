"""Whether the numbers and names of a claim stand in what is shown for it.

What is shown for a claim is the quote of each citation with its headings, table head, title and date, and each
calculation's inputs and results. A number that stands only in the user's question proves nothing. A company or
country that the user asked about may be named with a calculation, which is about whatever the question is about.
"""

import re
import unicodedata
from collections.abc import Iterable, Sequence
from decimal import Decimal
from functools import cache

from agent.answer import Calculation, Citation
from agent.calculator import Interval
from agent.calculator.result import show
from corpus.lexicon import Mention, TermKind, load_lexicon
from corpus.quantities import Quantity, find_quantities, same_quantity
from indexes.tokens import terms

_NAMES: tuple[TermKind, ...] = ("company", "country")
# "(in Chinese)" after a title tells the language of a source, not a country.
_LANGUAGE_NOTE = re.compile(r"\((?:in )?(?:English|Chinese|Japanese)\)|[（(](?:英文|中文|日文|英語|中国語|日本語)[)）]")
# A capitalised word that does not open a sentence, or one with a capital or digit inside: the name of something.
_LATIN_NAME = re.compile(r"(?<![A-Za-z0-9])(?:[A-Za-z]+[A-Z0-9][A-Za-z0-9]*|[A-Z][A-Za-z]+)(?![A-Za-z0-9])")
_OPENS = re.compile(r"(?:^|[.!?:;。！？：；“”\"'(（—\n-])\s*$")
# Words of declining, in which "the price of X was not found" may be said; each is cut into search terms.
_DECLINING = """
No indexed document answers this question: nothing comparable found on it. No passage brings together these, none of
the documents, passages, reports, sources or texts given, provided, retrieved, available or seen contain, mention,
include, state, say, give or provide any information, data, evidence, details, figures or answers about it. It was not
found, is missing, unknown, unclear, not stated, mentioned, specified, available. I cannot, could not find; unable to.
已收录的文档没有回答这个问题：未找到关于它们的内容。没有段落同时谈到；未找到可比内容；资料、文件、报告、段落中没有提到、提及、
提供、给出、说明相关信息、数据、证据、答案；无法回答；不清楚；未知；缺失；缺少；找不到；不足。
収録文書に答えはありません。関する記述が見つかりません。ともに述べた箇所がありません。比較できる記述は見つかりません。
"""
_GRAINS = ("year", "month", "day")
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


def find_fault(
    claim: str, citations: Sequence[Citation], calculations: Sequence[Calculation], question: str = ""
) -> str:
    """The first number or name of a claim that is not shown for it, as a sentence; "" when all are."""
    if not claim:
        return "it says nothing"
    if not citations and not calculations:
        return "it has no quote and no calculation"
    quoted = [_shown_words(citation) for citation in citations]
    operands = [_shown_words(origin.citation) for one in calculations for origin in one.origins if origin.citation]
    told = quoted + ([question] if calculations else [])
    told += operands
    told += [words for one in calculations for words in (*_own_words(one), one.result.shown())]
    claim = _LANGUAGE_NOTE.sub(lambda note: " " * len(note[0]), claim)
    return _number_fault(claim, quoted + operands, calculations) or _name_fault(claim, told)


def speaks_only_of(text: str, question: str) -> bool:
    """Whether a text that says what was not found asserts nothing of its own.

    Its numbers, names and words must be the question's, but for the words of declining.
    """
    if _number_fault(text, [question], ()) or _name_fault(text, [question]):
        return False
    asked = {mention.term.id for mention in load_lexicon().find(question)}
    rest = list(text)
    for mention in load_lexicon().find(text):
        if mention.term.id in asked:
            rest[mention.start : mention.end] = " " * (mention.end - mention.start)
    return set(terms("".join(rest))) <= {*terms(question), *_declining()}


@cache
def _declining() -> frozenset[str]:
    return frozenset(terms(_DECLINING))


def _shown_words(citation: Citation) -> str:
    """All of the document's own words that are shown with a citation."""
    lead = [*citation.section, citation.header, citation.title, citation.published]
    return "\n".join([citation.quote, *(part for part in lead if part)])


def _number_fault(claim: str, quoted: Sequence[str], calculations: Sequence[Calculation]) -> str:
    known = [quantity for words in quoted for line in words.split("\n") for quantity in find_quantities(line)]
    known += [quantity for calculation in calculations for quantity in _quantities_of(calculation)]
    own = [words for calculation in calculations for words in _own_words(calculation)]
    known += [quantity for words in own for quantity in find_quantities(words)]
    for quantity in find_quantities(claim):
        if not _stands(quantity, claim, known, quoted):
            return f"the number “{quantity.text}” stands in no quote and in no calculation"
    for amount in _AMOUNT.finditer(claim):
        if not _amount_stands(amount[0], [*quoted, *own]):
            return f"the amount “{amount[0]}” stands in no quote"
    return ""


def _amount_stands(amount: str, quoted: Sequence[str]) -> bool:
    """Whether an amount in words, or another way to say as much, stands in a quote."""
    alike = next((group for group in _SAME_AMOUNTS if re.fullmatch(group, amount, re.I)), re.escape(amount))
    return any(re.search(alike, words, re.I) for words in quoted)


def _own_words(calculation: Calculation) -> list[str]:
    """What the calculator calls its results: "time to double" brings in no amount."""
    return [words for value in calculation.result.outputs for words in (value.meaning.en, value.meaning.zh)]


def _quantities_of(calculation: Calculation) -> list[Quantity]:
    """The quantities a claim may repeat: inputs as given and as used, outputs exact and as shown."""
    result = calculation.result
    words = [one.given for one in result.inputs]
    words += [show(one.value, one.unit) for one in result.inputs if isinstance(one.value, Decimal | Interval)]
    words += [text for value in result.outputs for text in (value.shown, value.exact)]
    return [quantity for line in words for quantity in find_quantities(line)]


def _stands(quantity: Quantity, claim: str, known: Sequence[Quantity], quoted: Iterable[str]) -> bool:
    if quantity.kind == "label" and not quantity.unit:
        return _stands_whole(_label(quantity, claim), quoted)
    if any(same_quantity(quantity, other) or _contains(quantity, other) for other in known):
        return True
    return quantity.kind in ("time", "label") and _stands_whole(quantity.text, quoted)


def _label(quantity: Quantity, claim: str) -> str:
    """A label with the word before it where it is a bare number: the 5 of "Tomahawk 5" is nothing without it."""
    if not quantity.text.isdigit():
        return quantity.text
    before = re.search(r"\S+\s*$", claim[: quantity.start])
    return (before[0] if before else "") + quantity.text


def _contains(whole: Quantity, part: Quantity) -> bool:
    """Whether a date of the claim is the month or year of a date that is shown: "May 2025" of "11 May 2025"."""
    if whole.unit not in _GRAINS or part.unit not in _GRAINS or whole.kind != "time" or part.kind != "time":
        return False
    finer = _GRAINS.index(part.unit) > _GRAINS.index(whole.unit) and part.low == part.high
    return finer and whole.low == whole.high and str(part.low).startswith(str(whole.low))


def _stands_whole(words: str, quoted: Iterable[str]) -> bool:
    """Whether words stand in a quote without cutting a longer word or number."""
    pattern = r"\s*".join(re.escape(piece) for piece in words.split())
    whole = re.compile(rf"(?<![0-9A-Za-z])(?<![0-9][.,]){pattern}(?![0-9A-Za-z]|[.,]\d)", re.IGNORECASE)
    return any(whole.search(text) for text in quoted)


def _name_fault(claim: str, told: Sequence[str]) -> str:
    lexicon = load_lexicon()
    known = {mention.term.id for words in told for mention in lexicon.find(words, _NAMES)}
    mentions = lexicon.find(claim)
    for mention in mentions:
        if mention.term.kind in _NAMES and mention.term.id not in known:
            return f"the name “{claim[mention.start : mention.end]}” stands in no quote"
    for word in re.findall(r"\w+", claim):
        if _mixes_scripts(word) and not any(word in words for words in told):
            return f"the word “{word}” mixes scripts and stands in no quote"
    for name in _latin_names(claim, mentions):
        if not _stands_whole(name, told):
            return f"the name “{name}” stands in no quote"
    return ""


def _latin_names(claim: str, mentions: Sequence[Mention]) -> Iterable[str]:
    """Latin names of a claim that the lexicon does not know; numbers with units are none."""
    taken = [(mention.start, mention.end) for mention in mentions]
    taken += [(quantity.start, quantity.end) for quantity in find_quantities(claim)]
    for found in _LATIN_NAME.finditer(claim):
        opens = _OPENS.search(claim[: found.start()]) and found[0][1:].islower()
        if not opens and not any(start < found.end() and found.start() < end for start, end in taken):
            yield found[0]


def _mixes_scripts(word: str) -> bool:
    """Whether Latin letters stand beside Greek or Cyrillic ones or bear loose marks, as in a name made to look known.

    The μ and Ω of units ("μm", "kΩ") are no such mixture.
    """
    names = [unicodedata.name(character, "") for character in word if character not in "μΩ"]
    latin = any(name.startswith("LATIN") for name in names)
    return latin and any(name.startswith(("GREEK", "CYRILLIC", "COMBINING")) for name in names)
