"""Turtle 1.1: the graph layer, sorted and grouped by subject (https://www.w3.org/TR/turtle/)."""

from __future__ import annotations

from typing import BinaryIO

from pyoxigraph import Store

from kg import turtle
from kg.store import GRAPH, triples


def write(store: Store, file: BinaryIO) -> None:
    """Write the graph layer as Turtle, the same as ``graph.ttl`` of a build."""
    turtle.write(triples(store, GRAPH), file)
