"""Cut the byline off the end of an article's last sentence: `有序进行。 陈力`."""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import cache

from kg.repair.bond import bond, read_pairs
from kg.repair.cues import is_kicker, is_picture_text
from kg.repair.furniture import clean_jumps
from kg.repair.layout import Line, make_line
from kg.repair.metadata import is_staffed, read_byline

_HAN = "\u3400-\u9fff"
_WORD = rf"[{_HAN}·/:：]{{1,6}}"
_TAIL = re.compile(
    r"[。！？!?…][”’」』)）]*( *)"
    rf"([（(【][^（()）。，]{{2,40}}[）)】]|[▶■◆●□]? *{_WORD}(?:[ 、]{_WORD}){{0,6}})$"
)
_SAYS = re.compile(r"^[说表介坦告强认指称道解补回透谈，,。：:、的]")


def split_signatures(lines: list[Line]) -> list[Line]:
    """Put every byline that ends a line on a line of its own."""
    seen = cache(lambda: read_pairs(line.text for line in lines))  # most pages need no look
    result: list[Line] = []
    for index, line in enumerate(lines):
        run = clean_jumps(line.run)
        if run is not line.run:
            if not run.cut(0).text:
                continue
            line = make_line(run.cut(0), line.gap, line.indent)
        after = lines[index + 1] if index + 1 < len(lines) else None
        at = _signature(line, after, seen)
        if at:
            result += [make_line(line.run.cut(0, at), line.gap, line.indent), make_line(line.run.cut(at))]
        else:
            result.append(line)
    return result


def _signature(line: Line, after: Line | None, seen: Callable[[], frozenset[str]]) -> int:
    """Where the byline at the end of the line begins; 0 if there is none."""
    window = line.text[-70:]
    match = _TAIL.search(window)
    if not match or not read_byline(match.group(2)):
        return 0
    if after is not None and (_SAYS.match(after.text) or bond(line.text, after.text, seen()) > 0):
        return 0
    spaced = bool(match.group(1)) or match.group(2)[0] in "（(【" or is_staffed(match.group(2))
    apart = bool(line.columns) and all(abs(column - line.width) > 1.5 for column in line.columns)
    over = after is None or is_kicker(after.text) or is_picture_text(after.text)
    quoted = match.group()[:2][-1] in "”’」』"  # “…。”张三 goes on: 说
    if not (spaced or over or (apart and not quoted)):
        return 0
    return len(line.text) - len(window) + match.start(2)
