"""Make text that others wrote safe to print: no control character, terminal escape or direction mark gets through."""

import unicodedata


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
