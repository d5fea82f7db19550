"""What the gazetteer knows beside the articles: containers, provinces, items of Wikidata."""

from __future__ import annotations

import pytest
from conftest import read

from kg.divisions import divisions, province_of
from kg.graph import reference_triples
from kg.lexicon import load_lexicon
from kg.model import Entity, Knowledge
from kg.reference import known, province
from kg.schema import Schema

PROVINCES = 34


def test_every_province_city_and_county_is_known_with_its_container() -> None:
    containers = dict(divisions())

    assert list(containers.values()).count("中国") == PROVINCES
    assert containers["昆山市"] == "苏州市"
    assert containers["苏州市"] == "江苏省"
    assert containers["阿鲁科尔沁旗"] == "赤峰市"
    assert set(containers) <= set(load_lexicon().entries)


def test_a_name_that_several_units_bear_tells_of_no_container_and_no_province() -> None:
    assert dict(divisions())["鼓楼区"] == ""
    assert province_of("鼓楼区") == ""


@pytest.mark.parametrize(
    ("name", "where"),
    [
        ("昆山高新区", "江苏省"),
        ("合肥高新区", "安徽省"),
        ("中关村", "北京市"),
        ("景德镇高新区", "江西省"),
        ("包头稀土高新区", "内蒙古自治区"),
    ],
)
def test_a_known_zone_carries_its_province(name: str, where: str, schema: Schema) -> None:
    lexicon = load_lexicon()
    entry = known(Entity(name, "Zone", name), lexicon, schema)

    assert entry is not None
    assert province(entry, lexicon, schema) == where


def test_nine_in_ten_known_zones_have_a_province(schema: Schema) -> None:
    lexicon = load_lexicon()
    zones = {e.name: e for e in lexicon.entries.values() if schema.base(e.cls) == "Zone"}
    told = [z for z in zones.values() if province(z, lexicon, schema)]

    assert len(told) >= 0.9 * len(zones)


def test_a_thing_of_another_class_or_with_two_entries_is_not_taken_for_a_known_one(schema: Schema) -> None:
    lexicon = load_lexicon()

    assert known(Entity("昆山高新区", "Enterprise", "昆山高新区"), lexicon, schema) is None
    assert known(Entity("甲", "Zone", "昆山高新区", ("合肥高新区",)), lexicon, schema) is None
    assert known(Entity("乙", "Zone", "无名高新区"), lexicon, schema) is None


def test_the_layer_links_zone_and_province_to_wikidata(schema: Schema) -> None:
    entities = (Entity("江苏省", "Place", "江苏省"), Entity("昆山高新区", "HighTechZone", "昆山高新区"))
    lines = {str(t) for t in read(reference_triples(Knowledge((), entities, (), (), ()), schema))}
    found = " ".join(sorted(lines))

    assert "exactMatch> <http://www.wikidata.org/entity/Q16963>" in found
    assert "containedInPlace> <http://www.wikidata.org/entity/Q16963>" in found
    assert found.count('"江苏省"@zh') == 2


def test_items_of_wikidata_are_numbers_and_name_one_thing_each() -> None:
    items = {e.name: e.wikidata for e in load_lexicon().entries.values() if e.wikidata}

    assert len(items) == PROVINCES  # all provinces but 台湾省, and China
    assert len(set(items.values())) == len(items)
    assert all(item[0] == "Q" and item[1:].isdigit() for item in items.values())
