"""Whether a text itself says that its sources differ."""

import re
from functools import lru_cache

from agent.judging.wording.cues import find_cues

_DIFFER = re.compile(
    r"\bone (?:source|text|report|blog)\b.{0,120}\banother\b|\belsewhere\b"
    r"|相差|[两兩三四2-4]种说法|[二三]説|の?説が分かれ|不同(?!版|的?产品|等级)(?=\s*(?:[（(。，]|$))",
    re.IGNORECASE,
)


@lru_cache(maxsize=1024)
def says_sources_differ(text: str) -> bool:
    """Whether a text itself says that what it gives differs by source: "30% in one source, 60% in another", 相差."""
    return bool(_DIFFER.search(text)) or says_contradiction(text)


def says_contradiction(text: str) -> bool:
    """Whether a text says so in so many words: "the two figures conflict", 互相矛盾."""
    return any(("agreement", -1) in cue.sides() for cue in find_cues(text))
