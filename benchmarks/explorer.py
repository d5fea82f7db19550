"""Measure the graph page beside a pyvis page with the same fixed places: ``python benchmarks/explorer.py``.

Graphs are made up (``made_up.py``); each page opens from a file in a fresh headless Chromium without
graphics card and without network. Sizes can be given: ``python benchmarks/explorer.py 200 5000``.

first     navigation start to the first complete picture, read back from the canvas, ms
fps, p95  frames a second and 95th percentile of the time between frames, while the mouse drags the map
search    the slowest of some searches by characters, pinyin and initials, ms
path      three shortest paths between two distant entities, ms
engine    SPARQL engine ready, from the first call, ms, with so many triples
heap      JavaScript memory after collection, MB
"""

from __future__ import annotations

import json
import sys
import tempfile
import time
from pathlib import Path
from typing import Any

import browser
from made_up import make

from kg.explore import GraphData, render
from kg.explore.places import place
from kg.explore.pyvispage import render_pyvis

SIZES = (200, 1000, 5000, 20000, 40000, 100000)
FLAGS = (
    "--enable-precise-memory-info",
    "--js-flags=--expose-gc",
    "--window-size=1400,880",
)
PATIENCE = 150
"""Seconds that a page may take to its first picture."""

# Runs before the page's own scripts: waits for the mark of the first picture, then reads a pixel back.
WATCH = """
new MutationObserver((_, watch) => {
  if (!document.documentElement?.matches('.drawn, .ready')) return;
  watch.disconnect();
  requestAnimationFrame(() => requestAnimationFrame(() => {
    document.querySelector('canvas').getContext('2d').getImageData(5, 5, 1, 1);
    window.firstPicture = performance.now();
  }));
}).observe(document, { attributes: true, subtree: true, attributeFilter: ['class'] });
"""
FRAMES = """
window.frames_ = []; let last = performance.now(); window.counting = true;
(function next() { requestAnimationFrame((now) => {
  const real = performance.now(); window.frames_.push(real - last); last = real;
  if (window.counting) next(); }); })();
"""
SEARCH = """
const finder = await zonekg.finder();
let worst = 0;
for (const typed of ['hfgxq', 'gaoxinqu', '产业链', 'yunzhou', '不在图里', 'dangzhibu']) {
  const began = performance.now(); finder.find(typed); worst = Math.max(worst, performance.now() - began);
}
return worst;
"""
PATH = """
const { graph } = zonekg;
const order = [...graph.degree.keys()].sort((a, b) => graph.degree[b] - graph.degree[a]);
const [from, to] = [order[0], order[Math.floor(order.length / 3)]];
zonekg.state.go({ v: 'path', from: graph.keyOf(from), to: graph.keyOf(to) });
const said = document.querySelector('#panel [role=status]').textContent.match(/(\\d+) 毫秒/);
return said ? Number(said[1]) : null;
"""
ENGINE = "await zonekg.asker.start(); return [zonekg.asker.facts.ready, zonekg.asker.facts.size]"


def main() -> None:
    sizes = [int(size) for size in sys.argv[1:]] or SIZES
    rows = []
    for size in sizes:
        data = make(size)
        began = time.perf_counter()
        place(data)
        layout = time.perf_counter() - began
        for name, page in pages(data):
            row = {"page": name, "entities": size, "facts": len(data.facts), "layout s": round(layout, 1)}
            row |= measure(name, page)
            rows.append(row)
            print(json.dumps(row, ensure_ascii=False), flush=True)
    show(rows)


def pages(data: GraphData) -> list[tuple[str, str]]:
    return [("explorer", render(data)), ("pyvis", render_pyvis(data, limit=len(data.entities)))]


def measure(name: str, page: str) -> dict[str, Any]:
    """Open a page in a browser of its own and use it."""
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "page.html"
        file.write_text(page, encoding="utf-8")
        found: dict[str, Any] = {"MB": round(file.stat().st_size / 1e6, 2)}
        driver = start(Path(folder) / "profile")
        try:
            driver.get(f"{file.as_uri()}#v=map")
            if not wait(driver, "return window.firstPicture"):
                return found | {"first": f"> {PATIENCE} s"}
            found["first"] = round(driver.execute_script("return window.firstPicture"))
            ready = "return document.documentElement.classList.contains('ready')"
            wait(driver, ready)
            found |= drag(driver)
            driver.execute_script("window.gc()")
            found["heap"] = round(driver.execute_script("return performance.memory.usedJSHeapSize") / 1e6)
            if name == "explorer":
                found |= ask(driver)
        finally:
            driver.quit()
    return found


def start(profile: Path) -> Any:
    driver = browser.start(profile, *FLAGS)
    driver.set_script_timeout(PATIENCE)
    driver.set_page_load_timeout(PATIENCE)
    driver.execute_cdp_cmd("Page.addScriptToEvaluateOnNewDocument", {"source": WATCH})
    driver.get("about:blank")
    return driver


def wait(driver: Any, condition: str) -> bool:
    until = time.monotonic() + PATIENCE
    while time.monotonic() < until:
        if driver.execute_script(condition):
            return True
        time.sleep(0.05)
    return False


def drag(driver: Any) -> dict[str, float]:
    """Drag the empty ground of the map to and fro with the mouse, and look at the frames."""
    time.sleep(1)
    rectangle = (
        "const r = document.querySelector('canvas').getBoundingClientRect(); return [r.left, r.top, r.width]"
    )
    left, top, width = driver.execute_script(rectangle)
    x, y = left + 8, top + 8

    def mouse(kind: str, dx: float, dy: float) -> None:
        event = {"type": kind, "x": x + dx, "y": y + dy, "button": "left", "buttons": 1, "clickCount": 1}
        driver.execute_cdp_cmd("Input.dispatchMouseEvent", event)

    mouse("mousePressed", 0, 0)
    mouse("mouseMoved", 8, 8)
    driver.execute_script(FRAMES)
    began = time.monotonic()
    step = 0
    while time.monotonic() - began < 3:
        step += 1
        mouse("mouseMoved", 8 + (step * 7) % (width * 0.6), 8 + (step * 3) % 300)
    frames = sorted(driver.execute_script("window.counting = false; return window.frames_.slice(2)"))
    mouse("mouseReleased", 8, 8)
    if not frames:
        return {"fps": 0.0, "p95": float("nan")}
    return {
        "fps": round(1000 * len(frames) / sum(frames), 1),
        "p95": round(frames[int(0.95 * (len(frames) - 1))], 1),
    }


def ask(driver: Any) -> dict[str, Any]:
    search, path = later(driver, SEARCH), later(driver, PATH)
    engine = later(driver, ENGINE)
    return {
        "search": round(search, 1),
        "path": path,
        "engine": round(engine[0]),
        "triples": engine[1],
    }


def later(driver: Any, script: str) -> Any:
    return driver.execute_async_script(
        f"const done = arguments[0]; (async () => {{ {script} }})().then(done)"
    )


def show(rows: list[dict[str, Any]]) -> None:
    """Print all rows as a table in Markdown."""
    columns = ["page", "entities", "facts", "layout s", "MB", "first", "fps", "p95", "heap", "search", "path"]
    columns += ["engine", "triples"]
    print("| " + " | ".join(columns) + " |\n|" + " --- |" * len(columns))
    for row in rows:
        print("| " + " | ".join(str(row.get(column, "")) for column in columns) + " |")


if __name__ == "__main__":
    main()
