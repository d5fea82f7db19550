"""HTML: the graph to explore, as one file that opens without a network."""

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
) -> None:
    """Write the explorer of a store, always in UTF-8, whatever the locale.

    ``earlier`` gives places of an earlier map; ``whole`` the numbers of entities and facts of the
    graph that the store is a part of, for the page to say so.
    """
    from kg.explore import collect, render

    file.write(render(collect(store), earlier=earlier, whole=whole).encode("utf-8", "surrogatepass"))
