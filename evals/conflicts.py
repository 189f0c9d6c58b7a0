"""Are sources that disagree found, and those that only look so left alone? Pairs of places, shipped and planted.

goldsets/conflicts.jsonl    {"id", "kind": contradictory, stale or none, "part": one of PARTS, "question",
                             "sides": [{"document", "quote"} or {"language", "published", "publisher", "authority",
                                        "quote", "header"?}, …], "note"?}

Of a case that names one place the place itself says that sources differ.
"""

import json
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from statistics import median
from time import perf_counter
from typing import Any

from agent.answer import Citation, Claim, Conflict
from agent.candidates import cut_candidates
from agent.citations import cite
from agent.conflicts import find_conflicts
from agent.draft import DraftQuote
from agent.library import open_shipped
from agent.loop import ask
from agent.offline import OfflineAnalyst
from agent.settings import load_settings
from agent.terminal import note
from corpus.document import Block, Corpus, Document, Page, Passage
from corpus.errors import AnalystError
from corpus.ingestion import ingest
from corpus.text import language_of, normalise
from evals.mutations.bench import wilson
from evals.sets import read_lines

PAIRS = Path(__file__).resolve().parent / "goldsets" / "conflicts.jsonl"
"""Our own cases."""

PARTS = ("shipped", "planted", "planted later", "elsewhere", "elsewhere, put aside", "elsewhere, afterwards")


@dataclass(frozen=True, slots=True)
class Place:
    """One side of a case: where it stands, and what may be cited of it."""

    passage: Passage
    document: Document
    quote: str


@dataclass(frozen=True, slots=True)
class Case:
    """Places that disagree, or only look so.

    Attributes:
        kind: "contradictory", "stale" or "none".
        across: They are in different languages.
    """

    id: str
    kind: str
    part: str
    question: str
    places: tuple[Place, ...]

    @property
    def across(self) -> bool:
        """Whether the places are in different languages."""
        return len({place.passage.language for place in self.places}) > 1


@dataclass(frozen=True, slots=True)
class Outcome:
    """What was found, citing each place in turn."""

    case: Case
    found: tuple[tuple[Conflict, ...], ...]

    @property
    def right(self) -> bool:
        """Whether it was found whichever place is cited; never, of a case that is none."""
        return not any(self.found) if self.case.kind == "none" else all(self.found)

    @property
    def right_kind(self) -> bool:
        """Whether it was also told rightly whether one has overtaken the other."""
        return self.right and all(one.kind == self.case.kind for conflicts in self.found for one in conflicts)


def read_cases(path: Path, corpus: Corpus) -> list[Case]:
    """The cases of a file.

    Raises:
        AnalystError: It cannot be read, a line is wrong, or a shipped quote stands nowhere.
    """
    return list(read_lines(path, lambda row: _case(row, corpus)))


def _case(row: Mapping[str, Any], corpus: Corpus) -> Case:
    places = tuple(
        _shipped(side, corpus) if "document" in side else _planted(side, f"{row['id']}-{number}")
        for number, side in enumerate(row["sides"], 1)
    )
    if row["kind"] not in ("contradictory", "stale", "none") or row["part"] not in PARTS:
        raise ValueError("kind or part")
    return Case(row["id"], row["kind"], row["part"], row["question"], places)


def _shipped(side: Mapping[str, str], corpus: Corpus) -> Place:
    for passage in corpus.passages:
        document = corpus.by_id[passage.document_id]
        if document.path == side["document"] and side["quote"] in passage.text:
            return Place(passage, document, side["quote"])
    raise ValueError(f"“{side['quote'][:60]}” stands nowhere in {side['document']}")


def _planted(side: Mapping[str, str], name: str) -> Place:
    quote, header = normalise(side["quote"]), side.get("header", "")
    language = language_of(quote)
    page = Page(1, "1", quote, (Block("row" if header else "paragraph", 0, len(quote)),))
    document = Document(
        id=name, title=side["publisher"], publisher=side["publisher"], published=side["published"], language=language,
        path=f"{name}.md", sha256="", media_type="text/markdown", pages=(page,), authority=side["authority"],
    )  # fmt: skip
    return Place(Passage(f"{name}-1.1", name, 1, 0, len(quote), quote, language, (), header), document, quote)


def measure(cases: Iterable[Case]) -> list[Outcome]:
    """Cite each place of each case in turn, the others having been seen."""
    return [Outcome(case, tuple(_found(case, place) for place in case.places)) for case in cases]


def _found(case: Case, cited: Place) -> tuple[Conflict, ...]:
    """The conflicts found; passages have many sentences, and of the shipped ones only the case's own are looked at."""
    places = [_alone(place) for place in case.places]
    passages = {place.passage.id: place.passage for place in places}
    documents = {place.document.id: place.document for place in places}
    own = _alone(cited).passage
    citation = cite(DraftQuote(passage_id=own.id, quote=cited.quote), passages, documents, language_of(case.question))
    if not isinstance(citation, Citation):
        raise AnalystError(f"{case.id}: a quote {citation.reason}")
    claim = Claim(cited.quote, "quoted", (citation,))
    return find_conflicts([claim], passages, documents, language_of(case.question, hint="en"))


def _alone(place: Place) -> Place:
    """The place as the only sentence or row of its passage."""
    passage = place.passage
    for start, end in cut_candidates(passage.text, passage.header):
        if passage.text[start:end] == place.quote:
            at = passage.start + start
            cut = Passage(
                f"{passage.id}.{start}", passage.document_id, passage.page, at, at + len(place.quote), place.quote,
                passage.language, passage.section, passage.header,
            )  # fmt: skip
            return Place(cut, place.document, place.quote)
    return place


@dataclass(frozen=True, slots=True)
class Asked:
    """What the offline analyst's answers to the cases' questions show.

    Attributes:
        conflicts: In all answers together.
        unknown: (question, conflict) of those that no case knows.
        repeated: How often an answer tells one dispute twice: the same thing with the same values.
        seconds: What each answer took, of wall-clock time.
    """

    conflicts: int
    unknown: tuple[tuple[str, Conflict], ...]
    repeated: int
    seconds: tuple[float, ...]

    @property
    def told(self) -> str:
        """All of it in one line."""
        middle = median(self.seconds) if self.seconds else 0.0
        return (
            f"{len(self.seconds)} questions asked in {sum(self.seconds):.0f} s ({middle:.1f} s in the middle, "
            f"{max(self.seconds, default=0.0):.1f} s at most): {self.conflicts} conflicts, {self.repeated} told twice, "
            f"{len(self.unknown)} that no case knows"
        )


def ask_shipped(cases: Sequence[Case], tell: Callable[[str], None] = note) -> Asked:
    """Ask the shipped documents every question of the shipped cases; ``tell`` is told of each as it is asked."""
    index = open_shipped(load_settings(), tell=note, progress=lambda *_: None)
    known = [{place.quote for place in case.places} for case in cases if case.kind != "none"]
    groups = _merge(known)
    questions = list(dict.fromkeys(case.question for case in cases if case.part == "shipped"))
    unknown, seconds, conflicts, repeated = [], [], 0, 0
    for number, question in enumerate(questions, 1):
        tell(f"asking {number} of {len(questions)}: {question}")
        began = perf_counter()
        found = ask(question, index=index, model=OfflineAnalyst()).conflicts
        seconds.append(perf_counter() - began)
        conflicts += len(found)
        repeated += len(found) - len({(one.about, frozenset(one.values)) for one in found})
        for conflict in found:
            quotes = {side.quote for side in conflict.sides}
            if not any(quotes <= group for group in groups):
                unknown.append((question, conflict))
    return Asked(conflicts, tuple(unknown), repeated, tuple(seconds))


def _merge(sets: Iterable[set[str]]) -> list[set[str]]:
    """Sets that share a member, joined: what contradicts one of several contradicts them all."""
    merged: list[set[str]] = []
    for one in sets:
        joined = set(one).union(*(each for each in merged if each & one))
        merged = [each for each in merged if not each & one] + [joined]
    return merged


def summarise(outcomes: Sequence[Outcome]) -> dict[str, dict[str, Any]]:
    """Recall and false alarms of each part, and of pairs across languages, with 95 % intervals."""
    rows: dict[str, list[Outcome]] = {}
    for one in outcomes:
        sort = "look-alikes" if one.case.kind == "none" else "conflicts"
        for name in (f"{sort}, {one.case.part}", *([f"{sort}, across languages"] if one.case.across else [])):
            rows.setdefault(name, []).append(one)
    return {
        name: {
            "of": len(found),
            "right": sum(one.right for one in found),
            "interval": [round(end, 3) for end in wilson(sum(one.right for one in found), len(found))],
            "right kind": sum(one.right_kind for one in found),
        }
        for name, found in sorted(rows.items())
    }


def run(path: Path, *, asking: bool = False, machine: bool = False) -> str:
    """Measure the cases of a file; a table with what went wrong, or JSON.

    Args:
        asking: Also ask the shipped documents every shipped case's question, and list what no case knows.
    """
    cases = read_cases(path, ingest(load_settings().documents))
    outcomes = measure(cases)
    summary = summarise(outcomes)
    asked = ask_shipped(cases) if asking else None
    unknown = asked.unknown if asked else ()
    wrong = [one for one in outcomes if not (one.right if one.case.kind == "none" else one.right_kind)]
    if machine:
        data = {
            "summary": summary,
            "wrong": [one.case.id for one in wrong],
            "unknown": [_plain(*one) for one in unknown],
        }
        if asked:
            data["asked"] = {
                "questions": len(asked.seconds),
                "seconds": round(sum(asked.seconds), 1),
                "conflicts": asked.conflicts,
                "repeated": asked.repeated,
            }
        return json.dumps(data, ensure_ascii=False, indent=2)
    lines = [
        f"{name:36} {row['right']:3}/{row['of']:<3} [{row['interval'][0]:.2f}, {row['interval'][1]:.2f}]"
        + (f"  kind right {row['right kind']}" if name.startswith("conflicts") else "")
        for name, row in summary.items()
    ]
    lines += [f"\n{one.case.id} ({one.case.kind}): {_told(one)}" for one in wrong]
    lines += [f"\nno case knows: {question}: {_plain(question, conflict)}" for question, conflict in unknown]
    if asked:
        lines.append(f"\n{asked.told}")
    return "\n".join(lines)


def _told(one: Outcome) -> str:
    quotes = "".join(f"\n    {place.quote}" for place in one.case.places)
    kinds = ", ".join("/".join(f"{each.kind} {each.values}" for each in found) or "nothing" for found in one.found)
    return f"{kinds}{quotes}"


def _plain(question: str, conflict: Conflict) -> dict[str, Any]:
    return {
        "question": question,
        "kind": conflict.kind,
        "about": conflict.about,
        "values": list(conflict.values),
        "quotes": [side.quote for side in conflict.sides],
    }
