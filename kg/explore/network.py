"""The graph as a real ``pyvis.network.Network``: nodes, edges and fixed positions.

``pyvis`` is imported inside, because it pulls in IPython. The network is always directed: an
undirected one silently drops the second relation between two entities (pyvis issue 51).
"""

from __future__ import annotations

import math
import unicodedata
from collections import defaultdict
from typing import TYPE_CHECKING, Any

import networkx as nx

from kg.explore.data import GraphData
from kg.explore.layout import Link, Point, place
from kg.explore.look import looks_of
from kg.model import Entity
from kg.schema import load_schema

if TYPE_CHECKING:
    from pyvis.network import Network

LIMIT = 2000
"""More nodes than this pan at less than 10 frames a second in vis-network."""

# vis-network draws a star of the same size much smaller than a square; this makes them look alike.
_FILL = {"square": 0.88, "diamond": 1.12, "triangle": 1.1, "triangleDown": 1.1, "star": 1.3}

_LABEL = 9
"""Han characters per line of a label."""


def to_pyvis(data: GraphData, limit: int = LIMIT) -> Network:
    """Draw the ``limit`` most connected entities and the facts between them.

    The ids of nodes are the entities' keys, the ids of edges ``f`` and the place in ``data.facts``.
    """
    from pyvis.network import Network

    shown = most_connected(data, limit)
    index = {entity.key: number for number, entity in enumerate(shown)}
    network = Network(height="100%", width="100%", directed=True, cdn_resources="in_line")
    network.toggle_physics(False)
    _add_nodes(network, data, shown, index)
    _add_edges(network, data, index)
    return network


def most_connected(data: GraphData, limit: int) -> list[Entity]:
    """The entities with most facts, in key order; of equals those that come first."""
    degrees = data.degrees()
    ranked = sorted(data.entities, key=lambda entity: (-degrees[entity.key], entity.key))
    return sorted(ranked[:limit], key=lambda entity: entity.key)


def _add_nodes(network: Network, data: GraphData, shown: list[Entity], index: dict[str, int]) -> None:
    degrees = data.degrees()
    looks = {look.name: look for look in looks_of({e.cls for e in shown}, load_schema())}
    sizes = [node_size(degrees[entity.key], looks[entity.cls].shape) for entity in shown]
    boxes = [_box(entity.label, size) for entity, size in zip(shown, sizes, strict=True)]
    points = place(boxes, [*_links(data, index), *_weak_links(data, index, degrees)])
    for entity, size, (x, y) in zip(shown, sizes, points, strict=True):
        look = looks[entity.cls]
        network.add_node(
            entity.key,
            label=wrapped(entity.label),
            title=f"{entity.label}\n{look.zh}",
            shape=look.shape,
            color=look.colour,
            size=size,
            x=x,
            y=y,
        )


def _add_edges(network: Network, data: GraphData, index: dict[str, int]) -> None:
    relations = load_schema().relations
    parallel: dict[frozenset[str], int] = defaultdict(int)
    for number, fact in enumerate(data.facts):
        if fact.subject in index and fact.object in index:
            pair = frozenset((fact.subject, fact.object))
            options: dict[str, Any] = {"id": f"f{number}", "smooth": _curve(parallel[pair])}
            info = relations.get(fact.relation)
            options["title"] = info.label_zh if info else fact.relation
            network.add_edge(fact.subject, fact.object, **options)
            parallel[pair] += 1


def _curve(nth: int) -> bool | dict[str, Any]:
    """Straight for the first edge of a pair; then left and right of it by turns, further each time."""
    if nth == 0:
        return False
    side = "curvedCW" if nth % 2 else "curvedCCW"
    return {"enabled": True, "type": side, "roundness": round(0.14 * ((nth + 1) // 2), 2)}


def node_size(degree: int, shape: str = "dot") -> int:
    """Size in vis-network's sense: the area grows with the number of facts, within bounds."""
    return round(min(36.0, 12 + 3.2 * math.sqrt(degree)) * _FILL.get(shape, 1.0))


def wrapped(label: str) -> str:
    """Break a long name into lines of about the same width, at most nine Han characters each.

    >>> wrapped("合肥高新区营商环境局")
    '合肥高新区\\n营商环境局'
    """
    total = sum(map(_width, label))
    longest = total / max(1, math.ceil(total / _LABEL))
    lines, line = [""], 0.0
    for char in label:
        if line >= longest:
            lines.append("")
            line = 0.0
        lines[-1] += char
        line += _width(char)
    return "\n".join(lines)


def _width(char: str) -> float:
    """Of a character on the screen, in Han characters."""
    return 1.0 if unicodedata.east_asian_width(char) in "WF" else 0.55


def _box(label: str, size: int) -> Point:
    """Width and height that a node takes with its label below it; long labels may reach out of it."""
    lines = wrapped(label).split("\n")
    width = 5.0 * max(len(line) for line in lines)
    return max(2.0 * size, width) + 12, 2.0 * size + 20


def _links(data: GraphData, index: dict[str, int]) -> list[Link]:
    return [
        (index[fact.subject], index[fact.object])
        for fact in data.facts
        if fact.subject in index and fact.object in index
    ]


def _weak_links(data: GraphData, index: dict[str, int], degrees: dict[str, int]) -> list[Link]:
    """Tie small pieces to the most connected thing of the article that names them.

    Only for the layout, so that they stand near the zone whose article they come from.
    """
    named: dict[str, set[str]] = defaultdict(set)
    for naming in data.namings:
        if naming.entity in index:
            named[naming.evidence.article].add(naming.entity)
    small = _small_pieces(_links(data, index), len(index))
    links: set[Link] = set()
    for _, keys in sorted(named.items()):
        hub = min(keys, key=lambda key: (-degrees[key], key))
        links |= {(index[key], index[hub]) for key in keys if index[key] in small and key != hub}
    return sorted(links)


def _small_pieces(links: list[Link], count: int) -> set[int]:
    """The first node of every connected piece of fewer than four."""
    graph: nx.Graph[int] = nx.Graph(links)
    graph.add_nodes_from(range(count))
    return {min(piece) for piece in nx.connected_components(graph) if len(piece) < 4}
