"""Check what an answer says beside its claims: what is missing, which sources disagree, how many quotes it has."""

from collections import Counter
from collections.abc import Iterator

from agent.answer import Abstention, Answer, Citation, Claim, Conflict
from agent.bundle.bundle import Bundle
from agent.conflicts import find_conflicts
from agent.judging.declining import speaks_only_of
from agent.silence.premise import find_premise
from agent.silence.wording import say_missing, say_premise
from agent.verification import name_needs
from corpus.document import Passage


def check_asides(bundle: Bundle) -> tuple[list[str], list[str]]:
    """What the answer says beside its claims and the bundle does not bear out, and what was not found again."""
    faults, notes = list(_faults(bundle)), []
    for told in _not_found_again(bundle) if bundle.same_program else ():
        if _stands(told):
            notes.append(f"that sources disagree on “{told.about[:80]}” was not found again from these quotes alone")
        else:
            faults.append(f"sources are said to disagree on “{told.about[:80]}”, which their quotes do not show")
    return faults, notes


def _faults(bundle: Bundle) -> Iterator[str]:
    answer = bundle.answer
    if dict(answer.cited) != _count_cited(answer):
        yield "the number of quotes of each language is not that of its claims"
    if answer.missing and not speaks_only_of(answer.missing, answer.question):
        yield "what is said to be missing says more than the question asks"
    if answer.abstention:
        yield from _abstention_faults(answer, answer.abstention, bundle)
    if answer.claims and bool(answer.abstention):
        yield "it both answers and declines"
    elif not answer.claims and not answer.abstention:
        yield "it neither answers nor declines"


def _count_cited(answer: Answer) -> dict[str, int]:
    quotes = {(one.passage_id, one.start, one.end): one.language for one in _cited(answer)}
    return dict(Counter(quotes.values()))


def _cited(answer: Answer) -> list[Citation]:
    operands = (each.citation for claim in answer.claims for one in claim.calculations for each in one.origins)
    return [*(one for claim in answer.claims for one in claim.citations), *(one for one in operands if one)]


def _abstention_faults(answer: Answer, abstention: Abstention, bundle: Bundle) -> Iterator[str]:
    for needs in (abstention.needed, abstention.unsettled):
        if tuple(name_needs([f"{one.formula_id}.{one.operand}" for one in needs])) != needs:
            yield "an input that is asked for is none of a formula's"
    known = speaks_only_of(abstention.missing, answer.question) or abstention.missing in _reasons(answer, abstention)
    if bundle.same_program and not known:
        yield "why it declines is nothing that its question and its nearest quote give"


def _reasons(answer: Answer, abstention: Abstention) -> Iterator[str]:
    """What the program itself may say of a question that it declines."""
    if premise := find_premise(answer.question, answer.language):
        yield say_premise(premise, answer.language)
    if near := abstention.nearest:
        shown = " ".join([*near.section, near.header, near.quote])
        # Whether another passage speaks of the year asked for is not in the bundle: either may be said.
        other = Passage("", "", 1, 0, 0, answer.question, answer.language)
        for told in ([], [other]):
            yield say_missing(answer.question, answer.language, shown, told, near.language)


def _not_found_again(bundle: Bundle) -> Iterator[Conflict]:
    """Conflicts that are not found between their own sides alone, as where a third place led from one to the other."""
    for told in bundle.answer.conflicts:
        seen = {one.passage_id for one in told.sides}
        passages = {id_: passage for id_, passage in bundle.passages.items() if id_ in seen}
        sides = Claim("", "quoted", told.sides)
        found = find_conflicts([sides], passages, bundle.documents, bundle.answer.language)
        if not any(_bears_out(one, told) for one in found):
            yield told


def _stands(told: Conflict) -> bool:
    """Whether each side says its own value, and not all say one."""
    words = ("".join(f"{one.header}{one.quote}".split()) for one in told.sides)
    said = all("".join(value.split()) in shown for value, shown in zip(told.values, words, strict=False))
    return said and len(told.sides) == len(told.values) > 1 and len(set(told.values)) > 1


def _bears_out(found: Conflict, told: Conflict) -> bool:
    """Whether a conflict has all that another says; of more sides it may be contradictory where fewer are stale."""
    mine, others = _sayings(told), _sayings(found)
    return len(mine) > 1 and found.about == told.about and mine <= others and (mine < others or found.kind == told.kind)


def _sayings(conflict: Conflict) -> set[tuple[str, int, str, str]]:
    rows = zip(conflict.sides, conflict.values, conflict.dates, strict=False)
    return {(side.passage_id, side.start, value, date) for side, value, date in rows}
