"""Asking the explorer and taking along what it shows: SPARQL in the page, exports, hostile text."""

from __future__ import annotations

import csv
import io
import json
import re
from pathlib import Path
from typing import Any
from urllib.parse import quote
from xml.etree import ElementTree

import networkx as nx
import pytest
from explorer import View, browser, needs_browser, view
from pyoxigraph import RdfFormat, Store, parse
from test_explore import HOSTILE, Page, hostile_knowledge

from kg import iri, questions
from kg import store as kg_store
from kg.explore import collect, render
from kg.query import answer
from kg.schema import Schema

__all__ = ["browser", "view"]
pytestmark = needs_browser


@pytest.fixture
def hostile(browser: Any, schema: Schema, tmp_path: Path) -> View:
    file = tmp_path / "hostile.html"
    data = collect(kg_store.create(hostile_knowledge(), schema))
    file.write_bytes(render(data, title=HOSTILE[0]).encode("utf-8"))
    view = View(browser, file)
    view.downloads(tmp_path / "saved")
    return view


def ask(view: View, sparql: str) -> Any:
    """What the page's own engine answers."""
    return view.later("return (await zonekg.asker.ask(arg[0])).result", sparql)


def console(view: View, sparql: str) -> str:
    """Put a query into the editor, run it, and give the answer's first line."""
    view.js("document.getElementById('sparql').value = arguments[0]", sparql)
    view.js("document.getElementById('answer').replaceChildren()")
    view.find("#run").click()
    view.until(lambda: view.all("#answer .answer-head, #answer .error"))
    return view.find("#answer .answer-head, #answer .error").text


# ---------------------------------------------------------------- SPARQL


def test_the_engine_in_the_page_holds_the_store_triple_for_triple(view: View, store: Store) -> None:
    view.open()
    for layer, pattern in (
        (kg_store.GRAPH, "{ ?s ?p ?o }"),
        (kg_store.EVIDENCE, "{ GRAPH graph:evidence { ?s ?p ?o } }"),
        (kg_store.ONTOLOGY, "{ GRAPH graph:ontology { ?s ?p ?o } }"),
        (kg_store.TEXT, "{ GRAPH graph:text { ?s ?p ?o } }"),
    ):
        turtle = ask(view, f"CONSTRUCT {{ ?s ?p ?o }} WHERE {pattern}")
        found = {quad.triple for quad in parse(turtle, RdfFormat.TURTLE)}
        assert found == set(kg_store.triples(store, layer))


def test_hostile_names_have_the_same_iris_in_the_page(hostile: View, schema: Schema) -> None:
    store = kg_store.create(hostile_knowledge(), schema)
    hostile.open()
    turtle = ask(hostile, "CONSTRUCT { ?s ?p ?o } WHERE { ?s ?p ?o }")
    assert {quad.triple for quad in parse(turtle, RdfFormat.TURTLE)} == set(
        kg_store.triples(store, kg_store.GRAPH)
    )


def test_every_ready_question_is_answered_as_on_the_command_line(view: View, store: Store) -> None:
    def sorted_rows(rows: list[Any]) -> list[str]:
        return sorted(json.dumps(row, sort_keys=True) for row in rows)

    view.open()
    for name, question in questions.load_questions().items():
        there = json.loads(answer(store, question.sparql, "json").data)["results"]["bindings"]
        here = ask(view, question.sparql)["results"]["bindings"]
        assert sorted_rows(here) == sorted_rows(there), name


def test_a_ready_question_with_a_parameter_leads_back_into_the_picture(view: View) -> None:
    view.open("v=map&ask=zone-laboratories")
    view.until(lambda: view.all("#parameters input"))
    assert view.find("#parameters input").get_attribute("value") == "合肥高新区"
    view.find("#run").click()
    view.until(lambda: view.all("#answer tbody tr"))
    row = view.find("#answer tbody tr")
    assert "云际量子实验室" in row.text
    row.find_elements("css selector", "td")[-1].click()
    view.until(lambda: view.heading in ("云际量子实验室", "合肥高新区"))


def test_a_parameter_is_found_by_pinyin_and_an_empty_one_stands_for_all(view: View) -> None:
    def query() -> str:
        return str(view.js("return document.getElementById('sparql').value"))

    view.open("v=map&ask=zone-laboratories")
    view.until(lambda: view.all("#parameters input"))
    view.find("#parameters input").clear()
    view.find("#parameters input").send_keys("lsgxq")
    view.until(lambda: view.all("#parameters [aria-selected=true]"))
    view.keys("\ue007")
    view.until(lambda: '{ "乐山高新区"@zh }' in query())
    assert view.js("return document.activeElement.id") == "run"
    view.find("#parameters input").send_keys("\ue00c")
    view.until(lambda: "{ UNDEF }" in query())


def test_every_question_speaks_chinese_and_english(view: View) -> None:
    read = """
        const said = {};
        for (const question of document.querySelectorAll('#questions button')) {
          question.click();
          const answer = document.getElementById('answer');
          answer.replaceChildren();
          document.getElementById('run').click();
          while (!answer.querySelector('.answer-head')) await new Promise((next) => setTimeout(next, 5));
          const words = document.querySelectorAll('#parameters label, #answer thead th');
          said[question.dataset.question] = [question, ...words].map((node) => node.textContent);
        }
        return said"""
    han = re.compile(r"[\u4e00-\u9fff]")
    for language in ("zh", "en"):
        view.open(f"v=map&ask=1&lang={language}")
        said = view.later(read)
        assert said.keys() == questions.load_questions().keys()
        foreign = {w for words in said.values() for w in words if bool(han.search(w)) != (language == "zh")}
        assert foreign == set()


def test_a_mistake_is_told_and_a_long_question_can_be_stopped(view: View) -> None:
    view.open("v=map&ask=1")
    assert "第 1 行" in console(view, "SELEC ?x { ?x a zkg:Zone }")
    product = " ".join(f"?a{n} ?b{n} ?c{n} ." for n in range(5))
    view.js(
        "document.getElementById('sparql').value = arguments[0]", f"SELECT (COUNT(*) AS ?n) {{ {product} }}"
    )
    view.find("#run").click()
    view.until(lambda: view.find("#stop").is_displayed() and "运行中" in view.find("#answer").text)
    view.find("#stop").click()
    view.until(lambda: "已停止" in view.find("#answer").text)
    assert "1 行" in console(view, "SELECT (COUNT(*) AS ?n) { ?z a zkg:Zone }")


def test_the_editor_completes_by_chinese_label_and_colours(view: View) -> None:
    view.open("v=map&ask=1")
    view.js("document.getElementById('sparql').value = ''")
    view.find("#sparql").send_keys("SELECT ?x { ?x a 实验")
    view.until(lambda: view.all("#terms li"))
    assert "zkg:Laboratory" in view.find("#terms").text
    view.keys("\ue007")
    assert view.js("return document.getElementById('sparql').value").endswith("zkg:Laboratory")
    assert {e.text for e in view.all("#sparql-colours .q-word")} == {"SELECT"}


ENDS = f"from={quote('国盾量子技术股份有限公司')}&to={quote('云桥生物科技有限公司')}"


VIEWS = (
    "v=map",
    "v=map&hide=Person,Place",
    "v=map&without=locatedIn,leads",
    "v=map&min=0.9",
    "v=map&after=2025-06",
    f"v=map&papers={quote(quote('园区报'))}",
    f"v=map&story={quote('其他.txt#1')}",
    "v=map&hide=Person&min=0.85",
    "v=map&said=inferred",
    "v=map&said=asserted",
    "v=map&said=inferred&min=0.9",
    "v=map&said=inferred&after=2020",
    f"v=focus&of={quote('合肥高新区')}&hops=2",
    f"v=focus&of={quote('浦口高新区')}&hide=Person",
    f"v=path&{ENDS}&k=2",
    f"v=compare&one={quote('合肥高新区')}&two={quote('浦口高新区')}",
    f"v=story&a={quote('其他.txt#1')}&min=0.5",
)


def test_the_query_of_a_view_gives_the_facts_of_the_view(view: View) -> None:
    view.open("v=map")
    shown = """
        const { graph, state, exports } = zonekg;
        const none = Object.fromEntries(Object.keys(state.now()).map((key) => [key, ""]));
        state.go({ ...none, ...Object.fromEntries(new URLSearchParams(arguments[0])) });
        document.getElementById('view-sparql').click();
        return exports.seen().facts.map((fact) => [graph.labels[graph.subject[fact]],
          graph.wayOf(fact).name, graph.labels[graph.object[fact]]])"""
    parts = ("subjectName", "relation", "objectName")
    sizes = {}
    for state in VIEWS:
        facts = view.js(shown, state)
        rows = ask(view, view.js("return document.getElementById('sparql').value"))
        found = [
            [r[part]["value"].removeprefix(iri.ZKG) for part in parts] for r in rows["results"]["bindings"]
        ]
        assert sorted(found) == sorted(facts), state
        sizes[state] = len(facts)
    assert sizes["v=map"] == 23
    assert sizes["v=map&said=inferred"] == 1
    assert len(set(sizes.values())) > 8  # the views differ, so each query had to


def test_what_is_inferred_is_a_broken_line(view: View) -> None:
    view.open("v=map&said=asserted")
    assert b"stroke-dasharray" not in export(view, "svg", "zonekg.svg")
    (view.file.parent / "saved" / "zonekg.svg").unlink()
    view.open("v=map&said=inferred")
    assert b"stroke-dasharray" in export(view, "svg", "zonekg.svg")


# ---------------------------------------------------------------- exports


def export(view: View, kind: str, name: str) -> bytes:
    folder = view.file.parent / "saved"
    view.later("await zonekg.exports[arg[0]](); return 1", kind)
    return view.saved(folder / name)


def test_pictures_are_exported_as_png_and_svg(view: View) -> None:
    view.open("v=map")
    assert export(view, "png", "zonekg.png").startswith(b"\x89PNG")
    root = ElementTree.fromstring(export(view, "svg", "zonekg.svg"))
    texts = "".join(node.text or "" for node in root.iter("{http://www.w3.org/2000/svg}text"))
    assert "合肥高新区" in texts
    assert "20 / 20 个实体" in texts


def test_csv_opens_right_in_excel_and_has_a_row_for_each_sentence(view: View, store: Store) -> None:
    view.open("v=map&hide=Person")
    data = export(view, "csv", "zonekg.csv")
    assert data.startswith(b"\xef\xbb\xbf")
    rows = list(csv.DictReader(io.StringIO(data.decode("utf-8-sig"), newline="")))
    facts = [f for f in collect(store).facts if "Person" not in (f.subject, f.object)]
    assert {row["relation"] for row in rows} <= {fact.relation for fact in facts}
    assert len({(r["subject"], r["relation"], r["object"]) for r in rows}) == view.shown()[1]
    inferred = {(row["subject"], row["rule"]) for row in rows if not row["quote"]}
    assert inferred == {("云桥生物项目临时党支部", "prp-spo2")}


def test_triples_and_network_of_a_view_are_those_of_the_graph(
    view: View, store: Store, schema: Schema
) -> None:
    view.open(f"v=focus&of={quote('合肥高新区')}")
    found = {quad.triple for quad in parse(export(view, "turtle", "zonekg.ttl"), RdfFormat.TURTLE)}
    assert found < set(kg_store.triples(store, kg_store.GRAPH))
    facts = {t for t in found if t.predicate.value.removeprefix(iri.ZKG) in schema.relations}
    graph = nx.read_graphml(io.BytesIO(export(view, "graphml", "zonekg.graphml")))
    assert graph.number_of_edges() == len(facts) == view.js("return zonekg.map.scene().edges.length")
    assert "合肥高新区" in {label for _, label in graph.nodes(data="label")}


def test_a_view_is_exported_as_a_page_of_its_own(view: View) -> None:
    view.open(f"v=focus&of={quote('合肥高新区')}")
    page = Page(export(view, "html", "zonekg-view.html").decode("utf-8"))
    assert len(page.block("map-data")[0]["labels"]) == 5
    view.complaints()
    again = View(view.browser, view.file.parent / "saved" / "zonekg-view.html").open(
        f"v=map&e={quote('合肥高新区')}"
    )
    assert again.shown()[0] == 5
    assert "近日，合肥高新区成立量子信息产业链党委" in again.panel
    assert "从 20 个实体、23 条关系中导出" in again.find("#view-note").text
    assert ask(again, "SELECT ?z { ?z a zkg:HighTechZone }")["results"]["bindings"]
    assert again.complaints() == []


# ---------------------------------------------------------------- hostile text


def test_hostile_names_are_text_everywhere(hostile: View) -> None:
    hostile.requests()
    hostile.complaints()
    states = [
        "",
        "v=map",
        "v=map&as=table",
        "v=map&as=tree",
        f"v=focus&of={quote(HOSTILE[0])}&e={quote(HOSTILE[1])}",
        f"v=story&a={quote('<u>页</u>.txt#1')}",
        f"v=path&from={quote(HOSTILE[0])}&to={quote(HOSTILE[4])}",
        f"v=compare&one={quote(HOSTILE[0])}&two={quote(HOSTILE[2])}",
        f"v=map&story={quote('<img src=x onerror=alert(1)>')}",
        f"v=map&ask=1&q={quote('SELECT * { ?s rdfs:label ?o }')}",
        "v=map&lang=en&theme=dark",
    ]
    for state in states:
        hostile.open(state)
        hostile.js("document.querySelectorAll('details').forEach((fold) => { fold.open = true; })")
        hostile.later("zonekg.map.sharpen(); await zonekg.finder(); return 1")
    hostile.keys("/")
    hostile.keys("img")
    hostile.until(lambda: hostile.all("#hits [role=option]"))
    hostile.open("v=map")
    for kind, name in (("svg", "zonekg.svg"), ("csv", "zonekg.csv"), ("graphml", "zonekg.graphml")):
        data = export(hostile, kind, name)
        if kind != "csv":
            ElementTree.fromstring(data)
    assert hostile.js("return window.hacked") is None
    assert (
        hostile.js(
            "return document.querySelectorAll('img, iframe, body b:not(.kind-tile b), u, [onerror]').length"
        )
        == 0
    )
    assert hostile.js("return document.scripts.length") == 6
    assert (
        hostile.js(
            "const strange = (a) => !/^(#|blob:)/.test(a.getAttribute('href'));"
            "return [...document.querySelectorAll('a')].filter(strange).length"
        )
        == 0
    )
    assert hostile.requests() == set()
    assert hostile.complaints() == []


def test_hostile_names_are_shown_as_written(hostile: View) -> None:
    for name in HOSTILE:
        hostile.open(f"v=map&e={quote(name)}")
        assert hostile.js("return document.querySelector('#panel h2').textContent") == name
        assert hostile.js("return document.querySelector('#panel h2 bdi') !== null")


def test_a_page_of_a_hostile_view_is_inert_too(hostile: View) -> None:
    hostile.open("v=map")
    export(hostile, "html", "zonekg-view.html")
    hostile.complaints()
    again = View(hostile.browser, hostile.file.parent / "saved" / "zonekg-view.html").open("v=map")
    assert again.shown()[0] == len(HOSTILE)
    assert again.js("return window.hacked") is None
    assert again.complaints() == []
