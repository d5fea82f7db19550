"""The graph as a page: one HTML file that needs no network and holds everything.

```
collect(store) -> GraphData         what the RDF says, as values                (data)
place(data, earlier) -> Places      where the nodes stand, the same always      (places, forces, islands)
map_block(…), reading_block(…)      the graph as packed columns                 (columns, container, pinyin)
render(data, earlier=…) -> str      the page: template, style, scripts, engine  (page)
to_pyvis(data, …) -> Network        a real pyvis network in the same places     (network)
render_pyvis(data, …) -> str        its page, which needs no network either     (pyvispage)
```

The scripts read the packed columns in ``columns.js`` alone; ``explore.js`` puts them together.
"""

from __future__ import annotations

from kg.explore.data import GraphData, collect
from kg.explore.network import to_pyvis
from kg.explore.page import earlier_places, render

__all__ = ["GraphData", "collect", "earlier_places", "render", "to_pyvis"]
