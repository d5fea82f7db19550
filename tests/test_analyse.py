"""The graph as a network: cards, ways and counts, each with what says so."""

from __future__ import annotations

import pytest
from pyoxigraph import Store

from kg import analyse
from kg.errors import NotFound
from kg.model import Knowledge


def test_a_card_holds_everything_about_an_entity_and_nothing_else(store: Store, knowledge: Knowledge) -> None:
    (card,) = analyse.cards(store, "国盾量子")

    assert card.entity.label == "国盾量子技术股份有限公司"
    assert set(card.facts) == {f for f in knowledge.facts if card.entity.key in (f.subject, f.object)}
    assert card.labels["量子信息产业链"] == "量子信息产业链"
    assert [story.mentions for story in card.stories] == [2]
    assert all(fact.evidence for fact in card.facts)


def test_a_card_of_a_zone_holds_its_figures(store: Store) -> None:
    (card,) = analyse.cards(store, "合肥高新区")

    assert {(o.indicator, o.unit) for o in card.observations} == {("总投资额", "元"), ("高新技术企业", "家")}


def test_a_name_that_is_not_there_is_answered_with_the_nearest(store: Store) -> None:
    with pytest.raises(NotFound, match=r"国盾量子.*did you mean: 国盾量子"):
        analyse.cards(store, "国盾量子公司")


def test_a_way_goes_over_facts_in_any_direction_and_each_step_has_its_facts(store: Store) -> None:
    way = analyse.ways(store, "国盾量子", "云际量子实验室")[0]

    assert way.keys == ("国盾量子技术股份有限公司", "合肥高新区", "云际量子实验室")
    assert [[fact.relation for fact in step] for step in way.steps] == [["locatedIn"], ["locatedIn"]]
    assert all(fact.evidence for step in way.steps for fact in step)


def test_ways_are_all_shortest_and_no_more_than_asked_for(store: Store) -> None:
    ways = analyse.ways(store, "国盾量子", "云际量子实验室", 5)

    assert [way.keys[1] for way in ways] == ["合肥高新区", "量子信息产业链"]
    assert len(analyse.ways(store, "国盾量子", "云际量子实验室", 1)) == 1


def test_a_way_is_the_same_backwards(store: Store) -> None:
    there = analyse.ways(store, "国盾量子", "陈立平", 9)
    back = analyse.ways(store, "陈立平", "国盾量子", 9)

    assert {way.keys for way in there} == {way.keys[::-1] for way in back}


def test_all_facts_between_two_neighbours_are_given(store: Store) -> None:
    (way,) = analyse.ways(store, "合肥高新区党工委", "合肥高新区")

    assert [[fact.relation for fact in step] for step in way.steps] == [["partyOrganizationOf"]]


def test_two_that_are_not_connected_have_no_way(store: Store) -> None:
    assert analyse.ways(store, "国盾量子", "何知远") == []


def test_a_way_from_a_thing_to_itself_has_no_step(store: Store) -> None:
    (way,) = analyse.ways(store, "合肥高新区", "合肥高新区")

    assert (way.keys, way.steps) == (("合肥高新区",), ())


def test_counts_are_those_of_the_knowledge(store: Store, knowledge: Knowledge) -> None:
    found = analyse.stats(store, 2)

    assert found.articles == len(knowledge.articles)
    assert sum(found.entities.values()) == len(knowledge.entities)
    assert sum(found.facts.values()) == len(knowledge.facts)
    assert found.observations == len(knowledge.observations)
    assert found.entities["HighTechZone"] == 3
    assert found.degrees[0] == ("云桥生物科技有限公司", "Enterprise", 5)
    assert len(found.degrees) == 2


def test_the_network_has_an_edge_for_each_fact(store: Store, knowledge: Knowledge) -> None:
    graph = analyse.network(store)

    assert set(graph) == {entity.key for entity in knowledge.entities}
    assert {fact for _, _, fact in graph.edges(data="fact")} == set(knowledge.facts)
