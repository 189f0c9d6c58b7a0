"""Fit the nets of agent.silence.nets: which candidate of a passage is the answer, from questions with known answers."""

from collections.abc import Mapping, Sequence

import numpy as np
from numpy.typing import NDArray

from agent.silence.candidates import Candidates
from agent.silence.nets import LAYERS, Nets
from corpus.errors import AnalystError

Numbers = NDArray[np.float64]
Layers = dict[str, Numbers]

HIDDEN = (32, 16)
ROUNDS = 15
BATCH = 512
STEP = 5e-3
DECAY = 0.05
"""Share of the step by which each weight is drawn to nothing."""
WRONG, RIGHT = 20, 10
"""Wrong and right candidates of a question that are looked at, at most."""
RIGHT_COUNTS = 8.0
"""What the right ones of a question count for together; the wrong ones one fortieth each, those left out counted in."""
WRONG_COUNTS = 1 / 40
_SLOW, _SLOWER = 0.9, 0.999
_WARMING = 0.3


def fit_nets(
    candidates: Sequence[Candidates],
    right: Sequence[NDArray[np.bool_]],
    answerable: Sequence[bool],
    folds: Sequence[Sequence[int]],
    parts: int,
) -> Nets:
    """A net for each repeat and fold, from the questions of the other folds.

    Args:
        candidates: Of each question.
        right: Which of them are the answer. Answerable questions without a single one tell nothing and are left out.
        folds: Of each question its fold in each repeat.
        parts: How many folds there are.

    Raises:
        AnalystError: Without one fold no question has an answer among its candidates.
    """
    if not any(own.any() for own in right):
        raise AnalystError("fitting needs questions whose answers stand in their passages")
    told = [at for at, own in enumerate(right) if len(own) and (own.any() or not answerable[at])]
    kept = [_draw(right[at], at) for at in told]
    numbers = np.concatenate([candidates[at].numbers[rows] for at, (rows, _) in zip(told, kept, strict=True)])
    nets = Nets(numbers.mean(axis=0), numbers.std(axis=0) + 1e-3, {})
    inputs = np.concatenate([nets.inputs(candidates[at])[rows] for at, (rows, _) in zip(told, kept, strict=True)])
    answers = np.concatenate([right[at][rows] for at, (rows, _) in zip(told, kept, strict=True)]).astype(float)
    counts = np.concatenate([counts for _, counts in kept])
    of = np.concatenate([np.full(len(rows), at) for at, (rows, _) in zip(told, kept, strict=True)])
    fitted = []
    for repeat in range(len(folds[0])):
        own = np.array([each[repeat] for each in folds])[of]
        for fold in range(parts):
            rest = own != fold
            if not answers[rest].any():
                raise AnalystError("fitting needs questions whose answers stand in their passages, in every fold")
            fitted.append(fit_net(inputs[rest], answers[rest], counts[rest], repeat * parts + fold))
    shape = (len(folds[0]), parts)
    layers = {name: np.stack([one[name] for one in fitted]) for name in LAYERS}
    return Nets(nets.means, nets.scales, {name: one.reshape(*shape, *one.shape[1:]) for name, one in layers.items()})


def _draw(right: NDArray[np.bool_], seed: int) -> tuple[NDArray[np.int64], Numbers]:
    """The candidates of a question that are looked at, and what each counts for."""
    yes, no = np.flatnonzero(right)[:RIGHT], np.flatnonzero(~right)
    drawn = np.random.default_rng(seed).permutation(no)[:WRONG]
    counts = [np.full(len(yes), RIGHT_COUNTS / max(1, len(yes)))]
    counts.append(np.full(len(drawn), WRONG_COUNTS * len(no) / max(1, len(drawn))))
    return np.concatenate([yes, drawn]), np.concatenate(counts)


def fit_net(inputs: Numbers, answers: Numbers, counts: Numbers, seed: int) -> Layers:
    """One net, by Adam with decaying weights; its step grows for three tenths of the way and shrinks after."""
    random = np.random.default_rng(seed)
    layers = _start(inputs.shape[1], random)
    slow = {name: (np.zeros_like(one), np.zeros_like(one)) for name, one in layers.items()}
    counts = counts / counts.mean()
    batches = -(-len(inputs) // BATCH)
    for at in range(ROUNDS * batches):
        if at % batches == 0:
            order = random.permutation(len(inputs))
        rows = order[at % batches * BATCH :][:BATCH]
        done = (at + 1) / (ROUNDS * batches)
        step = STEP * (done / _WARMING if done < _WARMING else (1 + np.cos(np.pi * (done - _WARMING) / 0.7)) / 2)
        slopes = _slopes(layers, inputs[rows], answers[rows], counts[rows])
        for name, slope in slopes.items():
            first, second = slow[name]
            first += (1 - _SLOW) * (slope - first)
            second += (1 - _SLOWER) * (slope**2 - second)
            change = first / (1 - _SLOW ** (at + 1)) / (np.sqrt(second / (1 - _SLOWER ** (at + 1))) + 1e-8)
            layers[name] = layers[name] * (1 - step * DECAY) - step * change
    return layers


def _start(inputs: int, random: np.random.Generator) -> Layers:
    first, second = HIDDEN
    sizes = {"first": (inputs, first), "second": (first, second), "last": (second,)}
    layers: Layers = {}
    for name, shape in sizes.items():
        bound = shape[0] ** -0.5
        layers[name] = random.uniform(-bound, bound, shape)
        layers[f"{name}_bias"] = random.uniform(-bound, bound, shape[1:])
    return layers


def _slopes(layers: Mapping[str, Numbers], inputs: Numbers, answers: Numbers, counts: Numbers) -> Layers:
    """The slope of the counted log-loss in every weight."""
    first = np.maximum(inputs @ layers["first"] + layers["first_bias"], 0)
    second = np.maximum(first @ layers["second"] + layers["second_bias"], 0)
    odds = second @ layers["last"] + layers["last_bias"]
    off = counts * (1 / (1 + np.exp(-np.clip(odds, -30, 30))) - answers) / len(answers)
    to_second = np.outer(off, layers["last"]) * (second > 0)
    to_first = (to_second @ layers["second"].T) * (first > 0)
    return {
        "first": inputs.T @ to_first,
        "first_bias": to_first.sum(axis=0),
        "second": first.T @ to_second,
        "second_bias": to_second.sum(axis=0),
        "last": second.T @ off,
        "last_bias": off.sum(),
    }
