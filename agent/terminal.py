"""Talk to a terminal: read its words, print on it; no control character, escape or direction mark gets through."""

import argparse
import json
import re
import sys
import unicodedata
from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, Any, NoReturn

from corpus.errors import AnalystError

if TYPE_CHECKING:
    Commands = argparse._SubParsersAction["Parser"]

_NO_BYTE = re.compile("[\ud800-\udc7f\udd00-\udfff]")  # half a character, and none that stands for a byte
_MOST_DIGITS = 12
_UNSAFE = re.compile("[\x7f-\x9f\u200e\u200f\u2028-\u202e\u2066-\u2069\ud800-\udfff]")


class UsageError(AnalystError):
    """The command line itself is wrong."""


class Parser(argparse.ArgumentParser):
    """Tells its errors as we tell all others."""

    def error(self, message: str) -> NoReturn:
        """Raise what argparse would print."""
        raise UsageError(message, next_step=f"see {self.prog} --help")


def add_command(commands: "Commands", name: str, run: Callable[[argparse.Namespace], int], summary: str) -> Parser:
    """Add a command that can also print JSON."""
    parser = commands.add_parser(name, help=summary, description=summary, allow_abbrev=False)
    parser.set_defaults(run=run)
    parser.add_argument("--json", action="store_true", help="print one JSON document instead of text")
    return parser


def read_words(argument: str) -> str:
    """An argument as UTF-8, also where the locale made its bytes surrogates; a path must stay as Python read it."""
    return _NO_BYTE.sub("\ufffd", argument).encode("utf-8", "surrogateescape").decode("utf-8", "replace")


def read_count(argument: str) -> int:
    """A whole number above 0.

    Raises:
        argparse.ArgumentTypeError: It is none.
    """
    if not (argument.isascii() and argument.isdigit() and 0 < len(argument) <= _MOST_DIGITS and int(argument)):
        raise argparse.ArgumentTypeError(f"{argument[:40]!r} is no whole number above 0")
    return int(argument)


def print_line(text: str) -> None:
    """One line of the product; names of files and words of documents may hold anything."""
    print(plain_line(text))


def note(text: str) -> None:
    """One line of progress or complaint."""
    print(plain_line(text), file=sys.stderr, flush=True)


def print_json(data: Mapping[str, Any]) -> None:
    """One JSON document; what a terminal could take for a command is escaped, as is what its encoding cannot hold."""
    text = json.dumps(data, ensure_ascii=not _speaks_unicode(), indent=2)
    print(_UNSAFE.sub(lambda match: f"\\u{ord(match.group()):04x}", text))


def _speaks_unicode() -> bool:
    return (sys.stdout.encoding or "").lower().replace("-", "") in ("utf8", "utf16", "utf32", "gb18030")


def plain(text: str) -> str:
    """The text without invisible characters; every kind of line end becomes a newline, a lone surrogate "\ufffd"."""
    return "".join(map(_shown, text))


def plain_line(text: str) -> str:
    """The text on one line, with single spaces."""
    return " ".join(plain(text).split())


def _shown(character: str) -> str:
    category = unicodedata.category(character)
    if character == "\n" or category in ("Zl", "Zp"):
        return "\n"
    if character.isspace():
        return " "
    if category == "Cs":
        return "\ufffd"
    return "" if category in ("Cc", "Cf") else character
