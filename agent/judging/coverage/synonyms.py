"""Words that say the same in reports of any trade, in English, Chinese and Japanese, irregular forms with them.

synonyms.csv holds a group a row, "|" between its words. A word may belong to several groups; no group holds opposites,
nor quantities that an engineer keeps apart (energy and power, cost and price, heat and temperature).

>>> bool(groups_of("bought") & groups_of("收购")), bool(groups_of("energy") & groups_of("power"))
(True, False)
"""

from collections.abc import Mapping
from functools import cache, lru_cache
from importlib.resources import files

from indexes.dictionary import load_dictionary
from indexes.tokens import stem


@lru_cache(maxsize=20_000)
def groups_of(word: str) -> frozenset[str]:
    """Keys of the groups that a word or its stem stands in; none for most words."""
    word = load_dictionary().simplify(word).lower()
    table = _table()
    return table.get(word, frozenset()) | table.get(stem(word), frozenset())


@cache
def _table() -> Mapping[str, frozenset[str]]:
    """A word, simplified, or its stem → its groups."""
    rows = files("agent.judging.coverage").joinpath("synonyms.csv").read_text(encoding="utf-8").splitlines()[1:]
    table: dict[str, set[str]] = {}
    for number, row in enumerate(rows):
        for word in row.split("|"):
            simple = load_dictionary().simplify(word)
            for key in {simple, stem(simple)}:
                table.setdefault(key, set()).add(f"≈{number}")
    return {word: frozenset(keys) for word, keys in table.items()}
