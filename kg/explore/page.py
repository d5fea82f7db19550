"""The page: data, engine, style and scripts inside one file that asks no network for anything.

The policy in the page (CSP) lets no request out and runs no script but those whose digest it
names, and the worker that they start; a hostile name that reached the page as markup would still
do nothing.
"""

from __future__ import annotations

import base64
import hashlib
import json
import re
from collections.abc import Mapping
from html import escape
from pathlib import Path

from kg import __version__
from kg.explore.columns import map_block, reading_block
from kg.explore.container import unpack
from kg.explore.data import GraphData
from kg.explore.places import Point, place
from kg.resources import package_dir

SCRIPTS = (
    "words.js",
    "dom.js",
    "unpack.js",
    "conclusions.js",
    "columns.js",
    "state.js",
    "filter.js",
    "shapes.js",
    "labels.js",
    "islands.js",
    "rings.js",
    "scene.js",
    "camera.js",
    "paint.js",
    "hands.js",
    "map.js",
    "minimap.js",
    "vector.js",
    "match.js",
    "search.js",
    "articles.js",
    "legend.js",
    "timeline.js",
    "marks.js",
    "quote.js",
    "figures.js",
    "panel.js",
    "paths.js",
    "pathview.js",
    "compare.js",
    "start.js",
    "twin.js",
    "rdf.js",
    "asker.js",
    "editor.js",
    "ask.js",
    "viewquery.js",
    "subset.js",
    "exports.js",
    "actions.js",
    "explore.js",
)
"""In the order of use: each file only needs those before it."""

WORKER = ("unpack.js", "conclusions.js", "columns.js", "rdf.js", "engine.js")
"""What runs beside the page, with Oxigraph: the SPARQL engine over the same data."""

TITLE = "园区知识图谱"
_BLOCK = re.compile(r'<script type="text/plain" id="map-data">([A-Za-z0-9+/=]*)</script>')


def render(
    data: GraphData,
    *,
    earlier: Mapping[str, Point] | None = None,
    whole: tuple[int, int] | None = None,
    title: str = TITLE,
) -> str:
    """Give the whole page as text: the same graph and the same earlier places, the same text.

    ``earlier`` gives the places of the entities on an earlier map, by key, in pixels; ``whole`` the
    numbers of entities and facts of the graph that this is a part of.
    """
    folder = package_dir("explore")
    style, script = _joined(["explore.css"]), _script(SCRIPTS)
    worker = f"{read_text(folder / 'vendor/oxigraph.js')}\n{_script(WORKER)}"
    wasm = base64.b64encode((folder / "vendor/oxigraph.wasm.gz").read_bytes()).decode("ascii")
    parts = {
        "title": escape(title),
        "version": __version__,
        "policy": _policy(style, script),
        "style": style,
        "map": map_block(data, place(data, earlier), title, whole),
        "reading": reading_block(data),
        "wasm": wasm,
        "licence": read_text(folder / "vendor/LICENSE-oxigraph.txt"),
        # As JSON, so that no text in it can end the element.
        "worker": json.dumps(worker).replace("<", "\\u003c"),
        "script": script,
    }
    template = read_text(folder / "graph.html")
    return re.sub(r"\{\{ (\w+) \}\}", lambda found: parts[found[1]], template)


def earlier_places(page: Path) -> dict[str, Point]:
    """Read the places of entities from a page written before, by key; empty where there is none."""
    try:
        found = _BLOCK.search(page.read_text(encoding="utf-8"))
        values, arrays = unpack(found[1]) if found else ({}, {})
        keys = {int(number): key for number, key in values.get("keys", {}).items()}
        labels = values.get("labels", [])
        points = zip(arrays["x"].tolist(), arrays["y"].tolist(), strict=True) if labels else ()
        return {keys.get(n, labels[n]): (float(x), float(y)) for n, (x, y) in enumerate(points)}
    except (OSError, ValueError, KeyError, IndexError, AttributeError):
        return {}  # another version's page, or not ours: the map is made anew


def _policy(style: str, script: str) -> str:
    return (
        "default-src 'none'; "
        f"script-src '{digest(script)}' 'wasm-unsafe-eval'; "
        f"style-src '{digest(style)}'; "
        "worker-src blob:; img-src data: blob:; base-uri 'none'; form-action 'none'"
    )


def _script(names: tuple[str, ...]) -> str:
    return f'(() => {{\n"use strict";\n{_joined(names)}\n}})();\n'


def _joined(names: list[str] | tuple[str, ...]) -> str:
    folder = package_dir("explore")
    return "\n".join(read_text(folder / name) for name in names)


def read_text(path: Path) -> str:
    """Read a part with plain newlines, as an HTML parser will see it; otherwise the digests would not fit."""
    return path.read_bytes().decode("utf-8").replace("\r\n", "\n").replace("\r", "\n")


def digest(text: str) -> str:
    """Return what a policy (CSP) names a script or style by."""
    return "sha256-" + base64.b64encode(hashlib.sha256(text.encode("utf-8")).digest()).decode("ascii")
