"""Read any supported file into a Document."""

import hashlib
import io
import re
import zipfile
from dataclasses import replace
from pathlib import Path

from corpus.document import Document
from corpus.encoding import decode
from corpus.errors import ReadingError
from corpus.lines import Aside, Reading, complete, lay_out, main_language, tidy
from corpus.smuggling import find_smuggled
from corpus.suspicion import find_marks

_SIZE_LIMIT = 200_000_000
_TEXT, _MARKDOWN, _HTML = (".txt", ".text"), (".md", ".markdown"), (".html", ".htm", ".xhtml")
SUFFIXES = (*_TEXT, *_MARKDOWN, *_HTML, ".pdf", ".docx", ".docm", ".dotx")
"""File name endings that are read; what a file is, its content says."""

_KNOWN = "give a file that ends in one of " + ", ".join(SUFFIXES)
_HTML_START = re.compile(
    r"\s*(?:<\?xml[^>]*>\s*)?(?:<!--(?:(?!-->).){0,2000}-->\s*)*<(?:!doctype\s+html|html|head|body)\b",
    re.IGNORECASE | re.DOTALL,
)
_MACHINE = re.compile(
    r"ChatGPT|\bGPT-?\d|(?<![-\w])Claude(?:\s(?:[\d.]+|Opus|Sonnet|Haiku))*$|\bGemini\b|DeepSeek|Copilot|\bKimi\b|文心|通义|豆包",
    re.IGNORECASE,
)


def read(path: Path, root: Path | None = None) -> Document:
    """Read one file, whatever its name says it is.

    Args:
        path: A Markdown, plain text, HTML, PDF or DOCX file.
        root: The folder that ``Document.path`` is told from; the file's own folder if not given.

    Raises:
        ReadingError: The file is missing, empty, damaged, encrypted, too large, without text or of an unknown kind.
    """
    return read_with_asides(path, root)[0]


def read_with_asides(path: Path, root: Path | None = None) -> tuple[Document, tuple[Aside, ...]]:
    """As ``read``, and all that the file holds and does not show, which no Document has."""
    where = path.relative_to(root).as_posix() if root else path.name
    try:
        raw = _load(path)
        reading = _parse(path, raw)
        reading = replace(reading, sheets=tidy(reading.sheets))
        if not any(sheet.lines for sheet in reading.sheets):
            if any(not aside.minor for aside in reading.asides):
                raise ReadingError("all its text is hidden", next_step="open it and see what it shows")
            raise ReadingError("it has no text", next_step="check that the right file was saved")
    except ReadingError as error:
        raise ReadingError(error.what, where=error.where or where, next_step=error.next_step) from error
    return _document(reading, raw, where, path.stem), reading.asides


def _document(reading: Reading, raw: bytes, where: str, stem: str) -> Document:
    reading = complete(reading, stem)
    pages = lay_out(reading.sheets)
    digest = hashlib.sha256(raw).hexdigest()
    return Document(
        id=digest[:10],
        title=reading.title,
        publisher=reading.publisher,
        published=reading.published,
        language=main_language(pages),
        path=where,
        sha256=digest,
        media_type=reading.media_type,
        pages=pages,
        source=reading.source,
        authority="machine-written" if _MACHINE.search(reading.publisher) else "",
        marks=find_marks(reading, pages),
    )


def _load(path: Path) -> bytes:
    try:
        if path.is_dir():
            raise ReadingError("it is a folder, not a file", next_step="ingest the folder, or name a file in it")
        if not path.is_file() and path.exists():
            raise ReadingError("it is a device or a pipe, not a file", next_step="save its content as a file")
        size = path.stat().st_size
        if size > _SIZE_LIMIT:
            raise ReadingError(
                f"it has {size // 1_000_000} MB, over the limit of {_SIZE_LIMIT // 1_000_000} MB",
                next_step="split it into smaller files",
            )
        raw = path.read_bytes()
    except FileNotFoundError as error:
        raise ReadingError("there is no such file", next_step="check the path") from error
    except PermissionError as error:
        raise ReadingError("it may not be read by this user", next_step="change its permissions") from error
    except OSError as error:
        raise ReadingError(
            f"it cannot be read ({error.strerror or error})", next_step="check the file system"
        ) from error
    if not raw.strip():
        raise ReadingError("it is empty", next_step="check that it was saved or downloaded completely")
    return raw


def _parse(path: Path, raw: bytes) -> Reading:
    """Choose the reader by what the file holds; its name decides only between kinds of text."""
    suffix = path.suffix.lower()
    if raw.startswith(b"PK\x03\x04"):
        return _from_archive(raw)
    if raw.startswith(b"\xd0\xcf\x11\xe0"):
        if "EncryptedPackage".encode("utf-16-le") in raw:
            raise ReadingError("it is encrypted and needs a password", next_step="save it without a password")
        raise ReadingError("it is an old Office file", next_step="save it as DOCX or PDF")
    if b"%PDF-" in raw[:1024] or (suffix == ".pdf" and not _is_html(raw)):
        from corpus.apart import read_apart

        return read_apart(raw)
    if suffix not in SUFFIXES and suffix:
        raise ReadingError(f"files of type {suffix} are not read", next_step=_KNOWN)
    if suffix in (".docx", ".docm", ".dotx") and not _is_html(raw):
        raise ReadingError("it is no Word file inside", next_step="save it again as DOCX")
    return _from_text(decode(raw), suffix)


def _is_html(raw: bytes) -> bool:
    return bool(_HTML_START.match(raw[:4096].decode("latin-1").lstrip("\xef\xbb\xbf")))


def _from_archive(raw: bytes) -> Reading:
    try:
        with zipfile.ZipFile(io.BytesIO(raw)) as archive:
            names = archive.namelist()
    except zipfile.BadZipFile as error:
        raise ReadingError(f"it is damaged ({error})", next_step="get the file again") from error
    if any(name.lower() == "word/document.xml" for name in names):
        from corpus.word import read_word

        return read_word(raw)
    kinds = {"xl/": "an Excel workbook", "ppt/": "a PowerPoint presentation"}
    kind = next((kind for start, kind in kinds.items() if any(name.startswith(start) for name in names)), "an archive")
    raise ReadingError(f"it is {kind}", next_step="unpack it" if kind == "an archive" else "save it as PDF")


def _from_text(text: str, suffix: str) -> Reading:
    from corpus.markdown import looks_like_markdown, read_markdown
    from corpus.plain import read_plain

    smuggled = tuple(find_smuggled(text))
    if _HTML_START.match(text) or suffix in _HTML:
        from corpus.web import read_html

        reading = read_html(text)
    elif suffix in _MARKDOWN or looks_like_markdown(text):
        reading = read_markdown(text)
    else:
        return Reading(sheets=read_plain(text), media_type="text/plain", asides=smuggled)
    return replace(reading, asides=(*reading.asides, *(replace(one, page=1) for one in smuggled)))
