"""What a graph shows: facts and figures that are sure enough.

The default was chosen by cross-validation over the training corpus (``docs/evaluation.md``): from there on
eight in ten facts are right, at 0.006 of the best F1, and figures reach their best F1.
"""

from __future__ import annotations

from dataclasses import replace

from kg.model import Knowledge

LEAST = 0.45


def trusted(knowledge: Knowledge, least: float | None = None) -> Knowledge:
    """Drop facts and figures less sure than ``least`` (0 to 1; ``None``: the default).

    Claims in quarantine are dropped as facts are. Entities and the places where they are named stay.
    """
    least = LEAST if least is None else least
    return replace(
        knowledge,
        facts=tuple(f for f in knowledge.facts if f.confidence >= least),
        refused=tuple(r for r in knowledge.refused if r.claim.confidence >= least),
        observations=tuple(o for o in knowledge.observations if o.confidence >= least),
    )
