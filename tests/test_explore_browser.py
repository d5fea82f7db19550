"""The graph view in a real browser, offline: what a reader clicks is what they get."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any
from urllib.parse import quote

import pytest
from pyoxigraph import Store
from test_explore import HOSTILE, hostile_knowledge

from kg import store as kg_store
from kg.explore import collect, render
from kg.schema import Schema

CHROMIUM = Path("/usr/bin/chromium")
CHROMEDRIVER = Path("/usr/bin/chromedriver")
FLAGS = (
    "--headless=new",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--window-size=1400,900",
)

pytestmark = pytest.mark.skipif(
    not (CHROMIUM.exists() and CHROMEDRIVER.exists()),
    reason="needs Debian's chromium and chromium-driver (apt-get install chromium chromium-driver)",
)
pytest.importorskip("selenium", reason="needs selenium (pip install '.[test]')")


@pytest.fixture(scope="module")
def browser(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Any]:
    """One Chromium for all tests; selenium is given its driver, so that it looks for none."""
    from selenium import webdriver
    from selenium.webdriver.chrome.service import Service

    options = webdriver.ChromeOptions()
    options.binary_location = str(CHROMIUM)
    for flag in (*FLAGS, f"--user-data-dir={tmp_path_factory.mktemp('profile')}"):
        options.add_argument(flag)
    options.set_capability("goog:loggingPrefs", {"browser": "ALL", "performance": "ALL"})
    driver = webdriver.Chrome(service=Service(str(CHROMEDRIVER)), options=options)
    reduced = {"features": [{"name": "prefers-reduced-motion", "value": "reduce"}]}
    driver.execute_cdp_cmd("Emulation.setEmulatedMedia", reduced)
    yield driver
    driver.quit()


class View:
    """The page as a reader uses it; every wait ends when the thing waited for is there."""

    def __init__(self, browser: Any, file: Path):
        self.browser = browser
        self.address = file.as_uri()

    def open(self, state: str = "") -> View:
        """Load the page anew with a state in its address."""
        self.browser.get("about:blank")
        self.browser.get(f"{self.address}#{state}")
        self.until(lambda: self.js("return document.documentElement.classList.contains('ready')"))
        return self

    def until(self, condition: Callable[[], object]) -> None:
        """Wait for a condition, asking often; an element that is just being replaced is asked again."""
        from selenium.common.exceptions import NoSuchElementException, StaleElementReferenceException
        from selenium.webdriver.support.ui import WebDriverWait

        passing = (NoSuchElementException, StaleElementReferenceException)
        wait = WebDriverWait(self.browser, 10, poll_frequency=0.02, ignored_exceptions=passing)
        wait.until(lambda _: condition(), "the page did not get there")

    def js(self, script: str, *values: object) -> Any:
        """Run a script in the page."""
        return self.browser.execute_script(script, *values)

    def find(self, selector: str) -> Any:
        """The first element that fits."""
        return self.browser.find_element("css selector", selector)

    def all(self, selector: str) -> list[Any]:
        """All elements that fit."""
        return self.browser.find_elements("css selector", selector)

    @property
    def panel(self) -> str:
        """The text of the panel."""
        return self.js("return document.getElementById('panel').innerText")

    def keys(self, *keys: str) -> None:
        """Press keys wherever the keyboard is."""
        from selenium.webdriver import ActionChains

        ActionChains(self.browser).send_keys(*keys).perform()

    def click_at(self, x: float, y: float) -> None:
        """Press and release the mouse at a place of the window."""
        for kind in ("mouseMoved", "mousePressed", "mouseReleased"):
            event = {"type": kind, "x": x, "y": y, "button": "left", "clickCount": 1}
            self.browser.execute_cdp_cmd("Input.dispatchMouseEvent", event)

    def place(self, key: str) -> tuple[float, float]:
        """Where a node stands in the window."""
        spot = self.js("return window.zonekg.placeOf(arguments[0])", key)
        return spot["x"], spot["y"]

    def switch(self, name: str) -> Any:
        """The switch of a class or relation."""
        return self.find(f'.switches [data-names~="{name}"]')

    def complaints(self) -> list[str]:
        """What the console says, errors and warnings alike."""
        return [entry["message"] for entry in self.browser.get_log("browser")]


@pytest.fixture
def view(browser: Any, store: Store, tmp_path: Path) -> View:
    file = tmp_path / "graph.html"
    file.write_bytes(render(collect(store)).encode("utf-8"))
    return View(browser, file)


@pytest.fixture
def hostile(browser: Any, schema: Schema, tmp_path: Path) -> View:
    file = tmp_path / "hostile.html"
    data = collect(kg_store.create(hostile_knowledge(), schema))
    file.write_bytes(render(data, title=HOSTILE[0]).encode("utf-8"))
    return View(browser, file)


def test_it_opens_without_a_request_and_without_a_complaint(view: View) -> None:
    view.browser.get_log("performance")
    view.complaints()
    view.open()
    assert "20 个实体 · 22 条关系 · 2 项数据 · 3 篇文章" in view.find("#counts").text
    assert view.find("#shown").text == "显示 20 / 20"
    assert view.js("return performance.getEntriesByType('resource').length") == 0
    messages = [json.loads(entry["message"])["message"] for entry in view.browser.get_log("performance")]
    asked = [m["params"]["request"]["url"] for m in messages if m["method"] == "Network.requestWillBeSent"]
    assert {address.split(":")[0] for address in asked} <= {"file", "data", "about"}
    assert view.complaints() == []


def test_search_finds_an_alias_and_goes_to_its_entity(view: View) -> None:
    view.open().keys("/")
    view.keys("国盾")
    view.until(lambda: view.all("#hits [role=option]"))
    assert "企业" in view.find("#hits [aria-selected=true]").text
    view.keys("\ue007")
    view.until(lambda: view.find("#panel h2").text == "国盾量子技术股份有限公司")
    assert "国盾量子" in view.find(".aliases").text
    assert view.js("return decodeURIComponent(location.hash)") == "#e=国盾量子技术股份有限公司"


def test_arrow_keys_choose_among_the_hits(view: View) -> None:
    view.open().keys("/")
    view.keys("云桥生物")
    view.until(lambda: len(view.all("#hits [role=option]")) > 3)
    hits = [hit.text for hit in view.all("#hits [role=option]")]
    view.keys("\ue015", "\ue015", "\ue013", "\ue007")
    view.until(lambda: view.all("#panel h2"))
    assert view.find("#panel h2").text in hits[1]


def test_a_word_that_is_nowhere_says_so(view: View) -> None:
    view.open().keys("/")
    view.keys("没有的名字")
    view.until(lambda: "没有找到" in view.find("#hits").text)


def test_clicking_a_node_shows_its_facts_with_marked_quotes(view: View) -> None:
    view.open().click_at(*view.place("合肥高新区"))
    view.until(lambda: view.all("#panel h2"))
    assert view.find("#panel h2").text == "合肥高新区"
    assert "150.5亿元" in view.panel
    assert "15,050,000,000元" in view.panel
    assert "2025" in view.panel
    sections = {s.find_element("css selector", "h3").text: s for s in view.all("#panel section")}
    assert "成立 → (1)" in sections
    assert "← 位于 (2)" in sections
    founded = sections["成立 → (1)"]
    assert "量子信息产业链党委" in founded.text
    assert "verb:" in founded.text
    assert "置信度 95%" in founded.text
    assert "合肥/000 头版.txt · 第" in founded.text
    said = view.js(
        "return [...arguments[0].querySelectorAll('blockquote')].map((q) => ({text: q.textContent,"
        " s: [...q.querySelectorAll('.s')].map((m) => m.textContent).join(''),"
        " o: [...q.querySelectorAll('.o')].map((m) => m.textContent).join('')}))",
        founded,
    )
    assert {
        "text": "近日，合肥高新区成立量子信息产业链党委，由合肥高新区党工委统筹",
        "s": "合肥高新区",
        "o": "量子信息产业链党委",
    } in [{**quote, "s": quote["s"][:5]} for quote in said]


def test_posts_show_their_titles(view: View) -> None:
    view.open(f"e={quote('陈立平（云桥生物）')}")
    assert view.find(".title-pill").text == "总经理"


def test_a_name_in_the_panel_leads_to_that_entity_and_back(view: View) -> None:
    view.open(f"e={quote('云际量子实验室')}")
    chip = next(c for c in view.all("#panel .chip") if c.text.endswith("量子信息产业链"))
    chip.click()
    view.until(lambda: view.find("#panel h2").text == "量子信息产业链")
    view.browser.back()
    view.until(lambda: view.find("#panel h2").text == "云际量子实验室")
    view.browser.forward()
    view.until(lambda: view.find("#panel h2").text == "量子信息产业链")


def test_clicking_an_edge_shows_all_sentences_that_say_so(view: View) -> None:
    view.open(f"e={quote('合肥高新区党工委')}")
    a, b = view.place("合肥高新区党工委"), view.place("量子信息产业链党委")
    view.click_at((a[0] + b[0] * 2) / 3, (a[1] + b[1] * 2) / 3)
    view.until(lambda: view.all("#panel .edge-title"))
    assert "领导 →" in view.find("#panel .edge-title").text
    assert len(view.all("#panel .quote")) == 1


def test_a_fact_with_two_sentences_shows_both(view: View) -> None:
    names = "/".join(map(quote, ("合肥高新区", "establishes", "量子信息产业链党委")))
    view.open(f"f={names}")
    assert len(view.all("#panel .quote")) == 2
    assert "2 句原文" in view.panel


def test_an_article_shows_its_facts(view: View) -> None:
    view.open()
    next(b for b in view.all("#panel .story .link") if "临时党支部成立" in b.text).click()
    view.until(lambda: "文章说了什么" in view.panel)
    assert "其他.txt · 第 1 篇" in view.panel
    assert "云桥生物项目" in view.panel
    assert "合肥高新区党工委" not in view.panel


def test_a_class_switch_hides_its_nodes_and_counts_live(view: View) -> None:
    view.open()
    assert view.switch("Person").find_element("css selector", ".count").text == "2"
    view.switch("Person").click()
    assert view.find("#shown").text == "显示 18 / 20"
    assert view.switch("Person").get_attribute("aria-checked") == "false"
    assert view.switch("holdsPosition").find_element("css selector", ".count").text == "0 / 2"
    assert "hide=Person" in view.browser.current_url
    view.find("#reset").click()
    assert view.find("#shown").text == "显示 20 / 20"


def test_a_double_click_shows_only_this_and_again_shows_all(view: View) -> None:
    from selenium.webdriver import ActionChains

    view.open()
    ActionChains(view.browser).double_click(view.switch("locatedIn")).perform()
    assert view.switch("locatedIn").get_attribute("aria-checked") == "true"
    assert view.switch("leads").get_attribute("aria-checked") == "false"
    assert view.find("#shown").text == "显示 5 / 20"
    ActionChains(view.browser).double_click(view.switch("locatedIn")).perform()
    assert view.find("#shown").text == "显示 20 / 20"


def test_filter_language_and_theme_survive_a_reload(view: View) -> None:
    view.open(f"e={quote('合肥高新区')}&hide=Person,University&without=locatedIn&lang=en&theme=dark")
    assert view.find("#counts").text.startswith("20 entities")
    assert view.js("return document.documentElement.dataset.theme") == "dark"
    assert view.switch("University").get_attribute("aria-checked") == "false"
    assert view.find("#panel h2").text == "合肥高新区"
    view.find("#language").click()
    assert view.find("#counts").text.startswith("20 个实体")
    view.find("#theme").click()
    assert "theme=light" in view.browser.current_url


def test_an_unknown_name_in_the_address_is_told(view: View) -> None:
    view.open("e=nobody")
    assert "图中没有这一项" in view.panel


def test_the_picture_is_exported_as_png(view: View, tmp_path: Path) -> None:
    folder = tmp_path / "downloads"
    folder.mkdir()
    allow = {"behavior": "allow", "downloadPath": str(folder)}
    view.browser.execute_cdp_cmd("Browser.setDownloadBehavior", allow)
    view.open().find("#export-png").click()
    view.until(lambda: (folder / "zonekg.png").exists())
    assert (folder / "zonekg.png").read_bytes().startswith(b"\x89PNG")


def test_hostile_names_are_text_everywhere(hostile: View) -> None:
    from selenium.webdriver import ActionChains

    hostile.complaints()
    hostile.open()
    for state in (f"e={quote(HOSTILE[0])}", f"e={quote(HOSTILE[1])}", f"a={quote('<u>页</u>.txt#1')}"):
        hostile.open(state)
        for fold in hostile.all("#panel summary"):
            fold.click()
        x, y = hostile.place(HOSTILE[1])
        ActionChains(hostile.browser).move_by_offset(0, 0).perform()
        move = {"type": "mouseMoved", "x": x, "y": y}
        hostile.browser.execute_cdp_cmd("Input.dispatchMouseEvent", move)
        hostile.until(lambda: hostile.js("return document.querySelector('.vis-tooltip')?.textContent"))
        hostile.keys("/")
        hostile.keys("img")
        hostile.until(lambda: hostile.all("#hits [role=option]"))
        hostile.keys("\ue00c")
    assert hostile.js("return window.hacked") is None
    assert hostile.js("return document.querySelectorAll('img, b, u').length") == 0
    assert hostile.js("return document.scripts.length") == 5
    assert hostile.complaints() == []


def test_hostile_names_are_shown_as_written(hostile: View) -> None:
    for name in HOSTILE:
        hostile.open(f"e={quote(name)}")
        assert hostile.js("return document.querySelector('#panel h2').textContent") == name


def test_a_phone_sees_map_and_panel_without_sideways_scrolling(view: View) -> None:
    size = {"width": 390, "height": 844, "deviceScaleFactor": 2, "mobile": True}
    view.browser.execute_cdp_cmd("Emulation.setDeviceMetricsOverride", size)
    try:
        view.open(f"e={quote('合肥高新区')}")
        assert view.js("return document.documentElement.scrollWidth") <= 390
        view.find("#legend-toggle").click()
        assert view.find("#legend-toggle").get_attribute("aria-expanded") == "true"
        assert view.switch("Person").is_displayed()
    finally:
        view.browser.execute_cdp_cmd("Emulation.clearDeviceMetricsOverride", {})


def test_every_control_has_a_name(view: View) -> None:
    view.open()
    nameless = view.js(
        "return [...document.querySelectorAll('button, input, [role=img]')].filter((node) =>"
        " !node.innerText?.trim() && !node.getAttribute('aria-label')).map((node) => node.outerHTML)"
    )
    assert nameless == []
