"""Read a store back into the values that it was made of.

What ``kg.graph`` writes this reads: for every knowledge, the facts of its store are its facts.
All tuples are in canonical order, whatever order the store has.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal

from pyoxigraph import Store

from kg import iri
from kg.model import Entity, Evidence, Fact, Key, Observation, Refusal

Row = dict[str, str]

_ENTITIES = """
SELECT ?node ?cls ?label ?alias WHERE {
  ?node skos:prefLabel ?label ; a ?cls . OPTIONAL { ?node skos:altLabel ?alias } %s
}"""
_QUOTE = """
    ?proof oa:exact ?exact ; oa:start ?start ; oa:end ?end ;
      prov:hadPrimarySource ?article ; zkg:rule ?rule ."""
_FACTS = f"""
SELECT ?subject ?predicate ?object ?confidence ?article ?start ?end ?exact ?rule WHERE {{
  GRAPH graph:evidence {{
    %s
    ?fact rdf:subject ?subject ; rdf:predicate ?predicate ; rdf:object ?object ;
      zkg:confidence ?confidence ; zkg:evidence ?proof .{_QUOTE}
  }}
}}"""
_OBSERVATIONS = f"""
SELECT ?subject ?indicator ?value ?unit ?time ?confidence ?article ?start ?end ?exact ?rule WHERE {{
  %s
  ?observation zkg:observedSubject ?subject ; zkg:indicator ?indicator ; zkg:value ?value ; zkg:unit ?unit .
  OPTIONAL {{ ?observation zkg:time ?time }}
  GRAPH graph:evidence {{
    ?fact zkg:aboutObservation ?observation ; zkg:confidence ?confidence ; zkg:evidence ?proof .{_QUOTE}
  }}
}}"""
_REFUSED = f"""
SELECT ?node ?subject ?predicate ?object ?confidence ?reason ?zh ?en ?against
  ?article ?start ?end ?exact ?rule
WHERE {{
  GRAPH graph:quarantine {{
    ?node rdf:subject ?subject ; rdf:predicate ?predicate ; rdf:object ?object ; zkg:reason ?reason ;
      rdfs:comment ?zh, ?en ; zkg:confidence ?confidence ; zkg:evidence ?proof .{_QUOTE}
    FILTER(LANG(?zh) = "zh" && LANG(?en) = "en")
    OPTIONAL {{ ?node zkg:contradicts ?against }}
  }}
}}"""
_TIMES = """
SELECT ?subject ?predicate ?object ?time WHERE {
  GRAPH graph:evidence {
    %s
    ?fact rdf:subject ?subject ; rdf:predicate ?predicate ; rdf:object ?object ; zkg:time ?time
  }
}"""
_TITLES = """
SELECT ?member ?organization ?role WHERE {
  ?membership org:member ?member ; org:organization ?organization ; org:role ?role
}"""
_ARTICLES = """
SELECT ?article ?page ?headline ?kicker ?date (COUNT(?mention) AS ?mentions) WHERE {
  ?article a schema:NewsArticle ; schema:isPartOf/schema:name ?page .
  OPTIONAL { ?article schema:headline ?headline }
  OPTIONAL { ?article schema:alternativeHeadline ?kicker }
  OPTIONAL { ?article schema:datePublished ?date }
  OPTIONAL { GRAPH graph:evidence { ?mention prov:hadPrimarySource ?article ; zkg:mentionOf ?entity } }
  %s
} GROUP BY ?article ?page ?headline ?kicker ?date"""


@dataclass(frozen=True, slots=True, order=True)
class Story:
    """An article as a list shows it; ``mentions`` counts the names in it, all or of the entity asked for."""

    id: str
    page: str
    headline: str | None
    date: str | None
    mentions: int


def rows(store: Store, sparql: str) -> Iterator[Row]:
    """Give the solutions of a SELECT query, each as its bound variables with their text."""
    result = store.query(sparql, prefixes=iri.PREFIXES)
    names = [variable.value for variable in result.variables]  # type: ignore[union-attr]
    for solution in result:  # type: ignore[union-attr]
        pairs = zip(names, solution, strict=True)
        yield {name: term.value for name, term in pairs if term is not None}


def entities(store: Store, about: str | None = None) -> tuple[Entity, ...]:
    """Return all entities, or the one of an IRI, by key."""
    found: dict[str, Row] = {}
    aliases: defaultdict[str, set[str]] = defaultdict(set)
    for row in rows(store, _ENTITIES % _only("node", about)):
        found[row["node"]] = row
        if "alias" in row:
            aliases[row["node"]].add(row["alias"])
    made = (
        Entity(iri.local(node), iri.local(row["cls"]), row["label"], tuple(sorted(aliases[node])))
        for node, row in found.items()
    )
    return tuple(sorted(made, key=lambda entity: entity.key))


def facts(store: Store, about: str | None = None) -> tuple[Fact, ...]:
    """Return all relation facts, or those in which an IRI takes part, with their quotes."""
    known: defaultdict[tuple[str, str, str, str], set[Evidence]] = defaultdict(set)
    for row in rows(store, _FACTS % _taking_part(about)):
        known[row["subject"], row["predicate"], row["object"], row["confidence"]].add(_evidence(row))
    titles, held = _titles(store), times(store, about)
    return tuple(
        Fact(
            iri.local(subject),
            iri.local(predicate),
            iri.local(object),
            float(confidence),
            tuple(sorted(known[subject, predicate, object, confidence])),
            tuple(sorted(titles[subject, object])) if predicate == f"{iri.ZKG}holdsPosition" else (),
            held.get((iri.local(subject), iri.local(predicate), iri.local(object)), ()),
        )
        for subject, predicate, object, confidence in sorted(known)
    )


def refusals(store: Store) -> tuple[Refusal, ...]:
    """Return the claims in quarantine, with their quotes and reasons; titles and times are not kept."""
    found: dict[str, Row] = {}
    proofs: defaultdict[str, set[Evidence]] = defaultdict(set)
    for row in rows(store, _REFUSED):
        found[row["node"]] = row
        proofs[row["node"]].add(_evidence(row))
    return tuple(
        sorted(
            (_refusal(row, tuple(sorted(proofs[node]))) for node, row in found.items()),
            key=lambda r: (r.reason, r.claim.key),
        )
    )


def _refusal(row: Row, proofs: tuple[Evidence, ...]) -> Refusal:
    subject, relation, object = (iri.local(row[name]) for name in ("subject", "predicate", "object"))
    claim = Fact(subject, relation, object, float(row["confidence"]), proofs)
    against = None
    if "against" in row:
        one, same, other = iri.names(row["against"])
        against = (one, same, other)
    return Refusal(claim, row["reason"], row["zh"], row["en"], against)


def observations(store: Store, about: str | None = None) -> tuple[Observation, ...]:
    """Return all figures, or those of an IRI, with their quotes."""
    known: defaultdict[tuple[str, str, str, str, str, str], set[Evidence]] = defaultdict(set)
    for row in rows(store, _OBSERVATIONS % _only("subject", about)):
        words = (row["subject"], row["indicator"], row["value"], row["unit"])
        known[(*words, row.get("time", ""), row["confidence"])].add(_evidence(row))
    return tuple(
        Observation(
            iri.local(subject),
            indicator,
            Decimal(value),
            unit,
            time or None,
            float(confidence),
            tuple(sorted(proofs)),
        )
        for (subject, indicator, value, unit, time, confidence), proofs in sorted(known.items())
    )


def stories(store: Store, about: str | None = None) -> tuple[Story, ...]:
    """Return all articles, or those that mention an IRI."""
    only = f"FILTER(?entity = <{about}>)" if about else ""
    found = (
        Story(
            iri.local(row["article"]).removeprefix("page/"),
            row["page"],
            row.get("headline") or row.get("kicker"),
            row.get("date"),
            int(row["mentions"]),
        )
        for row in rows(store, _ARTICLES % only)
    )
    return tuple(sorted(found))


def times(store: Store, about: str | None = None) -> dict[Key, tuple[str, ...]]:
    """Return when facts hold: all of them, or those of an IRI."""
    found: defaultdict[Key, set[str]] = defaultdict(set)
    for row in rows(store, _TIMES % _taking_part(about)):
        fact = (iri.local(row["subject"]), iri.local(row["predicate"]), iri.local(row["object"]))
        found[fact].add(row["time"])
    return {fact: tuple(sorted(said)) for fact, said in found.items()}


def _taking_part(about: str | None) -> str:
    return f"{{ ?fact rdf:subject <{about}> }} UNION {{ ?fact rdf:object <{about}> }}" if about else ""


def _only(variable: str, about: str | None) -> str:
    return f"VALUES ?{variable} {{ <{about}> }}" if about else ""


def _titles(store: Store) -> defaultdict[tuple[str, str], set[str]]:
    titles: defaultdict[tuple[str, str], set[str]] = defaultdict(set)
    for row in rows(store, _TITLES):
        titles[row["member"], row["organization"]].add(row["role"])
    return titles


def _evidence(row: Row) -> Evidence:
    article = iri.local(row["article"]).removeprefix("page/")
    return Evidence(article, int(row["start"]), int(row["end"]), row["exact"], row["rule"])
