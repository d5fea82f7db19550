"""GEXF 1.2: the graph for Gephi, with the colours of the classes (https://gexf.net/)."""

from __future__ import annotations

import re
from typing import BinaryIO

from pyoxigraph import Store

from kg.export.flat import flat_network

_DATE = re.compile(r' lastmodifieddate="[^"]*"')


def write(store: Store, file: BinaryIO) -> None:
    """Write entities and relations as GEXF, without the date that networkx puts in."""
    import networkx as nx

    graph = flat_network(store)
    for _, data in graph.nodes(data=True):
        red, green, blue = bytes.fromhex(data["colour"].lstrip("#"))
        data["viz"] = {"color": {"r": red, "g": green, "b": blue, "a": 1.0}}
    file.write(b'<?xml version="1.0" encoding="UTF-8"?>\n')
    for line in nx.generate_gexf(graph):
        file.write(_DATE.sub("", line).encode() + b"\n")
