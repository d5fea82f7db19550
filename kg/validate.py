"""Check a finished graph: its SHACL shapes, the ontology's laws, layer against layer, quotes against pages.

The fixed shapes stand in ``ontology/shapes.ttl``. Shapes for domain and range are made from the
ontology on each run, so a relation added there is checked without a line here. pySHACL runs on a
copy in rdflib, which is far faster than its running on the store. That every relation has its
fact and every fact its relation is told by comparing the two sets, which SPARQL does slowly.
"""

from __future__ import annotations

import hashlib
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from pyoxigraph import BlankNode, Literal, NamedNode, RdfFormat, Store, Triple, serialize

from kg import iri, recall
from kg.errors import InputError, KgError
from kg.resources import ontology_dir
from kg.schema import RelationInfo, Schema, load_schema
from kg.store import GRAPH, INFERRED, LAYERS, Layer, sorted_quads, triples

if TYPE_CHECKING:
    from rdflib import Graph
    from rdflib.term import Node

SH = "http://www.w3.org/ns/shacl#"
SHAPES = "https://w3id.org/zonekg/shapes#"
_TYPE = NamedNode(f"{iri.RDF}type")

_STATED = """
SELECT ?fact ?s ?p ?o WHERE {
  GRAPH graph:evidence { ?fact rdf:subject ?s ; rdf:predicate ?p ; rdf:object ?o }
}"""
_DIRECT = """
SELECT ?s ?p ?o WHERE { GRAPH graph:ontology { ?p a owl:ObjectProperty } ?s ?p ?o }"""
_DERIVED = """
SELECT ?node ?s ?p ?o WHERE {
  GRAPH graph:derivation { ?node rdf:subject ?s ; rdf:predicate ?p ; rdf:object ?o }
}"""
_PAGES = """
SELECT ?page ?name ?sha256 ?format WHERE {
  ?page schema:name ?name ; schema:sha256 ?sha256 ; schema:encodingFormat ?format
} ORDER BY ?name"""
_QUOTES = """
SELECT DISTINCT ?node ?page ?start ?end ?exact WHERE {
  GRAPH ?layer {
    ?node oa:exact ?exact ; oa:start ?start ; oa:end ?end ; prov:hadPrimarySource ?article
  }
  ?article schema:isPartOf ?page .
} ORDER BY ?node"""


@dataclass(frozen=True, slots=True, order=True)
class Violation:
    """What is wrong with a node: ``detail`` is the property or value concerned, ``check`` the law broken.

    ``component`` is the IRI of the SHACL constraint component, or of a law of ours that SHACL cannot state.
    """

    check: str
    node: str
    detail: str
    message: str
    component: str = ""

    @property
    def constraint(self) -> str:
        """IRI of what was broken, for the report."""
        return self.component or f"{SHAPES}{self.check.capitalize()}ConstraintComponent"


@dataclass(frozen=True, slots=True)
class Validation:
    """The result: everything that is wrong, and how many quotes were compared with their pages."""

    violations: tuple[Violation, ...]
    quotes: int

    @property
    def conforms(self) -> bool:
        """Whether nothing is wrong."""
        return not self.violations


def validate(store: Store, *sources: Path, schema: Schema | None = None) -> Validation:
    """Check shapes, laws and layers, and with ``sources`` (pages or folders of pages) every quote.

    Raises:
        KgError: pySHACL is not installed.
        InputError: one of ``sources`` does not exist.
    """
    schema = schema or load_schema()
    found = [
        *check_shapes(store, schema),
        *check_laws(store, schema),
        *check_layers(store),
        *check_inferred(store),
    ]
    quotes = 0
    if sources:
        wrong, quotes = check_quotes(store, *sources)
        found.extend(wrong)
    return Validation(tuple(sorted(set(found))), quotes)


def check_layers(store: Store) -> Iterator[Violation]:
    """Find facts without their direct triple, and relations without a fact."""
    stated = {(row["s"], row["p"], row["o"]): row["fact"] for row in recall.rows(store, _STATED)}
    direct = {(row["s"], row["p"], row["o"]) for row in recall.rows(store, _DIRECT)}
    for triple in stated.keys() - direct:
        message = "事实没有对应的直接关系 this fact's relation is not in the graph"
        yield Violation("fact", stated[triple], triple[1], message)
    for subject, predicate, _ in direct - stated.keys():
        yield Violation("relation", subject, predicate, "关系没有依据 this relation has no evidence")


def check_laws(store: Store, schema: Schema) -> Iterator[Violation]:
    """Find relations, inferred ones included, that cannot stand together: what ``kg.quarantine`` refuses."""
    facts, axioms = _links(store, GRAPH), schema.axioms
    known = facts | _links(store, INFERRED)
    names = axioms.asymmetric | axioms.transitive
    one_way = {iri.ZKG + name for name in names if not _symmetric(schema, name)}
    for s, p, o in known:
        if p in one_way and (o, p, s) in known:
            yield Violation("circle", s, p, f"两端互为此关系 it holds both ways, with {iri.short(o)}")
        if s == o:
            yield Violation("reflexivity", s, p, "与自身有此关系 it is related to itself")
    counts: defaultdict[tuple[str, str], int] = defaultdict(int)
    for s, p, o in facts:
        counts[s, p] += iri.local(p) in axioms.functional
        counts[o, p] += iri.local(p) in axioms.inverse_functional
    for (node, p), number in counts.items():
        if number > 1:
            message = f"只能有一个，却有 {number} 个 it has {number} of them, one is allowed"
            yield Violation("cardinality", node, p, message)


def _symmetric(schema: Schema, relation: str) -> bool:
    return relation in schema.relations and schema.relations[relation].symmetric


def _links(store: Store, layer: Layer) -> set[tuple[str, str, str]]:
    """The relations between entities in a layer."""
    return {
        (t.subject.value, t.predicate.value, t.object.value)
        for t in triples(store, layer)
        if isinstance(t.subject, NamedNode)
        and isinstance(t.object, NamedNode)
        and t.predicate.value.startswith(iri.ZKG)
        and t.predicate.value != f"{iri.ZKG}observedSubject"
    }


def check_inferred(store: Store) -> Iterator[Violation]:
    """Find conclusions that do not say what they came from, the reverse, and those that are facts already."""
    said = {(row["s"], row["p"], row["o"]): row["node"] for row in recall.rows(store, _DERIVED)}
    found = {(t.subject.value, t.predicate.value, t.object.value) for t in triples(store, INFERRED)}  # type: ignore[union-attr]
    for subject, predicate, _ in found - said.keys():
        message = "推得的关系没有出处 this inferred relation does not say what it came from"
        yield Violation("inferred", subject, predicate, message)
    for link in said.keys() - found:
        message = "推得的事实没有对应的关系 this inferred fact's relation is not in graph:inferred"
        yield Violation("derivation", said[link], link[1], message)
    for subject, predicate, _ in found & _links(store, GRAPH):
        message = "推得的关系本已陈述 this inferred relation is a fact already"
        yield Violation("inferred", subject, predicate, message)


def check_quotes(store: Store, *sources: Path) -> tuple[list[Violation], int]:
    """Compare every quote with its page, found by SHA-256; return what differs and how many were compared.

    Raises:
        InputError: one of ``sources`` does not exist.
    """
    files = {digest: data for source in sources for digest, data in _files(source).items()}
    pages, wrong = _pages(store, files)
    compared = 0
    for row in recall.rows(store, _QUOTES):
        text = pages.get(row["page"])
        if text is None:
            continue
        compared += 1
        start, end = int(row["start"]), int(row["end"])
        if text[start:end] != row["exact"]:
            message = "原文与引文不符 the page does not say this there"
            wrong.append(Violation("quote", row["node"], f"{start}-{end}", message))
    return wrong, compared


def _files(sources: Path) -> dict[str, bytes]:
    """Files by SHA-256: a page may have been moved or renamed, but not changed."""
    if not sources.exists():
        raise InputError(f"{sources}: 找不到 is not there; check --sources")
    paths = sorted(sources.rglob("*")) if sources.is_dir() else [sources]
    contents = (path.read_bytes() for path in paths if path.is_file())
    return {hashlib.sha256(data).hexdigest(): data for data in contents}


def _pages(store: Store, files: dict[str, bytes]) -> tuple[dict[str, str], list[Violation]]:
    pages: dict[str, str] = {}
    missing: list[Violation] = []
    for row in recall.rows(store, _PAGES):
        data = files.get(row["sha256"])
        if data is None:
            message = "没有找到这个版面（按 SHA-256） no file with this page's SHA-256 among the sources"
            missing.append(Violation("page", row["page"], row["name"], message))
        else:
            pages[row["page"]] = data.decode(row["format"].partition("; charset=")[2])
    return pages, missing


def check_shapes(store: Store, schema: Schema) -> Iterator[Violation]:
    """Run pySHACL with the fixed shapes and those of the relations.

    Raises:
        KgError: pySHACL is not installed.
    """
    try:
        import pyshacl
        from rdflib import Graph
    except ImportError as error:
        raise KgError(
            "校验需要 pySHACL validation needs pySHACL; 安装 install it: pip install 'zonekg[shacl]'"
        ) from error
    data, shapes = Graph(), Graph()
    lines = serialize((quad.triple for quad in sorted_quads(store, *LAYERS)), format=RdfFormat.N_TRIPLES)
    data.parse(data=lines, format="nt")
    shapes.parse(ontology_dir() / "shapes.ttl", format="turtle")
    shapes.parse(data=relation_shapes(schema), format="turtle")
    _, report, _ = pyshacl.validate(data, shacl_graph=shapes)
    yield from _results(report)


def report_triples(result: Validation) -> Iterator[Triple]:
    """Give the result as a SHACL validation report (SHACL 3.6)."""
    report = BlankNode("report")
    yield Triple(report, _TYPE, NamedNode(f"{SH}ValidationReport"))
    yield Triple(report, NamedNode(f"{SH}conforms"), Literal(result.conforms))
    for number, found in enumerate(result.violations, start=1):
        node = BlankNode(f"result{number}")
        yield Triple(report, NamedNode(f"{SH}result"), node)
        yield Triple(node, _TYPE, NamedNode(f"{SH}ValidationResult"))
        yield Triple(node, NamedNode(f"{SH}resultSeverity"), NamedNode(f"{SH}Violation"))
        focus = NamedNode(found.node) if found.node.startswith("http") else Literal(found.node)
        yield Triple(node, NamedNode(f"{SH}focusNode"), focus)
        yield Triple(node, NamedNode(f"{SH}sourceConstraintComponent"), NamedNode(found.constraint))
        yield Triple(node, NamedNode(f"{SH}resultMessage"), Literal(found.message))
        if found.detail.startswith("http"):
            what = "value" if found.detail.startswith(iri.ID) else "resultPath"
            yield Triple(node, NamedNode(SH + what), NamedNode(found.detail))


def relation_shapes(schema: Schema) -> str:
    """Return the shapes, in Turtle, that hold each relation to its domain and range."""
    blocks = [f"@prefix sh: <{SH}> .", f"@prefix zkg: <{iri.ZKG}> ."]
    for info in schema.relations.values():
        blocks.append(_end_shape(info, "Domain", "targetSubjectsOf", info.domain))
        blocks.append(_end_shape(info, "Range", "targetObjectsOf", info.range))
    return "\n".join(blocks)


def _end_shape(info: RelationInfo, end: str, target: str, classes: Iterable[str]) -> str:
    allowed = sorted(classes)
    choices = " ".join(f"[ sh:class zkg:{name} ]" for name in allowed)
    return f"""
<{SHAPES}{info.name}{end}> a sh:NodeShape ; sh:{target} zkg:{info.name} ;
    sh:or ( {choices} ) ;
    sh:message "{info.label_zh} {info.name} {end.lower()}: {", ".join(allowed)}" ."""


def _results(report: Graph) -> Iterator[Violation]:
    from rdflib import RDF, URIRef

    def said(result: Node, name: str) -> Node | None:
        return report.value(result, URIRef(SH + name))

    for result in report.subjects(RDF.type, URIRef(f"{SH}ValidationResult")):
        messages = sorted(str(text) for text in report.objects(result, URIRef(f"{SH}resultMessage")))
        concerned = (said(result, "resultPath"), said(result, "value"))
        detail = next((str(node) for node in concerned if isinstance(node, URIRef)), "")
        component = str(said(result, "sourceConstraintComponent"))
        yield Violation("shape", str(said(result, "focusNode")), detail, " · ".join(messages), component)
