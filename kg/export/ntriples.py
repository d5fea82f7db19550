"""N-Triples 1.1: the graph layer, one sorted triple a line (https://www.w3.org/TR/n-triples/)."""

from __future__ import annotations

from typing import BinaryIO

from pyoxigraph import RdfFormat, Store, serialize

from kg.store import GRAPH, sorted_quads


def write(store: Store, file: BinaryIO) -> None:
    """Write the graph layer as N-Triples."""
    serialize((quad.triple for quad in sorted_quads(store, GRAPH)), file, RdfFormat.N_TRIPLES)
