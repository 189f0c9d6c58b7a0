"""Put to the judge true and false claims on topics of every sort, written by somebody who meant to deceive it.

One JSON object a line: quotes of one or several places, the head of their table where they are rows, and claims:

    {"quotes": ["…"], "header": "…", "true": ["…"], "false": [["swap", "…"]]}

Shipping, medicine, banking, history, sport: names that no list of ours holds, in English, Chinese and Japanese. It
tells how the judge does where nothing was fitted; the bench of mutations (evals.mutations) is on the shipped documents.
"""

import hashlib
import json
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal

from agent.answer import Citation
from agent.judging import Support, judge
from agent.judging.coverage.support import open_support
from agent.terminal import plain_line
from corpus.document import Language
from corpus.text import language_of, normalise
from evals.mutations.bench import wilson
from evals.sets import read_lines
from indexes.embeddings import open_embedder

Part = Literal["", "tuned", "held-out"]
TOPICS = Path(__file__).parent / "goldsets" / "topics.jsonl"


@dataclass(frozen=True, slots=True)
class Case:
    """A claim with what is shown for it.

    Attributes:
        kind: How it is false ("swap"); "" where it is true.
    """

    claim: str
    quotes: tuple[str, ...]
    header: str
    kind: str

    @property
    def languages(self) -> tuple[Language, Language]:
        """Of the claim and of its quotes."""
        return _spoken(self.claim), _spoken("".join(self.quotes))


@dataclass(frozen=True, slots=True)
class Outcome:
    """What the judge said of a case."""

    case: Case
    supported: bool
    reason: str

    @property
    def is_right(self) -> bool:
        """Whether a true claim was kept or a false one refused."""
        return self.supported is not bool(self.case.kind)


def read_cases(path: Path, part: Part = "") -> list[Case]:
    """The cases of a file, in order.

    Args:
        part: "tuned" for half of the quotes, taken by lot, which may be looked at when the judge is mended; "held-out"
            for the other half; "" for all.

    Raises:
        AnalystError: The file cannot be read, or a line is no such object; names the line.
    """
    cases = [case for cases in read_lines(path, _read) for case in cases]
    return [case for case in cases if part in ("", _part(case))]


def measure(cases: Sequence[Case], embedder: str = "") -> list[Outcome]:
    """What the judge says of each case.

    Args:
        embedder: The encoder to ask where no rule decides; words alone decide if "".
    """
    support = open_support(open_embedder(embedder) if embedder else None)
    return [_try(case, support) for case in cases]


def render(outcomes: Sequence[Outcome], *, failures: bool = False) -> str:
    """Shares of true claims kept and of false ones refused, for each pair of languages, with 95% intervals."""
    lines = ["claim on quote    true kept                 false refused"]
    pairs: list[tuple[Language, Language] | None] = [None, *sorted({one.case.languages for one in outcomes})]
    for pair in pairs:
        mine = [one for one in outcomes if pair in (None, one.case.languages)]
        told = (_share([one for one in mine if bool(one.case.kind) is false]) for false in (False, True))
        lines.append(
            f"{' on '.join(pair) if pair else 'all':<17} " + "  ".join(f"{each:<24}" for each in told).rstrip()
        )
    missed = Counter(one.case.kind for one in outcomes if one.case.kind and not one.is_right)
    lines += ["", "false ones that passed: " + ", ".join(f"{kind} {count}" for kind, count in missed.most_common())]
    if failures:
        lines += ["", *(line for one in outcomes if not one.is_right for line in _told(one))]
    return "\n".join(lines) + "\n"


def as_json(outcomes: Sequence[Outcome]) -> str:
    """Every outcome."""
    rows = [
        {"claim": one.case.claim, "quotes": one.case.quotes, "header": one.case.header, "kind": one.case.kind}
        | {"supported": one.supported, "right": one.is_right, "reason": one.reason}
        for one in outcomes
    ]
    return json.dumps(rows, ensure_ascii=False, indent=1) + "\n"


def _part(case: Case) -> Part:
    digest = hashlib.sha256(case.quotes[0].encode()).digest()
    return "held-out" if digest[0] % 2 else "tuned"


def _read(row: dict[str, Any]) -> list[Case]:
    quotes, header = tuple(map(str, row["quotes"])), str(row.get("header", ""))
    true = [Case(str(claim), quotes, header, "") for claim in row["true"]]
    return true + [Case(str(claim), quotes, header, str(kind)) for kind, claim in row["false"]]


def _try(case: Case, support: Support) -> Outcome:
    citations = [_cite(words, case.header, number) for number, words in enumerate(case.quotes)]
    found = judge(normalise(case.claim), citations, support=support)
    return Outcome(case, found.standing == "supported", found.reason)


def _cite(words: str, header: str, number: int) -> Citation:
    """A quote as a document without a title would show it."""
    return Citation(
        passage_id=f"t{number}-1.1", document_id=f"t{number}", title="", publisher="", published="", authority="",
        path="t.md", language=_spoken(words), page=1, page_label="1", section=(), header=normalise(header), start=0,
        end=len(words), quote=normalise(words),
    )  # fmt: skip


def _spoken(text: str) -> Language:
    found = language_of(text, hint="en")
    return "en" if found == "und" else found


def _share(outcomes: Sequence[Outcome]) -> str:
    if not outcomes:
        return "-"
    right = sum(one.is_right for one in outcomes)
    low, high = wilson(right, len(outcomes))
    return f"{right / len(outcomes):.0%} of {len(outcomes)} [{low:.0%}, {high:.0%}]"


def _told(outcome: Outcome) -> Iterator[str]:
    case = outcome.case
    yield plain_line(f"{case.kind or 'true'}: {case.claim}")
    yield from (plain_line(f"    {quote}") for quote in case.quotes)
    if outcome.reason:
        yield plain_line(f"    refused: {outcome.reason}")
