"""Remember the passages a run has seen and the calculations it has done."""

from collections import Counter
from collections.abc import Iterable, Mapping

from agent.answer import Calculation, Origin
from agent.calculator import Result
from corpus.document import Language, Passage


class Evidence:
    """What one run may cite: nothing the model says can add to it, only the tools do."""

    def __init__(self) -> None:
        self._passages: dict[str, Passage] = {}
        self._calculations: dict[str, Calculation] = {}

    def see(self, passages: Iterable[Passage]) -> None:
        """Remember passages that were shown to the model."""
        for passage in passages:
            self._passages.setdefault(passage.id, passage)

    def record(self, result: Result, origins: Iterable[Origin]) -> Calculation:
        """Remember a calculation under the next id: c1, c2, …"""
        calculation = Calculation(f"c{len(self._calculations) + 1}", result, tuple(origins))
        self._calculations[calculation.id] = calculation
        return calculation

    def restore(self, calculation: Calculation) -> None:
        """Remember a calculation of an earlier run, under the id it had there."""
        self._calculations[calculation.id] = calculation

    @property
    def passages(self) -> Mapping[str, Passage]:
        """Passage id → Passage, in the order seen."""
        return self._passages

    @property
    def calculations(self) -> Mapping[str, Calculation]:
        """Calculation id → Calculation, in the order done."""
        return self._calculations

    def languages(self) -> Mapping[Language, int]:
        """Language → number of passages seen."""
        return Counter(passage.language for passage in self._passages.values())
