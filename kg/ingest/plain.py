"""Plain text: one file, one document, in whatever encoding it comes."""

from __future__ import annotations

import hashlib
import os
import re
import stat
from collections.abc import Iterator
from pathlib import Path

from kg.errors import InputError
from kg.ingest.encoding import find_encoding, guess_foreign
from kg.ingest.fault import fault, find_magic
from kg.model import Document

MAX_BYTES = 64 * 1024 * 1024
"""Largest file that is read."""

MAX_LINE = 2_000_000
"""Longest line, in characters: a newspaper page has some ten thousand."""

MIN_HAN = 0.3
"""Least share of Han among the letters of a page."""

MAX_KANA = 0.2
"""Largest share of kana: with more, the page is Japanese."""

_LINE = re.compile(r"[^\r\n\x0b\x0c\x85\u2028\u2029]+")
_HAN = re.compile(r"[\u3400-\u9fff\uf900-\ufaff\U00020000-\U0003ffff]+")
_KANA = re.compile(r"[\u3041-\u30fa]+")
_CONTROL = re.compile(r"[\x00-\x08\x0e-\x1b\x7f]+")
_BLANK = "\ufeff \t\r\n\x0b\x0c\u3000\xa0\u200b\x00"


def read(path: Path, source: str) -> Iterator[Document]:
    """Read a text file as one document.

    Raises:
        InputError: see `decode_page`; or the file is missing, unreadable or too large.
    """
    media_type = "text/markdown" if path.suffix.lower() == ".md" else "text/plain"
    yield decode_page(_read_bytes(path, source), source, media_type)


def decode_page(data: bytes, source: str, media_type: str = "text/plain") -> Document:
    """Make a document of a page's bytes, wherever they come from.

    Raises:
        InputError: the page is empty, binary, in an unknown encoding or not Chinese.
    """
    if not data.strip():
        raise fault(source, "空文件，请删除或重新导出", "is empty; remove it or export it again")
    if magic := find_magic(data):
        raise fault(source, *magic)
    encoding = find_encoding(data)
    if encoding is None:
        raise _undecodable(data, source)
    text = data.decode(encoding)
    _check(text, source)
    return Document(source, hashlib.sha256(data).hexdigest(), media_type, encoding, text)


def _read_bytes(path: Path, source: str) -> bytes:
    try:
        with path.open("rb") as file:
            if not stat.S_ISREG(os.fstat(file.fileno()).st_mode):
                raise fault(source, "不是普通文件，请给出文本文件", "is not a regular file; name a text file")
            data = file.read(MAX_BYTES + 1)
    except FileNotFoundError:
        raise fault(source, "找不到文件，请检查路径", "is not there; check the path") from None
    except IsADirectoryError:
        raise fault(source, "是文件夹，请给出其中的文件", "is a folder; name the files in it") from None
    except (OSError, ValueError) as error:
        reason = getattr(error, "strerror", None) or error
        english = f"cannot be read ({reason}); check the permissions"
        raise fault(source, "无法读取，请检查权限", english) from None
    if len(data) > MAX_BYTES:
        size = f"{MAX_BYTES // 2**20} MiB"
        raise fault(source, f"文件超过 {size}，请按版面拆分", f"is larger than {size}; split it by page")
    return data


def _undecodable(data: bytes, source: str) -> InputError:
    head = data[:4096]
    if b"\0" in data or _count(_CONTROL, head.decode("latin-1")) > len(head) // 50:
        return _binary(source)
    repaired = data.decode("utf-8", "replace")
    if 5 * repaired.count("\ufffd") < _count(_HAN, repaired):
        at = _first_bad(data)
        return fault(
            source,
            f"UTF-8 编码在第 {at} 字节处损坏，请重新导出",
            f"is UTF-8 broken at byte {at}; export it again",
        )
    guess = guess_foreign(data)
    chinese, english = (f"（可能是 {guess}）", f" (perhaps {guess})") if guess else ("", "")
    return fault(
        source,
        f"无法识别编码{chinese}，请另存为 UTF-8",
        f"is in an unknown encoding{english}; save it as UTF-8",
    )


def _binary(source: str) -> InputError:
    return fault(source, "是二进制文件，请转成纯文本", "is binary, not text; convert it to plain text")


def _first_bad(data: bytes) -> int:
    try:
        data.decode("utf-8")
    except UnicodeDecodeError as error:
        return error.start
    return len(data)


def _check(text: str, source: str) -> None:
    """Refuse what is decoded well but is no Chinese page."""
    if not text.strip(_BLANK):
        raise fault(source, "只有空白，请重新导出", "holds only white space; export it again")
    if _count(_CONTROL, text) > 0.01 * len(text):
        raise _binary(source)
    if any(line.end() - line.start() > MAX_LINE for line in _LINE.finditer(text)):
        chinese = f"有一行超过 {MAX_LINE} 字，不像报纸版面，请检查文件"
        raise fault(source, chinese, f"has a line of more than {MAX_LINE} characters; check the file")
    letters = sum(map(str.isalpha, text))
    han, kana = _count(_HAN, text), _count(_KANA, text)
    if not han or han < MIN_HAN * letters or kana > MAX_KANA * letters:
        share = 100 * han // max(1, letters)
        chinese = f"不是中文文本（汉字占 {share}%），请换中文版面"
        raise fault(source, chinese, f"is not Chinese ({share}% of its letters are Han); give Chinese pages")


def _count(signs: re.Pattern[str], text: str) -> int:
    """How many of some characters a text has."""
    return sum(run.end() - run.start() for run in signs.finditer(text))
