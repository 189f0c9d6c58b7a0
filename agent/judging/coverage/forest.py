"""Boosted decision trees fitted elsewhere: read from plain data and asked with numpy alone."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

Array = NDArray[np.float32]
Ints = NDArray[np.int32]


@dataclass(frozen=True)
class Forest:
    """Trees whose leaves add up to a log-odds, each an array padded to the longest, shape (trees, nodes).

    Attributes:
        feature: Which column a node asks for; -1 in a leaf.
        threshold: The node's left branch is taken where the value is at most this.
        left, right: The nodes that follow.
        value: What a leaf adds.
        start: The log-odds before any tree.
    """

    feature: Ints
    threshold: Array
    left: Ints
    right: Ints
    value: Array
    start: float

    @classmethod
    def read(cls, data: dict[str, Any]) -> "Forest":
        """From ``{"start": …, "trees": [[[feature, threshold, left, right, value], …], …]}``."""
        trees: Sequence[Sequence[Sequence[float]]] = data["trees"]
        table = np.zeros((len(trees), max(map(len, trees)), 5))
        table[:, :, 0] = -1
        for at, tree in enumerate(trees):
            table[at, : len(tree)] = tree
        ints = table[:, :, [0, 2, 3]].astype(np.int32)
        reals = table[:, :, [1, 4]].astype(np.float32)
        return cls(ints[..., 0], reals[..., 0], ints[..., 1], ints[..., 2], reals[..., 1], float(data["start"]))

    def probability(self, rows: Array) -> Array:
        """The fitted chance of each row, shape (rows,)."""
        trees = np.arange(len(self.feature))[:, np.newaxis]
        node = np.zeros((len(self.feature), len(rows)), np.int32)
        columns = np.arange(len(rows))[np.newaxis]
        while True:
            feature = self.feature[trees, node]
            if (feature < 0).all():
                break
            goes_left = rows[columns, np.maximum(feature, 0)] <= self.threshold[trees, node]
            following = np.where(goes_left, self.left[trees, node], self.right[trees, node])
            node = np.where(feature < 0, node, following)
        odds = self.start + self.value[trees, node].sum(axis=0)
        chance: Array = (1 / (1 + np.exp(-odds))).astype(np.float32)
        return chance
