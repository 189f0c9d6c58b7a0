"""What the model must fill in: a DraftAnswer, untrusted until verified."""

from pydantic import BaseModel, Field


class DraftQuote(BaseModel):
    """Words copied from a passage."""

    passage_id: str = Field(max_length=100, description="id of a passage returned by a tool, e.g. 3fa9c1d2e4-1.2")
    quote: str = Field(
        max_length=4000, description="words copied from that passage, character for character, in its own language"
    )


class DraftClaim(BaseModel):
    """One statement with the words or calculations that prove it."""

    text: str = Field(max_length=4000, description="one statement, in the language of the question")
    quotes: list[DraftQuote] = Field(
        default_factory=list, max_length=50, description="the words that prove the statement"
    )
    calculation_ids: list[str] = Field(
        default_factory=list, max_length=50, description="ids returned by the calculate tool, e.g. c1"
    )


class DraftAnswer(BaseModel):
    """The answer: statements with their proof, or what is missing when the passages do not answer."""

    claims: list[DraftClaim] = Field(
        default_factory=list, max_length=100, description="the answer; empty when nothing answers"
    )
    missing: str = Field(
        default="", max_length=1000, description="when nothing answers: what was looked for and not found"
    )
    needed: list[str] = Field(
        default_factory=list,
        max_length=20,
        description="when a calculation lacks inputs that nothing gives: formula_id.input of each",
    )
    nearest: DraftQuote | None = Field(default=None, description="when nothing answers: the closest words seen")
