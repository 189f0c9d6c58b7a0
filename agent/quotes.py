"""Find a quote in a text, character for character, or say why it does not stand there.

Both sides get the one normalisation (corpus.text.normalise) and a length-preserving fold of quotation marks and
full-width punctuation; white space counts as one space, and as none beside Han or kana. Nothing else is forgiven.
A quote may be a fragment of a sentence, but its edges must not cut a word, a name or a quantity, nor drop a negation:
"1.2" does not stand in "51.2", "5" does not stand in "5 %", "makes lasers" does not stand in "no longer makes lasers".
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from corpus.lexicon import load_lexicon
from corpus.quantities import find_quantities
from corpus.text import columns, fold, normalise

_MIN_CHARACTERS = 4
_LATIN_WORD = re.compile(r"[^\W_]")
_NEGATION_EN = re.compile(
    r"(?:\b(?:not|no|never|without|nor|neither|cannot|hardly|barely|unable to|fail(?:s|ed)? to|refus(?:es|ed) to|"
    r"den(?:ies|ied)(?: that)?|no longer)|n't)(?:\s+[\w-]+){0,2}\s*$",
    re.IGNORECASE,
)
_NEGATION_HAN = re.compile(r"(?:不|没|沒|未|无|無|非|勿|莫|缺乏|难以|難以|否认|否認)[\u4e00-\u9fff]{0,2}\s*$")
# An aside between a negation and what it denies: "does not, as of 2025, make".
_ASIDE = re.compile(r"\s*(?:,[^,.;]{1,60},|\([^()]{1,60}\))\s*$")
_CLAUSE_END = re.compile(r"[,.;:!?()\"|、。]|\n")
_HIRAGANA = re.compile(r"[\u3041-\u309f]")


@dataclass(frozen=True, slots=True)
class Span:
    """Where a quote stands: ``text[start:end]``."""

    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Mismatch:
    """Why a quote does not stand in a text, as the end of the sentence "the quote …"."""

    reason: str


def find_quote(text: str, quote: str) -> Span | Mismatch:
    """Find ``quote`` in ``text`` (normalised page or passage text).

    Returns the first place where it stands with clean edges; offsets are into ``text``.
    """
    needle, _ = _compact(normalise(quote))
    if len(needle) < _MIN_CHARACTERS:
        return Mismatch(f"is too short to prove anything (under {_MIN_CHARACTERS} characters)")
    haystack, origins = _compact(text)
    mismatch = Mismatch("does not stand in the passage word for word")
    for at in _occurrences(haystack, needle):
        span = Span(origins[at], origins[at + len(needle) - 1] + 1)
        fault = _edge_fault(text, span)
        if not fault:
            return span
        mismatch = Mismatch(fault)
    return mismatch


def _occurrences(haystack: str, needle: str) -> Iterator[int]:
    at = haystack.find(needle)
    while at >= 0:
        yield at
        at = haystack.find(needle, at + 1)


def _compact(text: str) -> tuple[str, list[int]]:
    """Folded text with white space made comparable, and for each character its offset in ``text``."""
    characters: list[str] = []
    origins: list[int] = []
    gap = -1
    for offset, character in enumerate(fold(text)):
        if character.isspace():
            gap = offset if gap < 0 else gap
            continue
        if gap >= 0 and characters and not (_is_wide(text[origins[-1]]) or _is_wide(text[offset])):
            characters.append(" ")
            origins.append(gap)
        gap = -1
        characters.append(character)
        origins.append(offset)
    return "".join(characters), origins


def _is_wide(character: str) -> bool:
    return columns(character) == 2


def _edge_fault(text: str, span: Span) -> str:
    """Why the span's edges are not clean; "" when they are."""
    for edge in (span.start, span.end):
        if 0 < edge < len(text) and _is_latin(text[edge - 1]) and _is_latin(text[edge]):
            return "begins or ends inside a word"
    line_start = text.rfind("\n", 0, span.start) + 1
    line_end = text.find("\n", span.end)
    line = text[line_start : line_end if line_end >= 0 else len(text)]
    start, end = span.start - line_start, span.end - line_start
    for quantity in find_quantities(line):
        if _cut(quantity.start, quantity.end, start, end):
            return f"cuts the quantity “{line[quantity.start : quantity.end]}”"
    for mention in load_lexicon().find(line):
        if _cut(mention.start, mention.end, start, end):
            return f"cuts the name “{line[mention.start : mention.end]}”"
    before = fold(line[:start])
    if before.endswith("-") and line[start].isdigit():
        return "drops the sign or the beginning of a range"
    clauses = (_CLAUSE_END.split(text)[-1] for text in (before, _ASIDE.sub(" ", before)))
    if any(_NEGATION_EN.search(clause) or _NEGATION_HAN.search(clause) for clause in clauses):
        return "leaves out the negation before it"
    if end < len(line) and _HIRAGANA.match(line[end - 1]) and _HIRAGANA.match(line[end]):
        return "ends inside a word"
    return ""


def _is_latin(character: str) -> bool:
    return bool(_LATIN_WORD.match(character)) and not _is_wide(character)


def _cut(start: int, end: int, quote_start: int, quote_end: int) -> bool:
    return start < quote_start < end or start < quote_end < end
