"""One question asked of several values at once: "at 15 pJ/bit and at 5", "62% versus 78%", "before and after"."""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from functools import cache
from itertools import pairwise

from agent.calculator.registry import formulas
from agent.calculator.routing.concepts import concepts
from agent.calculator.routing.figures import Reading
from agent.calculator.routing.words import stands

_MOST_CASES = 4
_ANY = re.IGNORECASE
# Between two values of one kind: what makes them two cases, which no sum and no product takes together.
_AT = r"(?:at|for|over|with|under|using)\s(?:(?:an?|the|its)\s)?(?:[a-z]+\s){0,2}(?:of\s)?"
_OR_AT = re.compile(
    r"[^0-9.;?]{0,16}\b(?:and|or)(?:,? (?:what|how(?: much| many| long)?)\b[^0-9,.;?]{0,24}| then)?\s"
    + _AT
    + r"|\s(?:and|or) of (?:an? |the )?|,? with (?:that|those|the one|it) (?:at|of|for|with) (?:an? |the )?"
    r"|[^0-9.;?]{0,12}(?:\bvs\.?|\bversus\b|\bor\b|\bcompared (?:to|with)\b|对比|相比|或者?|还是)[^0-9.;?]{0,12}",
    _ANY,
)
_AND_AT = re.compile(r"[^0-9.;?]{0,16}\b(?:and|or)\b[^0-9,.;?]{0,24}\b" + _AT, _ANY)
_BECOMES = re.compile(
    r"\s?(?:[a-z]+ )?(?:to|→|->|⇒)\s?|[^0-9，。,;；?？]{0,6}(?:[升降增减]?[到至]|[升降]为|[变改换]为|改用)\s?", _ANY
)
_LISTED = re.compile(
    r"[^0-9.;?\[\]]{0,12}(?:[,，、;；/]|\band\b|和|与|及|→|->|⇒|\bto\b|到|至|变为|改为|提高到|降到)[^0-9.;?\[\]]{0,12}",
    _ANY,
)
_OF_EACH = re.compile(
    r"respectively|\b(?:for|in|of) (?:each|both)\b|\b(?:each|both) cases?\b|before and after|side by side|\bcompare\b"
    r"|(?:各自?|分别)(?:(?:大约|大概|应该?|需要?|能|会|可|要|有|是|为|达|约|耗|省|得)){0,2}(?:多少|几|多大|多长|多高)"
    r"|分别(?:计算|求|估算|算)|前后|对比|比较一下|两种(?:情况|方案)|两者",
    _ANY,
)


def asks_of_each(reading: Reading) -> bool:
    """Whether the question says that it asks of each of several cases."""
    return _OF_EACH.search(reading.text) is not None


def sentence_of_each(reading: Reading) -> int:
    """The sentence that asks of each of several cases; −1 where none does."""
    said = _OF_EACH.search(reading.text)
    return reading.sentence(said.start()) if said else -1


_ELLIPSIS = re.compile(
    r"(?:^|[,.;?]\s|\band )\s*(?:and |but |or )?(?:what if|how about|what about|how (?:much|many|long) if|and if|"
    r"(?:what|how (?:much|many|long|high|hot|large)) (?:would|will|does|do|is|are|was|were) (?:it|that|this|they)\b"
    r"[^0-9.;?]{0,24}\b(?:if|at|with|for|in|after|over))\b[^?.;]*(?:\.[0-9][^?.;]*)*"
    r"|[?.]\s(?:and|or) (?:at|for|with|over|under)\b[^?.;]*(?:\.[0-9][^?.;]*)*"
    r"|(?:^|[，。；;？?]|那么?)[^，。；;？?]{0,30}[0-9][^，。；;？?]{0,16}(?:呢|[，,]?\s?(?:又|则|那|结果)(?:会|将)?[是为要需]?(?:多少|如何|怎样|怎么样|几))",
    _ANY,
)


def goes_on_from_there(reading: Reading) -> bool:
    """Whether it goes on with something added ("what if we add 3 W?", "再过2年呢？"), which is no value of its own."""
    return any(
        _ADDED.search(more[0]) or any(one.change for one in reading.figures if more.start() <= one.start < more.end())
        for more in _ELLIPSIS.finditer(reading.low)
    )


_ADDED = re.compile(
    r"\b(?:add|adds|added|adding|more|later|another|additional|extra|further|rises?|falls?|drops?)\b(?! to)|"
    r"升高(?!到)|降低(?!到)|上升(?!到)|下降(?!到)|再[过加多]|另|增加|多加|之后",
    _ANY,
)


def second_case(reading: Reading) -> tuple[Reading, Reading] | None:
    """A question that goes on with "what if it were 6 dB?", as two: with the numbers before, and with those after.

    The words are those before in both; None where nothing goes on so.
    """
    for more in _ELLIPSIS.finditer(reading.low):
        later = [
            at for at, one in enumerate(reading.figures) if more.start() <= one.start < more.end() and not one.free
        ]
        earlier = [at for at, one in enumerate(reading.figures) if one.start < more.start() and one.end > one.start]
        pairs = [(_replaced(reading, at, earlier), at) for at in later]
        if later and all(old is not None for old, _ in pairs) and len({old for old, _ in pairs}) == len(pairs):
            chains = [(old, new) for old, new in pairs if old is not None]
            blank = " " * (len(reading.low) - more.start())
            text, low = (f"{whole[: more.start()]}{blank}" for whole in (reading.text, reading.low))
            cut = replace(reading, text=text, low=low)
            return _alone(cut, chains, 0), _alone(cut, chains, 1)
    return None


def _replaced(reading: Reading, later: int, earlier: Sequence[int]) -> int | None:
    """The number that a later one takes the place of: the one of its kind, or the one of its kind with its words."""
    alike = [at for at in earlier if reading.figures[at].unit == reading.figures[later].unit]
    words = _clause(reading, later)
    told = [at for at in alike if words & _clause(reading, at)]
    counted = reading.figures[later].unit in ("", "°C")  # kinds of which there may be several roles
    if not told and counted and any(stands(_text_of(reading, later), cue) for cue in _cues(True)):
        return None  # "what if 14 suffice?" puts another number in the place of none
    return next((one[0] for one in (told, alike) if len(one) == 1), None)


def _clause(reading: Reading, at: int) -> frozenset[str]:
    """What is spoken of between a number and its neighbours, within its clause."""
    return concepts(_text_of(reading, at))


def _text_of(reading: Reading, at: int) -> str:
    figure = reading.figures[at]
    left = max((one.end for one in reading.figures if one.end <= figure.start), default=0)
    right = min((one.start for one in reading.figures if one.start >= figure.end), default=len(reading.low))
    before = re.split(r"[,.;:?，。；：？]", reading.low[left : figure.start])[-1]
    after = re.split(r"[,.;:?，。；：？]", reading.low[figure.end : right])[0]
    return f"{before} ; {after}"


def set_apart(reading: Reading) -> Reading:
    """The same, knowing which numbers are of different cases."""
    return replace(reading, apart=frozenset((*_pairs(reading, _OR_AT), *_pairs(reading, _BECOMES))))


def cases(reading: Reading, *, one_result: bool) -> Iterator[tuple[Reading, ...]]:
    """The ways to ask the question of each case alone; none where no words say that there are cases.

    Args:
        one_result: The question asks for one kind of result, so that "各是多少" is of each case.
    """
    told = _with_lists(reading, set(_pairs(reading, _OR_AT)))
    if one_result and asks_of_each(reading):
        for words in (_AND_AT, _LISTED, _BECOMES):
            told.update(pair for pair in _pairs(reading, words) if not _names_another(reading, *pair))
    for chains in _groupings(_chains(told)) if told else _parallel(reading) if asks_of_each(reading) else ():
        yield from _cases(reading, chains)


def _groupings(chains: list[tuple[int, ...]]) -> Iterator[list[tuple[int, ...]]]:
    """The chains; and the same less the first of each, which may be what the cases share: a market, then two shares."""
    yield chains
    if all(len(chain) > 2 for chain in chains):
        yield [chain[1:] for chain in chains]


def _parallel(reading: Reading) -> Iterator[list[tuple[int, ...]]]:
    """Two sets of numbers of the same kinds in the same order: "A: 3.2T from 22 mm; B: 6.4T from 32 mm"."""
    places = sorted(at for group in _kinds(reading).values() for at in group if len(group) > 1)
    half = len(places) // 2
    units = [reading.figures[at].unit for at in places]
    if half and units[:half] == units[half:]:
        yield list(zip(places[:half], places[half:], strict=False))


def _cases(reading: Reading, chains: list[tuple[int, ...]]) -> Iterator[tuple[Reading, ...]]:
    sizes = {len(chain) for chain in chains}
    if len(sizes) != 1 or max(sizes) > _MOST_CASES:
        return
    (size,) = sizes
    units = [reading.figures[chain[0]].unit for chain in chains]
    if len(set(units)) < len(units) and (size > 2 or all(chain in _becoming(reading) for chain in chains)):
        return  # two lists of one kind: which of them are the cases is not said
    chained = {at for chain in chains for at in chain}
    along = [
        places for places in _kinds(reading).values()
        if len(places) == size and chained.isdisjoint(places) and _takes_turns(places, chains[0])
    ]  # fmt: skip
    yield tuple(_alone(reading, [*chains, *along], case) for case in range(size))


def _becoming(reading: Reading) -> set[tuple[int, ...]]:
    """What became what: "A rose from 10 to 25, B fell from 30 to 20" are not the cases 10 with 30 and 25 with 20."""
    return set(_pairs(reading, _BECOMES))


def _takes_turns(places: tuple[int, ...], chain: tuple[int, ...]) -> bool:
    """Whether each of some numbers stands with one of the cases: "64 ports at 15 W versus 32 ports at 9 W"."""
    turns = sorted([*zip(places, "a" * len(places), strict=True), *zip(chain, "b" * len(chain), strict=True)])
    return "".join(side for _, side in turns) in ("ab" * len(chain), "ba" * len(chain))


def _pairs(reading: Reading, words: re.Pattern[str]) -> Iterator[tuple[int, int]]:
    """Numbers of one kind, side by side, with such words between them."""
    for places in _kinds(reading).values():
        for a, b in pairwise(places):
            if words.fullmatch(reading.low, reading.figures[a].end, reading.figures[b].start):
                yield a, b


def _names_another(reading: Reading, one: int, other: int) -> bool:
    """Whether the words between two numbers name what the second one is, as nothing names the first."""
    first = reading.figures[one]
    gap = reading.low[first.end : reading.figures[other].start]
    named = (cue for cue in _cues(False) if stands(gap, cue) and not stands(first.before, cue))
    return next(named, None) is not None or ";" in gap or "；" in gap


@cache
def _cues(counts: bool) -> tuple[str, ...]:
    """The words that name arguments, those of plain numbers only where ``counts``."""
    parameters = [parameter for known in formulas() for parameter in known.parameters if parameter.unit or counts]
    return tuple(dict.fromkeys(cue.lower() for one in parameters for cue in one.cues if len(cue) > 1 + cue.isascii()))


def _with_lists(reading: Reading, pairs: set[tuple[int, int]]) -> set[tuple[int, int]]:
    """Pairs, with what stands before them in a list: "25.6T, 51.2T or 102.4T"."""
    for places in _kinds(reading).values():
        for a, b in reversed(list(pairwise(places))):
            gap = reading.low[reading.figures[a].end : reading.figures[b].start]
            if any(first == b for first, _ in pairs) and re.fullmatch(r"\s?[,，、]\s?", gap):
                pairs.add((a, b))
    return pairs


def _chains(pairs: Iterable[tuple[int, int]]) -> list[tuple[int, ...]]:
    """Numbers of one kind, each of a case of its own, side by side."""
    chains: list[tuple[int, ...]] = []
    for a, b in sorted(pairs):
        last = next((n for n, chain in enumerate(chains) if chain[-1] == a), None)
        if last is None:
            chains.append((a, b))
        else:
            chains[last] = (*chains[last], b)
    return chains


def _kinds(reading: Reading) -> dict[str, tuple[int, ...]]:
    """Unit → the numbers of it that the question gives in so many words."""
    found: dict[str, tuple[int, ...]] = {}
    for at, figure in enumerate(reading.figures):
        if figure.end > figure.start and (figure.unit or not figure.free):
            found[figure.unit] = (*found.get(figure.unit, ()), at)
    return found


def _alone(reading: Reading, groups: Sequence[tuple[int, ...]], case: int) -> Reading:
    others = {at for group in groups for n, at in enumerate(group) if n != case}
    figures = [replace(one, free=True) if at in others else one for at, one in enumerate(reading.figures)]
    for first, *later in groups:  # what names the first names the others: "the offset falls from 1 µm to 0.5 µm"
        for at in later:
            figures[at] = replace(figures[at], before=f"{figures[first].before} {figures[at].before}".strip())
    return replace(reading, figures=tuple(figures), allowed=reading.allowed - others)
