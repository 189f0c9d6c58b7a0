"""Whether a claim turns the sense of its quote: negation, direction, certainty, conditions and limits.

Words of both are matched first, so that only what differs is judged. What is left in a clause of the claim is compared
with what is left in the clauses of the quote that speak of the same: rise against fall, 不 against nothing, "plans to"
against nothing. Names, numbers and who does what to whom are judged elsewhere. What cannot be told is let pass.

    >>> find_sense_fault("CPO lowers the power.", "CPO 使功耗上升。")
    Fault(reason='the quote says “上升”, the claim “lowers”', contradicts=True)
    >>> find_sense_fault("功耗因 CPO 而下降。", "CPO lowers the power.") is None
    True
"""

import re
from collections.abc import Callable

from agent.judging.judgement import Fault
from agent.judging.wording.certainty import find_duty_fault, find_hedge_fault
from agent.judging.wording.clauses import cells, read
from agent.judging.wording.comparing import Comparison, View, turn_cues
from agent.judging.wording.copying import find_copy_fault
from agent.judging.wording.cues import Cue, find_cues, find_estimates
from agent.judging.wording.denials import find_denial_fault
from agent.judging.wording.directions import find_direction_fault
from agent.judging.wording.limits import find_limit_fault
from agent.judging.wording.ordering import find_order_fault
from corpus.text import fold, without_source_notes

_CHECKS: tuple[Callable[[View], Fault | None], ...] = (
    find_direction_fault,
    find_denial_fault,
    find_hedge_fault,
    find_duty_fault,
    find_limit_fault,
)
_SOURCE = re.compile(r"confiden|可信|信頼度|置信", re.IGNORECASE)


def find_sense_fault(claim: str, quote: str, lead: str = "") -> Fault | None:
    """The first way in which a claim turns the sense of its quote; None when it keeps it, or nothing tells.

    Args:
        claim: One statement, normalised, in English, Chinese or Japanese.
        quote: The words shown for it, verbatim: sentences, part of one, or a row of a table ("a | b").
        lead: What is shown with the quote, one a line: title, headings, the head of its table ("x | y").
    """
    if without_source_notes(claim) == claim and not _SOURCE.search(claim):
        quote = without_source_notes(quote)
    said, shown = _bare(claim), _bare(quote)
    if said == shown or not said or not shown:
        return None
    heads = _heads(quote, lead)
    above = (*find_cues(lead), *find_estimates(lead))
    both = Comparison(read(claim), read(quote, heads), above, heads)
    for clause in both.claim.clauses:
        view = both.view(clause)
        for check in _CHECKS:
            fault = check(view)
            if fault:
                return fault
    return find_copy_fault(both.claim, both.quote) or find_order_fault(claim)


def find_turned_cues(text: str) -> tuple[Cue, ...]:
    """The cues of a text, with those turned that a negation stands beside: 不成熟, "does not rise"."""
    return turn_cues(find_cues(text), read(text))


def _bare(text: str) -> str:
    return "".join(character for character in fold(text) if character.isalnum())


def _heads(quote: str, lead: str) -> tuple[str, ...]:
    """The heads of the columns, where the quote is a row and its table's head stands above it."""
    width = len(cells(quote))
    rows = [row for row in map(cells, lead.split("\n")) if len(row) == width]
    return tuple(rows[-1]) if rows and width > 1 else ()
