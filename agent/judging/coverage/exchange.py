"""Whether a claim is its quote word for word but for one word, which is another one.

Such a claim was not put in other words: where all else is kept, a word that is no synonym changes what is said.

>>> find_exchange("Heat pumps warm the harbour.", "Heat pumps warm the city.")
('harbour', 'city')
>>> find_exchange("The city is warmed by pumps.", "Heat pumps warm the city.") is None
True
"""

import difflib
import re
from collections.abc import Iterator, Sequence

from agent.judging.coverage.synonyms import groups_of
from corpus.amounts import find_amounts
from corpus.lexicon import load_lexicon
from corpus.quantities import is_bound_cue
from corpus.text import without_source_notes
from indexes.dictionary import load_dictionary
from indexes.tokens import shipped_tokeniser, stem, terms

_WIDEST = 2
_WIDEST_SUBJECT = 6
"""Words of a quote in whose place the claim opens with others: "A and B supply …" for "C supplies …"."""
_KEPT = 0.6
"""The share of the claim's words that stand in the quote in its order, at least."""
_SHORTEST_STEM = 4
_LED_IN = re.compile(r"\s?(?:[每毎][^\s\d]{1,4})?")

Word = tuple[str, int, int]
"""The stem of a word, simplified and in lower case, with where it stands."""


def find_exchange(claim: str, shown: str) -> tuple[str, str] | None:
    """A word or two of the claim, and those of the quote in whose place they stand; None where there are none.

    Args:
        shown: A quote and what stands above it, a line each.
    """
    said = frozenset(terms(load_dictionary().simplify(shown)))
    for line in without_source_notes(shown).split("\n"):
        for ours, theirs in _exchanges(_words(claim), _words(line)):
            mine, quoted = _between(claim, ours), _between(line, theirs)
            if not _is_judged_elsewhere(claim, ours, shown) and not _is_said(mine, quoted, said):
                return mine, quoted
    return None


def _is_judged_elsewhere(claim: str, words: Sequence[Word], shown: str) -> bool:
    """Whether words are part of a number with its unit, bound one, or are another name of something shown."""
    start, end = words[0][1], words[-1][2]
    amounts = find_amounts(claim)
    if any(one.start < end and start < one.end for one in amounts):
        return True
    if is_bound_cue(claim[start:end]) and any(_LED_IN.fullmatch(claim, end, one.start) for one in amounts):
        return True
    mentions = [one for one in load_lexicon().find(claim) if one.start < end and start < one.end]
    return bool(mentions) and {one.term.id for one in mentions} <= {one.term.id for one in load_lexicon().find(shown)}


def _words(text: str) -> list[Word]:
    simple = load_dictionary().simplify(text)
    return [
        (stem(simple[start:end].lower()), start, end) for start, end in shipped_tokeniser().words(simple, little=True)
    ]


def _between(text: str, words: Sequence[Word]) -> str:
    return text[words[0][1] : words[-1][2]]


def _exchanges(ours: Sequence[Word], theirs: Sequence[Word]) -> Iterator[tuple[Sequence[Word], Sequence[Word]]]:
    """The one place where a claim differs from a quote, if there is just one and it is short."""
    matcher = difflib.SequenceMatcher(None, [word[0] for word in ours], [word[0] for word in theirs], autojunk=False)
    steps = matcher.get_opcodes()
    changes = [step for step in steps if step[0] in ("replace", "delete")]
    added = [step for step in steps if step[0] == "insert" and 0 < step[1] < len(ours)]
    kept = sum(step[2] - step[1] for step in steps if step[0] == "equal")
    if len(changes) != 1 or len(added) > 1 or changes[0][0] == "delete" or kept < _KEPT * len(ours):
        return
    _, start, end, other_start, other_end = changes[0]
    subject = start == other_start == 0
    if end - start <= _WIDEST and other_end - other_start <= (_WIDEST_SUBJECT if subject else _WIDEST + 1):
        yield ours[start:end], theirs[other_start:other_end]


def _is_said(mine: str, quoted: str, said: frozenset[str]) -> bool:
    """Whether each word is shown anywhere, is little, or is short for or renders one in whose place it stands."""
    dictionary = load_dictionary()
    own = frozenset(terms(dictionary.simplify(mine)))
    return _is_short(mine, quoted) or all(
        key in said or any(_is_alike(key, other) for other in _parts(quoted)) for key in own
    )


def _is_short(mine: str, quoted: str) -> bool:
    """Whether a word with capitals in it takes its letters from others in order: AlN, aluminium nitride."""
    letters = iter(quoted.lower())
    same_start = mine[:1].lower() == quoted[:1].lower()
    return same_start and mine[1:] != mine[1:].lower() and all(letter in letters for letter in mine.lower())


def _parts(quoted: str) -> list[str]:
    simple = load_dictionary().simplify(quoted)
    return [simple[start:end] for start, end in shipped_tokeniser().words(simple, little=True)]


def _is_alike(a: str, b: str) -> bool:
    """Whether two words begin alike, share a character or a rendering."""
    dictionary = load_dictionary()
    if groups_of(a) & groups_of(b):
        return True
    if a.isascii() and b.isascii():
        stems = terms(b)
        alike = any(dictionary.words_for(a) & dictionary.words_for(stem) for stem in stems)
        return alike or a[:_SHORTEST_STEM] == b.lower()[:_SHORTEST_STEM]
    return (
        len(set(a) & set(b)) * 2 > len(set(a))
        or (len(a) <= 2 and bool(set(a) & set(b)))
        or bool(set(dictionary.translate(a)) & set(dictionary.translate(b)))
    )
