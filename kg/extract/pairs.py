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
from functools import cached_property
from itertools import pairwise
from operator import attrgetter
from typing import NamedTuple

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


Closest = tuple[Place, Place] | None
"""Where two things stand closest, the first one's place first; ``None`` where they are never near."""


class Pair(NamedTuple):
    """An ordered pair of things: what may hold between them, its features, where the two are closest."""

    subject: int
    object: int
    relations: tuple[str, ...]
    features: list[str]
    closest: Closest


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
        self._bigrams_of: dict[int, frozenset[str]] = {}
        self.heading = [sentence.kind in HEADINGS for sentence, _ in layout.clauses]
        self.titles = self.reading.find(title_matcher(self.reading.lexicon, self.reading.schema))
        self.few = {base: min(n, _FEW) for base, n in Counter(self.base.values()).items()}
        self.times = {i: min(len(self.places.get(i, ())), _FEW) for i in alive}

    def pairs(self, first: Weights | None = None) -> Iterator[Pair]:
        """Yield every candidate pair that some relation allows, each in both orders.

        With a model of the ``first`` glance only those that it finds worth a closer look.
        """
        for a, b, relations in self._ordered():
            closest = self._closest(a, b)
            glanced = glance(self, a, b, closest)
            if first is None or (a, b) in self.rules or first.probability(glanced, RELATED) >= LEAST:
                yield Pair(a, b, relations, self._describe(a, b, closest, glanced), closest)

    def glances(self) -> Iterator[tuple[int, int, tuple[str, ...], list[str]]]:
        """Yield every candidate pair, the relations that may hold, and the features of a first glance."""
        for a, b, relations in self._ordered():
            yield a, b, relations, glance(self, a, b, self._closest(a, b))

    def _ordered(self) -> Iterator[tuple[int, int, tuple[str, ...]]]:
        """Candidate pairs in both orders, each with the relations that may hold in that order."""
        for one, other in sorted(self._candidates()):
            for a, b in ((one, other), (other, one)):
                relations = self._allowed(a, b)
                if relations:
                    yield a, b, relations

    def _allowed(self, subject: int, object: int) -> tuple[str, ...]:
        """Relations that domain and range let hold between two things; a symmetric one in one order."""
        schema = self.reading.schema
        found = schema.between(self.classes[subject], self.classes[object])
        if object < subject:
            return tuple(name for name in found if not schema.relations[name].symmetric)
        return found

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

    def _describe(self, a: int, b: int, closest: Closest, glanced: list[str]) -> list[str]:
        features = [*glanced, *self._whole(a, b)]
        if closest is not None:
            return features + self._close(*closest, a)
        alone = ["", *self._alone(a, "A"), *self._alone(b, "B")]
        classes = f"apart|{self.base[a]}>{self.base[b]}"
        return [*features, "apart", *alone[1:], *(f"{classes}|{feature}" for feature in alone)]

    def quote(self, pair: Pair) -> Sentence | None:
        """The sentence to quote for a pair."""
        if pair.closest is not None:
            return self.layout.clauses[self._said_in(*pair.closest)][0]
        return self._telling(pair.subject, pair.object)

    def _said_in(self, one: Place, other: Place) -> int:
        """The sentence to quote for two things side by side: where the rarer one stands, else the later."""
        counts = [len(self.places[p.thing]) for p in (one, other)]
        if counts[0] == counts[1]:
            return max(one.sentence, other.sentence)
        return (one if counts[0] < counts[1] else other).sentence

    def _telling(self, a: int, b: int) -> Sentence | None:
        """The sentence to quote for two things never named together: where the rarer one stands."""
        rare, other = sorted((a, b), key=lambda i: (len(self.places.get(i, ())), i))
        return next(iter(self._sentences_of(rare) or self._sentences_of(other)), None)

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

    def _closest(self, a: int, b: int) -> Closest:
        """The closest places of the two in neighbouring sentences, if there are any."""
        found, least = None, None
        for p, q in self._neighbouring(a, b):
            gap = abs(p.sentence - q.sentence)
            if gap and least is not None and not least[0]:
                continue  # two of one sentence are known
            heading = self.heading[q.sentence]
            governed = a in q.subjects and q.governor is not None
            away = abs(p.order - q.order)
            rank = (gap > 0, heading, p.held or q.held, not governed, gap, away, p.order, q.order)
            if least is None or rank < least:
                found, least = (p, q), rank
        return found

    def _neighbouring(self, a: int, b: int) -> Iterator[tuple[Place, Place]]:
        """Places of the two at most two sentences apart, looked for around the one that is named less."""
        rare, other = (b, a) if len(self.places.get(b, ())) < len(self.places.get(a, ())) else (a, b)
        around = self.places.get(other, [])
        for p in self.places.get(rare, [])[:_MOST_PER_THING]:
            low = bisect_left(around, p.sentence - _NEAR, key=_sentence_of)
            for q in around[low : bisect_right(around, p.sentence + _NEAR, key=_sentence_of)]:
                if p.order != q.order:
                    yield (p, q) if rare == a else (q, p)

    def _whole(self, a: int, b: int) -> list[str]:
        """What holds of the two in the whole article."""
        base_a, base_b = self.base[a], self.base[b]
        classes = f"{base_a}>{base_b}"
        features = sorted(self.rules.get((a, b), ()))
        features += [f"~{f}" for f in sorted(self.rules.get((b, a), ()))]
        if (a, b) in self.nested:
            features.append("N=b in a")
        if (b, a) in self.nested:
            features.append("N=a in b")
        features += self._names(a, b, classes)
        headed = self.layout.headed
        places_a, places_b = self.places.get(a), self.places.get(b)
        earlier = places_a[0].order < places_b[0].order if places_a and places_b else "-"
        features.append(f"h={a in headed}{b in headed}|{classes}")
        features.append(f"first={earlier}|{classes}")
        features.append(f"#B={self.few[base_b]}|{classes}")
        return features

    def _names(self, a: int, b: int, classes: str) -> list[str]:
        """How the names end, what they have in common, and whether one lies in the other."""
        names_a, names_b = self.layout.names(a), self.layout.names(b)
        found = [f"e1A={names_a[0][-1]}|{self.base[b]}", f"e1B={names_b[0][-1]}|{self.base[a]}"]
        shared = len(self._bigrams(a) & self._bigrams(b))
        found.append(f"shared={min(shared, _FEW)}|{classes}")
        if not shared and len(names_a) == len(names_b) == 1 and min(len(names_a[0]), len(names_b[0])) > 1:
            return found  # a name in another has two characters in common with it
        lines_a, lines_b = "\n" + "\n".join(names_a), "\n" + "\n".join(names_b)
        inside = [y for y in names_b if y in lines_a]
        if any("\n" + y in lines_a for y in inside):
            found.append("a starts b")
        if any("\n" + x in lines_b for x in names_a):
            found.append("b starts a")
        if any(len(y) > 1 for y in inside):
            found.append("b inside a")
        return found

    def _bigrams(self, index: int) -> frozenset[str]:
        """Every two characters side by side in a thing's fullest name."""
        found = self._bigrams_of.get(index)
        if found is None:
            name = self.layout.names(index)[0]
            found = self._bigrams_of[index] = frozenset(map("".join, pairwise(name)))
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
        """What stands between and around one place of ``a`` and one of ``b``."""
        forward = p.order < q.order
        side = ">" if forward else "<"
        shared, told = self._shared(p, q) if forward else self._shared(q, p)
        verb, over = (place.governor.word if place.governor else "-" for place in (q, p))
        subject = a in q.subjects
        base_b = self.base[q.thing]
        classes = f"{self.base[p.thing]}>{base_b}{side}"
        role = "-" if not subject else "c" if q.carried else "s"
        joined = self._joined(p, q, role, verb, side)
        features = [feature + side for feature in shared]
        features += [f"{classes}|{feature}" for feature in (*told, *joined)]
        features += [f"{classes}|{role}|{verb}", f"{classes}|{over}|{verb}"]
        whose = self.base.get(min(q.subjects), "-") if q.subjects else "-"
        features.append(f"sb={whose}|{subject}|{verb}|{base_b}")
        features.append(f"c={q.carried}{p.carried}|{subject}|{q.thing in p.subjects}|{classes}")
        if p.held or q.held:
            features.append(f"held={p.held}{q.held}|{classes}|{abs(p.sentence - q.sentence)}")
        return features

    def _shared(self, first: Place, second: Place) -> tuple[list[str], list[str]]:
        """What is the same whichever of the two is the subject, and what of it is told with the classes.

        Worked out once for both orders.
        """
        key = (first.order, second.order)
        found = self._between.get(key)
        if found is None:
            low, high = first.mention.end, second.mention.start
            text = self.reading.text
            between = text[low:high] if low <= high else ""
            told = [f"gap{second.sentence - first.sentence}", *self._joint_features(low, high, between)]
            behind = self.reading.token_starting.get(second.mention.end)
            told.append(f"aw={self.reading.tokens[behind].word if behind is not None else '$'}")
            before = first.mention.start
            shared = [
                f"l1={text[max(0, high - 1) : high]}", f"r1={text[low : low + 1]}",
                f"p1={text[max(0, before - 1) : before]}",
                f"n1={text[second.mention.end : second.mention.end + 1]}",
                *self._middle_features(first, second, between),
            ]  # fmt: skip
            found = self._between[key] = shared, told
        return found

    def _joined(self, p: Place, q: Place, role: str, verb: str, side: str) -> list[str]:
        """What joins the two: one verb, one list, one clause; and the lists that they are members of."""
        joined = []
        if p.governor and q.governor and p.governor == q.governor:
            joined += ["same verb", f"same verb {verb}"]
        if p.series == q.series:
            joined.append("one list")
        if p.clause is q.clause:
            joined.append(f"one clause S={role}")
        for series, name in ((q.series, "b"), (p.series, "a")):
            joined += self._series_features(series, name, side)
        return joined

    def _series_features(self, series: Series, name: str, side: str) -> list[str]:
        """The list of which a mention is a member; worked out once for each list."""
        key = (series.start, name + side)
        if key not in self._around:
            index = self.reading.token_ending.get(series.start)
            before = self.reading.tokens[index].word if index is not None else "^"
            self._around[key] = [f"L{name}={before}{side}", f"L{name}#{min(series.size, 4)}{side}"]
        return self._around[key]

    def _middle_features(self, first: Place, second: Place, between: str) -> list[str]:
        """What else is named between the two, and the words there where they are few."""
        classes = self.bases[first.order + 1 : second.order][:3]
        features = [f"M={','.join(classes)}"]
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
