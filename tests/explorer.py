"""The explorer in a real browser, as a reader uses it: offline, from a file, without WebGL."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from pyoxigraph import Store

from kg.explore import collect, render

CHROMIUM = Path("/usr/bin/chromium")
CHROMEDRIVER = Path("/usr/bin/chromedriver")
FLAGS = (
    "--headless=new",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-3d-apis",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--window-size=1400,900",
)

needs_browser = pytest.mark.skipif(
    not (CHROMIUM.exists() and CHROMEDRIVER.exists()),
    reason="needs Debian's chromium and chromium-driver (apt-get install chromium chromium-driver)",
)


@pytest.fixture(scope="module")
def browser(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Any]:
    """One Chromium for the tests of a module; selenium is given its driver, so that it looks for none."""
    webdriver = pytest.importorskip("selenium.webdriver", reason="needs selenium (pip install '.[test]')")
    from selenium.webdriver.chrome.service import Service

    options = webdriver.ChromeOptions()
    options.binary_location = str(CHROMIUM)
    for flag in (*FLAGS, f"--user-data-dir={tmp_path_factory.mktemp('profile')}"):
        options.add_argument(flag)
    options.set_capability("goog:loggingPrefs", {"browser": "ALL", "performance": "ALL"})
    driver = webdriver.Chrome(service=Service(str(CHROMEDRIVER)), options=options)
    reduced = {"features": [{"name": "prefers-reduced-motion", "value": "reduce"}]}
    driver.execute_cdp_cmd("Emulation.setEmulatedMedia", reduced)
    offline = {"offline": True, "latency": 0, "downloadThroughput": 0, "uploadThroughput": 0}
    driver.execute_cdp_cmd("Network.enable", {})
    driver.execute_cdp_cmd("Network.emulateNetworkConditions", offline)
    yield driver
    driver.quit()


class View:
    """The page as a reader uses it; every wait ends when the thing waited for is there."""

    def __init__(self, browser: Any, file: Path):
        self.browser = browser
        self.file = file
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
        wait = WebDriverWait(self.browser, 20, poll_frequency=0.02, ignored_exceptions=passing)
        wait.until(lambda _: condition(), "the page did not get there")

    def js(self, script: str, *values: object) -> Any:
        """Run a script in the page."""
        return self.browser.execute_script(script, *values)

    def later(self, script: str, *values: object) -> Any:
        """Run an asynchronous script and give what it returns; its error becomes text."""
        start = "const [...given] = arguments; const done = given.pop();"
        code = f"{start} (async (...arg) => {{ {script} }})(...given)"
        return self.browser.execute_async_script(
            f"{code}.then(done, (error) => done(`!${{error}}`))", *values
        )

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

    @property
    def heading(self) -> str:
        """The heading of the panel."""
        return self.js("return document.querySelector('#panel h2')?.innerText ?? ''")

    @property
    def state(self) -> dict[str, str]:
        """What the address says."""
        return self.js("return zonekg.state.now()")

    def keys(self, *keys: str) -> None:
        """Press keys wherever the keyboard is."""
        from selenium.webdriver import ActionChains

        ActionChains(self.browser).send_keys(*keys).perform()

    def chord(self, held: str, key: str) -> None:
        """Press a key while another is held."""
        from selenium.webdriver import ActionChains

        ActionChains(self.browser).key_down(held).send_keys(key).key_up(held).perform()

    def mouse(self, kind: str, x: float, y: float, **more: object) -> None:
        """Send one event of the mouse at a place of the window."""
        event = {"type": kind, "x": x, "y": y, "button": "left", "clickCount": 1, **more}
        self.browser.execute_cdp_cmd("Input.dispatchMouseEvent", event)

    def click_at(self, x: float, y: float) -> None:
        """Press and release the mouse at a place of the window."""
        for kind in ("mouseMoved", "mousePressed", "mouseReleased"):
            self.mouse(kind, x, y)

    def drag(self, start: tuple[float, float], end: tuple[float, float], **more: object) -> None:
        """Drag the mouse from one place of the window to another."""
        self.mouse("mouseMoved", *start, **more)
        self.mouse("mousePressed", *start, **more)
        for share in (0.3, 0.6, 1.0):
            at = (start[0] + (end[0] - start[0]) * share, start[1] + (end[1] - start[1]) * share)
            self.mouse("mouseMoved", *at, buttons=1, **more)
        self.mouse("mouseReleased", *end, **more)

    def place(self, key: str) -> tuple[float, float]:
        """Where a node stands in the window."""
        self.until(lambda: self.js("return !!zonekg.placeOf(arguments[0])", key))
        spot = self.js("return zonekg.placeOf(arguments[0])", key)
        return spot["x"], spot["y"]

    def switch(self, name: str) -> Any:
        """The switch of a class or relation."""
        return self.find(f'.switch[data-names~="{name}"]')

    def shown(self) -> tuple[int, int]:
        """Entities and facts that the filter lets through."""
        counts = self.js("return [zonekg.filter.counts.entities, zonekg.filter.counts.facts]")
        return counts[0], counts[1]

    def downloads(self, folder: Path) -> None:
        """Let the page save files into a folder."""
        folder.mkdir(exist_ok=True)
        allow = {"behavior": "allow", "downloadPath": str(folder)}
        self.browser.execute_cdp_cmd("Browser.setDownloadBehavior", allow)

    def saved(self, file: Path) -> bytes:
        """What the page saved, once it is there and whole."""
        self.until(lambda: file.exists() and file.stat().st_size)
        return file.read_bytes()

    def complaints(self) -> list[str]:
        """What the console says, errors and warnings alike."""
        return [entry["message"] for entry in self.browser.get_log("browser")]

    def requests(self) -> set[str]:
        """The addresses asked for since the last call, without those of the page itself."""
        messages = [json.loads(entry["message"])["message"] for entry in self.browser.get_log("performance")]
        asked = {
            m["params"]["request"]["url"] for m in messages if m["method"] == "Network.requestWillBeSent"
        }
        return {url for url in asked if not url.startswith((self.address, "data:", "about:", "blob:"))}


@cache
def page_of(store: Store) -> bytes:
    """The page of a store, made once for all tests."""
    return render(collect(store)).encode("utf-8")


@pytest.fixture
def view(browser: Any, store: Store, tmp_path: Path) -> View:
    """The page of the graph that all tests share, in a file with a name as readers have them."""
    file = tmp_path / "图谱 graph.html"
    file.write_bytes(page_of(store))
    view = View(browser, file)
    view.downloads(tmp_path / "saved")
    return view
