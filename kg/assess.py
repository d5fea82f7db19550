"""Score extraction: pages against gold files, or a corpus by cross-validation."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from kg import parallel
from kg.errors import InputError, OutputError
from kg.evaluate import Report, evaluate, load_gold
from kg.evaluate.errors_page import errors_page
from kg.evaluate.folds import cross_validate
from kg.lexicon import lexicon_of
from kg.pipeline import BuildReport, gather
from kg.resolve import resolve
from kg.schema import load_schema
from kg.trust import trusted


@dataclass(frozen=True, slots=True)
class Assessment:
    """The scores, and the inputs that could not be used."""

    report: Report
    failures: list[str]


def assess(
    paths: Sequence[Path | str],
    gold: Path | None,
    folds: int | None = None,
    page: Path | None = None,
    *,
    models: Path | None = None,
    ontology: Path | None = None,
    progress: parallel.Progress | None = None,
) -> Assessment:
    """Score pages against a folder of gold files, or one corpus folder in so many folds.

    ``models`` is a folder that ``kg train --models`` wrote; folds train their own. The graph is not
    written; ``page`` is where the error report goes as HTML. With an ``ontology`` of one's own the
    pages are read and scored by that.

    Raises:
        InputError: neither gold nor folds are given, or they cannot be read.
        OutputError: the error report cannot be written.
    """
    if folds:
        if len(paths) != 1 or gold is not None:
            raise InputError("--folds：给一个语料目录，不给 --gold give one corpus folder, and no --gold")
        found = Assessment(cross_validate(Path(paths[0]), folds, progress=progress), [])
    elif gold is None:
        raise InputError("给出 --gold 或 --folds 之一 give either --gold or --folds")
    else:
        golds, build = load_gold(gold), BuildReport()
        records = gather(paths, build, progress=progress, models=models, ontology=ontology)
        schema = load_schema(ontology)
        knowledge = trusted(resolve(records, schema, lexicon_of(schema)))
        found = Assessment(evaluate(knowledge, golds, schema), build.failures)
    if page is not None:
        _write(errors_page(found.report), page)
    return found


def _write(text: str, page: Path) -> None:
    try:
        page.write_text(text, encoding="utf-8")
    except OSError as error:
        raise OutputError(f"{page}: 无法写入 cannot be written: {error}") from error
