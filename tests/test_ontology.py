"""The ontology file: read alike by every parser, in its profile, consistent, and without known pitfalls."""

from __future__ import annotations

import re
import shutil
import subprocess
from collections.abc import Iterator
from graphlib import TopologicalSorter

import pyoxigraph as ox
import pytest
from rdflib import DCTERMS, OWL, RDF, RDFS, SKOS, BNode, Graph, Literal, Namespace, URIRef
from rdflib.compare import isomorphic
from rdflib.term import Node

from kg.extract.models import load_models, vocabulary
from kg.schema import load_schema
from kg.terms import LEXICON, NAMESPACE, shipped

ZKG = Namespace(NAMESPACE)
LEX = Namespace(LEXICON)
HEADER = URIRef(NAMESPACE.removesuffix("#"))
KINDS = (OWL.Class, OWL.ObjectProperty, OWL.DatatypeProperty, OWL.AnnotationProperty)


@pytest.fixture(scope="module")
def ontology() -> Graph:
    """The shipped ontology in rdflib."""
    return Graph().parse(shipped(), format="turtle")


def of_ours(graph: Graph, *kinds: Node) -> set[URIRef]:
    """The terms of our two namespaces that are declared as one of the kinds."""
    found = {s for kind in kinds for s in graph.subjects(RDF.type, kind) if isinstance(s, URIRef)}
    return {s for s in found if str(s).startswith((NAMESPACE, LEXICON))}


def texts(graph: Graph, term: Node, predicate: URIRef) -> dict[str | None, str]:
    return {o.language: str(o) for o in graph.objects(term, predicate) if isinstance(o, Literal)}


# One file, one meaning


def test_rdflib_pyoxigraph_and_rapper_read_the_ontology_alike(ontology: Graph) -> None:
    lines = ox.serialize(
        (quad.triple for quad in ox.parse(path=shipped(), format=ox.RdfFormat.TURTLE)),
        format=ox.RdfFormat.N_TRIPLES,
    )
    assert isomorphic(ontology, Graph().parse(data=lines, format="nt"))
    if (rapper := shutil.which("rapper")) is None:
        pytest.skip("rapper (raptor2-utils) is not installed")
    done = subprocess.run(
        [rapper, "-q", "-i", "turtle", "-o", "ntriples", str(shipped())], capture_output=True, check=True
    )

    assert isomorphic(ontology, Graph().parse(data=done.stdout, format="nt"))


def test_the_ontology_says_what_it_is_whose_and_which_version(ontology: Graph) -> None:
    assert {"zh", "en"} <= texts(ontology, HEADER, DCTERMS.title).keys()
    assert {"zh", "en"} <= texts(ontology, HEADER, DCTERMS.description).keys()
    assert ontology.value(HEADER, DCTERMS.license) == URIRef("https://spdx.org/licenses/MIT")
    version = load_schema().version
    assert re.fullmatch(r"\d+\.\d+\.\d+", version)
    assert ontology.value(HEADER, OWL.versionIRI) == URIRef(f"{HEADER}/{version}")


def test_the_words_are_those_that_the_trained_models_learned() -> None:
    known = load_models().vocabulary

    assert known is not None
    assert set(vocabulary(load_schema())) == known


@pytest.mark.parametrize(
    "space",
    ["http://www.w3.org/ns/org#", "https://schema.org/", "http://www.w3.org/ns/prov#", "http://www.w3.org/ns/oa#",
     "http://xmlns.com/foaf/0.1/", "http://qudt.org/schema/qudt/", "http://www.opengis.net/ont/geosparql#",
     "http://www.wikidata.org/entity/Q"],
)  # fmt: skip
def test_the_ontology_is_aligned_with_what_the_field_uses(ontology: Graph, space: str) -> None:
    links = (RDFS.subClassOf, RDFS.subPropertyOf, SKOS.exactMatch, SKOS.closeMatch)
    aligned = {s for p in links for s, o in ontology.subject_objects(p) if str(o).startswith(space)}

    assert aligned
    assert aligned <= of_ours(ontology, *KINDS)


# Pitfalls (Poveda-Villalón et al., OOPS!): each is looked for by name


def pitfalls(graph: Graph) -> Iterator[tuple[str, str]]:
    """Yield each pitfall of the catalogue that is found, with the term."""
    terms = of_ours(graph, *KINDS)
    for term in terms:
        if not {"zh", "en"} <= texts(graph, term, RDFS.label).keys():
            yield "P08 missing label", term
        if not {"zh", "en"} <= texts(graph, term, SKOS.definition).keys():
            yield "P08 missing definition", term
    for prop in of_ours(graph, OWL.ObjectProperty):
        if None in (graph.value(prop, RDFS.domain), graph.value(prop, RDFS.range)):
            yield "P11 missing domain or range", prop
        yield from wrong_inverse(graph, prop)
    for kind, above in ((OWL.Class, RDFS.subClassOf), (OWL.ObjectProperty, RDFS.subPropertyOf)):
        names = of_ours(graph, kind)
        for term in names:
            if term in graph.transitive_objects(next(iter(graph.objects(term, above)), BNode()), above):
                yield "P06 cycle", term
    used = {node for s, p, o in graph for node in (p, o)} | {s for s, p, _ in graph if p != RDF.type}
    linked = {s for p in LINKS for s, _ in graph.subject_objects(p)} | {
        o for p in LINKS for o in graph.objects(None, p)
    }
    for term in terms - of_ours(graph, OWL.AnnotationProperty, OWL.DatatypeProperty):
        if term not in used or (term.startswith(NAMESPACE) and term not in linked):
            yield "P04 unconnected", term


LINKS = (RDFS.subClassOf, RDFS.domain, RDFS.range, OWL.inverseOf, RDFS.subPropertyOf)


def wrong_inverse(graph: Graph, prop: URIRef) -> Iterator[tuple[str, str]]:
    """The ends of an inverse are those of the property, turned round; each has one inverse at most."""
    inverses = {*graph.objects(prop, OWL.inverseOf), *graph.subjects(OWL.inverseOf, prop)}
    if len(inverses) > 1 or prop in inverses:
        yield "P05 wrong inverse", prop
    for other in inverses:
        turned = graph.value(other, RDFS.range), graph.value(other, RDFS.domain)
        if turned != (graph.value(prop, RDFS.domain), graph.value(prop, RDFS.range)):
            yield "P05 wrong inverse", prop
    symmetric = (prop, RDF.type, OWL.SymmetricProperty) in graph
    if symmetric and (inverses or graph.value(prop, RDFS.domain) != graph.value(prop, RDFS.range)):
        yield "P28 wrong symmetry", prop
    if not symmetric and not inverses and prop in ASSERTED:
        yield "P13 no inverse", prop


ASSERTED = {ZKG[name] for name in load_schema().relations}


def test_the_ontology_has_no_known_pitfall(ontology: Graph) -> None:
    assert sorted(pitfalls(ontology)) == []


@pytest.mark.parametrize(
    ("taken", "given", "pitfall"),
    [
        ([(ZKG.hosts, RDFS.label, None)], [], ("P08 missing label", ZKG.hosts)),
        ([(ZKG.Park, SKOS.definition, None)], [], ("P08 missing definition", ZKG.Park)),
        ([(ZKG.ledBy, RDFS.range, None)], [(ZKG.ledBy, RDFS.range, ZKG.Led)],
         ("P05 wrong inverse", ZKG.leads)),
        ([], [(ZKG.leads, OWL.inverseOf, ZKG.hosts)], ("P05 wrong inverse", ZKG.leads)),
        ([], [(ZKG.leads, RDF.type, OWL.SymmetricProperty)], ("P28 wrong symmetry", ZKG.leads)),
        ([(ZKG.leads, OWL.inverseOf, None)], [], ("P13 no inverse", ZKG.leads)),
        ([], [(ZKG.affiliatedWith, RDFS.subPropertyOf, ZKG.partOf)], ("P06 cycle", ZKG.partOf)),
        ([], [(ZKG.Alone, RDF.type, OWL.Class)], ("P04 unconnected", ZKG.Alone)),
        ([(ZKG.leads, RDFS.domain, None)], [], ("P11 missing domain or range", ZKG.leads)),
    ],
    ids=lambda value: value[0] if isinstance(value, tuple) and isinstance(value[0], str) else "",
)  # fmt: skip
def test_a_pitfall_put_into_the_ontology_is_found(
    ontology: Graph, taken: list[tuple[Node, ...]], given: list[tuple[Node, ...]], pitfall: tuple[str, URIRef]
) -> None:
    broken = Graph() + ontology
    for pattern in taken:
        broken.remove(pattern)  # type: ignore[arg-type]
    for triple in given:
        broken.add(triple)  # type: ignore[arg-type]

    assert pitfall in set(pitfalls(broken))


def test_superclasses_and_superproperties_run_in_no_circle(ontology: Graph) -> None:
    for above in (RDFS.subClassOf, RDFS.subPropertyOf):
        graph: dict[Node, set[Node]] = {}
        for low, high in ontology.subject_objects(above):
            graph.setdefault(low, set()).add(high)
        assert list(TopologicalSorter(graph).static_order())


def test_every_term_of_ours_that_is_used_is_declared(ontology: Graph) -> None:
    nodes = {n for triple in ontology for n in triple if isinstance(n, URIRef)}
    used = {n for n in nodes if str(n).startswith((NAMESPACE, LEXICON))}
    individuals = of_ours(ontology, LEX.Construction, LEX.Direction)

    assert used - {URIRef(LEXICON.removesuffix("#"))} == of_ours(ontology, *KINDS) | individuals


def test_every_cue_property_says_its_construction_and_direction_where_it_states_a_relation(
    ontology: Graph,
) -> None:
    triggers = set(ontology.subjects(RDFS.subPropertyOf, LEX.trigger))

    assert {URIRef(LEX[n]) for n in ("verb", "inverseVerb", "passive", "preposition", "noun")} <= triggers
    for term in triggers:
        assert (ontology.value(term, LEX.construction), RDF.type, LEX.Construction) in ontology
        assert (ontology.value(term, LEX.direction), RDF.type, LEX.Direction) in ontology


# OWL 2 RL


def test_the_ontology_is_in_the_profile_owl_2_rl(ontology: Graph) -> None:
    # OWL 2 Profiles, 4.2: none of these may stand where a superclass stands, and that is all there is.
    outside = (OWL.unionOf, OWL.disjointUnionOf, OWL.complementOf, OWL.oneOf, OWL.someValuesFrom,
               OWL.minCardinality, OWL.cardinality, OWL.hasSelf, OWL.onProperty)  # fmt: skip
    assert [p for p in outside if (None, p, None) in ontology] == []
    for predicate in (RDFS.domain, RDFS.range, RDFS.subClassOf):
        ends = set(ontology.objects(None, predicate))
        assert all(isinstance(end, URIRef) and end != OWL.Thing for end in ends)


def closed(graph: Graph) -> list[str]:
    """What OWL 2 RL finds wrong in a graph; words and notes, which it ignores, are left out for speed."""
    from owlrl import DeductiveClosure, OWLRL_Semantics

    bare = Graph()
    for s, p, o in graph:
        notes = str(p).startswith((LEXICON, str(SKOS), str(DCTERMS))) or p in (RDFS.label, RDFS.comment)
        if not notes and not str(s).startswith((str(SKOS), str(DCTERMS), LEXICON)):
            bare.add((s, p, o))
    DeductiveClosure(OWLRL_Semantics).expand(bare)
    error = URIRef("http://www.daml.org/2002/03/agents/agent-ont#error")
    return [str(text) for text in bare.objects(None, error)]


def individuals(graph: Graph) -> Graph:
    """The ontology with one thing in every class and one pair in every relation: each can have members."""
    full = Graph() + graph
    schema = load_schema()
    for name in schema.classes:
        full.add((ZKG[f"a-{name}"], RDF.type, ZKG[name]))
    for name, info in schema.relations.items():
        pair = next((d, r) for d in sorted(info.domain) for r in sorted(info.range) if d != r)
        full.add((ZKG[f"a-{pair[0]}"], ZKG[name], ZKG[f"a-{pair[1]}"]))
    return full


def test_the_ontology_is_consistent_with_something_in_every_class_and_relation(ontology: Graph) -> None:
    assert closed(individuals(ontology)) == []


def test_the_reasoner_sees_what_is_inconsistent(ontology: Graph) -> None:
    both = Graph() + ontology
    both.add((ZKG.x, RDF.type, ZKG.Person))
    both.add((ZKG.x, RDF.type, ZKG.Laboratory))

    assert closed(both) != []
