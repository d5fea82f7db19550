"""Learned yes-or-no decisions: one sum over the weights of features, one logistic function.

In the table of a model a label is what the decision is about: a relation; ``""`` where there is one
kind only.
"""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Iterable, Sequence
from functools import cached_property
from itertools import accumulate, chain, repeat
from pathlib import Path

import numpy as np
import numpy.typing as npt

from kg.extract.table import Table, dense, read_table

_MOST = 60.0


class Weights:
    """A table of weights, asked for the probability of each label given features."""

    def __init__(self, table: Table):
        self._table = table
        self.labels = tuple(sorted({label for row in table.values() for label in row}))

    @cached_property
    def _by_label(self) -> dict[str, dict[str, float]]:
        found: dict[str, dict[str, float]] = defaultdict(dict)
        for feature, row in self._table.items():
            for label, weight in row.items():
                found[label][feature] = weight
        return found

    @cached_property
    def _rows(self) -> tuple[dict[str, int], npt.NDArray[np.float64]]:
        """The number of each feature, and the weights with a row for each; the first is of no feature."""
        number = {feature: row for row, feature in enumerate(self._table, start=1)}
        return number, dense(self._table, {label: at for at, label in enumerate(self.labels)})

    def chances(self, rows: Sequence[Sequence[str]]) -> list[list[float]]:
        """How likely each of ``labels`` holds given each of many rows of features; quicker than one by one.

        >>> Weights({"f": {"leads": 2.0}}).chances([["f", "new"], ["new"]])
        [[0.8807970779778823], [0.5]]
        """
        if not rows:
            return []
        number, weights = self._rows
        known = list(map(number.get, chain.from_iterable(rows), repeat(0)))
        starts = list(accumulate((len(features) for features in rows[:-1]), initial=0))
        sums = np.clip(np.add.reduceat(weights[known], starts, axis=0), -_MOST, _MOST)
        found: list[list[float]] = (1.0 / (1.0 + np.exp(-sums))).tolist()
        return found

    def probabilities(self, features: Sequence[str], labels: Iterable[str]) -> dict[str, float]:
        """How likely each label holds, judged by itself, between 0 and 1.

        >>> Weights({"f": {"leads": 2.0}}).probabilities(["f", "new"], ["leads", "partOf"])
        {'leads': 0.8807970779778823, 'partOf': 0.5}
        """
        return {label: self.probability(features, label) for label in labels}

    def probability(self, features: Sequence[str], label: str) -> float:
        """How likely one label holds, between 0 and 1."""
        return logistic(self.score(features, label))

    def score(self, features: Sequence[str], label: str) -> float:
        """The sum of what features weigh for one label: any number, 0 where nothing is known."""
        # Asked some hundred times for each sentence: the sum runs in C.
        return sum(map(self._by_label[label].get, features, repeat(0.0)))


def logistic(x: float) -> float:
    """Bring a sum of weights between 0 and 1."""
    return 1.0 / (1.0 + math.exp(-max(-_MOST, min(_MOST, x))))


def choice(sums: Sequence[float]) -> list[float]:
    """How likely each of some options is the one, given sums of weights; none of them weighs 0.

    >>> choice([0.0]), choice([0.0, 0.0, -100.0])[:2]
    ([0.5], [0.3333333333333333, 0.3333333333333333])
    """
    most = max(0.0, *sums)
    raised = [math.exp(x - most) for x in sums]
    total = math.exp(-most) + math.fsum(raised)
    return [x / total for x in raised]


def load_weights(path: Path) -> Weights | None:
    """Read one table, ``None`` where there is none."""
    return Weights(read_table(path)) if path.is_file() else None
