"""Gold against graph, scored article by article: entities, relations, observations.

The rules are those of the annotation contract: names compare after NFKC without white space and
quotation marks; an entity matches one gold entity of its class (or a superclass) with a name in
common, each gold entity once; a relation matches when both ends do; ``cooperatesWith`` in either
order; an observation when subject, value and unit are equal. Sums are micro-averaged.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

from kg.evaluate.gold import Gold
from kg.model import Article, Knowledge
from kg.resolve import normal, normal_amount
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
class Judged:
    """A relation or figure of the graph: how sure the graph is, and whether the gold has it."""

    what: str
    confidence: float
    right: bool


@dataclass(frozen=True, slots=True)
class Named:
    """An entity of the gold or of the graph: its class, its names, and ``right``, ``wrong`` or ``missed``."""

    cls: str
    names: tuple[str, ...]
    verdict: str


@dataclass(slots=True)
class Story:
    """One article as it was scored: its scores, its entities on both sides, its errors."""

    name: str
    article: Article | None
    scores: dict[str, Score] = field(default_factory=lambda: defaultdict(Score))
    gold: list[Named] = field(default_factory=list)
    found: list[Named] = field(default_factory=list)
    errors: list[dict[str, str]] = field(default_factory=list)


@dataclass(slots=True)
class Report:
    """Scores by name (``entities core``, ``relation leads`` …), overall and article by article.

    ``confusion`` counts ``(gold, found)``: a class or relation beside what the graph has in its
    place, ``NOTHING`` on either side where there is nothing to compare.
    """

    scores: dict[str, Score] = field(default_factory=lambda: defaultdict(Score))
    stories: list[Story] = field(default_factory=list)
    judged: list[Judged] = field(default_factory=list)
    confusion: Counter[tuple[str, str]] = field(default_factory=Counter)

    @property
    def articles(self) -> int:
        """How many gold articles were scored."""
        return len(self.stories)

    @property
    def errors(self) -> list[dict[str, str]]:
        """Every wrong or missed thing of every article."""
        return [error for story in self.stories for error in story.errors]

    def add(self, other: Report) -> None:
        """Take in what another report counted."""
        for name, score in other.scores.items():
            self.scores[name].add(score.right, score.wrong, score.missed)
        self.stories += other.stories
        self.judged += other.judged
        self.confusion += other.confusion

    @property
    def confused(self) -> list[tuple[str, str, int]]:
        """Gold, what the graph has instead, and how often, most frequent first."""
        pairs = ((gold, found, n) for (gold, found), n in self.confusion.items() if gold != found)
        return sorted(pairs, key=lambda row: (-row[2], row[0], row[1]))

    def worst(self, count: int) -> list[Story]:
        """The articles with the most wrong and missed things, most first."""
        return sorted(self.stories, key=lambda s: (-len(s.errors), s.name))[:count]


NOTHING = "—"
BOUNDARY = "边界 boundary"
REVERSED = "反向 reversed"


def evaluate(knowledge: Knowledge, golds: Sequence[Gold], schema: Schema) -> Report:
    """Score what the graph holds from each gold article's evidence alone."""
    report = Report()
    for gold in golds:
        article = _article_of(gold, knowledge.articles)
        comparison = _Comparison(gold, article, knowledge, schema, report)
        if article is None:
            comparison.error("missed", "article", f"{gold.source or gold.article} 未找到 not found")
        comparison.score()
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
        self.story = Story(gold.article, article)
        report.stories.append(self.story)

    def error(self, kind: str, what: str, text: str) -> None:
        """Note a wrong or missed thing."""
        self.story.errors.append({"article": self.gold.article, "error": kind, "what": what, "text": text})

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
            self._add("metadata", int(same), 0, int(not same))
            if not same:
                self.error("missed", name, f"{want!r} ← {have!r}")

    def _entities(self) -> None:
        free = {g["id"]: g for g in self.gold.data["entities"]}
        wanted = {i: {normal(n) for n in g["names"]} for i, g in free.items()}
        wrong: list[tuple[str, set[str]]] = []
        for entity in self.entities:
            names = {normal(name) for name in entity.names}
            fits = [i for i, g in free.items() if wanted[i] & names and self._is(entity.cls, g["type"])]
            base = self.schema.base(entity.cls)
            self.story.found.append(Named(base, entity.names, "right" if fits else "wrong"))
            if fits:
                self.match[entity.key] = fits[0]
                gold = free.pop(fits[0])
                self.story.gold.append(Named(gold["type"], tuple(gold["names"]), "right"))
                self.report.confusion[gold["type"], gold["type"]] += 1
                self._count("entities", gold["type"], self._core_class(gold["type"]), 1, 0, 0)
            else:
                wrong.append((base, names))
                self._count("entities", base, self._core_class(base), 0, 1, 0)
                self.error("wrong", base, " | ".join(entity.names))
        for id, gold in free.items():
            self.story.gold.append(Named(gold["type"], tuple(gold["names"]), "missed"))
            self._count("entities", gold["type"], self._core_class(gold["type"]), 0, 0, 1)
            self.error("missed", gold["type"], " | ".join(gold["names"]))
            self.report.confusion[gold["type"], _taken_for(wanted[id], wrong)] += 1
        self.report.confusion.update((NOTHING, base) for base, _ in wrong)

    def _is(self, cls: str, gold: str) -> bool:
        return gold in self.schema.classes and self.schema.is_a(cls, gold)

    def _core_class(self, name: str) -> bool:
        return name in self.schema.classes and self.schema.classes[self.schema.base(name)].core

    def _core_relation(self, name: str) -> bool:
        return name in self.schema.relations and self.schema.relations[name].core

    def _count(self, what: str, name: str, core: bool, right: int, wrong: int, missed: int) -> None:
        groups = [f"{what} all", f"{what[:-1] if what != 'entities' else 'class'} {name}"]
        for group in groups + ([f"{what} core"] if core else []):
            self._add(group, right, wrong, missed)

    def _add(self, group: str, right: int, wrong: int, missed: int) -> None:
        for scores in (self.report.scores, self.story.scores):
            scores[group].add(right, wrong, missed)

    def _relations(self) -> None:
        wanted = {_triple(r["subject"], r["relation"], r["object"]): r for r in self.gold.data["relations"]}
        between: dict[tuple[str, str], str] = {}
        for fact in self.facts:
            ends = self.match.get(fact.subject), self.match.get(fact.object)
            triple = _triple(ends[0] or "?", fact.relation, ends[1] or "?")
            hit = wanted.pop(triple, None) is not None
            core = self._core_relation(fact.relation)
            self._count("relations", fact.relation, core, int(hit), int(not hit), 0)
            self.report.judged.append(Judged("relation", fact.confidence, hit))
            if hit:
                self.report.confusion[fact.relation, fact.relation] += 1
            else:
                between[triple[0], triple[2]] = fact.relation
                rules = ", ".join(sorted({e.rule for e in fact.evidence}))
                self.error("wrong", fact.relation, f"{fact.subject} → {fact.object} [{rules}]")
        names = {g["id"]: g["names"][0] for g in self.gold.data["entities"]}
        for (subject, relation, object), r in wanted.items():
            self._count("relations", relation, self._core_relation(relation), 0, 0, 1)
            self.error("missed", relation, f"{names.get(r['subject'])} → {names.get(r['object'])}")
            other = between.get((subject, object))
            turned = REVERSED if (object, subject) in between else NOTHING
            self.report.confusion[relation, other or turned] += 1

    def _observations(self) -> None:
        wanted: dict[tuple[str, Decimal, str], list[str]] = defaultdict(list)
        for o in self.gold.data["observations"]:
            key = (o["subject"], *normal_amount(Decimal(str(o["value"])), o["unit"]))
            wanted[key].append(o["indicator"])
        for figure in self.figures:
            key = (self.match.get(figure.subject, "?"), *normal_amount(figure.value, figure.unit))
            hit = bool(wanted.get(key)) and bool(wanted[key].pop())
            self._add("observations", int(hit), int(not hit), 0)
            self.report.judged.append(Judged("observation", figure.confidence, hit))
            if not hit:
                text = f"{figure.subject}: {figure.indicator} {figure.value:f} {figure.unit}"
                self.error("wrong", "observation", text)
        names = {g["id"]: g["names"][0] for g in self.gold.data["entities"]}
        for (subject, value, unit), left in wanted.items():
            for indicator in left:
                self._add("observations", 0, 0, 1)
                self.error("missed", "observation", f"{names.get(subject)}: {indicator} {value:f} {unit}")


def _taken_for(names: set[str], wrong: Iterable[tuple[str, set[str]]]) -> str:
    """What the graph has in the place of a missed entity."""
    cut = NOTHING
    for base, others in wrong:
        if names & others:
            return base
        if any(a in b or b in a for a in names for b in others):
            cut = BOUNDARY
    return cut


def _triple(subject: str, relation: str, object: str) -> tuple[str, str, str]:
    if relation == "cooperatesWith" and object < subject:
        subject, object = object, subject
    return subject, relation, object


def _flat(value: Any) -> Any:
    if isinstance(value, list):
        return [normal(v) for v in value]
    return normal(value) if isinstance(value, str) else value
