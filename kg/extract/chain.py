"""A trained linear-chain CRF, asked for how likely each label of each word is.

CRFsuite learns the weights; they are kept as a table (``kg.extract.table``) and asked here in numpy. What
is told of every word (itself, its tag, its first character …) stands in columns, and a column is looked
up once for all words and all the neighbours that are told of it; what a word shows by itself (its face)
is put together when the word is first met. CRFsuite is told each word all of its features one by one,
which takes more than twice as long.
"""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import chain, groupby, repeat
from pathlib import Path
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from kg.extract.table import Table, dense, read_table

REACH = 2
"""How far a word is told of: to the words up to so many before and behind it."""

Templates = Mapping[str, Mapping[str, int]]
"""How the values of each column are told as features: with which prefix, to the word at which distance."""

Spelling = Mapping[int, str]
"""The feature that a mark gives to the word at each distance from its place."""

Face = Callable[[str], Mapping[str, str]]
"""What a word shows by itself: the values of some columns, among them its own, the same for every word."""

Chances = npt.NDArray[np.float64]
"""Probabilities: a row for each word, a column for each label."""

NEXT = "next "
"""In a table, ``next <label>`` is the feature of what stands behind that label."""

WORD = "word"
"""The column of the words themselves, by which their faces are known."""

ALWAYS = "b"
"""The feature that every word has."""

_Scores = npt.NDArray[np.float32]

_FIRST_ROWS = 1 << 10
_STEPS = 8
_SURE = 0.9
_MOST_KEPT = 1 << 14
# Sentences are worked on together up to so many places, the longest counted for each.
_MOST_PLACES = 1 << 13


@dataclass(frozen=True, slots=True)
class Signs:
    """What is told of the words of a sentence, with ``REACH`` places before and behind them.

    ``columns`` have a value for each place, ``""`` where there is nothing to tell; those of the faces of
    words are left out. ``marks`` are what stands at each place; none stand before and behind the words.
    """

    columns: Mapping[str, Sequence[str]]
    marks: Sequence[Sequence[str]]

    @property
    def places(self) -> int:
        """How many places there are: the words, and ``REACH`` more at either end."""
        return len(next(iter(self.columns.values())))


class Labelled(NamedTuple):
    """The words of a sentence: the number of each one's label in the likeliest sequence, and all chances."""

    path: list[int]
    chances: Chances


class Chain:
    """Weights of features and of neighbouring labels, and what is likely given them."""

    def __init__(self, table: Table, templates: Templates, spell: Callable[[str], Spelling], face: Face):
        """``table`` has the weight of each feature for each label; ``spell`` gives the features of a mark."""
        self.labels = sorted({label for row in table.values() for label in row})
        self.number = {label: i for i, label in enumerate(self.labels)}
        follow = [table.get(NEXT + label, {}) for label in self.labels]
        self._follow_log = np.array([[row.get(label, 0.0) for label in self.labels] for row in follow])
        self._follow = np.exp(self._follow_log)
        self._always = np.array([table.get(ALWAYS, {}).get(label, 0.0) for label in self.labels])
        told = {prefix: name for name, prefixes in templates.items() for prefix in prefixes}
        parts: dict[str, Table] = {name: {} for name in (*templates, "")}
        for feature, weights in table.items():
            prefix = feature[: feature.find("=") + 1]
            parts[told.get(prefix, "")][feature] = weights
        columns = [_Column(name, prefixes, parts[name], self.number) for name, prefixes in templates.items()]
        shown = face("^").keys()
        self._columns = [column for column in columns if column.name not in shown]
        self._words = _Words([c for c in columns if c.name in shown], face, len(self.labels))
        self._marks = _Marks(parts[""], spell, self.number)

    def label(self, sentences: Sequence[Signs]) -> list[Labelled]:
        """Label the words of each sentence."""
        found = [Labelled([], np.zeros((0, len(self.labels))))] * len(sentences)
        for numbers in _batches([signs.places - 2 * REACH for signs in sentences]):
            scores = self._scores([sentences[i] for i in numbers])
            for number, rows, chances in zip(numbers, scores, self._chances(scores), strict=True):
                found[number] = Labelled(self._path(rows, chances), chances)
        return found

    def _path(self, scores: _Scores, chances: Chances) -> list[int]:
        """The likeliest sequence of labels.

        Where a label is all but certain it is on the way; only between such words are ways compared
        (Viterbi), one word in twelve. On 296 articles the whole comparison gave just the same names.
        """
        path: list[int] = chances.argmax(axis=1).tolist()
        sure: list[bool] = (chances.max(axis=1) >= _SURE).tolist()
        for is_sure, run in groupby(range(len(path)), key=sure.__getitem__):
            if is_sure:
                continue
            places = list(run)
            start, stop = places[0], places[-1] + 1
            best = scores[start].astype(np.float64)
            if start:
                best += self._follow_log[path[start - 1]]
            came = []
            for at in range(start + 1, stop):
                ways = best[:, None] + self._follow_log
                came.append(ways.argmax(axis=0))
                best = ways.max(axis=0) + scores[at]
            if stop < len(path):
                best += self._follow_log[:, path[stop]]
            path[stop - 1] = int(best.argmax())
            for at in range(stop - 1, start, -1):
                path[at - 1] = int(came[at - start - 1][path[at]])
        return path

    def _scores(self, sentences: Sequence[Signs]) -> list[_Scores]:
        """What is told to each word, summed up for each label."""
        sizes = [signs.places for signs in sentences]
        # Places before and behind stand between sentences, so that none is told of another's words.
        heard = np.full((sum(sizes), len(self.labels)), self._always, dtype=np.float32)
        self._words.tell([signs.columns[WORD] for signs in sentences], heard)
        for column in self._columns:
            column.tell([signs.columns[column.name] for signs in sentences], heard)
        self._marks.tell([signs.marks for signs in sentences], heard)
        found, at = [], 0
        for size in sizes:
            found.append(heard[at + REACH : at + size - REACH])
            at += size
        return found

    def _chances(self, scores: Sequence[_Scores]) -> list[Chances]:
        """Forward and backward over all sentences at once, the longest first."""
        sizes = np.array([len(rows) for rows in scores])
        longest = int(sizes[0])
        told = np.zeros((longest, len(scores), len(self.labels)))
        for i, rows in enumerate(scores):
            told[: len(rows), i] = rows
        told -= told.max(axis=2, keepdims=True)
        np.exp(told, out=told)
        running = [int((sizes > at).sum()) for at in range(longest)]
        before, behind = told.copy(), np.ones_like(told)
        # Left alone, products of many steps would leave the range of numbers.
        for at in range(1, longest):
            step = before[at, : running[at]]
            step *= before[at - 1, : running[at]] @ self._follow
            if at % _STEPS == 0:
                step /= step.sum(axis=1, keepdims=True)
        for at in range(longest - 2, -1, -1):
            n = running[at + 1]
            step = behind[at, :n]
            np.matmul(told[at + 1, :n] * behind[at + 1, :n], self._follow.T, out=step)
            if at % _STEPS == 0:
                step /= step.sum(axis=1, keepdims=True)
        before *= behind
        before /= before.sum(axis=2, keepdims=True)
        return [before[:size, i] for i, size in enumerate(sizes)]


class _Column:
    """A column: the values that a model knows, and what each says to the words around it."""

    def __init__(self, name: str, prefixes: Mapping[str, int], table: Table, number: Mapping[str, int]):
        self.name = name
        self._distances = tuple(prefixes.values())
        slots = {prefix: slot for slot, prefix in enumerate(prefixes)}
        self._number: dict[str, int] = {}
        places: list[tuple[int, int]] = []
        for feature in table:
            prefix, equals, value = feature.partition("=")
            row = self._number.setdefault(value, len(self._number) + 1)
            places.append((slots[prefix + equals], row))
        # The first row is that of values which say nothing.
        self._rows = np.zeros((len(slots), len(self._number) + 1, len(number)), dtype=np.float32)
        if places:
            slot_of, row_of = zip(*places, strict=True)
            self._rows[slot_of, row_of] = dense(table, number)[1:]

    def tell(self, values: Sequence[Sequence[str]], heard: _Scores) -> None:
        """Add what the values at all places say to what is heard there and around."""
        for distance, said in self.say(chain.from_iterable(values)):
            _pass_on(said, distance, heard)

    def say(self, values: Iterable[str]) -> Iterator[tuple[int, _Scores]]:
        """What each of some values says, for each distance that it is heard at."""
        get = self._number.get
        rows = np.fromiter(map(get, values, repeat(0)), dtype=np.intp)
        for distance, said in zip(self._distances, self._rows, strict=True):
            yield distance, said[rows]


def _pass_on(said: _Scores, distance: int, heard: _Scores) -> None:
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
        self._rows = np.zeros((_FIRST_ROWS, 2 * REACH + 1, self._labels), dtype=np.float32)

    def say(self, names: Sequence[str]) -> _Scores:
        """What each of some things says, from ``REACH`` places before it to as many behind."""
        if len(self._number) > _MOST_KEPT:
            self._forget()
        first, new = len(self._number), sorted({*names} - self._number.keys())
        if new:
            while first + len(new) > len(self._rows):
                self._rows = np.concatenate([self._rows, np.zeros_like(self._rows)])
            said = self._rows[first : first + len(new)]
            said[:] = 0
            self._learn(new, said)
            self._number.update(zip(new, range(first, first + len(new)), strict=True))
        return self._rows[list(map(self._number.__getitem__, names))]

    @abstractmethod
    def _learn(self, names: Sequence[str], said: _Scores) -> None:
        """Add what things that are new say, a row for each."""


class _Words(_Met):
    """Words, by themselves and by their faces."""

    def __init__(self, columns: Sequence[_Column], face: Face, labels: int):
        super().__init__(labels)
        self._columns, self._face = columns, face

    def tell(self, words: Sequence[Sequence[str]], heard: _Scores) -> None:
        """Add what all words say to what is heard where they stand and around."""
        said = self.say(list(chain.from_iterable(words)))
        for distance in range(-REACH, REACH + 1):
            _pass_on(said[:, distance + REACH], distance, heard)

    def _learn(self, names: Sequence[str], said: _Scores) -> None:
        faces = [self._face(word) for word in names]
        for column in self._columns:
            for distance, rows in column.say([shown[column.name] for shown in faces]):
                said[:, distance + REACH] += rows


class _Marks(_Met):
    """Marks, of which a place may have several or none."""

    def __init__(self, table: Table, spell: Callable[[str], Spelling], number: Mapping[str, int]):
        super().__init__(len(number))
        self._table, self._spell, self._label = table, spell, number

    def tell(self, marks: Sequence[Sequence[Sequence[str]]], heard: _Scores) -> None:
        """Add what the marks at all places say to what is heard there and around."""
        told = list(chain.from_iterable(marks))
        counts = np.fromiter(map(len, told), dtype=np.intp, count=len(told))
        at = np.flatnonzero(counts)
        if len(at):
            starts = np.cumsum(counts[at]) - counts[at]
            said = np.add.reduceat(self.say(list(chain.from_iterable(told))), starts, axis=0)
            for distance in range(-REACH, REACH + 1):
                heard[at + distance] += said[:, distance + REACH]

    def _learn(self, names: Sequence[str], said: _Scores) -> None:
        for row, name in zip(said, names, strict=True):
            for distance, feature in self._spell(name).items():
                for label, weight in self._table.get(feature, {}).items():
                    row[distance + REACH, self._label[label]] = weight


def _batches(sizes: Sequence[int]) -> Iterator[list[int]]:
    """Numbers of sentences to be worked on together, the longest first; those without words are left out."""
    batch: list[int] = []
    for number in sorted((i for i, size in enumerate(sizes) if size), key=lambda i: (-sizes[i], i)):
        if batch and sizes[batch[0]] * (len(batch) + 1) > _MOST_PLACES:
            yield batch
            batch = []
        batch.append(number)
    if batch:
        yield batch


def load_chain(
    path: Path, templates: Templates, spell: Callable[[str], Spelling], face: Face
) -> Chain | None:
    """Read a trained chain, ``None`` where there is none."""
    return Chain(read_table(path), templates, spell, face) if path.is_file() else None
