"""Whether two statements give different numbers for the same thing: numbers that cannot both be right."""

import re
from collections.abc import Collection
from decimal import Decimal

from agent.candidates import Candidate
from agent.conflicts.disputes import says_contradiction
from agent.conflicts.statements import CONDITIONS, Statement, read_statements
from agent.conflicts.subjects import Subject
from agent.judging.coverage.synonyms import groups_of
from corpus.quantities import Quantity

_NEAR = Decimal("0.01")
_ABOUT = Decimal("0.1")
"""How far a number may be off that was measured twice or rounded on the way; one that is said to be about so."""
_ENDLESS = Decimal("1e60")
_ALIKE_SPECIFIC, _ALIKE_ELSE = 0.34, 0.6
"""Which share of the fewer words two statements must share, where names tell what they are about and where not."""
_LEAST_WORDS, _ALIKE_NAMELESS = 3, 0.8
_LEAST_ALIKE = 2
"""Of words, period and conditions, which two statements must share that have no name and the very same words."""
_ENOUGH = 3
"""Of names, owners, terms, rates and period: two statements that share so many need share no words."""
_WHAT_IT_IS = frozenset(("GL001", "GL002", "GL003", "GL004", "GL005", "GL228"))
"""What a named product is (CPO, NPO, a switch …) need not be said each time."""
_MODULE = frozenset(("GL227",))
"""A module of 800G is an optical one, said or not."""
_DERIVED = Decimal("0.15")
_GIVEN = CONDITIONS - {"W", "A", "V", "b/s/m"}
"""What no value is derived from: a temperature, a length, a span of time."""


def disagree(a: Statement, b: Statement) -> bool:
    """Whether two statements cannot both be right of the same thing, time and measure."""
    if a.quantity.unit != b.quantity.unit or a.changes != b.changes:
        return False
    if not exclude(a.quantity, b.quantity) or not are_about_the_same(a, b):
        return False
    return not _share_numbers(a, b) or (a.candidate.text != b.candidate.text and (a.contrasts or b.contrasts))


def exclude(a: Quantity, b: Quantity) -> bool:
    """Whether two numbers of one unit cannot both be right: their ranges do not meet, nor is one the other rounded."""
    (low, high), (other_low, other_high) = _reach(a, b), _reach(b, a)
    return high < other_low or other_high < low


def _reach(one: Quantity, other: Quantity) -> tuple[Decimal, Decimal]:
    rounding = _rounding(one) if _rounding(one) > _rounding(other) else Decimal(0)
    slack = max(rounding, max(abs(one.low), abs(one.high)) * (_ABOUT if one.bound == "~" else _NEAR))
    low = -_ENDLESS if one.bound in ("≤", "<") else one.low - slack
    high = _ENDLESS if one.bound in ("≥", ">") else one.high + slack
    return low, high


def _rounding(one: Quantity) -> Decimal:
    """Half of the last place a number is written to: 0.05 for 5.4 W, half a billion for 9 billion."""
    digits = re.search(r"[0-9][0-9,]*(?:\.(?P<decimals>[0-9]+))?", one.text)
    if digits is None or not (written := Decimal(digits[0].replace(",", ""))):
        return Decimal(0)
    return abs(one.low / written) * Decimal(10) ** -len(digits["decimals"] or "") / 2


def _share_numbers(a: Statement, b: Statement) -> bool:
    """Whether one of the two states the other's number as well: it speaks of both."""
    return not all(exclude(a.quantity, one) for one in b.siblings) or not all(
        exclude(b.quantity, one) for one in a.siblings
    )


# --- The same thing ---------------------------------------------------------------------------------------------------


def are_about_the_same(a: Statement, b: Statement) -> bool:
    """Whether two statements tell the same measure of the same thing at the same time, meant in the same way."""
    return (
        _same_metric(a, b)
        and a.bases == b.bases
        and _same_period(a, b)
        and _same_conditions(a, b)
        and (a.contrasts or b.contrasts or not _same_publication(a, b))
        and _same_owner(a, b)
        and _same_names(a.subject, b.subject)
        and _same_terms(a.subject, b.subject)
        and not _is_of_another_sort(a, b)
        and _same_words(a, b)
    )


def _same_metric(a: Statement, b: Statement) -> bool:
    if a.counted and b.counted and not a.counted & b.counted:
        return False
    if bool(a.counted) != bool(b.counted) and not (a.metrics and b.metrics):
        return False
    if a.metrics and b.metrics:
        return bool(a.metrics & b.metrics) and (a.metrics <= b.metrics or b.metrics <= a.metrics)
    return bool(a.counted and b.counted) or bool(a.quantity.unit)


def _same_period(a: Statement, b: Statement) -> bool:
    if a.periods and b.periods:
        return [(one.unit, one.low, one.high) for one in a.periods] == [
            (one.unit, one.low, one.high) for one in b.periods
        ]
    dated, undated = (a, b) if a.periods else (b, a)
    if not dated.periods:
        return True
    return str(dated.periods[0].low) == undated.source.published[:4]  # what is said now is said of this year


def _same_conditions(a: Statement, b: Statement) -> bool:
    """Whether what stands beside the numbers agrees: one temperature, one length; derived values may differ."""
    ours, theirs = ({unit: (low, high) for unit, low, high in each.conditions} for each in (a, b))
    for unit in {*ours, *theirs} - {"Gb/s"}:
        if unit in ours and unit in theirs:
            (low, high), (other_low, other_high) = ours[unit], theirs[unit]
            apart = high < other_low or other_high < low
            ratio = low / other_low if other_low and unit not in _GIVEN else Decimal(0)
            if apart and not _is_derived(ratio, a, b):
                return False
        elif unit in CONDITIONS:
            return False
    return True


def _is_derived(ratio: Decimal, a: Statement, b: Statement) -> bool:
    """Whether other numbers differ as these two do: 9 W and 5.625 pJ/bit, 7 W and 4.375 pJ/bit."""
    if not b.quantity.low or not ratio:
        return False
    mine = a.quantity.low / b.quantity.low
    return abs(mine / ratio - 1) <= _DERIVED


def _same_publication(a: Statement, b: Statement) -> bool:
    """Whether one document cites one publication for both: that does not contradict itself."""
    same = a.source.noted and (a.source.noted, a.source.published) == (b.source.noted, b.source.published)
    return bool(same) and a.candidate.passage_id.partition("-")[0] == b.candidate.passage_id.partition("-")[0]


def _same_owner(a: Statement, b: Statement) -> bool:
    """Whether both are about the same companies and countries; who only says so need not be the same."""
    if a.own or b.own:
        sayers = a.source.issuers | b.source.issuers
        ours, theirs = a.subject.owners | a.source.issuers, b.subject.owners | b.source.issuers
        if ours | a.subject.heads == theirs | b.subject.heads:
            return True
        return ours == theirs or bool(ours and theirs and ours - sayers == theirs - sayers != frozenset())
    ours, theirs = a.subject.owners - a.source.issuers, b.subject.owners - b.source.issuers
    shared = a.subject.heads & b.subject.heads
    if shared and (not ours or not theirs or ours & theirs):
        return True
    if ours or theirs:
        return ours == theirs
    return a.source.issuers == b.source.issuers or (_is_of_the_market(a) and _is_of_the_market(b))


def _is_of_the_market(one: Statement) -> bool:
    """Whether a number is nobody's own, so that several houses may estimate it."""
    return not one.own and bool(one.subject.terms or one.subject.words)


def _same_names(a: Subject, b: Subject) -> bool:
    """Whether every product, place and person of each is named by the other, and they are of one data rate."""
    return a.heads <= b.heads | b.tokens and b.heads <= a.heads | a.tokens and a.rates == b.rates


def _same_terms(a: Subject, b: Subject) -> bool:
    loose = a.included | b.included | (_WHAT_IT_IS if a.heads & b.heads else frozenset())
    loose |= _MODULE if a.rates & b.rates else frozenset()
    return a.terms - loose == b.terms - loose


def _is_of_another_sort(a: Statement, b: Statement) -> bool:
    """Whether each says a word that the other has not, or one modifies what is measured as the other does not.

    Loans to households and to companies; revenue and data-center revenue. Words of two languages are not compared.
    """
    if a.language != b.language or a.contrasts or b.contrasts:
        return False
    ours, theirs = a.subject, b.subject
    if _lacking(ours.modifiers, theirs) or _lacking(theirs.modifiers, ours):
        return True
    more, less = _lacking(ours.plain, theirs), _lacking(theirs.plain, ours)
    if bool(a.metrics) != bool(b.metrics):  # what only one names as measured, the other may name in words unknown
        return less if a.metrics else more
    return more and less


def _lacking(words: Collection[str], other: Subject) -> bool:
    """Whether some of one's words stand nowhere in the other, nor does any that says the same."""
    told = frozenset(group for word in other.shown for group in groups_of(word))
    return any(word not in other.shown and not groups_of(word) & told for word in words)


def _same_words(a: Statement, b: Statement) -> bool:
    ours, theirs = a.subject, b.subject
    named = (ours.heads | a.source.issuers) & (theirs.heads | b.source.issuers) if a.own else ours.heads & theirs.heads
    shared = [named, ours.owners & theirs.owners, ours.terms & theirs.terms, ours.rates]
    if sum(map(bool, shared)) + bool(a.periods and b.periods) >= _ENOUGH:
        return True
    specific = bool(shared[0] or shared[1])
    if not specific and not (a.metrics and b.metrics):
        return False  # so many of something, nobody's in particular
    if not (specific or shared[2] or shared[3]):  # no name is known: the words must be as good as the same
        either, both = ours.words | theirs.words, ours.words & theirs.words
        if either == both and len(both) + bool(a.periods and b.periods) + len(a.conditions) >= _LEAST_ALIKE:
            return True
        return len(both) >= _LEAST_WORDS and len(both) / len(either) >= _ALIKE_NAMELESS
    if a.language != b.language:
        anchors = (ours.owners & theirs.owners) | (ours.terms & theirs.terms) | (ours.heads & theirs.heads) | ours.rates
        return len(anchors) + bool(a.periods and b.periods) >= 2
    fewer = min(len(ours.words), len(theirs.words))
    if not fewer:
        return specific or bool(ours.terms & theirs.terms)
    return len(ours.words & theirs.words) / fewer >= (_ALIKE_SPECIFIC if specific else _ALIKE_ELSE)


def disagree_within(candidate: Candidate) -> tuple[Statement, Statement] | None:
    """Two numbers of one sentence which itself says that they disagree: "30% or 60%, and the two figures conflict"."""
    stated = read_statements(candidate)
    for at, a in enumerate(stated):
        for b in stated[at + 1 :]:
            alike = a.contrasts and a.quantity.unit == b.quantity.unit and a.changes == b.changes
            if alike and exclude(a.quantity, b.quantity) and a.bases == b.bases and _is_contrasted(a, b):
                return a, b
    return None


def _is_contrasted(a: Statement, b: Statement) -> bool:
    """Whether two numbers of one sentence are those that it says disagree; of several years only if plainly."""
    if says_contradiction(a.candidate.body):
        return not (a.metrics and b.metrics) or bool(a.metrics & b.metrics)
    return _same_metric(a, b) and _same_period(a, b) and _same_names(a.subject, b.subject)
