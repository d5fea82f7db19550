"""The documents cannot lie: every command is documented, and the files that they name are there."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from kg.cli import main
from kg.schema import load_schema

ROOT = Path(__file__).resolve().parent.parent
READMES = [ROOT / "README.md", ROOT / "README.zh-CN.md"]


@pytest.mark.parametrize("readme", READMES, ids=lambda path: path.name)
@pytest.mark.parametrize("command", sorted(main.commands))
def test_a_readme_shows_every_command(command: str, readme: Path) -> None:
    assert f"kg {command}" in readme.read_text(encoding="utf-8")


@pytest.mark.parametrize("command", sorted(main.commands))
def test_every_command_has_help_with_an_example(command: str) -> None:
    assert "Example 示例" in (main.commands[command].help or "")


@pytest.mark.parametrize("readme", READMES, ids=lambda path: path.name)
def test_what_a_readme_links_to_is_there(readme: Path) -> None:
    links = re.findall(r"\]\((?!https?:)([^)#]+)\)", readme.read_text(encoding="utf-8"))

    assert links
    assert [link for link in links if not (ROOT / link).exists()] == []


@pytest.mark.parametrize("readme", READMES, ids=lambda path: path.name)
def test_the_table_of_relations_is_that_of_the_ontology(readme: Path) -> None:
    rows = set(re.findall(r"^\| `(\w+)` \| (\S+) \|", readme.read_text(encoding="utf-8"), re.MULTILINE))

    assert rows == {(r.name, r.label_zh) for r in load_schema().relations.values()}
