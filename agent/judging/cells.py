"""Whether a claim on a row of a table speaks of that row, and gives each cell for its own column."""

from agent.answer import Citation
from agent.judging.binding import find_keys, speak_alike
from agent.judging.judgement import Fault
from corpus.quantities import find_quantities
from indexes.tokens import terms


def find_cell_fault(claim: str, citation: Citation) -> Fault | None:
    """What is wrong: the claim is about another row, or gives a cell for another column's."""
    heads = [head.strip() for head in citation.header.split("|")]
    said = _words(claim)
    for row in citation.quote.split("\n"):
        cells = [cell.strip() for cell in row.split("|")]
        if len(heads) < 2 or len(cells) != len(heads):
            continue
        if not speak_alike(claim, " ".join(heads)):
            return None
        if _is_of_another(claim, cells[0], citation):
            return Fault(f"the row is about “{cells[0]}”, of which the claim does not speak")
        if fault := _shifted(said, heads, cells):
            return fault
    return None


def _shifted(said: frozenset[str], heads: list[str], cells: list[str]) -> Fault | None:
    """A cell that the claim gives for another column: it names that column, but nothing of its cell."""
    named = [bool(own) and own <= said for own in map(_words, heads)]
    given = [_share(cell, said) for cell in cells]
    for at in range(1, len(heads)):
        others = [
            n for n in range(1, len(heads)) if n != at and given[n] == 1 and not named[n] and not _is_date(cells[n])
        ]
        if named[at] and _words(cells[at]) and given[at] < _HALF and others:
            return Fault(
                f"the column “{heads[at]}” says “{cells[at]}”; “{cells[others[0]]}” stands under “{heads[others[0]]}”",
                contradicts=True,
            )
    return None


_HALF = 0.5


def _is_date(cell: str) -> bool:
    """Whether a cell only says when: that stands beside any other cell."""
    return any(one.kind == "time" for one in find_quantities(cell))


def _share(cell: str, said: frozenset[str]) -> float:
    """How much of a cell a claim says."""
    words = _words(cell)
    return len(words & said) / len(words) if words else 0.0


def _is_of_another(claim: str, label: str, citation: Citation) -> bool:
    """Whether a claim names something like what names the row, and not that."""
    mine, own = _named(claim), _named(label)
    row = _named(f"{citation.quote}\n{citation.header}")
    kinds = {kind for kind, _ in own}
    others = {key for key in mine - row if key[0] in kinds}
    return bool(own) and not own & mine and not _words(label) <= _words(claim) and bool(others)


def _named(text: str) -> set[tuple[str, str]]:
    return {(kind, key) for kind, key, _, _ in find_keys(text) if kind in ("company", "country", "term", "label")}


def _words(text: str) -> frozenset[str]:
    return frozenset(terms(text))
