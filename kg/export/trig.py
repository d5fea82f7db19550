"""TriG 1.1: all layers in one readable file (https://www.w3.org/TR/trig/)."""

from __future__ import annotations

from typing import BinaryIO

from pyoxigraph import RdfFormat, Store, serialize

from kg import iri
from kg.store import LAYERS, sorted_quads


def write(store: Store, file: BinaryIO) -> None:
    """Write graph, evidence, ontology and text as TriG."""
    serialize(sorted_quads(store, *LAYERS), file, RdfFormat.TRIG, prefixes=iri.PREFIXES)
