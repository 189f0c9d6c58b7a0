"""Read the text to be audited, with its own list of sources kept."""

import re
import tempfile
from pathlib import Path

from corpus.document import Document
from corpus.readers import read

_TEXT = (".md", ".markdown", ".txt", ".text", "")
_LARGEST = 20_000_000
_DEFINITION = re.compile(rb"^([ ]{0,3}\[\^?[0-9]{1,3}\]):(?=[ \t]*\S)", re.MULTILINE)
"""A source as Markdown defines it, "[1]: https://…", which would turn each "[1]" of the text into a link called "1"."""


def read_memo(path: Path) -> Document:
    """Read a text; the sources that it defines for its numbered markers stay lines of it.

    Raises:
        ReadingError: As corpus.readers.read.
    """
    if path.suffix.lower() not in _TEXT or not path.is_file() or path.stat().st_size > _LARGEST:
        return read(path)
    raw = path.read_bytes()
    kept = _DEFINITION.sub(rb"\n\1", raw)
    if kept == raw:
        return read(path)
    with tempfile.TemporaryDirectory() as folder:
        held = Path(folder) / path.name
        held.write_bytes(kept)
        return read(held)
