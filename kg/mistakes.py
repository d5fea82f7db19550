"""Find every mistake of an ontology file at once: line, term, what is wrong, and the way out.

What is *grave* would be misread or not read at all, so a build refuses the file; the rest is advice
(the pitfalls that OOPS! lists: missing labels and definitions, words that nothing uses).
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

import pyoxigraph as ox

from kg.errors import OntologyError
from kg.iri import OWL, RDF, RDFS, SKOS
from kg.statements import Fault, Statement, read
from kg.terms import LEXICON, NAMESPACE, Terms, meant, parse, shipped
from kg.vocabularies import ANYWHERE, BUILT_IN, CHECKED, CLASS_CUES, FLAGS, RELATION_CUES

_COLOUR = re.compile(r"#[0-9a-fA-F]{6}")


@dataclass(frozen=True, slots=True, order=True)
class Mistake:
    """What is wrong with a term, at a line of the file (from 1), and the way out."""

    line: int
    term: str
    message: str
    way_out: str
    grave: bool = True


def check(path: Path) -> list[Mistake]:
    """Return all that is wrong with an ontology file, by line.

    Raises:
        OntologyError: the file cannot be read.
    """
    try:
        text = path.read_bytes().decode("utf-8-sig")
    except OSError as error:
        raise OntologyError(f"{path}: 无法读取本体 cannot read the ontology: {error}") from error
    except UnicodeDecodeError as error:
        raise OntologyError(f"{path}: 不是 UTF-8 is not UTF-8; save it as UTF-8: {error}") from error
    return sorted(set(_File(text).mistakes()))


def require(path: Path) -> None:
    """Refuse an ontology with a grave mistake.

    Raises:
        OntologyError: all grave mistakes, one a line; or the file cannot be read.
    """
    grave = [shown(path, mistake) for mistake in check(path) if mistake.grave]
    if grave:
        raise OntologyError("\n".join(["本体有误 the ontology has mistakes:", *grave]))


def shown(path: Path, mistake: Mistake) -> str:
    """Return a mistake on one line: ``mine.ttl:12: Hospitl: …; …``."""
    return f"{path}:{mistake.line}: {mistake.term}: {mistake.message}; {mistake.way_out}"


Value = tuple[ox.Literal | ox.NamedNode | ox.BlankNode, Statement | None]


class _File:
    """The triples of a file, each with the statement that says it; what is imported has none."""

    def __init__(self, text: str):
        self.values: dict[tuple[str, str], list[Value]] = defaultdict(list)
        self.faults: list[tuple[Statement, Fault]] = []
        self.home: dict[str, Statement] = {}
        self.said: list[tuple[ox.Quad, Statement]] = []
        for statement, found in read(text):
            if isinstance(found, Fault):
                self.faults.append((statement, found))
            else:
                self.said += [(triple, statement) for triple in found]
        if Terms.imports_shipped(t for t, _ in self.said):
            self._take((triple, None) for triple in parse(shipped()))
        self._take(self.said)
        self.classes = self._declared("Class")
        self.relations = self._declared("ObjectProperty")
        self.others = self._declared("DatatypeProperty") | self._declared("AnnotationProperty")

    def _take(self, said: Iterable[tuple[ox.Quad, Statement | None]]) -> None:
        for triple, statement in said:
            assert not isinstance(triple.subject, ox.Triple) and not isinstance(triple.object, ox.Triple)
            self.values[triple.subject.value, triple.predicate.value].append((triple.object, statement))
            if triple.predicate.value == f"{RDF}type" and statement is not None:
                self.home.setdefault(triple.subject.value, statement)

    def _declared(self, kind: str) -> set[str]:
        """Local names declared as ``owl:kind``; the subjects of broken statements may be anything."""
        names = {
            subject.removeprefix(NAMESPACE)
            for (subject, predicate), values in self.values.items()
            if predicate == f"{RDF}type" and any(v.value == f"{OWL}{kind}" for v, _ in values)
            if subject.startswith(NAMESPACE)
        }
        return names | {s.words[0][1].removeprefix(":") for s, _ in self.faults if s.words[0][1][:1] == ":"}

    def of(self, name: str, predicate: str) -> list[Value]:
        return self.values.get((NAMESPACE + name, predicate), [])

    def above(self, name: str) -> list[str]:
        """Local names of the classes right above a class."""
        values = (v.value for v, _ in self.of(name, f"{RDFS}subClassOf"))
        return [v.removeprefix(NAMESPACE) for v in values if v.startswith(NAMESPACE)]

    def ancestors(self, name: str) -> set[str]:
        """A class and everything above it, whatever circles there are."""
        seen, waiting = set(), [name]
        while waiting:
            at = waiting.pop()
            if at not in seen:
                seen.add(at)
                waiting += self.above(at)
        return seen

    def own(self, names: Iterable[str]) -> list[tuple[str, Statement]]:
        """Those of some terms that this file declares, with their statements."""
        found = ((name, self.home.get(NAMESPACE + name)) for name in sorted(names))
        return [(name, statement) for name, statement in found if statement is not None]

    def mistakes(self) -> Iterator[Mistake]:
        """Everything that is wrong."""
        for statement, fault in self.faults:
            yield Mistake(
                fault.line,
                statement.words[0][1],
                f"Turtle 语法错误 not valid Turtle: {fault.message}",
                "检查此处的标点、引号与前缀 check punctuation, quotation marks and prefixes there",
            )
        yield from self._names()
        yield from self._references()
        for name, statement in self.own(self.classes):
            yield from self._class(name, statement)
        for name, statement in self.own(self.relations):
            yield from self._relation(name, statement)
        for name, statement in self.own(self.classes | self.relations):
            yield from self._cues(name, statement)
            yield from self._labels(name, statement)

    def _names(self) -> Iterator[Mistake]:
        """Terms of the vocabularies that are none, and terms of one's own outside the namespace."""
        known = {LEXICON: {*CLASS_CUES, *RELATION_CUES, *ANYWHERE, "construction", "direction"}}
        known |= {space: set(names.split()) for space, names in CHECKED.items()}
        for triple, statement in self.said:
            for node in (triple.predicate, triple.object):
                for space, names in known.items():
                    name = node.value.removeprefix(space) if isinstance(node, ox.NamedNode) else ""
                    about = str(getattr(triple.subject, "value", "")).startswith(LEXICON)
                    if name and f"<{space}{name}>" == str(node) and name not in names and not about:
                        message = f"词汇中没有 the vocabulary has no '{name}'{meant(name, names)}"
                        yield Mistake(statement.line_of(name), name, message, "改正拼写 correct the spelling")
            yield from self._outside(triple, statement)

    def _outside(self, triple: ox.Quad, statement: Statement) -> Iterator[Mistake]:
        kinds = (f"{OWL}Class", f"{OWL}ObjectProperty")
        subject = triple.subject
        declares = triple.predicate.value == f"{RDF}type" and getattr(triple.object, "value", "") in kinds
        if (
            declares
            and isinstance(subject, ox.NamedNode)
            and not subject.value.startswith((NAMESPACE, LEXICON))
        ):
            message = f"不在本命名空间 is not in the namespace {NAMESPACE}, so it is not read"
            yield Mistake(
                statement.line, subject.value, message, f"写成 declare it with @prefix : <{NAMESPACE}>"
            )

    def _references(self) -> Iterator[Mistake]:
        """Classes and properties that are named but not declared."""
        wanted = {
            f"{RDFS}subClassOf": self.classes,
            f"{RDFS}domain": self.classes,
            f"{OWL}disjointWith": self.classes,
            f"{RDFS}range": self.classes,
            f"{RDF}first": self.classes | self.relations,
            f"{OWL}inverseOf": self.relations,
            f"{RDFS}subPropertyOf": self.relations | self.others,
            f"{RDF}type": self.classes,
        }
        for triple, statement in self.said:
            node, declared = triple.object, wanted.get(triple.predicate.value)
            if declared is None or not isinstance(node, ox.NamedNode) or not node.value.startswith(NAMESPACE):
                continue
            name = node.value.removeprefix(NAMESPACE)
            if name not in declared:
                kind = "属性 property" if declared is not self.classes else "类 class"
                message = f"{kind} '{name}' 未声明 is not declared{meant(name, declared)}"
                yield Mistake(
                    statement.line_of(name),
                    name,
                    message,
                    "改正名称，或声明它 correct the name, or declare it",
                )

    def _class(self, name: str, statement: Statement) -> Iterator[Mistake]:
        if name in {a for above in self.above(name) for a in self.ancestors(above)}:
            yield Mistake(
                statement.line,
                name,
                "循环继承 is its own superclass",
                "去掉其中一个 rdfs:subClassOf take one rdfs:subClassOf away",
            )
        elif "Thing" not in self.ancestors(name):
            yield from self._unread(name, statement)
        for one, other in self._disjoint():
            if {one, other} <= self.ancestors(name):
                yield Mistake(
                    statement.line,
                    name,
                    f"同属互斥的 is below both '{one}' and '{other}', which are disjoint",
                    "只留一个上级 keep one superclass",
                )
        if name in self.relations:
            yield Mistake(
                statement.line, name, "既是类又是属性 is both a class and a property", "改名 rename one"
            )
        for value, where in self._lexical(name, "colour"):
            if not _COLOUR.fullmatch(value):
                yield Mistake(
                    where.line_of(value), name, f"颜色有误 no colour: {value}", "写成 write #rrggbb"
                )

    def _users(self, name: str) -> list[bool]:
        """For each property that has a class at an end, whether it is a relation that is read."""
        ends = (f"{RDFS}domain", f"{RDFS}range")
        users = (
            s
            for (s, p), found in self.values.items()
            if p in ends
            for v, _ in found
            if v.value == NAMESPACE + name
        )
        return [bool(self.values.get((user, f"{LEXICON}core"))) for user in users]

    def _unread(self, name: str, statement: Statement) -> Iterator[Mistake]:
        """A class that is not below :Thing: grave where text should name it, idle where nothing needs it."""
        users, above = self._users(name), self.of(name, f"{RDFS}subClassOf")
        needed = bool(self._words(name)) or any(users)
        if needed or not (users or above):
            message = "不在 :Thing 之下，不会被读取 is not below :Thing, so it is not read"
            way_out = "声明 :Thing，并加上 declare :Thing and add rdfs:subClassOf :Thing"
            yield Mistake(statement.line, name, message, way_out, needed)

    def _disjoint(self) -> set[tuple[str, str]]:
        pairs = set()
        for (subject, predicate), values in list(self.values.items()):
            for value, _ in values:
                if predicate == f"{OWL}disjointWith":
                    pairs.add((subject.removeprefix(NAMESPACE), value.value.removeprefix(NAMESPACE)))
                elif predicate == f"{OWL}members":
                    names = sorted(self._listed(value.value))
                    pairs |= {(a, b) for a in names for b in names if a < b}
        return pairs

    def _listed(self, head: str) -> Iterator[str]:
        seen = set()
        while head not in seen and (first := self.values.get((head, f"{RDF}first"))):
            seen.add(head)
            yield first[0][0].value.removeprefix(NAMESPACE)
            rest = self.values.get((head, f"{RDF}rest"))
            head = rest[0][0].value if rest else ""

    def _relation(self, name: str, statement: Statement) -> Iterator[Mistake]:
        ends = {p: {v.value for v, _ in self.of(name, RDFS + p)} for p in ("domain", "range")}
        for end, values in ends.items():
            if not values:
                yield Mistake(
                    statement.line,
                    name,
                    f"没有 has no rdfs:{end}: anything counts",
                    f"加上 add rdfs:{end}",
                    False,
                )
        kinds = {v.value for v, _ in self.of(name, f"{RDF}type")}
        if f"{OWL}SymmetricProperty" in kinds and ends["domain"] != ends["range"] and not self._nested(name):
            yield Mistake(
                statement.line,
                name,
                "对称属性的定义域与值域不同 is symmetric, but domain and range differ",
                "使二者相同 make them the same",
            )
        for inverse, where in self.of(name, f"{OWL}inverseOf"):
            other = inverse.value.removeprefix(NAMESPACE)
            turned = {p: {v.value for v, _ in self.of(other, RDFS + p)} for p in ("domain", "range")}
            if other == name:
                yield Mistake(
                    statement.line,
                    name,
                    "是自己的逆 is its own inverse",
                    "声明为对称属性 declare it as owl:SymmetricProperty",
                )
            elif self._known(ends, turned) and (turned["domain"], turned["range"]) != (
                ends["range"],
                ends["domain"],
            ):
                place = (where or statement).line_of(other)
                yield Mistake(
                    place,
                    name,
                    f"与逆属性的两端不合 its ends are not those of its inverse '{other}' turned round",
                    "对调定义域与值域 exchange domain and range",
                )
        yield from self._read(name, statement)

    def _known(self, *ends: dict[str, set[str]]) -> bool:
        """Whether ends can be compared: they are there, and their classes are declared."""
        names = [names for end in ends for names in end.values()]
        return all(names) and all(n.removeprefix(NAMESPACE) in self.classes for found in names for n in found)

    def _nested(self, name: str) -> bool:
        """Unions are nodes without names: two that say the same differ."""
        return any(
            isinstance(v, ox.BlankNode) for p in ("domain", "range") for v, _ in self.of(name, RDFS + p)
        )

    def _read(self, name: str, statement: Statement) -> Iterator[Mistake]:
        words, core = self._words(name), self.of(name, f"{LEXICON}core")
        if words and not core:
            yield Mistake(
                statement.line,
                name,
                "有线索词但没有 lex:core，不会被读取 has cue words but no lex:core: it is not read",
                "加上 add lex:core true",
            )
        if core and not words and name not in BUILT_IN:
            yield Mistake(
                statement.line,
                name,
                "没有线索词 has no cue words",
                '加上如 add such as lex:verb "…"@zh',
                False,
            )

    def _words(self, name: str) -> list[Value]:
        return [v for cue in (*CLASS_CUES, *RELATION_CUES) for v in self.of(name, LEXICON + cue)]

    def _lexical(self, name: str, kind: str) -> Iterator[tuple[str, Statement]]:
        for value, statement in self.of(name, LEXICON + kind):
            if statement is not None:
                yield value.value, statement

    def _cues(self, name: str, statement: Statement) -> Iterator[Mistake]:
        wrong = CLASS_CUES if name in self.relations else RELATION_CUES
        right = "类 a class" if name in self.relations else "属性 a property"
        for kind in wrong:
            for _ in self.of(name, LEXICON + kind):
                message = f"lex:{kind} 属于 belongs to {right}"
                yield Mistake(statement.line_of(kind), name, message, "移到该处 move it there")
        for kind in (*CLASS_CUES, *RELATION_CUES):
            for value, where in self._lexical(name, kind):
                yield from self._word(name, kind, value, where)
        for kind in FLAGS:
            for value, where in self._lexical(name, kind):
                if value not in ("true", "false"):
                    yield Mistake(
                        where.line_of(kind),
                        name,
                        f"lex:{kind} 应为 must be true or false: {value}",
                        "去掉引号，写成 true write true without quotation marks",
                    )

    def _word(self, name: str, kind: str, word: str, where: Statement) -> Iterator[Mistake]:
        if not word.strip() or re.search(r"\s", word):
            yield Mistake(
                where.line_of(word),
                name,
                f"lex:{kind} 为空或含空白 is empty or holds white space: '{word}'",
                "每个词单独写 write each word by itself",
            )
        elif kind == "preposition" and not re.fullmatch(r"[^…]+…[^…]+", word):
            yield Mistake(
                where.line_of(word),
                name,
                f"lex:preposition 缺少宾语位置 has no place for the object: '{word}'",
                '写成如 write such as "为…提供诊疗"',
            )

    def _labels(self, name: str, statement: Statement) -> Iterator[Mistake]:
        for predicate, what in ((f"{RDFS}label", "标签 label"), (f"{SKOS}definition", "定义 definition")):
            have = {getattr(v, "language", None) for v, _ in self.of(name, predicate)}
            for language in sorted({"zh", "en"} - have):
                short = "rdfs:label" if predicate.startswith(RDFS) else "skos:definition"
                yield Mistake(
                    statement.line,
                    name,
                    f"缺少 has no {what} @{language}",
                    f'加上 add {short} "…"@{language}',
                    False,
                )
