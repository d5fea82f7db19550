"""Gold files: the annotation of articles, one JSON file each."""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from kg.errors import InputError


@dataclass(frozen=True, slots=True)
class Gold:
    """The annotation of one article, as its file has it."""

    article: str
    source: str | None
    order: int
    data: dict[str, Any]


def load_gold(folder: Path) -> list[Gold]:
    """Read every gold file of a folder, ordered by name.

    Raises:
        InputError: the folder holds none, or a file is no JSON or lacks its parts.
    """
    paths = sorted(folder.glob("*.json"))
    if not paths:
        raise InputError(f"{folder}：没有标注文件 holds no gold files (*.json)")
    return [_read_gold(path) for path in paths]


def _read_gold(path: Path) -> Gold:
    try:
        data = json.loads(path.read_text(encoding="utf-8"))
        parts = {name: data[name] for name in ("entities", "relations", "observations")}
    except (json.JSONDecodeError, KeyError, TypeError) as error:
        raise InputError(f"{path}：不是标注文件 is not a gold file: {error!r}") from error
    name = str(data.get("article", path.stem))
    return Gold(name, data.get("source"), int(data.get("order") or 1), {**data, **parts})
