"""Place nodes by forces: links pull, all nodes push each other away.

The push of all on all is a convolution of the density of nodes with 1/r, done by fast Fourier
transform on a grid (the idea of FIt-SNE, Linderman and others, 2019): O(links + grid log grid) a
round instead of O(nodes^2). Communities are drawn together, so that they stand as islands.
Positions are rounded a little after every round, so that the last binary digit of another
machine's arithmetic does not change the picture.
"""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

Ints = npt.NDArray[np.int64]
Floats = npt.NDArray[np.float64]

_GRAVITY = 0.001
_COHESION = 0.036
_BETWEEN = 0.12
"""How much a link between two communities pulls, beside one inside."""
_STEPS = 1024.0
_EXACT = 500
"""Up to so many nodes the push of each on each is computed as it is; a grid is too coarse for few."""


def arrange(count: int, links: Ints, groups: Ints) -> Floats:
    """Give each node a place, ``count`` by 2, about one unit of area a node.

    ``links`` are pairs of node numbers, ``groups`` the communities of the nodes, 0 the largest.
    """
    place = _start(count, groups)
    if count < 2:
        return place
    one, other = (links[:, 0], links[:, 1]) if len(links) else (groups[:0], groups[:0])
    degree = np.bincount(np.concatenate([one, other]), minlength=count).astype(np.float64)
    mass = degree + 1
    spring = 1 / np.sqrt(np.clip(np.minimum(degree[one], degree[other]), 1, None))
    spring = spring * np.where(groups[one] == groups[other], 1.0, _BETWEEN)
    size = np.bincount(groups).astype(np.float64)
    push = _Push(count) if count > _EXACT else _push_exactly
    rounds = _rounds(count)
    for turn in range(rounds):
        share = turn / rounds
        force = push(place, mass, share)
        force += _pull(place, one, other, spring, count)
        middle = np.stack([np.bincount(groups, place[:, axis]) / size for axis in (0, 1)], axis=1)
        force += mass[:, None] * (_COHESION * (middle[groups] - place) - _GRAVITY * place)
        place = _step(place, force / mass[:, None], share)
    return place


def _rounds(count: int) -> int:
    return 250 if count <= 8000 else 180 if count <= 30000 else 130


def _start(count: int, groups: Ints) -> Floats:
    """Communities on a sunflower, and the nodes of each on a small one."""
    golden = np.pi * (3 - np.sqrt(5))
    if not count:
        return np.zeros((0, 2))
    size = np.bincount(groups)
    before = np.concatenate([[0], np.cumsum(size)[:-1]])
    order = np.argsort(groups, kind="stable")
    inside = np.empty(count, dtype=np.int64)
    inside[order] = np.arange(count) - before[groups[order]]
    centre = np.sqrt((before + size / 2) / np.pi)[groups]
    reach = 0.5 * np.sqrt(inside + 0.5)
    x = centre * np.cos(groups * golden) + reach * np.cos(inside * golden)
    y = centre * np.sin(groups * golden) + reach * np.sin(inside * golden)
    return np.stack([x, y], axis=1).astype(np.float64)


def _pull(place: Floats, one: Ints, other: Ints, spring: Floats, count: int) -> Floats:
    pulled = spring[:, None] * (place[other] - place[one])
    columns = [
        np.bincount(one, pulled[:, axis], minlength=count)
        - np.bincount(other, pulled[:, axis], minlength=count)
        for axis in (0, 1)
    ]
    return np.stack(columns, axis=1)


def _step(place: Floats, step: Floats, share: float) -> Floats:
    """Move by the force, at most as far as this late in the work is allowed; keep a binary grid."""
    span = float((place.max(axis=0) - place.min(axis=0)).max()) or 1.0
    most = 3 * span / np.sqrt(len(place)) * (1 - share) ** 1.3 + 0.02
    length = np.maximum(np.hypot(step[:, 0], step[:, 1]), 1e-9)
    moved = place + step * (np.minimum(length, most) / length)[:, None]
    gridded: Floats = np.round(moved * _STEPS) / _STEPS
    return gridded


def _push_exactly(place: Floats, mass: Floats, share: float) -> Floats:
    gap = place[:, None, :] - place[None, :, :]
    square = (gap * gap).sum(axis=2) + 0.05
    force: Floats = (gap * (mass[None, :] / square)[:, :, None]).sum(axis=1)
    return force


class _Push:
    """The push of all nodes on each; keeps the transformed kernel of the grid in use."""

    def __init__(self, count: int):
        self.count = count
        self.side = 0
        self.kernel: list[npt.NDArray[np.complex128]] = []

    def __call__(self, place: Floats, mass: Floats, share: float) -> Floats:
        from scipy.fft import irfft2, rfft2

        self._choose(share)
        side = self.side
        low = place.min(axis=0)
        cell = float((place.max(axis=0) - low).max()) * 1.02 / (side - 1) + 1e-9
        at = (place - low) / cell
        corner = np.clip(np.floor(at).astype(np.int64), 0, side - 2)
        shares, cells = _corners(at - corner, corner, 2 * side)
        density = np.zeros(4 * side * side)
        for part, index in zip(shares, cells, strict=True):
            density += np.bincount(index, part * mass, minlength=4 * side * side)
        wave = rfft2(density.reshape(2 * side, 2 * side))
        fields = [irfft2(wave * kernel, s=(2 * side, 2 * side)).ravel() / cell for kernel in self.kernel]
        columns = [
            sum(
                (part * field[index] for part, index in zip(shares, cells, strict=True)), np.zeros(self.count)
            )
            for field in fields
        ]
        return np.stack(columns, axis=1)

    def _choose(self, share: float) -> None:
        """A finer grid as the picture settles; coarse ones for few nodes."""
        from scipy.fft import rfft2

        finest = 64 if self.count < 300 else 128 if self.count < 2000 else 256 if self.count < 50000 else 512
        side = max(64, finest // 4) if share < 0.3 else max(64, finest // 2) if share < 0.7 else finest
        if side == self.side:
            return
        self.side = side
        axis = np.fft.fftfreq(2 * side, 1 / (2 * side))
        x, y = np.meshgrid(axis, axis, indexing="ij")
        square = x * x + y * y + 0.36
        self.kernel = [rfft2(x / square), rfft2(y / square)]


def _corners(part: Floats, corner: Ints, wide: int) -> tuple[list[Floats], list[Ints]]:
    """The four grid points around each node and its share in each."""
    fx, fy = part[:, 0], part[:, 1]
    x, y = corner[:, 0], corner[:, 1]
    shares = [(1 - fx) * (1 - fy), fx * (1 - fy), (1 - fx) * fy, fx * fy]
    return shares, [x * wide + y, (x + 1) * wide + y, x * wide + y + 1, (x + 1) * wide + y + 1]
