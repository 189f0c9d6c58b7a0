"""Read a PDF in a process of its own, which is ended when a page takes too long or the file breaks it.

A page of a few hundred bytes can hold forms within forms that take years to read or draw, and nothing can stop PDFium
at it. One helper reads file after file, so that only the first waits for it to start; where it was ended, it is started
anew.
"""

import atexit
import contextlib
import json
import os
import select
import struct
import subprocess
import sys
import threading
import time
from dataclasses import asdict
from typing import Any, BinaryIO

from corpus.errors import ReadingError
from corpus.lines import Aside, Line, Reading, Sheet

PAGE_SECONDS = 60.0
"""The longest that one page may take, and what follows the last one; an ordinary page takes hundredths."""

_MEMORY = 16 << 30  # bytes of address space: what numpy's threads reserve is among them
_START = "import json, sys; sys.path[:] = json.loads(sys.argv[1]); from corpus.apart import serve; serve()"
_HEAD = struct.Struct("<cQ")
_PAGE, _READ, _REFUSED, _BROKEN = b"p", b"r", b"e", b"x"
_NEXT = "print it to a new PDF, or leave it out"
_CHUNK = 1 << 20


class _Ended(Exception):  # noqa: N818  # it is what happened
    """The helper is gone."""


class _Helper:
    """The process, and how it is talked to; used by one thread at a time."""

    def __init__(self) -> None:
        self._process = subprocess.Popen(  # noqa: S603  # this very program
            [sys.executable, "-c", _START, json.dumps([path or os.getcwd() for path in sys.path])],  # noqa: PTH109
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            start_new_session=True,  # an interrupt is ours to handle
        )

    @property
    def alive(self) -> bool:
        return self._process.poll() is None

    def send(self, raw: bytes) -> None:
        stream = self._process.stdin
        assert stream  # noqa: S101 - it was opened as a pipe
        try:
            stream.write(_HEAD.pack(_READ, len(raw)))
            stream.write(raw)
            stream.flush()
        except OSError as error:
            raise _Ended from error

    def receive(self, seconds: float) -> tuple[bytes, bytes]:
        """The next message: its kind and what it says.

        Raises:
            TimeoutError: It did not come in time.
            _Ended: The helper came to an end.
        """
        until = time.monotonic() + seconds
        kind, size = _HEAD.unpack(self._take(_HEAD.size, until))
        return kind, self._take(size, until)

    def _take(self, size: int, until: float) -> bytes:
        stream = self._process.stdout
        assert stream  # noqa: S101 - it was opened as a pipe
        parts: list[bytes] = []
        while size:
            ready, _, _ = select.select([stream], [], [], max(0.0, until - time.monotonic()))
            if not ready:
                raise TimeoutError
            part = os.read(stream.fileno(), min(size, _CHUNK))
            if not part:
                raise _Ended
            parts.append(part)
            size -= len(part)
        return b"".join(parts)

    def end(self) -> None:
        self._process.kill()
        self._process.wait()
        for stream in (self._process.stdin, self._process.stdout):
            with contextlib.suppress(OSError):
                if stream:
                    stream.close()


_lock = threading.Lock()
_helper: _Helper | None = None


def read_apart(raw: bytes) -> Reading:
    """What corpus.pdf.read_pdf reads in a file, page by page within ``PAGE_SECONDS``.

    Raises:
        ReadingError: The file cannot be read, takes too long or too much memory.
    """
    global _helper  # one for the whole program
    with _lock:
        try:
            if _helper is not None and _helper.alive:
                with contextlib.suppress(
                    _Ended
                ):  # it had come to an end before it was asked: another one reads the file
                    return _ask(_helper, raw, used=True)
            _close()
            _helper = _Helper()
            return _ask(_helper, raw)
        except BaseException as error:
            if not isinstance(error, ReadingError) or not (_helper and _helper.alive):
                _close()
            raise


def _ask(helper: _Helper, raw: bytes, *, used: bool = False) -> Reading:
    pages = 0
    try:
        helper.send(raw)
        while True:
            kind, said = helper.receive(PAGE_SECONDS)
            if kind != _PAGE:
                break
            pages += 1
    except TimeoutError as error:
        helper.end()
        what = f"page {pages + 1} takes longer than {PAGE_SECONDS:g} s to read or draw"
        raise ReadingError(what, next_step=_NEXT) from error
    except _Ended as error:
        helper.end()
        if used and not pages:
            raise
        raise ReadingError(f"page {pages + 1} breaks the PDF reader", next_step=_NEXT) from error
    told = json.loads(said)
    if kind == _REFUSED:
        raise ReadingError(told["what"], where=told["where"], next_step=told["next_step"])
    if kind == _BROKEN:
        raise ReadingError(f"it could not be read ({told})", next_step=_NEXT)
    return _reading(told)


def _reading(told: dict[str, Any]) -> Reading:
    """A Reading from what ``dataclasses.asdict`` made of it."""
    sheets = tuple(Sheet(tuple(Line(**line) for line in one["lines"]), one["label"]) for one in told["sheets"])
    return Reading(**{**told, "sheets": sheets, "asides": tuple(Aside(**one) for one in told["asides"])})


@atexit.register
def _close() -> None:
    global _helper
    if _helper is not None:
        _helper.end()
        _helper = None


# --- In the helper ----------------------------------------------------------------------------------------------------


def serve() -> None:
    """Read files from standard input, one after the other, until it is closed; answer on standard output."""
    answers = os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)  # what a library prints is no answer
    import corpus.pdf  # noqa: F401  # before memory is bounded

    _bound_memory()
    asked = sys.stdin.buffer
    while head := asked.read(_HEAD.size):
        raw = asked.read(_HEAD.unpack(head)[1])
        kind, said = _read(raw, answers)
        _tell(answers, kind, json.dumps(said).encode())


def _read(raw: bytes, answers: BinaryIO) -> tuple[bytes, Any]:
    from corpus.pdf import read_pdf

    try:
        return _READ, asdict(read_pdf(raw, lambda: _tell(answers, _PAGE, b"")))
    except ReadingError as error:
        return _REFUSED, {"what": error.what, "where": error.where, "next_step": error.next_step}
    except Exception as error:  # noqa: BLE001  # told, and the next file is read
        return _BROKEN, type(error).__name__


def _tell(answers: BinaryIO, kind: bytes, said: bytes) -> None:
    answers.write(_HEAD.pack(kind, len(said)))
    answers.write(said)
    answers.flush()


def _bound_memory() -> None:
    import resource

    with contextlib.suppress(OSError, ValueError):
        resource.setrlimit(resource.RLIMIT_AS, (_MEMORY, _MEMORY))
