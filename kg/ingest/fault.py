"""What is wrong with a file, in the two languages of our users, on one line."""

from __future__ import annotations

import re

from kg.errors import InputError

_OCR = "run text recognition (OCR) first"
_MAGIC: tuple[tuple[bytes, str, str], ...] = (
    (b"%PDF", "是 PDF，请先转成文本", "is a PDF; convert it to text first (pdftotext page.pdf page.txt)"),
    (b"PK\x03\x04", "是压缩包或 Office 文件，请另存为纯文本", "is ZIP or Office; save it as plain text"),
    (b"\xd0\xcf\x11\xe0", "是 Office 文件，请另存为纯文本", "is an Office file; save it as plain text"),
    (b"{\\rtf", "是 RTF 文件，请另存为纯文本", "is RTF; save it as plain text"),
    (b"\x89PNG", "是 PNG 图片，请先做文字识别", f"is a PNG image; {_OCR}"),
    (b"\xff\xd8\xff", "是 JPEG 图片，请先做文字识别", f"is a JPEG image; {_OCR}"),
    (b"GIF8", "是 GIF 图片，请先做文字识别", f"is a GIF image; {_OCR}"),
    (b"II*\x00", "是 TIFF 图片，请先做文字识别", f"is a TIFF image; {_OCR}"),
    (b"MM\x00*", "是 TIFF 图片，请先做文字识别", f"is a TIFF image; {_OCR}"),
    (b"\x1f\x8b", "是 gzip 压缩文件，请先解压", "is compressed (gzip); unpack it first"),
    (b"Rar!", "是 RAR 压缩文件，请先解压", "is a RAR archive; unpack it first"),
    (b"7z\xbc\xaf", "是 7-Zip 压缩文件，请先解压", "is a 7-Zip archive; unpack it first"),
)
_MARKUP = re.compile(rb"(?:\xef\xbb\xbf)?\s*(?:<!doctype\s+html|<html|<\?xml)", re.IGNORECASE)


def fault(name: str, chinese: str, english: str) -> InputError:
    """Make the error for one input: `page.txt：空文件… / is empty; …`."""
    return InputError(f"{name}：{chinese} / {english}")


def find_magic(data: bytes) -> tuple[str, str] | None:
    """Say in Chinese and English what the file is, if its first bytes show that it is no text."""
    for magic, chinese, english in _MAGIC:
        if data.startswith(magic):
            return chinese, english
    if _MARKUP.match(data[:1024]):
        return "是网页源码，请另存为纯文本", "is HTML or XML; save the page as plain text"
    return None
