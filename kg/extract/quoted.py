"""Names in quotation marks: “五联”活动, 《航空产业链党委职责清单》, “智造先锋”“绒耀世界”4个品牌.

A quotation is a name only where something marks it: the class word behind it, the head of the
list that it stands in, a document's marks 《》, or a verb that takes such things.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache

from kg.extract.known import governs_known_name
from kg.extract.reading import Candidate, Reading, verb_words
from kg.schema import Schema
from kg.segment import Token

_LONGEST_CORE = 40
_LONGEST_HEAD = 12
_COUNT = re.compile(r"(?:等)?(?:[\d一二两三四五六七八九十]+(?:个|项|大|张|条|种|支)(?:系列)?|系列)?")
# 党建引领“铸魂、攻坚、聚才”3项工程: right before the mark these belong to the name.
_PARTY_LED = frozenset({"党建引领", "党建统领"})
_CODE = re.compile(r"[\d+N\-·A-Z]+$")
_STOP_IN_HEAD = re.compile(r"[,，。;；、:：!！?？“”‘’《》—…\s的]")
# What is given up is not carried out: 摒弃“单向服务”模式.
_REJECTED = re.compile(r"(?:摒弃|告别|改变|打破|破除|变|从|取代|纠正|杜绝|防止|避免)$")
_MEDIA = re.compile(r"(?:日报|晚报|时报|周刊|杂志|学报|期刊|Nature|Science|Cell)$|^[A-Za-z ·.:-]+$")
_SLOGAN_VERBS = [
    "实施",
    "推出",
    "创建",
    "开展",
    "打造",
    "推行",
    "探索",
    "构建",
    "建立",
    "推进",
    "深化",
    "开设",
    "创新",
    "启动",
    "叫响",
    "擦亮",
    "争创",
    "形成",
    "落实",
    "设立",
    "推广",
    "践行",
    "组织",
    "采取",
    "完善",
    "健全",
    "出台",
    "印发",
    "制定",
    "开创",
    "提炼",
    "发起",
]


def quoted_names(reading: Reading) -> Iterator[Candidate]:
    """Propose quotations that a class word, a list head or document marks show to be names."""
    covered: set[int] = set()
    for opening in sorted(reading.pairs):
        if opening in covered or reading.sentence_at(opening) is None:
            continue
        mark = reading.text[opening]
        if mark == "《":
            yield from _document(reading, opening)
        elif mark in "“‘":
            run = _run(reading, opening)
            covered.update(start for start, _ in run)
            yield from _quotations(reading, run)


def _document(reading: Reading, opening: int) -> Iterator[Candidate]:
    close = reading.pairs[opening]
    title = reading.text[opening + 1 : close]
    if 3 <= len(title) <= 60 and not _MEDIA.search(title):
        yield Candidate(opening + 1, close, "Program", "quoted:document", len(title) + 4, (), 0.9)


def _run(reading: Reading, opening: int) -> list[tuple[int, int]]:
    """The quotations that stand side by side from here on: “A”“B”和“C”."""
    run = [(opening, reading.pairs[opening])]
    while True:
        at = run[-1][1] + 1
        while reading.text[at : at + 1] in ("、", "和", "及", "与", ",") and at - run[-1][1] < 2:
            at += 1
        if reading.text[at : at + 1] not in ("“", "‘") or at not in reading.pairs:
            return run
        run.append((at, reading.pairs[at]))


def _quotations(reading: Reading, run: list[tuple[int, int]]) -> Iterator[Candidate]:
    last_close = run[-1][1]
    cls, head_end = _head(reading, last_close + 1)
    if _REJECTED.search(reading.text[max(0, run[0][0] - 4) : run[0][0]]):
        return
    if cls is None:
        yield from _unmarked(reading, run)
        return
    if reading.schema.base(cls) == "Program":
        for opening, close in run[:-1]:
            yield from _core(reading, opening, close, cls, "quoted:list")
    else:
        yield from _unmarked(reading, run[:-1])
    yield from _with_head(reading, run[-1], cls, head_end)


def _head(reading: Reading, at: int) -> tuple[str | None, int]:
    """The class of the words right behind a quotation and where they end: ”共治理念, ”3项工程."""
    words = _class_words(reading.schema)
    counted = _COUNT.match(reading.text, at)
    start = counted.end() if counted else at
    index = reading.token_starting.get(start)
    found: tuple[str | None, int] = (None, at)
    while index is not None and index < len(reading.tokens):
        token = reading.tokens[index]
        if token.end > start + _LONGEST_HEAD or not _continues_head(reading, token):
            break
        if word := _class_word(reading.text[start : token.end], words):
            found = (words[word], token.end)
        index += 1
    return found


def _continues_head(reading: Reading, token: Token) -> bool:
    """Nouns go on behind a quotation; a predicate, a function word or a pause ends its head."""
    if _STOP_IN_HEAD.match(token.word):
        return False
    if reading.word("names", "inner", token.word):
        return not governs_known_name(reading, token)
    return not reading.ends_names(token.word)


def _class_word(text: str, words: dict[str, str]) -> str | None:
    """The longest class word that a stretch ends in."""
    return next((text[-size:] for size in range(min(6, len(text)), 0, -1) if text[-size:] in words), None)


@lru_cache(maxsize=8)
def _class_words(schema: Schema) -> dict[str, str]:
    words: dict[str, str] = {}
    for info in schema.classes.values():
        for word in info.endings:
            if len(word) > 1:
                words[word] = info.name
    for info in schema.classes.values():
        # A class word says what a quotation is; it goes before another class's ending.
        words.update(dict.fromkeys(info.class_words, info.name))
    return words


def _core(reading: Reading, opening: int, close: int, cls: str, rule: str) -> Iterator[Candidate]:
    if 1 < close - opening - 1 <= _LONGEST_CORE and not re.search(r"[。!！?？]", reading.text[opening:close]):
        yield Candidate(opening + 1, close, cls, rule, close - opening + 3, (), 0.8)


def _with_head(reading: Reading, quote: tuple[int, int], cls: str, head_end: int) -> Iterator[Candidate]:
    """The form with the class word, the quoted core and a head without its count as aliases."""
    opening, close = quote
    core = reading.text[opening + 1 : close]
    if not 1 < len(core) <= _LONGEST_CORE or _is_speech(core, reading.schema.base(cls)):
        return
    left = _modifier_left(reading, opening)
    aliases = [reading.text[opening:head_end]] if left < opening else []
    yield Candidate(left, head_end, cls, "quoted:class word", head_end - opening + 4, (*aliases, core), 0.9)


def _is_speech(core: str, base: str) -> bool:
    """Somebody's words rather than a name: it ends a sentence or pauses, or is long for a body's name."""
    if re.search(r"[。!！?？;；]|[,，]$", core):
        return True
    return base != "Program" and (len(core) > 12 or bool(re.search(r"[,，]", core)))


def _modifier_left(reading: Reading, opening: int) -> int:
    """Nouns right before the mark belong to the name: 新时代“红岩先锋”党建品牌, 党建统领“885”机制."""
    at = opening
    while opening - at < 16:
        index = reading.token_ending.get(at)
        if index is None:
            break
        token = reading.tokens[index]
        if not _modifies(reading, token, opening):
            break
        at = token.start
    while at < opening and (index := reading.token_starting.get(at)) is not None:
        token = reading.tokens[index]
        predicate = reading.word("names", "predicate", token.word) or token.tag == "v"
        if token.word in _PARTY_LED or not (reading.word("names", "lead", token.word) or predicate):
            break
        at = token.end
    return at


def _modifies(reading: Reading, token: Token, opening: int) -> bool:
    if token.word in _PARTY_LED and token.end == opening:
        return True
    if token.tag[0] in "pcurymqdtwf" or not token.word[0].isalpha() or len(token.word) < 2:
        return False
    if reading.word("names", "boundary", token.word):
        return False
    if reading.word("names", "inner", token.word):
        return token.end < opening or token.word not in _SLOGAN_VERBS  # 党支部|创新|“带方案出让”机制
    words = verb_words(reading.schema)
    predicate = (
        reading.word("names", "predicate", token.word) or token.word in words or token.word[-2:] in words
    )
    return not predicate and token.tag != "v"


def _unmarked(reading: Reading, run: list[tuple[int, int]]) -> Iterator[Candidate]:
    """Without a class word a quotation counts only as a code, or as what such a verb takes."""
    for opening, close in run:
        core = reading.text[opening + 1 : close]
        coded = "+" in core and len(core) <= 16
        if _found(reading, opening) and 2 <= len(core) <= 20:
            yield from _core(reading, opening, close, "Achievement", "quoted:found")
            continue
        if coded or (len(run) > 1 and _after_slogan_verb(reading, run[0][0]) and "·" in core):
            yield from _core(reading, opening, close, "Program", "quoted:bare")


def _found(reading: Reading, opening: int) -> bool:
    """发现了…的“内部通讯图”, 研制出“X”: what is found or made."""
    before = re.split(r"[,，。;；:：\n]", reading.text[max(0, opening - 30) : opening])[-1]
    return bool(
        re.search(
            r"(?:发现|研制|研发|发明|绘制|构建|制备|自主设计|首创)(?:了|出|的)?(?:[^的]{0,20}的)?$", before
        )
    )


def _after_slogan_verb(reading: Reading, opening: int) -> bool:
    return any(reading.text[max(0, opening - len(v)) : opening] == v for v in _SLOGAN_VERBS)
