"""Whether a claim in another language than its quote holds the same one against the other: "A is cheaper", B比A便宜.

Names and numbers on the two sides of a comparison are looked for on those of the other text, by what the dictionary
says and by their sound. Where it goes the other way ("dearer"), or that cannot be told, nothing is said.

    >>> find_comparison_fault("力拓的矿石比必和必拓便宜。", "Ore from BHP is cheaper than from Rio Tinto.").contradicts
    True
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from agent.judging.identity.groups import Sentence, Word, read_sentences
from agent.judging.identity.renderings import sounds_like
from agent.judging.judgement import Fault
from agent.judging.numbers.binding import speak_alike
from agent.judging.wording.cues import Meaning, find_cues
from indexes.dictionary import load_dictionary
from indexes.tokens import stem

_THAN = {
    "latin": re.compile(r"\bthan\b"),
    "zh": re.compile("比(?![较較例重如特亚亞利赛賽])|[高低多少大小快慢优]于"),
    "ja": re.compile("より"),
}
_SUBJECT = re.compile("[はが]")


@dataclass(frozen=True, slots=True)
class _Comparison:
    """Names and numbers of what is held against something, those of what it is held against, and how."""

    subject: tuple[str, ...]
    standard: tuple[str, ...]
    sides: frozenset[Meaning]


def find_comparison_fault(claim: str, quote: str) -> Fault | None:
    """The first comparison of a claim that a quote in another language makes the other way round."""
    if speak_alike(claim, quote) or "|" in quote:
        return None
    for mine in _comparisons(claim):
        for theirs in _comparisons(quote):
            turned = {(axis, -side) for axis, side in theirs.sides}
            if not mine.sides & theirs.sides or mine.sides & turned:
                continue
            straight = _meet(mine.subject, theirs.subject) or _meet(mine.standard, theirs.standard)
            crossed = _meet(mine.subject, theirs.standard) or _meet(mine.standard, theirs.subject)
            if crossed and not straight:
                return Fault("what is held against what has changed places between the quote and the claim", True)
    return None


def _comparisons(text: str) -> Iterator[_Comparison]:
    for sentence in read_sentences(text):
        said = sentence.said
        script = "ja" if sentence.language == "ja" else "zh" if re.search("[\u4e00-\u9fff]", said) else "latin"
        found = _THAN[script].search(text, sentence.start, sentence.end)
        if found is None:
            continue
        before, after = _around(sentence, found, script)
        sides = frozenset(side for cue in find_cues(said) for side in cue.sides())
        only = tuple(one for one in before if one not in after), tuple(one for one in after if one not in before)
        yield _Comparison(*only, sides)


def _around(sentence: Sentence, than: re.Match[str], script: str) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Names and numbers before and after "than"; in Japanese before and after what the sentence is about."""
    middle = than.start()
    if script == "ja":
        subject = _SUBJECT.search(sentence.text, sentence.start, sentence.end)
        if subject is None:
            return (), ()
        first, last = sorted((subject.start(), than.start()))
        sides = _telling(sentence, sentence.start, first), _telling(sentence, first, last)
        return sides if subject.start() < than.start() else (sides[1], sides[0])
    return _telling(sentence, sentence.start, middle), _telling(sentence, middle, _end(sentence, than.end()))


def _end(sentence: Sentence, start: int) -> int:
    """Where the part of a sentence ends that begins with what something is held against."""
    stop = re.compile(r"[,;，；、]|\b(?:but|and|while)\b").search(sentence.text, start, sentence.end)
    return stop.start() if stop else sentence.end


def _telling(sentence: Sentence, start: int, end: int) -> tuple[str, ...]:
    inside = [one for one in sentence.words if start <= one.start < end]
    numbers = [one.key for one in inside if one.sort]
    return (*numbers, *_names(sentence.text, inside))


def _names(text: str, words: Sequence[Word]) -> Iterator[str]:
    for one in words:
        written = text[one.start : one.end].removeprefix("比")
        if one.sort or one.little:
            continue
        if one.named or one.key[:2] in ("EN", "CO"):
            yield one.key if re.fullmatch(r"(?:EN|CO)\d+", one.key) else written


def _meet(mine: Sequence[str], theirs: Sequence[str]) -> bool:
    """Whether a name or number of the one stands among those of the other."""
    return any(_is_same(one, other) for one in mine for other in theirs)


def _is_same(one: str, other: str) -> bool:
    if one == other:
        return True
    if one.isascii() == other.isascii():
        return False
    latin, wide = (one, other) if one.isascii() else (other, one)
    rendered = {word for gloss in load_dictionary().translate(wide) for word in gloss}
    return stem(latin.lower()) in rendered or sounds_like(latin, wide)
