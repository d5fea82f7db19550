"""Example facts with quotes: for each relation, short sentences of annotated articles that state it."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from kg.corpus import Annotated, Mark, Relation, load
from kg.schema import RelationInfo, Schema

_SENTENCE = re.compile(r"[^。！？；;\n]+[。！？]*[”’]*")
_SHORTEST, _LONGEST = 14, 60
PER_RELATION = 2


@dataclass(frozen=True, slots=True, order=True)
class Example:
    """A sentence in pieces, each with its role: ``subject``, ``object``, ``cue`` or ``""``."""

    size: int
    article: str
    pieces: tuple[tuple[str, str], ...]


def examples(folder: Path, schema: Schema) -> dict[str, list[Example]]:
    """Choose the shortest sentences for each relation, each from an article of its own.

    Raises:
        CorpusError: an article's annotation has a mistake.
    """
    found: dict[str, list[Example]] = defaultdict(list)
    for path in sorted(folder.glob("*.txt")):
        article = load(path, schema)
        for relation in article.relations:
            found[relation.relation] += _stated(article, relation, schema.relations[relation.relation])
    return {name: _varied(sorted(set(ones))) for name, ones in found.items()}


def _varied(ones: list[Example]) -> list[Example]:
    chosen: dict[str, Example] = {}
    for one in ones:
        chosen.setdefault(one.article, one)
    return list(chosen.values())[:PER_RELATION]


def _stated(article: Annotated, relation: Relation, info: RelationInfo) -> Iterator[Example]:
    """The sentences that name both ends and hold a cue word outside of the names."""
    for match in _SENTENCE.finditer(article.text):
        if not _SHORTEST <= len(match[0]) <= _LONGEST:
            continue
        ends = [_mark(article, id, match.start(), match.end()) for id in (relation.subject, relation.object)]
        if ends[0] is None or ends[1] is None:
            continue
        spans = sorted([(ends[0].start, ends[0].end, "subject"), (ends[1].start, ends[1].end, "object")])
        if spans[0][1] > spans[1][0]:
            continue
        cue = _cue(article.text, spans[0][1], spans[1][0], info)
        words = [*info.verbs, *info.inverse_verbs, *info.passives, *info.titles]
        if cue is not None or not words:
            pieces = _pieces(
                article.text, match.start(), match.end(), sorted([*spans, *([cue] if cue else [])])
            )
            yield Example(len(match[0]), article.id, pieces)


def _mark(article: Annotated, id: str, low: int, high: int) -> Mark | None:
    inside = [m for m in article.marks if m.id == id and m.named and low <= m.start and m.end <= high]
    return max(inside, key=lambda m: (m.end - m.start, -m.start), default=None)


def _cue(text: str, low: int, high: int, info: RelationInfo) -> tuple[int, int, str] | None:
    """The longest cue word between the two names."""
    for word in sorted((*info.verbs, *info.inverse_verbs), key=lambda w: (-len(w), w)):
        at = text.find(word, low, high)
        if at >= 0:
            return at, at + len(word), "cue"
    return None


def _pieces(text: str, low: int, high: int, spans: list[tuple[int, int, str]]) -> tuple[tuple[str, str], ...]:
    pieces, at = [], low
    for start, end, role in spans:
        pieces += [(text[at:start], ""), (text[start:end], role)]
        at = end
    pieces.append((text[at:high], ""))
    return tuple((piece, role) for piece, role in pieces if piece)
