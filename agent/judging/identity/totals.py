"""Whether a claim gives one member of a list what its quote says of all together: "A, B and C together hold 90%".

A claim must name all members that are listed, or say that the number is that of several.

    >>> find_lone_member("Intel holds 90%.", "Intel, AMD and NVIDIA together hold about 90%.")
    ('90%', 'Intel')
    >>> find_lone_member("Intel and others together hold 90%.", "Intel, AMD and NVIDIA together hold 90%.") is None
    True
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from agent.answer import Citation
from agent.judging.judgement import Fault
from agent.judging.shown import plain_quote
from corpus.amounts import Amount, find_amounts, same_amount
from corpus.lexicon import Mention, load_lexicon
from corpus.text import split_sentences

_TOGETHER = re.compile(
    r"(?<![a-z])(?:together|combined|between (?:them|the (?:two|three|four|five))|in total|jointly|collectively|"
    r"altogether|in aggregate)(?![a-z])"
    r"|合[计計]|共[计計]|[总總]共|加起[来來]|合起[来來]|[两兩二三四五六七八九十\d]\s?(?:大|家)|合わせて|[\d二三四五六七八九十]\s?社(?![の内])",
    re.IGNORECASE,
)
_APART = re.compile(
    r"(?<![a-z])(?:each|respectively|apiece|individually)(?![a-z])|各(?:自|占|有|家|社|持)|分[别別]|それぞれ",
    re.IGNORECASE,
)
_OWN_TOTAL = re.compile(
    rf"{_TOGETHER.pattern}|(?<![a-z])(?:all|several|group|among|with|others?|others|total|part of|one of)(?![a-z])"
    r"|等|之一|[总總]|[與与和]|の(?:一つ|ひとつ|一社)|など|計",
    re.IGNORECASE,
)
_LONGEST_GAP = 40
_STOP = re.compile("[。；;!?！？]|[.](?: |$)")
_LISTED = re.compile(
    r"and|or|as|well|the|of|s|[A-Z]\w{0,39}|(?:以及|[和与與及とや])?[\u4e00-\u9fff]{0,3}(?<![占為为持有])"
)
"""A word between two names of a list: an unknown name, a country, what joins them."""
_JOINS = re.compile(r"[,，、/&+;]|(?<![a-z])and(?![a-z])|[和与與及と]")
_BREAK = re.compile(r"[;；。]|(?<!\d),(?!\d)|，|(?<![a-z])(?:while|whereas|but|and)(?![a-z])")
_BRACKETS = re.compile(r"[(（][^()（）]*[)）]")
_LEAD = 24
"""Characters before a list within which "Together," or 合わせて stands."""


@dataclass(frozen=True, slots=True)
class _Total:
    """Companies that are listed, by id, and the numbers that are said of all together."""

    members: frozenset[str]
    numbers: tuple[Amount, ...]


def find_total_fault(claim: str, citations: Sequence[Citation]) -> Fault | None:
    """The first number of all that a claim gives to some of them; what any quote gives to these alone is theirs."""
    found = find_lone_member(claim, "\n".join(plain_quote(one) for one in citations))
    return (
        Fault(f"the quote gives “{found[0]}” to several together, not to “{found[1]}”", contradicts=True)
        if found
        else None
    )


def find_lone_member(claim: str, quote: str) -> tuple[str, str] | None:
    """A number of several together and the one that a claim gives it to, as the claim writes them; else None."""
    if not _TOGETHER.search(quote) or _OWN_TOTAL.search(claim):
        return None
    named = load_lexicon().find(claim, ["company"])
    mine = {one.term.id for one in named}
    amounts = [one for one in find_amounts(claim) if one.kind in ("measure", "count")]
    for start, end in split_sentences(quote) if named and amounts else ():
        rest = quote[:start] + "\n" + quote[end:]
        for total in _totals(quote[start:end]):
            if not mine & total.members or total.members <= mine:
                continue
            for one in amounts:
                if any(same_amount(one, other) for other in total.numbers) and not _is_given(one, mine, rest):
                    return one.text, claim[named[0].start : named[0].end]
    return None


def _totals(sentence: str) -> Iterator[_Total]:
    plain = _BRACKETS.sub(lambda found: " " * len(found[0]), sentence)
    for listed in _lists(plain):
        stop = _BREAK.search(plain, listed[-1].end + 3)
        end = stop.start() if stop else len(plain)
        if stop and _TOGETHER.match(plain[stop.end() :].lstrip()):  # "A, B and C, together with 90%"
            stop = _BREAK.search(plain, stop.end())
            end = stop.start() if stop else len(plain)
        around = plain[max(0, listed[0].start - _LEAD) : end]
        numbers = tuple(
            one for one in find_amounts(plain) if listed[-1].end <= one.start < end and one.kind in ("measure", "count")
        )
        if numbers and _TOGETHER.search(around) and not _APART.search(around):
            yield _Total(frozenset(one.term.id for one in listed), numbers)


def _lists(text: str) -> Iterator[list[Mention]]:
    """Runs of two or more companies with nothing but commas, "and" and the like, or countries, between them."""
    found = load_lexicon().find(text, ["company"])
    run: list[Mention] = found[:1]
    for one, other in pairwise(found):
        between = text[one.end : other.start]
        if _is_of_list(between):
            run.append(other)
            continue
        if len(run) > 1:
            yield run
        run = [other]
    if len(run) > 1:
        yield run


def _is_of_list(between: str) -> bool:
    """Whether a list may go on over what stands between two of its names."""
    if len(between) > _LONGEST_GAP or _STOP.search(between) or not _JOINS.search(between):
        return False
    return all(_LISTED.fullmatch(word) for word in re.findall(r"\w+", between))


def _is_given(amount: Amount, members: set[str], rest: str) -> bool:
    """Whether another sentence has the number beside one of some companies."""
    for start, end in split_sentences(rest):
        sentence = rest[start:end]
        if any(same_amount(amount, one) for one in find_amounts(sentence)):
            ids = {one.term.id for one in load_lexicon().find(sentence, ["company"])}
            if ids & members:
                return True
    return False
