"""A sentence as clauses, and a clause as mentions and verbs: the shape that claim rules read."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from functools import cached_property, lru_cache
from typing import NamedTuple

from kg.extract.reading import Reading, verb_words
from kg.extract.refer import Referents
from kg.extract.times import Times
from kg.lexicon import Matcher
from kg.model import Mention, Sentence
from kg.schema import Schema

# A comma inside a number parts nothing: 1,284项.
_CLAUSE_END = re.compile(r"(?<!\d)[,，]|[,，](?!\d{3}(?!\d))|[;；:：。！？!?\n]|——|……")
_LONGEST = 400
HEADINGS = frozenset({"kicker", "headline", "subhead", "caption", "standfirst"})
"""Kinds of blocks that tell in short what the paragraphs tell."""


class Verb(NamedTuple):
    """A cue verb in text offsets."""

    start: int
    end: int
    word: str


class Clause(NamedTuple):
    """A stretch between pauses with the outermost mentions and the cue verbs in it, in text order."""

    start: int
    end: int
    mentions: tuple[Mention, ...]
    verbs: tuple[Verb, ...]

    def before(self, place: int) -> list[Mention]:
        """Mentions that end at or before a place."""
        return [m for m in self.mentions if m.end <= place]

    def between(self, low: int, high: int) -> list[Mention]:
        """Mentions inside a stretch."""
        return [m for m in self.mentions if low <= m.start and m.end <= high]


class Layout:
    """The clauses of every sentence of an article."""

    def __init__(self, reading: Reading, things: Referents):
        self.reading = reading
        self.things = things
        outer = _outermost(things.mentions)
        self.mentions = outer
        self.ending = {m.end: m for m in outer}
        self.clauses: list[tuple[Sentence, list[Clause]]] = []
        self.denied: set[tuple[int, int]] = set()
        self._bases: dict[int, str] = {}
        self._names: dict[int, list[str]] = {}
        self._tails: dict[int, frozenset[str]] = {}
        self.roles: list[list[tuple[Clause, tuple[int, ...], int]]] = []
        matcher, at = verb_matcher(reading.schema), 0
        for sentence in reading.sentences:
            inside = []
            while at < len(outer) and outer[at].start < sentence.end:
                inside.append(outer[at])
                at += 1
            self.clauses.append((sentence, list(self._cut(sentence, inside, matcher))))

    @cached_property
    def times(self) -> Times:
        """The dates in the text; training asks for none."""
        return Times(self.reading)

    @cached_property
    def named(self) -> Counter[int]:
        """How often the article names each thing."""
        return Counter(self.things.at(m.referent) for m in self.mentions)

    @cached_property
    def headed(self) -> frozenset[int]:
        """The things that a heading names."""
        headings = (clauses for sentence, clauses in self.clauses if sentence.kind in HEADINGS)
        return frozenset(
            self.things.at(m.referent) for clauses in headings for clause in clauses for m in clause.mentions
        )

    def base(self, index: int) -> str:
        """Class of a thing as the annotation names it."""
        if index not in self._bases:
            self._bases[index] = self.things.base(index)
        return self._bases[index]

    def names(self, index: int) -> list[str]:
        """Names of a thing, the fullest first; they are settled by now."""
        if index not in self._names:
            self._names[index] = self.things.names(index)
        return self._names[index]

    def tails(self, index: int) -> frozenset[str]:
        """What the names of a thing end with: 基金 and 成果转化基金 of 科技成果转化基金."""
        if index not in self._tails:
            names = self.names(index)
            self._tails[index] = frozenset(n[at:] for n in names for at in range(1, len(n)))
        return self._tails[index]

    def subjects(self, number: int, clause: Clause) -> tuple[int, ...]:
        """The subjects of a clause of a sentence, as the grammar of claims found them."""
        return next((subjects for own, subjects, _ in self.roles[number] if own is clause), ())

    def _cut(self, sentence: Sentence, mentions: list[Mention], matcher: Matcher) -> Iterator[Clause]:
        low = sentence.start
        for end in (*self._ends(sentence, mentions), sentence.end):
            inside = tuple(m for m in mentions if low <= m.start and m.end <= end)
            yield Clause(low, end, inside, tuple(self._verbs(low, end, inside, matcher)))
            low = end

    def _ends(self, sentence: Sentence, mentions: list[Mention]) -> Iterator[int]:
        covered = {at for m in mentions for at in range(m.start, m.end)}
        last = sentence.start
        for match in _CLAUSE_END.finditer(self.reading.text, sentence.start, sentence.end):
            if match.start() not in covered and match.end() < sentence.end:
                yield from range(last + _LONGEST, match.end(), _LONGEST)
                last = match.end()
                yield last
        yield from range(last + _LONGEST, sentence.end, _LONGEST)

    def _verbs(self, low: int, high: int, mentions: tuple[Mention, ...], matcher: Matcher) -> Iterator[Verb]:
        at = low
        for stop, skip in (*((m.start, m.end) for m in mentions), (high, high)):
            for start, end in self.reading.find_between(matcher, at, stop):
                if self._is_word(start, end):
                    yield Verb(start, end, self.reading.text[start:end])
            at = skip

    def _is_word(self, start: int, end: int) -> bool:
        """A cue counts where words begin and end, or where the word cutter fails at one side only."""
        reading = self.reading
        left, right = start in reading.token_starting, end in reading.token_ending
        return (left and right) or (end - start >= 4 and (left or right))


def _outermost(mentions: list[Mention]) -> list[Mention]:
    """Mentions that lie in no other, in text order."""
    found: list[Mention] = []
    for mention in sorted(mentions, key=lambda m: (m.start, -m.end)):
        if not found or mention.start >= found[-1].end:
            found.append(mention)
    return found


@lru_cache(maxsize=8)
def verb_matcher(schema: Schema) -> Matcher:
    """Find every cue verb of every relation."""
    return Matcher(verb_words(schema))


@lru_cache(maxsize=8)
def verb_table(schema: Schema) -> dict[str, tuple[tuple[str, str], ...]]:
    """From a verb to the relations and constructions that it can state."""
    table: dict[str, list[tuple[str, str]]] = {}
    for info in schema.relations.values():
        for construction in ("verbs", "inverse_verbs", "passives"):
            for word in getattr(info, construction):
                table.setdefault(word, []).append((info.name, construction))
    return {word: tuple(entries) for word, entries in table.items()}
