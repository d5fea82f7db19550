"""The graph as columns of plain values: what the page holds as JSON, each string stored once.

``entities.key[i]``, ``entities.kind[i]`` … belong together; facts and figures point at entities
and quotes by index. An *evidence* is ``[quote, rule, marks of subject, marks of object]`` with
marks flat: ``[start, end, start, end, …]``.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict
from typing import Any

from kg.explore.data import GraphData
from kg.explore.look import looks_of
from kg.explore.marks import Mark, Marker, find
from kg.model import Evidence
from kg.schema import load_schema

Columns = dict[str, Any]


def columns(data: GraphData) -> Columns:
    """Turn a graph into the columns that the page's script reads."""
    return _Columns(data).build()


class _Columns:
    """One pass over the graph, numbering quotes and rules as they come."""

    def __init__(self, data: GraphData):
        self.data = data
        self.entities = {entity.key: number for number, entity in enumerate(data.entities)}
        self.stories = {story.id: number for number, story in enumerate(data.stories)}
        self.quotes: dict[tuple[int, int, int, str], int] = {}
        self.rules: dict[str, int] = {}
        self.marker = Marker(data.namings)

    def build(self) -> Columns:
        facts, figures = self.facts(), self.figures()
        return {
            "looks": self.looks(),
            "relations": self.relations(),
            "entities": self.entity_columns(),
            "facts": facts,
            "figures": figures,
            "stories": self.story_columns(),
            "quotes": _transposed(["story", "start", "end", "exact"], list(self.quotes)),
            "rules": list(self.rules),
        }

    def looks(self) -> list[Columns]:
        kinds = {entity.cls for entity in self.data.entities}
        return [asdict(look) for look in looks_of(kinds, load_schema())]

    def relations(self) -> list[Columns]:
        """Declared order first, so that the legend reads like the ontology."""
        used = {fact.relation for fact in self.data.facts}
        declared = [
            {"name": info.name, "zh": info.label_zh, "en": info.label_en, "symmetric": info.symmetric}
            for info in load_schema().relations.values()
            if info.name in used
        ]
        rest = sorted(used - {entry["name"] for entry in declared})
        return declared + [{"name": n, "zh": n, "en": n, "symmetric": False} for n in rest]

    def entity_columns(self) -> Columns:
        rows = [(entity.key, entity.cls, list(entity.names)) for entity in self.data.entities]
        return _transposed(["key", "kind", "names"], rows)

    def facts(self) -> Columns:
        names = ["subject", "relation", "object", "confidence", "titles", "evidence"]
        rows = [
            (
                self.entities[fact.subject],
                fact.relation,
                self.entities[fact.object],
                fact.confidence,
                list(fact.titles),
                [self.evidence(quote, fact.subject, fact.object) for quote in fact.evidence],
            )
            for fact in self.data.facts
        ]
        return _transposed(names, rows)

    def figures(self) -> Columns:
        names = ["subject", "indicator", "value", "unit", "time", "confidence", "evidence"]
        rows = [
            (
                self.entities[figure.subject],
                figure.indicator,
                f"{figure.value.normalize():f}",
                figure.unit,
                figure.time,
                figure.confidence,
                [self.evidence(quote, figure.subject, None, figure.indicator) for quote in figure.evidence],
            )
            for figure in self.data.observations
        ]
        return _transposed(names, rows)

    def evidence(self, quote: Evidence, subject: str, object: str | None, words: str = "") -> list[Any]:
        place = (self.stories[quote.article], quote.start, quote.end, quote.exact)
        number = self.quotes.setdefault(place, len(self.quotes))
        rule = self.rules.setdefault(quote.rule, len(self.rules))
        other = self.named(quote, object) if object else find(quote.exact, [words])
        return [number, rule, _flat(self.named(quote, subject)), _flat(other)]

    def named(self, quote: Evidence, key: str) -> list[Mark]:
        return self.marker.marks(quote, key, self.data.entities[self.entities[key]].names)

    def story_columns(self) -> Columns:
        named: dict[str, set[int]] = {story.id: set() for story in self.data.stories}
        for naming in self.data.namings:
            named[naming.evidence.article].add(self.entities[naming.entity])
        names = ["id", "source", "order", "headline", "authors", "date", "publisher", "entities"]
        rows = [
            (s.id, s.source, s.order, s.headline, list(s.authors), s.date, s.publisher, sorted(named[s.id]))
            for s in self.data.stories
        ]
        return _transposed(names, rows)


def _transposed(names: Sequence[str], rows: Sequence[Sequence[Any]]) -> Columns:
    return {name: [row[place] for row in rows] for place, name in enumerate(names)}


def _flat(marks: Sequence[Mark]) -> list[int]:
    return [offset for mark in marks for offset in mark]
