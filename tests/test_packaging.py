"""A wheel holds what the program reads: every data file is named by a pattern in setup.cfg."""

from __future__ import annotations

import configparser
from fnmatch import fnmatch
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
CONFIG = configparser.ConfigParser()
CONFIG.read(ROOT / "setup.cfg", encoding="utf-8")
FOLDERS = {"kg.ontology": ROOT / "ontology", "kg.queries": ROOT / "kg" / "queries",
           "kg.explore": ROOT / "kg" / "explore", "kg.models": ROOT / "kg" / "models"}  # fmt: skip


@pytest.mark.parametrize("package", sorted(FOLDERS))
def test_every_data_file_of_a_package_is_shipped(package: str) -> None:
    patterns = [p.strip() for p in CONFIG["options.package_data"][package].split(",")]
    files = [p.relative_to(FOLDERS[package]).as_posix() for p in FOLDERS[package].rglob("*") if p.is_file()]
    data = [name for name in files if not name.endswith((".py", ".pyc"))]

    assert data
    assert [name for name in data if not any(fnmatch(name, pattern) for pattern in patterns)] == []


def test_every_package_of_the_source_tree_is_listed() -> None:
    listed = set(CONFIG["options"]["packages"].split())
    found = {".".join(path.parent.relative_to(ROOT).parts) for path in (ROOT / "kg").rglob("__init__.py")}

    assert listed - {"kg.ontology"} == found
