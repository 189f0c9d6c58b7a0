"""Errors of building and opening an index."""

from corpus.errors import AnalystError


class IndexingError(AnalystError):
    """An index could not be built, saved, opened or searched."""


class StaleIndexError(IndexingError):
    """The index no longer fits its documents, its encoder or this version of the program."""


class DamagedIndexError(IndexingError):
    """Files of the index are missing, changed or not ours."""
