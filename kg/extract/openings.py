"""Where in a text words can begin, for many sets of words: all places are asked at once, in numpy."""

from __future__ import annotations

from bisect import bisect_left
from functools import lru_cache
from typing import Any

import numpy as np
import numpy.typing as npt

from kg.lexicon import Matcher

_SIZE = 1 << 16
_FACTOR = 40503  # odd and large: characters that stand side by side in Unicode do not share a number

Codes = npt.NDArray[np.uint32]
"""Characters by their numbers."""

_Known = npt.NDArray[np.bool_]


class Openings:
    """The places of a text by the two characters that stand there, each pair under a number.

    Pairs may share a number, so that a place is given where no word begins; none is left out.

    >>> Openings("在合肥高新区").between(Matcher(["高新区", "合肥"]), 0, 5)
    [1, 3]
    """

    def __init__(self, text: str):
        codes = codes_of(text)
        self._single = codes % _SIZE
        self._pair = _number(codes, np.append(codes[1:], np.uint32(0)))
        self._found: dict[Matcher, list[int]] = {}

    def between(self, matcher: Matcher, low: int, high: int) -> list[int]:
        """The places of a stretch where a word of a matcher may begin, in order."""
        starts = self._found.get(matcher)
        if starts is None:
            starts = self._found[matcher] = self._all(matcher)
        return starts[bisect_left(starts, low) : bisect_left(starts, high)]

    def _all(self, matcher: Matcher) -> list[int]:
        pairs, singles = _tables(matcher)
        known = pairs[self._pair]
        if singles is not None:
            known |= singles[self._single]
        found: list[int] = known.nonzero()[0].tolist()
        return found


def codes_of(text: str) -> Codes:
    """The number of each character of a text in Unicode, a lone surrogate's too.

    >>> codes_of("区A").tolist()
    [21306, 65]
    """
    return np.frombuffer(text.encode("utf-32-le", "surrogatepass"), dtype=np.uint32)


def _number(first: Any, second: Any) -> Any:
    return (first * np.uint32(_FACTOR) + second) % np.uint32(_SIZE)


@lru_cache(maxsize=64)
def _tables(matcher: Matcher) -> tuple[_Known, _Known | None]:
    """Which pairs of characters begin a word of a matcher, and which characters are one."""
    pairs = np.zeros(_SIZE, dtype=np.bool_)
    heads = [head for head in matcher.heads if len(head) > 1]
    if heads:
        codes = codes_of("".join(heads))
        pairs[_number(codes[::2], codes[1::2])] = True
    if not matcher.single:
        return pairs, None
    singles = np.zeros(_SIZE, dtype=np.bool_)
    singles[[ord(char) % _SIZE for char in matcher.single]] = True
    return pairs, singles
