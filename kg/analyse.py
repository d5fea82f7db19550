"""Look at the graph as a network: everything about one entity, ways between two, and counts."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from itertools import islice, pairwise
from typing import TYPE_CHECKING

from pyoxigraph import Store

from kg import iri, lookup, recall
from kg.model import Entity, Fact, Observation

if TYPE_CHECKING:  # networkx is heavy, and only two of the functions need it
    import networkx as nx


@dataclass(frozen=True, slots=True)
class Card:
    """Everything that the graph says of one entity; ``labels`` gives what other keys are called."""

    entity: Entity
    facts: tuple[Fact, ...]
    observations: tuple[Observation, ...]
    stories: tuple[recall.Story, ...]
    labels: dict[str, str]


@dataclass(frozen=True, slots=True)
class Way:
    """A way between two entities: the keys passed, and for each step every fact that makes it."""

    keys: tuple[str, ...]
    steps: tuple[tuple[Fact, ...], ...]
    labels: dict[str, str]


@dataclass(frozen=True, slots=True)
class Stats:
    """How much the graph holds; ``degrees`` lists the most connected labels with their number of facts."""

    articles: int
    entities: dict[str, int]
    facts: dict[str, int]
    observations: int
    degrees: list[tuple[str, str, int]]


def cards(store: Store, name: str) -> list[Card]:
    """Return everything about each entity that bears a name: more than one where there are homonyms.

    Raises:
        NotFound: none does; the message lists what comes nearest.
    """
    return [_card(store, node) for node in lookup.find(store, name)]


def _card(store: Store, node: str) -> Card:
    facts = recall.facts(store, node)
    keys = {key for fact in facts for key in (fact.subject, fact.object)}
    labels = {key: lookup.label(store, iri.entity(key)) for key in sorted(keys)}
    (entity,) = recall.entities(store, node)
    return Card(entity, facts, recall.observations(store, node), recall.stories(store, node), labels)


def network(store: Store) -> nx.MultiDiGraph[str]:
    """Return the graph as a networkx multigraph of entity keys, each edge keyed by its relation.

    Nodes carry ``entity``, edges ``fact``.
    """
    import networkx as nx

    graph: nx.MultiDiGraph[str] = nx.MultiDiGraph()
    for entity in recall.entities(store):
        graph.add_node(entity.key, entity=entity)
    for fact in recall.facts(store):
        graph.add_edge(fact.subject, fact.object, fact.relation, fact=fact)
    return graph


def ways(store: Store, start: str, end: str, limit: int = 3) -> list[Way]:
    """Return the shortest ways between two names, at most ``limit``; none where they are not connected.

    The direction of relations does not matter: two companies in one zone are two steps apart.

    Raises:
        NotFound: a name is not in the graph.
    """
    import networkx as nx

    graph = network(store)
    plain = nx.Graph(graph)
    found: list[list[str]] = []
    for source in lookup.find(store, start):
        for target in lookup.find(store, end):
            one, other = iri.local(source), iri.local(target)
            if nx.has_path(plain, one, other):
                found.extend(islice(nx.all_shortest_paths(plain, one, other), 1000))
    shortest = min(map(len, found), default=0)
    found = sorted(keys for keys in found if len(keys) == shortest)
    return [_way(graph, keys) for keys in found[:limit]]


def _way(graph: nx.MultiDiGraph[str], keys: list[str]) -> Way:
    steps = tuple(
        tuple(
            graph.edges[a, b, relation]["fact"]
            for a, b in ((one, other), (other, one))
            for relation in sorted(graph.get_edge_data(a, b) or {})
        )
        for one, other in pairwise(keys)
    )
    labels = {key: graph.nodes[key]["entity"].label for key in keys}
    return Way(tuple(keys), steps, labels)


def stats(store: Store, top: int = 10) -> Stats:
    """Count entities by class, facts by relation, and find the most connected entities."""
    entities = {entity.key: entity for entity in recall.entities(store)}
    facts = recall.facts(store)
    degrees = Counter(key for fact in facts for key in {fact.subject, fact.object})
    ranked = sorted(degrees.items(), key=lambda item: (-item[1], item[0]))[:top]
    return Stats(
        articles=len(recall.stories(store)),
        entities=_counted(entity.cls for entity in entities.values()),
        facts=_counted(fact.relation for fact in facts),
        observations=len(recall.observations(store)),
        degrees=[(entities[key].label, entities[key].cls, number) for key, number in ranked],
    )


def _counted(words: Iterable[str]) -> dict[str, int]:
    counts = Counter(words)
    return dict(sorted(counts.items(), key=lambda item: (-item[1], item[0])))
