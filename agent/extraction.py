"""Choose the sentences, list items and table rows that answer a question, by rule.

Each candidate is weighed by how much of the question it covers (known names count in any language, words in the
question's own) and by the encoder's cosine. What no candidate covers well enough is missing, and is said to be.
"""

import math
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from agent.candidates import LIST_MARK, Candidate, head_units, keys_of, row_cells
from agent.questions import Question
from corpus.lexicon import Mention, Term
from corpus.quantities import find_quantities
from indexes.tokens import terms

_DEFINING = re.compile(
    r"^\s*(?:\([^)]*\)|（[^）]*）)?\s*"
    r"(?:(?:is|are|means|refers to|denotes|describes|stands for)\b|"
    r"是指|指的?是|指|是一?[种類类项個个]?|即|为|とは|は)",
    re.I,
)

# A sentence in which a document speaks of itself ("This report compares …") answers nothing.
_ABOUT_ITSELF = re.compile(
    r"^(?:this (?:report|document|article|paper|digest|page|note|post|section)\b|"
    r"(?:本文|本报告|本報告|本节|本章|本页|備註|备注)(?:从|由|基于|比较|整理|旨在|对|将|分|按|汇总|：|:))",
    re.I,
)

# What a candidate needs to count as an answer; chosen on open question sets (docs/log.md).
_LEAST_SCORE = 0.9
_LEAST_COVERAGE = 0.3
# A candidate that has this many names and words of the question, and lacks none, is near enough.
_MANY = 3
# A candidate this close need not name the terms of the question.
_CLOSE = 0.62

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
_MOST_OF_A_SIDE = 2
_MOST_BELOW = 8
_BRACKETED = re.compile(r"^[\s(（]*[\w\s/-]*[)）]")

# The most that a word may weigh, and a business term or a word that stands nowhere.
_MOST_WORD = 2.0
_MOST_LOOSE = 1.0

# What a missing word weighs in a text of another language.
_FOREIGN = 0.35

_REASON = re.compile(
    r"\b(?:because|since|due to|owing to|so that|therefore|thus|hence|caus(?:e|es|ed|ing)|reasons?|leads? to|"
    r"results? in|in order to|as a result|reduc\w+|shorten\w*|allows?|enables?|so)\b|"
    r"因为|由于|因此|所以|因而|导致|使得|使|从而|原因|以便|基础|关键在于|决定|影响|ため|ので|から",
    re.I,
)

# What a name or word counts that stands in the title, a heading or a table head, not in the candidate itself.
_IN_CONTEXT = 0.7

_BESIDE = re.compile(
    r"(?<![a-z])(?:for|to|of|in|against|its customer)\s(?:the\s)?$|(?:[为為给給向对對]|列入|客户|客戶|顧客の)\s?$", re.I
)
_BESIDE_AFTER = re.compile(
    r"に|へ|向け|の顧客|[^，。；是为為]{0,8}?的(?:合作伙伴|合作夥伴|客户|客戶|供应商|供應商)|['’]s\s(?:[a-z]+\s)?(?:partner|customer|supplier)",
    re.I,
)


@dataclass(frozen=True, slots=True)
class Match:
    """How a candidate meets a question.

    Attributes:
        coverage: Share of the question's names and words it covers, the telling ones weighing more, in [0, 1].
        breadth: The same share, with what stands above the candidate counting in full.
        ties: Whether it ties what it names to what the question is about: every name of the question stands in it or
            above it, and the topic in its own words (in a table row, in the cell that says what it is about).
        asked: How many names and words the question has for it to cover.
        lacking: Those it does not cover, the most telling first.
        fits: Whether it has everything an answer must have (named companies, model numbers, the kind of thing asked).
    """

    candidate: Candidate
    coverage: float
    breadth: float
    ties: bool
    asked: int
    lacking: tuple[str, ...]
    fits: bool

    @property
    def score(self) -> float:
        """Orders matches; comparable within one question."""
        return self.coverage + self.candidate.cosine

    @property
    def answers(self) -> bool:
        """Whether the candidate is good enough to be shown as an answer."""
        enough = self.score >= _LEAST_SCORE or (self.asked >= _MANY and not self.lacking)
        return self.fits and self.coverage >= _LEAST_COVERAGE and enough


def rank(question: Question, candidates: Iterable[Candidate]) -> list[Match]:
    """All candidates, best first; equal scores in document order."""
    candidates = [
        candidate
        for candidate in candidates
        if len(candidate.text) >= _MIN_CHARACTERS and not _ABOUT_ITSELF.match(candidate.text)
    ]
    weights = _weigh(question, candidates)
    matches = [_match(question, candidate, weights) for candidate in candidates]
    lifted = {id(found): found.score + _lift(question, found.candidate) for found in matches}
    return sorted(matches, key=lambda found: (-lifted[id(found)], found.candidate.passage_id, found.candidate.start))


def _lift(question: Question, candidate: Candidate) -> float:
    """What a candidate gains by being of the form asked for: a definition, or a figure in the unit of the question."""
    measured = any(found.unit in question.units for found in candidate.quantities if found.kind == "measure")
    return 0.5 * _defines(question, candidate) + 0.3 * measured


def _weigh(question: Question, candidates: Sequence[Candidate]) -> dict[str, float]:
    """Name id or word of the question → how well it tells these candidates apart (smoothed inverse document frequency).

    Words and business terms weigh less than names: they have synonyms. A word that stands nowhere weighs least where
    the form of the answer is checked besides (a company, a figure, a definition); elsewhere it may be what is missing.
    """
    asks_for_form = question.wanted != "statement" or question.kind != "lookup"
    loose = {mention.term.id for mention in question.mentions if mention.term.category == BUSINESS}
    weights = {}
    for key in (*question.concepts, *question.words):
        count = sum(_presence(key, candidate) > 0 for candidate in candidates)
        weight = math.log(1 + (len(candidates) + 1) / (count + 1))
        most = _MOST_LOOSE if key in loose or (asks_for_form and not count) else _MOST_WORD
        weights[key] = min(weight, most) if key in loose or key in question.words else weight
    return weights


def _presence(key: str, candidate: Candidate) -> float:
    """1 for a name or word that stands in the candidate, less for one that stands above it, else 0."""
    return 1.0 if key in candidate.keys else _IN_CONTEXT if key in candidate.context_keys else 0.0


def _match(question: Question, candidate: Candidate, weights: Mapping[str, float]) -> Match:
    # A plain word cannot stand in a text of another language: that it is missing says less there.
    weights = {
        key: weight * (1.0 if _comparable(key, question, candidate) else _FOREIGN) for key, weight in weights.items()
    }
    weights = _without_other_sides(question, candidate, weights)
    presence = {key: _presence(key, candidate) for key in weights}
    total = sum(weights.values()) or 1.0
    absent = sorted((key for key in weights if not presence[key]), key=lambda key: -weights[key])
    surfaces = {mention.term.id: mention.name for mention in question.mentions} | dict(question.words)
    core = _core(question, weights)
    # A topic that the lexicon does not know is told by the question's own words.
    topic = core or {word for word in question.words if word in weights and _comparable(word, question, candidate)}
    return Match(
        candidate,
        coverage=sum(weights[key] * presence[key] for key in weights) / total,
        breadth=sum(weights[key] for key in weights if presence[key]) / total,
        ties=not set(absent) & set(question.concepts) and topic <= _keys_of_subject(candidate),
        asked=len(weights),
        lacking=tuple(dict.fromkeys(surfaces[key] for key in absent)),
        fits=_fits(question, candidate) and (candidate.cosine >= _CLOSE or not core & set(absent)),
    )


def _without_other_sides(question: Question, candidate: Candidate, weights: Mapping[str, float]) -> Mapping[str, float]:
    """The keys a candidate answers for: in a comparison, one that speaks of one side need not speak of the others."""
    if question.kind != "comparison":
        return weights
    sides = {side.id for side in sides_of(question)} | {term for name in question.proper for term in terms(name)}
    told = {key for key in sides & set(weights) if _presence(key, candidate)}
    return {key: weight for key, weight in weights.items() if key not in sides or key in told or not told}


def _comparable(key: str, question: Question, candidate: Candidate) -> bool:
    """Whether the key could stand there: a name known in all languages, a word of its own, a model number."""
    foreign = candidate.language not in (question.language, "und")
    return key not in question.words or not foreign or (key.isascii() and not key.isalpha())


def _keys_of_subject(candidate: Candidate) -> frozenset[str]:
    """What a candidate is about: the names in its own words; of a table row, those in its first cell."""
    return keys_of(row_cells(candidate.header, candidate.body)[0][1]) if candidate.header else candidate.keys


def _core(question: Question, weights: Mapping[str, float]) -> set[str]:
    """What an answer must be about: of the terms that the question names, those that tell the most."""
    # Where the unit of the number is known ("how many watts"), a figure in watts says "power" without the word.
    free = {BUSINESS, _PERFORMANCE} if question.units else {BUSINESS}
    named = {mention.term.id for mention in question.named("term") if mention.term.category not in free}
    named &= set(weights)
    most = max((weights[key] for key in named), default=0.0)
    return {key for key in named if weights[key] >= _CORE_SHARE * most}


def _first_of_each(mentions: Sequence[Mention]) -> Iterable[Mention]:
    seen: set[str] = set()
    for mention in mentions:
        if mention.term.id not in seen:
            seen.add(mention.term.id)
            yield mention


def _fits(question: Question, candidate: Candidate) -> bool:
    """Whether the candidate has what any answer must have: the names and model numbers asked of, and what is wanted."""
    words = f"{candidate.text}\n{candidate.context}".casefold()
    proper = [name.casefold() in words for name in question.proper]
    if question.of_person and not all(_presence(word, candidate) for word in question.words):
        return False
    companies = [_presence(mention.term.id, candidate) > 0 for mention in question.named("company")]
    if question.kind == "comparison":
        # One candidate need not speak of both sides.
        if (proper or companies) and not any((*proper, *companies)):
            return False
    elif not all(proper) or (companies and not any(companies)):
        return False
    layers = [mention.term.id for mention in question.named("term") if mention.term.category == "layer"]
    if not all(_presence(layer, candidate) for layer in layers):
        return False
    return _is_of_time(question, candidate) and _has_wanted(question, candidate)


def _is_of_time(question: Question, candidate: Candidate) -> bool:
    """Whether the candidate speaks of each year that the question names, or is of a document of that year."""
    asked = [found for found in question.quantities if found.kind == "time" and found.unit == "year"]
    told = [*candidate.quantities, *find_quantities(f"{candidate.context}\n{candidate.published[:4]}")]
    years = [found for found in told if found.kind == "time" and found.unit == "year"]
    return all(any(one.low <= year.low and year.high <= one.high for one in years) for year in asked)


def _has_wanted(question: Question, candidate: Candidate) -> bool:
    if question.wanted == "number":
        measures = [found.unit for found in candidate.quantities if found.kind in ("measure", "count")]
        if "" in measures:
            measures += head_units(candidate.header)
        return any(not question.units or unit in question.units for unit in measures)
    if question.wanted == "reason":
        return bool(_REASON.search(candidate.body))
    if question.wanted == "time":
        return any(found.kind == "time" for found in candidate.quantities)
    if question.wanted == "company":
        wanted = [mention.term for mention in candidate.mentions if _is_wanted_company(mention.term, question)]
        named = any(mention.term.kind == "company" for mention in candidate.mentions)
        return bool(wanted) or (not named and question.kind == "lookup")
    return True


def _defines(question: Question, candidate: Candidate) -> bool:
    """Whether the candidate says what the question's subject is, as in "CPO is …", "光电共封装是指…"."""
    if question.kind != "definition":
        return False
    asked = set(question.concepts)
    ends = [mention.end for mention in candidate.mentions if mention.term.id in asked and mention.start <= _NEAR_START]
    subject = question.subject.casefold()
    if subject and candidate.text.casefold().startswith(subject):
        ends.append(len(subject))
    return any(_DEFINING.match(_BRACKETED.sub("", candidate.text[end:])) for end in ends)


def choose(question: Question, ranked: Sequence[Match]) -> list[Match]:
    """The matches to answer with, the most important first; empty when none answers."""
    good = [found for found in ranked if found.answers]
    if not good:
        return []
    items = _items_below(good[0], ranked)
    if items:
        return [good[0], *items]
    if question.kind == "definition":
        defining = [found for found in good if _defines(question, found.candidate)]
        return _own_first(question, _spread(defining or good, 2))
    if question.kind == "count":
        good.sort(key=lambda found: not states_count(found.candidate))
    if question.kind in ("list", "count"):
        widest = max(found.breadth for found in good)
        best = _LIST_SHARE * good[0].score
        wide = [found for found in good if found.breadth >= _BREADTH_SHARE * widest and found.score >= best]
        return _spread(wide, _MOST_ITEMS)
    if question.kind == "comparison":
        return _compare(question, good)
    near = [found for found in good if found.score >= _LOOKUP_SHARE * good[0].score]
    return _own_first(question, _spread(near, _MOST_STATEMENTS))


def _own_first(question: Question, chosen: Sequence[Match]) -> list[Match]:
    """The same matches, those in the reader's own language first."""
    return sorted(chosen, key=lambda found: found.candidate.language != question.language)


def _items_below(lead: Match, ranked: Sequence[Match]) -> list[Match]:
    """The lines that a lead-in announces ("… three interfaces:"): those after it in its passage, under its heading."""
    if not lead.candidate.text.endswith((":", "：")):
        return []
    below = [
        found
        for found in ranked
        if found.candidate.passage_id == lead.candidate.passage_id and found.candidate.start > lead.candidate.start
    ]
    below.sort(key=lambda found: found.candidate.start)
    marked = [found for found in below if LIST_MARK.match(found.candidate.text)]
    return (marked or below)[:_MOST_BELOW]


def sides_of(question: Question) -> list[Term]:
    """What a comparison compares: the companies it names, else the countries, else the terms, if two or more."""
    for kind in ("company", "country", "term"):
        named = [mention.term for mention in question.named(kind)]
        sides = {term.id: term for term in named if term.category not in (BUSINESS, _PERFORMANCE)}
        if len(sides) >= 2:
            return list(sides.values())
    return []


def _compare(question: Question, good: Sequence[Match]) -> list[Match]:
    """First what speaks of several sides at once, then the best of each side."""
    good = [found for found in good if found.score >= _LIST_SHARE * good[0].score]
    sides = [side.id for side in sides_of(question)]
    told = {id(found): [side for side in sides if side in found.candidate.keys] for found in good}
    both = [found for found in good if len(told[id(found)]) >= 2]
    chosen = _spread(both, _MOST_STATEMENTS)
    for side in sides:
        of_side = [found for found in good if told[id(found)] == [side]]
        chosen += _spread(of_side, _MOST_OF_A_SIDE)
    return chosen or _spread(good, _MOST_ITEMS)


def states_count(candidate: Candidate) -> bool:
    """Whether the candidate gives a number of things ("four companies", "三家企业")."""
    return any(found.kind == "count" for found in candidate.quantities)


def _spread(matches: Sequence[Match], limit: int) -> list[Match]:
    """The first ``limit`` that do not repeat each other, with the best of each further language kept in."""
    kept: list[Match] = []
    for found in matches:
        place = next((at for at, other in enumerate(kept) if _overlap(found.candidate, other.candidate)), None)
        if place is None:
            kept.append(found)
        elif _takes_in(found.candidate, kept[place].candidate):
            kept[place] = found
    chosen = kept[:limit]
    languages = {found.candidate.language for found in chosen}
    for found in kept[limit:]:
        if found.candidate.language not in languages:
            chosen.append(found)
            languages.add(found.candidate.language)
    return chosen


def _takes_in(wide: Candidate, narrow: Candidate) -> bool:
    """Whether one candidate is the other with its antecedent or its continuation."""
    same = wide.passage_id == narrow.passage_id
    return same and wide.start <= narrow.start and narrow.end <= wide.end and len(wide.text) > len(narrow.text)


def _overlap(one: Candidate, other: Candidate) -> bool:
    if one.passage_id == other.passage_id and one.start < other.end and other.start < one.end:
        return True
    return one.text.casefold().strip(" .。") == other.text.casefold().strip(" .。")


def named_companies(question: Question, chosen: Sequence[Match]) -> Mapping[str, list[Match]]:
    """Company id → the chosen matches that name it, for companies that the question asks for."""
    found: dict[str, list[Match]] = {}
    for matched in chosen:
        for mention in _first_of_each(matched.candidate.mentions):
            if _is_wanted_company(mention.term, question) and not _is_bystander(matched.candidate, mention.term.id):
                found.setdefault(mention.term.id, []).append(matched)
    return found


def _is_bystander(candidate: Candidate, company: str) -> bool:
    """Whether a sentence names a company only as whom something is done for, given to or listed by: 为台积电提供."""
    told = [mention for mention in candidate.mentions if mention.term.id == company]
    return not candidate.header and all(
        _BESIDE.search(candidate.text, 0, mention.start) or _BESIDE_AFTER.match(candidate.text, mention.end)
        for mention in told
    )


def _is_wanted_company(term: Term, question: Question) -> bool:
    """Whether a term is a company that the question does not name and whose home is one it asks for, if it asks."""
    asked = {mention.term.id for mention in question.mentions}
    homes = {code for mention in question.named("country") for code in mention.term.countries}
    return term.kind == "company" and term.id not in asked and (not homes or bool(homes & set(term.countries)))
