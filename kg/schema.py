"""Read the ontology: classes, relations, and the words by which a newspaper names them.

Everything that the pipeline knows of a class or a relation comes through here, so that a block
added to ``ontology/zonekg.ttl`` changes extraction, validation, colours and legends alike.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from difflib import get_close_matches
from functools import cache
from pathlib import Path

import pyoxigraph as ox

from kg.errors import OntologyError
from kg.resources import ontology_dir

NAMESPACE = "https://w3id.org/zonekg/ontology#"
LEXICON = "https://w3id.org/zonekg/lexicon#"
TOP = "Thing"

_RDF = "http://www.w3.org/1999/02/22-rdf-syntax-ns#"
_RDFS = "http://www.w3.org/2000/01/rdf-schema#"
_OWL = "http://www.w3.org/2002/07/owl#"


@dataclass(frozen=True, slots=True)
class ClassInfo:
    """A class: labels, parent (a local name, ``None`` at the top), colour ``#rrggbb``, and its words."""

    name: str
    label_zh: str
    label_en: str
    parent: str | None
    colour: str
    core: bool
    endings: tuple[str, ...] = ()
    class_words: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class RelationInfo:
    """A relation: labels, the classes allowed at its ends, and the words that state it."""

    name: str
    label_zh: str
    label_en: str
    domain: frozenset[str]
    range: frozenset[str]
    symmetric: bool
    core: bool
    inverse: str | None
    verbs: tuple[str, ...] = ()
    inverse_verbs: tuple[str, ...] = ()
    passives: tuple[str, ...] = ()
    titles: tuple[str, ...] = ()


class Schema:
    """The classes and relations of one ontology file.

    >>> schema = load_schema()
    >>> schema.is_a("Laboratory", "ResearchInstitution")
    True
    >>> schema.allows("Person", "holdsPosition", "Place")
    False
    """

    def __init__(self, classes: dict[str, ClassInfo], relations: dict[str, RelationInfo], version: str):
        self.classes = classes
        self.relations = relations
        self.version = version
        self.namespace = NAMESPACE
        self._ancestors = {name: frozenset(self._climb(name)) for name in classes}
        self._below = {
            name: [other for other in classes if other != name and self.is_a(other, name)] for name in classes
        }
        self._bases = {name: self._base(name) for name in classes}
        self._between: dict[tuple[str, str], tuple[str, ...]] = {}

    def _climb(self, name: str) -> Iterator[str]:
        at: str | None = name
        while at is not None:
            yield at
            at = self.classes[at].parent

    def ancestors(self, cls: str) -> frozenset[str]:
        """Return the class itself and everything above it."""
        return self._ancestors[cls]

    def is_a(self, cls: str, ancestor: str) -> bool:
        """Tell whether ``cls`` is ``ancestor`` or below it."""
        return ancestor in self._ancestors[cls]

    def is_any(self, cls: str, allowed: Iterable[str]) -> bool:
        """Tell whether ``cls`` is one of the ``allowed`` classes or below one."""
        return not self._ancestors[cls].isdisjoint(allowed)

    def allows(self, subject: str, relation: str, object: str) -> bool:
        """Tell whether domain and range let the relation hold between two classes."""
        info = self.relations[relation]
        return self.is_any(subject, info.domain) and self.is_any(object, info.range)

    def between(self, subject: str, object: str) -> tuple[str, ...]:
        """Return the relations that domain and range let hold between two classes, in file order."""
        key = (subject, object)
        if key not in self._between:
            self._between[key] = tuple(r for r in self.relations if self.allows(subject, r, object))
        return self._between[key]

    def refine(self, cls: str, names: Iterable[str]) -> str:
        """Return the subclass of ``cls`` that the longest name ending tells: 合肥高新区 is a HighTechZone.

        >>> load_schema().refine("ResearchInstitution", ["金凤实验室"])
        'Laboratory'
        """
        found = (0, cls)
        for name in self._below[cls]:
            sizes = [len(e) for e in self.classes[name].endings if any(n.endswith(e) for n in names)]
            found = max(found, (max(sizes, default=0), name), key=lambda f: f[0])
        if not found[0]:
            return cls
        own = [len(e) for e in self.classes[cls].endings if any(n.endswith(e) for n in names)]
        return found[1] if found[0] > max(own, default=0) or (found[0] and not own) else cls

    def base(self, cls: str) -> str:
        """Return the class right below ``Thing`` or ``Organization`` that ``cls`` belongs to."""
        return self._bases[cls]

    def _base(self, cls: str) -> str:
        at = cls
        while (parent := self.classes[at].parent) not in (TOP, "Organization", None):
            at = str(parent)
        return at


def load_schema(path: Path | None = None) -> Schema:
    """Read an ontology; without a path, the one that ships with the package.

    Raises:
        OntologyError: the file cannot be read or parsed, or a term is not declared.
    """
    return _load(path or ontology_dir() / "zonekg.ttl")


@cache
def _load(path: Path) -> Schema:
    reader = _Reader(path)
    classes = {name: reader.class_info(name) for name in reader.declared("Class")}
    relations = {
        name: reader.relation_info(name, classes)
        for name in reader.declared("ObjectProperty")
        if reader.names(name, f"{LEXICON}core")
    }
    for info in classes.values():
        if info.parent is not None and info.parent not in classes:
            raise reader.undeclared(info.parent, classes)
    for name in classes:
        reader.check_circle(name, classes)
    shown = {name: info for name, info in classes.items() if info.parent or name == TOP}
    return Schema(shown, relations, reader.version())


class _Reader:
    """One parsed ontology file, asked by local name."""

    def __init__(self, path: Path):
        self.path = path
        self.triples: dict[tuple[str, str], list[ox.Literal | ox.NamedNode | ox.BlankNode]] = {}
        self.order: list[tuple[str, str]] = []
        for triple in self._parse():
            assert not isinstance(triple.subject, ox.Triple) and not isinstance(triple.object, ox.Triple)
            key = (triple.subject.value, triple.predicate.value)
            self.triples.setdefault(key, []).append(triple.object)
            if triple.predicate.value == f"{_RDF}type" and isinstance(triple.subject, ox.NamedNode):
                self.order.append((triple.subject.value, triple.object.value))

    def _parse(self) -> Iterator[ox.Quad]:
        try:
            yield from ox.parse(path=self.path, format=ox.RdfFormat.TURTLE)
        except OSError as error:
            raise OntologyError(f"{self.path}: 无法读取本体 cannot read the ontology: {error}") from error
        except SyntaxError as error:
            raise OntologyError(f"{self.path}: Turtle 语法错误 not valid Turtle: {error}") from error

    def declared(self, kind: str) -> list[str]:
        """Local names in our namespace declared as ``owl:kind``, in file order."""
        names = [s for s, o in self.order if o == f"{_OWL}{kind}" and s.startswith(NAMESPACE)]
        return [name.removeprefix(NAMESPACE) for name in names]

    def objects(self, name: str, predicate: str) -> list[ox.Literal | ox.NamedNode | ox.BlankNode]:
        return self.triples.get((NAMESPACE + name, predicate), [])

    def names(self, name: str, predicate: str) -> tuple[str, ...]:
        return tuple(o.value for o in self.objects(name, predicate))

    def words(self, name: str, kind: str) -> tuple[str, ...]:
        return self.names(name, LEXICON + kind)

    def label(self, name: str, language: str) -> str:
        for term in self.objects(name, f"{_RDFS}label"):
            if isinstance(term, ox.Literal) and term.language == language:
                return term.value
        return name

    def one(self, name: str, predicate: str, otherwise: str) -> str:
        return next(iter(self.names(name, predicate)), otherwise)

    def version(self) -> str:
        values = self.triples.get((NAMESPACE.removesuffix("#"), f"{_OWL}versionInfo"), [])
        return values[0].value if values else "0"

    def parent(self, name: str) -> str | None:
        for value in self.names(name, f"{_RDFS}subClassOf"):
            if value.startswith(NAMESPACE):
                return value.removeprefix(NAMESPACE)
        return None

    def check_circle(self, name: str, classes: dict[str, ClassInfo]) -> None:
        """Refuse a class that is, in the end, its own superclass."""
        seen, at = {name}, classes[name].parent
        while at is not None:
            if at in seen:
                raise OntologyError(f"{self.path}: 类 class '{name}' 循环继承 is its own superclass: {at}")
            seen.add(at)
            at = classes[at].parent

    def class_info(self, name: str) -> ClassInfo:
        parent = self.parent(name)
        return ClassInfo(
            name=name,
            label_zh=self.label(name, "zh"),
            label_en=self.label(name, "en"),
            parent=parent,
            colour=self.one(name, f"{LEXICON}colour", "#777777"),
            core=self.one(name, f"{LEXICON}core", "false") == "true",
            endings=self.words(name, "ending"),
            class_words=self.words(name, "classWord"),
        )

    def relation_info(self, name: str, classes: dict[str, ClassInfo]) -> RelationInfo:
        inverse = self.one(name, f"{_OWL}inverseOf", "")
        return RelationInfo(
            name=name,
            label_zh=self.label(name, "zh"),
            label_en=self.label(name, "en"),
            domain=self.classes_of(name, f"{_RDFS}domain", classes),
            range=self.classes_of(name, f"{_RDFS}range", classes),
            symmetric=f"{_OWL}SymmetricProperty" in self.names(name, f"{_RDF}type"),
            core=self.one(name, f"{LEXICON}core", "false") == "true",
            inverse=inverse.removeprefix(NAMESPACE) or None,
            verbs=self.words(name, "verb"),
            inverse_verbs=self.words(name, "inverseVerb"),
            passives=self.words(name, "passive"),
            titles=self.words(name, "title"),
        )

    def classes_of(self, name: str, predicate: str, classes: dict[str, ClassInfo]) -> frozenset[str]:
        """The classes that a domain or range names, a union taken apart."""
        found = frozenset(self._members(self.objects(name, predicate)))
        for cls in found:
            if cls not in classes:
                raise self.undeclared(cls, classes)
        return found or frozenset({TOP})

    def _members(self, terms: Iterable[ox.Literal | ox.NamedNode | ox.BlankNode]) -> Iterator[str]:
        for term in terms:
            if isinstance(term, ox.NamedNode):
                yield term.value.removeprefix(NAMESPACE)
            else:
                for head in self.triples.get((term.value, f"{_OWL}unionOf"), []):
                    yield from self._members(self._list(head.value))

    def _list(self, head: str) -> Iterator[ox.Literal | ox.NamedNode | ox.BlankNode]:
        while head != f"{_RDF}nil":
            yield from self.triples.get((head, f"{_RDF}first"), [])
            rest = self.triples.get((head, f"{_RDF}rest"))
            if not rest:
                raise OntologyError(f"{self.path}: unionOf 列表不完整 a unionOf list has no end")
            head = rest[0].value

    def undeclared(self, name: str, classes: Iterable[str]) -> OntologyError:
        near = get_close_matches(name, list(classes), 1)
        hint = f"; 是否指 did you mean '{near[0]}'?" if near else ""
        return OntologyError(f"{self.path}: 类未声明 class '{name}' is not declared{hint}")
