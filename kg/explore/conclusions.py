"""What follows from the facts, as columns: which fact says it the other way round, and all other conclusions.

Most conclusions are a fact read backwards (``hosts`` for ``locatedIn``, the second direction of
``cooperatesWith``). Of those the page stores one small number per fact, for the rest their ends,
relation, rule, confidence and the facts that they rest on. ``conclusions.js`` reads them.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from kg.explore.data import Conclusion
from kg.model import Fact, Key

Arrays = dict[str, tuple[str, Any]]


def conclusion_columns(
    conclusions: Sequence[Conclusion], facts: Sequence[Fact], index: Mapping[str, int]
) -> tuple[dict[str, list[Any]], Arrays]:
    """Return values and arrays for the page; ``index`` numbers the entities by key.

    ``turned`` has for each fact 0, or 1 and the place in ``turns`` of the relation and rule that
    conclude its other direction.
    """
    numbers = {fact.key: number for number, fact in enumerate(facts)}
    turned, turns, rest = [0] * len(facts), dict[tuple[str, str], int](), list[Conclusion]()
    for conclusion in conclusions:
        number = _turned_fact(conclusion, facts, numbers)
        if number is None or turned[number]:
            rest.append(conclusion)
        else:
            turned[number] = turns.setdefault((conclusion.relation, conclusion.rule), len(turns) + 1)
    kinds = {kind: number for number, kind in enumerate(sorted({(c.relation, c.rule) for c in rest}))}
    arrays: Arrays = {
        "turned": ("u1", turned),
        "conclusionSubject": ("u4d", [index[c.subject] for c in rest]),
        "conclusionObject": ("u4", [index[c.object] for c in rest]),
        "conclusionKind": ("u2", [kinds[c.relation, c.rule] for c in rest]),
        "conclusionConfidence": ("u2", [round(c.confidence * 10000) for c in rest]),
        "conclusionSteps": ("u2", [len(c.premises) for c in rest]),
        "conclusionFacts": ("u4", [numbers[premise] for c in rest for premise in c.premises]),
    }
    return {
        "turns": [list(turn) for turn in turns],
        "conclusionKinds": [list(kind) for kind in kinds],
    }, arrays


def _turned_fact(c: Conclusion, facts: Sequence[Fact], numbers: Mapping[Key, int]) -> int | None:
    """The number of the fact that a conclusion is the other direction of."""
    if len(c.premises) != 1:
        return None
    number = numbers[c.premises[0]]
    fact = facts[number]
    turned = (fact.object, fact.subject) == (c.subject, c.object)
    return number if turned and round(fact.confidence, 4) == c.confidence else None
