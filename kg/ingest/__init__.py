"""Ingest: files in, documents out. One module per input format; `READERS` lists them."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from pathlib import Path

from kg.ingest import plain
from kg.ingest.fault import fault
from kg.ingest.find import find_inputs
from kg.ingest.plain import decode_page
from kg.model import Document

__all__ = ["READERS", "Reader", "decode_page", "distinct", "find_inputs", "read_document"]

Reader = Callable[[Path, str], Iterator[Document]]
"""Reads a file (path, source) as one or more documents; raises InputError where it cannot."""

READERS: dict[str, Reader] = {
    ".txt": plain.read,
    ".text": plain.read,
    ".md": plain.read,
    "": plain.read,
}
"""Reader by lower-case file suffix. Any other suffix is read as plain text too, if it is text."""


def read_document(path: Path | str, source: str | None = None) -> Document:
    """Read one file; ``source`` names it in the graph and is its file name by default.

    ``path.read_bytes().decode(document.encoding) == document.text``: nothing is normalised.

    Raises:
        InputError: the file is missing, unreadable, empty, too large, binary or not Chinese.
    """
    place = Path(path)
    name = place.name if source is None else source
    for document in READERS.get(place.suffix.lower(), plain.read)(place, name):
        return document
    raise fault(name, "没有内容，请重新导出", "holds no document; export it again")


def distinct(documents: Iterable[Document]) -> list[Document]:
    """Sort documents by source and keep the first of those with the same bytes."""
    first: dict[str, Document] = {}
    for document in sorted(documents, key=lambda d: (d.source, d.sha256)):
        first.setdefault(document.sha256, document)
    return list(first.values())
