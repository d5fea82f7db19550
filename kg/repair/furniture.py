"""Take the page's furniture out of the flow: banner, folio, date line, editors, page jumps."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass, field

from kg.repair.cues import is_kicker
from kg.repair.layout import Line
from kg.repair.metadata import PAPER, read_byline, read_date, read_publisher, read_writers
from kg.repair.run import Run

_FOLIO = re.compile(
    r"^[-—–·~|\s]*(?:第\s*)?[A-Za-z]?\d{1,3}(?:\s*[版页])?[-—–·~|\s]*$"
    r"|^[A-Za-z]?\d{1,3}\s*版?[:：]?\s*[\u3400-\u9fff·\s]{0,10}版?$(?<=版)"
)
_STAFF = re.compile(
    r"(?:责任编辑|责编|本版编辑|编辑|美编|校对|版式|主编|值班|监制|组版|排版|审校|制图|设计|实习编辑|统筹|编审"
    r"|终审|初审|复审)\s*[:：丨|/／]?\s*[\u3400-\u9fff]{1,4}"
)
_IMPRINT = re.compile(
    r"(?:电话|热线|邮箱|[Ee]-?[Mm]ail|网址|投稿|邮编|邮发代号|国内统一|统一刊号|CN\s?\d\d|ISSN|总第\s*\d+|第\s*\d+\s*期"
    r"|定价|广告|发行|https?://|www\.|版权所有|二维码|扫一扫|微信公众号|字号|打印|分享到|上一篇|下一篇|返回目录"
    r"|阅读量|浏览次数|点击)"
)
_WEEKDAY = re.compile(r"星期[一二三四五六日天]|周[一二三四五六日]|农历|今日.{1,4}版")
_JUMP = re.compile(
    r"[（(\[【]?\s*[上下][转接](?:第)?\s*[A-Za-z]?\d{1,3}\s*版[^）)\]】]{0,12}[）)\]】]?|[（(](?:完|完毕)[）)]$"
)
_META = re.compile(
    r"^(?:(?:文章|信息)?来源|稿源|发布时间|发布日期|发稿时间|时间|日期|原标题|发布单位|浏览次数|字号)\s*[:：]"
    r"|[ \d](?:来源|稿源)\s*[:：]"
)
_DATE_ONLY = re.compile(r"[\d年月日\-/. :：〇○零一二三四五六七八九十]+")
_BODY = re.compile(r"[，,。；;、]")


@dataclass(slots=True)
class Furniture:
    """What the furniture says about the whole page."""

    banner: Run | None = None
    date: str | None = None
    publisher: str | None = None
    writers: tuple[str, ...] = ()
    lines: list[Line] = field(default_factory=list)


def take_furniture(lines: list[Line]) -> tuple[list[Line], Furniture]:
    """Split the lines into the flow of the articles and the page's furniture."""
    found = Furniture()
    repeated = _repeated(lines)
    flow: list[Line] = []
    for index, line in enumerate(lines):
        half = _doubled(line.text)
        if half:
            found.banner = found.banner or line.run.cut(0, half)
        elif line.text in repeated:
            found.banner = found.banner or line.run
        elif not _is_furniture(line, index, len(lines)):
            flow.append(line)
            continue
        else:
            found.date = found.date or read_date(line.text)
            found.publisher = found.publisher or read_publisher(line.text)
            found.writers = found.writers or read_writers(line.text)
        found.lines.append(line)
    return flow, found


def clean_jumps(run: Run) -> Run:
    """Take page jumps such as （下转A02版） out of a line."""
    return run.drop(_JUMP) if "版" in run.text or "完" in run.text else run


def _is_furniture(line: Line, index: int, count: int) -> bool:
    text = line.text
    if len(text) > 90 or line.final:
        return False
    if _FOLIO.match(text):
        return index < 4 or index >= count - 4 or bool(re.search("[版页]", text)) or line.gap > 0
    dated = read_date(text) is not None
    if (_STAFF.match(text.lstrip("（([【 ")) or _META.search(text)) and not read_byline(text):
        return True
    if dated and any(cue.search(text) for cue in (_WEEKDAY, _STAFF, _IMPRINT, PAPER)):
        return "，" not in text
    if dated and _DATE_ONLY.fullmatch(text):
        return True
    if _IMPRINT.search(text) and len(text) <= 60 and not re.search("[，。；]", text):
        return index < 4 or index >= count - 6
    return bool(PAPER.fullmatch(text)) and (index < 4 or index >= count - 4)


def _doubled(text: str) -> int:
    """Length of the line's first half where the second repeats it; 0 where it does not."""
    if not 8 <= len(text) <= 80:
        return 0
    for half in {len(text) // 2, (len(text) - 1) // 2}:
        first, second = text[:half], text[half:].strip()
        if half >= 4 and first.strip() == second:
            return half
    return 0


def _repeated(lines: list[Line]) -> frozenset[str]:
    """Find short lines that stand more than once at the edges of pages."""
    count = len(lines)
    edge = [
        line.text
        for k, line in enumerate(lines)
        if k < 3 or k >= count - 3 or line.top or (k + 1 < count and lines[k + 1].top)
    ]
    counts = Counter(text for text in edge if 4 <= len(text) <= 30 and not _BODY.search(text))
    return frozenset(t for t, n in counts.items() if n > 1 and not is_kicker(t) and not read_byline(t))
