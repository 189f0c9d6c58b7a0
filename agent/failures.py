"""Read what went wrong with a model: which kind of failure, whether to try again, and what the user can do.

Providers raise errors of their own. What they share is read without importing them: the HTTP status, the names of the
classes, the words of the message.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal

Kind = Literal[
    "busy",
    "slow",
    "server",
    "unreachable",
    "key",
    "quota",
    "unknown model",
    "tools",
    "choice",
    "schema",
    "long",
    "other",
]

_PASSING: tuple[Kind, ...] = ("busy", "slow", "server", "unreachable")
"""What may be over in a moment."""

_NEXT_STEPS: Mapping[Kind, str] = {
    "busy": "ask again in a minute, or add --fallback offline",
    "slow": "ask again, raise --max-seconds, or add --fallback offline",
    "server": "ask again in a minute, or add --fallback offline",
    "unreachable": "start its server or check --base-url and the network, or add --fallback offline",
    "key": "set the provider's key (OPENAI_API_KEY, ANTHROPIC_API_KEY), or use --model offline",
    "quota": "top up the provider's account, or use --model offline",
    "unknown model": "check the name after --model, or use --model offline",
    "tools": "use --protocol plain, or another --model",
    "choice": "use --protocol plain, or another --model",
    "schema": "use --protocol plain, or another --model",
    "long": "use a model with a longer context, or --model offline",
    "other": "check --model and --base-url, or use --model offline",
}
_SAYS: Mapping[Kind, str] = {
    "busy": "is busy",
    "slow": "did not reply in time",
    "server": "has a fault on its server",
    "unreachable": "cannot be reached",
    "key": "refused the key",
    "quota": "has no quota left",
    "unknown model": "is not known to its server",
    "tools": "takes no tools",
    "choice": "cannot be made to call a tool",
    "schema": "cannot be held to a schema",
    "long": "was sent more than it can read",
    "other": "failed",
}
_TOOLS = re.compile(
    r"(?:tools?|functions?)\b.{0,60}\b(?:not |n't |un)support|support.{0,20}\b(?:tools?|function)|--jinja|"
    r"tool[- _]choice requires|(?:unknown|unexpected|unrecognized|extra).{0,40}\b(?:tools|functions)\b",
    re.IGNORECASE | re.DOTALL,
)
_CHOICE = re.compile(r"tool[_ ]choice|forces? tool use", re.IGNORECASE)
_SCHEMA = re.compile(r"response_format|json_?schema|grammar|structured outputs?", re.IGNORECASE)
_LONG = re.compile(
    r"context[ _](?:length|size|window)|maximum context|exceed_context|prompt is too long|too many (?:input )?tokens",
    re.IGNORECASE,
)
_QUOTA = re.compile(r"insufficient_quota|exceeded your current quota|credit balance", re.IGNORECASE)
_KEY = re.compile(r"\b(?:sk|key|pk)-[\w*-]{6,}|(?<=[Bb]earer )\S+")
_LONGEST_CAUSE = 300
_LONGEST_WAIT = 60.0


_SLIPS = (AssertionError, AttributeError, LookupError, NameError, TypeError)
_HOME = Path(__file__).resolve().parent
_OURS = (_HOME, _HOME.parent / "corpus", _HOME.parent / "indexes")


@dataclass(frozen=True, slots=True)
class Failure:
    """What a model's error means.

    Attributes:
        cause: The provider's own words, shortened to one line, keys struck out.
        wait: Seconds that the provider asks to wait before trying again; 0 where it says nothing.
    """

    kind: Kind
    cause: str
    wait: float = 0.0

    @property
    def passing(self) -> bool:
        """Whether trying again may help."""
        return self.kind in _PASSING

    @property
    def says(self) -> str:
        """What happened, as the end of a sentence about the model."""
        return _SAYS[self.kind]

    @property
    def next_step(self) -> str:
        """What the user can do."""
        return _NEXT_STEPS[self.kind]


def read_failure(error: Exception) -> Failure:
    """What an error of a provider means."""
    text = str(error)
    first = text.strip().splitlines()[0][:_LONGEST_CAUSE] if text.strip() else ""
    cause = _KEY.sub("…", f"{type(error).__name__}: {first}" if first else type(error).__name__)
    return Failure(_kind(error, text), cause, _asked_to_wait(error))


def is_our_bug(error: Exception) -> bool:
    """Whether an error is a slip in our own code: of the kind that slips raise, and raised in it."""
    trace = error.__traceback__
    while trace is not None and trace.tb_next is not None:
        trace = trace.tb_next
    raised_in = Path(trace.tb_frame.f_code.co_filename) if trace else _OURS[0]
    return isinstance(error, _SLIPS) and any(raised_in.is_relative_to(folder) for folder in _OURS)


def _kind(error: Exception, text: str) -> Kind:
    names = " ".join(each.__name__ for each in type(error).__mro__)
    status = _status(error)
    if "ContextOverflow" in names or (status in (400, 413, 422, 500) and _LONG.search(text)):
        return "long"
    if isinstance(error, NotImplementedError) or (status in (400, 404, 422, 500, 501) and _TOOLS.search(text)):
        return "tools"
    if status in (400, 422) and _CHOICE.search(text):
        return "choice"
    if status in (400, 404, 422, 500, 501) and _SCHEMA.search(text):
        return "schema"
    if status in (402, 429) and (status == 402 or _QUOTA.search(text)):
        return "quota"
    return _kind_by_status(status) or _kind_by_name(error, names)


def _kind_by_status(status: int) -> Kind | None:
    known: dict[int, Kind] = {
        401: "key",
        403: "key",
        404: "unknown model",
        408: "slow",
        429: "busy",
        503: "busy",
        529: "busy",
    }
    return known.get(status) or ("server" if status >= 500 else None)


def _kind_by_name(error: Exception, names: str) -> Kind:
    if isinstance(error, TimeoutError) or "Timeout" in names:
        return "slow"
    if isinstance(error, ConnectionError) or re.search(r"Connect|RemoteProtocol|NetworkError|ReadError", names):
        return "unreachable"
    if "RateLimit" in names:
        return "busy"
    return "key" if "Authentication" in names else "other"


def _status(error: Exception) -> int:
    """The HTTP status of an error, 0 where it has none."""
    for one in (error, getattr(error, "response", None)):
        status = getattr(one, "status_code", None)
        if isinstance(status, int):
            return status
    return 0


def _asked_to_wait(error: Exception) -> float:
    headers: Any = getattr(getattr(error, "response", None), "headers", None) or {}
    try:
        wait = float(headers.get("retry-after") or 0)
    except (ValueError, TypeError, AttributeError):  # a date, or no headers at all
        return 0.0
    return min(max(wait, 0.0), _LONGEST_WAIT) if wait == wait else 0.0
