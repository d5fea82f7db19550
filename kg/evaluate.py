"""Gold against graph, scored article by article: entities, relations, observations.

The rules are those of the annotation contract: names compare after NFKC without white space and
quotation marks; an entity matches one gold entity of its class (or a superclass) with a name in
common, each gold entity once; a relation matches when both ends do; ``cooperatesWith`` in either
order; an observation when subject, value and unit are equal. Sums are micro-averaged.
"""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from pathlib import Path
from typing import Any

from kg.errors import InputError
from kg.model import Article, Knowledge
from kg.resolve import normal
from kg.schema import Schema


@dataclass(slots=True)
class Score:
    """Counts of right, wrongly found and missed things, with what was wrong and missed."""

    right: int = 0
    wrong: int = 0
    missed: int = 0

    @property
    def precision(self) -> float:
        """Share of the found that is right; 1 where nothing was found."""
        return self.right / (self.right + self.wrong) if self.right + self.wrong else 1.0

    @property
    def recall(self) -> float:
        """Share of the gold that was found; 1 where there is none."""
        return self.right / (self.right + self.missed) if self.right + self.missed else 1.0

    @property
    def f1(self) -> float:
        """Harmonic mean of precision and recall."""
        total = 2 * self.right + self.wrong + self.missed
        return 2 * self.right / total if total else 1.0

    def add(self, right: int, wrong: int, missed: int) -> None:
        """Count further things."""
        self.right += right
        self.wrong += wrong
        self.missed += missed


@dataclass(frozen=True, slots=True)
class Gold:
    """The annotation of one article, as its file has it."""

    article: str
    source: str | None
    order: int
    data: dict[str, Any]


@dataclass(slots=True)
class Report:
    """Scores by name (``entities core``, ``relation leads`` …) and the errors of every article."""

    scores: dict[str, Score] = field(default_factory=lambda: defaultdict(Score))
    errors: list[dict[str, str]] = field(default_factory=list)
    articles: int = 0

    def error(self, article: str, kind: str, what: str, text: str) -> None:
        """Note a wrong or missed thing."""
        self.errors.append({"article": article, "error": kind, "what": what, "text": text})


def load_gold(folder: Path) -> list[Gold]:
    """Read every gold file of a folder, ordered by name.

    Raises:
        InputError: the folder holds none, or a file is no JSON or lacks its parts.
    """
    paths = sorted(folder.glob("*.json"))
    if not paths:
        raise InputError(f"{folder}：没有标注文件 holds no gold files (*.json)")
    return [_read_gold(path) for path in paths]


def _read_gold(path: Path) -> Gold:
    try:
        data = json.loads(path.read_text(encoding="utf-8"))
        parts = {name: data[name] for name in ("entities", "relations", "observations")}
    except (json.JSONDecodeError, KeyError, TypeError) as error:
        raise InputError(f"{path}：不是标注文件 is not a gold file: {error!r}") from error
    name = str(data.get("article", path.stem))
    return Gold(name, data.get("source"), int(data.get("order") or 1), {**data, **parts})


def evaluate(knowledge: Knowledge, golds: Sequence[Gold], schema: Schema) -> Report:
    """Score what the graph holds from each gold article's evidence alone."""
    report = Report()
    for gold in golds:
        article = _article_of(gold, knowledge.articles)
        if article is None:
            report.error(gold.article, "missed", "article", f"{gold.source or gold.article} 未找到 not found")
        _Comparison(gold, article, knowledge, schema, report).score()
        report.articles += 1
    return report


def _article_of(gold: Gold, articles: Iterable[Article]) -> Article | None:
    for article in articles:
        name = article.document.source.rsplit("/", 1)[-1]
        stem = name.rsplit(".", 1)[0]
        if article.order == gold.order and gold.source in (name, article.document.source):
            return article
        if gold.source is None and gold.article in (stem, f"{stem}-{article.order}"):
            return article
    return None


class _Comparison:
    """One article's gold beside what the graph says from it."""

    def __init__(
        self, gold: Gold, article: Article | None, knowledge: Knowledge, schema: Schema, report: Report
    ):
        self.gold, self.schema, self.report = gold, schema, report
        self.article = article
        mine = article.id if article else None
        named = {n.entity for n in knowledge.namings if n.evidence.article == mine}
        self.entities = [e for e in knowledge.entities if e.key in named]
        self.facts = [f for f in knowledge.facts if any(e.article == mine for e in f.evidence)]
        self.figures = [o for o in knowledge.observations if any(e.article == mine for e in o.evidence)]
        self.match: dict[str, str] = {}

    def score(self) -> None:
        """Add this article to the report."""
        self._metadata()
        self._entities()
        self._relations()
        self._observations()

    def _metadata(self) -> None:
        for name in ("kicker", "headline", "byline"):
            if name not in self.gold.data:
                continue
            want = self.gold.data[name] or ([] if name == "byline" else None)
            have = getattr(self.article, name, None)
            have = list(have or ()) if name == "byline" else have
            same = _flat(want) == _flat(have)
            self.report.scores["metadata"].add(int(same), 0, int(not same))
            if not same:
                self.report.error(self.gold.article, "missed", name, f"{want!r} ← {have!r}")

    def _entities(self) -> None:
        free = {g["id"]: g for g in self.gold.data["entities"]}
        wanted = {i: {normal(n) for n in g["names"]} for i, g in free.items()}
        for entity in self.entities:
            names = {normal(name) for name in entity.names}
            fits = [i for i, g in free.items() if wanted[i] & names and self._is(entity.cls, g["type"])]
            if fits:
                self.match[entity.key] = fits[0]
                gold = free.pop(fits[0])
                self._count("entities", gold["type"], self._core_class(gold["type"]), 1, 0, 0)
            else:
                base = self.schema.base(entity.cls)
                self._count("entities", base, self._core_class(base), 0, 1, 0)
                self.report.error(self.gold.article, "wrong", base, " | ".join(entity.names))
        for gold in free.values():
            self._count("entities", gold["type"], self._core_class(gold["type"]), 0, 0, 1)
            self.report.error(self.gold.article, "missed", gold["type"], " | ".join(gold["names"]))

    def _is(self, cls: str, gold: str) -> bool:
        return gold in self.schema.classes and self.schema.is_a(cls, gold)

    def _core_class(self, name: str) -> bool:
        return name in self.schema.classes and self.schema.classes[self.schema.base(name)].core

    def _core_relation(self, name: str) -> bool:
        return name in self.schema.relations and self.schema.relations[name].core

    def _count(self, what: str, name: str, core: bool, right: int, wrong: int, missed: int) -> None:
        groups = [f"{what} all", f"{what[:-1] if what != 'entities' else 'class'} {name}"]
        for group in groups + ([f"{what} core"] if core else []):
            self.report.scores[group].add(right, wrong, missed)

    def _relations(self) -> None:
        wanted = {_triple(r["subject"], r["relation"], r["object"]): r for r in self.gold.data["relations"]}
        for fact in self.facts:
            ends = self.match.get(fact.subject), self.match.get(fact.object)
            triple = _triple(ends[0] or "?", fact.relation, ends[1] or "?")
            hit = wanted.pop(triple, None) is not None
            self._count(
                "relations", fact.relation, self._core_relation(fact.relation), int(hit), int(not hit), 0
            )
            if not hit:
                rules = ", ".join(sorted({e.rule for e in fact.evidence}))
                self.report.error(
                    self.gold.article, "wrong", fact.relation, f"{fact.subject} → {fact.object} [{rules}]"
                )
        names = {g["id"]: g["names"][0] for g in self.gold.data["entities"]}
        for r in wanted.values():
            self._count("relations", r["relation"], self._core_relation(r["relation"]), 0, 0, 1)
            text = f"{names.get(r['subject'])} → {names.get(r['object'])}"
            self.report.error(self.gold.article, "missed", r["relation"], text)

    def _observations(self) -> None:
        wanted: dict[tuple[str, Decimal, str], list[str]] = defaultdict(list)
        for o in self.gold.data["observations"]:
            key = (o["subject"], Decimal(str(o["value"])).normalize(), normal(o["unit"]))
            wanted[key].append(o["indicator"])
        for figure in self.figures:
            key = (self.match.get(figure.subject, "?"), figure.value.normalize(), normal(figure.unit))
            hit = bool(wanted.get(key)) and bool(wanted[key].pop())
            self.report.scores["observations"].add(int(hit), int(not hit), 0)
            if not hit:
                text = f"{figure.subject}: {figure.indicator} {figure.value:f} {figure.unit}"
                self.report.error(self.gold.article, "wrong", "observation", text)
        names = {g["id"]: g["names"][0] for g in self.gold.data["entities"]}
        for (subject, value, unit), left in wanted.items():
            for indicator in left:
                self.report.scores["observations"].add(0, 0, 1)
                text = f"{names.get(subject)}: {indicator} {value:f} {unit}"
                self.report.error(self.gold.article, "missed", "observation", text)


def _triple(subject: str, relation: str, object: str) -> tuple[str, str, str]:
    if relation == "cooperatesWith" and object < subject:
        subject, object = object, subject
    return subject, relation, object


def _flat(value: Any) -> Any:
    if isinstance(value, list):
        return [normal(v) for v in value]
    return normal(value) if isinstance(value, str) else value
