"""Candidate pairs of things and what speaks for a relation between them: the features of the claim model.

A pair is a candidate where both are named in one sentence or in neighbouring ones, or where one of
them is the zone that the article is about. Its features come from the closest places: classes,
order, distance, words between and around, the verb that governs the second, whether the first is
the subject there, and what the rules claim.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property
from operator import attrgetter

from kg.extract.clauses import HEADINGS, Layout
from kg.extract.glance import LEAST, RELATED, glance
from kg.extract.people import title_matcher
from kg.extract.standing import Place, Series, Standing
from kg.extract.weights import Weights
from kg.model import Claim, Sentence

# Two things are a candidate pair from one sentence to the next; a pair that is one for another
# reason (its zone, its names, a rule) shows how it stands up to two sentences apart.
_NEXT, _NEAR = 1, 2
_PLAIN_JOINTS = frozenset(("、", "和", "与", "及", "以及"))
_PAUSES = ",，;；:：。！？"
_CLOSE = 2
# Counts are told apart up to this many.
_FEW = 4
# Of a pair, the thing that is named less is looked at this many times at most.
_MOST_PER_THING = 40
# A list of hundreds of names is no place to look for a relation between any two of them.
_CROWD = 60
_LEADERS = 3
# An article of more chains is an overview, which tells the links of each beside it.
_CHAINS = 5
_LINKS = ("Enterprise", "ResearchInstitution", "University", "Project")
_REACH = 6
_sentence_of = attrgetter("sentence")


@dataclass(frozen=True, slots=True)
class Pair:
    """An ordered pair of things: what may hold between them, its features, the sentences to quote for it."""

    subject: int
    object: int
    relations: tuple[str, ...]
    features: tuple[str, ...]
    sentences: tuple[Sentence, ...]


class Pairing:
    """Builds the candidate pairs of one article."""

    def __init__(self, layout: Layout, zone: int | None, claims: Iterable[Claim]):
        self.layout = layout
        self.reading = layout.reading
        self.things = layout.things
        self.zone = zone
        self.rules: dict[tuple[int, int], set[str]] = defaultdict(set)
        for c in claims:
            pair = (self.things.at(c.subject), self.things.at(c.object))
            rule = c.rule.split(":")[0]
            self.rules[pair] |= {f"r:{c.relation}", f"r:{c.relation}:{rule}"}
        standing = Standing(layout, zone)
        self.places, self.by_sentence = standing.places, standing.by_sentence
        self.nested = standing.nested
        alive = list(self.things.alive())
        self.classes = {i: self.things.cls(i) for i in alive}
        self.base = {i: layout.base(i) for i in alive}
        self.bases = [self.base[p.thing] for p in standing.ordered]
        self._between: dict[tuple[int, int], tuple[list[str], list[str]]] = {}
        self._around: dict[tuple[int, str], list[str]] = {}
        self.titles = self.reading.find(title_matcher(self.reading.lexicon, self.reading.schema))
        self.few = {base: min(n, _FEW) for base, n in Counter(self.base.values()).items()}
        self.times = {i: min(len(self.places.get(i, ())), _FEW) for i in alive}

    def pairs(self, first: Weights | None = None) -> Iterator[Pair]:
        """Yield every candidate pair that some relation allows, each in both orders.

        With a model of the ``first`` glance only those that it finds worth a closer look.
        """
        for a, b, relations in self._ordered():
            together = self._together(a, b)
            if first is None or self._worth(first, a, b, together):
                yield Pair(a, b, relations, *self._describe(a, b, together))

    def glances(self) -> Iterator[tuple[int, int, tuple[str, ...], list[str]]]:
        """Yield every candidate pair, the relations that may hold, and the features of a first glance."""
        for a, b, relations in self._ordered():
            yield a, b, relations, self._glance(a, b, self._together(a, b))

    def _ordered(self) -> Iterator[tuple[int, int, tuple[str, ...]]]:
        """Candidate pairs in both orders, each with the relations that may hold in that order."""
        for one, other in sorted(self._candidates()):
            for a, b in ((one, other), (other, one)):
                relations = self._allowed(a, b)
                if relations:
                    yield a, b, relations

    def _worth(self, first: Weights, a: int, b: int, together: list[tuple[Place, Place]]) -> bool:
        if (a, b) in self.rules:
            return True
        return first.probability(self._glance(a, b, together), RELATED) >= LEAST

    def _glance(self, a: int, b: int, together: list[tuple[Place, Place]]) -> list[str]:
        return glance(self, a, b, together[0] if together else None)

    def _allowed(self, subject: int, object: int) -> tuple[str, ...]:
        """Relations that domain and range let hold between two things; a symmetric one in one order."""
        schema = self.reading.schema
        found = schema.between(self.classes[subject], self.classes[object])
        if object < subject:
            return tuple(name for name in found if not schema.relations[name].symmetric)
        return tuple(found)

    def _candidates(self) -> set[tuple[int, int]]:
        found = set()
        for number, places in self.by_sentence.items():
            here = {p.thing for p in places}
            around = set(here)
            for other in range(number - _NEXT, number):
                around |= {p.thing for p in self.by_sentence.get(other, ())}
            if len(around) > _CROWD:
                found |= self._neighbours(places)
                continue
            found |= {(min(a, b), max(a, b)) for a in here for b in around if a != b}
        if self.zone is not None:
            found |= {(min(self.zone, b), max(self.zone, b)) for b in self.base if b != self.zone}
        found |= {(min(p), max(p)) for p in self.nested}
        found |= self._links()
        found |= {(min(p), max(p)) for p in self.rules if p[0] != p[1]}
        return found

    def _links(self) -> set[tuple[int, int]]:
        """Every chain with all that may be a link of it: 链主, suppliers and partners stand far apart."""
        chains = [i for i, base in self.base.items() if base == "IndustryChain"]
        if len(chains) > _CHAINS:
            return set()
        links = [i for i, base in self.base.items() if base in _LINKS]
        return {(min(a, b), max(a, b)) for a in chains for b in links}

    def _neighbours(self, places: list[Place]) -> set[tuple[int, int]]:
        """Pairs of a sentence that names a crowd: each with those around it and with the first ones."""
        indexes = [p.thing for p in places]
        found = set()
        for at, a in enumerate(indexes):
            for b in (*indexes[:_LEADERS], *indexes[max(0, at - _REACH) : at]):
                if a != b:
                    found.add((min(a, b), max(a, b)))
        return found

    def _describe(
        self, a: int, b: int, together: list[tuple[Place, Place]]
    ) -> tuple[tuple[str, ...], tuple[Sentence, ...]]:
        features = self._whole(a, b)
        sentences: list[Sentence] = []
        for rank, (first, second) in enumerate(together):
            close = self._close(first, second, a)
            features += close if rank == 0 else ["+" + f for f in close]
            sentence = self.layout.clauses[self._said_in(first, second)][0]
            if sentence not in sentences:
                sentences.append(sentence)
        if not together:
            alone = ["", *self._alone(a, "A"), *self._alone(b, "B")]
            classes = f"apart|{self.base[a]}>{self.base[b]}"
            features += ["apart", *alone[1:], *(f"{classes}|{f}" for f in alone)]
            sentences += self._telling(a, b)
        return tuple(dict.fromkeys(features)), tuple(sentences[:_CLOSE])

    def _said_in(self, one: Place, other: Place) -> int:
        """The sentence to quote for two things side by side: where the rarer one stands, else the later."""
        counts = [len(self.places[p.thing]) for p in (one, other)]
        if counts[0] == counts[1]:
            return max(one.sentence, other.sentence)
        return (one if counts[0] < counts[1] else other).sentence

    def _telling(self, a: int, b: int) -> list[Sentence]:
        """The sentence to quote for two things never named together: where the rarer one stands."""
        for index in sorted((a, b), key=lambda i: (len(self.places.get(i, ())), i)):
            if named := self._sentences_of(index):
                return named[:1]
        return []

    def _sentences_of(self, index: int) -> list[Sentence]:
        """Where a thing is named, headings last; inside another's name if nowhere else."""
        places = self.places.get(index, ())
        if not places:
            nested = self._nested_in.get(index)
            return [nested] if nested else []
        return sorted((self.layout.clauses[p.sentence][0] for p in places), key=lambda s: s.kind in HEADINGS)

    @cached_property
    def _nested_in(self) -> dict[int, Sentence | None]:
        """The sentence of the first mention of each thing that stands nowhere by itself."""
        found: dict[int, Sentence | None] = {}
        for mention in self.things.mentions:
            index = self.things.at(mention.referent)
            if index not in self.places and index not in found:
                found[index] = self.reading.sentence_at(mention.start)
        return found

    def _together(self, a: int, b: int) -> list[tuple[Place, Place]]:
        """The closest places of the two, nearest first, at most two, in neighbouring sentences."""
        found = []
        for p, q in self._neighbouring(a, b):
            gap = abs(p.sentence - q.sentence)
            heading = self.layout.clauses[q.sentence][0].kind in HEADINGS
            governed = a in q.subjects and q.governor is not None
            away = abs(p.order - q.order)
            rank = (gap > 0, heading, p.held or q.held, not governed, gap, away, p.order, q.order)
            found.append((rank, p, q))
        found.sort(key=lambda f: f[0])
        return [(p, q) for _, p, q in found[:_CLOSE]]

    def _neighbouring(self, a: int, b: int) -> Iterator[tuple[Place, Place]]:
        """Places of the two at most two sentences apart, looked for around the one that is named less."""
        rare, other = sorted((a, b), key=lambda i: len(self.places.get(i, ())))
        around = self.places.get(other, [])
        for p in self.places.get(rare, [])[:_MOST_PER_THING]:
            low = bisect_left(around, p.sentence - _NEAR, key=_sentence_of)
            for q in around[low : bisect_right(around, p.sentence + _NEAR, key=_sentence_of)]:
                if p.order != q.order:
                    yield (p, q) if rare == a else (q, p)

    def _whole(self, a: int, b: int) -> list[str]:
        """What holds of the two in the whole article."""
        ca, cb = self.classes[a], self.classes[b]
        ba, bb = self.base[a], self.base[b]
        features = [f"C={ba}>{bb}", f"CA={ca}", f"CB={cb}", *sorted(self.rules.get((a, b), ()))]
        features += [f"~{f}" for f in sorted(self.rules.get((b, a), ()))]
        features += [f"Z={'a' if a == self.zone else 'b' if b == self.zone else '-'}"]
        if (a, b) in self.nested:
            features.append("N=b in a")
        if (b, a) in self.nested:
            features.append("N=a in b")
        features += self._names(self.layout.names(a), self.layout.names(b))
        kinds, times_a, times_b = self.few[bb], self.times[a], self.times[b]
        features += [f"#B={kinds}", f"nA={times_a}", f"nB={min(times_b, 3)}"]
        features += [f"#B={kinds}|{ba}>{bb}", f"n={times_a}{times_b}|{ba}>{bb}"]
        return features

    def _names(self, names_a: list[str], names_b: list[str]) -> list[str]:
        found = [f"eA={names_a[0][-2:]}", f"eB={names_b[0][-2:]}"]
        lines_a, lines_b = "\n" + "\n".join(names_a), "\n" + "\n".join(names_b)
        inside = [y for y in names_b if y in lines_a]
        if any("\n" + y in lines_a for y in inside):
            found.append("a starts b")
        if any("\n" + x in lines_b for x in names_a):
            found.append("b starts a")
        if any(len(y) > 1 for y in inside):
            found.append("b inside a")
        return found

    def _alone(self, index: int, side: str) -> list[str]:
        """Where a thing stands that the other is not near to."""
        places = self.places.get(index, ())
        if not places:
            return [f"{side}:unplaced"]
        p = places[0]
        features = [f"{side}g={p.governor.word if p.governor else '-'}"]
        features.append(f"{side}k={self.layout.clauses[p.sentence][0].kind}")
        if self.zone is not None and self.zone in p.subjects:
            features.append(f"{side}s=zone")
            features.append(f"{side}sg={p.governor.word if p.governor else '-'}")
        return features

    def _close(self, p: Place, q: Place, a: int) -> list[str]:
        """What stands between and around one place of ``a`` and one of ``b``; with classes the telling."""
        forward = p.order < q.order
        side = ">" if forward else "<"
        shared, told = self._shared(p, q) if forward else self._shared(q, p)
        verb, over = (place.governor.word if place.governor else "-" for place in (q, p))
        subject = a in q.subjects
        standing, lists = self._subject_features(p, q, subject, verb, side)
        classes = f"{self.base[p.thing]}>{self.base[q.thing]}{side}"
        role = "s" if subject else "-"
        features = [f"o{side}", *[feature + side for feature in shared], *standing, *lists]
        features += [f"{classes}|{role}|{verb}", f"{classes}|{over}|{verb}", f"{classes}|{verb}"]
        features += [f"{classes}|{feature}" for feature in (*told, *lists)]
        if p.held or q.held:
            features.append(f"held={p.held}{q.held}|{classes}|{abs(p.sentence - q.sentence)}")
        features.append(f"k={self.layout.clauses[q.sentence][0].kind}")
        return features

    def _shared(self, first: Place, second: Place) -> tuple[list[str], list[str]]:
        """What is the same whichever of the two is the subject, and what of it is told with the classes.

        Worked out once for both orders.
        """
        key = (first.order, second.order)
        found = self._between.get(key)
        if found is None:
            low, high = first.mention.end, second.mention.start
            between = self.reading.text[low:high] if low <= high else ""
            words = self._word_features(first, second)
            if len(between) <= 40:
                words += [f"w={t.word}" for t in self.reading.tokens_between(low, high)[:14]]
            told = [f"gap{second.sentence - first.sentence}", *self._joint_features(low, high, between)]
            middle = self._middle_features(first, second, between)
            found = self._between[key] = [*words, f"d{self._bucket(high - low)}", *middle, *told], told
        return found

    def _bucket(self, distance: int) -> int:
        return next((limit for limit in (0, 1, 2, 4, 8, 16, 32, 64) if distance <= limit), 99)

    def _subject_features(
        self, p: Place, q: Place, subject: bool, verb: str, side: str
    ) -> tuple[list[str], list[str]]:
        """Is ``a`` the subject where ``b`` stands, and which verb is over ``b``? And what joins the two."""
        role = "-" if not subject else "c" if q.carried else "s"
        features = [f"S={role}", f"S={role}{verb}{side}", f"G={verb}{side}"]
        joined = []
        if p.governor and q.governor and p.governor == q.governor:
            joined += ["same verb", f"same verb {verb}"]
        if p.series == q.series:
            joined.append("one list")
        if p.clause is q.clause:
            joined += ["one clause", f"one clause S={role}"]
        for series, name in ((q.series, "b"), (p.series, "a")):
            joined += self._series_features(series, name, side)
        return features, joined

    def _series_features(self, series: Series, name: str, side: str) -> list[str]:
        """The list of which a mention is a member; worked out once for each list."""
        key = (series.start, name + side)
        if key not in self._around:
            index = self.reading.token_ending.get(series.start)
            before = self.reading.tokens[index].word if index is not None else "^"
            self._around[key] = [f"L{name}={before}{side}", f"L{name}#{min(series.size, 4)}{side}"]
        return self._around[key]

    def _word_features(self, first: Place, second: Place) -> list[str]:
        text = self.reading.text
        a, b = first.mention, second.mention
        return [
            f"l2={text[max(0, b.start - 2) : b.start]}", f"r2={text[a.end : a.end + 2]}",
            f"l1={text[max(0, b.start - 1) : b.start]}", f"r1={text[a.end : a.end + 1]}",
            f"p1={text[max(0, a.start - 1) : a.start]}", f"n1={text[b.end : b.end + 1]}",
        ]  # fmt: skip

    def _middle_features(self, first: Place, second: Place, between: str) -> list[str]:
        """What else is named between the two, and the words there where they are few."""
        inside = max(second.order - first.order - 1, 0)
        classes = self.bases[first.order + 1 : second.order][:3]
        features = [f"m{min(inside, 4)}", f"M={','.join(classes)}"]
        if len(between) <= 8:
            features.append(f"B={between}")
        return features

    def _joint_features(self, low: int, high: int, between: str) -> list[str]:
        """How the stretch between the two parts or joins them."""
        pauses = sum(map(between.count, _PAUSES)) if between else 0
        features = [f"c{min(pauses, 4)}"]
        if between.strip("“”‘’") in _PLAIN_JOINTS:
            features.append("joined")
        if "的" in between:
            features.append("de")
        if self._title_between(low, high):
            features.append(f"title{'=' if len(between) <= 10 else '~'}")
        return features

    def _title_between(self, low: int, high: int) -> bool:
        at = bisect_left(self.titles, (low, low))
        return at < len(self.titles) and self.titles[at][1] <= high
