"""The learned judge of claims: which relation holds between which pair, and how sure that is.

A maximum-entropy model over the features of ``pairs``, one decision for each pair and relation
that the ontology allows; the claims of the rules are among the features.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from itertools import islice

from kg.extract.calibration import CLAIMS
from kg.extract.clauses import Layout
from kg.extract.models import Models
from kg.extract.pairs import Pair, Pairing
from kg.extract.posts import title_of
from kg.extract.verbs import DIRECT
from kg.extract.weights import Weights
from kg.model import Claim, Sentence

# Less sure claims are not kept at all; what a graph shows of the kept ones, ``kg.trust`` decides.
LEAST = 0.2
_PLAIN = 0.6
# What a relation is given that the model has not learned.
_UNKNOWN = 0.5
_TOGETHER = 512


def judged_claims(layout: Layout, zone: int | None, claims: list[Claim], models: Models) -> Iterator[Claim]:
    """Yield the claims that the model believes, with their calibrated confidence."""
    assert models.claims is not None
    pairing = Pairing(layout, zone, claims)
    said: dict[tuple[int, str, int], Claim] = {}
    for c in claims:
        key = (layout.things.at(c.subject), c.relation, layout.things.at(c.object))
        if key not in said or said[key].confidence < c.confidence:
            said[key] = c
    place = {relation: at for at, relation in enumerate(models.claims.labels)}
    needed = models.needed(CLAIMS, LEAST)
    for pair, chances in _judged(pairing.pairs(models.pairs), models.claims):
        for relation in pair.relations:
            trust = chances[place[relation]] if relation in place else _UNKNOWN
            rule = said.get((pair.subject, relation, pair.object))
            if rule is None and trust < needed:  # most pairs of an article say nothing
                continue
            if (pair.subject, pair.object) in layout.denied and rule is None:
                continue
            if not models.knows(relation):  # added after training: the rules have the say
                if rule is not None:
                    yield replace(rule, subject=pair.subject, object=pair.object)
                continue
            plain = rule is not None and _needs_no_judge(rule, models.knows)
            trust = models.confidence(CLAIMS, max(trust, _PLAIN) if plain else trust)
            sentence = pairing.quote(pair) if trust >= LEAST else None
            if sentence is not None:
                claim = _claim(pair, relation, trust, said, sentence)
                if relation == "holdsPosition" and claim.title is None:
                    claim = replace(claim, title=title_of(layout, pair.subject))
                yield claim


def _judged(pairs: Iterator[Pair], model: Weights) -> Iterator[tuple[Pair, list[float]]]:
    """Each pair with the chances of the model's relations; many are asked for at once."""
    while some := list(islice(pairs, _TOGETHER)):
        yield from zip(some, model.chances([pair.features for pair in some]), strict=True)


def _needs_no_judge(claim: Claim, known: Callable[[str], bool]) -> bool:
    """Subject, verb and object side by side (nine in ten are right), or a verb added after training."""
    verb = claim.rule.removeprefix("verb:") if claim.rule.startswith("verb:") else ""
    return claim.confidence >= DIRECT or not known(verb)


def _claim(
    pair: Pair, relation: str, trust: float, said: dict[tuple[int, str, int], Claim], sentence: Sentence
) -> Claim:
    rule = said.get((pair.subject, relation, pair.object)) or said.get((pair.object, relation, pair.subject))
    if rule is not None:
        name = f"{rule.rule}+model"
        return Claim(
            pair.subject, relation, pair.object, rule.start, rule.end, name, round(trust, 3), rule.title
        )
    return Claim(pair.subject, relation, pair.object, sentence.start, sentence.end, "model", round(trust, 3))
