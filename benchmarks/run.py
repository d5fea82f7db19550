"""Measure what the product promises: speed beside jieba's tagger, and scores on articles never trained on.

``python benchmarks/run.py`` prints both. The held-out set is for reporting only.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from pathlib import Path

from kg import assess
from kg.extract import extract
from kg.ingest import read_document
from kg.repair import repair
from kg.schema import load_schema

HERE = Path(__file__).resolve().parent
SEEDS = HERE.parent / "seeds" / "pages"
NAMES = ("entities core", "entities all", "relations core", "relations all", "observations")


def main() -> None:
    speed()
    for name, pages, gold in (
        ("seeds (development) 种子页", SEEDS, SEEDS.parent / "gold"),
        ("held out (report) 留出集", HERE / "heldout" / "pages", HERE / "heldout" / "gold"),
    ):
        scores(name, pages, gold)


def speed() -> None:
    """Time start-up, and extraction beside ``jieba.posseg`` on the same text, the best of three runs each."""
    started = time.perf_counter()
    pages = [read_document(path) for path in sorted(SEEDS.glob("*.txt"))]
    articles = [article for page in pages for article in repair(page)]
    extract(articles[0])
    print(f"first article, everything loaded: {time.perf_counter() - started:.2f} s")
    text = "".join(article.text for article in articles)
    ours = best(lambda: [extract(article) for article in articles])
    theirs = best(lambda: tag(text))
    print(f"{len(text)} characters: extraction {ours:.2f} s, jieba.posseg {theirs:.2f} s")
    print(f"ratio {ours / theirs:.2f}")


def tag(text: str) -> int:
    """Cut and tag with jieba's own tagger."""
    import jieba.posseg

    return sum(1 for _ in jieba.posseg.cut(text))


def best(work: Callable[[], object], rounds: int = 3) -> float:
    """Seconds of the quickest of some runs."""
    work()
    times = []
    for _ in range(rounds):
        started = time.perf_counter()
        work()
        times.append(time.perf_counter() - started)
    return min(times)


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
