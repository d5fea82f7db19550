"""Tables of learned weights, the form in which every model of the package is kept.

A table is JSON, ``{feature: {label: weight}}``, a feature a line: plain text, so a model can be read,
compared and trusted. The weights of features that a table lacks are 0.
"""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterable, Mapping
from pathlib import Path

import numpy as np
import numpy.typing as npt

Table = dict[str, dict[str, float]]

_DIGITS = 4


def read_table(path: Path) -> Table:
    """Read a table."""
    table: Table = json.loads(path.read_text(encoding="utf-8"))
    return table


def save_table(rows: Iterable[tuple[str, str, float]], path: Path) -> None:
    """Write a table of what each feature weighs for each label; what is given more than once is added up."""
    table: dict[str, dict[str, float]] = defaultdict(lambda: defaultdict(float))
    for feature, label, weight in rows:
        table[feature][label] += weight
    lines = []
    for feature, weights in sorted(table.items()):
        row = {label: round(weight, _DIGITS) for label, weight in sorted(weights.items())}
        lines.append(json.dumps(feature, ensure_ascii=False) + ": " + json.dumps(row, ensure_ascii=False))
    path.write_text("{\n" + ",\n".join(lines) + "\n}\n", encoding="utf-8")


def dense(table: Table, number: Mapping[str, int]) -> npt.NDArray[np.float64]:
    """A table with a row for each feature, in order, and a column for each label by its number.

    The first row is that of features which the table lacks: all 0.
    """
    rows: list[int] = []
    columns: list[int] = []
    values: list[float] = []
    for row, weights in enumerate(table.values(), start=1):
        rows.extend([row] * len(weights))
        columns.extend(map(number.__getitem__, weights))
        values.extend(weights.values())
    found = np.zeros((len(table) + 1, len(number)))
    found[rows, columns] = values
    return found
