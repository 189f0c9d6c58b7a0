"""The words beside a number: which of them speak of it, and how strongly they name an argument."""

import re
from collections.abc import Iterator

_FAR = 48  # characters beside a number that may speak of it


_HARD = re.compile(r"[,;?!，；？！。、]|\.(?![0-9])|[(（)）](?=.)|[:：](?=\s*\S)")
_STRONG = re.compile(
    r"\b(?:and|or|but|to|into|versus|vs\.?|than|instead|replaced|replacing|while|whereas|then|plus|compared)\b"
    r"|→|->|改为|改用|换成|换为|换到|替换为|降到|降至|降为|减到|减至|升到|升至|增至|增到|变为|变成|[和与及跟到至比较]|相比|替代|取代"
)
_WEAK = re.compile(r"\b(?:with|at|from|against|by|using|given|assuming|where|when|if)\b|[由从按以对在]")


def _cut(gap: str) -> int:
    """Where the words between two numbers part: at what joins or contrasts them, else at a preposition; −1 nowhere."""
    joints = list(_STRONG.finditer(gap))
    if joints:
        return joints[-1].start()
    weak = _WEAK.search(gap)
    return weak.start() if weak else -1


def beside(low: str, start: int, end: int, left: int, right: int) -> tuple[str, str, bool, bool]:
    """The words before and after ``low[start:end]`` that speak of it, and whether a neighbour may as well claim them.

    Args:
        left, right: Where the number before ends and the number after begins; 0 and the text's length without one.
    """
    before, loose_before = _before(low[max(left, start - _FAR) : start], left > 0)
    after, loose_after = _after(low[end : min(right, end + _FAR)], right < len(low))
    return before, after, loose_before, loose_after


def parts_clause(gap: str) -> bool:
    """Whether the words between two numbers end a clause."""
    return bool(_HARD.search(gap))


def _before(gap: str, between: bool) -> tuple[str, bool]:
    """The part of a gap that speaks of the number after it, and whether the number before it may claim it too."""
    stripped = gap.rstrip(" :：=(（")
    cuts = [match.end() for match in _HARD.finditer(stripped)]
    if cuts:
        return gap[cuts[-1] :].strip(), False
    if between and (cut := _cut(stripped)) >= 0:
        return gap[cut:].strip(), False
    return gap.strip(), between


def _after(gap: str, between: bool) -> tuple[str, bool]:
    """The part of a gap that speaks of the number before it, and whether the number after it may claim it too."""
    inner = gap.lstrip(" )）")
    cut = _HARD.search(inner.rstrip(" :：=(（") + " ")
    if cut:
        return inner[: cut.start()].strip(), False
    if between and (at := _cut(inner)) >= 0:
        return inner[:at].strip(), False
    return inner.strip(), between


_LINK = re.compile(
    r"(?:[\s:：=(（$¥]|\b(?:is|are|was|of|at|by|about|around|to be|equal to|equals|only|a|an|the|be|with|having|for|"
    r"some|each|value|rate)\b|为|是|约|大约|有|达|即|按|取|设|共|各|均|都|只|仅|在|等于|分别)*$"
)


def unlinked(before: str) -> str:
    """The words before a number without those that only link them to it ("sales of about")."""
    return _LINK.sub("", before)


_OPEN = re.compile(
    r"(?:[\s\-)）的]|\bof\b|\bin\b|\ban?\b|\bthe\b|\bfor\b|\boptical\b|[个只根颗条台片块层路套名件次家座张道]|每)*"
)


def nearness(before: str, after: str, loose: tuple[bool, bool], cues: tuple[str, ...], leads: tuple[str, ...]) -> float:
    """How strongly the words beside a number name it by one of the cues: 3 when they touch, less further off, 0 not.

    Args:
        loose: Whether the words before and after may as well speak of the number on their other side.
        leads: Words that name it only before it.
    """
    best = 0.0
    core = _LINK.sub("", before)
    for cue in (*cues, *leads):
        word = cue.lower()
        at = max(positions(before, word), default=-1)
        touches = at + len(word) >= len(core)
        if at > 0 and word in _PREPOSITIONS and not touches:
            continue  # "we plan to swap 14 W modules" is no "to 14 W"
        if at >= 0:
            share = 0.5 if loose[0] and not touches else 1.0
            best = max(best, (3.0 if touches else 2.0) * share + len(word) / 50)
    opening = _OPEN.match(after)
    start = opening.end() if opening else 0
    for cue in cues:
        word = cue.lower()
        at = next(positions(after, word), -1)
        if at >= 0:
            touches = at <= start
            share = 0.5 if loose[1] and not touches else 1.0
            best = max(best, (3.0 if touches else 1.5) * share + len(word) / 50)
    return best


_PREPOSITIONS = frozenset(("to", "of", "at", "by", "in", "for", "from", "with", "than"))


def stands(text: str, word: str) -> bool:
    """Whether a word stands in the text; both in lower case."""
    return next(positions(text, word), None) is not None


def positions(text: str, word: str) -> Iterator[int]:
    """Where a word stands in the text, whole where it is Latin (a plural s allowed); both in lower case."""
    at = text.find(word)
    while at >= 0:
        end = at + len(word)
        before, after = text[at - 1 : at], text[end : end + 1]
        if word[-1].isascii() and word[-1].isalpha() and after == "s" and not text[end + 1 : end + 2].isalpha():
            after = text[end + 1 : end + 2]
        opens = not (word[0].isascii() and word[0].isalnum() and before.isascii() and before.isalpha())
        closes = not (word[-1].isascii() and word[-1].isalnum() and after.isascii() and after.isalpha())
        if opens and closes:
            yield at
        at = text.find(word, at + 1)
