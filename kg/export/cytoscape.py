"""Cytoscape JSON (``.cyjs``): the graph for Cytoscape and Cytoscape.js (https://js.cytoscape.org/)."""

from __future__ import annotations

import json
from typing import BinaryIO

from pyoxigraph import Store

from kg.export.flat import flat_network


def write(store: Store, file: BinaryIO) -> None:
    """Write entities and relations as Cytoscape JSON."""
    import networkx as nx

    data = nx.cytoscape_data(flat_network(store))
    file.write(json.dumps(data, ensure_ascii=False, indent=1).encode() + b"\n")
