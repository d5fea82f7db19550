"""The explorer for everyone: by keyboard alone, for a screen reader, on a phone, in the dark, on paper."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import quote

import pytest
from explorer import View, browser, needs_browser, view

__all__ = ["browser", "view"]
pytestmark = needs_browser

AXE = Path(os.environ.get("AXE_CORE", Path(__file__).parent.parent / "node_modules/axe-core/axe.min.js"))
"""axe-core (MPL-2.0) is a tool of the tests alone: ``npm install --no-save axe-core`` beside the sources."""

ENTITY = f"v=focus&of={quote('合肥高新区')}&e={quote('合肥高新区')}"
STATES = {
    "start": "",
    "map": "v=map",
    "entity": ENTITY,
    "article": f"v=story&a={quote('其他.txt#1')}",
    "table": "v=map&as=table",
    "tree": "v=map&as=tree",
    "dark": f"{ENTITY}&theme=dark",
    "console": "v=map&ask=1",
    "English": "v=map&lang=en&hide=Person",
    "path": f"v=path&from={quote('合肥高新区')}&to={quote('云桥生物科技有限公司')}",
    "compare": f"v=compare&one={quote('合肥高新区')}&two={quote('乐山高新区')}",
    "dark start": "theme=dark",
}


@pytest.fixture
def phone(view: View) -> Iterator[View]:
    size = {"width": 390, "height": 844, "deviceScaleFactor": 3, "mobile": True}
    view.browser.execute_cdp_cmd("Emulation.setDeviceMetricsOverride", size)
    yield view
    view.browser.execute_cdp_cmd("Emulation.clearDeviceMetricsOverride", {})


@pytest.mark.skipif(
    not AXE.is_file(), reason="needs axe-core: npm install --no-save axe-core, or AXE_CORE=…/axe.min.js"
)
@pytest.mark.parametrize("name", STATES)
def test_axe_finds_nothing_serious(view: View, name: str) -> None:
    view.open(STATES[name])
    view.js(AXE.read_text(encoding="utf-8"))
    rules = {"runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]}
    found = view.later("return (await axe.run(document, arg[0])).violations", rules)
    serious = [
        (v["id"], [n["target"] + [n.get("failureSummary", "")] for n in v["nodes"]][:4])
        for v in found
        if v["impact"] in ("serious", "critical")
    ]
    assert serious == []


def test_every_control_has_a_name(view: View) -> None:
    for state in STATES.values():
        view.open(state)
        nameless = view.js(
            "return [...document.querySelectorAll('button, input, textarea, select, [role=img]')]"
            ".filter((node) =>"
            " !node.textContent.trim() && !node.getAttribute('aria-label') && !node.closest('label'))"
            ".map((node) => node.outerHTML)"
        )
        assert nameless == []


def test_everything_can_be_walked_by_keyboard(view: View) -> None:
    view.open().keys("/")
    view.keys("hfgxq")
    view.until(lambda: view.all("#hits [role=option]"))
    view.keys("\ue007")
    view.until(lambda: view.heading == "合肥高新区")
    view.keys("]")
    view.until(lambda: view.heading not in ("", "合肥高新区"))
    view.keys("[")
    view.until(lambda: view.heading == "合肥高新区")
    view.keys("t")
    view.until(lambda: view.find("#twin").is_displayed())
    view.keys("t")
    view.until(lambda: view.all("#twin .tree"))
    view.keys("t")
    view.until(lambda: not view.find("#twin").is_displayed())
    view.keys("q")
    view.until(lambda: view.find("#console").is_displayed())
    view.keys("\ue00c", "\ue00c")
    view.until(lambda: not view.find("#console").is_displayed())
    view.keys("p")
    view.until(lambda: view.state["v"] == "path")
    view.keys("\ue00c")
    view.until(lambda: view.state["v"] == "map")
    view.keys("\ue00c")
    view.until(lambda: "v" not in view.state)


def test_tab_reaches_every_part_and_the_focus_is_seen(view: View) -> None:
    view.open("v=map")
    seen = set()
    for _ in range(140):
        view.keys("\ue004")
        where = view.js(
            "const a = document.activeElement;"
            "const part = a.closest('header, .legend, .bar, .ground, .timeline, .panel');"
            "return [part?.className ?? '', a === document.body ? '' : getComputedStyle(a).outlineStyle]"
        )
        seen.add(where[0])
        assert where[0] == "" or where[1] != "none", where
    assert {"top", "legend", "bar", "ground", "timeline", "panel"} <= seen


def test_the_table_and_the_tree_hold_what_the_picture_shows(view: View) -> None:
    view.open("v=map&as=table&hide=Person")
    assert "实体 18" in view.find("#twin").text
    assert len(view.all("#twin tbody tr")) == 18
    view.all("#twin .segments button")[1].click()
    assert len(view.all("#twin tbody tr")) == view.shown()[1]
    view.find("#twin tbody .link").click()
    view.until(lambda: view.all("#panel .edge-title"))
    view.open("v=map&as=tree")
    view.js("document.querySelectorAll('#twin details').forEach((fold) => { fold.open = true; })")
    view.until(lambda: len(view.all("#twin details details")) == 20)


def test_a_choice_is_announced(view: View) -> None:
    view.open(ENTITY)
    assert view.js("return document.getElementById('live').textContent") == "合肥高新区"


def test_a_phone_sees_map_and_panel_without_sideways_scrolling(phone: View) -> None:
    for state in ("", ENTITY, "v=map&ask=1", f"v=story&a={quote('其他.txt#1')}"):
        phone.open(state)
        assert phone.js("return document.documentElement.scrollWidth") <= 390
    phone.find("#legend-toggle").click()
    phone.until(lambda: phone.switch("Person").is_displayed())
    assert phone.find("#legend-toggle").get_attribute("aria-expanded") == "true"
    phone.click_at(380, 400)
    phone.until(lambda: not phone.find("#legend").is_displayed())
    assert phone.find("#legend-toggle").get_attribute("aria-expanded") == "false"


def test_the_picture_is_sharp_on_a_dense_screen(phone: View) -> None:
    phone.open("v=map")
    assert phone.js(
        "const c = document.getElementById('canvas'); return c.width / c.clientWidth"
    ) == pytest.approx(3, abs=0.02)


def test_two_fingers_zoom(phone: View) -> None:
    phone.open("v=map")
    before = phone.js("return zonekg.map.camera.scale")
    for kind, gap in (("touchStart", 40), ("touchMove", 80), ("touchMove", 120), ("touchEnd", None)):
        points = (
            []
            if gap is None
            else [{"x": 190 - gap / 2, "y": 330, "id": 0}, {"x": 190 + gap / 2, "y": 330, "id": 1}]
        )
        phone.browser.execute_cdp_cmd("Input.dispatchTouchEvent", {"type": kind, "touchPoints": points})
    phone.until(lambda: phone.js("return zonekg.map.camera.scale") > before * 2)


def test_on_paper_everything_is_light_and_open(view: View) -> None:
    view.open(f"{ENTITY}&theme=dark")
    view.js("dispatchEvent(new Event('beforeprint'))")
    assert view.js("return document.documentElement.dataset.theme") == "light"
    assert view.js("return [...document.querySelectorAll('#panel details')].every((fold) => fold.open)")
    view.js("dispatchEvent(new Event('afterprint'))")
    assert view.js("return document.documentElement.dataset.theme") == "dark"
    view.browser.execute_cdp_cmd("Emulation.setEmulatedMedia", {"media": "print"})
    try:
        assert not view.find(".tools").is_displayed()
        assert not view.find("#legend").is_displayed()
        assert view.find("#panel").is_displayed()
    finally:
        reduced = {"media": "", "features": [{"name": "prefers-reduced-motion", "value": "reduce"}]}
        view.browser.execute_cdp_cmd("Emulation.setEmulatedMedia", reduced)
