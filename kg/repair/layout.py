"""The page as lines: their text, their widths, the column that they stand in."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass
from itertools import pairwise
from statistics import median_high

from kg.repair.fold import INVISIBLE, NEWLINES, fold
from kg.repair.run import Run
from kg.repair.spacing import CLOSERS, close_line

_LINE = re.compile(rf"[^{NEWLINES}]+")
_BREAK = re.compile(rf"\r\n|[{NEWLINES}]")
_HIDDEN = re.compile(rf"[{INVISIBLE}]")
_HALF = re.compile(r"[\x20-\x7e·]")
_FINAL = re.compile(rf"(?:[。！？!?…]|[\u3400-\u9fff]\.)[{re.escape(CLOSERS)}\"]*$")
_HEADING = re.compile(r"^ *#{1,6} +(?=\S)")  # Markdown
_INDENT = re.compile(r"[ \t\u3000\xa0]*(?:\u3000{2}|[ \t\xa0]{3,}\S)")


@dataclass(slots=True)
class Line:
    """A line with anything on it. Widths count full-width characters; ASCII counts half."""

    run: Run
    gap: int
    """Blank lines above."""
    indent: bool
    """Starts with an explicit paragraph indentation."""
    top: bool = False
    """Comes first after a form feed."""
    width: float = 0.0
    final: bool = False
    """Ends where a sentence ends."""
    before: float | None = None
    after: float | None = None
    """Widths of the column above and below, None where lines are no column."""

    @property
    def text(self) -> str:
        """The line's closed text."""
        return self.run.text

    @property
    def columns(self) -> list[float]:
        """The widths of the columns that the line may stand in."""
        return [width for width in (self.before, self.after) if width is not None]


def make_line(run: Run, gap: int = 0, indent: bool = False, top: bool = False) -> Line:
    """Measure a line."""
    tail = run.text[-8:]
    width = len(run) - 0.5 * len(_HALF.findall(run.text))
    return Line(run, gap, indent, top, width, bool(_FINAL.search(tail)))


def read_lines(text: str) -> list[Line]:
    """Cut a page into its lines, spaces closed, blank ones counted and dropped."""
    lines: list[Line] = []
    end = breaks = 0
    top = False
    for match in _LINE.finditer(text):
        breaks += len(_BREAK.findall(text, end, match.start()))
        top = top or "\f" in text[end : match.start()]
        end = match.end()
        raw = match.group()
        run = Run(fold(raw), tuple(range(match.start(), end)))
        if _HIDDEN.search(raw):
            run = run.without([m.span() for m in _HIDDEN.finditer(raw)])
        run = close_line(run.drop(_HEADING).cut(0))
        if run.text:
            lines.append(make_line(run, max(0, breaks - 1), bool(_INDENT.match(raw)), top))
            breaks, top = 0, False
    return lines


def measure_columns(lines: list[Line], reach: int = 7) -> None:
    """Fill in ``before`` and ``after``: the width of the column above and below each line.

    Two unfinished lines of about the same width, one below the other, make a column; it is looked
    for within ``reach`` lines. Where lines are whole paragraphs there is none.
    """
    widths: list[float] = [0.0] * len(lines)
    for i, (line, after) in enumerate(pairwise(lines)):
        if _in_column(line) and _in_column(after) and abs(line.width - after.width) <= 2.5:
            widths[i], widths[i + 1] = line.width, after.width
    for i, line in enumerate(lines):
        line.before = _column(widths[max(0, i - reach) : i][::-1])
        line.after = _column(widths[i + 1 : i + 1 + reach])
    _carry(lines)


def _carry(lines: list[Line], reach: int = 12) -> None:
    """Where no column is near, assume the last one above, else the next one below."""
    last, age = None, 0
    for line in lines:
        last, age = (line.after or line.before, 0) if line.columns else (last, age + 1)
        if not line.columns and age <= reach:
            line.before = last


def _in_column(line: Line) -> bool:
    return not line.final and 8 <= line.width <= 60


def _column(window: list[float]) -> float | None:
    """The width that the nearest four lines of a column have, first lines aside."""
    widths = [width for width in window if width][:4]
    if not widths:
        return None
    usual = median_high(widths)
    near = sorted(width for width in widths if abs(width - usual) <= 2.5)
    return near[len(near) * 3 // 4]


@dataclass(frozen=True, slots=True)
class Style:
    """How a page sets its paragraphs."""

    gap: int
    """The usual number of blank lines between lines."""
    indents: bool
    """Paragraphs begin with explicit spaces."""
    inset: bool
    """First lines are shorter than the column: the indentation is there but its spaces got lost."""


def read_style(lines: list[Line]) -> Style:
    """Look at the lines that come after the short last line of a paragraph."""
    gap = Counter(line.gap for line in lines).most_common(1)[0][0] if lines else 0
    after_short = full = 0
    for before, line in pairwise(lines):
        short = before.final and before.width <= (before.before or 0.0) - 3
        if short and _in_column(line) and line.after:
            after_short += 1
            full += line.width >= line.after - 0.75
    indents = sum(line.indent for line in lines)
    return Style(gap, 3 <= indents <= 0.7 * len(lines), after_short >= 3 and full <= 0.25 * after_short)
