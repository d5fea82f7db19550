"""Print results for people: tables and cards on stdout, words on stderr.

On a terminal a table fits its width; in a pipe it is as wide as its content. Whatever comes from a
page is printed as it is, never read as markup.
"""

from __future__ import annotations

import json
import re
import sys
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import asdict, is_dataclass
from decimal import Decimal
from typing import Any

from rich.box import SIMPLE_HEAD
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn
from rich.table import Table
from rich.text import Text

WIDE = 100_000
_PLAIN: dict[str, Any] = {"markup": False, "highlight": False, "emoji": False, "soft_wrap": True}
_BREAK = re.compile(r"\s*[\r\n]+\s*")
_CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u200e\u200f\u202a-\u202e\u2066-\u2069]")


def one_line(text: str) -> str:
    """Join the lines of a quote, and drop what could move the cursor or turn the text around."""
    return _CONTROL.sub("", _BREAK.sub("", text))


def stdout() -> Console:
    """A console on stdout that never cuts what it prints into a pipe."""
    console = Console(**_PLAIN)
    return console if console.is_terminal else Console(**_PLAIN, width=WIDE)


def say(message: str) -> None:
    """Tell the user something that is not the result."""
    Console(**_PLAIN, stderr=True).print(message)


def show_json(value: object) -> None:
    """Print a result as JSON in UTF-8, dataclasses as objects and decimals in plain digits."""
    text = json.dumps(value, ensure_ascii=False, indent=2, default=_plain)
    show_bytes(text.encode() + b"\n")


def _plain(value: object) -> object:
    if is_dataclass(value) and not isinstance(value, type):
        return asdict(value)
    if isinstance(value, Decimal):
        return int(value) if value == value.to_integral_value() else float(value)
    return str(value)


def show_bytes(data: bytes) -> None:
    """Write a finished document to stdout."""
    sys.stdout.flush()
    sys.stdout.buffer.write(data)
    sys.stdout.buffer.flush()


def show_text(text: str = "") -> None:
    """Print a line of a result."""
    stdout().print(text)


def show_table(columns: Sequence[str], rows: Iterable[Sequence[object]]) -> None:
    """Print a table; cells are shown on one line each, white space within kept."""
    table = Table(box=SIMPLE_HEAD, show_edge=False, pad_edge=False)
    for column in columns:
        table.add_column(Text(column), overflow="fold")
    for row in rows:
        table.add_row(*(Text(one_line("" if cell is None else str(cell))) for cell in row))
    stdout().print(table, soft_wrap=False)


def show_counts(title: str, counts: dict[str, int], label: Callable[[str], str]) -> None:
    """Print what was counted, most first."""
    ranked = sorted(counts.items(), key=lambda item: (-item[1], item[0]))
    show_table((title, ""), [(label(name), number) for name, number in ranked])


@contextmanager
def progress(verb: str) -> Iterator[Callable[[int, int, str], None] | None]:
    """Draw a progress bar on stderr while the block runs; nothing if stderr is not a terminal."""
    console = Console(stderr=True)
    if not console.is_terminal:
        yield None
        return
    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeRemainingColumn())
    # No refresh thread: worker processes are forked while the bar is on the screen.
    with Progress(*columns, console=console, transient=True, auto_refresh=False) as bar:
        task = bar.add_task(verb)

        def tick(done: int, total: int, name: str) -> None:
            bar.update(task, completed=done, total=total, refresh=True)

        yield tick
