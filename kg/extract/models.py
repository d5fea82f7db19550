"""The trained models that extraction asks. Each may be missing; the rules stand alone then."""

from __future__ import annotations

import json
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import pycrfsuite

from kg.resources import package_dir
from kg.schema import Schema

MENTIONS = "mentions.crfsuite"
CLAIMS = "claims.crfsuite"
FIGURES = "figures.crfsuite"
VOCABULARY = "vocabulary.json"


@dataclass(frozen=True, slots=True)
class Models:
    """Open models by what they decide."""

    mentions: pycrfsuite.Tagger | None = None
    claims: pycrfsuite.Tagger | None = None
    figures: pycrfsuite.Tagger | None = None
    vocabulary: frozenset[str] | None = None
    """Cue words of the ontology at the time of training; a word added since then is the rules' to judge."""

    def knows(self, word: str) -> bool:
        """Tell whether the models have learned what to make of a cue word."""
        return not word or self.vocabulary is None or word in self.vocabulary


@cache
def load_models(folder: Path | None = None) -> Models:
    """Open the models of a folder; without one, those of the package."""
    root = folder or package_dir("models")
    words = root / VOCABULARY
    known = frozenset(json.loads(words.read_text(encoding="utf-8"))) if words.is_file() else None
    return Models(open_model(root / MENTIONS), open_model(root / CLAIMS), open_model(root / FIGURES), known)


def vocabulary(schema: Schema) -> list[str]:
    """Every cue word of an ontology, sorted."""
    words = {w for info in schema.classes.values() for w in (*info.endings, *info.class_words)}
    for info in schema.relations.values():
        words |= {*info.verbs, *info.inverse_verbs, *info.passives, *info.titles}
    return sorted(words)


def open_model(path: Path) -> pycrfsuite.Tagger | None:
    """Open one model file, ``None`` where there is none."""
    if not path.is_file():
        return None
    tagger = pycrfsuite.Tagger()
    tagger.open(str(path))
    return tagger
