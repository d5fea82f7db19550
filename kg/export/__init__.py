"""Write the graph in the formats that other tools read: one module and one line here for each."""

from __future__ import annotations

import sys
from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO, Protocol

if TYPE_CHECKING:  # the table is read for `--help`, which needs no store
    from pyoxigraph import Store

    from kg.export.selection import Selection


class Writer(Protocol):
    """What an export module offers as ``write``."""

    def __call__(self, store: Store, file: BinaryIO) -> str | None:
        """Write the store's graph to a binary file, the same bytes for the same graph.

        Returns what the reader of the terminal should know, such as how much was left out.
        """


@dataclass(frozen=True, slots=True)
class Exporter:
    """A format: the suffix of its files and what it is for; its module is imported when it writes."""

    name: str
    module: str
    suffix: str
    label_zh: str
    label_en: str
    drawn: bool = False
    """Whether it is a picture; its ``write`` takes ``earlier`` places and the size of the ``whole``."""

    @property
    def write(self) -> Writer:
        """The module's ``write`` function."""
        writer: Writer = import_module(f"kg.export.{self.module}").write
        return writer


_ALL = (
    Exporter("turtle", "turtle", "ttl", "图谱层，Turtle", "the graph layer, as Turtle"),
    Exporter("ntriples", "ntriples", "nt", "图谱层，每行一条三元组", "the graph layer, one triple a line"),
    Exporter("jsonld", "jsonld", "jsonld", "图谱层，JSON-LD", "the graph layer, as JSON-LD"),
    Exporter("nquads", "nquads", "nq", "全部各层，每行一条", "all layers, one quad a line"),
    Exporter("trig", "trig", "trig", "全部各层，TriG", "all layers, as TriG"),
    Exporter("graphml", "graphml", "graphml", "供 yEd、Gephi、Cytoscape 打开", "for yEd, Gephi, Cytoscape"),
    Exporter("gexf", "gexf", "gexf", "供 Gephi 打开，带颜色", "for Gephi, with colours"),
    Exporter("cytoscape", "cytoscape", "cyjs", "供 Cytoscape 打开的 JSON", "JSON for Cytoscape"),
    Exporter("csv", "csv_relations", "csv", "关系表，附原文，供 Excel 打开", "relations with quotes"),
    Exporter("csv-entities", "csv_entities", "entities.csv", "实体表，供 Excel 打开", "entities, for Excel"),
    Exporter("csv-figures", "csv_figures", "figures.csv", "数据表，附原文", "figures with quotes, for Excel"),
    Exporter(
        "html", "html", "html", "图谱浏览器，单个网页，离线可用", "the explorer, one offline page", True
    ),
    Exporter("pyvis", "pyvis", "pyvis.html", "pyvis 网络，单个网页", "a pyvis network, one page", True),
)

EXPORTERS: dict[str, Exporter] = {exporter.name: exporter for exporter in _ALL}
"""Every export format by name; the command line's choices and help come from here."""


def export_build(
    out: Path,
    format: str,
    file: str | None,
    selection: Selection | None = None,
    say: Callable[[str], None] = lambda note: None,
) -> Path | None:
    """Export a build, or a part of it, to a file, by default ``out/graph.<suffix>``; to stdout where ``-``.

    A part goes to ``out/graph.part.<suffix>`` by default. ``say`` is told what was left out.
    Returns the path written, ``None`` for stdout.

    Raises:
        NotFound: there is no build in that folder, or the selection names what is not there.
        OutputError: the file cannot be written.
    """
    from kg.output import write_file
    from kg.store import open_build

    exporter = EXPORTERS[format]
    write = _writer(exporter, open_build(out), out, selection, say)
    if file == "-":
        write(sys.stdout.buffer)
        return None
    part = ".part" if selection and selection.narrows() else ""
    path = Path(file) if file else out / f"graph{part}.{exporter.suffix}"
    write_file(path, write)
    return path


def _writer(
    exporter: Exporter, store: Store, out: Path, selection: Selection | None, say: Callable[[str], None]
) -> Callable[[BinaryIO], None]:
    """What writes the chosen part of a build in one format; a picture keeps the map of the build."""
    whole = None
    if selection and selection.narrows():
        from kg.export.selection import select

        whole = _size(store)
        store = select(store, selection)
        one, other = _size(store)
        say(f"选出 selected: {one} / {whole[0]} 实体 entities, {other} / {whole[1]} 关系 facts")
    write: Callable[[BinaryIO], str | None] = partial(exporter.write, store)
    if exporter.drawn:
        from kg.explore import earlier_places

        write = partial(exporter.write, store, earlier=earlier_places(out / "graph.html"), whole=whole)  # type: ignore[call-arg]

    def written(file: BinaryIO) -> None:
        if note := write(file):
            say(note)

    return written


def _size(store: Store) -> tuple[int, int]:
    """Count entities and facts."""
    from kg import recall

    return len(recall.entities(store)), len(recall.facts(store))
