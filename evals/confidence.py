"""Does an answer's confidence mean what it says over an index?

The offline analyst answers gold questions on the shipped documents, half of which they do not answer. An answer is
right when the question has one and a claim contains a string of its key, or states its number; wrong otherwise. For
each language are measured, of the confidence as it was before (the chance that the passages answer), as it is, and as
it is without an encoder: AUROC of right against wrong, ECE, Brier; and at each target risk how many answers are given
and how many of them are wrong.

The questions are divided once, by a digest of their words: the model is fitted on one part and measured on the other.

    {"id": "zh-001", "lang": "zh", "text": "…", "answerable": true, "kind": "fact", "key": ["3.244%"],
     "documents": ["zh/…"], "passages": ["…"]}
"""

import hashlib
import json
import re
import sys
from collections.abc import Callable, Mapping, Sequence
from dataclasses import asdict, dataclass, replace
from pathlib import Path
from typing import Any, Literal

import numpy as np
from numpy.typing import NDArray

from agent.answer import Answer, Claim
from agent.confidence import open_telling, weigh
from agent.library import open_index
from agent.loop import run as run_question
from agent.offline import OfflineAnalyst
from agent.settings import load_settings
from agent.silence.answered import Signals, read_answer
from agent.silence.assurance import FORMS, WEIGHTS, Assurance, Form, shipped_assurance
from corpus.document import Language, Passage
from corpus.errors import AnalystError
from corpus.quantities import find_quantities, same_quantity
from corpus.text import normalise
from evals.fitting import area_under_roc, calibration_error, fit_logistic
from evals.sets import language_of, read_lines
from evals.support import wilson
from indexes.embeddings import TokenEncoder
from indexes.index import Index

QUESTIONS = Path(__file__).parent / "goldsets" / "answerable.jsonl"
HELD_OUT = 0.4
"""The share of the questions that nothing is fitted on."""
TARGETS = (0.05, 0.10, 0.20)
PENALTY = 1.0
SEED = 20261122
RESAMPLES = 1000

Verdict = Literal["right", "wrong", "declined rightly", "declined wrongly"]
Numbers = NDArray[np.float64]
Tell = Callable[[int, int], None]


@dataclass(frozen=True, slots=True)
class Asked:
    """One gold question.

    Attributes:
        key: Strings and numbers, one of which a right answer contains; none where the documents do not answer.
        passages: Ids of the passages that prove the answer.
    """

    id: str
    text: str
    language: Language
    kind: str
    key: tuple[str, ...]
    passages: tuple[str, ...]
    answerable: bool

    @property
    def held_out(self) -> bool:
        """Whether nothing may be fitted on it, by a digest of its words."""
        return int(hashlib.sha256(self.text.encode()).hexdigest()[:8], 16) / 2**32 >= 1 - HELD_OUT


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of one question.

    Attributes:
        told: The chance that the passages answer; None where nothing was quoted.
        signals, plain: What the confidence is made from, with the encoder and from words alone; likewise.
    """

    asked: Asked
    answer: Answer
    told: float | None = None
    signals: Signals | None = None
    plain: Signals | None = None

    @property
    def verdict(self) -> Verdict:
        """What the analyst did with it."""
        if not self.answer.claims:
            return "declined wrongly" if self.asked.answerable else "declined rightly"
        return "right" if is_right(self.asked, self.answer.claims) else "wrong"

    def confidence(self, system: str, model: Assurance) -> float | None:
        """How sure the answer is "before", "now", or as it would be "without encoder".

        None where the question was declined, and before where the index's encoder tells nothing of passages.
        """
        signals = self.plain if system == "without encoder" else self.signals
        chance = self.told if system == "before" else model.chance(signals) if signals else None
        if not self.answer.claims:
            return None
        return weigh(chance, self.answer.claims, self.answer.unsupported, self.answer.conflicts)


SYSTEMS = ("before", "now", "without encoder")


@dataclass(frozen=True, slots=True)
class Point:
    """What a target risk does: ``given`` of ``answers`` are sure enough, ``wrong`` of these are wrong."""

    target: float
    answers: int
    given: int
    wrong: int

    def __str__(self) -> str:
        low, high = wilson(self.wrong, self.given)
        share = f"{self.wrong / self.given:.0%}" if self.given else "-"
        return f"{self.given}/{self.answers}, {share} [{low:.0%}, {high:.0%}]"


@dataclass(frozen=True, slots=True)
class Row:
    """One way to be confident, on the answers of one language and part.

    Attributes:
        verdicts: Verdict → number of questions.
        figures: Name → (value, low, high), a 95 % bootstrap interval over the answers; NaN where it is not defined.
        points: At each of TARGETS.
    """

    part: str
    language: str
    system: str
    verdicts: Mapping[str, int]
    figures: Mapping[str, tuple[float, float, float]]
    points: tuple[Point, ...]


# --- Asking -----------------------------------------------------------------------------------------------------------


def read_questions(path: Path = QUESTIONS) -> tuple[Asked, ...]:
    """The gold questions, in order.

    Raises:
        AnalystError: The file cannot be read, a line is wrong, or an id or a question comes twice.
    """
    found = tuple(read_lines(path, _asked))
    for name in ("id", "text"):
        if len({getattr(one, name) for one in found}) < len(found):
            raise AnalystError(f"two questions have the same {name}", where=str(path))
    return found


def _asked(row: dict[str, Any]) -> Asked:
    key, answerable = tuple(map(str, row["key"])), row["answerable"]
    if not isinstance(answerable, bool) or answerable != bool(key) or not all(map(str.strip, key)):
        raise ValueError("a question has a key if, and only if, it is answerable")
    text = normalise(str(row["text"])).strip()
    passages = tuple(map(str, row["passages"]))
    return Asked(str(row["id"]), text, language_of(row), str(row["kind"]), key, passages, answerable)


def is_right(asked: Asked, claims: Sequence[Claim]) -> bool:
    """Whether a claim contains a string of the key, whole numbers only, or states its number in another form."""
    return any(_holds(claim.text, key) for claim in claims for key in asked.key)


def _holds(text: str, key: str) -> bool:
    written, wanted = ("".join(normalise(one).split()).casefold() for one in (text, key))
    before = r"(?<!\d)(?<!\d[.,])" if wanted[0].isdigit() else ""
    after = r"(?!\d)(?![.,]\d)" if wanted[-1].isdigit() else ""
    if re.search(before + re.escape(wanted) + after, written):
        return True
    numbers = find_quantities(key)
    whole = len(numbers) == 1 and numbers[0].unit and (numbers[0].start, numbers[0].end) == (0, len(key))
    return bool(whole) and any(same_quantity(numbers[0], one) for one in find_quantities(text))


def ask_all(questions: Sequence[Asked], index: Index, tell: Tell) -> list[Outcome]:
    """What the offline analyst answers, with what its confidence is made from."""
    listener = _Listener(index.embedder)
    outcomes = []
    for number, asked in enumerate(questions, start=1):
        listener.last = (None, None, None)
        *_, answer = run_question(asked.text, index=index, model=OfflineAnalyst(), chance=listener)
        assert isinstance(answer, Answer)  # noqa: S101 - run always ends with an Answer
        outcomes.append(Outcome(asked, answer, *(listener.last if answer.claims else ())))
        tell(number, len(questions))
    return outcomes


class _Listener:
    """The estimate, and what it was made from the last time."""

    def __init__(self, embedder: object) -> None:
        self._telling = open_telling(embedder)
        self._encoder = embedder if isinstance(embedder, TokenEncoder) else None
        self.last: tuple[float | None, Signals | None, Signals | None] = (None, None, None)

    def __call__(
        self, question: str, language: Language, passages: Sequence[Passage], claims: Sequence[Claim]
    ) -> float:
        told = self._telling(question, language, passages) if self._telling else None
        plain = read_answer(question, language, claims)
        signals = read_answer(question, language, claims, passages=told, encoder=self._encoder)
        self.last = (told, signals, plain)
        return shipped_assurance().chance(signals)


# --- Fitting ----------------------------------------------------------------------------------------------------------


def fit(outcomes: Sequence[Outcome], digest: str) -> Assurance:
    """Fit both forms on the quoted answers to questions that are not held out; nothing else is looked at.

    Raises:
        AnalystError: There are no right or no wrong answers to fit on.
    """
    chosen = [one for one in outcomes if not one.asked.held_out and one.signals and one.plain and _is_quoted(one)]
    right = np.array([float(one.verdict == "right") for one in chosen])
    if len(set(right.tolist())) < 2:
        raise AnalystError("fitting needs right and wrong answers")
    read = {"encoder": [one.signals for one in chosen], "words": [one.plain for one in chosen]}
    forms = {}
    for name, names in FORMS.items():
        values = np.array([[(signals or {})[each] for each in names] for signals in read[name]])
        forms[name] = _fit_form(names, values, right)
    return Assurance(forms, digest)


def _is_quoted(outcome: Outcome) -> bool:
    return any(claim.verdict == "quoted" for claim in outcome.answer.claims)


def _fit_form(names: Sequence[str], values: Numbers, right: Numbers) -> Form:
    """A ridge-penalised fit; while a weight is negative, the most negative signal is left out and the rest fitted."""
    means, scales = values.mean(axis=0), values.std(axis=0) + 0.05
    kept = list(range(len(names)))
    while True:
        steps = (values[:, kept] - means[kept]) / scales[kept]
        weights, bias = fit_logistic(steps, right, np.ones(len(right)), PENALTY)
        if not len(weights) or weights.min() >= 0:
            break
        del kept[int(weights.argmin())]
    own = weights / scales[kept]
    found = dict.fromkeys(names, 0.0) | {names[at]: float(one) for at, one in zip(kept, own, strict=True)}
    return Form(found, float(bias - own @ means[kept]))


# --- Measuring --------------------------------------------------------------------------------------------------------


def measure(outcomes: Sequence[Outcome], model: Assurance) -> tuple[Row, ...]:
    """Every system on each part and language, and on all languages together."""
    rows = []
    for part in ("held out", "fitted on"):
        own = [one for one in outcomes if one.asked.held_out == (part == "held out")]
        for language in ("all", *dict.fromkeys(one.asked.language for one in own)):
            chosen = [one for one in own if language in ("all", one.asked.language)]
            rows += [_row(part, language, system, chosen, model) for system in SYSTEMS if _tells(system, chosen, model)]
    return tuple(rows)


def _tells(system: str, outcomes: Sequence[Outcome], model: Assurance) -> bool:
    """Whether a way to be confident has something to say of every answer."""
    return all(one.confidence(system, model) is not None for one in outcomes if one.answer.claims)


def _row(part: str, language: str, system: str, outcomes: Sequence[Outcome], model: Assurance) -> Row:
    verdicts = dict.fromkeys(("right", "wrong", "declined rightly", "declined wrongly"), 0)
    for one in outcomes:
        verdicts[one.verdict] += 1
    answered = [one for one in outcomes if one.answer.claims]
    sure = np.array([one.confidence(system, model) for one in answered], np.float64)
    right = np.array([float(one.verdict == "right") for one in answered])
    draws = np.random.default_rng(SEED).integers(0, max(1, len(sure)), (RESAMPLES if len(sure) else 0, len(sure)))
    figures = {name: _interval(figure, sure, right, draws) for name, figure in _FIGURES.items()}
    points = tuple(_point(target, sure, right) for target in TARGETS)
    return Row(part, language, system, verdicts, figures, points)


_FIGURES: Mapping[str, Callable[[Numbers, Numbers], float]] = {
    "auroc": area_under_roc,
    "ece": calibration_error,
    "brier": lambda sure, right: float(((sure - right) ** 2).mean()),
    "mean confidence": lambda sure, _: float(sure.mean()),
    "accuracy": lambda _, right: float(right.mean()),
}


def _interval(
    figure: Callable[[Numbers, Numbers], float], sure: Numbers, right: Numbers, draws: NDArray[np.int64]
) -> tuple[float, float, float]:
    if not len(sure):
        return (float("nan"),) * 3
    again = np.array([figure(sure[draw], right[draw]) for draw in draws])
    again = again[~np.isnan(again)]
    low, high = np.percentile(again, [2.5, 97.5]) if len(again) else (float("nan"),) * 2
    return figure(sure, right), float(low), float(high)


def _point(target: float, sure: Numbers, right: Numbers) -> Point:
    given = sure >= 1 - target
    return Point(target, len(sure), int(given.sum()), int((1 - right[given]).sum()))


# --- Reporting --------------------------------------------------------------------------------------------------------


def render(rows: Sequence[Row]) -> str:
    """A table for the terminal."""
    lines = []
    for part, language in dict.fromkeys((row.part, row.language) for row in rows):
        own = [row for row in rows if (row.part, row.language) == (part, language)]
        counts = ", ".join(f"{count} {verdict}" for verdict, count in own[0].verdicts.items())
        accuracy, low, high = own[0].figures["accuracy"]
        lines.append(f"{part}, {language}: {counts}; right when answered {accuracy:.2f} [{low:.2f}, {high:.2f}]")
        lines.append(
            f"  {'':<16}{'AUROC':<19}{'ECE':<19}{'Brier':<19}{'mean':<7}"
            + "".join(f"{f'risk ≤ {target:.0%}: given, wrong':<29}" for target in TARGETS)
        )
        for row in own:
            told = "".join(f"{_told(row.figures[name]):<19}" for name in ("auroc", "ece", "brier"))
            points = "".join(f"{point!s:<29}" for point in row.points)
            lines.append(f"  {row.system:<16}{told}{row.figures['mean confidence'][0]:<7.2f}{points}".rstrip())
    return "\n".join(lines)


def _told(figure: tuple[float, float, float]) -> str:
    value, low, high = figure
    return f"{value:.2f} [{low:.2f}, {high:.2f}]"


def as_json(rows: Sequence[Row], outcomes: Sequence[Outcome], model: Assurance) -> str:
    """The same as JSON, with the outcome of each question; what is not defined is null."""
    questions = [
        {
            "id": one.asked.id,
            "held_out": one.asked.held_out,
            "verdict": one.verdict,
            "confidence": {name: one.confidence(name, model) for name in SYSTEMS},
        }
        for one in outcomes
    ]
    data = {"rows": [asdict(row) for row in rows], "questions": questions}
    return json.dumps(_defined(data), ensure_ascii=False, indent=1)


def _defined(value: Any) -> Any:
    """A value as JSON can hold it: NaN is None."""
    if isinstance(value, Mapping):
        return {key: _defined(each) for key, each in value.items()}
    if isinstance(value, list | tuple):
        return [_defined(each) for each in value]
    return None if isinstance(value, float) and np.isnan(value) else value


def run(*, refit: bool, machine: bool, limit: int | None = None, index_folder: Path | None = None) -> str:
    """Ask all gold questions and measure, fitting the model first where that is asked for; progress goes to stderr.

    Args:
        limit: Ask only so many, from the first; a model is never fitted on a part of the questions.

    Raises:
        AnalystError: The questions or the index cannot be read, or the model cannot be written.
    """
    if refit and limit:
        raise AnalystError("the model is fitted on all questions", next_step="leave out --limit or --fit")
    questions = read_questions()[:limit]
    settings = load_settings()
    if index_folder:
        settings = replace(settings, index=index_folder)
    index = open_index(settings, tell=_note, progress=lambda *_: None)
    outcomes = ask_all(questions, index, _tell)
    model = shipped_assurance()
    if refit:
        model = fit(outcomes, hashlib.sha256(QUESTIONS.read_bytes()).hexdigest()[:16])
        _write(WEIGHTS, model.to_json())
    rows = measure(outcomes, model)
    return as_json(rows, outcomes, model) if machine else render(rows)


def _write(path: Path, text: str) -> None:
    try:
        path.write_text(text, encoding="utf-8")
    except OSError as error:
        raise AnalystError(f"cannot be written ({error})", where=str(path)) from error


def _note(line: str) -> None:
    print(line, file=sys.stderr)


def _tell(done: int, total: int) -> None:
    print(f"\rasking {done}/{total}", end="\n" if done == total else "", file=sys.stderr, flush=True)
