"""Whose figure a quote gives, where the document itself names it: a digest is not the source of what it tells."""

import re
from collections.abc import Iterator

from agent.answer import Citation
from agent.candidates import row_cells
from corpus.lexicon import TermKind, load_lexicon
from corpus.text import find_source_notes

_NOTE = re.compile(
    r"[(（]\s*(?P<name>(?-i:[A-Z]|[^\x00-\x7f\W\d_])[^()（）;；]{1,100}?)[,，、]\s?(?P<year>(?:19|20)\d\d)\s?年?\s*"
    r"(?:[;；][^()（）]*)?[)）]"
)
"""(TechSpot, 2025; confidence medium): a name, a year, and at most what else is said of them."""
_SOURCE_HEAD = re.compile(r"^(?:sources?|来源|來源|资料来源|出典|出处|出處)$", re.IGNORECASE)
_YEAR_HEAD = re.compile(r"^(?:year|年份|年|年度)$", re.IGNORECASE)
_MOST = 3
_COUNTRY: tuple[TermKind, ...] = ("country",)


def find_named_source(citation: Citation) -> str:
    """The publication and year that the quoted words give as their source: "TechSpot, 2025"; "" where they give none.

    Args:
        citation: A sentence with a note in brackets, or a row of a table with a column for its source.
    """
    own = citation.publisher.casefold()
    names = dict.fromkeys(name for name in _names(citation) if not own or own not in name.casefold())
    return "; ".join(list(names)[:_MOST])


def _names(citation: Citation) -> Iterator[str]:
    cells = row_cells(citation.header, citation.quote) if citation.header else []
    names = [cell for head, cell in cells if _SOURCE_HEAD.match(head.strip())]
    years = [cell for head, cell in cells if _YEAR_HEAD.match(head.strip())]
    if names:
        yield ", ".join(filter(None, [names[0].strip(), *(one.strip() for one in years[:1])]))
    for note in find_source_notes(citation.quote):
        found = _NOTE.fullmatch(note)
        if found and not _is_place(found["name"]):
            yield f"{found['name'].strip()}, {found['year']}"


def _is_place(name: str) -> bool:
    """Whether a name is that of a country alone, as in "(Japan, 2025)"."""
    whole = len(name.strip())
    return any(one.end - one.start >= whole for one in load_lexicon().find(name, kinds=_COUNTRY))
