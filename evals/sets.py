"""Read the files of a test set: one JSON object a line, and the passages that every set has.

passages.jsonl     {"id": …, "lang": "en", "text": …}
"""

import json
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any, TypeVar, get_args

from corpus.document import Language, Passage
from corpus.errors import AnalystError
from corpus.text import normalise

T = TypeVar("T")


def read_lines(path: Path, make: Callable[[dict[str, Any]], T]) -> Iterator[T]:
    """What ``make`` makes of each line's object; empty lines are passed over.

    Raises:
        AnalystError: The file cannot be read, a line is no JSON object, or ``make`` finds it wrong (with a ValueError,
            KeyError, TypeError, IndexError or ArithmeticError); the error names the file and the line.
    """
    try:
        lines = path.read_text(encoding="utf-8").split("\n")
    except (OSError, UnicodeDecodeError) as error:
        raise AnalystError(f"cannot be read ({error})", where=str(path)) from error
    for number, line in enumerate(lines, start=1):
        if line.strip():
            try:
                yield make(json.loads(line))
            except (ValueError, KeyError, TypeError, IndexError, ArithmeticError, RecursionError) as error:
                wrong = f"no {error}" if isinstance(error, KeyError) else str(error)
                raise AnalystError(f"the line is wrong ({wrong})", where=f"{path}:{number}") from error


def read_passages(folder: Path) -> tuple[Passage, ...]:
    """The passages of a set, in order; those of one language make up one document.

    Raises:
        AnalystError: The file is missing, a line is wrong, or two passages have the same id.
    """
    path = folder / "passages.jsonl"
    passages = tuple(read_lines(path, _passage))
    if len({one.id for one in passages}) < len(passages):
        raise AnalystError("two passages have the same id", where=str(path))
    return passages


def language_of(row: dict[str, Any]) -> Language:
    """The language of a passage or question.

    Raises:
        KeyError: It says none.
        ValueError: It is not one that is told apart.
    """
    languages: tuple[Language, ...] = get_args(Language)
    for language in languages:
        if row["lang"] == language:
            return language
    raise ValueError(f"lang must be one of {', '.join(languages)}, not {row['lang']!r}")


def _passage(row: dict[str, Any]) -> Passage:
    name, text, language = row["id"], row["text"], language_of(row)
    if not isinstance(name, str) or not isinstance(text, str):
        raise TypeError("id and text must be strings")
    text = normalise(text)
    return Passage(name, f"set-{language}", 1, 0, len(text), text, language)
