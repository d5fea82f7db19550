"""A part of a graph: what is left is true, whole and said by sentences; nothing speaks of what is gone."""

from __future__ import annotations

from pathlib import Path

import pytest
from pyoxigraph import Quad, Store

from kg import iri, recall
from kg import store as kg_store
from kg.errors import NotFound
from kg.explore import collect
from kg.export import EXPORTERS, export_build
from kg.export.selection import Selection, select
from kg.validate import validate

PARTS = {
    "classes": Selection(classes=("Zone", "Person")),
    "relations": Selection(relations=("locatedIn",)),
    "confidence": Selection(confidence=0.95),
    "around": Selection(around="国盾量子", hops=1),
    "limit": Selection(limit=4),
    "all at once": Selection(("Organization", "Zone"), ("locatedIn", "leads"), 0.9, "合肥高新区", 3, 9),
}


def stated(store: Store) -> set[Quad]:
    """All but what follows from it."""
    return {quad for quad in store if quad.graph_name not in (kg_store.INFERRED, kg_store.DERIVATION)}


@pytest.mark.parametrize("name", PARTS)
def test_a_part_is_a_graph_of_its_own_in_which_all_is_said(store: Store, name: str) -> None:
    part = select(store, PARTS[name])
    assert stated(part) < stated(store)
    assert set(kg_store.triples(part, kg_store.INFERRED)) <= set(kg_store.triples(store, kg_store.INFERRED))
    keys = {entity.key for entity in recall.entities(part)}
    facts = recall.facts(part)
    assert facts or name == "classes"
    assert {key for fact in facts for key in (fact.subject, fact.object)} <= keys
    assert all(fact.evidence for fact in facts)
    assert set(facts) <= set(recall.facts(store))
    direct = {
        t
        for t in kg_store.triples(part, kg_store.GRAPH)
        if t.predicate.value.removeprefix(iri.ZKG) in {f.relation for f in facts}
    }
    assert len(direct) == len(facts)
    data = collect(part)
    assert {naming.entity for naming in data.namings} <= keys
    assert {figure.subject for figure in data.observations} <= keys
    assert validate(part).conforms


def test_each_condition_leaves_what_it_names(store: Store) -> None:
    assert {e.cls for e in recall.entities(select(store, PARTS["classes"]))} == {"HighTechZone", "Person"}
    assert {f.relation for f in recall.facts(select(store, PARTS["relations"]))} == {"locatedIn"}
    assert min(f.confidence for f in recall.facts(select(store, PARTS["confidence"]))) >= 0.95
    near = {e.key for e in recall.entities(select(store, PARTS["around"]))}
    assert near == {"国盾量子技术股份有限公司", "合肥高新区", "量子信息产业链"}
    assert len(recall.entities(select(store, PARTS["limit"]))) == 4


def test_a_name_that_is_nowhere_is_told(store: Store) -> None:
    with pytest.raises(NotFound, match="没有这个名称"):
        select(store, Selection(around="无此名"))
    with pytest.raises(NotFound, match="Zonne"):
        select(store, Selection(classes=("Zonne",)))
    with pytest.raises(NotFound, match="locatedin"):
        select(store, Selection(relations=("locatedin",)))


def test_nothing_asked_narrows_nothing() -> None:
    assert not Selection().narrows()
    assert all(part.narrows() for part in PARTS.values())


@pytest.mark.parametrize("name", EXPORTERS)
def test_every_format_writes_a_part_beside_the_whole(built: Path, tmp_path: Path, name: str) -> None:
    said: list[str] = []
    written = export_build(built, name, str(tmp_path / "part"), PARTS["around"], said.append)
    assert written and written.stat().st_size
    assert said[0].startswith("选出 selected: 3 / 20")
    assert export_build(built, name, "-", PARTS["limit"]) is None if name == "turtle" else True


def test_a_part_does_not_replace_the_page_of_the_build(built: Path) -> None:
    written = export_build(built, "html", None, PARTS["around"])
    assert written == built / "graph.part.html"
    text = written.read_text(encoding="utf-8")
    written.unlink()
    from test_explore import Page

    assert Page(text).block("map-data")[0]["part"] == {"entities": 20, "facts": 22}
