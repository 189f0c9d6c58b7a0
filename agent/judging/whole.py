"""Whether words stand in a text as a whole."""

import re
from collections.abc import Iterable


def stands_whole(words: str, texts: Iterable[str]) -> bool:
    """Whether words stand in a text without cutting a longer word or number; white space may differ, and case."""
    pattern = r"\s*".join(re.escape(piece) for piece in words.split())
    whole = re.compile(rf"(?<![0-9A-Za-z])(?<![0-9][.,]){pattern}(?![0-9A-Za-z]|[.,]\d)", re.IGNORECASE)
    return any(whole.search(text) for text in texts)
