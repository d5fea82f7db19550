"""Give every line of a page its role, all lines together, by the cheapest path.

Six roles; a Viterbi search finds the sequence with the least cost. The costs say in numbers what
an editor sees: an unfinished line must fill its column, a title must not; a sentence cut by a
caption goes on behind it; a new item does not begin inside a sentence.
"""

from __future__ import annotations

from itertools import pairwise

from kg.repair.clues import NEVER, Clues
from kg.repair.layout import Style

START, GOES_ON, TITLE, BYLINE, PICTURE, CUT = "start", "on", "title", "byline", "picture", "cut"
"""Paragraph start; its continuation; title; byline; picture text; picture text inside a sentence."""

ROLES = (START, GOES_ON, TITLE, BYLINE, PICTURE, CUT)


def assign_roles(clues: list[Clues], style: Style) -> list[str]:
    """Return the cheapest sequence of roles; of equally cheap ones always the same."""
    if not clues:
        return []
    costs = {role: _first(role, clues[0]) for role in ROLES}
    back: list[dict[str, str]] = []
    for before, here in pairwise(clues):
        step: dict[str, float] = {}
        origin: dict[str, str] = {}
        for role in ROLES:
            ways = [(costs[old] + _enter(old, role, here, before, style), k) for k, old in enumerate(ROLES)]
            step[role], best = min(ways)
            origin[role] = ROLES[best]
        costs = step
        back.append(origin)
    roles = [min(ROLES, key=lambda role: costs[role] + _leave(role, clues[-1]))]
    for origin in reversed(back):
        roles.append(origin[roles[-1]])
    return roles[::-1]


def _first(role: str, here: Clues) -> float:
    if role in (GOES_ON, CUT):
        return NEVER
    return _fresh(role, here) + (1.0 if role == START else 0.0)  # most pages open with a headline


def _leave(role: str, last: Clues) -> float:
    if role == CUT:
        return 5.0
    unfinished = role in (START, GOES_ON) and not last.line.final
    return 2.0 if role == TITLE or unfinished else 0.0


def _enter(old: str, role: str, here: Clues, before: Clues, style: Style) -> float:
    """Cost of ``role`` for a line whose predecessor ``before`` has role ``old``."""
    if old in (START, GOES_ON):
        if before.complete:
            return _after_sentence(role, here, before)
        return _inside_sentence(old, role, here, before, style)
    if old == CUT:
        return _after_cut(role, here, before)
    if role in (GOES_ON, CUT):
        return NEVER
    if old == TITLE:
        return _after_title(role, here, before)
    if old == role == PICTURE and not before.complete and here.picture is None:
        return (2.0 if before.picture is None else 0.5) + 3 * here.kicker + 0.5 * here.unlike_caption
    return _fresh(role, here)


def _fresh(role: str, here: Clues) -> float:
    """Cost of a line that begins something."""
    if role == START:
        return here.start + 3 * (here.byline < 0.3)
    if role == TITLE:
        return here.title
    if role == BYLINE:
        return here.byline
    return here.picture if here.picture is not None else 5.0 + here.unlike_caption


def _after_title(role: str, here: Clues, before: Clues) -> float:
    if role == TITLE:
        return here.title + 0.2
    lonely = before.kicker and role == START and not here.opening
    return _fresh(role, here) + max(0.0, before.bond) + 1.5 * lonely


def _after_sentence(role: str, here: Clues, before: Clues) -> float:
    if role == CUT:
        return NEVER
    if role == GOES_ON:
        joined = 0.0 if before.full and not here.line.indent else 1.5 if before.line.columns else 3.0
        return joined + here.on
    return _fresh(role, here) + (0.3 if role == START else 0.7) * before.full


def _inside_sentence(old: str, role: str, here: Clues, before: Clues, style: Style) -> float:
    held = before.held_first if old == START else before.held
    if role == GOES_ON:
        return max(0.0, held - before.bond) + here.on
    if role == CUT:
        return 2 + 0.5 * held + max(0.0, _caption(here, before, style) + before.bond)
    if role == PICTURE:
        return NEVER
    if before.line.text[-1] in "：:":
        return _fresh(role, here) + 1.5  # a list may follow
    return _fresh(role, here) + (3.0 if role == START and here.line.indent else 6.0)


def _caption(here: Clues, before: Clues, style: Style) -> float:
    """Cost of a line as picture text in the middle of a sentence."""
    if here.picture == 0.0:
        return -here.span
    cost = here.unlike_caption + (1.0 if here.line.gap > style.gap else 2.0) + 1.0 * here.line.final
    cost -= min(1.2, here.span) + (0.0 if here.picture is None else 3.0 - 1.5 * here.picture)
    alike = any(abs(width - here.line.width) <= 1.5 for width in (before.line.width, *here.line.columns))
    return cost + 1.5 * alike


def _after_cut(role: str, here: Clues, before: Clues) -> float:
    if role == GOES_ON:
        return here.on
    if role == CUT:
        return 0.0 if here.picture == 0.0 else here.unlike_caption + (3.0 if before.complete else 1.0)
    return NEVER if role == PICTURE else _fresh(role, here) + 5.0
