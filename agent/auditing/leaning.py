"""Say what the pronouns of a statement stand for, from the statements and headings before it."""

import re
from collections.abc import Sequence

from agent.auditing.searching import companies_in
from agent.auditing.statements import Statement

_LEAD = (
    r"^(?P<lead>(?:(?:and|but|so|also|however|moreover|still|yet|in \d{4}|但|而|同时|此外|另外|不过|然而)[,，]?\s*)?)"
)
_ENGLISH = re.compile(
    rf"{_LEAD}(?P<pronoun>its|it|they|their|the (?:company|firm|group|supplier|vendor|maker|manufacturer))\b(?!\s"
    r"(?:is|was) (?:clear|true|known|said|likely|unlikely|possible|important|worth|hard|expected|estimated|reported|"
    r"believed)\b)(?P<own>'s)?",
    re.IGNORECASE,
)
_CHINESE = re.compile(
    rf"{_LEAD}(?P<pronoun>(?:该|該|这家|這家|此)(?:公司|企业|企業|厂商|廠商|供应商|供應商)|其(?![中他余它实实間间])|它|该司)(?P<own>的)?"
)
_PAIRED = re.compile(r"后者|後者|前者|\bthe (?:former|latter)\b", re.IGNORECASE)
_LEANS = re.compile(
    r"^(?:(?:and|but|so|also|hence|thus|therefore)[,]?\s)?(?:it|its|they|their|this|that|these|those|he|she|his|her|both|such|"
    r"the (?:same|latter|former|company|two|three|figure|difference|gap|framework|report|note|"
    r"deal|switch|chip|product|standard))\b"
    r"|^(?:and|but|so|hence|thus|therefore|against|after that|compared)\b"
    r"|^(?:而|但|其|它|他|她|该|該|这|這|此|后者|後者|前者|两家|兩家|二者|两者|也就是|即|与之|與之|改用|同样|同樣|因此|所以)",
    re.IGNORECASE,
)


def leans(statement: Statement) -> bool:
    """Whether a statement opens as one that goes on from what stands before it."""
    return bool(statement.before) and bool(_LEANS.match(statement.claim))


def read_in_context(statement: Statement) -> str:
    """The claim with the company's name in the place of the pronoun it opens with; the claim as it is without one.

    A pronoun that stands for no known company is left as it is.
    """
    claim = statement.claim
    if _PAIRED.search(claim):
        return _pair(claim, statement.before)
    for pattern in (_ENGLISH, _CHINESE):
        found = pattern.match(claim)
        subject = _subject(statement) if found else ""
        if found and subject:
            return found["lead"] + _possessive(subject, found) + claim[found.end() :]
    return claim


def _possessive(subject: str, found: re.Match[str]) -> str:
    pronoun = found["pronoun"].lower()
    if pronoun in ("its", "their") or found["own"] == "'s":
        return f"{subject}'s"
    return subject + "的" if pronoun == "其" or found["own"] == "的" else subject


def _subject(statement: Statement) -> str:
    """The company that the statement before it is about; failing that, the one its heading names."""
    for text in (*reversed(statement.before[-2:]), *reversed(statement.section)):
        companies = companies_in(text)
        if companies:
            return text[companies[0].start : companies[0].end]
    return ""


def _pair(claim: str, before: Sequence[str]) -> str:
    """ "The former" and "the latter" are the two companies named last before."""
    named: list[str] = []
    for text in reversed(before):
        for mention in reversed(companies_in(text)):
            name = text[mention.start : mention.end]
            if name not in named:
                named.append(name)
        if len(named) >= 2:
            break
    if len(named) < 2:
        return claim
    latter, former = named[:2]
    return _PAIRED.sub(lambda word: former if word[0] == "前者" or "former" in word[0].lower() else latter, claim)
