"""The shape of the RDF: what each thing becomes, in which layer."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

import pytest
from conftest import make_knowledge, read
from pyoxigraph import BlankNode, Literal, NamedNode, Triple

from kg import iri
from kg.graph import decimal_text, evidence_triples, graph_triples, ontology_triples
from kg.model import Fact, Knowledge
from kg.schema import Schema, load_schema

Line = tuple[str, str, str]


def short(triple: Triple) -> Line:
    """A triple as a person reads it."""
    value = triple.object
    if isinstance(value, NamedNode):
        said = iri.short(value.value)
    else:
        assert isinstance(value, Literal)
        datatype = value.datatype.value.rpartition("#")[2]
        said = value.value + (f"@{value.language}" if value.language else f"^{datatype}")
    return iri.short(triple.subject.value), iri.short(triple.predicate.value), said


@pytest.fixture(scope="module")
def graph(knowledge: Knowledge, schema: Schema) -> set[Line]:
    return {short(t) for t in read(graph_triples(knowledge, schema))}


@pytest.fixture(scope="module")
def evidence(knowledge: Knowledge, schema: Schema) -> set[Line]:
    return {short(t) for t in read(evidence_triples(knowledge, schema))}


def about(lines: set[Line], node: str) -> dict[str, str]:
    """What the lines say of a node that has one value for each property."""
    said = [(p, o) for s, p, o in lines if s == node]
    assert len(said) == len(dict(said))
    return dict(said)


def test_an_entity_has_its_class_its_name_twice_and_its_other_names(graph: set[Line]) -> None:
    assert about(graph, "id:国盾量子技术股份有限公司") == {
        "rdf:type": "zkg:Enterprise",
        "rdfs:label": "国盾量子技术股份有限公司@zh",
        "skos:prefLabel": "国盾量子技术股份有限公司@zh",
        "skos:altLabel": "国盾量子@zh",
        "zkg:locatedIn": "id:合肥高新区",
        "zkg:developsIndustry": "id:量子信息产业链",
    }


def test_a_post_is_a_relation_and_a_membership_with_its_title(graph: set[Line]) -> None:
    assert ("id:何知远", "zkg:holdsPosition", "id:四川云麓大学") in graph
    assert about(graph, "id:membership/何知远/四川云麓大学/副校长") == {
        "rdf:type": "org:Membership",
        "org:member": "id:何知远",
        "org:organization": "id:四川云麓大学",
        "org:role": "副校长@zh",
    }


def test_two_titles_in_one_body_are_two_memberships(knowledge: Knowledge, schema: Schema) -> None:
    facts = tuple(replace(f, titles=("书记", "主任")) for f in knowledge.facts if f.subject == "何知远")
    lines = {short(t) for t in read(graph_triples(replace(knowledge, facts=facts), schema))}

    assert {"书记@zh", "主任@zh"} == {o for _, p, o in lines if p == "org:role"}


def test_a_figure_is_an_observation_with_a_decimal_value(graph: set[Line]) -> None:
    assert about(graph, "id:observation/合肥高新区/总投资额/15050000000/元") == {
        "rdf:type": "zkg:Observation",
        "zkg:observedSubject": "id:合肥高新区",
        "zkg:indicator": "总投资额@zh",
        "zkg:value": "15050000000.0^decimal",
        "zkg:unit": "元^string",
    }
    assert about(graph, "id:observation/合肥高新区/高新技术企业/1302/家/2025")["zkg:time"] == "2025^gYear"


def test_an_article_tells_its_page_its_metadata_and_what_it_mentions(graph: set[Line]) -> None:
    article = "id:page/其他.txt#2"

    assert {"schema:NewsArticle"} == {o for s, p, o in graph if (s, p) == (article, "rdf:type")}
    assert (article, "schema:headline", "<b>对接会</b>@zh") in graph
    assert (article, "schema:datePublished", "2025-06-24^date") in graph
    assert (article, "schema:publisher", "园区报@zh") in graph
    assert (article, "schema:isPartOf", "id:page/其他.txt") in graph
    assert (article, "schema:mentions", "id:何知远") in graph
    assert (article, "schema:mentions", "id:合肥高新区") not in graph


def test_a_month_without_a_day_is_a_gyearmonth(knowledge: Knowledge, schema: Schema) -> None:
    articles = tuple(replace(a, date="2025-06") for a in knowledge.articles)
    lines = {short(t) for t in read(graph_triples(replace(knowledge, articles=articles), schema))}

    assert {"2025-06^gYearMonth"} == {o for _, p, o in lines if p == "schema:datePublished"}


def test_a_page_tells_what_is_needed_to_check_an_offset(graph: set[Line], knowledge: Knowledge) -> None:
    document = next(a.document for a in knowledge.articles if a.document.source.startswith("合肥"))

    assert {
        "rdf:type": "schema:DigitalDocument",
        "schema:name": "合肥/000 头版.txt^string",
        "schema:sha256": f"{document.sha256}^string",
        "schema:encodingFormat": "text/plain; charset=utf-8^string",
    } == about(graph, "id:page/合肥/000 头版.txt")


def test_a_symmetric_relation_is_stated_once_in_canonical_order(schema: Schema) -> None:
    knowledge = make_knowledge()
    turned = tuple(
        replace(f, subject=f.object, object=f.subject) if f.relation == "cooperatesWith" else f
        for f in knowledge.facts
    )

    assert set(read(graph_triples(knowledge, schema))) == set(
        read(graph_triples(replace(knowledge, facts=turned), schema))
    )
    assert set(read(evidence_triples(knowledge, schema))) == set(
        read(evidence_triples(replace(knowledge, facts=turned), schema))
    )


def test_a_directed_relation_keeps_its_direction(schema: Schema) -> None:
    fact = Fact("乙", "leads", "甲", 1.0, ())
    lines = {short(t) for t in read(graph_triples(Knowledge((), (), (fact,), (), ()), schema))}

    assert {("id:乙", "zkg:leads", "id:甲")} == lines


def test_every_relation_has_a_fact_with_confidence_and_evidence(
    evidence: set[Line], knowledge: Knowledge
) -> None:
    fact = "id:fact/合肥高新区/establishes/量子信息产业链党委"

    assert (fact, "rdf:type", "zkg:Fact") in evidence
    assert (fact, "rdf:subject", "id:合肥高新区") in evidence
    assert (fact, "rdf:predicate", "zkg:establishes") in evidence
    assert (fact, "rdf:object", "id:量子信息产业链党委") in evidence
    assert (fact, "zkg:confidence", "0.95^decimal") in evidence
    assert sum((s, p) == (fact, "zkg:evidence") for s, p, _ in evidence) == 2
    facts = sum((p, o) == ("rdf:type", "zkg:Fact") for _, p, o in evidence)
    assert len(knowledge.facts) + len(knowledge.observations) == facts


def test_a_figures_fact_points_at_its_observation(evidence: set[Line]) -> None:
    fact = "id:fact/observation/合肥高新区/总投资额/15050000000/元"

    assert (fact, "zkg:aboutObservation", "id:observation/合肥高新区/总投资额/15050000000/元") in evidence


def test_a_quote_is_printed_as_in_the_source_with_its_place(evidence: set[Line]) -> None:
    assert about(evidence, "id:mention/合肥/000 头版.txt/1/35-46/量子信息产业链党委") == {
        "rdf:type": "zkg:Mention",
        "zkg:mentionOf": "id:量子信息产业链党委",
        "oa:exact": "量子信息产业链党\n\n委^string",
        "oa:start": "35^integer",
        "oa:end": "46^integer",
        "prov:hadPrimarySource": "id:page/合肥/000 头版.txt#1",
        "zkg:rule": "gazetteer^string",
    }


def test_every_quote_is_the_source_at_its_offsets(knowledge: Knowledge, schema: Schema) -> None:
    texts = {iri.article(a.id): a.document.text for a in knowledge.articles}
    said: dict[str, dict[str, str]] = {}
    for triple in read(evidence_triples(knowledge, schema)):
        said.setdefault(triple.subject.value, {})[triple.predicate.value] = triple.object.value
    quotes = [node for node in said.values() if iri.OA + "exact" in node]

    assert quotes
    for node in quotes:
        text = texts[node[iri.PROV + "hadPrimarySource"]]
        start, end = int(node[iri.OA + "start"]), int(node[iri.OA + "end"])
        assert node[iri.OA + "exact"] == text[start:end]


def test_no_node_is_blank(knowledge: Knowledge, schema: Schema) -> None:
    triples = [
        *read(graph_triples(knowledge, schema)),
        *read(evidence_triples(knowledge, schema)),
        *read(ontology_triples(schema)),
    ]

    assert not [t for t in triples if isinstance(t.subject, BlankNode) or isinstance(t.object, BlankNode)]


def test_every_term_of_ours_is_declared_in_the_ontology(knowledge: Knowledge, schema: Schema) -> None:
    from pyoxigraph import parse

    from kg.resources import ontology_dir

    declared = {quad.subject.value for quad in parse(path=ontology_dir() / "zonekg.ttl")}
    triples = {*read(graph_triples(knowledge, schema)), *read(evidence_triples(knowledge, schema))}
    used = {
        term.value
        for triple in triples
        for term in (triple.predicate, triple.object)
        if term.value.startswith(iri.ZKG)
    }

    assert set() == used - declared


def test_the_ontology_layer_holds_the_class_tree_and_labels_in_both_languages() -> None:
    lines = {short(t) for t in read(ontology_triples(load_schema()))}

    assert ("zkg:Laboratory", "rdfs:subClassOf", "zkg:ResearchInstitution") in lines
    assert ("zkg:locatedIn", "rdfs:label", "位于@zh") in lines
    assert ("zkg:Zone", "rdfs:label", "zone@en") in lines


@pytest.mark.parametrize(
    ("value", "text"),
    [("1302", "1302"), ("150.50", "150.5"), ("1E+3", "1000"), ("0", "0"), ("0.00", "0"), ("-3.10", "-3.1")],
)
def test_a_number_is_written_in_plain_digits(value: str, text: str) -> None:
    assert text == decimal_text(Decimal(value))
