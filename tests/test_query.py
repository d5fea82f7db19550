"""Questions: the ready ones give answers, any SPARQL is answered as the W3C says, nothing is harmed."""

from __future__ import annotations

import csv
import io
import json
from dataclasses import replace
from pathlib import Path

import pytest
import rdflib
from pyoxigraph import Store
from rdflib.plugins.sparql import prepareQuery

from kg import lookup, query, questions
from kg import store as kg_store
from kg.errors import NotFound, QueryError
from kg.model import Entity, Knowledge
from kg.query import answer, answer_within
from kg.schema import Schema

ANSWERS = {
    "achievements": ("云桥生物", "“云桥一号”芯片"),
    "area-contents": ("合肥高新区", "云际量子实验室"),
    "area-party-organizations": ("浦口高新区", "云桥生物项目临时党支部"),
    "articles-about": ("云际量子实验室", "其他.txt"),
    "body-founders": ("量子信息产业链党委", "合肥高新区"),
    "chain-members": ("量子信息产业链", "云际量子实验室"),
    "cooperation": ("云际量子实验室", "云桥生物科技有限公司"),
    "cooperation-evidence": ("云际量子实验室", "云桥生物科技有限公司"),
    "events": ("春季校企对接会", "乐山高新区"),
    "fact-evidence": ("国盾量子", "合肥高新区"),
    "figure-evidence": ("合肥高新区", "高新技术企业"),
    "industry-enterprises": ("量子信息产业链", "国盾量子技术股份有限公司"),
    "inferred-grounds": ("云桥生物项目临时党支部", "prp-spo2"),
    "joint-committee-members": ("浦口高新区联合党委", "云桥生物科技有限公司党支部"),
    "leadership": ("合肥高新区党工委", "量子信息产业链党委"),
    "organization-people": ("云麓大学", "何知远"),
    "person-posts": ("陈立平", "总经理"),
    "project-backers": ("云桥生物项目", "云桥生物项目临时党支部"),
    "zone-chains": ("合肥高新区", "量子信息产业链"),
    "zone-enterprises": ("合肥高新区", "国盾量子技术股份有限公司"),
    "zone-figures": ("合肥高新区", "15050000000"),
    "zone-industries": ("乐山高新区", "低空经济"),
    "zone-laboratories": ("合肥高新区", "云际量子实验室"),
    "zone-party-organizations": ("合肥高新区", "合肥高新区党工委"),
    "zone-neighbours": ("乐山高新区", "四川省"),
    "zone-programs": ("乐山高新区", "“链长+专员”机制"),
}
"""For each ready question a name to ask it with, and a word that its answer must hold."""


def rows(data: bytes) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(data.decode())))


def ask(store: Store, name: str, /, **values: str) -> list[dict[str, str]]:
    asked = questions.question(name)
    return rows(answer(store, questions.fill(asked, values, store), "csv").data)


def test_every_ready_question_is_tested_here() -> None:
    assert set(questions.load_questions()) == set(ANSWERS)


@pytest.mark.parametrize("name", ANSWERS)
def test_a_ready_question_asked_with_a_name_gives_what_it_promises(store: Store, name: str) -> None:
    value, word = ANSWERS[name]
    (parameter,) = questions.question(name).parameters

    found = ask(store, name, **{parameter: value})

    assert found
    assert any(word in row.values() for row in found)


@pytest.mark.parametrize("name", ANSWERS)
def test_a_ready_question_without_a_name_answers_for_all(store: Store, name: str) -> None:
    value, _ = ANSWERS[name]
    (parameter,) = questions.question(name).parameters
    every = ask(store, name)

    assert every
    assert all(row in every for row in ask(store, name, **{parameter: value}))


@pytest.mark.parametrize("name", ANSWERS)
def test_a_ready_question_has_titles_in_both_languages_and_declares_its_parameters(name: str) -> None:
    asked = questions.question(name)

    assert any("\u4e00" <= char <= "\u9fff" for char in asked.title_zh)
    assert asked.title_en.isascii()
    assert asked.description
    assert all(f"VALUES ?{parameter} {{ UNDEF }}" in asked.sparql for parameter in asked.parameters)
    assert asked.sparql.count("UNDEF") == len(asked.parameters)


@pytest.mark.parametrize("name", ANSWERS)
def test_a_ready_question_stands_alone_so_that_any_sparql_tool_can_run_it(store: Store, name: str) -> None:
    text = questions.question(name).sparql

    prepareQuery(text)
    assert list(store.query(text))  # type: ignore[arg-type]


def test_a_ready_question_asked_of_another_zone_does_not_tell_of_this_one(store: Store) -> None:
    assert ask(store, "zone-laboratories", zone="浦口高新区") == []


def test_laboratories_are_found_as_research_institutions_by_the_class_tree(store: Store) -> None:
    assert [row["kind"] for row in ask(store, "zone-laboratories")] == ["实验室"]


def test_cooperation_is_found_from_both_sides(store: Store) -> None:
    names = {(row["name"], row["partnerName"]) for row in ask(store, "cooperation")}

    assert names == {
        ("云桥生物科技有限公司", "云际量子实验室"),
        ("云际量子实验室", "云桥生物科技有限公司"),
    }


def test_a_question_that_is_not_there_is_answered_with_those_that_are() -> None:
    with pytest.raises(QueryError, match="did you mean zone-chains"):
        questions.question("zone-chain")


def test_a_parameter_that_is_not_there_is_refused(store: Store) -> None:
    with pytest.raises(QueryError, match=r"no parameter 'park'.*zone"):
        ask(store, "zone-chains", park="合肥高新区")


def test_a_name_that_is_not_there_is_answered_with_the_nearest(store: Store) -> None:
    with pytest.raises(NotFound, match="合肥高新区"):
        ask(store, "zone-chains", zone="合肥高兴区")


@pytest.mark.parametrize("evil", ['" } DROP ALL #', "合肥高新区\\", '"@zh } UNION { ?s ?p ?o', "}"])
def test_a_parameter_is_a_name_and_never_a_piece_of_query(
    knowledge: Knowledge, schema: Schema, evil: str
) -> None:
    park = Entity("恶名", "Zone", evil)
    store = kg_store.create(replace(knowledge, entities=(*knowledge.entities, park)), schema)

    assert ask(store, "zone-figures", zone=evil) == []
    assert ask(store, "zone-figures", zone="合肥高新区")


def test_width_spaces_and_quotation_marks_do_not_matter(store: Store) -> None:
    assert lookup.matching_names(store, "陈立平 ") == ["陈立平"]
    assert lookup.matching_names(store, "链长＋专员机制") == ["“链长+专员”机制"]


def test_an_entity_is_found_by_its_key_too(store: Store) -> None:
    assert lookup.find(store, "陈立平（云桥生物）") == lookup.find(store, "陈立平")


def test_homonyms_are_all_found(knowledge: Knowledge, schema: Schema) -> None:
    other = Entity("陈立平（记者）", "Person", "陈立平")
    store = kg_store.create(replace(knowledge, entities=(*knowledge.entities, other)), schema)

    assert len(lookup.find(store, "陈立平")) == 2


def test_the_usual_prefixes_need_not_be_declared_and_may_be(store: Store) -> None:
    text = "SELECT ?name { ?zone a zkg:HighTechZone ; rdfs:label ?name } ORDER BY ?name"
    declared = f"PREFIX zkg: <https://w3id.org/zonekg/ontology#>\n{text}"

    assert answer(store, text, "csv").data == answer(store, declared, "csv").data
    assert len(rows(answer(store, text, "csv").data)) == 3


def test_a_table_comes_in_the_formats_of_the_w3c(store: Store) -> None:
    text = "SELECT ?name { id:合肥高新区 rdfs:label ?name }"

    assert answer(store, text, "csv").data == "name\r\n合肥高新区\r\n".encode()
    assert answer(store, text, "tsv").data == '?name\n"合肥高新区"@zh\n'.encode()
    found = json.loads(answer(store, text, "json").data)
    assert found["results"]["bindings"][0]["name"]["value"] == "合肥高新区"
    assert rdflib.query.Result.parse(io.BytesIO(answer(store, text, "xml").data), format="xml").bindings


def test_a_yes_or_no_question_is_answered_so(store: Store) -> None:
    found = answer(store, "ASK { ?zone a zkg:HighTechZone }", "json")

    assert (found.kind, json.loads(found.data)["boolean"]) == ("boolean", True)


@pytest.mark.filterwarnings("ignore:ConjunctiveGraph is deprecated")  # rdflib's own JSON-LD parser
@pytest.mark.parametrize(
    ("format", "parser"),
    [("table", "turtle"), ("turtle", "turtle"), ("ntriples", "nt"), ("json", "json-ld"), ("xml", "xml")],
)
@pytest.mark.parametrize(
    "text",
    ["CONSTRUCT { ?p zkg:worksAt ?o } WHERE { ?p zkg:holdsPosition ?o }", "DESCRIBE id:合肥高新区"],
)
def test_a_graph_comes_in_rdf_formats(store: Store, text: str, format: str, parser: str) -> None:
    found = answer(store, text, format)

    assert found.kind == "graph"
    assert len(rdflib.Graph().parse(data=found.data, format=parser)) >= 2


@pytest.mark.parametrize(
    ("text", "format", "way_out"),
    [
        ("SELECT * { ?s ?p ?o }", "turtle", "csv"),
        ("DESCRIBE id:合肥高新区", "csv", "turtle"),
    ],
)
def test_a_format_that_does_not_fit_is_refused_with_those_that_do(
    store: Store, text: str, format: str, way_out: str
) -> None:
    with pytest.raises(QueryError, match=way_out):
        answer(store, text, format)


def test_a_mistake_is_shown_at_its_place(store: Store) -> None:
    with pytest.raises(QueryError) as caught:
        answer(store, "SELECT ?区\nWHERE { ?区 a 高新区 }")

    lines = str(caught.value).splitlines()
    assert "line 2, column" in lines[0]
    assert lines[1] == "WHERE { ?区 a 高新区 }"
    assert lines[2].strip("　 ") == "^"


def test_an_undeclared_prefix_is_named_as_the_mistake(store: Store) -> None:
    with pytest.raises(QueryError, match="prefix that is not declared"):
        answer(store, "SELECT * { ?s foo:bar ?o }")


@pytest.mark.parametrize(
    "text",
    [
        "INSERT DATA { id:a a zkg:Zone }",
        "PREFIX a: <http://a#> # 注\n DELETE WHERE { ?s ?p ?o }",
        "base <http://a/> clear all",
        "LOAD <http://example.org/x>",
        "WITH <http://a/> DELETE { ?s ?p ?o } WHERE { ?s ?p ?o }",
    ],
)
def test_an_update_is_refused_as_such(store: Store, text: str) -> None:
    before = len(store)

    with pytest.raises(QueryError, match="takes no update"):
        answer(store, text)

    assert len(store) == before


@pytest.mark.parametrize(
    "text",
    [
        "SELECT * { SERVICE <http://127.0.0.1:9/> { ?s ?p ?o } }",
        "SELECT * { service silent ?where { ?s ?p ?o } }",
        "SELECT * { \\u0053ERVICE <http://127.0.0.1:9/> { ?s ?p ?o } }",
        "SELECT * { ?s ?p 'SERVICE' . SERVICE<http://127.0.0.1:9/> { ?s ?p ?o } }",
    ],
)
def test_asking_another_computer_is_refused(store: Store, text: str) -> None:
    with pytest.raises(QueryError, match="offline"):
        answer(store, text)


@pytest.mark.parametrize(
    "text",
    [
        "SELECT ?service { ?service a zkg:Zone }",
        'SELECT * { ?s rdfs:label "SERVICE" }',
        "SELECT * { ?s ?p ?o } # no SERVICE here",
        "SELECT * { ?s <http://example.org/SERVICE> ?o }",
    ],
)
def test_the_word_service_elsewhere_is_no_harm(store: Store, text: str) -> None:
    assert answer(store, text).kind == "solutions"


def test_a_query_in_its_own_process_gives_the_same(built: Path, store: Store) -> None:
    text = "SELECT ?name { ?zone a zkg:HighTechZone ; rdfs:label ?name } ORDER BY ?name"

    assert answer_within(built, text, "csv", 60) == answer(store, text, "csv")


def test_a_mistake_in_its_own_process_is_told_the_same(built: Path) -> None:
    with pytest.raises(QueryError, match="line 1, column"):
        answer_within(built, "SELECT", "csv", 60)


def test_a_runaway_query_is_stopped(built: Path) -> None:
    text = "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i . ?j ?k ?l }"

    with pytest.raises(QueryError, match=r"stopped after 0\.5 s"):
        answer_within(built, text, "csv", 0.5)


def test_formats_are_those_of_the_command_line() -> None:
    from kg.cli import TABLE_FORMATS

    assert query.FORMATS == TABLE_FORMATS
