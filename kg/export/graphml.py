"""GraphML: the graph for yEd, Gephi, Cytoscape (http://graphml.graphdrawing.org/)."""

from __future__ import annotations

from typing import BinaryIO

from pyoxigraph import Store

from kg.export.flat import flat_network


def write(store: Store, file: BinaryIO) -> None:
    """Write entities and relations as GraphML; each edge carries one quote."""
    import networkx as nx

    file.write(b'<?xml version="1.0" encoding="UTF-8"?>\n')
    for line in nx.generate_graphml(flat_network(store), named_key_ids=True):
        file.write(line.encode() + b"\n")
