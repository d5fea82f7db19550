"""Photograph the graph view with headless Chromium: ``python benchmarks/screenshot.py``.

Makes ``docs/graph.png`` from ``out/graph.html``. Another state of the page can be asked for by what
stands behind ``#`` in its address: ``--state 'e=合肥高新区&theme=dark'``. Needs selenium (the ``test``
extra) and Debian's chromium and chromium-driver; nothing is fetched.
"""

from __future__ import annotations

import argparse
import base64
import shutil
import sys
import tempfile
from pathlib import Path
from urllib.parse import quote

FLAGS = (
    "--headless=new",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--hide-scrollbars",
)
STILL = {"features": [{"name": "prefers-reduced-motion", "value": "reduce"}]}
DRAWN = "const done = arguments[0]; requestAnimationFrame(() => requestAnimationFrame(() => done(true)))"


def main() -> int:
    options = _options()
    programs = {name: shutil.which(name) for name in ("chromium", "chromedriver")}
    if missing := [name for name, found in programs.items() if found is None]:
        print(f"{', '.join(missing)}: 未安装 not installed; apt-get install chromium-driver", file=sys.stderr)
        return 1
    if not options.page.is_file():
        print(f"{options.page}: 不存在，请先 make demo; not there, first: make demo", file=sys.stderr)
        return 1
    picture = photograph(options, str(programs["chromium"]), str(programs["chromedriver"]))
    options.picture.parent.mkdir(parents=True, exist_ok=True)
    options.picture.write_bytes(picture)
    print(options.picture)
    return 0


def photograph(options: argparse.Namespace, chromium: str, chromedriver: str) -> bytes:
    """Open the page in a window of the size asked for, without motion, and return what is seen as PNG."""
    from selenium import webdriver
    from selenium.webdriver.chrome.service import Service

    chrome = webdriver.ChromeOptions()
    chrome.binary_location = chromium
    with tempfile.TemporaryDirectory() as profile:
        for flag in (*FLAGS, f"--user-data-dir={profile}"):
            chrome.add_argument(flag)
        driver = webdriver.Chrome(service=Service(chromedriver), options=chrome)
        try:
            driver.execute_cdp_cmd("Emulation.setDeviceMetricsOverride", _window(options))
            driver.execute_cdp_cmd("Emulation.setEmulatedMedia", STILL)
            driver.get(f"{options.page.resolve().as_uri()}#{quote(options.state, safe='=&/,%')}")
            driver.execute_async_script(DRAWN)
            shot = driver.execute_cdp_cmd("Page.captureScreenshot", {"format": "png"})
        finally:
            driver.quit()
    return base64.b64decode(shot["data"])


def _window(options: argparse.Namespace) -> dict[str, object]:
    width, height = map(int, options.size.split("x"))
    scale = float(options.scale)
    return {"width": width, "height": height, "deviceScaleFactor": scale, "mobile": width < 800}


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("page", nargs="?", type=Path, default=Path("out/graph.html"))
    parser.add_argument("picture", nargs="?", type=Path, default=Path("docs/graph.png"))
    parser.add_argument("--state", default="", help="what stands behind # in the page's address")
    parser.add_argument("--size", default="1440x900", help="width and height of the page")
    parser.add_argument("--scale", default="1", help="pixels of the picture per pixel of the page")
    return parser.parse_args()


if __name__ == "__main__":
    sys.exit(main())
