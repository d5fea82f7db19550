"""Write triples as Turtle that people read and machines compare: sorted, grouped, Han unescaped.

Only the order of Unicode code points decides the order of lines, and a text with line breaks stays
on one line, so two files can be compared with ``diff``.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from functools import lru_cache
from itertools import groupby
from operator import itemgetter
from typing import BinaryIO

from pyoxigraph import BlankNode, Literal, NamedNode, Triple

from kg import iri

_FIRST = {iri.RDF + "type": 0, iri.RDFS + "label": 1, iri.SKOS + "prefLabel": 2, iri.SKOS + "altLabel": 3}
# A part of PN_LOCAL (Turtle 1.1, 6.5) that needs no escape and ends in no dot.
_LOCAL = re.compile(
    "[A-Za-z0-9_\u3400-\u4dbf\u4e00-\u9fff\uff08-\uff09\uff10-\uff19\uff21-\uff3a\uff41-\uff5a]"
    "[-A-Za-z0-9_\u00b7\u3400-\u4dbf\u4e00-\u9fff\uff08-\uff09\uff10-\uff19\uff21-\uff3a\uff41-\uff5a]*"
)
_ESCAPED = re.compile('["\\\\\x00-\x1f\x7f-\x9f\u2028\u2029\ufeff\ufffe\uffff]')
_SHORT = {'"': '\\"', "\\": "\\\\", "\n": "\\n", "\r": "\\r", "\t": "\\t"}
_DECIMAL = re.compile(r"[+-]?\d*\.\d+\Z")
_INTEGER = re.compile(r"[+-]?\d+\Z")


def write(triples: Iterable[Triple], file: BinaryIO) -> None:
    """Write triples, in any order and with repetitions, to a binary file."""
    for line in lines(triples):
        file.write(line.encode())


def lines(triples: Iterable[Triple]) -> Iterator[str]:
    """Give the Turtle document piece by piece: prefixes, then one block for each subject."""
    blocks: dict[str, set[Row]] = {}
    for triple in triples:
        blocks.setdefault(term(triple.subject), set()).add(_row(triple))
    for prefix in sorted(_prefixes(blocks) & iri.PREFIXES.keys()):
        yield f"@prefix {prefix}: <{iri.PREFIXES[prefix]}> .\n"
    for subject in sorted(blocks):
        groups = groupby(sorted(blocks[subject]), key=itemgetter(1))
        said = (f" {word} {', '.join(row[2] for row in group)}" for word, group in groups)
        yield "".join(("\n", subject, " ;\n   ".join(said), " .\n"))


Row = tuple[int, str, str]
"""Rank of the predicate, predicate, object: as written, so that sorting sorts the file."""


def _row(triple: Triple) -> Row:
    return *_verb(triple.predicate.value), term(triple.object)


@lru_cache(maxsize=1 << 10)
def _verb(predicate: str) -> tuple[int, str]:
    return _FIRST.get(predicate, len(_FIRST)), "a" if predicate == iri.RDF + "type" else _name(predicate)


def _prefixes(blocks: dict[str, set[Row]]) -> set[str]:
    """What stands before the first colon of a name; of a literal, in its datatype."""
    rows = {word for block in blocks.values() for _, verb, value in block for word in (verb, value)}
    names = (word.rpartition("^^")[2] if word.startswith('"') else word for word in rows | blocks.keys())
    return {name.partition(":")[0] for name in names}


def term(value: NamedNode | BlankNode | Literal | Triple) -> str:
    """Write one term: a prefixed name where it reads well, a full IRI elsewhere."""
    if isinstance(value, NamedNode):
        return _name(value.value)
    if isinstance(value, Literal):
        return _literal(value)
    return str(value)


@lru_cache(maxsize=1 << 16)  # a graph names the same things again and again
def _name(value: str) -> str:
    for prefix, space in iri.PREFIXES.items():
        if value.startswith(space) and _LOCAL.fullmatch(value, len(space)):
            return f"{prefix}:{value[len(space) :]}"
    return f"<{value}>"


def _escape(match: re.Match[str]) -> str:
    return _SHORT.get(match[0]) or f"\\u{ord(match[0]):04X}"


def _literal(value: Literal) -> str:
    datatype = value.datatype.value
    if datatype == iri.XSD + "decimal" and _INTEGER.match(value.value):
        return f"{value.value}.0"  # Oxigraph's own lexical form has no point, and would read as an integer
    if datatype == iri.XSD + "decimal" and _DECIMAL.match(value.value):
        return value.value
    if datatype == iri.XSD + "integer" and _INTEGER.match(value.value):
        return value.value
    text = f'"{_ESCAPED.sub(_escape, value.value)}"'
    if value.language:
        return f"{text}@{value.language}"
    return text if datatype == iri.XSD + "string" else f"{text}^^{_name(datatype)}"
