"""Figures: 高新技术企业702家, 总投资额150.5亿元, 200余名党员科技工作者, 申报材料缩减25%."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal
from typing import NamedTuple

from kg.extract.clauses import Clause, Layout
from kg.extract.numbers import Written, written_numbers
from kg.model import Figure, Mention, Sentence

_LINK = re.compile(
    r"(?:累计|已|达到?|超过?|突破|约|近|共|共计|总计|为|有|至|了|逾|增至|同比|增长|仅|就|各|分别|均|将|预计|可|到|高达|实现|新增|总共|合计|最高|可达|不少于|不低于|将达|"
    r"减少|缩减|压缩|下降|提高|提升|增加|上升|缩短|降低|占比?|扩大|翻|提速|节约|节省)+$"
)
_MODIFIER_RIGHT = re.compile(r"[余多来]?(?:个)?(?:的)?([\u4e00-\u9fffA-Za-z]{2,16})")
_WORDS = re.compile(r"[\u4e00-\u9fffA-Za-z]{1,10}")
_WORDS_BEFORE = re.compile(r"[\u4e00-\u9fffA-Za-z]{1,10}$")
_WINDOW = 40
_SHARES = ("%", "成")
_SOME = ("数", "几", "上", "成")
_MONEY_AND_RATES = frozenset(("元", "%", "美元", "欧元", "港元", "日元", "个百分点", "倍", "元/股"))


class Spot(NamedTuple):
    """A number with its unit where it stands; ``plain`` where the rules take it for a figure."""

    start: int
    end: int
    value: Decimal
    unit: str
    indicator: str
    sentence: Sentence
    number: int
    clause: Clause
    plain: bool
    topic: int | None


def figures(layout: Layout, zone: int | None) -> Iterator[Figure]:
    """Yield the figures of every sentence with the thing that they are stated of, by rules alone."""
    for spot in spots(layout, zone):
        of = subject_by_rule(layout, spot)
        if spot.plain and of is not None:
            yield figure(layout, spot, of, "figure", 0.85)


def figure(layout: Layout, spot: Spot, subject: int, rule: str, confidence: float) -> Figure:
    """The figure that a spot states of a subject, with the time that it stands under."""
    low, high = spot.sentence.start, spot.sentence.end
    time = layout.times.within(low, high, spot.start)
    return Figure(subject, spot.indicator, spot.value, spot.unit, low, high, rule, confidence, time)


def spots(layout: Layout, zone: int | None) -> Iterator[Spot]:
    """Yield every number with a unit, with what the sentence speaks of where it stands."""
    topic = zone
    block = -1
    units = layout.reading.lexicon.words("figures", "units")
    for number, (sentence, clauses) in enumerate(layout.clauses):
        if sentence.block != block:
            block, topic = sentence.block, zone
        for clause in clauses:
            for stated in written_numbers(layout.reading.text, units, clause.start, clause.end):
                if _never(layout.reading.text, stated):
                    continue
                yield Spot(
                    stated.start, stated.end, stated.value, stated.unit, _indicator(layout, clause, stated),
                    sentence, number, clause, _counts(layout, clause, stated), topic,
                )  # fmt: skip
            topic = _topic(layout, clause, topic)


def _never(text: str, stated: Written) -> bool:
    """Ranks, calendar years, dates, 一个 and 数十家 are never figures, whatever a model thinks."""
    before, unit = text[max(0, stated.start - 1) : stated.start], stated.unit
    year = unit == "年" and stated.number.isdigit() and 1900 <= int(stated.number) <= 2100
    article = stated.one and unit not in _SHARES
    vague = before in _SOME and stated.first in "十百千"
    return before in ("第", "每") or year or article or vague or unit in ("月", "日", "号")


def _counts(layout: Layout, clause: Clause, stated: Written) -> bool:
    """Dates, ranks and numbers inside names are no figures."""
    text = layout.reading.text
    before = text[max(clause.start, stated.start - 1) : stated.start]
    if re.search(r"[第首每A-Za-z+\-·.“‘]$", before):
        return False
    if any(m.start < stated.start < m.end for m in clause.mentions):
        return _at_edge(layout, stated)
    unit = stated.unit
    if not stated.first.isdigit() and (stated.one or unit in "年天类代届期层次批场步"):
        return False
    if unit in ("年", "月", "日", "天", "小时", "分钟", "届", "个月", "周年", "代", "步", "层", "岁"):
        return unit in ("天", "小时", "分钟") and bool(
            re.search(r"缩短|压缩|减至|仅需|最快|时限|时间", text[clause.start : clause.end])
        )
    return True


def _at_edge(layout: Layout, stated: Written) -> bool:
    """A count between a quotation and its class word is inside the name and still a figure: ”3项工程."""
    return layout.reading.text[stated.start - 1] in "”’" and stated.first.isdigit()


def _indicator(layout: Layout, clause: Clause, stated: Written) -> str:
    """The counted noun: right behind the unit (200名工作者), else before the number (总投资额100亿元)."""
    text = layout.reading.text
    low = max(clause.start, stated.start - _WINDOW)
    left = _LINK.sub("", text[low : stated.start]).rstrip("(（:：")
    # What the figure is stated of is no part of the indicator: 合肥高新区|总投资额.
    named = (m.end for m in clause.mentions if low < m.end < low + len(left) and _measurable(layout, m))
    edge = max(named, default=low)
    left, low = left[edge - low :], edge
    before = _noun_left(layout, left, low)
    if stated.unit in _MONEY_AND_RATES:
        return before or _around(text, clause, stated)
    right = _MODIFIER_RIGHT.match(text, stated.end)
    behind = _noun_right(layout, stated.end, right.end(1)) if right else ""
    return behind or before or _around(text, clause, stated)


def _around(text: str, clause: Clause, stated: Written) -> str:
    """Last resort for an indicator: the words behind the number, else those before it."""
    behind = _WORDS.match(text, stated.end, clause.end)
    before = _WORDS_BEFORE.search(text[max(clause.start, stated.start - _WINDOW) : stated.start])
    found = behind.group() if behind and len(behind.group()) > 1 else before.group() if before else ""
    return found or stated.unit


def _noun_left(layout: Layout, left: str, start: int) -> str:
    """The run of nouns that ends where the number's link words begin."""
    end = start + len(left)
    index = layout.reading.token_ending.get(end)
    at = end
    while index is not None and index >= 0 and layout.reading.tokens[index].start >= start:
        token = layout.reading.tokens[index]
        opening = layout.reading.openings.get(token.start) if token.word in "”’" else None
        if opening is not None and opening >= start:
            at = opening
            index = layout.reading.token_ending.get(at)
            continue
        if token.end != at or not _nominal(layout, token.word, token.tag):
            break
        at = token.start
        index -= 1
    noun = layout.reading.text[at:end]
    return noun[1:-1] if noun[:1] in ("“", "‘") and noun[-1:] in ("”", "’") else noun


def _nominal(layout: Layout, word: str, tag: str) -> bool:
    if word in "”“":
        return True
    if layout.reading.word("names", "boundary", word):
        return False
    if layout.reading.word("names", "predicate", word) and not layout.reading.word("names", "inner", word):
        return False
    return word[0].isalnum() and not word.isdigit() and tag[0] not in "pcurdmqt"


def _noun_right(layout: Layout, start: int, limit: int) -> str:
    """The run of nouns behind a unit; a verb at its end is the next predicate (企业|入驻)."""
    reading = layout.reading
    run = []
    for token in reading.tokens_between(start, limit):
        if not _nominal(layout, token.word, token.tag):
            break
        run.append(token)
    while run and reading.word("names", "inner", run[-1].word) and run[-1].tag == "v":
        run.pop()
    return reading.text[start : run[-1].end].lstrip("余多") if run else ""


def subject_by_rule(layout: Layout, spot: Spot) -> int | None:
    """The thing that a figure is stated of: the one named before it in its clause, else the carried one."""
    before = [m for m in spot.clause.before(spot.start) if _measurable(layout, m)]
    return layout.things.at(before[-1].referent) if before else spot.topic


def _measurable(layout: Layout, mention: Mention) -> bool:
    return layout.reading.schema.classes[layout.things.base(mention.referent)].measured


def _topic(layout: Layout, clause: Clause, carried: int | None) -> int | None:
    """What later clauses of the sentence speak of: the first thing named, where it may have figures."""
    first = next((m for m in clause.mentions if _measurable(layout, m)), None)
    return layout.things.at(first.referent) if first else carried
