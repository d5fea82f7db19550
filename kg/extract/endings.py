"""Names told by their ending: 金凤|实验室, 航空产业链|党委, 重庆优竟空科技|有限公司.

From each ending a walk goes left, word by word, to where the name begins. What stops it is the
heart of the matter: function words and plain predicates always; verbs that also stand inside
names (建设, 研发, 管理 …) only where nothing before them shows that they belong to the name.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache

from kg.extract.openings import Openings
from kg.extract.reading import Candidate, Reading, once, verb_words
from kg.lexicon import Matcher
from kg.schema import Schema
from kg.segment import Token

_LONGEST = 26
_PERIOD = re.compile(r"[一二三四五六七八九十\d]+期$")
_CALENDAR = re.compile(r"20\d\d")
# What ends a whole name: 和 behind it joins two names.
_WHOLE = (
    "大学", "学院", "研究院", "研究所", "公司", "集团", "局", "党委", "支部",
    "产业链", "产业", "高新区", "经开区",
)  # fmt: skip
_OFFICES = ("局", "部", "办", "处", "科", "中心", "专班")
# These stand in front of a field as part of it: 先进能源产业链.
_KINDS = frozenset({"先进", "新", "新型"})
_YEARLY = frozenset({"Event", "Program", "Project"})
_FIELDS = frozenset({"Industry", "IndustryChain"})
_OF_FIELDS = _FIELDS | {"PartyOrganization"}
_DIRECTIONS = frozenset("中上下内外前后里间")
_FEEBLE = _DIRECTIONS | frozenset("等了着过的")


def ending_names(reading: Reading) -> Iterator[Candidate]:
    """Propose a name for every ending that the ontology gives to a class."""
    classes = class_by_ending(reading.schema)
    for start, end in _occurrences(reading):
        ending = reading.text[start:end]
        cls = classes[ending]
        left = name_left(reading, start, end, cls)
        if left < start and _specific(reading, left, start, ending, cls):
            yield Candidate(
                left, end, cls, f"ending:{ending}", end - left, confidence=_trust(reading, ending)
            )


def ending_marks(reading: Reading) -> Iterator[tuple[int, int, str]]:
    """Yield where an ending stands and the class that it tells, whatever is before it."""
    classes = class_by_ending(reading.schema)
    for start, end in _occurrences(reading):
        yield start, end, classes[reading.text[start:end]]


@lru_cache(maxsize=8)
def class_by_ending(schema: Schema) -> dict[str, str]:
    """Every name ending with its class; a subclass comes after its parent in the file and wins."""
    return {ending: info.name for info in schema.classes.values() for ending in info.endings}


@lru_cache(maxsize=8)
def _mirrored_endings(schema: Schema) -> Matcher:
    """Find endings in text that is read backwards."""
    return Matcher(ending[::-1] for ending in class_by_ending(schema))


@once
def _occurrences(reading: Reading) -> Iterator[tuple[int, int]]:
    """Where an ending stands with a word's end at its end: the longest at each place."""
    matcher = _mirrored_endings(reading.schema)
    mirror = reading.text[::-1]
    size, openings = len(mirror), Openings(mirror)
    for sentence in reading.sentences:
        low, high = size - sentence.end, size - sentence.start
        for at, stop in matcher.everywhere(mirror, openings.between(matcher, low, high), high):
            if _closes(reading, size - at, stop - at):
                yield size - stop, size - at


def _closes(reading: Reading, end: int, size: int) -> bool:
    """A short ending must end a word that is no word of its own (格局, 大局); a longer one may be miscut."""
    index = reading.token_ending.get(end)
    if index is None:
        return size >= 3
    token = reading.tokens[index]
    return not (size == 1 and len(token.word) > 1 and not token.tag.startswith(("nt", "ns")))


def name_left(reading: Reading, start: int, end: int, cls: str) -> int:
    """Return where a name of class ``cls`` begins whose last word is ``text[start:end]``."""
    left = _trim(reading, _walk_left(reading, start, end, cls), start, cls)
    info = reading.schema.classes.get(cls)  # some rules try names of a class that the ontology lacks
    starts = [reading.text.rfind(word, left, start) for word in (info.starts if info else ())]
    return max((at for at in starts if at >= 0), default=left)


def _walk_left(reading: Reading, start: int, end: int, cls: str) -> int:
    """Return where the name that ends in ``text[start:end]`` begins."""
    at = start
    while end - at < _LONGEST:
        step = _step(reading, at, start, end, cls)
        if step is None:
            break
        at = step
    return at


def _step(reading: Reading, at: int, ending: int, end: int, cls: str) -> int | None:
    """One step of the walk: the new left edge, or ``None`` where the name begins."""
    text = reading.text
    if at == 0 or text[at - 1] in "\n—" or _after_gap(text, at):
        return None
    previous = text[at - 1]
    if previous in "”’》":
        return _over_quote(reading, at)
    if previous == ")":
        return _over_bracket(reading, at)
    if previous in "·-+/&" and at != ending:
        return at - 1
    index = reading.token_ending.get(at)
    if index is None:
        # The word cutter has glued the ending to what stands before it: 区市|科学城.
        return _inside_word(reading, at)
    token = reading.tokens[index]
    return token.start if _belongs(reading, index, token, at, ending, cls) else None


def _after_gap(text: str, at: int) -> bool:
    """A gap between Chinese words parts them, as in headlines; between Latin ones it does not."""
    return text[at - 1].isspace() and not text[max(0, at - 2)].isascii()


def _over_quote(reading: Reading, at: int) -> int | None:
    opening = reading.openings.get(at - 1)
    if opening is None or at - opening > 24 or re.search(r"[。!！?？,，;；]", reading.text[opening:at]):
        return None
    return opening


def _over_bracket(reading: Reading, at: int) -> int | None:
    """A bracket of a place inside a name: 西部(重庆)科学城."""
    opening = reading.openings.get(at - 1)
    if opening is None or at - opening > 8 or opening == 0:
        return None
    inner = reading.text[opening + 1 : at - 1]
    if re.fullmatch(r"[一二三四五六七八九十\d]+", inner):
        return None
    return opening if inner and not re.search(r"[,，、;；:：。“”]|[简统合又也亦别]称|又名", inner) else None


def _inside_word(reading: Reading, at: int) -> int | None:
    for back in range(1, 5):
        index = reading.token_starting.get(at - back)
        if index is not None and reading.tokens[index].end > at:
            return at - back
    return None


def _belongs(reading: Reading, index: int, token: Token, at: int, ending: int, cls: str) -> bool:
    """Tell whether the word left of ``at`` is part of the name."""
    word, tag = token.word, token.tag
    if word.isascii() and word.isalnum():
        return not word.isdigit() or _number_fits(reading, token, cls)
    if not any(char.isalnum() for char in word):
        return False
    if word in _between_names(reading.schema):
        return False
    if word in "及与和":
        return _joins(reading, index, ending, reading.schema.base(cls))
    if word == "联合" and at < ending and not reading.text[at:ending].startswith(("开发", "创新")):
        # 某局|联合|某协会 joins two; 联合 opens or closes a name but does not stand in its middle.
        return False
    if reading.word("names", "inner", word):
        if reading.text[at] in "“《":  # 创新|“双预审”审批机制
            return False
        return _verb_inside(reading, index, at, ending, cls)
    if len(word) > 1 and word in verb_words(reading.schema):
        return False
    if word in _DIRECTIONS and at < ending and len(reading.tokens[index + 1].word) == 1:
        # 内蒙古|中|钰|泰|德: a direction word among single characters is part of a coined name.
        return index > 0 and reading.tokens[index - 1].tag == "ns"
    if reading.ends_names(word):
        return False
    if reading.word("names", "apposition", word) and at < ending:
        return False
    named_office = tag == "n" and at < ending and reading.tokens[index + 1].word in _OFFICES
    return named_office or _tag_fits(reading, token, tag, cls)


def _tag_fits(reading: Reading, token: Token, tag: str, cls: str) -> bool:
    if len(token.word) == 1:
        # Single characters are mostly parts of coined names; a measure behind a number is none.
        index = reading.token_ending[token.end]
        counted = tag[0] == "q" and index > 0 and _is_number(reading.tokens[index - 1])
        return not counted and tag[0] not in "uy" and not _is_number(token)
    if tag in ("d", "ad", "c", "p", "r") or _ends_in_predicate(reading, token.word):
        return False
    if tag[0] in "mq":
        return token.word.startswith("第") or bool(_PERIOD.search(token.word)) or cls in _YEARLY
    # A verb that no list knows as part of names ends the walk.
    return tag not in ("t", "v", "vd", "vi", "vg")


@lru_cache(maxsize=8)
def _between_names(schema: Schema) -> frozenset[str]:
    """Cue nouns and appositions: they stand between two names and in neither."""
    infos = schema.relations.values()
    return frozenset(w for info in infos for w in (*info.nouns, *info.inverse_nouns, *info.appositions))


def _is_number(token: Token) -> bool:
    return token.word.isdigit() or token.word in "一二三四五六七八九十百千万亿两几数"


def _ends_in_predicate(reading: Reading, word: str) -> bool:
    """充分发挥, 深入开展: a set phrase that the dictionary takes for a noun."""
    return (
        len(word) >= 3
        and reading.word("names", "predicate", word[-2:])
        and not word.endswith(("服务", "建设", "发展"))
    )


def _joins(reading: Reading, index: int, ending: int, base: str) -> bool:
    """Tell whether 和, 与 or 及 joins two words of one name rather than two names."""
    if index == 0:
        return False
    word, before = reading.tokens[index].word, reading.tokens[index - 1]
    if base == "Project":
        return _joins_verbs(reading, index)
    if base in ("GovernmentBody", "PartyOrganization") and reading.word("names", "bureau", before.word):
        return True  # 人力资源|和|社会保障局党支部
    whole = before.word.endswith(_WHOLE) or before.tag[0] != "n"
    if base == "University":  # 机械|与|动力工程学院
        return not whole and word != "及" and reading.tokens[index + 1].tag[:2] not in ("nt", "ns")
    chain = base == "IndustryChain" or reading.text.startswith("产业链", ending)
    return chain and word == "及" and not whole  # 芳烃|及|精细化工产业链党委


def _joins_verbs(reading: Reading, index: int) -> bool:
    """联合开发及生产项目: 及 between two verbs that belong to names."""
    around = reading.tokens[index - 1 : index] + reading.tokens[index + 1 : index + 2]
    return len(around) == 2 and all(reading.word("names", "inner", t.word[-2:]) for t in around)


def _number_fits(reading: Reading, token: Token, cls: str) -> bool:
    """A number opens the name of a yearly event (2024年…大会) or is part of a code (G60)."""
    after = reading.text[token.end : token.end + 1]
    return cls in _YEARLY and (after in "年届" or bool(_CALENDAR.fullmatch(token.word)))


def _verb_inside(reading: Reading, index: int, at: int, ending: int, cls: str) -> bool:
    """A verb such as 建设 belongs to a name if the ending follows at once or a noun precedes it."""
    if cls in _FIELDS:
        return reading.word("names", "industrial", reading.tokens[index].word)
    if at == ending or reading.tokens[index + 1].word in _OFFICES:
        return True
    if index == 0:
        return False
    before = reading.tokens[index - 1]
    if before.end != reading.tokens[index].start or before.tag[0] not in "njv" or before.tag == "nr":
        return False
    listed = any(reading.word("names", name, before.word) for name in ("boundary", "predicate", "apposition"))
    of_bureau = cls == "GovernmentBody" or reading.text.endswith(_OFFICES, at, ending)
    return not listed and (of_bureau or not _ends_a_zone(reading, before.end))


def _ends_a_zone(reading: Reading, end: int) -> bool:
    classes = class_by_ending(reading.schema)
    return any(
        classes.get(reading.text[end - size : end], "") in _actors(reading.schema) for size in (2, 3, 4, 5)
    )


@lru_cache(maxsize=8)
def _actors(schema: Schema) -> frozenset[str]:
    return frozenset(
        name
        for name in schema.classes
        if schema.is_any(name, ("Zone", "PartyOrganization", "GovernmentBody"))
    )


def _trim(reading: Reading, left: int, ending: int, cls: str) -> int:
    """Drop words at the front that are no part of a name: 首批, 重点, 链上 …, before a field its place."""
    moved = True
    while moved and left < ending:
        moved = False
        index = reading.token_starting.get(left)
        if index is None:
            break
        token = reading.tokens[index]
        where = cls == "Industry" and (token.tag == "ns" or reading.word("pronouns", "Zone", token.word))
        if token.end <= ending and (where or _droppable(reading, token, ending, cls)):
            left, moved = token.end, True
    return left


def _droppable(reading: Reading, token: Token, ending: int, cls: str) -> bool:
    if token.word in _KINDS and reading.schema.base(cls) in _OF_FIELDS:
        return False
    if len(token.word) == 1 and reading.word("names", "lead", token.word):
        # 新|平台 drops its first word, 新川|科技园 does not.
        following = reading.tokens[reading.token_starting[token.start] + 1]
        return len(following.word) > 1
    if reading.word("names", "lead", token.word):
        # 国际人才服务港, 全国重点实验室: these open proper names, save for things counted among many.
        if token.word in ("国际", "全国", "世界", "全球", "中国", "重点", "综合", "专业"):
            return cls in ("Achievement", "Project", "Industry")
        return True
    if reading.tokens[reading.token_starting[token.start]].tag == "v" and len(token.word) > 1:
        return (
            reading.word("names", "inner", token.word)
            and token.end < ending
            and _names_beyond(reading, token.end)
        )
    return token.word in _FEEBLE or token.word in "、,，:：·-+/&" or token.tag[0] in "cpuy"


def _names_beyond(reading: Reading, place: int) -> bool:
    """A verb in front of a proper name is the predicate: 建设|金凤实验室."""
    index = reading.token_starting.get(place)
    return index is not None and reading.tokens[index].tag in ("ns", "nt", "nr", "nz")


def _specific(reading: Reading, left: int, ending: int, word: str, cls: str) -> bool:
    """Tell whether the name says which one: at least one word that is not a common one."""
    inner = reading.text[left:ending]
    words = reading.tokens_between(left, ending)
    special = [t for t in words if not _common(reading, t)]
    base = reading.schema.base(cls)
    if reading.word("endings", "shy", word):
        return len(inner) <= 4 and _coined(words)
    if not inner:
        return False
    if inner[0] in "“《‘" or ")" in inner:
        return True
    if base == "Place":
        return (
            len(inner) <= 8
            and (len(inner) >= 2 or len(word) >= 2)
            and all(t.tag in ("ns", "nr", "nz", "x", "n", "nrt") or len(t.word) == 1 for t in words)
        )
    if base == "PartyOrganization":
        return bool(special) or (len(words) >= 2 and word in ("联合党委", "综合党委", "先锋队", "党建联盟"))
    if base == "GovernmentBody":
        return len(inner) >= 2
    if base == "Project":
        # 重庆市级重点工程: a place says where, not which.
        own = [t for t in special if t.tag != "ns"]
        return _proper(own) or (len(own) >= 2 and len(inner) >= 6)
    if base == "Enterprise" and word in ("公司", "集团", "工厂", "股份", "控股"):
        return bool(special) and len(inner) >= 2
    return bool(special) and (len(inner) > 1 or base == "Place")


def _common(reading: Reading, token: Token) -> bool:
    return (
        reading.word("names", "generic", token.word)
        or reading.word("names", "lead", token.word)
        or not token.word[0].isalnum()
    )


def _coined(words: list[Token]) -> bool:
    """A short company name is coined: characters that form no word, or a place before such."""
    return len(words) >= 2 and sum(len(t.word) == 1 for t in words) >= 2


def _proper(words: list[Token]) -> bool:
    """A word that no dictionary has, or the name of a place, person or body."""
    return any(t.tag in ("x", "nr", "ns", "nz", "nt", "nrt", "eng") or len(t.word) == 1 for t in words)


def _trust(reading: Reading, ending: str) -> float:
    if reading.word("endings", "shy", ending):
        return 0.5
    return 0.75 if len(ending) <= 2 else 0.9
