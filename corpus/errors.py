"""Errors of reading, and AnalystError, the root of every error we raise.

    AnalystError                 what went wrong, where, and what to do next
    ├── ReadingError             a file or folder could not be read (corpus)
    ├── IndexingError            an index could not be built, saved, opened or searched (indexes.errors)
    │   ├── StaleIndexError
    │   └── DamagedIndexError
    ├── AnsweringError           a question could not be asked or answered (agent.errors)
    ├── CalculationError         a formula was called wrongly (agent.errors)
    ├── BundleError              an answer bundle could not be written or read (agent.errors)
    └── UsageError               the command line is wrong (agent.cli)

Each error is a full sentence a user can act on: ``str(error)`` is the one line the command line prints.
"""


class AnalystError(Exception):
    """Root of every error we raise on purpose.

    Attributes:
        what: What went wrong, in one clause.
        where: The file, folder, question or argument it happened in; may be empty.
        next_step: What the user can do about it, often a command; may be empty.
    """

    def __init__(self, what: str, *, where: str = "", next_step: str = "") -> None:
        super().__init__(what, where, next_step)
        self.what = what
        self.where = where
        self.next_step = next_step

    def __str__(self) -> str:
        place = f"{self.where}: " if self.where else ""
        advice = f"; {self.next_step}" if self.next_step else ""
        return f"{place}{self.what}{advice}"


class ReadingError(AnalystError):
    """A file or folder could not be read into a Document."""
