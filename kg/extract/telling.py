"""What is told to each word of a sentence by itself and its neighbours, summed up for each label.

What is told of every word (itself, its tag) stands in columns, and a column is looked up once for all words
and all the neighbours that are told of it; what a word shows by itself (its face) is put together when
the word is first met, and what words side by side show (a run) is looked up by numbers.
"""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import reduce
from itertools import chain, combinations, pairwise, repeat
from typing import Any, NamedTuple, TypeVar

import numpy as np
import numpy.typing as npt

from kg.extract.table import Table, dense

REACH = 2
"""How far a word is told of: to the words up to so many before and behind it."""

Templates = Mapping[str, Mapping[str, int]]
"""How the values of each column or run are told as features: with which prefix, to the word how far away."""

Spelling = Mapping[int, str]
"""The feature that a mark gives to the word at each distance from its place."""

Face = Callable[[str], Mapping[str, str]]
"""What a word shows by itself: the values of some columns, among them its own, the same for every word."""


class Run(NamedTuple):
    """Values side by side as one: those of a column or a face, at some distances from a place."""

    of: str
    at: tuple[int, ...]


class Scheme(NamedTuple):
    """What words are told by: how values are told, which of them side by side, marks, and faces."""

    templates: Templates
    runs: Mapping[str, Run]
    spell: Callable[[str], Spelling]
    face: Face


WORD = "word"
"""The column of the words themselves, by which their faces are known."""

BETWEEN = "|"
"""What stands between the values of a run."""

ALWAYS = "b"
"""The feature that every word has."""

Scores = npt.NDArray[np.float32]
"""Sums of weights: a row for each word, a column for each label."""

_Numbers = npt.NDArray[np.intp]
_AnyT = TypeVar("_AnyT", bound=np.generic)

_FIRST_ROWS = 1 << 10
_MOST_KEPT = 1 << 14


class Signs(NamedTuple):
    """What is told of the words of a sentence, with ``REACH`` places before and behind them.

    ``columns`` have a value for each place, ``""`` where there is nothing to tell; those of runs and of
    the faces of words are left out. ``marks`` are what stands at each place; none stand before and behind
    the words.
    """

    columns: Mapping[str, Sequence[str]]
    marks: Sequence[Sequence[str]]

    @property
    def places(self) -> int:
        """How many places there are: the words, and ``REACH`` more at either end."""
        return len(next(iter(self.columns.values())))


class Telling:
    """The weights of all features, asked for what they say to the words of sentences."""

    def __init__(self, table: Table, scheme: Scheme, number: Mapping[str, int]):
        """``number`` has the number of each label."""
        self._always = np.array([table.get(ALWAYS, {}).get(label, 0.0) for label in number])
        told = {prefix: name for name, prefixes in scheme.templates.items() for prefix in prefixes}
        parts: dict[str, Table] = {name: {} for name in (*scheme.templates, "")}
        for feature, weights in table.items():
            prefix = feature[: feature.find("=") + 1]
            parts[told.get(prefix, "")][feature] = weights
        columns = {
            name: _Column(prefixes, parts[name], number) for name, prefixes in scheme.templates.items()
        }
        runs = {name: _RunNumbers(columns[name].values, run) for name, run in scheme.runs.items()}
        shown = scheme.face("^").keys()
        faces = {name: column for name, column in columns.items() if name in shown}
        seen = {name: run for name, run in runs.items() if run.of in shown}
        self._columns = {name: column for name, column in columns.items() if name not in shown}
        self._runs = runs
        self._words = _Words(faces, seen, scheme.face, len(number))
        self._marks = _Marks(parts[""], scheme.spell, number)

    def scores(self, sentences: Sequence[Signs]) -> list[Scores]:
        """What is told to each word, summed up for each label."""
        sizes = [signs.places for signs in sentences]
        # Places before and behind stand between sentences, so that none is told of another's words.
        heard = np.full((sum(sizes), len(self._always)), self._always, dtype=np.float32)
        words = self._words.numbers(list(chain.from_iterable(signs.columns[WORD] for signs in sentences)))
        self._words.tell(words, heard)
        for name, column in self._columns.items():
            run = self._runs.get(name)
            if run is None:
                values = chain.from_iterable(signs.columns[name] for signs in sentences)
                column.tell(column.numbers(values), heard)
            elif name in self._words.parts:
                column.tell(run.numbers(self._words.parts[name][words]), heard)
            else:
                values = chain.from_iterable(signs.columns[run.of] for signs in sentences)
                column.tell(run.numbers(run.parts(values)), heard)
        self._marks.tell(list(chain.from_iterable(signs.marks for signs in sentences)), heard)
        found, at = [], 0
        for size in sizes:
            found.append(heard[at + REACH : at + size - REACH])
            at += size
        return found


class _Column:
    """A column or a run: the values that a model knows, and what each says to the words around it."""

    def __init__(self, prefixes: Mapping[str, int], table: Table, number: Mapping[str, int]):
        self._distances = tuple(prefixes.values())
        slots = {prefix: slot for slot, prefix in enumerate(prefixes)}
        self.values: dict[str, int] = {}
        """The number of each value, from 1."""

        places: list[tuple[int, int]] = []
        for feature in table:
            prefix, equals, value = feature.partition("=")
            row = self.values.setdefault(value, len(self.values) + 1)
            places.append((slots[prefix + equals], row))
        # The first row is that of values which say nothing.
        self._rows = np.zeros((len(slots), len(self.values) + 1, len(number)), dtype=np.float32)
        if places:
            slot_of, row_of = zip(*places, strict=True)
            self._rows[slot_of, row_of] = dense(table, number)[1:]

    def numbers(self, values: Iterable[str]) -> _Numbers:
        """The number of each value, 0 of those which say nothing."""
        return np.fromiter(map(self.values.get, values, repeat(0)), dtype=np.intp)

    def tell(self, numbers: _Numbers, heard: Scores) -> None:
        """Add what the values at all places say to what is heard there and around."""
        for distance, said in self.say(numbers):
            _pass_on(said, distance, heard)

    def say(self, numbers: _Numbers) -> Iterator[tuple[int, Scores]]:
        """What each of some values says, for each distance that it is heard at."""
        for distance, said in zip(self._distances, self._rows, strict=True):
            yield distance, said[numbers]


class _RunNumbers:
    """The numbers of the values of a run, found by those of what stands side by side."""

    def __init__(self, values: Mapping[str, int], run: Run):
        self.of, self._at = run
        self._part: dict[str, int] = {}
        size = len(run.at)
        split = [(parts, number) for value, number in values.items() for parts in _splits(value, size)]
        for parts, _ in split:
            for part in parts:
                self._part.setdefault(part, len(self._part) + 1)
        self._base = len(self._part) + 1
        codes = {self._code(map(self._part.__getitem__, parts)): number for parts, number in split}
        known = sorted(codes)
        # What is greater than every code comes last, so that there always is one to look at.
        self._codes = np.array([*known, self._base**size], dtype=np.int64)
        self._number = np.array([*map(codes.__getitem__, known), 0], dtype=np.intp)

    def _code(self, parts: Iterable[Any]) -> Any:
        """One number for the numbers of what stands side by side, or one for each of many such."""
        return reduce(lambda code, part: code * self._base + part, parts)

    def parts(self, values: Iterable[str]) -> _Numbers:
        """The number of each value where it is a part of a run, 0 of those that are never in one."""
        return np.fromiter(map(self._part.get, values, repeat(0)), dtype=np.int64)

    def numbers(self, parts: _Numbers) -> _Numbers:
        """The number of the run at each place, 0 of those which say nothing.

        What stands before the first place and behind the last one is of no matter: both are edges.
        """
        codes = self._code(np.roll(parts, -distance) for distance in self._at)
        found = np.searchsorted(self._codes, codes)
        return np.where(self._codes[found] == codes, self._number[found], 0)


def _splits(value: str, size: int) -> Iterator[tuple[str, ...]]:
    """Every way in which a value is so many parts; a part may itself hold what stands between them.

    >>> list(_splits("a||b", 2))
    [('a', '|b'), ('a|', 'b')]
    """
    pieces = value.split(BETWEEN)
    for cuts in combinations(range(1, len(pieces)), size - 1):
        edges = (0, *cuts, len(pieces))
        yield tuple(BETWEEN.join(pieces[low:high]) for low, high in pairwise(edges))


def _pass_on(said: Scores, distance: int, heard: Scores) -> None:
    """Add what is said at each place to what is heard at a distance from it."""
    size = len(said) - abs(distance)
    heard[max(distance, 0) :][:size] += said[max(-distance, 0) :][:size]


class _Met(ABC):
    """There are endlessly many of some things, so what each says is put together when it is first met."""

    def __init__(self, labels: int):
        self._labels = labels
        self._forget()

    def _forget(self) -> None:
        self._number: dict[str, int] = {}
        self.rows = np.zeros((_FIRST_ROWS, 2 * REACH + 1, self._labels), dtype=np.float32)
        """What each says, from ``REACH`` places before it to as many behind."""

    def numbers(self, names: Sequence[str]) -> _Numbers:
        """The number of each of some things, good until the next are asked for."""
        if len(self._number) > _MOST_KEPT:
            self._forget()
        # Not a difference from the keys: that would walk through all that have been met.
        first, new = len(self._number), sorted({*names}.difference(self._number))
        if new:
            while first + len(new) > len(self.rows):
                self._grow()
            self._learn(new, first)
            self._number.update(zip(new, range(first, first + len(new)), strict=True))
        return np.fromiter(map(self._number.__getitem__, names), dtype=np.intp, count=len(names))

    def _grow(self) -> None:
        self.rows = _doubled(self.rows)

    @abstractmethod
    def _learn(self, names: Sequence[str], first: int) -> None:
        """Set the rows of things that are new, from the first one's number on, whatever is in them."""


def _doubled(rows: npt.NDArray[_AnyT]) -> npt.NDArray[_AnyT]:
    return np.concatenate([rows, np.zeros_like(rows)])


class _Words(_Met):
    """Words, by themselves and by their faces; and as parts of runs."""

    def __init__(
        self, columns: Mapping[str, _Column], runs: Mapping[str, _RunNumbers], face: Face, labels: int
    ):
        self._columns, self._runs, self._face = columns, runs, face
        super().__init__(labels)

    def _forget(self) -> None:
        super()._forget()
        self.parts = {name: np.zeros(_FIRST_ROWS, dtype=np.int64) for name in self._runs}
        """The number of each word as a part of each run."""

    def _grow(self) -> None:
        super()._grow()
        self.parts = {name: _doubled(numbers) for name, numbers in self.parts.items()}

    def tell(self, words: _Numbers, heard: Scores) -> None:
        """Add what all words say to what is heard where they stand and around."""
        said = self.rows[words]
        for distance in range(-REACH, REACH + 1):
            _pass_on(said[:, distance + REACH], distance, heard)

    def _learn(self, names: Sequence[str], first: int) -> None:
        faces = [self._face(word) for word in names]
        stretch = slice(first, first + len(names))
        said = self.rows[stretch]
        said[:] = 0
        for name, column in self._columns.items():
            for distance, rows in column.say(column.numbers(shown[name] for shown in faces)):
                said[:, distance + REACH] += rows
        for name, run in self._runs.items():
            self.parts[name][stretch] = run.parts(shown[run.of] for shown in faces)


class _Marks(_Met):
    """Marks, of which a place may have several or none."""

    def __init__(self, table: Table, spell: Callable[[str], Spelling], number: Mapping[str, int]):
        super().__init__(len(number))
        self._table, self._spell, self._label = table, spell, number

    def tell(self, marks: Sequence[Sequence[str]], heard: Scores) -> None:
        """Add what the marks at all places say to what is heard there and around."""
        counts = np.fromiter(map(len, marks), dtype=np.intp, count=len(marks))
        numbers = self.numbers(list(chain.from_iterable(marks)))
        if not len(numbers):
            return
        # Of all places the first mark, then the second of those that have two …: the most first.
        at = np.argsort(-counts, kind="stable")
        starts = (np.cumsum(counts) - counts)[at]
        having = np.searchsorted(-counts[at], -np.arange(int(counts.max())))
        said = self.rows[numbers[starts[: having[0]]]]
        for order, many in enumerate(having[1:].tolist(), start=1):
            said[:many] += self.rows[numbers[starts[:many] + order]]
        for distance in range(-REACH, REACH + 1):
            heard[at[: len(said)] + distance] += said[:, distance + REACH]

    def _learn(self, names: Sequence[str], first: int) -> None:
        self.rows[first : first + len(names)] = 0
        for row, name in zip(self.rows[first:], names, strict=False):
            for distance, feature in self._spell(name).items():
                for label, weight in self._table.get(feature, {}).items():
                    row[distance + REACH, self._label[label]] = weight
