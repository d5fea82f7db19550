"""The page of a pyvis network, with our template: no request to any network, always UTF-8.

pyvis's own templates fetch styles and scripts from the network in every mode, do not escape the
heading, and its writer uses the locale's encoding; so it only gives us the network.
"""

from __future__ import annotations

import importlib.util
from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING

from kg import __version__
from kg.errors import OutputError
from kg.explore.data import GraphData
from kg.explore.network import LIMIT, to_pyvis
from kg.explore.page import TITLE, digest, read_text
from kg.explore.places import Point
from kg.resources import package_dir

if TYPE_CHECKING:
    from jinja2 import Environment
    from pyvis.network import Network

_VIS = Path("templates/lib/vis-9.1.2/vis-network.min.js")


def render_pyvis(
    data: GraphData,
    limit: int = LIMIT,
    *,
    around: str | None = None,
    hops: int = 2,
    earlier: Mapping[str, Point] | None = None,
    title: str = TITLE,
) -> str:
    """Give the page of the network that ``to_pyvis`` makes of the same arguments.

    Raises:
        NotFound: there is no entity of the key ``around``.
        OutputError: pyvis lacks its copy of vis-network.
    """
    network = to_pyvis(data, limit, around=around, hops=hops, earlier=earlier)
    return page_of(network, shown_of(network, len(data.entities), len(data.facts)), title)


def shown_of(network: Network, entities: int, facts: int) -> str:
    """Say how much of a graph of so many entities and facts a network shows."""
    nodes, edges = len(network.nodes), len(network.edges)
    return (
        f"显示 {nodes:,} / {entities:,} 个实体、{edges:,} / {facts:,} 条关系 · "
        f"shown {nodes:,} of {entities:,} entities, {edges:,} of {facts:,} facts"
    )


def page_of(network: Network, note: str, title: str = TITLE) -> str:
    """Render a network with our template; ``note`` says what it shows."""
    network.heading = title
    network.templateEnv = _environment()
    network.path = "pyvis.html"
    network.templateEnv.globals.update(_parts(), note=note, version=__version__)
    # pyvis asks for a file name that ends in html and does not write it.
    return str(network.generate_html("pyvis.html"))


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
    folder = package_dir("explore")
    style, script, vis = (
        read_text(folder / "pyvis.css"),
        read_text(folder / "pyvis.js"),
        read_text(vis_network()),
    )
    policy = (
        f"default-src 'none'; script-src '{digest(vis)}' '{digest(script)}'; style-src '{digest(style)}'; "
        "img-src data: blob:; base-uri 'none'; form-action 'none'"
    )
    return {"style": style, "vis": vis, "script": script, "policy": policy}


def vis_network() -> Path:
    """The vis-network that came with pyvis, found without importing pyvis.

    Raises:
        OutputError: it is not there.
    """
    spec = importlib.util.find_spec("pyvis")
    for folder in (spec.submodule_search_locations or []) if spec else []:
        if (Path(folder) / _VIS).is_file():
            return Path(folder) / _VIS
    raise OutputError(
        f"pyvis/{_VIS}: 未找到 not found; 请安装 install pyvis 0.3.2: pip install 'pyvis==0.3.2'"
    )
