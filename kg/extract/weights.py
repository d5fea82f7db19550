"""Learned yes-or-no decisions as tables of weights: one sum over features, one logistic function.

A model file is JSON: ``{feature: {label: weight}}``. A label is what the decision is about (a
relation; ``""`` where there is one kind only), a feature any string; the weights of features that
the table lacks are 0. Plain text, so a model can be read, compared and trusted.
"""

from __future__ import annotations

import json
import math
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from itertools import repeat
from pathlib import Path

import pycrfsuite

YES, NO = "1", "0"
_DIGITS = 4
_BETWEEN = "|"
# CRFsuite prints one feature a line, so a line break inside a feature is written as its picture.
_BREAK, _PICTURE = "\n", "\u2424"


class Weights:
    """A table of weights, asked for the probability of each label given features."""

    def __init__(self, table: Mapping[str, Mapping[str, float]]):
        self._by_label: dict[str, dict[str, float]] = defaultdict(dict)
        for feature, row in table.items():
            for label, weight in row.items():
                self._by_label[label][feature] = weight

    def probabilities(self, features: Sequence[str], labels: Iterable[str]) -> dict[str, float]:
        """How likely each label holds, judged by itself, between 0 and 1.

        >>> Weights({"f": {"leads": 2.0}}).probabilities(["f", "new"], ["leads", "partOf"])
        {'leads': 0.8807970779778823, 'partOf': 0.5}
        """
        return {label: self.probability(features, label) for label in labels}

    def probability(self, features: Sequence[str], label: str) -> float:
        """How likely one label holds, between 0 and 1."""
        # Asked some hundred times for each sentence: the sum runs in C.
        return logistic(sum(map(self._by_label[label].get, features, repeat(0.0))))


def logistic(x: float) -> float:
    """Bring a sum of weights between 0 and 1."""
    return 1.0 / (1.0 + math.exp(-max(-60.0, min(60.0, x))))


def named(label: str, features: Iterable[str]) -> list[str]:
    """Features as CRFsuite is given them to learn what they say of a label."""
    return [f"{label}{_BETWEEN}{feature}".replace(_BREAK, _PICTURE) for feature in features]


def load_weights(path: Path) -> Weights | None:
    """Read one table, ``None`` where there is none."""
    return Weights(json.loads(path.read_text(encoding="utf-8"))) if path.is_file() else None


def save_weights(trained: Path, path: Path) -> None:
    """Write what CRFsuite learned of decisions as a table; features are those of ``named``."""
    tagger = pycrfsuite.Tagger()
    tagger.open(str(trained))
    table: dict[str, dict[str, float]] = defaultdict(lambda: defaultdict(float))
    for (attribute, answer), weight in tagger.info().state_features.items():
        label, _, feature = attribute.replace(_PICTURE, _BREAK).partition(_BETWEEN)
        table[feature][label] += weight if answer == YES else -weight
    rows = {
        feature: {label: round(weight, _DIGITS) for label, weight in sorted(row.items())}
        for feature, row in sorted(table.items())
    }
    lines = (json.dumps(feature, ensure_ascii=False) + ": " + json.dumps(row, ensure_ascii=False)
             for feature, row in rows.items())  # fmt: skip
    path.write_text("{\n" + ",\n".join(lines) + "\n}\n", encoding="utf-8")
