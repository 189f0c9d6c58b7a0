"""What a statement is about: the companies, products, terms, rates and words that a number is said of."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from agent.conflicts.metrics import find_metrics
from agent.conflicts.scopes import Scope, plain_cells
from agent.conflicts.words import MEASURES, OPENERS, find_mentions, is_within, light_words
from corpus.amounts import find_amounts
from corpus.lexicon import Mention, Term
from corpus.quantities import Quantity
from indexes.tokens import terms

_NAME_PART = r"(?:[A-Z][A-Za-z0-9]*|[a-z]+[A-Z0-9][A-Za-z0-9]*)(?:[-/&+.][A-Za-z0-9]+)*"
_COMPOUND = re.compile(
    rf"(?<![A-Za-z0-9]){_NAME_PART}(?:\s(?:{_NAME_PART}|[0-9]{{1,4}}(?![0-9A-Za-z.,%]|\s[a-z%]|\s[A-Z]{{1,2}}(?![A-Za-z0-9]))))*"
)
_PART = re.compile(rf"{_NAME_PART}(?:\s[0-9]{{1,4}}(?![0-9A-Za-z]))?|[0-9]+")
_TOKEN = re.compile(r"[a-z0-9]+(?:[-/&+.][a-z0-9]+)*")
_UNIT_OF_HEAD = re.compile(r"[(（][^()（）]*[)）]|(?<![a-z])in\s+\S+$")
_INCLUDED = re.compile(
    r"(?<![a-z])(?:includ(?:es|ing|ed)|with|counting|plus)\s(?:its |the |an? |integrated |on-chip )*[\w -]{0,30}$"
    r"|(?:包括|含|包含|连同|計入|计入)[^，。；]{0,8}$"
    r"|(?:包括|含|包含|连同)\s?(?:了)?$",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Subject:
    """What a statement is about.

    Attributes:
        owners: Ids of the companies and countries it names, or stands under.
        heads: The names of products, places and people it names, in lower case, each by its last word ("bailly").
        terms: Ids of the lexicon's terms; those it only includes ("including the laser") are in ``included``.
        rates: Data rates that say which thing is meant, in Gb/s.
        words: Search terms of all else.
        tokens: Every Latin word of it and of what stands above, in lower case.
    """

    owners: frozenset[str]
    heads: frozenset[str]
    terms: frozenset[str]
    included: frozenset[str]
    rates: frozenset[Decimal]
    words: frozenset[str]
    tokens: frozenset[str]


def read_subject(scope: Scope, quantity: Quantity) -> Subject:
    """What the number is said of."""
    mentions = find_mentions(scope.text)
    above = "\n".join([*scope.candidate.section[-1:], scope.lead])
    metric = [(one.start, one.end) for one in find_metrics(scope.text, quantity.unit)]
    named = {
        (one.start, one.end): one.term
        for one in mentions
        if one.term.category not in MEASURES and not is_within((one.start, one.end), metric)
    }
    owners = _owners(scope, named, above)
    spans = scope.first((span for span, term in named.items() if term.kind == "term"), after=True)
    inside = {named[span].id for span in spans if _INCLUDED.search(scope.text[max(0, span[0] - 40) : span[0]])}
    if scope.row:
        inside, topics = set(), _terms_of_row(scope, quantity.unit)
    else:
        topics = {named[span].id for span in spans}
    names = _names(scope)
    heads = {name for name, start, _ in names if scope.is_mine(start)} or {name for name, _, _ in names}
    shown = f"{scope.text}\n{above}\n{scope.candidate.header}".casefold()
    return Subject(
        owners=owners,
        heads=frozenset(heads),
        terms=frozenset(topics - inside),
        included=frozenset(inside),
        rates=_rates(scope) if quantity.unit != "Gb/s" else frozenset(),
        words=_words(scope, mentions, metric),
        tokens=frozenset(_TOKEN.findall(shown)),
    )


def _owners(scope: Scope, named: Mapping[tuple[int, int], Term], above: str) -> frozenset[str]:
    """The companies and countries a number is said of; those it stands under where there are none."""
    known = {span: term for span, term in named.items() if term.kind != "term"}
    before = [] if scope.row else [span for span in known if span[0] < scope.one.quantity.start]
    own = frozenset(known[span].id for span in scope.first(known, after=True) or before)
    if scope.row:
        own |= frozenset(one.term.id for one in find_mentions(scope.lead) if one.term.kind != "term")
    return own or frozenset(one.term.id for one in find_mentions(above) if one.term.kind != "term")


def _terms_of_row(scope: Scope, unit: str) -> set[str]:
    metric = [(one.start, one.end) for one in find_metrics(scope.lead, unit)]
    return {
        one.term.id
        for one in find_mentions(scope.lead)
        if one.term.kind == "term" and one.term.category not in MEASURES and not is_within((one.start, one.end), metric)
    }


def _rates(scope: Scope) -> frozenset[Decimal]:
    """The data rates beside the number or before it; those after it where there is none."""
    beside = {one.low for one in scope.beside if one.unit == "Gb/s"}
    if scope.row:
        return frozenset(beside)
    rates = [one for one in scope.amounts if one.unit == "Gb/s"]
    before = {one.low for one in rates if scope.is_mine(one.start)}
    return frozenset(beside | before or {one.low for one in rates})


def _names(scope: Scope) -> list[tuple[str, int, int]]:
    """(name, start, end) of the names that the lexicon has not, each by its last word."""
    text = "\n".join(plain_cells(scope.candidate)) if scope.row else scope.text
    taken = [(one.start, one.end) for one in find_mentions(text)]
    taken += [(one.start, one.end) for one in find_amounts(text) if one.kind in ("time", "measure")]
    taken += scope.issuing if not scope.row else []
    found = []
    for match in _COMPOUND.finditer(text):
        parts = [
            each
            for each in _PART.finditer(match[0])
            if not is_within((each.start() + match.start(), each.end() + match.start()), taken)
        ]
        if not parts or (
            not scope.row and match.start() == 0 and parts[-1].start() == 0 and parts[-1][0].casefold() in OPENERS
        ):
            continue
        name = parts[-1][0].casefold()
        if find_metrics(name, "") or find_metrics(name, scope.one.quantity.unit):
            continue
        found.append((name, scope.one.start if scope.row else match.start(), match.end()))
    return found


def _words(scope: Scope, mentions: Sequence[Mention], metric: Sequence[tuple[int, int]]) -> frozenset[str]:
    if scope.row:
        lead = " ".join([*plain_cells(scope.candidate), _UNIT_OF_HEAD.sub(" ", scope.one.head)])
        mentions, amounts, issuing = find_mentions(lead), find_amounts(lead), []
        metric = [(one.start, one.end) for one in find_metrics(lead, scope.one.quantity.unit)]
    else:
        amounts, issuing = scope.amounts, scope.issuing
    rest = list(lead if scope.row else scope.text)
    spans = [(one.start, one.end) for one in mentions] + [(one.start, one.end) for one in amounts]
    for start, end in (*spans, *metric, *issuing):
        rest[start:end] = " " * (end - start)
    return frozenset(terms("".join(rest if scope.row else rest[: scope.one.end]))) - light_words()
