"""Work out again how sure a stored answer is, from what its bundle holds."""

from agent.answer import Citation
from agent.bundle.bundle import Bundle
from agent.confidence import open_chance, say_doubt, weigh
from indexes.embeddings import BUILT_IN
from indexes.index import Embedder

SAME = 0.01
"""Two confidences no farther apart are one: machines differ in the last digits."""


def find_confidence_fault(bundle: Bundle, embedder: Embedder | None) -> tuple[str, str]:
    """Why a stored confidence is not the one that its question, claims and passages give, and what was not checked.

    Args:
        embedder: The encoder that the answer was made with; None where it is not at hand.

    Returns:
        (a fault, a note), in English; "" where there is none.
    """
    answer = bundle.answer
    if not answer.claims:
        return ("an answer that declines is said to be sure", "") if answer.confidence is not None else ("", "")
    quoted = any(claim.verdict == "quoted" for claim in answer.claims)
    if quoted and embedder is None and bundle.versions.get("encoder") == BUILT_IN:
        return "", "the confidence was not worked out again: this encoder is not the one that the answer was made with"
    if quoted and (fault := _passages_fault(bundle)):
        return fault, ""
    found = _again(bundle, embedder, quoted=quoted)
    if _near(found, answer.confidence):
        return _doubt_fault(bundle), ""
    told = f"the confidence is said to be {_shown(answer.confidence)}, and worked out again it is {_shown(found)}"
    return (told, "") if bundle.same_program else ("", f"{told}: another version of the program may weigh otherwise")


def _again(bundle: Bundle, embedder: Embedder | None, *, quoted: bool) -> float | None:
    answer = bundle.answer
    chance = None
    if quoted:
        chance = open_chance(embedder)(answer.question, answer.language, bundle.weighed, answer.claims)
    return weigh(chance, answer.claims, answer.unsupported, answer.conflicts)


def _doubt_fault(bundle: Bundle) -> str:
    """Whether an unsure answer does not say so, or says it otherwise, by the program that made it."""
    answer = bundle.answer
    doubt = say_doubt(answer.question, answer.language, answer.confidence, _quotes(bundle), bundle.weighed)
    same = doubt == answer.doubt or not bundle.same_program
    return "" if same else "what the answer says of its doubt is not what its quotes lack"


def _passages_fault(bundle: Bundle) -> str:
    """Whether the passages weighed are not those of the quotes, then others."""
    cited = list(dict.fromkeys(one.passage_id for one in _quotes(bundle)))
    ids = [one.id for one in bundle.weighed]
    if ids[: len(cited)] != cited[: len(ids)] or (cited and not ids):
        return "the confidence was not read from the passages that the answer quotes"
    if any(bundle.passages.get(one.id, one) != one for one in bundle.weighed):
        return "a passage that the confidence was read from is not the one of its page"
    return ""


def _quotes(bundle: Bundle) -> list[Citation]:
    """The quotes of the claims, then those of their calculations."""
    claims = bundle.answer.claims
    operands = (each for claim in claims for one in claim.calculations for each in one.citations)
    return [*(one for claim in claims for one in claim.citations), *operands]


def _near(one: float | None, other: float | None) -> bool:
    return one == other if one is None or other is None else abs(one - other) <= SAME


def _shown(confidence: float | None) -> str:
    return "none" if confidence is None else f"{confidence:.2f}"
