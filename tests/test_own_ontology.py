"""Turtle alone changes what is read, checked, shown and documented: the worked example and another world."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from kg import handbook
from kg.assess import assess
from kg.cli import main
from kg.errors import OntologyError
from kg.explore.container import unpack
from kg.pipeline import build
from kg.recall import facts
from kg.schema import load_schema, shipped_schema
from kg.store import open_build
from kg.terms import shipped
from kg.validate import relation_shapes

ROOT = Path(__file__).resolve().parent.parent
HOSPITALS = ROOT / "examples" / "hospitals"
GUIDE = (ROOT / "docs" / "own-ontology.md").read_text(encoding="utf-8")
BLOCKS = re.search(r"```turtle\n(.*?)```", GUIDE, re.DOTALL)[1]  # type: ignore[index]
NEWS = "云溪医院见闻\n\n合肥云溪医院收治尘肺病患者。合肥云溪医院是白内障的诊疗基地。互联网医院已上线。\n"
TREATS = {("合肥云溪医院", "尘肺病"), ("合肥云溪医院", "白内障")}


def run(*words: str | Path) -> Result:
    result = CliRunner().invoke(main, [str(word) for word in words])
    if result.exception is not None and not isinstance(result.exception, SystemExit):
        raise result.exception
    return result


@pytest.fixture(scope="module")
def page(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("pages") / "医院.txt"
    path.write_text(NEWS, encoding="utf-8")
    return path


@pytest.fixture(scope="module")
def mine(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A copy of the shipped ontology with the blocks of the guide at its end."""
    path = tmp_path_factory.mktemp("mine") / "mine.ttl"
    path.write_text(shipped().read_text(encoding="utf-8") + "\n" + BLOCKS, encoding="utf-8")
    return path


@pytest.fixture(scope="module")
def out(page: Path, mine: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("out") / "out"
    assert build([page], folder, ontology=mine).failures == []
    return folder


def pairs(out: Path, relation: str) -> set[tuple[str, str]]:
    found = json.loads(
        run("query", f"SELECT ?s ?o {{ ?a zkg:{relation} ?b . ?a rdfs:label ?s . ?b rdfs:label ?o }}",
            "--format", "json", "-o", out).stdout
    )  # fmt: skip
    return {(row["s"]["value"], row["o"]["value"]) for row in found["results"]["bindings"]}


# The worked example


def test_the_example_changes_extraction(page: Path, out: Path, tmp_path: Path) -> None:
    build([page], tmp_path / "before")

    assert pairs(tmp_path / "before", "treats") == set()
    assert pairs(out, "treats") == TREATS
    assert "Hospital" in run("show", "合肥云溪医院", "-o", out).stdout


def test_what_the_example_adds_takes_nothing_from_what_the_models_read(mine: Path, tmp_path: Path) -> None:
    seed = ROOT / "seeds" / "pages" / "A01.txt"
    for name, ontology in (("plain", None), ("more", mine)):
        build([seed], tmp_path / name, ontology=ontology)
    plain, more = ({(f.subject, f.relation, f.object) for f in facts(open_build(tmp_path / name))}
                   for name in ("plain", "more"))  # fmt: skip

    assert plain <= more
    assert json.loads((tmp_path / "more" / "kg.json").read_text(encoding="utf-8"))["models"]


def test_the_example_changes_validation(out: Path, mine: Path, page: Path) -> None:
    assert "zkg:treats" not in relation_shapes(shipped_schema())
    assert "sh:class zkg:Disease" in relation_shapes(load_schema(mine))
    assert run("validate", "-o", out, "--sources", page.parent).exit_code == 0


def test_the_example_changes_the_legend_and_the_exports(out: Path) -> None:
    packed = re.search(r'id="map-data">([^<]*)<', (out / "graph.html").read_text(encoding="utf-8"))
    values = unpack(packed[1])[0] if packed else {}

    assert {"name": "Disease", "zh": "疾病", "colour": "#d94f70"}.items() <= {
        key: value for look in values["looks"] if look["name"] == "Disease" for key, value in look.items()
    }.items()
    assert "诊治" in {relation["zh"] for relation in values["relations"]}
    assert "诊治" in run("export", "csv", "-", "-o", out).stdout
    assert "疾病 Disease" in run("stats", "-o", out).stdout


def test_the_example_changes_the_documentation(mine: Path, tmp_path: Path) -> None:
    (page,) = handbook.write(tmp_path / "mine.html", mine)
    text = page.read_text(encoding="utf-8")

    for said in ('id="Hospital"', 'id="treats"', "所诊治的疾病。", "诊疗基地", "互联网医院"):
        assert said in text


def test_the_example_has_no_mistake(mine: Path) -> None:
    assert run("ontology", "check", mine).stdout.endswith("错误 errors 0 · 建议 advice 0\n")


def test_a_file_that_imports_the_shipped_ontology_adds_to_it(page: Path, tmp_path: Path) -> None:
    prefixes = "\n".join(re.findall(r"(?m)^@prefix .*$", shipped().read_text(encoding="utf-8")))
    header = "<https://example.org/mine> a owl:Ontology ; owl:imports <https://w3id.org/zonekg/ontology> ."
    path = tmp_path / "adds.ttl"
    path.write_text(f"{prefixes}\n{header}\n{BLOCKS}", encoding="utf-8")
    build([page], tmp_path / "out", ontology=path)

    assert set(load_schema(path).classes) == {*shipped_schema().classes, "Hospital", "Disease"}
    assert run("ontology", "check", path).exit_code == 0
    assert pairs(tmp_path / "out", "treats") == TREATS


# Another world


def test_the_hospitals_are_read_from_turtle_alone_as_well_as_before() -> None:
    found = assess([HOSPITALS / "articles"], HOSPITALS / "gold", ontology=HOSPITALS / "hospitals.ttl")

    assert found.failures == []
    assert found.report.articles == 4
    assert found.report.scores["entities all"].f1 >= 0.95
    assert found.report.scores["relations all"].f1 >= 0.70
    assert found.report.scores["observations"].f1 == 1


def test_the_graph_of_the_hospitals_conforms_and_every_edge_keeps_domain_and_range(tmp_path: Path) -> None:
    ontology = HOSPITALS / "hospitals.ttl"
    build([HOSPITALS / "articles"], tmp_path / "out", ontology=ontology)
    schema = load_schema(ontology)
    edges = open_build(tmp_path / "out").query(
        """SELECT ?a ?p ?b { ?s ?p ?o . ?s a ?a ; <http://www.w3.org/2004/02/skos/core#prefLabel> ?n .
           ?o a ?b ; <http://www.w3.org/2004/02/skos/core#prefLabel> ?m }"""
    )
    names = [tuple(term.value.rpartition("#")[2] for term in row) for row in edges]  # type: ignore[union-attr]

    assert len(names) >= 12
    assert all(schema.allows(*ends) for ends in names)
    assert run("validate", "-o", tmp_path / "out", "--sources", HOSPITALS / "articles").exit_code == 0


@pytest.mark.parametrize(
    "rule", ["preposition:为…实施手术", "noun:附属医院", "noun:主管单位", "verb:收治", "post"]
)
def test_each_construction_of_the_hospitals_reads_a_fact(rule: str, tmp_path: Path) -> None:
    build([HOSPITALS / "articles"], tmp_path / "out", ontology=HOSPITALS / "hospitals.ttl")

    assert f'"{rule}"' in (tmp_path / "out" / "evidence.ttl").read_text(encoding="utf-8")


def test_a_stop_word_is_no_name_and_what_is_denied_no_fact(tmp_path: Path) -> None:
    build([HOSPITALS / "articles"], tmp_path / "out", ontology=HOSPITALS / "hospitals.ttl")
    graph = (tmp_path / "out" / "graph.ttl").read_text(encoding="utf-8")

    assert "id:互联网医院" not in graph
    assert ("清溪卫生院", "肺癌") not in pairs(tmp_path / "out", "treats")


def test_processes_read_alike_by_an_ontology_of_ones_own(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("kg.parallel.PAYS_FROM", 1)
    for workers in (1, 2):
        build([HOSPITALS / "articles"], tmp_path / str(workers), workers=workers,
              ontology=HOSPITALS / "hospitals.ttl")  # fmt: skip

    for name in ("graph.ttl", "evidence.ttl", "graph.html", "kg.json", "ontology.ttl"):
        assert (tmp_path / "1" / name).read_bytes() == (tmp_path / "2" / name).read_bytes()


def test_a_build_goes_back_to_the_shipped_ontology(page: Path, mine: Path, tmp_path: Path) -> None:
    build([page], tmp_path / "out", ontology=mine)
    build([page], tmp_path / "out")

    assert not (tmp_path / "out" / "ontology.ttl").exists()
    assert pairs(tmp_path / "out", "treats") == set()
    assert json.loads((tmp_path / "out" / "kg.json").read_text(encoding="utf-8"))["models"] != {}


def test_a_build_refuses_an_ontology_with_mistakes_and_names_all(page: Path, tmp_path: Path) -> None:
    path = tmp_path / "wrong.ttl"
    text = (HOSPITALS / "hospitals.ttl").read_text(encoding="utf-8")
    text = text.replace("rdfs:range :Disease", "rdfs:range :Desease").replace("lex:stopWord", "lex:stopwrd")
    path.write_text(text, encoding="utf-8")

    with pytest.raises(OntologyError) as error:
        build([page], tmp_path / "out", ontology=path)

    assert "did you mean 'Disease'?" in str(error.value)
    assert "did you mean 'stopWord'?" in str(error.value)
    assert not (tmp_path / "out").exists()


SMALLEST = """
@prefix : <https://w3id.org/zonekg/ontology#> .
@prefix lex: <https://w3id.org/zonekg/lexicon#> .
@prefix owl: <http://www.w3.org/2002/07/owl#> .
@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .
:Thing a owl:Class .
:Body a owl:Class ; rdfs:subClassOf :Thing ; lex:ending "实验室"@zh, "公司"@zh, "大学"@zh, "高新区"@zh .
:joins a owl:ObjectProperty ; rdfs:domain :Body ; rdfs:range :Body ; lex:core true ;
    lex:verb "成立"@zh, "共建"@zh .
"""


def test_the_smallest_ontology_reads_the_seeds_without_the_classes_that_rules_know(tmp_path: Path) -> None:
    path = tmp_path / "smallest.ttl"
    path.write_text(SMALLEST, encoding="utf-8")
    report = build([ROOT / "seeds" / "pages"], tmp_path / "out", ontology=path)

    assert report.failures == []
    assert set(report.counts["entities"]) == {"Body"}
    assert set(report.counts["facts"]) <= {"joins"}
