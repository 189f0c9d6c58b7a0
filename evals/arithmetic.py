"""Measure how arithmetic questions are turned into sums over the numbers of given passages.

The set is a folder with two files, one JSON object a line:

    passages.jsonl     {"id": …, "lang": "en", "text": …}
    questions.jsonl    {"id": …, "lang": "en", "text": …, "answers": ["-3.62"], "context_passage_ids": […],
                        "answer_type": "arithmetic", "scale": "percent", "gold_value": "3.75%"}

``gold_value`` goes before ``answers[0]``; either is a number, "%" at its end or ``scale`` "percent" for a percentage.
Kinds (``answer_type``) other than "arithmetic" and "count" ask for no number: there a plan is a false one, unless it
names an answer ("which year was the highest?").

A computed value is right when it is a percentage if and only if the gold value is, and equals it with its sign when
both are rounded half up to two places. Declining is kept apart from being wrong.
"""

import json
from collections import Counter
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from decimal import ROUND_HALF_UP, Context, Decimal, localcontext
from pathlib import Path
from typing import Any, Literal, get_args

from agent.calculator.expression import evaluate
from agent.calculator.formula import Interval
from agent.errors import CalculationError
from agent.operands import Plan, Unsettled, find_operands, read_intents
from corpus.document import Passage
from corpus.errors import AnalystError
from corpus.text import normalise
from evals.sets import read_lines, read_passages

Verdict = Literal["right", "wrong", "declined"]

COMPUTED_KINDS = ("arithmetic", "count")
"""Kinds of question that ask for arithmetic; a set without kinds asks for "arithmetic" throughout."""
SCALES = {"thousand": Decimal(10**3), "million": Decimal(10**6), "billion": Decimal(10**9)}
_PLACES = Decimal("0.01")


@dataclass(frozen=True, slots=True)
class GoldCase:
    """A question, the passages that it is answered from, and the number that answers it (None for no arithmetic)."""

    id: str
    text: str
    kind: str
    passages: tuple[Passage, ...]
    value: Decimal | None
    percent: bool
    scale: str
    answers: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of one question.

    Attributes:
        operation: How the question was read; "none" where it was read as asking for nothing.
        answer: The computed value, or why there is none, in words.
        scale_known: Whether thousands, millions or billions are those of the gold answer; of right answers only.
    """

    id: str
    kind: str
    question: str
    operation: str
    verdict: Verdict
    answer: str
    gold: str
    cause: str = ""
    scale_known: bool = False


@dataclass(frozen=True, slots=True)
class Row:
    """Counts of one kind and one operation; "all" is every operation of the kind."""

    kind: str
    operation: str
    right: int
    wrong: int
    declined: int

    @property
    def count(self) -> int:
        """How many questions."""
        return self.right + self.wrong + self.declined


# --- Reading ----------------------------------------------------------------------------------------------------------


def read_cases(folder: Path) -> tuple[GoldCase, ...]:
    """The questions of a set, in order.

    Raises:
        AnalystError: A file is missing or a line is wrong; the error names the file and the line.
    """
    passages = {passage.id: passage for passage in read_passages(folder)}
    cases = tuple(read_lines(folder / "questions.jsonl", lambda row: _case(row, passages)))
    if not cases:
        raise AnalystError("the set has no questions", where=str(folder))
    return cases


def _case(row: dict[str, Any], passages: dict[str, Passage]) -> GoldCase:
    text, kind, scale = row["text"], row.get("answer_type", "arithmetic"), row.get("scale", "")
    if not isinstance(text, str) or not text.strip():
        raise TypeError("text must be words")
    context = tuple(passages[name] for name in row["context_passage_ids"])
    gold = str(row.get("gold_value") or row["answers"][0]).strip()
    value = Decimal(gold.rstrip("%").replace(",", "")) if kind in COMPUTED_KINDS else None
    percent = gold.endswith("%") or scale == "percent"
    answers = tuple(map(str, row.get("answers", ())))
    return GoldCase(str(row["id"]), normalise(text), kind, context, value, percent, scale, answers)


# --- Measuring --------------------------------------------------------------------------------------------------------


def measure(cases: Sequence[GoldCase]) -> tuple[Outcome, ...]:
    """What becomes of each question."""
    return tuple(judge(case, find_operands(case.text, case.passages)) for case in cases)


def judge(case: GoldCase, plan: Plan | Unsettled) -> Outcome:
    """Set the value of a plan beside the gold value."""
    gold = "no arithmetic" if case.value is None else f"{case.value}{'%' if case.percent else ''} {case.scale}".strip()
    intent = next(iter(read_intents(case.text)), None)
    operation = intent.operation if intent else "none"

    def outcome(verdict: Verdict, answer: str, cause: str = "", *, scale_known: bool = False) -> Outcome:
        return Outcome(case.id, case.kind, case.text, operation, verdict, answer, gold, cause, scale_known)

    if isinstance(plan, Unsettled):
        return outcome("declined" if case.value is not None else "right", plan.words.en, plan.reason)
    try:
        value = compute(plan)
    except CalculationError as error:
        return outcome("declined", str(error), "not computed")
    percent = plan.unit in ("%", "pp")
    answer = f"{plan.expression} = {value:f}{plan.unit}"
    if case.value is None:
        named = bool(plan.chosen) and plan.chosen in case.answers
        return outcome("right", plan.chosen) if named else outcome("wrong", answer, "a plan for no arithmetic")
    if percent != case.percent:
        return outcome("wrong", answer, "unit")
    if _rounded(value) != _rounded(case.value):
        return outcome("wrong", answer, "sign" if _rounded(-value) == _rounded(case.value) else "value")
    scaled = plan.unit in ("%", "pp") or plan.result_scale == SCALES.get(case.scale, Decimal(1))
    return outcome("right", answer, scale_known=scaled)


def compute(plan: Plan) -> Decimal:
    """The value of a plan, in its unit and scale.

    Raises:
        CalculationError: The calculator refuses it, or the result is a range.
    """
    result = evaluate(plan.expression, {one.name: one.given for one in plan.operands}, unit=plan.unit)
    value = result.output().value
    if isinstance(value, Interval) or not isinstance(value, Decimal):
        raise CalculationError("the result is a range", where=plan.expression)
    return value


def _rounded(value: Decimal) -> Decimal:
    with localcontext(Context(prec=60)):
        return value.quantize(_PLACES, rounding=ROUND_HALF_UP)


def tabulate(outcomes: Sequence[Outcome]) -> tuple[Row, ...]:
    """Counts for each kind of question, and within it for each operation."""
    counts: Counter[tuple[str, str, str]] = Counter()
    for one in outcomes:
        counts[one.kind, "all", one.verdict] += 1
        counts[one.kind, one.operation, one.verdict] += 1
    keys = sorted(
        {(kind, operation) for kind, operation, _ in counts}, key=lambda key: (key[0], key[1] != "all", key[1])
    )
    return tuple(Row(*key, *(counts[*key, verdict] for verdict in get_args(Verdict))) for key in keys)


# --- Reporting --------------------------------------------------------------------------------------------------------


def render(outcomes: Sequence[Outcome], *, failures: bool = False) -> str:
    """A table for the terminal, the causes of what was not right, and with ``failures`` each of those."""
    lines = [f"{'kind':<12}{'operation':<12}{'n':>5}{'right':>7}{'wrong':>7}{'declined':>10}  right/n"]
    for row in tabulate(outcomes):
        counts = f"{row.count:>5}{row.right:>7}{row.wrong:>7}{row.declined:>10}  {row.right / row.count:.3f}"
        lines.append(f"{row.kind:<12}{row.operation:<12}{counts}")
    computed = [one for one in outcomes if one.kind in COMPUTED_KINDS and one.verdict == "right"]
    lines += [
        "",
        f"right and in the gold answer's scale: {sum(one.scale_known for one in computed)} of {len(computed)}",
    ]
    causes = Counter((one.verdict, one.cause) for one in outcomes if one.verdict != "right")
    lines += [f"{verdict:<10}{cause:<26}{count:>4}" for (verdict, cause), count in sorted(causes.items())]
    for one in outcomes if failures else ():
        if one.verdict != "right":
            lines += ["", f"{one.id} [{one.operation}] {one.verdict}: {one.cause}", f"  {one.question}"]
            lines += [f"  ours: {one.answer}", f"  gold: {one.gold}"]
    return "\n".join(lines)


def as_json(outcomes: Sequence[Outcome]) -> str:
    """The same as JSON, with every outcome."""
    rows = [asdict(row) for row in tabulate(outcomes)]
    return json.dumps({"rows": rows, "outcomes": [asdict(one) for one in outcomes]}, ensure_ascii=False, indent=1)


def run(folder: Path, *, failures: bool, machine: bool) -> str:
    """Measure a set and return what to print.

    Raises:
        AnalystError: The set cannot be read.
    """
    outcomes = measure(read_cases(folder))
    return as_json(outcomes) if machine else render(outcomes, failures=failures)
