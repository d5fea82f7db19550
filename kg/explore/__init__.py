"""The graph as a picture: one HTML file that needs no network, made with a pyvis network.

```
collect(store) -> GraphData           what the RDF says, as values            (data)
look_of(classes, schema) -> looks     colour, shape and sign of every class   (look)
place(boxes, links) -> positions      where the nodes stand, the same always  (layout)
Marker(namings).marks(quote, …)       where a sentence names its entities     (marks)
columns(data) -> dict                 the graph as the page's JSON            (columns)
to_pyvis(data) -> Network             a real pyvis network                    (network)
render(data) -> str                   the page                                (page)
```
"""

from __future__ import annotations

from kg.explore.data import GraphData, collect
from kg.explore.network import to_pyvis
from kg.explore.page import render

__all__ = ["GraphData", "collect", "render", "to_pyvis"]
