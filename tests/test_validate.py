"""Validation: a finished graph conforms, and each thing that can go wrong is found."""

from __future__ import annotations

import io
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
import rdflib
from pyoxigraph import Literal, NamedNode, Quad, Store

from kg import iri, turtle
from kg import store as kg_store
from kg.errors import InputError, KgError
from kg.model import Knowledge
from kg.schema import Schema
from kg.store import DERIVATION, EVIDENCE, GRAPH, INFERRED, QUARANTINE, Layer
from kg.validate import Validation, check_quotes, relation_shapes, report_triples, validate

ZONE = iri.entity("合肥高新区")
FACT = iri.parts("fact", "合肥高新区党工委", "leads", "量子信息产业链党委")
FIGURE = iri.parts("observation", "合肥高新区", "总投资额", "15050000000", "元")
ARTICLE = iri.article("其他.txt#1")
CONCLUDED = iri.parts("inferred", "合肥高新区", "hosts", "云际量子实验室")
REFUSED = iri.parts("refused", "cardinality", "合肥高新区党工委", "partyOrganizationOf", "浦口高新区")

Change = Callable[[Store], None]


def drop(subject: str, predicate: str, layer: Layer = GRAPH) -> Change:
    """Take away what is said of a property."""

    def change(store: Store) -> None:
        quads = list(store.quads_for_pattern(NamedNode(subject), NamedNode(predicate), None, layer))
        assert quads
        for quad in quads:
            store.remove(quad)

    return change


def put(subject: str, predicate: str, value: NamedNode | Literal, layer: Layer = GRAPH) -> Change:
    """Say something more of a property."""
    return lambda store: store.add(Quad(NamedNode(subject), NamedNode(predicate), value, layer))


def swap(subject: str, predicate: str, value: NamedNode | Literal, layer: Layer = GRAPH) -> Change:
    """Say something else of a property."""

    def change(store: Store) -> None:
        drop(subject, predicate, layer)(store)
        put(subject, predicate, value, layer)(store)

    return change


def decimal(text: str) -> Literal:
    return Literal(text, datatype=NamedNode(iri.XSD + "decimal"))


def a_proof(store: Store) -> str:
    """Some evidence of the store."""
    kind = NamedNode(iri.ZKG + "Evidence")
    return min(q.subject.value for q in store.quads_for_pattern(None, None, kind, EVIDENCE))


def of_proof(predicate: str, value: Literal) -> Change:
    return lambda store: swap(a_proof(store), predicate, value, EVIDENCE)(store)


MISTAKES = {
    "no class": drop(ZONE, iri.RDF + "type"),
    "two classes": put(ZONE, iri.RDF + "type", NamedNode(iri.ZKG + "Person")),
    "a class that is none of ours": swap(ZONE, iri.RDF + "type", NamedNode(iri.ZKG + "Zebra")),
    "two labels": put(ZONE, iri.SKOS + "prefLabel", Literal("又一个", language="zh")),
    "a label in no language": swap(ZONE, iri.SKOS + "prefLabel", Literal("合肥高新区")),
    "label and prefLabel differ": swap(ZONE, iri.RDFS + "label", Literal("别的", language="zh")),
    "the name again as another name": put(ZONE, iri.SKOS + "altLabel", Literal("合肥高新区", language="zh")),
    "a relation against its range": put(ZONE, iri.ZKG + "locatedIn", NamedNode(iri.entity("何知远"))),
    "a relation against its domain": put(ZONE, iri.ZKG + "holdsPosition", NamedNode(ZONE)),
    "a relation without a fact": put(ZONE, iri.ZKG + "cooperatesWith", NamedNode(iri.entity("浦口高新区"))),
    "a fact without its relation": drop(iri.entity("合肥高新区党工委"), iri.ZKG + "leads"),
    "no confidence": drop(FACT, iri.ZKG + "confidence", EVIDENCE),
    "too much confidence": swap(FACT, iri.ZKG + "confidence", decimal("1.01"), EVIDENCE),
    "too little confidence": swap(FACT, iri.ZKG + "confidence", decimal("-0.1"), EVIDENCE),
    "confidence that is no decimal": swap(FACT, iri.ZKG + "confidence", Literal("high"), EVIDENCE),
    "no evidence": drop(FACT, iri.ZKG + "evidence", EVIDENCE),
    "evidence that is none": swap(FACT, iri.ZKG + "evidence", NamedNode(ZONE), EVIDENCE),
    "a fact of two things": put(FACT, iri.ZKG + "aboutObservation", NamedNode(FIGURE), EVIDENCE),
    "a negative offset": of_proof(iri.OA + "start", Literal(-1)),
    "an end before its start": of_proof(iri.OA + "end", Literal(0)),
    "an offset that is no number": of_proof(iri.OA + "start", Literal("七")),
    "an empty quote": of_proof(iri.OA + "exact", Literal("")),
    "a quote of two texts": lambda store: put(a_proof(store), iri.OA + "exact", Literal("又"), EVIDENCE)(
        store
    ),
    "a quote without a source": lambda store: drop(a_proof(store), iri.PROV + "hadPrimarySource", EVIDENCE)(
        store
    ),
    "a quote without a rule": lambda store: drop(a_proof(store), iri.ZKG + "rule", EVIDENCE)(store),
    "a figure without a value": drop(FIGURE, iri.ZKG + "value"),
    "a figure that is no number": swap(FIGURE, iri.ZKG + "value", Literal("很多")),
    "a figure without a unit": drop(FIGURE, iri.ZKG + "unit"),
    "a conclusion without its facts": drop(CONCLUDED, iri.PROV + "wasDerivedFrom", DERIVATION),
    "a conclusion from what is no fact": put(
        CONCLUDED, iri.PROV + "wasDerivedFrom", NamedNode(ZONE), DERIVATION
    ),
    "a conclusion without its rule": drop(CONCLUDED, iri.ZKG + "rule", DERIVATION),
    "an inferred relation from nowhere": put(
        ZONE, iri.ZKG + "hosts", NamedNode(iri.entity("何知远")), INFERRED
    ),
    "a conclusion without its relation": drop(ZONE, iri.ZKG + "hosts", INFERRED),
    "an inferred relation against its range": put(
        ZONE, iri.ZKG + "locatedIn", NamedNode(iri.entity("何知远")), INFERRED
    ),
    "a fact that is inferred as well": put(
        iri.entity("云际量子实验室"), iri.ZKG + "locatedIn", NamedNode(ZONE), INFERRED
    ),
    "a circle": put(ZONE, iri.ZKG + "locatedIn", NamedNode(iri.entity("云际量子实验室"))),
    "a second value of a functional relation": put(
        iri.entity("合肥高新区党工委"),
        iri.ZKG + "partyOrganizationOf",
        NamedNode(iri.entity("浦口高新区")),
    ),
    "a refused claim without a reason": drop(REFUSED, iri.ZKG + "reason", QUARANTINE),
    "a refused claim without evidence": drop(REFUSED, iri.ZKG + "evidence", QUARANTINE),
    "an article on no page": drop(ARTICLE, iri.SCHEMA + "isPartOf"),
    "an article with two headlines": put(ARTICLE, iri.SCHEMA + "headline", Literal("又", language="zh")),
    "an article that mentions a page": put(ARTICLE, iri.SCHEMA + "mentions", NamedNode(iri.page("其他.txt"))),
    "a page without its hash": drop(iri.page("其他.txt"), iri.SCHEMA + "sha256"),
    "a page without its encoding": swap(
        iri.page("其他.txt"), iri.SCHEMA + "encodingFormat", Literal("text/plain")
    ),
}


def test_the_sample_graph_conforms(store: Store) -> None:
    assert validate(store).violations == ()


@pytest.mark.parametrize("mistake", MISTAKES)
def test_a_mistake_is_found_and_explained(knowledge: Knowledge, schema: Schema, mistake: str) -> None:
    store = kg_store.create(knowledge, schema)
    MISTAKES[mistake](store)

    found = validate(store)

    assert not found.conforms
    assert all(violation.node.startswith("http") and violation.message for violation in found.violations)


def test_the_relations_shapes_follow_the_ontology(schema: Schema) -> None:
    shapes = rdflib.Graph().parse(data=relation_shapes(schema), format="turtle")
    targets = rdflib.Namespace("http://www.w3.org/ns/shacl#")

    for end in (targets.targetSubjectsOf, targets.targetObjectsOf):
        assert {str(o) for o in shapes.objects(None, end)} == {iri.ZKG + name for name in schema.relations}


def test_every_quote_is_compared_with_its_page(store: Store, sources: Path, knowledge: Knowledge) -> None:
    wrong, compared = check_quotes(store, sources)
    proofs = {e for f in (*knowledge.facts, *knowledge.observations) for e in f.evidence}

    assert wrong == []
    assert compared == len(proofs) + len(knowledge.namings)


def test_a_page_may_be_renamed_but_not_changed(store: Store, sources: Path, tmp_path: Path) -> None:
    pages = [path.read_bytes() for path in sorted(sources.rglob("*.txt"))]
    (tmp_path / "改名.dat").write_bytes(pages[0])
    (tmp_path / "改字.txt").write_bytes(pages[1] + b" ")

    wrong, compared = check_quotes(store, tmp_path)

    assert [violation.check for violation in wrong] == ["page"]
    assert 0 < compared < check_quotes(store, sources)[1]


def test_a_quote_that_the_page_does_not_have_there_is_found(
    knowledge: Knowledge, schema: Schema, sources: Path
) -> None:
    store = kg_store.create(knowledge, schema)
    of_proof(iri.OA + "exact", Literal("页上没有的话"))(store)

    found = validate(store, sources)

    assert [(v.check, v.node) for v in found.violations] == [("quote", a_proof(store))]


def test_sources_that_are_not_there_are_an_input_error(store: Store, tmp_path: Path) -> None:
    with pytest.raises(InputError, match="--sources"):
        validate(store, tmp_path / "无")


def test_without_pyshacl_the_way_out_is_told(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "pyshacl", None)

    with pytest.raises(KgError, match=r"pip install 'zonekg\[shacl\]'"):
        validate(store)


def test_a_report_in_turtle_is_a_shacl_report(knowledge: Knowledge, schema: Schema) -> None:
    store = kg_store.create(knowledge, schema)
    MISTAKES["no evidence"](store)
    found = validate(store)
    file = io.BytesIO()
    turtle.write(report_triples(found), file)

    report = rdflib.Graph().parse(data=file.getvalue(), format="turtle")
    shacl = rdflib.Namespace("http://www.w3.org/ns/shacl#")

    assert [bool(value) for value in report.objects(None, shacl.conforms)] == [False]
    assert len(list(report.objects(None, shacl.result))) == len(found.violations)
    assert (None, shacl.focusNode, rdflib.URIRef(FACT)) in report


def test_a_report_satisfies_the_shapes_that_shacl_gives_a_report(
    knowledge: Knowledge, schema: Schema
) -> None:
    store = kg_store.create(knowledge, schema)
    MISTAKES["a second value of a functional relation"](store)
    file = io.BytesIO()
    turtle.write(report_triples(validate(store)), file)
    report = rdflib.Graph().parse(data=file.getvalue(), format="turtle")
    shacl = rdflib.Namespace("http://www.w3.org/ns/shacl#")

    results = list(report.subjects(rdflib.RDF.type, shacl.ValidationResult))

    assert results
    for result in results:
        for needed in (shacl.focusNode, shacl.resultSeverity, shacl.sourceConstraintComponent):
            assert len(list(report.objects(result, needed))) == 1


def test_a_report_of_a_good_graph_conforms() -> None:
    assert Validation((), 0).conforms
    assert len(list(report_triples(Validation((), 0)))) == 2


@pytest.mark.parametrize(
    ("mistake", "words"),
    [
        ("a relation against its range", "locatedIn range"),
        ("a relation against its domain", "holdsPosition domain"),
        ("a relation without a fact", "no evidence"),
        ("a fact without its relation", "not in the graph"),
        ("an end before its start", "quotes its source"),
        ("too much confidence", "from 0 to 1"),
        ("a conclusion without its facts", "names the facts"),
        ("an inferred relation from nowhere", "does not say what it came from"),
        ("a conclusion without its relation", "not in graph:inferred"),
        ("an inferred relation against its range", "locatedIn range"),
        ("a fact that is inferred as well", "is a fact already"),
        ("a circle", "holds both ways"),
        ("a second value of a functional relation", "one is allowed"),
        ("a refused claim without a reason", "has one reason"),
    ],
)
def test_the_law_that_is_broken_is_named(
    knowledge: Knowledge, schema: Schema, mistake: str, words: str
) -> None:
    store = kg_store.create(knowledge, schema)
    MISTAKES[mistake](store)

    assert any(words in violation.message for violation in validate(store).violations)
