"""A part of a graph for an export: some classes, some relations, what is sure enough, what is near.

The part is a store like the whole, so every exporter writes it. What goes takes everything that
speaks of it along: facts, figures, mentions, and sentences that say nothing else. What follows is
concluded anew from the facts that stay; the quarantine stays behind, for it holds no facts.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

from pyoxigraph import Quad, Store

from kg import iri, lookup, reason, recall
from kg.errors import NotFound
from kg.model import Entity, Fact
from kg.schema import load_schema
from kg.store import DERIVATION, EVIDENCE, GRAPH, INFERRED, QUARANTINE, holding

_ABOUT = tuple(
    f"{space}{name}"
    for space, name in (
        (iri.ZKG, "Fact"),
        (iri.ZKG, "Mention"),
        (iri.ZKG, "Observation"),
        (iri.ORG, "Membership"),
    )
)
"""Nodes that speak of others: without one of those they have nothing to say."""


@dataclass(frozen=True, slots=True)
class Selection:
    """What to keep; what is empty does not narrow.

    ``classes`` and ``relations`` are local names, subclasses included; ``around`` any name of an
    entity, with ``hops`` steps around it; ``limit`` the most connected of what is left.
    """

    classes: tuple[str, ...] = ()
    relations: tuple[str, ...] = ()
    confidence: float = 0.0
    around: str = ""
    hops: int = 2
    limit: int = 0

    def narrows(self) -> bool:
        """Tell whether anything is left out at all."""
        return bool(self.classes or self.relations or self.confidence or self.around or self.limit)


def select(store: Store, selection: Selection) -> Store:
    """Copy the chosen part of a store into a new one in memory.

    Raises:
        NotFound: ``around`` names no entity, or a class or relation is not in the ontology.
    """
    _check(selection)
    entities, facts = _chosen(store, selection)
    keys = {entity.key for entity in entities}
    kept = {(iri.entity(f.subject), iri.ZKG + f.relation, iri.entity(f.object)) for f in facts}
    dead = {iri.entity(entity.key) for entity in recall.entities(store) if entity.key not in keys}
    dead |= _speechless(store, dead, kept)
    part = holding(quad for quad in store if _stays(quad, dead, kept))
    reason.materialise(part, load_schema().axioms.rules)
    return part


def _check(selection: Selection) -> None:
    schema = load_schema()
    terms = [(name, list(schema.classes)) for name in selection.classes]
    terms += [(name, list(schema.relations)) for name in selection.relations]
    for name, known in terms:
        if name not in known:
            raise NotFound(f"{name}: 本体中没有 not in the ontology; 可用 one of: {', '.join(known)}")


def _chosen(store: Store, selection: Selection) -> tuple[list[Entity], list[Fact]]:
    schema = load_schema()
    wanted = selection.classes or ("Thing",)
    entities = {e.key: e for e in recall.entities(store) if schema.is_any(e.cls, wanted)}
    facts = [
        fact
        for fact in recall.facts(store)
        if fact.subject in entities
        and fact.object in entities
        and fact.confidence >= selection.confidence
        and (not selection.relations or fact.relation in selection.relations)
    ]
    keys = set(entities)
    if selection.relations or selection.confidence:
        keys = {key for fact in facts for key in (fact.subject, fact.object)}
    if selection.around:
        keys &= _near(
            facts, {iri.local(found) for found in lookup.find(store, selection.around)}, selection.hops
        )
    degree = Counter(
        key for fact in facts for key in {fact.subject, fact.object} if keys >= {fact.subject, fact.object}
    )
    if selection.limit:
        keys = set(sorted(keys, key=lambda key: (-degree[key], key))[: selection.limit])
    facts = [fact for fact in facts if fact.subject in keys and fact.object in keys]
    return [entities[key] for key in sorted(keys)], facts


def _near(facts: Iterable[Fact], start: set[str], hops: int) -> set[str]:
    beside: dict[str, set[str]] = defaultdict(set)
    for fact in facts:
        beside[fact.subject].add(fact.object)
        beside[fact.object].add(fact.subject)
    found, edge = set(start), set(start)
    for _ in range(hops):
        edge = {other for key in edge for other in beside[key]} - found
        found |= edge
    return found


def _speechless(store: Store, dead: set[str], kept: set[tuple[str, str, str]]) -> set[str]:
    """Nodes that speak of what is gone, and the sentences that only they quote."""
    said: dict[str, dict[str, list[str]]] = defaultdict(lambda: defaultdict(list))
    for quad in store:
        if quad.graph_name in (GRAPH, EVIDENCE):
            said[_text(quad.subject)][quad.predicate.value].append(_text(quad.object))
    about = {node: words for node, words in said.items() if set(words[iri.RDF + "type"]) & set(_ABOUT)}
    gone = {node for node, words in about.items() if not _holds(words, kept)}
    for _ in range(2):  # a fact about an observation goes after the observation
        gone |= {
            n
            for n, words in about.items()
            if any(o in dead or o in gone for os in words.values() for o in os)
        }
    quotes = {q for n, words in about.items() if n not in gone for q in words[iri.ZKG + "evidence"]}
    every = {n for n, words in said.items() if iri.ZKG + "Evidence" in words[iri.RDF + "type"]}
    return gone | (every - quotes)


def _holds(words: dict[str, list[str]], kept: set[tuple[str, str, str]]) -> bool:
    """Whether a fact or a membership is one of those kept; true of all other nodes."""
    if subjects := words[iri.RDF + "subject"]:
        return (subjects[0], words[iri.RDF + "predicate"][0], words[iri.RDF + "object"][0]) in kept
    if members := words[iri.ORG + "member"]:
        return (members[0], iri.ZKG + "holdsPosition", words[iri.ORG + "organization"][0]) in kept
    return True


def _stays(quad: Quad, dead: set[str], kept: set[tuple[str, str, str]]) -> bool:
    if quad.graph_name in (INFERRED, DERIVATION, QUARANTINE):
        return False
    subject, object = _text(quad.subject), _text(quad.object)
    if subject in dead or object in dead:
        return False
    relation = quad.predicate.value.removeprefix(iri.ZKG)
    if quad.graph_name == GRAPH and relation in load_schema().relations:
        return (subject, quad.predicate.value, object) in kept
    return True


def _text(term: object) -> str:
    return str(getattr(term, "value", term))
