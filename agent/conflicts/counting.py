"""What a number without a unit counts: "450 customers", 颗, 人."""

import re

from agent.conflicts.metrics import find_metrics
from agent.conflicts.words import find_mentions, light_words
from corpus.quantities import Quantity
from corpus.text import HAN, KANA
from indexes.tokens import terms

_CLASSIFIER = re.compile(
    r"\s?(?:多|余)?(?:[家个個台颗顆只隻条條种種名套块枚座项項款层辆根对對份点本社つ]|万只|units? of |of )?"
    r"\s?(?:the |its )?"
)
_COUNTED = re.compile(r"\s?(?:[a-z]+[ -]){0,2}?(?P<noun>[a-z]{3,}s|[A-Z]{2,6})(?![A-Za-z])")


def find_counted(text: str, quantity: Quantity, head: str) -> frozenset[str]:
    """What is counted: a term of the lexicon, or the stem of a plural."""
    if head:
        return frozenset() if find_metrics(head, "") else frozenset(f"of {one}" for one in terms(head))
    at = _CLASSIFIER.match(text, quantity.end)
    start = at.end() if at else quantity.end
    for mention in find_mentions(text):
        if start <= mention.start <= start + 12 and not re.search(r"[,.;，。；|]", text[start : mention.start]):
            return frozenset({f"of {mention.term.id}"})
    noun = _COUNTED.match(text, quantity.end)
    han = re.match(rf"[{HAN}{KANA}]{{2,6}}", text[start:])
    words = noun["noun"] if noun else han[0] if han else ""
    if not words or find_metrics(words, ""):
        return frozenset()
    return frozenset(f"of {one}" for one in terms(words)[:1] if one not in light_words())
