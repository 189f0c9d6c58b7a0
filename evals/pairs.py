"""Make pairs of a claim and what is shown for it, true ones and false ones, from gold claims and from plain sentences.

True pairs: a sentence with itself, a clause of it, two sentences at once, a gold paraphrase or translation with its
quote.
False pairs: a claim with the words of its neighbour ("neighbour") or of another document ("topic"), the beginning of
one claim with the end of another ("splice"), one clause too many ("added"), one word exchanged for another that stands
in the same places ("swap"). In each false pair some content words stand nowhere in what the claim is shown with; these
are its ``planted`` words. Numbers and the sense of sentences are measured elsewhere.
"""

import hashlib
import random
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache

from agent.judging.coverage.alignment import Unit, cut_units, spoken
from corpus.document import Corpus, Language, Passage
from corpus.text import split_sentences, without_source_notes
from evals.claims import GoldClaim
from indexes.dictionary import load_dictionary

FOLDS = 5
SEED = 4
_BOUNDARY = re.compile(r"[,，;；](?!\d)|(?<= )(?:and|while|but|which) |而")
_FEWEST_FOREIGN = 2
_TRIES = 8


@dataclass(frozen=True, slots=True)
class Source:
    """A statement known to be true, with what is shown for it.

    Attributes:
        kind: "verbatim", "paraphrase" or "translation".
        group: Its document; pairs of one document are never both fitted on and measured.
        order: Where in the document it stands.
    """

    kind: str
    claim: str
    quote: str
    lead: str
    group: str
    order: int

    @property
    def shown(self) -> str:
        """The quote, and what stands above it."""
        return f"{self.quote}\n{self.lead}" if self.lead else self.quote


@dataclass(frozen=True, slots=True)
class Pair:
    """A claim, what is shown for it, and whether the one is said by the other.

    Attributes:
        planted: Where in the claim stand words that nothing shown says.
    """

    kind: str
    claim: str
    shown: str
    true: bool
    group: str
    fold: int
    planted: tuple[tuple[int, int], ...] = ()

    @property
    def languages(self) -> tuple[Language, Language]:
        """Of the claim and of what is shown."""
        return spoken(self.claim), spoken(self.shown)


def gold_sources(claims: Sequence[GoldClaim], corpus: Corpus) -> Iterator[Source]:
    """Gold claims with their quotes as an answer shows them."""
    for order, claim in enumerate(claims):
        document = corpus.by_id[claim.passage.document_id]
        yield Source(claim.kind, claim.text, claim.quote, _lead(claim.passage, document.title), document.path, order)


def plain_sources(passages: Sequence[Passage], corpus: Corpus | None = None) -> Iterator[Source]:
    """The sentences of passages, each with itself; without a corpus each passage is a document of its own."""
    for passage in passages:
        document = corpus.by_id[passage.document_id] if corpus else None
        for start, end in split_sentences(passage.text):
            quote = passage.text[start:end]
            words = " ".join(without_source_notes(quote).split())
            if len(cut_units(words)) >= 4 and len(quote) < 400:
                lead = _lead(passage, document.title if document else "")
                yield Source("verbatim", words, quote, lead, document.path if document else passage.id, start)


def make_pairs(sources: Sequence[Source]) -> list[Pair]:
    """All pairs, the same for the same sources."""
    pairs: list[Pair] = []
    for fold in range(FOLDS):
        held = [one for one in sources if fold_of(one.group) == fold]
        for kind in ("verbatim", "paraphrase", "translation"):
            of_kind = [one for one in held if one.kind == kind]
            pools: dict[str, list[Source]] = {}
            for one in of_kind:
                pools.setdefault(spoken(one.claim) + spoken(one.shown), []).append(one)
            for pool in pools.values():
                pairs += _pairs(pool, fold, Exchange([each.claim for each in pool]))
    return pairs


def fold_of(group: str) -> int:
    """Which fold a document is in."""
    return hashlib.sha256(group.encode()).digest()[0] % FOLDS


def _lead(passage: Passage, title: str) -> str:
    return "\n".join(part for part in (*passage.section, passage.header, title) if part)


# --- Pairs of one pool: one kind of claim in one direction ------------------------------------------------------------


def _pairs(pool: Sequence[Source], fold: int, exchange: "Exchange") -> Iterator[Pair]:
    by_group: dict[str, list[Source]] = {}
    for one in pool:
        by_group.setdefault(one.group, []).append(one)
    for one in pool:
        chance = random.Random(f"{SEED} {one.claim}")  # noqa: S311 - a bench, no secret
        yield Pair(one.kind, one.claim, one.shown, True, one.group, fold)
        near = [each for each in by_group[one.group] if _differs(each, one)]
        far = [each for each in pool if each.group != one.group and _differs(each, one)]
        if one.kind == "verbatim" and (clause := _sub_clause(one.claim)):
            yield Pair("sub-clause", clause, one.shown, True, one.group, fold)
        for name, others in (("", near), (", far", far)):
            if others:
                yield from _against(one, others, name, fold, chance)
        if planted := exchange.swap(one, chance):
            claim, span = planted
            yield Pair("swap", claim, one.shown, False, one.group, fold, (span,))


def _against(one: Source, others: Sequence[Source], name: str, fold: int, chance: random.Random) -> Iterator[Pair]:
    nearest = min(others, key=lambda each: (abs(each.order - one.order), each.quote))
    wrong = chance.choice(others) if name else nearest
    kind = "topic" if name else "neighbour"
    said = [unit for unit in cut_units(one.claim) if not _known(unit, wrong)]
    if len(said) > _FEWEST_FOREIGN:
        yield Pair(kind, one.claim, wrong.shown, False, one.group, fold, tuple((u.start, u.end) for u in said))
    for make, label in ((_splice, "splice"), (_add, "added")):
        for _ in range(_TRIES):
            other = chance.choice(others)
            claim, start, end = make(one.claim, other.claim, chance)
            foreign = _foreign(claim, start, end, one)
            if len(foreign) >= _FEWEST_FOREIGN and claim not in (one.claim, other.claim):
                yield Pair(label + name, claim, one.shown, False, one.group, fold, foreign)
                break
    if name or one.kind == "translation":
        return
    if not set(nearest.claim.split()) <= set(one.claim.split()):
        joint = "；" if spoken(one.claim) != "en" else "; "
        claim = one.claim.rstrip(".。") + joint + nearest.claim
        yield Pair("merged", claim, f"{one.quote}\n{nearest.quote}\n{one.lead}", True, one.group, fold)


def _differs(other: Source, one: Source) -> bool:
    """Whether another's quote lacks much of what this one's quote says."""
    theirs = {key for unit in cut_units(other.shown) for key in unit.keys}
    mine = [unit for unit in cut_units(one.quote) if not unit.keys & theirs]
    return other.quote != one.quote and len(mine) > _FEWEST_FOREIGN


def _known(unit: Unit, source: Source) -> bool:
    keys = {key for text in (source.claim, source.shown) for other in cut_units(text) for key in other.keys}
    return bool(unit.keys & keys)


def _foreign(claim: str, start: int, end: int, one: Source) -> tuple[tuple[int, int], ...]:
    inside = [unit for unit in cut_units(claim) if start <= unit.start and unit.end <= end]
    return tuple((unit.start, unit.end) for unit in inside if not _known(unit, one))


def _cuts(text: str) -> list[int]:
    """Where a text may be cut: at its clauses, else between words."""
    clauses = [found.start() for found in _BOUNDARY.finditer(text)]
    inner = [at for at in clauses if len(text) * 0.2 < at < len(text) * 0.8]
    return inner or [unit.start for unit in cut_units(text)[1:-1]] or [len(text) // 2]


def _half(text: str, chance: random.Random) -> int:
    words = [unit.start for unit in cut_units(text)[1:]] or [len(text) // 2]
    middle = min(words, key=lambda at: abs(at - len(text) // 2))
    return chance.choice([middle, min(_cuts(text), key=lambda at: abs(at - len(text) // 2))])


def _splice(a: str, b: str, chance: random.Random) -> tuple[str, int, int]:
    """The beginning of one and the end of another, or the other way round; where the foreign part stands."""
    at, other = _half(a, chance), _half(b, chance)
    gap = "" if spoken(a) != "en" else " "
    if chance.random() < 0.5:
        start = a[:at].rstrip()
        return start + gap + b[other:].lstrip(), len(start), len(start + gap + b[other:].lstrip())
    start = b[:other].rstrip()
    return start + gap + a[at:].lstrip(), 0, len(start)


def _add(a: str, b: str, chance: random.Random) -> tuple[str, int, int]:
    """All of one with a clause of another."""
    cuts = [0, *_cuts(b), len(b)]
    at = chance.randrange(len(cuts) - 1)
    clause = b[cuts[at] : cuts[at + 1]].strip(" ,，;；.。")
    clause = re.sub(r"^(?:and|while|but|which) ", "", clause)
    joint = "，并且" if spoken(a) == "zh" else "、また" if spoken(a) == "ja" else ", and "
    start = a.rstrip(".。") + joint
    claim = start + clause + ("." if spoken(a) == "en" else "。")
    return claim, len(start), len(start) + len(clause)


def _sub_clause(text: str) -> str:
    """The longest clause of a sentence of several."""
    parts = [part.strip(" ,，;；") for part in re.split(r"[,，;；](?!\d)", text)]
    longest = max(parts, key=len)
    return longest if len(parts) > 1 and len(cut_units(longest)) >= 3 else ""


# --- Exchanging a word ------------------------------------------------------------------------------------------------


class Exchange:
    """Words that stand in the same places: beside the same neighbour, or of one category of the glossary."""

    def __init__(self, texts: Sequence[str]) -> None:
        self._beside: dict[tuple[str, str], set[str]] = {}
        for text in dict.fromkeys(texts):
            for key, unit in self._places(text):
                self._beside.setdefault(key, set()).add(unit.text)

    def swap(self, one: Source, chance: random.Random) -> tuple[str, tuple[int, int]] | None:
        """The claim with one word exchanged, and where that word stands; None where none will do."""
        places: dict[tuple[int, int], list[str]] = {}
        for key, unit in self._places(one.claim):
            others = sorted(self._beside.get(key, ()))
            places.setdefault((unit.start, unit.end), []).extend(each for each in others if self._is_other(each, one))
        spans = [span for span, others in places.items() if others]
        if not spans:
            return None
        start, end = chance.choice(spans)
        word = chance.choice(places[start, end])
        return one.claim[:start] + word + one.claim[end:], (start, start + len(word))

    @staticmethod
    def _places(text: str) -> Iterator[tuple[tuple[str, str], Unit]]:
        for unit in cut_units(text):
            if unit.kind in ("company", "country"):
                continue
            before = re.search(r"(\w+)\W{0,2}$" if unit.is_latin else r"(.)$", text[: unit.start])
            after = re.match(r"\W{0,2}(\w+)" if unit.is_latin else r"(.)", text[unit.end :])
            shape = f"{unit.text[-3:] if unit.is_latin else len(unit.text)}{unit.text[:1].isupper()}"
            if before:
                yield (f"<{before[1].lower()}", shape), unit
            if after:
                yield (f">{after[1].lower()}", shape), unit

    @staticmethod
    def _is_other(word: str, one: Source) -> bool:
        units = cut_units(word)
        if not units or any(_known(unit, one) for unit in units) or len(word) < 2:
            return False
        return not any(are_alike(word, other.text) for other in cut_units(one.claim))


@cache
def are_alike(a: str, b: str) -> bool:
    """Whether two words share a rendering, and so may say the same."""
    dictionary = load_dictionary()
    first, second = dictionary.simplify(a), dictionary.simplify(b)
    if first.isascii() and second.isascii():
        return any(dictionary.words_for(x) & dictionary.words_for(y) for x in _keys(a) for y in _keys(b))
    return bool(set(dictionary.translate(first)) & set(dictionary.translate(second)))


def _keys(word: str) -> frozenset[str]:
    return frozenset(key for unit in cut_units(word) for key in unit.keys)


def sample(sources: Mapping[str, Sequence[Source]] | Sequence[Source], most: int) -> list[Source]:
    """At most so many of the sources, the same ones each time."""
    found = list(sources) if not isinstance(sources, Mapping) else [one for each in sources.values() for one in each]
    random.Random(SEED).shuffle(found)  # noqa: S311
    return found[:most]
