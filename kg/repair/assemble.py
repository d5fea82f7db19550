"""Turn drafts into articles: the head read, blocks laid out, offsets carried along."""

from __future__ import annotations

import re

from kg.model import Article, Block, Document
from kg.repair.cues import is_kicker, is_zone
from kg.repair.furniture import Furniture
from kg.repair.metadata import BULLETS, read_byline, read_date, read_opening
from kg.repair.run import Run, join
from kg.repair.spacing import close_body
from kg.repair.split import Draft, Part

_LONGEST = 20_000


def assemble(document: Document, drafts: list[Draft], furniture: Furniture) -> tuple[Article, ...]:
    """Make the articles of a page; a page with no text at all gives none."""
    articles = [_article(document, order, draft, furniture) for order, draft in enumerate(drafts, 1)]
    return tuple(article for article in articles if article.text)


def _article(document: Document, order: int, draft: Draft, furniture: Furniture) -> Article:
    parts = _head(draft.head) + _body(draft.body)
    parts = _mark_standfirst(parts)
    parts, late = _late_captions(parts, draft.pictures)
    parts += late
    text, offsets, blocks = _lay_out(parts)
    first = {part.kind: part.run.text for part in reversed(parts)}
    names = [name for part in parts if part.kind == "byline" for name in read_byline(part.run.text)]
    return Article(
        document=document,
        order=order,
        text=text,
        offsets=offsets,
        blocks=blocks,
        kicker=first.get("kicker"),
        headline=first.get("headline"),
        byline=tuple(dict.fromkeys(names)) or (furniture.writers if order == 1 else ()),
        dateline=first.get("dateline"),
        date=read_date(first.get("dateline", "")) or furniture.date,
        publisher=furniture.publisher,
        banner=furniture.banner.text if furniture.banner else first.get("banner"),
    )


def _head(titles: list[Run]) -> list[Part]:
    """Tell the kicker from the headline; the lines of a headline are joined by a space."""
    if not titles:
        return []
    parts: list[Part] = []
    if len(titles) > 2 and len(titles[0]) <= 12 and len(titles[1]) <= 12 and is_zone(titles[1].text):
        parts.append(Part("banner", titles[0]))  # the page's section, over the zone's name
        titles = titles[1:]
    if len(titles) > 1 and _leads(titles):
        parts.append(Part("kicker", titles[0].cut(0, len(titles[0].text.rstrip("：:")))))
        titles = titles[1:]
    runs = [titles[0]]
    for run in titles[1:]:
        runs += [Run(" ", (runs[-1].offsets[-1] + 1,)), run]
    return [*parts, Part("headline", join(runs))]


def _leads(titles: list[Run]) -> bool:
    first, second = titles[0].text, titles[1].text
    return is_kicker(first) or (len(first) <= 6 and len(second) >= 1.6 * len(first))


def _body(parts: list[Part]) -> list[Part]:
    """Cut dateline and byline off the paragraphs that they open."""
    result: list[Part] = []
    for part in parts:
        opening = read_opening(part.run.text) if part.kind == "paragraph" else None
        if opening is None:
            result.append(_closed(part))
            continue
        result.append(Part("dateline", part.run.cut(0, opening.dateline)))
        if opening.byline:
            result.append(Part("byline", part.run.cut(*opening.byline)))
        rest = part.run.cut(opening.body)
        if rest.text:
            result.append(_closed(Part("paragraph", rest)))
    return result


def _closed(part: Part) -> Part:
    """Close what spaces running text cannot have; take the bullet off a byline."""
    if part.kind == "paragraph":
        return Part(part.kind, close_body(part.run))
    if part.kind == "byline":
        return Part(part.kind, part.run.cut(len(part.run) - len(part.run.text.lstrip(BULLETS))))
    return part


def _mark_standfirst(parts: list[Part]) -> list[Part]:
    """Mark an opening paragraph as standfirst where a later one repeats it at more length."""
    paragraphs = [k for k, part in enumerate(parts) if part.kind == "paragraph"]
    for place, k in enumerate(paragraphs[:2]):
        if any(_abridges(parts[k].run.text, parts[j].run.text) for j in paragraphs[place + 1 :]):
            parts[k] = Part("standfirst", parts[k].run)
            break
    return parts


def _abridges(short: str, long: str) -> bool:
    return 20 <= len(short) <= len(long) * 1.05 and len(short) <= 1000 and _shares(short, long, 0.85)


def _shares(short: str, long: str, least: float) -> bool:
    """Whether ``long`` has at least such a share of the character pairs of ``short``; most soon miss it."""
    pairs = {short[i : i + 2] for i in range(len(short) - 1)}
    # To look through a paragraph is quicker than to take all of it apart, unless it is none.
    others = long if len(long) < _LONGEST else {long[i : i + 2] for i in range(len(long) - 1)}
    missed = 0
    for pair in pairs:
        missed += pair not in others
        if (len(pairs) - missed) / len(pairs) < least:
            return False
    return bool(pairs)


def _late_captions(parts: list[Part], pictures: list[Part]) -> tuple[list[Part], list[Part]]:
    """Take the short sentences at the end that repeat the body for what they are: captions."""
    pictures = list(pictures)
    if len(parts) > 2 and parts[-1].kind == "paragraph" and len(parts[-1].run) <= 60:
        tail, above = parts[-1].run, parts[-2].run
        after_picture = any(above.offsets[-1] < p.run.offsets[0] < tail.offsets[0] for p in pictures)
        if after_picture or _repeats(tail.text, parts[:-1]):
            pictures.append(Part("caption", parts.pop().run))
    return parts, pictures


def _repeats(tail: str, parts: list[Part]) -> bool:
    """Whether one sentence of the body says nearly all that the tail says."""
    if len(tail) < 8:
        return False
    body = "。".join(part.run.text for part in parts if part.kind == "paragraph")
    sentences = re.split("[。！？!?]", body)
    return any(_shares(tail, sentence, 0.8) for sentence in sentences if len(sentence) >= 6)


def _lay_out(parts: list[Part]) -> tuple[str, tuple[int, ...], tuple[Block, ...]]:
    offsets: list[int] = []
    blocks: list[Block] = []
    at = 0
    for part in parts:
        if offsets:
            offsets.append(offsets[-1])
            at += 1
        blocks.append(Block(part.kind, at, at + len(part.run)))
        offsets += part.run.offsets
        at += len(part.run)
    return "\n".join(part.run.text for part in parts), tuple(offsets), tuple(blocks)
