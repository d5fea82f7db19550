"""Put lines of known roles together: parts of articles, then articles."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from kg.repair.cues import CREDIT, CREDIT_TAIL, is_kicker
from kg.repair.layout import Line
from kg.repair.metadata import read_opening
from kg.repair.roles import BYLINE, CUT, GOES_ON, PICTURE, START, TITLE
from kg.repair.run import Run, join

_NOTE = re.compile(r"[【（]?(?:编者按|编者的话|开栏的话|核心提示|导读|阅读提示)")
_LETTER = re.compile(r"[A-Za-z]")


@dataclass(slots=True)
class Part:
    """A finished stretch with a role: ``paragraph title byline dateline caption credit``."""

    kind: str
    run: Run


@dataclass(slots=True)
class Draft:
    """An article in the making."""

    head: list[Run] = field(default_factory=list)
    body: list[Part] = field(default_factory=list)
    pictures: list[Part] = field(default_factory=list)
    signed: bool = False
    """A byline stands behind the text: nothing but pictures can follow."""

    @property
    def has_text(self) -> bool:
        """Whether any paragraph is there yet."""
        return any(part.kind == "paragraph" for part in self.body)


def gather(lines: list[Line], roles: list[str]) -> list[Part]:
    """Join lines to parts; picture texts that cut a sentence come behind it."""
    parts: list[Part] = []
    held: list[Line] = []
    waiting: list[Part] = []
    for line, role in zip(lines, roles, strict=True):
        if role in (CUT, PICTURE):
            (waiting if role == CUT else parts).extend(_pictures(line.run))
            if role == PICTURE and held:
                parts[-1:-1] = _flush(held, waiting)
            continue
        if role == GOES_ON and held:
            held.append(line)
            continue
        parts += _flush(held, waiting)
        if role in (START, GOES_ON):
            held.append(line)
        else:
            parts.append(Part({TITLE: "title", BYLINE: "byline"}[role], line.run))
    return parts + _flush(held, waiting)


def _flush(held: list[Line], waiting: list[Part]) -> list[Part]:
    parts = [Part("paragraph", join(_spaced(held)))] if held else []
    parts += waiting
    held.clear()
    waiting.clear()
    return parts


def _spaced(lines: list[Line]) -> Iterator[Run]:
    """Give the runs of a paragraph, with a space where a line break parts two Latin words."""
    for k, line in enumerate(lines):
        if k and _LETTER.match(line.text[:1]) and _LETTER.match(lines[k - 1].text[-1:]):
            yield Run(" ", (lines[k - 1].run.offsets[-1] + 1,))
        yield line.run


def _pictures(run: Run) -> list[Part]:
    if CREDIT.match(run.text):
        return [Part("credit", run)]
    match = CREDIT_TAIL.search(run.text[-60:])
    if not match:
        return [Part("caption", run)]
    at = match.start() + max(0, len(run) - 60)
    return [Part("caption", run.cut(0, at)), Part("credit", run.cut(at))]


def split_articles(parts: list[Part]) -> list[Draft]:
    """Find where articles begin.

    A group of title lines begins one if it opens the page, follows a signed article, is followed
    by a byline or a dateline, or has a kicker over a headline. Otherwise it is a subhead. A
    dateline begins one by itself where the article before has text.
    """
    drafts = [Draft()]
    index = 0
    while index < len(parts):
        stop = index
        while stop < len(parts) and parts[stop].kind == "title":
            stop += 1
        if stop > index:
            titles = [part.run for part in parts[index:stop]]
            _add_titles(drafts, titles, parts[stop : stop + 2])
            index = stop
            continue
        _add_part(drafts, parts[index], parts[index + 1] if index + 1 < len(parts) else None)
        index += 1
    return _lend_notes([draft for draft in drafts if draft.has_text] or drafts)


def _lend_notes(drafts: list[Draft]) -> list[Draft]:
    """Give an editor's note over an article's head to that article."""
    result: list[Draft] = []
    for draft in reversed(drafts):
        note = not draft.head and 1 <= len(draft.body) <= 2 and _NOTE.match(draft.body[0].run.text)
        if note and result and result[-1].head:
            result[-1].body[:0] = [Part("standfirst", part.run) for part in draft.body]
        else:
            result.append(draft)
    return result[::-1]


def _add_titles(drafts: list[Draft], titles: list[Run], after: list[Part]) -> None:
    draft = drafts[-1]
    titles = _drop_captions(draft, titles)
    if not draft.has_text and not draft.body:
        draft.head += titles
        return
    if not after:
        return  # a banner at the foot of the page
    opens = after[0].kind == "byline" or _is_opening(after[0])
    over = len(titles) > 1 and any(is_kicker(run.text) for run in titles[:-1])
    if draft.has_text and (draft.signed or opens or over):
        drafts.append(Draft(head=titles))
    else:
        draft.body += [Part("subhead", run) for run in titles]


def _drop_captions(draft: Draft, titles: list[Run]) -> list[Run]:
    """Give the lines over the next article's kicker to the article before: they are captions."""
    at = next((k for k, run in enumerate(titles[:-1]) if is_kicker(run.text)), 0)
    if not draft.has_text:
        return titles
    draft.pictures += [Part("caption", run) for run in titles[:at]]
    return titles[at:]


def _is_opening(part: Part) -> bool:
    """Whether the part is a paragraph that begins with a dateline."""
    return part.kind == "paragraph" and read_opening(part.run.text) is not None


def _add_part(drafts: list[Draft], part: Part, after: Part | None) -> None:
    draft = drafts[-1]
    if part.kind == "byline":
        draft.body.append(part)
        draft.signed = draft.has_text
    elif part.kind in ("caption", "credit"):
        draft.pictures.append(part)
    elif _is_opening(part) and draft.has_text:
        drafts.append(Draft(body=[part]))
    else:
        draft.body.append(part)
