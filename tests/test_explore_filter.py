"""The explorer's legend and timeline are its filter: what is pressed there is what is seen and counted."""

from __future__ import annotations

from collections import Counter
from pathlib import Path
from typing import Any
from urllib.parse import quote

import pytest
from explorer import View, browser, needs_browser, view
from pyoxigraph import Store

from kg.explore import GraphData, collect, render
from kg.explore.data import Story
from kg.model import Entity, Evidence, Fact

__all__ = ["browser", "view"]
pytestmark = needs_browser


def test_a_class_switch_hides_its_nodes_and_counts_live(view: View) -> None:
    view.open("v=map")
    assert view.switch("Person").find_element("css selector", ".count").text == "2"
    view.switch("Person").click()
    assert view.find("#shown").text == "显示 18 / 20"
    assert view.switch("Person").get_attribute("aria-checked") == "false"
    assert view.switch("holdsPosition").find_element("css selector", ".count").text == "0 / 2"
    seen = view.shown()[1]
    assert [count.text for count in view.all("#said .count")] == [str(seen), str(seen - 1), "1"]
    assert view.state["hide"] == "Person"
    assert "人物" in view.find(".filter-chip").text
    view.find(".filter-chip button").click()
    assert view.find("#shown").text == "显示 20 / 20"
    view.chord("\ue009", "z")
    view.until(lambda: view.find("#shown").text == "显示 18 / 20")


def test_a_chip_says_a_base_class_for_all_below_it(view: View) -> None:
    view.open("v=map")
    view.switch("PartyBranch").click()  # the first switch that has it is that of the base class
    view.switch("Person").click()
    assert view.find(".filter-chip bdi").text == "不含 党组织、人物"
    view.find('[data-names="PartyBranch"]').click()
    chip = view.find(".filter-chip bdi").text
    assert "联合党委" in chip
    assert "党支部" not in chip
    assert "党组织" not in chip


def test_no_community_is_named_after_what_is_hidden(browser: Any, tmp_path: Path) -> None:
    zone = Entity("云州高新区", "HighTechZone", "云州高新区")
    firms = tuple(Entity(f"公司{n:03}", "Enterprise", f"公司{n:03}") for n in range(200))
    facts = tuple(Fact(firm.key, "locatedIn", zone.key, 0.9, ()) for firm in firms)
    ring = tuple(Fact(f"公司{n:03}", "cooperatesWith", f"公司{n + 1:03}", 0.9, ()) for n in range(199))
    file = tmp_path / "graph.html"
    entities = tuple(sorted((zone, *firms), key=lambda entity: entity.key))
    file.write_text(render(GraphData(entities, facts + ring, (), (), ())), encoding="utf-8")
    view = View(browser, file)
    view.downloads(tmp_path / "saved")
    for state, named in (("v=map", True), ("v=map&hide=HighTechZone", False)):
        view.open(state)
        view.later("await zonekg.exports.svg(); return 1")
        picture = tmp_path / "saved" / "zonekg.svg"
        assert ("云州高新区" in view.saved(picture).decode("utf-8")) is named
        picture.unlink()


def test_only_this_leaves_one_relation_and_again_all(view: View) -> None:
    view.open("v=map")
    only = view.switch("locatedIn").find_element("xpath", "../button[@class='only']")
    view.js("arguments[0].click()", only)
    assert view.switch("locatedIn").get_attribute("aria-checked") == "true"
    assert view.switch("leads").get_attribute("aria-checked") == "false"
    assert view.shown() == (6, 4)
    view.js(
        "arguments[0].click()", view.switch("locatedIn").find_element("xpath", "../button[@class='only']")
    )
    assert view.shown() == (20, 23)


@pytest.mark.parametrize(
    ("state", "shown"),
    [("min=0.95", 6), ("after=2025-06&before=2025-06", 5), ("after=2026-01", 0), ("said=inferred", 1),
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
        Fact(
            "公司0", "cooperatesWith", names[n], 0.9, (Evidence(f"{n}.txt#1", 0, 9, "公司0与公司合作", "r"),)
        )
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
