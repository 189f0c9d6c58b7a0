"""What an energy or power of optics is counted on: the same link is 5 or 15 pJ/bit by the way one counts.

net | line                             rate with or without coding overhead
per-direction | bidirectional          bits one way, or both ways together
engine | engine+laser | link           what draws the power (a link has its host SerDes too)
"""

import re
from dataclasses import astuple, dataclass

from agent.errors import CalculationError

AXES: tuple[tuple[str, ...], ...] = (
    ("net", "line"),
    ("per-direction", "bidirectional"),
    ("engine", "engine+laser", "link"),
)


@dataclass(frozen=True, slots=True)
class Basis:
    """One word of each axis, "" where it was not said."""

    rate: str = ""
    direction: str = ""
    scope: str = ""

    def __str__(self) -> str:
        return ", ".join(word for word in astuple(self) if word)

    def contradicts(self, other: "Basis") -> tuple[str, str] | None:
        """The first pair of words that cannot both be right; ``None`` where nothing said differs."""
        pairs = zip(astuple(self), astuple(other), strict=True)
        return next(((a, b) for a, b in pairs if a and b and a != b), None)


def split_basis(text: str) -> tuple[str, str]:
    """A value and the words in square brackets after it: "5 W [net, engine]" → ("5 W", "net, engine")."""
    value, bracket, words = text.partition("[")
    if not bracket or not words.rstrip().endswith("]"):
        return text, ""
    return value.strip(), words.rstrip()[:-1].strip()


def parse_basis(words: str, where: str = "") -> Basis:
    """The basis written as words of the axes, in any order: "net, per-direction, engine+laser".

    Raises:
        CalculationError: A word is of no axis, or two are of one.
    """
    chosen = ["", "", ""]
    for word in filter(None, (part.strip().lower() for part in re.split(r"[,;，；、]", words))):
        axis = next((n for n, axis in enumerate(AXES) if word in axis), None)
        if axis is None or chosen[axis]:
            fault = "is no basis" if axis is None else f"contradicts {chosen[axis]!r}"
            raise CalculationError(
                f"{word[:60]!r} {fault}", where=where,
                next_step=f"choose one of each: {'; '.join(' or '.join(axis) for axis in AXES)}",
            )  # fmt: skip
        chosen[axis] = word
    return Basis(*chosen)


_WORDS = {
    "line": r"line[- ]rate|raw rate|线速率|線速率|線路速率|ラインレート",
    "net": r"(?<![a-z])net(?![a-z]| income| profit| sales)|payload|净速率|净荷|淨速率|有效速率",
    "bidirectional": r"bi-?directional|both directions|tx ?\+ ?rx|full[- ]duplex|双向|雙向|双方向|收发合计",
    "per-direction": r"per direction|each direction|one direction|unidirectional|one-way|单向|單向|每方向|片方向",
    "link": r"\[[^\]]*link\]|with dsp|host serdes|end[- ]to[- ]end|whole link"
    r"|含主机|含主機|整条?链路|端到端",
    "engine+laser": r"(?:incl(?:\.|uding|udes?)?|with|plus|and|\+) ?(?:the |its |an? |on-chip |external )*(?:laser|els)"
    r"|(?:含|包括|连同|計入|计入)(?:外置)?(?:激光|光源|雷射)",
    "engine": r"\[[^\]]*engine\]|engine (?:only|alone)"
    r"|(?:without|excl(?:\.|uding)?|less|no) ?(?:the |its |any )?(?:laser|els)"
    r"|不含(?:外置)?(?:激光|光源)|仅光引擎|\[引擎\]|僅光引擎",
}
_PATTERNS = {word: re.compile(pattern, re.IGNORECASE) for word, pattern in _WORDS.items()}


def words_of_axis(text: str, axis: tuple[str, ...]) -> list[str]:
    """The words of an axis that a text says in its own way ("including the laser" is engine+laser)."""
    return [word for word in axis if _PATTERNS[word].search(text)]


def find_basis(sentence: str) -> Basis:
    """What a sentence of a report says of the basis; an axis on which it says two things counts as unsaid."""
    said = [words_of_axis(sentence, axis) for axis in AXES]
    return Basis(*(words[0] if len(words) == 1 else "" for words in said))
