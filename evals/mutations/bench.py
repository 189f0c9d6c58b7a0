"""Put the cases to the gate, count, and report."""

import json
import math
from collections import Counter
from collections.abc import Iterable, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import asdict, dataclass
from multiprocessing import get_context
from pathlib import Path
from typing import Any

from agent.answer import Usage
from agent.draft import DraftAnswer, DraftClaim, DraftQuote
from agent.evidence import Evidence
from agent.judging import Support
from agent.judging.coverage.support import open_support
from agent.terminal import plain_line
from agent.verification import verify
from corpus.document import Language
from corpus.errors import AnalystError
from evals.mutations import sources
from evals.mutations.case import Case, Library, draw
from evals.mutations.making import Material, make_cases
from indexes.embeddings import open_embedder

CAUGHT, REJECTED = 0.995, 0.01
"""Wanted where claim and quote are in one language: at least this share of faulty claims caught, at most this share of
true ones rejected."""
CAUGHT_ACROSS, REJECTED_ACROSS = 0.97, 0.05
"""The same where they are in two."""
MOST_STATEMENTS = 250
"""Sentences of each language taken from each folder."""
MOST_FAULTS = 150
"""Faulty claims of each kind for each pair of languages; true ones are all put."""
_QUESTIONS: dict[Language, str] = {
    "en": "What do the sources say?",
    "zh": "资料怎么说？",
    "ja": "資料は何と述べているか。",
}


@dataclass(frozen=True, slots=True)
class Outcome:
    """What the gate said of a case: kept the claim or refused it, and why."""

    case: Case
    kept: bool
    reason: str

    @property
    def right(self) -> bool:
        """Whether it is what it should have said."""
        return self.kept != self.case.faulty


@dataclass(frozen=True, slots=True)
class Count:
    """How many of the cases of one kind the gate judged right, with the 95 % Wilson interval of their share."""

    language: Language
    quote_language: Language
    faulty: bool
    kind: str
    right: int
    total: int

    @property
    def share(self) -> float:
        """The share judged right."""
        return self.right / self.total

    @property
    def interval(self) -> tuple[float, float]:
        """The Wilson interval of the share."""
        return wilson(self.right, self.total)

    @property
    def target(self) -> float:
        """The share wanted."""
        if self.language == self.quote_language:
            return CAUGHT if self.faulty else 1 - REJECTED
        return CAUGHT_ACROSS if self.faulty else 1 - REJECTED_ACROSS


def wilson(right: int, total: int, z: float = 1.959964) -> tuple[float, float]:
    """The Wilson score interval of a share."""
    share, spread = right / total, z * z / total
    centre = share + spread / 2
    width = z * math.sqrt(share * (1 - share) / total + spread / (4 * total))
    return max(0.0, (centre - width) / (1 + spread)), min(1.0, (centre + width) / (1 + spread))


# --- Running ----------------------------------------------------------------------------------------------------------


def gather(
    folders: Sequence[Path] = (), claims: Sequence[Path] = (), most: int = MOST_STATEMENTS
) -> tuple[Library, list[Case]]:
    """The cases of the shipped documents, the gold claims and the folders, and the passages they quote.

    Args:
        folders: Folders with a passages.jsonl each.
        claims: More folders of gold claims on the shipped documents.
        most: How many sentences of each language to take from each folder.

    Raises:
        AnalystError: A folder or a file of gold claims is wrong.
    """
    library, corpus = sources.shipped()
    statements = list(sources.sentences(library))
    cells = list(sources.rows(library))
    statements += sources.gold(library, corpus, claims)
    for folder in folders:
        other = sources.read_folder(folder)
        if clash := other.passages.keys() & library.passages.keys():
            raise AnalystError(f"two folders have a passage {sorted(clash)[0]!r}", where=str(folder))
        library = library.joined(other)
        statements += sources.sample(sources.sentences(other, folder.name), most)
    return library, list(make_cases(Material(statements, cells)))


def put(cases: Sequence[Case], library: Library, *, embedder: str = "", jobs: int = 1) -> list[Outcome]:
    """What the gate says of each case, in so many processes.

    Args:
        embedder: The encoder to ask where no rule decides; words alone decide if "".

    Raises:
        IndexingError: The encoder is not on this machine.
    """
    if jobs == 1:
        gate = _Gate.open(library, embedder)
        return [gate.put(case) for case in cases]
    with ProcessPoolExecutor(jobs, get_context("spawn"), _open_gate, (library, embedder)) as pool:
        return list(pool.map(_put_to_gate, cases, chunksize=64))


@dataclass(frozen=True, slots=True)
class _Gate:
    """The gate with all that it needs."""

    library: Library
    support: Support

    @classmethod
    def open(cls, library: Library, embedder: str) -> "_Gate":
        return cls(library, open_support(open_embedder(embedder) if embedder else None))

    def put(self, case: Case) -> Outcome:
        evidence = Evidence()
        evidence.see(self.library.passages[name] for name, _ in case.quotes)
        quotes = [DraftQuote(passage_id=name, quote=words) for name, words in case.quotes]
        answer = verify(
            _QUESTIONS.get(case.language, _QUESTIONS["en"]),
            DraftAnswer(claims=[DraftClaim(text=case.claim, quotes=quotes)]),
            evidence,
            documents=self.library.documents,
            index_fingerprint="",
            usage=Usage("none"),
            support=self.support,
        )
        return Outcome(case, bool(answer.claims), "" if answer.claims else answer.unsupported[0].reason)


_gates: list[_Gate] = []
"""The gate of a process of ``put``, opened once."""


def _open_gate(library: Library, embedder: str) -> None:
    _gates.append(_Gate.open(library, embedder))


def _put_to_gate(case: Case) -> Outcome:
    return _gates[-1].put(case)


def count(outcomes: Iterable[Outcome]) -> list[Count]:
    """For each pair of languages and for true and faulty claims: all of them, then each kind."""
    tallies: Counter[tuple[Language, Language, bool, str, bool]] = Counter()
    for one in outcomes:
        case = one.case
        for kind in ("all", case.kind):
            tallies[case.language, case.quote_language, case.faulty, kind, one.right] += 1
    keys = {key[:4] for key in tallies}
    order = sorted(keys, key=lambda key: (key[0] != key[1], key[1], key[0], key[2], key[3] != "all", key[3]))
    counts = []
    for key in order:
        right, wrong = tallies[(*key, True)], tallies[(*key, False)]
        counts.append(Count(*key, right, right + wrong))
    return counts


def missed(counts: Iterable[Count]) -> list[Count]:
    """The targets that are missed."""
    return [one for one in counts if one.kind == "all" and one.share < one.target]


# --- Reporting --------------------------------------------------------------------------------------------------------


def render(outcomes: Sequence[Outcome], slips: int) -> str:
    """A table of shares by languages and kind, then so many of what slipped through and was refused for each kind."""
    counts = count(outcomes)
    lines: list[str] = []
    for one in counts:
        if one.kind == "all":
            across = "" if one.language == one.quote_language else f", quotes in {one.quote_language}"
            title = f"{'faulty' if one.faulty else 'true'} claims in {one.language}{across}"
            lines += ["", f"{title:<40}{'n':>6}  {'caught' if one.faulty else 'kept':>6}  95 % interval   target"]
        low, high = one.interval
        wanted = f"   {one.target:.3f} {'met' if one.share >= one.target else 'MISSED'}" if one.kind == "all" else ""
        lines.append(f"  {one.kind:<38}{one.total:>6}   {one.share:.3f}  [{low:.3f}, {high:.3f}]{wanted}")
    lines += _shown_slips(outcomes, slips) if slips else []
    return "\n".join(lines[1:])


def _shown_slips(outcomes: Sequence[Outcome], most: int) -> list[str]:
    wrong = sorted(
        (one for one in outcomes if not one.right), key=lambda one: (one.case.faulty, one.case.kind, draw(one.case.id))
    )
    lines, shown = ["", "judged wrong:"], Counter[tuple[str, str, str]]()
    for one in wrong:
        key = (one.case.kind, one.case.language, one.case.quote_language)
        shown[key] += 1
        if shown[key] <= most:
            lines += [
                f"  {'let through' if one.case.faulty else 'refused'}: {one.case.kind} ({plain_line(one.case.change)})",
                f"    claim: {plain_line(one.case.claim)}",
                *(f"    quote: {plain_line(words)}" for _, words in one.case.quotes),
                *([f"    because {plain_line(one.reason)}"] if one.reason else []),
            ]
    return lines


def as_json(outcomes: Sequence[Outcome]) -> str:
    """The counts with their intervals and targets."""
    counts = [
        {**asdict(one), "share": one.share, "interval": one.interval}
        | ({"target": one.target, "met": one.share >= one.target} if one.kind == "all" else {})
        for one in count(outcomes)
    ]
    return json.dumps({"counts": counts}, ensure_ascii=False, indent=1)


def _told(outcome: Outcome) -> dict[str, Any]:
    return asdict(outcome.case) | {"kept": outcome.kept, "reason": outcome.reason}


def write_slips(outcomes: Iterable[Outcome], path: Path) -> None:
    """Every case judged wrong, one JSON object a line.

    Raises:
        AnalystError: The file cannot be written.
    """
    lines = [json.dumps(_told(one), ensure_ascii=False) for one in outcomes if not one.right]
    try:
        path.write_text("".join(f"{line}\n" for line in lines), encoding="utf-8")
    except OSError as error:
        raise AnalystError(f"cannot be written ({error})", where=str(path)) from error


def cut(cases: Iterable[Case], faulty: int, true: int | None = None) -> list[Case]:
    """At most so many faulty and true cases of each kind in each pair of languages, taken by lot; None for all."""
    groups: dict[tuple[str, str, str, bool], list[Case]] = {}
    for case in cases:
        groups.setdefault((case.kind, case.language, case.quote_language, case.faulty), []).append(case)
    kept = [
        sorted(group, key=lambda case: draw("cut", case.id))[: faulty if group[0].faulty else true]
        for group in groups.values()
    ]
    return [case for group in kept for case in group]


def run(
    folders: Sequence[Path],
    *,
    claims: Sequence[Path] = (),
    limit: int | None = None,
    slips: Path | None = None,
    shown: int = 2,
    machine: bool = False,
    embedder: str = "",
    jobs: int = 1,
) -> tuple[str, bool]:
    """Measure, write the slips where asked, and return what to print and whether every target is met.

    Args:
        limit: At most so many cases of each kind for each pair of languages, true ones too.
        shown: How many of the cases of each kind that were judged wrong to print.
        machine: Return JSON.

    Raises:
        AnalystError: A folder or a file is wrong, or the encoder is not on this machine.
    """
    library, cases = gather(folders, claims)
    outcomes = put(cut(cases, limit or MOST_FAULTS, limit), library, embedder=embedder, jobs=jobs)
    if slips:
        write_slips(outcomes, slips)
    return as_json(outcomes) if machine else render(outcomes, shown), not missed(count(outcomes))
