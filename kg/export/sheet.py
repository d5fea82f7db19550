"""Tables that open right and safely in Excel: a byte order mark, and no cell that runs as a formula."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterable, Sequence
from typing import BinaryIO

# What a spreadsheet takes for a formula (OWASP, CSV injection), full-width forms included.
_FORMULA = re.compile(r"[=+\-@\t\r＝＋－＠]")
_NUMBER = re.compile(r"[+-]?\d+(\.\d+)?\Z")


def cell(value: object) -> str:
    """Return a cell's text, with ``'`` before what a spreadsheet would run.

    >>> cell("=1+1"), cell("-3.5"), cell("合肥高新区")
    ("'=1+1", '-3.5', '合肥高新区')
    """
    text = "" if value is None else str(value)
    return f"'{text}" if _FORMULA.match(text) and not _NUMBER.match(text) else text


def write_rows(file: BinaryIO, columns: Sequence[str], rows: Iterable[Sequence[object]]) -> None:
    """Write a table as CSV (RFC 4180) in UTF-8 with a byte order mark."""
    text = io.TextIOWrapper(file, encoding="utf-8-sig", newline="", write_through=True)
    try:
        writer = csv.writer(text)
        writer.writerow(columns)
        writer.writerows([cell(value) for value in row] for row in rows)
    finally:
        text.detach()  # the file stays open: it belongs to the caller
