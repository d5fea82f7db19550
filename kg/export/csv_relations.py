"""CSV of relations: one row for each sentence that states one, with its place."""

from __future__ import annotations

from collections.abc import Iterator
from typing import BinaryIO

from pyoxigraph import Store

from kg import recall
from kg.export.sheet import write_rows
from kg.schema import load_schema

COLUMNS = (
    *("subject", "subject_class", "relation", "relation_zh", "object", "object_class", "titles", "times"),
    *("confidence", "quote", "article", "start", "end", "rule"),
)


def write(store: Store, file: BinaryIO) -> None:
    """Write the relations as CSV."""
    write_rows(file, COLUMNS, _rows(store))


def _rows(store: Store) -> Iterator[tuple[object, ...]]:
    entities = {entity.key: entity for entity in recall.entities(store)}
    relations = load_schema().relations
    for fact in recall.facts(store):
        one, other = entities[fact.subject], entities[fact.object]
        zh = relations[fact.relation].label_zh
        said = (
            one.label, one.cls, fact.relation, zh, other.label, other.cls,
            "、".join(fact.titles), "、".join(fact.times),
        )  # fmt: skip
        for item in fact.evidence:
            yield (*said, fact.confidence, item.exact, item.article, item.start, item.end, item.rule)
