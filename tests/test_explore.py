"""The explorer says what the RDF says, the same bytes each time, and lets nothing out or in."""

from __future__ import annotations

import base64
import hashlib
import io
import itertools
import json
import re
import subprocess
import sys
from html.parser import HTMLParser
from typing import Any

import pytest
from conftest import make_article, make_document, make_knowledge
from newsroom import printed
from pyoxigraph import Store

from kg import iri
from kg import store as kg_store
from kg.explore import GraphData, collect, render
from kg.explore.columns import input_digest, plain
from kg.explore.container import unpack
from kg.explore.look import looks_of
from kg.export import EXPORTERS
from kg.model import Entity, Evidence, Fact, Knowledge, Naming
from kg.resources import package_dir
from kg.schema import Schema

HOSTILE = (
    "javascript:window.hacked=4",
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

    def block(self, name: str) -> tuple[dict[str, Any], dict[str, Any]]:
        """Values and arrays of one of the page's packed blocks."""
        return unpack(self.text(name))

    def text(self, name: str) -> str:
        """The text of the script of an id."""
        scripts = [attrs for tag, attrs in self.elements if tag == "script"]
        return self.raw["script"][[attrs.get("id") for attrs in scripts].index(name)]


# ---------------------------------------------------------------- what is shown is what is known


def test_facts_shown_are_the_facts_of_the_graph_layer(store: Store, data: GraphData, schema: Schema) -> None:
    direct = set()
    for relation in schema.relations:
        query = f"SELECT ?s ?o WHERE {{ ?s <{iri.ZKG}{relation}> ?o }}"
        direct |= {(iri.local(s.value), relation, iri.local(o.value)) for s, o in store.query(query)}
    assert {(fact.subject, fact.relation, fact.object) for fact in data.facts} - data.inferred == direct


def test_collecting_gives_back_the_knowledge_that_was_stored(data: GraphData, knowledge: Knowledge) -> None:
    assert set(data.entities) == set(knowledge.entities)
    assert {fact for fact in data.facts if fact.evidence} == set(knowledge.facts)
    assert set(data.observations) == set(knowledge.observations)
    assert set(data.namings) == set(knowledge.namings)
    assert {story.id for story in data.stories} == {article.id for article in knowledge.articles}


def test_facts_in_the_page_are_the_facts_of_the_graph(page: str, data: GraphData) -> None:
    values, arrays = Page(page).block("map-data")
    keys = {int(number): key for number, key in values["keys"].items()}
    names = [keys.get(number, label) for number, label in enumerate(values["labels"])]
    ways = [relation["name"] for relation in values["relations"]]
    columns = (arrays[name].tolist() for name in ("subject", "relation", "object"))
    shown = {(names[s], ways[r], names[o]) for s, r, o in zip(*columns, strict=True)}
    assert shown == {(fact.subject, fact.relation, fact.object) for fact in data.facts}
    assert len(arrays["subject"]) == len(data.facts)


def test_every_quote_in_the_page_is_the_source_text_at_its_offsets(page: str, knowledge: Knowledge) -> None:
    values, arrays = Page(page).block("reading-data")
    stories = values["stories"]
    texts = {article.id: article.document.text for article in knowledge.articles}
    columns = (arrays[f"quote{name}"].tolist() for name in ("Story", "Start", "Length"))
    places = list(zip(*columns, strict=True))
    assert places
    for number, (story, start, length) in enumerate(places):
        name = f"{stories['source'][story]}#{stories['order'][story]}"
        inside = stories["text"][story][start - stories["start"][story] :][:length]
        assert values["exact"].get(str(number), inside) == texts[name][start : start + length]


def test_an_article_is_held_as_it_was_printed(data: GraphData, knowledge: Knowledge) -> None:
    articles = {article.id: article for article in knowledge.articles}
    for story in data.stories:
        article = articles[story.id]
        assert story.text == article.document.text[story.start :][: len(story.text)]
        assert {min(article.offsets), max(article.offsets)} == {
            story.start,
            story.start + len(story.text) - 1,
        }


def test_every_asserted_fact_and_figure_has_a_quote(page: str) -> None:
    _, drawn = Page(page).block("map-data")
    _, arrays = Page(page).block("reading-data")
    assert ((arrays["factProofs"] > 0) == (drawn["inferred"] == 0)).all()
    assert min(arrays["figureProofs"]) > 0


def test_an_inferred_fact_is_told_apart_and_shows_what_it_rests_on(page: str, data: GraphData) -> None:
    assert data.inferred == {("云桥生物项目临时党支部", "locatedIn", "浦口高新区")}
    (fact,) = [f for f in data.facts if not f.evidence]
    (said,) = [c for c in data.conclusions if (c.subject, c.relation, c.object) in data.inferred]
    asserted = {(f.subject, f.relation, f.object) for f in data.facts if f.evidence}
    assert set(said.premises) <= asserted and len(said.premises) == 2
    assert (said.rule, fact.confidence) == ("prp-spo2", said.confidence)
    _, arrays = Page(page).block("map-data")
    assert arrays["inferred"].sum() == 1


def test_a_reasoned_graph_shows_the_narrowest_class(knowledge: Knowledge, schema: Schema) -> None:
    store = kg_store.create(knowledge, schema)
    zone = f"<{iri.entity('合肥高新区')}> a <{iri.ZKG}Zone>, <{iri.ZKG}Organization>"
    store.update(f"INSERT DATA {{ {zone} }}")
    assert {e.key: e.cls for e in collect(store).entities}["合肥高新区"] == "HighTechZone"


def test_an_empty_graph_gives_a_page(schema: Schema) -> None:
    empty = kg_store.create(Knowledge((), (), (), (), ()), schema)
    assert "<!doctype html>" in render(collect(empty))


def test_no_two_looks_share_shape_and_colour_or_sign(schema: Schema) -> None:
    looks = [look for look in looks_of(schema.classes, schema) if look.name == look.base]
    assert len({look.sign for look in looks}) == len(looks)


def test_the_page_names_its_inputs(data: GraphData, page: str, knowledge: Knowledge) -> None:
    digests = {article.document.source: article.document.sha256 for article in knowledge.articles}
    lines = "".join(f"{source}\0{digests[source]}\n" for source in sorted(digests))
    assert input_digest(data) == hashlib.sha256(lines.encode()).hexdigest()
    assert Page(page).block("map-data")[0]["inputs"] == input_digest(data)
    assert plain(knowledge.observations[0].value) == "15050000000"


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
    digests = {printed(code, seed) for seed in ("1", "2")}
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


def test_the_scripts_name_no_address_but_those_of_vocabularies() -> None:
    allowed = {"http://www.w3.org/2000/svg", "http://graphml.graphdrawing.org/xmlns"}
    for script in package_dir("explore").glob("*.js"):
        found = set(re.findall(r"https?://[^\s\"'<>`]+", script.read_text(encoding="utf-8")))
        assert found <= allowed, script.name


def test_the_policy_lets_nothing_run_but_our_script_and_the_engine(page: str) -> None:
    parsed = Page(page)
    policy = next(a["content"] or "" for t, a in parsed.elements if "http-equiv" in a)
    assert policy.startswith("default-src 'none'; ")
    assert "'unsafe" not in policy
    assert "http" not in policy
    assert "connect-src" not in policy
    assert policy.count("'wasm-unsafe-eval'") == 1
    scripts = [a for tag, a in parsed.elements if tag == "script"]
    run = [text for text, a in zip(parsed.raw["script"], scripts, strict=True) if "type" not in a]
    assert len(run) == 1
    for text in (*run, *parsed.raw["style"]):
        digest = base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()
        assert f"'sha256-{digest}'" in policy


def test_hostile_names_stay_data(schema: Schema) -> None:
    data = collect(kg_store.create(hostile_knowledge(), schema))
    parsed = Page(render(data, title=HOSTILE[0]))
    harmless = Page(render(collect(kg_store.create(make_knowledge(), schema))))
    assert [tag for tag, _ in parsed.elements] == [tag for tag, _ in harmless.elements]
    assert not [a for _, attrs in parsed.elements for a in attrs if a.startswith("on")]
    assert set(parsed.block("map-data")[0]["labels"]) == set(HOSTILE)


def test_the_scripts_never_turn_text_into_markup_or_code() -> None:
    banned = (
        r"(inner|outer)HTML\s*[+]?=|insertAdjacentHTML|document\.write|\beval\(|new Function"
        r"|fetch\(|import\(|XMLHttpRequest|WebSocket"
    )
    for script in package_dir("explore").glob("*.js"):
        assert not re.search(banned, script.read_text(encoding="utf-8")), script.name


def test_every_script_is_short_begins_with_its_purpose_and_is_in_the_page() -> None:
    from kg.explore.page import SCRIPTS, WORKER

    used = {*SCRIPTS, *WORKER, "pyvis.js"}
    for script in package_dir("explore").glob("*.js"):
        lines = script.read_text(encoding="utf-8").splitlines()
        assert lines[0].startswith("// "), script.name
        assert len(lines) <= 400, script.name
        assert script.name in used


def test_the_vendored_parts_are_named_with_their_licences(page: str) -> None:
    folder = package_dir("explore")
    notice = (folder / "NOTICE.md").read_text(encoding="utf-8")
    version = json.loads((folder / "vendor/package.json").read_text(encoding="utf-8"))["dependencies"][
        "oxigraph"
    ]
    assert f"| {version} |" in notice
    licence = Page(page).text("licence-oxigraph")
    assert licence.startswith(f"Oxigraph {version} ")
    assert "The above copyright notice and this permission notice shall be included" in licence


def test_the_exporter_module_is_light_until_it_writes() -> None:
    heavy = ("pyvis", "IPython", "numpy", "scipy", "pypinyin")
    code = f"import sys, kg.export.html, kg.export.pyvis; print([n for n in {heavy} if n in sys.modules])"
    run = subprocess.run([sys.executable, "-c", code], check=True, capture_output=True, text=True)
    assert run.stdout.split() == ["[]"]


def test_building_the_page_needs_no_pyvis(data: GraphData) -> None:
    code = (
        "import sys; from conftest import make_knowledge; from kg import store; "
        "from kg.schema import load_schema; from kg.explore import collect, render; "
        "render(collect(store.create(make_knowledge(), load_schema()))); print('pyvis' in sys.modules)"
    )
    run = subprocess.run(
        [sys.executable, "-c", code],
        check=True,
        capture_output=True,
        text=True,
        env={"PYTHONPATH": ":".join(sys.path)},
    )
    assert run.stdout.split() == ["False"]
