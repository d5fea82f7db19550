"""What the gazetteer knows of the things in a graph: their province, and their item in Wikidata.

Background knowledge, said by no article: it has a layer of its own, apart from the facts.
"""

from __future__ import annotations

from collections.abc import Iterator

from kg.divisions import province_of
from kg.lexicon import Entry, Lexicon
from kg.model import Entity
from kg.schema import Schema

LOCAL = ("Zone", "Place", "University", "ResearchInstitution")
"""Classes whose known members lie in one place."""


def known(entity: Entity, lexicon: Lexicon, schema: Schema) -> Entry | None:
    """The one gazetteer entry that an entity is, by its names and class; none where they fit several."""
    fits = {
        entry.name: entry
        for name in entity.names
        if (entry := lexicon.entries.get(name))
        and entry.cls in schema.classes
        and schema.base(entry.cls) == schema.base(entity.cls)
    }
    return next(iter(fits.values())) if len(fits) == 1 else None


def province(entry: Entry, lexicon: Lexicon, schema: Schema) -> str:
    """The province that a known thing lies in, ``""`` where the gazetteer does not tell."""
    if schema.base(entry.cls) not in LOCAL:
        return ""
    return province_of(entry.name) or province_of(entry.parent)


def references(
    entities: tuple[Entity, ...], lexicon: Lexicon, schema: Schema
) -> Iterator[tuple[Entity, str, str, str]]:
    """Yield each known entity with its province, the Wikidata item of that, and its own item."""
    for entity in entities:
        entry = known(entity, lexicon, schema)
        if entry is None:
            continue
        name = province(entry, lexicon, schema)
        around = lexicon.entries.get(name)
        if name or entry.wikidata:
            yield entity, name, around.wikidata if around else "", entry.wikidata
