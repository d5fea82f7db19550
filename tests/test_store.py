"""The store: its layers, opened by one module, read back as they were written."""

from __future__ import annotations

import ast
import random
from dataclasses import replace
from pathlib import Path

import pytest
import rdflib
from pyoxigraph import Quad, RdfFormat, Store, parse

from kg import recall
from kg import store as kg_store
from kg.errors import InputError, NotFound
from kg.model import Knowledge
from kg.schema import Schema


def test_the_graph_is_the_default_graph_and_the_other_layers_are_named(store: Store) -> None:
    names = {graph.value for graph in store.named_graphs()}

    assert names == {
        f"https://w3id.org/zonekg/graph/{name}"
        for name in ("evidence", "reference", "ontology", "inferred", "derivation", "quarantine", "text")
    }
    assert store.query("ASK { ?zone a <https://w3id.org/zonekg/ontology#HighTechZone> }")
    assert not store.query("ASK { ?fact a <https://w3id.org/zonekg/ontology#Fact> }")


def test_a_build_is_opened_for_reading_only(built: Path) -> None:
    store = kg_store.open_build(built)
    quad = next(iter(store.quads_for_pattern(None, None, None)))

    with pytest.raises(RuntimeError, match="read-write"):
        store.remove(quad)


def test_opening_a_folder_without_a_build_says_how_to_make_one(tmp_path: Path) -> None:
    with pytest.raises(NotFound, match="kg build"):
        kg_store.open_build(tmp_path)


def test_opening_a_broken_store_says_to_build_again(tmp_path: Path) -> None:
    (tmp_path / "store").mkdir()
    (tmp_path / "store" / "CURRENT").write_text("rubbish")

    with pytest.raises(InputError, match="build again"):
        kg_store.open_build(tmp_path)


@pytest.mark.parametrize(("name", "layer"), list(kg_store.FILES.items()))
def test_a_turtle_file_holds_just_what_its_layer_holds(built: Path, name: str, layer: kg_store.Layer) -> None:
    loaded = Store()
    loaded.load(path=built / name, format=RdfFormat.TURTLE)

    read = {quad.triple for quad in loaded}

    assert set(kg_store.triples(kg_store.open_build(built), layer)) == read
    assert len(read) == len(rdflib.Graph().parse(built / name, format="turtle"))


def test_a_store_read_from_its_files_holds_what_one_in_memory_holds(
    knowledge: Knowledge, schema: Schema, store: Store, tmp_path: Path
) -> None:
    written = kg_store.write(knowledge, schema, tmp_path)

    assert set(store) == set(written)


def test_the_same_knowledge_in_any_order_is_written_as_the_same_bytes(
    knowledge: Knowledge, schema: Schema, built: Path, tmp_path: Path
) -> None:
    dice = random.Random(3)
    parts = {
        name: tuple(dice.sample(getattr(knowledge, name), len(getattr(knowledge, name))))
        for name in ("articles", "entities", "facts", "observations", "namings")
    }

    kg_store.write(replace(knowledge, **parts), schema, tmp_path)

    for name in kg_store.FILES:
        assert (built / name).read_bytes() == (tmp_path / name).read_bytes()


def test_knowledge_is_recalled_as_it_was(store: Store, knowledge: Knowledge) -> None:
    assert set(knowledge.entities) == set(recall.entities(store))
    assert set(knowledge.facts) == set(recall.facts(store))
    assert set(knowledge.observations) == set(recall.observations(store))
    assert {a.id for a in knowledge.articles} == {story.id for story in recall.stories(store)}


def test_recall_does_not_depend_on_the_order_of_the_store(store: Store) -> None:
    quads = list(store)
    random.Random(5).shuffle(quads)
    other = Store()
    other.extend(quads)

    assert recall.facts(store) == recall.facts(other)
    assert recall.observations(store) == recall.observations(other)


def test_recall_about_one_entity_is_what_it_takes_part_in(store: Store, knowledge: Knowledge) -> None:
    zone = "https://w3id.org/zonekg/id/合肥高新区"

    facts = recall.facts(store, zone)

    assert {f for f in knowledge.facts if "合肥高新区" in (f.subject, f.object)} == set(facts)
    assert set(knowledge.observations) == set(recall.observations(store, zone))
    assert [story.id for story in recall.stories(store, zone)] == ["合肥/000 头版.txt#1"]


def test_an_entity_without_facts_is_recalled_without_facts(schema: Schema, knowledge: Knowledge) -> None:
    bare = kg_store.create(replace(knowledge, facts=(), observations=()), schema)

    assert () == recall.facts(bare) == recall.observations(bare)
    assert len(knowledge.entities) == len(recall.entities(bare))


def test_sorted_quads_are_all_quads_once(store: Store) -> None:
    quads = kg_store.sorted_quads(store, *kg_store.LAYERS)

    assert len(store) == len(quads) == len(set(quads))
    assert all(isinstance(quad, Quad) for quad in quads)


def test_no_other_module_opens_a_store() -> None:
    package = Path(kg_store.__file__).parent
    for path in package.rglob("*.py"):
        if path.name == "store.py":
            continue
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call):
                called = ast.unparse(node.func)
                assert called.rpartition(".")[2] != "Store" and not called.endswith("Store.read_only"), path


def test_evidence_is_found_from_the_graph_by_naming_its_graph(store: Store) -> None:
    found = store.query(
        """PREFIX zkg: <https://w3id.org/zonekg/ontology#>
        ASK { ?s zkg:leads ?o GRAPH <https://w3id.org/zonekg/graph/evidence> {
          ?f <http://www.w3.org/1999/02/22-rdf-syntax-ns#subject> ?s ; zkg:evidence ?e } }"""
    )

    assert found


def test_turtle_files_parse_as_plain_rdf_1_1(built: Path) -> None:
    for name in kg_store.FILES:
        assert list(parse(path=built / name, format=RdfFormat.TURTLE))
