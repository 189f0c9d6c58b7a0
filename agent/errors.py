"""Errors of answering."""

from corpus.errors import AnalystError


class AnsweringError(AnalystError):
    """A question could not be asked or answered (bad question, model unreachable, model misbehaving)."""


class CalculationError(AnalystError):
    """A formula was called with unknown, missing, out-of-range or wrongly dimensioned arguments."""
