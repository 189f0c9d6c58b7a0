"""What the model must fill in: a DraftAnswer, untrusted until verified."""

import json
from collections.abc import Mapping
from typing import Any

from pydantic import BaseModel, Field, ValidationError

from agent.errors import AnsweringError


class DraftQuote(BaseModel):
    """Words copied from a passage."""

    passage_id: str = Field(max_length=100, description="id of a passage that a tool returned")
    quote: str = Field(max_length=4000, description="its words, character for character")


class DraftClaim(BaseModel):
    """One statement with the words or calculations that prove it."""

    text: str = Field(max_length=4000, description="one statement, in the question's language")
    quotes: list[DraftQuote] = Field(default_factory=list, max_length=50, description="what proves it")
    calculation_ids: list[str] = Field(
        default_factory=list, max_length=50, description="ids of the calculations that prove it"
    )


class DraftAnswer(BaseModel):
    """Give the answer: statements with their proof, or what is missing."""

    claims: list[DraftClaim] = Field(default_factory=list, max_length=100, description="empty when nothing answers")
    missing: str = Field(default="", max_length=1000, description="when nothing answers: what was not found")
    needed: list[str] = Field(
        default_factory=list, max_length=20, description="inputs that nothing gives, each as formula_id.input"
    )
    nearest: DraftQuote | None = Field(default=None, description="when nothing answers: the closest words seen")


_SHAPE = (
    '{"claims": [{"text": "…", "quotes": [{"passage_id": "…", "quote": "…"}], "calculation_ids": ["…"]}], '
    '"missing": "…"}'
)


def read_draft(given: Mapping[str, Any]) -> DraftAnswer:
    """A draft as a model sends it: one thing where a list belongs, JSON as text and empty places are read as meant.

    Raises:
        AnsweringError: It is no draft; the place that is wrong is named.
    """
    filled = _filled(given)
    claims = [{"text": claim} if isinstance(claim, str) else claim for claim in _listed(filled.get("claims"))]
    for claim in claims:
        if isinstance(claim, dict):
            claim |= {name: _listed(claim[name]) for name in ("quotes", "calculation_ids") if name in claim}
    draft = filled | {"claims": claims, "needed": _listed(filled.get("needed"))}
    try:
        return DraftAnswer.model_validate(draft)
    except ValidationError as error:
        place = "".join(f"[{one}]" if isinstance(one, int) else f".{one}" for one in error.errors()[0]["loc"])
        raise AnsweringError(
            "it is missing, too long or of another shape", where=f"DraftAnswer{place}", next_step=f"send {_SHAPE}"
        ) from error


def _filled(given: Any) -> dict[str, Any]:
    """What is given, without places left empty."""
    return {name: _without_nulls(value) for name, value in given.items() if value not in (None, "null")}


def _without_nulls(value: Any) -> Any:
    if isinstance(value, Mapping):
        return _filled(value)
    return [_without_nulls(one) for one in value if one is not None] if isinstance(value, list) else value


def _listed(value: Any) -> list[Any]:
    """A list as it is, one thing alone as a list of it, JSON of a list as that list."""
    if isinstance(value, str) and value.lstrip()[:1] in ("[", "{"):
        try:
            value = _without_nulls(json.loads(value))
        except (ValueError, RecursionError):  # words that open with a bracket
            return [value]
    return value if isinstance(value, list) else [value] if value else []
