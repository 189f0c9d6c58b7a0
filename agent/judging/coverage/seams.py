"""Whether a claim is sewn together: its beginning from one text, its end from another or from none.

Each half may stand somewhere and yet nobody says the whole. Where several passages are quoted, a clause that takes its
first words from one and its last from another must say why they belong together: it lists them ("and", a comparison),
or both speak of the same company or product. Where one is quoted, all of a claim's beginning or all of its end may not
be missing from it while the rest is said to the word.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise

from agent.answer import Citation
from agent.judging.coverage.alignment import PART, RENDERED, SAME, align, cut_units, spoken
from agent.judging.judgement import Fault
from agent.judging.shown import shown_words
from corpus.amounts import find_amounts, same_amount

_RENDERED_ENOUGH = 0.5
_PART_ENOUGH = 0.6
_FOREIGN_EDGE = 4
"""Words in a row at one end of a claim that nothing shown says, where all others are said."""
_FOREIGN_CLAUSE = 2
"""Words of a clause, none of which is said, where those of the others are, all but ``_STRAY``."""
_LONG_FOREIGN_CLAUSE = 4
"""The same where others are missing too."""
_STRAY = 1
_JOINS = re.compile(
    r"(?<![A-Za-z])(?:and|or|nor|as well|than|versus|vs|against|compared|both|while|whereas|but|plus|also|like|unlike)"
    r"(?![A-Za-z])"
    r"|[;；、/&]|[和与與及或比而并並亦也且跟同对對]|以及|と|や|より|および|または|一方",
    re.IGNORECASE,
)
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
    texts = tuple(shown_words(one) for one in citations)
    clauses = _clauses(_pieces(claim, texts))
    if len(texts) > 1:
        for clause in clauses:
            if seam := _find_seam(claim, clause):
                return Fault(f"“{seam[0]}” is said by one quote and “{seam[1]}” by another, and none says both")
    if all(spoken(claim) == spoken(text) for text in texts):
        return _find_foreign(claim, clauses)
    return None


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


def _clauses(pieces: Sequence[_Piece]) -> list[list[_Piece]]:
    return [[piece for piece in pieces if piece.clause == at] for at in sorted({piece.clause for piece in pieces})]


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


def _find_foreign(claim: str, clauses: Sequence[Sequence[_Piece]]) -> Fault | None:
    words = [
        [piece for piece in clause if piece.kind != "number" and not _is_little(claim, piece)] for clause in clauses
    ]
    every = [piece for clause in words for piece in clause]
    missing = sum(not piece.said for piece in every)
    for clause in words:
        needed = _FOREIGN_CLAUSE if missing - len(clause) <= _STRAY else _LONG_FOREIGN_CLAUSE
        if needed <= len(clause) < len(every) and not any(piece.said for piece in clause):
            return _missing(claim, clause)
    for run in (list(_leading(every)), list(_leading(every[::-1]))[::-1]):
        if _FOREIGN_EDGE <= len(run) == missing < len(every):
            return _missing(claim, run)
    return None


def _is_little(claim: str, piece: _Piece) -> bool:
    """Whether it is a single Han character: too common to tell anything by standing somewhere."""
    return piece.end - piece.start == 1 and not claim[piece.start].isascii()


def _leading(pieces: Sequence[_Piece]) -> Iterator[_Piece]:
    for piece in pieces:
        if piece.said:
            return
        yield piece


def _missing(claim: str, pieces: Sequence[_Piece]) -> Fault:
    return Fault(f"nothing quoted speaks of “{claim[pieces[0].start : pieces[-1].end]}”")
