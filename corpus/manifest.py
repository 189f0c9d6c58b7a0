"""Know where each document of a folder came from."""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, fields, replace
from pathlib import Path
from typing import Any, get_args

from corpus.document import Document, Language
from corpus.errors import ReadingError
from corpus.lines import iso_date

MANIFEST = "MANIFEST.toml"
_AUTHORITIES = ("primary", "secondary", "machine-written")


@dataclass(frozen=True, slots=True)
class Entry:
    """What the manifest says of one document; an empty string leaves what the reader found."""

    path: str
    title: str = ""
    publisher: str = ""
    published: str = ""
    language: str = ""
    source: str = ""
    authority: str = ""

    def apply(self, document: Document) -> Document:
        """The document with what the manifest says in place of what the reader found."""
        said = {
            field.name: value for field in fields(self) if field.name != "path" and (value := getattr(self, field.name))
        }
        return replace(document, **said)


def load_manifest(folder: Path) -> Mapping[str, Entry]:
    """Path in the folder → entry, from the folder's MANIFEST.toml; empty when there is none.

    Raises:
        ReadingError: The manifest is not TOML, has an unknown key or a wrong value, or names a file twice or one that
            is not there.
    """
    path = folder / MANIFEST
    if not path.is_file():
        return {}
    try:
        data = tomllib.loads(path.read_text(encoding="utf-8"))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError, OSError) as error:
        raise ReadingError(f"the manifest cannot be read ({error})", where=str(path), next_step="correct it") from error
    tables = data.get("document", [])
    unknown = sorted(set(data) - {"document"})
    if unknown or not isinstance(tables, list) or not all(isinstance(table, dict) for table in tables):
        wrong = f"unknown key {unknown[0]!r}" if unknown else "'document' is no list of tables"
        raise ReadingError(wrong, where=str(path), next_step="write one [[document]] table for each document")
    entries: dict[str, Entry] = {}
    for place, table in enumerate(tables, start=1):
        entry = _entry(table, f"{path}, document {place}")
        if entry.path in entries:
            raise ReadingError(f"{entry.path!r} is named twice", where=str(path), next_step="keep one of the tables")
        if not (folder / entry.path).is_file():
            raise ReadingError(f"{entry.path!r} is not there", where=str(path), next_step="correct its path")
        entries[entry.path] = entry
    return entries


def _entry(table: Mapping[str, Any], where: str) -> Entry:
    known = [field.name for field in fields(Entry)]
    unknown = sorted(set(table) - set(known))
    if unknown:
        raise ReadingError(f"unknown key {unknown[0]!r}", where=where, next_step="known keys: " + ", ".join(known))
    if not table.get("path"):
        raise ReadingError("the key 'path' is missing", where=where, next_step="name the file")
    # TOML has dates of its own, and a writer may leave out the quotes
    said = {key: value.isoformat()[:10] if hasattr(value, "isoformat") else value for key, value in table.items()}
    wrong = next((key for key, value in said.items() if not isinstance(value, str)), None)
    if wrong:
        raise ReadingError(f"{wrong!r} is not a string", where=where, next_step="put it in quotes")
    entry = Entry(**said)
    _check(entry.language, get_args(Language), "language", where)
    _check(entry.authority, _AUTHORITIES, "authority", where)
    year = entry.published.isdecimal() and len(entry.published) == 4
    if entry.published and not year and iso_date(entry.published) != entry.published:
        raise ReadingError(
            f"published = {entry.published!r} is no date", where=where, next_step="write 2025-10-20 or 2025-10"
        )
    return entry


def _check(value: str, allowed: tuple[str, ...], key: str, where: str) -> None:
    if value and value not in allowed:
        raise ReadingError(
            f"{key} = {value!r} is not known", where=where, next_step="write one of " + ", ".join(allowed)
        )
