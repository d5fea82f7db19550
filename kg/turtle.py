"""Write triples as Turtle that people read and machines compare: sorted, grouped, Han unescaped.

Only the order of Unicode code points decides the order of lines, and a text with line breaks stays
on one line, so two files can be compared with ``diff``.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from functools import lru_cache
from itertools import chain
from typing import BinaryIO

from pyoxigraph import BlankNode, DefaultGraph, Literal, NamedNode, RdfFormat, Store, Triple

from kg import iri

_FIRST = {iri.RDF + "type": 0, iri.RDFS + "label": 1, iri.SKOS + "prefLabel": 2, iri.SKOS + "altLabel": 3}
# A part of PN_LOCAL (Turtle 1.1, 6.5) that needs no escape and ends in no dot.
_LOCAL = re.compile(
    "[A-Za-z0-9_\u3400-\u4dbf\u4e00-\u9fff\uff08-\uff09\uff10-\uff19\uff21-\uff3a\uff41-\uff5a]"
    "[-A-Za-z0-9_\u00b7\u3400-\u4dbf\u4e00-\u9fff\uff08-\uff09\uff10-\uff19\uff21-\uff3a\uff41-\uff5a]*"
)
_ESCAPED = re.compile('["\\\\\x00-\x1f\x7f-\x9f\u2028\u2029\ufeff\ufffe\uffff]')
_HEAD = re.compile(b"(?:@prefix [^\n]*\n)*")
_BLOCK_END = b" .\n\n"
_SHORT = {'"': '\\"', "\\": "\\\\", "\n": "\\n", "\r": "\\r", "\t": "\\t"}
_DECIMAL = re.compile(r"[+-]?\d*\.\d+\Z")
_INTEGER = re.compile(r"[+-]?\d+\Z")


Verb = tuple[int, str]
"""A predicate as written, after its rank: types and labels come first."""

Row = tuple[str, Verb, str]
"""A triple as written: subject, predicate, object. Half the work of building its terms one by one."""


def write(triples: Iterable[Triple], file: BinaryIO) -> None:
    """Write triples, in any order and with repetitions, to a binary file."""
    write_rows(map(row, triples), file)


def write_rows(rows: Iterable[Row], file: BinaryIO) -> None:
    """Write triples that are given as rows."""
    file.writelines(map(str.encode, lines(rows)))


def load(rows: Iterable[Row], store: Store, layer: NamedNode | DefaultGraph) -> None:
    """Read rows into a layer of a store."""
    store.bulk_load("".join(lines(rows)).encode(), format=RdfFormat.TURTLE, to_graph=layer)


def lines(rows: Iterable[Row]) -> Iterator[str]:
    """Give the Turtle document piece by piece: prefixes, then one block for each subject."""
    blocks: dict[str, list[tuple[Verb, str]]] = defaultdict(list)
    for subject, predicate, object in rows:
        blocks[subject].append((predicate, object))
    for prefix in sorted(_prefixes(blocks) & iri.PREFIXES.keys()):
        yield f"@prefix {prefix}: <{iri.PREFIXES[prefix]}> .\n"
    for subject in sorted(blocks):
        words, last = ["\n", subject], ""
        for (_, word), object in sorted(set(blocks[subject])):
            if word == last:
                words += (", ", object)
            else:
                words += (" ;\n    " if last else " ", word, " ", object)
            last = word
        words.append(" .\n")
        yield "".join(words)


def parted(document: bytes, place: int) -> tuple[bytes, bytes]:
    r"""Part a document of ``lines`` at the end of the block at a place; both parts have all prefixes.

    >>> parted(b"@prefix a: <b> .\n\na:c a a:d .\n\na:e a a:d .\n", 20)
    (b'@prefix a: <b> .\n\na:c a a:d .\n', b'@prefix a: <b> .\n\na:e a a:d .\n')
    """
    head = _HEAD.match(document)
    assert head is not None
    blocks = head.end()
    # No literal has a line break, so that only a block ends so.
    cut = document.find(_BLOCK_END, max(blocks, place))
    cut = len(document) if cut < 0 else cut + len(_BLOCK_END) - 1
    return document[:cut], document[:blocks] + document[cut:]


def row(triple: Triple) -> Row:
    """Write the terms of a triple."""
    return term(triple.subject), verb(triple.predicate.value), term(triple.object)


@lru_cache(maxsize=1 << 10)
def verb(predicate: str) -> Verb:
    """Write a predicate."""
    return _FIRST.get(predicate, len(_FIRST)), "a" if predicate == iri.RDF + "type" else name(predicate)


def _prefixes(blocks: Mapping[str, Iterable[tuple[Verb, str]]]) -> set[str]:
    """What stands before the first colon of a name; of a literal, in its datatype."""
    verbs = {word for block in blocks.values() for (_, word), _ in block}
    # Behind a quotation mark at the end there is no datatype.
    objects = {word for block in blocks.values() for _, word in block if word[-1] != '"' and word[0] != "<"}
    names = (word.rpartition("^^")[2] if word[0] == '"' else word for word in chain(blocks, verbs, objects))
    return {name.partition(":")[0] for name in names}


def term(value: NamedNode | BlankNode | Literal | Triple) -> str:
    """Write one term: a prefixed name where it reads well, a full IRI elsewhere."""
    if isinstance(value, NamedNode):
        return name(value.value)
    if isinstance(value, Literal):
        return literal(value.value, value.language, value.datatype.value)
    return str(value)


@lru_cache(maxsize=1 << 16)  # a graph names the same things again and again
def name(value: str) -> str:
    """Write an IRI, by its prefix where that reads well."""
    for prefix, space in iri.PREFIXES.items():
        if value.startswith(space):  # no namespace begins like another
            return f"{prefix}:{value[len(space) :]}" if _LOCAL.fullmatch(value, len(space)) else f"<{value}>"
    return f"<{value}>"


def _escape(match: re.Match[str]) -> str:
    return _SHORT.get(match[0]) or f"\\u{ord(match[0]):04X}"


def literal(text: str, language: str | None = None, datatype: str = iri.XSD + "string") -> str:
    """Write a literal: numbers bare, any other text in quotation marks on one line."""
    if datatype == iri.XSD + "decimal" and _INTEGER.match(text):
        return f"{text}.0"  # Oxigraph's own lexical form has no point, and would read as an integer
    if datatype == iri.XSD + "decimal" and _DECIMAL.match(text):
        return text
    if datatype == iri.XSD + "integer" and _INTEGER.match(text):
        return text
    quoted = f'"{_ESCAPED.sub(_escape, text)}"'
    if language:
        return f"{quoted}@{language}"
    return quoted if datatype == iri.XSD + "string" else f"{quoted}^^{name(datatype)}"
