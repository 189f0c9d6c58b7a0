"""Words that a claim sets in quotation marks: those that stand in what is shown are proved, and no rule need read them.

>>> blank_quotations("“Yields fall” says that lasers age.", ["Lasers age."], ["Yields fall"])
'              says that lasers age.'
"""

import re
from collections.abc import Sequence

from agent.answer import Citation
from agent.judging.judgement import Fault
from agent.judging.wording.cues import Cue, find_cues
from agent.quotes import Mismatch, find_quote

_QUOTED = re.compile(r"“[^“”]*(?:“[^“”]*”[^“”]*)*”|《[^《》]*》|「[^「」]*」|『[^『』]*』|\"[^\"]*\"")
_SHORTEST_TITLE = 4
_SHORTEST = 8
"""Characters; a word or two in marks ("“not” proven") are read as the claim's own, since they may turn it."""
_DISOWNING = (("truth", -1), ("confirmation", -1))


def without_quotations(claim: str, citations: Sequence[Citation]) -> str:
    """A claim with the titles and words that it quotes, to the letter, from its citations blanked out."""
    titles = [text for one in citations for text in (one.title, *one.section)]
    return blank_quotations(claim, [one.quote for one in citations], titles)


def blank_quotations(claim: str, quotes: Sequence[str], titles: Sequence[str]) -> str:
    """A claim with what it quotes of some texts, or calls them, blanked out character for character."""

    def blank(found: re.Match[str]) -> str:
        words = found[0][1:-1].strip()
        named = len(words) >= _SHORTEST_TITLE and any(words in title for title in titles)
        stands = len(words) >= _SHORTEST and any(not isinstance(find_quote(quote, words), Mismatch) for quote in quotes)
        return " " * len(found[0]) if named or stands else found[0]

    return _QUOTED.sub(blank, claim)


def find_disowning(claim: str, citations: Sequence[Citation]) -> Fault | None:
    """What a claim says against the very words that it quotes: "“Connectors break” is wrong"."""
    rest = without_quotations(claim, citations)
    if rest == claim:
        return None
    quoted = [found[0][1:-1].strip() for found in _QUOTED.finditer(claim)]
    shown = "\n".join(one.quote for one in citations)
    for words in quoted:
        shown = shown.replace(words, " ")
    known = {cue.text.lower() for cue in find_cues(shown)}
    for cue in find_cues(rest):
        if _disowns(cue) and cue.text.lower() not in known:
            return Fault(f"the claim denies (“{cue.text}”) what the quote does not deny", contradicts=True)
    return None


def _disowns(cue: Cue) -> bool:
    return cue.has("negation") or any(side in _DISOWNING for side in cue.sides())
