"""Whether a claim has exchanged two things of its quotes, by their places, between parallel parts, or in a comparison.

What one of several quotes says whole may be claimed, whatever the others say.
"""

from collections.abc import Sequence
from dataclasses import replace

from agent.answer import Citation
from agent.judging.identity.arguments import find_argument_fault
from agent.judging.identity.comparisons import find_comparison_fault
from agent.judging.identity.groups import read_sentences
from agent.judging.identity.parallels import find_parallel_fault
from agent.judging.identity.renderings import respell
from agent.judging.identity.roles import find_role_fault
from agent.judging.judgement import Fault
from agent.judging.numbers.binding import speak_alike
from agent.judging.shown import plain_quote

_COVERED = 0.8


def find_exchange_fault(claim: str, citations: Sequence[Citation]) -> Fault | None:
    """The first exchange between a claim and its quotes."""
    quotes = [plain_quote(one) for one in citations]
    if len(quotes) == 1 and not speak_alike(claim, quotes[0]):
        told, quote = _in_one_spelling(claim, quotes[0])
        turned = (told, quote) != (claim, quotes[0]) and find_role_fault(told, [replace(citations[0], quote=quote)])
        if turned:
            return turned
    faults = [_find_fault(claim, quote) for quote in quotes]
    if any(fault is None and _covers(quote, claim) for fault, quote in zip(faults, quotes, strict=True)):
        return None
    return next(filter(None, faults), None)


def _find_fault(claim: str, quote: str) -> Fault | None:
    return find_argument_fault(claim, quote) or find_comparison_fault(claim, quote) or find_parallel_fault(claim, quote)


def _in_one_spelling(claim: str, quote: str) -> tuple[str, str]:
    """The two with names that sound alike written alike."""
    return respell(claim, quote), respell(quote, claim)


def _covers(quote: str, claim: str) -> bool:
    keys, held = (
        {word.key for one in read_sentences(text) for word in one.words if not word.little} for text in (claim, quote)
    )
    return len(keys & held) >= _COVERED * len(keys)
