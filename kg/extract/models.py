"""The trained models that extraction asks. Each may be missing; the rules stand alone then."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path

from kg.extract.calibration import Calibration, load_calibration
from kg.extract.chain import Chain, load_chain
from kg.extract.features import SCHEME
from kg.extract.weights import Weights, load_weights
from kg.resources import package_dir
from kg.schema import Schema, shipped_schema

MENTIONS = "mentions.json"
PAIRS = "pairs.json"
CLAIMS = "claims.json"
FIGURES = "figures.json"
VOCABULARY = "vocabulary.json"
CALIBRATION = "calibration.json"
LEARNED = "learned.json"
"""Digests of what each model was learned from, by its file: see ``kg.train.learned_from``."""


_UNBENT = Calibration()


@dataclass(frozen=True, slots=True)
class Models:
    """Open models by what they decide."""

    mentions: Chain | None = None
    pairs: Weights | None = None
    claims: Weights | None = None
    figures: Weights | None = None
    vocabulary: frozenset[str] | None = None
    """Cue words of the ontology at the time of training; a word added since then is the rules' to judge."""

    calibration: Mapping[str, Calibration] = field(default_factory=dict)

    def confidence(self, what: str, probability: float) -> float:
        """What a probability of the claims' or the figures' model is worth."""
        return self.calibration.get(what, _UNBENT)(probability)

    def needed(self, what: str, confidence: float) -> float:
        """The probability that a model must give for a confidence to be reached."""
        return self.calibration.get(what, _UNBENT).needed(confidence)

    def knows(self, word: str) -> bool:
        """Tell whether the models have learned what to make of a cue word, a class or a relation."""
        return not word or self.vocabulary is None or word in self.vocabulary


@cache
def load_models(folder: Path | None = None) -> Models:
    """Open the models of a folder; without one, those of the package."""
    root = folder or package_dir("models")
    words = root / VOCABULARY
    known = frozenset(json.loads(words.read_text(encoding="utf-8"))) if words.is_file() else None
    return Models(
        load_chain(root / MENTIONS, SCHEME),
        load_weights(root / PAIRS),
        load_weights(root / CLAIMS),
        load_weights(root / FIGURES),
        known,
        load_calibration(root / CALIBRATION),
    )


def can_read(schema: Schema) -> bool:
    """Tell whether the trained models can read for an ontology: that of the package, or that and more."""
    return schema.extends(shipped_schema())


def vocabulary(schema: Schema) -> list[str]:
    """Every class, relation and cue word of an ontology, sorted."""
    words = {*schema.classes, *schema.relations}
    words |= {w for info in schema.classes.values() for w in (*info.endings, *info.class_words)}
    for info in schema.relations.values():
        words |= {*info.verbs, *info.inverse_verbs, *info.passives, *info.titles}
    return sorted(words)
