"""CSV of figures: one row for each sentence that states one, with its place."""

from __future__ import annotations

from collections.abc import Iterator
from typing import BinaryIO

from pyoxigraph import Store

from kg import recall
from kg.export.sheet import write_rows

COLUMNS = (
    *("subject", "indicator", "value", "unit", "time", "confidence"),
    *("quote", "article", "start", "end", "rule"),
)


def write(store: Store, file: BinaryIO) -> None:
    """Write the figures as CSV."""
    write_rows(file, COLUMNS, _rows(store))


def _rows(store: Store) -> Iterator[tuple[object, ...]]:
    labels = {entity.key: entity.label for entity in recall.entities(store)}
    for seen in recall.observations(store):
        figure = (seen.indicator, f"{seen.value:f}", seen.unit, seen.time)
        said = (labels[seen.subject], *figure, seen.confidence)
        for item in seen.evidence:
            yield (*said, item.exact, item.article, item.start, item.end, item.rule)
