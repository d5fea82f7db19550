"""One ontology file, parsed and asked by local name.

A file that imports ``https://w3id.org/zonekg/ontology`` adds to the shipped ontology: that is read
first, from the package, never from the network.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from difflib import get_close_matches
from pathlib import Path

import pyoxigraph as ox

from kg.errors import OntologyError
from kg.iri import OWL, RDF, RDFS, ZKG
from kg.resources import ontology_dir

NAMESPACE = ZKG
ONTOLOGY = NAMESPACE.removesuffix("#")
LEXICON = "https://w3id.org/zonekg/lexicon#"

Term = ox.Literal | ox.NamedNode | ox.BlankNode


def shipped() -> Path:
    """Return the ontology file that ships with the package."""
    return ontology_dir() / "zonekg.ttl"


class Terms:
    """What a file says, by subject and predicate; ``order`` has every typing in the order of the file."""

    def __init__(self, path: Path):
        self.path = path
        self.triples: dict[tuple[str, str], list[Term]] = {}
        self.order: list[tuple[str, str]] = []
        own = list(parse(path))
        if self.imports_shipped(own):
            self._take(parse(shipped()))
        self._take(own)

    @staticmethod
    def imports_shipped(triples: Iterable[ox.Quad]) -> bool:
        """Tell whether some triples import the shipped ontology."""
        return any(t.predicate.value == f"{OWL}imports" and t.object.value == ONTOLOGY for t in triples)  # type: ignore[union-attr]

    def _take(self, triples: Iterable[ox.Quad]) -> None:
        for triple in triples:
            assert not isinstance(triple.subject, ox.Triple) and not isinstance(triple.object, ox.Triple)
            key = (triple.subject.value, triple.predicate.value)
            self.triples.setdefault(key, []).append(triple.object)
            if triple.predicate.value == f"{RDF}type" and isinstance(triple.subject, ox.NamedNode):
                self.order.append((triple.subject.value, triple.object.value))

    def declared(self, kind: str) -> list[str]:
        """Local names in our namespace declared as ``owl:kind``, in file order, each once."""
        names = [s for s, o in self.order if o == f"{OWL}{kind}" and s.startswith(NAMESPACE)]
        return list(dict.fromkeys(name.removeprefix(NAMESPACE) for name in names))

    def members(self) -> Iterator[tuple[str, str]]:
        """Yield the IRIs of things with the local name of each class of ours that they belong to."""
        for subject, kind in self.order:
            if kind.startswith(NAMESPACE):
                yield subject, kind.removeprefix(NAMESPACE)

    def objects(self, name: str, predicate: str) -> list[Term]:
        """What the file says of a term of ours."""
        return self.triples.get((NAMESPACE + name, predicate), [])

    def names(self, name: str, predicate: str) -> tuple[str, ...]:
        """The values of a term's property, as text."""
        return tuple(o.value for o in self.objects(name, predicate))

    def words(self, name: str, kind: str) -> tuple[str, ...]:
        """The cue words of one kind."""
        return self.names(name, LEXICON + kind)

    def true(self, name: str, kind: str) -> bool:
        """Tell whether a yes-or-no property of the lexical layer is ``true``."""
        return "true" in self.words(name, kind)

    def text(self, name: str, predicate: str, language: str) -> str:
        """The text of a property in a language, ``""`` without one."""
        for term in self.objects(name, predicate):
            if isinstance(term, ox.Literal) and term.language == language:
                return term.value
        return ""

    def label(self, name: str, language: str) -> str:
        """The label in a language, else the local name."""
        return self.text(name, f"{RDFS}label", language) or name

    def one(self, name: str, predicate: str, otherwise: str) -> str:
        """The first value of a property."""
        return next(iter(self.names(name, predicate)), otherwise)

    def version(self) -> str:
        """``owl:versionInfo`` of the ontology that the file itself declares, ``"0"`` without one."""
        found = [v for s, o in self.order if o == f"{OWL}Ontology" and s != LEXICON.removesuffix("#")
                 for v in self.triples.get((s, f"{OWL}versionInfo"), [])]  # fmt: skip
        return found[-1].value if found else "0"

    def groups(self) -> dict[str, tuple[str, ...]]:
        """The classes that only gather others, each with those right below it."""
        gathers = [name for name in self.declared("Class") if self.true(name, "group")]
        below: dict[str, list[str]] = {name: [] for name in gathers}
        for name in self.declared("Class"):
            for above in self.above(name):
                if above in below:
                    below[above].append(name)
        return {name: tuple(found) for name, found in below.items()}

    def above(self, name: str) -> list[str]:
        """The local names of the superclasses that are terms of ours."""
        values = self.names(name, f"{RDFS}subClassOf")
        return [value.removeprefix(NAMESPACE) for value in values if value.startswith(NAMESPACE)]

    def ends(self, name: str, predicate: str) -> Iterator[str]:
        """The local names of what a domain or range names, a union taken apart."""
        yield from self._members(self.objects(name, predicate))

    def _members(self, terms: Iterable[Term]) -> Iterator[str]:
        for term in terms:
            if isinstance(term, ox.NamedNode):
                yield term.value.removeprefix(NAMESPACE)
            else:
                for head in self.triples.get((term.value, f"{OWL}unionOf"), []):
                    yield from self._members(self.listed(head.value))

    def listed(self, head: str) -> Iterator[Term]:
        """The members of an RDF list.

        Raises:
            OntologyError: the list has no end.
        """
        seen = set()
        while head != f"{RDF}nil":
            yield from self.triples.get((head, f"{RDF}first"), [])
            rest = self.triples.get((head, f"{RDF}rest"))
            if not rest or head in seen:
                raise OntologyError(f"{self.path}: 列表不完整 a list of classes or properties has no end")
            seen.add(head)
            head = rest[0].value


def parse(path: Path) -> Iterator[ox.Quad]:
    """Parse a Turtle file.

    Raises:
        OntologyError: the file cannot be read, or is not Turtle.
    """
    try:
        yield from ox.parse(path=path, format=ox.RdfFormat.TURTLE)
    except OSError as error:
        raise OntologyError(f"{path}: 无法读取本体 cannot read the ontology: {error}") from error
    except SyntaxError as error:
        raise OntologyError(f"{path}: Turtle 语法错误 not valid Turtle: {error}") from error


def meant(name: str, known: Iterable[str]) -> str:
    """Say what was probably meant by an unknown name: ``; 是否指 did you mean 'Zone'?``, or nothing."""
    near = get_close_matches(name, list(known), 1)
    return f"; 是否指 did you mean '{near[0]}'?" if near else ""
