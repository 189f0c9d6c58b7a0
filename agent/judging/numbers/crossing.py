"""Whether two things of a claim have exchanged what its quote says of each: "A is cheap, B fast", but A is fast.

Each of two names has a stretch of text of its own in the claim and in the quote. They have crossed when what the claim
says beside each is what the quote says beside the other, and nothing is where it was. Of numbers, whose words tell less
sharply, ``agent.judging.numbers.allotment`` weighs what stands where.
"""

import re
from collections.abc import Sequence
from itertools import combinations, pairwise

from agent.answer import Citation
from agent.judging.judgement import Fault
from agent.judging.numbers.allotment import find_swap
from agent.judging.numbers.binding import cut_between, find_keys, speak_alike
from agent.judging.shown import plain_quote
from corpus.lexicon import load_lexicon
from corpus.quantities import Quantity, find_quantities, same_quantity
from corpus.text import fold, split_sentences
from indexes.tokens import terms

_JOINS = re.compile(r"(?:[\s,，、;/|&+-]|and|or|to|then|[和与與及或至到])*", re.IGNORECASE)
_NAMED = ("company", "country")


def find_crossing_fault(claim: str, citations: Sequence[Citation]) -> Fault | None:
    """The first two numbers, or two names, of a claim that have exchanged what a quote says of them."""
    for citation in citations:
        quote = plain_quote(citation)
        fault = (
            _other_order(claim, quote)
            or find_swap(claim, citation.quote, citation.header)
            or _crossed_names(claim, quote, citation.header)
        )
        if fault:
            return fault
    return None


def _other_order(claim: str, quote: str) -> Fault | None:
    """Two numbers in each other's places in words that are otherwise copied from the quote."""
    (masked, told), (frame, given) = _masked(claim), _masked(quote)
    at = frame.find(masked) if len(masked) >= _LONG_ENOUGH else -1
    if at < 0 or len(told) < 2:
        return None
    before = frame[:at].count(_NUMBER)
    there = given[before : before + len(told)]
    if not _is_permuted(told, there):
        return None  # a later part of the quote, told with the words of an earlier one
    for one, other in zip(told, there, strict=True):
        if not same_quantity(one, other):
            return Fault(f"“{one.text}” stands where the quote has “{other.text}”", contradicts=True)
    return None


def _is_permuted(told: Sequence[Quantity], there: Sequence[Quantity]) -> bool:
    left = list(there)
    for one in told:
        found = next((at for at, other in enumerate(left) if same_quantity(one, other)), None)
        if found is None:
            return False
        del left[found]
    return not left


_NUMBER = "\N{NUMERO SIGN}"
_LONG_ENOUGH = 12


def _masked(text: str) -> tuple[str, list[Quantity]]:
    """A text with a sign in the place of each number, without spaces and its full stop; and the numbers."""
    found = find_quantities(text)
    for one in reversed(found):
        text = text[: one.start] + _NUMBER + text[one.end :]
    return re.sub(r"\s+", "", fold(text)).rstrip(".。").casefold(), found


def _crossed_names(claim: str, quote: str, header: str) -> Fault | None:
    for start, end in split_sentences(claim):
        sentence = claim[start:end]
        mine = _stretches(sentence, speak_alike(claim, quote))
        theirs = _columns(quote, header) or _stretches(quote, speak_alike(claim, quote))
        for a, b in combinations(mine, 2):
            if a in theirs and b in theirs and _crossed(mine[a][1], mine[b][1], theirs[a][1], theirs[b][1]):
                told = f"“{mine[a][0]}” and “{mine[b][0]}” have changed places"
                return Fault(f"{told}: the quote says of each what the claim does of the other", contradicts=True)
    return None


def _stretches(text: str, alike: bool) -> dict[str, tuple[str, frozenset[str]]]:
    """Name → how it is written and what is said beside it; those that nothing parts from the next have nothing."""
    keys = find_keys(text)
    names = [key for key in keys if key[0] in _NAMED]
    found: dict[str, tuple[str, frozenset[str]]] = {}
    for at, (_, id_, start, end) in enumerate(names):
        listed = any(_JOINS.fullmatch(text, *gap) for gap in _gaps(names, at))
        left = cut_between(text, names[at - 1][3], start) if at else 0
        right = cut_between(text, end, names[at + 1][2]) if at + 1 < len(names) else len(text)
        written = text[start:end]
        if id_ in found or listed or left is None or right is None:
            found[id_] = (written, frozenset())
            continue
        beside = {key for kind, key, s, _ in keys if left <= s < right and kind not in _NAMED}
        beside |= {f"{one.low} {one.unit}" for one in find_quantities(text[left:right]) if one.kind != "time"}
        words = set(terms(text[left:right])) - set(terms(written)) if alike else set()
        found[id_] = (written, frozenset(beside | words))
    return found


def _columns(quote: str, header: str) -> dict[str, tuple[str, frozenset[str]]]:
    """For a row of a table whose columns are named for companies or countries: name → what its cell says."""
    heads, cells = header.split("|"), quote.split("|")
    if len(heads) != len(cells) or "\n" in quote:
        return {}
    named = [[key for key in find_keys(head) if key[0] in _NAMED] for head in heads]
    return {
        keys[0][1]: (head.strip(), frozenset(terms(cell)))
        for keys, head, cell in zip(named, heads, cells, strict=True)
        if len(keys) == 1
    }


def _gaps(names: Sequence[tuple[str, str, int, int]], at: int) -> list[tuple[int, int]]:
    """What stands between a name and its neighbours."""
    around = [*names[max(0, at - 1) : at + 2]]
    return [(a[3], b[2]) for a, b in pairwise(around)]


def _crossed(mine_a: frozenset[str], mine_b: frozenset[str], their_a: frozenset[str], their_b: frozenset[str]) -> bool:
    """Whether what is said of either is what the quote says of the other, leaving out what is said of both.

    Names decide where they can; other words only where nothing is in its place.
    """
    every = (mine_a, mine_b, their_a, their_b)
    return _exchanged(*(frozenset(filter(_is_name, keys)) for keys in every)) or _exchanged(*every)


def _exchanged(
    mine_a: frozenset[str], mine_b: frozenset[str], their_a: frozenset[str], their_b: frozenset[str]
) -> bool:
    mine_a, mine_b = mine_a - mine_b, mine_b - mine_a
    their_a, their_b = their_a - their_b, their_b - their_a
    straight = (mine_a & their_a) | (mine_b & their_b)
    return bool(mine_a & their_b and mine_b & their_a) and not straight


def _is_name(key: str) -> bool:
    """Whether a key is that of a term, company or country, and no word."""
    return key in load_lexicon().by_id
