"""The graph as a real ``pyvis.network.Network``: nodes, edges and the places of our own map.

``pyvis`` is imported inside, because it pulls in IPython. The network is always directed: an
undirected one silently drops the second relation between two entities (pyvis issue 51).
"""

from __future__ import annotations

import math
import unicodedata
from collections import defaultdict, deque
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from kg.errors import NotFound
from kg.explore.data import GraphData
from kg.explore.look import looks_of
from kg.explore.places import Places, Point, place
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


def to_pyvis(
    data: GraphData,
    limit: int = LIMIT,
    *,
    around: str | None = None,
    hops: int = 2,
    earlier: Mapping[str, Point] | None = None,
) -> Network:
    """Draw the ``limit`` most connected entities, or those around one, and the facts between them.

    ``around`` is the key of an entity: those nearest to it are drawn, up to ``hops`` steps away.
    What no article states, but follows, is dashed.
    The ids of nodes are the entities' keys, the ids of edges ``f`` and the place in ``data.facts``.
    Physics is off; ``network.toggle_physics(True)`` turns it on.

    Raises:
        NotFound: there is no entity of the key ``around``.
    """
    from pyvis.network import Network

    chosen = neighbourhood(data, around, hops, limit) if around else most_connected(data, limit)
    network = Network(height="100%", width="100%", directed=True, cdn_resources="in_line")
    network.toggle_physics(False)
    _fill(network, data, chosen, place(data, earlier))
    return network


def most_connected(data: GraphData, limit: int) -> list[Entity]:
    """The entities with most facts, in key order; of equals those that come first."""
    degrees = data.degrees()
    ranked = sorted(data.entities, key=lambda entity: (-degrees[entity.key], entity.key))
    return sorted(ranked[:limit], key=lambda entity: entity.key)


def neighbourhood(data: GraphData, key: str, hops: int, limit: int) -> list[Entity]:
    """The entities at most ``hops`` facts away from one, nearest first up to ``limit``, in key order.

    Raises:
        NotFound: there is no such entity.
    """
    if key not in {entity.key for entity in data.entities}:
        raise NotFound(f"{key}: 图谱中没有这个实体 no such entity in the graph; see: kg show {key}")
    beside: dict[str, set[str]] = defaultdict(set)
    for fact in data.facts:
        beside[fact.subject].add(fact.object)
        beside[fact.object].add(fact.subject)
    degrees = data.degrees()
    away = {key: 0}
    queue = deque([key])
    while queue and len(away) < limit:
        here = queue.popleft()
        if away[here] == hops:
            continue
        for other in sorted(beside[here] - away.keys(), key=lambda one: (-degrees[one], one)):
            if len(away) < limit:
                away[other] = away[here] + 1
                queue.append(other)
    return [entity for entity in data.entities if entity.key in away]


def _fill(network: Network, data: GraphData, chosen: list[Entity], places: Places) -> None:
    """Put nodes and edges straight into the lists: pyvis's own methods look through them all each time."""
    index = {entity.key: number for number, entity in enumerate(data.entities)}
    degrees, schema = data.degrees(), load_schema()
    looks = {look.name: look for look in looks_of({entity.cls for entity in chosen}, schema)}
    for entity in chosen:
        look, number = looks[entity.cls], index[entity.key]
        node = {
            "id": entity.key,
            "label": wrapped(entity.label),
            "title": f"{entity.label}\n{look.zh}",
            "shape": look.shape,
            "color": look.colour,
            "size": node_size(degrees[entity.key], look.shape),
            "x": int(places.x[number]),
            "y": int(places.y[number]),
        }
        network.nodes.append(node)
        network.node_ids.append(entity.key)
        network.node_map[entity.key] = node
    parallel: dict[frozenset[str], int] = defaultdict(int)
    for number, fact in enumerate(data.facts):
        if fact.subject in network.node_map and fact.object in network.node_map:
            pair = frozenset((fact.subject, fact.object))
            info = schema.relations.get(fact.relation)
            network.edges.append(
                {
                    "id": f"f{number}",
                    "from": fact.subject,
                    "to": fact.object,
                    "arrows": "to",
                    "dashes": not fact.evidence,
                    "title": info.label_zh if info else fact.relation,
                    "smooth": _curve(parallel[pair]),
                }
            )
            parallel[pair] += 1


def _curve(nth: int) -> bool | dict[str, Any]:
    """Straight for the first edge of a pair; then left and right of it by turns, further each time."""
    if nth == 0:
        return False
    side = "curvedCW" if nth % 2 else "curvedCCW"
    return {"enabled": True, "type": side, "roundness": round(0.14 * ((nth + 1) // 2), 2)}


def node_size(degree: int, shape: str = "dot") -> int:
    """Size in vis-network's sense: the area grows with the number of facts, within bounds."""
    return round(min(26.0, 7 + 2.4 * math.sqrt(degree)) * _FILL.get(shape, 1.0))


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
