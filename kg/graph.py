"""Turn knowledge into RDF triples, layer by layer, as Turtle writes them; pure, no store.

The *graph* holds entities, relations, positions, observations, articles and pages. The *evidence*
holds, for every relation and observation, a ``zkg:Fact`` with its quotes, and every mention. The
*ontology* holds the class tree and the labels, so that queries can walk subclasses. The *quarantine*
holds the claims that break the ontology, with their quotes and the reason; the *text* each article as
printed, so that whoever has the store can read a quote where it stands. No node is blank: the same
knowledge gives the same names on every build.

A symmetric relation (``cooperatesWith``) is stated once, from the lesser key to the greater: the
other direction would be an inference. Ask for it as ``zkg:cooperatesWith|^zkg:cooperatesWith``.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal

from kg import iri
from kg.lexicon import load_lexicon
from kg.model import Article, Document, Entity, Evidence, Fact, Knowledge, Naming, Observation
from kg.reference import references
from kg.schema import Schema
from kg.turtle import Row, literal, name, verb

_TYPE = iri.RDF + "type"
_LABEL = iri.RDFS + "label"
_A = verb(_TYPE)
_EXACT, _START, _END = verb(iri.OA + "exact"), verb(iri.OA + "start"), verb(iri.OA + "end")
_SOURCE, _RULE = verb(iri.PROV + "hadPrimarySource"), verb(iri.ZKG + "rule")
_EVIDENCE, _MENTION_OF = verb(iri.ZKG + "evidence"), verb(iri.ZKG + "mentionOf")
_EVIDENCE_CLASS, _MENTION_CLASS = name(iri.ZKG + "Evidence"), name(iri.ZKG + "Mention")
_TIMES = (
    (re.compile(r"\d{4}-\d\d-\d\d\Z"), "date"),
    (re.compile(r"\d{4}-\d\d\Z"), "gYearMonth"),
    (re.compile(r"\d{4}\Z"), "gYear"),
)


def graph_triples(knowledge: Knowledge, schema: Schema) -> Iterator[Row]:
    """Give the graph layer: what a question is asked of."""
    for document in _documents(knowledge.articles):
        yield from _page(document)
    for article in knowledge.articles:
        yield from _article(article)
    for entity in knowledge.entities:
        yield from _entity(entity)
    for fact in knowledge.facts:
        yield from _relation(fact, schema)
    for observation in knowledge.observations:
        yield from _observation(observation)
    for naming in knowledge.namings:
        article_iri = iri.article(naming.evidence.article)
        yield _link(article_iri, iri.SCHEMA + "mentions", iri.entity(naming.entity))


def stated_facts(knowledge: Knowledge, schema: Schema) -> dict[tuple[str, str, str], tuple[str, float]]:
    """Each relation of the graph layer with the IRI of its fact in the evidence, and its confidence."""
    found = {}
    for fact in knowledge.facts:
        subject, object = _ends(fact, schema)
        link = (iri.entity(subject), iri.ZKG + fact.relation, iri.entity(object))
        found[link] = (_fact_iri(subject, fact.relation, object), _rounded(fact.confidence))
    return found


def evidence_triples(knowledge: Knowledge, schema: Schema) -> Iterator[Row]:
    """Give the evidence layer: who says so, where, in which words."""
    quoted: set[str] = set()
    for fact in knowledge.facts:
        yield from _fact(fact, schema, quoted)
    for observation in knowledge.observations:
        yield from _observed_fact(observation, quoted)
    for naming in knowledge.namings:
        yield from _mention(naming)


def reference_triples(knowledge: Knowledge, schema: Schema) -> Iterator[Row]:
    """Give the reference layer: what the gazetteer knows of the things in the graph."""
    for entity, province, item_of_province, item in references(knowledge.entities, load_lexicon(), schema):
        node = iri.entity(entity.key)
        if province:
            yield _say(node, iri.ZKG + "province", province, "zh")
        if item_of_province and item_of_province != item:
            yield _link(node, iri.SCHEMA + "containedInPlace", iri.WIKIDATA + item_of_province)
        if item:
            yield _link(node, iri.SKOS + "exactMatch", iri.WIKIDATA + item)


def quarantine_triples(knowledge: Knowledge, schema: Schema) -> Iterator[Row]:
    """Give the quarantine: every refused claim, why, who says so, and the fact that it contradicts."""
    quoted: set[str] = set()
    for refusal in knowledge.refused:
        claim = refusal.claim
        node = iri.parts("refused", refusal.reason, claim.subject, claim.relation, claim.object)
        yield _link(node, _TYPE, iri.ZKG + "RefusedClaim")
        yield from _statement(node, claim.subject, claim.relation, claim.object)
        yield _say(node, iri.ZKG + "reason", refusal.reason)
        yield _say(node, iri.RDFS + "comment", refusal.message_zh, "zh")
        yield _say(node, iri.RDFS + "comment", refusal.message_en, "en")
        if refusal.against is not None:
            subject, relation, object = refusal.against
            yield _link(node, iri.ZKG + "contradicts", _fact_iri(subject, relation, object))
        yield from _grounds(node, claim.confidence, claim.evidence, quoted)


def ontology_triples(schema: Schema) -> Iterator[Row]:
    """Give the class tree, the labels of classes and relations, and the relations' inverses."""
    for cls in schema.classes.values():
        yield from _declaration(cls.name, "Class", cls.label_zh, cls.label_en)
        if cls.parent is not None:
            yield _link(iri.ZKG + cls.name, iri.RDFS + "subClassOf", iri.ZKG + cls.parent)
    for relation in schema.relations.values():
        yield from _declaration(relation.name, "ObjectProperty", relation.label_zh, relation.label_en)
        if relation.inverse is not None:
            yield from _declaration(
                relation.inverse, "ObjectProperty", relation.inverse_zh, relation.inverse_en
            )
            yield _link(iri.ZKG + relation.inverse, iri.OWL + "inverseOf", iri.ZKG + relation.name)


def text_triples(knowledge: Knowledge) -> Iterator[Row]:
    """Give every article as printed: its stretch of the source file and where that begins."""
    for article in knowledge.articles:
        if article.offsets:
            start, end = min(article.offsets), max(article.offsets) + 1
            node = iri.article(article.id)
            yield _say(node, iri.SCHEMA + "text", article.document.text[start:end])
            yield _typed(node, iri.OA + "start", str(start), "integer")


def _link(subject: str, predicate: str, object: str) -> Row:
    return name(subject), verb(predicate), name(object)


def _say(subject: str, predicate: str, text: str, language: str | None = None) -> Row:
    return name(subject), verb(predicate), literal(text, language)


def _typed(subject: str, predicate: str, text: str, datatype: str) -> Row:
    return name(subject), verb(predicate), literal(text, datatype=iri.XSD + datatype)


def decimal_text(value: Decimal) -> str:
    """Write a number in plain digits, the shortest way: ``15050000000``, ``0.9``."""
    text = format(value, "f")
    return (text.rstrip("0").rstrip(".") if "." in text else text) or "0"


def _documents(articles: tuple[Article, ...]) -> list[Document]:
    return list({article.document.source: article.document for article in articles}.values())


def _page(document: Document) -> Iterator[Row]:
    page = iri.page(document.source)
    yield _link(page, _TYPE, iri.SCHEMA + "DigitalDocument")
    yield _say(page, iri.SCHEMA + "name", document.source)
    yield _say(page, iri.SCHEMA + "sha256", document.sha256)
    media_type = f"{document.media_type}; charset={document.encoding}"
    yield _say(page, iri.SCHEMA + "encodingFormat", media_type)


def _article(article: Article) -> Iterator[Row]:
    node = iri.article(article.id)
    yield _link(node, _TYPE, iri.SCHEMA + "NewsArticle")
    yield _link(node, iri.SCHEMA + "isPartOf", iri.page(article.document.source))
    yield _typed(node, iri.SCHEMA + "position", str(article.order), "integer")
    for author in article.byline:
        yield _say(node, iri.SCHEMA + "author", author, "zh")
    if article.date:
        yield _dated(node, iri.SCHEMA + "datePublished", article.date)
    for what, text in (
        ("alternativeHeadline", article.kicker),
        ("headline", article.headline),
        ("dateline", article.dateline),
        ("publisher", article.publisher),
        ("articleSection", article.banner),
    ):
        if text:
            yield _say(node, iri.SCHEMA + what, text, "zh")


def _dated(subject: str, predicate: str, text: str) -> Row:
    for pattern, datatype in _TIMES:
        if pattern.match(text):
            return _typed(subject, predicate, text, datatype)
    return _say(subject, predicate, text)


def _entity(entity: Entity) -> Iterator[Row]:
    node = iri.entity(entity.key)
    yield _link(node, _TYPE, iri.ZKG + entity.cls)
    yield _say(node, _LABEL, entity.label, "zh")
    yield _say(node, iri.SKOS + "prefLabel", entity.label, "zh")
    for alias in entity.aliases:
        yield _say(node, iri.SKOS + "altLabel", alias, "zh")


def _ends(fact: Fact, schema: Schema) -> tuple[str, str]:
    """Subject and object keys, a symmetric relation's in their canonical order."""
    if schema.relations[fact.relation].symmetric and fact.object < fact.subject:
        return fact.object, fact.subject
    return fact.subject, fact.object


def _relation(fact: Fact, schema: Schema) -> Iterator[Row]:
    subject, object = _ends(fact, schema)
    yield _link(iri.entity(subject), iri.ZKG + fact.relation, iri.entity(object))
    if fact.relation == "holdsPosition":
        for title in fact.titles:
            yield from _membership(fact, title)


def _membership(fact: Fact, title: str) -> Iterator[Row]:
    node = iri.parts("membership", fact.subject, fact.object, title)
    yield _link(node, _TYPE, iri.ORG + "Membership")
    yield _link(node, iri.ORG + "member", iri.entity(fact.subject))
    yield _link(node, iri.ORG + "organization", iri.entity(fact.object))
    yield _say(node, iri.ORG + "role", title, "zh")


def _observation_names(observation: Observation) -> tuple[str, ...]:
    value = decimal_text(observation.value)
    names = (observation.subject, observation.indicator, value, observation.unit)
    return (*names, observation.time) if observation.time else names


def _observation(observation: Observation) -> Iterator[Row]:
    node = iri.parts("observation", *_observation_names(observation))
    yield _link(node, _TYPE, iri.ZKG + "Observation")
    yield _link(node, iri.ZKG + "observedSubject", iri.entity(observation.subject))
    yield _say(node, iri.ZKG + "indicator", observation.indicator, "zh")
    yield _typed(node, iri.ZKG + "value", decimal_text(observation.value), "decimal")
    yield _say(node, iri.ZKG + "unit", observation.unit)
    if observation.time:
        yield _dated(node, iri.ZKG + "time", observation.time)


def _fact(fact: Fact, schema: Schema, quoted: set[str]) -> Iterator[Row]:
    subject, object = _ends(fact, schema)
    node = _fact_iri(subject, fact.relation, object)
    yield _link(node, _TYPE, iri.ZKG + "Fact")
    yield from _statement(node, subject, fact.relation, object)
    for time in fact.times:
        yield _dated(node, iri.ZKG + "time", time)
    yield from _grounds(node, fact.confidence, fact.evidence, quoted)


def _statement(node: str, subject: str, relation: str, object: str) -> Iterator[Row]:
    yield _link(node, iri.RDF + "subject", iri.entity(subject))
    yield _link(node, iri.RDF + "predicate", iri.ZKG + relation)
    yield _link(node, iri.RDF + "object", iri.entity(object))


def _observed_fact(observation: Observation, quoted: set[str]) -> Iterator[Row]:
    names = _observation_names(observation)
    node = iri.parts("fact", "observation", *names)
    yield _link(node, _TYPE, iri.ZKG + "Fact")
    yield _link(node, iri.ZKG + "aboutObservation", iri.parts("observation", *names))
    yield from _grounds(node, observation.confidence, observation.evidence, quoted)


def _grounds(node: str, confidence: float, evidence: tuple[Evidence, ...], quoted: set[str]) -> Iterator[Row]:
    """What a fact rests on; each quote is told once, however many facts it is ``quoted`` for."""
    yield _typed(node, iri.ZKG + "confidence", decimal_text(Decimal(str(_rounded(confidence)))), "decimal")
    subject = name(node)
    for item in evidence:
        proof = name(iri.place("evidence", item.article, item.start, item.end, item.rule))
        yield subject, _EVIDENCE, proof
        if proof not in quoted:
            quoted.add(proof)
            yield proof, _A, _EVIDENCE_CLASS
            yield from _quote(proof, item)


def _fact_iri(subject: str, relation: str, object: str) -> str:
    return iri.parts("fact", subject, relation, object)


def _rounded(confidence: float) -> float:
    return round(confidence, 4)


def _mention(naming: Naming) -> Iterator[Row]:
    item = naming.evidence
    node = name(iri.place("mention", item.article, item.start, item.end, naming.entity))
    yield node, _A, _MENTION_CLASS
    yield node, _MENTION_OF, name(iri.entity(naming.entity))
    yield from _quote(node, item)


def _quote(node: str, item: Evidence) -> Iterator[Row]:
    """What a quote says; as there are more of them than of all else, of words that are written once."""
    yield node, _EXACT, literal(item.exact)
    yield node, _START, str(item.start)
    yield node, _END, str(item.end)
    yield node, _SOURCE, name(iri.article(item.article))
    yield node, _RULE, literal(item.rule)


def _declaration(name: str, kind: str, zh: str, en: str) -> Iterator[Row]:
    node = iri.ZKG + name
    yield _link(node, _TYPE, iri.OWL + kind)
    yield _say(node, _LABEL, zh, "zh")
    yield _say(node, _LABEL, en, "en")
