"""The door: what breaks the ontology stays outside with its evidence and a reason, whatever the order."""

from __future__ import annotations

import itertools
import json
from pathlib import Path

import pytest
from click.testing import CliRunner
from conftest import make_knowledge
from hypothesis import given
from hypothesis import strategies as st

from kg import recall
from kg import store as kg_store
from kg.cli import main
from kg.model import Entity, Evidence, Fact, Knowledge, Refusal
from kg.pipeline import build
from kg.quarantine import Door
from kg.schema import Schema, load_schema
from kg.store import GRAPH
from kg.trust import trusted
from kg.validate import validate

ROOT = Path(__file__).parent.parent
ARTICLES = ROOT.parent / "shared" / "articles"
PROOF = (Evidence("页.txt#1", 0, 5, "合肥高新区", "model"),)
CLASSES = {
    "合肥高新区": "HighTechZone",
    "中国声谷": "Park",
    "软景社区": "Place",
    "党工委": "PartyWorkingCommittee",
    "党委": "PartyCommittee",
    "衡枢量子": "Enterprise",
    "何知远": "Person",
    "量子信息产业链": "IndustryChain",
}
ENTITIES = {key: Entity(key, cls, key) for key, cls in CLASSES.items()}


def claim(subject: str, relation: str, object: str, trust: float = 0.9) -> Fact:
    return Fact(subject, relation, object, trust, PROOF)


def admit(*claims: Fact) -> tuple[list[tuple[str, str, str]], list[Refusal]]:
    door = Door(ENTITIES, load_schema())
    facts = door.admit(claims)
    return [(f.subject, f.relation, f.object) for f in facts], list(door.refused())


BREACHES = {
    "domain": (
        claim("合肥高新区", "holdsPosition", "党委"),
        "subject of 任职 holdsPosition is one of Person",
    ),
    "range": (claim("何知远", "holdsPosition", "量子信息产业链"), "Organization, Zone, but 量子信息产业链"),
    "reflexivity": (claim("衡枢量子", "cooperatesWith", "衡枢量子"), "are one thing"),
    "cardinality": (claim("党工委", "partyOrganizationOf", "中国声谷", 0.5), "合肥高新区 is surer"),
    "asymmetry": (claim("党委", "leads", "党工委", 0.5), "one way only"),
    "circle": (claim("软景社区", "locatedIn", "中国声谷", 0.5), "lead back to where it began"),
}
GOOD = (
    claim("党工委", "partyOrganizationOf", "合肥高新区"),
    claim("党工委", "leads", "党委"),
    claim("中国声谷", "locatedIn", "合肥高新区"),
    claim("合肥高新区", "locatedIn", "软景社区"),
)


@pytest.mark.parametrize("reason", BREACHES)
def test_a_claim_that_breaks_a_law_stays_outside_with_evidence_and_reason(reason: str) -> None:
    bad, words = BREACHES[reason]

    facts, (refusal,) = admit(*GOOD, bad)

    assert facts == sorted((f.subject, f.relation, f.object) for f in GOOD)
    assert (refusal.reason, refusal.claim) == (reason, bad)
    assert words in refusal.message_en
    assert not refusal.message_zh.isascii()


@pytest.mark.parametrize("reason", ["cardinality", "asymmetry", "circle"])
def test_a_contradiction_names_the_surer_fact(reason: str) -> None:
    bad, _ = BREACHES[reason]

    facts, (refusal,) = admit(*GOOD, bad)

    assert refusal.against in facts


def test_the_surer_of_two_claims_enters_whatever_the_order() -> None:
    bad = [claim("软景社区", "locatedIn", "中国声谷", 0.95), claim("党委", "leads", "党工委", 0.95)]
    results = {str(admit(*order)) for order in itertools.permutations([*GOOD, *bad])}

    assert len(results) == 1
    _, refused = admit(*GOOD, *bad)
    assert {r.reason for r in refused} == {"circle", "asymmetry"}
    assert {r.claim.confidence for r in refused} == {0.9}


ANY = st.lists(
    st.builds(
        claim,
        st.sampled_from(sorted(CLASSES)),
        st.sampled_from(sorted(load_schema().relations)),
        st.sampled_from(sorted(CLASSES)),
        st.sampled_from((0.3, 0.6, 0.9)),
    ),
    unique_by=lambda f: (f.subject, f.relation, f.object),
    max_size=25,
)


@given(ANY)
def test_every_claim_enters_or_is_refused_and_what_enters_conforms(claims: list[Fact]) -> None:
    schema = load_schema()
    facts, refused = admit(*claims)

    assert len(facts) + len(refused) == len(claims)
    assert all(schema.allows(CLASSES[s], r, CLASSES[o]) for s, r, o in facts)
    assert not any((o, r, s) in facts for s, r, o in facts if r in schema.axioms.asymmetric)
    assert admit(*[c for c in claims if (c.subject, c.relation, c.object) in facts])[1] == []


def test_a_claim_of_an_article_that_takes_a_thing_for_what_it_is_not_stays_outside(schema: Schema) -> None:
    door = Door(ENTITIES, schema)

    assert door.disjoint("党委", "PartyBranch")
    assert not door.disjoint("党委", "PartyOrganization")
    assert not door.disjoint("合肥高新区", "ScienceCity")
    door.refuse_misread([claim("党委", "leads", "衡枢量子")])
    (refusal,) = door.refused()
    assert refusal.reason == "disjointness"


def test_a_refused_claim_is_in_no_graph_of_facts_and_is_recalled_as_it_was(
    knowledge: Knowledge, schema: Schema
) -> None:
    store = kg_store.create(knowledge, schema)
    (refusal,) = knowledge.refused

    assert recall.refusals(store) == knowledge.refused
    ends = {refusal.claim.subject, refusal.claim.object}
    assert not any({f.subject, f.object} == ends for f in recall.facts(store))


def test_a_refused_claim_less_sure_than_a_fact_must_be_is_not_kept(knowledge: Knowledge) -> None:
    assert trusted(knowledge, 0.5).refused
    assert trusted(knowledge, 0.51).refused == ()


def test_the_command_lists_what_was_refused_in_words_and_in_json(built: Path) -> None:
    words = CliRunner().invoke(main, ["quarantine", "-o", str(built)])
    data = CliRunner().invoke(main, ["quarantine", "-o", str(built), "--format", "json"])

    assert words.exit_code == data.exit_code == 0
    assert (
        "✗ cardinality  合肥高新区党工委 — 是其党组织 partyOrganizationOf → 浦口高新区  (0.5)" in words.stdout
    )
    assert "由合肥高新区党工委统筹" in words.stdout
    (item,) = json.loads(data.stdout)
    assert item["against"] == ["合肥高新区党工委", "partyOrganizationOf", "合肥高新区"]
    assert item["claim"]["evidence"][0]["exact"] == make_knowledge().refused[0].claim.evidence[0].exact


@pytest.mark.parametrize("pages", [ROOT / "seeds" / "pages", ARTICLES], ids=["demo", "articles"])
def test_every_edge_of_a_build_is_valid_and_the_graph_conforms(
    pages: Path, tmp_path: Path, schema: Schema
) -> None:
    if not pages.is_dir():
        pytest.skip("annotated development pages do not lie beside the project")
    build([pages], tmp_path / "out")
    store = kg_store.open_build(tmp_path / "out")
    classes = {entity.key: entity.cls for entity in recall.entities(store)}
    facts = recall.facts(store)

    assert facts
    assert [f for f in facts if not schema.allows(classes[f.subject], f.relation, classes[f.object])] == []
    assert validate(store, pages).violations == ()
    said = {(r.claim.subject, r.claim.relation, r.claim.object) for r in recall.refusals(store)}
    assert said.isdisjoint({(f.subject, f.relation, f.object) for f in facts})
    assert len(list(kg_store.triples(store, GRAPH))) > len(facts)
