"""Whether a claim on a row of a table speaks of that row, and gives each cell for its own column."""

from agent.answer import Citation
from agent.judging.judgement import Fault
from agent.judging.numbers.binding import find_keys, speak_alike
from corpus.lexicon import load_lexicon
from corpus.quantities import Quantity, find_quantities
from indexes.tokens import terms


def find_cell_fault(claim: str, citation: Citation) -> Fault | None:
    """What is wrong: the claim is about another row, or gives a cell for another column's."""
    heads = [head.strip() for head in citation.header.split("|")]
    for row in citation.quote.split("\n"):
        cells = [cell.strip() for cell in row.split("|")]
        if len(heads) < 2 or len(cells) != len(heads):
            continue
        if not speak_alike(claim, " ".join(heads)):
            return None
        lead = " ".join([*citation.section, citation.title])
        if _is_of_another(claim, cells[0], citation) or _is_of_none(claim, cells, heads, lead):
            return Fault(f"the row is about “{cells[0]}”, of which the claim does not speak")
        if fault := _shifted(_words(claim), heads, cells) or _otherwise(claim, heads, cells, lead):
            return fault
    return None


def _is_of_none(claim: str, cells: list[str], heads: list[str], lead: str) -> bool:
    """Whether a claim tells a cell whole and has nothing of what names the row, but a word of its own in its place."""
    said, label = _words(claim), _words(cells[0])
    told = [cell for cell in cells[1:] if len(words := _words(cell)) > 1 and words <= said]
    own = label.difference(*map(_words, told)) or label  # what a told cell has of the row's name does not name it
    named = bool(own & said or (_named(cells[0]) - _named(" ".join(told))) & _named(claim))
    strange = _strange(_words(_without_names(claim, " ".join(cells))), cells, heads, lead)
    return bool(told) and bool(label) and not named and bool(strange)


def _strange(said: frozenset[str], cells: list[str], heads: list[str], lead: str) -> frozenset[str]:
    """The words of a claim that stand nowhere in the row, its heads and what is above them."""
    return said - _words(" ".join([*cells, *heads, lead]))


def _without_names(claim: str, row: str) -> str:
    """A claim without the names, in any language, of whom the row names."""
    own = {one.term.id for one in load_lexicon().find(row)}
    for one in reversed(load_lexicon().find(claim)):
        if one.term.id in own:
            claim = claim[: one.start] + " " * (one.end - one.start) + claim[one.end :]
    return claim


def _otherwise(claim: str, heads: list[str], cells: list[str], lead: str) -> Fault | None:
    """The one column that a claim names with what names the row, and gives nothing of its cell but something else."""
    said = _words(claim)
    named = [at for at in range(1, len(heads)) if (own := _words(heads[at])) and own <= said]
    if len(named) != 1 or not _words(cells[0]) <= said or not _words(cells[named[0]]):
        return None
    head, cell = heads[named[0]], cells[named[0]]
    dates, told = ([one for one in find_quantities(text) if one.kind == "time"] for text in (cell, claim))
    if dates and told and not any(_meet(one, other) for one in dates for other in told):
        return Fault(f"the column “{head}” says “{cell}”, not “{told[0].text}”", contradicts=True)
    above = " ".join([cells[0], head])
    rest = said - _words(above)
    strange = _strange(said, cells, heads, lead)
    names = (_named(cell) & _named(claim)) - _named(above)
    if not strange or any(kind == "company" for kind, _ in names) or _share_a_number(cell, claim):
        return None
    known = _words(cell) & rest
    if not known and not names and not find_quantities(cell):
        return Fault(f"the column “{head}” says “{cell}”, of which the claim has nothing")
    if len(strange) >= _MANY and len(known) < _LITTLE * len(rest):
        return Fault(f"the column “{head}” says “{cell}”, of which the claim has little")
    return None


def _share_a_number(one: str, other: str) -> bool:
    """Whether they give one number, whatever bounds it and with its unit or without."""
    return any(a.low == b.low for a in find_quantities(one) for b in find_quantities(other))


def _meet(one: Quantity, other: Quantity) -> bool:
    """Whether two dates are of one grain and overlap, or of two, which is not told here."""
    return one.unit != other.unit or (one.low <= other.high and other.low <= one.high)


def _shifted(said: frozenset[str], heads: list[str], cells: list[str]) -> Fault | None:
    """A cell that the claim gives for another column: it names that column, but nothing of its cell."""
    words = [_words(cell) for cell in cells]
    whole = [bool(each) and each <= said for each in words]
    named = [bool(own) and own <= said for own in map(_words, heads)]
    for at in range(1, len(heads)):
        if not named[at] or not words[at]:
            continue
        for n in range(1, len(heads)):
            if n == at or not whole[n] or named[n] or _is_date(cells[n]):
                continue
            every = (words[at] - _words(heads[at])) or words[at]
            own = every - words[n]
            own = own if len(own) > 1 or (own and len(words[n]) >= _LONG) else every
            if _share(own, said) < _HALF:
                return Fault(
                    f"the column “{heads[at]}” says “{cells[at]}”; “{cells[n]}” stands under “{heads[n]}”",
                    contradicts=True,
                )
    return None


_MANY, _LITTLE = 3, 1 / 3
"""How many words of a claim nothing in the row has, at least, where it has less than this share of its words from the
cell that it names."""
_LONG = 4
"""Words of a cell that is not told whole by accident."""
_HALF = 0.5


def _is_date(cell: str) -> bool:
    """Whether a cell only says when: that stands beside any other cell."""
    return any(one.kind == "time" for one in find_quantities(cell))


def _share(words: frozenset[str], said: frozenset[str]) -> float:
    """How many of some words a claim says."""
    return len(words & said) / len(words)


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
