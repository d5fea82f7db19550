"""Close the spaces that typesetting and extraction put in; keep those that mean something."""

from __future__ import annotations

import re
from collections import Counter

from kg.repair.run import Run

HAN = "\u3400-\u9fff\uf900-\ufaff\u3007\U00020000-\U0003ffff"
OPENERS = "“‘「『《〈（(【〔〖[{"
CLOSERS = "”’」』》〉）)】〕〗]}"

_GAP = re.compile(r" +")
_HAN = re.compile(rf"[{HAN}]")
_WORD = re.compile(r"[A-Za-z0-9\u00c0-\u024f]")
_LATIN_STOP = re.compile(r"[A-Za-z][,.;:!?)]$")
_LEFT = re.compile(rf"[{HAN}{re.escape(CLOSERS)}%％！？!?…。]")
_RIGHT = re.compile(rf"[{HAN}{re.escape(OPENERS)}—]")
_HAN_GAP = re.compile(rf"(?<=[{HAN}{re.escape(CLOSERS)}%％！？!?…。]) (?=[{HAN}{re.escape(OPENERS)}—])")
_QUOTES = re.compile(r"“[^“”]{0,60}”|《[^《》]{0,60}》|‘[^‘’]{0,60}’")


def close_line(run: Run) -> Run:
    """Close the gaps of one line: justified lines, around digits, Latin and punctuation.

    What stays is one space between Latin words, and between two stretches of Han (quoted or
    not): a two-part title, two names, `本报讯 为打造`. `close_body` decides about the latter.
    """
    text = run.text
    gaps = [m.span() for m in _GAP.finditer(text)]
    if not gaps:
        return run
    loose = _loose(text, gaps)
    cuts = [
        (start + keep, end)
        for (start, end), spread in zip(gaps, loose, strict=True)
        if start + (keep := int(not spread and _meant(text, start, end))) < end
    ]
    return run.without(cuts)


def close_body(run: Run) -> Run:
    """Close the spaces between Han that running text cannot have; quoted pairs keep theirs."""
    if " " not in run.text:
        return run
    quoted = [m.span() for m in _QUOTES.finditer(run.text)]
    cuts: list[tuple[int, int]] = []
    index = 0
    for match in _HAN_GAP.finditer(run.text):
        while index < len(quoted) and quoted[index][1] <= match.start():
            index += 1
        if not (index < len(quoted) and quoted[index][0] < match.start()):
            cuts.append(match.span())
    return run.without(cuts)


def _meant(text: str, start: int, end: int) -> bool:
    """Whether the gap may carry meaning, judged by its neighbours."""
    if start == 0 or end == len(text):
        return False
    left, right = text[start - 1], text[end]
    if _WORD.match(left) and _WORD.match(right):
        return True
    if _WORD.match(right) and _LATIN_STOP.search(text[max(0, start - 2) : start]):
        return True
    return bool(_LEFT.match(left) and _RIGHT.match(right))


def _loose(text: str, gaps: list[tuple[int, int]]) -> list[bool]:
    """Mark the gaps of letter-spaced stretches: at least three words, most of one character."""
    loose = [False] * len(gaps)
    first = 0
    for index in range(len(gaps) + 1):
        if index < len(gaps) and (index == first or gaps[index][0] - gaps[index - 1][1] <= 2):
            continue
        _mark(text, gaps, loose, first, index)
        first = index
    return loose


def _mark(text: str, gaps: list[tuple[int, int]], loose: list[bool], first: int, last: int) -> None:
    sizes = [gaps[k + 1][0] - gaps[k][1] for k in range(first, last - 1)]
    if len(sizes) < 2 or sum(size == 1 for size in sizes) < 0.6 * len(sizes):
        return
    # A whole word at either end, such as a byline, is no part of the letter-spaced stretch.
    first += int(gaps[first][0] - (gaps[first - 1][1] if first else 0) > 2)
    last -= int((gaps[last][0] if last < len(gaps) else len(text)) - gaps[last - 1][1] > 2)
    usual = Counter(end - start for start, end in gaps[first:last]).most_common(1)[0][0]
    for k in range(first, last):
        start, end = gaps[k]
        wide = end - start > usual and start > 0 and end < len(text)
        loose[k] = not (wide and _HAN.match(text[start - 1]) and _HAN.match(text[end]))
