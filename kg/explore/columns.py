"""The graph as columns: what the page holds, each text stored once.

Two blocks. *map* is what the first picture needs: labels, classes, places, facts. *reading* is what
is read after it: quotes, articles, figures, namings, ready questions. ``columns.js`` reads both;
nothing else in the page knows their form.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Sequence
from dataclasses import asdict
from decimal import Decimal
from typing import Any

import numpy as np

from kg import __version__, iri
from kg.explore.conclusions import conclusion_columns
from kg.explore.container import pack
from kg.explore.data import GraphData
from kg.explore.look import looks_of
from kg.explore.pinyin import readings
from kg.explore.places import Places
from kg.model import Evidence
from kg.questions import load_questions
from kg.schema import load_schema

Values = dict[str, Any]
Arrays = dict[str, tuple[str, Any]]


def map_block(data: GraphData, places: Places, title: str, whole: tuple[int, int] | None = None) -> str:
    """Pack what the first picture needs; ``whole`` counts the graph that this is a part of."""
    looks = looks_of({entity.cls for entity in data.entities}, load_schema())
    kinds = {look.name: number for number, look in enumerate(looks)}
    relations = used_relations(data)
    ways = {relation["name"]: number for number, relation in enumerate(relations)}
    index = {entity.key: number for number, entity in enumerate(data.entities)}
    values = {
        "title": title,
        "version": __version__,
        "inputs": input_digest(data),
        "counts": {"figures": len(data.observations), "stories": len(data.stories)},
        "dates": _span(story.date for story in data.stories),
        "looks": [asdict(look) for look in looks],
        "relations": relations,
        "labels": [entity.label for entity in data.entities],
        "keys": {number: e.key for number, e in enumerate(data.entities) if e.key != e.label},
    }
    if whole is not None and whole != (len(data.entities), len(data.facts)):
        values["part"] = {"entities": whole[0], "facts": whole[1]}
    facts = data.facts
    arrays: Arrays = {
        "kind": ("u1", [kinds[entity.cls] for entity in data.entities]),
        "x": ("i2", places.x),
        "y": ("i2", places.y),
        "group": ("u4", places.community),
        "subject": ("u4d", [index[fact.subject] for fact in facts]),
        "object": ("u4", [index[fact.object] for fact in facts]),
        "relation": ("u1", [ways[fact.relation] for fact in facts]),
        "confidence": ("u2", [round(fact.confidence * 10000) for fact in facts]),
        "inferred": ("u1", [not fact.evidence for fact in facts]),
    }
    return pack(values, arrays)


def used_relations(data: GraphData) -> list[Values]:
    """Return the relations that the graph has, in declared order, so that the legend reads like it."""
    used = {fact.relation for fact in data.facts}
    declared = [
        {"name": info.name, "zh": info.label_zh, "en": info.label_en, "symmetric": info.symmetric}
        for info in load_schema().relations.values()
        if info.name in used
    ]
    rest = sorted(used - {entry["name"] for entry in declared})
    return declared + [{"name": n, "zh": n, "en": n, "symmetric": False} for n in rest]


def input_digest(data: GraphData) -> str:
    """Return the SHA-256 over names and digests of all input files, by which a page names its inputs."""
    lines = (f"{page.source}\0{page.sha256}\n" for page in data.pages)
    return hashlib.sha256("".join(lines).encode("utf-8", "surrogatepass")).hexdigest()


def _span(dates: Iterable[str | None]) -> list[str]:
    known = sorted(date for date in dates if date)
    return [known[0], known[-1]] if known else []


def reading_block(data: GraphData) -> str:
    """Pack what is read after the first picture."""
    return _Reading(data).pack()


class _Reading:
    """One pass over quotes and namings, numbering them in the order of their places."""

    def __init__(self, data: GraphData):
        self.data = data
        self.index = {entity.key: number for number, entity in enumerate(data.entities)}
        self.stories = {story.id: number for number, story in enumerate(data.stories)}
        said = [fact.evidence for fact in data.facts] + [figure.evidence for figure in data.observations]
        places = {(self.stories[e.article], e.start, e.end, e.exact) for quotes in said for e in quotes}
        self.quotes = {place: number for number, place in enumerate(sorted(places))}
        rules = {e.rule for quotes in said for e in quotes} | {n.evidence.rule for n in data.namings}
        self.rules = {rule: number for number, rule in enumerate(sorted(rules))}

    def pack(self) -> str:
        data = self.data
        quotes, namings = list(self.quotes), [self._naming(naming.evidence) for naming in data.namings]
        concluded, conclusions = conclusion_columns(data.conclusions, data.facts, self.index)
        values = {
            "aliases": {n: list(e.aliases) for n, e in enumerate(data.entities) if e.aliases},
            "titles": {n: list(fact.titles) for n, fact in enumerate(data.facts) if fact.titles},
            "times": {n: list(fact.times) for n, fact in enumerate(data.facts) if fact.times},
            "references": [(self.index[key], *said) for key, *said in data.references],
            "refused": data.refused,
            "figures": self._figures(),
            "stories": self._stories(),
            "pages": _transposed(["source", "sha256", "encoding"], [_row(page) for page in data.pages]),
            "rules": list(self.rules),
            "exact": self._unprinted(quotes),
            "named": self._unprinted(namings),
            "readings": readings(name for entity in data.entities for name in entity.names),
            "ontology": _ontology(),
            "prefixes": iri.PREFIXES,
            "questions": [asdict(question) for question in load_questions().values()],
            **concluded,
        }
        arrays = {
            **_spans("quote", quotes),
            **_spans("naming", namings),
            "namingEntity": ("u4", [self.index[naming.entity] for naming in data.namings]),
            "namingRule": ("u2", [self.rules[naming.evidence.rule] for naming in data.namings]),
            **self._proofs("fact", [fact.evidence for fact in data.facts]),
            **self._proofs("figure", [figure.evidence for figure in data.observations]),
            **conclusions,
        }
        return pack(values, arrays)

    def _naming(self, said: Evidence) -> tuple[int, int, int, str]:
        return self.stories[said.article], said.start, said.end, said.exact

    def _unprinted(self, places: Sequence[tuple[int, int, int, str]]) -> dict[int, str]:
        """The words of those places that the article's own text does not give."""
        stories = self.data.stories
        found = {}
        for number, (story, start, end, exact) in enumerate(places):
            base = stories[story].start
            if start < base or stories[story].text[start - base : end - base] != exact:
                found[number] = exact
        return found

    def _proofs(self, name: str, said: Sequence[Sequence[Evidence]]) -> dict[str, tuple[str, list[int]]]:
        every = [e for quotes in said for e in quotes]
        return {
            f"{name}Proofs": ("u2", [len(quotes) for quotes in said]),
            f"{name}Quote": ("u4", [self.quotes[self._naming(e)] for e in every]),
            f"{name}Rule": ("u2", [self.rules[e.rule] for e in every]),
        }

    def _figures(self) -> Values:
        names = ["subject", "indicator", "value", "unit", "time", "confidence"]
        rows = [
            (self.index[f.subject], f.indicator, plain(f.value), f.unit, f.time, round(f.confidence, 4))
            for f in self.data.observations
        ]
        return _transposed(names, rows)

    def _stories(self) -> Values:
        names = [
            "source",
            "order",
            "headline",
            "kicker",
            "authors",
            "dateline",
            "date",
            "publisher",
            "section",
        ]
        names += ["start", "text"]
        return _transposed(names, [[_plain(getattr(story, n)) for n in names] for story in self.data.stories])


def plain(value: Decimal) -> str:
    """Return the digits of a number without exponent or trailing zeros.

    >>> plain(Decimal("1.50E+3")), plain(Decimal("0.90"))
    ('1500', '0.9')
    """
    text = f"{value:f}"
    return (text.rstrip("0").rstrip(".") if "." in text else text) or "0"


def _plain(value: object) -> object:
    return list(value) if isinstance(value, tuple) else value


def _row(page: Any) -> list[str]:
    return [page.source, page.sha256, page.encoding]


def _transposed(names: Sequence[str], rows: Sequence[Sequence[Any]]) -> Values:
    return {name: [row[place] for row in rows] for place, name in enumerate(names)}


def _spans(name: str, places: Sequence[tuple[int, int, int, str]]) -> dict[str, tuple[str, Any]]:
    columns = np.array([place[:3] for place in places], dtype=np.int64).reshape(-1, 3)
    return {
        f"{name}Story": ("u4d", columns[:, 0]),
        f"{name}Start": ("u4d", columns[:, 1]),
        f"{name}Length": ("u4", columns[:, 2] - columns[:, 1]),
    }


def _ontology() -> Values:
    schema = load_schema()
    return {
        "classes": [[c.name, c.label_zh, c.label_en, c.parent] for c in schema.classes.values()],
        "relations": [[r.name, r.label_zh, r.label_en, r.symmetric] for r in schema.relations.values()],
        "inverses": [
            [r.inverse, r.inverse_zh, r.inverse_en, r.name] for r in schema.relations.values() if r.inverse
        ],
    }
