"""The pages that come with the project: their gold keeps the contract, and their graph keeps its word."""

from __future__ import annotations

import json
from collections import Counter
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from kg.evaluate import evaluate, load_gold
from kg.ingest import read_document
from kg.model import Article, Entity, Evidence, Fact, Knowledge, Naming, Observation
from kg.pipeline import BuildReport, gather
from kg.repair import repair
from kg.resolve import normal, resolve
from kg.schema import Schema

SEEDS = Path(__file__).parent.parent / "seeds"
GOLDS = {
    path.stem: json.loads(path.read_text(encoding="utf-8"))
    for path in sorted((SEEDS / "gold").glob("*.json"))
}
ENCODINGS = {
    "A01.txt": "utf-8",
    "A02.txt": "utf-8",
    "A03.txt": "gb18030",
    "B01.txt": "utf-8",
    "B02.txt": "utf-8",
}
PAGES = {"A01.txt": 4, "A02.txt": 3, "A03.txt": 1, "B01.txt": 4, "B02.txt": 3, "B03.txt": 3}


@pytest.fixture(scope="module")
def articles() -> dict[tuple[str, int], Article]:
    """Every article of the pages by page and place."""
    found = {}
    for path in sorted((SEEDS / "pages").glob("*.txt")):
        for article in repair(read_document(path, path.name)):
            found[path.name, article.order] = article
    return found


@pytest.fixture(scope="module")
def knowledge() -> Knowledge:
    """The graph of the demo."""
    report = BuildReport()
    records = gather([SEEDS / "pages"], report)
    assert report.failures == []
    return resolve(records)


def evidence_of(knowledge: Knowledge) -> list[Evidence]:
    said = [e for one in (*knowledge.facts, *knowledge.observations) for e in one.evidence]
    return said + [n.evidence for n in knowledge.namings]


# The pages


def test_every_page_holds_its_articles(articles: dict[tuple[str, int], Article]) -> None:
    assert Counter(page for page, _ in articles) == PAGES
    assert sum(PAGES.values()) >= 12


def test_the_pages_are_in_the_encodings_that_they_show() -> None:
    for name, encoding in ENCODINGS.items():
        raw = (SEEDS / "pages" / name).read_bytes()
        assert raw.decode(encoding)
        assert (b"\r\n" in raw) == (name == "A03.txt")
    with pytest.raises(UnicodeDecodeError):
        (SEEDS / "pages" / "A03.txt").read_bytes().decode("utf-8")
    assert (SEEDS / "pages" / "B03.txt").read_bytes().startswith(b"\xff\xfe")


def test_every_article_has_gold_named_by_its_page_and_place(articles: dict[tuple[str, int], Article]) -> None:
    places = [(gold["source"], gold["order"]) for gold in GOLDS.values()]

    assert sorted(places) == sorted(articles)
    assert [gold["article"] for gold in GOLDS.values()] == list(GOLDS)
    for name, gold in GOLDS.items():
        assert name == f"{Path(gold['source']).stem}-{gold['order']}"


@pytest.mark.parametrize("name", GOLDS)
def test_kicker_headline_and_byline_are_those_of_the_gold(
    name: str, articles: dict[tuple[str, int], Article]
) -> None:
    gold = GOLDS[name]
    article = articles[gold["source"], gold["order"]]

    def plain(text: str | None) -> str | None:
        return text and normal(text)

    assert plain(article.kicker) == plain(gold["kicker"])
    assert plain(article.headline) == plain(gold["headline"])
    assert list(article.byline) == gold["byline"]


# The gold


@pytest.mark.parametrize("name", GOLDS)
def test_gold_keeps_to_the_classes_and_relations_of_the_annotation(name: str, schema: Schema) -> None:
    gold = GOLDS[name]
    classes = {e["id"]: e["type"] for e in gold["entities"]}

    assert len(classes) == len(gold["entities"])
    assert all(schema.base(cls) == cls and cls not in ("Thing", "Organization") for cls in classes.values())
    for one in gold["relations"]:
        ends = classes[one["subject"]], classes[one["object"]]
        assert one["subject"] != one["object"], one
        assert schema.allows(ends[0], one["relation"], ends[1]), (one, ends)
    for one in gold["observations"]:
        assert one["subject"] in classes, one
        assert isinstance(one["value"], int | float), one
        assert one["unit"], one


@pytest.mark.parametrize("name", GOLDS)
def test_gold_says_nothing_twice(name: str) -> None:
    gold = GOLDS[name]

    def ends(claim: dict[str, str]) -> tuple[str, ...]:
        pair = claim["subject"], claim["object"]
        return tuple(sorted(pair)) if claim["relation"] == "cooperatesWith" else pair

    said = Counter((*ends(r), r["relation"], r.get("title")) for r in gold["relations"])
    names = Counter((e["type"], normal(n)) for e in gold["entities"] for n in {normal(n) for n in e["names"]})

    assert [claim for claim, count in said.items() if count > 1] == []
    assert [one for one, count in names.items() if count > 1] == []


@pytest.mark.parametrize("name", GOLDS)
def test_names_and_indicators_of_the_gold_stand_in_the_repaired_text(
    name: str, articles: dict[tuple[str, int], Article]
) -> None:
    gold = GOLDS[name]
    text = normal(articles[gold["source"], gold["order"]].text)

    assert [n for e in gold["entities"] for n in e["names"] if normal(n) not in text] == []
    assert [o["indicator"] for o in gold["observations"] if normal(o["indicator"]) not in text] == []


def test_the_gold_shows_every_class_and_every_relation(schema: Schema) -> None:
    classes = {e["type"] for gold in GOLDS.values() for e in gold["entities"]}
    relations = {r["relation"] for gold in GOLDS.values() for r in gold["relations"]}

    assert classes == {
        c for c in schema.classes if schema.base(c) == c and c not in ("Thing", "Organization")
    }
    assert relations == set(schema.relations)


def test_gold_scored_against_itself_is_perfect(
    articles: dict[tuple[str, int], Article], schema: Schema
) -> None:
    golds = load_gold(SEEDS / "gold")
    for gold in golds:
        report = evaluate(itself(gold.data, articles[gold.data["source"], gold.order]), [gold], schema)
        scores = {name: s.f1 for name, s in report.scores.items() if name != "metadata"}
        assert set(scores.values()) == {1.0}, (gold.article, report.errors)


def itself(gold: dict[str, Any], article: Article) -> Knowledge:
    """The gold as a graph."""
    here = Evidence(article.id, 0, 1, article.document.text[:1], "gold")
    entities = tuple(
        Entity(e["id"], e["type"], e["names"][0], tuple(e["names"][1:])) for e in gold["entities"]
    )
    pairs = dict.fromkeys((r["subject"], r["relation"], r["object"]) for r in gold["relations"])
    return Knowledge(
        (article,),
        entities,
        tuple(Fact(*pair, 1.0, (here,)) for pair in pairs),
        tuple(
            Observation(o["subject"], o["indicator"], Decimal(str(o["value"])), o["unit"], None, 1.0, (here,))
            for o in gold["observations"]
        ),
        tuple(Naming(e.key, here) for e in entities),
    )


# The graph of the demo


def test_every_quote_of_the_graph_stands_at_its_place_in_its_page(knowledge: Knowledge) -> None:
    sources = {a.id: a.document.text for a in knowledge.articles}
    evidence = evidence_of(knowledge)

    assert len(evidence) > 500
    assert [e for e in evidence if sources[e.article][e.start : e.end] != e.exact] == []
    assert [e for e in evidence if not e.exact.strip() or not e.rule] == []


def test_quotes_stand_in_the_bytes_of_the_files(knowledge: Knowledge) -> None:
    for article in knowledge.articles:
        path = SEEDS / "pages" / Path(article.document.source).name
        assert path.read_bytes().decode(article.document.encoding) == article.document.text


def test_the_graph_has_all_articles_and_every_fact_keeps_to_the_ontology(
    knowledge: Knowledge, schema: Schema
) -> None:
    classes = {e.key: e.cls for e in knowledge.entities}

    assert len(knowledge.articles) == len(GOLDS)
    assert len(classes) == len(knowledge.entities)
    assert [
        f for f in knowledge.facts if not schema.allows(classes[f.subject], f.relation, classes[f.object])
    ] == []


def test_cooperation_is_kept_in_one_order(knowledge: Knowledge) -> None:
    pairs = [(f.subject, f.object) for f in knowledge.facts if f.relation == "cooperatesWith"]

    assert pairs
    assert all(subject < object for subject, object in pairs)


def test_the_graph_tells_what_the_pages_are_about(knowledge: Knowledge) -> None:
    labels = {e.label for e in knowledge.entities}

    assert {"合肥高新区", "乐山高新区", "量子信息产业链党委"} <= labels
    assert {f.relation for f in knowledge.facts} >= {
        "locatedIn",
        "establishes",
        "partyOrganizationOf",
        "holdsPosition",
    }
    assert len(knowledge.observations) > 20
