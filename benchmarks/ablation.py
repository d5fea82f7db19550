"""What each part of extraction brings: rules, models, gazetteer, alone and together.

``python benchmarks/ablation.py`` trains the models of each variant on every third article outside of
one fold of the corpus, scores that fold, and prints a Markdown table of F1. It takes some minutes a row.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from tempfile import TemporaryDirectory

from kg.corpus import Annotated, load_folder
from kg.evaluate import Report
from kg.evaluate.folds import fold_of, score_corpus
from kg.extract.models import Models, load_models
from kg.extract.reading import Knowhow, common_knowhow
from kg.train import train_all

CORPUS = Path(__file__).resolve().parent.parent / "seeds" / "corpus"
FOLDS, FOLD, EVERY = 5, 0, 3
NAMES = ("entities core", "entities all", "relations core", "relations all", "observations")


def main() -> None:
    """Print a row for each variant, as soon as it is done."""
    print(f"| | {' | '.join(NAMES)} |")
    print("| --- |" + " ---: |" * len(NAMES))
    full = common_knowhow()
    bare = replace(full, lexicon=replace(full.lexicon, entries={}))
    articles = load_folder(CORPUS, full.schema)
    for title, knowhow, learned in (
        ("rules only", full, False),
        ("rules only, no gazetteer", bare, False),
        ("models only", replace(full, rules=False), True),
        ("models only, no gazetteer", replace(bare, rules=False), True),
        ("both, no gazetteer", bare, True),
        ("both", full, True),
    ):
        print(row(title, score(articles, knowhow, learned)), flush=True)


def score(articles: Sequence[Annotated], knowhow: Knowhow, learned: bool) -> Report:
    """Score one variant on the fold."""
    unseen = [a for a in articles if fold_of(a, FOLDS) == FOLD]
    with TemporaryDirectory() as folder:
        models = Models()
        if learned:
            seen = [a for a in articles if fold_of(a, FOLDS) != FOLD]
            train_all(seen[::EVERY], knowhow, Path(folder))
            models = load_models(Path(folder))
        return score_corpus(unseen, knowhow, models)


def row(title: str, report: Report) -> str:
    """One row of the table."""
    return f"| {title} | {' | '.join(f'{report.scores[name].f1:.3f}' for name in NAMES)} |"


if __name__ == "__main__":
    main()
