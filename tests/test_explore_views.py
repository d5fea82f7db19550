"""The explorer's views of a part: focus, expansion, paths, comparison, a box; moved by hand."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from urllib.parse import quote

import pytest
from explorer import View, browser, needs_browser, view

__all__ = ["browser", "view"]
pytestmark = needs_browser


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
