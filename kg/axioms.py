"""Read what an ontology lets one conclude: OWL axioms as rules and as laws that facts must keep.

The rules are those of OWL 2 RL/RDF (OWL 2 Profiles, 4.3) that conclude a relation from relations,
and they bear its names there: ``prp-inv1``, ``prp-symp``, ``prp-trp``, ``prp-spo1``, ``prp-spo2`` …
The laws are what ``kg.quarantine`` holds claims to: disjoint classes, functional, inverse
functional, asymmetric and transitive relations. Names of things are taken to be unique, so that two
values of a functional relation are a contradiction and not two names of one thing.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from itertools import combinations

import pyoxigraph as ox

from kg import iri
from kg.iri import OWL, RDF, RDFS
from kg.terms import Terms

Pattern = tuple[int, str, int]
"""Subject, property and object: ends are numbers of variables, the property is an IRI."""


@dataclass(frozen=True, slots=True, order=True)
class Rule:
    """Where triples match all of ``body``, ``head`` holds; ``name`` is that of OWL 2 RL/RDF."""

    name: str
    body: tuple[Pattern, ...]
    head: Pattern


@dataclass(frozen=True, slots=True)
class Axioms:
    """The rules and laws of one ontology; classes and relations by local name, rules by IRI."""

    rules: tuple[Rule, ...] = ()
    disjoint: frozenset[frozenset[str]] = field(default_factory=frozenset)
    functional: frozenset[str] = field(default_factory=frozenset)
    inverse_functional: frozenset[str] = field(default_factory=frozenset)
    asymmetric: frozenset[str] = field(default_factory=frozenset)
    transitive: frozenset[str] = field(default_factory=frozenset)


def axioms_of(terms: Terms) -> Axioms:
    """Read the axioms of an ontology.

    Raises:
        OntologyError: a list in it has no end.
    """
    reader = _Reader(terms)
    return Axioms(
        rules=tuple(sorted(set(reader.rules()))),
        disjoint=frozenset(reader.disjoint()),
        functional=reader.of_kind("FunctionalProperty"),
        inverse_functional=reader.of_kind("InverseFunctionalProperty"),
        asymmetric=reader.of_kind("AsymmetricProperty"),
        transitive=reader.of_kind("TransitiveProperty"),
    )


class _Reader:
    def __init__(self, terms: Terms):
        self.terms = terms
        self.said: dict[str, list[tuple[str, str]]] = defaultdict(list)
        for (subject, predicate), objects in terms.triples.items():
            self.said[predicate] += [(subject, o.value) for o in objects if not isinstance(o, ox.Literal)]
        self.relations = set(self._typed("ObjectProperty"))

    def _typed(self, kind: str) -> list[str]:
        return [s for s, o in self.said[f"{RDF}type"] if o == OWL + kind]

    def of_kind(self, kind: str) -> frozenset[str]:
        return frozenset(iri.local(name) for name in self._typed(kind) if name in self.relations)

    def _pairs(self, predicate: str) -> Iterator[tuple[str, str]]:
        """Pairs of different properties, the first a relation: what figures say is not reasoned over."""
        yield from ((a, b) for a, b in self.said[predicate] if a != b and a in self.relations)

    def rules(self) -> Iterator[Rule]:
        for p, q in self._pairs(f"{OWL}inverseOf"):
            yield Rule("prp-inv1", ((0, p, 1),), (1, q, 0))
            yield Rule("prp-inv2", ((0, q, 1),), (1, p, 0))
        for p, q in self._pairs(f"{RDFS}subPropertyOf"):
            yield Rule("prp-spo1", ((0, p, 1),), (0, q, 1))
        for p, q in self._pairs(f"{OWL}equivalentProperty"):
            yield Rule("prp-eqp1", ((0, p, 1),), (0, q, 1))
            yield Rule("prp-eqp2", ((0, q, 1),), (0, p, 1))
        for p in self._typed("SymmetricProperty"):
            yield Rule("prp-symp", ((0, p, 1),), (1, p, 0))
        for p in self._typed("TransitiveProperty"):
            yield Rule("prp-trp", ((0, p, 1), (1, p, 2)), (0, p, 2))
        for p, head in self.said[f"{OWL}propertyChainAxiom"]:
            steps = list(self._list(head))
            yield Rule("prp-spo2", tuple((i, s, i + 1) for i, s in enumerate(steps)), (0, p, len(steps)))

    def disjoint(self) -> Iterator[frozenset[str]]:
        """Pairs of classes that have nothing in common, by local name."""
        for pair in self.said[f"{OWL}disjointWith"]:
            yield _names(pair)
        groups = set(self._typed("AllDisjointClasses"))
        lists = [head for node, head in self.said[f"{OWL}members"] if node in groups]
        for head in lists:
            yield from map(_names, combinations(self._list(head), 2))
        for _, head in self.said[f"{OWL}disjointUnionOf"]:
            yield from map(_names, combinations(self._list(head), 2))

    def _list(self, head: str) -> Iterator[str]:
        yield from (term.value for term in self.terms.listed(head))


def _names(pair: Iterable[str]) -> frozenset[str]:
    return frozenset(iri.local(name) for name in pair)
