"""What an article says in the same words more than once, found for all its places at once in numpy."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import pairwise

import numpy as np

from kg.extract.openings import codes_of
from kg.model import Sentence

_SIZE = 3
_BITS = np.uint64(21)  # no character's number has more
_NOWHERE = np.zeros(0, dtype=np.intp)


def repeated(text: str, sentences: Iterable[Sentence]) -> Iterator[tuple[int, int]]:
    """Yield, in order, the stretches of which every three characters stand more than once in all sentences.

    Three letters or digits, of any script; a stretch lies in one sentence and overlaps no other.

    >>> line = "合肥高新区在合肥。"
    >>> list(repeated(line * 2, [Sentence(0, 9, "paragraph", 0), Sentence(9, 18, "paragraph", 0)]))
    [(0, 8), (9, 17)]
    """
    places = [np.arange(s.start, s.end - _SIZE + 1) for s in sentences if s.end - s.start >= _SIZE]
    starts = np.concatenate([_NOWHERE, *places])
    if not len(starts):
        return
    codes = codes_of(text).astype(np.uint64)
    threes = (codes[starts] << _BITS | codes[starts + 1]) << _BITS | codes[starts + 2]
    _, first, which, counts = np.unique(threes, return_index=True, return_inverse=True, return_counts=True)
    often = counts > 1
    for kind in np.flatnonzero(often).tolist():
        at = int(starts[first[kind]])
        often[kind] = text[at : at + _SIZE].isalnum()
    found: list[int] = starts[often[which]].tolist()
    if not found:
        return
    breaks = [at for at, (one, other) in enumerate(pairwise(found), start=1) if other - one > 1]
    behind = 0
    for low, high in pairwise((0, *breaks, len(found))):
        # What a stretch ends with begins no other.
        start, end = max(found[low], behind), found[high - 1] + _SIZE
        if end - start >= _SIZE:
            yield start, end
            behind = end
