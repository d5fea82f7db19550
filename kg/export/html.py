"""HTML: the interactive graph as one file that opens without a network."""

from __future__ import annotations

from typing import BinaryIO

from pyoxigraph import Store

from kg.explore import collect, render


def write(store: Store, file: BinaryIO) -> None:
    """Write the graph view of a store, always in UTF-8, whatever the locale."""
    file.write(render(collect(store)).encode("utf-8"))
