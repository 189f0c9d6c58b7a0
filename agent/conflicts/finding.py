"""Find the places that say otherwise than what an answer rests on."""

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace

from agent.answer import Citation, Claim, Conflict
from agent.candidates import Candidate, read_candidates
from agent.citations import cite
from agent.conflicts.judgements import Opinion, are_opposed, read_opinions
from agent.conflicts.metrics import name_metric
from agent.conflicts.sides import Dispute, Side, all_pairs, judged, merge_disputes, numbered, open_dispute
from agent.conflicts.sources import days_apart
from agent.conflicts.statements import Statement, read_statements
from agent.conflicts.values import disagree, disagree_within, exclude
from agent.draft import DraftQuote
from corpus.amounts import find_amounts
from corpus.document import Document, Language, Passage
from corpus.lexicon import load_lexicon
from corpus.quantities import find_quantities
from corpus.text import without_source_notes

Look = Callable[[str], Sequence[Passage]]
"""Passages of the index about a query, beyond those that a run has seen."""

OVERTAKEN = 180
"""Days after which what another source says newly counts as overtaking, not as contradicting."""
_MOST_CITED = 12
_MOST_LOOKED = 4
_MOST_SIDES = 4
_MOST_ECHOES = 4
_MOST_QUERY = 300
_AUTHORITY = {"primary": 2, "secondary": 1, "": 1, "machine-written": 0}


def find_conflicts(
    claims: Sequence[Claim],
    passages: Mapping[str, Passage],
    documents: Mapping[str, Document],
    language: Language,
    look: Look | None = None,
) -> tuple[Conflict, ...]:
    """The places that give another number, or the opposite judgement, for what a claim's quotes say.

    Args:
        claims: Those that are supported.
        passages: Passage id → passage, of those the run has seen.
        language: The question's, in which is told what a conflict is about.
        look: Where more passages may be found, so that the other side is seen though nobody asked for it.
    """
    finder = _Finder(passages, documents, language)
    cited = finder.cut(_cited(claims)[:_MOST_CITED])
    if look:
        finder.look(cited, look)
    disputes = merge_disputes(finder.dispute(group, cited) for group in finder.groups(cited))
    found: list[Conflict] = []
    for dispute in disputes:
        conflict = finder.conflict(dispute)
        if conflict and not any(_covers(one, conflict) for one in found):
            found = [one for one in found if not _covers(conflict, one)] + [conflict]
    return tuple(found)


def _cited(claims: Sequence[Claim]) -> list[Citation]:
    return list({(one.passage_id, one.start, one.end): one for claim in claims for one in claim.rests_on}.values())


def _covers(one: Conflict, other: Conflict) -> bool:
    """Whether one conflict has every place of another."""
    return _places(other) <= _places(one)


def _places(conflict: Conflict) -> set[tuple[str, int]]:
    quotes = [*conflict.sides, *(quote for quotes in conflict.echoes for quote in quotes)]
    return {(one.passage_id, one.start) for one in quotes}


def find_other_sides(cited: Sequence[Candidate], seen: Sequence[Candidate]) -> list[Candidate]:
    """The places seen that say otherwise than those cited, one for each other number, in the order seen."""
    plain = {replace(one, cosine=0.0): one for one in seen}
    mine = [one for each in cited for one in read_statements(replace(each, cosine=0.0))]
    units = {one.quantity.unit for one in mine}
    told = list(mine)
    found = []
    for place in plain:
        for one in read_statements(place) if _has_unit(place, units) else ():
            if any(disagree(one, each) for each in mine) and not any(_repeats(one, each) for each in told):
                found.append(plain[place])
                told += read_statements(place)
                break
    return found


def _repeats(one: Statement, other: Statement) -> bool:
    return one.quantity.unit == other.quantity.unit and not exclude(one.quantity, other.quantity)


class _Finder:
    def __init__(self, passages: Mapping[str, Passage], documents: Mapping[str, Document], language: Language) -> None:
        self._passages = dict(passages)
        self._documents = documents
        self._language = language

    # --- Candidates ---------------------------------------------------------------------------------------------------

    def cut(self, citations: Iterable[Citation]) -> list[Candidate]:
        """The sentences and rows that quotes stand in."""
        found = []
        for citation in citations:
            passage = self._passages.get(citation.passage_id)
            if passage:
                start, end = citation.start - passage.start, citation.end - passage.start
                found += [one for one in self._candidates(passage) if one.start < end and start < one.end]
        return list(dict.fromkeys(found))

    def _candidates(self, passage: Passage) -> list[Candidate]:
        return read_candidates(passage, self._documents[passage.document_id])

    def look(self, cited: Sequence[Candidate], look: Look) -> None:
        """Look for other places about what the cited ones state."""
        stating = [one for one in cited if read_statements(one)]
        for query in dict.fromkeys(_query(one) for one in stating[:_MOST_LOOKED]):
            for passage in look(query):
                self._passages.setdefault(passage.id, passage)

    # --- Sides --------------------------------------------------------------------------------------------------------

    def groups(self, cited: Sequence[Candidate]) -> Iterator[list[Side]]:
        """What a cited place says, with all that other places say against it."""
        others = [one for passage in self._passages.values() for one in self._candidates(passage)]
        units = {one.quantity.unit for each in cited for one in read_statements(each)}
        stated = [one for other in others if _has_unit(other, units) for one in read_statements(other)]
        for candidate in cited:
            within = False
            for mine in read_statements(candidate):
                against = [one for one in stated if one.candidate != candidate and disagree(mine, one)]
                if against:
                    yield [numbered(mine), *map(numbered, against)]
                elif not within and (pair := disagree_within(candidate)):
                    within = True
                    yield [numbered(one) for one in pair]
        yield from self._opposed(cited, others)

    def _opposed(self, cited: Sequence[Candidate], others: Sequence[Candidate]) -> Iterator[list[Side]]:
        mine = [one for candidate in cited for one in read_opinions(candidate)]
        axes = {one.axis for one in mine}
        if not axes:
            return
        opinions = [
            one
            for other in others
            if other not in cited or len(cited) > 1
            for one in read_opinions(other)
            if one.axis in axes
        ]
        for one in mine:
            against = [other for other in opinions if other.candidate != one.candidate and are_opposed(one, other)]
            if against:
                yield [judged(one), *map(judged, against)]

    def dispute(self, group: Sequence[Side], cited: Sequence[Candidate]) -> Dispute:
        """What a group disputes; of several places that say the same, one that is cited stands for all."""
        sides = sorted(group, key=lambda one: one.candidate not in cited)
        return open_dispute(self._about(group[0].stated), sides, _MOST_SIDES)

    def conflict(self, dispute: Dispute) -> Conflict | None:
        """The sides of a dispute, the earliest first; None where fewer than two can be quoted."""
        voices = [[(side, self._cite(side)) for side in voice] for voice in dispute.voices]
        quoted = [[(side, where) for side, where in voice if where] for voice in voices]
        told = sorted((voice for voice in quoted if voice), key=lambda voice: voice[0][0].source.published or "9")
        if len(told) < 2:
            return None
        return Conflict(
            kind="stale" if all_pairs(dispute, self._overtakes) else "contradictory",
            about=dispute.about,
            sides=tuple(voice[0][1] for voice in told),
            values=tuple(voice[0][0].value for voice in told),
            dates=tuple(voice[0][0].source.published for voice in told),
            echoes=tuple(tuple(where for _, where in voice[1 : _MOST_ECHOES + 1]) for voice in told),
        )

    def _cite(self, side: Side) -> Citation | None:
        quote = DraftQuote(passage_id=side.candidate.passage_id, quote=side.candidate.text)
        found = cite(quote, self._passages, self._documents, self._language)
        return found if isinstance(found, Citation) else None

    # --- Kinds --------------------------------------------------------------------------------------------------------

    def _overtakes(self, a: Side, b: Side) -> bool:
        """Whether the newer of two places has overtaken the older one, and not merely contradicts it."""
        days = days_apart(a.source.published, b.source.published)
        older, newer = (a, b) if days >= 0 else (b, a)
        if not days or (a.source.issuers and b.source.issuers and not a.source.issuers & b.source.issuers):
            return False
        if newer.source.confidence < older.source.confidence or self._authority(newer) < self._authority(older):
            return False
        same = a.source.issuers & b.source.issuers or self._publisher(a) == self._publisher(b) != ""
        return bool(same) or abs(days) >= OVERTAKEN

    def _document(self, side: Side) -> Document:
        return self._documents[self._passages[side.candidate.passage_id].document_id]

    def _authority(self, side: Side) -> int:
        return _AUTHORITY.get(self._document(side).authority, 1)

    def _publisher(self, side: Side) -> str:
        """Who published it: by the note where there is one."""
        return side.source.noted or self._document(side).publisher.casefold()

    def _about(self, stated: Statement | Opinion) -> str:
        """What it is about, in the question's language."""
        by_id = load_lexicon().by_id
        if isinstance(stated, Opinion):
            ids, heads, rest = [*stated.owners, *stated.terms], stated.heads, []
        else:
            ids = [*(stated.subject.owners - stated.source.issuers), *stated.subject.terms]
            heads = stated.subject.heads
            rest = [f"{rate.normalize():f} Gb/s" for rate in sorted(stated.subject.rates)]
            rest += [name_metric(one, self._language) for one in sorted(stated.metrics)]
            rest += [
                by_id[one[3:]].name(self._language) if one[3:] in by_id else one[3:] for one in sorted(stated.counted)
            ]
            rest += [one.text for one in stated.periods]
        names = [by_id[one].name(self._language) for one in sorted(ids) if one in by_id]
        written = [_as_written(one, stated.candidate.text) for one in sorted(heads)]
        return ", ".join(dict.fromkeys(filter(None, [*names, *written, *rest]))) or stated.candidate.title


def _query(candidate: Candidate) -> str:
    """What to look for: the words of a place without its numbers and its source."""
    body = without_source_notes(f"{' '.join(candidate.section[-1:])} {candidate.header}\n{candidate.text}")
    rest = list(body)
    for one in find_quantities(body):
        if one.kind in ("measure", "count") and one.unit != "Gb/s":
            rest[one.start : one.end] = " "
    return " ".join("".join(rest).split())[:_MOST_QUERY]


def _has_unit(candidate: Candidate, units: set[str]) -> bool:
    if not units or not re.search(r"[0-9一二三四五六七八九十]", candidate.text):
        return False
    return bool(candidate.header) or any(one.unit in units for one in find_amounts(candidate.text))


def _as_written(name: str, text: str) -> str:
    at = text.casefold().find(name)
    return text[at : at + len(name)] if at >= 0 else name
