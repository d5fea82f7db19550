"""Replace the result folder as a whole or not at all.

A build is written beside the folder that it is to become and takes its place by renaming, so a
build that fails or is interrupted leaves the earlier result as it was. ``kg.json`` marks a folder
as ours; a folder that holds anything else is never replaced.
"""

from __future__ import annotations

import json
import shutil
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any, BinaryIO

from kg.errors import OutputError

MANIFEST = "kg.json"
_KEPT = (".gitignore", ".gitkeep")
_OURS = (
    "graph.*", "evidence.*", "reference.*", "inferred.*", "derivation.*", "quarantine.*", "ontology.ttl",
    "store", MANIFEST,
)  # fmt: skip


@contextmanager
def replacing(out: Path) -> Iterator[Path]:
    """Give an empty folder to write to; when the block ends well, it becomes ``out``.

    Raises:
        OutputError: ``out`` holds things that are not ours, or cannot be written.
    """
    check(out)
    target = out.resolve()
    fresh = _beside(target, "new")
    try:
        yield fresh
        _keep_git_files(target, fresh)
        _swap(fresh, target)
    finally:
        shutil.rmtree(fresh, ignore_errors=True)


def check(out: Path) -> None:
    """Make sure that replacing ``out`` destroys nothing but an earlier build.

    Raises:
        OutputError: ``out`` is a file, the working folder, or holds things that are not ours.
    """
    out = out.resolve()
    if out.is_dir():
        if out in (Path.cwd(), *Path.cwd().parents):
            raise OutputError(f"{out}: 不能替换当前目录 the working folder cannot be replaced; use -o")
        foreign = sorted(item.name for item in out.iterdir() if not _ours(out, item))
        if foreign:
            raise OutputError(
                f"{out}: 目录里有不是本工具写的文件，未改动 left as it is, it holds files that are not ours "
                f"({', '.join(foreign[:5])}{'…' if len(foreign) > 5 else ''}); "
                "请移走或换一个目录 move them away or name another folder with -o"
            )
    elif out.exists():
        raise OutputError(f"{out}: 不是目录 is not a folder; name another with -o")


def _ours(out: Path, item: Path) -> bool:
    if item.name in _KEPT:
        return True
    return (out / MANIFEST).is_file() and any(item.match(pattern) for pattern in _OURS)


def _beside(target: Path, role: str) -> Path:
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
        folder = Path(tempfile.mkdtemp(prefix=f".{target.name}.{role}-", dir=target.parent))
        folder.chmod(0o755)  # mkdtemp makes it private; a result is for reading
    except OSError as error:
        raise OutputError(f"{target}: 无法写入 cannot be written: {error}; name another with -o") from error
    return folder


def _keep_git_files(target: Path, fresh: Path) -> None:
    for name in _KEPT:
        with suppress(FileNotFoundError):
            shutil.copy2(target / name, fresh / name)


def _swap(fresh: Path, target: Path) -> None:
    """Put ``fresh`` in the place of ``target``; on any failure put the old one back."""
    if not target.exists():
        fresh.rename(target)
        return
    attic = _beside(target, "old")
    old = target.rename(attic / target.name)
    try:
        fresh.rename(target)
    except BaseException:
        old.rename(target)
        attic.rmdir()
        raise
    shutil.rmtree(attic, ignore_errors=True)


def write_manifest(folder: Path, content: dict[str, Any]) -> None:
    """Write ``kg.json``: what made the build and of what; no clock, so equal builds are equal bytes."""
    text = json.dumps(content, ensure_ascii=False, indent=2, sort_keys=True)
    (folder / MANIFEST).write_text(text + "\n", encoding="utf-8")


def write_file(path: Path, write: Callable[[BinaryIO], None]) -> None:
    """Write one file as a whole or not at all.

    Raises:
        OutputError: the file cannot be written.
    """
    path = path.resolve() if path.is_symlink() else path
    if path.exists() and not path.is_file():
        _write_through(path, write)
        return
    part = path.with_name(f".{path.name}.part")
    try:
        with part.open("wb") as file:
            write(file)
        part.replace(path)
    except OSError as error:
        raise OutputError(f"{path}: 无法写入 cannot be written: {error}") from error
    finally:
        with suppress(OSError):
            part.unlink(missing_ok=True)


def _write_through(path: Path, write: Callable[[BinaryIO], None]) -> None:
    """Write into a device or a pipe, which must not be replaced by a file."""
    try:
        with path.open("wb") as file:
            write(file)
    except OSError as error:
        raise OutputError(f"{path}: 无法写入 cannot be written: {error}") from error
