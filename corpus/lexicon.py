"""The glossary, the companies and the countries, with their names in three languages.

They stand in corpus/vocabulary/*.csv. Columns that no code reads (layer, products, confidence, note) are what the
shipped documents cite as the entity list.
"""

import csv
import re
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache
from importlib.resources import files
from typing import Literal

from corpus.document import Language
from corpus.text import HAN, KANA

TermKind = Literal["term", "company", "country"]
KINDS: tuple[TermKind, ...] = ("term", "company", "country")


@dataclass(frozen=True, slots=True)
class Term:
    """One thing with its names: a technical term (GL…), a company (EN…) or a country (CO…).

    Attributes:
        id: The row's id in the csv file.
        names: Language → names, the canonical one first; abbreviations stand under "en".
        country: ISO 3166 codes of a company's homes joined by "/" ("JP", "CN/US"); a country's own code; else "".
        category: What kind of term it is ("packaging", "performance", "supply chain/market" …); "" for the others.
    """

    id: str
    kind: TermKind
    names: Mapping[Language, tuple[str, ...]] = field(hash=False)
    country: str = ""
    category: str = ""

    def name(self, language: Language) -> str:
        """The canonical name in that language, falling back to English, then to any."""
        named = self.names.get(language) or self.names.get("en") or next(iter(self.names.values()))
        return named[0]

    @property
    def countries(self) -> tuple[str, ...]:
        """The codes in ``country``."""
        return tuple(self.country.split("/")) if self.country else ()


@dataclass(frozen=True, slots=True)
class Mention:
    """A term found in a text, at ``text[start:end]``; ``name`` is the name as the lexicon spells it."""

    term: Term
    start: int
    end: int
    name: str


@dataclass(frozen=True, slots=True)
class _Name:
    """One spelling of a term. ``term`` is None for an ordinary word, which only keeps names from matching inside it."""

    term: Term | None
    spelling: str
    written: str
    exact: bool


class _Node(dict[str, "_Node"]):
    """A trie node: folded character → node; ``names`` are the names that end here."""

    __slots__ = ("names",)

    def __init__(self) -> None:
        super().__init__()
        self.names: list[_Name] = []


class Lexicon:
    """All known terms; finds them in text and names them in another language.

    Example:
        >>> mention = load_lexicon().find("衬底依赖进口")[0]
        >>> mention.term.name("en")
        'substrate'
    """

    def __init__(self, terms: Sequence[Term], ordinary: Sequence[str] = (), shorts: Mapping[str, str] | None = None):
        """Index the names.

        Args:
            terms: The terms; of two terms that share a name, the earlier one is found.
            ordinary: Words inside which no name is looked for ("提高" hides the 高通 of "提高通道密度").
            shorts: Single Han character → id of the country it stands for beside another one ("中美").
        """
        self.terms = tuple(terms)
        self.by_id: Mapping[str, Term] = {term.id: term for term in self.terms}
        self._shorts = {short: self.by_id[term_id] for short, term_id in (shorts or {}).items()}
        self._ordinary = tuple(ordinary)
        self._root = _Node()
        for term in self.terms:
            for name in _names(term):
                _insert(self._root, name)
        for word in ordinary:
            _insert(self._root, _Name(None, word, word, exact=word[:1].isupper()))

    def find(self, text: str, kinds: Collection[TermKind] = KINDS) -> list[Mention]:
        """Longest non-overlapping mentions, left to right.

        Latin names match whole words, in any case unless they could be an ordinary word, with or without hyphens and
        plural s; Han and kana names match anywhere.
        """
        folded = _fold(text)
        mentions: list[Mention] = []
        position = 0
        while position < len(text):
            pair = self._country_pair(text, position)
            if pair:
                mentions += (mention for mention in pair if "country" in kinds)
                position = pair[-1].end
                continue
            found = self._longest(text, folded, position)
            if found is None:
                position += 1
                continue
            name, end = found
            if name.term is not None and name.term.kind in kinds:
                mentions.append(Mention(name.term, position, end, name.spelling))
            position = end
        return mentions

    def translate(self, text: str, language: Language) -> list[tuple[Mention, tuple[str, ...]]]:
        """Each mention with the names of its term in that language; mentions without one are left out."""
        pairs = ((mention, mention.term.names.get(language, ())) for mention in self.find(text))
        return [(mention, names) for mention, names in pairs if names]

    def words(self) -> tuple[str, ...]:
        """Every Han or kana name, for a word segmenter's user dictionary."""
        names = (name for term in self.terms for named in term.names.values() for name in named)
        return tuple(sorted({name for name in names if any(map(_is_cjk, name)) and " " not in name}))

    def _country_pair(self, text: str, start: int) -> list[Mention]:
        """Countries named by one character each, side by side: "中美", "日美"; empty when there are not two."""
        end = start
        while end < len(text) and text[end] in self._shorts:
            end += 1
        if end - start < 2 or text[end : end + 1] in _AFTER_SHORT or text[start - 1 : start] in _BEFORE_DAY:
            return []
        if any(text.startswith(word, start) for word in self._ordinary):
            return []
        return [Mention(self._shorts[text[at]], at, at + 1, text[at]) for at in range(start, end)]

    def _longest(self, text: str, folded: str, start: int) -> tuple[_Name, int] | None:
        """The longest name that begins at ``start``, with its end."""
        if start and _is_latin(text[start - 1]) and _is_latin(text[start]):
            return None
        longest: tuple[_Name, int] | None = None
        for node, end in _walk(self._root, folded, start):
            if longest is not None and end <= longest[1]:
                continue
            for name in node.names:
                if _fits(name, text, start, end):
                    longest = (name, end)
                    break
        return longest


@cache
def load_lexicon() -> Lexicon:
    """The shipped lexicon (corpus/vocabulary/*.csv), read once."""
    countries = _rows("countries.csv")
    terms = [
        *(_term(row, "company", country=row["country"]) for row in _rows("companies.csv")),
        *(_term(row, "term", category=row["category"]) for row in _rows("terms.csv")),
        *(_term(row, "country", country=row["country"]) for row in countries),
    ]
    shorts = {row["short"]: row["id"] for row in countries if row["short"]}
    return Lexicon(terms, [row["word"] for row in _rows("ordinary.csv")], shorts)


def _rows(name: str) -> list[dict[str, str]]:
    text = files("corpus").joinpath("vocabulary", name).read_text(encoding="utf-8")
    return list(csv.DictReader(text.splitlines()))


def _term(row: Mapping[str, str], kind: TermKind, *, country: str = "", category: str = "") -> Term:
    english = (*_split(row["en"]), *_split(row.get("abbr", "")))
    columns: dict[Language, tuple[str, ...]] = {"en": english, "zh": _split(row["zh"]), "ja": _split(row["ja"])}
    names = {language: named for language, named in columns.items() if named}
    return Term(row["id"], kind, names, country, category)


def _split(cell: str) -> tuple[str, ...]:
    return tuple(name for name in cell.split("|") if name)


# --- Spelling: how one name may be written ----------------------------------------------------------------------------

_SPELLINGS = (
    ("fiber", "fibre"),
    ("center", "centre"),
    ("aluminium", "aluminum"),
    ("localisation", "localization"),
    ("polarization", "polarisation"),
    ("licence", "license"),
)
_SIBILANT = ("s", "x", "z", "ch", "sh")


def _names(term: Term) -> Iterator[_Name]:
    """Every way the term may be written."""
    for named in term.names.values():
        for spelling in named:
            exact = _needs_exact_case(spelling)
            for variant in _spelling_variants(spelling):
                yield _Name(term, spelling, variant, exact)
                if term.kind == "term" and _is_latin(variant[-1]):
                    yield _Name(term, spelling, _plural(variant), exact)


def _spelling_variants(name: str) -> Iterator[str]:
    yield name
    for one, other in _SPELLINGS:
        if one in name:
            yield name.replace(one, other)


def _plural(name: str) -> str:
    if name.isupper():
        return name + "s"
    if name.endswith("y") and name[-2:-1] not in set("aeiou"):
        return name[:-1] + "ies"
    return name + ("es" if name.endswith(_SIBILANT) else "s")


# fmt: off
_ORDINARY_ENGLISH = frozenset([
    "all ring", "alphabet", "amazon", "asp", "coherent", "cob", "credo", "fit", "foci", "meta", "oracle", "phononic",
    "pic", "poet", "qd laser", "sic", "sin", "tim", "us",
])
# fmt: on


def _needs_exact_case(name: str) -> bool:
    """Whether the name is an abbreviation of up to four letters or a common English word."""
    return name.isascii() and (name.lower() in _ORDINARY_ENGLISH or (len(name) <= 4 and not name.islower()))


def _fits(name: _Name, text: str, start: int, end: int) -> bool:
    """Whether ``text[start:end]`` stands on its own where it must, in a case that the name may have."""
    found = text[start:end]
    if not (_may_part(text[start - 1 : start], found[0], name) and _may_part(found[-1], text[end : end + 1], name)):
        return False
    if not name.exact or found == name.written:
        return True
    # People type abbreviations in lower case too; two letters or an English word would then be too common.
    return found == name.written.lower() and len(name.spelling) > 2 and name.spelling.lower() not in _ORDINARY_ENGLISH


def _may_part(left: str, right: str, name: _Name) -> bool:
    """Whether the name may begin or end between the two characters; either is empty at the ends of the text.

    Latin words do not part; nor does a katakana run for a short name (メタ is not in メタル).
    """
    if _is_latin(left) and _is_latin(right):
        return False
    return len(name.written) >= _LONG_KATAKANA or not (_is_katakana(left) and _is_katakana(right))


# --- Walking ----------------------------------------------------------------------------------------------------------
# The trie holds names folded to lower case, with one blank for a hyphen, a space or a change of script.

_SEPARATOR = re.compile("[ \u00a0\u3000\\-\u2010\u2011\u2012\u2013\u30fb·]")
_CJK = re.compile(f"[{HAN}{KANA}]")
_SCRIPT_CHANGE = re.compile(f"(?<=[a-z0-9])(?=[{HAN}{KANA}])|(?<=[{HAN}{KANA}])(?=[a-z0-9])")
_LONG_KATAKANA = 5
_AFTER_SHORT = frozenset("国國元本")
_BEFORE_DAY = frozenset("0123456789一二三四五六七八九十")


def _fold(text: str) -> str:
    """Lower case, and a blank for each separator; the same length as ``text``."""
    lowered = text.lower()
    if len(lowered) != len(text):
        lowered = "".join(low if len(low := char.lower()) == 1 else char for char in text)
    return _SEPARATOR.sub(" ", lowered)


def _insert(root: _Node, name: _Name) -> None:
    node = root
    for char in _SCRIPT_CHANGE.sub(" ", _fold(name.written)):
        node = node.setdefault(char, _Node())
    node.names.append(name)


def _walk(root: _Node, folded: str, start: int) -> Iterator[tuple[_Node, int]]:
    """Each node with names that the text from ``start`` leads to, and where it ends."""
    pending = [(root, start)]
    while pending:
        node, position = pending.pop()
        if node.names and position > start:
            yield node, position
        if position == len(folded):
            continue
        blank = node.get(" ")
        if blank is not None and folded[position] != " ":
            joined = blank.get(folded[position])
            if joined is not None:
                pending.append((joined, position + 1))
        step = node.get(folded[position])
        if step is not None:
            pending.append((step, position + 1))


def _is_latin(char: str) -> bool:
    return char.isalnum() and not _is_cjk(char)


def _is_katakana(char: str) -> bool:
    return "ァ" <= char <= "ヺ" or char == "ー"


def _is_cjk(char: str) -> bool:
    return _CJK.match(char) is not None
