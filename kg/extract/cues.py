"""Relations said without a verb between them: by preposition and verb, by a noun, by apposition.

Which words say which relation, and which of the two names is its subject, stands in the ontology
(``lex:preposition``, ``lex:noun``, ``lex:inverseNoun``, ``lex:apposition``).
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise

from kg.extract.clauses import Clause, Layout
from kg.model import Claim, Mention, Sentence
from kg.schema import RelationInfo

_IS = re.compile(r"[，,]?(?:也|还|又|现|已|均|都)?(?:是|为|系|作为|成为)[^，,。；;]{0,8}")
_IS_AFTER = re.compile(r"(?:，)?(?:是|为|系|:|：|、)?")
_QUOTES = "“”‘’《》"
_REACH = 12
"""Characters that may stand between the object of a preposition and its verb."""


def cue_claims(layout: Layout, zone: int | None) -> Iterator[Claim]:
    """Claim what prepositions, nouns and appositions say; ``verb_claims`` has found the subjects before."""
    relations = [
        info
        for info in layout.reading.schema.relations.values()
        if info.prepositions or info.nouns or info.inverse_nouns or info.appositions
    ]
    if not relations:
        return
    for (sentence, _), roles in zip(layout.clauses, layout.roles, strict=True):
        for clause, subject, _ in roles:
            scene = _Scene(layout, sentence, clause, subject)
            for info in relations:
                yield from scene.claims(info)


class _Scene:
    """One clause, and who is its subject."""

    def __init__(self, layout: Layout, sentence: Sentence, clause: Clause, subject: tuple[int, ...]):
        self.layout = layout
        self.sentence = sentence
        self.clause = clause
        self.subject = subject
        self.text = layout.reading.text

    def claims(self, info: RelationInfo) -> Iterator[Claim]:
        """What one relation's words say here."""
        for mention in self.clause.mentions:
            for before, verb in info.prepositions:
                yield from self._prepositional(info, before, verb, mention)
        for first, second in pairwise(self.clause.mentions):
            for word in info.appositions:
                if self._gap(first, second) == word:
                    yield from self._claim(info, second, first, f"apposition:{word}", 0.8)
            for nouns, turned in ((info.nouns, False), (info.inverse_nouns, True)):
                for noun in nouns:
                    yield from self._nominal(info, noun, first, second, turned)

    def _gap(self, first: Mention, second: Mention) -> str:
        return self.text[first.end : second.start].strip(_QUOTES)

    def _prepositional(self, info: RelationInfo, before: str, verb: str, target: Mention) -> Iterator[Claim]:
        """某医院|为|冠心病患者|提供诊疗: the preposition at once before the object, the verb behind it."""
        at = target.start
        while at > self.clause.start and self.text[at - 1] in _QUOTES:
            at -= 1
        behind = self.text[target.end : min(self.clause.end, target.end + _REACH + len(verb))]
        if not self.text.endswith(before, self.clause.start, at) or verb not in behind:
            return
        agents = self.clause.before(at - len(before))
        acting = [self.layout.things.at(agents[-1].referent)] if agents else list(self.subject)
        if self._denied(at - len(before)):
            return
        for agent in acting:
            rule = f"preposition:{before}…{verb}"
            yield from self._pair(info, agent, self.layout.things.at(target.referent), rule, 0.8)

    def _nominal(
        self, info: RelationInfo, noun: str, first: Mention, second: Mention, turned: bool
    ) -> Iterator[Claim]:
        """X是Y的N; Y的N是X; Y的N|X: the bearer of the noun is the subject, or turned, the object."""
        gap, behind = self._gap(first, second), self.text[second.end : self.clause.end].lstrip(_QUOTES)
        if _IS.fullmatch(gap) and behind.startswith((f"的{noun}", noun)):
            bearer, other = first, second
        elif gap.startswith((f"的{noun}", noun)) and _IS_AFTER.fullmatch(gap.removeprefix("的")[len(noun) :]):
            bearer, other = second, first
        else:
            return
        if not self._denied(second.start):
            ends = (other, bearer) if turned else (bearer, other)
            yield from self._claim(info, *ends, f"noun:{noun}", 0.85)

    def _denied(self, place: int) -> bool:
        """Negated, or merely wished for, before a place in the clause."""
        lexicon = self.layout.reading.lexicon
        before = self.text[self.clause.start : place]
        if any(word in before for word in lexicon.words("claims", "wish")):
            return True
        return any(word in before[-4:] for word in lexicon.words("claims", "negation"))

    def _claim(
        self, info: RelationInfo, subject: Mention, target: Mention, rule: str, trust: float
    ) -> Iterator[Claim]:
        things = self.layout.things
        yield from self._pair(info, things.at(subject.referent), things.at(target.referent), rule, trust)

    def _pair(
        self, info: RelationInfo, subject: int, target: int, rule: str, trust: float
    ) -> Iterator[Claim]:
        things = self.layout.things
        allowed = self.layout.reading.schema.allows(things.cls(subject), info.name, things.cls(target))
        if subject != target and allowed:
            yield Claim(subject, info.name, target, self.sentence.start, self.sentence.end, rule, trust)
