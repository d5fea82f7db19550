"""The door of the graph: a claim that breaks the ontology stays outside, with its evidence and the reason.

Held against it are domain and range, disjoint classes (an article takes a thing for what it cannot
be), functional and inverse functional relations (OWL 2, 9.2.7 and 9.2.8, names taken to be unique),
asymmetric ones (9.2.12), and two laws of any relation: nothing is related to itself, and what is
transitive does not lead back to where it began. The surer of two claims that exclude each other
enters, whatever the order in which they are told.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping

from kg.model import Entity, Fact, Key, Refusal
from kg.schema import Schema

Breach = tuple[str, str, str, Key | None]
"""Reason, message in Chinese, message in English, the fact that stands against the claim."""


class Door:
    """Lets facts into one graph and keeps the others, with the reason."""

    def __init__(self, entities: Mapping[str, Entity], schema: Schema):
        self.entities = entities
        self.schema = schema
        self._refused: list[Refusal] = []
        self._objects: dict[tuple[str, str], list[str]] = defaultdict(list)
        self._subjects: dict[tuple[str, str], list[str]] = defaultdict(list)
        self._laws: tuple[Callable[[Fact], Iterator[Breach]], ...] = (
            self._reflexivity, self._ends, self._cardinality, self._asymmetry, self._circle,
        )  # fmt: skip

    def disjoint(self, key: str, cls: str) -> bool:
        """Tell whether an entity cannot be of the class that an article takes it for."""
        own = self.entities[key].cls
        return own != cls and self.schema.disjoint(own, cls)

    def refuse_misread(self, claims: Iterable[Fact]) -> None:
        """Keep out claims of articles that take one of their ends for what it cannot be."""
        for claim in claims:
            zh = (
                f"原文把 {self._label(claim.subject)} 或 {self._label(claim.object)} 当作与其类别不相交的类别"
            )
            en = "the article takes an end for a class that is disjoint with the entity's own"
            self._refused.append(Refusal(claim, "disjointness", zh, en))

    def admit(self, claims: Iterable[Fact]) -> tuple[Fact, ...]:
        """Return the claims that the ontology lets stand together, in canonical order."""
        admitted = []
        for claim in sorted(claims, key=lambda f: (-f.confidence, f.key)):
            breach = next((found for law in self._laws for found in law(claim)), None)
            if breach is not None:
                reason, zh, en, against = breach
                self._refused.append(Refusal(claim, reason, zh, en, against))
                continue
            self._objects[claim.subject, claim.relation].append(claim.object)
            self._subjects[claim.object, claim.relation].append(claim.subject)
            admitted.append(claim)
        return tuple(sorted(admitted, key=lambda f: f.key))

    def refused(self) -> tuple[Refusal, ...]:
        """Return what stayed outside, in canonical order."""
        return tuple(sorted(self._refused, key=lambda r: (r.reason, r.claim.key)))

    def _reflexivity(self, claim: Fact) -> Iterator[Breach]:
        if claim.subject == claim.object:
            name = self._relation(claim)
            yield "reflexivity", f"{name} 的两端是同一事物", f"both ends of {name} are one thing", None

    def _ends(self, claim: Fact) -> Iterator[Breach]:
        info = self.schema.relations[claim.relation]
        for reason, key, allowed, end in (
            ("domain", claim.subject, info.domain, ("主体", "subject")),
            ("range", claim.object, info.range, ("客体", "object")),
        ):
            cls = self.entities[key].cls
            if not self.schema.is_any(cls, allowed):
                wanted = [self.schema.classes[name] for name in sorted(allowed)]
                zh = "、".join(item.label_zh for item in wanted)
                en = ", ".join(item.name for item in wanted)
                name, label = self._relation(claim), self._label(key)
                yield (
                    reason,
                    f"{name} 的{end[0]}应是 {zh}，而 {label} 是 {self.schema.classes[cls].label_zh}",
                    f"the {end[1]} of {name} is one of {en}, but {label} is {cls}",
                    None,
                )

    def _cardinality(self, claim: Fact) -> Iterator[Breach]:
        name = self._relation(claim)
        if claim.relation in self.schema.axioms.functional:
            for other in self._objects[claim.subject, claim.relation]:
                zh = f"{self._label(claim.subject)} 只能有一个 {name}，而更可信的是 {self._label(other)}"
                en = f"{self._label(claim.subject)} has one {name} at most, and {self._label(other)} is surer"
                yield "cardinality", zh, en, (claim.subject, claim.relation, other)
        if claim.relation in self.schema.axioms.inverse_functional:
            for other in self._subjects[claim.object, claim.relation]:
                zh = f"{self._label(claim.object)} 只能是一个事物的 {name}，而更可信的是 {self._label(other)}"
                en = f"{self._label(claim.object)} is {name} of one thing, and {self._label(other)} is surer"
                yield "cardinality", zh, en, (other, claim.relation, claim.object)

    def _asymmetry(self, claim: Fact) -> Iterator[Breach]:
        back = self._objects.get((claim.object, claim.relation), ())
        if claim.relation in self.schema.axioms.asymmetric and claim.subject in back:
            name = self._relation(claim)
            zh, en = (
                f"{name} 不能互为，而相反的方向更可信",
                f"{name} holds one way only, and the other way is surer",
            )
            yield "asymmetry", zh, en, (claim.object, claim.relation, claim.subject)

    def _circle(self, claim: Fact) -> Iterator[Breach]:
        info = self.schema.relations[claim.relation]
        if claim.relation not in self.schema.axioms.transitive or info.symmetric:
            return
        if last := self._last_step(claim.object, claim.relation, claim.subject):
            name = self._relation(claim)
            zh = f"{name} 会绕成一圈：{self._label(claim.object)} 已在其内"
            en = f"{name} would lead back to where it began: {self._label(claim.object)} is within it already"
            yield "circle", zh, en, last

    def _last_step(self, start: str, relation: str, end: str) -> Key | None:
        """The step into ``end`` on a way from ``start`` over what is admitted."""
        seen, waiting = {start}, [start]
        while waiting:
            at = waiting.pop()
            for following in self._objects.get((at, relation), ()):
                if following == end:
                    return at, relation, end
                if following not in seen:
                    seen.add(following)
                    waiting.append(following)
        return None

    def _label(self, key: str) -> str:
        return self.entities[key].label

    def _relation(self, claim: Fact) -> str:
        return f"{self.schema.relations[claim.relation].label_zh} {claim.relation}"
