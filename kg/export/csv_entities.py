"""CSV of entities: class, names, and in how many articles each is named."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from typing import BinaryIO

from pyoxigraph import Store

from kg import iri, recall
from kg.export.sheet import write_rows
from kg.schema import load_schema

COLUMNS = ("name", "class", "class_zh", "aliases", "articles", "facts", "iri")
_MENTIONS = """
SELECT ?entity (COUNT(?article) AS ?articles) WHERE { ?article schema:mentions ?entity }
GROUP BY ?entity"""


def write(store: Store, file: BinaryIO) -> None:
    """Write the entities as CSV."""
    write_rows(file, COLUMNS, _rows(store))


def _rows(store: Store) -> Iterator[tuple[object, ...]]:
    articles = {row["entity"]: row["articles"] for row in recall.rows(store, _MENTIONS)}
    degrees = Counter(key for fact in recall.facts(store) for key in {fact.subject, fact.object})
    classes = load_schema().classes
    for entity in recall.entities(store):
        node = iri.entity(entity.key)
        names = (entity.label, entity.cls, classes[entity.cls].label_zh, "、".join(entity.aliases))
        yield (*names, articles.get(node, 0), degrees[entity.key], node)
