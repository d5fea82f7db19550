"""Make an article's claims one consistent whole: once a sentence, nearest place.

A claim against domain or range is kept beside them for ``kg.quarantine`` to refuse, and decides nothing.
"""

from __future__ import annotations

from collections.abc import Iterable

from kg.model import Claim, Referent
from kg.schema import Schema

_FALLBACK = "report of zone"
# As ``kg.trust.LEAST``, which stands a floor above.
_LIKELY = 0.45


def settle(
    claims: Iterable[Claim],
    index: dict[int, int],
    referents: tuple[Referent, ...],
    schema: Schema,
) -> tuple[Claim, ...]:
    """Renumber and order the claims; drop what a better claim makes redundant."""
    best: dict[tuple[int, str, int, int, str | None], Claim] = {}
    for claim in claims:
        moved = Claim(
            index[claim.subject], claim.relation, index[claim.object],
            claim.start, claim.end, claim.rule, round(claim.confidence, 2), claim.title,
        )  # fmt: skip
        if moved.subject == moved.object:
            continue
        moved = _ordered(moved, schema)
        key = (moved.subject, moved.relation, moved.object, moved.start, moved.title)
        if key not in best or best[key].confidence < moved.confidence:
            best[key] = moved
    refused: list[Claim] = []
    valid: list[Claim] = []
    for claim in best.values():
        (valid if _valid(claim, referents, schema) else refused).append(claim)
    kept = [*_nearest(valid, referents, schema), *refused]
    return tuple(sorted(kept, key=lambda c: (c.start, c.subject, c.relation, c.object, c.title or "")))


def _valid(claim: Claim, referents: tuple[Referent, ...], schema: Schema) -> bool:
    return schema.allows(referents[claim.subject].cls, claim.relation, referents[claim.object].cls)


def _ordered(claim: Claim, schema: Schema) -> Claim:
    """A symmetric claim is kept in one order."""
    if not schema.relations[claim.relation].symmetric or claim.subject < claim.object:
        return claim
    return Claim(claim.object, claim.relation, claim.subject, claim.start, claim.end,
                 claim.rule, claim.confidence, claim.title)  # fmt: skip


def _nearest(claims: list[Claim], referents: tuple[Referent, ...], schema: Schema) -> list[Claim]:
    """Only the nearest container of a thing, unless a farther one is stated by itself."""
    said = {(c.subject, c.object): c for c in claims if c.relation == "locatedIn"}
    placed: dict[int, set[int]] = {}
    for subject, object in said:
        placed.setdefault(subject, set()).add(object)
    return [c for c in claims if not _redundant(c, placed, said, referents, schema)]


def _redundant(
    claim: Claim, placed: dict[int, set[int]], said: dict[tuple[int, int], Claim],
    referents: tuple[Referent, ...], schema: Schema,
) -> bool:  # fmt: skip
    if claim.relation != "locatedIn":
        return False
    others = placed[claim.subject] - {claim.object}
    if claim.rule.startswith(_FALLBACK):
        return any(not said[claim.subject, other].rule.startswith(_FALLBACK) for other in others)
    if claim.rule.startswith("name:place"):
        return any(schema.is_a(referents[o].cls, "Zone") for o in others)
    if any(_between(claim, other, said) for other in others):
        return True
    return (claim.object, claim.subject) in said and claim.confidence < said[
        claim.object, claim.subject
    ].confidence


def _between(claim: Claim, other: int, said: dict[tuple[int, int], Claim]) -> bool:
    """Is a thing more surely in another place, which itself is in that of the claim?

    Of such farther places one in six was annotated; where the farther one is the surer, two in five.
    """
    around = said.get((other, claim.object))
    nearer = said[claim.subject, other]
    return around is not None and around.confidence >= _LIKELY and nearer.confidence > claim.confidence
