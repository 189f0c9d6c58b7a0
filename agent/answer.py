"""The nouns of answering: Citation, Calculation, Claim, Step, Abstention, Answer.

An Answer is made only by agent.verification.verify and never edited. Everything in it is plain data that can be
saved, shown and checked again without a model.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Literal

from agent.calculator import Bilingual, Result
from corpus.document import Language, Mark
from corpus.quantities import Quantity

Verdict = Literal["quoted", "computed", "unsupported", "contradicted"]
"""How a claim is proved: by the document's words, by a calculation, or not at all; or what is shown says otherwise."""

NumeralOrigin = Literal["quote", "calculation", "question", "none"]
"""Where a number of a claim comes from."""

OriginKind = Literal["question", "quote", "calculation", "assumption", "unproven"]
"""Where an operand came from: the user's question, a document's words, an earlier calculation, a figure of the
reference table (named, with its source), or nowhere that is known."""


@dataclass(frozen=True, slots=True)
class Citation:
    """Exact words of a document: ``quote == page.text[start:end]``.

    Attributes:
        source: What the document was drawn from, as its manifest says; "" when it does not.
        page: Position in the file, from 1; ``page_label`` is what is printed on it.
        start, end: Character offsets into the page's normalised text.
        section: Headings above the quote, outermost first.
        header: Head row of the table the quote is a row of, else "".
        gloss: Pairs (name in the quote, its name in the question's language) where the two languages differ.
        marks: What the document's reader should beware of: what touches the quote first, then the rest, at most a few.
    """

    passage_id: str
    document_id: str
    title: str
    publisher: str
    published: str
    authority: str
    path: str
    language: Language
    page: int
    page_label: str
    section: tuple[str, ...]
    header: str
    start: int
    end: int
    quote: str
    gloss: tuple[tuple[str, str], ...] = ()
    source: str = ""
    marks: tuple[Mark, ...] = ()


@dataclass(frozen=True, slots=True)
class Origin:
    """Where an operand of a calculation came from.

    Attributes:
        citation: The words it stands in, of a quote.
        source: "c1.power_w", the result of an earlier calculation; the id of a row of the reference table.
    """

    operand: str
    kind: OriginKind
    citation: Citation | None = None
    source: str = ""


@dataclass(frozen=True, slots=True)
class Calculation:
    """A computed result with the origin of each operand; ``agent.calculator.recompute`` gives the result again."""

    id: str
    result: Result
    origins: tuple[Origin, ...]

    @property
    def proven(self) -> bool:
        """Whether the origin of every operand is known."""
        return bool(self.origins) and all(origin.kind != "unproven" for origin in self.origins)

    @property
    def citations(self) -> tuple[Citation, ...]:
        """The quotes that its operands stand in."""
        return tuple(origin.citation for origin in self.origins if origin.citation)


@dataclass(frozen=True, slots=True)
class Numeral:
    """One numeral of a claim and what it rests on: a row of the number ledger.

    Attributes:
        quantity: The number with its value, unit, scale and bound, at ``claim.text[start:end]``.
        period: The time it is said for, as written in the claim; "" where it says none.
        subjects: What it is said of: the names beside it in the claim, as written.
        citation, start, end: Where it stands: ``page.text[start:end]`` of the citation's page; the calculation's id
            and result are in ``source`` ("c1.power_w").
    """

    quantity: Quantity
    period: str
    subjects: tuple[str, ...]
    origin: NumeralOrigin
    citation: Citation | None = None
    start: int = 0
    end: int = 0
    source: str = ""


@dataclass(frozen=True, slots=True)
class Claim:
    """One checkable statement. Supported claims have at least one citation or calculation.

    Attributes:
        reason: Why the claim is unsupported or contradicted, in English; "" when it is supported.
        ledger: Its numbers, left to right.
        score: How well its quotes support it by the encoder, from 0 to 1; None where that was not asked.
    """

    text: str
    verdict: Verdict
    citations: tuple[Citation, ...] = ()
    calculations: tuple[Calculation, ...] = ()
    reason: str = ""
    ledger: tuple[Numeral, ...] = ()
    score: float | None = None

    @property
    def rests_on(self) -> tuple[Citation, ...]:
        """Every quote that it rests on: its own, then those of its calculations' operands."""
        return (*self.citations, *(citation for one in self.calculations for citation in one.citations))


ConflictKind = Literal["contradictory", "stale"]
"""Two sources that cannot both be right; or one that a later one has overtaken."""


@dataclass(frozen=True, slots=True)
class Conflict:
    """Places that say different things of the same thing.

    Attributes:
        about: What they speak of, in the question's language.
        sides: One citation for each value or judgement, the earliest published first; at least two.
        echoes: For each side, other places that say the same; () where nobody looked.
        values: What each side says of it, in the words of its quote; parallel to ``sides``.
        dates: When each side was said, by its source note or its document: ISO date, its known prefix, or "".
    """

    kind: ConflictKind
    about: str
    sides: tuple[Citation, ...]
    values: tuple[str, ...]
    dates: tuple[str, ...] = ()
    echoes: tuple[tuple[Citation, ...], ...] = ()

    def voices(self) -> tuple[tuple[Citation, ...], ...]:
        """For each side its citation, and those of the other places that say the same."""
        others = (*self.echoes, *((),) * len(self.sides))
        return tuple((side, *said) for side, said in zip(self.sides, others, strict=False))

    def cited(self, claims: Sequence[Claim]) -> tuple[bool, ...]:
        """For each side whether a claim, or a calculation that it names, rests on words of a place that says so."""
        shown = [citation for claim in claims for citation in claim.rests_on]
        return tuple(
            any(
                (one.document_id, one.page) == (side.document_id, side.page)
                and one.start < side.end
                and side.start < one.end
                for side in voice
                for one in shown
            )
            for voice in self.voices()
        )


@dataclass(frozen=True, slots=True)
class Need:
    """An input of a formula that neither the question nor a document gives."""

    formula_id: str
    operand: str
    symbol: str
    meaning: Bilingual
    unit: str


@dataclass(frozen=True, slots=True)
class Abstention:
    """Declining for lack of evidence.

    Attributes:
        missing: What was looked for and not found, in the question's language.
        nearest: The closest evidence seen, which does not answer.
        needed: What a calculation lacks to answer, for the user to give.
        unsettled: The inputs of the calculation that the question's own numbers seem to be for, where it does not
            say well enough which number is which.
    """

    missing: str
    nearest: Citation | None = None
    needed: tuple[Need, ...] = ()
    unsettled: tuple[Need, ...] = ()


@dataclass(frozen=True, slots=True)
class Step:
    """Something the run did on the way: a tool call and its outcome in a few words."""

    kind: Literal["search", "read", "list", "calculate", "rank", "draft", "retry", "mend", "error"]
    title: str
    detail: str = ""


@dataclass(frozen=True, slots=True)
class Usage:
    """What the run took: model calls, and tokens where the model reports them.

    Attributes:
        model: Its name; "first, then second" where a second one answered in place of the first.
        cost: US dollars at list prices; None where a price or the tokens are not known.
        seconds: Of wall-clock time; no part of what makes two answers the same.
    """

    model: str
    calls: int = 0
    input_tokens: int = 0
    output_tokens: int = 0
    cost: Decimal | None = None
    seconds: float = field(default=0.0, compare=False)


UNSURE = 0.5
"""An answer whose confidence is lower says so first: of our questions' answers so unsure, one in four is right."""


@dataclass(frozen=True, slots=True)
class Answer:
    """The verified outcome of one question.

    Attributes:
        claims: Supported claims, in the order to read them.
        unsupported: Claims that failed, each with its reason; shown and counted, never mixed with the rest.
        abstention: Set when there is no supported claim.
        missing: A part of the question that nothing was found on, beside claims that answer the rest; else "".
        checks: What quotes state as a result and their own numbers do not give, worked out again.
        seen: Language → number of passages the run has seen; ``cited`` counts the different quotes of supported claims.
        index_fingerprint: Which index was asked.
        conflicts: Places seen that say otherwise than each other about what was asked.
        confidence: The chance that the answer is right and complete, fitted on data, from 0 to 1; None where it was
            not estimated.
        doubt: What the nearest quote lacks of what is asked, where the answer is less sure than ``UNSURE``; else "".
        weighed: Ids of the passages that the confidence was read from, best first.
    """

    question: str
    language: Language
    claims: tuple[Claim, ...]
    unsupported: tuple[Claim, ...]
    abstention: Abstention | None
    seen: Mapping[Language, int]
    cited: Mapping[Language, int]
    index_fingerprint: str
    usage: Usage
    steps: tuple[Step, ...] = field(default=())
    missing: str = ""
    checks: tuple[Calculation, ...] = ()
    conflicts: tuple[Conflict, ...] = ()
    confidence: float | None = None
    doubt: str = ""
    weighed: tuple[str, ...] = ()
