"""The documentation is made from the ontology, and the copies in the project are current."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from kg import handbook
from kg.corpus import load
from kg.errors import InputError
from kg.handbook.facts import Example, examples
from kg.handbook.page import render
from kg.handbook.table import renewed
from kg.schema import Schema, load_schema
from kg.terms import shipped

ROOT = Path(__file__).resolve().parent.parent
CORPUS = ROOT / "seeds" / "corpus"


@pytest.fixture(scope="module")
def facts(schema: Schema) -> dict[str, list[Example]]:
    return examples(CORPUS, schema)


@pytest.fixture(scope="module")
def page(facts: dict[str, list[Example]]) -> str:
    return render(shipped(), facts)


def test_the_page_in_the_docs_is_that_of_the_ontology(page: str) -> None:
    assert (ROOT / "docs" / "ontology.html").read_text(encoding="utf-8") == page, "run: kg ontology docs"


@pytest.mark.parametrize("name", ["README.md", "README.zh-CN.md"])
def test_the_table_in_a_readme_is_that_of_the_ontology(name: str, schema: Schema) -> None:
    text = (ROOT / name).read_text(encoding="utf-8")

    assert renewed(text, schema) == text, f"run: kg ontology docs --readme {name}"


def test_a_table_that_is_out_of_date_is_made_again_and_nothing_else_touched(schema: Schema) -> None:
    text = (ROOT / "README.md").read_text(encoding="utf-8")
    stale = re.sub(r"(?m)^\| `(leads|produces)` .*\n", "", text).replace("Where something is", "Somewhere")

    assert stale != text
    assert renewed(stale, schema) == text


def test_a_readme_without_the_table_is_told(schema: Schema) -> None:
    with pytest.raises(InputError, match="no table of relations"):
        renewed("# Nothing here\n", schema)


def test_the_page_has_every_class_and_relation_with_both_definitions_and_every_word(
    page: str, schema: Schema
) -> None:
    for info in (*schema.classes.values(), *schema.relations.values()):
        assert page.count(f'id="{info.name}"') == 1
        assert info.label_zh in page
        assert info.label_en in page
    for relation in schema.relations.values():
        for word in (*relation.verbs, *relation.inverse_verbs, *relation.passives, *relation.titles):
            assert f"<span>{word}</span>" in page


def test_every_relation_has_an_example_that_names_both_ends_in_words_of_the_seeds(
    facts: dict[str, list[Example]], schema: Schema
) -> None:
    assert set(facts) == set(schema.relations)
    for name, chosen in facts.items():
        assert chosen, name
        for example in chosen:
            roles = [role for _, role in example.pieces]
            assert {"subject", "object"} <= set(roles)
            assert "".join(text for text, _ in example.pieces) in load(CORPUS / f"{example.article}.txt").text


def test_the_page_is_one_file_without_script_that_loads_nothing(page: str) -> None:
    assert not re.search(r"<script|<link|<img|src=|url\(|@import", page)
    assert set(re.findall(r'href="#([^"]+)"', page)) <= set(re.findall(r'id="([^"]+)"', page))


def test_words_of_an_ontology_are_escaped(tmp_path: Path) -> None:
    path = tmp_path / "mine.ttl"
    hospitals = (ROOT / "examples" / "hospitals" / "hospitals.ttl").read_text(encoding="utf-8")
    path.write_text(hospitals.replace("收治", "<script>收治"), encoding="utf-8")

    assert "<script>" not in render(path, {})


def test_the_page_of_another_ontology_shows_that_one_alone(tmp_path: Path) -> None:
    hospitals = ROOT / "examples" / "hospitals" / "hospitals.ttl"
    (written,) = handbook.write(tmp_path / "docs" / "page.html", hospitals)
    text = written.read_text(encoding="utf-8")

    assert all(f'id="{name}"' in text for name in load_schema(hospitals).classes)
    assert "糖尿病" in text
    assert "高新区" not in re.sub(r"(?s)<h2 id=.words.*", "", text)
