"""Words that a claim sets in quotation marks: those that stand in what is shown are proved, and no rule need read them.

Without them the claim is judged by what it says of its own.
"""

import re
from collections.abc import Callable, Iterator, Sequence

from agent.answer import Citation
from agent.judging.judgement import Fault
from agent.judging.wording.cues import Cue, find_cues
from agent.quotes import Span, find_quote
from corpus.text import split_sentences

_QUOTED = re.compile(r"“[^“”]*(?:“[^“”]*”[^“”]*)*”|《[^《》]*》|「[^「」]*」|『[^『』]*』|\"[^\"]*\"")
_SHORTEST_TITLE = 4
_SHORTEST = 8
"""Characters; a word or two in marks ("“not” proven") are read as the claim's own, since they may turn it."""
_DISOWNING = (("truth", -1), ("confirmation", -1))


def without_titles(claim: str, citations: Sequence[Citation]) -> str:
    """A claim with the titles and headings of its citations that it sets in marks blanked out, character for character.

    What stands in the place of ``“Why yields fall”`` says nothing of a fall.
    """
    return _blank(claim, lambda words: _is_title(words, citations))


def without_quotations(claim: str, citations: Sequence[Citation], *, titles: bool = False) -> str:
    """The same of the words that it quotes from its citations to the letter, and of their titles if wished."""
    return _blank(claim, lambda words: (titles and _is_title(words, citations)) or any(_spans(words, citations)))


def without_sentences(claim: str, citations: Sequence[Citation]) -> str:
    """The same of titles and of whole sentences alone: part of one may have lost what turns it."""

    def is_whole(words: str) -> bool:
        return any(_is_cut_between_sentences(quote, span) for quote, span in _spans(words, citations))

    return _blank(claim, lambda words: _is_title(words, citations) or is_whole(words))


def _blank(claim: str, is_proven: Callable[[str], bool]) -> str:
    return _QUOTED.sub(lambda found: " " * len(found[0]) if is_proven(found[0][1:-1].strip()) else found[0], claim)


def _is_title(words: str, citations: Sequence[Citation]) -> bool:
    return len(words) >= _SHORTEST_TITLE and any(
        words in text for one in citations for text in (one.title, *one.section)
    )


def _spans(words: str, citations: Sequence[Citation]) -> Iterator[tuple[str, Span]]:
    """Where words stand in quotes."""
    for one in citations if len(words) >= _SHORTEST else ():
        span = find_quote(one.quote, words)
        if isinstance(span, Span):
            yield one.quote, span


def _is_cut_between_sentences(quote: str, span: Span) -> bool:
    sentences = split_sentences(quote)
    starts, ends = zip(*sentences, strict=True)
    return span.start in starts and any(
        not any(map(str.isalnum, quote[span.end : end])) for end in ends if end >= span.end
    )


def find_disowning(claim: str, citations: Sequence[Citation]) -> Fault | None:
    """What a claim says against the very words that it quotes: "“Connectors break” is wrong"."""
    rest = without_quotations(claim, citations, titles=True)
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
