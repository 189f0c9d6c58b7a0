"""Read gold claims: statements written by hand, each with the words of a document that prove it.

One JSON object a line:

    {"id": "claims-en-0001", "document": "en/costs-and-deals.md", "quote": "…", "claim": "…",
     "language": "zh", "kind": "translation"}

``document`` is a path under the folder of documents; ``quote`` stands in one of its passages; ``language`` is that of
the claim. A "paraphrase" is in the language of its quote, a "translation" in another.
"""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal, TypeVar, get_args

from agent.quotes import Mismatch, find_quote
from corpus.document import LANGUAGES, Corpus, Language, Passage
from corpus.text import normalise
from evals.sets import read_lines

N = TypeVar("N", bound=str)

ClaimKind = Literal["paraphrase", "translation"]
GOLD = Path(__file__).parent / "goldsets"
"""Where the gold sets of the repository stand."""


@dataclass(frozen=True, slots=True)
class GoldClaim:
    """A true statement, the words that prove it, as they stand in the passage, and that passage."""

    id: str
    text: str
    language: Language
    kind: ClaimKind
    quote: str
    passage: Passage


def read_claims(path: Path, corpus: Corpus) -> tuple[GoldClaim, ...]:
    """The claims of a file, in order.

    Raises:
        AnalystError: The file cannot be read or a line is wrong: a field is missing or no words, an id comes twice,
            the document is not in the corpus, the quote does not stand in one of its passages, or the kind does not
            fit the languages. The error names the file and the line.
    """
    by_path: dict[str, list[Passage]] = {document.path: [] for document in corpus.documents}
    for passage in corpus.passages:
        by_path[corpus.by_id[passage.document_id].path].append(passage)
    return tuple(read_lines(path, _reader(by_path)))


def gold_files(folder: Path = GOLD) -> Iterator[Path]:
    """The files of gold claims, in the order of their names; none where the folder has none."""
    yield from sorted(folder.glob("claims-*.jsonl"))


def _reader(by_path: Mapping[str, list[Passage]]) -> Callable[[dict[str, Any]], GoldClaim]:
    seen: set[str] = set()

    def make(row: dict[str, Any]) -> GoldClaim:
        id_, path, quote, text, kind = (_words(row, name) for name in ("id", "document", "quote", "claim", "kind"))
        if id_ in seen:
            raise ValueError(f"the id {id_!r} comes twice")
        seen.add(id_)
        if path not in by_path:
            raise ValueError(f"there is no document {path!r}")
        language = _one_of(row["language"], "language", LANGUAGES)
        passage, words = _passage_of(quote, by_path[path])
        kinds: tuple[ClaimKind, ...] = get_args(ClaimKind)
        checked = _one_of(kind, "kind", kinds)
        if (checked == "paraphrase") != (language == passage.language):
            raise ValueError(f"a {checked} in {language!r} of a quote in {passage.language!r}")
        return GoldClaim(id_, normalise(text).strip(), language, checked, words, passage)

    return make


def _words(row: Mapping[str, Any], name: str) -> str:
    value = row[name]
    if not isinstance(value, str) or not value.strip():
        raise TypeError(f"{name} must be words")
    return value


def _one_of(value: object, name: str, known: tuple[N, ...]) -> N:
    for one in known:
        if value == one:
            return one
    raise ValueError(f"{name} must be one of {', '.join(known)}, not {value!r}")


def _passage_of(quote: str, passages: list[Passage]) -> tuple[Passage, str]:
    """The passage that a quote stands in, with the words as they stand there."""
    reason = "stands in no passage of the document"
    for passage in passages:
        span = find_quote(passage.text, quote)
        if not isinstance(span, Mismatch):
            return passage, passage.text[span.start : span.end]
        if "word for word" not in span.reason:
            reason = span.reason
    raise ValueError(f"the quote {reason}")
