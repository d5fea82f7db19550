"""A Turtle file as its statements, each with its line: a parser stops at the first mistake, this does not.

The grammar is that of RDF 1.1 Turtle, section 6.5; only as much of it is read as tells where a
statement ends. What a statement means is left to the parser.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

import pyoxigraph as ox

_TOKEN = re.compile(
    r'(?P<skip>\s+|#[^\n]*)|(?P<text>"""(?:[^\\]|\\.)*?"""|\'\'\'(?:[^\\]|\\.)*?\'\'\''
    r'|"(?:[^"\\\n]|\\.)*"|\'(?:[^\'\\\n]|\\.)*\')|(?P<iri><[^<>\s]*>)|(?P<end>\.(?=[\s#\]]|$))'
    r"|(?P<mark>[\[\](){},;])|(?P<word>(?:[^\s\[\](){},;<>\"'#.]|\.(?![\s#]|$)|(?<=\\)#)+)|(?P<other>.)",
    re.DOTALL,
)
_SPARQL = ("prefix", "base")
_DIRECTIVES = ("@prefix", "@base", *_SPARQL)


@dataclass(frozen=True, slots=True)
class Statement:
    """One statement: the line of its first word, its text, and its words each with its line (from 1)."""

    line: int
    text: str
    words: tuple[tuple[int, str], ...]

    @property
    def directive(self) -> bool:
        """Whether it declares a prefix or a base."""
        return self.words[0][1].lower() in _DIRECTIVES

    def line_of(self, name: str) -> int:
        """The line where a local name or a text stands, else the statement's own."""
        ends = (f":{name}", f"#{name}>", f'"{name}"')
        return next((line for line, word in self.words if word.endswith(ends) or word == name), self.line)


def statements(text: str) -> Iterator[Statement]:
    """Cut a Turtle text into statements; what stands behind the last full stop is one, too."""
    words: list[tuple[int, str]] = []
    start, line = 0, 1
    for match in _TOKEN.finditer(text):
        word = match[0]
        if match.lastgroup != "skip":
            if not words:
                start = match.start()
            words.append((line, word))
            bare = words[0][1].lower() in _SPARQL and match.lastgroup == "iri"
            if match.lastgroup == "end" or bare:
                yield Statement(words[0][0], text[start : match.end()], tuple(words))
                words = []
        line += word.count("\n")
    if words:
        yield Statement(words[0][0], text[start:], tuple(words))


@dataclass(frozen=True, slots=True)
class Fault:
    """Where a statement is not Turtle, and what the parser says of it."""

    line: int
    message: str


def read(text: str) -> Iterator[tuple[Statement, list[ox.Quad] | Fault]]:
    """Give every statement with its triples, or with what is wrong; one broken statement hides no other."""
    prolog = ""
    for statement in statements(text):
        found: list[ox.Quad] | Fault
        # The declarations stand on the line of the statement, so that the parser counts its lines.
        try:
            found = list(ox.parse(f"{prolog}{statement.text}", format=ox.RdfFormat.TURTLE))
            if statement.directive:
                prolog += " ".join(word for _, word in statement.words) + " "
        except SyntaxError as error:
            found = Fault(statement.line + (error.lineno or 1) - 1, str(error.msg))
        yield statement, found
