"""Where the things of an article stand: each of their places with its clause, its verb, its list.

A body that a party organization is named after (航空产业链 in 航空产业链党委) stands where the
organization does, too: an enterprise beside the committee of a chain is beside the chain.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from typing import NamedTuple

from kg.extract.clauses import Clause, Layout, Verb
from kg.model import Mention

_JOINTS = frozenset(("、", "和", "与", "及", "以及", "暨", "/"))
_HOLDER = "PartyOrganization"


class Series(NamedTuple):
    """The list that a mention is a member of: its number, its edges in the text, how many members it has."""

    number: int
    start: int
    end: int
    size: int


class Place(NamedTuple):
    """A thing where it stands: sentence number, clause, the verb over it, who is subject there.

    ``held`` where it is the party organization named after the thing that stands there.
    """

    thing: int
    mention: Mention
    sentence: int
    clause: Clause
    governor: Verb | None
    subjects: tuple[int, ...]
    carried: int
    order: int
    series: Series
    held: bool = False


class Standing:
    """The places of every thing, by thing (``places``), by sentence, and in text order (``ordered``)."""

    def __init__(self, layout: Layout, zone: int | None):
        self.layout = layout
        self.things = layout.things
        self.places: dict[int, list[Place]] = defaultdict(list)
        self.by_sentence: dict[int, list[Place]] = defaultdict(list)
        self.ordered = list(self._places())
        self.nested = self._nested()
        for place in (*self.ordered, *self._held(zone)):
            self.places[place.thing].append(place)
            self.by_sentence[place.sentence].append(place)
        for places in self.places.values():
            places.sort(key=lambda p: (p.order, p.held))

    def _places(self) -> Iterator[Place]:
        order = 0
        for number, roles in enumerate(self.layout.roles):
            for clause, subjects, carried in roles:
                for series, members in self._series(clause, order):
                    for mention in members:
                        before = [v for v in clause.verbs if v.end <= mention.start]
                        governor = before[-1] if before else None
                        yield Place(
                            self.things.at(mention.referent), mention, number, clause, governor,
                            subjects, carried, order, series,
                        )  # fmt: skip
                        order += 1

    def _series(self, clause: Clause, number: int) -> Iterator[tuple[Series, list[Mention]]]:
        """The mentions of a clause in runs that 、 and its like join."""
        run: list[Mention] = []
        for mention in (*clause.mentions, None):
            if mention is not None and (not run or self._joined(run[-1].end, mention.start)):
                run.append(mention)
                continue
            if run:
                yield Series(number + run[0].start, run[0].start, run[-1].end, len(run)), run
            run = [] if mention is None else [mention]

    def _joined(self, low: int, high: int) -> bool:
        return self.layout.reading.text[low:high].strip("“”‘’《》") in _JOINTS

    def _nested(self) -> frozenset[tuple[int, int]]:
        """Pairs of which the second is named inside the first one's name."""
        outer = sorted(self.layout.mentions, key=lambda m: m.start)
        found = set()
        at = 0
        for mention in sorted(self.things.mentions, key=lambda m: m.start):
            while at < len(outer) and outer[at].end <= mention.start:
                at += 1
            if at < len(outer) and outer[at].start <= mention.start and mention.end <= outer[at].end:
                pair = (self.things.at(outer[at].referent), self.things.at(mention.referent))
                if pair[0] != pair[1]:
                    found.add(pair)
        return frozenset(found)

    def _held(self, zone: int | None) -> Iterator[Place]:
        """Where a body stands as part of a party organization's name; the zone is met everywhere anyway."""
        bodies: dict[int, list[int]] = defaultdict(list)
        for outer, inner in sorted(self.nested):
            if inner != zone and self.things.base(outer) == _HOLDER:
                bodies[outer].append(inner)
        for place in self.ordered:
            for body in bodies.get(place.thing, ()):
                yield place._replace(thing=body, held=True)
