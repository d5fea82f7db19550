"""Find the input files that a user names: files, folders, patterns."""

from __future__ import annotations

import glob
import os
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path

from kg.errors import InputError
from kg.ingest.fault import fault

SUFFIXES = frozenset({".txt", ".text", ".md", ""})
"""Suffixes that a folder is searched for; a file named outright may have any."""

FOREIGN = frozenset({".pdf", ".doc", ".docx", ".wps", ".caj", ".ofd", ".rtf", ".epub"})
"""Pages in formats that must be converted first: reported where a folder holds them."""

Report = Callable[[InputError], None]


def find_inputs(paths: Iterable[Path | str], report: Report | None = None) -> list[tuple[Path, str]]:
    """List the files that ``paths`` name as ``(path, source)``, each file once, sorted by source.

    A folder is searched to the bottom, hidden files and links to folders left out; its files'
    sources are relative to it. A file or what a pattern finds has its name as source. Where two
    sources clash, folder names are put in front until they differ.

    What cannot be used goes to ``report`` and the rest goes on.

    Raises:
        InputError: the first thing that cannot be used, if there is no ``report``.
    """

    def fail(error: InputError) -> None:
        if report is None:
            raise error
        report(error)

    found: dict[Path, tuple[Path, str]] = {}
    for name in paths:
        for path, source in _expand(os.fspath(name), fail):
            found.setdefault(Path(os.path.abspath(path)), (path, source))  # noqa: PTH100 - keeps links
    return sorted(_tell_apart(list(found.values())), key=lambda pair: pair[1])


def _expand(name: str, fail: Report) -> Iterator[tuple[Path, str]]:
    path = Path(name)
    try:
        if path.is_dir():
            yield from _walk(path, fail)
        elif path.exists() or path.is_symlink():
            yield path, path.name
        elif glob.has_magic(name):
            yield from _match(name, fail)
        else:
            fail(fault(name, "找不到文件，请检查路径", "is not there; check the path"))
    except (OSError, ValueError) as error:
        reason = getattr(error, "strerror", None) or error
        fail(fault(ascii(name), "无法读取，请检查路径和权限", f"cannot be read ({reason}); check the path"))


def _match(pattern: str, fail: Report) -> Iterator[tuple[Path, str]]:
    hits = sorted(glob.glob(pattern, recursive=True))  # noqa: PTH207 - patterns may be absolute
    if not hits:
        fail(fault(pattern, "没有匹配的文件，请检查路径", "matches no file; check the path"))
    for hit in map(Path, hits):
        if hit.is_dir():
            if "**" not in pattern:
                yield from _walk(hit, fail)
        elif not hit.name.startswith("."):
            yield hit, hit.name


def _walk(folder: Path, fail: Report) -> Iterator[tuple[Path, str]]:
    def unreadable(error: OSError) -> None:
        english = f"cannot be read ({error.strerror}); check the permissions"
        fail(fault(str(error.filename), "无法读取文件夹，请检查权限", english))

    count = 0
    for top, folders, files in os.walk(folder, onerror=unreadable):
        folders[:] = sorted(name for name in folders if not name.startswith("."))
        for name in sorted(files):
            path = Path(top, name)
            suffix = path.suffix.lower()
            if name.startswith(".") or suffix not in SUFFIXES | FOREIGN:
                continue
            count += 1
            yield path, path.relative_to(folder).as_posix()
    if not count and os.access(folder, os.R_OK | os.X_OK):
        fail(fault(str(folder), "没有文本文件，请放入 .txt 文件", "holds no text file; put .txt files there"))


def _tell_apart(pairs: list[tuple[Path, str]]) -> list[tuple[Path, str]]:
    """Lengthen clashing sources by the folders above, one at a time."""
    clean = [(path, source.encode("utf-8", "replace").decode()) for path, source in pairs]
    while True:
        places: dict[str, list[int]] = defaultdict(list)
        for index, (_, source) in enumerate(clean):
            places[source].append(index)
        clashing = [k for group in places.values() if len(group) > 1 for k in group]
        longer = {k: _lengthen(*clean[k]) for k in clashing}
        if all(clean[k][1] == source for k, source in longer.items()):
            return clean
        for k, source in longer.items():
            clean[k] = (clean[k][0], source)


def _lengthen(path: Path, source: str) -> str:
    parts = Path(os.path.abspath(path)).parts  # noqa: PTH100 - keeps links
    depth = source.count("/") + 2
    longer = "/".join(parts[-depth:]) if depth < len(parts) else source
    # Names that are not UTF-8 stay apart by their escaped bytes.
    return longer.encode("utf-8", "backslashreplace").decode()
