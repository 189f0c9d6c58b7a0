"""Tell in what one thing a quote says otherwise than a claim that is about the same: a number, a date, a name."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from agent.answer import Citation
from agent.auditing.deriving import is_result
from agent.auditing.searching import Claim
from agent.judging.numbers.binding import bind
from corpus.lexicon import Mention, TermKind, load_lexicon
from corpus.quantities import Quantity, find_quantities, same_quantity
from corpus.text import without_source_notes
from indexes.tokens import terms

_ALIKE_SAME, _ALIKE_ACROSS = 0.6, 0.75
"""How much of the rest of a claim must stand in a quote that is about the same, in one language and across."""

_LEAST_PARTS = 2
"""Known names and shared words that a quote about the same has at least."""


@dataclass(frozen=True, slots=True)
class Difference:
    """What a quote says in the place of what a claim says.

    Attributes:
        reason: For people: "the quote gives “450 US dollars”, the sentence “540”".
        alike: How much of the rest of the claim stands in the quote, from 0 to 1.
    """

    reason: str
    alike: float


def find_difference(claim: Claim, citation: Citation) -> Difference | None:
    """The one thing in which a quote about the same says otherwise; None where it does not, or is about another thing.

    The claim's other numbers, its companies (but for a swapped one) and most of its words must stand in the quote.
    """
    shown = _Shown(citation)
    odd_numbers = [one for one in claim.quantities if one.kind != "label" and not shown.has(one)]
    odd_names = _odd(claim.mentions, shown, "company") or _odd(claim.mentions, shown, "country")
    if len(odd_names) > 1 or (odd_names and odd_numbers):
        return None
    alike = _alike(claim, shown, odd_names)
    least = _ALIKE_SAME if claim.language == citation.language else _ALIKE_ACROSS
    if alike < least or not _is_same_thing(claim, shown, odd_names):
        return None
    reason = _name_reason(odd_names[0], claim, shown) if odd_names else _number_reason(odd_numbers, claim, shown)
    return Difference(reason, alike) if reason else None


def is_about_the_same(claim: Claim, citation: Citation) -> bool:
    """Whether a quote speaks of the companies and models that a claim does, and of most of the rest."""
    shown = _Shown(citation)
    least = _ALIKE_SAME if claim.language == citation.language else _ALIKE_ACROSS
    return _is_same_thing(claim, shown, ()) and _alike(claim, shown, ()) >= least


def missing_numbers(claim: Claim, citation: Citation) -> list[Quantity]:
    """The numbers and dates of a claim that a quote does not have."""
    shown = _Shown(citation)
    return [one for one in claim.quantities if one.kind != "label" and not shown.has(one)]


class _Shown:
    """What a citation says, taken apart once."""

    def __init__(self, citation: Citation) -> None:
        self.quote = without_source_notes(citation.quote)
        lead = "\n".join([*citation.section, citation.header, citation.title])
        self.own = [one.quantity for one in bind(self.quote, citation.header)]
        self.numbers = [*self.own, *find_quantities(lead)]
        self.mentions = load_lexicon().find(self.quote)
        self.names = {mention.term.id for mention in (*self.mentions, *load_lexicon().find(lead))}
        self.words = set(terms(f"{self.quote}\n{lead}"))
        self.language = citation.language
        self.text = f"{self.quote}\n{lead}"

    def has(self, quantity: Quantity) -> bool:
        if quantity.kind == "label" and not quantity.unit:
            return quantity.text.casefold() in self.text.casefold()
        return any(same_quantity(quantity, one) or _holds(quantity, one) for one in self.numbers)


def _holds(whole: Quantity, part: Quantity) -> bool:
    """Whether a date of the claim is the year or month of one that is shown."""
    if whole.kind != "time" or part.kind != "time":
        return False
    return str(part.low).startswith(str(whole.low)) and len(str(part.low)) > len(str(whole.low))


def _odd(mentions: Sequence[Mention], shown: _Shown, kind: TermKind) -> list[Mention]:
    """Names of one kind in the claim that are not shown."""
    odd = [one for one in mentions if one.term.kind == kind and one.term.id not in shown.names]
    return list({one.term.id: one for one in odd}.values())


def _alike(claim: Claim, shown: _Shown, odd_names: Sequence[Mention]) -> float:
    """Which share of the claim's names and words, the odd ones aside, stands in the quote."""
    aside = {one.term.id for one in odd_names}
    wanted = [one in shown.names for one in claim.names - aside]
    labels = [one for one in claim.quantities if one.kind == "label"]
    wanted += [shown.has(one) for one in labels]
    if claim.language == shown.language:
        wanted += [word in shown.words for word in claim.words]
    return sum(wanted) / len(wanted) if len(wanted) >= _LEAST_PARTS else 0.0


def _is_same_thing(claim: Claim, shown: _Shown, odd_names: Sequence[Mention]) -> bool:
    """Whether all companies and model names of the claim, the odd one aside, are those of the quote."""
    aside = {one.term.id for one in odd_names}
    labels = [one for one in claim.quantities if one.kind == "label"]
    return claim.ids("company") - aside <= shown.names and all(shown.has(one) for one in labels)


def _name_reason(odd: Mention, claim: Claim, shown: _Shown) -> str:
    """The quote names another company or country in the place of the claim's; "" where it names none besides."""
    known = claim.names
    others = [one for one in shown.mentions if one.term.kind == odd.term.kind and one.term.id not in known]
    if not others:
        return ""
    theirs = shown.quote[others[0].start : others[0].end]
    return f"the quote names “{theirs}”, the sentence “{claim.text[odd.start : odd.end]}”"


def _number_reason(odd: Sequence[Quantity], claim: Claim, shown: _Shown) -> str:
    """The quote gives another number of the same kind; "" where there is none, or where the period differs too."""
    times = [one for one in odd if one.kind == "time"]
    amounts = [one for one in odd if one.kind != "time"]
    if not odd or (times and amounts) or len(times) > 1 or any(is_result(claim.text, one) for one in amounts):
        return ""
    for one in amounts or times:
        rivals = [other for other in shown.own if _is_rival(one, other) and not _is_claimed(other, claim)]
        if not rivals:
            return ""
    rivals = [other for other in shown.own if _is_rival(odd[0], other) and not _is_claimed(other, claim)]
    return f"the quote gives “{rivals[0].text}”, the sentence “{odd[0].text}”"


def _is_claimed(other: Quantity, claim: Claim) -> bool:
    return any(same_quantity(other, one) for one in claim.quantities)


def _is_rival(one: Quantity, other: Quantity) -> bool:
    """Whether two different numbers may answer the same: of one unit, dates of one calendar, or the digits alike."""
    if one.kind == "time" or other.kind == "time":
        return one.kind == other.kind == "time"
    if other.kind == "label" or (one.unit == other.unit and (one.low, one.high) == (other.low, other.high)):
        return False  # the same amount, said to be reached or not to be passed: that is no other number
    return one.unit == other.unit or _digits(one) == _digits(other)


def _digits(quantity: Quantity) -> str:
    found = re.search(r"[0-9][0-9.,]*", quantity.text)
    return found[0].replace(",", "") if found else quantity.text
