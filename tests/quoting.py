"""A citation for tests of judging."""

from dataclasses import replace

from agent.answer import Citation
from corpus.text import language_of

_NOWHERE = Citation(
    passage_id="d-1.1", document_id="d", title="", publisher="", published="", authority="", path="r.md", language="en",
    page=1, page_label="1", section=(), header="", start=0, end=0, quote="",
)  # fmt: skip


def cited(quote: str, header: str = "") -> Citation:
    """A citation of these words, in their language, from a document without title or date."""
    return replace(_NOWHERE, quote=quote, end=len(quote), language=language_of(quote), header=header)
