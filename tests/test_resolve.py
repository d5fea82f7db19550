"""From many articles to one graph: order never matters, one node a thing, namesakes kept apart."""

from __future__ import annotations

from collections import Counter
from decimal import Decimal
from itertools import permutations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from newsroom import RULES_ALONE, write

from kg.extract import extract
from kg.model import Article, Claim, Entity, Figure, Knowledge, Mention, Record, Referent
from kg.resolve import normal, resolve
from kg.schema import Schema

PAGES = (
    ("合肥高新区成立量子信息产业链党委",
     "近日，合肥高新区成立量子信息产业链党委，由合肥高新区党工委牵头。"
     "合肥高新区党工委书记王伟表示，要抓好项目建设。合肥高新区有高新技术企业702家。"),
    ("合肥高新区校企对接",
     "合肥国家高新区举办春季校企对接会，中国科学技术大学参加。合肥高新区党工委书记王伟出席。"
     "合肥衡枢量子科技有限公司（以下简称“衡枢量子”）落户合肥高新区。"),
    ("乐山高新区引进新企业",
     "乐山高新区引进四川星河光电有限公司，该公司总经理刘建明介绍，企业与四川大学合作。"
     "乐山高新区党工委书记王伟表示，要优化服务。"),
    ("链上党建聚合力",
     "党工委牵头组建航空产业链党委，景德镇高新区实施“链长+专员”机制。"
     "景德镇高新区总投资额150.5亿元。"),
    ("四川星河光电有限公司扩产",
     "四川星河光电有限公司投资建设星河光电产业园项目，位于四川省乐山市。"
     "总经理刘建明说，企业今年扩产。"),
)  # fmt: skip


def said(
    article: Article,
    *things: tuple[str, str | tuple[str, ...]],
    claims: tuple[tuple[int, str, int], ...] = (),
    figures: tuple[tuple[int, str], ...] = (),
    anchor: int | None = None,
    trust: float = 0.8,
    title: str | None = None,
) -> Record:
    """A record made by hand: things as (class, names), each mentioned where its first name stands."""
    referents = tuple(Referent(c, (n,) if isinstance(n, str) else n) for c, n in things)
    mentions = []
    for i, referent in enumerate(referents):
        for name in referent.names:
            start = article.text.find(name)
            if start >= 0:
                mentions.append(Mention(referent.cls, name, start, start + len(name), "test", i))
    end = len(article.text)
    return Record(
        article,
        referents,
        tuple(mentions),
        tuple(Claim(s, r, o, 0, end, "test", trust, title) for s, r, o in claims),
        tuple(Figure(s, "高新技术企业", Decimal(v), "家", 0, end, "test", trust) for s, v in figures),
        anchor,
    )


@pytest.fixture(scope="module")
def records() -> tuple[Record, ...]:
    """What the rules read in five articles on three pages."""
    return tuple(
        extract(write(text, headline, source=f"{number // 2}.txt", order=number % 2 + 1), models=RULES_ALONE)
        for number, (headline, text) in enumerate(PAGES)
    )


def labels(knowledge: Knowledge, cls: str) -> list[tuple[str, ...]]:
    return sorted(e.names for e in knowledge.entities if e.cls == cls)


def at(key: str, knowledge: Knowledge) -> Entity:
    (found,) = (e for e in knowledge.entities if e.key == key)
    return found


# Order, and what is taken away


def test_any_order_of_articles_gives_the_same_graph(records: tuple[Record, ...]) -> None:
    expected = resolve(records)

    assert all(resolve(order) == expected for order in permutations(records))


NAMES = (
    "党工委",
    "王伟",
    "高新区",
    "合肥高新区",
    "乐山高新区",
    "合肥国家高新区",
    "云际实验室",
    "云际",
    "四川大学",
)
CLASSES = ("Person", "Zone", "PartyWorkingCommittee", "PartyOrganization", "Enterprise", "Laboratory")
loose = st.tuples(
    st.sampled_from(CLASSES), st.lists(st.sampled_from(NAMES), min_size=1, max_size=2, unique=True)
)
loose_pages = st.lists(
    st.tuples(st.lists(loose, min_size=1, max_size=4), st.booleans(), st.booleans()), min_size=1, max_size=4
)


def loose_record(number: int, things: list[tuple[str, list[str]]], anchored: bool, claimed: bool) -> Record:
    zones = [i for i, (cls, _) in enumerate(things) if cls == "Zone"]
    pairs = [(i, "cooperatesWith", j) for i in range(len(things)) for j in range(len(things)) if i != j]
    return said(
        write("，".join(NAMES) + "。", source=f"{number}.txt"),
        *((cls, tuple(names)) for cls, names in things),
        claims=tuple(pairs) if claimed else (),
        anchor=zones[0] if zones and anchored else None,
    )


@settings(deadline=None, derandomize=True, max_examples=150)
@given(loose_pages, st.randoms(use_true_random=False))
def test_any_order_of_any_records_gives_the_same_graph_with_unique_keys(pages, random) -> None:  # type: ignore[no-untyped-def]
    made = [loose_record(number, *page) for number, page in enumerate(pages)]
    expected = resolve(made)
    random.shuffle(made)

    assert resolve(made) == expected
    keys = [e.key for e in expected.entities]
    assert keys == sorted(set(keys))
    assert all(f.subject in keys and f.object in keys and f.subject != f.object for f in expected.facts)


def test_taking_an_article_away_gives_the_graph_that_would_have_been_built_without_it(
    records: tuple[Record, ...],
) -> None:
    texts = list(enumerate(PAGES))
    for gone in range(len(records)):
        fresh = [
            extract(write(text, headline, source=f"{n // 2}.txt", order=n % 2 + 1), models=RULES_ALONE)
            for n, (headline, text) in texts
            if n != gone
        ]
        assert resolve(r for i, r in enumerate(records) if i != gone) == resolve(fresh)


def test_no_article_gives_an_empty_graph() -> None:
    assert resolve([]) == Knowledge((), (), (), (), ())


def test_everything_is_in_its_canonical_order(records: tuple[Record, ...]) -> None:
    knowledge = resolve(records)

    assert [(a.document.source, a.order) for a in knowledge.articles] == sorted(
        (a.document.source, a.order) for a in knowledge.articles
    )
    assert [e.key for e in knowledge.entities] == sorted(e.key for e in knowledge.entities)
    facts = [(f.subject, f.relation, f.object) for f in knowledge.facts]
    assert facts == sorted(set(facts))
    for one in (*knowledge.facts, *knowledge.observations):
        assert list(one.evidence) == sorted(set(one.evidence))


# What holds of every graph


def test_keys_are_unique_and_every_fact_stands_between_entities(records: tuple[Record, ...]) -> None:
    knowledge = resolve(records)
    keys = Counter(e.key for e in knowledge.entities)

    assert set(keys.values()) == {1}
    assert {f.subject for f in knowledge.facts} | {f.object for f in knowledge.facts} <= set(keys)
    assert {o.subject for o in knowledge.observations} <= set(keys)
    assert {n.entity for n in knowledge.namings} == set(keys)


def test_a_label_is_no_alias_and_no_alias_stands_twice(records: tuple[Record, ...]) -> None:
    for entity in resolve(records).entities:
        forms = [normal(name) for name in entity.names]
        assert len(set(forms)) == len(forms)
        assert all(forms)


def test_confidence_lies_between_nought_and_one(records: tuple[Record, ...]) -> None:
    knowledge = resolve(records)

    assert all(0 < one.confidence <= 1 for one in (*knowledge.facts, *knowledge.observations))


def test_every_evidence_is_the_text_at_its_place(records: tuple[Record, ...]) -> None:
    knowledge = resolve(records)
    sources = {a.id: a.document.text for a in knowledge.articles}
    evidence = [e for one in (*knowledge.facts, *knowledge.observations) for e in one.evidence]
    for one in (*evidence, *(n.evidence for n in knowledge.namings)):
        assert sources[one.article][one.start : one.end] == one.exact


def test_facts_keep_to_the_ontology(records: tuple[Record, ...], schema: Schema) -> None:
    knowledge = resolve(records)
    classes = {e.key: e.cls for e in knowledge.entities}

    assert all(schema.allows(classes[f.subject], f.relation, classes[f.object]) for f in knowledge.facts)


# One thing, several names


def test_full_and_short_names_of_one_company_in_two_articles_are_one_entity() -> None:
    first = said(
        write("合肥衡枢量子科技有限公司（以下简称“衡枢量子”）投产。", source="1.txt"),
        ("Enterprise", ("合肥衡枢量子科技有限公司", "衡枢量子")),
    )
    second = said(write("衡枢量子扩产。", source="2.txt"), ("Enterprise", "衡枢量子"))
    knowledge = resolve([first, second])

    assert [e.names for e in knowledge.entities] == [("合肥衡枢量子科技有限公司", "衡枢量子")]
    assert [n.evidence.article for n in knowledge.namings].count("2.txt#1") == 1


def test_known_names_of_one_zone_are_one_entity_under_its_full_name() -> None:
    first = said(write("合肥国家高新区招商。", source="1.txt"), ("Zone", "合肥国家高新区"))
    second = said(write("合肥高新区招商。", source="2.txt"), ("HighTechZone", "合肥高新区"))

    (zone,) = resolve([first, second]).entities
    assert zone == Entity("合肥高新区", "HighTechZone", "合肥高新区", ("合肥国家高新区",))


def test_a_place_is_one_by_its_short_and_its_full_name() -> None:
    first = said(write("重庆市招商。", source="1.txt"), ("Place", "重庆市"))
    second = said(write("重庆招商。", source="2.txt"), ("Place", "重庆"))

    assert [e.names for e in resolve([first, second]).entities] == [("重庆市", "重庆")]


def test_names_with_and_without_quotation_marks_or_full_width_brackets_are_one() -> None:
    first = said(write("西部（重庆）科学城招商。", source="1.txt"), ("ScienceCity", "西部（重庆）科学城"))
    second = said(write("西部(重庆)科学城招商。", source="2.txt"), ("Zone", "西部(重庆)科学城"))

    (zone,) = resolve([first, second]).entities
    assert zone.cls == "ScienceCity"


def test_the_most_specific_class_wins(records: tuple[Record, ...]) -> None:
    vague = said(
        write("云际量子实验室揭牌。", source="1.txt"), ("ResearchInstitution", "四川大学云际量子实验室")
    )
    exact = said(write("云际量子实验室揭牌。", source="2.txt"), ("Laboratory", "四川大学云际量子实验室"))

    assert [e.cls for e in resolve([vague, exact]).entities] == ["Laboratory"]


# Namesakes


def about(zone: str, source: str, cls: str, name: str) -> Record:
    return said(write(f"{zone}{name}。", source=source), ("Zone", zone), (cls, name), anchor=0)


@pytest.mark.parametrize(
    ("cls", "name"),
    [
        ("Person", "王伟"),
        ("PartyWorkingCommittee", "党工委"),
        ("Program", "“五联”活动"),
        ("GovernmentBody", "管委会"),
    ],
)
def test_one_name_in_the_reports_of_two_zones_is_two_things(cls: str, name: str) -> None:
    knowledge = resolve([about("合肥高新区", "1.txt", cls, name), about("乐山高新区", "2.txt", cls, name)])
    found = [e for e in knowledge.entities if e.cls == cls]

    assert [e.label for e in found] == [name, name]
    assert len({e.key for e in found}) == 2
    assert {e.key for e in found} == {f"{name}（合肥高新区）", f"{name}（乐山高新区）"}


@pytest.mark.parametrize(("cls", "name"), [("Person", "王伟"), ("PartyWorkingCommittee", "党工委")])
def test_one_name_in_two_reports_of_one_zone_is_one_thing(cls: str, name: str) -> None:
    knowledge = resolve(
        [about("合肥高新区", "1.txt", cls, name), about("合肥国家高新区", "2.txt", cls, name)]
    )

    assert [e.key for e in knowledge.entities if e.cls == cls] == [name]


def firm(zone: str, order: int, *names: str) -> Record:
    """An article about a zone that names a firm."""
    text = f"{zone}：{'，'.join(names)}。"
    return said(write(text, order=order), ("HighTechZone", zone), ("Enterprise", names), anchor=0)


def test_two_firms_of_one_short_name_are_two_and_each_zone_means_its_own() -> None:
    knowledge = resolve(
        [
            firm("乐山高新区", 1, "四川星河光电有限公司", "星河光电"),
            firm("无锡高新区", 2, "江苏星河光电股份有限公司", "星河光电"),
            firm("乐山高新区", 3, "星河光电"),
            firm("绵阳高新区", 4, "星河光电"),
        ]
    )
    (known,) = (e for e in knowledge.entities if e.label == "四川星河光电有限公司")

    assert labels(knowledge, "Enterprise") == [
        ("四川星河光电有限公司", "星河光电"),
        ("星河光电",),
        ("江苏星河光电股份有限公司", "星河光电"),
    ]
    assert {n.evidence.article for n in knowledge.namings if n.entity == known.key} == {
        "园区报.txt#1",
        "园区报.txt#3",
    }


def test_one_firm_under_two_legal_forms_and_a_short_name_is_one() -> None:
    knowledge = resolve(
        [
            firm("乐山高新区", 1, "四川星河光电有限公司", "星河光电"),
            firm("无锡高新区", 2, "四川星河光电股份有限公司", "星河光电"),
            firm("绵阳高新区", 3, "星河光电"),
        ]
    )

    assert len([e for e in knowledge.entities if e.cls == "Enterprise"]) == 1


@pytest.mark.parametrize(
    ("cls", "one", "other", "bare"),
    [
        ("PartyCommittee", "量子信息产业链党委", "智能语音产业链党委", "链党委"),
        ("PartyCommittee", "光伏产业链联合党委", "氢能产业链联合党委", "联合党委"),
        ("Zone", "兰州新区化工园区", "南京江北新区化工园区", "化工园区"),
        ("Event", "光刻胶项目开工仪式", "氢能港项目开工仪式", "开工仪式"),
        ("Project", "晶澳光伏二期项目", "长鑫存储二期项目", "二期项目"),
    ],
)
def test_a_bare_class_word_for_two_things_makes_them_not_one(
    cls: str, one: str, other: str, bare: str
) -> None:
    zone = ("HighTechZone", "合肥高新区")
    stories = [
        said(write(f"合肥高新区：{name}。{bare}。", order=i + 1), zone, (cls, (name, bare)), anchor=0)
        for i, name in enumerate((one, other))
    ]

    assert [names[0] for names in labels(resolve(stories), cls)] == sorted((one, other))


def test_a_person_in_reports_of_no_zone_is_another_in_each() -> None:
    made = [said(write("王伟说。", source=f"{i}.txt"), ("Person", "王伟")) for i in (1, 2)]

    assert len(resolve(made).entities) == 2


def test_the_same_name_in_two_classes_is_two_things() -> None:
    made = said(write("云际量子。", source="1.txt"), ("Enterprise", "云际量子"), ("Industry", "云际量子"))
    knowledge = resolve([made])

    assert [e.label for e in knowledge.entities] == ["云际量子", "云际量子"]
    assert {e.key for e in knowledge.entities} == {"云际量子（企业）", "云际量子（产业）"}


def test_namesakes_read_from_articles_stay_apart(records: tuple[Record, ...]) -> None:
    knowledge = resolve(records)
    people = {e.key for e in knowledge.entities if e.label == "王伟"}
    posts = {(f.subject, f.object) for f in knowledge.facts if f.relation == "holdsPosition"}

    assert people == {"王伟（合肥高新区）", "王伟（乐山高新区）"}
    assert ("王伟（合肥高新区）", "合肥高新区党工委") in posts
    assert ("王伟（乐山高新区）", "乐山高新区党工委") in posts


# Facts


def pair(source: str, claim: tuple[int, str, int], trust: float = 0.8, title: str | None = None) -> Record:
    text = "四川大学与电子科技大学合作。"
    return said(
        write(text, source=source), ("University", "四川大学"), ("University", "电子科技大学"),
        claims=(claim,), trust=trust, title=title,
    )  # fmt: skip


def test_cooperation_said_in_both_orders_is_one_fact_in_canonical_order() -> None:
    knowledge = resolve([pair("1.txt", (0, "cooperatesWith", 1)), pair("2.txt", (1, "cooperatesWith", 0))])

    assert [(f.subject, f.object, len(f.evidence)) for f in knowledge.facts] == [
        ("四川大学", "电子科技大学", 2)
    ]


def test_of_two_opposite_claims_the_surer_is_a_fact_and_the_other_is_kept_outside() -> None:
    knowledge = resolve(
        [pair("1.txt", (0, "leads", 1), trust=0.6), pair("2.txt", (1, "leads", 0), trust=0.7)]
    )

    assert [(f.subject, f.object) for f in knowledge.facts] == [("电子科技大学", "四川大学")]
    (refusal,) = knowledge.refused
    assert (refusal.reason, refusal.claim.subject, refusal.claim.evidence[0].article) == (
        "asymmetry", "四川大学", "1.txt#1",
    )  # fmt: skip


def test_a_claim_that_domain_and_range_do_not_allow_is_kept_outside_with_its_sentence() -> None:
    knowledge = resolve([pair("1.txt", (0, "locatedIn", 1))])

    assert knowledge.facts == ()
    (refusal,) = knowledge.refused
    assert refusal.reason == "range"
    assert refusal.claim.evidence[0].exact in "四川大学与电子科技大学合作。"


def test_a_claim_of_an_article_that_takes_a_branch_for_a_committee_is_kept_outside() -> None:
    body = ("Enterprise", "合肥衡枢量子科技有限公司")
    text = "合肥高新区衡枢党组织领导合肥衡枢量子科技有限公司。"
    party = "合肥高新区衡枢党组织"
    records = [
        said(write(text, source=f"{number}.txt"), (cls, party), body, claims=((0, "leads", 1),))
        for number, cls in enumerate(("PartyBranch", "PartyBranch", "PartyCommittee"))
    ]

    knowledge = resolve(records)

    (fact,) = knowledge.facts
    (refusal,) = knowledge.refused
    assert {e.article for e in fact.evidence} == {"0.txt#1", "1.txt#1"}
    assert refusal.reason == "disjointness"
    assert [e.article for e in refusal.claim.evidence] == ["2.txt#1"]


def test_other_relations_keep_their_direction() -> None:
    knowledge = resolve([pair("1.txt", (1, "leads", 0))])

    assert [(f.subject, f.object) for f in knowledge.facts] == [("电子科技大学", "四川大学")]


@settings(deadline=None, derandomize=True, max_examples=60)
@given(st.lists(st.floats(0.1, 1.0), min_size=1, max_size=6))
def test_more_articles_make_a_fact_surer_and_never_certain_beyond_one(trusts: list[float]) -> None:
    made = [pair(f"{i}.txt", (0, "leads", 1), round(t, 2)) for i, t in enumerate(trusts)]
    confidences = [resolve(made[: i + 1]).facts[0].confidence for i in range(len(made))]

    assert all(0 < c <= 1 for c in confidences)
    assert confidences == sorted(confidences)


def test_a_claim_between_two_names_of_one_thing_is_no_fact() -> None:
    first = said(
        write("衡枢量子科技公司，衡枢量子。", source="1.txt"),
        ("Enterprise", ("衡枢量子科技公司", "衡枢量子")),
    )
    second = said(
        write("衡枢量子科技公司与衡枢量子合作。", source="2.txt"),
        ("Enterprise", "衡枢量子科技公司"), ("Enterprise", "衡枢量子"), claims=((0, "cooperatesWith", 1),),
    )  # fmt: skip

    assert resolve([first, second]).facts == ()


def test_titles_of_a_post_are_gathered() -> None:
    def post(source: str, title: str) -> Record:
        return said(
            write("合肥高新区王伟。", source=source), ("Person", "王伟"), ("Zone", "合肥高新区"),
            claims=((0, "holdsPosition", 1),), anchor=1, title=title,
        )  # fmt: skip

    (fact,) = resolve([post("2.txt", "书记"), post("1.txt", "主任"), post("3.txt", "书记")]).facts
    assert fact.titles == ("主任", "书记")
    assert len(fact.evidence) == 3


def test_one_figure_in_two_articles_is_one_observation_and_another_value_another() -> None:
    def count(source: str, value: str) -> Record:
        return said(write("合肥高新区。", source=source), ("Zone", "合肥高新区"), figures=((0, value),))

    observations = resolve([count("1.txt", "702"), count("2.txt", "702"), count("3.txt", "703")]).observations
    assert [(o.value, len(o.evidence)) for o in observations] == [(Decimal(702), 2), (Decimal(703), 1)]


@pytest.mark.parametrize(
    ("name", "form"),
    [("西部（重庆） 科学城", "西部(重庆)科学城"), ("“五 联”活动", "五联活动"), ("《办法》", "办法"),
     ("ＡＢＢ集团", "ABB集团"), ("'甲'\"乙\"", "甲乙")],
)  # fmt: skip
def test_names_are_compared_in_one_form(name: str, form: str) -> None:
    assert normal(name) == form
    assert normal(form) == form


def test_marks_that_are_not_seen_tell_no_two_names_apart() -> None:
    assert normal("合肥\u202e高\u200b新区") == normal("合肥高新区")
