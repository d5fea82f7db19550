"""Names of things in RDF: the prefixes, and how a readable key becomes an IRI and back.

An IRI keeps Han characters, so that a person can read and type it. Only what RFC 3987 does not
allow in a path segment, and what a reader cannot see (spaces, bidi marks), is percent-encoded;
``%`` itself always is, so different keys never share an IRI.
"""

from __future__ import annotations

import re
from functools import lru_cache
from urllib.parse import unquote

ZKG = "https://w3id.org/zonekg/ontology#"
ID = "https://w3id.org/zonekg/id/"
GRAPH = "https://w3id.org/zonekg/graph/"
RDF = "http://www.w3.org/1999/02/22-rdf-syntax-ns#"
RDFS = "http://www.w3.org/2000/01/rdf-schema#"
OWL = "http://www.w3.org/2002/07/owl#"
XSD = "http://www.w3.org/2001/XMLSchema#"
SKOS = "http://www.w3.org/2004/02/skos/core#"
SCHEMA = "https://schema.org/"
ORG = "http://www.w3.org/ns/org#"
OA = "http://www.w3.org/ns/oa#"
PROV = "http://www.w3.org/ns/prov#"

WIKIDATA = "http://www.wikidata.org/entity/"

PREFIXES = {
    "zkg": ZKG,
    "id": ID,
    "graph": GRAPH,
    "rdf": RDF,
    "rdfs": RDFS,
    "owl": OWL,
    "xsd": XSD,
    "skos": SKOS,
    "schema": SCHEMA,
    "org": ORG,
    "oa": OA,
    "prov": PROV,
    "wd": WIKIDATA,
}
"""Prefixes that every query may use undeclared, and that every Turtle file declares where it uses them."""

# RFC 3987 ``isegment`` without ``%``, less white space and the invisible format characters of ucschar.
_UNSAFE = re.compile(
    "[^A-Za-z0-9\\-._~!$&'()*+,;=:@"
    "\u00a1-\u00ac\u00ae-\u061b\u061d-\u167f\u1681-\u180d\u180f-\u1fff"
    "\u2010-\u2027\u2030-\u205e\u2070-\u2fff\u3001-\ud7ff\uf900-\ufdcf\ufdf0-\ufefe\uff00-\uffef"
    "\U00010000-\U0001fffd\U00020000-\U0002fffd\U00030000-\U0003fffd]"
)


def _encode(match: re.Match[str]) -> str:
    return "".join(f"%{byte:02X}" for byte in match[0].encode("utf-8", "surrogatepass"))


@lru_cache(maxsize=1 << 16)  # entities are the parts of facts, memberships and mentions
def segment(text: str) -> str:
    """Encode a text as one path segment of an IRI; different texts give different segments.

    >>> segment("西部（重庆）科学城"), segment("A/B 区"), segment("..")
    ('西部（重庆）科学城', 'A%2FB%20区', '%2E%2E')
    """
    if text in (".", ".."):  # a parser that resolves IRIs would take these for dot segments
        return text.replace(".", "%2E")
    return _UNSAFE.sub(_encode, text)


@lru_cache(maxsize=1 << 12)  # each quote names its file again
def path(source: str) -> str:
    """Encode the name of a file, its slashes kept."""
    return "/".join(segment(part) for part in source.split("/"))


@lru_cache(maxsize=1 << 16)
def entity(key: str) -> str:
    """Return the IRI of an entity; no entity's IRI has a slash after the namespace."""
    return ID + segment(key)


def page(source: str) -> str:
    """Return the IRI of an input file."""
    return f"{ID}page/{path(source)}"


@lru_cache(maxsize=1 << 12)
def article(name: str) -> str:
    """Return the IRI of an article from its ``Article.id``, ``<source>#<order>``."""
    source, order = split_article(name)
    return f"{page(source)}#{order}"


def split_article(name: str) -> tuple[str, str]:
    """Split ``<source>#<order>``; the source may hold a ``#`` itself."""
    source, _, order = name.rpartition("#")
    return source, order


def place(kind: str, article_name: str, start: int, end: int, last: str) -> str:
    """Return the IRI of what stands at ``start:end`` of an article's source (evidence, mention)."""
    source, order = split_article(article_name)
    return f"{ID}{kind}/{path(source)}/{order}/{start}-{end}/{segment(last)}"


def parts(kind: str, *names: str) -> str:
    """Return the IRI of a node that is named by its parts (fact, observation, membership)."""
    return f"{ID}{kind}/" + "/".join(segment(name) for name in names)


def names(iri: str) -> tuple[str, ...]:
    """Return the names that a node is made of; the inverse of ``parts``.

    >>> names(parts("fact", "A/B 区", "locatedIn", "合肥市"))
    ('A/B 区', 'locatedIn', '合肥市')
    """
    return tuple(unquote(part) for part in iri.removeprefix(ID).split("/")[1:])


@lru_cache(maxsize=1 << 16)  # conclusions are about the same things again and again
def local(iri: str) -> str:
    """Return what a person would call an IRI: the part after its namespace, decoded.

    >>> local("https://w3id.org/zonekg/id/A%2FB%20区"), local("https://w3id.org/zonekg/ontology#Zone")
    ('A/B 区', 'Zone')
    """
    for space in (ID, *PREFIXES.values()):
        if iri.startswith(space):
            return unquote(iri.removeprefix(space))
    return iri


def short(iri: str) -> str:
    """Return a prefixed name for display: ``id:合肥高新区``, ``zkg:Zone``; other IRIs as they are."""
    for prefix, space in PREFIXES.items():
        if iri.startswith(space):
            return f"{prefix}:{unquote(iri.removeprefix(space))}"
    return iri
