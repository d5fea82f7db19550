"""Finding and reading in the explorer, in a real browser, offline: what a reader clicks is what they get."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator
from decimal import Decimal
from pathlib import Path
from typing import Any
from urllib.parse import quote

import pytest
from explorer import View, browser, needs_browser
from pyoxigraph import Store

from kg.explore import GraphData, collect, render
from kg.explore.data import Story
from kg.model import Entity, Evidence, Fact, Observation

__all__ = ["browser"]
pytestmark = needs_browser


@pytest.fixture
def view(browser: Any, store: Store, tmp_path: Path) -> View:
    file = tmp_path / "图谱 graph.html"
    file.write_bytes(render(collect(store)).encode("utf-8"))
    return View(browser, file)


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
    assert "20 个实体 · 22 条关系 · 2 项数据 · 3 篇文章" in view.find("#counts").text
    assert view.js("return performance.getEntriesByType('resource').length") == 0
    assert view.requests() == set()
    assert view.complaints() == []


def test_it_starts_with_search_and_a_summary_not_with_everything(view: View) -> None:
    view.open()
    assert view.find("#start").is_displayed()
    cards = [card.text.split("\n")[1] for card in view.all("#start .card")]
    assert "合肥高新区" in "".join(cards)
    assert [tile.text.split("\n")[0] for tile in view.all("#start .tile")] == ["20", "22", "2", "3"]
    view.find("#start .primary").click()
    view.until(lambda: view.state.get("v") == "map")
    assert not view.find("#start").is_displayed()
    assert "显示 20 / 20 个实体 · 22 / 22 条关系" in view.find("#view-note").text


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
    assert view.js("return zonekg.figures.sumOf(['1.5', '0.25', '10'])") == "11.75"


def test_figures_are_sorted_flagged_and_added_up_in_the_panel(browser: Any, tmp_path: Path) -> None:
    zone = Entity("云州高新区", "HighTechZone", "云州高新区")
    said = Evidence("1.txt#1", 0, 3, "云州高", "r")
    rows = [("产值", "300000000", "元", "2024"), ("产值", "500000000", "元", "2024"), ("企业", "90", "家", None),
            ("税收", "40000000", "元", "2023")]  # fmt: skip
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


# ---------------------------------------------------------------- filter


def test_a_class_switch_hides_its_nodes_and_counts_live(view: View) -> None:
    view.open("v=map")
    assert view.switch("Person").find_element("css selector", ".count").text == "2"
    view.switch("Person").click()
    assert view.find("#shown").text == "显示 18 / 20"
    assert view.switch("Person").get_attribute("aria-checked") == "false"
    assert view.switch("holdsPosition").find_element("css selector", ".count").text == "0 / 2"
    seen = str(view.shown()[1])
    assert [count.text for count in view.all("#said .count")] == [seen, seen, "0"]
    assert view.state["hide"] == "Person"
    assert "人物" in view.find(".filter-chip").text
    view.find(".filter-chip button").click()
    assert view.find("#shown").text == "显示 20 / 20"
    view.chord("\ue009", "z")
    view.until(lambda: view.find("#shown").text == "显示 18 / 20")


def test_only_this_leaves_one_relation_and_again_all(view: View) -> None:
    view.open("v=map")
    only = view.switch("locatedIn").find_element("xpath", "../button[@class='only']")
    view.js("arguments[0].click()", only)
    assert view.switch("locatedIn").get_attribute("aria-checked") == "true"
    assert view.switch("leads").get_attribute("aria-checked") == "false"
    assert view.shown() == (5, 3)
    view.js(
        "arguments[0].click()", view.switch("locatedIn").find_element("xpath", "../button[@class='only']")
    )
    assert view.shown() == (20, 22)


@pytest.mark.parametrize(
    ("state", "shown"),
    [("min=0.95", 6), ("after=2025-06&before=2025-06", 5), ("after=2026-01", 0), ("said=inferred", 0),
     (f"story={quote('其他.txt#2')}", 5), (f"papers={quote(quote('园区报'))}", 17), ("said=asserted", 22)],
)  # fmt: skip
def test_facts_are_filtered_by_confidence_date_origin_article_and_publisher(
    view: View, state: str, shown: int
) -> None:
    view.open(f"v=map&{state}")
    assert view.shown()[1] == shown
    assert view.find("#reset").is_displayed()


def test_the_legend_lists_articles_with_live_counts_and_filters_by_them(view: View, store: Store) -> None:
    def counts() -> dict[str, str]:
        rows = view.all("#articles .switch")
        return {r.get_attribute("data-story"): r.find_element("css selector", ".count").text for r in rows}

    facts = collect(store).facts
    says = Counter(article for fact in facts for article in {e.article for e in fact.evidence})
    view.open("v=map")
    assert counts() == {article: str(count) for article, count in says.items()}
    view.find('[data-story="其他.txt#2"]').click()
    view.until(lambda: view.shown()[1] == says["其他.txt#2"])
    chosen = view.find("#articles [aria-pressed=true]")
    assert chosen.text.split("\n")[0] in view.find(".filter-chip").text
    chosen.click()
    view.until(lambda: view.shown()[1] == len(facts))
    view.switch("locatedIn").click()
    left = [fact for fact in facts if fact.relation != "locatedIn"]
    seen = Counter(article for fact in left for article in {e.article for e in fact.evidence})
    assert counts() == {
        article: str(n) if seen[article] == n else f"{seen[article]} / {n}" for article, n in says.items()
    }


def test_publishers_count_the_facts_that_are_seen(view: View) -> None:
    def counts() -> list[str]:
        return [count.text for count in view.all("#papers .count")]

    view.open("v=map")
    assert counts() == ["17", "5"]
    view.switch("locatedIn").click()
    assert counts() == ["14 / 17", "5"]


def test_an_article_is_found_in_the_legend_by_its_headline(browser: Any, tmp_path: Path) -> None:
    stories = tuple(Story(f"{n}.txt#1", f"{n}.txt", 1, headline=f"第{n}号园区“开工”") for n in range(1, 9))
    file = tmp_path / "graph.html"
    file.write_text(render(GraphData((), (), (), stories, ())), encoding="utf-8")
    view = View(browser, file).open("v=map")
    assert view.all("#articles .switch") == []  # none says a fact
    view.find("#articles input").send_keys("7号园区开工")
    view.until(lambda: [r.get_attribute("data-story") for r in view.all("#articles .switch")] == ["7.txt#1"])


@pytest.fixture
def years(browser: Any, tmp_path: Path) -> View:
    """Five companies that work with a sixth, each said in an article of another month of 2025."""
    names = [f"公司{n}" for n in range(6)]
    entities = tuple(Entity(name, "Enterprise", name) for name in names)
    stories = tuple(Story(f"{n}.txt#1", f"{n}.txt", 1, date=f"2025-0{n}-15") for n in range(1, 6))
    facts = tuple(
        Fact("公司0", "cooperatesWith", names[n], 0.9, (Evidence(f"{n}.txt#1", 0, 9, "公司0与公司合作", "r"),))
        for n in range(1, 6)
    )
    file = tmp_path / "years.html"
    file.write_text(render(GraphData(entities, facts, (), stories, ())), encoding="utf-8")
    return View(browser, file).open("v=map")


def test_the_timeline_counts_what_has_a_date(view: View) -> None:
    view.open("v=map")
    assert view.find("#timeline").is_displayed()
    assert "另有 2 篇无日期" in view.find("#timeline").text


def test_the_timeline_is_a_brush(years: View) -> None:
    def middle(month: int) -> tuple[float, float]:
        place = years.js(
            "const r = document.querySelectorAll('#timeline .bar')[arguments[0] - 1].getBoundingClientRect();"
            "return [r.left + r.width / 2, r.top + r.height / 2]",
            month,
        )
        return place[0], place[1]

    assert years.shown() == (6, 5)
    years.drag(middle(2), middle(4))
    years.until(lambda: years.shown() == (4, 3))
    assert (years.state["after"], years.state["before"]) == ("2025-02", "2025-04")
    assert len(years.all("#timeline .bar.on")) == 3
    assert years.find(".filter-chip").text.startswith("2025-02 – 2025-04")
    years.drag(middle(5), middle(3))  # from right to left as well
    years.until(lambda: years.state.get("after") == "2025-03" and years.state.get("before") == "2025-05")
    years.click_at(*middle(1))
    years.until(lambda: years.shown() == (2, 1))
    years.click_at(*middle(1))  # a second time lifts it
    years.until(lambda: years.shown() == (6, 5))
    years.find("#undo").click()
    years.until(lambda: years.shown() == (2, 1))


def test_the_timeline_can_be_set_by_keyboard(years: View) -> None:
    years.js("document.getElementById('time-after').focus()")
    years.keys("\ue014")
    years.until(lambda: years.state.get("after") == "2025-02")
    assert years.find("#time-after").get_attribute("aria-valuetext") == "2025-02"
    years.js("document.getElementById('time-before').focus()")
    years.keys("\ue012", "\ue012")
    years.until(lambda: years.state.get("before") == "2025-03")
    assert years.shown() == (3, 2)


# ---------------------------------------------------------------- focus, expand, path, compare, box


def test_focus_lays_the_neighbourhood_out_by_hop_and_collapses_again(view: View) -> None:
    view.open(f"v=focus&of={quote('合肥高新区')}")
    hops = (
        "const s = zonekg.map.scene(); const away = (at) => Math.hypot(s.x[at] / 1.45, s.y[at] / s.tall);"
        "return Object.fromEntries([...s.nodes].map((n, at) => [zonekg.graph.labels[n], away(at)]))"
    )
    near = view.js(hops)
    assert set(near) == {
        "合肥高新区",
        "云际量子实验室",
        "国盾量子技术股份有限公司",
        "量子信息产业链党委",
        "合肥高新区党工委",
    }
    view.all("#hops button")[1].click()
    view.until(lambda: view.state.get("hops") == "2")
    wide = view.js(hops)
    assert max(wide[name] for name in near) < min(wide[name] for name in wide if name not in near)
    view.browser.back()
    view.until(lambda: len(view.js(hops)) == 5)
    expand, collapse = '[aria-keyshortcuts="X"]', '[aria-keyshortcuts="C"]'
    view.js("zonekg.state.go({ e: '合肥高新区' })")
    assert not view.find(expand).is_enabled()  # all its neighbours are there
    view.js("zonekg.state.go({ e: '云际量子实验室' })")
    more = int(view.find(f"{expand} .count").text.removeprefix("+"))
    assert not view.find(collapse).is_enabled()
    view.js("zonekg.act.expand(zonekg.graph.indexOf('云际量子实验室'))")
    view.until(lambda: "云桥生物科技有限公司" in view.js(hops))
    assert len(view.js(hops)) == 5 + more
    assert view.find(collapse).is_enabled()
    view.js("zonekg.act.collapse(zonekg.graph.indexOf('云际量子实验室'))")
    view.until(lambda: len(view.js(hops)) == 5)


def test_a_path_shows_a_quote_at_every_step_and_respects_what_is_left_out(view: View) -> None:
    ends = f"from={quote('国盾量子技术股份有限公司')}&to={quote('云桥生物科技有限公司')}"
    view.open(f"v=path&{ends}&k=3")
    view.until(lambda: "找到" in view.panel)
    first = view.all("#panel section")[0]
    assert "3 步" in first.text or "2 步" in first.text
    assert len(first.find_elements("css selector", "blockquote")) >= 2
    view.open(f"v=path&{ends}&avoid=cooperatesWith")
    assert "没有路径" in view.panel
    view.open(f"v=path&{ends}&nohubs=1")
    assert "没有路径" in view.panel


def test_one_entity_on_a_path_can_be_avoided_and_readmitted(view: View) -> None:
    ends = f"from={quote('国盾量子技术股份有限公司')}&to={quote('云桥生物科技有限公司')}"
    view.open(f"v=path&{ends}&k=1")
    stop = view.find("#panel .way .filter-chip bdi").text
    view.find("#panel .way .filter-chip button").click()
    view.until(lambda: view.state.get("skip"))
    assert stop not in "".join(way.text for way in view.all("#panel .way"))
    assert stop in view.find(".path-options .filter-chip").text
    view.find(".path-options .filter-chip button").click()
    view.until(lambda: stop in view.find("#panel .way").text)
    view.browser.back()
    view.until(lambda: view.state.get("skip"))


def test_relations_to_avoid_stay_open_under_the_keyboard(view: View) -> None:
    view.open(f"v=path&from={quote('国盾量子技术股份有限公司')}&to={quote('合肥高新区')}")
    view.find("#panel .avoid summary").click()
    view.until(lambda: view.all("#panel .avoid input"))
    view.find("#avoid-leads").send_keys(" ")
    view.until(lambda: view.state.get("avoid") == "leads")
    assert view.js("return document.activeElement.id") == "avoid-leads"
    assert view.find("#avoid-locatedIn").is_displayed()
    view.keys(" ")
    view.until(lambda: "avoid" not in view.state)


def test_two_zones_stand_side_by_side(view: View) -> None:
    view.open(f"v=compare&one={quote('合肥高新区')}&two={quote('乐山高新区')}")
    assert "只与合肥高新区" in view.panel
    assert "总投资额" in view.panel
    left, right = view.place("合肥高新区"), view.place("乐山高新区")
    assert left[0] < right[0]


def test_a_box_chooses_several(view: View) -> None:
    view.open("v=map")
    box = view.js(
        "const r = document.getElementById('canvas').getBoundingClientRect();"
        "return [r.left, r.top, r.right, r.bottom]"
    )
    view.drag((box[0] + 5, box[1] + 5), (box[2] - 5, box[3] - 5), modifiers=8)
    view.until(lambda: view.heading == "选中 20 个实体")


def test_a_node_can_be_dragged_and_the_map_be_moved(view: View) -> None:
    view.open("v=map")
    where = view.place("合肥高新区")
    view.drag(where, (where[0] + 40, where[1] + 30))
    view.until(lambda: abs(view.place("合肥高新区")[0] - where[0] - 40) < 3)
    box = view.js(
        "const r = document.getElementById('canvas').getBoundingClientRect(); return [r.left, r.top]"
    )
    before = view.place("乐山高新区")
    view.drag((box[0] + 8, box[1] + 8), (box[0] + 68, box[1] + 38))
    after = view.place("乐山高新区")
    assert (round(after[0] - before[0]), round(after[1] - before[1])) == (60, 30)


@pytest.fixture
def window(view: View) -> Iterator[Callable[[int, int], None]]:
    def resize(wide: int, high: int) -> None:
        size = {"width": wide, "height": high, "deviceScaleFactor": 1, "mobile": False}
        view.browser.execute_cdp_cmd("Emulation.setDeviceMetricsOverride", size)

    yield resize
    view.browser.execute_cdp_cmd("Emulation.clearDeviceMetricsOverride", {})


def test_a_view_shown_whole_stays_whole_in_every_window_until_it_is_moved(
    view: View, window: Callable[[int, int], None]
) -> None:
    names = ("国盾量子技术股份有限公司", "云际量子实验室", "量子信息产业链党委", "合肥高新区党工委")

    def inside() -> bool:
        left, top, right, bottom = view.js(
            "const r = document.getElementById('canvas').getBoundingClientRect();"
            "return [r.left, r.top, r.right, r.bottom]"
        )
        places = [view.place(name) for name in names]
        return all(left + 40 < x < right - 40 and top + 20 < y < bottom - 20 for x, y in places)

    window(1400, 900)
    view.open(f"v=focus&of={quote('合肥高新区')}")
    assert inside()
    view.find("#ask").click()
    view.until(inside)
    window(1400, 600)
    view.until(inside)
    assert "cam" not in view.state
    view.js("document.getElementById('canvas').focus()")
    view.keys("\ue014", "+")
    view.until(lambda: "cam" in view.state)
    scale = view.js("return zonekg.map.camera.scale")
    window(1400, 900)
    view.until(lambda: view.js("return innerHeight") == 900)
    assert view.js("return zonekg.map.camera.scale") == scale


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
