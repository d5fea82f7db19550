"""Reasoning: what the ontology entails follows, from named facts, and nothing else does."""

from __future__ import annotations

import io
from dataclasses import replace
from pathlib import Path

import owlrl
import pytest
import rdflib
from conftest import make_knowledge
from hypothesis import given
from hypothesis import strategies as st
from pyoxigraph import Quad, RdfFormat, Store, serialize

from kg import iri, recall, turtle
from kg import store as kg_store
from kg.axioms import Rule, axioms_of
from kg.errors import OntologyError
from kg.model import Entity, Fact, Knowledge
from kg.pipeline import build
from kg.reason import infer
from kg.resources import ontology_dir
from kg.schema import Schema, load_schema
from kg.store import DERIVATION, GRAPH, INFERRED
from kg.terms import Terms

Link = tuple[str, str, str]
ROOT = Path(__file__).parent.parent
ARTICLES = ROOT.parent / "shared" / "articles"
DERIVED = """
SELECT ?s ?p ?o ?rule ?fact WHERE {
  GRAPH graph:derivation {
    ?node a zkg:InferredFact ; rdf:subject ?s ; rdf:predicate ?p ; rdf:object ?o ; zkg:rule ?rule ;
      prov:wasDerivedFrom ?fact
  }
}"""


def told(*links: Link) -> Knowledge:
    """The sample's knowledge with other facts, all said by one sentence, among parks, cities and bodies."""
    sample = make_knowledge()
    classes = {"locatedIn": "Zone", "partyOrganizationOf": "PartyBranch"}
    keys = {end: classes.get(r, "Enterprise") for s, r, o in links for end in (o, s)}
    entities = tuple(Entity(key, cls, key) for key, cls in sorted(keys.items()))
    facts = tuple(Fact(*link, 0.9, sample.facts[0].evidence) for link in sorted(links))
    return replace(sample, entities=entities, facts=facts, observations=(), namings=(), refused=())


def inferred(store: Store) -> set[Link]:
    return {
        (iri.local(t.subject.value), iri.local(t.predicate.value), iri.local(t.object.value))  # type: ignore[union-attr]
        for t in kg_store.triples(store, INFERRED)
    }


def grounds(store: Store, link: Link) -> tuple[set[str], set[str]]:
    """The rules and the facts of a conclusion, as the store tells them."""
    rows = [
        row for row in recall.rows(store, DERIVED) if tuple(map(iri.local, list(row.values())[:3])) == link
    ]
    return {row["rule"] for row in rows}, {row["fact"] for row in rows}


LAB = ("云际量子实验室", "locatedIn", "中国声谷")
PARK = ("中国声谷", "locatedIn", "合肥高新区")
CITY = ("合肥高新区", "locatedIn", "合肥市")
PARTY = ("实验室党支部", "partyOrganizationOf", "云际量子实验室")


def test_a_laboratory_in_a_park_in_a_zone_is_in_the_zone(schema: Schema) -> None:
    store = kg_store.create(told(LAB, PARK), schema)

    assert ("云际量子实验室", "locatedIn", "合肥高新区") in inferred(store)
    rules, facts = grounds(store, ("云际量子实验室", "locatedIn", "合肥高新区"))
    assert rules == {"prp-trp"}
    assert facts == {iri.parts("fact", *LAB), iri.parts("fact", *PARK)}


def test_a_way_of_many_steps_names_every_fact_that_it_rests_on(schema: Schema) -> None:
    store = kg_store.create(told(LAB, PARK, CITY, PARTY), schema)

    rules, facts = grounds(store, ("合肥市", "hosts", "实验室党支部"))

    assert rules <= {"prp-inv1", "prp-spo2"}
    assert facts == {iri.parts("fact", *link) for link in (LAB, PARK, CITY, PARTY)}


def test_the_party_organization_of_a_body_in_a_zone_is_in_the_zone(schema: Schema) -> None:
    store = kg_store.create(told(LAB, PARTY), schema)

    assert grounds(store, ("实验室党支部", "locatedIn", "中国声谷"))[0] == {"prp-spo2"}


def test_inverses_and_symmetry_are_read_in_the_other_direction(schema: Schema) -> None:
    pact = ("乙公司", "cooperatesWith", "甲公司")
    store = kg_store.create(told(PARK, pact), schema)

    assert inferred(store) == {("合肥高新区", "hosts", "中国声谷"), ("甲公司", "cooperatesWith", "乙公司")}


def test_what_an_article_states_is_not_inferred_again_and_stays_as_it_was(schema: Schema) -> None:
    far = ("云际量子实验室", "locatedIn", "合肥高新区")
    knowledge = told(LAB, PARK, far)
    store = kg_store.create(knowledge, schema)

    assert far not in inferred(store)
    assert set(recall.facts(store)) == set(knowledge.facts)
    asserted = set(kg_store.triples(store, GRAPH))
    assert asserted.isdisjoint(kg_store.triples(store, INFERRED))


def test_of_two_ways_to_a_conclusion_the_one_of_fewest_facts_is_told(schema: Schema) -> None:
    short = ("云际量子实验室", "locatedIn", "合肥高新区")
    store = kg_store.create(told(LAB, PARK, CITY, short), schema)

    _, facts = grounds(store, ("云际量子实验室", "locatedIn", "合肥市"))

    assert facts == {iri.parts("fact", *short), iri.parts("fact", *CITY)}


def test_a_conclusion_is_as_sure_as_all_of_its_facts_together(schema: Schema) -> None:
    store = kg_store.create(told(LAB, PARK), schema)
    node = iri.parts("inferred", "云际量子实验室", "locatedIn", "合肥高新区")

    (row,) = recall.rows(store, f"SELECT ?c {{ GRAPH graph:derivation {{ <{node}> zkg:confidence ?c }} }}")

    assert row["c"] == "0.81"


def as_rdflib(store: Store) -> rdflib.Graph:
    """The graph layer with the ontology file, as a reasoner gets them."""
    lines = serialize(kg_store.triples(store, GRAPH), format=RdfFormat.N_TRIPLES)
    graph = rdflib.Graph().parse(data=lines, format="nt")
    return graph.parse(ontology_dir() / "zonekg.ttl", format="turtle")


def closure(graph: rdflib.Graph) -> rdflib.Graph:
    owlrl.DeductiveClosure(owlrl.OWLRL_Semantics).expand(graph)
    return graph


def between_entities(graph: rdflib.Graph) -> set[Link]:
    return {
        (str(s), str(p), str(o))
        for s, p, o in graph
        if str(p).startswith(iri.ZKG) and str(o).startswith(iri.ID) and s != o
    }


def test_the_conclusions_are_those_of_an_owl_rl_reasoner(store: Store) -> None:
    graph = as_rdflib(store)
    said = between_entities(graph)

    found = between_entities(closure(graph)) - said

    assert found == {(str(s), str(p), str(o)) for s, p, o in _terms(store)}
    assert found


def _terms(store: Store) -> list[tuple[str, str, str]]:
    return [(t.subject.value, t.predicate.value, t.object.value) for t in kg_store.triples(store, INFERRED)]  # type: ignore[union-attr]


def errors(graph: rdflib.Graph) -> list[str]:
    """What owlrl reports as inconsistent."""
    message = rdflib.URIRef("http://www.daml.org/2002/03/agents/agent-ont#error")
    return [str(text) for text in closure(graph).objects(None, message)]


@pytest.mark.parametrize("pages", [ROOT / "seeds" / "pages", ARTICLES], ids=["demo", "articles"])
def test_ontology_and_facts_are_consistent_under_owl_rl(pages: Path, tmp_path: Path) -> None:
    if not pages.is_dir():
        pytest.skip("annotated development pages do not lie beside the project")
    build([pages], tmp_path / "out")

    assert errors(as_rdflib(kg_store.open_build(tmp_path / "out"))) == []


CONTRADICTIONS = {
    "a person who is a zone": "id:何知远 a zkg:Zone .",
    "two that found each other": "id:量子信息产业链党委 zkg:establishes id:合肥高新区 .",
    "one that cooperates with itself": "id:合肥高新区 zkg:cooperatesWith id:合肥高新区 .",
}


@pytest.mark.parametrize("name", CONTRADICTIONS)
def test_a_contradiction_would_be_found(store: Store, name: str) -> None:
    graph = as_rdflib(store)
    graph.parse(
        data=f"@prefix id: <{iri.ID}> . @prefix zkg: <{iri.ZKG}> . {CONTRADICTIONS[name]}", format="turtle"
    )

    assert errors(graph)


def test_the_ontology_alone_is_consistent() -> None:
    assert errors(rdflib.Graph().parse(ontology_dir() / "zonekg.ttl", format="turtle")) == []


P, Q, R = (f"http://a/{name}" for name in "pqr")
SOME = st.sets(
    st.tuples(st.sampled_from("甲乙丙丁戊"), st.sampled_from((P, Q, R)), st.sampled_from("甲乙丙丁戊")),
    max_size=12,
)
RULES = (
    Rule("prp-trp", ((0, P, 1), (1, P, 2)), (0, P, 2)),
    Rule("prp-symp", ((0, Q, 1),), (1, Q, 0)),
    Rule("prp-inv1", ((0, P, 1),), (1, R, 0)),
    Rule("prp-spo1", ((0, R, 1),), (0, Q, 1)),
    Rule("prp-spo2", ((0, Q, 1), (1, R, 2), (2, P, 3)), (0, P, 3)),
)


def run(links: list[Link], rules: tuple[Rule, ...]) -> list[tuple[Link, tuple[Link, ...]]]:
    store = Store()
    named = [(f"http://a/{s}", p, f"http://a/{o}") for s, p, o in links]
    store.extend(Quad(*map(kg_store.NamedNode, link)) for link in named)  # type: ignore[arg-type]
    return [(item.link, item.premises) for item in infer(store, named, rules)]


@given(SOME)
def test_conclusions_are_complete_and_do_not_depend_on_order(links: set[Link]) -> None:
    found = run(sorted(links), RULES)

    assert found == run(sorted(links, reverse=True), RULES[::-1])
    known = {(f"http://a/{s}", p, f"http://a/{o}") for s, p, o in links}
    known |= {link for link, _ in found}
    assert not _one_step(known) - known


def _one_step(known: set[Link]) -> set[Link]:
    """What the rules give in one step, matched the plain way."""
    found = set()
    for rule in RULES:
        ways = [{rule.body[0][0]: s, rule.body[0][2]: o} for s, p, o in known if p == rule.body[0][1]]
        for start, property, end in rule.body[1:]:
            ways = [{**way, end: o} for way in ways for s, p, o in known if p == property and way[start] == s]
        found |= {(way[rule.head[0]], rule.head[1], way[rule.head[2]]) for way in ways}
    return {link for link in found if link[0] != link[2]}


@given(SOME)
def test_the_facts_that_a_conclusion_names_are_enough_for_it(links: set[Link]) -> None:
    for link, premises in run(sorted(links), RULES):
        plain = [(s.removeprefix("http://a/"), p, o.removeprefix("http://a/")) for s, p, o in premises]
        assert link in {other for other, _ in run(plain, RULES)}


def test_axioms_of_every_kind_are_read(tmp_path: Path) -> None:
    path = tmp_path / "小.ttl"
    path.write_text(
        """@prefix : <https://w3id.org/zonekg/ontology#> . @prefix owl: <http://www.w3.org/2002/07/owl#> .
        @prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .
        :a a owl:ObjectProperty, owl:TransitiveProperty ; owl:inverseOf :b ; rdfs:subPropertyOf :c ;
           owl:propertyChainAxiom ( :c :a :d ) .
        :c a owl:ObjectProperty, owl:SymmetricProperty ; owl:equivalentProperty :d .
        :d a owl:ObjectProperty, owl:FunctionalProperty, owl:InverseFunctionalProperty,
           owl:AsymmetricProperty .
        :note a owl:AnnotationProperty ; rdfs:subPropertyOf rdfs:label .
        :X a owl:Class ; owl:disjointWith :Y . [] a owl:AllDisjointClasses ; owl:members ( :X :Z :W ) .
        :U a owl:Class ; owl:disjointUnionOf ( :V :T ) .""",
        encoding="utf-8",
    )

    axioms = axioms_of(Terms(path))

    assert {(rule.name, len(rule.body)) for rule in axioms.rules} == {
        ("prp-inv1", 1), ("prp-inv2", 1), ("prp-spo1", 1), ("prp-eqp1", 1), ("prp-eqp2", 1),
        ("prp-symp", 1), ("prp-trp", 2), ("prp-spo2", 3),
    }  # fmt: skip
    assert axioms.functional == axioms.inverse_functional == axioms.asymmetric == {"d"}
    assert {"".join(sorted(pair)) for pair in axioms.disjoint} == {"XY", "XZ", "WX", "WZ", "TV"}


def test_a_list_without_an_end_is_an_ontology_error(tmp_path: Path) -> None:
    path = tmp_path / "坏.ttl"
    path.write_text(
        """@prefix : <https://w3id.org/zonekg/ontology#> . @prefix owl: <http://www.w3.org/2002/07/owl#> .
        @prefix rdf: <http://www.w3.org/1999/02/22-rdf-syntax-ns#> .
        :a a owl:ObjectProperty ; owl:propertyChainAxiom _:x . _:x rdf:first :a ; rdf:rest _:x .""",
        encoding="utf-8",
    )

    with pytest.raises(OntologyError, match=r"坏\.ttl.*no end"):
        axioms_of(Terms(path))


def test_conclusions_and_their_grounds_are_files_of_their_own(built: Path) -> None:
    plain = rdflib.Graph().parse(built / "inferred.ttl", format="turtle")
    reasons = rdflib.Graph().parse(built / "derivation.ttl", format="turtle")
    file = io.BytesIO()
    turtle.write(kg_store.triples(kg_store.open_build(built), DERIVATION), file)

    assert (built / "derivation.ttl").read_bytes() == file.getvalue()
    assert len(plain) == len(list(reasons.subjects(rdflib.RDF.type, rdflib.URIRef(f"{iri.ZKG}InferredFact"))))


def test_every_relation_with_an_inverse_has_a_label_for_it_in_the_graph(store: Store) -> None:
    rows = recall.rows(
        store, "SELECT ?p ?label { GRAPH graph:ontology { ?p owl:inverseOf ?q ; rdfs:label ?label } }"
    )

    named = {iri.local(row["p"]) for row in rows}

    assert named == {info.inverse for info in load_schema().relations.values() if info.inverse}
