"""Exports: each format is read back by the tool that it is for, the same bytes each time."""

from __future__ import annotations

import csv
import io
import json
import random
from dataclasses import replace
from pathlib import Path
from xml.etree import ElementTree

import networkx as nx
import pytest
import rdflib
from pyoxigraph import RdfFormat, Store, parse

from kg import store as kg_store
from kg.errors import NotFound
from kg.export import EXPORTERS, export_build
from kg.export.sheet import cell
from kg.model import Entity, Evidence, Fact, Knowledge
from kg.schema import Schema


def exported(store: Store, name: str) -> bytes:
    file = io.BytesIO()
    EXPORTERS[name].write(store, file)
    assert not file.closed
    return file.getvalue()


@pytest.fixture(scope="module")
def ugly(knowledge: Knowledge, schema: Schema) -> Store:
    """A graph whose names and quotes are as bad as a page can make them."""
    bad = '=HYPERLINK("http://a")\x01\ufffe<b>&]]>\'{}'
    proof = Evidence("其他.txt#1", 0, 9, "\t" + bad, "r")
    entities = (Entity("坏1", "Zone", bad, ("@" + bad,)), Entity("坏2", "Zone", "-" + bad))
    fact = Fact("坏1", "cooperatesWith", "坏2", 0.5, (proof,))
    return kg_store.create(
        replace(knowledge, entities=(*knowledge.entities, *entities), facts=(*knowledge.facts, fact)), schema
    )


@pytest.mark.parametrize("name", EXPORTERS)
def test_the_same_graph_is_the_same_bytes_whatever_order_the_store_has(store: Store, name: str) -> None:
    quads = list(store)
    random.Random(11).shuffle(quads)
    other = Store()
    other.extend(quads)

    assert exported(store, name) == exported(other, name) != b""


@pytest.mark.parametrize("name", EXPORTERS)
def test_ugly_text_is_exported_too(ugly: Store, name: str) -> None:
    assert exported(ugly, name)


@pytest.mark.parametrize(
    ("name", "format"), [("turtle", RdfFormat.TURTLE), ("ntriples", RdfFormat.N_TRIPLES)]
)
def test_a_triple_format_loads_as_the_graph_layer(ugly: Store, name: str, format: RdfFormat) -> None:
    loaded = Store()
    loaded.bulk_load(exported(ugly, name), format)

    assert {q.triple for q in loaded} == set(kg_store.triples(ugly, kg_store.GRAPH))


@pytest.mark.parametrize(("name", "format"), [("nquads", RdfFormat.N_QUADS), ("trig", RdfFormat.TRIG)])
def test_a_quad_format_loads_as_the_whole_store(ugly: Store, name: str, format: RdfFormat) -> None:
    assert set(parse(exported(ugly, name), format)) == set(ugly)


@pytest.mark.filterwarnings("ignore:ConjunctiveGraph is deprecated")  # rdflib's own JSON-LD parser
def test_json_ld_is_the_graph_layer_for_rdflib(store: Store) -> None:
    graph = rdflib.Graph().parse(data=exported(store, "jsonld"), format="json-ld")

    assert len(graph) == len(set(kg_store.triples(store, kg_store.GRAPH)))


@pytest.mark.parametrize("name", ["graphml", "gexf"])
def test_network_formats_are_read_by_networkx_with_every_entity_and_fact(
    store: Store, knowledge: Knowledge, name: str
) -> None:
    graph = getattr(nx, f"read_{name}")(io.BytesIO(exported(store, name)))

    assert graph.number_of_nodes() == len(knowledge.entities)
    assert graph.number_of_edges() == len(knowledge.facts)
    node = graph.nodes["https://w3id.org/zonekg/id/云际量子实验室"]
    assert (node["label"], node["class"], node["class_zh"]) == ("云际量子实验室", "Laboratory", "实验室")


@pytest.mark.parametrize("name", ["graphml", "gexf"])
def test_xml_stays_well_formed_whatever_the_text(ugly: Store, name: str) -> None:
    assert ElementTree.fromstring(exported(ugly, name)).tag


def test_gexf_holds_no_date_and_the_colour_of_the_class(store: Store, schema: Schema) -> None:
    text = exported(store, "gexf").decode()
    red = int(schema.classes["Person"].colour[1:3], 16)

    assert "lastmodified" not in text
    assert f'r="{red}"' in text


def test_cytoscape_json_has_every_entity_and_fact(store: Store, knowledge: Knowledge) -> None:
    elements = json.loads(exported(store, "cytoscape"))["elements"]

    assert len(elements["nodes"]) == len(knowledge.entities)
    assert {e["data"]["relation"] for e in elements["edges"]} == {f.relation for f in knowledge.facts}


def test_csv_has_a_row_for_each_sentence_with_its_quote_and_place(store: Store, knowledge: Knowledge) -> None:
    data = exported(store, "csv")
    rows = list(csv.DictReader(io.StringIO(data.decode("utf-8-sig"), newline="")))
    texts = {a.id: a.document.text for a in knowledge.articles}

    assert data.startswith(b"\xef\xbb\xbf")
    assert len(rows) == sum(len(fact.evidence) for fact in knowledge.facts)
    assert all(texts[r["article"]][int(r["start"]) : int(r["end"])] == r["quote"] for r in rows)
    assert {r["titles"] for r in rows if r["relation"] == "holdsPosition"} == {"副校长", "总经理"}


def test_csv_of_entities_has_a_row_for_each(store: Store, knowledge: Knowledge) -> None:
    text = exported(store, "csv-entities").decode("utf-8-sig")
    rows = {row["name"]: row for row in csv.DictReader(io.StringIO(text, newline=""))}

    assert len(rows) == len(knowledge.entities)
    assert rows["国盾量子技术股份有限公司"]["aliases"] == "国盾量子"
    assert (rows["合肥高新区"]["facts"], rows["合肥高新区"]["articles"]) == ("4", "1")


def test_csv_of_figures_has_values_in_plain_digits(store: Store) -> None:
    text = exported(store, "csv-figures").decode("utf-8-sig")

    assert {row["value"] for row in csv.DictReader(io.StringIO(text, newline=""))} == {"15050000000", "1302"}


@pytest.mark.parametrize("name", ["csv", "csv-entities", "csv-figures"])
def test_no_cell_runs_as_a_formula(ugly: Store, name: str) -> None:
    text = exported(ugly, name).decode("utf-8-sig")

    for row in csv.reader(io.StringIO(text, newline="")):
        assert not [value for value in row if value[:1] in tuple("=+-@\t\r")]


@pytest.mark.parametrize(
    ("value", "text"),
    [("=1+1", "'=1+1"), ("＝1", "'＝1"), ("-5.5", "-5.5"), ("-5-1", "'-5-1"), (None, ""), (0.9, "0.9")],
)
def test_a_number_is_left_alone_and_a_formula_is_not(value: object, text: str) -> None:
    assert cell(value) == text


def test_an_export_goes_beside_the_build_or_where_it_is_told(built: Path, tmp_path: Path) -> None:
    assert export_build(built, "turtle", None) == built / "graph.ttl"
    target = tmp_path / "关系.csv"
    assert export_build(built, "csv", str(target)) == target
    assert target.read_bytes().startswith(b"\xef\xbb\xbf")


def test_an_export_without_a_build_says_how_to_make_one(tmp_path: Path) -> None:
    with pytest.raises(NotFound, match="kg build"):
        export_build(tmp_path, "csv", "-")


def test_every_exporter_has_its_own_suffix_and_is_described_in_both_languages() -> None:
    suffixes = [exporter.suffix for exporter in EXPORTERS.values()]

    assert len(set(suffixes)) == len(suffixes)
    for exporter in EXPORTERS.values():
        assert exporter.label_en.isascii()
        assert not exporter.label_zh.isascii()
