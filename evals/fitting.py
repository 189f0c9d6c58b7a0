"""Fit logistic regressions in plain numpy, and calibrate and measure what they say."""

import numpy as np
from numpy.typing import NDArray

Numbers = NDArray[np.float64]
_ROUNDS = 60
_CLOSE = 1e-8


def fit_logistic(values: Numbers, answers: Numbers, weights: Numbers, penalty: float) -> tuple[Numbers, float]:
    """Weights and bias of a ridge-penalised logistic regression, by Newton's method.

    Args:
        values: Standardised signals, shape (cases, signals).
        answers: 1 or 0 for each case.
        weights: How much each case counts.
        penalty: Half of this times the squared length of the weights is added to the loss; the bias is free.
    """
    design = np.hstack([values, np.ones((len(values), 1))])
    ridge = np.full(design.shape[1], penalty)
    ridge[-1] = 1e-6
    found = np.zeros(design.shape[1])
    for _ in range(_ROUNDS):
        chance = logistic(design @ found)
        gradient = design.T @ (weights * (chance - answers)) + ridge * found
        curvature = (design * (weights * np.maximum(chance * (1 - chance), 1e-6))[:, None]).T @ design + np.diag(ridge)
        step = np.linalg.solve(curvature, gradient)
        step *= min(1.0, 5.0 / max(1e-9, float(np.abs(step).max())))
        found = found - step
        if float(np.abs(step).max()) < _CLOSE:
            break
    return found[:-1], float(found[-1])


def logistic(logits: Numbers) -> Numbers:
    """Log-odds → probability."""
    chance: Numbers = 1 / (1 + np.exp(-np.clip(logits, -30, 30)))
    return chance


def area_under_roc(scores: Numbers, answers: Numbers) -> float:
    """The chance that an answerable case scores above an unanswerable one; ties count half. NaN without both kinds."""
    positive, negative = scores[answers == 1], scores[answers == 0]
    if not len(positive) or not len(negative):
        return float("nan")
    order = np.sort(negative)
    below = np.searchsorted(order, positive, "left") + np.searchsorted(order, positive, "right")
    return float(below.mean() / 2 / len(negative))


def right_refusals(scores: Numbers, answers: Numbers, most_false: float = 0.10) -> float:
    """The share of unanswerable cases refused where at most that share of answerable ones is."""
    positive, negative = np.sort(scores[answers == 1]), scores[answers == 0]
    if not len(positive) or not len(negative):
        return float("nan")
    return float((negative < positive[int(most_false * len(positive))]).mean())


def risk_coverage(scores: Numbers, answers: Numbers) -> tuple[Numbers, Numbers]:
    """Coverage and risk when the cases are answered in the order of their score, ties by position."""
    order = np.argsort(-scores, kind="stable")
    count = np.arange(1, len(order) + 1)
    return count / len(order), np.cumsum(1 - answers[order]) / count


def area_under_risk(scores: Numbers, answers: Numbers) -> tuple[float, float]:
    """AURC, and by how much it exceeds that of a perfect order (E-AURC)."""
    _, risk = risk_coverage(scores, answers)
    _, least = risk_coverage(answers.astype(float), answers)
    return float(risk.mean()), float(risk.mean() - least.mean())


def calibration_error(chances: Numbers, answers: Numbers, bins: int = 10) -> float:
    """Expected calibration error over bins of equal counts."""
    order = np.argsort(chances, kind="stable")
    parts = [part for part in np.array_split(order, bins) if len(part)]
    return float(sum(len(one) * abs(chances[one].mean() - answers[one].mean()) for one in parts) / len(order))
