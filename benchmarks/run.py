"""Measure what the product promises: speed beside jieba's tagger, and scores on articles never trained on.

``python benchmarks/run.py`` prints both; ``speed.py`` the first. The held-out set is for reporting only.
"""

from __future__ import annotations

from pathlib import Path

import speed

from kg import assess
from kg.schema import load_schema

HERE = Path(__file__).resolve().parent
SEEDS = HERE.parent / "seeds" / "pages"
NAMES = ("entities core", "entities all", "relations core", "relations all", "observations")


def main() -> None:
    speed.main()
    for name, pages, gold in (
        ("seeds (development) 种子页", SEEDS, SEEDS.parent / "gold"),
        ("held out (report) 留出集", HERE / "heldout" / "pages", HERE / "heldout" / "gold"),
    ):
        scores(name, pages, gold)


def scores(name: str, pages: Path, gold: Path) -> None:
    """Print precision, recall and F1 as the annotation contract scores them."""
    load_schema()
    report = assess.assess([pages], gold).report
    print(f"\n{name}: {report.articles} articles")
    for what in NAMES:
        score = report.scores[what]
        print(f"  {what:16} P {score.precision:.3f}  R {score.recall:.3f}  F1 {score.f1:.3f}")


if __name__ == "__main__":
    main()
