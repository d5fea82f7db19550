"""Where the nodes stand on the map: islands of what belongs together, the same for the same graph.

Places are whole pixels at scale 1. A graph that was built before keeps its map: what was there
stays where it was, and only what is new is placed, beside what it is linked with.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from kg.explore.communities import communities
from kg.explore.data import GraphData
from kg.explore.forces import arrange
from kg.explore.islands import islands

Point = tuple[float, float]
Ints = npt.NDArray[np.int64]
Floats = npt.NDArray[np.float64]

_KEPT_SHARE = 0.5
"""With fewer known nodes than this the old map is no help, and a new one is made."""
_STRETCH = 1.2
"""Screens and names are wider than high."""
_EDGE = 30000
"""Places fit into 16 bits."""
_ISLAND = 4
"""Communities of fewer members are loose pieces."""


@dataclass(frozen=True, slots=True)
class Places:
    """Per entity, in the order of ``GraphData.entities``: x, y (pixels), community, radius (pixels)."""

    x: Ints
    y: Ints
    community: Ints
    radius: Floats


def place(data: GraphData, earlier: Mapping[str, Point] | None = None) -> Places:
    """Place every entity; ``earlier`` gives places of an earlier map, by key of the entity."""
    index = {entity.key: number for number, entity in enumerate(data.entities)}
    count = len(index)
    pairs = [(index[fact.subject], index[fact.object]) for fact in data.facts]
    links = _array(pairs)
    radius = radii(np.bincount(links.ravel(), minlength=count))
    ties = np.concatenate([links, _array(_ties(data, index, links))])
    group = communities(count, ties)
    known = {index[key]: point for key, point in (earlier or {}).items() if key in index}
    if count and len(known) >= _KEPT_SHARE * count:
        points = _beside(known, ties, count, radius)
    else:
        points = _fresh(ties, group, radius)
    whole = np.clip(np.round(points), -_EDGE, _EDGE).astype(np.int64)
    return Places(whole[:, 0], whole[:, 1], group, radius)


def radii(degrees: Ints) -> Floats:
    """Radius of a node in pixels from its number of facts: the area grows with it, within bounds.

    The script of the page has the same formula.
    """
    return np.minimum(26.0, 6 + 2.4 * np.sqrt(degrees))


def _array(pairs: Sequence[tuple[int, int]]) -> Ints:
    return np.asarray(pairs, dtype=np.int64).reshape(-1, 2)


def _ties(data: GraphData, index: Mapping[str, int], links: Ints) -> list[tuple[int, int]]:
    """Tie each loose entity to the most connected one of its first article: it stands near that."""
    degree = np.bincount(links.ravel(), minlength=len(index))
    named: dict[str, set[int]] = defaultdict(set)
    for naming in data.namings:
        named[naming.evidence.article].add(index[naming.entity])
    ties: dict[int, int] = {}
    for article in sorted(named):
        hub = min(named[article], key=lambda node: (-degree[node], node))
        for node in named[article]:
            if degree[node] == 0 and node != hub:
                ties.setdefault(node, hub)
    return sorted(ties.items())


def _boxes(radius: Floats) -> Floats:
    """Width and height that a node takes; where there are few, with room for its name."""
    room = np.array([58.0, 26.0]) if len(radius) <= 3000 else np.array([8.0, 8.0])
    boxes: Floats = 2 * radius[:, None] + room
    return boxes


def _fresh(links: Ints, group: Ints, radius: Floats) -> Floats:
    """Lay out what holds together by forces, set the islands side by side, the loose pieces around them."""
    count = len(radius)
    if count < 2:
        return np.zeros((count, 2))
    boxes = _boxes(radius)
    loose = np.bincount(group)[group] < _ISLAND
    kept = np.flatnonzero(~loose)
    points = np.zeros((count, 2))
    if len(kept):
        number = np.full(count, -1)
        number[kept] = np.arange(len(kept))
        inner = number[links]
        raw = arrange(len(kept), inner[(inner >= 0).all(axis=1)], group[kept])
        points[kept] = islands(raw, group[kept], boxes[kept])
    points = _around(points, kept, group, loose, boxes) * np.array([_STRETCH, 1 / _STRETCH])
    # What fell onto one point is parted in both directions, not along a line.
    turns = np.arange(count) * np.pi * (3 - np.sqrt(5))
    points = points + 0.3 * boxes * np.stack([np.cos(turns), np.sin(turns)], axis=1)
    return _apart(points, boxes, np.ones(count, dtype=bool))


def _around(points: Floats, kept: Ints, group: Ints, loose: npt.NDArray[np.bool_], boxes: Floats) -> Floats:
    """Put loose pieces on a spiral around the islands, each piece together."""
    nodes = np.flatnonzero(loose)
    if not len(nodes):
        return points
    inner = float(np.hypot(points[kept, 0], points[kept, 1]).max()) + 80 if len(kept) else 0.0
    pieces, number = np.unique(group[nodes], return_inverse=True)
    room = float(boxes[nodes].prod(axis=1).mean()) * 2.2 * len(nodes) / len(pieces)
    turns = np.arange(len(pieces)) * np.pi * (3 - np.sqrt(5))
    reach = np.sqrt(inner**2 + room * (np.arange(len(pieces)) + 0.5) / np.pi * 1.3)
    centres = reach[:, None] * np.stack([np.cos(turns), np.sin(turns)], axis=1)
    points[nodes] = centres[number.reshape(-1)]
    return points


def _beside(known: Mapping[int, Point], links: Ints, count: int, radius: Floats) -> Floats:
    """Old nodes where they were, new ones at the mean of their neighbours, then moved off each other."""
    points = np.zeros((count, 2))
    free = np.ones(count, dtype=bool)
    for node, point in known.items():
        points[node] = point
        free[node] = False
    if not free.any():
        return points
    neighbours: dict[int, list[int]] = defaultdict(list)
    for one, other in links.tolist():
        neighbours[one].append(other)
        neighbours[other].append(one)
    edge = float(np.abs(points[~free]).max()) + 60
    settled = ~free
    for _ in range(3):  # what hangs on something new follows it in the next round
        for node in np.flatnonzero(~settled).tolist():
            if beside := [other for other in neighbours[node] if settled[other]]:
                points[node] = points[beside].mean(axis=0) + _offset(node, radius[node] + 30)
        settled |= points.any(axis=1)
    for node in np.flatnonzero(~settled).tolist():
        points[node] = _offset(node, edge)
    return _apart(points, _boxes(radius), free)


def _offset(node: int, length: float) -> Floats:
    turn = node * np.pi * (3 - np.sqrt(5))
    return length * np.array([np.cos(turn), np.sin(turn)])


def _apart(points: Floats, boxes: Floats, free: npt.NDArray[np.bool_]) -> Floats:
    """Part overlapping boxes along the side where less of them overlaps; what is not free stays."""
    from scipy.spatial import cKDTree

    count = len(points)
    if count > 60000:
        return points
    reach = float(np.percentile(boxes.max(axis=1), 99)) if count else 0.0
    for _ in range(60 if count <= 3000 else 14):
        pairs = cKDTree(np.round(points * 64) / 64).query_pairs(reach, output_type="ndarray")
        pairs = pairs[free[pairs[:, 0]] | free[pairs[:, 1]]]
        one, other = pairs[:, 0], pairs[:, 1]
        gap = points[one] - points[other]
        over = (boxes[one] + boxes[other]) / 2 - np.abs(gap)
        meets = (over > 0.5).all(axis=1)
        if not meets.any():
            break
        one, other, gap, over = one[meets], other[meets], gap[meets], over[meets]
        points = points + _shift(one, other, gap, over, boxes[one] + boxes[other], free, count)
    return points


def _shift(
    one: Ints, other: Ints, gap: Floats, over: Floats, size: Floats, free: npt.NDArray[np.bool_], count: int
) -> Floats:
    """How far each node moves: half of each overlap, all of it beside a fixed one."""
    sideways = (over / size).argmin(axis=1) == 0
    axis = np.where(sideways, 0, 1)
    rows = np.arange(len(one))
    way = np.where(gap[rows, axis] >= 0, 1.0, -1.0) * over[rows, axis]
    share = np.where(free[one] & free[other], 0.5, 1.0)
    moved = np.zeros((count, 2))
    for side in (0, 1):
        chosen = axis == side
        step = way[chosen] * share[chosen]
        moved[:, side] += np.bincount(one[chosen], step * free[one[chosen]], minlength=count)
        moved[:, side] -= np.bincount(other[chosen], step * free[other[chosen]], minlength=count)
    return np.clip(moved, -40, 40) * 0.8
