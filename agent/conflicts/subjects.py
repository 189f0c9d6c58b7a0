"""What a statement is about: the companies, products, terms, rates and words that a number is said of."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from agent.conflicts.metrics import find_metrics, find_topics
from agent.conflicts.scopes import Scope, plain_cells
from agent.conflicts.words import MEASURES, OPENERS, find_mentions, is_within, light_words
from corpus.amounts import find_amounts
from corpus.lexicon import Mention, Term
from corpus.quantities import Quantity
from corpus.text import HAN
from indexes.tokens import terms

_NAME_PART = r"(?:[A-Z][A-Za-z0-9]*|[a-z]+[A-Z0-9][A-Za-z0-9]*)(?:[-/&+.][A-Za-z0-9]+)*"
_COMPOUND = re.compile(
    rf"(?<![A-Za-z0-9]){_NAME_PART}(?:\s(?:{_NAME_PART}|[0-9]{{1,4}}(?![0-9A-Za-z.,%]|\s[a-z%]|\s[A-Z]{{1,2}}(?![A-Za-z0-9]))))*"
)
_PART = re.compile(rf"{_NAME_PART}(?:\s[0-9]{{1,4}}(?![0-9A-Za-z]))?|[0-9]+")
_LABEL = re.compile(r"[0-9]+[A-Z]+")
"""A sort that no name comes with: 5G, 3D."""
_TOKEN = re.compile(r"[a-z0-9]+(?:[-/&+.][a-z0-9]+)*")
_POSSESSIVE = re.compile(r"['’]s(?![a-z])")
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
        plain: Those of them that are no part of a name.
        modifiers: Search terms that stand right before the word for what is measured, and say which of it is meant:
            "data-center" of "data-center revenue", 创新药 of 创新药销售收入; or before what is counted.
        shown: Search terms of all that the place says, and of what stands above it.
        tokens: Every Latin word of it and of what stands above, in lower case.
    """

    owners: frozenset[str]
    heads: frozenset[str]
    terms: frozenset[str]
    included: frozenset[str]
    rates: frozenset[Decimal]
    words: frozenset[str]
    plain: frozenset[str]
    modifiers: frozenset[str]
    shown: frozenset[str]
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
    names, words = _names(scope), _words(scope, mentions, metric)
    heads = {name for name, start, _ in names if scope.is_mine(start)} or {name for name, _, _ in names}
    shown = _POSSESSIVE.sub(" ", f"{scope.text}\n{above}\n{scope.candidate.header}".casefold())
    return Subject(
        owners=owners,
        heads=frozenset(heads),
        terms=frozenset(topics - inside),
        included=frozenset(inside),
        rates=_rates(scope) if quantity.unit != "Gb/s" else frozenset(),
        words=words,
        plain=words - frozenset(terms(" ".join(scope.text[start:end] for _, start, end in names))),
        modifiers=_modifiers(scope, mentions, metric),
        shown=frozenset(terms(shown)) | words,
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
    labels = (one for one in find_amounts(text) if one.kind == "label" and _LABEL.fullmatch(one.text))
    found += [(one.text.casefold(), scope.one.start if scope.row else one.start, one.end) for one in labels]
    return found


_BEFORE_MEASURE = re.compile(
    rf"(?:(?<![A-Za-z'’])[a-z][a-z-]+ ){{1,3}}$|(?:(?![的在之其和与與及为為是])[{HAN}]){{1,8}}$"
)

_BEFORE_COUNTED = re.compile(r"\s(?:of (?:the |its )?)?(?P<words>(?:[a-z][a-z-]+ ){1,2})[a-z]{3,}s(?![A-Za-z])")


def _modifiers(scope: Scope, mentions: Sequence[Mention], metric: Sequence[tuple[int, int]]) -> frozenset[str]:
    """The words of running text right before those for what is measured or counted, up to a name or a small word."""
    spans = scope.first(metric) if not scope.row else []
    stops = [one.end for one in mentions if one.term.kind != "term"] + [one.end for one in scope.amounts]
    stops += [end for _, _, end in find_topics(scope.text)]
    found: set[str] = set()
    for start, _ in spans[-1:]:
        stop = max((end for end in stops if end <= start), default=0)
        before = _BEFORE_MEASURE.search(scope.text, stop, start)
        for word in reversed(before[0].split() if before else []):
            if not terms(word):
                break
            found.update(terms(word))
    counted = _BEFORE_COUNTED.match(scope.text, scope.one.quantity.end) if not scope.one.quantity.unit else None
    found.update(terms(counted["words"]) if counted and not scope.row else ())
    return frozenset(found) - light_words()


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
