"""The nouns of checking a bundle: what became of each quote, calculation and claim, and of the sources."""

from dataclasses import dataclass
from typing import Literal

from agent.answer import Citation
from corpus.boxes import Box

State = Literal["unchanged", "moved", "altered", "missing"]
"""The same bytes at the same path, and the words where they were; the words stand, but elsewhere; the document is
there, but not these words; there is no such document."""


@dataclass(frozen=True, slots=True)
class Whereabouts:
    """What has become of a quote's source.

    Attributes:
        path, page, page_label, start, end: Where the words stand now; of an altered source the path alone.
        detail: What has changed, in English, as a clause; "" where nothing has.
        nearest: The words of an altered document that are nearest to the quote.
        boxes: Rectangles of the words on the page of a PDF; () elsewhere.
        citation: The quote as the document has it now; None where it has it no more.
        labels: What the bundle says of the document and the folder does not, in English: another title, date …
    """

    state: State
    path: str = ""
    page: int = 0
    page_label: str = ""
    start: int = 0
    end: int = 0
    detail: str = ""
    nearest: str = ""
    boxes: tuple[Box, ...] = ()
    citation: Citation | None = None
    labels: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class QuoteCheck:
    """Whether a quote stands in its stored page.

    Attributes:
        reason: Why it does not, in English; "" when it does.
        source: What has become of its document; None where no folder was given.
    """

    number: int
    citation: Citation
    reason: str
    source: Whereabouts | None = None


@dataclass(frozen=True, slots=True)
class CalculationCheck:
    """Whether a calculation gives the same bytes again, from operands that stand where they are said to.

    Attributes:
        reason: Why not, in English; "" when it does.
    """

    id: str
    shown: str
    reason: str


@dataclass(frozen=True, slots=True)
class ClaimCheck:
    """Whether a claim is proved again.

    Attributes:
        reason: Why it is not, in English; "" when it is.
        today: Why it is not by the documents as they are now; "" when it is, or where no folder was given.
        note: What differs and does not matter to the proof.
    """

    text: str
    reason: str
    today: str = ""
    note: str = ""


@dataclass(frozen=True, slots=True)
class Report:
    """All that was found.

    Attributes:
        question: The question, as stored.
        files: How many files the bundle holds.
        faults: Where the bundle does not agree with its manifest or with itself.
        compared: Whether the sources were looked at too.
        same_program: Whether this very program made the bundle.
        notes: What could not be checked, and files of the folder that could not be read.
        seal: One SHA-256 over all that the bundle holds, to be compared with the one noted when it was made.
    """

    question: str
    faults: tuple[str, ...]
    quotes: tuple[QuoteCheck, ...]
    calculations: tuple[CalculationCheck, ...]
    claims: tuple[ClaimCheck, ...]
    compared: bool
    same_program: bool
    notes: tuple[str, ...] = ()
    seal: str = ""

    @property
    def well(self) -> bool:
        """Whether everything is proved again, and each source found with its words."""
        sources = [one.source for one in self.quotes if one.source]
        return (
            not self.faults
            and not any(one.reason for one in self.quotes)
            and not any(one.reason for one in self.calculations)
            and not any(one.reason or one.today for one in self.claims)
            and all(one.state in ("unchanged", "moved") and not one.labels for one in sources)
        )
