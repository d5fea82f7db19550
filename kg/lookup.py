"""Find entities by any of their names, as a person types them.

Width, white space and quotation marks do not matter: ``西部(重庆)科学城`` finds ``西部（重庆）科学城``.
"""

from __future__ import annotations

from difflib import get_close_matches

from pyoxigraph import Literal, NamedNode, Store

from kg import iri
from kg.errors import NotFound
from kg.resolve import normal

_NAMES = f"""
SELECT ?entity ?name WHERE {{
  {{ ?entity <{iri.SKOS}prefLabel> ?name }} UNION {{ ?entity <{iri.SKOS}altLabel> ?name }}
}}"""


def fold(name: str) -> str:
    """Reduce a name to what is compared when a person types it.

    >>> fold("“3238” 现代制造业(集群)") == fold("3238现代制造业（集群）")
    True
    """
    return normal(name).casefold()


def names(store: Store) -> dict[str, frozenset[str]]:
    """Return every name in the graph with the IRIs of the entities that bear it."""
    found: dict[str, set[str]] = {}
    for entity, name in store.query(_NAMES):  # type: ignore[union-attr]
        found.setdefault(name.value, set()).add(entity.value)
    return {name: frozenset(found[name]) for name in sorted(found)}


def matching_names(store: Store, name: str) -> list[str]:
    """Return the names in the graph that are written like ``name``, the exact one alone if it is there.

    Raises:
        NotFound: no name is; the message lists what comes nearest.
    """
    known = names(store)
    if name in known:
        return [name]
    wanted = fold(name)
    if same := [other for other in known if fold(other) == wanted]:
        return same
    raise NotFound(_suggest(name, wanted, list(known)))


def find(store: Store, name: str) -> list[str]:
    """Return the IRIs of all entities that bear a name, or whose key it is.

    Raises:
        NotFound: none does; the message lists what comes nearest.
    """
    by_key = NamedNode(iri.entity(name))
    label = NamedNode(iri.SKOS + "prefLabel")
    if any(True for _ in store.quads_for_pattern(by_key, label, None)):
        return [by_key.value]
    known = names(store)
    return sorted({entity for same in matching_names(store, name) for entity in known[same]})


def label(store: Store, entity: str) -> str:
    """Return what an entity is called: its label, or the readable part of its IRI."""
    for quad in store.quads_for_pattern(NamedNode(entity), NamedNode(iri.RDFS + "label"), None):
        if isinstance(quad.object, Literal):
            return quad.object.value
    return iri.local(entity)


def _suggest(name: str, wanted: str, known: list[str]) -> str:
    inside = [other for other in known if wanted and wanted in fold(other)]
    near = list(dict.fromkeys([*get_close_matches(name, known, 5, 0.5), *sorted(inside, key=len)]))[:5]
    hint = f"; 最接近的是 did you mean: {'、'.join(near)}?" if near else ""
    return f"{name}: 图谱中没有这个名称 no such name in the graph{hint}"
