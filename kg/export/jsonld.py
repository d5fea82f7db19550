"""JSON-LD 1.1: the graph layer for web programs (https://www.w3.org/TR/json-ld11/)."""

from __future__ import annotations

from typing import BinaryIO

from pyoxigraph import RdfFormat, Store, serialize

from kg.store import GRAPH, sorted_quads


def write(store: Store, file: BinaryIO) -> None:
    """Write the graph layer as expanded JSON-LD."""
    serialize(sorted_quads(store, GRAPH), file, RdfFormat.JSON_LD)
