"""The learned judge of claims: which relation holds between which pair, and how sure that is.

A maximum-entropy model over the features of ``pairs``, one decision for each pair and relation
that the ontology allows; the claims of the rules are among the features.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace

import pycrfsuite

from kg.extract.clauses import Layout
from kg.extract.pairs import Pair, Pairing
from kg.extract.posts import title_of
from kg.extract.verbs import DIRECT
from kg.model import Claim

YES, NO = "1", "0"
DEFAULT_THRESHOLD = 0.3
_PLAIN = 0.6


def rows(pair: Pair, relations: Iterable[str]) -> Iterator[tuple[str, list[str]]]:
    """Yield each relation with the pair's features as that relation sees them."""
    for relation in relations:
        yield relation, [f"{relation}|{feature}" for feature in pair.features]


def judged_claims(
    layout: Layout,
    zone: int | None,
    claims: list[Claim],
    model: pycrfsuite.Tagger,
    known: Callable[[str], bool],
    threshold: float = DEFAULT_THRESHOLD,
) -> Iterator[Claim]:
    """Yield the claims that the model believes, with its probability as confidence."""
    pairing = Pairing(layout, zone, claims)
    said: dict[tuple[int, str, int], Claim] = {}
    for c in claims:
        key = (layout.things.at(c.subject), c.relation, layout.things.at(c.object))
        if key not in said or said[key].confidence < c.confidence:
            said[key] = c
    for pair in pairing.pairs():
        for relation, features in rows(pair, pairing.allowed(pair.subject, pair.object)):
            key = (pair.subject, relation, pair.object)
            if (pair.subject, pair.object) in layout.denied and key not in said:
                continue
            trust = probability(model, features)
            if key in said and _needs_no_judge(said[key], known):
                trust = max(trust, _PLAIN)
            if trust >= threshold and pair.sentences:
                claim = _claim(pair, relation, trust, said)
                if relation == "holdsPosition" and claim.title is None:
                    claim = replace(claim, title=title_of(layout, pair.subject))
                yield claim


def _needs_no_judge(claim: Claim, known: Callable[[str], bool]) -> bool:
    """Subject, verb and object side by side (nine in ten are right), or a verb added after training."""
    verb = claim.rule.removeprefix("verb:") if claim.rule.startswith("verb:") else ""
    return claim.confidence >= DIRECT or not known(verb)


def probability(model: pycrfsuite.Tagger, features: list[str]) -> float:
    """How likely the model takes the relation to hold."""
    model.set([features])
    return float(model.marginal(YES, 0))


def _claim(pair: Pair, relation: str, trust: float, said: dict[tuple[int, str, int], Claim]) -> Claim:
    rule = said.get((pair.subject, relation, pair.object)) or said.get((pair.object, relation, pair.subject))
    sentence = pair.sentences[0]
    if rule is not None:
        name = f"{rule.rule}+model"
        return Claim(
            pair.subject, relation, pair.object, rule.start, rule.end, name, round(trust, 3), rule.title
        )
    return Claim(pair.subject, relation, pair.object, sentence.start, sentence.end, "model", round(trust, 3))
