"""Every mistake of an ontology file is told at once: file, line, term, and the way out."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from click.testing import CliRunner
from hypothesis import given
from hypothesis import strategies as st

from kg.cli import main
from kg.errors import OntologyError
from kg.mistakes import Mistake, check, require
from kg.statements import Fault, read, statements
from kg.terms import shipped

HOSPITALS = Path(__file__).resolve().parent.parent / "examples" / "hospitals" / "hospitals.ttl"
TEXT = HOSPITALS.read_text(encoding="utf-8")


def changed(tmp_path: Path, *changes: tuple[str, str]) -> Path:
    """The hospitals' ontology with some words in it changed, each of which is there."""
    text = TEXT
    for old, new in changes:
        assert old in text
        text = text.replace(old, new, 1)
    path = tmp_path / "mine.ttl"
    path.write_text(text, encoding="utf-8")
    return path


def line_of(path: Path, part: str) -> int:
    lines = path.read_text(encoding="utf-8").splitlines()
    return next(number for number, line in enumerate(lines, start=1) if part in line)


@pytest.mark.parametrize("path", [shipped(), HOSPITALS], ids=lambda path: path.name)
def test_the_ontologies_of_the_project_have_nothing_wrong_and_need_no_advice(path: Path) -> None:
    assert check(path) == []


@pytest.mark.parametrize(
    ("old", "new", "term", "said"),
    [
        ("rdfs:range :Disease", "rdfs:range :Desease", "Desease", "did you mean 'Disease'?"),
        ("rdfs:domain :Department", "rdfs:domain :Departement", "Departement", "did you mean 'Department'?"),
        ("owl:inverseOf :treatedBy", "owl:inverseOf :treatdBy", "treatdBy", "did you mean 'treatedBy'?"),
        ("lex:stopWord", "lex:stopwrd", "stopwrd", "did you mean 'stopWord'?"),
        ("    rdfs:subClassOf :Thing ;\n    rdfs:label \"disease", "    rdfs:subclassOf :Thing ;\n    rdfs:label \"disease",  # noqa: E501
         "subclassOf", "did you mean 'subClassOf'?"),
        (":treats a owl:ObjectProperty", ":treats a owl:ObjectProprety", "ObjectProprety", "did you mean 'ObjectProperty'?"),  # noqa: E501
        ("a :Disease ; rdfs:label \"糖尿病\"", "a :Ailment ; rdfs:label \"糖尿病\"", "Ailment", "is not declared"),  # noqa: E501
        ("#d7263d", "red", "Disease", "no colour"),
        (":Disease a owl:Class ;\n    rdfs:subClassOf :Thing", ":Disease a owl:Class", "Disease",
         "not below :Thing"),
        ("为…实施手术", "为实施手术", "treats", "no place for the object"),
        ('"收治"@zh', '"收 治"@zh', "treats", "white space"),
        ("lex:noun \"定点医院\"", "lex:ending \"定点医院\"", "treats", "belongs to 类 a class"),
        ("lex:verb \"收治\"@zh, \"治疗\"@zh", "lex:core \"yes\" ; lex:verb \"收治\"@zh, \"治疗\"@zh", "treats", "true or false"),  # noqa: E501
        ("owl:ObjectProperty, owl:SymmetricProperty ;\n    rdfs:label \"cooperates with\"@en, \"合作\"@zh ;\n"
         "    skos:definition \"The two cooperate or sign.\"@en, \"双方合作或签约。\"@zh ;\n    rdfs:domain :Employer",  # noqa: E501
         "owl:ObjectProperty, owl:SymmetricProperty ;\n    rdfs:label \"cooperates with\"@en, \"合作\"@zh ;\n"
         "    skos:definition \"The two cooperate or sign.\"@en, \"双方合作或签约。\"@zh ;\n    rdfs:domain :Hospital",  # noqa: E501
         "cooperatesWith", "is symmetric, but domain and range differ"),
        ("rdfs:domain :Disease ; rdfs:range :Provider", "rdfs:domain :Disease ; rdfs:range :Hospital",
         "treats", "not those of its inverse"),
        (":Provider a owl:Class ;\n    rdfs:subClassOf :Thing", ":Provider a owl:Class ;\n    rdfs:subClassOf :Hospital",  # noqa: E501
         "Hospital", "is its own superclass"),
        (":Hospital rdfs:subClassOf :Provider", ":Hospital rdfs:subClassOf :Person", "Hospital", "which are disjoint"),  # noqa: E501
    ],
    ids=lambda value: value if isinstance(value, str) and value.isascii() and len(value) < 20 else "",
)  # fmt: skip
def test_a_mistake_is_told_with_its_term_and_what_was_meant(
    tmp_path: Path, old: str, new: str, term: str, said: str
) -> None:
    grave = [m for m in check(changed(tmp_path, (old, new))) if m.grave]

    assert [m for m in grave if m.term == term and said in m.message], grave


def test_a_mistake_stands_at_its_own_line(tmp_path: Path) -> None:
    path = changed(tmp_path, ("rdfs:range :Disease", "rdfs:range :Desease"), ("lex:stopWord", "lex:stopwrd"))

    assert {(m.term, m.line) for m in check(path) if m.grave} == {
        ("Desease", line_of(path, ":Desease")), ("stopwrd", line_of(path, "lex:stopwrd"))
    }  # fmt: skip


def test_broken_statements_hide_no_other_mistake(tmp_path: Path) -> None:
    path = changed(
        tmp_path,
        (
            ':diabetes a :Disease ; rdfs:label "糖尿病"@zh,',
            ':diabetes a :Disease ;; , rdfs:label "糖尿病"@zh,',
        ),
        ("rdfs:range :Disease", "rdfs:range :Desease"),
        (":lungCancer a :Disease ; rdfs:label", ":lungCancer a :Disease ; rdf:label"),
    )
    told = {(m.line, "not valid Turtle" in m.message) for m in check(path) if m.grave}

    assert {(line_of(path, ";; ,"), True), (line_of(path, "rdf:label"), True)} <= told
    assert (line_of(path, ":Desease"), False) in told


def test_what_is_read_nowhere_is_told_and_what_is_merely_missing_is_advice(tmp_path: Path) -> None:
    path = changed(
        tmp_path,
        ('    lex:noun "定点医院"@zh, "诊疗基地"@zh ;\n    lex:core true', '    lex:noun "定点医院"@zh'),
        ('rdfs:label "department"@en, "科室"@zh', 'rdfs:label "department"@en'),
    )
    found = {(m.term, m.grave): m.message for m in check(path)}

    assert "no lex:core" in found["treats", True]
    assert "@zh" in found["Department", False]


def test_a_class_in_another_namespace_is_told(tmp_path: Path) -> None:
    path = tmp_path / "mine.ttl"
    path.write_text(TEXT + "\n<https://example.org/Ward> a owl:Class .\n", encoding="utf-8")

    (found,) = check(path)
    assert (found.grave, found.term) == (True, "https://example.org/Ward")


def test_require_names_all_grave_mistakes_and_passes_what_has_none(tmp_path: Path) -> None:
    require(HOSPITALS)
    with pytest.raises(OntologyError) as error:
        require(
            changed(tmp_path, ("rdfs:range :Disease", "rdfs:range :Desease"), ("lex:stopWord", "lex:stopwrd"))
        )

    assert str(error.value).count("mine.ttl:") == 2


@pytest.mark.parametrize("content", [None, b"\xff\xfe\x00broken"], ids=["missing", "not UTF-8"])
def test_a_file_that_cannot_be_read_is_named(tmp_path: Path, content: bytes | None) -> None:
    path = tmp_path / "mine.ttl"
    if content is not None:
        path.write_bytes(content)

    with pytest.raises(OntologyError, match=r"mine\.ttl"):
        check(path)


def test_the_command_tells_mistakes_as_text_and_json_and_exits_with_1(tmp_path: Path) -> None:
    path = changed(tmp_path, ("rdfs:range :Disease", "rdfs:range :Desease"))
    text = CliRunner().invoke(main, ["ontology", "check", str(path)])
    rows = json.loads(CliRunner().invoke(main, ["ontology", "check", str(path), "--format", "json"]).stdout)

    assert text.exit_code == 1
    assert f"{path}:{line_of(path, ':Desease')}: Desease" in text.stdout.replace("\n", "")
    assert [row["term"] for row in rows if row["grave"]] == ["Desease"]
    assert set(rows[0]) == {"file", *Mistake.__dataclass_fields__}


# Statements


def test_every_statement_of_a_file_is_found_with_its_line() -> None:
    text = '@prefix : <https://e.org/#> . # a . b\nPREFIX x: <https://x.org/#>\n:a :b "c . d", """e\n. f""", 1.5 .\n:g :h :i.\n'  # noqa: E501

    assert [(s.line, s.words[0][1]) for s in statements(text)] == [
        (1, "@prefix"),
        (2, "PREFIX"),
        (3, ":a"),
        (5, ":g"),
    ]
    assert [len(found) for _, found in read(text) if not isinstance(found, Fault)] == [0, 0, 3, 1]


def test_the_statements_of_the_ontology_say_what_the_whole_file_says() -> None:
    import pyoxigraph as ox

    text = shipped().read_text(encoding="utf-8")
    whole = len(list(ox.parse(text, format=ox.RdfFormat.TURTLE)))
    parts = [found for _, found in read(text)]

    assert not [found for found in parts if isinstance(found, Fault)]
    assert sum(len(found) for found in parts if not isinstance(found, Fault)) == whole


@given(st.text(alphabet=":ab<>\"'.;,[]()#\\\n @^é病", max_size=60))
def test_any_text_is_cut_without_loss_and_read_without_failing(text: str) -> None:
    words = [word for statement in statements(text) for _, word in statement.words]
    lines = [statement.line for statement in statements(text)]

    assert lines == sorted(lines)
    assert all(word in text for word in words)
    for _, found in read(text):
        assert isinstance(found, Fault | list)
