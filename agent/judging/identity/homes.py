"""Whether a claim sets beside a company a country that is not its own: "美国JX金属", "Japan's Lumentum".

The country must be a home of the company by the lexicon, or stand beside it in what is shown. Where the lexicon knows
no home of it, nothing is said.

    >>> find_foreign_home("Japan's Lumentum makes lasers.", ["Lumentum makes lasers."])
    ('Japan', 'Lumentum')
    >>> find_foreign_home("Japan's Lumentum makes lasers.", ["Japan's Lumentum is new."]) is None
    True
"""

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise

from agent.answer import Citation
from agent.judging.judgement import Fault
from agent.judging.shown import shown_words
from corpus.lexicon import Mention, load_lexicon

_FIRM_EN = r"(?:firm|company|vendor|supplier|maker|manufacturer|producer|group|start-?up|giant|chipmaker|developer)"
_FIRM_HAN = "(?:企业|企業|公司|厂商|廠商|供应商|供應商|巨头|巨頭|大厂|大廠|メーカー|大手|会社|新興)"
_BEFORE = re.compile(
    rf"(?:['’]s)? ?(?:[a-z]+ )?(?:{_FIRM_EN},? )?|的?{_FIRM_HAN}?(?:の|的)?[「“]?|の{_FIRM_HAN}?(?:の|、)?",
    re.IGNORECASE,
)
"""What may stand between a country and the company that it is the home of."""
_AFTER_EN = re.compile(r",? ?(?:(?:is|was|are),? )?(?:a|an|the) (?:[a-z-]+ ){0,2}", re.IGNORECASE)
_AFTER_HAN = re.compile(r"(?:是|为|為|属于|は)(?:一?家|一?个|の)?")
_IS_FIRM = re.compile(rf"(?:-based)? ?(?:\w+ ){{0,2}}{_FIRM_EN}\b|的?{_FIRM_HAN}|の?{_FIRM_HAN}", re.IGNORECASE)
_NOT_HOME = re.compile(
    r"(?:\b(?:in|from|to|for|of|outside|across|with|between|and)(?: the)? ?|[在于於赴与和向对對])$", re.IGNORECASE
)
"""Before a country that is a place or a party of its own: "in Japan Lumentum opened"."""
_DEIXIS = frozenset(("国内", "国产", "我国", "國內", "陆厂"))


def find_home_fault(claim: str, citations: Sequence[Citation]) -> Fault | None:
    """The first country beside a company of a claim that is neither its home nor beside it in what is shown."""
    found = find_foreign_home(claim, [shown_words(one) for one in citations])
    return Fault(f"“{found[0]}” is not the country of “{found[1]}”", contradicts=True) if found else None


def find_foreign_home(claim: str, told: Sequence[str]) -> tuple[str, str] | None:
    """A country and the company that a claim gives it to, as written, where nothing told does; else None."""
    for country, company in _homes(claim):
        homes = company.term.countries
        if not homes or {"EU", *homes} & set(country.term.countries):
            continue
        if not any(_stands_beside(country, company, text) for text in told):
            return claim[country.start : country.end], claim[company.start : company.end]
    return None


def _stands_beside(country: Mention, company: Mention, text: str) -> bool:
    """Whether a text has both beside each other, or in one row of a table."""
    pair = (country.term.id, company.term.id)
    if any((one.term.id, other.term.id) == pair for one, other in _homes(text)):
        return True
    rows = [line for line in text.split("\n") if "|" in line]
    return any(set(pair) <= {one.term.id for one in load_lexicon().find(row)} for row in rows)


def _homes(text: str) -> Iterator[tuple[Mention, Mention]]:
    """Each company with the country beside it."""
    found = load_lexicon().find(text, ("company", "country"))
    for one, other in pairwise(found):
        between = text[one.end : other.start]
        if one.term.kind == "country" and other.term.kind == "company":
            place = text[one.start : one.end] in _DEIXIS or _NOT_HOME.search(text[: one.start])
            if not place and _BEFORE.fullmatch(between):
                yield one, other
        elif one.term.kind == "company" and other.term.kind == "country":
            joined = _AFTER_EN.fullmatch(between) or _AFTER_HAN.fullmatch(between)
            if joined and text[other.start : other.end] not in _DEIXIS and _IS_FIRM.match(text, other.end):
                yield other, one
