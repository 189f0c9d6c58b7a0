"""Cut a compound sentence into clauses that each say something of their own."""

import re

from agent.auditing.searching import companies_in
from corpus.lexicon import load_lexicon
from corpus.quantities import find_quantities
from corpus.text import HAN, KANA

_BREAK = re.compile(
    r"\s*[;；]\s*|,\s+(?=(?:and|but|while|whereas|although|though|yet|with|which|or)\b)"
    r"|\s+(?=(?:while|whereas|although)\b)|，\s*|,\s*(?=[一-鿿])",
    re.IGNORECASE,
)
_JOINT = re.compile(
    r"^(?:and|but|while|whereas|although|though|yet|or|which|with)\s+|^(?:而|但|并|並|且|同时|同時|虽然|雖然|不过)",
    re.IGNORECASE,
)
_LEADS_ON = re.compile(
    r"^(?:[在当當若对對从從按随隨为為与與据據除通以由]|如果|如|用(?!于)|根据|根據|到\d|截至)"
    r"|^(?:in|at|on|if|when|unless|until|for|by|from|against|under|over|after|before|since|as|to|of|per|given|according|"
    r"once|without|during|because)\b",
    re.IGNORECASE,
)
"""How a stretch opens that says when, where or on what condition the next one holds."""
_LEAST_LATIN, _LEAST_WIDE = 3, 4


def split_clauses(text: str) -> list[str]:
    """The clauses of a sentence, each with the subject of the first where it has none; [text] where it is one."""
    parts = [part.strip(" ,，;；") for part in _BREAK.split(text)]
    joined: list[str] = []
    for part in parts:
        if joined and not (_stands_alone(part) and _stands_alone(joined[-1])):
            joined[-1] = f"{joined[-1]}{'，' if _is_wide(part) else ', '}{part}"
        elif part:
            joined.append(part)
    if len(joined) < 2:
        return [text]
    subject = _subject(joined[0])
    return [joined[0], *(_with_subject(_JOINT.sub("", part), subject) for part in joined[1:])]


def _stands_alone(part: str) -> bool:
    if _LEADS_ON.match(part):
        return False
    words = len(part.split()) >= _LEAST_LATIN or len(re.findall(f"[{HAN}{KANA}]", part)) >= _LEAST_WIDE
    return words and bool(find_quantities(part) or load_lexicon().find(part))


def _is_wide(text: str) -> bool:
    return bool(re.search(f"[{HAN}{KANA}]", text))


def _subject(clause: str) -> str:
    """The company, failing that the term, that a clause opens with or names first."""
    first = next(iter(companies_in(clause) or load_lexicon().find(clause)), None)
    return clause[first.start : first.end] if first else ""


def _with_subject(clause: str, subject: str) -> str:
    if not subject or companies_in(clause):
        return clause
    return f"{subject}{clause}" if _is_wide(clause) else f"{subject} {clause}"
