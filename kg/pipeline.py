"""The whole story on one screen: pages in, graph out.

```
file ─read─▶ Document ─repair─▶ Article… ─extract─▶ Record… ─resolve─▶ Knowledge ─write─▶ out/
```

A page or an article that fails is reported and skipped. The result is a function of the pages and
the version alone: neither the order of the files nor the number of processes changes a byte of it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from typing import Any

from kg import manifest, output, parallel, store
from kg.errors import InputError
from kg.explore import earlier_places
from kg.explore.places import Point
from kg.export import html
from kg.extract import extract_by
from kg.extract.models import load_models
from kg.ingest import distinct, find_inputs, read_document
from kg.lexicon import lexicon_of, load_lexicon
from kg.mistakes import require
from kg.model import Article, Document, Knowledge, Record
from kg.repair import repair
from kg.resolve import resolve
from kg.schema import BUILT, Schema, load_schema, shipped_schema, speaking
from kg.trust import trusted


@dataclass(slots=True)
class BuildReport:
    """What a build found, and what it skipped and why.

    ``out`` is ``None`` where there was nothing to write; then nothing was replaced.
    """

    out: Path | None = None
    documents: int = 0
    counts: dict[str, Any] = field(default_factory=dict)
    failures: list[str] = field(default_factory=list)
    repeated: list[str] = field(default_factory=list)
    """Files whose bytes another one has: counted once."""


def build(
    paths: Iterable[Path | str],
    out: Path,
    *,
    progress: parallel.Progress | None = None,
    workers: int | None = None,
    least: float | None = None,
    models: Path | None = None,
    ontology: Path | None = None,
) -> BuildReport:
    """Build the graph of some pages into the folder ``out``, which is replaced as a whole or not at all.

    Facts and figures less sure than ``least`` are left out; ``kg.trust`` has the defaults.
    ``models`` is a folder that ``kg train --models`` wrote; without it those of the package read.
    With an ``ontology`` of one's own the models read where it has all of the shipped one, else the rules
    alone; the build keeps a copy of it.

    Raises:
        OutputError: ``out`` cannot be written or holds things that are not ours.
        OntologyError: the ontology or a gazetteer has a mistake.
    """
    output.check(out)
    report = BuildReport()
    records = gather(paths, report, progress=progress, workers=workers, models=models, ontology=ontology)
    if not records:
        return report
    schema = load_schema(ontology) if ontology else shipped_schema()
    knowledge = trusted(resolve(records, schema, lexicon_of(schema)), least)
    report.counts = manifest.count(knowledge)
    with output.replacing(out) as folder, speaking(ontology):
        _write(knowledge, folder, schema, earlier_places(out / "graph.html"), models)
        if ontology is not None:
            (folder / BUILT).write_bytes(ontology.read_bytes())
    report.out = out
    return report


@parallel.uncollected()
def gather(
    paths: Iterable[Path | str],
    report: BuildReport,
    *,
    progress: parallel.Progress | None = None,
    workers: int | None = None,
    models: Path | None = None,
    ontology: Path | None = None,
) -> list[Record]:
    """Read pages and give the record of every article; what fails is noted in the report.

    Raises:
        InputError: ``models`` is a folder without models, or given with an ``ontology``.
        OntologyError: the ontology or a gazetteer has a mistake.
    """
    if models is not None:
        _check_models(models, ontology)
    # A mistake in the ontology is one error, not one for each article.
    load_lexicon()
    if ontology is not None:
        require(ontology)
    documents = _read(paths, report)
    return _extract(partial(extract_by, ontology, models), documents, report, progress, workers)


def _check_models(models: Path, ontology: Path | None) -> None:
    if ontology is not None:
        raise InputError(
            "--models 与 --ontology 不能同时给出 give one of them: models know the shipped ontology alone"
        )
    if load_models(models).mentions is None:
        raise InputError(f"{models}: 没有模型 holds no models; first: kg train CORPUS --models {models}")


def _read(paths: Iterable[Path | str], report: BuildReport) -> list[Document]:
    """Read what can be read; the same bytes under two names count once."""
    documents = []
    for path, source in find_inputs(paths, lambda error: report.failures.append(str(error))):
        try:
            documents.append(read_document(path, source))
        except InputError as error:
            report.failures.append(str(error))
    kept = distinct(documents)
    report.documents = len(kept)
    report.repeated = [d.source for d in documents if d not in kept]
    return kept


def _repair(documents: list[Document], report: BuildReport) -> Iterator[Article]:
    for document in documents:
        found = parallel.attempt(repair, document)
        if isinstance(found, parallel.Crash):
            reason = f"无法整理，已跳过 could not be repaired, skipped: {found.reason}"
            report.failures.append(f"{document.source}: {reason}")
        elif not found:
            reason = "没有找到文章，请检查文件 no article found in it; check the file"
            report.failures.append(f"{document.source}: {reason}")
        else:
            yield from found


def _extract(
    extract: Callable[[Article], parallel.Steps[Record]],
    documents: list[Document],
    report: BuildReport,
    progress: parallel.Progress | None,
    workers: int | None,
) -> list[Record]:
    """The records of all articles; the first are read while the last are still repaired."""
    articles: list[Article] = []
    records: list[Record] = []
    failures: list[str] = []

    def repaired() -> Iterator[Article]:
        for article in _repair(documents, report):
            articles.append(article)
            yield article

    whole = sum(len(document.text) for document in documents)
    results = parallel.each(extract, repaired(), workers, _characters, whole)
    for done, result in enumerate(results, start=1):
        name = articles[done - 1].id
        if isinstance(result, parallel.Crash):
            failures.append(f"{name}: 无法抽取，已跳过 could not be extracted, skipped: {result.reason}")
        else:
            records.append(result)
        if progress is not None:
            progress(done, max(len(articles), len(documents)), name)
    report.failures += failures
    return records


def _characters(article: Article) -> int:
    return len(article.text)


def _write(
    knowledge: Knowledge, folder: Path, schema: Schema, earlier: dict[str, Point], models: Path | None
) -> None:
    """Write a build; the page keeps the places of an ``earlier`` map."""
    graph = store.write(knowledge, schema, folder)
    with (folder / "graph.html").open("wb") as file:
        html.write(graph, file, earlier=earlier)
    output.write_manifest(folder, manifest.describe(knowledge, schema, models))
