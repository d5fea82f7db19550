"""Names that only their use shows: 建立|党建联席会议制度, a bare 党工委, 聚焦|低空制造|领域, 直升机|所."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache

from kg.extract.endings import name_left
from kg.extract.reading import Candidate, Reading
from kg.lexicon import Matcher
from kg.schema import Schema

_PROGRAM = Matcher(
    ["制度", "机制", "计划", "行动", "工程", "活动", "专项", "体系", "模式", "政策", "工作法", "方案", "办法"]
)
_BARE = {"党工委": "PartyWorkingCommittee", "管委会": "GovernmentBody"}
_ALLIANCE = re.compile(r"(?:组建|成立|组成|建立)了?((?:链上|区域|楼宇|园区)?党建联盟)")
_FIELD_WORD = re.compile(r"领域|赛道")
_INSTITUTE = re.compile(r"所(?=[、，。；,;:：”’)共的与和及在将已]|$|[A-Za-z])")
_SHORTEST_PROGRAM = 6


def programs(reading: Reading) -> Iterator[Candidate]:
    """Propose 建立党建联席会议制度: a mechanism with modifiers of its own that a verb takes."""
    verbs = _implementing(reading.schema)
    for start, end in reading.find(_PROGRAM):
        if end not in reading.token_ending:
            continue
        left = name_left(reading, start, end, "Program")
        special = _special_words(reading, left, start)
        if end - left >= _SHORTEST_PROGRAM and special >= 1 and _governed(reading, left, verbs):
            yield Candidate(left, end, "Program", "program:verb", end - left, (), 0.65)


@lru_cache(maxsize=8)
def _implementing(schema: Schema) -> frozenset[str]:
    return frozenset(w for info in schema.relations.values() if "Program" in info.range for w in info.verbs)


def _special_words(reading: Reading, left: int, right: int) -> int:
    words = [t for t in reading.tokens[reading.token_starting.get(left, 0) :][:16] if left <= t.start < right]
    return sum(not reading.word("names", "generic", t.word) for t in words)


def _governed(reading: Reading, left: int, verbs: frozenset[str]) -> bool:
    """A verb stands right before, or before the member of a list that 和 joins to this one."""
    text = reading.text
    if any(text[max(0, left - size) : left].removesuffix("了") in verbs for size in (2, 3, 4, 5)):
        return True
    return text[left - 1 : left] in ("和", "与", "、") and bool(
        re.search(r"(?:制度|机制|计划|行动|工程|活动|体系)$", text[: left - 1])
    )


def bare_organs(reading: Reading) -> Iterator[Candidate]:
    """Propose a bare 党工委 or 管委会: the zone's own."""
    for word, cls in _BARE.items():
        at = reading.text.find(word)
        while at >= 0:
            if reading.sentence_at(at):
                yield Candidate(at, at + len(word), cls, "bare organ", len(word) - 0.5, (), 0.7)
            at = reading.text.find(word, at + 1)
    for match in _ALLIANCE.finditer(reading.text):
        if reading.sentence_at(match.start()):
            yield Candidate(*match.span(1), "PartyAlliance", "bare organ", 6.0, ("党建联盟",), 0.75)


def fields(reading: Reading) -> Iterator[Candidate]:
    """Propose what stands before 领域 or 赛道 as an industry."""
    for sentence in reading.sentences:
        for match in _FIELD_WORD.finditer(reading.text, sentence.start, sentence.end):
            start = match.start()
            left = name_left(reading, start, start, "Industry")
            size = start - left
            if (
                3 <= size <= 12
                and _special_words(reading, left, start) >= 1
                and _sectoral(reading, left, start)
            ):
                yield Candidate(left, start, "Industry", "field word", size, (), 0.65)


def _sectoral(reading: Reading, left: int, right: int) -> bool:
    """An industry rather than a subject: it makes, moves or heals something, or a known field is in it."""
    text = reading.text[left:right]
    words = reading.lexicon.words("names", "industrial")
    return any(text.endswith(w) for w in words) or any(
        text[i:] in reading.lexicon.industries for i in range(len(text))
    )


def institutes(reading: Reading) -> Iterator[Candidate]:
    """Propose a short institute's name: 直升机所, 光机所."""
    for sentence in reading.sentences:
        for match in _INSTITUTE.finditer(reading.text, sentence.start, sentence.end):
            end = match.end()
            index = reading.token_ending.get(end)
            if index is None or reading.tokens[index].word != "所":
                continue
            left = name_left(reading, end - 1, end, "ResearchInstitution")
            if 2 <= end - 1 - left <= 6 and _special_words(reading, left, end - 1):
                yield Candidate(left, end, "ResearchInstitute", "institute", end - left, (), 0.6)
