"""Small nets that say how likely each candidate is the answer, and what that says of the passages together.

``nets.json`` holds one for each way of leaving out a fifth of the data, as ``weights.json`` does (agent.silence.model).
"""

import base64
import json
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from agent.silence.candidates import KINDS, SORTS, Candidates

Numbers = NDArray[np.float64]

NETS = Path(__file__).with_name("nets.json")
FARTHEST = 4.0
"""Standard deviations past which a number says no more."""
TOLD = ("best", "best_three", "agreed", "passages", "second")
"""What the candidates say together, each as log-odds: the best one; the three best; the best wording, when each passage
that has it counts anew; the passages in the mean; the second-best passage."""
NO_CANDIDATE = -8.0
_BEST = 3
_LEAST = 1e-4
"""Chances this far from none and all are as good as those."""

LAYERS = ("first", "first_bias", "second", "second_bias", "last", "last_bias")


@dataclass(frozen=True)
class Nets:
    """Nets with two hidden layers.

    Attributes:
        means, scales: Standardise what ``NUMBERS`` names.
        layers: ``LAYERS`` → weights, the first two dimensions those of repeats and folds.
    """

    means: Numbers
    scales: Numbers
    layers: Mapping[str, Numbers]

    def log_odds(self, candidates: Candidates) -> Numbers:
        """Of each candidate by each net, shape (repeats, folds, candidates)."""
        return run_layers(self.layers, self.inputs(candidates))

    def inputs(self, candidates: Candidates) -> Numbers:
        """What the nets see of each candidate, shape (candidates, inputs)."""
        steps = np.clip((candidates.numbers - self.means) / self.scales, -FARTHEST, FARTHEST)
        kinds = np.zeros((len(candidates), len(KINDS)))
        kinds[:, candidates.kind] = 1
        return np.hstack([steps, np.eye(SORTS)[candidates.sorts], kinds])

    def to_json(self) -> str:
        """Each array as its shape and its numbers, of 16 bits, in base64."""
        data = {"means": self.means, "scales": self.scales, **self.layers}
        lines = (f'"{name}":{json.dumps(_packed(values))}' for name, values in data.items())
        return "{" + ",\n".join(lines) + "}\n"


def run_layers(layers: Mapping[str, Numbers], inputs: Numbers) -> Numbers:
    """Inputs of shape (candidates, inputs) → log-odds, shape (…, candidates); … are the layers' first dimensions."""
    hidden = np.maximum(inputs @ layers["first"] + layers["first_bias"][..., None, :], 0)
    hidden = np.maximum(hidden @ layers["second"] + layers["second_bias"][..., None, :], 0)
    odds: Numbers = (hidden @ layers["last"][..., None])[..., 0] + layers["last_bias"][..., None]
    return odds


def tell_together(candidates: Candidates, odds: Numbers) -> Numbers:
    """What candidates with these log-odds say together, ``TOLD``; shape (…, candidates) → (…, told)."""
    if not len(candidates):
        return np.full((*odds.shape[:-1], len(TOLD)), NO_CANDIDATE)
    chances = 1 / (1 + np.exp(-np.clip(odds, -30, 30)))
    passages, places = np.unique(candidates.passages, return_inverse=True)
    pairs, of_pair = np.unique(candidates.texts * len(passages) + places, return_inverse=True)
    missed = np.zeros((int(candidates.texts.max()) + 1, *odds.shape[:-1]))
    each = np.log1p(-np.minimum(_most(chances, of_pair), 1 - 1e-9))
    np.add.at(missed, pairs // len(passages), np.moveaxis(each, -1, 0))
    by_passage = np.sort(_most(chances, places), axis=-1)
    ranked = np.sort(chances, axis=-1)
    return np.stack(
        [
            odds.max(axis=-1),
            _odds(ranked[..., -_BEST:].mean(axis=-1)),
            _odds((1 - np.exp(missed)).max(axis=0)),
            _odds(by_passage.mean(axis=-1)),
            _odds(by_passage[..., -2]) if len(passages) > 1 else odds.max(axis=-1),
        ],
        axis=-1,
    )


def _most(chances: Numbers, groups: NDArray[np.intp]) -> Numbers:
    """The highest chance of each group, shape (…, candidates) → (…, groups)."""
    highest = np.zeros((int(groups.max()) + 1, *chances.shape[:-1]))
    np.maximum.at(highest, groups, np.moveaxis(chances, -1, 0))
    return np.moveaxis(highest, 0, -1)


def _odds(chance: Numbers) -> Numbers:
    odds: Numbers = np.log((chance + _LEAST) / (1 - chance + _LEAST))
    return odds


@cache
def shipped_nets() -> Nets:
    """The nets that come with the program."""
    return read_nets(NETS.read_text(encoding="utf-8"))


def read_nets(text: str) -> Nets:
    """Nets from what ``to_json`` wrote."""
    data = {name: _unpacked(*values) for name, values in json.loads(text).items()}
    return Nets(data.pop("means"), data.pop("scales"), data)


def _packed(values: Numbers) -> tuple[tuple[int, ...], str]:
    return values.shape, base64.b64encode(values.astype("<f2").tobytes()).decode("ascii")


def _unpacked(shape: list[int], text: str) -> Numbers:
    return np.frombuffer(base64.b64decode(text), "<f2").astype(np.float64).reshape(shape)
