"""pyvis: a real ``pyvis.network.Network`` as a page that opens without a network; at most 2,000 nodes."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, BinaryIO

from pyoxigraph import Store

if TYPE_CHECKING:
    from kg.explore.places import Point


def write(
    store: Store,
    file: BinaryIO,
    *,
    earlier: Mapping[str, Point] | None = None,
    whole: tuple[int, int] | None = None,
) -> str:
    """Write the network of the most connected entities; return how much of the graph it shows.

    ``earlier`` and ``whole`` are as for ``html``.
    """
    from kg.explore import collect
    from kg.explore.network import to_pyvis
    from kg.explore.pyvispage import page_of, shown_of

    data = collect(store)
    network = to_pyvis(data, earlier=earlier)
    note = shown_of(network, *(whole or (len(data.entities), len(data.facts))))
    file.write(page_of(network, note).encode("utf-8", "surrogatepass"))
    return note
