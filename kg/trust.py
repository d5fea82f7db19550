"""What a graph shows: facts and figures that are sure enough.

The defaults were chosen by cross-validation over the training corpus (``docs/evaluation.md``):
for facts the one from which on eight in ten are right, at 0.006 of the best F1. Figures are kept at less:
on plain zone reports the best guess is right more often than the corpus, which is harder, teaches it to say.
"""

from __future__ import annotations

from dataclasses import replace

from kg.model import Knowledge

LEAST_FACT = 0.45
LEAST_FIGURE = 0.15


def trusted(knowledge: Knowledge, least: float | None = None) -> Knowledge:
    """Drop facts and figures less sure than ``least`` (0 to 1), by default than each kind's own.

    Claims in quarantine are dropped as facts are. Entities and the places where they are named stay.
    """
    fact, figure = (LEAST_FACT, LEAST_FIGURE) if least is None else (least, least)
    return replace(
        knowledge,
        facts=tuple(f for f in knowledge.facts if f.confidence >= fact),
        refused=tuple(r for r in knowledge.refused if r.claim.confidence >= fact),
        observations=tuple(o for o in knowledge.observations if o.confidence >= figure),
    )
