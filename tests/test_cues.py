"""Each property of the lexical layer does what its definition says: one word, one change of what is read."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from newsroom import RULES_ALONE, Told, write

from kg.extract import extract
from kg.extract.reading import Knowhow
from kg.lexicon import lexicon_of
from kg.schema import Schema, load_schema, shipped_schema
from kg.terms import shipped

TURTLE = shipped().read_text(encoding="utf-8")


def with_word(folder: Path, term: str, kind: str, word: str) -> Schema:
    """The shipped ontology with one word more."""
    turtle, count = re.subn(rf"(?m)^:{term} a [^;]+;", rf'\g<0> lex:{kind} "{word}"@zh ;', TURTLE)
    assert count == 1
    path = folder / "mine.ttl"
    path.write_text(turtle, encoding="utf-8")
    return load_schema(path)


def read(text: str, schema: Schema) -> Told:
    return Told(extract(write(text), Knowhow(schema, lexicon_of(schema)), RULES_ALONE), schema)


COMPANY, PROJECT = "四川星河光电有限公司", "云桥生物项目"


@pytest.mark.parametrize(
    ("kind", "word", "text"),
    [
        ("preposition", "给…掌舵", f"{COMPANY}给{PROJECT}全程掌舵。"),
        ("preposition", "给…掌舵", f"{COMPANY}很忙，给{PROJECT}掌舵。"),
        ("noun", "掌舵方", f"{COMPANY}是{PROJECT}的掌舵方。"),
        ("noun", "掌舵方", f"{PROJECT}的掌舵方是{COMPANY}。"),
        ("noun", "掌舵方", f"{PROJECT}的掌舵方{COMPANY}。"),
        ("inverseNoun", "手中物", f"{PROJECT}是{COMPANY}的手中物。"),
        ("apposition", "麾下", f"{PROJECT}麾下{COMPANY}。"),
    ],
)
def test_a_word_in_its_construction_states_its_relation(
    tmp_path: Path, kind: str, word: str, text: str
) -> None:
    claim = (COMPANY, "undertakes", PROJECT)
    changed = with_word(tmp_path, "undertakes", kind, word)

    assert claim not in read(text, shipped_schema()).claims()
    assert claim in read(text, changed).claims()


@pytest.mark.parametrize("text", [f"{COMPANY}没有给{PROJECT}掌舵。", f"希望{COMPANY}给{PROJECT}掌舵。"])
def test_what_is_denied_or_wished_for_is_no_fact(tmp_path: Path, text: str) -> None:
    changed = with_word(tmp_path, "undertakes", "preposition", "给…掌舵")

    assert read(text, changed).claims() == set()


def test_a_noun_joins_only_what_domain_and_range_allow(tmp_path: Path) -> None:
    changed = with_word(tmp_path, "undertakes", "noun", "掌舵方")

    assert read(f"{PROJECT}是{COMPANY}的掌舵方。", changed).pairs("undertakes") == set()


def test_a_stop_word_is_no_name_of_its_class_or_a_subclass(tmp_path: Path) -> None:
    text = "金凤实验室位于合肥高新区。"
    changed = with_word(tmp_path, "ResearchInstitution", "stopWord", "金凤实验室")

    assert read(text, shipped_schema()).names("Laboratory") == {"金凤实验室"}
    assert read(text, changed).names("Laboratory") == set()


def test_a_name_start_begins_the_name(tmp_path: Path) -> None:
    text = "合肥高新区建设云端麓山实验室。"
    changed = with_word(tmp_path, "Laboratory", "start", "麓山")

    assert read(text, shipped_schema()).names("Laboratory") == {"云端麓山实验室"}
    assert read(text, changed).names("Laboratory") == {"麓山实验室"}


def test_a_title_word_makes_the_name_beside_it_a_person(tmp_path: Path) -> None:
    text = f"{COMPANY}首席掌灯官李思源介绍。"
    changed = with_word(tmp_path, "Person", "titleWord", "首席掌灯官")

    assert read(text, changed).pairs("holdsPosition") == {("李思源", COMPANY)}
    assert read(text, changed).posts() != read(text, shipped_schema()).posts()


def test_a_unit_word_makes_a_figure(tmp_path: Path) -> None:
    text = f"{COMPANY}拥有苗圃320畦畦。"
    changed = with_word(tmp_path, "Observation", "unitWord", "畦畦")

    assert read(text, shipped_schema()).figures() == set()
    assert {(str(value), unit) for _, value, unit in read(text, changed).figures()} == {("320", "畦畦")}


def test_a_pronoun_stands_for_the_thing_named_before(tmp_path: Path) -> None:
    text = f"{COMPANY}成立十年。这家灯厂投资{PROJECT}。"
    changed = with_word(tmp_path, "Enterprise", "pronoun", "这家灯厂")

    assert read(text, shipped_schema()).meant("这家灯厂") == []
    assert read(text, changed).meant("这家灯厂") == [COMPANY]


def test_the_shipped_ontology_reads_with_the_word_lists_of_the_package() -> None:
    assert lexicon_of(shipped_schema()).schema is shipped_schema()
    assert lexicon_of(shipped_schema()) is lexicon_of(shipped_schema())
