"""The pyvis network: a real one, directed, in our places, on a page that needs no network."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from explorer import View, browser, needs_browser
from pyoxigraph import Store
from test_explore import HOSTILE, Page, hostile_knowledge

from kg import iri
from kg import store as kg_store
from kg.errors import NotFound
from kg.explore import GraphData, collect, to_pyvis
from kg.explore.network import most_connected, neighbourhood, node_size, wrapped
from kg.explore.places import place
from kg.explore.pyvispage import render_pyvis, vis_network
from kg.export import export_build
from kg.model import Entity, Fact
from kg.schema import Schema

__all__ = ["browser"]


@pytest.fixture(scope="module")
def data(store: Store) -> GraphData:
    return collect(store)


@pytest.fixture(scope="module")
def page(data: GraphData) -> Page:
    return Page(render_pyvis(data))


def test_the_network_is_pyvis_directed_in_our_places_without_physics(data: GraphData) -> None:
    from pyvis.network import Network

    network = to_pyvis(data)
    assert isinstance(network, Network)
    assert network.directed
    assert network.options.physics.enabled is False
    places = place(data)
    at = {e.key: (int(places.x[n]), int(places.y[n])) for n, e in enumerate(data.entities)}
    assert {node["id"]: (node["x"], node["y"]) for node in network.nodes} == at
    assert network.get_node("合肥高新区")["label"] == "合肥高新区"
    assert "合肥高新区" in network.get_nodes()
    assert network.num_edges() == len(data.facts)


def test_facts_drawn_are_facts_of_the_graph(page: Page, store: Store, schema: Schema) -> None:
    labels = {r.label_zh: r.name for r in schema.relations.values()}
    drawn = {(e["from"], labels[e["title"]], e["to"]) for e in json.loads(page.text("edges-data"))}
    direct = set()
    for relation in schema.relations:
        for s, o in store.query(f"SELECT ?s ?o WHERE {{ ?s <{iri.ZKG}{relation}> ?o }}"):
            direct.add((iri.local(s.value), relation, iri.local(o.value)))
    dashed = {
        (e["from"], labels[e["title"]], e["to"]) for e in json.loads(page.text("edges-data")) if e["dashes"]
    }
    assert drawn - dashed == direct
    assert dashed == {
        (s, p, o) for s, p, o in inferred(store) if p in schema.relations and (o, p, s) not in direct
    }


def inferred(store: Store) -> set[tuple[str, str, str]]:
    found = kg_store.triples(store, kg_store.INFERRED)
    return {tuple(iri.local(term.value) for term in triple) for triple in found}  # type: ignore[misc, union-attr]


def test_two_relations_of_one_pair_are_two_edges_apart() -> None:
    entities = (Entity("甲公司", "Enterprise", "甲公司"), Entity("乙区", "Zone", "乙区"))
    facts = tuple(Fact("甲公司", name, "乙区", 1.0, ()) for name in ("cooperatesWith", "locatedIn", "partOf"))
    edges = to_pyvis(GraphData(entities, facts, (), (), ())).edges
    assert len({json.dumps(edge["smooth"], sort_keys=True) for edge in edges}) == 3


def test_above_the_limit_the_most_connected_are_drawn_and_the_page_says_so(data: GraphData) -> None:
    degrees = data.degrees()
    shown = most_connected(data, 5)
    assert min(degrees[e.key] for e in shown) >= sorted(degrees.values(), reverse=True)[4]
    page = Page(render_pyvis(data, limit=5))
    assert len(json.loads(page.text("nodes-data"))) == 5
    assert "显示 5 / 20 个实体" in render_pyvis(data, limit=5)


def test_a_neighbourhood_is_what_is_near(data: GraphData) -> None:
    near = {entity.key for entity in neighbourhood(data, "何知远", 1, 100)}
    assert near == {"何知远", "四川云麓大学", "春季校企对接会"}
    assert len(to_pyvis(data, around="何知远", hops=2).nodes) == 4
    assert len(neighbourhood(data, "合肥高新区", 5, 3)) == 3
    with pytest.raises(NotFound, match="nobody"):
        to_pyvis(data, around="nobody")


def test_an_export_says_what_it_shows(built: Path, tmp_path: Path) -> None:
    said: list[str] = []
    assert export_build(built, "pyvis", str(tmp_path / "图.html"), say=said.append)
    assert said == ["显示 20 / 20 个实体、23 / 23 条关系 · shown 20 of 20 entities, 23 of 23 facts"]
    assert "合肥高新区" in (tmp_path / "图.html").read_text(encoding="utf-8")


def test_hostile_names_stay_text(schema: Schema) -> None:
    data = collect(kg_store.create(hostile_knowledge(), schema))
    page = Page(render_pyvis(data, title=HOSTILE[0]))
    assert [tag for tag, _ in page.elements].count("script") == 4
    assert not [a for _, attrs in page.elements for a in attrs if a.startswith("on")]
    assert {node["id"] for node in json.loads(page.text("nodes-data"))} == set(HOSTILE)


def test_vis_network_is_named_with_its_licence(data: GraphData) -> None:
    text = render_pyvis(data)
    assert "vis-network 9.1.2, Apache-2.0 or MIT" in text
    assert vis_network().read_bytes().decode()[:400].replace("\r\n", "\n") in text


def test_a_size_grows_with_facts_within_bounds() -> None:
    sizes = [node_size(degree) for degree in (0, 1, 5, 20, 10_000)]
    assert sizes == sorted(sizes)
    assert 5 <= sizes[0] < sizes[-1] <= 36


def test_wrapping_keeps_every_character() -> None:
    name = "西部(重庆)科学城种质创制大科学中心联合党委ABC"
    assert wrapped(name).replace("\n", "") == name
    assert wrapped("重庆") == "重庆"
    assert wrapped("") == ""


@needs_browser
def test_its_page_opens_offline_and_moves_only_when_asked(
    browser: Any, data: GraphData, tmp_path: Path
) -> None:
    file = tmp_path / "pyvis.html"
    file.write_text(render_pyvis(data), encoding="utf-8")
    view = View(browser, file)
    view.requests()
    view.complaints()
    view.open()
    assert "显示 20 / 20" in view.find("#shown").text
    where = view.js("return network.getPosition('合肥高新区')")
    places = place(data)
    number = [entity.key for entity in data.entities].index("合肥高新区")
    assert (where["x"], where["y"]) == (places.x[number], places.y[number])
    view.find("#physics").click()
    view.until(lambda: view.js("return network.getPosition('合肥高新区').x") != where["x"])
    assert view.requests() == set()
    assert view.complaints() == []
