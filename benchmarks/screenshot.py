"""Photograph the explorer with headless Chromium: ``python benchmarks/screenshot.py``.

Makes the pictures of the README, ``docs/*.png``, from ``out/graph.html``; ``--only NAME`` makes one.
Needs selenium (the ``test`` extra) and Debian's chromium and chromium-driver; nothing is fetched.
"""

from __future__ import annotations

import argparse
import base64
import shutil
import sys
import tempfile
import time
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import quote

import browser

STILL = {"features": [{"name": "prefers-reduced-motion", "value": "reduce"}]}
READY = "return document.documentElement.classList.contains('ready')"
ANSWERED = "document.getElementById('run').click(); return 1"
READ = "return document.querySelectorAll('#panel blockquote').length > 0"
"""True once the panel has a sentence to read: not where what was asked for is no longer in the graph."""


@dataclass(frozen=True)
class Shot:
    """A picture: what stands behind ``#``, the window, what to run first and what to wait for."""

    name: str
    state: str
    width: int = 1440
    height: int = 900
    run: str = ""
    until: str = READY


SHOTS = (
    Shot("start", ""),
    Shot("map", "v=map"),
    Shot("entity", "v=focus&of=合肥高新区&e=合肥高新区", until=READ),
    Shot("focus", "v=focus&of=西部(重庆)科学城&e=西部(重庆)科学城&hops=2", until=READ),
    Shot("path", "v=path&from=中国科学技术大学&to=雄安新区&k=3", until=READ),
    Shot("article", "v=story&a=A02.txt#1", until=READ),
    Shot(
        "sparql",
        "v=map&ask=organization-people",
        run=ANSWERED,
        until="return !!document.querySelector('#answer tbody tr')",
    ),
    Shot("dark", "v=map&e=西部(重庆)科学城&theme=dark", until=READ),
    Shot("phone", "v=focus&of=合肥高新区&e=合肥高新区", 390, 844, until=READ),
)


def main() -> int:
    options = _options()
    if missing := [name for name in ("chromium", "chromedriver") if shutil.which(name) is None]:
        print(f"{', '.join(missing)}: 未安装 not installed; apt-get install chromium-driver", file=sys.stderr)
        return 1
    if not options.page.is_file():
        print(f"{options.page}: 不存在，请先 make demo; not there, first: make demo", file=sys.stderr)
        return 1
    options.folder.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as profile:
        driver = browser.start(Path(profile), "--hide-scrollbars")
        try:
            for shot in SHOTS:
                if options.only in (None, shot.name):
                    picture = options.folder / f"{shot.name}.png"
                    picture.write_bytes(photograph(driver, options.page, shot))
                    print(picture)
        finally:
            driver.quit()
    return 0


def photograph(driver: Any, page: Path, shot: Shot) -> bytes:
    """Open the page in a window of its size, without motion, and return what is seen as PNG."""
    small = shot.width < 800
    window = {"width": shot.width, "height": shot.height, "deviceScaleFactor": 1 + small, "mobile": small}
    driver.execute_cdp_cmd("Emulation.setDeviceMetricsOverride", window)
    driver.execute_cdp_cmd("Emulation.setEmulatedMedia", STILL)
    driver.get("about:blank")
    driver.get(f"{page.resolve().as_uri()}#{quote(shot.state, safe='=&/,')}")
    _wait(driver, READY)
    if shot.run:
        driver.execute_script(shot.run)
    _wait(driver, shot.until)
    time.sleep(0.4)  # until the picture at rest has been painted
    shown = driver.execute_cdp_cmd("Page.captureScreenshot", {"format": "png"})
    return base64.b64decode(shown["data"])


def _wait(driver: Any, condition: str) -> None:
    until = time.monotonic() + 20
    while not driver.execute_script(condition):
        if time.monotonic() > until:
            raise TimeoutError(f"{driver.current_url}: {condition}")
        time.sleep(0.05)


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("page", nargs="?", type=Path, default=Path("out/graph.html"))
    parser.add_argument("folder", nargs="?", type=Path, default=Path("docs"))
    parser.add_argument("--only", choices=[shot.name for shot in SHOTS])
    return parser.parse_args()


if __name__ == "__main__":
    sys.exit(main())
