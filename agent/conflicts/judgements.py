"""Opposite judgements of one thing: it leads or lags, is mature or not, rises or falls, is short or in surplus."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from itertools import pairwise

from agent.candidates import Candidate, row_cells
from agent.conflicts.bases import find_qualifiers
from agent.conflicts.metrics import find_metrics, find_topics
from agent.conflicts.sources import Source, is_about_source, is_issue_time, read_source
from agent.conflicts.words import MEASURES, OPENERS, light_words
from agent.judging.identity.names import latin_names
from agent.judging.wording.cues import Cue
from agent.judging.wording.sense import find_turned_cues
from corpus.amounts import find_amounts
from corpus.document import Language
from corpus.lexicon import Mention, load_lexicon
from corpus.quantities import Quantity
from indexes.tokens import stem, terms

AXES = frozenset(
    "change lead advantage maturity balance ease support success feasibility permission profit autonomy better".split()
)
"""What is judged of a thing; on other axes two words may be opposite and both be right."""
_HEDGED = ("condition", "possible", "would", "plan", "goal", "exception")
_SUPPLY = {"balance": frozenset({"supply"})}
"""What an axis is about, whether said or not: a shortage is one of supply."""
_ALIKE = 0.6
_LEAST_SHARED = 2
_CLAUSE = re.compile(r"[;；。]|(?<=[^0-9]),\s|，|(?<![a-z])(?:while|whereas|but)(?![a-z])|而")


@dataclass(frozen=True, slots=True)
class Opinion:
    """One clause or cell that judges something.

    Attributes:
        cue: The word that judges; ``axis`` and ``side`` what it says.
        about: Ids of the company or country named first, of every term, and the names that the lexicon has not.
        others: Every company and country named.
    """

    candidate: Candidate = field(repr=False)
    text: str
    cue: Cue
    axis: str
    side: int
    first: str
    owners: frozenset[str]
    terms: frozenset[str]
    heads: frozenset[str]
    numbers: frozenset[str]
    metrics: frozenset[str]
    bases: frozenset[str]
    words: frozenset[str]
    times: frozenset[tuple[str, str, str]]
    source: Source

    @property
    def language(self) -> Language:
        """Of the candidate."""
        return self.candidate.language


@lru_cache(maxsize=4096)
def read_opinions(candidate: Candidate) -> tuple[Opinion, ...]:
    """The judgements of a candidate that say one thing plainly: no condition, no second word against it."""
    return tuple(one for text, subject in _pieces(candidate) for one in _opinions(candidate, text, subject))


def _pieces(candidate: Candidate) -> Iterator[tuple[str, str]]:
    """(clause, what stands before it in its sentence); of a row: (cell, its head and the name of the row)."""
    if candidate.header:
        (_, lead), *rest = row_cells(candidate.header, candidate.body) or [("", "")]
        for head, cell in rest:
            if head and not is_about_source(head):
                yield cell, f"{head} {lead}"
        return
    cuts = [0, *(found.end() for found in _CLAUSE.finditer(candidate.body)), len(candidate.body)]
    for start, end in pairwise(cuts):
        yield candidate.body[start:end], candidate.body[:start]


def _opinions(candidate: Candidate, text: str, subject: str) -> Iterator[Opinion]:
    named = [(one.start, one.end) for one in load_lexicon().find(text)]
    cues = [cue for cue in find_turned_cues(text) if not any(start <= cue.start < end for start, end in named)]
    if any(cue.has(*_HEDGED) for cue in cues) or any(cue.has("negation") and not cue.negated for cue in cues):
        return
    sides = {side for cue in cues for side in cue.sides() if side[0] in AXES}
    own = _names(text)
    before = _names(subject)
    for cue in cues:
        for axis, side in cue.sides():
            if axis not in AXES or (axis, -side) in sides:
                continue
            yield Opinion(
                candidate=candidate,
                text=text.strip(" ,，。;；."),
                cue=cue,
                axis=axis,
                side=side,
                first=own.first or before.first,
                owners=own.owners or before.owners,
                terms=own.terms if own.terms and not candidate.header else own.terms | before.terms,
                heads=own.heads or before.heads,
                numbers=own.numbers,
                metrics=frozenset(id_ for id_, _, _ in find_topics(text)) - _SUPPLY.get(axis, frozenset()),
                bases=find_qualifiers(text if candidate.header else subject + text),
                words=own.words - frozenset(terms(cue.text)),
                times=own.times or before.times,
                source=read_source(candidate),
            )


@dataclass(frozen=True, slots=True)
class _Named:
    first: str
    owners: frozenset[str]
    terms: frozenset[str]
    heads: frozenset[str]
    numbers: frozenset[str]
    words: frozenset[str]
    times: frozenset[tuple[str, str, str]]


def _names(text: str) -> _Named:
    mentions = load_lexicon().find(text)
    owners = [one.term.id for one in mentions if one.term.kind != "term"]
    amounts = find_amounts(text)
    rest = list(text)
    for _, start, end in find_topics(text):
        rest[start:end] = " " * (end - start)
    for start, end in [(one.start, one.end) for one in mentions] + [(one.start, one.end) for one in amounts]:
        rest[start:end] = " " * (end - start)
    times = [one for one in amounts if one.kind == "time" and not is_issue_time(text, one)]
    return _Named(
        first=owners[0] if owners else "",
        owners=frozenset(owners),
        terms=frozenset(
            one.term.id for one in mentions if one.term.kind == "term" and one.term.category not in MEASURES
        ),
        heads=frozenset(name.casefold() for name in latin_names(text, mentions)) | _opener(text, mentions),
        numbers=frozenset(_number(one) for one in amounts if one.kind != "time"),
        words=frozenset(terms("".join(rest))) - light_words(),
        times=frozenset((one.unit, str(one.low), str(one.high)) for one in times),
    )


def _number(one: Quantity) -> str:
    """A number for comparison: its value, or the name that it is part of (HBM3E is not HBM3)."""
    return "".join(one.text.casefold().split()) if one.kind == "label" else f"{one.low}–{one.high} {one.unit}"


_OPENER = re.compile(r"[A-Z][a-z]+(?=[\s']|$)")


def _opener(text: str, mentions: Sequence[Mention]) -> frozenset[str]:
    """The word that opens a sentence, which may be a name, where nothing else is known of it."""
    word = _OPENER.match(text)
    if not word or (mentions and mentions[0].start < word.end()) or word[0].casefold() in OPENERS:
        return frozenset()
    measured = any(find_metrics(word[0], unit) for unit in ("", "%", "USD", "W", "dB", "months"))
    return frozenset() if measured else frozenset({word[0].casefold()})


def are_opposed(a: Opinion, b: Opinion) -> bool:
    """Whether two opinions judge the same thing, at the same time, in opposite ways."""
    return (
        a.axis == b.axis
        and a.side == -b.side
        and a.first == b.first
        and _same_heads(a, b)
        and a.bases == b.bases
        and a.numbers == b.numbers
        and a.metrics == b.metrics
        and (a.times == b.times)
        and (a.owners == b.owners or len(a.owners | b.owners) <= len(a.owners & b.owners) + 1)
        and _same_thing(a, b)
    )


def _same_heads(a: Opinion, b: Opinion) -> bool:
    """Whether each name stands in both; what only opens a sentence may be a plain word of the other."""
    return all(one in b.heads or stem(one) in b.words for one in a.heads) and all(
        one in a.heads or stem(one) in a.words for one in b.heads
    )


def _same_thing(a: Opinion, b: Opinion) -> bool:
    if not (a.terms <= b.terms or b.terms <= a.terms) or bool(a.terms) != bool(b.terms):
        return False
    shared = len(a.terms & b.terms) + bool(a.first) + max(len(a.heads), len(b.heads))
    bare = not (a.words or b.words)  # nothing else is said of it, and one name tells enough
    if a.language != b.language:
        return a.terms == b.terms and shared >= (1 if bare else _LEAST_SHARED)
    fewer = min(len(a.words), len(b.words))
    alike = len(a.words & b.words) / fewer if fewer else 1.0
    told = shared >= 1 if bare or a.words == b.words else shared >= _LEAST_SHARED
    return told and (alike >= _ALIKE or a.terms == b.terms != frozenset())
