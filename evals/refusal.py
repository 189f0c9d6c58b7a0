"""Calibrated silence: are questions refused that the given passages do not answer, and only those?

Each question comes with its passages (``context5``, else ``context_passage_ids``) and says whether they answer it.
Measured for each set and language, beside a fixed threshold on the cosine of the best sentence: AUROC; the share of
unanswerable questions refused where at most a tenth of the answerable ones is; AURC and E-AURC; ECE; and the
risk–coverage curve. 95 % intervals are bootstraps over groups of questions that share a passage.

On a set that the shipped model was fitted on, each question is judged by the model that left its group out.
"""

import hashlib
import json
import re
import sys
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass, replace
from functools import partial
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from agent.silence.candidates import Candidates, find_candidates
from agent.silence.model import (
    FARTHEST,
    FOLDS,
    FORMS,
    REPEATS,
    WEIGHTS,
    Form,
    Model,
    Numbers,
    form_of,
    reads_candidates,
    shipped_model,
)
from agent.silence.nets import NETS, TOLD, tell_together
from agent.silence.signals import Signals, read_signals
from agent.silence.views import PassageView, Viewer, cut_parts, measure_centre
from corpus.document import Language
from corpus.errors import AnalystError
from corpus.text import normalise
from evals.fitting import (
    area_under_risk,
    area_under_roc,
    calibration_error,
    fit_logistic,
    right_refusals,
    risk_coverage,
)
from evals.refusal_nets import fit_nets
from evals.sets import language_of, read_lines, read_passages
from indexes.embeddings import BuiltInEmbedder, ContextEmbedder, ContextVectors, Role

SEED = 20261122
RESAMPLES = 1000
BASELINE = "cosine"
PENALTY = 20.0
"""Chosen among 10, 20 and 33, which differ little."""
TOLD_COUNTS = 1.5
"""By how much the penalty spares what the candidates say together, beside a signal of the whole."""
LENT = 0.03
"""What a case of another form counts for beside one of the form that is fitted."""
COVERAGES = (0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9, 1.0)


@dataclass(frozen=True, slots=True)
class Case:
    """One question beside its passages.

    Attributes:
        group: Cases of one group share a passage.
        folds: For each repeat the fold of the case's group, the answerable spread evenly.
        answers: What stands in the passages that answers, in their words.
    """

    id: str
    data_set: str
    digest: str
    question: str
    language: Language
    passages: tuple[tuple[str, Language], ...]
    answerable: bool
    group: str
    folds: tuple[int, ...] = ()
    answers: tuple[str, ...] = ()

    @property
    def form(self) -> str:
        """Which of the model's forms it has."""
        return form_of(self.question, self.language, len(self.passages))


@dataclass(frozen=True, slots=True)
class Reading:
    """What is seen of a case; ``right`` tells which candidates are its answer."""

    signals: Signals
    candidates: Candidates
    right: NDArray[np.bool_]


@dataclass(frozen=True, slots=True)
class Interval:
    """A figure and its 95 % interval."""

    value: float
    low: float
    high: float

    def __str__(self) -> str:
        return f"{self.value:.3f} [{self.low:.3f}, {self.high:.3f}]"


@dataclass(frozen=True, slots=True)
class Row:
    """One system on one set and language.

    Attributes:
        curve: (coverage, risk, low, high) at the coverages of the module.
        held_out: Whether each case was judged by a model that had not seen its group.
    """

    data_set: str
    language: str
    system: str
    answerable: int
    unanswerable: int
    held_out: bool
    figures: Mapping[str, Interval]
    curve: tuple[tuple[float, float, float, float], ...]


# --- Reading ----------------------------------------------------------------------------------------------------------


def read_cases(folder: Path) -> list[Case]:
    """The questions of a set that give their passages.

    Raises:
        AnalystError: A file is missing or wrong, a passage is unknown, or no question gives its passages.
    """
    passages = {one.id: (one.text, one.language) for one in read_passages(folder)}
    path = folder / "questions.jsonl"
    rows = [row for row in read_lines(path, _row) if row["passages"]]
    if not rows:
        raise AnalystError("no question has context_passage_ids or context5", where=str(path))
    unknown = next((name for row in rows for name in row["passages"] if name not in passages), None)
    if unknown is not None:
        raise AnalystError(f"a question gives the passage {unknown!r}, which passages.jsonl lacks", where=str(path))
    digest = hashlib.sha256(path.read_bytes()).hexdigest()[:16]
    groups = _groups([row["passages"] for row in rows])
    folds = _divide(groups, [row["answerable"] for row in rows])
    return [
        Case(
            row["id"],
            folder.resolve().name,
            digest,
            row["text"],
            row["language"],
            tuple(passages[name] for name in row["passages"]),
            row["answerable"],
            group,
            folds[group],
            row["answers"],
        )
        for row, group in zip(rows, groups, strict=True)
    ]


def _row(row: dict[str, Any]) -> dict[str, Any]:
    names = row.get("context5") or row.get("context_passage_ids") or []
    if (
        not isinstance(row["text"], str)
        or not normalise(row["text"]).strip()
        or not isinstance(row["answerable"], bool)
    ):
        raise TypeError("text must be words, and answerable true or false")
    return {
        "id": str(row["id"]),
        "text": normalise(row["text"]),
        "language": language_of(row),
        "passages": list(dict.fromkeys(map(str, names))),
        "answerable": row["answerable"],
        "answers": tuple(_texts(row.get("evidences") or row.get("answers"))),
    }


def _texts(value: object) -> Iterator[str]:
    """The texts of a list, and of the lists in it."""
    if isinstance(value, str) and value.strip():
        yield normalise(value).strip().lower()
    elif isinstance(value, list):
        for one in value:
            yield from _texts(one)


def _groups(keys: Sequence[Sequence[str]]) -> list[str]:
    """For each case the least key that it shares, directly or by way of others."""
    parent: dict[str, str] = {}

    def find(key: str) -> str:
        while parent.setdefault(key, key) != key:
            key = parent[key]
        return key

    for own in keys:
        for key in own[1:]:
            first, second = sorted((find(own[0]), find(key)))
            parent[second] = first
    return [find(own[0]) for own in keys]


def _divide(groups: Sequence[str], answers: Sequence[bool]) -> dict[str, tuple[int, ...]]:
    """Group → its fold in each repeat; groups are dealt out in the order of their share of answerable cases."""
    told: dict[str, list[bool]] = {}
    for group, answerable in zip(groups, answers, strict=True):
        told.setdefault(group, []).append(answerable)
    folds: dict[str, tuple[int, ...]] = dict.fromkeys(told, ())
    for repeat in range(REPEATS):
        mixed = {group: hashlib.sha256(f"{repeat} {group}".encode()).hexdigest() for group in told}
        order = sorted(told, key=lambda group: (np.mean(told[group]), mixed[group]))
        for place, group in enumerate(order):
            folds[group] += (place % FOLDS,)
    return folds


Centres = Mapping[str, tuple[tuple[float, ...], tuple[float, ...]]]


def read_all(
    cases: Sequence[Case], embedder: ContextEmbedder, centres: Centres, progress: Callable[[int, int], None]
) -> list[Reading]:
    """What is seen of each case."""
    viewer = Viewer(embedder, centres)
    found = []
    for number, case in enumerate(cases, start=1):
        question, passages = viewer.view_question(case.question, case.language), viewer.view_passages(case.passages)
        candidates = find_candidates(question, passages)
        found.append(Reading(read_signals(question, passages), candidates, _find_right(case, passages, candidates)))
        progress(number, len(cases))
    return found


def _find_right(case: Case, passages: Sequence[PassageView], candidates: Candidates) -> NDArray[np.bool_]:
    """Which candidates lie in an answer, half of them at least."""
    right = np.zeros(len(candidates), bool)
    for at, passage in enumerate(passages if case.answerable else ()):
        text = passage.text.lower()
        for answer in case.answers:
            for found in re.finditer(re.escape(answer), text):
                shared = np.minimum(candidates.spans[:, 1], found.end())
                shared = shared - np.maximum(candidates.spans[:, 0], found.start())
                enough = 2 * shared >= candidates.spans[:, 1] - candidates.spans[:, 0]
                right |= (candidates.passages == at) & enough
    return right


class Remembering:
    """An encoder that encodes no text twice; holds everything it has encoded."""

    def __init__(self, embedder: ContextEmbedder) -> None:
        self._embedder = embedder
        self._known: dict[tuple[Role, str], ContextVectors] = {}

    def encode_in_context(self, texts: Sequence[str], role: Role) -> list[ContextVectors]:
        """As the encoder does."""
        new = [text for text in dict.fromkeys(texts) if (role, text) not in self._known]
        self._known.update(
            zip(((role, text) for text in new), self._embedder.encode_in_context(new, role), strict=True)
        )
        return [self._known[role, text] for text in texts]


def find_centres(cases: Sequence[Case], embedder: ContextEmbedder, progress: Callable[[int, int], None]) -> Centres:
    """Where the languages of the cases lie in the encoder's space, as questions and as passages."""
    texts: dict[tuple[Role, Language], dict[str, None]] = {}
    for case in cases:
        texts.setdefault(("query", case.language), {})[case.question] = None
        for passage, language in case.passages:
            texts.setdefault(("passage", language), {}).update(dict.fromkeys(cut_parts(passage)))
    centres = {}
    done, total = 0, sum(map(len, texts.values()))
    for (role, language), own in sorted(texts.items()):
        found = []
        for text in own:
            found += embedder.encode_in_context([text], role)
            done += 1
            progress(done, total)
        tokens, whole = measure_centre(found)
        centres[f"{role} {language}"] = (tuple(tokens.tolist()), tuple(whole.tolist()))
    return centres


# --- Fitting ----------------------------------------------------------------------------------------------------------


def fit(cases: Sequence[Case], readings: Sequence[Reading], centres: Centres) -> Model:
    """Models for each form, repeat and fold, each form calibrated on what they say of cases they have not seen.

    Raises:
        AnalystError: A form lacks answerable or unanswerable questions, or a fold lacks answers that stand in passages.
    """
    _check(cases)
    names = tuple(readings[0].signals)
    values = np.array([[one.signals[name] for name in names] for one in readings])
    candidates = [one.candidates for one in readings]
    nets = fit_nets(
        candidates,
        [one.right for one in readings],
        [case.answerable for case in cases],
        [case.folds for case in cases],
        FOLDS,
    )
    told = np.array([tell_together(one, nets.log_odds(one)) for one in candidates])
    forms = {form: _fit_form(cases, values, told, form) for form in FORMS}
    return Model(names, forms, nets, centres, tuple(sorted({case.digest for case in cases})))


def _check(cases: Sequence[Case]) -> None:
    for form in FORMS:
        if len({case.answerable for case in cases if case.form == form}) < 2:
            raise AnalystError(f"fitting needs answerable and unanswerable questions of the form {form!r}")


def _fit_form(cases: Sequence[Case], values: Numbers, told: Numbers, form: str) -> Form:
    """The models of one form; ``told`` has the shape (cases, repeats, folds, told)."""
    answers = np.array([float(case.answerable) for case in cases])
    own = np.array([case.form == form for case in cases])
    seen = [_seen(cases, values, told, repeat, form) for repeat in range(REPEATS)]
    means, scales = seen[0][own].mean(axis=0), seen[0][own].std(axis=0) + 1e-3
    if reads_candidates(form):
        scales[-len(TOLD) :] = (scales[-len(TOLD) :] + 0.1) / TOLD_COUNTS
    counts = np.where(own, 1.0, LENT)
    weights = []
    for repeat, each in enumerate(seen):
        steps = np.clip((each - means) / scales, -FARTHEST, FARTHEST)
        folds = np.array([case.folds[repeat] for case in cases])
        fitted = [
            fit_logistic(steps[folds != n], answers[folds != n], counts[folds != n], PENALTY) for n in range(FOLDS)
        ]
        weights.append(tuple((*one.tolist(), bias) for one, bias in fitted))
    raw = Form(tuple(means.tolist()), tuple(scales.tolist()), tuple(weights))
    unseen = [raw.logit(values[at], told[at], cases[at].folds) for at in np.flatnonzero(own).tolist()]
    slope, intercept = fit_logistic(np.array(unseen)[:, None], answers[own], np.ones(int(own.sum())), 1e-3)
    return replace(raw, slope=float(slope[0]), intercept=intercept)


def _seen(cases: Sequence[Case], values: Numbers, told: Numbers, repeat: int, form: str) -> Numbers:
    """What a model of a form goes by: of each case what the net says that has not seen it."""
    if not reads_candidates(form):
        return values
    folds = [case.folds[repeat] for case in cases]
    return np.hstack([values, told[np.arange(len(cases)), repeat, folds]])


# --- Measuring --------------------------------------------------------------------------------------------------------


def measure(cases: Sequence[Case], readings: Sequence[Reading], model: Model) -> tuple[Row, ...]:
    """The model and the baseline on each set and language."""
    chances = np.array([_chance(model, case, one) for case, one in zip(cases, readings, strict=True)])
    cosines = np.array([one.signals[BASELINE] for one in readings])
    rows = []
    for data_set, language in sorted({(case.data_set, case.language) for case in cases}):
        at = [n for n, case in enumerate(cases) if (case.data_set, case.language) == (data_set, language)]
        own = [cases[n] for n in at]
        rows.append(_row_of(own, "ours", chances[at], own[0].digest in model.fitted_on))
        rows.append(_row_of(own, BASELINE, cosines[at], False))
    return tuple(rows)


def _chance(model: Model, case: Case, reading: Reading) -> float:
    unseen = case.folds if case.digest in model.fitted_on else ()
    return model.chance(case.form, reading.signals, reading.candidates, unseen=unseen)


def _row_of(cases: Sequence[Case], system: str, scores: NDArray[np.float64], held_out: bool) -> Row:
    answers = np.array([float(case.answerable) for case in cases])
    groups: dict[str, list[int]] = {}
    for at, case in enumerate(cases):
        groups.setdefault(case.group, []).append(at)
    draws = _resample(list(groups.values()))
    figures = {name: _interval(one, scores, answers, draws) for name, one in _figures(system).items()}
    curve = tuple(
        (coverage, *_plain(_interval(partial(_risk_at, coverage=coverage), scores, answers, draws)))
        for coverage in COVERAGES
    )
    known = int(answers.sum())
    return Row(
        cases[0].data_set, cases[0].language, system, known, len(cases) - known, held_out, figures,
        curve,
    )  # fmt: skip


def _figures(system: str) -> dict[str, Callable[[NDArray[np.float64], NDArray[np.float64]], float]]:
    figures: dict[str, Callable[[NDArray[np.float64], NDArray[np.float64]], float]] = {
        "auroc": area_under_roc,
        "right_refusals": right_refusals,
        "aurc": lambda scores, answers: area_under_risk(scores, answers)[0],
        "e_aurc": lambda scores, answers: area_under_risk(scores, answers)[1],
    }
    return figures if system == BASELINE else {**figures, "ece": calibration_error}


def _risk_at(scores: NDArray[np.float64], answers: NDArray[np.float64], coverage: float) -> float:
    _, risk = risk_coverage(scores, answers)
    return float(risk[max(0, round(coverage * len(risk)) - 1)])


def _resample(groups: Sequence[Sequence[int]]) -> list[NDArray[np.int64]]:
    drawn = np.random.default_rng(SEED).integers(0, len(groups), (RESAMPLES, len(groups)))
    return [np.array([at for n in draw for at in groups[n]]) for draw in drawn]


def _interval(
    figure: Callable[[NDArray[np.float64], NDArray[np.float64]], float],
    scores: NDArray[np.float64],
    answers: NDArray[np.float64],
    draws: Sequence[NDArray[np.int64]],
) -> Interval:
    again = [figure(scores[draw], answers[draw]) for draw in draws]
    low, high = np.nanpercentile(again, [2.5, 97.5])
    return Interval(figure(scores, answers), float(low), float(high))


def _plain(interval: Interval) -> tuple[float, float, float]:
    return interval.value, interval.low, interval.high


# --- Reporting --------------------------------------------------------------------------------------------------------


def render(rows: Sequence[Row]) -> str:
    """A table for the terminal."""
    lines = [
        f"{'set':<14}{'':<4}{'system':<9}{'yes/no':<9}{'AUROC':<23}{'refused at ≤10%':<23}{'AURC':<23}{'E-AURC':<8}ECE"
    ]
    for row in rows:
        start = f"{row.data_set:<14}{row.language:<4}{row.system:<9}{f'{row.answerable}/{row.unanswerable}':<9}"
        told = "".join(f"{row.figures[name]!s:<23}" for name in ("auroc", "right_refusals", "aurc"))
        error = f"{row.figures['ece'].value:.3f}" if "ece" in row.figures else "-"
        mark = "  held out" if row.held_out else ""
        lines.append(f"{start}{told}{row.figures['e_aurc'].value:<8.3f}{error}{mark}")
    return "\n".join(lines)


def as_json(rows: Sequence[Row]) -> str:
    """The same as JSON, with every interval and the curves."""
    return json.dumps({"rows": [asdict(row) for row in rows]}, indent=1)


def as_svg(rows: Sequence[Row]) -> str:
    """The risk–coverage curves with their intervals, one panel for each set and language."""
    panels = sorted({(row.data_set, row.language) for row in rows})
    parts = [
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{_WIDE * len(panels)}" height="{_HIGH}" '
        'font-family="sans-serif" font-size="11">',
        f'<rect width="{_WIDE * len(panels)}" height="{_HIGH}" fill="white"/>',
    ]
    for place, panel in enumerate(panels):
        own = [row for row in rows if (row.data_set, row.language) == panel]
        parts += [f'<g transform="translate({_WIDE * place},0)">', *_panel(own), "</g>"]
    return "\n".join([*parts, "</svg>"]) + "\n"


_WIDE, _HIGH, _LEFT, _TOP, _SIDE = 280, 270, 45, 30, 200
_COLOURS = {"ours": "#1f5fa8", BASELINE: "#b3541e"}


def _panel(rows: Sequence[Row]) -> Iterator[str]:
    title = f"{rows[0].data_set} {rows[0].language} (n = {rows[0].answerable + rows[0].unanswerable})"
    yield f'<text x="{_LEFT}" y="18" font-weight="bold">{_escaped(title)}</text>'
    for tick in (0.0, 0.25, 0.5, 0.75, 1.0):
        x, y = _x(tick), _y(tick)
        yield f'<line x1="{_LEFT}" x2="{_LEFT + _SIDE}" y1="{y:.1f}" y2="{y:.1f}" stroke="#ddd"/>'
        yield f'<text x="{_LEFT - 6}" y="{y + 4:.1f}" text-anchor="end">{tick:g}</text>'
        yield f'<text x="{x:.1f}" y="{_TOP + _SIDE + 14}" text-anchor="middle">{tick:g}</text>'
    yield f'<text x="{_LEFT + _SIDE / 2}" y="{_HIGH - 8}" text-anchor="middle">coverage</text>'
    yield f'<text transform="translate(12,{_TOP + _SIDE / 2}) rotate(-90)" text-anchor="middle">risk</text>'
    for number, row in enumerate(rows):
        colour = _COLOURS[row.system]
        up = [f"{_x(at):.1f},{_y(low):.1f}" for at, _, low, _ in row.curve]
        down = [f"{_x(at):.1f},{_y(high):.1f}" for at, _, _, high in reversed(row.curve)]
        line = " ".join(f"{_x(at):.1f},{_y(risk):.1f}" for at, risk, _, _ in row.curve)
        yield f'<polygon points="{" ".join(up + down)}" fill="{colour}" opacity="0.15"/>'
        yield f'<polyline points="{line}" fill="none" stroke="{colour}" stroke-width="2"/>'
        yield f'<text x="{_LEFT + 8}" y="{_TOP + 14 + 14 * number}" fill="{colour}">{_escaped(row.system)}</text>'


def _x(coverage: float) -> float:
    return _LEFT + _SIDE * coverage


def _y(risk: float) -> float:
    return _TOP + _SIDE * (1 - risk)


def _escaped(text: str) -> str:
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


def run(folders: Sequence[Path], *, refit: bool, curve: Path | None, machine: bool) -> str:
    """Measure sets, fitting the model on them first where that is asked for; progress goes to stderr.

    Raises:
        AnalystError: A set cannot be used, or a file cannot be written.
    """
    cases = [case for folder in folders for case in read_cases(folder)]
    embedder = Remembering(BuiltInEmbedder())
    centres = find_centres(cases, embedder, _tell) if refit else shipped_model().centres
    readings = read_all(cases, embedder, centres, _tell)
    model = fit(cases, readings, centres) if refit else shipped_model()
    rows = measure(cases, readings, model)
    if refit:
        _write(WEIGHTS, model.to_json())
        _write(NETS, model.nets.to_json())
    if curve:
        _write(curve, as_svg(rows))
    return as_json(rows) if machine else render(rows)


def _write(path: Path, text: str) -> None:
    try:
        path.write_text(text, encoding="utf-8")
    except OSError as error:
        raise AnalystError(f"cannot be written ({error})", where=str(path)) from error


def _tell(done: int, total: int) -> None:
    print(f"\rreading {done}/{total}", end="\n" if done == total else "", file=sys.stderr, flush=True)
