"""The graph view says what the RDF says, the same bytes each time, and lets nothing out or in."""

from __future__ import annotations

import base64
import hashlib
import io
import itertools
import json
import random
import re
import subprocess
import sys
from html.parser import HTMLParser
from typing import Any

import pytest
from conftest import make_article, make_document, make_knowledge
from pyoxigraph import Store

from kg import iri
from kg import store as kg_store
from kg.explore import GraphData, collect, render, to_pyvis
from kg.explore.layout import place
from kg.explore.look import looks_of
from kg.explore.marks import Marker, find
from kg.explore.network import most_connected, node_size, wrapped
from kg.explore.page import _vis_network
from kg.export import EXPORTERS
from kg.model import Entity, Evidence, Fact, Knowledge, Naming
from kg.schema import Schema

HOSTILE = (
    "</script><script>window.hacked=1</script>",
    '"><img src=x onerror="window.hacked=2">',
    "{{ 7*7 }}{% raw %}${window.hacked=3}",
    "党员“引号\"'双”<b>粗</b>&amp;",
    "甲\u202e乙丙\u2067丁",
    "<!--\u2028]]>",
)


def hostile_knowledge() -> Knowledge:
    """Names that try to become markup, each located in the next, on a page that says so."""
    text = "".join(f"{a}位于{b}。" for a, b in itertools.pairwise(HOSTILE))
    article = make_article(make_document("<u>页</u>.txt", text), 1, text, headline=HOSTILE[0])
    entities = tuple(
        Entity(name, "Zone", name, (HOSTILE[1],) if name == HOSTILE[0] else ()) for name in HOSTILE
    )
    sentence = Evidence(article.id, 0, len(text), text, HOSTILE[1])
    facts = tuple(Fact(a, "locatedIn", b, 0.5, (sentence,)) for a, b in itertools.pairwise(HOSTILE))
    namings = tuple(
        Naming(name, Evidence(article.id, text.index(name), text.index(name) + len(name), name, "x"))
        for name in HOSTILE
    )
    return Knowledge((article,), entities, facts, (), namings)


@pytest.fixture(scope="module")
def data(store: Store) -> GraphData:
    return collect(store)


@pytest.fixture(scope="module")
def page(data: GraphData) -> str:
    return render(data)


class Page(HTMLParser):
    """Elements, attributes and the text of scripts, as a browser's parser would find them."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.elements: list[tuple[str, dict[str, str | None]]] = []
        self.raw: dict[str, list[str]] = {"script": [], "style": []}
        self._inside: str | None = None
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:  # noqa: D102
        self.elements.append((tag, dict(attrs)))
        self._inside = tag if tag in self.raw else None
        if self._inside:
            self.raw[tag].append("")

    def handle_endtag(self, tag: str) -> None:  # noqa: D102
        self._inside = None

    def handle_data(self, data: str) -> None:  # noqa: D102
        if self._inside:
            self.raw[self._inside][-1] += data

    def json(self, name: str) -> Any:
        """The content of one of the page's data blocks."""
        scripts = [attrs for tag, attrs in self.elements if tag == "script"]
        return json.loads(self.raw["script"][[attrs.get("id") for attrs in scripts].index(name)])


# ---------------------------------------------------------------- what is shown is what is known


def test_facts_shown_are_the_facts_of_the_graph_layer(store: Store, data: GraphData, schema: Schema) -> None:
    direct = set()
    for relation in schema.relations:
        query = f"SELECT ?s ?o WHERE {{ ?s <{iri.ZKG}{relation}> ?o }}"
        direct |= {(iri.local(s.value), relation, iri.local(o.value)) for s, o in store.query(query)}
    assert {(fact.subject, fact.relation, fact.object) for fact in data.facts} == direct


def test_collecting_gives_back_the_knowledge_that_was_stored(data: GraphData, knowledge: Knowledge) -> None:
    assert set(data.entities) == set(knowledge.entities)
    assert set(data.facts) == set(knowledge.facts)
    assert set(data.observations) == set(knowledge.observations)
    assert set(data.namings) == set(knowledge.namings)
    assert {story.id for story in data.stories} == {article.id for article in knowledge.articles}


def test_every_shown_quote_is_the_source_text_at_its_offsets(page: str, knowledge: Knowledge) -> None:
    graph = Page(page).json("graph-data")
    texts = {article.id: article.document.text for article in knowledge.articles}
    quotes, stories = graph["quotes"], graph["stories"]
    assert quotes["exact"]
    for story, start, end, exact in zip(
        *(quotes[c] for c in ("story", "start", "end", "exact")), strict=True
    ):
        assert texts[stories["id"][story]][start:end] == exact


def test_every_fact_and_figure_has_a_quote(page: str) -> None:
    graph = Page(page).json("graph-data")
    assert all(graph["facts"]["evidence"])
    assert all(graph["figures"]["evidence"])


def test_a_reasoned_graph_shows_the_narrowest_class(knowledge: Knowledge, schema: Schema) -> None:
    store = kg_store.create(knowledge, schema)
    zone = f"<{iri.entity('合肥高新区')}> a <{iri.ZKG}Zone>, <{iri.ZKG}Organization>"
    store.update(f"INSERT DATA {{ {zone} }}")
    assert {e.key: e.cls for e in collect(store).entities}["合肥高新区"] == "HighTechZone"


def test_an_empty_graph_gives_a_page(schema: Schema) -> None:
    empty = kg_store.create(Knowledge((), (), (), (), ()), schema)
    assert "<!doctype html>" in render(collect(empty))


# ---------------------------------------------------------------- the network


def test_the_network_is_pyvis_with_positions_and_no_physics(data: GraphData) -> None:
    from pyvis.network import Network

    network = to_pyvis(data)
    assert isinstance(network, Network)
    assert {node["id"] for node in network.nodes} == {entity.key for entity in data.entities}
    assert len(network.edges) == len(data.facts)
    assert len({(node["x"], node["y"]) for node in network.nodes}) == len(network.nodes)
    assert network.options.physics.enabled is False


def test_two_relations_of_one_pair_are_two_edges_apart(data: GraphData) -> None:
    entities = (Entity("甲公司", "Enterprise", "甲公司"), Entity("乙区", "Zone", "乙区"))
    facts = tuple(Fact("甲公司", name, "乙区", 1.0, ()) for name in ("locatedIn", "partOf", "cooperatesWith"))
    edges = to_pyvis(GraphData(entities, facts, (), (), ())).edges
    assert len({json.dumps(edge["smooth"], sort_keys=True) for edge in edges}) == 3


def test_the_limit_keeps_the_most_connected_and_the_page_counts_all(data: GraphData) -> None:
    degrees = data.degrees()
    shown = most_connected(data, 5)
    assert min(degrees[e.key] for e in shown) >= sorted(degrees.values(), reverse=True)[4]
    assert len(to_pyvis(data, limit=5).nodes) == 5
    page = Page(render(data, limit=5))
    assert len(page.json("nodes-data")) == 5
    assert len(page.json("graph-data")["entities"]["key"]) == len(data.entities)


def test_no_two_looks_share_shape_and_colour_or_sign(schema: Schema) -> None:
    looks = [look for look in looks_of(schema.classes, schema) if look.name == look.base]
    assert len({look.sign for look in looks}) == len(looks)


def test_a_size_grows_with_facts_within_bounds() -> None:
    sizes = [node_size(degree) for degree in (0, 1, 5, 20, 10_000)]
    assert sizes == sorted(sizes)
    assert 10 <= sizes[0] < sizes[-1] <= 36


def test_wrapping_keeps_every_character() -> None:
    name = "西部(重庆)科学城种质创制大科学中心联合党委ABC"
    assert wrapped(name).replace("\n", "") == name
    assert wrapped("重庆") == "重庆"
    assert wrapped("") == ""


@pytest.mark.parametrize("count", [0, 1, 2, 59, 61, 400])
def test_a_layout_is_repeatable_and_nothing_lies_on_top_of_another(count: int) -> None:
    draw = random.Random(count)
    boxes = [(draw.uniform(20, 80), draw.uniform(30, 60)) for _ in range(count)]
    links = [(i, draw.randrange(i)) for i in range(1, count)]
    places = place(boxes, links)
    assert places == place(boxes, links)
    assert len(set(places)) == count


def test_a_crowd_around_one_hub_is_laid_out() -> None:
    places = place([(40.0, 40.0)] * 200, [(0, other) for other in range(1, 200)])
    assert len(set(places)) == 200


# ---------------------------------------------------------------- marks


def test_marks_follow_the_namings_through_line_breaks() -> None:
    quote = Evidence("a.txt#1", 10, 24, "合肥高\n新区成立量子产业链党委", "r")
    naming = Naming("合肥高新区", Evidence("a.txt#1", 10, 16, "合肥高\n新区", "r"))
    assert Marker([naming]).marks(quote, "合肥高新区", ["合肥高新区"]) == [(0, 6)]


def test_marks_are_sought_by_name_where_no_naming_stands() -> None:
    assert find("金 凤 实\n验室位于科学城", ["金凤实验室", "金凤"]) == [(0, 8)]
    assert find("该实验室位于科学城", ["金凤实验室"]) == []
    assert find("", [""]) == []


# ---------------------------------------------------------------- the page


def test_the_same_graph_gives_the_same_bytes(page: str, schema: Schema) -> None:
    again = kg_store.create(make_knowledge(), schema)
    shuffled = Store()
    quads = sorted(again, key=lambda quad: hashlib.sha256(str(quad).encode()).digest())
    for quad in quads:
        shuffled.add(quad)
    assert render(collect(shuffled)) == page


def test_the_same_bytes_whatever_the_hash_seed() -> None:
    code = (
        "import hashlib; from conftest import make_knowledge; from kg import store; "
        "from kg.schema import load_schema; from kg.explore import collect, render; "
        "page = render(collect(store.create(make_knowledge(), load_schema()))); "
        "print(hashlib.sha256(page.encode()).hexdigest())"
    )
    digests = {
        subprocess.run(
            [sys.executable, "-c", code],
            check=True,
            capture_output=True,
            env={"PYTHONHASHSEED": seed, "PYTHONPATH": ":".join(sys.path)},
        ).stdout
        for seed in ("1", "2")
    }
    assert len(digests) == 1


def test_the_exporter_writes_utf8(store: Store, page: str) -> None:
    file = io.BytesIO()
    EXPORTERS["html"].write(store, file)
    assert file.getvalue() == page.encode("utf-8")


def test_the_page_names_no_address_to_fetch(page: str) -> None:
    parsed = Page(page)
    for tag, attributes in parsed.elements:
        assert tag not in ("iframe", "object", "embed", "base", "img")
        for name in ("src", "href", "action", "data", "srcset"):
            assert re.match(r"(#|data:,$|$)", attributes.get(name) or ""), (tag, attributes)
    assert not re.search(r"@import|url\(", "".join(parsed.raw["style"]))
    ours = page.replace(_vis_network().read_bytes().decode().replace("\r\n", "\n"), "")
    assert set(re.findall(r"https?://[^\s\"'<>]+", ours)) <= {"http://www.w3.org/2000/svg"}


def test_the_policy_forbids_everything_but_our_own_scripts_and_style(page: str) -> None:
    parsed = Page(page)
    policy = next(a["content"] or "" for t, a in parsed.elements if "http-equiv" in a)
    assert policy.startswith("default-src 'none'; ")
    assert "unsafe" not in policy
    assert "http" not in policy
    scripts = [a for tag, a in parsed.elements if tag == "script"]
    run = [text for text, a in zip(parsed.raw["script"], scripts, strict=True) if "type" not in a]
    for text in (*run, *parsed.raw["style"]):
        digest = base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()
        assert f"'sha256-{digest}'" in policy
    assert len(run) == 2


def test_hostile_names_stay_text(schema: Schema) -> None:
    data = collect(kg_store.create(hostile_knowledge(), schema))
    text = render(data, title=HOSTILE[0])
    plain = Page(render(collect(kg_store.create(make_knowledge(), schema))))
    parsed = Page(text)
    assert [tag for tag, _ in parsed.elements] == [tag for tag, _ in plain.elements]
    assert not [a for _, attrs in parsed.elements for a in attrs if a.startswith("on")]
    assert set(parsed.json("graph-data")["entities"]["key"]) == set(HOSTILE)
    assert {node["id"] for node in parsed.json("nodes-data")} == set(HOSTILE)


def test_the_scripts_never_turn_text_into_markup() -> None:
    from kg.resources import package_dir

    for script in package_dir("explore").glob("*.js"):
        text = script.read_text(encoding="utf-8")
        banned = (
            r"innerHTML|outerHTML|insertAdjacentHTML|document\.write|eval\(|new Function|fetch\(|import\("
        )
        assert not re.search(banned, text), script.name


def test_vis_network_is_named_with_its_licence(page: str) -> None:
    assert "vis-network 9.1.2, Apache-2.0 or MIT" in page
    assert "@license" in page


def test_the_exporter_module_is_light_until_it_writes() -> None:
    code = "import sys, kg.export.html; print('pyvis' in sys.modules, 'IPython' in sys.modules)"
    run = subprocess.run([sys.executable, "-c", code], check=True, capture_output=True, text=True)
    assert run.stdout.split() == ["False", "False"]
