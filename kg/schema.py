"""Read the ontology: classes, relations, and the words by which a newspaper names them.

Everything that the pipeline knows of a class or a relation comes through here, so that a block
added to ``ontology/zonekg.ttl`` changes extraction, validation, colours and legends alike.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from kg.axioms import Axioms, axioms_of
from kg.errors import OntologyError
from kg.iri import OWL, RDF, RDFS, SKOS
from kg.terms import LEXICON, NAMESPACE, Terms, meant, shipped

TOP = "Thing"


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
    starts: tuple[str, ...] = ()
    stop_words: tuple[str, ...] = ()
    title_words: tuple[str, ...] = ()
    pronouns: tuple[str, ...] = ()
    list_heads: tuple[str, ...] = ()
    unique: bool = False
    """Whether a name of the class says which thing is meant wherever it stands."""
    measured: bool = False
    """Whether figures are stated of things of the class."""


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
    inverse_zh: str
    inverse_en: str
    verbs: tuple[str, ...] = ()
    inverse_verbs: tuple[str, ...] = ()
    passives: tuple[str, ...] = ()
    titles: tuple[str, ...] = ()
    prepositions: tuple[tuple[str, str], ...] = ()
    """What stands before the object, and the verb behind it: ``("为", "提供诊疗")``."""
    nouns: tuple[str, ...] = ()
    inverse_nouns: tuple[str, ...] = ()
    appositions: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Known:
    """A thing that the ontology itself names: class, name, other names, number in Wikidata or ``""``."""

    cls: str
    name: str
    aliases: tuple[str, ...] = ()
    wikidata: str = ""


class Schema:
    """The classes and relations of one ontology file.

    >>> schema = load_schema()
    >>> schema.is_a("Laboratory", "ResearchInstitution")
    True
    >>> schema.allows("Person", "holdsPosition", "Place")
    False
    """

    def __init__(
        self,
        classes: dict[str, ClassInfo],
        relations: dict[str, RelationInfo],
        version: str,
        unit_words: tuple[str, ...] = (),
        known: tuple[Known, ...] = (),
        path: Path | None = None,
        axioms: Axioms | None = None,
    ):
        self.classes = classes
        self.relations = relations
        self.version = version
        self.unit_words = unit_words
        self.known = known
        self.path = path or shipped()
        self.axioms = axioms or Axioms()
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
        """Return the class itself and everything above it; above an unknown one is nothing."""
        return self._ancestors.get(cls) or frozenset({cls})

    def is_a(self, cls: str, ancestor: str) -> bool:
        """Tell whether ``cls`` is ``ancestor`` or below it."""
        return ancestor in self.ancestors(cls)

    def is_any(self, cls: str, allowed: Iterable[str]) -> bool:
        """Tell whether ``cls`` is one of the ``allowed`` classes or below one."""
        return not self.ancestors(cls).isdisjoint(allowed)

    def allows(self, subject: str, relation: str, object: str) -> bool:
        """Tell whether domain and range let the relation hold between two classes; unknown ones do not."""
        info = self.relations.get(relation)
        return info is not None and self.is_any(subject, info.domain) and self.is_any(object, info.range)

    def extends(self, other: Schema) -> bool:
        """Tell whether this ontology has all classes and relations of another, these as widely used."""
        return self.classes.keys() >= other.classes.keys() and all(
            name in self.relations
            and self.relations[name].domain >= info.domain
            and self.relations[name].range >= info.range
            for name, info in other.relations.items()
        )

    def disjoint(self, one: str, other: str) -> bool:
        """Tell whether nothing can be of both classes, by what is said of them or of classes above them.

        >>> load_schema().disjoint("Laboratory", "PartyBranch")
        True
        """
        pairs = (frozenset((a, b)) for a in self._ancestors[one] for b in self._ancestors[other])
        return any(pair in self.axioms.disjoint for pair in pairs)

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
        return self._bases.get(cls, cls)

    def _base(self, cls: str) -> str:
        at = cls
        while (parent := self.classes[at].parent) not in (TOP, "Organization", None):
            at = str(parent)
        return at


_spoken: ContextVar[Path | None] = ContextVar("ontology", default=None)


def load_schema(path: Path | None = None) -> Schema:
    """Read an ontology; without a path the one that is spoken, else the one that ships with the package.

    Raises:
        OntologyError: the file cannot be read or parsed, or a term is not declared.
    """
    return _load(path or _spoken.get() or shipped())


def shipped_schema() -> Schema:
    """The ontology that ships with the package, whatever is spoken."""
    return _load(shipped())


@contextmanager
def speaking(path: Path | None) -> Iterator[None]:
    """Make ``load_schema()`` give another ontology within the block: that of the build being looked at."""
    token = _spoken.set(path)
    try:
        yield
    finally:
        _spoken.reset(token)


BUILT = "ontology.ttl"
"""The copy of its ontology that a build keeps, where that is not the shipped one."""


def of_build(out: Path) -> Path | None:
    """The ontology that a build was made with; ``None`` for the shipped one."""
    path = out / BUILT
    return path if path.is_file() else None


@cache
def _load(path: Path) -> Schema:
    terms = Terms(path)
    groups = terms.groups()
    found = {name: _class(terms, name, groups) for name in terms.declared("Class") if name not in groups}
    relations = {
        name: _relation(terms, name, found, groups)
        for name in terms.declared("ObjectProperty")
        if terms.names(name, f"{LEXICON}core")
    }
    for info in found.values():
        if info.parent is not None and info.parent not in found:
            raise _undeclared(terms, info.parent, found)
    for name in found:
        _check_circle(terms, name, found)
    shown = {name: info for name, info in found.items() if info.parent or name == TOP}
    units = tuple(o.value for (_, p), os in terms.triples.items() if p == f"{LEXICON}unitWord" for o in os)
    known = tuple(_known(terms, shown))
    return Schema(shown, relations, terms.version(), units, known, path, axioms_of(terms))


def _known(terms: Terms, classes: dict[str, ClassInfo]) -> Iterator[Known]:
    """The individuals of our classes that have a Chinese label."""
    for subject, cls in terms.members():
        said = {p: terms.triples.get((subject, p), []) for p in (f"{RDFS}label", f"{SKOS}altLabel")}
        labels = [o.value for o in said[f"{RDFS}label"] if getattr(o, "language", None) == "zh"]
        if cls in classes and labels:
            items = [
                o.value.rpartition("/")[2] for o in terms.triples.get((subject, f"{SKOS}exactMatch"), [])
            ]
            others = (*labels[1:], *(o.value for o in said[f"{SKOS}altLabel"]))
            yield Known(cls, labels[0], others, next((i for i in items if i.startswith("Q")), ""))


def _check_circle(terms: Terms, name: str, classes: dict[str, ClassInfo]) -> None:
    """Refuse a class that is, in the end, its own superclass."""
    seen, at = {name}, classes[name].parent
    while at is not None:
        if at in seen:
            raise OntologyError(f"{terms.path}: 类 class '{name}' 循环继承 is its own superclass: {at}")
        seen.add(at)
        at = classes[at].parent


def _class(terms: Terms, name: str, groups: dict[str, tuple[str, ...]]) -> ClassInfo:
    return ClassInfo(
        name=name,
        label_zh=terms.label(name, "zh"),
        label_en=terms.label(name, "en"),
        parent=next((above for above in terms.above(name) if above not in groups), None),
        colour=terms.one(name, f"{LEXICON}colour", "#777777"),
        core=terms.true(name, "core"),
        endings=terms.words(name, "ending"),
        class_words=terms.words(name, "classWord"),
        starts=terms.words(name, "start"),
        stop_words=terms.words(name, "stopWord"),
        title_words=terms.words(name, "titleWord"),
        pronouns=terms.words(name, "pronoun"),
        list_heads=terms.words(name, "listHead"),
        unique=terms.true(name, "unique"),
        measured=terms.true(name, "measured"),
    )


def _relation(
    terms: Terms, name: str, classes: dict[str, ClassInfo], groups: dict[str, tuple[str, ...]]
) -> RelationInfo:
    inverse = terms.one(name, f"{OWL}inverseOf", "")
    circumfixes = (word.partition("…") for word in terms.words(name, "preposition"))
    return RelationInfo(
        name=name,
        label_zh=terms.label(name, "zh"),
        label_en=terms.label(name, "en"),
        domain=_ends(terms, name, f"{RDFS}domain", classes, groups),
        range=_ends(terms, name, f"{RDFS}range", classes, groups),
        symmetric=f"{OWL}SymmetricProperty" in terms.names(name, f"{RDF}type"),
        core=terms.true(name, "core"),
        inverse=inverse.removeprefix(NAMESPACE) or None,
        inverse_zh=terms.label(inverse.removeprefix(NAMESPACE), "zh"),
        inverse_en=terms.label(inverse.removeprefix(NAMESPACE), "en"),
        verbs=terms.words(name, "verb"),
        inverse_verbs=terms.words(name, "inverseVerb"),
        passives=terms.words(name, "passive"),
        titles=terms.words(name, "title"),
        prepositions=tuple((before, verb) for before, _, verb in circumfixes),
        nouns=terms.words(name, "noun"),
        inverse_nouns=terms.words(name, "inverseNoun"),
        appositions=terms.words(name, "apposition"),
    )


def _ends(
    terms: Terms,
    name: str,
    predicate: str,
    classes: dict[str, ClassInfo],
    groups: dict[str, tuple[str, ...]],
) -> frozenset[str]:
    """The classes that a domain or range names; a union or a group taken apart."""
    found: set[str] = set()
    waiting = list(terms.ends(name, predicate))
    for cls in waiting:
        if cls in groups:
            waiting += [member for member in groups[cls] if member not in waiting]
        elif cls not in classes:
            raise _undeclared(terms, cls, [*classes, *groups])
        else:
            found.add(cls)
    return frozenset(found) or frozenset({TOP})


def _undeclared(terms: Terms, name: str, classes: Iterable[str]) -> OntologyError:
    return OntologyError(f"{terms.path}: 类未声明 class '{name}' is not declared{meant(name, classes)}")
