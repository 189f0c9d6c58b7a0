"""Find a quote in a text, character for character, or say why it does not stand there.

Both sides get the one normalisation (corpus.text.normalise) and a length-preserving fold of quotation marks and
full-width punctuation; white space counts as one space, and as none beside Han or kana. Nothing else is forgiven.
A quote may be a fragment of a sentence, but its edges must not cut a word, a name or a quantity, nor drop a negation:
"1.2" does not stand in "51.2", "5" does not stand in "5 %", "makes lasers" does not stand in "no longer makes lasers".
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from corpus.lexicon import Mention, load_lexicon
from corpus.quantities import Quantity, find_quantities
from corpus.text import columns, fold, normalise

_MIN_CHARACTERS = 4
_LATIN_WORD = re.compile(r"[^\W_]")
_CLAUSE_END = re.compile(r"[,.;:!?()\"|、。]|\n")
# An aside between a negation and what it denies: "does not, as of 2025, make".
_ASIDE = re.compile(r"\s*(?:,[^,.;]{1,60},|\([^()]{1,60}\))\s*$")
_NEGATION_BEFORE = re.compile(
    r"\b(?:not|no|non|none|never|without|nor|neither|cannot|hardly|barely|rarely|few|unable|unlikely|false|untrue|fail\w*|"
    r"refus\w+|den(?:y|ies|ied)|stop(?:s|ped)?|ceas\w+|instead of|rather than)\b|n't\b|"
    r"[不没沒未无無非勿莫]|缺乏|难以|難以|否认|否認|停止|拒绝|拒絕|放弃|放棄|取消",
    re.IGNORECASE,
)
_NEGATION_AFTER = re.compile(
    r"^\s*(?:is|are|was|were|has|have|had|does|do|did|will|can|could|should|would|may|might|must)(?:\s+not\b|n't\b|\s+never\b)"
    r"|^\s*(?:is|was)\s+(?:false|untrue|wrong|denied)\b"
    r"|^.{0,4}?(?:说法|說法|传言|傳言|消息)?(?:不实|不實|不成立|有误|有誤|并非事实|被否认)"
    r"|^[\u3041-\u309f\u4e00-\u9fff]{0,8}?(?:ない|なかっ|ません|せず|らず|さず|かず|ぬ(?![\u3041-\u309f]))",
    re.IGNORECASE,
)
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


def find_quote(text: str, quote: str, near: int | None = None) -> Span | Mismatch:
    """Find ``quote`` in ``text`` (normalised page or passage text).

    Returns the first place where it stands with clean edges; offsets are into ``text``. A quote may run over the
    end of a line of the text (a block or table row) only where it has a line end itself.

    Args:
        near: Of several such places the one that starts nearest to this offset, instead of the first.
    """
    quote = normalise(quote)
    needles = dict.fromkeys(_compact(words)[0] for words in (quote, quote.replace("\n", " ")))
    if len("".join(quote.split())) < _MIN_CHARACTERS:
        return Mismatch(f"is too short to prove anything (under {_MIN_CHARACTERS} characters)")
    haystack, origins = _compact(text)
    mismatch = Mismatch("does not stand in the passage word for word")
    for needle in needles:
        places = _occurrences(haystack, needle)
        for at in places if near is None else sorted(places, key=lambda at: abs(origins[at] - near)):
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


@lru_cache(maxsize=16)
def _compact(text: str) -> tuple[str, list[int]]:
    """Folded text with white space made comparable, and for each character its offset in ``text``."""
    characters: list[str] = []
    origins: list[int] = []
    folded = fold(text)
    gap = -1
    for offset, character in enumerate(folded):
        if character.isspace():
            gap = offset if gap < 0 else gap
            continue
        if gap >= 0 and characters:
            if "\n" in text[gap:offset]:
                characters.append("\n")
                origins.append(gap)
            elif not (_is_wide(folded[origins[-1]]) or _is_wide(character)):
                characters.append(" ")
                origins.append(gap)
        gap = -1
        characters.append(character)
        origins.append(offset)
    return "".join(characters), origins


def _is_wide(character: str) -> bool:
    return columns(character) == 2


@lru_cache(maxsize=16)
def _marks(line: str) -> tuple[tuple[Quantity, ...], tuple[Mention, ...]]:
    """Quantities and names of a line; a quote that recurs in a long line asks for them each time."""
    return tuple(find_quantities(line)), tuple(load_lexicon().find(line))


def _edge_fault(text: str, span: Span) -> str:
    """Why the span's edges are not clean; "" when they are."""
    for edge in (span.start, span.end):
        if 0 < edge < len(text) and _is_latin(text[edge - 1]) and _is_latin(text[edge]):
            return "begins or ends inside a word"
    line_start = text.rfind("\n", 0, span.start) + 1
    line_end = text.find("\n", span.end)
    line = text[line_start : line_end if line_end >= 0 else len(text)]
    start, end = span.start - line_start, span.end - line_start
    before, after = fold(line[:start]), fold(line[end:])
    if _HIRAGANA.match(line[end - 1]) and _HIRAGANA.match(after):
        return "ends inside a word"
    return _cut_fault(line, start, end) or _hyphen_fault(before, after) or _negation_fault(before, after)


def _cut_fault(line: str, start: int, end: int) -> str:
    """Whether ``line[start:end]`` cuts a quantity or a name, or leaves out a word that bounds or signs a quantity."""
    quantities, mentions = _marks(line)
    for quantity in quantities:
        if quantity.start < start < quantity.end or quantity.start < end < quantity.end:
            return f"cuts the quantity “{quantity.text}”"
    for mention in mentions:
        if mention.start < start < mention.end or mention.start < end < mention.end:
            return f"cuts the name “{line[mention.start : mention.end]}”"
    inside = [(one.low, one.high, one.unit, one.bound) for one in quantities if start <= one.start and one.end <= end]
    alone = [(one.low, one.high, one.unit, one.bound) for one in find_quantities(line[start:end])]
    return "" if inside == alone else "leaves out what bounds or qualifies a number"


def _hyphen_fault(before: str, after: str) -> str:
    """Whether a compound is cut at its hyphen, or a power at its base: "non-|hermetic", "lead|-free", "10|⁻¹²"."""
    cut = re.search(r"(?:\w|^|\s)-$", before) or re.match(r"-\w|[⁰¹²³⁴-⁹⁺⁻^]|\s?[×x]\s?10", after)
    return "cuts a compound, a sign or a range" if cut else ""


def _negation_fault(before: str, after: str) -> str:
    clauses = (_CLAUSE_END.split(text)[-1] for text in (before, _ASIDE.sub(" ", before)))
    if any(_NEGATION_BEFORE.search(clause) for clause in clauses):
        return "leaves out the negation before it"
    if _NEGATION_AFTER.search(after):
        return "leaves out the negation after it"
    return ""


def _is_latin(character: str) -> bool:
    return bool(_LATIN_WORD.match(character)) and not _is_wide(character)
