"""The fitted model: signals → the chance that the passages answer the question.

Logistic regression with one set of weights for each form that question and passages take, for what tells differs
between a search-box query beside one passage and a question beside several. ``weights.json`` holds twenty models for
each form, from four ways of leaving out a fifth of the data (``cpo eval refusal … --fit``): in use their logits are
averaged, and a measurement on the data they were fitted on takes for each question those that have not seen it. It
also holds where English and Chinese lie in the built-in encoder's space, which few neutral sentences tell less well.
"""

import json
import math
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, replace
from functools import cache
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from agent.silence.candidates import Candidates, find_candidates
from agent.silence.nets import Nets, shipped_nets, tell_together
from agent.silence.signals import Signals, read_signals
from agent.silence.views import PassageView, QuestionView
from corpus.document import Language

FOLDS = 5
REPEATS = 4
FORMS = ("query", "question", "several", "several-wide")
"""A query of lower-case words or a whole question, beside one passage; beside several, in English or otherwise."""
Numbers = NDArray[np.float64]

WEIGHTS = Path(__file__).with_name("weights.json")
FARTHEST = 4.0
"""Standard deviations past which a signal says no more."""


@dataclass(frozen=True, slots=True)
class Form:
    """The models of one form; each works on signals standardised by ``means`` and ``scales``.

    Attributes:
        weights: Of each repeat and fold one model: a weight for each signal, then the bias. The signals are those of
            the whole and, beside several passages, what the candidates say together by the net of the repeat and fold.
        slope, intercept: Turn the averaged logit into that of a calibrated probability.
    """

    means: tuple[float, ...]
    scales: tuple[float, ...]
    weights: tuple[tuple[tuple[float, ...], ...], ...]
    slope: float = 1.0
    intercept: float = 0.0

    def logit(self, values: Sequence[float], told: Numbers, unseen: Sequence[int] = ()) -> float:
        """The log-odds of an answer before calibration, by all models or by one of each repeat: that of its fold.

        Args:
            told: What the candidates say together by each net, shape (repeats, folds, told).
        """
        table = np.asarray(self.weights)
        whole = np.broadcast_to(np.asarray(values), (*table.shape[:2], len(values)))
        read = np.concatenate([whole, told], axis=2)[..., : len(self.means)]
        steps = np.clip((read - np.asarray(self.means)) / np.asarray(self.scales), -FARTHEST, FARTHEST)
        odds = (table[..., :-1] * steps).sum(axis=2) + table[..., -1]
        return float(np.mean([odds[repeat, fold] for repeat, fold in enumerate(unseen)] if unseen else odds))


@dataclass(frozen=True, slots=True)
class Model:
    """What ``weights.json`` holds.

    Attributes:
        signals: Their names, in the order of the weights.
        forms: Form → its models.
        nets: Weigh the candidates; they have a file of their own.
        centres: "query en" and the like → the mean of its tokens' vectors, and that of its texts'.
        fitted_on: Digests of the test sets it was fitted on.
    """

    signals: tuple[str, ...]
    forms: Mapping[str, Form]
    nets: Nets
    centres: Mapping[str, tuple[tuple[float, ...], tuple[float, ...]]]
    fitted_on: tuple[str, ...] = ()

    def tell(self, question: QuestionView, passages: Sequence[PassageView]) -> float:
        """The chance that passages answer a question, at least one passage; from 0 to 1."""
        form = form_of(question.text, question.language, len(passages))
        return self.chance(form, read_signals(question, passages), find_candidates(question, passages))

    def chance(self, form: str, signals: Signals, candidates: Candidates, *, unseen: Sequence[int] = ()) -> float:
        """The chance that there is an answer, from 0 to 1; by all models, or by those of the folds ``unseen``."""
        own = self.forms[form]
        told = tell_together(candidates, self.nets.log_odds(candidates))
        logit = own.slope * own.logit([signals[name] for name in self.signals], told, unseen) + own.intercept
        return 1 / (1 + math.exp(-max(-30.0, min(30.0, logit))))

    def to_json(self) -> str:
        """Numbers to four digits, a line for each model."""
        data = asdict(replace(self, nets=None))  # type: ignore[arg-type]
        text = json.dumps(_rounded({name: one for name, one in data.items() if name != "nets"}), separators=(",", ":"))
        return text.replace("],[", "],\n[").replace('"means"', '\n"means"') + "\n"


def reads_candidates(form: str) -> bool:
    """Whether a form weighs what could answer: beside one passage it told nothing more."""
    return form.startswith("several")


def form_of(question: str, language: Language, passages: int) -> str:
    """Which of the forms a question beside that many passages has."""
    if passages > 1:
        return "several" if language == "en" else "several-wide"
    if language != "en":
        return "several-wide"
    return "query" if question[:1].islower() and not question.rstrip().endswith("?") else "question"


@cache
def shipped_model() -> Model:
    """The model that comes with the program."""
    return read_model(WEIGHTS.read_text(encoding="utf-8"), shipped_nets())


def read_model(text: str, nets: Nets) -> Model:
    """A model from what ``to_json`` wrote, with its nets."""
    data = json.loads(text)
    forms = {
        name: Form(
            tuple(one["means"]),
            tuple(one["scales"]),
            tuple(tuple(map(tuple, repeat)) for repeat in one["weights"]),
            one["slope"],
            one["intercept"],
        )
        for name, one in data["forms"].items()
    }
    centres = {name: (tuple(tokens), tuple(texts)) for name, (tokens, texts) in data["centres"].items()}
    return Model(tuple(data["signals"]), forms, nets, centres, tuple(data["fitted_on"]))


def _rounded(value: object) -> object:
    if isinstance(value, dict):
        return {key: _rounded(each) for key, each in value.items()}
    if isinstance(value, list | tuple):
        return [_rounded(each) for each in value]
    return float(f"{value:.4g}") if isinstance(value, float) else value
