"""Errors of answering."""

from corpus.errors import AnalystError


class AnsweringError(AnalystError):
    """A question could not be asked or answered (bad question, model unreachable, model misbehaving)."""


class ModelFailure(AnsweringError):  # noqa: N818  # it is what happened
    """The model gave no draft: it is down, loops, or took more than it may. Another model may still answer."""


class CalculationError(AnalystError):
    """A formula was called with unknown, missing, out-of-range or wrongly dimensioned arguments."""


class BasisMismatch(CalculationError):  # noqa: N818  # it is what went wrong
    """Two energies to be compared are counted on different bases, so that no number would be right."""


class BundleError(AnalystError):
    """An answer bundle could not be written or read."""
