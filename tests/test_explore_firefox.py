"""The explorer in Firefox, spoken to in its own Marionette protocol, which needs no driver program."""

from __future__ import annotations

import json
import shutil
import socket
import subprocess
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from urllib.parse import quote

import pytest
from pyoxigraph import Store

from kg.explore import collect, render

FIREFOX = shutil.which("firefox-esr") or shutil.which("firefox")
PREFERENCES = {
    "marionette.port": 0,
    "network.manage-offline-status": False,
    "browser.offline": True,
    "app.update.enabled": False,
    "datareporting.policy.dataSubmissionEnabled": False,
    "toolkit.telemetry.enabled": False,
    "webgl.disabled": True,
    "browser.shell.checkDefaultBrowser": False,
    "browser.startup.homepage_override.mstone": "ignore",
}

pytestmark = pytest.mark.skipif(not FIREFOX, reason="needs Firefox (apt-get install firefox-esr)")


class Marionette:
    """A connection: ``length:[0, id, command, parameters]`` out, ``[1, id, error, value]`` back."""

    def __init__(self, port: int):
        self.socket = socket.create_connection(("127.0.0.1", port), timeout=60)
        self.turn = 0
        self.read()

    def read(self) -> Any:
        """One message."""
        length = b""
        while (byte := self.socket.recv(1)) != b":":
            length += byte
        data = b""
        while len(data) < int(length):
            data += self.socket.recv(int(length) - len(data))
        return json.loads(data)

    def __call__(self, command: str, **parameters: object) -> Any:
        """Send a command and return its value."""
        self.turn += 1
        data = json.dumps([0, self.turn, command, parameters]).encode()
        self.socket.sendall(str(len(data)).encode() + b":" + data)
        _, _, error, value = self.read()
        assert error is None, error
        return value

    def js(self, body: str, *values: object) -> Any:
        """Run the body of an asynchronous function in the page."""
        script = (
            "const given = [...arguments]; const done = given.pop();"
            f"(async (arg) => {{ {body} }})(given).then(done, (error) => done(`!${{error}}`))"
        )
        return self("WebDriver:ExecuteAsyncScript", script=script, args=list(values), sandbox=None)["value"]


@pytest.fixture(scope="module")
def firefox(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Marionette]:
    profile = tmp_path_factory.mktemp("firefox")
    lines = (f"user_pref({json.dumps(name)}, {json.dumps(value)});\n" for name, value in PREFERENCES.items())
    (profile / "user.js").write_text("".join(lines), encoding="utf-8")
    command = [str(FIREFOX), "--headless", "--marionette", "--no-remote", "--profile", str(profile)]
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    try:
        port = profile / "MarionetteActivePort"
        for _ in range(600):
            if port.exists() and port.read_text().strip():
                break
            assert process.poll() is None
            time.sleep(0.1)
        marionette = Marionette(int(port.read_text()))
        marionette("WebDriver:NewSession", capabilities={"alwaysMatch": {}})
        marionette("WebDriver:SetTimeouts", script=60000, pageLoad=60000)
        yield marionette
        marionette.socket.close()
    finally:
        process.terminate()
        process.wait(20)


def test_firefox_shows_searches_reads_and_answers(firefox: Marionette, store: Store, tmp_path: Path) -> None:
    file = tmp_path / "图谱.html"
    file.write_text(render(collect(store)), encoding="utf-8")
    firefox(
        "WebDriver:Navigate", url=f"{file.as_uri()}#v=focus&of={quote('合肥高新区')}&e={quote('合肥高新区')}"
    )
    waited = (
        "const page = document.documentElement;"
        "const rest = () => new Promise((done) => setTimeout(done, 25));"
        "for (let n = 0; n < 800 && !page.classList.contains('ready'); n++) await rest();"
        "return page.classList.contains('ready')"
    )
    assert firefox.js(waited) is True
    assert "150.5亿元" in firefox.js("return document.getElementById('panel').innerText")
    assert firefox.js("return (await zonekg.finder()).find('hfgxq')[0].entry.text") == "合肥高新区"
    colours = (
        "const canvas = document.getElementById('canvas');"
        "const { data } = canvas.getContext('2d').getImageData(0, 0, canvas.width, canvas.height);"
        "return new Set(new Uint32Array(data.buffer)).size"
    )
    assert firefox.js(colours) > 50
    answer = firefox.js("return (await zonekg.asker.ask('SELECT ?z { ?z a zkg:HighTechZone }')).result")
    assert len(answer["results"]["bindings"]) == 3
    before = firefox.js("return location.hash")
    firefox.js("zonekg.state.go({ v: 'map', hide: 'Person', e: '' }); return 1")
    assert firefox.js("return document.getElementById('shown').textContent") == "显示 18 / 20"
    firefox.js("history.back(); await new Promise((r) => setTimeout(r, 300)); return 1")
    assert firefox.js("return location.hash").split("&cam")[0] == before.split("&cam")[0]
