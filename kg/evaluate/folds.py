"""Cross-validation: every article of a corpus scored by models that never saw it."""

from __future__ import annotations

import zlib
from collections.abc import Iterator, Sequence
from pathlib import Path
from tempfile import TemporaryDirectory

from kg import parallel
from kg.corpus import Annotated, as_article, as_gold, load_folder
from kg.errors import InputError
from kg.evaluate.gold import Gold
from kg.evaluate.score import Report, evaluate
from kg.extract import extract
from kg.extract.models import Models, load_models
from kg.extract.reading import Knowhow, common_knowhow
from kg.model import Record
from kg.resolve import resolve
from kg.train import train_all
from kg.trust import trusted


def fold_of(article: Annotated, folds: int) -> int:
    """Which fold an article is in: by its id alone, so that further articles move none."""
    return zlib.crc32(article.id.encode()) % folds


def cross_validate(
    corpus: Path,
    folds: int,
    *,
    only: Sequence[int] | None = None,
    knowhow: Knowhow | None = None,
    learned: bool = True,
    progress: parallel.Progress | None = None,
) -> Report:
    """Train on all folds but one, score that one, for each fold in turn (or those of ``only``).

    Without ``learned`` the rules alone are scored and nothing is trained.

    Raises:
        InputError: the folder holds no corpus files, or fewer articles than folds.
        CorpusError: an annotation breaks the contract.
    """
    knowhow = knowhow or common_knowhow()
    articles = load_folder(corpus, knowhow.schema)
    if len(articles) < folds:
        raise InputError(
            f"{corpus}：语料文件少于折数 holds {len(articles)} corpus files (*.txt), fewer than {folds} folds"
        )
    report = Report()
    chosen = range(folds) if only is None else only
    for done, fold in enumerate(chosen, start=1):
        report.add(_score_fold(articles, fold, folds, knowhow, learned))
        if progress:
            progress(done, len(chosen), f"{fold + 1}/{folds}")
    return report


def _score_fold(
    articles: Sequence[Annotated], fold: int, folds: int, knowhow: Knowhow, learned: bool
) -> Report:
    unseen = [a for a in articles if fold_of(a, folds) == fold]
    with TemporaryDirectory() as folder:
        models = Models()
        if learned:
            train_all([a for a in articles if fold_of(a, folds) != fold], knowhow, Path(folder))
            models = load_models(Path(folder))
        return score_corpus(unseen, knowhow, models)


def score_corpus(articles: Sequence[Annotated], knowhow: Knowhow, models: Models) -> Report:
    """Score what extraction finds in annotated articles, each by itself."""
    report = Report()
    for article, record in zip(articles, _records(articles, knowhow, models), strict=True):
        data = as_gold(article)
        gold = Gold(article.id, f"{article.id}.txt", 1, data)
        report.add(evaluate(trusted(resolve([record])), [gold], knowhow.schema))
    return report


def _records(articles: Sequence[Annotated], knowhow: Knowhow, models: Models) -> Iterator[Record]:
    for article in articles:
        record = parallel.attempt(lambda a: extract(as_article(a), knowhow, models), article)
        if isinstance(record, parallel.Crash):
            raise InputError(f"{article.id}: 无法抽取 could not be extracted: {record.reason}")
        yield record
