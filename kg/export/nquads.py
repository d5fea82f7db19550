"""N-Quads 1.1: all layers, one sorted quad a line (https://www.w3.org/TR/n-quads/)."""

from __future__ import annotations

from typing import BinaryIO

from pyoxigraph import RdfFormat, Store, serialize

from kg.store import LAYERS, sorted_quads


def write(store: Store, file: BinaryIO) -> None:
    """Write graph, evidence, ontology and text as N-Quads; loaded anywhere, they are the same store."""
    serialize(sorted_quads(store, *LAYERS), file, RdfFormat.N_QUADS)
