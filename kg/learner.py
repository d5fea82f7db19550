"""Learn tables of weights. The one module that asks CRFsuite; what it learned is read without it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import pycrfsuite

from kg.extract.chain import NEXT
from kg.extract.table import save_table

# CRFsuite prints one feature a line, so a line break inside a feature is written as its picture.
_BREAK, _PICTURE = "\n", "\u2424"
_BETWEEN = "|"
_YES, _NO = "1", "0"

Decision = tuple[str, Sequence[str], bool]
"""What is to be decided (``""`` where there is one kind only), the features, and the answer."""


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
