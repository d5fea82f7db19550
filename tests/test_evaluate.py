"""Scoring: a small graph made by hand against a small gold made by hand, rule by rule."""

from __future__ import annotations

import json
from dataclasses import replace
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from newsroom import write

from kg.errors import InputError
from kg.evaluate import Gold, Report, Score, evaluate, load_gold
from kg.model import Article, Entity, Evidence, Fact, Knowledge, Naming, Observation
from kg.schema import Schema

TEXT = (
    "合肥高新区成立量子信息产业链党委。云际实验室与四川云麓大学合作，实施“春雨”计划。"
    "合肥高新区有高新技术企业702家，总投资额150.5亿元。"
)
ARTICLE = write(TEXT, headline="链上党建聚合力", kicker="合肥高新区", source="A01.txt")
GOLD: dict[str, Any] = {
    "article": "A01-1",
    "source": "A01.txt",
    "order": 1,
    "entities": [
        {"id": "e1", "type": "Zone", "names": ["合肥高新区", "该高新区"]},
        {"id": "e2", "type": "PartyOrganization", "names": ["量子信息产业链党委"]},
        {"id": "e3", "type": "ResearchInstitution", "names": ["云际实验室"]},
        {"id": "e4", "type": "University", "names": ["四川云麓大学"]},
        {"id": "e5", "type": "Program", "names": ["春雨计划", "春雨"]},
    ],
    "relations": [
        {"subject": "e1", "relation": "establishes", "object": "e2"},
        {"subject": "e3", "relation": "cooperatesWith", "object": "e4"},
        {"subject": "e3", "relation": "implements", "object": "e5"},
    ],
    "observations": [
        {"subject": "e1", "indicator": "高新技术企业", "value": 702, "unit": "家"},
        {"subject": "e1", "indicator": "总投资额", "value": 15050000000, "unit": "元"},
    ],
}
ZONE = Entity("合肥高新区", "HighTechZone", "合肥高新区")
BODY = Entity("量子信息产业链党委", "ChainPartyCommittee", "量子信息产业链党委")
LAB = Entity("云际实验室", "Laboratory", "云际实验室")
SCHOOL = Entity("四川云麓大学", "University", "四川云麓大学")
PLAN = Entity("“春雨”计划", "Program", "“春雨”计划", ("春雨",))
ALL = (ZONE, BODY, LAB, SCHOOL, PLAN)


def here(article: Article = ARTICLE) -> Evidence:
    return Evidence(article.id, 0, 5, article.document.text[:5], "test")


def fact(subject: Entity, relation: str, object: Entity, article: Article = ARTICLE) -> Fact:
    return Fact(subject.key, relation, object.key, 0.9, (here(article),))


def figure(subject: Entity, value: str, unit: str, indicator: str = "高新技术企业") -> Observation:
    return Observation(subject.key, indicator, Decimal(value), unit, None, 0.9, (here(),))


FACTS = (fact(ZONE, "establishes", BODY), fact(LAB, "cooperatesWith", SCHOOL), fact(LAB, "implements", PLAN))
FIGURES = (figure(ZONE, "702", "家"), figure(ZONE, "15050000000", "元", "总投资额"))


def graph(
    entities: tuple[Entity, ...] = ALL,
    facts: tuple[Fact, ...] = FACTS,
    figures: tuple[Observation, ...] = FIGURES,
    articles: tuple[Article, ...] = (ARTICLE,),
) -> Knowledge:
    """A graph in which the first article names every entity."""
    return Knowledge(articles, entities, facts, figures, tuple(Naming(e.key, here()) for e in entities))


def score(knowledge: Knowledge, schema: Schema, **changed: Any) -> Report:
    data = {**GOLD, **changed}
    return evaluate(knowledge, [Gold(data["article"], data["source"], data["order"], data)], schema)


def counts(report: Report, name: str) -> tuple[int, int, int]:
    """Right, wrong, missed."""
    found = report.scores[name]
    return found.right, found.wrong, found.missed


# The measure


def test_precision_recall_and_f1_are_those_of_the_textbook() -> None:
    one = Score(right=6, wrong=2, missed=4)

    assert one.precision == 0.75
    assert one.recall == 0.6
    assert one.f1 == pytest.approx(2 * 0.75 * 0.6 / 1.35)


def test_nothing_wanted_and_nothing_found_is_perfect() -> None:
    assert (Score().precision, Score().recall, Score().f1) == (1.0, 1.0, 1.0)
    assert (Score(wrong=3).precision, Score(wrong=3).recall, Score(wrong=3).f1) == (0.0, 1.0, 0.0)
    assert (Score(missed=3).precision, Score(missed=3).recall, Score(missed=3).f1) == (1.0, 0.0, 0.0)


# Entities


def test_a_graph_that_holds_the_gold_is_perfect(schema: Schema) -> None:
    report = score(graph(), schema)

    assert counts(report, "entities all") == (5, 0, 0)
    assert counts(report, "relations all") == (3, 0, 0)
    assert counts(report, "observations") == (2, 0, 0)
    assert report.errors == []
    assert report.articles == 1


def test_core_and_all_count_apart(schema: Schema) -> None:
    report = score(graph(), schema)

    assert counts(report, "entities core") == (4, 0, 0)
    assert counts(report, "relations core") == (2, 0, 0)


def test_a_subclass_counts_as_its_class_and_a_superclass_does_not(schema: Schema) -> None:
    report = score(graph((replace(LAB, cls="Organization"),), ()), schema)

    assert counts(report, "class ResearchInstitution") == (0, 0, 1)
    assert report.scores["entities all"].wrong == 1
    assert counts(score(graph((LAB,), ()), schema), "class ResearchInstitution") == (1, 0, 0)


def test_the_right_name_of_the_wrong_class_is_wrong_and_missed(schema: Schema) -> None:
    report = score(graph((replace(ZONE, cls="Place"),), (), ()), schema)

    assert counts(report, "class Place") == (0, 1, 0)
    assert counts(report, "class Zone") == (0, 0, 1)


def test_any_name_of_one_may_equal_any_name_of_the_other(schema: Schema) -> None:
    known = Entity("合肥国家高新区", "Zone", "合肥国家高新区", ("该高新区",))

    assert counts(score(graph((known,), (), ()), schema), "class Zone") == (1, 0, 0)


@pytest.mark.parametrize(
    "label", ["“春雨”计划", "《春雨》计划", "‘春雨’计划", "\"春雨\" '计划'", "春 雨\u3000计划", "春雨计划"]
)
def test_quotation_marks_and_white_space_do_not_count_in_names(schema: Schema, label: str) -> None:
    assert counts(score(graph((Entity("k", "Program", label),), (), ()), schema), "class Program") == (
        1,
        0,
        0,
    )


def test_full_width_and_half_width_forms_are_the_same_name(schema: Schema) -> None:
    gold = [{"id": "e1", "type": "Zone", "names": ["西部（重庆）科学城Ａ7"]}]
    entity = Entity("k", "ScienceCity", "西部(重庆)科学城A７")

    assert counts(score(graph((entity,), (), ()), schema, entities=gold, relations=[], observations=[]),
                  "class Zone") == (1, 0, 0)  # fmt: skip


def test_a_part_of_a_name_is_not_the_name(schema: Schema) -> None:
    report = score(graph((replace(ZONE, label="合肥"),), (), ()), schema)

    assert counts(report, "class Zone") == (0, 1, 1)


def test_a_second_node_for_one_thing_is_wrong(schema: Schema) -> None:
    twice = (ZONE, Entity("该高新区", "Zone", "该高新区"))
    report = score(graph(twice, (), ()), schema)

    assert counts(report, "class Zone") == (1, 1, 0)


def test_two_gold_things_of_one_name_take_one_node_each(schema: Schema) -> None:
    gold = [{"id": f"e{i}", "type": "Person", "names": ["王伟"]} for i in (1, 2)]
    nodes = (Entity("王伟（甲）", "Person", "王伟"), Entity("王伟（乙）", "Person", "王伟"))

    both = score(graph(nodes, (), ()), schema, entities=gold, relations=[], observations=[])
    one = score(graph(nodes[:1], (), ()), schema, entities=gold, relations=[], observations=[])
    assert counts(both, "class Person") == (2, 0, 0)
    assert counts(one, "class Person") == (1, 0, 1)


# Relations


def test_a_relation_needs_both_ends_and_its_direction(schema: Schema) -> None:
    turned = score(graph(facts=(fact(BODY, "establishes", ZONE),)), schema)
    other = score(graph(facts=(fact(ZONE, "leads", BODY),)), schema)

    assert counts(turned, "relation establishes") == (0, 1, 1)
    assert counts(other, "relation leads") == (0, 1, 0)
    assert counts(other, "relation establishes") == (0, 0, 1)


def test_a_relation_whose_end_does_not_match_is_wrong(schema: Schema) -> None:
    stranger = Entity("云溪科学城", "ScienceCity", "云溪科学城")
    report = score(graph((*ALL, stranger), (fact(stranger, "establishes", BODY),)), schema)

    assert counts(report, "relation establishes") == (0, 1, 1)


@pytest.mark.parametrize("ends", [(LAB, SCHOOL), (SCHOOL, LAB)])
def test_cooperation_counts_in_either_order(schema: Schema, ends: tuple[Entity, Entity]) -> None:
    report = score(graph(facts=(fact(ends[0], "cooperatesWith", ends[1]),)), schema)

    assert counts(report, "relation cooperatesWith") == (1, 0, 0)


def test_a_pair_and_relation_count_once_in_gold(schema: Schema) -> None:
    relations = [
        {"subject": "e3", "relation": "cooperatesWith", "object": "e4"},
        {"subject": "e4", "relation": "cooperatesWith", "object": "e3"},
        {"subject": "e1", "relation": "establishes", "object": "e2"},
        {"subject": "e1", "relation": "establishes", "object": "e2"},
    ]
    report = score(graph(facts=FACTS[:2]), schema, relations=relations)

    assert counts(report, "relations all") == (2, 0, 0)


def test_titles_do_not_count(schema: Schema) -> None:
    gold = [{"id": "e1", "type": "Person", "names": ["沈知远"]}, GOLD["entities"][1] | {"id": "e2"}]
    posts = [
        {"subject": "e1", "relation": "holdsPosition", "object": "e2", "title": title} for title in "甲乙"
    ]
    person = Entity("沈知远", "Person", "沈知远")
    held = replace(fact(person, "holdsPosition", BODY), titles=("书记",))
    report = score(
        graph((person, BODY), (held,), ()), schema, entities=gold, relations=posts, observations=[]
    )

    assert counts(report, "relation holdsPosition") == (1, 0, 0)


# Observations


@pytest.mark.parametrize(
    ("seen", "expected"),
    [(figure(ZONE, "702", "家", "别的指标"), (1, 0, 1)), (figure(ZONE, "702.0", "家"), (1, 0, 1)),
     (figure(ZONE, "703", "家"), (0, 1, 2)), (figure(ZONE, "702", "个"), (0, 1, 2)),
     (figure(LAB, "702", "家"), (0, 1, 2))],
    ids=["the indicator is free", "written otherwise", "another value", "another unit", "another subject"],
)  # fmt: skip
def test_a_figure_matches_by_subject_value_and_unit(
    schema: Schema, seen: Observation, expected: tuple[int, int, int]
) -> None:
    assert counts(score(graph(figures=(seen,)), schema), "observations") == expected


def test_two_figures_of_one_value_need_two_in_gold(schema: Schema) -> None:
    both = (figure(ZONE, "702", "家"), figure(ZONE, "702", "家", "科技型企业"))
    more = [*GOLD["observations"], {"subject": "e1", "indicator": "科技型企业", "value": 702, "unit": "家"}]

    assert counts(score(graph(figures=both), schema), "observations") == (1, 1, 1)
    assert counts(score(graph(figures=both), schema, observations=more), "observations") == (2, 0, 1)


def test_values_are_compared_as_numbers_however_gold_writes_them(schema: Schema) -> None:
    for value in (15050000000, "15050000000", 15050000000.0, "1.505E10"):
        gold = [{"subject": "e1", "indicator": "总投资额", "value": value, "unit": "元"}]
        assert counts(score(graph(figures=FIGURES[1:]), schema, observations=gold), "observations") == (
            1,
            0,
            0,
        )


# Articles


def test_only_what_an_articles_own_evidence_says_is_scored(schema: Schema) -> None:
    other = write(TEXT, source="B09.txt")
    knowledge = graph(facts=(*FACTS, fact(SCHOOL, "implements", PLAN, other)), articles=(ARTICLE, other))
    unnamed = Entity("乐山高新区", "Zone", "乐山高新区")
    knowledge = replace(
        knowledge,
        entities=(*knowledge.entities, unnamed),
        namings=(*knowledge.namings, Naming(unnamed.key, here(other))),
    )
    report = score(knowledge, schema)

    assert counts(report, "entities all") == (5, 0, 0)
    assert counts(report, "relations all") == (3, 0, 0)


def test_an_article_that_is_not_there_is_told_and_all_its_gold_is_missed(schema: Schema) -> None:
    report = score(graph(), schema, order=2)

    assert counts(report, "entities all") == (0, 0, 5)
    assert counts(report, "relations all") == (0, 0, 3)
    assert counts(report, "observations") == (0, 0, 2)
    assert ("article", "missed") in {(e["what"], e["error"]) for e in report.errors}


@pytest.mark.parametrize(
    ("source", "article"), [("A01.txt", "x"), ("pages/A01.txt", "x"), (None, "A01-1"), (None, "A01")]
)
def test_gold_finds_its_article_by_source_and_order_or_by_its_own_name(
    schema: Schema, source: str | None, article: str
) -> None:
    page = write(TEXT, headline="链上党建聚合力", kicker="合肥高新区", source="pages/A01.txt")
    named = tuple(Naming(e.key, here(page)) for e in ALL)
    knowledge = Knowledge((page,), ALL, (), (), named)

    assert counts(score(knowledge, schema, source=source, article=article), "entities all") == (5, 0, 0)


def test_the_second_article_of_a_page_is_found_by_its_name(schema: Schema) -> None:
    second = write(TEXT, source="A01.txt", order=2)
    knowledge = Knowledge((ARTICLE, second), ALL, (), (), tuple(Naming(e.key, here(second)) for e in ALL))

    assert counts(score(knowledge, schema, source=None, article="A01-2"), "entities all") == (5, 0, 0)
    assert counts(score(knowledge, schema, source=None, article="A01-1"), "entities all") == (0, 0, 5)


def test_counts_of_articles_are_summed_before_anything_is_divided(schema: Schema) -> None:
    second = write("云麓大学。", source="A02.txt")
    gold = {**GOLD, "article": "A02", "source": "A02.txt", "entities": GOLD["entities"][3:4], "relations": [],
            "observations": []}  # fmt: skip
    knowledge = graph((ZONE, LAB), (), (), (ARTICLE, second))
    golds = [Gold(g["article"], g["source"], 1, g) for g in (GOLD, gold)]
    report = evaluate(knowledge, golds, schema)

    assert counts(report, "entities all") == (2, 0, 4)
    assert report.scores["entities all"].recall == pytest.approx(2 / 6)
    assert report.articles == 2


def test_kicker_headline_and_byline_are_scored_where_gold_has_them(schema: Schema) -> None:
    article = replace(ARTICLE, byline=("沈知远", "方嘉禾"))
    knowledge = graph(articles=(article,))

    def metadata(**gold: Any) -> tuple[int, int, int]:
        return counts(score(knowledge, schema, **gold), "metadata")

    assert metadata() == (0, 0, 0)
    assert metadata(kicker="合肥高新区", headline="链上党建 聚合力", byline=["沈知远", "方嘉禾"]) == (3, 0, 0)
    assert metadata(kicker=None, headline="链上党建", byline=["沈知远"]) == (0, 0, 3)


def test_every_error_is_told_with_article_kind_and_words(schema: Schema) -> None:
    report = score(graph((ZONE, replace(LAB, label="云际中心", key="云际中心")), (), ()), schema)
    told = {(e["error"], e["what"], e["text"]) for e in report.errors}

    assert ("wrong", "ResearchInstitution", "云际中心") in told
    assert ("missed", "ResearchInstitution", "云际实验室") in told
    assert ("missed", "establishes", "合肥高新区 → 量子信息产业链党委") in told
    assert ("missed", "observation", "合肥高新区: 总投资额 15050000000 元") in told
    assert {e["article"] for e in report.errors} == {"A01-1"}


# Gold files


def test_gold_files_are_read_in_the_order_of_their_names(tmp_path: Path) -> None:
    for name in ("b", "a"):
        (tmp_path / f"{name}.json").write_text(json.dumps({**GOLD, "article": name}), encoding="utf-8")
    golds = load_gold(tmp_path)

    assert [(g.article, g.source, g.order) for g in golds] == [("a", "A01.txt", 1), ("b", "A01.txt", 1)]


def test_gold_that_names_nothing_is_called_after_its_file(tmp_path: Path) -> None:
    parts = {name: GOLD[name] for name in ("entities", "relations", "observations")}
    (tmp_path / "A01-1.json").write_text(json.dumps(parts), encoding="utf-8")

    assert [(g.article, g.source, g.order) for g in load_gold(tmp_path)] == [("A01-1", None, 1)]


def test_a_folder_without_gold_is_named(tmp_path: Path) -> None:
    with pytest.raises(InputError, match=str(tmp_path)):
        load_gold(tmp_path)


@pytest.mark.parametrize("text", ["", "{", "[]", '"金"', '{"entities": [], "relations": []}'])
def test_a_file_that_is_no_gold_is_named(tmp_path: Path, text: str) -> None:
    (tmp_path / "坏.json").write_text(text, encoding="utf-8")
    with pytest.raises(InputError, match=r"坏\.json"):
        load_gold(tmp_path)
