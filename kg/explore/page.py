"""The page: pyvis's network rendered through our template, everything inside one file.

pyvis's own templates fetch styles and scripts from the network in every mode, and its writer uses
the locale's encoding, so it only gives us the network. The policy in the page (CSP) lets no
request out and runs no script but the three whose digest it names: a hostile name that reached
the page as markup would still do nothing.
"""

from __future__ import annotations

import base64
import hashlib
import importlib.util
from pathlib import Path
from typing import TYPE_CHECKING

from kg import __version__
from kg.errors import OutputError
from kg.explore.columns import columns
from kg.explore.data import GraphData
from kg.explore.network import LIMIT, to_pyvis
from kg.resources import package_dir

if TYPE_CHECKING:
    from jinja2 import Environment

_VIS = Path("templates/lib/vis-9.1.2/vis-network.min.js")
_SCRIPTS = (
    "words.js",
    "graph.js",
    "dom.js",
    "quote.js",
    "search.js",
    "legend.js",
    "panel.js",
    "labels.js",
    "rings.js",
    "camera.js",
    "map.js",
    "explore.js",
)
"""In the order of use: each file only needs those before it."""


def render(data: GraphData, *, limit: int = LIMIT, title: str = "园区知识图谱") -> str:
    """Give the whole page as text: the same graph, the same text.

    ``limit`` bounds the nodes on the map, not what can be searched and read.
    """
    network = to_pyvis(data, limit)
    network.heading = title
    network.templateEnv = _environment()
    network.path = "graph.html"
    network.templateEnv.globals.update(_parts(), graph=columns(data), version=__version__)
    # pyvis asks for a file name that ends in html and does not write it.
    return str(network.generate_html("graph.html"))


def _environment() -> Environment:
    from jinja2 import Environment, FileSystemLoader, StrictUndefined

    folder = FileSystemLoader(package_dir("explore"), encoding="utf-8")
    environment = Environment(
        loader=folder, autoescape=True, undefined=StrictUndefined, keep_trailing_newline=True
    )
    # ``tojson`` escapes < > & ' itself; Han characters stay readable and half as long.
    environment.policies["json.dumps_kwargs"] = {
        "ensure_ascii": False,
        "sort_keys": True,
        "separators": (",", ":"),
    }
    return environment


def _parts() -> dict[str, object]:
    """Style, scripts and the digests by which the page's policy lets them run."""
    style = _read(package_dir("explore") / "explore.css")
    vis = _read(_vis_network())
    folder = package_dir("explore")
    body = "\n".join(_read(folder / name) for name in _SCRIPTS)
    script = f'(() => {{\n"use strict";\n{body}\n}})();\n'
    policy = (
        "default-src 'none'; "
        f"script-src '{_digest(vis)}' '{_digest(script)}'; "
        f"style-src '{_digest(style)}'; "
        "img-src data: blob:; base-uri 'none'; form-action 'none'"
    )
    return {"style": style, "vis": vis, "script": script, "policy": policy}


def _vis_network() -> Path:
    """The vis-network that came with pyvis, found without importing pyvis."""
    spec = importlib.util.find_spec("pyvis")
    for folder in (spec.submodule_search_locations or []) if spec else []:
        if (Path(folder) / _VIS).is_file():
            return Path(folder) / _VIS
    raise OutputError(
        f"pyvis/{_VIS}: 未找到 not found; 请安装 install pyvis 0.3.2: pip install 'pyvis==0.3.2'"
    )


def _read(path: Path) -> str:
    """Text with plain newlines, as an HTML parser will see it; otherwise the digests would not fit."""
    return path.read_bytes().decode("utf-8").replace("\r\n", "\n").replace("\r", "\n")


def _digest(text: str) -> str:
    return "sha256-" + base64.b64encode(hashlib.sha256(text.encode("utf-8")).digest()).decode("ascii")
