"""Cut a text into clauses and find, for a clause of a claim, the clauses of a quote that speak of the same.

Clauses are compared by what does not depend on the language: names and terms of the lexicon, numbers, Latin words; in
one language by all their words too. A table's row has its cells for clauses, each with the words of its column's head.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from difflib import SequenceMatcher
from functools import lru_cache
from itertools import pairwise

from agent.judging.wording.cues import Cue, Token, find_cues, mentions_of, tokens_of
from corpus.document import Language
from corpus.quantities import find_quantities
from corpus.text import HAN, KANA, language_of, split_sentences
from indexes.tokens import terms

_BREAK = re.compile(
    r"\s\|\s|[，；;：]|,(?=\s)|:(?=\s)|\s[-–—]+\s|——|[()（）]"
    r"|(?<=\s)(?=(?:but|while|whereas|although|though|because|however|yet|unless|if|so that|instead of|rather than"
    r"|except|which|and (?:(?:it|they|he|she|is|are|was|were|has|have|had|does|do|did|will|can|cannot|not|no|may|might"
    r"|must|never|also|therefore|thus|then)\b))\b)"
    r"|(?=(?<![不非])但是?|而是|然而|不过|不過|却(?!步)|同时|同時に|从而|從而|因此|所以|因为|因為|由于|由於|并(?![非不未无無没沒购購联聯行排列网網发發])"
    r"|且(?!尔))"
    rf"|(?<=[が])、|(?<=ため)、|(?<=ので)、|(?<=[{HAN}{KANA}][しりてばず])、|(?<=一方)、?|(?<=けれど)、?|(?<=れば)、?"
)
_GLOSS = re.compile(r"[(（][^()（）]{1,24}[)）]")  # too short to be a clause
_NAME = re.compile(r"(?:EN|CO)\d")
_SHORT = 6  # characters of a piece that is no clause of its own
_ID, _NUMBER, _WORD = 2.0, 2.0, 1.0
_NEARLY = 0.6  # of the best score: as good a partner


@dataclass(frozen=True, slots=True, eq=False)
class Clause:
    """Part of a sentence, at ``text[start:end]`` of the text read.

    Attributes:
        sentence: The number of its sentence.
        first, last: Its tokens.
        cues: The cues in it.
        content: What it speaks of → weight.
    """

    start: int
    end: int
    sentence: int
    first: int
    last: int
    cues: tuple[Cue, ...]
    content: dict[str, float]

    def weight(self) -> float:
        """The weight of all its content; 0 when it says nothing that can be compared."""
        return sum(self.content.values())


@dataclass(frozen=True, slots=True)
class Reading:
    """A text with its words, cues and clauses; ``named`` are its names and terms, by id, and where they stand."""

    text: str
    language: Language
    tokens: tuple[Token, ...]
    cues: tuple[Cue, ...]
    clauses: tuple[Clause, ...]
    named: tuple[tuple[str, int], ...]


@lru_cache(maxsize=256)
def read(text: str, heads: tuple[str, ...] = ()) -> Reading:
    """Read a text; ``heads`` are the heads of a table's columns, where the text is one of its rows."""
    tokens, cues = tokens_of(text), find_cues(text)
    marks = _marks(text)
    language = language_of(text)
    clauses = []
    for number, (sentence_start, sentence_end) in enumerate(split_sentences(text)):
        for start, end in _pieces(text, sentence_start, sentence_end):
            clauses.append(_clause(text, start, end, number, tokens, cues, marks))
    if len(heads) == len(cells(text)) > 1:
        clauses = [_headed(clause, heads[text.count(" | ", 0, clause.start)]) for clause in clauses]
    clauses = [_with_subject(clause, clauses) for clause in clauses]
    named = tuple((key, at) for at, key, _ in marks)
    return Reading(text, language, tokens, cues, tuple(clauses), named)


def cells(row: str) -> list[str]:
    """The cells of a table's row; one, where the text is none."""
    return [cell.strip() for cell in row.strip().strip("|").split(" | ")]


def _pieces(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """Where the clauses of a sentence lie; a piece too short for one goes with the next."""
    bounds = [start]
    glosses = [found.span() for found in _GLOSS.finditer(text, start, end)]
    for found in _BREAK.finditer(text, start, end):
        if any(one <= found.start() < other for one, other in glosses):
            continue
        row = found[0].strip() == "|"
        if row or len(text[bounds[-1] : found.start()].strip()) >= _SHORT:
            bounds.append(found.end())
    if len(bounds) > 1 and len(text[bounds[-1] : end].strip(" .。)）")) < _SHORT and " | " not in text[start:end]:
        bounds.pop()
    bounds.append(end)
    for one, other in pairwise(bounds):
        if text[one:other].strip():
            yield one, other


def _marks(text: str) -> list[tuple[int, str, float]]:
    """Names, terms and numbers of a text: (where, key, weight)."""
    marks = [(one.start, one.term.id, _ID) for one in mentions_of(text)]
    numbers = (one for one in find_quantities(text) if one.kind != "label")
    return marks + [(one.start, f"{one.low}-{one.high}", _NUMBER) for one in numbers]


def _clause(
    text: str,
    start: int,
    end: int,
    sentence: int,
    tokens: Sequence[Token],
    cues: Sequence[Cue],
    marks: Sequence[tuple[int, str, float]],
) -> Clause:
    named = [(one.start, one.end) for one in mentions_of(text) if one.term.kind != "term"]
    words = "".join(" " if any(one <= at < other for one, other in named) else text[at] for at in range(start, end))
    content = dict.fromkeys(terms(words), _WORD)
    content |= {key: weight for at, key, weight in marks if start <= at < end}
    inside = [at for at, token in enumerate(tokens) if start <= token.start < end]
    first, last = (inside[0], inside[-1] + 1) if inside else (0, 0)
    return Clause(start, end, sentence, first, last, tuple(cue for cue in cues if start <= cue.start < end), content)


def _with_subject(clause: Clause, clauses: Sequence[Clause]) -> Clause:
    """A clause that names nobody, with the names of the first clause of its sentence: it is about the same."""
    first = next(one for one in clauses if one.sentence == clause.sentence)
    if first is clause or any(map(_NAME.match, clause.content)):
        return clause
    return replace(
        clause, content={key: value for key, value in first.content.items() if _NAME.match(key)} | clause.content
    )


def _headed(clause: Clause, head: str) -> Clause:
    """A cell with the content of its column's head."""
    content = dict.fromkeys(terms(head), _WORD) | {key: weight for _, key, weight in _marks(head)}
    return replace(clause, content=content | clause.content)


# --- Partners ---------------------------------------------------------------------------------------------------------


def pair(claim: Reading, quote: Reading) -> tuple[list[list[Clause]], list[list[Clause]]]:
    """For each clause of the claim: its partners, and its company.

    Partners are the clauses of the quote that speak most of what the clause speaks of, the best first; none when
    nothing is shared. Company are those that the clause may render besides: they share more than names with it, and
    with no other clause of the claim more; across languages also those that share nothing with the claim and stand
    beside a partner.
    """
    scores = [[_score(one, other, claim, quote) for other in quote.clauses] for one in claim.clauses]
    found = [_best(row, quote) for row in scores]
    company = [_company(n, scores, found[n], claim, quote) for n in range(len(claim.clauses))]
    return found, company


def _company(n: int, scores: list[list[float]], found: list[Clause], claim: Reading, quote: Reading) -> list[Clause]:
    beside = {at + step for at, one in enumerate(quote.clauses) if one in found for step in (-1, 1)}
    across = claim.language != quote.language
    kept = []
    for at, one in enumerate(quote.clauses):
        told = [row[at] for row in scores]
        shared = any(key in one.content and not _NAME.match(key) for key in claim.clauses[n].content)
        if one not in found and ((shared and told[n] == max(told)) or (across and at in beside and not any(told))):
            kept.append(one)
    return kept


def _best(row: list[float], quote: Reading) -> list[Clause]:
    top = max(row, default=0.0)
    if top < _WORD:
        return []
    kept = [(-score, at) for at, score in enumerate(row) if score >= max(_WORD, _NEARLY * top)]
    return [quote.clauses[at] for _, at in sorted(kept)]


def _score(one: Clause, other: Clause, claim: Reading, quote: Reading) -> float:
    shared = sum(weight for key, weight in one.content.items() if key in other.content)
    if shared and claim.language != quote.language:
        places = (claim.clauses.index(one) / len(claim.clauses), quote.clauses.index(other) / len(quote.clauses))
        shared += 0.8 * (1 - abs(places[0] - places[1]))
    return shared


def match_words(claim: Reading, quote: Reading) -> dict[int, int]:
    """Token of the claim → token of the quote, for the runs of words that both have in the same order."""
    ours, theirs = [one.text for one in claim.tokens], [one.text for one in quote.tokens]
    head = tail = 0
    if abs(len(ours) - len(theirs)) * 4 <= len(ours):  # else the ends of the quote may be of another sentence
        shorter = min(len(ours), len(theirs))
        while head < shorter and ours[head] == theirs[head]:
            head += 1
        while tail < shorter - head and ours[-1 - tail] == theirs[-1 - tail]:
            tail += 1
    matched = {at: at for at in range(head)}
    matched |= {len(ours) - 1 - at: len(theirs) - 1 - at for at in range(tail)}
    middle = SequenceMatcher(None, ours[head : len(ours) - tail], theirs[head : len(theirs) - tail], autojunk=False)
    for block in middle.get_matching_blocks():
        matched |= {head + block.a + n: head + block.b + n for n in range(block.size)}
    return matched
