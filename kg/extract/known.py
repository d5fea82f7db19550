"""Names that need no reasoning: gazetteers, 以下简称, industries by their field word, and list heads."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from kg.extract.reading import Candidate, Reading, once
from kg.lexicon import Lexicon, Matcher
from kg.segment import Token

_ALIAS = re.compile(
    r"\((?:以下|下文|文中)?(?:统称|合称|简称|又称|又名|也称|亦称|别称)(?:为)?[:：]?[“‘\"]?([^”’\"()，,。]{2,16})[”’\"]?\)"
)
_BARE = re.compile(r"(?<=[司团学院室心所会委])\(([^()，,。、“”]{2,10})\)")
_BRACKETED = re.compile(r"\([“‘\"]([^”’\"()，,。、]{2,12})[”’\"]\)")
_FIELD = re.compile(r"(?:产业集群|产业体系|产业链|产业|领域|赛道|行业|企业|集群|新赛道|千亿级|百亿级|等)")
_AFTER_FIELD = re.compile(r"(?:先进制造业集群|产业集群|产业体系|产业|集群)")
_PAUSE = re.compile(r"[,，。;；:：\n]")
# How far behind a member of a list its field word may stand.
_LIST_REACH = 60
_LIST_END = re.compile(
    r"等(?:一批|一系列|多家|多个|多项|众多|各类)?(?:[\d一二两三四五六七八九十百千余多]+[家个项所座条种类大支款]?)?"
)


@dataclass(frozen=True, slots=True)
class Alias:
    """A bracket that gives the name before it a short form: …有限公司(以下简称“优竟空科技”)."""

    full_end: int
    start: int
    end: int


@once
def aliases(reading: Reading) -> Iterator[Alias]:
    """Yield every bracket that abbreviates what stands before it."""
    for pattern in (_ALIAS, _BRACKETED, _BARE):
        for match in pattern.finditer(reading.text):
            if reading.sentence_at(match.start()) and (pattern is not _BARE or _shortens(reading, match)):
                yield Alias(match.start(), *match.span(1))


def _shortens(reading: Reading, match: re.Match[str]) -> bool:
    """四川星河光电有限公司(星河光电): the bracket's characters stand in the name before it, in order."""
    return runs_through(match.group(1), reading.text[max(0, match.start() - 24) : match.start()])


def runs_through(short: str, long: str) -> bool:
    """Tell whether the characters of one stand in the other in order: 智变 in 智能变压器."""
    rest = iter(long)
    return all(char in rest for char in short)


def gazetteer_names(reading: Reading) -> Iterator[Candidate]:
    """Propose every known name, short ones only where they are whole words."""
    entries = reading.lexicon.entries
    for start, end in reading.find(gazetteer_matcher(reading.lexicon)):
        entry = entries[reading.text[start:end]]
        if entry.cls not in reading.schema.classes:
            continue
        if end - start >= 4 or reading.aligned(start, end) or _after_place(reading, start, end):
            bonus = 1.5 if end - start >= 4 else 0.5
            yield Candidate(start, end, entry.cls, "gazetteer", end - start + bonus, (), 0.95)


def _after_place(reading: Reading, start: int, end: int) -> bool:
    """A short place at a word's end or start: 安徽合肥 cut as one word."""
    return end in reading.token_ending and reading.text[end - 1] in "市区县省镇"


@lru_cache(maxsize=4)
def gazetteer_matcher(lexicon: Lexicon) -> Matcher:
    """Find every known name."""
    return Matcher(lexicon.entries)


def governs_known_name(reading: Reading, verb: Token) -> bool:
    """Tell whether a verb that also stands inside names has a known name behind it: 护航|西部(重庆)科学城."""
    behind = gazetteer_matcher(reading.lexicon).at(reading.text, verb.end)
    return behind > 0 and reading.word("names", "predicate", verb.word)


def industry_names(reading: Reading) -> Iterator[Candidate]:
    """Propose field words (低空经济, 集成电路) where they are used as the field of something."""
    for start, end in reading.find(industry_matcher(reading.lexicon)):
        tail = _AFTER_FIELD.match(reading.text, end)
        stop = tail.end() if tail else end
        if reading.text[stop : stop + 1] == "链":
            continue
        if tail or _used_as_field(reading, start, end):
            yield Candidate(start, stop, "Industry", "industry:field", stop - start + 1, (), 0.85)


@lru_cache(maxsize=4)
def industry_matcher(lexicon: Lexicon) -> Matcher:
    """Find every word that can name an industry."""
    return Matcher(lexicon.industries)


def _used_as_field(reading: Reading, start: int, end: int) -> bool:
    word = reading.text[start:end]
    if word.endswith(("经济", "产业", "制造业", "服务业", "行业")):
        return True
    if _FIELD.match(reading.text, end):
        return True
    return _listed_field(reading, end) or (
        reading.text[start - 1 : start] == "、" and _listed_field(reading, start - 1)
    )


def _listed_field(reading: Reading, end: int) -> bool:
    """A member of a list that some field word closes: 新材料、生物医药等产业."""
    stop = _PAUSE.search(reading.text, end, end + _LIST_REACH)
    rest = reading.text[end : stop.start() if stop else end + _LIST_REACH]
    return rest.startswith(("、", "和", "与", "及")) and bool(re.search(r"产业|领域|赛道|集群|行业", rest))


def listed_names(reading: Reading) -> Iterator[Candidate]:
    """Propose the members of a list that its closing noun classifies: A、B、C等企业."""
    heads = _heads(reading.lexicon)
    for sentence in reading.sentences:
        for match in _LIST_END.finditer(reading.text, sentence.start, sentence.end):
            cls = _head_class(reading, match.end(), heads)
            if cls and cls in reading.schema.classes:
                yield from _members(reading, sentence.start, match.start(), cls)


@lru_cache(maxsize=4)
def _heads(lexicon: Lexicon) -> dict[str, str]:
    """The nouns that close a list with their classes, the longest first: 重大工程 before 工程."""
    heads = {word: cls for cls, words in lexicon.lists["list_heads"].items() for word in words}
    return dict(sorted(heads.items(), key=lambda head: (-len(head[0]), head[0])))


def _head_class(reading: Reading, start: int, heads: dict[str, str]) -> str | None:
    """The class of the noun phrase behind 等: the longest head that ends before a boundary."""
    index = reading.token_starting.get(start)
    found, any_head = None, tuple(heads)
    for token in reading.tokens[index : index + 6] if index is not None else ():
        if token.word in "，。、；,;:：!！“”" or reading.word("names", "boundary", token.word):
            break
        text = reading.text[start : token.end]
        if text.endswith(any_head):
            found = next(cls for head, cls in heads.items() if text.endswith(head))
    return found


def _members(reading: Reading, low: int, end: int, cls: str) -> Iterator[Candidate]:
    """Walk the list backwards from 等, member by member, as long as 、 joins them."""
    at, count = end, 0
    while at > low and count < 30:
        start = _after_verbs(reading, _member_start(reading, low, at), at)
        name_start, name_end = start, at
        if reading.text[start] in "“‘《" and reading.pairs.get(start) == at - 1:
            name_start, name_end = start + 1, at - 1
        if _may_be_name(reading, name_start, name_end, cls):
            yield Candidate(name_start, name_end, cls, "list:head", name_end - name_start + 0.8, (), 0.7)
        if start <= low or reading.text[start - 1] not in "、和与及":
            return
        at, count = start - 1, count + 1


def _member_start(reading: Reading, low: int, end: int) -> int:
    """Where the member that ends at ``end`` begins: behind a 、 or behind what no name contains."""
    at = end
    while at > low:
        if reading.text[at - 1] in "”’》" and at - 1 in reading.openings:
            at = reading.openings[at - 1]
            continue
        index = reading.token_ending.get(at)
        token = reading.tokens[index] if index is not None else None
        if token is None:
            at -= 1
            continue
        if _ends_member(reading, token):
            break
        at = token.start
    return at


def _after_verbs(reading: Reading, start: int, end: int) -> int:
    """Where a member begins behind a second verb: 招引|对接|航发系统."""
    index = reading.token_starting.get(start)
    while index and reading.tokens[index].end < end and reading.tokens[index].tag == "v":
        if not reading.ends_names(reading.tokens[index - 1].word):
            break
        index += 1
        start = reading.tokens[index].start
    return start


def _ends_member(reading: Reading, token: Token) -> bool:
    if not any(char.isalnum() for char in token.word):
        return token.word not in ("·", "-", ")", "(", "+", "/")
    if reading.word("names", "inner", token.word):
        return False
    return reading.ends_names(token.word)


def _may_be_name(reading: Reading, start: int, end: int, cls: str) -> bool:
    """A member counts where it names: a coined or proper word, or for industries any but a common one."""
    if not 2 <= end - start <= 24 or reading.text[start:end].isdigit():
        return False
    words = [t for t in reading.tokens[reading.token_starting.get(start, 0) :][:12] if t.end <= end]
    special = [t for t in words if not reading.word("names", "generic", t.word)]
    if cls == "Industry":
        return bool(special) and end - start <= 12 and all(t.tag not in ("v", "d", "m") for t in words)
    if cls not in ("Enterprise", "Project", "Achievement", "Facility"):
        return False
    coined = sum(len(t.word) == 1 for t in special) >= 2
    return coined or any(t.tag in ("x", "nr", "nz", "nt", "eng") for t in special)
