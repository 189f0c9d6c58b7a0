"""What made an answer: the program, its encoder and its normalisation, each so that a change can be told."""

import hashlib
import unicodedata
from functools import cache
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

from corpus.chunking import VERSION as PASSAGES

_HOME = Path(__file__).resolve().parent.parent.parent
_PACKAGES = ("corpus", "indexes", "agent")
_DISTRIBUTION = "cpo-analyst"


@cache
def program_versions() -> dict[str, str]:
    """Name → version, of what this program would make an answer with.

    "code" is the hash of every source and word list of the program: with one and the same, the same answer comes out.
    """
    try:
        program = version(_DISTRIBUTION)
    except PackageNotFoundError:  # run from a checkout that was never installed
        program = "not installed"
    return {
        "program": program,
        "code": _digest(_PACKAGES),
        "passages": str(PASSAGES),
        "normalisation": f"Unicode {unicodedata.unidata_version}",
    }


def _digest(packages: tuple[str, ...]) -> str:
    kinds = (".py", ".csv", ".json")
    paths = (path for package in packages for path in (_HOME / package).rglob("*") if path.suffix in kinds)
    digest = hashlib.sha256()
    for name, path in sorted((path.relative_to(_HOME).as_posix(), path) for path in paths):
        if not name.startswith("indexes/built/"):  # indexes are data of the user's
            digest.update(f"{name}\0{path.stat().st_size}\0".encode())
            digest.update(path.read_bytes())
    return digest.hexdigest()
