"""The tree of classes as one SVG drawing: general on the left, special on the right."""

from __future__ import annotations

from dataclasses import dataclass

from kg.schema import TOP, Schema

_STEP, _ROW, _WIDTH, _HEIGHT = 256, 30, 232, 24


@dataclass(frozen=True, slots=True)
class Box:
    """A class as it is drawn, in pixels; ``above`` is the place of its superclass's right edge."""

    name: str
    zh: str
    en: str
    colour: str
    x: int
    y: int
    above: tuple[int, int] | None


@dataclass(frozen=True, slots=True)
class Drawing:
    """All boxes, and how large the drawing is; links run from edge to edge."""

    boxes: tuple[Box, ...]
    width: int
    height: int
    box_width: int = _WIDTH
    box_height: int = _HEIGHT


def tree(schema: Schema) -> Drawing:
    """Lay out the classes: a row for each leaf, a class in the middle of what is below it."""
    below: dict[str, list[str]] = {name: [] for name in schema.classes}
    for name, info in schema.classes.items():
        if info.parent is not None:
            below[info.parent].append(name)
    places: dict[str, tuple[int, int]] = {}
    row = 0

    def place(name: str, depth: int) -> int:
        nonlocal row
        middles = [place(child, depth + 1) for child in below[name]]
        if not middles:
            middles = [row * _ROW]
            row += 1
        places[name] = (depth * _STEP + 1, (middles[0] + middles[-1]) // 2)
        return places[name][1]

    place(TOP, 0)
    boxes = tuple(_box(name, schema, places) for name in schema.classes)
    width = max(x for x, _ in places.values()) + _WIDTH + 2
    return Drawing(boxes, width, row * _ROW)


def _box(name: str, schema: Schema, places: dict[str, tuple[int, int]]) -> Box:
    info = schema.classes[name]
    above = places[info.parent] if info.parent is not None else None
    edge = (above[0] + _WIDTH, above[1] + _HEIGHT // 2) if above else None
    return Box(name, info.label_zh, info.label_en, info.colour, *places[name], edge)
