"""Read a finished graph back from its store, as the values that the page shows.

Facts come from the evidence graph and not from the direct triples, so that nothing can be drawn
that no sentence says; a test holds that both name the same facts.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import cast

from pyoxigraph import BlankNode, Literal, NamedNode, QuerySolutions, Store

from kg import iri
from kg.model import Entity, Evidence, Fact, Key, Naming, Observation
from kg.recall import times
from kg.schema import load_schema
from kg.store import DERIVATION, EVIDENCE, QUARANTINE, REFERENCE, TEXT

_EVIDENCE = f"GRAPH {EVIDENCE}"

Row = tuple[str | None, ...]
Quotes = Mapping[str, Evidence]


@dataclass(frozen=True, slots=True)
class Story:
    """One article as the page lists it; ``source`` is the file it stands in."""

    id: str
    source: str
    order: int
    headline: str | None = None
    authors: tuple[str, ...] = ()
    date: str | None = None
    publisher: str | None = None
    kicker: str | None = None
    dateline: str | None = None
    section: str | None = None
    start: int = 0
    text: str = ""
    """The article as printed: the source file from character ``start`` on; empty where the store has none."""


@dataclass(frozen=True, slots=True)
class Page:
    """One input file, as the graph describes it."""

    source: str
    sha256: str
    encoding: str


@dataclass(frozen=True, slots=True, order=True)
class Conclusion:
    """What a rule concludes from facts; ``relation`` may be an inverse, such as ``hosts``."""

    subject: str
    relation: str
    object: str
    rule: str
    confidence: float
    premises: tuple[Key, ...]


@dataclass(frozen=True, slots=True)
class GraphData:
    """Everything the page shows; every tuple is in canonical order, whatever order the store has.

    Where a conclusion is a relation that no article states, it is among ``facts``, without evidence.
    """

    entities: tuple[Entity, ...]
    facts: tuple[Fact, ...]
    observations: tuple[Observation, ...]
    stories: tuple[Story, ...]
    namings: tuple[Naming, ...]
    pages: tuple[Page, ...] = ()
    references: tuple[tuple[str, str, str], ...] = ()
    """What the gazetteer knows of entities: key, predicate and object, these two as N-Triples write them."""
    conclusions: tuple[Conclusion, ...] = ()
    refused: tuple[tuple[str, str, str], ...] = ()
    """The quarantine's triples, as N-Triples write them."""

    @property
    def inferred(self) -> frozenset[Key]:
        """The facts that only a rule says."""
        return frozenset(fact.key for fact in self.facts if not fact.evidence)

    def degrees(self) -> dict[str, int]:
        """Count the facts at each entity, by key."""
        degrees = {entity.key: 0 for entity in self.entities}
        for fact in self.facts:
            degrees[fact.subject] += 1
            degrees[fact.object] += 1
        return degrees


def collect(store: Store) -> GraphData:
    """Read entities, facts, figures, articles and namings from a store in `graph-shape` form."""
    entities = {entity.key: entity for entity in _entities(store)}
    quotes = dict(_quotes(store))
    facts = _facts(store, quotes, entities)
    conclusions = sorted(_conclusions(store, entities))
    facts += _shown(conclusions, facts)
    return GraphData(
        entities=tuple(entities[key] for key in sorted(entities)),
        facts=tuple(sorted(facts, key=lambda fact: fact.key)),
        observations=tuple(_observations(store, quotes, entities)),
        stories=tuple(sorted(_stories(store), key=lambda story: (story.source, story.order))),
        namings=tuple(_namings(store, entities)),
        pages=tuple(sorted(_pages(store), key=lambda page: page.source)),
        references=tuple(sorted(_references(store, entities))),
        conclusions=tuple(conclusions),
        refused=tuple(sorted(_refused(store))),
    )


def _ask(store: Store, query: str) -> Iterator[Row]:
    """Answer a SELECT query; every term as its plain text."""
    for solution in cast(QuerySolutions, store.query(query, prefixes=iri.PREFIXES)):
        terms = cast(Iterable[NamedNode | BlankNode | Literal | None], solution)
        yield tuple(None if term is None else term.value for term in terms)


def _key(entity: str | None) -> str:
    return iri.local(entity or "")


def _article(node: str | None) -> str:
    """The ``Article.id`` behind the IRI of an article."""
    return iri.local(node or "").removeprefix("page/")


def _entities(store: Store) -> Iterator[Entity]:
    schema = load_schema()
    labels: dict[str, str] = {}
    classes: dict[str, set[str]] = defaultdict(set)
    query = "SELECT ?e ?c ?l WHERE { ?e a ?c ; skos:prefLabel ?l } ORDER BY ?e ?l"
    for node, cls, label in _ask(store, query):
        name = str(cls).removeprefix(iri.ZKG)
        if name in schema.classes:
            classes[_key(node)].add(name)
            labels.setdefault(_key(node), str(label))
    aliases = _gather(_ask(store, "SELECT ?e ?l WHERE { ?e skos:altLabel ?l }"))
    for key, names in classes.items():
        # A reasoned graph also states the superclasses; the page shows the narrowest.
        narrowest = max(names, key=lambda name: (len(schema.ancestors(name)), name))
        yield Entity(key, narrowest, labels[key], aliases.get(iri.entity(key), ()))


def _gather(rows: Iterable[Row]) -> dict[str, tuple[str, ...]]:
    found: dict[str, set[str]] = defaultdict(set)
    for node, text in rows:
        found[node or ""].add(str(text))
    return {node: tuple(sorted(texts, key=_fullest_first)) for node, texts in found.items()}


def _fullest_first(name: str) -> tuple[int, str]:
    return -len(name), name


def _quotes(store: Store) -> Iterator[tuple[str, Evidence]]:
    query = f"""SELECT ?e ?a ?start ?end ?exact ?rule WHERE {{ {_EVIDENCE} {{
        ?e a zkg:Evidence ; prov:hadPrimarySource ?a ; oa:start ?start ; oa:end ?end ; oa:exact ?exact .
        OPTIONAL {{ ?e zkg:rule ?rule }} }} }}"""
    for node, article, start, end, exact, rule in _ask(store, query):
        yield str(node), Evidence(_article(article), int(start or 0), int(end or 0), str(exact), rule or "")


def _facts(store: Store, quotes: Quotes, entities: Mapping[str, Entity]) -> list[Fact]:
    query = f"""SELECT ?s ?p ?o ?c ?e WHERE {{ {_EVIDENCE} {{
        ?f a zkg:Fact ; rdf:subject ?s ; rdf:predicate ?p ; rdf:object ?o ; zkg:evidence ?e .
        OPTIONAL {{ ?f zkg:confidence ?c }} }} }}"""
    said: dict[tuple[str, str, str], set[Evidence]] = defaultdict(set)
    sure: dict[tuple[str, str, str], float] = defaultdict(float)
    for s, p, o, confidence, evidence in _ask(store, query):
        fact = (_key(s), str(p).removeprefix(iri.ZKG), _key(o))
        if fact[0] in entities and fact[2] in entities:
            said[fact].add(quotes[str(evidence)])
            sure[fact] = max(sure[fact], float(confidence or 1))
    posts, held = _posts(store), times(store)
    return [
        Fact(f[0], f[1], f[2], sure[f], tuple(sorted(said[f])), posts.get(f, ()), held.get(f, ()))
        for f in sorted(said)
    ]


def _references(store: Store, entities: Mapping[str, Entity]) -> Iterator[tuple[str, str, str]]:
    for quad in store.quads_for_pattern(None, None, None, REFERENCE):
        key = _key(quad.subject.value)  # type: ignore[union-attr]
        if key in entities:
            yield key, str(quad.predicate), str(quad.object)


def _posts(store: Store) -> dict[tuple[str, str, str], tuple[str, ...]]:
    """Titles by the fact that says who holds a post where."""
    query = "SELECT ?m ?o ?r WHERE { ?x org:member ?m ; org:organization ?o ; org:role ?r }"
    titles: dict[tuple[str, str, str], set[str]] = defaultdict(set)
    for member, organization, role in _ask(store, query):
        titles[_key(member), "holdsPosition", _key(organization)].add(str(role))
    return {fact: tuple(sorted(found)) for fact, found in titles.items()}


def _observations(store: Store, quotes: Quotes, entities: Mapping[str, Entity]) -> list[Observation]:
    query = f"""SELECT ?x ?s ?i ?v ?u ?t ?c ?e WHERE {{
        ?x a zkg:Observation ; zkg:observedSubject ?s ; zkg:indicator ?i ; zkg:value ?v ; zkg:unit ?u .
        OPTIONAL {{ ?x zkg:time ?t }}
        {_EVIDENCE} {{
            ?f zkg:aboutObservation ?x ; zkg:evidence ?e . OPTIONAL {{ ?f zkg:confidence ?c }} }} }}"""
    found: dict[str, Row] = {}
    said: dict[str, set[Evidence]] = defaultdict(set)
    for node, *row, evidence in _ask(store, query):
        if _key(row[0]) in entities:
            found[str(node)] = tuple(row)
            said[str(node)].add(quotes[str(evidence)])
    figures = [_observation(row, tuple(sorted(said[node]))) for node, row in found.items()]
    return sorted(figures, key=lambda f: (f.subject, f.indicator, f.unit, f.value, f.time or "", f.evidence))


def _observation(row: Row, evidence: tuple[Evidence, ...]) -> Observation:
    subject, indicator, value, unit, time, confidence = row
    return Observation(
        subject=_key(subject),
        indicator=str(indicator),
        value=Decimal(value or "0"),
        unit=str(unit),
        time=time,
        confidence=float(confidence or 1),
        evidence=evidence,
    )


def _conclusions(store: Store, entities: Mapping[str, Entity]) -> Iterator[Conclusion]:
    """What a reasoner added, each with the facts that it rests on."""
    query = f"""SELECT ?n ?s ?p ?o ?r ?c ?f WHERE {{ GRAPH {DERIVATION} {{
        ?n rdf:subject ?s ; rdf:predicate ?p ; rdf:object ?o ; zkg:rule ?r ; zkg:confidence ?c ;
           prov:wasDerivedFrom ?f }} }}"""
    found: dict[str, Row] = {}
    premises: dict[str, set[Key]] = defaultdict(set)
    for node, *row, fact in _ask(store, query):
        if _key(row[0]) in entities and _key(row[2]) in entities:
            found[str(node)] = tuple(row)
            subject, relation, object = iri.names(str(fact))
            premises[str(node)].add((subject, relation, object))
    for node, (s, p, o, rule, confidence) in found.items():
        relation = str(p).removeprefix(iri.ZKG)
        sure = float(confidence or 1)
        yield Conclusion(_key(s), relation, _key(o), str(rule), sure, tuple(sorted(premises[node])))


def _shown(conclusions: Iterable[Conclusion], facts: Iterable[Fact]) -> list[Fact]:
    """Conclusions that say more than the facts: not the inverse of one, nor its other direction."""
    relations = load_schema().relations
    known = {fact.key for fact in facts}
    shown = []
    for c in conclusions:
        info = relations.get(c.relation)
        if info is None or (info.symmetric and (c.object, c.relation, c.subject) in known):
            continue
        shown.append(Fact(c.subject, c.relation, c.object, c.confidence, ()))
        known.add(shown[-1].key)
    return shown


def _refused(store: Store) -> Iterator[tuple[str, str, str]]:
    for quad in store.quads_for_pattern(None, None, None, QUARANTINE):
        yield str(quad.subject), str(quad.predicate), str(quad.object)


def _pages(store: Store) -> Iterator[Page]:
    query = """SELECT ?n ?s ?f WHERE { ?p a schema:DigitalDocument ; schema:name ?n ;
        schema:sha256 ?s ; schema:encodingFormat ?f }"""
    for row in _ask(store, query):
        yield Page(*map(str, row))


_STORY_WORDS = {
    "headline": "headline",
    "date": "datePublished",
    "publisher": "publisher",
    "kicker": "alternativeHeadline",
    "dateline": "dateline",
    "section": "articleSection",
}


def _stories(store: Store) -> Iterator[Story]:
    words: dict[str, dict[str, str]] = defaultdict(dict)
    for field, name in _STORY_WORDS.items():
        for node, text in _ask(store, f"SELECT ?a ?w WHERE {{ ?a a schema:NewsArticle ; schema:{name} ?w }}"):
            words[str(node)].setdefault(field, str(text))
    authors = _gather(_ask(store, "SELECT ?a ?n WHERE { ?a schema:author ?n }"))
    texts = _texts(store)
    for (node,) in _ask(store, "SELECT ?a WHERE { ?a a schema:NewsArticle }"):
        name = _article(node)
        source, order = iri.split_article(name)
        start, text = texts.get(name, (0, ""))
        said = words[str(node)]
        yield Story(
            name, source, int(order), authors=authors.get(str(node), ()), start=start, text=text, **said
        )


def _texts(store: Store) -> dict[str, tuple[int, str]]:
    """The printed text of each article and where it begins in its file, by article."""
    query = f"SELECT ?a ?start ?text WHERE {{ GRAPH {TEXT} {{ ?a schema:text ?text ; oa:start ?start }} }}"
    return {_article(a): (int(start or 0), str(text)) for a, start, text in _ask(store, query)}


def _namings(store: Store, entities: Mapping[str, Entity]) -> list[Naming]:
    query = f"""SELECT ?e ?a ?start ?end ?exact ?rule WHERE {{ {_EVIDENCE} {{
        ?m a zkg:Mention ; zkg:mentionOf ?e ; prov:hadPrimarySource ?a ;
           oa:start ?start ; oa:end ?end ; oa:exact ?exact .
        OPTIONAL {{ ?m zkg:rule ?rule }} }} }}"""
    found = {
        Naming(_key(e), Evidence(_article(a), int(start or 0), int(end or 0), str(exact), rule or ""))
        for e, a, start, end, exact, rule in _ask(store, query)
    }
    return sorted(
        (naming for naming in found if naming.entity in entities), key=lambda n: (n.evidence, n.entity)
    )
