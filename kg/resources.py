"""Find the files that ship with the package: in a wheel, an editable install or a bare checkout."""

from __future__ import annotations

from functools import cache
from pathlib import Path

_PACKAGE = Path(__file__).resolve().parent


@cache
def ontology_dir() -> Path:
    """Return the folder that holds ``zonekg.ttl``, ``shapes.ttl`` and ``gazetteer/``."""
    for folder in (_PACKAGE / "ontology", _PACKAGE.parent / "ontology"):
        if (folder / "zonekg.ttl").is_file():
            return folder
    raise FileNotFoundError(f"{_PACKAGE}: the ontology is missing; reinstall the package")


def package_dir(name: str) -> Path:
    """Return the folder of data ``name`` inside the package, such as ``queries`` or ``explore``."""
    return _PACKAGE / name
