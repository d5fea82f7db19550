"""Which forms of a name stand for one thing, and which do not."""

from __future__ import annotations

import pytest
from newsroom import RULES_ALONE, read

from kg.extract.decode import _RANKED
from kg.extract.forms import _GENERIC, _same_zone, _short_company, _zone_stem
from kg.schema import Schema


@pytest.mark.parametrize(
    ("long", "short"),
    [
        ("江西昌飞航空有限公司", "昌飞公司"),
        ("内蒙古霁光发光材料有限公司", "霁光材料"),
        ("江苏澄远电子材料集团", "澄远集团"),
        ("湖南瑞脉介入医疗科技有限公司", "瑞脉医疗"),
    ],
)
def test_a_company_is_known_by_its_brand_and_what_it_makes(long: str, short: str) -> None:
    assert _short_company(long, short)


@pytest.mark.parametrize(
    ("long", "short"),
    [
        ("江苏澄远电子材料集团", "远澄集团"),
        ("合肥衡枢量子科技有限公司", "量子材料"),
        ("国检测试控股雄安公司", "雄安新材"),
    ],
)
def test_characters_out_of_order_or_another_trade_make_another_company(long: str, short: str) -> None:
    assert not _short_company(long, short)


@pytest.mark.parametrize(
    "name", ["桐乡经开区", "桐乡经济开发区", "桐乡经济技术开发区", "桐乡国家级经济技术开发区"]
)
def test_an_economic_zone_has_one_stem(name: str) -> None:
    assert _zone_stem(name) == "桐乡经开区"


def test_two_zones_of_one_city_stay_two() -> None:
    assert _zone_stem("成都高新技术产业开发区") == "成都高新区"
    assert not _same_zone("成都经开区", "成都高新区")
    assert not _same_zone("合肥高新区声谷产业园", "合肥高新区")


def test_a_zone_with_two_names_in_one_is_one() -> None:
    assert _same_zone("西部科学城重庆高新区", "西部科学城")
    assert _same_zone("西部（重庆）科学城", "西部重庆科学城")


@pytest.mark.parametrize("word", ["联合党委", "产业链党委", "链党委", "临时党支部", "党工委", "三期项目"])
def test_a_class_word_alone_is_generic(word: str) -> None:
    assert _GENERIC.fullmatch(word)


@pytest.mark.parametrize("word", ["航空产业链党委", "金凤党委", "项目", "三期工程项目部"])
def test_a_name_is_not_generic(word: str) -> None:
    assert not _GENERIC.fullmatch(word)


@pytest.mark.parametrize("text", ["重庆市级重点工程", "省重大项目", "国家级重点项目"])
def test_a_rank_is_no_name(text: str) -> None:
    assert _RANKED.search(text)


def test_a_project_of_its_own_name_is_no_rank() -> None:
    assert not _RANKED.search("重点实验室二期项目")


def test_the_only_joint_committee_of_an_article_is_meant_by_its_class_word(schema: Schema) -> None:
    told = read("合肥高新区成立量子信息产业链联合党委。联合党委召开会议。", schema, models=RULES_ALONE)

    assert told.names("PartyOrganization") == {"量子信息产业链联合党委"}
