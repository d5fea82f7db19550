"""A stretch of repaired text that knows where every character comes from."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Run:
    """``text[i]`` stands at ``offsets[i]`` of the source; offsets rise strictly."""

    text: str
    offsets: tuple[int, ...]

    def __len__(self) -> int:
        return len(self.text)

    def cut(self, start: int, end: int | None = None) -> Run:
        """Return the part ``start:end`` without the spaces around it."""
        stop = len(self.text) if end is None else end
        while start < stop and self.text[start] == " ":
            start += 1
        while stop > start and self.text[stop - 1] == " ":
            stop -= 1
        return Run(self.text[start:stop], self.offsets[start:stop])

    def without(self, spans: Iterable[tuple[int, int]]) -> Run:
        """Return the run with the given rising, disjoint spans taken out."""
        texts: list[str] = []
        offsets: list[int] = []
        last = 0
        for start, end in (*spans, (len(self.text), len(self.text))):
            texts.append(self.text[last:start])
            offsets += self.offsets[last:start]
            last = end
        return Run("".join(texts), tuple(offsets))

    def drop(self, pattern: re.Pattern[str]) -> Run:
        """Return the run without what ``pattern`` matches."""
        return self.without([m.span() for m in pattern.finditer(self.text)])


EMPTY = Run("", ())


def join(runs: Iterable[Run]) -> Run:
    """Put runs side by side, nothing between them."""
    texts: list[str] = []
    offsets: list[int] = []
    for run in runs:
        texts.append(run.text)
        offsets += run.offsets
    return Run("".join(texts), tuple(offsets))
