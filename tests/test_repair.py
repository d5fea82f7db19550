"""Repair: damaged pages become the articles that were typeset, every character with its place."""

from __future__ import annotations

import json
import re
import time
from pathlib import Path
from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from newsprint import ARTICLES, Copy, Press, squeeze

from kg.ingest import decode_page, read_document
from kg.model import Article, Document
from kg.repair import fold, repair
from kg.repair.bond import bond
from kg.repair.cues import (
    is_bare_credit,
    is_credit,
    is_kicker,
    is_numbered,
    is_phrase,
    is_picture_text,
    is_zone,
    looks_pictured,
    starts_fresh,
)
from kg.repair.furniture import clean_jumps
from kg.repair.layout import make_line
from kg.repair.metadata import read_byline, read_date, read_opening, read_publisher, read_writers
from kg.repair.names import is_name, split_names
from kg.repair.run import Run
from kg.repair.signature import split_signatures
from kg.repair.spacing import close_body, close_line

SEEDS = Path(__file__).parent.parent / "seeds"


def page(text: str, source: str = "page.txt") -> Document:
    return Document(source, "", "text/plain", "utf-8", text)


def kinds(article: Article, *wanted: str) -> list[str]:
    return [article.text[b.start : b.end] for b in article.blocks if b.kind in wanted]


def body(article: Article) -> str:
    return squeeze("".join(kinds(article, "paragraph", "standfirst")))


def run(text: str) -> Run:
    return Run(text, tuple(range(len(text))))


def check_offsets(article: Article) -> None:
    source = article.document.text
    joins = {block.end for block in article.blocks}
    assert len(article.text) == len(article.offsets)
    for i, char in enumerate(article.text):
        if char == "\n" and i in joins:
            assert article.offsets[i] == article.offsets[i - 1]
        else:
            assert fold(source[article.offsets[i]]) == char
    assert "\n".join(article.text[b.start : b.end] for b in article.blocks) == article.text


def plain_press(seed: int, **settings: object) -> Press:
    press = Press(Random(seed))
    for name, value in settings.items():
        setattr(press, name, value)
    return press


def check_copies(articles: tuple[Article, ...], copies: list[Copy]) -> None:
    assert [a.headline and squeeze(a.headline) for a in articles] == [
        squeeze("".join(c.headline)) for c in copies
    ]
    for article, copy in zip(articles, copies, strict=True):
        assert article.kicker == copy.kicker
        assert article.byline == copy.byline
        assert body(article) == squeeze("".join(copy.paragraphs))
        assert [squeeze(s) for s in kinds(article, "subhead")] == [squeeze(s) for s in copy.subheads]
        check_offsets(article)


# Laws over typeset pages


@pytest.mark.parametrize("width", [14, 16, 18, 22, 28, 33])
@pytest.mark.parametrize("blank", [0.0, 0.9, 1.0])
@pytest.mark.parametrize("indent", ["", "　　"])
def test_typeset_articles_come_back(width: int, blank: float, indent: str) -> None:
    copies = list(ARTICLES)
    press = plain_press(width, width=width, wide=width + 6, blank=blank, indent=indent, loose=0.02)
    press.banner = "党建领航园区攀高向新"
    articles = repair(page(press.page(copies)))
    check_copies(articles, copies)
    assert {article.banner for article in articles} == {"党建领航园区攀高向新"}


@settings(deadline=None, derandomize=True, max_examples=60)
@given(
    st.lists(st.sampled_from(ARTICLES), min_size=1, max_size=3, unique=True),
    st.integers(0, 10**6),
    st.sampled_from([15, 18, 24, 30]),
)
def test_the_number_of_articles_and_their_headlines_survive_any_damage(
    copies: list[Copy], seed: int, width: int
) -> None:
    press = plain_press(seed, width=width, wide=width + 5, blank=0.95, stray=0.5)
    articles = repair(page(press.page(copies)))
    assert [squeeze(a.headline or "") for a in articles] == [squeeze("".join(c.headline)) for c in copies]


@settings(deadline=None, derandomize=True, max_examples=60)
@given(st.sampled_from(ARTICLES), st.integers(0, 10**6), st.sampled_from([16, 20, 32]))
def test_repairing_what_is_repaired_changes_nothing(copy: Copy, seed: int, width: int) -> None:
    press = plain_press(seed, width=width, wide=width + 4, loose=0.0)
    for article in repair(page(press.page([copy]))):
        (again,) = repair(page(article.text))
        assert again.text == article.text


@settings(deadline=None, derandomize=True, max_examples=300)
@given(st.text(max_size=300))
def test_offsets_hold_for_any_text(text: str) -> None:
    for article in repair(page(text)):
        check_offsets(article)


@settings(deadline=None, derandomize=True, max_examples=300)
@given(st.text(alphabet="高新区记者张三本报讯“”（），。；：… 　\n\f\t01Ａa▶·⻋\u200b摄图为", max_size=200))
def test_offsets_hold_for_newspaper_noise(text: str) -> None:
    articles = repair(page(text))
    assert [article.order for article in articles] == list(range(1, len(articles) + 1))
    for article in articles:
        check_offsets(article)
        assert not re.search(r"[。，] |  ", article.text)


@pytest.mark.parametrize("unit", ["高", "高新区发展\n", "高 ", "“", "高新区发展很快。\n\n", "▶", "1\n"])
def test_a_million_characters_take_linear_time(unit: str) -> None:
    text = unit * (1_000_000 // len(unit) // (8 if "\n" in unit else 1))
    start = time.perf_counter()
    repair(page(text))
    assert time.perf_counter() - start < 30


# Pages


@pytest.mark.parametrize("path", sorted(SEEDS.glob("pages/*.txt")), ids=lambda path: path.name)
def test_seed_pages_come_apart_as_their_gold_says(path: Path) -> None:
    gold = [json.loads(file.read_text("utf-8")) for file in sorted(SEEDS.glob("gold/*.json"))]
    wanted = sorted((g for g in gold if g["source"] == path.name), key=lambda g: g["order"])
    articles = repair(read_document(path))

    def bare(text: str | None) -> str | None:
        return text and re.sub("[“”‘’\\s]", "", text)

    assert [bare(a.headline) for a in articles] == [bare(g["headline"]) for g in wanted]
    assert [bare(a.kicker) for a in articles] == [bare(g["kicker"]) for g in wanted]
    assert [sorted(a.byline) for a in articles] == [sorted(g["byline"]) for g in wanted]
    for article, g in zip(articles, wanted, strict=True):
        text = re.sub("[“”‘’《》\\s]", "", article.text)
        for entity in g["entities"]:
            for name in entity["names"]:
                assert re.sub("[“”‘’《》\\s]", "", name) in text
        check_offsets(article)


def test_web_copy_with_a_source_line() -> None:
    text = (
        "合肥高新区：量子“朋友圈”再扩容\n来源：科技日报 2025-06-24 记者 张三\n"
        "　　6月23日，合肥高新区举行量子产业推进会，会上发布了三年行动计划。\n"
        "　　政策加码\n"
        "　　“我们要把量子信息打造成地标产业。”管委会副主任李明说。\n　　（责任编辑：王五）\n"
    )
    (article,) = repair(page(text))
    assert article.headline == "合肥高新区：量子“朋友圈”再扩容"
    assert (article.date, article.publisher, article.byline) == ("2025-06-24", "科技日报", ("张三",))
    assert kinds(article, "subhead") == ["政策加码"]
    assert len(kinds(article, "paragraph")) == 2


def test_an_agency_report_without_headline() -> None:
    text = "新华社北京6月24日电（记者 张泉、温竞华）科技部24日发布数据。\n数据显示，高新区达178家。\n"
    (article,) = repair(page(text))
    assert article.headline is None
    assert article.dateline == "新华社北京6月24日电"
    assert article.byline == ("张泉", "温竞华")
    assert kinds(article, "paragraph") == ["科技部24日发布数据。", "数据显示，高新区达178家。"]


def test_briefs_are_articles_of_their_own() -> None:
    text = (
        "本报讯 6月20日，大连高新区举行签约仪式。（张三）\n本报讯 6月21日，沈阳高新区成立党委。 李四\n"
        "本报讯（记者 王五）6月22日，长春高新区举办论坛。\n"
    )
    articles = repair(page(text))
    assert [article.byline for article in articles] == [("张三",), ("李四",), ("王五",)]


def test_a_question_over_a_reporters_name_is_a_headline() -> None:
    (article,) = repair(page("高新区如何破解“卡脖子”难题？\n本报记者 周明\n答案是创新。\n"))
    assert article.headline == "高新区如何破解“卡脖子”难题？"


def test_an_editors_note_belongs_to_the_article_below() -> None:
    text = (
        "编者按：今年以来，各地涌现出一批好做法。本报今起推出专栏，敬请关注。\n苏州高新区：\n太湖之滨崛起创新高峰\n"
        "■ 本报记者 罗晓燕\n太湖之滨，一座科学城正在崛起。\n"
    )
    (article,) = repair(page(text))
    assert (article.kicker, article.headline) == ("苏州高新区", "太湖之滨崛起创新高峰")
    assert len(kinds(article, "standfirst")) == 1


def test_numbered_headings_are_subheads_of_one_article() -> None:
    text = (
        "关于加快发展的若干措施\n结合实际，制定如下措施：\n一、强化企业创新主体地位\n支持企业建设研发机构。\n"
        "二、集聚高端人才\n（一）实施人才计划；\n（二）建设人才公寓5000套。\n"
    )
    (article,) = repair(page(text))
    assert kinds(article, "subhead") == ["一、强化企业创新主体地位", "二、集聚高端人才"]


def test_page_furniture_goes_and_its_date_stays() -> None:
    text = (
        "A07版 园区 2025年6月24日 星期二 责任编辑：李某 电话：010-00000000\n长沙高新区\n"
        "打造“三智一芯”产业高地\n■ 本报记者 李洋 通讯员 王敏\n走进长沙高新区，创新的气息扑面而来。\n"
        "园区企业达1200家。（下转A08版）\n- 7 -\n"
    )
    (article,) = repair(page(text))
    assert (article.kicker, article.date) == ("长沙高新区", "2025-06-24")
    assert article.byline == ("李洋", "王敏")
    assert article.text.endswith("园区企业达1200家。")


def test_a_caption_leaves_the_sentence_that_it_cuts() -> None:
    text = (
        "东湖科学城打造创新策源地\n\n"
        "近年来，科学城把党组织建在产业链上，推动人才、资金、技术向链上集聚，为我国农业种质资\n\n\n\n"
        "创新创业者交流对话会\n\n源创新提供有力支撑。\n\n"
        "科学城还将举办更多活动，让创新者在这里相遇、相知、相助，共同成长。\n\n"
        "东湖科学城供图\n"
    )
    (article,) = repair(page(text))
    assert "为我国农业种质资源创新提供有力支撑。" in article.text
    assert kinds(article, "caption", "credit") == ["创新创业者交流对话会", "东湖科学城供图"]
    assert article.text.endswith("创新创业者交流对话会\n东湖科学城供图")


def test_an_abridged_lead_is_a_standfirst_and_a_repeated_sentence_a_caption() -> None:
    lead = "作为创新的主阵地，东湖科学城紧扣部署要求，不断提升组织力，推动产业高质量发展。"
    long = lead.replace("不断提升组织力，", "不断提升组织力，扎实推进三支队伍建设，")
    text = (
        f"东湖科学城以党建促发展\n{lead}\n“第一笔资金到账了。”公司总经理刘晓说。\n{long}\n"
        "如今，东湖水质连续5年优于考核标准一个等级，居民都爱来散步。\n东湖科学城供图\n东湖水质连续5年优于考核标准一个等级。\n"
    )
    (article,) = repair(page(text))
    assert kinds(article, "standfirst") == [lead]
    assert kinds(article, "caption") == ["东湖水质连续5年优于考核标准一个等级。"]


def test_quote_gives_the_damage_between() -> None:
    (article,) = repair(page("6月 24日，西部（重\n\n庆）科学城举办活动。\n"))
    start = article.text.index("西部（重庆）科学城")
    assert article.quote(start, start + 9).exact == "西部（重\n\n庆）科学城"


def test_radicals_become_characters_and_the_rest_stays() -> None:
    (article,) = repair(page("⻋路协同在⻓沙⾼新区落地，产业链接上一环(重庆)。\n"))
    assert article.text == "车路协同在长沙高新区落地，产业链接上一环(重庆)。"
    assert all(len(fold(chr(code))) == 1 for code in (*range(0x2E80, 0x2FE0), *range(0xF900, 0xFB00)))


def test_an_empty_page_has_no_articles() -> None:
    assert repair(page(" \n\n　\n")) == ()


def test_bytes_go_all_the_way() -> None:
    document = decode_page("本报讯 高新区发展很快。 陈力".encode("gb18030"), "a.txt")
    (article,) = repair(document)
    assert article.id == "a.txt#1"
    assert article.byline == ("陈力",)


# Spaces


@pytest.mark.parametrize(
    ("raw", "closed"),
    [
        ("智 造 高 地 。 同 时 ，以 党 建 促 发 展", "智造高地。同时，以党建促发展"),
        ("6月 24日，总投资额 100亿元", "6月24日，总投资额100亿元"),
        ("无人机和 eVTOL整机", "无人机和eVTOL整机"),
        ("党建引领 科技创新结硕果", "党建引领 科技创新结硕果"),
        ("党 建 引 领  科 技 创 新", "党建引领 科技创新"),
        ("发表于 Science Advances", "发表于Science Advances"),
        ("周佳 蔡翀", "周佳 蔡翀"),
        ("责任编辑： 李洋", "责任编辑：李洋"),
    ],
)
def test_lines_are_closed(raw: str, closed: str) -> None:
    assert close_line(run(raw)).text == closed


def test_running_text_keeps_only_quoted_spaces() -> None:
    assert close_body(run("高质 量发展的“双关心 双促进”模式")).text == "高质量发展的“双关心 双促进”模式"


# Cues: what they match and what not


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("▶ 本报记者 叶伟", ("叶伟",)),
        ("■ 本报记者 王某某 通讯员 李某", ("王某某", "李某")),
        ("周佳 蔡翀", ("周佳", "蔡翀")),
        ("张 三 李小四", ("张三", "李小四")),
        ("（张三 李四）", ("张三", "李四")),
        ("文/图 张三", ("张三",)),
        ("记者 张三 李四 报道", ("张三", "李四")),
        ("本报记者 李洋 文/图", ("李洋",)),
        ("作者：欧阳明", ("欧阳明",)),
        ("记者：药企为什么愿意来", ()),
        ("高新区", ()),
        ("创新驱动", ()),
        ("记者在现场看到", ()),
    ],
)
def test_bylines(text: str, names: tuple[str, ...]) -> None:
    assert read_byline(text) == names


@pytest.mark.parametrize(
    ("text", "dateline"),
    [
        ("本报讯 近日", "本报讯"),
        ("本报讯（记者 张三）近日", "本报讯"),
        ("本报合肥6月24日电（记者 张三）近日", "本报合肥6月24日电"),
        ("新华社北京6月24日电 近日", "新华社北京6月24日电"),
        ("科技日报讯 近日", "科技日报讯"),
        ("本报记者从会上获悉", None),
        ("近日，本报讯", None),
    ],
)
def test_datelines(text: str, dateline: str | None) -> None:
    opening = read_opening(text)
    assert (opening and text[: opening.dateline]) == dateline


@pytest.mark.parametrize(
    ("text", "date"),
    [
        ("2025年6月24日 星期二", "2025-06-24"),
        ("2025-06-24 10:23", "2025-06-24"),
        ("二〇二五年六月二十四日", "2025-06-24"),
        ("2025年6月", "2025-06"),
        ("20250624", "2025-06-24"),
        ("6月24日", None),
        ("2025年13月", None),
        ("电话：010-68667266", None),
    ],
)
def test_dates(text: str, date: str | None) -> None:
    assert read_date(text) == date


def test_publishers_and_writers() -> None:
    assert read_publisher("来源：科技日报 2025-06-24") == "科技日报"
    assert read_publisher("中国高新技术产业导报 第12版") == "中国高新技术产业导报"
    assert read_publisher("高新区发展很快") is None
    assert read_writers("作者：李华 发布时间：2025年") == ("李华",)
    assert read_writers("发布时间：2025年") == ()


def test_names() -> None:
    assert is_name("蔡翀") and is_name("欧阳明") and is_name("汉斯·莫勒")
    assert not is_name("高新区") and not is_name("创新") and not is_name("张家港市")
    assert split_names("张三李四") == ("张三", "李四")
    assert split_names("产业 发展") == ()


def test_pictures() -> None:
    assert is_bare_credit("某某高新区供图") and is_bare_credit("张三 摄") and is_bare_credit("新华社发")
    assert not is_bare_credit("张三拍摄了这张照片，很美。")
    assert is_credit("与会者正在交流。 段青禾 摄") and not is_credit("与会者正在交流。")
    assert is_picture_text("图为科研人员在实验室。") and is_picture_text("〔交流对话会〕")
    assert not is_picture_text("图强求变，高新区走出新路。")
    assert looks_pictured("项目施工现场") and not looks_pictured("直奔现场解难题")
    assert is_phrase("创新创业大会举行") and not is_phrase("的念头早已打消。如今，其")


def test_kickers_and_openings() -> None:
    assert is_kicker("景德镇高新区") and is_kicker("西部(重庆)科学城") and is_kicker("园区动态")
    assert not is_kicker("红色引擎驱动航空产业“翱翔”") and not is_kicker("创建并深化党建轮值制度")
    assert is_zone("合作区") and not is_zone("园区动态")
    assert is_numbered("（二）集聚人才") and not is_numbered("2.5亿元") and not is_numbered("一家企业")
    assert starts_fresh("近日，高新区") and not starts_fresh("高新区近日")


def test_words_across_a_break_tie_lines() -> None:
    assert bond("技术创新的主阵地和核心区域发", "展", frozenset()) == 1.0
    assert bond("12", "支队伍", frozenset()) == 1.5
    assert bond("西部（重", "庆）科学城", frozenset(["（重庆"])) == 2.0
    assert bond("航空产业翱翔", "本报讯", frozenset()) == -0.5


def test_page_jumps_go() -> None:
    assert clean_jumps(run("企业达1200家。（下转A08版）")).text == "企业达1200家。"
    assert clean_jumps(run("该书第8版出版。")).text == "该书第8版出版。"


def test_signatures_are_cut_off() -> None:
    def cut(text: str, after: str = "") -> list[str]:
        lines = [make_line(run(line)) for line in (text, after) if line]
        return [line.text for line in split_signatures(lines)][: 1 if after else None][:2]

    assert cut("规范有序进行。 陈力") == ["规范有序进行。", "陈力"]
    assert cut("走在前列。（张三 李四）") == ["走在前列。", "（张三 李四）"]
    assert cut("“我们很快。” 王强", "说，高新区") == ["“我们很快。” 王强"]
    assert cut("企业越来越多。发展") == ["企业越来越多。发展"]
