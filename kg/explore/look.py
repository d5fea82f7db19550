"""How a class looks: its colour from the ontology, a shape, and one Han character as its sign.

Colour alone would leave colour-blind readers with one grey map, so every class that stands right
below ``Thing`` or ``Organization`` also has a shape, and no two of them have the same sign.
Subclasses look like the class they belong to.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from kg.schema import Schema

# The outlines that vis-network can draw without having to fit a label inside.
_SHAPES = {
    "Zone": "hexagon",
    "PartyOrganization": "star",
    "GovernmentBody": "triangle",
    "Enterprise": "square",
    "ResearchInstitution": "diamond",
    "University": "hexagon",
    "SocialOrganization": "triangleDown",
    "IndustryChain": "hexagon",
    "Industry": "diamond",
    "Project": "square",
    "Facility": "square",
    "Program": "diamond",
    "Event": "triangle",
    "Achievement": "star",
    "Person": "dot",
    "Place": "triangleDown",
}


@dataclass(frozen=True, slots=True)
class Look:
    """A class as the legend lists it; ``base`` is the class that lends shape and sign."""

    name: str
    zh: str
    en: str
    base: str
    colour: str
    shape: str
    sign: str


def looks_of(classes: Iterable[str], schema: Schema) -> tuple[Look, ...]:
    """Give the look of each class and of its base, in the ontology's order."""
    wanted = {name for cls in classes for name in (cls, schema.base(cls))}
    signs = _signs(schema)
    return tuple(_look(name, schema, signs) for name in schema.classes if name in wanted)


def _look(name: str, schema: Schema, signs: dict[str, str]) -> Look:
    info, base = schema.classes[name], schema.base(name)
    shape = _SHAPES.get(base, "dot")
    return Look(name, info.label_zh, info.label_en, base, info.colour, shape, signs[base])


def _signs(schema: Schema) -> dict[str, str]:
    """The first character of each base class's label that no earlier class has taken."""
    signs: dict[str, str] = {}
    for base in dict.fromkeys(schema.base(name) for name in schema.classes):
        label = schema.classes[base].label_zh
        signs[base] = next((sign for sign in label if sign not in signs.values()), label[:1])
    return signs
