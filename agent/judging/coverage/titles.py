"""Whether the works that a claim names by their titles are named by what is shown for it.

A title is no word that another one could render: 《A》 is not 《B》, however alike the rest is.
"""

import re
from collections.abc import Sequence

from agent.answer import Citation
from agent.judging.coverage.alignment import spoken
from agent.judging.judgement import Fault
from agent.judging.shown import shown_words
from indexes.dictionary import load_dictionary

_TITLE = re.compile(r"《([^《》]{2,40})》|『([^『』]{2,40})』")
_NO_LETTERS = re.compile(r"[\W_]+")


def find_title_fault(claim: str, citations: Sequence[Citation]) -> Fault | None:
    """The first title in a claim that nothing shown has, where what is shown is in the claim's language."""
    shown = [shown_words(one) for one in citations]
    if not shown or any(spoken(text) != spoken(claim) for text in shown):
        return None
    known = _letters("\n".join(shown))
    for found in _TITLE.finditer(claim):
        title = found[1] or found[2]
        if not _stands(_letters(title), known):
            return Fault(f"the title “{title}” stands in nothing shown")
    return None


def _stands(title: str, known: str) -> bool:
    """Whether a title stands there, or its first half and its last: a subtitle or a number may be left out."""
    half = (len(title) + 1) // 2
    return title in known or (half > 1 and title[:half] in known and title[-half:] in known)


def _letters(text: str) -> str:
    return _NO_LETTERS.sub("", load_dictionary().simplify(text)).casefold()
