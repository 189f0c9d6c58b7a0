"""Normalise text, split sentences in English, Chinese and Japanese, tell the language.

Everything that enters the project (pages, questions, quotes) passes through ``normalise`` once, so that strings can be
compared as they are. ``fold`` is for comparison only and keeps offsets: ``fold(text)[i]`` stands for ``text[i]``.
"""

import re
import unicodedata
from collections.abc import Callable, Collection, Iterable, Iterator
from functools import cache
from itertools import groupby, islice, pairwise

from corpus.document import Language

HAN = "〇々〆\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0003ffff"
"""Chinese characters, as the inside of a regular expression's character class."""

KANA = "\u3041-\u3096\u309d-\u309f\u30a1-\u30fa\u30fc-\u30ff\u31f0-\u31ff\uff66-\uff9d"
"""Hiragana and katakana, as the inside of a regular expression's character class."""

# --- Normalising ------------------------------------------------------------------------------------------------------

_KEPT_TAGS = ("<super>", "<sub>", "<fraction>", "<circle>")
_KEPT = frozenset("，。：；？！（）…‥")
_HYPHENS = frozenset("‐‑‒–−﹣－")
_NEWLINES = frozenset("\n\v\f\r\x85\u2028\u2029")


class _CharacterTable(dict[int, str]):
    """A table for str.translate, filled as characters are met."""

    def __init__(self, rule: Callable[[str], str]) -> None:
        super().__init__()
        self._rule = rule

    def __missing__(self, code: int) -> str:
        self[code] = self._rule(chr(code))
        return self[code]


def _resolve(character: str) -> str:
    """What one character becomes, before composition."""
    if character in _NEWLINES:
        return "\n"
    if character in _HYPHENS:
        return "-"
    category = unicodedata.category(character)
    if category == "Zs" or character == "\t":
        return " "
    if category in ("Cc", "Cf", "Cs") or unicodedata.name(character, "").startswith("VARIATION SELECTOR"):
        return ""
    tag, _, codes = f" {unicodedata.decomposition(character)}".rpartition("> ")
    spacing_accent = codes.startswith("0020 ")  # NFKC would break "´" into a space and a mark, cutting words in two
    if not codes.strip() or character in _KEPT or f"{tag.strip()}>" in _KEPT_TAGS or (tag and spacing_accent):
        return character
    return "".join(_resolve(chr(int(code, 16))) for code in codes.split())


_NORMAL = _CharacterTable(_resolve)
_MOST_MARKS = 30  # Unicode's stream-safe text format (UAX #15, section 13): no language stacks more on a character
_LONG_RUN = re.compile(rf"[^\w\x00-\u02ff]{{{_MOST_MARKS + 1},}}")  # a run of marks too long is in one: no mark is a \w


def _cap_marks(run: re.Match[str]) -> str:
    pieces = groupby(run.group(), key=lambda character: unicodedata.combining(character) > 0)
    return "".join("".join(islice(piece, _MOST_MARKS) if marks else piece) for marks, piece in pieces)


def normalise(raw: str) -> str:
    """NFKC, less what would change what is said or how Chinese is written.

    Superscripts, subscripts, fractions and circled numbers stay (10⁻¹², m², ½, ①), as do the full-width marks
    ，。：；？！（） and the ellipsis. Hyphen-like dashes become "-"; every space becomes " "; every line end "\\n";
    invisible, control and surrogate characters go, and so does what follows 30 combining marks on one character, since
    composing takes time in the square of their number. Idempotent.
    """
    resolved = raw.replace("\r\n", "\n").translate(_NORMAL)
    return unicodedata.normalize("NFC", _LONG_RUN.sub(_cap_marks, resolved))


def squeeze(text: str) -> str:
    """Normalised text on one line, with single spaces and none at the ends."""
    return " ".join(normalise(text).split())


# --- Joining wrapped lines --------------------------------------------------------------------------------------------

_WIDE = rf"{HAN}{KANA}\u3001-\u303f\u30fb\uff01-\uff65"
_EITHER = "“”‘’—…·"  # written in both scripts: they take the side of their neighbour
_FULL_WIDTH = "\u3001-\u3004\u3008-\u3020\uff01-\uff65"  # punctuation that carries its own space
_NO_SPACE = re.compile(rf"[{_WIDE}][{_WIDE}{_EITHER}]|[{_EITHER}][{_WIDE}]|[{_FULL_WIDTH}].|.[{_FULL_WIDTH}]")
_TIGHT = re.compile(rf"[{HAN}{KANA}][A-Za-z0-9]|[A-Za-z0-9][{HAN}{KANA}]")
_SPACED = re.compile(rf"[{HAN}{KANA}] [A-Za-z0-9]|[A-Za-z0-9] [{HAN}{KANA}]")
_HYPHENATED = re.compile(r"([^\W_]+)-$")


def join_lines(lines: Iterable[str], compounds: Collection[str] = ()) -> str:
    """Unwrap the lines of one paragraph.

    Args:
        lines: Normalised lines.
        compounds: Lower-case words known to be written with a hyphen ("co-packaged"), kept when cut at theirs.

    Returns:
        One line: no space at a wrap between Chinese or Japanese characters or beside a full-width mark; one space
        elsewhere, unless the paragraph writes Latin against Chinese without; a lower-case word cut by a hyphen mended
        ("pack-", "age" → "package").
    """
    kept = [line for line in (line.strip() for line in lines) if line]
    habit = [len(pattern.findall(line)) for pattern in (_TIGHT, _SPACED) for line in kept]
    tight = sum(habit[: len(kept)]) > sum(habit[len(kept) :])
    parts = kept[:1]
    for before, after in pairwise(kept):
        if _is_mended(before, after, compounds):
            parts[-1] = parts[-1][:-1]
        elif not (_is_seamless(before, after) or (tight and _TIGHT.match(before[-1] + after[0]))):
            parts.append(" ")
        parts.append(after)
    return "".join(parts)


def _is_seamless(before: str, after: str) -> bool:
    """Whether nothing goes between two lines: no space, and no mending of what is there."""
    return bool(_NO_SPACE.match(before[-1] + after[0])) or bool(_HYPHENATED.search(before[-60:]) and after[0].isalnum())


def _is_mended(before: str, after: str, compounds: Collection[str]) -> bool:
    """Whether the hyphen at the end of a line only parts a word."""
    cut = _HYPHENATED.search(before[-60:])
    if cut is None or not before[-2].islower() or not after[0].islower():
        return False
    tail = re.match(r"[^\W_]*", after)
    return f"{cut.group(1)}-{tail.group() if tail else ''}".lower() not in compounds


# --- Sentences --------------------------------------------------------------------------------------------------------

_CLOSERS = "”’」』）】》〉)]\"'*"
_STOP = re.compile(rf"(?:[。！？｡]+|[.!?]+)[{re.escape(_CLOSERS)}。！？.!?]*|\n")
_WORD_BEFORE = re.compile(r"[A-Za-z][A-Za-z.]*$")
_ONLY_NUMBER = re.compile(r"[\s(（]*(?:\d{1,3}(?:\.\d{1,3})*|[A-Za-z]|[ivxIVX]{1,5})$")
_ATTRIBUTION = re.compile("と|っ|の|が|を|に|や|へ|など|[，、；：,;]")
_NEVER_LAST = re.compile(
    r"e\.g|i\.e|eg|ie|cf|vs|v|mr|mrs|ms|dr|prof|st|figs?|eqs?|sec|ch|vol|pp?|approx|ca|est|incl|excl|viz|resp|"
    r"jan|feb|mar|apr|jun|jul|aug|sept?|oct|nov|dec"
)
_SELDOM_LAST = re.compile(r"inc|corp|co|ltd|llc|plc|bros|dept|univ|al|jr|sr|etc|a\.m|p\.m|ph\.d|u\.s|u\.k|u\.n|e\.u")
_STARTER = re.compile(
    r"the|an?|its?|this|that|these|those|he|she|we|they|i|you|in|on|at|as|by|for|from|to|of|with|if|when|while|"
    r"however|but|and|so|also|both|most|many|some|all|each|there|here|after|before|since|although|under|over"
)
_NUMBER_BEFORE = re.compile(r"[0-9] ?$")
_NEXT_WORD = re.compile(r"\s*[(\[“‘\"']*(\w{0,20})")


def split_sentences(text: str) -> list[tuple[int, int]]:
    """Spans (start, end) of the sentences, without the space around them; a line end always ends a sentence.

    The spans cover everything that is not space, in order and without overlap. "；" does not end a sentence.
    """
    spans: list[tuple[int, int]] = []
    start = 0
    for stop in _STOP.finditer(text):
        if stop.group() == "\n" or _ends_sentence(text, start, stop):
            _add_span(spans, text, start, stop.end())
            start = stop.end()
    _add_span(spans, text, start, len(text))
    return spans


def _add_span(spans: list[tuple[int, int]], text: str, start: int, end: int) -> None:
    piece = text[start:end]
    kept = piece.strip()
    if kept:
        begin = start + piece.index(kept[0])
        spans.append((begin, begin + len(kept)))


def _ends_sentence(text: str, start: int, stop: re.Match[str]) -> bool:
    """Whether the mark (with its closing quotes and brackets) ends the sentence that began at ``start``."""
    marks, after = stop.group(), text[stop.end() : stop.end() + 1]
    if marks[0] in "。！？｡":
        return not (len(marks) > 1 and _ATTRIBUTION.match(text, stop.end())) and after not in ("，", "、", "；")
    before = text[stop.start() - 1 : stop.start()] if stop.start() > start else ""
    if after and not after.isspace():
        return _is_wide(after) and (_is_wide(before) or marks[0] in "!?") and after not in "，、；：）"
    following = _next_word(text, stop.end())
    if following[:1].islower() or not before:
        return False
    return marks[0] != "." or marks[:2] == ".." or _full_stop(text, start, stop.start(), following)


def _full_stop(text: str, start: int, dot: int, following: str) -> bool:
    """Whether the "." at ``dot``, followed by space, is a full stop rather than part of an abbreviation or number."""
    if dot - start <= 16 and _ONLY_NUMBER.match(text, start, dot):
        return False  # "1. Surface", "2.3. Method", "A. Scope"
    found = _WORD_BEFORE.search(text, max(start, dot - 20), dot)
    if found is None:
        return True
    word = found.group().lower()
    whole = found.start() == start or text[found.start() - 1] in " (（[“‘\"'\n"
    if not whole:
        return True
    if word == "no":
        return not following[:1].isdigit()
    if len(word) == 1 and word != "i" and text[found.start()].isupper():
        return bool(_NUMBER_BEFORE.search(text, start, found.start()))  # "needs 30 W. It", but "J. Smith"
    if _SELDOM_LAST.fullmatch(word):
        return bool(_STARTER.fullmatch(following.lower()))
    return not _NEVER_LAST.fullmatch(word)


def _next_word(text: str, position: int) -> str:
    found = _NEXT_WORD.match(text, position)
    return found.group(1) if found else ""


@cache
def _is_wide(character: str) -> bool:
    return bool(re.match(f"[{_WIDE}]", character))


# --- Language ---------------------------------------------------------------------------------------------------------

_HAN_CHARACTER = re.compile(f"[{HAN}]")
_KANA_CHARACTER = re.compile(f"[{KANA}]")
_LATIN_WORD = re.compile(r"(?<![^\W_])[A-Za-zÀ-ɏ][A-Za-zÀ-ɏ'’]+(?![^\W_])")
_ENOUGH_HAN = 30


def language_of(text: str, hint: Language = "und") -> Language:
    """The language of a piece of text, by its script.

    Han and kana are weighed against Latin words; a name or an acronym weighs little, because Chinese writes foreign
    names in Latin, and a lower-case word much, because only English uses those. Text without words is in ``hint``.
    """
    han, kana = len(_HAN_CHARACTER.findall(text)), len(_KANA_CHARACTER.findall(text))
    words = _LATIN_WORD.findall(text)
    plain = sum(word.islower() for word in words)
    if not (han or kana or words):
        others = sum(character.isalpha() and not character.isascii() for character in text[:2000])
        return "und" if others > len(text[:2000]) / 4 else hint
    if 2 * plain + 0.7 * (len(words) - plain) > han + kana:
        return "en"
    if kana * 10 >= han and kana:
        return "ja"
    return "ja" if hint == "ja" and (kana or han < _ENOUGH_HAN) else "zh"


# --- Comparing --------------------------------------------------------------------------------------------------------

_ALIKE = {
    "'": "‘’‚‛′`´",
    '"': "“”„‟″「」『』",
    "-": "‐‑‒–—―−﹣",
    ",": "、",
    ".": "。｡",
    "[": "【〔",
    "]": "】〕",
    "<": "《〈",
    ">": "》〉",
    "~": "〜∼",
    ":": "∶",
    "·": "・•‧∙",
}
_FOLDED = str.maketrans(
    {chr(code + 0xFEE0): chr(code) for code in range(0x21, 0x7F)}
    | {like: plain for plain, likes in _ALIKE.items() for like in likes}
    | {chr(code): " " for code in range(0x3001) if unicodedata.category(chr(code)) == "Zs"}
)


def fold(text: str) -> str:
    """Text with look-alike punctuation made equal, character for character: ``len(fold(t)) == len(t)``.

    For comparison only; case is kept.
    """
    return text.translate(_FOLDED)


@cache
def _width(character: str) -> int:
    return 2 if unicodedata.east_asian_width(character) in "WF" else 1


def columns(text: str) -> int:
    """Display width: Chinese, Japanese and full-width characters take two columns."""
    return len(text) if text.isascii() else sum(map(_width, text))


_SOURCE_NOTE = re.compile(r"[(（][^()（）]{0,120}(?<!\d)(?:19|20)\d\d(?!\d)[^()（）]{0,120}[)）]")


def find_source_notes(text: str) -> Iterator[str]:
    """The bracketed source notes of a text, left to right: "9 W (TechSpot, 2025)" → "(TechSpot, 2025)"."""
    return (note[0] for note in _SOURCE_NOTE.finditer(text))


def without_source_notes(text: str) -> str:
    """The text with bracketed source notes blanked out, character for character: "9 W (TechSpot, 2025)" → "9 W".

    A bracket that holds a year names a source; what stands in it is not what the sentence is about.
    """
    return _SOURCE_NOTE.sub(lambda note: " " * len(note[0]), text)
