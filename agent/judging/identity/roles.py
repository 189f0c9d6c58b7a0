"""Who does what to whom: two names of a claim may not have changed places.

The names of a pair are in the claim as in its quote when they stand in the same order and nothing turns the order, or
in the other order and something does: a passive ("is supplied by", 由), or the converse of the verb (buy and sell). A
list ("A and B", "A、B") has no order. Where the order cannot be told the pair is left alone.
"""

import csv
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from itertools import combinations

from agent.answer import Citation
from agent.judging.identity.names import latin_names
from agent.judging.identity.passives import find_passive, is_passive
from agent.judging.judgement import Fault
from agent.judging.numbers.binding import find_keys
from agent.judging.shown import plain_quote
from corpus.lexicon import load_lexicon
from corpus.quantities import find_quantities
from corpus.text import split_sentences
from indexes.tokens import terms

_KINDS = ("company", "country")
_LIST = re.compile(
    r"\s?(?:,|，|、|/|&|;|\+|and|or|with|as well as|along with|和|与|與|及|或|以及|同|跟|や|と|・|·|\s|"
    r"[(（][^()（）]{0,60}[)）])*\s?",
    re.IGNORECASE,
)
_PASSIVE_LAST = re.compile(r"[さらわかたまばがな]れ[たてる、]")
_SYMMETRIC = re.compile(
    r"partner|cooperat|collaborat|compet(?:e|es|ed|ing|itor)|merg|joint|together|between|both|each other|alongside|"
    r"versus|合作|竞争|競争|联合|聯合|共同|之间|之間|对比|联手|携手|提携|共同",
    re.IGNORECASE,
)
_POSSESSIVE = re.compile(r"\s?(?:['’]s|的|の)\s?")
_APPOSITION = re.compile(r",\s(?:which|who|that|a|an|the|now|formerly)\s[^,]{0,80},\s|^,\s(?=(?:a|an|the)\s)")
_OWNED = re.compile(r"\s?(?:'s|的|の)?\s?(?:全资|控股)?(?:子公司|子会社|旗下|subsidiary|unit)(?!\sof)", re.IGNORECASE)
_CLAUSE = re.compile(r"[,，;；。]|(?<![a-z])(?:while|whereas|but)(?![a-z])|而|但")
_COMPARED = re.compile(
    r"(?<![a-z])than(?![a-z])|比|高于|低于|多于|少于|大于|小于|优于|快于|慢于|不如|不及|より", re.IGNORECASE
)


@dataclass(frozen=True, slots=True)
class _Pair:
    """Two names of a clause in the order of the text.

    Attributes:
        verbs: Verbs of the table between or after the names; ``turned``: whether the second one does them, None where
            that cannot be told.
        words: The search terms between the two names, or after them where nothing stands between.
        passive: Whether what stands between them is passive.
    """

    first: str
    second: str
    names: tuple[str, str]
    verbs: frozenset[str]
    turned: bool | None
    words: frozenset[str]
    passive: bool


def find_role_fault(claim: str, citations: Sequence[Citation]) -> Fault | None:
    """The first pair of names that have changed places between the claim and its quotes."""
    quoted = [pair for citation in citations for pair in _pairs(plain_quote(citation))]
    for pair in _pairs(claim):
        same = [other for other in quoted if {other.first, other.second} == {pair.first, pair.second}]
        told = [_agrees(pair, other) for other in same]
        if told and False in told and True not in told and None not in told:
            a, b = pair.names
            return Fault(
                f"“{a}” and “{b}” have changed places: the quote has them the other way round", contradicts=True
            )
    return None


def _agrees(pair: _Pair, other: _Pair) -> bool | None:
    """Whether two pairs of the same names say the same; None where that cannot be told."""
    same_order = (pair.first, pair.second) == (other.first, other.second)
    if pair.verbs & other.verbs and pair.turned is not None and other.turned is not None:
        return same_order == (pair.turned == other.turned)
    if pair.words & other.words:
        return same_order == (pair.passive == other.passive)
    return None


def _pairs(text: str) -> Iterator[_Pair]:
    for start, end in split_sentences(text):
        sentence = text[start:end]
        if "|" in sentence:
            continue
        taken = [(one.start, one.end) for one in find_quantities(sentence)]
        keys = [
            key
            for key in find_keys(sentence)
            if key[0] in (*_KINDS, "term") and not any(start < key[3] and key[2] < end for start, end in taken)
        ]
        for a, b in combinations(keys[:_MOST], 2):
            if a[0] == b[0] and a[1] != b[1] and _are_related(sentence, keys, a, b):
                yield _pair(sentence, a, b)
        named = sorted([*_named(sentence), *(key for key in keys if key[0] == "company")], key=lambda key: key[2])
        for a, b in combinations(named[:_MOST], 2):
            # What an unknown name names nobody knows (a town, a month): only "A buys B" tells who does it to whom.
            related = _NAMED in (a[0], b[0]) and a[1] != b[1] and _are_related(sentence, named, a, b)
            if related and _verbs(_between(sentence, a, b))[0]:
                yield _pair(sentence, a, b)


_MOST = 40
"""Names of a sentence that are paired; the time grows with their square."""
_Key = tuple[str, str, int, int]
_NAMED = "named"


def _named(sentence: str) -> Iterator[_Key]:
    """The names in Latin letters that the lexicon does not know; a word that opens the sentence may be one."""
    opened = f"x {sentence}"
    for name in dict.fromkeys(latin_names(opened, load_lexicon().find(opened))):
        for found in re.finditer(rf"(?<![A-Za-z0-9]){re.escape(name)}(?![A-Za-z0-9])", sentence):
            yield _NAMED, name.casefold(), found.start(), found.end()


def _are_related(sentence: str, keys: Sequence[_Key], a: _Key, b: _Key) -> bool:
    """Whether two names stand in one clause, not as members of one list; terms only where they are compared."""
    between = _between(sentence, a, b)
    if _CLAUSE.search(between) or (a[0] == "term" and not _COMPARED.search(between)):
        return False
    return not _are_listed(sentence, keys, a, b)


def _between(sentence: str, a: _Key, b: _Key) -> str:
    """What stands between two names: only the last clause of it, where the first name is the subject of that too."""
    between = _APPOSITION.sub(" ", sentence[a[3] : b[2]])
    last = re.split(r"[,，;；]", between)[-1]
    goes_on = is_passive(last) and (_verbs(last)[0] or _verbs(sentence[b[3] : b[3] + _AFTER])[0])
    return last if goes_on else between


def _are_listed(sentence: str, keys: Sequence[_Key], a: _Key, b: _Key) -> bool:
    """Whether only names and what joins a list stand between the two."""
    between = [key for key in keys if a[3] <= key[2] and key[3] <= b[2]]
    rest, at = "", a[3]
    for key in between:
        rest += sentence[at : key[2]] + " "
        at = key[3]
    return bool(_LIST.fullmatch(rest + sentence[at : b[2]]))


def _is_turned(between: str) -> bool:
    """Whether a verb between two names is in the passive; not where another one is: "uses modulators made by"."""
    voiced = find_passive(between)
    if not voiced or not voiced.isascii():
        return bool(voiced)
    return not _verbs(between.partition(voiced)[0])[0]


def _pair(sentence: str, a: _Key, b: _Key) -> _Pair:
    between, after = _between(sentence, a, b), sentence[b[3] : b[3] + _AFTER]
    passive = _is_turned(between)
    verbs, turned = _verbs(between)
    if _OWNED.match(between) or _POSSESSIVE.fullmatch(
        between
    ):  # "A's subsidiary B", "A旗下的B": what says of B that it is owned stands before it
        verbs, turned = frozenset({"own"}), False
    if not verbs:  # "A向B供应", "AがBに供給": the verb comes last
        verbs, turned = _verbs(after)
        passive = passive or bool(_PASSIVE_LAST.search(after))
    words = frozenset(terms(between)) or frozenset(terms(after))
    if _SYMMETRIC.search(between) or _SYMMETRIC.search(after):
        verbs, words = frozenset(), frozenset()
    names = (sentence[a[2] : a[3]], sentence[b[2] : b[3]])
    return _Pair(a[1], b[1], names, verbs, None if turned is None else turned != passive, words, passive)


_AFTER = 40


def _verbs(text: str) -> tuple[frozenset[str], bool | None]:
    """The verbs of a text by name, and whether they are the converse; None where it has both."""
    found = {(name, turned) for name, turned, pattern in _verb_table() if pattern.search(text)}
    turned = {way for _, way in found}
    return frozenset(name for name, _ in found), next(iter(turned)) if len(turned) == 1 else None


@cache
def _verb_table() -> tuple[tuple[str, bool, re.Pattern[str]], ...]:
    """(verb, whether its converse, how either is written), from verbs.csv."""
    text = files("agent.judging.identity").joinpath("verbs.csv").read_text(encoding="utf-8")
    return tuple(
        (row["name"], column == "converse", re.compile(rf"(?<![A-Za-z])(?:{row[column]})", re.IGNORECASE))
        for row in csv.DictReader(text.splitlines())
        for column in ("does", "converse")
    )
