"""What single lines say about themselves: byline, caption, credit, kicker, title."""

from __future__ import annotations

import re

from kg.repair.metadata import is_staffed, read_byline
from kg.repair.spacing import CLOSERS, OPENERS

_HAN = "\u3400-\u9fff"
_OFFICE = r"(?:本报|新华社|中新社|通讯员|特约|见习|实习|记者)"
CREDIT = re.compile(
    r"^[▲▼△▽◀▶◄►■□●\s]*[（(【]?(?:"
    r"[^。，；！？,;]{0,24}(?:供图|[图供]片|资料图|/摄|提供图片)"
    rf"|{_OFFICE}*[^。，；！？,;]{{0,16}}(?:\s|/|／|摄影[:：]?)?(?:摄|摄影|制图|绘图)"
    r"|(?:图片|照片|图|摄影|摄|制图|供图|绘图|图表)\s*(?:由|来源|[:：/／])\s*[^。，；！？,;]{1,20}(?:提供|供图|摄)?"
    r"|新华社发|资料图片?|[^。，；！？,;]{2,16}发（[^（）]{2,8}摄）"
    r")[）)】]?[。.]?$"
)
"""A picture's credit standing alone: 张三 摄, 某区供图, 新华社发."""

CAPTION = re.compile(
    r"^[▲▼△▽◀◄►▶]\s*(?!.{0,10}记者)"
    r"|^(?:图为|上图|下图|左图|右图|题图|图中|如图|组图|图[①-⑳\d一二三四五六]|图[:：]|照片[:：])"
    r"|^〔[^〔〕]+〕$|^\[[^\[\]]{4,40}\]$"
)
"""A caption that says so: 图为…, ▲…, 〔…〕."""

CREDIT_TAIL = re.compile(
    rf"(?<=[。！？”）)])\s*((?:[（(]\s*)?(?:{_OFFICE}|\s)*"
    rf"[{_HAN}·]{{2,12}}(?:\s[{_HAN}]{{2,4}})?\s*(?:摄影报道|摄影|摄|供图)(?:\s*[）)])?"
    r"|新华社发(?:（[^（）]{2,8}摄）)?|(?:本报)?资料图片?)[。]?$"
)
"""A credit behind the last sentence of a caption."""

_ZONE_END = re.compile(
    r"(?:高新区|产业开发区|经开区|技术开发区|开发区|科学城|科技城|新城|新区|示范区|示范园|自创区|自贸区|自贸片区|保税区"
    r"|产业园区?|科技园区?|工业园区?|软件园|创新园|生态园|园区|合作区|试验区|先行区|集聚区|片区|港区|实验区"
    r"|孵化器|大学城|中关村|[省市县区州盟旗镇乡]|谷|创新港)$"
)
_LABEL = re.compile(
    rf"^[{_HAN}·]{{0,6}}(?:动态|简讯|快讯|短讯|要闻|聚焦|观察|关注|视点|视窗|速递|速览|资讯|传真|巡礼|在线|播报|之窗"
    r"|专栏|专题|专版|特刊|特别报道|系列报道|亮点|风采|调查|观点|评论|快评|时评|访谈|纪实|故事)$"
)
_TITLE_BAD = re.compile(r"[的和与及在了是为将对把被等从向以或并而、，,；;：:（(“《]$")
_ENCLOSING = re.compile(f"[{re.escape(OPENERS + CLOSERS)}]")
_BAD_START = re.compile(rf"^[{re.escape(CLOSERS)}，,。、；;：:！？!?%％）)…·]")
_TWO_PARTS = re.compile(rf"[{_HAN}”》！？] [{_HAN}“《]")
_QUOTED = re.compile(r"“[^“”]*”")
_PICTURED = re.compile(
    r"(?:效果图|示意图|平面图|鸟瞰图|航拍图?|现场|一角|外景|全景|夜景|场景|合影|俯瞰|远眺|一隅|掠影)[。.]?$"
)
_NUMBERED = re.compile(
    r"[一二三四五六七八九十]{1,3}、|[（(][一二三四五六七八九十\d]{1,3}[）)]|\d{1,2}[.、．](?!\d)|[①-⑳]"
)
_INNER_STOP = re.compile(r"[。！？；;](?!$)")
_WORD_END = re.compile(rf"[{_HAN}](?<![一二三四五六七八九十])[、，,。；：]")
_BODY_START = re.compile(
    r"^(?:近日|日前|近年来|近期|今年|去年|目前|截至|据悉|据了解|据介绍|此外|同时|其中|下一步|如今|当前|当天"
    r"|随着|为了|记者|本报讯|\d{1,2}月\d{1,2}日|\d{4}年)"
)


def byline_cost(text: str) -> float | None:
    """Rate a line as a byline, 0 the surest; None if it is none."""
    if len(text) > 60 or not read_byline(text):
        return None
    if is_staffed(text):
        return 0.0
    return 0.0 if " " in text or text[0] in "（(" else 0.5


def is_phrase(text: str) -> bool:
    """Whether a line can stand alone as one phrase or sentence.

    >>> is_phrase("创新创业大会在高新区举行"), is_phrase("的念头早已打消。如今，其")
    (True, False)
    """
    return not (_INNER_STOP.search(text) or _BAD_START.match(text) or text[0] in "的了和与及等也都而")


def breaks_word(text: str) -> bool:
    """Whether the line begins with the last character of a word: 用、首个; not 一、总体要求."""
    return bool(_WORD_END.match(text) or _BAD_START.match(text))


def in_two_parts(text: str) -> bool:
    """Whether a space parts the line as it parts headlines: 党建引领 科技创新结硕果."""
    return bool(_TWO_PARTS.search(_QUOTED.sub("“”", text)))


def is_bare_credit(text: str) -> bool:
    """Whether the line is a picture's credit and nothing else."""
    return len(text) <= 60 and bool(CREDIT.match(text))


def is_credit(text: str) -> bool:
    """Whether the line is, or ends in, a picture's credit."""
    return len(text) <= 160 and bool(CREDIT.match(text) or CREDIT_TAIL.search(text[-60:]))


def is_numbered(text: str) -> bool:
    """Whether the line begins as the items of a list do: 一、, （二）, 3."""
    return bool(_NUMBERED.match(text))


def starts_fresh(text: str) -> bool:
    """Whether the line begins as sentences begin: 近日, 去年, 6月24日."""
    return bool(_BODY_START.match(text))


def is_picture_text(text: str) -> bool:
    """Whether the line says itself that it belongs to a picture."""
    return is_credit(text) or (len(text) <= 160 and bool(CAPTION.match(text)))


def looks_pictured(text: str) -> bool:
    """Whether a short line ends as captions do: …效果图, …现场, …一角.

    >>> looks_pictured("芯片产线项目效果图。"), looks_pictured("直奔现场解难题")
    (True, False)
    """
    return len(text) <= 40 and bool(_PICTURED.search(text)) and not re.search("[，；]", text)


def is_kicker(text: str) -> bool:
    """Whether a title line is the short name of a zone, a place or a page section.

    >>> is_kicker("景德镇高新区"), is_kicker("红色引擎驱动航空产业“翱翔”")
    (True, False)
    """
    text = text.rstrip("：:")
    if len(text) > 18 or re.search(r"[，,。；;：:！？!?“”《》]", text):
        return False
    return bool(_ZONE_END.search(text) or _LABEL.match(text))


def is_zone(text: str) -> bool:
    """Whether a short line ends as the names of zones and places do."""
    return is_kicker(text) and bool(_ZONE_END.search(text.rstrip("：:")))


def title_cost(text: str, width: float, final: bool) -> float:
    """Rate a line as part of a headline or a subhead, from about 0.6 (surely) upward."""
    cost = 0.6 if width < 6 or re.search("[，。、；：,;:]", text) else 0.4
    if final:
        cost += 1.5 if text.rstrip(CLOSERS)[-1:] in "！？!?" else 6
    cost += 1.5 * bool(re.search("[！？!?][^ ”』》）]", text))
    cost += 6 * min(2, len(re.findall(r"。(?!$)|；|;", text)))
    cost += 2.0 * min(3, len(re.findall(r"[，,]", text)))
    cost += 8 * bool(_BAD_START.match(text)) + 3 * (bool(_TITLE_BAD.search(text)) and not is_kicker(text))
    cost += 1.5 * bool(_BODY_START.match(text))
    cost += 3 * (width > 40) + 6 * (width > 60) + 2 * (width < 3)
    cost += 3 * (not re.search(rf"[{_HAN}]", text))
    cost -= 0.4 * in_two_parts(text) + 1.0 * (is_numbered(text) and not re.search("[，。；,;]", text))
    return cost + 2 * unbalanced(text)


def unbalanced(text: str) -> bool:
    """Whether a quotation or bracket is opened and not closed, or closed and not opened."""
    depth = 0
    for mark in _ENCLOSING.findall(text):
        depth += 1 if mark in OPENERS else -1
        if depth < 0:
            return True
    return depth != 0
