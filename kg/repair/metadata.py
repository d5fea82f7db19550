"""Who wrote it, where and when: bylines, datelines, dates and publishers."""

from __future__ import annotations

import re
from dataclasses import dataclass

from kg.repair.names import is_name, split_names

_HAN = "\u3400-\u9fff"
BULLETS = "▶►▲■□◆◇●○★☆◎※·-—|｜ "
"""What may stand before a byline."""
_ROLE = (
    r"(?:本报|本刊|本网|见习|实习|特约|首席|全媒体|新华社|新华网|人民网|中新社|中新网|融媒体|驻[\u3400-\u9fff]{1,4})*"
    r"(?:记者|通讯员|特派员|撰稿人|撰稿|采写|作者|撰文|供稿|评论员|报道组)"
    r"|(?:文|图|摄影|图片|摄)(?:[/／、·及和](?:文|图|摄影|图片|摄))*(?=[\s:：/／])|[文图](?=[:：/／])"
)
_ROLES = re.compile(rf"(?:{_ROLE})\s*[:：/／]?\s*")
_AFTER = re.compile(r"\s*(?:[/／]?\s*(?:文图|图文|文/图|图/文|文|图)|综合报道|报道|采写|整理|摄影报道)\s*$")
_BRACKETED = re.compile(r"^[（(【\[]\s*(.*?)\s*[）)】\]]$")
_STAFF = re.compile(r"记者|通讯员|特派员|撰稿|采写|作者|撰文|供稿|评论员")
_AFFILIATION = re.compile(rf"[（(][^（）()]*[）)]|^[{_HAN}]{{2,12}}(?:报|社|台|网|中心)\s+")

_MONTH = r"(?:(?:\d{4}|[〇○零一二三四五六七八九]{4})年)?\s*(?:\d{1,2}|[一二三四五六七八九十]{1,2})月"
_DAY = rf"(?:{_MONTH})?\s*(?:\d{{1,2}}|[一二三四五六七八九十]{{1,3}})日"
DATELINE = re.compile(
    rf"^[【\[]?(?:本报[综合专]{{0,2}}(?:讯|电|消息)"
    rf"|(?:本报|本网|[{_HAN}]{{2,8}}(?:报|网|社))(?:[{_HAN}]{{2,6}}?)?\s*{_DAY}\s*(?:综合)?(?:讯|电|消息)"
    rf"|(?:新华社|中新社|中新网|新华网|人民网|央视网|[{_HAN}]{{2,6}}日报)(?:[{_HAN}]{{2,6}}?)?(?:讯|电))[】\]]?"
)
"""How a news item opens: 本报讯, 新华社北京6月24日电."""

_DATELINE_STAFF = re.compile(
    rf"^\s*(?:[（(]((?:{_ROLE})[^（）()]{{1,40}}(?:[（(][^（）()]*[）)])?[^（）()]{{0,30}})[）)]"
    rf"|((?:{_ROLE})\s*[{_HAN}·]{{2,5}}(?:\s+[{_HAN}·]{{2,4}})*)\s*(?:报道|综合报道)[:：，,]?)\s*"
)
_FULL_DATE = re.compile(
    r"(?<!\d)((?:19|20)\d{2})\s*(?:年|[-/.])\s*(\d{1,2})\s*(?:(?:月|[-/.])\s*(\d{1,2})(?:日|(?!\d))|月)"
)
_PACKED_DATE = re.compile(r"(?<!\d)((?:19|20)\d{2})(0[1-9]|1[0-2])(0[1-9]|[12]\d|3[01])(?!\d)")
_CHINESE_DATE = re.compile(
    r"([〇○零一二三四五六七八九]{4})年([一二三四五六七八九十]{1,2})月(?:([一二三四五六七八九十]{1,3})日)?"
)
_DIGITS = {c: i for i, c in enumerate("〇一二三四五六七八九")} | {"○": 0, "零": 0}

PAPER = re.compile(
    rf"[{_HAN}]{{2,12}}(?:日报|晚报|早报|导报|时报|周报|商报|快报|晨报|都市报|青年报|科技报|参考报|经济报|法治报|工人报)"
    r"|新华社|新华网|人民网|中新网|光明网|央视网"
)
_SOURCE = re.compile(rf"(?:来源|稿源|出处)\s*[:：]\s*([{_HAN}A-Za-z·（）()]+)")
_WRITER = re.compile(rf"(?:记者|通讯员|作者)\s*[:：]?\s*([{_HAN}·]{{2,4}}(?:[ 、]+[{_HAN}·]{{2,4}})*)")


@dataclass(frozen=True, slots=True)
class Opening:
    """How far the dateline and the byline after it reach into a paragraph."""

    dateline: int
    byline: tuple[int, int] | None
    body: int


def read_byline(text: str) -> tuple[str, ...]:
    """Read a byline: names after roles, in brackets, with a bullet; empty where it is none.

    >>> read_byline("▶ 本报记者 叶伟"), read_byline("周佳 蔡翀"), read_byline("本报记者 王某某 通讯员 李某")
    (('叶伟',), ('周佳', '蔡翀'), ('王某某', '李某'))
    """
    core = text.strip().lstrip(BULLETS)
    if match := _BRACKETED.match(core):
        core = match.group(1)
    core = _AFFILIATION.sub(" ", core)
    core = _AFTER.sub("", core)
    roles = list(_ROLES.finditer(core))
    if not roles:
        return split_names(core)
    names: list[str] = []
    starts = [m.end() for m in roles]
    ends = [m.start() for m in roles[1:]] + [len(core)]
    if core[: roles[0].start()].strip(" /／"):
        return ()
    for start, end in zip(starts, ends, strict=True):
        part = core[start:end].strip(" 　/／:：")
        if not part:
            continue
        found = split_names(part) or _loose_names(part)
        if not found:
            return ()
        names += found
    return tuple(dict.fromkeys(names))


def is_staffed(text: str) -> bool:
    """Whether the byline names a role (记者 张三), not only names."""
    return bool(_STAFF.search(text) or _ROLES.search(text))


def _loose_names(part: str) -> tuple[str, ...]:
    """After a role any short word counts as a name, surname known or not."""
    words = re.split(r"[ 、，,]+", part)
    ok = all(re.fullmatch(rf"[{_HAN}]{{2,4}}|[{_HAN}]{{1,6}}(?:·[{_HAN}]{{1,6}})+", word) for word in words)
    return tuple(words) if ok else ()


def read_opening(text: str) -> Opening | None:
    """Find the dateline of a paragraph and the byline that follows it, if it has one.

    >>> read_opening("本报讯（记者 张三）近日，")
    Opening(dateline=3, byline=(3, 10), body=10)
    """
    head = text[:120]
    match = DATELINE.match(head)
    if not match:
        return None
    staff = _DATELINE_STAFF.match(head[match.end() :])
    if staff and read_byline(staff.group(1) or staff.group(2)):
        return Opening(match.end(), (match.end(), match.end() + staff.end()), match.end() + staff.end())
    return Opening(match.end(), None, match.end())


def read_date(text: str) -> str | None:
    """Read the first date with a year, as ISO 8601; to the month where there is no day.

    >>> read_date("2025年6月24日 星期二"), read_date("二〇二五年六月"), read_date("6月24日")
    ('2025-06-24', '2025-06', None)
    """
    for pattern in (_FULL_DATE, _PACKED_DATE, _CHINESE_DATE):
        for match in pattern.finditer(text):
            if date := _iso(*match.groups()):
                return date
    return None


def _iso(year: str, month: str, day: str | None) -> str | None:
    y, m, d = _number(year), _number(month), _number(day or "")
    if not (1 <= m <= 12 and d <= 31):
        return None
    return f"{y:04}-{m:02}" + (f"-{d:02}" if d else "")


def _number(word: str) -> int:
    if not word or word.isdigit():
        return int(word or 0)
    if "十" not in word:
        return int("".join(str(_DIGITS[c]) for c in word))
    tens, ones = word.split("十", 1)
    return (_DIGITS[tens] if tens else 1) * 10 + (_DIGITS[ones] if ones else 0)


def read_publisher(text: str) -> str | None:
    """Read the publisher of a page or source line: after 来源, or a newspaper's name."""
    if match := _SOURCE.search(text):
        return match.group(1)
    found = PAPER.search(text)
    return found.group() if found else None


def read_writers(text: str) -> tuple[str, ...]:
    """Read the writers out of a source line: 来源：… 2025-06-24 记者 张三."""
    names: list[str] = []
    for match in _WRITER.finditer(text):
        for word in re.split("[ 、]+", match.group(1)):
            if not is_name(word):
                break
            names.append(word)
    return tuple(dict.fromkeys(names))
