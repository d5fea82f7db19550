"""People, told by a title or by what they say: 总经理刘骁, 吕典秋教授, 刘骁介绍说, 王大姐.

No tagger is asked: its guess at personal names differs from engine to engine. A name is a
surname with one or two characters behind it, where a title stands before or behind it, or a verb
of saying follows it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from kg.extract.reading import Candidate, Reading, once
from kg.lexicon import Lexicon, Matcher
from kg.schema import Schema

_HAN = re.compile(r"[\u3400-\u9fff]")
_FOREIGN = re.compile(r"[\u4e00-\u9fff]{1,6}(?:·[\u4e00-\u9fffA-Z]{1,8})+")
_BREAK = frozenset(",，。;；:：、!！?？\n“”‘’()《》 …—")
_NO_NAME = re.compile(r"[的了是在与及们等这那个为把被]")
_SHORT_TITLES = frozenset(
    [
        "教授",
        "院士",
        "博士",
        "研究员",
        "书记",
        "主任",
        "经理",
        "总裁",
        "厂长",
        "校长",
        "院长",
        "所长",
        "局长",
        "处长",
        "科长",
        "部长",
        "市长",
        "区长",
        "县长",
        "主席",
        "会长",
        "理事长",
        "秘书长",
        "工程师",
        "董事长",
        "总经理",
        "总监",
        "副教授",
        "副主任",
        "副书记",
        "副部长",
        "副局长",
        "站长",
        "镇长",
        "组长",
        "队长",
        "班长",
        "专员",
        "律师",
    ]
)


@dataclass(frozen=True, slots=True)
class Title:
    """A title in the text: its place and the personal name beside it, if any."""

    start: int
    end: int
    name: tuple[int, int] | None


def people(reading: Reading) -> Iterator[Candidate]:
    """Propose the names of people."""
    for title in titles(reading):
        if title.name:
            yield _candidate(*title.name, "person:title", 0.95)
    yield from _speakers(reading)
    yield from _familiar(reading)
    yield from _foreign(reading)


def _candidate(start: int, end: int, rule: str, confidence: float) -> Candidate:
    return Candidate(start, end, "Person", rule, end - start + 6, (), confidence)


@once
def titles(reading: Reading) -> Iterator[Title]:
    """Yield every title with the personal name right before or behind it."""
    for start, end in reading.find(title_matcher(reading.lexicon, reading.schema)):
        behind = _name_from(reading, end)
        before = (
            _name_until(reading, start)
            if reading.text[start:end] in _SHORT_TITLES or behind is None
            else None
        )
        yield Title(start, end, behind or before)


@lru_cache(maxsize=4)
def title_matcher(lexicon: Lexicon, schema: Schema) -> Matcher:
    """Find every title, of the list and of the ontology."""
    return Matcher({*lexicon.titles, *(t for info in schema.relations.values() for t in info.titles)})


def _name_from(reading: Reading, start: int) -> tuple[int, int] | None:
    """A personal name that begins here and is followed by a pause, a verb or another title."""
    text = reading.text
    if text[start : start + 1] in ("、", "兼"):
        return None
    surname = _surname(reading, start)
    if not surname:
        return None
    sizes = (surname + 2, surname + 1) if surname == 1 else (surname + 1, surname + 2)
    fits = [
        n for n in sizes
        if _is_given(text[start + surname : start + n]) and not _runs_into_verb(reading, start, start + n)
    ]  # fmt: skip
    for size in fits:
        if _follows_name(reading, start + size):
            return start, start + size
    for size in fits:
        # 总经理|刘骁|干劲十足: any word of two characters may follow.
        index = reading.token_starting.get(start + size)
        if index is not None and len(reading.tokens[index].word) > 1:
            return start, start + size
    return None


def _name_until(reading: Reading, end: int) -> tuple[int, int] | None:
    """A personal name that ends here: 吕典秋|教授, after a pause or a word's edge."""
    text = reading.text
    for size in (3, 2, 4):
        start = end - size
        if start < 0 or not (surname := _surname(reading, start)) or surname >= size:
            continue
        if size == 4 and surname == 1:
            continue
        if _is_given(text[start + surname : end]) and _precedes_name(reading, start, end):
            return start, end
    return None


def _surname(reading: Reading, start: int) -> int:
    """Length of the surname that begins here, 0 without one."""
    for size in (2, 1):
        if reading.text[start : start + size] in reading.lexicon.surnames:
            return size
    return 0


def _is_given(given: str) -> bool:
    return bool(given) and all(_HAN.match(char) for char in given) and not _NO_NAME.search(given)


def _runs_into_verb(reading: Reading, start: int, end: int) -> bool:
    """刘骁|说, 链长|管|统筹: the last character, or all behind the surname, is a verb."""
    text = reading.text
    if text[end - 1] in "说称道讲":
        return True
    spoken = any(text[end - 1 : end - 1 + n] in reading.lexicon.words("people", "speech") for n in (2, 3))
    index = reading.token_starting.get(start + 1)
    return spoken or (
        index is not None and reading.tokens[index].end == end and reading.tokens[index].tag == "v"
    )


def _follows_name(reading: Reading, end: int) -> bool:
    """A name ends at a pause, or before a verb of saying or a function word."""
    text = reading.text
    if end >= len(text) or text[end] in _BREAK:
        return True
    speech = reading.lexicon.words("people", "speech")
    if any(text[end : end + size] in speech for size in (4, 3, 2, 1)):
        return True
    if reading.lexicon.titles and any(text[end : end + size] in reading.lexicon.titles for size in (2, 3, 4)):
        return True
    index = reading.token_starting.get(end)
    return index is not None and reading.tokens[index].tag[0] in "vpdc" and reading.tokens[index].tag != "vn"


def _precedes_name(reading: Reading, start: int, end: int) -> bool:
    text = reading.text
    if start == 0 or text[start - 1] in _BREAK or text[start - 1] in "的由对和与":
        return True
    if reading.word("names", "boundary", text[start - 1]):
        return True
    # 中心主任|王强|研究员: a title or the word cutter's edge on both sides.
    words = reading.tokens_between(start, end)
    known = len(words) == 1 and words[0].tag.startswith("nr")
    edge = start in reading.token_ending and len(reading.tokens[reading.token_ending[start]].word) > 1
    titled = any(text[max(0, start - size) : start] in reading.lexicon.titles for size in (2, 3, 4, 5))
    return known or titled or (edge and len(words) >= 2)


def _speakers(reading: Reading) -> Iterator[Candidate]:
    """A name between a pause and a verb of saying: ，刘骁表示."""
    verbs = ("介绍", "表示", "告诉", "坦言", "透露", "感慨", "说", "认为", "指出", "强调", "建议", "回忆")
    for verb in verbs:
        at = reading.text.find(verb)
        while at > 0:
            found = _name_until(reading, at)
            if found and reading.sentence_at(found[0]) and _paused(reading, found[0]):
                yield _candidate(*found, "person:speech", 0.85)
            at = reading.text.find(verb, at + 1)


def _paused(reading: Reading, start: int) -> bool:
    return start == 0 or reading.text[start - 1] in _BREAK


def _familiar(reading: Reading) -> Iterator[Candidate]:
    for word in sorted(reading.lexicon.words("people", "familiar")):
        at = reading.text.find(word)
        while at > 0:
            start = at - 1
            known = reading.text[start] in reading.lexicon.surnames
            if known and reading.sentence_at(start) and _precedes_name(reading, start, at + len(word)):
                yield _candidate(start, at + len(word), "person:familiar", 0.8)
            at = reading.text.find(word, at + 1)


def _foreign(reading: Reading) -> Iterator[Candidate]:
    """A foreign name with its dot, where a title or a verb of saying stands beside it."""
    if "·" not in reading.text:
        return
    for sentence in reading.sentences:
        for match in _FOREIGN.finditer(reading.text, sentence.start, sentence.end):
            start, end = match.span()
            before = any(reading.text[max(0, start - n) : start] in reading.lexicon.titles for n in (2, 3, 4))
            if before and "“" not in reading.text[max(0, start - 1) : start]:
                yield _candidate(start, end, "person:foreign", 0.8)
