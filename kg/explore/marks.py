"""Where a quoted sentence names the two ends of its fact, so that the page can mark them.

The offsets of namings decide where there are any inside the sentence; they hold through line
breaks and justified spacing. Otherwise the names themselves are looked for, white space left out.
"""

from __future__ import annotations

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterable, Sequence

from kg.model import Evidence, Naming

Mark = tuple[int, int]
"""Start and end within the quote, in characters, end-exclusive."""


class Marker:
    """Finds marks; built once from all namings of a graph."""

    def __init__(self, namings: Iterable[Naming]):
        self._places: dict[tuple[str, str], list[Mark]] = defaultdict(list)
        for naming in namings:
            place = (naming.evidence.start, naming.evidence.end)
            self._places[naming.evidence.article, naming.entity].append(place)
        for places in self._places.values():
            places.sort()

    def marks(self, quote: Evidence, key: str, names: Sequence[str]) -> list[Mark]:
        """Give the places in ``quote`` that name the entity ``key``, in order.

        >>> quote = Evidence("a.txt#1", 100, 112, "金凤\\n实验室位于科学城。", "rule")
        >>> Marker([]).marks(quote, "金凤实验室", ["金凤实验室"])
        [(0, 6)]
        """
        places = self._places.get((quote.article, key), [])
        first = bisect_left(places, (quote.start, 0))
        inside = []
        for start, end in places[first:]:
            if start >= quote.end:
                break
            if end <= quote.end:
                inside.append((start - quote.start, end - quote.start))
        return inside or find(quote.exact, names)


def find(text: str, names: Sequence[str]) -> list[Mark]:
    """Give every place of the longest of ``names`` that ``text`` has, white space left out."""
    kept = [index for index, char in enumerate(text) if not char.isspace()]
    dense = "".join(text[index] for index in kept)
    for name in sorted(names, key=lambda name: (-len(name), name)):
        sought = "".join(name.split())
        at = dense.find(sought) if sought else -1
        found = []
        while at >= 0:
            found.append((kept[at], kept[at + len(sought) - 1] + 1))
            at = dense.find(sought, at + len(sought))
        if found:
            return found
    return []
