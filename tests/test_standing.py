"""Where things stand: beside what else an article names them, and how far the model of claims sees."""

from __future__ import annotations

import pytest
from newsroom import laid_out

from kg.extract.pairs import Pairing
from kg.extract.standing import Standing

COMPANY, CHAIN, ZONE = "合肥衡枢量子科技有限公司", "量子信息产业链", "合肥高新区"
COMMITTEE = f"{CHAIN}党委"


def told_apart(text: str, one: str, other: str) -> bool:
    """Whether the model of claims is told that two things are never named near each other."""
    layout, zone, of = laid_out(text)
    pairs = {(p.subject, p.object): p.features for p in Pairing(layout, zone, []).pairs()}
    return "apart" in pairs[of[one], of[other]]


def test_a_chain_stands_where_its_committee_does() -> None:
    text = f"{ZONE}成立{COMMITTEE}。企业一片繁忙。{COMMITTEE}走访{COMPANY}。"
    layout, zone, of = laid_out(text)
    standing = Standing(layout, zone)

    chain = [(p.sentence, p.held) for p in standing.places[of[CHAIN]]]
    committee = [p.sentence for p in standing.places[of[COMMITTEE]]]

    assert chain == [(0, True), (2, True)]
    assert committee == [0, 2]


def test_an_enterprise_beside_the_committee_of_a_chain_is_beside_the_chain() -> None:
    assert not told_apart(f"{ZONE}成立{COMMITTEE}。{COMMITTEE}走访{COMPANY}。", COMPANY, CHAIN)


def test_an_enterprise_is_weighed_as_a_link_of_the_chain_however_far_it_stands() -> None:
    filler = f"{ZONE}喜讯不断。" * 6

    assert told_apart(f"{ZONE}成立{COMMITTEE}。{filler}{COMPANY}一片繁忙。", COMPANY, CHAIN)


@pytest.mark.parametrize("times", [1, 12, 13, 60])
def test_a_zone_named_throughout_a_page_is_seen_beside_what_its_last_sentence_says(times: int) -> None:
    text = f"{ZONE}喜讯不断。" * times + f"{ZONE}推行“星火引航”行动。"

    assert not told_apart(text, ZONE, "星火引航")


@pytest.mark.parametrize("gap", [1, 2])
def test_things_are_near_up_to_two_sentences_apart(gap: int) -> None:
    between = "园区一片繁忙。" * (gap - 1)

    assert not told_apart(f"{ZONE}喜讯不断。{between}“星火引航”行动启动。", ZONE, "星火引航")


def test_things_three_sentences_apart_are_not_near() -> None:
    text = f"{ZONE}喜讯不断。企业忙。企业忙。“星火引航”行动启动。"

    assert told_apart(text, ZONE, "星火引航")
