"""What every line of a page costs in each role, as far as the line and its place can tell.

A cost of 0 is normal, 0.5 a little odd, 1 unusual, 3 odd, 6 nearly impossible; `roles` adds what
follows from the sequence.
"""

from __future__ import annotations

from dataclasses import dataclass

from kg.repair.bond import bond, read_pairs
from kg.repair.cues import (
    breaks_word,
    byline_cost,
    in_two_parts,
    is_bare_credit,
    is_credit,
    is_kicker,
    is_numbered,
    is_phrase,
    is_picture_text,
    looks_pictured,
    starts_fresh,
    title_cost,
    unbalanced,
)
from kg.repair.layout import Line, Style
from kg.repair.metadata import read_opening

NEVER = 1e6
# Costs for what a line says of a picture: clearly, by the credit below it, by its last word, not at all.
_ON_PICTURE: dict[float | None, float] = {0.0: 4.0, 0.5: 2.0, 1.0: 1.0, None: 0.0}
_TITLE_PICTURE: dict[float | None, float] = {0.0: 4.0, 0.5: 1.0, 1.0: 1.0, None: 0.0}
_SHORT = 200  # characters; nothing but a paragraph is longer


@dataclass(slots=True)
class Clues:
    """The costs of one line."""

    line: Line
    start: float
    """As the beginning of a paragraph."""
    on: float
    """As the continuation of one."""
    title: float
    byline: float
    picture: float | None
    """As a picture's text; None where the line says nothing of a picture."""
    unlike_caption: float
    """As a caption without any sign, for what it has that captions have not."""
    held: float
    """Cost of stopping here in mid-sentence and going on in the next line."""
    held_first: float
    """The same for the first line of a paragraph."""
    bond: float
    """Tie of the words across the break to the next line."""
    span: float
    """Tie of the words of the lines above and below, put together."""
    opening: bool
    """Begins with a dateline."""
    complete: bool
    """Ends a sentence, or is a credit or a dateline and nothing else."""
    full: bool
    """As wide as the column."""
    kicker: bool
    """Reads as the name of a zone or of a page section."""


def read_clues(lines: list[Line], style: Style) -> list[Clues]:
    """Look at each line and its neighbours."""
    seen = read_pairs(line.text for line in lines)
    around: list[Line | None] = [None, *lines, None]
    return [_clues(around[i], line, around[i + 2], seen, style) for i, line in enumerate(lines)]


def _clues(above: Line | None, line: Line, after: Line | None, seen: frozenset[str], style: Style) -> Clues:
    text = line.text
    opening = read_opening(text)
    picture = _picture(line, after, style)
    signed = byline_cost(text)
    # What stands right over a dateline or a reporter's name is the headline.
    crowns = after is not None and (read_opening(after.text) is not None or byline_cost(after.text) == 0.0)
    steady = _same_column(above, line, 2.5) or _same_column(after, line, 1)
    return Clues(
        line=line,
        start=_start(line, style, opening is not None) + 4 * (picture == 0.0),
        on=_on(line, style, opening is not None) + _ON_PICTURE[picture] + 3 * (signed == 0.0),
        title=_title(line) - 1.0 * crowns + 6 * (opening is not None) + _TITLE_PICTURE[picture],
        byline=NEVER if signed is None else signed,
        picture=picture,
        unlike_caption=_unlike_caption(line) + 6 * (opening is not None),
        held=_held(line) * (0.3 if steady else 1.0),
        held_first=_held_first(line),
        bond=_bond(line, after, seen),
        span=_bond(above, after, seen),
        opening=opening is not None,
        complete=line.final or is_credit(text) or (opening is not None and opening.body >= len(text)),
        full=any(abs(column - line.width) <= 0.75 for column in line.columns),
        kicker=is_kicker(text),
    )


def _bond(first: Line | None, second: Line | None, seen: frozenset[str]) -> float:
    return bond(first.text, second.text, seen) if first and second else 0.0


def _same_column(other: Line | None, line: Line, wider: float) -> bool:
    """Whether the neighbour is an unfinished line of the same width: both fill one column."""
    if other is None or other.final or line.width < 10:
        return False
    return -1 <= line.width - other.width <= wider


def _picture(line: Line, after: Line | None, style: Style) -> float | None:
    """A line right above a credit is often its caption, and some captions sound like captions."""
    text = line.text
    if is_picture_text(text):
        return 0.0
    apart = line.gap > style.gap or all(abs(column - line.width) > 0.75 for column in line.columns)
    credited = after is not None and is_bare_credit(after.text) and apart and line.width <= 45
    if credited and not line.final and not is_kicker(text) and not _unlike_caption(line):
        return 0.5
    return 1.0 if looks_pictured(text) else None


def _start(line: Line, style: Style, opening: bool) -> float:
    text = line.text
    cost = 1.5 * breaks_word(text)
    if in_two_parts(text) and not opening and len(text) <= _SHORT:
        cost += 1.0
    if style.indents:
        return cost + 2.0 * (not line.indent and not opening)
    return cost + 1.2 * (style.inset and line.after is not None and line.width >= line.after - 0.5)


def _on(line: Line, style: Style, opening: bool) -> float:
    cost = 3.0 if style.indents and line.indent else 0.0
    if opening:
        return cost + 4.0
    if is_numbered(line.text):
        return cost + 2.0
    return cost + (0.8 if starts_fresh(line.text) else 0.4 if line.text[0] == "“" else 0.0)


def _title(line: Line) -> float:
    """A title as wide as the column is a coincidence; a first line is two to three narrower."""
    if len(line.text) > _SHORT:
        return NEVER
    nearest = min((abs(column - line.width) for column in line.columns), default=9.0)
    cost = 0.8 if nearest <= 1 else 0.4 if nearest <= 3.5 else 0.0
    return cost + title_cost(line.text, line.width, line.final) + 1.0 * (byline_cost(line.text) == 0.0)


def _unlike_caption(line: Line) -> float:
    text = line.text
    cost = 0.0 if is_phrase(text) and not is_numbered(text) else 4.0
    cost += 4.0 if text[-1] in "，、；：,;:" or unbalanced(text[:_SHORT]) else 0.0
    return cost + (4.0 if line.width > 45 else 0.0)


def _held(line: Line) -> float:
    """Cost of an unfinished sentence at the end of the line: the line should fill its column."""
    if line.text[-1] in "；;":
        return 0.5
    if not line.columns:
        return min(4.0, max(0.8, 4.0 - 0.18 * (line.width - 12)))
    return min(_misfit(column - line.width) for column in line.columns)


def _held_first(line: Line) -> float:
    """The same where an indentation, no longer there, took two characters."""
    if not line.columns:
        return _held(line)
    return min(_misfit(column - 2 - line.width) for column in line.columns)


def _misfit(short: float) -> float:
    if short > 1.5:
        return min(5.0, 0.7 * (short - 1.5) + 0.3)
    return 0.0 if short >= -2.5 else min(2.0, 0.5 * (-short - 2.5) + 0.3)
