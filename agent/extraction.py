"""Choose the sentences, list items and table rows that answer a question, by rule.

A unit is the smallest thing worth quoting: a sentence, a list item or a table row. Each unit is weighed by how much
of the question it covers (known names count in any language, words in the question's own) and by the encoder's
cosine. What no unit covers well enough is missing, and is said to be.
"""

import math
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

from agent.questions import Question
from corpus.document import Language
from corpus.lexicon import Mention, Term, load_lexicon
from corpus.quantities import find_quantities
from corpus.text import split_sentences
from indexes.tokens import terms

_ANAPHORA = re.compile(
    r"^(?:these|those|they|it|its|this|that|their|both|such|he|she|"
    r"the (?:company|companies|two|three|former|latter|firm))\b|"
    r"^(?:这些|那些|这|该|其|它|他们|两者|二者|此|上述|同时|因此|而)|^(?:これ|それ|その|この)",
    re.I,
)
_DEFINING = re.compile(
    r"^\s*(?:\([^)]*\)|（[^）]*）)?\s*"
    r"(?:(?:is|are|means|refers to|denotes|describes|stands for)\b|"
    r"是指|指的?是|指|是一?[种類类项個个]?|即|为|とは|は)",
    re.I,
)

# Share of the question a unit must cover, and how close it must be, to count as an answer; chosen on open
# question sets with unanswerable questions (docs/log.md).
_COVERAGE_ALONE = 0.75
_COSINE_ALONE = 0.62
_SUM_NEEDED = 0.85
_COSINE_FLOOR = 0.12

_MIN_CHARACTERS = 4
_NEAR_START = 12
_CORE_SHARE = 0.8
# Terms of this kind ("weakness", "trend", "supplier") have too many synonyms to insist on.
BUSINESS = "supply chain/market"
_PERFORMANCE = "performance"
# Of the widest or best match, the share that others must reach to stand beside it, and how many may.
_BREADTH_SHARE = 0.9
_LIST_SHARE = 0.6
_LOOKUP_SHARE = 0.75
_MOST_ITEMS = 6
_MOST_STATEMENTS = 3
_BRACKETED = re.compile(r"^[\s(（]*[\w\s/-]*[)）]")

# What a name or word counts that stands in the title, a heading or a table head, not in the unit itself.
_IN_CONTEXT = 0.7


@dataclass(frozen=True)
class Unit:
    """A sentence, list item or table row: ``passage text[start:end]``, with where it stands.

    Attributes:
        cosine: The encoder's closeness to the question, from the score_sentences tool.
    """

    passage_id: str
    title: str
    published: str
    language: Language
    section: tuple[str, ...]
    header: str
    start: int
    end: int
    text: str
    cosine: float = 0.0

    @cached_property
    def mentions(self) -> tuple[Mention, ...]:
        """Known names in the unit."""
        return tuple(load_lexicon().find(self.text))

    @cached_property
    def context(self) -> str:
        """What stands above the unit: title, headings, table head."""
        return "\n".join([self.title, *self.section, self.header])

    @cached_property
    def keys(self) -> frozenset[str]:
        """The unit's search terms, the ids of the names in it, and of the countries its companies are at home in."""
        return _keys(self.text)

    @cached_property
    def context_keys(self) -> frozenset[str]:
        """The same for what stands above the unit."""
        return _keys(self.context)


def _keys(text: str) -> frozenset[str]:
    lexicon = load_lexicon()
    named = [mention.term for mention in lexicon.find(text)]
    homes = {code for term in named if term.kind == "company" for code in term.countries}
    countries = {term.id for term in lexicon.terms if term.kind == "country" and homes & set(term.countries)}
    return frozenset(terms(text)) | {term.id for term in named} | countries


@dataclass(frozen=True, slots=True)
class Match:
    """How a unit meets a question.

    Attributes:
        coverage: Share of the question's names and words it covers, the telling ones weighing more, in [0, 1].
        breadth: The same share, with what stands above the unit counting in full.
        lacking: Names and words of the question it does not cover, the most telling first.
        fits: Whether it has everything an answer must have (named companies, model numbers, the kind of thing asked).
    """

    unit: Unit
    coverage: float
    breadth: float
    lacking: tuple[str, ...]
    fits: bool

    @property
    def score(self) -> float:
        """Orders matches; comparable within one question."""
        return self.coverage + self.unit.cosine

    @property
    def answers(self) -> bool:
        """Whether the unit is good enough to be shown as an answer."""
        close = self.unit.cosine
        return (
            self.fits
            and close >= _COSINE_FLOOR
            and (self.coverage >= _COVERAGE_ALONE or close >= _COSINE_ALONE or self.score >= _SUM_NEEDED)
        )


def cut_units(text: str, header: str = "") -> list[tuple[int, int]]:
    """Spans of the units of a passage: its lines if it is a table's, else its sentences.

    A sentence that leans on the one before it ("These companies supply …") is widened to take it in.
    """
    if header:
        return [(at, at + len(line)) for at, line in _lines(text) if line.strip()]
    spans: list[tuple[int, int]] = []
    for start, end in split_sentences(text):
        leans = _ANAPHORA.match(text[start:end]) and spans and "\n" not in text[spans[-1][1] : start]
        spans.append((spans[-1][0] if leans else start, end))
    return spans


def _lines(text: str) -> Iterable[tuple[int, str]]:
    at = 0
    for line in text.split("\n"):
        yield at, line
        at += len(line) + 1


def rank(question: Question, units: Iterable[Unit]) -> list[Match]:
    """All units, best first; equal scores in document order."""
    units = [unit for unit in units if len(unit.text) >= _MIN_CHARACTERS]
    weights = _weigh(question, units)
    matches = [_match(question, unit, weights) for unit in units]
    lifted = {id(found): found.score + 0.5 * _defines(question, found.unit) for found in matches}
    return sorted(matches, key=lambda found: (-lifted[id(found)], found.unit.passage_id, found.unit.start))


def _weigh(question: Question, units: Sequence[Unit]) -> dict[str, float]:
    """Name id or word of the question → how well it tells these units apart (smoothed inverse document frequency)."""
    counts = {key: sum(_presence(key, unit) > 0 for unit in units) for key in (*question.concepts, *question.words)}
    return {key: math.log(1 + (len(units) + 1) / (count + 1)) for key, count in counts.items()}


def _presence(key: str, unit: Unit) -> float:
    """1 for a name or word that stands in the unit, less for one that stands above it, else 0."""
    return 1.0 if key in unit.keys else _IN_CONTEXT if key in unit.context_keys else 0.0


def _match(question: Question, unit: Unit, weights: Mapping[str, float]) -> Match:
    keys = [key for key in weights if _comparable(key, question, unit)]
    presence = {key: _presence(key, unit) for key in keys}
    total = sum(weights[key] for key in keys) or 1.0
    absent = sorted((key for key in keys if not presence[key]), key=lambda key: -weights[key])
    surfaces = {mention.term.id: mention.name for mention in question.mentions} | dict(question.words)
    close = unit.cosine >= _COSINE_ALONE
    return Match(
        unit,
        coverage=sum(weights[key] * presence[key] for key in keys) / total,
        breadth=sum(weights[key] for key in keys if presence[key]) / total,
        lacking=tuple(dict.fromkeys(surfaces[key] for key in absent)),
        fits=_fits(question, unit) and (close or not set(absent) & set(_core(question, weights))),
    )


def _comparable(key: str, question: Question, unit: Unit) -> bool:
    """Whether the key could stand in the unit at all: a plain word cannot stand in a text of another language."""
    foreign = unit.language not in (question.language, "und")
    model_number = key.isascii() and not key.isalpha()
    return key not in question.words or not foreign or model_number or _presence(key, unit) > 0


def _core(question: Question, weights: Mapping[str, float]) -> list[str]:
    """What an answer must be about: of the terms that the question names, those that tell the most."""
    # Where the unit of the number is known ("how many watts"), a figure in watts says "power" without the word.
    free = {BUSINESS, _PERFORMANCE} if question.units else {BUSINESS}
    named = {mention.term.id for mention in question.named("term") if mention.term.category not in free}
    most = max((weights[key] for key in named), default=0.0)
    return [key for key in named if weights[key] >= _CORE_SHARE * most]


def _first_of_each(mentions: Sequence[Mention]) -> Iterable[Mention]:
    seen: set[str] = set()
    for mention in mentions:
        if mention.term.id not in seen:
            seen.add(mention.term.id)
            yield mention


def _fits(question: Question, unit: Unit) -> bool:
    """Whether the unit has what any answer must have: the names and model numbers asked of, and what is wanted."""
    words = f"{unit.text}\n{unit.context}".casefold()
    proper = [name.casefold() in words for name in question.proper]
    companies = [_presence(mention.term.id, unit) > 0 for mention in question.named("company")]
    # One unit need not speak of both sides of a comparison.
    enough = any if question.kind == "comparison" else all
    if (proper and not enough(proper)) or (companies and not any(companies)):
        return False
    layers = [mention.term.id for mention in question.named("term") if mention.term.category == "layer"]
    return all(_presence(layer, unit) for layer in layers) and _has_wanted(question, unit)


def _has_wanted(question: Question, unit: Unit) -> bool:
    if question.wanted == "number":
        measures = [found for found in find_quantities(unit.text) if found.kind in ("measure", "count")]
        return any(not question.units or found.unit in question.units for found in measures)
    if question.wanted == "time":
        return any(found.kind == "time" for found in find_quantities(unit.text))
    if question.wanted == "company":
        wanted = [mention.term for mention in unit.mentions if _is_wanted_company(mention.term, question)]
        named = any(mention.term.kind == "company" for mention in unit.mentions)
        return bool(wanted) or (not named and question.kind == "lookup")
    return True


def _defines(question: Question, unit: Unit) -> bool:
    """Whether the unit says what the question's subject is, as in "CPO is …", "光电共封装是指…"."""
    if question.kind != "definition":
        return False
    asked = set(question.concepts)
    ends = [mention.end for mention in unit.mentions if mention.term.id in asked and mention.start <= _NEAR_START]
    subject = question.subject.casefold()
    if subject and unit.text.casefold().startswith(subject):
        ends.append(len(subject))
    return any(_DEFINING.match(_BRACKETED.sub("", unit.text[end:])) for end in ends)


def choose(question: Question, ranked: Sequence[Match]) -> list[Match]:
    """The matches to answer with, the most important first; empty when none answers."""
    good = [found for found in ranked if found.answers]
    if not good:
        return []
    if question.kind == "definition":
        return _spread([found for found in good if _defines(question, found.unit)] or good, 2)
    if question.kind == "count":
        good.sort(key=lambda found: not states_count(found.unit))
    if question.kind in ("list", "count"):
        widest = max(found.breadth for found in good)
        return _spread([found for found in good if found.breadth >= _BREADTH_SHARE * widest], _MOST_ITEMS)
    if question.kind == "comparison":
        return _spread([found for found in good if found.score >= _LIST_SHARE * good[0].score], _MOST_ITEMS)
    return _spread([found for found in good if found.score >= _LOOKUP_SHARE * good[0].score], _MOST_STATEMENTS)


def states_count(unit: Unit) -> bool:
    """Whether the unit gives a number of things ("four companies", "三家企业")."""
    return any(found.kind == "count" for found in find_quantities(unit.text))


def _spread(matches: Sequence[Match], limit: int) -> list[Match]:
    """The first ``limit`` that do not repeat each other, with the best of each further language kept in."""
    kept: list[Match] = []
    for found in matches:
        if not any(_overlap(found.unit, other.unit) for other in kept):
            kept.append(found)
    chosen = kept[:limit]
    languages = {found.unit.language for found in chosen}
    for found in kept[limit:]:
        if found.unit.language not in languages:
            chosen.append(found)
            languages.add(found.unit.language)
    return chosen


def _overlap(one: Unit, other: Unit) -> bool:
    if one.passage_id == other.passage_id and one.start < other.end and other.start < one.end:
        return True
    return one.text.casefold().strip(" .。") == other.text.casefold().strip(" .。")


def named_companies(question: Question, chosen: Sequence[Match]) -> Mapping[str, list[Match]]:
    """Company id → the chosen matches that name it, for companies that the question asks for."""
    found: dict[str, list[Match]] = {}
    for matched in chosen:
        for mention in _first_of_each(matched.unit.mentions):
            if _is_wanted_company(mention.term, question):
                found.setdefault(mention.term.id, []).append(matched)
    return found


def _is_wanted_company(term: Term, question: Question) -> bool:
    """Whether a term is a company that the question does not name and whose home is one it asks for, if it asks."""
    asked = {mention.term.id for mention in question.mentions}
    homes = {code for mention in question.named("country") for code in mention.term.countries}
    return term.kind == "company" and term.id not in asked and (not homes or bool(homes & set(term.countries)))


def row_cells(header: str, row: str) -> list[tuple[str, str]]:
    """(head, cell) pairs of a table row; [("", row)] where head and row do not line up."""
    heads = [cell.strip() for cell in header.split("|")]
    cells = [cell.strip() for cell in row.split("|")]
    if len(heads) != len(cells):
        return [("", row.strip())]
    return list(zip(heads, cells, strict=True))
