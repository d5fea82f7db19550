"""Learn tables of weights: sequences and decisions by CRFsuite, choices by scipy.

The one module that asks either; what they learned is read without them.
"""

from __future__ import annotations

from array import array
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import numpy as np
import numpy.typing as npt
import pycrfsuite
from scipy.optimize import minimize
from scipy.sparse import csr_array

from kg.extract.chain import NEXT
from kg.extract.table import save_table

# CRFsuite prints one feature a line, so a line break inside a feature is written as its picture.
_BREAK, _PICTURE = "\n", "\u2424"
_BETWEEN = "|"
_YES, _NO = "1", "0"
# Weights this small are those that L1 would have made 0 with more rounds.
_NOTHING = 1e-3

Decision = tuple[str, Sequence[str], bool]
"""What is to be decided (``""`` where there is one kind only), the features, and the answer."""

Choice = tuple[Sequence[str], Sequence[tuple[Sequence[str], bool]]]
"""The features that all options share, and each option's own with the answer; none may be right."""

Tagged = tuple[Sequence[Sequence[str]], Sequence[str]]
"""The features of each word of a sentence, and its label."""


def learn_chain(sentences: Iterable[Tagged], model: Path, rounds: int) -> None:
    """Learn a sequence model of the features and labels of words, for ``kg.extract.chain``."""
    rows = (([list(map(_unbroken, word)) for word in words], labels) for words, labels in sentences)
    info = _learned(rows, rounds, c1=0.5, c2=0.2)
    told = [(_broken(feature), label, weight) for (feature, label), weight in info.state_features.items()]
    told += [(NEXT + one, other, weight) for (one, other), weight in info.transitions.items()]
    save_table(told, model)


def learn_decisions(decisions: Iterable[Decision], model: Path, rounds: int = 70) -> None:
    """Learn a model of yes-or-no decisions, for ``kg.extract.weights``.

    Strongly regularised: what two annotators would decide differently is not to be learned by heart.
    """
    rows = (
        ([[_unbroken(f"{kind}{_BETWEEN}{feature}") for feature in features]], [_YES if right else _NO])
        for kind, features, right in decisions
    )
    told = []
    for (attribute, answer), weight in _learned(rows, rounds, c1=1.5, c2=2.0).state_features.items():
        kind, _, feature = attribute.partition(_BETWEEN)
        told.append((_broken(feature), kind, weight if answer == _YES else -weight))
    save_table(told, model)


def learn_choices(choices: Iterable[Choice], kind: str, model: Path, rounds: int = 100) -> None:
    """Learn to choose one of some options or none, for ``kg.extract.weights.choice``.

    A conditional logit (McFadden 1974): an option's chance is its share of all, with none of them
    weighing 0. Of several right ones each is as good. L1 and L2 regularised; scipy's L-BFGS-B takes each
    weight as the difference of two that are never negative.
    """
    rows = _rows(choices)
    lost = _Lost(rows, c1=1.5, c2=1.5)
    start = np.zeros(2 * len(rows.features))
    if len(start):
        limits, bounds = {"maxiter": rounds, "maxfun": 2 * rounds}, [(0, None)] * len(start)
        start = minimize(lost, start, jac=True, method="L-BFGS-B", bounds=bounds, options=limits).x
    weights = lost.weights(start)
    told = zip(rows.features, weights.tolist(), strict=True)
    save_table(((feature, kind, weight) for feature, weight in told if abs(weight) > _NOTHING), model)


@dataclass(frozen=True, slots=True)
class _Rows:
    """Choices as a table: a row for each option, a column for each feature, rows of a choice together."""

    features: list[str]
    table: csr_array
    first: npt.NDArray[np.int64]
    """The first row of each choice."""

    choice: npt.NDArray[np.int64]
    """The number of the choice that each row is an option of."""

    right: npt.NDArray[np.float64]
    """What share of its choice each option should have: 1, or less where several are right."""


def _rows(choices: Iterable[Choice]) -> _Rows:
    """Number the features that more than one option has, in order of their names."""
    number: dict[str, int] = {}
    columns, ends, sizes, answers = array("q"), array("q", [0]), array("q"), array("d")
    for common, options in choices:
        share = 1.0 / (sum(right for _, right in options) or 1)
        for own, right in options:
            columns.extend(number.setdefault(f, len(number)) for f in dict.fromkeys((*common, *own)))
            ends.append(len(columns))
            answers.append(share if right else 0.0)
        if options:
            sizes.append(len(options))
    counts = Counter(columns)
    kept = sorted(feature for feature, at in number.items() if counts[at] > 1)
    place = np.full(len(number), -1)
    place[[number[feature] for feature in kept]] = range(len(kept))
    at = place[np.array(columns, dtype=np.int64)]
    filled = np.concatenate(([0], np.cumsum(at >= 0)))[np.array(ends, dtype=np.int64)]
    at = at[at >= 0]
    table = csr_array((np.ones(len(at)), at, filled), shape=(len(answers), len(kept)))
    table.sort_indices()
    each = np.array(sizes, dtype=np.int64)
    first = np.cumsum(each) - each
    return _Rows(kept, table, first, np.repeat(np.arange(len(each)), each), np.array(answers))


class _Lost:
    """What is to be made least: how unlikely the answers are, and how large the weights."""

    def __init__(self, rows: _Rows, *, c1: float, c2: float):
        self.rows, self.turned = rows, rows.table.T.tocsr()
        self.c1, self.c2 = c1, c2

    def weights(self, pair: npt.NDArray[np.float64]) -> npt.NDArray[np.float64]:
        """The weights that two halves stand for: what speaks for, less what speaks against."""
        half = len(pair) // 2
        return pair[:half] - pair[half:]

    def __call__(self, pair: npt.NDArray[np.float64]) -> tuple[float, npt.NDArray[np.float64]]:
        """The loss of two halves of weights, and its slope."""
        rows, weights = self.rows, self.weights(pair)
        sums = rows.table @ weights
        most = np.maximum(np.maximum.reduceat(sums, rows.first), 0.0)
        raised = np.exp(sums - most[rows.choice])
        total = np.add.reduceat(raised, rows.first) + np.exp(-most)
        slope = self.turned @ (raised / total[rows.choice] - rows.right) + 2 * self.c2 * weights
        unlikely = np.sum(most + np.log(total)) - np.sum(rows.right * sums)
        lost = unlikely + self.c1 * np.sum(pair) + self.c2 * np.sum(weights * weights)
        return float(lost), np.concatenate((slope + self.c1, self.c1 - slope))


def _learned(rows: Iterable[Tagged], rounds: int, *, c1: float, c2: float) -> Any:
    """What CRFsuite learns in some rounds, with so much of L1 and L2 regularisation."""
    trainer = pycrfsuite.Trainer(verbose=False)
    trainer.set_params({"c1": c1, "c2": c2, "max_iterations": rounds, "feature.minfreq": 2})
    for features, labels in rows:
        trainer.append(features, labels)
    with TemporaryDirectory() as scratch:
        path = str(Path(scratch) / "learned.crfsuite")
        trainer.train(path)
        tagger = pycrfsuite.Tagger()
        tagger.open(path)
        return tagger.info()


def _unbroken(feature: str) -> str:
    return feature.replace(_BREAK, _PICTURE)


def _broken(feature: str) -> str:
    return feature.replace(_PICTURE, _BREAK)
