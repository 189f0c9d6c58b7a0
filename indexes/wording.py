"""Word a question for the passages of each language: its own terms, and the glossary's names for what it mentions."""

import re
from collections.abc import Mapping

from corpus.document import Language
from corpus.lexicon import Lexicon
from corpus.text import HAN, KANA, normalise
from indexes.tokens import Tokeniser

ALIAS = 0.5
"""What another name of the same thing weighs, where a word of the question itself weighs 1."""

_LATIN_NAME = re.compile(rf"(?:(?![{HAN}{KANA}])[^\W_])+(?:[.&+/'’_-](?![{HAN}{KANA}])[^\W_]+)*")


def word_query(
    query: str, language: Language, target: Language, tokeniser: Tokeniser, lexicon: Lexicon
) -> Mapping[str, float]:
    """Weighted terms to look for in passages of the target language, the question's own terms first.

    Across languages only the glossary's translations are used, and the names and figures that every language writes
    alike (NVIDIA, 51.2T): an English word that turns up in a Chinese passage says nothing.
    """
    own = language in (target, "und")
    weights = dict.fromkeys(tokeniser.terms(query if own else _names(query, language), language), 1.0)
    for mention, names in lexicon.translate(query, target):
        abbreviations = [name for name in mention.term.names.get("en", ()) if name.isupper()]
        for name in (*names, *abbreviations):
            for term in tokeniser.terms(name, target):
                weights.setdefault(term, ALIAS if own else 1.0)
    return weights


def _names(query: str, language: Language) -> str:
    """The names and figures in a question: any Latin word among Han or kana; in English, what is no plain word."""
    found = list(_LATIN_NAME.finditer(normalise(query)))
    if language == "en":
        found = [run for run in found if _is_name(run.group(), first=run.start() == 0)]
    return " ".join(run.group() for run in found)


def _is_name(word: str, *, first: bool) -> bool:
    """Whether an English word is a name, an abbreviation or a figure; the first word is capitalised in any case."""
    inner = word[1:]
    return any(map(str.isdigit, word)) or inner != inner.lower() or (word[0].isupper() and not first)
