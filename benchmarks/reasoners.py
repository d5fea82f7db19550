"""Time the engines that can conclude what the ontology entails, on a build and on copies of it.

    python benchmarks/reasoners.py out [copies]

SPARQL rules are what ``kg build`` uses; ``reasonable`` and ``owlrl`` are timed where they are
installed. Each gets the relations and classes of the build and the ontology; counted are the relations
between entities that it adds. Loading is timed with the engine, for a build would have to do it.
"""

from __future__ import annotations

import resource
import sys
import time
from collections.abc import Callable
from pathlib import Path

from pyoxigraph import DefaultGraph, NamedNode, Quad, RdfFormat, Store, Triple, serialize

from kg import iri, reason
from kg.resources import ontology_dir
from kg.schema import load_schema
from kg.store import open_build

Link = tuple[str, str, str]


def copied(out: Path, copies: int) -> list[Triple]:
    """The classes and relations of a build, and as many copies under other names as wanted."""
    names = set(load_schema().relations) | {"type"}
    found = []
    for quad in open_build(out).quads_for_pattern(None, None, None, DefaultGraph()):
        if iri.local(quad.predicate.value) in names and isinstance(quad.object, NamedNode):
            for number in range(copies):
                found.append(Triple(*(_renamed(term, number) for term in quad.triple)))
    return found


def _renamed(term: NamedNode, number: int) -> NamedNode:
    return NamedNode(f"{term.value}·{number}") if number and term.value.startswith(iri.ID) else term


def links(triples: list[Triple]) -> set[Link]:
    return {
        (t.subject.value, t.predicate.value, t.object.value)
        for t in triples
        if t.predicate.value.startswith(iri.ZKG) and t.object.value.startswith(iri.ID)
    }


def by_rules(triples: list[Triple]) -> set[Link]:
    store = Store()
    store.bulk_extend(Quad(t.subject, t.predicate, t.object) for t in triples)
    found = reason.infer(store, links(triples), load_schema().axioms.rules)
    return {item.link for item in found}


def _rdflib(triples: list[Triple]) -> object:
    import rdflib

    graph = rdflib.Graph()
    graph.parse(data=serialize(triples, format=RdfFormat.N_TRIPLES), format="nt")
    return graph.parse(ontology_dir() / "zonekg.ttl", format="turtle")


def by_reasonable(triples: list[Triple]) -> set[Link]:
    import reasonable

    engine = reasonable.PyReasoner()
    engine.from_graph(_rdflib(triples))
    return {tuple(map(str, t)) for t in engine.reason()}


def by_owlrl(triples: list[Triple]) -> set[Link]:
    import owlrl

    graph = _rdflib(triples)
    owlrl.DeductiveClosure(owlrl.OWLRL_Semantics).expand(graph)
    return {tuple(map(str, t)) for t in graph}


ENGINES: dict[str, Callable[[list[Triple]], set[Link]]] = {
    "SPARQL rules": by_rules,
    "reasonable": by_reasonable,
    "owlrl": by_owlrl,
}


def main() -> None:
    """Print a line for each engine."""
    triples = copied(Path(sys.argv[1]), int(sys.argv[2]) if len(sys.argv) > 2 else 1)
    said = links(triples)
    print(f"relations {len(said)}")
    for name in sys.argv[3:] or ENGINES:
        start = time.perf_counter()
        try:
            found = ENGINES[name](triples)
        except ImportError:
            print(f"{name:12}  not installed")
            continue
        seconds = time.perf_counter() - start
        new = {
            link
            for link in found - said
            if link[1].startswith(iri.ZKG) and link[2].startswith(iri.ID) and link[0] != link[2]
        }
        peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
        print(f"{name:12}  {seconds:8.2f} s  {len(new):7} relations  peak {peak} MB", flush=True)


if __name__ == "__main__":
    main()
