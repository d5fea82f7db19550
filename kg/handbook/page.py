"""The web page of an ontology: one file, no script, nothing loaded from elsewhere."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from kg import iri
from kg.handbook.diagram import tree
from kg.handbook.facts import Example
from kg.iri import OWL, RDF, RDFS, SKOS
from kg.resources import package_dir
from kg.schema import Schema, load_schema
from kg.terms import LEXICON, NAMESPACE, Terms, shipped
from kg.vocabularies import CLASS_CUES, RELATION_CUES

_KINDS = {
    "SymmetricProperty": "对称 symmetric",
    "TransitiveProperty": "传递 transitive",
    "FunctionalProperty": "函数 functional",
    "InverseFunctionalProperty": "反函数 inverse functional",
    "AsymmetricProperty": "非对称 asymmetric",
    "IrreflexiveProperty": "反自反 irreflexive",
}
_ALIGNED = (f"{RDFS}subClassOf", f"{RDFS}subPropertyOf", f"{SKOS}exactMatch", f"{SKOS}closeMatch")
_TITLE = "http://purl.org/dc/terms/title"
_DESCRIPTION = "http://purl.org/dc/terms/description"
_LICENSE = "http://purl.org/dc/terms/license"
_SPACES = {
    "http://xmlns.com/foaf/0.1/": "foaf:",
    "http://qudt.org/schema/qudt/": "qudt:",
    "http://www.opengis.net/ont/geosparql#": "geo:",
}


@dataclass(frozen=True, slots=True)
class Entry:
    """What the page says of a class or a relation."""

    name: str
    zh: str
    en: str
    definition_zh: str
    definition_en: str
    examples: tuple[str, ...]
    notes: tuple[str, ...]
    aligned: tuple[tuple[str, str], ...]
    cues: tuple[tuple[str, str, tuple[str, ...]], ...]
    """Kind of cue in Chinese and English, and the words."""
    kinds: tuple[str, ...] = ()
    inverse: str = ""


def render(path: Path, facts: Mapping[str, list[Example]]) -> str:
    """Return the page of an ontology file; equal files and facts give equal bytes.

    Raises:
        OntologyError: the file has a mistake.
    """
    from jinja2 import Environment, FileSystemLoader, StrictUndefined

    schema, terms = load_schema(path), Terms(path)
    words = _vocabulary(terms)
    loader = FileSystemLoader(package_dir("handbook"))
    environment = Environment(loader=loader, autoescape=True, trim_blocks=True, lstrip_blocks=True,
                              undefined=StrictUndefined, keep_trailing_newline=True)  # fmt: skip
    return environment.get_template("page.html").render(
        schema=schema,
        head=_head(terms),
        drawing=tree(schema),
        classes={name: _entry(terms, name, CLASS_CUES, words) for name in schema.classes},
        relations={name: _entry(terms, name, RELATION_CUES, words) for name in schema.relations},
        known=_known(schema),
        facts=facts,
        vocabulary=words,
    )


def _head(terms: Terms) -> dict[str, str]:
    """Title, description, licence of the last ontology that the file declares, that of ``lex:`` aside."""
    headers = [s for s, o in terms.order if o == f"{OWL}Ontology" and s + "#" != LEXICON]
    about = headers[-1] if headers else ""
    said = {
        f"{name}_{getattr(o, 'language', None) or ''}": o.value
        for name, predicate in (("title", _TITLE), ("description", _DESCRIPTION), ("license", _LICENSE))
        for o in terms.triples.get((about, predicate), [])
    }
    blank = dict.fromkeys(("title_zh", "title_en", "description_zh", "description_en", "license_"), "")
    return {**blank, "iri": about, **said}


def _vocabulary(terms: Terms) -> dict[str, dict[str, str]]:
    """The lexical layer's cue properties, from the shipped ontology: labels, definition, construction."""
    layer = Terms(shipped())
    found = {}
    for kind in (*CLASS_CUES, *RELATION_CUES, "unitWord"):
        said = {
            f"{short}_{getattr(o, 'language', None)}": o.value
            for short, p in (("label", f"{RDFS}label"), ("definition", f"{SKOS}definition"))
            for o in layer.triples.get((LEXICON + kind, p), [])
        }
        for part in ("construction", "direction"):
            values = layer.triples.get((LEXICON + kind, LEXICON + part), [])
            said[part] = values[0].value.removeprefix(LEXICON) if values else ""
        sample = layer.triples.get((LEXICON + kind, f"{SKOS}example"), [])
        found[kind] = {**said, "example": sample[0].value if sample else ""}
    return found


def _entry(terms: Terms, name: str, kinds_of_cue: tuple[str, ...], words: dict[str, dict[str, str]]) -> Entry:
    cues = tuple(
        (words[kind]["label_zh"], words[kind]["label_en"], found)
        for kind in kinds_of_cue
        if (found := terms.words(name, kind))
    )
    types = (value.removeprefix(OWL) for value in terms.names(name, f"{RDF}type"))
    inverse = terms.one(name, f"{OWL}inverseOf", "").removeprefix(NAMESPACE)
    return Entry(
        name=name,
        zh=terms.label(name, "zh"),
        en=terms.label(name, "en"),
        definition_zh=terms.text(name, f"{SKOS}definition", "zh"),
        definition_en=terms.text(name, f"{SKOS}definition", "en"),
        examples=terms.names(name, f"{SKOS}example"),
        notes=terms.names(name, f"{SKOS}editorialNote"),
        aligned=tuple(_aligned(terms, name)),
        cues=cues,
        kinds=tuple(_KINDS[kind] for kind in types if kind in _KINDS),
        inverse=f"{terms.label(inverse, 'zh')} {inverse}" if inverse else "",
    )


def _aligned(terms: Terms, name: str) -> list[tuple[str, str]]:
    """Terms of others: how they read, and their address."""
    others = [v for p in _ALIGNED for v in terms.names(name, p) if not v.startswith(NAMESPACE)]
    return [(_short(value), value) for value in others]


def _short(value: str) -> str:
    for space, prefix in _SPACES.items():
        if value.startswith(space):
            return prefix + value.removeprefix(space)
    return iri.short(value)


def _known(schema: Schema) -> dict[str, list[str]]:
    """The things that the ontology itself names, by class."""
    found: dict[str, list[str]] = {}
    for thing in schema.known:
        found.setdefault(thing.cls, []).append(thing.name)
    return found
