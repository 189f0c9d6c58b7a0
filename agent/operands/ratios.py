"""The named ratios: gross margin, current ratio, 资产负债率 … each with its definition and the names of its terms."""

import csv
import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from agent.calculator.formula import Bilingual


@dataclass(frozen=True, slots=True)
class Ratio:
    """A ratio with a settled definition.

    Attributes:
        names: What it is called, in English and Chinese.
        expression: Over the ids of terms: "(revenue - cost_of_revenue) / revenue".
        unit: What it is given in: "%" or "".
    """

    id: str
    names: tuple[str, ...]
    expression: str
    unit: str
    meaning: Bilingual

    @property
    def terms(self) -> tuple[str, ...]:
        """Ids of the terms, in the order of the expression."""
        return tuple(dict.fromkeys(re.findall(r"[a-z_]+", self.expression)))

    def cut_from(self, text: str) -> str:
        """A question without the ratio's name."""
        name = self.name_in(text)
        return text.replace(name, " ", 1) if name else text

    def name_in(self, text: str) -> str:
        """What a text calls the ratio, as it writes it; "" where it does not name it."""
        written = "|".join(re.escape(name) for name in sorted(self.names, key=len, reverse=True))
        found = [match[0] for match in re.finditer(written, text, re.IGNORECASE)]
        return max(found, key=len, default="")


def find_ratio(question: str) -> Ratio | None:
    """The named ratio a question names; the longest name where several fit."""
    plain = re.sub(r"\s+", "", question) if re.search(r"[\u3400-\u9fff]", question) else question.lower()
    for name, ratio in _by_name():
        if re.search(r"[\u3400-\u9fff]", name):
            if name in plain and not re.search(f"{re.escape(name)}(?:的)?(?:变|增|下降|提高|平均)", plain):
                return ratio
        elif re.search(rf"\b{re.escape(name)}s?\b", plain):
            return ratio
    return None


@cache
def ratios() -> tuple[Ratio, ...]:
    """Every named ratio, in the order of the table."""
    return tuple(
        Ratio(row["id"], _split(row["names"]), row["expression"], row["unit"], Bilingual(row["en"], row["zh"]))
        for row in _rows("ratios.csv")
    )


@cache
def term_names() -> Mapping[str, tuple[str, ...]]:
    """Term id → the names it goes by in accounts, the commonest first."""
    return {row["id"]: _split(row["names"]) for row in _rows("terms.csv")}


@cache
def head_names() -> Mapping[str, tuple[str, ...]]:
    """Term id → the names of columns that give it for one product: price for revenue."""
    return {row["id"]: _split(row["heads"]) for row in _rows("terms.csv") if row["heads"]}


@cache
def _by_name() -> tuple[tuple[str, Ratio], ...]:
    pairs = [(name, ratio) for ratio in ratios() for name in ratio.names]
    return tuple(sorted(pairs, key=lambda pair: (-len(pair[0]), pair[0])))


def _rows(name: str) -> list[dict[str, str]]:
    text = files("agent.operands").joinpath(name).read_text(encoding="utf-8")
    return list(csv.DictReader(text.splitlines()))


def _split(names: str) -> tuple[str, ...]:
    return tuple(name.strip() for name in names.split("|") if name.strip())
