"""From mentions to the things meant: names of one thing put together, pronouns and short forms resolved."""

from __future__ import annotations

from bisect import bisect_left, insort
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import lru_cache

from kg.extract.reading import Candidate, Reading
from kg.lexicon import Matcher
from kg.model import Mention, Referent
from kg.segment import fold

# Quotation marks, white space, and characters that are never seen (zero width, text direction).
_UNSEEN = (
    "\u00ad\u200b\u200c\u200d\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2060\u2066\u2067\u2068\u2069\ufeff"
)
_QUOTES = str.maketrans("", "", "“”‘’\"'《》 \u3000\n" + _UNSEEN)


# How far back, in characters, 该公司 and a bare 公司 reach.
_FAR, _NEAR = 400, 150


@dataclass(slots=True)
class _Cluster:
    """One thing: its names by how often they stand in the text, and its class."""

    cls: str
    names: Counter[str] = field(default_factory=Counter)
    first: int = 0


@lru_cache(maxsize=1 << 14)
def plain(name: str) -> str:
    """Drop white space and quotation marks from a name, as names are compared without them."""
    return name.translate(_QUOTES)


@lru_cache(maxsize=1 << 14)  # of a name each beginning is looked up, in every class
def key(name: str) -> str:
    """Bring a name to the form in which it is looked up: plain, full-width brackets made half-width."""
    return fold(plain(name))


class Referents:
    """The things of one article, by index; names and places lead to them."""

    def __init__(self, reading: Reading):
        self.reading = reading
        self.clusters: list[_Cluster] = []
        self.by_name: dict[tuple[str, str], int] = {}
        self.mentions: list[Mention] = []
        self.merged: dict[int, int] = {}
        self._base_of = reading.schema.base

    def at(self, index: int) -> int:
        """Return the index that a merged one now stands for."""
        while index in self.merged:
            index = self.merged[index]
        return index

    def cls(self, index: int) -> str:
        """Class of a thing."""
        return self.clusters[self.at(index)].cls

    def base(self, index: int) -> str:
        """Class of a thing as the annotation names it."""
        merged = self.merged
        while index in merged:  # as ``at``, without a call: asked hundreds of times for each article
            index = merged[index]
        return self._base_of(self.clusters[index].cls)

    def lookup(self, base: str, name: str) -> int | None:
        """The thing of a class that has this name, if any."""
        found = self.by_name.get((base, key(name)))
        return None if found is None else self.at(found)

    def add(self, cls: str, names: list[str], start: int) -> int:
        """Return the thing of this class with one of the names, made where there is none."""
        base = self.reading.schema.base(cls)
        known = next((f for name in names if (f := self.lookup(base, name)) is not None), None)
        if known is None:
            known = len(self.clusters)
            self.clusters.append(_Cluster(cls, first=start))
        cluster = self.clusters[known]
        if self.reading.schema.is_a(cls, cluster.cls):
            cluster.cls = cls
        for name in names:
            cluster.names[plain(name)] += 1
            self.by_name[base, key(name)] = known
        return known

    def mention(self, index: int, start: int, end: int, rule: str, confidence: float) -> None:
        """Record a place where the thing is named or meant."""
        surface = self.reading.article.text[start:end]
        self.mentions.append(Mention(self.cls(index), surface, start, end, rule, index, confidence))

    def merge(self, keep: int, drop: int) -> None:
        """Make two things one."""
        keep, drop = self.at(keep), self.at(drop)
        if keep == drop:
            return
        self.clusters[keep].names.update(self.clusters[drop].names)
        self.clusters[keep].first = min(self.clusters[keep].first, self.clusters[drop].first)
        self.merged[drop] = keep

    def names(self, index: int) -> list[str]:
        """Names of a thing, the fullest first."""
        names = self.clusters[self.at(index)].names
        return sorted(names, key=lambda n: (-len(n), n))

    def alive(self) -> Iterator[int]:
        """Indexes of the things that were not merged into another."""
        return (i for i in range(len(self.clusters)) if i not in self.merged)

    def finish(self) -> tuple[tuple[Referent, ...], tuple[Mention, ...], dict[int, int]]:
        """Give the referents in text order, their mentions, and the new index of each old one."""
        order = sorted(self.alive(), key=lambda i: (self.clusters[i].first, i))
        new = {old: i for i, old in enumerate(order)}
        index = {old: new[self.at(old)] for old in range(len(self.clusters))}
        refine = self.reading.schema.refine
        named = [(self.clusters[i].cls, tuple(self.names(i))) for i in order]
        referents = tuple(Referent(refine(cls, names[:1]), names) for cls, names in named)
        mentions = tuple(
            Mention(referents[index[m.referent]].cls, m.surface, m.start, m.end, m.rule,
                    index[m.referent], m.confidence)
            for m in sorted(self.mentions, key=lambda m: (m.start, m.end, m.rule))
        )  # fmt: skip
        return referents, mentions, index


def gather(reading: Reading, chosen: list[Candidate]) -> Referents:
    """Build the things of an article from the chosen candidates."""
    things = Referents(reading)
    for c in chosen:
        surface = reading.article.text[c.start : c.end]
        index = things.add(c.cls, [surface, *c.aliases], c.start)
        things.mention(index, c.start, c.end, c.rule, c.confidence)
    return things


def anchor(things: Referents) -> int | None:
    """The zone that the article is about: of the kicker, of the headline, else the one named most."""
    reading = things.reading
    zones = [m for m in things.mentions if things.base(m.referent) == "Zone"]
    for kind in ("kicker", "headline"):
        spans = [(b.start, b.end) for b in reading.article.blocks if b.kind == kind]
        for m in zones:
            if plain(m.surface) in reading.lexicon.words("pronouns", "Zone"):
                continue
            if any(start <= m.start < end for start, end in spans):
                return things.at(m.referent)
    bare = reading.lexicon.words("pronouns", "Zone")
    counts = Counter(things.at(m.referent) for m in zones if plain(m.surface) not in bare)
    if not counts:
        return None
    first = {i: things.clusters[i].first for i in counts}
    return max(counts, key=lambda i: (counts[i], -first[i]))


def settle_short_zones(things: Referents, zone: int | None) -> None:
    """A bare 高新区 or 科学城 taken for a name is the article's zone where that has the word in its name."""
    if zone is None:
        return
    bare = things.reading.lexicon.words("pronouns", "Zone")
    for i in list(things.alive()):
        names = things.names(i)
        bare_zone = i != zone and things.base(i) == "Zone" and all(n in bare for n in names)
        if bare_zone and any(n in full for n in names for full in things.names(zone)):
            things.merge(zone, i)


def resolve_pronouns(things: Referents, zone: int | None) -> None:
    """Give pronouns and bare heads (该公司, 该区, 高新区, 实验室) to the thing that they stand for."""
    reading = things.reading
    table = {w: cls for cls, words in reading.lexicon.lists["pronouns"].items() for w in words}
    covered = {at for m in things.mentions for at in range(m.start, m.end)}
    # By place, those of one place in the order of their finding when read from the end.
    known = sorted((m.start, -number) for number, m in enumerate(things.mentions))
    for start, end in reading.find(Matcher(table)):
        if not covered.isdisjoint(range(start, end)) or not reading.aligned(start, end):
            continue
        word = reading.text[start:end]
        target = _antecedent(things, table[word], word, start, zone, known)
        if target is not None:
            insort(known, (start, -len(things.mentions)))
            things.mention(target, start, end, "pronoun", 0.7)


def _antecedent(
    things: Referents, cls: str, word: str, place: int, zone: int | None, known: list[tuple[int, int]]
) -> int | None:
    """The nearest thing of the class before a place: any for 该公司, one that ends so for a bare 公司."""
    if cls == "Zone":
        return _zone_meant(things, word, zone)
    if cls not in things.reading.schema.classes or cls == "Person":
        return None
    pointed = word.startswith(("该", "此", "本", "这"))
    head = word.removeprefix("该").removeprefix("本")
    for start, number in reversed(known[: bisect_left(known, (place, -len(things.mentions)))]):
        if place - start >= _FAR:
            break
        mention = things.mentions[-number]
        if things.base(mention.referent) != cls:
            continue
        fits = any(name.endswith(head) for name in things.names(mention.referent))
        if pointed or (fits and place - start < _NEAR):
            return things.at(mention.referent)
    return None


def _zone_meant(things: Referents, word: str, zone: int | None) -> int | None:
    """A bare 高新区 is the article's zone if that is one; it then becomes one of its names."""
    if zone is None:
        return None
    if word.startswith(("该", "我", "全", "本", "当", "这", "园")):
        return zone
    if len(word) > 4:
        return zone
    if not any(word in name for name in things.names(zone)):
        return None
    things.clusters[zone].names[word] += 1
    things.by_name["Zone", word] = zone
    return zone
