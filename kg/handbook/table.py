"""The README's table of relations, made from the ontology."""

from __future__ import annotations

import re
from collections.abc import Iterable

from kg.errors import InputError
from kg.iri import SKOS
from kg.schema import RelationInfo, Schema
from kg.terms import Terms

_TABLE = re.compile(r"(?m)^(\| [^\n]*\n\| ?-[^\n]*\n)(?:\| `\w+` \|[^\n]*\n)+")


def renewed(text: str, schema: Schema) -> str:
    """Return a README with its table of relations made again: the table whose rows begin with a name in ``.

    The language is told by the head of the table.

    Raises:
        InputError: there is no such table.
    """
    found = [m for m in _TABLE.finditer(text) if any(f"| `{name}` |" in m[0] for name in schema.relations)]
    if not found:
        raise InputError("README: 没有关系表 has no table of relations; start one with a head and one row")
    head = found[0][1]
    language = "en" if "relation" in head else "zh"
    terms = Terms(schema.path)
    rows = "".join(_row(info, schema, terms, language) for info in schema.relations.values())
    return text[: found[0].start()] + head + rows + text[found[0].end() :]


def _row(info: RelationInfo, schema: Schema, terms: Terms, language: str) -> str:
    ends = f"{_ends(info.domain, schema, language)} → {_ends(info.range, schema, language)}"
    meaning = terms.text(info.name, f"{SKOS}definition", language)
    return f"| `{info.name}` | {info.label_zh} | {ends} | {meaning} |\n"


def _ends(classes: Iterable[str], schema: Schema, language: str) -> str:
    names = [info for name, info in schema.classes.items() if name in classes]
    joint = ", " if language == "en" else "、"
    return joint.join(info.label_en if language == "en" else info.label_zh for info in names)
