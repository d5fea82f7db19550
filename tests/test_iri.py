"""IRIs: readable, valid everywhere, and never shared by two things."""

from __future__ import annotations

import logging

import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from pyoxigraph import NamedNode
from rdflib import URIRef

from kg import iri

KEYS = st.text(min_size=1, max_size=30)


@given(KEYS)
@example("A/B #1?")
@example("..")
@example('<script>"{}|\\^`%')
@example("\u202e合肥\u200b高新区\u3000 \ufeff")
@example("\ue000\ufffe\U000e0041\U0010fffd")
def test_any_key_gives_an_iri_that_both_libraries_accept(key: str) -> None:
    name = iri.entity(key)

    assert name == NamedNode(name).value
    assert f"<{name}>" == URIRef(name).n3()


@given(KEYS)
@example("%41")
@example("%")
def test_the_key_can_be_read_back_so_no_two_keys_share_an_iri(key: str) -> None:
    assert key == iri.local(iri.entity(key))


@given(KEYS)
def test_an_entity_never_shares_its_iri_with_another_kind_of_node(key: str) -> None:
    assert "/" not in iri.entity(key).removeprefix(iri.ID)


@pytest.mark.parametrize(
    ("key", "last"),
    [
        ("合肥高新区", "合肥高新区"),
        ("西部（重庆）科学城", "西部（重庆）科学城"),
        ("“五联”活动", "“五联”活动"),
        ("𠮷林·A-1", "𠮷林·A-1"),
        ("a b/c#d", "a%20b%2Fc%23d"),
        ("100%", "100%25"),
    ],
)
def test_han_and_what_else_an_iri_may_hold_stay_readable(key: str, last: str) -> None:
    assert iri.ID + last == iri.entity(key)


def test_an_article_is_a_fragment_of_its_page_even_where_the_file_name_has_a_hash() -> None:
    assert iri.article("合肥/第#1版.txt#2") == iri.ID + "page/合肥/第%231版.txt#2"


@given(st.lists(KEYS, min_size=1, max_size=4), st.lists(KEYS, min_size=1, max_size=4))
def test_nodes_named_by_parts_differ_where_a_part_differs(one: list[str], other: list[str]) -> None:
    assert (one == other) == (iri.parts("fact", *one) == iri.parts("fact", *other))


def test_a_short_name_is_what_a_person_would_type() -> None:
    assert iri.short(iri.entity("合肥高新区")) == "id:合肥高新区"
    assert iri.short(iri.ZKG + "Zone") == "zkg:Zone"
    assert iri.short("http://example.org/x") == "http://example.org/x"


def test_rdflib_does_not_complain_of_our_iris(caplog: pytest.LogCaptureFixture) -> None:
    with caplog.at_level(logging.WARNING):
        URIRef(iri.entity("<“五联” 活动>")).n3()

    assert caplog.records == []
