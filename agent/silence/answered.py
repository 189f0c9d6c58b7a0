"""How the words of a finished answer fit its question: numbers that agent.silence.assurance weighs.

Each is the larger the better. They are read from the question and from what the leading claim quotes, which is what a
reader takes for the answer; with the built-in encoder, or from words alone without one.
"""

import math
import re
from collections.abc import Mapping, Sequence

import numpy as np

from agent.answer import Citation, Claim
from agent.candidates import head_units
from agent.judging.coverage.alignment import WEIGHT, Alignment, align
from agent.judging.coverage.support import covered, load_models
from agent.questions import asks_only
from agent.silence.asked import find_spans, read_type
from corpus.document import Language
from corpus.quantities import find_quantities, same_quantity
from corpus.units import CURRENCIES
from indexes.embeddings import TokenEncoder

Signals = Mapping[str, float]

MOST_QUOTES = 3
"""Quotes of the leading claim that are read."""
FARTHEST = 4.0
"""Log-odds of the passages past which they say no more."""
_PAID = re.compile(
    r"\b(?:pay|paid|price[sd]?|costs?|charges?|sells? for|sold for|worth|spen[dt]|invest(?:ed)?)\b|"
    r"多少钱|花了|售价|价格|价钱|投资了多少|卖多少|价款|いくら|価格",
    re.I,
)
"""A question for what is paid, however it is put."""


def read_answer(
    question: str,
    language: Language,
    claims: Sequence[Claim],
    *,
    passages: float | None = None,
    encoder: TokenEncoder | None = None,
) -> Signals:
    """What is known of an answer once it is written.

    Args:
        claims: Those that verification kept; at least one quotes.
        passages: The chance that the passages answer, from 0 to 1; None without an encoder that tells.
        encoder: Finds what is said in other words, or in another language.

    Returns:
        "said": how likely the quote that fits best says what the question speaks of, the mean of its words, from 0 to
        1; "least": the same of the word that it says least; "numbers": the share of the question's numbers that stand
        there; "kind": 1 where a thing of the kind asked for stands there that the question does not have itself;
        "single": one divided by the number of claims; "passages": the log-odds of ``passages``, where it is given.
    """
    quotes = _leading(claims)
    laid = [_coverage(align(question, _shown(one), encoder), "encoder" if encoder else "words") for one in quotes]
    said, least = max(laid)
    signals = {
        "said": said,
        "least": least,
        "numbers": max(_share_of_numbers(question, one) for one in quotes),
        "kind": max(_has_kind(question, language, one) for one in quotes),
        "single": 1 / len(claims),
    }
    return signals if passages is None else {**signals, "passages": _log_odds(passages)}


def _leading(claims: Sequence[Claim]) -> tuple[Citation, ...]:
    """The quotes of the first claim that has some."""
    return next(claim.citations for claim in claims if claim.citations)[:MOST_QUOTES]


def _shown(citation: Citation) -> str:
    return "\n".join([citation.quote, citation.header, *citation.section, citation.title])


def _coverage(laid: Alignment, model: str) -> tuple[float, float]:
    """How likely the question's words are said, in the mean and at least; the words of asking are none."""
    kept = [at for at, unit in enumerate(laid.units) if unit.kind is not None or not asks_only(unit.text)]
    if not kept:
        return 1.0, 1.0
    chances = covered(laid, load_models()[model].words)[kept]
    weights = np.clip(laid.clues[kept][:, WEIGHT], 0.5, 3.0)
    return float(np.average(chances, weights=weights)), float(chances.min())


def _share_of_numbers(question: str, citation: Citation) -> float:
    """The share of the question's numbers that a quote has too; 1 where it has none; not of years or counts."""
    asked = [one for one in find_quantities(question) if one.kind in ("measure", "label")]
    shown = _shown(citation)
    told, written = find_quantities(shown), "".join(shown.split())
    stand = [any(same_quantity(one, other) for other in told) or "".join(one.text.split()) in written for one in asked]
    return sum(stand) / len(stand) if stand else 1.0


def _has_kind(question: str, language: Language, citation: Citation) -> float:
    kind = "money" if _PAID.search(question) else read_type(question, language)
    if kind == "money" and any(unit in CURRENCIES for unit in head_units(citation.header)):
        return 1.0
    spans = find_spans(citation.quote, kind, citation.language)
    lowered = question.lower()
    return float(spans is None or any(citation.quote[a:b].strip().lower() not in lowered for a, b in spans))


def _log_odds(chance: float) -> float:
    bounded = min(max(chance, 1e-9), 1 - 1e-9)
    return max(-FARTHEST, min(FARTHEST, math.log(bounded / (1 - bounded))))
