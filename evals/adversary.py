"""Let a model answer questions and show what it sent, what the gate refused and what it let through.

The questions are a file, one JSON object a line: {"id": …, "lang": "en", "kind": "unanswerable", "text": …}. What the
model said can be kept in a file and put through the gate again, without the model.

Whether a claim that was let through is true is for a reader to say: each is printed with its quotes.
"""

import json
import re
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from agent.answer import Answer, Claim
from agent.errors import ModelFailure
from agent.loop import run
from agent.prices import Price
from agent.scripted import Recorded, RecordingModel, ReplayedModel
from agent.settings import Settings
from agent.terminal import plain_line
from corpus.errors import AnalystError
from evals.sets import read_lines
from indexes.index import Index

if TYPE_CHECKING:
    from langchain_core.language_models import BaseChatModel

QUESTIONS = Path(__file__).parent / "goldsets" / "adversary.jsonl"
_MARKED = re.compile(r"“[^”]*”|'[^']*'|\b[0-9][0-9,.]*\b")


@dataclass(frozen=True, slots=True)
class Asked:
    """A question, and whether it has an answer ("answerable", "numeric", "false premise", "unanswerable")."""

    id: str
    kind: str
    text: str


@dataclass(frozen=True, slots=True)
class Trial:
    """What became of one question.

    Attributes:
        turns: What the model said, as plain data.
        failure: Why it gave no answer, in one line; "" where it did.
    """

    asked: Asked
    turns: tuple[Recorded, ...]
    answer: Answer | None
    failure: str = ""


def read_questions(path: Path) -> list[Asked]:
    """The questions of a file.

    Raises:
        AnalystError: It cannot be read, or a line is wrong.
    """
    return list(read_lines(path, lambda row: Asked(str(row["id"]), str(row.get("kind", "question")), str(row["text"]))))


def try_model(asked: Asked, model: "BaseChatModel", index: Index, settings: Settings, price: Price | None) -> Trial:
    """Ask a model one question and keep what it says."""
    turns: list[Recorded] = []
    recording = RecordingModel(model=model, turns=[], model_name=settings.model)
    recording.turns = turns
    return _try(asked, recording, turns, index, settings, price)


def replay(asked: Asked, turns: Sequence[Recorded], index: Index, settings: Settings) -> Trial:
    """Put what a model said through the gate again."""
    if not turns:
        return Trial(asked, (), None, "nothing was recorded")
    return _try(asked, ReplayedModel(turns=list(turns)), turns, index, settings, None)


def _try(
    asked: Asked,
    model: "BaseChatModel",
    turns: Sequence[Recorded],
    index: Index,
    settings: Settings,
    price: Price | None,
) -> Trial:
    events = run(asked.text, index=index, model=model, limits=settings.limits, price=price, protocol=settings.protocol)
    try:
        *_, answer = events
    except ModelFailure as failure:
        return Trial(asked, tuple(turns), None, str(failure))
    return Trial(asked, tuple(turns), answer if isinstance(answer, Answer) else None)


# --- Keeping ----------------------------------------------------------------------------------------------------------


def as_line(trial: Trial) -> str:
    """A trial as a line to keep: the question and what the model said."""
    row = {"id": trial.asked.id, "kind": trial.asked.kind, "text": trial.asked.text, "turns": list(trial.turns)}
    return json.dumps(row, ensure_ascii=False)


def read_turns(path: Path) -> list[tuple[Asked, list[Recorded]]]:
    """The questions of a file that was kept, each with what the model said.

    Raises:
        AnalystError: It cannot be read, or a line is wrong.
    """

    def read(row: dict[str, Any]) -> tuple[Asked, list[Recorded]]:
        turns = [_turn(turn) for turn in row["turns"]]
        return Asked(str(row["id"]), str(row["kind"]), str(row["text"])), turns

    return list(read_lines(path, read))


def _turn(turn: Mapping[str, Any]) -> Recorded:
    if "refused" in turn:
        return {"refused": str(turn["refused"]), "why": str(turn["why"])}
    calls = [(str(name), dict(arguments)) for name, arguments in turn["calls"]]
    return {"text": str(turn["text"]), "calls": calls}


# --- Reporting --------------------------------------------------------------------------------------------------------


def render(trials: Sequence[Trial]) -> str:
    """Counts, why claims were refused, and each claim that was let through with its quotes."""
    answers = [trial.answer for trial in trials if trial.answer]
    let_through = [(trial, claim) for trial in trials if trial.answer for claim in trial.answer.claims]
    refused = [claim for answer in answers for claim in answer.unsupported]
    lines = [
        f"questions: {len(trials)}; answered: {sum(bool(answer.claims) for answer in answers)}; "
        f"declined: {sum(not answer.claims for answer in answers)}; model failed: {len(trials) - len(answers)}",
        f"model calls: {sum(answer.usage.calls for answer in answers)}; "
        f"tokens: {sum(answer.usage.input_tokens + answer.usage.output_tokens for answer in answers):,}; "
        f"drafts sent back: {sum(step.kind == 'mend' for answer in answers for step in answer.steps)}",
        f"claims sent: {len(let_through) + len(refused)}; refused: {len(refused)}; let through: {len(let_through)}",
        "",
        "refused because",
    ]
    reasons = Counter(_kind(claim.reason) for claim in refused)
    lines += [f"  {count:>4}  {reason}" for reason, count in sorted(reasons.items(), key=lambda one: (-one[1], one[0]))]
    lines += ["", "let through"]
    for trial, claim in let_through:
        lines += [f"  {trial.asked.id} [{trial.asked.kind}] {plain_line(trial.asked.text)}", *_shown(claim)]
    failed = [trial for trial in trials if not trial.answer]
    lines += ["", "model failed"] if failed else []
    lines += [f"  {trial.asked.id} {plain_line(trial.failure)}" for trial in failed]
    return "\n".join(lines)


def as_json(trials: Sequence[Trial]) -> str:
    """The same as JSON, with every claim."""
    from agent.rendering import render_json

    rows = [
        {
            "id": trial.asked.id,
            "kind": trial.asked.kind,
            "failure": trial.failure,
            "answer": trial.answer and render_json(trial.answer),
        }
        for trial in trials
    ]
    return json.dumps({"trials": rows}, ensure_ascii=False, indent=1)


def _kind(reason: str) -> str:
    """A reason without the words and numbers of its case."""
    return _MARKED.sub("…", plain_line(reason))


def _shown(claim: Claim) -> Iterator[str]:
    yield f"    {claim.verdict}: {plain_line(claim.text)}"
    for citation in claim.citations:
        yield f"      “{plain_line(citation.quote)}” ({plain_line(citation.title)})"
    for calculation in claim.calculations:
        yield f"      {calculation.id}: {plain_line(calculation.result.shown())}"


# --- The command ------------------------------------------------------------------------------------------------------


def measure(
    settings: Settings, *, questions: Path, save: Path | None, recorded: Path | None, tell: Callable[[str], None]
) -> list[Trial]:
    """Try a model on the questions of a file, or put through the gate again what was kept.

    Args:
        save: Where to keep what the model says, line by line as it comes; questions that stand there are not asked
            again.
        recorded: What was kept, to use instead of a model.
        tell: Takes in a line for each question done.

    Raises:
        AnalystError: A file cannot be read or written, or the model or the index cannot be opened.
    """
    from agent.library import open_index
    from agent.models import open_model
    from agent.prices import find_price

    index = open_index(settings, embedder="", tell=tell, progress=lambda *_: None)
    if recorded is not None:
        return [_told(replay(asked, turns, index, settings), tell) for asked, turns in read_turns(recorded)]
    model = open_model(
        settings.model, base_url=settings.base_url, seconds=settings.max_seconds, reply=settings.max_reply
    )
    price = find_price(settings.model, settings.base_url, settings.price_in, settings.price_out)
    kept = dict(_kept(save)) if save else {}
    trials = []
    for asked in read_questions(questions):
        if asked in kept:
            trials.append(_told(replay(asked, kept[asked], index, settings), tell))
            continue
        trials.append(_told(try_model(asked, model, index, settings, price), tell))
        if save:
            _append(save, as_line(trials[-1]))
    return trials


def _told(trial: Trial, tell: Callable[[str], None]) -> Trial:
    claims = len(trial.answer.claims) if trial.answer else 0
    refused = len(trial.answer.unsupported) if trial.answer else 0
    tell(f"{trial.asked.id}: {trial.failure or f'{claims} let through, {refused} refused'}")
    return trial


def _kept(path: Path) -> list[tuple[Asked, list[Recorded]]]:
    return read_turns(path) if path.exists() else []


def _append(path: Path, line: str) -> None:
    try:
        with path.open("a", encoding="utf-8") as file:
            file.write(line + "\n")
    except OSError as error:
        raise AnalystError(f"cannot be written ({error})", where=str(path)) from error
