"""Find what is written in characters that nobody sees, or that stand for something else than they show.

Normalising takes invisible characters away, so that no passage holds them; what they said is told here first.
"""

import base64
import binascii
import html
import re
from collections.abc import Iterator

from corpus.lines import Aside
from corpus.text import HAN, KANA

_INVISIBLE = re.compile("[\U000e0000-\U000e01ef\u200b-\u200d\u2060-\u2064\ufeff\u202d\u202e\ufe00-\ufe0f]")
_FLAG = re.compile("\U0001f3f4[\U000e0020-\U000e007e]{1,6}\U000e007f")  # 🏴 and tags: the flag of England, Texas …
_TAGS = re.compile("[\U000e0000-\U000e007f]{2,}")
_SELECTORS = re.compile("[\ufe00-\ufe0f\U000e0100-\U000e01ef]{4,}")
_ZERO_WIDTH = re.compile("[\u200b-\u200d\u2060-\u2064\ufeff]{8,}")
_OVERRIDES = re.compile("[\u202d\u202e]([^\u202c\n]{0,300})")
_ENTITY = re.compile(r"&#[xX]?[0-9a-fA-F]{2,7};")
_ENCODED = re.compile(r"(?<![A-Za-z0-9+/=_-])[A-Za-z0-9+/]{32,}={0,2}(?![A-Za-z0-9+/=_-])")
_MIXED = re.compile(r"(?<!\w)(?=[^\W\d_]*[A-Za-z])(?=[^\W\d_]*[\u0370-\u03ff\u0400-\u052f])[^\W\d_]{3,}(?!\w)")
_LATIN = re.compile("[A-Za-z]")
_LIKE_LATIN = str.maketrans(
    "аеорсухіјѕԁһԛԝѵɡոАВЕЅІЈКМНОРСТХУΑΒΕΖΗΙΚΜΝΟΡΤΥΧον",
    "aeopcyxijsdhqwvgnABESIJKMHOPCTXYABEZHIKMNOPTYXov",
)
_LEAST_WORDS = 3


def find_smuggled(text: str, page: int = 1) -> list[Aside]:
    """Words in a text, before it is normalised, that are written in invisible characters.

    Args:
        page: The number of its page, or of its first page where form feeds part the pages.
    """
    if text.isascii() and not _ENTITY.search(text):
        return []
    found = []
    for number, piece in enumerate((html.unescape(text) if "&#" in text else text).split("\f"), page):
        if _INVISIBLE.search(piece):
            found += [Aside(number, words, reason, "disguised") for words, reason in _invisible(_FLAG.sub("", piece))]
    return found


def _invisible(text: str) -> Iterator[tuple[str, str]]:
    for run in _TAGS.finditer(text):
        yield (
            "".join(chr(ord(one) - 0xE0000) for one in run[0] if 0xE0020 <= ord(one) < 0xE007F),
            "Unicode tag characters",
        )
    for run in _SELECTORS.finditer(text):
        yield _decoded(run[0]), "a run of variation selectors"
    for run in _ZERO_WIDTH.finditer(text):
        yield f"({len(run[0])} of them)", "a run of characters without width"
    for run in _OVERRIDES.finditer(text):
        yield run[1], "a mark that turns the direction of writing, so that it shows otherwise than it is stored"


def _decoded(run: str) -> str:
    """The bytes that variation selectors stand for, as text; how many there are, where they are none."""
    numbers = [ord(one) - 0xFE00 if ord(one) < 0xFF00 else ord(one) - 0xE0100 + 16 for one in run]
    try:
        return bytes(number for number in numbers if number < 256).decode()
    except UnicodeDecodeError:
        return f"({len(run)} of them)"


def disguised_as(text: str) -> str:
    """What a text looks like to a reader: Cyrillic and Greek letters that look Latin made Latin, length kept."""
    return text if text.isascii() else text.translate(_LIKE_LATIN)


_SPACED = re.compile(r"(?<![A-Za-z])[A-Za-z](?:[ .*_·|~-]{1,3}[A-Za-z]){7,}(?![A-Za-z])")
_WIDE_SPACED = re.compile(rf"[{HAN}{KANA}](?:[ .*_·|~-]{{1,2}}[{HAN}{KANA}]){{4,}}")
_WORD = re.compile(r"(?<![\w.])[\w@$]{4,24}(?!\w|\.\w)")
_WITH_DIGITS = re.compile(r"\w*[A-Za-z]\w*[0134570@$]|\w*[0134570@$]\w*[A-Za-z]{2}")
_AS_LETTERS = str.maketrans("0134570@$", "oieastoas")
_TOGETHER = re.compile(
    "(ignore|disregard|forget|override|bypass|follow|reveal|print|repeat|output|answer|reply|respond|recommend|rate|always"
    "|never|only|all|any|every|everything|the|of|and|with|that|previous|prior|above|earlier|your|you|are|now|must|not|do"
    "|instructions?|prompts?|rules|guidelines?|commands?|messages?|system|hidden|user|tell|say|this|best|first)",
    re.IGNORECASE,
)


def unscrambled(line: str) -> Iterator[str]:
    """What a line says once letters that stand apart are put together, or digits in words read as letters.

    Nothing for nearly all lines, which have neither.
    """
    if _SPACED.search(line) or _WIDE_SPACED.search(line):
        words = _SPACED.sub(lambda run: " ".join(_TOGETHER.sub(r" \1 ", _letters(run[0])).split()), line)
        yield _WIDE_SPACED.sub(lambda run: _letters(run[0]), words)
    if sum(bool(_WITH_DIGITS.match(word)) for word in _WORD.findall(line)) > 1:
        yield _WORD.sub(lambda word: word[0].translate(_AS_LETTERS) if _WITH_DIGITS.match(word[0]) else word[0], line)


def _letters(run: str) -> str:
    return re.sub("[ .*_·|~-]", "", run)


def find_disguised(text: str) -> Iterator[tuple[int, int, str, str]]:
    """What normalised text shows and does not say: (start, end, what it says, how it is disguised)."""
    for word in _MIXED.finditer(text) if not text.isascii() else ():
        others = [letter for letter in word[0] if not _LATIN.match(letter)]
        if len(others) < len(word[0]) and all(ord(letter) in _LIKE_LATIN for letter in others):
            yield word.start(), word.end(), word[0], "Latin letters mixed with others that look like them"
    for run in _ENCODED.finditer(text):
        if words := _decode_base64(run[0]):
            yield run.start(), run.end(), words, "words encoded as base64"


def _decode_base64(run: str) -> str:
    """The words that a run of base64 stands for; "" where it stands for none."""
    try:
        words = base64.b64decode(run + "=" * (-len(run) % 4)).decode()
    except (binascii.Error, UnicodeDecodeError):
        return ""
    spaced = len(words.split()) >= _LEAST_WORDS or not words.isascii()
    return words if spaced and words.replace("\n", " ").isprintable() else ""
