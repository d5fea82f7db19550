"""Find communities: Louvain's method (Blondel and others, 2008) on whole arrays.

In every round about half of the nodes look at their neighbours' communities and move to the one
that gains most modularity; which half is a fixed function of node and round, so the same graph
gives the same communities, without random numbers. A round sorts the links once, so a graph of
20,000 nodes takes about a second.
"""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

Ints = npt.NDArray[np.int64]
Floats = npt.NDArray[np.float64]

_ROUNDS = 24
_LEVELS = 12


def communities(count: int, links: Ints) -> Ints:
    """Give each of ``count`` nodes the number of its community, 0 the largest.

    ``links`` has two columns of node numbers; a pair given twice counts twice. Nodes without a
    link are communities of their own.
    """
    found = np.arange(count, dtype=np.int64)
    links = np.asarray(links, dtype=np.int64).reshape(-1, 2)
    one, other = links[:, 0], links[:, 1]
    weight = np.ones(len(links))
    loops = np.bincount(one[one == other], minlength=count).astype(np.float64)
    for _ in range(_LEVELS):
        kept = one != other
        one, other, weight = one[kept], other[kept], weight[kept]
        moved = _compact(_move(len(loops), one, other, weight, loops))
        number = int(moved.max()) + 1 if len(moved) else 0
        if number == len(loops):
            break
        found = moved[found]
        loops, one, other, weight = _merge(moved, number, one, other, weight, loops)
    return _by_size(found)


def _move(count: int, one: Ints, other: Ints, weight: Floats, loops: Floats) -> Ints:
    """Move nodes between communities until no move gains."""
    here, there = np.concatenate([one, other]), np.concatenate([other, one])
    both = np.concatenate([weight, weight])
    strength = np.bincount(here, both, minlength=count) + 2 * loops
    total = max(float(strength.sum()), 1.0)
    label = np.arange(count, dtype=np.int64)
    quiet = 0
    for turn in range(_ROUNDS):
        wish, gain = _best(count, here, label[there], both, label, strength, total)
        goes = (gain > 1e-9) & _takes_turn(count, turn)
        quiet = 0 if goes.any() else quiet + 1
        if quiet == 2:
            break
        label = np.where(goes, wish, label)
    return label


def _takes_turn(count: int, turn: int) -> npt.NDArray[np.bool_]:
    mixed = (np.arange(count, dtype=np.uint64) + np.uint64(turn * 7919)) * np.uint64(0x9E3779B97F4A7C15)
    return ((mixed >> np.uint64(33)) & np.uint64(1)).astype(bool)


def _best(
    count: int, here: Ints, groups: Ints, weight: Floats, label: Ints, strength: Floats, total: float
) -> tuple[Ints, Floats]:
    """The best community for each node among its neighbours', and what the node gains by moving."""
    wish, gain = label.copy(), np.zeros(count)
    if not len(here):
        return wish, gain
    order = np.argsort(here * count + groups, kind="stable")
    node, group = here[order], groups[order]
    first = np.flatnonzero(np.r_[True, (node[1:] != node[:-1]) | (group[1:] != group[:-1])])
    joined = np.add.reduceat(weight[order], first)
    node, group = node[first], group[first]
    mass = np.bincount(label, strength, minlength=count)
    own = group == label[node]
    score = joined - strength[node] * (mass[group] - own * strength[node]) / total
    stay = -strength * (mass[label] - strength) / total
    stay[node[own]] = score[own]
    rank = np.lexsort((-group, score, node))
    last = np.flatnonzero(np.r_[node[rank][1:] != node[rank][:-1], True])
    best = rank[last]
    wish[node[best]] = group[best]
    gain[node[best]] = score[best] - stay[node[best]]
    return wish, gain


def _merge(
    label: Ints, number: int, one: Ints, other: Ints, weight: Floats, loops: Floats
) -> tuple[Floats, Ints, Ints, Floats]:
    """Make one node of every community; links inside become loops."""
    low = np.minimum(label[one], label[other])
    high = np.maximum(label[one], label[other])
    inside = low == high
    inner = np.bincount(low[inside], weight[inside], minlength=number)
    joined = (np.bincount(label, loops, minlength=number) + inner).astype(np.float64)
    pairs, back = np.unique(low[~inside] * number + high[~inside], return_inverse=True)
    sums = np.bincount(back.reshape(-1), weight[~inside], minlength=len(pairs)).astype(np.float64)
    return joined, pairs // number, pairs % number, sums


def _compact(label: Ints) -> Ints:
    return np.unique(label, return_inverse=True)[1].astype(np.int64).reshape(-1)


def _by_size(label: Ints) -> Ints:
    """Number communities from the largest on; of equals the one with the lowest node first."""
    label = _compact(label)
    if not len(label):
        return label
    sizes = np.bincount(label)
    first = np.full(len(sizes), len(label), dtype=np.int64)
    np.minimum.at(first, label, np.arange(len(label), dtype=np.int64))
    order = np.lexsort((first, -sizes))
    rank = np.empty(len(sizes), dtype=np.int64)
    rank[order] = np.arange(len(sizes), dtype=np.int64)
    return rank[label]
