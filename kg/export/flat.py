"""The graph with plain attributes, as the network formats want it: no objects, no lists, clean text."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from pyoxigraph import Store

from kg import analyse, iri
from kg.model import Entity, Fact
from kg.schema import load_schema

if TYPE_CHECKING:
    import networkx as nx

# What XML 1.0 (2.2) cannot hold, not even escaped.
_FORBIDDEN = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")


def clean(text: str) -> str:
    """Replace what XML cannot hold, such as control characters, by the replacement character."""
    return _FORBIDDEN.sub("\ufffd", text)


def flat_network(store: Store) -> nx.MultiDiGraph[str]:
    """Return the graph with attributes that are strings and numbers; nodes are named by their IRIs."""
    import networkx as nx

    full = analyse.network(store)
    graph: nx.MultiDiGraph[str] = nx.MultiDiGraph()
    for key, entity in full.nodes(data="entity"):
        graph.add_node(iri.entity(key), **_node(entity))
    for one, other, relation, fact in full.edges(keys=True, data="fact"):
        graph.add_edge(iri.entity(one), iri.entity(other), relation, **_edge(fact))
    return graph


def _node(entity: Entity) -> dict[str, str]:
    info = load_schema().classes[entity.cls]
    return {
        "label": clean(entity.label),
        "class": entity.cls,
        "class_zh": info.label_zh,
        "aliases": clean("、".join(entity.aliases)),
        "colour": info.colour,
    }


def _edge(fact: Fact) -> dict[str, str | float | int]:
    first = fact.evidence[0]
    return {
        "label": load_schema().relations[fact.relation].label_zh,
        "relation": fact.relation,
        "titles": clean("、".join(fact.titles)),
        "confidence": fact.confidence,
        "evidence": len(fact.evidence),
        "quote": clean(first.exact),
        "article": clean(first.article),
    }
