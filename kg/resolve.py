"""From the records of all articles to one graph: one entity per real thing, every fact with its evidence.

One deterministic function over all records: the order of files never matters, and taking an
article away gives exactly the graph that would have been built without it. Two things are one
when they have a name in common that says which thing it is: a full or known name anywhere, a
name such as 党工委 or “五联”活动, or a short name of several firms, only among articles about the same
zone, a bare class word (链党委) in no other article. What breaks the ontology stays outside
(``kg.quarantine``).
"""

from __future__ import annotations

import re
import unicodedata
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import lru_cache
from itertools import pairwise
from typing import NamedTuple

from kg.extract.bare import BARE_COMMITTEE
from kg.lexicon import Lexicon, load_lexicon
from kg.model import Article, Claim, Entity, Evidence, Fact, Knowledge, Naming, Observation, Record, Referent
from kg.parallel import uncollected
from kg.quarantine import Door
from kg.schema import Schema, load_schema

_VAGUE_ZONE = re.compile(
    r"^(?:国家|省级|市级)?(?:高新区|科学城|经开区|新区|开发区|产业园|科技园|孵化器|大学城|园区|示范区)$"
)
# Of these the last four characters are seldom more than the class word.
_NAMED_BY_MODIFIER = ("Zone", "Event", "Project")
_BARE_LONGEST = 4
# Of these several are called by one short name: firms of two cities, a fair of this year and of last.
_WITH_NAMESAKES = ("Enterprise", "Event", "Project")
_LEGAL_FORM = re.compile(r"(?:有限|责任|股份|集团|控股|公司)+$")


@lru_cache(maxsize=1 << 16)  # the same names come back from article to article
def normal(name: str) -> str:
    """Bring a name to the form in which names are compared: NFKC, no white space, no quotation marks.

    >>> normal("西部（重庆） 科学城")
    '西部(重庆)科学城'
    """
    plain = re.sub(r"[\s“”\"'‘’《》]", "", unicodedata.normalize("NFKC", name))
    # Marks of text direction and zero width are not seen, so they tell no two names apart.
    return "".join(char for char in plain if unicodedata.category(char) != "Cf")


def normal_amount(value: Decimal, unit: str) -> tuple[Decimal, str]:
    """Bring a value and its unit to the form in which figures are compared.

    >>> normal_amount(Decimal("60.0"), "台（套）")
    (Decimal('6E+1'), '台(套)')
    """
    return value.normalize(), normal(unit)


def _one_in_the_other(names: Iterable[str]) -> bool:
    """Tell whether of any two names one has the other in it, as forms of one name have."""
    ordered = sorted(names, key=lambda n: (len(n), n))
    return all(short in long for short, long in pairwise(ordered))


class _Node(NamedTuple):
    """A referent of one record: ``(number of the record, number of the referent)``."""

    record: int
    referent: int


@uncollected()
def resolve(
    records: Iterable[Record], schema: Schema | None = None, lexicon: Lexicon | None = None
) -> Knowledge:
    """Merge records into entities, facts, observations and namings, in canonical order."""
    ordered = sorted(records, key=lambda r: (r.article.document.source, r.article.order))
    merger = _Merger(ordered, schema or load_schema(), lexicon or load_lexicon())
    keys = merger.keys()
    door = Door({entity.key: entity for entity in merger.entities.values()}, merger.schema)
    read, misread = _readings(_said(ordered, keys, merger.schema), door)
    door.refuse_misread(_facts(misread))
    facts = door.admit(_facts(read))
    return Knowledge(
        articles=tuple(r.article for r in ordered),
        entities=tuple(sorted(merger.entities.values(), key=lambda e: e.key)),
        facts=facts,
        observations=tuple(_observations(ordered, keys)),
        namings=tuple(sorted(_namings(ordered, keys), key=_naming_order)),
        refused=door.refused(),
    )


class _Merger:
    """Groups the referents of all records into entities (union-find over the names they share)."""

    def __init__(self, records: Sequence[Record], schema: Schema, lexicon: Lexicon):
        self.records = records
        self.schema = schema
        self.lexicon = lexicon
        self.ambiguous = self._ambiguous()
        self.parent: dict[_Node, _Node] = {}
        self.entities: dict[_Node, Entity] = {}

    def keys(self) -> dict[_Node, str]:
        """Give every referent the key of its entity."""
        owner: dict[tuple[str, ...], _Node] = {}
        anchors = [self._anchor_name(record) for record in self.records]
        for node, referent in self._nodes():
            self.parent[node] = node
            for key in self._name_keys(node, referent, anchors[node.record]):
                self._union(owner.setdefault(key, node), node)
        groups: dict[_Node, list[_Node]] = defaultdict(list)
        for node in self.parent:
            groups[self._root(node)].append(node)
        return self._label(groups, anchors)

    def _ambiguous(self) -> frozenset[tuple[str, str]]:
        """Short names that things of different full names bear: 星河光电 of one firm and of another."""
        full: dict[tuple[str, str], set[str]] = defaultdict(set)
        for _, referent in self._nodes():
            base = self.schema.base(referent.cls)
            if base in _WITH_NAMESAKES:
                first, *others = map(normal, referent.names)
                for name in others:
                    full[base, name].add(_LEGAL_FORM.sub("", first))
        return frozenset(key for key, cores in full.items() if not _one_in_the_other(cores))

    def _nodes(self) -> Iterator[tuple[_Node, Referent]]:
        for i, record in enumerate(self.records):
            for j, referent in enumerate(record.referents):
                yield _Node(i, j), referent

    def _root(self, node: _Node) -> _Node:
        while self.parent[node] != node:
            self.parent[node] = self.parent[self.parent[node]]
            node = self.parent[node]
        return node

    def _union(self, a: _Node, b: _Node) -> None:
        one, other = self._root(a), self._root(b)
        self.parent[max(one, other)] = min(one, other)

    def _anchor_name(self, record: Record) -> str:
        """Canonical name of the zone that a record is about, ``""`` without one."""
        if record.anchor is None:
            return ""
        return self._canonical("Zone", record.referents[record.anchor].names)

    def _canonical(self, base: str, names: Sequence[str]) -> str:
        for name in names:
            entry = self.lexicon.entries.get(name) or self.lexicon.entries.get(normal(name))
            if entry and self.schema.base(entry.cls) == base:
                return normal(entry.name)
        return normal(names[0])

    def _name_keys(self, node: _Node, referent: Referent, anchor: str) -> Iterator[tuple[str, ...]]:
        base = self.schema.base(referent.cls)
        yield (
            base,
            self._canonical(base, referent.names),
            self._scope(base, referent.names[0], anchor, node),
        )
        for name in referent.names:
            if not self._bare(base, name, referent.names):
                yield (base, normal(name), self._scope(base, name, anchor, node))

    def _bare(self, base: str, name: str, names: Sequence[str]) -> bool:
        """A short form that says what a thing is, not which: in another article it is another's.

        链党委 of 量子信息产业链党委, 化工园区 of 兰州新区化工园区, 开工仪式 of that of some project.
        """
        longer = any(len(other) > len(name) and other.endswith(name) for other in names)
        if not longer or name in self.lexicon.entries:
            return False
        if base == "PartyOrganization":
            return BARE_COMMITTEE.fullmatch(name) is not None
        return base in _NAMED_BY_MODIFIER and len(name) <= _BARE_LONGEST

    def _scope(self, base: str, name: str, anchor: str, node: _Node) -> str:
        """Where a name is unique: everywhere (``""``), among articles of one zone, or in one article.

        Of two firms with one short name each is the one of its zone's reports.
        """
        if base == "Person":
            return anchor or f"#{node.record}"
        if base == "Zone" and _VAGUE_ZONE.match(name):
            return anchor
        if (base, normal(name)) in self.ambiguous:
            return anchor if anchor and base == "Enterprise" else f"#{node.record}"
        if self.schema.classes[base].unique and len(name) > 2:
            return ""
        return "" if self._tells(name) else anchor or f"#{node.record}"

    def _tells(self, name: str) -> bool:
        """A name that begins with a known zone, place, university or company says which thing it is."""
        plain = normal(name)
        return any(plain[:size] in self.lexicon.entries for size in range(2, min(len(plain), 14) + 1))

    def _label(self, groups: dict[_Node, list[_Node]], anchors: list[str]) -> dict[_Node, str]:
        """Name the groups; those of one name get a readable qualifier."""
        drafts = {root: self._draft(nodes) for root, nodes in groups.items()}
        same: dict[str, list[_Node]] = defaultdict(list)
        for root, (_, names) in drafts.items():
            same[names[0]].append(root)
        keys: dict[_Node, str] = {}
        taken: set[str] = {label for label, roots in same.items() if len(roots) == 1}
        for label, roots in sorted(same.items()):
            for root, key in self._qualified(label, roots, drafts, groups, anchors, taken):
                cls, names = drafts[root]
                self.entities[root] = Entity(key, cls, label, tuple(names[1:]))
                keys[root] = key
        return {node: keys[root] for root, nodes in groups.items() for node in nodes}

    def _draft(self, nodes: list[_Node]) -> tuple[str, list[str]]:
        """Class and names of a group: the most specific class, the fullest name first."""
        referents = [self.records[n.record].referents[n.referent] for n in nodes]
        votes = Counter(r.cls for r in referents)
        cls = min(votes, key=lambda c: (-len(self.schema.ancestors(c)), -votes[c], c))
        first = Counter(r.names[0] for r in referents)
        names = sorted({name for r in referents for name in r.names}, key=lambda n: (-len(n), n))
        label = self._best_label(names, first, self.schema.base(cls))
        seen = {normal(label)}
        others = [n for n in names if not (normal(n) in seen or seen.add(normal(n)))]  # type: ignore[func-returns-value]
        return cls, [label, *others]

    def _best_label(self, names: list[str], first: Counter[str], base: str) -> str:
        for name in names:
            entry = self.lexicon.entries.get(name)
            if entry and entry.name == name and self.schema.base(entry.cls) == base:
                return name
        return min(first, key=lambda n: (-len(n), n))

    def _qualified(
        self, label: str, roots: list[_Node], drafts: dict[_Node, tuple[str, list[str]]],
        groups: dict[_Node, list[_Node]], anchors: list[str], taken: set[str],
    ) -> Iterator[tuple[_Node, str]]:  # fmt: skip
        """Keys for the entities of one label: the label, or with class, zone or article behind it."""
        if len(roots) == 1:
            yield roots[0], label
            return
        for root in sorted(roots, key=lambda n: (n.record, n.referent)):
            record = self.records[min(n.record for n in groups[root])]
            base = self.schema.classes[self.schema.base(drafts[root][0])].label_zh
            zone = anchors[min(n.record for n in groups[root])]
            here = record.article.id
            qualifiers = (base, zone, f"{base}·{zone}", here, f"{base}·{here}·{root.referent}")
            choices = [f"{label}（{qualifier}）" for qualifier in qualifiers]
            classes = {self.schema.base(drafts[r][0]) for r in roots}
            usable = choices if len(classes) == len(roots) else choices[1:] if zone else choices[2:]
            key = next(choice for choice in usable if choice not in taken)
            taken.add(key)
            yield root, key


def _evidence(article: Article, start: int, end: int, rule: str) -> Evidence:
    quote = article.quote(start, end)
    return Evidence(article.id, quote.start, quote.end, quote.exact, rule)


@dataclass(frozen=True, slots=True)
class _Said:
    """A claim of an article between entities, and the class that the article gives to each."""

    key: tuple[str, str, str]
    claim: Claim
    evidence: Evidence
    read: tuple[tuple[str, str], ...]


def _said(records: Sequence[Record], keys: dict[_Node, str], schema: Schema) -> Iterator[_Said]:
    for i, record in enumerate(records):
        for claim in record.claims:
            subject, object = keys[_Node(i, claim.subject)], keys[_Node(i, claim.object)]
            read = tuple(
                (keys[_Node(i, end)], record.referents[end].cls) for end in (claim.subject, claim.object)
            )
            if schema.relations[claim.relation].symmetric and object < subject:
                subject, object = object, subject
            evidence = _evidence(record.article, claim.start, claim.end, claim.rule)
            yield _Said((subject, claim.relation, object), claim, evidence, read)


def _readings(said: Iterable[_Said], door: Door) -> tuple[list[_Said], list[_Said]]:
    """Claims of articles that take both ends for what they can be, and those that do not."""
    parts: tuple[list[_Said], list[_Said]] = ([], [])
    for item in said:
        parts[any(door.disjoint(key, cls) for key, cls in item.read)].append(item)
    return parts


def _facts(said: Iterable[_Said]) -> Iterator[Fact]:
    """One fact per pair and relation, its confidence that of independent witnesses."""
    found: dict[tuple[str, str, str], dict[Evidence, float]] = defaultdict(dict)
    titles: dict[tuple[str, str, str], set[str]] = defaultdict(set)
    times: dict[tuple[str, str, str], set[str]] = defaultdict(set)
    for item in said:
        key, claim, evidence = item.key, item.claim, item.evidence
        found[key][evidence] = max(claim.confidence, found[key].get(evidence, 0.0))
        if claim.title:
            titles[key].add(claim.title)
        if claim.time:
            times[key].add(claim.time)
    for key in sorted(found):
        witnesses = found[key]
        words = (tuple(sorted(titles[key])), tuple(sorted(times[key])))
        yield Fact(*key, _together(witnesses), tuple(sorted(witnesses)), *words)


def _together(witnesses: dict[Evidence, float]) -> float:
    """The best rule of each sentence counts; further sentences add half of what is open."""
    best: dict[tuple[str, int], float] = {}
    for evidence, trust in witnesses.items():
        place = (evidence.article, evidence.start)
        best[place] = max(best.get(place, 0.0), trust)
    ordered = sorted(best.values(), reverse=True)
    total = ordered[0]
    for trust in ordered[1:]:
        total += (1 - total) * trust * 0.5
    return round(min(total, 0.99), 3)


def _observations(records: Sequence[Record], keys: dict[_Node, str]) -> Iterator[Observation]:
    found: dict[tuple[str, str, str, str], dict[Evidence, float]] = defaultdict(dict)
    values = {}
    for i, record in enumerate(records):
        dated = {(f.subject, f.indicator, f.value, f.unit): f.time for f in record.figures if f.time}
        for figure in record.figures:
            # The standfirst repeats a figure without its time: one figure, and the time is known.
            time = figure.time or dated.get((figure.subject, figure.indicator, figure.value, figure.unit))
            subject = keys[_Node(i, figure.subject)]
            key = (subject, figure.indicator, f"{figure.value:f} {figure.unit}", time or "")
            evidence = _evidence(record.article, figure.start, figure.end, figure.rule)
            found[key][evidence] = max(figure.confidence, found[key].get(evidence, 0.0))
            values[key] = (figure.value, figure.unit)
    for key in sorted(found):
        subject, indicator, _, time = key
        yield Observation(
            subject, indicator, *values[key], time or None, _together(found[key]), tuple(sorted(found[key]))
        )


def _naming_order(naming: Naming) -> tuple[str, str, int, int, str, str]:
    """By entity and evidence; a tuple is compared in a fraction of the time of an ``Evidence``."""
    item = naming.evidence
    return naming.entity, item.article, item.start, item.end, item.exact, item.rule


def _namings(records: Sequence[Record], keys: dict[_Node, str]) -> Iterator[Naming]:
    for i, record in enumerate(records):
        for mention in record.mentions:
            evidence = _evidence(record.article, mention.start, mention.end, mention.rule)
            yield Naming(keys[_Node(i, mention.referent)], evidence)
