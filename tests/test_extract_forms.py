"""Which forms of a name stand for one thing, and which do not."""

from __future__ import annotations

import pytest
from newsroom import RULES_ALONE, printed, read, write

from kg.extract import guesses
from kg.extract.decode import _RANKED, _as_elsewhere, _bare, _ended
from kg.extract.forms import _GENERIC, _same_phase, _same_zone, _short_company, _zone_stem
from kg.extract.reading import Candidate, Reading, common_knowhow
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


@pytest.mark.parametrize(
    "text", ["重庆市级重点工程", "省重大项目", "国家级重点项目", "重庆市级及以上科创平台"]
)
def test_a_rank_is_no_name(text: str) -> None:
    assert _RANKED.search(text)


def test_a_project_of_its_own_name_is_no_rank() -> None:
    assert not _RANKED.search("重点实验室二期项目")


@pytest.mark.parametrize(
    ("name", "left"),
    [
        ("“红岩先锋”变革型组织、加快建设新时代市域党建新高地", "“红岩先锋”变革型组织"),
        ("“引进、培育、服务”3项工程", "“引进、培育、服务”3项工程"),
        ("智能装备、新材料产业党建联盟", "智能装备、新材料产业党建联盟"),
    ],
)
def test_a_name_ends_before_what_is_done_next(name: str, left: str) -> None:
    reading = Reading(write(f"打造{name}。"), common_knowhow())
    ended = _ended(reading, Candidate(2, 2 + len(name), "Program", "model", 1.0))

    assert reading.text[ended.start : ended.end] == left


def test_the_only_joint_committee_of_an_article_is_meant_by_its_class_word(schema: Schema) -> None:
    told = read("合肥高新区成立量子信息产业链联合党委。联合党委召开会议。", schema, models=RULES_ALONE)

    assert told.names("PartyOrganization") == {"量子信息产业链联合党委"}


def test_the_short_form_of_a_document_is_the_document(schema: Schema) -> None:
    text = "雄安新区发布《雄安新区空天信息产业发展行动方案》（以下简称《行动方案》）。《行动方案》次日施行。"

    assert set(read(text, schema, models=RULES_ALONE).thing("行动方案").names) == {
        "雄安新区空天信息产业发展行动方案", "行动方案",
    }  # fmt: skip


def test_a_management_committee_is_known_by_its_short_form(schema: Schema) -> None:
    text = "河北雄安新区管理委员会发布公告。雄安新区管委会要求企业安全生产。"

    assert set(read(text, schema, models=RULES_ALONE).thing("雄安新区管委会").names) == {
        "河北雄安新区管理委员会", "雄安新区管委会",
    }  # fmt: skip


def guessed(text: str) -> set[str]:
    """What the rules alone take for names in a text."""
    reading = Reading(write(text), common_knowhow())
    return {reading.text[c.start : c.end] for c in guesses(reading)}


@pytest.mark.parametrize(
    ("before", "name"),
    [
        ("会议在", "大同经开区人力资源和社会保障局党支部"),
        ("会议在", "泰安高新区工业和信息化局"),
        ("会议在", "上海交通大学机械与动力工程学院"),
        ("园区成立", "芳烃及精细化工产业链党委"),
        ("园区成立", "先进能源产业链党委"),
        ("会议在", "青岛高新区投资促进部党支部"),
        ("合肥高新区举办", "2025泉城人工智能创新应用大赛"),
        ("合肥高新区实施", "党建引领“铸魂、攻坚、聚才”3项工程"),
    ],
)
def test_a_name_has_all_its_words(before: str, name: str) -> None:
    assert name in guessed(f"{before}{name}。")


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("东关社区创新“红石榴议事厅”协商机制。", "“红石榴议事厅”协商机制"),
        ("合肥高新区跑出“加速度”——宁乡高新区发展纪实。", "宁乡高新区"),
        ("按下“加速键” 包头稀土高新区提速。", "包头稀土高新区"),
        ("青海高新区认真贯彻青海省委部署。", "青海省委"),
        ("党委积极招引对接海鹰系统、海燕系统等产业链项目。", "海鹰系统"),
        ("合肥高新区党工委和合肥高新区科技局召开会议。", "合肥高新区科技局"),
        ("“红岩先锋”护航西部（重庆）科学城。", "西部(重庆)科学城"),
    ],
)
def test_a_name_has_no_words_of_its_neighbours(text: str, name: str) -> None:
    assert name in guessed(text)


@pytest.mark.parametrize("seed", ["1", "2", "3", "4"])
def test_the_longest_noun_behind_a_list_says_what_it_lists_whatever_the_hash_seed(seed: str) -> None:
    code = (
        "from kg.extract.known import _heads; from kg.lexicon import load_lexicon;"
        "print(next(c for h, c in _heads(load_lexicon()).items() if '等重大工程'.endswith(h)))"
    )

    assert printed(code, seed).strip() == "Project"


def test_a_place_that_says_a_rank_is_no_place(schema: Schema) -> None:
    told = read("合肥高新区集聚安徽省级及以上平台290个。", schema, models=RULES_ALONE)

    assert "安徽省" not in {m.surface for m in told.record.mentions}


def of_model(reading: Reading, name: str, confidence: float, cls: str = "Place") -> Candidate:
    """A name as the model finds it where it first stands in a text."""
    start = reading.text.index(name)
    return Candidate(start, start + len(name), cls, "model", 1.0, (), confidence)


@pytest.mark.parametrize(
    ("unsure", "sure", "kept"),
    [(0.6, 0.95, "梁滩河"), (0.9, 0.95, "梁滩河水"), (0.6, 0.5, "梁滩河水")],
)
def test_an_unsure_name_gives_up_a_character_for_a_surer_one_of_the_article(
    unsure: float, sure: float, kept: str
) -> None:
    reading = Reading(write("梁滩河水质变好。梁滩河，白鹭翩跹。"), common_knowhow())
    start = reading.text.rindex("梁滩河")
    other = Candidate(start, start + len("梁滩河"), "Place", "model", 1.0, (), sure)

    cut = _as_elsewhere(reading, [of_model(reading, "梁滩河水", unsure), other])[0]

    assert reading.text[cut.start : cut.end] == kept


@pytest.mark.parametrize("before", ["首台", "自研", "自主研发"])
def test_what_is_said_before_a_name_is_no_part_of_it(before: str) -> None:
    reading = Reading(write(f"园区发布{before}荧光分析系统。"), common_knowhow())
    found = _bare(reading, of_model(reading, f"{before}荧光分析系统", 0.9, "Achievement"))

    assert reading.text[found.start : found.end] == "荧光分析系统"


def test_the_only_project_of_its_phase_is_known_by_the_phase() -> None:
    long = "瑞航（重庆）航空发动机维修公司二期基地项目"

    assert _same_phase(long, "二期项目")
    assert not _same_phase(long, "三期项目")
    assert not _same_phase(long, "基地项目")
