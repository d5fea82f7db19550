"""The trained models that extraction asks. Each may be missing; the rules stand alone then."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from pathlib import Path

import pycrfsuite

from kg.resources import package_dir

MENTIONS = "mentions.crfsuite"
CLAIMS = "claims.crfsuite"
FIGURES = "figures.crfsuite"


@dataclass(frozen=True, slots=True)
class Models:
    """Open models by what they decide."""

    mentions: pycrfsuite.Tagger | None = None
    claims: pycrfsuite.Tagger | None = None
    figures: pycrfsuite.Tagger | None = None


@cache
def load_models(folder: Path | None = None) -> Models:
    """Open the models of a folder; without one, those of the package."""
    root = folder or package_dir("models")
    return Models(open_model(root / MENTIONS), open_model(root / CLAIMS), open_model(root / FIGURES))


def open_model(path: Path) -> pycrfsuite.Tagger | None:
    """Open one model file, ``None`` where there is none."""
    if not path.is_file():
        return None
    tagger = pycrfsuite.Tagger()
    tagger.open(str(path))
    return tagger
