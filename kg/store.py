"""Keep the graph in Oxigraph: the one module that opens a store.

The graph layer is the default graph; the evidence, what the gazetteer knows, the ontology, what
follows from the facts, what was refused, and the articles' text are named graphs, so that a question
about facts stays one line and provenance never slows it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Executor, Future, ThreadPoolExecutor
from pathlib import Path

from pyoxigraph import DefaultGraph, NamedNode, Quad, RdfFormat, Store, Triple

from kg import iri, parallel, reason, turtle
from kg.errors import InputError, NotFound
from kg.graph import (
    evidence_triples,
    graph_triples,
    ontology_triples,
    quarantine_triples,
    reference_triples,
    stated_facts,
    text_triples,
)
from kg.model import Knowledge
from kg.schema import Schema

GRAPH = DefaultGraph()
EVIDENCE = NamedNode(iri.GRAPH + "evidence")
REFERENCE = NamedNode(iri.GRAPH + "reference")
ONTOLOGY = NamedNode(iri.GRAPH + "ontology")
TEXT = NamedNode(iri.GRAPH + "text")
INFERRED = reason.INFERRED
DERIVATION = reason.DERIVATION
QUARANTINE = NamedNode(iri.GRAPH + "quarantine")

Layer = NamedNode | DefaultGraph
STORE = "store"
LAYERS: tuple[Layer, ...] = (GRAPH, EVIDENCE, REFERENCE, ONTOLOGY, INFERRED, DERIVATION, QUARANTINE, TEXT)
FILES: dict[str, Layer] = {
    "graph.ttl": GRAPH,
    "evidence.ttl": EVIDENCE,
    "reference.ttl": REFERENCE,
    "inferred.ttl": INFERRED,
    "derivation.ttl": DERIVATION,
    "quarantine.ttl": QUARANTINE,
}
"""The Turtle files of a build and the layer that each one holds."""
NAMES = {layer: name for name, layer in FILES.items()}
# So many files are read at once: two parts of the evidence, and what is written meanwhile.
_READERS = 3


def create(knowledge: Knowledge, schema: Schema, folder: Path | None = None) -> Store:
    """Make a store of all layers, in memory or in a new folder."""
    store = Store(folder)
    for layer, made in _stated(knowledge, schema).items():
        turtle.load(made, store, layer)
    reason.materialise(store, schema.axioms.rules)
    store.flush()
    return store


def _stated(knowledge: Knowledge, schema: Schema) -> dict[Layer, Iterable[turtle.Row]]:
    """All layers but those of the conclusions."""
    return {
        EVIDENCE: evidence_triples(knowledge, schema),
        GRAPH: graph_triples(knowledge, schema),
        REFERENCE: reference_triples(knowledge, schema),
        ONTOLOGY: ontology_triples(schema),
        QUARANTINE: quarantine_triples(knowledge, schema),
        TEXT: text_triples(knowledge),
    }


def holding(quads: Iterable[Quad]) -> Store:
    """Make a store in memory that holds some quads, such as a part of another."""
    store = Store()
    store.bulk_extend(quads)
    return store


@parallel.uncollected()
def write(knowledge: Knowledge, schema: Schema, out: Path) -> Store:
    """Write the Turtle files and the store into the folder ``out``; return the store, open."""
    # The evidence is half of all triples. It is written by a process of its own, begun before the
    # store starts its threads, and read in two parts beside each other; and Oxigraph reads each file,
    # sooner than Python hands it the same triples one by one, while the next is made.
    written = parallel.beside(lambda: _write(out, EVIDENCE, evidence_triples(knowledge, schema)))
    store = Store(out / STORE)
    with ThreadPoolExecutor(max_workers=_READERS) as reading:
        evidence = reading.submit(_read_halves, reading, written, store, out, EVIDENCE)
        read = []
        for layer, made in _stated(knowledge, schema).items():
            if layer == EVIDENCE:
                continue
            if layer not in NAMES:
                read.append(reading.submit(turtle.load, made, store, layer))
            else:
                _write(out, layer, made)
                read.append(reading.submit(_read, store, out, layer))
        for layer, made in _concluded(knowledge, schema).items():
            _write(out, layer, made)
            read.append(reading.submit(_read, store, out, layer))
        for done in (*read, evidence.result()):
            done.result()
    # What is loaded in bulk is in order as it is: compacting it makes no question quicker.
    store.flush()
    return store


def _concluded(knowledge: Knowledge, schema: Schema) -> dict[Layer, Iterable[turtle.Row]]:
    """The layers of the conclusions, from facts in memory: the store may still be reading them."""
    facts = stated_facts(knowledge, schema)
    known = holding(reason.quad(link, GRAPH) for link in facts)
    derived = list(reason.conclude(known, facts, schema.axioms.rules))
    return {DERIVATION: derived, INFERRED: map(turtle.row, triples(known, INFERRED))}


def _write(out: Path, layer: Layer, rows: Iterable[turtle.Row]) -> None:
    with (out / NAMES[layer]).open("wb") as file:
        turtle.write_rows(rows, file)


def _read(store: Store, out: Path, layer: Layer) -> None:
    store.bulk_load(path=out / NAMES[layer], format=RdfFormat.TURTLE, to_graph=layer)


def _read_halves(
    reading: Executor, written: Callable[[], None], store: Store, out: Path, layer: Layer
) -> Future[None]:
    """Read the first half of a file when it is written; give what reads the other.

    Both halves are held in memory while they are read.
    """
    written()
    path = out / NAMES[layer]
    one, other = turtle.parted(path.read_bytes(), path.stat().st_size // 2)
    rest = reading.submit(_parse, store, other, layer)
    _parse(store, one, layer)
    return rest


def _parse(store: Store, document: bytes, layer: Layer) -> None:
    store.bulk_load(document, format=RdfFormat.TURTLE, to_graph=layer)


def open_build(out: Path) -> Store:
    """Open the store of a build, for reading only.

    Raises:
        NotFound: there is no build in that folder.
        InputError: the store cannot be read.
    """
    folder = out / STORE
    if not folder.is_dir():
        raise NotFound(f"{out}: 这里没有图谱，请先构建 no graph here; first: kg build PATH… -o {out}")
    try:
        return Store.read_only(str(folder))
    except (OSError, RuntimeError) as error:
        raise InputError(f"{folder}: 无法打开，请重新构建 cannot be opened, build again: {error}") from error


def triples(store: Store, layer: Layer) -> Iterator[Triple]:
    """Give the triples of one layer, in no particular order."""
    for quad in store.quads_for_pattern(None, None, None, layer):
        yield quad.triple


def sorted_quads(store: Store, *layers: Layer) -> list[Quad]:
    """Return the quads of some layers, layer by layer, in the order of their N-Quads lines."""
    return [
        quad for layer in layers for quad in sorted(store.quads_for_pattern(None, None, None, layer), key=str)
    ]
