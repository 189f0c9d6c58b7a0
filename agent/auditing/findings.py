"""The nouns of an audit: Finding and Audit."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal, get_args

from agent.answer import Calculation, Citation

FindingVerdict = Literal["supported", "computed", "contradicted", "unsupported", "not-checkable"]
"""Quotes say so; arithmetic on numbers of quotes gives it; a quote or such arithmetic says otherwise; nothing found
says so; it claims nothing that documents could say."""

VERDICTS: tuple[FindingVerdict, ...] = get_args(FindingVerdict)


@dataclass(frozen=True, slots=True)
class Finding:
    """What became of one sentence, list item or table row of the audited text.

    Attributes:
        sentence: ``page.text[start:end]`` of the audited text's page.
        page: From 1; a text without pages has one.
        read_as: The sentence with what its pronouns stand for, where it was judged so; else "".
        reasons: In English, for people, without full stops; what is wrong first, then notes.
        citations: The quotes that support the sentence, or that contradict it.
        calculations: What was computed for it: the number it states, or the one it should.
        nearest: The closest quote, of a sentence that nothing supports or contradicts.
        conflicting: Quotes that say otherwise, of a sentence that others support.
    """

    sentence: str
    page: int
    start: int
    end: int
    verdict: FindingVerdict
    reasons: tuple[str, ...] = ()
    citations: tuple[Citation, ...] = ()
    calculations: tuple[Calculation, ...] = ()
    nearest: Citation | None = None
    conflicting: tuple[Citation, ...] = ()
    read_as: str = ""


@dataclass(frozen=True, slots=True)
class Audit:
    """The findings on a text, in its order.

    Attributes:
        file: Name of the text, as it was given.
        unread: Sentences beyond the limit, which were not looked at.
        index_fingerprint: Which index it was held against.
    """

    file: str
    title: str
    findings: tuple[Finding, ...]
    unread: int
    index_fingerprint: str

    @property
    def counts(self) -> Mapping[FindingVerdict, int]:
        """Verdict → number of sentences, zeros included."""
        found = Counter(finding.verdict for finding in self.findings)
        return {verdict: found[verdict] for verdict in VERDICTS}

    @property
    def clean(self) -> bool:
        """Whether every sentence was read, and none is contradicted or unsupported."""
        return not self.unread and not self.counts["contradicted"] and not self.counts["unsupported"]
