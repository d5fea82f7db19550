"""A first glance at a pair of things: most say nothing to each other, and get no closer look.

A small model over a seventh as many features as ``pairs``: the classes, the closest places, the verbs
over them. It leaves out every second pair; what a rule claims is always kept.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from kg.extract.pairs import Pairing
    from kg.extract.standing import Place

RELATED = ""
LEAST = 0.03
"""Pairs less likely than this to be related at all are left out.

Chosen by cross-validation: half of them are, and with them one in a thousand of the claims that a
graph would show.
"""

_FEW = 5


def glance(pairing: Pairing, a: int, b: int, closest: tuple[Place, Place] | None) -> list[str]:
    """Features of an ordered pair; ``closest`` is where the two stand closest, if anywhere near."""
    base_a, base_b = pairing.base[a], pairing.base[b]
    classes = f"{base_a}>{base_b}"
    zone = "a" if a == pairing.zone else "b" if b == pairing.zone else "-"
    features = [
        f"{classes}|{zone}", f"n={pairing.times[a]}{pairing.times[b]}|{classes}",
        f"eA={pairing.layout.names(a)[0][-2:]}|{base_b}", f"eB={pairing.layout.names(b)[0][-2:]}|{base_a}",
    ]  # fmt: skip
    if closest is None:
        nested = f"{(a, b) in pairing.nested}{(b, a) in pairing.nested}"
        return [*features, f"apart|{classes}|{zone}|{nested}"]
    p, q = closest
    gap = q.sentence - p.sentence
    between = abs(q.order - p.order) - 1
    one = p.clause is q.clause
    side = ">" if p.order < q.order else "<"
    over_a, over_b = (place.governor.word if place.governor else "-" for place in closest)
    return [
        *features,
        f"{side}{between if between < _FEW else _FEW}|{one}|{p.series is q.series}|{gap == 0}|{classes}",
        f"{gap}|{a in q.subjects}|{one}|{classes}",
        f"v={over_b}|{classes}",
        f"{over_b}|{over_a}|{side}",
        f"k={pairing.layout.clauses[q.sentence][0].kind}|{classes}",
    ]
