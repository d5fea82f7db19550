"""Who holds which post: 优竟空科技|总经理|刘骁, 吕典秋|教授, 航空产业链|链长|王某."""

from __future__ import annotations

import re
from collections.abc import Iterator

from kg.extract.clauses import Layout
from kg.extract.people import Title, titles
from kg.extract.refer import plain
from kg.model import Claim, Mention

_GAP = re.compile(r"^[\u4e00-\u9fff()“”]{0,10}$")
_NO_POST = frozenset(
    [
        "院士",
        "博士",
        "劳动模范",
        "代表",
        "委员",
        "同志",
        "先生",
        "女士",
        "工匠",
        "专家",
        "党员",
        "志愿者",
        "创业者",
        "科学家",
    ]
)
_DIRECT = ("是", "为", "任", "担任", "出任", "系", "现任", "当选", "当选为")


def post_claims(layout: Layout, zone: int | None) -> Iterator[Claim]:
    """Claim the posts that titles beside names state."""
    reading, things = layout.reading, layout.things
    people = {(m.start, m.end): m for m in layout.mentions if things.base(m.referent) == "Person"}
    waiting: list[Title] = []
    for title in titles(reading):
        sentence = reading.sentence_at(title.start)
        if sentence is None:
            continue
        name = title.name if title.name in people else _copula(layout, title, people)
        if name is None:
            waiting = [*waiting, title] if _chained(layout, waiting, title) else [title]
            continue
        chain = [*waiting, title] if _chained(layout, waiting, title) else [title]
        waiting = []
        person = people[name]
        org: Mention | None = None
        for one in chain:
            org = _organization(layout, one) or org or _carried(layout, one)
            if org is not None:
                yield from _claim(layout, person, org, one)


def _chained(layout: Layout, waiting: list[Title], title: Title) -> bool:
    """Titles joined by 、 or 兼 belong to one person: 党委书记、董事长王某."""
    if not waiting:
        return False
    gap = layout.reading.text[waiting[-1].end : title.start]
    return (
        len(gap) <= 14
        and bool(re.match(r"^(?:、|兼|,|暨|及|和|兼任)", gap))
        and not re.search(r"[。;；:：\n]", gap)
    )


def _copula(layout: Layout, title: Title, people: dict[tuple[int, int], Mention]) -> tuple[int, int] | None:
    """王某担任|某公司|总经理: the person stands before the verb."""
    text = layout.reading.text
    sentence = layout.reading.sentence_at(title.start)
    assert sentence is not None
    before = [span for span in people if sentence.start <= span[0] and span[1] <= title.start]
    if not before:
        return None
    last = max(before)
    gap = text[last[1] : title.start]
    verb = any(gap.startswith(v) for v in _DIRECT)
    appositive = gap.startswith((",", "，")) and "," not in gap[1:] and "，" not in gap[1:]
    behind = text[title.end : title.end + 1]
    return last if (verb or (appositive and behind in ",，。")) and len(gap) <= 30 else None


def _organization(layout: Layout, title: Title) -> Mention | None:
    """The body right before the title, or around its start: 公司党委|书记."""
    for mention in reversed(layout.mentions):
        if mention.start >= title.start or not _can_employ(layout, mention):
            continue
        if mention.start < title.start < mention.end <= title.end:
            return mention
        if mention.end <= title.start:
            gap = layout.reading.text[mention.end : title.start]
            return mention if _GAP.match(gap) and not _blocked(gap) else None
    return None


def _blocked(gap: str) -> bool:
    return any(word in gap for word in ("企业", "的", "和", "与", "在", "对", "由", "向")) and gap != "的"


def _can_employ(layout: Layout, mention: Mention) -> bool:
    allowed = layout.reading.schema.relations["holdsPosition"].range
    return layout.reading.schema.is_any(layout.things.cls(mention.referent), allowed)


def _carried(layout: Layout, title: Title) -> Mention | None:
    """The body named earlier in the sentence: 种创中心捷报频传：吕典秋教授…"""
    sentence = layout.reading.sentence_at(title.start)
    assert sentence is not None
    able = [
        m for m in layout.mentions
        if sentence.start <= m.start and m.end <= title.start and _can_employ(layout, m)
        and layout.things.base(m.referent) != "Zone"
    ]  # fmt: skip
    return able[-1] if able and title.start - able[-1].end <= 60 else None


def _claim(layout: Layout, person: Mention, org: Mention, title: Title) -> Iterator[Claim]:
    reading, things = layout.reading, layout.things
    sentence = reading.sentence_at(title.start)
    assert sentence is not None
    word = reading.text[max(org.end, title.start) : title.end]
    label = _label(layout, person, org, title)
    if not word or word in _NO_POST:
        return
    here = (sentence.start, sentence.end)
    stated = [
        r for r, info in reading.schema.relations.items() if any(label.endswith(t) for t in info.titles)
    ]
    target = _chain_near(layout, title) if stated else None
    if target is None:
        yield Claim(person.referent, "holdsPosition", things.at(org.referent), *here, "post", 0.9, label)
        return
    for relation in stated:
        # 航空产业链链长: the title says what its bearer does to the chain, not a post at the body before.
        yield Claim(person.referent, relation, target, *here, f"title:{word}", 0.85)


def _label(layout: Layout, person: Mention, org: Mention, title: Title) -> str:
    """The post as the text has it: with its department (营商部副部长), without the name (吕典秋教授)."""
    text = layout.reading.text
    word = plain(text[max(org.end, title.start) : title.end])
    if person.end <= title.start:
        return word
    whole = plain(text[org.end : title.end]) if org.end <= title.start else word
    return word if len(whole) > 14 or any(mark in whole for mark in ",、的") else whole


def title_of(layout: Layout, person: int) -> str | None:
    """The title that stands right beside a person's name, wherever that is."""
    places = [m for m in layout.mentions if layout.things.at(m.referent) == layout.things.at(person)]
    for title in titles(layout.reading):
        word = layout.reading.text[title.start : title.end]
        if word not in _NO_POST and any(
            0 <= m.start - title.end <= 1 or m.end == title.start for m in places
        ):
            return word
    return None


def _chain_near(layout: Layout, title: Title) -> int | None:
    """The chain that a 链长 heads: the nearest one named before the title."""
    chains = [
        m for m in layout.mentions
        if layout.things.base(m.referent) == "IndustryChain" and m.end < title.end
        and title.start - m.end <= 20
    ]  # fmt: skip
    return layout.things.at(chains[-1].referent) if chains else None
