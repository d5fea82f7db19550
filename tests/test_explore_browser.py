"""Finding and reading in the explorer, in a real browser, offline: what a reader clicks is what they get."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path
from typing import Any
from urllib.parse import quote

import pytest
from explorer import View, browser, needs_browser, view

from kg.explore import GraphData, render
from kg.explore.data import Story
from kg.model import Entity, Evidence, Fact, Observation

__all__ = ["browser", "view"]
pytestmark = needs_browser


def hits(view: View, typed: str) -> list[str]:
    """What a search finds, best first."""
    return view.later("return (await zonekg.finder()).find(arg[0]).map((hit) => hit.entry.text)", typed)


# ---------------------------------------------------------------- opening


def test_it_opens_without_a_request_without_webgl_and_without_a_complaint(view: View) -> None:
    view.requests()
    view.complaints()
    view.open()
    assert view.js("return document.createElement('canvas').getContext('webgl')") is None
    assert view.js("return navigator.onLine") is False
    assert "20 个实体 · 23 条关系 · 2 项数据 · 3 篇文章" in view.find("#counts").text
    assert view.js("return performance.getEntriesByType('resource').length") == 0
    assert view.requests() == set()
    assert view.complaints() == []


def test_it_starts_with_search_and_a_summary_not_with_everything(view: View) -> None:
    view.open()
    assert view.find("#start").is_displayed()
    cards = [card.text.split("\n")[1] for card in view.all("#start .card")]
    assert "合肥高新区" in "".join(cards)
    assert [tile.text.split("\n")[0] for tile in view.all("#start .tile")] == ["20", "23", "2", "3"]
    view.find("#start .primary").click()
    view.until(lambda: view.state.get("v") == "map")
    assert not view.find("#start").is_displayed()
    assert "显示 20 / 20 个实体 · 23 / 23 条关系" in view.find("#view-note").text


def test_the_footer_says_what_it_was_made_of(view: View) -> None:
    view.open()
    text = view.find("#footer").text
    assert "2025-06-24" in text
    assert "20 个实体" in text
    assert view.js("return zonekg.graph.inputs.slice(0, 12)") in text


# ---------------------------------------------------------------- search


@pytest.mark.parametrize(
    ("typed", "found"),
    [
        ("合肥高新", "合肥高新区"),
        ("国盾", "国盾量子技术股份有限公司"),
        ("hfgxq", "合肥高新区"),
        ("hefeigaoxinqu", "合肥高新区"),
        ("hefeigx", "合肥高新区"),
        ("合肥gxq", "合肥高新区"),
        ("HFGXQ", "合肥高新区"),
        ("lsgxq", "乐山高新区"),  # 乐 also reads yue: le shan
        ("yueshan", "乐山高新区"),
        ("合肥高薪区", "合肥高新区"),  # one wrong character
        ("hefeigaoxniqu", "合肥高新区"),  # two letters swapped
        ("云麓大学", "云麓大学"),
        ("浦口联合", "浦口高新区联合党委"),  # characters left out
        ("ＨＦＧＸＱ", "合肥高新区"),
        ("lzzyjz", "“链长+专员”机制"),  # signs are not typed
        ("链长专员", "“链长+专员”机制"),
        ("（链长＋专员）", "“链长+专员”机制"),
    ],
)
def test_search_finds_by_characters_pinyin_initials_and_in_spite_of_slips(
    view: View, typed: str, found: str
) -> None:
    view.open()
    assert found in hits(view, typed)[:3]


def test_search_finds_nothing_where_nothing_is(view: View) -> None:
    view.open().keys("/")
    view.keys("没有的名字呀")
    view.until(lambda: "没有找到" in view.find("#hits").text)
    assert hits(view, "xyzxyz") == []


def test_a_hit_goes_to_its_entity_in_focus(view: View) -> None:
    view.open().keys("/")
    view.keys("gdlz")
    view.until(lambda: view.all("#hits [role=option]"))
    assert "企业" in view.find("#hits [aria-selected=true]").text
    view.keys("\ue007")
    view.until(lambda: view.heading == "国盾量子技术股份有限公司")
    assert "国盾量子" in view.find(".aliases").text
    assert view.state["of"] == "国盾量子技术股份有限公司"


def test_the_keyboard_stays_where_one_reads_and_back_leads_to_the_same_line(view: View) -> None:
    where = "return document.activeElement.id || document.activeElement.closest('#panel')?.id"
    view.open().keys("/")
    view.keys("gdlz")
    view.until(lambda: view.all("#hits [role=option]"))
    view.keys("\ue007")
    view.until(lambda: view.heading == "国盾量子技术股份有限公司")
    assert view.js(where) == "panel"
    view.js("document.getElementById('panel').style.maxHeight = '200px'")
    view.js("document.getElementById('panel').scrollTop = 90")
    view.js("document.querySelector('#panel .fact .chip').focus({ preventScroll: true })")
    view.keys("\ue007")
    view.until(lambda: view.heading != "国盾量子技术股份有限公司")
    assert view.js(where) == "panel"
    assert view.js("return document.getElementById('panel').scrollTop") == 0
    view.browser.back()
    view.until(lambda: view.heading == "国盾量子技术股份有限公司")
    assert view.js("return document.getElementById('panel').scrollTop") == 90


def test_undo_and_redo_are_offered_only_where_there_is_something(view: View) -> None:
    def offered() -> list[bool]:
        return [view.find(key).is_enabled() for key in ("#undo", "#redo")]

    view.browser.execute_cdp_cmd("Page.resetNavigationHistory", {})
    view.open("v=map")
    assert offered() == [False, False]
    view.switch("Person").click()
    assert offered() == [True, False]
    view.find("#undo").click()
    view.until(lambda: offered() == [False, True])
    view.find("#redo").click()
    view.until(lambda: offered() == [True, False])


def test_arrow_keys_choose_among_the_hits(view: View) -> None:
    view.open().keys("/")
    view.keys("云桥生物")
    view.until(lambda: len(view.all("#hits [role=option]")) > 3)
    found = [hit.text for hit in view.all("#hits [role=option]")]
    view.keys("\ue015", "\ue015", "\ue013", "\ue007")
    view.until(lambda: view.heading)
    assert view.heading in found[1]


def test_a_headline_is_found_too(view: View) -> None:
    view.open().keys("/")
    view.keys("临时党支部成立")
    view.until(lambda: view.all("#hits [role=option]"))
    view.keys("\ue007")
    view.until(lambda: view.heading == "云桥生物项目临时党支部成立")
    assert view.state["v"] == "story"


# ---------------------------------------------------------------- reading


def test_clicking_a_node_shows_its_figures_and_facts(view: View) -> None:
    view.open("v=map").click_at(*view.place("合肥高新区"))
    view.until(lambda: view.heading == "合肥高新区")
    for said in (
        "150.5亿元",
        "15,050,000,000元",
        "2025",
        "成立 → (1)",
        "← 位于 (2)",
        "verb:成立",
        "置信度 95%",
    ):
        assert said in view.panel
    assert "合肥/000 头版.txt · 第" in view.panel


def test_posts_show_their_titles(view: View) -> None:
    view.open(f"v=map&e={quote('陈立平（云桥生物）')}")
    assert view.find(".title-pill").text == "总经理"


def test_a_name_in_the_panel_leads_to_that_entity_and_back(view: View) -> None:
    view.open(f"v=map&e={quote('云际量子实验室')}")
    next(c for c in view.all("#panel .chip") if c.text.endswith("量子信息产业链")).click()
    view.until(lambda: view.heading == "量子信息产业链")
    view.browser.back()
    view.until(lambda: view.heading == "云际量子实验室")
    view.browser.forward()
    view.until(lambda: view.heading == "量子信息产业链")
    view.chord("\ue009", "z")
    view.until(lambda: view.heading == "云际量子实验室")
    view.chord("\ue009", "y")
    view.until(lambda: view.heading == "量子信息产业链")


def test_clicking_an_edge_shows_all_sentences_that_say_so(view: View) -> None:
    view.open(f"v=focus&of={quote('合肥高新区党工委')}")
    a, b = view.place("合肥高新区党工委"), view.place("量子信息产业链党委")
    view.click_at((a[0] + b[0] * 2) / 3, (a[1] + b[1] * 2) / 3)
    view.until(lambda: view.all("#panel .edge-title"))
    assert "领导 →" in view.heading
    assert len(view.all("#panel .quote")) == 1


def test_a_fact_with_two_sentences_shows_both_with_their_words_marked(view: View) -> None:
    names = "/".join(map(quote, ("合肥高新区", "establishes", "量子信息产业链党委")))
    view.open(f"v=map&f={quote(names)}")
    assert "2 句原文" in view.panel
    quotes = view.js(
        "return [...document.querySelectorAll('#panel .quote blockquote')].map((q) => ({text: q.textContent,"
        " ...Object.fromEntries(['s', 'r', 'o'].map((role) => [role,"
        " [...q.querySelectorAll(`.${role}`)].map((m) => m.textContent).join('|')]))}))"
    )
    text = "近日，合肥高新区成立量子信息产业链党委，由合肥高新区党工委统筹"
    heading = {
        "text": "合肥高新区设立“智 谷”产业链党委",
        "s": "合肥高新区",
        "r": "设立",
        "o": "“智 谷”产业链党委",
    }
    assert quotes == [
        heading,
        {"text": text, "s": "合肥高新区|合肥高新区", "r": "成立", "o": "量子信息产业链党委"},
    ]


@pytest.mark.parametrize(
    ("printed", "shown", "marked"),
    [
        ("云州设立“ 金 凤 凰 ” 中 心", "云州设立“金凤凰”中心", "金凤凰"),  # spaced out to fill the column
        ("云州\n  设立金凤\n凰中心", "云州设立金凤凰中心", "金凤凰"),  # broken by the column
        ("云州 设立 金凤凰 中心", "云州 设立 金凤凰 中心", "金凤凰"),  # blanks between words are the author's
        ("李 明在云州设立金凤凰", "李 明在云州设立金凤凰", "金凤凰"),  # as is a name of two characters
        ("云州设立 AI 金凤凰 Lab", "云州设立 AI 金凤凰 Lab", "金凤凰"),
        ("云 州 设 立 金 凤 凰", "云州设立金凤凰", "金凤凰"),
    ],
)
def test_a_sentence_reads_as_written_not_as_set_in_its_column(
    browser: Any, tmp_path: Path, printed: str, shown: str, marked: str
) -> None:
    zone, program = Entity("云州", "Zone", "云州"), Entity("金凤凰", "Program", "金凤凰")
    said = Evidence("1.txt#1", 0, len(printed), printed, "verb:设立")
    fact = Fact("云州", "implements", "金凤凰", 0.9, (said,))
    file = tmp_path / "quote.html"
    story = Story("1.txt#1", "1.txt", 1)
    file.write_text(render(GraphData((zone, program), (fact,), (), (story,), ())), encoding="utf-8")
    view = View(browser, file).open("v=map&f=" + quote("云州/implements/金凤凰"))
    assert view.js("return document.querySelector('#panel blockquote').textContent") == shown
    assert view.js("return document.querySelector('#panel blockquote .o').textContent") == marked


def test_an_article_shows_its_whole_text_with_all_mentions_and_its_own_graph(view: View) -> None:
    view.open(f"v=story&a={quote('其他.txt#1')}")
    assert view.heading == "云桥生物项目临时党支部成立"
    printed = view.js("return document.querySelector('.printed').textContent")
    assert "研发了“云桥一号”芯片" in printed
    assert "云桥生物科技有\n限公司总经理陈立平说" in printed
    mentions = [m.text for m in view.all(".printed .mention")]
    assert {"云桥生物项目临时党支部", "云际量子实验室", "陈立平"} & set(mentions)
    assert (
        view.js("return [...zonekg.map.scene().nodes].map((n) => zonekg.graph.labels[n])").count("合肥高新区")
        == 0
    )
    assert "文章说了什么" in view.panel


def test_an_article_stays_in_the_picture_while_one_looks_at_what_it_names(view: View) -> None:
    view.open(f"v=story&a={quote('其他.txt#1')}")
    count = view.js("return zonekg.map.scene().nodes.length")
    view.find(".printed .mention").click()
    view.until(lambda: view.find("#panel .headline"))
    assert view.js("return zonekg.map.scene().nodes.length") == count
    view.click_at(*view.place("云际量子实验室"))
    view.until(lambda: view.heading == "云际量子实验室")
    assert view.js("return zonekg.map.scene().nodes.length") == count
    view.keys("\ue00c")
    view.until(lambda: view.heading == "云桥生物项目临时党支部成立")
    assert view.js("return zonekg.map.scene().nodes.length") == count


def test_a_citation_names_sentence_article_paper_date_and_place(view: View) -> None:
    view.open(f"v=map&e={quote('乐山高新区')}")
    citation = view.find("#panel .copy").get_attribute("data-citation")
    for part in ("<b>对接会</b>", "园区报", "2025-06-24", "其他.txt"):
        assert part in citation
    view.find("#panel .copy").click()
    view.until(lambda: view.find("#panel .copy").text == "已复制")


def test_figures_that_contradict_are_flagged_and_sums_are_honest(view: View) -> None:
    view.open()
    figure = {"subject": 1, "indicator": "产值", "unit": "元", "time": None, "value": "100"}
    said = view.js("return zonekg.figures.conflictsOf(arguments[0], [arguments[1]]).length",
                   figure, {**figure, "value": "120"})  # fmt: skip
    assert said == 1
    assert view.js("return zonekg.figures.conflictsOf(arguments[0], [arguments[1]]).length",
                   figure, {**figure, "value": "120", "time": "2024"}) == 0  # fmt: skip
    reason = "return zonekg.figures.whyNoSum(arguments[0])"
    assert view.js(reason, [figure, {**figure, "unit": "家", "indicator": "企业"}]) == "单位不同，不能相加。"
    assert "两次" in view.js(reason, [figure, {**figure, "time": "2024"}])
    assert view.js(reason, [figure, {**figure, "indicator": "税收"}]) is None
    shares = [{**figure, "unit": "%"}, {**figure, "unit": "%", "indicator": "税收"}]
    assert view.js(reason, shares) == "比率各有各的整体，不能相加。"
    assert view.js("return zonekg.figures.sumOf(['1.5', '0.25', '10'])") == "11.75"


def test_figures_are_sorted_flagged_and_added_up_in_the_panel(browser: Any, tmp_path: Path) -> None:
    zone = Entity("云州高新区", "HighTechZone", "云州高新区")
    said = Evidence("1.txt#1", 0, 3, "云州高", "r")
    rows = [
        ("产值", "300000000", "元", "2024"),
        ("产值", "500000000", "元", "2024"),
        ("企业", "90", "家", None),
        ("税收", "40000000", "元", "2023"),
    ]
    figures = tuple(Observation(zone.key, i, Decimal(v), u, t, 0.9, (said,)) for i, v, u, t in rows)
    file = tmp_path / "figures.html"
    story = Story("1.txt#1", "1.txt", 1)
    file.write_text(render(GraphData((zone,), (), figures, (story,), ())), encoding="utf-8")
    view = View(browser, file).open(f"v=map&e={quote(zone.key)}")

    def values() -> list[str]:
        return [cell.text for cell in view.all("#panel td.value strong")]

    assert len(view.all("#panel .conflicting")) == 2
    assert "5亿元" in view.find("#panel .conflict").text
    by_value = view.find("#panel th.value .sort")
    by_value.click()
    assert values() == ["5亿元", "3亿元", "4,000万元", "90家"]
    assert view.find("#panel th.value").get_attribute("aria-sort") == "descending"
    by_value.click()
    assert values() == ["90家", "4,000万元", "3亿元", "5亿元"]
    ticks = view.all("#panel .figures input")
    ticks[1].click()
    ticks[3].click()
    assert view.find("#panel .sum").text == "2 项之和: 5.4亿元"
    ticks[2].click()
    assert "两次" in view.find("#panel .sum").text


# ---------------------------------------------------------------- state


def test_everything_survives_a_reload(view: View) -> None:
    view.open(
        f"v=map&e={quote('合肥高新区')}&hide=Person,University&without=locatedIn&min=0.5&lang=en&theme=dark&cam=10,20,0.5"
    )
    assert view.find("#counts").text.startswith("20 entities")
    assert view.js("return document.documentElement.dataset.theme") == "dark"
    assert view.switch("University").get_attribute("aria-checked") == "false"
    assert view.heading == "合肥高新区"
    assert view.js("const c = zonekg.map.camera; return [c.x, c.y, c.scale]") == [10, 20, 0.5]
    view.find("#language").click()
    assert view.find("#counts").text.startswith("20 个实体")
    view.find("#theme").click()
    assert view.state["theme"] == "light"


def test_an_unknown_name_in_the_address_is_told(view: View) -> None:
    view.open("v=map&e=nobody")
    assert "图中没有这一项" in view.panel
    view.open("v=focus&of=nobody")
    assert "图中没有这一项" in view.panel


def test_an_inferred_fact_shows_its_rule_and_the_sentences_it_rests_on(view: View) -> None:
    view.open(f"v=map&f={quote('/'.join(map(quote, ('云桥生物项目临时党支部', 'locatedIn', '浦口高新区'))))}")
    assert "由规则从以下事实推出" in view.panel
    assert "prp-spo2" in view.panel
    assert len(view.all("#panel .quote")) >= 2


@pytest.mark.parametrize(
    "state",
    [
        "v=nowhere",
        "v=map&papers=%25E0%25A4%25A",
        "v=map&f=%25E0%25A4%25A/%25/%25",
        "v=map&min=much&after=soon&before=%25",
        "v=map&cam=a,b,1",
        f"v=focus&of={quote('合肥高新区')}&hops=many&more=%25:x:%25",
        f"v=path&from={quote('合肥高新区')}&to={quote('云桥生物科技有限公司')}&k=all&nohubs=none",
        f"v=compare&one={quote('合肥高新区')}&two={quote('合肥高新区')}",
        "v=set&ids=,%25,zzz",
        "v=story&a=none",
        "v=map&ask=none&q=%25",
        "%25=%25&=&v",
    ],
)
def test_a_damaged_address_still_opens_the_page(view: View, state: str) -> None:
    view.complaints()
    view.open(state)
    assert view.complaints() == []
    assert view.find("#start").is_displayed() or view.panel.strip()
    camera = view.js("const c = zonekg.map.camera; return [c.x, c.y, c.scale]")
    assert None not in camera  # what is no number arrives as None
    view.find("#home").click()
    view.until(lambda: view.find("#start").is_displayed())
