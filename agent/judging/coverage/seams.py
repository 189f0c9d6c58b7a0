"""Whether a claim is sewn together: its beginning from one text, its end from another or from none.

Each half may stand somewhere and yet nobody says the whole. Where several passages are quoted, a clause that takes its
first words from one and its last from another must say why they belong together: it lists them ("and", a comparison),
or both speak of the same company or product. Where one is quoted, all of a claim's beginning or all of its end may not
be missing from it while the rest is said to the word.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from difflib import SequenceMatcher
from functools import lru_cache
from itertools import groupby, pairwise

from agent.answer import Citation
from agent.judging.coverage.alignment import PART, RENDERED, SAME, align, cut_units, spoken
from agent.judging.judgement import Fault
from agent.judging.quotations import without_quotations
from agent.judging.shown import shown_words
from corpus.amounts import find_amounts, same_amount
from indexes.dictionary import load_dictionary
from indexes.tokens import shipped_tokeniser, stem

_RENDERED_ENOUGH = 0.5
_PART_ENOUGH = 0.6
_FOREIGN_EDGE = 4
"""Words in a row at one end of a claim that nothing shown says, where all others are said."""
_COPYS_EDGE = 2
"""The same where the rest is copied."""
_COPYS_RUN = 3
_COPIED = 0.4
"""The share of its words that stand together in what is shown, in a claim that copies it."""
_SHORTEST_COPY = 4
_FOREIGN_CLAUSE = 2
"""Words of a clause, none of which is said, where those of the others are, all but ``_STRAY``."""
_LONG_FOREIGN_CLAUSE = 4
"""The same where others are missing too."""
_STRAY = 1
_MANY_WORDS, _LEAST_SAID = 4, 0.4
"""Of so many words or more at least this share must be said: of no claim in other words was it less."""
_PARTICULAR = re.compile(r"[^\x00-\x7f]{3}|[a-zA-Z][ -][a-zA-Z]|[a-z]?[A-Z][A-Z]")
"""A term of several words or characters, which no plainer one stands for: "ring modulator", 外置光源, "ABF"."""
_WIDE = 3
"""Within how many times its length the characters of a word must stand."""
_JOINS = re.compile(
    r"(?<![A-Za-z])(?:and|or|nor|as well|than|versus|vs|against|compared|both|while|whereas|but|plus|also|like|unlike)"
    r"(?![A-Za-z])"
    r"|[;；、/&]|[和与與及或比而并並亦也且跟同对對]|以及|と|や|より|および|または|一方",
    re.IGNORECASE,
)
_ASIDE = re.compile(
    r"(^|[,;.:，；。：]\s*)((?:according to|based on|as (?:stated|reported|shown|noted|described) (?:in|by)|"
    r"in other words|in short|in brief|in summary|to sum up|overall|as a result|by contrast|in contrast|"
    r"on the other hand|for example|for instance|in addition|in particular|specifically|notably|that is|in practice|"
    r"in general)(?![a-z])[^,;，；]{0,60}?(?=,|，)|"
    r"(?:据|據|根据|根據|按照?)[^,，;；]{1,24}(?=[,，])|(?:总体|總體|整体|整體|具体|具體|简|簡)而言|总的来说|總的來說|"
    r"综上所述|綜上所述|换言之|換言之|也就是说|也就是說|换句话说|例如|此外|相比之下|另一方面|(?:值得|需要)注意的是|"
    r"[^,，;；。]{1,20}(?:によると|によれば)|つまり|要するに|言い換えれば|例えば|一方で?|なお)",
    re.IGNORECASE,
)
"""Words that say who says so or lead over to what is said: they are nobody's."""
_RELATIVE = re.compile(r"(?<![a-z])(?:which|who|whose|where|whom)(?![a-z])|[其该該它]", re.IGNORECASE)
_WITHOUT_SUBJECT = re.compile(
    r"^\W*(?:(?:and|but)\s)?(?:(?:it|they|he|she)\s)?"
    r"(?:is|are|was|were|has|have|had|does|did|can|could|will|would|may|might)(?![a-z])",
    re.IGNORECASE,
)
"""What leads on from a clause that said of whom or what: ", and is", "; it was"."""
_A_NUMBER = re.compile(r"\s?(?:US)?[$€£¥]?[0-9]")
_NEW_CLAUSE = re.compile(r"[,;，；](?![0-9])")
_TWO_NAMES = re.compile(r"^\s*[,，]?\s*$")


@dataclass(frozen=True, slots=True)
class _Piece:
    """A content word or number of a claim.

    Attributes:
        said: Which of the texts say it.
        kind: "company" and the like for names of the glossary, "number", else "".
        clause: Which clause it stands in.
    """

    start: int
    end: int
    said: frozenset[int]
    kind: str
    clause: int


def find_seam_fault(claim: str, citations: Sequence[Citation]) -> Fault | None:
    """Where a claim goes over from one text into another, or into none."""
    claim = without_quotations(claim, citations, titles=True)
    claim = _ASIDE.sub(lambda found: found[1] + " " * len(found[2]), claim)
    texts = tuple(shown_words(one) for one in citations)
    clauses = _clauses(claim, _pieces(claim, texts))
    if len(texts) > 1:
        for clause in clauses:
            if seam := _find_seam(claim, clause) or _find_loose_end(claim, clause):
                return Fault(f"“{seam[0]}” is said by one quote and “{seam[1]}” by another, and none says both")
    if not all(spoken(claim) == spoken(text) for text in texts):
        return None
    if fault := _find_other_subject(claim, clauses):
        return fault
    quotes = tuple("\n".join([one.quote, one.header]) for one in citations)
    if _is_copied_in_part(claim, quotes) and not any(one.header for one in citations):
        # What else it says is then no matter of the title.
        return _find_foreign(claim, _clauses(claim, _together(claim, quotes)), True)
    return _find_foreign(claim, clauses, False)


def _is_copied_in_part(claim: str, texts: Sequence[str]) -> bool:
    """Whether ``_COPIED`` of a claim's words stand together in a text, so that it does not put it in its own words."""
    ours = _stems(claim)
    if len(ours) < _SHORTEST_COPY:
        return False
    longest = 0
    for theirs in map(_stems, texts):
        match = SequenceMatcher(None, ours, theirs, autojunk=False).find_longest_match()
        longest = max(longest, match.size)
    return longest >= max(_COPIED * len(ours), _SHORTEST_COPY)


@lru_cache(maxsize=256)
def _stems(text: str) -> tuple[str, ...]:
    simple = load_dictionary().simplify(text).lower()
    return tuple(stem(simple[start:end]) for start, end in shipped_tokeniser().words(simple, little=True))


@lru_cache(maxsize=256)
def _pieces(claim: str, texts: tuple[str, ...]) -> tuple[_Piece, ...]:
    laid = [align(claim, text).clues for text in texts]
    amounts = [find_amounts(text) for text in texts]
    pieces = []
    for at, unit in enumerate(cut_units(claim)):
        said = frozenset(
            number
            for number, clues in enumerate(laid)
            if clues[at, SAME] or clues[at, RENDERED] >= _RENDERED_ENOUGH or clues[at, PART] >= _PART_ENOUGH
        )
        pieces.append(_Piece(unit.start, unit.end, said, unit.kind or "", unit.clause))
    for one in find_amounts(claim):
        if not any(piece.start < one.end and one.start < piece.end for piece in pieces):
            said = frozenset(
                number for number, each in enumerate(amounts) if any(same_amount(one, other) for other in each)
            )
            before = [unit.clause for unit in cut_units(claim) if unit.start < one.start]
            pieces.append(_Piece(one.start, one.end, said, "number", before[-1] if before else 0))
    return tuple(sorted(pieces, key=lambda piece: piece.start))


def _together(claim: str, texts: tuple[str, ...]) -> list[_Piece]:
    """The pieces, where the characters of a Chinese word must stand close together: a copy does not scatter them."""
    simple = [load_dictionary().simplify(text) for text in texts]
    keys = [frozenset(key for unit in cut_units(text) for key in unit.keys) for text in texts]
    close = []
    for unit, piece in (
        (next((one for one in cut_units(claim) if one.start == piece.start), None), piece)
        for piece in _pieces(claim, texts)
    ):
        if unit is None or unit.is_latin or unit.kind:
            close.append(piece)
            continue
        said = frozenset(at for at in piece.said if unit.keys & keys[at] or _stands_close(unit.simple, simple[at]))
        close.append(replace(piece, said=said))
    return close


def _stands_close(word: str, text: str) -> bool:
    """Whether most characters of a word stand in one place of a text."""
    wide = _WIDE * len(word)
    places = [at for at, character in enumerate(text) if character in word]
    return any(
        len({text[other] for other in places if at <= other < at + wide}) >= _PART_ENOUGH * len(set(word))
        for at in places
    )


def _clauses(claim: str, pieces: Sequence[_Piece]) -> list[list[_Piece]]:
    """The pieces of each clause; one that speaks of what stands before it ("…, which is …") goes with that."""
    clauses: list[list[_Piece]] = []
    for _, group in groupby(pieces, key=lambda piece: piece.clause):
        clause = list(group)
        gap = claim[clauses[-1][-1].end : clause[0].start] if clauses else ""
        if _RELATIVE.search(gap) or _WITHOUT_SUBJECT.search(gap):
            clauses[-1] += clause
        else:
            clauses.append(clause)
    return clauses


def _find_seam(claim: str, clause: Sequence[_Piece]) -> tuple[str, str] | None:
    """The last words of one text and the first of the other, where a clause goes over with nothing to join them."""
    own = [piece for piece in clause if len(piece.said) == 1]
    turns = [(a, b) for a, b in pairwise(own) if a.said != b.said]
    if len(turns) != 1:
        return None
    left, right = turns[0]
    if any(piece.kind == "company" and len(piece.said) > 1 for piece in clause):
        return None  # both texts speak of it
    gap = claim[left.end : right.start]
    if _JOINS.search(gap) or (left.kind == right.kind == "company" and _TWO_NAMES.match(gap)):
        return None
    return claim[left.start : left.end], claim[right.start : right.end]


def _find_loose_end(claim: str, clause: Sequence[_Piece]) -> tuple[str, str] | None:
    """The same where what goes over has no subject of its own ("…, and is …"), and no text speaks of both parts."""
    own = [piece for piece in clause if len(piece.said) == 1]
    turns = [(a, b) for a, b in pairwise(own) if a.said != b.said]
    if len(turns) != 1 or any(len(piece.said) > 1 and piece.kind != "number" for piece in clause):
        return None
    left, right = turns[0]
    found = _WITHOUT_SUBJECT.search(claim[left.end : right.start])
    return (claim[left.start : left.end], claim[right.start : right.end]) if found else None


def _find_other_subject(claim: str, clauses: Sequence[Sequence[_Piece]]) -> Fault | None:
    """Whether a claim opens with a thing of the glossary that nothing shown names, or has too little that is shown."""
    words = [piece for clause in clauses for piece in clause if piece.kind != "number" and not _is_little(claim, piece)]
    if not words:
        return None
    first = words[0]
    if not first.said and _is_particular(claim, first):
        return _missing(claim, [first])
    if len(words) >= _MANY_WORDS and sum(bool(piece.said) for piece in words) < _LEAST_SAID * len(words):
        return _missing(claim, next(run for run in (_longest_run(words), words) if run))
    return None


def _find_foreign(claim: str, clauses: Sequence[Sequence[_Piece]], copied: bool) -> Fault | None:
    words = [
        [piece for piece in clause if piece.kind != "number" and not _is_little(claim, piece)] for clause in clauses
    ]
    every = [piece for clause in words for piece in clause]
    missing = sum(not piece.said for piece in every)
    for clause in words:
        needed = _FOREIGN_CLAUSE if missing - len(clause) <= _STRAY else _LONG_FOREIGN_CLAUSE
        if needed <= len(clause) < len(every) and not any(piece.said for piece in clause):
            return _missing(claim, clause)
    if copied and (run := _longest_run(every)) and len(run) >= _COPYS_RUN:
        return _missing(claim, run)
    for run in (list(_leading(every)), list(_leading(every[::-1]))[::-1]):
        needed = _needed_at_edge(claim, run, every) if copied else _FOREIGN_EDGE
        if needed <= len(run) == missing < len(every):
            return _missing(claim, run)
    return None


def _needed_at_edge(claim: str, run: Sequence[_Piece], pieces: Sequence[_Piece]) -> int:
    """How many words that nothing says are too many at an edge of a copy: one, if it is a name or a clause's only."""
    if not run or any(_is_particular(claim, piece) for piece in run):
        return 1
    after = pieces[-1] is run[-1] and len(run) < len(pieces)
    gap = claim[pieces[-len(run) - 1].end : run[0].start] if after else ""
    bounds = _A_NUMBER.match(claim, run[-1].end)  # "…, reportedly below 70%": the ledger reads what bounds a number
    return 1 if _NEW_CLAUSE.search(gap) and not bounds else _COPYS_EDGE


def _is_particular(claim: str, piece: _Piece) -> bool:
    """Whether it is a term of the glossary that no plainer word stands for, unlike "company"."""
    return piece.kind == "term" and bool(_PARTICULAR.search(claim[piece.start : piece.end]))


def _is_little(claim: str, piece: _Piece) -> bool:
    """Whether it is a single Han character: too common to tell anything by standing somewhere."""
    return piece.end - piece.start == 1 and not claim[piece.start].isascii()


def _longest_run(pieces: Sequence[_Piece]) -> list[_Piece]:
    """The most pieces in a row that nothing says."""
    runs = [list(group) for said, group in groupby(pieces, key=lambda piece: bool(piece.said)) if not said]
    return max(runs, key=len, default=[])


def _leading(pieces: Sequence[_Piece]) -> Iterator[_Piece]:
    for piece in pieces:
        if piece.said:
            return
        yield piece


def _missing(claim: str, pieces: Sequence[_Piece]) -> Fault:
    return Fault(f"nothing quoted speaks of “{claim[pieces[0].start : pieces[-1].end]}”")
