"""Candidate pairs of things and what speaks for a relation between them: the features of the claim model.

A pair is a candidate where both are named in one sentence or in neighbouring ones, or where one of
them is the zone that the article is about. Its features come from the closest places: classes,
order, distance, words between and around, the verb that governs the second, whether the first is
the subject there, and what the rules claim.
"""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property

from kg.extract.clauses import Clause, Layout, Verb
from kg.extract.people import title_matcher
from kg.model import Claim, Mention, Sentence

# Two things are a candidate pair from one sentence to the next; a pair that is one for another
# reason (its zone, its names, a rule) shows how it stands up to two sentences apart.
_NEXT, _NEAR = 1, 2
_JOINTS = frozenset(("、", "和", "与", "及", "以及", "暨", "/"))
_PLAIN_JOINTS = frozenset(("、", "和", "与", "及", "以及"))
_PAUSES = ",，;；:：。！？"
_HEADINGS = frozenset({"kicker", "headline", "subhead", "caption", "standfirst"})
_CLOSE = 2
_MOST_PER_PAIR = 12
# A list of hundreds of names is no place to look for a relation between any two of them.
_CROWD = 60
_LEADERS = 3
_REACH = 6


@dataclass(frozen=True, slots=True)
class Series:
    """The list that a mention is a member of: its number, its edges in the text, how many members it has."""

    number: int
    start: int
    end: int
    size: int


@dataclass(frozen=True, slots=True)
class Place:
    """A mention where it stands: sentence number, clause, the verb over it, who is subject there."""

    mention: Mention
    sentence: int
    clause: Clause
    governor: Verb | None
    subjects: tuple[int, ...]
    carried: int
    order: int
    series: Series


@dataclass(frozen=True, slots=True)
class Pair:
    """An ordered pair of things with its features and the sentences to quote for it."""

    subject: int
    object: int
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
        self.places: dict[int, list[Place]] = defaultdict(list)
        self.by_sentence: dict[int, list[Place]] = defaultdict(list)
        self.ordered = list(self._places())
        self.bases = [self.things.base(p.mention.referent) for p in self.ordered]
        self._between: dict[tuple[int, int], list[str]] = {}
        self._around: dict[tuple[int, str], list[str]] = {}
        self._behind: dict[int, str] = {}
        self._named: dict[int, list[str]] = {}
        for place in self.ordered:
            self.places[self.things.at(place.mention.referent)].append(place)
            self.by_sentence[place.sentence].append(place)
        self.titles = self.reading.find(title_matcher(self.reading.lexicon, self.reading.schema))
        self.nested = self._nested()
        self.kinds = Counter(self.things.base(i) for i in self.things.alive())

    def _places(self) -> Iterator[Place]:
        order = 0
        for number, roles in enumerate(self.layout.roles):
            for clause, subjects, carried in roles:
                for series, members in self._series(clause, order):
                    for mention in members:
                        before = [v for v in clause.verbs if v.end <= mention.start]
                        governor = before[-1] if before else None
                        yield Place(mention, number, clause, governor, subjects, carried, order, series)
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
        return self.reading.text[low:high].strip("“”‘’《》") in _JOINTS

    def _nested(self) -> dict[tuple[int, int], bool]:
        """Pairs of which one is named inside the other's name."""
        outer = sorted(self.layout.mentions, key=lambda m: m.start)
        found = {}
        at = 0
        for mention in sorted(self.things.mentions, key=lambda m: m.start):
            while at < len(outer) and outer[at].end <= mention.start:
                at += 1
            if at < len(outer) and outer[at].start <= mention.start and mention.end <= outer[at].end:
                pair = (self.things.at(outer[at].referent), self.things.at(mention.referent))
                if pair[0] != pair[1]:
                    found[pair] = True
        return found

    def pairs(self) -> Iterator[Pair]:
        """Yield every candidate pair that some relation allows, each in both orders."""
        for a, b in sorted(self._candidates()):
            for subject, object in ((a, b), (b, a)):
                relations = self.allowed(subject, object)
                if relations:
                    yield Pair(subject, object, *self._describe(subject, object))

    def allowed(self, subject: int, object: int) -> list[str]:
        """Relations that domain and range let hold between two things."""
        schema = self.reading.schema
        found = schema.between(self.things.cls(subject), self.things.cls(object))
        if object < subject:
            return [name for name in found if not schema.relations[name].symmetric]
        return list(found)

    def _candidates(self) -> set[tuple[int, int]]:
        found = set()
        for number, places in self.by_sentence.items():
            here = {self.things.at(p.mention.referent) for p in places}
            around = set(here)
            for other in range(number - _NEXT, number):
                around |= {self.things.at(p.mention.referent) for p in self.by_sentence.get(other, ())}
            if len(around) > _CROWD:
                found |= self._neighbours(places)
                continue
            found |= {(min(a, b), max(a, b)) for a in here for b in around if a != b}
        if self.zone is not None:
            found |= {(min(self.zone, b), max(self.zone, b)) for b in self.things.alive() if b != self.zone}
        found |= {(min(p), max(p)) for p in self.nested}
        found |= {(min(p), max(p)) for p in self.rules if p[0] != p[1]}
        return found

    def _neighbours(self, places: list[Place]) -> set[tuple[int, int]]:
        """Pairs of a sentence that names a crowd: each with those around it and with the first ones."""
        indexes = [self.things.at(p.mention.referent) for p in places]
        found = set()
        for at, a in enumerate(indexes):
            for b in (*indexes[:_LEADERS], *indexes[max(0, at - _REACH) : at]):
                if a != b:
                    found.add((min(a, b), max(a, b)))
        return found

    def _describe(self, a: int, b: int) -> tuple[tuple[str, ...], tuple[Sentence, ...]]:
        features = self._whole(a, b)
        together = self._together(a, b)
        sentences: list[Sentence] = []
        for rank, (first, second) in enumerate(together):
            close = self._close(first, second, a)
            features += close if rank == 0 else ["+" + f for f in close]
            sentence = self.layout.clauses[self._said_in(first, second)][0]
            if sentence not in sentences:
                sentences.append(sentence)
        if not together:
            features += ["apart", *self._alone(a, "A"), *self._alone(b, "B")]
            sentences += self._telling(a, b)
        return tuple(dict.fromkeys(features)), tuple(sentences[:_CLOSE])

    def _said_in(self, one: Place, other: Place) -> int:
        """The sentence to quote for two things side by side: where the rarer one stands, else the later."""
        counts = [len(self.places[self.things.at(p.mention.referent)]) for p in (one, other)]
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
        return sorted((self.layout.clauses[p.sentence][0] for p in places), key=lambda s: s.kind in _HEADINGS)

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
        """The closest places of the two, nearest first, at most three, in neighbouring sentences."""
        found = []
        for p in self.places.get(a, ())[:_MOST_PER_PAIR]:
            for q in self.places.get(b, ())[:_MOST_PER_PAIR]:
                gap = abs(p.sentence - q.sentence)
                if gap <= _NEAR:
                    heading = self.layout.clauses[q.sentence][0].kind in _HEADINGS
                    governed = a in q.subjects and q.governor is not None
                    rank = (gap > 0, heading, not governed, gap, abs(p.order - q.order), p.order, q.order)
                    found.append((rank, p, q))
        found.sort(key=lambda f: f[0])
        return [(p, q) for _, p, q in found[:_CLOSE]]

    def _whole(self, a: int, b: int) -> list[str]:
        """What holds of the two in the whole article."""
        ca, cb = self.things.cls(a), self.things.cls(b)
        ba, bb = self.things.base(a), self.things.base(b)
        features = [f"C={ba}>{bb}", f"CA={ca}", f"CB={cb}", *sorted(self.rules.get((a, b), ()))]
        features += [f"~{f}" for f in sorted(self.rules.get((b, a), ()))]
        features += [f"Z={'a' if a == self.zone else 'b' if b == self.zone else '-'}"]
        if (a, b) in self.nested:
            features.append("N=b in a")
        if (b, a) in self.nested:
            features.append("N=a in b")
        features += self._names(self._names_of(a), self._names_of(b))
        features.append(f"#B={min(self.kinds[bb], 4)}")
        features.append(f"nA={min(len(self.places.get(a, ())), 4)}")
        features.append(f"nB={min(len(self.places.get(b, ())), 3)}")
        return features

    def _names_of(self, index: int) -> list[str]:
        """The names of a thing, sorted once."""
        if index not in self._named:
            self._named[index] = self.things.names(index)
        return self._named[index]

    def _names(self, names_a: list[str], names_b: list[str]) -> list[str]:
        found = [f"eA={names_a[0][-2:]}", f"eB={names_b[0][-2:]}"]
        starts_a, starts_b = tuple(names_a), tuple(names_b)
        for x in names_a:
            if x.startswith(starts_b):
                found.append("a starts b")
                break
        for y in names_b:
            if y.startswith(starts_a):
                found.append("b starts a")
                break
        if any(y in x for x in names_a for y in names_b if len(y) > 1):
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
        """What stands between and around one place of ``a`` and one of ``b``."""
        forward = p.order < q.order
        side = ">" if forward else "<"
        shared = self._shared(p, q) if forward else self._shared(q, p)
        features = [f"o{side}", *(feature + side for feature in shared)]
        features += self._subject_features(p, q, a, side)
        features.append(f"k={self.layout.clauses[q.sentence][0].kind}")
        return features

    def _shared(self, first: Place, second: Place) -> list[str]:
        """What is the same whichever of the two is the subject; worked out once."""
        key = (first.order, second.order)
        found = self._between.get(key)
        if found is None:
            low, high = first.mention.end, second.mention.start
            between = self.reading.text[low:high] if low <= high else ""
            found = [f"gap{second.sentence - first.sentence}", f"d{self._bucket(high - low)}"]
            found += self._word_features(first, second, between)
            found += self._middle_features(first, second, between)
            self._between[key] = found
        return found

    def _bucket(self, distance: int) -> int:
        return next((limit for limit in (0, 1, 2, 4, 8, 16, 32, 64) if distance <= limit), 99)

    def _subject_features(self, p: Place, q: Place, a: int, side: str) -> list[str]:
        """Is ``a`` the subject where ``b`` stands, and which verb is over ``b``?"""
        verb = q.governor.word if q.governor else "-"
        over_a = p.governor.word if p.governor else "-"
        role = "s" if a in q.subjects else "-"
        if role == "s" and q.carried:
            role = "c"
        features = [f"S={role}", f"S={role}{verb}{side}", f"G={verb}{side}", f"GA={over_a}{side}"]
        if p.governor and q.governor and p.governor == q.governor:
            features += ["same verb", f"same verb {verb}"]
        features.append(f"VB={self._verb_behind(q)}{side}")
        features += self._series_features(q.series, "b", side)
        features += self._series_features(p.series, "a", side)
        if p.series == q.series:
            features.append("one list")
        if p.clause is q.clause:
            features += ["one clause", f"one clause S={role}"]
        return features

    def _verb_behind(self, place: Place) -> str:
        """The next verb of the clause, worked out once for each place."""
        if place.order not in self._behind:
            behind = (v.word for v in place.clause.verbs if v.start >= place.mention.end)
            self._behind[place.order] = next(behind, "-")
        return self._behind[place.order]

    def _series_features(self, series: Series, name: str, side: str) -> list[str]:
        """What stands around the list of which a mention is a member; worked out once for each list."""
        key = (series.start, name + side)
        if key not in self._around:
            reading = self.reading
            index = reading.token_ending.get(series.start)
            before = reading.tokens[index].word if index is not None else "^"
            index = reading.token_starting.get(series.end)
            after = [t.word for t in reading.tokens[index : index + 4]] if index is not None else []
            features = [f"={before}", f"#{min(series.size, 4)}", *(f">{word}" for word in after)]
            self._around[key] = [f"L{name}{feature}{side}" for feature in features]
        return self._around[key]

    def _word_features(self, first: Place, second: Place, between: str) -> list[str]:
        text, reading = self.reading.text, self.reading
        a, b = first.mention, second.mention
        features = [
            f"l2={text[max(0, b.start - 2) : b.start]}", f"r2={text[a.end : a.end + 2]}",
            f"p2={text[max(0, a.start - 2) : a.start]}", f"n2={text[b.end : b.end + 2]}",
            f"l1={text[max(0, b.start - 1) : b.start]}", f"r1={text[a.end : a.end + 1]}",
            f"p1={text[max(0, a.start - 1) : a.start]}", f"n1={text[b.end : b.end + 1]}",
        ]  # fmt: skip
        if len(between) <= 8:
            features.append(f"B={between}")
        for name, index in (
            ("wl", reading.token_ending.get(b.start)),
            ("wn", reading.token_starting.get(b.end)),
            ("wr", reading.token_starting.get(a.end)),
        ):
            if index is not None:
                features.append(f"{name}={reading.tokens[index].word}")
        return features

    def _middle_features(self, first: Place, second: Place, between: str) -> list[str]:
        low, high = first.mention.end, second.mention.start
        inside = max(second.order - first.order - 1, 0)
        classes = self.bases[first.order + 1 : second.order][:3]
        pauses = sum(map(between.count, _PAUSES)) if between else 0
        features = [f"m{min(inside, 4)}", f"M={','.join(classes)}", f"c{min(pauses, 4)}"]
        if between.strip("“”‘’") in _PLAIN_JOINTS:
            features.append("joined")
        if "的" in between:
            features.append("de")
        if self._title_between(low, high):
            features.append(f"title{'=' if len(between) <= 10 else '~'}")
        if len(between) <= 40:
            features += [f"w={t.word}" for t in self.reading.tokens_between(low, high)[:14]]
        return features

    def _title_between(self, low: int, high: int) -> bool:
        at = bisect_left(self.titles, (low, low))
        return at < len(self.titles) and self.titles[at][1] <= high
