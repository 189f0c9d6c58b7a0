"""A zip of a few text files: the same bytes each time it is written, and read without trusting it.

Nothing is ever unpacked to disk: the members are read into memory, within limits, and only those that have a right
name. What is stored is not compressed, so that the bytes do not depend on the machine's compressor.
"""

import io
import re
import stat
import zipfile
import zlib
from collections.abc import Mapping
from pathlib import Path

from agent.errors import BundleError

LARGEST_FILE = 64_000_000
"""Bytes of a whole archive, and of all that is in it."""

_MOST_MEMBERS = 2_000
_LARGEST_RATIO = 200
_EPOCH = (1980, 1, 1, 0, 0, 0)
_END = b"PK\x05\x06"
_END_SIZE = 22
_WIDE_LOCATOR = b"PK\x06\x07"
_WIDE_LOCATOR_SIZE = 20
_DIRECTORY_ROW = 400  # bytes, more than a row of the directory of ours has
_ENCRYPTED = 0x1
_AGAIN = "get the file again"


def pack(members: Mapping[str, bytes]) -> bytes:
    """The archive of these members: names in order, no time, nothing compressed."""
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_STORED) as archive:
        for name in sorted(members):
            row = zipfile.ZipInfo(name, _EPOCH)
            row.create_system = 3  # Unix, on every machine
            row.external_attr = (stat.S_IFREG | 0o644) << 16
            archive.writestr(row, members[name])
    return stream.getvalue()


def unpack(path: Path, names: re.Pattern[str]) -> dict[str, bytes]:
    """The members of an archive, by name.

    Args:
        names: What the name of a member may be.

    Raises:
        BundleError: There is no such file, it is too large or no sound zip file, or it holds what no bundle does.
    """
    where = str(path)
    raw = _load(path)
    _check_end(raw, where)
    try:
        with zipfile.ZipFile(io.BytesIO(raw)) as archive:
            rows = archive.infolist()
            _check_rows(rows, names, where)
            return {row.filename: _member(archive, row, where) for row in rows}
    except (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, ValueError, OSError) as error:
        # the message of zipfile may repeat a member's name, which is anybody's
        raise BundleError("the zip file is damaged", where=where, next_step=_AGAIN) from error


def _load(path: Path) -> bytes:
    where = str(path)
    try:
        if path.exists() and not path.is_file():
            raise BundleError("it is no plain file", where=where, next_step="name a bundle that --bundle wrote")
        with path.open("rb") as file:
            raw = file.read(LARGEST_FILE + 1)
    except FileNotFoundError as error:
        raise BundleError("there is no such file", where=where, next_step="check the path") from error
    except (OSError, ValueError) as error:
        reason = getattr(error, "strerror", None) or error
        raise BundleError(f"it cannot be read ({reason})", where=where, next_step="check the path") from error
    if len(raw) > LARGEST_FILE:
        raise BundleError(f"it is larger than {LARGEST_FILE // 1_000_000} MB", where=where, next_step=_AGAIN)
    return raw


def _check_end(raw: bytes, where: str) -> None:
    """Refuse what is no zip file, and a directory so long that reading it would take all the memory.

    An archive of ours ends in the plain end record, without a comment and without the wide (64-bit) one.
    """
    if not raw.startswith(b"PK"):
        raise BundleError("it is no zip file", where=where, next_step="name a bundle that --bundle wrote")
    end = raw[-_END_SIZE:]
    if not (end.startswith(_END) and end.endswith(b"\0\0")):
        raise BundleError("the zip file is cut short or has something after its end", where=where, next_step=_AGAIN)
    count, size = int.from_bytes(end[10:12], "little"), int.from_bytes(end[12:16], "little")
    if raw[-_END_SIZE - _WIDE_LOCATOR_SIZE :].startswith(_WIDE_LOCATOR):
        raise BundleError("it is a zip file of a kind that no bundle is", where=where, next_step=_AGAIN)
    if count > _MOST_MEMBERS or size > _MOST_MEMBERS * _DIRECTORY_ROW:
        raise BundleError(f"it holds more than {_MOST_MEMBERS:,} files", where=where, next_step=_AGAIN)


def _check_rows(rows: list[zipfile.ZipInfo], names: re.Pattern[str], where: str) -> None:
    def refuse(what: str) -> None:
        raise BundleError(what, where=where, next_step="do not trust it; ask for the bundle as --bundle wrote it")

    seen: set[str] = set()
    for row in rows:
        # Python cuts a name at a zero byte and turns backslashes: what was written must be what is read.
        name = row.orig_filename
        if not names.fullmatch(name) or name != row.filename:
            refuse(f"it holds the file {name[:80]!r}, which is none of a bundle's")
        if name in seen:
            refuse(f"it holds the file {name!r} twice")
        seen.add(name)
        if stat.S_ISLNK(row.external_attr >> 16):
            refuse(f"its file {name!r} is a link")
        if row.flag_bits & _ENCRYPTED:
            refuse(f"its file {name!r} is encrypted")
        if row.compress_type not in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED):
            refuse(f"its file {name!r} is compressed in a way that no bundle is")
        if row.file_size > _LARGEST_RATIO * max(row.compress_size, 1) or row.file_size > LARGEST_FILE:
            refuse(f"its file {name!r} would unpack to {row.file_size:,} bytes")
    if sum(row.file_size for row in rows) > LARGEST_FILE:
        refuse(f"it would unpack to more than {LARGEST_FILE // 1_000_000} MB")


def _member(archive: zipfile.ZipFile, row: zipfile.ZipInfo, where: str) -> bytes:
    with archive.open(row) as file:
        content = file.read(row.file_size + 1)
    if len(content) != row.file_size:
        raise BundleError(f"its file {row.filename!r} has another length than it says", where=where, next_step=_AGAIN)
    return content
