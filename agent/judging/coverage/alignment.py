"""Which content words of a claim are said by what is shown for it, in one language and across languages.

Numbers are left to the ledger. A word is looked for as it is, by its stem, by the glossary's id of what it names, by
the dictionary's renderings, by its characters, and, where there is an encoder, by what it means where it stands.
"""

import re
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

import numpy as np
from numpy.typing import NDArray

from agent.judging.coverage.synonyms import groups_of
from corpus.document import LANGUAGES, Language
from corpus.lexicon import TermKind, load_lexicon
from corpus.quantities import find_quantities
from corpus.text import HAN, KANA, language_of
from indexes.dictionary import load_dictionary
from indexes.embeddings import TokenEncoder, TokenVectors
from indexes.means import STATEMENTS
from indexes.tokens import shipped_tokeniser, terms

Array = NDArray[np.float32]

_CLAUSE = re.compile(
    r"[;；。:：!！?？\n]|[,，](?![0-9]{3}(?![0-9]))|\.(?=\s|$)|(?<![a-z])(?:and|while|whereas|but)(?![a-z])|而|并且?|以及",
    re.IGNORECASE,
)
_CJK = re.compile(f"[{HAN}{KANA}]")
_LATIN = re.compile(r"[^\W\d_]")
_SHORTEST_CLAUSE = 2
_WELL_RENDERED = 0.8
_WIDEST_GAP = 3
_SHORTEST_STEM = 4
_COMMON = 10.0
"""Minus the logarithm of how often a common token is seen."""

_MEASURES = {
    unit: tuple(words.split())
    for unit, words in {
        "W": "power 功耗 功率 电力 消费电力",
        "dBm": "power 功率",
        "Gb/s": "rate speed bandwidth throughput 速率 带宽 速度 吞吐 带域",
        "pJ/bit": "energy 能耗 能效",
        "dB": "loss lose 损耗 损失",
        "°C": "temperature 温度",
        "Hz": "frequenc 频率 周波数",
        "%": "percent share 占 份额 比例",
        "year": "year 年",
    }.items()
}
LAYERS = 3
"""How many similarities an encoder gives for two words: alone, in their clauses, in their texts."""

CLUES = (
    "same", "dictionary", "part", "alone", "in clause", "in text", "margin", "neighbours", "weight", "latin",
    "crossed", "taken", "named", "in place", "alone there", "in text there", "token in clause", "token in text",
    "words", "verbatim", "japanese", "measured",
)  # fmt: skip
"""What is known of a claim's word, the columns of ``Alignment.clues``: whether what is shown says the same by a rule,
how far a dictionary renders it, how much of it stands there; the encoder's similarities with the nearest word shown,
alone, in its clause and in its text, and by how much that is nearer than the next; how many of its neighbours are said;
what it weighs; its script and the languages; whether the nearest word shown is said by another word; whether it is a
name of the glossary; more similarities, with the word nearest in its clause and with the nearest token; whether it
stands in the place of another word of the quote; how many words the claim has and how many are said by a rule;
whether a quantity that is shown implies it."""

SAME, RENDERED, PART, TEXT, CLAUSE, WEIGHT = map(
    CLUES.index, ("same", "dictionary", "part", "in text", "in clause", "weight")
)


@dataclass(frozen=True, slots=True)
class Unit:
    """A content word or glossary name of a text, at ``text[start:end]``.

    Attributes:
        keys: Its stems, its characters simplified, its synonyms' groups, and the glossary's id of a name.
        clause: Which clause of the text it stands in, from 0.
        stems: The stems of all of its words.
        simple: The text in simplified characters.
        kind: What kind of name of the glossary it is; None for a plain word.
    """

    text: str
    start: int
    end: int
    keys: frozenset[str]
    clause: int
    stems: frozenset[str]
    simple: str
    kind: TermKind | None = None

    @property
    def is_latin(self) -> bool:
        """Whether it is written in Latin letters."""
        return not _CJK.search(self.text)


@dataclass(frozen=True)
class Closeness:
    """What an encoder says of two texts.

    Attributes:
        units: Similarity of each unit of the one with each of the other, shape (LAYERS, units, other units).
        tokens: The greatest similarity of each unit with any token of the other, shape (LAYERS, units).
        late: The greatest similarity, in the texts, of each token of the one with any of the other, shape (tokens,).
        whole: Similarity of the two texts.
        rarity: How rare each unit is, shape (units,).
    """

    units: Array
    tokens: Array
    late: Array
    whole: float
    rarity: Array


@dataclass(frozen=True)
class Alignment:
    """A claim laid beside what is shown for it.

    Attributes:
        units: The claim's content words; ``shown_units`` those of what is shown.
        languages: Of the claim and of what is shown.
        clues: What is known of each unit, shape (units, len(CLUES)).
        closeness: What the encoder says; None without one.
    """

    claim: str
    shown: str
    units: tuple[Unit, ...]
    shown_units: tuple[Unit, ...]
    languages: tuple[Language, Language]
    clues: Array
    closeness: Closeness | None = None


def align(claim: str, shown: str, encoder: TokenEncoder | None = None) -> Alignment:
    """Lay a claim beside what is shown for it."""
    units, others, languages = cut_units(claim), cut_units(shown), (spoken(claim), spoken(shown))
    close = None
    if encoder is not None and units and others:
        close = compare(claim, shown, encoder)
    return Alignment(claim, shown, units, others, languages, find_clues(claim, shown, close), close)


def find_clues(claim: str, shown: str, close: Closeness | None) -> Array:
    """What is known of each word of a claim, shape (units, len(CLUES))."""
    units, others = cut_units(claim), cut_units(shown)
    languages = spoken(claim), spoken(shown)
    same = [_places(unit, others) for unit in units]
    columns = dict.fromkeys(CLUES, np.zeros(len(units), np.float32))
    columns["same"] = _column(bool(each) for each in same)
    columns["dictionary"] = _column(
        0.0 if each else _rendered(unit, others) for unit, each in zip(units, same, strict=True)
    )
    text = load_dictionary().simplify(shown).lower()
    latin = frozenset(re.findall(r"[a-z]{4,}", text))
    columns["part"] = _column(0.0 if each else _part(unit, text, latin) for unit, each in zip(units, same, strict=True))
    columns["neighbours"] = _neighbours(columns["same"], columns["dictionary"])
    columns["in place"] = _column(_in_place(at, same, len(others)) for at in range(len(units)))
    implied = _implied(shown)
    columns["measured"] = _column(any(word in unit.simple.lower() for word in implied) for unit in units)
    columns["weight"] = _column(map(_length, units))
    columns["latin"] = _column(unit.is_latin for unit in units)
    columns["named"] = _column(unit.kind is not None for unit in units)
    columns["crossed"] = _column(languages[0] != languages[1] for _ in units)
    columns["japanese"] = _column(languages[0] == "ja" for _ in units)
    columns["words"] = _column(len(units) for _ in units)
    columns["verbatim"] = _column(float(columns["same"].mean()) for _ in units)
    if close is not None and len(units) and len(others):
        columns |= _similarities(close, {at for each in same for at in each})
    return np.stack([columns[name] for name in CLUES], axis=1)


def _similarities(close: Closeness, taken: Collection[int]) -> dict[str, Array]:
    alone, clause, text = close.units
    nearest, rows = clause.argmax(axis=1), np.arange(len(clause))
    ordered = np.sort(clause, axis=1)
    second = ordered[:, -2] if clause.shape[1] > 1 else np.zeros(len(clause), np.float32)
    return {
        "alone": alone.max(axis=1),
        "in clause": ordered[:, -1],
        "in text": text.max(axis=1),
        "margin": ordered[:, -1] - second,
        "taken": _column(at in taken for at in nearest.tolist()),
        "alone there": alone[rows, nearest],
        "in text there": text[rows, nearest],
        "token in clause": close.tokens[1],
        "token in text": close.tokens[2],
        "weight": close.rarity,
    }


def _column(values: Iterable[float]) -> Array:
    return np.fromiter(values, np.float32)


# --- Units ------------------------------------------------------------------------------------------------------------


@lru_cache(maxsize=512)
def cut_units(text: str) -> tuple[Unit, ...]:
    """The content words of a text in reading order; its numbers and stop words are none."""
    simple = load_dictionary().simplify(text)
    taken = [(one.start, one.end) for one in find_quantities(text)]
    spans: list[tuple[int, int, str]] = []
    for mention in load_lexicon().find(text):
        spans.append((mention.start, mention.end, mention.term.id))
        taken.append((mention.start, mention.end))
    for start, end in shipped_tokeniser().words(simple):
        if _LATIN.search(simple, start, end) and not any(a < end and start < b for a, b in taken):
            spans.append((start, end, ""))
    clauses = _clauses(text, sorted(spans))
    return tuple(
        Unit(
            text[start:end],
            start,
            end,
            _keys(simple[start:end], id_),
            clause,
            _stems(simple[start:end]),
            simple[start:end],
            _kind(id_),
        )
        for (start, end, id_), clause in zip(sorted(spans), clauses, strict=True)
    )


def spoken(text: str) -> Language:
    """The language of a text, names and figures alone counting as English."""
    found = language_of(text, hint="en")
    return "en" if found == "und" else found


def _kind(id_: str) -> TermKind | None:
    return load_lexicon().by_id[id_].kind if id_ else None


def _keys(words: str, id_: str) -> frozenset[str]:
    if id_:
        return frozenset({id_, *_stems_in_order(words)[:1]})
    return (_stems(words) or frozenset({words.lower()})) | groups_of(words)


@lru_cache(maxsize=20_000)
def _stems_in_order(words: str) -> tuple[str, ...]:
    return tuple(terms(words))


@lru_cache(maxsize=20_000)
def _stems(words: str) -> frozenset[str]:
    return frozenset(_stems_in_order(words))


def _clauses(text: str, spans: Sequence[tuple[int, int, str]]) -> list[int]:
    """Which clause each span stands in; a clause of one word goes with the one before it."""
    ends = [found.end() for found in _CLAUSE.finditer(text)]
    raw = [sum(end <= start for end in ends) for start, _, _ in spans]
    clauses: list[int] = []
    for at, clause in enumerate(raw):
        new = not at or clause != raw[at - 1]
        alone = raw.count(clause) < _SHORTEST_CLAUSE
        clauses.append((clauses[-1] + (new and not alone)) if at else 0)
    return clauses


def _length(unit: Unit) -> float:
    """How much a word weighs without an encoder: long ones say more."""
    return min(1.0, len(unit.text) / (8 if unit.is_latin else 3))


# --- By rule ----------------------------------------------------------------------------------------------------------


def _rendered(unit: Unit, others: Sequence[Unit]) -> float:
    """How far the dictionary takes a word for one that is shown: 1 for a whole rendering, less for a part of one."""
    dictionary = load_dictionary()
    latin = frozenset(key for other in others if other.is_latin for key in other.stems)
    han = [other for other in others if not other.is_latin]
    if unit.is_latin:
        return max((_in_glosses(unit.stems, other) for other in han), default=0.0)
    best = 0.0
    for gloss in _glosses(unit.simple):
        best = max(best, sum(word in latin for word in gloss) / len(gloss) if gloss else 0.0)
    own = {gloss for gloss in _glosses(unit.simple) if len(gloss) == 1}
    shared = any(own & set(dictionary.translate(other.simple)) for other in han)
    return max(best, 0.8 * shared)


def says_same(unit: Unit, other: Unit) -> float:
    """How far two words say the same, from 0 to 1: by name or stem, or across languages by the dictionary."""
    if unit.kind and other.kind:
        return float(bool(unit.keys & other.keys & load_lexicon().by_id.keys()))
    if shared := len(unit.stems & other.stems):
        return shared / min(len(unit.stems), len(other.stems))
    if unit.keys & other.keys:
        return 1.0
    if unit.is_latin == other.is_latin:
        return 0.0
    latin, han = (unit, other) if unit.is_latin else (other, unit)
    return _in_glosses(latin.stems, han)


def _in_glosses(keys: frozenset[str], other: Unit) -> float:
    return max((1 / len(gloss) for gloss in _glosses(other.simple) if keys & set(gloss)), default=0.0)


@lru_cache(maxsize=20_000)
def _glosses(word: str) -> list[tuple[str, ...]]:
    """Renderings of a Chinese word, and of the words inside it where it is long."""
    dictionary = load_dictionary()
    found = list(dictionary.translate(word))
    for size in range(2, len(word)):
        for start in range(len(word) - size + 1):
            found += dictionary.translate(word[start : start + size])
    return found


def _part(unit: Unit, text: str, words: Collection[str]) -> float:
    """The share of a word that stands in what is shown: of its characters in Han, of its beginning in Latin.

    Args:
        text: What is shown, simplified and in lower case; ``words`` are the Latin words of it.
    """
    word = unit.simple.lower()
    if not unit.is_latin:
        return sum(character in text for character in word) / len(word)
    size = max((_shared_start(word, other) for other in words), default=0)
    return size / len(word) if size >= _SHORTEST_STEM else 0.0


def _shared_start(a: str, b: str) -> int:
    return next((at for at, (x, y) in enumerate(zip(a, b, strict=False)) if x != y), min(len(a), len(b)))


def _neighbours(same: Array, rendered: Array) -> Array:
    """The share of each unit's neighbours, two to either side, that are said in so many words."""
    said = np.maximum(same, rendered >= _WELL_RENDERED)
    around = (np.concatenate([said[max(0, at - 2) : at], said[at + 1 : at + 3]]) for at in range(len(said)))
    return _column(float(each.mean()) if len(each) else 0.0 for each in around)


def _places(unit: Unit, others: Sequence[Unit]) -> list[int]:
    """Where the same is said by a rule: by a word's stem or a name's id, or within a longer name or word."""
    found = [at for at, other in enumerate(others) if unit.keys & other.keys]
    if found or unit.kind != "term":
        return found
    names = _spellings(next(key for key in unit.keys if key in load_lexicon().by_id))
    return [at for at, other in enumerate(others) if any(_holds(other, name) for name in names)]


@lru_cache(maxsize=4096)
def _spellings(id_: str) -> tuple[tuple[str, frozenset[str]], ...]:
    """The names of a term: simplified where they are Han, and their stems where they are Latin."""
    names = [name for named in load_lexicon().by_id[id_].names.values() for name in named]
    simple = [load_dictionary().simplify(name) for name in names]
    return tuple((name, frozenset() if _CJK.search(name) else _stems(name)) for name in simple)


def _holds(other: Unit, name: tuple[str, frozenset[str]]) -> bool:
    written, stems = name
    if stems:
        return stems <= other.stems
    return written in other.simple


def _implied(shown: str) -> tuple[str, ...]:
    """What the units of the quantities shown say without a word: "draws 9 W" speaks of power."""
    units = {quantity.unit for quantity in find_quantities(shown)}
    return tuple(word for unit in units for word in _MEASURES.get(unit, ()))


def _in_place(at: int, same: Sequence[Sequence[int]], count: int) -> float:
    """Whether a word stands where what is shown has another: 1 between two words that are said, 0.5 beside one."""
    if same[at]:
        return 0.0
    said = {each for places in same for each in places}
    before = same[at - 1] if at else ()
    after = same[at + 1] if at + 1 < len(same) else ()
    gaps = [range(left + 1, right) for left in before for right in after if 1 < right - left <= _WIDEST_GAP]
    if any(said.isdisjoint(gap) for gap in gaps):
        return 1.0
    beside = {left + 1 for left in before} | {right - 1 for right in after}
    return 0.5 if any(0 <= place < count and place not in said for place in beside) else 0.0


# --- By the encoder ---------------------------------------------------------------------------------------------------


def compare(claim: str, shown: str, encoder: TokenEncoder) -> Closeness:
    """What an encoder says of a claim and what is shown for it; both must have units."""
    means = _means(encoder)
    units, others = cut_units(claim), cut_units(shown)
    mine, theirs = encoder.encode_tokens(claim), _shown_tokens(encoder, shown)
    a, b = _centred(mine, means[spoken(claim)]), _centred(theirs, means[spoken(shown)])
    ours, shown_units = _pooled(a, mine, units), _pooled(b, theirs, others)
    rarity = _column(float(mine.rarity[_inside(mine, unit)].sum()) / _COMMON for unit in units)
    return Closeness(
        units=ours @ shown_units.transpose(0, 2, 1),
        tokens=(ours @ b.transpose(0, 2, 1)).max(axis=2),
        late=(a[-1] @ b[-1].T).max(axis=1),
        whole=float(_unit(a[-1].mean(axis=0)) @ _unit(b[-1].mean(axis=0))),
        rarity=rarity,
    )


@lru_cache(maxsize=64)
def _shown_tokens(encoder: Any, shown: str) -> TokenVectors:
    """The tokens of what is shown; several claims often rest on one quote."""
    tokens: TokenVectors = encoder.encode_tokens(shown)
    return tokens


def _inside(tokens: TokenVectors, unit: Unit) -> NDArray[np.bool_]:
    inside: NDArray[np.bool_] = (tokens.spans[:, 0] < unit.end) & (tokens.spans[:, 1] > unit.start)
    return inside


def _centred(tokens: TokenVectors, means: Array) -> Array:
    return _unit(tokens.vectors - means[:, np.newaxis])


def _pooled(vectors: Array, tokens: TokenVectors, units: Sequence[Unit]) -> Array:
    """One vector of length one for each unit, shape (layers, units, width)."""
    pooled = np.zeros((len(vectors), len(units), vectors.shape[-1]), np.float32)
    for at, unit in enumerate(units):
        inside = _inside(tokens, unit)
        if inside.any():
            pooled[:, at] = vectors[:, inside].mean(axis=1)
    return _unit(pooled)


def _unit(vectors: Array) -> Array:
    scaled: Array = vectors / np.maximum(np.linalg.norm(vectors, axis=-1, keepdims=True), 1e-6)
    return scaled


@lru_cache(maxsize=4)
def _means(encoder: Any) -> Mapping[Language, Array]:
    """The mean token vector of each language and layer, over the neutral sentences, shape (layers, width)."""
    return {
        language: np.concatenate([encoder.encode_tokens(text).vectors for text in STATEMENTS[language]], axis=1).mean(
            axis=1
        )
        for language in LANGUAGES
    }
