"""Conclude what the ontology entails from the facts, each conclusion with the facts it came from.

Every axiom is one SPARQL rule (``kg.axioms``), and the rules are run until nothing new follows. Facts
stay as they were: conclusions stand as plain triples in ``graph:inferred``, and ``graph:derivation``
has for each a ``zkg:InferredFact`` with the rule that gave it (``zkg:rule``, the name in OWL 2 RL/RDF),
the facts that it rests on in the end (``prov:wasDerivedFrom``) and the product of their confidences.
Of several ways to a conclusion the first counts, among those of one round the one of fewest facts.

Only relations are concluded. The superclasses of an entity are one ``rdfs:subClassOf*`` away in
``graph:ontology``. That something is related to itself is never concluded.

Measured on the demo graph and on ten copies of it (``benchmarks/reasoners.py``, ``docs/reasoning.md``):
SPARQL rules take 0.02 s and 0.2 s, ``reasonable`` 0.2 s and 0.7 s without property chains, ``owlrl``
2.8 s and 16 s; rules and ``owlrl`` conclude the same.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from pyoxigraph import DefaultGraph, NamedNode, Quad, Store

from kg import iri, turtle
from kg.axioms import Rule
from kg.turtle import Row, literal, name, verb

INFERRED = NamedNode(f"{iri.GRAPH}inferred")
DERIVATION = NamedNode(f"{iri.GRAPH}derivation")
_EVIDENCE = NamedNode(f"{iri.GRAPH}evidence")
_TYPE = verb(f"{iri.RDF}type")
_INFERRED_FACT = name(f"{iri.ZKG}InferredFact")
_ROLES = tuple(verb(iri.RDF + role) for role in ("subject", "predicate", "object"))
_FROM = verb(f"{iri.PROV}wasDerivedFrom")
_RULE = verb(f"{iri.ZKG}rule")
_CONFIDENCE = verb(f"{iri.ZKG}confidence")

Link = tuple[str, str, str]
"""A relation between two things: subject, property and object as IRIs."""

Named = tuple[str, float]
"""What a relation that is a fact goes by: the IRI of its ``zkg:Fact``, and its confidence."""

_FACTS = """
SELECT ?fact ?s ?p ?o ?confidence WHERE {
  ?fact rdf:subject ?s ; rdf:predicate ?p ; rdf:object ?o ; zkg:confidence ?confidence
}"""


@dataclass(frozen=True, slots=True, order=True)
class Inference:
    """A conclusion: the relation, the facts that it rests on, and the rule of the last step.

    Inferences compare by the number of facts first, so the least is the shortest way.
    """

    size: int
    premises: tuple[Link, ...]
    rule: str
    link: Link


def materialise(store: Store, rules: Iterable[Rule]) -> None:
    """Fill the layers of conclusions from the facts of a store."""
    # All rows are written before the store is loaded: a bulk load holds it, and concluding asks it.
    turtle.load(conclude(store, dict(_facts(store)), rules), store, DERIVATION)


def conclude(store: Store, facts: Mapping[Link, Named], rules: Iterable[Rule]) -> Iterator[Row]:
    """Fill ``graph:inferred`` of a store that holds some facts; give the triples of ``graph:derivation``.

    The result is a function of facts and rules alone: neither has an order.
    """
    for item in infer(store, facts, rules):
        yield from _derivation(item, facts)


def _facts(store: Store) -> Iterator[tuple[Link, Named]]:
    """Each relation that is a fact, with the name of the fact and its confidence."""
    for solution in store.query(_FACTS, prefixes=iri.PREFIXES, default_graph=_EVIDENCE):  # type: ignore[union-attr]
        fact, subject, predicate, object, confidence = (term.value for term in solution)
        yield (subject, predicate, object), (fact, float(confidence))


def infer(store: Store, facts: Iterable[Link], rules: Iterable[Rule]) -> list[Inference]:
    """Run the rules until nothing new follows, and put each conclusion into ``graph:inferred``."""
    asked = every = [(rule, sparql(rule)) for rule in sorted(rules)]
    support: dict[Link, tuple[Link, ...]] = {link: (link,) for link in facts}
    found: list[Inference] = []
    while new := _round(store, asked, support):
        store.extend(quad(item.link, INFERRED) for item in new)
        # What follows next has something new among what it rests on.
        fresh = {item.link[1] for item in new}
        asked = [(rule, text) for rule, text in every if any(p in fresh for _, p, _ in rule.body)]
        support.update((item.link, item.premises) for item in new)
        found += new
    return found


def sparql(rule: Rule) -> str:
    """Return a rule as a query for the matches of its body whose head is not yet there.

    >>> sparql(Rule("prp-symp", ((0, "http://a/p", 1),), (1, "http://a/p", 0))).split("WHERE ")[1]
    '{ ?v0 <http://a/p> ?v1 FILTER(?v1 != ?v0) FILTER NOT EXISTS { ?v1 <http://a/p> ?v0 } }'
    """
    body = " . ".join(f"?v{s} <{p}> ?v{o}" for s, p, o in rule.body)
    subject, predicate, object = rule.head
    variables = " ".join(f"?v{i}" for i in range(_width(rule)))
    head = f"?v{subject} <{predicate}> ?v{object}"
    new = f"FILTER(?v{subject} != ?v{object}) FILTER NOT EXISTS {{ {head} }}"
    return f"SELECT DISTINCT {variables} WHERE {{ {body} {new} }}"


def _width(rule: Rule) -> int:
    return 1 + max(max(s, o) for s, _, o in rule.body)


def _round(
    store: Store, asked: list[tuple[Rule, str]], support: dict[Link, tuple[Link, ...]]
) -> list[Inference]:
    """What follows in one step from all that is known, the shortest way to each."""
    best: dict[Link, Inference] = {}
    for rule, text in asked:
        for solution in store.query(text, default_graph=[DefaultGraph(), INFERRED]):  # type: ignore[union-attr]
            ends = [term.value for term in solution]
            used = [(ends[s], p, ends[o]) for s, p, o in rule.body]
            if any(link not in support for link in used):
                continue  # the graph holds a relation without a fact; validation tells of it
            premises = _leaves([support[link] for link in used])
            s, p, o = rule.head
            item = Inference(len(premises), premises, rule.name, (ends[s], p, ends[o]))
            other = best.get(item.link)
            if other is None or item < other:
                best[item.link] = item
    return sorted(best.values(), key=lambda item: item.link)


def _leaves(premises: list[tuple[Link, ...]]) -> tuple[Link, ...]:
    """The facts that some premises rest on, in order."""
    if len(premises) == 1:
        return premises[0]
    return tuple(sorted({leaf for leaves in premises for leaf in leaves}))


def quad(link: Link, layer: NamedNode | DefaultGraph) -> Quad:
    """A relation as it stands in a layer."""
    subject, predicate, object = map(NamedNode, link)
    return Quad(subject, predicate, object, layer)


def _derivation(item: Inference, facts: Mapping[Link, Named]) -> Iterator[Row]:
    node = name(iri.parts("inferred", *map(iri.local, item.link)))
    confidence = 1.0
    for premise in item.premises:
        fact, sure = facts[premise]
        confidence *= sure
        yield node, _FROM, name(fact)
    yield node, _TYPE, _INFERRED_FACT
    for role, end in zip(_ROLES, item.link, strict=True):
        yield node, role, name(end)
    yield node, _RULE, literal(item.rule)
    text = f"{confidence:.4f}".rstrip("0").rstrip(".")
    yield node, _CONFIDENCE, literal(text, datatype=f"{iri.XSD}decimal")
