"""Whether quotes cover all that a claim says, where no rule tells: the support score, for one quote and for several.

Several quotes together may name all that a claim does and yet none say it: half of one sentence and half of another.
So each clause must be covered by one of them, unless the claim lists what they name.
"""

import re
from collections.abc import Sequence

from agent.answer import Citation
from agent.judging.coverage.support import ACCEPTED
from agent.judging.judgement import Fault, Support
from agent.judging.quotations import without_quotations
from agent.judging.shown import shown_words
from corpus.lexicon import load_lexicon

_CLAUSE = re.compile(
    r"[,;:，；：](?=\s|[^\x00-\x7f])|(?<=[.!?。！？])\s*|(?<![A-Za-z])(?:while|whereas|but)(?![A-Za-z])|而(?!且)"
)
_LISTED = 3
_SHORT = 6


def weigh(claim: str, citations: Sequence[Citation], support: Support) -> tuple[float, Fault | None]:
    """The score of a claim, and the fault that its quotes do not say it."""
    # Quoted words may be of another language than the claim; titles count, for what is shown says them too.
    told = without_quotations(claim, citations)
    shown = [shown_words(one) for one in citations]
    together = "\n".join(shown)
    score = support(told, together)
    if score < ACCEPTED:
        missing = support.find_uncovered(told, together)
        said = ", ".join(f"“{words}”" for words in missing[:3])
        return score, Fault(f"nothing quoted speaks of {said}" if said else "what is quoted does not say so")
    if len(shown) > 1 and not _lists(told):
        for clause in _clauses(told):
            best = max(support(clause, one) for one in shown)
            if best < ACCEPTED or _is_mixed(clause, shown, support):
                return best, Fault(f"no single quote says “{clause.strip()}”")
    return score, None


def _is_mixed(clause: str, shown: Sequence[str], support: Support) -> bool:
    """Whether each quote lacks words of a clause that another has: it was put together from both."""
    lacking = [_without_names(support.find_uncovered(clause, one)) for one in shown]
    return all(lacking) and len({words for each in lacking for words in each}) > 1


def _without_names(words: Sequence[str]) -> frozenset[str]:
    return frozenset(one for one in words if not load_lexicon().find(one, ("company", "country")))


def _lists(claim: str) -> bool:
    """Whether a claim names several of a kind, each of which another quote may name."""
    named = {one.term.id for one in load_lexicon().find(claim) if one.term.kind != "term"}
    return len(named) >= _LISTED


def _clauses(claim: str) -> list[str]:
    return [one for one in _CLAUSE.split(claim) if one and len(one.strip()) >= _SHORT]
