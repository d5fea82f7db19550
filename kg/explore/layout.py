"""Where the nodes stand: islands of things that belong together, the same for the same graph.

A plain force layout of a newspaper graph is one grey ball, and its physics in the page takes
minutes. Here communities (Louvain, seeded) are laid out one by one, small ones by forces, large
ones by splitting them again, then packed like pebbles, the linked ones near each other. Nothing
is quadratic in the size of the whole graph. Numbers are rounded to whole pixels, so that a last
binary digit that differs between machines does not change the page.
"""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Iterable, Sequence

import networkx as nx

Point = tuple[float, float]
Link = tuple[int, int]

_SMALL = 60
"""Up to this many nodes are laid out by forces; the time of that is quadratic."""
_ROUNDS = 140
_GOLDEN = math.pi * (3 - math.sqrt(5))
_STRETCH = 1.12
"""Screens and labels are wider than high."""
_CELL = 24.0
"""Pixels; islands are set down on a grid of this width, so this is about their distance too."""
_SEED = 7


def place(boxes: Sequence[Point], links: Iterable[Link]) -> list[tuple[int, int]]:
    """Give each node the centre of its place, in whole pixels.

    ``boxes`` holds width and height of each node with its label; ``links`` joins nodes by index,
    more often where they belong together more.
    """
    graph: nx.Graph[int] = nx.Graph()
    graph.add_nodes_from(range(len(boxes)))
    for a, b in links:
        if a != b:
            weight = graph[a][b]["weight"] + 1 if graph.has_edge(a, b) else 1
            graph.add_edge(a, b, weight=weight)
    points = _push_apart(_arrange(graph, boxes), boxes)
    return [(round(points[node][0]), round(points[node][1])) for node in range(len(boxes))]


def _arrange(graph: nx.Graph[int], boxes: Sequence[Point]) -> dict[int, Point]:
    if len(graph) <= _SMALL:
        return _by_forces(graph, boxes)
    groups = [sorted(group) for group in nx.community.louvain_communities(graph, seed=_SEED)]
    if len(groups) == 1:
        return _by_degree(graph, boxes)
    groups.sort(key=lambda group: (-len(group), group[0]))
    inside = [_arrange(graph.subgraph(group).copy(), boxes) for group in groups]
    return _pack(inside, _bridges(graph, groups), boxes)


def _bridges(graph: nx.Graph[int], groups: Sequence[Sequence[int]]) -> dict[Link, int]:
    """How many links join each pair of groups, both ways round."""
    group_of = {node: index for index, group in enumerate(groups) for node in group}
    bridges: dict[Link, int] = defaultdict(int)
    for a, b in graph.edges:
        if group_of[a] != group_of[b]:
            bridges[group_of[a], group_of[b]] += 1
            bridges[group_of[b], group_of[a]] += 1
    return bridges


def _pack(
    islands: Sequence[dict[int, Point]], bridges: dict[Link, int], boxes: Sequence[Point]
) -> dict[int, Point]:
    """Set islands down one by one, largest first, as near as possible to those they are linked with."""
    taken: set[Link] = set()
    centres: list[Point] = []
    points: dict[int, Point] = {}
    for index, island in enumerate(islands):
        middle = _middle(island.values())
        ground = _ground({node: (x - middle[0], y - middle[1]) for node, (x, y) in island.items()}, boxes)
        column, row = _free_spot(_wish(index, centres, bridges), ground, taken)
        taken |= {(x + column, y + row) for x, y in ground}
        centre = (column * _CELL, row * _CELL)
        centres.append(centre)
        points |= {
            node: (x - middle[0] + centre[0], y - middle[1] + centre[1]) for node, (x, y) in island.items()
        }
    return points


def _middle(points: Iterable[Point]) -> Point:
    xs, ys = zip(*points, strict=True)
    return (min(xs) + max(xs)) / 2, (min(ys) + max(ys)) / 2


def _ground(island: dict[int, Point], boxes: Sequence[Point]) -> set[Link]:
    """The grid cells that an island covers, with a shore of one cell around it."""
    return {
        (column, row)
        for node, (x, y) in island.items()
        for column in _cells(x, boxes[node][0])
        for row in _cells(y, boxes[node][1])
    }


def _cells(centre: float, length: float) -> range:
    low, high = (centre - length / 2) / _CELL, (centre + length / 2) / _CELL
    return range(math.floor(low) - 1, math.floor(high) + 2)


def _wish(index: int, centres: Sequence[Point], bridges: dict[Link, int]) -> Point:
    """The mean place of the islands linked with this one, drawn to the middle of all."""
    weights = [bridges.get((index, other), 0) for other in range(len(centres))]
    total = sum(weights) + 1.0
    x = sum(w * p[0] for w, p in zip(weights, centres, strict=True)) / total
    y = sum(w * p[1] for w, p in zip(weights, centres, strict=True)) / total
    return x, y


def _free_spot(wish: Point, ground: set[Link], taken: set[Link]) -> Link:
    """Walk a sunflower spiral out from the wish until nothing overlaps; wider steps for larger islands."""
    step, turn = 0.25 * math.sqrt(len(ground)), 0
    while True:
        x, y = _on_spiral(step, turn)
        column, row = round(wish[0] / _CELL + x * _STRETCH), round(wish[1] / _CELL + y)
        if not any((x + column, y + row) in taken for x, y in ground):
            return column, row
        turn += 1


def _by_degree(graph: nx.Graph[int], boxes: Sequence[Point]) -> dict[int, Point]:
    """A sunflower with the best connected in the middle: for a crowd that nothing divides."""
    nodes = _by_rank(graph)
    return _spread({node: _on_spiral(0.8, turn) for turn, node in enumerate(nodes)}, boxes)


def _by_rank(graph: nx.Graph[int]) -> list[int]:
    return sorted(graph, key=lambda node: (-graph.degree[node], node))


def _on_spiral(step: float, turn: int) -> Point:
    reach = step * math.sqrt(turn)
    return reach * math.cos(turn * _GOLDEN), reach * math.sin(turn * _GOLDEN)


def _by_forces(graph: nx.Graph[int], boxes: Sequence[Point]) -> dict[int, Point]:
    """Fruchterman and Reingold (1991), begun from a sunflower and drawn to the middle a little."""
    nodes = _by_rank(graph)
    at = {node: list(_on_spiral(1.0, turn)) for turn, node in enumerate(nodes)}
    edges = [(a, b, data["weight"]) for a, b, data in sorted(graph.edges(data=True), key=lambda e: e[:2])]
    for turn in range(_ROUNDS if len(nodes) > 1 else 0):
        pull = {node: [-0.3 * x, -0.3 * y] for node, (x, y) in at.items()}
        _repel(nodes, at, pull)
        _attract(edges, at, pull)
        _move(at, pull, heat=1.5 * (1 - turn / _ROUNDS))
    return _spread({node: (x, y) for node, (x, y) in at.items()}, boxes)


def _spread(points: dict[int, Point], boxes: Sequence[Point]) -> dict[int, Point]:
    """Scale so that neighbours stand as far apart as their boxes need, and part the rest."""
    if len(points) < 2:
        return points
    nearest = sorted(
        min(math.dist(point, other) for b, other in points.items() if a != b) for a, point in points.items()
    )
    area = sum(boxes[node][0] * boxes[node][1] for node in points) / len(points)
    scale = math.sqrt(area) / max(nearest[len(nearest) // 2], 0.05)
    wide = {node: (x * scale * _STRETCH, y * scale / _STRETCH) for node, (x, y) in points.items()}
    return _push_apart(wide, boxes)


def _repel(nodes: Sequence[int], at: dict[int, list[float]], pull: dict[int, list[float]]) -> None:
    for i, a in enumerate(nodes):
        ax, ay = at[a]
        mine = pull[a]
        for b in nodes[i + 1 :]:
            dx, dy = ax - at[b][0], ay - at[b][1]
            force = 1 / (dx * dx + dy * dy + 0.01)
            mine[0] += dx * force
            mine[1] += dy * force
            pull[b][0] -= dx * force
            pull[b][1] -= dy * force


def _attract(
    edges: Sequence[tuple[int, int, int]],
    at: dict[int, list[float]],
    pull: dict[int, list[float]],
) -> None:
    for a, b, weight in edges:
        dx, dy = at[a][0] - at[b][0], at[a][1] - at[b][1]
        force = math.hypot(dx, dy) * math.sqrt(weight)
        pull[a][0] -= dx * force
        pull[a][1] -= dy * force
        pull[b][0] += dx * force
        pull[b][1] += dy * force


def _move(at: dict[int, list[float]], pull: dict[int, list[float]], heat: float) -> None:
    for node, (dx, dy) in pull.items():
        length = math.hypot(dx, dy) or 1.0
        step = min(length, heat) / length
        at[node][0] += dx * step
        at[node][1] += dy * step


def _push_apart(points: dict[int, Point], boxes: Sequence[Point]) -> dict[int, Point]:
    """Move overlapping boxes apart along the side where less is needed, until none overlap or 60 rounds."""
    at = {node: list(point) for node, point in sorted(points.items())}
    cell = max((max(box) for box in boxes), default=1.0)
    for _ in range(60):
        moved = False
        for a, b in _near(at, cell):
            moved |= _part(at[a], at[b], boxes[a], boxes[b])
        if not moved:
            break
    return {node: (x, y) for node, (x, y) in at.items()}


def _near(at: dict[int, list[float]], cell: float) -> list[Link]:
    """Pairs of nodes in the same or a neighbouring cell of a grid."""
    grid: dict[Link, list[int]] = defaultdict(list)
    for node, (x, y) in at.items():
        grid[math.floor(x / cell), math.floor(y / cell)].append(node)
    return [
        (a, b)
        for (column, row), here in grid.items()
        for a in here
        for dx in (-1, 0, 1)
        for dy in (-1, 0, 1)
        for b in grid.get((column + dx, row + dy), ())
        if a < b
    ]


def _part(a: list[float], b: list[float], box_a: Point, box_b: Point) -> bool:
    over_x = (box_a[0] + box_b[0]) / 2 - abs(a[0] - b[0])
    over_y = (box_a[1] + box_b[1]) / 2 - abs(a[1] - b[1])
    if over_x <= 0.5 or over_y <= 0.5:
        return False
    axis, over = (0, over_x) if over_x < over_y else (1, over_y)
    side = 1.0 if a[axis] >= b[axis] else -1.0
    a[axis] += side * over / 2
    b[axis] -= side * over / 2
    return True
