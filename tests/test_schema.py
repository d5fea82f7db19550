"""The ontology as the pipeline reads it: terms, words, checks, and a word added that changes a reading."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from newsroom import RULES_ALONE, read

from kg.errors import OntologyError
from kg.extract.models import Models
from kg.resources import ontology_dir
from kg.schema import TOP, Schema, load_schema

CORE_CLASSES = {
    "Zone", "PartyOrganization", "GovernmentBody", "Enterprise", "ResearchInstitution", "University",
    "IndustryChain", "Project", "Person", "Place",
}  # fmt: skip
EXTENDED_CLASSES = {"SocialOrganization", "Industry", "Facility", "Program", "Event", "Achievement"}
CORE_RELATIONS = {
    "locatedIn", "partOf", "partyOrganizationOf", "establishes", "leads", "developsIndustry",
    "holdsPosition", "cooperatesWith", "undertakes",
}  # fmt: skip
EXTENDED_RELATIONS = {"produces", "implements", "organizes", "participatesIn"}
TURTLE = (ontology_dir() / "zonekg.ttl").read_text(encoding="utf-8")
SMALL = """
@prefix : <https://w3id.org/zonekg/ontology#> .
@prefix lex: <https://w3id.org/zonekg/lexicon#> .
@prefix owl: <http://www.w3.org/2002/07/owl#> .
@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .
<https://w3id.org/zonekg/ontology> a owl:Ontology ; owl:versionInfo "7" .
:Thing a owl:Class ; rdfs:label "entity"@en, "实体"@zh .
:Organization a owl:Class ; rdfs:subClassOf :Thing .
:Harbour a owl:Class ; rdfs:subClassOf :Organization ; rdfs:label "harbour"@en, "港口"@zh ;
    lex:ending "港"@zh, "码头"@zh ; lex:classWord "号"@zh ; lex:core true ; lex:colour "#123456" .
:FreeHarbour a owl:Class ; rdfs:subClassOf :Harbour .
:serves a owl:ObjectProperty ; rdfs:label "serves"@en, "服务"@zh ; rdfs:domain :Harbour ;
    rdfs:range [ a owl:Class ; owl:unionOf ( :Harbour :Thing ) ] ; owl:inverseOf :servedBy ;
    lex:verb "服务"@zh ; lex:inverseVerb "依托"@zh ; lex:passive "通航"@zh ;
    lex:title "港长"@zh ; lex:core false .
:servedBy a owl:ObjectProperty .
"""


@pytest.fixture
def ontology(tmp_path: Path) -> Path:
    return tmp_path / "zonekg.ttl"


def load(path: Path, turtle: str) -> Schema:
    path.write_text(turtle, encoding="utf-8")
    return load_schema(path)


def with_word(path: Path, term: str, kind: str, word: str) -> Schema:
    """The schema of a copy of the shipped ontology in which a term has one more word."""
    assert f'"{word}"' not in TURTLE
    turtle, count = re.subn(rf"(?m)^:{term} a [^;]+;", rf'\g<0> lex:{kind} "{word}"@zh ;', TURTLE)
    assert count == 1
    return load(path, turtle)


# What is read


def test_the_classes_of_the_annotation_are_there_and_core_as_it_says(schema: Schema) -> None:
    bases = {name for name in schema.classes if schema.base(name) == name} - {TOP, "Organization"}

    assert bases == CORE_CLASSES | EXTENDED_CLASSES
    assert {name for name in bases if schema.classes[name].core} == CORE_CLASSES


def test_the_thirteen_relations_of_the_annotation_are_there_and_core_as_it_says(schema: Schema) -> None:
    assert {name for name, info in schema.relations.items() if info.core} == CORE_RELATIONS
    assert {name for name, info in schema.relations.items() if not info.core} == EXTENDED_RELATIONS


def test_every_class_leads_up_to_thing_and_has_labels_and_a_colour(schema: Schema) -> None:
    for name, info in schema.classes.items():
        assert TOP in schema.ancestors(name)
        assert info.label_zh != name
        assert re.search(r"[\u4e00-\u9fff]", info.label_zh)
        assert info.label_en.isascii()
        assert re.fullmatch(r"#[0-9a-f]{6}", info.colour)


def test_every_relation_has_labels_and_words_that_state_it(schema: Schema) -> None:
    for info in schema.relations.values():
        assert re.search(r"[\u4e00-\u9fff]", info.label_zh)
        assert info.domain
        assert info.range
        assert info.domain | info.range <= set(schema.classes)
    assert "落户" in schema.relations["locatedIn"].verbs
    assert "引进" in schema.relations["locatedIn"].inverse_verbs
    assert "成立" in schema.relations["establishes"].passives
    assert "链长" in schema.relations["leads"].titles


def test_only_cooperation_is_symmetric(schema: Schema) -> None:
    assert {name for name, info in schema.relations.items() if info.symmetric} == {"cooperatesWith"}


def test_a_subclass_counts_as_its_superclass(schema: Schema) -> None:
    assert schema.is_a("Laboratory", "ResearchInstitution")
    assert schema.is_a("JointPartyCommittee", "PartyOrganization")
    assert schema.is_a("ScienceCity", "Zone")
    assert not schema.is_a("Zone", "Place")
    assert not schema.is_a("ResearchInstitution", "Laboratory")


@pytest.mark.parametrize(
    ("cls", "base"),
    [("Laboratory", "ResearchInstitution"), ("PartyBranch", "PartyOrganization"), ("HighTechZone", "Zone"),
     ("Enterprise", "Enterprise"), ("Person", "Person"), ("Thing", "Thing")],
)  # fmt: skip
def test_the_base_of_a_class_is_the_class_that_annotations_use(schema: Schema, cls: str, base: str) -> None:
    assert schema.base(cls) == base


def test_everything_in_a_small_ontology_is_read(ontology: Path) -> None:
    schema = load(ontology, SMALL)
    harbour, serves = schema.classes["Harbour"], schema.relations["serves"]

    assert schema.version == "7"
    assert list(schema.classes) == ["Thing", "Organization", "Harbour", "FreeHarbour"]
    assert (harbour.label_zh, harbour.label_en, harbour.parent) == ("港口", "harbour", "Organization")
    assert (harbour.endings, harbour.class_words) == (("港", "码头"), ("号",))
    assert (harbour.core, harbour.colour) == (True, "#123456")
    assert schema.base("FreeHarbour") == "Harbour"
    assert (serves.domain, serves.range) == (frozenset({"Harbour"}), frozenset({"Harbour", "Thing"}))
    assert (serves.symmetric, serves.core, serves.inverse) == (False, False, "servedBy")
    assert (serves.verbs, serves.inverse_verbs) == (("服务",), ("依托",))
    assert (serves.passives, serves.titles) == (("通航",), ("港长",))
    assert list(schema.relations) == ["serves"]


# Domain and range


@pytest.mark.parametrize(
    ("subject", "relation", "object"),
    [("Enterprise", "locatedIn", "Zone"), ("Project", "locatedIn", "Place"), ("Zone", "locatedIn", "Place"),
     ("GovernmentBody", "partOf", "Zone"), ("PartyBranch", "partOf", "JointPartyCommittee"),
     ("ChainPartyCommittee", "partyOrganizationOf", "IndustryChain"),
     ("PartyBranch", "partyOrganizationOf", "Project"),
     ("HighTechZone", "establishes", "ChainPartyCommittee"), ("Person", "establishes", "Enterprise"),
     ("Person", "leads", "IndustryChain"), ("University", "developsIndustry", "Industry"),
     ("Person", "holdsPosition", "Zone"), ("Place", "cooperatesWith", "University"),
     ("Place", "undertakes", "Facility"), ("Person", "produces", "Achievement"),
     ("Place", "implements", "Program"),
     ("Zone", "organizes", "Event"), ("Person", "participatesIn", "Event")],
)  # fmt: skip
def test_the_ontology_allows_what_the_annotation_does(
    schema: Schema, subject: str, relation: str, object: str
) -> None:
    assert schema.allows(subject, relation, object)


@pytest.mark.parametrize(
    ("subject", "relation", "object"),
    [("Enterprise", "locatedIn", "Enterprise"), ("Enterprise", "partyOrganizationOf", "Zone"),
     ("PartyBranch", "partyOrganizationOf", "Person"), ("Enterprise", "holdsPosition", "Zone"),
     ("Person", "holdsPosition", "Place"), ("Person", "cooperatesWith", "Zone"),
     ("Zone", "undertakes", "Program"),
     ("Place", "produces", "Achievement"), ("Zone", "implements", "Project"), ("Event", "organizes", "Event"),
     ("Place", "leads", "Zone"), ("Zone", "establishes", "Person"), ("Zone", "developsIndustry", "Zone")],
)  # fmt: skip
def test_the_ontology_forbids_what_the_annotation_does_not_know(
    schema: Schema, subject: str, relation: str, object: str
) -> None:
    assert not schema.allows(subject, relation, object)


# Mistakes


@pytest.mark.parametrize("wrong", ["rdfs:subClassOf :Organisation ", "rdfs:subClassOf :Orgnization "])
def test_a_parent_that_is_not_declared_is_named_with_the_file_and_what_was_meant(
    ontology: Path, wrong: str
) -> None:
    with pytest.raises(OntologyError) as error:
        load(ontology, SMALL.replace("rdfs:subClassOf :Organization ", wrong))

    said = str(error.value)
    assert str(ontology) in said
    assert f"'{wrong.split(':')[-1].strip()}'" in said
    assert "did you mean 'Organization'?" in said


@pytest.mark.parametrize("place", ["rdfs:domain :Harbour", "owl:unionOf ( :Harbour"])
def test_a_class_in_a_domain_or_range_that_is_not_declared_is_named(ontology: Path, place: str) -> None:
    with pytest.raises(OntologyError) as error:
        load(ontology, SMALL.replace(place, place.replace("Harbour", "Harbor")))

    assert str(ontology) in str(error.value)
    assert "'Harbor'" in str(error.value)
    assert "did you mean 'Harbour'?" in str(error.value)


def test_a_name_like_nothing_declared_gets_no_guess(ontology: Path) -> None:
    with pytest.raises(OntologyError) as error:
        load(ontology, SMALL.replace("rdfs:domain :Harbour", "rdfs:domain :Qqq"))

    assert "'Qqq'" in str(error.value)
    assert "did you mean" not in str(error.value)


def test_broken_turtle_names_the_file_and_the_line(ontology: Path) -> None:
    with pytest.raises(OntologyError) as error:
        load(ontology, SMALL.replace(":servedBy a owl:ObjectProperty .", ":servedBy a"))

    assert str(ontology) in str(error.value)
    assert re.search(r"line \d+", str(error.value))


def test_a_missing_ontology_names_the_file(ontology: Path) -> None:
    with pytest.raises(OntologyError, match=re.escape(str(ontology))):
        load_schema(ontology)


# A word added to a copy of the file changes what is read


def test_a_verb_added_to_the_ontology_states_its_relation(ontology: Path, schema: Schema) -> None:
    text = "四川星河光电有限公司揽下云桥生物项目。"
    claim = ("四川星河光电有限公司", "undertakes", "云桥生物项目")
    changed = with_word(ontology, "undertakes", "verb", "揽下")

    assert read(text, schema).claims() == set()
    assert read(text, changed).claims() == {claim}


def test_an_added_verb_is_heard_by_the_trained_models_too(ontology: Path, schema: Schema) -> None:
    text = "四川星河光电有限公司揽下云桥生物项目。"
    changed = read(text, with_word(ontology, "undertakes", "verb", "揽下"), models=None)

    assert changed.record != read(text, schema, models=None).record
    assert ("四川星河光电有限公司", "undertakes", "云桥生物项目") in changed.claims()
    assert any("揽下" in claim.rule for claim in changed.record.claims)


def test_a_name_ending_added_to_the_ontology_makes_names_of_its_class(ontology: Path, schema: Schema) -> None:
    text = "景德镇高新区建成云麓试飞坪。"
    changed = with_word(ontology, "Facility", "ending", "试飞坪")

    assert read(text, schema).names("Facility") == set()
    told = read(text, changed)
    assert told.names("Facility") == {"云麓试飞坪"}
    assert ("景德镇高新区", "undertakes", "云麓试飞坪") in told.claims()


@pytest.mark.parametrize("models", [RULES_ALONE, None], ids=["rules alone", "trained models"])
def test_a_name_ending_added_to_a_subclass_gives_the_subclass(
    ontology: Path, schema: Schema, models: Models | None
) -> None:
    text = "云麓智研社位于合肥高新区。"
    changed = with_word(ontology, "Laboratory", "ending", "智研社")

    assert read(text, schema, models=models).names("Laboratory") == set()
    assert read(text, changed, models=models).names("Laboratory") == {"云麓智研社"}


def test_a_class_word_added_to_the_ontology_makes_a_quoted_name(ontology: Path, schema: Schema) -> None:
    text = "合肥高新区实施“链上三问”打法。"
    changed = with_word(ontology, "Program", "classWord", "打法")

    assert read(text, schema).names("Program") == set()
    told = read(text, changed)
    assert set(told.thing("链上三问").names) == {"链上三问打法", "链上三问"}
    assert ("合肥高新区", "implements", "链上三问打法") in told.claims()


def test_an_inverse_verb_added_to_the_ontology_states_its_relation_the_other_way(
    ontology: Path, schema: Schema
) -> None:
    text = "乐山高新区喜迎四川星河光电有限公司。"
    claim = ("四川星河光电有限公司", "locatedIn", "乐山高新区")
    changed = with_word(ontology, "locatedIn", "inverseVerb", "喜迎")

    assert claim not in read(text, schema).claims()
    assert claim in read(text, changed).claims()


def test_a_verb_without_object_added_to_the_ontology_makes_the_zone_of_the_report_act(
    ontology: Path, schema: Schema
) -> None:
    text = "航空产业链党委挂出门牌。"
    claim = ("景德镇高新区", "establishes", "航空产业链党委")
    changed = with_word(ontology, "establishes", "passive", "挂出门牌")

    assert claim not in read(text, schema, headline="景德镇高新区新闻").claims()
    assert claim in read(text, changed, headline="景德镇高新区新闻").claims()


@pytest.mark.parametrize(
    ("cls", "name", "refined"),
    [
        ("Zone", "合肥高新区", "HighTechZone"),
        ("Zone", "西部（重庆）科学城", "ScienceCity"),
        ("ResearchInstitution", "金凤实验室", "Laboratory"),
        ("PartyOrganization", "航空产业链党委", "ChainPartyCommittee"),
        ("PartyOrganization", "建设局党支部", "PartyBranch"),
        ("Zone", "昝岗片区", "Zone"),
        ("Person", "方嘉禾", "Person"),
    ],
)
def test_a_names_ending_tells_its_subclass(cls: str, name: str, refined: str) -> None:
    assert load_schema().refine(cls, [name]) == refined
