"""The learned judge of figures: is a number a figure, and of which thing is it stated?

A model of choices (conditional logit, McFadden 1974) weighs every thing named near a number and the
article's zone against each other and against none of them; the likeliest one above the threshold wins.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterator

from kg.extract.calibration import FIGURES
from kg.extract.clauses import Layout
from kg.extract.figures import Spot, figure, spots, subject_by_rule
from kg.extract.models import Models
from kg.extract.weights import choice
from kg.model import Figure, Mention

FIGURE = ""
# Chosen by cross-validation: with less belief most numbers are no figures, or another thing's.
_LEAST = 0.25
_BACK = 2
# A sentence is led by a name that begins within so many characters: “今年，合肥高新区…”.
_OPENING = 3
_OFTEN = 6
_NOMINAL = "nvl"
_PAUSES = ",，;；。"


def measured(layout: Layout, zone: int | None, models: Models) -> Iterator[Figure]:
    """Yield the figures that the model believes, each of its likeliest subject."""
    assert models.figures is not None
    for spot in spots(layout, zone):
        common, rows = figure_rows(layout, spot, zone)
        if not rows:
            continue
        base = models.figures.score(common, FIGURE)
        chances = choice([base + models.figures.score(features, FIGURE) for _, features in rows])
        trust, (subject, _) = max(zip(chances, rows, strict=True), key=lambda found: (found[0], -found[1][0]))
        if trust >= _LEAST:
            confidence = round(models.confidence(FIGURES, round(trust, 3)), 3)
            yield figure(layout, spot, subject, "figure+model", confidence)


def figure_rows(
    layout: Layout, spot: Spot, zone: int | None
) -> tuple[list[str], list[tuple[int, list[str]]]]:
    """Give the features of a number, and each candidate subject of it with its own."""
    near = _near(layout, spot)
    around = _Around(layout, spot, near)
    told = _Told(layout, spot)
    rows = []
    if zone is not None and zone not in near:
        features = [f"{name}|zone only" for name in around.shared]
        rows.append((zone, [*features, *told.features(zone)]))
    spoken_of = {zone, spot.topic, subject_by_rule(layout, spot), *around.subjects}
    for index, (number, mention) in sorted(near.items()):
        # Two sentences back nothing is meant but what is still spoken of (one in three hundred).
        if spot.number - number < _BACK or index in spoken_of:
            rows.append((index, [*around.features(index, mention), *told.features(index)]))
    return _number_features(layout, spot), rows


def _near(layout: Layout, spot: Spot) -> dict[int, tuple[int, Mention]]:
    """What is named near a number, each thing where it stands closest: sentence number and mention."""
    near: dict[int, tuple[int, Mention]] = {}
    for number in range(max(0, spot.number - _BACK), spot.number + 1):
        for clause in layout.clauses[number][1]:
            for mention in clause.mentions:
                index = layout.things.at(mention.referent)
                if mention.end <= spot.start or (number == spot.number and index not in near):
                    near[index] = number, mention
    return near


class _Around:
    """What stands around a number, seen from each thing that it may be a figure of."""

    def __init__(self, layout: Layout, spot: Spot, near: dict[int, tuple[int, Mention]]):
        self.layout, self.spot = layout, spot
        reading = layout.reading
        self.before = sorted((m for _, m in near.values() if m.end <= spot.start), key=lambda m: m.start)
        self.starts = [m.start for m in self.before]
        words = reading.tokens_between(spot.clause.start, spot.start)
        verbs = [t.word for t in words if t.tag.startswith("v")]
        last = self.before[-1] if self.before else None
        base = layout.base(last.referent) if last else "-"
        self.verb = verbs[-1] if verbs else "-"
        self.lead = (words[0].word, words[0].tag) if words else ("^", "^")
        self.shared = [f"nearest={base}", f"cs={self.lead[0]}"]
        self.opening = self._opening()
        self.bare = not any(m.end <= spot.start for m in spot.clause.mentions)
        self.subjects = layout.subjects(spot.number, spot.clause)

    def _opening(self) -> int | None:
        """The thing that the paragraph speaks of first."""
        layout = self.layout
        block = self.spot.sentence.block
        number = self.spot.number
        while number > 0 and layout.clauses[number - 1][0].block == block:
            number -= 1
        for clause in layout.clauses[number][1]:
            for mention in clause.mentions:
                return layout.things.at(mention.referent)
        return None

    def features(self, index: int, mention: Mention) -> list[str]:
        """Features of one candidate, with its class: where it stands, its neighbours, what lies between."""
        layout, spot, text = self.layout, self.spot, self.layout.reading.text
        base = layout.base(index)
        subject = index in self.subjects
        same = mention.start >= spot.sentence.start
        found = self._place(mention, base, same)
        found += [f"{name}|{base}" for name in self.shared]
        found.append(f"opens={index == self.opening}|{base}")
        found.append(f"role={subject}|{self.verb}|{base}")
        found.append(f"ct={self.lead[1]}|{subject}|{base}")
        found.append(f"bare={self.bare}|{subject}|{base}")
        found.append(f"end={layout.names(index)[0][-2:]}|{subject}|{same}")
        reading = layout.reading
        at = reading.token_ending.get(mention.start)
        found.append(f"pw={reading.tokens[at].word if at is not None else '^'}|{base}")
        behind = reading.token_starting.get(mention.end)
        words = [] if behind is None else [token.word for token in reading.tokens[behind : behind + 2]]
        found.append(f"nw={'|'.join(words)}")
        if mention.start >= spot.end:
            gap = text[spot.end : mention.start]
            found.append(f"ahead={gap if len(gap) <= 4 else min(len(gap) // 8, 6)}")
            found.append(f"ahead={'的' in gap}|{base}|{spot.unit}")
            return found
        between = self.before[bisect_left(self.starts, mention.end) :]
        classes = ",".join(layout.base(m.referent) for m in between[:2])
        found.append(f"then={classes}|{base}")
        found.append(f"then={len(between)}|{base}|{same}")
        return found

    def _place(self, mention: Mention, base: str, same: bool) -> list[str]:
        """Features of one candidate by where it stands, in the ``same`` sentence or before."""
        spot, text = self.spot, self.layout.reading.text
        here = spot.clause.start <= mention.start
        between = text[mention.end : spot.start] if mention.end <= spot.start else ""
        last = bisect_left(self.starts, mention.end) == len(self.starts)
        pauses = min(sum(map(between.count, _PAUSES)), 4) if between else 0
        return [
            f"c={base}|u={spot.unit}", f"c={base}|ind={spot.indicator[-2:]}",
            f"c={base}|same={same}|here={here}|last={last}",
            f"next={text[mention.end : mention.end + 1]}",
            f"next={text[mention.end : mention.end + 2]}|c={base}",
            f"prev={text[max(0, mention.start - 1) : mention.start]}|c={base}",
            f"pauses={pauses}|c={base}|last={last}",
        ]  # fmt: skip


class _Told:
    """What the sentence of a number speaks of, seen from each thing that it may be a figure of.

    A noun that names nothing by itself and ends a thing's name may stand for the thing: of
    科技成果转化基金, later 基金累计投资项目19个.
    """

    def __init__(self, layout: Layout, spot: Spot):
        self.layout = layout
        clause, start = spot.clause, spot.sentence.start
        named = [m for c in layout.clauses[spot.number][1] for m in c.mentions if m.end <= spot.start]
        first = named[0] if named else None
        self.first = layout.things.at(first.referent) if first else None
        self.leads = first is not None and first.start - start <= _OPENING
        self.nouns = self._nouns(clause.start, spot.start, named)
        self.earlier_nouns = self._nouns(start, clause.start, named)

    def _nouns(self, low: int, high: int, named: list[Mention]) -> list[tuple[str, bool]]:
        """The nouns of a stretch that lie in no name, and whether nothing but function words comes before."""
        found, opening = [], True
        starts = [m.start for m in named]
        for token in self.layout.reading.tokens_between(low, high):
            before = bisect_right(starts, token.start)
            if before and token.start < named[before - 1].end:
                opening = False
                continue
            if len(token.word) > 1 and token.tag[0] in _NOMINAL:
                found.append((token.word, opening))
            opening = opening and token.tag[0] not in "nv"
        return found

    def _meaning(self, nouns: list[tuple[str, bool]], index: int) -> list[bool]:
        """Of the nouns that end a name of a thing, whether each opens its stretch."""
        if not nouns:
            return []
        tails = self.layout.tails(index)
        return [opening for noun, opening in nouns if noun in tails]

    def features(self, index: int) -> list[str]:
        """Features of one candidate: does the sentence or a bare noun mean it, how well known is it?"""
        layout = self.layout
        base = layout.base(index)
        meant = self._meaning(self.nouns, index)
        earlier = self._meaning(self.earlier_nouns, index)
        first = index == self.first
        return [
            f"noun={bool(meant)}|{any(meant)}", f"noun={bool(meant)}|{base}",
            f"earlier noun={bool(earlier)}|{any(earlier)}", f"earlier noun={bool(earlier)}|{base}",
            f"first={first}|{self.leads}|{base}",
            f"named={min(layout.named[index], _OFTEN)}|{base}",
            f"headed={index in layout.headed}|{base}|{self.first is not None}",
        ]  # fmt: skip


def _number_features(layout: Layout, spot: Spot) -> list[str]:
    """What holds of a number whichever thing it is a figure of."""
    text = layout.reading.text
    before, after = text[max(0, spot.start - 2) : spot.start], text[spot.end : spot.end + 2]
    covered = any(m.start < spot.start < m.end for m in spot.clause.mentions)
    return [
        "b", f"u={spot.unit}", f"plain={spot.plain}", f"covered={covered}",
        f"x1={before[-1:]}", f"x2={before}", f"y1={after[:1]}", f"y2={after}",
    ]  # fmt: skip
