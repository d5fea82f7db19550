"""A trained linear-chain CRF, asked for how likely each label of each word is.

CRFsuite learns the weights; they are kept as a table (``kg.extract.table``) and asked here in numpy:
``kg.extract.telling`` sums up what is told to each word, and forward and backward run over all sentences
at once. CRFsuite is told each word all of its features one by one, which takes three times as long.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import groupby, pairwise
from pathlib import Path
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from kg.extract.table import Table, read_table
from kg.extract.telling import REACH, Scheme, Scores, Signs, Telling

Chances = npt.NDArray[np.float64]
"""Probabilities: a row for each word, a column for each label."""

NEXT = "next "
"""In a table, ``next <label>`` is the feature of what stands behind that label."""

_STEPS = 8
_SURE = 0.9
# Sentences are worked on together up to so many places, the longest counted for each.
_MOST_PLACES = 1 << 13


class Labelled(NamedTuple):
    """The words of a sentence: the number of each one's label in the likeliest sequence, and all chances."""

    path: list[int]
    chances: Chances


class Chain:
    """Weights of features and of neighbouring labels, and what is likely given them."""

    def __init__(self, table: Table, scheme: Scheme):
        """``table`` has the weight of each feature for each label."""
        self.labels = sorted({label for row in table.values() for label in row})
        self.number = {label: i for i, label in enumerate(self.labels)}
        follow = [table.get(NEXT + label, {}) for label in self.labels]
        self._follow_log = np.array([[row.get(label, 0.0) for label in self.labels] for row in follow])
        self._follow = np.exp(self._follow_log)
        self._telling = Telling(table, scheme, self.number)

    def label(self, sentences: Sequence[Signs]) -> list[Labelled]:
        """Label the words of each sentence."""
        found = [Labelled([], np.zeros((0, len(self.labels))))] * len(sentences)
        for numbers in _batches([signs.places - 2 * REACH for signs in sentences]):
            scores = self._telling.scores([sentences[i] for i in numbers])
            chances = self._chances(scores)
            likeliest: list[int] = chances.argmax(axis=1).tolist()
            unsure = chances.max(axis=1) < _SURE
            start = 0
            for number, own in zip(numbers, scores, strict=True):
                here = slice(start, start + len(own))
                path = self._path(likeliest[here], np.flatnonzero(unsure[here]).tolist(), own)
                found[number] = Labelled(path, chances[here])
                start = here.stop
        return found

    def _path(self, path: list[int], unsure: list[int], scores: Scores) -> list[int]:
        """The likeliest sequence of labels, given the likeliest label of each word.

        Where a label is all but certain it is on the way; only between such words are ways compared
        (Viterbi), one word in twelve. On 296 articles the whole comparison gave just the same names.
        """
        for _, run in groupby(enumerate(unsure), key=lambda place: place[1] - place[0]):
            places = [place for _, place in run]
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

    def _chances(self, scores: Sequence[Scores]) -> Chances:
        """The chances of all words, by forward and backward over all sentences at once, the longest first.

        The first words of all sentences are laid side by side, then the second ones of those that have
        two …, so that each step is one product of what stands together.
        """
        sizes = np.array([len(rows) for rows in scores])
        running = np.searchsorted(-sizes, -np.arange(sizes[0]))
        first = np.cumsum(running) - running
        sentence = np.repeat(np.arange(len(sizes)), sizes)
        within = np.arange(len(sentence)) - np.repeat(np.cumsum(sizes) - sizes, sizes)
        place = first[within] + sentence
        told = np.empty((len(place), len(self.labels)))
        told[place] = np.concatenate(scores)
        told -= told.max(axis=1, keepdims=True)
        np.exp(told, out=told)
        before, behind = told.copy(), np.ones_like(told)
        edges = list(zip(first.tolist(), running.tolist(), strict=True))
        # Left alone, products of many steps would leave the range of numbers.
        for at, ((last, _), (here, n)) in enumerate(pairwise(edges), start=1):
            step = before[here : here + n]
            step *= before[last : last + n] @ self._follow
            if at % _STEPS == 0:
                step /= step.sum(axis=1, keepdims=True)
        for at in range(len(edges) - 2, -1, -1):
            here, (then, n) = edges[at][0], edges[at + 1]
            step, ahead = behind[here : here + n], slice(then, then + n)
            np.matmul(told[ahead] * behind[ahead], self._follow.T, out=step)
            if at % _STEPS == 0:
                step /= step.sum(axis=1, keepdims=True)
        before *= behind
        before /= before.sum(axis=1, keepdims=True)
        found: Chances = before[place]
        return found


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


def load_chain(path: Path, scheme: Scheme) -> Chain | None:
    """Read a trained chain, ``None`` where there is none."""
    return Chain(read_table(path), scheme) if path.is_file() else None
