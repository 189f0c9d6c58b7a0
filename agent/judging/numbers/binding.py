"""Which number a text says of which thing: a true number beside the wrong name is a lie.

A text with several comparable numbers (of one unit, or several dates) is cut between them, so that each has the names,
periods and words that belong to it:

    >>> [one.keys("company") for one in bind("Broadcom's port draws 5 W, while NVIDIA's draws 9 W.")]
    [frozenset({'EN002'}), frozenset({'EN001'})]

A claim's number is bound to the wrong place when, of some sort of key, what the claim says beside it is what the quote
says beside another number, and not what the quote says beside this one.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from functools import lru_cache

from corpus.amounts import find_amounts
from corpus.lexicon import load_lexicon
from corpus.quantities import Quantity, find_quantities, same_quantity
from corpus.text import language_of, without_source_notes
from indexes.tokens import terms

KINDS = ("company", "country", "period", "label", "role", "term", "word")
"""Sorts of keys, the most telling first."""

_BOUNDARIES = (
    re.compile(r"[;；。|\n]|(?<=[^0-9])\.(?=\s|$)|[.](?=\s+[A-Z])"),
    re.compile(r"，|,(?![0-9]{3}(?![0-9]))|、"),
    re.compile(
        r"(?<![a-z])(?:while|whereas|but|versus|vs\.?|compared (?:with|to)|than|against|and then|whose|which|"
        r"from(?=\s(?:about |the |some )?(?:US)?[$€£¥]?\s?[0-9]))(?![a-z])"
        r"|而|但|相比|比(?![特较例如重])|对比|高于|低于",
        re.IGNORECASE,
    ),
    re.compile(r"(?<![a-z])(?:and|or|plus)(?![a-z])|[与和及或&/]|以及"),
    re.compile(r"(?<![a-z])to(?![a-z])|[至到→]|升至|增至|降至|->"),
)
_NEAR = 30
_RESPECTIVELY = re.compile(r"(?<![a-z])respectively(?![a-z])|分别|分別|それぞれ|各为", re.IGNORECASE)
_HEAD_UNIT = re.compile(r"(?:[(（]|[,，]\s*|\bin )([^()（）,，]{1,20})[)）]?$")
_CLAUSE_END = re.compile(r"[,，;；、]\s?(?:(?:and|with|at|a|an|the|its)\s|[且而并其])*$", re.IGNORECASE)
_LEADS_TO = re.compile(
    r"\s?(?:[(（][^()（）]{1,12}[)）]\s?)?(?:(?:is|was|of|at|about|around)\s|[为為是约約近达達到はが:：=])*\s?(?=\d)",
    re.IGNORECASE,
)
_LISTED = re.compile(
    r"\s?(?:,|、|，|/|(?:,\s)?(?:and|or|against|versus|vs\.?|to)|[和与與或及对對])\s?(?:about |约)?(?:US)?[$€£¥]?\s?",
    re.IGNORECASE,
)
_FROM = re.compile(
    r"(?:(?<![a-z])from|[从從自由])\s?(?:about |the |some |约|大约|原来的|最初的)?(?:US)?[$€£¥]?\s?$", re.IGNORECASE
)
_TO = re.compile(
    r"(?:(?<![a-z])to|[至到→]|[增升降减跌涨扩提高]+到|->)\s?(?:about |some |约|大约)?(?:US)?[$€£¥]?\s?$",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Bound:
    """A number of a text with the stretch of text that belongs to it.

    Attributes:
        start, end: The stretch, ``text[start:end]``.
        listed: (kind, key) pairs that a parallel list gives it.
        head: The head of its column, where it is a cell of a table.
    """

    quantity: Quantity
    text: str
    start: int
    end: int
    listed: tuple[tuple[str, str], ...] = ()
    head: str = ""

    def keys(self, kind: str) -> frozenset[str]:
        """What is said beside the number, of one kind."""
        if any(sort == kind for sort, _ in self.listed):
            return frozenset(key for sort, key in self.listed if sort == kind)
        if kind == "role":
            return self._roles()
        if kind == "word":
            return frozenset(terms(self.head or _without_numbers(self.text[self.start : self.end])))
        plain = find_keys(without_source_notes(self.text))
        beside = (
            key
            for sort, key, start, end in plain
            if sort == kind and self._is_beside(start) and not (kind == "term" and self._leads_to_another(start, end))
        )
        return frozenset(beside) | {key for sort, key, _, _ in find_keys(self.head) if sort == kind}

    def _is_beside(self, start: int) -> bool:
        return self.start <= start < self.end and not self.quantity.start <= start < self.quantity.end

    def _leads_to_another(self, start: int, end: int) -> bool:
        """Whether a term opens a later clause and leads up to a number of its own: "…, 复合年均增长率为 137%"."""
        before = self.text[self.quantity.end : start]
        return bool(_CLAUSE_END.search(before)) and bool(_LEADS_TO.match(self.text, end))

    def _roles(self) -> frozenset[str]:
        before = self.text[max(0, self.quantity.start - 16) : self.quantity.start]
        return frozenset(role for role, cue in (("from", _FROM), ("to", _TO)) if cue.search(before))

    def words(self, kind: str) -> str:
        """The keys of a kind as they are written, for people."""
        if kind == "role":
            return ", ".join(sorted(self._roles()))
        if kind == "word":
            return self.head or self.text[self.start : self.end].strip()
        found = [
            self.text[start:end]
            for sort, _, start, end in find_keys(self.text)
            if sort == kind and self._is_beside(start)
        ]
        found += [self.head[start:end] for sort, _, start, end in find_keys(self.head) if sort == kind]
        return ", ".join(dict.fromkeys(found))


def bind(text: str, header: str = "") -> list[Bound]:
    """The numbers of a text, each with its stretch.

    Args:
        header: The head row of the table that the text is a row of.
    """
    return list(_bind(text, header))


@lru_cache(maxsize=256)
def _bind(text: str, header: str) -> tuple[Bound, ...]:
    numbers = _measured(text, header)
    groups = [[other for other in numbers if other is one or comparable(one, other)] for one in numbers]
    return tuple(_bound(text, one, group, header) for one, group in zip(numbers, groups, strict=True))


def comparable(a: Quantity, b: Quantity) -> bool:
    """Whether one might be taken for the other: the same unit, or two dates."""
    if "label" in (a.kind, b.kind):
        return bool(a.unit) and a.unit == b.unit
    if "time" in (a.kind, b.kind):
        return a.kind == b.kind
    return a.unit == b.unit


def misplaced(
    claimed: Bound, found: Bound, others: Sequence[Bound], told: Sequence[Quantity] = ()
) -> tuple[str, Bound] | None:
    """The kind of key by which a claim's number belongs to another number of the quote, and that number.

    Args:
        found: Where the number stands in the quote; ``others``: the numbers there that it may be confused with.
        told: All numbers of the claim; what the quote says beside another of them may stand there for that one.
    """
    for kind in KINDS:
        said = claimed.keys(kind)
        here = found.keys(kind)
        if not said or not here or said & here:
            continue
        for other in others:
            if kind == "word" and not (found.head and other.head and speak_alike(claimed.text, found.head)):
                continue  # words of running text tell too little, and those of another language are not the same
            if kind in ("term", "word") and claimed.quantity.kind == "time":
                continue  # a date frames all that is said
            if kind in ("term", "word") and any(same_quantity(other.quantity, one) for one in told):
                continue
            if said & other.keys(kind):
                return kind, other
    return None


def _bound(text: str, one: Quantity, numbers: Sequence[Quantity], header: str) -> Bound:
    at = numbers.index(one)
    head = _head(text, one, header)
    if head:  # a cell: its row is told by its first cell, which is nobody's in particular
        return Bound(one, text, *_cell(text, one), (), head)
    listed = _listed(text, at, numbers)
    start = _cut(text, numbers[at - 1], one) if at else 0
    end = _cut(text, one, numbers[at + 1]) if at + 1 < len(numbers) else len(text)
    if start is None or end is None:  # nothing parts it from its neighbour: neither has words of its own
        return Bound(one, text, one.start, one.end, listed)
    return Bound(one, text, start, end, listed)


def _cell(text: str, one: Quantity) -> tuple[int, int]:
    end = text.find("|", one.end)
    return text.rfind("|", 0, one.start) + 1, end if end >= 0 else len(text)


@lru_cache(maxsize=64)
def _measured(text: str, header: str) -> tuple[Quantity, ...]:
    """The numbers of a text, bare ones in the unit that their column, their row or the end of their list gives."""
    numbers = [_in_unit_of_table(text, one, header) for one in find_amounts(text)]
    for at in range(len(numbers) - 2, -1, -1):
        one, following = numbers[at], numbers[at + 1]
        bare = one.kind == "count" and not one.unit and following.unit and following.kind == "measure"
        if bare and _LISTED.fullmatch(text, one.end, following.start):
            numbers[at] = lend(one, following)
    return tuple(numbers)


def _in_unit_of_table(text: str, one: Quantity, header: str) -> Quantity:
    """A bare number of a cell in the unit of its column, else in that of its row: the 9 of "Power in W | 28 | 9"."""
    head = _head(text, one, header)
    lent = _in_unit_of(head, one)
    if not head or lent is not one:
        return lent
    return _in_unit_of(text[text.rfind("\n", 0, one.start) + 1 :].split("|")[0].strip(), one)


def _in_unit_of(head: str, one: Quantity) -> Quantity:
    """A bare number of a cell in the unit that what names its column or row tells: 230 under "Price in US$"."""
    if one.unit or one.kind not in ("count", "measure"):
        return one
    for unit in _HEAD_UNIT.findall(head)[-1:]:
        sign, _, scale = unit.strip().rpartition(" ")
        digits = one.text.lstrip("<>≤≥~约低于高超过不 ")
        for written in (f"{digits} {unit}", f"{unit}{digits}", f"{sign}{digits} {scale}"):
            found = find_quantities(written)
            if len(found) == 1 and found[0].unit and found[0].text == written.strip():
                return replace(found[0], start=one.start, end=one.end, text=one.text, bound=one.bound)
    return one


def lend(one: Quantity, other: Quantity) -> Quantity:
    """A bare number with the unit and scale of another: the 100 of "100 and 400 Tb/s"."""
    digits = re.search(r"[0-9][0-9,]*(?:\.[0-9]+)?", other.text)
    if digits is None or not (written := Decimal(digits[0].replace(",", ""))):
        return one
    factor = other.low / written
    return replace(one, low=one.low * factor, high=one.high * factor, unit=other.unit, kind=other.kind)


def lend_units(text: str, numbers: Sequence[Bound]) -> list[Bound]:
    """The numbers with the unit of the nearest measure before or after for bare ones that nothing follows.

    "0.4 Tb/s per mm for the first, 1.8 for the second"; a date or a factor lends nothing.
    """
    lenders = [
        one
        for one in numbers
        if one.quantity.kind == "measure"
        and one.quantity.unit not in ("", "x")
        and not one.quantity.text.endswith(("G", "T"))
    ]
    if not lenders:
        return list(numbers)
    return [_in_the_unit_of_others(text, one, lenders) if is_bare(text, one.quantity) else one for one in numbers]


def _in_the_unit_of_others(text: str, one: Bound, lenders: Sequence[Bound]) -> Bound:
    before = [each for each in lenders if each.quantity.end <= one.quantity.start]
    lender = before[-1] if before else lenders[0]
    return replace(one, quantity=lend(one.quantity, lender.quantity))


def is_bare(text: str, one: Quantity) -> bool:
    """Whether a number leaves out its unit: nothing that it could count follows it ("… and 10 for the third")."""
    bare = one.kind == "count" and not one.unit and "|" not in text
    return bare and bool(_NO_NOUN.match(text, one.end))


_NO_NOUN = re.compile(
    r"\s?(?:$|[,.;:)，。；：、）]|(?:and|or|for|in|at|by|to|after|with|versus|vs|while|but|on)(?![a-z])|[和与與及或在而后後])",
    re.IGNORECASE,
)


_JOINS = re.compile(r"(?:[\s,，、;/|&+-]|and|or|to|then|[和与與及或至到])*", re.IGNORECASE)


def is_listed(text: str, a: Quantity, b: Quantity) -> bool:
    """Whether nothing but other numbers and what joins a list stands between two numbers."""
    left, right = sorted((a, b), key=lambda one: one.start)
    between = list(text[left.end : right.start])
    for one in find_quantities("".join(between)):
        between[one.start : one.end] = " " * (one.end - one.start)
    return bool(_JOINS.fullmatch("".join(between)))


def _head(text: str, one: Quantity, header: str) -> str:
    """The head of the column in which a number stands; "" where the row and the heads do not line up."""
    start = text.rfind("\n", 0, one.start) + 1
    end = text.find("\n", one.end)
    row = text[start : end if end >= 0 else len(text)]
    heads = header.split("|")
    if "|" not in header or row.count("|") != header.count("|"):
        return ""
    column = text[start : one.start].count("|")
    return heads[column].strip() if column else ""  # what names the row is no cell of a column


def _cut(text: str, a: Quantity, b: Quantity) -> int | None:
    return cut_between(text, a.end, b.start)


def cut_between(text: str, left: int, right: int) -> int | None:
    """Where between two places of a text what is said of one thing ends and what is said of the next begins.

    None where nothing parts them.
    """
    cuts = find_cuts(text, left, right)
    return cuts[-1] if cuts else None


def find_cuts(text: str, left: int, right: int) -> list[int]:
    """The places between two others that may part what is said of them: those of the strongest boundary there is."""
    for boundary in _BOUNDARIES:
        if boundary is _BOUNDARIES[-1] and right - left > _NEAR:
            break  # "to" joins two numbers only where they stand side by side
        if places := [found.start() for found in boundary.finditer(text, left, right)]:
            return places
    return []


def _listed(text: str, at: int, numbers: Sequence[Quantity]) -> tuple[tuple[str, str], ...]:
    """Keys that a list before or after the numbers gives them in order: "A and B draw 5 W and 9 W respectively"."""
    if len(numbers) < 2 or not _RESPECTIVELY.search(text):
        return ()
    found: list[tuple[str, str]] = []
    for kind in ("company", "country", "period", "label", "term"):
        keys = [
            key
            for sort, key, start, _ in find_keys(text)
            if sort == kind and not any(one.start <= start < one.end for one in numbers)
        ]
        unique = list(dict.fromkeys(keys))
        if len(unique) == len(numbers):
            found.append((kind, unique[at]))
    return tuple(found)


def speak_alike(a: str, b: str) -> bool:
    """Whether two texts are in one language."""
    return language_of(a, hint="en") == language_of(b, hint="en")


def _without_numbers(text: str) -> str:
    rest = list(text)
    for one in find_quantities(text):
        rest[one.start : one.end] = " " * (one.end - one.start)
    return "".join(rest)


@lru_cache(maxsize=64)
def find_keys(text: str) -> tuple[tuple[str, str, int, int], ...]:
    """(kind, key, start, end) of every name, period and model of a text."""
    return tuple(_keys(text))


def _keys(text: str) -> Iterator[tuple[str, str, int, int]]:
    for mention in load_lexicon().find(text):
        yield mention.term.kind, mention.term.id, mention.start, mention.end
    for one in find_amounts(text):
        if one.kind == "time":
            yield "period", f"{one.unit} {one.low}–{one.high}", one.start, one.end
        elif one.kind == "label" and any(character.isalnum() for character in one.text):
            yield "label", one.text.casefold(), one.start, one.end


def shared_words(a: str, b: str) -> float:
    """The share of the search terms and names of ``a`` that ``b`` has."""
    mine, other = _all_keys(a), _all_keys(b)
    return len(mine & other) / len(mine) if mine else 0.0


@lru_cache(maxsize=64)
def _all_keys(text: str) -> frozenset[str]:
    return frozenset(terms(text)) | {key for _, key, _, _ in find_keys(text)}
