"""Audit memos of our own whose true and false sentences are known: is each fault found, each truth supported?"""

import json
import re
import sys
from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from dataclasses import asdict, dataclass, replace
from pathlib import Path
from typing import Any

from agent.auditing import Finding, audit, read_memo
from agent.errors import AnsweringError
from agent.judging import Support
from agent.judging.coverage.support import open_support
from agent.library import open_index
from agent.settings import load_settings
from indexes.index import Index

MEMOS = Path(__file__).resolve().parent / "goldsets" / "memos"
"""Ten memos about the shipped documents, with key.jsonl: a sentence a line, and what should become of it."""

KEY = "key.jsonl"
_HITS = ("supported", "computed")
_FAULTS = ("contradicted", "unsupported")


@dataclass(frozen=True, slots=True)
class Case:
    """One sentence of a memo and what should become of it.

    Attributes:
        expected: The verdicts that are right.
        fault: The kind of fault planted in it; "" where there is none.
        held_out: Whether its memo was not looked at while the auditor was made.
    """

    memo: str
    sentence: str
    expected: tuple[str, ...]
    fault: str
    held_out: bool


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of it; ``finding`` is None where the auditor cut the memo into other sentences."""

    case: Case
    finding: Finding | None

    @property
    def right(self) -> bool:
        """Whether the verdict is one of those expected."""
        return self.finding is not None and self.finding.verdict in self.case.expected


def read_cases(folder: Path) -> list[Case]:
    """The sentences of a folder's key.

    Raises:
        AnsweringError: There is no key, or a line of it is no case.
    """
    try:
        lines = (folder / KEY).read_text(encoding="utf-8").splitlines()
    except OSError as error:
        raise AnsweringError("the key of the memos cannot be read", where=str(folder / KEY)) from error
    return [_case(line, f"{folder / KEY}:{number}") for number, line in enumerate(lines, start=1) if line.strip()]


def _case(line: str, where: str) -> Case:
    try:
        row = json.loads(line)
        expected = tuple(str(one) for one in row["expected"])
        return Case(row["memo"], row["sentence"], expected, row["fault"], bool(row.get("held_out")))
    except (ValueError, KeyError, TypeError) as error:
        raise AnsweringError(f"it is no case ({error})", where=where) from error


def measure(
    folder: Path,
    cases: Sequence[Case],
    index: Index,
    support: Support | None = None,
    tell: Callable[[str], None] | None = None,
) -> list[Outcome]:
    """Audit each memo of the cases and pair its findings with them."""
    outcomes = []
    for memo in dict.fromkeys(case.memo for case in cases):
        if tell:
            tell(memo)
        findings = {
            _plain(one.sentence): one for one in audit(read_memo(folder / memo), index, support=support).findings
        }
        outcomes += [Outcome(case, findings.get(_plain(case.sentence))) for case in cases if case.memo == memo]
    return outcomes


def _plain(sentence: str) -> str:
    """A sentence without its list mark, for telling it again."""
    return re.sub(r"^(?:[-*•]|\d{1,2}\.)\s+", "", sentence.strip())


def summarise(outcomes: Sequence[Outcome]) -> dict[str, Any]:
    """Counts of what was right, over all and by kind of fault."""
    faults: dict[str, list[Outcome]] = defaultdict(list)
    for one in outcomes:
        if one.case.fault:
            faults[one.case.fault].append(one)
    truths = [one for one in outcomes if not one.case.fault and one.case.expected != ("not-checkable",)]
    idle = [one for one in outcomes if one.case.expected == ("not-checkable",)]
    planted = [one for one in outcomes if one.case.fault]
    return {
        "memos": len({one.case.memo for one in outcomes}),
        "sentences": len(outcomes),
        "faults": _count(planted),
        "contradicted": sum(one.finding is not None and one.finding.verdict == "contradicted" for one in planted),
        "truths": _count(truths),
        "truths_contradicted": sum(one.finding is not None and one.finding.verdict == "contradicted" for one in truths),
        "not_checkable": _count(idle),
        "by_fault": {kind: _count(found) for kind, found in sorted(faults.items())},
    }


def _count(outcomes: Sequence[Outcome]) -> dict[str, int]:
    return {"right": sum(one.right for one in outcomes), "of": len(outcomes)}


def render(summary: Mapping[str, Mapping[str, Any]], misses: Sequence[Outcome]) -> str:
    """A table, one column a part of the memos, and each sentence that came out otherwise."""
    lines = [f"{'':28}" + "".join(f"{part:>14}" for part in summary)]
    rows: list[tuple[str, Callable[[Mapping[str, Any]], str]]] = [
        ("planted faults found", lambda part: _of(part["faults"])),
        ("  of them as contradicted", lambda part: str(part["contradicted"])),
        ("true sentences supported", lambda part: _of(part["truths"])),
        ("  called contradicted", lambda part: str(part["truths_contradicted"])),
        ("nothing to check", lambda part: _of(part["not_checkable"])),
    ]
    lines += [f"{name:28}" + "".join(f"{show(part):>14}" for part in summary.values()) for name, show in rows]
    kinds = sorted({kind for part in summary.values() for kind in part["by_fault"]})
    lines += [
        f"  fault: {kind:19}"
        + "".join(f"{_of(part['by_fault'].get(kind, {'right': 0, 'of': 0})):>14}" for part in summary.values())
        for kind in kinds
    ]
    lines += [_miss(one) for one in misses]
    return "\n".join(lines)


def _of(count: Mapping[str, int]) -> str:
    return f"{count['right']}/{count['of']}"


def _miss(one: Outcome) -> str:
    verdict = one.finding.verdict if one.finding else "no such sentence"
    reasons = "; ".join(one.finding.reasons) if one.finding else ""
    what = one.case.fault or "/".join(one.case.expected)
    quote = one.finding.citations[0].quote if one.finding and one.finding.citations else ""
    if one.finding and one.finding.nearest:
        quote = f"nearest: {one.finding.nearest.quote}"
    return f"\n{one.case.memo} [{what}] → {verdict}: {one.case.sentence}\n    {reasons}\n    {quote}"


def run(folder: Path, *, index_folder: Path | None = None, part: str = "", machine: bool = False) -> str:
    """Audit the memos of a folder; a table of what came out, or JSON.

    Args:
        folder: Holds the memos and key.jsonl.
        index_folder: The index to hold them against; the shipped one if None.
        part: "tuned" or "held-out"; both where "".

    Raises:
        AnalystError: There is no key, a memo cannot be read, or there is no such index.
    """
    settings = load_settings()
    settings = replace(settings, index=index_folder) if index_folder else settings
    index = open_index(settings, tell=_note, progress=lambda *_: None)
    cases = [case for case in read_cases(folder) if part in ("", _part(case))]
    outcomes = measure(folder, cases, index, open_support(index.embedder), tell=_note)
    parts = {name: [one for one in outcomes if _part(one.case) == name] for name in ("tuned", "held-out")}
    summary = {name: summarise(found) for name, found in parts.items() if found}
    if machine:
        return json.dumps(
            summary | {"outcomes": [_outcome_data(one) for one in outcomes]}, ensure_ascii=False, indent=2
        )
    return render(summary, [one for one in outcomes if not one.right])


def _part(case: Case) -> str:
    return "held-out" if case.held_out else "tuned"


def _note(line: str) -> None:
    print(line, file=sys.stderr)


def _outcome_data(one: Outcome) -> dict[str, Any]:
    found = one.finding
    return asdict(one.case) | {
        "right": one.right,
        "verdict": found.verdict if found else "",
        "reasons": list(found.reasons) if found else [],
        "quotes": [citation.quote for citation in found.citations] if found else [],
    }
