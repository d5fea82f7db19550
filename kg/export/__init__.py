"""Write the graph in the formats that other tools read: one module and one line here for each."""

from __future__ import annotations

import sys
from dataclasses import dataclass
from functools import partial
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO, Protocol

if TYPE_CHECKING:  # the table is read for `--help`, which needs no store
    from pyoxigraph import Store


class Writer(Protocol):
    """What an export module offers as ``write``."""

    def __call__(self, store: Store, file: BinaryIO) -> None:
        """Write the store's graph to a binary file, the same bytes for the same graph."""


@dataclass(frozen=True, slots=True)
class Exporter:
    """A format: the suffix of its files and what it is for; its module is imported when it writes."""

    name: str
    module: str
    suffix: str
    label_zh: str
    label_en: str

    @property
    def write(self) -> Writer:
        """The module's ``write`` function."""
        writer: Writer = import_module(f"kg.export.{self.module}").write
        return writer


_ALL = (
    Exporter("turtle", "turtle", "ttl", "图谱层，Turtle", "the graph layer, as Turtle"),
    Exporter("ntriples", "ntriples", "nt", "图谱层，每行一条三元组", "the graph layer, one triple a line"),
    Exporter("jsonld", "jsonld", "jsonld", "图谱层，JSON-LD", "the graph layer, as JSON-LD"),
    Exporter("nquads", "nquads", "nq", "全部三层，每行一条", "all three layers, one quad a line"),
    Exporter("trig", "trig", "trig", "全部三层，TriG", "all three layers, as TriG"),
    Exporter("graphml", "graphml", "graphml", "供 yEd、Gephi、Cytoscape 打开", "for yEd, Gephi, Cytoscape"),
    Exporter("gexf", "gexf", "gexf", "供 Gephi 打开，带颜色", "for Gephi, with colours"),
    Exporter("cytoscape", "cytoscape", "cyjs", "供 Cytoscape 打开的 JSON", "JSON for Cytoscape"),
    Exporter("csv", "csv_relations", "csv", "关系表，附原文，供 Excel 打开", "relations with quotes"),
    Exporter("csv-entities", "csv_entities", "entities.csv", "实体表，供 Excel 打开", "entities, for Excel"),
    Exporter("csv-figures", "csv_figures", "figures.csv", "数据表，附原文", "figures with quotes, for Excel"),
    Exporter("html", "html", "html", "交互式图谱，单个网页文件", "the interactive graph, one web page"),
)

EXPORTERS: dict[str, Exporter] = {exporter.name: exporter for exporter in _ALL}
"""Every export format by name; the command line's choices and help come from here."""


def export_build(out: Path, format: str, file: str | None) -> Path | None:
    """Export a build to a file, by default ``out/graph.<suffix>``; to stdout where ``file`` is ``-``.

    Returns the path written, ``None`` for stdout.

    Raises:
        NotFound: there is no build in that folder.
        OutputError: the file cannot be written.
    """
    from kg.output import write_file
    from kg.store import open_build

    exporter = EXPORTERS[format]
    store = open_build(out)
    if file == "-":
        exporter.write(store, sys.stdout.buffer)
        return None
    path = Path(file) if file else out / f"graph.{exporter.suffix}"
    write_file(path, partial(exporter.write, store))
    return path
