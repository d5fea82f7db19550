"""Set communities side by side as round islands: each with the room that its members need, none over another.

A force layout leaves crowds in some places and empty ground between them. Here it only says who is
near whom; the ground is shared out anew.
"""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

Ints = npt.NDArray[np.int64]
Floats = npt.NDArray[np.float64]

_ROOM = 1.7
"""Ground of an island, in the area of its members' boxes."""
_SHORE = 1.07
_PULLING = 220
_SETTLING = 120


def islands(points: Floats, groups: Ints, boxes: Floats) -> Floats:
    """Give each node its place around the middle of its island, (0, 0) being the middle of all.

    ``points`` are places by forces, ``groups`` the communities of the nodes (any numbers), ``boxes``
    width and height that each node takes, in pixels.
    """
    names, group = np.unique(groups, return_inverse=True)
    group = group.reshape(-1)
    count = len(names)
    size = np.bincount(group).astype(np.float64)
    middle = np.stack([np.bincount(group, points[:, axis]) / size for axis in (0, 1)], axis=1)
    reach = np.sqrt(_ROOM * np.bincount(group, boxes.prod(axis=1)) / np.pi)
    offset = _filled(points - middle[group], group, size)
    spread = max(float(np.hypot(middle[:, 0], middle[:, 1]).max()), 1e-9)
    start = middle * (1.4 * float(np.sqrt((reach**2).sum())) / spread)
    centre = _packed(start, reach) if count > 1 else np.zeros((1, 2))
    placed: Floats = centre[group] + offset * reach[group][:, None]
    return placed


def _filled(offset: Floats, group: Ints, size: Floats) -> Floats:
    """Spread members evenly over a disc of radius 1; distances and directions keep their order."""
    length = np.hypot(offset[:, 0], offset[:, 1])
    turn = np.arctan2(offset[:, 1], offset[:, 0])
    widest = np.zeros(len(size))
    np.maximum.at(widest, group, length)
    # In part as forces have it: the shape of the community stays to be seen.
    even = np.sqrt((_rank(length, group, size) + 0.5) / size[group])
    radius = 0.3 * length / np.maximum(widest[group], 1e-9) + 0.7 * even
    around = 2 * np.pi * (_rank(turn, group, size) + 0.5) / size[group]
    lag = np.arctan2(*(np.bincount(group, part(turn - around)) for part in (np.sin, np.cos)))
    around = around + lag[group]
    spread: Floats = radius[:, None] * np.stack([np.cos(around), np.sin(around)], axis=1)
    return spread


def _rank(value: Floats, group: Ints, size: Floats) -> Floats:
    """The place of each member among those of its group, by value, from 0."""
    order = np.lexsort((np.arange(len(group)), value, group))
    before = np.concatenate([[0.0], np.cumsum(size)[:-1]])
    rank = np.empty(len(group))
    rank[order] = np.arange(len(group)) - before[group[order]]
    return rank


def _packed(centre: Floats, reach: Floats) -> Floats:
    """Draw circles together until they touch."""
    weight = reach**2
    share = weight[None, :] / (weight[:, None] + weight[None, :])
    apart = (reach[:, None] + reach[None, :]) * _SHORE
    np.fill_diagonal(apart, 0)
    for turn in range(_PULLING + _SETTLING):
        if turn < _PULLING:
            centre = centre * 0.97
        gap = centre[:, None, :] - centre[None, :, :]
        length = np.sqrt((gap * gap).sum(axis=2)) + 1e-6
        over = np.clip(apart - length, 0, None)
        if turn >= _PULLING and float(over.max()) < 1:
            break
        centre = centre + (gap * (over * share / length)[:, :, None]).sum(axis=1) * 0.6
        centre = np.round(centre * 64) / 64
    return centre - np.average(centre, axis=0, weights=weight)
