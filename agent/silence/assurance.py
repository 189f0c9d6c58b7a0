"""The fitted model of finished answers: signals → the chance that an answer is right.

Logistic regression on the few signals of agent.silence.answered, one set of weights with the built-in encoder and one
for words alone. No weight is negative: what fits a question better is never less sure. ``assurance.json`` holds them;
``cpo eval confidence --fit`` makes it anew from the gold questions on the shipped documents.
"""

import json
import math
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from functools import cache
from pathlib import Path

from agent.silence.answered import Signals

FORMS = {
    "encoder": ("passages", "said", "least", "numbers", "kind", "single"),
    "words": ("said", "least", "numbers", "kind", "single"),
}
"""Form → the signals it weighs: with the built-in encoder, and without one."""
WEIGHTS = Path(__file__).with_name("assurance.json")


@dataclass(frozen=True, slots=True)
class Form:
    """One logistic model.

    Attributes:
        weights: Signal → its weight, at least 0.
        bias: The log-odds where each signal is 0.
    """

    weights: Mapping[str, float]
    bias: float

    def chance(self, signals: Signals) -> float:
        """The chance that the answer is right, from 0 to 1."""
        logit = self.bias + sum(weight * signals[name] for name, weight in self.weights.items())
        return 1 / (1 + math.exp(-max(-30.0, min(30.0, logit))))


@dataclass(frozen=True, slots=True)
class Assurance:
    """What ``assurance.json`` holds.

    Attributes:
        forms: "encoder" and "words" → the model.
        fitted_on: Digest of the gold set that it was fitted on.
    """

    forms: Mapping[str, Form]
    fitted_on: str = ""

    def chance(self, signals: Signals) -> float:
        """The chance that an answer is right, from 0 to 1, by the encoder's form where the signals have its part."""
        return self.forms["encoder" if "passages" in signals else "words"].chance(signals)

    def to_json(self) -> str:
        """Numbers to four digits."""
        data = asdict(self)
        for form in data["forms"].values():
            form["weights"] = {name: _rounded(weight) for name, weight in form["weights"].items()}
            form["bias"] = _rounded(form["bias"])
        return json.dumps(data, indent=1) + "\n"


@cache
def shipped_assurance() -> Assurance:
    """The model that comes with the program."""
    return read_assurance(WEIGHTS.read_text(encoding="utf-8"))


def read_assurance(text: str) -> Assurance:
    """A model from what ``to_json`` wrote."""
    data = json.loads(text)
    return Assurance(
        {name: Form(dict(one["weights"]), one["bias"]) for name, one in data["forms"].items()}, data["fitted_on"]
    )


def _rounded(value: float) -> float:
    return float(f"{value:.4g}")
