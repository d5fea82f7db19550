"""Large graphs in the explorer: nothing is left out silently, and no size becomes a hairball."""

from __future__ import annotations

from typing import Any
from urllib.parse import quote

import pytest
from explorer import View, browser, needs_browser
from test_explore_map import chain_of_crowds, made_graph

from kg.explore import render

__all__ = ["browser"]
pytestmark = needs_browser


@pytest.fixture(scope="module")
def hub(browser: Any, tmp_path_factory: pytest.TempPathFactory) -> View:
    """One company that works with 120 others."""
    file = tmp_path_factory.mktemp("hub") / "graph.html"
    file.write_text(render(made_graph(121, [(0, other) for other in range(1, 121)])), encoding="utf-8")
    return View(browser, file)


@pytest.fixture(scope="module")
def large(browser: Any, tmp_path_factory: pytest.TempPathFactory) -> View:
    """500 crowds of 40 companies, each joined to the next: 20,000 entities."""
    crowds = chain_of_crowds(1, 40)[::6]
    links = [(a + 40 * crowd, b + 40 * crowd) for crowd in range(500) for a, b in crowds.tolist()]
    links += [(40 * crowd, 40 * crowd + 40) for crowd in range(499)]
    file = tmp_path_factory.mktemp("large") / "graph.html"
    file.write_text(render(made_graph(20000, links)), encoding="utf-8")
    return View(browser, file)


def test_a_hub_shows_its_best_neighbours_and_says_how_many_there_are(hub: View) -> None:
    hub.open(f"v=focus&of={quote('公司00000')}&e={quote('公司00000')}")
    assert hub.js("return zonekg.map.scene().nodes.length") == 61
    assert "120 个邻居中关系最多的 60 个" in hub.find("#view-note").text


def test_expanding_many_asks_first_with_counts_and_one_key_takes_it_back(hub: View) -> None:
    hub.open(f"v=focus&of={quote('公司00000')}&e={quote('公司00000')}")
    hub.keys("x")
    hub.until(lambda: hub.all("dialog[open]"))
    assert "还有 60 个邻居" in hub.find("dialog").text
    assert "合作" in hub.find("dialog .tick").text
    assert hub.js("return zonekg.map.scene().nodes.length") == 61
    hub.all("dialog .choices button")[1].click()
    hub.until(lambda: hub.js("return zonekg.map.scene().nodes.length") == 91)
    hub.keys("x")  # thirty are left, which is not too many to come at once
    hub.until(lambda: hub.js("return zonekg.map.scene().nodes.length") == 121)
    hub.keys("c")
    hub.until(lambda: hub.js("return zonekg.map.scene().nodes.length") == 61)


def test_a_dialog_that_is_cancelled_changes_nothing(hub: View) -> None:
    hub.open(f"v=focus&of={quote('公司00000')}&e={quote('公司00000')}")
    hub.keys("x")
    hub.until(lambda: hub.all("dialog[open]"))
    hub.keys("\ue00c")
    hub.until(lambda: not hub.all("dialog"))
    assert hub.js("return zonekg.map.scene().nodes.length") == 61


def test_hovering_raises_the_neighbourhood(hub: View) -> None:
    hub.open("v=map")
    sample = (
        "const c = document.getElementById('canvas');"
        "const d = c.getContext('2d').getImageData(0, 0, c.width, c.height).data;"
        "let sum = 0; for (let at = 0; at < d.length; at += 4) sum += d[at]; return sum"
    )
    x, y = hub.place("公司00007")
    hub.mouse("mouseMoved", 5, 5)
    before = hub.js(sample)
    hub.mouse("mouseMoved", x, y)
    hub.until(lambda: hub.find("#tip").is_displayed())
    assert "公司00007" in hub.find("#tip").text
    assert hub.js(sample) != before


def test_far_away_communities_are_super_nodes_that_open_as_one_comes_near(large: View) -> None:
    large.open("v=map")
    far = large.js(
        "const p = zonekg.map.painted(); return [p.supers.length, p.drawn.length, p.edges.length, p.left]"
    )
    assert far[0] > 100
    assert far[1] < 5000
    assert far[1] + far[3] == 20000
    assert "放大可见另外" in large.find("#near").text
    x, y = large.place("公司00000")
    large.js("const m = zonekg.map; m.camera.set(m.scene().x[0], m.scene().y[0], 0.9); m.sharpen()")
    near = large.js("const p = zonekg.map.painted(); return [p.supers.length, p.drawn.length]")
    assert near[0] < 20
    assert 10 < near[1] < 5000
    assert (x, y) != large.place("公司00000")


def test_a_click_on_a_super_node_comes_nearer(large: View) -> None:
    large.open("v=map")
    spot = large.js(
        "const p = zonekg.map.painted(); const m = zonekg.map.camera;"
        "const s = p.supers.find((one) => one.x > 300 && one.y > 300);"
        "const r = document.getElementById('canvas').getBoundingClientRect();"
        "const [x, y] = [s.x - p.camera.wide / 2 + m.wide / 2, s.y - p.camera.high / 2 + m.high / 2];"
        "return [r.left + x, r.top + y, m.scale]"
    )
    large.click_at(spot[0], spot[1])
    large.until(lambda: large.js("return zonekg.map.camera.scale") > 1.5 * spot[2])


def test_what_is_chosen_is_seen_also_in_a_closed_community(large: View) -> None:
    ringed = """
        const { x, y } = zonekg.placeOf(arguments[0]);
        const canvas = document.getElementById('canvas');
        const { left, top } = canvas.getBoundingClientRect();
        const ratio = canvas.width / canvas.clientWidth;
        const area = [x - left - 12, y - top - 12, 24, 24].map((length) => Math.round(length * ratio));
        const seen = canvas.getContext('2d').getImageData(...area).data;
        const accent = zonekg.map.theme().accent.match(/[0-9a-f]{2}/g).map((part) => parseInt(part, 16));
        for (let at = 0; at < seen.length; at += 4) {
          if (accent.every((part, rgb) => Math.abs(part - seen[at + rgb]) < 6)) return true;
        }
        return false"""
    large.open("v=map")
    assert not large.js(ringed, "公司00017")
    scale = large.js("return zonekg.map.camera.scale")
    large.js("zonekg.state.go({ e: '公司00017' })")
    assert large.js("return zonekg.map.camera.scale") > 2 * scale  # one comes nearer
    large.find("#fit").click()
    assert large.js("return zonekg.map.camera.scale") == scale
    large.until(lambda: large.js(ringed, "公司00017"))


def test_it_stays_quick(large: View) -> None:
    large.open("v=map")
    assert large.js("return zonekg.map.lastCost()") < 2000  # on a loaded machine; some tens on a free one
    found = large.later("return (await zonekg.finder()).find('gs00777').map((hit) => hit.entry.text)")
    assert found[0] == "公司00777"
